//! Entries of timesheets, and the files that hold them.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format as CellFormat, Workbook, Worksheet, XlsxError,
};

use super::{Format, Made, new_file, push_cell, write_all};

const HEADER: [&str; 10] = [
    "id",
    "date",
    "employee",
    "project",
    "contract",
    "task",
    "line",
    "description",
    "quantity",
    "unit",
];

/// Rows that a sheet has room for, below its header.
const SHEET_ROWS: u32 = 1_048_575;

/// An entry, cell by cell.
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub(super) id: u32,
    pub(super) day: NaiveDate,
    pub(super) employee: &'static str,
    pub(super) project: String,
    pub(super) contract: String,
    pub(super) task: String,
    pub(super) line: String,
    pub(super) description: String,
    pub(super) quantity: String,
    pub(super) unit: &'static str,
}

impl Entry {
    /// Empties the cells that are added to.
    pub(super) fn clear(&mut self) {
        for cell in [
            &mut self.project,
            &mut self.contract,
            &mut self.task,
            &mut self.line,
            &mut self.description,
            &mut self.quantity,
        ] {
            cell.clear();
        }
    }
}

/// The files of timesheets, one of them open.
pub(super) struct Timesheets<'a> {
    folder: &'a Path,
    made: Made,
    open: Open,
}

enum Open {
    Text { name: String, file: Option<BufWriter<File>>, row: String },
    Workbook(Box<Book>),
}

impl<'a> Timesheets<'a> {
    pub(super) fn new(format: Format, folder: &'a Path) -> io::Result<Self> {
        let open = match format {
            Format::Csv => Open::Text { name: String::new(), file: None, row: String::new() },
            Format::Xlsx => Open::Workbook(Box::new(new_book()?)),
        };
        Ok(Self { folder, made: Made { files: 0, bytes: 0 }, open })
    }

    pub(super) fn write(&mut self, entry: &Entry) -> io::Result<()> {
        match &mut self.open {
            Open::Text { name, file, row } => {
                let month = entry.day.format("timesheets-%Y-%m.csv").to_string();
                if *name != month {
                    if let Some(mut file) = file.take() {
                        file.flush()?;
                    }
                    let mut next = new_file(&self.folder.join(&month))?;
                    self.made.files += 1;
                    self.made.bytes += write_all(&mut next, &(HEADER.join(",") + "\n"))?;
                    (*name, *file) = (month, Some(next));
                }
                row.clear();
                print(entry, row);
                if let Some(file) = file {
                    self.made.bytes += write_all(file, row)?;
                }
                Ok(())
            }
            Open::Workbook(book) => {
                if book.rows == SHEET_ROWS {
                    let full = std::mem::replace(&mut **book, new_book()?);
                    full.save(self.folder, &mut self.made)?;
                }
                book.push(entry).map_err(io::Error::other)
            }
        }
    }

    pub(super) fn finish(self) -> io::Result<Made> {
        let mut made = self.made;
        match self.open {
            Open::Text { file, .. } => {
                if let Some(mut file) = file {
                    file.flush()?;
                }
            }
            Open::Workbook(book) => book.save(self.folder, &mut made)?,
        }
        Ok(made)
    }
}

fn new_book() -> io::Result<Book> {
    Book::new().map_err(io::Error::other)
}

fn print(entry: &Entry, row: &mut String) {
    _ = write!(row, "{},{},{},", entry.id, entry.day, entry.employee);
    for cell in [&entry.project, &entry.contract, &entry.task, &entry.line, &entry.description] {
        push_cell(row, cell);
    }
    _ = writeln!(row, "{},{}", entry.quantity, entry.unit);
}

/// A workbook as an ERP writes it: shared texts, numbers, days with a format.
struct Book {
    workbook: Workbook,
    rows: u32,
    day: CellFormat,
}

impl Book {
    fn new() -> Result<Self, XlsxError> {
        let mut workbook = Workbook::new();
        // Now is another time each time.
        let made = ExcelDateTime::from_ymd(2026, 4, 1)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
        let sheet = workbook.add_worksheet_with_low_memory()?;
        for (column, name) in (0..).zip(HEADER) {
            sheet.write_string(0, column, name)?;
        }
        let day = CellFormat::new().set_num_format("yyyy-mm-dd");
        Ok(Self { workbook, rows: 0, day })
    }

    fn push(&mut self, entry: &Entry) -> Result<(), XlsxError> {
        self.rows += 1;
        let (row, sheet) = (self.rows, self.workbook.worksheet_from_index(0)?);
        sheet.write_number(row, 0, entry.id)?;
        sheet.write_datetime_with_format(row, 1, entry.day, &self.day)?;
        sheet.write_string(row, 2, entry.employee)?;
        write_text(sheet, row, 3, &entry.project)?;
        write_text(sheet, row, 4, &entry.contract)?;
        write_text(sheet, row, 5, &entry.task)?;
        write_text(sheet, row, 6, &entry.line)?;
        write_text(sheet, row, 7, &entry.description)?;
        #[expect(clippy::disallowed_types, reason = "a workbook's numbers are binary floats")]
        let quantity = entry.quantity.parse::<f64>().unwrap_or_default();
        sheet.write_number(row, 8, quantity)?;
        sheet.write_string(row, 9, entry.unit)?;
        Ok(())
    }

    fn save(mut self, folder: &Path, made: &mut Made) -> io::Result<()> {
        made.files += 1;
        let path: PathBuf = folder.join(format!("timesheets-{}.xlsx", made.files));
        self.workbook.save(&path).map_err(io::Error::other)?;
        made.bytes += path.metadata()?.len();
        Ok(())
    }
}

/// Writes nothing where there is no text.
fn write_text(sheet: &mut Worksheet, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
    if !text.is_empty() {
        sheet.write_string(row, column, text)?;
    }
    Ok(())
}
