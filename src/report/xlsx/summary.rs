//! The first sheet: the run's figures, and charts of them.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::cells::{Formats, Look, decimals, write_day, write_number, write_text};
use super::charts::{self, Charts};
use super::{A4, INK, RULE, print_on};
use crate::language::{Group, Key, Words};
use crate::report::model::Report;
use crate::report::summary::{SummaryBlock, SummaryValue};

/// Narrowest and widest label and value of the summary.
const LABEL_WIDTH: (usize, usize) = (28, 56);
const VALUE_WIDTH: (usize, usize) = (13, 34);

pub(super) fn write_summary(
    workbook: &mut Workbook,
    report: &Report,
    blocks: &[SummaryBlock],
    words: &Words,
) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet();
    sheet.set_name(words.word(Group::Sheet, "summary"))?;
    sheet.set_screen_gridlines(false);
    let title = Format::new().set_bold().set_font_size(16).set_font_color(INK);
    sheet.write_string_with_format(0, 0, words.text(Key::Title), &title)?;
    let day = words.date(report.period.as_of);
    sheet.write_string(1, 0, words.with(Key::AsOfDay, &[("day", (&day).into())]))?;
    let mut formats = Formats::new(words.language());
    let widths = summary_widths(blocks);
    for (at, width) in (0..).zip(&widths) {
        sheet.set_column_width(at, *width)?;
    }
    let charts = Charts::of(report, words);
    let mut row = 3;
    let below_charts = row + charts.height();
    for block in blocks {
        // Charts stand beside the narrow blocks.
        if block.columns.len() > charts::BESIDE {
            row = row.max(below_charts);
        }
        let below = write_block(sheet, row, block, widths.len(), &mut formats)?;
        row = below + 1;
    }
    charts.write(sheet, 3, row.max(below_charts), &mut formats)?;
    print_on(sheet, A4, 1, report.period.as_of, words);
    Ok(())
}

/// Returns the row below the block.
fn write_block(
    sheet: &mut Worksheet,
    first: u32,
    block: &SummaryBlock,
    columns: usize,
    formats: &mut Formats,
) -> Result<u32, XlsxError> {
    let heading = Format::new().set_bold().set_font_color(INK);
    let heading = heading.set_border_bottom(FormatBorder::Thin).set_border_bottom_color(RULE);
    write_text(sheet, first, 0, &block.heading, &heading)?;
    for (at, value) in (1..).zip(0..columns.saturating_sub(1)) {
        let title = block.columns.get(value).map_or("", String::as_str);
        let heading = heading.clone();
        let heading = if has_text(block, value) {
            heading
        } else {
            heading.set_align(FormatAlign::Right).set_indent(1)
        };
        write_text(sheet, first, at, title, &heading)?;
    }
    let mut row = first + 1;
    for (label, values) in &block.rows {
        let long = label.width() > LABEL_WIDTH.1;
        write_text(sheet, row, 0, label, if long { &formats.wrapped } else { &formats.text })?;
        for (at, value) in (1..).zip(values) {
            match value {
                SummaryValue::Text(text) => write_text(sheet, row, at, text, &formats.text)?,
                SummaryValue::Number(printed) => {
                    let format = formats.number(Look::Grouped(decimals(printed)), "", false);
                    write_number(sheet, row, at, printed, format)?;
                }
                SummaryValue::Day(day) => write_day(sheet, row, at, *day, &formats.day)?,
            }
        }
        row += 1;
    }
    Ok(row)
}

fn has_text(block: &SummaryBlock, value: usize) -> bool {
    let mut values = block.rows.iter().filter_map(|(_, values)| values.get(value));
    values.any(|value| matches!(value, SummaryValue::Text(text) if !text.is_empty()))
}

/// A width for the labels, and one for each column of values.
fn summary_widths(blocks: &[SummaryBlock]) -> Vec<u16> {
    let mut widths = vec![LABEL_WIDTH.0];
    let mut widen = |at: usize, width: usize| {
        widths.resize(widths.len().max(at + 1), VALUE_WIDTH.0);
        widths[at] = widths[at].max(width);
    };
    for block in blocks {
        if !block.columns.is_empty() {
            widen(0, block.heading.width());
        }
        for (at, title) in block.columns.iter().enumerate() {
            widen(at + 1, title.width());
        }
        for (label, values) in &block.rows {
            widen(0, label.width());
            for (at, value) in values.iter().enumerate() {
                widen(
                    at + 1,
                    match value {
                        // The last one may run on to the right.
                        SummaryValue::Text(_) if at + 1 == values.len() => 0,
                        SummaryValue::Text(text) => text.width(),
                        SummaryValue::Number(printed) => printed.width() * 4 / 3,
                        SummaryValue::Day(_) => VALUE_WIDTH.0,
                    },
                );
            }
        }
    }
    let most = |at: usize| if at == 0 { LABEL_WIDTH.1 } else { VALUE_WIDTH.1 };
    let letters = widths.iter().enumerate().map(|(at, width)| (*width).min(most(at)) + 2);
    letters.map(|width| u16::try_from(width).unwrap_or(u16::MAX)).collect()
}
