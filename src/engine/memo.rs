//! What cells were found to say, so that the same bytes need no second
//! reading. Only [`EntryReader`](crate::ingest::EntryReader) gives meaning to a
//! cell: a row of which one cell is new goes its way, and is remembered.

use std::hash::BuildHasher;
use std::ops::Range;

use chrono::NaiveDate;
use hashbrown::{HashMap, HashTable};
use wide::u8x16;

use crate::ingest::spans::{Narrow, Span, Wide, bare};
use crate::ingest::{Field, Row, Sheet};
use crate::model::{Mark, Marks, UnitId, Window, WorkKind, make_room};
use crate::reconcile::Addend;

use super::Plan;
use super::batch::{Batch, KeyText};
use super::choice::is_left_out;
use super::hand::{Amount, Taken, Told};
use super::log::{Code, day_of};
use super::table::{Kind, Table};

/// Texts of one column that are remembered.
pub(super) const MAX_TEXTS: usize = 1 << 16;
/// Places of quantities that are found without a search, two at each.
const QUICK: usize = 1 << 8;
/// Bytes of a key that are compared at once.
const AT_ONCE: usize = 64;
/// Units and marks are few, or not worth it.
pub(super) const MAX_FEW: usize = 32;
/// Digits of a number that is read here: none of fewer than 15 is a float's
/// print (rule 5.6).
const MAX_DIGITS: usize = 14;

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

    /// Whether a row's day may be remembered by its cell: a row with another
    /// cell might be the header once more, or a total.
    pub(super) fn has_day(&self, row: &Row<'_>, sheet: &Sheet) -> bool {
        sheet.has_date(row) && row.cell(self.date).trim() != sheet.header(self.date).trim()
    }
}

/// What is known of sheets with the same columns.
#[derive(Debug)]
pub(super) struct Memo {
    columns: Columns,
    /// A day's cell, as it was written last.
    last_day: (Narrow, u16),
    places: Map<Wide, u16>,
    days: Vec<Day>,
    units: Few<UnitId, 2>,
    marks: Few<Marked, 4>,
    quantities: Map<(Wide, UnitId), Amount>,
    quick: Box<[[Option<Quick>; 2]]>,
    /// By unit, whether plain numbers were found to mean just that.
    numbers: Vec<Option<bool>>,
    keys: Keys,
    /// For a key whose cells are no neighbours.
    gathered: Vec<u8>,
    /// What a batch's keys may be.
    found: Vec<Key>,
}

/// A day, and what the period makes of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Day {
    pub(super) date: NaiveDate,
    /// As notes count days.
    pub(super) number: Option<u16>,
    /// Where it lies; `None` when its entries are excluded.
    pub(super) window: Option<Window>,
}

/// Marks, and what the user's choice makes of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marked {
    pub(super) marks: Marks,
    /// Nothing is to be said of such entries but their sums.
    pub(super) is_plain: bool,
}

impl Marked {
    fn new(plan: &Plan<'_>, marks: Marks) -> Self {
        let is_plain = !is_left_out(plan, marks)
            && marks.work != WorkKind::Break
            && marks.approved != Mark::No
            && marks.billable != Mark::No;
        Self { marks, is_plain }
    }
}

/// What a row says but for its key: places in a [`Memo`], and its quantity.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said {
    pub(super) value: i64,
    pub(super) unit: UnitId,
    /// Of its [`Day`].
    day: u16,
    /// Of its [`Marked`].
    marks: u8,
    pub(super) kind: Kind,
    pub(super) is_float: bool,
    /// How notes write its quantity.
    pub(super) code: Code,
}

impl Said {
    #[inline]
    pub(super) fn addend(&self) -> Addend {
        match self.kind {
            Kind::Fixed => Addend::Fixed(self.value),
            Kind::Seconds => Addend::Seconds(self.value),
        }
    }
}

/// A quantity's cell, and what it says.
#[derive(Debug, Clone, Copy)]
struct Quick {
    cell: Narrow,
    value: i64,
    unit: UnitId,
    kind: Kind,
    is_float: bool,
    code: Code,
}

impl Memo {
    pub(super) fn new(columns: Columns, plan: &Plan<'_>) -> Self {
        let mut marks = Few::new(columns.marks);
        if columns.marks == [None; 4] {
            marks.values.push(Marked::new(plan, Marks::UNSTATED));
        }
        Self {
            last_day: (Narrow::NONE, 0),
            places: Map::default(),
            days: Vec::new(),
            units: Few::new(columns.units),
            marks,
            columns,
            quantities: Map::default(),
            quick: vec![[None; 2]; QUICK].into(),
            numbers: vec![None; plan.units.len()],
            keys: Keys::default(),
            gathered: Vec::new(),
            found: Vec::new(),
        }
    }

    /// What a row says but for its key, if every other cell of it is known.
    pub(super) fn recall(&mut self, row: &Span<'_>) -> Option<Told> {
        let said = self.said(row, |_| Code::NONE)?;
        Some(self.told(&said))
    }

    /// The same in fewer words; `code` is asked how notes write a quantity.
    #[inline]
    pub(super) fn said(
        &mut self,
        row: &Span<'_>,
        code: impl FnOnce((Addend, UnitId)) -> Code,
    ) -> Option<Said> {
        if row.cells != self.columns.count {
            return None;
        }
        let day = self.day(row)?;
        let unit = self.unit(row)?;
        let Quick { value, kind, is_float, code, .. } = self.quantity(row, unit, code)?;
        let marks = self.marks.place(row)?;
        Some(Said { value, unit, day, marks, kind, is_float, code })
    }

    /// In full what was said.
    pub(super) fn told(&self, said: &Said) -> Told {
        let quantity = Amount { addend: said.addend(), is_float: said.is_float };
        let date = self.day_of(said).map_or(NaiveDate::MIN, |day| day.date);
        let marks = self.marks_of(said).map_or(Marks::UNSTATED, |marked| marked.marks);
        Told { date, unit: said.unit, quantity, marks }
    }

    /// The day that was said.
    #[inline]
    pub(super) fn day_of(&self, said: &Said) -> Option<&Day> {
        self.days.get(usize::from(said.day))
    }

    /// The marks that were said.
    #[inline]
    pub(super) fn marks_of(&self, said: &Said) -> Option<&Marked> {
        self.marks.values.get(usize::from(said.marks))
    }

    /// Where the bytes of a row's key are.
    #[inline]
    pub(super) fn key(&self, row: &Span<'_>, gathered: &mut Vec<u8>) -> Option<KeyText> {
        let range = gather(row, &self.columns.key, gathered);
        let text = self.key_text(row.block(), gathered, range.clone());
        KeyText::new(self.keys.hasher.hash_one(text), &range)
    }

    /// Where the bytes of keys are: in their block, if their cells are
    /// neighbours.
    #[inline]
    fn texts<'t>(&self, block: &'t [u8], gathered: &'t [u8]) -> &'t [u8] {
        if self.columns.key.len() == 1 { block } else { gathered }
    }

    /// The bytes of a key.
    #[inline]
    fn key_text<'t>(&self, block: &'t [u8], gathered: &'t [u8], range: Range<usize>) -> &'t [u8] {
        self.texts(block, gathered).get(range).unwrap_or_default()
    }

    /// Finds the keys of a batch, and calls for their lines in the table.
    pub(super) fn find_keys(&mut self, block: &[u8], batch: &mut Batch, table: &Table) {
        let text = self.texts(block, &batch.gathered);
        self.found.clear();
        let known = batch.rows.iter();
        self.found.extend(known.map(|row| self.keys.with_hash(row.key.hash).unwrap_or(Key::NONE)));
        // Each of these waits for memory, and none for another.
        let called = self.found.iter().map(|key| {
            let byte =
                |at: u32| self.keys.bytes.get(at as usize).map_or(0, |byte| u32::from(*byte));
            byte(key.start) ^ byte(key.start.saturating_add(key.length)) ^ table.call_for(key.slot)
        });
        std::hint::black_box(called.fold(0, |all, one| all ^ one));
        for (row, found) in batch.rows.iter_mut().zip(&self.found) {
            row.slot = match *found {
                Key::NONE => None,
                key if key.is_at(&self.keys.bytes, text, row.key.range()) => Some(key.slot),
                _ => {
                    let text = text.get(row.key.range()).unwrap_or_default();
                    self.keys.find(row.key.hash, text).map(|key| key.slot)
                }
            };
        }
    }

    /// Finds a row's key, which may have been learned since.
    pub(super) fn find_key(&self, block: &[u8], gathered: &[u8], key: KeyText) -> Option<u32> {
        let text = self.key_text(block, gathered, key.range());
        self.keys.find(key.hash, text).map(|key| key.slot)
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
        let key = self.key(row, &mut gathered);
        let slot = key.and_then(|key| self.find_key(row.block(), &gathered, key));
        self.gathered = gathered;
        Some((slot?, unit))
    }

    #[inline]
    fn day(&mut self, row: &Span<'_>) -> Option<u16> {
        match row.narrow(self.columns.date) {
            Some(cell) if cell == self.last_day.0 => Some(self.last_day.1),
            cell => self.search_day(row, cell),
        }
    }

    /// A day that is not the last one.
    fn search_day(&mut self, row: &Span<'_>, cell: Option<Narrow>) -> Option<u16> {
        let place = *self.places.get(&date_cell(row, &self.columns)?)?;
        if let Some(cell) = cell {
            self.last_day = (cell, place);
        }
        Some(place)
    }

    #[inline]
    fn unit(&self, row: &Span<'_>) -> Option<UnitId> {
        self.units.values.get(usize::from(self.units.place(row)?)).copied()
    }

    #[inline]
    fn quantity(
        &mut self,
        row: &Span<'_>,
        unit: UnitId,
        code: impl FnOnce((Addend, UnitId)) -> Code,
    ) -> Option<Quick> {
        let cell = row.narrow(self.columns.quantity);
        let place = cell.map(|cell| (cell, Quick::place(cell, unit)));
        if let Some((cell, place)) = place
            && let Some([first, second]) = self.quick.get(place)
        {
            let is_it = |quick: &&Quick| quick.cell == cell && quick.unit == unit;
            if let Some(quick) = first.as_ref().filter(is_it).or(second.as_ref().filter(is_it)) {
                return Some(*quick);
            }
        }
        self.search_quantity(row, unit, place, code)
    }

    /// A quantity that is not at its place, where it is from now on if it is
    /// short.
    fn search_quantity(
        &mut self,
        row: &Span<'_>,
        unit: UnitId,
        place: Option<(Narrow, usize)>,
        code: impl FnOnce((Addend, UnitId)) -> Code,
    ) -> Option<Quick> {
        let plain = match self.numbers.get(unit.index()) {
            Some(Some(true)) => plain_number(row.cell(self.columns.quantity)),
            _ => None,
        };
        let Amount { addend, is_float } = match plain {
            Some(amount) => amount,
            None => *self.quantities.get(&(row.wide(self.columns.quantity)?, unit))?,
        };
        let (value, kind) = match addend {
            Addend::Fixed(value) => (value, Kind::Fixed),
            Addend::Seconds(value) => (value, Kind::Seconds),
            // Rare enough to be read each time.
            Addend::Wide(_) => return None,
        };
        let (cell, place) = place.unwrap_or((Narrow::NONE, QUICK));
        let quick = Quick { cell, value, unit, kind, is_float, code: code((addend, unit)) };
        if let Some([first, second]) = self.quick.get_mut(place) {
            *second = first.replace(quick);
        }
        Some(quick)
    }

    /// Remembers what a row was found to say.
    pub(super) fn learn(
        &mut self,
        span: &Span<'_>,
        (row, sheet): (&Row<'_>, &Sheet),
        plan: &Plan<'_>,
        taken: &Taken,
    ) {
        let told = &taken.told;
        if span.cells != self.columns.count {
            return;
        }
        if self.columns.has_day(row, sheet)
            && let Some(cell) = date_cell(span, &self.columns)
        {
            self.learn_day(cell, told.date, plan);
        }
        self.units.learn(span, || told.unit);
        self.marks.learn(span, || Marked::new(plan, told.marks));
        self.learn_quantity(span, told);
        let mut gathered = std::mem::take(&mut self.gathered);
        gathered.clear();
        if let Some(key) = self.key(span, &mut gathered) {
            self.learn_key(span.block(), &gathered, key, taken.slot);
        }
        self.gathered = gathered;
    }

    /// Remembers the slot of a key.
    pub(super) fn learn_key(&mut self, block: &[u8], gathered: &[u8], key: KeyText, slot: u32) {
        let text = self.key_text(block, gathered, key.range());
        self.keys.learn(key.hash, text, slot);
    }

    fn learn_day(&mut self, cell: Wide, date: NaiveDate, plan: &Plan<'_>) {
        if self.places.contains_key(&cell) {
            return;
        }
        let Ok(place) = u16::try_from(self.days.len()) else { return };
        self.days.push(Day { date, number: day_of(date), window: plan.period.window(date) });
        self.places.insert(cell, place);
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

/// What the cells of a few columns say together, of which there is little.
#[derive(Debug)]
struct Few<T, const N: usize> {
    columns: [Option<usize>; N],
    /// The only column that there is.
    only: Option<usize>,
    /// What its cells say, where they are short, by place.
    short: Vec<(Narrow, u8)>,
    /// The same of others, and of more columns.
    long: Vec<([Wide; N], u8)>,
    values: Vec<T>,
}

impl<T, const N: usize> Few<T, N> {
    fn new(columns: [Option<usize>; N]) -> Self {
        let mut all = columns.iter().flatten();
        let only = all.next().copied().filter(|_| all.next().is_none());
        Self { columns, only, short: Vec::new(), long: Vec::new(), values: Vec::new() }
    }

    /// The place of what a row's cells say.
    #[inline]
    fn place(&self, row: &Span<'_>) -> Option<u8> {
        if let Some(cell) = self.short(row) {
            return self.short.iter().find(|(known, _)| *known == cell).map(|(_, place)| *place);
        }
        self.long_place(row)
    }

    fn long_place(&self, row: &Span<'_>) -> Option<u8> {
        if self.columns == [None; N] {
            return (!self.values.is_empty()).then_some(0);
        }
        let cells = wide_cells(row, self.columns)?;
        self.long.iter().find(|(known, _)| *known == cells).map(|(_, place)| *place)
    }

    /// The cell of the only column, where it is short.
    #[inline]
    fn short(&self, row: &Span<'_>) -> Option<Narrow> {
        row.narrow(self.only?)
    }

    /// Remembers what a row's cells say, if that is new.
    fn learn(&mut self, row: &Span<'_>, value: impl FnOnce() -> T) {
        if self.values.len() >= MAX_FEW || self.place(row).is_some() {
            return;
        }
        let Ok(place) = u8::try_from(self.values.len()) else { return };
        match (self.short(row), wide_cells(row, self.columns)) {
            (Some(cell), _) => self.short.push((cell, place)),
            (None, Some(cells)) => self.long.push((cells, place)),
            (None, None) => return,
        }
        self.values.push(value());
    }
}

/// A cell that tells the day: of a moment, its day.
#[inline]
fn date_cell(row: &Span<'_>, columns: &Columns) -> Option<Wide> {
    let cell = row.wide(columns.date)?;
    let is_moment = columns.plain_dates && is_moment(row.cell(columns.date));
    Some(if is_moment { cell.first(10) } else { cell })
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
    let mut cells = [Wide::EMPTY; N];
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

impl Quick {
    /// Where a quantity is, if anywhere.
    #[inline]
    fn place(cell: Narrow, unit: UnitId) -> usize {
        let word = cell.folded() ^ unit.index() as u64;
        // The digits of the golden ratio spread them.
        let spread = word.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56;
        usize::try_from(spread).unwrap_or_default() % QUICK
    }
}

/// Slots by the bytes of the cells that make a key.
#[derive(Debug, Default)]
struct Keys {
    table: HashTable<Key>,
    bytes: Vec<u8>,
    hasher: foldhash::fast::RandomState,
}

/// A key: where its bytes are, and its slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Key {
    /// Some of its hash.
    tag: u32,
    start: u32,
    length: u32,
    slot: u32,
}

impl Key {
    /// No key: no slot has that number.
    const NONE: Self = Self { tag: 0, start: 0, length: 0, slot: u32::MAX };

    #[inline]
    fn bytes(self, all: &[u8]) -> &[u8] {
        let start = self.start as usize;
        all.get(start..start + self.length as usize).unwrap_or_default()
    }

    /// Whether its bytes are those of a range of a text.
    #[inline]
    fn is_at(self, all: &[u8], text: &[u8], range: Range<usize>) -> bool {
        let length = self.length as usize;
        if range.len() != length {
            return false;
        }
        let own = all.get(self.start as usize..).and_then(<[u8]>::first_chunk::<AT_ONCE>);
        let other = text.get(range.start..).and_then(<[u8]>::first_chunk::<AT_ONCE>);
        match (own, other) {
            (Some(own), Some(other)) if length <= AT_ONCE => begin_alike(own, other, length),
            _ => Some(self.bytes(all)) == text.get(range),
        }
    }
}

/// Whether the first bytes are the same: without a branch, since lengths
/// cannot be foretold.
#[inline]
fn begin_alike(a: &[u8; AT_ONCE], b: &[u8; AT_ONCE], length: usize) -> bool {
    let pairs = a.as_chunks::<16>().0.iter().zip(b.as_chunks::<16>().0);
    let equal = pairs.rev().fold(0, |equal, (a, b)| {
        (equal << 16) | u64::from(u8x16::from(*a).simd_eq(u8x16::from(*b)).to_bitmask())
    });
    // Of 64 bytes none is beyond.
    let beyond = u64::MAX.checked_shl(u32::try_from(length).unwrap_or(u32::MAX)).unwrap_or(0);
    (equal | beyond) == u64::MAX
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
        // So many bytes stand behind the last key as are compared at once.
        let end = self.bytes.len().saturating_sub(AT_ONCE);
        let place = (u32::try_from(end), u32::try_from(text.len()));
        let (Ok(start), Ok(length)) = place else { return };
        self.bytes.truncate(end);
        make_room(&mut self.bytes, text.len() + AT_ONCE);
        self.bytes.extend_from_slice(text);
        self.bytes.resize(self.bytes.len() + AT_ONCE, 0);
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
