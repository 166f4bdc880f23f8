//! The languages of the reports: every word that a person reads there, and how
//! numbers and days are written for them. What programs read (CSV, JSON) is
//! the same in all of them.
//!
//! The messages stand in `language/*.ftl` and, those of explain, diff and
//! inspect, in `language/commands/*.ftl`, one file a language, and what is said
//! of exceptions in `language/faults/*.ftl`. A text that the code names is a
//! [`Key`]; the words of an enumeration are found by its stable name, in a
//! [`Group`]; what was found wrong is a [`Phrase`] that is said here. What else
//! is worked out before anybody knows the language is a value, [`Said`]. Tests
//! hold the files to all of them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::NaiveDate;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use crate::diagnostics::{Amount, Filling, Found, Naming, Phrase, Place, Word, shortened};

mod keys;
mod said;

pub use keys::{Group, Key};
pub use said::Said;

/// The files of a language: the reports, what commands say beside them, and
/// what is said of exceptions.
macro_rules! messages {
    ($tag:literal) => {
        concat!(
            include_str!(concat!("language/", $tag, ".ftl")),
            "\n",
            include_str!(concat!("language/commands/", $tag, ".ftl")),
            "\n",
            include_str!(concat!("language/faults/", $tag, ".ftl")),
        )
    };
}

/// A language of the reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
    /// French.
    French,
    /// German.
    German,
    /// Spanish.
    Spanish,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::English, Self::Chinese, Self::French, Self::German, Self::Spanish];

    /// The tag of BCP 47, as the command line, drawdown.toml and HTML have it.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-CN",
            Self::French => "fr",
            Self::German => "de",
            Self::Spanish => "es",
        }
    }

    /// The language of a tag, as it was recorded.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }

    const fn messages(self) -> &'static str {
        match self {
            Self::English => messages!("en"),
            Self::Chinese => messages!("zh-CN"),
            Self::French => messages!("fr"),
            Self::German => messages!("de"),
            Self::Spanish => messages!("es"),
        }
    }

    /// Between the units and the tenths of a number.
    #[must_use]
    pub const fn decimal_mark(self) -> char {
        match self {
            Self::English | Self::Chinese => '.',
            Self::French | Self::German | Self::Spanish => ',',
        }
    }

    /// Between thousands; in French a narrow space that does not break.
    #[must_use]
    pub const fn group_mark(self) -> char {
        match self {
            Self::English | Self::Chinese => ',',
            Self::French => '\u{202f}',
            Self::German | Self::Spanish => '.',
        }
    }

    /// A number in the reader's way, digit by digit. `printed` is a number as
    /// the CSV files have it (a point, no grouping); anything else is left as
    /// it stands.
    #[must_use]
    pub fn number(self, printed: &str) -> String {
        let (sign, digits) = match printed.strip_prefix('-') {
            Some(digits) => ("-", digits),
            None => ("", printed),
        };
        let (whole, decimals) = match digits.split_once('.') {
            Some((whole, decimals)) => (whole, Some(decimals)),
            None => (digits, None),
        };
        let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !plain(whole) || !decimals.is_none_or(plain) {
            return printed.to_owned();
        }
        let mut text = sign.to_owned();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                text.push(self.group_mark());
            }
            text.push(digit);
        }
        if let Some(decimals) = decimals {
            text.push(self.decimal_mark());
            text.push_str(decimals);
        }
        text
    }

    /// A share of one, like `1.1500`, in per cent; exact, without zeros at the
    /// end.
    #[must_use]
    pub fn percent(self, share: &str) -> String {
        let (sign, digits) = match share.strip_prefix('-') {
            Some(digits) => ("-", digits),
            None => ("", share),
        };
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let decimals = format!("{decimals:0<2}");
        let Some((hundredths, rest)) = decimals.split_at_checked(2) else {
            return share.to_owned();
        };
        let whole = format!("{whole}{hundredths}");
        let whole = whole.trim_start_matches('0');
        let whole = if whole.is_empty() { "0" } else { whole };
        let rest = rest.trim_end_matches('0');
        let point = if rest.is_empty() { "" } else { "." };
        let number = self.number(&format!("{sign}{whole}{point}{rest}"));
        match self {
            Self::English | Self::Chinese => format!("{number}%"),
            // A space that does not break.
            Self::French | Self::German | Self::Spanish => format!("{number}\u{a0}%"),
        }
    }

    /// A day in the reader's way.
    #[must_use]
    pub fn date(self, day: NaiveDate) -> String {
        let pattern = match self {
            // Of the two ways in which English writes days none is meant by
            // everybody who reads it.
            Self::English => "%Y-%m-%d",
            Self::Chinese => "%Y年%-m月%-d日",
            Self::French | Self::Spanish => "%d/%m/%Y",
            Self::German => "%d.%m.%Y",
        };
        day.format(pattern).to_string()
    }

    /// The same in a table, where days stand below each other.
    #[must_use]
    pub fn date_in_tables(self, day: NaiveDate) -> String {
        match self {
            Self::Chinese => day.to_string(),
            _ => self.date(day),
        }
    }

    /// The same for a spreadsheet's cell.
    #[must_use]
    pub const fn date_in_cells(self) -> &'static str {
        match self {
            Self::English | Self::Chinese => "yyyy-mm-dd",
            Self::French | Self::Spanish => "dd/mm/yyyy",
            Self::German => "dd.mm.yyyy",
        }
    }
}

/// The heading of a column, of the reports or of a table that is no report's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heading {
    /// As the reports have it, by the column's stable name.
    Of(&'static str),
    /// A text of its own.
    Own(Key),
}

/// What a message is filled with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filled<'a> {
    /// A text as it stands.
    Text(&'a str),
    /// A count, which also chooses between singular and plural.
    Count(u64),
    /// The same as it stands: the number of a row, and what is beside it.
    Plain(u64),
}

impl<'a> From<&'a str> for Filled<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Filled<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for Filled<'_> {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

/// The words of one language.
pub struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
    /// Messages that need nothing filled in, by their ids.
    plain: BTreeMap<String, String>,
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Words").field("language", &self.language).finish_non_exhaustive()
    }
}

impl Words {
    /// Those of a language.
    ///
    /// ```
    /// use drawdown::language::{Group, Key, Language, Words};
    ///
    /// let words = Words::new(Language::German);
    /// assert_eq!(words.text(Key::AsOf), "Stichtag");
    /// assert_eq!(words.word(Group::Status, "locked"), "gesperrt");
    /// assert_eq!(words.with(Key::SetAside, &[("quotas", 1200.into())]), "Zurückgestellt: 1.200");
    /// assert_eq!(words.number("-1234.50"), "-1.234,50");
    /// ```
    #[must_use]
    pub fn new(language: Language) -> Self {
        let mut bundle = FluentBundle::new_concurrent(language.tag().parse().into_iter().collect());
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language.group_mark() {
            '.' => grouped::<'.', _>,
            '\u{202f}' => grouped::<'\u{202f}', _>,
            _ => grouped::<',', _>,
        }));
        let (resource, errors) = match FluentResource::try_new(language.messages().to_owned()) {
            Ok(resource) => (resource, Vec::new()),
            Err(damaged) => damaged,
        };
        debug_assert!(errors.is_empty(), "{}: {errors:?}", language.tag());
        let ids: Vec<String> = ids(&resource).map(str::to_owned).collect();
        let twice = bundle.add_resource(resource).err();
        debug_assert!(twice.is_none(), "{}: {twice:?}", language.tag());
        let mut plain = BTreeMap::new();
        for id in ids {
            let mut errors = Vec::new();
            let Some(pattern) = bundle.get_message(&id).and_then(|message| message.value()) else {
                continue;
            };
            let text = bundle.format_pattern(pattern, None, &mut errors).into_owned();
            if errors.is_empty() {
                plain.insert(id, text);
            }
        }
        Self { language, bundle, plain }
    }

    /// The language.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }

    /// A message that needs nothing filled in.
    #[must_use]
    pub fn text(&self, key: Key) -> &str {
        self.plain.get(key.id()).map_or(key.id(), String::as_str)
    }

    /// A message, filled in.
    #[must_use]
    pub fn with(&self, key: Key, filled: &[(&'static str, Filled<'_>)]) -> String {
        let mut arguments = FluentArgs::new();
        for (name, value) in filled {
            match value {
                Filled::Text(text) => arguments.set(*name, FluentValue::from(*text)),
                Filled::Count(count) => arguments.set(*name, FluentValue::from(*count)),
                Filled::Plain(count) => arguments.set(*name, plain(*count)),
            }
        }
        self.format(key.id(), &arguments)
    }

    fn format(&self, id: &'static str, arguments: &FluentArgs<'_>) -> String {
        let mut errors = Vec::new();
        let message = self.bundle.get_message(id).and_then(|message| message.value());
        let text = message.map_or(Cow::Borrowed(id), |pattern| {
            self.bundle.format_pattern(pattern, Some(arguments), &mut errors)
        });
        debug_assert!(errors.is_empty(), "{id}: {errors:?}");
        text.into_owned()
    }

    /// A phrase. Its counts stand in no order of thousands: they are numbers of
    /// rows and cells.
    ///
    /// ```
    /// use drawdown::diagnostics::Phrase;
    /// use drawdown::language::{Language, Words, english};
    ///
    /// let phrase = Phrase::HasLetter { letter: "O".into() };
    /// assert_eq!(english().say(&phrase), "correct the cell: it holds the letter O");
    /// let words = Words::new(Language::German);
    /// assert_eq!(words.say(&phrase), "berichtigen Sie die Zelle: sie enthält den Buchstaben O");
    /// ```
    #[must_use]
    pub fn say(&self, phrase: &Phrase) -> String {
        if let Some(text) = self.plain.get(phrase.id()) {
            return text.clone();
        }
        let mut arguments = FluentArgs::new();
        for (name, filling) in phrase.filled() {
            let value = match filling {
                Filling::Text(text) if name == "missing" => self.columns(text).into(),
                Filling::Text(text) => FluentValue::from(text),
                Filling::Count(count) => plain(count),
                Filling::Choice(texts) => self.one_of(texts).into(),
                Filling::Phrases(phrases) => {
                    let said: Vec<String> = phrases.iter().map(|phrase| self.say(phrase)).collect();
                    self.in_a_row(&said).into()
                }
                Filling::Phrase(phrase) => self.say(phrase).into(),
                Filling::Place(place) => self.place(place).into(),
                Filling::Word(word) => self.supplied(word).into(),
                Filling::Naming(naming) => self.naming(naming).into(),
                Filling::Number(printed) => self.figure(printed).into(),
                Filling::Amount(amount) => self.amount(amount).into(),
                Filling::Day(day) => self.date(day).into(),
            };
            arguments.set(name, value);
        }
        self.format(phrase.id(), &arguments)
    }

    /// What something is called: a name that people gave it as it stands, else
    /// the word for it.
    ///
    /// ```
    /// use drawdown::diagnostics::{Naming, Word};
    /// use drawdown::language::{Language, Words};
    ///
    /// let words = Words::new(Language::German);
    /// assert_eq!(words.naming(&Naming::Supplied(Word("unit", "Days"))), "Tage");
    /// assert_eq!(words.naming(&Naming::given("Days")), "Days");
    /// ```
    #[must_use]
    pub fn naming<'a>(&'a self, naming: &'a Naming<'_>) -> &'a str {
        match naming {
            Naming::Given(name) => name,
            Naming::Supplied(word) => self.supplied(*word),
        }
    }

    /// An amount and its unit.
    fn amount(&self, amount: &Amount) -> String {
        format!("{} {}", self.figure(&amount.number), self.naming(&amount.unit))
    }

    /// A word of drawdown's own.
    #[must_use]
    pub fn supplied(&self, Word(group, name): Word) -> &str {
        self.plain.get(&id_of(group, name)).map_or(name, String::as_str)
    }

    /// What was found, cut where it is longer than a person reads.
    #[must_use]
    pub fn found<'a>(&self, found: &'a Found) -> Cow<'a, str> {
        match found {
            Found::Text(text) => Cow::Borrowed(text),
            Found::Words(phrase) => Cow::Owned(shortened(self.say(phrase))),
        }
    }

    /// A file or sheet that was not read, and why.
    #[must_use]
    pub fn with_reason(&self, key: Key, (place, reason): &(Place, Phrase)) -> String {
        let (path, reason) = (self.place(place), self.say(reason));
        self.with(key, &[("path", (&path).into()), ("reason", (&reason).into())])
    }

    /// Texts one after the other.
    #[must_use]
    pub fn in_a_row(&self, texts: &[impl AsRef<str>]) -> String {
        self.listed(Key::Listed, texts.iter().map(|text| text.as_ref().to_owned()))
    }

    /// Texts one after the other, as a message joins two of them.
    fn listed(&self, key: Key, mut texts: impl Iterator<Item = String>) -> String {
        let first = texts.next().unwrap_or_default();
        texts.fold(first, |before, next| {
            self.with(key, &[("before", (&before).into()), ("next", (&next).into())])
        })
    }

    /// Texts of which one is right.
    fn one_of(&self, texts: &[&str]) -> String {
        match texts.split_last() {
            Some((last, [])) => (*last).to_owned(),
            Some((last, others)) => {
                let others = self.in_a_row(others);
                self.with(
                    Key::OneOrOther,
                    &[("others", (&others).into()), ("last", (*last).into())],
                )
            }
            None => String::new(),
        }
    }

    /// Columns of which one does, told as the tables of roles name them, in English:
    /// each by the reader's word for it, and by the name that drawdown.toml takes.
    fn columns(&self, told: &str) -> String {
        if self.language == Language::English {
            return told.to_owned();
        }
        let names = told.split(", ").flat_map(|part| part.split(" or "));
        let columns: Vec<String> = names.map(|name| self.column(name)).collect();
        self.one_of(&columns.iter().map(String::as_str).collect::<Vec<_>>())
    }

    fn column(&self, name: &str) -> String {
        let word = self.in_group(Group::Field, name).or_else(|| self.in_group(Group::Column, name));
        // What else a word says stands behind it in parentheses.
        let word = word.and_then(|word| word.split(['(', '（']).next()).map(str::trim);
        match word {
            Some(word) if word != name => {
                self.with(Key::InspectField, &[("word", word.into()), ("name", name.into())])
            }
            _ => name.to_owned(),
        }
    }

    /// Where something stands; in English as [`Place`] prints itself.
    #[must_use]
    pub fn place(&self, place: &Place) -> String {
        let file = ("file", place.file().into());
        let row = |row| ("row", Filled::Plain(row));
        let column = place.column().map(|column| ("column", column.into()));
        if let (Some(sheet), Some(number), Some(cell), Some(column)) =
            (place.sheet(), place.row(), place.cell(), column)
        {
            let filled = [file, ("sheet", sheet.into()), ("cell", (&cell).into()), row(number)];
            return self.with(Key::PlaceCell, &[filled.as_slice(), &[column]].concat());
        }
        let rows = match (place.sheet(), place.row()) {
            (Some(sheet), Some(number)) => {
                self.with(Key::PlaceSheetRow, &[file, ("sheet", sheet.into()), row(number)])
            }
            (Some(sheet), None) => self.with(Key::PlaceSheet, &[file, ("sheet", sheet.into())]),
            (None, Some(number)) => format!("{}:{number}", place.file()),
            (None, None) => place.file().to_owned(),
        };
        match column {
            Some(column) => self.with(Key::PlaceColumn, &[("rows", (&rows).into()), column]),
            None => rows,
        }
    }

    /// The word for a value of an enumeration, by its stable name; a name that
    /// is none of them is shown as it stands.
    #[must_use]
    pub fn word<'a>(&'a self, group: Group, name: &'a str) -> &'a str {
        self.in_group(group, name).unwrap_or(name)
    }

    /// The words of a group, in the order of their stable names.
    pub(crate) fn words_of(&self, group: Group) -> impl Iterator<Item = &str> {
        let prefix = format!("{}-", group.prefix());
        let from = self.plain.range(prefix.clone()..);
        from.take_while(move |(id, _)| id.starts_with(&prefix)).map(|(_, word)| word.as_str())
    }

    fn in_group(&self, group: Group, name: &str) -> Option<&str> {
        self.plain.get(&id_of(group.prefix(), name)).map(String::as_str)
    }

    /// The heading of a table's column, by both stable names.
    #[must_use]
    pub fn heading<'a>(&'a self, table: &str, column: &'a str) -> &'a str {
        let own = format!("{table}-{column}");
        self.in_group(Group::Column, &own).unwrap_or_else(|| self.word(Group::Column, column))
    }

    /// Such headings.
    #[must_use]
    pub fn headings(&self, headings: &[Heading]) -> Vec<String> {
        let heading = |heading: &Heading| match heading {
            Heading::Of(column) => self.heading("", column).to_owned(),
            Heading::Own(key) => self.text(*key).to_owned(),
        };
        headings.iter().map(heading).collect()
    }

    /// A number in the reader's way (see [`Language::number`]).
    #[must_use]
    pub fn number(&self, printed: &str) -> String {
        self.language.number(printed)
    }

    /// A day in the reader's way.
    #[must_use]
    pub fn date(&self, day: NaiveDate) -> String {
        self.language.date(day)
    }
}

/// The id of the message that is an enumeration's word. A stable name may have
/// spaces, which no id has.
fn id_of(group: &str, name: &str) -> String {
    let id = format!("{group}-{name}");
    if name.contains(' ') { id.replace(' ', "_") } else { id }
}

/// A count in a message.
fn grouped<const MARK: char, M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    if !number.options.use_grouping {
        return Some(number.as_string().into_owned());
    }
    let language = Language::ALL.into_iter().find(|language| language.group_mark() == MARK);
    Some(language.unwrap_or_default().number(&number.as_string()))
}

/// A count in a message that is not grouped.
fn plain(count: u64) -> FluentValue<'static> {
    let mut value = FluentValue::from(count);
    if let FluentValue::Number(number) = &mut value {
        number.options.use_grouping = false;
    }
    value
}

fn ids(resource: &FluentResource) -> impl Iterator<Item = &str> {
    resource.entries().filter_map(|entry| match entry {
        fluent_syntax::ast::Entry::Message(message) => Some(message.id.name),
        _ => None,
    })
}

static EVERY: LazyLock<[Words; 5]> = LazyLock::new(|| Language::ALL.map(Words::new));

static ENGLISH: LazyLock<Words> = LazyLock::new(|| Words::new(Language::English));

/// The words that programs read, in exceptions.csv and in JSON, whatever the
/// language of the reports.
#[must_use]
pub fn english() -> &'static Words {
    &ENGLISH
}

/// A word in all languages: what drawdown may have written where people write
/// beside it.
#[must_use]
pub fn in_every_language(group: Group, name: &str) -> Vec<&'static str> {
    EVERY.iter().filter_map(|words| words.in_group(group, name)).collect()
}

/// Texts in all languages, those of one language together.
pub fn texts_in_every_language<const N: usize>(
    keys: [Key; N],
) -> impl Iterator<Item = [&'static str; N]> {
    EVERY.iter().map(move |words| keys.map(|key| words.text(key)))
}

#[cfg(test)]
mod tests;
