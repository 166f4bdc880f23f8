//! A worksheet's rows, found in large pieces of its XML.

use std::collections::BTreeMap;
use std::io::Read;
use std::ops::ControlFlow;

use calamine::CellErrorType;

use crate::diagnostics::Error;

use super::markup::{Attribute, Cursor, Holder, Pieces, Unusual, plain};
use super::strings::{Strings, Written, trimmed, written};
use super::{CellKind, MAX_COLUMNS, Meaning, WorksheetCell};

const HOLDER: Holder = ("sheetData", b"</row>", b"</sheetData>");
/// Texts of numbers that are kept for one style.
const MOST_MADE: usize = 1 << 15;
/// Digits of any sheet's days; far more, and nobody can count them.
const MOST_DAY_DIGITS: usize = 7;
/// Digits that a float keeps, whatever they are.
const MOST_DIGITS: usize = 15;
/// More digits than any sheet has rows, or any workbook texts.
const MOST_COUNT_DIGITS: usize = 9;

/// What ends a reading before its end.
#[derive(Debug)]
pub(super) enum Stop {
    /// The careful reader has to go on.
    Unusual,
    /// Whoever takes the rows says no.
    Failed(Error),
}

impl From<Unusual> for Stop {
    fn from(_: Unusual) -> Self {
        Self::Unusual
    }
}

/// What cells point to.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(super) strings: Strings,
    /// What a style makes of a number, by its number.
    pub(super) styles: Vec<Meaning>,
}

/// Opens a sheet's XML.
pub(super) fn open<R: Read>(inner: R, declared: u64, bytes: usize) -> Result<Pieces<R>, Unusual> {
    Pieces::open(inner, declared, HOLDER, bytes)
}

/// Reads the rows of one piece after another.
#[derive(Debug, Default)]
pub(super) struct RowReader {
    found: Vec<Found>,
    maker: Maker,
}

/// What of a row is kept for the next one.
#[derive(Debug, Default)]
struct Maker {
    /// The row in hand, and more cells that were used before.
    cells: Vec<WorksheetCell>,
    /// What numbers that are no plain decimals were found to say, by style;
    /// first those without one.
    made: Vec<BTreeMap<Vec<u8>, String>>,
    /// What is too long to be its own code, by its kind and style.
    long: BTreeMap<Vec<u8>, u32>,
    key: Vec<u8>,
}

/// A cell as it was found in a piece: sound, and not yet said.
#[derive(Debug, Clone, Copy)]
struct Found {
    kind: Kind,
    /// The style's number and one; 0 without one.
    style: u32,
    from: u32,
    to: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Blank,
    /// The number of a shared text is in the place of its start.
    Shared,
    /// A number that says just what is written.
    Plain,
    /// Any other number.
    Number,
    Bool,
    Failed,
    Text,
    /// A text with space around it that counts for nothing.
    Trimmed,
    /// A formula whose value nobody saved.
    Formula,
}

impl Found {
    const BLANK: Self = Self { kind: Kind::Blank, style: 0, from: 0, to: 0 };
}

/// A row of a worksheet, all of whose cells are known to be sound.
#[derive(Debug)]
pub struct WorksheetRow<'a> {
    /// From 1.
    pub number: u64,
    found: &'a [Found],
    text: &'a str,
    shared: &'a Shared,
    maker: &'a mut Maker,
}

/// Where a row begins.
struct RowTag<'a> {
    start: usize,
    number: u64,
    /// The number as it is written.
    digits: &'a [u8],
    /// It has no cells.
    is_empty: bool,
}

/// The attributes of a cell that matter.
#[derive(Default)]
struct Tag<'a> {
    column: Option<usize>,
    style: Option<usize>,
    kind: Option<&'a [u8]>,
}

impl RowReader {
    /// Gives the rows of a piece up to `whole` to `visit` as soon as what
    /// follows is no more of them.
    pub(super) fn read(
        &mut self,
        piece: &[u8],
        whole: usize,
        shared: &Shared,
        mut visit: impl FnMut(WorksheetRow<'_>) -> Result<ControlFlow<()>, Stop>,
    ) -> Result<ControlFlow<()>, Stop> {
        let text = simdutf8::basic::from_utf8(piece).map_err(|_| Unusual)?;
        let mut cursor = Cursor::new(text);
        let mut tag = row_tag(&mut cursor)?;
        while let Some(RowTag { start, number, digits, is_empty }) = tag {
            if start >= whole {
                break;
            }
            self.found.clear();
            if !is_empty {
                self.row(&mut cursor, digits, shared)?;
            }
            tag = row_tag(&mut cursor)?;
            if tag.as_ref().is_some_and(|next| next.number <= number) {
                return Err(Stop::Unusual);
            }
            if self.found.is_empty() {
                continue;
            }
            let Self { found, maker } = self;
            if visit(WorksheetRow { number, found, text, shared, maker })?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// The cells of a row, and its end.
    fn row(
        &mut self,
        cursor: &mut Cursor<'_>,
        number: &[u8],
        shared: &Shared,
    ) -> Result<(), Unusual> {
        loop {
            if cursor.rest().first() != Some(&b'<') {
                cursor.skip_space();
            }
            if !cursor.takes(b"<c") {
                return if cursor.takes(b"</row>") { Ok(()) } else { Err(Unusual) };
            }
            let mut tag = Tag::default();
            let is_empty = cell_tag(cursor, number, &mut tag)?;
            let next = self.found.len();
            let column = tag.column.unwrap_or(next);
            if column < next || column >= MAX_COLUMNS {
                return Err(Unusual);
            }
            // Cells that are not written are blank.
            for _ in next..column {
                self.found.push(Found::BLANK);
            }
            let found = if is_empty { Found::BLANK } else { content(cursor, &tag, shared)? };
            self.found.push(found);
        }
    }
}

/// What a cell holds, and its end.
#[inline]
fn content(cursor: &mut Cursor<'_>, tag: &Tag<'_>, shared: &Shared) -> Result<Found, Unusual> {
    const END: &[u8; 8] = b"</v></c>";
    if !cursor.takes(b"<v>") {
        return other_content(cursor, tag, shared);
    }
    let from = cursor.at();
    let found = value(cursor.text()?, from, tag, shared)?;
    if cursor.takes(END) {
        return Ok(found);
    }
    if cursor.takes(b"</v>") { ending(cursor, found) } else { Err(Unusual) }
}

/// The end of a cell.
fn ending(cursor: &mut Cursor<'_>, found: Found) -> Result<Found, Unusual> {
    cursor.skip_space();
    if cursor.takes(b"</c>") { Ok(found) } else { Err(Unusual) }
}

/// A formula, a text of its own, or nothing.
fn other_content(
    cursor: &mut Cursor<'_>,
    tag: &Tag<'_>,
    shared: &Shared,
) -> Result<Found, Unusual> {
    cursor.skip_space();
    if cursor.takes(b"</c>") {
        return Ok(Found::BLANK);
    }
    if cursor.rest().starts_with(b"<is>") {
        if tag.kind != Some(b"inlineStr") {
            return Err(Unusual);
        }
        let Written { from, text, keeps_space } = written(cursor, *b"</is>")?;
        plain(text)?;
        let kind = if keeps_space { Kind::Text } else { Kind::Trimmed };
        return ending(cursor, Found { kind, ..at(from, text)? });
    }
    if cursor.takes(b"<f") {
        return formula(cursor, tag, shared);
    }
    value_behind(cursor, tag, shared)
}

/// A formula, and its value behind it.
fn formula(cursor: &mut Cursor<'_>, tag: &Tag<'_>, shared: &Shared) -> Result<Found, Unusual> {
    let is_alone = cursor.rest().first() == Some(&b'>');
    let mut written = None;
    if !cursor.attributes()? {
        let (from, text) = (cursor.at(), cursor.text()?);
        // What it says matters only without a value, but damage does in any case.
        plain(text)?;
        if !cursor.takes(b"</f>") {
            return Err(Unusual);
        }
        // One that shares its text with others does not say it here.
        written = is_alone.then_some((from, text));
    }
    cursor.skip_space();
    if !cursor.takes(b"</c>") {
        let found = value_behind(cursor, tag, shared)?;
        // The value of a text may be an empty one.
        if found.kind != Kind::Blank || tag.kind == Some(b"str") {
            return Ok(found);
        }
    }
    let (from, text) = written.ok_or(Unusual)?;
    Ok(Found { kind: Kind::Formula, ..at(from, text)? })
}

/// The value, behind whatever else a cell has.
fn value_behind(cursor: &mut Cursor<'_>, tag: &Tag<'_>, shared: &Shared) -> Result<Found, Unusual> {
    if cursor.takes(b"<v/>") {
        let found = value("", 0, tag, shared)?;
        return ending(cursor, found);
    }
    if cursor.rest().starts_with(b"<v>") { content(cursor, tag, shared) } else { Err(Unusual) }
}

/// A text and where it is.
fn at(from: usize, text: &str) -> Result<Found, Unusual> {
    let place = |at: usize| u32::try_from(at).map_err(|_| Unusual);
    Ok(Found { kind: Kind::Text, style: 0, from: place(from)?, to: place(from + text.len())? })
}

/// A value, by its cell's type and style.
#[inline]
fn value(value: &str, from: usize, tag: &Tag<'_>, shared: &Shared) -> Result<Found, Unusual> {
    let of = |kind: Kind| Ok(Found { kind, ..at(from, value)? });
    match tag.kind {
        Some(b"s" | b"b" | b"str" | b"n") | None if value.is_empty() => Ok(Found::BLANK),
        Some(b"s") => {
            let number = number_of(value.as_bytes()).ok_or(Unusual)?;
            if number >= shared.strings.len() {
                return Err(Unusual);
            }
            let from = u32::try_from(number).map_err(|_| Unusual)?;
            Ok(Found { kind: Kind::Shared, style: 0, from, to: 0 })
        }
        Some(b"n") | None => {
            let (style, meaning) = match tag.style {
                Some(style) => (style + 1, *shared.styles.get(style).ok_or(Unusual)?),
                None => (0, Meaning::Number),
            };
            let style = u32::try_from(style).map_err(|_| Unusual)?;
            let bytes = value.as_bytes();
            let is_number = meaning == Meaning::Number;
            let kind = match () {
                () if is_number && is_plain_decimal(bytes) => Kind::Plain,
                () if is_float(bytes) && (meaning.is_typed() || may_be_day(bytes)) => Kind::Number,
                () => return Err(Unusual),
            };
            Ok(Found { kind, style, ..at(from, value)? })
        }
        Some(b"str") => {
            plain(value)?;
            of(Kind::Text)
        }
        Some(b"b") => match value {
            "0" | "1" => of(Kind::Bool),
            _ => Err(Unusual),
        },
        Some(b"e") => match value.parse::<CellErrorType>() {
            Ok(_) => of(Kind::Failed),
            Err(_) => Err(Unusual),
        },
        _ => Err(Unusual),
    }
}

impl<'a> WorksheetRow<'a> {
    /// How many columns its cells take.
    #[must_use]
    #[inline]
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether it has no cells.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// A number that stands for what a cell says, and for nothing else to the
    /// same reader; 0 for a blank one, and none past what it keeps apart.
    #[must_use]
    #[inline]
    pub fn code(&mut self, column: usize) -> Option<u128> {
        const LONG: u128 = 3 << 124;
        let Some(found) = self.found.get(column) else { return Some(0) };
        match found.kind {
            Kind::Blank => Some(0),
            Kind::Shared => Some(1 << 124 | u128::from(found.from)),
            Kind::Plain | Kind::Number => {
                let bytes = self.written(found).as_bytes();
                if bytes.len() > 13 {
                    let long = self.maker.long(Kind::Number, found.style, bytes)?;
                    return Some(LONG | u128::from(long));
                }
                let number = bytes.iter().fold(0, |all, byte| all << 8 | u128::from(*byte));
                Some(2 << 124 | u128::from(found.style) << 104 | number)
            }
            kind => {
                let bytes = self.written(found).as_bytes();
                Some(LONG | u128::from(self.maker.long(kind, 0, bytes)?))
            }
        }
    }

    /// A cell's number, if it says just what is written.
    #[must_use]
    #[inline]
    pub fn plain_number(&self, column: usize) -> Option<&'a str> {
        let found = self.found.get(column)?;
        (found.kind == Kind::Plain).then(|| self.written(found))
    }

    /// The text of a cell that shares it with others.
    #[must_use]
    pub fn shared_text(&self, column: usize) -> Option<&'a str> {
        let found = self.found.get(column)?;
        if found.kind == Kind::Shared { self.shared.strings.get(found.from as usize) } else { None }
    }

    #[inline]
    fn written(&self, found: &Found) -> &'a str {
        self.text.get(found.from as usize..found.to as usize).unwrap_or_default()
    }

    /// All of its cells.
    ///
    /// # Errors
    /// [`Unusual`], where a number is none that anybody can say.
    pub fn cells(self) -> Result<&'a [WorksheetCell], Unusual> {
        let Self { found, text, shared, maker, .. } = self;
        if maker.cells.len() < found.len() {
            maker.cells.resize_with(found.len(), WorksheetCell::default);
        }
        let mut cells = std::mem::take(&mut maker.cells);
        for (cell, found) in cells.iter_mut().zip(found) {
            cell.text.clear();
            cell.kind = CellKind::Text;
            let written = text.get(found.from as usize..found.to as usize).unwrap_or_default();
            match found.kind {
                Kind::Blank => {}
                Kind::Shared => {
                    cell.text.push_str(shared.strings.get(found.from as usize).ok_or(Unusual)?);
                }
                Kind::Plain => {
                    cell.text.push_str(written);
                    cell.kind = CellKind::Number;
                }
                Kind::Number => maker.number(cell, written, found.style, shared)?,
                Kind::Bool => cell.text.push_str(if written == "1" { "True" } else { "False" }),
                Kind::Failed => {
                    let failed = written.parse::<CellErrorType>().map_err(|_| Unusual)?;
                    cell.text.push_str(&failed.to_string());
                }
                Kind::Text => cell.text.push_str(&plain(written)?),
                Kind::Trimmed => cell.text.push_str(&plain(trimmed(written))?),
                Kind::Formula => {
                    cell.kind = CellKind::Formula;
                    cell.text.push('=');
                    cell.text.push_str(&plain(written)?);
                }
            }
        }
        maker.cells = cells;
        Ok(maker.cells.get(..found.len()).unwrap_or_default())
    }
}

impl Maker {
    /// A number that may say something else than what is written: a day, say.
    fn number(
        &mut self,
        cell: &mut WorksheetCell,
        written: &str,
        style: u32,
        shared: &Shared,
    ) -> Result<(), Unusual> {
        let style = style as usize;
        let meaning = match style.checked_sub(1) {
            Some(style) => *shared.styles.get(style).ok_or(Unusual)?,
            None => Meaning::Number,
        };
        cell.kind = CellKind::of_number(meaning.is_typed());
        if self.made.len() <= style {
            self.made.resize_with(style + 1, BTreeMap::default);
        }
        let Some(made) = self.made.get_mut(style) else { return Err(Unusual) };
        if let Some(text) = made.get(written.as_bytes()) {
            cell.text.push_str(text);
            return Ok(());
        }
        let text = meaning.text(written).ok_or(Unusual)?;
        cell.text.push_str(&text);
        if made.len() < MOST_MADE {
            made.insert(written.as_bytes().to_vec(), text);
        }
        Ok(())
    }

    /// The number of a number with many digits, or of a text that is no shared
    /// one.
    fn long(&mut self, kind: Kind, style: u32, written: &[u8]) -> Option<u32> {
        self.key.clear();
        self.key.push(kind as u8);
        self.key.extend_from_slice(&style.to_le_bytes());
        self.key.extend_from_slice(written);
        if let Some(number) = self.long.get(&self.key) {
            return Some(*number);
        }
        let number = u32::try_from(self.long.len()).ok().filter(|_| self.long.len() < MOST_MADE)?;
        self.long.insert(self.key.clone(), number);
        Some(number)
    }
}

/// The next row's tag; nothing at the end of all rows.
fn row_tag<'a>(cursor: &mut Cursor<'a>) -> Result<Option<RowTag<'a>>, Unusual> {
    cursor.skip_space();
    let start = cursor.at();
    if !cursor.takes(b"<row") {
        let is_end = cursor.takes(b"</sheetData>") && cursor.is_at_end();
        return if is_end { Ok(None) } else { Err(Unusual) };
    }
    let mut digits = None;
    loop {
        match cursor.attribute()? {
            Attribute::Named("r", value) => {
                if digits.replace(value.as_bytes()).is_some() {
                    return Err(Unusual);
                }
            }
            Attribute::Named(..) => {}
            Attribute::End { is_empty } => {
                let digits = digits.ok_or(Unusual)?;
                let number = number_of(digits).filter(|number| *number > 0).ok_or(Unusual)?;
                return Ok(Some(RowTag { start, number: number as u64, digits, is_empty }));
            }
        }
    }
}

/// The attributes of a cell in a row of that number, and the end of its tag:
/// whether the cell ends with it.
#[inline]
fn cell_tag<'a>(cursor: &mut Cursor<'a>, row: &[u8], tag: &mut Tag<'a>) -> Result<bool, Unusual> {
    loop {
        match cursor.rest() {
            [b'>', ..] => {
                cursor.pass(1);
                return Ok(false);
            }
            [b'/', b'>', ..] => {
                cursor.pass(2);
                return Ok(true);
            }
            [b' ', b'r', b'=', b'"', rest @ ..] if tag.column.is_none() => {
                let mut column = 0;
                let mut letters = 0;
                while let Some(letter @ b'A'..=b'Z') = rest.get(letters) {
                    column = column * 26 + usize::from(letter - b'A') + 1;
                    letters += 1;
                    if letters > 3 {
                        return Err(Unusual);
                    }
                }
                let digits = rest.get(letters..).unwrap_or_default();
                // Few bytes: a call to compare them would take longer.
                let is_same = row.iter().zip(digits).all(|(a, b)| a == b);
                if !is_same || digits.get(row.len()) != Some(&b'"') {
                    return Err(Unusual);
                }
                tag.column = Some(column.checked_sub(1).ok_or(Unusual)?);
                cursor.pass(4 + letters + row.len() + 1);
            }
            [b' ', b's', b'=', b'"', rest @ ..] if tag.style.is_none() => {
                let digits = quoted(rest)?;
                tag.style = Some(number_of(digits).ok_or(Unusual)?);
                cursor.pass(4 + digits.len() + 1);
            }
            [b' ', b't', b'=', b'"', rest @ ..] if tag.kind.is_none() => {
                let kind = quoted(rest)?;
                tag.kind = Some(kind);
                cursor.pass(4 + kind.len() + 1);
            }
            _ => match cursor.attribute()? {
                Attribute::End { is_empty } => return Ok(is_empty),
                Attribute::Named("r" | "s" | "t", _) => return Err(Unusual),
                Attribute::Named(..) => {}
            },
        }
    }
}

/// Up to a quote that is near.
#[inline]
fn quoted(bytes: &[u8]) -> Result<&[u8], Unusual> {
    let length = bytes.iter().take(16).position(|byte| *byte == b'"').ok_or(Unusual)?;
    bytes.get(..length).ok_or(Unusual)
}

/// A whole number of few digits, written in no other way than that.
#[inline]
fn number_of(digits: &[u8]) -> Option<usize> {
    let is_short = (1..=MOST_COUNT_DIGITS).contains(&digits.len());
    if !is_short || digits.len() > 1 && digits.first() == Some(&b'0') {
        return None;
    }
    digits.iter().try_fold(0_usize, |number, byte| {
        let digit = byte.wrapping_sub(b'0');
        (digit <= 9).then(|| number * 10 + usize::from(digit))
    })
}

/// Whether a number is written just as it is said: no more digits than a float
/// keeps, and none that says nothing.
#[inline]
fn is_plain_decimal(text: &[u8]) -> bool {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    let is_negative = digits.len() < text.len();
    if digits.len() > MOST_DIGITS {
        return false;
    }
    let mut point = None;
    for (at, byte) in digits.iter().enumerate() {
        match byte {
            b'0'..=b'9' => {}
            b'.' if point.is_none() => point = Some(at),
            _ => return false,
        }
    }
    match (digits, point) {
        ([] | [b'0', b'0'..=b'9', ..], _) => false,
        ([b'0'], None) => !is_negative,
        (_, None) => true,
        (_, Some(point)) => point > 0 && !matches!(digits.last(), Some(b'0' | b'.')),
    }
}

/// Whether a float that is written so may be a day of a sheet, or a time.
fn may_be_day(text: &[u8]) -> bool {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    let whole = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let exponent = digits.iter().position(|byte| matches!(byte, b'e' | b'E'));
    let is_small = exponent.is_none_or(|at| digits.get(at + 1) == Some(&b'-'));
    whole <= MOST_DAY_DIGITS && is_small
}

/// Whether it is a number as any reader of floats takes it.
fn is_float(text: &[u8]) -> bool {
    fn digits(text: &[u8]) -> (usize, &[u8]) {
        let count = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
        (count, text.get(count..).unwrap_or_default())
    }
    let (whole, mut rest) = digits(text.strip_prefix(b"-").unwrap_or(text));
    if let Some(behind) = rest.strip_prefix(b".") {
        let (decimals, behind) = digits(behind);
        if decimals == 0 {
            return false;
        }
        rest = behind;
    }
    if let [b'e' | b'E', exponent @ ..] = rest {
        let sign = exponent.strip_prefix(b"-").or_else(|| exponent.strip_prefix(b"+"));
        let (count, behind) = digits(sign.unwrap_or(exponent));
        if count == 0 || count > 3 {
            return false;
        }
        rest = behind;
    }
    whole > 0 && rest.is_empty()
}
