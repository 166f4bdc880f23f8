//! The proof behind a figure: every entry, sum, conversion and share, every
//! figure and sentence fixed once. The writers add nothing but the language:
//! people read it in theirs, programs in English.

mod html;
mod sections;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use crate::language::{Said, Words};
use crate::model::LineIds;

use super::model::{Column, ColumnKind, Table, Value};
use super::summary::SummaryBlock;
use super::terminal::{Page, table};
use super::text::{in_csv, visible};

pub use html::write_html;

/// Why some order lines have the delivered quantities they have.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Explanation {
    /// What was asked for.
    pub asked: String,
    /// What it is the name of.
    pub found: Vec<Found>,
    /// The run that is explained.
    pub run: ExplainedRun,
    /// One for each set of lines whose figures depend on one another.
    pub proofs: Vec<Proof>,
}

/// A kind of thing that a name fits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Found {
    /// `order`, `line`, `contract`, `task` or `customer`.
    pub kind: &'static str,
    /// Its name as it is exported.
    pub name: String,
    /// The ids of its lines.
    pub lines: Vec<String>,
}

/// The run that is explained, and whether its inputs are still what they were.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ExplainedRun {
    /// Its folder.
    pub folder: String,
    /// The version that ran.
    pub version: String,
    /// Its as-of date.
    #[serde(serialize_with = "as_text")]
    #[schemars(with = "String")]
    pub as_of: NaiveDate,
    /// Inputs whose size or digest is another now.
    pub changed: Vec<String>,
    /// What that means.
    pub note: Said,
}

/// The proof of lines whose figures depend on one another.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct Proof {
    /// The lines.
    pub lines: Vec<LineProof>,
    /// Where their quantities come from.
    pub sources: Vec<SourceProof>,
    /// The adjustments that are made to them (rule 6.10), by row.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub adjustments: Vec<AdjustmentProof>,
    /// Their sums, one for each line or contract and unit.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub adjustment_sums: Vec<SumProof>,
    /// When the quota was reached, of an upsell by entries (rule 6.9).
    pub reached: Option<ReachedProof>,
    /// How many entries are attributed to them.
    pub entries_total: u64,
    /// The first of these, by day.
    pub entries: Vec<EntryProof>,
    /// How many entries nearly came here.
    pub nearly_total: u64,
    /// The first of these.
    pub nearly: Vec<EntryProof>,
}

/// An order line and its figures, as delivered.csv prints them.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct LineProof {
    /// Order.
    pub order: String,
    /// Id.
    pub line: String,
    /// Customer.
    pub customer: String,
    /// Product.
    pub product: String,
    /// Contract.
    pub contract: String,
    /// Task.
    pub task: String,
    /// Tracking.
    pub tracking: String,
    /// Invoicing policy.
    pub policy: String,
    /// Status.
    pub status: String,
    /// Unit.
    pub unit: Said,
    /// Ordered quantity.
    pub ordered: String,
    /// Delivered quantity; blank where there is none.
    pub delivered: String,
    /// How it is made up.
    pub equation: Said,
    /// What the ERP has.
    pub exported: String,
    /// Ours less the ERP's.
    pub difference: String,
    /// Remaining quantity.
    pub remaining: String,
    /// The delivered quantity in the run's delivered.csv, if it has the line.
    pub in_report: Option<String>,
    /// Whether that is the quantity explained here.
    pub as_in_report: Option<bool>,
    /// Every cause that fits the difference (rule 6.8), the named one first.
    pub causes: Vec<CauseProof>,
    /// How adjustments draw its quota down, where there are any (rule 6.10).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adjusted: Option<AdjustedProof>,
    /// Of a line in status exception: the exceptions that make it one, each with
    /// its place.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exceptions: Vec<Said>,
}

/// How adjustments draw a line's quota down (rule 6.10), in the line's unit.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AdjustedProof {
    /// What is adjusted on the line.
    pub adjusted: String,
    /// Delivered and adjusted: what is drawn from the quota.
    pub drawn: String,
    /// How remaining follows from it.
    pub equation: Said,
}

/// An adjustment (rule 6.10).
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AdjustmentProof {
    /// File.
    pub file: String,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// Row, from 1.
    pub row: u64,
    /// Day.
    #[serde(serialize_with = "as_text")]
    #[schemars(with = "String")]
    pub date: NaiveDate,
    /// `opening`, `goodwill`, `write_off` or `billed_elsewhere`.
    pub kind: &'static str,
    /// Why it was made; may be blank.
    pub reason: String,
    /// The line or contract that it is made to, in words.
    pub to: Said,
    /// Quantity, with its sign.
    pub quantity: String,
    /// Unit.
    pub unit: Said,
    /// The quantity in the unit of its line or pool, before it is rounded.
    pub converted: String,
    /// That unit.
    pub converted_unit: Said,
}

/// A cause that fits.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CauseProof {
    /// Its stable name.
    pub cause: &'static str,
    /// Its arithmetic.
    pub arithmetic: Said,
}

/// Entries that are attributed alike.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SourceProof {
    /// Whose they are.
    pub what: Said,
    /// A sum for each unit.
    pub sums: Vec<SumProof>,
    /// What they come to together.
    pub total: Said,
    /// What each line gets, where several share them (rule 3.5).
    pub shares: Vec<ShareProof>,
}

/// The sum of one unit, converted and rounded once (rule 5.2).
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SumProof {
    /// The unit of the entries.
    pub unit: Said,
    /// Their exact sum.
    pub sum: String,
    /// The conversion.
    pub equation: Said,
}

/// A line's part of a pool.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ShareProof {
    /// The line's id.
    pub line: String,
    /// How much, in its unit.
    pub share: String,
    /// In words.
    pub sentence: Said,
}

/// When a quota was reached.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ReachedProof {
    /// The day.
    #[serde(serialize_with = "as_text")]
    #[schemars(with = "String")]
    pub day: NaiveDate,
    /// The entry of that day, as `file:row`; blank if none alone did it.
    pub entry: String,
    /// In words.
    pub sentence: Said,
}

/// A timesheet entry.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct EntryProof {
    /// File.
    pub file: String,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// Row, from 1.
    pub row: u64,
    /// Its id.
    pub entry: String,
    /// Day.
    #[serde(serialize_with = "as_text")]
    #[schemars(with = "String")]
    pub date: NaiveDate,
    /// Employee.
    pub employee: String,
    /// Quantity.
    pub quantity: String,
    /// Unit.
    pub unit: Said,
    /// Its fate: `attributed`, `unmatched`, `excluded`, `not_counted`,
    /// `duplicate`, `refused` or `rejected`.
    pub fate: &'static str,
    /// The number of the rule that decided.
    pub rule: &'static str,
    /// Why, in words.
    pub why: Said,
    /// Description.
    pub description: String,
    /// How the quantity is written, where that is the print of a binary float
    /// (rule 5.6).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written: Option<String>,
    /// What that is read as: so many minutes or seconds, or a decimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_as: Option<Said>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
fn as_text<S: serde::Serializer>(day: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(day)
}

const fn column(name: &'static str, title: &'static str, kind: ColumnKind) -> Column {
    Column { name, title, kind }
}

/// The columns of an explanation as CSV: a row per entry, then one per adjustment.
pub const EXPLAINED: &[Column] = &[
    column("fate", "Fate", ColumnKind::Text),
    column("rule", "Rule", ColumnKind::Text),
    column("why", "Why", ColumnKind::Text),
    column("lines", "Lines", ColumnKind::Text),
    column("file", "File", ColumnKind::Text),
    column("sheet", "Sheet", ColumnKind::Text),
    column("row", "Row", ColumnKind::Count),
    column("entry", "Entry", ColumnKind::Text),
    column("date", "Date", ColumnKind::Day),
    column("employee", "Employee", ColumnKind::Text),
    column("quantity", "Quantity", ColumnKind::Quantity),
    column("unit", "Unit", ColumnKind::Text),
    column("description", "Description", ColumnKind::Text),
    column("written", "Written", ColumnKind::Text),
    column("read_as", "Read as", ColumnKind::Text),
    column("kind", "Kind", ColumnKind::Text),
    column("converted", "Converted", ColumnKind::Text),
    column("converted_unit", "Converted unit", ColumnKind::Text),
];

/// A part of an explanation as a person reads it: sentences, then a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its heading.
    pub heading: String,
    /// 1 for what the page is about, 2 for a set of lines, 3 for a part of one.
    pub level: u8,
    /// Sentences, one a line.
    pub sentences: Vec<String>,
    /// The heading of the rows' labels.
    pub label: String,
    /// The table; its heading is not used.
    pub table: SummaryBlock,
    /// Sentences below the table.
    pub notes: Vec<String>,
}

impl AdjustmentProof {
    /// Its row among the entries.
    fn row_of(&self, proof: &Proof) -> Vec<Value<'static>> {
        let text = |text: &str| in_csv(text.to_owned().into());
        let equations = proof.lines.iter().filter_map(|line| line.adjusted.as_ref());
        let equations: Vec<String> =
            equations.map(|adjusted| adjusted.equation.in_english()).collect();
        let why = format!("an adjustment of {}; {}", self.to.in_english(), equations.join(" "));
        let lines = proof.lines.iter().map(|line| line.line.as_str());
        vec![
            text("adjustment"),
            text("6.10"),
            text(&why),
            text(&LineIds::cell(lines)),
            text(&self.file),
            text(self.sheet.as_deref().unwrap_or_default()),
            Value::Number(self.row.to_string()),
            Value::Empty,
            Value::Day(self.date),
            Value::Empty,
            Value::Number(self.quantity.clone()),
            text(&self.unit.in_english()),
            text(&self.reason),
            Value::Empty,
            Value::Empty,
            text(self.kind),
            Value::Number(self.converted.clone()),
            text(&self.converted_unit.in_english()),
        ]
    }
}

impl Explanation {
    /// Its entries as a table: those attributed, then those that nearly were.
    /// One that stands in several proofs is a row with the lines of all. The
    /// adjustments are below them.
    #[must_use]
    pub fn entries(&self) -> Table<'_> {
        let mut rows: Vec<(Vec<&str>, &EntryProof)> = Vec::new();
        let mut met: BTreeMap<(&str, Option<&str>, u64, &str), usize> = BTreeMap::new();
        for proof in &self.proofs {
            let lines = || proof.lines.iter().map(|line| line.line.as_str());
            for entry in proof.entries.iter().chain(&proof.nearly) {
                let key = (entry.file.as_str(), entry.sheet.as_deref(), entry.row, entry.fate);
                let at = *met.entry(key).or_insert(rows.len());
                match rows.get_mut(at) {
                    Some((own, _)) => own.extend(lines()),
                    None => rows.push((lines().collect(), entry)),
                }
            }
        }
        let adjusted: Vec<(&Proof, &AdjustmentProof)> = self
            .proofs
            .iter()
            .flat_map(|proof| proof.adjustments.iter().map(move |one| (proof, one)))
            .collect();
        Table::new("explanation", EXPLAINED, rows.len() + adjusted.len(), move |at| {
            let text = |text: &str| in_csv(text.to_owned().into());
            let Some((lines, entry)) = rows.get(at) else {
                return adjusted
                    .get(at - rows.len())
                    .map(|(proof, one)| one.row_of(proof))
                    .unwrap_or_default();
            };
            vec![
                text(entry.fate),
                text(entry.rule),
                text(&entry.why.in_english()),
                text(&LineIds::cell(lines.iter().copied())),
                text(&entry.file),
                text(entry.sheet.as_deref().unwrap_or_default()),
                Value::Number(entry.row.to_string()),
                text(&entry.entry),
                Value::Day(entry.date),
                text(&entry.employee),
                Value::Number(entry.quantity.clone()),
                text(&entry.unit.in_english()),
                text(&entry.description),
                text(entry.written.as_deref().unwrap_or_default()),
                text(&entry.read_as.as_ref().map(Said::in_english).unwrap_or_default()),
                Value::Empty,
                Value::Empty,
                Value::Empty,
            ]
        })
    }

    /// As text in a language, for a page.
    #[must_use]
    pub fn to_text(&self, words: &Words, page: Page) -> String {
        let mut lines: Vec<String> = Vec::new();
        for section in self.sections(words) {
            let indent = if section.level > 1 { 2 } else { 0 };
            let mark = if section.level == 2 { "== " } else { "" };
            let sentences = |all: &[String]| -> Vec<String> {
                // A line break in it is of a name: ours have none.
                all.iter().flat_map(|sentence| page.lines(&visible(sentence), indent, 2)).collect()
            };
            lines.extend(page.lines(&format!("{mark}{}", visible(&section.heading)), 0, 2));
            lines.extend(sentences(&section.sentences));
            if !section.table.rows.is_empty() {
                let text = table(&section.label, &section.table, words.figures(), page);
                lines.extend(text.trim_matches('\n').lines().map(str::to_owned));
            }
            lines.extend(sentences(&section.notes));
            lines.push(String::new());
        }
        lines.join("\n")
    }

    /// As JSON, with a line end at its end.
    ///
    /// # Errors
    /// Never for the types that it is made of.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        let mut text = serde_json::to_string_pretty(self)?;
        text.push('\n');
        Ok(text)
    }
}
