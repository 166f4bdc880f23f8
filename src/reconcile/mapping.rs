//! The user's `[map]`: what a time tracker calls a project, client, task or tag,
//! and the contract, task or order line that it stands for. Exact names come
//! before patterns; what says more of an entry comes before what says less.

use std::collections::BTreeMap;

use crate::model::{EntryKey, KeyPart, Name, NearNames};

/// What an entry is told by, the most telling first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MappedField {
    /// One of its tags.
    Tag,
    /// Its task or activity.
    Task,
    /// Its project.
    Project,
    /// Its client.
    Client,
}

impl MappedField {
    /// Every field, in the order in which they are looked at.
    pub const ALL: [Self; 4] = [Self::Tag, Self::Task, Self::Project, Self::Client];

    /// The field's name in `drawdown.toml`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tag => "tag",
            Self::Task => "task",
            Self::Project => "project",
            Self::Client => "client",
        }
    }

    /// What an entry says in this field.
    fn values(self, key: &EntryKey) -> impl Iterator<Item = Name> + '_ {
        let (text, separator) = match self {
            Self::Tag => (key.get(KeyPart::Tags), Some(',')),
            Self::Task => (key.get(KeyPart::Activity).or_else(|| key.get(KeyPart::Task)), None),
            Self::Project => (key.get(KeyPart::Project), None),
            Self::Client => (key.get(KeyPart::Client), None),
        };
        let text = text.unwrap_or_default();
        // A separator that no text contains leaves it whole.
        text.split(separator.unwrap_or('\u{1f}')).map(Name::new).filter(|name| !name.is_blank())
    }
}

/// What a kind of record a name is mapped to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TargetKind {
    /// A contract (analytic account), by id, code or name.
    Contract,
    /// A task, by id or name.
    Task,
    /// An order line, by id or display name.
    Line,
}

impl TargetKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Contract, Self::Task, Self::Line];

    /// The kind's name in `drawdown.toml`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Contract => "contract",
            Self::Task => "task",
            Self::Line => "line",
        }
    }
}

/// A name, or a pattern in which each `*` stands for any text.
///
/// ```
/// use drawdown::reconcile::NamePattern;
/// let pattern = NamePattern::new("Agrolait - *");
/// assert_eq!(pattern.fits("AGROLAIT - Support"), Some(vec!["support".to_owned()]));
/// assert_eq!(pattern.fits("Azure - Support"), None);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamePattern {
    written: String,
    pieces: Vec<String>,
}

impl NamePattern {
    /// A pattern as the user writes it; compared as names are.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let pieces = Name::new(text).as_str().split('*').map(str::to_owned).collect();
        Self { written: text.trim().to_owned(), pieces }
    }

    /// The text as the user wrote it.
    #[must_use]
    pub fn written(&self) -> &str {
        &self.written
    }

    /// How many stars it has; a name has none.
    #[must_use]
    pub fn stars(&self) -> usize {
        self.pieces.len().saturating_sub(1)
    }

    /// What the stars stand for in a text that fits.
    #[must_use]
    pub fn fits(&self, text: &str) -> Option<Vec<String>> {
        self.fits_name(&Name::new(text))
    }

    fn fits_name(&self, name: &Name) -> Option<Vec<String>> {
        let text = name.as_str();
        let (first, rest) = self.pieces.split_first()?;
        let Some((last, middle)) = rest.split_last() else {
            return (text == first).then(Vec::new);
        };
        // What the first and the last piece leave is shared out from the left.
        let mut left = text.strip_prefix(first.as_str())?.strip_suffix(last.as_str())?;
        let mut stars = Vec::with_capacity(rest.len());
        for piece in middle {
            let (before, after) = left.split_once(piece.as_str())?;
            stars.push(before.trim().to_owned());
            left = after;
        }
        stars.push(left.trim().to_owned());
        Some(stars)
    }
}

/// What a name stands for. Stars in the name take the text of the pattern's, in
/// their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapTarget {
    /// What it is.
    pub kind: TargetKind,
    /// Its id, code or name.
    pub name: String,
}

/// One line of the user's map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapRule {
    /// The field that is looked at.
    pub field: MappedField,
    /// What it says.
    pub pattern: NamePattern,
    /// What other fields have to say as well.
    pub also: Vec<(MappedField, NamePattern)>,
    /// What it stands for.
    pub target: MapTarget,
}

impl MapRule {
    /// The target for an entry whose field says `value`, if the rule fits.
    fn target(&self, key: &EntryKey, value: &Name) -> Option<(TargetKind, String)> {
        let stars = self.pattern.fits_name(value)?;
        let holds = |(field, pattern): &(MappedField, NamePattern)| {
            field.values(key).any(|value| pattern.fits_name(&value).is_some())
        };
        if !self.also.iter().all(holds) {
            return None;
        }
        let mut stars = stars.iter();
        let mut name = String::with_capacity(self.target.name.len());
        for letter in self.target.name.chars() {
            match letter {
                '*' => name.push_str(stars.next().map_or("", String::as_str)),
                letter => name.push(letter),
            }
        }
        Some((self.target.kind, name))
    }
}

/// What the map makes of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mapped {
    /// The entry points there.
    To(TargetKind, EntryKey),
    /// Its tags stand for several things.
    Ambiguous,
}

/// The user's map.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    rules: Vec<MapRule>,
    /// The rules of each exact name, in the order of the file.
    exact: BTreeMap<(MappedField, Name), Vec<usize>>,
    /// The rules with a pattern, in the order of the file.
    patterns: Vec<usize>,
}

impl Mapping {
    /// A map of some rules, in the order of the file.
    #[must_use]
    pub fn new(rules: Vec<MapRule>) -> Self {
        let mut exact: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        let mut patterns = Vec::new();
        for (at, rule) in rules.iter().enumerate() {
            if rule.pattern.stars() > 0 {
                patterns.push(at);
            } else {
                let name = Name::new(rule.pattern.written());
                exact.entry((rule.field, name)).or_default().push(at);
            }
        }
        Self { rules, exact, patterns }
    }

    /// The rules, in the order of the file.
    #[must_use]
    pub fn rules(&self) -> &[MapRule] {
        &self.rules
    }

    /// What the map makes of an entry; `None` where it says nothing.
    #[must_use]
    pub fn apply(&self, key: &EntryKey) -> Option<Mapped> {
        if self.rules.is_empty() {
            return None;
        }
        self.first(key, |field, value| {
            self.exact.get(&(field, value.clone())).map_or(&[], Vec::as_slice)
        })
        .or_else(|| self.first(key, |_, _| &self.patterns))
    }

    /// The first field, in the order of what tells most, that a rule fits.
    fn first<'a>(
        &'a self,
        key: &EntryKey,
        rules: impl Fn(MappedField, &Name) -> &'a [usize],
    ) -> Option<Mapped> {
        MappedField::ALL.into_iter().find_map(|field| {
            let found: BTreeMap<(TargetKind, Name), String> = field
                .values(key)
                .filter_map(|value| {
                    let mut rules = rules(field, &value)
                        .iter()
                        .filter_map(|at| self.rules.get(*at))
                        .filter(|rule| rule.field == field);
                    let (kind, name) = rules.find_map(|rule| rule.target(key, &value))?;
                    Some(((kind, Name::new(&name)), name))
                })
                .collect();
            let several = found.len() > 1;
            let ((kind, _), name) = found.into_iter().next()?;
            Some(if several {
                Mapped::Ambiguous
            } else {
                Mapped::To(kind, pointed(key, kind, &name))
            })
        })
    }
}

/// The exact names of a map, for near misses.
#[derive(Debug)]
pub(super) struct NearMapped<'a> {
    fields: Vec<(MappedField, NearNames)>,
    targets: BTreeMap<(MappedField, Name), &'a str>,
}

impl<'a> NearMapped<'a> {
    pub(super) fn new(mapping: &'a Mapping) -> Self {
        let mut fields: Vec<(MappedField, NearNames)> =
            MappedField::ALL.into_iter().map(|field| (field, NearNames::default())).collect();
        let mut targets = BTreeMap::new();
        for rule in mapping.rules.iter().filter(|rule| rule.pattern.stars() == 0) {
            let written = rule.pattern.written();
            for (_, near) in fields.iter_mut().filter(|(field, _)| *field == rule.field) {
                near.insert(written);
            }
            targets.insert((rule.field, Name::new(written)), rule.target.name.as_str());
        }
        Self { fields, targets }
    }

    /// What a name that an entry's own resembles stands for.
    pub(super) fn nearest(&self, key: &EntryKey) -> Option<&'a str> {
        self.fields.iter().find_map(|(field, names)| {
            let near = field.values(key).find_map(|value| names.nearest(value.as_str()))?;
            self.targets.get(&(*field, Name::new(near))).copied()
        })
    }
}

/// The entry as if it named the target itself.
fn pointed(key: &EntryKey, kind: TargetKind, name: &str) -> EntryKey {
    EntryKey::new(|part| match (part, kind) {
        (KeyPart::Contract, TargetKind::Contract)
        | (KeyPart::TaskId | KeyPart::Task, TargetKind::Task)
        | (KeyPart::LineLabel, TargetKind::Line) => name,
        // These decide between tasks of one name.
        (KeyPart::Order | KeyPart::Project, _) => key.get(part).unwrap_or_default(),
        _ => "",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(field: MappedField, pattern: &str, kind: TargetKind, name: &str) -> MapRule {
        MapRule {
            field,
            pattern: NamePattern::new(pattern),
            also: Vec::new(),
            target: MapTarget { kind, name: name.to_owned() },
        }
    }

    fn entry(client: &str, project: &str, activity: &str, tags: &str) -> EntryKey {
        EntryKey::new(|part| match part {
            KeyPart::Client => client,
            KeyPart::Project => project,
            KeyPart::Activity => activity,
            KeyPart::Tags => tags,
            _ => "",
        })
    }

    fn contract(mapped: Option<Mapped>) -> Option<String> {
        match mapped? {
            Mapped::To(TargetKind::Contract, key) => key.get(KeyPart::Contract).map(str::to_owned),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_pattern_shares_a_text_out_from_the_left() {
        let fits = |pattern: &str, text: &str| NamePattern::new(pattern).fits(text);
        let some = |stars: &[&str]| Some(stars.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>());
        assert_eq!(fits("Support", " SUPPORT "), some(&[]));
        assert_eq!(fits("Support", "Support 2"), None);
        assert_eq!(fits("*", "any  thing"), some(&["any thing"]));
        assert_eq!(fits("* / *", "A / B / C"), some(&["a", "b / c"]));
        assert_eq!(fits("a*a", "a"), None); // each piece needs text of its own
        assert_eq!(fits("a*a", "aa"), some(&[""]));
        assert_eq!(fits("*x*x*", "1x2"), None);
    }

    #[test]
    fn an_exact_name_comes_before_a_pattern_of_a_more_telling_field() {
        let mapping = Mapping::new(vec![
            rule(MappedField::Tag, "*", TargetKind::Contract, "by tag"),
            rule(MappedField::Client, "Agrolait", TargetKind::Contract, "by client"),
        ]);
        assert_eq!(
            contract(mapping.apply(&entry("agrolait", "", "", "x"))).as_deref(),
            Some("by client")
        );
        assert_eq!(
            contract(mapping.apply(&entry("Azure", "", "", "x"))).as_deref(),
            Some("by tag")
        );
        assert_eq!(mapping.apply(&entry("Azure", "", "", "")), None);
    }

    #[test]
    fn tags_that_stand_for_two_contracts_are_no_answer() {
        let mapping = Mapping::new(vec![
            rule(MappedField::Tag, "a", TargetKind::Contract, "A"),
            rule(MappedField::Tag, "b", TargetKind::Contract, "B"),
            rule(MappedField::Tag, "also a", TargetKind::Contract, "A"),
        ]);
        assert_eq!(mapping.apply(&entry("", "", "", "a, b")), Some(Mapped::Ambiguous));
        assert_eq!(contract(mapping.apply(&entry("", "", "", "also a,a"))).as_deref(), Some("A"));
    }

    #[test]
    fn further_conditions_tell_projects_of_one_name_apart() {
        let mut of_azure = rule(MappedField::Project, "Support", TargetKind::Contract, "Azure's");
        of_azure.also = vec![(MappedField::Client, NamePattern::new("Azure*"))];
        let any = rule(MappedField::Project, "Support", TargetKind::Contract, "the others'");
        let mapping = Mapping::new(vec![of_azure, any]);
        let of = |client: &str| contract(mapping.apply(&entry(client, "Support", "", "")));
        assert_eq!(of("Azure Interior").as_deref(), Some("Azure's"));
        assert_eq!(of("Agrolait").as_deref(), Some("the others'"));
    }

    #[test]
    fn a_star_of_the_target_takes_the_text_of_the_pattern() {
        let mapping =
            Mapping::new(vec![rule(MappedField::Project, "* (*)", TargetKind::Contract, "* - *")]);
        assert_eq!(
            contract(mapping.apply(&entry("", "SO009 (Agrolait)", "", ""))).as_deref(),
            Some("so009 - agrolait")
        );
    }
}
