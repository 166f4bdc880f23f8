//! `drawdown check`: reads and judges as `reconcile` does, and writes nothing.

use std::io::Write;

use anyhow::Context;
use chrono::{DateTime, Local};

use crate::config::{in_force, limits_in_force, not_chosen};
use crate::digest::DigestKind;
use crate::job::{self, DrawnUp, Request, ReviewOf};
use crate::language::{Key, Words, english};
use crate::report::{self, Report, RunFacts, RunJson};

use super::args::{Check, Format};
use super::exit::Outcome;
use super::tell::{self, Face};
use super::watcher::Watcher;

pub(super) fn run(
    arguments: &Check,
    now: DateTime<Local>,
    watcher: &Watcher,
) -> anyhow::Result<Outcome> {
    let configuration = super::configuration(&arguments.inputs, arguments.limits.bounds())?
        .told_in(arguments.lang.map(Into::into));
    let words = Words::new(configuration.language());
    watcher.speaks(configuration.language());
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
        drawn_up: DrawnUp { review: ReviewOf::Advice, ..DrawnUp::default() },
        watch: watcher,
    })?;
    watcher.ends();
    super::log::warnings(&report);
    let mut out = std::io::stdout().lock();
    match arguments.format {
        Format::Json => {
            // Programs read it in one language.
            let warnings = report::warnings(&report, english());
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
        Format::Human if arguments.quiet => {
            super::print_warnings(&report::warnings(&report, &words), &words)?;
        }
        Format::Human => {
            let blocks = report::blocks_of_check(&report, &words);
            let short = report::warnings_in_short(&report, &words);
            let text = report::render(&short, &blocks, Some(words.language()), tell::page(&out));
            out.write_all(text.as_bytes())?;
            let face = Face::of(&out);
            tell::faults(&mut out, &report, &words, configuration.how(), face, "--format json")?;
            tell::advice(&mut out, &report, &words)?;
            super::print_passed_over(&report, &words, &mut out)?;
            writeln!(out, "{}", verdict(&report, &words))?;
        }
    }
    Ok(if super::has_exceptions(&report) { Outcome::RowsRejected } else { Outcome::Done })
}

fn verdict(report: &Report, words: &Words) -> String {
    let key = match report.faults.len() {
        0 if super::has_bad_rows(report) => Key::RowsCannotBeUsed,
        0 if !report.not_read.is_empty() => Key::EveryReadRowCanBeUsed,
        0 => Key::EveryRowCanBeUsed,
        count => return words.with(Key::RowsAreExceptions, &[("rows", (count as u64).into())]),
    };
    words.text(key).to_owned()
}
