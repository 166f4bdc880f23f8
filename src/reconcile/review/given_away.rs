//! Work on contracts that were already used up when it was done.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use rayon::prelude::*;

use crate::model::{Book, Currency, Exact, InvoicingPolicy, LineIndex, Name, UnitId, UnitTable};
use crate::reconcile::adjust::is_adjusted;
use crate::reconcile::convert::Measure;
use crate::reconcile::partial::{Addend, ExactSum, value_in};
use crate::reconcile::rules::{Allocation, Rules};
use crate::reconcile::settle::{Quota, Settled};

use super::by_entries;

/// The entries that drew one quota down, in no order.
#[derive(Debug, Clone, Default)]
pub struct Events {
    /// Their units, each with what makes the quota's unit of it.
    of: Vec<(UnitId, Exact)>,
    /// When, who, and how much of which of the units.
    entries: Vec<(NaiveDate, Arc<str>, u32, Addend)>,
}

impl Events {
    /// Adds an entry; `factor` makes the quota's unit of its unit.
    pub fn add(
        &mut self,
        (day, employee): (NaiveDate, Arc<str>),
        (unit, factor): (UnitId, &Exact),
        addend: Addend,
    ) {
        let of = self.of(unit, factor);
        self.entries.push((day, employee, of, addend));
    }

    fn of(&mut self, unit: UnitId, factor: &Exact) -> u32 {
        let known = self.of.iter().position(|of| of.0 == unit && of.1 == *factor);
        let at = known.unwrap_or_else(|| {
            self.of.push((unit, factor.clone()));
            self.of.len() - 1
        });
        // As many of them would not fit into memory.
        u32::try_from(at).unwrap_or(u32::MAX)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Adds what others are.
    pub fn append(&mut self, other: Self) {
        if self.entries.is_empty() {
            *self = other;
            return;
        }
        let of: Vec<u32> = other.of.iter().map(|(unit, factor)| self.of(*unit, factor)).collect();
        let entries = other.entries.into_iter().map(|(day, employee, at, addend)| {
            (day, employee, of.get(at as usize).copied().unwrap_or(u32::MAX), addend)
        });
        self.entries.extend(entries);
    }

    /// Exact sums by day and employee, in the quota's unit.
    fn sums(&self, units: &UnitTable) -> BTreeMap<(NaiveDate, &str), Exact> {
        let mut sums: BTreeMap<(NaiveDate, &str), Exact> = BTreeMap::new();
        let mut events: Vec<_> = self.entries.iter().collect();
        events.sort_unstable_by_key(|(day, employee, of, _)| (*day, &**employee, *of));
        for same in events.chunk_by(|a, b| (a.0, &a.1, a.2) == (b.0, &b.1, b.2)) {
            let mut sum = ExactSum::default();
            for (_, _, _, addend) in same {
                sum.add_addend(*addend);
            }
            let Some((day, employee, of, _)) = same.first() else { continue };
            if let Some((unit, factor)) = self.of.get(*of as usize) {
                let all = sums.entry((*day, &**employee)).or_default();
                *all = &*all + &(&value_in(units, *unit, &sum) * factor);
            }
        }
        sums
    }
}

/// A row of `given_away.csv`.
#[derive(Debug, Clone)]
pub struct GivenAwayRow {
    /// The first day of the month.
    pub month: NaiveDate,
    /// The customer; blank where the orders name none.
    pub customer: String,
    /// Who worked; `None` for adjustments.
    pub employee: Option<String>,
    /// Hours past the quota, exact.
    pub hours: Exact,
    /// Their value at the net price of the line that takes the excess, exact;
    /// `None` where no line has a price.
    pub value: Option<Exact>,
    /// Its currency.
    pub currency: Option<Currency>,
    /// The orders.
    pub orders: BTreeSet<String>,
}

/// Whether work on a quota was given away: it is drawn past what was ordered,
/// by entries, and the excess is not invoiced by delivery.
#[must_use]
pub fn is_given_away(book: &Book, quota: &Quota, rules: &Rules) -> bool {
    quota.remaining().is_negative()
        && !quota.ordered.is_negative()
        && by_entries(book, rules, &quota.lines)
        && taker(book, quota, rules)
            .is_some_and(|line| book.line(line).policy == Some(InvoicingPolicy::Ordered))
}

/// The line that the excess falls on (rule 3.5).
fn taker(book: &Book, quota: &Quota, rules: &Rules) -> Option<LineIndex> {
    let takes = |line: &&LineIndex| {
        book.line(**line).ordered.as_ref().is_some_and(|ordered| !ordered.is_negative())
    };
    let mut able = quota.lines.iter().filter(takes);
    match rules.allocation {
        Allocation::DrawDown => able.next_back().copied(),
        Allocation::FirstLine => able.next().copied(),
    }
}

/// Who a row is about: month, customer, employee or adjustments, currency,
/// whether there is a price.
type Group = (NaiveDate, Name, Option<Name>, String, bool);

/// The rows of `given_away.csv`, by month, customer and employee. Each quota is
/// drawn down day by day, on one day by the employees' names; an entry that
/// crosses it counts with the part past it. What a later correction brings back
/// is less given away in its own month, so that a quota's rows add up to its
/// excess, before the rounding of 5.2. `events` are by the place of the quota.
#[must_use]
pub fn given_away(
    book: &Book,
    settled: &Settled,
    rules: &Rules,
    events: &[Events],
) -> Vec<GivenAwayRow> {
    let mut rows: BTreeMap<Group, GivenAwayRow> = BTreeMap::new();
    let past: Vec<_> = settled
        .quotas
        .par_iter()
        .zip(events)
        // Adjustments alone can take a quota past what was ordered.
        .filter(|(quota, _)| is_given_away(book, quota, rules))
        .map(|(quota, events)| (quota, past_quota(book, quota, events)))
        .collect();
    for (quota, past) in past {
        let Some(line) = taker(book, quota, rules) else { continue };
        let (customer, line_of) = (book.order_of(line).customer.as_deref(), book.line(line));
        let in_line = Measure::of(line_of)
            .and_then(|own| own.factor_from_measure(&quota.measure, &book.units));
        let price = line_of.net_price.as_ref().zip(in_line).map(|(price, factor)| price * &factor);
        let per_unit = quota.measure.hours(&book.units).unwrap_or_default();
        let currency = line_of.currency.as_ref();
        for (day, employee, past) in past {
            let month = day.with_day(1).unwrap_or(day);
            let customer = customer.unwrap_or_default();
            let name = currency.map_or("", Currency::as_str).to_owned();
            let who = employee.as_deref().map(Name::new);
            let group = (month, Name::new(customer), who, name, price.is_some());
            let row = rows.entry(group).or_insert_with(|| GivenAwayRow {
                month,
                customer: customer.to_owned(),
                employee: employee.clone(),
                hours: Exact::zero(),
                value: price.as_ref().map(|_| Exact::zero()),
                currency: currency.cloned(),
                orders: BTreeSet::new(),
            });
            // One way to write a name is shown, whichever quota comes first.
            if customer < row.customer.as_str() {
                customer.clone_into(&mut row.customer);
            }
            row.employee = std::mem::take(&mut row.employee).min(employee);
            row.hours = &row.hours + &(&past * &per_unit);
            if let (Some(sum), Some(price)) = (&mut row.value, &price) {
                *sum = &*sum + &(&past * price);
            }
            row.orders.extend(quota.lines.iter().map(|line| book.order_of(*line).name.clone()));
        }
    }
    rows.into_values().collect()
}

/// By how much each event of a quota takes it further past what was ordered, or
/// less far.
fn past_quota(
    book: &Book,
    quota: &Quota,
    events: &Events,
) -> Vec<(NaiveDate, Option<String>, Exact)> {
    let mut all: BTreeMap<(NaiveDate, Option<&str>), Exact> = BTreeMap::new();
    for adjustment in book.adjustments.iter().filter(|a| is_adjusted(book, a.to, &quota.lines)) {
        if let Some(factor) = quota.factor_from(book, &adjustment.to.into(), adjustment.unit) {
            let sum = all.entry((adjustment.day, None)).or_default();
            *sum = &*sum + &(&adjustment.amount * &factor);
        }
    }
    for ((day, employee), amount) in events.sums(&book.units) {
        all.insert((day, Some(employee)), amount);
    }
    let mut drawn = Exact::zero();
    let mut past = Exact::zero();
    let mut found = Vec::new();
    for ((day, employee), amount) in all {
        drawn = &drawn + &amount;
        let now = (&drawn - &quota.ordered).max(Exact::zero());
        let more = &now - &past;
        past = now;
        if !more.is_zero() {
            found.push((day, employee.map(str::to_owned), more));
        }
    }
    found
}
