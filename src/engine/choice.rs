//! What the days and the user's choices make of an entry.

use chrono::NaiveDate;

use crate::model::{Mark, Marks, Window, WorkKind};
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

pub(super) fn fate_by_choice(plan: &Plan<'_>, date: NaiveDate, marks: Marks) -> EarlyFate {
    let Some(window) = plan.period.window(date) else { return EarlyFate::Excluded };
    if marks.work == WorkKind::Break || is_left_out(plan, marks) {
        return EarlyFate::NotCounted;
    }
    EarlyFate::Counted(window)
}

/// Whether the user's choice leaves out entries with these marks.
#[inline]
pub(super) fn is_left_out(plan: &Plan<'_>, marks: Marks) -> bool {
    let left_out = |counting: Counting, mark: Mark| counting == Counting::Only && mark != Mark::Yes;
    left_out(plan.approved, marks.approved) || left_out(plan.billable, marks.billable)
}
