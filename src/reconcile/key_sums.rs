//! The sums of the entries of each key: what is left of the timesheets once
//! they are summed.

use std::ops::Range;
use std::sync::Arc;

use crate::model::{EntryKey, UnitId, Window, make_room};

use super::partial::{Addend, Cell};

/// The entries of a key that share a unit and a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyCell {
    /// Their unit.
    pub unit: UnitId,
    /// Where their days lie.
    pub window: Window,
    /// Their number, sum and days.
    pub cell: Cell,
}

/// Sums by key, in the order of the keys, each key once. A key is known by its
/// place in that order.
///
/// ```
/// use drawdown::model::{EntryKey, UnitTable, Window};
/// use drawdown::reconcile::{Cell, KeyCell, KeySums};
/// let units = UnitTable::new(Vec::new(), &[]).unwrap();
/// let unit = units.ids().next().unwrap();
/// let cell = KeyCell { unit, window: Window::Within, cell: Cell::on("2026-03-02".parse().unwrap()) };
/// let key = |name: &str| EntryKey::from_buffer(name);
/// let sums = KeySums::new(vec![(key("b"), cell.clone()), (key("a"), cell.clone()), (key("b"), cell)]);
/// assert_eq!(sums.len(), 2);
/// assert_eq!(sums.place(&key("b")), Some(1));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeySums {
    keys: Arc<Vec<EntryKey>>,
    /// Where the cells of each key end.
    ends: Vec<usize>,
    cells: Vec<KeyCell>,
}

impl KeySums {
    /// Brings together what keys have, in any order and as often as it may be.
    #[must_use]
    pub fn new(mut cells: Vec<(EntryKey, KeyCell)>) -> Self {
        cells.sort_by(|a, b| a.0.cmp(&b.0));
        let mut sums = KeySumsBuilder::default();
        for (key, cell) in cells {
            sums.key(key.as_str());
            sums.add(cell);
        }
        sums.finish()
    }

    /// Puts parts one behind the other: each has keys that come after those of
    /// the parts before it.
    #[must_use]
    pub fn in_order(parts: Vec<Self>) -> Self {
        let all: usize = parts.iter().map(Self::len).sum();
        let cells: usize = parts.iter().map(|part| part.cells.len()).sum();
        let (mut keys, mut ends) = (Vec::with_capacity(all), Vec::with_capacity(all));
        let mut all = Self { cells: Vec::with_capacity(cells), ..Self::default() };
        for part in parts {
            let before = all.cells.len();
            keys.extend(Arc::unwrap_or_clone(part.keys));
            ends.extend(part.ends.into_iter().map(|end| before + end));
            all.cells.extend(part.cells);
        }
        Self { keys: Arc::new(keys), ends, ..all }
    }

    /// How many keys there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The keys, in their order.
    #[must_use]
    pub fn keys(&self) -> &Arc<Vec<EntryKey>> {
        &self.keys
    }

    /// The place of a key.
    #[must_use]
    pub fn place(&self, key: &EntryKey) -> Option<usize> {
        self.place_of(key.as_str())
    }

    /// The place of a key, by its whole text.
    #[must_use]
    pub fn place_of(&self, key: &str) -> Option<usize> {
        self.keys.binary_search_by(|known| known.as_str().cmp(key)).ok()
    }

    /// The cells of the key at a place.
    #[must_use]
    pub fn cells(&self, place: usize) -> &[KeyCell] {
        self.cells.get(self.range(place)).unwrap_or_default()
    }

    fn range(&self, place: usize) -> Range<usize> {
        let start = place.checked_sub(1).and_then(|before| self.ends.get(before)).copied();
        start.unwrap_or_default()..self.ends.get(place).copied().unwrap_or_default()
    }

    /// Takes back an entry that was added to a sum of the key at a place; gives
    /// what is left of it, its days as they were.
    pub fn take_back(
        &mut self,
        place: usize,
        of: (UnitId, Window),
        addend: Addend,
    ) -> Option<&Cell> {
        let range = self.range(place);
        let mut cells = self.cells.get_mut(range)?.iter_mut();
        let cell = cells.find(|cell| (cell.unit, cell.window) == of)?;
        cell.cell.tally.take_addend(addend);
        Some(&cell.cell)
    }

    /// Every key with its cells.
    pub fn iter(&self) -> impl Iterator<Item = (&EntryKey, &[KeyCell])> {
        self.keys.iter().enumerate().map(|(place, key)| (key, self.cells(place)))
    }

    /// Adds the sums of another part of the timesheets.
    pub fn merge(&mut self, other: Self) {
        if self.is_empty() {
            *self = other;
            return;
        }
        let all = [&*self, &other].map(|sums| {
            sums.iter()
                .flat_map(|(key, cells)| cells.iter().map(|cell| (key.clone(), cell.clone())))
        });
        *self = Self::new(all.into_iter().flatten().collect());
    }
}

/// Takes sums in, key by key in the order of the keys.
#[derive(Debug, Default)]
pub struct KeySumsBuilder {
    keys: Vec<EntryKey>,
    ends: Vec<usize>,
    cells: Vec<KeyCell>,
    /// Where the cells of the last key start.
    start: usize,
}

impl KeySumsBuilder {
    /// With room for so many keys.
    #[must_use]
    pub fn with_room(keys: usize) -> Self {
        let (keys, ends) = (Vec::with_capacity(keys), Vec::with_capacity(keys));
        Self { keys, ends, ..Self::default() }
    }

    /// Turns to a key: the last one once more, or one that comes after it.
    /// Gives its place.
    pub fn key(&mut self, key: &str) -> usize {
        if self.keys.last().map(EntryKey::as_str) != Some(key) {
            if !self.keys.is_empty() {
                self.ends.push(self.cells.len());
            }
            self.start = self.cells.len();
            make_room(&mut self.keys, 1);
            self.keys.push(EntryKey::from_buffer(key));
        }
        self.keys.len() - 1
    }

    /// Adds to the key's sums.
    pub fn add(&mut self, cell: KeyCell) {
        let own = self.cells.get_mut(self.start..).unwrap_or_default();
        match own.iter_mut().find(|own| (own.unit, own.window) == (cell.unit, cell.window)) {
            Some(own) => own.cell.merge(&cell.cell),
            None => {
                make_room(&mut self.cells, 1);
                self.cells.push(cell);
            }
        }
    }

    /// All that was taken in.
    #[must_use]
    pub fn finish(mut self) -> KeySums {
        if !self.keys.is_empty() {
            self.ends.push(self.cells.len());
        }
        let mut start = 0;
        for end in &self.ends {
            // Which thread met what first must not show.
            let own = self.cells.get_mut(start..*end).unwrap_or_default();
            own.sort_unstable_by_key(|cell| (cell.unit, cell.window));
            start = *end;
        }
        self.keys.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.cells.shrink_to_fit();
        KeySums { keys: Arc::new(self.keys), ends: self.ends, cells: self.cells }
    }
}
