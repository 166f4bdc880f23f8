//! near.csv: quotas that are near, or run out soon (rules 6.4 and 6.11).

use super::super::model::{Column, Report, Table, TableRow, Value, column};
use super::money;
use chrono::NaiveDate;

use crate::model::{Exact, default_rounding};
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

/// A mean use per week, and the day on which the rest runs out at it.
type Rate<'a> = (Option<&'a Exact>, Option<NaiveDate>);

impl Report {
    /// The table of near.csv: a row per quota, the soonest first.
    #[must_use]
    pub fn near(&self) -> Table<'_> {
        self.near_at(|row| (row.per_week.as_ref(), row.runs_out))
    }

    /// The same for a page that has one rate and one day: those by which each
    /// quota is listed, the sooner ones.
    #[must_use]
    pub fn near_by_the_sooner_day(&self) -> Table<'_> {
        self.near_at(|row| match row.sooner_by_its_own_days() {
            Some(young) => (young.per_week.as_ref(), young.runs_out),
            None => (row.per_week.as_ref(), row.runs_out),
        })
    }

    fn near_at(&self, rate: fn(&Outlook) -> Rate<'_>) -> Table<'_> {
        let rows = &self.review.near;
        Table::new("near", NEAR, rows.len(), move |index| {
            let row = &rows[index];
            self.near_row(row, rate(row))
        })
    }

    /// A mean use per week of a quota as it is printed: it hardly ever ends, so
    /// it is rounded to the unit's step, or to hundredths, where half days would
    /// make nothing of a little.
    pub(in crate::report) fn mean_use(&self, row: &Outlook, mean: &Exact) -> Option<String> {
        let unit = self.quota(row.quota)?.measure.unit_id();
        let step = self.book.units.get(unit).rounding.clone().min(default_rounding());
        Some(self.in_unit_text(&mean.rounded_half_away(&step), unit))
    }

    fn near_row<'a>(&'a self, row: &'a Outlook, (per_week, runs_out): Rate<'_>) -> TableRow<'a> {
        let Some(quota) = self.quota(row.quota) else { return Vec::new() };
        let unit = quota.measure.unit_id();
        let adjusted = self.if_adjusted(&quota.lines, &quota.adjusted);
        let used = quota.drawn().divided_by(&quota.ordered);
        let mean = |mean: Option<&Exact>| {
            Value::maybe_number(mean.and_then(|mean| self.mean_use(row, mean)))
        };
        let young = row.young.as_ref();
        let days = runs_out.map(|day| (day - self.period.as_of).num_days().to_string());
        let mut cells = self.quota_cells(quota);
        cells.extend([
            self.in_unit(&quota.ordered, unit),
            Value::naming(self.book.units.naming(unit)),
            self.in_unit(&quota.delivered, unit),
            adjusted.map_or(Value::Empty, |adjusted| self.in_unit(adjusted, unit)),
            self.in_unit(&row.remaining, unit),
            Value::maybe_number(used.map(|used| used.to_fixed(4))),
            money(row.value.as_ref()),
            Value::maybe_text(self.currency_of(&quota.lines)),
            mean(per_week),
            Value::day(runs_out),
            Value::maybe_number(days),
            Value::text(quota.status.name()),
            Value::day(young.map(|young| young.begun)),
            mean(young.and_then(|young| young.per_week.as_ref())),
            Value::day(young.and_then(|young| young.runs_out)),
        ]);
        cells
    }
}
