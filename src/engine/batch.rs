//! Rows on their way to the sums. Keys lie far apart in memory: they are looked
//! up one after the other with nothing else between them, so that the processor
//! waits for many of them at once.

use std::ops::Range;

use super::memo::Said;
use super::seen::Print;

/// What a row is told from others by.
#[derive(Debug, Clone, Copy)]
pub(super) enum Mark {
    /// Its id.
    Id(Print),
    /// All that it says, of which this is the hash of its texts.
    Texts(u64),
}

/// A row all of whose cells are known, but perhaps for its key.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) said: Said,
    pub(super) mark: Mark,
    pub(super) key: KeyText,
    /// The slot of its key.
    pub(super) slot: Option<u32>,
}

/// The bytes of a key: where they are in the block, or among the gathered
/// texts, and their hash.
#[derive(Debug, Clone, Copy)]
pub(super) struct KeyText {
    pub(super) hash: u64,
    start: u32,
    end: u32,
}

impl KeyText {
    /// `None` in a block that is larger than any.
    #[inline]
    pub(super) fn new(hash: u64, range: &Range<usize>) -> Option<Self> {
        Some(Self {
            hash,
            start: u32::try_from(range.start).ok()?,
            end: u32::try_from(range.end).ok()?,
        })
    }

    #[inline]
    pub(super) fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Some rows that follow one another.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) rows: Vec<Known>,
    /// Keys whose cells are no neighbours.
    pub(super) gathered: Vec<u8>,
}

impl Batch {
    pub(super) fn clear(&mut self) {
        self.rows.clear();
        self.gathered.clear();
    }
}
