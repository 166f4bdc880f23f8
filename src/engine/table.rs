//! The sums of keys, as one thread keeps them: small enough for many of them
//! to stay close to the processor.

use std::hash::BuildHasher;

use chrono::NaiveDate;
use hashbrown::HashMap;

use crate::model::{EntryKey, UnitId, Window};
use crate::reconcile::{Addend, Cell, ExactSum, KeyCell, Tally};

use super::seen::Hashes;

/// Stands for nothing where an index is expected.
const NONE: u32 = u32::MAX;

/// Sums by key. A key has a *slot*, by which it is known from then on.
#[derive(Debug, Default)]
pub(super) struct Table {
    keys: HashMap<Box<str>, u32, foldhash::fast::RandomState>,
    slots: Vec<Slot>,
    more: Vec<Sum>,
}

/// A key's sum under the first unit and window that was met, as long as it
/// stays small; all other sums of the key are in a chain.
#[derive(Debug)]
struct Slot {
    /// Of the key's text.
    hash: u64,
    fixed: i64,
    seconds: i64,
    count: u32,
    first: NaiveDate,
    last: NaiveDate,
    unit: UnitId,
    window: Window,
    next: u32,
}

/// A sum, and where the key's next one is.
#[derive(Debug)]
struct Sum {
    cell: KeyCell,
    next: u32,
}

/// What is added to a sum.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entered {
    pub(super) date: NaiveDate,
    pub(super) unit: UnitId,
    pub(super) window: Window,
    pub(super) addend: Addend,
}

impl Table {
    /// The slot of a key.
    pub(super) fn slot(&mut self, key: &str, unit: UnitId) -> Option<u32> {
        if let Some(slot) = self.keys.get(key) {
            return Some(*slot);
        }
        // More keys than that do not fit into any memory.
        let slot = u32::try_from(self.slots.len()).ok().filter(|slot| *slot < NONE - 1)?;
        self.slots.push(Slot {
            hash: Hashes::default().hash_one(key),
            fixed: 0,
            seconds: 0,
            count: 0,
            first: NaiveDate::MAX,
            last: NaiveDate::MIN,
            unit,
            window: Window::Within,
            next: NONE,
        });
        self.keys.insert(key.into(), slot);
        Some(slot)
    }

    /// The hash of a slot's key, the same in every run.
    pub(super) fn hash(&self, slot: u32) -> u64 {
        self.slots.get(slot as usize).map_or(0, |slot| slot.hash)
    }

    /// Adds to the sum of a slot.
    #[inline]
    pub(super) fn add(&mut self, slot: u32, entered: &Entered) {
        let Some(own) = self.slots.get_mut(slot as usize) else { return };
        if own.count == 0 {
            (own.unit, own.window) = (entered.unit, entered.window);
        }
        if own.unit == entered.unit && own.window == entered.window && own.add(entered.addend) {
            own.first = own.first.min(entered.date);
            own.last = own.last.max(entered.date);
        } else {
            self.add_more(slot, entered);
        }
    }

    #[cold]
    fn add_more(&mut self, slot: u32, entered: &Entered) {
        let Some(own) = self.slots.get_mut(slot as usize) else { return };
        let mut next = own.next;
        while let Some(sum) = self.more.get_mut(next as usize) {
            if (sum.cell.unit, sum.cell.window) == (entered.unit, entered.window) {
                sum.cell.cell.add_addend(entered.date, entered.addend);
                return;
            }
            next = sum.next;
        }
        let mut cell = Cell::on(entered.date);
        cell.add_addend(entered.date, entered.addend);
        // As many sums as fit are far more than memory holds.
        let place = u32::try_from(self.more.len()).unwrap_or(NONE);
        let cell = KeyCell { unit: entered.unit, window: entered.window, cell };
        self.more.push(Sum { cell, next: own.next });
        own.next = place;
    }

    /// The sums of a slot; a unit and window may be there twice.
    pub(super) fn cells(&self, slot: u32) -> impl Iterator<Item = KeyCell> {
        let own = self.slots.get(slot as usize);
        let mut next = own.map_or(NONE, |own| own.next);
        let more = std::iter::from_fn(move || {
            let sum = self.more.get(next as usize)?;
            next = sum.next;
            Some(sum.cell.clone())
        });
        own.and_then(Slot::cell).into_iter().chain(more)
    }

    /// How many slots there are.
    pub(super) fn len(&self) -> usize {
        self.slots.len()
    }

    /// The keys with their slots, in no order. The table keeps its sums.
    pub(super) fn take_keys(&mut self) -> Vec<(EntryKey, u32)> {
        let keys = std::mem::take(&mut self.keys);
        keys.into_iter().map(|(key, slot)| (EntryKey::from_text(key), slot)).collect()
    }

    /// Adds up all that was summed.
    pub(super) fn totals(&self, units: usize) -> Vec<(UnitId, Tally)> {
        let mut totals: Vec<(UnitId, Tally)> = Vec::with_capacity(units);
        let cells = self.slots.iter().filter_map(Slot::cell);
        let more = self.more.iter().map(|sum| sum.cell.clone());
        for cell in cells.chain(more) {
            match totals.iter_mut().find(|(unit, _)| *unit == cell.unit) {
                Some((_, total)) => total.merge(&cell.cell.tally),
                None => totals.push((cell.unit, cell.cell.tally)),
            }
        }
        totals
    }
}

impl Slot {
    /// Adds to the sum; false where it does not fit.
    #[inline]
    fn add(&mut self, addend: Addend) -> bool {
        let (sum, value) = match addend {
            Addend::Fixed(units) => (&mut self.fixed, units),
            Addend::Seconds(seconds) => (&mut self.seconds, seconds),
            Addend::Wide(_) => return false,
        };
        let (Some(next), Some(count)) = (sum.checked_add(value), self.count.checked_add(1)) else {
            return false;
        };
        *sum = next;
        self.count = count;
        true
    }

    fn cell(&self) -> Option<KeyCell> {
        let sum = ExactSum::of(self.fixed, self.seconds);
        let tally = Tally { count: u64::from(self.count), sum };
        let cell = Cell { tally, first: self.first, last: self.last };
        (self.count > 0).then_some(KeyCell { unit: self.unit, window: self.window, cell })
    }
}
