//! Which quotas run out soon (rules 6.4 and 6.11).

use chrono::{Days, NaiveDate};

use crate::model::{Book, Exact, Money};
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
    /// Mean use in a week; `None` for what is recorded by hand.
    pub per_week: Option<Exact>,
    /// The day on which the rest runs out at that rate.
    pub runs_out: Option<NaiveDate>,
    /// How it was drawn down, where a report shows it.
    pub burn_down: Option<BurnDown>,
}

/// The first day of the weeks whose mean use is taken.
#[must_use]
pub fn window_begins(rules: &Rules) -> NaiveDate {
    let days = u64::from(rules.forecast.weeks) * 7 - 1;
    let as_of = rules.period.as_of;
    as_of.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN)
}

/// Whether the entries of a quota are worth a look: it is near, or it would run
/// out within the horizon if all that was ever delivered had been in the weeks
/// that are looked at.
#[must_use]
pub fn is_worth_a_forecast(book: &Book, settled: &Settled, quota: &Quota, rules: &Rules) -> bool {
    let remaining = quota.remaining();
    if !remaining.is_positive() || !by_entries(book, rules, &quota.lines) {
        return false;
    }
    match quota.status {
        Status::Near => true,
        Status::Ok => {
            let last = quota.lines.iter().filter_map(|l| settled.settlements.get(l.0)?.last).max();
            let days = Exact::from(i64::from(rules.forecast.weeks) * 7);
            let horizon = Exact::from(i64::from(rules.forecast.horizon));
            last.is_some_and(|last| last >= window_begins(rules))
                && &remaining * &days <= &quota.delivered * &horizon
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
    used: impl Fn(usize) -> Exact,
    days: impl Fn(usize) -> Option<&'d DailySums>,
) -> Vec<Outlook> {
    let as_of = rules.period.as_of;
    let last_day = as_of.checked_add_days(Days::new(u64::from(rules.forecast.horizon)));
    let mut rows: Vec<Outlook> = settled
        .quotas
        .iter()
        .enumerate()
        .filter_map(|(at, quota)| {
            let looked_at = is_worth_a_forecast(book, settled, quota, rules);
            if quota.status != Status::Near && !looked_at {
                return None;
            }
            let remaining = quota.remaining();
            let used = Some(used(at)).filter(|_| looked_at);
            let runs_out = used.as_ref().and_then(|used| runs_out(&remaining, used, rules));
            let soon = runs_out.is_some_and(|day| last_day.is_none_or(|last| day <= last));
            if quota.status != Status::Near && !soon {
                return None;
            }
            let weeks = Exact::from(i64::from(rules.forecast.weeks));
            let lines = (quota.lines.as_slice(), &quota.measure, &quota.ordered);
            let days = days(at).filter(|_| looked_at);
            Some(Outlook {
                quota: at,
                burn_down: days.and_then(|days| BurnDown::new(book, lines, days, rules)),
                value: remaining_value(book, settled, &quota.lines),
                remaining,
                per_week: used.and_then(|used| used.divided_by(&weeks)),
                runs_out,
            })
        })
        .collect();
    rows.sort_by_cached_key(|row| {
        let first = settled.quotas.get(row.quota).and_then(|quota| quota.lines.first());
        let order = first.map(|line| (book.order_of(*line).name.clone(), line.0));
        (row.runs_out.is_none(), row.runs_out, order)
    });
    rows
}

/// Rule 6.11: the day in whose course the rest is used up; none without use.
fn runs_out(remaining: &Exact, used: &Exact, rules: &Rules) -> Option<NaiveDate> {
    if !used.is_positive() || !remaining.is_positive() {
        return None;
    }
    let days = Exact::from(i64::from(rules.forecast.weeks) * 7);
    let left = (remaining * &days).divided_by(used)?;
    let whole = left.rounded_away(&Exact::one()).nearest_whole()?;
    rules.period.as_of.checked_add_days(Days::new(u64::try_from(whole).ok()?))
}
