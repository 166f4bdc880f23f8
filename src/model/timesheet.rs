//! Timesheet entries: what one points to, and its row where a report shows it.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};
use rust_decimal::Decimal;

use super::exact::Exact;
use super::ids::Name;
use super::unit::UnitId;
use crate::diagnostics::Place;

/// The parts of an [`EntryKey`], in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyPart {
    /// External or own id of the order line.
    LineId,
    /// Database id of the order line.
    LineDatabaseId,
    /// The order line's display name.
    LineLabel,
    /// External or own id of the task.
    TaskId,
    /// Database id of the task.
    TaskDatabaseId,
    /// The task's name.
    Task,
    /// External id of the analytic account.
    ContractId,
    /// Database id of the analytic account.
    ContractDatabaseId,
    /// The analytic account's name or code.
    Contract,
    /// The order's name.
    Order,
    /// The project's name.
    Project,
    /// What a time tracker calls the customer.
    Client,
    /// A time tracker's own task or activity.
    Activity,
    /// A time tracker's tags, separated by commas.
    Tags,
}

/// Where an entry points: the texts that attribution (chapter 4) looks at, and
/// nothing else. Entries with equal keys share one fate, so keys are judged,
/// not rows.
///
/// ```
/// use drawdown::model::{EntryKey, KeyPart};
/// let key = EntryKey::new(|part| match part {
///     KeyPart::Contract => "SO009 - Agrolait",
///     _ => "",
/// });
/// assert_eq!(key.get(KeyPart::Contract), Some("SO009 - Agrolait"));
/// assert_eq!(key.get(KeyPart::Task), None); // a blank key never matches
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryKey(Box<str>);

/// Stands between the parts. A part that contains it has it replaced.
const SEPARATOR: u8 = 0x1f;

impl KeyPart {
    /// Every part, in the order in which a key holds them.
    pub const ALL: [Self; 14] = [
        Self::LineId,
        Self::LineDatabaseId,
        Self::LineLabel,
        Self::TaskId,
        Self::TaskDatabaseId,
        Self::Task,
        Self::ContractId,
        Self::ContractDatabaseId,
        Self::Contract,
        Self::Order,
        Self::Project,
        Self::Client,
        Self::Activity,
        Self::Tags,
    ];

    /// Whether it is an id, which compares as it stands, and no name.
    fn is_id(self) -> bool {
        use KeyPart::{
            ContractDatabaseId, ContractId, LineDatabaseId, LineId, TaskDatabaseId, TaskId,
        };
        matches!(
            self,
            LineId | LineDatabaseId | TaskId | TaskDatabaseId | ContractId | ContractDatabaseId
        )
    }
}

impl EntryKey {
    /// A key from its parts; each is trimmed.
    pub fn new<'a>(mut part: impl FnMut(KeyPart) -> &'a str) -> Self {
        let mut text = String::new();
        for name in KeyPart::ALL {
            Self::append(&mut text, name, part(name));
        }
        Self(text.into_boxed_str())
    }

    /// Appends one part to a key under construction, for readers that reuse
    /// the buffer: all parts, in the order of [`KeyPart::ALL`].
    pub fn append(buffer: &mut String, part: KeyPart, text: &str) {
        if part != KeyPart::LineId {
            buffer.push(SEPARATOR.into());
        }
        if text.is_empty() {
            return;
        }
        let text = text.trim();
        if text.as_bytes().contains(&SEPARATOR) {
            buffer.extend(text.chars().map(|c| if c == SEPARATOR.into() { ' ' } else { c }));
        } else {
            buffer.push_str(text);
        }
    }

    /// A key whose parts were appended to a buffer.
    #[must_use]
    pub fn from_buffer(buffer: &str) -> Self {
        Self(buffer.into())
    }

    /// A key from its whole text.
    #[must_use]
    pub fn from_text(text: Box<str>) -> Self {
        Self(text)
    }

    /// A part; `None` when it is blank.
    #[must_use]
    pub fn get(&self, part: KeyPart) -> Option<&str> {
        self.texts().nth(part as usize).filter(|text| !text.is_empty())
    }

    /// All parts at once, where several are asked for.
    #[must_use]
    pub fn parts(&self) -> KeyParts<'_> {
        let mut parts = [""; KeyPart::ALL.len()];
        for (own, text) in parts.iter_mut().zip(self.texts()) {
            *own = text;
        }
        KeyParts(parts)
    }

    /// The text of each part.
    fn texts(&self) -> impl Iterator<Item = &str> {
        let mut rest = Some(&*self.0);
        std::iter::from_fn(move || {
            let own = rest?;
            let end = own.bytes().position(|byte| byte == SEPARATOR);
            rest = end.and_then(|end| own.get(end + 1..));
            own.get(..end.unwrap_or(own.len()))
        })
    }

    /// The same of two keys that point to the same as far as can be read: names
    /// in the form in which names compare, ids as they stand.
    #[must_use]
    pub fn compared(text: &str) -> String {
        let mut compared = String::with_capacity(text.len());
        for (part, own) in KeyPart::ALL.into_iter().zip(text.split(char::from(SEPARATOR))) {
            if part.is_id() {
                Self::append(&mut compared, part, own);
            } else {
                Self::append(&mut compared, part, Name::new(own).as_str());
            }
        }
        compared
    }

    /// The whole key as text, for ordering and hashing.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The parts of an [`EntryKey`], found once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyParts<'k>([&'k str; KeyPart::ALL.len()]);

impl<'k> KeyParts<'k> {
    /// A part; `None` when it is blank.
    #[must_use]
    pub fn get(&self, part: KeyPart) -> Option<&'k str> {
        self.0.get(part as usize).copied().filter(|text| !text.is_empty())
    }
}

/// Whether an entry is marked as approved or billable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// Marked yes.
    Yes,
    /// Marked no.
    No,
    /// The export does not say.
    Unstated,
}

/// Whether an entry is time worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WorkKind {
    /// Time worked.
    Work,
    /// A tracker's break, which never counts (chapter 4).
    Break,
}

/// What decides whether an entry counts at all (chapter 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marks {
    /// Its mark of approval.
    pub approved: Mark,
    /// Its mark as billable.
    pub billable: Mark,
    /// Work or a break.
    pub work: WorkKind,
}

impl Marks {
    /// Of an entry of which nothing is said.
    pub const UNSTATED: Self =
        Self { approved: Mark::Unstated, billable: Mark::Unstated, work: WorkKind::Work };
}

/// What an export says of when an entry was last written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WriteDate {
    /// Nothing, or nothing that is a moment.
    Unstated,
    /// That moment.
    At(NaiveDateTime),
    /// One moment or another: day and month may be either.
    Ambiguous(Box<str>),
}

impl WriteDate {
    /// The moment, where it is known.
    #[must_use]
    pub fn moment(&self) -> Option<NaiveDateTime> {
        match self {
            Self::At(moment) => Some(*moment),
            Self::Unstated | Self::Ambiguous(_) => None,
        }
    }

    /// What stands there, if that may be two moments.
    #[must_use]
    pub fn in_doubt(&self) -> Option<&str> {
        match self {
            Self::Ambiguous(text) => Some(text),
            Self::Unstated | Self::At(_) => None,
        }
    }
}

/// What only a person reads of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EntryText {
    /// Its id as exported.
    pub id: String,
    /// Who worked.
    pub employee: String,
    /// What was done.
    pub description: String,
}

/// A timesheet entry with its row, for the reports that list entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRow {
    /// Where it stands.
    pub place: Place,
    /// Where it points.
    pub key: Arc<EntryKey>,
    /// Its day.
    pub date: NaiveDate,
    /// Its id, employee and description, where they were asked for.
    pub text: EntryText,
    /// How much, exactly, in its unit.
    pub amount: Exact,
    /// How that is written, where it is the print of a binary float (rule 5.6).
    pub float_print: Option<Decimal>,
    /// Its unit.
    pub unit: UnitId,
}
