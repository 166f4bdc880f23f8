//! One of two runs, as its folder tells it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::diagnostics::Error;
use crate::ingest::{PlainRow, PlainTable, day, is_run_folder, read_plain_text, shown_path};

#[derive(Deserialize)]
struct RunJson {
    as_of: String,
    totals: Totals,
}

#[derive(Deserialize)]
struct Totals {
    entries: BTreeMap<String, u64>,
    hours: BTreeMap<String, String>,
}

/// What identifies a row of a table: an order and its line, an upsell.
pub(super) type RowKey = Vec<String>;

/// A table of a run, its rows by what they are about.
#[derive(Debug, Clone)]
pub(super) struct Keyed {
    table: PlainTable,
    rows: BTreeMap<RowKey, usize>,
    columns: BTreeMap<String, usize>,
}

impl Keyed {
    fn new(table: PlainTable, key: impl Fn(&PlainTable, &PlainRow) -> RowKey) -> Self {
        let rows = table.rows.iter().enumerate().map(|(at, row)| (key(&table, row), at)).collect();
        let columns =
            table.headers().iter().enumerate().map(|(at, header)| (header.clone(), at)).collect();
        Self { table, rows, columns }
    }

    /// What its rows are about, in order.
    pub(super) fn keys(&self) -> impl Iterator<Item = &RowKey> {
        self.rows.keys()
    }

    pub(super) fn has(&self, key: &RowKey) -> bool {
        self.rows.contains_key(key)
    }

    /// A cell; blank where there is no such row or column.
    pub(super) fn cell(&self, key: &RowKey, column: &str) -> &str {
        let row = self.rows.get(key).and_then(|at| self.table.rows.get(*at));
        let column = self.columns.get(column);
        row.zip(column).map_or("", |(row, column)| row.cell(*column))
    }

    /// Its columns.
    pub(super) fn columns(&self) -> &[String] {
        self.table.headers()
    }
}

/// A run's folder.
#[derive(Debug, Clone)]
pub struct Side {
    /// The folder, as the user reached it.
    pub shown: String,
    /// The run's as-of date.
    pub as_of: NaiveDate,
    /// `entries_read`, `hours_attributed` and the like.
    pub(super) totals: BTreeMap<String, String>,
    pub(super) lines: Keyed,
    pub(super) upsells: Keyed,
}

impl Side {
    /// Reads the folder of a run.
    ///
    /// # Errors
    /// [`Error::Usage`] where no run has written into it, or not these tables;
    /// [`Error::Unreadable`] where one of them cannot be read.
    pub fn read(folder: &Path) -> Result<Self, Error> {
        let shown = shown_path(folder);
        if !is_run_folder(folder) {
            return Err(Error::Usage {
                problem: format!(
                    "{shown} holds no run's output; name the folder of an earlier --out"
                ),
            });
        }
        let path = folder.join("run.json");
        let of_json = shown_path(&path);
        let text = fs::read_to_string(&path).map_err(|e| Error::unreadable(&of_json, &e))?;
        let json: RunJson = serde_json::from_str(&text).map_err(|error| Error::Unreadable {
            path: of_json.clone(),
            reason: format!("it is not as drawdown wrote it ({error})"),
        })?;
        let as_of = day(&json.as_of).ok_or_else(|| Error::Unreadable {
            path: of_json,
            reason: format!("its as-of date is \"{}\"", json.as_of),
        })?;
        let entries = json.totals.entries.into_iter().map(|(name, n)| (name, n.to_string()));
        let totals = entries
            .map(|(name, count)| (format!("entries_{name}"), count))
            .chain(json.totals.hours.into_iter().map(|(name, n)| (format!("hours_{name}"), n)))
            .collect();
        let cells = |names: &'static [&'static str]| {
            move |table: &PlainTable, row: &PlainRow| -> RowKey {
                let cell = |name: &&str| table.column(&[name]).map_or("", |at| row.cell(at));
                names.iter().map(|name| sorted_if_ids(name, cell(name))).collect()
            }
        };
        Ok(Self {
            lines: Keyed::new(read_table(folder, "delivered")?, cells(&["order", "line"])),
            upsells: Keyed::new(
                read_table(folder, "upsell")?,
                cells(&["order", "lines", "ordered"]),
            ),
            shown,
            as_of,
            totals,
        })
    }
}

/// The lines of a pool are the same in whatever order they are drawn down.
fn sorted_if_ids(column: &str, text: &str) -> String {
    if column != "lines" {
        return text.to_owned();
    }
    let mut ids: Vec<&str> = text.split_whitespace().collect();
    ids.sort_unstable();
    ids.join(" ")
}

fn read_table(folder: &Path, name: &str) -> Result<PlainTable, Error> {
    let path = folder.join(format!("{name}.csv"));
    let shown = shown_path(&path);
    if !path.exists() {
        return Err(Error::Usage {
            problem: format!(
                "{shown} is not there, and runs are compared by it; run again with --write {name}"
            ),
        });
    }
    let table = read_plain_text(&path, &shown)?;
    table.need(&["order"])?;
    Ok(table)
}
