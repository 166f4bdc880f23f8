//! From the text of a span of time to its seconds.

use super::MAX_BYTES;
use super::cursor::{Cursor, narrow_with_spaces, unguarded};

/// Reads a span of time, in seconds: `1:30` (hours and minutes), `01:30:00`,
/// `1h 30m`, `1h30`, `90 min`, `45s`, `2 Std.`, `1小时30分`, `PT1H30M`, each with a sign or without.
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

/// The words for hours, minutes and seconds, in lower case: those of the languages
/// that exports are read in (rule 5.5).
const WORDS: [(&[&str], i64); 3] = [
    (
        &[
            "h",
            "hr",
            "hrs",
            "hour",
            "hours",
            "std",
            "stunde",
            "stunden",
            "heure",
            "heures",
            "hora",
            "horas",
            "小时",
            "小時",
            "个小时",
            "個小時",
            "时",
            "時",
        ],
        3600,
    ),
    (
        &[
            "m", "min", "mins", "minute", "minutes", "minuten", "minuto", "minutos", "分", "分钟",
            "分鐘",
        ],
        60,
    ),
    (
        &[
            "s", "sec", "secs", "second", "seconds", "sek", "sekunde", "sekunden", "seconde",
            "secondes", "segundo", "segundos", "秒", "秒钟", "秒鐘",
        ],
        1,
    ),
];

/// `1h 30m`, `1h30`, `90 min`, `45s`, `2 Std.`, `1小时30分`
fn unit_seconds(mut rest: Cursor<'_>) -> Option<i64> {
    let mut sum = Sum::default();
    loop {
        let (value, digits) = rest.number()?;
        rest.spaces();
        let part = match rest.word() {
            // `1h30`: two digits, for `1h5` could be five tenths.
            "" if rest.0.is_empty() && digits == 2 && sum.last == Some(3600) => 60,
            // Millions, or months.
            "M" if sum.last.is_none() => return None,
            unit => {
                let unit = unit.to_lowercase();
                let of = |(words, _): &&(&[&str], i64)| words.contains(&unit.as_str());
                WORDS.iter().find(of)?.1
            }
        };
        sum.add(value, part)?;
        rest.spaces();
        if rest.0.is_empty() {
            return Some(sum.seconds);
        }
    }
}

#[cfg(test)]
mod tests;
