//! Control totals (chapter 8): every entry has one fate, and the sums prove it.

use std::collections::BTreeMap;

use crate::diagnostics::Error;
use crate::model::{Book, Exact, UnitId, print_hours};

use super::partial::{ByUnit, PartialSums, value_and_hours};
use super::settle::Settled;

/// One figure for each fate of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fates<T> {
    /// All that was read.
    pub read: T,
    /// On a line or in a pool.
    pub attributed: T,
    /// Nothing to attribute it to.
    pub unmatched: T,
    /// Only lines of unconfirmed orders.
    pub refused: T,
    /// Outside the days that count.
    pub excluded: T,
    /// The same entry again.
    pub duplicates: T,
    /// Unreadable, in conflict, or of another category.
    pub rejected: T,
    /// Left out by the user's choice.
    pub not_counted: T,
}

impl<T> Fates<T> {
    /// The figures with the names they have in run.json.
    pub fn named(&self) -> [(&'static str, &T); 8] {
        [
            ("read", &self.read),
            ("attributed", &self.attributed),
            ("unmatched", &self.unmatched),
            ("refused", &self.refused),
            ("excluded", &self.excluded),
            ("duplicates", &self.duplicates),
            ("rejected", &self.rejected),
            ("not_counted", &self.not_counted),
        ]
    }
}

impl Default for Exact {
    fn default() -> Self {
        Self::zero()
    }
}

/// The control totals of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ControlTotals {
    /// Numbers of entries.
    pub entries: Fates<u64>,
    /// Hours; quantities of no time category count none.
    pub hours: Fates<Exact>,
    /// Quantities per unit of measure.
    pub units: BTreeMap<UnitId, Fates<Exact>>,
}

/// Draws up the control totals and proves them.
///
/// # Errors
/// [`Error::Totals`] when they do not agree: a fault of the program.
pub fn control_totals(
    book: &Book,
    sums: &PartialSums,
    settled: &Settled,
) -> Result<ControlTotals, Error> {
    let mut totals = ControlTotals::default();
    totals.entries.read = sums.rows;
    totals.entries.rejected = sums.unreadable;
    totals.add(book, &sums.read, |fates| &mut fates.read, |_| {});
    totals.add(book, &sums.excluded, |f| &mut f.excluded, |f| &mut f.excluded);
    totals.add(book, &sums.not_counted, |f| &mut f.not_counted, |f| &mut f.not_counted);
    totals.add(book, &sums.duplicates, |f| &mut f.duplicates, |f| &mut f.duplicates);
    totals.add(book, &sums.conflicting, |f| &mut f.rejected, |f| &mut f.rejected);
    let by_fate = &settled.sums;
    totals.add(book, &by_fate.attributed, |f| &mut f.attributed, |f| &mut f.attributed);
    totals.add(book, &by_fate.mismatched, |f| &mut f.rejected, |f| &mut f.rejected);
    totals.add(book, &by_fate.refused, |f| &mut f.refused, |f| &mut f.refused);
    for unmatched in by_fate.unmatched.values() {
        totals.add(book, unmatched, |f| &mut f.unmatched, |f| &mut f.unmatched);
    }
    totals.prove(book, settled)?;
    Ok(totals)
}

trait CountOf {
    fn add_count(self, count: u64);
}

impl CountOf for () {
    fn add_count(self, _: u64) {}
}

impl CountOf for &mut u64 {
    fn add_count(self, count: u64) {
        *self += count;
    }
}

impl ControlTotals {
    fn add<'a, C: CountOf>(
        &'a mut self,
        book: &Book,
        tallies: &ByUnit,
        quantity: impl for<'b> Fn(&'b mut Fates<Exact>) -> &'b mut Exact,
        entries: impl Fn(&'a mut Fates<u64>) -> C,
    ) {
        let mut counted = 0;
        for (unit, tally) in tallies {
            let (value, hours) = value_and_hours(&book.units, *unit, &tally.sum);
            let in_hours = quantity(&mut self.hours);
            *in_hours = &*in_hours + &hours;
            let in_unit = quantity(self.units.entry(*unit).or_default());
            *in_unit = &*in_unit + &value;
            counted += tally.count;
        }
        entries(&mut self.entries).add_count(counted);
    }

    /// Chapter 8: what was read is the sum of its fates, in entries, in hours
    /// and in every unit; and the attributed hours are the lines' hours.
    fn prove(&self, book: &Book, settled: &Settled) -> Result<(), Error> {
        let e = &self.entries;
        let fates = e.attributed
            + e.unmatched
            + e.refused
            + e.excluded
            + e.duplicates
            + e.rejected
            + e.not_counted;
        agree("entries read and the sum of their fates", &e.read, &fates, u64::to_string)?;
        agree(
            "hours read and the sum of their fates",
            &self.hours.read,
            &sum_of(&self.hours),
            print_hours,
        )?;
        for (unit, fates) in &self.units {
            let what = format!("{} read and the sum of their fates", book.units.get(*unit).name);
            agree(&what, &fates.read, &sum_of(fates), Exact::to_string)?;
        }
        let lines: Exact = settled.settlements.iter().map(|line| line.hours.clone()).sum();
        agree(
            "hours attributed and the hours of all lines",
            &self.hours.attributed,
            &lines,
            print_hours,
        )?;
        let entries: u64 = settled.settlements.iter().map(|line| line.entries).sum();
        agree(
            "entries attributed and the entries of all lines",
            &e.attributed,
            &entries,
            u64::to_string,
        )
    }
}

fn sum_of(fates: &Fates<Exact>) -> Exact {
    [
        &fates.attributed,
        &fates.unmatched,
        &fates.refused,
        &fates.excluded,
        &fates.duplicates,
        &fates.rejected,
        &fates.not_counted,
    ]
    .into_iter()
    .cloned()
    .sum()
}

fn agree<T: PartialEq>(
    what: &str,
    left: &T,
    right: &T,
    print: impl Fn(&T) -> String,
) -> Result<(), Error> {
    if left == right {
        return Ok(());
    }
    Err(Error::Totals { what: what.to_owned(), left: print(left), right: print(right) })
}
