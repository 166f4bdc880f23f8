//! `drawdown explain`: the proof behind a figure.

use std::io::Write;

use anyhow::Context;

use crate::job::{self, Explain};
use crate::language::Words;
use crate::report::{write_html, write_table};
use crate::run_folder::RunFolder;

use super::args::{self, ExplainFormat};
use super::exit::Outcome;
use super::tell;
use super::watcher::Watcher;

pub(super) fn run(arguments: &args::Explain, watcher: &Watcher) -> anyhow::Result<Outcome> {
    let run = RunFolder::read(&arguments.run)?;
    let language = arguments.lang.map_or_else(|| run.configuration.language(), Into::into);
    watcher.speaks(language);
    let inputs = run.find_inputs()?;
    let explanation = job::explain(&Explain {
        what: &arguments.what,
        run: &run,
        inputs: &inputs,
        entries: arguments.entries,
        threads: arguments.threads,
        watch: watcher,
    })?;
    watcher.ends();
    let words = Words::new(language);
    let mut out = std::io::stdout();
    match arguments.format {
        ExplainFormat::Text => {
            out.write_all(explanation.to_text(&words, tell::page(&out)).as_bytes())?;
        }
        ExplainFormat::Json => {
            out.write_all(explanation.to_json().context("the explanation as JSON")?.as_bytes())?;
        }
        ExplainFormat::Csv => write_table(&explanation.entries(), &mut out)?,
        ExplainFormat::Html => write_html(&explanation, &words, &mut out)?,
    }
    Ok(Outcome::Done)
}
