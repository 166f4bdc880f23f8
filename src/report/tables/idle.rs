//! idle.csv: contracts that are paid and not used.

use super::super::model::{Column, Report, Table, TableRow, Value, column};
use super::money;
use crate::reconcile::Idle;
use crate::report::ColumnKind::{Count, Day, Money as Amount, Quantity as Qty, Text};

/// The columns of idle.csv.
pub const IDLE: &[Column] = &[
    column("order", "Order", Text),
    column("lines", "Lines", Text),
    column("customer", "Customer", Text),
    column("salesperson", "Salesperson", Text),
    column("product", "Product", Text),
    column("contract", "Contract", Text),
    column("ordered", "Ordered", Qty),
    column("unit", "Unit", Text),
    column("remaining", "Remaining", Qty),
    column("remaining_value", "Remaining value", Amount),
    column("currency", "Currency", Text),
    column("order_date", "Order date", Day),
    column("last_date", "Last entry", Day),
    column("weeks_idle", "Weeks idle", Count),
    column("invoiced", "Invoiced", Qty),
];

impl Report {
    /// The table of idle.csv: a row per quota, the longest idle first.
    #[must_use]
    pub fn idle(&self) -> Table<'_> {
        let rows = &self.review.idle;
        Table::new("idle", IDLE, rows.len(), |index| self.idle_row(&rows[index]))
    }

    fn idle_row<'a>(&'a self, row: &'a Idle) -> TableRow<'a> {
        let Some(quota) = self.quota(row.quota) else { return Vec::new() };
        let unit = quota.measure.unit_id();
        let ordered_on = quota.lines.iter().filter_map(|line| self.book.order_of(*line).date).max();
        let mut cells = self.quota_cells(quota);
        cells.extend([
            self.in_unit(&quota.ordered, unit),
            Value::naming(self.book.units.naming(unit)),
            self.in_unit(&row.remaining, unit),
            money(row.value.as_ref()),
            Value::maybe_text(self.currency_of(&quota.lines)),
            Value::day(ordered_on),
            Value::day(row.last),
            Value::Number(row.weeks.to_string()),
            row.invoiced.as_ref().map_or(Value::Empty, |invoiced| self.in_unit(invoiced, unit)),
        ]);
        cells
    }
}
