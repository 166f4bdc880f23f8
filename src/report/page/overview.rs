//! The head of the page: headline figures, control totals, statuses, causes.

use super::words::Words;
use crate::model::{Exact, Money, print_hours};
use crate::reconcile::Status;
use crate::report::faults::by_kind;
use crate::report::model::{Report, UpsellRow};
use crate::report::summary::{by_currency, overruns, shown_fates};

/// Terms of a sum that are shown.
const TERMS: usize = 12;
/// The width of the bar of statuses.
const BAR: u64 = 1_000;

/// A headline figure, and what it is made of.
#[derive(Debug, Default)]
pub(super) struct Tile {
    pub(super) class: &'static str,
    pub(super) label: String,
    pub(super) value: String,
    pub(super) unit: String,
    pub(super) pairs: Vec<(String, String)>,
    pub(super) equations: Vec<String>,
}

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

pub(super) fn tiles(report: &Report, words: &Words<'_>) -> Vec<Tile> {
    let labels = &words.labels;
    let entries = &report.totals.entries;
    let count = |count: usize| words.count(count);
    let snoozed = report.upsells.iter().filter(|row| row.known.is_snoozed).count();
    let open = report.upsells.len() - snoozed;
    let mut tiles = vec![Tile {
        class: if open > 0 { "over" } else { "" },
        label: labels.upsells.clone(),
        value: count(report.upsells.len()),
        unit: words.of_which_snoozed(snoozed),
        pairs: vec![
            (labels.to_talk_about.clone(), count(open)),
            (labels.set_aside.clone(), count(snoozed)),
        ],
        equations: vec![format!(
            "{} + {} = {}",
            count(open),
            count(snoozed),
            count(report.upsells.len())
        )],
    }];
    tiles.extend(overrun_tiles(report, words));
    let near = report.review.near.len();
    let is_near = |quota: usize| {
        report.settled.quotas.get(quota).is_some_and(|quota| quota.status == Status::Near)
    };
    let over_warning = report.review.near.iter().filter(|row| is_near(row.quota)).count();
    tiles.push(Tile {
        class: if near > 0 { "near" } else { "" },
        label: labels.near.clone(),
        value: count(near),
        pairs: vec![
            (labels.past_warning.clone(), count(over_warning)),
            (labels.runs_out_soon.clone(), count(near - over_warning)),
        ],
        ..Tile::default()
    });
    tiles.push(idle_tile(report, words));
    tiles.push(Tile {
        label: labels.unmatched.clone(),
        value: words.number(&print_hours(&report.totals.hours.unmatched)),
        unit: labels.hours.clone(),
        pairs: report
            .reasons
            .iter()
            .map(|(reason, count)| (words.word("reason", reason), words.whole(*count)))
            .chain([(labels.entries.clone(), words.whole(entries.unmatched))])
            .collect(),
        equations: sum_of(
            report.reasons.values().map(|count| words.whole(*count)),
            &words.whole(entries.unmatched),
        ),
        ..Tile::default()
    });
    let kinds = by_kind(&report.faults);
    tiles.push(Tile {
        label: labels.exceptions.clone(),
        value: count(report.faults.len()),
        equations: sum_of(
            kinds.iter().map(|(count, _)| words.whole(*count)),
            &count(report.faults.len()),
        ),
        pairs: kinds
            .into_iter()
            .map(|(count, first)| (words.word("kind", first.kind.name()), words.whole(count)))
            .collect(),
        ..Tile::default()
    });
    tiles
}

/// The overrun of the upsells, a tile for each currency, as the summary has it.
fn overrun_tiles<'a>(report: &'a Report, words: &'a Words<'_>) -> Vec<Tile> {
    let all = || report.upsells.iter();
    let is_over = |row: &UpsellRow, currency: Option<&str>| {
        row.upsell.overrun.as_ref().is_some_and(|overrun| {
            overrun.amount().is_positive() && overrun.currency_code() == currency
        })
    };
    let tile = |(currency, sum): (Option<&str>, Money)| {
        let own = all().filter(|row| is_over(row, currency));
        let terms = own.filter_map(|row| row.upsell.overrun.as_ref());
        let value = words.number(&sum.to_string());
        let pairs = all()
            .filter(|row| row.upsell.overrun.as_ref().and_then(Money::currency_code) == currency);
        let name = |row: &UpsellRow| {
            let order = report.book.order_of(row.upsell.lines[0]);
            let customer = order.customer.as_deref().unwrap_or_default();
            let name = words.text(&format!("{} {customer}", order.name));
            if row.known.is_snoozed {
                format!("{name} · {}", words.labels.set_aside)
            } else {
                name
            }
        };
        Tile {
            class: if all().any(|row| !row.known.is_snoozed && is_over(row, currency)) {
                "over"
            } else {
                ""
            },
            label: words.labels.overrun_value.clone(),
            unit: words.text(currency.unwrap_or(&words.labels.no_currency)),
            pairs: pairs
                .take(TERMS)
                .filter_map(|row| {
                    let overrun = row.upsell.overrun.as_ref()?;
                    Some((name(row), words.number(&overrun.to_string())))
                })
                .collect(),
            equations: sum_of(terms.map(|term| words.number(&term.to_string())), &value),
            value,
        }
    };
    overruns(all()).into_iter().map(tile).collect()
}

/// `a + b = c`; nothing to show for one term.
fn sum_of(terms: impl Iterator<Item = String>, sum: &str) -> Vec<String> {
    let terms: Vec<String> = terms.collect();
    if terms.len() < 2 {
        return Vec::new();
    }
    let more = if terms.len() > TERMS { " + …" } else { "" };
    let shown: Vec<&str> = terms.iter().take(TERMS).map(String::as_str).collect();
    vec![format!("{}{more} = {sum}", shown.join(" + "))]
}

fn idle_tile(report: &Report, words: &Words<'_>) -> Tile {
    let left = by_currency(report.review.idle.iter().filter_map(|row| row.value.as_ref()));
    let pair = |(currency, sum): (Option<&str>, Money)| {
        let value = sum.to_string();
        let name = words.text(currency.unwrap_or(&words.labels.no_currency));
        (words.labels.remaining_value.clone(), format!("{} {name}", words.number(&value)))
    };
    Tile {
        label: words.labels.idle.clone(),
        value: words.count(report.review.idle.len()),
        pairs: left.into_iter().map(pair).collect(),
        ..Tile::default()
    }
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
