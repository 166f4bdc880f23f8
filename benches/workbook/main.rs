//! Writes a workbook of as many order lines as are asked for, says what memory
//! that took, and holds every cell of its order lines to delivered.csv:
//! `cargo run --release --example workbook -- --help`.

#[path = "../generate/world.rs"]
mod world;

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Write};
use std::path::Path;

use anyhow::{Context, ensure};
use calamine::{Data, Reader, Xlsx, open_workbook};
use chrono::NaiveDate;
use clap::Parser;
use drawdown::config::Configuration;
use drawdown::digest::DigestKind;
use drawdown::job::{self, DrawnUp, Look, Request, ReviewOf};
use drawdown::language::{Group, Language, Words};
use drawdown::model::{LineIndex, OrderIndex, Period};
use drawdown::reconcile::Rules;
use drawdown::report::{Report, blocks, write_table, write_workbook};

use world::{Format, Ids, generate};

/// Writes delivered.xlsx of many order lines and reads it back
#[derive(Debug, Parser)]
struct Arguments {
    /// Order lines, made up to whole 2 000; past 1 048 575 they go on in a
    /// second sheet
    #[arg(long, default_value_t = 1_000_000, value_name = "N")]
    lines: usize,
    /// Repeats the order lines alone, and not the upsells and near quotas
    #[arg(long)]
    lines_alone: bool,
    /// Where delivered.xlsx and delivered.csv are left
    #[arg(long, value_name = "FOLDER")]
    out: Option<std::path::PathBuf>,
}

/// Order lines and entries that are really reconciled; the others repeat them.
const LINES: usize = 2_000;
const ENTRIES: u32 = 100_000;

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let temporary = tempfile::tempdir()?;
    let out = arguments.out.as_deref().unwrap_or(temporary.path());
    std::fs::create_dir_all(out)?;
    let report = grown(small_report()?, arguments.lines, arguments.lines_alone);
    let words = Words::new(Language::English);
    let summary = blocks(&report, &words);
    let (workbook, table) = (out.join("delivered.xlsx"), out.join("delivered.csv"));

    let before = forget_peak().and_then(|()| memory("VmRSS"));
    write_workbook(&report, &summary, &words, &|_| true, out, file(&workbook)?)?;
    let peak = memory("VmHWM");
    write_table(&report.delivered(), file(&table)?)?;

    let mut told = io::stdout().lock();
    let (rows, near) = (report.delivered().rows, report.review.near.len());
    writeln!(told, "{rows} order lines, {} upsells, {near} near", report.upsells.len())?;
    writeln!(told, "workbook: {} kB", std::fs::metadata(&workbook)?.len() / 1_000)?;
    match (before, peak) {
        (Ok(before), Ok(peak)) => {
            let more = peak.saturating_sub(before);
            writeln!(told, "memory: {before} kB before, {more} kB more while it was written")?;
        }
        _ => writeln!(told, "memory: not known on this system")?,
    }
    // What was written is looked at without the report's memory.
    drop(report);
    let sheets = compare(&workbook, &table, &words)?;
    writeln!(told, "as in delivered.csv, cell by cell: {}", sheets.join(", "))?;
    Ok(())
}

fn small_report() -> anyhow::Result<Report> {
    let folder = tempfile::tempdir()?;
    let world = world::Request {
        lines: LINES,
        entries: ENTRIES,
        seed: 1,
        ids: Ids::Ordered,
        timesheets: Format::Csv,
    };
    generate(world, folder.path())?;
    let as_of = NaiveDate::from_ymd_opt(2026, 3, 31).context("a day")?;
    Ok(job::reconcile(&Request {
        paths: &[folder.path().to_path_buf()],
        out: None,
        configuration: &Configuration::none(),
        rules: &Rules::standard(Period::until(as_of)),
        threads: 0,
        hash: DigestKind::default(),
        drawn_up: DrawnUp {
            unmatched: true,
            review: ReviewOf::Lists(Look::Entries),
            burn_downs: false,
            work: true,
        },
        watch: &drawdown::progress::Unwatched,
    })?)
}

/// The report with its orders, lines, upsells and near quotas repeated under
/// other names, as often as it takes.
fn grown(mut report: Report, lines: usize, lines_alone: bool) -> Report {
    let (orders, own) = (report.book.orders.clone(), report.book.lines.clone());
    let (settlements, quotas) = (report.settled.settlements.clone(), report.settled.quotas.clone());
    let (upsells, near) = (report.upsells.clone(), report.review.near.clone());
    for copy in 1..lines.div_ceil(own.len()) {
        let moved = |of: &[LineIndex]| -> Vec<LineIndex> {
            of.iter().map(|line| LineIndex(line.0 + copy * own.len())).collect()
        };
        report.book.orders.extend(orders.iter().cloned().map(|mut order| {
            order.name = format!("{}/{copy}", order.name);
            order
        }));
        report.book.lines.extend(own.iter().cloned().map(|mut line| {
            line.id = format!("{}/{copy}", line.id).as_str().into();
            line.order = OrderIndex(line.order.0 + copy * orders.len());
            line
        }));
        report.settled.settlements.extend_from_slice(&settlements);
        if lines_alone {
            continue;
        }
        report.settled.quotas.extend(quotas.iter().cloned().map(|mut quota| {
            quota.lines = moved(&quota.lines);
            quota
        }));
        report.upsells.extend(upsells.iter().cloned().map(|mut row| {
            row.upsell.lines = moved(&row.upsell.lines);
            row
        }));
        report.review.near.extend(near.iter().cloned().map(|mut outlook| {
            outlook.quota += copy * quotas.len();
            outlook
        }));
    }
    report
}

#[expect(clippy::disallowed_methods, reason = "this program's own files, no run's outputs")]
fn file(path: &Path) -> io::Result<BufWriter<File>> {
    Ok(BufWriter::with_capacity(1 << 17, File::create(path)?))
}

/// Has the system forget how much memory this process once took.
#[expect(clippy::disallowed_methods, reason = "a switch of the system's, no output")]
fn forget_peak() -> anyhow::Result<()> {
    Ok(std::fs::write("/proc/self/clear_refs", "5")?)
}

/// What the system knows of this process's memory, in kB.
fn memory(what: &str) -> anyhow::Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(what)?.strip_prefix(':'));
    let number = line.and_then(|rest| rest.trim().strip_suffix("kB")).context("no such line")?;
    Ok(number.trim().parse()?)
}

/// Holds the sheets of order lines to the CSV file: as many rows, and in every
/// cell the same. Gives each sheet's name and its rows.
fn compare(workbook: &Path, table: &Path, words: &Words) -> anyhow::Result<Vec<String>> {
    let mut workbook: Xlsx<BufReader<File>> = open_workbook(workbook)?;
    let mut table = csv::Reader::from_path(table)?;
    let columns = table.headers()?.clone();
    let names = workbook.sheet_names();
    let mut expected = csv::StringRecord::new();
    let mut sheets = Vec::new();
    for name in names.iter().filter(|name| name.starts_with("Delivered")) {
        let mut cells = workbook.worksheet_cells_reader(name)?;
        let mut row = vec![String::new(); columns.len()];
        let (mut at, mut rows) = (1, 0_u64);
        let mut is_same = |row: &mut Vec<String>, at: u32| -> anyhow::Result<()> {
            ensure!(table.read_record(&mut expected)?, "{name} has more rows than delivered.csv");
            for ((found, written), column) in row.iter_mut().zip(&expected).zip(&columns) {
                ensure!(
                    is_said(found, written, column, words),
                    "{name}, row {}: {column} is {found}, not {written}",
                    at + 1
                );
                found.clear();
            }
            Ok(())
        };
        while let Some(cell) = cells.next_cell()? {
            let (of, column) = cell.get_position();
            let value = Data::from(cell.get_value().clone());
            // The header; sums below a table.
            if of == 0 || column == 0 && value == Data::String("Total".to_owned()) {
                continue;
            }
            if of != at {
                is_same(&mut row, at)?;
                (at, rows) = (of, rows + 1);
            }
            let Some(shown) = row.get_mut(column as usize) else { continue };
            *shown = match value {
                Data::DateTime(day) => {
                    day.as_datetime().map(|at| at.date().to_string()).unwrap_or_default()
                }
                value => value.to_string(),
            };
        }
        // Sums below a table have no order.
        if row.first().is_some_and(|order| !order.is_empty()) {
            is_same(&mut row, at)?;
            rows += 1;
        }
        sheets.push(format!("{name} {rows}"));
    }
    ensure!(!table.read_record(&mut expected)?, "delivered.csv has more rows than the workbook");
    Ok(sheets)
}

/// Whether a cell says what the CSV file has: words as people read them,
/// numbers without their closing zeros.
fn is_said(cell: &str, written: &str, column: &str, words: &Words) -> bool {
    let word = Group::of_column(column).map(|group| words.word(group, written));
    let (whole, decimals) = written.split_once('.').unwrap_or((written, ""));
    let decimals = decimals.trim_end_matches('0');
    let number = if decimals.is_empty() { whole.to_owned() } else { format!("{whole}.{decimals}") };
    cell == word.unwrap_or(written) || cell == number || written.strip_prefix('\'') == Some(cell)
}
