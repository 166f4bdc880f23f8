//! delivered.xlsx: the summary and the tables as one workbook, for people
//! who filter and sort. It shows what the CSV files say; a cell keeps fifteen
//! digits of a number, the CSV file all of them.

use std::collections::BTreeMap;
use std::io::{Seek, Write};
use std::path::Path;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, DocProperties, ExcelDateTime, Format,
    FormatAlign, FormatBorder, IgnoreError, Table as ExcelTable, TableColumn, TableStyle, Workbook,
    Worksheet, XlsxError,
};

use super::model::{Column, ColumnKind, Report, TableRow, Value};
use super::summary::{SummaryBlock, SummaryValue};
use super::xlsx_decisions::{self, filled_in, let_choose};
use crate::language::{Group, Key, Language, Words};
use crate::model::Period;

/// What a sheet may hold.
#[derive(Debug, Clone, Copy)]
struct Limits {
    /// Rows of a sheet, its header included.
    sheet_rows: u32,
    /// Rows up to which a range is an Excel table. Past that it keeps its
    /// filter only: a table remembers every cell of its range while it is
    /// written.
    table_rows: usize,
}

const LIMITS: Limits = Limits { sheet_rows: 1_048_576, table_rows: 100_000 };

/// UTF-16 units in a cell.
const LONGEST_TEXT: usize = 32_767;
/// Decimals in a number format.
const MOST_DECIMALS: usize = 30;
/// A4 and A3 in a spreadsheet's list of papers.
const A4: u8 = 9;
const A3: u8 = 8;
/// Columns up to which a table is legible on A4, one page wide.
const COLUMNS_ON_A4: usize = 20;

const INK: Color = Color::RGB(0x001F_3864);
const RULE: Color = Color::RGB(0x008E_A9DB);

/// Writes the workbook delivered.xlsx: the sheet Summary, then one for each
/// table, row by row. A table with more rows than
/// a sheet takes goes on in `Delivered 2`. The same report gives the same bytes.
///
/// `tempdir` is where the tables' rows wait until the workbook is closed; the
/// files there have no name and vanish with the process.
///
/// # Errors
/// What `out` or `tempdir` refuse.
pub fn write_workbook<W: Write + Seek + Send>(
    report: &Report,
    summary: &[SummaryBlock],
    words: &Words,
    tempdir: &Path,
    out: W,
) -> Result<(), XlsxError> {
    let mut workbook = new_workbook(words, tempdir)?;
    write_summary(&mut workbook, &report.period, summary, words)?;
    let owners = xlsx_decisions::owners(report);
    for table in report.tables() {
        let sheets = Sheets {
            name: table.name,
            columns: table.columns,
            rows: table.rows,
            as_of: report.period.as_of,
            owners: &owners,
            words,
        };
        sheets.write(&mut workbook, table.iter(), LIMITS)?;
    }
    workbook.save_to_writer(out)
}

fn new_workbook(words: &Words, tempdir: &Path) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_tempdir(tempdir)?;
    // A fixed day: the bytes follow the report, not the clock.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new()
        .set_title(words.text(Key::Title))
        .set_author("drawdown")
        .set_creation_datetime(&created);
    workbook.set_properties(&properties);
    Ok(workbook)
}

/// The value of a number as it is printed. `None` for what is no plain decimal
/// or is too large for a cell.
#[expect(clippy::disallowed_types, reason = "the cells of a workbook hold binary floats")]
fn cell_number(printed: &str) -> Option<f64> {
    let digits = printed.strip_prefix('-').unwrap_or(printed);
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    printed.parse().ok().filter(|number: &f64| plain && number.is_finite())
}

fn decimals(printed: &str) -> usize {
    printed.split_once('.').map_or(0, |(_, decimals)| decimals.len().min(MOST_DECIMALS))
}

/// `0.00` or `#,##0.00`.
fn number_format(whole: &str, decimals: usize) -> String {
    let point = if decimals == 0 { "" } else { "." };
    format!("{whole}{point}{}", "0".repeat(decimals))
}

/// A text as a cell takes it.
fn cell_text(text: &str) -> String {
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
enum Look {
    /// The decimals it is printed with.
    Plain(usize),
    /// These, and thousands apart.
    Grouped(usize),
    /// As short as it can be.
    Short,
    /// A share of one, in per cent.
    Share,
}

impl Look {
    fn of(kind: ColumnKind, printed: &str) -> Self {
        match kind {
            ColumnKind::Money => Self::Grouped(decimals(printed)),
            ColumnKind::Hours => Self::Short,
            ColumnKind::Share => Self::Share,
            ColumnKind::Text | ColumnKind::Quantity | ColumnKind::Count | ColumnKind::Day => {
                Self::Plain(decimals(printed))
            }
        }
    }

    fn number_format(self) -> String {
        match self {
            Self::Plain(decimals) => number_format("0", decimals),
            Self::Grouped(decimals) => number_format("#,##0", decimals),
            Self::Short => "General".to_owned(),
            Self::Share => "0.0%".to_owned(),
        }
    }
}

/// Formats of cells, made when the first cell needs them.
#[derive(Debug)]
struct Formats {
    text: Format,
    wrapped: Format,
    day: Format,
    to_fill_in: Format,
    day_to_fill_in: Format,
    numbers: BTreeMap<(Look, bool), Format>,
}

impl Formats {
    fn new(language: Language) -> Self {
        let text = Format::new().set_align(FormatAlign::Top);
        let day = to_the_right().set_num_format(language.date_in_cells());
        let wrapped = text.clone().set_text_wrap();
        Self {
            to_fill_in: xlsx_decisions::to_fill_in(&wrapped),
            day_to_fill_in: xlsx_decisions::to_fill_in(&day),
            wrapped,
            day,
            text,
            numbers: BTreeMap::new(),
        }
    }

    fn day(&self, column: &Column) -> &Format {
        if filled_in(column).is_some() { &self.day_to_fill_in } else { &self.day }
    }

    /// Of a cell that nobody has filled in yet.
    fn blank(&self, column: &Column) -> &Format {
        if column.kind == ColumnKind::Day { &self.day_to_fill_in } else { &self.to_fill_in }
    }

    fn number(&mut self, look: Look, bold: bool) -> &Format {
        self.numbers.entry((look, bold)).or_insert_with(|| {
            let format = to_the_right().set_num_format(look.number_format());
            if bold { format.set_bold() } else { format }
        })
    }
}

/// Off the edge, so that a text in the next column does not touch it.
fn to_the_right() -> Format {
    Format::new().set_align(FormatAlign::Top).set_align(FormatAlign::Right).set_indent(1)
}

fn write_text(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    let text = cell_text(text);
    if looks_like_a_formula(&text) {
        sheet.write_string_with_format(row, column, text, &format.clone().set_quote_prefix())?;
    } else {
        sheet.write_string_with_format(row, column, text, format)?;
    }
    Ok(())
}

/// A number; text to the right where a cell cannot hold it.
fn write_number(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    printed: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    match cell_number(printed) {
        Some(number) => sheet.write_number_with_format(row, column, number, format)?,
        None => sheet.write_string_with_format(row, column, cell_text(printed), format)?,
    };
    Ok(())
}

fn write_day(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    day: NaiveDate,
    format: &Format,
) -> Result<(), XlsxError> {
    if is_in_calendar(day) {
        sheet.write_date_with_format(row, column, day, format)?;
    } else {
        sheet.write_string_with_format(row, column, day.to_string(), format)?;
    }
    Ok(())
}

/// A table, spread over as many sheets as it needs.
#[derive(Debug)]
struct Sheets<'a> {
    name: &'a str,
    columns: &'a [Column],
    rows: usize,
    as_of: NaiveDate,
    /// Who may take care of an upsell.
    owners: &'a [String],
    words: &'a Words,
}

impl Sheets<'_> {
    fn write<'v>(
        &self,
        workbook: &mut Workbook,
        mut cells: impl Iterator<Item = TableRow<'v>>,
        limits: Limits,
    ) -> Result<(), XlsxError> {
        let mut formats = Formats::new(self.words.language());
        let mut left = self.rows;
        for part in 1.. {
            let rows = u32::try_from(left).unwrap_or(u32::MAX).min(limits.sheet_rows - 1);
            let sheet = workbook.add_worksheet_with_low_memory()?;
            self.set_up(sheet, part, rows, self.rows <= limits.table_rows)?;
            for (row, values) in (1..=rows).zip(cells.by_ref()) {
                self.write_row(sheet, row, values, &mut formats)?;
            }
            left -= rows as usize;
            if left == 0 {
                break;
            }
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
        as_table: bool,
    ) -> Result<(), XlsxError> {
        let title = self.words.word(Group::Sheet, self.name).to_owned();
        sheet.set_name(if part == 1 { title.clone() } else { format!("{title} {part}") })?;
        let last_column = u16::try_from(self.columns.len()).unwrap_or(u16::MAX).saturating_sub(1);
        // A table has a row below its header, if only a blank one.
        let last_row = rows.max(1);
        for (at, column) in (0..).zip(self.columns) {
            let heading = self.words.heading(self.name, column.name);
            sheet.set_column_width(at, width(column, heading))?;
            if column.kind == ColumnKind::Text {
                // Ids are text, whatever they look like.
                sheet.ignore_error_range(1, at, last_row, at, IgnoreError::NumberStoredAsText)?;
            }
        }
        sheet.set_row_height(0, 32)?;
        sheet.set_freeze_panes(
            1,
            u16::from(self.columns.first().is_some_and(|first| first.name == "order")),
        )?;
        let over_text = header_format();
        // Past the filter's button.
        let over_numbers = over_text.clone().set_align(FormatAlign::Right).set_indent(2);
        let to_fill_in = over_text.clone().set_background_color(xlsx_decisions::INK);
        let header = |column: &Column| match column.kind {
            _ if filled_in(column).is_some() => &to_fill_in,
            ColumnKind::Text => &over_text,
            _ => &over_numbers,
        };
        if as_table {
            let columns: Vec<TableColumn> = self
                .columns
                .iter()
                .map(|column| {
                    TableColumn::new()
                        .set_header(self.words.heading(self.name, column.name))
                        .set_header_format(header(column))
                })
                .collect();
            let number = if part == 1 { String::new() } else { part.to_string() };
            let table = ExcelTable::new()
                // A name of a table has no spaces.
                .set_name(format!("{}Table{number}", capitalised(self.name).replace(' ', "")))
                .set_style(TableStyle::Medium2)
                .set_columns(&columns);
            sheet.add_table(0, 0, last_row, last_column, &table)?;
        } else {
            for (at, column) in (0..).zip(self.columns) {
                let heading = self.words.heading(self.name, column.name);
                sheet.write_string_with_format(0, at, heading, header(column))?;
            }
            sheet.autofilter(0, 0, last_row, last_column)?;
        }
        if let Some(at) =
            (0..).zip(self.columns).find_map(|(at, column)| (column.name == "status").then_some(at))
        {
            colour_statuses(sheet, at, last_row, self.words)?;
        }
        for (at, column) in (0..).zip(self.columns) {
            if let Some(column) = filled_in(column) {
                let_choose(sheet, at, column, last_row, self.owners, self.words)?;
            }
        }
        sheet.set_repeat_rows(0, 0)?;
        let paper = if self.columns.len() > COLUMNS_ON_A4 { A3 } else { A4 };
        print_on(sheet, paper, self.as_of, self.words);
        Ok(())
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
        row: u32,
        values: TableRow<'_>,
        formats: &mut Formats,
    ) -> Result<(), XlsxError> {
        for ((at, column), value) in (0..).zip(self.columns).zip(values) {
            match value {
                Value::Empty if filled_in(column).is_some() => {
                    sheet.write_blank(row, at, formats.blank(column))?;
                }
                Value::Empty => {}
                Value::Text(text) if filled_in(column).is_some() => {
                    write_text(sheet, row, at, self.shown(column, &text), &formats.to_fill_in)?;
                }
                Value::Text(text) => {
                    let text = self.shown(column, &text);
                    let wraps = matches!(column.name, "expected" | "action");
                    let format = if wraps { &formats.wrapped } else { &formats.text };
                    write_text(sheet, row, at, text, format)?;
                }
                Value::Number(printed) => {
                    let bold =
                        matches!(self.name, "upsell" | "snoozed") && column.name == "overrun_value";
                    let format = formats.number(Look::of(column.kind, &printed), bold);
                    write_number(sheet, row, at, &printed, format)?;
                }
                Value::Day(day) => write_day(sheet, row, at, day, formats.day(column))?,
            }
        }
        Ok(())
    }
}

/// How many letters of a table's font a text is wide: one of Chinese is twice
/// as wide.
fn letters_wide(text: &str) -> usize {
    text.chars().map(|c| if c >= '\u{2e80}' { 2 } else { 1 }).sum()
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters.map(|c| if c == '_' { ' ' } else { c })).collect()
}

fn header_format() -> Format {
    Format::new()
        .set_bold()
        .set_font_color(Color::White)
        .set_background_color(INK)
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
}

fn print_on(sheet: &mut Worksheet, paper: u8, as_of: NaiveDate, words: &Words) {
    sheet.set_paper_size(paper).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.5, 0.7, 0.3, 0.3);
    let day = words.date(as_of);
    let as_of = words.with(Key::AsOfDay, &[("day", (&day).into())]);
    let page = words.with(Key::Page, &[("page", "&P".into()), ("pages", "&N".into())]);
    sheet.set_footer(format!("&Ldrawdown: &A&C{as_of}&R{page}"));
}

/// In letters of the sheet's font.
fn width(column: &Column, heading: &str) -> u16 {
    let wanted = match (column.kind, column.name) {
        (_, "action") => 64,
        (_, "description") => 48,
        (_, "comment") => 40,
        (_, "expected") => 36,
        (_, "found" | "candidate") => 28,
        (_, "customer" | "product" | "contract" | "file" | "kind" | "reason") => 24,
        (_, "task" | "employee" | "salesperson" | "owner" | "column") => 20,
        (_, "policy" | "invoice_status" | "order_invoice_status") => 17,
        (_, "line" | "tracking" | "unit" | "currency" | "rule") => 10,
        (ColumnKind::Text, _) => 13,
        (ColumnKind::Money, _) => 14,
        (ColumnKind::Day | ColumnKind::Quantity | ColumnKind::Hours, _) => 12,
        (ColumnKind::Share | ColumnKind::Count, _) => 9,
    };
    // A heading breaks between words, and the filter's button stands beside it.
    let longest_word = heading.split(' ').map(letters_wide).max().unwrap_or_default();
    u16::try_from(longest_word + 5).unwrap_or(wanted).max(wanted)
}

fn colour_statuses(
    sheet: &mut Worksheet,
    column: u16,
    last_row: u32,
    words: &Words,
) -> Result<(), XlsxError> {
    let colours = [
        ("upsell", 0x00FF_C7CE, 0x009C_0006),
        ("near", 0x00FF_EB9C, 0x007F_6000),
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

/// Narrowest and widest label and value of the summary.
const LABEL_WIDTH: (usize, usize) = (28, 56);
const VALUE_WIDTH: (usize, usize) = (13, 34);

fn write_summary(
    workbook: &mut Workbook,
    period: &Period,
    blocks: &[SummaryBlock],
    words: &Words,
) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet();
    sheet.set_name(words.word(Group::Sheet, "summary"))?;
    sheet.set_screen_gridlines(false);
    let title = Format::new().set_bold().set_font_size(16).set_font_color(INK);
    sheet.write_string_with_format(0, 0, words.text(Key::Title), &title)?;
    let day = words.date(period.as_of);
    sheet.write_string(1, 0, words.with(Key::AsOfDay, &[("day", (&day).into())]))?;
    let mut formats = Formats::new(words.language());
    let widths = summary_widths(blocks);
    for (at, width) in (0..).zip(&widths) {
        sheet.set_column_width(at, *width)?;
    }
    let mut row = 3;
    for block in blocks {
        let below = write_block(sheet, row, block, widths.len(), &mut formats)?;
        row = below + 1;
    }
    print_on(sheet, A4, period.as_of, words);
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
        let long = length(label) > LABEL_WIDTH.1;
        write_text(sheet, row, 0, label, if long { &formats.wrapped } else { &formats.text })?;
        for (at, value) in (1..).zip(values) {
            match value {
                SummaryValue::Text(text) | SummaryValue::Id(text) => {
                    write_text(sheet, row, at, text, &formats.text)?;
                }
                SummaryValue::Number(printed) => {
                    let format = formats.number(Look::Grouped(decimals(printed)), false);
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
    values.any(|value| matches!(value, SummaryValue::Text(text) | SummaryValue::Id(text) if !text.is_empty()))
}

fn length(text: &str) -> usize {
    letters_wide(text)
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
            widen(0, length(&block.heading));
        }
        for (at, title) in block.columns.iter().enumerate() {
            widen(at + 1, length(title));
        }
        for (label, values) in &block.rows {
            widen(0, length(label));
            for (at, value) in values.iter().enumerate() {
                widen(
                    at + 1,
                    match value {
                        // The last one may run on to the right.
                        SummaryValue::Text(_) | SummaryValue::Id(_) if at + 1 == values.len() => 0,
                        SummaryValue::Text(text) | SummaryValue::Id(text) => length(text),
                        SummaryValue::Number(printed) => length(printed) * 4 / 3,
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

#[cfg(test)]
mod tests {
    use std::borrow::Cow;
    use std::io::Cursor;

    use calamine::{Data, Range, Reader, Xlsx};

    use super::super::model::{DELIVERED, Facts, UPSELL, UnmatchedRow, UpsellRow};
    use super::*;
    use crate::diagnostics::{Fault, FaultKind, Place};
    use crate::model::{
        Book, Currency, EntryKey, EntryRow, Exact, InvoicingPolicy, Money, Order, OrderLine,
        OrderState, PoolKey, ProductKind, Reference, Tracking, UnitTable,
    };
    use crate::reconcile::{
        ControlTotals, KnownLineIds, Measure, PartialSums, Rules, Status, Upsell, settle,
    };

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn line(book: &Book, order: crate::model::OrderIndex, id: &str, product: &str) -> OrderLine {
        OrderLine {
            place: Place::new("lines.csv", None).at_row(2),
            id: id.to_owned(),
            order,
            sequence: None,
            product: product.to_owned(),
            pool: PoolKey {
                product: product.to_owned(),
                customer: String::new(),
                currency: String::new(),
            },
            description: None,
            ordered: Some(Exact::decimal(50, 0)),
            unit: book.units.hours(),
            unit_text: "Hours".to_owned(),
            exported: Some(Exact::decimal(40, 0)),
            invoiced: Some(Exact::decimal(50, 0)),
            net_price: Some(Exact::decimal(120, 0)),
            currency: Currency::new("EUR"),
            contract: None,
            contract_text: None,
            task: None,
            tracking: Some(Tracking::Contract),
            policy: Some(InvoicingPolicy::Ordered),
            kind: ProductKind::Service,
            threshold: Exact::one(),
            hours_per_unit: None,
            upsell_wanted: true,
        }
    }

    /// SO009 with 57.5 of 50 hours, one fault and one unmatched entry.
    fn so009() -> Report {
        let period = Period::until(day("2026-03-31"));
        let mut book = Book::new(UnitTable::default());
        let statuses = [Status::Upsell, Status::Near, Status::Locked, Status::Ok];
        for (at, status) in statuses.iter().enumerate() {
            let order = book.add_order(Order {
                invoice_status: None,
                name: format!("SO00{}", 9 + at),
                external_id: None,
                customer: Some(if at == 0 {
                    "Agrolait".to_owned()
                } else {
                    "=Deco & Söhne <GmbH>".to_owned()
                }),
                salesperson: Some("Mitchell Admin".to_owned()),
                date: None,
                state: if *status == Status::Locked {
                    OrderState::Locked
                } else {
                    OrderState::Sale
                },
            });
            let new =
                line(&book, order, &(77 + at).to_string(), "Senior Consulting (prepaid, 50 hours)");
            let index = book.add_line(new, &Reference::default());
            book.add_contract(&Reference {
                text: Some("SO009 - Agrolait".to_owned()),
                ..Reference::default()
            });
            book.lines[index.0].contract = Some(crate::model::ContractIndex(0));
        }
        let mut settled = settle(
            &book,
            &PartialSums::default(),
            KnownLineIds::default(),
            &Rules::standard(period),
        );
        for (settlement, status) in settled.settlements.iter_mut().zip(statuses) {
            settlement.status = status;
        }
        let euros =
            |amount: i128| Some(Money::new(Exact::decimal(amount, 0), Currency::new("EUR")));
        let first = &mut settled.settlements[0];
        first.delivered = Some(Exact::decimal(575, 1));
        first.remaining = Some(Exact::decimal(-75, 1));
        first.used = Some(Exact::decimal(115, 2));
        first.hours = Exact::decimal(575, 1);
        first.entries = 12;
        first.first = Some(day("2026-01-07"));
        first.last = Some(day("2026-03-02"));
        first.consumed = euros(6000);
        first.overrun = euros(900);
        let upsell = Upsell {
            lines: vec![crate::model::LineIndex(0)],
            measure: Measure::of(&book.lines[0]).unwrap(),
            ordered: Exact::decimal(50, 0),
            delivered: Exact::decimal(575, 1),
            adjusted: Exact::zero(),
            threshold: Exact::one(),
            overrun: euros(1_234_567),
            by_entries: true,
        };
        let upsells = vec![UpsellRow {
            upsell,
            reached_on: Some(day("2026-02-20")),
            burn_down: None,
            customer_remaining: Some(Exact::decimal(125, 1)),
            covered_by: vec!["SO031".to_owned()],
            known: crate::history::Known::default(),
        }];
        let fault = Fault::new(
            FaultKind::EntryConflict,
            Place::new("timesheets/2026-03.csv", None).at_row(14).in_column("Quantity"),
            "7,5O",
            "a decimal like 7,5 (this column uses a decimal comma)",
            "the last character is the letter O; correct the row in the ERP and export it again, or take the row out of the file",
        );
        let entry = EntryRow {
            place: Place::new("timesheets/2026-03.csv", None).at_row(31),
            key: EntryKey::new(|_| "").into(),
            date: day("2026-03-02"),
            text: crate::model::EntryText {
                id: "4711".to_owned(),
                employee: "Anna".to_owned(),
                description: "=HYPERLINK(\"http://example.com\")".to_owned(),
            },
            amount: Exact::decimal(75, 1),
            unit: book.units.hours().unwrap(),
            float_print: None,
        };
        Report {
            causes: BTreeMap::new(),
            period,
            book,
            settled,
            totals: ControlTotals::default(),
            upsells,
            faults: vec![fault],
            reasons: BTreeMap::new(),
            unmatched: vec![UnmatchedRow {
                entry,
                reason: "no_reference",
                candidate: String::new(),
            }],
            inputs: vec![super::super::InputRow {
                path: "exports/sale.order.line.xlsx".to_owned(),
                sheet: Some("Lines".to_owned()),
                role: "order_lines",
                digest: String::new(),
                bytes: 1,
                rows: 1234,
                total_rows: 0,
                group_rows: 0,
            }],
            not_read: Vec::new(),
            passed_over: Vec::new(),
            replaced: Vec::new(),
            facts: Facts::default(),
            review: crate::reconcile::Review::default(),
            history: Vec::new(),
        }
    }

    fn summary() -> Vec<SummaryBlock> {
        let number = |text: &str| SummaryValue::Number(text.to_owned());
        let text = |text: &str| SummaryValue::Text(text.to_owned());
        vec![
            SummaryBlock {
                heading: "Run".to_owned(),
                columns: Vec::new(),
                rows: vec![("As of".to_owned(), vec![SummaryValue::Day(day("2026-03-31"))])],
            },
            SummaryBlock {
                heading: "Control totals (agree exactly)".to_owned(),
                columns: vec!["Entries".to_owned(), "Hours".to_owned()],
                rows: vec![
                    ("read".to_owned(), vec![number("12345"), number("57.5")]),
                    ("  attributed".to_owned(), vec![number("12300"), number("1057.25")]),
                ],
            },
            SummaryBlock {
                heading: "Upsell: 1 quota is used up".to_owned(),
                columns: ["Customer", "Overrun", "Currency", "Reached on"]
                    .map(str::to_owned)
                    .to_vec(),
                rows: vec![(
                    "SO009".to_owned(),
                    vec![
                        text("=Agrolait"),
                        number("900.00"),
                        text("EUR"),
                        SummaryValue::Day(day("2026-02-20")),
                    ],
                )],
            },
        ]
    }

    fn english() -> Words {
        Words::new(Language::English)
    }

    fn workbook_of(report: &Report) -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        let mut out = Cursor::new(Vec::new());
        write_workbook(report, &summary(), &english(), folder.path(), &mut out).unwrap();
        out.into_inner()
    }

    fn sheets_of(columns: &[Column], rows: Vec<TableRow<'static>>, limits: Limits) -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        let mut workbook = new_workbook(&english(), folder.path()).unwrap();
        let sheets = Sheets {
            name: "delivered",
            columns,
            rows: rows.len(),
            as_of: day("2026-03-31"),
            owners: &[],
            words: &english(),
        };
        sheets.write(&mut workbook, rows.into_iter(), limits).unwrap();
        workbook.save_to_buffer().unwrap()
    }

    fn read(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
        Xlsx::new(Cursor::new(bytes)).unwrap()
    }

    fn sheet(bytes: &[u8], name: &str) -> Range<Data> {
        read(bytes.to_vec()).worksheet_range(name).unwrap()
    }

    fn header(sheet: &Range<Data>) -> Vec<String> {
        sheet.rows().next().unwrap().iter().map(ToString::to_string).collect()
    }

    /// The cell of a row, by its column's heading.
    fn cell<'a>(sheet: &'a Range<Data>, row: usize, title: &str) -> &'a Data {
        let column = header(sheet).iter().position(|heading| heading == title).unwrap();
        &sheet[(row, column)]
    }

    #[test]
    fn holds_the_summary_and_the_tables_in_order() {
        let bytes = workbook_of(&so009());
        let names = read(bytes.clone()).sheet_names();
        assert_eq!(
            names,
            [
                "Summary",
                "Delivered",
                "Upsell",
                "Snoozed",
                "Near",
                "Idle",
                "Customers",
                "Invoicing",
                "Late",
                "Without contract",
                "Given away",
                "Exceptions",
                "Unmatched"
            ]
        );
        let titles: Vec<&str> = DELIVERED.iter().map(|column| column.title).collect();
        assert_eq!(header(&sheet(&bytes, "Delivered")), titles);
        let titles: Vec<&str> = UPSELL.iter().map(|column| column.title).collect();
        assert_eq!(header(&sheet(&bytes, "Upsell")), titles);
    }

    #[test]
    fn numbers_are_numbers_and_days_are_days() {
        let report = so009();
        let bytes = workbook_of(&report);
        let delivered = sheet(&bytes, "Delivered");
        assert_eq!(delivered.height(), 5);
        assert_eq!(cell(&delivered, 1, "Line"), &Data::String("77".to_owned()));
        assert_eq!(cell(&delivered, 1, "Status"), &Data::String("upsell".to_owned()));
        assert_eq!(cell(&delivered, 2, "First entry"), &Data::Empty);
        let Data::DateTime(first) = cell(&delivered, 1, "First entry") else { panic!("no date") };
        assert_eq!(first.as_datetime().unwrap().date(), day("2026-01-07"));
        for (table, name) in [(report.delivered(), "Delivered"), (report.upsell(), "Upsell")] {
            let sheet = sheet(&bytes, name);
            for (row, values) in table.iter().enumerate() {
                for (column, value) in table.columns.iter().zip(values) {
                    if let Value::Number(printed) = value {
                        let Data::Float(number) = cell(&sheet, row + 1, column.title) else {
                            panic!("{name}, {}: no number", column.title)
                        };
                        assert_eq!(
                            Some(*number),
                            cell_number(printed.as_str()),
                            "{name}, {}",
                            column.title
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn text_that_looks_like_a_formula_stays_text() {
        let bytes = workbook_of(&so009());
        let unmatched = sheet(&bytes, "Unmatched");
        let text = "=HYPERLINK(\"http://example.com\")".to_owned();
        assert_eq!(cell(&unmatched, 1, "Description"), &Data::String(text));
        let delivered = sheet(&bytes, "Delivered");
        assert_eq!(
            cell(&delivered, 2, "Customer"),
            &Data::String("=Deco & Söhne <GmbH>".to_owned())
        );
        for name in ["Summary", "Delivered", "Unmatched"] {
            let formulas = read(bytes.clone()).worksheet_formula(name).unwrap();
            assert!(formulas.is_empty(), "{name}");
        }
    }

    #[test]
    fn the_same_report_gives_the_same_bytes() {
        assert_eq!(workbook_of(&so009()), workbook_of(&so009()));
    }

    #[test]
    fn a_table_without_rows_is_a_table_with_a_blank_row() {
        let mut report = so009();
        report.upsells.clear();
        report.unmatched.clear();
        let bytes = workbook_of(&report);
        assert_eq!(sheet(&bytes, "Unmatched").height(), 1);
        let mut workbook = read(bytes);
        workbook.load_tables().unwrap();
        assert_eq!(
            workbook.table_names(),
            [
                "DeliveredTable",
                "UpsellTable",
                "SnoozedTable",
                "NearTable",
                "IdleTable",
                "CustomersTable",
                "InvoicingTable",
                "LateTable",
                "WithoutcontractTable",
                "GivenawayTable",
                "ExceptionsTable",
                "UnmatchedTable"
            ]
        );
        let upsell = workbook.table_by_name("UpsellTable").unwrap();
        assert_eq!(upsell.columns().len(), UPSELL.len());
    }

    #[test]
    fn rows_past_a_sheet_go_on_in_the_next() {
        let row = |number: u32| {
            vec![
                Value::Text(Cow::Owned(format!("SO{number}"))),
                Value::Number(format!("{number}.50")),
            ]
        };
        let columns = [DELIVERED[0], DELIVERED[8]];
        let limits = Limits { sheet_rows: 3, table_rows: 100 };
        let bytes = sheets_of(&columns, (1..=5).map(row).collect(), limits);
        assert_eq!(read(bytes.clone()).sheet_names(), ["Delivered", "Delivered 2", "Delivered 3"]);
        let last = sheet(&bytes, "Delivered 3");
        assert_eq!(header(&last), ["Order", "Ordered"]);
        assert_eq!(last[(1, 0)], Data::String("SO5".to_owned()));
        assert_eq!(last[(1, 1)], Data::Float(5.5));
        assert_eq!(last.height(), 2);
        // A sheet that is just full needs no other.
        let bytes = sheets_of(&columns, (1..=4).map(row).collect(), limits);
        assert_eq!(read(bytes).sheet_names().len(), 2);
    }

    #[test]
    fn many_rows_are_a_range_with_a_filter() {
        let rows = (1..=3).map(|number| vec![Value::Number(number.to_string())]).collect();
        let bytes = sheets_of(&[DELIVERED[16]], rows, Limits { sheet_rows: 100, table_rows: 2 });
        let range = sheet(&bytes, "Delivered");
        assert_eq!(header(&range), ["Entries"]);
        assert_eq!((range.height(), &range[(3, 0)]), (4, &Data::Float(3.0)));
        let mut workbook = read(bytes);
        workbook.load_tables().unwrap();
        assert!(workbook.table_names().is_empty());
    }

    #[test]
    fn cuts_text_at_what_a_cell_holds() {
        assert_eq!(cell_text("=1+1"), "=1+1");
        let fits = "ä".repeat(LONGEST_TEXT);
        assert_eq!(cell_text(&fits), fits);
        let cut = cell_text(&"😀".repeat(LONGEST_TEXT));
        assert_eq!(cut.encode_utf16().count(), LONGEST_TEXT);
        assert!(cut.ends_with("😀…"));
        let rows = vec![vec![Value::Text(Cow::Owned("x".repeat(LONGEST_TEXT + 1)))]];
        let bytes = sheets_of(&[DELIVERED[0]], rows, LIMITS);
        assert!(sheet(&bytes, "Delivered")[(1, 0)].to_string().ends_with("x…"));
    }

    #[test]
    fn what_a_cell_cannot_hold_is_shown_as_text() {
        let digits = "9".repeat(400);
        let rows = vec![
            vec![Value::Number(digits.clone()), Value::Day(day("0202-03-01"))],
            vec![Value::Number("inf".to_owned()), Value::Day(day("9999-12-31"))],
        ];
        let bytes = sheets_of(&[DELIVERED[8], DELIVERED[17]], rows, LIMITS);
        let range = sheet(&bytes, "Delivered");
        assert_eq!(range[(1, 0)], Data::String(digits));
        assert_eq!(range[(1, 1)], Data::String("0202-03-01".to_owned()));
        assert_eq!(range[(2, 0)], Data::String("inf".to_owned()));
        assert!(matches!(range[(2, 1)], Data::DateTime(_)));
    }

    #[test]
    fn a_number_keeps_the_decimals_it_is_printed_with() {
        let format = |kind, printed| Look::of(kind, printed).number_format();
        assert_eq!(format(ColumnKind::Quantity, "50"), "0");
        assert_eq!(format(ColumnKind::Quantity, "-7.50"), "0.00");
        assert_eq!(format(ColumnKind::Money, "1234.5678"), "#,##0.0000");
        assert_eq!(format(ColumnKind::Money, "1200"), "#,##0");
        assert_eq!(format(ColumnKind::Share, "1.1500"), "0.0%");
        assert_eq!(format(ColumnKind::Hours, "57.5"), "General");
        assert_eq!(cell_number("-7.50"), Some(-7.5));
        assert_eq!(cell_number("1e3"), None);
        assert_eq!(cell_number(""), None);
    }

    #[test]
    fn the_summary_holds_its_blocks() {
        let bytes = workbook_of(&so009());
        let summary = sheet(&bytes, "Summary");
        let at =
            |row: u32, column: u32| summary.get_value((row, column)).cloned().unwrap_or_default();
        let text = |text: &str| Data::String(text.to_owned());
        assert_eq!(at(0, 0), text("drawdown: delivered quantities and upsells"));
        assert_eq!(at(1, 0), text("As of 2026-03-31"));
        assert_eq!((at(3, 0), at(4, 0)), (text("Run"), text("As of")));
        assert!(matches!(at(4, 1), Data::DateTime(_)));
        assert_eq!((at(6, 1), at(6, 2)), (text("Entries"), text("Hours")));
        assert_eq!((at(8, 1), at(8, 2)), (Data::Float(12300.0), Data::Float(1057.25)));
        assert_eq!(at(11, 1), text("=Agrolait"));
    }
}
