//! The sums of keys, as one thread keeps them: those of a key lie in one line
//! of the processor's memory, since keys lie far apart.

use std::collections::BTreeMap;
use std::hash::BuildHasher;

use chrono::NaiveDate;
use hashbrown::HashTable;

use crate::model::{EntryKey, UnitId, Window, make_room, make_room_for_text};
use crate::reconcile::{Addend, Cell, ExactSum, KeyCell, Tally};

use super::log::{date_of, day_of};
use super::seen::Hashes;

/// Stands for nothing where an index is expected.
const NONE: u32 = u32::MAX;
/// Sums in a line.
const SUMS: usize = 3;
/// Lanes of a unit: a window each, of decimals and of seconds.
const LANES: usize = 6;
/// No lane: a sum that is not in use, or a lane that is not open yet.
const NO_LANE: u16 = u16::MAX;

/// Sums by key. A key has a *slot*, by which it is known from then on.
#[derive(Debug, Default)]
pub(super) struct Table {
    keys: Keys,
    /// By slot, the hash of its key as keys compare, where it was asked for.
    compared: Vec<Option<u64>>,
    /// A line for every slot.
    lines: Vec<Line>,
    /// Further lines of keys with more sums than one line holds.
    more: Vec<Line>,
    /// What does not fit a small sum.
    wide: Vec<(u32, KeyCell)>,
    lanes: Vec<Lane>,
    /// By unit, window and kind, the place of a lane.
    places: Vec<u16>,
}

/// Keys by slot, their texts one behind the other.
#[derive(Debug, Default)]
struct Keys {
    texts: String,
    /// Where each slot's text ends.
    ends: Vec<usize>,
    /// By hashes of this run alone.
    places: HashTable<u32>,
    hasher: foldhash::fast::RandomState,
}

impl Keys {
    fn text(&self, slot: u32) -> Option<&str> {
        let slot = slot as usize;
        let end = *self.ends.get(slot)?;
        let start = slot.checked_sub(1).and_then(|before| self.ends.get(before));
        self.texts.get(start.copied().unwrap_or_default()..end)
    }

    /// The hash of a key in this run.
    fn own_hash(&self, key: &str) -> u64 {
        self.hasher.hash_one(key.as_bytes())
    }

    fn find(&self, key: &str, own_hash: u64) -> Option<u32> {
        self.places.find(own_hash, |slot| self.text(*slot) == Some(key)).copied()
    }

    /// Adds a key that is not there.
    fn push(&mut self, key: &str, own_hash: u64, slot: u32) {
        make_room_for_text(&mut self.texts, key.len());
        self.texts.push_str(key);
        make_room(&mut self.ends, 1);
        self.ends.push(self.texts.len());
        let mut places = std::mem::take(&mut self.places);
        let hash_of = |slot: &u32| self.own_hash(self.text(*slot).unwrap_or_default());
        places.insert_unique(own_hash, slot, hash_of);
        self.places = places;
    }
}

/// A key that a table has, sorted by its first bytes mostly.
#[derive(Debug, Clone, Copy)]
pub(super) struct Met {
    /// The first bytes of its text as a number, which sorts as they do; zeros
    /// where it is shorter.
    pub(super) start: u128,
    /// Which table it is of.
    pub(super) table: usize,
    pub(super) slot: u32,
}

/// What the quantities of a sum have in common.
#[derive(Debug, Clone, Copy)]
struct Lane {
    unit: UnitId,
    window: Window,
    kind: Kind,
}

/// What a small sum counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Units of the fixed point.
    Fixed,
    /// Seconds.
    Seconds,
}

/// Some sums of a key, and where its next ones are.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct Line {
    sums: [Small; SUMS],
    next: u32,
}

/// A small sum, in parts that need not lie on a border of eight bytes.
#[derive(Debug, Clone, Copy)]
struct Small {
    sum: [u8; 8],
    count: [u8; 4],
    /// Days as notes count them.
    first: u16,
    last: u16,
    lane: u16,
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
    pub(super) fn slot(&mut self, key: &str) -> Option<u32> {
        let own_hash = self.keys.own_hash(key);
        if let Some(slot) = self.keys.find(key, own_hash) {
            return Some(slot);
        }
        // More keys than that do not fit into any memory.
        let slot = u32::try_from(self.lines.len()).ok().filter(|slot| *slot < NONE - 1)?;
        make_room(&mut self.lines, 1);
        self.lines.push(Line::EMPTY);
        self.keys.push(key, own_hash, slot);
        Some(slot)
    }

    /// Something of a slot's line, so that it is near when it is added to.
    #[inline(always)]
    pub(super) fn call_for(&self, slot: u32) -> u32 {
        self.lines.get(slot as usize).map_or(0, |line| line.next)
    }

    /// The hash of a slot's key, its names folded; the same in every run.
    pub(super) fn hash(&mut self, slot: u32) -> u64 {
        let at = slot as usize;
        if self.compared.len() <= at {
            self.compared.resize(self.lines.len().max(at + 1), None);
        }
        let keys = &self.keys;
        let hash = || {
            let key = EntryKey::compared(keys.text(slot).unwrap_or_default());
            Hashes::default().hash_one(key)
        };
        self.compared.get_mut(at).map_or(0, |known| *known.get_or_insert_with(hash))
    }

    /// Adds to a sum of a slot.
    #[inline(never)]
    pub(super) fn add(&mut self, slot: u32, entered: &Entered) {
        let (value, kind) = match entered.addend {
            Addend::Fixed(units) => (units, Kind::Fixed),
            Addend::Seconds(seconds) => (seconds, Kind::Seconds),
            Addend::Wide(_) => return self.add_wide(slot, entered),
        };
        let Some(day) = day_of(entered.date) else { return self.add_wide(slot, entered) };
        if !self.add_small(slot, (entered.unit, entered.window, kind), value, day) {
            self.add_elsewhere(slot, (value, day, kind), entered);
        }
    }

    /// Adds to a sum that has been begun in the slot's own line; false, with
    /// nothing added, where there is none or it has no room.
    #[inline(always)]
    pub(super) fn add_small(
        &mut self,
        slot: u32,
        (unit, window, kind): (UnitId, Window, Kind),
        value: i64,
        day: u16,
    ) -> bool {
        let place = lane_place(unit, window, kind);
        let lane = self.places.get(place).copied().unwrap_or(NO_LANE);
        let of_slot = self.lines.get_mut(slot as usize);
        lane != NO_LANE
            && of_slot.and_then(|line| line.sum_of(lane)).is_some_and(|sum| sum.add(value, day))
    }

    /// Adds to a sum that is not in the slot's own line, or is the first of its
    /// kind.
    fn add_elsewhere(
        &mut self,
        slot: u32,
        (value, day, kind): (i64, u16, Kind),
        entered: &Entered,
    ) {
        let Some(lane) = self.lane(entered.unit, entered.window, kind) else {
            return self.add_wide(slot, entered);
        };
        let Some(mut at) = self.lines.get_mut(slot as usize) else { return };
        // As many lines as are counted here are far more than memory holds.
        let place = u32::try_from(self.more.len()).unwrap_or(NONE);
        let added = loop {
            let free = |sum: &&mut Small| sum.lane == lane || sum.lane == NO_LANE;
            if let Some(sum) = at.sums.iter_mut().find(free) {
                sum.lane = lane;
                break sum.add(value, day);
            }
            let next = at.next;
            if next != NONE {
                let Some(further) = self.more.get_mut(next as usize) else { return };
                at = further;
                continue;
            }
            at.next = place;
            let mut further = Line::EMPTY;
            further.sums[0].lane = lane;
            let added = further.sums[0].add(value, day);
            make_room(&mut self.more, 1);
            self.more.push(further);
            break added;
        };
        if !added {
            self.add_wide(slot, entered);
        }
    }

    /// The place of a lane, opened where it is new.
    fn lane(&mut self, unit: UnitId, window: Window, kind: Kind) -> Option<u16> {
        let place = lane_place(unit, window, kind);
        if self.places.len() <= place {
            self.places.resize(place + 1, NO_LANE);
        }
        let own = self.places.get_mut(place)?;
        if *own == NO_LANE {
            *own = u16::try_from(self.lanes.len()).ok().filter(|lane| *lane != NO_LANE)?;
            self.lanes.push(Lane { unit, window, kind });
        }
        Some(*own)
    }

    #[cold]
    fn add_wide(&mut self, slot: u32, Entered { date, unit, window, addend }: &Entered) {
        let mut cell = Cell::on(*date);
        cell.add_addend(*date, *addend);
        self.wide.push((slot, KeyCell { unit: *unit, window: *window, cell }));
    }

    /// The sums of a slot that are small; of a unit and window there may be two.
    pub(super) fn cells(&self, slot: u32) -> impl Iterator<Item = KeyCell> {
        let mut line = self.lines.get(slot as usize);
        let lines = std::iter::from_fn(move || {
            let own = line?;
            line = self.more.get(own.next as usize);
            Some(own)
        });
        lines.flat_map(|line| line.sums.iter().filter_map(|sum| self.cell(sum)))
    }

    fn cell(&self, sum: &Small) -> Option<KeyCell> {
        let Lane { unit, window, kind } = *self.lanes.get(usize::from(sum.lane))?;
        let value = i64::from_ne_bytes(sum.sum);
        let exact = match kind {
            Kind::Fixed => ExactSum::of(value, 0),
            Kind::Seconds => ExactSum::of(0, value),
        };
        let tally = Tally { count: u64::from(u32::from_ne_bytes(sum.count)), sum: exact };
        let (first, last) = (date_of(sum.first)?, date_of(sum.last)?);
        (tally.count > 0).then_some(KeyCell { unit, window, cell: Cell { tally, first, last } })
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
        self.lines.len()
    }

    /// Its keys, in the order of their slots; `at` is the table's place.
    pub(super) fn met(&self, at: usize) -> impl Iterator<Item = Met> {
        (0_u32..).take(self.len()).map(move |slot| {
            let mut start = [0; 16];
            for (byte, own) in start.iter_mut().zip(self.text(slot).bytes()) {
                *byte = own;
            }
            Met { start: u128::from_be_bytes(start), table: at, slot }
        })
    }

    /// The text of a slot's key.
    pub(super) fn text(&self, slot: u32) -> &str {
        self.keys.text(slot).unwrap_or_default()
    }

    /// Something of a slot's line and of its key's text, so that both are near when
    /// they are read.
    #[inline]
    pub(super) fn call_for_all(&self, slot: u32) -> u32 {
        let first = self.text(slot).bytes().next();
        self.call_for(slot) ^ u32::from(first.unwrap_or_default())
    }

    /// Adds up all that was summed.
    pub(super) fn totals(&self) -> Vec<(UnitId, Tally)> {
        let mut of_lanes: Vec<(u64, i128)> = vec![(0, 0); self.lanes.len()];
        for sum in self.lines.iter().chain(&self.more).flat_map(|line| &line.sums) {
            if let Some((count, total)) = of_lanes.get_mut(usize::from(sum.lane)) {
                *count += u64::from(u32::from_ne_bytes(sum.count));
                *total += i128::from(i64::from_ne_bytes(sum.sum));
            }
        }
        let mut totals: BTreeMap<UnitId, Tally> = BTreeMap::new();
        for (lane, (count, total)) in self.lanes.iter().zip(of_lanes) {
            let sum = match lane.kind {
                Kind::Fixed => ExactSum::of(total, 0),
                Kind::Seconds => ExactSum::of(0, total),
            };
            totals.entry(lane.unit).or_default().merge(&Tally { count, sum });
        }
        for (_, cell) in &self.wide {
            totals.entry(cell.unit).or_default().merge(&cell.cell.tally);
        }
        totals.into_iter().collect()
    }
}

#[inline(always)]
fn lane_place(unit: UnitId, window: Window, kind: Kind) -> usize {
    let window = match window {
        Window::Before => 0,
        Window::Within => 1,
        Window::After => 2,
    };
    unit.index() * LANES + window * 2 + usize::from(kind == Kind::Seconds)
}

impl Line {
    const EMPTY: Self = Self {
        sums: [Small { sum: [0; 8], count: [0; 4], first: u16::MAX, last: 0, lane: NO_LANE }; SUMS],
        next: NONE,
    };

    /// The sum of a lane.
    #[inline(always)]
    fn sum_of(&mut self, lane: u16) -> Option<&mut Small> {
        let [_, second, third] = &self.sums;
        // Which of them it is cannot be foretold: better counted than asked.
        let at = usize::from(second.lane == lane) + 2 * usize::from(third.lane == lane);
        self.sums.get_mut(at).filter(|sum| sum.lane == lane)
    }
}

impl Small {
    /// Adds to the sum; false where it does not fit.
    #[inline(always)]
    fn add(&mut self, value: i64, day: u16) -> bool {
        let sum = i64::from_ne_bytes(self.sum).checked_add(value);
        let count = u32::from_ne_bytes(self.count).checked_add(1);
        let (Some(sum), Some(count)) = (sum, count) else { return false };
        self.sum = sum.to_ne_bytes();
        self.count = count.to_ne_bytes();
        self.first = self.first.min(day);
        self.last = self.last.max(day);
        true
    }
}

#[cfg(test)]
mod tests {
    use crate::model::UnitTable;

    use super::*;

    /// Whatever is added, the cells of a slot come to it, and so do the totals.
    #[test]
    fn sums_past_a_line_past_an_integer_and_past_the_calendar_are_kept() {
        let units = UnitTable::new(Vec::new(), &[]).unwrap();
        let ids: Vec<UnitId> = units.ids().collect();
        assert!(ids.len() > SUMS);
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let mut table = Table::default();
        let slot = table.slot("k").unwrap();
        let mut expected: BTreeMap<UnitId, Tally> = BTreeMap::new();
        for round in 0..3_i64 {
            for unit in &ids {
                for window in [Window::Before, Window::Within, Window::After] {
                    for addend in [Addend::Fixed(i64::MAX - round), Addend::Seconds(-60 * round)] {
                        for date in ["2026-03-02", "1969-12-31", "2149-06-07"].map(day) {
                            table.add(slot, &Entered { date, unit: *unit, window, addend });
                            expected.entry(*unit).or_default().add_addend(addend);
                        }
                    }
                }
            }
        }
        let totals: BTreeMap<UnitId, Tally> = table.totals().into_iter().collect();
        assert_eq!(totals, expected);
        let mut of_cells: BTreeMap<UnitId, Tally> = BTreeMap::new();
        let wide = table.wide_cells();
        for cell in table.cells(slot).chain(wide.into_values().flatten()) {
            assert!(cell.cell.first <= cell.cell.last);
            of_cells.entry(cell.unit).or_default().merge(&cell.cell.tally);
        }
        assert_eq!(of_cells, expected);
    }

    #[test]
    fn a_key_has_one_slot_and_its_text() {
        let mut table = Table::default();
        let texts: Vec<String> = (0..5_000).map(|key| format!("ü{}", key * 7)).collect();
        for _ in 0..2 {
            for (slot, text) in (0_u32..).zip(&texts) {
                assert_eq!(table.slot(text), Some(slot));
            }
        }
        let known: Vec<(&str, u32)> =
            table.met(0).map(|key| (table.text(key.slot), key.slot)).collect();
        let expected: Vec<(&str, u32)> = texts.iter().map(String::as_str).zip(0..).collect();
        assert_eq!(known, expected);
        assert_eq!(table.slot(""), Some(5_000));
        assert_eq!((table.len(), table.text(5_000)), (5_001, ""));
        // The first bytes never sort two keys otherwise than the whole does.
        let mut met: Vec<Met> = table.met(0).collect();
        met.sort_by_key(|key| (key.start, table.text(key.slot)));
        assert!(met.is_sorted_by_key(|key| table.text(key.slot)));
    }

    #[test]
    fn a_line_is_one_line_of_the_processors_memory() {
        assert_eq!(size_of::<Line>(), 64);
    }
}
