//! How the number and date columns of a sheet are written: decided once per
//! column, from all of its values, never per cell.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

use crate::diagnostics::{Error, Fault, FaultKind, Place};

use super::cells::plain;
use super::column;
use super::fields::Field;
use super::reading::{
    DateDecision, DateEvidence, DateOrder, DecimalMark, NumberDecision, NumberEvidence, read_date,
    read_number,
};
use super::sheet::Sheet;

/// What the user says of numbers and dates, for columns that leave it open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Chosen {
    /// The decimal mark.
    pub decimal: Option<DecimalMark>,
    /// The order of day and month.
    pub dates: Option<DateOrder>,
}

/// How a column is read where that is not the plain way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnReading {
    /// Numbers with this decimal mark, grouping allowed.
    Marked(DecimalMark),
    /// Dates in any form that says itself what it is, and in this order.
    Dates(Option<DateOrder>),
    /// Not at all, before the user decides: the reason, with examples.
    Undecided(Undecided),
}

/// Why a column cannot be read before the user decides.
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
    /// Whether a cell of such a column can be read all the same: in a column of
    /// two marks one slip must not take the cells that can only be plain.
    pub(super) fn leaves_plain(&self, text: &str) -> bool {
        let Self::ContradictoryNumbers(..) = self else { return false };
        let grouped = text.rsplit_once('.').is_some_and(|(_, decimals)| decimals.len() == 3);
        !grouped && column::number(text).is_some()
    }

    /// The fault of a cell of such a column.
    pub(super) fn fault(&self, place: Place, found: &str) -> Fault {
        let (kind, expected, action) = match self {
            Self::AmbiguousNumber(example) => (
                FaultKind::AmbiguousNumber,
                format!("a column that shows its decimal mark; \"{example}\" may be two numbers"),
                "say which mark it is, under [reading] in drawdown.toml: decimal = \",\" or \".\"",
            ),
            Self::ContradictoryNumbers(point, comma) => (
                FaultKind::AmbiguousNumber,
                format!("one decimal mark in a column; it has \"{point}\" and \"{comma}\""),
                "say which mark it is, under [reading] in drawdown.toml: decimal = \",\" or \".\"",
            ),
            Self::AmbiguousDate(example) => (
                FaultKind::AmbiguousDate,
                format!("a column that shows its order; \"{example}\" may be two days"),
                "say which order it is, under [reading] in drawdown.toml: dates = \"dmy\" or \"mdy\"",
            ),
            Self::ContradictoryDates(day_first, month_first) => (
                FaultKind::AmbiguousDate,
                format!("one order in a column; it has \"{day_first}\" and \"{month_first}\""),
                "say which order it is, under [reading] in drawdown.toml: dates = \"dmy\" or \"mdy\"",
            ),
        };
        Fault::new(kind, place, found.trim(), expected, action)
    }
}

impl ColumnReading {
    /// The cell in the plain way of writing, where it can be read.
    pub(super) fn in_plain<'a>(&self, text: &'a str) -> Cow<'a, str> {
        match self {
            Self::Marked(mark) => match read_number(text, *mark) {
                Some(number) => Cow::Owned(number.to_string()),
                None => Cow::Borrowed(text),
            },
            Self::Dates(order) => match read_date(text, *order) {
                // A moment keeps its time, which tells two versions apart.
                Some(date) if column::day(text) != Some(date) => Cow::Owned(date.to_string()),
                _ => Cow::Borrowed(text),
            },
            Self::Undecided(_) => Cow::Borrowed(text),
        }
    }
}

const NUMBERS: [Field; 11] = [
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

const DATES: [Field; 3] = [Field::OrderDate, Field::Date, Field::Written];

enum Evidence {
    Numbers(NumberEvidence),
    Dates(DateEvidence),
}

/// Reads a sheet once and decides how its number and date columns are
/// written. Columns that are written plainly are left out.
///
/// # Errors
/// What makes the file unreadable.
pub fn column_readings(
    sheet: &Sheet,
    chosen: Chosen,
) -> Result<BTreeMap<usize, ColumnReading>, Error> {
    let mut evidence: BTreeMap<usize, Evidence> = BTreeMap::new();
    for column in &sheet.recognition.columns {
        if NUMBERS.contains(&column.field) {
            evidence.insert(column.index, Evidence::Numbers(NumberEvidence::default()));
        } else if DATES.contains(&column.field) {
            evidence.insert(column.index, Evidence::Dates(DateEvidence::default()));
        }
    }
    if evidence.is_empty() {
        return Ok(BTreeMap::new());
    }
    sheet.for_each_row(|_, row| {
        for (column, evidence) in &mut evidence {
            let cell = row.cell(*column);
            let text = plain(&cell, sheet.storage);
            if !text.is_empty() {
                match evidence {
                    Evidence::Numbers(numbers) => numbers.add(text),
                    Evidence::Dates(dates) => dates.add(text),
                }
            }
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(evidence.into_iter().filter_map(|(column, e)| Some((column, decide(&e, chosen)?))).collect())
}

fn decide(evidence: &Evidence, chosen: Chosen) -> Option<ColumnReading> {
    Some(match evidence {
        Evidence::Numbers(numbers) => match numbers.decide(chosen.decimal) {
            NumberDecision::Plain => return None,
            NumberDecision::Marked(mark) => ColumnReading::Marked(mark),
            NumberDecision::Ambiguous { example } => {
                ColumnReading::Undecided(Undecided::AmbiguousNumber(example))
            }
            NumberDecision::Contradictory { point, comma } => {
                ColumnReading::Undecided(Undecided::ContradictoryNumbers(point, comma))
            }
        },
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
