//! run.json: what was read, what was in force, what came out. Nothing in it
//! changes between two runs on the same input and as-of date.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{Exact, print_hours};
use crate::reconcile::Fates;

use super::model::Report;

/// A file that was written.
#[derive(Debug, Clone, Serialize)]
pub struct OutputRow {
    /// Its name in the output folder.
    pub path: String,
    /// Its digest.
    pub digest: String,
    /// Its rows below the header; for a workbook those of all its tables.
    pub rows: u64,
}

/// The whole of run.json.
#[derive(Debug, Serialize)]
pub struct RunJson<'a> {
    tool: &'static str,
    version: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    started_at: Option<&'a str>,
    as_of: String,
    hash: &'static str,
    configuration: serde_json::Value,
    inputs: Vec<Input<'a>>,
    totals: Totals,
    lines: BTreeMap<&'static str, u64>,
    outputs: &'a [OutputRow],
    exceptions: BTreeMap<&'static str, u64>,
    passed_over: Vec<PassedOver<'a>>,
    readings: Readings,
    warnings: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Input<'a> {
    path: &'a str,
    role: &'static str,
    digest: &'a str,
    bytes: u64,
    rows: u64,
    #[serde(skip_serializing_if = "is_zero")]
    total_rows: u64,
    #[serde(skip_serializing_if = "is_zero")]
    group_rows: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<&'a str>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn is_zero(count: &u64) -> bool {
    *count == 0
}

#[derive(Debug, Serialize)]
struct Totals {
    entries: BTreeMap<&'static str, u64>,
    hours: BTreeMap<&'static str, String>,
    units: BTreeMap<String, BTreeMap<&'static str, String>>,
}

#[derive(Debug, Serialize)]
struct PassedOver<'a> {
    path: &'a str,
    reason: &'a str,
}

/// How cells were read, where that is more than copying them.
#[derive(Debug, Serialize)]
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
            },
            lines: report
                .lines_by_status()
                .into_iter()
                .map(|(s, count)| (s.name(), count))
                .collect(),
            outputs: facts.outputs,
            exceptions,
            passed_over: report
                .passed_over
                .iter()
                .map(|(path, reason)| PassedOver { path, reason })
                .collect(),
            readings: Readings {
                binary_floats: report.facts.float_readings,
                lines_passed_over: report.facts.lines_passed_over,
                entries_after_as_of: report.facts.after_as_of,
            },
            warnings: super::summary::warnings(report),
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
