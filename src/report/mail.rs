//! summary.txt and summary.md: a run on one screen, for a scheduler to send by
//! mail or to a chat. What it says stands in the other outputs too.

mod markdown;

use std::collections::BTreeMap;

use unicode_width::UnicodeWidthStr;

use crate::model::{Currency, print_hours};

use super::model::{Report, Table, UpsellRow};
use super::summary::{SummaryBlock, SummaryValue, first_of, overruns, warnings_in_short};
use super::terminal::render;
use super::text::{cut, in_lines, visible};

/// The summary as text.
pub const SUMMARY_TXT: &str = "summary.txt";
/// The summary as Markdown.
pub const SUMMARY_MD: &str = "summary.md";

/// Columns of a mail that no reader breaks.
const COLUMNS: usize = 80;
/// Rows that are shown; all of it stays on one screen.
const UPSELLS: usize = 5;
const NEAR: usize = 3;
const CURRENCIES: usize = 3;
const WARNINGS: usize = 1;

/// A run on one screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    title: String,
    warnings: Vec<String>,
    totals: String,
    blocks: Vec<SummaryBlock>,
    full_report: String,
    rows: u64,
}

impl Mail {
    /// Of a report. `full_report` says where the whole of it is.
    #[must_use]
    pub fn new(report: &Report, full_report: &str) -> Self {
        let totals = &report.totals;
        let mut warnings = warnings_in_short(report);
        let more = warnings.len().saturating_sub(WARNINGS);
        if more > 0 {
            warnings.truncate(WARNINGS);
            warnings.push(format!("and {more} more; see run.json"));
        }
        let upsells = report.upsells_in_part(false);
        let mut blocks = vec![by_currency(report)];
        blocks.extend(top_upsells(&upsells));
        blocks.extend(near(&report.near()));
        blocks.push(to_look_at(report));
        let rows = upsells.rows.min(UPSELLS) + report.review.near.len().min(NEAR);
        Self {
            title: format!("Prepaid hours as of {}", report.period.as_of),
            warnings,
            // A run whose totals do not agree writes nothing, this not either.
            totals: format!(
                "The control totals agree: {} entries read, {} hours.",
                totals.entries.read,
                print_hours(&totals.hours.read)
            ),
            blocks,
            full_report: format!("Full report: {full_report}"),
            rows: rows as u64,
        }
    }

    /// Rows of upsells and of quotas that are near.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// As text of at most 80 columns.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut lines = vec![self.title.clone()];
        for warning in &self.warnings {
            lines.extend(in_lines(&format!("! {}", visible(warning)), COLUMNS));
        }
        lines.extend(in_lines(&self.totals, COLUMNS));
        let mut text = lines.join("\n");
        text.push_str("\n\n");
        let fitted: Vec<SummaryBlock> = self.blocks.iter().map(fitted).collect();
        text.push_str(&render(&[], &fitted, u16::try_from(COLUMNS).unwrap_or(u16::MAX)));
        text.push_str(&in_lines(&visible(&self.full_report), COLUMNS).join("\n"));
        text.push('\n');
        text
    }

    /// As Markdown with tables.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        markdown::print(self)
    }
}

/// How many of a list are shown, where it is not all.
fn part(shown: usize, of: usize) -> String {
    if of > shown { format!(", the first {shown} of {of}") } else { String::new() }
}

fn by_currency(report: &Report) -> SummaryBlock {
    let mut counts: BTreeMap<Option<&str>, [u64; 3]> = BTreeMap::new();
    let first_line = |row: &UpsellRow| row.upsell.lines.first().copied();
    for row in &report.upsells {
        let line = first_line(row).map(|line| report.book.line(line));
        let currency = line.and_then(|line| line.currency.as_ref()).map(Currency::as_str);
        let [all, new, aside] = counts.entry(currency).or_default();
        *all += 1;
        *new += u64::from(row.known.runs_open <= 1);
        *aside += u64::from(row.known.is_snoozed);
    }
    let overruns = overruns(report.upsells.iter());
    let number = |count: u64| SummaryValue::Number(count.to_string());
    let rows = counts.iter().take(CURRENCIES).map(|(currency, [all, new, aside])| {
        let overrun = overruns.get(currency).map(ToString::to_string).unwrap_or_default();
        let values =
            vec![number(*all), number(*new), number(*aside), SummaryValue::Number(overrun)];
        (currency.unwrap_or("no currency").to_owned(), values)
    });
    let heading = match report.upsells.len() {
        0 => "Upsells: no quota is used up".to_owned(),
        count => format!("Upsells: {count}{}", part_of_currencies(counts.len())),
    };
    let columns = ["In all", "New", "Set aside", "Overrun"].map(str::to_owned).to_vec();
    SummaryBlock { heading, columns, rows: rows.collect() }
}

fn part_of_currencies(count: usize) -> String {
    if count > CURRENCIES {
        format!(", in {count} currencies, the first {CURRENCIES}")
    } else {
        String::new()
    }
}

/// The upsells to talk about first, as upsell.csv has them.
fn top_upsells(table: &Table<'_>) -> Option<SummaryBlock> {
    let shown = ["customer", "product", "reached_on", "overrun_value", "currency"];
    (table.rows > 0).then(|| SummaryBlock {
        heading: format!("Used up{}", part(UPSELLS, table.rows)),
        columns: ["Customer", "Product", "Reached on", "Overrun", ""].map(str::to_owned).to_vec(),
        rows: first_of(table, &shown, UPSELLS),
    })
}

/// The quotas that run out next, as near.csv has them.
fn near(table: &Table<'_>) -> Option<SummaryBlock> {
    let shown = ["customer", "product", "runs_out_on", "remaining", "unit"];
    (table.rows > 0).then(|| SummaryBlock {
        heading: format!("Near{}", part(NEAR, table.rows)),
        columns: ["Customer", "Product", "Runs out on", "Left", ""].map(str::to_owned).to_vec(),
        rows: first_of(table, &shown, NEAR),
    })
}

/// What could not be used, or led nowhere.
fn to_look_at(report: &Report) -> SummaryBlock {
    let (entries, hours) = (&report.totals.entries, &report.totals.hours);
    let none = || SummaryValue::Number(String::new());
    let faults = SummaryValue::Number(report.faults.len().to_string());
    let mut rows = vec![("Exceptions".to_owned(), vec![faults, none()])];
    for (label, count, hours, always) in [
        ("Unmatched entries", entries.unmatched, &hours.unmatched, true),
        ("Refused entries", entries.refused, &hours.refused, false),
        ("Rejected entries", entries.rejected, &hours.rejected, false),
    ] {
        if always || count > 0 {
            let count = SummaryValue::Number(count.to_string());
            rows.push((label.to_owned(), vec![count, SummaryValue::Number(print_hours(hours))]));
        }
    }
    SummaryBlock {
        heading: "To look at".to_owned(),
        columns: vec!["Rows".to_owned(), "Hours".to_owned()],
        rows,
    }
}

/// What stands between two columns of text, and before the first.
const GAP: usize = 2;

/// A block whose names are cut until each of its rows fits a line. Numbers and
/// days never are.
fn fitted(block: &SummaryBlock) -> SummaryBlock {
    let mut block = block.clone();
    let count = block.columns.len();
    let width_of = |block: &SummaryBlock, column: usize| {
        let heading = block.columns.get(column).map_or(0, |heading| heading.width());
        let cells = block.rows.iter().map(|(_, values)| match values.get(column) {
            Some(
                SummaryValue::Text(text) | SummaryValue::Id(text) | SummaryValue::Number(text),
            ) => visible(text).width(),
            Some(SummaryValue::Day(_)) => 10,
            None => 0,
        });
        cells.max().unwrap_or(0).max(heading)
    };
    let labels = block.rows.iter().map(|(label, _)| visible(label).width()).max().unwrap_or(0);
    let mut widths: Vec<usize> = (0..count).map(|column| width_of(&block, column)).collect();
    let room = COLUMNS.saturating_sub(GAP + labels + GAP * count + 1);
    let is_text = |column: usize| {
        block
            .rows
            .iter()
            .any(|(_, values)| matches!(values.get(column), Some(SummaryValue::Text(_))))
    };
    let names: Vec<usize> = (0..count).filter(|column| is_text(*column)).collect();
    // The widest gives way first, so that what is short stays whole.
    while widths.iter().sum::<usize>() > room {
        let Some(widest) = names.iter().copied().max_by_key(|column| widths[*column]) else {
            break;
        };
        if widths[widest] <= 1 {
            break;
        }
        widths[widest] -= 1;
    }
    for (_, values) in &mut block.rows {
        for (value, width) in values.iter_mut().zip(&widths) {
            if let SummaryValue::Text(text) = value {
                *text = cut(&visible(text), *width).into_owned();
            }
        }
    }
    block
}
