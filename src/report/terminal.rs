//! The summary on a terminal, as text.

use std::fmt::Write as _;

use comfy_table::{CellAlignment, ColumnConstraint, Table, Width, presets};
use unicode_width::UnicodeWidthStr;

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
            text.push_str(&table("", block, language, width));
        }
        text.push('\n');
    }
    text
}

/// Letters of a word that a column has room for, where it holds no ids.
const WORD: u16 = 22;

/// A block's table; `label` heads the labels of its rows.
pub(super) fn table(
    label: &str,
    block: &SummaryBlock,
    language: Option<Language>,
    width: u16,
) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_width(width.saturating_sub(2).max(40));
    table.set_content_arrangement(comfy_table::ContentArrangement::Dynamic);
    if !block.columns.is_empty() {
        let mut header = vec![label.to_owned()];
        header.extend(block.columns.iter().cloned());
        table.set_header(header);
    }
    for (label, values) in &block.rows {
        let mut row = vec![visible(label).into_owned()];
        row.extend(values.iter().map(|value| match value {
            SummaryValue::Text(text) | SummaryValue::Id(text) => {
                visible(&text.replace(['\n', '\r'], " ")).into_owned()
            }
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
    let words: Vec<u16> = (0..table.column_count()).map(|at| longest_word(&table, at)).collect();
    for ((index, column), word) in table.column_iter_mut().enumerate().zip(words) {
        let before = if index == 0 { 2 } else { 1 };
        column.set_padding((before, 1));
        let is_id = index == 0
            || block
                .rows
                .iter()
                .any(|(_, values)| matches!(values.get(index - 1), Some(SummaryValue::Id(_))));
        // An id is never cut, be the table wider than it should; nothing else
        // becomes so narrow that nobody reads it.
        let least = if is_id { word } else { word.min(WORD) };
        let least = Width::Fixed(least.saturating_add(before + 1));
        column.set_constraint(ColumnConstraint::LowerBoundary(least));
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

/// Columns of the terminal that the longest word of a column takes, its heading
/// included.
fn longest_word(table: &Table, column: usize) -> u16 {
    let rows = table.row_iter().filter_map(|row| row.cell_iter().nth(column));
    let header = table.header().and_then(|row| row.cell_iter().nth(column));
    let contents = rows.chain(header).map(comfy_table::Cell::content);
    let widths = contents.flat_map(|content| {
        content.split_whitespace().map(UnicodeWidthStr::width).collect::<Vec<_>>()
    });
    widths.max().map_or(0, |width| u16::try_from(width).unwrap_or(u16::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_never_cut() {
        let id = format!("__import__.{}", "x".repeat(60));
        let text = "A customer with a name of many words, and then of some more words";
        let row = |id: &str| {
            let values = [SummaryValue::Id(format!("{id} {id}2")), SummaryValue::Text(text.into())];
            (format!("{id}3"), values.to_vec())
        };
        let block = SummaryBlock {
            heading: String::new(),
            columns: vec!["Lines".to_owned(), "Customer".to_owned()],
            rows: vec![row(&id)],
        };
        let table = table("", &block, None, 100);
        let words: Vec<&str> = table.split_whitespace().collect();
        for id in [id.clone(), format!("{id}2"), format!("{id}3")] {
            assert!(words.contains(&id.as_str()), "{id} is cut:\n{table}");
        }
        assert!(words.contains(&"customer"), "{table}");
    }
}
