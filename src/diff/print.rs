//! The comparison as tables, for people and for programs.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema};
use serde::Serialize;

use crate::diagnostics::Place;
use crate::report::{Column, ColumnKind, SummaryBlock, SummaryValue, Table, TableSchema, in_csv};
use crate::run_json::RUN_JSON;

use super::compare::{Diff, DiffKind, DiffRow, EntryCells};
use super::side::Side;

const fn text(name: &'static str, title: &'static str) -> Column {
    Column { name, title, kind: ColumnKind::Text }
}

/// The columns of the comparison as CSV.
pub const DIFF: &[Column] = &[
    text("kind", "Kind"),
    text("order", "Order"),
    text("line", "Line"),
    text("customer", "Customer"),
    text("product", "Product"),
    text("column", "Column"),
    text("old", "Old"),
    text("new", "New"),
    text("difference", "Difference"),
    text("how", "How"),
    text("entry", "Entry"),
    text("date", "Date"),
    text("employee", "Employee"),
    text("quantity", "Quantity"),
    text("unit", "Unit"),
    text("description", "Description"),
    text("file", "File"),
    text("sheet", "Sheet"),
    text("row", "Row"),
];

/// Rows of a kind that people are shown.
const SHOWN: usize = 40;

/// The comparison as a table.
#[must_use]
pub fn table(diff: &Diff) -> Table<'_> {
    Table::new("diff", DIFF, diff.rows.len(), |at| {
        diff.rows.get(at).map_or_else(Vec::new, |row| cells(row).into_iter().map(in_csv).collect())
    })
}

fn cells(row: &DiffRow) -> Vec<Cow<'_, str>> {
    let [customer, product] = &row.about;
    let mut cells: Vec<Cow<'_, str>> = [
        row.kind.name(),
        &row.order,
        &row.line,
        customer,
        product,
        &row.column,
        &row.old,
        &row.new,
        &row.difference,
        row.how.map_or("", super::Resolution::name),
    ]
    .map(Cow::Borrowed)
    .into();
    match &row.entry {
        Some(entry) => {
            let texts = [
                &entry.id,
                &entry.date,
                &entry.employee,
                &entry.quantity,
                &entry.unit,
                &entry.description,
                &entry.file,
                &entry.sheet,
            ];
            cells.extend(texts.map(|text| Cow::Borrowed(text.as_str())));
            cells.push(Cow::Owned(entry.row.to_string()));
        }
        None => cells.resize(DIFF.len(), Cow::Borrowed("")),
    }
    cells
}

#[derive(Serialize, JsonSchema)]
struct Json<'a> {
    old: Run<'a>,
    new: Run<'a>,
    equal: bool,
    unshared_columns: &'a [String],
    entries_left_out: Option<&'a str>,
    further_entries: usize,
    /// The columns of the CSV that are filled, each as it is written there.
    #[schemars(with = "Vec<BTreeMap<String, String>>")]
    rows: Vec<serde_json::Value>,
    /// Columns that are not compared, since the runs review different periods.
    columns_left_out: &'a [&'static str],
}

#[derive(Serialize, JsonSchema)]
struct Run<'a> {
    folder: &'a str,
    as_of: String,
}

/// The schema of the comparison as JSON.
#[must_use]
pub fn json_schema() -> Schema {
    crate::report::json_schema::<Json<'_>>()
}

/// The columns of the comparison as CSV, with their meanings.
#[must_use]
pub fn table_schema() -> TableSchema {
    TableSchema::new("diff", DIFF)
}

/// The comparison as JSON: the rows of the table as objects, blank cells left
/// out.
///
/// # Errors
/// Never for the types that it is made of.
pub fn json(diff: &Diff, old: &Side, new: &Side) -> Result<String, serde_json::Error> {
    let row = |row: &DiffRow| {
        let named = DIFF.iter().map(|column| column.name).zip(cells(row));
        let filled = named.filter(|(_, cell)| !cell.is_empty());
        serde_json::Value::Object(
            filled.map(|(name, cell)| (name.to_owned(), cell.as_ref().into())).collect(),
        )
    };
    let run = |side: &'_ Side| (side.shown.clone(), side.as_of.to_string());
    let ((old_folder, old_day), (new_folder, new_day)) = (run(old), run(new));
    let mut text = serde_json::to_string_pretty(&Json {
        old: Run { folder: &old_folder, as_of: old_day },
        new: Run { folder: &new_folder, as_of: new_day },
        equal: diff.is_empty(),
        unshared_columns: &diff.unshared_columns,
        entries_left_out: diff.entries_left_out.as_deref(),
        further_entries: diff.further_entries,
        rows: diff.rows.iter().map(row).collect(),
        columns_left_out: &diff.columns_left_out,
    })?;
    text.push('\n');
    Ok(text)
}

/// Whether a file begins as a comparison does, in any of its formats.
#[must_use]
pub fn is_comparison(beginning: &[u8]) -> bool {
    let header: Vec<&str> = DIFF.iter().map(|column| column.name).collect();
    let header = format!("{}\n", header.join(","));
    let beginnings = [header.as_str(), "{\n  \"old\": {\n    \"folder\": ", "Runs\n       Folder"];
    beginnings.iter().any(|text| beginning.starts_with(text.as_bytes()))
}

/// The comparison for people: a block for each kind of row.
#[must_use]
pub fn blocks(diff: &Diff, old: &Side, new: &Side) -> Vec<SummaryBlock> {
    let run =
        |side: &Side| vec![SummaryValue::Text(side.shown.clone()), SummaryValue::Day(side.as_of)];
    let mut blocks = vec![SummaryBlock {
        heading: "Runs".to_owned(),
        columns: vec!["Folder".to_owned(), "As of".to_owned()],
        rows: vec![("Old".to_owned(), run(old)), ("New".to_owned(), run(new))],
    }];
    blocks.extend(changed_files(diff).map(remark));
    if !diff.columns_left_out.is_empty() {
        let period = |side: &Side| match &side.period {
            [None, None] => "no period".to_owned(),
            [from, to] => {
                let end = |day: &Option<String>| day.clone().unwrap_or_default();
                format!("{} to {}", end(from), to.clone().unwrap_or(side.as_of.to_string()))
            }
        };
        blocks.push(remark(format!(
            "The runs review different periods ({}, and {}), so {} are not compared",
            period(old),
            period(new),
            diff.columns_left_out.join(" and ")
        )));
    }
    let kinds = [
        (DiffKind::UpsellNew, "New upsells"),
        (DiffKind::UpsellOpen, "Upsells still open"),
        (DiffKind::UpsellChanged, "Other changes of open upsells"),
        (DiffKind::UpsellResolved, "Upsells resolved"),
        (DiffKind::LineChanged, "Order lines that changed"),
        (DiffKind::LineNew, "New order lines"),
        (DiffKind::LineGone, "Order lines that are gone"),
        (DiffKind::TotalChanged, "Changes of control totals"),
        (DiffKind::EntryBackDated, "Entries back-dated into days already reported"),
        (DiffKind::EntryMoved, "Entries that moved to another line"),
        (DiffKind::EntryVanished, "Entries that are gone from newer exports of their days"),
    ];
    for (kind, heading) in kinds {
        let rows: Vec<&DiffRow> = diff.rows.iter().filter(|row| row.kind == kind).collect();
        match kind {
            _ if rows.is_empty() => {}
            DiffKind::LineChanged => blocks.push(changed_lines(heading, &rows)),
            _ => blocks.push(block(kind, heading, &rows)),
        }
    }
    if diff.further_entries > 0 {
        blocks.push(remark(format!("Further entries that differ: {}", diff.further_entries)));
    }
    if let Some(reason) = &diff.entries_left_out {
        blocks.push(remark(format!("Entries are not compared: {reason}")));
    }
    if !diff.unshared_columns.is_empty() {
        let columns = diff.unshared_columns.join(", ");
        blocks.push(remark(format!(
            "Columns that only one of the runs has, not compared: {columns}"
        )));
    }
    blocks
}

/// What is said of tables that are not what their run wrote.
fn changed_files(diff: &Diff) -> impl Iterator<Item = String> {
    let changed = diff.rows.iter().filter(|row| row.kind == DiffKind::FileChanged);
    changed.flat_map(|row| {
        let folders = [&row.old, &row.new].into_iter().filter(|folder| !folder.is_empty());
        folders.map(|folder| {
            if row.is_difference() {
                format!(
                    "{folder}/{} is not what the run wrote: its digest is not the one in {RUN_JSON}. Run again, so that the comparison is one of two runs",
                    row.column
                )
            } else {
                format!(
                    "{folder}/{} was changed since the run wrote it. Its columns to fill in are meant to be; the others are compared as they stand now",
                    row.column
                )
            }
        })
    })
}

fn remark(heading: String) -> SummaryBlock {
    SummaryBlock { heading, columns: Vec::new(), rows: Vec::new() }
}

/// A row for each line: what matters most side by side, other columns named.
fn changed_lines(heading: &str, rows: &[&DiffRow]) -> SummaryBlock {
    const MOST: [&str; 3] = ["delivered", "exported", "status"];
    let lines: Vec<&[&DiffRow]> =
        rows.chunk_by(|a, b| (&a.order, &a.line) == (&b.order, &b.line)).collect();
    let of_line = |rows: &&[&DiffRow]| {
        let change = |column: &str| {
            let change = rows.iter().find(|row| row.column == column);
            let side =
                |text: &str| if text.is_empty() { "(empty)".to_owned() } else { text.to_owned() };
            change.map_or(String::new(), |row| format!("{} → {}", side(&row.old), side(&row.new)))
        };
        let others: Vec<&str> = rows
            .iter()
            .map(|row| row.column.as_str())
            .filter(|column| !MOST.contains(column))
            .collect();
        let (order, line) =
            rows.first().map_or(("", ""), |row| (row.order.as_str(), row.line.as_str()));
        let texts = MOST.map(change).into_iter().chain([others.join(", ")]);
        let line = SummaryValue::Text(line.to_owned());
        let values = [line].into_iter().chain(texts.map(SummaryValue::Text)).collect();
        (order.to_owned(), values)
    };
    let columns = ["Line", "Delivered", "Delivered in ERP", "Status", "Also"];
    SummaryBlock {
        heading: counted(heading, lines.len()),
        columns: columns.map(str::to_owned).to_vec(),
        rows: lines.iter().take(SHOWN).map(of_line).collect(),
    }
}

fn counted(heading: &str, count: usize) -> String {
    if count > SHOWN {
        format!("{heading}: {count}, the first {SHOWN}")
    } else {
        format!("{heading}: {count}")
    }
}

fn block(kind: DiffKind, heading: &str, rows: &[&DiffRow]) -> SummaryBlock {
    let words = |text: &str| SummaryValue::Text(text.to_owned());
    // Numbers to the right.
    let amount = |text: &str| match crate::ingest::number(text) {
        Some(_) => SummaryValue::Number(text.to_owned()),
        None => SummaryValue::Text(text.to_owned()),
    };
    let columns: &[&str] = match kind {
        DiffKind::FileChanged => &[],
        DiffKind::TotalChanged => &["Old", "New", "Difference"],
        DiffKind::LineNew => &["Line", "Customer", "Product", "Delivered"],
        DiffKind::LineGone => &["Line", "Customer", "Product", "Delivered before"],
        DiffKind::UpsellNew => &["Lines", "Customer", "Product", "Excess"],
        DiffKind::UpsellResolved => &["Lines", "Customer", "Product", "Excess before", "How"],
        DiffKind::UpsellOpen => &["Lines", "Customer", "Excess before", "Excess", "Difference"],
        DiffKind::LineChanged | DiffKind::UpsellChanged => {
            &["Line", "Column", "Old", "New", "Difference"]
        }
        DiffKind::EntryBackDated => &["Date", "Employee", "Quantity", "Unit", "Leads to"],
        DiffKind::EntryMoved => &["Date", "Employee", "Quantity", "Unit", "Led to", "Leads to"],
        DiffKind::EntryVanished => &["Date", "Employee", "Quantity", "Unit", "Led to"],
    };
    let values = |row: &DiffRow| -> Vec<SummaryValue> {
        let line = SummaryValue::Text(row.line.clone());
        let [customer, product] = [words(&row.about[0]), words(&row.about[1])];
        let (old, new) = (amount(&row.old), amount(&row.new));
        let difference = amount(&row.difference);
        match kind {
            DiffKind::FileChanged => Vec::new(),
            DiffKind::TotalChanged => vec![old, new, difference],
            DiffKind::LineNew | DiffKind::UpsellNew => vec![line, customer, product, new],
            DiffKind::LineGone => vec![line, customer, product, old],
            DiffKind::UpsellResolved => {
                let how = row.how.map_or("", super::Resolution::name).replace('_', " ");
                vec![line, customer, product, old, words(&how)]
            }
            DiffKind::UpsellOpen => vec![line, customer, old, new, difference],
            DiffKind::LineChanged | DiffKind::UpsellChanged => {
                vec![line, words(&row.column), old, new, difference]
            }
            DiffKind::EntryBackDated | DiffKind::EntryMoved | DiffKind::EntryVanished => {
                let Some(entry) = &row.entry else { return Vec::new() };
                let mut values = vec![
                    words(&entry.date),
                    words(&entry.employee),
                    amount(&entry.quantity),
                    words(&entry.unit),
                ];
                if kind != DiffKind::EntryBackDated {
                    values.push(SummaryValue::Text(row.old.clone()));
                }
                if kind != DiffKind::EntryVanished {
                    values.push(SummaryValue::Text(row.new.clone()));
                }
                values
            }
        }
    };
    let label = |row: &DiffRow| match kind {
        DiffKind::TotalChanged => row.column.replace('_', " "),
        DiffKind::EntryBackDated | DiffKind::EntryMoved | DiffKind::EntryVanished => {
            let place = |entry: &EntryCells| {
                let sheet = Some(entry.sheet.as_str()).filter(|sheet| !sheet.is_empty());
                Place::new(&entry.file, sheet).at_row(entry.row).to_string()
            };
            row.entry.as_ref().map_or(String::new(), place)
        }
        _ => row.order.clone(),
    };
    SummaryBlock {
        heading: counted(heading, rows.len()),
        columns: columns.iter().map(|&column| column.to_owned()).collect(),
        rows: rows.iter().take(SHOWN).map(|row| (label(row), values(row))).collect(),
    }
}
