//! The same entry met twice (chapter 4): which version counts.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};

use crate::diagnostics::Place;
use crate::model::{EntryKey, Exact, KeyPart, Mark, Marks, Name, UnitId, WriteDate};

use super::rules::OnConflict;

/// One row that carries an entry which other rows carry too.
#[derive(Debug, Clone)]
pub struct Version {
    /// Its row.
    pub place: Place,
    /// The entry's id as exported; blank for entries without one.
    pub id: String,
    /// Day.
    pub date: NaiveDate,
    /// Quantity, exactly: versions compare as they are read (rule 5.6).
    pub amount: Exact,
    /// Unit.
    pub unit: UnitId,
    /// Where it points.
    pub key: EntryKey,
    /// The parts of a key that its sheet has columns for.
    pub carries: Carries,
    /// When it was last written.
    pub written: WriteDate,
    /// Approved, billable, work or a break. No other content than this, but what
    /// counts may hang on it.
    pub marks: Marks,
    /// Employee, in the form in which names compare, and description, which tell
    /// entries without an id apart.
    pub content: String,
}

/// The parts of a key that a sheet has columns for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Carries(u16);

impl Carries {
    /// Notes a part.
    pub fn insert(&mut self, part: KeyPart) {
        self.0 |= 1 << (part as u16);
    }

    fn both(self, other: Self, part: KeyPart) -> bool {
        self.0 & other.0 & (1 << (part as u16)) != 0
    }
}

/// What becomes of one version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VersionFate {
    /// It counts.
    Counts,
    /// The same entry again.
    Duplicate,
    /// An earlier version of an entry that was changed.
    Superseded,
    /// One of several versions, and nothing says which is right.
    Conflict,
    /// Equal to an entry in another file, by its place among the versions, that
    /// counts; neither has an id.
    Suspected(usize),
}

/// Judges the versions of one id.
#[must_use]
pub fn judge_versions(versions: &[Version], choice: OnConflict) -> Vec<VersionFate> {
    let mut order: Vec<usize> = (0..versions.len()).collect();
    // A version that says little may agree with two that contradict each other.
    // Whom it joins, what they say decides: neither rows nor files' names do.
    order.sort_by_cached_key(|at| {
        let Version { date, amount, unit, key, carries, place, .. } = &versions[*at];
        (Reverse(told(key)), *date, amount.clone(), *unit, key.clone(), *carries, place.clone())
    });
    // Versions of the same content.
    let mut contents: Vec<Vec<usize>> = Vec::new();
    // Of each content the versions that differ in anything, and by what all of its
    // versions share the contents: an id may be that of every row of an export.
    let mut differing: Vec<Vec<usize>> = Vec::new();
    let mut near: BTreeMap<(NaiveDate, &Exact, UnitId), Vec<usize>> = BTreeMap::new();
    for alike in order.chunk_by(|a, b| is_alike(&versions[*a], &versions[*b])) {
        let Some(first) = alike.first().copied() else { continue };
        let version = &versions[first];
        let near = near.entry((version.date, &version.amount, version.unit)).or_default();
        let joins = |content: &&usize| {
            differing[**content].iter().all(|other| same_content(&versions[*other], version))
        };
        if let Some(content) = near.iter().find(joins).copied() {
            contents[content].extend(alike);
            differing[content].push(first);
        } else {
            near.push(contents.len());
            contents.push(alike.to_vec());
            differing.push(vec![first]);
        }
    }
    let chosen = match contents.as_slice() {
        [] => return Vec::new(),
        [_] => Some(0),
        _ => choose(versions, &contents, choice),
    };
    let mut fates = vec![VersionFate::Conflict; versions.len()];
    if let Some(chosen) = chosen {
        for (at, group) in contents.iter().enumerate() {
            let fate = if at == chosen { VersionFate::Duplicate } else { VersionFate::Superseded };
            for version in group {
                fates[*version] = fate;
            }
        }
        // Of equal versions the one that says most counts, then the one that
        // names what is looked at first (a line before a contract).
        let marked = rightly_marked(versions, &contents[chosen], choice);
        let best = marked.into_iter().max_by_key(|at| {
            let Version { key, place, .. } = &versions[*at];
            (told(key), key.clone(), Reverse(place.clone()))
        });
        if let Some(best) = best {
            fates[best] = VersionFate::Counts;
        }
    }
    fates
}

/// Of versions of one content those whose marks count, where they differ in these:
/// of those that say most, such as have marks; among them the one written last, or
/// the user's choice.
fn rightly_marked(versions: &[Version], content: &[usize], choice: OnConflict) -> Vec<usize> {
    let version = |at: &usize| &versions[*at];
    let all = || content.iter().copied();
    if content.windows(2).all(|two| version(&two[0]).marks == version(&two[1]).marks) {
        return all().collect();
    }
    let most = all().map(|at| told(&versions[at].key)).max();
    let says_most = |at: &usize| Some(told(&version(at).key)) == most;
    let stated = |at: &usize| {
        let Marks { approved, billable, .. } = version(at).marks;
        approved != Mark::Unstated || billable != Mark::Unstated
    };
    let most = all().filter(says_most).map(|at| stated(&at)).max();
    let kept = || all().filter(says_most).filter(|at| Some(stated(at)) == most);
    let written: Option<Vec<NaiveDateTime>> =
        kept().map(|at| versions[at].written.moment()).collect();
    if let Some(latest) = written.and_then(|written| written.into_iter().max()) {
        return kept().filter(|at| version(at).written.moment() == Some(latest)).collect();
    }
    let by_place = |at: &usize| version(at).place.clone();
    match choice {
        OnConflict::Newest => kept().max_by_key(by_place),
        OnConflict::Fault | OnConflict::First => kept().min_by_key(by_place),
    }
    .into_iter()
    .collect()
}

/// How many parts of a key are filled.
fn told(key: &EntryKey) -> usize {
    KeyPart::ALL.iter().filter(|part| key.get(**part).is_some()).count()
}

/// The content that counts: the one written last, or the user's choice.
fn choose(versions: &[Version], contents: &[Vec<usize>], choice: OnConflict) -> Option<usize> {
    let written: Option<Vec<NaiveDateTime>> = contents
        .iter()
        .map(|group| {
            // Known for all of a content's versions, or not at all.
            group
                .iter()
                .map(|at| versions[*at].written.moment())
                .collect::<Option<Vec<_>>>()?
                .into_iter()
                .max()
        })
        .collect();
    let mut open: Vec<usize> = (0..contents.len()).collect();
    if let Some(written) = written
        && let Some(latest) = written.iter().max()
    {
        open.retain(|at| written[*at] == *latest);
        if let [latest] = open.as_slice() {
            return Some(*latest);
        }
    }
    // A choice is for entries without write dates: it must not pass over one that
    // is there and may be two.
    let is_in_doubt = |at: &usize| versions[*at].written.in_doubt().is_some();
    if contents.iter().flatten().any(is_in_doubt) {
        return None;
    }
    match choice {
        OnConflict::Fault => None,
        OnConflict::First => open.into_iter().min_by_key(|group| {
            contents[*group].iter().map(|at| versions[*at].place.clone()).min()
        }),
        // The one whose last place comes last.
        OnConflict::Newest => open.into_iter().max_by_key(|group| {
            contents[*group].iter().map(|at| versions[*at].place.clone()).max()
        }),
    }
}

/// Whether two versions say the very same.
fn is_alike(a: &Version, b: &Version) -> bool {
    let said = |version: &Version| (version.date, version.unit, version.carries);
    said(a) == said(b) && a.amount == b.amount && a.key == b.key
}

/// Whether two versions say the same, as far as both exports carry it.
fn same_content(a: &Version, b: &Version) -> bool {
    a.date == b.date
        && a.amount == b.amount
        && a.unit == b.unit
        && same_target(a, b, [KeyPart::LineId, KeyPart::LineDatabaseId, KeyPart::LineLabel])
        && same_target(a, b, [KeyPart::TaskId, KeyPart::TaskDatabaseId, KeyPart::Task])
        && same_target(a, b, [KeyPart::ContractId, KeyPart::ContractDatabaseId, KeyPart::Contract])
}

/// Ids decide where both exports carry them (two languages, one record), else
/// names do.
fn same_target(a: &Version, b: &Version, parts: [KeyPart; 3]) -> bool {
    let [id, database_id, name] = parts;
    for part in [id, database_id] {
        if a.carries.both(b.carries, part) {
            return a.key.get(part) == b.key.get(part);
        }
    }
    !a.carries.both(b.carries, name)
        || a.key.get(name).map(Name::new) == b.key.get(name).map(Name::new)
}

/// Entries without an id: equal rows of one file all count; among files the
/// highest number found in any one counts, the rest are suspected duplicates.
#[must_use]
pub fn judge_equal_rows(versions: &[Version]) -> Vec<VersionFate> {
    let mut fates = vec![VersionFate::Counts; versions.len()];
    let mut groups: BTreeMap<RowContent<'_>, Vec<usize>> = BTreeMap::new();
    for (at, version) in versions.iter().enumerate() {
        groups.entry(row_content(version)).or_default().push(at);
    }
    for group in groups.into_values() {
        let mut by_file: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for at in group {
            by_file.entry(versions[at].place.file()).or_default().push(at);
        }
        // The first file by name of those that have the most.
        let Some(kept) = by_file.values().rev().max_by_key(|rows| rows.len()) else { continue };
        for rows in by_file.values().filter(|rows| *rows != kept) {
            // Each is one of the kept ones, of which there are no fewer.
            for (at, counted) in rows.iter().zip(kept) {
                fates[*at] = VersionFate::Suspected(*counted);
            }
        }
    }
    fates
}

type RowContent<'a> = (NaiveDate, &'a Exact, UnitId, String, &'a str);

fn row_content(version: &Version) -> RowContent<'_> {
    let key = EntryKey::compared(version.key.as_str());
    (version.date, &version.amount, version.unit, key, &version.content)
}
