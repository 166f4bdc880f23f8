//! `drawdown diff`: compares the output folders of two runs.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::diagnostics::Error;
use crate::diff::{self, Choice, Side};
use crate::ingest::shown_path;
use crate::job::{DrawnUp, Entries, Request};
use crate::language::{Key, Said, Words};
use crate::model::Exact;
use crate::progress::Unwatched;
use crate::report::{self, Page, write_file, write_table};
use crate::run_folder::{InputState, RunFolder};
use crate::run_json::is_run_folder;

use super::args::{Diff as Arguments, DiffFormat};
use super::exit::Outcome;
use super::tell;

/// Bytes by which a comparison is known.
const BEGINNING: u64 = 1 << 10;

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    // Better told before a long comparison than after it.
    arguments.out.as_deref().map_or(Ok(()), need_own)?;
    let tolerance = arguments.tolerance.map(Exact::from);
    let choice = Choice::new(&arguments.ignore, tolerance)?;
    let (old, new) = (Side::read(&arguments.old)?, Side::read(&arguments.new)?);
    let diff = diff::compare(&old, &new, &choice);
    let diff = with_entries(diff, arguments)?;
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
            // A file is read anywhere.
            let page = match arguments.out {
                Some(_) => Page::PLAIN,
                None => tell::page(&std::io::stdout()),
            };
            let words = Words::new(arguments.lang.map_or(new.language, Into::into));
            let blocks = diff::blocks(&diff, &old, &new, &words);
            let verdict = words.text(if diff.is_empty() { Key::DiffSame } else { Key::DiffDiffer });
            let text = report::render(&[], &blocks, words.figures(), page);
            format!("{text}{verdict}\n").into_bytes()
        }
    };
    match &arguments.out {
        Some(path) => {
            need_own(path)?;
            write_file(path, &text)?;
        }
        None => std::io::stdout().lock().write_all(&text)?,
    }
    Ok(if diff.is_empty() { Outcome::Done } else { Outcome::Differ })
}

/// Refuses to write over a file that is no earlier comparison, and into a run's
/// output.
fn need_own(out: &Path) -> Result<(), Error> {
    let shown = shown_path(out);
    let refused = |why: &str| {
        Err(Error::Usage { problem: format!("--out {shown}: {why}; name another file") })
    };
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty());
    if is_run_folder(folder.unwrap_or(Path::new("."))) {
        return refused("it lies in a run's output, which would not be one any more");
    }
    match std::fs::metadata(out) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Ok(found) if found.is_file() => {}
        _ => return refused("it is there, and is no file"),
    }
    let mut beginning = Vec::new();
    std::fs::File::open(out)
        .and_then(|file| file.take(BEGINNING).read_to_end(&mut beginning))
        .map_err(|error| Error::unreadable(&shown, &error))?;
    if diff::is_comparison(&beginning) {
        return Ok(());
    }
    refused("it is there already, and is no comparison that diff wrote")
}

/// The entries behind two runs are read again from their inputs, as long as
/// these are still what they were.
fn with_entries(diff: diff::Diff, arguments: &Arguments) -> Result<diff::Diff, Error> {
    if arguments.no_entries {
        return Ok(diff);
    }
    let left_out = |reason: Said| diff::Diff { entries_left_out: Some(reason), ..diff.clone() };
    let (old, new) = (RunFolder::read(&arguments.old), RunFolder::read(&arguments.new));
    let (old, new) = match (old, new) {
        (Ok(old), Ok(new)) => (old, new),
        (Err(error), _) | (_, Err(error)) => return Ok(left_out(error.to_string().into())),
    };
    let mut paths = Vec::new();
    for run in [&old, &new] {
        let found = match run.find_inputs() {
            Ok(found) => found,
            Err(error) => return Ok(left_out(error.to_string().into())),
        };
        if let Some(input) = found.changed().next() {
            let key = match input.state {
                InputState::Missing => Key::DiffInputGone,
                InputState::Changed | InputState::Unchanged => Key::DiffInputChanged,
            };
            let folder = ("folder", Said::from(shown_path(&run.folder)));
            let filled = [("file", Said::from(&input.recorded)), folder];
            return Ok(left_out(Said::message(key, filled)));
        }
        paths.push(found.paths()?);
    }
    let [of_old, of_new] = paths.as_slice() else { return Ok(diff) };
    let until = old.rules.period.as_of.max(new.rules.period.as_of);
    let open = |run: &RunFolder, paths: &[PathBuf]| {
        let request = Request {
            paths,
            out: None,
            configuration: &run.configuration,
            rules: &run.rules,
            threads: 0,
            hash: run.hash,
            drawn_up: DrawnUp::default(),
            watch: &Unwatched,
        };
        Entries::open(&request, until)
    };
    let (before, after) = (open(&old, of_old)?, open(&new, of_new)?);
    let reported = old.rules.period.as_of;
    let entries = diff::compare_entries(&before, &after, reported, new.rules.period.as_of)?;
    Ok(diff.with_entries(entries))
}

/// An amount of the command line, exactly.
pub(super) fn amount(text: &str) -> Result<rust_decimal::Decimal, String> {
    crate::ingest::number(text)
        .filter(|amount| !amount.is_sign_negative())
        .ok_or_else(|| "expected a decimal of 0 or more, like 0.01".to_owned())
}
