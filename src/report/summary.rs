//! What a person reads first: on the terminal and on the workbook's first
//! sheet. Ten seconds are enough for it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::diagnostics::{Phrase, Place};
use crate::language::{Group, Key, Words};
use crate::model::{Exact, Money, print_hours};
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
pub fn warnings(report: &Report, words: &Words) -> Vec<String> {
    warnings_naming(report, words, usize::MAX)
}

/// The same for a page: of the files that were not read only the first.
#[must_use]
pub fn warnings_in_short(report: &Report, words: &Words) -> Vec<String> {
    warnings_naming(report, words, NOT_READ)
}

/// What was passed over and is not named among the warnings in short.
pub fn passed_over_unwarned(report: &Report) -> impl Iterator<Item = &(Place, Phrase)> {
    let named = report.not_read.get(..NOT_READ).unwrap_or(&report.not_read);
    report.passed_over.iter().filter(|passed| !named.contains(passed))
}

fn warnings_naming(report: &Report, words: &Words, most: usize) -> Vec<String> {
    let mut warnings = odd_facts(report, words);
    let named = report.not_read.iter().take(most);
    warnings.extend(named.map(|passed| words.with_reason(Key::NotRead, passed)));
    let more = report.not_read.len().saturating_sub(most) as u64;
    if more > 0 {
        warnings.push(words.with(Key::MoreNotRead, &[("more", more.into())]));
    }
    warnings
}

fn odd_facts(report: &Report, words: &Words) -> Vec<String> {
    let mut warnings = Vec::new();
    let facts = &report.facts;
    let entries = &report.totals.entries;
    let has = |role: &str| report.inputs.iter().any(|input| input.role == role);
    if locks_mean_nothing(facts) {
        let counts =
            [("locked", facts.locked_orders.into()), ("confirmed", facts.confirmed_orders.into())];
        warnings.push(words.with(Key::LocksMeanNothing, &counts));
    }
    if facts.locks_forgotten {
        warnings.push(words.text(Key::LocksForgotten).to_owned());
    }
    let read = ("read", entries.read.into());
    let hint = words.text(likely_reason(report));
    if !has("timesheets") {
        warnings.push(words.text(Key::NoTimesheets).to_owned());
    } else if entries.read == 0 {
        warnings.push(words.text(Key::NoEntries).to_owned());
    } else if entries.attributed == 0 {
        warnings.push(words.with(Key::NoneAttributed, &[read, ("hint", hint.into())]));
    } else if entries.unmatched * 2 > entries.read {
        let unmatched = ("unmatched", entries.unmatched.into());
        warnings.push(words.with(Key::ManyUnmatched, &[unmatched, read, ("hint", hint.into())]));
    }
    let unsold = report.faults.iter().filter(|fault| {
        use crate::diagnostics::FaultKind::{UnknownPolicy, UnknownTracking};
        matches!(fault.kind, UnknownPolicy | UnknownTracking)
    });
    let unsold = unsold.count() as u64;
    if unsold > 0 {
        let key =
            if has("products") { Key::UnsoldProducts } else { Key::UnsoldProductsWithoutFile };
        warnings.push(words.with(key, &[("products", unsold.into())]));
    }
    if let Some(kinds) = &facts.kinds_of_ids {
        let [one, other] = kinds.files.each_ref().map(|place| words.place(place));
        let hours = words.number(&print_hours(&kinds.hours));
        let filled = [
            ("one", (&one).into()),
            ("other", (&other).into()),
            ("rows", kinds.rows.into()),
            ("hours", (&hours).into()),
        ];
        warnings.push(words.with(Key::KindsOfIds, &filled));
    }
    let named = [
        (Key::Undrafted, "orders", report.undrafted().join(", ")),
        (Key::UnusedPatterns, "patterns", facts.unused_patterns.join(", ")),
        (Key::ShadowedPatterns, "patterns", facts.shadowed_patterns.join(", ")),
        (Key::UnusedProducts, "products", facts.unused_products.join(", ")),
    ];
    for (key, of_what, names) in &named {
        if !names.is_empty() {
            warnings.push(words.with(*key, &[(*of_what, names.into())]));
        }
    }
    warnings
}

/// Why most entries may have led nowhere: their most frequent reason.
fn likely_reason(report: &Report) -> Key {
    let e = &report.totals.entries;
    let most = report.reasons.iter().max_by_key(|(_, of)| of.entries).map(|(reason, _)| *reason);
    match most {
        _ if e.excluded * 2 > e.read => Key::HintExcluded,
        // Breaks never count.
        _ if report.facts.counts_only_marked && e.not_counted * 2 > e.read => Key::HintNotCounted,
        _ if e.rejected * 2 > e.read => Key::HintRejected,
        _ if e.refused * 2 > e.read => Key::HintRefused,
        Some("no_reference") => Key::HintNoReference,
        Some("not_mapped") => Key::HintNotMapped,
        Some("unknown_target") => Key::HintUnknownTarget,
        Some("unknown_line") => Key::HintUnknownLine,
        Some("unknown_task") => Key::HintUnknownTask,
        Some("unknown_contract") => Key::HintUnknownContract,
        Some("contract_not_tracked") => Key::HintContractNotTracked,
        Some("task_without_line") => Key::HintTaskWithoutLine,
        _ => Key::HintSeeUnmatched,
    }
}

/// The blocks of the summary, in order.
#[must_use]
pub fn blocks(report: &Report, words: &Words) -> Vec<SummaryBlock> {
    let mut blocks = vec![run(report, words), inputs(report, words), totals(report, words)];
    blocks.extend(adjustments(report, words));
    blocks.push(lines(report, words));
    blocks.extend(differences(report, words));
    blocks.extend(upsells(report, words));
    blocks.extend(exceptions(report, words));
    blocks
}

/// Those of a check: what was read, and what of it cannot be used.
#[must_use]
pub fn blocks_of_check(report: &Report, words: &Words) -> Vec<SummaryBlock> {
    let mut blocks = vec![run(report, words), inputs(report, words), totals(report, words)];
    blocks.extend(adjustments(report, words));
    blocks.extend(exceptions(report, words));
    blocks
}

fn number(count: u64) -> SummaryValue {
    SummaryValue::Number(count.to_string())
}

/// A block whose heading and columns have nothing filled in.
fn block(
    words: &Words,
    heading: Key,
    columns: &[&str],
    rows: Vec<(String, Vec<SummaryValue>)>,
) -> SummaryBlock {
    let columns = columns.iter().map(|column| (*column).to_owned()).collect();
    SummaryBlock { heading: words.text(heading).to_owned(), columns, rows }
}

fn run(report: &Report, words: &Words) -> SummaryBlock {
    let period = &report.period;
    let facts = &report.facts;
    let mut rows = Vec::new();
    let mut row = |key: Key, value| rows.push((words.text(key).to_owned(), vec![value]));
    row(Key::AsOf, SummaryValue::Day(period.as_of));
    let days = [
        (Key::From, period.from),
        (Key::To, period.to),
        (Key::IgnoredBefore, period.ignore_before),
    ];
    for (key, day) in days {
        if let Some(day) = day {
            row(key, SummaryValue::Day(day));
        }
    }
    for (key, count) in
        [(Key::AfterAsOf, facts.after_as_of), (Key::UnreadableRows, facts.unreadable_rows)]
    {
        if count > 0 {
            row(key, number(count));
        }
    }
    for (key, hours) in [
        (Key::NotApprovedHours, &facts.not_approved_hours),
        (Key::NotBillableHours, &facts.not_billable_hours),
    ] {
        if !hours.is_zero() {
            row(key, SummaryValue::Number(print_hours(hours)));
        }
    }
    let left_out = |count: fn(&InputRow) -> u64| report.inputs.iter().map(count).sum::<u64>();
    for (key, count) in [
        (Key::LinesPassedOver, facts.lines_passed_over),
        (Key::TotalRows, left_out(|input| input.total_rows)),
        (Key::GroupRows, left_out(|input| input.group_rows)),
    ] {
        if count > 0 {
            row(key, number(count));
        }
    }
    block(words, Key::Run, &[], rows)
}

fn inputs(report: &Report, words: &Words) -> SummaryBlock {
    let rows = report
        .inputs
        .iter()
        .map(|input| {
            let label = input.shown();
            let role = words.word(Group::Role, input.role).to_owned();
            (label, vec![SummaryValue::Text(role), number(input.rows)])
        })
        .collect();
    block(words, Key::Inputs, &[words.text(Key::Role), words.text(Key::Rows)], rows)
}

/// The name of a fate, below that of the rows that were read.
fn fate(words: &Words, name: &str) -> String {
    let indent = if name == "read" { "" } else { "  " };
    format!("{indent}{}", words.word(Group::Fate, name))
}

/// Entries and hours by fate; of those that few runs have, only what there is.
pub(super) fn shown_fates(report: &Report) -> impl Iterator<Item = (&'static str, u64, &Exact)> {
    let (entries, hours) = (report.totals.entries.named(), report.totals.hours.named());
    let fates = entries.into_iter().zip(hours);
    fates.map(|((name, count), (_, hours))| (name, *count, hours)).filter(|(name, count, _)| {
        *count > 0 || matches!(*name, "read" | "attributed" | "unmatched")
    })
}

fn totals(report: &Report, words: &Words) -> SummaryBlock {
    let rows = shown_fates(report)
        .map(|(name, count, hours)| {
            let hours = SummaryValue::Number(print_hours(hours));
            (fate(words, name), vec![number(count), hours])
        })
        .collect();
    let columns = ["entries", "hours"].map(|name| words.word(Group::Column, name));
    block(words, Key::ControlTotals, &columns, rows)
}

/// What became of the rows of adjustments, where there are any.
fn adjustments(report: &Report, words: &Words) -> Option<SummaryBlock> {
    let counts = &report.facts.adjustments;
    let rows = counts.named().map(|(name, count)| (fate(words, name), vec![number(count)]));
    (counts.read > 0)
        .then(|| block(words, Key::Adjustments, &[words.text(Key::Rows)], rows.to_vec()))
}

fn lines(report: &Report, words: &Words) -> SummaryBlock {
    let counts = report.lines_by_status().into_iter().map(|(status, n)| (status.name(), n));
    counted_lines(words, Key::LinesByStatus, Group::Status, counts)
}

/// Where the ERP has another delivered quantity, by cause.
fn differences(report: &Report, words: &Words) -> Option<SummaryBlock> {
    let causes = report.lines_by_cause();
    let counts = causes.iter().map(|(cause, count)| (cause.name(), *count));
    (!causes.is_empty())
        .then(|| counted_lines(words, Key::DifferencesByCause, Group::Cause, counts))
}

/// How many order lines have each value of an enumeration.
fn counted_lines(
    words: &Words,
    heading: Key,
    group: Group,
    counts: impl Iterator<Item = (&'static str, u64)>,
) -> SummaryBlock {
    let rows = counts
        .filter(|(_, count)| *count > 0)
        .map(|(name, count)| (words.word(group, name).to_owned(), vec![number(count)]))
        .collect();
    block(words, heading, &[words.word(Group::Column, "lines")], rows)
}

/// The top upsells, currencies apart, and the overrun of each currency.
fn upsells(report: &Report, words: &Words) -> Vec<SummaryBlock> {
    if report.upsells.is_empty() {
        let none = block(words, Key::NoUpsell, &[], Vec::new());
        return std::iter::once(none).chain(overrun_values(report, words)).collect();
    }
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
    let heading = match report.upsells_in_part(false).rows {
        0 => words.text(Key::AllSnoozed).to_owned(),
        count => heading_of(words, Key::Upsells, Key::UpsellsInPart, (count, TOP_UPSELLS)),
    };
    let first = report.first_upsells(TOP_UPSELLS);
    let mut blocks = vec![first_upsells(&first, &shown, words, heading)];
    blocks.extend(overrun_values(report, words));
    blocks.extend(set_aside(&report.upsells_in_part(true), words));
    blocks
}

/// What went past quotas: of upsells, as upsell.csv has it; and of all lines, as
/// delivered.csv has it. What is between them is on lines that are no upsell:
/// of locked orders, of products without upsell, near ones past what was ordered,
/// goods, lines that are not tracked, and exceptions.
fn overrun_values(report: &Report, words: &Words) -> Option<SummaryBlock> {
    let of_lines = report.settled.settlements.iter().filter_map(|line| line.overrun.as_ref());
    let in_all = by_currency(of_lines);
    let of_upsells = overruns(report.upsells.iter());
    let rows: Vec<_> = in_all
        .into_iter()
        .filter(|(currency, sum)| of_upsells.contains_key(currency) || !sum.amount().is_zero())
        .map(|(currency, sum)| {
            let zero = || Money::new(Exact::zero(), sum.currency().cloned());
            let upsells = of_upsells.get(&currency).cloned().unwrap_or_else(zero);
            let others = sum.amount() - upsells.amount();
            let others = Money::new(others, sum.currency().cloned());
            let values = [upsells, others, sum];
            let name = currency.unwrap_or_else(|| words.text(Key::NoCurrency)).to_owned();
            (name, values.map(|value| SummaryValue::Number(value.to_string())).to_vec())
        })
        .collect();
    // There may be upsells, all without a price.
    if rows.is_empty() {
        return None;
    }
    let columns = [Key::OverrunOfUpsells, Key::OverrunOfOthers, Key::InAll];
    let columns = columns.map(|key| words.text(key));
    Some(block(words, Key::OverrunByCurrency, &columns, rows))
}

/// The heading of all rows of a table, or of the first ones.
pub(super) fn heading_of(
    words: &Words,
    all: Key,
    in_part: Key,
    (count, most): (usize, usize),
) -> String {
    let quotas = ("quotas", (count as u64).into());
    if count > most {
        words.with(in_part, &[quotas, ("shown", (most as u64).into())])
    } else {
        words.with(all, &[quotas])
    }
}

/// The overrun of upsells, summed per currency; those without a price are left
/// out.
pub(super) fn overruns<'a>(
    upsells: impl Iterator<Item = &'a UpsellRow>,
) -> BTreeMap<Option<&'a str>, Money> {
    by_currency(upsells.filter_map(|row| row.upsell.overrun.as_ref()))
}

/// The sums of values, by the codes of their currencies.
pub(super) fn by_currency<'a>(
    values: impl Iterator<Item = &'a Money>,
) -> BTreeMap<Option<&'a str>, Money> {
    let mut sums: BTreeMap<Option<&str>, Money> = BTreeMap::new();
    for value in values {
        let sum = sums
            .entry(value.currency_code())
            .or_insert_with(|| Money::new(Exact::zero(), value.currency().cloned()));
        // Of one currency, so the sum has an answer.
        *sum = sum.plus(value).unwrap_or_else(|| sum.clone());
    }
    sums
}

/// Some columns of the first rows of a table, by their orders.
pub(super) fn first_of(
    table: &Table<'_>,
    shown: &[&str],
    most: usize,
    words: &Words,
) -> Vec<(String, Vec<SummaryValue>)> {
    let position = |name: &str| table.columns.iter().position(|column| column.name == name);
    let value = |row: &[Value<'_>], name: &str| match position(name).and_then(|at| row.get(at)) {
        Some(Value::Text(text)) => SummaryValue::Text(match Group::of_column(name) {
            Some(group) => words.word(group, text).to_owned(),
            None => text.to_string(),
        }),
        Some(Value::Word(word)) => SummaryValue::Text(words.supplied(*word).to_owned()),
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

/// The first upsells of a table, with the headings of these columns.
fn first_upsells(
    table: &Table<'_>,
    shown: &[&'static str],
    words: &Words,
    heading: String,
) -> SummaryBlock {
    let columns = shown.iter().map(|name| words.heading(table.name, name).to_owned()).collect();
    SummaryBlock { heading, columns, rows: first_of(table, shown, TOP_UPSELLS, words) }
}

/// The upsells that are set aside: a part of their own.
fn set_aside(table: &Table<'_>, words: &Words) -> Option<SummaryBlock> {
    let shown = ["customer", "product", "excess", "unit", "decision", "snooze_until"];
    let heading = heading_of(words, Key::SetAside, Key::SetAsideInPart, (table.rows, TOP_UPSELLS));
    (table.rows > 0).then(|| first_upsells(table, &shown, words, heading))
}

fn exceptions(report: &Report, words: &Words) -> Option<SummaryBlock> {
    let kinds = by_kind(&report.faults);
    if kinds.is_empty() {
        return None;
    }
    let rows = kinds
        .into_iter()
        .map(|(count, first)| {
            let place = SummaryValue::Text(words.place(&first.place));
            let kind = words.word(Group::Exception, first.kind.name());
            (kind.to_owned(), vec![number(count), place])
        })
        .collect();
    let columns = [words.text(Key::Rows), words.text(Key::First)];
    Some(block(words, Key::ExceptionsByKind, &columns, rows))
}

/// Whether any order line is an upsell.
#[must_use]
pub fn has_upsell(report: &Report) -> bool {
    report.lines_by_status().get(&Status::Upsell).is_some_and(|count| *count > 0)
        || !report.upsells.is_empty()
}
