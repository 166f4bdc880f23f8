//! What is said, as a value: a message and what it is filled with. Whoever works
//! something out says it without knowing a language; whoever writes it tells it
//! in the reader's.

use std::borrow::Cow;

use chrono::NaiveDate;
use fluent_bundle::{FluentArgs, FluentValue};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

use super::{Group, Key, Language, Words, english, plain};
use crate::diagnostics::{Fault, Found, Naming, Phrase, Place};

/// Something that is said, in no language yet. Programs read it in English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// A text as it stands: a name, an id, what a file has.
    Text(String),
    /// A number as the CSV files have it.
    Number(String),
    /// A day.
    Day(NaiveDate),
    /// A count, which also chooses between singular and plural.
    Count(u64),
    /// A value of an enumeration, by its stable name.
    Word(Group, String),
    /// What something is called.
    Naming(Naming<'static>),
    /// What is said of a row or a file.
    Phrase(Phrase),
    /// Where something stands.
    Place(Place),
    /// A message and what it is filled with.
    Message(Key, Vec<(&'static str, Self)>),
    /// Several things, with a mark between them that all languages share.
    Joined(&'static str, Vec<Self>),
    /// Several things one after another, as the message `{ $before }, { $next }`
    /// joins two of them.
    Listed(Key, Vec<Self>),
}

impl Said {
    /// A message, filled in.
    #[must_use]
    pub fn message<const N: usize>(key: Key, filled: [(&'static str, Self); N]) -> Self {
        Self::Message(key, filled.into())
    }

    /// A message that needs nothing filled in.
    #[must_use]
    pub fn plain(key: Key) -> Self {
        Self::Message(key, Vec::new())
    }

    /// A number as the CSV files have it.
    #[must_use]
    pub fn number(printed: impl Into<String>) -> Self {
        Self::Number(printed.into())
    }

    /// An amount and its unit.
    #[must_use]
    pub fn amount(printed: impl Into<String>, unit: Naming<'_>) -> Self {
        Self::Joined(" ", vec![Self::number(printed), unit.into()])
    }

    /// Names one after another.
    #[must_use]
    pub fn names<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        Self::Listed(Key::Listed, names.into_iter().map(Self::from).collect())
    }

    /// What is wrong with a row, where, what was expected and what to do.
    #[must_use]
    pub fn fault(fault: &Fault) -> Self {
        let found = match &fault.found {
            Found::Text(text) if text.is_empty() => Self::plain(Key::Nothing),
            Found::Text(text) => Self::message(Key::QuotedText, [("text", (&**text).into())]),
            Found::Words(phrase) => {
                Self::message(Key::QuotedText, [("text", Self::Phrase((**phrase).clone()))])
            }
        };
        let filled = [
            ("kind", Self::Word(Group::Exception, fault.kind.name().to_owned())),
            ("found", found),
            ("place", Self::Place(fault.place.clone())),
            ("expected", fault.expected.clone().into()),
            ("action", fault.action.clone().into()),
        ];
        Self::message(Key::Sentence, filled)
    }

    /// In English, as programs read it.
    #[must_use]
    pub fn in_english(&self) -> String {
        english().tell(self)
    }
}

impl From<&str> for Said {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Said {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<String> for Said {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Naming<'_>> for Said {
    fn from(naming: Naming<'_>) -> Self {
        Self::Naming(naming.into_owned())
    }
}

impl From<Phrase> for Said {
    fn from(phrase: Phrase) -> Self {
        Self::Phrase(phrase)
    }
}

impl From<NaiveDate> for Said {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}

impl From<u64> for Said {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl Serialize for Said {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.in_english())
    }
}

impl JsonSchema for Said {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        String::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}

impl Words {
    /// Tells it in this language. Where it is told in English, numbers are
    /// written as the CSV files have them, so that each is found there.
    #[must_use]
    pub fn tell(&self, said: &Said) -> String {
        match said {
            Said::Text(text) => text.clone(),
            Said::Number(printed) => self.figure(printed),
            Said::Day(day) => self.date(*day),
            Said::Count(count) => self.figure(&count.to_string()),
            Said::Word(group, name) => self.word(*group, name).to_owned(),
            Said::Naming(naming) => self.naming(naming).to_owned(),
            Said::Phrase(phrase) => self.say(phrase),
            Said::Place(place) => self.place(place),
            Said::Message(key, filled) if filled.is_empty() => self.text(*key).to_owned(),
            Said::Message(key, filled) => {
                let mut arguments = FluentArgs::new();
                for (name, value) in filled {
                    arguments.set(*name, self.value(value));
                }
                self.format(key.id(), &arguments)
            }
            Said::Joined(mark, parts) => {
                parts.iter().map(|part| self.tell(part)).collect::<Vec<_>>().join(mark)
            }
            Said::Listed(key, parts) => self.listed(*key, parts.iter().map(|part| self.tell(part))),
        }
    }

    fn value(&self, said: &Said) -> FluentValue<'static> {
        match said {
            Said::Count(count) if self.language == Language::English => plain(*count),
            Said::Count(count) => FluentValue::from(*count),
            said => FluentValue::from(self.tell(said)),
        }
    }

    /// A number among others of a proof or a comparison: in English as the CSV
    /// files have it, else in the reader's way. One that goes on for ever ends
    /// with `…`.
    #[must_use]
    pub fn figure(&self, printed: &str) -> String {
        match (self.figures(), printed.strip_suffix('…')) {
            (None, _) => printed.to_owned(),
            (Some(language), None) => language.number(printed),
            (Some(language), Some(number)) => format!("{}…", language.number(number)),
        }
    }

    /// In which way a table of such numbers and days is written; in English as
    /// the CSV files are.
    #[must_use]
    pub fn figures(&self) -> Option<Language> {
        (self.language != Language::English).then_some(self.language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Word;

    #[test]
    fn it_is_told_in_each_language_in_its_way() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 31).unwrap();
        let hours = Naming::Supplied(Word("unit", "Hours"));
        let said = Said::message(
            Key::ExplainUntil,
            [
                ("day", day.into()),
                ("sums", Said::Listed(Key::And, vec![Said::amount("1234.5", hours), "2".into()])),
                ("quantity", Said::number("0.3333…")),
                ("unit", "Days".into()),
            ],
        );
        for (language, told) in [
            (
                Language::English,
                "the entries up to 2026-03-31 come to 1234.5 Hours and 2: 0.3333… Days",
            ),
            (
                Language::German,
                "die Einträge bis 31.03.2026 ergeben 1.234,5 Stunden und 2: 0,3333… Days",
            ),
        ] {
            assert_eq!(Words::new(language).tell(&said), told);
        }
        assert_eq!(serde_json::to_value(&said).unwrap(), said.in_english());
    }

    #[test]
    fn a_count_is_plain_in_english_and_grouped_elsewhere() {
        let said = |count: u64| Said::message(Key::ExplainEntries, [("entries", count.into())]);
        for (language, one, many) in [
            (Language::English, "1 entry", "1200 entries"),
            (Language::French, "1 saisie", "1\u{202f}200 saisies"),
            (Language::Chinese, "1 条工时记录", "1,200 条工时记录"),
        ] {
            let words = Words::new(language);
            assert_eq!([words.tell(&said(1)), words.tell(&said(1200))], [one, many]);
        }
    }
}
