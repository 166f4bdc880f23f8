//! The quick ways through plain text and worksheets against the way of every
//! other sheet, row by row: the same sums, faults and rows, wherever parts,
//! blocks and pieces end.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]
#![allow(clippy::disallowed_types, reason = "cells of a workbook hold floats")]

use std::fmt::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::NaiveDate;
use drawdown::diagnostics::Error;
use drawdown::digest::DigestKind;
use drawdown::engine::{Days, Embedded, Engine, Found, Plan, Scan, Sizes, Taker};
use drawdown::ingest::{Chosen, How, Role, Sheet, discover, look_through};
use drawdown::model::{EntryRow, Period, UnitId, UnitTable};
use drawdown::reconcile::{Counting, OnConflict, Overlap};
use proptest::prelude::*;

const ROW_BY_ROW: Sizes = Sizes { smallest_part: 1, largest_part: 0, block: 1 << 17, notes: 0 };

/// Takes every entry both as a sum and as a row.
#[derive(Default)]
struct Both {
    called_for: AtomicUsize,
}

impl Taker for Both {
    type Sums = Vec<Found>;
    type List = Vec<Found>;

    fn begin(&self) -> Vec<Found> {
        Vec::new()
    }

    fn call_for(&self, _: &Vec<Found>, next: &[Found]) {
        self.called_for.fetch_add(next.len(), Ordering::Relaxed);
    }

    fn take(&self, own: &mut Vec<Found>, list: &mut Vec<Found>, found: Found) {
        own.push(found.clone());
        list.push(found);
    }
}

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
    let find = |plan: &Plan<'_>, days: Days, scan: &Scan| -> Result<Vec<Found>, Error> {
        let mut all = Vec::new();
        let keys = scan.sums.counted.keys();
        // Some keys, and not all of them; of some, not every unit.
        let wanted = |key: usize, unit: UnitId| {
            let Some(length) = keys.get(key).map(|key| key.as_str().len()) else {
                return Days::NEVER;
            };
            let is_wanted = match length % 3 {
                0 => false,
                1 => true,
                _ => Some(unit) == units.ids().next(),
            };
            days.when(is_wanted)
        };
        engine.rows(plan, scan, &wanted, &mut |found| all.push(found))?;
        let both = Both::default();
        let gathered = engine.gather(plan, scan, &wanted, &both)?;
        assert_eq!(both.called_for.into_inner(), all.len(), "each was called for, once");
        let with_rows = |found: Vec<Found>| -> Vec<Found> {
            found.into_iter().filter(|found| found.row.is_some()).collect()
        };
        assert_eq!(with_rows(gathered.lists.concat()), with_rows(all.clone()), "lists by row");
        let in_any_order = |mut found: Vec<Found>| {
            found.sort_by_key(|of| (of.place, of.key, of.date, of.unit, of.addend));
            found
        };
        for found in [gathered.sums.concat(), gathered.lists.concat()] {
            assert_eq!(in_any_order(found), in_any_order(all.clone()), "all of them");
        }
        Ok(all)
    };
    let rows = |plan: &Plan<'_>, scan: &Scan| {
        let rows = find(plan, Days::TEXTS, scan)?.into_iter();
        Ok::<_, Error>(rows.map(|found| *found.row.expect("a row was asked for")).collect())
    };
    let amounts = |plan: &Plan<'_>, scan: &Scan| {
        let mut amounts = find(plan, Days::AMOUNTS, scan)?;
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
            "-7", "'-7", "\"'-7\"", "''-7", "'7", "'=a", "=a", "'",
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

/// A row of few ids, days and keys, so that many are there twice, some otherwise.
fn doubtful_row() -> impl Strategy<Value = String> {
    let of = |of: &'static [&'static str]| proptest::sample::select(of);
    (
        prop_oneof![9 => (0_u32..60).prop_map(|id| id.to_string()), 1 => of(&["TS-7", "-7", "'-7", "\"'-7\"", "' -7"]).prop_map(str::to_owned)],
        of(&["2026-03-02", "2026-03-03", "2026-03-25", "2026-03-01"]),
        of(&["SO009 - Agrolait", "SO010"]),
        of(&["7.5", "2", "0.08333333333333333", "x"]),
        of(&["Hours", "Days"]),
        of(&["", "yes", "no"]),
    )
        .prop_map(|(id, date, contract, quantity, unit, approved)| {
            format!("{id},{date},Anna,,{contract},,,Install,{quantity},{unit},{approved}")
        })
}

proptest! {
    #![proptest_config(configured(256))]

    #[test]
    fn entries_met_twice_are_judged_alike_by_a_look_where_they_may_be(
        files in prop::collection::vec(prop::collection::vec(doubtful_row(), 3..30), 1..4),
        part in prop_oneof![1_u64..600, Just(1 << 10)],
        threads in 1_usize..4,
        notes in prop_oneof![Just(0), Just(usize::MAX)],
        approved in prop_oneof![Just(Counting::All), Just(Counting::Only)],
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        for (at, rows) in files.iter().enumerate() {
            let text = format!("{HEADER}\n{}\n", rows.join("\n"));
            write(&folder.path().join(format!("timesheets-{at}.csv")), &text);
        }
        let found = sheets(folder.path());
        let sizes = Sizes { smallest_part: part, largest_part: part, block: 100, notes };
        let quick = look(&found, sizes, threads, approved);
        let slow = look(&found, ROW_BY_ROW, threads, approved);
        prop_assert_eq!(quick, slow);
    }
}

/// Counts how often everything is looked at.
#[derive(Debug, Default)]
struct Looks(AtomicUsize);

impl drawdown::progress::Watch for Looks {
    fn begins(&self, _: drawdown::progress::Stage, _: drawdown::progress::Extent) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
    fn passed(&self, _: u64, _: u64) {}
}

#[test]
fn one_id_twice_is_looked_for_where_it_may_be() {
    let entry =
        |id: usize, day: usize| format!("{id},2026-03-{day:02},Anna,,SO010,,,Install,1.5,Hours,\n");
    let looks = |twice: String| {
        let folder = tempfile::tempdir().expect("a folder");
        let rows: String = (0..400).map(|id| entry(id, 2 + id / 100)).collect();
        write(&folder.path().join("timesheets.csv"), &format!("{HEADER}\n{rows}{twice}"));
        let found = sheets(folder.path());
        let sizes = Sizes { smallest_part: 1 << 10, largest_part: 1 << 10, ..Sizes::default() };
        assert_eq!(
            look(&found, sizes, 2, Counting::All),
            look(&found, ROW_BY_ROW, 2, Counting::All)
        );
        let (units, watch) = (UnitTable::default(), Looks::default());
        let plan = Plan { watch: &watch, ..plan(&found, &units, Counting::All) };
        let scan = Embedded::new(2).expect("threads").with_sizes(sizes).sum(&plan).expect("sums");
        (watch.0.into_inner(), scan.out_of_play)
    };
    assert_eq!(looks(String::new()).0, 1);
    // The same again: the second one is out of play.
    let (count, out_of_play) = looks(entry(150, 3));
    assert_eq!((count, out_of_play.into_iter().collect::<Vec<_>>()), (1, vec![(0, 402)]));
    // An id in conflict, in the midst of the days of its key.
    assert_eq!(looks(entry(150, 4)).0, 1);
    // On the first or last day of the key there may have been others.
    assert_eq!(looks(entry(150, 6)).0, 2);
    assert_eq!(looks(entry(0, 4)).0, 2);
}

/// Parts of a file make up its digest, and a file in one part has its own.
#[test]
fn the_scan_comes_by_the_digests_of_what_it_reads() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut text = format!("{HEADER}\n");
    for id in 0..200 {
        let _ = writeln!(text, "{id},2026-03-02,Anna,,SO010,,,Install,1.5,Hours,");
    }
    write(&folder.path().join("timesheets.csv"), &text);
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

/// A cell of a workbook, as its user types it.
#[derive(Debug, Clone)]
enum Typed {
    Text(String),
    Number(f64),
    /// A serial number, shown as a day or as hours.
    Day(f64),
    Hours(f64),
    Formula(&'static str),
}

/// The cells of a row of [`row`], which numbers and days are typed.
fn typed(line: &str, as_typed: bool) -> Vec<Typed> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(line.as_bytes());
    let record = reader.records().next().and_then(Result::ok).unwrap_or_default();
    let cell = |text: &str| {
        let number = text.parse::<f64>().ok().filter(|number| number.is_finite() && as_typed);
        match (text, number) {
            ("2026-03-02", _) if as_typed => Typed::Day(46_083.0),
            ("2026-03-03", _) if as_typed => Typed::Day(46_084.0),
            ("2026-03-02 10:15:00", _) if as_typed => Typed::Day(46_083.427_083_333_336),
            ("7:30", _) if as_typed => Typed::Hours(0.3125),
            ("x", _) if as_typed => Typed::Formula("#N/A"),
            (_, Some(number)) => Typed::Number(number),
            _ => Typed::Text(text.to_owned()),
        }
    };
    record.iter().map(cell).collect()
}

/// A workbook with these rows below a header; its texts shared, or each in
/// its cell.
fn workbook(path: &Path, rows: &[Vec<Typed>], is_shared: bool) {
    use rust_xlsxwriter::{Format, Formula, Workbook};
    let mut workbook = Workbook::new();
    let day = Format::new().set_num_format("yyyy-mm-dd hh:mm");
    let hours = Format::new().set_num_format("[h]:mm");
    let sheet = if is_shared {
        workbook.add_worksheet()
    } else {
        workbook.add_worksheet_with_constant_memory().expect("a sheet")
    };
    for (column, name) in (0..).zip(HEADER.split(',')) {
        sheet.write_string(0, column, name).expect("a cell");
    }
    for (row, cells) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Typed::Text(text) if text.is_empty() => continue,
                Typed::Text(text) => sheet.write_string(row, column, text),
                Typed::Number(number) => sheet.write_number(row, column, *number),
                Typed::Day(days) => sheet.write_number_with_format(row, column, *days, &day),
                Typed::Hours(days) => sheet.write_number_with_format(row, column, *days, &hours),
                Typed::Formula(result) => {
                    sheet.write_formula(row, column, Formula::new("NA()").set_result(*result))
                }
            }
            .expect("a cell");
        }
    }
    workbook.save(path).expect("a workbook");
}

/// So that the sheet is known for what it is.
fn first_row() -> Vec<Typed> {
    typed("1,2026-03-02,Anna,,SO010,,,Install,1,Hours,", true)
}

proptest! {
    #![proptest_config(configured(96))]

    #[test]
    fn a_workbook_gives_the_same_in_pieces(
        files in prop::collection::vec(
            (prop::collection::vec((row(), any::<bool>()), 3..40), any::<bool>()),
            1..3,
        ),
        block in 1_usize..2000,
        threads in 1_usize..4,
        notes in prop_oneof![Just(0), 1_usize..40, Just(usize::MAX)],
        approved in prop_oneof![Just(Counting::All), Just(Counting::Only)],
        decides in any::<bool>(),
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        for (at, (rows, is_shared)) in files.iter().enumerate() {
            let rows = rows.iter().map(|(line, as_typed)| typed(line, *as_typed));
            let rows: Vec<Vec<Typed>> = std::iter::once(first_row()).chain(rows).collect();
            workbook(&folder.path().join(format!("timesheets-{at}.xlsx")), &rows, *is_shared);
        }
        let mut found = sheets(folder.path());
        if decides {
            for sheet in &mut found {
                if let Ok(look) = look_through(sheet, Chosen::default()) {
                    sheet.take_look(look);
                }
            }
        }
        let sizes = Sizes { smallest_part: 1, largest_part: 1, block, notes };
        let quick = look(&found, sizes, threads, approved);
        let slow = look(&found, ROW_BY_ROW, threads, approved);
        prop_assert_eq!(quick, slow);
    }
}

/// One worksheet, in pieces of every length.
#[test]
fn pieces_of_a_worksheet_may_end_anywhere() {
    let folder = tempfile::tempdir().expect("a folder");
    let lines = [
        "1,2026-03-02,Anna,,SO010,,,Install,1.5,Hours,",
        "2,2026-03-03,Bo,,\"SO 商店, 1\",,,x,0.08333333333333333,Days,yes",
        "3,2026-03-03,Bo,,SO010,,,Install,1.5,Hours,",
        "3,2026-03-02,Bo,,SO010,,,Install,1.5,Hours,",
        "4,2026-03-02,Bo,,SO010,,,Install,y,Hours,",
        "1,2026-03-02,Anna,,SO010,,,Install,1.5,Hours,",
        ",2026-03-02,Anna,,SO010,,,Install,1.5,Hours,",
    ];
    let rows: Vec<Vec<Typed>> = lines.iter().map(|line| typed(line, true)).collect();
    workbook(&folder.path().join("timesheets.xlsx"), &rows, true);
    let found = sheets(folder.path());
    let slow = look(&found, ROW_BY_ROW, 1, Counting::All);
    let sizes = |block| Sizes { block, ..Sizes::default() };
    let units = UnitTable::default();
    let plan = plan(&found, &units, Counting::All);
    let scan = Embedded::new(1).expect("a thread").with_sizes(sizes(1)).sum(&plan).expect("sums");
    // Or else there is nothing to compare.
    assert!(format!("{scan:?}").matches("Notes(").count() > 3, "pieces were noted one by one");
    for block in (1..100).chain((100..4_000).step_by(61)) {
        assert_eq!(look(&found, sizes(block), 2, Counting::All), slow, "pieces of {block}");
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
