//! The whole job, as the program runs it: exports in, reports out.

#![allow(clippy::expect_used, reason = "a benchmark that cannot start has nothing to measure")]

#[path = "generate/world.rs"]
mod world;

use std::ffi::OsString;
use std::hint::black_box;
use std::process::ExitCode;

use chrono::{Local, TimeZone};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

use world::{Format, Ids, Request, generate};

/// Text reports alone, and all of them.
const REPORTS: [(&str, &str); 2] = [
    ("csv", "delivered,upsell,exceptions,unmatched"),
    ("csv and xlsx", "delivered,upsell,exceptions,unmatched,xlsx"),
];

fn job(criterion: &mut Criterion) {
    let now = Local.with_ymd_and_hms(2026, 3, 31, 12, 0, 0).earliest().expect("a time");
    for (lines, entries, ids) in
        [(500, 20_000, Ids::Ordered), (2_000, 100_000, Ids::Ordered), (2_000, 100_000, Ids::Random)]
    {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let inputs = folder.path().join("exports");
        std::fs::create_dir(&inputs).expect("a folder");
        let made =
            generate(Request { lines, entries, seed: 1, ids, timesheets: Format::Csv }, &inputs)
                .expect("inputs");
        let order = if ids == Ids::Ordered { "" } else { ", random ids" };
        let mut group =
            criterion.benchmark_group(format!("job/{lines} lines, {entries} entries{order}"));
        group.sample_size(10);
        group.throughput(Throughput::Bytes(made.bytes));
        for (name, reports) in REPORTS {
            let out = folder.path().join("report");
            let arguments: Vec<OsString> = vec![
                "drawdown".into(),
                "reconcile".into(),
                inputs.clone().into(),
                "--out".into(),
                out.into(),
                "--write".into(),
                reports.into(),
                "--as-of".into(),
                "2026-03-31".into(),
                "--quiet".into(),
            ];
            group.bench_function(name, |bencher| {
                bencher.iter(|| {
                    let code = drawdown::cli::run(black_box(arguments.clone()), now);
                    assert_eq!(code, ExitCode::SUCCESS, "the run failed");
                });
            });
        }
        group.finish();
    }
}

criterion_group!(benches, job);
criterion_main!(benches);
