//! `drawdown reconcile`: runs the job, writes the reports, prints the summary.

use std::io::Write;
use std::path::Path;

use anyhow::Context;
use chrono::{DateTime, Local, NaiveDate, SecondsFormat};

use crate::config::{Overrides, in_force, limits_in_force, not_chosen};
use crate::diagnostics::Error;
use crate::digest::DigestKind;
use crate::history::{self, Earlier, HISTORY_CSV};
use crate::ingest::How;
use crate::job::{self, DrawnUp, Request, ReviewOf};
use crate::language::{Key, Words, english};
use crate::model::{LineIndex, Tracking};
use crate::progress::{Extent, Stage, Watch};
use crate::reconcile::OdooVersion;
use crate::report::{
    self, Mail, OutputRow, REPORT_HTML, Report, RunFacts, RunJson, SUMMARY_MD, SUMMARY_TXT,
    Staging, Table, check_target, put_back, rows_of_page, rows_of_workbook, visible, write_page,
    write_table, write_workbook,
};
use crate::run_json::{RUN_JSON, WORKBOOK};

use super::args::{FailOn, Format, Output, Reconcile};
use super::exit::Outcome;
use super::tell::{self, Face};
use super::watcher::Watcher;

pub(super) fn run(
    arguments: &Reconcile,
    now: DateTime<Local>,
    watcher: &Watcher,
) -> anyhow::Result<Outcome> {
    put_back(&arguments.out)?;
    // Better told before a long run than after it.
    check_target(&arguments.out)?;
    let configuration = super::configuration(&arguments.inputs, arguments.limits.bounds())?
        .told_in(arguments.lang.map(Into::into));
    let words = Words::new(configuration.language());
    watcher.speaks(configuration.language());
    let rules = configuration.rules(&Overrides {
        from: arguments.from,
        to: arguments.to,
        ..arguments.judged.overrides(now.date_naive())
    })?;
    let hash: DigestKind = arguments.hash.into();
    let earlier = earlier(&arguments.out, arguments.since.as_deref(), rules.period.as_of)?;
    let request = Request {
        paths: &arguments.inputs.paths,
        out: Some(&arguments.out),
        configuration: &configuration,
        rules: &rules,
        threads: arguments.judged.threads,
        hash,
        drawn_up: drawn_up(&arguments.write),
        watch: watcher,
    };
    let mut report = job::reconcile_after(&request, earlier.as_ref())?;
    let stranger = need_own_orders(arguments, earlier.as_ref(), &report, &words)?;
    watcher.begins(Stage::Write, Extent::default());
    let run = report.run_id(hash.name());
    let same_exports = earlier.as_ref().is_some_and(|earlier| earlier.has_exports_of(&run));
    report.remember_locks(earlier.as_ref().and_then(Earlier::locks), same_exports);
    report.facts.locks_forgotten = earlier.as_ref().is_some_and(Earlier::has_lost_locks);
    let current =
        report.current_upsells(&rules.wake_after, arguments.write.contains(&Output::Opportunities));
    report.remember(match &earlier {
        Some(earlier) => earlier.advance(&run, &current)?,
        None => history::advance(&[], &current, run.as_of, false),
    });
    report.runs = earlier.as_ref().map(|earlier| earlier.runs_before(&run)).unwrap_or_default();
    report.runs.push(report.figures());
    let started_at = arguments.record_time.then(|| now.to_rfc3339_opts(SecondsFormat::Secs, false));
    let staging = Staging::new(&arguments.out)?;
    let outputs = write_outputs(&report, &words, arguments, &staging, hash, rules.odoo)?;
    // Programs read it in one language.
    let warnings = report::warnings(&report, english());
    let facts = RunFacts {
        started_at: started_at.as_deref(),
        hash: hash.name(),
        configuration: in_force(&rules, &configuration),
        outputs: &outputs,
        warnings: &warnings,
        // A check advises; a nightly run goes on as it is set up.
        advice: &[],
        limits: limits_in_force(&configuration),
        not_chosen: not_chosen(&rules),
    };
    let run_json = RunJson::new(&report, facts).to_text().context("run.json")?;
    staging.write(RUN_JSON, |file| file.write_all(run_json.as_bytes()))?;
    if let Some(earlier) = &earlier {
        earlier.need_unchanged()?;
    }
    staging.publish()?;
    watcher.ends();
    super::log::warnings(&report);
    super::print_warnings(stranger.as_slice(), &words)?;
    print(arguments, &report, &words, &run_json, configuration.how())?;

    let outcome = match arguments.fail_on {
        _ if arguments.strict
            && (super::has_exceptions(&report) || has_nothing_attributed(&report)) =>
        {
            Outcome::RowsRejected
        }
        Some(FailOn::Upsell) if report::has_upsell(&report) => Outcome::Upsells,
        _ => Outcome::Done,
    };
    // The process ends next: its memory goes back in one piece, not text by text.
    std::mem::forget((report, earlier));
    Ok(outcome)
}

/// What these outputs show.
fn drawn_up(outputs: &[Output]) -> DrawnUp {
    let is_one_of = |any: &[Output]| any.iter().any(|output| outputs.contains(output));
    let looks = outputs.iter().filter_map(|output| output.review());
    DrawnUp {
        unmatched: is_one_of(&[Output::Unmatched, Output::Xlsx, Output::Page]),
        review: looks.max().map_or(ReviewOf::Nothing, ReviewOf::Lists),
        burn_downs: outputs.contains(&Output::Page),
        work: outputs.contains(&Output::Xlsx),
    }
}

/// What the run before this one remembers: the one whose output is to be
/// replaced, or the one that is named. What was decided in the folder that is
/// to be replaced is kept either way. None of them may be later than this run:
/// a history goes forward.
fn earlier(out: &Path, since: Option<&Path>, as_of: NaiveDate) -> Result<Option<Earlier>, Error> {
    let Some(since) = since else {
        return Earlier::read(out)?
            .map(|run| need_no_later(run, as_of, ("--out", out)))
            .transpose();
    };
    if since == Path::new("none") {
        return Ok(None);
    }
    let named = Earlier::read(since)?.ok_or_else(|| Error::Usage {
        problem: format!(
            "--since {}: no run's output lies there; name the folder of an earlier --out, or none",
            visible(&since.to_string_lossy())
        ),
    })?;
    let named = need_no_later(named, as_of, ("--since", since))?;
    let is_out = std::fs::canonicalize(since).ok() == std::fs::canonicalize(out).ok();
    let replaced = if is_out { None } else { Earlier::read(out)? };
    let replaced = replaced.map(|run| need_no_later(run, as_of, ("--out", out))).transpose()?;
    Ok(Some(match replaced {
        Some(replaced) => named.with_decisions_of(replaced),
        None => named,
    }))
}

fn need_no_later(
    run: Earlier,
    as_of: NaiveDate,
    (option, folder): (&str, &Path),
) -> Result<Earlier, Error> {
    if run.as_of() <= as_of {
        return Ok(run);
    }
    let help = match option {
        "--out" => "write an older run into another folder, or start afresh with --since none",
        _ => "name the run before this one, or none to start afresh",
    };
    Err(Error::Usage {
        problem: format!(
            "{option} {} holds a run as of {}, later than {as_of}; {help}",
            visible(&folder.to_string_lossy()),
            run.as_of()
        ),
    })
}

/// That the run that is named is one of the same company: another one's history
/// is of no use, and would be carried on. Of the run that is replaced it is
/// only said.
fn need_own_orders(
    arguments: &Reconcile,
    earlier: Option<&Earlier>,
    report: &Report,
    words: &Words,
) -> Result<Option<String>, Error> {
    let Some(earlier) = earlier else { return Ok(None) };
    let is_named = arguments.since.is_some();
    let orders = report.book.orders.iter().map(|order| order.name.as_str()).collect();
    if (!is_named && earlier.is_blank()) || !earlier.is_of_other_orders(&orders) {
        return Ok(None);
    }
    let folder = arguments.since.as_deref().unwrap_or(&arguments.out);
    let folder = visible(&folder.to_string_lossy()).into_owned();
    if is_named {
        return Err(Error::Usage {
            problem: format!(
                "--since {folder}: that run and these inputs have no order in common, so it is not the run before this one; name another folder, or none to start afresh"
            ),
        });
    }
    Ok(Some(words.with(Key::OtherOrders, &[("folder", (&folder).into())])))
}

/// Writes what was asked for, the workbook and the page beside the text files.
fn write_outputs(
    report: &Report,
    words: &Words,
    arguments: &Reconcile,
    staging: &Staging,
    hash: DigestKind,
    odoo: OdooVersion,
) -> Result<Vec<OutputRow>, Error> {
    let wanted = &arguments.write;
    let output = |path: String, rows: u64| -> Result<OutputRow, Error> {
        let digest = staging.digest(&path, hash)?;
        Ok(OutputRow { path, digest, rows })
    };
    let texts = || -> Result<Vec<OutputRow>, Error> {
        let chosen = Output::ALL.iter().filter(|output| wanted.contains(output));
        chosen
            .flat_map(|output| tables_of(*output, report, odoo))
            // What was decided must not be lost, whatever is written.
            .chain([report.history()])
            .map(|table| {
                let name = format!("{}.csv", table.name);
                staging.write(&name, |file| write_table(&table, file))?;
                output(name, rows(&table))
            })
            .collect()
    };
    let workbook = || -> Result<Option<OutputRow>, Error> {
        if !wanted.contains(&Output::Xlsx) {
            return Ok(None);
        }
        let name = WORKBOOK;
        let blocks = report::blocks(report, words);
        let has_csv = |table: &str| match table {
            "late" => wanted.contains(&Output::Late),
            "unmatched" => wanted.contains(&Output::Unmatched),
            _ => false,
        };
        staging.write(name, |file| {
            write_workbook(report, &blocks, words, &has_csv, staging.path(), file)
        })?;
        output(name.to_owned(), rows_of_workbook(report, &has_csv)).map(Some)
    };
    let page = || -> Result<Option<OutputRow>, Error> {
        if !wanted.contains(&Output::Page) {
            return Ok(None);
        }
        staging.write(REPORT_HTML, |file| write_page(report, words, file))?;
        output(REPORT_HTML.to_owned(), rows_of_page(report)).map(Some)
    };
    // The workbook takes longest, and on one thread.
    let (workbook, (texts, page)) = rayon::join(workbook, || rayon::join(texts, page));
    let mut outputs = texts?;
    outputs.extend(workbook?);
    outputs.extend(page?);
    if wanted.contains(&Output::Summary) {
        let mail = Mail::new(report, words, &full_report(arguments, &outputs, words));
        for (name, text) in [(SUMMARY_TXT, mail.to_text()), (SUMMARY_MD, mail.to_markdown())] {
            staging.write(name, |file| file.write_all(text.as_bytes()))?;
            outputs.push(output(name.to_owned(), mail.rows())?);
        }
    }
    Ok(outputs)
}

/// Where the whole report is. The output folder has many names, and what is
/// written in it is the same for each: only who sends the summary knows how its
/// readers get there.
fn full_report(arguments: &Reconcile, outputs: &[OutputRow], words: &Words) -> String {
    let written = |name: &str| outputs.iter().find(|output| output.path == name);
    // Tables follow in the order of what they say of the whole; the history is
    // always written, and for the next run.
    let table = || outputs.iter().find(|output| output.path != HISTORY_CSV);
    let best = written(REPORT_HTML).or_else(|| written(WORKBOOK)).or_else(table);
    let name = best.map_or(RUN_JSON, |output| output.path.as_str());
    let beside = || words.with(Key::BesideThisFile, &[("name", name.into())]);
    arguments.report_at.clone().unwrap_or_else(beside)
}

/// Whether no entry was met or none led anywhere, though lines are tracked by entries:
/// the export may have failed, or its columns may be others now.
fn has_nothing_attributed(report: &Report) -> bool {
    let by_entries = [Some(Tracking::Contract), Some(Tracking::Task)];
    let book = &report.book;
    let mut tracked = (0..book.lines.len())
        .map(LineIndex)
        .filter(|line| book.order_of(*line).state.is_confirmed())
        .filter(|line| by_entries.contains(&book.line(*line).tracking))
        .filter_map(|line| report.settled.settlements.get(line.0))
        .peekable();
    tracked.peek().is_some() && tracked.all(|settlement| settlement.entries == 0)
}

/// The tables of an output, drawn up only if it is written.
fn tables_of(output: Output, report: &Report, odoo: OdooVersion) -> Vec<Table<'_>> {
    let table = match output {
        Output::Delivered => report.delivered(),
        Output::Upsell => report.upsell(),
        Output::Near => report.near(),
        Output::Idle => report.idle(),
        Output::Customers => report.customers(),
        Output::Invoicing => report.invoicing(),
        Output::Late => report.late(),
        Output::WithoutContract => report.without_contract(),
        Output::GivenAway => report.given_away(),
        Output::Exceptions => report.exceptions(),
        Output::Unmatched => report.unmatched_entries(),
        Output::DeliveredUpdate => report.delivered_update(),
        Output::Opportunities => {
            return vec![report.opportunities(odoo), report.opportunity_updates(odoo)];
        }
        Output::OrdersDraft => report.drafts(odoo),
        Output::Xlsx | Output::Page | Output::Summary => return Vec::new(),
    };
    vec![table]
}

fn rows(table: &Table<'_>) -> u64 {
    table.rows as u64
}

fn print(
    arguments: &Reconcile,
    report: &Report,
    words: &Words,
    run_json: &str,
    how: How<'_>,
) -> anyhow::Result<()> {
    if arguments.quiet {
        return Ok(super::print_warnings(&report::warnings(report, words), words)?);
    }
    let mut out = std::io::stdout().lock();
    if arguments.format == Format::Json {
        return Ok(out.write_all(run_json.as_bytes())?);
    }
    let short = report::warnings_in_short(report, words);
    let blocks = report::blocks(report, words);
    let text = report::render(&short, &blocks, Some(words.language()), tell::page(&out));
    out.write_all(text.as_bytes())?;
    let face = Face::of(&out);
    tell::faults(&mut out, report, words, how, face, "exceptions.csv")?;
    super::print_passed_over(report, words, &mut out)?;
    let folder = visible(&arguments.out.to_string_lossy()).into_owned();
    writeln!(out, "{}", words.with(Key::ReportsAreIn, &[("folder", (&folder).into())]))?;
    Ok(())
}
