//! Which orders an earlier run met open, and which locked: no export says when
//! an order was locked.

use std::cmp::Ordering;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::ingest::{PlainRow, PlainTable, day};
use crate::model::Lock;

/// The columns of delivered.csv that say what a run met.
pub(super) const COLUMNS: &[&str] = &["order", "line", "status", "last_open", "first_locked"];

/// How an earlier run met the order of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Met {
    Open,
    Locked(Lock),
}

/// What an earlier run knew of locks, by order and the ids of its lines.
#[derive(Debug, Clone)]
pub struct SeenLocks {
    as_of: NaiveDate,
    order: usize,
    line: usize,
    /// The rows that say how it met an order, by order and line.
    lines: Vec<(PlainRow, Met)>,
}

impl SeenLocks {
    /// From the delivered.csv of a run; `None` where it has not its columns.
    pub(super) fn of(table: PlainTable, as_of: NaiveDate) -> Option<Self> {
        let column = |name| table.column(&[name]);
        let (order, line, status) = (column("order")?, column("line")?, column("status")?);
        // A version before these columns knew nothing of them.
        let (open, locked) = (column("last_open"), column("first_locked"));
        let met = |row: PlainRow| {
            let date = |column: Option<usize>| column.and_then(|column| day(row.cell(column)));
            let met = match row.cell(status) {
                "locked" => Met::Locked(Lock { last_open: date(open), first_locked: date(locked) }),
                "upsell" | "near" | "ok" | "not_confirmed" => Met::Open,
                // These say nothing of their order's state.
                _ => return None,
            };
            Some((row, met))
        };
        let lines = table.rows.into_iter().filter_map(met).collect();
        let mut seen = Self { as_of, order, line, lines };
        // Orders stand in this order already.
        seen.lines.par_sort_by(|(a, _), (b, _)| {
            (a.cell(order), a.cell(line)).cmp(&(b.cell(order), b.cell(line)))
        });
        Some(seen)
    }

    /// What was known before a run, of a later as-of date or the same, of a line
    /// whose order it meets locked.
    #[must_use]
    pub fn before(&self, line: (&str, &str)) -> Lock {
        match self.met(line) {
            Some(Met::Open) => Lock { last_open: Some(self.as_of), first_locked: None },
            Some(Met::Locked(lock)) => lock,
            None => Lock::default(),
        }
    }

    fn met(&self, name: (&str, &str)) -> Option<Met> {
        let order = |row: &PlainRow| (row.cell(self.order), row.cell(self.line)).cmp(&name);
        // Of rows of one name the last counts.
        let end = self.lines.partition_point(|(row, _)| order(row) != Ordering::Greater);
        let (row, met) = self.lines.get(end.checked_sub(1)?)?;
        (order(row) == Ordering::Equal).then_some(*met)
    }
}

/// What is known after a run of a line whose order it met locked.
///
/// A run is often made some days after its as-of date, and an order may have
/// been locked in these days. So it was locked by that date only where the run
/// met no later entries, or where a run of an earlier date and of other exports
/// had met it locked.
#[must_use]
pub fn lock_after(
    seen: Option<&SeenLocks>,
    line: (&str, &str),
    as_of: NaiveDate,
    later_entries: bool,
    same_exports: bool,
) -> Lock {
    let before = seen.map_or_else(Lock::default, |seen| seen.before(line));
    let met_locked = matches!(seen.and_then(|seen| seen.met(line)), Some(Met::Locked(_)));
    let is_later = seen.is_some_and(|seen| seen.as_of < as_of);
    let by_now = !later_entries || met_locked && is_later && !same_exports;
    Lock { first_locked: before.first_locked.or(by_now.then_some(as_of)), ..before }
}
