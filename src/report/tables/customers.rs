//! customers.csv: what each customer bought, used and owes.

use super::super::model::{Column, Report, Table, TableRow, Value, column};
use super::amount_in;
use crate::model::Currency;
use crate::reconcile::CustomerRow;
use crate::report::ColumnKind::{Count, Money as Amount, Quantity as Qty, Text};

/// The columns of customers.csv.
pub const CUSTOMERS: &[Column] = &[
    column("customer", "Customer", Text),
    column("category", "Category", Text),
    column("unit", "Unit", Text),
    column("currency", "Currency", Text),
    column("lines", "Lines", Count),
    column("sold", "Sold, prepaid", Qty),
    column("delivered", "Delivered", Qty),
    column("adjusted", "Adjusted", Qty),
    column("remaining", "Remaining", Qty),
    column("overrun", "Overrun", Qty),
    column("by_delivery", "Invoiced by delivery", Qty),
    column("to_invoice", "To invoice", Qty),
    column("remaining_value", "Remaining value", Amount),
    column("overrun_value", "Overrun value", Amount),
    column("to_invoice_value", "Value to invoice", Amount),
    column("without_price", "Lines without price", Count),
    column("exceptions", "Lines in exception", Count),
    column("exceptions_ordered", "Ordered on these", Qty),
];

impl Report {
    /// The table of customers.csv: a row per customer, category and currency.
    #[must_use]
    pub fn customers(&self) -> Table<'_> {
        let rows = &self.review.customers;
        Table::new("customers", CUSTOMERS, rows.len(), |index| self.customer_row(&rows[index]))
    }

    fn customer_row<'a>(&'a self, row: &'a CustomerRow) -> TableRow<'a> {
        let units = &self.book.units;
        let quantity = |amount| row.unit.map_or(Value::Empty, |unit| self.in_unit(amount, unit));
        let value = |amount| amount_in(amount, row.currency.as_ref());
        vec![
            Value::text(&row.customer),
            Value::naming(row.unit.map(|unit| units.category_naming(unit)).unwrap_or_default()),
            Value::naming(row.unit.map(|unit| units.naming(unit)).unwrap_or_default()),
            Value::maybe_text(row.currency.as_ref().map(Currency::as_str)),
            Value::count(row.lines),
            quantity(&row.sold),
            quantity(&row.delivered),
            quantity(&row.adjusted),
            quantity(&row.remaining),
            quantity(&row.overrun),
            quantity(&row.by_delivery),
            quantity(&row.to_invoice),
            value(&row.remaining_value),
            value(&row.overrun_value),
            value(&row.to_invoice_value),
            Value::count(row.without_price),
            Value::count(row.exceptions),
            quantity(&row.exceptions_ordered),
        ]
    }
}
