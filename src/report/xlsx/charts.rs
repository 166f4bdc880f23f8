//! Charts beside the summary, the rows that they are drawn from, and the sheet
//! of weeks behind the small charts.

use chrono::NaiveDate;
use rust_xlsxwriter::{
    Chart, ChartAxis, ChartAxisLabelPosition, ChartLegendPosition, ChartType, Color, Format,
    FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use unicode_width::UnicodeWidthStr;

use super::cells::{
    CellFormat, Formats, Look, NumberStyle, decimals, write_day, write_number, write_text,
};
use super::{A4, INK, RULE, print_on};
use crate::language::{Group, Key, Words};
use crate::model::{Exact, LineIndex, Money, print_hours};
use crate::reconcile::{Status, Weekly, WeeklyOf};
use crate::report::model::Report;

/// Columns of values of blocks that charts may stand beside.
pub(super) const BESIDE: usize = 2;
/// Overruns in a chart.
const LARGEST: usize = 10;
/// Currencies whose overruns have a chart.
const CURRENCIES: usize = 3;
/// Rows that a chart is high, and the pixels of one.
const HIGH: u32 = 17;
pub(super) const ROW: u32 = 20;
const WIDE: u32 = 760;

/// What the charts of a summary show.
pub(super) struct Charts<'a> {
    words: &'a Words,
    weeks: Vec<NaiveDate>,
    /// Hours of each week, by status; those without any are left out.
    hours: Vec<(Status, Vec<Exact>)>,
    /// The largest overruns of each currency, by name.
    overruns: Vec<(String, Vec<(String, Money)>)>,
}

impl<'a> Charts<'a> {
    pub(super) fn of(report: &Report, words: &'a Words) -> Self {
        let units = &report.book.units;
        let hours = Status::ALL.into_iter().filter_map(|status| {
            let hours = report.work.weekly.hours(WeeklyOf::Status(status), units)?;
            hours.iter().any(|hours| !hours.is_zero()).then_some((status, hours))
        });
        let mut overruns: Vec<(String, Vec<(String, Money)>)> = Vec::new();
        // By currency, the largest first.
        for row in &report.upsells {
            let Some(first) = row.upsell.lines.first() else { continue };
            let Some(overrun) = row.upsell.overrun.as_ref() else { continue };
            if !overrun.amount().is_positive() {
                continue;
            }
            let none = || words.text(Key::NoCurrency).to_owned();
            let currency = overrun.currency().map_or_else(none, |c| c.as_str().to_owned());
            let order = report.book.order_of(*first);
            let customer = order.customer.as_deref().unwrap_or_default();
            let name = format!("{} {customer}", order.name).trim().to_owned();
            match overruns.last_mut().filter(|(known, _)| *known == currency) {
                Some((_, largest)) if largest.len() < LARGEST => {
                    largest.push((name, overrun.clone()));
                }
                Some(_) => {}
                None => overruns.push((currency, vec![(name, overrun.clone())])),
            }
        }
        overruns.truncate(CURRENCIES);
        let mut hours: Vec<(Status, Vec<Exact>)> = hours.collect();
        let mut weeks = report.work.weekly.weeks();
        // Weeks before the first work say nothing.
        let idle =
            |week: usize| hours.iter().all(|(_, hours)| hours.get(week).is_none_or(Exact::is_zero));
        let first = (0..weeks.len()).find(|week| !idle(*week)).unwrap_or(weeks.len());
        weeks.drain(..first);
        for (_, hours) in &mut hours {
            hours.drain(..first.min(hours.len()));
        }
        Self { words, weeks, hours, overruns }
    }

    fn count(&self) -> u32 {
        u32::from(!self.hours.is_empty()) + u32::try_from(self.overruns.len()).unwrap_or(0)
    }

    /// Rows that the charts take.
    pub(super) fn height(&self) -> u32 {
        self.count() * HIGH
    }

    fn hours_per_week(&self) -> String {
        self.words.with(Key::HoursPerWeek, &[("weeks", (Weekly::WEEKS as u64).into())])
    }

    /// Letters that columns need for what the charts are drawn from.
    pub(super) fn widths(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let statuses = (1..).zip(&self.hours).map(|(at, (status, _))| {
            (at, self.words.word(Group::Status, status.name()).width() + 1)
        });
        let values = self.overruns.iter().flat_map(|(currency, largest)| {
            let heading = self.words.word(Group::Column, "overrun_value").width() + 2;
            let longest = largest.iter().map(|(_, overrun)| overrun.to_string().len()).max();
            [heading, longest.unwrap_or_default() * 4 / 3 + currency.width() + 1]
        });
        let weeks = (!self.hours.is_empty()).then(|| (0, self.hours_per_week().width() + 2));
        statuses.chain(values.map(|width| (1, width))).chain(weeks)
    }

    /// Writes the charts from row `top`, and what they show from row `below`.
    pub(super) fn write(
        &self,
        sheet: &mut Worksheet,
        top: u32,
        below: u32,
        formats: &mut Formats,
    ) -> Result<(), XlsxError> {
        let name = self.words.word(Group::Sheet, "summary").to_owned();
        let mut top = top;
        let mut row = below;
        if !self.hours.is_empty() {
            let last = self.write_hours(sheet, row, formats)?;
            let mut chart = Chart::new(ChartType::ColumnStacked);
            for (at, (status, _)) in (1..).zip(&self.hours) {
                let series = chart.add_series();
                series
                    .set_name((name.as_str(), row, at))
                    .set_categories((name.as_str(), row + 1, 0, last, 0))
                    .set_values((name.as_str(), row + 1, at, last, at))
                    .set_gap(40)
                    .set_format(rust_xlsxwriter::ChartFormat::new().set_solid_fill(
                        rust_xlsxwriter::ChartSolidFill::new().set_color(colour(*status)),
                    ));
            }
            chart.title().set_name(&self.hours_per_week());
            chart.legend().set_position(ChartLegendPosition::Bottom);
            named(chart.y_axis(), self.words.word(Group::Column, "hours"));
            let weeks = chart.x_axis();
            // A bar is a week wide, and not a day.
            weeks.set_text_axis(true).set_num_format(self.words.language().date_in_cells());
            // Below the bars of weeks with hours taken back, too.
            weeks.set_label_position(ChartAxisLabelPosition::Low);
            place(sheet, top, &mut chart)?;
            top += HIGH;
            row = last + 2;
        }
        for (currency, largest) in &self.overruns {
            let last = self.write_overruns(sheet, row, currency, largest, formats)?;
            let mut chart = Chart::new(ChartType::Bar);
            chart
                .add_series()
                .set_name((name.as_str(), row, 1))
                .set_categories((name.as_str(), row + 1, 0, last, 0))
                .set_values((name.as_str(), row + 1, 1, last, 1))
                .set_gap(40)
                .set_format(rust_xlsxwriter::ChartFormat::new().set_solid_fill(
                    rust_xlsxwriter::ChartSolidFill::new().set_color(colour(Status::Upsell)),
                ));
            let filled = [("currency", currency.into())];
            chart.title().set_name(&self.words.with(Key::LargestOverruns, &filled));
            chart.legend().set_hidden();
            // The first row is the uppermost bar.
            chart.y_axis().set_reverse();
            chart.x_axis().set_num_format("#,##0");
            place(sheet, top, &mut chart)?;
            top += HIGH;
            row = last + 2;
        }
        Ok(())
    }

    /// Returns the last row.
    fn write_hours(
        &self,
        sheet: &mut Worksheet,
        first: u32,
        formats: &mut Formats,
    ) -> Result<u32, XlsxError> {
        let (heading, over_numbers) = headings();
        write_text(sheet, first, 0, &self.hours_per_week(), &heading)?;
        for (at, (status, _)) in (1..).zip(&self.hours) {
            let status = self.words.word(Group::Status, status.name());
            write_text(sheet, first, at, status, &over_numbers)?;
        }
        let mut row = first;
        for (week, day) in self.weeks.iter().enumerate() {
            row += 1;
            let day_format = formats.day.clone().set_align(FormatAlign::Left);
            write_day(sheet, row, 0, *day, &day_format)?;
            for (at, (_, hours)) in (1..).zip(&self.hours) {
                let printed = hours.get(week).map(print_hours).unwrap_or_default();
                let format = formats.number(NumberStyle::new(Look::Short, "", false));
                write_number(sheet, row, at, &printed, format)?;
            }
        }
        Ok(row)
    }

    /// Returns the last row.
    fn write_overruns(
        &self,
        sheet: &mut Worksheet,
        first: u32,
        currency: &str,
        largest: &[(String, Money)],
        formats: &mut Formats,
    ) -> Result<u32, XlsxError> {
        let (heading, over_numbers) = headings();
        let title = self.words.with(Key::LargestOverruns, &[("currency", currency.into())]);
        write_text(sheet, first, 0, &title, &heading)?;
        let value = self.words.word(Group::Column, "overrun_value");
        write_text(sheet, first, 1, value, &over_numbers)?;
        let mut row = first;
        for (name, overrun) in largest {
            row += 1;
            write_text(sheet, row, 0, name, &formats.text)?;
            let printed = overrun.to_string();
            let format =
                formats.number(NumberStyle::new(Look::Money(decimals(&printed)), currency, false));
            write_number(sheet, row, 1, &printed, format)?;
        }
        Ok(row)
    }
}

fn headings() -> (Format, Format) {
    let heading = Format::new().set_bold().set_font_color(INK);
    let heading = heading.set_border_bottom(FormatBorder::Thin).set_border_bottom_color(RULE);
    (heading.clone(), heading.set_align(FormatAlign::Right).set_indent(1))
}

fn named(axis: &mut ChartAxis, name: &str) {
    axis.set_name(name);
}

fn place(sheet: &mut Worksheet, row: u32, chart: &mut Chart) -> Result<(), XlsxError> {
    chart.set_width(WIDE).set_height(HIGH * ROW - ROW);
    sheet.insert_chart_with_offset(row, 3, chart, 24, 0)?;
    Ok(())
}

/// The colours that the workbook gives to statuses.
fn colour(status: Status) -> Color {
    Color::RGB(match status {
        Status::Upsell => 0x00D9_5F5F,
        Status::Near => 0x00F0_C24B,
        Status::Ok => 0x006A_B187,
        Status::Locked => 0x009E_9E9E,
        Status::Exception => 0x008E_6BBF,
        Status::NotConfirmed => 0x00BF_D7EA,
        Status::Cancelled => 0x00C9_B79C,
        Status::NotTracked => 0x005B_8DB8,
    })
}

/// Writes the sheet of weeks: a row per quota, a column per week.
pub(super) fn write_weeks(
    workbook: &mut Workbook,
    report: &Report,
    quotas: &[LineIndex],
    words: &Words,
) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet_with_low_memory()?;
    sheet.set_name(words.word(Group::Sheet, "weeks"))?;
    let header = super::sheets::header_format();
    let mut formats = Formats::new(words.language());
    for (at, (name, width)) in (0..).zip([("order", 13), ("customer", 24), ("contract", 24)]) {
        sheet.set_column_width(at, width)?;
        sheet.set_column_format(at, &formats.text)?;
        sheet.write_string_with_format(0, at, words.word(Group::Column, name), &header)?;
    }
    let over_weeks = header
        .clone()
        .set_num_format(words.language().date_in_cells())
        .set_align(FormatAlign::Right);
    let short = NumberStyle::new(Look::Short, "", false);
    let short = formats.number(short).clone();
    for (at, week) in (super::sheets::WEEKS_FROM..).zip(report.work.weekly.weeks()) {
        sheet.set_column_width(at, 11)?;
        sheet.set_column_format(at, &short)?;
        write_day(sheet, 0, at, week, &over_weeks)?;
    }
    sheet.set_freeze_panes(1, 1)?;
    sheet.set_repeat_rows(0, 0)?;
    // Half a year of weeks side by side would be too small to read.
    sheet.set_repeat_columns(0, super::sheets::WEEKS_FROM - 1)?;
    print_on(sheet, A4, 2, report.period.as_of, words);
    for (row, first) in (1..).zip(quotas) {
        let (order, line) = (report.book.order_of(*first), report.book.line(*first));
        let texts =
            [Some(order.name.as_str()), order.customer.as_deref(), line.contract_text.as_deref()];
        for (at, text) in (0..).zip(texts) {
            let format = CellFormat::of_column(&formats.text);
            write_text(sheet, row, at, text.unwrap_or_default(), format)?;
        }
        let hours = report.weekly_hours(*first).unwrap_or_default();
        for (at, hours) in (super::sheets::WEEKS_FROM..).zip(&hours) {
            let format = CellFormat::of_column(&short);
            write_number(sheet, row, at, &print_hours(hours), format)?;
        }
    }
    Ok(())
}
