//! Timesheet rows to entries. This is where most rows of a run go through, so
//! nothing is allocated for a row that reads like the one before it.

use chrono::{NaiveDate, NaiveDateTime};
use rust_decimal::Decimal;

use crate::diagnostics::{Error, Fault, FaultKind, Place};
use crate::model::{EntryKey, Exact, KeyPart, Mark, TimeReading, UnitId, UnitTable, read_time};

use super::cells::{plain, what_to_do};
use super::column;
use super::fields::Field;
use super::records::require;
use super::selections;
use super::sheet::{Row, Sheet, Storage};

/// The columns of a key part.
const KEY_FIELDS: [(KeyPart, &[Field]); 11] = [
    (KeyPart::LineId, &[Field::LineId]),
    (KeyPart::LineDatabaseId, &[Field::LineDatabaseId]),
    (KeyPart::LineLabel, &[Field::LineLabel]),
    (KeyPart::TaskId, &[Field::TaskId]),
    (KeyPart::TaskDatabaseId, &[Field::TaskDatabaseId]),
    (KeyPart::Task, &[Field::Task]),
    (KeyPart::ContractId, &[Field::ContractId]),
    (KeyPart::ContractDatabaseId, &[Field::ContractDatabaseId]),
    (KeyPart::Contract, &[Field::Contract, Field::ContractName, Field::ContractCode]),
    (KeyPart::Order, &[Field::Order]),
    (KeyPart::Project, &[Field::Project]),
];

/// What one row of a timesheet says.
#[derive(Debug)]
pub struct Entry<'r> {
    /// Its day.
    pub date: NaiveDate,
    /// How much, as written.
    pub quantity: Decimal,
    /// What it stands for (rule 5.6).
    pub reading: TimeReading,
    /// Its unit.
    pub unit: UnitId,
    /// Where it points, as the text of an [`EntryKey`].
    pub key: &'r str,
    /// Its mark of approval.
    pub approved: Mark,
    /// Its mark as billable.
    pub billable: Mark,
}

/// Reads the rows of one timesheet.
#[derive(Debug)]
pub struct EntryReader<'s> {
    sheet: &'s Sheet,
    units: &'s UnitTable,
    hours: Vec<Option<Exact>>,
    key_columns: Vec<(KeyPart, Option<usize>)>,
    date: usize,
    quantity: usize,
    unit: Option<usize>,
    unit_id: Option<usize>,
    approved: Option<usize>,
    billable: Option<usize>,
    default_unit: Option<UnitId>,
    key: String,
    last_unit: (String, Option<UnitId>),
    last_date: (String, Option<NaiveDate>),
}

impl<'s> EntryReader<'s> {
    /// A reader for a sheet.
    ///
    /// # Errors
    /// [`Error::MissingColumn`] when the sheet has no date or no quantity.
    pub fn new(sheet: &'s Sheet, units: &'s UnitTable) -> Result<Self, Error> {
        require(sheet, false, &[Field::Date], "the date of the entry", "date, Date")?;
        require(
            sheet,
            false,
            &[Field::Quantity],
            "the quantity",
            "quantity, unit_amount, Quantity",
        )?;
        let key_columns = KEY_FIELDS
            .into_iter()
            .map(|(part, fields)| (part, fields.iter().find_map(|field| sheet.column(*field))))
            .collect();
        Ok(Self {
            sheet,
            units,
            hours: units.ids().map(|unit| units.hours_in(unit)).collect(),
            key_columns,
            // Both were required above.
            date: sheet.column(Field::Date).unwrap_or_default(),
            quantity: sheet.column(Field::Quantity).unwrap_or_default(),
            unit: sheet.column(Field::Unit),
            unit_id: sheet.column(Field::UnitId).or(sheet.column(Field::UnitDatabaseId)),
            approved: sheet.column(Field::Approved),
            billable: sheet.column(Field::Billable),
            default_unit: units.hours(),
            key: String::new(),
            last_unit: (String::new(), None),
            last_date: (String::new(), None),
        })
    }

    /// The parts of a key that the sheet has columns for.
    pub fn carried(&self) -> impl Iterator<Item = KeyPart> + '_ {
        self.key_columns.iter().filter(|(_, column)| column.is_some()).map(|(part, _)| *part)
    }

    /// Reads a row.
    ///
    /// # Errors
    /// The fault that makes the row unreadable, the first of them.
    pub fn read(&mut self, number: u64, row: &Row<'_>) -> Result<Entry<'_>, Box<Fault>> {
        if row.len() > self.sheet.headers.len()
            && let Some((at, extra)) = (self.sheet.headers.len()..row.len())
                .map(|at| (at, row.cell(at).into_owned()))
                .find(|(_, cell)| !cell.trim().is_empty())
        {
            return Err(Box::new(Fault::new(
                FaultKind::RaggedRow,
                self.place(number, None),
                extra,
                format!(
                    "{} cells, as the header has; this one is cell {}",
                    self.sheet.headers.len(),
                    at + 1
                ),
                "put the cell that holds a delimiter in quotes, like \"7,5\"",
            )));
        }
        let date = self.read_date(number, row)?;
        let quantity = self.read_quantity(number, row)?;
        let unit = self.read_unit(number, row)?;
        let reading = match &self.hours[unit.index()] {
            Some(hours) => read_time(quantity, hours),
            None => TimeReading::AsWritten,
        };
        let approved = self.mark(self.approved, number, row)?;
        let billable = self.mark(self.billable, number, row)?;
        self.key.clear();
        for (part, column) in &self.key_columns {
            match column {
                Some(column) => {
                    let cell = row.cell(*column);
                    EntryKey::append(&mut self.key, *part, plain(&cell, self.sheet.storage));
                }
                None => EntryKey::append(&mut self.key, *part, ""),
            }
        }
        Ok(Entry { date, quantity, reading, unit, key: &self.key, approved, billable })
    }

    fn place(&self, number: u64, column: Option<usize>) -> Place {
        let place = self.sheet.place().at_row(number);
        match column {
            Some(column) => place.in_column(self.sheet.header(column)),
            None => place,
        }
    }

    fn read_date(&mut self, number: u64, row: &Row<'_>) -> Result<NaiveDate, Box<Fault>> {
        let cell = row.cell(self.date);
        if let (text, Some(date)) = &self.last_date
            && *text == *cell
        {
            return Ok(*date);
        }
        match column::day(&cell) {
            Some(date) => {
                self.last_date.0.clear();
                self.last_date.0.push_str(&cell);
                self.last_date.1 = Some(date);
                Ok(date)
            }
            None => Err(self.unreadable(
                number,
                self.date,
                &cell,
                FaultKind::NotADate,
                "a date like 2026-03-02",
            )),
        }
    }

    fn read_quantity(&self, number: u64, row: &Row<'_>) -> Result<Decimal, Box<Fault>> {
        let cell = row.cell(self.quantity);
        column::number(&cell).ok_or_else(|| {
            let expected = "a decimal number like 7.5, of at most 28 digits";
            self.unreadable(number, self.quantity, &cell, FaultKind::NotANumber, expected)
        })
    }

    #[expect(clippy::unnecessary_box_returns, reason = "it is on its way into a result")]
    fn unreadable(
        &self,
        number: u64,
        column: usize,
        found: &str,
        kind: FaultKind,
        expected: &str,
    ) -> Box<Fault> {
        let place = self.place(number, Some(column));
        Box::new(if found.trim().is_empty() {
            Fault::new(FaultKind::MissingValue, place, "", expected, "fill the cell")
        } else {
            Fault::new(kind, place, found.trim(), expected, what_to_do(kind, found))
        })
    }

    /// The unit's id where the sheet has one that is known, else its name. A
    /// blank unit means hours (FORMATS.md).
    fn read_unit(&mut self, number: u64, row: &Row<'_>) -> Result<UnitId, Box<Fault>> {
        if let Some(column) = self.unit_id
            && let Some(unit) = self.units.find(&row.cell(column))
        {
            return Ok(unit);
        }
        let cell = self.unit.map(|column| row.cell(column)).unwrap_or_default();
        let text = cell.trim();
        if text.is_empty()
            && self.unit_id.is_none_or(|column| row.cell(column).trim().is_empty())
            && let Some(hours) = self.default_unit
        {
            return Ok(hours);
        }
        if let (known, Some(unit)) = &self.last_unit
            && known == text
        {
            return Ok(*unit);
        }
        match self.units.find(text) {
            Some(unit) => {
                self.last_unit.0.clear();
                self.last_unit.0.push_str(text);
                self.last_unit.1 = Some(unit);
                Ok(unit)
            }
            None => {
                let column = self.unit.or(self.unit_id);
                let found = if text.is_empty() {
                    self.unit_id.map(|column| row.cell(column)).unwrap_or_default()
                } else {
                    cell.clone()
                };
                Err(Box::new(self.units.unknown(found.trim(), &self.place(number, column))))
            }
        }
    }

    fn mark(&self, column: Option<usize>, number: u64, row: &Row<'_>) -> Result<Mark, Box<Fault>> {
        let Some(column) = column else { return Ok(Mark::Unstated) };
        let cell = row.cell(column);
        if cell.trim().is_empty() {
            return Ok(Mark::Unstated);
        }
        match selections::truth(&cell) {
            Some(true) => Ok(Mark::Yes),
            Some(false) => Ok(Mark::No),
            None => {
                Err(self.unreadable(number, column, &cell, FaultKind::UnknownValue, "yes or no"))
            }
        }
    }
}

/// The columns of a timesheet that only the reports show.
#[derive(Debug)]
pub struct EntryDetails {
    storage: Storage,
    id: Option<usize>,
    employee: Option<usize>,
    description: Option<usize>,
    written: Option<usize>,
}

impl EntryDetails {
    /// The columns of a sheet.
    #[must_use]
    pub fn new(sheet: &Sheet) -> Self {
        let first = |fields: &[Field]| fields.iter().find_map(|field| sheet.column(*field));
        Self {
            storage: sheet.storage,
            id: first(&[Field::EntryId, Field::EntryDatabaseId]),
            employee: first(&[Field::Employee, Field::User]),
            description: first(&[Field::Description]),
            written: first(&[Field::Written]),
        }
    }

    /// The entry's id; blank without one.
    #[must_use]
    pub fn id(&self, row: &Row<'_>) -> String {
        self.text(self.id, row)
    }

    /// Whether the sheet has ids at all.
    #[must_use]
    pub fn id_column(&self) -> Option<usize> {
        self.id
    }

    /// Who worked.
    #[must_use]
    pub fn employee(&self, row: &Row<'_>) -> String {
        self.text(self.employee, row)
    }

    /// What was done.
    #[must_use]
    pub fn description(&self, row: &Row<'_>) -> String {
        self.text(self.description, row)
    }

    /// When it was last written.
    #[must_use]
    pub fn written(&self, row: &Row<'_>) -> Option<NaiveDateTime> {
        self.written.and_then(|column| column::moment(&row.cell(column)))
    }

    fn text(&self, column: Option<usize>, row: &Row<'_>) -> String {
        column.map(|column| plain(&row.cell(column), self.storage).to_owned()).unwrap_or_default()
    }
}
