//! What a scan notes of each row of plain text, in few bytes: which key it has,
//! its day and its quantity. So the entries of some keys are found again without
//! another look at the files, as long as there is room.
//!
//! A row is mostly noted in one byte and the number of the key: rows of a day
//! stand together, quantities are few, and a key is often that of the row before.

use chrono::{Datelike, NaiveDate};
use hashbrown::HashMap;

use crate::model::UnitId;
use crate::reconcile::Addend;

/// 1970-01-01, counted from the first day of the first year.
const FIRST_DAY: i32 = 719_163;
/// Quantities that are told apart.
const MOST_AMOUNTS: usize = 1 << 15;
/// Set beside the number of a quantity.
const LEFT_OUT: u16 = 1 << 15;
/// The most that a row takes.
const MOST_BYTES: usize = 16;
/// Rows that room is made for at once.
const ROOM: usize = 1 << 12;
/// Packed notes of so many bytes are not copied to be kept.
const LARGE: usize = 1 << 20;

/// Set in a packed row's first byte where its key is that of the entry before.
const SAME_KEY: u8 = 1 << 6;
/// The same of its day.
const SAME_DAY: u8 = 1 << 7;
/// The quantities that the first byte holds are below this; of others their
/// number follows in two bytes.
const LONG: u8 = 60;
/// First bytes of rows that are no entries.
const NOTHING_BYTE: u8 = 61;
const LOOK_BYTE: u8 = 62;

/// A day as two bytes, from 1970 to 2149.
#[inline]
pub(super) fn day_of(date: NaiveDate) -> Option<u16> {
    u16::try_from(date.num_days_from_ce() - FIRST_DAY).ok()
}

/// The day that two bytes stand for.
#[inline]
pub(super) fn date_of(day: u16) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(i32::from(day) + FIRST_DAY)
}

/// How notes write a quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Code(u16);

impl Code {
    /// Not at all.
    pub(super) const NONE: Self = Self(u16::MAX);
}

/// A row's note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Note {
    /// No entry, or one that never counts.
    Nothing,
    /// Nothing that fits in here: the row has to be read.
    Look,
    /// An entry, which counts if its day does.
    Entry {
        slot: u32,
        date: NaiveDate,
        amount: u16,
        /// By its marks, the user's choice leaves it out.
        left_out: bool,
    },
}

/// The notes of the rows of one part, in their order, packed.
#[derive(Debug)]
pub(super) struct Notes(Box<[u8]>);

impl Notes {
    /// All of them.
    pub(super) fn iter(&self) -> NotesInOrder<'_> {
        NotesInOrder { bytes: &self.0, slot: 0, date: date_of(0) }
    }
}

/// Unpacks notes.
#[derive(Debug, Clone)]
pub(super) struct NotesInOrder<'n> {
    bytes: &'n [u8],
    /// Of the last entry.
    slot: u32,
    date: Option<NaiveDate>,
}

impl NotesInOrder<'_> {
    #[inline]
    fn byte(&mut self) -> u8 {
        let (first, rest) = self.bytes.split_first().unwrap_or((&0, &[]));
        self.bytes = rest;
        *first
    }

    #[inline]
    fn two_bytes(&mut self) -> u16 {
        u16::from_le_bytes([self.byte(), self.byte()])
    }

    /// An entry of the day of the one before it, if it is noted in few bytes: how
    /// many of them there are is counted, not asked.
    #[inline(always)]
    fn short_entry(&mut self) -> Option<Note> {
        let (four, date) = (self.bytes.first_chunk::<4>()?, self.date?);
        let [first, ..] = *four;
        let amount = first & !(SAME_KEY | SAME_DAY);
        if first & SAME_DAY == 0 || amount >= LONG {
            return None;
        }
        let bytes = u32::from_le_bytes(*four) >> 8;
        let is_new = u32::from(first & SAME_KEY == 0);
        let second = bytes >> 7 & is_new;
        let third = bytes >> 15 & second;
        if bytes >> 23 & third != 0 {
            return None;
        }
        let [low, middle, high] = [0, 8, 16].map(|shift| bytes >> shift & 0x7f);
        let slot = low | (middle * second) << 7 | (high * third) << 14;
        self.slot = if is_new == 1 { slot } else { self.slot };
        self.bytes = self.bytes.get(1 + (is_new + second + third) as usize..)?;
        Some(Note::Entry { slot: self.slot, date, amount: amount.into(), left_out: false })
    }
}

impl Iterator for NotesInOrder<'_> {
    type Item = Note;

    #[inline]
    fn next(&mut self) -> Option<Note> {
        // Nearly all are like this.
        if let Some(note) = self.short_entry() {
            return Some(note);
        }
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        match *first {
            NOTHING_BYTE => return Some(Note::Nothing),
            LOOK_BYTE => return Some(Note::Look),
            _ => {}
        }
        let short = first & !(SAME_KEY | SAME_DAY);
        let amount = if short == LONG { self.two_bytes() } else { u16::from(short) };
        if first & SAME_KEY == 0 {
            let (mut slot, mut shift) = (0, 0);
            loop {
                let byte = self.byte();
                slot |= u32::from(byte & 0x7f) << shift;
                shift += 7;
                if byte & 0x80 == 0 || shift > 28 {
                    break;
                }
            }
            self.slot = slot;
        }
        if first & SAME_DAY == 0 {
            self.date = date_of(self.two_bytes());
        }
        Some(self.date.map_or(Note::Look, |date| Note::Entry {
            slot: self.slot,
            date,
            amount: amount & !LEFT_OUT,
            left_out: amount & LEFT_OUT != 0,
        }))
    }
}

/// Rows of one part as they are packed.
#[derive(Debug, Default)]
struct Packed {
    /// Zeros behind the packed ones.
    bytes: Vec<u8>,
    length: usize,
    /// Of the last entry.
    slot: u32,
    day: u16,
    /// Bytes that they may take.
    room: usize,
    is_full: bool,
}

impl Packed {
    /// A row that is no entry.
    fn push_byte(&mut self, byte: u8) {
        self.push_word(u128::from(byte), 1);
    }

    #[inline(always)]
    fn push_entry(&mut self, slot: u32, day: u16, amount: u16) {
        let (same_key, same_day) = (slot == self.slot, day == self.day);
        (self.slot, self.day) = (slot, day);
        let marks = if same_key { SAME_KEY } else { 0 } | if same_day { SAME_DAY } else { 0 };
        // Nearly all are like this.
        if same_day && amount < u16::from(LONG) && slot < 1 << 21 {
            let first = u32::from(amount) | u32::from(marks);
            let [low, middle, high] = [slot & 0x7f, slot >> 7 & 0x7f, slot >> 14];
            let slot_bytes = 1 + u32::from(slot > 0x7f) + u32::from(slot > 0x3fff);
            let more = [u32::from(slot > 0x7f) << 7, u32::from(slot > 0x3fff) << 7];
            let word = first | (low | more[0]) << 8 | (middle | more[1]) << 16 | high << 24;
            let length = if same_key { 1 } else { 1 + slot_bytes as usize };
            return self.push_word(u128::from(word), length);
        }
        self.push_unlike(marks, slot, day, amount);
    }

    /// An entry of another day, or with a number that takes more room.
    #[inline(never)]
    fn push_unlike(&mut self, marks: u8, mut slot: u32, day: u16, amount: u16) {
        let (mut word, mut length) = (0_u128, 0);
        let mut push = |byte: u8| {
            word |= u128::from(byte) << (8 * length);
            length += 1;
        };
        let short = u8::try_from(amount).map_or(LONG, |amount| amount.min(LONG));
        push(short | marks);
        if short == LONG {
            amount.to_le_bytes().into_iter().for_each(&mut push);
        }
        if marks & SAME_KEY == 0 {
            while let [low, _, _, _] = slot.to_le_bytes()
                && slot > 0x7f
            {
                push(low | 0x80);
                slot >>= 7;
            }
            push(slot.to_le_bytes()[0]);
        }
        if marks & SAME_DAY == 0 {
            day.to_le_bytes().into_iter().for_each(&mut push);
        }
        self.push_word(word, length);
    }

    /// The lowest bytes of a word.
    #[inline(always)]
    fn push_word(&mut self, word: u128, length: usize) {
        if self.bytes.len() < self.length + MOST_BYTES {
            self.make_room();
        }
        let room = self.bytes.get_mut(self.length..).and_then(<[u8]>::first_chunk_mut);
        if let Some(room) = room {
            *room = word.to_le_bytes();
        }
        self.length += length;
    }

    #[cold]
    fn make_room(&mut self) {
        if self.length > self.room {
            self.is_full = true;
            // What follows is noted in vain.
            self.length = 0;
        }
        self.bytes.resize(self.length + ROOM * 4, 0);
    }

    /// All of it, if there was room; the next part begins anew.
    fn take(&mut self) -> Option<Box<[u8]>> {
        let length = std::mem::take(&mut self.length);
        (self.slot, self.day) = (0, 0);
        if std::mem::take(&mut self.is_full) || length > self.room {
            self.room = 0;
            return None;
        }
        self.room -= length;
        if length > LARGE {
            self.bytes.truncate(length);
            return Some(std::mem::take(&mut self.bytes).into());
        }
        Some(self.bytes.get(..length).unwrap_or_default().into())
    }
}

/// What one thread notes.
#[derive(Debug)]
pub(super) struct Log {
    packed: Packed,
    codes: HashMap<(Addend, UnitId), u16, foldhash::fast::RandomState>,
    amounts: Vec<(Addend, UnitId)>,
}

impl Log {
    /// A log of so many bytes at most.
    pub(super) fn new(room: usize) -> Self {
        let packed = Packed { room, ..Packed::default() };
        Self { packed, codes: HashMap::default(), amounts: Vec::new() }
    }

    /// The note of an entry.
    #[inline]
    pub(super) fn entry(
        &mut self,
        slot: u32,
        date: NaiveDate,
        of: (Addend, UnitId),
        left_out: bool,
    ) -> Note {
        match self.code(of) {
            Code::NONE => Note::Look,
            Code(amount) => Note::Entry { slot, date, amount, left_out },
        }
    }

    /// How a quantity is written.
    pub(super) fn code(&mut self, of: (Addend, UnitId)) -> Code {
        if let Some(code) = self.codes.get(&of) {
            return Code(*code);
        }
        match u16::try_from(self.amounts.len()) {
            Ok(code) if self.amounts.len() < MOST_AMOUNTS => {
                self.amounts.push(of);
                self.codes.insert(of, code);
                Code(code)
            }
            _ => Code::NONE,
        }
    }

    /// Notes the next row of a part, an entry that no choice leaves out.
    #[inline(always)]
    pub(super) fn push_entry(&mut self, slot: u32, day: u16, code: Code) {
        match code {
            Code::NONE => self.push(Note::Look),
            Code(amount) => self.packed.push_entry(slot, day, amount),
        }
    }

    /// Notes the next row of a part.
    pub(super) fn push(&mut self, note: Note) {
        match note {
            Note::Nothing => self.packed.push_byte(NOTHING_BYTE),
            Note::Look => self.packed.push_byte(LOOK_BYTE),
            Note::Entry { slot, date, amount, left_out } => match day_of(date) {
                None => self.packed.push_byte(LOOK_BYTE),
                Some(day) => {
                    let amount = amount | if left_out { LEFT_OUT } else { 0 };
                    self.packed.push_entry(slot, day, amount);
                }
            },
        }
    }

    /// The notes of a part that is done; none, if there was no room for all.
    pub(super) fn close(&mut self) -> Option<Notes> {
        self.packed.take().map(Notes)
    }

    /// What the notes' quantities stand for.
    pub(super) fn into_amounts(self) -> Vec<(Addend, UnitId)> {
        self.amounts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_read_back_or_says_that_the_row_must_be_looked_at() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let entry = |slot, text, amount| Note::Entry {
            slot,
            date: day(text),
            amount,
            left_out: slot % 3 == 0,
        };
        let mut notes = vec![Note::Nothing, Note::Look];
        for slot in [7, 7, 127, 128, 0, 0, 1 << 14, (1 << 28) - 1, 1 << 28, u32::MAX - 2] {
            for text in ["1970-01-01", "2026-03-02", "2026-03-02", "2149-06-06"] {
                for amount in [0, 59, 60, 61, 62, 255, 256, (1 << 15) - 1] {
                    notes.push(entry(slot, text, amount));
                }
            }
            notes.push(Note::Look);
        }
        notes.extend([Note::Nothing, entry(5, "2026-03-02", 3)].repeat(ROOM));
        let mut log = Log::new(usize::MAX);
        // A part knows nothing of the one before it.
        for _ in 0..2 {
            for note in &notes {
                log.push(*note);
            }
            assert_eq!(log.close().unwrap().iter().collect::<Vec<_>>(), notes);
        }
        for text in ["1969-12-31", "2149-06-07"] {
            log.push(entry(1, text, 1));
            assert_eq!(log.close().unwrap().iter().collect::<Vec<_>>(), [Note::Look]);
        }
    }

    #[test]
    fn most_notes_take_a_byte_and_the_number_of_their_key() {
        let date: NaiveDate = "2026-03-02".parse().unwrap();
        let mut log = Log::new(usize::MAX);
        (0..100).for_each(|slot| {
            log.push(Note::Entry { slot, date, amount: 5, left_out: false });
            log.push(Note::Entry { slot, date, amount: 6, left_out: false });
        });
        // The first one has its day, and its key is the first there is.
        assert_eq!(log.close().unwrap().0.len(), 200 + 99 + 2);
    }

    #[test]
    fn a_part_without_room_has_no_notes_and_is_the_last_one() {
        let mut log = Log::new(3);
        let mut part = |rows: usize| {
            (0..rows).for_each(|_| log.push(Note::Nothing));
            log.close().map(|notes| notes.iter().count())
        };
        assert_eq!([part(2), part(2), part(1), part(0)], [Some(2), None, None, Some(0)]);
    }
}
