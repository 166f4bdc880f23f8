//! The entries behind lines and pools while they are settled: which keys lead
//! where, and what the sums of these come to.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use chrono::NaiveDate;

use crate::model::{Book, Exact, LineIndex, UnitId, UnitTable, Window};
use crate::reconcile::attribute::Target;
use crate::reconcile::convert::{Measure, convert};
use crate::reconcile::key_sums::{KeyCell, KeySums};
use crate::reconcile::partial::{ExactSum, value_in};
use crate::reconcile::rules::Rounding;

use super::Fates;

/// Entries that are attributed alike: their number, sums and days.
#[derive(Debug, Default)]
pub(super) struct Entries {
    /// A few, in the order of unit and window.
    sums: Vec<(UnitId, Window, Exact)>,
    pub(super) count: u64,
    pub(super) first: Option<NaiveDate>,
    pub(super) last: Option<NaiveDate>,
}

impl Entries {
    pub(super) fn new<'c>(units: &UnitTable, cells: impl Iterator<Item = &'c KeyCell>) -> Self {
        let mut entries = Self::default();
        let mut sums: Vec<(UnitId, Window, ExactSum)> = Vec::new();
        for KeyCell { unit, window, cell } in cells {
            let at = (*unit, *window);
            match sums.binary_search_by(|(unit, window, _)| (*unit, *window).cmp(&at)) {
                Ok(place) => sums[place].2.merge(&cell.tally.sum),
                Err(place) => sums.insert(place, (*unit, *window, cell.tally.sum.clone())),
            }
            entries.count += cell.tally.count;
            entries.first = earliest(entries.first, Some(cell.first));
            entries.last = entries.last.max(Some(cell.last));
        }
        let value = |(unit, window, sum)| (unit, window, value_in(units, unit, &sum));
        entries.sums = sums.into_iter().map(value).collect();
        entries
    }

    /// The sums over the given windows, each unit's converted once (rule 5.2).
    pub(super) fn converted(
        &self,
        (windows, measure): (&[Window], &Measure),
        rounding: Rounding,
        units: &UnitTable,
    ) -> Exact {
        let of_units = self.sums.chunk_by(|a, b| a.0 == b.0).filter_map(|of_unit| {
            let wanted = of_unit.iter().filter(|(_, window, _)| windows.contains(window));
            let sum = wanted.fold(Exact::zero(), |sum, (_, _, own)| &sum + own);
            Some((of_unit.first()?.0, sum))
        });
        let one = |(unit, sum)| convert(&[(unit, sum)], measure, rounding, units);
        of_units.map(one).sum()
    }

    /// Whether all of them are hours, or convert to some.
    pub(super) fn are_time(&self, units: &UnitTable) -> bool {
        self.sums.iter().all(|(unit, ..)| units.is_time(*unit))
    }

    pub(super) fn hours(&self, units: &UnitTable, windows: &[Window]) -> Exact {
        let wanted = self.sums.iter().filter(|(_, window, _)| windows.contains(window));
        wanted.filter_map(|(unit, _, sum)| Some(sum * &units.hours_in(*unit)?)).sum()
    }

    pub(super) fn time(&self, units: &UnitTable) -> Time {
        let mut time = Time::default();
        for (unit, window, sum) in &self.sums {
            let Some(hours) = units.hours_in(*unit) else { continue };
            let hours = sum * &hours;
            time.whole = &time.whole + &hours;
            match window {
                Window::Before => time.before = &time.before + &hours,
                Window::Within => time.within = &time.within + &hours,
                Window::After => {}
            }
        }
        time
    }

    pub(super) fn met(&self) -> MetEntries {
        MetEntries { count: self.count, first: self.first, last: self.last }
    }
}

pub(super) const WHOLE_LIFE: [Window; 3] = [Window::Before, Window::Within, Window::After];

/// Hours, in all and by the period under review.
#[derive(Debug, Clone, Default)]
pub(super) struct Time {
    pub(super) whole: Exact,
    pub(super) before: Exact,
    pub(super) within: Exact,
}

impl Time {
    pub(super) fn add(&mut self, other: &Self) {
        self.whole = &self.whole + &other.whole;
        self.before = &self.before + &other.before;
        self.within = &self.within + &other.within;
    }
}

/// How many entries there are, and on which days.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct MetEntries {
    pub(super) count: u64,
    pub(super) first: Option<NaiveDate>,
    pub(super) last: Option<NaiveDate>,
}

impl MetEntries {
    pub(super) fn add(&mut self, other: Self) {
        self.count += other.count;
        self.first = earliest(self.first, other.first);
        self.last = self.last.max(other.last);
    }
}

fn earliest(a: Option<NaiveDate>, b: Option<NaiveDate>) -> Option<NaiveDate> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// The keys that lead to each line, contract or set of lines that a name fits,
/// by their places among the sums.
#[derive(Debug)]
pub(super) struct KeysOf {
    pub(super) lines: Vec<Chain>,
    pub(super) contracts: Vec<Chain>,
    pub(super) groups: BTreeMap<Vec<LineIndex>, Chain>,
    /// The key after each one.
    next: Vec<Option<NonZeroU32>>,
}

/// The first of some keys: its place and one.
pub(super) type Chain = Option<NonZeroU32>;

impl KeysOf {
    pub(super) fn new(book: &Book, sums: &KeySums, fates: &Fates) -> Self {
        let mut keys = Self {
            lines: vec![None; book.lines.len()],
            contracts: vec![None; book.contracts.len()],
            groups: BTreeMap::new(),
            next: vec![None; fates.as_slice().len()],
        };
        for (at, fate) in fates.as_slice().iter().enumerate().rev() {
            let Some(target) = fate.target() else { continue };
            // Lines are judged together only for entries that are attributed.
            let is_attributed = |cell: &KeyCell| fate.mismatch(cell.unit).is_none();
            if !sums.cells(at).iter().any(is_attributed) {
                continue;
            }
            let chain = match target {
                Target::Line(line) => &mut keys.lines[line.0],
                Target::Contract(contract) => &mut keys.contracts[contract.0],
                Target::Lines(lines) => keys.groups.entry(lines.clone()).or_default(),
            };
            keys.next[at] = *chain;
            // As many keys would not fit into memory.
            *chain = u32::try_from(at + 1).ok().and_then(NonZeroU32::new);
        }
        keys
    }

    pub(super) fn iter(&self, chain: Chain) -> impl Iterator<Item = usize> + '_ {
        let place = |key: NonZeroU32| key.get() as usize - 1;
        std::iter::successors(chain.map(place), move |at| self.next[*at].map(place))
    }
}
