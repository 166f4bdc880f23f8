//! Delimited text: from bytes to records, in large blocks cut at true record
//! boundaries. A line break inside quotes is not one.
//!
//! The reading of quotes is that of the `csv` crate (a property test holds it
//! to that), but rows are counted as a spreadsheet shows them, blank ones too,
//! and a quote that never closes is an error with its place.

use std::borrow::Cow;
use std::io::Read;
use std::ops::Range;
use std::sync::Arc;

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, u8x64};
use memchr::memchr;

use crate::diagnostics::{Error, Origin, Place};

use super::sheet::unreadable;
use super::source::{Bounds, MAX_ROW, SourceError, fill};

/// How a text file is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextLayout {
    /// What stands between cells: `,`, `;`, tab or `|`.
    pub delimiter: u8,
    /// Whether the first line only names the delimiter, like `sep=;`.
    pub names_delimiter: bool,
}

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Rows that the delimiter is found out from.
const SNIFFED_ROWS: usize = 50;

/// Bytes read at a time.
const BLOCK_BYTES: usize = 1 << 20;

impl TextLayout {
    /// Finds the delimiter out from the first rows of a file (UTF-8, without a
    /// byte order mark): the one that its first line names, else the one that
    /// most rows hold equally often, outside quotes.
    #[must_use]
    pub fn sniff(head: &[u8]) -> Self {
        if let Some(delimiter) = named_delimiter(head) {
            return Self { delimiter, names_delimiter: true };
        }
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
        Self { delimiter, names_delimiter: false }
    }

    /// The number of the first row. A line that names the delimiter is none: a
    /// spreadsheet takes it as an instruction and does not show it.
    #[must_use]
    pub fn first_row(&self) -> u64 {
        u64::from(!self.names_delimiter)
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

/// The delimiter that the first line names: `sep=;`, perhaps in quotes, a tab
/// as itself or as `\t`.
fn named_delimiter(head: &[u8]) -> Option<u8> {
    let line = head.split(|byte| matches!(byte, b'\n' | b'\r')).next()?;
    let bare = line.strip_prefix(b"\"").and_then(|line| line.strip_suffix(b"\""));
    let (name, delimiter) = bare.unwrap_or(line).split_at_checked(4)?;
    if !name.eq_ignore_ascii_case(b"sep=") {
        return None;
    }
    match delimiter {
        b"\\t" => Some(b'\t'),
        [delimiter] => Some(*delimiter).filter(|delimiter| DELIMITERS.contains(delimiter)),
        _ => None,
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
        simdutf8::compat::from_utf8(&self.bytes).map_err(|error| {
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
    block_bytes: usize,
    carried: Vec<u8>,
    next_row: u64,
    at_end: bool,
    record_bytes: usize,
    ends_whole: bool,
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
            block_bytes: bytes.max(1),
            carried: Vec::new(),
            next_row: layout.first_row(),
            at_end: false,
            record_bytes: Bounds::default().record_bytes,
            ends_whole: true,
        }
    }

    /// The same, with another bound for the length of a record.
    #[must_use]
    pub(super) fn up_to(self, record_bytes: usize) -> Self {
        Self { record_bytes, ..self }
    }

    /// The same, but a record that never ends, or not within the bound, is
    /// given as far as it was read: for showing it.
    #[must_use]
    pub(super) fn with_unfinished(self) -> Self {
        Self { ends_whole: false, ..self }
    }

    fn next_block(&mut self) -> Result<Option<Block>, Error> {
        if self.at_end && self.carried.is_empty() {
            return Ok(None);
        }
        let mut bytes = std::mem::take(&mut self.carried);
        let mut cutter = Cutter::new(self.delimiter);
        loop {
            if !self.at_end {
                let before = bytes.len();
                bytes.resize(before + self.block_bytes, 0);
                let room = bytes.get_mut(before..).unwrap_or_default();
                let read = fill(&mut self.reader, room).map_err(|error| {
                    unreadable(&SourceError::from_io(&self.origin.file, &error))
                })?;
                bytes.truncate(before + read);
                self.at_end = read < self.block_bytes;
            }
            cutter.scan(&bytes, self.at_end);
            if self.at_end {
                if cutter.in_quotes && self.ends_whole {
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
            if bytes.len() > self.record_bytes {
                if !self.ends_whole {
                    self.at_end = true;
                    let block =
                        Block { bytes, delimiter: self.delimiter, first_row: self.next_row };
                    return Ok(Some(block));
                }
                return Err(Error::TooLarge {
                    place: Place::of(Arc::clone(&self.origin)).at_row(self.next_row),
                    what: "the length of this row in bytes",
                    limit: self.record_bytes as u64,
                    help: format!(
                        "look in this row for a \" without its partner; if it is as long as that, raise the limit with {MAX_ROW}"
                    ),
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
    marks: Finder<3>,
    position: usize,
    in_quotes: bool,
    /// End of the last whole record.
    boundary: usize,
    /// Records up to the boundary.
    rows: u64,
}

impl Cutter {
    fn new(delimiter: u8) -> Self {
        let marks = Finder::new([b'"', b'\n', b'\r']);
        Self { delimiter, marks, position: 0, in_quotes: false, boundary: 0, rows: 0 }
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
            let at = self.marks.next(&bytes[..limit], self.position);
            if at == limit {
                self.position = limit;
                return;
            }
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

    /// Where a cell stands in the text that the record was read from, quotes
    /// included.
    #[must_use]
    pub fn range(&self, index: usize) -> Option<Range<usize>> {
        self.cells.get(index).map(|(start, end)| *start..*end)
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
    #[inline]
    pub fn cell<'a>(&self, text: &'a str, index: usize) -> Cow<'a, str> {
        let Some((start, end)) = self.cells.get(index).copied() else { return Cow::Borrowed("") };
        let raw = text.get(start..end).unwrap_or_default();
        match raw.as_bytes().first() {
            Some(b'"') => unquote(raw.get(1..).unwrap_or_default()),
            _ => Cow::Borrowed(raw),
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

/// Bytes that are looked at together.
const CHUNK: usize = 64;

/// Finds the next of a few bytes, place by place.
#[derive(Debug)]
pub(super) struct Finder<const N: usize> {
    sought: [u8; N],
    /// Where the bytes start and end that were looked at last.
    looked: Range<usize>,
    /// Which of them are sought, a bit for each.
    found: u64,
}

impl<const N: usize> Finder<N> {
    pub(super) fn new(sought: [u8; N]) -> Self {
        Self { sought, looked: 0..0, found: 0 }
    }

    /// The first of the sought bytes from a place on, or the end of all. Places
    /// never go back; bytes may be added at the end.
    #[inline]
    pub(super) fn next(&mut self, bytes: &[u8], at: usize) -> usize {
        if self.looked.contains(&at) {
            self.found &= u64::MAX << (at - self.looked.start);
        } else {
            self.look(bytes, at);
        }
        while self.found == 0 {
            if self.looked.end >= bytes.len() {
                return bytes.len();
            }
            self.look(bytes, self.looked.end);
        }
        self.looked.start + self.found.trailing_zeros() as usize
    }

    /// Looks at the bytes from a place on.
    #[inline]
    fn look(&mut self, bytes: &[u8], at: usize) {
        let rest = bytes.get(at..).unwrap_or_default();
        if let Some(chunk) = rest.first_chunk() {
            self.looked = at..at + CHUNK;
            self.found = places_in(chunk, self.sought);
            return;
        }
        let mut last = [0; CHUNK];
        for (byte, known) in last.iter_mut().zip(rest) {
            *byte = *known;
        }
        self.looked = at..at + rest.len();
        // What lies beyond the end is nothing that is sought.
        self.found = places_in(&last, self.sought) & !(u64::MAX << rest.len());
    }
}

/// A bit for each place of one of a few bytes.
#[inline]
fn places_in<const N: usize>(chunk: &[u8; CHUNK], sought: [u8; N]) -> u64 {
    // Too little for it to be worth a choice of instructions.
    dispatch!(Level::baseline(), simd => {
        let bytes = u8x64::from_slice(simd, chunk);
        let found = sought.map(|byte| bytes.simd_eq(u8x64::splat(simd, byte)).to_bitmask());
        found.into_iter().fold(0, |all, one| all | one)
    })
}

/// Splits a block into records.
#[derive(Debug)]
pub struct Splitter<'a> {
    bytes: &'a [u8],
    delimiter: u8,
    position: usize,
    ends: Finder<3>,
}

impl<'a> Splitter<'a> {
    /// Starts at the first byte, which starts a record.
    #[must_use]
    pub fn new(bytes: &'a [u8], delimiter: u8) -> Self {
        Self { bytes, delimiter, position: 0, ends: Finder::new([delimiter, b'\n', b'\r']) }
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
            let end = if bytes.get(start) == Some(&b'"') {
                let closed = closing_quote(bytes, start + 1);
                let end = self.ends.next(bytes, closed);
                record.stray_quote |= !bytes[closed..end].iter().all(|b| *b == b' ');
                end
            } else {
                self.ends.next(bytes, start)
            };
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

    proptest::proptest! {
        #[test]
        fn sought_bytes_are_found_one_after_the_other_while_more_come(
            text in "([a,\"\n]|[b-z]{1,9}){0,60}",
            steps in proptest::collection::vec(0..70_usize, 0..9),
            zero in proptest::bool::ANY,
        ) {
            let bytes = text.as_bytes();
            let sought = [b',', b'\n', if zero { 0 } else { b'"' }];
            let mut finder = Finder::new(sought);
            let (mut at, mut limit) = (0, 0);
            for step in steps.into_iter().chain([bytes.len()]) {
                limit = (limit + step).min(bytes.len());
                while at < limit {
                    let known = &bytes[..limit];
                    let expected = known[at..].iter().position(|byte| sought.contains(byte));
                    let found = finder.next(known, at);
                    proptest::prop_assert_eq!(found, expected.map_or(limit, |found| at + found));
                    at = found + 1;
                }
                at = at.min(limit);
            }
        }
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
        assert_eq!(TextLayout::sniff(b"a\tb\n").delimiter, b'\t');
        assert_eq!(TextLayout::sniff(b"one\n").delimiter, b',');
        assert_eq!(TextLayout::sniff(b"a;b\n1,5;x, y, z\n2,5;v\n").delimiter, b';');
    }

    #[test]
    fn the_first_line_may_name_the_delimiter_and_is_no_row() {
        for (head, delimiter) in [
            (&b"sep=;\r\na,b,c;d\n"[..], b';'),
            (b"\"sep=;\"\na,b,c;d\n", b';'),
            (b"SEP=,\na;b;c,d\n", b','),
            (b"sep=\t\na;b;c\td\n", b'\t'),
            (b"sep=\\t\na;b;c\td\n", b'\t'),
            (b"sep=|", b'|'),
        ] {
            let expected = TextLayout { delimiter, names_delimiter: true };
            assert_eq!(TextLayout::sniff(head), expected, "{}", String::from_utf8_lossy(head));
        }
        // A line with more in it is a row like any other.
        for head in [&b"sep=;;;\na;b;c\n"[..], b"sep=\na;b\n", b"sep=x\na;b\n", b"a;sep=,\n1;2\n"] {
            let expected = TextLayout { delimiter: b';', names_delimiter: false };
            assert_eq!(TextLayout::sniff(head), expected, "{}", String::from_utf8_lossy(head));
        }
        let rows: Vec<u64> =
            blocks(b"sep=;\na;b\n").unwrap().into_iter().map(|(row, _)| row).collect();
        assert_eq!(rows, [0]);
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
