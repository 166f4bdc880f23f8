//! From the paths on the command line to sheets whose role is known, and to
//! the files that are passed over, each with its reason.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostics::{Error, Origin, Place};

use super::fields::{ColumnAlias, Field, Recognition, nearest_role, normalise_header, recognise};
use super::sheet::{Sheet, Storage, for_each_record, open_text, unreadable};
use super::source::{Bounds, Kind, Source, SourceError, TextEncoding, WorkbookKind, sources};
use super::text::{Block, Blocks, TextLayout};
use super::workbook;

/// How the reason begins for which a sheet that may be an input is passed over.
pub const NEARLY: &str = "looks like";

/// Rows among which the header is looked for.
const HEADER_ROWS: usize = 30;
/// Bytes from which the format of a file is told.
const HEAD_BYTES: u64 = 64 << 10;

/// A file or sheet that is not read, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PassedOver {
    /// The path, with the sheet where it is one of a workbook.
    pub place: Place,
    /// Why: `lock file`, `unknown kind`, …
    pub reason: String,
}

/// What the paths lead to.
#[derive(Debug, Default)]
pub struct Inputs {
    /// Sheets, by path and tab.
    pub sheets: Vec<Sheet>,
    /// What is passed over.
    pub passed_over: Vec<PassedOver>,
}

/// A file to read, and whether the user named it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Candidate {
    path: PathBuf,
    shown: String,
    named: bool,
}

/// What the user says of how files are to be read.
#[derive(Debug, Clone, Copy, Default)]
pub struct How<'a> {
    /// Header names of the user.
    pub aliases: &'a [ColumnAlias],
    /// The encoding of text without a byte order mark.
    pub encoding: Option<TextEncoding>,
}

/// Finds the sheets behind `paths` (files, folders or globs).
///
/// `out` is where this run's output will go: what lies there is passed over.
///
/// # Errors
/// [`Error::NoSuchPath`], [`Error::NothingMatches`]; for a file named on the
/// command line also what makes it unreadable or of unknown role.
pub fn discover(paths: &[PathBuf], out: Option<&Path>, how: How<'_>) -> Result<Inputs, Error> {
    let mut inputs = Inputs::default();
    let mut seen: BTreeSet<PathBuf> = BTreeSet::new();
    let out = out.and_then(|out| fs::canonicalize(out).ok());
    let mut candidates = candidates(paths, out.as_deref(), &mut inputs.passed_over)?;
    // By name, so that the order of the command line does not show; a file
    // that the user named keeps that, however else it was found.
    candidates.sort_by(|a, b| a.shown.cmp(&b.shown).then(b.named.cmp(&a.named)));
    candidates.sort_by_key(|candidate| !candidate.named);
    candidates.retain(|candidate| {
        let real = fs::canonicalize(&candidate.path).unwrap_or_else(|_| candidate.path.clone());
        seen.insert(real)
    });
    // What files are takes a look at all of their bytes.
    let found: Vec<Result<Vec<Source>, SourceError>> = candidates
        .par_iter()
        .map(|candidate| sources(&candidate.path, &candidate.shown, &Bounds::default()))
        .collect();
    for (candidate, found) in candidates.iter().zip(found) {
        read_candidate(candidate, found, how, &mut inputs)?;
    }
    inputs.sheets.sort_by(|a, b| a.origin.file.cmp(&b.origin.file));
    inputs.passed_over.sort();
    inputs.passed_over.dedup();
    Ok(inputs)
}

/// A path with `/` between its parts, whatever the system writes.
#[must_use]
pub fn shown_path(path: &Path) -> String {
    path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

fn candidates(
    paths: &[PathBuf],
    out: Option<&Path>,
    passed_over: &mut Vec<PassedOver>,
) -> Result<Vec<Candidate>, Error> {
    let mut candidates = Vec::new();
    for path in paths {
        let shown = shown_path(path);
        if path.is_dir() {
            walk(path, out, &mut candidates, passed_over)?;
        } else if path.exists() {
            candidates.push(Candidate { path: path.clone(), shown, named: true });
        } else if shown.contains(['*', '?', '[']) {
            let before = (candidates.len(), passed_over.len());
            let matches =
                glob::glob(&shown).map_err(|_| Error::NothingMatches { pattern: shown.clone() })?;
            for found in matches.flatten() {
                if found.is_dir() {
                    walk(&found, out, &mut candidates, passed_over)?;
                } else {
                    consider(found, out, &mut candidates, passed_over);
                }
            }
            if before == (candidates.len(), passed_over.len()) {
                return Err(Error::NothingMatches { pattern: shown });
            }
        } else {
            return Err(Error::NoSuchPath { path: shown });
        }
    }
    Ok(candidates)
}

/// The files of a folder and of the folders in it; links are not followed.
fn walk(
    folder: &Path,
    out: Option<&Path>,
    candidates: &mut Vec<Candidate>,
    passed_over: &mut Vec<PassedOver>,
) -> Result<(), Error> {
    let mut entries =
        walkdir::WalkDir::new(folder).follow_links(false).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        let entry = entry.map_err(|error| Error::Unreadable {
            path: shown_path(error.path().unwrap_or(folder)),
            reason: error.io_error().map_or_else(|| error.to_string(), ToString::to_string),
        })?;
        if entry.file_type().is_dir() {
            let is_root = entry.depth() == 0;
            if is_ours(entry.path(), out) && !is_root {
                passed_over.push(pass(entry.path(), None, "an earlier run's output"));
                entries.skip_current_dir();
            } else if !is_root && is_hidden(entry.path()) {
                passed_over.push(pass(entry.path(), None, "hidden folder"));
                entries.skip_current_dir();
            }
            continue;
        }
        if !entry.file_type().is_file() {
            let reason =
                if entry.path_is_symlink() { "a link" } else { "neither a file nor a folder" };
            passed_over.push(pass(entry.path(), None, reason));
            continue;
        }
        consider(entry.into_path(), out, candidates, passed_over);
    }
    Ok(())
}

/// Whether a folder holds the output of a run.
fn is_ours(folder: &Path, out: Option<&Path>) -> bool {
    fs::canonicalize(folder).is_ok_and(|folder| Some(folder.as_path()) == out)
        || is_run_folder(folder)
}

/// Whether a folder has the run.json of a run in it.
#[must_use]
pub fn is_run_folder(folder: &Path) -> bool {
    let Ok(text) = fs::read_to_string(folder.join("run.json")) else { return false };
    let json: Result<serde_json::Value, _> = serde_json::from_str(&text);
    json.is_ok_and(|json| json.get("tool").and_then(|tool| tool.as_str()) == Some("drawdown"))
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// A file met in a folder or by a glob: read if its name says that it may be
/// an export.
fn consider(
    path: PathBuf,
    out: Option<&Path>,
    candidates: &mut Vec<Candidate>,
    passed_over: &mut Vec<PassedOver>,
) {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let extension =
        path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let in_output = path.parent().is_some_and(|folder| is_ours(folder, out));
    let reason = if name.starts_with("~$") || name.starts_with(".~lock") {
        "lock file"
    } else if name == "drawdown.toml" {
        "the configuration"
    } else if is_hidden(&path) {
        "hidden file"
    } else if in_output {
        "an earlier run's output"
    } else if !matches!(
        extension.as_str(),
        "csv" | "tsv" | "txt" | "xlsx" | "xlsm" | "xlsb" | "xls" | "ods" | "gz" | "zst" | "zip"
    ) {
        "unknown kind"
    } else {
        let shown = shown_path(&path);
        candidates.push(Candidate { path, shown, named: false });
        return;
    };
    passed_over.push(pass(&path, None, reason));
}

fn pass(path: &Path, sheet: Option<&str>, reason: &str) -> PassedOver {
    PassedOver { place: Place::new(&shown_path(path), sheet), reason: reason.to_owned() }
}

/// Reads what is in a file: itself, or the members of an archive.
fn read_candidate(
    candidate: &Candidate,
    found: Result<Vec<Source>, SourceError>,
    how: How<'_>,
    inputs: &mut Inputs,
) -> Result<(), Error> {
    let size = fs::metadata(&candidate.path).map(|found| found.len());
    if size.is_ok_and(|size| size == 0) {
        return Err(Error::Empty { place: Place::new(&candidate.shown, None) });
    }
    let found = found.map_err(|error| unreadable(&error))?;
    for source in found {
        let is_member = source.shown != candidate.shown;
        let one = Candidate {
            path: candidate.path.clone(),
            shown: source.shown.clone(),
            // Of an archive only what can be read is asked for.
            named: candidate.named && !is_member,
        };
        match source.kind.clone() {
            Kind::Text(_) => read_text(&one, source, how, inputs)?,
            Kind::Workbook(kind) => read_workbook(&one, &source, kind, how, inputs)?,
            Kind::Mislabelled(reason) if candidate.named => {
                return Err(Error::Unreadable { path: source.shown, reason });
            }
            Kind::Mislabelled(reason) => inputs
                .passed_over
                .push(PassedOver { place: Place::new(&source.shown, None), reason }),
            Kind::Unknown if candidate.named && !is_member => {
                return Err(Error::Unreadable {
                    path: source.shown,
                    reason:
                        "it is neither text nor a workbook; save it as .xlsx or as \"CSV UTF-8\""
                            .to_owned(),
                });
            }
            Kind::Unknown => inputs.passed_over.push(PassedOver {
                place: Place::new(&source.shown, None),
                reason: "unknown kind".to_owned(),
            }),
        }
    }
    Ok(())
}

fn read_text(
    candidate: &Candidate,
    source: Source,
    how: How<'_>,
    inputs: &mut Inputs,
) -> Result<(), Error> {
    let mut head = Vec::new();
    open_text(&source, how.encoding)?
        .take(HEAD_BYTES)
        .read_to_end(&mut head)
        .map_err(|error| unreadable(&SourceError::from_io(&candidate.shown, &error)))?;
    let layout = TextLayout { byte_order_mark: source.byte_order_mark, ..TextLayout::sniff(&head) };
    let origin = Arc::new(Origin { file: candidate.shown.clone(), sheet: None });
    let text = open_text(&source, how.encoding)?;
    let first: Option<Block> = Blocks::new(text, layout, Arc::clone(&origin)).next().transpose()?;
    let mut rows: Vec<(u64, Vec<String>)> = Vec::new();
    if let Some(block) = &first {
        let _ = for_each_record(
            block.text(&origin)?,
            block.first_row,
            layout,
            &origin,
            |number, row| {
                if !row.is_blank() {
                    let cells = (0..row.len()).map(|at| row.cell(at).into_owned()).collect();
                    rows.push((number, cells));
                }
                Ok(if rows.len() < HEADER_ROWS {
                    ControlFlow::Continue(())
                } else {
                    ControlFlow::Break(())
                })
            },
        )?;
    }
    take_sheet(candidate, (&origin, source), Storage::Text(layout), &rows, how, inputs)
}

fn read_workbook(
    candidate: &Candidate,
    source: &Source,
    kind: WorkbookKind,
    how: How<'_>,
    inputs: &mut Inputs,
) -> Result<(), Error> {
    let sheets = workbook::sheets(source, kind)?;
    let mut found = 0;
    let mut first_problem: Option<Error> = None;
    for sheet in sheets {
        if !sheet.visible {
            inputs.passed_over.push(pass(&candidate.path, Some(&sheet.name), "hidden sheet"));
            continue;
        }
        let origin =
            Arc::new(Origin { file: candidate.shown.clone(), sheet: Some(sheet.name.clone()) });
        let mut rows: Vec<(u64, Vec<String>)> = Vec::new();
        workbook::for_each_row(source, kind, &origin, |number, cells| {
            rows.push((number, cells.to_vec()));
            Ok(if rows.len() < HEADER_ROWS {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            })
        })?;
        // Whether a sheet of a workbook is one to read, its header decides.
        let one = Candidate { named: false, ..candidate.clone() };
        let before = inputs.sheets.len();
        let storage = Storage::Worksheet(kind);
        take_sheet(&one, (&origin, source.clone()), storage, &rows, how, inputs)?;
        found += inputs.sheets.len() - before;
        if first_problem.is_none() {
            first_problem = Some(unknown_role(&origin, &rows));
        }
    }
    match first_problem {
        Some(problem) if found == 0 && candidate.named => Err(problem),
        None if candidate.named => Err(Error::Empty { place: Place::new(&candidate.shown, None) }),
        _ => Ok(()),
    }
}

/// Takes a sheet in whose first rows a header is understood.
fn take_sheet(
    candidate: &Candidate,
    (origin, source): (&Arc<Origin>, Source),
    storage: Storage,
    rows: &[(u64, Vec<String>)],
    how: How<'_>,
    inputs: &mut Inputs,
) -> Result<(), Error> {
    for (number, headers) in rows {
        if let Some(recognition) = recognise(headers, how.aliases) {
            two_columns(origin, &recognition)?;
            inputs.sheets.push(Sheet::new(
                Arc::clone(origin),
                source,
                how.encoding,
                storage,
                *number,
                headers.clone(),
                recognition,
            ));
            return Ok(());
        }
    }
    if candidate.named {
        return Err(unknown_role(origin, rows));
    }
    let nearest = rows.iter().find_map(|(_, headers)| nearest_role(headers));
    let reason = match nearest {
        _ if rows.is_empty() => "an empty sheet".to_owned(),
        // One column short of a role: perhaps a header is only misspelt.
        Some(near) if near.missing.len() == 1 => format!(
            "{NEARLY} {}, but lacks {}",
            near.role.name().replace('_', " "),
            near.missing.join(", ")
        ),
        _ => "headers of no known role".to_owned(),
    };
    inputs.passed_over.push(PassedOver { place: Place::of(Arc::clone(origin)), reason });
    Ok(())
}

/// Fields of which a second column of the same name would be a second answer.
const ONE_ANSWER: [Field; 12] = [
    Field::LineId,
    Field::Ordered,
    Field::Delivered,
    Field::Invoiced,
    Field::Unit,
    Field::OrderState,
    Field::EntryId,
    Field::Date,
    Field::Quantity,
    Field::Tracking,
    Field::Policy,
    Field::Ratio,
];

/// Two columns of one name: the first must not win in silence.
fn two_columns(origin: &Arc<Origin>, recognition: &Recognition) -> Result<(), Error> {
    let same = |a: &str, b: &str| normalise_header(a) == normalise_header(b);
    let twice = recognition.columns.iter().find(|column| {
        ONE_ANSWER.contains(&column.field)
            && recognition.left_alone.iter().any(|(_, header)| same(header, &column.header))
    });
    match twice {
        None => Ok(()),
        Some(column) => Err(Error::TwoColumns {
            place: Place::of(Arc::clone(origin)),
            field: column.field.name(),
            header: column.header.clone(),
        }),
    }
}

fn unknown_role(origin: &Arc<Origin>, rows: &[(u64, Vec<String>)]) -> Error {
    let place = Place::of(Arc::clone(origin));
    let Some((row, headers)) = rows.first() else { return Error::Empty { place } };
    let place = place.at_row(*row);
    let nearest = nearest_role(headers).map_or_else(String::new, |near| {
        format!("; nearest is {}, which lacks {}", near.role.name(), near.missing.join(", "))
    });
    Error::UnknownRole { place, headers: listed(headers), nearest }
}

/// Headers that a message names.
const SHOWN_HEADERS: usize = 40;

/// Headers in a row for a message, blank ones left out.
pub(super) fn listed(headers: &[String]) -> String {
    let named: Vec<&str> =
        headers.iter().map(|header| header.trim()).filter(|header| !header.is_empty()).collect();
    let shown = &named[..named.len().min(SHOWN_HEADERS)];
    let more = named.len() - shown.len();
    let and_more = if more == 0 { String::new() } else { format!(" and {more} more") };
    format!("{}{and_more}", shown.join(", "))
}
