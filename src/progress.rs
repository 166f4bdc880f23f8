//! How far a run has come, for whoever watches it. Nothing of it comes back:
//! what is watched and what is not give the same result.

use std::fmt::Debug;

/// A part of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Looks for files and at their headers.
    Find,
    /// Reads orders and products, and sums the timesheets.
    Sum,
    /// Attributes, converts and settles.
    Settle,
    /// Looks at single entries once more, and takes the digests of the inputs.
    Look,
    /// Writes the outputs.
    Write,
}

impl Stage {
    /// All of them, in the order of a run.
    pub const ALL: [Self; 5] = [Self::Find, Self::Sum, Self::Settle, Self::Look, Self::Write];

    /// Its name, in logs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Find => "find",
            Self::Sum => "sum",
            Self::Settle => "settle",
            Self::Look => "look",
            Self::Write => "write",
        }
    }
}

/// How much there is to do in a stage, as far as that is known before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extent {
    /// Files, or sheets of workbooks.
    pub files: u64,
    /// Their size on disk.
    pub bytes: u64,
}

/// Is told how far a run has come, by many threads at once.
pub trait Watch: Debug + Sync {
    /// A stage begins, and the one before it is over. The same stage may begin
    /// again: timesheets are summed twice where entries may be duplicates.
    fn begins(&self, stage: Stage, extent: Extent);
    /// So much of the stage's bytes and rows is done. Told a few times a
    /// megabyte, never per row.
    fn passed(&self, bytes: u64, rows: u64);
}

/// Nobody watches.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn begins(&self, _: Stage, _: Extent) {}
    fn passed(&self, _: u64, _: u64) {}
}
