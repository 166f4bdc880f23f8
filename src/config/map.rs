//! `[map]`: what the projects, clients, tasks and tags of a time tracker stand
//! for.

use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

use super::tree::{Entry, Met, Reader, Section, any_of};
use crate::model::{Name, nearest};
use crate::reconcile::{MapRule, MapTarget, MappedField, Mapping, NamePattern, TargetKind};

const A_TARGET: &str = "the name of a contract, or { contract = \"…\" }, { task = \"…\" } or \
                        { line = \"…\" }, with further conditions on project, client, task or tag";

impl Reader<'_> {
    /// Names right below `[map]` hold for every field; `[map.project]` and its
    /// like for one.
    pub(super) fn mapping(&mut self, map: &Section<'_>) -> Mapping {
        let mut rules = Vec::new();
        let mut met = Met::new();
        for entry in in_order(map) {
            let field = MappedField::ALL.into_iter().find(|field| field.name() == entry.own);
            match (field, entry.value.get_ref()) {
                (Some(field), DeValue::Table(_)) => {
                    let mut met = Met::new();
                    if let Some(section) = self.below(Some(entry)) {
                        for entry in in_order(&section) {
                            self.map_rules(&[field], &entry, &mut met, &mut rules);
                        }
                    }
                }
                _ => self.map_rules(&MappedField::ALL, &entry, &mut met, &mut rules),
            }
        }
        Mapping::new(rules)
    }

    /// The rules of one name: one, or a list of which the first that fits holds.
    fn map_rules(
        &mut self,
        fields: &[MappedField],
        entry: &Entry<'_>,
        met: &mut Met<Name>,
        rules: &mut Vec<MapRule>,
    ) {
        if !self.named(entry, "project, client, task or tag")
            || !self.once(met, Name::new(entry.own), entry)
        {
            return;
        }
        let pattern = NamePattern::new(entry.own);
        let said: Vec<(Vec<(MappedField, NamePattern)>, MapTarget)> = match entry.value.get_ref() {
            DeValue::String(name) => {
                let target = MapTarget { kind: TargetKind::Contract, name: name.trim().to_owned() };
                vec![(Vec::new(), target)]
            }
            DeValue::Table(table) => self.conditions(entry, table).into_iter().collect(),
            DeValue::Array(list) => {
                let tables = list.iter().filter_map(|value| match value.get_ref() {
                    DeValue::Table(table) => Some(table),
                    _ => None,
                });
                let read: Vec<_> =
                    tables.filter_map(|table| self.conditions(entry, table)).collect();
                if read.len() < list.len() { Vec::new() } else { read }
            }
            _ => Vec::new(),
        };
        if said.is_empty() || said.iter().any(|(_, target)| target.name.is_empty()) {
            // A problem within the value has said it better.
            let value = entry.value.span();
            if self.first.as_ref().is_none_or(|(at, _)| !value.contains(at)) {
                self.unfit(entry, A_TARGET, None);
            }
            return;
        }
        for (also, target) in said {
            if target.name.matches('*').count() > pattern.stars() {
                let problem = format!(
                    "{} stands for \"{}\", which has more stars than the name; a star there is \
                     what a star of the name stands for",
                    entry.key, target.name
                );
                self.problem(entry.value.span().start, problem);
            }
            rules.extend(fields.iter().map(|field| MapRule {
                field: *field,
                pattern: pattern.clone(),
                also: also.clone(),
                target: target.clone(),
            }));
        }
    }

    /// Conditions and target of an inline table. `task` is the target where no
    /// other is named.
    fn conditions(
        &mut self,
        entry: &Entry<'_>,
        table: &DeTable<'_>,
    ) -> Option<(Vec<(MappedField, NamePattern)>, MapTarget)> {
        let section = Section { name: entry.key.clone(), at: entry.at, table };
        let mut texts: Vec<(&str, String)> = Vec::new();
        for said in section.entries() {
            let known = || ["contract", "task", "line", "project", "client", "tag"].into_iter();
            if !known().any(|name| name == said.own) {
                let help = nearest(said.own, known())
                    .map_or_else(String::new, |meant| format!("; help: did you mean {meant}?"));
                let expected = any_of(known().map(std::borrow::Cow::Borrowed));
                self.problem(
                    said.at,
                    format!("unknown key {}; expected: {expected}{help}", said.key),
                );
                continue;
            }
            let own = said.own;
            texts.push((own, self.text(Some(said), "a name")?));
        }
        let targets = [TargetKind::Contract, TargetKind::Line, TargetKind::Task];
        let kind =
            targets.into_iter().find(|kind| texts.iter().any(|(name, _)| *name == kind.name()))?;
        let mut target = None;
        let mut also = Vec::new();
        for (name, text) in texts {
            let field = MappedField::ALL.into_iter().find(|field| field.name() == name);
            match field {
                _ if name == kind.name() => target = Some(MapTarget { kind, name: text }),
                Some(field) => also.push((field, NamePattern::new(&text))),
                // Two targets.
                None => return None,
            }
        }
        Some((also, target?))
    }
}

/// A table's entries as the file has them; the tree has them by name.
fn in_order<'a>(section: &Section<'a>) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry<'a>> = section.entries().collect();
    entries.sort_by_key(|entry| entry.at);
    entries
}

/// The map in force, for `run.json`: its rules, in order.
pub(super) fn in_force(mapping: &Mapping) -> Value {
    let rule = |rule: &MapRule| {
        let mut said = Map::new();
        for (field, pattern) in &rule.also {
            said.insert(format!("and {}", field.name()), pattern.written().into());
        }
        said.insert(rule.field.name().to_owned(), rule.pattern.written().into());
        let target = format!("is {}", rule.target.kind.name());
        said.insert(target, rule.target.name.as_str().into());
        Value::Object(said)
    };
    mapping.rules().iter().map(rule).collect()
}
