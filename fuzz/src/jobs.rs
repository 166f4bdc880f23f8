//! A whole run: no input makes it panic, its control totals agree when they are
//! added up here, and every row of a timesheet is in them.

use std::path::PathBuf;

use chrono::NaiveDate;
use drawdown::config::{Configuration, Overrides, in_force, limits_in_force, not_chosen};
use drawdown::diagnostics::Error;
use drawdown::digest::DigestKind;
use drawdown::ingest::Role;
use drawdown::job::{DrawnUp, Look, Request, ReviewOf, reconcile};
use drawdown::language::{Language, Words};
use drawdown::model::Exact;
use drawdown::reconcile::{ControlTotals, Fates};
use drawdown::report::{
    Page, Report, RunFacts, RunJson, Table, blocks, render, warnings, write_table,
};

use super::Files;

/// Files behind lines of their own: `--- orders.csv`, `--- timesheets.csv`, up
/// to four of them, and `--- drawdown.toml`. What stands before the first such
/// line is no part of any.
pub fn jobs(data: &[u8]) {
    let files = Files::new();
    let mut paths = Vec::new();
    let mut configuration = String::new();
    for (at, (name, content)) in files_in(data).into_iter().take(5).enumerate() {
        if name == "drawdown.toml" {
            configuration = super::text_of(&content);
        } else if !content.is_empty() {
            paths.push(files.write(&format!("{at}.csv"), &content));
        }
    }
    let Ok(configuration) = Configuration::parse("drawdown.toml", &configuration) else { return };
    let alone = run(&paths, &configuration, 1);
    let together = run(&paths, &configuration, 3);
    match (alone, together) {
        (Ok(alone), Ok(together)) => {
            totals_agree(&alone.totals, &alone);
            every_row_is_in_a_total(&alone);
            let outputs = outputs(&alone, &configuration);
            assert_eq!(outputs, self::outputs(&together, &configuration), "threads show");
        }
        (Err(error), Err(other)) => {
            assert!(!matches!(error, Error::Totals { .. }), "{error}");
            assert_eq!(error.to_string(), other.to_string(), "threads show");
        }
        (alone, together) => panic!("threads show: {:?}, {:?}", alone.err(), together.err()),
    }
}

fn files_in(data: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for line in data.split_inclusive(|byte| *byte == b'\n') {
        match (line.strip_prefix(b"--- "), files.last_mut()) {
            (Some(name), _) => {
                files.push((String::from_utf8_lossy(name).trim().to_owned(), Vec::new()));
            }
            (None, Some((_, content))) => content.extend_from_slice(line),
            (None, None) => {}
        }
    }
    files
}

fn run(paths: &[PathBuf], configuration: &Configuration, threads: usize) -> Result<Report, Error> {
    let as_of = NaiveDate::from_ymd_opt(2026, 3, 31).expect("a day");
    let rules = configuration.rules(&Overrides::until(as_of))?;
    reconcile(&Request {
        paths,
        out: None,
        configuration,
        rules: &rules,
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

fn totals_agree(totals: &ControlTotals, report: &Report) {
    let entries = rest(&totals.entries).into_iter().sum::<u64>();
    assert_eq!(totals.entries.read, entries, "entries");
    assert_eq!(totals.hours.read, sum(&totals.hours), "hours");
    for fates in totals.units.values() {
        assert_eq!(fates.read, sum(fates), "a unit");
    }
    let settlements = &report.settled.settlements;
    let hours: Exact = settlements.iter().map(|line| line.hours.clone()).sum();
    assert_eq!(totals.hours.attributed, hours, "the hours of all lines");
    let entries: u64 = settlements.iter().map(|line| line.entries).sum();
    assert_eq!(totals.entries.attributed, entries, "the entries of all lines");
}

/// Every fate but "read", which is first.
fn rest<T: Clone>(fates: &Fates<T>) -> Vec<T> {
    fates.named().into_iter().skip(1).map(|(_, figure)| figure.clone()).collect()
}

fn sum(fates: &Fates<Exact>) -> Exact {
    rest(fates).into_iter().sum()
}

fn every_row_is_in_a_total(report: &Report) {
    let of_timesheets = |role: &str| role == Role::Timesheets.name();
    let rows = report.inputs.iter().filter(|input| of_timesheets(input.role));
    let rows: u64 = rows.map(|input| input.rows).sum();
    assert_eq!(rows, report.totals.entries.read, "rows of timesheets");
    let unmatched = report.unmatched.len() as u64;
    assert_eq!(unmatched, report.totals.entries.unmatched, "rows of unmatched.csv");
    assert_eq!(report.settled.settlements.len(), report.book.lines.len(), "lines");
}

/// Every output that is text; each has as many rows as its table, as another
/// reader sees it.
fn outputs(report: &Report, configuration: &Configuration) -> Vec<String> {
    let as_of = report.period.as_of;
    let rules = configuration.rules(&Overrides::until(as_of)).expect("the rules again");
    let words = Words::new(Language::English);
    let warnings = warnings(report, &words);
    let facts = RunFacts {
        warnings: &warnings,
        advice: &report.review.advice,
        started_at: None,
        hash: DigestKind::default().name(),
        configuration: in_force(&rules, configuration),
        outputs: &[],
        limits: limits_in_force(configuration),
        not_chosen: not_chosen(&rules),
    };
    let mut tables = report.tables();
    tables.push(report.delivered_update());
    let mut texts: Vec<String> = tables.iter().map(csv_text).collect();
    texts.push(RunJson::new(report, facts).to_text().expect("JSON"));
    let page = Page { width: 100, ..Page::PLAIN };
    texts.push(render(&warnings, &blocks(report, &words), Some(words.language()), page));
    texts
}

fn csv_text(table: &Table<'_>) -> String {
    let mut bytes = Vec::new();
    write_table(table, &mut bytes).expect("memory takes every byte");
    let text = String::from_utf8(bytes).expect("UTF-8");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let width = reader.headers().expect("a header").len();
    let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), table.rows, "rows of {}", table.name);
    assert!(rows.iter().all(|row| row.len() == width), "a ragged row in {}", table.name);
    text
}
