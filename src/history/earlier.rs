//! An earlier run's folder: which run it was, and what is remembered there.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::Deserialize;

use crate::diagnostics::{Error, Place};
use crate::digest::DigestKind;
use crate::ingest::{
    PlainTable, day, is_run_folder, read_plain_sheets, read_plain_text, shown_path,
};
use crate::language::{Group, in_every_language};

use super::HISTORY_CSV;
use super::advance::{Advanced, Current, advance};
use super::decisions::{DecisionColumn, Decisions};
use super::figures::{MOST_RUNS, RunFigures};
use super::locks::SeenLocks;
use super::merge::{Edits, apply, edits};
use super::record::{Identity, Record, Standing, number, read_records};

const WORKBOOK: &str = "delivered.xlsx";
const UPSELL_CSV: &str = "upsell.csv";
const DELIVERED_CSV: &str = "delivered.csv";
/// The tables of the sheets that have the columns people fill in.
const TABLES: [&str; 2] = ["upsell", "snoozed"];

/// What makes two runs the same: their inputs and their as-of date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunId {
    /// The as-of date.
    pub as_of: NaiveDate,
    /// The kind of the digests.
    pub hash: String,
    /// Digest, sheet, path and size of each input.
    pub inputs: Vec<(String, Option<String>, String, u64)>,
}

impl RunId {
    /// Whether both are one run. Digests of two kinds cannot be compared: then
    /// paths and sizes are.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let by_digest = self.hash == other.hash;
        let inputs = |run: &Self| {
            let mut inputs: Vec<(String, Option<String>, u64)> = run
                .inputs
                .iter()
                .map(|(digest, sheet, path, bytes)| {
                    let key = if by_digest { digest } else { path };
                    (key.clone(), sheet.clone(), *bytes)
                })
                .collect();
            inputs.sort();
            inputs
        };
        self.as_of == other.as_of && inputs(self) == inputs(other)
    }
}

#[derive(Deserialize)]
struct RunJson {
    as_of: String,
    hash: String,
    inputs: Vec<InputJson>,
    outputs: Vec<OutputJson>,
    /// Versions that kept none wrote none.
    #[serde(default)]
    runs: Vec<RunFigures>,
    #[serde(default)]
    configuration: ConfigurationJson,
}

#[derive(Deserialize, Default)]
struct ConfigurationJson {
    #[serde(default)]
    locked: String,
}

#[derive(Deserialize)]
struct InputJson {
    path: String,
    sheet: Option<String>,
    digest: String,
    bytes: u64,
}

#[derive(Deserialize)]
struct OutputJson {
    path: String,
    digest: String,
}

/// A file that was read, and its digest at that time; `None` where it was not
/// there.
type Seen = (PathBuf, Option<String>);

/// An earlier run, as it is remembered in its folder.
#[derive(Debug, Clone)]
pub struct Earlier {
    run: RunId,
    records: Vec<Record>,
    runs: Vec<RunFigures>,
    seen: Vec<Seen>,
    locks: Option<SeenLocks>,
}

impl Earlier {
    /// What a folder remembers; `None` where no run has written into it.
    ///
    /// # Errors
    /// [`Error::EarlierRun`] where something in it cannot be read: decisions
    /// could be lost.
    pub fn read(folder: &Path) -> Result<Option<Self>, Error> {
        let json = folder.join("run.json");
        let shown = shown_path(&json);
        if !is_run_folder(folder) {
            return if json.is_file() {
                Err(lost(Place::new(&shown, None), "it is no run.json of drawdown's"))
            } else {
                Ok(None)
            };
        }
        let text = fs::read_to_string(&json).map_err(|error| Error::unreadable(&shown, &error))?;
        let json: RunJson = serde_json::from_str(&text)
            .map_err(|error| lost(Place::new(&shown, None), &error.to_string()))?;
        let as_of = day(&json.as_of)
            .ok_or_else(|| lost(Place::new(&shown, None), "it has no as-of date"))?;
        let mut run = Folder {
            path: folder,
            hash: if json.hash == DigestKind::Sha256.name() {
                DigestKind::Sha256
            } else {
                DigestKind::Blake3
            },
            written: json.outputs.into_iter().map(|o| (o.path, o.digest)).collect(),
            seen: Vec::new(),
        };
        let mut records = run.records(as_of)?;
        let of_workbook = run.edits(WORKBOOK, &records, |path, shown| {
            let names = TABLES.map(|table| in_every_language(Group::Sheet, table)).concat();
            let sheets = read_plain_sheets(path, shown, &names)?;
            if sheets.is_empty() {
                let name = names.first().copied().unwrap_or_default();
                let reason = format!("it has no sheet \"{name}\"");
                return Err(Error::Unreadable { path: shown.to_owned(), reason });
            }
            Ok(sheets)
        })?;
        let of_text =
            run.edits(UPSELL_CSV, &records, |path, shown| Ok(vec![read_plain_text(path, shown)?]))?;
        apply(&mut records, of_workbook, of_text)?;
        // Such a run has all orders for open ones.
        let locks_count = json.configuration.locked != "ignore";
        let locks = run.locks(as_of).filter(|_| locks_count);
        let inputs = json.inputs.into_iter().map(|i| (i.digest, i.sheet, i.path, i.bytes));
        let run_id = RunId { as_of, hash: json.hash, inputs: inputs.collect() };
        Ok(Some(Self { run: run_id, records, runs: json.runs, seen: run.seen, locks }))
    }

    /// The same, with the decisions that stand in the folder that is to be
    /// replaced: nothing written there is lost, cell by cell.
    #[must_use]
    pub fn with_decisions_of(mut self, replaced: Self) -> Self {
        for other in replaced.records {
            if other.decisions.is_blank() {
                continue;
            }
            match self.records.iter_mut().find(|record| record.identity == other.identity) {
                Some(record) => {
                    for column in DecisionColumn::ALL {
                        let text = other.decisions.get(column);
                        if !text.is_empty() && text != record.decisions.get(column) {
                            record.decisions.set(column, text);
                            if column == DecisionColumn::SnoozeUntil {
                                record.snoozed_at.clone_from(&other.snoozed_at);
                            }
                        }
                    }
                }
                None => self.records.push(Record {
                    is_open: false,
                    first_seen: None,
                    now: Standing::default(),
                    before: Standing::default(),
                    ..other
                }),
            }
        }
        self.seen.extend(replaced.seen);
        self
    }

    /// The figures of the runs before a run, the last ones that are remembered.
    #[must_use]
    pub fn runs_before(&self, run: &RunId) -> Vec<RunFigures> {
        // A run that is repeated stands there already.
        let before = self.runs.len() - usize::from(self.run.is_same(run)).min(self.runs.len());
        let runs = self.runs.get(..before).unwrap_or_default();
        runs[runs.len().saturating_sub(MOST_RUNS - 1)..].to_vec()
    }

    /// Goes on from here with a run's upsells.
    #[must_use]
    pub fn advance(&self, run: &RunId, current: &[Current]) -> Advanced {
        advance(&self.records, current, run.as_of, self.is_repeated_by(run))
    }

    /// Whether a run is this one once more.
    #[must_use]
    pub fn is_repeated_by(&self, run: &RunId) -> bool {
        self.run.is_same(run)
    }

    /// Which orders it met open, and which locked; `None` where its
    /// delivered.csv is gone, or is not what it wrote.
    #[must_use]
    pub fn locks(&self) -> Option<&SeenLocks> {
        self.locks.as_ref()
    }

    /// That nobody has written into the files since they were read: what was
    /// decided in the meantime would be lost.
    ///
    /// # Errors
    /// [`Error::EarlierRun`] names the file.
    pub fn need_unchanged(&self) -> Result<(), Error> {
        for (path, digest) in &self.seen {
            let hash = DigestKind::Blake3;
            if hash.of_file(path).ok().map(|(digest, _)| digest) != *digest {
                return Err(Error::EarlierRun {
                    place: Place::new(&shown_path(path), None),
                    problem: "it was changed while the run was under way".to_owned(),
                    help: "run again, so that what was decided in it is read".to_owned(),
                });
            }
        }
        Ok(())
    }
}

/// The folder of a run while it is read.
struct Folder<'a> {
    path: &'a Path,
    hash: DigestKind,
    /// What the run wrote, with its digests.
    written: BTreeMap<String, String>,
    seen: Vec<Seen>,
}

impl Folder<'_> {
    /// The path of a file, whose state is remembered.
    fn look_at(&mut self, name: &str) -> PathBuf {
        let path = self.path.join(name);
        let digest = DigestKind::Blake3.of_file(&path).ok().map(|(digest, _)| digest);
        self.seen.push((path.clone(), digest));
        path
    }

    fn records(&mut self, as_of: NaiveDate) -> Result<Vec<Record>, Error> {
        let path = self.look_at(HISTORY_CSV);
        if self.written.contains_key(HISTORY_CSV) {
            let shown = shown_path(&path);
            let table = read_plain_text(&path, &shown).and_then(|table| read_records(&table));
            return table.map_err(|error| as_lost(&shown, error));
        }
        // A version that kept no history wrote it.
        let path = self.path.join(UPSELL_CSV);
        if !self.written.contains_key(UPSELL_CSV) || !path.exists() {
            return Ok(Vec::new());
        }
        let shown = shown_path(&path);
        let table = read_plain_text(&path, &shown).and_then(|table| met_once(&table, as_of));
        table.map_err(|error| as_lost(&shown, error))
    }

    /// Nothing is claimed by what somebody has changed, and a run goes on
    /// without it.
    fn locks(&self, as_of: NaiveDate) -> Option<SeenLocks> {
        let written = self.written.get(DELIVERED_CSV)?;
        let path = self.path.join(DELIVERED_CSV);
        let (found, _) = self.hash.of_file(&path).ok()?;
        let table = read_plain_text(&path, &shown_path(&path)).ok().filter(|_| found == *written);
        SeenLocks::of(&table?, as_of)
    }

    /// What people changed in a file of the run. One that is as the run left it
    /// has nothing new to say, and one that is gone has nothing.
    fn edits(
        &mut self,
        name: &str,
        records: &[Record],
        read: impl FnOnce(&Path, &str) -> Result<Vec<PlainTable>, Error>,
    ) -> Result<Edits, Error> {
        let Some(written) = self.written.get(name).cloned() else { return Ok(Edits::new()) };
        let path = self.look_at(name);
        let shown = shown_path(&path);
        let found = match self.hash.of_file(&path) {
            Ok((digest, _)) => digest,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Edits::new()),
            Err(error) => return Err(as_lost(&shown, Error::unreadable(&shown, &error))),
        };
        if found == written || !self.written.contains_key(HISTORY_CSV) {
            return Ok(Edits::new());
        }
        let tables = read(&path, &shown).map_err(|error| as_lost(&shown, error))?;
        edits(&tables, records).map_err(|error| as_lost(&shown, error))
    }
}

/// The upsells of a run that kept no history.
fn met_once(table: &PlainTable, as_of: NaiveDate) -> Result<Vec<Record>, Error> {
    let need = |name: &str| table.need(&[name]);
    let (order, lines, ordered) = (need("order")?, need("lines")?, need("ordered")?);
    let (unit, excess) = (need("unit")?, need("excess")?);
    let records = table.rows.iter().filter_map(|row| {
        let sold = number(row.cell(ordered))?;
        Some(Record {
            identity: Identity::new(row.cell(order), row.cell(lines), &sold),
            unit: row.cell(unit).to_owned(),
            is_open: true,
            first_seen: Some(as_of),
            now: Standing {
                runs_open: 1,
                last_seen: Some(as_of),
                excess: number(row.cell(excess)),
                opportunity: String::new(),
            },
            before: Standing::default(),
            decisions: Decisions::default(),
            snoozed_at: None,
        })
    });
    Ok(records.collect())
}

/// What keeps a file of an earlier run from being read, as what it means.
fn as_lost(shown: &str, error: Error) -> Error {
    match error {
        Error::EarlierRun { .. } => error,
        Error::Unreadable { path, reason } => lost(Place::new(&path, None), &reason),
        other => {
            let place = other.place().unwrap_or_else(|| Place::new(shown, None));
            lost(place, &other.message_and_help().0)
        }
    }
}

fn lost(place: Place, reason: &str) -> Error {
    Error::EarlierRun {
        place,
        problem: format!("what was decided in an earlier run cannot be read: {reason}"),
        help: "put the file back as it was, or start afresh with --since none; a workbook may also be taken away, then what history.csv remembers is kept"
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(clippy::disallowed_methods, reason = "a test's own files")]
    fn write(folder: &Path, name: &str, text: &str) {
        fs::write(folder.join(name), text).unwrap();
    }

    fn run(folder: &Path, outputs: &[&str]) {
        let outputs: Vec<String> = outputs
            .iter()
            .map(|name| format!("{{\"path\": \"{name}\", \"digest\": \"\"}}"))
            .collect();
        let json = format!(
            "{{\"tool\": \"drawdown\", \"as_of\": \"2026-03-31\", \"hash\": \"blake3\", \"inputs\": [], \"outputs\": [{}]}}",
            outputs.join(",")
        );
        write(folder, "run.json", &json);
    }

    #[test]
    fn what_was_decided_during_a_run_stops_it() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        run(folder, &[UPSELL_CSV]);
        write(folder, UPSELL_CSV, "order,lines,ordered,unit,excess\nSO1,L1,5.00,Hours,1.00\n");
        let earlier = Earlier::read(folder).unwrap().unwrap();
        assert_eq!(earlier.records.len(), 1);
        earlier.need_unchanged().unwrap();
        write(folder, UPSELL_CSV, "order,lines,ordered,unit,excess\nSO1,L1,5.00,Hours,2.00\n");
        let error = earlier.need_unchanged().unwrap_err().to_string();
        assert!(
            error.contains("upsell.csv: it was changed while the run was under way"),
            "{error}"
        );
        fs::remove_file(folder.join(UPSELL_CSV)).unwrap();
        assert!(earlier.need_unchanged().is_err());
    }

    #[test]
    fn a_history_that_cannot_be_read_is_not_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        assert!(Earlier::read(folder).unwrap().is_none());
        run(folder, &[HISTORY_CSV]);
        let error = |text: Option<&str>| {
            if let Some(text) = text {
                write(folder, HISTORY_CSV, text);
            }
            Earlier::read(folder).unwrap_err().to_string()
        };
        let missing = error(None);
        assert!(
            missing.contains("history.csv") && missing.contains("cannot be read: "),
            "{missing}"
        );
        assert!(error(Some("order,lines\nSO1,L1\n")).contains("no column \"sold\""));
        let columns = super::super::COLUMNS;
        let row: Vec<&str> =
            columns.iter().map(|name| if *name == "runs_open" { "two" } else { "" }).collect();
        let text = format!("{}\n{}\n", columns.join(","), row.join(","));
        assert!(error(Some(&text)).contains("history.csv:2, column \"runs_open\": "));
        write(folder, "run.json", "{}");
        assert!(error(None).contains("run.json: what was decided in an earlier run cannot"));
    }
}
