//! The file as a tree whose every key and value knows its place, and values read
//! from it: a problem is reported where it stands, of several the first.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;

use rust_decimal::Decimal;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Dated;
use super::choices::{A_DAY, A_GROWTH, A_VERSION, AN_ENCODING, WHOLE};
use crate::ingest;
use crate::ingest::TextEncoding;
use crate::model::{Exact, nearest, toml_key};
use crate::reconcile::{Growth, OdooVersion};

/// Line and column of a byte, both from 1, columns in characters.
pub(super) fn place_of(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or(before);
    (before.matches('\n').count() + 1, line.chars().filter(|c| *c != '\u{feff}').count() + 1)
}

/// A key of a table as TOML writes it: quoted only where it must be.
pub(super) fn written(key: &str) -> Cow<'_, str> {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !key.is_empty() && key.chars().all(bare) {
        Cow::Borrowed(key)
    } else {
        Cow::Owned(toml_key(key))
    }
}

pub(super) fn inside(prefix: &str, key: &str) -> String {
    if prefix.is_empty() { written(key).into_owned() } else { format!("{prefix}.{}", written(key)) }
}

/// `a, b or c`.
pub(super) fn any_of<'a>(words: impl Iterator<Item = Cow<'a, str>>) -> String {
    let words: Vec<Cow<'a, str>> = words.collect();
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => words.join(""),
    }
}

pub(super) fn quoted<'a>(words: impl Iterator<Item = &'a str>) -> String {
    any_of(words.map(|word| Cow::Owned(format!("\"{word}\""))))
}

/// One key with its value and the key's place.
pub(super) struct Entry<'a> {
    /// The key alone.
    pub(super) own: &'a str,
    /// The key with all above it.
    pub(super) key: String,
    pub(super) at: usize,
    pub(super) value: &'a Spanned<DeValue<'a>>,
}

/// A table with its name and place.
pub(super) struct Section<'a> {
    pub(super) name: String,
    pub(super) at: usize,
    pub(super) table: &'a DeTable<'a>,
}

impl<'a> Section<'a> {
    pub(super) fn get(&self, key: &str) -> Option<Entry<'a>> {
        self.entries().find(|entry| entry.own == key)
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = Entry<'a>> + use<'a> {
        let name = self.name.clone();
        self.table.iter().map(move |(key, value)| Entry {
            own: key.get_ref(),
            key: inside(&name, key.get_ref()),
            at: key.span().start,
            value,
        })
    }
}

/// Names met so far, in the form in which they compare.
pub(super) type Met<K> = BTreeMap<K, (String, usize)>;

pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    /// The problem that stands first in the text.
    pub(super) first: Option<(usize, String)>,
}

impl Reader<'_> {
    pub(super) fn problem(&mut self, at: usize, problem: String) {
        if self.first.as_ref().is_none_or(|(first, _)| at < *first) {
            self.first = Some((at, problem));
        }
    }

    /// A value that is not what its key takes.
    pub(super) fn unfit(&mut self, entry: &Entry<'_>, expected: &str, meant: Option<String>) {
        let help =
            meant.map_or_else(String::new, |meant| format!("; help: did you mean \"{meant}\"?"));
        let found = self.found(entry);
        let key = &entry.key;
        self.problem(
            entry.value.span().start,
            format!("{key} is {found}; expected: {expected}{help}"),
        );
    }

    /// The value as the user wrote it, on one line.
    pub(super) fn found(&self, entry: &Entry<'_>) -> String {
        const LONGEST: usize = 60;
        match entry.value.get_ref() {
            DeValue::Table(_) => return "a section".to_owned(),
            DeValue::Array(_) => return "a list".to_owned(),
            _ => {}
        }
        let source = self.text.get(entry.value.span()).unwrap_or_default();
        let line = source.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.chars().count() > LONGEST {
            let start: String = line.chars().take(LONGEST).collect();
            format!("{start}…")
        } else {
            line
        }
    }

    pub(super) fn section<'a>(
        &mut self,
        name: String,
        at: usize,
        table: &'a DeTable<'a>,
        known: &[&str],
    ) -> Section<'a> {
        let section = Section { name, at, table };
        for entry in section.entries() {
            if !known.contains(&entry.own) {
                let help = nearest(entry.own, known.iter().copied())
                    .map_or_else(String::new, |meant| format!("; help: did you mean {meant}?"));
                let expected = any_of(known.iter().map(|key| Cow::Borrowed(*key)));
                self.problem(
                    entry.at,
                    format!("unknown key {}; expected: {expected}{help}", entry.key),
                );
            }
        }
        section
    }

    /// The table below a key, whatever its keys.
    pub(super) fn below<'a>(&mut self, entry: Option<Entry<'a>>) -> Option<Section<'a>> {
        let entry = entry?;
        if let DeValue::Table(table) = entry.value.get_ref() {
            return Some(Section { name: entry.key, at: entry.at, table });
        }
        let expected = format!("a section, [{}]", entry.key);
        self.unfit(&entry, &expected, None);
        None
    }

    /// The table below a key, of known keys.
    pub(super) fn fixed<'a>(
        &mut self,
        entry: Option<Entry<'a>>,
        known: &[&str],
    ) -> Option<Section<'a>> {
        let Section { name, at, table } = self.below(entry)?;
        Some(self.section(name, at, table, known))
    }

    pub(super) fn choice<T: Copy>(
        &mut self,
        entry: Option<Entry<'_>>,
        words: &[(&'static str, T)],
    ) -> Option<T> {
        let entry = entry?;
        let said = entry.value.get_ref().as_str();
        let known = words.iter().find(|(word, _)| said == Some(word));
        if let Some((_, value)) = known {
            return Some(*value);
        }
        let names = || words.iter().map(|(word, _)| *word);
        let meant = said.and_then(|said| nearest(said, names()));
        self.unfit(&entry, &quoted(names()), meant);
        None
    }

    pub(super) fn encoding(&mut self, entry: Option<Entry<'_>>) -> Option<TextEncoding> {
        let entry = entry?;
        let named = entry.value.get_ref().as_str().and_then(TextEncoding::from_name);
        if named.is_none() {
            self.unfit(&entry, AN_ENCODING, None);
        }
        named
    }

    pub(super) fn text(&mut self, entry: Option<Entry<'_>>, expected: &str) -> Option<String> {
        let entry = entry?;
        let text = entry.value.get_ref().as_str().map(str::trim);
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            return Some(text.to_owned());
        }
        self.unfit(&entry, expected, None);
        None
    }

    pub(super) fn truth(&mut self, entry: Option<Entry<'_>>) -> Option<bool> {
        let entry = entry?;
        let value = entry.value.get_ref();
        let truth = match value.as_str() {
            Some("yes") => Some(true),
            Some("no") => Some(false),
            _ => value.as_bool(),
        };
        if truth.is_none() {
            self.unfit(&entry, "true, false, \"yes\" or \"no\"", None);
        }
        truth
    }

    pub(super) fn day(&mut self, entry: Option<Entry<'_>>) -> Option<Dated> {
        let entry = entry?;
        let day = match entry.value.get_ref() {
            DeValue::String(text) => {
                Some(text.trim()).filter(|text| text.len() == 10).and_then(ingest::day)
            }
            DeValue::Datetime(moment) if moment.time.is_none() => {
                moment.date.and_then(|date| ingest::day(&date.to_string()))
            }
            _ => None,
        };
        if day.is_none() {
            self.unfit(&entry, A_DAY, None);
        }
        let place = place_of(self.text, entry.value.span().start);
        day.map(|day| Dated { day, place })
    }

    /// A whole number of days or weeks.
    pub(super) fn whole(&mut self, entry: Option<Entry<'_>>) -> Option<u16> {
        let most = Exact::from(1000);
        let whole = |n: &Exact| *n == n.rounded_half_away(&Exact::one());
        let fits = |n: &Exact| n.is_positive() && *n <= most && whole(n);
        let number = self.number(entry, fits, WHOLE)?;
        number.nearest_whole().and_then(|whole| u16::try_from(whole).ok())
    }

    pub(super) fn number(
        &mut self,
        entry: Option<Entry<'_>>,
        fits: impl Fn(&Exact) -> bool,
        expected: &str,
    ) -> Option<Exact> {
        let entry = entry?;
        let number = exact(entry.value.get_ref()).filter(fits);
        if number.is_none() {
            self.unfit(&entry, expected, None);
        }
        number
    }

    /// Hours, or a share of what was ordered: `8`, `"20%"`.
    pub(super) fn growth(&mut self, entry: Option<Entry<'_>>) -> Option<Growth> {
        let entry = entry?;
        let share = match entry.value.get_ref() {
            DeValue::String(text) => text.trim_end().strip_suffix('%'),
            _ => None,
        };
        let growth = match share {
            Some(share) => ingest::number(share)
                .and_then(|percent| Exact::from(percent).divided_by(&Exact::from(100)))
                .map(Growth::Share),
            None => exact(entry.value.get_ref()).map(Growth::Hours),
        };
        let growth = growth.filter(|growth| match growth {
            Growth::Hours(amount) | Growth::Share(amount) => !amount.is_negative(),
        });
        if growth.is_none() {
            self.unfit(&entry, A_GROWTH, None);
        }
        growth
    }

    pub(super) fn version(&mut self, entry: Option<Entry<'_>>) -> Option<OdooVersion> {
        let entry = entry?;
        let number = exact(entry.value.get_ref()).and_then(|number| number.nearest_whole());
        let version = number.and_then(|n| OdooVersion::new(u8::try_from(n).ok()?));
        if version.is_none() {
            self.unfit(&entry, A_VERSION, None);
        }
        version
    }

    pub(super) fn decimal(
        &mut self,
        entry: Option<Entry<'_>>,
        fits: impl Fn(&Exact) -> bool,
        expected: &str,
    ) -> Option<Decimal> {
        let entry = entry?;
        let number = exact(entry.value.get_ref()).filter(fits);
        let decimal = number.as_ref().and_then(in_decimals);
        if decimal.is_none() {
            self.unfit(&entry, expected, None);
        }
        decimal
    }

    /// False, and a problem, when a name compares equal to one met before.
    pub(super) fn once<K: Ord>(&mut self, met: &mut Met<K>, key: K, entry: &Entry<'_>) -> bool {
        match met.entry(key) {
            Slot::Vacant(slot) => {
                slot.insert((entry.key.clone(), entry.at));
                true
            }
            Slot::Occupied(slot) => {
                // Tables come sorted by key: the one met later may stand first.
                let mut two = [slot.get(), &(entry.key.clone(), entry.at)];
                two.sort_by_key(|(_, at)| *at);
                let [(first, above), (second, at)] = two;
                let (line, _) = place_of(self.text, *above);
                let problem =
                    format!("{second} is the same name as {first} in line {line}; help: keep one");
                self.problem(*at, problem);
                false
            }
        }
    }

    /// False, and a problem, for a name without a letter in it.
    pub(super) fn named(&mut self, entry: &Entry<'_>, what: &str) -> bool {
        if entry.own.trim().is_empty() {
            self.problem(entry.at, format!("{} names no {what}", entry.key));
            return false;
        }
        true
    }
}

/// A number exactly as it is written: an integer, a float's own text, a text
/// like `0.8` or `1/60`.
pub(super) fn exact(value: &DeValue<'_>) -> Option<Exact> {
    match value {
        DeValue::Integer(number) => {
            i128::from_str_radix(number.as_str(), number.radix()).ok().map(Exact::from)
        }
        DeValue::Float(number) => ingest::number(number.as_str()).map(Exact::from),
        DeValue::String(text) => match text.split_once('/') {
            Some((numerator, denominator)) => Exact::from(ingest::number(numerator)?)
                .divided_by(&Exact::from(ingest::number(denominator)?)),
            None => ingest::number(text).map(Exact::from),
        },
        _ => None,
    }
}

/// A number as a decimal, unless its decimals never end.
pub(super) fn in_decimals(number: &Exact) -> Option<Decimal> {
    let decimals = number.decimals()?;
    if decimals > Decimal::MAX_SCALE {
        return None;
    }
    Decimal::from_str_exact(&number.to_fixed(decimals)).ok()
}
