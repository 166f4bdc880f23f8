//! Cells: what stands in one, and how it looks.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatUnderline, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::decisions::{self, filled_in};
use crate::language::Language;
use crate::report::model::{Column, ColumnKind};
use crate::report::text::visible;

/// UTF-16 units in a cell.
pub(super) const LONGEST_TEXT: usize = 32_767;
/// Decimals in a number format.
const MOST_DECIMALS: usize = 30;
const LINK: Color = Color::RGB(0x0005_63C1);

/// The value of a number as it is printed. `None` for what is no plain decimal
/// or is too large for a cell.
#[expect(clippy::disallowed_types, reason = "the cells of a workbook hold binary floats")]
pub(super) fn cell_number(printed: &str) -> Option<f64> {
    let digits = printed.strip_prefix('-').unwrap_or(printed);
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    printed.parse().ok().filter(|number: &f64| plain && number.is_finite())
}

pub(super) fn decimals(printed: &str) -> usize {
    printed.split_once('.').map_or(0, |(_, decimals)| decimals.len().min(MOST_DECIMALS))
}

/// The digits before the decimals.
fn whole_digits(printed: &str) -> usize {
    printed.bytes().take_while(|byte| *byte != b'.').filter(u8::is_ascii_digit).count()
}

fn has_thousands(printed: &str) -> bool {
    whole_digits(printed) > 3
}

/// `0.00` or `#,##0.00`.
fn number_format(whole: &str, decimals: usize) -> String {
    let point = if decimals == 0 { "" } else { "." };
    format!("{whole}{point}{}", "0".repeat(decimals))
}

/// A text as the cell of a link takes it. Its XML has the text once more, in an
/// attribute, where the library escapes no letter that XML has not.
pub(super) fn link_text(text: &str) -> String {
    cell_text(&visible(text)).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

/// A text as a cell takes it.
pub(super) fn cell_text(text: &str) -> String {
    // UTF-8 never needs fewer bytes than UTF-16 needs units.
    if text.len() <= LONGEST_TEXT || text.encode_utf16().count() <= LONGEST_TEXT {
        return text.to_owned();
    }
    let mut units = 1;
    let kept = text.chars().take_while(|letter| {
        units += letter.len_utf16();
        units <= LONGEST_TEXT
    });
    kept.chain(['…']).collect()
}

/// A text that would become a formula where somebody edits its cell.
fn looks_like_a_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@'])
}

/// A spreadsheet's calendar begins in 1900, with a leap day of its own.
fn is_in_calendar(day: NaiveDate) -> bool {
    (1901..=9999).contains(&day.year())
}

/// How a number of a column looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Look {
    /// The decimals it is printed with.
    Plain(usize),
    /// These, and thousands apart.
    Grouped(usize),
    /// The same, of an amount of money.
    Money(usize),
    /// As short as it can be.
    Short,
    /// A share of one, in per cent.
    Share,
}

impl Look {
    pub(super) fn of(kind: ColumnKind, printed: &str) -> Self {
        match kind {
            ColumnKind::Money => Self::Money(decimals(printed)),
            ColumnKind::Quantity => Self::Grouped(decimals(printed)),
            // No format of a cell is both short and grouped.
            ColumnKind::Hours if has_thousands(printed) => Self::Grouped(decimals(printed)),
            ColumnKind::Hours => Self::Short,
            ColumnKind::Share => Self::Share,
            ColumnKind::Text | ColumnKind::Count | ColumnKind::Day => {
                Self::Plain(decimals(printed))
            }
        }
    }

    pub(super) fn number_format(self) -> String {
        match self {
            Self::Plain(decimals) => number_format("0", decimals),
            Self::Grouped(decimals) | Self::Money(decimals) => number_format("#,##0", decimals),
            Self::Short => "General".to_owned(),
            // One decimal would make 99.95 % all of a quota.
            Self::Share => "0.00%".to_owned(),
        }
    }
}

/// The format of a cell.
#[derive(Debug, Clone, Copy)]
pub(super) struct CellFormat<'f> {
    format: &'f Format,
    /// Whether its column has the same one: then the library need not find it
    /// among all formats once more.
    is_of_column: bool,
}

impl<'f> CellFormat<'f> {
    /// The format that the column has.
    pub(super) fn of_column(format: &'f Format) -> Self {
        Self { format, is_of_column: true }
    }
}

impl<'f> From<&'f Format> for CellFormat<'f> {
    fn from(format: &'f Format) -> Self {
        Self { format, is_of_column: false }
    }
}

/// How a number looks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NumberStyle {
    look: Look,
    /// An amount of money shows it.
    currency: String,
    bold: bool,
}

impl NumberStyle {
    pub(super) fn new(look: Look, currency: &str, bold: bool) -> Self {
        let currency = shown(look, currency).to_owned();
        Self { look, currency, bold }
    }

    /// The letters that a number takes.
    pub(super) fn letters(&self, printed: &str) -> usize {
        let marks = match self.look {
            Look::Grouped(_) | Look::Money(_) => whole_digits(printed).saturating_sub(1) / 3,
            // Two places to the left, and the sign of per cent.
            Look::Share => 1,
            Look::Plain(_) | Look::Short => 0,
        };
        let currency = match self.currency.width() {
            0 => 0,
            // Capitals are wider than digits.
            width => 1 + width * 4 / 3,
        };
        let letters = printed.len() + marks + currency;
        if self.bold { letters + letters.div_ceil(10) } else { letters }
    }

    /// Whether it is the style of [`Self::new`].
    pub(super) fn is(&self, look: Look, currency: &str, bold: bool) -> bool {
        (self.look, self.bold) == (look, bold) && self.currency == shown(look, currency)
    }
}

/// The currency that a number shows, if it is an amount and names a plain one.
fn shown(look: Look, currency: &str) -> &str {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '.' | '$' | '€' | '£' | '¥');
    match look {
        Look::Money(_) if currency.chars().all(plain) => currency,
        _ => "",
    }
}

/// Formats of cells, made when the first cell needs them.
#[derive(Debug)]
pub(super) struct Formats {
    pub(super) text: Format,
    pub(super) link: Format,
    pub(super) wrapped: Format,
    pub(super) day: Format,
    pub(super) to_fill_in: Format,
    day_to_fill_in: Format,
    numbers: BTreeMap<NumberStyle, Format>,
}

impl Formats {
    pub(super) fn new(language: Language) -> Self {
        // A name of another direction stays beside what it belongs to as well.
        let text = Format::new().set_align(FormatAlign::Top).set_align(FormatAlign::Left);
        let day = to_the_right().set_num_format(language.date_in_cells());
        let wrapped = text.clone().set_text_wrap();
        Self {
            to_fill_in: decisions::to_fill_in(&wrapped),
            day_to_fill_in: decisions::to_fill_in(&day),
            link: text.clone().set_font_color(LINK).set_underline(FormatUnderline::Single),
            wrapped,
            day,
            text,
            numbers: BTreeMap::new(),
        }
    }

    /// Of a text of a column.
    pub(super) fn of_text(&self, column: &Column) -> &Format {
        match column {
            _ if filled_in(column).is_some() => &self.to_fill_in,
            _ if wraps(column) => &self.wrapped,
            _ => &self.text,
        }
    }

    pub(super) fn day(&self, column: &Column) -> &Format {
        if filled_in(column).is_some() { &self.day_to_fill_in } else { &self.day }
    }

    /// Of a cell that nobody has filled in yet.
    pub(super) fn blank(&self, column: &Column) -> &Format {
        if column.kind == ColumnKind::Day { &self.day_to_fill_in } else { &self.to_fill_in }
    }

    /// Of a number; an amount of money shows its currency.
    pub(super) fn number(&mut self, style: NumberStyle) -> &Format {
        self.numbers.entry(style).or_insert_with_key(|NumberStyle { look, currency, bold }| {
            let mut shown = look.number_format();
            if !currency.is_empty() {
                // In quotes a letter stands for itself.
                shown = format!("{shown}\\ \"{currency}\"");
            }
            // The width of a sign: some programs forget a number's indent.
            shown.push_str("_-");
            let format = to_the_right().set_num_format(shown);
            if *bold { format.set_bold() } else { format }
        })
    }
}

/// Whether a column's texts go on below in their cells.
pub(super) fn wraps(column: &Column) -> bool {
    matches!(column.name, "expected" | "action" | "found" | "candidate")
        || filled_in(column).is_some()
}

/// Off the edge, so that a text in the next column does not touch it.
pub(super) fn to_the_right() -> Format {
    Format::new().set_align(FormatAlign::Top).set_align(FormatAlign::Right).set_indent(1)
}

pub(super) fn write_text<'f>(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    of: impl Into<CellFormat<'f>>,
) -> Result<(), XlsxError> {
    let (text, of) = (cell_text(text), of.into());
    if looks_like_a_formula(&text) {
        let quoted = of.format.clone().set_quote_prefix();
        sheet.write_string_with_format(row, column, text, &quoted)?;
        return Ok(());
    }
    write_string(sheet, row, column, text, of)
}

fn write_string(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    text: String,
    of: CellFormat<'_>,
) -> Result<(), XlsxError> {
    if of.is_of_column {
        sheet.write_string(row, column, text)?;
    } else {
        sheet.write_string_with_format(row, column, text, of.format)?;
    }
    Ok(())
}

/// A number; text to the right where a cell cannot hold it.
pub(super) fn write_number<'f>(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    printed: &str,
    of: impl Into<CellFormat<'f>>,
) -> Result<(), XlsxError> {
    let of = of.into();
    let Some(number) = cell_number(printed) else {
        return write_string(sheet, row, column, cell_text(printed), of);
    };
    if of.is_of_column {
        sheet.write_number(row, column, number)?;
    } else {
        sheet.write_number_with_format(row, column, number, of.format)?;
    }
    Ok(())
}

pub(super) fn write_day<'f>(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    day: NaiveDate,
    of: impl Into<CellFormat<'f>>,
) -> Result<(), XlsxError> {
    let of = of.into();
    if !is_in_calendar(day) {
        return write_string(sheet, row, column, day.to_string(), of);
    }
    if of.is_of_column {
        sheet.write_datetime(row, column, day)?;
    } else {
        sheet.write_date_with_format(row, column, day, of.format)?;
    }
    Ok(())
}
