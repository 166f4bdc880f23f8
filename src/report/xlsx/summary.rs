//! The first sheet: the run's figures, and charts of them.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::cells::{
    Formats, Look, NumberStyle, cell_text, decimals, write_day, write_number, write_text,
};
use super::charts::{self, Charts};
use super::{A4, INK, RULE, print_on};
use crate::language::{Group, Key, Words};
use crate::report::model::Report;
use crate::report::summary::{SummaryBlock, SummaryValue, warnings_in_short};
use crate::report::text::{in_lines, visible};

/// Narrowest and widest label and value of the summary.
const LABEL_WIDTH: (usize, usize) = (28, 56);
const VALUE_WIDTH: (usize, usize) = (13, 34);
/// Letters of a heading above labels: they are bold, and so wider.
const HEADING: usize = LABEL_WIDTH.1 - 8;
/// Behind warnings.
const WARNING: Color = Color::RGB(0x00FB_ECCB);
/// Lines of a text: a row can be some twenty of them high.
const MOST_LINES: u32 = 20;

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
    let charts = Charts::of(report, words);
    let widths = summary_widths(blocks, &charts);
    for (at, width) in (0..).zip(&widths) {
        sheet.set_column_width(at, *width)?;
    }
    let top = write_warnings(sheet, report, &widths, words)?;
    let mut row = top;
    let below_charts = row + charts.height();
    for block in blocks {
        // Charts stand beside the narrow blocks.
        if block.columns.len() > charts::BESIDE {
            row = row.max(below_charts);
        }
        let below = write_block(sheet, row, block, widths.len(), &mut formats)?;
        row = below + 1;
    }
    charts.write(sheet, top, row.max(below_charts), &mut formats)?;
    print_on(sheet, A4, 1, report.period.as_of, words);
    Ok(())
}

/// Writes what must be read before anything else, each warning across all
/// columns. Returns the row below.
fn write_warnings(
    sheet: &mut Worksheet,
    report: &Report,
    widths: &[u16],
    words: &Words,
) -> Result<u32, XlsxError> {
    let warning = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let warning = warning.set_align(FormatAlign::Left).set_background_color(WARNING);
    let last = u16::try_from(widths.len().saturating_sub(1)).unwrap_or(u16::MAX);
    let across: usize = widths.iter().map(|width| usize::from(*width)).sum();
    let mut row = 3;
    for text in warnings_in_short(report, words) {
        let text = cell_text(&visible(&text));
        heighten(sheet, row, [(text.as_str(), across)])?;
        sheet.merge_range(row, 0, row, last, &text, &warning)?;
        row += 1;
    }
    Ok(if row > 3 { row + 1 } else { row })
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
    let of_block = if block.columns.is_empty() || block.heading.width() <= HEADING {
        heading.clone()
    } else {
        heading.clone().set_text_wrap()
    };
    write_text(sheet, first, 0, &block.heading, &of_block)?;
    if !block.columns.is_empty() {
        heighten(sheet, first, [(block.heading.as_str(), HEADING)])?;
    }
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
                SummaryValue::Text(text) => {
                    // The last one may run on to the right.
                    let long = text.width() > VALUE_WIDTH.1 && usize::from(at) < values.len();
                    let format = if long { &formats.wrapped } else { &formats.text };
                    write_text(sheet, row, at, text, format)?;
                }
                SummaryValue::Number(printed) => {
                    let format = formats.number(NumberStyle::new(
                        Look::Grouped(decimals(printed)),
                        "",
                        false,
                    ));
                    write_number(sheet, row, at, printed, format)?;
                }
                SummaryValue::Day(day) => write_day(sheet, row, at, *day, &formats.day)?,
            }
        }
        let texts = values.iter().take(values.len().saturating_sub(1));
        let texts = texts.filter_map(|value| match value {
            SummaryValue::Text(text) => Some((text.as_str(), VALUE_WIDTH.1)),
            _ => None,
        });
        heighten(sheet, row, texts.chain([(label.as_str(), LABEL_WIDTH.1)]))?;
        row += 1;
    }
    Ok(row)
}

/// Gives a row the height of its texts, each broken at a width: not every
/// program finds it.
fn heighten<'a>(
    sheet: &mut Worksheet,
    row: u32,
    texts: impl IntoIterator<Item = (&'a str, usize)>,
) -> Result<(), XlsxError> {
    let lines = texts.into_iter().map(|(text, width)| in_lines(text, width).len()).max();
    let lines = u32::try_from(lines.unwrap_or(1)).unwrap_or(MOST_LINES).min(MOST_LINES);
    if lines > 1 {
        sheet.set_row_height_pixels(row, lines * charts::ROW)?;
    }
    Ok(())
}

fn has_text(block: &SummaryBlock, value: usize) -> bool {
    let mut values = block.rows.iter().filter_map(|(_, values)| values.get(value));
    values.any(|value| matches!(value, SummaryValue::Text(text) if !text.is_empty()))
}

/// A width for the labels, and one for each column of values.
fn summary_widths(blocks: &[SummaryBlock], charts: &Charts<'_>) -> Vec<u16> {
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
    for (at, width) in charts.widths() {
        widen(at, width);
    }
    let most = |at: usize| if at == 0 { LABEL_WIDTH.1 } else { VALUE_WIDTH.1 };
    let letters = widths.iter().enumerate().map(|(at, width)| (*width).min(most(at)) + 2);
    letters.map(|width| u16::try_from(width).unwrap_or(u16::MAX)).collect()
}
