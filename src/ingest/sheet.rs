//! A sheet: a text file, or one sheet of a workbook, whose header is
//! understood; and its rows, however it is stored.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Read;
use std::ops::ControlFlow;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostics::{Error, Fault, FaultKind, Origin, Phrase, Place};

use super::columns::{Chosen, ColumnReading, Look, NUMBERS};
use super::fields::{Field, Recognition, Role};
use super::parquet;
use super::reading::may_be_grouped;
use super::rows::{RowCounts, RowKind, is_group_heading, is_labelled_total};
use super::source::{Source, SourceError, TextEncoding, WorkbookKind};
use super::text::{Block, Blocks, Record, Splitter, TextLayout};
use super::timesheets::ENTRY_IDS;
use super::workbook::{self, CellKind, Merged, Unusual, Worksheet, WorksheetCell};

/// How a sheet is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Storage {
    /// Delimited text.
    Text(TextLayout),
    /// A worksheet of a workbook.
    Worksheet(WorkbookKind),
    /// The columns of a Parquet file.
    Parquet,
}

impl Storage {
    /// A row's cell in a column, as its user finds it: in a worksheet by letters too.
    fn in_column(self, row: &Place, column: usize, header: &str) -> Place {
        match self {
            Self::Text(_) | Self::Parquet => row.in_column(header),
            Self::Worksheet(_) => row.in_cell(column, header),
        }
    }
}

/// What a cell shows whose formula failed.
const ERROR_VALUES: [&str; 8] =
    ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"];

/// Fields by which a row leads to other records.
const NAMES: [Field; 27] = [
    Field::LineId,
    Field::LineDatabaseId,
    Field::LineLabel,
    Field::Order,
    Field::OrderId,
    Field::OrderDatabaseId,
    Field::Product,
    Field::ProductName,
    Field::ProductId,
    Field::ProductDatabaseId,
    Field::ProductCode,
    Field::ProductTemplateId,
    Field::ProductTemplateDatabaseId,
    Field::Unit,
    Field::UnitId,
    Field::UnitDatabaseId,
    Field::Task,
    Field::TaskId,
    Field::TaskDatabaseId,
    Field::Project,
    Field::ProjectId,
    Field::ProjectDatabaseId,
    Field::Contract,
    Field::ContractName,
    Field::ContractCode,
    Field::ContractId,
    Field::ContractDatabaseId,
];

/// Fields of an order line that no other line of its order fills.
const OF_EACH_LINE: [Field; 11] = [
    Field::LineId,
    Field::Product,
    Field::ProductId,
    Field::Unit,
    Field::UnitId,
    Field::Ordered,
    Field::Delivered,
    Field::Invoiced,
    Field::Price,
    Field::Discount,
    Field::Subtotal,
];

/// A sheet whose role is known.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// What the user sees: path and sheet name.
    pub origin: Arc<Origin>,
    /// Where it is, and how it is wrapped.
    pub source: Source,
    /// The encoding that the user chose for text.
    pub encoding: Option<TextEncoding>,
    /// What the user says of this file's numbers and dates.
    pub chosen: Chosen,
    /// The unit of entries that name none, where it is not hours.
    pub unit: Option<String>,
    /// How it is stored.
    pub storage: Storage,
    /// The row of the header, from 1.
    pub header_row: u64,
    /// The header's cells.
    pub headers: Vec<String>,
    /// How the header was understood.
    pub recognition: Recognition,
    columns: BTreeMap<(Field, bool), usize>,
    /// What each column is read as.
    fields: Vec<Option<Field>>,
    /// Each column, of no file: sheets that differ in their files alone are alike.
    column_places: Vec<Place>,
    /// The column of dates in a sheet that has one in each of its records.
    dated: Option<usize>,
    /// A grouped list: headings stand among its records.
    grouped: bool,
    /// What a look through all of it found, once there was one.
    look: Option<Look>,
}

impl Sheet {
    /// A sheet with its understood header.
    #[must_use]
    pub fn new(
        origin: Arc<Origin>,
        source: Source,
        encoding: Option<TextEncoding>,
        storage: Storage,
        header_row: u64,
        headers: Vec<String>,
        recognition: Recognition,
    ) -> Self {
        let columns = recognition
            .columns
            .iter()
            .map(|column| ((column.field, column.nested), column.index))
            .collect();
        let mut fields = vec![None; headers.len()];
        for column in &recognition.columns {
            if let Some(field) = fields.get_mut(column.index) {
                *field = Some(column.field);
            }
        }
        let place = Place::new("", None);
        let column_place =
            |(column, header): (usize, &String)| storage.in_column(&place, column, header);
        let column_places = headers.iter().enumerate().map(column_place).collect();
        let date = recognition.columns.iter().find(|column| column.field == Field::Date);
        let dated = date.filter(|_| recognition.role == Role::Timesheets).map(|date| date.index);
        Self {
            origin,
            source,
            encoding,
            chosen: Chosen::default(),
            unit: None,
            storage,
            header_row,
            headers,
            recognition,
            columns,
            fields,
            column_places,
            dated,
            grouped: false,
            look: None,
        }
    }

    /// What it holds.
    #[must_use]
    pub fn role(&self) -> Role {
        self.recognition.role
    }

    /// The column of a field of the row's own record.
    #[must_use]
    pub fn column(&self, field: Field) -> Option<usize> {
        self.columns.get(&(field, false)).copied()
    }

    /// The column of a field of a nested record.
    #[must_use]
    pub fn nested_column(&self, field: Field) -> Option<usize> {
        self.columns.get(&(field, true)).copied()
    }

    /// How a column is read, where that is not the plain way.
    #[must_use]
    pub fn reading(&self, column: usize) -> Option<&ColumnReading> {
        self.look.as_ref()?.readings.get(&column)
    }

    /// How a cell of a row is read, where that is not the plain way: a number
    /// of a workbook is one however its neighbours are written.
    pub(super) fn reading_of(&self, row: &Row<'_>, column: usize) -> Option<&ColumnReading> {
        self.reading(column).filter(|_| !row.is_typed(column))
    }

    /// Whether a point in a text that is a number may group its digits: text whose
    /// cells are not parted by commas often comes from where the comma is the decimal
    /// mark, and so do numbers that a worksheet holds as text.
    #[must_use]
    pub fn may_group_by_points(&self) -> bool {
        match self.storage {
            Storage::Text(layout) => layout.delimiter != b',',
            Storage::Worksheet(_) => true,
            Storage::Parquet => false,
        }
    }

    /// Whether it takes a look through the whole sheet to say what a cell of a
    /// worksheet means, and nobody has looked yet.
    pub(super) fn is_undecided(&self, row: &Row<'_>, column: usize, text: &str) -> bool {
        self.look.is_none()
            && matches!(self.storage, Storage::Worksheet(_))
            && !row.is_typed(column)
            && may_be_grouped(text)
    }

    /// Has the sheet read as a look through it found; true when it was read in
    /// another way before.
    pub fn take_look(&mut self, look: Look) -> bool {
        let changed = match &self.look {
            Some(known) => !known.reads_as(&look),
            // Some texts of a worksheet were not read at all before it was looked through.
            None => {
                matches!(self.storage, Storage::Worksheet(_)) || !look.reads_as(&Look::default())
            }
        };
        self.look = Some(look);
        changed
    }

    /// The sheet with the first row below its header known: a grouped list
    /// begins with the heading of a group.
    #[must_use]
    pub(super) fn beginning_with(mut self, first: Option<&[String]>) -> Self {
        self.grouped = first.is_some_and(|texts| {
            let cell =
                |text: &String| WorksheetCell { text: text.clone(), ..WorksheetCell::default() };
            let cells: Vec<WorksheetCell> = texts.iter().map(cell).collect();
            is_group_heading(&self, &Row::Cells(&cells))
        });
        self
    }

    /// The last row, where it only sums up those above it.
    #[must_use]
    pub(super) fn closing(&self) -> Option<u64> {
        self.look.as_ref()?.closing
    }

    /// What a column is read as.
    #[must_use]
    pub fn field(&self, column: usize) -> Option<Field> {
        self.fields.get(column).copied().flatten()
    }

    /// The sheet as a place.
    #[must_use]
    pub fn place(&self) -> Place {
        Place::of(Arc::clone(&self.origin))
    }

    /// The header of a column.
    #[must_use]
    pub fn header(&self, column: usize) -> &str {
        self.headers.get(column).map_or("", String::as_str)
    }

    /// A row's cell in a column, as its user finds it.
    #[must_use]
    pub fn in_column(&self, row: &Place, column: usize) -> Place {
        match self.column_places.get(column) {
            Some(known) => row.in_column_of(known),
            None => self.storage.in_column(row, column, self.header(column)),
        }
    }

    /// What a row is. Nothing: what is blank, not below the header, or the
    /// header once more, as exports that were pasted together have it.
    #[must_use]
    pub fn row_kind(&self, number: u64, row: &Row<'_>) -> RowKind {
        if number <= self.header_row || row.is_blank() {
            return RowKind::Nothing;
        }
        let same = |at: usize| row.cell(at).trim() == self.header(at).trim();
        // Told by the first cell already, for nearly every row.
        if same(0) && row.len() <= self.headers.len() && (0..self.headers.len()).all(same) {
            return RowKind::Nothing;
        }
        if self.closing() == Some(number) {
            return RowKind::Total;
        }
        if self.grouped {
            if is_group_heading(self, row) {
                return RowKind::Group;
            }
        } else if self.has_date(row) {
            // Nearly every row of a timesheet.
            return RowKind::Record;
        }
        if is_labelled_total(self, row) { RowKind::Total } else { RowKind::Record }
    }

    /// Whether all rows below the header are judged by their cells alone:
    /// there are no headings of groups, and no row is known to be a total.
    #[must_use]
    pub fn is_plain_list(&self) -> bool {
        !self.grouped && self.closing().is_none()
    }

    /// Whether a row of a timesheet says when.
    #[must_use]
    pub fn has_date(&self, row: &Row<'_>) -> bool {
        self.dated.is_some_and(|column| {
            row.cell(column).trim_start().starts_with(|first: char| first.is_ascii_digit())
        })
    }

    /// What keeps a row from being read at all.
    pub(super) fn row_fault(&self, number: u64, row: &Row<'_>) -> Option<Fault> {
        self.ragged(number, row).or_else(|| self.failed_formula(number, row))
    }

    /// The fault of a row that names something by a formula that failed, or that
    /// nobody worked out: either would pass for a name. Or by a number that is too
    /// long for a workbook, where two ids may have become one.
    fn failed_formula(&self, number: u64, row: &Row<'_>) -> Option<Fault> {
        if !matches!(self.storage, Storage::Worksheet(_)) {
            return None;
        }
        let mut columns = self.recognition.columns.iter();
        let (column, found, action) = columns.find_map(|column| {
            let cell = row.cell(column.index);
            let text = cell.trim();
            let action = match () {
                () if row.is_typed(column.index) => {
                    let is_id = NAMES.contains(&column.field) || ENTRY_IDS.contains(&column.field);
                    return (is_id && workbook::is_rounded(text))
                        .then(|| (column.index, text.to_owned(), Phrase::IdAsText));
                }
                () if !NAMES.contains(&column.field) => return None,
                () if ERROR_VALUES.contains(&text) => Phrase::FailedName,
                () if row.is_formula(column.index) => Phrase::Uncalculated,
                () => return None,
            };
            Some((column.index, text.to_owned(), action))
        })?;
        Some(Fault::new(
            FaultKind::UnknownValue,
            self.in_column(&self.place().at_row(number), column),
            found,
            Phrase::NameOrId,
            action,
        ))
    }

    /// The fault of a row with more cells than the header. In a text a delimiter
    /// stands outside quotes, and the cells behind it have moved.
    fn ragged(&self, number: u64, row: &Row<'_>) -> Option<Fault> {
        let expected = self.headers.len();
        if row.len() <= expected {
            return None;
        }
        let mut further = (expected..row.len()).map(|at| (at, row.cell(at).into_owned()));
        let further = further.find(|(_, cell)| !cell.trim().is_empty());
        let split = || {
            self.split_number(row)
                .filter(|_| !self.look.as_ref().is_some_and(|look| look.has_spare_cells))
        };
        let (at, extra) = further.or_else(|| Some((expected, split()?)))?;
        Some(Fault::new(
            FaultKind::RaggedRow,
            self.place().at_row(number),
            extra,
            Phrase::CellsOfHeader { cells: expected as u64, cell: at as u64 + 1 },
            match self.storage {
                Storage::Text(_) => Phrase::QuoteDelimiter,
                Storage::Worksheet(_) | Storage::Parquet => Phrase::HeadOrClear,
            },
        ))
    }

    /// A number whose decimal comma may have parted it, in a row that has a blank cell
    /// more than the header: `3,75` in two cells.
    pub(super) fn split_number(&self, row: &Row<'_>) -> Option<String> {
        if !matches!(self.storage, Storage::Text(layout) if layout.delimiter == b',') {
            return None;
        }
        let is_whole = |cell: &str| {
            let digits = cell.strip_prefix('-').unwrap_or(cell);
            !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
        };
        let columns = &self.recognition.columns;
        let is_number = |at: usize| {
            columns.iter().any(|column| column.index == at && NUMBERS.contains(&column.field))
        };
        let mut split = columns.iter().map(|column| column.index).filter_map(|at| {
            let (whole, behind) = (row.cell(at), row.cell(at + 1));
            let (whole, behind) = (whole.trim(), behind.trim());
            let is_split = is_number(at) && !is_number(at + 1) && is_whole(whole);
            let digits = behind.bytes().all(|byte| byte.is_ascii_digit());
            (is_split && digits && matches!(behind.len(), 1 | 2))
                .then(|| format!("{whole},{behind}"))
        });
        split.next()
    }

    /// Gives every record to `visit`, until it breaks, and counts the rows met.
    ///
    /// # Errors
    /// What makes the file unreadable, and what `visit` returns.
    pub fn for_each_row(
        &self,
        mut visit: impl FnMut(u64, &Row<'_>) -> Result<ControlFlow<()>, Error>,
    ) -> Result<RowCounts, Error> {
        let mut counts = RowCounts::default();
        let mut take = |number: u64, row: &Row<'_>| {
            let kind = self.row_kind(number, row);
            counts.add(kind);
            if kind == RowKind::Record { visit(number, row) } else { Ok(ControlFlow::Continue(())) }
        };
        match self.storage {
            Storage::Text(layout) => {
                for block in self.blocks(layout)? {
                    let block = block?;
                    let text = block.text(&self.origin)?;
                    let flow =
                        for_each_record(text, block.first_row, layout, &self.origin, &mut take)?;
                    if flow.is_break() {
                        break;
                    }
                }
            }
            Storage::Worksheet(kind) => {
                let rows =
                    workbook::for_each_row(&self.source, kind, &self.origin, |at, cells| {
                        take(at, &Row::Cells(cells))
                    })?;
                self.need_apart(kind, &rows)?;
            }
            Storage::Parquet => {
                parquet::for_each_row(&self.source, &self.origin, |number, cells| {
                    take(number, &Row::Cells(cells))
                })?;
            }
        }
        Ok(counts)
    }

    /// That no record lacks a value which its sheet shows in a cell merged with
    /// those above it: blank, a unit would mean hours.
    fn need_apart(&self, kind: WorkbookKind, merged: &[Merged]) -> Result<(), Error> {
        let column_of = |merged: &Merged| {
            let (first, last) = merged.columns;
            let mut columns = first..self.headers.len().min(last + 1);
            columns.find(|column| self.is_of_each_record(*column))
        };
        let below = merged.iter().filter(|merged| merged.rows.0 > self.header_row);
        let mut below: Vec<(&Merged, usize)> =
            below.filter_map(|merged| Some((merged, column_of(merged)?))).collect();
        if below.is_empty() {
            return Ok(());
        }
        below.sort_by_key(|(merged, column)| (merged.rows, *column));
        let mut met = None;
        let mut next = 0;
        let mut open: Vec<(&Merged, usize)> = Vec::new();
        workbook::for_each_row(&self.source, kind, &self.origin, |number, cells| {
            open.retain(|(merged, _)| merged.rows.1 >= number);
            if self.row_kind(number, &Row::Cells(cells)) == RowKind::Record {
                met = open.first().map(|(merged, column)| (number, merged.rows.0, *column));
            }
            while let Some(one) = below.get(next).filter(|(merged, _)| merged.rows.0 <= number) {
                let (merged, _) = one;
                let first = cells.get(merged.columns.0).filter(|_| merged.rows.0 == number);
                // Of a blank one nothing is hidden.
                if first.is_some_and(|cell| !cell.text.trim().is_empty()) {
                    open.push(*one);
                }
                next += 1;
            }
            Ok(if met.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        })?;
        let Some((number, first, column)) = met else { return Ok(()) };
        Err(Error::Unreadable {
            path: self.in_column(&self.place().at_row(number), column).to_string(),
            reason: format!(
                "the cell is merged with that of row {first}, which alone holds their value; take merged cells apart and fill each of them"
            ),
        })
    }

    /// Whether a blank cell of a column says something of its own record. What a
    /// list of orders says once, of the order and of all lines below it, may be
    /// shown in one cell.
    fn is_of_each_record(&self, column: usize) -> bool {
        let Some(field) = self.field(column) else { return false };
        match self.role() {
            Role::Timesheets => field != Field::Description,
            Role::OrderLines | Role::Orders => OF_EACH_LINE.contains(&field),
            _ => false,
        }
    }

    /// What all records give together, where each says something by itself: a
    /// text is read by many threads. `merge` takes in what records below gave.
    ///
    /// # Errors
    /// What makes the file unreadable.
    pub(super) fn gather_rows<T: Send>(
        &self,
        new: impl Fn() -> T + Sync,
        take: impl Fn(&mut T, u64, &Row<'_>) + Sync,
        merge: impl Fn(&mut T, T),
    ) -> Result<(T, RowCounts), Error> {
        let mut all = new();
        let mut counts = RowCounts::default();
        let Storage::Text(layout) = self.storage else {
            counts = self.for_each_row(|number, row| {
                take(&mut all, number, row);
                Ok(ControlFlow::Continue(()))
            })?;
            return Ok((all, counts));
        };
        let of_block = |block: Result<Block, Error>| {
            let (block, mut own, mut counts) = (block?, new(), RowCounts::default());
            let text = block.text(&self.origin)?;
            let _ = for_each_record(text, block.first_row, layout, &self.origin, |number, row| {
                let kind = self.row_kind(number, row);
                counts.add(kind);
                if kind == RowKind::Record {
                    take(&mut own, number, row);
                }
                Ok(ControlFlow::Continue(()))
            })?;
            Ok((own, counts))
        };
        let mut blocks = self.blocks(layout)?;
        let mut next_ones = move || -> Vec<Result<Block, Error>> {
            blocks.by_ref().take(2 * rayon::current_num_threads()).collect()
        };
        let mut some = next_ones();
        while !some.is_empty() {
            let blocks = std::mem::take(&mut some);
            // Further ones are cut while these are looked at.
            let look = || blocks.into_par_iter().map(of_block).collect();
            let (next, looked): (_, Vec<Result<(T, RowCounts), Error>>) =
                rayon::join(&mut next_ones, look);
            some = next;
            // Of errors the first is told, whichever is met first.
            for part in looked {
                let (own, of_part) = part?;
                merge(&mut all, own);
                counts.merge(of_part);
            }
        }
        Ok((all, counts))
    }

    /// The rows of a worksheet in pieces of some `bytes`, if it is one that is
    /// written as programs write it.
    ///
    /// # Errors
    /// [`Unusual`], as far as its beginning tells.
    pub fn worksheet(&self, bytes: usize) -> Result<Worksheet, Unusual> {
        let Storage::Worksheet(kind) = self.storage else { return Err(Unusual) };
        let name = self.origin.sheet.as_deref().unwrap_or_default();
        Worksheet::open(&self.source, kind, name, bytes)
    }

    /// The blocks of a text, from its start.
    ///
    /// # Errors
    /// [`Error::Unreadable`] when it cannot be opened.
    pub fn blocks(&self, layout: TextLayout) -> Result<Blocks<Box<dyn Read + Send>>, Error> {
        let text = open_text(&self.source, self.encoding)?;
        let bound = self.source.bounds.record_bytes;
        Ok(Blocks::new(text, layout, Arc::clone(&self.origin)).up_to(bound))
    }
}

/// Opens a text as UTF-8.
pub(super) fn open_text(
    source: &Source,
    encoding: Option<TextEncoding>,
) -> Result<Box<dyn Read + Send>, Error> {
    source.open_text(encoding, &source.bounds).map_err(|error| unreadable(&error))
}

/// What makes a source unreadable, as a run's error.
pub(super) fn unreadable(error: &SourceError) -> Error {
    Error::Unreadable { path: error.path().to_owned(), reason: error.reason() }
}

/// Gives the records of a text to `visit`.
///
/// # Errors
/// [`Error::StrayQuote`], and what `visit` returns.
pub fn for_each_record(
    text: &str,
    first_row: u64,
    layout: TextLayout,
    origin: &Arc<Origin>,
    mut visit: impl FnMut(u64, &Row<'_>) -> Result<ControlFlow<()>, Error>,
) -> Result<ControlFlow<()>, Error> {
    let mut splitter = Splitter::new(text.as_bytes(), layout.delimiter);
    let mut record = Record::default();
    let mut number = first_row;
    while splitter.next_record(&mut record) {
        if record.has_stray_quote() {
            // A quote that closes within a cell may have opened rows before.
            let place = Place::of(Arc::clone(origin)).at_row(number);
            return Err(Error::StrayQuote { place });
        }
        if visit(number, &Row::Record { text, record: &record })?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
        number += 1;
    }
    Ok(ControlFlow::Continue(()))
}

/// A row's cells, borrowed from wherever they are.
#[derive(Debug)]
pub enum Row<'a> {
    /// Of a text file.
    Record {
        /// The text that the record lies in.
        text: &'a str,
        /// Its cells.
        record: &'a Record,
    },
    /// Of a workbook.
    Cells(&'a [WorksheetCell]),
}

impl Row<'_> {
    /// A cell; blank where the row is shorter.
    #[must_use]
    #[inline]
    pub fn cell(&self, index: usize) -> Cow<'_, str> {
        match self {
            Self::Record { text, record } => record.cell(text, index),
            Self::Cells(cells) => {
                Cow::Borrowed(cells.get(index).map_or("", |cell| cell.text.as_str()))
            }
        }
    }

    /// Whether a cell is a number by itself, and no text that may be one.
    #[must_use]
    pub fn is_typed(&self, index: usize) -> bool {
        match self {
            Self::Record { .. } => false,
            Self::Cells(cells) => {
                cells.get(index).is_some_and(|cell| cell.kind == CellKind::Number)
            }
        }
    }

    /// Whether a cell holds a formula that was saved without its value.
    #[must_use]
    pub fn is_formula(&self, index: usize) -> bool {
        match self {
            Self::Record { .. } => false,
            Self::Cells(cells) => {
                cells.get(index).is_some_and(|cell| cell.kind == CellKind::Formula)
            }
        }
    }

    /// How many cells there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Record { record, .. } => record.len(),
            Self::Cells(cells) => cells.len(),
        }
    }

    /// Whether it has no cells.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether every cell is blank.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        (0..self.len()).all(|index| self.cell(index).trim().is_empty())
    }
}
