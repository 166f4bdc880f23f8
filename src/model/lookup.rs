//! Look-ups by key that are quick and have an order of their own: that in which
//! keys were put in.

use std::collections::BTreeSet;
use std::hash::{BuildHasher, Hash};
use std::num::NonZeroU32;

use foldhash::quality::FixedState;

/// What is found under a key.
#[derive(Debug, Clone)]
pub(crate) struct Lookup<K, V> {
    /// The place of an entry and one, at its key's digest or the next free slot
    /// after it, with part of the digest. At least half of them are free.
    slots: Vec<Option<(NonZeroU32, u32)>>,
    entries: Vec<(K, V)>,
}

impl<K, V> Default for Lookup<K, V> {
    fn default() -> Self {
        Self { slots: Vec::new(), entries: Vec::new() }
    }
}

/// The digest of a key: the same in every run.
#[inline]
pub(crate) fn digest<Q: Hash + ?Sized>(key: &Q) -> u64 {
    FixedState::default().hash_one(key)
}

/// Where a search for a key ends.
enum Slot {
    Found(usize),
    Free,
}

impl<K: Hash, V> Lookup<K, V> {
    /// The slot at which a search begins, and what is kept of a digest.
    fn parts(&self, digest: u64) -> (usize, u32) {
        let half = |digest: u64| u32::try_from(digest & u64::from(u32::MAX)).unwrap_or_default();
        // The number of slots is a power of two.
        let start = half(digest) as usize & self.slots.len().wrapping_sub(1);
        (start, half(digest >> 32))
    }

    fn search<Q: PartialEq<K> + ?Sized>(&self, digest: u64, key: &Q) -> Slot {
        let (mut at, rest) = self.parts(digest);
        while let Some(Some((entry, own))) = self.slots.get(at) {
            let place = entry.get() as usize - 1;
            if *own == rest && self.entries.get(place).is_some_and(|(known, _)| key == known) {
                return Slot::Found(place);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
        Slot::Free
    }

    /// Adds a key that is not there, and gives its place.
    fn push(&mut self, digest: u64, key: K, value: V) -> usize {
        if (self.entries.len() + 1) * 2 > self.slots.len() {
            self.grow();
        }
        self.entries.push((key, value));
        self.fill(digest, self.entries.len());
        self.entries.len() - 1
    }

    fn fill(&mut self, digest: u64, place_and_one: usize) {
        // As many keys would not fit into memory.
        let Some(entry) = u32::try_from(place_and_one).ok().and_then(NonZeroU32::new) else {
            return;
        };
        let (mut at, rest) = self.parts(digest);
        while let Some(Some(_)) = self.slots.get(at) {
            at = (at + 1) & (self.slots.len() - 1);
        }
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = Some((entry, rest));
        }
    }

    fn grow(&mut self) {
        let wanted = (self.slots.len() * 2).max(16);
        self.slots.clear();
        self.slots.resize(wanted, None);
        for place in 0..self.entries.len() {
            if let Some((key, _)) = self.entries.get(place) {
                let digest = digest(key);
                self.fill(digest, place + 1);
            }
        }
    }

    pub(crate) fn get<Q: Hash + PartialEq<K> + ?Sized>(&self, key: &Q) -> Option<&V> {
        if self.entries.is_empty() {
            return None;
        }
        match self.search(digest(key), key) {
            Slot::Found(place) => self.entries.get(place).map(|(_, value)| value),
            Slot::Free => None,
        }
    }

    /// Puts a value under a key that has none, and says whether it had none.
    pub(crate) fn insert_new<Q>(&mut self, key: &Q, value: V) -> bool
    where
        Q: Hash + PartialEq<K> + ToOwned<Owned = K> + ?Sized,
    {
        let digest = digest(key);
        let is_new = matches!(self.search(digest, key), Slot::Free);
        if is_new {
            self.push(digest, key.to_owned(), value);
        }
        is_new
    }

    /// The same with a key that is made where it is new.
    pub(crate) fn insert_new_with<Q>(&mut self, key: &Q, own: impl FnOnce() -> K, value: V)
    where
        Q: Hash + PartialEq<K> + ?Sized,
    {
        let digest = digest(key);
        if matches!(self.search(digest, key), Slot::Free) {
            self.push(digest, own(), value);
        }
    }

    /// The value of a key, made where there is none.
    pub(crate) fn entry(&mut self, key: K, new: impl FnOnce() -> V) -> &mut V
    where
        K: PartialEq,
    {
        let digest = digest(&key);
        let place = match self.search(digest, &key) {
            Slot::Found(place) => place,
            Slot::Free => self.push(digest, key, new()),
        };
        &mut self.entries[place].1
    }

    /// A key as it stands there, put in where it is new.
    pub(crate) fn key<Q>(&mut self, key: &Q) -> &K
    where
        Q: Hash + PartialEq<K> + ?Sized,
        for<'q> K: From<&'q Q>,
        V: Default,
    {
        let digest = digest(key);
        let place = match self.search(digest, key) {
            Slot::Found(place) => place,
            Slot::Free => self.push(digest, K::from(key), V::default()),
        };
        &self.entries[place].0
    }

    pub(crate) fn shrink_to_fit(&mut self) {
        self.entries.shrink_to_fit();
    }

    pub(crate) fn clear(&mut self) {
        self.slots.clear();
        self.entries.clear();
    }
}

/// Records of one name: one, nearly always.
#[derive(Debug, Clone, Default)]
pub(crate) enum Few<T> {
    #[default]
    None,
    One(T),
    /// Apart, so that the usual one takes little room.
    #[expect(clippy::box_collection, reason = "it makes the others a third smaller")]
    Several(Box<BTreeSet<T>>),
}

impl<T: Ord + Copy> Few<T> {
    /// Adds a record, and says whether it is a new one.
    pub(crate) fn insert(&mut self, record: T) -> bool {
        match self {
            Self::None => *self = Self::One(record),
            Self::One(known) if *known == record => return false,
            Self::One(known) => {
                *self = Self::Several(Box::new(BTreeSet::from([*known, record])));
            }
            Self::Several(known) => return known.insert(record),
        }
        true
    }

    /// All of them, in their order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = T> + '_ {
        let (one, several) = match self {
            Self::None => (None, None),
            Self::One(one) => (Some(*one), None),
            Self::Several(several) => (None, Some(several)),
        };
        one.into_iter().chain(several.into_iter().flat_map(|several| several.iter().copied()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_records_are_each_there_once_and_in_order() {
        let mut few = Few::default();
        assert_eq!(few.iter().count(), 0);
        assert_eq!(
            [3, 1, 3, 2, 1].map(|record| few.insert(record)),
            [true, true, false, true, false]
        );
        assert_eq!(few.iter().collect::<Vec<_>>(), [1, 2, 3]);
    }

    #[test]
    fn the_first_value_of_a_key_stays() {
        let mut found: Lookup<String, u8> = Lookup::default();
        assert_eq!(found.get("a"), None);
        assert!(found.insert_new("a", 1));
        assert!(!found.insert_new("a", 2));
        assert_eq!((found.get("a"), found.get("b")), (Some(&1), None));
        *found.entry("b".to_owned(), || 3) += 1;
        *found.entry("b".to_owned(), || 9) += 1;
        assert_eq!((found.get("a"), found.get("b")), (Some(&1), Some(&5)));
        found.clear();
        assert_eq!(found.get("a"), None);
    }

    #[test]
    fn keys_that_are_nearly_the_same_have_digests_of_their_own() {
        let mut digests = BTreeSet::new();
        for key in 0..20_000_u32 {
            assert!(digests.insert(digest(&key)));
            assert!(digests.insert(digest(&format!("SO{key:06}"))));
            assert!(digests.insert(digest(&format!("L{key:06}-1 of a contract of Agrolait"))));
            assert!(digests.insert(digest(&(Some(key.to_string()), None::<&str>))));
            assert!(digests.insert(digest(&(None::<&str>, Some(key.to_string())))));
        }
        // Their lowest bits choose a slot: no more of them are the same than by chance.
        let slots: BTreeSet<u64> = digests.iter().map(|digest| digest & 0xffff).collect();
        assert!(slots.len() > 49_000, "{}", slots.len());
        for length in 0..40 {
            assert!(digests.insert(digest(&[0_u8; 40][..length])));
            assert!(digests.insert(digest(&"x".repeat(length))));
        }
    }

    #[test]
    fn every_one_of_many_keys_is_found() {
        let mut found: Lookup<u32, u32> = Lookup::default();
        for key in 0..10_000 {
            assert!(found.insert_new(&(key * 7), key));
            assert!(!found.insert_new(&(key * 7), 0));
        }
        for key in 0..70_000 {
            let expected = (key % 7 == 0).then_some(key / 7);
            assert_eq!(found.get(&key).copied(), expected);
        }
    }
}
