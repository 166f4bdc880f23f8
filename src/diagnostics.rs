//! What went wrong and where, as facts: a [`Fault`] is one row's, an [`Error`]
//! stops the run. Sentences are made from them elsewhere (`report::faults`, with
//! the words of `language`).

mod caught;
mod facts;
mod naming;
mod phrase;

use std::fmt;
use std::sync::Arc;

pub use caught::{caught, is_caught};
pub use naming::{Amount, Naming, Reading, Word};
pub use phrase::{Declared, Filling, Found, Phrase, shortened};

/// A file, or one sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// The path as the user reached it, with `/` between its parts.
    pub file: String,
    /// The sheet; `None` for a text file.
    pub sheet: Option<String>,
}

/// Where something stands: file, sheet, row and column.
///
/// ```
/// use drawdown::diagnostics::Place;
/// let place = Place::new("orders.xlsx", Some("Lines")).at_row(8).in_column("Unit");
/// assert_eq!(place.to_string(), r#"orders.xlsx, sheet "Lines", row 8, column "Unit""#);
/// let cell = place.in_cell(27, "Unit");
/// assert_eq!(cell.to_string(), r#"orders.xlsx, sheet "Lines", AB8 (row 8, column "Unit")"#);
/// assert_eq!(Place::new("may.csv", None).at_row(31).to_string(), "may.csv:31");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    origin: Arc<Origin>,
    /// The row and one, or zero: there may be a place for each of a million lines.
    row_and_one: u64,
    column: Option<Arc<Column>>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Column {
    header: String,
    /// Its place in the sheet, from 0, where cells have addresses.
    index: Option<usize>,
}

impl Place {
    /// A whole file or sheet.
    #[must_use]
    pub fn new(file: &str, sheet: Option<&str>) -> Self {
        Self::of(Arc::new(Origin { file: file.to_owned(), sheet: sheet.map(str::to_owned) }))
    }

    /// A whole file or sheet that is already shared.
    #[must_use]
    pub fn of(origin: Arc<Origin>) -> Self {
        Self { origin, row_and_one: 0, column: None }
    }

    /// The same place, narrowed to a row (from 1, as a spreadsheet shows it).
    #[must_use]
    pub fn at_row(&self, row: u64) -> Self {
        Self { row_and_one: row.saturating_add(1), ..self.clone() }
    }

    /// The same place, narrowed to a column by its header.
    #[must_use]
    pub fn in_column(&self, header: &str) -> Self {
        let column = Column { header: header.to_owned(), index: None };
        Self { column: Some(Arc::new(column)), ..self.clone() }
    }

    /// The same place, narrowed to a column of a worksheet, from 0, and its
    /// header.
    #[must_use]
    pub fn in_cell(&self, index: usize, header: &str) -> Self {
        let column = Column { header: header.to_owned(), index: Some(index) };
        Self { column: Some(Arc::new(column)), ..self.clone() }
    }

    /// The same place, narrowed to the column of another one. There may be a fault for
    /// each of a million rows: they share the column.
    #[must_use]
    pub fn in_column_of(&self, other: &Self) -> Self {
        Self { column: other.column.clone(), ..self.clone() }
    }

    /// The file's path.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.origin.file
    }

    /// The sheet, in a workbook.
    #[must_use]
    pub fn sheet(&self) -> Option<&str> {
        self.origin.sheet.as_deref()
    }

    /// The row, from 1.
    #[must_use]
    pub fn row(&self) -> Option<u64> {
        self.row_and_one.checked_sub(1)
    }

    /// The column's header.
    #[must_use]
    pub fn column(&self) -> Option<&str> {
        self.column.as_ref().map(|column| column.header.as_str())
    }

    /// The cell as a spreadsheet names it, like `B7`; only of a worksheet.
    #[must_use]
    pub fn cell(&self) -> Option<String> {
        let (mut index, row) = (self.column.as_ref()?.index?, self.row()?);
        let mut letters = Vec::new();
        loop {
            letters.push(char::from(b'A' + u8::try_from(index % 26).unwrap_or_default()));
            match (index / 26).checked_sub(1) {
                Some(rest) => index = rest,
                None => break,
            }
        }
        Some(format!("{}{row}", letters.iter().rev().collect::<String>()))
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.file())?;
        if let (Some(sheet), Some(cell), Some(row)) = (self.sheet(), self.cell(), self.row()) {
            let column = self.column().unwrap_or_default();
            return write!(f, ", sheet \"{sheet}\", {cell} (row {row}, column \"{column}\")");
        }
        match (self.sheet(), self.row()) {
            (Some(sheet), Some(row)) => write!(f, ", sheet \"{sheet}\", row {row}")?,
            (Some(sheet), None) => write!(f, ", sheet \"{sheet}\"")?,
            (None, Some(row)) => write!(f, ":{row}")?,
            (None, None) => {}
        }
        if let Some(column) = self.column() {
            write!(f, ", column \"{column}\"")?;
        }
        Ok(())
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $rule:literal;)+) => {
        /// The kinds of fault that a row can have. Their names are stable.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FaultKind { $($(#[$doc])* $variant,)+ }

        impl FaultKind {
            /// Every kind, in the order of the README's table.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The stable name, as exceptions.csv writes it.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// The number of the rule that makes it a fault.
            #[must_use]
            pub fn rule(self) -> &'static str {
                match self { $(Self::$variant => $rule,)+ }
            }
        }
    };
}

kinds! {
    /// A required cell is blank.
    MissingValue = "missing_value", "1";
    /// A cell that should hold a number does not.
    NotANumber = "not_a_number", "1";
    /// A cell that should hold a date does not.
    NotADate = "not_a_date", "1";
    /// A number that may be two numbers, in a column that does not decide it.
    AmbiguousNumber = "ambiguous_number", "1";
    /// A date that may be two days, in a column that does not decide it.
    AmbiguousDate = "ambiguous_date", "1";
    /// A cell holds none of the values that its column allows.
    UnknownValue = "unknown_value", "1";
    /// A row has more cells than the header.
    RaggedRow = "ragged_row", "1";
    /// A unit of measure that nothing declares.
    UnknownUnit = "unknown_unit", "5.4";
    /// An entry's unit is of another category than its line's.
    CategoryMismatch = "category_mismatch", "5.3";
    /// A task names an order line that is in no input.
    UnknownOrderLine = "unknown_order_line", "4";
    /// An adjustment is made to a contract that no order has, or that cannot
    /// take it.
    UnknownContract = "unknown_contract", "6.10";
    /// Nothing says how the product's delivered quantity is found.
    UnknownTracking = "unknown_tracking", "1";
    /// Nothing says whether ordered or delivered quantities are invoiced.
    UnknownPolicy = "unknown_policy", "1";
    /// Two products tracked per contract share one contract.
    AmbiguousContract = "ambiguous_contract", "3.4";
    /// An entry leads to lines of draft, sent or cancelled orders only.
    OrderNotConfirmed = "order_not_confirmed", "4";
    /// An entry was changed between exports; the latest version counts.
    EntryChanged = "entry_changed", "4";
    /// An entry stands in several versions and nothing says which is right.
    EntryConflict = "entry_conflict", "4";
    /// An entry without an id stands in two files whose dates overlap.
    SuspectedDuplicate = "suspected_duplicate", "4";
}

/// What is wrong with one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Which kind of fault.
    pub kind: FaultKind,
    /// Where: always with a row.
    pub place: Place,
    /// What was found.
    pub found: Found,
    /// What was expected instead.
    pub expected: Phrase,
    /// What to do about it.
    pub action: Phrase,
}

impl Fault {
    /// A fault with what is said of it. A text that was found is cut where it
    /// is longer than a person reads.
    #[must_use]
    pub fn new(
        kind: FaultKind,
        place: Place,
        found: impl Into<Found>,
        expected: Phrase,
        action: Phrase,
    ) -> Self {
        Self { kind, place, found: found.into(), expected, action }
    }
}

/// A row as it stands in its file, cut where the cell in question stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The row's number, from 1.
    pub row: u64,
    /// What stands before the cell.
    pub before: String,
    /// The cell; the whole row where no cell is in question.
    pub cell: String,
    /// What stands behind it.
    pub after: String,
}

/// What stops a run before anything is written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[expect(missing_docs, reason = "a variant's sentence shows what each of its fields is")]
pub enum Error {
    /// A path on the command line leads to nothing.
    #[error(
        "no such file or folder: {path}; help: check the path, or name the folder that the exports are in"
    )]
    NoSuchPath { path: String },
    /// A glob that matches nothing, or is no glob.
    #[error("no file matches {pattern}; help: a pattern looks like 'exports/*.csv', in quotes")]
    NothingMatches { pattern: String },
    /// A file that cannot be opened or read.
    #[error("cannot read {path}: {reason}")]
    Unreadable { path: String, reason: String },
    /// A file without any content.
    #[error(
        "{place} is empty; expected: a header row and at least one row below it; help: export it again, or take it out of the folder"
    )]
    Empty { place: Place },
    /// A file named on the command line whose headers fit no role.
    #[error(
        "{place}: none of the roles drawdown reads fits its headers ({headers}){nearest}; help: leave the file out, or say what its columns are under [columns] in drawdown.toml, like \"Std.\" = \"quantity\""
    )]
    UnknownRole { place: Place, headers: String, nearest: String },
    /// A column without which the file is of no use.
    #[error(
        "{place} has no column for {missing}; expected one of: {expected}; the headers are: {headers}{proposal}; help: export that column as well, say which one it is under [columns] in drawdown.toml, like \"Std.\" = \"quantity\", or take the file away"
    )]
    MissingColumn {
        place: Place,
        missing: String,
        expected: String,
        headers: String,
        proposal: String,
    },
    /// Text that is not UTF-8.
    #[error("{place} is not UTF-8 text; help: save it as \"CSV UTF-8\", or as .xlsx")]
    NotUtf8 { place: Place },
    /// A character that stands in no text.
    #[error(
        "{place}: a character that no text has (U+{code:04X}) stands here; help: export the file again, it may be damaged; or take the character out"
    )]
    ControlCharacter { place: Place, code: u8 },
    /// A quote that opens and never closes.
    #[error("{place}: a quote opens here and never closes; help: look for a single \" in this row")]
    UnclosedQuote { place: Place },
    /// A quote that closes in the middle of a cell.
    #[error(
        "{place}: a quote closes in the middle of a cell, or one of a row above was never closed; help: look for a single \" in this row and the rows above it, and write a quote within quotes twice"
    )]
    StrayQuote { place: Place },
    /// Two columns that say the same.
    #[error(
        "{place} has two columns for {field}, both headed \"{header}\"; help: take one of them out, or rename it"
    )]
    TwoColumns { place: Place, field: &'static str, header: String },
    /// Two columns of which only one can count.
    #[error(
        "{place} has two columns for {field}, \"{}\" and \"{}\"; help: take one of them out, put both into one, or say under [columns] in drawdown.toml which counts: \"{}\" = \"{field}\"", headers[0], headers[1], headers[0]
    )]
    RivalColumns { place: Place, field: &'static str, headers: [String; 2] },
    /// More than a bound allows.
    #[error("{place}: {what} exceeds the limit of {limit}; help: {help}")]
    TooLarge { place: Place, what: &'static str, limit: u64, help: String },
    /// Two places say different things of one record.
    #[error(
        "{record} is described differently in two places: {column} is \"{first}\" in {first_place} and \"{second}\" in {second_place}{more}; help: export both on the same day, or choose with --on-conflict newest|first"
    )]
    Contradiction {
        record: String,
        column: &'static str,
        first: String,
        first_place: Box<Place>,
        second: String,
        second_place: Box<Place>,
        more: String,
    },
    /// A unit of measure that cannot be right (rule 5.4).
    #[error("{place}: {problem}; help: {help}")]
    BadUnit { place: Place, problem: String, help: String },
    /// The configuration file does not say something drawdown understands.
    #[error("{path}:{line}:{column}: {problem}")]
    BadConfiguration { path: String, line: usize, column: usize, problem: String },
    /// Arguments that contradict one another.
    #[error("{problem}")]
    Usage { problem: String },
    /// An output folder that holds something else.
    #[error(
        "{path} is neither empty nor an earlier run's output ({found}); help: name another folder with --out"
    )]
    OutputNotOurs { path: String, found: String },
    /// A file in the output folder is open in another program.
    #[error(
        "{path} is open in another program ({found}); nothing was replaced; help: save and close it, then run again"
    )]
    OutputOpen { path: String, found: String },
    /// What an earlier run remembers cannot be taken over.
    #[error("{place}: {problem}; nothing was replaced; help: {help}")]
    EarlierRun { place: Place, problem: String, help: String },
    /// A file of a run's output that is not as the run wrote it, and cannot be
    /// read as it stands.
    #[error("{place}: {problem}; help: {help}")]
    NotAsWritten { place: Place, problem: String, help: String },
    /// The output could not be written.
    #[error("cannot write {path}: {reason}; nothing was replaced")]
    CannotWrite { path: String, reason: String },
    /// No order lines, or no timesheets, where both are needed.
    #[error("{problem}; help: {help}")]
    NothingToDo { problem: String, help: String },
    /// The control totals do not agree: a fault of the program (chapter 8).
    #[error(
        "control totals do not agree: {what}: {left} is not {right}; nothing was written. This is a fault of drawdown, please report it"
    )]
    Totals { what: String, left: String, right: String },
}

/// One sentence, or two: the path and what the system says.
impl Error {
    /// An I/O error with the path it happened at, in the same words on every
    /// system.
    #[must_use]
    pub fn unreadable(path: &str, error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        let reason = match error.kind() {
            ErrorKind::NotFound => "there is no such file".to_owned(),
            ErrorKind::PermissionDenied => {
                "you have no permission to read it; change that, or copy it to a folder of your own"
                    .to_owned()
            }
            ErrorKind::IsADirectory => "it is a folder; name a file in it".to_owned(),
            ErrorKind::InvalidData => "it is not UTF-8 text; save it as UTF-8".to_owned(),
            _ => error.to_string(),
        };
        Self::Unreadable { path: path.to_owned(), reason }
    }
}
