//! From the texts of a column to the order of day and month in it, and from one
//! of them to its day.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::super::column::{ahead, day, moment};
use super::cursor::{Cursor, narrow_with_spaces};
use super::{MAX_BYTES, keep};

/// Years that a date may have.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

/// Which of two numbers before a year is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateOrder {
    /// `24/11/2026`
    DayFirst,
    /// `11/24/2026`
    MonthFirst,
}

/// What the values of one column of dates allow.
///
/// ```
/// use drawdown::ingest::{DateDecision, DateEvidence, DateOrder};
/// let decide = |column: &[&str]| {
///     let mut evidence = DateEvidence::default();
///     column.iter().for_each(|text| evidence.add(text));
///     evidence.decide(None)
/// };
/// assert_eq!(decide(&["2026-03-04"]), DateDecision::Iso);
/// assert_eq!(decide(&["03/04/2026", "24/11/2026"]), DateDecision::Ordered(DateOrder::DayFirst));
/// assert_eq!(decide(&["03/04/2026", "11/24/2026"]), DateDecision::Ordered(DateOrder::MonthFirst));
/// assert_eq!(decide(&["03/04/2026"]), DateDecision::Ambiguous { example: "03/04/2026".into() });
/// ```
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct DateEvidence {
    /// A value that is a date only with its day first.
    day_first: Option<String>,
    /// A value that is a date only with its month first.
    month_first: Option<String>,
    /// A value that is one date or the other.
    doubtful: Option<String>,
    /// Whether any value is read by an order at all.
    ordered: bool,
}

/// How the dates of a column are to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateDecision {
    /// By [`read_date`] without an order: every date says itself what it is.
    Iso,
    /// By [`read_date`] with this order.
    Ordered(DateOrder),
    /// Not before the user says which number is the day.
    Ambiguous {
        /// A value that could be two dates.
        example: String,
    },
    /// Not at all: some dates have the day first, some the month.
    Contradictory {
        /// A value that is a date only with its day first.
        day_first: String,
        /// A value that is a date only with its month first.
        month_first: String,
    },
}

impl DateEvidence {
    /// Takes a value in. What is no date changes nothing, nor does one that
    /// says itself what it is.
    pub fn add(&mut self, text: &str) {
        let text = text.trim();
        let Some(written @ WrittenDate::Numbers { .. }) = WrittenDate::new(text) else { return };
        let slot = match (written.read(DateOrder::DayFirst), written.read(DateOrder::MonthFirst)) {
            (None, None) => return,
            (Some(_), None) => Some(&mut self.day_first),
            (None, Some(_)) => Some(&mut self.month_first),
            (Some(one), Some(other)) => (one != other).then_some(&mut self.doubtful),
        };
        if let Some(slot) = slot {
            keep(slot, text);
        }
        self.ordered = true;
    }

    /// Takes in what another part of the column showed.
    pub fn merge(&mut self, other: &Self) {
        for (slot, text) in [
            (&mut self.day_first, &other.day_first),
            (&mut self.month_first, &other.month_first),
            (&mut self.doubtful, &other.doubtful),
        ] {
            if let Some(text) = text {
                keep(slot, text);
            }
        }
        self.ordered |= other.ordered;
    }

    /// How to read the column. `chosen` is the user's word, which ends every
    /// doubt; cells that are no date by it have no reading.
    #[must_use]
    pub fn decide(&self, chosen: Option<DateOrder>) -> DateDecision {
        if !self.ordered {
            return DateDecision::Iso;
        }
        if let Some(order) = chosen {
            return DateDecision::Ordered(order);
        }
        match (&self.day_first, &self.month_first, &self.doubtful) {
            (Some(day_first), Some(month_first), _) => DateDecision::Contradictory {
                day_first: day_first.clone(),
                month_first: month_first.clone(),
            },
            // 03/03/2026 and its like alone read the same in both orders.
            (Some(_), None, _) | (None, None, None) => DateDecision::Ordered(DateOrder::DayFirst),
            (None, Some(_), _) => DateDecision::Ordered(DateOrder::MonthFirst),
            (None, None, Some(example)) => DateDecision::Ambiguous { example: example.clone() },
        }
    }
}

/// Reads a date, alone or with a time, of which the day is taken. Without an
/// order, only what says itself what it is: the year first, `24.11.2026`
/// (with dots the day is always first) or an English month name.
///
/// Years have four digits and are 1900 to 2200. A bare number is no date.
///
/// ```
/// use drawdown::ingest::{DateOrder, read_date};
/// let read = |text, order| read_date(text, order).map(|date| date.to_string());
/// assert_eq!(read("2026-11-24T10:00:00Z", None).as_deref(), Some("2026-11-24"));
/// assert_eq!(read("2026年11月24日", None).as_deref(), Some("2026-11-24"));
/// assert_eq!(read("24-Nov-2026", None).as_deref(), Some("2026-11-24"));
/// assert_eq!(read("3.4.2026", None).as_deref(), Some("2026-04-03"));
/// assert_eq!(read("3/4/2026 2:30 PM", Some(DateOrder::MonthFirst)).as_deref(), Some("2026-03-04"));
/// assert_eq!(read("3/4/2026", None), None);
/// assert_eq!(read("24.11.26", None), None);
/// assert_eq!(read("46350", None), None);
/// ```
#[must_use]
pub fn read_date(text: &str, order: Option<DateOrder>) -> Option<NaiveDate> {
    match (WrittenDate::new(text)?, order) {
        (WrittenDate::Known(date), _) => Some(date),
        (numbers, Some(order)) => numbers.read(order),
        (WrittenDate::Numbers { .. }, None) => None,
    }
}

/// Reads a date with its time of day, for comparing when two versions were
/// written: what [`read_date`] reads, in UTC where its zone is said, else as it
/// stands. Without a time it is the day's beginning.
///
/// ```
/// use drawdown::ingest::{DateOrder, read_moment};
/// let read = |text| read_moment(text, Some(DateOrder::DayFirst)).map(|moment| moment.to_string());
/// assert_eq!(read("3/4/2026 2:30 PM").as_deref(), Some("2026-04-03 14:30:00"));
/// assert_eq!(read("3.4.2026 00:30:00+01:00").as_deref(), Some("2026-04-02 23:30:00"));
/// assert_eq!(read("3 Apr 2026, 12:05 am").as_deref(), Some("2026-04-03 00:05:00"));
/// ```
#[must_use]
pub fn read_moment(text: &str, order: Option<DateOrder>) -> Option<NaiveDateTime> {
    let (date, since) = WrittenDate::with_time(text)?;
    let day = match (date, order) {
        (WrittenDate::Known(day), _) => day,
        (numbers, order) => numbers.read(order?)?,
    };
    day.and_time(NaiveTime::MIN).checked_add_signed(since)
}

/// A date as far as its text says.
#[derive(Debug, Clone, Copy)]
enum WrittenDate {
    Known(NaiveDate),
    /// A day and a month, or a month and a day.
    Numbers {
        first: u32,
        second: u32,
        year: u32,
    },
}

impl WrittenDate {
    fn new(text: &str) -> Option<Self> {
        Self::with_time(text).map(|(date, _)| date)
    }

    /// With what has passed since that day began, in UTC where a zone is said.
    fn with_time(text: &str) -> Option<(Self, TimeDelta)> {
        let text = text.trim();
        let plain = |text: &str| {
            let date = in_range(day(text)?)?;
            let since = moment(text)? - date.and_time(NaiveTime::MIN);
            Some((Self::Known(date), since))
        };
        if let Some(read) = plain(text) {
            return Some(read);
        }
        if text.len() > MAX_BYTES {
            return None;
        }
        let text = narrow_with_spaces(text);
        if let Some(read) = plain(&text) {
            return Some(read);
        }
        let mut rest = Cursor(&text);
        let written = if rest.0.starts_with(|c: char| c.is_ascii_alphabetic()) {
            Self::month_name_first(&mut rest)?
        } else {
            match rest.number()? {
                (year, 4) => Self::year_first(year, &mut rest)?,
                (first, 1 | 2) => Self::year_last(first, &mut rest)?,
                _ => return None,
            }
        };
        Some((written, time_or_nothing(rest)?))
    }

    fn known(year: u32, month: u32, day: u32) -> Option<Self> {
        date(year, month, day).map(Self::Known)
    }

    /// `2026年11月24日`, `2026/11/24`
    fn year_first(year: u32, rest: &mut Cursor<'_>) -> Option<Self> {
        if let Some(mark) = ['-', '/', '.'].into_iter().find(|mark| rest.eat(*mark)) {
            let month = rest.short()?;
            let day = rest.eat(mark).then(|| rest.short())??;
            return Self::known(year, month, day);
        }
        let sign = |rest: &mut Cursor<'_>, sign| {
            rest.spaces();
            rest.eat(sign).then_some(())
        };
        sign(rest, '年')?;
        rest.spaces();
        let month = rest.short()?;
        sign(rest, '月')?;
        rest.spaces();
        let day = rest.short()?;
        sign(rest, '日')?;
        Self::known(year, month, day)
    }

    /// `24/11/2026`, `24.11.2026`, `24-Nov-2026`, `24 November 2026`
    fn year_last(first: u32, rest: &mut Cursor<'_>) -> Option<Self> {
        let (mark, spaced) = separator(rest)?;
        if rest.0.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let month = month(rest.letters())?;
            comma_or_separator(rest)?;
            return Self::known(rest.exactly(4)?, month, first);
        }
        let second = rest.short()?;
        if spaced || !rest.eat(mark) {
            return None;
        }
        let year = rest.exactly(4)?;
        if mark == '.' {
            Self::known(year, second, first)
        } else {
            Some(Self::Numbers { first, second, year })
        }
    }

    /// `Nov 24, 2026`
    fn month_name_first(rest: &mut Cursor<'_>) -> Option<Self> {
        let month = month(rest.letters())?;
        separator(rest)?;
        let day = rest.short()?;
        comma_or_separator(rest)?;
        Self::known(rest.exactly(4)?, month, day)
    }

    fn read(self, order: DateOrder) -> Option<NaiveDate> {
        match (self, order) {
            (Self::Known(date), _) => Some(date),
            (Self::Numbers { first, second, year }, DateOrder::DayFirst) => {
                date(year, second, first)
            }
            (Self::Numbers { first, second, year }, DateOrder::MonthFirst) => {
                date(year, first, second)
            }
        }
    }
}

fn date(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day).and_then(in_range)
}

fn in_range(date: NaiveDate) -> Option<NaiveDate> {
    use chrono::Datelike;
    YEARS.contains(&date.year()).then_some(date)
}

/// What stands between the parts of a date, and whether there is a space.
fn separator(rest: &mut Cursor<'_>) -> Option<(char, bool)> {
    if let Some(mark) = ['-', '/'].into_iter().find(|mark| rest.eat(*mark)) {
        return Some((mark, false));
    }
    let point = rest.eat('.');
    let spaced = rest.spaces();
    (point || spaced).then_some((if point { '.' } else { ' ' }, spaced))
}

fn comma_or_separator(rest: &mut Cursor<'_>) -> Option<()> {
    if rest.eat(',') {
        rest.spaces();
        return Some(());
    }
    separator(rest).map(|_| ())
}

/// The English name of a month, whole or its first three letters.
fn month(name: &str) -> Option<u32> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let name = name.to_ascii_lowercase();
    let is = |full: &&str| {
        *full == name || full[..3] == name || (name == "sept" && full.starts_with("sept"))
    };
    (1..).zip(NAMES).find_map(|(month, full)| is(&full).then_some(month))
}

/// What a date ends with: nothing, or a time of day: `14:30`, `2:30:00 PM`,
/// `10:00:00.5+01:00`.
fn time_or_nothing(mut rest: Cursor<'_>) -> Option<TimeDelta> {
    if rest.0.is_empty() {
        return Some(TimeDelta::zero());
    }
    // A digit follows at once only behind 日.
    let comma = rest.eat(',');
    if !rest.spaces()
        && (comma || !rest.eat('T') && !rest.0.starts_with(|c: char| c.is_ascii_digit()))
    {
        return None;
    }
    time_of_day(rest)
}

fn time_of_day(mut rest: Cursor<'_>) -> Option<TimeDelta> {
    let below = |limit: u32| move |value: &u32| *value < limit;
    let hour = rest.short().filter(below(24))?;
    let minute = rest.eat(':').then(|| rest.exactly(2).filter(below(60)))??;
    let (mut second, mut nanos) = (0, 0);
    if rest.eat(':') {
        second = rest.exactly(2).filter(below(60))?;
        if rest.eat('.') {
            let digits = rest.take(u8::is_ascii_digit);
            if digits.is_empty() {
                return None;
            }
            let nine = digits.bytes().chain(std::iter::repeat(b'0')).take(9);
            nanos = nine.fold(0, |nanos, digit| nanos * 10 + i64::from(digit - b'0'));
        }
    }
    rest.spaces();
    let before_half = rest;
    let half = rest.letters().to_ascii_lowercase();
    let hour = match half.as_str() {
        "am" | "pm" if hour <= 12 => {
            rest.spaces();
            hour % 12 + if half == "pm" { 12 } else { 0 }
        }
        _ => {
            rest = before_half;
            hour
        }
    };
    let clock = i64::from(hour * 3600 + minute * 60 + second);
    Some(TimeDelta::seconds(clock) + TimeDelta::nanoseconds(nanos) - ahead(rest.0)?)
}

#[cfg(test)]
mod tests;
