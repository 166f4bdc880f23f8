//! Writes benchmark inputs: `cargo run --release --example generate -- --help`.

mod world;

use std::io::Write;
use std::path::PathBuf;

use clap::{Parser, ValueEnum};

use world::{Format, Ids, Request, generate};

/// Writes a made-up company's order lines and timesheets, to time drawdown with
#[derive(Debug, Parser)]
struct Arguments {
    /// How much: S 2 000 lines and 100 000 entries, M 50 000 and 5 000 000,
    /// L 200 000 and 20 000 000
    #[arg(long, value_enum, ignore_case = true, default_value_t = Size::S)]
    size: Size,
    /// Order lines, instead of the size's
    #[arg(long, value_name = "N")]
    lines: Option<usize>,
    /// Timesheet entries, instead of the size's
    #[arg(long, value_name = "N")]
    entries: Option<u32>,
    /// Another seed gives another company
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
    /// The order of the entries' ids
    #[arg(long, value_enum, default_value_t = Ids::Ordered, value_name = "ORDER")]
    ids: Ids,
    /// What the timesheets are written as
    #[arg(long, value_enum, default_value_t = Format::Csv, value_name = "FORMAT")]
    timesheets: Format,
    /// A folder that is empty or not there yet
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "verbatim")]
enum Size {
    S,
    M,
    L,
}

impl Size {
    fn lines_and_entries(self) -> (usize, u32) {
        match self {
            Self::S => (2_000, 100_000),
            Self::M => (50_000, 5_000_000),
            Self::L => (200_000, 20_000_000),
        }
    }
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let (lines, entries) = arguments.size.lines_and_entries();
    let request = Request {
        lines: arguments.lines.unwrap_or(lines),
        entries: arguments.entries.unwrap_or(entries),
        seed: arguments.seed,
        ids: arguments.ids,
        timesheets: arguments.timesheets,
    };
    let out = &arguments.out;
    std::fs::create_dir_all(out)?;
    // Another company's months would mix with this one's.
    anyhow::ensure!(std::fs::read_dir(out)?.next().is_none(), "{} is not empty", out.display());
    let made = generate(request, out)?;
    let (lines, entries) = (request.lines, request.entries);
    writeln!(
        std::io::stdout(),
        "{lines} order lines and {entries} entries, {} bytes in {} files, are in {}",
        made.bytes,
        made.files,
        out.display()
    )?;
    Ok(())
}
