//! An earlier run's folder: which run it was, and what is remembered there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use chrono::NaiveDate;
use serde_json::Value;

use crate::diagnostics::{Error, Place};
use crate::digest::DigestKind;
use crate::ingest::{
    PlainTable, read_plain_columns, read_plain_sheets, read_plain_text, shown_path,
};
use crate::language::{Group, in_every_language};
use crate::run_json::{DELIVERED_CSV, OutputState, RUN_JSON, RunJson, UPSELL_CSV, Unfit, WORKBOOK};

use super::HISTORY_CSV;
use super::advance::{Advanced, Current, advance};
use super::decisions::{DecisionColumn, Decisions};
use super::figures::{MOST_RUNS, RunFigures};
use super::locks::{COLUMNS as LOCK_COLUMNS, SeenLocks};
use super::merge::{Edits, apply, edits};
use super::record::{Identity, Lists, RESTORE, Record, Standing, number, read_records};

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
    /// Whether both are one run.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.as_of == other.as_of && self.has_inputs_of(other)
    }

    /// Whether both read the same exports. Digests of two kinds cannot be compared:
    /// then paths and sizes are.
    #[must_use]
    pub fn has_inputs_of(&self, other: &Self) -> bool {
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
        inputs(self) == inputs(other)
    }
}

/// A file that was read, and its digest at that time; `None` where it was not
/// there.
type Seen = (PathBuf, Option<String>);

/// What a run knew of locks.
#[derive(Debug, Clone)]
enum Locks {
    /// Which orders it met open, and which locked.
    Seen(SeenLocks),
    /// Nothing was written down.
    None,
    /// What was written down was changed or taken away.
    Lost,
}

/// An earlier run, as it is remembered in its folder.
#[derive(Debug, Clone)]
pub struct Earlier {
    run: RunId,
    folder: PathBuf,
    lists: Lists,
    records: Vec<Record>,
    runs: Vec<RunFigures>,
    seen: Vec<Seen>,
    json: RunJson,
    locks: OnceLock<Locks>,
    /// The run whose folder is to be replaced, if it is another one.
    replaced: Option<Box<Earlier>>,
}

impl Earlier {
    /// What a folder remembers; `None` where no run has written into it.
    ///
    /// # Errors
    /// [`Error::EarlierRun`] where something in it cannot be read, or is not
    /// what the run wrote and not for people to fill in: decisions could be
    /// lost.
    pub fn read(folder: &Path) -> Result<Option<Self>, Error> {
        let json = folder.join(RUN_JSON);
        let shown = shown_path(&json);
        let json = match RunJson::read(folder) {
            Ok(json) => json,
            Err(Unfit::Missing) => return Ok(None),
            // No file of that name: a folder or a pipe.
            Err(Unfit::NotOurs) if !json.is_file() => return Ok(None),
            Err(Unfit::Unreadable(error)) => return Err(Error::unreadable(&shown, &error)),
            Err(unfit) => return Err(lost(Place::new(&shown, None), &unfit.to_string())),
        };
        let lists = if json.has_line_ids_apart() { Lists::Apart } else { Lists::Plain };
        let as_of = json.as_of;
        let mut run = Folder { path: folder, json, lists, seen: Vec::new() };
        let mut records = run.records(as_of)?;
        let of_workbook = run.edits(WORKBOOK, &records, |path, shown| {
            // In a sheet of another name decisions would be passed over.
            read_plain_sheets(
                path,
                shown,
                &TABLES.map(|table| in_every_language(Group::Sheet, table)),
            )
        })?;
        let of_text =
            run.edits(UPSELL_CSV, &records, |path, shown| Ok(vec![read_plain_text(path, shown)?]))?;
        apply(&mut records, of_workbook, of_text)?;
        let runs = run.json.runs.iter().cloned().map(serde_json::from_value);
        let runs = runs.collect::<Result<_, _>>();
        let runs = runs.map_err(|error| lost(Place::new(&shown, None), &error.to_string()))?;
        let Folder { mut json, seen, .. } = run;
        let inputs = std::mem::take(&mut json.inputs)
            .into_iter()
            .map(|i| (i.digest, i.sheet, i.path, i.bytes));
        let hash = json.hash.name().to_owned();
        let run = RunId { as_of, hash, inputs: inputs.collect() };
        let folder = folder.to_path_buf();
        Ok(Some(Self {
            run,
            folder,
            lists,
            records,
            runs,
            seen,
            json,
            locks: OnceLock::new(),
            replaced: None,
        }))
    }

    /// The same, with the decisions that stand in the folder that is to be
    /// replaced: nothing written there is lost, cell by cell.
    #[must_use]
    pub fn with_decisions_of(mut self, replaced: Self) -> Self {
        self.replaced = Some(Box::new(replaced));
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

    /// Whether a run reads the same exports.
    #[must_use]
    pub fn has_exports_of(&self, run: &RunId) -> bool {
        self.run.has_inputs_of(run)
    }

    /// Its as-of date.
    #[must_use]
    pub fn as_of(&self) -> NaiveDate {
        self.run.as_of
    }

    /// Which orders it met open, and which locked; `None` where its
    /// delivered.csv is gone, or is not what it wrote. That is long, and read
    /// when it is first asked for.
    #[must_use]
    pub fn locks(&self) -> Option<&SeenLocks> {
        match self.locks.get_or_init(|| self.read_locks()) {
            Locks::Seen(seen) => Some(seen),
            Locks::None | Locks::Lost => None,
        }
    }

    /// Whether it wrote down which these are, and that was changed or taken
    /// away.
    #[must_use]
    pub fn has_lost_locks(&self) -> bool {
        matches!(self.locks.get_or_init(|| self.read_locks()), Locks::Lost)
    }

    /// Nothing is claimed by what somebody has changed, and a run goes on
    /// without it.
    fn read_locks(&self) -> Locks {
        let ignored =
            self.json.configuration.get("locked").and_then(Value::as_str) == Some("ignore");
        if ignored {
            // Such a run has all orders for open ones.
            return Locks::None;
        }
        match self.json.state_of(&self.folder, DELIVERED_CSV) {
            Ok(OutputState::AsWritten) => {
                let path = self.folder.join(DELIVERED_CSV);
                let table = read_plain_columns(&path, &shown_path(&path), LOCK_COLUMNS).ok();
                let seen = table.and_then(|table| SeenLocks::of(table, self.run.as_of));
                seen.map_or(Locks::None, Locks::Seen)
            }
            Ok(OutputState::NotWritten) => Locks::None,
            Ok(OutputState::Changed | OutputState::Gone) | Err(_) => Locks::Lost,
        }
    }

    /// Whether none of these orders was in that run: it is another company's,
    /// then, or of other files. `false` where it says nothing of any order.
    #[must_use]
    pub fn is_of_other_orders(&self, orders: &BTreeSet<&str>) -> bool {
        let is_ours = |order: &str| orders.contains(order);
        if self.records.iter().any(|record| is_ours(&record.identity.order)) {
            return false;
        }
        // Only now, since it may be long: what the run knew besides upsells.
        let path = self.folder.join(DELIVERED_CSV);
        let table = read_plain_text(&path, &shown_path(&path)).ok();
        let column = table.as_ref().and_then(|table| Some((table, table.column(&["order"])?)));
        match column {
            Some((table, order)) if !table.rows.is_empty() => {
                !table.rows.iter().any(|row| is_ours(row.cell(order)))
            }
            _ => !self.records.is_empty(),
        }
    }

    /// Whether it remembers any upsell.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.records.is_empty()
    }

    /// What is remembered, of the upsells at hand under the ids they have now:
    /// an older version took lines `a` and `b` and a line `a b` for the same.
    fn recognised(&self, current: &[Current]) -> Result<Vec<Record>, Error> {
        let mut records = self.records.clone();
        if self.lists == Lists::Apart {
            return Ok(records);
        }
        let mut now: BTreeMap<Identity, Vec<&Identity>> = BTreeMap::new();
        for upsell in current {
            now.entry(upsell.identity.as_plain()).or_default().push(&upsell.identity);
        }
        for record in &mut records {
            match now.get(&record.identity).map(Vec::as_slice) {
                Some([one]) => record.identity = (*one).clone(),
                Some([first, second, ..]) => {
                    return Err(Error::EarlierRun {
                        place: Place::new(&shown_path(&self.folder.join(HISTORY_CSV)), None),
                        problem: format!(
                            "an older version wrote it and kept one history for two upsells of {}, of the lines {} and of the lines {}",
                            first.order, first.lines, second.lines
                        ),
                        help:
                            "note what was decided about them, then start afresh with --since none"
                                .to_owned(),
                    });
                }
                _ => {}
            }
        }
        Ok(records)
    }

    /// Goes on from here with a run's upsells.
    ///
    /// # Errors
    /// [`Error::EarlierRun`] where an older version took two of them for one.
    pub fn advance(&self, run: &RunId, current: &[Current]) -> Result<Advanced, Error> {
        let mut records = self.recognised(current)?;
        if let Some(replaced) = &self.replaced {
            take_over(&mut records, replaced.recognised(current)?);
        }
        Ok(advance(&records, current, run.as_of, self.run.is_same(run)))
    }

    /// That nobody has written into the files since they were read: what was
    /// decided in the meantime would be lost.
    ///
    /// # Errors
    /// [`Error::EarlierRun`] names the file.
    pub fn need_unchanged(&self) -> Result<(), Error> {
        let of_replaced = self.replaced.iter().flat_map(|replaced| &replaced.seen);
        for (path, digest) in self.seen.iter().chain(of_replaced) {
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

/// Takes over the decisions of another run, cell by cell.
fn take_over(records: &mut Vec<Record>, replaced: Vec<Record>) {
    for other in replaced {
        if other.decisions.is_blank() {
            continue;
        }
        match records.iter_mut().find(|record| record.identity == other.identity) {
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
            None => records.push(Record {
                is_open: false,
                first_seen: None,
                now: Standing::default(),
                before: Standing::default(),
                ..other
            }),
        }
    }
}

/// The folder of a run while it is read.
struct Folder<'a> {
    path: &'a Path,
    json: RunJson,
    lists: Lists,
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
        let lists = self.lists;
        if self.json.output(HISTORY_CSV).is_some() {
            let shown = shown_path(&path);
            // The one file that says what was decided: nobody is to write into
            // it, and a row that is missing would not be missed.
            let state = self.state_of(HISTORY_CSV, &shown)?;
            if state == OutputState::Gone {
                return Err(Error::EarlierRun {
                    place: Place::new(&shown, None),
                    problem: "it is gone, and what was decided in earlier runs stood in it"
                        .to_owned(),
                    help: RESTORE.to_owned(),
                });
            }
            if state == OutputState::Changed {
                return Err(Error::EarlierRun {
                    place: Place::new(&shown, None),
                    problem: format!(
                        "it was changed since the run wrote it (its digest is not the one in {RUN_JSON}), so what was decided may be missing from it or other than it was"
                    ),
                    help: format!(
                        "{RESTORE}; decisions are written into {UPSELL_CSV} or {WORKBOOK}"
                    ),
                });
            }
            let table = read_plain_text(&path, &shown).and_then(|t| read_records(&t, lists));
            return table.map_err(|error| as_lost(&shown, error));
        }
        // A version that kept no history wrote it.
        let path = self.path.join(UPSELL_CSV);
        if self.json.output(UPSELL_CSV).is_none() || !path.exists() {
            return Ok(Vec::new());
        }
        let shown = shown_path(&path);
        let table = read_plain_text(&path, &shown).and_then(|t| met_once(&t, as_of, lists));
        table.map_err(|error| as_lost(&shown, error))
    }

    fn state_of(&self, name: &str, shown: &str) -> Result<OutputState, Error> {
        let state = self.json.state_of(self.path, name);
        state.map_err(|error| as_lost(shown, Error::unreadable(shown, &error)))
    }

    /// What people changed in a file of the run. One that is as the run left it
    /// has nothing new to say, and one that is gone has nothing.
    fn edits(
        &mut self,
        name: &str,
        records: &[Record],
        read: impl FnOnce(&Path, &str) -> Result<Vec<PlainTable>, Error>,
    ) -> Result<Edits, Error> {
        if self.json.output(name).is_none() {
            return Ok(Edits::new());
        }
        let path = self.look_at(name);
        let shown = shown_path(&path);
        if self.state_of(name, &shown)? != OutputState::Changed
            || self.json.output(HISTORY_CSV).is_none()
        {
            return Ok(Edits::new());
        }
        let tables = read(&path, &shown).map_err(|error| as_lost(&shown, error))?;
        edits(&tables, records, self.lists).map_err(|error| as_lost(&shown, error))
    }
}

/// The upsells of a run that kept no history.
fn met_once(table: &PlainTable, as_of: NaiveDate, lists: Lists) -> Result<Vec<Record>, Error> {
    let need = |name: &str| table.need(&[name]);
    let (order, lines, ordered) = (need("order")?, need("lines")?, need("ordered")?);
    let (unit, excess) = (need("unit")?, need("excess")?);
    let records = table.rows.iter().filter_map(|row| {
        let sold = number(row.cell(ordered))?;
        Some(Record {
            identity: Identity::new(row.cell(order), lists.read(row.cell(lines)), &sold),
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
        Error::NotAsWritten { place, problem, help } => Error::EarlierRun { place, problem, help },
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

    use std::fs;

    #[expect(clippy::disallowed_methods, reason = "a test's own files")]
    fn write(folder: &Path, name: &str, text: &str) {
        fs::write(folder.join(name), text).unwrap();
    }

    /// A run that wrote these files, as they stand in the folder now.
    fn run(folder: &Path, outputs: &[&str]) {
        let output = |name: &&str| {
            let digest = DigestKind::Blake3.of_file(&folder.join(name));
            let digest = digest.map_or(String::new(), |(digest, _)| digest);
            serde_json::json!({"path": name, "digest": digest, "rows": 1})
        };
        let json = serde_json::json!({"tool": "drawdown", "version": "0.1.0",
            "as_of": "2026-03-31", "hash": "blake3", "configuration": {}, "inputs": [],
            "totals": {"entries": {}, "hours": {}}, "format": crate::run_json::FORMAT,
            "outputs": outputs.iter().map(output).collect::<Vec<_>>()});
        write(folder, RUN_JSON, &json.to_string());
    }

    #[test]
    fn what_was_decided_during_a_run_stops_it() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        write(folder, UPSELL_CSV, "order,lines,ordered,unit,excess\nSO1,L1,5.00,Hours,1.00\n");
        run(folder, &[UPSELL_CSV]);
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
                run(folder, &[HISTORY_CSV]);
            }
            Earlier::read(folder).unwrap_err().to_string()
        };
        let missing = error(None);
        assert!(
            missing.contains("history.csv: it is gone, and what was decided in earlier runs"),
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
