//! Exports of a running Odoo 18 (fixtures/recognised/odoo-18), held against
//! what that server itself computed for every order line.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

#[path = "support/in_process.rs"]
mod in_process;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use drawdown::model::Period;
use drawdown::reconcile::Rules;
use drawdown::report::Report;
use rust_decimal::Decimal;

use in_process::Row;

/// Rule 5.3: these lines are sold by the piece while their entries are in
/// hours and days, another category. Odoo adds such entries up as they stand;
/// here each of them is an exception, so that nothing is delivered. Where Odoo
/// then reads the line as upselling, its order does so as well. Nothing else
/// differs: order, product, column, what Odoo computed, what drawdown says.
const SOLD_BY_THE_PIECE: [(&str, &str, &str, &str, &str); 7] = [
    ("S00032", "Support ticket", "delivered", "3.08", "0"),
    // Another line of the order, which has the order's status.
    ("S00050", "Retainer", "order_invoice_status", "upselling", "invoiced"),
    ("S00050", "Support ticket", "delivered", "96.85", "0"),
    ("S00050", "Support ticket", "invoice_status", "upselling", "invoiced"),
    ("S00050", "Support ticket", "order_invoice_status", "upselling", "invoiced"),
    ("S00059", "Support ticket", "delivered", "0.18", "0"),
    ("S00059", "Support ticket", "delivered", "43.6", "0"),
];

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/recognised/odoo-18").join(name)
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

const WORKBOOKS: [&str; 4] = [
    "workbooks-english/sale_order_line.xlsx",
    "workbooks-english/timesheets.xlsx",
    "workbooks-english/product_template.xlsx",
    "workbooks-english/uom_uom.xlsx",
];

/// A run over these files.
fn report(files: &[&str]) -> Report {
    let paths: Vec<PathBuf> = files.iter().map(|name| fixture(name)).collect();
    let day = NaiveDate::from_ymd_opt(2026, 12, 31).expect("a day");
    let rules = Rules::standard(Period::until(day));
    in_process::reconcile(&paths, &rules, 2).unwrap_or_else(|error| panic!("{error}"))
}

/// delivered.csv of that run, by line id.
fn delivered(files: &[&str]) -> BTreeMap<String, Row> {
    let report = report(files);
    let rows = in_process::rows(&in_process::csv_text(&report.delivered()));
    rows.into_iter().map(|row| (row["line"].clone(), row)).collect()
}

/// The confirmed lines that have a quantity to reconcile.
fn computed() -> Vec<Row> {
    in_process::rows(&read(&fixture("computed.csv")))
        .into_iter()
        .filter(|line| line["display_type"].is_empty() && line["is_downpayment"] != "True")
        .filter(|line| line["order_state"] == "sale")
        .collect()
}

/// A difference from what Odoo computed: order, product, column, its, ours.
type Difference = (String, String, &'static str, String, String);

fn differences(ours: &BTreeMap<String, Row>) -> Vec<Difference> {
    let computed = computed();
    // Neither file may lose lines unseen.
    assert_eq!(computed.len(), 120);
    let mut found = Vec::new();
    for line in &computed {
        let Some(row) = ours.get(&line["line_xid"]) else {
            panic!("{} {} is not in delivered.csv", line["order"], line["line_xid"]);
        };
        let status = |text: &str| text.replace(' ', "_");
        let compared = [
            ("delivered", number(&line["qty_delivered"]), number(&row["delivered"])),
            ("invoice_status", status(&line["line_invoice_status"]), row["invoice_status"].clone()),
            (
                "order_invoice_status",
                status(&line["order_invoice_status"]),
                row["order_invoice_status"].clone(),
            ),
        ];
        for (column, theirs, ours) in compared {
            if theirs != ours {
                let (order, product) = (line["order"].clone(), line["product"].clone());
                found.push((order, product, column, theirs, ours));
            }
        }
    }
    found.sort();
    found
}

/// `6.5` for `6.50`: the number, however many zeros end it.
fn number(text: &str) -> String {
    let number: Decimal = text.parse().unwrap_or_else(|_| panic!("\"{text}\" is no number"));
    number.normalize().to_string()
}

#[track_caller]
fn agrees_with_odoo(files: &[&str]) {
    let found = differences(&delivered(files));
    let expected = SOLD_BY_THE_PIECE.map(|(order, product, column, theirs, ours)| {
        (order.to_owned(), product.to_owned(), column, theirs.to_owned(), ours.to_owned())
    });
    assert_eq!(found, expected, "from {files:?}");
}

#[test]
fn technical_headers_with_exported_lines_give_what_odoo_computed() {
    agrees_with_odoo(&[
        "technical/sale_order_line.csv",
        "technical/timesheets.csv",
        "technical/product_template.csv",
        "technical/uom_uom.csv",
        "technical/uom_category.csv",
    ]);
}

#[test]
fn technical_headers_with_lines_nested_in_orders_give_what_odoo_computed() {
    agrees_with_odoo(&[
        "technical/sale_order_nested.csv",
        "technical/timesheets.csv",
        "technical/product_template.csv",
        "technical/uom_uom.csv",
        "technical/uom_category.csv",
    ]);
}

#[test]
fn english_headers_with_exported_lines_give_what_odoo_computed() {
    agrees_with_odoo(&[
        "english/sale_order_line.csv",
        "english/timesheets.csv",
        "english/product_template.csv",
        "english/uom_uom.csv",
        "english/uom_category.csv",
    ]);
}

#[test]
fn english_headers_with_lines_nested_in_orders_give_what_odoo_computed() {
    agrees_with_odoo(&[
        "english/sale_order_nested.csv",
        "english/timesheets.csv",
        "english/product_template.csv",
        "english/uom_uom.csv",
        "english/uom_category.csv",
    ]);
}

#[test]
fn workbooks_with_exported_lines_give_what_odoo_computed() {
    agrees_with_odoo(&WORKBOOKS);
}

#[test]
fn workbooks_with_lines_nested_in_orders_give_what_odoo_computed() {
    agrees_with_odoo(&[
        "workbooks-english/sale_order_nested.xlsx",
        "workbooks-english/timesheets.xlsx",
        "workbooks-english/product_template.xlsx",
        "workbooks-english/uom_uom.xlsx",
    ]);
}

/// Records and headings of groups in the file of this name.
fn rows_of(report: &Report, name: &str) -> (u64, u64) {
    let input = report.inputs.iter().find(|input| input.path.ends_with(name)).expect("an input");
    (input.rows, input.group_rows)
}

/// Exported from a list grouped by order: headings stand among the records.
#[test]
fn a_grouped_list_of_lines_gives_what_odoo_computed() {
    let mut files = WORKBOOKS;
    files[0] = "workbooks-grouped/sale_order_line.xlsx";
    agrees_with_odoo(&files);
    assert_eq!(rows_of(&report(&files), files[0]), (158, 62));
    assert_eq!(rows_of(&report(&WORKBOOKS), WORKBOOKS[0]), (158, 0));
}

/// Grouped in two levels, 300 of the entries: each is one that the whole list
/// has as well, in every column.
#[test]
fn a_grouped_list_of_entries_has_the_entries_of_the_plain_one() {
    let grouped = "workbooks-grouped/timesheets.xlsx";
    let mut files = WORKBOOKS.to_vec();
    files.push(grouped);
    agrees_with_odoo(&files);
    let (both, plain) = (report(&files), report(&WORKBOOKS));
    assert_eq!(rows_of(&both, grouped), (300, 242));
    assert_eq!(both.totals.entries.duplicates, 300);
    assert_eq!(both.totals.entries.attributed, plain.totals.entries.attributed);
    assert_eq!(both.totals.entries.rejected, plain.totals.entries.rejected);
}

/// Only the lines were exported as a workbook with technical headers.
#[test]
fn a_workbook_with_technical_headers_beside_text_files_gives_what_odoo_computed() {
    agrees_with_odoo(&[
        "workbooks-technical/sale_order_line.xlsx",
        "technical/timesheets.csv",
        "technical/product_template.csv",
        "technical/uom_uom.csv",
        "technical/uom_category.csv",
    ]);
}

/// The same lines listed and nested, in two styles: one record each (chapter
/// 1, Keys), and the entries of both timesheets are the same entries.
#[test]
fn both_styles_and_both_ways_of_exporting_at_once_give_what_odoo_computed() {
    agrees_with_odoo(&[
        "technical/sale_order_line.csv",
        "technical/sale_order_nested.csv",
        "technical/timesheets.csv",
        "technical/product_template.csv",
        "technical/uom_uom.csv",
        "technical/uom_category.csv",
        "english/sale_order_line.csv",
        "english/sale_order_nested.csv",
        "english/timesheets.csv",
        "english/product_template.csv",
        "english/uom_uom.csv",
        "english/uom_category.csv",
    ]);
}
