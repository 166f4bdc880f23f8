//! The headline figures of the page, each with what it is made of.

use super::words::Words;
use crate::model::{Money, print_hours};
use crate::reconcile::Status;
use crate::report::faults::by_kind;
use crate::report::model::{Report, UpsellRow};
use crate::report::summary::{by_currency, overruns};

/// Terms of a sum that are shown.
const TERMS: usize = 12;

/// A headline figure, and what it is made of; one of nothing does not open.
#[derive(Debug, Default)]
pub(super) struct Tile {
    pub(super) class: &'static str,
    pub(super) label: String,
    pub(super) value: String,
    pub(super) unit: String,
    pub(super) pairs: Vec<(String, String)>,
    pub(super) equations: Vec<String>,
}

impl Tile {
    pub(super) fn opens(&self) -> bool {
        !self.pairs.is_empty()
    }
}

pub(super) fn tiles(report: &Report, words: &Words<'_>) -> Vec<Tile> {
    let labels = &words.labels;
    let snoozed = report.upsells.iter().filter(|row| row.known.is_snoozed).count();
    let open = report.upsells.len() - snoozed;
    let mut tiles = vec![Tile {
        class: if open > 0 { "over" } else { "" },
        unit: words.of_which_snoozed(snoozed),
        ..counted(
            &labels.upsells,
            [(labels.to_talk_about.clone(), open), (labels.set_aside.clone(), snoozed)],
            words,
        )
    }];
    tiles.extend(overrun_tiles(report, words));
    let near = report.review.near.len();
    let is_near = |quota: usize| {
        report.settled.quotas.get(quota).is_some_and(|quota| quota.status == Status::Near)
    };
    let over_warning = report.review.near.iter().filter(|row| is_near(row.quota)).count();
    tiles.push(Tile {
        class: if near > 0 { "near" } else { "" },
        ..counted(
            &labels.near,
            [
                (labels.past_warning.clone(), over_warning),
                (labels.runs_out_soon.clone(), near - over_warning),
            ],
            words,
        )
    });
    tiles.push(idle_tile(report, words));
    tiles.push(unmatched_tile(report, words));
    let kinds = by_kind(&report.faults);
    let kinds = kinds.into_iter().map(|(count, first)| {
        (words.word("kind", first.kind.name()), usize::try_from(count).unwrap_or(usize::MAX))
    });
    tiles.push(counted(&labels.exceptions, kinds, words));
    tiles
}

/// A number of things, by what they are.
fn counted(
    label: &str,
    parts: impl IntoIterator<Item = (String, usize)>,
    words: &Words<'_>,
) -> Tile {
    let parts: Vec<(String, usize)> = parts.into_iter().collect();
    let all: usize = parts.iter().map(|(_, count)| count).sum();
    let value = words.count(all);
    let tile = Tile { label: label.to_owned(), value, ..Tile::default() };
    if all == 0 {
        return tile;
    }
    Tile {
        equations: sum_of(parts.iter().map(|(_, count)| words.count(*count)), &tile.value),
        pairs: parts.into_iter().map(|(part, count)| (part, words.count(count))).collect(),
        ..tile
    }
}

/// The overrun of the upsells, a tile for each currency, as the summary has it.
fn overrun_tiles(report: &Report, words: &Words<'_>) -> Vec<Tile> {
    let tile = |(currency, sum): (Option<&str>, Money)| {
        let own: Vec<(&UpsellRow, &Money)> = report
            .upsells
            .iter()
            .filter_map(|row| Some((row, row.upsell.overrun.as_ref()?)))
            .filter(|(_, overrun)| overrun.currency_code() == currency)
            .collect();
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
        let number = |money: &Money| words.number(&money.printed());
        let shown = if own.len() > TERMS { TERMS - 1 } else { own.len() };
        let (first, further) = own.split_at(shown);
        let mut pairs: Vec<(String, String)> =
            first.iter().map(|(row, overrun)| (name(row), number(overrun))).collect();
        let rest = by_currency(further.iter().map(|(_, overrun)| *overrun));
        if let Some(rest) = rest.values().next() {
            pairs.push((words.further(further.len()), number(rest)));
        }
        let value = number(&sum);
        let is_over = |(row, overrun): &(&UpsellRow, &Money)| {
            !row.known.is_snoozed && overrun.amount().is_positive()
        };
        Tile {
            class: if own.iter().any(is_over) { "over" } else { "" },
            label: words.labels.overrun_value.clone(),
            unit: words.text(currency.unwrap_or(&words.labels.no_currency)),
            equations: sum_of(pairs.iter().map(|(_, value)| value.clone()), &value),
            pairs,
            value,
        }
    };
    overruns(report.upsells.iter()).into_iter().map(tile).collect()
}

/// `a + b = c`; nothing to show for one term.
pub(super) fn sum_of(terms: impl Iterator<Item = String>, sum: &str) -> Vec<String> {
    let terms: Vec<String> = terms.collect();
    if terms.len() < 2 {
        return Vec::new();
    }
    vec![format!("{} = {sum}", terms.join(" + "))]
}

/// Idle contracts by what is left of them is worth, a part for each currency.
fn idle_tile(report: &Report, words: &Words<'_>) -> Tile {
    let idle = &report.review.idle;
    let priced = || idle.iter().filter_map(|row| row.value.as_ref());
    let part = |(currency, sum): (Option<&str>, Money)| {
        let count = priced().filter(|value| value.currency_code() == currency).count();
        let name = words.text(currency.unwrap_or(&words.labels.no_currency));
        let worth = format!("{} {name}", words.number(&sum.to_string()));
        (words.labelled(&words.labels.remaining_value, &worth), count)
    };
    let unpriced = idle.len() - priced().count();
    let unpriced = (unpriced > 0).then(|| (words.labels.without_price.clone(), unpriced));
    let parts = by_currency(priced()).into_iter().map(part).chain(unpriced);
    counted(&words.labels.idle, parts, words)
}

/// Unmatched hours by their reason; entries of no time category have none.
fn unmatched_tile(report: &Report, words: &Words<'_>) -> Tile {
    let labels = &words.labels;
    let value = words.number(&print_hours(&report.totals.hours.unmatched));
    let tile = Tile {
        label: labels.unmatched.clone(),
        value,
        unit: labels.hours.clone(),
        ..Tile::default()
    };
    if report.totals.entries.unmatched == 0 {
        return tile;
    }
    let hours = report.reasons.values().map(|of| words.number(&print_hours(&of.hours)));
    Tile {
        equations: sum_of(hours.clone(), &tile.value),
        pairs: report
            .reasons
            .iter()
            .zip(hours)
            .map(|((reason, of), hours)| {
                (words.of_entries(&words.word("reason", reason), of.entries), hours)
            })
            .collect(),
        ..tile
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_term_is_no_sum() {
        let terms = |all: &[&str]| sum_of(all.iter().map(|one| (*one).to_owned()), "6");
        assert_eq!(terms(&["1", "2", "3"]), ["1 + 2 + 3 = 6"]);
        assert!(terms(&["6"]).is_empty());
        assert!(terms(&[]).is_empty());
    }

    #[test]
    fn a_number_of_nothing_does_not_open() {
        let language = crate::language::english();
        let words = Words::new(language);
        let tile = |parts: [usize; 2]| {
            counted("Near", parts.map(|count| (count.to_string(), count)), &words)
        };
        assert_eq!(tile([2, 1]).equations, ["2 + 1 = 3"]);
        assert_eq!(tile([2, 1]).pairs.len(), 2);
        let nothing = tile([0, 0]);
        assert_eq!((nothing.value.as_str(), nothing.pairs.len()), ("0", 0));
        assert!(nothing.equations.is_empty());
    }
}
