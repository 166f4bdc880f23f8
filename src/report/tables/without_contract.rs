//! `without_contract.csv`: work that no confirmed order pays for.

use super::super::model::{Column, Report, Table, TableRow, Value, column};
use super::money;
use crate::model::Currency;
use crate::reconcile::WithoutContractRow;
use crate::report::ColumnKind::{Count, Day, Money as Amount, Quantity as Qty, Text};

/// The columns of `without_contract.csv`.
pub const WITHOUT_CONTRACT: &[Column] = &[
    column("customer", "Customer", Text),
    column("project", "Project", Text),
    column("contract", "Contract", Text),
    column("reason", "Reason", Text),
    column("entries", "Entries", Count),
    column("quantity", "Quantity", Qty),
    column("unit", "Unit", Text),
    column("first_date", "First entry", Day),
    column("last_date", "Last entry", Day),
    column("price", "Price", Amount),
    column("worth", "Worth", Amount),
    column("currency", "Currency", Text),
    column("priced_by", "Priced by order", Text),
    column("priced_by_line", "Priced by line", Text),
];

impl Report {
    /// The table of `without_contract.csv`: a row per customer, project,
    /// contract and reason.
    #[must_use]
    pub fn without_contract(&self) -> Table<'_> {
        let rows = &self.review.without_contract;
        let row = |index: usize| self.without_contract_row(&rows[index]);
        Table::new("without_contract", WITHOUT_CONTRACT, rows.len(), row)
    }

    fn without_contract_row<'a>(&'a self, row: &'a WithoutContractRow) -> TableRow<'a> {
        let order = row.priced_by.map(|line| self.book.order_of(line).name.as_str());
        let line = row.priced_by.map(|line| self.book.line(line).id.as_str());
        let price = row.price.as_ref().map(crate::model::Money::rounded);
        vec![
            Value::text(&row.customer),
            Value::text(&row.project),
            Value::text(&row.contract),
            Value::text(row.reason),
            Value::count(row.entries),
            self.in_unit(&row.quantity, row.unit),
            Value::naming(self.book.units.naming(row.unit)),
            Value::Day(row.first),
            Value::Day(row.last),
            money(price.as_ref()),
            money(row.worth.as_ref()),
            Value::maybe_text(row.currency().map(Currency::as_str)),
            Value::maybe_text(order),
            Value::maybe_text(line),
        ]
    }
}
