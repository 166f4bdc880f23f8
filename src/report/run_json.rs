//! run.json: what was read, what was in force, what came out. Nothing in it
//! changes between two runs on the same input and as-of date.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostics::{Error, Place};
use crate::history::RunFigures;
use crate::language::english;
use crate::model::{Exact, print_hours};
use crate::reconcile::{Advice, Fates};
use crate::run_json::FORMAT;

use super::faults::{FaultGroup, group};
use super::model::Report;

/// A file that was written.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct OutputRow {
    /// Its name in the output folder.
    pub path: String,
    /// Its digest.
    pub digest: String,
    /// Its rows below the header; for a workbook those of all its tables.
    pub rows: u64,
}

/// The whole of run.json.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RunJson<'a> {
    /// `drawdown`.
    tool: &'static str,
    /// The version that ran.
    version: &'static str,
    /// The time of the run, with --record-time only.
    #[serde(skip_serializing_if = "Option::is_none")]
    started_at: Option<&'a str>,
    /// The as-of date, like 2026-03-31.
    as_of: String,
    /// The kind of the digests: `blake3` or `sha256`.
    hash: &'static str,
    /// The configuration in force, as drawdown.toml has it.
    configuration: serde_json::Value,
    /// What was read, a row per sheet.
    inputs: Vec<Input<'a>>,
    /// The control totals.
    totals: Totals,
    /// How many order lines have each status.
    lines: BTreeMap<&'static str, u64>,
    /// What was written; empty of a check.
    outputs: &'a [OutputRow],
    /// How many exceptions there are of each kind.
    exceptions: BTreeMap<&'static str, u64>,
    /// The first hundred groups of exceptions: the same fault in many rows.
    faults: Vec<Faults<'a>>,
    /// How many further groups there are.
    #[serde(skip_serializing_if = "is_zero")]
    further_faults: usize,
    /// What lay among the inputs and was not read.
    passed_over: Vec<PassedOver>,
    /// How cells were read, where that is more than copying them.
    readings: Readings,
    /// What must be read before anything else.
    warnings: &'a [String],
    /// Set-ups that go wrong; of a check only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    advice: Vec<AdviceJson>,
    /// The limits of reading in force.
    limits: serde_json::Value,
    /// Choices that hold by default and were made by nobody.
    not_chosen: Vec<&'static str>,
    /// How many differences from the ERP have each cause.
    causes: BTreeMap<&'static str, u64>,
    /// How the files of the folder are written: 2 since the ids in a list of
    /// lines are told apart.
    format: u64,
    /// What this run came to, and those before it.
    #[serde(skip_serializing_if = "<[RunFigures]>::is_empty")]
    runs: &'a [RunFigures],
}

/// A set-up that goes wrong; told by a check.
#[derive(Debug, Serialize, JsonSchema)]
struct AdviceJson {
    kind: &'static str,
    place: Option<PlaceJson>,
    count: u64,
    found: String,
    help: String,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Input<'a> {
    /// The path as it was reached.
    path: &'a str,
    /// What kind of records it has.
    role: &'static str,
    /// The digest of the file.
    digest: &'a str,
    /// The size of the file.
    bytes: u64,
    /// Rows below the header that hold a record.
    rows: u64,
    /// Rows of totals, left out.
    #[serde(skip_serializing_if = "is_zero")]
    total_rows: u64,
    /// Headings of groups, left out.
    #[serde(skip_serializing_if = "is_zero")]
    group_rows: u64,
    /// The sheet of a workbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<&'a str>,
}

fn is_zero<T: Default + PartialEq>(count: &T) -> bool {
    *count == T::default()
}

#[derive(Debug, Serialize, JsonSchema)]
struct Totals {
    /// Numbers of entries by fate.
    entries: BTreeMap<&'static str, u64>,
    /// Their hours, as decimals.
    hours: BTreeMap<&'static str, String>,
    /// Their quantities by unit of measure, as decimals.
    units: BTreeMap<String, BTreeMap<&'static str, String>>,
    /// Rows of adjustments (rule 6.10), where there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    adjustments: Option<BTreeMap<&'static str, u64>>,
}

/// Groups of faults that run.json describes; `exceptions` counts all.
const GROUPS: usize = 100;
/// The same fault in many rows, with the first of them. All of them are in
/// exceptions.csv.
#[derive(Debug, Serialize, JsonSchema)]
struct Faults<'a> {
    kind: &'static str,
    rule: &'static str,
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<&'a str>,
    count: u64,
    expected: String,
    help: String,
    first: Vec<FirstFault<'a>>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct FirstFault<'a> {
    row: Option<u64>,
    /// The cell of a worksheet, like `B7`.
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<String>,
    found: Cow<'a, str>,
}

impl<'a> Faults<'a> {
    fn of(group: &FaultGroup<'a>) -> Self {
        let first = group.first.first().copied();
        Self {
            kind: group.kind.name(),
            rule: group.kind.rule(),
            file: first.map_or("", |fault| fault.place.file()),
            sheet: first.and_then(|fault| fault.place.sheet()),
            column: first.and_then(|fault| fault.place.column()),
            count: group.count,
            expected: first.map(|fault| english().say(&fault.expected)).unwrap_or_default(),
            help: first.map(|fault| english().say(&fault.action)).unwrap_or_default(),
            first: group
                .first
                .iter()
                .map(|fault| FirstFault {
                    row: fault.place.row(),
                    cell: fault.place.cell(),
                    found: english().found(&fault.found),
                })
                .collect(),
        }
    }
}

/// What stopped a run, for programs.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ErrorJson {
    error: ErrorFacts,
}

#[derive(Debug, Serialize, JsonSchema)]
struct ErrorFacts {
    kind: &'static str,
    place: Option<PlaceJson>,
    found: Option<String>,
    expected: Option<String>,
    help: Option<String>,
    message: String,
}

#[derive(Debug, Serialize, JsonSchema)]
struct PlaceJson {
    file: String,
    sheet: Option<String>,
    row: Option<u64>,
    column: Option<String>,
    /// The cell of a worksheet, like `B7`.
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<String>,
    /// In the configuration: the character of the line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    character: Option<usize>,
}

impl PlaceJson {
    fn of(place: &Place) -> Self {
        Self {
            file: place.file().to_owned(),
            sheet: place.sheet().map(str::to_owned),
            row: place.row(),
            column: place.column().map(str::to_owned),
            cell: place.cell(),
            character: None,
        }
    }
}

impl AdviceJson {
    fn of(advice: &Advice) -> Self {
        Self {
            kind: advice.kind.name(),
            place: advice.place.as_ref().map(PlaceJson::of),
            count: advice.count,
            found: english().say(&advice.found),
            help: english().say(&advice.action),
        }
    }
}

impl ErrorJson {
    /// Of an error with a place and a kind.
    #[must_use]
    pub fn new(error: &Error) -> Self {
        let character = match error {
            Error::BadConfiguration { column, .. } => Some(*column),
            _ => None,
        };
        let place = |place: Place| PlaceJson { character, ..PlaceJson::of(&place) };
        let (message, help) = error.message_and_help();
        Self {
            error: ErrorFacts {
                kind: error.kind(),
                place: error.place().map(place),
                found: error.found().map(str::to_owned),
                expected: error.expected(),
                help,
                message,
            },
        }
    }

    /// Of anything that was not foreseen.
    #[must_use]
    pub fn unexpected(message: String) -> Self {
        Self {
            error: ErrorFacts {
                kind: "unexpected",
                place: None,
                found: None,
                expected: None,
                help: None,
                message,
            },
        }
    }
}

#[derive(Debug, Serialize, JsonSchema)]
struct PassedOver {
    path: String,
    reason: String,
}

/// How cells were read, where that is more than copying them.
#[derive(Debug, Serialize, JsonSchema)]
struct Readings {
    /// Quantities of time taken for the print of a binary float (rule 5.6).
    binary_floats: u64,
    /// Sections, notes and down payments passed over.
    lines_passed_over: u64,
    /// Entries later than the as-of date.
    entries_after_as_of: u64,
}

/// What run.json says beside the report.
#[derive(Debug, Clone)]
pub struct RunFacts<'a> {
    /// The wall clock, only when it was asked for.
    pub started_at: Option<&'a str>,
    /// The kind of the digests.
    pub hash: &'static str,
    /// The configuration in force.
    pub configuration: serde_json::Value,
    /// What was written.
    pub outputs: &'a [OutputRow],
    /// What must be read before anything else.
    pub warnings: &'a [String],
    /// What a check advises.
    pub advice: &'a [Advice],
    /// The limits of reading.
    pub limits: serde_json::Value,
    /// Choices that hold by default and were made by nobody.
    pub not_chosen: Vec<&'static str>,
}

impl<'a> RunJson<'a> {
    /// Of a report that was written.
    #[must_use]
    pub fn new(report: &'a Report, facts: RunFacts<'a>) -> Self {
        let units = &report.book.units;
        let totals = &report.totals;
        let mut exceptions: BTreeMap<&'static str, u64> = BTreeMap::new();
        for fault in &report.faults {
            *exceptions.entry(fault.kind.name()).or_default() += 1;
        }
        let groups = group(&report.faults);
        let mut by_unit: BTreeMap<String, BTreeMap<&'static str, String>> = BTreeMap::new();
        for (unit, fates) in &totals.units {
            // Two categories may have a unit of one name.
            let name = units.get(*unit).name.clone();
            let name = if by_unit.contains_key(&name) {
                format!("{name} ({})", units.category_name(*unit))
            } else {
                name
            };
            by_unit.insert(name, printed(fates));
        }
        Self {
            tool: "drawdown",
            version: env!("CARGO_PKG_VERSION"),
            started_at: facts.started_at,
            as_of: report.period.as_of.to_string(),
            hash: facts.hash,
            configuration: facts.configuration,
            inputs: report
                .inputs
                .iter()
                .map(|input| Input {
                    path: &input.path,
                    role: input.role,
                    digest: &input.digest,
                    bytes: input.bytes,
                    rows: input.rows,
                    total_rows: input.total_rows,
                    group_rows: input.group_rows,
                    sheet: input.sheet.as_deref(),
                })
                .collect(),
            totals: Totals {
                entries: totals
                    .entries
                    .named()
                    .into_iter()
                    .map(|(name, count)| (name, *count))
                    .collect(),
                hours: printed(&totals.hours),
                units: by_unit,
                adjustments: Some(report.facts.adjustments)
                    .filter(|counts| counts.read > 0)
                    .map(|counts| counts.named().into_iter().collect()),
            },
            lines: report
                .lines_by_status()
                .into_iter()
                .map(|(s, count)| (s.name(), count))
                .collect(),
            outputs: facts.outputs,
            exceptions,
            further_faults: groups.len().saturating_sub(GROUPS),
            faults: groups.iter().take(GROUPS).map(Faults::of).collect(),
            passed_over: report
                .passed_over
                .iter()
                .filter(|(place, _)| !report.replaced.contains(place))
                .map(|(place, reason)| PassedOver {
                    path: place.to_string(),
                    reason: english().say(reason),
                })
                .collect(),
            readings: Readings {
                binary_floats: report.facts.float_readings,
                lines_passed_over: report.facts.lines_passed_over,
                entries_after_as_of: report.facts.after_as_of,
            },
            warnings: facts.warnings,
            advice: facts.advice.iter().map(AdviceJson::of).collect(),
            limits: facts.limits,
            not_chosen: facts.not_chosen,
            causes: report.lines_by_cause().into_iter().map(|(c, n)| (c.name(), n)).collect(),
            format: FORMAT,
            runs: &report.runs,
        }
    }

    /// As text, with a line end at its end.
    ///
    /// # Errors
    /// Never for the types that it is made of.
    pub fn to_text(&self) -> Result<String, serde_json::Error> {
        let mut text = serde_json::to_string_pretty(self)?;
        text.push('\n');
        Ok(text)
    }
}

fn printed(fates: &Fates<Exact>) -> BTreeMap<&'static str, String> {
    fates.named().into_iter().map(|(name, sum)| (name, print_hours(sum))).collect()
}
