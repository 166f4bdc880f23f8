//! RULES.md in code, a file per chapter. Pure: no I/O, no clock, no threads,
//! and nothing of how an export is laid out.

mod assemble;
mod attribute;
mod catalogue;
mod cause;
mod convert;
mod duplicates;
mod mapping;
mod partial;
mod pool;
mod rules;
mod settle;
mod totals;

pub use assemble::{Assembled, assemble};
pub use attribute::{
    Attribution, AttributionRule, Attributor, KnownLineIds, NearestCandidates, Target,
    UnmatchedReason, accepts,
};
pub use cause::{Cause, Doubts, Evidence, Fit, Standing, UnitSums, exported_otherwise};
pub use convert::{Measure, convert};
pub use duplicates::{Carries, Version, VersionFate, judge_equal_rows, judge_versions};
pub use mapping::{MapRule, MapTarget, Mapped, MappedField, Mapping, NamePattern, TargetKind};
pub use partial::{Addend, ByUnit, Cell, ExactSum, PartialSums, Tally, value_and_hours};
pub use pool::{Serving, Share, allocate, servings, split_hours};
pub use rules::{
    Allocation, Counting, Growth, LockedOrders, ManualDelivery, OdooVersion, OnConflict, Overlap,
    ProductRule, Rounding, Rules, UpsellRule,
};
pub use settle::{
    DailySums, InvoiceStatus, KeyFate, Settled, Settlement, Status, Upsell, reached_on, settle,
};
pub use totals::{ControlTotals, Fates, control_totals};
