//! A sheet: a text file, or one sheet of a workbook, whose header is
//! understood; and its rows, however it is stored.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Read;
use std::ops::ControlFlow;
use std::sync::Arc;

use crate::diagnostics::{Error, Fault, FaultKind, Origin, Place};

use super::columns::ColumnReading;
use super::fields::{Field, Recognition, Role};
use super::source::{Source, SourceError, TextEncoding, WorkbookKind};
use super::text::{Blocks, Record, Splitter, TextLayout};
use super::workbook;

/// How a sheet is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Storage {
    /// Delimited text.
    Text(TextLayout),
    /// A worksheet of a workbook.
    Worksheet(WorkbookKind),
}

/// A sheet whose role is known.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// What the user sees: path and sheet name.
    pub origin: Arc<Origin>,
    /// Where it is, and how it is wrapped.
    pub source: Source,
    /// The encoding that the user chose for text.
    pub encoding: Option<TextEncoding>,
    /// How it is stored.
    pub storage: Storage,
    /// The row of the header, from 1.
    pub header_row: u64,
    /// The header's cells.
    pub headers: Vec<String>,
    /// How the header was understood.
    pub recognition: Recognition,
    columns: BTreeMap<(Field, bool), usize>,
    /// How columns are read that are not written plainly.
    readings: BTreeMap<usize, ColumnReading>,
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
        Self {
            origin,
            source,
            encoding,
            storage,
            header_row,
            headers,
            recognition,
            columns,
            readings: BTreeMap::new(),
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
        self.readings.get(&column)
    }

    /// Every column that is not read in the plain way.
    #[must_use]
    pub fn readings(&self) -> &BTreeMap<usize, ColumnReading> {
        &self.readings
    }

    /// Has the sheet read in this way from now on.
    pub fn set_readings(&mut self, readings: BTreeMap<usize, ColumnReading>) {
        self.readings = readings;
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

    /// Whether a row is one to read: below the header, not blank, and not the
    /// header once more, as exports that were pasted together have it.
    #[must_use]
    pub fn is_record(&self, number: u64, row: &Row<'_>) -> bool {
        if number <= self.header_row || row.is_blank() {
            return false;
        }
        let same = |at: usize| row.cell(at).trim() == self.header(at).trim();
        // Told by the first cell already, for nearly every row.
        !(same(0) && row.len() <= self.headers.len() && (0..self.headers.len()).all(same))
    }

    /// The fault of a row with more cells than the header: a delimiter stands
    /// outside quotes, and the cells behind it have moved.
    pub(super) fn ragged(&self, number: u64, row: &Row<'_>) -> Option<Fault> {
        let expected = self.headers.len();
        let mut further = (expected..row.len()).map(|at| (at, row.cell(at).into_owned()));
        let (at, extra) = further.find(|(_, cell)| !cell.trim().is_empty())?;
        Some(Fault::new(
            FaultKind::RaggedRow,
            self.place().at_row(number),
            extra,
            format!("{expected} cells, as the header has; this one is cell {}", at + 1),
            "put the cell that holds a delimiter in quotes, like \"7,5\"",
        ))
    }

    /// Gives every row below the header to `visit`, blank rows left out, until
    /// it breaks.
    ///
    /// # Errors
    /// What makes the file unreadable, and what `visit` returns.
    pub fn for_each_row(
        &self,
        mut visit: impl FnMut(u64, &Row<'_>) -> Result<ControlFlow<()>, Error>,
    ) -> Result<(), Error> {
        match self.storage {
            Storage::Text(layout) => {
                for block in self.blocks(layout)? {
                    let block = block?;
                    let text = block.text(&self.origin)?;
                    let flow = for_each_record(
                        text,
                        block.first_row,
                        layout,
                        &self.origin,
                        |number, row| {
                            if !self.is_record(number, row) {
                                return Ok(ControlFlow::Continue(()));
                            }
                            visit(number, row)
                        },
                    )?;
                    if flow.is_break() {
                        break;
                    }
                }
                Ok(())
            }
            Storage::Worksheet(kind) => {
                workbook::for_each_row(&self.source, kind, &self.origin, |number, cells| {
                    let row = Row::Cells(cells);
                    if !self.is_record(number, &row) {
                        return Ok(ControlFlow::Continue(()));
                    }
                    visit(number, &row)
                })
            }
        }
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
    Cells(&'a [String]),
}

impl Row<'_> {
    /// A cell; blank where the row is shorter.
    #[must_use]
    pub fn cell(&self, index: usize) -> Cow<'_, str> {
        match self {
            Self::Record { text, record } => record.cell(text, index),
            Self::Cells(cells) => Cow::Borrowed(cells.get(index).map_or("", String::as_str)),
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
