//! Scan and sum: the one place where every timesheet row is met. Knows no
//! rule of attribution or conversion, so that a second engine needs no second
//! rule.

mod batch;
mod blocks;
mod choice;
mod doubt;
mod embedded;
mod find;
mod hand;
mod log;
mod memo;
mod partial;
mod scan;
mod seen;
mod table;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::diagnostics::{Error, Fault};
use crate::ingest::{RowCounts, Sheet};
use crate::model::{EntryRow, Exact, Period, UnitId, UnitTable};
use crate::progress::Watch;
use crate::reconcile::{Addend, Counting, OnConflict, Overlap, PartialSums};

pub use embedded::Embedded;

/// What to scan, and which entries count.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    /// The timesheets.
    pub sheets: &'a [Sheet],
    /// The units of measure.
    pub units: &'a UnitTable,
    /// The days that count.
    pub period: Period,
    /// Whether only approved entries count.
    pub approved: Counting,
    /// Whether only billable entries count.
    pub billable: Counting,
    /// What decides between versions of one entry.
    pub on_conflict: OnConflict,
    /// What equal entries without an id in two files are.
    pub overlap: Overlap,
    /// Whether the scan draws up digests of the files that it reads.
    pub digests: bool,
    /// Who is told how far the scan has come.
    pub watch: &'a dyn Watch,
}

/// Rows that do not count because another row is the same entry: sheet in the
/// plan's order, and row.
pub type RowsOutOfPlay = BTreeSet<(usize, u64)>;

/// What a scan found.
#[derive(Debug, Default)]
pub struct Scan {
    /// The sums.
    pub sums: PartialSums,
    /// Rows that could not be read, changed entries, conflicts, suspicions;
    /// by place.
    pub faults: Vec<Fault>,
    /// The rows of each sheet of the plan.
    pub rows: Vec<RowCounts>,
    /// Rows that do not count; [`Engine::rows`] needs to know them.
    pub out_of_play: RowsOutOfPlay,
    /// Sheets, by their places in the plan, where a write date that matters may be
    /// two.
    pub write_dates_in_doubt: BTreeSet<usize>,
    /// The BLAKE3 digest and the size of each sheet's file, where the plan asks
    /// for it and the scan came by it.
    pub digests: Vec<Option<(String, u64)>>,
    /// What makes a second look faster.
    memory: find::Memory,
}

/// How large a piece of text a thread works on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// The smallest part of a file that is worth a thread.
    pub smallest_part: u64,
    /// The largest part that is read as one; 0 has everything read row by row.
    pub largest_part: u64,
    /// Bytes read at a time: as many as stay close to the processor.
    pub block: usize,
    /// Bytes that the notes of rows may take, some two or three each; rows that
    /// find no room are read again where a report asks for their entries.
    pub notes: usize,
}

impl Default for Sizes {
    fn default() -> Self {
        Self { smallest_part: 1 << 18, largest_part: 4 << 20, block: 1 << 16, notes: 1 << 29 }
    }
}

/// From which days on entries are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// Their amounts; [`NaiveDate::MAX`] for none.
    pub amounts: NaiveDate,
    /// Their rows; [`NaiveDate::MAX`] for none.
    pub texts: NaiveDate,
}

impl Days {
    /// No day.
    pub const NEVER: Self = Self { amounts: NaiveDate::MAX, texts: NaiveDate::MAX };

    /// Their amounts, on all days: key, day, quantity and unit.
    pub const AMOUNTS: Self = Self { amounts: NaiveDate::MIN, ..Self::NEVER };
    /// Their rows, on all days, and what a person reads of them.
    pub const TEXTS: Self = Self { texts: NaiveDate::MIN, ..Self::NEVER };

    /// These days, if they are wanted.
    #[must_use]
    pub fn when(self, are_wanted: bool) -> Self {
        if are_wanted { self } else { Self::NEVER }
    }

    /// The days on which one of both is wanted.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self { amounts: self.amounts.min(other.amounts), texts: self.texts.min(other.texts) }
    }
}

/// Says of the key at a place among the sums, and of a unit, on which days its
/// entries are wanted. Units of which nothing of the key was counted are taken
/// like its others.
pub type Wanted<'a> = dyn Fn(usize, UnitId) -> Days + Sync + 'a;

/// An entry that was wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The place of its key among the sums.
    pub key: usize,
    /// Its day.
    pub date: NaiveDate,
    /// Its unit.
    pub unit: UnitId,
    /// How much.
    pub addend: Addend,
    /// Its sheet in the plan's order, and its row, where it was read for this:
    /// of every entry that may be one of several versions.
    pub place: Option<(usize, u64)>,
    /// Where its text is wanted, its row.
    pub row: Option<Box<EntryRow>>,
}

impl Found {
    /// How much, in its unit.
    #[must_use]
    pub fn amount(&self, units: &UnitTable) -> Exact {
        self.addend.value(self.unit, units)
    }
}

/// What all threads together found of the entries that were wanted.
#[derive(Debug)]
pub struct Gathered<S, L> {
    /// The sums of each thread: which entry is in which depends on chance.
    pub sums: Vec<S>,
    /// What was listed, in pieces by sheet and row.
    pub lists: Vec<L>,
}

/// Scans timesheets.
///
/// The life of an engine in a run: [`sum`](Engine::sum) once, over everything;
/// the sums are judged elsewhere, key by key; then [`rows`](Engine::rows), for
/// the entries behind the keys that some report has to list. Memory follows
/// keys, and some three bytes an entry as long as there is room for them.
///
/// ```text
///   timesheets ──sum──▶ partial sums by (key, unit, window) ──▶ attribution
///   timesheets ──rows(wanted keys)──▶ entries with their places ──▶ reports
/// ```
///
/// Both give the same result for any number of threads.
pub trait Engine {
    /// Sums every entry under its key, unit and window.
    ///
    /// # Errors
    /// What makes a file unreadable. Faults of rows are part of the result.
    fn sum(&self, plan: &Plan<'_>) -> Result<Scan, Error>;

    /// Gives the counted entries whose key and unit are `wanted` to `visit`:
    /// those with a row by sheet and row, others in no order. `scan` is what
    /// [`sum`](Engine::sum) found. The plan is that of the sums, but may have
    /// other days, and let every mark count.
    ///
    /// # Errors
    /// What makes a file unreadable.
    fn rows(
        &self,
        plan: &Plan<'_>,
        scan: &Scan,
        wanted: &Wanted<'_>,
        visit: &mut dyn FnMut(Found),
    ) -> Result<(), Error>;

    /// The same by all threads at once, each of which has a `taker` take in what it
    /// finds. What stands in one list is by row, but that entries without a row
    /// come in no order.
    ///
    /// # Errors
    /// What makes a file unreadable.
    fn gather<T: Taker>(
        &self,
        plan: &Plan<'_>,
        scan: &Scan,
        wanted: &Wanted<'_>,
        taker: &T,
    ) -> Result<Gathered<T::Sums, T::List>, Error>;
}

/// Who takes entries in, thread by thread.
pub trait Taker: Sync {
    /// What a thread adds entries to.
    type Sums: Send;
    /// What it lists of the rows around them.
    type List: Default + Send;

    /// What a thread begins with.
    fn begin(&self) -> Self::Sums;

    /// Says which entries come next. What they lead to lies far apart in memory:
    /// where all of it is read in loops that do nothing else, it is waited for at
    /// once, and near when it is needed.
    fn call_for(&self, sums: &Self::Sums, next: &[Found]);

    /// Takes an entry in.
    fn take(&self, sums: &mut Self::Sums, list: &mut Self::List, found: Found);
}
