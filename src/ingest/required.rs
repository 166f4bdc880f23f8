//! The columns without which a run stops. Whoever reads a sheet requires them
//! one by one; `inspect` shows all that lack at once and stops at none.

use crate::diagnostics::Error;

use super::discover::listed;
use super::fields::{Field, Role};
use super::records::proposals;
use super::sheet::Sheet;

/// A column that is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing {
    /// What it would say.
    pub missing: &'static str,
    /// Headers that would say it.
    pub expected: &'static str,
}

/// One of these fields, what it says, and headers that say it.
pub(super) type Need = (&'static [Field], &'static str, &'static str);

pub(super) const LINE_ID: Need =
    (&[Field::LineId, Field::LineDatabaseId], "the order line's id", "id, External ID, .id");
/// The same of a line that is nested in its order.
pub(super) const NESTED_LINE_ID: Need =
    (LINE_ID.0, LINE_ID.1, "order_line/id, Order Lines/External ID");
pub(super) const PRODUCT_NAME: Need = (
    &[
        Field::ProductName,
        Field::Product,
        Field::ProductCode,
        Field::ProductTemplateId,
        Field::ProductId,
        Field::ProductTemplateDatabaseId,
        Field::ProductDatabaseId,
    ],
    "the product's name",
    "name, Name, default_code, id",
);
pub(super) const TASK_NAME: Need = (
    &[Field::Task, Field::TaskId, Field::TaskDatabaseId],
    "the task's name",
    "name, Title, Task Title, id",
);
pub(super) const PROJECT_NAME: Need =
    (&[Field::Project, Field::ProjectId], "the project's name", "name, Name");

/// What every order line needs, from whichever file.
const OF_LINES: [Need; 5] = [
    (
        &[Field::Order, Field::OrderId, Field::OrderDatabaseId],
        "the order",
        "order, order_id, Order Reference",
    ),
    (
        &[Field::OrderState, Field::LineState],
        "the state of the order",
        "state, Order Status, order_id/state",
    ),
    (
        &[
            Field::Product,
            Field::ProductName,
            Field::ProductCode,
            Field::ProductId,
            Field::ProductDatabaseId,
            Field::ProductTemplateId,
            Field::ProductTemplateDatabaseId,
        ],
        "the product",
        "product, product_id, Product",
    ),
    (&[Field::Ordered], "the ordered quantity", "ordered, product_uom_qty, Quantity"),
    (
        &[Field::Unit, Field::UnitId, Field::UnitDatabaseId],
        "the unit of measure",
        "unit, product_uom, Unit of Measure",
    ),
];

pub(super) const DATE: Need = (&[Field::Date], "the date of the entry", "date, Date");
pub(super) const QUANTITY: Need =
    (&[Field::Quantity, Field::Seconds], "the quantity", "quantity, unit_amount, Quantity");

/// What an adjustment is made to.
pub(super) const ADJUSTED: Need =
    (&[Field::LineLabel, Field::Contract], "the line or contract", "line, contract");

pub(super) const UNIT_NAME: Need =
    (&[Field::Unit], "the unit's name", "name, Unit of Measure, Unit Name");

/// Requires a column of the row's own record, or of the one nested in it.
pub(super) fn require(sheet: &Sheet, nested: bool, need: &Need) -> Result<(), Error> {
    let (fields, missing, expected) = need;
    let has = |field: &Field| {
        let column = if nested { sheet.nested_column(*field) } else { sheet.column(*field) };
        column.is_some()
    };
    if fields.iter().any(has) {
        return Ok(());
    }
    Err(Error::MissingColumn {
        place: sheet.place(),
        missing: (*missing).to_owned(),
        expected: (*expected).to_owned(),
        headers: listed(&sheet.headers),
        proposal: proposals(sheet),
    })
}

/// The columns that a sheet lacks; those of an order that another of the
/// sheets has are not among them.
#[must_use]
pub fn missing_columns(sheet: &Sheet, all: &[Sheet]) -> Vec<Missing> {
    let own: &[Need] = match sheet.role() {
        Role::OrderLines => &[LINE_ID],
        Role::Orders if sheet.recognition.nested_lines => &[LINE_ID],
        Role::Timesheets => &[DATE, QUANTITY],
        Role::Units => &[UNIT_NAME],
        Role::Adjustments => &[DATE, QUANTITY, ADJUSTED],
        _ => &[],
    };
    let mut missing: Vec<Missing> =
        own.iter().filter(|need| !has(sheet, need)).map(as_missing).collect();
    if has_lines(sheet) {
        let elsewhere = |need: &&Need| {
            !all.iter().any(|other| (has_lines(other) || has_orders(other)) && has(other, need))
        };
        missing.extend(OF_LINES.iter().filter(elsewhere).map(as_missing));
    }
    missing
}

/// The header of what every order line needs, by what it says; of a column that
/// says it in no row.
#[must_use]
pub fn header_of<'s>(sheet: &'s Sheet, missing: &str) -> Option<&'s str> {
    let need = OF_LINES.iter().find(|(_, says, _)| *says == missing)?;
    column(sheet, need).map(|column| sheet.header(column).trim())
}

fn as_missing((_, missing, expected): &Need) -> Missing {
    Missing { missing, expected }
}

fn has_lines(sheet: &Sheet) -> bool {
    sheet.role() == Role::OrderLines
        || (sheet.role() == Role::Orders && sheet.recognition.nested_lines)
}

fn has_orders(sheet: &Sheet) -> bool {
    sheet.role() == Role::Orders
}

fn has(sheet: &Sheet, need: &Need) -> bool {
    column(sheet, need).is_some()
}

fn column(sheet: &Sheet, (fields, ..): &Need) -> Option<usize> {
    fields.iter().find_map(|field| sheet.column(*field).or(sheet.nested_column(*field)))
}
