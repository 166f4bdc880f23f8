//! Files of a folder that could hold an export and were not read.

use super::support::World;

const LINES: &str = "id,order,state,product,ordered,unit,contract,tracking,policy\nL1,SO1,sale,Support,5,Hours,SO1,contract,ordered\n";
const HOURS: &str = "id,date,contract,quantity,unit\n1,2026-03-02,SO1,2,Hours\n";

fn world() -> World {
    World::new().file("in/orders.csv", LINES).file("in/hours.csv", HOURS)
}

#[test]
fn each_is_a_warning_and_strict_ends_with_four() {
    let world = world()
        .file("in/nul.csv", HOURS.replace('1', "\0"))
        .file("in/print.csv", "%PDF-1.7\n")
        .file("in/short.csv", HOURS.replace("quantity", "how much"))
        .file("in/notes.csv", "a,b\n1,2\n")
        .file("in/picture.png", [0x89, b'P', 0]);
    let run = world.run(&["reconcile", "in", "--out", "out", "--quiet"]).expect_code(0);
    assert_eq!(
        run.stderr,
        "warning: not read: in/nul.csv: it is neither text nor a workbook; export it again, or take it away
warning: not read: in/print.csv: it is a PDF document; export the data as .xlsx or as CSV UTF-8
warning: not read: in/short.csv: looks like timesheets, but lacks quantity; correct its header, or take it away
"
    );
    assert_eq!(run.stdout, "");
    assert_eq!(run.json()["warnings"].as_array().map(Vec::len), Some(3));
    world.run(&["reconcile", "in", "--out", "out", "--quiet", "--strict"]).expect_code(4);
    let run = world.run(&["check", "in"]).expect_code(4);
    assert!(run.stdout.starts_with("! not read: in/nul.csv: it is neither"), "{}", run.stdout);
    assert!(run.stdout.ends_with("\nEvery row that was read can be used.\n"), "{}", run.stdout);
}

#[test]
fn what_is_named_like_nothing_we_read_is_no_warning() {
    let world = world().file("in/picture.png", [0x89, b'P', 0]).file("in/notes.csv", "a,b\n1,2\n");
    let run = world.run(&["reconcile", "in", "--out", "out", "--quiet", "--strict"]);
    assert_eq!(run.expect_code(0).stderr, "");
}

#[test]
fn the_summary_names_ten_and_a_quiet_run_all() {
    let world = (0..13).fold(world(), |world, at| {
        world.file(&format!("in/x{at:02}.csv"), HOURS.replace('1', "\0"))
    });
    let run = world.run(&["reconcile", "in", "--out", "out"]).expect_code(0);
    assert_eq!(run.stdout.matches("! not read: in/x").count(), 10, "{}", run.stdout);
    assert!(run.stdout.contains("\n! not read: and 3 more, listed below\n"), "{}", run.stdout);
    assert_eq!(run.stdout.matches("passed over: in/x").count(), 3, "{}", run.stdout);
    let run = world.run(&["reconcile", "in", "--out", "out", "--quiet"]).expect_code(0);
    assert_eq!(run.stderr.lines().count(), 13, "{}", run.stderr);
}
