//! RULES.md in code, a file per chapter. Pure: no I/O, no clock, and nothing of
//! how an export is laid out; threads only map lists, where their order cannot
//! show.

mod adjust;
mod amounts;
mod assemble;
mod attribute;
mod catalogue;
mod cause;
mod convert;
mod daily;
mod duplicates;
mod key_sums;
mod mapping;
mod merge;
mod partial;
mod pool;
mod review;
mod rules;
mod settle;
mod totals;
mod weekly;

pub use adjust::adjustments_of;
pub use amounts::{AmountId, Amounts, SortedEntries, WaitingEntries};
pub use assemble::{Assembled, assemble};
pub use attribute::{
    Attribution, AttributionRule, Attributor, KnownLineIds, NearestCandidates, Target,
    UnmatchedReason, accepts,
};
pub use cause::{
    Cause, Doubts, Evidence, Fit, MakeUp, PartOf, Standing, UnitSums, Witnesses, exported_otherwise,
};
pub use convert::{Measure, convert};
pub use daily::{BurnDown, DailySums, DrawnOn, DrawnPart, DrawnSum, drawn_through, reached_on};
pub use duplicates::{Carries, Version, VersionFate, judge_equal_rows, judge_versions};
pub use key_sums::{KeyCell, KeySums, KeySumsBuilder};
pub use mapping::{MapRule, MapTarget, Mapped, MappedField, Mapping, NamePattern, TargetKind};
pub use partial::{Addend, ByUnit, Cell, ExactSum, PartialSums, Tally, value_and_hours, value_in};
pub use pool::{Serving, Share, allocate, servings, split_hours};
pub use review::{
    Advice, AdviceKind, CustomerContracts, CustomerRow, Events, Finding, GivenAwayRow, Idle,
    InvoicingRow, LateOn, LateReason, LateRow, LateRows, LateSince, Outlook, Renewals, Review,
    UpdateRow, WithoutContractRow, advice, customer_rows, given_away, idle_contracts, invoicing,
    is_given_away, is_worth_a_forecast, outlooks, updates, window_begins, without_contract,
};
pub use rules::{
    Allocation, Counting, Forecast, Growth, LockedOrders, ManualDelivery, OdooVersion, OnConflict,
    Overlap, ProductRule, Rounding, Rules, UpsellRule,
};
pub use settle::{
    Fates as KeyFates, KeyFate, Quota, Settled, Settlement, Status, SumsByFate, Upsell, settle,
};
pub use totals::{ControlTotals, Fates, control_totals};
pub use weekly::{Weekly, WeeklyEntries, WeeklyOf};
