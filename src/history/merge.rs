//! What people changed in an earlier run's outputs, against what that run
//! wrote there.

use std::collections::BTreeMap;

use crate::diagnostics::{Error, Place};
use crate::ingest::PlainTable;
use crate::language::{Group, in_every_language};
use crate::model::LineIds;

use super::decisions::DecisionColumn;
use super::record::{Lists, Record};

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
        for row in &table.rows {
            let place = table.place().at_row(row.number);
            let key = (row.cell(order), lists.read(row.cell(lines)));
            let record = listed.get(&key).copied();
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
