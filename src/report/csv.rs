//! Tables as CSV, to the letter of FORMATS.md: UTF-8 without a byte order
//! mark, comma, LF, one header row. A text that a spreadsheet would run as a
//! formula has an apostrophe before it, as in Odoo's own exports; reading it
//! back takes the apostrophe away again.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::Range;

use rayon::prelude::*;

use super::model::{Table, Value};

/// Rows that are printed at a time.
const ROWS_AT_A_TIME: usize = 1_024;
/// Pieces of so many rows that a thread has before what is printed is written.
const PIECES_OF_A_THREAD: usize = 4;
/// About as many bytes as a long row has.
const BYTES_OF_A_ROW: usize = 320;
/// As many as a day has, unless its year has more than four digits.
const BYTES_OF_A_DAY: usize = 10;

/// Writes a table. Its rows are printed by many threads, a piece each, and
/// written in their order while the next ones are printed.
///
/// # Errors
/// What `out` refuses.
pub fn write_table<W: Write + Send>(table: &Table<'_>, mut out: W) -> io::Result<()> {
    let mut header = printer(0);
    header.write_record(table.columns.iter().map(|column| column.name))?;
    let mut done = vec![printed(header)?];
    let mut from = 0;
    // A few pieces for each thread at a time: memory does not grow with the table.
    while !done.is_empty() {
        let piece = |at: usize| {
            let start = (from + at * ROWS_AT_A_TIME).min(table.rows);
            start..(start + ROWS_AT_A_TIME).min(table.rows)
        };
        let next = (table.rows - from).div_ceil(ROWS_AT_A_TIME);
        let next = next.min(rayon::current_num_threads() * PIECES_OF_A_THREAD);
        let print = || (0..next).into_par_iter().map(|at| print_rows(table, piece(at))).collect();
        let write = || done.iter().try_for_each(|piece| out.write_all(piece));
        let (written, printed): (io::Result<()>, io::Result<Vec<Vec<u8>>>) =
            rayon::join(write, print);
        written?;
        done = printed?;
        from = piece(next).start;
    }
    out.flush()
}

fn printer(room: usize) -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new()
        .terminator(csv::Terminator::Any(b'\n'))
        .from_writer(Vec::with_capacity(room))
}

fn printed(writer: csv::Writer<Vec<u8>>) -> io::Result<Vec<u8>> {
    writer.into_inner().map_err(csv::IntoInnerError::into_error)
}

fn print_rows(table: &Table<'_>, rows: Range<usize>) -> io::Result<Vec<u8>> {
    let mut writer = printer(rows.len() * BYTES_OF_A_ROW);
    let mut printed_day = String::with_capacity(BYTES_OF_A_DAY);
    for row in rows.map(|index| table.row(index)) {
        for value in row {
            match value {
                Value::Empty => writer.write_field("")?,
                Value::Text(text) => writer.write_field(guarded(&text).as_bytes())?,
                Value::Word(word) => writer.write_field(word.stable())?,
                Value::Number(number) => writer.write_field(number)?,
                Value::Day(day) => {
                    printed_day.clear();
                    // A text takes whatever it is given.
                    let _ = write!(printed_day, "{day}");
                    writer.write_field(&printed_day)?;
                }
            }
        }
        writer.write_record(None::<&[u8]>)?;
    }
    printed(writer)
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

    #[test]
    fn numbers_and_plain_text_are_left() {
        for text in ["-5", "+5", "-0.50", "", "'s-Hertogenbosch", "a=b", "7-5", "O'Neill", "上海"]
        {
            assert_eq!(guarded(text), text);
        }
    }
}
