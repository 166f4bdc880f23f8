//! A report's upsells and what earlier runs knew of them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::diagnostics::{Fault, FaultKind, Phrase, Place};
use crate::history::{
    Advanced, Current, DecisionColumn, Identity, Record, RunId, SeenLocks, Standing, lock_after,
};
use crate::model::{Exact, LineIds, LineIndex};
use crate::reconcile::{Growth, Status};
use crate::run_json::UPSELL_CSV;

use super::model::{HISTORY, Report, Table, TableRow, UPSELL, UpsellRow, Value};

impl Report {
    /// What makes this run the same as another.
    #[must_use]
    pub fn run_id(&self, hash: &str) -> RunId {
        let inputs = self.inputs.iter().map(|input| {
            (input.digest.clone(), input.sheet.clone(), input.path.clone(), input.bytes)
        });
        RunId { as_of: self.period.as_of, hash: hash.to_owned(), inputs: inputs.collect() }
    }

    /// The upsells, as they are recognised from run to run; with their
    /// opportunities, where these are written.
    #[must_use]
    pub fn current_upsells(&self, wake_after: &Growth, with_opportunities: bool) -> Vec<Current> {
        let ids = if with_opportunities { self.opportunity_ids() } else { Vec::new() };
        let ids = ids.into_iter().map(Some).chain(std::iter::repeat(None));
        let rows = self.upsells.iter().zip(ids);
        rows.map(|(row, id)| self.current(row, id, wake_after)).collect()
    }

    fn current(
        &self,
        row: &UpsellRow,
        opportunity: Option<String>,
        wake_after: &Growth,
    ) -> Current {
        let upsell = &row.upsell;
        let units = &self.book.units;
        let order = &self.book.order_of(upsell.lines[0]).name;
        let lines =
            LineIds::new(upsell.lines.iter().map(|line| self.book.line(*line).id.to_string()));
        Current {
            identity: Identity::new(order, lines, &upsell.ordered),
            unit: units.get(upsell.measure.unit_id()).name.clone(),
            excess: upsell.excess(),
            wakes_at: wake_after.of(&upsell.measure, &upsell.ordered, units),
            opportunity,
        }
    }

    /// Takes over what is known of the upsells, which stand in the same order.
    /// A decision that is kept and not understood is a fault of its cell in
    /// upsell.csv.
    pub fn remember(&mut self, advanced: Advanced) {
        for (row, known) in self.upsells.iter_mut().zip(advanced.known) {
            row.known = known;
        }
        self.history = advanced.records;
        let faults: Vec<Fault> =
            self.upsells.iter().enumerate().flat_map(|(at, row)| self.unread(at, row)).collect();
        self.faults.extend(faults);
        self.sort_faults();
    }

    /// Notes of the orders that are locked what is known of that now.
    pub fn remember_locks(&mut self, seen: Option<&SeenLocks>, same_exports: bool) {
        let book = &self.book;
        let as_of = self.period.as_of;
        let later_entries = self.facts.after_as_of > 0;
        let locked = (0..book.lines.len()).map(LineIndex).filter(|line| {
            let settlement = self.settled.settlements.get(line.0);
            settlement.is_some_and(|settlement| settlement.status == Status::Locked)
        });
        let locks = locked.map(|line| {
            (line, lock_after(seen, book.line_name(line), as_of, later_entries, same_exports))
        });
        self.locks = locks.collect();
    }

    fn unread(&self, at: usize, row: &UpsellRow) -> Vec<Fault> {
        let place = Place::new(UPSELL_CSV, None).at_row(at as u64 + 2);
        let order = &self.book.order_of(row.upsell.lines[0]).name;
        let fault = |unread: crate::history::UnreadText| {
            let (kind, expected) = match unread.column {
                DecisionColumn::SnoozeUntil => (FaultKind::NotADate, Phrase::DecisionDay),
                _ => (FaultKind::UnknownValue, Phrase::Decision),
            };
            let action = Phrase::CorrectDecision { order: order.as_str().into() };
            Fault::new(kind, place.in_column(unread.column.name()), unread.text, expected, action)
        };
        row.known.decisions.unread().into_iter().map(fault).collect()
    }

    /// The table of history.csv.
    #[must_use]
    pub fn history(&self) -> Table<'_> {
        Table::new("history", HISTORY, self.history.len(), |index| {
            history_row(&self.history[index])
        })
    }

    /// The upsells that are set aside, or those that are not, as a table of
    /// upsell.csv's columns.
    #[must_use]
    pub fn upsells_in_part(&self, is_snoozed: bool) -> Table<'_> {
        let part: Vec<&UpsellRow> =
            self.upsells.iter().filter(|row| row.known.is_snoozed == is_snoozed).collect();
        let name = if is_snoozed { "snoozed" } else { "upsell" };
        Table::new(name, UPSELL, part.len(), move |index| self.upsell_row(part[index]))
    }

    /// So many of those that are not set aside, in the order of upsell.csv: the
    /// largest of each currency, then the next of each, so that no currency stands
    /// for all by its name.
    #[must_use]
    pub fn first_upsells(&self, most: usize) -> Table<'_> {
        let open = self.upsells.iter().enumerate().filter(|(_, row)| !row.known.is_snoozed);
        let mut met: BTreeMap<Option<&str>, usize> = BTreeMap::new();
        let mut ranked: Vec<(usize, usize)> = open
            .map(|(at, row)| {
                let before = met.entry(self.currency_of(&row.upsell.lines)).or_default();
                *before += 1;
                (*before, at)
            })
            .collect();
        ranked.sort_unstable();
        ranked.truncate(most);
        let mut first: Vec<usize> = ranked.into_iter().map(|(_, at)| at).collect();
        first.sort_unstable();
        let rows = first.len();
        let row = move |index: usize| self.upsell_row(&self.upsells[first[index]]);
        Table::new("upsell", UPSELL, rows, row)
    }
}

fn history_row(record: &Record) -> TableRow<'_> {
    let exact = |number: Option<&Exact>| {
        number.map_or(Value::Empty, |number| Value::Number(number.to_string()))
    };
    let standing = |standing: &'_ Standing| -> [Value<'_>; 3] {
        [
            Value::Number(standing.runs_open.to_string()),
            standing.last_seen.map_or(Value::Empty, Value::Day),
            exact(standing.excess.as_ref()),
        ]
    };
    let text = |text: &'_ str| match text {
        "" => Value::Empty,
        text => Value::Text(Cow::Owned(text.to_owned())),
    };
    let mut row = vec![
        text(&record.identity.order),
        text(&record.identity.lines.to_string()),
        Value::Number(record.identity.sold.clone()),
        text(&record.unit),
        text(if record.is_open { "yes" } else { "" }),
        record.first_seen.map_or(Value::Empty, Value::Day),
    ];
    row.extend(standing(&record.now));
    row.push(text(&record.now.opportunity));
    row.extend(standing(&record.before));
    row.push(text(&record.before.opportunity));
    row.extend(DecisionColumn::ALL.map(|column| text(record.decisions.get(column))));
    row.push(exact(record.snoozed_at.as_ref()));
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn history_has_the_columns_that_are_read_back() {
        let names: Vec<&str> = HISTORY.iter().map(|column| column.name).collect();
        assert_eq!(names, crate::history::COLUMNS);
    }
}
