//! When an order was locked: what runs know of it by the runs before them.

use super::support::{Run, World};

const LINES: &str = "id,order,state,customer,product,ordered,unit,tracking,policy
L1,SO1,sale,Agrolait,Support,50,Hours,task,ordered
L2,SO2,sale,Azure,Support,50,Hours,task,ordered
";

fn work(entries: &[&str]) -> String {
    format!("date,line,quantity\n{},2\n", entries.join(",2\n"))
}

fn world(entries: &[&str]) -> World {
    World::new().file("in/lines.csv", LINES).file("in/work.csv", work(entries))
}

/// The first order is locked from now on, and these are the entries.
fn locked(world: World, entries: &[&str]) -> World {
    let lines = LINES.replace("SO1,sale", "SO1,done");
    world.file("in/lines.csv", lines).file("in/work.csv", work(entries))
}

fn run(world: &World, as_of: &str) -> Run {
    world.run(&["reconcile", "in", "--out", "out", "--as-of", as_of]).expect_code(0)
}

fn late(run: &Run) -> Vec<String> {
    let columns = ["date", "order", "reason", "last_open", "first_locked"];
    let rows = run.table("late.csv");
    rows.iter().map(|row| columns.map(|column| row[column].clone()).join(",")).collect()
}

fn known(run: &Run, line: &str) -> String {
    let row = run.line(line);
    ["status", "last_open", "first_locked"].map(|column| row[column].clone()).join(",")
}

const FIRST: [&str; 2] = ["2026-02-27,L1", "2026-02-27,L2"];
const SECOND: [&str; 3] = ["2026-02-27,L1", "2026-02-27,L2", "2026-03-10,L1"];
const THIRD: [&str; 4] = ["2026-02-27,L1", "2026-02-27,L2", "2026-03-10,L1", "2026-03-20,L1"];

#[test]
fn a_run_that_met_the_order_open_says_what_was_there_before_the_lock() {
    let world = world(&FIRST);
    let first = run(&world, "2026-03-01");
    assert!(late(&first).is_empty());
    assert_eq!(known(&first, "L1"), "ok,,");
    let world = locked(world, &SECOND);
    let second = run(&world, "2026-03-15");
    assert_eq!(late(&second), ["2026-03-10,SO1,on_locked,2026-03-01,2026-03-15"]);
    assert_eq!(known(&second, "L1"), "locked,2026-03-01,2026-03-15");
    assert_eq!(known(&second, "L2"), "ok,,");
    // The same run once more knows what it knew.
    let text = |run: &Run| (run.text("late.csv"), run.text("delivered.csv"));
    let before = text(&second);
    assert_eq!(text(&run(&world, "2026-03-15")), before);
    let world = locked(world, &THIRD);
    let third = run(&world, "2026-03-29");
    assert_eq!(
        late(&third),
        [
            "2026-03-10,SO1,on_locked,2026-03-01,2026-03-15",
            "2026-03-20,SO1,after_lock,2026-03-01,2026-03-15",
        ]
    );
    assert_eq!(known(&third, "L1"), "locked,2026-03-01,2026-03-15");
    // Nothing is known afresh, nor of an order that is open again.
    let afresh = world.run(&["reconcile", "in", "--out", "new", "--as-of", "2026-03-29"]);
    let out = world.path().join("new");
    let afresh = Run { out, ..afresh.expect_code(0) };
    assert_eq!(
        late(&afresh),
        ["2026-02-27", "2026-03-10", "2026-03-20"]
            .map(|day| format!("{day},SO1,on_locked,,2026-03-29"))
    );
    let world = world.file("in/lines.csv", LINES);
    assert_eq!(known(&run(&world, "2026-04-12"), "L1"), "ok,,");
}

#[test]
fn a_run_made_after_its_as_of_date_proves_no_lock_by_then() {
    let world = world(&FIRST);
    run(&world, "2026-03-01");
    // Of 15 March, and made on the 20th or later: it may have been locked on
    // the 18th.
    let world = locked(world, &THIRD);
    let second = run(&world, "2026-03-15");
    assert_eq!(known(&second, "L1"), "locked,2026-03-01,");
    assert_eq!(known(&run(&world, "2026-03-15"), "L1"), "locked,2026-03-01,");
    let third = run(&world, "2026-03-29");
    assert_eq!(
        late(&third),
        [
            "2026-03-10,SO1,on_locked,2026-03-01,2026-03-29",
            "2026-03-20,SO1,on_locked,2026-03-01,2026-03-29",
        ]
    );
    assert_eq!(known(&third, "L1"), "locked,2026-03-01,2026-03-29");
}

#[test]
fn two_runs_of_one_export_prove_no_more_than_one() {
    let world = world(&FIRST);
    run(&world, "2026-03-01");
    // Made on the 20th or later, whatever dates it is run for.
    let world = locked(world, &THIRD);
    run(&world, "2026-03-12");
    assert_eq!(known(&run(&world, "2026-03-15"), "L1"), "locked,2026-03-01,");
    // Another export, of the same date.
    let world = world.file("in/more.csv", "date,contract,quantity\n2026-03-21,SO9,1\n");
    assert_eq!(known(&run(&world, "2026-03-15"), "L1"), "locked,2026-03-01,");
    assert_eq!(known(&run(&world, "2026-03-29"), "L1"), "locked,2026-03-01,2026-03-29");
}

#[test]
fn what_somebody_changed_proves_nothing() {
    let world = world(&FIRST);
    let first = run(&world, "2026-03-01");
    let text = first.text("delivered.csv").replace(",ok,", ",locked,");
    let world = locked(world.file("out/delivered.csv", text), &SECOND);
    assert_eq!(first.json()["warnings"], serde_json::json!([]));
    let second = run(&world, "2026-03-15");
    assert_eq!(
        late(&second),
        ["2026-02-27", "2026-03-10"].map(|day| format!("{day},SO1,on_locked,,2026-03-15"))
    );
    let warning = second.json()["warnings"][0].as_str().unwrap_or_default().to_owned();
    assert!(warning.contains("delivered.csv is not what that run wrote"), "{warning}");
}
