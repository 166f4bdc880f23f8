//! Which entries may be in the inputs twice: a first look that may say yes too
//! often, but never no where two ids, or two rows without one, are equal.
//!
//! ERPs number their entries. A number takes one bit of a bitmap, so that
//! millions of ids fit where the processor reaches them at once; any other id,
//! and a number far from all others, takes eight bytes.

use std::hash::BuildHasher;
use std::sync::{Arc, Mutex, PoisonError};

use hashbrown::{HashMap, HashSet};
use rayon::prelude::*;

/// Hashes are only a first look, always followed by an exact one.
pub(super) type Hashes = foldhash::fast::FixedState;

/// How many beginnings of ids are told apart; the ids of others are hashed.
const MAX_PREFIXES: usize = 32;
/// Digits of a number; more do not fit.
const MAX_DIGITS: usize = 18;
/// Bits of a number within one page of a bitmap.
const PAGE_BITS: u32 = 16;
const PAGE_WORDS: usize = 1 << (PAGE_BITS - 6);
/// Pages that a set may always have: 2 MiB.
const FREE_PAGES: usize = 256;
/// Numbers that a page must hold on average beyond those: as much memory as
/// eight bytes for each.
const NUMBERS_PER_PAGE: usize = 1 << 10;
/// Parts that hashes are sorted in, by their topmost bits.
const BUCKETS: usize = 64;

/// What an entry is told by at first look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Print {
    /// The number in its id, and which beginning the id has.
    Number(u8, u64),
    /// The hash of its id, or of all that it says.
    Hash(u64),
}

/// Entries that are set aside.
pub(super) type Prints = HashSet<Print, Hashes>;

/// Beginnings of numbered ids, the same for all who look at one input.
#[derive(Debug, Clone, Default)]
pub(super) struct Prefixes(Arc<Mutex<Vec<Box<str>>>>);

impl Prefixes {
    /// The place of a beginning; the first ones that are met have one.
    fn place(&self, prefix: &str, own: &mut Vec<Box<str>>) -> Option<u8> {
        let place = |known: &[Box<str>]| known.iter().position(|known| **known == *prefix);
        let found = place(own).or_else(|| {
            if own.len() >= MAX_PREFIXES {
                return None;
            }
            let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if place(&all).is_none() && all.len() < MAX_PREFIXES {
                all.push(prefix.into());
            }
            own.clone_from(&all);
            place(own)
        });
        found.and_then(|place| u8::try_from(place).ok())
    }
}

/// The ids and rows that one worker has met.
#[derive(Debug)]
pub(super) struct Seen {
    prefixes: Prefixes,
    own: Vec<Box<str>>,
    /// The place of ids without any beginning.
    plain: Option<u8>,
    numbers: Vec<Numbers>,
    hashes: Vec<Vec<u64>>,
    /// Rows without an id: their hashes and files.
    contents: Vec<(u64, u32)>,
    /// Numbers met again.
    repeated: Vec<Print>,
    /// The numbers of late.
    span: Span,
}

/// The smallest and the largest of some numbers; none while the one is more than
/// the other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span(u64, u64);

impl Default for Span {
    fn default() -> Self {
        Self(u64::MAX, 0)
    }
}

impl Span {
    /// Whether one of some sorted numbers lies in between.
    pub(super) fn may_have(self, numbers: &[u64]) -> bool {
        let Self(first, last) = self;
        let at = numbers.partition_point(|number| *number < first);
        numbers.get(at).is_some_and(|number| *number <= last)
    }
}

impl Seen {
    pub(super) fn new(prefixes: &Prefixes) -> Self {
        Self {
            prefixes: prefixes.clone(),
            own: Vec::new(),
            plain: None,
            numbers: Vec::new(),
            hashes: vec![Vec::new(); BUCKETS],
            contents: Vec::new(),
            repeated: Vec::new(),
            span: Span::default(),
        }
    }

    /// Between which numbers those lie that were noted since this was asked.
    pub(super) fn take_span(&mut self) -> Span {
        std::mem::take(&mut self.span)
    }

    /// The print of an id that is a number and nothing else.
    #[inline(always)]
    pub(super) fn print_number(&mut self, number: u64) -> Option<Print> {
        if self.plain.is_none() {
            self.plain = self.prefixes.place("", &mut self.own);
        }
        self.plain.map(|place| Print::Number(place, number))
    }

    /// The print of an id that is trimmed and not blank.
    pub(super) fn print(&mut self, id: &str) -> Print {
        let numbered = numbered(id).and_then(|(prefix, number)| {
            Some(Print::Number(self.prefixes.place(prefix, &mut self.own)?, number))
        });
        numbered.unwrap_or_else(|| Print::Hash(Hashes::default().hash_one(id)))
    }

    /// Notes the print of an id.
    #[inline(always)]
    pub(super) fn note(&mut self, print: Print) {
        let (prefix, number) = match print {
            Print::Number(prefix, number) => (usize::from(prefix), number),
            Print::Hash(hash) => return self.push(hash),
        };
        self.span = Span(self.span.0.min(number), self.span.1.max(number));
        let is_new = match self.numbers.get_mut(prefix) {
            Some(numbers) => numbers.insert(number),
            None => self.insert_first(prefix, number),
        };
        if !is_new {
            self.repeated.push(print);
        }
    }

    /// Notes a number with a beginning that has had none.
    #[cold]
    fn insert_first(&mut self, prefix: usize, number: u64) -> bool {
        self.numbers.resize_with(prefix + 1, Numbers::default);
        self.numbers.get_mut(prefix).is_none_or(|numbers| numbers.insert(number))
    }

    fn push(&mut self, hash: u64) {
        let bucket = usize::try_from(hash >> 58).unwrap_or_default();
        if let Some(bucket) = self.hashes.get_mut(bucket) {
            bucket.push(hash);
        }
    }

    /// Notes a row without an id.
    pub(super) fn note_content(&mut self, hash: u64, file: u32) {
        self.contents.push((hash, file));
    }

    /// Prints of ids met more than once, and, where that makes them the same,
    /// of rows without an id that two files have.
    pub(super) fn repeated(all: Vec<Self>, rows_too: bool) -> Prints {
        let mut repeated = Prints::default();
        let mut contents: Vec<(u64, u32)> = Vec::new();
        let mut numbers: Vec<Vec<Numbers>> = Vec::new();
        let mut hashes: Vec<Vec<Vec<u64>>> = (0..BUCKETS).map(|_| Vec::new()).collect();
        for seen in all {
            repeated.extend(seen.repeated);
            if contents.is_empty() && rows_too {
                contents = seen.contents;
            } else if rows_too {
                contents.extend(seen.contents);
            }
            numbers.resize_with(numbers.len().max(seen.numbers.len()), Vec::new);
            for (all, own) in numbers.iter_mut().zip(seen.numbers) {
                all.push(own);
            }
            for (all, own) in hashes.iter_mut().zip(seen.hashes) {
                all.push(own);
            }
        }
        for (prefix, sets) in (0_u8..).zip(numbers) {
            repeated.extend(met_twice(sets).into_iter().map(|n| Print::Number(prefix, n)));
        }
        let of_ids: Vec<u64> = hashes
            .into_par_iter()
            .flat_map_iter(|parts| {
                let mut all = parts.into_iter().reduce(|mut all, part| {
                    all.extend(part);
                    all
                });
                let all = all.get_or_insert_default();
                all.sort_unstable();
                twins(all)
            })
            .collect();
        repeated.extend(of_ids.into_iter().map(Print::Hash));
        contents.par_sort_unstable();
        repeated.extend(
            contents
                .windows(2)
                .filter(|pair| pair[0].0 == pair[1].0 && pair[0].1 != pair[1].1)
                .map(|pair| Print::Hash(pair[0].0)),
        );
        repeated
    }
}

/// What stands in a sorted list more than once.
fn twins(sorted: &[u64]) -> Vec<u64> {
    sorted.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect()
}

/// The number that an id ends with and what stands before it, for ids of the
/// forms that many entries have: `123`, `TS-123`,
/// `__export__.account_analytic_line_123` and the same with eight letters and
/// digits behind it, which are not looked at: no two entries share a number.
fn numbered(id: &str) -> Option<(&str, u64)> {
    let bytes = id.as_bytes();
    let digits = |end: usize| {
        bytes.get(..end).unwrap_or_default().iter().rev().take_while(|b| b.is_ascii_digit()).count()
    };
    let mut end = bytes.len();
    let exported = id.starts_with("__export__.");
    if exported
        && let Some(at) = end.checked_sub(9)
        && bytes.get(at) == Some(&b'_')
        && let Some(suffix) = bytes.get(at + 1..)
        && suffix.iter().all(u8::is_ascii_alphanumeric)
        // Digits alone may be the number.
        && !suffix.iter().all(u8::is_ascii_digit)
        && digits(at) > 0
    {
        end = at;
    }
    let length = digits(end);
    if length == 0 || length > MAX_DIGITS {
        return None;
    }
    let (prefix, number) = id.get(..end)?.split_at_checked(end - length)?;
    // An id of several numbers is told by all of them.
    if !exported && prefix.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    number.parse().ok().map(|number| (prefix, number))
}

/// A set of numbers.
#[derive(Debug, Default)]
struct Numbers {
    /// Places of pages in `pages`, by the numbers' upper bits.
    index: HashMap<u64, usize, Hashes>,
    pages: Vec<Box<[u64; PAGE_WORDS]>>,
    last: Option<(u64, usize)>,
    /// Numbers in pages.
    count: usize,
    /// Numbers for which there was no page. A page may have come later.
    loose: Vec<u64>,
}

impl Numbers {
    /// False if the number is known to be in the set already.
    #[inline(always)]
    fn insert(&mut self, number: u64) -> bool {
        let upper = number >> PAGE_BITS;
        let place = match self.last {
            Some((known, place)) if known == upper => Some(place),
            _ => self.page(upper),
        };
        let Some(place) = place else {
            self.loose.push(number);
            return true;
        };
        self.last = Some((upper, place));
        let new = self.pages.get_mut(place).is_some_and(|page| set(page, number));
        self.count += usize::from(new);
        new
    }

    #[inline(never)]
    fn page(&mut self, upper: u64) -> Option<usize> {
        if let Some(place) = self.index.get(&upper) {
            return Some(*place);
        }
        let pages = self.pages.len();
        if pages >= FREE_PAGES && self.count < pages * NUMBERS_PER_PAGE {
            return None;
        }
        self.pages.push(Box::new([0; PAGE_WORDS]));
        self.index.insert(upper, pages);
        Some(pages)
    }
}

/// Sets a number's bit; false if it was set.
#[inline(always)]
fn set(page: &mut [u64; PAGE_WORDS], number: u64) -> bool {
    let within = usize::try_from(number & ((1 << PAGE_BITS) - 1)).unwrap_or_default();
    let Some(word) = page.get_mut(within / 64) else { return false };
    let bit = 1_u64 << (within % 64);
    let new = *word & bit == 0;
    *word |= bit;
    new
}

/// Numbers that are in two sets, or twice among those without a page.
fn met_twice(sets: Vec<Numbers>) -> Vec<u64> {
    let mut sets = sets.into_iter();
    let Some(mut all) = sets.next() else { return Vec::new() };
    let mut twice = Vec::new();
    for other in sets {
        all.loose.extend(other.loose);
        let mut pages: Vec<Option<Box<[u64; PAGE_WORDS]>>> =
            other.pages.into_iter().map(Some).collect();
        for (upper, place) in other.index {
            let Some(page) = pages.get_mut(place).and_then(Option::take) else { continue };
            match all.index.get(&upper).copied() {
                None => {
                    all.index.insert(upper, all.pages.len());
                    all.pages.push(page);
                }
                Some(own) => {
                    let Some(own) = all.pages.get_mut(own) else { continue };
                    for ((own, word), at) in own.iter_mut().zip(page.iter()).zip(0_u64..) {
                        let mut both = *own & word;
                        *own |= word;
                        while both != 0 {
                            let bit = u64::from(both.trailing_zeros());
                            twice.push((upper << PAGE_BITS) | (at * 64 + bit));
                            both &= both - 1;
                        }
                    }
                }
            }
        }
    }
    let mut loose = std::mem::take(&mut all.loose);
    loose.par_sort_unstable();
    twice.extend(twins(&loose));
    loose.dedup();
    for number in loose {
        let page = all.index.get(&(number >> PAGE_BITS)).and_then(|at| all.pages.get_mut(*at));
        if page.is_some_and(|page| !set(page, number)) {
            twice.push(number);
        }
    }
    twice
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repeated(workers: &[&[&str]]) -> Vec<Print> {
        let prefixes = Prefixes::default();
        let all = workers.iter().map(|ids| {
            let mut seen = Seen::new(&prefixes);
            for id in *ids {
                let print = seen.print(id);
                seen.note(print);
            }
            seen
        });
        let mut repeated: Vec<Print> = Seen::repeated(all.collect(), true).into_iter().collect();
        repeated.sort_unstable();
        repeated
    }

    #[test]
    fn an_id_met_twice_is_found_whoever_met_it() {
        let uuid = "6f1c2c1e-5bd0-4b6e-9d3f-0a7c2d9b4e11";
        assert_eq!(repeated(&[&["1", "2", "TS-1", "x", uuid]]), []);
        assert_eq!(repeated(&[&["1", "2", "1"]]).len(), 1);
        assert_eq!(repeated(&[&["1"], &["2", "1"]]).len(), 1);
        assert_eq!(repeated(&[&["TS-1"], &["1", "TS-1"]]).len(), 1);
        assert_eq!(repeated(&[&[uuid], &[uuid, "x"], &["x"]]).len(), 2);
    }

    #[test]
    fn numbers_without_a_page_are_found_as_well() {
        // Far apart, so that nearly all are without a page; twice each.
        let ids: Vec<String> = (0..2_000_u64).map(|n| (n * 1_000_003).to_string()).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        assert_eq!(repeated(&[&ids]), []);
        assert_eq!(repeated(&[&ids, &ids]).len(), 2_000);
        let both: Vec<&str> = ids.iter().chain(&ids).copied().collect();
        assert_eq!(repeated(&[&both]).len(), 2_000);
    }

    #[test]
    fn tells_an_id_by_its_number() {
        assert_eq!(numbered("123"), Some(("", 123)));
        assert_eq!(numbered("TS-00123"), Some(("TS-", 123)));
        let export = "__export__.account_analytic_line_";
        assert_eq!(numbered(&format!("{export}123")), Some((export, 123)));
        assert_eq!(numbered(&format!("{export}123_0a1b2c3d")), Some((export, 123)));
        assert_eq!(numbered("2026-1-7"), None);
        assert_eq!(numbered("9999999999999999999"), None);
        assert_eq!(numbered("x"), None);
    }
}
