//! What parts of a scan found, put together and judged.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rust_decimal::Decimal;

use crate::diagnostics::{Amount, Fault, FaultKind, Phrase};
use crate::ingest::RowCounts;
use crate::model::{Mark, TimeReading, default_rounding, print_amount};
use crate::reconcile::{
    Addend, KeySums, KeySumsBuilder, PartialSums, Version, VersionFate, judge_equal_rows,
    judge_versions,
};

use super::choice::{EarlyFate, fate_by_choice};
use super::find::Memory;
use super::table::{Entered, Met, Table};
use super::{Plan, RowsOutOfPlay, Scan};

/// Keys whose sums are called for together.
const AT_ONCE: usize = 64;

/// What part of a scan found.
#[derive(Debug, Default)]
pub(super) struct Partial {
    /// All sums but those by key.
    pub(super) sums: PartialSums,
    /// The sums by key: a table for every thread.
    pub(super) tables: Vec<Table>,
    pub(super) faults: Vec<Fault>,
    /// The rows, by sheet.
    pub(super) rows: BTreeMap<usize, RowCounts>,
    /// Entries set aside, with what is needed to count them after all.
    pub(super) aside: Vec<Aside>,
}

/// An entry that may be in the inputs twice.
#[derive(Debug)]
pub(super) struct Aside {
    pub(super) sheet: usize,
    pub(super) version: Version,
    pub(super) quantity: Decimal,
    pub(super) reading: TimeReading,
}

impl Partial {
    pub(super) fn merge(&mut self, other: Self) {
        self.sums.merge(other.sums);
        self.tables.extend(other.tables);
        self.faults.extend(other.faults);
        for (sheet, rows) in other.rows {
            self.rows.entry(sheet).or_default().merge(rows);
        }
        self.aside.extend(other.aside);
    }

    /// Brings the sums of each key together; gives the place of each slot's key
    /// among all, table by table.
    fn gather(&mut self) -> Vec<Vec<u32>> {
        let mut places: Vec<Vec<u32>> =
            self.tables.iter().map(|table| vec![u32::MAX; table.len()]).collect();
        let wide: Vec<_> = self.tables.iter_mut().map(Table::wide_cells).collect();
        let tables = &self.tables;
        let mut keys: Vec<Met> =
            tables.par_iter().enumerate().flat_map_iter(|(at, table)| table.met(at)).collect();
        let text = |key: &Met| tables.get(key.table).map(|table| table.text(key.slot));
        keys.par_sort_unstable_by(|a, b| {
            let by_text = a.start.cmp(&b.start).then_with(|| text(a).cmp(&text(b)));
            by_text.then_with(|| a.table.cmp(&b.table))
        });
        // Each piece begins with a key that the one before it has not.
        let of_piece = |keys: &[Met]| {
            let mut sums = KeySumsBuilder::with_room(keys.len());
            let mut own: Vec<usize> = Vec::with_capacity(keys.len());
            for some in keys.chunks(AT_ONCE) {
                // Tables are looked up here and there: all at once, and not one
                // after the other.
                let called = some.iter().map(|key| {
                    tables.get(key.table).map_or(0, |table| table.call_for_all(key.slot))
                });
                std::hint::black_box(called.fold(0, |all, called| all ^ called));
                for Met { table: at, slot, .. } in some {
                    let table = tables.get(*at);
                    let of_slot = wide.get(*at).and_then(|wide| wide.get(slot));
                    own.push(sums.key(table.map_or("", |table| table.text(*slot))));
                    let cells = table.into_iter().flat_map(|table| table.cells(*slot));
                    let cells = cells.chain(of_slot.into_iter().flatten().cloned());
                    cells.for_each(|cell| sums.add(cell));
                }
            }
            (sums.finish(), own)
        };
        let is_same = |a: &Met, b: &Met| a.start == b.start && text(a) == text(b);
        let pieces = in_pieces(&keys, rayon::current_num_threads() * 4, is_same);
        let found: Vec<(KeySums, Vec<usize>)> = pieces.par_iter().copied().map(of_piece).collect();
        let mut before = 0;
        for (keys, (sums, own)) in pieces.into_iter().zip(&found) {
            for (Met { table, slot, .. }, place) in keys.iter().zip(own) {
                let of_table = places.get_mut(*table);
                let of_slot = of_table.and_then(|places| places.get_mut(*slot as usize));
                if let Some(of_slot) = of_slot {
                    *of_slot = u32::try_from(before + place).unwrap_or(u32::MAX);
                }
            }
            before += sums.len();
        }
        self.sums.counted = KeySums::in_order(found.into_iter().map(|(sums, _)| sums).collect());
        self.tables.clear();
        places
    }

    /// Judges what was set aside and adds it to the sums.
    pub(super) fn finish(mut self, plan: &Plan<'_>, mut memory: Memory) -> Scan {
        memory.let_go();
        let mut judged = Table::default();
        let mut out_of_play = RowsOutOfPlay::new();
        let mut aside = std::mem::take(&mut self.aside);
        // Which thread met which of them first must not show.
        aside.sort_by_key(|entry| (entry.sheet, entry.version.place.row()));
        let in_doubt = |entry: &&Aside| entry.version.written.in_doubt().is_some();
        let write_dates_in_doubt = aside.iter().filter(in_doubt).map(|entry| entry.sheet).collect();
        let mut by_id: BTreeMap<String, Vec<Aside>> = BTreeMap::new();
        for entry in aside {
            by_id.entry(entry.version.id.clone()).or_default().push(entry);
        }
        for (id, entries) in by_id {
            let versions: Vec<Version> =
                entries.iter().map(|entry| entry.version.clone()).collect();
            let fates = if id.is_empty() {
                judge_equal_rows(&versions)
            } else {
                judge_versions(&versions, plan.on_conflict)
            };
            let in_doubt = versions.iter().find_map(|version| version.written.in_doubt());
            let counted = fates.iter().position(|fate| *fate == VersionFate::Counts);
            for (at, (entry, fate)) in entries.iter().zip(&fates).enumerate() {
                if *fate != VersionFate::Counts
                    && let Some(row) = entry.version.place.row()
                {
                    out_of_play.insert((entry.sheet, row));
                }
                let other = counted.or((at == 0).then_some(1)).unwrap_or(0);
                let other = if let VersionFate::Suspected(equal) = fate { *equal } else { other };
                let beside = (versions.get(other), in_doubt);
                self.take_judged(plan, &mut judged, entry, *fate, beside);
            }
        }
        self.tables.push(judged);
        memory.set_places(self.gather());
        self.sums.rows = self.rows.values().map(|rows| rows.records).sum();
        self.faults.sort_by(|a, b| a.place.cmp(&b.place).then(a.kind.cmp(&b.kind)));
        let rows =
            (0..plan.sheets.len()).map(|sheet| self.rows.get(&sheet).copied().unwrap_or_default());
        Scan {
            sums: self.sums,
            faults: self.faults,
            rows: rows.collect(),
            out_of_play,
            write_dates_in_doubt,
            memory,
            digests: Vec::new(),
        }
    }

    fn take_judged(
        &mut self,
        plan: &Plan<'_>,
        judged: &mut Table,
        entry: &Aside,
        fate: VersionFate,
        (other, in_doubt): (Option<&Version>, Option<&str>),
    ) {
        let version = &entry.version;
        let (quantity, reading) = (entry.quantity, entry.reading);
        let amount = |version: &Version| {
            let number = print_amount(&version.amount, &default_rounding());
            Box::new(Amount::new(number, plan.units.naming(version.unit)))
        };
        let said = |version: &Version| Phrase::VersionOfEntry {
            id: version.id.as_str().into(),
            quantity: amount(version),
            day: version.date,
        };
        let beside = || {
            let beside = other.unwrap_or(version);
            (Box::new(said(beside)), Box::new(beside.place.clone()))
        };
        let into = match fate {
            VersionFate::Counts => match fate_by_choice(plan, version.date, version.marks) {
                EarlyFate::Counted(window) => {
                    let (date, unit) = (version.date, version.unit);
                    let addend = Addend::new(quantity, reading);
                    if let Some(slot) = judged.slot(version.key.as_str()) {
                        judged.add(slot, &Entered { date, unit, window, addend });
                    }
                    for (mark, tallies) in [
                        (version.marks.approved, &mut self.sums.not_approved),
                        (version.marks.billable, &mut self.sums.not_billable),
                    ] {
                        if mark == Mark::No {
                            tallies.entry(unit).or_default().add(quantity, reading);
                        }
                    }
                    return;
                }
                EarlyFate::Excluded => {
                    self.sums.after_as_of += u64::from(version.date > plan.period.as_of);
                    &mut self.sums.excluded
                }
                EarlyFate::NotCounted => &mut self.sums.not_counted,
            },
            VersionFate::Duplicate => &mut self.sums.duplicates,
            VersionFate::Superseded => {
                let (counts, place) = beside();
                self.faults.push(Fault::new(
                    FaultKind::EntryChanged,
                    version.place.clone(),
                    said(version),
                    Phrase::CountedVersion { version: counts, place },
                    Phrase::NothingIfRight,
                ));
                &mut self.sums.duplicates
            }
            VersionFate::Suspected(_) => {
                let (_, place) = beside();
                self.faults.push(Fault::new(
                    FaultKind::SuspectedDuplicate,
                    version.place.clone(),
                    Phrase::QuantityOfDay { quantity: amount(version), day: version.date },
                    Phrase::OwnEntry { place },
                    Phrase::IdsOrDistinct,
                ));
                &mut self.sums.duplicates
            }
            VersionFate::Conflict => {
                let (another, place) = beside();
                let advice = match in_doubt {
                    Some(text) => Phrase::ReadableWriteDate { text: text.into() },
                    None => Phrase::WriteDateOrChoose,
                };
                self.faults.push(Fault::new(
                    FaultKind::EntryConflict,
                    version.place.clone(),
                    said(version),
                    Phrase::OneVersion { version: another, place },
                    advice,
                ));
                &mut self.sums.conflicting
            }
        };
        into.entry(version.unit).or_default().add(quantity, reading);
    }
}

/// Cuts sorted keys into about so many pieces, never between equal ones.
fn in_pieces<T>(mut keys: &[T], pieces: usize, is_same: impl Fn(&T, &T) -> bool) -> Vec<&[T]> {
    let length = keys.len() / pieces.max(1) + 1;
    let mut cut = Vec::new();
    while let Some(last) = keys.get(length.min(keys.len()).saturating_sub(1)) {
        let behind = keys.get(length..).unwrap_or_default();
        let more = behind.iter().take_while(|key| is_same(last, key)).count();
        let (piece, rest) = keys.split_at((length + more).min(keys.len()));
        cut.push(piece);
        keys = rest;
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_cut_between_keys() {
        let texts = ["a", "a", "b", "c", "c", "c", "d", "e"];
        let is_same = |a: &&str, b: &&str| a == b;
        for pieces in 0..12 {
            let cut = in_pieces(&texts, pieces, is_same);
            assert_eq!(cut.concat(), texts);
            assert!(cut.windows(2).all(|pair| pair[0].last().unwrap() < &pair[1][0]));
        }
        assert_eq!(in_pieces(&texts, 4, is_same).len(), 3);
        assert!(in_pieces(&[], 4, is_same).is_empty());
    }
}
