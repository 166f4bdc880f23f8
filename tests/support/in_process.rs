//! The library called in-process: a run without the program around it, and the
//! texts that it would have written.

#![allow(dead_code, unreachable_pub, reason = "each test binary uses its own part of it")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::path::PathBuf;

use drawdown::config::Configuration;
use drawdown::diagnostics::Error;
use drawdown::digest::DigestKind;
use drawdown::job::{self, DrawnUp, Look, Request, ReviewOf};
use drawdown::reconcile::Rules;
use drawdown::report::{Report, Table, write_table};

/// A row of an output, by column.
pub type Row = BTreeMap<String, String>;

/// Reconciles files without a configuration.
pub fn reconcile(paths: &[PathBuf], rules: &Rules, threads: usize) -> Result<Report, Error> {
    job::reconcile(&Request {
        paths,
        out: None,
        configuration: &Configuration::none(),
        rules,
        threads,
        hash: DigestKind::default(),
        drawn_up: DrawnUp {
            unmatched: true,
            review: ReviewOf::Lists(Look::Entries),
            burn_downs: true,
            work: true,
        },
        watch: &drawdown::progress::Unwatched,
    })
}

/// A table as its CSV file.
pub fn csv_text(table: &Table<'_>) -> String {
    let mut bytes = Vec::new();
    write_table(table, &mut bytes).expect("memory takes every byte");
    String::from_utf8(bytes).expect("UTF-8")
}

/// The rows of a CSV text, by column.
pub fn rows(text: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

/// The control totals, by the names of the units: two runs that met the units
/// in another order have the same text.
pub fn totals_text(report: &Report) -> String {
    let totals = &report.totals;
    let mut lines: Vec<String> = totals
        .units
        .iter()
        .map(|(unit, fates)| {
            let figures = fates.named().map(|(name, value)| format!("{name} {value}"));
            format!("{}: {}", report.book.units.get(*unit).name, figures.join(", "))
        })
        .collect();
    lines.sort();
    lines.push(format!("entries: {:?}", totals.entries.named()));
    lines.push(format!("hours: {:?}", totals.hours.named()));
    lines.join("\n")
}
