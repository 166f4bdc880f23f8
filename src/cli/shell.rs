//! What a shell and `man` want to know of the program, from the definitions of
//! its arguments.

use std::io::Write;

use anyhow::Context;
use clap::{Command, CommandFactory};
use clap_mangen::Man;

use super::args::{Arguments, Completions, Manual};
use super::exit::Outcome;
use crate::diagnostics::Error;

const PROGRAM: &str = "drawdown";

/// `drawdown completions`: the script that completes commands and arguments.
pub(super) fn completions(arguments: &Completions) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), PROGRAM, &mut script);
    std::io::stdout().lock().write_all(&script)?;
    Ok(Outcome::Done)
}

/// `drawdown manual`: the page of the program, or of one of its commands.
pub(super) fn manual(arguments: &Manual) -> anyhow::Result<Outcome> {
    let mut program = Arguments::command().disable_help_subcommand(true);
    program.build();
    let command = match &arguments.command {
        None => program,
        Some(name) => of_name(&program, name)?,
    };
    let page = page(command).context("the manual page")?;
    std::io::stdout().lock().write_all(&page)?;
    Ok(Outcome::Done)
}

fn of_name(program: &Command, name: &str) -> Result<Command, Error> {
    program.find_subcommand(name).cloned().ok_or_else(|| {
        let names: Vec<&str> = program.get_subcommands().map(Command::get_name).collect();
        Error::Usage {
            problem: format!("there is no command {name}; the commands are {}", names.join(", ")),
        }
    })
}

fn page(command: Command) -> std::io::Result<Vec<u8>> {
    let end = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let has_commands = command.has_subcommands();
    let man = Man::new(command)
        .source(concat!("drawdown ", env!("CARGO_PKG_VERSION")))
        .manual("drawdown");
    let mut roff = Vec::new();
    man.render_title(&mut roff)?;
    man.render_name_section(&mut roff)?;
    man.render_synopsis_section(&mut roff)?;
    man.render_description_section(&mut roff)?;
    man.render_options_section(&mut roff)?;
    if has_commands {
        man.render_subcommands_section(&mut roff)?;
    }
    // Line by line as the help has it: an example must not be filled.
    writeln!(roff, ".SH EXAMPLES\n.nf")?;
    for line in end.lines().filter(|line| *line != "Examples:") {
        writeln!(roff, "\\&{}", line.replace('\\', "\\e").replace('-', "\\-"))?;
    }
    writeln!(roff, ".fi")?;
    Ok(roff)
}
