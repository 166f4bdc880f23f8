//! The summary on a terminal, as text.

use std::fmt::Write as _;

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, Width, presets};
use unicode_width::UnicodeWidthStr;

use super::snippet::Paint;
use super::summary::{SummaryBlock, SummaryValue};
use super::text::{has_wide, in_lines, longest_word, visible};
use crate::language::Language;

/// Where a text is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Its columns.
    pub width: u16,
    /// Whether sentences are broken between words, too, and not only cells:
    /// elsewhere each is one line, so that programs find it.
    pub wraps: bool,
    /// Whether headings stand out.
    pub paint: Paint,
}

impl Page {
    /// A pipe, a log, a mail: the same text wherever it is read.
    pub const PLAIN: Self = Self { width: 120, wraps: false, paint: Paint::Plain };

    /// A sentence in lines; those after the first are indented by so much more.
    #[must_use]
    pub fn lines(self, text: &str, indent: usize, hanging: usize) -> Vec<String> {
        if !self.wraps {
            return vec![format!("{:indent$}{text}", "")];
        }
        let room = usize::from(self.width).saturating_sub(indent + hanging).max(20);
        let lines = in_lines(text, room).into_iter().enumerate();
        let indented = |(at, line): (usize, String)| {
            let indent = if at == 0 { indent } else { indent + hanging };
            format!("{:indent$}{line}", "")
        };
        lines.map(indented).collect()
    }

    fn heading(self, line: &str) -> String {
        match self.paint {
            Paint::Plain => line.to_owned(),
            Paint::Colours => format!("\u{1b}[1m{line}\u{1b}[0m"),
        }
    }

    fn warning(self, line: &str) -> String {
        match self.paint {
            Paint::Plain => line.to_owned(),
            Paint::Colours => format!("\u{1b}[33m{line}\u{1b}[0m"),
        }
    }
}

/// Renders warnings and blocks for a page. Numbers and days are written in the
/// language's way; without one, as the CSV files have them.
#[must_use]
pub fn render(
    warnings: &[String],
    blocks: &[SummaryBlock],
    language: Option<Language>,
    page: Page,
) -> String {
    let mut text = String::new();
    for warning in warnings {
        for line in page.lines(&format!("! {}", visible(warning)), 0, 2) {
            // Writing to a String does not fail.
            let _ = writeln!(text, "{}", page.warning(&line));
        }
    }
    if !warnings.is_empty() {
        text.push('\n');
    }
    for block in blocks {
        if !block.heading.is_empty() {
            for line in page.lines(&visible(&block.heading), 0, 2) {
                let _ = writeln!(text, "{}", page.heading(&line));
            }
        }
        if !block.rows.is_empty() {
            text.push_str(&table("", block, language, page));
        }
        text.push('\n');
    }
    text
}

/// The columns of two wide characters, as words of Chinese have mostly.
const WIDE_WORD: usize = 4;

/// What stands beside a cell: two columns before the first, one on either side
/// of the others.
fn padding(column: usize) -> (u16, u16) {
    (if column == 0 { 2 } else { 1 }, 1)
}

/// The columns that a table takes of a page's.
fn table_width(page: u16) -> u16 {
    page.saturating_sub(2).max(40)
}

/// The columns of a page that are left for what stands in a table's cells, its
/// labels too.
pub(super) fn room_for_cells(page: usize, columns: usize) -> usize {
    let beside = |column: usize| {
        let (before, after) = padding(column);
        usize::from(before + after)
    };
    let width = usize::from(table_width(u16::try_from(page).unwrap_or(u16::MAX)));
    width.saturating_sub((0..columns).map(beside).sum())
}

/// A block's table; `label` heads the labels of its rows.
pub(super) fn table(
    label: &str,
    block: &SummaryBlock,
    language: Option<Language>,
    page: Page,
) -> String {
    let mut headings = vec![label.to_owned()];
    headings.extend(block.columns.iter().cloned());
    let rows: Vec<Vec<String>> =
        block.rows.iter().map(|(label, values)| cells(label, values, language)).collect();
    let count = rows.iter().map(Vec::len).max().unwrap_or(1);
    let widths = |of: fn(&str) -> usize| -> Vec<usize> {
        let column = |at: usize| {
            let own = rows.iter().filter_map(|row| row.get(at));
            let (before, after) = padding(at);
            let widest = own.chain(headings.get(at)).map(|cell| of(cell)).max().unwrap_or(0);
            widest + usize::from(before + after)
        };
        (0..count).map(column).collect()
    };
    // No word is ever cut: neither an id nor a number is one without its end.
    let mut narrowest = widths(longest_word);
    // Nor is a day broken.
    for (cells, (_, values)) in rows.iter().zip(&block.rows) {
        let days = values.iter().enumerate();
        for (at, _) in days.filter(|(_, value)| matches!(value, SummaryValue::Day(_))) {
            let (before, after) = padding(at + 1);
            if let (Some(cell), Some(least)) = (cells.get(at + 1), narrowest.get_mut(at + 1)) {
                *least = (*least).max(cell.width() + usize::from(before + after));
            }
        }
    }
    let width = table_width(page.width);
    let fits = |widths: &[usize]| widths.iter().sum::<usize>() <= usize::from(width);
    let whole = widths(UnicodeWidthStr::width);
    let is_broken = !fits(&whole);
    let has_wide = rows.iter().flatten().chain(&headings).any(|cell| has_wide(cell));
    if is_broken && has_wide {
        // A word broken between any two of its characters is none.
        let cells = widths(|cell| cell.width().min(WIDE_WORD));
        narrowest = narrowest.into_iter().zip(cells).map(|(least, cell)| least.max(cell)).collect();
    }
    if !fits(&narrowest) {
        return one_below_another(&headings, &rows, page);
    }
    let (headings, rows) = if is_broken && has_wide {
        // The library breaks anywhere between wide characters.
        let words = |text: &str| text.split(' ').map(UnicodeWidthStr::width).max().unwrap_or(0);
        let with_headings =
            headings.iter().enumerate().zip(&narrowest).map(|((at, heading), least)| {
                let (before, after) = padding(at);
                (*least).max(words(heading) + usize::from(before + after))
            });
        let with_headings: Vec<usize> = with_headings.collect();
        let least = if fits(&with_headings) { with_headings } else { narrowest.clone() };
        let widths = shared_out(whole, &least, usize::from(width));
        let broken = |row: Vec<String>| in_columns(row, &widths);
        (broken(headings), rows.into_iter().map(broken).collect())
    } else {
        (headings, rows)
    };
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_width(width);
    // What fits as it stands is not broken.
    table.set_content_arrangement(if !is_broken || has_wide {
        ContentArrangement::Disabled
    } else {
        ContentArrangement::Dynamic
    });
    if !block.columns.is_empty() {
        table.set_header(headings);
    }
    for row in rows {
        table.add_row(row);
    }
    for (index, column) in table.column_iter_mut().enumerate() {
        column.set_padding(padding(index));
        let least = narrowest.get(index).and_then(|width| u16::try_from(*width).ok());
        if let Some(least) = least {
            column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
        }
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

/// Widths of columns that a page has room for: the widest gives way first, and none
/// falls below its least.
fn shared_out(mut widths: Vec<usize>, least: &[usize], room: usize) -> Vec<usize> {
    while widths.iter().sum::<usize>() > room {
        let wider = widths.iter_mut().zip(least).filter(|(width, least)| **width > **least);
        let Some((widest, _)) = wider.max_by_key(|(width, _)| **width) else { break };
        *widest -= 1;
    }
    widths
}

/// The cells of a row, each in lines of its column.
fn in_columns(cells: Vec<String>, widths: &[usize]) -> Vec<String> {
    let cell = |(at, (cell, width)): (usize, (String, &usize))| {
        let (before, after) = padding(at);
        let room = width.saturating_sub(usize::from(before + after));
        // Spaces before a label are kept where it fits.
        if cell.width() <= room { cell } else { in_lines(&cell, room).join("\n") }
    };
    cells.into_iter().zip(widths).enumerate().map(cell).collect()
}

fn cells(label: &str, values: &[SummaryValue], language: Option<Language>) -> Vec<String> {
    let mut row = vec![visible(label).into_owned()];
    row.extend(values.iter().map(|value| match value {
        SummaryValue::Text(text) => visible(&text.replace(['\n', '\r'], " ")).into_owned(),
        SummaryValue::Number(printed) => {
            let number = language.map(|language| language.number(printed));
            visible(&number.unwrap_or_else(|| printed.clone())).into_owned()
        }
        SummaryValue::Day(day) => {
            language.map_or_else(|| day.to_string(), |language| language.date_in_tables(*day))
        }
    }));
    row
}

/// A table for a page that is too narrow for its columns: each row's label, and
/// below it its cells with their headings.
fn one_below_another(headings: &[String], rows: &[Vec<String>], page: Page) -> String {
    let page = Page { wraps: true, ..page };
    let widest = headings.iter().map(|heading| heading.width()).max().unwrap_or(0);
    let mut lines = Vec::new();
    for row in rows {
        let mut cells = row.iter().zip(headings.iter().map(Some).chain(std::iter::repeat(None)));
        if let Some((label, _)) = cells.next() {
            lines.extend(page.lines(label, 2, 2));
        }
        let first = lines.len();
        for (cell, heading) in cells.filter(|(cell, _)| !cell.is_empty()) {
            // What has no heading, a unit or currency, is of the figure before it.
            if heading.is_some_and(String::is_empty)
                && lines.len() > first
                && let Some(before) = lines.last_mut()
                && before.width() + 1 + cell.width() <= usize::from(page.width)
            {
                before.push(' ');
                before.push_str(cell);
                continue;
            }
            let heading = heading.map_or("", String::as_str);
            let gap = widest - heading.width();
            let indent = if widest == 0 { 4 } else { widest + 6 };
            let mut own = page.lines(cell, indent, 0);
            if let Some(first) = own.first_mut() {
                *first = format!("    {heading}{:gap$}  {}", "", first.trim_start());
                if widest == 0 {
                    *first = format!("    {}", first.trim_start());
                }
            }
            lines.extend(own);
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn block() -> SummaryBlock {
        let text = |text: &str| SummaryValue::Text(text.to_owned());
        SummaryBlock {
            heading: "Lines".to_owned(),
            columns: vec!["Line".to_owned(), "Customer".to_owned(), "Delivered".to_owned()],
            rows: vec![
                (
                    "S00105".to_owned(),
                    vec![
                        text("__import__.drawdown_line_erp_x2eL1_20"),
                        text("The Jackson Group of Companies"),
                        SummaryValue::Number("57.50".to_owned()),
                    ],
                ),
                (
                    "S00106".to_owned(),
                    vec![
                        text("L2"),
                        text("上海計算機軟件技術開發中心"),
                        SummaryValue::Number("1.00".to_owned()),
                    ],
                ),
            ],
        }
    }

    fn on(width: u16) -> String {
        render(&[], &[block()], None, Page { width, ..Page::PLAIN })
    }

    #[test]
    fn no_word_is_cut_and_no_line_is_too_long() {
        for width in [60, 80, 100, 140] {
            let text = on(width);
            for word in ["__import__.drawdown_line_erp_x2eL1_20", "Companies", "57.50"] {
                assert!(text.contains(word), "{width}: no {word}:\n{text}");
            }
            for line in text.lines() {
                assert!(line.width() <= usize::from(width), "{width}: {line}");
            }
        }
    }

    #[test]
    fn a_day_is_never_broken() {
        let day = NaiveDate::from_ymd_opt(2026, 12, 31).unwrap();
        let mut block = block();
        block.columns.push("日期".to_owned());
        for (_, values) in &mut block.rows {
            values.push(SummaryValue::Day(day));
        }
        for width in [60, 80, 100, 140] {
            let page = Page { width, ..Page::PLAIN };
            let text = render(&[], std::slice::from_ref(&block), Some(Language::Chinese), page);
            assert_eq!(text.matches("2026-12-31").count(), 2, "{width}:\n{text}");
        }
    }

    #[test]
    fn no_line_of_wide_characters_begins_with_a_mark_and_no_short_heading_is_broken() {
        let text = |text: &str| SummaryValue::Text(text.to_owned());
        let block = SummaryBlock {
            heading: "加售".to_owned(),
            columns: ["客户", "计量单位", "已交付数量"].map(str::to_owned).to_vec(),
            rows: vec![(
                "S00105".to_owned(),
                vec![
                    text("上海計算機，軟件技術，開發中心，（有限公司），上海計算機，軟件技術。"),
                    text("小时"),
                    SummaryValue::Number("57.50".to_owned()),
                ],
            )],
        };
        for width in 44..90 {
            let page = Page { width, ..Page::PLAIN };
            let text = render(&[], std::slice::from_ref(&block), None, page);
            for heading in &block.columns {
                assert!(text.contains(heading), "{width}:\n{text}");
            }
            for line in text.lines() {
                assert!(line.width() <= usize::from(width), "{width}: {line}");
                let first = line.trim_start().chars().next();
                assert!(!first.is_some_and(|c| "，。）".contains(c)), "{width}:\n{text}");
            }
        }
    }

    #[test]
    fn wide_characters_take_two_columns() {
        let text = on(140);
        let end = |line: &str| line.width();
        let rows: Vec<&str> = text.lines().filter(|line| line.contains("S0010")).collect();
        assert_eq!(
            rows.iter().map(|row| end(row)).collect::<Vec<_>>(),
            [end(rows[0]); 2],
            "{text}"
        );
    }

    #[test]
    fn a_page_too_narrow_for_the_columns_has_them_one_below_another() {
        let text = on(60);
        assert!(text.contains("  S00105\n    Line       __import__.drawdown"), "{text}");
        assert!(text.contains("    Delivered  57.50\n"), "{text}");
    }

    #[test]
    fn only_a_page_with_colours_has_them() {
        assert!(!on(80).contains('\u{1b}'));
        let page = Page { paint: Paint::Colours, ..Page::PLAIN };
        assert!(render(&[], &[block()], None, page).starts_with("\u{1b}[1mLines\u{1b}[0m\n"));
    }
}
