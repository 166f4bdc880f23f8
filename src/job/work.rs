//! What the workbook shows of single entries: hours week by week, and the
//! entries behind each upsell.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::engine::{Days, Found};
use crate::model::{Book, EntryRow, LineIndex, UnitId};
use crate::reconcile::{
    KeyFate, PartialSums, Rules, Settled, Status, Weekly, WeeklyEntries, WeeklyOf,
};
use crate::report::{BehindUpsell, Work};

use super::targets::set_of_keys;

/// Entries past which they are not looked at week by week: those of the weeks take
/// twelve bytes each.
const MOST_COUNTED: u64 = 1 << 25;
/// Entries of upsells that are read for their rows.
const MOST_READ: u64 = 20_000;

/// Which entries the workbook needs.
pub(super) struct WorkWanted<'a> {
    settled: &'a Settled,
    /// By the place of a key; none where no report shows them.
    of_keys: Vec<OfKey>,
    /// The first day of the weeks.
    first: NaiveDate,
}

/// What the entries of a key are shown as: small, for every entry is looked up.
#[derive(Debug, Clone, Copy, Default)]
struct OfKey {
    /// The status of its line, or of the first of several.
    status: Option<Status>,
    /// The first line of the quota whose weeks are wanted.
    quota: Option<u32>,
    /// The first line of the upsell whose rows are.
    upsell: Option<u32>,
    /// Whether entries in some unit cannot be converted.
    has_mismatch: bool,
}

impl<'a> WorkWanted<'a> {
    /// Nothing at all, where no report shows it.
    pub(super) fn nothing(settled: &'a Settled) -> Self {
        Self { settled, of_keys: Vec::new(), first: NaiveDate::MAX }
    }

    pub(super) fn new(
        book: &Book,
        settled: &'a Settled,
        sums: &PartialSums,
        as_of: NaiveDate,
    ) -> Self {
        let counts: Vec<u64> = sums
            .counted
            .iter()
            .map(|(_, cells)| cells.iter().map(|cell| cell.cell.tally.count).sum())
            .collect();
        let quotas = settled.quotas.iter().filter_map(|quota| {
            let lines = quota.lines.as_slice();
            Some((lines.first()?.0, lines))
        });
        let shown = |status: Status| matches!(status, Status::Upsell | Status::Near | Status::Ok);
        let quotas = quotas.filter(|(first, _)| {
            settled.settlements.get(*first).is_some_and(|settlement| shown(settlement.status))
        });
        let few = !book.lines.is_empty() && counts.iter().sum::<u64>() <= MOST_COUNTED;
        let quota_of_key = if few { set_of_keys(settled, quotas) } else { Vec::new() };
        let upsell_of_key = upsells(settled, &counts);
        if !few && upsell_of_key.is_empty() {
            return Self::nothing(settled);
        }
        let first = |of: &[Option<u32>], key: usize| of.get(key).copied().flatten();
        let status = |fate: &KeyFate| {
            let line = fate.target()?.lines(&settled.servings).first()?;
            Some(settled.settlements.get(line.0)?.status)
        };
        let of_key = |(key, fate): (usize, &KeyFate)| OfKey {
            status: status(fate).filter(|_| few),
            quota: first(&quota_of_key, key),
            upsell: first(&upsell_of_key, key),
            has_mismatch: !fate.mismatched.is_empty(),
        };
        let of_keys = settled.fates.values().enumerate().map(of_key).collect();
        Self { settled, of_keys, first: Weekly::first_until(as_of) }
    }

    /// What a key's entries of a unit are shown as. An entry in a unit that
    /// cannot be converted is an exception, and no work on the line.
    fn of(&self, key: usize, unit: UnitId) -> OfKey {
        let of_key = self.of_keys.get(key).copied().unwrap_or_default();
        let is_mismatch = || self.settled.fates.at(key).is_none_or(|f| f.mismatch(unit).is_some());
        if of_key.has_mismatch && is_mismatch() { OfKey::default() } else { of_key }
    }

    /// Reads what a key's entries are shown as, so that it is near.
    pub(super) fn call_for(&self, key: usize) -> bool {
        self.of_keys.get(key).is_some_and(|of_key| of_key.has_mismatch)
    }

    pub(super) fn wants(&self, key: usize, unit: UnitId) -> Days {
        let of_key = self.of(key, unit);
        let since = |is_wanted: bool, day| if is_wanted { day } else { NaiveDate::MAX };
        Days {
            amounts: since(of_key.status.is_some(), self.first),
            texts: since(of_key.upsell.is_some(), NaiveDate::MIN),
        }
    }

    pub(super) fn has_any(&self) -> bool {
        !self.of_keys.is_empty()
    }
}

/// By the place of a key, the first line of its upsell: of those with the
/// largest overruns, as many as have not too many entries.
fn upsells(settled: &Settled, counts: &[u64]) -> Vec<Option<u32>> {
    let sets = settled.upsells.iter().filter(|upsell| upsell.by_entries);
    let sets = sets.filter_map(|upsell| Some((upsell.lines.first()?.0, upsell.lines.as_slice())));
    let mut keys = set_of_keys(settled, sets);
    let mut entries: BTreeMap<u32, u64> = BTreeMap::new();
    for (of, count) in keys.iter().zip(counts) {
        if let Some(first) = of {
            *entries.entry(*first).or_default() += count;
        }
    }
    let mut by_overrun: Vec<_> = settled.upsells.iter().collect();
    by_overrun.sort_by_cached_key(|upsell| {
        let overrun = upsell.overrun.as_ref().map(|money| -money.amount().clone());
        (overrun.is_none(), overrun, upsell.lines.clone())
    });
    let mut left = MOST_READ;
    let mut read: Vec<u32> = Vec::new();
    let firsts = by_overrun.iter().filter_map(|upsell| u32::try_from(upsell.lines.first()?.0).ok());
    for first in firsts {
        let count = entries.get(&first).copied().unwrap_or_default();
        if let Some(rest) = left.checked_sub(count) {
            left = rest;
            read.push(first);
        }
    }
    read.sort_unstable();
    for of in &mut keys {
        *of = of.filter(|first| read.binary_search(first).is_ok());
    }
    keys
}

/// What one thread found for the workbook.
pub(super) struct WorkRows {
    weekly: WeeklyEntries,
    rows: BTreeMap<LineIndex, Vec<EntryRow>>,
}

impl WorkRows {
    pub(super) fn new(rules: &Rules) -> Self {
        Self { weekly: WeeklyEntries::until(rules.period.as_of), rows: BTreeMap::new() }
    }

    pub(super) fn take(&mut self, wanted: &WorkWanted<'_>, found: &Found) {
        // Most entries are older than the weeks.
        if found.row.is_none() && !self.weekly.has(found.date) {
            return;
        }
        let of_key = wanted.of(found.key, found.unit);
        if let Some(status) = of_key.status {
            self.add(WeeklyOf::Status(status), found);
        }
        if let Some(first) = of_key.quota {
            self.add(WeeklyOf::Quota(LineIndex(first as usize)), found);
        }
        if let (Some(first), Some(row)) = (of_key.upsell, &found.row) {
            self.rows.entry(LineIndex(first as usize)).or_default().push(EntryRow::clone(row));
        }
    }

    fn add(&mut self, of: WeeklyOf, found: &Found) {
        self.weekly.add(of, found.date, found.unit, found.addend);
    }
}

/// What all threads found: of the entries of each upsell the last ones, by day and
/// place.
pub(super) fn work(found: Vec<WorkRows>, as_of: NaiveDate) -> Work {
    let mut all: BTreeMap<LineIndex, Vec<EntryRow>> = BTreeMap::new();
    let mut weekly = Vec::new();
    for of_thread in found {
        weekly.push(of_thread.weekly);
        for (first, mut rows) in of_thread.rows {
            all.entry(first).or_default().append(&mut rows);
        }
    }
    let behind = all.into_iter().map(|(first, mut rows)| {
        rows.sort_by(|a, b| (a.date, &a.place).cmp(&(b.date, &b.place)));
        let count = rows.len() as u64;
        let last = rows.split_off(rows.len().saturating_sub(BehindUpsell::MOST_ROWS));
        (first, BehindUpsell { count, rows: last })
    });
    Work { entries: behind.collect(), weekly: Weekly::of(as_of, weekly) }
}
