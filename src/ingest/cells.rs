//! Rows as typed records: cells go into structs whose fields carry the names of
//! [`Field`]s. A cell that does not hold what its field needs is
//! kept as it is, so that one row can show all of its faults.

use std::borrow::Cow;
use std::marker::PhantomData;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::diagnostics::{Fault, FaultKind, Phrase, Place, shortened};
use crate::model::{
    AdjustmentKind, DeliveredMethod, InvoiceStatus, InvoicingPolicy, OrderState, ProductKind,
    ServiceTracking, Tracking, is_threshold,
};

use super::column;
use super::columns::{ColumnReading, Doubt, said_of};
use super::fields::Field;
use super::selections::{
    self, AdjustmentValue, InvoiceStatusValue, MethodValue, PolicyValue, ProductTypeValue,
    ServicePolicyValue, ServiceTypeValue, StateValue, TrackServiceValue, TrackingValue,
};
use super::sheet::{Row, Sheet, Storage};
use super::source::WorkbookKind;

/// A cell that holds a `T`, nothing, or something else.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Cell<T> {
    /// Blank, or no such column.
    #[default]
    Blank,
    /// What was expected.
    Value(T),
    /// Something else: its text.
    Unreadable(String),
    /// A cell of a column that the user must decide first: its text.
    Undecided(String),
}

/// What a cell's text can be read as.
pub(super) trait FromText: Sized {
    const KIND: FaultKind;
    const EXPECTED: Phrase;
    /// Whether a number may be written with the sign of per cent.
    const MAY_BE_PER_CENT: bool = false;
    fn from_text(text: &str) -> Option<Self>;
}

/// A text of a record, as it stands in its row; `None` where it is blank.
pub(super) type Text<'t> = Option<Cow<'t, str>>;

/// A text that outlives its row.
pub(super) fn owned(text: Text<'_>) -> Option<String> {
    text.map(Cow::into_owned)
}

/// What a field of a record takes from its cell, whatever stands there.
pub(super) trait FromCell<'t>: Default {
    /// As [`FromText::MAY_BE_PER_CENT`].
    const MAY_BE_PER_CENT: bool = false;
    /// From a text that is not blank, or one that its column leaves open.
    fn from_cell(text: Cow<'t, str>, doubt: Option<Doubt<'_>>) -> Self;
}

impl<T> Cell<T> {
    /// Whether something stands there that nobody can read.
    pub(super) fn is_unknown(&self) -> bool {
        matches!(self, Self::Unreadable(_) | Self::Undecided(_))
    }
}

impl<T: FromText> FromCell<'_> for Cell<T> {
    const MAY_BE_PER_CENT: bool = T::MAY_BE_PER_CENT;

    #[inline]
    fn from_cell(text: Cow<'_, str>, doubt: Option<Doubt<'_>>) -> Self {
        match doubt {
            None => {
                T::from_text(&text).map_or_else(|| Self::Unreadable(text.into_owned()), Self::Value)
            }
            Some(Doubt::Undecided(_)) => Self::Undecided(text.into_owned()),
            Some(Doubt::Contradicting) => Self::Unreadable(text.into_owned()),
        }
    }
}

impl FromCell<'_> for Option<String> {
    fn from_cell(text: Cow<'_, str>, _: Option<Doubt<'_>>) -> Self {
        Some(text.into_owned())
    }
}

impl<'t> FromCell<'t> for Text<'t> {
    #[inline]
    fn from_cell(text: Cow<'t, str>, _: Option<Doubt<'_>>) -> Self {
        Some(text)
    }
}

/// What stands before a sign of per cent at the end.
pub(super) fn per_cents(text: &str) -> Option<&str> {
    text.strip_suffix(['%', '％']).map(str::trim_end)
}

/// A record of which each field takes one cell.
pub(super) trait FromCells {
    /// The names of the fields, in their order.
    const NAMES: &'static [&'static str];

    /// The record, with texts of a row.
    type Of<'t>: Default;

    /// The record of a row.
    fn from_cells<'t>(row: RowCells<'_, 't>) -> Self::Of<'t>;
}

/// The column of a field, and how it is read where that is not the plain way.
#[derive(Debug, Clone, Copy)]
struct FieldColumn<'s> {
    index: usize,
    reading: Option<&'s ColumnReading>,
}

/// The cells of a row, those of a record's fields one after the other.
pub(super) struct RowCells<'r, 't> {
    storage: Storage,
    row: &'t Row<'t>,
    /// By the record's fields.
    columns: std::slice::Iter<'r, Option<FieldColumn<'r>>>,
}

impl<'t> RowCells<'_, 't> {
    /// What the next field takes.
    #[inline]
    pub(super) fn next<T: FromCell<'t>>(&mut self) -> T {
        match self.columns.next() {
            Some(Some(column)) => self.of_column(*column),
            _ => T::default(),
        }
    }

    fn of_column<T: FromCell<'t>>(&self, column: FieldColumn<'_>) -> T {
        let text = match self.row.cell(column.index) {
            Cow::Borrowed(text) => Cow::Borrowed(plain(text, self.storage)),
            Cow::Owned(text) => Cow::Owned(plain(&text, self.storage).to_owned()),
        };
        if text.is_empty() {
            return T::default();
        }
        // A number of a workbook is one however its neighbours are written.
        let Some(reading) = column.reading.filter(|_| !self.row.is_typed(column.index)) else {
            return T::from_cell(text, None);
        };
        let (number, sign) = match per_cents(&text).filter(|_| T::MAY_BE_PER_CENT) {
            Some(number) => (number, "%"),
            None => (&*text, ""),
        };
        let written = match reading.in_plain(number) {
            Ok(Cow::Owned(written)) => Ok(written + sign),
            Ok(Cow::Borrowed(_)) => Err(None),
            Err(doubt) => Err(Some(doubt)),
        };
        match written {
            Ok(written) => T::from_cell(Cow::Owned(written), None),
            Err(doubt) => T::from_cell(text, doubt),
        }
    }
}

/// Declares a record whose fields are read from the cells of their names; with
/// a lifetime, its texts are those of the row.
macro_rules! record_of_cells {
    ($(#[$doc:meta])* struct $name:ident<$life:lifetime> { $($field:ident: $kind:ty,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default)]
        struct $name<$life> { $($field: $kind,)+ }

        impl $crate::ingest::cells::FromCells for $name<'static> {
            const NAMES: &'static [&'static str] = &[$(stringify!($field),)+];
            type Of<$life> = $name<$life>;

            fn from_cells<$life>(
                mut row: $crate::ingest::cells::RowCells<'_, $life>,
            ) -> $name<$life> {
                $name { $($field: row.next(),)+ }
            }
        }
    };
    ($(#[$doc:meta])* struct $name:ident { $($field:ident: $kind:ty,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default)]
        struct $name { $($field: $kind,)+ }

        impl $crate::ingest::cells::FromCells for $name {
            const NAMES: &'static [&'static str] = &[$(stringify!($field),)+];
            type Of<'t> = Self;

            fn from_cells(mut row: $crate::ingest::cells::RowCells<'_, '_>) -> Self {
                Self { $($field: row.next(),)+ }
            }
        }
    };
}
pub(super) use record_of_cells;

impl FromText for Decimal {
    const KIND: FaultKind = FaultKind::NotANumber;
    const EXPECTED: Phrase = Phrase::Decimal;
    fn from_text(text: &str) -> Option<Self> {
        column::number(text)
    }
}

/// A number of per cent: 10 and 10 % are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PerCent {
    pub(super) number: Decimal,
    /// Whether it is said to be one.
    has_sign: bool,
}

impl PerCent {
    /// Whether it may as well be a share of one, of which a workbook shows a
    /// hundredfold without a word to whoever reads it: 0.1 for 10 %.
    fn may_be_share(&self) -> bool {
        !self.has_sign && Decimal::ZERO < self.number && self.number < Decimal::ONE
    }
}

impl FromText for PerCent {
    const KIND: FaultKind = FaultKind::NotANumber;
    const EXPECTED: Phrase = Phrase::Decimal;
    const MAY_BE_PER_CENT: bool = true;
    fn from_text(text: &str) -> Option<Self> {
        let with_sign = per_cents(text);
        let number = column::number(with_sign.unwrap_or(text))?;
        Some(Self { number, has_sign: with_sign.is_some() })
    }
}

/// A share of something: 0.8 and 80 % are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Share(pub(super) Decimal);

impl FromText for Share {
    const KIND: FaultKind = FaultKind::NotANumber;
    const EXPECTED: Phrase = Phrase::ShareOfOrdered;
    const MAY_BE_PER_CENT: bool = true;
    fn from_text(text: &str) -> Option<Self> {
        let Some(number) = per_cents(text) else { return column::number(text).map(Self) };
        column::number(number)?.checked_mul(Decimal::new(1, 2)).map(Self)
    }
}

impl FromText for NaiveDate {
    const KIND: FaultKind = FaultKind::NotADate;
    const EXPECTED: Phrase = Phrase::Date;
    fn from_text(text: &str) -> Option<Self> {
        column::day(text)
    }
}

impl FromText for bool {
    const KIND: FaultKind = FaultKind::UnknownValue;
    const EXPECTED: Phrase = Phrase::YesOrNo;
    fn from_text(text: &str) -> Option<Self> {
        selections::truth(text)
    }
}

impl FromText for OrderState {
    const KIND: FaultKind = FaultKind::UnknownValue;
    const EXPECTED: Phrase = Phrase::OneOf { values: &["draft", "sent", "sale", "done", "cancel"] };
    fn from_text(text: &str) -> Option<Self> {
        Some(match selections::state(text)? {
            StateValue::Draft => Self::Draft,
            StateValue::Sent => Self::Sent,
            StateValue::Sale => Self::Sale,
            StateValue::Done => Self::Done,
            StateValue::Cancel => Self::Cancel,
        })
    }
}

impl FromText for InvoicingPolicy {
    const KIND: FaultKind = FaultKind::UnknownValue;
    const EXPECTED: Phrase = Phrase::OneOf { values: &["ordered", "delivered"] };
    fn from_text(text: &str) -> Option<Self> {
        Some(match selections::policy(text)? {
            PolicyValue::Ordered => Self::Ordered,
            PolicyValue::Delivered => Self::Delivered,
        })
    }
}

impl FromText for Tracking {
    const KIND: FaultKind = FaultKind::UnknownValue;
    const EXPECTED: Phrase = Phrase::OneOf { values: &["contract", "task", "manual", "none"] };
    fn from_text(text: &str) -> Option<Self> {
        Some(match selections::tracking(text)? {
            TrackingValue::Contract => Self::Contract,
            TrackingValue::Task => Self::Task,
            TrackingValue::Manual => Self::Manual,
            TrackingValue::None => Self::None,
        })
    }
}

impl FromText for InvoiceStatus {
    const KIND: FaultKind = FaultKind::UnknownValue;
    const EXPECTED: Phrase =
        Phrase::OneOf { values: &["upselling", "invoiced", "to invoice", "no"] };
    fn from_text(text: &str) -> Option<Self> {
        Some(match selections::invoice_status(text)? {
            InvoiceStatusValue::Upselling => Self::Upselling,
            InvoiceStatusValue::Invoiced => Self::Invoiced,
            InvoiceStatusValue::ToInvoice => Self::ToInvoice,
            InvoiceStatusValue::No => Self::No,
        })
    }
}

impl FromText for AdjustmentKind {
    const KIND: FaultKind = FaultKind::UnknownValue;
    const EXPECTED: Phrase =
        Phrase::OneOf { values: &["opening", "goodwill", "write_off", "billed_elsewhere"] };
    fn from_text(text: &str) -> Option<Self> {
        Some(match selections::adjustment(text)? {
            AdjustmentValue::Opening => Self::Opening,
            AdjustmentValue::Goodwill => Self::Goodwill,
            AdjustmentValue::WriteOff => Self::WriteOff,
            AdjustmentValue::BilledElsewhere => Self::BilledElsewhere,
        })
    }
}

impl FromText for ProductKind {
    const KIND: FaultKind = FaultKind::UnknownValue;
    const EXPECTED: Phrase = Phrase::OneOf { values: &["service", "goods"] };
    fn from_text(text: &str) -> Option<Self> {
        Some(match selections::product_type(text)? {
            ProductTypeValue::Service => Self::Service,
            ProductTypeValue::Goods => Self::Goods,
        })
    }
}

impl FromText for DeliveredMethod {
    const KIND: FaultKind = FaultKind::UnknownValue;
    const EXPECTED: Phrase =
        Phrase::OneOf { values: &["timesheet", "manual", "milestones", "stock_move", "analytic"] };
    fn from_text(text: &str) -> Option<Self> {
        Some(match selections::delivered_method(text)? {
            MethodValue::Timesheet => Self::Timesheet,
            MethodValue::Manual
            | MethodValue::Milestones
            | MethodValue::StockMove
            | MethodValue::Analytic => Self::Recorded,
        })
    }
}

/// A `service_policy`: the invoicing policy and the method that it implies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ServicePolicy(pub InvoicingPolicy, pub DeliveredMethod);

impl FromText for ServicePolicy {
    const KIND: FaultKind = FaultKind::UnknownValue;
    const EXPECTED: Phrase = Phrase::OneOf {
        values: &[
            "ordered_prepaid",
            "delivered_timesheet",
            "delivered_milestones",
            "delivered_manual",
        ],
    };
    fn from_text(text: &str) -> Option<Self> {
        use DeliveredMethod::{Recorded, Timesheet};
        use InvoicingPolicy::{Delivered, Ordered};
        Some(match selections::service_policy(text)? {
            ServicePolicyValue::OrderedTimesheet => Self(Ordered, Timesheet),
            ServicePolicyValue::DeliveredTimesheet => Self(Delivered, Timesheet),
            ServicePolicyValue::DeliveredManual => Self(Delivered, Recorded),
        })
    }
}

/// A heading or a remark among order lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DisplayType;

impl FromText for DisplayType {
    const KIND: FaultKind = FaultKind::UnknownValue;
    const EXPECTED: Phrase = Phrase::SectionOrNote;
    fn from_text(text: &str) -> Option<Self> {
        selections::display_type(text).map(|_| Self)
    }
}

/// A `service_type` of Odoo 11 and later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ServiceType(pub ServiceTracking);

impl FromText for ServiceType {
    const KIND: FaultKind = FaultKind::UnknownValue;
    const EXPECTED: Phrase = Phrase::OneOf { values: &["manual", "timesheet", "milestones"] };
    fn from_text(text: &str) -> Option<Self> {
        Some(Self(match selections::service_type(text)? {
            ServiceTypeValue::Timesheet => ServiceTracking::Timesheet,
            ServiceTypeValue::Manual | ServiceTypeValue::Milestones => ServiceTracking::Manual,
        }))
    }
}

/// Odoo 10's `track_service`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TrackService(pub ServiceTracking);

impl FromText for TrackService {
    const KIND: FaultKind = FaultKind::UnknownValue;
    const EXPECTED: Phrase = Phrase::OneOf { values: &["manual", "task", "timesheet"] };
    fn from_text(text: &str) -> Option<Self> {
        Some(Self(match selections::track_service(text)? {
            TrackServiceValue::Timesheet => ServiceTracking::Contract,
            TrackServiceValue::Task => ServiceTracking::Task,
            TrackServiceValue::Manual => ServiceTracking::Manual,
        }))
    }
}

/// Turns rows of one sheet into records of a kind.
pub(super) struct CellReader<'s, T> {
    sheet: &'s Sheet,
    /// All that are read as fields of such a record, or of others beside it.
    columns: Vec<usize>,
    of_fields: Vec<Option<FieldColumn<'s>>>,
    record: PhantomData<T>,
}

impl<'s, T: FromCells> CellReader<'s, T> {
    /// A reader of the row's own record, or of the record nested in it.
    pub(super) fn new(sheet: &'s Sheet, nested: bool) -> Self {
        let columns = || sheet.recognition.columns.iter().filter(|column| column.nested == nested);
        let of_field = |name: &&str| {
            let found = columns().find(|column| column.field.name() == *name);
            let index = found?.index;
            Some(FieldColumn { index, reading: sheet.reading(index) })
        };
        Self {
            sheet,
            columns: columns().map(|column| column.index).collect(),
            of_fields: T::NAMES.iter().map(of_field).collect(),
            record: PhantomData,
        }
    }

    /// The row's cells as a record, or `None` when all of them are blank.
    pub(super) fn read<'t>(&self, row: &'t Row<'t>) -> Option<T::Of<'t>> {
        let storage = self.sheet.storage;
        let is_blank = |column: &usize| plain(&row.cell(*column), storage).is_empty();
        if self.columns.iter().all(is_blank) {
            return None;
        }
        Some(T::from_cells(RowCells { storage, row, columns: self.of_fields.iter() }))
    }
}

/// What a text begins with that Odoo's exports, and drawdown's own, put a `'`
/// before.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// A cell without the spaces around it, and without the `'` that keeps a
/// spreadsheet from running a text as a formula.
#[inline]
pub(super) fn plain(text: &str, storage: Storage) -> &str {
    let is_letter = |byte: &u8| matches!(byte, b'!'..=b'~');
    let bytes = text.as_bytes();
    if bytes.first().is_some_and(|first| is_letter(first) && *first != b'\'')
        && bytes.last().is_some_and(is_letter)
    {
        return text;
    }
    with_spaces_or_guard(text, storage)
}

fn with_spaces_or_guard(text: &str, storage: Storage) -> &str {
    let text = text.trim();
    if !matches!(storage, Storage::Text(_)) {
        return text;
    }
    without_guard(text)
}

/// A text without the `'` that keeps a spreadsheet from running it as a
/// formula.
#[must_use]
pub fn without_guard(text: &str) -> &str {
    let Some(rest) = text.strip_prefix('\'') else { return text };
    // Of several apostrophes the first is the guard.
    let start = rest.trim_start().trim_start_matches('\'').trim_start();
    if start.starts_with(FORMULA) { rest.trim_start() } else { text }
}

/// Collects the faults of a row while its cells are taken.
pub(super) struct RowFaults<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) nested: bool,
    pub(super) place: Place,
    pub(super) faults: &'a mut Vec<Fault>,
}

impl RowFaults<'_> {
    /// A number that means nothing below zero: the hours of a pack.
    pub(super) fn take_not_below_zero(
        &mut self,
        cell: Cell<Decimal>,
        field: Field,
    ) -> Option<Decimal> {
        let number = self.take(cell, field)?;
        let is_one = number.is_sign_positive() || number.is_zero();
        self.take_if(is_one, (number, field), Phrase::DecimalNotBelowZero)
    }

    /// A threshold: a share of what is ordered, which 80 is not.
    pub(super) fn take_threshold(&mut self, cell: Cell<Share>) -> Option<Decimal> {
        let field = Field::UpsellThreshold;
        let Share(share) = self.take(cell, field)?;
        self.take_if(is_threshold(&share.into()), (share, field), Phrase::ShareOfOrdered)
    }

    /// A discount, unless its workbook keeps to itself what its cell shows.
    pub(super) fn take_discount(&mut self, cell: Cell<PerCent>) -> Option<Decimal> {
        let field = Field::Discount;
        let discount = self.take(cell, field)?;
        if !self.hides_per_cents(&Cell::Value(discount)) {
            return Some(discount.number);
        }
        let (expected, action) = (Phrase::PerCentWithSign, Phrase::SignOfPerCent);
        let (place, found) = (self.column_place(field), discount.number.to_string());
        self.faults.push(Fault::new(FaultKind::UnknownValue, place, found, expected, action));
        None
    }

    /// Whether nobody can say if a cell holds per cents or a share: the formats of
    /// cells are not read in these workbooks.
    pub(super) fn hides_per_cents(&self, cell: &Cell<PerCent>) -> bool {
        let hides = matches!(
            self.sheet.storage,
            Storage::Worksheet(WorkbookKind::Xls | WorkbookKind::Xlsb)
        );
        hides && matches!(cell, Cell::Value(discount) if discount.may_be_share())
    }

    fn take_if(
        &mut self,
        is_one: bool,
        (number, field): (Decimal, Field),
        expected: Phrase,
    ) -> Option<Decimal> {
        if is_one {
            return Some(number);
        }
        let (kind, found) = (FaultKind::UnknownValue, number.to_string());
        let action = what_to_do(kind, &found, self.sheet.storage);
        let place = self.column_place(field);
        self.faults.push(Fault::new(kind, place, found, expected, action));
        None
    }

    /// The value of a cell; what cannot be read is a fault and `None`.
    pub(super) fn take<T: FromText>(&mut self, cell: Cell<T>, field: Field) -> Option<T> {
        match cell {
            Cell::Blank => None,
            Cell::Value(value) => Some(value),
            Cell::Unreadable(found) => {
                let place = self.column_place(field);
                let reading = self.reading(field);
                let expected = said_of(reading, T::EXPECTED);
                let action = said_of(reading, what_to_do(T::KIND, &found, self.sheet.storage));
                self.faults.push(Fault::new(T::KIND, place, found, expected, action));
                None
            }
            Cell::Undecided(found) => {
                let place = self.column_place(field);
                if let Some(ColumnReading::Undecided(why)) = self.reading(field) {
                    self.faults.push(why.fault(place, &found));
                }
                None
            }
        }
    }

    fn column(&self, field: Field) -> Option<usize> {
        if self.nested { self.sheet.nested_column(field) } else { self.sheet.column(field) }
    }

    /// How the column of a field is read where that is not the plain way.
    fn reading(&self, field: Field) -> Option<&ColumnReading> {
        self.sheet.reading(self.column(field)?)
    }

    /// The row's cell of the first field that the sheet has a column for.
    pub(super) fn place_of(&self, fields: &[Field]) -> Place {
        let places = fields.iter().map(|field| self.column_place(*field));
        places
            .into_iter()
            .find(|place| place.column().is_some())
            .unwrap_or_else(|| self.place.clone())
    }

    /// The row's cell of a field.
    pub(super) fn column_place(&self, field: Field) -> Place {
        match self.column(field) {
            Some(column) => self.sheet.in_column(&self.place, column),
            None => self.place.clone(),
        }
    }
}

/// What a person can do about a cell that could not be read.
pub(super) fn what_to_do(kind: FaultKind, found: &str, storage: Storage) -> Phrase {
    let found = found.trim();
    let is_formula = matches!(storage, Storage::Worksheet(_)) && found.starts_with('=');
    match kind {
        FaultKind::NotANumber | FaultKind::NotADate if is_formula => Phrase::Uncalculated,
        FaultKind::NotANumber => number_to_write(found),
        FaultKind::NotADate => date_to_write(found),
        _ => Phrase::CorrectCellOrExport,
    }
}

fn number_to_write(found: &str) -> Phrase {
    let is_of = |set: &str| found.chars().all(|c| c.is_ascii_digit() || set.contains(c));
    if found.starts_with('#') {
        return Phrase::FailedNumber;
    }
    if found.contains(['%', '％']) {
        return Phrase::NoPerCent;
    }
    // A number below 1 has the day before the first one.
    if column::day(found).is_some() || found.starts_with("1899-12-31") {
        return Phrase::ShownAsDate;
    }
    if found.contains(':') && is_of(":-") {
        return Phrase::HoursAsDecimal;
    }
    if found.contains(|c: char| c.is_ascii_digit()) && is_of(".+-eE") {
        return Phrase::OneNumber;
    }
    let mut words = found.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    if let Some(word) = words.next() {
        return match (found.contains(char::is_numeric), word.chars().nth(1)) {
            (false, Some(_)) => Phrase::NumberInDigits,
            (true, Some(_)) => Phrase::HasWord { word: shortened(word.to_owned()).into() },
            (_, None) => Phrase::HasLetter { letter: word.into() },
        };
    }
    if found.contains(',') || found.contains(char::is_whitespace) {
        return Phrase::DecimalPoint;
    }
    let code = |odd: char| format!("U+{:04X}", u32::from(odd)).into();
    match found.chars().find(|c| !c.is_ascii() || c.is_control()) {
        Some(odd) if odd.is_control() => Phrase::HasHidden { code: code(odd) },
        Some(odd) => Phrase::HasSign { sign: odd.to_string().into(), code: code(odd) },
        None => Phrase::CorrectCell,
    }
}

fn date_to_write(found: &str) -> Phrase {
    let form: String = found.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    match form.as_str() {
        _ if is_day_out_of_range(found) => Phrase::YearOutOfRange,
        "9999-99-99" => Phrase::NoSuchDay,
        _ if is_day_of_no_month(found) => Phrase::NoSuchDay,
        // The day's number in a spreadsheet, its format lost.
        "99999" => Phrase::FormatAsDate,
        "99/99/99" | "9/9/99" | "99/9/99" | "9/99/99" | "99.99.99" | "9.9.99" | "99.9.99"
        | "9.99.99" | "99-99-99" => Phrase::FourDigitYear,
        _ => Phrase::YearMonthDay,
    }
}

/// Whether a text is a day of the calendar, in a year that no entry is of.
fn is_day_out_of_range(text: &str) -> bool {
    column::is_out_of_range(text)
        || day_month_and_year(text).is_some_and(|(one, other, year)| {
            let is_day = |day, month| NaiveDate::from_ymd_opt(year, month, day).is_some();
            !column::YEARS.contains(&year) && (is_day(one, other) || is_day(other, one))
        })
}

/// Two numbers of at most two digits, and a year of four behind them.
fn day_month_and_year(text: &str) -> Option<(u32, u32, i32)> {
    let parts: Vec<&str> = text.split(['.', '/', '-']).collect();
    let [one, other, year] = parts.as_slice() else { return None };
    let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.len() <= 2);
    let year = year.parse::<i32>().ok().filter(|_| year.len() == 4)?;
    Some((number(one)?, number(other)?, year))
}

/// Whether a text is a day and a month before a year of four digits, which are no
/// day in either order: 31.02.2026.
fn is_day_of_no_month(text: &str) -> bool {
    let Some((one, other, year)) = day_month_and_year(text) else { return false };
    let is_day = |day, month| NaiveDate::from_ymd_opt(year, month, day).is_some();
    !is_day(one, other) && !is_day(other, one)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: Storage =
        Storage::Text(super::super::text::TextLayout { delimiter: b',', names_delimiter: false });

    #[test]
    fn says_what_to_do_about_the_text_that_is_there() {
        let kind = FaultKind::NotANumber;
        let worksheet = Storage::Worksheet(WorkbookKind::Xlsx);
        assert_eq!(what_to_do(kind, "=B2*8", worksheet), Phrase::Uncalculated);
        assert_ne!(what_to_do(kind, "=B2*8", TEXT), Phrase::Uncalculated);
        for (found, expected) in [
            ("7.5O", Phrase::HasLetter { letter: "O".into() }),
            ("5h", Phrase::HasLetter { letter: "h".into() }),
            ("12 pieces", Phrase::HasWord { word: "pieces".into() }),
            ("ten", Phrase::NumberInDigits),
            ("fünf", Phrase::NumberInDigits),
            ("7:30", Phrase::HoursAsDecimal),
            ("#N/A", Phrase::FailedNumber),
            ("1900-01-07 12:00:00", Phrase::ShownAsDate),
            ("1.0e300", Phrase::OneNumber),
            ("80 %", Phrase::NoPerCent),
            ("1.234,5", Phrase::DecimalPoint),
            ("1\u{a0}234", Phrase::DecimalPoint),
            ("\u{2212}5", Phrase::HasSign { sign: "\u{2212}".into(), code: "U+2212".into() }),
            ("2\0", Phrase::HasHidden { code: "U+0000".into() }),
        ] {
            assert_eq!(what_to_do(FaultKind::NotANumber, found, TEXT), expected, "{found}");
        }
        assert_eq!(what_to_do(FaultKind::NotADate, " 2026-02-30 ", TEXT), Phrase::NoSuchDay);
        for (found, expected) in [
            ("31.02.2026", Phrase::NoSuchDay),
            ("2/30/2026", Phrase::NoSuchDay),
            ("13-13-2026", Phrase::NoSuchDay),
            ("9999-12-31", Phrase::YearOutOfRange),
            ("0001-01-01 12:00", Phrase::YearOutOfRange),
            ("1.3.0026", Phrase::YearOutOfRange),
            ("9999-12-32", Phrase::NoSuchDay),
            ("02/03/2026", Phrase::YearMonthDay),
            ("13/12/2026", Phrase::YearMonthDay),
            ("+1.02.2026", Phrase::YearMonthDay),
            ("1.2.26", Phrase::FourDigitYear),
        ] {
            assert_eq!(what_to_do(FaultKind::NotADate, found, TEXT), expected, "{found}");
        }
    }

    #[test]
    fn takes_away_the_apostrophe_that_guards_a_formula_and_no_other() {
        let layout = super::super::text::TextLayout { delimiter: b',', names_delimiter: false };
        for (written, meant) in [
            ("'=1+1", "=1+1"),
            ("' =1+1", "=1+1"),
            ("''=1+1", "'=1+1"),
            ("'@x", "@x"),
            ("'＝1", "＝1"),
            ("'- call", "- call"),
            ("'s-Hertogenbosch", "'s-Hertogenbosch"),
            ("O'Neill", "O'Neill"),
            (" -5 ", "-5"),
        ] {
            assert_eq!(plain(written, Storage::Text(layout)), meant);
        }
        let kind = WorkbookKind::Xlsx;
        assert_eq!(plain("'=1", Storage::Worksheet(kind)), "'=1");
    }
}
