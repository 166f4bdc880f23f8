//! What the text of a cell means: numbers, dates, flags. Exact, and never a
//! guess: what is no number is refused.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use rust_decimal::Decimal;

/// Years that a date may have; the slip 2062 is one, the slip 0026 is none.
pub(super) const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

/// Significant digits that a number may have.
const MAX_DIGITS: usize = 28;

/// The first whole number of more digits.
const TOO_LARGE: i128 = 10_i128.pow(28);

/// Reads a decimal number: digits with a point, an optional sign and exponent.
///
/// A leading `'` before a sign is a spreadsheet's guard, not part of the
/// number (Odoo 10 to 12 write negative numbers so).
///
/// ```
/// use drawdown::ingest::number;
/// assert_eq!(number("'-2.5").unwrap().to_string(), "-2.5");
/// assert_eq!(number("1e-05").unwrap().to_string(), "0.00001");
/// assert_eq!(number("7,5"), None); // which mark is it? not decided here
/// assert_eq!(number("7.5O"), None);
/// assert_eq!(number("0.12345678901234567890123456789"), None); // 29 digits
/// ```
#[must_use]
pub fn number(text: &str) -> Option<Decimal> {
    plain_number(text.as_bytes()).or_else(|| any_number(text))
}

/// A number as most are written: digits, perhaps with a point and a minus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlainDigits {
    /// Whether a minus stands before them.
    pub is_negative: bool,
    /// All digits, the point left out.
    pub mantissa: u64,
    /// How many of them stand behind the point.
    pub decimals: u32,
}

impl PlainDigits {
    /// Digits that always fit.
    const MOST: usize = 18;

    /// Reads digits and a point, `most` of them together and no more than 18;
    /// `None` for whatever is written otherwise.
    #[must_use]
    #[inline]
    pub fn read(text: &[u8], most: usize) -> Option<Self> {
        let (is_negative, digits) = match text {
            [b'-', digits @ ..] => (true, digits),
            digits => (false, digits),
        };
        if digits.len() > most.min(Self::MOST) {
            return None;
        }
        let (mut mantissa, mut seen, mut whole) = (0_u64, 0_u32, None);
        for byte in digits {
            match byte {
                b'0'..=b'9' => {
                    mantissa = mantissa * 10 + u64::from(byte - b'0');
                    seen += 1;
                }
                b'.' if whole.is_none() => whole = Some(seen),
                _ => return None,
            }
        }
        let decimals = whole.map_or(0, |whole| seen - whole);
        (seen > 0).then_some(Self { is_negative, mantissa, decimals })
    }
}

fn plain_number(text: &[u8]) -> Option<Decimal> {
    let PlainDigits { is_negative, mantissa, decimals } =
        PlainDigits::read(text, PlainDigits::MOST)?;
    // A minus before zero is left to who reads any number.
    if is_negative && mantissa == 0 {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "the halves of it")]
    let (lower, upper) = (mantissa as u32, (mantissa >> 32) as u32);
    Some(Decimal::from_parts(lower, upper, 0, is_negative, decimals))
}

fn any_number(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let text = text.strip_prefix('\'').filter(|rest| rest.starts_with(['-', '+'])).unwrap_or(text);
    let (sign, digits) = match text.as_bytes().first()? {
        b'-' => (-1, &text[1..]),
        b'+' => (1, &text[1..]),
        _ => (1, text),
    };
    let (mantissa_text, exponent) = match digits.find(['e', 'E']) {
        Some(at) => (&digits[..at], exponent(&digits[at + 1..])?),
        None => (digits, 0),
    };
    let mut mantissa: i128 = 0;
    let mut seen = 0_usize;
    let mut significant = 0_usize;
    let mut scale: i32 = 0;
    let mut point = false;
    for byte in mantissa_text.bytes() {
        match byte {
            b'0'..=b'9' => {
                seen += 1;
                if significant > 0 || byte != b'0' {
                    significant += 1;
                }
                if significant > MAX_DIGITS {
                    return None;
                }
                mantissa = mantissa * 10 + i128::from(byte - b'0');
                scale += i32::from(point);
            }
            b'.' if !point => point = true,
            _ => return None,
        }
    }
    if seen == 0 {
        return None;
    }
    let mut scale = scale - exponent;
    // Trailing zeros carry nothing; without them more numbers fit.
    while scale > 0 && mantissa % 10 == 0 && scale > i32::try_from(MAX_DIGITS).ok()? {
        mantissa /= 10;
        scale -= 1;
    }
    if mantissa == 0 {
        scale = scale.clamp(0, 28);
    }
    while scale < 0 {
        mantissa *= 10;
        if mantissa >= TOO_LARGE {
            // Written out it would have a digit too many: `1e28` is refused as that is.
            return None;
        }
        scale += 1;
    }
    Decimal::try_from_i128_with_scale(sign * mantissa, u32::try_from(scale).ok()?).ok()
}

fn exponent(text: &str) -> Option<i32> {
    // `parse` takes one sign, plus or minus.
    let value: i32 = text.parse().ok()?;
    (-60..=60).contains(&value).then_some(value)
}

/// Reads a day: ISO 8601, alone or with a time, of which the day is taken.
///
/// ```
/// use drawdown::ingest::day;
/// assert_eq!(day("2026-03-02").unwrap().to_string(), "2026-03-02");
/// assert_eq!(day("2026-03-02 23:15:00").unwrap().to_string(), "2026-03-02");
/// assert_eq!(day("02/03/2026"), None); // February or March?
/// ```
#[must_use]
pub fn day(text: &str) -> Option<NaiveDate> {
    if let Some(day) = text.as_bytes().first_chunk().filter(|_| text.len() == 10) {
        return plain_day(day);
    }
    let text = text.trim();
    let bytes = text.as_bytes();
    if bytes.len() < 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    if bytes.len() > 10 {
        if !matches!(bytes[10], b' ' | b'T') {
            return None;
        }
        time(text.get(11..)?)?;
    }
    plain_day(bytes.first_chunk()?)
}

/// `2026-03-02`
fn plain_day(text: &[u8; 10]) -> Option<NaiveDate> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else { return None };
    let digits = [y1, y2, y3, y4, m1, m2, d1, d2].map(|byte| u32::from(byte.wrapping_sub(b'0')));
    if digits.iter().any(|digit| *digit > 9) {
        return None;
    }
    let [y1, y2, y3, y4, m1, m2, d1, d2] = digits;
    let year = i32::try_from(y1 * 1000 + y2 * 100 + y3 * 10 + y4).ok()?;
    if !YEARS.contains(&year) {
        return None;
    }
    NaiveDate::from_ymd_opt(year, m1 * 10 + m2, d1 * 10 + d2)
}

/// Whether a text begins with a day of the calendar like `9999-12-31`, whose year
/// is none that a date may have.
#[must_use]
pub fn is_out_of_range(text: &str) -> bool {
    let day = text.get(..10).and_then(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok());
    day.is_some_and(|day| !YEARS.contains(&day.year()))
}

/// A time of day, with or without seconds and a fraction, and how far its zone
/// is ahead of UTC.
fn time(text: &str) -> Option<(NaiveTime, TimeDelta)> {
    let text = text.trim();
    let zone = text.find(['Z', '+', '-']).unwrap_or(text.len());
    let (clock, zone) = text.split_at(zone);
    let clock = ["%H:%M:%S%.f", "%H:%M"]
        .iter()
        .find_map(|form| NaiveTime::parse_from_str(clock.trim_end(), form).ok())?;
    Some((clock, ahead(zone)?))
}

/// How far a zone is ahead of UTC: nothing, `Z`, `UTC`, `GMT`, `+01`, `+0100` or
/// `+01:00`.
pub(super) fn ahead(zone: &str) -> Option<TimeDelta> {
    if matches!(zone, "" | "Z" | "UTC" | "GMT") {
        return Some(TimeDelta::zero());
    }
    let (sign, digits) = match zone.strip_prefix('+') {
        Some(digits) => (1, digits),
        None => (-1, zone.strip_prefix('-')?),
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() == 2 => (digits, "00"),
        None => digits.split_at_checked(2)?,
    };
    let two = |text: &str, limit: i64| {
        let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|value: &i64| digits && *value < limit)
    };
    TimeDelta::try_minutes(sign * (60 * two(hours, 24)? + two(minutes, 60)?))
}

/// Reads a moment, for comparing when two versions were written: in UTC where
/// its zone is said, else as it stands.
///
/// ```
/// use drawdown::ingest::moment;
/// assert!(moment("2026-03-02T10:00:00+02:00") < moment("2026-03-02 09:00"));
/// assert_eq!(moment("2026-03-02T10:00:00+99:99"), None);
/// assert_eq!(moment("2026-03-02T10:00:00+0:100"), None);
/// ```
#[must_use]
pub fn moment(text: &str) -> Option<NaiveDateTime> {
    at(day(text)?, text.trim().get(11..))
}

/// A moment whose day is known, by its time of day.
fn at(day: NaiveDate, rest: Option<&str>) -> Option<NaiveDateTime> {
    let Some(rest) = rest else { return Some(day.and_time(NaiveTime::MIN)) };
    let (clock, ahead) = time(rest)?;
    day.and_time(clock).checked_sub_signed(ahead)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_erps_write() {
        for (text, expected) in [
            ("5.0", "5.0"),
            ("0.3333333333333333", "0.3333333333333333"),
            ("-2.5", "-2.5"),
            ("  50 ", "50"),
            (".5", "0.5"),
            ("5.", "5"),
            ("1E3", "1000"),
            ("0.0000000000000000000000000000000", "0.0000000000000000000000000000"),
        ] {
            assert_eq!(number(text).map(|n| n.to_string()).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_number() {
        for text in [
            "", "-", ".", "1.2.3", "1,234", "0x10", "NaN", "inf", "1e999", "٣", "1_000", "--1",
            "1 2", "'5", "1e++5", "1e+-5",
        ] {
            assert_eq!(number(text), None, "{text}");
        }
        assert_eq!(number(&"9".repeat(10_000)), None);
        // 28 digits, with an exponent as without.
        assert!(number("1e27").is_some() && number(&format!("1{}", "0".repeat(27))).is_some());
        for text in ["1e28", &format!("1{}", "0".repeat(28)), "1e60"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn plain_numbers_are_read_as_any_are(text in "[-+' ]{0,2}[0-9]{0,12}[.,e]?[-0-9]{0,12}[ .]?") {
            let quick = plain_number(text.as_bytes()).map(|number| number.serialize());
            let any = any_number(&text).map(|number| number.serialize());
            proptest::prop_assert!(quick.is_none() || quick == any, "{text}");
            let plain = text.trim_start_matches('-').len() == text.len()
                && text.len() < 18
                && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
            proptest::prop_assert_eq!(plain && any.is_some(), plain && quick.is_some());
        }
    }

    #[test]
    fn refuses_days_that_do_not_exist() {
        for text in [
            "2026-02-30",
            "99999-01-01",
            "2026-1-1",
            "2026-01-01x",
            "2026-01-01 25:00",
            "",
            "２０２６-01-01",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
        assert!(moment("2026-03-02 10:00:00") < moment("2026-03-02T10:00:00.5Z"));
    }
}
