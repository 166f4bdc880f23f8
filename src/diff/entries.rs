//! The entries of two runs beside each other: what was written into a period
//! that had been reported, or is another day or quantity there, what moved, what
//! vanished.
//!
//! Of every entry a digest and where it leads is kept; the entries that are
//! told are read a second time, and compared as they stand.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use crate::diagnostics::Error;
use crate::job::{Destination, Entries};
use crate::model::{EntryKey, EntryRow, Exact, Name, Quantity, digest as digest_of};

use super::compare::{DiffKind, DiffRow, EntryCells};

/// Entries of a kind that are told one by one.
const MOST: usize = 100_000;

/// Where an entry leads that leads to no line.
pub(super) const NO_LINE: &str = "(no line)";

/// By what entries of two runs are known to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    /// Its id, where it has one, else its content.
    Id,
    /// Its content: only one of the runs has ids.
    Content,
}

/// What is kept of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Trace {
    digest: u128,
    day: i32,
    destination: u32,
    /// A digest of its day and its quantity.
    said: u64,
}

/// The entries of one run, by digest.
#[derive(Debug, Default)]
struct Traces {
    traces: Vec<Trace>,
    has_ids: bool,
}

/// Names of destinations, shared by both runs.
type Names = BTreeMap<Destination, u32>;

/// The differences of two runs' entries, and how many were not told.
#[derive(Debug, Default)]
pub struct EntryDiff {
    /// The rows, by kind and place.
    pub rows: Vec<DiffRow>,
    /// Entries past the most that are told.
    pub further: usize,
}

/// Compares the entries of two runs. `reported` is the older run's as-of date.
///
/// # Errors
/// What makes a timesheet unreadable.
pub fn compare_entries(
    old: &Entries,
    new: &Entries,
    reported: NaiveDate,
    until: NaiveDate,
) -> Result<EntryDiff, Error> {
    let mut names = Names::new();
    let mut by = By::Id;
    let mut traces = (traces_of(old, by, &mut names)?, traces_of(new, by, &mut names)?);
    // No entry of either stands in the other: their ids are of two kinds.
    let are_strangers = traces.0.has_ids
        && !traces.0.traces.is_empty()
        && !traces.1.traces.is_empty()
        && shares_nothing(&traces.0.traces, &traces.1.traces);
    if traces.0.has_ids != traces.1.has_ids || are_strangers {
        by = By::Content;
        traces = (traces_of(old, by, &mut names)?, traces_of(new, by, &mut names)?);
    }
    let covers_all = new.go_on();
    let found = differing(&traces.0.traces, &traces.1.traces, reported, (until, covers_all));
    drop(traces);
    let mut diff = EntryDiff::default();
    told(&found, old, new, by, &mut diff)?;
    diff.rows.sort_by(|a, b| (a.kind, &a.entry).cmp(&(b.kind, &b.entry)));
    Ok(diff)
}

fn traces_of(entries: &Entries, by: By, names: &mut Names) -> Result<Traces, Error> {
    let mut found = Traces::default();
    entries.each(&mut |row, destination| {
        found.has_ids |= !row.text.id.is_empty();
        let next = u32::try_from(names.len()).unwrap_or(u32::MAX);
        let destination = match names.get(destination) {
            Some(known) => *known,
            None => *names.entry(destination.clone()).or_insert(next),
        };
        let digest = digest(&row, by, entries);
        let (day, said) = (row.date.num_days_from_ce(), said(&row, entries));
        found.traces.push(Trace { digest, day, destination, said });
    })?;
    found.traces.sort_unstable();
    Ok(found)
}

/// A digest of an entry's day and its quantity; of hours, whatever their unit.
fn said(row: &EntryRow, entries: &Entries) -> u64 {
    let units = &entries.book().units;
    digest_of(&match units.hours_in(row.unit) {
        Some(hours) => (row.date, &row.amount * &hours, ""),
        None => (row.date, row.amount.clone(), units.get(row.unit).name.as_str()),
    })
}

/// A digest of what an entry is known by.
fn digest(row: &EntryRow, by: By, entries: &Entries) -> u128 {
    let mut hasher = blake3::Hasher::new();
    if by == By::Id && !row.text.id.is_empty() {
        hasher.update(b"id\0").update(row.text.id.as_bytes());
    } else {
        let units = &entries.book().units;
        let content = [
            row.date.to_string(),
            row.amount.to_string(),
            units.get(row.unit).name.clone(),
            Name::new(&row.text.employee).as_str().to_owned(),
            row.text.description.clone(),
            EntryKey::compared(row.key.as_str()),
        ];
        for part in content {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
        }
    }
    let mut first = [0; 16];
    first.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    u128::from_le_bytes(first)
}

/// Digests of entries to be told. Of equal entries without ids there may be
/// several: `more` says how many of them.
#[derive(Debug, Default)]
struct Differing {
    back_dated: BTreeMap<u128, usize>,
    vanished: BTreeMap<u128, usize>,
    moved: BTreeSet<u128>,
    changed: BTreeSet<u128>,
}

impl Differing {
    /// Whether an entry of both runs is told.
    fn is_in_both(&self, key: u128) -> bool {
        self.moved.contains(&key) || self.changed.contains(&key)
    }
}

fn differing(
    old: &[Trace],
    new: &[Trace],
    reported: NaiveDate,
    (until, covers_all): (NaiveDate, bool),
) -> Differing {
    let mut found = Differing::default();
    // The days that the newer exports cover.
    let days = |traces: &[Trace]| {
        let days = || traces.iter().map(|trace| trace.day);
        days().min().zip(days().max())
    };
    let until = until.num_days_from_ce();
    let covered =
        days(new).map(|(first, last)| first..=if covers_all { until } else { last.min(until) });
    let (mut a, mut b) = (old.chunk_by(same).peekable(), new.chunk_by(same).peekable());
    loop {
        let digest = |group: Option<&&[Trace]>| {
            group.and_then(|group| group.first()).map(|trace| trace.digest)
        };
        let (left, right) = (digest(a.peek()), digest(b.peek()));
        let (before, after): (&[Trace], &[Trace]) = match (left, right) {
            (None, None) => break,
            (Some(left), Some(right)) if left == right => {
                (a.next().unwrap_or_default(), b.next().unwrap_or_default())
            }
            (Some(left), right) if right.is_none_or(|right| left < right) => {
                (a.next().unwrap_or_default(), &[])
            }
            _ => (&[], b.next().unwrap_or_default()),
        };
        let is_reported = |trace: &Trace| trace.day <= reported.num_days_from_ce();
        let key = before.iter().chain(after).map(|trace| trace.digest).next().unwrap_or_default();
        let more = after.len().saturating_sub(before.len());
        if more > 0 && after.iter().any(is_reported) {
            found.back_dated.insert(key, more);
        }
        let fewer = before.len().saturating_sub(after.len());
        let is_covered =
            |trace: &Trace| covered.as_ref().is_some_and(|days| days.contains(&trace.day));
        if fewer > 0 && before.iter().any(is_covered) {
            found.vanished.insert(key, fewer);
        }
        if let ([before], [after]) = (before, after) {
            if before.destination != after.destination {
                found.moved.insert(key);
            }
            if before.said != after.said && (is_reported(before) || is_reported(after)) {
                found.changed.insert(key);
            }
        }
    }
    found
}

fn shares_nothing(old: &[Trace], new: &[Trace]) -> bool {
    let is_in_new =
        |trace: &Trace| new.binary_search_by(|other| other.digest.cmp(&trace.digest)).is_ok();
    !old.iter().any(is_in_new)
}

fn same(a: &Trace, b: &Trace) -> bool {
    a.digest == b.digest
}

/// Reads the entries again that are to be told.
fn told(
    found: &Differing,
    old: &Entries,
    new: &Entries,
    by: By,
    diff: &mut EntryDiff,
) -> Result<(), Error> {
    let mut before: BTreeMap<u128, (EntryRow, Destination)> = BTreeMap::new();
    let mut left = found.vanished.clone();
    let mut counts: BTreeMap<DiffKind, usize> = BTreeMap::new();
    let mut further = 0;
    let mut take = |row: DiffRow| {
        let count = counts.entry(row.kind).or_default();
        *count += 1;
        if *count <= MOST {
            diff.rows.push(row);
        } else {
            further += 1;
        }
    };
    old.each(&mut |row, destination| {
        let key = digest(&row, by, old);
        if let Some(more) = left.get_mut(&key).filter(|more| **more > 0) {
            *more -= 1;
            take(entry_row(DiffKind::EntryVanished, &row, old, (Some(destination), None)));
        }
        if found.is_in_both(key) && before.len() < MOST {
            before.insert(key, (row, destination.clone()));
        }
    })?;
    let mut left = found.back_dated.clone();
    new.each(&mut |row, destination| {
        let key = digest(&row, by, new);
        if let Some(more) = left.get_mut(&key).filter(|more| **more > 0) {
            *more -= 1;
            take(entry_row(DiffKind::EntryBackDated, &row, new, (None, Some(destination))));
        }
        // The digest said that they are one; their ids have the last word.
        let earlier = before.get(&key).filter(|(earlier, _)| earlier.text.id == row.text.id);
        if let Some((earlier, from)) = earlier {
            if found.moved.contains(&key) {
                let ends = (Some(from), Some(destination));
                take(entry_row(DiffKind::EntryMoved, &row, new, ends));
            }
            if found.changed.contains(&key) {
                changed((earlier, old), (&row, new), destination).into_iter().for_each(&mut take);
            }
        }
    })?;
    further += found.moved.union(&found.changed).count().saturating_sub(MOST);
    diff.further = further;
    Ok(())
}

/// What an entry says otherwise than before: a row for its day, its quantity and its
/// unit.
fn changed(
    (before, old): (&EntryRow, &Entries),
    (after, new): (&EntryRow, &Entries),
    destination: &Destination,
) -> Vec<DiffRow> {
    let printed = |amount: &Exact, row: &EntryRow, entries: &Entries| {
        Quantity::new(amount.clone(), row.unit).display(&entries.book().units)
    };
    let quantity = |row: &EntryRow, entries: &Entries| printed(&row.amount, row, entries);
    let unit = |row: &EntryRow, entries: &Entries| {
        entries.book().units.naming(row.unit).stable().to_owned()
    };
    let more = || printed(&(&after.amount - &before.amount), after, new);
    let is_same_unit = unit(before, old) == unit(after, new);
    let cells = [
        ("date", before.date.to_string(), after.date.to_string()),
        ("quantity", quantity(before, old), quantity(after, new)),
        ("unit", unit(before, old), unit(after, new)),
    ];
    let differing = cells.into_iter().filter(|(_, old, new)| old != new);
    let row = |(column, old, new_cell): (&str, String, String)| DiffRow {
        column: column.to_owned(),
        old,
        new: new_cell,
        difference: if column == "quantity" && is_same_unit { more() } else { String::new() },
        ..entry_row(DiffKind::EntryChanged, after, new, (None, Some(destination)))
    };
    differing.map(row).collect()
}

fn entry_row(
    kind: DiffKind,
    row: &EntryRow,
    entries: &Entries,
    (from, to): (Option<&Destination>, Option<&Destination>),
) -> DiffRow {
    let units = &entries.book().units;
    let label = |destination: Option<&Destination>| match destination {
        None => String::new(),
        Some(Destination { order, line }) if order.is_empty() && line.is_empty() => {
            NO_LINE.to_owned()
        }
        Some(Destination { order, line }) => format!("{order} {line}").trim().to_owned(),
    };
    let at = to.or(from).cloned().unwrap_or_default();
    DiffRow {
        kind,
        order: at.order,
        line: at.line,
        about: Default::default(),
        column: String::new(),
        old: label(from),
        new: label(to),
        difference: String::new(),
        how: None,
        entry: Some(EntryCells {
            file: row.place.file().to_owned(),
            sheet: row.place.sheet().unwrap_or_default().to_owned(),
            row: row.place.row().unwrap_or_default(),
            id: row.text.id.clone(),
            date: row.date.to_string(),
            employee: row.text.employee.clone(),
            quantity: Quantity::new(row.amount.clone(), row.unit).display(units),
            unit: units.naming(row.unit).into_owned(),
            description: row.text.description.clone(),
        }),
    }
}
