//! Workbooks: the rows of their visible sheets, as text. Every number of a
//! cell is a binary float; it enters here and nowhere else, taken to the 15
//! significant digits that the spreadsheet itself keeps (rule 5.6).

use std::fs::File;
use std::io::BufReader;
use std::ops::ControlFlow;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::Arc;

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use chrono::{NaiveDate, NaiveTime};

use crate::diagnostics::{Error, Origin, Place};

/// Columns that are read of a sheet; exports have some dozens.
pub(super) const MAX_COLUMNS: usize = 4_096;

/// A sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SheetName {
    /// As its tab shows it.
    pub name: String,
    /// Hidden sheets are not read.
    pub visible: bool,
}

type Workbook = Xlsx<BufReader<File>>;

fn open(path: &Path, shown: &str) -> Result<Workbook, Error> {
    let file = File::open(path).map_err(|error| Error::unreadable(shown, &error))?;
    Xlsx::new(BufReader::new(file)).map_err(|error| unreadable(shown, &error))
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

/// The worksheets of a workbook, in the order of their tabs.
///
/// # Errors
/// [`Error::Unreadable`] when the file is no workbook.
pub(super) fn sheets(path: &Path, shown: &str) -> Result<Vec<SheetName>, Error> {
    let workbook = open(path, shown)?;
    Ok(workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| SheetName {
            name: sheet.name.clone(),
            visible: sheet.visible == SheetVisible::Visible,
        })
        .collect())
}

/// Gives every row of a sheet that has a cell to `visit`, with its number from
/// 1, until `visit` breaks.
///
/// # Errors
/// [`Error::Unreadable`] when the sheet's XML is broken, [`Error::TooLarge`]
/// past [`MAX_COLUMNS`], and whatever `visit` returns.
pub(super) fn for_each_row(
    path: &Path,
    origin: &Arc<Origin>,
    mut visit: impl FnMut(u64, &[String]) -> Result<ControlFlow<()>, Error>,
) -> Result<(), Error> {
    let mut workbook = open(path, &origin.file)?;
    let name = origin.sheet.clone().unwrap_or_default();
    let place = Place::of(Arc::clone(origin));
    let mut reader = workbook
        .worksheet_cells_reader(&name)
        .map_err(|error| unreadable(&place.to_string(), &error))?;
    let mut row: Vec<String> = Vec::new();
    let mut current: Option<u32> = None;
    loop {
        // A damaged cell reference makes the library panic: that is the file's
        // fault, and is told like any other.
        let next = panic::catch_unwind(AssertUnwindSafe(|| {
            let cell = reader.next_cell()?;
            Ok(cell.map(|cell| (cell.get_position(), cell_text(cell.get_value()))))
        }))
        .map_err(|_| damaged(origin))?
        .map_err(|error| match current {
            Some(at) => unreadable(
                &format!("{}, or just after it", place.at_row(u64::from(at) + 1)),
                &error,
            ),
            None => unreadable(&place.to_string(), &error),
        })?;
        let Some(((at, column), text)) = next else { break };
        if current != Some(at) {
            if let Some(number) = current
                && visit(u64::from(number) + 1, &row)?.is_break()
            {
                return Ok(());
            }
            row.clear();
            current = Some(at);
        }
        let column = column as usize;
        if column >= MAX_COLUMNS {
            return Err(Error::TooLarge {
                place: place.at_row(u64::from(at) + 1),
                what: "the number of columns",
                limit: MAX_COLUMNS as u64,
            });
        }
        if !text.is_empty() {
            if row.len() <= column {
                row.resize(column + 1, String::new());
            }
            row[column] = text;
        }
    }
    if let Some(number) = current {
        let _ = visit(u64::from(number) + 1, &row)?;
    }
    Ok(())
}

fn damaged(origin: &Arc<Origin>) -> Error {
    Error::Unreadable {
        path: Place::of(Arc::clone(origin)).to_string(),
        reason: "a cell of it has no place in a sheet; open and save the workbook again".to_owned(),
    }
}

/// A cell as text, in the form in which text files write it.
fn cell_text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => float_text(*number),
        DataRef::Bool(true) => "True".to_owned(),
        DataRef::Bool(false) => "False".to_owned(),
        DataRef::DateTime(serial) => serial_text(serial),
        DataRef::Error(error) => error.to_string(),
    }
}

/// The nearest decimal of 15 significant digits: Excel's own precision.
#[expect(clippy::disallowed_types, reason = "a workbook's numbers are floats; this is their door")]
fn float_text(number: f64) -> String {
    if !number.is_finite() {
        return number.to_string();
    }
    let scientific = format!("{number:.14e}");
    match super::column::number(&scientific) {
        Some(decimal) => decimal.normalize().to_string(),
        // Past 28 decimals: left as it is, so that whoever reads it refuses it.
        None => scientific,
    }
}

/// A date, a date with a time, or a duration. What a number format makes a
/// date or a duration is shown as one, so that it is never taken for a number.
fn serial_text(serial: &ExcelDateTime) -> String {
    if serial.is_duration() {
        let seconds = serial.as_duration().map_or(0, |duration| duration.num_seconds());
        let sign = if seconds < 0 { "-" } else { "" };
        let seconds = seconds.abs();
        return format!("{sign}{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    match serial.as_datetime() {
        Some(moment) if moment.date() < first_date() => moment.time().to_string(),
        Some(moment) if moment.time() == NaiveTime::MIN => moment.date().to_string(),
        Some(moment) => moment.format("%Y-%m-%d %H:%M:%S").to_string(),
        None => "a date out of range".to_owned(),
    }
}

/// The first day that a spreadsheet can show.
fn first_date() -> NaiveDate {
    NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::disallowed_types, reason = "a workbook's numbers are floats")]
    fn rule_5_6_a_cells_number_has_15_digits() {
        assert_eq!(float_text(0.1 + 0.2), "0.3");
        assert_eq!(float_text(1.0 / 3.0), "0.333333333333333");
        assert_eq!(float_text(50.0), "50");
        assert_eq!(float_text(-2.5), "-2.5");
        assert_eq!(float_text(1e-5), "0.00001");
        assert_eq!(float_text(f64::NAN), "NaN");
    }
}
