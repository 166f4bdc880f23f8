//! What something is called, and how much of it there is, in no language yet.

use std::borrow::Cow;

/// A value that has a word in every language: the name of its enumeration, like
/// `role`, and its own stable name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word(pub &'static str, pub &'static str);

impl Word {
    /// As programs read it.
    #[must_use]
    pub const fn stable(self) -> &'static str {
        self.1
    }
}

/// What something is called: by a name that people gave it, or by one that
/// drawdown supplies.
///
/// ```
/// use drawdown::diagnostics::{Naming, Word};
/// assert_eq!(Naming::given("Std.").stable(), "Std.");
/// assert_eq!(Naming::Supplied(Word("unit", "Hours")).stable(), "Hours");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Naming<'a> {
    /// As it stands in a file; in every language the same.
    Given(Cow<'a, str>),
    /// A word of drawdown's own.
    Supplied(Word),
}

impl<'a> Naming<'a> {
    /// A name that people gave.
    #[must_use]
    pub const fn given(name: &'a str) -> Self {
        Self::Given(Cow::Borrowed(name))
    }

    /// As programs read it.
    #[must_use]
    pub fn stable(&self) -> &str {
        match self {
            Self::Given(name) => name,
            Self::Supplied(word) => word.stable(),
        }
    }

    /// The same, for longer than what it was taken from.
    #[must_use]
    pub fn into_owned(self) -> Naming<'static> {
        match self {
            Self::Given(name) => Naming::Given(Cow::Owned(name.into_owned())),
            Self::Supplied(word) => Naming::Supplied(word),
        }
    }
}

impl Default for Naming<'_> {
    /// No name.
    fn default() -> Self {
        Self::given("")
    }
}

/// An amount, as the CSV files print it, and its unit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount {
    /// How much.
    pub number: Box<str>,
    /// Of what.
    pub unit: Naming<'static>,
}

impl Amount {
    /// So much of a unit.
    #[must_use]
    pub fn new(number: impl Into<Box<str>>, unit: Naming<'_>) -> Self {
        Self { number: number.into(), unit: unit.into_owned() }
    }
}

/// What a text in doubt may say. A number with decimals is written in the
/// reader's way. A whole one is not grouped, since its mark may be the one in
/// doubt, nor is a day written as the reader's language does: its order may be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reading(pub Box<str>);
