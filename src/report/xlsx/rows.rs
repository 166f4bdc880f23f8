//! The rows of a sheet as its XML. The library that makes the workbook keeps
//! and looks up every cell by itself, which takes longer than all the rest; so
//! it makes the sheets without their rows, and these are put in here.

use std::io::{self, Write};

use chrono::NaiveDate;
use memchr::memmem;

use crate::model::Lookup;

use super::cells::{Look, cell_number, cell_text, day_number};

/// How a cell looks, by its place among a table's formats.
pub(super) type LookAt = u16;

/// What stands in a cell.
#[derive(Debug, Clone, Copy)]
pub(super) enum Content<'a> {
    Text(&'a str),
    /// As it is printed.
    Number(&'a str),
    Day(NaiveDate),
}

/// Texts that cells share, in the order in which they were first met.
#[derive(Debug, Default)]
pub(super) struct SharedTexts {
    known: Lookup<String, u32>,
    /// How many cells have one.
    pub(super) cells: u64,
}

impl SharedTexts {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.known.len()
    }

    /// The place of a text.
    fn find(&self, text: &str) -> Option<u32> {
        self.known.get(text).copied()
    }

    /// Takes a text in, if it is new.
    pub(super) fn take(&mut self, text: &str) {
        let at = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        self.known.insert_new(text, at);
    }

    /// Takes in what stands in a cell, where that is text.
    pub(super) fn meet(&mut self, content: Content<'_>) {
        let is_text = |printed: &str| plain(printed).is_none() && cell_number(printed).is_none();
        match content {
            Content::Text("") => {}
            Content::Text(text) => self.take_cell(text),
            Content::Number(printed) if is_text(printed) => self.take_cell(printed),
            Content::Day(day) if day_number(day).is_none() => self.take_cell(&day.to_string()),
            Content::Number(_) | Content::Day(_) => {}
        }
    }

    fn take_cell(&mut self, text: &str) {
        self.take(&cell_text(text));
        self.cells += 1;
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.known.keys().map(String::as_str)
    }
}

/// Writes the rows of a sheet.
pub(super) struct RowWriter<'a, W> {
    out: W,
    buffer: Vec<u8>,
    /// The names of the columns: `A`, `AB`.
    columns: Vec<String>,
    /// What the workbook calls the formats of the table.
    formats: &'a [u32],
    /// Where cells share their texts, and the place of the first of these in the
    /// workbook; else each has its own.
    shared: Option<(&'a SharedTexts, u32)>,
    row: u32,
    /// Where the row begins in the buffer, and where its first cell does.
    begins: (usize, usize),
}

/// Bytes that are handed on at a time.
const AT_A_TIME: usize = 1 << 16;

impl<'a, W: Write> RowWriter<'a, W> {
    pub(super) fn new(
        out: W,
        columns: usize,
        formats: &'a [u32],
        shared: Option<(&'a SharedTexts, u32)>,
    ) -> Self {
        let columns = (0..columns).map(column_name).collect();
        Self {
            out,
            buffer: Vec::with_capacity(AT_A_TIME * 2),
            columns,
            formats,
            shared,
            row: 0,
            begins: (0, 0),
        }
    }

    /// Begins a row, from 1; `height` in points, where it has one.
    pub(super) fn begin(&mut self, row: u32, height: Option<u32>) {
        self.row = row;
        let begins = self.buffer.len();
        self.buffer.extend_from_slice(b"<row r=\"");
        put_number(&mut self.buffer, u64::from(row));
        if let Some(height) = height {
            self.buffer.extend_from_slice(b"\" ht=\"");
            put_number(&mut self.buffer, u64::from(height));
            self.buffer.extend_from_slice(b"\" customHeight=\"1");
        }
        self.buffer.extend_from_slice(b"\">");
        self.begins = (begins, self.buffer.len());
    }

    /// Ends it; one without cells is left out.
    pub(super) fn end(&mut self) -> io::Result<()> {
        if self.begins.1 == self.buffer.len() {
            self.buffer.truncate(self.begins.0);
            return Ok(());
        }
        self.buffer.extend_from_slice(b"</row>");
        if self.buffer.len() >= AT_A_TIME {
            self.out.write_all(&self.buffer)?;
            self.buffer.clear();
        }
        Ok(())
    }

    /// Hands on what is left.
    pub(super) fn finish(mut self) -> io::Result<W> {
        self.out.write_all(&self.buffer)?;
        Ok(self.out)
    }

    /// Adds a cell to the row.
    pub(super) fn cell(&mut self, column: usize, look: LookAt, content: Content<'_>) {
        self.buffer.extend_from_slice(b"<c r=\"");
        let name = self.columns.get(column).map_or("", String::as_str);
        self.buffer.extend_from_slice(name.as_bytes());
        put_number(&mut self.buffer, u64::from(self.row));
        let format = self.formats.get(usize::from(look)).copied().unwrap_or(0);
        if format > 0 {
            self.buffer.extend_from_slice(b"\" s=\"");
            put_number(&mut self.buffer, u64::from(format));
        }
        match content {
            Content::Text("") => self.buffer.extend_from_slice(b"\"/>"),
            Content::Text(text) => self.text(text),
            Content::Number(printed) => match plain(printed) {
                Some(printed) => {
                    self.buffer.extend_from_slice(b"\"><v>");
                    self.buffer.extend_from_slice(printed.as_bytes());
                    self.buffer.extend_from_slice(b"</v></c>");
                }
                None => match cell_number(printed) {
                    Some(number) => {
                        let number = number.to_string();
                        self.buffer.extend_from_slice(b"\"><v>");
                        self.buffer.extend_from_slice(number.as_bytes());
                        self.buffer.extend_from_slice(b"</v></c>");
                    }
                    None => self.text(printed),
                },
            },
            Content::Day(day) => match day_number(day) {
                Some(number) => {
                    self.buffer.extend_from_slice(b"\"><v>");
                    put_number(&mut self.buffer, number);
                    self.buffer.extend_from_slice(b"</v></c>");
                }
                None => self.text(&day.to_string()),
            },
        }
    }

    fn text(&mut self, text: &str) {
        let text = &*cell_text(text);
        // All of them were met before.
        if let Some((at, first)) =
            self.shared.and_then(|(all, first)| Some((all.find(text)?, first)))
        {
            let at = at.saturating_add(first);
            self.buffer.extend_from_slice(b"\" t=\"s\"><v>");
            put_number(&mut self.buffer, u64::from(at));
            self.buffer.extend_from_slice(b"</v></c>");
        } else {
            self.buffer.extend_from_slice(b"\" t=\"inlineStr\"><is>");
            put_text(&mut self.buffer, text);
            self.buffer.extend_from_slice(b"</is></c>");
        }
    }
}

/// Writes the texts that cells share as the workbook has them.
pub(super) fn put_shared(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(b"<si>");
    put_text(out, text);
    out.extend_from_slice(b"</si>");
}

/// A number as it is printed, without the noughts that end its decimals, if it is
/// short enough that a cell keeps all of its digits.
fn plain(printed: &str) -> Option<&str> {
    let unsigned = printed.strip_prefix('-').unwrap_or(printed);
    let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_short = whole.len() + decimals.len() <= 15 && digits(whole) && digits(decimals);
    // A nought alone may stand before the point.
    let is_plain = is_short && (whole == "0" || !whole.starts_with('0'));
    let kept = if printed.contains('.') {
        printed.trim_end_matches('0').trim_end_matches('.')
    } else {
        printed
    };
    (is_plain && kept != "-0").then_some(kept)
}

fn put_number(out: &mut Vec<u8>, mut number: u64) {
    let mut digits = [0; 20];
    let mut count = 0;
    for digit in digits.iter_mut().rev() {
        // Below ten.
        *digit = b'0' + u8::try_from(number % 10).unwrap_or_default();
        number /= 10;
        count += 1;
        if number == 0 {
            break;
        }
    }
    out.extend_from_slice(digits.get(digits.len() - count..).unwrap_or_default());
}

/// `<t>` and a text in it, in which nothing is markup.
fn put_text(out: &mut Vec<u8>, text: &str) {
    let blank = ['\t', '\n', ' '];
    let is_kept = text.starts_with(blank) || text.ends_with(blank);
    out.extend_from_slice(if is_kept { b"<t xml:space=\"preserve\">" } else { b"<t>" });
    let is_odd = |byte: u8| {
        matches!(byte, b'&' | b'<' | b'>' | 0xef) || byte < b' ' && !matches!(byte, b'\t' | b'\n')
    };
    let has_escape = memmem::find(text.as_bytes(), b"_x").is_some();
    if has_escape || text.bytes().any(is_odd) {
        put_escaped(out, text);
    } else {
        out.extend_from_slice(text.as_bytes());
    }
    out.extend_from_slice(b"</t>");
}

#[cold]
fn put_escaped(out: &mut Vec<u8>, text: &str) {
    for (at, letter) in text.char_indices() {
        let escaped = match letter {
            '&' => "&amp;".to_owned(),
            '<' => "&lt;".to_owned(),
            '>' => "&gt;".to_owned(),
            // What would be read as such a letter is no letter.
            '_' if is_escape(text.as_bytes().get(at..).unwrap_or_default()) => "_x005F_".to_owned(),
            '\t' | '\n' => letter.to_string(),
            '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => format!("_x{:04X}_", u32::from(letter)),
            letter => letter.to_string(),
        };
        out.extend_from_slice(escaped.as_bytes());
    }
}

/// Whether a text begins like `_x000D_`.
fn is_escape(text: &[u8]) -> bool {
    matches!(text, [b'_', b'x', digits @ .., ] if digits.get(..4).is_some_and(|four| four.iter().all(u8::is_ascii_hexdigit)) && digits.get(4) == Some(&b'_'))
}

/// `A`, `Z`, `AA`.
pub(super) fn column_name(column: usize) -> String {
    let mut name = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        left -= 1;
        name.push(char::from(b'A' + u8::try_from(left % 26).unwrap_or_default()));
        left /= 26;
    }
    name.iter().rev().collect()
}

/// How cells of a table look, in the order in which they were met.
#[derive(Debug, Default)]
pub(super) struct Looks {
    /// Of each column a few.
    of_columns: Vec<Vec<(CellLook, Box<str>, LookAt)>>,
    in_order: Vec<(CellLook, Box<str>)>,
}

/// How a cell looks; of a number that shows its currency, beside that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CellLook {
    Text { wrapped: bool, quoted: bool },
    Number(Look),
    Day,
}

impl Looks {
    /// Takes in how a cell of a column looks.
    pub(super) fn take(&mut self, column: usize, (look, currency): (CellLook, &str)) {
        if self.at(column, (look, currency)).is_some() {
            return;
        }
        let known = self.in_order.iter().position(|(l, c)| (*l, &**c) == (look, currency));
        let at = known.unwrap_or_else(|| {
            self.in_order.push((look, currency.into()));
            self.in_order.len() - 1
        });
        let missing = (column + 1).saturating_sub(self.of_columns.len());
        self.of_columns.extend(std::iter::repeat_with(Vec::new).take(missing));
        if let (Some(own), Ok(at)) = (self.of_columns.get_mut(column), LookAt::try_from(at)) {
            own.push((look, currency.into(), at));
        }
    }

    /// Its place among them.
    pub(super) fn at(&self, column: usize, (look, currency): (CellLook, &str)) -> Option<LookAt> {
        let own = self.of_columns.get(column)?;
        own.iter().find(|(l, c, _)| (*l, &**c) == (look, currency)).map(|(.., at)| *at)
    }

    pub(super) fn len(&self) -> usize {
        self.in_order.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (CellLook, &str)> {
        self.in_order.iter().map(|(look, currency)| (*look, &**currency))
    }
}
