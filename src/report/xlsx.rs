//! delivered.xlsx: the summary and the tables as one workbook, for people
//! who filter and sort. It shows what the CSV files say; a cell keeps fifteen
//! digits of a number, the CSV file all of them.

mod cells;
mod charts;
mod decisions;
mod sheets;
mod summary;

use std::collections::BTreeMap;
use std::io::{Seek, Write};
use std::path::Path;

use chrono::NaiveDate;
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use self::sheets::{Leads, Sheets, Totals, part_name};
use super::model::{Report, Table, UpsellRow};
use super::summary::SummaryBlock;
use crate::language::{Group, Key, Words, english};
use crate::model::LineIndex;

/// What a sheet may hold.
#[derive(Debug, Clone, Copy)]
struct Limits {
    /// Rows of a sheet, its header included.
    sheet_rows: u32,
    /// Rows up to which a range is an Excel table. Past that it keeps its
    /// filter only: a table remembers every cell of its range while it is
    /// written.
    table_rows: usize,
    /// Cells of all tables of a workbook together, for the same reason.
    table_cells: usize,
}

impl Limits {
    /// Whether a range may be a table, which is then taken off what is left.
    fn takes_table(&mut self, rows: usize, columns: usize) -> bool {
        let left = self.table_cells.checked_sub(rows.saturating_mul(columns));
        match left.filter(|_| rows <= self.table_rows) {
            Some(left) => {
                self.table_cells = left;
                true
            }
            None => false,
        }
    }
}

/// Rows of a list of single entries that a sheet shows where a CSV file has
/// all of them: nobody reads millions.
const MOST_LISTED: usize = 20_000;
/// Such lists.
const LISTS: [&str; 2] = ["late", "unmatched"];

const LIMITS: Limits =
    Limits { sheet_rows: 1_048_576, table_rows: 100_000, table_cells: 6_000_000 };

/// A4 and A3 in a spreadsheet's list of papers.
const A4: u8 = 9;
const A3: u8 = 8;

/// How hard the workbook is packed, of 9: past that it takes twice as long for some
/// hundredths less.
const PACKED: u8 = 4;

const INK: Color = Color::RGB(0x001F_3864);
const RULE: Color = Color::RGB(0x008E_A9DB);

/// Writes the workbook delivered.xlsx: the sheet Summary, then one for each
/// table, row by row, the entries behind upsells, hours week by week, and the
/// runs so far. A table with more rows than
/// a sheet takes goes on in `Delivered 2`. The same report gives the same bytes.
///
/// Of the tables of single entries (late and unmatched ones) that `has_csv`
/// says are written beside it, it has the first 20 000 rows.
///
/// `tempdir` is where the tables' rows wait until the workbook is closed; the
/// files there have no name and vanish with the process.
///
/// # Errors
/// What `out` or `tempdir` refuse.
pub fn write_workbook<W: Write + Seek + Send>(
    report: &Report,
    summary: &[SummaryBlock],
    words: &Words,
    has_csv: &dyn Fn(&str) -> bool,
    tempdir: &Path,
    out: W,
) -> Result<(), XlsxError> {
    let mut workbook = new_workbook(words, tempdir)?;
    summary::write_summary(&mut workbook, report, summary, words)?;
    let owners = decisions::owners(report);
    let places = Places::of(report, words);
    let in_list = |lines: &[LineIndex], index: usize| {
        lines.get(index).map(|line| places.of_line(*line)).unwrap_or_default()
    };
    let upsell = |index: usize| in_list(&places.upsells, index);
    let snoozed = |index: usize| in_list(&places.snoozed, index);
    let near = |index: usize| in_list(&places.near, index);
    let entries = report.entries_behind();
    let runs = report.runs_so_far();
    let mut limits = LIMITS;
    let mut write = |workbook: &mut Workbook, table: &Table<'_>, note: Option<String>| {
        let leads: Option<&dyn Fn(usize) -> Leads> = match table.name {
            "upsell" => Some(&upsell),
            "snoozed" => Some(&snoozed),
            "near" => Some(&near),
            _ => None,
        };
        let as_table = limits.takes_table(table.rows, table.columns.len());
        let sheets = Sheets {
            name: table.name,
            columns: table.columns,
            rows: table.rows,
            as_table,
            as_of: report.period.as_of,
            owners: &owners,
            words,
            // A sum of some of the rows would pass for that of all.
            totals: (as_table && table.name != "runs" && note.is_none()).then(|| Totals::of(table)),
            leads,
            weeks: leads.filter(|_| as_table).and(places.weeks.as_deref()),
            note,
        };
        sheets.write(workbook, table.iter(), LIMITS.sheet_rows)
    };
    for (table, all) in tables_in_part(report, words, has_csv) {
        let note = (table.rows < all).then(|| {
            let file = format!("{}.csv", table.name);
            let counts = [("shown", table.rows), ("all", all)];
            let counts = counts.map(|(name, rows)| (name, (rows as u64).into()));
            words.with(Key::RowsInPart, &[counts[0], counts[1], ("file", (&file).into())])
        });
        write(&mut workbook, &table, note)?;
    }
    if report.upsells.iter().any(|row| row.upsell.by_entries) {
        write(&mut workbook, &entries, places.note(report, words))?;
    }
    if places.weeks.is_some() {
        charts::write_weeks(&mut workbook, report, &places.of_weeks, words)?;
    }
    if !report.runs.is_empty() {
        write(&mut workbook, &runs, None)?;
    }
    workbook.save_to_writer(out)
}

/// How many rows of the report's tables the workbook has.
#[must_use]
pub fn rows_of_workbook(report: &Report, has_csv: &dyn Fn(&str) -> bool) -> u64 {
    tables_in_part(report, english(), has_csv).iter().map(|(table, _)| table.rows as u64).sum()
}

/// The tables as far as the workbook shows them, each with all the rows that it
/// has.
fn tables_in_part<'a>(
    report: &'a Report,
    words: &'a Words,
    has_csv: &dyn Fn(&str) -> bool,
) -> Vec<(Table<'a>, usize)> {
    let in_part = |mut table: Table<'a>| {
        let all = table.rows;
        if LISTS.contains(&table.name) && has_csv(table.name) {
            table.rows = all.min(MOST_LISTED);
        }
        (table, all)
    };
    report.tables_in(words).into_iter().map(in_part).collect()
}

/// Where rows stand that others lead to.
struct Places {
    delivered: String,
    entries: String,
    /// The sheet of weeks, where there is one.
    weeks: Option<String>,
    /// The first entry's row of an upsell, by its first line.
    first_entries: BTreeMap<LineIndex, u32>,
    /// The quotas in the sheet of weeks, by their first lines.
    of_weeks: Vec<LineIndex>,
    /// The first lines of the rows of these sheets.
    upsells: Vec<LineIndex>,
    snoozed: Vec<LineIndex>,
    near: Vec<LineIndex>,
}

impl Places {
    fn of(report: &Report, words: &Words) -> Self {
        let mut first_entries = BTreeMap::new();
        let mut row = 1;
        for first in report.upsells.iter().filter_map(|row| row.upsell.lines.first()) {
            if let Some(behind) = report.work.entries.get(first) {
                first_entries.insert(*first, row);
                row += u32::try_from(behind.rows.len()).unwrap_or(u32::MAX);
            }
        }
        let of_upsells = |is_snoozed: bool| -> Vec<LineIndex> {
            let part = report.upsells.iter().filter(|row| row.known.is_snoozed == is_snoozed);
            part.filter_map(|row: &UpsellRow| row.upsell.lines.first().copied()).collect()
        };
        let (upsells, snoozed) = (of_upsells(false), of_upsells(true));
        let near: Vec<LineIndex> =
            (0..report.review.near.len()).filter_map(|index| near_line(report, index)).collect();
        let mut of_weeks: Vec<LineIndex> =
            [&upsells, &snoozed, &near].into_iter().flatten().copied().collect();
        of_weeks.retain(|line| report.weekly_hours(*line).is_some());
        of_weeks.sort_unstable();
        of_weeks.dedup();
        of_weeks.truncate(LIMITS.table_rows);
        let sheet = |name| words.word(Group::Sheet, name).to_owned();
        Self {
            delivered: sheet("delivered"),
            entries: sheet("entries"),
            weeks: (!of_weeks.is_empty()).then(|| sheet("weeks")),
            first_entries,
            of_weeks,
            upsells,
            snoozed,
            near,
        }
    }

    fn weeks_row(&self, line: LineIndex) -> Option<u32> {
        let at = self.of_weeks.binary_search(&line).ok()?;
        u32::try_from(at + 1).ok()
    }

    /// The row of a line in the sheet Delivered.
    fn order(&self, line: LineIndex) -> Option<String> {
        let on_a_sheet = LIMITS.sheet_rows as usize - 1;
        let part = u32::try_from(line.0 / on_a_sheet + 1).ok()?;
        let row = line.0 % on_a_sheet + 2;
        Some(format!("internal:'{}'!A{row}", part_name(&self.delivered, part)))
    }

    fn of_line(&self, line: LineIndex) -> Leads {
        let entries = self.first_entries.get(&line);
        Leads {
            order: self.order(line),
            lines: entries.map(|row| format!("internal:'{}'!A{}", self.entries, row + 1)),
            weeks: self.weeks_row(line),
        }
    }

    /// What the entries behind upsells leave out.
    fn note(&self, report: &Report, words: &Words) -> Option<String> {
        let all = report.upsells.iter().filter(|row| row.upsell.by_entries);
        let behind = |row: &&UpsellRow| {
            row.upsell.lines.first().is_some_and(|line| self.first_entries.contains_key(line))
        };
        let (shown, all) = (all.clone().filter(behind).count(), all.count());
        let cut = report.work.entries.values().any(|of| of.count > of.rows.len() as u64);
        let filled = [
            ("most", (super::BehindUpsell::MOST_ROWS as u64).into()),
            ("shown", (shown as u64).into()),
            ("all", (all as u64).into()),
        ];
        (cut || shown < all).then(|| words.with(Key::EntriesInPart, &filled))
    }
}

fn near_line(report: &Report, index: usize) -> Option<LineIndex> {
    let quota = report.settled.quotas.get(report.review.near.get(index)?.quota)?;
    quota.lines.first().copied()
}

fn new_workbook(words: &Words, tempdir: &Path) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_tempdir(tempdir)?;
    workbook.set_zip_compression_level(PACKED);
    // A fixed day: the bytes follow the report, not the clock.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new()
        .set_title(words.text(Key::Title))
        .set_author("drawdown")
        .set_creation_datetime(&created);
    workbook.set_properties(&properties);
    Ok(workbook)
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters.map(|c| if c == '_' { ' ' } else { c })).collect()
}

/// `pages` is how many lie side by side.
fn print_on(sheet: &mut Worksheet, paper: u8, pages: u16, as_of: NaiveDate, words: &Words) {
    sheet.set_paper_size(paper).set_landscape().set_print_fit_to_pages(pages, 0);
    sheet.set_margins(0.4, 0.4, 0.5, 0.7, 0.3, 0.3);
    let day = words.date(as_of);
    let as_of = words.with(Key::AsOfDay, &[("day", (&day).into())]);
    let page = words.with(Key::Page, &[("page", "&P".into()), ("pages", "&N".into())]);
    sheet.set_footer(format!("&Ldrawdown: &A&C{as_of}&R{page}"));
}

#[cfg(test)]
mod tests;
