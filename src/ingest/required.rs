//! Which columns a sheet lacks without which a run stops: for `inspect`, which
//! shows all of them at once and stops at none.

use super::fields::{Field, Role};
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
type Need = (&'static [Field], &'static str, &'static str);

const LINE_ID: Need =
    (&[Field::LineId, Field::LineDatabaseId], "the order line's id", "id, External ID, .id");

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

const OF_TIMESHEETS: [Need; 2] = [
    (&[Field::Date], "the date of the entry", "date, Date"),
    (&[Field::Quantity, Field::Seconds], "the quantity", "quantity, unit_amount, Quantity"),
];

const OF_UNITS: Need = (&[Field::Unit], "the unit's name", "name, Unit of Measure, Unit Name");

/// The columns that a sheet lacks; those of an order that another of the
/// sheets has are not among them.
#[must_use]
pub fn missing_columns(sheet: &Sheet, all: &[Sheet]) -> Vec<Missing> {
    let own: &[Need] = match sheet.role() {
        Role::OrderLines => &[LINE_ID],
        Role::Orders if sheet.recognition.nested_lines => &[LINE_ID],
        Role::Timesheets => &OF_TIMESHEETS,
        Role::Units => &[OF_UNITS],
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

fn has(sheet: &Sheet, (fields, ..): &Need) -> bool {
    fields
        .iter()
        .any(|field| sheet.column(*field).is_some() || sheet.nested_column(*field).is_some())
}
