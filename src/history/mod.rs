//! What earlier runs knew of upsells, and what people decided about them: how
//! an upsell is recognised from run to run, how its history goes on, and how
//! the decisions in an earlier run's folder are read back.
//!
//! The state is `history.csv` in the output folder. It holds of every upsell
//! that was ever met what the last run said and what the run before it said,
//! so that a run that is repeated goes on from the same point. When orders were
//! locked stands in delivered.csv.

mod advance;
mod decisions;
mod earlier;
mod figures;
mod locks;
mod merge;
mod record;

pub use advance::{Advanced, Current, Known, advance};
pub use decisions::{DECISIONS, DecisionColumn, Decisions, UnreadText};
pub use earlier::{Earlier, RunId};
pub use figures::{RunFigures, UpsellFigures};
pub use locks::{SeenLocks, lock_after};
pub use record::{COLUMNS, Identity, Record, Standing};

/// The file that holds the state.
pub const HISTORY_CSV: &str = "history.csv";
