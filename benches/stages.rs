//! The stages of the job, each alone: where the time of `job` goes.

#![allow(clippy::expect_used, reason = "a benchmark that cannot start has nothing to measure")]

#[path = "generate/world.rs"]
mod world;

use std::hint::black_box;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use drawdown::config::Configuration;
use drawdown::digest::DigestKind;
use drawdown::engine::{Embedded, Engine, Plan};
use drawdown::ingest::text::{Record, Splitter};
use drawdown::ingest::{
    EntryReader, Role, Sheet, Storage, discover, for_each_record, read_records,
};
use drawdown::job::{self, DrawnUp, Look, Request, ReviewOf};
use drawdown::model::{Period, Records, UnitTable};
use drawdown::reconcile::{Assembled, Attributor, Rules, assemble, servings, settle};
use drawdown::report::{Report, write_table};

use world::{Format, Ids, generate};

const LINES: usize = 2_000;
const ENTRIES: u32 = 100_000;

/// Exports on disk, and all that is known before the first entry is read.
struct Exports {
    folder: tempfile::TempDir,
    timesheets: Vec<Sheet>,
    assembled: Assembled,
    rules: Rules,
}

impl Exports {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let request = world::Request {
            lines: LINES,
            entries: ENTRIES,
            seed: 1,
            ids: Ids::Ordered,
            timesheets: Format::Csv,
        };
        generate(request, folder.path()).expect("inputs");
        let as_of = NaiveDate::from_ymd_opt(2026, 3, 31).expect("a day");
        let rules = Rules::standard(Period::until(as_of));
        let inputs = discover(&paths(folder.path()), None, drawdown::ingest::How::default())
            .expect("sheets");
        let (timesheets, others): (Vec<Sheet>, Vec<Sheet>) =
            inputs.sheets.into_iter().partition(|sheet| sheet.role() == Role::Timesheets);
        let mut records = Records::default();
        for sheet in &others {
            records.append(&mut read_records(sheet).expect("records").records);
        }
        let units = UnitTable::new(Vec::new(), &[]).expect("units");
        let assembled = assemble(records, units, &rules).expect("a book");
        Self { folder, timesheets, assembled, rules }
    }

    /// The texts of the timesheets.
    fn texts(&self) -> Vec<(&Sheet, String)> {
        let read =
            |sheet: &Sheet| std::fs::read_to_string(&sheet.source.path).expect("a timesheet");
        self.timesheets.iter().map(|sheet| (sheet, read(sheet))).collect()
    }

    fn plan(&self) -> Plan<'_> {
        Plan {
            sheets: &self.timesheets,
            units: &self.assembled.book.units,
            period: self.rules.period,
            approved: self.rules.approved.unwrap_or_default(),
            billable: self.rules.billable.unwrap_or_default(),
            on_conflict: self.rules.on_conflict,
            overlap: self.rules.overlap,
            digests: false,
            watch: &drawdown::progress::Unwatched,
        }
    }

    fn report(&self) -> Report {
        job::reconcile(&Request {
            paths: &paths(self.folder.path()),
            out: None,
            configuration: &Configuration::none(),
            rules: &self.rules,
            threads: 0,
            hash: DigestKind::default(),
            drawn_up: DrawnUp {
                unmatched: true,
                review: ReviewOf::Lists(Look::Entries),
                burn_downs: false,
                work: false,
            },
            watch: &drawdown::progress::Unwatched,
        })
        .expect("a report")
    }
}

fn paths(folder: &Path) -> [PathBuf; 1] {
    [folder.to_path_buf()]
}

fn size(texts: &[(&Sheet, String)]) -> Throughput {
    Throughput::Bytes(texts.iter().map(|(_, text)| text.len() as u64).sum())
}

/// Bytes in memory → the ranges of cells.
fn scan(criterion: &mut Criterion, exports: &Exports) {
    let texts = exports.texts();
    let mut group = criterion.benchmark_group("scan");
    group.throughput(size(&texts));
    group.bench_function("splitter", |bencher| {
        bencher.iter(|| {
            let mut cells = 0;
            let mut record = Record::default();
            for (_, text) in &texts {
                let mut splitter = Splitter::new(black_box(text.as_bytes()), b',');
                while splitter.next_record(&mut record) {
                    cells += record.len();
                }
            }
            cells
        });
    });
    group.finish();
}

/// Text in memory → entries, on one thread.
fn parse(criterion: &mut Criterion, exports: &Exports) {
    let texts = exports.texts();
    let mut group = criterion.benchmark_group("parse");
    group.throughput(size(&texts));
    group.bench_function("entries", |bencher| {
        bencher.iter(|| {
            let mut entries = 0;
            for (sheet, text) in &texts {
                let Storage::Text(layout) = sheet.storage else { continue };
                let mut reader =
                    EntryReader::new(sheet, &exports.assembled.book.units).expect("columns");
                let flow =
                    for_each_record(black_box(text), 1, layout, &sheet.origin, |number, row| {
                        if number > sheet.header_row {
                            let entry = reader.read(number, row);
                            entries += u64::from(black_box(&entry).is_ok());
                        }
                        Ok(ControlFlow::Continue(()))
                    });
                assert!(flow.is_ok(), "the text cannot be read");
            }
            entries
        });
    });
    group.finish();
}

/// Files on disk → sums by key, unit and window; on one thread and on all.
fn sum(criterion: &mut Criterion, exports: &Exports) {
    let mut group = criterion.benchmark_group("sum");
    group.sample_size(20);
    group.throughput(size(&exports.texts()));
    for (name, threads) in [("one thread", 1), ("all threads", 0)] {
        let engine = Embedded::new(threads).expect("threads");
        group.bench_function(BenchmarkId::from_parameter(name), |bencher| {
            bencher.iter(|| engine.sum(black_box(&exports.plan())).expect("sums"));
        });
    }
    group.finish();
}

/// Keys of entries → where each leads, on one thread.
fn attribute(criterion: &mut Criterion, exports: &Exports) {
    let engine = Embedded::new(0).expect("threads");
    let sums = engine.sum(&exports.plan()).expect("sums").sums;
    let Assembled { book, known_ids, .. } = &exports.assembled;
    let servings = servings(book);
    let attributor = Attributor::new(book, &servings, *known_ids, &exports.rules);
    let keys = sums.counted.keys();
    let mut group = criterion.benchmark_group("attribute");
    group.throughput(Throughput::Elements(keys.len() as u64));
    group.bench_function("keys", |bencher| {
        bencher.iter(|| {
            keys.iter().for_each(|key| {
                black_box(attributor.attribute(black_box(key)));
            });
        });
    });
    group.finish();
}

/// Sums → what every line comes to.
fn settle_lines(criterion: &mut Criterion, exports: &Exports) {
    let engine = Embedded::new(0).expect("threads");
    let sums = engine.sum(&exports.plan()).expect("sums").sums;
    let Assembled { book, known_ids, .. } = &exports.assembled;
    let mut group = criterion.benchmark_group("settle");
    group.sample_size(20);
    group.throughput(Throughput::Elements(book.lines.len() as u64));
    group.bench_function("lines", |bencher| {
        bencher.iter(|| settle(book, black_box(&sums), *known_ids, &exports.rules));
    });
    group.finish();
}

/// A report → the text of its tables, in memory.
fn write(criterion: &mut Criterion, exports: &Exports) {
    let report = exports.report();
    let mut group = criterion.benchmark_group("write");
    group.sample_size(20);
    for table in
        [report.delivered(), report.upsell(), report.exceptions(), report.unmatched_entries()]
    {
        let mut text = Vec::new();
        write_table(&table, &mut text).expect("a table");
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(table.name, |bencher| {
            bencher.iter(|| {
                text.clear();
                write_table(black_box(&table), &mut text).expect("a table");
            });
        });
    }
    group.finish();
}

fn stages(criterion: &mut Criterion) {
    let exports = Exports::new();
    scan(criterion, &exports);
    parse(criterion, &exports);
    sum(criterion, &exports);
    attribute(criterion, &exports);
    settle_lines(criterion, &exports);
    write(criterion, &exports);
}

criterion_group!(benches, stages);
criterion_main!(benches);
