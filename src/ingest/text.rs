//! Delimited text: from bytes to records, in large blocks cut at true record
//! boundaries. A line break inside quotes is not one.
//!
//! The reading of quotes is that of the `csv` crate (a property test holds it
//! to that), but rows are counted as a spreadsheet shows them, blank ones too,
//! and a quote that never closes is an error with its place.

use std::borrow::Cow;
use std::io::Read;
use std::sync::Arc;

use memchr::{memchr, memchr3};

use crate::diagnostics::{Error, Origin, Place};

use super::sheet::unreadable;
use super::source::SourceError;

/// How a text file is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextLayout {
    /// What stands between cells: `,`, `;`, tab or `|`.
    pub delimiter: u8,
    /// Whether the file starts with a byte order mark.
    pub byte_order_mark: bool,
}

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Rows that the delimiter is found out from.
const SNIFFED_ROWS: usize = 50;

/// Bytes read at a time.
const BLOCK_BYTES: usize = 1 << 20;

/// The largest record that is read: 16 MiB. Past it a quote is taken to be
/// open by mistake.
pub const MAX_RECORD_BYTES: usize = 16 << 20;

impl TextLayout {
    /// Finds the delimiter out from the first rows of a file: the one that
    /// most rows hold equally often, outside quotes.
    #[must_use]
    pub fn sniff(head: &[u8]) -> Self {
        let byte_order_mark = head.starts_with(BYTE_ORDER_MARK);
        let head = if byte_order_mark { &head[BYTE_ORDER_MARK.len()..] } else { head };
        let rows = delimiters_per_row(head);
        let delimiter = DELIMITERS
            .into_iter()
            .enumerate()
            // Of equals the first in the list, the comma, wins.
            .rev()
            .max_by_key(|(at, _)| {
                let counts = || rows.iter().map(|row| row[*at]).filter(|count| *count > 0);
                counts()
                    .map(|count| (counts().filter(|other| *other == count).count(), count))
                    .max()
                    .unwrap_or_default()
            })
            .map_or(b',', |(_, delimiter)| delimiter);
        Self { delimiter, byte_order_mark }
    }

    /// The delimiter as `inspect` shows it.
    #[must_use]
    pub fn delimiter_name(&self) -> &'static str {
        match self.delimiter {
            b';' => "semicolon",
            b'\t' => "tab",
            b'|' => "bar",
            _ => "comma",
        }
    }
}

/// How often each delimiter stands in each of the first rows, outside quotes.
fn delimiters_per_row(head: &[u8]) -> Vec<[usize; 4]> {
    let mut rows = Vec::new();
    let mut row = [0; 4];
    let mut in_quotes = false;
    for byte in head {
        match byte {
            b'"' => in_quotes = !in_quotes,
            b'\n' | b'\r' if !in_quotes => {
                if row != [0; 4] {
                    rows.push(row);
                    row = [0; 4];
                }
                if rows.len() == SNIFFED_ROWS {
                    return rows;
                }
            }
            byte if !in_quotes => {
                if let Some(at) = DELIMITERS.iter().position(|delimiter| delimiter == byte) {
                    row[at] += 1;
                }
            }
            _ => {}
        }
    }
    rows.push(row);
    rows
}

/// Whole records, one after the other.
#[derive(Debug)]
pub struct Block {
    bytes: Vec<u8>,
    delimiter: u8,
    /// The row of the first record, from 1.
    pub first_row: u64,
}

impl Block {
    /// The text of the block.
    ///
    /// # Errors
    /// [`Error::NotUtf8`] with the row of the first byte that is not UTF-8.
    pub fn text(&self, origin: &Arc<Origin>) -> Result<&str, Error> {
        std::str::from_utf8(&self.bytes).map_err(|error| {
            let good = &self.bytes[..error.valid_up_to()];
            let row = self.first_row + count_rows(good, self.delimiter);
            Error::NotUtf8 { place: Place::of(Arc::clone(origin)).at_row(row) }
        })
    }
}

fn count_rows(bytes: &[u8], delimiter: u8) -> u64 {
    let mut splitter = Splitter::new(bytes, delimiter);
    let mut record = Record::default();
    let mut rows = 0;
    while splitter.next_record(&mut record) {
        rows += 1;
    }
    // The last, unfinished record is the one looked for.
    let finished = bytes.last().is_none_or(|byte| matches!(byte, b'\n' | b'\r'));
    if finished { rows } else { rows.saturating_sub(1) }
}

/// Cuts a reader into [`Block`]s at record boundaries.
#[derive(Debug)]
pub struct Blocks<R> {
    reader: R,
    origin: Arc<Origin>,
    delimiter: u8,
    block_bytes: u64,
    carried: Vec<u8>,
    next_row: u64,
    at_end: bool,
}

impl<R: Read> Blocks<R> {
    /// Reads from the start of a file.
    pub fn new(reader: R, layout: TextLayout, origin: Arc<Origin>) -> Self {
        Self::in_pieces(reader, layout, origin, BLOCK_BYTES)
    }

    /// Takes so many bytes of the reader at a time, at least one. The records
    /// are the same whatever the number; a small one makes a short text show it.
    pub fn in_pieces(reader: R, layout: TextLayout, origin: Arc<Origin>, bytes: usize) -> Self {
        Self {
            reader,
            origin,
            delimiter: layout.delimiter,
            block_bytes: bytes.max(1) as u64,
            carried: Vec::new(),
            next_row: 1,
            at_end: false,
        }
    }

    fn next_block(&mut self) -> Result<Option<Block>, Error> {
        if self.at_end && self.carried.is_empty() {
            return Ok(None);
        }
        let mut bytes = std::mem::take(&mut self.carried);
        let mut cutter = Cutter::new(self.delimiter);
        loop {
            if !self.at_end {
                let wanted = self.block_bytes;
                let read =
                    (&mut self.reader).take(wanted).read_to_end(&mut bytes).map_err(|error| {
                        unreadable(&SourceError::from_io(&self.origin.file, &error))
                    })?;
                self.at_end = (read as u64) < wanted;
            }
            cutter.scan(&bytes, self.at_end);
            if self.at_end {
                if cutter.in_quotes {
                    let row = self.next_row + cutter.rows;
                    let place = Place::of(Arc::clone(&self.origin)).at_row(row);
                    return Err(Error::UnclosedQuote { place });
                }
                if bytes.is_empty() {
                    return Ok(None);
                }
                let block = Block { bytes, delimiter: self.delimiter, first_row: self.next_row };
                return Ok(Some(block));
            }
            if cutter.boundary > 0 {
                self.carried = bytes.split_off(cutter.boundary);
                let block = Block { bytes, delimiter: self.delimiter, first_row: self.next_row };
                self.next_row += cutter.rows;
                return Ok(Some(block));
            }
            if bytes.len() > MAX_RECORD_BYTES {
                return Err(Error::TooLarge {
                    place: Place::of(Arc::clone(&self.origin)).at_row(self.next_row),
                    what: "the length of this row in bytes",
                    limit: MAX_RECORD_BYTES as u64,
                });
            }
        }
    }
}

impl<R: Read> Iterator for Blocks<R> {
    type Item = Result<Block, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_block().transpose()
    }
}

/// Finds the last record boundary of a growing buffer, and counts rows.
struct Cutter {
    delimiter: u8,
    position: usize,
    in_quotes: bool,
    /// End of the last whole record.
    boundary: usize,
    /// Records up to the boundary.
    rows: u64,
}

impl Cutter {
    fn new(delimiter: u8) -> Self {
        Self { delimiter, position: 0, in_quotes: false, boundary: 0, rows: 0 }
    }

    fn scan(&mut self, bytes: &[u8], at_end: bool) {
        // A byte whose meaning depends on the next one waits for it.
        let limit = if at_end { bytes.len() } else { bytes.len().saturating_sub(1) };
        while self.position < limit {
            if self.in_quotes {
                let Some(found) = memchr(b'"', &bytes[self.position..limit]) else {
                    self.position = limit;
                    return;
                };
                let at = self.position + found;
                if bytes.get(at + 1) == Some(&b'"') {
                    // The second of a doubled quote may be the waiting byte.
                    self.position = at + 2;
                } else {
                    self.in_quotes = false;
                    self.position = at + 1;
                }
                continue;
            }
            let Some(found) = memchr3(b'"', b'\n', b'\r', &bytes[self.position..limit]) else {
                self.position = limit;
                return;
            };
            let at = self.position + found;
            self.position = at + 1;
            if bytes[at] == b'"' {
                self.in_quotes = opens_field(bytes, at, self.delimiter);
                continue;
            }
            if bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n') {
                self.position = at + 2;
            }
            self.rows += 1;
            self.boundary = self.position;
        }
    }
}

/// A quote opens a field only where the field starts.
fn opens_field(bytes: &[u8], at: usize, delimiter: u8) -> bool {
    match at.checked_sub(1).map(|before| bytes[before]) {
        None => true,
        Some(before) => before == delimiter || before == b'\n' || before == b'\r',
    }
}

/// The cells of one record, as ranges of the text that they were found in.
#[derive(Debug, Default, Clone)]
pub struct Record {
    /// Start and end of each cell, quotes included.
    cells: Vec<(usize, usize)>,
    stray_quote: bool,
}

impl Record {
    /// How many cells.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether text stands behind a closing quote. Other readers join it to the
    /// cell; here it may mean that a quote opened rows before, by mistake.
    #[must_use]
    pub fn has_stray_quote(&self) -> bool {
        self.stray_quote
    }

    /// Whether the row has no cell at all: a blank line.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// A cell of the text that the record was read from; blank past its end.
    #[must_use]
    pub fn cell<'a>(&self, text: &'a str, index: usize) -> Cow<'a, str> {
        let Some((start, end)) = self.cells.get(index).copied() else { return Cow::Borrowed("") };
        let raw = text.get(start..end).unwrap_or_default();
        match raw.strip_prefix('"') {
            Some(quoted) => unquote(quoted),
            None => Cow::Borrowed(raw),
        }
    }
}

/// What stands in a quoted cell, its opening quote already gone. Text after
/// the closing quote belongs to the cell, as it does for the `csv` crate.
fn unquote(quoted: &str) -> Cow<'_, str> {
    let bytes = quoted.as_bytes();
    let first = memchr(b'"', bytes);
    match first {
        None => return Cow::Borrowed(quoted),
        Some(at) if at + 1 == bytes.len() => return Cow::Borrowed(&quoted[..at]),
        Some(_) => {}
    }
    let mut text = String::with_capacity(quoted.len());
    let mut rest = quoted;
    while let Some(at) = rest.find('"') {
        text.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('"') {
            text.push('"');
            rest = after;
        } else {
            break;
        }
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// Splits a block into records.
#[derive(Debug)]
pub struct Splitter<'a> {
    bytes: &'a [u8],
    delimiter: u8,
    position: usize,
}

impl<'a> Splitter<'a> {
    /// Starts at the first byte, which starts a record.
    #[must_use]
    pub fn new(bytes: &'a [u8], delimiter: u8) -> Self {
        Self { bytes, delimiter, position: 0 }
    }

    /// Reads the next row into `record`, a blank line as one without cells;
    /// false at the end.
    pub fn next_record(&mut self, record: &mut Record) -> bool {
        record.cells.clear();
        record.stray_quote = false;
        let bytes = self.bytes;
        if self.position >= bytes.len() {
            return false;
        }
        let mut start = self.position;
        if matches!(bytes[start], b'\n' | b'\r') {
            self.position = after_terminator(bytes, start);
            return true;
        }
        loop {
            let mut at = start;
            if bytes.get(start) == Some(&b'"') {
                at = closing_quote(bytes, start + 1);
            }
            let end = memchr3(self.delimiter, b'\n', b'\r', &bytes[at..])
                .map_or(bytes.len(), |found| at + found);
            record.stray_quote |= at > start && !bytes[at..end].iter().all(|b| *b == b' ');
            record.cells.push((start, end));
            match bytes.get(end) {
                Some(byte) if *byte == self.delimiter => start = end + 1,
                Some(_) => {
                    self.position = after_terminator(bytes, end);
                    return true;
                }
                None => {
                    self.position = bytes.len();
                    return true;
                }
            }
        }
    }
}

/// Just past the quote that closes a field, or the end of the bytes.
fn closing_quote(bytes: &[u8], mut at: usize) -> usize {
    while let Some(found) = memchr(b'"', bytes.get(at..).unwrap_or_default()) {
        at += found + 1;
        if bytes.get(at) != Some(&b'"') {
            return at;
        }
        at += 1;
    }
    bytes.len()
}

fn after_terminator(bytes: &[u8], at: usize) -> usize {
    if bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n') { at + 2 } else { at + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, delimiter: u8) -> Vec<Vec<String>> {
        let mut splitter = Splitter::new(text.as_bytes(), delimiter);
        let mut record = Record::default();
        let mut rows = Vec::new();
        while splitter.next_record(&mut record) {
            rows.push((0..record.len()).map(|at| record.cell(text, at).into_owned()).collect());
        }
        rows
    }

    fn blocks(bytes: &[u8]) -> Result<Vec<(u64, Vec<u8>)>, Error> {
        let layout = TextLayout::sniff(bytes);
        let origin = Arc::new(Origin { file: "t.csv".into(), sheet: None });
        Blocks::new(bytes, layout, origin)
            .map(|block| block.map(|b| (b.first_row, b.bytes)))
            .collect()
    }

    #[test]
    fn a_line_break_in_quotes_is_no_boundary() {
        assert_eq!(
            rows("a,\"b\nc\"\r\n1,\"x\"\"y\"\n", b','),
            [vec!["a", "b\nc"], vec!["1", "x\"y"]]
        );
    }

    #[test]
    fn blank_lines_are_rows_and_a_lone_return_ends_one() {
        assert_eq!(rows("a,b\r\r1,2", b','), [vec!["a", "b"], vec![], vec!["1", "2"]]);
    }

    #[test]
    fn a_quote_within_a_cell_is_a_letter() {
        assert_eq!(rows("5\" pipe,3\n\"x\"y,2\n", b','), [vec!["5\" pipe", "3"], vec!["xy", "2"]]);
    }

    #[test]
    fn rejects_a_quote_that_never_closes() {
        let error = blocks(b"a,b\n1,2\n3,\"open\n4,5\n").unwrap_err();
        assert!(
            matches!(&error, Error::UnclosedQuote { place } if place.row() == Some(3)),
            "{error}"
        );
    }

    #[test]
    fn sniffs_the_delimiter_outside_quotes() {
        assert_eq!(TextLayout::sniff(b"a;b;\"c,d,e,f\"\n").delimiter, b';');
        assert_eq!(
            TextLayout::sniff(b"\xef\xbb\xbfa\tb\n"),
            TextLayout { delimiter: b'\t', byte_order_mark: true }
        );
        assert_eq!(TextLayout::sniff(b"one\n").delimiter, b',');
        assert_eq!(TextLayout::sniff(b"a;b\n1,5;x, y, z\n2,5;v\n").delimiter, b';');
    }

    #[test]
    fn names_the_row_that_is_not_utf8() {
        let origin = Arc::new(Origin { file: "t.csv".into(), sheet: None });
        for bytes in [b"a,b\n1,\"x\ny\"\nM\xfcller,3\n", b"a;b\n1;\"x\ny\"\nM\xfcller;3\n"] {
            let layout = TextLayout::sniff(bytes);
            let block =
                Blocks::new(&bytes[..], layout, Arc::clone(&origin)).next().unwrap().unwrap();
            let error = block.text(&origin).unwrap_err();
            assert!(
                matches!(&error, Error::NotUtf8 { place } if place.row() == Some(3)),
                "{error}"
            );
        }
    }

    #[test]
    fn blocks_end_at_records_wherever_the_buffer_ends() {
        let row = format!("{},\"a\n{}\"\r\n", "x".repeat(99), "\"\"".repeat(20));
        let text = row.repeat((BLOCK_BYTES * 2) / row.len() + 3);
        let blocks = blocks(text.as_bytes()).unwrap();
        assert!(blocks.len() >= 2);
        let joined: Vec<u8> = blocks.iter().flat_map(|(_, bytes)| bytes.clone()).collect();
        assert_eq!(joined, text.as_bytes());
        let mut expected_row = 1;
        for (first_row, bytes) in &blocks {
            assert_eq!(*first_row, expected_row);
            expected_row += rows(std::str::from_utf8(bytes).unwrap(), b',').len() as u64;
        }
    }
}
