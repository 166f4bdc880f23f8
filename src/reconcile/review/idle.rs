//! Prepaid contracts that are not used (rule 6.11).

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::model::{Book, Exact, LineIndex, Money};
use crate::reconcile::convert::Measure;
use crate::reconcile::key_sums::KeyCell;
use crate::reconcile::partial::PartialSums;
use crate::reconcile::rules::Rules;
use crate::reconcile::settle::{Quota, Settled, Status};

use super::{by_entries, remaining_value};

/// A row of idle.csv.
#[derive(Debug, Clone)]
pub struct Idle {
    /// The quota, by its place among the settled ones.
    pub quota: usize,
    /// The last entry, one of a unit that its lines cannot take (rule 5.3) among
    /// them: somebody worked.
    pub last: Option<NaiveDate>,
    /// Whole weeks since then, or since the order where nothing was ever done.
    pub weeks: i64,
    /// What is left.
    pub remaining: Exact,
    /// Its value at the net unit price.
    pub value: Option<Money>,
    /// Invoiced, all lines together, in the quota's unit; `None` where that is
    /// not known of every line.
    pub invoiced: Option<Exact>,
}

/// Prepaid contracts of confirmed orders with something left and no entry for
/// so many weeks, the longest idle first. One that was ordered since then has
/// not been idle so long; one without entries and without an order date is not
/// known to be.
#[must_use]
pub fn idle_contracts(
    book: &Book,
    sums: &PartialSums,
    settled: &Settled,
    rules: &Rules,
) -> Vec<Idle> {
    let mismatched = last_mismatched(sums, settled);
    let mut rows: Vec<Idle> = settled
        .quotas
        .iter()
        .enumerate()
        .filter(|(_, quota)| matches!(quota.status, Status::Near | Status::Ok | Status::Upsell))
        .filter_map(|(at, quota)| {
            let remaining = quota.remaining();
            if !remaining.is_positive() || !by_entries(book, rules, &quota.lines) {
                return None;
            }
            let last_of = |line: &LineIndex| {
                settled.settlements.get(line.0)?.last.max(mismatched.get(line).copied())
            };
            let last = quota.lines.iter().filter_map(last_of).max();
            let ordered = quota.lines.iter().filter_map(|line| book.order_of(*line).date).max();
            let since = last.max(ordered)?;
            let weeks = (rules.period.as_of - since).num_weeks();
            (weeks >= i64::from(rules.forecast.idle)).then(|| Idle {
                quota: at,
                last,
                weeks,
                remaining,
                value: remaining_value(book, settled, &quota.lines),
                invoiced: invoiced(book, quota),
            })
        })
        .collect();
    rows.sort_by_cached_key(|row| {
        let first = settled.quotas.get(row.quota).and_then(|quota| quota.lines.first());
        (-row.weeks, first.map(|line| (book.order_of(*line).name.clone(), line.0)))
    });
    rows
}

/// The last entry that each line cannot take; those of a pool are its first line's.
fn last_mismatched(sums: &PartialSums, settled: &Settled) -> BTreeMap<LineIndex, NaiveDate> {
    let mut last = BTreeMap::new();
    for (at, fate) in settled.fates.values().enumerate() {
        if fate.mismatched.is_empty() {
            continue;
        }
        for KeyCell { unit, cell, .. } in sums.counted.cells(at) {
            if let Some(line) = fate.mismatch(*unit).filter(|_| cell.tally.count > 0) {
                let day = last.entry(line).or_insert(cell.last);
                *day = cell.last.max(*day);
            }
        }
    }
    last
}

fn invoiced(book: &Book, quota: &Quota) -> Option<Exact> {
    let of_lines = quota.lines.iter().map(|index| {
        let line = book.line(*index);
        let factor = quota.measure.factor_from_measure(&Measure::of(line)?, &book.units)?;
        Some(line.invoiced.as_ref()? * &factor)
    });
    of_lines.sum()
}
