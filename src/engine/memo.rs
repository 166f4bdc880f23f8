//! What cells were found to say, so that the same bytes need no second
//! reading. Only [`EntryReader`](crate::ingest::EntryReader) gives meaning to a
//! cell: a row of which one cell is new goes its way, and is remembered.

mod few;
mod keys;

use chrono::NaiveDate;
use hashbrown::HashMap;

use crate::ingest::spans::{EvenRows, Narrow, Span, Wide, bare};
use crate::ingest::{Field, PlainDigits, Row, Sheet};
use crate::model::{Mark, Marks, UnitId, Window, WorkKind};
use crate::reconcile::Addend;

use super::Plan;
use super::batch::{Batch, Said};
use super::choice::is_left_out;
use super::hand::{Amount, Taken, Told};
use super::log::{Code, day_of};
use super::table::{Kind, Table};
use few::Few;
pub(super) use few::MAX_FEW;
use keys::{AT_ONCE, Keys};
pub(super) use keys::{KeyText, Place};

/// Texts of one column that are remembered.
pub(super) const MAX_TEXTS: usize = 1 << 16;
/// Places of quantities that are found without a search, two at each.
const QUICK: usize = 1 << 8;
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
    quick: Box<[[Quick; 2]]>,
    /// By unit, whether plain numbers were found to mean just that.
    numbers: Vec<Option<bool>>,
    keys: Keys,
    /// For a row that comes by itself.
    single: Batch,
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

/// A quantity's cell, and what it says.
#[derive(Debug, Clone, Copy)]
struct Quick {
    cell: Narrow,
    value: i64,
    unit: UnitId,
    code: Code,
    kind: Kind,
    is_float: bool,
}

impl Memo {
    pub(super) fn new(columns: Columns, plan: &Plan<'_>) -> Self {
        let mut marks = Few::new(columns.marks);
        if columns.marks == [None; 4] {
            marks.values.push(Marked::new(plan, Marks::UNSTATED));
        }
        let nothing = Quick::nothing(plan.units.ids().next());
        Self {
            last_day: (Narrow::NONE, 0),
            places: Map::default(),
            days: Vec::new(),
            units: Few::new(columns.units),
            marks,
            columns,
            quantities: Map::default(),
            quick: nothing.map_or_else(Box::default, |nothing| vec![[nothing; 2]; QUICK].into()),
            numbers: vec![None; plan.units.len()],
            keys: Keys::default(),
            single: Batch::default(),
        }
    }

    /// Takes into a batch what rows say but for their keys, of so many from one
    /// on: up to the first one of which some other cell is new. `code` is asked
    /// how notes write a quantity.
    #[inline(always)]
    pub(super) fn recall(
        &mut self,
        rows: &EvenRows<'_>,
        (at, most): (usize, usize),
        batch: &mut Batch,
        code: impl FnMut((Addend, UnitId)) -> Code,
    ) {
        if rows.columns() != self.columns.count {
            return;
        }
        self.recall_units(rows, (at, most), batch);
        self.recall_days(rows, at, batch);
        self.recall_quantities(rows, at, batch, code);
        self.recall_marks(rows, at, batch);
    }

    #[inline(always)]
    fn recall_units(&mut self, rows: &EvenRows<'_>, range: (usize, usize), batch: &mut Batch) {
        self.units.places(rows, range, |_, unit| batch.rows.push(Said::of(*unit)));
    }

    #[inline(always)]
    fn recall_days(&mut self, rows: &EvenRows<'_>, at: usize, batch: &mut Batch) {
        let mut known = 0;
        for (row, cell) in batch.rows.iter_mut().zip(rows.narrow(self.columns.date, at)) {
            row.day = match cell {
                Some(cell) if cell == self.last_day.0 => self.last_day.1,
                cell => match self.search_day(&rows.span(at + known), cell) {
                    Some(day) => day,
                    None => break,
                },
            };
            known += 1;
        }
        batch.rows.truncate(known);
    }

    #[inline(always)]
    fn recall_quantities(
        &mut self,
        rows: &EvenRows<'_>,
        at: usize,
        batch: &mut Batch,
        mut code: impl FnMut((Addend, UnitId)) -> Code,
    ) {
        let mut known = 0;
        for (row, cell) in batch.rows.iter_mut().zip(rows.narrow(self.columns.quantity, at)) {
            let cell = cell.unwrap_or(Narrow::NONE);
            let at_place = self.quick.get(Quick::place(cell, row.unit));
            // Which of the two it is cannot be foretold: better counted than asked.
            let quick = at_place.and_then(|two| two.get(usize::from(!two[0].is(cell, row.unit))));
            let quick = match quick {
                Some(quick) if quick.is(cell, row.unit) => *quick,
                _ => {
                    match self.search_quantity(&rows.span(at + known), (cell, row.unit), &mut code)
                    {
                        Some(quick) => quick,
                        None => break,
                    }
                }
            };
            row.value = quick.value;
            row.code = quick.code;
            row.kind = quick.kind;
            row.is_float = quick.is_float;
            known += 1;
        }
        batch.rows.truncate(known);
    }

    #[inline(always)]
    fn recall_marks(&mut self, rows: &EvenRows<'_>, at: usize, batch: &mut Batch) {
        if self.columns.marks == [None; 4] {
            return;
        }
        let (most, mut known) = (batch.rows.len(), 0);
        let mut own = batch.rows.iter_mut();
        self.marks.places(rows, (at, most), |place, _| {
            if let Some(row) = own.next() {
                row.marks = place;
                known += 1;
            }
        });
        batch.rows.truncate(known);
    }

    /// Finds the slots of a batch's keys, as far as they are where they may be, and
    /// calls for their lines in the table.
    #[inline(always)]
    pub(super) fn recall_keys(
        &self,
        rows: &EvenRows<'_>,
        at: usize,
        batch: &mut Batch,
        table: &Table,
    ) {
        self.key_texts(rows, (at, batch.rows.len()), batch);
        // Each of these waits for memory, and none for another: with nothing else
        // between them the processor waits for many at once.
        let mut called = false;
        for key in &batch.keys {
            called ^= self.keys.call_for_place(key);
        }
        std::hint::black_box(called);
        for key in &batch.keys {
            batch.places.push(self.keys.place(key));
        }
        let mut called = 0;
        // A key without a place is a long one or new.
        for place in batch.places.iter().flatten() {
            let slot = u64::from(table.call_for(place.likely_slot()));
            called ^= slot ^ self.keys.call_for_text(*place);
        }
        std::hint::black_box(called);
        for (key, place) in batch.keys.iter().zip(&batch.places) {
            batch.slots.push(place.and_then(|place| self.keys.slot_at(place, key)));
        }
    }

    /// Where the bytes of rows' keys are, and the keys.
    #[inline(always)]
    fn key_texts(&self, rows: &EvenRows<'_>, (at, most): (usize, usize), batch: &mut Batch) {
        if let [(first, last)] = self.columns.key.as_slice() {
            for range in rows.cells(*first, *last, at).take(most) {
                batch.ranges.push(range);
            }
        } else {
            self.gather(rows, (at, most), batch);
        }
        let bytes = self.key_bytes(rows.block(), &batch.gathered);
        for range in &batch.ranges {
            batch.keys.push(self.keys.text(bytes, range));
        }
    }

    /// Puts the cells of each row's key one behind the other. What is between
    /// them cannot be in them, or is in quotes there.
    fn gather(&self, rows: &EvenRows<'_>, (at, most): (usize, usize), batch: &mut Batch) {
        for row in at..at + most {
            let (row, start) = (rows.span(row), batch.gathered.len());
            for (first, last) in &self.columns.key {
                batch.gathered.extend_from_slice(row.cells_between(*first, *last));
                // A line break in a cell is in quotes, so this tells cells apart.
                batch.gathered.push(b'\n');
            }
            batch.ranges.push(start..batch.gathered.len());
        }
        batch.gathered.resize(batch.gathered.len() + AT_ONCE, 0);
    }

    /// The bytes that keys lie in: those of their block, if their cells are
    /// neighbours.
    #[inline(always)]
    fn key_bytes<'t>(&self, block: &'t [u8], gathered: &'t [u8]) -> &'t [u8] {
        if self.columns.key.len() == 1 { block } else { gathered }
    }

    /// Finds the slot of a key that is not where it may be: a long one, or one
    /// that is not known, or was not.
    pub(super) fn search_slot(
        &self,
        rows: &EvenRows<'_>,
        batch: &mut Batch,
        at: usize,
    ) -> Option<u32> {
        let bytes = self.key_bytes(rows.block(), &batch.gathered);
        let slot = self.keys.slot(batch.keys.get(at)?, bytes, batch.ranges.get(at)?.clone())?;
        *batch.slots.get_mut(at)? = Some(slot);
        Some(slot)
    }

    /// Remembers the slot of a batch's key.
    pub(super) fn learn_slot(
        &mut self,
        rows: &EvenRows<'_>,
        batch: &mut Batch,
        at: usize,
        slot: u32,
    ) {
        let bytes = self.key_bytes(rows.block(), &batch.gathered);
        if let (Some(key), Some(range)) = (batch.keys.get(at), batch.ranges.get(at)) {
            self.keys.learn(key, bytes, range.clone(), slot);
        }
        if let Some(own) = batch.slots.get_mut(at) {
            *own = Some(slot);
        }
    }

    /// In full what was said.
    pub(super) fn told(&self, said: &Said) -> Told {
        let quantity = Amount { addend: said.addend(), is_float: said.is_float };
        let date = self.day_of(said).map_or(NaiveDate::MIN, |day| day.date);
        let marks = self.marks_of(said).map_or(Marks::UNSTATED, |marked| marked.marks);
        Told { date, unit: said.unit, quantity, marks }
    }

    /// The day that was said.
    #[inline(always)]
    pub(super) fn day_of(&self, said: &Said) -> Option<&Day> {
        self.days.get(usize::from(said.day))
    }

    /// The marks that were said.
    #[inline(always)]
    pub(super) fn marks_of(&self, said: &Said) -> Option<&Marked> {
        self.marks.values.get(usize::from(said.marks))
    }

    /// What a row says but for its key, if every other cell of it is known.
    pub(super) fn recall_row(&mut self, row: &Span<'_>) -> Option<Told> {
        let rows = row.as_even_rows()?;
        let mut single = std::mem::take(&mut self.single);
        single.clear();
        self.recall(&rows, (0, 1), &mut single, |_| Code::NONE);
        let told = single.rows.first().map(|said| self.told(said));
        self.single = single;
        told
    }

    /// The slot of a row's key, and its unit.
    pub(super) fn recall_key(&mut self, row: &Span<'_>) -> Option<(u32, UnitId)> {
        let rows = row.as_even_rows()?;
        if rows.columns() != self.columns.count {
            return None;
        }
        let mut single = std::mem::take(&mut self.single);
        single.clear();
        self.recall_units(&rows, (0, 1), &mut single);
        let unit = single.rows.first().map(|said| said.unit);
        let slot = self.only_key(&rows, &mut single);
        self.single = single;
        Some((slot?, unit?))
    }

    /// The slot of the key of an only row.
    fn only_key(&self, rows: &EvenRows<'_>, single: &mut Batch) -> Option<u32> {
        self.key_texts(rows, (0, 1), single);
        single.slots.push(None);
        self.search_slot(rows, single, 0)
    }

    /// A day that is not the last one.
    #[inline(never)]
    fn search_day(&mut self, row: &Span<'_>, cell: Option<Narrow>) -> Option<u16> {
        let place = *self.places.get(&date_cell(row, &self.columns)?)?;
        if let Some(cell) = cell {
            self.last_day = (cell, place);
        }
        Some(place)
    }

    /// A quantity that is not at its place, where it is from now on if it is
    /// short.
    #[inline(never)]
    fn search_quantity(
        &mut self,
        row: &Span<'_>,
        (cell, unit): (Narrow, UnitId),
        code: &mut impl FnMut((Addend, UnitId)) -> Code,
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
        let quick = Quick { cell, value, unit, kind, is_float, code: code((addend, unit)) };
        if cell != Narrow::NONE
            && let Some([first, second]) = self.quick.get_mut(Quick::place(cell, unit))
        {
            *second = std::mem::replace(first, quick);
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
        let Some(rows) = span.as_even_rows().filter(|rows| rows.columns() == self.columns.count)
        else {
            return;
        };
        if self.columns.has_day(row, sheet)
            && let Some(cell) = date_cell(span, &self.columns)
        {
            self.learn_day(cell, told.date, plan);
        }
        self.units.learn(span, || told.unit);
        self.marks.learn(span, || Marked::new(plan, told.marks));
        self.learn_quantity(span, told);
        let mut single = std::mem::take(&mut self.single);
        single.clear();
        if self.only_key(&rows, &mut single).is_none() {
            self.learn_slot(&rows, &mut single, 0, taken.slot);
        }
        self.single = single;
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

/// A number of few digits in its plainest form.
#[inline]
fn plain_number(cell: &[u8]) -> Option<Amount> {
    let PlainDigits { is_negative, mantissa, decimals } =
        PlainDigits::read(bare(cell)?, MAX_DIGITS)?;
    let mantissa = i64::try_from(mantissa).ok()?;
    let addend = Addend::small(if is_negative { -mantissa } else { mantissa }, decimals)?;
    Some(Amount { addend, is_float: false })
}

impl Quick {
    /// Of no cell.
    fn nothing(unit: Option<UnitId>) -> Option<Self> {
        let (cell, kind) = (Narrow::NONE, Kind::Fixed);
        Some(Self { cell, value: 0, unit: unit?, code: Code::NONE, kind, is_float: false })
    }

    /// Whether it is what a cell says in a unit.
    #[inline(always)]
    fn is(&self, cell: Narrow, unit: UnitId) -> bool {
        self.cell == cell && self.unit == unit && cell != Narrow::NONE
    }

    /// Where a quantity is, if anywhere.
    #[inline(always)]
    fn place(cell: Narrow, unit: UnitId) -> usize {
        let spread = (cell.spread() >> 32) ^ unit.index() as u64;
        usize::try_from(spread).unwrap_or_default() % QUICK
    }
}
