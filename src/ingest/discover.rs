//! From the paths on the command line to sheets whose role is known, and to
//! the files that are passed over, each with its reason.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostics::{Error, Origin, Place};
use crate::run_json::is_run_folder;

use super::fields::{ColumnAlias, nearest_role};
use super::files::{FileChoice, choice_for};
use super::header::{find_header, no_record_above, two_columns};
use super::parquet;
use super::passed_over::{PassedOver, Reason, is_named_like_a_table, is_named_like_an_export};
use super::sheet::{Sheet, Storage, for_each_record, open_text, unreadable};
use super::source::{Bounds, Kind, Source, SourceError, TextEncoding, WorkbookKind, sources};
use super::text::{Block, Blocks, TextLayout};
use super::workbook::{self, MAX_COLUMNS, too_wide};

/// Rows among which the header is looked for.
const HEADER_ROWS: usize = 30;
/// Bytes from which the format of a file is told.
const HEAD_BYTES: u64 = 64 << 10;
/// The first rows are looked for in so many pieces of so many bytes, or as many as
/// a row takes: one mostly has them all.
const PIECE_BYTES: usize = 64 << 10;
const HEADER_PIECES: usize = 16;

/// What the paths lead to.
#[derive(Debug, Default)]
pub struct Inputs {
    /// Sheets, by path and tab.
    pub sheets: Vec<Sheet>,
    /// What is passed over.
    pub passed_over: Vec<PassedOver>,
    /// Patterns of the user's that no file matches.
    pub unused_patterns: Vec<String>,
    /// Patterns of the user's all of whose files fit an earlier one, each with that:
    /// `march.csv (*.csv)`.
    pub shadowed_patterns: Vec<String>,
}

/// A file to read, and whether the user named it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Candidate {
    path: PathBuf,
    shown: String,
    named: bool,
    /// A link that was met in a folder.
    link: bool,
}

/// What has become of the user's patterns, by their places in the list.
#[derive(Debug, Default)]
struct Patterns {
    /// Some file is read by what is said of it.
    used: BTreeSet<usize>,
    /// A file fits it, and is read by an earlier one.
    shadowed: BTreeMap<usize, usize>,
}

/// What the user says of how files are to be read.
#[derive(Debug, Clone, Copy, Default)]
pub struct How<'a> {
    /// Header names of the user.
    pub aliases: &'a [ColumnAlias],
    /// The encoding of text without a byte order mark.
    pub encoding: Option<TextEncoding>,
    /// The configuration that is in force, if any is.
    pub configuration: Option<&'a str>,
    /// What holds for single files; the first that matches a file counts.
    pub files: &'a [FileChoice],
    /// How much of a file is read.
    pub bounds: Bounds,
}

impl<'a> How<'a> {
    /// The same, but every text is looked through for its encoding before it is
    /// read, however large: slow, and right where a few places do not tell.
    #[must_use]
    pub fn looking_through(self) -> Self {
        Self { bounds: Bounds { texts_looked_through: u64::MAX, ..self.bounds }, ..self }
    }

    /// How one source is read: by its own name, or by its archive's.
    fn of(self, source: &Source) -> (Option<usize>, Self, Option<&'a FileChoice>) {
        let chosen = choice_for(self.files, &source.shown)
            .or_else(|| choice_for(self.files, &shown_path(&source.path)));
        let Some((at, choice)) = chosen else { return (None, self, None) };
        (Some(at), Self { encoding: choice.encoding.or(self.encoding), ..self }, Some(choice))
    }
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
    let mut patterns = Patterns::default();
    let mut seen: BTreeSet<PathBuf> = BTreeSet::new();
    let out = out.and_then(|out| fs::canonicalize(out).ok());
    let mut candidates = candidates(paths, out.as_deref(), &mut inputs.passed_over)?;
    let in_force = how.configuration.and_then(|path| fs::canonicalize(path).ok());
    for passed in &mut inputs.passed_over {
        let is_other = || fs::canonicalize(passed.place.file()).ok() != in_force;
        if passed.reason == Reason::Configuration && is_other() {
            passed.reason = Reason::OtherConfiguration;
        }
    }
    // By name, so that the order of the command line does not show; a file
    // that the user named keeps that, however else it was found.
    candidates.sort_by(|a, b| a.shown.cmp(&b.shown).then(b.named.cmp(&a.named)));
    // A file is read under its own name, not under that of a link to it.
    candidates.sort_by_key(|candidate| (!candidate.named, candidate.link));
    candidates.retain(|candidate| {
        let real = fs::canonicalize(&candidate.path).unwrap_or_else(|_| candidate.path.clone());
        let is_new = seen.insert(real);
        if !is_new && candidate.link {
            inputs.passed_over.push(pass(&candidate.path, Reason::LinkToRead));
        }
        is_new
    });
    // What files are takes a look at all of their bytes. Of their errors the
    // first by name is told, whichever is met first.
    let found: Vec<Result<(Inputs, Patterns), Error>> =
        candidates.par_iter().map(|candidate| read_candidate(candidate, how)).collect();
    for (candidate, found) in candidates.iter().zip(found) {
        let (found, of_file) = found?;
        if !found.sheets.is_empty() && candidate.path.to_str().is_none() {
            return Err(Error::Unreadable {
                path: escaped(&candidate.path),
                reason: "its path is no UTF-8 text, so that reports could not tell it from others; rename the file, or the folder that it is in"
                    .to_owned(),
            });
        }
        patterns.used.extend(of_file.used);
        for (shadowed, by) in of_file.shadowed {
            patterns.shadowed.entry(shadowed).or_insert(by);
        }
        inputs.sheets.extend(found.sheets);
        inputs.passed_over.extend(found.passed_over);
    }
    inputs.sheets.sort_by(|a, b| a.origin.file.cmp(&b.origin.file));
    inputs.passed_over.sort();
    inputs.passed_over.dedup();
    let named = |at: usize| how.files.get(at).map_or("", |choice| choice.pattern.as_str());
    for at in (0..how.files.len()).filter(|at| !patterns.used.contains(at)) {
        match patterns.shadowed.get(&at) {
            Some(by) => inputs.shadowed_patterns.push(format!("{} ({})", named(at), named(*by))),
            None => inputs.unused_patterns.push(named(at).to_owned()),
        }
    }
    Ok(inputs)
}

/// A path with `/` between its parts, whatever the system writes.
#[must_use]
pub fn shown_path(path: &Path) -> String {
    path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

/// A path whose bytes that are no text are shown by their numbers.
fn escaped(path: &Path) -> String {
    let mut shown = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        shown.push_str(chunk.valid());
        shown.extend(chunk.invalid().escape_ascii().map(char::from));
    }
    shown
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
        } else if path.exists() && !path.is_file() {
            let reason = "it is no file but a pipe or a device, which cannot be read twice; save what it gives, and name that file";
            return Err(Error::Unreadable { path: shown, reason: reason.to_owned() });
        } else if path.exists() {
            candidates.push(Candidate { path: path.clone(), shown, named: true, link: false });
        } else if shown.contains(['*', '?', '[']) {
            let before = (candidates.len(), passed_over.len());
            let matches =
                glob::glob(&shown).map_err(|_| Error::NothingMatches { pattern: shown.clone() })?;
            for found in matches.flatten() {
                if found.is_dir() {
                    walk(&found, out, &mut candidates, passed_over)?;
                } else if found.exists() && !found.is_file() {
                    passed_over.push(pass(&found, Reason::NoFile));
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

/// The files of a folder and of the folders in it. Links are followed to files
/// in it only: a folder must not draw in what lies elsewhere.
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
            if let Some(ours) = whose(entry.path(), out)
                && !is_root
            {
                passed_over.push(pass(entry.path(), ours));
                entries.skip_current_dir();
            } else if !is_root && is_hidden(entry.path()) {
                passed_over.push(pass(entry.path(), Reason::HiddenFolder));
                entries.skip_current_dir();
            }
            continue;
        }
        if !entry.file_type().is_file() {
            let reason = if entry.path_is_symlink() {
                why_not_followed(entry.path(), folder, out)
            } else {
                Some(Reason::NoFile)
            };
            if let Some(reason) = reason {
                passed_over.push(pass(entry.path(), reason));
                continue;
            }
        }
        consider(entry.into_path(), out, candidates, passed_over);
    }
    Ok(())
}

/// Why a link in a folder is passed over; `None` where it leads to a file in
/// the folder.
fn why_not_followed(link: &Path, folder: &Path, out: Option<&Path>) -> Option<Reason> {
    let Ok(target) = fs::canonicalize(link) else { return Some(Reason::LinkToNowhere) };
    let inside = fs::canonicalize(folder).is_ok_and(|folder| target.starts_with(folder));
    match (inside, target.is_dir(), target.is_file()) {
        (false, true, _) => Some(Reason::LinkToFolderOutside),
        (false, ..) => Some(Reason::LinkOutside),
        (true, true, _) => Some(Reason::LinkToFolder),
        (true, _, true) => target.parent().and_then(|folder| whose(folder, out)),
        (true, ..) => Some(Reason::NoFile),
    }
}

/// Which run's output a folder holds, if it does.
fn whose(folder: &Path, out: Option<&Path>) -> Option<Reason> {
    if fs::canonicalize(folder).is_ok_and(|folder| Some(folder.as_path()) == out) {
        return Some(Reason::OwnOutput);
    }
    is_run_folder(folder).then_some(Reason::EarlierOutput)
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
    let in_output = path.parent().and_then(|folder| whose(folder, out));
    let reason = if name.starts_with("~$") || name.starts_with(".~lock") {
        Reason::LockFile
    } else if name == "drawdown.toml" {
        Reason::Configuration
    } else if is_hidden(&path) {
        Reason::HiddenFile
    } else if let Some(ours) = in_output {
        ours
    } else if !is_named_like_an_export(&name) {
        Reason::UnknownKind
    } else {
        let shown = shown_path(&path);
        let link = path.is_symlink();
        candidates.push(Candidate { path, shown, named: false, link });
        return;
    };
    passed_over.push(pass(&path, reason));
}

fn pass(path: &Path, reason: Reason) -> PassedOver {
    PassedOver { place: Place::new(&shown_path(path), None), reason }
}

/// Reads what is in a file, itself or the members of an archive, and says
/// which of the user's choices were of use.
fn read_candidate(candidate: &Candidate, how: How<'_>) -> Result<(Inputs, Patterns), Error> {
    let (mut inputs, mut patterns) = (Inputs::default(), Patterns::default());
    let found = sources(&candidate.path, &candidate.shown, &how.bounds);
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
            link: candidate.link,
        };
        let files = how.files;
        let (at, how, choice) = how.of(&source);
        if let Some(at) = at {
            patterns.used.insert(at);
            let later = files.iter().enumerate().skip(at + 1);
            let fits = later.filter(|(_, choice)| choice.pattern.matches(&source.shown));
            patterns.shadowed.extend(fits.map(|(shadowed, _)| (shadowed, at)));
        }
        if source.kind == Kind::Unknown
            && let Some(error) = control_character(&source, how)?
        {
            return Err(error);
        }
        match source.kind.clone() {
            Kind::Text(_) => read_text(&one, source, (how, choice), &mut inputs)?,
            Kind::Workbook(kind) => read_workbook(&one, &source, kind, (how, choice), &mut inputs)?,
            Kind::Parquet => read_parquet(&one, source, (how, choice), &mut inputs)?,
            Kind::Mislabelled(reason) if candidate.named => {
                return Err(Error::Unreadable {
                    path: source.shown,
                    reason: reason.sentence().to_owned(),
                });
            }
            Kind::Mislabelled(reason) => inputs.passed_over.push(PassedOver {
                place: Place::new(&source.shown, None),
                reason: Reason::Mislabelled(reason),
            }),
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
                reason: if is_named_like_an_export(&source.shown) {
                    Reason::NoExport
                } else {
                    Reason::UnknownKind
                },
            }),
        }
    }
    Ok((inputs, patterns))
}

/// Where the character stands for which a file is taken for no text, though it
/// has the header of an export: leaving its rows out is worse than stopping.
fn control_character(source: &Source, how: How<'_>) -> Result<Option<Error>, Error> {
    let text = source.as_text(TextEncoding::Utf8);
    let mut head = Vec::new();
    open_text(&text, None)?
        .take(HEAD_BYTES)
        .read_to_end(&mut head)
        .map_err(|error| unreadable(&SourceError::from_io(&source.shown, &error)))?;
    let layout = TextLayout::sniff(&head);
    let origin = Arc::new(Origin { file: source.shown.clone(), sheet: None });
    let is_none_of_a_text = |byte: &u8| matches!(byte, 0 | 1);
    let mut rows: Vec<(u64, Vec<String>)> = Vec::new();
    let mut found: Option<(u64, usize, u8)> = None;
    let first_row = u64::from(!layout.names_delimiter);
    // The last row may be cut short, and what it says is not needed.
    let _ = for_each_record(
        &String::from_utf8_lossy(&head),
        first_row,
        layout,
        &origin,
        |number, row| {
            for at in 0..row.len() {
                let code = || row.cell(at).bytes().find(is_none_of_a_text);
                found = found.or_else(|| Some((number, at, code()?)));
            }
            if number >= 1 && rows.len() < HEADER_ROWS && !row.is_blank() {
                let cell = |at| row.cell(at).replace(['\0', '\u{1}'], "");
                rows.push((number, (0..row.len()).map(cell).collect()));
            }
            let is_enough = found.is_some() && rows.len() == HEADER_ROWS;
            Ok(if is_enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        },
    );
    let Some((_, names, _)) = find_header(&rows, how.aliases) else { return Ok(None) };
    Ok(found.map(|(row, at, code)| {
        let place = Place::of(origin).at_row(row);
        let name = names.get(at).map(|name| name.trim()).filter(|name| !name.is_empty());
        let place = name.map_or(place.clone(), |name| place.in_column(name));
        Error::ControlCharacter { place, code }
    }))
}

fn read_text(
    candidate: &Candidate,
    source: Source,
    (how, choice): (How<'_>, Option<&FileChoice>),
    inputs: &mut Inputs,
) -> Result<(), Error> {
    let mut head = Vec::new();
    open_text(&source, how.encoding)?
        .take(HEAD_BYTES)
        .read_to_end(&mut head)
        .map_err(|error| unreadable(&SourceError::from_io(&candidate.shown, &error)))?;
    // As a file of no bytes is, which nobody need unwrap.
    if head.is_empty() && is_named_like_an_export(&candidate.shown) {
        return Err(Error::Empty { place: Place::new(&candidate.shown, None) });
    }
    let mut layout = TextLayout::sniff(&head);
    if let Some(delimiter) = choice.and_then(|choice| choice.delimiter) {
        layout.delimiter = delimiter;
    }
    let origin = Arc::new(Origin { file: candidate.shown.clone(), sheet: None });
    let mut rows: Vec<(u64, Vec<String>)> = Vec::new();
    let mut read = Ok(());
    let text = open_text(&source, how.encoding)?;
    let blocks = Blocks::in_pieces(text, layout, Arc::clone(&origin), PIECE_BYTES)
        .up_to(how.bounds.record_bytes);
    for block in blocks.take(HEADER_PIECES) {
        read = first_rows(&block?, layout, &origin, &mut rows);
        if read.is_err() || rows.len() >= HEADER_ROWS {
            break;
        }
    }
    if let Err(error) = read {
        // A note may have a quote anywhere; an export has its header above.
        let may_be_a_note = matches!(error, Error::UnclosedQuote { .. } | Error::StrayQuote { .. })
            && !candidate.named
            && !is_named_like_a_table(&candidate.shown)
            && find_header(&rows, how.aliases).is_none()
            && !rows.iter().any(|(_, headers)| nearest_role(headers).is_some());
        if !may_be_a_note {
            return Err(error);
        }
        let place = Place::of(origin);
        inputs.passed_over.push(PassedOver { place, reason: Reason::UnknownRole });
        return Ok(());
    }
    take_sheet(candidate, (&origin, source), Storage::Text(layout), &rows, (how, choice), inputs)
}

/// The first rows of a block that are not blank.
fn first_rows(
    block: &Block,
    layout: TextLayout,
    origin: &Arc<Origin>,
    rows: &mut Vec<(u64, Vec<String>)>,
) -> Result<(), Error> {
    let text = block.text(origin)?;
    let _ = for_each_record(text, block.first_row, layout, origin, |number, row| {
        if number >= 1 && !row.is_blank() {
            let cells = (0..row.len()).map(|at| row.cell(at).into_owned()).collect();
            rows.push((number, cells));
        }
        Ok(if rows.len() < HEADER_ROWS {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        })
    })?;
    Ok(())
}

fn read_workbook(
    candidate: &Candidate,
    source: &Source,
    kind: WorkbookKind,
    (how, choice): (How<'_>, Option<&FileChoice>),
    inputs: &mut Inputs,
) -> Result<(), Error> {
    let sheets = workbook::sheets(source, kind)?;
    let wanted = choice.and_then(|choice| choice.sheet.as_deref());
    let wanted = wanted.map(|name| sheet_named(name, &sheets, candidate)).transpose()?;
    let mut found = 0;
    let mut first_problem: Option<Error> = None;
    for sheet in sheets {
        let passed_over = match &wanted {
            Some(wanted) => (*wanted != sheet.name).then_some(Reason::NotChosen),
            None => (!sheet.visible).then_some(Reason::HiddenSheet),
        };
        if let Some(reason) = passed_over {
            let place = Place::new(&candidate.shown, Some(&sheet.name));
            inputs.passed_over.push(PassedOver { place, reason });
            continue;
        }
        let origin =
            Arc::new(Origin { file: candidate.shown.clone(), sheet: Some(sheet.name.clone()) });
        let mut rows: Vec<(u64, Vec<String>)> = Vec::new();
        workbook::for_each_row(source, kind, &origin, |number, cells| {
            rows.push((number, cells.iter().map(|cell| cell.text.clone()).collect()));
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
        take_sheet(&one, (&origin, source.clone()), storage, &rows, (how, choice), inputs)?;
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

/// Reads the names of a table's columns. One that is needed and cannot be read
/// is an error; any other is left alone.
fn read_parquet(
    candidate: &Candidate,
    source: Source,
    how: (How<'_>, Option<&FileChoice>),
    inputs: &mut Inputs,
) -> Result<(), Error> {
    let origin = Arc::new(Origin { file: candidate.shown.clone(), sheet: None });
    let mut rows: Vec<(u64, Vec<String>)> = Vec::new();
    parquet::for_each_row(&source, &origin, |number, cells| {
        rows.push((number, cells.iter().map(|cell| cell.text.clone()).collect()));
        let enough = rows.len() >= HEADER_ROWS;
        Ok(if enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    })?;
    let refused = parquet::refused_columns(&source)?;
    let before = inputs.sheets.len();
    take_sheet(candidate, (&origin, source), Storage::Parquet, &rows, how, inputs)?;
    for sheet in inputs.sheets.iter().skip(before) {
        let needed = |(at, _): &&(usize, String)| sheet.field(*at).is_some();
        if let Some((at, what)) = refused.iter().find(needed) {
            return Err(Error::Unreadable {
                path: sheet.in_column(&sheet.place(), *at).to_string(),
                reason: format!(
                    "this column {what}; export it as text or a number, one value a record, or leave it out"
                ),
            });
        }
    }
    Ok(())
}

/// The sheet that the user asks for: its name as the workbook writes it.
fn sheet_named(
    name: &str,
    sheets: &[workbook::SheetName],
    candidate: &Candidate,
) -> Result<String, Error> {
    let names = || sheets.iter().map(|sheet| sheet.name.as_str());
    let same = |other: &&str| other.trim().to_lowercase() == name.trim().to_lowercase();
    let found = names().find(|other| *other == name).or_else(|| names().find(same));
    found.map(str::to_owned).ok_or_else(|| Error::Unreadable {
        path: candidate.shown.clone(),
        reason: format!(
            "it has no sheet \"{name}\", which [files] in drawdown.toml asks for; its sheets are: {}",
            names().collect::<Vec<_>>().join(", ")
        ),
    })
}

/// Takes a sheet in whose first rows a header is understood.
fn take_sheet(
    candidate: &Candidate,
    (origin, source): (&Arc<Origin>, Source),
    storage: Storage,
    rows: &[(u64, Vec<String>)],
    (how, choice): (How<'_>, Option<&FileChoice>),
    inputs: &mut Inputs,
) -> Result<(), Error> {
    if let Some((number, _)) = rows.iter().find(|(_, cells)| cells.len() > MAX_COLUMNS) {
        let place = Place::of(Arc::clone(origin)).at_row(*number);
        return Err(too_wide(place, "take the empty columns away, or export fewer"));
    }
    if let Some((header_row, headers, recognition)) = find_header(rows, how.aliases) {
        two_columns(origin, rows, (header_row, &recognition))?;
        no_record_above(origin, rows, (header_row, &recognition))?;
        let filled = |cells: &[String]| cells.iter().any(|cell| !cell.trim().is_empty());
        let first = rows.iter().find(|(number, cells)| *number > header_row && filled(cells));
        let origin = Arc::clone(origin);
        let mut sheet =
            Sheet::new(origin, source, how.encoding, storage, header_row, headers, recognition)
                .beginning_with(first.map(|(_, cells)| cells.as_slice()));
        sheet.chosen = choice.map(|choice| choice.reading).unwrap_or_default();
        sheet.unit = choice.and_then(|choice| choice.unit.clone());
        inputs.sheets.push(sheet);
        return Ok(());
    }
    if candidate.named {
        return Err(unknown_role(origin, rows));
    }
    let nearest = rows.iter().find_map(|(_, headers)| nearest_role(headers));
    let reason = match nearest.as_ref().map(|near| (near.role, near.missing.as_slice())) {
        _ if rows.is_empty() => Reason::EmptySheet,
        Some((role, [missing])) => {
            let proposal = nearest.as_ref().and_then(|near| near.proposals.first().cloned());
            Reason::Nearly { role, missing, proposal }
        }
        _ => Reason::UnknownRole,
    };
    inputs.passed_over.push(PassedOver { place: Place::of(Arc::clone(origin)), reason });
    Ok(())
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
#[must_use]
pub fn listed(headers: &[String]) -> String {
    let named: Vec<&str> =
        headers.iter().map(|header| header.trim()).filter(|header| !header.is_empty()).collect();
    let shown = &named[..named.len().min(SHOWN_HEADERS)];
    let more = named.len() - shown.len();
    let and_more = if more == 0 { String::new() } else { format!(" and {more} more") };
    format!("{}{and_more}", shown.join(", "))
}
