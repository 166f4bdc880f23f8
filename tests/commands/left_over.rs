//! What a run that was killed leaves beside its output, and what of it the next
//! one clears away.

use std::path::Path;
use std::process::{Child, Command, Stdio};

use super::support::World;

fn world() -> World {
    let line = |at: usize| format!("L{at},SO{at},sale,Support,1,Hours,task,ordered\n");
    let lines: String = (0..3_000).map(line).collect();
    let entry = |at: usize| format!("2026-03-02,L{at},2\n");
    let entries: String = (0..3_000).map(entry).collect();
    World::new()
        .file(
            "in/lines.csv",
            format!("id,order,state,product,ordered,unit,tracking,policy\n{lines}"),
        )
        .file("in/t.csv", format!("date,line,quantity\n{entries}"))
}

const RECONCILE: [&str; 6] = ["reconcile", "in", "--out", "out", "--as-of", "2026-03-31"];

fn begin(world: &World) -> Child {
    Command::new(env!("CARGO_BIN_EXE_drawdown"))
        .args(RECONCILE)
        .current_dir(world.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program")
}

/// What stands in a folder but the input.
fn beside(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder").flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| name != "in").collect();
    names.sort();
    names
}

fn ending(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or_default()
}

/// Begins a run, and gives it once it is writing.
fn writing(world: &World) -> Child {
    for _ in 0..20 {
        let before = beside(world.path());
        let mut run = begin(world);
        while run.try_wait().expect("the program").is_none() {
            let is_new = |name: &String| ending(name) == "part" && !before.contains(name);
            if beside(world.path()).iter().any(is_new) {
                return run;
            }
        }
    }
    panic!("no run was met while it wrote");
}

#[test]
fn what_a_killed_run_left_is_cleared_away_by_the_next_one() {
    let world = world();
    let mut killed = 0;
    while killed < 2 {
        let _ = std::fs::remove_dir_all(world.path().join("out"));
        let mut run = writing(&world);
        run.kill().expect("a run under way");
        run.wait().expect("the end of the run");
        // It may have come to its end just before.
        killed += usize::from(!world.path().join("out").exists());
    }
    // The second one has cleared away what the first one left.
    let left = beside(world.path());
    let endings: Vec<&str> = left.iter().map(|name| ending(name)).collect();
    assert_eq!(endings, ["lock", "part"], "{left:?}");
    world.run(&RECONCILE).expect_code(0);
    assert_eq!(beside(world.path()), ["out"]);
}

#[test]
#[cfg(unix)]
fn what_a_run_under_way_is_writing_is_left_alone() {
    let world = world();
    let mut run = writing(&world);
    let signal = |signal: &str| {
        let sent = Command::new("kill").args([signal, &run.id().to_string()]).status();
        assert!(sent.expect("kill").success());
    };
    signal("-STOP");
    let under_way: Vec<String> =
        beside(world.path()).into_iter().filter(|name| name != "out").collect();
    world.run(&RECONCILE).expect_code(0);
    let mut expected = under_way.clone();
    expected.push("out".to_owned());
    assert_eq!(beside(world.path()), expected);
    signal("-CONT");
    // Its output is as whole as the other's, and replaces it.
    assert!(run.wait().expect("the end of the run").success());
    assert_eq!(beside(world.path()), ["out"]);
}

/// A run is killed after it moved the earlier output away, and before it put its own
/// in the place.
#[test]
fn what_was_decided_is_not_lost_with_a_run_that_is_killed_while_it_replaces() {
    let world = World::new()
        .csv(
            "in/lines.csv",
            "id,order,state,product,ordered,unit,tracking,policy\nL1,SO1,sale,Support,1,Hours,task,ordered",
        )
        .csv("in/t.csv", "date,line,quantity\n2026-03-02,L1,2");
    let run = || world.run(&RECONCILE).expect_code(0);
    run();
    let list = world.path().join("out/upsell.csv");
    let filled = |text: &str| {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let owner = reader.headers().expect("a header").iter().position(|name| name == "owner");
        let row = reader.records().next().expect("a row").expect("a row");
        row.get(owner.expect("a column")).map(str::to_owned)
    };
    let mut reader = csv::Reader::from_path(&list).expect("a list");
    let headers = reader.headers().expect("a header").clone();
    let row = reader.records().next().expect("a row").expect("a row");
    let cells: Vec<&str> = headers
        .iter()
        .zip(&row)
        .map(|(name, cell)| if name == "owner" { "Anna" } else { cell })
        .collect();
    let mut writer = csv::Writer::from_path(&list).expect("a list");
    writer.write_record(&headers).expect("a row");
    writer.write_record(cells).expect("a row");
    drop(writer);
    run();
    let moved = world.path().join(".out.Ab12Cd.old");
    std::fs::rename(world.path().join("out"), &moved).expect("moved");
    let world = world.file(".out.Ab12Cd.lock", "a run of drawdown is writing here\n");
    world.run(&RECONCILE).expect_code(0);
    let text = std::fs::read_to_string(&list).expect("a list");
    assert_eq!(filled(&text).as_deref(), Some("Anna"));
    assert_eq!(beside(world.path()), ["out"]);
}

#[test]
#[cfg(target_os = "linux")]
fn a_run_without_room_for_open_files_takes_its_folder_away() {
    let world = world();
    for limit in 8..16 {
        let run = Command::new("sh")
            .arg("-c")
            .arg(format!("ulimit -n {limit}; exec \"$0\" \"$@\""))
            .arg(env!("CARGO_BIN_EXE_drawdown"))
            .args(RECONCILE)
            .current_dir(world.path())
            .output()
            .expect("the program");
        if run.status.success() {
            continue;
        }
        let told = String::from_utf8_lossy(&run.stderr);
        let names = beside(world.path());
        let left = names.iter().find(|name| ending(name) == "part");
        let claimed = |name: &String| names.contains(&name.replace(".part", ".lock"));
        assert!(left.is_none_or(claimed), "{limit}: {names:?}\n{told}");
        assert_eq!(left, None, "{limit}: {told}");
    }
}
