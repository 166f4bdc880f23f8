//! Rows on their way to the sums. Keys lie far apart in memory: they are looked
//! up one after the other with nothing else between them, so that the processor
//! waits for many of them at once.

use std::ops::Range;

use crate::model::UnitId;
use crate::reconcile::Addend;

use super::log::Code;
use super::memo::{KeyText, Place};
use super::seen::Print;
use super::table::Kind;

/// What a row is told from others by.
#[derive(Debug, Clone, Copy)]
pub(super) enum Mark {
    /// Its id.
    Id(Print),
    /// All that it says, of which this is the hash of its texts.
    Texts(u64),
}

/// What a row says but for its key: places in a [`Memo`](super::memo::Memo),
/// and its quantity.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said {
    pub(super) value: i64,
    pub(super) unit: UnitId,
    /// Of its day.
    pub(super) day: u16,
    /// How notes write its quantity.
    pub(super) code: Code,
    /// Of its marks.
    pub(super) marks: u8,
    pub(super) kind: Kind,
    pub(super) is_float: bool,
}

impl Said {
    /// Nothing but a unit so far.
    #[inline(always)]
    pub(super) fn of(unit: UnitId) -> Self {
        let (kind, code) = (Kind::Fixed, Code::NONE);
        Self { value: 0, unit, day: 0, code, marks: 0, kind, is_float: false }
    }

    #[inline]
    pub(super) fn addend(&self) -> Addend {
        match self.kind {
            Kind::Fixed => Addend::Fixed(self.value),
            Kind::Seconds => Addend::Seconds(self.value),
        }
    }
}

/// Some rows that follow one another, all of whose cells are known, but perhaps
/// for their keys.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) rows: Vec<Said>,
    pub(super) marks: Vec<Mark>,
    pub(super) keys: Vec<KeyText>,
    /// Where the bytes of keys are: in the rows' block, or gathered.
    pub(super) ranges: Vec<Range<usize>>,
    /// Keys whose cells are no neighbours.
    pub(super) gathered: Vec<u8>,
    /// Where the keys may be known.
    pub(super) places: Vec<Option<Place>>,
    /// The slots of keys.
    pub(super) slots: Vec<Option<u32>>,
}

impl Batch {
    pub(super) fn clear(&mut self) {
        self.rows.clear();
        self.marks.clear();
        self.keys.clear();
        self.ranges.clear();
        self.gathered.clear();
        self.places.clear();
        self.slots.clear();
    }
}
