//! Hours on a contract that had been renewed, or whose order is locked.

use chrono::NaiveDate;

use crate::model::{Book, EntryRow, LineIndex};
use crate::reconcile::rules::Rules;
use crate::reconcile::settle::{Quota, Settled, Status};

use super::contracts::CustomerContracts;
use super::forecast::window_begins;

/// Why an entry is late, the first that applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LateReason {
    /// A newer order of the customer sold the same product or pool by then.
    AfterRenewal,
    /// Its order is locked or done, and the entry is recent.
    AfterLock,
}

impl LateReason {
    /// The stable name, as late.csv writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AfterRenewal => "after_renewal",
            Self::AfterLock => "after_lock",
        }
    }
}

/// A row of late.csv.
#[derive(Debug, Clone)]
pub struct LateRow {
    /// The entry.
    pub entry: EntryRow,
    /// The quota that it is booked on, by its place among the settled ones.
    pub quota: usize,
    /// Why it is listed.
    pub reason: LateReason,
    /// The first line of the newer contract.
    pub renewal: Option<LineIndex>,
}

/// From which day an entry on a quota is late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LateSince {
    /// The day of the newer order, and its first line.
    pub renewal: Option<(NaiveDate, LineIndex)>,
    /// The first recent day, of a locked order.
    pub locked: Option<NaiveDate>,
}

impl LateSince {
    /// Whether no entry is late.
    #[must_use]
    pub fn is_never(&self) -> bool {
        self.renewal.is_none() && self.locked.is_none()
    }

    /// Why an entry of a day is late.
    #[must_use]
    pub fn reason(&self, day: NaiveDate) -> Option<LateReason> {
        let since = |first: Option<NaiveDate>| first.is_some_and(|first| day >= first);
        if since(self.renewal.map(|(first, _)| first)) {
            Some(LateReason::AfterRenewal)
        } else if since(self.locked) {
            Some(LateReason::AfterLock)
        } else {
            None
        }
    }
}

/// From which day entries on a quota are late. No export says when an order was
/// locked: entries under review, or of the forecast's weeks where no period is,
/// are recent. `locks_mean_done`: not where a company locks all its orders.
#[must_use]
pub fn late_since(
    book: &Book,
    settled: &Settled,
    quota: &Quota,
    contracts: &CustomerContracts<'_>,
    rules: &Rules,
    locks_mean_done: bool,
) -> LateSince {
    let ordered_on = |quota: &Quota| {
        let days = quota.lines.iter().map(|line| book.order_of(*line).date);
        days.collect::<Option<Vec<NaiveDate>>>()
    };
    let last = quota.lines.iter().filter_map(|l| settled.settlements.get(l.0)?.last).max();
    let (Some(last), Some(first_line)) = (last, quota.lines.first()) else {
        return LateSince::default();
    };
    let own = ordered_on(quota).and_then(|days| days.into_iter().max());
    let renewal = own.and_then(|own| {
        let newer = contracts.of(*first_line).filter_map(|(_, other)| {
            let day = ordered_on(other)?.into_iter().min()?;
            let line = *other.lines.first()?;
            (day > own && day <= last).then_some((day, line))
        });
        newer.min()
    });
    let recent = rules.period.from.unwrap_or_else(|| window_begins(rules));
    let is_locked = quota.status == Status::Locked && locks_mean_done;
    let locked = Some(recent).filter(|first| is_locked && last >= *first);
    LateSince { renewal, locked }
}
