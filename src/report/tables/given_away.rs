//! `given_away.csv`: work on contracts that were used up when it was done.

use super::super::model::{Column, Report, Table, TableRow, Value, column};
use super::amount_in;
use crate::model::{Currency, print_hours};
use crate::reconcile::GivenAwayRow;
use crate::report::ColumnKind::{Hours, Money as Amount, Text};

/// The columns of `given_away.csv`.
pub const GIVEN_AWAY: &[Column] = &[
    column("month", "Month", Text),
    column("customer", "Customer", Text),
    column("employee", "Employee", Text),
    column("source", "Source", Text),
    column("hours", "Hours", Hours),
    column("value", "Value", Amount),
    column("currency", "Currency", Text),
    column("orders", "Orders", Text),
];

impl Report {
    /// The table of `given_away.csv`: a row per month, customer and employee.
    #[must_use]
    pub fn given_away(&self) -> Table<'_> {
        let rows = &self.review.given_away;
        Table::new("given_away", GIVEN_AWAY, rows.len(), |index| given_away_row(&rows[index]))
    }
}

fn given_away_row(row: &GivenAwayRow) -> TableRow<'_> {
    let value = row.value.as_ref().map(|value| amount_in(value, row.currency.as_ref()));
    let orders: Vec<&str> = row.orders.iter().map(String::as_str).collect();
    vec![
        Value::owned(row.month.format("%Y-%m").to_string()),
        Value::text(&row.customer),
        Value::maybe_text(row.employee.as_deref()),
        Value::text(if row.employee.is_some() { "entries" } else { "adjustments" }),
        Value::Number(print_hours(&row.hours)),
        value.unwrap_or(Value::Empty),
        Value::maybe_text(row.currency.as_ref().map(Currency::as_str)),
        Value::owned(orders.join(" ")),
    ]
}
