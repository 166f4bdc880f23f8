//! The command line: a command translates its arguments, calls the job and
//! prints. Only this room prints.

mod args;
mod exit;
mod init;
mod inspect;
mod reconcile;

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::{DateTime, Local};
use clap::Parser;

use crate::config::Configuration;
use crate::diagnostics::Error;
use crate::ingest::shown_path;

use args::{Arguments, Command};

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
    let result = match &arguments.command {
        Command::Reconcile(arguments) => reconcile::run(arguments, now),
        Command::Inspect(arguments) => inspect::run(arguments),
        Command::Init(arguments) => init::run(arguments),
    };
    match result {
        Ok(outcome) => outcome.into(),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody left to tell when standard error is gone.
            let _ = writeln!(std::io::stderr(), "error: {error:#}");
            ExitCode::from(exit::code(&error))
        }
    }
}

/// Whoever read the output has had enough of it.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<std::io::Error>()
        .is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}

/// The configuration: the file named, or the one drawdown.toml beside the
/// inputs.
fn configuration(named: Option<&Path>, paths: &[PathBuf]) -> Result<Configuration, Error> {
    let path = match named {
        Some(path) => Some(path.to_path_buf()),
        None => beside_inputs(paths)?,
    };
    let Some(path) = path else { return Ok(Configuration::none()) };
    let shown = shown_path(&path);
    let text = std::fs::read_to_string(&path).map_err(|error| Error::unreadable(&shown, &error))?;
    Configuration::parse(&shown, &text)
}

fn beside_inputs(paths: &[PathBuf]) -> Result<Option<PathBuf>, Error> {
    let mut found: Vec<PathBuf> = Vec::new();
    for path in paths {
        let folder = if path.is_dir() { Some(path.as_path()) } else { path.parent() };
        let file = folder.unwrap_or(Path::new("")).join("drawdown.toml");
        if file.is_file() && !found.contains(&file) {
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
