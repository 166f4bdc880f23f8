//! The words of the reports against what the program can say: every value of
//! every enumeration and every column has its word, and no word is left over;
//! and a whole run in another language.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use calamine::{Data, Reader, Xlsx, open_workbook};
use drawdown::diagnostics::{FaultKind, Naming, Phrase};
use drawdown::diff::Resolution;
use drawdown::history::{DECISIONS, DecisionColumn};
use drawdown::ingest::{Field, Role};
use drawdown::language::{Group, Key, Language, Words, in_every_language};
use drawdown::model::{
    AdjustmentCounts, AdjustmentKind, InvoiceStatus, InvoicingPolicy, Tracking, UnitId, UnitTable,
};
use drawdown::progress::Stage;
use drawdown::reconcile::{Cause, Fates, Finding, LateReason, Status, UnmatchedReason};
use drawdown::report::{
    CUSTOMERS, Column, ColumnKind, DELIVERED, ENTRIES, EXCEPTIONS, GIVEN_AWAY, IDLE, INVOICING,
    LATE, NEAR, RUNS, UNMATCHED, UPSELL, WITHOUT_CONTRACT, policy_name, tracking_name,
};

/// The tables that people read, by their names.
const TABLES: [(&str, &[Column]); 14] = [
    ("delivered", DELIVERED),
    ("upsell", UPSELL),
    ("snoozed", UPSELL),
    ("near", NEAR),
    ("idle", IDLE),
    ("customers", CUSTOMERS),
    ("invoicing", INVOICING),
    ("late", LATE),
    ("without_contract", WITHOUT_CONTRACT),
    ("given_away", GIVEN_AWAY),
    ("exceptions", EXCEPTIONS),
    ("unmatched", UNMATCHED),
    ("entries", ENTRIES),
    ("runs", RUNS),
];

/// The stable names of a group's values.
fn values(group: Group) -> BTreeSet<String> {
    let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
    match group {
        Group::Column => {
            let names = TABLES.iter().flat_map(|(_, columns)| columns.iter());
            let mut names: BTreeSet<String> = names.map(|column| column.name.to_owned()).collect();
            // Some tables call a column by another name.
            names.extend(["late-remaining", "runs-exceptions"].map(str::to_owned));
            names
        }
        Group::Sheet => {
            owned(TABLES.iter().map(|(name, _)| *name).chain(["summary", "weeks"]).collect())
        }
        Group::Status => owned(Status::ALL.map(Status::name).to_vec()),
        Group::Cause => owned(Cause::ALL.map(Cause::name).to_vec()),
        Group::Tracking => {
            use Tracking::{Contract, Manual, None, Task};
            owned([Contract, Task, Manual, None].map(tracking_name).to_vec())
        }
        Group::Policy => {
            use InvoicingPolicy::{Delivered, Ordered};
            owned([Ordered, Delivered].map(policy_name).to_vec())
        }
        Group::Invoicing => {
            use InvoiceStatus::{Invoiced, No, ToInvoice, Upselling};
            owned([No, ToInvoice, Upselling, Invoiced].map(InvoiceStatus::name).to_vec())
        }
        Group::Reason => {
            use UnmatchedReason as R;
            let unmatched = [
                R::NoReference,
                R::NotMapped,
                R::AmbiguousMap,
                R::UnknownTarget,
                R::UnknownLine,
                R::AmbiguousLine(Vec::new()),
                R::AmbiguousTask(Vec::new()),
                R::TaskWithoutLine,
                R::UnknownTask,
                R::UnknownContract,
                R::ContractNotTracked,
                R::AmbiguousContract,
            ];
            let mut names: Vec<&str> = unmatched.iter().map(UnmatchedReason::name).collect();
            names.extend(
                [LateReason::AfterRenewal, LateReason::AfterLock, LateReason::OnLocked]
                    .map(LateReason::name),
            );
            // Of refused entries in without_contract.csv.
            names.push(FaultKind::OrderNotConfirmed.name());
            owned(names)
        }
        Group::Finding => {
            use Finding::{InvoicedTooMuch, NotInvoiced, StatusDiffers, WorkedBeforeInvoiced};
            let all = [WorkedBeforeInvoiced, NotInvoiced, InvoicedTooMuch, StatusDiffers];
            owned(all.map(Finding::name).to_vec())
        }
        Group::Decision => owned(DECISIONS.to_vec()),
        Group::Answer => owned(vec!["yes"]),
        Group::Source => owned(vec!["entries", "adjustments"]),
        Group::Role => owned(Role::ALL.map(Role::name).to_vec()),
        Group::Fate => {
            let fates = Fates::<u64>::default();
            let mut names: Vec<&str> = fates.named().iter().map(|(name, _)| *name).collect();
            let adjustments = AdjustmentCounts::default();
            names.extend(adjustments.named().iter().map(|(name, _)| *name));
            owned(names)
        }
        Group::Exception => owned(FaultKind::ALL.iter().map(|kind| kind.name()).collect()),
        Group::Adjustment => {
            use AdjustmentKind::{BilledElsewhere, Goodwill, Opening, WriteOff};
            let all = [Opening, Goodwill, WriteOff, BilledElsewhere];
            owned(all.map(AdjustmentKind::name).to_vec())
        }
        Group::Found => owned(vec!["order", "line", "contract", "task", "customer"]),
        Group::State => owned(vec!["draft", "sent", "cancelled", "sale", "done"]),
        Group::Resolution => owned(Resolution::ALL.map(Resolution::name).to_vec()),
        Group::Delimiter => owned(vec!["comma", "semicolon", "tab", "bar"]),
        Group::Outcome => owned(vec![
            "attributed",
            "unmatched",
            "refused",
            "excluded",
            "not_counted",
            "duplicate",
            "rejected",
        ]),
        Group::Lacking => owned(vec![
            "order_line_id",
            "order",
            "state_of_the_order",
            "product",
            "ordered_quantity",
            "unit_of_measure",
            "date_of_the_entry",
            "quantity",
            "line_or_contract",
            "unit_name",
        ]),
        Group::Unit => owned(UnitTable::default().ids().map(unit_name).collect()),
        Group::Category => owned(vec!["Working_Time", "Unit"]),
        Group::Stage => owned(Stage::ALL.map(Stage::name).to_vec()),
        Group::Field => owned(Field::ALL.iter().map(|field| field.name()).collect()),
    }
}

fn unit_name(id: UnitId) -> &'static str {
    match UnitTable::default().naming(id) {
        Naming::Supplied(word) => word.stable(),
        Naming::Given(name) => panic!("{name}"),
    }
}

/// The ids of the messages of the English file: the others have the same.
fn ids() -> BTreeSet<String> {
    let files =
        ["src/language/en.ftl", "src/language/commands/en.ftl", "src/language/faults/en.ftl"];
    let read = |file: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        std::fs::read_to_string(path).expect("the messages")
    };
    let text = files.map(read).concat();
    let ids = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
    ids.filter_map(|line| Some(line.split_once(" =")?.0.to_owned())).collect()
}

#[test]
fn every_word_that_can_be_said_is_there_and_none_is_left_over() {
    let mut expected: BTreeSet<String> = Key::ALL.iter().map(|key| key.id().to_owned()).collect();
    expected.extend(Phrase::ALL.iter().map(|phrase| phrase.id.to_owned()));
    for group in Group::ALL {
        expected.extend(
            values(group)
                .into_iter()
                .map(|name| format!("{}-{}", group.prefix(), name.replace(' ', "_"))),
        );
    }
    let found = ids();
    let missing: Vec<&String> = expected.difference(&found).collect();
    let unused: Vec<&String> = found.difference(&expected).collect();
    assert!(missing.is_empty() && unused.is_empty(), "missing: {missing:?}\nunused: {unused:?}");
}

/// Every text of the summary and the workbook is used somewhere in the code.
#[test]
fn every_text_is_used() {
    fn sources(folder: &Path, found: &mut String) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                sources(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs")
                && !path.ends_with("language/keys.rs")
                && !path.ends_with("language/tests.rs")
                && !path.ends_with("diagnostics/phrase.rs")
            {
                found.push_str(&std::fs::read_to_string(&path).expect("a source"));
            }
        }
    }
    let mut code = String::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut code);
    let words: BTreeSet<&str> = code.split(|c: char| !c.is_alphanumeric() && c != ':').collect();
    let unused: Vec<&Key> =
        Key::ALL.iter().filter(|key| !words.contains(format!("Key::{key:?}").as_str())).collect();
    assert!(unused.is_empty(), "{unused:?}");
    let phrases = Phrase::ALL.iter().map(|phrase| format!("Phrase::{}", phrase.name));
    let unsaid: Vec<String> = phrases.filter(|name| !words.contains(name.as_str())).collect();
    assert!(unsaid.is_empty(), "{unsaid:?}");
}

#[test]
fn english_headings_are_the_titles_of_the_columns() {
    let words = Words::new(Language::English);
    for (table, columns) in TABLES {
        for column in columns {
            assert_eq!(words.heading(table, column.name), column.title, "{table}");
        }
    }
}

/// What people write into a workbook is found by its headings and words in any
/// language, so one that means two things would be read wrong.
#[test]
fn what_is_read_back_means_one_thing_in_all_languages() {
    let read_back: Vec<&str> =
        DecisionColumn::ALL.iter().map(|column| column.name()).chain(["order", "lines"]).collect();
    for name in read_back {
        let known = in_every_language(Group::Column, name);
        assert_eq!(known.len(), Language::ALL.len());
        for language in Language::ALL {
            let words = Words::new(language);
            let headings = UPSELL.iter().map(|column| words.heading("upsell", column.name));
            let fits: Vec<&str> = headings.filter(|heading| known.contains(heading)).collect();
            assert_eq!(fits, [words.heading("upsell", name)], "{}", language.tag());
        }
    }
    for language in Language::ALL {
        let words = Words::new(language);
        let mut sheets = BTreeMap::new();
        for (name, _) in TABLES {
            let title = words.word(Group::Sheet, name);
            let odd = ['[', ']', ':', '*', '?', '/', '\\', '\''];
            assert!(title.chars().count() <= 28 && !title.contains(odd), "{title}");
            let is_read = matches!(name, "upsell" | "snoozed");
            for read in ["upsell", "snoozed"] {
                let known = in_every_language(Group::Sheet, read);
                assert!(is_read || !known.contains(&title), "{title}");
            }
            assert_eq!(sheets.insert(title.to_owned(), name), None, "{title}");
        }
    }
    let decisions: Vec<&str> =
        DECISIONS.iter().flat_map(|word| in_every_language(Group::Decision, word)).collect();
    for word in decisions {
        // A list in a cell is parted by commas.
        assert!(!word.contains(','), "{word}");
        let meant = |decision: &&&str| in_every_language(Group::Decision, decision).contains(&word);
        assert_eq!(DECISIONS.iter().filter(meant).count(), 1, "{word}");
    }
}

fn quickstart(language: &str) -> support::Run {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    let output = Command::new(env!("CARGO_BIN_EXE_drawdown"))
        .args(["reconcile", "fixtures/quickstart", "--as-of", "2026-03-31", "--lang", language])
        .arg("--out")
        .arg(&out)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the program");
    support::Run {
        code: output.status.code().expect("an exit code"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        out: folder.keep().join("out"),
    }
}

/// What is printed.
fn summary(run: &support::Run) -> String {
    run.stdout.replace(&*run.out.to_string_lossy(), "out")
}

#[test]
fn the_quickstart_is_told_in_every_language_and_its_figures_are_the_same() {
    let expected = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/quickstart-languages");
    let mut csv: Option<(String, String)> = None;
    for language in Language::ALL {
        let run = quickstart(language.tag()).expect_code(0);
        let path = expected.join(format!("{}.txt", language.tag()));
        let found = summary(&run);
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            #[expect(clippy::disallowed_methods, reason = "an expected output")]
            std::fs::write(&path, &found).expect("written");
        }
        let expected = std::fs::read_to_string(&path).expect("an expected summary");
        assert_eq!(found, expected, "{}", language.tag());
        let texts = (run.text("delivered.csv"), run.text("upsell.csv"));
        assert_eq!(*csv.get_or_insert_with(|| texts.clone()), texts);
        assert_eq!(run.json()["configuration"]["lang"], language.tag());
        std::fs::remove_dir_all(run.out.parent().expect("its folder")).expect("removed");
    }
}

/// A cell as the CSV file has it, in the words and marks of a language.
fn shown(words: &Words, column: &Column, text: &str) -> String {
    match column.kind {
        ColumnKind::Text => {
            let text = text.strip_prefix('\'').unwrap_or(text);
            let named = match column.name {
                // No file of the quickstart names a unit.
                "unit" | "remaining_unit" => Some(Group::Unit),
                "category" => Some(Group::Category),
                name => Group::of_column(name),
            };
            match named {
                Some(group) => words.word(group, text).to_owned(),
                None => text.to_owned(),
            }
        }
        ColumnKind::Day => text.to_owned(),
        _ => text
            .parse::<rust_decimal::Decimal>()
            .map_or_else(|_| text.to_owned(), |number| number.normalize().to_string()),
    }
}

/// Whether a cell of an exception is said in words, which are the reader's in the
/// workbook alone.
fn is_said(row: &support::Row, column: &Column) -> bool {
    match column.name {
        "expected" | "action" => true,
        // The orders with their states.
        "found" => row["kind"] == FaultKind::OrderNotConfirmed.name(),
        _ => false,
    }
}

fn of_cell(cell: &Data) -> String {
    match cell {
        Data::DateTime(day) => day.as_datetime().expect("a day").date().to_string(),
        cell => cell.to_string(),
    }
}

#[test]
fn the_workbook_says_what_the_csv_files_say_in_every_language() {
    for language in Language::ALL {
        let words = Words::new(language);
        let run = quickstart(language.tag()).expect_code(0);
        let mut workbook: Xlsx<_> =
            open_workbook(run.out.join("delivered.xlsx")).expect("the workbook");
        for (table, columns) in TABLES {
            if matches!(table, "snoozed" | "entries" | "runs") {
                continue;
            }
            let sheet = workbook.worksheet_range(words.word(Group::Sheet, table)).expect(table);
            let rows = run.table(&format!("{table}.csv"));
            let at = |row: usize, column: usize| {
                let place = (u32::try_from(row).ok(), u32::try_from(column).ok());
                let (Some(row), Some(column)) = place else { return String::new() };
                sheet.get_value((row, column)).map(of_cell).unwrap_or_default()
            };
            for (number, row) in rows.iter().enumerate() {
                for (place, column) in columns.iter().enumerate() {
                    if table == "exceptions" && is_said(row, column) {
                        let said = at(number + 1, place);
                        let is_english = said == row[column.name];
                        assert_eq!(is_english, language == Language::English, "{said}");
                        continue;
                    }
                    let expected = shown(&words, column, &row[column.name]);
                    assert_eq!(at(number + 1, place), expected, "{table}, {}", column.name);
                }
            }
            // Below the last row stand the sums, exact.
            for (place, column) in columns.iter().enumerate() {
                if !rows.is_empty() && matches!(column.name, "hours" | "entries") {
                    let sum: rust_decimal::Decimal = rows
                        .iter()
                        .map(|row| row[column.name].parse::<rust_decimal::Decimal>().expect("one"))
                        .sum();
                    assert_eq!(at(rows.len() + 1, place), sum.normalize().to_string(), "{table}");
                }
            }
        }
        // The entries behind an upsell are those that it sums.
        let entries = workbook.worksheet_range(words.word(Group::Sheet, "entries")).expect("it");
        let quantities = entries.rows().filter(|row| row[0] == *"SO009");
        let hours: rust_decimal::Decimal = quantities
            .map(|row| row[5].to_string().parse::<rust_decimal::Decimal>().expect("hours"))
            .sum();
        assert_eq!(hours.normalize().to_string(), "57.5");
        let runs = workbook.worksheet_range(words.word(Group::Sheet, "runs")).expect("it");
        let last: Vec<String> =
            runs.rows().next_back().expect("a run").iter().map(of_cell).collect();
        assert_eq!(last, ["2026-03-31", "78", "409.5", "3", "4", "2", "3750", "EUR"]);
        std::fs::remove_dir_all(run.out.parent().expect("its folder")).expect("removed");
    }
}

/// What a report calls a unit may be written in an input.
#[test]
fn every_word_for_a_unit_is_understood_in_every_language() {
    let units = UnitTable::default();
    for language in Language::ALL {
        let words = Words::new(language);
        for unit in units.ids() {
            let called = units.naming(unit);
            assert_eq!(units.find(words.naming(&called)), Some(unit), "{}", words.naming(&called));
            let is_english = words.naming(&called) == units.get(unit).name;
            assert!(is_english || language != Language::English, "{called:?}");
        }
    }
}

/// A unit that a file names keeps its name.
#[test]
fn a_unit_that_a_file_names_is_called_so_in_every_language() {
    let world = support::World::new()
        .file("units.csv", "name,category,ratio,rounding\nHours,Time,1,0.01\nDays,Time,8,0.01\n")
        .file("work.csv", "date,employee,contract,quantity,unit\n2026-03-02,Anna,C1,12,Hours\n")
        .file(
            "lines.csv",
            "id,order,state,product,ordered,unit,contract,tracking,policy\n\
             L1,SO1,sale,Support,1,Days,C1,contract,ordered\n\
             L2,SO2,sale,Block,2,Weeks,C2,contract,ordered\n",
        );
    let run = world.reconcile(&["--lang", "de"]).expect_code(0);
    let mut workbook: Xlsx<_> = open_workbook(run.out.join("delivered.xlsx")).expect("it");
    let sheet = workbook.worksheet_range("Geliefert").expect("the sheet");
    let units: Vec<String> = (1..3).map(|row| of_cell(&sheet[(row, 9)])).collect();
    assert_eq!(units, ["Days", "Wochen"]);
    let rows = run.table("delivered.csv");
    assert_eq!([&rows[0]["unit"], &rows[1]["unit"]], ["Days", "Weeks"]);
}

#[test]
fn columns_stand_below_each_other_in_wide_letters_too() {
    let run = quickstart("zh").expect_code(0);
    let stdout = &run.stdout;
    std::fs::remove_dir_all(run.out.parent().expect("its folder")).expect("removed");
    // Columns of a terminal: a Chinese letter takes two.
    let wide =
        |text: &str| -> usize { text.chars().map(|c| if c >= '\u{2e80}' { 2 } else { 1 }).sum() };
    let rows: Vec<&str> = stdout
        .lines()
        .skip_while(|line| !line.starts_with("控制总数"))
        .skip(1)
        .take_while(|line| !line.is_empty())
        .collect();
    assert!(rows.len() > 3, "{stdout}");
    let widths: BTreeSet<usize> = rows.iter().map(|row| wide(row)).collect();
    assert_eq!(widths.len(), 1, "{rows:#?}");
}

#[test]
fn the_configuration_names_the_language_and_the_command_line_wins() {
    let world = support::World::new()
        .file("drawdown.toml", "lang = \"de\"\n")
        .file("work.csv", "date,employee,project,hours\n2026-03-02,Anna,Website,3\n")
        .file(
            "lines.csv",
            "id,order,state,product,ordered,unit,tracking,policy\nL1,SO1,sale,Support,10,Hours,manual,ordered\n",
        );
    let run = world.reconcile(&[]).expect_code(0);
    assert!(run.stdout.contains("Kontrollsummen (stimmen genau überein)"), "{}", run.stdout);
    assert_eq!(run.json()["configuration"]["lang"], "de");
    // Programs read warnings in one language.
    let warning = run.json()["warnings"][0].as_str().expect("a warning").to_owned();
    assert!(warning.starts_with("the only entry could not be attributed"), "{warning}");
    let run = world.reconcile(&["--lang", "fr"]).expect_code(0);
    assert!(run.stdout.contains("Totaux de contrôle"), "{}", run.stdout);
    let run = world.run(&["check", ".", "--lang", "es"]);
    assert!(run.stdout.contains("Totales de control"), "{}", run.stdout);
    let run = world.reconcile(&["--lang", "it"]).expect_code(2);
    assert!(run.stderr.contains("[possible values: en, zh-CN, fr, de, es]"), "{}", run.stderr);
    let world = world.file("drawdown.toml", "lang = \"deutsch\"\n");
    let run = world.reconcile(&[]).expect_code(2);
    assert!(
        run.stderr.contains("lang is \"deutsch\"; expected: \"en\", \"zh-CN\""),
        "{}",
        run.stderr
    );
}
