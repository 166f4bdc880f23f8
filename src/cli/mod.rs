//! The command line: a command translates its arguments, calls the job and
//! prints. Only this room prints.

mod args;
mod check;
mod diff;
mod examples;
mod exit;
mod explain;
mod init;
mod inspect;
mod log;
mod reconcile;
mod schema;
mod shell;
mod tell;
mod watcher;

use std::ffi::OsString;
use std::io::Write;
use std::panic;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Once;

use chrono::{DateTime, Local};
use clap::Parser;

use crate::config::Configuration;
use crate::diagnostics::{Error, is_caught};
use crate::ingest::{Bounds, How, shown_path};
use crate::language::{Key, Words};
use crate::report::{self, ErrorJson, Report, visible};

use args::{Arguments, Command, Format, Inputs};
use tell::Face;
use watcher::Watcher;

/// Runs the program. `now` is the only clock it sees.
pub fn run(arguments: impl IntoIterator<Item = OsString>, now: DateTime<Local>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version go to standard output and are no error.
            let code = u8::try_from(error.exit_code()).unwrap_or(2);
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    log::start(&arguments.log);
    keep_caught_panics_quiet();
    // A bar among the lines of a log would tear them apart.
    let watcher = Watcher::new(!arguments.log.is_on() && !arguments.command.is_quiet());
    let result = match &arguments.command {
        Command::Reconcile(arguments) => reconcile::run(arguments, now, &watcher),
        Command::Check(arguments) => check::run(arguments, now, &watcher),
        Command::Explain(arguments) => explain::run(arguments, &watcher),
        Command::Diff(arguments) => diff::run(arguments),
        Command::Inspect(arguments) => inspect::run(arguments),
        Command::Init(arguments) => init::run(arguments),
        Command::Schema(arguments) => schema::run(arguments),
        Command::Completions(arguments) => shell::completions(arguments),
        Command::Manual(arguments) => shell::manual(arguments),
    };
    watcher.ends();
    // Whatever else cannot be written or read has a path in its message.
    let result = result.map_err(|error| {
        let is_of_output = error.is::<std::io::Error>();
        if is_of_output { error.context("cannot write to standard output") } else { error }
    });
    match result {
        Ok(outcome) => outcome.into(),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody left to tell when the streams are gone.
            let _ = report_error(&arguments.command, &error);
            ExitCode::from(exit::code(&error))
        }
    }
}

/// A library's panic that is caught is told as what it broke off, and by itself
/// only in a log of everything.
fn keep_caught_panics_quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if is_caught(panic) {
                tracing::debug!("{panic}");
            } else {
                usual(panic);
            }
        }));
    });
}

/// Says what stopped a command: to people on standard error, to programs on
/// standard output as well.
fn report_error(command: &Command, error: &anyhow::Error) -> std::io::Result<()> {
    if command.format() == Format::Json {
        let json = match error.downcast_ref::<Error>() {
            Some(known) => ErrorJson::new(known),
            None => ErrorJson::unexpected(format!("{error:#}")),
        };
        // Standard output may be what cannot be written to.
        let _ = writeln!(std::io::stdout(), "{}", serde_json::to_string_pretty(&json)?);
    }
    if log::error(error) {
        return Ok(());
    }
    let mut err = std::io::stderr().lock();
    let face = Face::of(&err);
    // Rows are read again as they were read; if it is the configuration that
    // is wrong, as they would be without one.
    let configuration =
        command.inputs().and_then(|(inputs, bounds)| configuration(inputs, bounds).ok());
    let how = configuration.as_ref().map_or_else(How::default, Configuration::how);
    tell::error(&mut err, error, how, face)
}

/// Somebody must hear of these, even where nobody reads the summary.
fn print_warnings(warnings: &[String], words: &Words) -> std::io::Result<()> {
    if log::is_on() {
        return Ok(());
    }
    let mut err = std::io::stderr().lock();
    for warning in warnings {
        let warning = words.with(Key::WarningSentence, &[("warning", warning.into())]);
        writeln!(err, "{}", visible(&warning))?;
    }
    Ok(())
}

/// What lay among the inputs and was passed over; what was not read and is among
/// the warnings is told there.
fn print_passed_over(report: &Report, words: &Words, out: &mut impl Write) -> std::io::Result<()> {
    for passed in report::passed_over_unwarned(report) {
        writeln!(out, "{}", visible(&words.with_reason(Key::PassedOver, passed)))?;
    }
    Ok(())
}

/// Whether any row could not be used, or a file that may hold some not read.
fn has_exceptions(report: &Report) -> bool {
    has_bad_rows(report) || !report.not_read.is_empty()
}

fn has_bad_rows(report: &Report) -> bool {
    report.totals.entries.rejected > 0 || !report.faults.is_empty()
}

/// Whoever read the output has had enough of it.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<std::io::Error>()
        .is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}

/// The configuration: the file named, or the one drawdown.toml beside the
/// inputs.
fn configuration(inputs: &Inputs, bounds: Bounds) -> Result<Configuration, Error> {
    let path = match &inputs.config {
        Some(path) => Some(path.clone()),
        None => beside_inputs(&inputs.paths)?,
    };
    let Some(path) = path else { return Ok(Configuration::none().within(bounds)) };
    let shown = shown_path(&path);
    let is_file = std::fs::metadata(&path).map(|file| file.is_file());
    let unusable = |error: &Error| Error::Usage { problem: error.to_string() };
    if matches!(is_file, Ok(false)) {
        let reason = "it is no file".to_owned();
        return Err(unusable(&Error::Unreadable { path: shown, reason }));
    }
    let bytes =
        std::fs::read(&path).map_err(|error| unusable(&Error::unreadable(&shown, &error)))?;
    Ok(Configuration::parse_bytes(&shown, &bytes)?.within(bounds))
}

fn beside_inputs(paths: &[PathBuf]) -> Result<Option<PathBuf>, Error> {
    let mut found: Vec<PathBuf> = Vec::new();
    for path in paths {
        let folder = if path.is_dir() { Some(path.as_path()) } else { path.parent() };
        let file = folder.unwrap_or(Path::new("")).join("drawdown.toml");
        // A link that leads nowhere is an error, and no silent default.
        if file.symlink_metadata().is_ok() && !found.contains(&file) {
            found.push(file);
        }
    }
    if let [first, second, ..] = found.as_slice() {
        return Err(Error::Usage {
            problem: format!(
                "{} and {} both lie beside the inputs; choose one with --config",
                first.display(),
                second.display()
            ),
        });
    }
    Ok(found.pop())
}
