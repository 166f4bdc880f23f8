//! How a command ends, and the exit code of each way.

use std::process::ExitCode;

use crate::diagnostics::Error;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// As asked.
    Done,
    /// Done, but rows were rejected, and the user asked to hear of it.
    RowsRejected,
    /// Done, and there are upsells, and the user asked to hear of them.
    Upsells,
    /// Two runs were compared, and differ.
    Differ,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Done => 0,
            Outcome::RowsRejected => 4,
            Outcome::Upsells => 5,
            Outcome::Differ => 10,
        })
    }
}

/// The exit code of an error.
pub(super) fn code(error: &anyhow::Error) -> u8 {
    match error.downcast_ref::<Error>() {
        Some(
            Error::Usage { .. } | Error::OutputNotOurs { .. } | Error::BadConfiguration { .. },
        ) => 2,
        Some(Error::Totals { .. } | Error::OutputOpen { .. } | Error::CannotWrite { .. })
        | None => 1,
        Some(_) => 3,
    }
}
