//! Workbooks: the rows of their visible sheets, as text. Every number of a
//! cell is a binary float; it enters here and nowhere else, taken to the 15
//! significant digits that the spreadsheet itself keeps (rule 5.6).

mod markup;
mod merged;
mod package;
mod per_cents;
mod sheet_xml;
mod strings;
mod worksheet;

use std::collections::BTreeMap;
use std::io::{Read, Seek};
use std::ops::ControlFlow;
use std::sync::Arc;

use calamine::{
    Data, DataRef, ExcelDateTime, ExcelDateTimeType, NumberFormat, Ods, Reader, SheetType,
    SheetVisible, Sheets, Style, Xls, Xlsb, Xlsx, XlsxError,
};
use chrono::NaiveTime;

use crate::diagnostics::{Error, Origin, Place, caught};

use super::source::{ReadSeek, Source, WorkbookKind};
use markup::PIECE_BYTES;
pub use markup::Unusual;
pub(super) use merged::Merged;
use package::OpenSheet;
pub use sheet_xml::WorksheetRow;
use sheet_xml::{RowReader, Stop};
pub use worksheet::{Worksheet, WorksheetPiece, WorksheetReader};

/// Columns that are read of a sheet; exports have some dozens.
pub(super) const MAX_COLUMNS: usize = 4_096;

const FAR_RIGHT: &str =
    "look in this row for cells far to the right of the table, and take them out";

/// The error of a row with more than [`MAX_COLUMNS`], and what to do.
pub(super) fn too_wide(place: Place, help: &str) -> Error {
    let limit = MAX_COLUMNS as u64;
    Error::TooLarge { place, what: "the number of columns", limit, help: help.to_owned() }
}

/// A sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SheetName {
    /// As its tab shows it.
    pub name: String,
    /// Hidden sheets are not read.
    pub visible: bool,
}

type Bytes = Box<dyn ReadSeek + Send>;

fn open_bytes(source: &Source) -> Result<Bytes, Error> {
    source.open_workbook(&source.bounds).map_err(|error| super::sheet::unreadable(&error))
}

fn open_xlsx(source: &Source) -> Result<Xlsx<Bytes>, Error> {
    let bytes = open_bytes(source)?;
    guarded(&source.shown, || Xlsx::new(bytes))?.map_err(|error| unreadable(&source.shown, &error))
}

/// The formats whose reader keeps a whole sheet in memory.
fn open_whole(source: &Source, kind: WorkbookKind, bytes: Bytes) -> Result<Sheets<Bytes>, Error> {
    let opened = guarded(&source.shown, || match kind {
        WorkbookKind::Xls => Xls::new(bytes).map(Sheets::Xls).map_err(calamine::Error::Xls),
        WorkbookKind::Xlsb => Xlsb::new(bytes).map(Sheets::Xlsb).map_err(calamine::Error::Xlsb),
        WorkbookKind::Ods => Ods::new(bytes).map(Sheets::Ods).map_err(calamine::Error::Ods),
        WorkbookKind::Xlsx => Xlsx::new(bytes).map(Sheets::Xlsx).map_err(calamine::Error::Xlsx),
    })?;
    opened.map_err(|error| damaged_workbook(&source.shown, &error))
}

/// A damaged file makes the library panic: that is the file's fault, and is
/// told like any other.
fn guarded<T>(shown: &str, read: impl FnOnce() -> T) -> Result<T, Error> {
    caught(read).ok_or_else(|| Error::Unreadable {
        path: shown.to_owned(),
        reason: "the workbook is damaged; open and save it again, or export as CSV".to_owned(),
    })
}

fn damaged_workbook(shown: &str, error: &calamine::Error) -> Error {
    Error::Unreadable {
        path: shown.to_owned(),
        reason: format!("it is no readable workbook ({error}); save it as .xlsx, or export as CSV"),
    }
}

fn unreadable(shown: &str, error: &XlsxError) -> Error {
    let reason = match error {
        XlsxError::Password => {
            "the workbook is protected by a password; save it without one".to_owned()
        }
        // What the library says of these is of use to nobody but its authors.
        XlsxError::Zip(_) => {
            "the workbook is damaged or cut short; open and save it again, or export it again"
                .to_owned()
        }
        XlsxError::FileNotFound(part) if part == "_rels/.rels" => {
            "it is a zip archive without a workbook in it; unpack it, and name the files".to_owned()
        }
        XlsxError::CellError(found) => {
            format!(
                "a formula in it failed ({found}); correct that cell and save it again, or export as CSV"
            )
        }
        other => format!(
            "it is no readable .xlsx workbook ({other}); open and save it again, or export as CSV"
        ),
    };
    Error::Unreadable { path: shown.to_owned(), reason }
}

/// A cell of a worksheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorksheetCell {
    /// As a text file writes it: numbers with a decimal point, dates as in ISO
    /// 8601.
    pub text: String,
    /// What it is beside its text.
    pub kind: CellKind,
}

/// What a workbook itself says of a cell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CellKind {
    /// A text, or a day.
    #[default]
    Text,
    /// A number: how the column writes numbers as text does not matter.
    Number,
    /// A formula that was saved without its value.
    Formula,
}

impl CellKind {
    fn of_number(is_number: bool) -> Self {
        if is_number { Self::Number } else { Self::Text }
    }
}

/// The worksheets of a workbook, in the order of their tabs.
///
/// # Errors
/// [`Error::Unreadable`] when the file is no workbook.
pub(super) fn sheets(source: &Source, kind: WorkbookKind) -> Result<Vec<SheetName>, Error> {
    let sheets = match kind {
        WorkbookKind::Xlsx => match package::sheets(source) {
            Ok(sheets) => sheets,
            Err(Unusual) => open_xlsx(source)?.sheets_metadata().to_vec(),
        },
        _ => open_whole(source, kind, open_bytes(source)?)?.sheets_metadata().to_vec(),
    };
    Ok(sheets
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| SheetName {
            name: sheet.name.clone(),
            visible: sheet.visible == SheetVisible::Visible,
        })
        .collect())
}

/// Gives every row of a sheet that has a cell to `visit`, with its number from
/// 1, until `visit` breaks. Past the last one it is known which cells are merged
/// over several rows.
///
/// # Errors
/// [`Error::Unreadable`] when the sheet's XML is broken or its rows are out of
/// order, [`Error::TooLarge`] past [`MAX_COLUMNS`], and whatever `visit` returns.
pub(super) fn for_each_row(
    source: &Source,
    kind: WorkbookKind,
    origin: &Arc<Origin>,
    mut visit: impl FnMut(u64, &[WorksheetCell]) -> Result<ControlFlow<()>, Error>,
) -> Result<Vec<Merged>, Error> {
    let name = origin.sheet.clone().unwrap_or_default();
    if kind != WorkbookKind::Xlsx {
        for_each_kept_row(source, kind, origin, &name, visit)?;
        return Ok(Vec::new());
    }
    let mut last = 0;
    if let Ok(mut sheet) = package::open_sheet(source, &name, PIECE_BYTES) {
        match for_each_plain_row(&mut sheet, &mut last, &mut visit) {
            Ok(()) => {
                if let Ok(merged) = merged::behind(sheet.pieces.behind()) {
                    return Ok(merged);
                }
            }
            Err(Stop::Failed(error)) => return Err(error),
            Err(Stop::Unusual) => {}
        }
    }
    for_each_row_carefully(source, origin, &name, |number, cells| {
        // What is plain was given already.
        if number <= last { Ok(ControlFlow::Continue(())) } else { visit(number, cells) }
    })
}

/// The rows of a sheet that is written as programs write it. `last` is the
/// last one that was given.
fn for_each_plain_row(
    sheet: &mut OpenSheet,
    last: &mut u64,
    visit: &mut impl FnMut(u64, &[WorksheetCell]) -> Result<ControlFlow<()>, Error>,
) -> Result<(), Stop> {
    let (mut reader, mut piece) = (RowReader::default(), Vec::new());
    while let Some(whole) = sheet.pieces.next(&mut piece)? {
        let flow = reader.read(&piece, whole, &sheet.shared, |row| {
            let number = row.number;
            let cells = row.cells()?;
            *last = number;
            visit(number, cells).map_err(Stop::Failed)
        })?;
        if flow.is_break() {
            break;
        }
    }
    Ok(())
}

/// The rows of any sheet, by a library that reads every bit of XML.
fn for_each_row_carefully(
    source: &Source,
    origin: &Arc<Origin>,
    name: &str,
    mut visit: impl FnMut(u64, &[WorksheetCell]) -> Result<ControlFlow<()>, Error>,
) -> Result<Vec<Merged>, Error> {
    let mut workbook = open_xlsx(source)?;
    let place = Place::of(Arc::clone(origin));
    let file = place.to_string();
    let mut reader = guarded(&file, || workbook.worksheet_cells_reader(name))?
        .map_err(|error| unreadable(&file, &error))?;
    let shown: Vec<Shown> = reader.styles().iter().map(Shown::of_style).collect();
    let mut formulas: Option<Formulas> = None;
    let mut row: Vec<WorksheetCell> = Vec::new();
    let mut current: Option<u32> = None;
    loop {
        // A damaged cell reference makes the library panic: that is the file's
        // fault, and is told like any other.
        let next = caught(|| {
            let cell = reader.next_cell_with_style_id()?;
            Ok(cell.map(|(cell, style)| {
                let shown = shown.get(style).copied().unwrap_or(Shown::Unknown);
                let (position, value) = (cell.get_position(), cell.get_value());
                let cell = match value {
                    DataRef::Empty => formulas
                        .get_or_insert_with(|| uncalculated(source, name))
                        .remove(&position)
                        .map(|text| WorksheetCell { text, kind: CellKind::Formula })
                        .unwrap_or_default(),
                    value => {
                        let kind = CellKind::of_number(is_typed(value));
                        WorksheetCell { text: cell_text(value, shown), kind }
                    }
                };
                (position, cell)
            }))
        })
        .ok_or_else(|| damaged(origin, "a cell of it has no place in a sheet"))?
        .map_err(|error| match current {
            Some(at) => unreadable(
                &format!("{}, or just after it", place.at_row(u64::from(at) + 1)),
                &error,
            ),
            None => unreadable(&file, &error),
        })?;
        let Some(((at, column), cell)) = next else { break };
        if current != Some(at) {
            if current.is_some_and(|before| at < before) {
                return Err(damaged(origin, "its rows are out of order"));
            }
            if let Some(number) = current
                && visit(u64::from(number) + 1, &row)?.is_break()
            {
                return Ok(Vec::new());
            }
            row.clear();
            current = Some(at);
        }
        let column = column as usize;
        if column >= MAX_COLUMNS {
            // One that only has a colour is no column.
            if cell.text.is_empty() {
                continue;
            }
            return Err(too_wide(place.at_row(u64::from(at) + 1), FAR_RIGHT));
        }
        // A blank cell is there as well: the second of two that are merged, say.
        if row.len() <= column {
            row.resize(column + 1, WorksheetCell::default());
        }
        let known = &mut row[column];
        if known.text.is_empty() {
            *known = cell;
        } else if !cell.text.is_empty() {
            // Neither of two rows of one number may be lost.
            return Err(damaged(origin, "two cells of it have one place"));
        }
    }
    if let Some(number) = current {
        let _ = visit(u64::from(number) + 1, &row)?;
    }
    drop(reader);
    // What is damaged behind the rows says nothing of them.
    let merged = caught(|| workbook.merge_cells_by_sheet_name(name)).and_then(Result::ok);
    Ok(merged.unwrap_or_default().iter().filter_map(Merged::of_cells).collect())
}

/// Formulas by the row and column of their cell, from 0.
type Formulas = BTreeMap<(u32, u32), String>;

/// The formulas of a sheet that nobody calculated: some programs leave that to
/// whoever opens the workbook. Such a cell says its formula and is not blank, or
/// the row would lose what it stands for without a word.
fn uncalculated(source: &Source, name: &str) -> Formulas {
    let mut found = Formulas::new();
    // What is damaged ends this look; the other one says so at its place.
    let _ = caught(|| {
        let mut workbook = open_xlsx(source).ok()?;
        let mut reader = workbook.worksheet_cells_reader(name).ok()?;
        while let Ok(Some(cell)) = reader.next_cell_with_formula() {
            if let (DataRef::Empty, Some(formula)) = (cell.value, cell.formula) {
                found.insert(cell.pos, format!("={formula}"));
            }
        }
        Some(())
    });
    found
}

/// The rows of a format whose sheets are read whole.
fn for_each_kept_row(
    source: &Source,
    kind: WorkbookKind,
    origin: &Arc<Origin>,
    name: &str,
    mut visit: impl FnMut(u64, &[WorksheetCell]) -> Result<ControlFlow<()>, Error>,
) -> Result<(), Error> {
    let marked = match kind {
        WorkbookKind::Ods => per_cents::marked(open_bytes(source)?),
        _ => None,
    };
    let bytes = match marked {
        Some(marked) => Box::new(std::io::Cursor::new(marked)),
        None => open_bytes(source)?,
    };
    let mut workbook = open_whole(source, kind, bytes)?;
    let shown = Place::of(Arc::clone(origin)).to_string();
    if let Sheets::Xlsb(workbook) = &mut workbook {
        need_dense(workbook, origin, name)?;
    }
    let range = guarded(&shown, || workbook.worksheet_range(name))?
        .map_err(|error| damaged_workbook(&shown, &error))?;
    let Some((first_row, first_column)) = range.start() else { return Ok(()) };
    let first_column = first_column as usize;
    for (at, cells) in range.rows().enumerate() {
        let number = u64::from(first_row) + at as u64 + 1;
        let within = MAX_COLUMNS.saturating_sub(first_column);
        if cells.iter().skip(within).any(|value| !kept_cell_text(value).is_empty()) {
            return Err(too_wide(Place::of(Arc::clone(origin)).at_row(number), FAR_RIGHT));
        }
        let mut row = vec![WorksheetCell::default(); first_column.min(MAX_COLUMNS)];
        row.extend(cells.iter().take(within).map(kept_cell));
        while row.last().is_some_and(|cell| cell.text.is_empty()) {
            row.pop();
        }
        if !row.is_empty() && visit(number, &row)?.is_break() {
            return Ok(());
        }
    }
    Ok(())
}

/// Places that a sheet may have for each of its cells, and for all of them.
const PLACES_OF_A_CELL: u64 = 64;
const FREE_PLACES: u64 = 1 << 20;

/// The library makes room for every place between the first and the last cell of a
/// binary sheet, so that one stray cell, or a damaged one, takes all memory.
fn need_dense<R: Read + Seek>(
    workbook: &mut Xlsb<R>,
    origin: &Arc<Origin>,
    name: &str,
) -> Result<(), Error> {
    let mut cells: u64 = 0;
    let mut first = (u32::MAX, u32::MAX);
    // The lowest cell, and the one that is furthest to the right.
    let (mut lowest, mut furthest) = ((0, 0), (0, 0));
    // What is wrong with it, the library says when it reads all of it.
    let walked = caught(|| {
        let Ok(mut reader) = workbook.worksheet_cells_reader(name) else { return };
        while let Ok(Some(cell)) = reader.next_cell() {
            let (row, column) = cell.get_position();
            cells += 1;
            first = (first.0.min(row), first.1.min(column));
            if row > lowest.0 {
                lowest = (row, column);
            }
            if column > furthest.1 {
                furthest = (row, column);
            }
        }
    });
    let rows = u64::from(lowest.0.saturating_sub(first.0)) + 1;
    let columns = u64::from(furthest.1.saturating_sub(first.1)) + 1;
    let limit = cells.saturating_mul(PLACES_OF_A_CELL) + FREE_PLACES;
    if walked.is_none() || rows.saturating_mul(columns) <= limit {
        return Ok(());
    }
    // The one that lies further from the others for the shape of a sheet.
    let stray = if rows / 64 > columns { lowest } else { furthest };
    let place = Place::of(Arc::clone(origin)).at_row(u64::from(stray.0) + 1);
    Err(Error::TooLarge {
        place,
        what: "the room between its first and its last cell",
        limit,
        help: "a cell lies far from all others: clear that row, or save the sheet as .xlsx or CSV"
            .to_owned(),
    })
}

/// Whether a cell is a number by itself, so that no decimal mark is in doubt.
fn is_typed(value: &DataRef<'_>) -> bool {
    matches!(value, DataRef::Int(_) | DataRef::Float(_))
}

fn kept_cell(value: &Data) -> WorksheetCell {
    let share = match value {
        Data::DurationIso(text) => per_cents::share(text),
        _ => None,
    };
    match share.and_then(|share| Meaning::PerCent.text(share)) {
        Some(text) => WorksheetCell { text, kind: CellKind::Number },
        None => WorksheetCell {
            text: kept_cell_text(value),
            kind: CellKind::of_number(matches!(value, Data::Int(_) | Data::Float(_))),
        },
    }
}

fn kept_cell_text(value: &Data) -> String {
    match value {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => float_text(*number),
        Data::Bool(true) => "True".to_owned(),
        Data::Bool(false) => "False".to_owned(),
        Data::DateTime(serial) => serial_text(serial, Shown::Unknown),
        Data::Error(error) => error.to_string(),
    }
}

fn damaged(origin: &Arc<Origin>, what: &str) -> Error {
    Error::Unreadable {
        path: Place::of(Arc::clone(origin)).to_string(),
        reason: format!("{what}; open and save the workbook again"),
    }
}

/// A cell as text, in the form in which text files write it.
fn cell_text(value: &DataRef<'_>, shown: Shown) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) if shown == Shown::PerCent => per_cent_text(*number),
        DataRef::Float(number) => float_text(*number),
        DataRef::Bool(true) => "True".to_owned(),
        DataRef::Bool(false) => "False".to_owned(),
        DataRef::DateTime(serial) => serial_text(serial, shown),
        DataRef::Error(error) => error.to_string(),
    }
}

/// Up to it a float tells all whole numbers apart.
#[expect(clippy::disallowed_types, reason = "a workbook's numbers are floats; this is their door")]
const LARGEST_WHOLE: f64 = 9_007_199_254_740_991.0;

/// Whether a number is past that, so that it may stand for another one as well.
#[expect(clippy::disallowed_types, reason = "a workbook's numbers are floats; this is their door")]
pub(super) fn is_rounded(printed: &str) -> bool {
    printed.parse().is_ok_and(|number: f64| number.abs() > LARGEST_WHOLE)
}

/// Serial numbers beyond it are none of any sheet's days.
#[expect(clippy::disallowed_types, reason = "a workbook's numbers are floats; this is their door")]
const MOST_DAYS: f64 = 10_000_000.0;

/// The nearest decimal of 15 significant digits: Excel's own precision.
#[expect(clippy::disallowed_types, reason = "a workbook's numbers are floats; this is their door")]
pub(super) fn float_text(number: f64) -> String {
    if !number.is_finite() {
        return number.to_string();
    }
    // An id of 16 digits is no rounded fraction: what a float holds exactly
    // stays as it is.
    if number.fract() == 0.0 && number.abs() <= LARGEST_WHOLE {
        // A spreadsheet shows no zero with a sign.
        let sign = if number < 0.0 { "-" } else { "" };
        return format!("{sign}{:.0}", number.abs());
    }
    let scientific = format!("{number:.14e}");
    match super::column::number(&scientific) {
        Some(decimal) => decimal.normalize().to_string(),
        // Past 28 decimals: left as it is, so that whoever reads it refuses it.
        None => scientific,
    }
}

/// What a cell shows that is formatted in per cent: it holds 0.1 where somebody
/// entered 10%.
#[expect(clippy::disallowed_types, reason = "a workbook's numbers are floats; this is their door")]
fn per_cent_text(number: f64) -> String {
    let text = float_text(number);
    let hundredfold = super::column::number(&text)
        .and_then(|share| share.checked_mul(rust_decimal::Decimal::ONE_HUNDRED));
    format!("{}%", hundredfold.map_or(text, |number| number.normalize().to_string()))
}

/// What a style makes of a number.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Meaning {
    /// Just that.
    Number,
    /// A share of one, which is shown in per cent.
    PerCent,
    /// A day, a time or a duration.
    Moment { kind: ExcelDateTimeType, is_1904: bool, shown: Shown },
}

impl Meaning {
    /// Of a number that is none of a calendar.
    fn of_number(shown: Shown) -> Self {
        if shown == Shown::PerCent { Self::PerCent } else { Self::Number }
    }

    /// Whether it is a number by itself, so that no decimal mark is in doubt.
    fn is_typed(self) -> bool {
        matches!(self, Self::Number | Self::PerCent)
    }

    /// The text of a number that is written in decimal digits.
    #[expect(clippy::disallowed_types, reason = "a workbook's numbers are floats")]
    fn text(self, written: &str) -> Option<String> {
        let number: f64 = written.parse().ok()?;
        Some(match self {
            Self::Number => float_text(number),
            Self::PerCent => per_cent_text(number),
            // No sheet has such a day, and the library cannot count so far.
            Self::Moment { .. } if number.abs() > MOST_DAYS => return None,
            Self::Moment { kind, is_1904, shown } => {
                serial_text(&ExcelDateTime::new(number, kind, is_1904), shown)
            }
        })
    }
}

/// What a number format shows of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// Hours, minutes and seconds alone, like `hh:mm`.
    Clock,
    /// A day, perhaps with a time, or just a number.
    Day,
    /// So many per cent of it, with their sign.
    PerCent,
    /// The reader of the format does not say.
    Unknown,
}

impl Shown {
    fn of_style(style: &Style) -> Self {
        style.number_format.as_ref().map_or(Self::Unknown, Self::of_format)
    }

    fn of_format(format: &NumberFormat) -> Self {
        match format.format_id {
            // The East Asian formats, whose codes a workbook does not hold.
            Some(32..=35 | 55 | 56) => Self::Clock,
            Some(27..=31 | 36 | 50..=54 | 57 | 58) => Self::Day,
            Some(9 | 10) => Self::PerCent,
            _ => Self::of_code(&format.format_code),
        }
    }

    /// Minutes and months share a letter, so the other ones decide.
    fn of_code(code: &str) -> Self {
        let (mut clock, mut day, mut per_cent, mut literal) = (false, false, false, None);
        let mut letters = code.chars();
        while let Some(letter) = letters.next() {
            match (literal, letter) {
                (Some(end), _) if letter == end => literal = None,
                // The next character is shown as it is, or only takes its place.
                (None, '\\' | '_' | '*') => drop(letters.next()),
                (None, '"') => literal = Some('"'),
                (None, '[') => literal = Some(']'),
                (None, ';') => break,
                (None, 'h' | 'H' | 's' | 'S') => clock = true,
                (None, 'd' | 'D' | 'y' | 'Y') => day = true,
                (None, '%') => per_cent = true,
                // A literal, a month or minutes, a separator.
                _ => {}
            }
        }
        match (day, clock) {
            (false, true) => Self::Clock,
            (false, false) if per_cent => Self::PerCent,
            _ => Self::Day,
        }
    }
}

/// A date, a date with a time, or a duration. What a number format makes a
/// date or a duration is shown as one, so that it is never taken for a number.
///
/// A cell that shows only hours and minutes is a duration, past 24 hours too:
/// the sheet shows 12:00 for the 36 hours that it holds as 1.5.
fn serial_text(serial: &ExcelDateTime, shown: Shown) -> String {
    if !serial.as_f64().is_finite() {
        // No duration of 0 hours: nobody can read it as anything.
        return float_text(serial.as_f64());
    }
    let days = whole_days(serial);
    let is_clock = match shown {
        Shown::Clock => days.abs() < CLOCK_DAYS,
        Shown::Day | Shown::PerCent => false,
        Shown::Unknown => days == 0,
    };
    if serial.is_duration() || is_clock {
        return duration_text(serial);
    }
    match serial.as_datetime() {
        Some(moment) if moment.time() == NaiveTime::MIN => moment.date().to_string(),
        Some(moment) => moment.format("%Y-%m-%d %H:%M:%S").to_string(),
        None => "a date out of range".to_owned(),
    }
}

/// Days from which a cell that shows a time of day holds a date as well: no
/// entry is of the 1920s, and none of 240 000 hours.
const CLOCK_DAYS: i64 = 10_000;

#[expect(
    clippy::disallowed_types,
    clippy::cast_possible_truncation,
    reason = "a workbook's numbers are floats; whole days are all that is asked for"
)]
fn whole_days(serial: &ExcelDateTime) -> i64 {
    // Saturates, and is 0 for what is no number.
    let number: f64 = serial.as_f64();
    number.floor() as i64
}

/// The nearest second: the sheet holds a fraction of a day, cut to a float.
fn duration_text(serial: &ExcelDateTime) -> String {
    let milliseconds = serial.as_duration().map_or(0, |duration| duration.num_milliseconds());
    let sign = if milliseconds < 0 { "-" } else { "" };
    let seconds = milliseconds.unsigned_abs().saturating_add(500) / 1000;
    format!("{sign}{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod made;
#[cfg(test)]
mod same;

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of a workbook whose sheet has these rows.
    fn read_sheet(dimension: &str, rows: &str) -> Result<Vec<(u64, Vec<String>)>, String> {
        let sheet = format!("<dimension ref=\"{dimension}\"/><sheetData>{rows}</sheetData>");
        let workbook = made::workbook(&[("xl/worksheets/sheet1.xml", made::sheet(&sheet))]);
        let mut found = Vec::new();
        for_each_row(&workbook.source, WorkbookKind::Xlsx, &made::origin(), |number, cells| {
            let texts: Vec<String> = cells.iter().map(|cell| cell.text.clone()).collect();
            found.push((number, texts));
            Ok(ControlFlow::Continue(()))
        })
        .map_err(|error| error.to_string())?;
        Ok(found)
    }

    #[test]
    fn a_formula_that_nobody_calculated_is_no_blank_cell() {
        let cells = [
            "<c r=\"A1\"><f>B1*2</f></c>",
            "<c r=\"B1\" t=\"str\"><f>\"\"</f><v></v></c>",
            "<c r=\"C1\"><f>A1&amp;\"h\"</f><v/></c>",
            "<c r=\"D1\"><f>1+1</f><v>2</v></c>",
        ];
        let shared = "<c r=\"E1\"><f t=\"shared\" ref=\"E1:E2\" si=\"0\">D1+1</f><v/></c>";
        let row = format!("<row r=\"1\">{}", cells.concat());
        // Plain cells, and the same before one that the careful reader takes.
        let texts = ["=B1*2", "", "=A1&\"h\"", "2", "=D1+1"].map(str::to_owned);
        let read = |rows: String| read_sheet("A1:E2", &rows).unwrap();
        assert_eq!(read(format!("{row}</row>")), [(1, texts[..4].to_vec())]);
        let more = "<row r=\"2\"><c r=\"E2\"><f t=\"shared\" si=\"0\"/></c></row>";
        let rows = read(format!("{row}{shared}</row>{more}"));
        assert_eq!(rows[0], (1, texts.to_vec()));
        assert_eq!(rows[1].1[4], "=D2+1");
    }

    #[test]
    fn no_row_is_lost_behind_another_of_its_number() {
        let row = |number: u32, cell: u32| {
            format!(r#"<row r="{number}"><c r="A{number}"><v>{cell}</v></c></row>"#)
        };
        let sound = read_sheet("A1:A3", &(row(1, 7) + &row(3, 8))).unwrap();
        assert_eq!(sound, [(1, vec!["7".to_owned()]), (3, vec!["8".to_owned()])]);
        let twice = read_sheet("A1:A3", &(row(3, 7) + &row(3, 8))).unwrap_err();
        assert!(twice.contains("two cells of it have one place"), "{twice}");
        let back = read_sheet("A1:A3", &(row(3, 7) + &row(1, 8))).unwrap_err();
        assert!(back.contains("its rows are out of order"), "{back}");
    }

    #[test]
    fn a_dimension_past_any_sheet_does_not_end_the_program() {
        // The library may panic on it, or read on.
        for dimension in ["XFD1048576:A1", "ZZZZZZZZZZ1", "A99999999999:B1", "1", ""] {
            let _ = read_sheet(dimension, r#"<row r="1"><c r="A1"><v>7</v></c></row>"#);
        }
    }

    #[test]
    #[expect(clippy::disallowed_types, reason = "a workbook's numbers are floats")]
    fn rule_5_6_a_cells_number_has_15_digits() {
        assert_eq!(float_text(0.1 + 0.2), "0.3");
        assert_eq!(float_text(1.0 / 3.0), "0.333333333333333");
        assert_eq!(float_text(50.0), "50");
        assert_eq!(float_text(-2.5), "-2.5");
        assert_eq!(float_text(1e-5), "0.00001");
        assert_eq!(float_text(f64::NAN), "NaN");
        for (number, text) in [(f64::NAN, "NaN"), (f64::INFINITY, "inf")] {
            let serial = ExcelDateTime::new(number, ExcelDateTimeType::TimeDelta, false);
            assert_eq!(serial_text(&serial, Shown::Clock), text);
        }
        // Ids of 16 digits stay what they are.
        assert_eq!(float_text(1_234_567_890_123_453.0), "1234567890123453");
        assert_eq!(float_text(-8.0), "-8");
        assert_eq!(float_text(-0.0), "0");
    }

    #[expect(clippy::disallowed_types, reason = "a workbook's numbers are floats")]
    fn shown(days: f64, code: &str, is_1904: bool) -> String {
        let kind = match code {
            "[h]:mm" => ExcelDateTimeType::TimeDelta,
            _ => ExcelDateTimeType::DateTime,
        };
        serial_text(&ExcelDateTime::new(days, kind, is_1904), Shown::of_code(code))
    }

    #[test]
    fn a_cell_that_shows_only_a_time_is_a_duration() {
        for is_1904 in [false, true] {
            for code in ["hh:mm", "[h]:mm", "h:mm:ss;@", "mm:ss", "h\\d\\ mm", "[$-409]h:mm AM/PM"]
            {
                for (days, expected) in [
                    (0.3125, "7:30:00"),
                    (1.5, "36:00:00"),
                    (41.0 + 1.0 / 3.0, "992:00:00"),
                    (0.0, "0:00:00"),
                ] {
                    assert_eq!(shown(days, code, is_1904), expected, "{days} {code}");
                }
            }
        }
        assert_eq!(shown(-0.3125, "hh:mm", true), "-7:30:00");
        // A day with its date hidden is still a day.
        assert_eq!(shown(46_083.3125, "hh:mm", false), "2026-03-02 07:30:00");
    }

    #[test]
    fn a_duration_is_the_nearest_second() {
        // 1:30, 7:20 and 8:10 as sums of fractions of a day leave them.
        for (days, expected) in [
            (0.062_499_999_999, "1:30:00"),
            (0.305_555_555_555, "7:20:00"),
            (0.340_277_777_778, "8:10:00"),
            (1.062_499_999_999, "25:30:00"),
        ] {
            assert_eq!(shown(days, "[h]:mm", false), expected);
            assert_eq!(shown(days, "h:mm", false), expected);
        }
    }

    #[test]
    fn a_number_shown_as_a_day_is_no_duration() {
        // 8 typed into a cell that is formatted as a date.
        for code in ["yyyy-mm-dd", "m/d/yy h:mm", "mmm-yy", "dd.mm.yyyy hh:mm"] {
            assert_eq!(shown(8.0, code, false), "1900-01-08", "{code}");
            assert_eq!(shown(0.5, code, false), "1899-12-31 12:00:00", "{code}");
        }
    }

    #[test]
    fn days_of_both_epochs() {
        assert_eq!(shown(46_083.0, "yyyy-mm-dd", false), "2026-03-02");
        assert_eq!(shown(44_621.0, "yyyy-mm-dd", true), "2026-03-02");
    }

    #[test]
    fn east_asian_formats_are_told_by_their_number() {
        let serial = ExcelDateTime::new(1.5, ExcelDateTimeType::DateTime, false);
        let mut format = NumberFormat::default();
        format.format_id = Some(32);
        assert_eq!(serial_text(&serial, Shown::of_format(&format)), "36:00:00");
        format.format_id = Some(31);
        assert_eq!(serial_text(&serial, Shown::of_format(&format)), "1900-01-01 12:00:00");
    }
}
