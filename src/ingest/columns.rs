//! How the number and date columns of a sheet are written: decided once per
//! column, from all of its values. Where they leave it open, a cell counts that can
//! be read in one way only.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

use chrono::{NaiveDate, NaiveDateTime};
use rust_decimal::Decimal;

use crate::diagnostics::{Error, Fault, FaultKind, Phrase, Place, Reading};
use crate::model::Exact;

use super::cells::{per_cents, plain};
use super::column;
use super::fields::Field;
use super::reading::{
    DateDecision, DateEvidence, DateOrder, DecimalMark, NumberDecision, NumberEvidence, read_date,
    read_duration, read_moment, read_number,
};
use super::rows::{RowCounts, is_bare_figures, may_have_totals};
use super::sheet::{Row, Sheet};

/// What the user says of numbers and dates, for columns that leave it open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Chosen {
    /// The decimal mark.
    pub decimal: Option<DecimalMark>,
    /// The order of day and month.
    pub dates: Option<DateOrder>,
}

impl Chosen {
    /// What these leave open as `others` have it.
    #[must_use]
    pub fn or(self, others: Self) -> Self {
        Self { decimal: self.decimal.or(others.decimal), dates: self.dates.or(others.dates) }
    }
}

/// How a column is read where that is not the plain way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnReading {
    /// Numbers with this decimal mark, grouping allowed.
    Marked(DecimalMark),
    /// Dates in any form that says itself what it is, and in this order.
    Dates(Option<DateOrder>),
    /// Only where a cell's own text leaves no doubt, before the user decides:
    /// the reason, with examples.
    Undecided(Undecided),
}

/// Why some cells of a column cannot be read before the user decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undecided {
    /// Values like 1,234 only.
    AmbiguousNumber(String),
    /// Values of both kinds.
    ContradictoryNumbers(String, String),
    /// Dates like 03/04/2026 only.
    AmbiguousDate(String),
    /// Dates of both kinds.
    ContradictoryDates(String, String),
}

impl Undecided {
    /// Both readings of the value that shows it, as the CSV files have numbers
    /// and days; `None` where they are not known.
    fn readings(&self) -> Option<[String; 2]> {
        match self {
            Self::AmbiguousNumber(example) => {
                let read = |mark| Some(read_number(example, mark)?.normalize().to_string());
                Some([read(DecimalMark::Comma)?, read(DecimalMark::Point)?])
            }
            Self::AmbiguousDate(example) => {
                let read = |order| Some(read_date(example, Some(order))?.to_string());
                Some([read(DateOrder::DayFirst)?, read(DateOrder::MonthFirst)?])
            }
            Self::ContradictoryNumbers(..) | Self::ContradictoryDates(..) => None,
        }
    }

    /// What shows that the column may be read in two ways.
    #[must_use]
    pub fn may_be(&self) -> Phrase {
        let text = |text: &String| text.as_str().into();
        match (self, self.readings()) {
            (Self::AmbiguousNumber(example) | Self::AmbiguousDate(example), Some([one, other])) => {
                let [one, other] = [one, other].map(|read| Reading(read.into()));
                Phrase::Either { text: text(example), one, other }
            }
            (Self::AmbiguousNumber(example), None) => Phrase::TwoNumbers { text: text(example) },
            (Self::AmbiguousDate(example), None) => Phrase::TwoDays { text: text(example) },
            (Self::ContradictoryNumbers(one, other) | Self::ContradictoryDates(one, other), _) => {
                Phrase::Both { one: text(one), other: text(other) }
            }
        }
    }

    /// A cell of such a column in the plain way of writing, where its own text
    /// leaves no doubt: one cell in doubt must not take the others along.
    /// Nothing where it does.
    fn in_plain<'a>(&self, text: &'a str) -> Option<Cow<'a, str>> {
        let number = |number: Decimal| Cow::Owned(number.to_string());
        match self {
            Self::AmbiguousDate(_) | Self::ContradictoryDates(..) => {
                dates_of(text).in_plain(text, |date| day_in_plain(text, Some(date)))
            }
            Self::AmbiguousNumber(_) => numbers_of(text).in_plain(text, number),
            // Both marks are about: a slip of the one may look like the other.
            Self::ContradictoryNumbers(..) => match numbers_of(text) {
                Readings::One(_) if column::number(text).is_none() => None,
                readings => readings.in_plain(text, number),
            },
        }
    }

    /// The fault of a cell of such a column.
    pub(super) fn fault(&self, place: Place, found: &str) -> Fault {
        let example = Box::new(self.may_be());
        let (kind, expected, action) = match self {
            Self::AmbiguousNumber(_) => {
                (FaultKind::AmbiguousNumber, Phrase::ShownMark { example }, Phrase::SayMark)
            }
            Self::ContradictoryNumbers(..) => {
                (FaultKind::AmbiguousNumber, Phrase::OneMark { example }, Phrase::SayMark)
            }
            Self::AmbiguousDate(_) => {
                (FaultKind::AmbiguousDate, Phrase::ShownOrder { example }, Phrase::SayOrder)
            }
            Self::ContradictoryDates(..) => {
                (FaultKind::AmbiguousDate, Phrase::OneOrder { example }, Phrase::SayOrder)
            }
        };
        Fault::new(kind, place, found.trim(), expected, action)
    }
}

/// What is said of a number, with its example written as those of its column are: a
/// decimal point among decimal commas would put all of them in doubt.
pub(super) fn said_of(reading: Option<&ColumnReading>, said: Phrase) -> Phrase {
    if reading != Some(&ColumnReading::Marked(DecimalMark::Comma)) {
        return said;
    }
    match said {
        Phrase::Decimal => Phrase::DecimalWithComma,
        Phrase::DecimalOrDuration => Phrase::DecimalWithCommaOrDuration,
        Phrase::DecimalPoint => Phrase::DecimalComma,
        Phrase::HoursAsDecimal => Phrase::HoursAsDecimalWithComma,
        said => said,
    }
}

impl ColumnReading {
    /// The cell in the plain way of writing, or as it stands where it is
    /// nothing of the kind.
    pub(super) fn in_plain<'a>(&self, text: &'a str) -> Result<Cow<'a, str>, Doubt<'_>> {
        Ok(match self {
            Self::Marked(mark) => match read_number(text, *mark) {
                Some(number) => Cow::Owned(number.to_string()),
                None if column::number(text).is_some() => return Err(Doubt::Contradicting),
                None => Cow::Borrowed(text),
            },
            // As nearly all are written, whatever the order.
            Self::Dates(_) if column::day(text).is_some() => Cow::Borrowed(text),
            Self::Dates(order) => day_in_plain(text, read_date(text, *order)),
            Self::Undecided(why) => return why.in_plain(text).ok_or(Doubt::Undecided(why)),
        })
    }

    /// The moments that a cell may say.
    pub(super) fn moment(&self, text: &str) -> Readings<NaiveDateTime> {
        match self {
            Self::Dates(order) => read_moment(text, *order).map_or(Readings::None, Readings::One),
            Self::Undecided(_) => moments_of(text),
            Self::Marked(_) => Readings::None,
        }
    }
}

/// Why a cell has no reading though something stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubt<'a> {
    /// A number that contradicts the mark that the user chose.
    Contradicting,
    /// It may be one or the other, and its column does not decide it.
    Undecided(&'a Undecided),
}

/// What a text may be, whatever its column shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Readings<T> {
    /// Nothing of the kind.
    None,
    /// By one way of writing alone.
    One(T),
    /// The same by both.
    Same(T),
    /// Two different ones.
    Two,
}

impl<T: PartialEq> Readings<T> {
    fn of(one: Option<T>, other: Option<T>) -> Self {
        match (one, other) {
            (None, None) => Self::None,
            (Some(reading), None) | (None, Some(reading)) => Self::One(reading),
            (Some(one), Some(other)) if one == other => Self::Same(one),
            (Some(_), Some(_)) => Self::Two,
        }
    }

    /// Whether it is anything of the kind.
    pub(super) fn any(&self) -> bool {
        !matches!(self, Self::None)
    }

    /// The text in the plain way of writing, if there is one reading of it at
    /// most.
    fn in_plain<'a>(
        self,
        text: &'a str,
        plain: impl FnOnce(T) -> Cow<'a, str>,
    ) -> Option<Cow<'a, str>> {
        match self {
            Self::None => Some(Cow::Borrowed(text)),
            Self::One(reading) | Self::Same(reading) => Some(plain(reading)),
            Self::Two => None,
        }
    }
}

/// The moments that a text may say, whichever of day and month comes first.
pub(super) fn moments_of(text: &str) -> Readings<NaiveDateTime> {
    in_either_order(|order| read_moment(text, order))
}

/// The days that it may say.
pub(super) fn dates_of(text: &str) -> Readings<NaiveDate> {
    in_either_order(|order| read_date(text, order))
}

fn in_either_order<T: PartialEq>(read: impl Fn(Option<DateOrder>) -> Option<T>) -> Readings<T> {
    let by = |order| read(Some(order));
    Readings::of(by(DateOrder::DayFirst), by(DateOrder::MonthFirst))
}

/// The number that a text is, whatever stands beside it; nothing where it may be two.
pub(super) fn only_number(text: &str) -> Option<Decimal> {
    column::number(text).or_else(|| match numbers_of(text) {
        Readings::One(number) | Readings::Same(number) => Some(number),
        Readings::None | Readings::Two => None,
    })
}

/// The numbers that a text may be, whichever mark is the decimal one.
pub(super) fn numbers_of(text: &str) -> Readings<Decimal> {
    let by = |mark| read_number(text, mark);
    Readings::of(by(DecimalMark::Point), by(DecimalMark::Comma))
}

/// A date in the plain way of writing, or its text as it stands.
fn day_in_plain(text: &str, date: Option<NaiveDate>) -> Cow<'_, str> {
    match date {
        // A moment keeps its time, which tells two versions apart.
        Some(date) if column::day(text) != Some(date) => Cow::Owned(date.to_string()),
        _ => Cow::Borrowed(text),
    }
}

/// Fields whose cells are numbers.
pub(super) const NUMBERS: [Field; 11] = [
    Field::Ordered,
    Field::Delivered,
    Field::Invoiced,
    Field::Price,
    Field::Discount,
    Field::Subtotal,
    Field::Sequence,
    Field::UpsellThreshold,
    Field::HoursPerUnit,
    Field::Quantity,
    Field::Rounding,
];

/// Those among them that may have the sign of per cent.
const PER_CENTS: [Field; 2] = [Field::Discount, Field::UpsellThreshold];

const DATES: [Field; 3] = [Field::OrderDate, Field::Date, Field::Written];

enum Evidence {
    Numbers(NumberEvidence),
    /// Numbers that may have the sign of per cent behind them.
    PerCents(NumberEvidence),
    Dates(DateEvidence),
}

/// What a look through a whole sheet finds.
#[derive(Debug, Clone, Default)]
pub struct Look {
    /// How columns are read that are not written plainly.
    pub(super) readings: BTreeMap<usize, ColumnReading>,
    /// A last row that only sums up those above it.
    pub(super) closing: Option<u64>,
    /// Every row has a blank cell more than the header.
    pub(super) has_spare_cells: bool,
    /// The rows of the sheet.
    pub rows: RowCounts,
}

impl Look {
    /// Whether a sheet's rows are read alike by both.
    pub(super) fn reads_as(&self, other: &Self) -> bool {
        self.readings == other.readings
            && self.closing == other.closing
            && self.has_spare_cells == other.has_spare_cells
    }
}

/// What some rows of a sheet show, in their order.
struct Seen {
    /// By column.
    evidence: Vec<(usize, Evidence)>,
    /// The last row, if it is one of figures: it is met as a record until it
    /// proves to be a total.
    last: Option<u64>,
    any: bool,
    /// A row has no cell more than the header.
    any_narrow: bool,
    /// A row has one more, and no number in it may be parted by its comma.
    any_spare: bool,
}

impl Seen {
    fn new(sheet: &Sheet) -> Self {
        let mut evidence: Vec<(usize, Evidence)> = Vec::new();
        for column in &sheet.recognition.columns {
            let own = if PER_CENTS.contains(&column.field) {
                Evidence::PerCents(NumberEvidence::default())
            } else if NUMBERS.contains(&column.field) {
                Evidence::Numbers(NumberEvidence::default())
            } else if DATES.contains(&column.field) {
                Evidence::Dates(DateEvidence::default())
            } else {
                continue;
            };
            evidence.retain(|(known, _)| *known != column.index);
            evidence.push((column.index, own));
        }
        Self { evidence, last: None, any: false, any_narrow: false, any_spare: false }
    }

    fn take(&mut self, sheet: &Sheet, number: u64, row: &Row<'_>) {
        for (column, evidence) in &mut self.evidence {
            let cell = row.cell(*column);
            let text = plain(&cell, sheet.storage);
            if !text.is_empty() && !row.is_typed(*column) {
                match evidence {
                    Evidence::Numbers(numbers) => numbers.add(text),
                    Evidence::PerCents(numbers) => numbers.add(per_cents(text).unwrap_or(text)),
                    Evidence::Dates(dates) => dates.add(text),
                }
            }
        }
        if may_have_totals(sheet.role()) {
            let bare = !sheet.has_date(row) && is_bare_figures(sheet, row);
            self.last = bare.then_some(number);
        }
        self.any = true;
        if row.len() <= sheet.headers.len() {
            self.any_narrow = true;
        } else if !self.any_spare {
            self.any_spare = sheet.split_number(row).is_none();
        }
    }

    /// Takes in what the rows below show.
    fn merge(&mut self, below: &Self) {
        // Of the same sheet, and so of the same columns.
        for ((_, own), (_, below)) in self.evidence.iter_mut().zip(&below.evidence) {
            match (own, below) {
                (Evidence::Numbers(own), Evidence::Numbers(below))
                | (Evidence::PerCents(own), Evidence::PerCents(below)) => own.merge(below),
                (Evidence::Dates(own), Evidence::Dates(below)) => own.merge(below),
                _ => {}
            }
        }
        if below.any {
            self.last = below.last;
            self.any = true;
        }
        self.any_narrow |= below.any_narrow;
        self.any_spare |= below.any_spare;
    }
}

/// Reads a sheet once and decides how its number and date columns are written,
/// and whether its last row is a total. What the user says of the sheet's file
/// comes before what is `chosen` for all.
///
/// # Errors
/// What makes the file unreadable.
pub fn look_through(sheet: &Sheet, chosen: Chosen) -> Result<Look, Error> {
    let chosen = sheet.chosen.or(chosen);
    let found = sheet.gather_rows(
        || Seen::new(sheet),
        |seen, number, row| seen.take(sheet, number, row),
        |seen, below| seen.merge(&below),
    )?;
    let (Seen { evidence, last, any_narrow, any_spare, .. }, mut rows) = found;
    let has_spare_cells = any_spare && !any_narrow;
    let doubtful = sheet.may_group_by_points();
    let decided = evidence
        .into_iter()
        .filter_map(|(column, e)| Some((column, decide(&e, chosen, doubtful)?)));
    let readings: BTreeMap<usize, ColumnReading> = decided.collect();
    let closing = match last {
        _ if sheet.closing().is_some() => sheet.closing(),
        Some(number) if sums_up(sheet, &readings, number)? => {
            rows.records -= 1;
            rows.totals += 1;
            Some(number)
        }
        _ => None,
    };
    Ok(Look { readings, closing, has_spare_cells, rows })
}

/// Whether a row's figures are the sums of the rows above it, as far as rows
/// that are shown with two decimals, or to the minute, can tell. A zero, which
/// is what a formula shows before it is computed, says nothing that can be lost.
fn sums_up(
    sheet: &Sheet,
    readings: &BTreeMap<usize, ColumnReading>,
    number: u64,
) -> Result<bool, Error> {
    let columns = sheet.recognition.columns.iter().filter(|column| NUMBERS.contains(&column.field));
    let columns: Vec<usize> = columns.map(|column| column.index).collect();
    let mut sums: BTreeMap<usize, Exact> = BTreeMap::new();
    let mut stated: BTreeMap<usize, Exact> = BTreeMap::new();
    let mut rows: i64 = 0;
    sheet.for_each_row(|at, row| {
        rows += 1;
        for column in &columns {
            let Some(value) = in_seconds(sheet, readings, row, *column) else { continue };
            if at == number {
                stated.insert(*column, value);
            } else {
                let sum = sums.entry(*column).or_insert_with(Exact::zero);
                *sum = &*sum + &value;
            }
        }
        Ok(ControlFlow::Continue(()))
    })?;
    let tolerance = Exact::from(18 * rows);
    let agrees = |column: &usize, total: &Exact| {
        total.is_zero() || sums.get(column).is_some_and(|sum| (sum - total).abs() <= tolerance)
    };
    Ok(!stated.is_empty() && stated.iter().all(|(column, total)| agrees(column, total)))
}

/// A number as so many hours, so that it adds up with durations.
fn in_seconds(
    sheet: &Sheet,
    readings: &BTreeMap<usize, ColumnReading>,
    row: &Row<'_>,
    column: usize,
) -> Option<Exact> {
    let cell = row.cell(column);
    let text = plain(&cell, sheet.storage);
    let number = match readings.get(&column).filter(|_| !row.is_typed(column)) {
        Some(reading) => reading.in_plain(text).ok().and_then(|text| column::number(&text)),
        None => column::number(text),
    };
    match number {
        Some(number) => Some(&Exact::from(number) * &Exact::from(3600)),
        None => read_duration(text).map(Exact::from),
    }
}

/// `doubtful`: a point may group digits here.
fn decide(evidence: &Evidence, chosen: Chosen, doubtful: bool) -> Option<ColumnReading> {
    Some(match evidence {
        Evidence::Numbers(numbers) | Evidence::PerCents(numbers) => {
            match numbers.decide(chosen.decimal) {
                NumberDecision::Plain => {
                    let open = doubtful && chosen.decimal.is_none();
                    let example = numbers.only_like_groups().filter(|_| open)?;
                    ColumnReading::Undecided(Undecided::AmbiguousNumber(example.to_owned()))
                }
                NumberDecision::Marked(mark) => ColumnReading::Marked(mark),
                NumberDecision::Ambiguous { example } => {
                    ColumnReading::Undecided(Undecided::AmbiguousNumber(example))
                }
                NumberDecision::Contradictory { point, comma } => {
                    ColumnReading::Undecided(Undecided::ContradictoryNumbers(point, comma))
                }
            }
        }
        Evidence::Dates(dates) => match dates.decide(chosen.dates) {
            DateDecision::Iso => ColumnReading::Dates(None),
            DateDecision::Ordered(order) => ColumnReading::Dates(Some(order)),
            DateDecision::Ambiguous { example } => {
                ColumnReading::Undecided(Undecided::AmbiguousDate(example))
            }
            DateDecision::Contradictory { day_first, month_first } => {
                ColumnReading::Undecided(Undecided::ContradictoryDates(day_first, month_first))
            }
        },
    })
}
