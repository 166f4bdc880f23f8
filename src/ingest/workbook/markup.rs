//! XML as programs write it: tags with attributes in double quotes, and texts
//! between them. Whatever else XML may be is [`Unusual`] here.

use std::borrow::Cow;
use std::io::{ErrorKind, Read};

use memchr::{memchr, memchr3, memmem};

use crate::ingest::source::fill;

/// Something that is written in another way than programs write it. It is no
/// fault: the careful reader reads it, or says what is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unusual;

/// A place in a text of XML.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Bytes passed.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// What is ahead.
    #[inline]
    pub(super) fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    #[inline]
    pub(super) fn pass(&mut self, bytes: usize) {
        self.at += bytes;
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.at >= self.text.len()
    }

    /// Passes these bytes, if they are next.
    #[inline]
    pub(super) fn takes<const N: usize>(&mut self, bytes: &[u8; N]) -> bool {
        let is_next = self.rest().first_chunk::<N>() == Some(bytes);
        if is_next {
            self.at += N;
        }
        is_next
    }

    #[inline]
    pub(super) fn skip_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.rest().first() {
            self.at += 1;
        }
    }

    /// So many bytes, which have to end where a character does.
    #[inline]
    pub(super) fn take(&mut self, bytes: usize) -> Result<&'a str, Unusual> {
        let taken = self.text.get(self.at..self.at + bytes).ok_or(Unusual)?;
        self.at += bytes;
        Ok(taken)
    }

    /// The text up to the next tag.
    #[inline]
    pub(super) fn text(&mut self) -> Result<&'a str, Unusual> {
        let length = memchr(b'<', self.rest()).ok_or(Unusual)?;
        self.take(length)
    }

    /// Up to a quote, and past it.
    #[inline]
    fn value(&mut self) -> Result<&'a str, Unusual> {
        let length = self.rest().iter().position(|byte| matches!(byte, b'"' | b'<'));
        let value = self.take(length.ok_or(Unusual)?)?;
        if self.takes(b"\"") { Ok(value) } else { Err(Unusual) }
    }

    /// An element's or an attribute's name.
    fn name(&mut self) -> Result<&'a str, Unusual> {
        let is_letter =
            |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':' | b'-' | b'.');
        let rest = self.rest();
        let length = rest.iter().position(|byte| !is_letter(byte)).ok_or(Unusual)?;
        if rest.first().is_some_and(|first| first.is_ascii_alphabetic() || *first == b'_') {
            self.take(length)
        } else {
            Err(Unusual)
        }
    }

    /// One attribute and the space before it, or the end of the tag.
    pub(super) fn attribute(&mut self) -> Result<Attribute<'a>, Unusual> {
        let before = self.at;
        self.skip_space();
        if self.takes(b">") {
            return Ok(Attribute::End { is_empty: false });
        }
        if self.takes(b"/>") {
            return Ok(Attribute::End { is_empty: true });
        }
        if before == self.at {
            return Err(Unusual);
        }
        let name = self.name()?;
        if !self.takes(b"=\"") {
            return Err(Unusual);
        }
        Ok(Attribute::Named(name, self.value()?))
    }

    /// The rest of the tag of what holds all: whether its element ends with it,
    /// and how many different ones it says that it holds.
    fn holder(&mut self) -> Result<Holds, Unusual> {
        let mut announced = None;
        loop {
            match self.attribute()? {
                Attribute::Named("uniqueCount", count) => {
                    let count = count.parse().map_err(|_| Unusual)?;
                    if announced.replace(count).is_some() {
                        return Err(Unusual);
                    }
                }
                Attribute::Named(..) => {}
                Attribute::End { is_empty } => {
                    return Ok(Holds { nothing: is_empty, announced: announced.unwrap_or(0) });
                }
            }
        }
    }

    /// The rest of a tag whose attributes do not matter: whether its element
    /// ends with it.
    pub(super) fn attributes(&mut self) -> Result<bool, Unusual> {
        loop {
            if let Attribute::End { is_empty } = self.attribute()? {
                return Ok(is_empty);
            }
        }
    }

    /// What stands above the element that holds everything, and its tag.
    fn pass_prologue(&mut self, holder: &str) -> Result<Holds, Unusual> {
        self.takes(b"\xef\xbb\xbf");
        if self.takes(b"<?xml ") {
            let length = memmem::find(self.rest(), b"?>").ok_or(Unusual)?;
            let declaration = self.take(length)?.to_ascii_lowercase();
            self.pass(2);
            if declaration.contains("encoding") && !declaration.contains("encoding=\"utf-8\"") {
                return Err(Unusual);
            }
        }
        loop {
            self.skip_space();
            if self.takes(b"</") {
                self.name()?;
                if !self.takes(b">") {
                    return Err(Unusual);
                }
                continue;
            }
            if !self.takes(b"<") {
                return Err(Unusual);
            }
            let name = self.name()?;
            let local = name.rsplit(':').next().unwrap_or_default();
            if name == holder {
                return self.holder();
            }
            let mut reference = None;
            while let Attribute::Named(name, value) = self.attribute()? {
                if name == "ref" && reference.replace(value).is_some() {
                    return Err(Unusual);
                }
            }
            let is_sound = match local {
                "dimension" => reference.is_some_and(is_sound_dimension),
                _ => local != holder,
            };
            if !is_sound {
                return Err(Unusual);
            }
        }
    }
}

/// What the tag of what holds all says.
struct Holds {
    nothing: bool,
    announced: u64,
}

/// What a tag goes on with.
pub(super) enum Attribute<'a> {
    Named(&'a str, &'a str),
    End { is_empty: bool },
}

/// Whether a range of cells is one, so that no reader stumbles over it.
fn is_sound_dimension(range: &str) -> bool {
    let cell = |text: &str| {
        let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
        let (letters, digits) = text.split_at(letters);
        let column = letters.bytes().fold(0_u32, |column, letter| {
            column.saturating_mul(26).saturating_add(u32::from(letter - b'A') + 1)
        });
        let is_number = digits.len() <= 7 && digits.bytes().all(|byte| byte.is_ascii_digit());
        let row = digits.parse::<u32>().ok().filter(|row| is_number && *row > 0)?;
        (1..=3).contains(&letters.len()).then_some((row, column))
    };
    let (from, to) = range.split_once(':').unwrap_or((range, range));
    match (cell(from), cell(to)) {
        (Some((top, left)), Some((bottom, right))) => top <= bottom && left <= right,
        _ => false,
    }
}

/// What a text says: the five named characters stand for themselves. Anything
/// else that is written by a sign for it is unusual.
#[inline]
pub(super) fn plain(text: &str) -> Result<Cow<'_, str>, Unusual> {
    let bytes = text.as_bytes();
    let mut from = 0;
    let mut has_names = false;
    while let Some(found) = memchr3(b'&', b'\r', b'_', bytes.get(from..).unwrap_or_default()) {
        let at = from + found;
        match bytes.get(at..).unwrap_or_default() {
            [b'&', ..] => has_names = true,
            [b'_', b'x', hex @ ..] => {
                let is_escape = |hex: &[u8; 5]| {
                    let [digits @ .., last] = hex;
                    *last == b'_' && digits.iter().all(u8::is_ascii_hexdigit)
                };
                if hex.first_chunk::<5>().is_some_and(is_escape) {
                    return Err(Unusual);
                }
            }
            [b'_', ..] => {}
            _ => return Err(Unusual),
        }
        from = at + 1;
    }
    if has_names { named(text).map(Cow::Owned) } else { Ok(Cow::Borrowed(text)) }
}

fn named(text: &str) -> Result<String, Unusual> {
    const NAMES: [(&str, char); 5] =
        [("amp;", '&'), ("lt;", '<'), ("gt;", '>'), ("quot;", '"'), ("apos;", '\'')];
    let mut parts = text.split('&');
    let mut said = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let found =
            NAMES.iter().find_map(|(name, letter)| Some((part.strip_prefix(name)?, letter)));
        let (rest, letter) = found.ok_or(Unusual)?;
        said.push(*letter);
        said.push_str(rest);
    }
    Ok(said)
}

/// Bytes that are read before a piece is given out.
pub(super) const PIECE_BYTES: usize = 256 << 10;
/// An element that takes more, or what stands above the first one, is unusual.
const MOST_BYTES: usize = 16 << 20;

/// The elements that another one holds, some whole ones at a time.
pub(super) struct Pieces<R> {
    inner: R,
    /// How one of them ends.
    closing: &'static [u8],
    /// How what holds them ends.
    end: &'static [u8],
    /// What is read and not yet given out.
    rest: Vec<u8>,
    is_ended: bool,
    /// What stands behind the last one, up to some bound.
    behind: Vec<u8>,
    /// Bytes read at a time.
    bytes: usize,
    /// How many elements are announced; 0 where nothing is said.
    pub(super) announced: u64,
    /// How many bytes were read.
    pub(super) read: u64,
    /// How many there are, as they say.
    declared: u64,
}

/// What [`Pieces`] are of: the element that holds them, how one of them ends,
/// and how what holds them does.
pub(super) type Holder = (&'static str, &'static [u8], &'static [u8]);

impl<R: Read> Pieces<R> {
    /// Passes what is above the first element. More bytes than are `declared`
    /// are unusual.
    pub(super) fn open(
        inner: R,
        declared: u64,
        holder: Holder,
        bytes: usize,
    ) -> Result<Self, Unusual> {
        let (name, closing, end) = holder;
        let mut pieces = Self {
            inner,
            closing,
            end,
            rest: Vec::new(),
            is_ended: false,
            behind: Vec::new(),
            bytes: bytes.max(1),
            announced: 0,
            read: 0,
            declared,
        };
        let tag = [b"<", name.as_bytes()].concat();
        loop {
            let is_all = !pieces.read_more()?;
            let found = memmem::find(&pieces.rest, &tag)
                .and_then(|from| Some(from + memchr(b'>', pieces.rest.get(from..)?)? + 1));
            let above = match found {
                Some(to) => pieces.rest.get(..to).unwrap_or_default(),
                None if is_all => return Err(Unusual),
                None => continue,
            };
            let mut cursor = Cursor::new(simdutf8::basic::from_utf8(above).map_err(|_| Unusual)?);
            let holds = cursor.pass_prologue(name)?;
            (pieces.is_ended, pieces.announced) = (holds.nothing, holds.announced);
            let passed = cursor.at();
            pieces.rest.drain(..passed);
            return Ok(pieces);
        }
    }

    /// False at the end of all bytes.
    fn read_more(&mut self) -> Result<bool, Unusual> {
        let from = self.rest.len();
        if from > MOST_BYTES {
            return Err(Unusual);
        }
        self.rest.resize(from + self.bytes.max(from), 0);
        let room = self.rest.get_mut(from..).unwrap_or_default();
        // Whoever reads carefully meets an error, if it is met at all.
        let read = fill(&mut self.inner, room).map_err(|_| Unusual)?;
        self.rest.truncate(from + read);
        self.read += read as u64;
        if self.read > self.declared { Err(Unusual) } else { Ok(read > 0) }
    }

    /// Reads to the end of all bytes, where they are held to their checksum.
    fn pass_what_is_left(&mut self) -> Result<(), Unusual> {
        let mut passed = [0; 1 << 12];
        loop {
            match self.inner.read(&mut passed) {
                Ok(0) => return Ok(()),
                Ok(read) => {
                    self.read += read as u64;
                    if self.behind.len() < MOST_BYTES {
                        self.behind.extend_from_slice(passed.get(..read).unwrap_or_default());
                    }
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) => return Err(Unusual),
            }
            if self.read > self.declared {
                return Err(Unusual);
            }
        }
    }

    /// What stands behind the last element, once there are no more: of what is
    /// longer than any sheet's, the beginning.
    pub(super) fn behind(&self) -> &[u8] {
        &self.behind
    }

    /// The next elements, in a buffer that was used before, and where the last
    /// of them ends: one more follows, or the end of what holds them. Nothing
    /// where there are no more.
    pub(super) fn next(&mut self, piece: &mut Vec<u8>) -> Result<Option<usize>, Unusual> {
        piece.clear();
        let mut searched = 0_usize;
        while !self.is_ended {
            // The end may have begun in what was searched.
            let from = searched.saturating_sub(self.end.len());
            let found = memmem::find(self.rest.get(from..).unwrap_or_default(), self.end);
            if let Some(at) = found {
                self.is_ended = true;
                let to = from + at + self.end.len();
                self.behind.extend_from_slice(self.rest.get(to..).unwrap_or_default());
                self.pass_what_is_left()?;
                std::mem::swap(piece, &mut self.rest);
                piece.truncate(to);
                return Ok(Some(to));
            }
            let last =
                |bytes: &[u8]| memmem::rfind(bytes, self.closing).map(|at| at + self.closing.len());
            let more = last(&self.rest).unwrap_or_default();
            let before = more.saturating_sub(self.closing.len());
            let whole = last(self.rest.get(..before).unwrap_or_default());
            // What is left of the piece before is as good as nothing.
            if let Some(whole) = whole.filter(|_| searched > 0 || more >= self.bytes) {
                piece.extend_from_slice(self.rest.get(whole..).unwrap_or_default());
                std::mem::swap(piece, &mut self.rest);
                piece.truncate(more);
                return Ok(Some(whole));
            }
            searched = self.rest.len();
            if !self.read_more()? {
                return Err(Unusual);
            }
        }
        Ok(None)
    }
}
