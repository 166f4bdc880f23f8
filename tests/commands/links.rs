//! Links in a folder that is read.

#![cfg(unix)]

use std::os::unix::fs::symlink;

use super::support::World;

const LINES: &str = "id,order,state,product,ordered,unit,tracking,policy\nL1,SO1,sale,Support,5,Hours,contract,ordered\n";
const HOURS: &str = "id,date,contract,quantity,unit\n1,2026-03-02,SO1,2,Hours\n";

#[test]
fn a_link_out_of_the_folder_is_passed_over_and_a_named_one_is_read() {
    let world = World::new().file("in/orders.csv", LINES).file("elsewhere/hours.csv", HOURS);
    let link = |target: &str, name: &str| {
        symlink(world.path().join(target), world.path().join(name)).expect("a link");
    };
    link("elsewhere/hours.csv", "in/hours.csv");
    link("elsewhere", "in/more");
    link("nowhere.csv", "in/gone.csv");
    let run = world.run(&["inspect", "in"]).expect_code(0);
    for passed in [
        "in/hours.csv: a link out of the folder: name the file itself to read it",
        "in/more: a link out of the folder: name that folder itself to read it",
        "in/gone.csv: a link that leads nowhere",
    ] {
        assert!(run.stdout.contains(passed), "{}", run.stdout);
    }
    assert!(!run.stdout.contains("role: timesheets"), "{}", run.stdout);
    let run = world.run(&["inspect", "in", "in/hours.csv"]).expect_code(0);
    assert!(run.stdout.contains("in/hours.csv\n  CSV"), "{}", run.stdout);
}

#[test]
fn a_link_within_the_folder_is_read_once_and_loops_end() {
    let world = World::new()
        .file("in/orders.csv", LINES)
        .file("in/hours.csv", HOURS)
        .file("in/.hidden/late.csv", HOURS.replace("\n1,", "\n2,"));
    let link = |target: &str, name: &str| {
        symlink(target, world.path().join(name)).expect("a link");
    };
    link("hours.csv", "in/a-copy.csv");
    link(".hidden/late.csv", "in/late.csv");
    link("..", "in/loop");
    link(".", "in/self");
    link("round.csv", "in/round.csv");
    let run = world.run(&["check", "in", "--as-of", "2026-03-31"]).expect_code(0);
    assert!(
        run.stdout.contains("passed over: in/a-copy.csv: a link to a file that is read\n"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout.contains("passed over: in/self: a link to a folder in the folder\n"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout.contains("passed over: in/round.csv: a link that leads nowhere\n"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("\n  in/hours.csv "), "{}", run.stdout);
    assert!(run.stdout.contains("\n  in/late.csv "), "{}", run.stdout);
    assert!(run.stdout.contains("\n  read                2 "), "{}", run.stdout);
}

#[test]
fn a_link_to_an_earlier_output_is_none_to_read() {
    let world = World::new().file("in/orders.csv", LINES);
    world.run(&["reconcile", "in", "--out", "in/out"]).expect_code(0);
    symlink("out/delivered.csv", world.path().join("in/delivered.csv")).expect("a link");
    let run = world.run(&["inspect", "in"]).expect_code(0);
    assert!(run.stdout.contains("in/delivered.csv: an earlier run's output"), "{}", run.stdout);
}

#[test]
fn a_configuration_that_leads_nowhere_stops_the_run() {
    let world = World::new()
        .file("orders.csv", "id,order,state,product,ordered,unit\n1,S1,sale,P,1,Hours\n");
    symlink("nowhere.toml", world.path().join("drawdown.toml")).expect("a link");
    let run = world.reconcile(&[]).expect_code(2);
    assert!(run.stderr.contains("drawdown.toml"), "{}", run.stderr);
}
