//! The catalogue of errors: a folder in `fixtures/faults/` for every kind of
//! fault, with the smallest input that causes it and the whole of what the
//! program says to it.
//!
//! `<kind>/input/` holds the input, `<kind>/expected.txt` exit code, both
//! streams and exceptions.csv, compared byte for byte. `<kind>/command` is the
//! command, where it is not the usual one; its words are parted by spaces. A
//! second case of a kind is called `<kind>-<what>`. A row's kind is the one
//! that exceptions.csv names, a run's is the variant of `diagnostics::Error`.
//!
//! After a change of wording, write `expected.txt` anew, and read every line
//! of the difference as its user would before it is committed:
//!
//! ```sh
//! UPDATE_EXPECTED=1 cargo test --test faults && git diff fixtures/faults
//! ```

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use drawdown::diagnostics::FaultKind;
use support::World;

const USUAL_COMMAND: &str = "drawdown reconcile input --out out --as-of 2026-03-31";

/// No input brings these about: the disk does, another program that has a file
/// open, or a mistake in this one.
const WITHOUT_INPUT: [&str; 3] = ["cannot_write", "output_open", "totals"];

#[test]
fn every_fault_is_told_as_expected() {
    let update = updating();
    let mut failures = String::new();
    for folder in folders() {
        let case = name(&folder);
        let found = told(&folder);
        let expected_file = folder.join("expected.txt");
        if update {
            write(&expected_file, &found);
        }
        let expected = fs::read_to_string(&expected_file).unwrap_or_else(|error| {
            panic!("{case}/expected.txt: {error}; write it with UPDATE_EXPECTED=1")
        });
        if expected != found {
            let _ = writeln!(failures, "fixtures/faults/{case}\n{}", difference(&expected, &found));
        }
    }
    assert!(failures.is_empty(), "- expected, + found\n\n{failures}");
}

#[test]
fn every_kind_of_fault_has_a_folder_and_every_folder_a_kind() {
    let of_rows: BTreeSet<String> =
        FaultKind::ALL.iter().map(|kind| kind.name().to_owned()).collect();
    let of_runs = kinds_of_runs();
    let known: BTreeSet<String> = of_rows.union(&of_runs).cloned().collect();
    let cases: Vec<String> = folders().iter().map(|folder| name(folder)).collect();
    let shown: BTreeSet<String> = cases.iter().map(|case| kind_of(case).to_owned()).collect();
    let missing: Vec<&String> = known.difference(&shown).collect();
    assert!(missing.is_empty(), "no folder in fixtures/faults for {missing:?}");
    let unknown: Vec<&String> = shown.difference(&known).collect();
    assert!(unknown.is_empty(), "folders in fixtures/faults of no kind: {unknown:?}");
}

#[test]
fn every_folder_shows_its_own_kind() {
    if updating() {
        return; // Beside the test that writes them.
    }
    let of_rows: BTreeSet<&str> = FaultKind::ALL.iter().map(|kind| kind.name()).collect();
    for folder in folders() {
        let case = name(&folder);
        let expected = fs::read_to_string(folder.join("expected.txt")).unwrap_or_default();
        if of_rows.contains(kind_of(&case)) {
            assert!(
                expected.starts_with("exit code 0\n"),
                "{case}: a row's fault does not stop a run"
            );
            let column = format!(",{},", kind_of(&case));
            assert!(expected.contains(&column), "{case}: exceptions.csv has no {}", kind_of(&case));
        } else {
            let stopped =
                expected.starts_with("exit code 2\n") || expected.starts_with("exit code 3\n");
            assert!(stopped, "{case}: what stops a run exits with 2 or 3");
            assert!(expected.contains("\nerror: "), "{case}: there is no message");
        }
    }
}

fn updating() -> bool {
    std::env::var_os("UPDATE_EXPECTED").is_some_and(|value| value == "1")
}

/// What the program says to the input of a folder.
fn told(folder: &Path) -> String {
    let mut world = with_files(World::new(), &folder.join("input"), "input");
    if name(folder) == "too_large" {
        world = world.file("input/timesheets.csv", row_too_large());
    }
    let command =
        fs::read_to_string(folder.join("command")).unwrap_or_else(|_| USUAL_COMMAND.to_owned());
    let mut words = command.split_whitespace();
    assert_eq!(words.next(), Some("drawdown"), "{}/command", name(folder));
    let arguments: Vec<&str> = words.collect();
    let run = world.run(&arguments);
    let mut text = format!("exit code {}\n", run.code);
    let _ = write!(text, "\nstdout:\n{}\nstderr:\n{}", run.stdout, run.stderr);
    if let Ok(exceptions) = fs::read_to_string(run.out.join("exceptions.csv")) {
        let _ = write!(text, "\nexceptions.csv:\n{exceptions}");
    }
    text.replace(&world.path().display().to_string(), "<folder>")
}

/// A quote that is left open, and 17 MiB of rows below it.
fn row_too_large() -> String {
    let row = "78,2026-03-03,Anna,SO009 - Agrolait,2,Hours\n";
    let mut text = "id,date,employee,contract,quantity,unit\n".to_owned();
    text.push_str("77,2026-03-02,\"Anna,SO009 - Agrolait,7.5,Hours\n");
    text.push_str(&row.repeat((17 << 20) / row.len()));
    text
}

/// The files below a folder, under `prefix` in the world.
fn with_files(mut world: World, folder: &Path, prefix: &str) -> World {
    let Ok(entries) = fs::read_dir(folder) else { return world };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        let inside = format!("{prefix}/{}", name(&path));
        world = if path.is_dir() {
            with_files(world, &path, &inside)
        } else {
            world.file(&inside, fs::read(&path).expect("a readable fixture"))
        };
    }
    world
}

/// The folders of the catalogue, by name.
fn folders() -> Vec<PathBuf> {
    let catalogue = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/faults");
    let entries = fs::read_dir(catalogue).expect("fixtures/faults");
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    folders
}

fn name(path: &Path) -> String {
    path.file_name().expect("a name").to_string_lossy().into_owned()
}

/// `not_a_number-clock` is a case of `not_a_number`.
fn kind_of(case: &str) -> &str {
    case.split_once('-').map_or(case, |(kind, _)| kind)
}

/// The variants of `diagnostics::Error` in snake case, read from its source: an
/// enum does not list itself, and a new variant must not go without a folder.
fn kinds_of_runs() -> BTreeSet<String> {
    let source = include_str!("../src/diagnostics.rs");
    let (_, body) = source.split_once("pub enum Error {\n").expect("the enum Error");
    let (body, _) = body.split_once("\n}\n").expect("the end of the enum Error");
    let variants = body.lines().filter_map(|line| {
        let line = line
            .strip_prefix("    ")
            .filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()))?;
        line.split([' ', ',', '(']).next()
    });
    let kinds: BTreeSet<String> =
        variants.map(snake_case).filter(|kind| !WITHOUT_INPUT.contains(&kind.as_str())).collect();
    assert!(kinds.contains("no_such_path") && kinds.contains("nothing_to_do"), "{kinds:?}");
    kinds
}

fn snake_case(variant: &str) -> String {
    let mut text = String::new();
    for (at, letter) in variant.char_indices() {
        if letter.is_ascii_uppercase() && at > 0 {
            text.push('_');
        }
        text.push(letter.to_ascii_lowercase());
    }
    text
}

/// The lines that differ, between those that do not.
fn difference(expected: &str, found: &str) -> String {
    let (expected, found): (Vec<&str>, Vec<&str>) =
        (expected.split('\n').collect(), found.split('\n').collect());
    let pairs = || expected.iter().zip(&found);
    let same = pairs().take_while(|(a, b)| a == b).count();
    let shorter = expected.len().min(found.len()) - same;
    let same_below = expected
        .iter()
        .rev()
        .zip(found.iter().rev())
        .take(shorter)
        .take_while(|(a, b)| a == b)
        .count();
    let mut text = String::new();
    for line in &expected[same.saturating_sub(2)..same] {
        let _ = writeln!(text, "  {line}");
    }
    for line in &expected[same..expected.len() - same_below] {
        let _ = writeln!(text, "- {line}");
    }
    for line in &found[same..found.len() - same_below] {
        let _ = writeln!(text, "+ {line}");
    }
    text
}

fn write(path: &Path, text: &str) {
    #[expect(clippy::disallowed_methods, reason = "an expectation that is asked for")]
    fs::write(path, text).expect("expected.txt");
}
