//! Hours week by week, for charts: of the last weeks up to the as-of date.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

use crate::model::{Exact, LineIndex, UnitId, UnitTable};

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

/// Sums of the last [`Weekly::WEEKS`] weeks, from Monday to Sunday; the last one
/// has the as-of date in it.
#[derive(Debug, Clone, Default)]
pub struct Weekly {
    /// The Monday of the first week.
    first: NaiveDate,
    of_statuses: BTreeMap<Status, OfUnits>,
    /// By the index of the quota's first line: every entry comes here.
    of_quotas: Vec<OfUnits>,
}

/// The sums of each week, by unit: a few.
type OfUnits = Vec<(UnitId, Box<[ExactSum; Weekly::WEEKS]>)>;

impl Weekly {
    /// How many weeks are looked at.
    pub const WEEKS: usize = 26;

    /// Of the weeks up to a day.
    #[must_use]
    pub fn until(as_of: NaiveDate) -> Self {
        let before = u64::from(as_of.weekday().num_days_from_monday());
        let days = Days::new(before + 7 * (Self::WEEKS as u64 - 1));
        Self { first: as_of.checked_sub_days(days).unwrap_or(as_of), ..Self::default() }
    }

    /// The first day of the weeks.
    #[must_use]
    pub fn first(&self) -> NaiveDate {
        self.first
    }

    /// Adds an entry; one that is older than the weeks adds nothing.
    pub fn add(&mut self, of: WeeklyOf, day: NaiveDate, unit: UnitId, addend: Addend) {
        let Some(week) = self.week(day) else { return };
        let units = match of {
            WeeklyOf::Status(status) => self.of_statuses.entry(status).or_default(),
            WeeklyOf::Quota(LineIndex(line)) => {
                let missing = (line + 1).saturating_sub(self.of_quotas.len());
                self.of_quotas.extend(std::iter::repeat_with(OfUnits::new).take(missing));
                match self.of_quotas.get_mut(line) {
                    Some(units) => units,
                    None => return,
                }
            }
        };
        let known = units.iter().position(|(known, _)| *known == unit);
        let at = known.unwrap_or_else(|| {
            units.push((unit, Box::default()));
            units.len() - 1
        });
        if let Some(sum) = units.get_mut(at).and_then(|(_, weeks)| weeks.get_mut(week)) {
            sum.add_addend(addend);
        }
    }

    /// Whether a day is in one of the weeks.
    #[must_use]
    pub fn has(&self, day: NaiveDate) -> bool {
        self.week(day).is_some()
    }

    fn week(&self, day: NaiveDate) -> Option<usize> {
        let days = usize::try_from((day - self.first).num_days()).ok()?;
        Some(days / 7).filter(|week| *week < Self::WEEKS)
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
        let of_units = match of {
            WeeklyOf::Status(status) => self.of_statuses.get(&status),
            WeeklyOf::Quota(LineIndex(line)) => self.of_quotas.get(line),
        };
        let of_units = of_units.filter(|units| !units.is_empty())?;
        let mut hours = vec![Exact::zero(); Self::WEEKS];
        for (unit, weeks) in of_units {
            for (of_week, sum) in hours.iter_mut().zip(weeks.iter()) {
                *of_week = &*of_week + &value_and_hours(units, *unit, sum).1;
            }
        }
        Some(hours)
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
        let mut weekly = Weekly::until(day("2026-03-31"));
        assert_eq!(weekly.weeks().len(), Weekly::WEEKS);
        assert_eq!(weekly.weeks()[0], day("2025-10-06"));
        assert_eq!(weekly.weeks()[25], day("2026-03-30"));
        let one = WeeklyOf::Status(Status::Ok);
        let other = WeeklyOf::Quota(LineIndex(0));
        let amount = Addend::new("1.5".parse().unwrap(), TimeReading::AsWritten);
        for (of, on) in [
            (one, "2025-10-05"),
            (one, "2025-10-06"),
            (one, "2025-10-12"),
            (one, "2026-03-31"),
            (other, "2026-03-29"),
        ] {
            weekly.add(of, day(on), hours, amount);
        }
        let of_one = weekly.hours(one, &units).unwrap();
        assert_eq!((of_one[0].to_string(), of_one[25].to_string()), ("3".into(), "1.5".into()));
        assert_eq!(of_one.into_iter().sum::<Exact>().to_string(), "4.5");
        assert_eq!(weekly.hours(other, &units).unwrap()[24].to_string(), "1.5");
        assert_eq!(weekly.hours(WeeklyOf::Status(Status::Near), &units), None);
    }
}
