//! Hours on a contract that had been renewed, or whose order is locked.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::model::{Book, EntryRow, LineIndex, Lock};
use crate::reconcile::rules::Rules;
use crate::reconcile::settle::{Quota, Settled, Status};

use super::contracts::key;
use super::forecast::window_begins;

/// Why an entry is late, the first that applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LateReason {
    /// A newer order of the customer sold the same product or pool by then.
    AfterRenewal,
    /// Its order had been locked before.
    AfterLock,
    /// Its order is locked or done, and the entry is recent; nobody knows
    /// whether it was there before the lock.
    OnLocked,
}

impl LateReason {
    /// The stable name, as late.csv writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AfterRenewal => "after_renewal",
            Self::AfterLock => "after_lock",
            Self::OnLocked => "on_locked",
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
    /// The first recent day that is not before the lock, of a locked order, and
    /// what is known of the lock.
    pub locked: Option<(NaiveDate, Lock)>,
}

impl LateSince {
    /// Whether no entry is late.
    #[must_use]
    pub fn is_never(&self) -> bool {
        self.renewal.is_none() && self.locked.is_none()
    }

    /// Late where it is so by each.
    fn by_each(all: impl Iterator<Item = Self>) -> Self {
        let both = |one: Self, other: Self| Self {
            renewal: one.renewal.zip(other.renewal).map(|(one, other)| one.max(other)),
            locked: one
                .locked
                .zip(other.locked)
                .map(|((one, own), (day, lock))| (one.max(day), Lock::of_all([own, lock]))),
        };
        all.reduce(both).unwrap_or_default()
    }

    /// Why an entry of a day is late.
    #[must_use]
    pub fn reason(&self, day: NaiveDate) -> Option<LateReason> {
        let since = |first: Option<NaiveDate>| first.is_some_and(|first| day >= first);
        if since(self.renewal.map(|(first, _)| first)) {
            Some(LateReason::AfterRenewal)
        } else {
            let (_, lock) = self.locked.filter(|(first, _)| day >= *first)?;
            let is_after = lock.first_locked.is_some_and(|locked| day > locked);
            Some(if is_after { LateReason::AfterLock } else { LateReason::OnLocked })
        }
    }
}

/// The orders that renew contracts: by customer and product or pool.
#[derive(Debug)]
pub struct Renewals<'a> {
    book: &'a Book,
    settled: &'a Settled,
    by_product: BTreeMap<(&'a str, &'a str), Vec<(NaiveDate, LineIndex)>>,
    /// The first recent day, where a lock means that an order is done.
    recent: Option<NaiveDate>,
    locks: &'a BTreeMap<LineIndex, Lock>,
}

impl<'a> Renewals<'a> {
    /// Looks through a settled book once. No export says when an order was
    /// locked: entries under review, or of the forecast's weeks where no period
    /// is, are recent, and `locks` are what earlier runs saw.
    /// `locks_mean_done`: not where a company locks all its orders.
    #[must_use]
    pub fn new(
        book: &'a Book,
        settled: &'a Settled,
        rules: &Rules,
        locks_mean_done: bool,
        locks: &'a BTreeMap<LineIndex, Lock>,
    ) -> Self {
        let mut by_product: BTreeMap<_, Vec<(NaiveDate, LineIndex)>> = BTreeMap::new();
        for quota in &settled.quotas {
            let Some(line) = quota.lines.first().copied() else { continue };
            if let (Some(key), Some((first, _))) = (key(book, line), ordered_on(book, quota)) {
                by_product.entry(key).or_default().push((first, line));
            }
        }
        for orders in by_product.values_mut() {
            orders.sort_unstable();
        }
        let recent = rules.period.from.unwrap_or_else(|| window_begins(rules));
        Self { book, settled, by_product, recent: Some(recent).filter(|_| locks_mean_done), locks }
    }

    /// From which day entries on a quota are late, or those that may be on any of
    /// several: on these they are late where they are on each.
    #[must_use]
    pub fn late_since(&self, quotas: &[&Quota]) -> LateSince {
        let of_lines = quotas.iter().flat_map(|quota| &quota.lines);
        let last = of_lines.filter_map(|line| self.settled.settlements.get(line.0)?.last).max();
        let Some(last) = last else { return LateSince::default() };
        LateSince::by_each(quotas.iter().map(|quota| self.of_quota(quota, last)))
    }

    /// The same of one; `last` is the last day of an entry.
    fn of_quota(&self, quota: &Quota, last: NaiveDate) -> LateSince {
        let Some(line) = quota.lines.first() else { return LateSince::default() };
        let newer = |own: NaiveDate| {
            let orders = self.by_product.get(&key(self.book, *line)?)?;
            let at = orders.partition_point(|(day, _)| *day <= own);
            orders.get(at).copied().filter(|(day, _)| *day <= last)
        };
        let renewal = ordered_on(self.book, quota).and_then(|(_, own)| newer(own));
        let locked = self.recent.filter(|_| quota.status == Status::Locked);
        let locked = locked.map(|recent| {
            let of_line = |line| self.locks.get(line).copied().unwrap_or_default();
            let lock = Lock::of_all(quota.lines.iter().map(of_line));
            let after_open = lock.last_open.and_then(|day| day.succ_opt());
            (after_open.map_or(recent, |day| day.max(recent)), lock)
        });
        let locked = locked.filter(|(first, _)| last >= *first);
        LateSince { renewal, locked }
    }
}

/// The first and the last day on which the lines of a quota were ordered, where
/// all of them are known.
fn ordered_on(book: &Book, quota: &Quota) -> Option<(NaiveDate, NaiveDate)> {
    let mut days: Option<(NaiveDate, NaiveDate)> = None;
    for line in &quota.lines {
        let day = book.order_of(*line).date?;
        days = Some(days.map_or((day, day), |(first, last)| (first.min(day), last.max(day))));
    }
    days
}
