//! A run's output folder, read again: what was read, under which rules, and
//! whether the inputs are still what they were. Enough to run the same job
//! again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::config::{Configuration, Overrides, Recorded};
use crate::diagnostics::Error;
use crate::digest::DigestKind;
use crate::ingest::{Role, read_plain_text, shown_path};
use crate::reconcile::Rules;
use crate::run_json::{self, DELIVERED_CSV, OutputState, RUN_JSON, RunJson, Unfit};

/// A file, or a sheet of a workbook, that a run read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedInput {
    /// Path as the user of that run reached it; of a member of an archive with
    /// the archive's before it.
    pub path: String,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// What it was read as.
    pub role: Role,
    /// Digest of the file, or of the archive.
    pub digest: String,
    /// Size of the same.
    pub bytes: u64,
    /// Records in it.
    pub rows: u64,
}

/// What has become of an input since the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum InputState {
    /// Byte by byte the same.
    Unchanged,
    /// Another size or digest.
    Changed,
    /// No such file.
    Missing,
}

/// An input as it is found now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundInput {
    /// Its path as run.json has it.
    pub recorded: String,
    /// Where it is now: the file, or the archive that holds it. `None` when it
    /// is missing.
    pub path: Option<PathBuf>,
    /// What has become of it.
    pub state: InputState,
}

/// The inputs of a run as they are found now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundInputs {
    /// One for each path, in the order of run.json.
    pub files: Vec<FoundInput>,
    /// The folders in which they were looked for.
    looked_in: Vec<PathBuf>,
    run_json: String,
}

/// A run's output folder.
///
/// ```
/// use drawdown::run_folder::{InputState, RunFolder};
///
/// let run = RunFolder::read("fixtures/quickstart-expected".as_ref())?;
/// assert_eq!(run.rules.period.as_of.to_string(), "2026-03-31");
/// assert_eq!(run.inputs[0].path, "fixtures/quickstart/orders.xlsx");
/// let found = run.find_inputs()?;
/// assert!(found.files.iter().all(|file| file.state == InputState::Unchanged));
/// // With `run.configuration` and `run.rules`, a `job::Request` for the same job.
/// assert_eq!(found.paths()?.len(), 5);
/// # Ok::<(), drawdown::diagnostics::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct RunFolder {
    /// The folder.
    pub folder: PathBuf,
    /// The version that wrote it.
    pub version: String,
    /// The kind of its digests.
    pub hash: DigestKind,
    /// The configuration in force, limits of reading included.
    pub configuration: Configuration,
    /// The rules in force, the as-of date and the period among them.
    pub rules: Rules,
    /// What was read, in the order of run.json.
    pub inputs: Vec<RecordedInput>,
    /// run.json as it was read.
    pub record: RunJson,
}

impl RunFolder {
    /// Reads the run.json of a folder.
    ///
    /// # Errors
    /// [`Error::Unreadable`] when the folder is no run's output, or one that
    /// this version does not understand.
    pub fn read(folder: &Path) -> Result<Self, Error> {
        let shown = shown_path(&folder.join(RUN_JSON));
        let unfit =
            |reason: &str| Error::Unreadable { path: shown.clone(), reason: reason.to_owned() };
        let json = RunJson::read(folder).map_err(|error| match error {
            Unfit::Missing => unfit(
                "there is no such file; name the folder that `drawdown reconcile --out` wrote",
            ),
            Unfit::Unreadable(error) => Error::unreadable(&shown, &error),
            Unfit::NotOurs => unfit(&error.to_string()),
            Unfit::Damaged(_) => unfit(&format!("{error}; reconcile again")),
        })?;
        let recorded = Recorded {
            in_force: &json.configuration,
            not_chosen: &json.not_chosen,
            limits: &json.limits,
        };
        let configuration = Configuration::recorded(&shown, recorded)?;
        let rules = configuration.rules(&Overrides::until(json.as_of))?;
        let input = |input: run_json::RecordedInput| {
            let role = Role::from_name(&input.role)
                .ok_or_else(|| unfit(&format!("it has a role unknown: {}", input.role)))?;
            let run_json::RecordedInput { path, sheet, digest, bytes, rows, .. } = input;
            Ok(RecordedInput { path, sheet, role, digest, bytes, rows })
        };
        Ok(Self {
            folder: folder.to_path_buf(),
            version: json.version.clone(),
            hash: json.hash,
            configuration,
            rules,
            inputs: json.inputs.iter().cloned().map(input).collect::<Result<_, Error>>()?,
            record: json,
        })
    }

    /// Looks for the inputs, and at whether they have changed.
    ///
    /// Paths in run.json are relative to the folder in which that run was
    /// started. They are looked for as they are written, then from the folder
    /// that holds this one and from those above it; the place where most of
    /// them are is taken, the first of equal ones.
    ///
    /// # Errors
    /// What keeps a file that is there from being read.
    pub fn find_inputs(&self) -> Result<FoundInputs, Error> {
        let mut recorded: Vec<&RecordedInput> = self.inputs.iter().collect();
        recorded.dedup_by(|a, b| a.path == b.path);
        let looked_in = self.bases();
        let count =
            |base: &PathBuf| recorded.iter().filter(|input| find(base, input).is_some()).count();
        let base = looked_in.iter().rev().max_by_key(|base| count(base)).cloned();
        let base = base.unwrap_or_default();
        let found: Vec<Option<PathBuf>> = recorded.iter().map(|input| find(&base, input)).collect();
        let mut files: Vec<&PathBuf> = found.iter().flatten().collect();
        files.sort();
        files.dedup();
        let digests: BTreeMap<&PathBuf, (String, u64)> = files
            .into_par_iter()
            .map(|path| {
                let digest = self.hash.of_file(path);
                Ok((path, digest.map_err(|e| Error::unreadable(&shown_path(path), &e))?))
            })
            .collect::<Result<_, Error>>()?;
        let state = |input: &RecordedInput, path: Option<&PathBuf>| match path
            .and_then(|path| digests.get(path))
        {
            None => InputState::Missing,
            Some((digest, bytes)) if *digest == input.digest && *bytes == input.bytes => {
                InputState::Unchanged
            }
            Some(_) => InputState::Changed,
        };
        let files = recorded
            .iter()
            .zip(&found)
            .map(|(input, path)| FoundInput {
                recorded: input.path.clone(),
                state: state(input, path.as_ref()),
                path: path.clone(),
            })
            .collect();
        let run_json = shown_path(&self.folder.join(RUN_JSON));
        Ok(FoundInputs { files, looked_in, run_json })
    }

    /// The delivered quantities in its delivered.csv, by order and line; empty
    /// where the run did not write one.
    ///
    /// # Errors
    /// [`Error::Unreadable`] when it is there and cannot be read.
    pub fn delivered(&self) -> Result<BTreeMap<(String, String), String>, Error> {
        let mut delivered = BTreeMap::new();
        if self.record.output(DELIVERED_CSV).is_none() {
            return Ok(delivered);
        }
        let path = self.folder.join(DELIVERED_CSV);
        let table = read_plain_text(&path, &shown_path(&path))?;
        let columns = ["order", "line", "delivered"].map(|name| table.column(&[name]));
        for row in &table.rows {
            let [order, line, quantity] =
                columns.map(|column| column.map_or("", |at| row.cell(at)).to_owned());
            delivered.insert((order, line), quantity);
        }
        Ok(delivered)
    }

    /// Whether a file of the folder is still what the run wrote.
    ///
    /// # Errors
    /// What keeps a file that is there from being read.
    pub fn state_of(&self, name: &str) -> Result<OutputState, Error> {
        let shown = shown_path(&self.folder.join(name));
        let state = self.record.state_of(&self.folder, name);
        state.map_err(|error| Error::unreadable(&shown, &error))
    }

    /// The folders that paths may be relative to, the current one first.
    fn bases(&self) -> Vec<PathBuf> {
        let mut bases = vec![PathBuf::new()];
        if let Ok(folder) = fs::canonicalize(&self.folder) {
            bases.extend(folder.ancestors().skip(1).map(Path::to_path_buf));
        }
        bases
    }
}

/// The file of an input: itself, or the archive that it is a member of.
fn find(base: &Path, input: &RecordedInput) -> Option<PathBuf> {
    let path = base.join(&input.path);
    let mut parts = path.ancestors().filter(|path| !path.as_os_str().is_empty());
    let nearest = parts.find(|path| path.exists())?;
    nearest.is_file().then(|| nearest.to_path_buf())
}

impl FoundInputs {
    /// The files to read for the same job again, each once.
    ///
    /// # Errors
    /// [`Error::Unreadable`] names the first that is missing.
    pub fn paths(&self) -> Result<Vec<PathBuf>, Error> {
        let mut paths: Vec<PathBuf> = Vec::new();
        for file in &self.files {
            match &file.path {
                Some(path) if !paths.contains(path) => paths.push(path.clone()),
                Some(_) => {}
                None => return Err(self.missing(&file.recorded)),
            }
        }
        Ok(paths)
    }

    /// Inputs that are not what they were.
    pub fn changed(&self) -> impl Iterator<Item = &FoundInput> {
        self.files.iter().filter(|file| file.state != InputState::Unchanged)
    }

    fn missing(&self, path: &str) -> Error {
        let looked: Vec<String> = self
            .looked_in
            .iter()
            .map(|base| {
                if base.as_os_str().is_empty() {
                    "the current folder".to_owned()
                } else {
                    shown_path(base)
                }
            })
            .collect();
        Error::Unreadable {
            path: path.to_owned(),
            reason: format!(
                "{} names it as an input, and there is no such file; looked for from {}; put it back, or change to the folder in which reconcile was run",
                self.run_json,
                looked.join(", ")
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(clippy::disallowed_methods, reason = "a test's own file")]
    fn write(path: &Path, text: &str) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn run(folder: &Path, inputs: &[(&str, &str)]) -> RunFolder {
        let inputs: Vec<serde_json::Value> = inputs
            .iter()
            .map(|(path, text)| {
                let whole = folder.join("whole");
                write(&whole, text);
                let (digest, bytes) = DigestKind::Blake3.of_file(&whole).unwrap();
                serde_json::json!({"path": path, "role": "timesheets", "digest": digest,
                    "bytes": bytes, "rows": 1})
            })
            .collect();
        let json = serde_json::json!({"tool": "drawdown", "version": "0.1.0",
            "as_of": "2026-03-31", "hash": "blake3", "configuration": {}, "inputs": inputs,
            "totals": {"entries": {}, "hours": {}}});
        write(&folder.join("reports/out/run.json"), &json.to_string());
        RunFolder::read(&folder.join("reports/out")).unwrap()
    }

    fn states(found: &FoundInputs) -> Vec<InputState> {
        found.files.iter().map(|file| file.state).collect()
    }

    #[test]
    fn inputs_are_unchanged_changed_or_missing() {
        use InputState::{Changed, Missing, Unchanged};
        let folder = tempfile::tempdir().unwrap();
        let inputs = [("in/a.csv", "1"), ("in/b.csv", "2"), ("in/c.csv", "3"), ("in/d.csv", "4")];
        let run = run(folder.path(), &inputs);
        write(&folder.path().join("in/a.csv"), "1");
        write(&folder.path().join("in/b.csv"), "9");
        write(&folder.path().join("in/c.csv"), "3 and more");
        let found = run.find_inputs().unwrap();
        assert_eq!(states(&found), [Unchanged, Changed, Changed, Missing]);
        assert_eq!(found.changed().count(), 3);
        let error = found.paths().unwrap_err().to_string();
        assert!(error.starts_with("cannot read in/d.csv: "), "{error}");
        assert!(error.contains("looked for from the current folder, "), "{error}");
        write(&folder.path().join("in/d.csv"), "4");
        let found = run.find_inputs().unwrap();
        assert_eq!(found.paths().unwrap().len(), 4);
        assert!(found.paths().unwrap()[0].ends_with("in/a.csv"));
    }

    #[test]
    fn inputs_are_looked_for_where_most_of_them_are() {
        let folder = tempfile::tempdir().unwrap();
        let run = run(folder.path(), &[("a.csv", "1"), ("b.csv", "2")]);
        write(&folder.path().join("reports/a.csv"), "1");
        write(&folder.path().join("a.csv"), "another");
        write(&folder.path().join("b.csv"), "2");
        let found = run.find_inputs().unwrap();
        assert_eq!(states(&found), [InputState::Changed, InputState::Unchanged]);
        write(&folder.path().join("reports/b.csv"), "2");
        assert_eq!(states(&run.find_inputs().unwrap()), [InputState::Unchanged; 2]);
    }

    #[test]
    fn a_member_of_an_archive_is_as_the_archive_is() {
        let folder = tempfile::tempdir().unwrap();
        let run = run(folder.path(), &[("in.zip/a/x.csv", "zip"), ("in.zip/b.csv", "zip")]);
        write(&folder.path().join("in.zip"), "zip");
        let found = run.find_inputs().unwrap();
        assert_eq!(states(&found), [InputState::Unchanged; 2]);
        assert_eq!(found.paths().unwrap().len(), 1);
    }

    #[test]
    fn what_is_no_run_is_said_to_be_none() {
        let folder = tempfile::tempdir().unwrap();
        let error = |text: Option<&str>| {
            if let Some(text) = text {
                write(&folder.path().join("run.json"), text);
            }
            RunFolder::read(folder.path()).unwrap_err().to_string()
        };
        assert!(error(None).contains("there is no such file; name the folder"));
        assert!(error(Some("{")).contains("no run.json of drawdown's"));
        assert!(error(Some(r#"{"tool": "x"}"#)).contains("no run.json of drawdown's"));
        assert!(
            error(Some(r#"{"tool": "drawdown"}"#))
                .contains("not as drawdown wrote it (missing field")
        );
    }
}
