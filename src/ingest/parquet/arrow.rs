//! What a Parquet file's own types do not say: a span of time is written as a
//! bare integer, and only the Arrow schema that writers keep beside it (a
//! flatbuffer, in base64) tells that it is one, and in what unit.

use super::columns::Unit;

/// The type's number for a span of time.
const DURATION: u8 = 18;

/// Bytes that are no schema.
#[derive(Debug)]
pub(super) struct NoSchema;

/// The columns of the table that are spans of time.
pub(super) fn spans(schema: &str) -> Result<Vec<Option<Unit>>, NoSchema> {
    let bytes = of_base64(schema).ok_or(NoSchema)?;
    // A mark and a length stand before the message, in files of today.
    let message = match bytes.strip_prefix(&[0xff; 4]) {
        Some(rest) => rest.get(4..).ok_or(NoSchema)?,
        None => bytes.as_slice(),
    };
    let header = Buffer(message).table(0)?.table(2)?;
    header.vector(1)?.map(|field| unit_of(&field?)).collect()
}

/// The unit of a field that is a span of time; nothing for any other.
fn unit_of(field: &Table<'_>) -> Result<Option<Unit>, NoSchema> {
    if field.byte(2)? != DURATION {
        return Ok(None);
    }
    Ok(Some(match field.table(3)?.short(0)? {
        Some(0) => Unit::Seconds,
        None | Some(1) => Unit::Millis,
        Some(2) => Unit::Micros,
        Some(3) => Unit::Nanos,
        Some(_) => return Err(NoSchema),
    }))
}

/// A flatbuffer, of which nothing is believed.
#[derive(Clone, Copy)]
struct Buffer<'a>(&'a [u8]);

impl<'a> Buffer<'a> {
    fn bytes<const N: usize>(self, at: usize) -> Result<[u8; N], NoSchema> {
        self.0.get(at..).and_then(|rest| rest.first_chunk().copied()).ok_or(NoSchema)
    }

    fn number(self, at: usize) -> Result<usize, NoSchema> {
        usize::try_from(u32::from_le_bytes(self.bytes(at)?)).map_err(|_| NoSchema)
    }

    /// Where an offset leads to.
    fn target(self, at: usize) -> Result<usize, NoSchema> {
        self.number(at)?.checked_add(at).ok_or(NoSchema)
    }

    /// The table that an offset leads to.
    fn table(self, at: usize) -> Result<Table<'a>, NoSchema> {
        let start = self.target(at)?;
        let back = i32::from_le_bytes(self.bytes(start)?);
        let slots = i64::try_from(start).ok().and_then(|start| start.checked_sub(back.into()));
        let slots = slots.and_then(|slots| usize::try_from(slots).ok()).ok_or(NoSchema)?;
        Ok(Table { buffer: self, start, slots })
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
    fn slot(&self, index: usize) -> Result<Option<usize>, NoSchema> {
        let length = usize::from(u16::from_le_bytes(self.buffer.bytes(self.slots)?));
        let at = 4 + 2 * index;
        if at + 2 > length {
            return Ok(None);
        }
        let at = self.slots.checked_add(at).ok_or(NoSchema)?;
        let offset = usize::from(u16::from_le_bytes(self.buffer.bytes(at)?));
        Ok(self.start.checked_add(offset).filter(|_| offset > 0))
    }

    fn byte(&self, index: usize) -> Result<u8, NoSchema> {
        let Some(at) = self.slot(index)? else { return Ok(0) };
        self.buffer.bytes::<1>(at).map(|[byte]| byte)
    }

    fn short(&self, index: usize) -> Result<Option<i16>, NoSchema> {
        let Some(at) = self.slot(index)? else { return Ok(None) };
        self.buffer.bytes(at).map(|bytes| Some(i16::from_le_bytes(bytes)))
    }

    fn table(&self, index: usize) -> Result<Table<'a>, NoSchema> {
        self.buffer.table(self.slot(index)?.ok_or(NoSchema)?)
    }

    /// The tables of a vector.
    fn vector(
        &self,
        index: usize,
    ) -> Result<impl Iterator<Item = Result<Table<'a>, NoSchema>> + use<'a>, NoSchema> {
        let buffer = self.buffer;
        let start = buffer.target(self.slot(index)?.ok_or(NoSchema)?)?;
        let length = buffer.number(start)?;
        // Each takes four bytes.
        if length > buffer.0.len() / 4 {
            return Err(NoSchema);
        }
        Ok((0..length).map(move |at| buffer.table(start + 4 + 4 * at)))
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
