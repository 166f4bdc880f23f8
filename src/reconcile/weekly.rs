//! Hours week by week, for charts: of the last weeks up to the as-of date.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

use crate::model::{Exact, LineIndex, UnitId, UnitTable};

use super::amounts::{SortedEntries, WaitingEntries};
use super::partial::{Addend, ExactSum, value_and_hours};
use super::settle::Status;

/// What hours of a week are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WeeklyOf {
    /// Order lines of a status.
    Status(Status),
    /// The quota whose first line this is.
    Quota(LineIndex),
}

/// Hours of the last [`Weekly::WEEKS`] weeks, from Monday to Sunday; the last one
/// has the as-of date in it.
#[derive(Debug, Clone, Default)]
pub struct Weekly {
    /// The Monday of the first week.
    first: NaiveDate,
    of_statuses: BTreeMap<Status, OfUnits>,
    /// The weeks of entries, by their quota's first line; thread by thread.
    of_quotas: Vec<SortedEntries<u8>>,
}

/// Entries of these weeks, as one thread meets them.
#[derive(Debug, Clone)]
pub struct WeeklyEntries {
    first: NaiveDate,
    of_statuses: BTreeMap<Status, OfUnits>,
    of_quotas: WaitingEntries<u8>,
}

/// The sums of each week, by unit: a few.
type OfUnits = Vec<(UnitId, Box<OfWeeks>)>;
type OfWeeks = [ExactSum; Weekly::WEEKS];

/// Adds an entry to the sums of its unit.
fn add_to(units: &mut OfUnits, week: usize, unit: UnitId, addend: Addend) {
    let of_week = weeks_of(units, unit).and_then(|weeks| weeks.get_mut(week));
    if let Some(sum) = of_week {
        sum.add_addend(addend);
    }
}

/// Those of a unit.
fn weeks_of(units: &mut OfUnits, unit: UnitId) -> Option<&mut OfWeeks> {
    let known = units.iter().position(|(known, _)| *known == unit);
    let at = known.unwrap_or_else(|| {
        units.push((unit, Box::default()));
        units.len() - 1
    });
    units.get_mut(at).map(|(_, weeks)| &mut **weeks)
}

impl WeeklyEntries {
    /// None yet, of the weeks up to a day.
    #[must_use]
    pub fn until(as_of: NaiveDate) -> Self {
        let (of_statuses, of_quotas) = (BTreeMap::new(), WaitingEntries::default());
        Self { first: Weekly::first_until(as_of), of_statuses, of_quotas }
    }

    /// Adds an entry; one that is older than the weeks adds nothing.
    pub fn add(&mut self, of: WeeklyOf, day: NaiveDate, unit: UnitId, addend: Addend) {
        let Some(week) = self.week(day) else { return };
        match of {
            WeeklyOf::Status(status) => {
                add_to(self.of_statuses.entry(status).or_default(), week, unit, addend);
            }
            WeeklyOf::Quota(LineIndex(line)) => {
                // There are fewer weeks than that.
                let Ok(week) = u8::try_from(week) else { return };
                self.of_quotas.push(line, week, (unit, addend));
            }
        }
    }

    /// Whether a day is in one of the weeks.
    #[must_use]
    pub fn has(&self, day: NaiveDate) -> bool {
        self.week(day).is_some()
    }

    fn week(&self, day: NaiveDate) -> Option<usize> {
        let days = usize::try_from((day - self.first).num_days()).ok()?;
        Some(days / 7).filter(|week| *week < Weekly::WEEKS)
    }
}

impl Weekly {
    /// How many weeks are looked at.
    pub const WEEKS: usize = 26;

    /// Of the weeks up to a day, whatever thread met which entry.
    #[must_use]
    pub fn of(as_of: NaiveDate, entries: impl IntoIterator<Item = WeeklyEntries>) -> Self {
        let mut weekly = Self { first: Self::first_until(as_of), ..Self::default() };
        for of_thread in entries {
            for (status, units) in of_thread.of_statuses {
                let own = weekly.of_statuses.entry(status).or_default();
                for (unit, added) in units {
                    let own = weeks_of(own, unit).into_iter().flatten();
                    own.zip(added.iter()).for_each(|(sum, added)| sum.merge(added));
                }
            }
            weekly.of_quotas.push(of_thread.of_quotas.sorted());
        }
        weekly
    }

    /// The first day of the weeks up to a day.
    #[must_use]
    pub fn first_until(as_of: NaiveDate) -> NaiveDate {
        let before = u64::from(as_of.weekday().num_days_from_monday());
        let days = Days::new(before + 7 * (Self::WEEKS as u64 - 1));
        as_of.checked_sub_days(days).unwrap_or(as_of)
    }

    /// The Mondays of the weeks.
    #[must_use]
    pub fn weeks(&self) -> Vec<NaiveDate> {
        let week = |at: usize| self.first.checked_add_days(Days::new(7 * at as u64));
        (0..Self::WEEKS).filter_map(week).collect()
    }

    /// The hours of each week; `None` where there is no entry in any. Quantities
    /// of no time category count none.
    #[must_use]
    pub fn hours(&self, of: WeeklyOf, units: &UnitTable) -> Option<Vec<Exact>> {
        let of_quota;
        let of_units = match of {
            WeeklyOf::Status(status) => self.of_statuses.get(&status)?,
            WeeklyOf::Quota(LineIndex(line)) => {
                of_quota = self.of_quota(line);
                &of_quota
            }
        };
        if of_units.is_empty() {
            return None;
        }
        let mut hours = vec![Exact::zero(); Self::WEEKS];
        for (unit, weeks) in of_units {
            for (of_week, sum) in hours.iter_mut().zip(weeks.iter()) {
                *of_week = &*of_week + &value_and_hours(units, *unit, sum).1;
            }
        }
        Some(hours)
    }

    /// The sums of a quota.
    fn of_quota(&self, line: usize) -> OfUnits {
        let mut units = OfUnits::new();
        let own = self.of_quotas.iter().flat_map(|of_thread| of_thread.of(line));
        for (week, unit, addend) in own {
            add_to(&mut units, usize::from(week), unit, addend);
        }
        units
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TimeReading;

    #[test]
    fn weeks_begin_on_monday_and_end_with_the_day() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let units = UnitTable::default();
        let hours = units.hours().unwrap();
        // A Tuesday.
        let as_of = day("2026-03-31");
        let weeks = Weekly::of(as_of, []).weeks();
        assert_eq!(weeks.len(), Weekly::WEEKS);
        assert_eq!((weeks[0], weeks[25]), (day("2025-10-06"), day("2026-03-30")));
        assert_eq!(Weekly::first_until(as_of), weeks[0]);
        let mut threads = [WeeklyEntries::until(as_of), WeeklyEntries::until(as_of)];
        let one = WeeklyOf::Status(Status::Ok);
        let other = WeeklyOf::Quota(LineIndex(0));
        let amount = Addend::new("1.5".parse().unwrap(), TimeReading::AsWritten);
        for (at, (of, on)) in [
            (one, "2025-10-05"),
            (one, "2025-10-06"),
            (one, "2025-10-12"),
            (one, "2026-03-31"),
            (other, "2026-03-29"),
            (other, "2026-03-29"),
        ]
        .into_iter()
        .enumerate()
        {
            threads[at % 2].add(of, day(on), hours, amount);
        }
        let weekly = Weekly::of(as_of, threads);
        let of_one = weekly.hours(one, &units).unwrap();
        assert_eq!((of_one[0].to_string(), of_one[25].to_string()), ("3".into(), "1.5".into()));
        assert_eq!(of_one.into_iter().sum::<Exact>().to_string(), "4.5");
        assert_eq!(weekly.hours(other, &units).unwrap()[24].to_string(), "3");
        assert_eq!(weekly.hours(WeeklyOf::Quota(LineIndex(1)), &units), None);
        assert_eq!(weekly.hours(WeeklyOf::Status(Status::Near), &units), None);
    }
}
