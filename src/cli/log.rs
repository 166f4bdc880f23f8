//! The log on standard error, for who runs the program unattended.

use tracing::level_filters::LevelFilter;

use crate::language::english;
use crate::report::{self, Report, visible};

use super::args::{Log, LogFormat, LogLevel};

impl Log {
    /// Whether anything is logged; else warnings are printed as sentences.
    pub(super) fn is_on(&self) -> bool {
        self.format.is_some() || self.level.is_some() || self.verbose > 0
    }

    fn filter(&self) -> LevelFilter {
        match self.level {
            Some(LogLevel::Error) => LevelFilter::ERROR,
            Some(LogLevel::Warn) => LevelFilter::WARN,
            Some(LogLevel::Debug) => LevelFilter::DEBUG,
            None if self.verbose > 1 => LevelFilter::DEBUG,
            Some(LogLevel::Info) | None => LevelFilter::INFO,
        }
    }
}

/// Starts the log, if one is asked for.
pub(super) fn start(log: &Log) {
    if !log.is_on() {
        return;
    }
    let lines = tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_max_level(log.filter())
        .with_target(false)
        .with_ansi(false);
    // A second log in one process is the first one.
    let _ = match log.format.unwrap_or(LogFormat::Text) {
        LogFormat::Text => lines.try_init(),
        LogFormat::Json => lines.json().flatten_event(true).with_current_span(false).try_init(),
    };
}

/// Whether there is a log.
pub(super) fn is_on() -> bool {
    tracing::enabled!(tracing::Level::ERROR)
}

/// Logs a report's warnings, in the one language of logs.
pub(super) fn warnings(report: &Report) {
    if !tracing::enabled!(tracing::Level::WARN) {
        return;
    }
    for warning in report::warnings(report, english()) {
        tracing::warn!("{}", visible(&warning));
    }
}

/// Logs what stopped a command; false where there is no log.
pub(super) fn error(error: &anyhow::Error) -> bool {
    tracing::error!("{}", visible(&format!("{error:#}")));
    is_on()
}
