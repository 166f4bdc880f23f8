//! The summary on a terminal, as text.

use std::fmt::Write as _;

use comfy_table::{CellAlignment, Table, presets};

use super::summary::{SummaryBlock, SummaryValue};
use super::text::visible;
use crate::language::Language;

/// Renders warnings and blocks, `width` columns wide. Numbers and days are
/// written in the language's way; without one, as the CSV files have them.
#[must_use]
pub fn render(
    warnings: &[String],
    blocks: &[SummaryBlock],
    language: Option<Language>,
    width: u16,
) -> String {
    let mut text = String::new();
    for warning in warnings {
        // Writing to a String does not fail.
        let _ = writeln!(text, "! {}", visible(warning));
    }
    if !warnings.is_empty() {
        text.push('\n');
    }
    for block in blocks {
        let _ = writeln!(text, "{}", visible(&block.heading));
        if !block.rows.is_empty() {
            text.push_str(&table(block, language, width));
        }
        text.push('\n');
    }
    text
}

fn table(block: &SummaryBlock, language: Option<Language>, width: u16) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_width(width.saturating_sub(2).max(40));
    table.set_content_arrangement(comfy_table::ContentArrangement::Dynamic);
    if !block.columns.is_empty() {
        let mut header = vec![String::new()];
        header.extend(block.columns.iter().cloned());
        table.set_header(header);
    }
    for (label, values) in &block.rows {
        let mut row = vec![visible(label).into_owned()];
        row.extend(values.iter().map(|value| match value {
            SummaryValue::Text(text) => visible(&text.replace(['\n', '\r'], " ")).into_owned(),
            SummaryValue::Number(printed) => {
                let number = language.map(|language| language.number(printed));
                visible(&number.unwrap_or_else(|| printed.clone())).into_owned()
            }
            SummaryValue::Day(day) => {
                language.map_or_else(|| day.to_string(), |language| language.date(*day))
            }
        }));
        table.add_row(row);
    }
    for (index, column) in table.column_iter_mut().enumerate() {
        column.set_padding((if index == 0 { 2 } else { 1 }, 1));
        let numeric = index > 0
            && block
                .rows
                .iter()
                .any(|(_, values)| matches!(values.get(index - 1), Some(SummaryValue::Number(_))));
        if numeric {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let mut text = String::new();
    for line in table.lines() {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}
