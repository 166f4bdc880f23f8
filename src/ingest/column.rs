//! What the text of a cell means: numbers, dates, flags. Exact, and never a
//! guess: what is no number is refused.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use rust_decimal::Decimal;

/// Years that a date may have; the slip 2062 is one, the slip 0026 is none.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

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
    let digits = |range: std::ops::Range<usize>| -> Option<u32> {
        bytes[range].iter().try_fold(0_u32, |sum, byte| {
            byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0'))
        })
    };
    let year = i32::try_from(digits(0..4)?).ok()?;
    if !YEARS.contains(&year) {
        return None;
    }
    NaiveDate::from_ymd_opt(year, digits(5..7)?, digits(8..10)?)
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
pub(super) fn at(day: NaiveDate, rest: Option<&str>) -> Option<NaiveDateTime> {
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
