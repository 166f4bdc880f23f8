//! `drawdown diff`: compares the output folders of two runs.

use std::io::Write;

use anyhow::Context;

use crate::diff::{self, Choice, Side};
use crate::model::Exact;
use crate::report::{self, write_file, write_table};

use super::args::{Diff, DiffFormat};
use super::exit::Outcome;
use super::reconcile::WIDTH;

pub(super) fn run(arguments: &Diff) -> anyhow::Result<Outcome> {
    let tolerance = arguments.tolerance.map(Exact::from);
    let choice = Choice::new(&arguments.ignore, tolerance)?;
    let (old, new) = (Side::read(&arguments.old)?, Side::read(&arguments.new)?);
    let diff = diff::compare(&old, &new, &choice);
    let text: Vec<u8> = match arguments.format {
        DiffFormat::Csv => {
            let mut text = Vec::new();
            write_table(&diff::table(&diff), &mut text).context("the comparison as CSV")?;
            text
        }
        DiffFormat::Json => {
            diff::json(&diff, &old, &new).context("the comparison as JSON")?.into_bytes()
        }
        DiffFormat::Human => {
            let blocks = diff::blocks(&diff, &old, &new);
            let verdict = if diff.is_empty() {
                "The runs say the same."
            } else {
                "The runs differ; --format csv has every row."
            };
            format!("{}{verdict}\n", report::render(&[], &blocks, WIDTH)).into_bytes()
        }
    };
    match &arguments.out {
        Some(path) => write_file(path, &text)?,
        None => std::io::stdout().lock().write_all(&text)?,
    }
    Ok(if diff.is_empty() { Outcome::Done } else { Outcome::Differ })
}

/// An amount of the command line, exactly.
pub(super) fn amount(text: &str) -> Result<rust_decimal::Decimal, String> {
    crate::ingest::number(text)
        .filter(|amount| !amount.is_sign_negative())
        .ok_or_else(|| "expected a decimal of 0 or more, like 0.01".to_owned())
}
