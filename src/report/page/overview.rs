//! The head of the page, below its headline figures: control totals,
//! adjustments, statuses, causes.

use std::collections::BTreeMap;

use super::tiles::sum_of;
use super::words::Words;
use crate::model::{AdjustmentKind, Exact, UnitId, print_hours};
use crate::report::model::Report;
use crate::report::summary::shown_fates;

/// The width of the bar of statuses.
const BAR: u64 = 1_000;

/// A row of the control totals.
#[derive(Debug)]
pub(super) struct Total {
    pub(super) label: String,
    pub(super) entries: String,
    pub(super) hours: String,
}

/// A status, and its part of the bar.
#[derive(Debug)]
pub(super) struct StatusPart {
    pub(super) name: &'static str,
    pub(super) label: String,
    pub(super) count: String,
    pub(super) from: u64,
    pub(super) width: u64,
}

/// How many lines differ from the ERP, by cause.
pub(super) fn by_cause(report: &Report, words: &Words<'_>) -> Vec<(String, String)> {
    let causes = report.lines_by_cause().into_iter();
    causes.map(|(cause, count)| (words.word("cause", cause.name()), words.whole(count))).collect()
}

/// All of these lines.
pub(super) fn causes_are(report: &Report, words: &Words<'_>) -> Vec<String> {
    let causes = report.lines_by_cause();
    sum_of(causes.values().map(|count| words.whole(*count)), &words.whole(causes.values().sum()))
}

pub(super) fn totals(report: &Report, words: &Words<'_>) -> Vec<Total> {
    let total = |(name, count, hours): (&str, u64, &Exact)| Total {
        label: words.word("fate", name),
        entries: words.whole(count),
        hours: words.number(&print_hours(hours)),
    };
    shown_fates(report).map(total).collect()
}

/// That what was read is what became of it, entries and hours.
pub(super) fn totals_are(report: &Report, words: &Words<'_>) -> Vec<String> {
    let equation = |all: String, parts: Vec<String>, unit: &str| {
        format!("{all} = {} {unit}", parts.join(" + "))
    };
    let [(_, read), fates @ ..] = report.totals.entries.named();
    let entries = fates.iter().map(|(_, count)| words.whole(**count)).collect();
    let [(_, hours_read), hours @ ..] = report.totals.hours.named();
    let printed = |hours: &Exact| words.number(&print_hours(hours));
    let hours = hours.iter().map(|(_, hours)| printed(hours)).collect();
    vec![
        equation(words.whole(*read), entries, &words.labels.entries),
        equation(printed(hours_read), hours, &words.labels.hours),
    ]
}

/// What became of the rows of adjustments, and what those that count add up to.
#[derive(Debug)]
pub(super) struct Adjusted {
    /// The first is all of them.
    pub(super) fates: Vec<(String, String)>,
    pub(super) fates_are: String,
    /// Kinds, quantities and their units.
    pub(super) kinds: Vec<(String, String, String)>,
}

/// Nothing without adjustments.
pub(super) fn adjusted(report: &Report, words: &Words<'_>) -> Option<Adjusted> {
    let counts = &report.facts.adjustments;
    if counts.read == 0 {
        return None;
    }
    let [(_, read), fates @ ..] = counts.named();
    let parts = fates.map(|(_, count)| words.whole(count));
    let mut sums: BTreeMap<(AdjustmentKind, UnitId), Exact> = BTreeMap::new();
    for one in &report.book.adjustments {
        let sum = sums.entry((one.kind, one.unit)).or_default();
        *sum = &*sum + &one.amount;
    }
    let kind = |((kind, unit), sum): ((AdjustmentKind, UnitId), Exact)| {
        let name = words.text(&report.book.units.get(unit).name);
        (
            words.word("adjustment", kind.name()),
            words.number(&report.in_unit_text(&sum, unit)),
            name,
        )
    };
    Some(Adjusted {
        fates: counts
            .named()
            .map(|(name, count)| (words.word("fate", name), words.whole(count)))
            .to_vec(),
        fates_are: format!("{} = {}", words.whole(read), parts.join(" + ")),
        kinds: sums.into_iter().map(kind).collect(),
    })
}

pub(super) fn statuses(report: &Report, words: &Words<'_>) -> Vec<StatusPart> {
    let counts = report.lines_by_status();
    let all: u64 = counts.values().sum::<u64>().max(1);
    let mut before = 0;
    let shown = counts.into_iter().filter(|(_, count)| *count > 0);
    shown
        .map(|(status, count)| {
            let from = before * BAR / all;
            before += count;
            StatusPart {
                name: status.name(),
                label: words.word("status", status.name()),
                count: words.whole(count),
                from,
                width: before * BAR / all - from,
            }
        })
        .collect()
}
