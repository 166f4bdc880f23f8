//! The comparison as tables, for people and for programs.

use std::borrow::Cow;

use serde::Serialize;

use crate::report::{Column, ColumnKind, SummaryBlock, SummaryValue, Table, Value};

use super::compare::{Diff, DiffKind, DiffRow};
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
];

/// Rows of a kind that people are shown.
const SHOWN: usize = 40;

/// The comparison as a table.
#[must_use]
pub fn table(diff: &Diff) -> Table<'_> {
    Table::new("diff", DIFF, diff.rows.len(), |at| {
        diff.rows.get(at).map_or_else(Vec::new, |row| {
            cells(row).into_iter().map(|cell| Value::Text(Cow::Borrowed(cell))).collect()
        })
    })
}

fn cells(row: &DiffRow) -> [&str; 10] {
    let [customer, product] = &row.about;
    [
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
}

#[derive(Serialize)]
struct Json<'a> {
    old: Run<'a>,
    new: Run<'a>,
    equal: bool,
    unshared_columns: &'a [String],
    rows: Vec<serde_json::Value>,
}

#[derive(Serialize)]
struct Run<'a> {
    folder: &'a str,
    as_of: String,
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
            filled.map(|(name, cell)| (name.to_owned(), cell.into())).collect(),
        )
    };
    let run = |side: &'_ Side| (side.shown.clone(), side.as_of.to_string());
    let ((old_folder, old_day), (new_folder, new_day)) = (run(old), run(new));
    let mut text = serde_json::to_string_pretty(&Json {
        old: Run { folder: &old_folder, as_of: old_day },
        new: Run { folder: &new_folder, as_of: new_day },
        equal: diff.is_empty(),
        unshared_columns: &diff.unshared_columns,
        rows: diff.rows.iter().map(row).collect(),
    })?;
    text.push('\n');
    Ok(text)
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
    let kinds = [
        (DiffKind::UpsellNew, "New upsells"),
        (DiffKind::UpsellOpen, "Upsells still open"),
        (DiffKind::UpsellChanged, "Other changes of open upsells"),
        (DiffKind::UpsellResolved, "Upsells resolved"),
        (DiffKind::LineChanged, "Changes of order lines"),
        (DiffKind::LineNew, "New order lines"),
        (DiffKind::LineGone, "Order lines that are gone"),
        (DiffKind::TotalChanged, "Changes of control totals"),
    ];
    for (kind, heading) in kinds {
        let rows: Vec<&DiffRow> = diff.rows.iter().filter(|row| row.kind == kind).collect();
        if !rows.is_empty() {
            blocks.push(block(kind, heading, &rows));
        }
    }
    if !diff.unshared_columns.is_empty() {
        blocks.push(SummaryBlock {
            heading: format!(
                "Columns that only one of the runs has, not compared: {}",
                diff.unshared_columns.join(", ")
            ),
            columns: Vec::new(),
            rows: Vec::new(),
        });
    }
    blocks
}

fn block(kind: DiffKind, heading: &str, rows: &[&DiffRow]) -> SummaryBlock {
    let words = |text: &str| SummaryValue::Text(text.to_owned());
    // Numbers to the right.
    let amount = |text: &str| match crate::ingest::number(text) {
        Some(_) => SummaryValue::Number(text.to_owned()),
        None => SummaryValue::Text(text.to_owned()),
    };
    let columns: &[&str] = match kind {
        DiffKind::TotalChanged => &["Old", "New", "Difference"],
        DiffKind::LineNew => &["Line", "Customer", "Product", "Delivered"],
        DiffKind::LineGone => &["Line", "Customer", "Product", "Delivered before"],
        DiffKind::UpsellNew => &["Lines", "Customer", "Product", "Excess"],
        DiffKind::UpsellResolved => &["Lines", "Customer", "Product", "Excess before", "How"],
        DiffKind::UpsellOpen => &["Lines", "Customer", "Excess before", "Excess", "Difference"],
        DiffKind::LineChanged | DiffKind::UpsellChanged => {
            &["Line", "Column", "Old", "New", "Difference"]
        }
    };
    let values = |row: &DiffRow| -> Vec<SummaryValue> {
        let line = words(&row.line);
        let [customer, product] = [words(&row.about[0]), words(&row.about[1])];
        let (old, new) = (amount(&row.old), amount(&row.new));
        let difference = amount(&row.difference);
        match kind {
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
        }
    };
    let label = |row: &DiffRow| match kind {
        DiffKind::TotalChanged => row.column.replace('_', " "),
        _ => row.order.clone(),
    };
    let heading = match rows.len() {
        count if count > SHOWN => format!("{heading}: {count}, the first {SHOWN}"),
        count => format!("{heading}: {count}"),
    };
    SummaryBlock {
        heading,
        columns: columns.iter().map(|&column| column.to_owned()).collect(),
        rows: rows.iter().take(SHOWN).map(|row| (label(row), values(row))).collect(),
    }
}
