//! Which quotas run out soon (rules 6.4 and 6.11).

use chrono::{Days, NaiveDate};
use rayon::prelude::*;

use crate::model::{Book, Exact, LineIndex, Money};
use crate::reconcile::daily::{BurnDown, DailySums};
use crate::reconcile::rules::Rules;
use crate::reconcile::settle::{Quota, Settled, Status};

use super::{by_entries, remaining_value};

/// A row of near.csv: a quota that is near, or runs out within the horizon.
#[derive(Debug, Clone)]
pub struct Outlook {
    /// The quota, by its place among the settled ones.
    pub quota: usize,
    /// What is left.
    pub remaining: Exact,
    /// Its value at the net unit price.
    pub value: Option<Money>,
    /// What was used in the weeks that are looked at; `None` for what is recorded
    /// by hand.
    pub used: Option<Exact>,
    /// The days of these weeks.
    pub days: i64,
    /// Mean use in a week.
    pub per_week: Option<Exact>,
    /// The day on which the rest runs out at that rate.
    pub runs_out: Option<NaiveDate>,
    /// How it was drawn down, where a report shows it.
    pub burn_down: Option<BurnDown>,
    /// The same of a contract that is younger than the weeks that are looked
    /// at, over the days that it has been there.
    pub young: Option<Young>,
}

impl Outlook {
    /// The day on which the rest runs out at the faster of both rates.
    #[must_use]
    pub fn soonest(&self) -> Option<NaiveDate> {
        let young = self.young.as_ref().and_then(|young| young.runs_out);
        [self.runs_out, young].into_iter().flatten().min()
    }

    /// The young contract, where its own rate says the sooner day.
    #[must_use]
    pub fn sooner_by_its_own_days(&self) -> Option<&Young> {
        let own = |young: &&Young| young.runs_out.is_some() && young.runs_out == self.soonest();
        self.young.as_ref().filter(own).filter(|young| young.runs_out != self.runs_out)
    }
}

/// The use of a contract that began within the weeks that are looked at: their
/// mean counts days on which there was nothing to use.
#[derive(Debug, Clone)]
pub struct Young {
    /// The day on which it was ordered, or its first entry where that is
    /// earlier or no order has a date.
    pub begun: NaiveDate,
    /// The days since then, that one and the last one counted; a week at least.
    pub days: i64,
    /// Mean use in a week since then.
    pub per_week: Option<Exact>,
    /// The day on which the rest runs out at that rate.
    pub runs_out: Option<NaiveDate>,
}

/// A rate per week is of a week at least.
const LEAST_DAYS: i64 = 7;

/// The first day of the weeks whose mean use is taken.
#[must_use]
pub fn window_begins(rules: &Rules) -> NaiveDate {
    let days = u64::from(rules.forecast.weeks) * 7 - 1;
    let as_of = rules.period.as_of;
    as_of.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN)
}

/// Whether the entries of a quota are worth a look: it is near, or something is
/// left of it and it has entries in the weeks that are looked at. What was ever
/// delivered says no more: corrections of earlier days may hide what these weeks
/// used.
#[must_use]
pub fn is_worth_a_forecast(book: &Book, settled: &Settled, quota: &Quota, rules: &Rules) -> bool {
    if !by_entries(book, rules, &quota.lines) {
        return false;
    }
    match quota.status {
        Status::Near => true,
        Status::Ok => {
            let last = |line: &LineIndex| settled.settlements.get(line.0)?.last;
            let last = quota.lines.iter().filter_map(last).max();
            quota.remaining().is_positive() && last >= Some(window_begins(rules))
        }
        _ => false,
    }
}

/// The rows of near.csv, the soonest first; `used` is what was used of a quota
/// in the weeks that are looked at, in its unit; `days` are its entries, where a
/// report shows how it was drawn down.
#[must_use]
pub fn outlooks<'d>(
    book: &Book,
    settled: &Settled,
    rules: &Rules,
    used: impl Fn(usize) -> Exact + Sync,
    days: impl Fn(usize) -> Option<&'d DailySums> + Sync,
) -> Vec<Outlook> {
    let as_of = rules.period.as_of;
    let last_day = as_of.checked_add_days(Days::new(u64::from(rules.forecast.horizon)));
    let mut rows: Vec<Outlook> = settled
        .quotas
        .par_iter()
        .enumerate()
        .filter_map(|(at, quota)| {
            let looked_at = is_worth_a_forecast(book, settled, quota, rules);
            if quota.status != Status::Near && !looked_at {
                return None;
            }
            let remaining = quota.remaining();
            let used = Some(used(at)).filter(|_| looked_at);
            let window = i64::from(rules.forecast.weeks) * 7;
            let rate = |days| used.as_ref().and_then(|used| per_week(used, days));
            let end = |days| runs_out(&remaining, used.as_ref()?, days, as_of);
            let begun = begun(book, settled, quota).filter(|day| *day > window_begins(rules));
            let young = begun.filter(|_| looked_at).map(|begun| {
                let days = days_since(begun, as_of);
                Young { begun, days, per_week: rate(days), runs_out: end(days) }
            });
            let runs_out = end(window);
            let ends = [runs_out, young.as_ref().and_then(|young| young.runs_out)];
            let soon = |day: &NaiveDate| last_day.is_none_or(|last| *day <= last);
            if quota.status != Status::Near && !ends.iter().flatten().any(soon) {
                return None;
            }
            let lines = (quota.lines.as_slice(), &quota.measure, &quota.ordered);
            let days = days(at).filter(|_| looked_at);
            Some(Outlook {
                quota: at,
                burn_down: days.and_then(|days| BurnDown::new(book, lines, days, rules)),
                value: remaining_value(book, settled, &quota.lines),
                remaining,
                per_week: rate(window),
                days: window,
                used,
                runs_out,
                young,
            })
        })
        .collect();
    rows.sort_by_cached_key(|row| {
        let first = settled.quotas.get(row.quota).and_then(|quota| quota.lines.first());
        let order = first.map(|line| (book.order_of(*line).name.clone(), line.0));
        (row.soonest().is_none(), row.soonest(), order)
    });
    rows
}

/// Rule 6.11: the day in whose course the rest is used up; none without use.
fn runs_out(remaining: &Exact, used: &Exact, days: i64, as_of: NaiveDate) -> Option<NaiveDate> {
    if !used.is_positive() || !remaining.is_positive() {
        return None;
    }
    let left = (remaining * &Exact::from(days)).divided_by(used)?;
    let whole = left.rounded_away(&Exact::one()).nearest_whole()?;
    as_of.checked_add_days(Days::new(u64::try_from(whole).ok()?))
}

fn per_week(used: &Exact, days: i64) -> Option<Exact> {
    (used * &Exact::from(7)).divided_by(&Exact::from(days))
}

/// When a contract began: the first day on which one of its lines was ordered,
/// or its first entry where that is earlier or no order has a date. Without one,
/// adjustments may be of any time before.
fn begun(book: &Book, settled: &Settled, quota: &Quota) -> Option<NaiveDate> {
    let ordered = quota.lines.iter().filter_map(|line| book.order_of(*line).date).min();
    if ordered.is_none() && !quota.adjusted.is_zero() {
        return None;
    }
    let first = |line: &LineIndex| settled.settlements.get(line.0)?.first;
    quota.lines.iter().filter_map(first).chain(ordered).min()
}

fn days_since(begun: NaiveDate, as_of: NaiveDate) -> i64 {
    ((as_of - begun).num_days() + 1).max(LEAST_DAYS)
}
