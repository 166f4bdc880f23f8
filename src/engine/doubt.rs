//! Entries that a first look found twice, where they are few: only the parts of
//! files that can have them are looked at again, and what was summed of them is
//! taken back before they are judged.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::ingest::spans::{PartReader, Span, Visit};
use crate::ingest::text::Record;
use crate::model::{Mark, UnitId, Window};
use crate::reconcile::{Addend, ByUnit, PartialSums};

use super::choice::{EarlyFate, fate_by_choice};
use super::find::Memory;
use super::hand::{Desk, Hand};
use super::partial::{Aside, Partial};
use super::scan::Stretch;
use super::seen::{Prefixes, Print, Prints};
use super::{Plan, Scan, Sizes};

/// Past so many ids a second look at everything is not slower.
const MOST_IDS: usize = 1 << 16;

/// Judges the entries of some ids by a look at the parts of plain text that can
/// have them; nothing where that does not tell what a look at everything would.
pub(super) fn judged(
    plan: &Plan<'_>,
    (mut partial, mut memory): (Partial, Memory),
    (repeated, prefixes): (&Prints, &Prefixes),
    sizes: Sizes,
) -> Option<Scan> {
    let mut ids: Vec<u64> = Vec::with_capacity(repeated.len().min(MOST_IDS));
    for print in repeated {
        match print {
            Print::Number(_, number) if ids.len() < MOST_IDS => ids.push(*number),
            _ => return None,
        }
    }
    ids.sort_unstable();
    let stretches = memory.stretches();
    let of_text: BTreeSet<usize> = stretches.iter().map(|stretch| stretch.sheet).collect();
    if partial.rows.iter().any(|(sheet, rows)| rows.records > 0 && !of_text.contains(sheet)) {
        return None;
    }
    let looked_at: Vec<usize> =
        (0..stretches.len()).filter(|at| stretches[*at].may_have(&ids)).collect();
    let new = || Hand::new(plan, &[], repeated, prefixes);
    let found: Vec<Option<Vec<Aside>>> = looked_at
        .par_iter()
        .map_init(new, |hand, at| in_stretch(plan, hand, &stretches[*at], sizes))
        .collect();
    let mut read_again = BTreeSet::new();
    for (at, found) in looked_at.into_iter().zip(found) {
        let found = found?;
        if !found.is_empty() {
            read_again.insert(at);
        }
        partial.aside.extend(found);
    }
    // Notes do not tell that a row is out of play.
    memory.forget_notes(&read_again);

    let mut counted = Vec::new();
    for entry in &partial.aside {
        let (date, unit) = (entry.version.date, entry.version.unit);
        let addend = Addend::new(entry.quantity, entry.reading);
        if let Some(window) = take_back(&mut partial.sums, plan, entry, addend) {
            let row = (entry.sheet, entry.version.place.row().unwrap_or_default());
            let key = entry.version.key.clone();
            counted.push((key, Summed { row, unit, window, date, addend }));
        }
    }
    let mut scan = partial.finish(plan, memory);
    let sums = &mut scan.sums.counted;
    let mut remain: BTreeSet<(usize, UnitId, Window, NaiveDate)> = BTreeSet::new();
    let mut at_an_end = BTreeSet::new();
    for (key, Summed { row, unit, window, date, addend }) in counted {
        let place = sums.place(&key)?;
        let cell = sums.take_back(place, (unit, window), addend)?;
        if date == cell.first || date == cell.last {
            at_an_end.insert((place, unit, window, date));
        }
        if !scan.out_of_play.contains(&row) {
            remain.insert((place, unit, window, date));
        }
    }
    // A first or last day stays what it is while there is an entry on it. Other
    // entries may have had it as well; only a look at everything tells.
    at_an_end.is_subset(&remain).then_some(scan)
}

/// What was added to the sums of a key.
struct Summed {
    row: (usize, u64),
    unit: UnitId,
    window: Window,
    date: NaiveDate,
    addend: Addend,
}

/// Takes back what the first look counted of an entry but for its key's sum;
/// gives the window of that, if there is one.
fn take_back(
    sums: &mut PartialSums,
    plan: &Plan<'_>,
    entry: &Aside,
    addend: Addend,
) -> Option<Window> {
    let date = entry.version.date;
    let take = |from: &mut ByUnit| {
        if let Some(tally) = from.get_mut(&entry.version.unit) {
            tally.take_addend(addend);
            if tally.count == 0 {
                from.remove(&entry.version.unit);
            }
        }
    };
    match fate_by_choice(plan, date, entry.version.marks) {
        EarlyFate::Excluded => {
            sums.after_as_of -= u64::from(date > plan.period.as_of);
            take(&mut sums.excluded);
            None
        }
        EarlyFate::NotCounted => {
            take(&mut sums.not_counted);
            None
        }
        EarlyFate::Counted(window) => {
            if entry.version.marks.approved == Mark::No {
                take(&mut sums.not_approved);
            }
            if entry.version.marks.billable == Mark::No {
                take(&mut sums.not_billable);
            }
            Some(window)
        }
    }
}

/// The entries of a stretch that a hand sets aside; nothing if it is no longer
/// what it was.
fn in_stretch<'a>(
    plan: &Plan<'a>,
    hand: &mut Hand<'a>,
    stretch: &Stretch,
    sizes: Sizes,
) -> Option<Vec<Aside>> {
    let sheet = plan.sheets.get(stretch.sheet)?;
    let desk = hand.desk(stretch.sheet, sheet).ok()?;
    let mut rows = DoubtfulRows { hand, desk, stretch, record: Record::default() };
    let mut reader = PartReader::at(sheet, stretch.layout, stretch.part, sizes.block).ok()?;
    reader.for_each(&mut rows).ok()?;
    Some(std::mem::take(&mut rows.hand.partial.aside))
}

/// Takes the rows of a stretch.
struct DoubtfulRows<'h, 'a> {
    hand: &'h mut Hand<'a>,
    desk: Desk<'a>,
    stretch: &'h Stretch,
    record: Record,
}

impl Visit for DoubtfulRows<'_, '_> {
    #[inline]
    fn row(&mut self, span: &Span<'_>) {
        let number = self.stretch.number_of(span);
        if span.cells == 0 || number <= self.desk.sheet.header_row || !self.may_be_wanted(span) {
            return;
        }
        if let Some(row) = self.stretch.entry_row(self.desk.sheet, span, &mut self.record) {
            // Sets it aside, if it is to be; what it sums is not used.
            self.hand.take(&mut self.desk, number, &row);
        }
    }
}

impl DoubtfulRows<'_, '_> {
    /// False of a row whose id is plainly none of those that are set aside.
    #[inline]
    fn may_be_wanted(&mut self, span: &Span<'_>) -> bool {
        let Some(column) = self.desk.details.id_column() else { return false };
        let Some(id) = span.plain(column) else { return true };
        !id.is_empty() && {
            let print = self.hand.seen.print(id);
            self.hand.is_aside(print)
        }
    }
}
