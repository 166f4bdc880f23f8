//! What a Parquet file's own types do not say: a span of time is written as a
//! bare integer, and only the Arrow schema that writers keep beside it (a
//! flatbuffer, in base64) tells that it is one, and in what unit.

use super::columns::Unit;

/// The type's number for a span of time.
const DURATION: u8 = 18;

/// The columns of the table that are spans of time. `None`: it is no schema.
pub(super) fn spans(schema: &str) -> Option<Vec<Option<Unit>>> {
    let bytes = of_base64(schema)?;
    // A mark and a length stand before the message, in files of today.
    let message = match bytes.strip_prefix(&[0xff; 4]) {
        Some(rest) => rest.get(4..)?,
        None => bytes.as_slice(),
    };
    let buffer = Buffer(message);
    let header = buffer.table(0)?.table(2)?;
    let fields = header.vector(1)?;
    fields.map(|field| field.map(|field| unit_of(&field))?).collect()
}

/// The unit of a field that is a span of time; nothing for any other. `None`:
/// it is no field.
fn unit_of(field: &Table<'_>) -> Option<Option<Unit>> {
    if field.byte(2)? != DURATION {
        return Some(None);
    }
    Some(Some(match field.table(3)?.short(0)? {
        Some(0) => Unit::Seconds,
        None | Some(1) => Unit::Millis,
        Some(2) => Unit::Micros,
        Some(3) => Unit::Nanos,
        Some(_) => return None,
    }))
}

/// A flatbuffer, of which nothing is believed.
#[derive(Clone, Copy)]
struct Buffer<'a>(&'a [u8]);

impl<'a> Buffer<'a> {
    fn bytes<const N: usize>(self, at: usize) -> Option<[u8; N]> {
        self.0.get(at..)?.first_chunk().copied()
    }

    fn offset(self, at: usize) -> Option<usize> {
        usize::try_from(u32::from_le_bytes(self.bytes(at)?)).ok()?.checked_add(at)
    }

    /// The table that an offset leads to.
    fn table(self, at: usize) -> Option<Table<'a>> {
        let start = self.offset(at)?;
        let back = i32::from_le_bytes(self.bytes(start)?);
        let slots = i64::try_from(start).ok()?.checked_sub(i64::from(back))?;
        Some(Table { buffer: self, start, slots: usize::try_from(slots).ok()? })
    }
}

/// A table of a flatbuffer: where it is, and where its slots are told.
struct Table<'a> {
    buffer: Buffer<'a>,
    start: usize,
    slots: usize,
}

impl<'a> Table<'a> {
    /// Where a slot's value is; nothing where it has its default.
    fn slot(&self, index: usize) -> Option<Option<usize>> {
        let length = usize::from(u16::from_le_bytes(self.buffer.bytes(self.slots)?));
        let at = 4 + 2 * index;
        if at + 2 > length {
            return Some(None);
        }
        let offset = u16::from_le_bytes(self.buffer.bytes(self.slots.checked_add(at)?)?);
        if offset == 0 { Some(None) } else { Some(Some(self.start + usize::from(offset))) }
    }

    fn byte(&self, index: usize) -> Option<u8> {
        match self.slot(index)? {
            Some(at) => self.buffer.bytes::<1>(at).map(|[byte]| byte),
            None => Some(0),
        }
    }

    fn short(&self, index: usize) -> Option<Option<i16>> {
        match self.slot(index)? {
            Some(at) => self.buffer.bytes(at).map(|bytes| Some(i16::from_le_bytes(bytes))),
            None => Some(None),
        }
    }

    fn table(&self, index: usize) -> Option<Table<'a>> {
        self.buffer.table(self.slot(index)??)
    }

    /// The tables of a vector.
    fn vector(&self, index: usize) -> Option<impl Iterator<Item = Option<Table<'a>>> + use<'a>> {
        let buffer = self.buffer;
        let start = buffer.offset(self.slot(index)??)?;
        let length = usize::try_from(u32::from_le_bytes(buffer.bytes(start)?)).ok()?;
        // Each takes four bytes.
        if length > buffer.0.len() / 4 {
            return None;
        }
        Some((0..length).map(move |at| buffer.table(start + 4 + 4 * at)))
    }
}

fn of_base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for letter in text.trim_end_matches('=').bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.extend((bits >> count).to_le_bytes().first());
            bits &= (1 << count) - 1;
        }
    }
    Some(bytes)
}
