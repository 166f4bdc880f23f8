//! What differs. Pure.

use std::collections::BTreeSet;

use crate::diagnostics::{Error, Naming};
use crate::ingest::number;
use crate::language::Said;
use crate::model::{Exact, LineIds};
use crate::report::{Column, ColumnKind, DELIVERED, UPSELL};
use crate::run_json::UPSELL_CSV;

use super::entries::EntryDiff;
use super::side::{Keyed, RowKey, Side};

/// What is no difference.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// Columns that do not matter.
    pub ignore: BTreeSet<String>,
    /// Up to it two quantities or values are the same.
    pub tolerance: Option<Exact>,
}

impl Choice {
    /// A choice of columns that there are.
    ///
    /// # Errors
    /// [`Error::Usage`] for a column that neither table has, with the list.
    pub fn new(ignore: &[String], tolerance: Option<Exact>) -> Result<Self, Error> {
        let known: BTreeSet<&str> =
            DELIVERED.iter().chain(UPSELL).map(|column| column.name).collect();
        match ignore.iter().find(|name| !known.contains(name.as_str())) {
            Some(unknown) => Err(Error::Usage {
                problem: format!(
                    "--ignore {unknown}: there is no such column; the columns are: {}",
                    known.into_iter().collect::<Vec<_>>().join(", ")
                ),
            }),
            None => Ok(Self { ignore: ignore.iter().cloned().collect(), tolerance }),
        }
    }
}

/// What a row of the comparison is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DiffKind {
    /// A table that the comparison stands on is not what its run wrote.
    FileChanged,
    /// The runs were set up differently.
    SettingChanged,
    /// A control total changed.
    TotalChanged,
    /// An order line that the older run did not have.
    LineNew,
    /// An order line that the newer run does not have.
    LineGone,
    /// A cell of an order line changed.
    LineChanged,
    /// An upsell that the older run did not list.
    UpsellNew,
    /// An upsell of both runs, with its excess.
    UpsellOpen,
    /// Another cell of an upsell of both runs changed.
    UpsellChanged,
    /// An upsell that the newer run does not list.
    UpsellResolved,
    /// An entry of days that the older run had reported, which that run did
    /// not have.
    EntryBackDated,
    /// An entry of both runs that has another day or quantity, of days that the
    /// older run had reported.
    EntryChanged,
    /// An entry of both runs that leads to another line.
    EntryMoved,
    /// An entry of the older run which the newer one does not have, though its
    /// exports cover the day.
    EntryVanished,
}

impl DiffKind {
    /// The stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::FileChanged => "file_changed",
            Self::SettingChanged => "setting_changed",
            Self::TotalChanged => "total_changed",
            Self::LineNew => "line_new",
            Self::LineGone => "line_gone",
            Self::LineChanged => "line_changed",
            Self::UpsellNew => "upsell_new",
            Self::UpsellOpen => "upsell_open",
            Self::UpsellChanged => "upsell_changed",
            Self::UpsellResolved => "upsell_resolved",
            Self::EntryBackDated => "entry_back_dated",
            Self::EntryChanged => "entry_changed",
            Self::EntryMoved => "entry_moved",
            Self::EntryVanished => "entry_vanished",
        }
    }
}

/// Why an upsell is none any more, by what the two folders say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolution {
    /// Its order was locked or done.
    Locked,
    /// Its order is cancelled or a quotation again.
    Cancelled,
    /// More was sold on the same lines.
    MoreOrdered,
    /// A line was added to its order.
    NewLine,
    /// Another order was made for its contract.
    NewOrder,
    /// Less is delivered than before.
    Correction,
    /// Its lines are in no input any more.
    Gone,
    /// Its lines are an exception now.
    Exception,
    /// Nothing of these: another threshold or rule, perhaps.
    Other,
}

impl Resolution {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Locked,
        Self::Cancelled,
        Self::MoreOrdered,
        Self::NewLine,
        Self::NewOrder,
        Self::Correction,
        Self::Gone,
        Self::Exception,
        Self::Other,
    ];

    /// The stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Locked => "locked",
            Self::Cancelled => "cancelled",
            Self::MoreOrdered => "more_ordered",
            Self::NewLine => "new_line",
            Self::NewOrder => "new_order",
            Self::Correction => "correction",
            Self::Gone => "gone",
            Self::Exception => "exception",
            Self::Other => "other",
        }
    }
}

/// What is told of an entry. Orders by its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntryCells {
    /// The file it was read from.
    pub file: String,
    /// The sheet of a workbook.
    pub sheet: String,
    /// The row.
    pub row: u64,
    /// Its id; blank without one.
    pub id: String,
    /// Its day.
    pub date: String,
    /// Who worked.
    pub employee: String,
    /// How much, in its unit.
    pub quantity: String,
    /// The unit.
    pub unit: Naming<'static>,
    /// What was done.
    pub description: String,
}

/// A row of the comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiffRow {
    /// What it is about.
    pub kind: DiffKind,
    /// The order.
    pub order: String,
    /// The line, or the lines of an upsell.
    pub line: String,
    /// Customer and product, for people.
    pub about: [String; 2],
    /// The column that differs.
    pub column: String,
    /// What the older run says.
    pub old: String,
    /// What the newer run says.
    pub new: String,
    /// New less old, of two numbers.
    pub difference: String,
    /// How an upsell was resolved.
    pub how: Option<Resolution>,
    /// The entry that it is about.
    pub entry: Option<EntryCells>,
}

impl DiffRow {
    /// An upsell that is open as it was is listed, and no difference; nor is
    /// an upsell.csv that was filled in, or a setting, of which figures tell.
    #[must_use]
    pub fn is_difference(&self) -> bool {
        match self.kind {
            DiffKind::UpsellOpen => self.old != self.new,
            DiffKind::FileChanged => self.column != UPSELL_CSV,
            DiffKind::SettingChanged => false,
            _ => true,
        }
    }
}

/// Two runs beside each other.
#[derive(Debug, Clone, Default)]
pub struct Diff {
    /// Its rows, by kind, order and line.
    pub rows: Vec<DiffRow>,
    /// Columns that only one of the runs has.
    pub unshared_columns: Vec<String>,
    /// Columns that are not compared, since they are about different periods.
    pub columns_left_out: Vec<&'static str>,
    /// Why entries were not compared; `None` where they were.
    pub entries_left_out: Option<Said>,
    /// Entries that differ and are counted only.
    pub further_entries: usize,
}

impl Diff {
    /// Whether the runs say the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.unshared_columns.is_empty() && !self.rows.iter().any(DiffRow::is_difference)
    }

    /// Takes in what the entries say.
    #[must_use]
    pub fn with_entries(mut self, entries: EntryDiff) -> Self {
        self.rows.extend(entries.rows);
        self.further_entries = entries.further;
        self
    }

    /// How many rows there are of a kind.
    #[must_use]
    pub fn count(&self, kind: DiffKind) -> usize {
        self.rows.iter().filter(|row| row.kind == kind).count()
    }
}

/// Columns that follow from the day of the run, and from the runs before it.
const BY_DAY: [&str; 4] = ["days_since", "first_seen", "runs_open", "change"];
/// What a run knows of a line by the runs before it alone.
const BY_EARLIER: [&str; 2] = ["last_open", "first_locked"];
/// Columns about the period under review.
const BY_PERIOD: [&str; 2] = ["period_hours", "hours_before"];

/// Compares two runs.
#[must_use]
pub fn compare(old: &Side, new: &Side, choice: &Choice) -> Diff {
    let mut choice = choice.clone();
    let mut columns_left_out = Vec::new();
    if old.period != new.period {
        let left_out = BY_PERIOD.into_iter().filter(|name| !choice.ignore.contains(*name));
        columns_left_out.extend(left_out);
        choice.ignore.extend(BY_PERIOD.map(str::to_owned));
    }
    let choice = &choice;
    let mut rows = files(old, new);
    rows.extend(settings(old, new));
    rows.extend(totals(old, new));
    rows.extend(lines(old, new, choice));
    rows.extend(upsells(old, new, choice));
    rows.sort_by(|a, b| (a.kind, &a.order, &a.line).cmp(&(b.kind, &b.order, &b.line)));
    let mut unshared_columns = unshared(&old.lines, &new.lines);
    unshared_columns.extend(unshared(&old.upsells, &new.upsells));
    unshared_columns.retain(|name| !choice.ignore.contains(name));
    Diff { rows, unshared_columns, columns_left_out, ..Diff::default() }
}

fn unshared(old: &Keyed, new: &Keyed) -> Vec<String> {
    let missing = |these: &Keyed, those: &Keyed| -> Vec<String> {
        let columns = these.columns().iter();
        columns.filter(|column| !those.columns().contains(column)).cloned().collect()
    };
    [missing(old, new), missing(new, old)].concat()
}

/// Tables that are not what their run wrote.
fn files(old: &Side, new: &Side) -> Vec<DiffRow> {
    let of = |side: &Side, name: &str| {
        if side.changed.contains(&name) { side.shown.clone() } else { String::new() }
    };
    let names: BTreeSet<&str> = old.changed.iter().chain(&new.changed).copied().collect();
    names
        .into_iter()
        .map(|name| DiffRow {
            kind: DiffKind::FileChanged,
            order: String::new(),
            line: String::new(),
            about: Default::default(),
            column: name.to_owned(),
            old: of(old, name),
            new: of(new, name),
            difference: String::new(),
            how: None,
            entry: None,
        })
        .collect()
}

/// Settings of which the runs had different ones.
fn settings(old: &Side, new: &Side) -> Vec<DiffRow> {
    let names: BTreeSet<&String> = old.settings.keys().chain(new.settings.keys()).collect();
    let said = |side: &Side, name: &String| side.settings.get(name).cloned().unwrap_or_default();
    names
        .into_iter()
        .map(|name| (name, said(old, name), said(new, name)))
        .filter(|(_, old, new)| old != new)
        .map(|(name, old, new)| DiffRow {
            kind: DiffKind::SettingChanged,
            order: String::new(),
            line: String::new(),
            about: Default::default(),
            column: name.clone(),
            old,
            new,
            difference: String::new(),
            how: None,
            entry: None,
        })
        .collect()
}

fn totals(old: &Side, new: &Side) -> Vec<DiffRow> {
    let names: BTreeSet<&String> = old.totals.keys().chain(new.totals.keys()).collect();
    let said = |side: &Side, name: &String| side.totals.get(name).cloned().unwrap_or_default();
    names
        .into_iter()
        .map(|name| (name, said(old, name), said(new, name)))
        .filter(|(_, old, new)| old != new)
        .map(|(name, old, new)| DiffRow {
            kind: DiffKind::TotalChanged,
            order: String::new(),
            line: String::new(),
            about: Default::default(),
            column: name.clone(),
            // Totals are printed without zeros at their ends.
            difference: trimmed(difference(&old, &new)),
            old,
            new,
            how: None,
            entry: None,
        })
        .collect()
}

/// Every key of two tables, once.
fn all_keys<'a>(old: &'a Keyed, new: &'a Keyed) -> BTreeSet<&'a RowKey> {
    old.keys().chain(new.keys()).collect()
}

/// A row about a key, without a column.
fn about(kind: DiffKind, key: &RowKey, of: &Keyed) -> DiffRow {
    let part = |at: usize| key.get(at).cloned().unwrap_or_default();
    DiffRow {
        kind,
        order: part(0),
        line: part(1),
        about: ["customer", "product"].map(|column| of.cell(key, column).to_owned()),
        column: String::new(),
        old: String::new(),
        new: String::new(),
        difference: String::new(),
        how: None,
        entry: None,
    }
}

fn with_column(row: DiffRow, column: &str, old: &str, new: &str) -> DiffRow {
    DiffRow {
        column: column.to_owned(),
        difference: difference(old, new),
        old: old.to_owned(),
        new: new.to_owned(),
        ..row
    }
}

fn trimmed(printed: String) -> String {
    if printed.contains('.') {
        printed.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        printed
    }
}

/// New less old, with the decimals of the finer one.
fn difference(old: &str, new: &str) -> String {
    let decimals = |text: &str| text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    match (number(old), number(new)) {
        (Some(a), Some(b)) => {
            let decimals = decimals(old).max(decimals(new));
            (Exact::from(b) - Exact::from(a)).to_fixed(u32::try_from(decimals).unwrap_or(u32::MAX))
        }
        _ => String::new(),
    }
}

/// The cells of a row of both tables that differ.
fn changed<'a>(
    key: &'a RowKey,
    old: &'a Keyed,
    new: &'a Keyed,
    columns: &'a [Column],
    choice: &'a Choice,
) -> impl Iterator<Item = (&'static str, &'a str, &'a str)> + 'a {
    let shared = |table: &Keyed, name: &str| table.columns().iter().any(|known| known == name);
    columns
        .iter()
        .filter(move |column| {
            !choice.ignore.contains(column.name)
                && shared(old, column.name)
                && shared(new, column.name)
        })
        .map(move |column| (column, old.cell(key, column.name), new.cell(key, column.name)))
        .filter(move |(column, old, new)| !is_same(column.kind, old, new, choice))
        .map(|(column, old, new)| (column.name, old, new))
}

fn is_same(kind: ColumnKind, old: &str, new: &str, choice: &Choice) -> bool {
    if old == new {
        return true;
    }
    let measures = matches!(kind, ColumnKind::Quantity | ColumnKind::Money | ColumnKind::Hours);
    match (&choice.tolerance, number(old), number(new)) {
        (Some(tolerance), Some(old), Some(new)) if measures => {
            (Exact::from(new) - Exact::from(old)).abs() <= *tolerance
        }
        _ => false,
    }
}

fn lines(old: &Side, new: &Side, choice: &Choice) -> Vec<DiffRow> {
    let mut rows = Vec::new();
    for key in all_keys(&old.lines, &new.lines) {
        match (old.lines.has(key), new.lines.has(key)) {
            (false, _) => rows.push(with_column(
                about(DiffKind::LineNew, key, &new.lines),
                "delivered",
                "",
                new.lines.cell(key, "delivered"),
            )),
            (_, false) => rows.push(with_column(
                about(DiffKind::LineGone, key, &old.lines),
                "delivered",
                old.lines.cell(key, "delivered"),
                "",
            )),
            (true, true) => {
                let of_line = changed(key, &old.lines, &new.lines, DELIVERED, choice);
                let of_line = of_line.filter(|(column, ..)| !BY_EARLIER.contains(column));
                rows.extend(of_line.map(|(column, before, after)| {
                    let row = about(DiffKind::LineChanged, key, &new.lines);
                    with_column(row, column, before, after)
                }));
            }
        }
    }
    rows
}

fn upsells(old: &Side, new: &Side, choice: &Choice) -> Vec<DiffRow> {
    let same_day = old.as_of == new.as_of;
    let excess = |side: &Side, key: &RowKey| side.upsells.cell(key, "excess").to_owned();
    let mut rows = Vec::new();
    for key in all_keys(&old.upsells, &new.upsells) {
        match (old.upsells.has(key), new.upsells.has(key)) {
            (false, _) => rows.push(with_column(
                about(DiffKind::UpsellNew, key, &new.upsells),
                "excess",
                "",
                &excess(new, key),
            )),
            (_, false) => rows.push(DiffRow {
                how: Some(resolution(key, old, new)),
                ..with_column(
                    about(DiffKind::UpsellResolved, key, &old.upsells),
                    "excess",
                    &excess(old, key),
                    "",
                )
            }),
            (true, true) => {
                let (before, mut after) = (excess(old, key), excess(new, key));
                let ignored = choice.ignore.contains("excess");
                if ignored || is_same(ColumnKind::Quantity, &before, &after, choice) {
                    after.clone_from(&before);
                }
                let row = about(DiffKind::UpsellOpen, key, &new.upsells);
                rows.push(with_column(row, "excess", &before, &after));
                rows.extend(
                    changed(key, &old.upsells, &new.upsells, UPSELL, choice)
                        .filter(|(column, ..)| {
                            *column != "excess" && (same_day || !BY_DAY.contains(column))
                        })
                        .map(|(column, before, after)| {
                            with_column(
                                about(DiffKind::UpsellChanged, key, &new.upsells),
                                column,
                                before,
                                after,
                            )
                        }),
                );
            }
        }
    }
    rows
}

/// Why an upsell of the older run is none in the newer one.
fn resolution(upsell: &RowKey, old: &Side, new: &Side) -> Resolution {
    let order = upsell.first().map_or("", String::as_str);
    let ids = LineIds::read(upsell.get(1).map_or("", String::as_str));
    let is_of = |key: &&RowKey| key.get(1).is_some_and(|line| ids.iter().any(|id| id == line));
    let contract = old.upsells.cell(upsell, "contract");
    // A line of a pool may be of another order; its id may be of another
    // contract's line, where ids are only told apart by their orders.
    let is_own = |side: &Side, key: &&RowKey| {
        is_of(key)
            && (key.first().is_some_and(|of| of == order)
                || (!contract.is_empty() && side.lines.cell(key, "contract") == contract))
    };
    let before: Vec<&RowKey> = old.lines.keys().filter(|key| is_own(old, key)).collect();
    let after: Vec<&RowKey> = new.lines.keys().filter(|key| is_own(new, key)).collect();
    if after.is_empty() {
        return Resolution::Gone;
    }
    let statuses: Vec<&str> = after.iter().map(|key| new.lines.cell(key, "status")).collect();
    if statuses.contains(&"exception") {
        return Resolution::Exception;
    }
    if statuses.iter().all(|status| matches!(*status, "cancelled" | "not_confirmed")) {
        return Resolution::Cancelled;
    }
    let sum = |side: &Side, keys: &[&RowKey], column: &str| -> Exact {
        let cells = keys.iter().map(|key| side.lines.cell(key, column));
        cells.filter_map(number).map(Exact::from).sum()
    };
    if sum(new, &after, "ordered") > sum(old, &before, "ordered") {
        return Resolution::MoreOrdered;
    }
    let counts = |side: &Side, key: &RowKey| {
        !matches!(side.lines.cell(key, "status"), "" | "cancelled" | "not_confirmed")
    };
    let added: Vec<&RowKey> = new
        .lines
        .keys()
        .filter(|key| !contract.is_empty() && new.lines.cell(key, "contract") == contract)
        .filter(|key| !is_of(key) && counts(new, key) && !counts(old, key))
        .collect();
    if !added.is_empty() {
        let on_order = added.iter().any(|key| key.first().is_some_and(|of| of == order));
        return if on_order { Resolution::NewLine } else { Resolution::NewOrder };
    }
    if statuses.contains(&"locked") {
        return Resolution::Locked;
    }
    if sum(new, &after, "delivered") < sum(old, &before, "delivered") {
        return Resolution::Correction;
    }
    Resolution::Other
}
