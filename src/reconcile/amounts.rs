//! The quantities that entries have: there are few, and many entries, which so
//! take little room while they wait to be summed.

use rayon::prelude::*;

use crate::model::{Lookup, UnitId, make_room};

use super::partial::Addend;

/// Quantities, each once, known by a number.
#[derive(Debug, Clone, Default)]
pub struct Amounts {
    all: Vec<(UnitId, Addend)>,
    known: Lookup<(UnitId, Addend), AmountId>,
}

/// The number of a quantity among [`Amounts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AmountId(u32);

impl Amounts {
    /// The number of a quantity, which it keeps.
    pub fn id(&mut self, unit: UnitId, addend: Addend) -> AmountId {
        let all = &mut self.all;
        *self.known.entry((unit, addend), || {
            all.push((unit, addend));
            // As many would not fit into memory.
            AmountId(u32::try_from(all.len() - 1).unwrap_or(u32::MAX))
        })
    }

    /// A quantity and its unit.
    #[must_use]
    pub fn get(&self, id: AmountId) -> Option<(UnitId, Addend)> {
        self.all.get(id.index()).copied()
    }

    /// All of them, in the order of their numbers.
    #[must_use]
    pub fn as_slice(&self) -> &[(UnitId, Addend)] {
        &self.all
    }
}

impl AmountId {
    /// Its place among all of them.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Entries that wait, each with what is said of it, for something that has a
/// number: an upsell, a quota, a line in doubt.
#[derive(Debug, Clone)]
pub struct WaitingEntries<T> {
    entries: Vec<Waiting<T>>,
    amounts: Amounts,
}

#[derive(Debug, Clone, Copy)]
struct Waiting<T> {
    of: u32,
    amount: AmountId,
    what: T,
}

impl<T> Default for WaitingEntries<T> {
    fn default() -> Self {
        Self { entries: Vec::new(), amounts: Amounts::default() }
    }
}

impl<T: Copy + Send> WaitingEntries<T> {
    /// Adds an entry for the thing of a number.
    pub fn push(&mut self, of: usize, what: T, (unit, addend): (UnitId, Addend)) {
        let amount = self.amounts.id(unit, addend);
        // As many things would not fit into memory.
        let of = u32::try_from(of).unwrap_or(u32::MAX);
        make_room(&mut self.entries, 1);
        self.entries.push(Waiting { of, amount, what });
    }

    /// The same entries, to be asked for by numbers.
    #[must_use]
    pub fn sorted(mut self) -> SortedEntries<T> {
        self.entries.par_sort_unstable_by_key(|entry| entry.of);
        SortedEntries(self)
    }
}

/// Entries by the numbers of what they are for.
#[derive(Debug, Clone)]
pub struct SortedEntries<T>(WaitingEntries<T>);

impl<T: Copy> SortedEntries<T> {
    /// Those for the thing of a number, in no order.
    pub fn of(&self, number: usize) -> impl Iterator<Item = (T, UnitId, Addend)> + '_ {
        let Self(WaitingEntries { entries, amounts }) = self;
        let start = entries.partition_point(|entry| (entry.of as usize) < number);
        let own = entries.get(start..).unwrap_or_default().iter();
        own.take_while(move |entry| entry.of as usize == number).filter_map(|entry| {
            let (unit, addend) = amounts.get(entry.amount)?;
            Some((entry.what, unit, addend))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::UnitTable;

    #[test]
    fn entries_are_found_by_what_they_wait_for() {
        let unit = UnitTable::default().hours().unwrap();
        let mut waiting = WaitingEntries::default();
        for (of, what, hours) in [(7, 'a', 1), (2, 'b', 2), (7, 'c', 1), (9, 'd', 3)] {
            waiting.push(of, what, (unit, Addend::Fixed(hours)));
        }
        assert_eq!(waiting.amounts.as_slice().len(), 3);
        let sorted = waiting.sorted();
        let of = |number| {
            let mut own: Vec<_> =
                sorted.of(number).map(|(what, _, addend)| (what, addend)).collect();
            own.sort_unstable();
            own
        };
        assert_eq!(of(7), [('a', Addend::Fixed(1)), ('c', Addend::Fixed(1))]);
        assert_eq!(of(2), [('b', Addend::Fixed(2))]);
        assert_eq!((of(0).len(), of(8).len(), of(10).len()), (0, 0, 0));
    }
}
