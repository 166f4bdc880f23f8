//! A table on as many sheets as it needs.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatDataBar,
    ConditionalFormatType, Format, FormatAlign, FormatBorder, Formula, IgnoreError, Sparkline,
    SparklineType, Table as ExcelTable, TableColumn, TableFunction, TableStyle, Url, Workbook,
    Worksheet, XlsxError,
};
use unicode_width::UnicodeWidthStr;

use super::cells::{
    CellFormat, Formats, Look, NumberStyle, link_text, wraps, write_day, write_number, write_text,
};
use super::decisions::{self, filled_in, let_choose};
use super::{A3, A4, INK, capitalised, print_on};
use crate::language::{Group, Key, Words};
use crate::reconcile::Weekly;
use crate::report::model::{Column, ColumnKind, Table, TableRow, Value};
use crate::report::text::in_lines;

/// Columns up to which a table is legible on A4, one page wide.
const COLUMNS_ON_A4: usize = 20;
/// Letters side by side on a page of A3 that can still be read.
const LETTERS_ON_A3: u16 = 280;
/// The first columns of a wide table, which say what a row is about.
const COLUMNS_OF_NAMES: u16 = 3;
/// Links that a sheet may have.
const MOST_LINKS: u32 = 65_530;
/// Points of a line of text, and lines of the highest row there is.
const LINE_HEIGHT: u32 = 15;
const MOST_LINES: usize = 27;
/// Points of a line of a heading.
const HEADING_HEIGHT: u32 = 16;
/// Letters that the filter's button takes from a heading.
const BUTTON_WIDTH: u16 = 3;
/// Letters of the column of small charts.
const TREND_WIDTH: u16 = 22;
/// Letters up to which a column widens for a text, and for a number, of which no
/// digit may be missing.
const WIDEST_TEXT: usize = 40;
const WIDEST_NUMBER: usize = 64;
/// Letters beside a text or a number: the cell's edges and what it is indented by.
const EDGES: usize = 3;

/// Where a row of a table leads.
#[derive(Debug, Clone, Default)]
pub(super) struct Leads {
    /// From its order: `internal:'Delivered'!A5`.
    pub(super) order: Option<String>,
    /// From its lines.
    pub(super) lines: Option<String>,
    /// The row of the sheet of weeks that a small chart shows.
    pub(super) weeks: Option<u32>,
}

/// A table, spread over as many sheets as it needs.
pub(super) struct Sheets<'a> {
    pub(super) name: &'a str,
    pub(super) columns: &'a [Column],
    pub(super) rows: usize,
    /// Whether it is an Excel table, or a range with a filter.
    pub(super) as_table: bool,
    pub(super) as_of: NaiveDate,
    /// Who may take care of an upsell.
    pub(super) owners: &'a [String],
    pub(super) words: &'a Words,
    /// Sums below columns, where there are any.
    pub(super) totals: Option<Totals>,
    /// Where its rows lead.
    pub(super) leads: Option<&'a dyn Fn(usize) -> Leads>,
    /// The sheet of weeks, where rows have small charts of it.
    pub(super) weeks: Option<&'a str>,
    /// What stands below it.
    pub(super) note: Option<String>,
}

impl Sheets<'_> {
    pub(super) fn write<'v>(
        &self,
        workbook: &mut Workbook,
        cells: impl Iterator<Item = TableRow<'v>>,
        sheet_rows: u32,
    ) -> Result<(), XlsxError> {
        let mut formats = Formats::new(self.words.language());
        let mut cells = cells.peekable();
        let usual = self.usual_numbers(cells.peek());
        let least = self.widths();
        let mut left = self.rows;
        let mut number = 0;
        for part in 1.. {
            let rows = u32::try_from(left).unwrap_or(u32::MAX).min(sheet_rows - 1);
            let sheet = if self.as_table {
                workbook.add_worksheet_with_low_memory()?
            } else {
                // Texts that other cells share would all be remembered; where
                // there are so many rows, each cell has its own.
                workbook.add_worksheet_with_constant_memory()?
            };
            // Sums are those of the whole table.
            let is_whole = part == 1 && rows as usize == self.rows;
            let totals = self.totals.as_ref().filter(|totals| !totals.sums.is_empty());
            let totals = totals.filter(|_| self.as_table && is_whole && rows > 0);
            self.set_up(sheet, part, rows, totals, &least)?;
            self.set_formats(sheet, &mut formats, &usual)?;
            let mut widths = least.clone();
            // As the headings are.
            let mut is_high = true;
            for (row, values) in (1..=rows).zip(cells.by_ref()) {
                // Below the last row that a sheet may have there is no cell.
                let lines = if row + 1 < sheet_rows { self.lines(&values, &least) } else { 1 };
                is_high = lines > 1;
                set_height(sheet, row, lines)?;
                let currency = self.currency(&values);
                self.widen(&mut widths, &values, &currency);
                let cells = (values, currency.as_str());
                self.write_row(sheet, (row, number), cells, (&mut formats, &usual))?;
                number += 1;
            }
            if is_high {
                // The library writes the last row twice where it has a height.
                sheet.write_blank(rows + 1, 0, &formats.text)?;
            }
            let mut below = rows.max(1) + 1;
            if let Some(totals) = totals {
                self.write_totals(sheet, below, totals, &mut formats)?;
                self.widen_for_totals(&mut widths, totals);
                below += 1;
            }
            self.fit(sheet, &widths)?;
            left -= rows as usize;
            if left == 0 {
                if let Some(note) = self.note.as_ref().filter(|_| below < sheet_rows) {
                    let format = Format::new().set_italic();
                    sheet.write_string_with_format(below, 0, note, &format)?;
                }
                break;
            }
        }
        Ok(())
    }

    /// The name of the table on a sheet.
    fn table_name(&self, part: u32) -> String {
        let number = if part == 1 { String::new() } else { part.to_string() };
        // A name of a table has no spaces.
        format!("{}Table{number}", capitalised(self.name).replace(' ', ""))
    }

    fn heading<'s>(&'s self, column: &'s Column) -> &'s str {
        self.words.heading(self.name, column.name)
    }

    fn write_totals(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        totals: &Totals,
        formats: &mut Formats,
    ) -> Result<(), XlsxError> {
        let over = |format: Format| format.set_bold().set_border_top(FormatBorder::Thin);
        let label = over(formats.text.clone());
        sheet.write_string_with_format(row, 0, self.words.text(Key::Total), &label)?;
        for (at, column) in (1..).zip(self.columns.get(1..).unwrap_or_default()) {
            let Some(total) = totals.sums.get(column.name) else {
                sheet.write_blank(row, at, &label)?;
                continue;
            };
            let look = Look::of(column.kind, total);
            let style = NumberStyle::new(look, &totals.currency, true);
            let format = formats.number(style).clone();
            let formula = subtotal(&self.table_name(1), self.heading(column));
            let formula = Formula::new(formula).set_result(total);
            sheet.write_formula_with_format(row, at, formula, &over(format))?;
        }
        Ok(())
    }

    /// Everything but the rows: in a sheet that forgets its rows, the header
    /// and the table's range come first.
    fn set_up(
        &self,
        sheet: &mut Worksheet,
        part: u32,
        rows: u32,
        totals: Option<&Totals>,
        widths: &[u16],
    ) -> Result<(), XlsxError> {
        let title = self.words.word(Group::Sheet, self.name).to_owned();
        sheet.set_name(part_name(&title, part))?;
        let has_weeks = self.as_table && self.weeks.is_some();
        let columns = self.columns.len() + usize::from(has_weeks);
        let last_column = u16::try_from(columns).unwrap_or(u16::MAX).saturating_sub(1);
        // A table has a row below its header, if only a blank one.
        let last_row = rows.max(1);
        for (at, column) in (0..).zip(self.columns) {
            if column.kind == ColumnKind::Text {
                // Ids are text, whatever they look like.
                sheet.ignore_error_range(1, at, last_row, at, IgnoreError::NumberStoredAsText)?;
            }
        }
        let headings = self.columns.iter().map(|column| self.heading(column));
        let lines = headings.zip(widths).map(|(heading, &width)| lines_of_heading(heading, width));
        let lines = u32::try_from(lines.max().unwrap_or(1)).unwrap_or(1);
        sheet.set_row_height(0, lines.max(2) * HEADING_HEIGHT)?;
        sheet.set_freeze_panes(
            1,
            u16::from(self.columns.first().is_some_and(|first| first.name == "order")),
        )?;
        let over_text = header_format();
        // Past the filter's button.
        let over_numbers = over_text.clone().set_align(FormatAlign::Right).set_indent(2);
        let to_fill_in = over_text.clone().set_background_color(decisions::INK);
        let header = |column: &Column| match column.kind {
            _ if filled_in(column).is_some() => &to_fill_in,
            ColumnKind::Text => &over_text,
            _ => &over_numbers,
        };
        if self.as_table {
            let mut columns: Vec<TableColumn> = self
                .columns
                .iter()
                .map(|column| {
                    let heading = self.heading(column);
                    let table_column =
                        TableColumn::new().set_header(heading).set_header_format(header(column));
                    if totals.is_some_and(|totals| totals.sums.contains_key(column.name)) {
                        table_column.set_total_function(TableFunction::Sum)
                    } else {
                        table_column
                    }
                })
                .collect();
            if let Some(first) = columns.first_mut().filter(|_| totals.is_some()) {
                *first = first.clone().set_total_label(self.words.text(Key::Total));
            }
            if has_weeks {
                sheet.set_column_width(last_column, TREND_WIDTH)?;
                let heading = self.words.text(Key::WeeklyHours);
                columns.push(TableColumn::new().set_header(heading).set_header_format(&over_text));
            }
            let table = ExcelTable::new()
                .set_name(self.table_name(part))
                .set_style(TableStyle::Medium2)
                .set_total_row(totals.is_some())
                .set_columns(&columns);
            sheet.add_table(0, 0, last_row + u32::from(totals.is_some()), last_column, &table)?;
        } else {
            for (at, column) in (0..).zip(self.columns) {
                sheet.write_string_with_format(0, at, self.heading(column), header(column))?;
            }
            sheet.autofilter(0, 0, last_row, last_column)?;
        }
        if let Some(at) =
            (0..).zip(self.columns).find_map(|(at, column)| (column.name == "status").then_some(at))
        {
            colour_statuses(sheet, at, last_row, self.words)?;
        }
        for (at, column) in (0..).zip(self.columns) {
            if column.name == "used" {
                let bar = ConditionalFormatDataBar::new()
                    .set_fill_color(BAR)
                    .set_solid_fill(true)
                    .set_minimum(ConditionalFormatType::Number, 0)
                    // A full bar is a quota used up, whatever the others are.
                    .set_maximum(ConditionalFormatType::Number, 1);
                sheet.add_conditional_format(1, at, last_row, at, &bar)?;
            }
            if let Some(column) = filled_in(column) {
                let_choose(sheet, at, column, last_row, self.owners, self.words)?;
            }
        }
        sheet.set_repeat_rows(0, 0)?;
        Ok(())
    }

    /// Gives the columns their widths, and the sheet so many pages that it can be
    /// read on paper.
    fn fit(&self, sheet: &mut Worksheet, widths: &[u16]) -> Result<(), XlsxError> {
        for (at, &width) in (0..).zip(widths) {
            sheet.set_column_width(at, width)?;
        }
        let paper = if self.columns.len() > COLUMNS_ON_A4 { A3 } else { A4 };
        let pages = widths.iter().sum::<u16>().div_ceil(LETTERS_ON_A3).max(1);
        if pages > 1 {
            // Each page says which lines its rows are about.
            sheet.set_repeat_columns(0, COLUMNS_OF_NAMES - 1)?;
        }
        print_on(sheet, paper, pages, self.as_of, self.words);
        Ok(())
    }

    /// Widens columns for the cells of a row; those whose texts go on below stay as
    /// they are, since rows have their heights by them.
    fn widen(&self, widths: &mut [u16], values: &TableRow<'_>, currency: &str) {
        for ((column, value), width) in self.columns.iter().zip(values).zip(widths) {
            match value {
                // No text has more letters than bytes, so that few are looked at.
                Value::Text(text) if text.len() + EDGES > usize::from(*width) => {
                    if !wraps(column) {
                        let letters = self.shown(column, text).width();
                        widen_to(width, letters, WIDEST_TEXT);
                    }
                }
                Value::Number(printed) => {
                    let style = NumberStyle::new(
                        Look::of(column.kind, printed),
                        currency,
                        self.is_bold(column),
                    );
                    widen_to(width, style.letters(printed), WIDEST_NUMBER);
                }
                Value::Text(_) | Value::Word(_) | Value::Day(_) | Value::Empty => {}
            }
        }
    }

    fn widen_for_totals(&self, widths: &mut [u16], totals: &Totals) {
        for (column, width) in self.columns.iter().zip(widths) {
            if let Some(total) = totals.sums.get(column.name) {
                let style = NumberStyle::new(Look::of(column.kind, total), &totals.currency, true);
                widen_to(width, style.letters(total), WIDEST_NUMBER);
            }
        }
    }

    /// How wide each column is at least, in letters.
    fn widths(&self) -> Vec<u16> {
        let width = |column: &Column| {
            let group = Group::of_column(column.name).or(match column.name {
                "unit" | "remaining_unit" => Some(Group::Unit),
                "category" => Some(Group::Category),
                _ => None,
            });
            let group = group.into_iter();
            let words = group.flat_map(|group| self.words.words_of(group));
            width(column, self.heading(column), words)
        };
        self.columns.iter().map(width).collect()
    }

    /// The lines that the texts of a row need: not every program that opens the
    /// workbook finds the height of a row by itself.
    fn lines(&self, values: &TableRow<'_>, widths: &[u16]) -> usize {
        let cells = self.columns.iter().zip(values).zip(widths);
        let lines = cells.map(|((column, value), &width)| match value {
            Value::Text(text) if wraps(column) => lines_of(self.shown(column, text), width),
            _ => 1,
        });
        lines.max().unwrap_or(1)
    }

    /// A cell's text as people read it.
    fn shown<'t>(&'t self, column: &Column, text: &'t str) -> &'t str {
        match Group::of_column(column.name) {
            Some(group) => self.words.word(group, text),
            None => text,
        }
    }

    fn write_row(
        &self,
        sheet: &mut Worksheet,
        (row, number): (u32, usize),
        (values, currency): (TableRow<'_>, &str),
        (formats, usual): (&mut Formats, &[Option<NumberStyle>]),
    ) -> Result<(), XlsxError> {
        let leads = self.leads.filter(|_| row <= MOST_LINKS / 2).map(|leads| leads(number));
        let leads = leads.unwrap_or_default();
        if let (Some(weeks), Some(of)) = (self.weeks, leads.weeks) {
            let last = WEEKS_FROM + u16::try_from(Weekly::WEEKS).unwrap_or(u16::MAX) - 1;
            let chart = Sparkline::new()
                .set_range((weeks, of, WEEKS_FROM, of, last))
                .set_type(SparklineType::Column)
                .set_sparkline_color(BAR);
            let at = u16::try_from(self.columns.len()).unwrap_or(u16::MAX);
            sheet.add_sparkline(row, at, &chart)?;
        }
        for ((at, column), value) in (0..).zip(self.columns).zip(values) {
            match value {
                Value::Empty if filled_in(column).is_some() => {
                    sheet.write_blank(row, at, formats.blank(column))?;
                }
                Value::Empty => {}
                Value::Text(text)
                    if column.name == "order" && leads.order.is_some()
                        || column.name == "lines" && leads.lines.is_some() =>
                {
                    let link = if column.name == "order" { &leads.order } else { &leads.lines };
                    let link =
                        Url::new(link.clone().unwrap_or_default()).set_text(link_text(&text));
                    sheet.write_url_with_format(row, at, link, &formats.link)?;
                }
                Value::Text(text) => {
                    let format = self.as_column(column, ColumnKind::Text, formats.of_text(column));
                    write_text(sheet, row, at, self.shown(column, &text), format)?;
                }
                Value::Word(word) => {
                    let format = self.as_column(column, ColumnKind::Text, formats.of_text(column));
                    write_text(sheet, row, at, self.words.supplied(word), format)?;
                }
                Value::Number(printed) => {
                    let (look, bold) = (Look::of(column.kind, &printed), self.is_bold(column));
                    let usual = usual.get(usize::from(at)).and_then(Option::as_ref);
                    let usual = usual.filter(|usual| usual.is(look, currency, bold));
                    let format = match usual {
                        Some(style) => {
                            self.as_column(column, column.kind, formats.number(style.clone()))
                        }
                        None => formats.number(NumberStyle::new(look, currency, bold)).into(),
                    };
                    write_number(sheet, row, at, &printed, format)?;
                }
                Value::Day(day) => {
                    let format = self.as_column(column, ColumnKind::Day, formats.day(column));
                    write_day(sheet, row, at, day, format)?;
                }
            }
        }
        Ok(())
    }

    /// The currency of a row's amounts.
    fn currency(&self, values: &TableRow<'_>) -> String {
        let at = self.columns.iter().position(|column| column.name == "currency");
        match at.and_then(|at| values.get(at)) {
            Some(Value::Text(text)) => text.to_string(),
            _ => String::new(),
        }
    }

    fn is_bold(&self, column: &Column) -> bool {
        matches!(self.name, "upsell" | "snoozed") && column.name == "overrun_value"
    }

    /// Whether a column has a format, that of values of its kind: not where the
    /// colour of its cells would go on below the table, nor in a sheet that forgets
    /// its rows.
    fn has_format(&self, column: &Column) -> bool {
        self.as_table && filled_in(column).is_none()
    }

    /// The format of a cell with a value of a kind, which its column may have.
    fn as_column<'f>(
        &self,
        column: &Column,
        kind: ColumnKind,
        format: &'f Format,
    ) -> CellFormat<'f> {
        let is_of_column = self.has_format(column) && column.kind == kind;
        if is_of_column { CellFormat::of_column(format) } else { format.into() }
    }

    /// How the numbers of each column mostly look: as in the first row.
    fn usual_numbers(&self, first: Option<&TableRow<'_>>) -> Vec<Option<NumberStyle>> {
        let Some(first) = first else { return Vec::new() };
        let currency = self.currency(first);
        let of_column = |(column, value): (&Column, &Value<'_>)| match value {
            Value::Number(printed)
                if !matches!(column.kind, ColumnKind::Text | ColumnKind::Day) =>
            {
                let look = Look::of(column.kind, printed);
                Some(NumberStyle::new(look, &currency, self.is_bold(column)))
            }
            _ => None,
        };
        self.columns.iter().zip(first).map(of_column).collect()
    }

    /// Has each column look as most of its cells.
    fn set_formats(
        &self,
        sheet: &mut Worksheet,
        formats: &mut Formats,
        usual: &[Option<NumberStyle>],
    ) -> Result<(), XlsxError> {
        let usual = usual.iter().map(Option::as_ref).chain(std::iter::repeat(None));
        for ((at, column), usual) in (0..).zip(self.columns).zip(usual) {
            let format = match (column.kind, usual) {
                _ if !self.has_format(column) => continue,
                (ColumnKind::Text, _) => formats.of_text(column),
                (ColumnKind::Day, _) => formats.day(column),
                (_, Some(style)) => formats.number(style.clone()),
                (_, None) => continue,
            };
            sheet.set_column_format(at, format)?;
        }
        Ok(())
    }
}

pub(super) fn header_format() -> Format {
    Format::new()
        .set_bold()
        .set_font_color(Color::White)
        .set_background_color(INK)
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
}

/// The lines of a text in a column of so many letters; a line that breaks
/// between words is not filled to its end.
fn lines_of(text: &str, width: u16) -> usize {
    let lines =
        text.lines().map(|line| (line.width() * 11).div_ceil(usize::from(width) * 10).max(1));
    lines.sum()
}

/// Widens a column for so many letters, up to a bound that it may be past already.
fn widen_to(width: &mut u16, letters: usize, widest: usize) {
    let needed = u16::try_from((letters + EDGES).min(widest)).unwrap_or(*width);
    *width = needed.max(*width);
}

/// The lines of a heading, beside the filter's button.
fn lines_of_heading(heading: &str, width: u16) -> usize {
    in_lines(heading, usize::from(width.saturating_sub(BUTTON_WIDTH))).len()
}

/// Gives a row of several lines its height. A row that forgets its cells must
/// have it before them.
fn set_height(sheet: &mut Worksheet, row: u32, lines: usize) -> Result<(), XlsxError> {
    if lines > 1 {
        let lines = u32::try_from(lines.min(MOST_LINES)).unwrap_or(1);
        sheet.set_row_height(row, lines * LINE_HEIGHT)?;
    }
    Ok(())
}

/// In letters of the sheet's font; `words` are all that the column may hold,
/// where it holds some of a few.
fn width<'w>(column: &Column, heading: &str, words: impl Iterator<Item = &'w str>) -> u16 {
    let wanted = match (column.kind, column.name) {
        (_, "action") => 64,
        (_, "description") => 48,
        (_, "comment") => 40,
        (_, "expected" | "file") => 36,
        (_, "found" | "candidate") => 28,
        (_, "customer" | "product" | "contract" | "kind" | "reason") => 24,
        (_, "task" | "employee" | "salesperson" | "owner" | "column") => 20,
        (_, "policy" | "invoice_status" | "order_invoice_status") => 17,
        (_, "line" | "tracking" | "unit" | "currency" | "rule") => 10,
        (ColumnKind::Text, _) => 13,
        (ColumnKind::Money, _) => 18,
        (ColumnKind::Day | ColumnKind::Quantity | ColumnKind::Hours, _) => 12,
        (ColumnKind::Share | ColumnKind::Count, _) => 9,
    };
    // A heading breaks between words, and the filter's button stands beside it.
    let longest_word = heading.split(' ').map(UnicodeWidthStr::width).max().unwrap_or_default();
    let needed = words.map(|word| word.width() + 2).fold(longest_word + 5, usize::max);
    u16::try_from(needed).unwrap_or(wanted).max(wanted)
}

/// Like a traffic light.
fn colour_statuses(
    sheet: &mut Worksheet,
    column: u16,
    last_row: u32,
    words: &Words,
) -> Result<(), XlsxError> {
    let colours = [
        ("upsell", 0x00FF_C7CE, 0x009C_0006),
        ("near", 0x00FF_EB9C, 0x007F_6000),
        ("ok", 0x00C6_EFCE, 0x0000_6100),
        ("locked", 0x00E0_E0E0, 0x0059_5959),
    ];
    for (status, background, ink) in colours {
        let format = Format::new()
            .set_background_color(Color::RGB(background))
            .set_font_color(Color::RGB(ink));
        let rule = ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::EqualTo(words.word(Group::Status, status)))
            .set_format(format);
        sheet.add_conditional_format(1, column, last_row, column, &rule)?;
    }
    Ok(())
}

/// The part of a table's name.
pub(super) fn part_name(title: &str, part: u32) -> String {
    if part == 1 { title.to_owned() } else { format!("{title} {part}") }
}

/// The sum of a column of a table, as Excel writes it below one.
fn subtotal(table: &str, heading: &str) -> String {
    let mut escaped = String::with_capacity(heading.len());
    for c in heading.chars() {
        if matches!(c, '\'' | '#' | '[' | ']') {
            escaped.push('\'');
        }
        escaped.push(c);
    }
    format!("SUBTOTAL(109,{table}[{escaped}])")
}

/// What can be added up in a table: hours and counts; quantities where all are
/// in one unit, amounts where all are in one currency.
#[derive(Debug, Default)]
pub(super) struct Totals {
    sums: BTreeMap<&'static str, String>,
    currency: String,
}

/// Numbers that say nothing when they are added.
const NOT_ADDED: [&str; 7] =
    ["row", "days_since", "runs_open", "weeks_idle", "days_left", "price", "customer_remaining"];

impl Totals {
    /// Of a table; the same digits as its cells have.
    pub(super) fn of(table: &Table<'_>) -> Self {
        let mut sums: BTreeMap<&'static str, Option<Decimal>> = BTreeMap::new();
        let (mut units, mut currencies) = (OneOf::None, OneOf::None);
        for row in table.iter() {
            for (column, value) in table.columns.iter().zip(row) {
                match (column.kind, value) {
                    (ColumnKind::Text, Value::Text(text)) if column.name == "unit" => {
                        units.take(&text);
                    }
                    (ColumnKind::Text, Value::Word(word)) if column.name == "unit" => {
                        units.take(word.stable());
                    }
                    (ColumnKind::Text, Value::Text(text)) if column.name == "currency" => {
                        currencies.take(&text);
                    }
                    (
                        ColumnKind::Hours
                        | ColumnKind::Count
                        | ColumnKind::Quantity
                        | ColumnKind::Money,
                        Value::Number(printed),
                    ) if !NOT_ADDED.contains(&column.name)
                        && (table.name, column.name) != ("late", "remaining") =>
                    {
                        let sum = sums.entry(column.name).or_insert(Some(Decimal::ZERO));
                        let number = Decimal::from_str_exact(&printed).ok();
                        // What is too long for it has no sum below it.
                        *sum = sum.zip(number).and_then(|(sum, number)| sum.checked_add(number));
                    }
                    _ => {}
                }
            }
        }
        let kind = |name: &str| table.columns.iter().find(|column| column.name == name);
        let is_added = |name: &str| match kind(name).map(|column| column.kind) {
            Some(ColumnKind::Quantity) => matches!(units, OneOf::One(_)),
            Some(ColumnKind::Money) => matches!(currencies, OneOf::One(_)),
            _ => true,
        };
        let sums = sums.into_iter().filter(|(name, _)| is_added(name));
        Self {
            sums: sums.filter_map(|(name, sum)| Some((name, sum?.to_string()))).collect(),
            currency: match currencies {
                OneOf::One(currency) => currency,
                OneOf::None | OneOf::Several => String::new(),
            },
        }
    }
}

/// Whether a column has one value.
enum OneOf {
    None,
    One(String),
    Several,
}

impl OneOf {
    fn take(&mut self, text: &str) {
        *self = match std::mem::replace(self, Self::Several) {
            Self::None => Self::One(text.to_owned()),
            Self::One(one) if one == text => Self::One(one),
            Self::One(_) | Self::Several => Self::Several,
        };
    }
}

/// Bars of shares, and small charts.
const BAR: Color = Color::RGB(0x006F_A8DC);
/// The column from which the sheet of weeks has its weeks.
pub(super) const WEEKS_FROM: u16 = 3;
