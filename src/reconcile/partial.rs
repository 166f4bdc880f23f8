//! Partial sums: what a scan of timesheets leaves behind. Sums are exact, so
//! the order and grouping of merges never matter.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::model::{Exact, TimeReading, UnitId, UnitTable, seconds_in_unit};

use super::key_sums::KeySums;

/// Decimals of the fixed-point part of a sum.
const SCALE: u32 = 12;
/// Units of the fixed point in one.
const FIXED: i64 = 10_i64.pow(SCALE);

/// An exact sum of quantities of one unit.
///
/// Decimals add up as fixed-point integers; a quantity that stands for whole
/// seconds (rule 5.6) adds to a sum of seconds, which only becomes a fraction
/// of the unit at the end; what does not fit either is added as a rational.
///
/// ```
/// use drawdown::model::{Exact, UnitTable, read_time};
/// use drawdown::reconcile::ExactSum;
/// let hour = Exact::one();
/// let mut sum = ExactSum::default();
/// for _ in 0..3 {
///     let third = "0.3333333333333333".parse().unwrap();
///     sum.add(third, read_time(third, &hour));
/// }
/// // Rule 5.6: three entries of 0.3333333333333333 hours are one hour.
/// assert_eq!(sum.value(Some(&hour)), Exact::from(1));
/// ```
#[derive(Debug, Clone, Default)]
pub struct ExactSum {
    fixed: i64,
    seconds: i64,
    /// Rare, and kept elsewhere: there is a sum for every key.
    more: Option<Box<More>>,
}

/// What of a sum does not fit its integers.
#[derive(Debug, Clone, Default)]
struct More {
    fixed: i128,
    seconds: i128,
    wide: Option<Exact>,
}

/// A quantity in the form in which it is added to a sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Addend {
    /// So many units of the fixed point.
    Fixed(i64),
    /// So many seconds.
    Seconds(i64),
    /// What does not fit the fixed point.
    Wide(Decimal),
}

impl Addend {
    /// A quantity as it was read.
    #[must_use]
    pub fn new(written: Decimal, reading: TimeReading) -> Self {
        let value = match reading {
            TimeReading::AsWritten => written,
            TimeReading::TwelveDigits(decimal) => decimal,
            TimeReading::Seconds(seconds) => return Self::Seconds(seconds),
        };
        let value = if value.scale() > SCALE { value.normalize() } else { value };
        let fixed = SCALE
            .checked_sub(value.scale())
            .and_then(|shift| 10_i128.checked_pow(shift))
            .and_then(|power| value.mantissa().checked_mul(power))
            .and_then(|fixed| i64::try_from(fixed).ok());
        fixed.map_or(Self::Wide(value), Self::Fixed)
    }

    /// What it comes to, in its unit.
    #[must_use]
    pub fn value(self, unit: UnitId, units: &UnitTable) -> Exact {
        let mut sum = ExactSum::default();
        sum.add_addend(self);
        value_in(units, unit, &sum)
    }

    /// The same quantity as a decimal of its unit, if it is one: 1:30 and 1.5 hours
    /// are equal, however they were written.
    #[must_use]
    pub fn as_decimal(self, unit: UnitId, units: &UnitTable) -> Self {
        let fixed = || {
            let (Self::Seconds(_), Some(parts)) = (self, Parts::new(unit, units)) else {
                return None;
            };
            let count = parts.of_addend(self)?;
            let is_whole = count.checked_rem(parts.fixed)? == 0;
            i64::try_from(count.checked_div(parts.fixed)?).ok().filter(|_| is_whole)
        };
        fixed().map_or(self, Self::Fixed)
    }

    /// `mantissa × 10^-scale`, if that fits the fixed point.
    #[must_use]
    pub fn small(mantissa: i64, scale: u32) -> Option<Self> {
        let power = 10_i64.checked_pow(SCALE.checked_sub(scale)?)?;
        Some(Self::Fixed(mantissa.checked_mul(power)?))
    }
}

/// Equal parts of a unit of measure, of which decimals and seconds alike are
/// whole numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parts {
    /// In one of the unit.
    pub(super) whole: i64,
    fixed: i128,
    second: i128,
}

impl Parts {
    /// Those of a unit; `None` where integers of 64 bits do not do.
    pub(super) fn new(unit: UnitId, units: &UnitTable) -> Option<Self> {
        let Some(hours) = units.hours_in(unit) else {
            // No second is any of it.
            return Some(Self { whole: FIXED, fixed: 1, second: 0 });
        };
        let (hours, over) = hours.to_integers()?;
        // A second of 3600 in an hour is no decimal of it, but a ninth of one is.
        let fixed = hours.checked_mul(9)?;
        let second = i128::from(FIXED / 400) * i128::from(over);
        let whole = fixed.checked_mul(FIXED)?;
        Some(Self { whole, fixed: fixed.into(), second })
    }

    /// How many a sum is.
    pub(super) fn of_sum(self, sum: &ExactSum) -> Option<i128> {
        if sum.more.is_some() {
            return None;
        }
        let fixed = self.of_addend(Addend::Fixed(sum.fixed))?;
        fixed.checked_add(self.of_addend(Addend::Seconds(sum.seconds))?)
    }

    /// How many a quantity is.
    pub(super) fn of_addend(self, addend: Addend) -> Option<i128> {
        match addend {
            Addend::Fixed(units) => i128::from(units).checked_mul(self.fixed),
            Addend::Seconds(seconds) => i128::from(seconds).checked_mul(self.second),
            Addend::Wide(_) => None,
        }
    }
}

impl ExactSum {
    /// A sum of units of the fixed point, and of seconds.
    #[must_use]
    pub fn of(fixed: impl Into<i128>, seconds: impl Into<i128>) -> Self {
        let mut sum = Self::default();
        sum.add_fixed(fixed.into());
        sum.add_seconds(seconds.into());
        sum
    }

    /// Adds a quantity as it was read.
    pub fn add(&mut self, written: Decimal, reading: TimeReading) {
        self.add_addend(Addend::new(written, reading));
    }

    /// Adds a quantity.
    #[inline]
    pub fn add_addend(&mut self, addend: Addend) {
        match addend {
            Addend::Fixed(units) => self.add_fixed(i128::from(units)),
            Addend::Seconds(seconds) => self.add_seconds(i128::from(seconds)),
            Addend::Wide(value) => self.add_wide(&Exact::from(value)),
        }
    }

    #[inline]
    fn add_fixed(&mut self, units: i128) {
        match i64::try_from(i128::from(self.fixed) + units) {
            Ok(sum) => self.fixed = sum,
            // An i64 for each of at most 2^64 entries fits an i128.
            Err(_) => self.more().fixed += units,
        }
    }

    #[inline]
    fn add_seconds(&mut self, seconds: i128) {
        match i64::try_from(i128::from(self.seconds) + seconds) {
            Ok(sum) => self.seconds = sum,
            Err(_) => self.more().seconds += seconds,
        }
    }

    #[cold]
    fn more(&mut self) -> &mut More {
        self.more.get_or_insert_default()
    }

    /// All of the fixed point, and all seconds.
    fn integers(&self) -> (i128, i128) {
        let (fixed, seconds) = (i128::from(self.fixed), i128::from(self.seconds));
        self.more
            .as_ref()
            .map_or((fixed, seconds), |more| (fixed + more.fixed, seconds + more.seconds))
    }

    fn wide(&self) -> Option<&Exact> {
        self.more.as_ref()?.wide.as_ref()
    }

    /// Takes away a quantity that was added.
    pub fn take_addend(&mut self, addend: Addend) {
        match addend {
            Addend::Fixed(units) => self.add_fixed(-i128::from(units)),
            Addend::Seconds(seconds) => self.add_seconds(-i128::from(seconds)),
            Addend::Wide(value) => self.add_wide(&-Exact::from(value)),
        }
    }

    #[cold]
    fn add_wide(&mut self, value: &Exact) {
        let wide = &mut self.more().wide;
        let sum = wide.as_ref().map_or_else(|| value.clone(), |wide| wide + value);
        *wide = Some(sum).filter(|sum| !sum.is_zero());
    }

    /// Adds another sum of the same unit.
    pub fn merge(&mut self, other: &Self) {
        let (fixed, seconds) = other.integers();
        self.add_fixed(fixed);
        self.add_seconds(seconds);
        if let Some(wide) = other.wide() {
            self.add_wide(wide);
        }
    }

    /// The sum in its unit. `hours_in_unit` is how many hours one of the unit
    /// is, for a unit of time.
    #[must_use]
    pub fn value(&self, hours_in_unit: Option<&Exact>) -> Exact {
        let (fixed, seconds) = self.integers();
        let mut sum = Exact::decimal(fixed, SCALE);
        if seconds != 0
            && let Some(hours) = hours_in_unit
        {
            sum = &sum + &seconds_in_unit(&Exact::from(seconds), hours);
        }
        match self.wide() {
            Some(wide) => &sum + wide,
            None => sum,
        }
    }
}

/// However they were added up.
impl PartialEq for ExactSum {
    fn eq(&self, other: &Self) -> bool {
        self.integers() == other.integers() && self.wide() == other.wide()
    }
}

impl Eq for ExactSum {}

/// How many entries, and their exact sum.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Entries.
    pub count: u64,
    /// Their sum in one unit.
    pub sum: ExactSum,
}

impl Tally {
    /// Adds an entry.
    pub fn add(&mut self, written: Decimal, reading: TimeReading) {
        self.count += 1;
        self.sum.add(written, reading);
    }

    /// Adds an entry.
    #[inline]
    pub fn add_addend(&mut self, addend: Addend) {
        self.count += 1;
        self.sum.add_addend(addend);
    }

    /// Takes away an entry that was added.
    pub fn take_addend(&mut self, addend: Addend) {
        self.count = self.count.saturating_sub(1);
        self.sum.take_addend(addend);
    }

    /// Adds another tally of the same unit.
    pub fn merge(&mut self, other: &Self) {
        self.count += other.count;
        self.sum.merge(&other.sum);
    }
}

/// The entries of one key, unit and window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Their number and sum.
    pub tally: Tally,
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
}

impl Cell {
    /// A cell with nothing in it yet.
    #[must_use]
    pub fn on(day: NaiveDate) -> Self {
        Self { tally: Tally::default(), first: day, last: day }
    }

    /// Adds an entry.
    pub fn add(&mut self, day: NaiveDate, written: Decimal, reading: TimeReading) {
        self.tally.add(written, reading);
        self.first = self.first.min(day);
        self.last = self.last.max(day);
    }

    /// Adds an entry.
    #[inline]
    pub fn add_addend(&mut self, day: NaiveDate, addend: Addend) {
        self.tally.add_addend(addend);
        self.first = self.first.min(day);
        self.last = self.last.max(day);
    }

    /// Adds another cell of the same key, unit and window.
    pub fn merge(&mut self, other: &Self) {
        self.tally.merge(&other.tally);
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
    }
}

/// Tallies by unit of measure.
pub type ByUnit = BTreeMap<UnitId, Tally>;

/// What one scan, or a part of one, found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PartialSums {
    /// Rows that hold an entry, readable or not.
    pub rows: u64,
    /// Every readable entry, before its fate is known.
    pub read: ByUnit,
    /// Entries that are up for attribution.
    pub counted: KeySums,
    /// Entries outside the days that count.
    pub excluded: ByUnit,
    /// How many of the excluded are later than the as-of date.
    pub after_as_of: u64,
    /// Entries that the user chose not to count.
    pub not_counted: ByUnit,
    /// The same entries again.
    pub duplicates: ByUnit,
    /// Versions of an undecided conflict.
    pub conflicting: ByUnit,
    /// Rows that could not be read.
    pub unreadable: u64,
    /// Entries up for attribution that are marked as not approved.
    pub not_approved: ByUnit,
    /// Entries up for attribution that are marked as not billable.
    pub not_billable: ByUnit,
    /// Quantities taken for a binary float's print (rule 5.6).
    pub float_readings: u64,
}

/// Merges tallies by unit.
pub(super) fn merge_by_unit(into: &mut ByUnit, other: &ByUnit) {
    for (unit, tally) in other {
        into.entry(*unit).or_default().merge(tally);
    }
}

impl PartialSums {
    /// Adds the sums of another part of the scan.
    pub fn merge(&mut self, other: Self) {
        self.rows += other.rows;
        self.after_as_of += other.after_as_of;
        self.unreadable += other.unreadable;
        self.float_readings += other.float_readings;
        for (into, from) in [
            (&mut self.read, &other.read),
            (&mut self.excluded, &other.excluded),
            (&mut self.not_counted, &other.not_counted),
            (&mut self.duplicates, &other.duplicates),
            (&mut self.conflicting, &other.conflicting),
            (&mut self.not_approved, &other.not_approved),
            (&mut self.not_billable, &other.not_billable),
        ] {
            merge_by_unit(into, from);
        }
        self.counted.merge(other.counted);
    }
}

/// The exact value of a sum in its unit.
#[must_use]
pub fn value_in(units: &UnitTable, unit: UnitId, sum: &ExactSum) -> Exact {
    sum.value(units.hours_in(unit).as_ref())
}

/// The exact value of a tally in its unit, and in hours where it is time.
#[must_use]
pub fn value_and_hours(units: &UnitTable, unit: UnitId, sum: &ExactSum) -> (Exact, Exact) {
    let hours_in_unit = units.hours_in(unit);
    let value = sum.value(hours_in_unit.as_ref());
    let hours = hours_in_unit.map_or_else(Exact::zero, |hours| &value * &hours);
    (value, hours)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_past_its_fixed_point_goes_on_exactly() {
        let mut sum = ExactSum::default();
        let tiny = Decimal::from_str_exact("0.00000000000000000001").unwrap();
        let huge = Decimal::MAX;
        sum.add(tiny, TimeReading::AsWritten);
        sum.add(huge, TimeReading::AsWritten);
        sum.add(huge, TimeReading::AsWritten);
        let expected = Exact::from(tiny) + Exact::from(huge) + Exact::from(huge);
        assert_eq!(sum.value(None), expected);
        for addend in [Addend::Fixed(i64::MAX), Addend::Seconds(i64::MIN)] {
            let mut past = ExactSum::default();
            (0..3).for_each(|_| past.add_addend(addend));
            assert_ne!(past, ExactSum::default());
            (0..3).for_each(|_| past.take_addend(addend));
            assert_eq!(past, ExactSum::default());
            assert_eq!(past.value(Some(&Exact::one())), Exact::zero());
        }
        let mut twice = sum.clone();
        twice.merge(&sum);
        assert_eq!(twice.value(None), expected.clone() + expected);
    }
}
