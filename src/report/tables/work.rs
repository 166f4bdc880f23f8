//! What the workbook has besides the CSV files: the entries behind upsells, and
//! the runs so far.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::super::model::{Column, Report, Table, TableRow, Value, column};
use crate::history::{RunFigures, UpsellFigures};
use crate::model::{EntryRow, Exact, LineIndex, print_hours};
use crate::reconcile::{Weekly, WeeklyOf};
use crate::report::ColumnKind::{Count, Day, Hours, Money as Amount, Quantity as Qty, Text};
use crate::report::summary::overruns;

/// The columns of the workbook's sheet of entries.
pub const ENTRIES: &[Column] = &[
    column("order", "Order", Text),
    column("lines", "Lines", Text),
    column("customer", "Customer", Text),
    column("date", "Date", Day),
    column("employee", "Employee", Text),
    column("quantity", "Quantity", Qty),
    column("unit", "Unit", Text),
    column("description", "Description", Text),
    column("entry", "Entry", Text),
    column("file", "File", Text),
    column("sheet", "Sheet", Text),
    column("row", "Row", Count),
];

/// The columns of the workbook's sheet of runs.
pub const RUNS: &[Column] = &[
    column("as_of", "As of", Day),
    column("entries", "Entries", Count),
    column("hours", "Hours", Hours),
    column("unmatched", "Unmatched", Count),
    column("exceptions", "Exceptions", Count),
    column("upsells", "Upsells", Count),
    column("overrun_value", "Overrun value", Amount),
    column("currency", "Currency", Text),
];

/// What was worked, as the workbook shows it beside the tables.
#[derive(Debug, Clone, Default)]
pub struct Work {
    /// Hours week by week.
    pub weekly: Weekly,
    /// The entries behind upsells, by their first lines.
    pub entries: BTreeMap<LineIndex, BehindUpsell>,
}

/// Entries behind an upsell.
#[derive(Debug, Clone, Default)]
pub struct BehindUpsell {
    /// How many there are.
    pub count: u64,
    /// The last of them, by day.
    pub rows: Vec<EntryRow>,
}

impl BehindUpsell {
    /// The most rows of an upsell.
    pub const MOST_ROWS: usize = 200;
}

impl Report {
    /// The hours of each week that the entries of a quota have, by its first
    /// line.
    pub(in crate::report) fn weekly_hours(&self, first: LineIndex) -> Option<Vec<Exact>> {
        self.work.weekly.hours(WeeklyOf::Quota(first), &self.book.units)
    }

    /// The table of the entries behind upsells, in the order of these.
    #[must_use]
    pub fn entries_behind(&self) -> Table<'_> {
        let rows: Vec<(usize, &EntryRow)> = self
            .upsells
            .iter()
            .enumerate()
            .filter_map(|(at, row)| Some((at, self.work.entries.get(row.upsell.lines.first()?)?)))
            .flat_map(|(at, behind)| behind.rows.iter().map(move |row| (at, row)))
            .collect();
        Table::new("entries", ENTRIES, rows.len(), move |index| {
            let (upsell, entry) = rows[index];
            self.entry_row(upsell, entry)
        })
    }

    fn entry_row<'a>(&'a self, upsell: usize, entry: &'a EntryRow) -> TableRow<'a> {
        let lines = &self.upsells[upsell].upsell.lines;
        let Some(first) = lines.first() else { return Vec::new() };
        let order = self.book.order_of(*first);
        vec![
            Value::text(&order.name),
            Value::owned(self.line_ids(lines)),
            Value::maybe_text(order.customer.as_deref()),
            Value::Day(entry.date),
            Value::text(&entry.text.employee),
            self.in_unit(&entry.amount, entry.unit),
            Value::naming(self.book.units.naming(entry.unit)),
            Value::text(&entry.text.description),
            Value::text(&entry.text.id),
            Value::text(entry.place.file()),
            Value::maybe_text(entry.place.sheet()),
            Value::count(entry.place.row().unwrap_or_default()),
        ]
    }

    /// What this run came to.
    #[must_use]
    pub fn figures(&self) -> RunFigures {
        let mut counts: BTreeMap<Option<&str>, u64> = BTreeMap::new();
        for row in &self.upsells {
            *counts.entry(self.currency_of(&row.upsell.lines)).or_default() += 1;
        }
        let overruns = overruns(self.upsells.iter());
        let upsells = counts.into_iter().map(|(currency, count)| UpsellFigures {
            currency: currency.unwrap_or_default().to_owned(),
            count,
            overrun: overruns.get(&currency).map(ToString::to_string).unwrap_or_default(),
        });
        RunFigures {
            as_of: self.period.as_of.to_string(),
            entries: self.totals.entries.read,
            hours: print_hours(&self.totals.hours.read),
            unmatched: self.totals.entries.unmatched,
            exceptions: self.faults.len() as u64,
            upsells: upsells.collect(),
        }
    }

    /// The runs so far, this one last: a row for each, and one for each further
    /// currency.
    #[must_use]
    pub fn runs_so_far(&self) -> Table<'_> {
        let rows: Vec<(&RunFigures, usize)> = self
            .runs
            .iter()
            .flat_map(|run| (0..run.upsells.len().max(1)).map(move |at| (run, at)))
            .collect();
        Table::new("runs", RUNS, rows.len(), move |index| {
            let (run, at) = rows[index];
            run_row(run, at)
        })
    }
}

fn run_row(run: &RunFigures, at: usize) -> TableRow<'_> {
    let of_run = |value: Value<'static>| if at == 0 { value } else { Value::Empty };
    let number = |text: &str| match text {
        "" => Value::Empty,
        text => Value::Number(text.to_owned()),
    };
    let upsells = run.upsells.get(at);
    vec![
        match run.as_of.parse() {
            Ok(day) => Value::Day(day),
            Err(_) => Value::Text(Cow::Owned(run.as_of.clone())),
        },
        of_run(Value::count(run.entries)),
        of_run(number(&run.hours)),
        of_run(Value::count(run.unmatched)),
        of_run(Value::count(run.exceptions)),
        Value::count(upsells.map_or(0, |upsells| upsells.count)),
        upsells.map_or(Value::Empty, |upsells| number(&upsells.overrun)),
        upsells.map_or(Value::Empty, |upsells| Value::text(&upsells.currency)),
    ]
}
