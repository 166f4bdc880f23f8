//! Files of a folder that could hold an export and were not read.

use std::io::Write as _;

use super::support::World;

const LINES: &str = "id,order,state,product,ordered,unit,contract,tracking,policy\nL1,SO1,sale,Support,5,Hours,SO1,contract,ordered\n";
const HOURS: &str = "id,date,contract,quantity,unit\n1,2026-03-02,SO1,2,Hours\n";
/// What is no text and has no header.
const BINARY: [u8; 4] = [b'x', 0, 5, b'\n'];

fn world() -> World {
    World::new().file("in/orders.csv", LINES).file("in/hours.csv", HOURS)
}

#[test]
fn each_is_a_warning_and_strict_ends_with_four() {
    let world = world()
        .file("in/nul.csv", BINARY)
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
fn a_run_that_attributes_no_entry_ends_with_four_where_it_is_strict() {
    let header = HOURS.lines().next().unwrap_or_default();
    for world in [
        World::new().file("in/orders.csv", LINES),
        World::new().file("in/orders.csv", LINES).file("in/hours.csv", header),
        World::new().file("in/orders.csv", LINES).file("in/hours.csv", HOURS.replace("SO1", "SO2")),
    ] {
        let run = |more: &[&str]| {
            world.run(&[&["reconcile", "in", "--out", "out", "--quiet"], more].concat())
        };
        let quiet = run(&[]).expect_code(0);
        assert!(quiet.stderr.starts_with("warning: "), "{}", quiet.stderr);
        run(&["--strict"]).expect_code(4);
        world.run(&["check", "in"]).expect_code(0);
    }
    // Entries of a line that is kept by hand are none of another line's, nor do they
    // miss a draft.
    let more = |state: &str| {
        let header = LINES.lines().next().unwrap_or_default();
        let rows = "L2,SO2,sale,Audit,5,Hours,,manual,ordered,2";
        let lines = format!(
            "{header},delivered\nL1,SO1,{state},Support,5,Hours,SO1,contract,ordered,\n{rows}\n"
        );
        let hours = "id,date,line,quantity\n1,2026-03-02,L2,2\n";
        let world = World::new().file("in/orders.csv", lines).file("in/hours.csv", hours);
        world.run(&["reconcile", "in", "--out", "out", "--quiet", "--strict"])
    };
    more("sale").expect_code(4);
    more("draft").expect_code(0);
    // Who keeps all quantities by hand has no entries.
    let by_hand = LINES
        .replace("policy\n", "policy,delivered\n")
        .replace("contract,ordered\n", "manual,ordered,2\n");
    let world = World::new().file("in/orders.csv", by_hand);
    world.run(&["reconcile", "in", "--out", "out", "--quiet", "--strict"]).expect_code(0);
}

#[test]
fn what_is_named_like_nothing_we_read_is_no_warning() {
    let world = world().file("in/picture.png", [0x89, b'P', 0]).file("in/notes.csv", "a,b\n1,2\n");
    let run = world.run(&["reconcile", "in", "--out", "out", "--quiet", "--strict"]);
    assert_eq!(run.expect_code(0).stderr, "");
}

#[test]
fn the_summary_names_ten_and_a_quiet_run_all() {
    let world = (0..13).fold(world(), |world, at| world.file(&format!("in/x{at:02}.csv"), BINARY));
    let run = world.run(&["reconcile", "in", "--out", "out"]).expect_code(0);
    assert_eq!(run.stdout.matches("! not read: in/x").count(), 10, "{}", run.stdout);
    assert!(run.stdout.contains("\n! not read: and 3 more, listed below\n"), "{}", run.stdout);
    assert_eq!(run.stdout.matches("passed over: in/x").count(), 3, "{}", run.stdout);
    let run = world.run(&["reconcile", "in", "--out", "out", "--quiet"]).expect_code(0);
    assert_eq!(run.stderr.lines().count(), 13, "{}", run.stderr);
}

#[test]
fn an_export_with_a_character_that_no_text_has_stops_the_run_wherever_it_lies() {
    let hours = "sep=;\nid;date;contract;quantity;description\n1;2026-03-02;SO1;2;\n2;2026-03-02;SO1;2;a\0b\n";
    let world = world().file("in/more.csv", hours);
    let told = "error: in/more.csv:3, column \"description\": a character that no text has (U+0000) stands here; help: export the file again, it may be damaged; or take the character out\n";
    for inputs in [&["in"][..], &["in/orders.csv", "in/more.csv"]] {
        let run = world.run(&[&["reconcile", "--out", "out"], inputs].concat()).expect_code(3);
        assert_eq!(run.stderr, told);
        assert!(!run.out.exists());
    }
    // A file that was given room on a disk, and never written to its end.
    let world = world.file("in/more.csv", [HOURS.as_bytes(), &vec![0; 70_000]].concat());
    let run = world.run(&["reconcile", "in", "--out", "out"]).expect_code(3);
    assert!(run.stderr.starts_with("error: in/more.csv:3, column \"id\""), "{}", run.stderr);
    // No export is stopped for by what else lies in its folder.
    let notes = world.file("in/more.csv", "title,date\nx\0y,1\n");
    notes.run(&["reconcile", "in", "--out", "out"]).expect_code(0);
}

#[cfg(unix)]
#[test]
fn a_pipe_or_a_device_is_refused_at_once_by_its_name() {
    let world = world();
    let made = std::process::Command::new("mkfifo").arg(world.path().join("pipe.csv")).status();
    assert!(made.expect("mkfifo").success());
    for path in ["pipe.csv", "/dev/null", "/dev/zero"] {
        let run = world.run(&["reconcile", "in", path, "--out", "out"]).expect_code(3);
        let told = "it is no file but a pipe or a device, which cannot be read twice; save what it gives, and name that file";
        assert_eq!(run.stderr, format!("error: cannot read {path}: {told}\n"));
    }
    // Met by a pattern, it is passed over.
    world.run(&["reconcile", "in", "*.csv", "--out", "out"]).expect_code(0);
}

#[test]
fn an_export_of_nothing_stops_a_run_however_it_is_packed() {
    let gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let gzip = gzip.finish().expect("memory");
    for (name, bytes) in [
        ("in/more.csv", Vec::new()),
        ("in/more.csv.gz", Vec::new()),
        ("in/more.csv.gz", gzip),
        ("in/more.zip", zip([("march.csv", ""), ("april.csv", HOURS)])),
    ] {
        let run = world().file(name, bytes).run(&["reconcile", "in", "--out", "out"]);
        let run = run.expect_code(3);
        assert!(run.stderr.contains("is empty"), "{name}: {}", run.stderr);
    }
    // What is no export may be empty.
    let world = world().file("in/more.zip", zip([("keep", ""), ("april.csv", HOURS)]));
    world.run(&["reconcile", "in", "--out", "out"]).expect_code(0);
}

#[test]
fn no_member_of_an_archive_is_lost_for_its_name() {
    let more = HOURS.replace("1,2026", "2,2026");
    let apart = zip([("april.csv", HOURS), ("march.csv", &more)]);
    let both = world().file("in/more.zip", &apart);
    let run = both.run(&["reconcile", "in", "--out", "out"]).expect_code(0);
    assert_eq!(run.json()["totals"]["entries"]["attributed"], 2);
    // The library that writes archives writes no two members of one name.
    let mut alike = apart;
    while let Some(at) = alike.windows(9).position(|name| name == b"march.csv") {
        alike[at..at + 9].copy_from_slice(b"april.csv");
    }
    let run = world().file("in/more.zip", alike).run(&["reconcile", "in", "--out", "out"]);
    let run = run.expect_code(3);
    assert!(run.stderr.contains("several of its members have one name"), "{}", run.stderr);
}

/// An archive of stored members.
fn zip<const N: usize>(members: [(&str, &str); N]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in members {
        archive.start_file(name, stored).expect("a member");
        archive.write_all(text.as_bytes()).expect("memory");
    }
    archive.finish().expect("memory").into_inner()
}

#[test]
#[cfg(not(feature = "parquet"))]
fn a_parquet_file_is_refused_with_the_command_of_the_readme() {
    let command = "`cargo install --path . --features parquet`";
    let world = world().file("in/more.parquet", b"PAR1\x00\x00\x00\x00PAR1");
    let run = world.run(&["reconcile", "in/more.parquet", "--out", "out"]).expect_code(3);
    assert!(run.stderr.contains(command), "{}", run.stderr);
    let readme = std::fs::read_to_string(super::project("README.md")).expect("a file");
    assert!(readme.contains(command));
}
