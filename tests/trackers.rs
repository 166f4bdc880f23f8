//! Reports of time trackers (fixtures/recognised/trackers): the same work in
//! every layout gives the same delivered quantities, by the user's `[map]`.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use support::{Row, Run, World};

const LAYOUTS: [&str; 12] = [
    "clockify.csv",
    "generic.csv",
    "harvest.csv",
    "kimai-de.csv",
    "kimai-en.csv",
    "kimai-es.csv",
    "kimai-fr.csv",
    "kimai-seconds.csv",
    "kimai-zh.csv",
    "kimai.xlsx",
    "toggl-2024.csv",
    "toggl.csv",
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/recognised/trackers")
}

fn fixture(name: &str) -> Vec<u8> {
    let path = folder().join(name);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn world(layouts: &[&str]) -> World {
    let world = World::new()
        .file("orders.csv", fixture("orders.csv"))
        .file("drawdown.toml", fixture("drawdown.toml"));
    layouts.iter().fold(world, |world, name| world.file(name, fixture(name)))
}

fn only(rows: &[Row], columns: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for row in rows {
        let cells: Vec<&str> = columns.iter().map(|column| row[*column].as_str()).collect();
        found.push(cells.join("|"));
    }
    found
}

fn expect_the_work(run: &Run, layout: &str) {
    let delivered = only(&run.table("delivered.csv"), &["line", "delivered", "hours", "entries"]);
    assert_eq!(delivered, ["1|1.50|1.5|1", "2|0.28|2.25|1", "3|0.75|0.75|1"], "{layout}");
    let unmatched = run.table("unmatched.csv");
    let columns = ["date", "employee", "project", "quantity", "unit", "reason", "candidate"];
    // Near "Moonbase", which the map knows.
    let expected = "2026-03-04|Ben Ode|Moon base|1.00|Hours|not_mapped|SO001 - Agrolait";
    assert_eq!(only(&unmatched, &columns), [expected], "{layout}");
}

#[test]
fn every_file_of_the_folder_is_tried() {
    let entries = fs::read_dir(folder()).expect("the folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name());
    let mut found: Vec<String> = names
        .map(|name| name.to_string_lossy().into_owned())
        .filter(|name| !["orders.csv", "drawdown.toml", "README.md"].contains(&name.as_str()))
        .collect();
    found.sort();
    assert_eq!(found, LAYOUTS);
}

#[test]
fn the_same_work_in_every_layout_gives_the_same_figures() {
    for layout in LAYOUTS {
        let world = world(&[layout]);
        expect_the_work(&world.reconcile(&["--strict"]).expect_code(0), layout);
    }
}

#[test]
fn a_break_is_not_counted_and_said_to_be_so() {
    let world = world(&["clockify.csv"]);
    let run = world.reconcile(&[]).expect_code(0);
    let totals = &run.json()["totals"];
    assert_eq!(totals["entries"]["not_counted"], 1);
    assert_eq!(totals["hours"]["not_counted"], "0.5");
    assert_eq!(totals["entries"]["read"], 5);
}

#[test]
fn a_monthly_report_beside_one_of_the_year_counts_once() {
    let text = String::from_utf8(fixture("toggl.csv")).expect("UTF-8");
    let month: Vec<&str> = text.lines().take(3).collect();
    let world = world(&["toggl.csv"]).file("march.csv", month.join("\n"));
    let run = world.reconcile(&[]).expect_code(0);
    expect_the_work(&run, "toggl.csv and a part of it");
    assert_eq!(run.json()["totals"]["entries"]["duplicates"], 2);
}

#[test]
fn marks_of_a_tracker_are_counted_by_choice() {
    let text = String::from_utf8(fixture("harvest.csv")).expect("UTF-8");
    let text = text.replacen(",Yes,No,Yes,", ",No,No,Yes,", 1);
    let world = World::new()
        .file("orders.csv", fixture("orders.csv"))
        .file("harvest.csv", text)
        .file("drawdown.toml", fixture("drawdown.toml"));
    let run = world.reconcile(&[]).expect_code(0);
    let said = "Hours marked as not billable, not left out        0.75";
    assert!(run.stdout.contains(said), "{}", run.stdout);
    let only_billable = [&fixture("drawdown.toml")[..], b"[count]\nbillable = \"only\"\n"].concat();
    let world = world.file("drawdown.toml", only_billable);
    let run = world.reconcile(&[]).expect_code(0);
    assert_eq!(run.line("3")["delivered"], "0.00");
    assert_eq!(run.json()["totals"]["hours"]["not_counted"], "0.75");
}

#[test]
fn seconds_with_decimals_are_no_seconds() {
    let text = String::from_utf8(fixture("kimai-seconds.csv")).expect("UTF-8");
    let text = text.replacen("\"2700\"", "\"0.75\"", 1);
    let world = world(&[]).file("kimai.csv", text);
    let run = world.reconcile(&[]).expect_code(0);
    let faults = only(&run.table("exceptions.csv"), &["row", "column", "kind", "found"]);
    assert_eq!(faults, ["2|Duration|not_a_number|0.75"]);
}

#[test]
fn a_target_that_no_input_has_is_unmatched_with_the_nearest_one() {
    let map = "[map]\nAgrolait = \"SO001 - Agrolit\"\n\"*\" = { line = \"2\" }\n";
    let world = world(&["harvest.csv"]).file("drawdown.toml", map);
    let run = world.reconcile(&[]).expect_code(0);
    let unmatched = only(&run.table("unmatched.csv"), &["client", "reason", "candidate"]);
    assert_eq!(unmatched, ["Agrolait|unknown_target|SO001 - Agrolait"]);
    // The others are all of line 2: 0.75 + 1 + 2.25 hours.
    assert_eq!(run.line("2")["hours"], "4");
}
