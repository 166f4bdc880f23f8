//! invoicing.csv: what ought to be invoiced and is not, and the other way
//! round.

use super::super::model::{Column, Report, Table, TableRow, Value, column, policy_name};
use super::money;
use crate::model::{Currency, InvoiceStatus};
use crate::reconcile::{Finding, InvoicingRow};
use crate::report::ColumnKind::{Money as Amount, Quantity as Qty, Text};

/// The columns of invoicing.csv.
pub const INVOICING: &[Column] = &[
    column("order", "Order", Text),
    column("line", "Line", Text),
    column("customer", "Customer", Text),
    column("product", "Product", Text),
    column("finding", "Finding", Text),
    column("quantity", "Quantity", Qty),
    column("unit", "Unit", Text),
    column("value", "Value", Amount),
    column("currency", "Currency", Text),
    column("policy", "Invoicing policy", Text),
    column("ordered", "Ordered", Qty),
    column("delivered", "Delivered", Qty),
    column("invoiced", "Invoiced", Qty),
    column("exported_status", "Invoice status in ERP", Text),
    column("invoice_status", "Invoice status", Text),
];

impl Report {
    /// The table of invoicing.csv: a row per finding.
    #[must_use]
    pub fn invoicing(&self) -> Table<'_> {
        let rows = &self.review.invoicing;
        Table::new("invoicing", INVOICING, rows.len(), |index| self.invoicing_row(&rows[index]))
    }

    fn invoicing_row<'a>(&'a self, row: &'a InvoicingRow) -> TableRow<'a> {
        let line = self.book.line(row.line);
        let order = self.book.order_of(row.line);
        let settlement = self.settled.settlements.get(row.line.0);
        let of_order = row.finding == Finding::StatusDiffers;
        let status = |status: InvoiceStatus| Value::text(status.name());
        let (exported, ours) = match row.statuses {
            Some((exported, ours)) => (status(exported), status(ours)),
            None => (Value::Empty, Value::Empty),
        };
        let mut cells = vec![Value::text(&order.name)];
        let customer = Value::maybe_text(order.customer.as_deref());
        if of_order {
            cells.extend([Value::Empty, customer, Value::Empty]);
            cells.push(Value::text(row.finding.name()));
            cells.resize(INVOICING.len() - 2, Value::Empty);
        } else {
            let quantity = |amount| self.quantity(row.line, amount);
            cells.extend([
                Value::text(&line.id),
                customer,
                Value::text(&line.product),
                Value::text(row.finding.name()),
                quantity(row.quantity.as_ref()),
                Value::naming(self.book.unit_of(line)),
                money(row.value.as_ref()),
                Value::maybe_text(line.currency.as_ref().map(Currency::as_str)),
                Value::maybe_text(line.policy.map(policy_name)),
                quantity(line.ordered.as_ref()),
                quantity(settlement.and_then(|settlement| settlement.delivered.as_ref())),
                quantity(line.invoiced.as_ref()),
            ]);
        }
        cells.extend([exported, ours]);
        cells
    }
}
