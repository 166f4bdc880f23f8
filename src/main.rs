//! The program: see the library for what it does.

use std::process::ExitCode;

fn main() -> ExitCode {
    #[expect(clippy::disallowed_methods, reason = "the one place where the clock is read")]
    let now = chrono::Local::now();
    drawdown::cli::run(std::env::args_os(), now)
}
