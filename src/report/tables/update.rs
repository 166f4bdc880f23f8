//! `delivered_update.csv`: delivered quantities that an ERP can import over the
//! ones it holds (rule 3.3). Its headers are the ERP's, so it is no sheet of the
//! workbook.

use super::super::model::{Column, Report, Table, TableRow, Value, column};
use crate::reconcile::UpdateRow;
use crate::report::ColumnKind::{Quantity as Qty, Text};

const ID: Column = column("id", "External ID", Text);
const DATABASE_ID: Column = column(".id", "Database ID", Text);
const DELIVERED: Column = column("qty_delivered", "Delivered", Qty);

/// The columns where every line has an external id.
pub const EXTERNAL_IDS: &[Column] = &[ID, DELIVERED];
/// The columns where none has.
pub const DATABASE_IDS: &[Column] = &[DATABASE_ID, DELIVERED];
/// The columns where some have: to be imported in two parts.
pub const BOTH_IDS: &[Column] = &[ID, DATABASE_ID, DELIVERED];

impl Report {
    /// The table of `delivered_update.csv`: a row per line kept by hand for
    /// which the ERP holds another quantity than its entries give.
    #[must_use]
    pub fn delivered_update(&self) -> Table<'_> {
        let rows = &self.review.updates;
        let external = rows.iter().filter(|row| row.has_external_id).count();
        let columns = match external {
            _ if external == rows.len() => EXTERNAL_IDS,
            0 => DATABASE_IDS,
            _ => BOTH_IDS,
        };
        let row = move |index: usize| self.update_row(&rows[index], columns);
        Table::new("delivered_update", columns, rows.len(), row)
    }

    fn update_row<'a>(&'a self, row: &'a UpdateRow, columns: &[Column]) -> TableRow<'a> {
        let id = || Value::text(&self.book.line(row.line).id);
        let cell = |column: &Column| match column.name {
            "qty_delivered" => self.quantity(row.line, Some(&row.proposed)),
            "id" if row.has_external_id => id(),
            ".id" if !row.has_external_id => id(),
            _ => Value::Empty,
        };
        columns.iter().map(cell).collect()
    }
}
