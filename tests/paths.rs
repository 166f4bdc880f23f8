//! The quick way through plain text against the way of every other sheet, row
//! by row: the same sums, faults and rows, wherever parts and blocks end.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::fmt::Write as _;
use std::path::Path;

use chrono::NaiveDate;
use drawdown::diagnostics::Error;
use drawdown::digest::DigestKind;
use drawdown::engine::{Detail, Embedded, Engine, Found, Plan, Scan, Sizes};
use drawdown::ingest::{Chosen, How, Role, Sheet, discover, look_through};
use drawdown::model::{EntryRow, Period, UnitId, UnitTable};
use drawdown::reconcile::{Counting, OnConflict, Overlap};
use proptest::prelude::*;

const ROW_BY_ROW: Sizes = Sizes { smallest_part: 1, largest_part: 0, block: 1 << 17, notes: 0 };

/// What one way makes of the files in a folder.
#[derive(Debug, PartialEq)]
struct Outcome {
    scan: Result<String, String>,
    /// By the plan, and of every day and mark.
    rows: [Result<Vec<EntryRow>, String>; 2],
    amounts: [Result<Vec<Found>, String>; 2],
}

fn plan<'a>(sheets: &'a [Sheet], units: &'a UnitTable, approved: Counting) -> Plan<'a> {
    let as_of = NaiveDate::from_ymd_opt(2026, 3, 20).expect("a day");
    Plan {
        sheets,
        units,
        period: Period { from: NaiveDate::from_ymd_opt(2026, 3, 2), ..Period::until(as_of) },
        approved,
        billable: Counting::default(),
        on_conflict: OnConflict::Fault,
        overlap: Overlap::Same,
        digests: true,
        watch: &drawdown::progress::Unwatched,
    }
}

fn look(sheets: &[Sheet], sizes: Sizes, threads: usize, approved: Counting) -> Outcome {
    let units = UnitTable::default();
    let plan = plan(sheets, &units, approved);
    // Every day, and every mark.
    let every = Plan { period: Period::until(NaiveDate::MAX), approved: Counting::All, ..plan };
    let engine = Embedded::new(threads).expect("threads").with_sizes(sizes);
    let scan = match engine.sum(&plan) {
        Ok(scan) => scan,
        Err(error) => {
            let error = Err(error.to_string());
            return Outcome {
                scan: error.map(|()| String::new()),
                rows: [Ok(vec![]), Ok(vec![])],
                amounts: [Ok(vec![]), Ok(vec![])],
            };
        }
    };
    for (sheet, digest) in sheets.iter().zip(&scan.digests) {
        let Some(digest) = digest else { continue };
        assert_eq!(*digest, DigestKind::Blake3.of_file(&sheet.source.path).expect("a digest"));
    }
    let find = |plan: &Plan<'_>, detail: Detail, scan: &Scan| -> Result<Vec<Found>, Error> {
        let mut all = Vec::new();
        let keys = scan.sums.counted.keys();
        // Some keys, and not all of them; of some, not every unit.
        let wanted = |key: usize, unit: UnitId| {
            let length = keys.get(key)?.as_str().len();
            let is_wanted = match length % 3 {
                0 => false,
                1 => true,
                _ => Some(unit) == units.ids().next(),
            };
            is_wanted.then_some(detail)
        };
        engine.rows(plan, scan, &wanted, &mut |found| all.push(found))?;
        Ok(all)
    };
    let rows = |plan: &Plan<'_>, scan: &Scan| {
        let rows = find(plan, Detail::Text, scan)?.into_iter();
        Ok::<_, Error>(rows.map(|found| found.row.expect("a row was asked for")).collect())
    };
    let amounts = |plan: &Plan<'_>, scan: &Scan| {
        let mut amounts = find(plan, Detail::Amount, scan)?;
        // A note is enough for most, and then nobody knows their rows.
        for found in &mut amounts {
            found.place = None;
        }
        assert!(amounts.iter().all(|found| found.row.is_none()), "no row was asked for");
        amounts.sort_unstable_by_key(|found| (found.key, found.date, found.unit, found.addend));
        Ok::<_, Error>(amounts)
    };
    Outcome {
        rows: [&plan, &every].map(|plan| rows(plan, &scan).map_err(|error| error.to_string())),
        amounts: [&plan, &every]
            .map(|plan| amounts(plan, &scan).map_err(|error| error.to_string())),
        scan: Ok(format!(
            "{:?} {:?} {:?} {:?}",
            scan.sums, scan.faults, scan.rows, scan.out_of_play
        )),
    }
}

fn write(path: &Path, text: &str) {
    #[expect(clippy::disallowed_methods, reason = "a test's own input")]
    std::fs::write(path, text).expect("a file");
}

fn sheets(folder: &Path) -> Vec<Sheet> {
    let found = discover(&[folder.to_path_buf()], None, How::default()).expect("sheets");
    found.sheets.into_iter().filter(|sheet| sheet.role() == Role::Timesheets).collect()
}

/// Whether any part was read by the quick way: a second look knows of it.
fn is_quick(sheets: &[Sheet], sizes: Sizes) -> bool {
    let units = UnitTable::default();
    let plan = plan(sheets, &units, Counting::All);
    let scan = Embedded::new(1).expect("a thread").with_sizes(sizes).sum(&plan).expect("sums");
    format!("{scan:?}").contains("Stretch {")
}

const HEADER: &str =
    "id,date,employee,project,contract,task,line,description,quantity,unit,approved";

/// A cell as it may stand in an export, quotes included.
fn cell(of: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    // The first ones are usual.
    prop_oneof![8 => proptest::sample::select(&of[..2]), 1 => proptest::sample::select(of)]
}

fn row() -> impl Strategy<Value = String> {
    let id = prop_oneof![
        12 => (0_u32..4000).prop_map(|n| n.to_string()),
        1 => proptest::sample::select(&[
            "", "\"7\"", " 7", "007", "TS-7", "ts-7", "__export__.line_7_0a1b2c3d",
            "__export__.line_7_0a1b2c3e", "6f1c-2026-é", "99999999999999999999", "\"a\"\"b\"",
        ][..]).prop_map(str::to_owned),
    ];
    let date = cell(&[
        "2026-03-02",
        "2026-03-03",
        "2026-03-25",
        "2026-03-01",
        "\"2026-03-02\"",
        "2026-03-02 10:15:00",
        "2026-03-02T23:59:60",
        "2026-02-30",
        "",
        "2026-03-02 25:00:00",
        "date",
        "01/02/2026",
        "13/02/2026",
        "03/03/2026",
    ]);
    let employee = cell(&["Anna", "Bo", "\"Ødegård, Å\"", " Anna ", "'=x", ""]);
    let contract =
        cell(&["SO009 - Agrolait", "SO010", " SO010", "\"SO010\"", "\"SO 商店, 1\"", "", "'=SO"]);
    let line = cell(&["", "L1", "\"L\"\"1\"", "L1 ", "é"]);
    let description = cell(&[
        "Install",
        "Review",
        "\"Go-live, day 1\nstock\"",
        "5\" pipe",
        "\"a \"\"b\"\"\"",
        "\"x\ry\"",
        // What looks like rows, and is none.
        "\"a\n5,2026-03-02,Anna,,SO010,,,Install,100,Hours,\n6,2026-03-02,Bo,,,,,x,1,Hours,\n\"",
        "\"spaces\"  ",
        "",
    ]);
    let quantity = cell(&[
        "7.5",
        "2",
        "0.08333333333333333",
        "-1.25",
        "\"3\"",
        " 4",
        "5.",
        ".5",
        "1e2",
        "7:30",
        "7,5",
        "1,234",
        "123456789012345",
        "0.1234567890123",
        "",
        "x",
        "+2",
        "00012.50",
        ".",
        "-",
    ]);
    let unit = cell(&["Hours", "Days", "Minutes", "", "h", "\"Hours\"", "Units", "kg", "foo"]);
    let approved = cell(&["", "yes", "no", "True", "maybe"]);
    let cells = (id, date, employee, contract, line, description, quantity, unit, approved);
    let usual = cells.prop_map(|(id, date, employee, contract, line, description, quantity, unit, approved)| {
        format!("{id},{date},{employee},,{contract},,{line},{description},{quantity},{unit},{approved}")
    });
    prop_oneof![
        20 => usual,
        1 => proptest::sample::select(&[
            "", ",,,", HEADER, "1,2026-03-02", " ", ",,,,,,,,,,,,", "8,2026-03-02,,,,,,,1,Hours,yes,more",
        ][..]).prop_map(str::to_owned),
    ]
}

fn file() -> impl Strategy<Value = String> {
    let break_ = proptest::sample::select(&["\n", "\n", "\r\n", "\r"][..]);
    let title = proptest::sample::select(&["", "", "Timesheets of March\n\n", "\u{feff}"][..]);
    let fault = proptest::sample::select(&["", "", "", "", "", "\"open", "1,\"x\"y,2"][..]);
    (prop::collection::vec(row(), 3..40), break_, title, any::<bool>(), fault).prop_map(
        |(rows, break_, title, ends, fault)| {
            let mut text = format!("{title}{HEADER}{break_}");
            // So that the sheet is known for what it is.
            let _ = write!(text, "1,2026-03-02,Anna,,SO010,,,Install,1,Hours,{break_}");
            text.push_str(&rows.join(break_));
            if ends {
                text.push_str(break_);
            }
            if !fault.is_empty() {
                text.push_str(break_);
                text.push_str(fault);
            }
            text
        },
    )
}

fn configured(cases: u32) -> ProptestConfig {
    // A counter-example becomes a named test, not a file of seeds.
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(configured(256))]

    #[test]
    fn both_ways_give_the_same(
        files in prop::collection::vec(file(), 1..3),
        part in prop_oneof![1_u64..600, Just(1 << 10), Just(1 << 11)],
        block in prop_oneof![1_usize..200, 200_usize..8000],
        threads in 1_usize..4,
        notes in prop_oneof![Just(0), 1_usize..40, Just(usize::MAX)],
        approved in prop_oneof![Just(Counting::All), Just(Counting::Only)],
        decides in any::<bool>(),
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        for (at, text) in files.iter().enumerate() {
            write(&folder.path().join(format!("timesheets-{at}.csv")), text);
        }
        let Ok(mut found) = std::panic::catch_unwind(|| sheets(folder.path())) else {
            return Ok(());
        };
        // As they are read again, when their columns had to be looked through.
        if decides {
            for sheet in &mut found {
                if let Ok(look) = look_through(sheet, Chosen::default()) {
                    sheet.take_look(look);
                }
            }
        }
        let sizes = Sizes { smallest_part: part, largest_part: part, block, notes };
        let quick = look(&found, sizes, threads, approved);
        let slow = look(&found, ROW_BY_ROW, threads, approved);
        prop_assert_eq!(quick, slow);
    }
}

/// Parts of a file make up its digest, and a file in one part has its own.
#[test]
fn the_scan_comes_by_the_digests_of_what_it_reads() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows: String =
        (0..200).map(|id| format!("{id},2026-03-02,Anna,,SO010,,,Install,1.5,Hours,\n")).collect();
    write(&folder.path().join("timesheets.csv"), &format!("{HEADER}\n{rows}"));
    let found = sheets(folder.path());
    let units = UnitTable::default();
    for part in [1 << 10, 1 << 11, 1 << 12, 1 << 20] {
        let sizes = Sizes { smallest_part: part, largest_part: part, block: 100, notes: 0 };
        let engine = Embedded::new(2).expect("threads").with_sizes(sizes);
        let scan = engine.sum(&plan(&found, &units, Counting::All)).expect("sums");
        let path = &found.first().expect("a sheet").source.path;
        let digest = DigestKind::Blake3.of_file(path).expect("a digest");
        assert_eq!(scan.digests, [Some(digest)], "parts of {part}");
    }
}

/// One file, cut everywhere.
#[test]
fn parts_and_blocks_may_end_at_any_byte() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = "1,2026-03-02,Ånna,,SO010,,,\"a, \"\"b\"\"\n5,2026-03-02,Anna,,SO010,,,Install,9,Hours,\n\",1.5,Hours,\r\n\
        2,2026-03-03,Bo,,\"SO 商店, 1\",,,x,0.08333333333333333,Days,yes\n\n\
        3,2026-03-04,Bo,,SO010,,,x,x,Hours,\n1,2026-03-02,Anna,,SO010,,,y,1.5,Hours,";
    let text = format!("{HEADER}\n{rows}");
    write(&folder.path().join("timesheets.csv"), &text);
    let found = sheets(folder.path());
    let slow = look(&found, ROW_BY_ROW, 1, Counting::All);
    // Or else there is nothing to compare.
    assert!(is_quick(&found, Sizes::default()) && !is_quick(&found, ROW_BY_ROW));
    for part in 1..=text.len() as u64 + 1 {
        for block in [1, 7, 64] {
            let sizes = Sizes { smallest_part: part, largest_part: part, block, notes: 3 };
            assert_eq!(
                look(&found, sizes, 1, Counting::All),
                slow,
                "parts of {part}, blocks of {block}"
            );
        }
    }
    for block in 1..=text.len() {
        let sizes = Sizes { smallest_part: 1 << 20, largest_part: 1 << 20, block, notes: 100 };
        assert_eq!(look(&found, sizes, 1, Counting::All), slow, "blocks of {block}");
    }
}
