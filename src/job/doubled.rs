//! Entries that count twice because the files that hold them carry ids of
//! several kinds. Looked for only where files do.

use std::collections::BTreeMap;

use crate::diagnostics::Error;
use crate::engine::{Days, Embedded, Engine, Plan, Scan};
use crate::ingest::{IdKind, IdKinds};
use crate::model::{EntryRow, Exact};
use crate::report::KindsOfIds;

/// What an entry says, as a digest, so that memory does not follow texts.
type Said = [u8; 16];

/// An entry, where equal ones lie side by side: what it says, the kind of its
/// id, and the place of its hours among the different ones.
type Met = (Said, IdKind, usize);

/// How many counted entries of timesheets with ids of several kinds are equal
/// in day, employee, quantity, unit, key and description to one with an id of
/// another kind, and so may be one entry that counts twice.
///
/// # Errors
/// What makes a file unreadable.
pub(super) fn doubled(
    engine: &Embedded,
    (plan, scan): (&Plan<'_>, &Scan),
    kinds: &IdKinds,
) -> Result<KindsOfIds, Error> {
    let mut hours: BTreeMap<Exact, usize> = BTreeMap::new();
    let mut all: Vec<Met> = Vec::new();
    engine.rows(plan, scan, &|_, _| Days::TEXTS, &mut |found| {
        let kind = found.place.and_then(|(sheet, _)| kinds.of_sheets.get(sheet).copied().flatten());
        if let (Some(kind), Some(row)) = (kind, &found.row) {
            let in_hours = plan.units.hours_in(row.unit).map(|hours| &hours * &row.amount);
            let next = hours.len();
            let place = *hours.entry(in_hours.unwrap_or_default()).or_insert(next);
            all.push((said(row, plan), kind, place));
        }
    })?;
    let mut by_place: Vec<(usize, Exact)> = hours.into_iter().map(|(h, at)| (at, h)).collect();
    by_place.sort_unstable_by_key(|(at, _)| *at);
    all.sort_unstable();
    let mut told = KindsOfIds { files: kinds.places.clone(), rows: 0, hours: Exact::zero() };
    for equal in all.chunk_by(|a, b| a.0 == b.0) {
        // Those of one kind were told apart, so the most of one kind are
        // entries of their own; the others may be these once more.
        let most = equal.chunk_by(|a, b| a.1 == b.1).map(<[Met]>::len).max().unwrap_or_default();
        let more = (equal.len() - most) as u64;
        if let Some((_, hours)) = equal.first().and_then(|met| by_place.get(met.2)) {
            told.rows += more;
            told.hours = &told.hours + &(&Exact::from(more) * hours);
        }
    }
    Ok(told)
}

fn said(row: &EntryRow, plan: &Plan<'_>) -> Said {
    let mut digest = blake3::Hasher::new();
    let (day, amount) = (row.date.to_string(), row.amount.to_string());
    let unit = &plan.units.get(row.unit).name;
    let texts = [&day, &row.text.employee, &amount, unit, &row.text.description];
    for text in texts.into_iter().map(String::as_str).chain([row.key.as_str()]) {
        digest.update(&(text.len() as u64).to_le_bytes());
        digest.update(text.as_bytes());
    }
    let mut said = [0; 16];
    digest.finalize_xof().fill(&mut said);
    said
}
