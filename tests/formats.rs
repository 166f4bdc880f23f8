//! fixtures/recognised/formats: the same entries in every way of writing. Each
//! file gives the same delivered.csv, byte for byte, and stands in the README's
//! table of what is recognised.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use support::World;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/recognised/formats")
}

fn fixture(name: &str) -> Vec<u8> {
    let path = folder().join(name);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The ways of writing, by file name.
fn formats() -> Vec<String> {
    let entries = fs::read_dir(folder()).expect("the folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<String> = names
        .map(|name| name.to_string_lossy().into_owned())
        .filter(|name| !["orders.csv", "drawdown.toml", "README.md"].contains(&name.as_str()))
        .collect();
    names.sort();
    names
}

#[test]
fn every_way_of_writing_gives_the_same_delivered_csv() {
    let mut texts: Vec<(String, String)> = Vec::new();
    for name in formats() {
        let world = World::new()
            .file("orders.csv", fixture("orders.csv"))
            .file("drawdown.toml", fixture("drawdown.toml"))
            .file(&name, fixture(&name));
        let run = world.reconcile(&["--strict", "--quiet"]).expect_code(0);
        let rows = run.table("delivered.csv");
        let row =
            |row: &support::Row| [&row["line"], &row["delivered"], &row["hours"]].map(Clone::clone);
        assert_eq!(
            rows.iter().map(row).collect::<Vec<_>>(),
            [["1", "22.08", "22.075"], ["2", "0.22", "1.75"], ["3", "0.75", "0.75"]],
            "{name}"
        );
        texts.push((name, run.text("delivered.csv")));
    }
    assert!(texts.len() >= 30, "{} ways of writing", texts.len());
    for (name, text) in &texts {
        assert_eq!(*text, texts[0].1, "{name} beside {}", texts[0].0);
    }
}

#[test]
fn the_table_of_the_readme_names_a_fixture_for_every_row() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(readme).expect("the README");
    let (_, table) = readme.split_once("<!-- recognised -->").expect("the table's start");
    let (table, _) = table.split_once("<!-- /recognised -->").expect("the table's end");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/recognised");
    let mut named: Vec<PathBuf> = Vec::new();
    for row in table.lines().filter(|line| line.starts_with('|')).skip(2) {
        let cell = row.trim_end_matches('|').rsplit('|').next().expect("a cell");
        let patterns: Vec<&str> = cell.split('`').skip(1).step_by(2).collect();
        assert!(!patterns.is_empty(), "no fixture: {row}");
        for pattern in patterns {
            let pattern = root.join(pattern);
            let found: Vec<PathBuf> = glob::glob(&pattern.to_string_lossy())
                .expect("a pattern")
                .map(|path| path.expect("a path"))
                .collect();
            assert!(!found.is_empty(), "nothing is named {}", pattern.display());
            named.extend(found);
        }
    }
    let missing: Vec<String> =
        formats().into_iter().filter(|name| !named.contains(&folder().join(name))).collect();
    assert!(missing.is_empty(), "not in the table: {missing:?}");
}

/// A large text is looked at in a few places before it is read.
#[test]
fn letters_that_none_of_the_places_show_decide_a_large_texts_encoding() {
    for (rows, odd, least) in [(12_000, 9_333, 600 << 10), (100_000, 77_777, 5 << 20)] {
        let mut bytes = b"id,date,employee,contract,task,description,quantity,unit\n".to_vec();
        for id in 0..rows {
            let employee: &[u8] = if id == odd { b"J\xfcrgen" } else { b"Anna Weber" };
            bytes.extend(format!("E{id},2026-03-02,").as_bytes());
            bytes.extend(employee);
            bytes.extend(b",SO001 - Agrolait,,Printer,0.01,Hours\n");
        }
        assert!(bytes.len() > least, "{rows}");
        let world = World::new().file("orders.csv", fixture("orders.csv")).file("hours.csv", bytes);
        let run = world.reconcile(&["--quiet"]).expect_code(0);
        let hours = run.table("delivered.csv").first().map(|row| row["hours"].clone());
        assert_eq!(hours, Some((rows / 100).to_string()));
        let inspected = world.run(&["inspect", "hours.csv"]).expect_code(0).stdout;
        assert!(inspected.contains("CSV, windows-1252"), "{inspected}");
    }
}

/// A note beside the exports is no export, whatever quotes are in it.
#[test]
fn a_note_with_quotes_is_passed_over() {
    let note = "Notes, 5 March\n\"Order lines\" sheet is right, and\n12\" screens are, wrong";
    let world = World::new()
        .file("orders.csv", fixture("orders.csv"))
        .file("text-utf-8.csv", fixture("text-utf-8.csv"))
        .file("notes.txt", note);
    let run = world.reconcile(&["--quiet"]).expect_code(0);
    let passed_over = run.json()["passed_over"].to_string();
    assert!(passed_over.contains("notes.txt"), "{passed_over}");
}
