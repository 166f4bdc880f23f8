//! Rows as they stand in their files, read once more for messages that show
//! them. What cannot be shown is left out: the message has its place all the
//! same.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use crate::diagnostics::{Error, Excerpt, Origin, Place};

use super::discover::{How, shown_path};
use super::parquet;
use super::sheet::{open_text, unreadable};
use super::source::{Kind, Source, SourceError, sources};
use super::text::{Blocks, Record, Splitter, TextLayout};
use super::workbook::{self, WorksheetCell};

/// Bytes from which the layout of a text is told.
const HEAD_BYTES: u64 = 64 << 10;
/// Rows among which the header of a column is looked for.
const HEADER_ROWS: usize = 30;
/// Rows further down are not read again: nobody waits for a message.
const SHOWN_ROWS: u64 = 2_000_000;
/// What stands between the cells of a worksheet's row.
const BETWEEN_CELLS: &str = " | ";

/// A row to show: its place, and the text found there.
type Wanted<'a> = (&'a Place, &'a str);

/// The rows at some places, each cut where its cell stands; `None` where one
/// cannot be read again.
#[must_use]
pub fn excerpts(wanted: &[Wanted<'_>], how: How<'_>) -> Vec<Option<Excerpt>> {
    let mut files: BTreeMap<(&str, Option<&str>), Vec<usize>> = BTreeMap::new();
    for (at, (place, _)) in wanted.iter().enumerate() {
        if place.row().is_some_and(|row| row <= SHOWN_ROWS) {
            files.entry((place.file(), place.sheet())).or_default().push(at);
        }
    }
    let mut found = vec![None; wanted.len()];
    for ((file, sheet), of_file) in files {
        let mut rows = Rows { wanted, of_file, headers: Vec::new(), found: &mut found };
        // What was found before an error is shown; the rest is not.
        let _ = rows.read(file, sheet, how);
    }
    found
}

/// A line of a text of lines, cut at a character, both from 1.
#[must_use]
pub fn excerpt_of_line(path: &str, line: usize, character: usize) -> Option<Excerpt> {
    let text = std::fs::read_to_string(path).ok()?;
    let line_text = text.trim_start_matches('\u{feff}').lines().nth(line.checked_sub(1)?)?;
    let start = line_text
        .char_indices()
        .nth(character.checked_sub(1)?)
        .map_or(line_text.len(), |(start, _)| start);
    let (before, rest) = line_text.split_at_checked(start)?;
    let ends = |c: char| c.is_whitespace() || matches!(c, '=' | ',' | ']' | '}' | '#');
    let end = rest.find(ends).filter(|end| *end > 0).unwrap_or(rest.len());
    let (cell, after) = rest.split_at_checked(end)?;
    Some(Excerpt {
        row: line as u64,
        before: before.to_owned(),
        cell: cell.to_owned(),
        after: after.to_owned(),
    })
}

/// The rows wanted of one file or sheet.
struct Rows<'a> {
    wanted: &'a [Wanted<'a>],
    of_file: Vec<usize>,
    headers: Vec<Vec<String>>,
    found: &'a mut Vec<Option<Excerpt>>,
}

impl Rows<'_> {
    fn read(&mut self, file: &str, sheet: Option<&str>, how: How<'_>) -> Result<(), Error> {
        let how = how.looking_through();
        let Some(source) = source_of(file, how) else { return Ok(()) };
        let origin = Arc::new(Origin { file: file.to_owned(), sheet: sheet.map(str::to_owned) });
        let mut take = |number: u64, cells: &[WorksheetCell]| {
            let plain: Vec<Cow<'_, str>> =
                cells.iter().map(|cell| Cow::Borrowed(cell.text.as_str())).collect();
            Ok(self.take(number, &plain, &plain, BETWEEN_CELLS))
        };
        match source.kind {
            Kind::Text(_) => self.read_text(&source, &origin, how),
            Kind::Workbook(kind) => workbook::for_each_row(&source, kind, &origin, take).map(drop),
            Kind::Parquet => parquet::for_each_row(&source, &origin, &mut take),
            Kind::Mislabelled(_) | Kind::Unknown => Ok(()),
        }
    }

    fn read_text(
        &mut self,
        source: &Source,
        origin: &Arc<Origin>,
        how: How<'_>,
    ) -> Result<(), Error> {
        let mut head = Vec::new();
        open_text(source, how.encoding)?
            .take(HEAD_BYTES)
            .read_to_end(&mut head)
            .map_err(|error| unreadable(&SourceError::from_io(&origin.file, &error)))?;
        let layout = TextLayout::sniff(&head);
        let delimiter = char::from(layout.delimiter).to_string();
        let text = open_text(source, how.encoding)?;
        let blocks = Blocks::new(text, layout, Arc::clone(origin))
            .up_to(source.bounds.record_bytes)
            .with_unfinished();
        for block in blocks {
            let block = block?;
            let text = block.text(origin)?;
            let mut splitter = Splitter::new(text.as_bytes(), layout.delimiter);
            let mut record = Record::default();
            let mut number = block.first_row;
            while splitter.next_record(&mut record) {
                if self.is_of_use(number) {
                    let cells = 0..record.len();
                    let plain: Vec<_> = cells.clone().map(|at| record.cell(text, at)).collect();
                    let raw: Vec<_> = cells
                        .filter_map(|at| text.get(record.range(at)?).map(Cow::Borrowed))
                        .collect();
                    if self.take(number, &plain, &raw, &delimiter).is_break() {
                        return Ok(());
                    }
                }
                number += 1;
            }
        }
        Ok(())
    }

    fn is_of_use(&self, number: u64) -> bool {
        self.headers.len() < HEADER_ROWS
            || self.of_file.iter().any(|at| self.row(*at) == Some(number))
    }

    fn row(&self, at: usize) -> Option<u64> {
        self.wanted.get(at).and_then(|(place, _)| place.row())
    }

    /// Takes a row: its cells, and how they are written in the file.
    fn take(
        &mut self,
        number: u64,
        plain: &[Cow<'_, str>],
        raw: &[Cow<'_, str>],
        between: &str,
    ) -> ControlFlow<()> {
        if self.headers.len() < HEADER_ROWS {
            self.headers.push(plain.iter().map(|cell| cell.trim().to_owned()).collect());
        }
        for at in self.of_file.clone() {
            let (Some((place, text)), true) = (self.wanted.get(at), self.row(at) == Some(number))
            else {
                continue;
            };
            let cell = if *text == "\"" {
                raw.iter().position(|cell| is_open(cell))
            } else {
                self.cell(plain, place, text)
            };
            if let Some(slot) = self.found.get_mut(at) {
                *slot = Some(excerpt(number, raw, cell, between));
            }
        }
        let last = self.of_file.iter().filter_map(|at| self.row(*at)).max();
        if last.is_none_or(|last| number >= last) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }

    /// Which cell is in question: the one under the header; without a header
    /// the last that reads like what was found.
    fn cell(&self, plain: &[Cow<'_, str>], place: &Place, text: &str) -> Option<usize> {
        let is_found = |at: usize| {
            !text.trim().is_empty() && plain.get(at).is_some_and(|cell| cell.trim() == text.trim())
        };
        let Some(column) = place.column().map(str::trim) else {
            return (0..plain.len()).rev().find(|at| is_found(*at));
        };
        let header = self.headers.iter().find(|row| row.iter().any(|cell| cell == column))?;
        let mut under = (0..header.len()).filter(|at| header.get(*at).is_some_and(|h| h == column));
        let first = under.next()?;
        // Of two columns of one name the one that holds it.
        Some(std::iter::once(first).chain(under).find(|at| is_found(*at)).unwrap_or(first))
    }
}

/// A cell that opens a quote and does not end with one.
fn is_open(raw: &str) -> bool {
    raw.strip_prefix('"').is_some_and(|rest| !rest.trim_end().ends_with('"'))
}

fn excerpt(row: u64, raw: &[Cow<'_, str>], cell: Option<usize>, between: &str) -> Excerpt {
    let joined = |cells: &[Cow<'_, str>]| cells.join(between);
    let Some(at) = cell else {
        let cell = joined(raw);
        return Excerpt { row, before: String::new(), cell, after: String::new() };
    };
    let (before, rest) = raw.split_at(at.min(raw.len()));
    let mut before = joined(before);
    if !before.is_empty() || at > 0 {
        before.push_str(between);
    }
    let (cell, after) = rest.split_first().map_or((Cow::Borrowed(""), rest), |(cell, after)| {
        // A quote that never closes takes in every row below.
        let first_line = cell.lines().next().unwrap_or_default();
        let whole = if is_open(cell) { Cow::Borrowed(first_line) } else { cell.clone() };
        (whole, after)
    });
    let after =
        if after.is_empty() { String::new() } else { format!("{between}{}", joined(after)) };
    Excerpt { row, before, cell: cell.into_owned(), after }
}

/// The file, or the archive that it is a member of.
fn source_of(file: &str, how: How<'_>) -> Option<Source> {
    let path = Path::new(file).ancestors().find(|path| path.is_file())?;
    let sources = sources(path, &shown_path(path), &how.bounds).ok()?;
    sources.into_iter().find(|source| source.shown == file)
}

#[cfg(test)]
mod tests;
