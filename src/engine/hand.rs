//! What one thread sums: the tables of its keys, and a row's way into them.

use std::hash::BuildHasher;

use chrono::NaiveDate;

use crate::ingest::{Entry, EntryDetails, EntryReader, Row, RowCounts, Sheet};
use crate::model::{EntryKey, Mark, Marks, Name, TimeReading, UnitId, Window, with_line_feeds};
use crate::reconcile::{Addend, Carries, Tally, Version};

use super::Plan;
use super::batch::Said;
use super::choice::{EarlyFate, fate_by_choice};
use super::partial::{Aside, Partial};
use super::scan::Trouble;
use super::seen::{Hashes, Prefixes, Print, Prints, Seen};
use super::table::{Entered, Table};

/// A sheet, and what reading its rows takes.
pub(super) struct Desk<'a> {
    pub(super) index: usize,
    pub(super) sheet: &'a Sheet,
    pub(super) details: EntryDetails,
    reader: EntryReader<'a>,
    carries: Carries,
    /// Which file it is, of those of the plan.
    pub(super) file: u32,
    /// Its rows.
    pub(super) rows: RowCounts,
}

/// What a row says but for its key; the same texts say it again elsewhere.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told {
    pub(super) date: NaiveDate,
    pub(super) unit: UnitId,
    pub(super) quantity: Amount,
    pub(super) marks: Marks,
}

/// A row that was read: what it says, and the slot of its key.
#[derive(Debug, Clone, Copy)]
pub(super) struct Taken {
    pub(super) told: Told,
    pub(super) slot: u32,
}

/// A quantity, ready to be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Amount {
    pub(super) addend: Addend,
    /// Taken for a float's print (rule 5.6).
    pub(super) is_float: bool,
}

/// One thread's sums.
pub(super) struct Hand<'a> {
    pub(super) plan: &'a Plan<'a>,
    /// Which file each sheet is of, by the first one that is.
    files: &'a [u32],
    aside: &'a Prints,
    pub(super) seen: Seen,
    pub(super) table: Table,
    excluded: Vec<Tally>,
    not_counted: Vec<Tally>,
    not_approved: Vec<Tally>,
    not_billable: Vec<Tally>,
    pub(super) partial: Partial,
}

impl<'a> Hand<'a> {
    pub(super) fn new(
        plan: &'a Plan<'a>,
        files: &'a [u32],
        aside: &'a Prints,
        prefixes: &Prefixes,
    ) -> Self {
        let tallies = || vec![Tally::default(); plan.units.len()];
        Self {
            plan,
            files,
            aside,
            seen: Seen::new(prefixes),
            table: Table::default(),
            excluded: tallies(),
            not_counted: tallies(),
            not_approved: tallies(),
            not_billable: tallies(),
            partial: Partial::default(),
        }
    }

    /// What reading a sheet's rows takes.
    pub(super) fn desk(&self, index: usize, sheet: &'a Sheet) -> Result<Desk<'a>, Trouble> {
        let reader = EntryReader::new(sheet, self.plan.units);
        let reader = reader.map_err(|error| Trouble::Fails(index, 0, error))?;
        let mut carries = Carries::default();
        reader.carried().for_each(|part| carries.insert(part));
        Ok(Desk {
            index,
            sheet,
            details: EntryDetails::new(sheet),
            reader,
            carries,
            file: self.files.get(index).copied().unwrap_or(u32::MAX),
            rows: RowCounts::default(),
        })
    }

    /// Reads a row and sums it; gives what it says, if that can be used again.
    pub(super) fn take(
        &mut self,
        desk: &mut Desk<'_>,
        number: u64,
        row: &Row<'_>,
    ) -> Option<Taken> {
        let entry = match desk.reader.read(number, row) {
            Ok(entry) => entry,
            Err(fault) => {
                self.partial.sums.unreadable += 1;
                self.partial.faults.push(*fault);
                return None;
            }
        };
        let quantity = Amount::of(&entry);
        let slot = self.table.slot(entry.key)?;
        let print = self.look_at(&entry, &desk.details, row, (slot, quantity), desk.file);
        if self.is_aside(print) {
            let version = Version {
                place: desk.sheet.place().at_row(number),
                id: desk.details.id(row),
                date: entry.date,
                amount: entry.amount(self.plan.units),
                unit: entry.unit,
                key: EntryKey::from_buffer(entry.key),
                carries: desk.carries,
                written: desk.details.written(row),
                marks: entry.marks,
                content: content_text(&desk.details, row),
            };
            let read = self.partial.sums.read.entry(entry.unit).or_default();
            read.add_addend(quantity.addend);
            self.partial.sums.float_readings += u64::from(quantity.is_float);
            self.partial.aside.push(Aside {
                sheet: desk.index,
                version,
                quantity: entry.quantity,
                reading: entry.reading,
            });
            return None;
        }
        let (date, unit) = (entry.date, entry.unit);
        let marks = entry.marks;
        let fate = fate_by_choice(self.plan, date, marks);
        let told = Told { date, unit, quantity, marks };
        self.add(&told, slot, fate);
        Some(Taken { told, slot })
    }

    /// The slot of the key of a row whose other cells are known; nothing for one
    /// that cannot be read.
    pub(super) fn slot_of(
        &mut self,
        desk: &mut Desk<'_>,
        number: u64,
        row: &Row<'_>,
    ) -> Option<u32> {
        self.table.slot(desk.reader.read_key(number, row)?)
    }

    /// Adds an entry to the sums that its fate leads to.
    pub(super) fn add(&mut self, entry: &Told, slot: u32, fate: EarlyFate) {
        let addend = entry.quantity.addend;
        self.partial.sums.float_readings += u64::from(entry.quantity.is_float);
        let at = entry.unit.index();
        let EarlyFate::Counted(window) = fate else {
            let excluded = fate == EarlyFate::Excluded;
            let late = excluded && entry.date > self.plan.period.as_of;
            self.partial.sums.after_as_of += u64::from(late);
            let tallies = if excluded { &mut self.excluded } else { &mut self.not_counted };
            return add_to(tallies, at, addend);
        };
        if entry.marks.approved == Mark::No {
            add_to(&mut self.not_approved, at, addend);
        }
        if entry.marks.billable == Mark::No {
            add_to(&mut self.not_billable, at, addend);
        }
        let entered = Entered { date: entry.date, unit: entry.unit, window, addend };
        self.table.add(slot, &entered);
    }

    /// Adds an entry that counts and that nothing else is to be said of.
    #[inline(always)]
    pub(super) fn add_plain(
        &mut self,
        entry: &Said,
        slot: u32,
        on: (NaiveDate, u16),
        window: Window,
    ) {
        self.partial.sums.float_readings += u64::from(entry.is_float);
        let (date, day) = on;
        let (unit, addend) = (entry.unit, entry.addend());
        if !self.table.add_small(slot, (unit, window, entry.kind), entry.value, day) {
            self.table.add(slot, &Entered { date, unit, window, addend });
        }
    }

    /// Notes what tells an entry from others.
    fn look_at(
        &mut self,
        entry: &Entry<'_>,
        details: &EntryDetails,
        row: &Row<'_>,
        (slot, quantity): (u32, Amount),
        file: u32,
    ) -> Print {
        if let Some(column) = details.id_column() {
            let cell = row.cell(column);
            let id = details.plain(&cell);
            if !id.is_empty() {
                let print = self.seen.print(id);
                self.note(print);
                return print;
            }
        }
        let texts = hash_texts(&details.employee(row), &details.description(row));
        let hash = self.hash_content(slot, entry.date, quantity.addend, entry.unit, texts);
        self.note_content(hash, file)
    }

    pub(super) fn note_content(&mut self, hash: u64, file: u32) -> Print {
        if self.aside.is_empty() {
            self.seen.note_content(hash, file);
        }
        Print::Hash(hash)
    }

    /// Notes a print, the first time that all is looked at.
    #[inline(always)]
    pub(super) fn note(&mut self, print: Print) {
        if self.aside.is_empty() {
            self.seen.note(print);
        }
    }

    #[inline(always)]
    pub(super) fn is_aside(&self, print: Print) -> bool {
        !self.aside.is_empty() && self.aside.contains(&print)
    }

    /// A row without an id is told by all that it says.
    pub(super) fn hash_content(
        &mut self,
        slot: u32,
        date: NaiveDate,
        addend: Addend,
        unit: UnitId,
        texts: u64,
    ) -> u64 {
        let addend = addend.as_decimal(unit, self.plan.units);
        Hashes::default().hash_one((self.table.hash(slot), texts, date, addend, unit))
    }

    /// All that was summed, and what was seen.
    pub(super) fn finish(self) -> (Partial, Table, Seen) {
        let mut partial = self.partial;
        let sums = &mut partial.sums;
        let units: Vec<UnitId> = self.plan.units.ids().collect();
        for (unit, tally) in self.table.totals() {
            merge_if_any(&mut sums.read, unit, &tally);
        }
        for (unit, tally) in units.iter().zip(&self.excluded) {
            merge_if_any(&mut sums.read, *unit, tally);
        }
        for (unit, tally) in units.iter().zip(&self.not_counted) {
            merge_if_any(&mut sums.read, *unit, tally);
        }
        for (into, from) in [
            (&mut sums.excluded, &self.excluded),
            (&mut sums.not_counted, &self.not_counted),
            (&mut sums.not_approved, &self.not_approved),
            (&mut sums.not_billable, &self.not_billable),
        ] {
            for (unit, tally) in units.iter().zip(from) {
                merge_if_any(into, *unit, tally);
            }
        }
        (partial, self.table, self.seen)
    }
}

/// The hash of what only a person reads of an entry; who worked has a name.
pub(super) fn hash_texts(employee: &str, description: &str) -> u64 {
    let employee = Name::hash_of(employee, &Hashes::default());
    Hashes::default().hash_one((employee, &*with_line_feeds(description)))
}

fn merge_if_any(into: &mut crate::reconcile::ByUnit, unit: UnitId, tally: &Tally) {
    if tally.count > 0 {
        into.entry(unit).or_default().merge(tally);
    }
}

#[inline]
fn add_to(tallies: &mut [Tally], at: usize, addend: Addend) {
    if let Some(tally) = tallies.get_mut(at) {
        tally.add_addend(addend);
    }
}

impl Amount {
    fn of(entry: &Entry<'_>) -> Self {
        Self {
            addend: Addend::new(entry.quantity, entry.reading),
            is_float: match entry.reading {
                TimeReading::AsWritten => false,
                // A duration has no quantity beside its seconds.
                TimeReading::Seconds(_) => !entry.quantity.is_zero(),
                TimeReading::TwelveDigits(_) => true,
            },
        }
    }
}

fn content_text(details: &EntryDetails, row: &Row<'_>) -> String {
    let (employee, description) = (Name::new(&details.employee(row)), details.description(row));
    format!("{}\u{1f}{}", employee.as_str(), with_line_feeds(&description))
}
