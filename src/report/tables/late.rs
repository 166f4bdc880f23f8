//! late.csv: hours on a contract that had been renewed, or whose order is
//! locked.

use super::super::model::{Column, Report, Table, TableRow, Value, column};
use crate::model::Lock;
use crate::reconcile::{LateReason, LateRow};
use crate::report::ColumnKind::{Count, Day, Quantity as Qty, Text};

/// The columns of late.csv.
pub const LATE: &[Column] = &[
    column("file", "File", Text),
    column("sheet", "Sheet", Text),
    column("row", "Row", Count),
    column("entry", "Entry", Text),
    column("date", "Date", Day),
    column("employee", "Employee", Text),
    column("customer", "Customer", Text),
    column("order", "Order", Text),
    column("lines", "Lines", Text),
    column("product", "Product", Text),
    column("quantity", "Quantity", Qty),
    column("unit", "Unit", Text),
    column("reason", "Reason", Text),
    column("renewed_by", "Renewed by", Text),
    column("renewed_on", "Renewed on", Day),
    column("remaining", "Left on the order", Qty),
    column("remaining_unit", "Unit of what is left", Text),
    column("description", "Description", Text),
    column("last_open", "Last seen open", Day),
    column("first_locked", "Locked by", Day),
];

impl Report {
    /// The table of late.csv: a row per entry.
    #[must_use]
    pub fn late(&self) -> Table<'_> {
        let rows = &self.review.late;
        Table::new("late", LATE, rows.len(), |index| self.late_row(&rows[index]))
    }

    fn late_row<'a>(&'a self, row: &'a LateRow) -> TableRow<'a> {
        let Some(quota) = self.quota(row.quota) else { return Vec::new() };
        let Some(first) = quota.lines.first() else { return Vec::new() };
        let (entry, order) = (&row.entry, self.book.order_of(*first));
        let renewal = row.renewal.map(|line| self.book.order_of(line));
        let unit = quota.measure.unit_id();
        let lock = match row.reason {
            LateReason::AfterRenewal => Lock::default(),
            LateReason::AfterLock | LateReason::OnLocked => {
                let of_line = |line| self.locks.get(line).copied().unwrap_or_default();
                Lock::of_all(quota.lines.iter().map(of_line))
            }
        };
        vec![
            Value::text(entry.place.file()),
            Value::maybe_text(entry.place.sheet()),
            Value::count(entry.place.row().unwrap_or_default()),
            Value::text(&entry.text.id),
            Value::Day(entry.date),
            Value::text(&entry.text.employee),
            Value::maybe_text(order.customer.as_deref()),
            Value::text(&order.name),
            Value::owned(self.line_ids(&quota.lines)),
            Value::text(&self.book.line(*first).product),
            self.in_unit(&entry.amount, entry.unit),
            Value::naming(self.book.units.naming(entry.unit)),
            Value::text(row.reason.name()),
            Value::maybe_text(renewal.map(|order| order.name.as_str())),
            Value::day(renewal.and_then(|order| order.date)),
            self.in_unit(&quota.remaining(), unit),
            Value::naming(self.book.units.naming(unit)),
            Value::text(&entry.text.description),
            Value::day(lock.last_open),
            Value::day(lock.first_locked),
        ]
    }
}
