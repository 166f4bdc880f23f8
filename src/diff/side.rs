//! One of two runs, as its folder tells it.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;
use serde_json::Value;

use crate::diagnostics::Error;
use crate::ingest::{PlainRow, PlainTable, read_plain_text, shown_path};
use crate::language::Language;
use crate::model::LineIds;
use crate::run_json::{DELIVERED_CSV, OutputState, RUN_JSON, RunJson, UPSELL_CSV, Unfit};

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
    fn new(
        table: PlainTable,
        key: impl Fn(&PlainTable, &PlainRow) -> RowKey,
    ) -> Result<Self, Error> {
        let mut rows: BTreeMap<RowKey, usize> = BTreeMap::new();
        for (at, row) in table.rows.iter().enumerate() {
            if let Some(first) = rows.insert(key(&table, row), at) {
                let first = table.rows.get(first).map_or(0, |row| row.number);
                return Err(Error::NotAsWritten {
                    place: table.place().at_row(row.number),
                    problem: format!("it is about the same as row {first}"),
                    help: "take one of the two rows out".to_owned(),
                });
            }
        }
        let columns =
            table.headers().iter().enumerate().map(|(at, header)| (header.clone(), at)).collect();
        Ok(Self { table, rows, columns })
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
    /// The language of its reports; English where it recorded none.
    pub language: Language,
    /// Whether the run's units may have other names than drawdown's own.
    pub(super) names_units: bool,
    /// `entries_read`, `hours_attributed` and the like.
    pub(super) totals: BTreeMap<String, String>,
    /// The configuration in force, `upsell.threshold` and the like; blank where a
    /// setting is left open.
    pub(super) settings: BTreeMap<String, String>,
    pub(super) lines: Keyed,
    pub(super) upsells: Keyed,
    /// Tables that are not what the run wrote.
    pub(super) changed: Vec<&'static str>,
    /// The first and last day of the period under review, where they were
    /// given.
    pub(super) period: [Option<String>; 2],
}

impl Side {
    /// Reads the folder of a run.
    ///
    /// # Errors
    /// [`Error::Usage`] where no run has written into it, or not these tables;
    /// [`Error::Unreadable`] or [`Error::NotAsWritten`] where one of them
    /// cannot be read.
    pub fn read(folder: &Path) -> Result<Self, Error> {
        let shown = shown_path(folder);
        let of_json = shown_path(&folder.join(RUN_JSON));
        let json = RunJson::read(folder).map_err(|unfit| match unfit {
            Unfit::Missing | Unfit::NotOurs => Error::Usage {
                problem: format!(
                    "{shown} holds no run's output; name the folder of an earlier --out"
                ),
            },
            Unfit::Unreadable(error) => Error::unreadable(&of_json, &error),
            Unfit::Damaged(_) => {
                Error::Unreadable { path: of_json.clone(), reason: unfit.to_string() }
            }
        })?;
        let lists = if json.has_line_ids_apart() { LineIds::read } else { LineIds::read_plain };
        let entries = json.totals.entries.iter().map(|(name, n)| (name, n.to_string()));
        let totals = entries
            .map(|(name, count)| (format!("entries_{name}"), count))
            .chain(json.totals.hours.iter().map(|(name, n)| (format!("hours_{name}"), n.clone())))
            .collect();
        let cells = |names: &'static [&'static str]| {
            move |table: &PlainTable, row: &PlainRow| -> RowKey {
                let cell = |name: &&str| table.column(&[name]).map_or("", |at| row.cell(at));
                let part = |name: &&str| match *name {
                    // The lines of a pool are the same in whatever order they
                    // are drawn down.
                    "lines" => lists(cell(name)).to_string(),
                    _ => cell(name).to_owned(),
                };
                names.iter().map(part).collect()
            }
        };
        let read = |name: &str, key: &'static [&'static str]| {
            Keyed::new(read_table(folder, name, key)?, cells(key))
        };
        let changed = [DELIVERED_CSV, UPSELL_CSV].map(|name| {
            let path = shown_path(&folder.join(name));
            let state = json.state_of(folder, name);
            let state = state.map_err(|error| Error::unreadable(&path, &error))?;
            Ok((state != OutputState::AsWritten).then_some(name))
        });
        let changed = changed.into_iter().collect::<Result<Vec<_>, Error>>()?;
        Ok(Self {
            lines: read("delivered", &["order", "line"])?,
            upsells: read("upsell", &["order", "lines", "ordered"])?,
            changed: changed.into_iter().flatten().collect(),
            period: json.period().map(|end| end.map(str::to_owned)),
            names_units: json.names_units(),
            settings: settings(&json.configuration),
            shown,
            as_of: json.as_of,
            language: json.language().and_then(Language::from_tag).unwrap_or_default(),
            totals,
        })
    }
}

/// The settings of a configuration, by their names in drawdown.toml. The language
/// of reports is none of the rules, and the period under review is told apart.
fn settings(configuration: &Value) -> BTreeMap<String, String> {
    fn add(name: &str, value: &Value, settings: &mut BTreeMap<String, String>) {
        let said = match value {
            Value::Object(below) => {
                for (key, value) in below {
                    let name = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
                    add(&name, value, settings);
                }
                return;
            }
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        settings.insert(name.to_owned(), said);
    }
    let mut settings = BTreeMap::new();
    add("", configuration, &mut settings);
    settings.retain(|name, _| !["lang", "period.from", "period.to"].contains(&name.as_str()));
    settings
}

fn read_table(folder: &Path, name: &str, needed: &[&str]) -> Result<PlainTable, Error> {
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
    needed.iter().try_for_each(|column| table.need(&[column]).map(drop))?;
    Ok(table)
}
