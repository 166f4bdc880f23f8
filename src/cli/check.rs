//! `drawdown check`: reads and judges as `reconcile` does, and writes nothing.

use std::io::Write;

use anyhow::Context;
use chrono::{DateTime, Local};

use crate::config::{in_force, limits_in_force, not_chosen};
use crate::digest::DigestKind;
use crate::job::{self, Request};
use crate::report::{self, Report, RunFacts, RunJson};

use super::args::{Check, Format};
use super::exit::Outcome;
use super::reconcile::WIDTH;
use super::tell::{self, Face};

pub(super) fn run(arguments: &Check, now: DateTime<Local>) -> anyhow::Result<Outcome> {
    let configuration = super::configuration(&arguments.inputs, arguments.limits.bounds())?;
    let rules = configuration.rules(&arguments.judged.overrides(now.date_naive()))?;
    let hash = DigestKind::default();
    let report = job::reconcile(&Request {
        paths: &arguments.inputs.paths,
        out: None,
        configuration: &configuration,
        rules: &rules,
        threads: arguments.judged.threads,
        hash,
        // Nothing is listed, so nobody asks what they may have meant.
        list_unmatched: false,
        review: false,
        burn_downs: false,
    })?;
    let warnings = report::warnings(&report);
    let mut out = std::io::stdout().lock();
    match arguments.format {
        Format::Json => {
            let facts = RunFacts {
                started_at: None,
                hash: hash.name(),
                configuration: in_force(&rules, &configuration),
                outputs: &[],
                warnings: &warnings,
                advice: &report.review.advice,
                limits: limits_in_force(&configuration),
                not_chosen: not_chosen(&rules),
            };
            let json = RunJson::new(&report, facts).to_text().context("the report as JSON")?;
            out.write_all(json.as_bytes())?;
        }
        Format::Human if arguments.quiet => super::print_warnings(&warnings)?,
        Format::Human => {
            let blocks = report::blocks_of_check(&report);
            let short = report::warnings_in_short(&report);
            out.write_all(report::render(&short, &blocks, WIDTH).as_bytes())?;
            let face = Face::of(&out);
            tell::faults(&mut out, &report, configuration.how(), face)?;
            tell::advice(&mut out, &report)?;
            super::print_passed_over(&report, &mut out)?;
            writeln!(out, "{}", verdict(&report))?;
        }
    }
    Ok(if super::has_exceptions(&report) { Outcome::RowsRejected } else { Outcome::Done })
}

fn verdict(report: &Report) -> String {
    match report.faults.len() {
        0 if super::has_bad_rows(report) => "There are rows that cannot be used.".to_owned(),
        0 if !report.not_read.is_empty() => "Every row that was read can be used.".to_owned(),
        0 => "Every row can be used.".to_owned(),
        1 => "1 row is an exception.".to_owned(),
        count => format!("{count} rows are exceptions."),
    }
}
