//! late.csv: hours on a contract that had been renewed, or whose order is
//! locked.

use std::sync::OnceLock;

use super::super::model::{Column, Report, Table, TableRow, Value, column};
use crate::model::{Lock, UnitId};
use crate::reconcile::{Addend, LateReason, LateRow};
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

/// What the rows of a quota have in common.
struct OfQuota {
    lines: String,
    remaining: String,
}

impl Report {
    /// The table of late.csv: a row per entry.
    #[must_use]
    pub fn late(&self) -> Table<'_> {
        let rows = &self.review.late;
        let print = |(unit, addend): &(UnitId, Addend)| {
            self.in_unit_text(&addend.value(*unit, &self.book.units), *unit)
        };
        let amounts: Vec<String> = rows.amounts().as_slice().iter().map(print).collect();
        // There are few quotas, and many entries.
        let quotas: Vec<OnceLock<OfQuota>> =
            std::iter::repeat_with(OnceLock::new).take(self.settled.quotas.len()).collect();
        Table::new("late", LATE, rows.len(), move |index| {
            rows.get(index)
                .and_then(|row| {
                    let of_quota = quotas.get(row.quota)?;
                    self.late_row(row, amounts.get(row.amount.index())?, of_quota)
                })
                .unwrap_or_default()
        })
    }

    fn late_row<'a>(
        &'a self,
        row: LateRow<'a>,
        amount: &str,
        of_quota: &OnceLock<OfQuota>,
    ) -> Option<TableRow<'a>> {
        let quota = self.quota(row.quota)?;
        let first = quota.lines.first()?;
        let order = self.book.order_of(*first);
        let renewal = row.renewal.map(|line| self.book.order_of(line));
        let (own, _) = self.review.late.amounts().get(row.amount)?;
        let unit = quota.measure.unit_id();
        let of_quota = of_quota.get_or_init(|| OfQuota {
            lines: self.line_ids(&quota.lines),
            remaining: self.in_unit_text(&quota.remaining(), unit),
        });
        let lock = match row.reason {
            LateReason::AfterRenewal => Lock::default(),
            LateReason::AfterLock | LateReason::OnLocked => {
                let of_line = |line| self.locks.get(line).copied().unwrap_or_default();
                Lock::of_all(quota.lines.iter().map(of_line))
            }
        };
        Some(vec![
            Value::text(row.place.file()),
            Value::maybe_text(row.place.sheet()),
            Value::count(row.row),
            Value::text(row.id),
            Value::Day(row.date),
            Value::text(row.employee),
            Value::maybe_text(order.customer.as_deref()),
            Value::text(&order.name),
            Value::owned(of_quota.lines.clone()),
            Value::text(&self.book.line(*first).product),
            Value::Number(amount.to_owned()),
            Value::naming(self.book.units.naming(own)),
            Value::text(row.reason.name()),
            Value::maybe_text(renewal.map(|order| order.name.as_str())),
            Value::day(renewal.and_then(|order| order.date)),
            Value::Number(of_quota.remaining.clone()),
            Value::naming(self.book.units.naming(unit)),
            Value::text(row.description),
            Value::day(lock.last_open),
            Value::day(lock.first_locked),
        ])
    }
}
