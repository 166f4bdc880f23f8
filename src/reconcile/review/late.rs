//! Hours on a contract that had been renewed, or whose order is locked.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::diagnostics::Place;
use crate::model::{Book, EntryRow, LineIndex, Lock};
use crate::reconcile::amounts::{AmountId, Amounts};
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
    /// How much, among [`LateRows::amounts`].
    pub amount: AmountId,
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
    /// Pieces of rows, each with the number of those before it.
    pieces: Vec<(usize, Piece)>,
    places: Vec<Place>,
    employees: Vec<Box<str>>,
    known_employees: BTreeMap<Box<str>, u32>,
    amounts: Amounts,
}

/// Rows that were found together.
#[derive(Debug, Clone, Default)]
struct Piece {
    rows: Vec<Packed>,
    /// Ids and descriptions, one after the other.
    texts: String,
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
    amount: AmountId,
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
        let place = self.place(&entry.place);
        let employee = self.employee(&entry.text.employee);
        let amount = self.amounts.id(entry.unit, addend);
        if self.pieces.is_empty() {
            self.pieces.push((0, Piece::default()));
        }
        // One was put there if there was none.
        let Some((_, piece)) = self.pieces.last_mut() else { return };
        piece.rows.push(Packed {
            row: entry.place.row().unwrap_or_default(),
            texts: piece.texts.len(),
            id: short(entry.text.id.len()),
            date: entry.date,
            place,
            employee,
            amount,
            quota: short(on.quota),
            renewal: on.renewal.map_or(u32::MAX, |line| short(line.0)),
            reason: on.reason,
        });
        piece.texts.push_str(&entry.text.id);
        piece.texts.push_str(&entry.text.description);
    }

    /// Adds rows behind these.
    pub fn append(&mut self, other: Self) {
        let places: Vec<u32> = other.places.iter().map(|place| self.place(place)).collect();
        let employees: Vec<u32> = other.employees.iter().map(|name| self.employee(name)).collect();
        let amounts = other.amounts.as_slice().iter();
        let amounts: Vec<AmountId> =
            amounts.map(|(unit, addend)| self.amounts.id(*unit, *addend)).collect();
        let one_of = |all: &[u32], at: u32| all.get(at as usize).copied().unwrap_or(u32::MAX);
        for (_, mut piece) in other.pieces {
            for row in &mut piece.rows {
                row.place = one_of(&places, row.place);
                row.employee = one_of(&employees, row.employee);
                // Each row's is among them.
                row.amount = amounts.get(row.amount.index()).copied().unwrap_or(row.amount);
            }
            piece.rows.shrink_to_fit();
            piece.texts.shrink_to_fit();
            self.pieces.push((self.len(), piece));
        }
    }

    /// The file and sheet of rows that follow one another.
    fn place(&mut self, place: &Place) -> u32 {
        let is_same =
            |known: &Place| known.file() == place.file() && known.sheet() == place.sheet();
        if !self.places.last().is_some_and(is_same) {
            self.places.push(place.clone());
        }
        short(self.places.len() - 1)
    }

    fn employee(&mut self, name: &str) -> u32 {
        if let Some(known) = self.known_employees.get(name) {
            return *known;
        }
        let at = short(self.employees.len());
        self.employees.push(name.into());
        self.known_employees.insert(name.into(), at);
        at
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pieces.last().map_or(0, |(before, piece)| before + piece.rows.len())
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A row, by its place.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<LateRow<'_>> {
        let of = self.pieces.partition_point(|(before, _)| *before <= at).checked_sub(1)?;
        let (before, Piece { rows, texts }) = self.pieces.get(of)?;
        let at = at - before;
        let packed = rows.get(at)?;
        let end = rows.get(at + 1).map_or(texts.len(), |next| next.texts);
        let (id, description) =
            texts.get(packed.texts..end)?.split_at_checked(packed.id as usize)?;
        Some(LateRow {
            place: self.places.get(packed.place as usize)?,
            row: packed.row,
            id,
            date: packed.date,
            employee: self.employees.get(packed.employee as usize)?,
            description,
            amount: packed.amount,
            quota: packed.quota as usize,
            reason: packed.reason,
            renewal: (packed.renewal != u32::MAX).then_some(LineIndex(packed.renewal as usize)),
        })
    }

    /// The amounts that occur.
    #[must_use]
    pub fn amounts(&self) -> &Amounts {
        &self.amounts
    }
}

/// From which day an entry on a quota is late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LateSince {
    /// The day of the newer order, and its first line.
    pub renewal: Option<(NaiveDate, LineIndex)>,
    /// Of a locked order.
    pub locked: Option<LockedDays>,
}

/// On which days entries on a locked order are late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LockedDays {
    /// The first recent day that is not before the lock.
    pub first: NaiveDate,
    /// The last recent day.
    pub last: NaiveDate,
    /// What is known of the lock.
    pub lock: Lock,
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
        let locked = self.locked.map(|days| days.first);
        renewal.into_iter().chain(locked).min()
    }

    /// Late where it is so by each.
    fn by_each(all: impl Iterator<Item = Self>) -> Self {
        let both = |one: Self, other: Self| Self {
            renewal: one.renewal.zip(other.renewal).map(|(one, other)| one.max(other)),
            locked: one.locked.zip(other.locked).map(|(one, other)| LockedDays {
                first: one.first.max(other.first),
                last: one.last.min(other.last),
                lock: Lock::of_all([one.lock, other.lock]),
            }),
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
            let LockedDays { lock, .. } =
                self.locked.filter(|days| (days.first..=days.last).contains(&day))?;
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
    /// The first and the last recent day, where a lock means that an order is done.
    recent: Option<(NaiveDate, NaiveDate)>,
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
        // A credit, or an order of nothing, sells nothing that could be worked on.
        for quota in settled.quotas.iter().filter(|quota| quota.ordered.is_positive()) {
            let Some(line) = quota.lines.first().copied() else { continue };
            if let (Some(key), Some((first, _))) = (key(book, line), ordered_on(book, quota)) {
                by_product.entry(key).or_default().push((first, line));
            }
        }
        for orders in by_product.values_mut() {
            orders.sort_unstable();
        }
        let first = rules.period.from.unwrap_or_else(|| window_begins(rules));
        let recent = (first, rules.period.to.unwrap_or(rules.period.as_of));
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
        let locked = locked.map(|(recent, last_recent)| {
            let of_line = |line| self.locks.get(line).copied().unwrap_or_default();
            let lock = Lock::of_all(quota.lines.iter().map(of_line));
            let after_open = lock.last_open.and_then(|day| day.succ_opt());
            let first = after_open.map_or(recent, |day| day.max(recent));
            LockedDays { first, last: last_recent, lock }
        });
        let locked = locked.filter(|days| last >= days.first);
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
