//! `drawdown inspect`: how each file is read.

use std::io::Write;

use schemars::{JsonSchema, Schema};
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use crate::ingest::{
    ColumnReading, DateOrder, DecimalMark, Inputs, Kind, RowCounts, Sheet, Storage, Undecided,
    WorkbookKind, discover, look_through, missing_columns,
};

use crate::language::english;
use crate::model::toml_key;
use crate::report::{Page, visible};

use super::args::{Format, Inspect};
use super::exit::Outcome;
use super::tell;

pub(super) fn run(arguments: &Inspect) -> anyhow::Result<Outcome> {
    let configuration = super::configuration(&arguments.inputs, arguments.limits.bounds())?;
    let mut inputs = discover(&arguments.inputs.paths, None, configuration.how())?;
    let mut rows = Vec::new();
    for sheet in &mut inputs.sheets {
        let look = look_through(sheet, configuration.reading())?;
        rows.push(look.rows);
        sheet.take_look(look);
    }
    let mut out = std::io::stdout().lock();
    match arguments.format {
        Format::Human => {
            let page = tell::page(&out);
            print(&inputs, &rows, page, &mut out)?;
        }
        Format::Json => {
            let sheets: Vec<Reading<'_>> = inputs
                .sheets
                .iter()
                .zip(&rows)
                .map(|(sheet, rows)| Reading::of(sheet, *rows, &inputs.sheets))
                .collect();
            let passed_over = inputs.passed_over.iter().map(|passed| PassedOver {
                path: passed.place.to_string(),
                reason: english().say(&passed.reason.phrase()),
            });
            let json = Inspection { sheets, passed_over: passed_over.collect() };
            writeln!(out, "{}", serde_json::to_string_pretty(&json)?)?;
        }
    }
    Ok(Outcome::Done)
}

#[derive(Serialize, JsonSchema)]
struct Inspection<'a> {
    sheets: Vec<Reading<'a>>,
    passed_over: Vec<PassedOver>,
}

#[derive(Serialize, JsonSchema)]
struct PassedOver {
    path: String,
    reason: String,
}

/// The schema of what is printed as JSON.
pub(super) fn json_schema() -> Schema {
    crate::report::json_schema::<Inspection<'_>>()
}

/// How one sheet is read.
#[derive(Serialize, JsonSchema)]
struct Reading<'a> {
    path: &'a str,
    format: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delimiter: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<&'a str>,
    role: &'static str,
    header_row: u64,
    rows: u64,
    total_rows: u64,
    group_rows: u64,
    columns: Vec<Mapping<'a>>,
    left_alone: Vec<&'a str>,
    proposals: Vec<Proposal<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing: Vec<Lacking>,
}

/// A column without which the sheet, or the whole of the inputs, is of no use.
#[derive(Serialize, JsonSchema)]
struct Lacking {
    missing: &'static str,
    expected: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct Mapping<'a> {
    header: &'a str,
    field: &'static str,
    nested: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reading: Option<String>,
}

/// How a column is written, where that is not the plain way.
fn reading_text(reading: &ColumnReading) -> Option<String> {
    Some(match reading {
        ColumnReading::Marked(DecimalMark::Comma) => "decimal comma".to_owned(),
        ColumnReading::Marked(DecimalMark::Point) => "decimal point, grouped".to_owned(),
        ColumnReading::Dates(None) => return None,
        ColumnReading::Dates(Some(DateOrder::DayFirst)) => "day first".to_owned(),
        ColumnReading::Dates(Some(DateOrder::MonthFirst)) => "month first".to_owned(),
        ColumnReading::Undecided(why) => match why {
            Undecided::AmbiguousNumber(_) => {
                format!("undecided: {}; set decimal under [reading]", english().say(&why.may_be()))
            }
            Undecided::ContradictoryNumbers(point, comma) => {
                format!(
                    "undecided: \"{point}\" and \"{comma}\" differ; set decimal under [reading]"
                )
            }
            Undecided::AmbiguousDate(_) => {
                format!("undecided: {}; set dates under [reading]", english().say(&why.may_be()))
            }
            Undecided::ContradictoryDates(one, other) => {
                format!("undecided: \"{one}\" and \"{other}\" differ; set dates under [reading]")
            }
        },
    })
}

#[derive(Serialize, JsonSchema)]
struct Proposal<'a> {
    header: &'a str,
    known: &'a str,
}

impl<'a> Reading<'a> {
    fn of(sheet: &'a Sheet, rows: RowCounts, all: &[Sheet]) -> Self {
        let recognition = &sheet.recognition;
        let (format, encoding, delimiter) = match sheet.storage {
            Storage::Text(layout) => {
                let found = match sheet.source.kind {
                    Kind::Text(found) => found.name(),
                    _ => "",
                };
                let encoding = match sheet.encoding {
                    Some(chosen) if !sheet.source.byte_order_mark => chosen.name().to_owned(),
                    _ if sheet.source.byte_order_mark => format!("{found} with a byte order mark"),
                    _ => found.to_owned(),
                };
                ("CSV", Some(encoding), Some(layout.delimiter_name()))
            }
            Storage::Worksheet(kind) => {
                let format = match kind {
                    WorkbookKind::Xlsx => "XLSX",
                    WorkbookKind::Xlsb => "XLSB",
                    WorkbookKind::Xls => "XLS",
                    WorkbookKind::Ods => "ODS",
                };
                (format, None, None)
            }
            Storage::Parquet => ("Parquet", None, None),
        };
        Self {
            path: &sheet.origin.file,
            format,
            encoding,
            delimiter,
            sheet: sheet.origin.sheet.as_deref(),
            role: sheet.role().name(),
            header_row: sheet.header_row,
            rows: rows.records,
            total_rows: rows.totals,
            group_rows: rows.groups,
            columns: recognition
                .columns
                .iter()
                .map(|column| Mapping {
                    header: &column.header,
                    field: column.field.name(),
                    nested: column.nested,
                    reading: sheet.reading(column.index).and_then(reading_text),
                })
                .collect(),
            left_alone: recognition.left_alone.iter().map(|(_, header)| header.as_str()).collect(),
            proposals: recognition
                .proposals
                .iter()
                .map(|(_, header, known)| Proposal { header, known })
                .collect(),
            missing: missing_columns(sheet, all)
                .into_iter()
                .map(|lacking| Lacking { missing: lacking.missing, expected: lacking.expected })
                .collect(),
        }
    }
}

fn print(
    inputs: &Inputs,
    rows: &[RowCounts],
    page: Page,
    out: &mut impl Write,
) -> std::io::Result<()> {
    for (sheet, rows) in inputs.sheets.iter().zip(rows) {
        let reading = Reading::of(sheet, *rows, &inputs.sheets);
        writeln!(out, "{}", visible(&sheet.place().to_string()))?;
        let delimiter =
            reading.delimiter.map(|name| format!(", {name} between cells")).unwrap_or_default();
        let encoding =
            reading.encoding.as_ref().map(|name| format!(", {name}")).unwrap_or_default();
        writeln!(
            out,
            "  {}{encoding}{delimiter}, header in row {}",
            reading.format, reading.header_row
        )?;
        writeln!(out, "  role: {}", reading.role.replace('_', " "))?;
        let headers = reading.columns.iter().map(|column| visible(column.header).width());
        let width = headers.max().unwrap_or(0);
        for column in &reading.columns {
            let nested = if column.nested { " (nested)" } else { "" };
            let how = column.reading.as_ref().map(|how| format!(", {how}")).unwrap_or_default();
            let (header, how) = (visible(column.header), visible(&how));
            // Not every character takes one column.
            let gap = width - header.width();
            writeln!(out, "    {header}{:gap$}  →  {}{nested}{how}", "", column.field)?;
        }
        if !reading.left_alone.is_empty() {
            let text = format!("left alone: {}", visible(&reading.left_alone.join(", ")));
            for line in page.lines(&text, 2, 2) {
                writeln!(out, "{line}")?;
            }
        }
        for (what, count) in
            [("rows of totals", reading.total_rows), ("headings of groups", reading.group_rows)]
        {
            if count > 0 {
                writeln!(out, "  {what} left out: {count}")?;
            }
        }
        for lacking in &reading.missing {
            let text =
                format!("missing: {}; expected one of: {}", lacking.missing, lacking.expected);
            for line in page.lines(&text, 2, 2) {
                writeln!(out, "{line}")?;
            }
        }
        for proposal in &reading.proposals {
            writeln!(
                out,
                "  did you mean \"{}\" by \"{}\"? It is left alone",
                proposal.known,
                visible(proposal.header)
            )?;
        }
        writeln!(out)?;
    }
    for pattern in &inputs.unused_patterns {
        writeln!(
            out,
            "No file matches [files.{}] of the configuration.",
            visible(&toml_key(pattern))
        )?;
    }
    if !inputs.passed_over.is_empty() {
        writeln!(out, "Passed over")?;
        for passed in &inputs.passed_over {
            writeln!(
                out,
                "  {}",
                visible(&format!("{}: {}", passed.place, english().say(&passed.reason.phrase())))
            )?;
        }
    }
    if inputs.sheets.is_empty() && inputs.passed_over.is_empty() {
        writeln!(out, "There is nothing to read.")?;
    }
    Ok(())
}
