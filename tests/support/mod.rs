//! A small world for a test: its files, written inline, and the program run
//! over them.

#![allow(dead_code, unreachable_pub, reason = "each test binary uses its own part of it")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A fresh folder with a few files in it.
pub struct World {
    folder: tempfile::TempDir,
}

/// What a run left behind.
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
    pub out: PathBuf,
}

/// A row of an output, by column.
pub type Row = BTreeMap<String, String>;

impl World {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// Adds a file; folders in its name are made.
    #[must_use]
    pub fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        #[expect(clippy::disallowed_methods, reason = "a test's own input")]
        std::fs::write(path, content).expect("a file");
        self
    }

    /// Adds a CSV file that is written indented: every line is trimmed, blank
    /// ones are left out.
    #[must_use]
    pub fn csv(self, name: &str, content: &str) -> Self {
        let lines: Vec<&str> =
            content.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        self.file(name, lines.join("\n") + "\n")
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Runs the program in the folder, with these arguments as they are.
    pub fn run(&self, arguments: &[&str]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_drawdown"))
            .args(arguments)
            .current_dir(self.folder.path())
            .output()
            .expect("the program");
        Run {
            code: output.status.code().expect("an exit code"),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
            out: self.folder.path().join("out"),
        }
    }

    /// Reconciles everything in the folder into `out`, as of 2026-03-31, with
    /// further arguments.
    pub fn reconcile(&self, arguments: &[&str]) -> Run {
        let mut all = vec!["reconcile", ".", "--out", "out"];
        if !arguments.contains(&"--as-of") {
            all.extend(["--as-of", "2026-03-31"]);
        }
        all.extend(arguments);
        self.run(&all)
    }
}

impl Run {
    /// Fails with both streams unless the run ended with this code.
    #[track_caller]
    pub fn expect_code(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    /// The text of an output.
    #[track_caller]
    pub fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.out.join(name))
            .unwrap_or_else(|error| panic!("{name}: {error}\n{}\n{}", self.stdout, self.stderr))
    }

    /// The rows of a CSV output.
    #[track_caller]
    pub fn table(&self, name: &str) -> Vec<Row> {
        let text = self.text(name);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        reader.deserialize().map(|row| row.expect("a row")).collect()
    }

    /// The row of delivered.csv for a line.
    #[track_caller]
    pub fn line(&self, id: &str) -> Row {
        let rows = self.table("delivered.csv");
        rows.into_iter().find(|row| row["line"] == id).unwrap_or_else(|| panic!("no line {id}"))
    }

    /// run.json.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text("run.json")).expect("JSON")
    }
}
