//! The texts that the cells of a workbook share, read once, in one piece of
//! memory.

use std::io::Read;
use std::ops::Range;

use super::super::source::most_strings;
use super::markup::{Attribute, Cursor, Holder, Pieces, Unusual, plain};

const HOLDER: Holder = ("sst", b"</si>", b"</sst>");
/// Strings that are left to the careful reader; with more of them, all are.
const MOST_ODD: usize = 1 << 14;
/// Bytes that these may take.
const MOST_ODD_BYTES: usize = 4 << 20;

/// The texts, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Strings {
    text: String,
    /// Where each ends.
    ends: Vec<u32>,
    /// Texts that took a careful reading, by number.
    odd: Vec<(usize, String)>,
}

/// Strings that are written unusually (in several fonts, say), as elements:
/// their numbers, and the XML.
#[derive(Debug, Default)]
pub(super) struct Odd {
    pub(super) numbers: Vec<usize>,
    pub(super) xml: String,
}

impl Strings {
    /// Reads them all.
    pub(super) fn read(
        inner: impl Read,
        declared: u64,
        bytes: usize,
    ) -> Result<(Self, Odd), Unusual> {
        let (mut strings, mut odd) = (Self::default(), Odd::default());
        let mut pieces = Pieces::open(inner, declared, HOLDER, bytes)?;
        let mut piece = Vec::new();
        while let Some(whole) = pieces.next(&mut piece)? {
            let whole = piece.get(..whole).unwrap_or_default();
            let text = simdutf8::basic::from_utf8(whole).map_err(|_| Unusual)?;
            let mut cursor = Cursor::new(text);
            loop {
                cursor.skip_space();
                if cursor.is_at_end() || cursor.takes(b"</sst>") && cursor.is_at_end() {
                    break;
                }
                strings.push(&mut cursor, &mut odd)?;
            }
        }
        // Nothing was reserved for them; but whoever says so is refused.
        if pieces.announced > most_strings(pieces.read) {
            return Err(Unusual);
        }
        Ok((strings, odd))
    }

    /// The next string.
    fn push(&mut self, cursor: &mut Cursor<'_>, odd: &mut Odd) -> Result<(), Unusual> {
        let start = *cursor;
        let text = written(cursor, *b"</si>").and_then(|written| {
            plain(if written.keeps_space { written.text } else { trimmed(written.text) })
        });
        match text {
            Ok(text) => self.text.push_str(&text),
            Err(Unusual) if start.rest().starts_with(b"<si/>") => {
                *cursor = start;
                cursor.pass(b"<si/>".len());
            }
            Err(Unusual) => {
                *cursor = start;
                if !cursor.takes(b"<si>") {
                    return Err(Unusual);
                }
                let length = memchr::memmem::find(cursor.rest(), b"</si>").ok_or(Unusual)?;
                let inner = cursor.take(length)?;
                cursor.pass(b"</si>".len());
                // Within these, an element may only seem to end.
                if inner.contains("<!")
                    || inner.contains("<?")
                    || odd.numbers.len() == MOST_ODD
                    || odd.xml.len() + inner.len() > MOST_ODD_BYTES
                {
                    return Err(Unusual);
                }
                odd.numbers.push(self.ends.len());
                for part in ["<si>", inner, "</si>"] {
                    odd.xml.push_str(part);
                }
            }
        }
        self.ends.push(u32::try_from(self.text.len()).map_err(|_| Unusual)?);
        Ok(())
    }

    /// Takes in what a careful reading makes of the odd ones.
    pub(super) fn settle(&mut self, odd: &Odd, texts: Vec<String>) {
        self.odd = odd.numbers.iter().copied().zip(texts).collect();
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text of a number.
    #[inline]
    pub(super) fn get(&self, number: usize) -> Option<&str> {
        let end = *self.ends.get(number)? as usize;
        let start = match number.checked_sub(1) {
            Some(before) => *self.ends.get(before)? as usize,
            None => 0,
        };
        let Range { start, end } = start..end;
        if start == end
            && let Ok(at) = self.odd.binary_search_by_key(&number, |(number, _)| *number)
        {
            return self.odd.get(at).map(|(_, text)| text.as_str());
        }
        self.text.get(start..end)
    }
}

/// A text of one font as it is written.
pub(super) struct Written<'a> {
    pub(super) from: usize,
    pub(super) text: &'a str,
    /// Space around it is part of it.
    pub(super) keeps_space: bool,
}

/// A string of one font: `<si>` or `<is>`, which `closing` ends.
pub(super) fn written<'a>(
    cursor: &mut Cursor<'a>,
    closing: [u8; 5],
) -> Result<Written<'a>, Unusual> {
    if !(cursor.takes(b"<si>") || cursor.takes(b"<is>")) || !cursor.takes(b"<t") {
        return Err(Unusual);
    }
    let mut keeps_space = false;
    let is_empty = loop {
        match cursor.attribute()? {
            Attribute::End { is_empty } => break is_empty,
            Attribute::Named("xml:space", "preserve") if !keeps_space => keeps_space = true,
            Attribute::Named(..) => return Err(Unusual),
        }
    };
    let from = cursor.at();
    let mut text = "";
    if !is_empty {
        text = cursor.text()?;
        if !cursor.takes(b"</t>") {
            return Err(Unusual);
        }
    }
    if cursor.takes(&closing) { Ok(Written { from, text, keeps_space }) } else { Err(Unusual) }
}

/// A text without the space around it.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\r', '\n'])
}
