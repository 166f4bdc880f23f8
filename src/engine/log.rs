//! What a scan notes of each row of plain text, in eight bytes: which key it
//! has, its day and its quantity. So the entries of some keys are found again
//! without another look at the files, as long as there is room.

use chrono::{Datelike, NaiveDate};
use hashbrown::HashMap;

use crate::model::UnitId;
use crate::reconcile::Addend;

/// The last slots stand for something else.
const NOTHING: u64 = u32::MAX as u64;
const LOOK: u64 = u32::MAX as u64 - 1;
/// 1970-01-01, counted from the first day of the first year.
const FIRST_DAY: i32 = 719_163;
/// Quantities that are told apart.
const MOST_AMOUNTS: usize = 1 << 15;
/// Set beside the number of a quantity.
const LEFT_OUT: u16 = 1 << 15;

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
        /// Its day, as [`day_of`] counts it.
        day: u16,
        amount: u16,
        /// By its marks, the user's choice leaves it out.
        left_out: bool,
    },
}

impl Note {
    fn packed(self) -> u64 {
        match self {
            Self::Nothing => NOTHING,
            Self::Look => LOOK,
            Self::Entry { slot, day, amount, left_out } => packed(slot, day, amount, left_out),
        }
    }

    #[inline]
    fn unpacked(row: u64) -> Self {
        let [s0, s1, s2, s3, d0, d1, a0, a1] = row.to_le_bytes();
        let slot = u32::from_le_bytes([s0, s1, s2, s3]);
        match u64::from(slot) {
            NOTHING => Self::Nothing,
            LOOK => Self::Look,
            _ => {
                let day = u16::from_le_bytes([d0, d1]);
                let amount = u16::from_le_bytes([a0, a1]);
                let (left_out, amount) = (amount & LEFT_OUT != 0, amount & !LEFT_OUT);
                Self::Entry { slot, day, amount, left_out }
            }
        }
    }
}

#[inline]
fn packed(slot: u32, day: u16, amount: u16, left_out: bool) -> u64 {
    let amount = amount | if left_out { LEFT_OUT } else { 0 };
    u64::from(slot) | u64::from(day) << 32 | u64::from(amount) << 48
}

/// The notes of the rows of one part, in their order.
#[derive(Debug)]
pub(super) struct Notes(Box<[u64]>);

impl Notes {
    /// Of the row with a number, from 0; to be read, if there is none.
    #[inline]
    pub(super) fn get(&self, row: u64) -> Note {
        let row = usize::try_from(row).ok().and_then(|row| self.0.get(row));
        row.map_or(Note::Look, |row| Note::unpacked(*row))
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = Note> + '_ {
        self.0.iter().map(|row| Note::unpacked(*row))
    }
}

/// What one thread notes.
#[derive(Debug)]
pub(super) struct Log {
    open: Vec<u64>,
    is_full: bool,
    /// Rows that may still be noted.
    room: usize,
    codes: HashMap<(Addend, UnitId), u16, foldhash::fast::RandomState>,
    amounts: Vec<(Addend, UnitId)>,
}

impl Log {
    /// A log of so many rows at most.
    pub(super) fn new(room: usize) -> Self {
        Self {
            open: Vec::new(),
            is_full: false,
            room,
            codes: HashMap::default(),
            amounts: Vec::new(),
        }
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
        match (self.code(of), day_of(date)) {
            (Code::NONE, _) | (_, None) => Note::Look,
            (Code(amount), Some(day)) => Note::Entry { slot, day, amount, left_out },
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
    #[inline]
    pub(super) fn push_entry(&mut self, slot: u32, day: u16, code: Code) {
        let packed = match code {
            Code::NONE => LOOK,
            Code(amount) => packed(slot, day, amount, false),
        };
        self.push_packed(packed);
    }

    #[inline]
    fn push_packed(&mut self, packed: u64) {
        if self.open.len() < self.room {
            self.open.push(packed);
        } else {
            self.is_full = true;
        }
    }

    /// Notes the next row of a part.
    #[inline]
    pub(super) fn push(&mut self, note: Note) {
        self.push_packed(note.packed());
    }

    /// The notes of a part that is done; none, if there was no room for all.
    pub(super) fn close(&mut self) -> Option<Notes> {
        let notes: Box<[u64]> = self.open.as_slice().into();
        self.open.clear();
        if std::mem::take(&mut self.is_full) {
            self.room = 0;
            return None;
        }
        self.room -= notes.len();
        Some(Notes(notes))
    }

    /// What the notes' quantities stand for.
    pub(super) fn into_amounts(self) -> Vec<(Addend, UnitId)> {
        self.amounts
    }
}

#[cfg(test)]
mod tests {
    use crate::model::UnitTable;

    use super::*;

    #[test]
    fn a_note_is_read_back_or_says_that_the_row_must_be_looked_at() {
        let entry = |slot, day, amount, left_out| Note::Entry { slot, day, amount, left_out };
        let last = entry(u32::MAX - 2, u16::MAX, (1 << 15) - 1, true);
        for note in [Note::Nothing, Note::Look, entry(7, 0, 9, false), last] {
            assert_eq!(Note::unpacked(note.packed()), note);
        }
        let units = UnitTable::new(Vec::new(), &[]).unwrap();
        let amount = (Addend::Fixed(1), units.ids().next().unwrap());
        let mut log = Log::new(9);
        for (text, number) in [("1970-01-01", Some(0)), ("2149-06-06", Some(u16::MAX))]
            .into_iter()
            .chain(["1969-12-31", "2149-06-07"].map(|text| (text, None)))
        {
            let date = text.parse::<NaiveDate>().unwrap();
            let noted = number.map_or(Note::Look, |day| entry(7, day, 0, false));
            assert_eq!(log.entry(7, date, amount, false), noted, "{text}");
            assert_eq!(number.and_then(date_of), number.map(|_| date));
        }
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
