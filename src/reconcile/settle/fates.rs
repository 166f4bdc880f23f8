//! What became of the entries of each key, and what they come to by that.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::model::{EntryKey, LineIndex, UnitId};
use crate::reconcile::attribute::{Attribution, Target};
use crate::reconcile::key_sums::{KeyCell, KeySums};
use crate::reconcile::partial::{ByUnit, merge_by_unit};

/// What became of a key's entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyFate {
    /// Where the key leads.
    pub attribution: Attribution,
    /// Units whose entries the line cannot take (rule 5.3), with the line.
    pub mismatched: Vec<(UnitId, LineIndex)>,
}

impl KeyFate {
    /// What the entries are attributed to, if they are to anything.
    #[must_use]
    pub fn target(&self) -> Option<&Target> {
        match &self.attribution {
            Attribution::To(target, _) => Some(target),
            Attribution::Unmatched(_) | Attribution::Refused(..) => None,
        }
    }

    /// The line that cannot take entries of a unit (rule 5.3), if it is so.
    #[must_use]
    pub fn mismatch(&self, unit: UnitId) -> Option<LineIndex> {
        self.mismatched.iter().find(|(other, _)| *other == unit).map(|(_, line)| *line)
    }
}

/// What became of the entries of each key, in the order of the sums' keys.
#[derive(Debug, Default)]
pub struct Fates {
    keys: Arc<Vec<EntryKey>>,
    fates: Vec<KeyFate>,
}

impl Fates {
    /// One for each of the keys, in their order.
    pub(super) fn new(keys: Arc<Vec<EntryKey>>, fates: Vec<KeyFate>) -> Self {
        Self { keys, fates }
    }

    /// Of a key.
    #[must_use]
    pub fn get(&self, key: &EntryKey) -> Option<&KeyFate> {
        self.at(self.keys.binary_search(key).ok()?)
    }

    /// Of the key at a place among the sums.
    #[must_use]
    pub fn at(&self, place: usize) -> Option<&KeyFate> {
        self.fates.get(place)
    }

    /// Of every key.
    pub fn iter(&self) -> impl Iterator<Item = (&EntryKey, &KeyFate)> {
        self.keys.iter().zip(&self.fates)
    }

    /// All of them, in the order of their keys.
    #[must_use]
    pub fn as_slice(&self) -> &[KeyFate] {
        &self.fates
    }

    /// All of them, without their keys.
    pub fn values(&self) -> impl Iterator<Item = &KeyFate> {
        self.fates.iter()
    }
}

/// What the entries of all keys come to, by what became of them.
#[derive(Debug, Clone, Default)]
pub struct SumsByFate {
    /// On a line or in a pool.
    pub attributed: ByUnit,
    /// In a unit that the line where they lead cannot take (rule 5.3).
    pub mismatched: ByUnit,
    /// Only lines of unconfirmed orders.
    pub refused: ByUnit,
    /// Nothing to attribute them to, by the reason's stable name.
    pub unmatched: BTreeMap<&'static str, ByUnit>,
}

impl SumsByFate {
    /// Adds up what each key's entries come to.
    pub(super) fn new(sums: &KeySums, fates: &Fates) -> Self {
        let add_key = |mut all: Self, (at, fate): (usize, &KeyFate)| {
            // Of entries that were taken back nothing is left.
            for cell in sums.cells(at).iter().filter(|cell| cell.cell.tally.count > 0) {
                all.add(fate, cell);
            }
            all
        };
        let fates = fates.as_slice().par_iter().enumerate();
        fates.fold(Self::default, add_key).reduce(Self::default, Self::merged)
    }

    fn add(&mut self, fate: &KeyFate, KeyCell { unit, cell, .. }: &KeyCell) {
        let into = match &fate.attribution {
            Attribution::To(..) if fate.mismatch(*unit).is_some() => &mut self.mismatched,
            Attribution::To(..) => &mut self.attributed,
            Attribution::Refused(..) => &mut self.refused,
            Attribution::Unmatched(reason) => self.unmatched.entry(reason.name()).or_default(),
        };
        into.entry(*unit).or_default().merge(&cell.tally);
    }

    fn merged(mut self, other: Self) -> Self {
        merge_by_unit(&mut self.attributed, &other.attributed);
        merge_by_unit(&mut self.mismatched, &other.mismatched);
        merge_by_unit(&mut self.refused, &other.refused);
        for (reason, sums) in other.unmatched {
            merge_by_unit(self.unmatched.entry(reason).or_default(), &sums);
        }
        self
    }
}
