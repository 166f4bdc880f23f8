//! One story as Odoo 10 to 19 export it, by technical names and in five
//! languages (fixtures/recognised/versions): the same figures every time.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

#[path = "support/in_process.rs"]
mod in_process;
#[path = "support/layouts.rs"]
mod layouts;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use drawdown::ingest::fields::{Recognition, recognise};
use drawdown::model::Period;
use drawdown::reconcile::Rules;

use layouts::{LANGUAGES, Layouts, VERSIONS, Wording, folder, read_rows};

/// Each file is named after the role of its rows.
const FILES: [&str; 8] = [
    "order_lines",
    "orders",
    "timesheets",
    "products",
    "tasks",
    "projects",
    "units",
    "unit_categories",
];

fn committed(version: u8, style: &str) -> PathBuf {
    folder().join(format!("odoo-{version}")).join(style)
}

/// Labels change their second wording within a version at most twice.
const VARIANTS: usize = 3;

/// Every wording of every version.
fn wordings() -> impl Iterator<Item = Wording> {
    VERSIONS.flat_map(|version| {
        LANGUAGES.into_iter().flat_map(move |language| {
            (0..VARIANTS).map(move |variant| Wording { version, language, variant })
        })
    })
}

/// Writes a version's files in one wording into a folder.
fn write_translated(layouts: &Layouts, wording: Wording, to: &Path) {
    for file in FILES {
        let technical = committed(wording.version, "technical").join(format!("{file}.csv"));
        if !technical.exists() {
            continue;
        }
        let rows = layouts.translate(file, &read_rows(&technical), wording);
        let path = to.join(format!("{file}.csv"));
        let mut writer = csv::Writer::from_path(path).expect("the folder is ours");
        for row in rows {
            writer.write_record(row).expect("memory and disk suffice");
        }
        writer.flush().expect("the disk suffices");
    }
}

/// The files of some folders, but for one of the two that hold the lines.
fn files(folders: &[PathBuf], but: &str) -> Vec<PathBuf> {
    let names = folders.iter().flat_map(|folder| FILES.map(|file| (file, folder)));
    names
        .filter(|(file, _)| *file != but)
        .map(|(file, folder)| folder.join(format!("{file}.csv")))
        .filter(|path| path.exists())
        .collect()
}

/// Every figure of expected.csv, no exception, and `copies` of each entry.
#[track_caller]
fn tells_the_story(folders: &[PathBuf], case: &str) {
    let copies = u64::try_from(folders.len()).expect("few folders");
    for but in ["orders", "order_lines", ""] {
        let day = NaiveDate::from_ymd_opt(2026, 12, 31).expect("a day");
        let rules = Rules::standard(Period::until(day));
        let report = in_process::reconcile(&files(folders, but), &rules, 1)
            .unwrap_or_else(|error| panic!("{case} without {but}: {error}"));
        let found = in_process::rows(&in_process::csv_text(&report.delivered()));
        let expected = fs::read_to_string(folder().join("expected.csv")).expect("expected.csv");
        let expected = in_process::rows(&expected);
        assert_eq!(found.len(), expected.len(), "{case} without {but}");
        for (found, expected) in found.iter().zip(&expected) {
            for (column, value) in expected {
                let at = format!("{case} without {but}: {} {column}", expected["line"]);
                assert_eq!(&found[column], value, "{at}");
            }
        }
        let faults = in_process::csv_text(&report.exceptions());
        assert_eq!(faults.lines().count(), 1, "{case} without {but}: {faults}");
        let entries = &report.totals.entries;
        let fates = (entries.read, entries.attributed, entries.unmatched, entries.duplicates);
        assert_eq!(fates, (11 * copies, 10, 1, 11 * (copies - 1)), "{case} without {but}");
    }
}

#[test]
fn technical_names_of_every_version_tell_the_same_story() {
    for version in VERSIONS {
        tells_the_story(&[committed(version, "technical")], &format!("{version} technical"));
    }
}

#[test]
fn english_labels_of_every_version_tell_the_same_story() {
    for version in VERSIONS {
        tells_the_story(&[committed(version, "english")], &format!("{version} English"));
    }
}

/// What is put into words here is what stands in the folders.
#[test]
fn the_english_files_are_the_technical_ones_in_words() {
    let layouts = Layouts::read();
    for version in VERSIONS {
        let wording = Wording { version, language: "en", variant: 0 };
        for file in FILES {
            let path = |style| committed(version, style).join(format!("{file}.csv"));
            if path("technical").exists() {
                let words = layouts.translate(file, &read_rows(&path("technical")), wording);
                assert_eq!(words, read_rows(&path("english")), "{version} {file}");
            }
        }
    }
}

#[test]
fn every_language_of_every_version_tells_the_same_story() {
    let layouts = Layouts::read();
    for wording in wordings() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        write_translated(&layouts, wording, folder.path());
        tells_the_story(&[folder.path().to_owned()], &format!("{wording:?}"));
    }
}

/// The same records in six styles are one record each, every entry counts once.
#[test]
fn all_languages_of_a_version_at_once_tell_the_same_story() {
    let layouts = Layouts::read();
    for version in VERSIONS {
        let mut folders = vec![committed(version, "technical")];
        let temporary = LANGUAGES.map(|language| {
            let folder = tempfile::tempdir().expect("a temporary folder");
            write_translated(&layouts, Wording { version, language, variant: 0 }, folder.path());
            folder
        });
        folders.extend(temporary.iter().map(|folder| folder.path().to_owned()));
        tells_the_story(&folders, &format!("{version} in all languages"));
    }
}

/// Columns that a short export may do with, besides the id where it needs one.
fn few_columns(role: &str, version: u8) -> Vec<&'static str> {
    let unit = if version < 19 { "product_uom" } else { "product_uom_id" };
    let nested = if version < 19 { "order_line/product_uom" } else { "order_line/product_uom_id" };
    match role {
        "order_lines" => vec!["id", "order_id", "product_id", "product_uom_qty", unit],
        "orders" => vec![
            "name",
            "partner_id",
            "state",
            "order_line/id",
            "order_line/product_id",
            "order_line/product_uom_qty",
            nested,
        ],
        "timesheets" => {
            let who = if version == 10 { "user_id" } else { "employee_id" };
            vec!["id", "date", who, "project_id", "task_id", "name", "unit_amount", "so_line"]
        }
        "products" => vec!["name", "invoice_policy"],
        "tasks" => vec!["name", "project_id", "sale_line_id"],
        "projects" => vec!["name", if version < 18 { "analytic_account_id" } else { "account_id" }],
        "units" if version < 19 => vec!["name", "category_id", "uom_type", "factor"],
        "units" => vec!["name", "relative_factor", "relative_uom_id"],
        "unit_categories" => vec!["name", "uom_ids/name"],
        _ => panic!("{role}"),
    }
}

/// What is wrong with how some fields of a role are headed.
fn misread(layouts: &Layouts, role: &str, paths: &[&str], wording: Wording) -> Vec<String> {
    let technical: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
    let labels: Vec<String> =
        paths.iter().map(|path| layouts.header(role, path, wording)).collect();
    let at = format!("{wording:?} {role}");
    let (Some(by_name), Some(by_label)) = (recognise(&technical, &[]), recognise(&labels, &[]))
    else {
        return vec![format!("{at}: no role for {labels:?}")];
    };
    let mut wrong = Vec::new();
    for recognition in [&by_name, &by_label] {
        if recognition.role.name() != role {
            wrong.push(format!("{at}: read as {:?}", recognition.role));
        }
    }
    let (by_name, by_label) = (fields_read(&by_name), fields_read(&by_label));
    for ((index, path), label) in paths.iter().enumerate().zip(&labels) {
        let (named, labelled) = (by_name.get(&index), by_label.get(&index));
        if named != labelled {
            wrong.push(format!("{at}: {path} is {named:?}, \"{label}\" is {labelled:?}"));
        }
    }
    wrong
}

/// The field of each column, by its place.
fn fields_read(recognition: &Recognition) -> BTreeMap<usize, &'static str> {
    recognition.columns.iter().map(|column| (column.index, column.field.name())).collect()
}

/// Categories have had their units beside them from 15 on; alone they say nothing.
fn exported(role: &str, version: u8) -> bool {
    role != "unit_categories" || (15..=18).contains(&version)
}

/// A record with all its fields beside each other.
#[test]
fn every_label_is_read_as_its_technical_name() {
    let layouts = Layouts::read();
    let mut wrong = Vec::new();
    for wording in wordings() {
        for role in FILES.into_iter().filter(|role| exported(role, wording.version)) {
            let mut paths = vec!["id"];
            paths.extend(layouts.fields(role, wording.version).into_iter().filter(|f| *f != "id"));
            if role == "unit_categories" {
                paths.push("uom_ids/id");
            }
            wrong.extend(misread(&layouts, role, &paths, wording));
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_few_labels_are_read_as_their_technical_names() {
    let layouts = Layouts::read();
    let mut wrong = Vec::new();
    for wording in wordings() {
        for role in FILES.into_iter().filter(|role| exported(role, wording.version)) {
            wrong.extend(misread(&layouts, role, &few_columns(role, wording.version), wording));
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}
