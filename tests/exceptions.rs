//! Exceptions as people read them: what was found, what was expected and what to
//! do, in every language of the reports, and in English for programs.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::{Reader, Xlsx, open_workbook};
use drawdown::diagnostics::FaultKind;
use drawdown::language::{Group, Language, Words};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The program on fixtures/exceptions, in a language.
fn program(command: &[&str], language: Language) -> support::Run {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    let mut program = Command::new(env!("CARGO_BIN_EXE_drawdown"));
    program
        .args(command)
        .args(["fixtures/exceptions", "--as-of", "2026-03-31", "--lang", language.tag()])
        .current_dir(ROOT);
    if command == ["reconcile"] {
        program.arg("--out").arg(&out);
    }
    let output = program.output().expect("the program");
    support::Run {
        code: output.status.code().expect("an exit code"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        out: folder.keep().join("out"),
    }
}

fn reconcile(language: Language) -> support::Run {
    program(&["reconcile"], language).expect_code(0)
}

fn remove(run: &support::Run) {
    std::fs::remove_dir_all(run.out.parent().expect("its folder")).expect("removed");
}

/// The cells of a sheet of the workbook, row by row.
fn sheet(run: &support::Run, title: &str) -> Vec<Vec<String>> {
    let workbook = run.out.join("delivered.xlsx");
    let mut workbook: Xlsx<_> = open_workbook(workbook).expect("the workbook");
    let range = workbook.worksheet_range(title).expect("the sheet");
    range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

/// What is printed, and the exceptions of the workbook below it.
fn told(run: &support::Run, language: Language) -> String {
    let mut text = run.stdout.replace(&*run.out.to_string_lossy(), "out");
    let title = Words::new(language).word(Group::Sheet, "exceptions").to_owned();
    let _ = writeln!(text, "\n{title}");
    for row in sheet(run, &title) {
        let _ = writeln!(text, "  {}", row.join(" | "));
    }
    text
}

#[test]
fn exceptions_are_told_in_every_language() {
    let folder = Path::new(ROOT).join("fixtures/exceptions-languages");
    let mut machine: Option<(String, String)> = None;
    for language in Language::ALL {
        let run = reconcile(language);
        let found = told(&run, language);
        let path = folder.join(format!("{}.txt", language.tag()));
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            #[expect(clippy::disallowed_methods, reason = "an expected output")]
            std::fs::write(&path, &found).expect("written");
        }
        let expected = std::fs::read_to_string(&path).expect("an expected output");
        assert_eq!(found, expected, "{}", language.tag());
        // Programs read the same, whatever people read.
        let json = run.json();
        let said = ["faults", "passed_over", "warnings"].map(|member| json[member].to_string());
        let said = (run.text("exceptions.csv"), said.concat());
        assert_eq!(*machine.get_or_insert_with(|| said.clone()), said, "{}", language.tag());
        remove(&run);
    }
}

#[test]
fn every_kind_of_exception_is_among_them() {
    let run = reconcile(Language::English);
    let found: BTreeSet<String> =
        run.table("exceptions.csv").iter().map(|row| row["kind"].clone()).collect();
    let all: BTreeSet<String> = FaultKind::ALL.iter().map(|kind| kind.name().to_owned()).collect();
    assert_eq!(found, all);
    remove(&run);
}

fn messages(language: Language) -> String {
    let path = |folder: &str| -> PathBuf {
        Path::new(ROOT).join(format!("src/language/{folder}{}.ftl", language.tag()))
    };
    let read = |folder| std::fs::read_to_string(path(folder)).expect("the messages");
    [read(""), read("faults/")].concat()
}

/// Two and more English words in a row, as the messages of exceptions have them
/// in English and `language` nowhere.
fn english_of_exceptions(language: Language) -> BTreeSet<String> {
    let text = std::fs::read_to_string(Path::new(ROOT).join("src/language/faults/en.ftl"));
    let text = text.expect("the messages");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let said = lines.map(|line| line.split_once(" = ").map_or(line, |(_, said)| said));
    let own = messages(language);
    said.flat_map(|said| said.split(|c: char| !c.is_ascii_lowercase() && c != ' ' && c != '\''))
        .map(str::trim)
        .filter(|words| words.len() > 8 && words.contains(' ') && !own.contains(words))
        .map(str::to_owned)
        .collect()
}

#[track_caller]
fn expect_no_english(text: &str, words: &BTreeSet<String>, of: &str) {
    let left: Vec<&String> = words.iter().filter(|words| text.contains(words.as_str())).collect();
    assert!(left.is_empty(), "{of}: {left:?}");
}

#[test]
fn no_english_is_left_where_people_read_of_exceptions() {
    for language in Language::ALL.into_iter().filter(|language| *language != Language::English) {
        let words = english_of_exceptions(language);
        assert!(words.len() > 100, "{}: {words:?}", language.tag());
        let run = reconcile(language);
        let of = |what: &str| format!("{}, {what}", language.tag());
        let own = Words::new(language);
        for table in ["exceptions", "summary"] {
            let title = own.word(Group::Sheet, table);
            let cells = sheet(&run, title).concat().join("\n");
            expect_no_english(&cells, &words, &of(title));
        }
        for file in ["report.html", "summary.txt", "summary.md"] {
            expect_no_english(&run.text(file), &words, &of(file));
        }
        expect_no_english(&run.stdout, &words, &of("what is printed"));
        let check = program(&["check"], language).expect_code(4);
        expect_no_english(&check.stdout, &words, &of("what a check prints"));
        let quiet = program(&["check", "--quiet"], language).expect_code(4);
        assert!(!quiet.stderr.is_empty());
        expect_no_english(&quiet.stderr, &words, &of("warnings"));
        remove(&run);
    }
}

/// The test above can fail: English is full of what it looks for.
#[test]
fn english_is_seen_where_it_is() {
    let words = english_of_exceptions(Language::German);
    let run = reconcile(Language::English);
    for text in [run.stdout.clone(), run.text("report.html"), run.text("exceptions.csv")] {
        let seen = words.iter().filter(|words| text.contains(words.as_str())).count();
        assert!(seen > 20, "{seen}");
    }
    remove(&run);
}
