//! near.csv: quotas that are near, or run out soon (rules 6.4 and 6.11).

use super::super::model::{Column, Report, Table, TableRow, Value, column};
use super::money;
use crate::model::Exact;
use crate::reconcile::Outlook;
use crate::report::ColumnKind::{Count, Day, Money as Amount, Quantity as Qty, Share, Text};

/// The columns of near.csv.
pub const NEAR: &[Column] = &[
    column("order", "Order", Text),
    column("lines", "Lines", Text),
    column("customer", "Customer", Text),
    column("salesperson", "Salesperson", Text),
    column("product", "Product", Text),
    column("contract", "Contract", Text),
    column("ordered", "Ordered", Qty),
    column("unit", "Unit", Text),
    column("delivered", "Delivered", Qty),
    column("adjusted", "Adjusted", Qty),
    column("remaining", "Remaining", Qty),
    column("used", "Used", Share),
    column("remaining_value", "Remaining value", Amount),
    column("currency", "Currency", Text),
    column("used_per_week", "Used per week", Qty),
    column("runs_out_on", "Runs out on", Day),
    column("days_left", "Days left", Count),
    column("status", "Status", Text),
    column("begun_on", "Begun on", Day),
    column("used_per_week_since", "Used per week since", Qty),
    column("runs_out_since", "Runs out by that", Day),
];

impl Report {
    /// The table of near.csv: a row per quota, the soonest first.
    #[must_use]
    pub fn near(&self) -> Table<'_> {
        let rows = &self.review.near;
        Table::new("near", NEAR, rows.len(), |index| self.near_row(&rows[index]))
    }

    fn near_row<'a>(&'a self, row: &'a Outlook) -> TableRow<'a> {
        let Some(quota) = self.quota(row.quota) else { return Vec::new() };
        let unit = quota.measure.unit_id();
        let adjusted = Some(&quota.adjusted).filter(|adjusted| !adjusted.is_zero());
        let used = quota.drawn().divided_by(&quota.ordered);
        // A mean hardly ever ends: it is rounded as it is printed.
        let step = &self.book.units.get(unit).rounding;
        let mean = |mean: Option<&Exact>| {
            mean.map_or(Value::Empty, |mean| self.in_unit(&mean.rounded_half_away(step), unit))
        };
        let young = row.young.as_ref();
        let days = row.runs_out.map(|day| (day - self.period.as_of).num_days().to_string());
        let mut cells = self.quota_cells(quota);
        cells.extend([
            self.in_unit(&quota.ordered, unit),
            Value::text(&self.book.units.get(unit).name),
            self.in_unit(&quota.delivered, unit),
            adjusted.map_or(Value::Empty, |adjusted| self.in_unit(adjusted, unit)),
            self.in_unit(&row.remaining, unit),
            Value::maybe_number(used.map(|used| used.to_fixed(4))),
            money(row.value.as_ref()),
            self.currency_of(quota),
            mean(row.per_week.as_ref()),
            Value::day(row.runs_out),
            Value::maybe_number(days),
            Value::text(quota.status.name()),
            Value::day(young.map(|young| young.begun)),
            mean(young.and_then(|young| young.per_week.as_ref())),
            Value::day(young.and_then(|young| young.runs_out)),
        ]);
        cells
    }
}
