//! Slots by the bytes of the cells that make a key. Keys lie far apart in
//! memory: a short one takes one line of the processor's.

use std::hash::BuildHasher;
use std::num::NonZeroU32;
use std::ops::Range;

use hashbrown::HashTable;

use crate::model::{Slots, make_room};

/// Words of a short text.
const WORDS: usize = 7;
/// Bytes of a short text, which leave the last one for its length.
const SHORT: usize = WORDS * 8 - 1;
/// Bytes that are looked at together.
pub(super) const AT_ONCE: usize = 64;

/// The bytes of a row's key.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
pub(in crate::engine) struct KeyText {
    /// A short text and its length, as no other text has them; zeros of a long
    /// one.
    words: [u64; WORDS],
    /// Of a short text.
    hash: u64,
}

/// A short key.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct Short([u64; WORDS]);

/// A key whose bytes are elsewhere.
#[derive(Debug, Clone, Copy)]
struct Long {
    start: usize,
    end: usize,
    slot: u32,
}

/// Where a short key is, and its slot: both lead to memory far away, so neither
/// is to be found by way of the other.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) struct Place {
    /// Which one it is and one, and in the topmost byte some of its hash.
    tagged: NonZeroU32,
    slot: u32,
}

/// Short keys that have a place.
const MOST: u32 = (1 << TAG_SHIFT) - 1;
const TAG_SHIFT: u32 = 24;

impl Place {
    /// Of the key at an index, if as many have one.
    fn new(index: usize, hash: u64, slot: u32) -> Option<Self> {
        let and_one = u32::try_from(index).ok()?.checked_add(1).filter(|one| *one <= MOST)?;
        Some(Self { tagged: NonZeroU32::new(and_one | tag(hash) << TAG_SHIFT)?, slot })
    }

    /// The slot that the key has, if it is the one that is looked for.
    #[inline(always)]
    pub(super) fn likely_slot(self) -> u32 {
        self.slot
    }

    #[inline(always)]
    fn index(self) -> usize {
        ((self.tagged.get() & MOST) as usize).wrapping_sub(1)
    }

    /// Whether the key may be one of a hash.
    #[inline(always)]
    fn may_be(self, hash: u64) -> bool {
        self.tagged.get() >> TAG_SHIFT == tag(hash)
    }
}

/// All keys that are known.
#[derive(Debug)]
pub(super) struct Keys {
    places: Slots<Place>,
    short: Vec<Short>,
    long: HashTable<Long>,
    /// The bytes of long keys.
    bytes: Vec<u8>,
    hasher: foldhash::fast::RandomState,
    /// What words are mixed with.
    seeds: [u64; WORDS + 1],
}

impl Default for Keys {
    fn default() -> Self {
        let hasher = foldhash::fast::RandomState::default();
        Self {
            places: Slots::default(),
            short: Vec::new(),
            long: HashTable::new(),
            bytes: Vec::new(),
            seeds: std::array::from_fn(|at| hasher.hash_one(at)),
            hasher,
        }
    }
}

impl KeyText {
    fn is_short(&self) -> bool {
        // Of a short text the last word has the length, and a mark that it has.
        self.words[WORDS - 1] != 0
    }
}

impl Keys {
    /// The key in a range of bytes that at least as many stand behind as are
    /// looked at together.
    #[inline(always)]
    pub(super) fn text(&self, bytes: &[u8], range: &Range<usize>) -> KeyText {
        let length = range.end.wrapping_sub(range.start);
        let behind = bytes.get(range.start..).and_then(<[u8]>::first_chunk::<AT_ONCE>);
        match (behind, LOWEST.get(length)) {
            (Some(behind), Some(masks)) => {
                let eights = behind.as_chunks::<8>().0;
                let mut words = [0; WORDS];
                for ((word, eight), mask) in words.iter_mut().zip(eights).zip(masks) {
                    *word = u64::from_le_bytes(*eight) & mask;
                }
                // The topmost bit, which no length has, tells it from a long one.
                words[WORDS - 1] |= ((length as u64) | 0x80) << 56;
                KeyText { words, hash: self.hash(&words) }
            }
            _ => KeyText { words: [0; WORDS], hash: 0 },
        }
    }

    #[inline(always)]
    fn hash(&self, words: &[u64; WORDS]) -> u64 {
        let [first, second, third, fourth, fifth, sixth, seventh, last] = self.seeds;
        let mixed = fold(words[0] ^ first, words[1] ^ second)
            ^ fold(words[2] ^ third, words[3] ^ fourth)
            ^ fold(words[4] ^ fifth, words[5] ^ sixth);
        fold(mixed ^ words[6] ^ seventh, last)
    }

    /// Something of where a key's place is looked for, so that it is near then.
    #[inline(always)]
    pub(super) fn call_for_place(&self, key: &KeyText) -> bool {
        // No more is asked of it, or the next one would wait for the answer.
        self.places.home(key.hash).is_some()
    }

    /// Where a key may be; another one's place now and then.
    #[inline(always)]
    pub(super) fn place(&self, key: &KeyText) -> Option<Place> {
        self.places.find(key.hash, |place| place.may_be(key.hash))
    }

    /// Something of the key at a place, so that it is near when it is compared.
    #[inline(always)]
    pub(super) fn call_for_text(&self, place: Place) -> u64 {
        self.short.get(place.index()).map_or(0, |short| short.0[0])
    }

    /// The slot of a key, if it is the one at a place.
    #[inline(always)]
    pub(super) fn slot_at(&self, place: Place, key: &KeyText) -> Option<u32> {
        let Short(words) = self.short.get(place.index())?;
        is_same(words, &key.words).then_some(place.slot)
    }

    /// The slot of a key, whose bytes are in a range of these.
    pub(super) fn slot(&self, key: &KeyText, bytes: &[u8], range: Range<usize>) -> Option<u32> {
        if key.is_short() {
            let is_it = |place: Place| place.may_be(key.hash) && self.slot_at(place, key).is_some();
            let found = self.places.find(key.hash, is_it).map(|place| place.slot);
            // One that found no place is kept as the long ones are.
            if found.is_some() || self.short.len() < MOST as usize {
                return found;
            }
        }
        let text = bytes.get(range)?;
        let is_it = |long: &Long| self.bytes.get(long.start..long.end) == Some(text);
        self.long.find(self.hasher.hash_one(text), is_it).map(|long| long.slot)
    }

    /// Remembers the slot of a key that is not known.
    pub(super) fn learn(&mut self, key: &KeyText, bytes: &[u8], range: Range<usize>, slot: u32) {
        let place = Place::new(self.short.len(), key.hash, slot);
        let Some(place) = place.filter(|_| key.is_short()) else {
            return self.learn_long(bytes.get(range).unwrap_or_default(), slot);
        };
        make_room(&mut self.short, 1);
        self.short.push(Short(key.words));
        let mut places = std::mem::take(&mut self.places);
        let hash_of =
            |place: Place| self.short.get(place.index()).map_or(0, |key| self.hash(&key.0));
        places.insert(key.hash, place, hash_of);
        self.places = places;
    }

    fn learn_long(&mut self, text: &[u8], slot: u32) {
        let start = self.bytes.len();
        make_room(&mut self.bytes, text.len());
        self.bytes.extend_from_slice(text);
        let Self { long, bytes, hasher, .. } = self;
        let hash_of =
            |key: &Long| hasher.hash_one(bytes.get(key.start..key.end).unwrap_or_default());
        let end = bytes.len();
        long.insert_unique(hasher.hash_one(text), Long { start, end, slot }, hash_of);
    }
}

/// As numbers, without a call of a function.
#[inline(always)]
fn is_same(one: &[u64; WORDS], other: &[u64; WORDS]) -> bool {
    one.iter().zip(other).fold(0, |all, (one, other)| all | (one ^ other)) == 0
}

/// The two halves of a product, which hang on all bits of both.
#[inline(always)]
fn fold(one: u64, other: u64) -> u64 {
    let product = u128::from(one) * u128::from(other);
    #[expect(clippy::cast_possible_truncation, reason = "the halves of it")]
    let halves = (product as u64, (product >> 64) as u64);
    halves.0 ^ halves.1
}

/// Bits of a hash that the table itself does not look at: those are the topmost
/// ones and the lowest.
#[inline(always)]
fn tag(hash: u64) -> u32 {
    let [_, _, _, _, tag, _, _, _] = hash.to_le_bytes();
    u32::from(tag)
}

/// The lowest bytes of some words, by their number.
const LOWEST: [[u64; WORDS]; SHORT + 1] = {
    let mut masks = [[0; WORDS]; SHORT + 1];
    let mut bytes = 1;
    while bytes <= SHORT {
        masks[bytes] = masks[bytes - 1];
        masks[bytes][(bytes - 1) / 8] = (masks[bytes - 1][(bytes - 1) / 8] << 8) | 0xff;
        bytes += 1;
    }
    masks
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_told_apart_whatever_their_length_and_what_is_behind() {
        let mut texts: Vec<String> = vec![String::new(), "\0".to_owned(), "\0\0".to_owned()];
        for length in 1..150 {
            texts.push("x".repeat(length));
            texts.push(format!("{}y", "x".repeat(length - 1)));
        }
        let mut keys = Keys::default();
        let with = |text: &str, behind: &str| {
            let mut bytes = b"..".to_vec();
            bytes.extend(text.bytes().chain(behind.bytes()));
            (bytes, 2..2 + text.len())
        };
        let mut in_vain = 0;
        for round in 0..2 {
            for (slot, text) in (0_u32..).zip(&texts) {
                for behind in [&"x".repeat(AT_ONCE), &"\0".repeat(AT_ONCE)] {
                    let (bytes, range) = with(text, behind);
                    let key = keys.text(&bytes, &range);
                    assert_eq!(key.is_short(), text.len() <= SHORT);
                    let known = keys.slot(&key, &bytes, range.clone());
                    assert_eq!(known.is_some(), round == 1 || behind.starts_with('\0'));
                    if known.is_none() {
                        keys.learn(&key, &bytes, range.clone(), slot);
                    }
                    assert_eq!(keys.slot(&key, &bytes, range), Some(slot));
                    // Now and then it is another one's place, never its slot.
                    let place = keys.place(&key);
                    let likely = place.and_then(|place| keys.slot_at(place, &key));
                    assert!(likely.is_none_or(|likely| likely == slot));
                    in_vain += usize::from(key.is_short() && likely.is_none());
                }
            }
        }
        assert!(in_vain * 10 < texts.len(), "{in_vain}");
    }

    #[test]
    fn a_key_is_one_line_of_the_processors_memory() {
        assert_eq!((size_of::<KeyText>(), size_of::<Short>()), (64, 64));
    }
}
