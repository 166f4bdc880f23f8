//! Hours on a contract that had been renewed, or whose order is locked.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::diagnostics::Place;
use crate::model::{Book, EntryRow, Exact, LineIndex, Lock, UnitId};
use crate::reconcile::partial::Addend;
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
#[derive(Debug, Clone, Copy)]
pub struct LateRow<'a> {
    /// The file and sheet of the entry.
    pub place: &'a Place,
    /// Its row.
    pub row: u64,
    /// Its id as exported.
    pub id: &'a str,
    /// Its day.
    pub date: NaiveDate,
    /// Who worked.
    pub employee: &'a str,
    /// What was done.
    pub description: &'a str,
    /// How much, by its place among [`LateRows::amounts`].
    pub amount: usize,
    /// The quota that it is booked on, by its place among the settled ones.
    pub quota: usize,
    /// Why it is listed.
    pub reason: LateReason,
    /// The first line of the newer contract.
    pub renewal: Option<LineIndex>,
}

/// What is said of a late entry beside the entry itself.
#[derive(Debug, Clone, Copy)]
pub struct LateOn {
    /// The quota that it is booked on, by its place among the settled ones.
    pub quota: usize,
    /// Why it is listed.
    pub reason: LateReason,
    /// The first line of the newer contract.
    pub renewal: Option<LineIndex>,
}

/// The rows of late.csv, in little room: there may be nearly as many as entries.
#[derive(Debug, Clone, Default)]
pub struct LateRows {
    rows: Vec<Packed>,
    /// Ids and descriptions, one after the other.
    texts: String,
    places: Vec<Place>,
    employees: Vec<Box<str>>,
    known_employees: BTreeMap<Box<str>, u32>,
    amounts: Vec<(Exact, UnitId)>,
    known_amounts: BTreeMap<(UnitId, Addend), u32>,
}

#[derive(Debug, Clone, Copy)]
struct Packed {
    row: u64,
    /// Where its texts begin.
    texts: usize,
    id: u32,
    date: NaiveDate,
    place: u32,
    employee: u32,
    amount: u32,
    quota: u32,
    renewal: u32,
    reason: LateReason,
}

/// No list in memory is as long as that.
fn short(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

impl LateRows {
    /// Adds an entry of so much.
    pub fn push(&mut self, entry: &EntryRow, addend: Addend, on: LateOn) {
        let place = &entry.place;
        let is_same =
            |known: &&Place| known.file() == place.file() && known.sheet() == place.sheet();
        if self.places.last().as_ref().is_none_or(|last| !is_same(last)) {
            self.places.push(place.clone());
        }
        let employees = short(self.employees.len());
        let employee = match self.known_employees.get(entry.text.employee.as_str()) {
            Some(known) => *known,
            None => {
                let name: Box<str> = entry.text.employee.as_str().into();
                self.employees.push(name.clone());
                *self.known_employees.entry(name).or_insert(employees)
            }
        };
        let amounts = &mut self.amounts;
        let amount = *self.known_amounts.entry((entry.unit, addend)).or_insert_with(|| {
            amounts.push((entry.amount.clone(), entry.unit));
            short(amounts.len() - 1)
        });
        self.rows.push(Packed {
            row: place.row().unwrap_or_default(),
            texts: self.texts.len(),
            id: short(entry.text.id.len()),
            date: entry.date,
            place: short(self.places.len() - 1),
            employee,
            amount,
            quota: short(on.quota),
            renewal: on.renewal.map_or(u32::MAX, |line| short(line.0)),
            reason: on.reason,
        });
        self.texts.push_str(&entry.text.id);
        self.texts.push_str(&entry.text.description);
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// A row, by its place.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<LateRow<'_>> {
        let packed = self.rows.get(at)?;
        let end = self.rows.get(at + 1).map_or(self.texts.len(), |next| next.texts);
        let (id, description) =
            self.texts.get(packed.texts..end)?.split_at_checked(packed.id as usize)?;
        Some(LateRow {
            place: self.places.get(packed.place as usize)?,
            row: packed.row,
            id,
            date: packed.date,
            employee: self.employees.get(packed.employee as usize)?,
            description,
            amount: packed.amount as usize,
            quota: packed.quota as usize,
            reason: packed.reason,
            renewal: (packed.renewal != u32::MAX).then_some(LineIndex(packed.renewal as usize)),
        })
    }

    /// The amounts that occur, exactly, each in its unit.
    #[must_use]
    pub fn amounts(&self) -> &[(Exact, UnitId)] {
        &self.amounts
    }
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

    /// The first day on which an entry is late.
    #[must_use]
    pub fn first_day(&self) -> Option<NaiveDate> {
        let renewal = self.renewal.map(|(first, _)| first);
        let locked = self.locked.map(|(first, _)| first);
        renewal.into_iter().chain(locked).min()
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
