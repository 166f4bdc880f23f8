//! What the days and the user's choices make of an entry.

use chrono::NaiveDate;

use crate::model::{Mark, Window};
use crate::reconcile::Counting;

use super::Plan;

/// What the user's choices and the days make of an entry that is none of the
/// rejected and the duplicates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EarlyFate {
    Excluded,
    NotCounted,
    Counted(Window),
}

pub(super) fn fate_by_choice(
    plan: &Plan<'_>,
    date: NaiveDate,
    (approved, billable): (Mark, Mark),
) -> EarlyFate {
    let Some(window) = plan.period.window(date) else { return EarlyFate::Excluded };
    let left_out = |counting: Counting, mark: Mark| counting == Counting::Only && mark != Mark::Yes;
    if left_out(plan.approved, approved) || left_out(plan.billable, billable) {
        return EarlyFate::NotCounted;
    }
    EarlyFate::Counted(window)
}
