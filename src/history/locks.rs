//! Which orders an earlier run met open, and which locked: no export says when
//! an order was locked.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::ingest::{PlainTable, day};
use crate::model::Lock;

/// An order's name, and the id of a line of it.
type LineName = (String, String);

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
    lines: BTreeMap<LineName, Met>,
}

impl SeenLocks {
    /// From the delivered.csv of a run; `None` where it has not its columns.
    pub(super) fn of(table: &PlainTable, as_of: NaiveDate) -> Option<Self> {
        let column = |name| table.column(&[name]);
        let (order, line, status) = (column("order")?, column("line")?, column("status")?);
        // A version before these columns knew nothing of them.
        let (open, locked) = (column("last_open"), column("first_locked"));
        let mut lines = BTreeMap::new();
        for row in &table.rows {
            let date = |column: Option<usize>| column.and_then(|column| day(row.cell(column)));
            let met = match row.cell(status) {
                "locked" => Met::Locked(Lock { last_open: date(open), first_locked: date(locked) }),
                "upsell" | "near" | "ok" | "not_confirmed" => Met::Open,
                // These say nothing of their order's state.
                _ => continue,
            };
            lines.insert((row.cell(order).to_owned(), row.cell(line).to_owned()), met);
        }
        Some(Self { as_of, lines })
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

    fn met(&self, (order, line): (&str, &str)) -> Option<Met> {
        self.lines.get(&(order.to_owned(), line.to_owned())).copied()
    }
}

/// What is known after a run of a line whose order it met locked.
///
/// A run is often made some days after its as-of date, and an order may have
/// been locked in these days. So it was locked by that date only where the run
/// met no later entries, or where a run before it had met it locked. A repeated
/// run knows what it knew the first time.
#[must_use]
pub fn lock_after(
    seen: Option<&SeenLocks>,
    line: (&str, &str),
    as_of: NaiveDate,
    later_entries: bool,
    repeated: bool,
) -> Lock {
    let before = seen.map_or_else(Lock::default, |seen| seen.before(line));
    let met_locked = matches!(seen.and_then(|seen| seen.met(line)), Some(Met::Locked(_)));
    let by_now = if met_locked { !repeated } else { !later_entries };
    Lock { first_locked: before.first_locked.or(by_now.then_some(as_of)), ..before }
}
