//! What people changed in an earlier run's outputs, against what that run
//! wrote there.

use std::collections::BTreeMap;

use crate::diagnostics::{Error, Place};
use crate::ingest::{self, PlainRow, PlainTable};
use crate::language::{Group, in_every_language};
use crate::model::LineIds;

use super::decisions::{DECISIONS, DecisionColumn};
use super::record::{Lists, Record, number};

/// A cell that somebody changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edit {
    text: String,
    place: Place,
}

/// Changed cells, by record and column.
pub(super) type Edits = BTreeMap<(usize, DecisionColumn), Edit>;

const AFRESH: &str = "or start afresh with --since none";

/// The cells of an earlier run's tables that say something else than the run
/// wrote there.
///
/// # Errors
/// [`Error::EarlierRun`] for a decision that belongs to no upsell of that run,
/// and for two rows of one upsell that disagree.
pub(super) fn edits(
    tables: &[PlainTable],
    records: &[Record],
    lists: Lists,
) -> Result<Edits, Error> {
    let listed: BTreeMap<(&str, LineIds), usize> = records
        .iter()
        .enumerate()
        .filter(|(_, record)| record.is_open)
        .map(|(at, record)| ((record.identity.order.as_str(), record.identity.lines.clone()), at))
        .collect();
    let mut met: BTreeMap<(usize, DecisionColumn), Edit> = BTreeMap::new();
    for table in tables {
        let need = |name: &'static str| {
            let mut names = vec![name];
            names.extend(in_every_language(Group::Column, name));
            table.need(&names)
        };
        let (order, lines) = (need("order")?, need("lines")?);
        let columns = DecisionColumn::ALL
            .into_iter()
            .map(|column| Ok((column, need(column.name())?)))
            .collect::<Result<Vec<_>, Error>>()?;
        for (row_index, row) in table.rows.iter().enumerate() {
            let place = table.place().at_row(row.number);
            let key = (row.cell(order), lists.read(row.cell(lines)));
            let record = listed.get(&key).copied();
            if row.is_short()
                && !record.is_some_and(|at| is_trimmed(table, row_index, &columns, &records[at]))
            {
                return Err(short(place, row, table));
            }
            for (column, at) in &columns {
                let text = column.kept(row.cell(*at));
                let place = place.in_column(table.header(*at));
                let Some(record) = record else {
                    need_blank(place, &text)?;
                    continue;
                };
                let edit = Edit { text, place };
                let first = met.entry((record, *column)).or_insert_with(|| edit.clone());
                if first.text != edit.text {
                    return Err(disagree(&records[record], *column, first, &edit));
                }
            }
        }
    }
    met.retain(|(record, column), edit| {
        !says_the_same(records[*record].decisions.get(*column), &edit.text)
    });
    Ok(met)
}

/// Whether a row of a text that has fewer cells than the header lacks but blank
/// ones at its end, as some spreadsheets leave out (sixteen rows at a time).
/// Where a comma was lost instead, the cells behind it stand one column too
/// early, and so one of these does not hold.
fn is_trimmed(
    table: &PlainTable,
    index: usize,
    columns: &[(DecisionColumn, usize)],
    record: &Record,
) -> bool {
    let Some(row) = table.rows.get(index) else { return false };
    let cell = |name: &str| table.column(&[name]).map(|at| row.cell(at));
    // What stands before the columns that people fill in.
    let as_written = cell("first_seen").is_some_and(|day| number(day).is_none())
        && cell("runs_open").is_some_and(|runs| runs.parse() == Ok(record.now.runs_open))
        && cell("change").is_some_and(|change| change.is_empty() || number(change).is_some());
    let written = |column: DecisionColumn| record.decisions.get(column);
    let mut changed = false;
    let fits = columns.iter().all(|(column, at)| {
        let text = column.kept(row.cell(*at));
        let is_here = *at < row.cells();
        if says_the_same(written(*column), &text) {
            return true;
        }
        changed = true;
        is_here
            && match column {
                DecisionColumn::Owner => {
                    !DECISIONS.contains(&DecisionColumn::Decision.kept(&text).as_str())
                }
                DecisionColumn::Decision => text.is_empty() || DECISIONS.contains(&text.as_str()),
                DecisionColumn::Comment => ingest::day(&text).is_none(),
                DecisionColumn::SnoozeUntil => text.is_empty() || ingest::day(&text).is_some(),
            }
    });
    let ends_in_text = row.cells().checked_sub(1).is_some_and(|last| !row.cell(last).is_empty());
    let beside = [index.checked_sub(1), index.checked_add(1)];
    let is_cut_like_others = beside
        .into_iter()
        .flatten()
        .filter_map(|at| table.rows.get(at))
        .any(|other| other.cells() == row.cells());
    as_written && fits && (!changed || ends_in_text || is_cut_like_others)
}

fn short(place: Place, row: &PlainRow, table: &PlainTable) -> Error {
    Error::EarlierRun {
        place,
        problem: format!(
            "the row has {} cells and the header has {}, so its cells may stand in other columns than their own",
            row.cells(),
            table.headers().len()
        ),
        help: "put back the comma that is missing".to_owned(),
    }
}

/// Whether a cell holds what was written into it: of a very long text a
/// workbook keeps the beginning.
fn says_the_same(written: &str, found: &str) -> bool {
    let is_cut = found
        .strip_suffix('…')
        .is_some_and(|beginning| !beginning.is_empty() && written.starts_with(beginning));
    written == found || is_cut
}

fn need_blank(place: Place, text: &str) -> Result<(), Error> {
    if text.is_empty() {
        return Ok(());
    }
    Err(Error::EarlierRun {
        place,
        problem: format!(
            "\"{text}\" stands in a row whose order and lines are those of no upsell that this run listed"
        ),
        help: format!("write it into the upsell's own row, take it out, {AFRESH}"),
    })
}

fn disagree(record: &Record, column: DecisionColumn, first: &Edit, second: &Edit) -> Error {
    Error::EarlierRun {
        place: second.place.clone(),
        problem: format!(
            "{} of the upsell {} (lines {}) is \"{}\" here and \"{}\" in {}",
            column.name(),
            record.identity.order,
            record.identity.lines,
            second.text,
            first.text,
            first.place
        ),
        help: format!("write the same in both, {AFRESH}"),
    }
}

/// Puts the edits of two files into the records.
///
/// # Errors
/// [`Error::EarlierRun`] where both changed a cell, each in its way.
pub(super) fn apply(records: &mut [Record], first: Edits, second: Edits) -> Result<(), Error> {
    let mut all = first;
    for (key, edit) in second {
        match all.get(&key) {
            Some(other) if other.text != edit.text => {
                return Err(disagree(&records[key.0], key.1, other, &edit));
            }
            _ => {
                all.insert(key, edit);
            }
        }
    }
    for ((record, column), edit) in all {
        let Some(record) = records.get_mut(record) else { continue };
        record.decisions.set(column, &edit.text);
        if column == DecisionColumn::SnoozeUntil {
            // What was seen when it was set aside.
            let excess = record.now.excess.clone();
            record.snoozed_at = if edit.text.is_empty() { None } else { excess };
        }
    }
    Ok(())
}
