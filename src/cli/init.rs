//! `drawdown init`: a commented configuration to start from.

use std::io::Write;

use crate::config::TEMPLATE;
use crate::diagnostics::Error;
use crate::report::visible;

use super::args::Init;
use super::exit::Outcome;

pub(super) fn run(arguments: &Init) -> anyhow::Result<Outcome> {
    let path = arguments.folder.join("drawdown.toml");
    let shown = path.display().to_string();
    let cannot_write = |error: std::io::Error| {
        let reason = match error.kind() {
            std::io::ErrorKind::AlreadyExists => {
                "it is there already, and is left as it is".to_owned()
            }
            _ => error.to_string(),
        };
        Error::Usage { problem: format!("cannot write {shown}: {reason}") }
    };
    // Never over a file that is there.
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&path)
        .map_err(cannot_write)?;
    file.write_all(TEMPLATE.as_bytes()).map_err(cannot_write)?;
    writeln!(std::io::stdout(), "wrote {}", visible(&shown))?;
    Ok(Outcome::Done)
}
