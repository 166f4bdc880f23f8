//! Tables as CSV, to the letter of FORMATS.md: UTF-8 without a byte order
//! mark, comma, LF, one header row. A text that a spreadsheet would run as a
//! formula has an apostrophe before it, as in Odoo's own exports; reading it
//! back takes the apostrophe away again.

use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::Range;

use chrono::{Datelike, NaiveDate};
use rayon::prelude::*;

use super::model::{Table, Value};

/// Rows that are printed at a time.
const ROWS_AT_A_TIME: usize = 2_048;
/// About as many bytes as a long row has.
const BYTES_OF_A_ROW: usize = 320;

/// Writes a table. Its rows are printed by many threads, a piece each, and
/// written in their order.
///
/// # Errors
/// What `out` refuses.
pub fn write_table<W: Write>(table: &Table<'_>, mut out: W) -> io::Result<()> {
    let mut header = Vec::new();
    for (at, column) in table.columns.iter().enumerate() {
        if at > 0 {
            header.push(b',');
        }
        push_field(&mut header, column.name);
    }
    header.push(b'\n');
    out.write_all(&header)?;
    let mut from = 0;
    // As many pieces as threads at a time: memory does not grow with the table.
    while from < table.rows {
        let piece = |at: usize| {
            let start = from + at * ROWS_AT_A_TIME;
            start.min(table.rows)..(start + ROWS_AT_A_TIME).min(table.rows)
        };
        let pieces = rayon::current_num_threads() * 2;
        let all: Vec<Vec<u8>> =
            (0..pieces).into_par_iter().map(|at| print_rows(table, piece(at))).collect();
        for piece in all {
            out.write_all(&piece)?;
        }
        from += pieces * ROWS_AT_A_TIME;
    }
    out.flush()
}

fn print_rows(table: &Table<'_>, rows: Range<usize>) -> Vec<u8> {
    let mut out = Vec::with_capacity(rows.len() * BYTES_OF_A_ROW);
    for row in rows.map(|index| table.row(index)) {
        let is_alone = row.len() == 1;
        for (at, value) in row.iter().enumerate() {
            if at > 0 {
                out.push(b',');
            }
            let start = out.len();
            match value {
                Value::Empty => {}
                Value::Text(text) => push_field(&mut out, &guarded(text)),
                Value::Word(word) => push_field(&mut out, word.stable()),
                Value::Number(number) => push_field(&mut out, number),
                Value::Day(day) => push_day(&mut out, *day),
            }
            // A row of one blank cell is no blank line.
            if is_alone && out.len() == start {
                out.extend_from_slice(b"\"\"");
            }
        }
        out.push(b'\n');
    }
    out
}

/// A cell, in quotes where it must be.
fn push_field(out: &mut Vec<u8>, text: &str) {
    let text = text.as_bytes();
    if !text.iter().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
        return out.extend_from_slice(text);
    }
    out.push(b'"');
    for piece in text.split_inclusive(|byte| *byte == b'"') {
        out.extend_from_slice(piece);
        if piece.ends_with(b"\"") {
            out.push(b'"');
        }
    }
    out.push(b'"');
}

/// A day as ISO 8601 has it.
fn push_day(out: &mut Vec<u8>, day: NaiveDate) {
    let Some(year) = u32::try_from(day.year()).ok().filter(|year| *year <= 9999) else {
        return out.extend_from_slice(day.to_string().as_bytes());
    };
    // Each is below ten.
    let digit = |number: u32| b'0' + u8::try_from(number % 10).unwrap_or_default();
    let (month, day) = (day.month(), day.day());
    let year = [year / 1000, year / 100, year / 10, year].map(digit);
    out.extend_from_slice(&year);
    for part in [month, day] {
        out.extend_from_slice(&[b'-', digit(part / 10), digit(part)]);
    }
}

/// What a text may begin with that makes a spreadsheet run it, in the widths
/// of either script.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// A text that no spreadsheet runs. Numbers are none: `-5` stays as it is.
fn guarded(text: &str) -> Cow<'_, str> {
    if text.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return Cow::Borrowed(text);
    }
    let control = text.starts_with(['\t', '\r', '\n']);
    // Apostrophes before it would be taken for the guard when it is read back.
    let start = text.trim_start().trim_start_matches('\'').trim_start();
    if !(control || start.starts_with(FORMULA)) || is_number(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("'{text}"))
}

/// A sign, digits, and perhaps a point and digits.
fn is_number(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    match unsigned.split_once('.') {
        Some((whole, decimals)) => digits(whole) && digits(decimals),
        None => digits(unsigned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_guarded() {
        for text in [
            "=1+1",
            "+49 30 1234",
            "-",
            "- phone call",
            "@SUM(A1)",
            "＝1+1",
            "－1+1",
            "  =1+1",
            "\u{a0}=1+1",
            "\t=1+1",
            "\rx",
            "'=1+1",
            "-2+3+cmd|' /C calc'!A0",
            "-1.5.2",
            "-1e5",
        ] {
            assert_eq!(guarded(text), format!("'{text}"), "{text:?}");
        }
    }

    proptest::proptest! {
        /// Cells are printed as the `csv` crate does it.
        #[test]
        fn rows_are_those_of_the_csv_crate(
            rows in proptest::collection::vec(
                proptest::collection::vec("[a,\"\r\n é'=-]{0,4}", 1..4), 1..4),
            days in proptest::collection::vec(-100_000..4_000_000, 1..4),
        ) {
            let days: Vec<NaiveDate> =
                days.into_iter().filter_map(NaiveDate::from_num_days_from_ce_opt).collect();
            let value = |text: &String| match text.as_str() {
                "" => Value::Empty,
                text => Value::Text(Cow::Owned(text.to_owned())),
            };
            let made = |at: usize| match rows.get(at) {
                Some(row) => row.iter().map(value).collect(),
                None => days.iter().copied().map(Value::Day).collect(),
            };
            let table = Table::new("t", &[], rows.len() + 1, made);
            let mut writer = csv::WriterBuilder::new()
                .flexible(true)
                .terminator(csv::Terminator::Any(b'\n'))
                .from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row.iter().map(|text| guarded(text).into_owned())).unwrap();
            }
            writer.write_record(days.iter().map(NaiveDate::to_string)).unwrap();
            let expected = writer.into_inner().unwrap();
            let printed = print_rows(&table, 0..table.rows);
            proptest::prop_assert_eq!(
                String::from_utf8(printed).unwrap(), String::from_utf8(expected).unwrap());
        }
    }

    #[test]
    fn numbers_and_plain_text_are_left() {
        for text in ["-5", "+5", "-0.50", "", "'s-Hertogenbosch", "a=b", "7-5", "O'Neill", "上海"]
        {
            assert_eq!(guarded(text), text);
        }
    }
}
