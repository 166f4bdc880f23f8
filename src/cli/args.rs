//! The command line as it is typed. Each argument's help stands beside it.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::config::Overrides;
use crate::digest::DigestKind;
use crate::ingest::{Bounds, is_out_of_range};
use crate::job::Look;
use crate::language::Language;
use crate::reconcile::{LockedOrders, OnConflict};

use super::examples;

/// Reconciles sales order lines with timesheets, from exported files alone:
/// how much of each line is delivered, whose prepaid quota is used up, and
/// whether the hours add up.
#[derive(Debug, Parser)]
#[command(
    name = "drawdown",
    version,
    arg_required_else_help = true,
    after_help = examples::FIRST_STEPS
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
    #[command(flatten)]
    pub(super) log: Log,
}

/// What is logged on standard error; nothing unless one of these is given.
#[derive(Debug, Args)]
#[command(next_help_heading = "Log")]
pub(super) struct Log {
    /// Log to standard error: a line for each stage, each warning and the
    /// error, as text or as JSON
    #[arg(id = "log", long = "log", value_enum, value_name = "FORMAT", global = true)]
    pub(super) format: Option<LogFormat>,
    /// What is logged: this and what is worse; info unless given
    #[arg(id = "log_level", long = "log-level", value_enum, value_name = "LEVEL", global = true)]
    pub(super) level: Option<LogLevel>,
    /// Log as text; twice for more
    #[arg(short, long, action = clap::ArgAction::Count, global = true)]
    pub(super) verbose: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LogFormat {
    /// For people
    Text,
    /// For programs: an object a line
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LogLevel {
    /// What stops a command
    Error,
    /// And warnings
    Warn,
    /// And each stage when it is done
    Info,
    /// And each stage when it begins
    Debug,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Reconcile exports and write the reports
    #[command(after_help = examples::RECONCILE)]
    Reconcile(Reconcile),
    /// Check exports without writing anything
    #[command(after_help = examples::CHECK)]
    Check(Check),
    /// Explain a delivered quantity: every entry, sum, conversion and share
    #[command(after_help = examples::EXPLAIN)]
    Explain(Explain),
    /// Compare the outputs of two runs
    #[command(after_help = examples::DIFF)]
    Diff(Diff),
    /// Show how each file would be read, without reconciling
    #[command(after_help = examples::INSPECT)]
    Inspect(Inspect),
    /// Write a commented drawdown.toml
    #[command(after_help = examples::INIT)]
    Init(Init),
    /// Print the schema of an output: what programs may rely on
    #[command(after_help = examples::SCHEMA)]
    Schema(Schema),
    /// Print completions for a shell
    #[command(after_help = examples::COMPLETIONS)]
    Completions(Completions),
    /// Print the manual page
    #[command(after_help = examples::MANUAL)]
    Manual(Manual),
}

impl Command {
    /// How it prints.
    pub(super) fn format(&self) -> Format {
        match self {
            Self::Reconcile(arguments) => arguments.format,
            Self::Check(arguments) => arguments.format,
            Self::Inspect(arguments) => arguments.format,
            Self::Explain(Explain { format: ExplainFormat::Json, .. })
            | Self::Diff(Diff { format: DiffFormat::Json, .. }) => Format::Json,
            Self::Explain(_)
            | Self::Diff(_)
            | Self::Init(_)
            | Self::Schema(_)
            | Self::Completions(_)
            | Self::Manual(_) => Format::Human,
        }
    }

    /// Whether it prints nothing but errors and warnings.
    pub(super) fn is_quiet(&self) -> bool {
        match self {
            Self::Reconcile(arguments) => arguments.quiet,
            Self::Check(arguments) => arguments.quiet,
            _ => false,
        }
    }

    /// What it reads, and how much of it.
    pub(super) fn inputs(&self) -> Option<(&Inputs, Bounds)> {
        let (inputs, limits) = match self {
            Self::Reconcile(arguments) => (&arguments.inputs, &arguments.limits),
            Self::Check(arguments) => (&arguments.inputs, &arguments.limits),
            Self::Inspect(arguments) => (&arguments.inputs, &arguments.limits),
            Self::Explain(_)
            | Self::Diff(_)
            | Self::Init(_)
            | Self::Schema(_)
            | Self::Completions(_)
            | Self::Manual(_) => return None,
        };
        Some((inputs, limits.bounds()))
    }
}

/// What is read.
#[derive(Debug, Args)]
pub(super) struct Inputs {
    /// Files, folders or globs; the headers say which file is what
    #[arg(required = true, value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// The configuration, instead of the drawdown.toml beside the inputs
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
}

/// How rows are judged, and by how many threads.
#[derive(Debug, Args)]
pub(super) struct Judged {
    /// Entries after this day are left out; today unless given
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(super) as_of: Option<NaiveDate>,
    /// Entries before this day are left out
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(super) ignore_before: Option<NaiveDate>,
    /// What decides between two versions of one record
    #[arg(long, value_enum, value_name = "CHOICE")]
    pub(super) on_conflict: Option<ConflictChoice>,
    /// What a locked order means: done, or nothing
    #[arg(long, value_enum, value_name = "CHOICE")]
    pub(super) locked: Option<LockedChoice>,
    /// Threads; one per processor unless given
    #[arg(long, default_value_t = 0, hide_default_value = true, value_name = "N")]
    pub(super) threads: usize,
}

impl Judged {
    /// What wins over the configuration; `today` is the as-of date unless one is
    /// given.
    pub(super) fn overrides(&self, today: NaiveDate) -> Overrides {
        Overrides {
            ignore_before: self.ignore_before,
            on_conflict: self.on_conflict.map(Into::into),
            locked: self.locked.map(Into::into),
            ..Overrides::until(self.as_of.unwrap_or(today))
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct Reconcile {
    #[command(flatten)]
    pub(super) inputs: Inputs,
    /// Folder for the reports; an earlier run's output in it is replaced
    #[arg(long, value_name = "FOLDER")]
    pub(super) out: PathBuf,
    #[command(flatten)]
    pub(super) judged: Judged,
    /// The output of the run before this one, for the history of upsells and
    /// what was decided about them; what lies in --out unless given, `none` to
    /// start afresh
    #[arg(long, value_name = "FOLDER")]
    pub(super) since: Option<PathBuf>,
    /// First day of the period under review
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(super) from: Option<NaiveDate>,
    /// Last day of the period under review
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(super) to: Option<NaiveDate>,
    /// What to write, parted by commas; everything unless given. run.json and
    /// history.csv are written in any case
    #[arg(long, value_enum, value_delimiter = ',', value_name = "LIST", default_values_t = Output::ALL, hide_default_value = true)]
    pub(super) write: Vec<Output>,
    /// Where readers of summary.txt and summary.md find the report: a path or
    /// an address; unless given, beside them
    #[arg(long, value_name = "PLACE")]
    pub(super) report_at: Option<String>,
    /// The kind of the digests in run.json
    #[arg(long, value_enum, default_value_t = HashChoice::Blake3, value_name = "KIND")]
    pub(super) hash: HashChoice,
    /// Exit with 4 when there are exceptions, files that may be exports and
    /// were not read, or no entry was attributed to lines that are tracked by them;
    /// comes before --fail-on
    #[arg(long)]
    pub(super) strict: bool,
    /// Exit with 5 when there are upsells
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(super) fail_on: Option<FailOn>,
    /// Record the time of the run in run.json, which then differs each time
    #[arg(long)]
    pub(super) record_time: bool,
    /// Print nothing but errors and warnings
    #[arg(long, short)]
    pub(super) quiet: bool,
    /// How to print the summary
    #[arg(long, value_enum, default_value_t = Format::Human, value_name = "FORMAT")]
    pub(super) format: Format,
    /// The language of the summary and the reports that people read (workbook,
    /// page, summary); drawdown.toml's `lang` unless given, English without
    /// either. CSV and JSON are the same in each
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    pub(super) lang: Option<LanguageChoice>,
    #[command(flatten)]
    pub(super) limits: Limits,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) inputs: Inputs,
    #[command(flatten)]
    pub(super) judged: Judged,
    /// Print nothing but errors and warnings
    #[arg(long, short)]
    pub(super) quiet: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Human, value_name = "FORMAT")]
    pub(super) format: Format,
    /// The language of what is printed for people: control totals, exceptions,
    /// advice and warnings; drawdown.toml's `lang` unless given, English without
    /// either. What --format json prints is English in any case
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    pub(super) lang: Option<LanguageChoice>,
    #[command(flatten)]
    pub(super) limits: Limits,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// An order, line id, contract, task or customer
    #[arg(value_name = "WHAT")]
    pub(super) what: String,
    /// The folder of the run: what reconcile wrote with --out
    #[arg(long, value_name = "FOLDER")]
    pub(super) run: PathBuf,
    /// How to print
    #[arg(long, value_enum, default_value_t = ExplainFormat::Text, value_name = "FORMAT")]
    pub(super) format: ExplainFormat,
    /// How many entries to list for each set of lines
    #[arg(long, default_value_t = 100, value_name = "N")]
    pub(super) entries: usize,
    /// Threads; one per processor unless given
    #[arg(long, default_value_t = 0, hide_default_value = true, value_name = "N")]
    pub(super) threads: usize,
    /// The language of the text and the page; that of the run's reports unless
    /// given
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    pub(super) lang: Option<LanguageChoice>,
}

#[derive(Debug, Args)]
pub(super) struct Diff {
    /// The output of the older run
    #[arg(value_name = "OLD")]
    pub(super) old: PathBuf,
    /// The output of the newer run
    #[arg(value_name = "NEW")]
    pub(super) new: PathBuf,
    /// Up to it two quantities or values are the same, exactly
    #[arg(long, value_name = "Q", value_parser = super::diff::amount)]
    pub(super) tolerance: Option<rust_decimal::Decimal>,
    /// A column that does not matter; may be given several times
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    pub(super) ignore: Vec<String>,
    /// Do not look at the entries behind the runs
    #[arg(long)]
    pub(super) no_entries: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t = DiffFormat::Human, value_name = "FORMAT")]
    pub(super) format: DiffFormat,
    /// A file to write, instead of printing
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// The language of what is printed for people; that of the newer run's
    /// reports unless given
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    pub(super) lang: Option<LanguageChoice>,
}

#[derive(Debug, Args)]
pub(super) struct Inspect {
    #[command(flatten)]
    pub(super) inputs: Inputs,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Human, value_name = "FORMAT")]
    pub(super) format: Format,
    /// The language of what is printed for people; drawdown.toml's `lang`
    /// unless given, English without either
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    pub(super) lang: Option<LanguageChoice>,
    #[command(flatten)]
    pub(super) limits: Limits,
}

/// How much of a file is read. What goes past a limit is an error that names
/// it; sizes are written like 512MiB or 20GB. Stands last in a command: its
/// heading holds for all that follows.
#[derive(Debug, Args)]
#[command(next_help_heading = "Limits")]
pub(super) struct Limits {
    /// What a compressed file may expand to [default: 16GiB]
    #[arg(long = "max-expanded", value_name = "SIZE", value_parser = size)]
    expanded: Option<u64>,
    /// What a part of a workbook may expand to [default: 2GiB]; half of it for
    /// parts that are kept in memory
    #[arg(long = "max-part", value_name = "SIZE", value_parser = size)]
    part: Option<u64>,
    /// The longest row of a text [default: 16MiB]
    #[arg(long = "max-row", value_name = "SIZE", value_parser = size)]
    row: Option<u64>,
}

impl Limits {
    pub(super) fn bounds(&self) -> Bounds {
        let standard = Bounds::default();
        Bounds {
            expanded_bytes: self.expanded.unwrap_or(standard.expanded_bytes),
            workbook_part_bytes: self.part.unwrap_or(standard.workbook_part_bytes),
            record_bytes: self
                .row
                .map_or(standard.record_bytes, |size| usize::try_from(size).unwrap_or(usize::MAX)),
            ..standard
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct Init {
    /// Folder for the file; the current one unless given
    #[arg(default_value = ".", value_name = "FOLDER")]
    pub(super) folder: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Schema {
    /// An output; a list of all unless given
    #[arg(value_name = "NAME")]
    pub(super) name: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    pub(super) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(super) struct Manual {
    /// A command; the program and the list of its commands unless given
    #[arg(value_name = "COMMAND")]
    pub(super) command: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(super) enum Output {
    /// delivered.csv
    Delivered,
    /// upsell.csv
    Upsell,
    /// near.csv
    Near,
    /// idle.csv
    Idle,
    /// customers.csv
    Customers,
    /// invoicing.csv
    Invoicing,
    /// late.csv
    Late,
    #[value(name = "without_contract", alias = "without-contract", help = "without_contract.csv")]
    WithoutContract,
    #[value(name = "given_away", alias = "given-away", help = "given_away.csv")]
    GivenAway,
    /// exceptions.csv
    Exceptions,
    /// unmatched.csv
    Unmatched,
    #[value(name = "delivered_update", alias = "delivered-update", help = "delivered_update.csv")]
    DeliveredUpdate,
    /// Opportunities for Odoo's import, new ones and updates
    Opportunities,
    #[value(
        name = "orders_draft",
        alias = "orders-draft",
        help = "Draft quotations for Odoo's import"
    )]
    OrdersDraft,
    /// delivered.xlsx
    Xlsx,
    #[value(name = "page", alias = "html", help = "report.html")]
    Page,
    /// summary.txt and summary.md: one screen, to be sent
    Summary,
}

impl Output {
    pub(super) const ALL: [Self; 17] = [
        Self::Delivered,
        Self::Upsell,
        Self::Near,
        Self::Idle,
        Self::Customers,
        Self::Invoicing,
        Self::Late,
        Self::WithoutContract,
        Self::GivenAway,
        Self::Exceptions,
        Self::Unmatched,
        Self::DeliveredUpdate,
        Self::Opportunities,
        Self::OrdersDraft,
        Self::Xlsx,
        Self::Page,
        Self::Summary,
    ];
    /// How closely entries are looked at for those that show the review; the
    /// workbook has a sheet of each list.
    pub(super) fn review(self) -> Option<Look> {
        match self {
            Self::Delivered
            | Self::Upsell
            | Self::Exceptions
            | Self::Unmatched
            | Self::Opportunities
            | Self::OrdersDraft => None,
            Self::Idle
            | Self::Customers
            | Self::Invoicing
            | Self::WithoutContract
            | Self::DeliveredUpdate => Some(Look::Sums),
            Self::Near | Self::Page | Self::Summary => Some(Look::Quantities),
            Self::Late | Self::GivenAway | Self::Xlsx => Some(Look::Entries),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Human,
    /// For programs
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ExplainFormat {
    /// For people
    Text,
    /// A row per entry
    Csv,
    /// For programs
    Json,
    /// A page of its own
    Html,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DiffFormat {
    /// For people
    Human,
    /// A row for each difference
    Csv,
    /// For programs
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    /// An upsell
    Upsell,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ConflictChoice {
    /// The version written last, or in the last file by name
    Newest,
    /// The version in the first file by name
    First,
}

impl From<ConflictChoice> for OnConflict {
    fn from(choice: ConflictChoice) -> Self {
        match choice {
            ConflictChoice::Newest => Self::Newest,
            ConflictChoice::First => Self::First,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LanguageChoice {
    /// English
    En,
    #[value(name = "zh-CN", alias = "zh", help = "Simplified Chinese")]
    ZhCn,
    /// French
    Fr,
    /// German
    De,
    /// Spanish
    Es,
}

impl From<LanguageChoice> for Language {
    fn from(choice: LanguageChoice) -> Self {
        match choice {
            LanguageChoice::En => Self::English,
            LanguageChoice::ZhCn => Self::Chinese,
            LanguageChoice::Fr => Self::French,
            LanguageChoice::De => Self::German,
            LanguageChoice::Es => Self::Spanish,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LockedChoice {
    /// Done: off the upsell list
    Done,
    /// Read as sale
    Ignore,
}

impl From<LockedChoice> for LockedOrders {
    fn from(choice: LockedChoice) -> Self {
        match choice {
            LockedChoice::Done => Self::Done,
            LockedChoice::Ignore => Self::Ignore,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum HashChoice {
    /// BLAKE3
    Blake3,
    /// SHA-256
    Sha256,
}

impl From<HashChoice> for DigestKind {
    fn from(choice: HashChoice) -> Self {
        match choice {
            HashChoice::Blake3 => Self::Blake3,
            HashChoice::Sha256 => Self::Sha256,
        }
    }
}

/// A day on the command line.
fn day(text: &str) -> Result<NaiveDate, String> {
    crate::ingest::day(text).ok_or_else(|| {
        let years = if is_out_of_range(text) { ", of the years 1900 to 2200" } else { "" };
        format!("expected a date like 2026-03-31{years}")
    })
}

/// A size on the command line: whole bytes, kB to TB in thousands, KiB to TiB
/// in 1024s.
fn size(text: &str) -> Result<u64, String> {
    let expected = || "expected a size like 512MiB, 20GB or 1000000".to_owned();
    let text = text.trim();
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(digits).ok_or_else(expected)?;
    let factor: u64 = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "kb" => 1000,
        "mb" => 1000_u64.pow(2),
        "gb" => 1000_u64.pow(3),
        "tb" => 1000_u64.pow(4),
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gib" => 1 << 30,
        "tib" => 1 << 40,
        _ => return Err(expected()),
    };
    let number: u64 = number.parse().map_err(|_| expected())?;
    let bytes =
        number.checked_mul(factor).ok_or_else(|| "that is more than there is".to_owned())?;
    if bytes == 0 { Err(expected()) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_exact_or_refused() {
        for (text, bytes) in [
            ("1000000", 1_000_000),
            ("4GiB", 4 << 30),
            ("512 MiB", 512 << 20),
            ("20gb", 20_000_000_000),
            ("1kB", 1000),
            ("1KiB", 1024),
            ("7B", 7),
            ("16TiB", 16 << 40),
        ] {
            assert_eq!(size(text), Ok(bytes), "{text}");
        }
        for text in [
            "",
            "0",
            "GiB",
            "-1",
            "1.5GiB",
            "4G",
            "4 Gi B",
            "99999999999999999999",
            "99999999TiB",
            "٤GB",
        ] {
            assert!(size(text).is_err(), "{text}");
        }
    }
}
