//! Rows that are all alike, split 64 bytes at a time without a branch for any
//! of them: as many cells as the header has, each in quotes as a whole or not
//! at all, each row ended by a line break. What is otherwise is left to
//! [`super::Rows`], row by row.

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, u8x64};

/// Rows that are split at once: few enough to stay close to the processor.
const MOST_ROWS: usize = 256;
/// Bytes that are looked at together.
const CHUNK: usize = 64;

/// Where the cells of some rows start.
#[derive(Debug, Default)]
pub(super) struct Even {
    /// The start of the first row, and behind it where each cell's end is
    /// passed: the start of the next one.
    bounds: Vec<u32>,
    rows: usize,
}

/// The bytes of a chunk that matter, a bit for each.
struct Marks {
    delimiters: u64,
    line_feeds: u64,
    carriage_returns: u64,
    quotes: u64,
}

/// What a chunk leaves to the next one.
#[derive(Debug, Clone, Copy)]
struct Carried {
    /// All bits, if a quote is open.
    open: u64,
    /// One, if a cell or a second quote may start here.
    start: u64,
    /// One, if a quote closed just before.
    closed: u64,
}

impl Even {
    /// Splits the rows that start at `from` and before `end`, as far as they
    /// are alike.
    pub(super) fn split(
        &mut self,
        bytes: &[u8],
        range: (usize, usize),
        length: usize,
        shape: (u8, usize),
    ) {
        dispatch!(Level::new(), simd => self.split_by(simd, bytes, range, length, shape));
    }

    /// [`Self::split`] with the instructions that this processor has.
    #[inline(always)]
    fn split_by<S: Simd>(
        &mut self,
        simd: S,
        bytes: &[u8],
        (from, end): (usize, usize),
        length: usize,
        (delimiter, columns): (u8, usize),
    ) {
        self.rows = 0;
        // Of a single column a blank line would be a row; and places are short.
        let (Ok(first), Ok(_)) = (u32::try_from(from), u32::try_from(length)) else { return };
        if columns < 2 {
            return;
        }
        self.bounds.resize((MOST_ROWS * columns).saturating_add(1 + CHUNK), 0);
        if let Some(bound) = self.bounds.first_mut() {
            *bound = first;
        }
        let (mut base, mut found) = (from, 0);
        let mut carried = Carried { open: 0, start: 1, closed: 0 };
        while base < length {
            let Some(chunk) = bytes.get(base..).and_then(<[u8]>::first_chunk::<CHUNK>) else {
                return;
            };
            let marks = Marks::of(simd, chunk, delimiter);
            let is_next = bytes.get(base + CHUNK) == Some(&b'\n');
            let Some(line_feeds) = carried.outside_quotes(&marks, is_next) else { return };
            let ends = line_feeds | (marks.delimiters & !carried.open_in(marks.quotes));
            carried.go_on(&marks, ends);
            self.note(found, base, ends);
            let mut left = line_feeds;
            while left != 0 {
                let upto = left ^ (left - 1);
                let cells = found + (ends & upto).count_ones() as usize;
                if cells != (self.rows + 1) * columns {
                    return;
                }
                self.rows += 1;
                let next = base + upto.count_ones() as usize;
                if self.rows == MOST_ROWS || next >= end || next >= length {
                    return;
                }
                left &= left - 1;
            }
            found += ends.count_ones() as usize;
            // More cells than that in the rows at hand are too many for one.
            if found > MOST_ROWS * columns {
                return;
            }
            base += CHUNK;
        }
    }

    /// Notes where the ends of a chunk are passed.
    #[inline(always)]
    fn note(&mut self, found: usize, base: usize, ends: u64) {
        let room =
            self.bounds.get_mut(found + 1..).and_then(|room| room.first_chunk_mut::<CHUNK>());
        // It is known to fit.
        let (Some(room), Ok(base)) = (room, u32::try_from(base)) else { return };
        let mut left = ends;
        for eight in room.as_chunks_mut::<8>().0 {
            // What is noted beyond the last one is written over.
            for bound in eight {
                *bound = base + left.trailing_zeros() + 1;
                left &= left.wrapping_sub(1);
            }
            if left == 0 {
                break;
            }
        }
    }

    /// How many rows there are.
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// The bounds of all cells: of a row of `n` columns, `n` and the first of
    /// the next row.
    pub(super) fn bounds(&self, columns: usize) -> &[u32] {
        self.bounds.get(..=self.rows * columns).unwrap_or_default()
    }
}

impl Carried {
    /// All bytes that are in quotes, closing ones left out.
    #[inline(always)]
    fn open_in(self, quotes: u64) -> u64 {
        up_to_each(quotes) ^ self.open
    }

    /// The line feeds that end a row; nothing, if a quote or a carriage return
    /// is not where those of plain rows are.
    #[inline(always)]
    fn outside_quotes(self, marks: &Marks, is_line_feed_next: bool) -> Option<u64> {
        let open = self.open_in(marks.quotes);
        let line_feeds = marks.line_feeds & !open;
        let ends = line_feeds | (marks.delimiters & !open);
        let (opening, closing) = (marks.quotes & open, marks.quotes & !open);
        let may_open = ((ends | closing) << 1) | self.start;
        let behind_closing = (closing << 1) | self.closed;
        let may_follow = ends | marks.quotes | marks.carriage_returns;
        let before_line_feed = (marks.line_feeds >> 1) | (u64::from(is_line_feed_next) << 63);
        let alone = marks.carriage_returns & !open & !before_line_feed;
        let odd = (opening & !may_open) | (behind_closing & !may_follow) | alone;
        (odd == 0).then_some(line_feeds)
    }

    #[inline(always)]
    fn go_on(&mut self, marks: &Marks, ends: u64) {
        let open = self.open_in(marks.quotes);
        let closing = marks.quotes & !open;
        self.start = (ends | closing) >> 63;
        self.closed = closing >> 63;
        self.open = (open >> 63).wrapping_neg();
    }
}

impl Marks {
    #[inline(always)]
    fn of<S: Simd>(simd: S, chunk: &[u8; CHUNK], delimiter: u8) -> Self {
        let bytes = u8x64::from_slice(simd, chunk);
        let bits = |sought: u8| bytes.simd_eq(u8x64::splat(simd, sought)).to_bitmask();
        Self {
            delimiters: bits(delimiter),
            line_feeds: bits(b'\n'),
            carriage_returns: bits(b'\r'),
            quotes: bits(b'"'),
        }
    }
}

/// A bit for each byte that an odd number of quotes stands at or before.
#[inline(always)]
fn up_to_each(quotes: u64) -> u64 {
    let mut open = quotes;
    for shift in [1, 2, 4, 8, 16, 32] {
        open ^= open << shift;
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cells of the rows that were split, and where the next row starts.
    fn split(text: &str, columns: usize) -> (Vec<Vec<String>>, usize) {
        let mut bytes = text.as_bytes().to_vec();
        let length = bytes.len();
        bytes.resize(length + CHUNK, 0);
        let mut even = Even::default();
        even.split(&bytes, (0, usize::MAX), length, (b',', columns));
        let bounds: Vec<usize> = even.bounds(columns).iter().map(|at| *at as usize).collect();
        let cells = bounds.windows(2).map(|pair| text[pair[0]..pair[1] - 1].to_owned());
        let cells: Vec<String> = cells.collect();
        let rows = cells.chunks(columns).map(<[String]>::to_vec).collect();
        (rows, *bounds.last().unwrap())
    }

    #[test]
    fn cells_are_told_apart_with_quotes_and_across_chunks() {
        let long = "x".repeat(70);
        let text = format!("a,\"b, \"\"{long}\"\"\nc\",\r\n\"\",{long},\"\"\"\"\n1,2,3");
        let (rows, next) = split(&text, 3);
        let quoted = format!("\"b, \"\"{long}\"\"\nc\"");
        assert_eq!(rows, [["a", &quoted, "\r"], ["\"\"", &long, "\"\"\"\""]]);
        assert_eq!(&text[next..], "1,2,3");
    }

    #[test]
    fn rows_are_split_up_to_the_first_that_is_otherwise() {
        for odd in
            ["1,2,3\n", "1\n", "\n", "a\"b,c\n", "\"a\"b,c\n", "a\rb,c\n", "\"a\" ,b\n", "\"a"]
        {
            for before in 0..70 {
                let even = format!("{},y\n", "x".repeat(before));
                let (rows, next) = split(&format!("{even}{odd}"), 2);
                // A row in the same chunk may be left to the careful reader too.
                assert!(rows.is_empty() || (rows.len() == 1 && next == even.len()), "{odd}");
                let (rows, _) = split(&format!("{even}{even}{}{odd}", "z,z\n".repeat(40)), 2);
                assert!(rows.len() >= 2, "{odd}");
            }
        }
    }
}
