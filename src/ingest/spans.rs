//! Delimited text at the speed of reading it: parts of a file, read in large
//! blocks, and their rows as spans of bytes. Nothing is copied, and no cell is
//! looked at that nobody asks for.
//!
//! A part begins where a row is *thought* to begin. Rows of the part before it
//! end somewhere; only if that is the very place was the thought right, and
//! whoever reads parts has to hold them to it ([`Passed`]). What this reader
//! does not deal with, an error among it, it leaves to [`super::text`].

mod even;
mod wide;

use std::fs::File;
use std::io::{self, Seek, SeekFrom};
use std::ops::Range;

use crate::digest::{Piece, PieceDigest};

use super::sheet::{Sheet, Storage};
use super::source::{Compression, Kind, TextEncoding, fill};
use super::text::{Finder, TextLayout};

use even::Even;
pub use wide::{Narrow, Wide};

/// Zeros behind the bytes of a block, so that every look ahead stays within.
const PADDING: usize = 64;

/// Rows that are looked at for one that is as long as the header.
const GUESSES: usize = 64;

/// A longer row is out of the ordinary: most likely a quote is open.
const MAX_ROW_BYTES: usize = 1 << 20;

/// Rows that are read one by one where one was out of the ordinary.
const ROWS_BY_ONE: usize = 8;

/// Bytes read past the nominal end of a part, where its last row ends.
const OVERSHOOT: usize = 4 << 10;

/// A range of a file: the rows that start in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The first byte.
    pub from: u64,
    /// Just past the last byte; [`u64::MAX`] for the rest of the file.
    pub to: u64,
}

/// What a reader of a part has passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passed {
    /// Where its first row starts, which is a guess but for a file's first
    /// part; the end of the part if no row starts in it.
    pub from: u64,
    /// Where the first row behind it starts, or the file ends.
    pub to: u64,
    /// Rows, blank ones too.
    pub rows: u64,
}

/// Why parts cannot be read here.
#[derive(Debug)]
pub enum NotHere {
    /// The system says no.
    Io(io::Error),
    /// Text that is faulty or out of the ordinary.
    Extraordinary,
}

impl From<io::Error> for NotHere {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// The size of a sheet's file and its layout, if it is plain UTF-8 text.
#[must_use]
pub fn plain_text(sheet: &Sheet) -> Option<(u64, TextLayout)> {
    let Storage::Text(layout) = sheet.storage else { return None };
    let source = &sheet.source;
    let Kind::Text(found) = source.kind else { return None };
    let encoding = if source.byte_order_mark { found } else { sheet.encoding.unwrap_or(found) };
    // A line that names the delimiter is no row.
    let is_plain = source.compression == Compression::None && !layout.names_delimiter;
    if !is_plain || encoding != TextEncoding::Utf8 {
        return None;
    }
    let file = std::fs::metadata(&source.path).ok()?;
    file.is_file().then_some((file.len(), layout))
}

/// Reads the rows of a [`Part`].
#[derive(Debug)]
pub struct PartReader {
    file: File,
    part: Part,
    layout: TextLayout,
    block: usize,
    /// The bytes in hand, and [`PADDING`].
    buffer: Vec<u8>,
    filled: usize,
    /// Bytes found to be UTF-8.
    checked: usize,
    /// Where the next row starts.
    next: usize,
    /// Where the buffer lies in the file.
    base: u64,
    at_end: bool,
    passed: Passed,
    /// The digest of the bytes of the part, where it is wanted.
    piece: Option<Piece>,
    /// The header's.
    columns: usize,
    even: Even,
    bounds: Vec<u32>,
}

impl PartReader {
    /// Opens a part of a sheet's file, and looks for its first row.
    ///
    /// # Errors
    /// [`NotHere`].
    pub fn open(
        sheet: &Sheet,
        layout: TextLayout,
        part: Part,
        (block, buffer): (usize, Vec<u8>),
        has_digest: bool,
    ) -> Result<Self, NotHere> {
        // The byte before tells whether a row starts right here.
        let base = part.from.saturating_sub(1);
        let mut reader = Self::new(sheet, layout, part, base, block, buffer)?;
        reader.piece = has_digest.then(|| Piece::at(part.from));
        reader.find_start()?;
        Ok(reader)
    }

    fn new(
        sheet: &Sheet,
        layout: TextLayout,
        part: Part,
        base: u64,
        block: usize,
        buffer: Vec<u8>,
    ) -> Result<Self, NotHere> {
        let mut file = File::open(&sheet.source.path)?;
        if base > 0 {
            file.seek(SeekFrom::Start(base))?;
        }
        Ok(Self {
            file,
            part,
            layout,
            block: block.max(1),
            buffer,
            filled: 0,
            checked: 0,
            next: 0,
            base,
            at_end: false,
            passed: Passed { from: part.from, to: part.from, rows: 0 },
            piece: None,
            columns: sheet.headers.len(),
            even: Even::default(),
            bounds: vec![0; sheet.headers.len() + 1],
        })
    }

    /// Opens a part that is known to begin where a row does.
    ///
    /// # Errors
    /// [`NotHere`].
    pub fn at(
        sheet: &Sheet,
        layout: TextLayout,
        part: Part,
        block: usize,
    ) -> Result<Self, NotHere> {
        let mut reader = Self::new(sheet, layout, part, part.from, block, Vec::new())?;
        reader.read_more()?;
        reader.check()?;
        Ok(reader)
    }

    /// The digest of the part's bytes, all of which were read.
    #[must_use]
    pub fn digest(&self) -> Option<PieceDigest> {
        let piece = self.piece.as_ref()?;
        let is_whole = self.part.to == u64::MAX && self.at_end;
        (is_whole || piece.bytes() == self.part.to - self.part.from).then(|| piece.finish())
    }

    /// The buffer, for the next reader.
    #[must_use]
    pub fn into_buffer(self) -> Vec<u8> {
        self.buffer
    }

    /// What was passed over so far.
    #[must_use]
    pub fn passed(&self) -> Passed {
        self.passed
    }

    fn find_start(&mut self) -> Result<(), NotHere> {
        if self.part.from == 0 {
            while self.filled < 3 && !self.at_end {
                self.read_more()?;
            }
            if self.buffer.starts_with(b"\xef\xbb\xbf") && self.filled >= 3 {
                self.next = 3;
            }
            self.check()?;
            self.note_start();
            return Ok(());
        }
        loop {
            self.read_more()?;
            match self.guess(self.columns) {
                Some(next) => {
                    self.next = next;
                    break;
                }
                // No row starts here as far as anybody can see.
                None if self.at_end || self.base + self.filled as u64 >= self.part.to => {
                    self.next = self.filled;
                    break;
                }
                None if self.filled > MAX_ROW_BYTES => return Err(NotHere::Extraordinary),
                None => {}
            }
        }
        // A character may be cut in two before the first row.
        self.checked = self.next;
        self.check()?;
        self.note_start();
        Ok(())
    }

    fn note_start(&mut self) {
        let start = self.base + self.next as u64;
        self.passed.from = if start >= self.part.to { self.part.to } else { start };
        self.passed.to = start;
    }

    /// The first line break in hand that a row of as many cells as the header
    /// follows, or else the first of all.
    fn guess(&self, columns: usize) -> Option<usize> {
        let bytes = self.buffer.get(..self.filled)?;
        let mut breaks = memchr::memchr_iter(b'\n', bytes).map(|at| at + 1);
        let mut bounds = vec![0; columns + 1];
        let likely = breaks.clone().take(GUESSES).find(|start| {
            let mut rows =
                Rows::new(&self.buffer, self.filled, *start, self.layout.delimiter, self.at_end);
            rows.next(&mut bounds) == Step::Row && rows.cells == columns
        });
        likely.or_else(|| breaks.next().filter(|start| *start < self.filled || self.at_end))
    }

    /// Reads on. Rows that were passed make room first.
    fn read_more(&mut self) -> Result<(), NotHere> {
        if self.next > 0 {
            self.buffer.copy_within(self.next..self.filled, 0);
            self.base += self.next as u64;
            self.filled -= self.next;
            self.checked = self.checked.saturating_sub(self.next);
            self.next = 0;
        }
        let here = self.base + self.filled as u64;
        let left = usize::try_from(self.part.to.saturating_sub(here)).unwrap_or(usize::MAX);
        // A long row doubles what is read, lest its start be passed too often.
        let wanted =
            self.block.max(self.filled).min(left.saturating_add(OVERSHOOT.max(self.filled)));
        let target = self.filled + wanted;
        if u32::try_from(target).is_err() {
            return Err(NotHere::Extraordinary);
        }
        if self.buffer.len() < target + PADDING {
            self.buffer.resize(target + PADDING, 0);
        }
        let before = self.filled;
        let room = self.buffer.get_mut(before..target).unwrap_or_default();
        self.filled += fill(&mut self.file, room)?;
        self.at_end |= self.filled < target;
        if let Some(piece) = &mut self.piece {
            let within =
                |at: u64| usize::try_from(at.saturating_sub(self.base)).unwrap_or(usize::MAX);
            let (from, to) = (within(self.part.from).max(before), within(self.part.to));
            piece.update(self.buffer.get(from..to.min(self.filled)).unwrap_or_default());
        }
        if let Some(padding) = self.buffer.get_mut(self.filled..self.filled + PADDING) {
            padding.fill(0);
        }
        Ok(())
    }

    /// Holds new bytes to UTF-8; a character may go on in the next block.
    fn check(&mut self) -> Result<(), NotHere> {
        let new = self.buffer.get(self.checked..self.filled).unwrap_or_default();
        match simdutf8::compat::from_utf8(new) {
            Ok(_) => self.checked = self.filled,
            Err(error) if error.error_len().is_none() && !self.at_end => {
                self.checked += error.valid_up_to();
            }
            Err(_) => return Err(NotHere::Extraordinary),
        }
        Ok(())
    }

    /// Gives every row that starts in the part to `visit`, blank ones too, in
    /// their order.
    ///
    /// # Errors
    /// [`NotHere`]; what was visited then counts for nothing.
    pub fn for_each(&mut self, visit: &mut impl Visit) -> Result<(), NotHere> {
        loop {
            let end = usize::try_from(self.part.to.saturating_sub(self.base)).unwrap_or(usize::MAX);
            let step = self.rows_in_hand(end, visit);
            self.passed.to = self.base + self.next as u64;
            match step {
                Step::Faulty => return Err(NotHere::Extraordinary),
                Step::Cut => {}
                _ if self.at_end || self.next >= end => return Ok(()),
                _ => {}
            }
            if self.filled - self.next > MAX_ROW_BYTES {
                return Err(NotHere::Extraordinary);
            }
            self.read_more()?;
            self.check()?;
        }
    }

    /// Gives the rows that are whole and start before `end`; says why there
    /// are no more.
    fn rows_in_hand(&mut self, end: usize, visit: &mut impl Visit) -> Step {
        let (columns, layout) = (self.columns, self.layout);
        loop {
            if self.next >= end {
                return Step::End;
            }
            let (from, delimiter) = (self.next, layout.delimiter);
            self.even.split(&self.buffer, (from, end), self.filled, (delimiter, columns));
            let rows = self.even.rows();
            if rows > 0 {
                let bounds = self.even.bounds(columns);
                let number = self.passed.rows;
                let even = EvenRows { bytes: &self.buffer, bounds, columns, layout, number };
                visit.even(&even);
                self.passed.rows += rows as u64;
                self.next = even.end();
                continue;
            }
            let mut rows = Rows::new(&self.buffer, self.filled, from, delimiter, self.at_end);
            for _ in 0..ROWS_BY_ONE {
                let start = rows.at;
                if start >= end {
                    break;
                }
                match rows.next(&mut self.bounds) {
                    Step::Row => visit.row(&Span {
                        bytes: &self.buffer,
                        start,
                        end: rows.at,
                        bounds: &self.bounds,
                        layout,
                        cells: rows.cells,
                        number: self.passed.rows,
                    }),
                    step => {
                        self.next = rows.at;
                        return step;
                    }
                }
                self.passed.rows += 1;
            }
            self.next = rows.at;
        }
    }
}

/// Takes rows.
pub trait Visit {
    /// A row.
    fn row(&mut self, row: &Span<'_>);

    /// Some rows of as many cells as the header has.
    fn even(&mut self, rows: &EvenRows<'_>) {
        for at in 0..rows.count() {
            self.row(&rows.span(at));
        }
    }
}

/// Rows that follow one another and have as many cells as the header.
#[derive(Debug, Clone, Copy)]
pub struct EvenRows<'a> {
    bytes: &'a [u8],
    bounds: &'a [u32],
    columns: usize,
    layout: TextLayout,
    /// Which row of its part the first one is, from 0.
    number: u64,
}

impl<'a> EvenRows<'a> {
    /// How many.
    #[must_use]
    pub fn count(&self) -> usize {
        self.bounds.len() / self.columns
    }

    /// The bytes that they lie in, with what is behind them.
    #[must_use]
    pub fn block(&self) -> &'a [u8] {
        self.bytes
    }

    /// How many cells each of them has.
    #[must_use]
    #[inline(always)]
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Where neighbouring cells from the first to the last one are in the block,
    /// of each row from one on.
    #[inline(always)]
    pub fn cells(
        &self,
        first: usize,
        last: usize,
        at: usize,
    ) -> impl Iterator<Item = Range<usize>> + use<'a> {
        let (bytes, columns, is_last) = (self.bytes, self.columns, last + 1 == self.columns);
        // Where cells start, row by row, and one further where they end.
        let bounds = self.bounds.get(at * columns..).unwrap_or_default();
        let ends = bounds.get(1..).unwrap_or_default().chunks_exact(columns.max(1));
        bounds.chunks_exact(columns.max(1)).zip(ends).map(move |(starts, ends)| {
            let bound = |bounds: &[u32], at: usize| bounds.get(at).map_or(0, |at| *at as usize);
            between(bytes, (bound(starts, first), bound(ends, last)), is_last)
        })
    }

    /// A cell of each row from one on, as [`Span::narrow`] gives it.
    #[inline(always)]
    pub fn narrow(
        &self,
        column: usize,
        at: usize,
    ) -> impl Iterator<Item = Option<Narrow>> + use<'a> {
        let bytes = self.bytes;
        self.cells(column, column, at).map(move |cell| narrow(bytes, &cell))
    }

    /// One of them, from 0; past the last one a row without cells.
    #[must_use]
    #[inline]
    pub fn span(&self, at: usize) -> Span<'a> {
        let (from, to) = (at * self.columns, (at + 1) * self.columns);
        let bounds = self.bounds.get(from..=to).unwrap_or_default();
        let place = |bound: Option<&u32>| bound.map_or(0, |bound| *bound as usize);
        Span {
            bytes: self.bytes,
            start: place(bounds.first()),
            end: place(bounds.last()),
            bounds,
            layout: self.layout,
            cells: bounds.len().saturating_sub(1),
            number: self.number + at as u64,
        }
    }

    /// Where the row behind them starts.
    fn end(&self) -> usize {
        self.bounds.last().map_or(0, |bound| *bound as usize)
    }
}

/// A row as a span of bytes.
#[derive(Debug, Clone, Copy)]
pub struct Span<'a> {
    /// The bytes that it lies in, and more behind it.
    bytes: &'a [u8],
    start: usize,
    end: usize,
    bounds: &'a [u32],
    layout: TextLayout,
    /// How many cells it has; the bounds of the first ones are known.
    pub cells: usize,
    /// Which row of its part it is, from 0.
    pub number: u64,
}

impl<'a> Span<'a> {
    /// The row as the only one of some, if all of its cells are known and a line
    /// feed alone ends it.
    #[must_use]
    pub fn as_even_rows(&self) -> Option<EvenRows<'a>> {
        let Self { bytes, bounds, layout, cells: columns, number, .. } = *self;
        let ends = bounds.last().is_some_and(|bound| *bound as usize == self.end);
        let is_whole = columns > 0 && bounds.len() == columns + 1 && ends;
        is_whole.then_some(EvenRows { bytes, bounds, columns, layout, number })
    }

    /// A cell's bytes, quotes included; blank past the known ones.
    #[must_use]
    pub fn cell(&self, index: usize) -> &'a [u8] {
        self.bytes.get(self.range(index, index)).unwrap_or_default()
    }

    /// Neighbouring cells from the first to the last one, with all between.
    #[must_use]
    pub fn cells_between(&self, first: usize, last: usize) -> &'a [u8] {
        self.bytes.get(self.range(first, last)).unwrap_or_default()
    }

    /// Where they are in the block.
    #[must_use]
    #[inline]
    pub fn range(&self, first: usize, last: usize) -> Range<usize> {
        if last >= self.cells {
            return 0..0;
        }
        let bound = |at: usize| self.bounds.get(at).map_or(0, |bound| *bound as usize);
        between(self.bytes, (bound(first), bound(last + 1)), last + 1 == self.cells)
    }

    /// The bytes that the row lies in, with what is behind it.
    #[must_use]
    #[inline]
    pub fn block(&self) -> &'a [u8] {
        self.bytes
    }

    /// A cell of at most 31 bytes as a number that no other text has.
    #[must_use]
    #[inline]
    pub fn wide(&self, index: usize) -> Option<Wide> {
        let range = self.range(index, index);
        Wide::new(self.bytes.get(range.start..)?, range.end.wrapping_sub(range.start))
    }

    /// A cell of at most 15 bytes as a number that no other text has.
    #[must_use]
    #[inline]
    pub fn narrow(&self, index: usize) -> Option<Narrow> {
        narrow(self.bytes, &self.range(index, index))
    }

    /// A cell as the reports show it, if its bytes say so as they stand.
    #[must_use]
    pub fn plain(&self, index: usize) -> Option<&'a str> {
        let cell = std::str::from_utf8(bare(self.cell(index))?).ok()?;
        Some(super::cells::plain(cell, Storage::Text(self.layout)))
    }

    /// The text of the whole row, its line break included.
    #[must_use]
    pub fn text(&self) -> &'a str {
        let bytes = self.bytes.get(self.start..self.end).unwrap_or_default();
        // It is known to be UTF-8: nothing is lost.
        simdutf8::basic::from_utf8(bytes).unwrap_or_default()
    }
}

/// The bytes from where a cell starts to just before where its end is passed;
/// `is_last` of a row's last cell.
#[inline(always)]
fn between(bytes: &[u8], (from, passed): (usize, usize), is_last: bool) -> Range<usize> {
    let mut to = passed.saturating_sub(1);
    // A line break may be two bytes.
    if is_last && to > from && bytes.get(to.wrapping_sub(1)) == Some(&b'\r') {
        to -= 1;
    }
    from..to
}

/// A cell of at most 15 bytes.
#[inline(always)]
fn narrow(bytes: &[u8], cell: &Range<usize>) -> Option<Narrow> {
    Narrow::new(bytes.get(cell.start..)?, cell.end.wrapping_sub(cell.start))
}

/// What stands in a cell, if it is in quotes within its quotes; nothing for a
/// cell with quotes in it.
#[must_use]
pub fn bare(cell: &[u8]) -> Option<&[u8]> {
    let Some(quoted) = cell.strip_prefix(b"\"") else { return Some(cell) };
    let inner = quoted.strip_suffix(b"\"")?;
    memchr::memchr(b'"', inner).is_none().then_some(inner)
}

/// A place in a buffer, none of which is as large as that ([`PartReader`]).
#[inline]
fn short(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// A whole row.
    Row,
    /// No row: the bytes are used up.
    End,
    /// The row goes on in the next block.
    Cut,
    /// A quote that never closes, or closes within a cell.
    Faulty,
}

/// Walks along the rows of a block.
struct Rows<'a> {
    bytes: &'a [u8],
    length: usize,
    delimiter: u8,
    at_end: bool,
    /// The bytes that can end a cell or open quotes.
    marks: Finder<4>,
    /// Where the next one is looked for.
    from: usize,
    at: usize,
    cells: usize,
}

impl<'a> Rows<'a> {
    fn new(bytes: &'a [u8], length: usize, at: usize, delimiter: u8, at_end: bool) -> Self {
        let marks = Finder::new([delimiter, b'\n', b'\r', b'"']);
        Self { bytes, length, delimiter, at_end, marks, from: at, at, cells: 0 }
    }

    /// The next mark, and where it is.
    #[inline]
    fn mark(&mut self) -> Option<(usize, u8)> {
        let known = self.bytes.get(..self.length)?;
        let at = self.marks.next(known, self.from);
        self.from = (at + 1).min(self.length);
        known.get(at).map(|byte| (at, *byte))
    }

    /// Goes past a row. `bounds` gets where cells start: of each just past the
    /// byte that ends the one before.
    #[inline]
    fn next(&mut self, bounds: &mut [u32]) -> Step {
        if self.at >= self.length {
            return Step::End;
        }
        let mut start = self.at;
        let mut cells = 0;
        if let Some(bound) = bounds.first_mut() {
            *bound = short(start);
        }
        loop {
            let mut mark = self.mark();
            if let Some((at, b'"')) = mark {
                if at != start {
                    // A quote within a cell is a letter.
                    continue;
                }
                mark = match self.past_quotes() {
                    Ok(mark) => mark,
                    Err(step) => return step,
                };
            }
            let Some((end, byte)) = mark else {
                if !self.at_end {
                    return Step::Cut;
                }
                self.at = self.length;
                self.cells = cells + 1;
                if let Some(bound) = bounds.get_mut(cells + 1) {
                    *bound = short(self.length + 1);
                }
                return Step::Row;
            };
            if byte == self.delimiter {
                cells += 1;
                start = end + 1;
                if let Some(bound) = bounds.get_mut(cells) {
                    *bound = short(start);
                }
                continue;
            }
            let mut next = end + 1;
            if byte == b'\r' {
                if next == self.length && !self.at_end {
                    return Step::Cut;
                }
                if next < self.length && self.bytes.get(next) == Some(&b'\n') {
                    self.mark();
                    next += 1;
                }
            }
            // A blank line has no cell.
            self.cells = if cells == 0 && end == self.at { 0 } else { cells + 1 };
            if let Some(bound) = bounds.get_mut(cells + 1) {
                *bound = short(end + 1);
            }
            self.at = next;
            return Step::Row;
        }
    }

    /// Behind the quote that closes a cell: the mark that ends the cell.
    fn past_quotes(&mut self) -> Result<Option<(usize, u8)>, Step> {
        let open = if self.at_end { Step::Faulty } else { Step::Cut };
        let closed = loop {
            match self.mark() {
                None => return Err(open),
                Some((at, b'"')) => {
                    let next = at + 1;
                    if next == self.length && !self.at_end {
                        return Err(Step::Cut);
                    }
                    if next < self.length && self.bytes.get(next) == Some(&b'"') {
                        self.mark();
                    } else {
                        break next;
                    }
                }
                Some(_) => {}
            }
        };
        let mark = loop {
            match self.mark() {
                Some((_, b'"')) => {}
                mark => break mark,
            }
        };
        let end = match mark {
            Some((end, _)) => end,
            None if self.at_end => self.length,
            None => return Err(Step::Cut),
        };
        let behind = self.bytes.get(closed..end).unwrap_or_default();
        if behind.iter().all(|byte| *byte == b' ') { Ok(mark) } else { Err(Step::Faulty) }
    }
}
