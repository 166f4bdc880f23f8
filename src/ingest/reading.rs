//! What the text of a column's cells means where one cell alone leaves a
//! doubt: `1,234` is read by what the other cells of its column show, and
//! `03/04/2026` too. Evidence is gathered over all of a column, in any order
//! and in parts; then it decides, or says what the user must tell.
//!
//! Nothing here guesses: what the column leaves in doubt has no reading.

use std::borrow::Cow;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::column::{day, number};

/// The longest text that is looked at, in bytes. A number of 28 full-width
/// digits with grouping, and a moment with a zone, are well below.
const MAX_BYTES: usize = 256;

/// Years that a date may have.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

/// Which mark parts the whole of a number from its fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DecimalMark {
    /// `1,234.5`, `1 234.5`, `1'234.5`
    Point,
    /// `1.234,5`, `1 234,5`, `1'234,5`
    Comma,
}

impl DecimalMark {
    const fn char(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }

    /// The mark that can only group.
    const fn other(self) -> char {
        match self {
            Self::Point => ',',
            Self::Comma => '.',
        }
    }
}

/// Which of two numbers before a year is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateOrder {
    /// `24/11/2026`
    DayFirst,
    /// `11/24/2026`
    MonthFirst,
}

/// What the values of one column of numbers allow.
///
/// ```
/// use drawdown::ingest::{DecimalMark, NumberDecision, NumberEvidence};
/// let decide = |column: &[&str]| {
///     let mut evidence = NumberEvidence::default();
///     column.iter().for_each(|text| evidence.add(text));
///     evidence.decide(None)
/// };
/// assert_eq!(decide(&["12.345", "7"]), NumberDecision::Plain);
/// assert_eq!(decide(&["12.345", "7,5"]), NumberDecision::Marked(DecimalMark::Comma));
/// assert_eq!(decide(&["1,234", "7.5"]), NumberDecision::Marked(DecimalMark::Point));
/// assert_eq!(decide(&["1,234", "7"]), NumberDecision::Ambiguous { example: "1,234".into() });
/// assert_eq!(
///     decide(&["1,5", "1.5"]),
///     NumberDecision::Contradictory { point: "1.5".into(), comma: "1,5".into() }
/// );
/// ```
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct NumberEvidence {
    /// A value that only a decimal point explains.
    point: Option<String>,
    /// A value that only a decimal comma explains.
    comma: Option<String>,
    /// A value like `1,234`: either mark explains it, in its own way.
    doubtful_comma: Option<String>,
    /// A value like `1.234-`, the same with a point.
    doubtful_point: Option<String>,
    /// A value like `1.234`, which is a plain number as long as nothing in the
    /// column speaks for a decimal comma.
    plain_point: Option<String>,
    /// Whether there is a number that [`number`] does not read.
    formatted: bool,
    /// What certainly groups digits somewhere in the column.
    groups: Groups,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Groups {
    comma: bool,
    point: bool,
    /// A space or an apostrophe.
    other: bool,
}

/// How the numbers of a column are to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NumberDecision {
    /// With a plain decimal point: [`number`] reads every cell that is a
    /// number at all.
    Plain,
    /// By [`read_number`] with this mark.
    Marked(DecimalMark),
    /// Not before the user says which mark is the decimal one.
    Ambiguous {
        /// A value that could be two numbers.
        example: String,
    },
    /// Not at all: the column is written in two ways. No cell of it may be
    /// read, not even a plain one, unless the user says how.
    Contradictory {
        /// A value that only a decimal point explains.
        point: String,
        /// A value that only a decimal comma explains.
        comma: String,
    },
}

impl NumberEvidence {
    /// Takes a value in. What is no number changes nothing.
    pub fn add(&mut self, text: &str) {
        let text = text.trim();
        if number(text).is_some() {
            self.add_plain(text);
            return;
        }
        let Some(written) = Written::new(text) else { return };
        let point = written.read(DecimalMark::Point);
        let comma = written.read(DecimalMark::Comma);
        let certain = match (point, comma) {
            (None, None) => return,
            (Some(reading), None) => {
                keep(&mut self.point, text);
                Some(reading)
            }
            (None, Some(reading)) => {
                keep(&mut self.comma, text);
                Some(reading)
            }
            (Some(point), Some(comma)) if point.value == comma.value => Some(point),
            (Some(point), Some(_)) => {
                keep(
                    if point.group == Some(',') {
                        &mut self.doubtful_comma
                    } else if number(&written.0).is_some() {
                        // Plain but for the width of its digits.
                        &mut self.plain_point
                    } else {
                        &mut self.doubtful_point
                    },
                    text,
                );
                None
            }
        };
        self.formatted = true;
        match certain.and_then(|reading| reading.group) {
            None => {}
            Some(',') => self.groups.comma = true,
            Some('.') => self.groups.point = true,
            Some(_) => self.groups.other = true,
        }
    }

    /// Takes in what [`number`] reads.
    fn add_plain(&mut self, text: &str) {
        let Some((whole, fraction)) = text.split_once('.') else { return };
        if fraction.is_empty() {
            // `5.`: nobody's way to write decimals. It proves nothing.
            return;
        }
        let whole = whole.trim_start_matches(['\'', '-', '+']);
        let like_a_group = (1..=3).contains(&whole.len())
            && !whole.starts_with('0')
            && fraction.len() == 3
            && fraction.bytes().all(|byte| byte.is_ascii_digit());
        keep(if like_a_group { &mut self.plain_point } else { &mut self.point }, text);
    }

    /// Takes in what another part of the column showed.
    pub fn merge(&mut self, other: &Self) {
        for (slot, text) in [
            (&mut self.point, &other.point),
            (&mut self.comma, &other.comma),
            (&mut self.doubtful_comma, &other.doubtful_comma),
            (&mut self.doubtful_point, &other.doubtful_point),
            (&mut self.plain_point, &other.plain_point),
        ] {
            if let Some(text) = text {
                keep(slot, text);
            }
        }
        self.formatted |= other.formatted;
        self.groups.comma |= other.groups.comma;
        self.groups.point |= other.groups.point;
        self.groups.other |= other.groups.other;
    }

    /// How to read the column. `chosen` is the user's word (`decimal = ","`),
    /// which ends every doubt; cells that it does not explain have no reading.
    ///
    /// One column groups in one way: where `1 234.5` shows that spaces group,
    /// `1,234` stays in doubt.
    #[must_use]
    pub fn decide(&self, chosen: Option<DecimalMark>) -> NumberDecision {
        let as_marked = |mark| match mark {
            DecimalMark::Point if !self.formatted => NumberDecision::Plain,
            mark => NumberDecision::Marked(mark),
        };
        if let Some(mark) = chosen {
            return as_marked(mark);
        }
        let (mark, doubtful) = match (&self.point, &self.comma) {
            (Some(point), Some(comma)) => {
                return NumberDecision::Contradictory {
                    point: point.clone(),
                    comma: comma.clone(),
                };
            }
            (Some(_), None) => {
                let odd = self.groups.other && !self.groups.comma;
                (DecimalMark::Point, self.doubtful_comma.as_ref().filter(|_| odd))
            }
            (None, Some(_)) => {
                let odd = self.groups.other && !self.groups.point;
                let with_point = self.doubtful_point.as_ref().or(self.plain_point.as_ref());
                (DecimalMark::Comma, with_point.filter(|_| odd))
            }
            (None, None) => {
                (DecimalMark::Point, self.doubtful_comma.as_ref().or(self.doubtful_point.as_ref()))
            }
        };
        match doubtful {
            Some(example) => NumberDecision::Ambiguous { example: example.clone() },
            None => as_marked(mark),
        }
    }
}

/// Keeps the shorter, then the lesser text: the same one in whatever order the
/// values come.
fn keep(slot: &mut Option<String>, text: &str) {
    match slot {
        Some(held) if (held.len(), held.as_str()) <= (text.len(), text) => {}
        Some(held) => {
            held.clear();
            held.push_str(text);
        }
        None => *slot = Some(text.to_owned()),
    }
}

/// Reads a number of a column whose decimal mark is decided: what [`number`]
/// reads, and also groups of three digits, a minus behind the number or
/// parentheses instead of one, and full-width digits. Never money signs.
///
/// ```
/// use drawdown::ingest::{DecimalMark::{Comma, Point}, read_number};
/// let read = |text, mark| read_number(text, mark).map(|number| number.to_string());
/// assert_eq!(read("1,234.50", Point).as_deref(), Some("1234.50"));
/// assert_eq!(read("1.234,50", Comma).as_deref(), Some("1234.50"));
/// assert_eq!(read("1 234,50-", Comma).as_deref(), Some("-1234.50"));
/// assert_eq!(read("(1'234)", Point).as_deref(), Some("-1234"));
/// assert_eq!(read("1,5", Point), None);
/// assert_eq!(read("12,34,567", Point), None); // groups of three only
/// assert_eq!(read("€ 5", Point), None);
/// ```
#[must_use]
pub fn read_number(text: &str, mark: DecimalMark) -> Option<Decimal> {
    if mark == DecimalMark::Point
        && let Some(value) = number(text)
    {
        return Some(value);
    }
    Some(Written::new(text)?.read(mark)?.value)
}

/// The text of a number: full-width characters narrowed, no guard before it.
struct Written<'t>(Cow<'t, str>);

/// A number, and what grouped its digits.
struct Reading {
    value: Decimal,
    group: Option<char>,
}

impl<'t> Written<'t> {
    fn new(text: &'t str) -> Option<Self> {
        let text = unguarded(text);
        let has_digit = |text: &str| text.contains(|c: char| narrowed(c).is_ascii_digit());
        (text.len() <= MAX_BYTES && has_digit(text)).then(|| Self(narrow(text)))
    }

    fn read(&self, mark: DecimalMark) -> Option<Reading> {
        let text = &*self.0;
        if text.contains(['e', 'E']) {
            // An exponent goes with a plain number only: with a point.
            let value =
                if mark == DecimalMark::Comma && text.contains('.') { None } else { number(text) };
            return value.map(|value| Reading { value, group: None });
        }
        let (negative, body) = if let Some(rest) = text.strip_prefix('(') {
            (true, rest.strip_suffix(')')?)
        } else if let Some(rest) = text.strip_prefix('-') {
            (true, rest)
        } else if let Some(rest) = text.strip_prefix('+') {
            (false, rest)
        } else if let Some(rest) = text.strip_suffix('-') {
            (true, rest)
        } else {
            (false, text)
        };
        let (whole, fraction) = match body.split_once(mark.char()) {
            Some((_, "")) => return None,
            Some(parts) => parts,
            None if body.is_empty() => return None,
            None => (body, ""),
        };
        if !all_digits(fraction) {
            return None;
        }
        let group = whole.chars().find(|c| !c.is_ascii_digit());
        let mut plain = String::with_capacity(text.len() + 2);
        if negative {
            plain.push('-');
        }
        match group {
            None => plain.push_str(whole),
            Some(group) => {
                if group != mark.other() && !GROUPING.contains(&group) {
                    return None;
                }
                for (at, digits) in whole.split(group).enumerate() {
                    let fits = match at {
                        0 => (1..=3).contains(&digits.len()) && !digits.starts_with('0'),
                        _ => digits.len() == 3,
                    };
                    if !fits || !all_digits(digits) {
                        return None;
                    }
                    plain.push_str(digits);
                }
            }
        }
        if !fraction.is_empty() {
            plain.push('.');
            plain.push_str(fraction);
        }
        Some(Reading { value: number(&plain)?, group })
    }
}

/// What groups digits whichever the decimal mark is: a space, the no-break and
/// the narrow no-break space, and both apostrophes.
const GROUPING: [char; 5] = [' ', '\u{a0}', '\u{202f}', '\'', '\u{2019}'];

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The text without spaces around it, and without the `'` by which a
/// spreadsheet is kept from computing what starts with a sign.
fn unguarded(text: &str) -> &str {
    let text = text.trim();
    text.strip_prefix('\'').filter(|rest| rest.starts_with(['-', '+'])).unwrap_or(text)
}

/// A full-width character as its usual twin, the minus sign as `-`. Nothing
/// else: compatibility forms would make `5²` into 52.
fn narrowed(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(c) - 0xff01 + u32::from('!')).unwrap_or(c)
        }
        '\u{2212}' => '-',
        _ => c,
    }
}

fn narrow(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { text.chars().map(narrowed).collect() }
}

/// The same, with every kind of space as a plain one.
fn narrow_with_spaces(text: &str) -> Cow<'_, str> {
    let space = |c| match c {
        '\u{a0}' | '\u{202f}' | '\u{3000}' => ' ',
        c => narrowed(c),
    };
    if text.is_ascii() { Cow::Borrowed(text) } else { text.chars().map(space).collect() }
}

/// Walks along a text.
#[derive(Clone, Copy)]
struct Cursor<'t>(&'t str);

impl<'t> Cursor<'t> {
    fn take(&mut self, of: impl Fn(&u8) -> bool) -> &'t str {
        // Only ASCII is taken, so this is a boundary.
        let length = self.0.bytes().take_while(|byte| byte.is_ascii() && of(byte)).count();
        let (taken, rest) = self.0.split_at(length);
        self.0 = rest;
        taken
    }

    /// All digits that follow: the number, and how many they are.
    fn number(&mut self) -> Option<(u32, usize)> {
        let digits = self.take(u8::is_ascii_digit);
        // Nine digits fit.
        (digits.len() <= 9).then(|| digits.parse().ok()).flatten().map(|n| (n, digits.len()))
    }

    /// A number of one or two digits.
    fn short(&mut self) -> Option<u32> {
        self.number().filter(|(_, length)| *length <= 2).map(|(value, _)| value)
    }

    /// A number of as many digits.
    fn exactly(&mut self, digits: usize) -> Option<u32> {
        self.number().filter(|(_, length)| *length == digits).map(|(value, _)| value)
    }

    fn eat(&mut self, c: char) -> bool {
        self.0.strip_prefix(c).is_some_and(|rest| {
            self.0 = rest;
            true
        })
    }

    fn spaces(&mut self) -> bool {
        !self.take(|byte| *byte == b' ').is_empty()
    }

    fn letters(&mut self) -> &'t str {
        self.take(u8::is_ascii_alphabetic)
    }
}

/// Reads a span of time, in seconds: `1:30` (hours and minutes), `01:30:00`,
/// `1h 30m`, `1h30`, `90 min`, `45s`, `PT1H30M`, each with a sign or without.
/// Whole seconds only.
///
/// ```
/// use drawdown::ingest::read_duration;
/// assert_eq!(read_duration("1:30"), Some(5400));
/// assert_eq!(read_duration("-26:30"), Some(-95_400));
/// assert_eq!(read_duration("1h 30m"), Some(5400));
/// assert_eq!(read_duration("PT90M"), Some(5400));
/// assert_eq!(read_duration("P1DT2H"), None); // a day of 8 or of 24 hours?
/// assert_eq!(read_duration("1:5"), None); // 1:05 or 1:50?
/// assert_eq!(read_duration("1.5"), None); // a number, not a duration
/// ```
#[must_use]
pub fn read_duration(text: &str) -> Option<i64> {
    let text = unguarded(text);
    if text.len() > MAX_BYTES {
        return None;
    }
    let text = narrow_with_spaces(text);
    let mut rest = Cursor(&text);
    let negative = rest.eat('-');
    if !negative {
        rest.eat('+');
    }
    let seconds = if rest.eat('P') {
        iso_seconds(rest)?
    } else if rest.0.contains(':') {
        clock_seconds(rest)?
    } else {
        unit_seconds(rest)?
    };
    Some(if negative { -seconds } else { seconds })
}

/// Hours, minutes and seconds: how many seconds one is.
const PARTS: [i64; 3] = [3600, 60, 1];

/// `1:30`, `01:30:00`
fn clock_seconds(mut rest: Cursor<'_>) -> Option<i64> {
    let (hours, _) = rest.number()?;
    let mut seconds = i64::from(hours) * 3600;
    for part in [60, 1] {
        if part == 1 && rest.0.is_empty() {
            break;
        }
        if !rest.eat(':') {
            return None;
        }
        seconds += part * i64::from(rest.exactly(2).filter(|value| *value < 60)?);
    }
    rest.0.is_empty().then_some(seconds)
}

/// A sum of parts, larger ones first, none twice.
#[derive(Default)]
struct Sum {
    seconds: i64,
    last: Option<i64>,
}

impl Sum {
    fn add(&mut self, value: u32, part: i64) -> Option<()> {
        // Behind hours there is no 90th minute.
        if self.last.is_some_and(|last| last <= part || value >= 60) {
            return None;
        }
        self.seconds += i64::from(value) * part;
        self.last = Some(part);
        Some(())
    }
}

/// `T1H30M`, what follows the `P`. A day is refused unless there are none of
/// them: it could be one of work.
fn iso_seconds(mut rest: Cursor<'_>) -> Option<i64> {
    let mut sum = Sum::default();
    if !rest.0.starts_with('T') {
        if rest.number()?.0 != 0 || !rest.eat('D') {
            return None;
        }
        if rest.0.is_empty() {
            return Some(0);
        }
    }
    if !rest.eat('T') {
        return None;
    }
    loop {
        let (value, _) = rest.number()?;
        let part = ['H', 'M', 'S'].into_iter().position(|letter| rest.eat(letter))?;
        sum.add(value, PARTS[part])?;
        if rest.0.is_empty() {
            return Some(sum.seconds);
        }
    }
}

/// `1h 30m`, `1h30`, `90 min`, `45s`
fn unit_seconds(mut rest: Cursor<'_>) -> Option<i64> {
    let mut sum = Sum::default();
    loop {
        let (value, digits) = rest.number()?;
        rest.spaces();
        let part = match rest.letters() {
            // `1h30`: two digits, for `1h5` could be five tenths.
            "" if rest.0.is_empty() && digits == 2 && sum.last == Some(3600) => 60,
            // Millions, or months.
            "M" if sum.last.is_none() => return None,
            unit => match unit.to_ascii_lowercase().as_str() {
                "h" | "hr" | "hrs" | "hour" | "hours" => 3600,
                "m" | "min" | "mins" | "minute" | "minutes" => 60,
                "s" | "sec" | "secs" | "second" | "seconds" => 1,
                _ => return None,
            },
        };
        sum.add(value, part)?;
        rest.spaces();
        if rest.0.is_empty() {
            return Some(sum.seconds);
        }
    }
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
        let text = text.trim();
        if let Some(date) = day(text) {
            return in_range(date).map(Self::Known);
        }
        if text.len() > MAX_BYTES {
            return None;
        }
        let text = narrow_with_spaces(text);
        if let Some(date) = day(&text) {
            return in_range(date).map(Self::Known);
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
        time_or_nothing(rest).then_some(written)
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

/// Whether a date ends here, or a time of day follows: `14:30`, `2:30:00 PM`,
/// `10:00:00.5+01:00`.
fn time_or_nothing(mut rest: Cursor<'_>) -> bool {
    if rest.0.is_empty() {
        return true;
    }
    // A digit follows at once only behind 日.
    let comma = rest.eat(',');
    if !rest.spaces()
        && (comma || !rest.eat('T') && !rest.0.starts_with(|c: char| c.is_ascii_digit()))
    {
        return false;
    }
    time_of_day(rest).is_some()
}

fn time_of_day(mut rest: Cursor<'_>) -> Option<()> {
    let below = |limit: u32| move |value: &u32| *value < limit;
    let hour = rest.short().filter(below(24))?;
    rest.eat(':').then(|| rest.exactly(2).filter(below(60)))??;
    if rest.eat(':') {
        rest.exactly(2).filter(below(60))?;
        if rest.eat('.') && rest.take(u8::is_ascii_digit).is_empty() {
            return None;
        }
    }
    rest.spaces();
    let before_half = rest;
    match rest.letters().to_ascii_lowercase().as_str() {
        "am" | "pm" if hour <= 12 => {
            rest.spaces();
        }
        _ => rest = before_half,
    }
    zone(rest)
}

/// Nothing, `Z`, `UTC`, `+01`, `+0100` or `+01:00`.
fn zone(mut rest: Cursor<'_>) -> Option<()> {
    if matches!(rest.0, "" | "Z" | "UTC" | "GMT") {
        return Some(());
    }
    (rest.eat('+') || rest.eat('-')).then_some(())?;
    let minutes = match rest.number()? {
        (hours, 2) if hours < 24 && rest.eat(':') => rest.exactly(2)?,
        (hours, 2) if hours < 24 => 0,
        (both, 4) if both / 100 < 24 => both % 100,
        _ => return None,
    };
    (minutes < 60 && rest.0.is_empty()).then_some(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::DateOrder::{DayFirst, MonthFirst};
    use super::DecimalMark::{Comma, Point};
    use super::*;

    fn numbers<T: AsRef<str>>(column: &[T]) -> NumberEvidence {
        let mut evidence = NumberEvidence::default();
        for text in column {
            evidence.add(text.as_ref());
        }
        evidence
    }

    fn decide(column: &[&str]) -> NumberDecision {
        numbers(column).decide(None)
    }

    fn ambiguous(example: &str) -> NumberDecision {
        NumberDecision::Ambiguous { example: example.into() }
    }

    fn dates<T: AsRef<str>>(column: &[T]) -> DateEvidence {
        let mut evidence = DateEvidence::default();
        for text in column {
            evidence.add(text.as_ref());
        }
        evidence
    }

    fn read(text: &str, mark: DecimalMark) -> Option<String> {
        read_number(text, mark).map(|number| number.to_string())
    }

    #[test]
    fn reads_every_style_of_number() {
        for (text, point, comma) in [
            ("1,234.50", Some("1234.50"), None),
            ("1.234,50", None, Some("1234.50")),
            ("1 234,50", None, Some("1234.50")),
            ("1\u{a0}234,50", None, Some("1234.50")),
            ("1\u{202f}234,50", None, Some("1234.50")),
            ("1 234.50", Some("1234.50"), None),
            ("1'234.50", Some("1234.50"), None),
            ("1’234.50", Some("1234.50"), None),
            ("1'234'567", Some("1234567"), Some("1234567")),
            ("１２３．５", Some("123.5"), None),
            ("１，２３４．５", Some("1234.5"), None),
            ("（５）", Some("-5"), Some("-5")),
            ("5-", Some("-5"), Some("-5")),
            ("1.234,50-", None, Some("-1234.50")),
            ("(5)", Some("-5"), Some("-5")),
            ("(1,234.5)", Some("-1234.5"), None),
            ("+5", Some("5"), Some("5")),
            ("+1,5", None, Some("1.5")),
            ("−2", Some("-2"), Some("-2")),
            ("'-2,5", None, Some("-2.5")),
            ("'-2.5", Some("-2.5"), None),
            ("1e3", Some("1000"), Some("1000")),
            ("1.5e3", Some("1500"), None),
            ("1,5e3", None, None),
            ("1,234e3", None, None),
            ("(1e3)", None, None),
            ("1e3-", None, None),
            ("1,234", Some("1234"), Some("1.234")),
            ("1.234", Some("1.234"), Some("1234")),
            ("1,23", None, Some("1.23")),
            ("1,2345", None, Some("1.2345")),
            ("1234,567", None, Some("1234.567")),
            ("1,234,567", Some("1234567"), None),
            ("1.234.567", None, Some("1234567")),
            ("1,234.5", Some("1234.5"), None),
            ("0,125", None, Some("0.125")),
            ("012,345", None, Some("12.345")),
            (",5", None, Some("0.5")),
            (".5", Some("0.5"), None),
            ("5.", Some("5"), None),
            ("  7,5 ", None, Some("7.5")),
        ] {
            assert_eq!(read(text, Point).as_deref(), point, "{text} with a point");
            assert_eq!(read(text, Comma).as_deref(), comma, "{text} with a comma");
        }
    }

    #[test]
    fn refuses_what_is_no_number() {
        for text in [
            "",
            " ",
            "-",
            "()",
            "(",
            ")",
            "(-5)",
            "-(5)",
            "-5-",
            "+5-",
            "--5",
            "- 5",
            "5 -",
            "( 5 )",
            "5,",
            "1,234.",
            "12,34,567",
            "1,23,456",
            "1,2,3",
            "1.2.3",
            "1,234,56",
            "1 23",
            "1 2",
            "1 234 56",
            "1 234,567 8",
            "1 234\u{a0}567",
            "1'234 567",
            "1'234’567",
            "0 123",
            "1,234 567",
            ",234,567",
            "1..5",
            "1,,5",
            "1.,5",
            "€5",
            "5 €",
            "$1,234.50",
            "5%",
            "abc",
            "1O",
            "٣",
            "5²",
            "①",
            "½",
            "1_000",
            "0x10",
            "NaN",
            "inf",
            "1:30",
            "'5",
            "1,5-6",
            "１２ｘ",
            "e5",
            "1e",
            "1e999",
        ] {
            assert_eq!(read(text, Point), None, "{text:?}");
            assert_eq!(read(text, Comma), None, "{text:?}");
            assert_eq!(numbers(&[text]), NumberEvidence::default(), "{text:?}");
        }
        let nines = "9".repeat(10_000);
        for text in
            [nines.clone(), format!("1,{nines}"), format!("({nines})"), "1,234".repeat(2_000)]
        {
            for mark in [Point, Comma] {
                assert_eq!(read_number(&text, mark), None);
            }
            assert_eq!(numbers(&[&text]), NumberEvidence::default());
        }
        assert_eq!(read("0,1234567890123456789012345678", Comma).map(|text| text.len()), Some(30));
        assert_eq!(read("0,12345678901234567890123456789", Comma), None); // 29 digits
    }

    #[test]
    fn a_column_decides_its_mark() {
        use NumberDecision::{Marked, Plain};
        for (column, expected) in [
            (&[][..], Plain),
            (&["abc", "", "1:30"], Plain),
            (&["5", "1.5", "-2", "1e3", "+4"], Plain),
            (&["12.345", "7"], Plain),
            (&["12.345", "7.25"], Plain),
            (&["12.345"], Plain),
            (&["1.234", "5."], Plain),
            (&["(5)", "7"], Marked(Point)),
            (&["(5)", "12.345"], Marked(Point)),
            (&["１２．３４５"], Marked(Point)),
            (&["1,23", "7"], Marked(Comma)),
            (&["12.345", "7,5"], Marked(Comma)),
            (&["12.345", "1.234.567"], Marked(Comma)),
            (&["0,125", "1.250"], Marked(Comma)),
            (&["1,234", "0,125"], Marked(Comma)),
            (&["1 234,50", "2 000"], Marked(Comma)),
            (&["1,234", "1,234,567"], Marked(Point)),
            (&["1,234", "1,234.5"], Marked(Point)),
            (&["1,234", "7.5"], Marked(Point)),
            (&["1.234-", "7.5"], Marked(Point)),
            (&["1.234-", "7,5"], Marked(Comma)),
            (&["1'234.50", "12"], Marked(Point)),
            (&["1 234", "12.345"], Marked(Point)),
            (&["1,234"], ambiguous("1,234")),
            (&["１，２３４"], ambiguous("１，２３４")),
            (&["1,234", "7", "abc"], ambiguous("1,234")),
            (&["1,234", "1.234"], ambiguous("1,234")),
            (&["1,234", "5."], ambiguous("1,234")),
            (&["1 234", "1,234"], ambiguous("1,234")),
            (&["1.234-", "12"], ambiguous("1.234-")),
            (&["(1.234)"], ambiguous("(1.234)")),
            // One column groups in one way.
            (&["1 234.5", "1,234"], ambiguous("1,234")),
            (&["1 234,5", "1.234"], ambiguous("1.234")),
            (&["1 234.5", "1,234", "1,234,567"], Marked(Point)),
            (&["1 234,5", "1.234", "1.234.567"], Marked(Comma)),
        ] {
            assert_eq!(decide(column), expected, "{column:?}");
        }
        let both = |point: &str, comma: &str| NumberDecision::Contradictory {
            point: point.into(),
            comma: comma.into(),
        };
        assert_eq!(decide(&["1,5", "1.5", "7"]), both("1.5", "1,5"));
        assert_eq!(decide(&["1.234.567", "1,234,567"]), both("1,234,567", "1.234.567"));
        assert_eq!(decide(&["0.25", "1.234,5"]), both("0.25", "1.234,5"));
    }

    #[test]
    fn the_user_s_word_ends_a_doubt() {
        for column in [&["1,234"][..], &["1,5", "1.5"], &["1 234.5", "1,234"]] {
            for mark in [Point, Comma] {
                assert_eq!(numbers(column).decide(Some(mark)), NumberDecision::Marked(mark));
            }
        }
        assert_eq!(numbers(&["1.234"]).decide(Some(Comma)), NumberDecision::Marked(Comma));
        assert_eq!(numbers(&["1.234"]).decide(Some(Point)), NumberDecision::Plain);
    }

    #[test]
    fn reads_every_style_of_duration() {
        for (text, seconds) in [
            ("1:30", 5400),
            ("01:30:00", 5400),
            ("1:30:45", 5445),
            ("-1:30", -5400),
            ("'-1:30", -5400),
            ("−1:30", -5400),
            ("+1:30", 5400),
            ("26:30", 95_400),
            ("0:00", 0),
            ("１：３０", 5400),
            ("1h 30m", 5400),
            ("1h30m", 5400),
            ("1h30", 5400),
            ("1H30", 5400),
            ("1H30M", 5400),
            ("1 h 30 min", 5400),
            ("1\u{a0}h\u{a0}30", 5400),
            ("-1h 30m", -5400),
            ("1 h", 3600),
            ("2 hours 5 minutes", 7500),
            ("90 min", 5400),
            ("90m", 5400),
            ("45s", 45),
            ("1h 45s", 3645),
            ("PT1H30M", 5400),
            ("PT90M", 5400),
            ("PT5400S", 5400),
            ("-PT1H", -3600),
            ("P0DT01H30M00S", 5400), // Django's
            ("P0D", 0),
        ] {
            assert_eq!(read_duration(text), Some(seconds), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_duration() {
        for text in [
            "",
            "-",
            "1",
            "1.5",
            "1,5",
            "90",
            "1:5",
            "1:60",
            "1:300",
            ":30",
            "1:",
            "1:30:",
            "1:30:60",
            "1:30:00:00",
            "1:30:00.5",
            "1 : 30",
            "(1:30)",
            "1:30-",
            "--1:30",
            "1:-30",
            "1:30 PM",
            "1h5",
            "1h60m",
            "1h 90m",
            "30m 1h",
            "1h 1h",
            "1h30x",
            "30 30",
            "m",
            "h",
            "90M",
            "1.5h",
            "1,5 h",
            "1 d",
            "1d 2h",
            "P",
            "PT",
            "P1D",
            "P1DT2H",
            "P0DT",
            "P1W",
            "P1M",
            "PT1H1H",
            "PT30M1H",
            "PT1.5H",
            "PT1",
            "P1H",
            "T1H",
            "1 day, 2:00:00",
            "²:30",
            "999999999999h",
        ] {
            assert_eq!(read_duration(text), None, "{text:?}");
        }
        for text in ["9".repeat(10_000) + ":30", "1:30".repeat(2_500), "1h".repeat(5_000)] {
            assert_eq!(read_duration(&text), None);
        }
    }

    #[test]
    fn durations_and_decimals_share_a_column() {
        let column = ["1:30", "7,5", "90 min", "2"];
        assert_eq!(decide(&column), NumberDecision::Marked(Comma));
        for text in column {
            assert!(read_number(text, Comma).is_some() != read_duration(text).is_some(), "{text}");
        }
        assert_eq!(decide(&["1:30", "1,234"]), ambiguous("1,234"));
    }

    #[test]
    fn dates_that_say_themselves_what_they_are() {
        for text in [
            "2026-11-24",
            " 2026-11-24 ",
            "2026-11-24 10:00",
            "2026-11-24T10:00:00Z",
            "2026-11-24T10:00:00.5+01:00",
            "2026-11-24 2:30 PM",
            "２０２６-１１-２４",
            "２０２６－１１－２４",
            "2026/11/24",
            "2026.11.24",
            "2026年11月24日",
            "２０２６年１１月２４日",
            "2026 年 11 月 24 日",
            "2026年11月24日 14:30",
            "2026年11月24日14:30",
            "24.11.2026",
            "24.11.2026 14:30",
            "24-Nov-2026",
            "24 Nov 2026",
            "24 november 2026",
            "24. November 2026",
            "24/NOV/2026",
            "Nov 24, 2026",
            "November 24 2026, 2:30 pm",
            "24 Nov 2026 14:30:00 UTC",
        ] {
            let expected = NaiveDate::from_ymd_opt(2026, 11, 24);
            for order in [None, Some(DayFirst), Some(MonthFirst)] {
                assert_eq!(read_date(text, order), expected, "{text}");
            }
            assert_eq!(dates(&[text]).decide(None), DateDecision::Iso, "{text}");
        }
        assert_eq!(read_date("3.4.2026", Some(MonthFirst)), NaiveDate::from_ymd_opt(2026, 4, 3));
        assert_eq!(read_date("2062-01-01", None), NaiveDate::from_ymd_opt(2062, 1, 1));
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in [
            "",
            "46350",
            "20261124",
            "2026",
            "11/2026",
            "24.11.26",
            "24/11/26",
            "26-11-24",
            "24-Nov-26",
            "2026-02-30",
            "30/02/2026",
            "31.04.2026",
            "11.24.2026",
            "24/13/2026",
            "0/1/2026",
            "24/11-2026",
            "24/11/02026",
            "024/11/2026",
            "24 11 2026",
            "24. 11. 2026",
            "24-Mai-2026",
            "24-No-2026",
            "24-November",
            "1899-12-31",
            "2201-01-01",
            "01/01/1899",
            "31.12.2201",
            "1899年12月31日",
            "2026年11月24",
            "2026年11月",
            "令和8年11月24日",
            "24/11/2026 25:00",
            "24/11/2026 14:30 PM",
            "24/11/2026 14",
            "24/11/2026 14:60",
            "24/11/2026x",
            "24/11/20261:00",
            "24/11/2026 10:00+1",
            "1:30",
            "24/11/2026 10:00+25:00",
            "24.11.2026.",
            "24/11/2026,",
            "²/11/2026",
            "1.5",
            "abc",
        ] {
            for order in [None, Some(DayFirst), Some(MonthFirst)] {
                assert_eq!(read_date(text, order), None, "{text:?}");
            }
            assert_eq!(dates(&[text]), DateEvidence::default(), "{text:?}");
        }
        assert_eq!(read_date(&"1/".repeat(5_000), Some(DayFirst)), None);
    }

    #[test]
    fn a_column_decides_its_order() {
        use DateDecision::{Iso, Ordered};
        let doubt = |example: &str| DateDecision::Ambiguous { example: example.into() };
        for (column, expected) in [
            (&[][..], Iso),
            (&["2026-03-04", "abc", "24.11.2026"], Iso),
            (&["03/04/2026", "24/11/2026"], Ordered(DayFirst)),
            (&["03-04-2026", "24-11-2026"], Ordered(DayFirst)),
            (&["03/04/2026", "11/24/2026 2:30 PM", "2026-03-04"], Ordered(MonthFirst)),
            (&["03/04/2026", "03/03/2026"], doubt("03/04/2026")),
            (&["3/4/2026", "03/04/2026"], doubt("3/4/2026")),
            // A date with dots says nothing about those with slashes.
            (&["03/04/2026", "24.11.2026"], doubt("03/04/2026")),
            (&["03/03/2026", "4-4-2026"], Ordered(DayFirst)),
            (
                &["24/11/2026", "11/24/2026", "03/04/2026"],
                DateDecision::Contradictory {
                    day_first: "24/11/2026".into(),
                    month_first: "11/24/2026".into(),
                },
            ),
        ] {
            assert_eq!(dates(column).decide(None), expected, "{column:?}");
        }
        for order in [DayFirst, MonthFirst] {
            assert_eq!(dates(&["03/04/2026"]).decide(Some(order)), Ordered(order));
            assert_eq!(dates(&["24/11/2026", "11/24/2026"]).decide(Some(order)), Ordered(order));
            assert_eq!(dates(&["2026-03-04"]).decide(Some(order)), Iso);
        }
        let april = NaiveDate::from_ymd_opt(2026, 4, 3);
        assert_eq!(read_date("03/04/2026", Some(DayFirst)), april);
        assert_eq!(read_date("04/03/2026 2:30:00 PM", Some(MonthFirst)), april);
        assert_eq!(read_date("4/3/2026, 2:30:00\u{202f}PM", Some(MonthFirst)), april);
        assert_eq!(read_date("０３／０４／２０２６", Some(DayFirst)), april);
        assert_eq!(read_date("24/11/2026", Some(MonthFirst)), None);
        assert_eq!(read_date("03/04/2026", None), None);
    }

    /// How a column writes its numbers.
    #[derive(Debug, Clone)]
    struct Style {
        mark: DecimalMark,
        group: Option<char>,
        minus: u8,
        wide: bool,
    }

    impl Style {
        fn print(&self, value: Decimal) -> String {
            let plain = value.abs().to_string();
            let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
            let mut text = String::new();
            for (at, digit) in whole.chars().enumerate() {
                if at > 0 && (whole.len() - at).is_multiple_of(3) {
                    text.extend(self.group);
                }
                text.push(digit);
            }
            if !fraction.is_empty() {
                text.push(self.mark.char());
                text.push_str(fraction);
            }
            if value.is_sign_negative() {
                text = match self.minus {
                    0 => format!("-{text}"),
                    1 => format!("{text}-"),
                    2 => format!("({text})"),
                    _ => format!("\u{2212}{text}"),
                };
            }
            if self.wide {
                let wide = |c| match c {
                    '!'..='&' | '('..='~' => char::from_u32(u32::from(c) + 0xfee0).unwrap(),
                    c => c,
                };
                text = text.chars().map(wide).collect();
            }
            text
        }

        /// A value that shows the mark and what groups.
        fn proof(&self) -> String {
            self.print(Decimal::from_str_exact("1234567.25").unwrap())
        }
    }

    fn style() -> impl Strategy<Value = Style> {
        (any::<bool>(), 0..7_usize, 0..4_u8, any::<bool>()).prop_map(
            |(point, group, minus, wide)| {
                let mark = if point { Point } else { Comma };
                let group = match group {
                    0 => None,
                    1 => Some(mark.other()),
                    at => Some(GROUPING[at - 2]),
                };
                Style { mark, group, minus, wide }
            },
        )
    }

    fn decimal() -> impl Strategy<Value = Decimal> {
        let wide = 9_999_999_999_999_999_999_999_999_999_i128;
        prop_oneof![(-wide..=wide, 0..=28_u32), (-9_999_999..=9_999_999_i128, 0..=4_u32)]
            .prop_map(|(mantissa, scale)| Decimal::from_i128_with_scale(mantissa, scale))
    }

    /// Texts of the characters that numbers, durations and dates are made of.
    fn near_texts() -> impl Strategy<Value = String> {
        prop_oneof![
            "[0-9]{1,4}([.,' \u{a0}’][0-9]{1,4}){0,3}",
            "[-+(']{0,2}[0-9]{0,4}[.,]?[0-9]{0,4}[-)e]?[0-9]{0,2}",
            "[-+]?[0-9]{1,3}[:hHm ]{1,2}[0-9]{0,2}[:ms]?[0-9]{0,2}",
            "[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}( [0-9]{1,2}:[0-9]{2})?",
            "(3[01]|[12][0-9]|[1-9])[/-](1[0-9]|[1-9])[/-]20[0-9]{2}",
            "[0-9０-９.,．，'’ \u{a0}\u{202f}+()−－eE:hmsPTD/年月日-]{0,14}",
            any::<String>(),
        ]
    }

    fn two_ways<E: Default + Clone + PartialEq + std::fmt::Debug>(
        column: &[String],
        cut: usize,
        add: impl Fn(&mut E, &str),
        merge: impl Fn(&mut E, &E),
    ) {
        let of = |texts: &mut dyn Iterator<Item = &String>| {
            let mut evidence = E::default();
            texts.for_each(|text| add(&mut evidence, text));
            evidence
        };
        let whole = of(&mut column.iter());
        assert_eq!(whole, of(&mut column.iter().rev()));
        let (left, right) = column.split_at(cut.min(column.len()));
        let (left, right) = (of(&mut left.iter()), of(&mut right.iter()));
        let mut merged = left.clone();
        merge(&mut merged, &right);
        assert_eq!(whole, merged);
        let mut merged = right;
        merge(&mut merged, &left);
        assert_eq!(whole, merged);
    }

    proptest! {
        #[test]
        fn a_printed_column_reads_back(
            style in style(),
            values in prop::collection::vec(decimal(), 1..8),
        ) {
            let mut column: Vec<String> = values.iter().map(|value| style.print(*value)).collect();
            column.push(style.proof());
            let read: Vec<_> = match numbers(&column).decide(None) {
                NumberDecision::Plain => column.iter().map(|text| number(text)).collect(),
                NumberDecision::Marked(mark) => {
                    prop_assert_eq!(mark, style.mark);
                    column.iter().map(|text| read_number(text, mark)).collect()
                }
                other => return Err(TestCaseError::fail(format!("{column:?}: {other:?}"))),
            };
            for (value, read) in values.iter().zip(read) {
                prop_assert_eq!(Some(*value), read);
            }
        }

        #[test]
        fn a_doubt_is_never_a_number(text in near_texts(), whole in 0..5000_u32) {
            let readings = (read_number(&text, Point), read_number(&text, Comma));
            let decision = numbers(&[text.clone(), whole.to_string()]).decide(None);
            match readings {
                (Some(point), Some(comma)) if point != comma => {
                    let plain = number(&narrow(&text)).is_some();
                    let ambiguous = matches!(decision, NumberDecision::Ambiguous { .. });
                    prop_assert_eq!(ambiguous, !plain, "{}: {:?}", text, decision);
                    prop_assert!(decision != NumberDecision::Marked(Comma));
                }
                (None, Some(_)) => prop_assert_eq!(decision, NumberDecision::Marked(Comma)),
                (Some(_), None) => prop_assert!(
                    matches!(decision, NumberDecision::Plain | NumberDecision::Marked(Point))
                ),
                _ => {}
            }
        }

        #[test]
        fn a_decision_reads_all_numbers_of_its_column(
            column in prop::collection::vec(near_texts(), 0..6),
        ) {
            let evidence = numbers(&column);
            for text in &column {
                let point = read_number(text, Point);
                let comma = read_number(text, Comma);
                if point.is_none() && comma.is_none() || text.trim().ends_with('.') {
                    continue;
                }
                match evidence.decide(None) {
                    NumberDecision::Plain => prop_assert_eq!(number(text), point, "{}", text),
                    NumberDecision::Marked(mark) => prop_assert!(read_number(text, mark).is_some(), "{}", text),
                    NumberDecision::Ambiguous { example } => prop_assert!(
                        read_number(&example, Point) != read_number(&example, Comma)
                    ),
                    NumberDecision::Contradictory { point, comma } => {
                        prop_assert!(read_number(&point, Comma).is_none());
                        prop_assert!(read_number(&comma, Point).is_none());
                    }
                }
            }
        }

        #[test]
        fn a_plain_number_reads_the_same_with_a_point(text in near_texts()) {
            if let Some(value) = number(&text) {
                prop_assert_eq!(read_number(&text, Point), Some(value));
                let written = Written::new(&text).and_then(|written| written.read(Point));
                if !text.trim().ends_with('.') {
                    prop_assert_eq!(written.map(|reading| reading.value), Some(value));
                }
            }
        }

        #[test]
        fn order_and_merging_never_matter(
            column in prop::collection::vec(near_texts(), 0..8),
            cut in 0..8_usize,
        ) {
            two_ways(&column, cut, NumberEvidence::add, NumberEvidence::merge);
            two_ways(&column, cut, DateEvidence::add, DateEvidence::merge);
        }

        #[test]
        fn any_text_has_one_meaning_at_most(text in near_texts()) {
            let numeric = [Point, Comma].iter().any(|mark| read_number(&text, *mark).is_some());
            let duration = read_duration(&text).is_some();
            let date = [DayFirst, MonthFirst].iter().any(|order| read_date(&text, Some(*order)).is_some());
            prop_assert!(u8::from(numeric) + u8::from(duration) + u8::from(date) <= 1, "{}", text);
            if let Some(date) = read_date(&text, None) {
                prop_assert_eq!(read_date(&text, Some(DayFirst)), Some(date));
                prop_assert_eq!(read_date(&text, Some(MonthFirst)), Some(date));
            }
        }

        #[test]
        fn durations_read_back(seconds in 0..400_000_i64, negative in any::<bool>(), style in 0..6_u8) {
            let (h, m, s) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
            let (text, seconds) = match style {
                0 => (format!("{h}:{m:02}"), seconds - s),
                1 => (format!("{h:02}:{m:02}:{s:02}"), seconds),
                2 => (format!("{h}h {m}m {s}s"), seconds),
                3 => (format!("{h}h{m:02}"), seconds - s),
                4 => (format!("{} min", seconds / 60), seconds - s),
                _ => (format!("PT{h}H{m}M{s}S"), seconds),
            };
            let (text, seconds) = if negative { (format!("-{text}"), -seconds) } else { (text, seconds) };
            prop_assert_eq!(read_duration(&text), Some(seconds), "{}", text);
        }

        #[test]
        fn a_printed_column_of_dates_reads_back(
            days in prop::collection::vec(0..109_000_u64, 1..8),
            month_first in any::<bool>(),
            mark in prop::sample::select(vec!["/", "-"]),
            time in prop::sample::select(vec!["", " 23:59", " 11:59:59 PM", "T00:00:00Z"]),
        ) {
            let order = if month_first { MonthFirst } else { DayFirst };
            let start = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap();
            let days: Vec<_> = days.into_iter().map(|days| start + chrono::Days::new(days)).collect();
            let print = |date: &NaiveDate| {
                let form = if month_first { "%m/%d/%Y" } else { "%d/%m/%Y" };
                date.format(form).to_string().replace('/', mark) + time
            };
            let mut column: Vec<_> = days.iter().map(print).collect();
            let without_proof = dates(&column).decide(None);
            column.push(print(&NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()));
            prop_assert_eq!(dates(&column).decide(None), DateDecision::Ordered(order));
            for (date, text) in days.iter().zip(&column) {
                prop_assert_eq!(read_date(text, Some(order)), Some(*date));
                prop_assert_eq!(read_date(text, None), None);
                // Without the proof: the same, or a doubt.
                if let DateDecision::Ordered(found) = without_proof {
                    prop_assert_eq!(read_date(text, Some(found)), Some(*date));
                }
            }
        }
    }
}
