//! What a run wrote, read back and asked for by the names of FORMATS.md.

use crate::support::{Row, Run, World};

/// The tables and totals of a run that was done.
pub struct Outcome {
    pub stdout: String,
    delivered: Vec<Row>,
    upsell: Vec<Row>,
    exceptions: Vec<Row>,
    unmatched: Vec<Row>,
    json: serde_json::Value,
}

/// Reconciles as of 2026-03-31.
#[track_caller]
pub fn reconcile(world: &World) -> Outcome {
    reconcile_with(world, &[])
}

/// Reconciles with further arguments.
#[track_caller]
pub fn reconcile_with(world: &World, arguments: &[&str]) -> Outcome {
    let run = run(world, arguments).expect_code(0);
    Outcome {
        delivered: run.table("delivered.csv"),
        upsell: run.table("upsell.csv"),
        exceptions: run.table("exceptions.csv"),
        unmatched: run.table("unmatched.csv"),
        json: run.json(),
        stdout: run.stdout,
    }
}

/// Reconciles input that cannot be used, and gives what the program says of it.
#[track_caller]
pub fn refusal(world: &World) -> String {
    let run = run(world, &[]).expect_code(3);
    assert!(!run.out.exists(), "nothing is written");
    run.stderr
}

fn run(world: &World, arguments: &[&str]) -> Run {
    let tables = ["--write", "delivered,upsell,exceptions,unmatched"];
    world.reconcile(&[&tables, arguments].concat())
}

impl Outcome {
    /// Cells of delivered.csv for a line, joined by commas.
    #[track_caller]
    pub fn line(&self, id: &str, columns: &str) -> String {
        let row = self.delivered.iter().find(|row| row["line"] == id);
        cells(row.unwrap_or_else(|| panic!("no line {id} in {:#?}", self.delivered)), columns)
    }

    /// Cells of every row of delivered.csv, in its order.
    #[track_caller]
    pub fn lines(&self, columns: &str) -> Vec<String> {
        self.delivered.iter().map(|row| cells(row, columns)).collect()
    }

    /// Cells of every row of upsell.csv.
    #[track_caller]
    pub fn upsells(&self, columns: &str) -> Vec<String> {
        self.upsell.iter().map(|row| cells(row, columns)).collect()
    }

    /// Cells of every row of exceptions.csv.
    #[track_caller]
    pub fn exceptions(&self, columns: &str) -> Vec<String> {
        self.exceptions.iter().map(|row| cells(row, columns)).collect()
    }

    /// Cells of every row of unmatched.csv.
    #[track_caller]
    pub fn unmatched(&self, columns: &str) -> Vec<String> {
        self.unmatched.iter().map(|row| cells(row, columns)).collect()
    }

    /// How many entries had a fate.
    #[track_caller]
    pub fn entries(&self, fate: &str) -> u64 {
        self.json["totals"]["entries"][fate].as_u64().expect("a fate")
    }

    /// How many hours had a fate.
    #[track_caller]
    pub fn hours(&self, fate: &str) -> &str {
        self.json["totals"]["hours"][fate].as_str().expect("a fate")
    }

    /// How much of a unit had a fate.
    #[track_caller]
    pub fn units(&self, unit: &str, fate: &str) -> &str {
        self.json["totals"]["units"][unit][fate].as_str().expect("a unit and a fate")
    }

    /// A part of run.json.
    #[track_caller]
    pub fn run_json(&self, name: &str) -> &serde_json::Value {
        self.json.get(name).expect("a part of run.json")
    }

    /// A count of run.json's readings.
    #[track_caller]
    pub fn reading(&self, name: &str) -> u64 {
        self.json["readings"][name].as_u64().expect("a reading")
    }
}

#[track_caller]
fn cells(row: &Row, columns: &str) -> String {
    let cell = |name: &str| row.get(name).unwrap_or_else(|| panic!("no column {name}")).clone();
    columns.split(',').map(cell).collect::<Vec<_>>().join(",")
}
