//! Timesheet rows to entries. This is where most rows of a run go through, so
//! nothing is allocated for a row that reads like the one before it.

use std::borrow::Cow;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::diagnostics::{Error, Fault, FaultKind, Phrase, Place};
use crate::model::{
    EntryKey, EntryText, Exact, FLOAT_DIGITS, KeyPart, Marks, TimeReading, UnitId, UnitTable,
    WriteDate, read_time, seconds_in_unit,
};

use super::cells::{plain, what_to_do};
use super::column;
use super::columns::{ColumnReading, Doubt, Readings, moments_of, said_of};
use super::fields::Field;
use super::marks::{MarkColumns, UnreadableMark};
use super::reading::read_duration;
use super::required::{DATE, QUANTITY, require};
use super::sheet::{Row, Sheet, Storage};
use super::spans::Span;

/// The columns of a key part.
pub(super) const KEY_FIELDS: [(KeyPart, &[Field]); 14] = [
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
    (KeyPart::Client, &[Field::Client]),
    (KeyPart::Activity, &[Field::Activity]),
    (KeyPart::Tags, &[Field::Tags]),
];

/// How a tracker writes that there is no project or tag.
const NONE: &str = "-";

/// A quantity as its cell writes it.
enum Written {
    Number(Decimal),
    /// So many seconds.
    Duration(i64),
}

/// What one row of a timesheet says.
#[derive(Debug)]
pub struct Entry<'r> {
    /// Its day.
    pub date: NaiveDate,
    /// How much, as written; nothing for a duration.
    pub quantity: Decimal,
    /// What it stands for: a float's print (rule 5.6) and a duration are so
    /// many seconds.
    pub reading: TimeReading,
    /// Its unit.
    pub unit: UnitId,
    /// Where it points, as the text of an [`EntryKey`].
    pub key: &'r str,
    /// What decides whether it counts.
    pub marks: Marks,
}

impl Entry<'_> {
    /// The print of a binary float, where the quantity stands for something
    /// else by rule 5.6.
    #[must_use]
    pub fn float_print(&self) -> Option<Decimal> {
        // Of a duration nothing is written but the time that it is.
        let is_read = self.reading != TimeReading::AsWritten && !self.quantity.is_zero();
        is_read.then_some(self.quantity)
    }

    /// How much it is, exactly, in its unit.
    #[must_use]
    pub fn amount(&self, units: &UnitTable) -> Exact {
        match (self.reading, units.hours_in(self.unit)) {
            (TimeReading::Seconds(seconds), Some(hours)) => {
                seconds_in_unit(&Exact::from(seconds), &hours)
            }
            (TimeReading::TwelveDigits(decimal), _) => Exact::from(decimal),
            _ => Exact::from(self.quantity),
        }
    }
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
    /// The quantity is a count of seconds.
    in_seconds: bool,
    unit: Option<usize>,
    unit_id: Option<usize>,
    marks: MarkColumns,
    default_unit: Option<UnitId>,
    key: String,
    last_unit: (String, Option<UnitId>),
    last_date: (String, Option<NaiveDate>),
}

impl<'s> EntryReader<'s> {
    /// A reader for a sheet.
    ///
    /// # Errors
    /// [`Error::MissingColumn`] when the sheet has no date or no quantity,
    /// [`Error::BadUnit`] when the unit that was chosen for it is none.
    pub fn new(sheet: &'s Sheet, units: &'s UnitTable) -> Result<Self, Error> {
        require(sheet, false, &DATE)?;
        require(sheet, false, &QUANTITY)?;
        let key_columns = KEY_FIELDS
            .into_iter()
            .map(|(part, fields)| (part, fields.iter().find_map(|field| sheet.column(*field))))
            .collect();
        let default_unit = match &sheet.unit {
            None => units.hours(),
            Some(name) => Some(units.find(name).ok_or_else(|| Error::BadUnit {
                place: sheet.place(),
                problem: format!(
                    "[files] in drawdown.toml says that it is in \"{name}\", which is no unit of measure"
                ),
                help: "name a unit that is known, or declare it under [units]".to_owned(),
            })?),
        };
        Ok(Self {
            sheet,
            units,
            hours: units.ids().map(|unit| units.hours_in(unit)).collect(),
            key_columns,
            // Both were required above.
            date: sheet.column(Field::Date).unwrap_or_default(),
            quantity: sheet
                .column(Field::Quantity)
                .or(sheet.column(Field::Seconds))
                .unwrap_or_default(),
            in_seconds: sheet.column(Field::Quantity).is_none(),
            unit: sheet.column(Field::Unit),
            unit_id: sheet.column(Field::UnitId).or(sheet.column(Field::UnitDatabaseId)),
            marks: MarkColumns::new(sheet),
            default_unit,
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
        if let Some(fault) = self.sheet.row_fault(number, row) {
            return Err(Box::new(fault));
        }
        let date = self.read_date(number, row)?;
        let written = self.read_quantity(number, row)?;
        let unit = self.read_unit(number, row)?;
        let (quantity, reading) = self.quantity_in(&written, unit, number, row)?;
        let marks = self.marks.read(row).map_err(|unreadable| self.no_mark(&unreadable, number))?;
        self.build_key(row);
        Ok(Entry { date, quantity, reading, unit, key: &self.key, marks })
    }

    /// Where a row points, as the text of an [`EntryKey`]: all that is new
    /// about one whose other cells are known. Nothing for a row that cannot be
    /// read.
    pub fn read_key(&mut self, number: u64, row: &Row<'_>) -> Option<&str> {
        if self.sheet.row_fault(number, row).is_some() {
            return None;
        }
        self.build_key(row);
        Some(&self.key)
    }

    /// Whether a row's quantity is written with so many digits that it may be
    /// the print of a binary float (rule 5.6).
    #[must_use]
    pub fn may_be_float_print(&self, span: &Span<'_>) -> bool {
        span.cell(self.quantity).len() >= FLOAT_DIGITS as usize
    }

    fn build_key(&mut self, row: &Row<'_>) {
        self.key.clear();
        for (part, column) in &self.key_columns {
            match column {
                Some(column) => {
                    let cell = row.cell(*column);
                    let text = plain(&cell, self.sheet.storage);
                    EntryKey::append(&mut self.key, *part, if text == NONE { "" } else { text });
                }
                None => EntryKey::append(&mut self.key, *part, ""),
            }
        }
    }

    fn place(&self, number: u64, column: Option<usize>) -> Place {
        let place = self.sheet.place().at_row(number);
        match column {
            Some(column) => self.sheet.in_column(&place, column),
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
        let date = match self.sheet.reading_of(row, self.date) {
            Some(reading) => match reading.in_plain(cell.trim()) {
                Ok(text) => column::day(&text),
                Err(Doubt::Undecided(why)) => {
                    return Err(Box::new(why.fault(self.place(number, Some(self.date)), &cell)));
                }
                Err(Doubt::Contradicting) => None,
            },
            None => column::day(&cell),
        };
        match date {
            Some(date) => {
                self.last_date.0.clear();
                self.last_date.0.push_str(&cell);
                self.last_date.1 = Some(date);
                Ok(date)
            }
            None => {
                Err(self.unreadable(number, self.date, &cell, FaultKind::NotADate, Phrase::Date))
            }
        }
    }

    /// A number in the way its column is written, or a duration.
    fn read_quantity(&self, number: u64, row: &Row<'_>) -> Result<Written, Box<Fault>> {
        let cell = row.cell(self.quantity);
        if self.in_seconds {
            return self.read_seconds(number, &cell);
        }
        let read = match self.sheet.reading_of(row, self.quantity) {
            None if self.sheet.is_undecided(row, self.quantity, &cell) => {
                return Err(self.no_quantity(number, &cell));
            }
            None => column::number(&cell),
            Some(reading) => match reading.in_plain(cell.trim()) {
                Ok(text) => column::number(&text),
                Err(Doubt::Undecided(why)) => {
                    return Err(Box::new(
                        why.fault(self.place(number, Some(self.quantity)), &cell),
                    ));
                }
                Err(Doubt::Contradicting) => None,
            },
        };
        match read {
            Some(quantity) => Ok(Written::Number(quantity)),
            None => match read_duration(cell.trim()) {
                Some(seconds) => Ok(Written::Duration(seconds)),
                None => Err(self.no_quantity(number, &cell)),
            },
        }
    }

    /// A count of seconds, or a duration that says what it counts.
    fn read_seconds(&self, number: u64, cell: &str) -> Result<Written, Box<Fault>> {
        let whole = || column::number(cell).filter(Decimal::is_integer)?.to_i64();
        match read_duration(cell.trim()).or_else(whole) {
            Some(seconds) => Ok(Written::Duration(seconds)),
            None => {
                let kind = FaultKind::NotANumber;
                Err(self.unreadable(number, self.quantity, cell, kind, Phrase::SecondsOrDuration))
            }
        }
    }

    fn no_quantity(&self, number: u64, cell: &str) -> Box<Fault> {
        let expected = Phrase::DecimalOrDuration;
        self.unreadable(number, self.quantity, cell, FaultKind::NotANumber, expected)
    }

    /// What a quantity stands for in its unit. A duration is time whatever the
    /// unit of time beside it, and nothing in a unit of anything else.
    fn quantity_in(
        &self,
        written: &Written,
        unit: UnitId,
        number: u64,
        row: &Row<'_>,
    ) -> Result<(Decimal, TimeReading), Box<Fault>> {
        match (written, &self.hours[unit.index()]) {
            (Written::Number(quantity), Some(hours)) => {
                Ok((*quantity, read_time(*quantity, hours)))
            }
            (Written::Number(quantity), None) => Ok((*quantity, TimeReading::AsWritten)),
            (Written::Duration(seconds), Some(_)) => {
                Ok((Decimal::ZERO, TimeReading::Seconds(*seconds)))
            }
            (Written::Duration(_), None) => Err(self.no_quantity(number, &row.cell(self.quantity))),
        }
    }

    fn unreadable(
        &self,
        number: u64,
        column: usize,
        found: &str,
        kind: FaultKind,
        expected: Phrase,
    ) -> Box<Fault> {
        let place = self.place(number, Some(column));
        let reading = self.sheet.reading(column);
        let expected = said_of(reading, expected);
        Box::new(if found.trim().is_empty() {
            Fault::new(FaultKind::MissingValue, place, "", expected, Phrase::FillCell)
        } else {
            let action = said_of(reading, what_to_do(kind, found, self.sheet.storage));
            Fault::new(kind, place, found.trim(), expected, action)
        })
    }

    /// The unit's id where the sheet has one that is known, else its name. A
    /// blank unit means hours, unless the user says otherwise of the file.
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
            && let Some(unit) = self.default_unit
        {
            return Ok(unit);
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

    fn no_mark(&self, unreadable: &UnreadableMark, number: u64) -> Box<Fault> {
        let UnreadableMark { column, found } = unreadable;
        self.unreadable(number, *column, found, UnreadableMark::KIND, UnreadableMark::EXPECTED)
    }
}

/// Columns of an entry's own id, the first of which is read.
pub(super) const ENTRY_IDS: [Field; 2] = [Field::EntryId, Field::EntryDatabaseId];

/// What the ids of a timesheet's entries are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum IdKind {
    /// It has none.
    None,
    /// External or own ids.
    Own,
    /// Database ids.
    Database,
}

/// Timesheets of an ERP whose ids cannot be compared: of another kind, or none
/// in some of them.
#[derive(Debug, Clone)]
pub struct IdKinds {
    /// The first of them, and the first one with ids of another kind.
    pub places: [Place; 2],
    /// The kind of each timesheet, in their order. A tracker's report beside
    /// them is of other entries, and has none here.
    pub of_sheets: Vec<Option<IdKind>>,
}

/// Which ids the timesheets of an ERP carry, where these are of several kinds.
#[must_use]
pub fn several_id_kinds(timesheets: &[Sheet]) -> Option<IdKinds> {
    const OF_AN_ERP: [Field; 6] = [
        Field::LineId,
        Field::LineLabel,
        Field::TaskId,
        Field::Contract,
        Field::ContractId,
        Field::Order,
    ];
    let has = |sheet: &Sheet, field: &Field| sheet.column(*field).is_some();
    let kind = |sheet: &Sheet| match ENTRY_IDS.into_iter().find(|field| has(sheet, field)) {
        Some(Field::EntryDatabaseId) => IdKind::Database,
        Some(_) => IdKind::Own,
        None => IdKind::None,
    };
    let of_an_erp = |sheet: &Sheet| OF_AN_ERP.iter().any(|field| has(sheet, field));
    let of_sheets: Vec<Option<IdKind>> =
        timesheets.iter().map(|sheet| of_an_erp(sheet).then(|| kind(sheet))).collect();
    let mut known = of_sheets.iter().zip(timesheets).filter_map(|(kind, s)| Some(((*kind)?, s)));
    let (first_kind, first) = known.next()?;
    let (_, other) = known.find(|(kind, _)| *kind != first_kind)?;
    let places = [first.place(), other.place()];
    Some(IdKinds { places, of_sheets })
}

/// The columns of a timesheet that only the reports show.
#[derive(Debug)]
pub struct EntryDetails {
    storage: Storage,
    id: Option<usize>,
    employee: Option<usize>,
    names: [Option<usize>; 2],
    description: Option<usize>,
    /// The column of write dates, and how it is read if not in the plain way.
    written: Option<(usize, Option<ColumnReading>)>,
}

impl EntryDetails {
    /// The columns of a sheet.
    #[must_use]
    pub fn new(sheet: &Sheet) -> Self {
        let first = |fields: &[Field]| fields.iter().find_map(|field| sheet.column(*field));
        Self {
            storage: sheet.storage,
            id: first(&ENTRY_IDS),
            employee: first(&[Field::Employee, Field::User]),
            names: [first(&[Field::GivenName]), first(&[Field::FamilyName])],
            description: first(&[Field::Description]),
            written: first(&[Field::Written])
                .map(|column| (column, sheet.reading(column).cloned())),
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
        if self.employee.is_some() {
            return self.text(self.employee, row);
        }
        let [given, family] = self.names.map(|column| self.text(column, row));
        full_name(&given, &family)
    }

    /// Employee and description, if its cells say it as they stand; the columns are
    /// those of the sheet that the row is of.
    #[must_use]
    pub fn texts_of_span<'r>(&self, span: &Span<'r>) -> Option<(Cow<'r, str>, &'r str)> {
        let text = |column: Option<usize>| column.map_or(Some(""), |column| span.plain(column));
        let employee = match (self.employee, self.names) {
            (None, [given, family]) if given.or(family).is_some() => {
                Cow::Owned(full_name(text(given)?, text(family)?))
            }
            (employee, _) => Cow::Borrowed(text(employee)?),
        };
        Some((employee, text(self.description)?))
    }

    /// What a person reads of an entry, if its cells say it as they stand; the
    /// columns are those of the sheet that the row is of.
    #[must_use]
    pub fn of_span(&self, span: &Span<'_>) -> Option<EntryText> {
        let id = self.id.map_or(Some(""), |column| span.plain(column))?.to_owned();
        let (employee, description) = self.texts_of_span(span)?;
        Some(EntryText { id, employee: employee.into_owned(), description: description.to_owned() })
    }

    /// What was done.
    #[must_use]
    pub fn description(&self, row: &Row<'_>) -> String {
        self.text(self.description, row)
    }

    /// When it was last written.
    #[must_use]
    pub fn written(&self, row: &Row<'_>) -> WriteDate {
        let Some((column, reading)) = &self.written else { return WriteDate::Unstated };
        let cell = row.cell(*column);
        let text = self.plain(&cell);
        if text.is_empty() {
            return WriteDate::Unstated;
        }
        let moments = match reading.as_ref().filter(|_| !row.is_typed(*column)) {
            Some(reading) => reading.moment(text),
            // Before the column is looked through either order may hold.
            None => moments_of(text),
        };
        match moments {
            Readings::One(moment) | Readings::Same(moment) => WriteDate::At(moment),
            Readings::Two => WriteDate::Ambiguous(text.into()),
            Readings::None => WriteDate::Unstated,
        }
    }

    fn text(&self, column: Option<usize>, row: &Row<'_>) -> String {
        column.map(|column| self.plain(&row.cell(column)).to_owned()).unwrap_or_default()
    }

    /// A cell of the sheet without spaces around it and the `'` before what
    /// looks like a formula.
    #[must_use]
    pub fn plain<'c>(&self, cell: &'c str) -> &'c str {
        plain(cell, self.storage)
    }
}

fn full_name(given: &str, family: &str) -> String {
    format!("{given} {family}").trim().to_owned()
}
