//! What a person reads first: on the terminal and on the workbook's first
//! sheet. Ten seconds are enough for it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::model::{Currency, Exact, Money, print_hours};
use crate::reconcile::Status;

use super::faults::by_kind;
use super::model::{Facts, InputRow, Report, Table, UpsellRow, Value};

/// A heading and the rows below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryBlock {
    /// The heading.
    pub heading: String,
    /// Headings of the values; may be empty.
    pub columns: Vec<String>,
    /// Rows: a label and its values.
    pub rows: Vec<(String, Vec<SummaryValue>)>,
}

/// A value of the summary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SummaryValue {
    /// Text.
    Text(String),
    /// The name or id of something, which is never cut.
    Id(String),
    /// A number as it is printed.
    Number(String),
    /// A day.
    Day(NaiveDate),
}

/// How many upsells the summary shows.
const TOP_UPSELLS: usize = 10;
/// Locked orders are worth a warning past this share, in per cent (chapter 1).
const LOCKED_WARNING: u64 = 80;

/// How many of the files that were not read the summary names.
const NOT_READ: usize = 10;

/// Whether so many orders are locked that a lock may mean nothing, and the user
/// has not said what it does (chapter 1).
#[must_use]
pub fn locks_mean_nothing(facts: &Facts) -> bool {
    facts.confirmed_orders > 0
        && !facts.locked_chosen
        && facts.locked_orders * 100 > facts.confirmed_orders * LOCKED_WARNING
}

/// What must be read before anything else; empty when nothing is odd.
#[must_use]
pub fn warnings(report: &Report) -> Vec<String> {
    warnings_naming(report, usize::MAX)
}

/// The same for a page: of the files that were not read only the first.
#[must_use]
pub fn warnings_in_short(report: &Report) -> Vec<String> {
    warnings_naming(report, NOT_READ)
}

fn warnings_naming(report: &Report, most: usize) -> Vec<String> {
    let mut warnings = odd_facts(report);
    let named = report.not_read.iter().take(most);
    warnings.extend(named.map(|(path, reason)| format!("not read: {path}: {reason}")));
    match report.not_read.len().saturating_sub(most) {
        0 => {}
        1 => warnings.push("not read: and 1 more, listed below".to_owned()),
        more => warnings.push(format!("not read: and {more} more, listed below")),
    }
    warnings
}

fn odd_facts(report: &Report) -> Vec<String> {
    let mut warnings = Vec::new();
    let facts = &report.facts;
    let entries = &report.totals.entries;
    let has = |role: &str| report.inputs.iter().any(|input| input.role == role);
    if locks_mean_nothing(facts) {
        warnings.push(format!(
            "{} of {} confirmed orders are locked, so the upsell list leaves them out; if your company locks every order, set locked = \"ignore\"",
            facts.locked_orders, facts.confirmed_orders
        ));
    }
    if !has("timesheets") {
        warnings.push(
            "no timesheets among the inputs, so nothing could be delivered by them; export them and name the file"
                .to_owned(),
        );
    } else if entries.read == 0 {
        warnings.push("the timesheets hold no entries; was the export filtered?".to_owned());
    } else if entries.attributed == 0 {
        warnings.push(format!(
            "none of {} entries could be attributed; {}",
            entries.read,
            likely_reason(report)
        ));
    } else if entries.unmatched * 2 > entries.read {
        warnings.push(format!(
            "{} of {} entries are unmatched; {}",
            entries.unmatched,
            entries.read,
            likely_reason(report)
        ));
    }
    let unsold = report
        .faults
        .iter()
        .filter(|fault| {
            use crate::diagnostics::FaultKind::{UnknownPolicy, UnknownTracking};
            matches!(fault.kind, UnknownPolicy | UnknownTracking)
        })
        .count();
    if unsold > 0 {
        let products =
            if unsold == 1 { "1 product is".to_owned() } else { format!("{unsold} products are") };
        let hint = if has("products") { "" } else { "export the products as well, or " };
        warnings.push(format!(
            "nothing says how {products} invoiced or tracked; {hint}paste the lines of TOML that exceptions.csv gives for each"
        ));
    }
    if let Some([one, other]) = &facts.kinds_of_ids {
        warnings.push(format!(
            "the entries of {one} and {other} do not carry ids of one kind: an entry that stands in both counts twice; export the External ID of the entries with both"
        ));
    }
    let undrafted = report.undrafted();
    if !undrafted.is_empty() {
        warnings.push(format!(
            "orders_draft.csv has no new line for {}: an order that is there already is found by its External ID; export the orders, or order_id/id of their lines, with it",
            undrafted.join(", ")
        ));
    }
    if !facts.unused_patterns.is_empty() {
        warnings.push(format!(
            "no input is a file of [files] in drawdown.toml: {}; is the pattern written as the file's name?",
            facts.unused_patterns.join(", ")
        ));
    }
    if !facts.unused_products.is_empty() {
        warnings.push(format!(
            "no order line sells what [products] in drawdown.toml describes: {}; is the name written as in the export?",
            facts.unused_products.join(", ")
        ));
    }
    warnings
}

/// Why most entries may have led nowhere: their most frequent reason.
fn likely_reason(report: &Report) -> String {
    let e = &report.totals.entries;
    let most = report.reasons.iter().max_by_key(|(_, count)| **count).map(|(reason, _)| *reason);
    let reason = match most {
        _ if e.excluded * 2 > e.read => "most lie outside the days that count; check --as-of",
        _ if e.rejected * 2 > e.read => "most rows could not be read; see exceptions.csv",
        _ if e.refused * 2 > e.read => {
            "most belong to orders that are not confirmed; see exceptions.csv"
        }
        Some("no_reference") => {
            "most name no order line, task or contract; export these columns as well"
        }
        Some("not_mapped") => {
            "say under [map] in drawdown.toml which contracts their projects stand for"
        }
        Some("unknown_target") => {
            "no input has what [map] in drawdown.toml says they stand for; see unmatched.csv"
        }
        Some("unknown_line") => {
            "the order lines that they name are in no input; export all order lines"
        }
        Some("unknown_task") => {
            "their tasks are in no input; export the tasks, or the entries' order lines"
        }
        Some("unknown_contract") => {
            "no order has their contract; export the orders' analytic accounts"
        }
        Some("contract_not_tracked") => "no product on their contracts is tracked per contract",
        Some("task_without_line") => "their tasks have no order line",
        _ => "see unmatched.csv for the reason of each",
    };
    reason.to_owned()
}

/// The blocks of the summary, in order.
#[must_use]
pub fn blocks(report: &Report) -> Vec<SummaryBlock> {
    let mut blocks = vec![run(report), inputs(report), totals(report)];
    blocks.extend(adjustments(report));
    blocks.push(lines(report));
    blocks.extend(differences(report));
    blocks.extend(upsells(report));
    blocks.extend(exceptions(report));
    blocks
}

/// Those of a check: what was read, and what of it cannot be used.
#[must_use]
pub fn blocks_of_check(report: &Report) -> Vec<SummaryBlock> {
    let mut blocks = vec![run(report), inputs(report), totals(report)];
    blocks.extend(adjustments(report));
    blocks.extend(exceptions(report));
    blocks
}

fn number(count: u64) -> SummaryValue {
    SummaryValue::Number(count.to_string())
}

fn run(report: &Report) -> SummaryBlock {
    let period = &report.period;
    let mut rows = vec![("As of".to_owned(), vec![SummaryValue::Day(period.as_of)])];
    let days = [("From", period.from), ("To", period.to), ("Ignored before", period.ignore_before)];
    for (label, day) in days {
        if let Some(day) = day {
            rows.push((label.to_owned(), vec![SummaryValue::Day(day)]));
        }
    }
    let facts = &report.facts;
    if facts.after_as_of > 0 {
        rows.push(("Entries after the as-of date".to_owned(), vec![number(facts.after_as_of)]));
    }
    if facts.unreadable_rows > 0 {
        let label = "Timesheet rows that could not be read, hours unknown";
        rows.push((label.to_owned(), vec![number(facts.unreadable_rows)]));
    }
    for (label, hours) in [
        ("Hours marked as not approved, counted", &facts.not_approved_hours),
        ("Hours marked as not billable, counted", &facts.not_billable_hours),
    ] {
        if !hours.is_zero() {
            rows.push((label.to_owned(), vec![SummaryValue::Number(print_hours(hours))]));
        }
    }
    if facts.lines_passed_over > 0 {
        let label = "Sections, notes and down payments passed over";
        rows.push((label.to_owned(), vec![number(facts.lines_passed_over)]));
    }
    let left_out = |count: fn(&InputRow) -> u64| report.inputs.iter().map(count).sum::<u64>();
    for (label, count) in [
        ("Rows of totals left out", left_out(|input| input.total_rows)),
        ("Headings of groups left out", left_out(|input| input.group_rows)),
    ] {
        if count > 0 {
            rows.push((label.to_owned(), vec![number(count)]));
        }
    }
    SummaryBlock { heading: "Run".to_owned(), columns: Vec::new(), rows }
}

fn inputs(report: &Report) -> SummaryBlock {
    let rows = report
        .inputs
        .iter()
        .map(|input| {
            let label = match &input.sheet {
                Some(sheet) => format!("{} ({sheet})", input.path),
                None => input.path.clone(),
            };
            (label, vec![SummaryValue::Text(input.role.replace('_', " ")), number(input.rows)])
        })
        .collect();
    SummaryBlock {
        heading: "Inputs".to_owned(),
        columns: vec!["Role".to_owned(), "Rows".to_owned()],
        rows,
    }
}

fn totals(report: &Report) -> SummaryBlock {
    let entries = report.totals.entries.named();
    let hours = report.totals.hours.named();
    let rows = entries
        .iter()
        .zip(hours)
        .filter(|((name, count), _)| {
            **count > 0 || matches!(*name, "read" | "attributed" | "unmatched")
        })
        .map(|((name, count), (_, hours))| {
            let mut label = name.replace('_', " ");
            if *name != "read" {
                label.insert_str(0, "  ");
            }
            (label, vec![number(**count), SummaryValue::Number(print_hours(hours))])
        })
        .collect();
    SummaryBlock {
        heading: "Control totals (agree exactly)".to_owned(),
        columns: vec!["Entries".to_owned(), "Hours".to_owned()],
        rows,
    }
}

/// What became of the rows of adjustments, where there are any.
fn adjustments(report: &Report) -> Option<SummaryBlock> {
    let counts = &report.facts.adjustments;
    let rows = counts.named().map(|(name, count)| {
        let indent = if name == "read" { "" } else { "  " };
        (format!("{indent}{name}"), vec![number(count)])
    });
    (counts.read > 0).then(|| SummaryBlock {
        heading: "Adjustments".to_owned(),
        columns: vec!["Rows".to_owned()],
        rows: rows.to_vec(),
    })
}

fn lines(report: &Report) -> SummaryBlock {
    let rows = report
        .lines_by_status()
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(status, count)| (status.name().replace('_', " "), vec![number(count)]))
        .collect();
    SummaryBlock {
        heading: "Order lines by status".to_owned(),
        columns: vec!["Lines".to_owned()],
        rows,
    }
}

/// Where the ERP has another delivered quantity, by cause.
fn differences(report: &Report) -> Option<SummaryBlock> {
    let causes = report.lines_by_cause();
    if causes.is_empty() {
        return None;
    }
    let rows = causes
        .into_iter()
        .map(|(cause, count)| (cause.name().replace('_', " "), vec![number(count)]))
        .collect();
    Some(SummaryBlock {
        heading: "Delivered differs from the ERP, by cause".to_owned(),
        columns: vec!["Lines".to_owned()],
        rows,
    })
}

/// The top upsells, currencies apart, and the overrun of each currency.
fn upsells(report: &Report) -> Vec<SummaryBlock> {
    if report.upsells.is_empty() {
        return vec![SummaryBlock {
            heading: "Upsell: no quota is used up".to_owned(),
            columns: Vec::new(),
            rows: Vec::new(),
        }];
    }
    let table = report.upsells_in_part(false);
    let shown = [
        "customer",
        "product",
        "ordered",
        "delivered",
        "unit",
        "overrun_value",
        "currency",
        "reached_on",
    ];
    let rows = first_of(&table, &shown, TOP_UPSELLS);
    let count = table.rows;
    let heading = match count {
        0 => "Upsell: every one is set aside until later".to_owned(),
        1 => "Upsell: 1 quota has reached its threshold".to_owned(),
        _ if count > TOP_UPSELLS => {
            format!("Upsell: {count} quotas have reached their threshold, the first {TOP_UPSELLS}")
        }
        _ => format!("Upsell: {count} quotas have reached their threshold"),
    };
    let columns = [
        "Customer",
        "Product",
        "Ordered",
        "Delivered",
        "Unit",
        "Overrun",
        "Currency",
        "Reached on",
    ];
    let top = SummaryBlock { heading, columns: columns.map(str::to_owned).to_vec(), rows };
    let rows = overruns(report.upsells.iter())
        .into_iter()
        .map(|(currency, sum)| {
            let name = currency.unwrap_or("no currency").to_owned();
            (name, vec![SummaryValue::Number(sum.to_string())])
        })
        .collect();
    let values = SummaryBlock {
        heading: "Overrun value, per currency".to_owned(),
        columns: vec!["Value".to_owned()],
        rows,
    };
    let mut blocks = vec![top, values];
    blocks.extend(set_aside(&report.upsells_in_part(true)));
    blocks
}

/// The overrun of upsells, summed per currency; those without a price are left
/// out.
pub(super) fn overruns<'a>(
    upsells: impl Iterator<Item = &'a UpsellRow>,
) -> BTreeMap<Option<&'a str>, Money> {
    let mut by_currency: BTreeMap<Option<&str>, Money> = BTreeMap::new();
    for overrun in upsells.filter_map(|row| row.upsell.overrun.as_ref()) {
        let sum = by_currency
            .entry(overrun.currency().map(Currency::as_str))
            .or_insert_with(|| Money::new(Exact::zero(), overrun.currency().cloned()));
        // Of one currency, so the sum has an answer.
        *sum = sum.plus(overrun).unwrap_or_else(|| sum.clone());
    }
    by_currency
}

/// Some columns of the first rows of a table, by their orders.
pub(super) fn first_of(
    table: &Table<'_>,
    shown: &[&str],
    most: usize,
) -> Vec<(String, Vec<SummaryValue>)> {
    let position = |name: &str| table.columns.iter().position(|column| column.name == name);
    let value = |row: &[Value<'_>], name: &str| match position(name).and_then(|at| row.get(at)) {
        Some(Value::Text(text)) => SummaryValue::Text(text.to_string()),
        Some(Value::Number(number)) => SummaryValue::Number(number.clone()),
        Some(Value::Day(day)) => SummaryValue::Day(*day),
        Some(Value::Empty) | None => SummaryValue::Text(String::new()),
    };
    let label = |row: &[Value<'_>]| match value(row, "order") {
        SummaryValue::Text(text) => text,
        _ => String::new(),
    };
    let rows = table.iter().take(most);
    rows.map(|row| (label(&row), shown.iter().map(|name| value(&row, name)).collect())).collect()
}

/// The upsells that are set aside: a part of their own.
fn set_aside(table: &Table<'_>) -> Option<SummaryBlock> {
    let shown = ["customer", "product", "excess", "unit", "decision", "snooze_until"];
    let rows = first_of(table, &shown, TOP_UPSELLS);
    let heading = match table.rows {
        0 => return None,
        count if count > TOP_UPSELLS => {
            format!("Set aside until later: {count}, the first {TOP_UPSELLS}")
        }
        count => format!("Set aside until later: {count}"),
    };
    let columns = ["Customer", "Product", "Excess", "Unit", "Decision", "Until"];
    Some(SummaryBlock { heading, columns: columns.map(str::to_owned).to_vec(), rows })
}

fn exceptions(report: &Report) -> Option<SummaryBlock> {
    let kinds = by_kind(&report.faults);
    if kinds.is_empty() {
        return None;
    }
    let rows = kinds
        .into_iter()
        .map(|(count, first)| {
            let place = SummaryValue::Text(first.place.to_string());
            (first.kind.name().to_owned(), vec![number(count), place])
        })
        .collect();
    Some(SummaryBlock {
        heading: "Exceptions by kind".to_owned(),
        columns: vec!["Rows".to_owned(), "First".to_owned()],
        rows,
    })
}

/// Whether any order line is an upsell.
#[must_use]
pub fn has_upsell(report: &Report) -> bool {
    report.lines_by_status().get(&Status::Upsell).is_some_and(|count| *count > 0)
        || !report.upsells.is_empty()
}
