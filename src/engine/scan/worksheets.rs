//! A worksheet, by all threads: its pieces one after the other, each by the
//! next that is free. What the same cells said once, they say again; cells of
//! a workbook are told apart by small numbers, so that their texts need not
//! even be looked at.

use std::hash::BuildHasher;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use chrono::NaiveDate;
use hashbrown::{HashMap, HashTable};

use crate::ingest::{
    self, Row, RowKind, Sheet, Unusual, WorksheetPiece, WorksheetReader, WorksheetRow,
};
use crate::model::{Marks, UnitId};
use crate::progress::Watch;

use super::super::choice::fate_by_choice;
use super::super::hand::{Amount, Desk, Hand, Taken, Told};
use super::super::log::{Log, Note};
use super::super::memo::{Columns, MAX_FEW, MAX_TEXTS};
use super::super::seen::Print;
use super::rows::note;
use super::{NotedPiece, Trouble, size_on_disk};

/// A worksheet that is read piece by piece.
pub(super) struct Worksheet<'a> {
    index: usize,
    sheet: &'a Sheet,
    /// Bytes that a piece takes.
    bytes: usize,
    state: Mutex<State>,
}

enum State {
    Unopened,
    /// So many pieces were given out.
    Open(Box<ingest::Worksheet>, usize),
    Finished,
}

impl<'a> Worksheet<'a> {
    pub(super) fn new(index: usize, sheet: &'a Sheet, bytes: usize) -> Self {
        Self { index, sheet, bytes, state: Mutex::new(State::Unopened) }
    }

    /// Takes pieces until there are no more.
    pub(super) fn help(
        &self,
        hand: &mut Hand<'a>,
        log: &mut Log,
        stop: &AtomicBool,
        noted: &mut Vec<NotedPiece>,
    ) -> Result<(), Trouble> {
        let unusual = |_: Unusual| Trouble::Change(self.index);
        let mut piece = WorksheetPiece::default();
        let mut rows: Option<Rows<'a>> = None;
        while !stop.load(Ordering::Relaxed)
            && let Some((number, reader)) =
                self.next(&mut piece, rows.is_none(), hand.plan.watch).map_err(unusual)?
        {
            let rows = match (&mut rows, reader) {
                (Some(rows), _) => rows,
                (none, Some(reader)) => {
                    let desk = hand.desk(self.index, self.sheet)?;
                    none.insert(Rows { reader, memo: Memo::new(self.sheet), desk })
                }
                (None, None) => return Err(Trouble::Change(self.index)),
            };
            let before = rows.desk.rows.records;
            rows.read(&piece, hand, log).map_err(unusual)?;
            hand.plan.watch.passed(0, rows.desk.rows.records - before);
            noted.push(NotedPiece { sheet: self.index, piece: number, notes: log.close() });
        }
        if let Some(rows) = rows {
            hand.partial.rows.entry(self.index).or_default().merge(rows.desk.rows);
        }
        Ok(())
    }

    /// The next piece and its number, with a reader for whoever has none yet.
    fn next(
        &self,
        piece: &mut WorksheetPiece,
        is_new: bool,
        watch: &dyn Watch,
    ) -> Result<Option<(usize, Option<WorksheetReader>)>, Unusual> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(*state, State::Unopened) {
            *state = State::Open(Box::new(self.sheet.worksheet(self.bytes)?), 0);
        }
        let State::Open(worksheet, given) = &mut *state else { return Ok(None) };
        if worksheet.next(piece)? {
            let number = *given;
            *given += 1;
            return Ok(Some((number, is_new.then(|| worksheet.reader()))));
        }
        *state = State::Finished;
        watch.passed(size_on_disk(self.sheet), 0);
        Ok(None)
    }
}

/// What one thread needs for a worksheet's rows.
struct Rows<'a> {
    reader: WorksheetReader,
    memo: Option<Memo>,
    desk: Desk<'a>,
}

impl<'a> Rows<'a> {
    fn read(
        &mut self,
        piece: &WorksheetPiece,
        hand: &mut Hand<'a>,
        log: &mut Log,
    ) -> Result<(), Unusual> {
        let Self { reader, memo, desk } = self;
        reader.read(piece, |mut row| {
            let known = memo.as_mut().and_then(|memo| memo.recall(&mut row, desk, hand));
            match known {
                Some(Known { told, slot, print }) => {
                    hand.note(print);
                    desk.rows.add(RowKind::Record);
                    let fate = fate_by_choice(hand.plan, told.date, told.marks);
                    hand.add(&told, slot, fate);
                    let noted = note(log, hand.plan, &told, slot);
                    log.push(noted);
                }
                None => take(row, memo.as_mut(), desk, hand, log)?,
            }
            Ok(())
        })
    }
}

/// A row of which something is new, or that is no record.
fn take<'a>(
    row: WorksheetRow<'_>,
    memo: Option<&mut Memo>,
    desk: &mut Desk<'a>,
    hand: &mut Hand<'a>,
    log: &mut Log,
) -> Result<(), Unusual> {
    let number = row.number;
    let cells = Row::Cells(row.cells()?);
    let kind = desk.sheet.row_kind(number, &cells);
    desk.rows.add(kind);
    if kind != RowKind::Record {
        return Ok(());
    }
    let taken = hand.take(desk, number, &cells);
    if let (Some(taken), Some(memo)) = (&taken, memo) {
        memo.learn(taken, &cells, desk.sheet);
    }
    let noted = taken.map(|taken| note(log, hand.plan, &taken.told, taken.slot));
    log.push(noted.unwrap_or(Note::Look));
    Ok(())
}

/// A row all of whose cells are known.
struct Known {
    told: Told,
    slot: u32,
    print: Print,
}

/// What the cells of a worksheet were found to say.
struct Memo {
    columns: Columns,
    /// The codes of the row in hand.
    row: Codes,
    last_date: Option<(u128, NaiveDate)>,
    dates: Map<u128, NaiveDate>,
    units: Vec<([u128; 2], UnitId)>,
    marks: Vec<([u128; 4], Marks)>,
    quantities: Map<(u128, UnitId), Amount>,
    keys: HashTable<Key>,
    /// The codes of the cells of all keys, so many for each.
    codes: Vec<u128>,
    hasher: foldhash::fast::RandomState,
}

type Map<K, V> = HashMap<K, V, foldhash::fast::RandomState>;

/// Where the codes of a key begin, and its slot.
struct Key {
    start: usize,
    slot: u32,
}

/// What of a row is told by codes; valid while all of it is.
#[derive(Default)]
struct Codes {
    is_valid: bool,
    date: u128,
    quantity: u128,
    units: [u128; 2],
    marks: [u128; 4],
    key: Vec<u128>,
}

impl Codes {
    /// Takes the codes of a row; nothing if one of its cells has none.
    fn of(&mut self, row: &mut WorksheetRow<'_>, columns: &Columns) -> Option<()> {
        self.is_valid = false;
        if row.len() > columns.count {
            return None;
        }
        self.date = row.code(columns.date)?;
        self.quantity = row.code(columns.quantity)?;
        for (code, column) in self.units.iter_mut().zip(columns.units) {
            *code = column.map_or(Some(0), |column| row.code(column))?;
        }
        for (code, column) in self.marks.iter_mut().zip(columns.marks) {
            *code = column.map_or(Some(0), |column| row.code(column))?;
        }
        self.key.clear();
        for (first, last) in &columns.key {
            for column in *first..=*last {
                self.key.push(row.code(column)?);
            }
        }
        self.is_valid = true;
        Some(())
    }
}

impl Memo {
    /// For a sheet in which no cell bears on what another one means.
    fn new(sheet: &Sheet) -> Option<Self> {
        Some(Self {
            columns: Columns::new(sheet)?,
            row: Codes::default(),
            last_date: None,
            dates: Map::default(),
            units: Vec::new(),
            marks: Vec::new(),
            quantities: Map::default(),
            keys: HashTable::new(),
            codes: Vec::new(),
            hasher: foldhash::fast::RandomState::default(),
        })
    }

    /// What a row says, if it is known and can be told from others by its id
    /// alone.
    fn recall(
        &mut self,
        row: &mut WorksheetRow<'_>,
        desk: &Desk<'_>,
        hand: &mut Hand<'_>,
    ) -> Option<Known> {
        self.row.of(row, &self.columns)?;
        if row.number <= desk.sheet.header_row {
            return None;
        }
        let date = self.date()?;
        let unit = self.unit()?;
        let quantity = *self.quantities.get(&(self.row.quantity, unit))?;
        let marks = self.marks()?;
        let slot = self.slot()?;
        let id = desk.details.id_column()?;
        let id = row.plain_number(id).or_else(|| row.shared_text(id))?.trim();
        if id.is_empty() {
            return None;
        }
        let print = hand.seen.print(id);
        let told = Told { date, unit, quantity, marks };
        (!hand.is_aside(print)).then_some(Known { told, slot, print })
    }

    fn date(&mut self) -> Option<NaiveDate> {
        match self.last_date {
            Some((code, date)) if code == self.row.date => Some(date),
            _ => {
                let date = *self.dates.get(&self.row.date)?;
                self.last_date = Some((self.row.date, date));
                Some(date)
            }
        }
    }

    fn unit(&self) -> Option<UnitId> {
        self.units.iter().find(|(known, _)| *known == self.row.units).map(|(_, unit)| *unit)
    }

    fn marks(&self) -> Option<Marks> {
        self.marks.iter().find(|(known, _)| *known == self.row.marks).map(|(_, marks)| *marks)
    }

    fn slot(&self) -> Option<u32> {
        let is_it = |key: &Key| self.key(key) == Some(self.row.key.as_slice());
        self.keys.find(self.hash(&self.row.key), is_it).map(|key| key.slot)
    }

    fn key(&self, key: &Key) -> Option<&[u128]> {
        self.codes.get(key.start..key.start + self.row.key.len())
    }

    fn hash(&self, key: &[u128]) -> u64 {
        self.hasher.hash_one(key)
    }

    /// Remembers what the row in hand was found to say.
    fn learn(&mut self, taken: &Taken, row: &Row<'_>, sheet: &Sheet) {
        if !self.row.is_valid {
            return;
        }
        let told = &taken.told;
        if self.columns.has_day(row, sheet) && self.dates.len() < MAX_TEXTS {
            self.dates.insert(self.row.date, told.date);
        }
        if self.units.len() < MAX_FEW && self.unit().is_none() {
            self.units.push((self.row.units, told.unit));
        }
        if self.marks.len() < MAX_FEW && self.marks().is_none() {
            self.marks.push((self.row.marks, told.marks));
        }
        if self.quantities.len() < MAX_TEXTS {
            self.quantities.insert((self.row.quantity, told.unit), told.quantity);
        }
        if self.slot().is_none() {
            let (start, hash) = (self.codes.len(), self.hash(&self.row.key));
            self.codes.extend_from_slice(&self.row.key);
            let Self { keys, codes, hasher, row, .. } = self;
            let width = row.key.len();
            let hash_of = |key: &Key| {
                hasher.hash_one(codes.get(key.start..key.start + width).unwrap_or_default())
            };
            keys.insert_unique(hash, Key { start, slot: taken.slot }, hash_of);
        }
    }
}
