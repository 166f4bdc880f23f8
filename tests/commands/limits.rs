//! The limits of reading, and the arguments that move them.

use std::io::Write as _;

use super::support::World;

fn lines(count: usize) -> String {
    let mut text = "id,order,state,product,ordered,unit,tracking,policy\n".to_owned();
    for at in 0..count {
        let row = format!("L{at},SO{at},sale,Support,5,Hours,contract,ordered\n");
        text.push_str(&row);
    }
    text
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(text.as_bytes()).expect("memory");
    encoder.finish().expect("memory")
}

#[test]
fn past_a_limit_the_message_names_the_argument_that_raises_it() {
    let long =
        format!("{}L,SO,sale,\"{}\",5,Hours,contract,ordered\n", lines(1), "x".repeat(3 << 20));
    for (world, limit, flag) in [
        (World::new().file("in/a.csv.gz", gzip(&lines(2000))), "50kB", "--max-expanded"),
        (World::new().file("in/a.csv", long), "1MiB", "--max-row"),
    ] {
        for command in ["check", "inspect"] {
            if command == "inspect" && flag == "--max-row" {
                continue; // It reads the head of a file only.
            }
            let run = world.run(&[command, "in", flag, limit]).expect_code(3);
            assert!(run.stderr.contains(&format!("with {flag}\n")), "{}", run.stderr);
        }
        world.run(&["check", "in", flag, "1GiB"]).expect_code(0);
        let run = world.run(&["reconcile", "in", "--out", "out", flag, limit]).expect_code(3);
        assert!(run.stderr.contains(flag), "{}", run.stderr);
        world.run(&["check", "in", flag, "some"]).expect_code(2);
    }
}

#[test]
fn a_part_of_a_workbook_has_a_limit_of_its_own() {
    let workbook = super::project("fixtures/quickstart/orders.xlsx");
    let world = World::new().file("in/orders.xlsx", std::fs::read(workbook).expect("a fixture"));
    let run = world.run(&["inspect", "in", "--max-part", "2kB"]).expect_code(3);
    assert!(run.stderr.contains("raise it with --max-part"), "{}", run.stderr);
    world.run(&["inspect", "in", "--max-part", "1GiB"]).expect_code(0);
}

#[test]
fn a_day_of_a_year_that_no_entry_is_of_is_told_the_years() {
    let run = World::new().run(&["reconcile", "in", "--out", "out", "--as-of", "9999-12-31"]);
    let told = "expected a date like 2026-03-31, of the years 1900 to 2200";
    assert!(run.expect_code(2).stderr.contains(told));
    let run = World::new().run(&["reconcile", "in", "--out", "out", "--as-of", "2026-02-31"]);
    assert!(run.expect_code(2).stderr.contains("expected a date like 2026-03-31\n"));
}
