//! Look-ups by key that are quick and have an order of their own: that in which
//! keys were put in.

use std::collections::BTreeSet;
use std::hash::{BuildHasher, Hash};
use std::num::NonZeroU32;

use foldhash::quality::FixedState;

use super::slots::Slots;

/// What is found under a key.
#[derive(Debug, Clone)]
pub(crate) struct Lookup<K, V> {
    /// By their keys' digests, of each of which half is kept.
    slots: Slots<(EntryAt, u32)>,
    entries: Vec<(K, V)>,
}

/// The place of an entry and one.
type EntryAt = NonZeroU32;

impl<K, V> Default for Lookup<K, V> {
    fn default() -> Self {
        Self { slots: Slots::default(), entries: Vec::new() }
    }
}

/// The digest of a key: the same in every run.
#[inline]
pub(crate) fn digest<Q: Hash + ?Sized>(key: &Q) -> u64 {
    FixedState::default().hash_one(key)
}

/// The half of a digest by which a slot is chosen.
#[inline]
fn half(digest: u64) -> u32 {
    u32::try_from(digest & u64::from(u32::MAX)).unwrap_or_default()
}

impl<K: Hash, V> Lookup<K, V> {
    /// The place of a key.
    fn search<Q: PartialEq<K> + ?Sized>(&self, digest: u64, key: &Q) -> Option<usize> {
        let place = |entry: EntryAt| entry.get() as usize - 1;
        let is_it = |(entry, own): (EntryAt, u32)| {
            let known = || self.entries.get(place(entry));
            own == half(digest) && known().is_some_and(|(known, _)| key == known)
        };
        self.slots.find(digest, is_it).map(|(entry, _)| place(entry))
    }

    /// Adds a key that is not there, and gives its place.
    fn push(&mut self, digest: u64, key: K, value: V) -> usize {
        self.entries.push((key, value));
        // As many keys as it cannot count would not fit into memory.
        if let Some(entry) = u32::try_from(self.entries.len()).ok().and_then(EntryAt::new) {
            self.slots.insert(digest, (entry, half(digest)), |(_, half)| u64::from(half));
        }
        self.entries.len() - 1
    }

    pub(crate) fn get<Q: Hash + PartialEq<K> + ?Sized>(&self, key: &Q) -> Option<&V> {
        if self.entries.is_empty() {
            return None;
        }
        let place = self.search(digest(key), key)?;
        self.entries.get(place).map(|(_, value)| value)
    }

    /// Puts a value under a key that has none, and says whether it had none.
    pub(crate) fn insert_new<Q>(&mut self, key: &Q, value: V) -> bool
    where
        Q: Hash + PartialEq<K> + ToOwned<Owned = K> + ?Sized,
    {
        let digest = digest(key);
        let is_new = self.search(digest, key).is_none();
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
        if self.search(digest, key).is_none() {
            self.push(digest, own(), value);
        }
    }

    /// The value of a key, made where there is none.
    pub(crate) fn entry(&mut self, key: K, new: impl FnOnce() -> V) -> &mut V
    where
        K: PartialEq,
    {
        let digest = digest(&key);
        let known = self.search(digest, &key);
        let place = known.unwrap_or_else(|| self.push(digest, key, new()));
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
        let known = self.search(digest, key);
        let place = known.unwrap_or_else(|| self.push(digest, K::from(key), V::default()));
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
