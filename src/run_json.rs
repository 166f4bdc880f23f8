//! run.json, read back: what a run says of itself in its output folder, and
//! whether a file there is still what the run wrote. `report` writes it; all
//! who read it read it here.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, de};
use serde_json::Value;

use crate::digest::DigestKind;

/// The file by which a folder is known as a run's output.
pub const RUN_JSON: &str = "run.json";

/// The table of delivered quantities.
pub const DELIVERED_CSV: &str = "delivered.csv";

/// The table of upsells, which people fill in.
pub const UPSELL_CSV: &str = "upsell.csv";

/// The workbook, which people fill in as well.
pub const WORKBOOK: &str = "delivered.xlsx";

/// How the files of a folder are written, where that has changed: the ids in
/// a list of lines are told apart since 2 ([`crate::model::LineIds`]). Without
/// the key it is 1.
pub const FORMAT: u64 = 2;

/// No run.json is longer.
const LONGEST: u64 = 64 << 20;

/// How the text of every run.json begins, whole or cut.
const BEGINNING: &str = "{\n  \"tool\": \"drawdown\"";

/// What a run says of itself.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct RunJson {
    /// The version that wrote it.
    pub version: String,
    /// The as-of date.
    #[serde(deserialize_with = "as_day")]
    pub as_of: NaiveDate,
    /// The kind of its digests.
    #[serde(deserialize_with = "as_kind")]
    pub hash: DigestKind,
    /// The configuration in force.
    pub configuration: Value,
    /// What was read.
    pub inputs: Vec<RecordedInput>,
    /// Its control totals.
    pub totals: RecordedTotals,
    /// What was written.
    #[serde(default)]
    pub outputs: Vec<RecordedOutput>,
    /// The limits of reading.
    #[serde(default)]
    pub limits: Value,
    /// Choices that held by default.
    #[serde(default)]
    pub not_chosen: Vec<String>,
    /// How the files of the folder are written.
    #[serde(default = "first_format")]
    pub format: u64,
    /// The figures of the runs so far, which `history` knows; versions that kept
    /// none wrote none.
    #[serde(default)]
    pub runs: Vec<Value>,
}

/// A file, or a sheet of a workbook, that a run read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RecordedInput {
    /// Path as the user of that run reached it; of a member of an archive with
    /// the archive's before it.
    pub path: String,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The name of what it was read as.
    pub role: String,
    /// Digest of the file, or of the archive.
    pub digest: String,
    /// Size of the same.
    pub bytes: u64,
    /// Records in it.
    pub rows: u64,
}

/// The control totals of a run, over all units.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RecordedTotals {
    /// Entries by fate.
    pub entries: BTreeMap<String, u64>,
    /// Hours by fate, as they are printed.
    pub hours: BTreeMap<String, String>,
}

/// A file that a run wrote.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RecordedOutput {
    /// Its name in the folder.
    pub path: String,
    /// Its digest.
    pub digest: String,
    /// Its rows below the header.
    pub rows: u64,
}

/// What has become of a file that a run wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutputState {
    /// Byte by byte what the run wrote.
    AsWritten,
    /// Another digest.
    Changed,
    /// No such file.
    Gone,
    /// The run did not write it.
    NotWritten,
}

/// Why a folder has no run.json that can be read.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    /// No such file.
    #[error("there is no such file")]
    Missing,
    /// A file of that name which no run wrote.
    #[error("it is no run.json of drawdown's")]
    NotOurs,
    /// It is there, and the system does not give it.
    #[error("{0}")]
    Unreadable(io::Error),
    /// A run wrote it, and it was changed or cut since.
    #[error("it is not as drawdown wrote it ({0})")]
    Damaged(String),
}

impl RunJson {
    /// Reads the run.json of a folder.
    ///
    /// # Errors
    /// [`Unfit`] says what keeps it from being one.
    pub fn read(folder: &Path) -> Result<Self, Unfit> {
        let path = folder.join(RUN_JSON);
        let Ok(found) = fs::metadata(&path) else { return Err(Unfit::Missing) };
        // A pipe of that name would be read for ever.
        if !found.is_file() || found.len() > LONGEST {
            return Err(Unfit::NotOurs);
        }
        let text = fs::read(&path).map_err(Unfit::Unreadable)?;
        Self::parse(&String::from_utf8_lossy(&text))
    }

    fn parse(text: &str) -> Result<Self, Unfit> {
        let json: Value = match serde_json::from_str(text) {
            Ok(json) => json,
            Err(error) if text.starts_with(BEGINNING) => {
                return Err(Unfit::Damaged(error.to_string()));
            }
            Err(_) => return Err(Unfit::NotOurs),
        };
        if json.get("tool").and_then(Value::as_str) != Some("drawdown") {
            return Err(Unfit::NotOurs);
        }
        let json: Self =
            serde_json::from_value(json).map_err(|error| Unfit::Damaged(error.to_string()))?;
        if json.format > FORMAT {
            return Err(Unfit::Damaged(format!("a later version wrote it, {}", json.version)));
        }
        Ok(json)
    }

    /// The record of a file that the run wrote.
    #[must_use]
    pub fn output(&self, name: &str) -> Option<&RecordedOutput> {
        self.outputs.iter().find(|output| output.path == name)
    }

    /// Whether a file of its folder is still what the run wrote.
    ///
    /// # Errors
    /// What keeps a file that is there from being read.
    pub fn state_of(&self, folder: &Path, name: &str) -> io::Result<OutputState> {
        let Some(output) = self.output(name) else { return Ok(OutputState::NotWritten) };
        match self.hash.of_file(&folder.join(name)) {
            Ok((digest, _)) if digest == output.digest => Ok(OutputState::AsWritten),
            Ok(_) => Ok(OutputState::Changed),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(OutputState::Gone),
            Err(error) => Err(error),
        }
    }

    /// Whether ids in its lists of lines are told apart.
    #[must_use]
    pub fn has_line_ids_apart(&self) -> bool {
        self.format >= FORMAT
    }

    /// The tag of the language that its reports are in, where it recorded one.
    #[must_use]
    pub fn language(&self) -> Option<&str> {
        self.configuration.get("lang")?.as_str()
    }

    /// Whether the run's inputs or its configuration had names of their own for
    /// units of measure.
    #[must_use]
    pub fn names_units(&self) -> bool {
        let configured = self.configuration.get("units").and_then(Value::as_object);
        configured.is_some_and(|units| !units.is_empty())
            || self.inputs.iter().any(|input| input.role == "units")
    }

    /// The first and last day of the period under review, where they were
    /// given.
    #[must_use]
    pub fn period(&self) -> [Option<&str>; 2] {
        let period = self.configuration.get("period");
        ["from", "to"].map(|end| period?.get(end)?.as_str())
    }
}

/// Whether a run has written into a folder; its run.json may be damaged.
#[must_use]
pub fn is_run_folder(folder: &Path) -> bool {
    matches!(RunJson::read(folder), Ok(_) | Err(Unfit::Damaged(_)))
}

fn first_format() -> u64 {
    1
}

fn as_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map_err(|_| de::Error::custom(format!("its as-of date is \"{text}\"")))
}

fn as_kind<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DigestKind, D::Error> {
    let name = String::deserialize(deserializer)?;
    DigestKind::from_name(&name)
        .ok_or_else(|| de::Error::custom(format!("it has digests of a kind unknown: {name}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole() -> Value {
        serde_json::json!({"tool": "drawdown", "version": "0.1.0", "as_of": "2026-03-31",
            "hash": "blake3", "configuration": {"lang": "fr", "period": {"from": "2026-03-01", "to": null}},
            "inputs": [], "totals": {"entries": {"read": 1}, "hours": {"read": "1.5"}},
            "outputs": [{"path": "a.csv", "digest": "x", "rows": 1}]})
    }

    #[test]
    fn a_run_json_is_read_whole_or_not_at_all() {
        let json = RunJson::parse(&whole().to_string()).unwrap();
        assert_eq!(json.as_of.to_string(), "2026-03-31");
        assert_eq!(json.period(), [Some("2026-03-01"), None]);
        assert_eq!(json.language(), Some("fr"));
        assert!(!json.has_line_ids_apart());
        assert_eq!(json.output("a.csv").map(|output| output.rows), Some(1));
        for (key, value) in [
            ("as_of", Value::from("in March")),
            ("hash", Value::from("crc32")),
            ("inputs", Value::Null),
            ("totals", Value::from("none")),
            ("format", Value::from(FORMAT + 1)),
        ] {
            let mut other = whole();
            other[key] = value;
            assert!(matches!(RunJson::parse(&other.to_string()), Err(Unfit::Damaged(_))), "{key}");
        }
    }

    #[test]
    fn a_cut_one_is_damaged_and_another_programs_is_not_ours() {
        let text = serde_json::to_string_pretty(&whole()).unwrap();
        let written = text.replacen('{', "{\n  \"tool\": \"drawdown\",", 1);
        let cut = &written[..written.len() / 2];
        assert!(matches!(RunJson::parse(cut), Err(Unfit::Damaged(_))));
        for text in ["", "{}", "[]", "{\"tool\": \"other\"}", "not JSON"] {
            assert!(matches!(RunJson::parse(text), Err(Unfit::NotOurs)), "{text}");
        }
    }
}
