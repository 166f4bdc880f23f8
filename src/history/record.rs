//! An upsell as it is remembered: who it is, what the last two runs said of
//! it, what people decided. A row of history.csv.

use chrono::NaiveDate;

use crate::diagnostics::Error;
use crate::ingest::{self, PlainRow, PlainTable};
use crate::model::{Exact, LineIds};

use super::decisions::{DecisionColumn, Decisions};

/// Which upsell it is: its order, its lines and how much they sold. When more
/// is sold, the next exhaustion is another upsell (rule 7).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identity {
    /// The order of the first line.
    pub order: String,
    /// The ids of the lines.
    pub lines: LineIds,
    /// The quantity that they sold, in the unit of the first line.
    pub sold: String,
}

impl Identity {
    /// Of an order, its lines' ids and the quantity sold.
    #[must_use]
    pub fn new(order: &str, lines: LineIds, sold: &Exact) -> Self {
        Self { order: order.trim().to_owned(), lines, sold: sold.to_trimmed(12) }
    }

    /// The same, as a version that did not tell ids apart knew it.
    pub(super) fn as_plain(&self) -> Self {
        Self { lines: self.lines.as_plain(), ..self.clone() }
    }
}

/// How a folder's lists of line ids are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lists {
    /// As [`LineIds`] writes them.
    Apart,
    /// By an older version: joined by spaces, whatever is in an id.
    Plain,
}

impl Lists {
    pub(super) fn read(self, cell: &str) -> LineIds {
        match self {
            Self::Apart => LineIds::read(cell),
            Self::Plain => LineIds::read_plain(cell),
        }
    }
}

/// What a run said of an upsell, and the runs before it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// Runs in which it was an upsell.
    pub runs_open: u64,
    /// The as-of date of the last of them.
    pub last_seen: Option<NaiveDate>,
    /// Delivered less ordered, in that run.
    pub excess: Option<Exact>,
    /// The External ID under which its order was written for the CRM.
    pub opportunity: String,
}

/// An upsell that is remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Which one.
    pub identity: Identity,
    /// The unit of its quantities.
    pub unit: String,
    /// Whether it was one in the last run.
    pub is_open: bool,
    /// The as-of date of the first run in which it was one.
    pub first_seen: Option<NaiveDate>,
    /// As of the last run.
    pub now: Standing,
    /// As of the run before it.
    pub before: Standing,
    /// What people decided.
    pub decisions: Decisions,
    /// The excess that was seen when it was set aside.
    pub snoozed_at: Option<Exact>,
}

/// What to do about a history that is not what a run wrote.
pub(super) const RESTORE: &str = "put the file back as it was, or start afresh with --since none";

/// The columns of history.csv.
pub const COLUMNS: [&str; 19] = [
    "order",
    "lines",
    "sold",
    "unit",
    "open",
    "first_seen",
    "runs_open",
    "last_seen",
    "excess",
    "opportunity",
    "before_runs_open",
    "before_last_seen",
    "before_excess",
    "before_opportunity",
    "owner",
    "decision",
    "comment",
    "snooze_until",
    "snoozed_at",
];

/// An exact number as `Exact` prints it, `1/3` included.
pub(super) fn number(text: &str) -> Option<Exact> {
    match text.split_once('/') {
        Some((numerator, denominator)) => Exact::from(ingest::number(numerator)?)
            .divided_by(&Exact::from(ingest::number(denominator)?)),
        None => ingest::number(text).map(Exact::from),
    }
}

/// Reads history.csv.
///
/// # Errors
/// [`Error::NotAsWritten`] with the row that it did not write like this.
pub(super) fn read_records(table: &PlainTable, lists: Lists) -> Result<Vec<Record>, Error> {
    let at: Vec<usize> =
        COLUMNS.iter().map(|name| table.need(&[name])).collect::<Result<_, _>>()?;
    let read = |row: &PlainRow| -> Result<Record, Error> {
        let cell = |name: &str| {
            let index = COLUMNS.iter().position(|column| *column == name);
            index.and_then(|index| at.get(index)).map_or("", |column| row.cell(*column))
        };
        let damaged = |column: &str, found: &str| Error::NotAsWritten {
            place: table.place().at_row(row.number).in_column(column),
            problem: format!("\"{found}\" is not what drawdown wrote there"),
            help: RESTORE.to_owned(),
        };
        let day = |name: &str| match cell(name) {
            "" => Ok(None),
            text => ingest::day(text).map(Some).ok_or_else(|| damaged(name, text)),
        };
        let count = |name: &str| match cell(name) {
            "" => Ok(0),
            text => text.parse::<u64>().map_err(|_| damaged(name, text)),
        };
        let amount = |name: &str| match cell(name) {
            "" => Ok(None),
            text => number(text).map(Some).ok_or_else(|| damaged(name, text)),
        };
        let mut decisions = Decisions::default();
        for column in DecisionColumn::ALL {
            decisions.set(column, cell(column.name()));
        }
        Ok(Record {
            identity: Identity {
                order: cell("order").to_owned(),
                lines: lists.read(cell("lines")),
                sold: cell("sold").to_owned(),
            },
            unit: cell("unit").to_owned(),
            is_open: cell("open") == "yes",
            first_seen: day("first_seen")?,
            now: Standing {
                runs_open: count("runs_open")?,
                last_seen: day("last_seen")?,
                excess: amount("excess")?,
                opportunity: cell("opportunity").to_owned(),
            },
            before: Standing {
                runs_open: count("before_runs_open")?,
                last_seen: day("before_last_seen")?,
                excess: amount("before_excess")?,
                opportunity: cell("before_opportunity").to_owned(),
            },
            decisions,
            snoozed_at: amount("snoozed_at")?,
        })
    };
    let mut records = table.rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    records.sort_by(|a, b| a.identity.cmp(&b.identity));
    Ok(records)
}
