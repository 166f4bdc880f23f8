//! The rows of a block, on their way to the sums. Keys lie far apart in
//! memory: they are looked up one after the other with nothing else between
//! them, so that the processor waits for many of them at once.

use std::ops::Range;

use crate::ingest::spans::Span;

use super::hand::Told;
use super::log::Note;
use super::seen::Print;

/// What a row is told from others by.
#[derive(Debug, Clone, Copy)]
pub(super) enum Mark {
    /// Its id.
    Id(Print),
    /// All that it says, of which this is the hash of its texts.
    Texts(u64),
}

/// A row of a block.
#[derive(Debug, Clone)]
pub(super) enum Pending {
    /// Blank, or above the header.
    Nothing,
    /// A row that has to be read.
    Unread(Where),
    /// A row all of whose cells are known, but perhaps for its key.
    Known(Known),
    /// A row that was read.
    Noted(Note),
}

/// Where a row lies in its block, and which of its part's it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Where {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) number: u64,
}

#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) place: Where,
    pub(super) told: Told,
    pub(super) mark: Mark,
    /// The hash of its key's bytes.
    pub(super) hash: u64,
    /// Where these lie: in the block, or among the gathered texts.
    pub(super) key: Range<usize>,
    /// The slot of its key.
    pub(super) slot: Option<u32>,
}

impl Where {
    pub(super) fn of(span: &Span<'_>) -> Self {
        let Range { start, end } = span.range_of_row();
        Self { start, end, number: span.number }
    }
}

/// The rows of a block.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) rows: Vec<Pending>,
    /// Keys whose cells are no neighbours.
    pub(super) gathered: Vec<u8>,
}

impl Batch {
    pub(super) fn clear(&mut self) {
        self.rows.clear();
        self.gathered.clear();
    }

    pub(super) fn known(&mut self) -> impl Iterator<Item = &mut Known> {
        self.rows.iter_mut().filter_map(|row| match row {
            Pending::Known(known) => Some(known),
            _ => None,
        })
    }
}
