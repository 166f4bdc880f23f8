//! `drawdown inspect`: how each file is read.

use std::io::Write;

use schemars::{JsonSchema, Schema};
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use crate::ingest::{
    ColumnReading, DateOrder, DecimalMark, Inputs, Kind, RowCounts, Sheet, Storage, Undecided,
    WorkbookKind, discover, look_through, missing_columns,
};

use crate::language::{Group, Key, Said, Words, english};
use crate::model::toml_key;
use crate::report::{Page, visible};

use super::args::{Format, Inspect};
use super::exit::Outcome;
use super::tell;

pub(super) fn run(arguments: &Inspect) -> anyhow::Result<Outcome> {
    let configuration = super::configuration(&arguments.inputs, arguments.limits.bounds())?
        .told_in(arguments.lang.map(Into::into));
    let how = configuration.how().looking_through();
    let mut inputs = discover(&arguments.inputs.paths, None, how)?;
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
            let words = Words::new(configuration.language());
            print(&inputs, &rows, &words, page, &mut out)?;
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
    encoding: Option<Said>,
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
    reading: Option<Said>,
}

/// How a column is written, where that is not the plain way.
fn reading_of(reading: &ColumnReading) -> Option<Said> {
    let key = match reading {
        ColumnReading::Marked(DecimalMark::Comma) => Key::InspectDecimalComma,
        ColumnReading::Marked(DecimalMark::Point) => Key::InspectDecimalPoint,
        ColumnReading::Dates(None) => return None,
        ColumnReading::Dates(Some(DateOrder::DayFirst)) => Key::InspectDayFirst,
        ColumnReading::Dates(Some(DateOrder::MonthFirst)) => Key::InspectMonthFirst,
        ColumnReading::Undecided(why) => {
            let key = match why {
                Undecided::AmbiguousNumber(_) | Undecided::ContradictoryNumbers(..) => {
                    Key::InspectNumberUndecided
                }
                Undecided::AmbiguousDate(_) | Undecided::ContradictoryDates(..) => {
                    Key::InspectDateUndecided
                }
            };
            return Some(Said::message(key, [("why", why.may_be().into())]));
        }
    };
    Some(Said::plain(key))
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
                    Some(chosen) if !sheet.source.byte_order_mark => chosen.name().into(),
                    _ if sheet.source.byte_order_mark => {
                        Said::message(Key::InspectByteOrderMark, [("encoding", found.into())])
                    }
                    _ => found.into(),
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
                    reading: sheet.reading(column.index).and_then(reading_of),
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
    words: &Words,
    page: Page,
    out: &mut impl Write,
) -> std::io::Result<()> {
    for (sheet, rows) in inputs.sheets.iter().zip(rows) {
        let reading = Reading::of(sheet, *rows, &inputs.sheets);
        writeln!(out, "{}", visible(&words.place(&sheet.place())))?;
        print_reading(&reading, words, page, out)?;
        writeln!(out)?;
    }
    let tell = |key, filled| visible(&words.tell(&Said::message(key, filled))).into_owned();
    for pattern in &inputs.unused_patterns {
        let pattern = [("pattern", Said::from(toml_key(pattern)))];
        writeln!(out, "{}", tell(Key::InspectUnusedPattern, pattern))?;
    }
    if !inputs.shadowed_patterns.is_empty() {
        let patterns = [("patterns", Said::from(inputs.shadowed_patterns.join(", ")))];
        writeln!(out, "{}", tell(Key::ShadowedPatterns, patterns))?;
    }
    if !inputs.passed_over.is_empty() {
        writeln!(out, "{}", words.text(Key::InspectPassedOver))?;
        for passed in &inputs.passed_over {
            writeln!(
                out,
                "  {}",
                visible(&words.with_reason(
                    Key::InspectPassed,
                    &(passed.place.clone(), passed.reason.phrase())
                ))
            )?;
        }
    }
    if inputs.sheets.is_empty() && inputs.passed_over.is_empty() {
        writeln!(out, "{}", words.text(Key::InspectNothing))?;
    }
    Ok(())
}

/// `the unit's name`: `unit_name`.
fn name_of(missing: &str) -> String {
    missing.trim_start_matches("the ").replace("'s", "").replace(' ', "_")
}

fn print_reading(
    reading: &Reading<'_>,
    words: &Words,
    page: Page,
    out: &mut impl Write,
) -> std::io::Result<()> {
    let mut layout = vec![Said::from(reading.format)];
    layout.extend(reading.encoding.clone());
    layout.extend(reading.delimiter.map(|name| {
        let delimiter = Said::Word(Group::Delimiter, name.to_owned());
        Said::message(Key::InspectDelimiter, [("delimiter", delimiter)])
    }));
    let header = [("row", Said::Count(reading.header_row))];
    layout.push(Said::message(Key::InspectHeader, header));
    writeln!(out, "  {}", visible(&words.tell(&Said::Listed(Key::Clauses, layout))))?;
    let role = Said::Word(Group::Role, reading.role.to_owned());
    let role = Said::message(Key::InspectRole, [("role", role)]);
    writeln!(out, "  {}", words.tell(&role))?;
    let headers = reading.columns.iter().map(|column| visible(column.header).width());
    let width = headers.max().unwrap_or(0);
    for column in &reading.columns {
        // The name that drawdown.toml takes, where the words are others.
        let is_named_so = words.word(Group::Field, column.field) == column.field;
        let mut names: Vec<Said> = Vec::new();
        names.extend((!is_named_so).then(|| column.field.into()));
        names.extend(column.nested.then(|| Said::plain(Key::InspectNested)));
        let word = Said::Word(Group::Field, column.field.to_owned());
        let field = if names.is_empty() {
            word
        } else {
            let names = ("name", Said::Listed(Key::Listed, names));
            Said::message(Key::InspectField, [("word", word), names])
        };
        let field = [Some(field), column.reading.clone()];
        let field = Said::Listed(Key::Clauses, field.into_iter().flatten().collect());
        let (header, field) = (visible(column.header), words.tell(&field));
        // Not every character takes one column.
        let gap = width - header.width();
        writeln!(out, "    {header}{:gap$}  →  {}", "", visible(&field))?;
    }
    let mut sentences = Vec::new();
    if !reading.left_alone.is_empty() {
        let headers = Said::names(reading.left_alone.iter().copied());
        sentences.push(Said::message(Key::InspectLeftAlone, [("headers", headers)]));
    }
    for (key, count) in
        [(Key::InspectTotalRows, reading.total_rows), (Key::InspectGroupRows, reading.group_rows)]
    {
        if count > 0 {
            sentences.push(Said::message(key, [("count", count.into())]));
        }
    }
    sentences.extend(reading.missing.iter().map(|lacking| {
        let field = Said::Word(Group::Lacking, name_of(lacking.missing));
        let filled = [("field", field), ("headers", lacking.expected.into())];
        Said::message(Key::InspectMissing, filled)
    }));
    for sentence in &sentences {
        for line in page.lines(&visible(&words.tell(sentence)), 2, 2) {
            writeln!(out, "{line}")?;
        }
    }
    for proposal in &reading.proposals {
        let filled = [("known", proposal.known.into()), ("header", proposal.header.into())];
        let proposal = Said::message(Key::InspectProposal, filled);
        writeln!(out, "  {}", visible(&words.tell(&proposal)))?;
    }
    Ok(())
}
