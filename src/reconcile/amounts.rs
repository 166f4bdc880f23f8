//! The quantities that entries have: there are few, and many entries.

use std::collections::BTreeMap;

use crate::model::UnitId;

use super::partial::Addend;

/// Quantities, each once, known by a number.
#[derive(Debug, Clone, Default)]
pub struct Amounts {
    all: Vec<(UnitId, Addend)>,
    known: BTreeMap<(UnitId, Addend), AmountId>,
}

/// The number of a quantity among [`Amounts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AmountId(u32);

impl Amounts {
    /// The number of a quantity, which it keeps.
    pub fn id(&mut self, unit: UnitId, addend: Addend) -> AmountId {
        let all = &mut self.all;
        *self.known.entry((unit, addend)).or_insert_with(|| {
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
