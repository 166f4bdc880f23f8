//! What is said of each input: its digest and its rows, and what was passed over.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;

use crate::diagnostics::{Error, Phrase, Place};
use crate::digest::DigestKind;
use crate::engine::Scan;
use crate::ingest::{Inputs, PassedOver, RowCounts, Sheet};
use crate::report::InputRow;

use super::all_or_first_error;
use super::units::is_units;

/// Where what was passed over is, of some of it.
pub(super) fn places_of(inputs: &Inputs, which: impl Fn(&PassedOver) -> bool) -> Vec<Place> {
    passed_over(inputs, which).into_iter().map(|(place, _)| place).collect()
}

/// What was passed over, of some of it, and why.
pub(super) fn passed_over(
    inputs: &Inputs,
    which: impl Fn(&PassedOver) -> bool,
) -> Vec<(Place, Phrase)> {
    let chosen = inputs.passed_over.iter().filter(|passed| which(passed));
    chosen.map(|passed| (passed.place.clone(), passed.reason.phrase())).collect()
}

/// How many rows each sheet has, by its place.
pub(super) type RowsByPlace = BTreeMap<String, RowCounts>;

/// The rows of all sheets: of units and of records as they were read, of
/// timesheets as they were scanned.
pub(super) fn rows_of_sheets(
    others: &[Sheet],
    timesheets: &[Sheet],
    scan: &Scan,
    of_units: &[RowCounts],
    of_records: &[RowCounts],
) -> RowsByPlace {
    let mut rows = RowsByPlace::new();
    let mut of_units = of_units.iter();
    for (sheet, count) in others.iter().zip(of_records) {
        let count = if is_units(sheet) { of_units.next().unwrap_or(count) } else { count };
        rows.insert(sheet.place().to_string(), *count);
    }
    for (sheet, count) in timesheets.iter().zip(&scan.rows) {
        rows.insert(sheet.place().to_string(), *count);
    }
    rows
}

/// What was read twice must have been the same both times.
fn need_unchanged(sheet: &Sheet) -> Result<(), Error> {
    let file = sheet.origin.file.as_str();
    match sheet.source.is_as_found() {
        Ok(true) => Ok(()),
        Ok(false) => Err(Error::Unreadable {
            path: file.to_owned(),
            reason: "it has changed while it was read; run again".to_owned(),
        }),
        Err(error) => Err(Error::unreadable(file, &error)),
    }
}

/// The digest and size of each file.
pub(super) type Digests<'a> = BTreeMap<&'a Path, (String, u64)>;

/// Those that the scan came by.
pub(super) fn digests_of_scan(
    timesheets: &[Sheet],
    found: Vec<Option<(String, u64)>>,
) -> Digests<'_> {
    let of_sheets = timesheets.iter().zip(found);
    of_sheets.filter_map(|(sheet, found)| Some((sheet.source.path.as_path(), found?))).collect()
}

/// Those of all files; the scan came by some of them.
pub(super) fn digests<'a>(
    inputs: &'a Inputs,
    hash: DigestKind,
    known: Digests<'a>,
) -> Result<Digests<'a>, Error> {
    // A workbook or an archive is one file, however many sheets are in it.
    let files: BTreeMap<&Path, &Sheet> = inputs
        .sheets
        .iter()
        .map(|sheet| (sheet.source.path.as_path(), sheet))
        .filter(|(path, _)| !known.contains_key(path))
        .collect();
    let of_file = |(path, sheet): (_, &Sheet)| {
        let digest = hash.of_file(path);
        Ok((path, digest.map_err(|error| Error::unreadable(sheet.origin.file.as_str(), &error))?))
    };
    let files: Vec<(&Path, &Sheet)> = files.into_iter().collect();
    let mut all = known;
    all.extend(all_or_first_error(files.into_par_iter().map(of_file))?);
    Ok(all)
}

/// A row of run.json for each sheet.
///
/// # Errors
/// [`Error::Unreadable`] where a file has changed since.
pub(super) fn input_rows(
    inputs: &Inputs,
    rows: &RowsByPlace,
    digests: &Digests<'_>,
) -> Result<Vec<InputRow>, Error> {
    all_or_first_error(inputs.sheets.par_iter().map(need_unchanged))?;
    Ok(inputs
        .sheets
        .iter()
        .map(|sheet| {
            let (digest, bytes) =
                digests.get(sheet.source.path.as_path()).cloned().unwrap_or_default();
            let rows = rows.get(&sheet.place().to_string()).copied().unwrap_or_default();
            InputRow {
                path: sheet.origin.file.clone(),
                sheet: sheet.origin.sheet.clone(),
                role: sheet.role().name(),
                digest,
                bytes,
                rows: rows.records,
                total_rows: rows.totals,
                group_rows: rows.groups,
            }
        })
        .collect())
}
