//! The sums of keys, as one thread keeps them: small enough for many of them
//! to stay close to the processor.

use std::collections::BTreeMap;
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
    /// Of every key the sum under the unit and window that were met first.
    slots: Vec<Slot>,
    /// Of the same keys, those under other units and windows.
    more: Vec<Slot>,
    /// What does not fit a small sum.
    wide: Vec<(u32, KeyCell)>,
}

/// A small sum, and where the key's next one is.
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
        self.slots.push(Slot::new(Hashes::default().hash_one(key), unit));
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
        if !own.is_of(entered) {
            self.add_more(slot, entered);
        } else if !own.add(entered) {
            self.add_wide(slot, entered);
        }
    }

    fn add_more(&mut self, slot: u32, entered: &Entered) {
        let Some(own) = self.slots.get_mut(slot as usize) else { return };
        let mut next = own.next;
        while let Some(sum) = self.more.get_mut(next as usize) {
            if sum.is_of(entered) {
                if !sum.add(entered) {
                    self.add_wide(slot, entered);
                }
                return;
            }
            next = sum.next;
        }
        // As many sums as fit are far more than memory holds.
        let place = u32::try_from(self.more.len()).unwrap_or(NONE);
        let mut sum = Slot::new(0, entered.unit);
        (sum.window, sum.next) = (entered.window, own.next);
        own.next = place;
        let fits = sum.add(entered);
        self.more.push(sum);
        if !fits {
            self.add_wide(slot, entered);
        }
    }

    #[cold]
    fn add_wide(&mut self, slot: u32, Entered { date, unit, window, addend }: &Entered) {
        let mut cell = Cell::on(*date);
        cell.add_addend(*date, *addend);
        self.wide.push((slot, KeyCell { unit: *unit, window: *window, cell }));
    }

    /// The sums of a slot that are small.
    pub(super) fn cells(&self, slot: u32) -> impl Iterator<Item = KeyCell> {
        let own = self.slots.get(slot as usize);
        let mut next = own.map_or(NONE, |own| own.next);
        let more = std::iter::from_fn(move || {
            let sum = self.more.get(next as usize)?;
            next = sum.next;
            Some(sum.cell())
        });
        own.map(Slot::cell).into_iter().chain(more).flatten()
    }

    /// The sums that are not small, slot by slot.
    pub(super) fn wide_cells(&mut self) -> BTreeMap<u32, Vec<KeyCell>> {
        let mut cells: BTreeMap<u32, Vec<KeyCell>> = BTreeMap::new();
        for (slot, cell) in std::mem::take(&mut self.wide) {
            cells.entry(slot).or_default().push(cell);
        }
        cells
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
        let small = self.slots.iter().chain(&self.more).filter_map(Slot::cell);
        for cell in small.chain(self.wide.iter().map(|(_, cell)| cell.clone())) {
            match totals.iter_mut().find(|(unit, _)| *unit == cell.unit) {
                Some((_, total)) => total.merge(&cell.cell.tally),
                None => totals.push((cell.unit, cell.cell.tally)),
            }
        }
        totals
    }
}

impl Slot {
    fn new(hash: u64, unit: UnitId) -> Self {
        Self {
            hash,
            fixed: 0,
            seconds: 0,
            count: 0,
            first: NaiveDate::MAX,
            last: NaiveDate::MIN,
            unit,
            window: Window::Within,
            next: NONE,
        }
    }

    #[inline]
    fn is_of(&self, entered: &Entered) -> bool {
        self.unit == entered.unit && self.window == entered.window
    }

    /// Adds to the sum; false where it does not fit.
    #[inline]
    fn add(&mut self, entered: &Entered) -> bool {
        let (sum, value) = match entered.addend {
            Addend::Fixed(units) => (&mut self.fixed, units),
            Addend::Seconds(seconds) => (&mut self.seconds, seconds),
            Addend::Wide(_) => return false,
        };
        let (Some(next), Some(count)) = (sum.checked_add(value), self.count.checked_add(1)) else {
            return false;
        };
        *sum = next;
        self.count = count;
        self.first = self.first.min(entered.date);
        self.last = self.last.max(entered.date);
        true
    }

    fn cell(&self) -> Option<KeyCell> {
        let sum = ExactSum::of(self.fixed, self.seconds);
        let tally = Tally { count: u64::from(self.count), sum };
        let cell = Cell { tally, first: self.first, last: self.last };
        (self.count > 0).then_some(KeyCell { unit: self.unit, window: self.window, cell })
    }
}
