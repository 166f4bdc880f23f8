//! `drawdown schema`: what programs may rely on in each output.

use std::io::Write;

use anyhow::Context;

use crate::diagnostics::Error;
use crate::diff;
use crate::report::{ErrorJson, Explanation, RunJson, json_schema, table_schemas};

use super::args::Schema;
use super::exit::Outcome;

/// A schema by its name.
struct Named {
    name: String,
    what: String,
    text: Result<String, serde_json::Error>,
}

pub(super) fn run(arguments: &Schema) -> anyhow::Result<Outcome> {
    let all = all();
    let mut out = std::io::stdout().lock();
    let Some(name) = &arguments.name else {
        let width = all.iter().map(|schema| schema.name.len()).max().unwrap_or(0);
        for Named { name, what, .. } in &all {
            writeln!(out, "{name:width$}  {what}")?;
        }
        return Ok(Outcome::Done);
    };
    let names: Vec<String> = all.iter().map(|schema| schema.name.clone()).collect();
    let found =
        all.into_iter().find(|schema| schema.name == *name).ok_or_else(|| Error::Usage {
            problem: format!("there is no schema {name}; the schemas are {}", names.join(", ")),
        })?;
    writeln!(out, "{}", found.text.context("the schema as JSON")?)?;
    Ok(Outcome::Done)
}

fn all() -> Vec<Named> {
    let json = |name: &str, what: &str, schema: schemars::Schema| Named {
        name: name.to_owned(),
        what: what.to_owned(),
        text: serde_json::to_string_pretty(&schema),
    };
    let mut all = vec![
        json(
            "run",
            "run.json, and what check and reconcile print with --format json",
            json_schema::<RunJson<'_>>(),
        ),
        json(
            "error",
            "what is printed with --format json when a command stops",
            json_schema::<ErrorJson>(),
        ),
        json("explain", "explain --format json", json_schema::<Explanation>()),
        json("diff", "diff --format json", diff::json_schema()),
        json("inspect", "inspect --format json", super::inspect::json_schema()),
    ];
    let tables = table_schemas().into_iter().chain([diff::table_schema()]);
    all.extend(tables.map(|table| {
        let (name, what) = match table.table {
            "explanation" => {
                ("explain.csv".to_owned(), "the columns of explain --format csv".to_owned())
            }
            "diff" => ("diff.csv".to_owned(), "the columns of diff --format csv".to_owned()),
            name => (format!("{name}.csv"), format!("the columns of {name}.csv")),
        };
        Named { name, what, text: serde_json::to_string_pretty(&table) }
    }));
    all
}
