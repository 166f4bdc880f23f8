//! From the texts of a column to how it writes numbers, and from one of them to
//! its number.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::super::column::number;
use super::cursor::{narrow, narrowed, unguarded};
use super::{MAX_BYTES, keep};

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

/// Whether the point in a plain number may stand before its last three digits only
/// to group them: `1.234`.
pub(in crate::ingest) fn may_be_grouped(text: &str) -> bool {
    let text = text.trim();
    number(text).is_some()
        && text.split_once('.').is_some_and(|(whole, fraction)| is_like_a_group(whole, fraction))
}

fn is_like_a_group(whole: &str, fraction: &str) -> bool {
    let whole = whole.trim_start_matches(['\'', '-', '+']);
    (1..=3).contains(&whole.len())
        && !whole.starts_with('0')
        && fraction.len() == 3
        && fraction.bytes().all(|byte| byte.is_ascii_digit())
}

impl NumberEvidence {
    /// Takes a value in. What is no number changes nothing.
    pub fn add(&mut self, text: &str) {
        // A plain number without a point shows nothing.
        if matches!(text.len(), 1..=18) && all_digits(text) {
            return;
        }
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
        let like_a_group = is_like_a_group(whole, fraction);
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

    /// A value like `1.234` of a column in which no point can be told for sure
    /// to be a decimal one: a thousand and more where points group digits.
    #[must_use]
    pub fn only_like_groups(&self) -> Option<&str> {
        self.plain_point.as_deref().filter(|_| self.point.is_none())
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

#[cfg(test)]
mod tests;
