//! What cells were found to say, so that the same bytes need no second
//! reading. Only [`EntryReader`](crate::ingest::EntryReader) gives meaning to a
//! cell: a row of which one cell is new goes its way, and is remembered.

use std::hash::BuildHasher;
use std::ops::Range;

use chrono::NaiveDate;
use hashbrown::{HashMap, HashTable};

use crate::ingest::spans::{Span, bare};
use crate::ingest::{Field, Row, Sheet};
use crate::model::{Marks, UnitId};
use crate::reconcile::Addend;

use super::batch::{Batch, Known};
use super::hand::{Amount, Taken, Told};

/// Texts of one column that are remembered.
pub(super) const MAX_TEXTS: usize = 1 << 16;
/// Units and marks are few, or not worth it.
pub(super) const MAX_FEW: usize = 32;
/// Digits of a number that is read here: none of fewer than 15 is a float's
/// print (rule 5.6).
const MAX_DIGITS: usize = 14;

type Wide = [u128; 2];
type Map<K, V> = HashMap<K, V, foldhash::fast::RandomState>;

/// The columns of a sheet, by what they are remembered for.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    pub(super) count: usize,
    pub(super) date: usize,
    pub(super) quantity: usize,
    pub(super) units: [Option<usize>; 2],
    pub(super) marks: [Option<usize>; 4],
    /// Neighbouring columns that make the key, from the first to the last.
    pub(super) key: Vec<(usize, usize)>,
    /// Whether days are written as in ISO 8601.
    plain_dates: bool,
    /// Whether numbers are written with a decimal point and ungrouped.
    plain_numbers: bool,
}

impl Columns {
    /// The columns, unless one may bear on what another one means.
    pub(super) fn new(sheet: &Sheet) -> Option<Self> {
        if !sheet.is_plain_list() {
            return None;
        }
        let (mut date, mut quantity) = (None, None);
        let mut key: Vec<(usize, usize)> = Vec::new();
        let mut read: Vec<(usize, Field)> =
            sheet.recognition.columns.iter().map(|column| (column.index, column.field)).collect();
        read.sort_unstable_by_key(|(index, _)| *index);
        for (index, field) in read {
            match field {
                Field::Date => date = Some(index),
                Field::Quantity => quantity = Some(index),
                Field::Unit
                | Field::UnitId
                | Field::UnitDatabaseId
                | Field::Approved
                | Field::Billable
                | Field::BillableType
                | Field::EntryType
                | Field::EntryId
                | Field::EntryDatabaseId
                | Field::Employee
                | Field::User
                | Field::Description
                | Field::Written => {}
                Field::LineId
                | Field::LineDatabaseId
                | Field::LineLabel
                | Field::TaskId
                | Field::TaskDatabaseId
                | Field::Task
                | Field::ContractId
                | Field::ContractDatabaseId
                | Field::Contract
                | Field::ContractName
                | Field::ContractCode
                | Field::Order
                | Field::OrderId
                | Field::OrderDatabaseId
                | Field::Customer
                | Field::Product
                | Field::ProductId
                | Field::ProductDatabaseId
                | Field::ProjectId
                | Field::ProjectDatabaseId
                | Field::Project
                | Field::Client
                | Field::Activity
                | Field::Tags => match key.last_mut() {
                    Some((_, last)) if *last + 1 == index => *last = index,
                    _ => key.push((index, index)),
                },
                _ => return None,
            }
        }
        let column = |field| sheet.column(field);
        let unit_id = column(Field::UnitId).or(column(Field::UnitDatabaseId));
        let (date, quantity) = (date?, quantity?);
        Some(Self {
            count: sheet.headers.len(),
            date,
            quantity,
            units: [column(Field::Unit), unit_id],
            marks: [Field::Approved, Field::Billable, Field::BillableType, Field::EntryType]
                .map(column),
            key,
            plain_dates: sheet.reading(date).is_none(),
            plain_numbers: sheet.reading(quantity).is_none(),
        })
    }
}

/// What is known of sheets with the same columns.
#[derive(Debug)]
pub(super) struct Memo {
    columns: Columns,
    last_date: (Wide, NaiveDate),
    dates: Map<Wide, NaiveDate>,
    units: Vec<([Wide; 2], UnitId)>,
    marks: Vec<([Wide; 4], Marks)>,
    quantities: Map<(Wide, UnitId), Amount>,
    /// By unit, whether plain numbers were found to mean just that.
    numbers: Vec<Option<bool>>,
    keys: Keys,
    /// For a key whose cells are no neighbours.
    gathered: Vec<u8>,
    /// What a batch's keys may be.
    found: Vec<Option<Key>>,
}

impl Memo {
    pub(super) fn new(columns: Columns, units: usize) -> Self {
        Self {
            columns,
            // No cell is that: its length is in it.
            last_date: ([u128::MAX; 2], NaiveDate::MIN),
            dates: Map::default(),
            units: Vec::new(),
            marks: Vec::new(),
            quantities: Map::default(),
            numbers: vec![None; units],
            keys: Keys::default(),
            gathered: Vec::new(),
            found: Vec::new(),
        }
    }

    /// What a row says but for its key, if every other cell of it is known.
    #[inline]
    pub(super) fn recall(&mut self, row: &Span<'_>) -> Option<Told> {
        if row.cells != self.columns.count {
            return None;
        }
        let date = self.date(row)?;
        let unit = self.unit(row)?;
        let quantity = self.quantity(row, unit)?;
        let marks = self.marks(row)?;
        Some(Told { date, unit, quantity, marks })
    }

    /// The hash of a row's key, and where its bytes are.
    #[inline]
    pub(super) fn key(&self, row: &Span<'_>, gathered: &mut Vec<u8>) -> (u64, Range<usize>) {
        let range = gather(row, &self.columns.key, gathered);
        let text = self.key_text(row.block(), gathered, &range);
        (self.keys.hasher.hash_one(text), range)
    }

    /// The bytes of a key.
    #[inline]
    fn key_text<'t>(&self, block: &'t [u8], gathered: &'t [u8], range: &Range<usize>) -> &'t [u8] {
        let is_block = self.columns.key.len() == 1;
        let bytes = if is_block { block } else { gathered };
        bytes.get(range.clone()).unwrap_or_default()
    }

    /// Finds the keys of a batch.
    pub(super) fn find_keys(&mut self, block: &[u8], batch: &mut Batch) {
        let gathered = std::mem::take(&mut batch.gathered);
        self.found.clear();
        let mut last: Option<(u64, Option<Key>)> = None;
        // Each of these waits for memory, and none for another.
        for row in batch.known() {
            let found = match last {
                Some((hash, found)) if hash == row.hash => found,
                _ => self.keys.with_hash(row.hash),
            };
            last = Some((row.hash, found));
            self.found.push(found);
        }
        for (row, found) in batch.known().zip(&self.found) {
            let text = self.key_text(block, &gathered, &row.key);
            row.slot = match found {
                Some(found) if found.bytes(&self.keys.bytes) == text => Some(found.slot),
                Some(_) => self.keys.find(row.hash, text).map(|key| key.slot),
                None => None,
            };
        }
        batch.gathered = gathered;
    }

    /// Finds a row's key, which may have been learned since.
    pub(super) fn find_key(&self, block: &[u8], gathered: &[u8], row: &Known) -> Option<u32> {
        let text = self.key_text(block, gathered, &row.key);
        self.keys.find(row.hash, text).map(|key| key.slot)
    }

    /// The slot of a row's key, and its unit.
    #[inline]
    pub(super) fn recall_key(&mut self, row: &Span<'_>) -> Option<(u32, UnitId)> {
        if row.cells != self.columns.count {
            return None;
        }
        let unit = self.unit(row)?;
        let mut gathered = std::mem::take(&mut self.gathered);
        gathered.clear();
        let (hash, range) = self.key(row, &mut gathered);
        let found = self.keys.find(hash, self.key_text(row.block(), &gathered, &range));
        self.gathered = gathered;
        Some((found?.slot, unit))
    }

    #[inline]
    fn date(&mut self, row: &Span<'_>) -> Option<NaiveDate> {
        let cell = date_cell(row, &self.columns)?;
        if self.last_date.0 != cell {
            self.last_date = (cell, *self.dates.get(&cell)?);
        }
        Some(self.last_date.1)
    }

    #[inline]
    fn unit(&self, row: &Span<'_>) -> Option<UnitId> {
        let cells = wide_cells(row, self.columns.units)?;
        self.units.iter().find(|(known, _)| *known == cells).map(|(_, unit)| *unit)
    }

    #[inline]
    fn marks(&self, row: &Span<'_>) -> Option<Marks> {
        if self.columns.marks == [None; 4] {
            return Some(Marks::UNSTATED);
        }
        let cells = wide_cells(row, self.columns.marks)?;
        self.marks.iter().find(|(known, _)| *known == cells).map(|(_, marks)| *marks)
    }

    #[inline]
    fn quantity(&self, row: &Span<'_>, unit: UnitId) -> Option<Amount> {
        if self.numbers.get(unit.index()) == Some(&Some(true))
            && let Some(amount) = plain_number(row.cell(self.columns.quantity))
        {
            return Some(amount);
        }
        self.quantities.get(&(row.wide(self.columns.quantity)?, unit)).copied()
    }

    /// Remembers what a row was found to say.
    pub(super) fn learn(&mut self, span: &Span<'_>, row: &Row<'_>, sheet: &Sheet, taken: &Taken) {
        let told = &taken.told;
        if span.cells != self.columns.count {
            return;
        }
        let date = self.columns.date;
        // A row with another cell might be the header once more, or a total.
        if sheet.has_date(row)
            && row.cell(date).trim() != sheet.header(date).trim()
            && self.dates.len() < MAX_TEXTS
            && let Some(cell) = date_cell(span, &self.columns)
        {
            self.dates.insert(cell, told.date);
        }
        if self.units.len() < MAX_FEW
            && self.unit(span).is_none()
            && let Some(cells) = wide_cells(span, self.columns.units)
        {
            self.units.push((cells, told.unit));
        }
        if self.marks.len() < MAX_FEW
            && self.marks(span).is_none()
            && let Some(cells) = wide_cells(span, self.columns.marks)
        {
            self.marks.push((cells, told.marks));
        }
        self.learn_quantity(span, told);
        let mut gathered = std::mem::take(&mut self.gathered);
        gathered.clear();
        let (hash, range) = self.key(span, &mut gathered);
        let is_block = self.columns.key.len() == 1;
        let bytes = if is_block { span.block() } else { gathered.as_slice() };
        self.keys.learn(hash, bytes.get(range).unwrap_or_default(), taken.slot);
        self.gathered = gathered;
    }

    fn learn_quantity(&mut self, span: &Span<'_>, told: &Told) {
        let plain =
            plain_number(span.cell(self.columns.quantity)).filter(|_| self.columns.plain_numbers);
        if let Some(plain) = plain
            && plain.addend != Addend::Fixed(0)
            && let Some(known) = self.numbers.get_mut(told.unit.index())
            && *known != Some(false)
        {
            *known = Some(plain == told.quantity);
        }
        let is_plain = self.numbers.get(told.unit.index()) == Some(&Some(true));
        if (plain.is_none() || !is_plain)
            && self.quantities.len() < MAX_TEXTS
            && let Some(cell) = span.wide(self.columns.quantity)
        {
            self.quantities.insert((cell, told.unit), told.quantity);
        }
    }
}

/// A cell that tells the day: of a moment, its day.
#[inline]
fn date_cell(row: &Span<'_>, columns: &Columns) -> Option<Wide> {
    let [low, high] = row.wide(columns.date)?;
    if columns.plain_dates && is_moment(row.cell(columns.date)) {
        return Some([low & ((1 << 80) - 1), 10 << 120]);
    }
    Some([low, high])
}

/// Whether a cell is a day and a time of day, to the second: `2026-03-02
/// 10:15:00`.
fn is_moment(cell: &[u8]) -> bool {
    let [_, _, _, _, b'-', _, _, b'-', _, _, b' ' | b'T', h1, h2, b':', m1, m2, b':', s1, s2] =
        cell
    else {
        return false;
    };
    let below = |tens: &u8, ones: &u8, limit: u8| {
        tens.is_ascii_digit() && ones.is_ascii_digit() && (tens - b'0') * 10 + (ones - b'0') < limit
    };
    below(h1, h2, 24) && below(m1, m2, 60) && below(s1, s2, 60)
}

#[inline]
fn wide_cells<const N: usize>(row: &Span<'_>, columns: [Option<usize>; N]) -> Option<[Wide; N]> {
    let mut cells = [[0; 2]; N];
    for (cell, column) in cells.iter_mut().zip(columns) {
        if let Some(column) = column {
            *cell = row.wide(column)?;
        }
    }
    Some(cells)
}

/// A number of few digits in its plainest form.
#[inline]
fn plain_number(cell: &[u8]) -> Option<Amount> {
    let text = bare(cell)?;
    let (negative, digits) = match text.strip_prefix(b"-") {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    if digits.is_empty() || digits.len() > MAX_DIGITS {
        return None;
    }
    let (mut mantissa, mut decimals) = (0_i64, None);
    for byte in digits {
        let digit = byte.wrapping_sub(b'0');
        if digit <= 9 {
            mantissa = mantissa * 10 + i64::from(digit);
            decimals = decimals.map(|decimals| decimals + 1);
        } else if *byte == b'.' && decimals.is_none() {
            decimals = Some(0);
        } else {
            return None;
        }
    }
    if digits == b"." {
        return None;
    }
    let mantissa = if negative { -mantissa } else { mantissa };
    let addend = Addend::small(mantissa, decimals.unwrap_or(0))?;
    Some(Amount { addend, is_float: false })
}

/// Slots by the bytes of the cells that make a key.
#[derive(Debug, Default)]
struct Keys {
    table: HashTable<Key>,
    bytes: Vec<u8>,
    hasher: foldhash::fast::RandomState,
}

/// A key: where its bytes are, and its slot.
#[derive(Debug, Clone, Copy)]
struct Key {
    /// Some of its hash.
    tag: u32,
    start: u32,
    length: u32,
    slot: u32,
}

impl Key {
    #[inline]
    fn bytes(self, all: &[u8]) -> &[u8] {
        let start = self.start as usize;
        all.get(start..start + self.length as usize).unwrap_or_default()
    }
}

/// The bits of a hash that the table itself looks at least.
#[inline]
fn tag(hash: u64) -> u32 {
    // The topmost bits and the lowest ones are the table's.
    let [_, _, a, b, c, d, _, _] = hash.to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}

impl Keys {
    /// A key of this hash, which may be another key's.
    #[inline]
    fn with_hash(&self, hash: u64) -> Option<Key> {
        self.table.find(hash, |key| key.tag == tag(hash)).copied()
    }

    fn find(&self, hash: u64, text: &[u8]) -> Option<Key> {
        let is_it = |key: &Key| key.tag == tag(hash) && key.bytes(&self.bytes) == text;
        self.table.find(hash, is_it).copied()
    }

    fn learn(&mut self, hash: u64, text: &[u8], slot: u32) {
        if self.find(hash, text).is_some() {
            return;
        }
        let place = (u32::try_from(self.bytes.len()), u32::try_from(text.len()));
        let (Ok(start), Ok(length)) = place else { return };
        self.bytes.extend_from_slice(text);
        let Self { table, bytes, hasher } = self;
        let hash_of = |key: &Key| hasher.hash_one(key.bytes(bytes));
        table.insert_unique(hash, Key { tag: tag(hash), start, length, slot }, hash_of);
    }
}

/// Where the bytes of the cells of a key are: in the row's block, or appended
/// to `gathered`. What is between them cannot be in them, or is in quotes
/// there.
#[inline]
fn gather(row: &Span<'_>, columns: &[(usize, usize)], gathered: &mut Vec<u8>) -> Range<usize> {
    if let [(first, last)] = columns {
        return row.range(*first, *last);
    }
    let start = gathered.len();
    for (first, last) in columns {
        gathered.extend_from_slice(row.cells_between(*first, *last));
        // A line break in a cell is in quotes, so this tells cells apart.
        gathered.push(b'\n');
    }
    start..gathered.len()
}
