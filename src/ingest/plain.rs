//! Tables of drawdown's own making, read back: a header that is known, and
//! rows as text. What people did to them in between (another delimiter or
//! encoding, columns moved) is read as in any export.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostics::{Error, Origin, Place};

use super::cells::plain;
use super::sheet::{Row, Storage, for_each_record, open_text, unreadable};
use super::source::{Bounds, Kind, Source, SourceError, TextEncoding, WorkbookKind, sources};
use super::text::{Block, Blocks, TextLayout};
use super::workbook;

/// Bytes from which the delimiter is told.
const HEAD_BYTES: u64 = 64 << 10;

/// A table whose first row is its header.
#[derive(Debug, Clone)]
pub struct PlainTable {
    origin: Arc<Origin>,
    headers: Vec<String>,
    /// Which columns are kept; the cells of others are blank.
    kept: Kept,
    /// Its rows below the header, in order.
    pub rows: Vec<PlainRow>,
}

/// Which columns of a table are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Kept {
    All,
    /// By their headers, and then whether each column is one.
    Some(&'static [&'static str], Vec<bool>),
}

impl Kept {
    fn keeps(&self, column: usize) -> bool {
        match self {
            Self::All => true,
            Self::Some(_, kept) => kept.get(column).copied().unwrap_or_default(),
        }
    }
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlainRow {
    /// Its number, from 1, as a spreadsheet shows it.
    pub number: u64,
    /// Its cells, one after the other.
    text: String,
    /// Where each of them ends.
    ends: Vec<usize>,
    is_short: bool,
}

impl PlainRow {
    /// A cell; blank where the row is shorter.
    #[must_use]
    pub fn cell(&self, column: usize) -> &str {
        let Some(end) = self.ends.get(column) else { return "" };
        let start = column.checked_sub(1).and_then(|before| self.ends.get(before));
        self.text.get(start.copied().unwrap_or_default()..*end).unwrap_or_default()
    }

    /// How many cells it has.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.ends.len()
    }

    /// Whether it is a row of a text with fewer cells than the header: blank
    /// ones at its end that a program left out, or a comma that was lost. In a
    /// worksheet each cell stands in its own column.
    #[must_use]
    pub fn is_short(&self) -> bool {
        self.is_short
    }
}

impl PlainTable {
    /// The column with one of these headers; case does not matter.
    #[must_use]
    pub fn column(&self, names: &[&str]) -> Option<usize> {
        let same = |header: &String| names.iter().any(|name| header.eq_ignore_ascii_case(name));
        self.headers.iter().position(same)
    }

    /// A column's header as it stands in the file.
    #[must_use]
    pub fn header(&self, column: usize) -> &str {
        self.headers.get(column).map_or("", String::as_str)
    }

    /// The same as [`Self::column`], where the table is of no use without it.
    ///
    /// # Errors
    /// [`Error::Unreadable`] names the column.
    pub fn need(&self, names: &[&str]) -> Result<usize, Error> {
        self.column(names).ok_or_else(|| Error::Unreadable {
            path: self.place().to_string(),
            reason: format!(
                "it has no column \"{}\", which drawdown wrote there",
                names.first().copied().unwrap_or_default()
            ),
        })
    }

    /// Its headers.
    #[must_use]
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// The file or sheet.
    #[must_use]
    pub fn place(&self) -> Place {
        Place::of(Arc::clone(&self.origin))
    }

    fn new(origin: Arc<Origin>, kept: Kept) -> Self {
        Self { origin, headers: Vec::new(), kept, rows: Vec::new() }
    }

    /// The same table, of which other rows are taken.
    fn of_other_rows(&self) -> Self {
        Self { rows: Vec::new(), ..self.clone() }
    }

    fn take(&mut self, number: u64, row: &Row<'_>, storage: Storage) -> Result<(), Error> {
        let cell = |at| with_plain_breaks(row.cell(at), storage);
        let is_blank = |mut columns: std::ops::Range<usize>| columns.all(|at| cell(at).is_empty());
        if self.headers.is_empty() {
            if !is_blank(0..row.len()) {
                self.headers = (0..row.len()).map(|at| cell(at).into_owned()).collect();
                self.need_told_apart(number)?;
                self.find_kept();
            }
            return Ok(());
        }
        let mut text = String::new();
        let mut ends = Vec::with_capacity(row.len());
        for at in 0..row.len() {
            if self.kept.keeps(at) {
                text.push_str(&cell(at));
            }
            ends.push(text.len());
        }
        if text.is_empty() && is_blank(0..row.len()) {
            return Ok(());
        }
        // In a text a comma too many moves every cell behind it; in a worksheet
        // a cell beside the table stands where it stands.
        let is_text = matches!(storage, Storage::Text(_));
        if is_text && row.len() > self.headers.len() {
            return Err(Error::NotAsWritten {
                place: self.place().at_row(number),
                problem: format!(
                    "the row has {} cells and the header has {}, so its cells stand in other columns than their own",
                    row.len(),
                    self.headers.len()
                ),
                help: "put a text that holds a comma in quotes, or take out what is too much"
                    .to_owned(),
            });
        }
        let is_short = is_text && row.len() < self.headers.len();
        self.rows.push(PlainRow { number, text, ends, is_short });
        Ok(())
    }

    fn find_kept(&mut self) {
        if let Kept::Some(names, kept) = &mut self.kept {
            let is_kept =
                |header: &String| names.iter().any(|name| header.eq_ignore_ascii_case(name));
            *kept = self.headers.iter().map(is_kept).collect();
        }
    }

    fn take_block(&mut self, block: Result<Block, Error>, layout: TextLayout) -> Result<(), Error> {
        let block = block?;
        let origin = Arc::clone(&self.origin);
        let text = block.text(&origin)?;
        let _ = for_each_record(text, block.first_row, layout, &origin, |number, row| {
            // Before the first row stands a line that names the delimiter.
            if number >= 1 {
                self.take(number, row, Storage::Text(layout))?;
            }
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(())
    }

    /// That no two columns have one header: nobody could tell which counts.
    fn need_told_apart(&self, number: u64) -> Result<(), Error> {
        let mut met: BTreeSet<String> = BTreeSet::new();
        for header in self.headers.iter().filter(|header| !header.is_empty()) {
            if !met.insert(header.to_ascii_lowercase()) {
                return Err(Error::NotAsWritten {
                    place: self.place().at_row(number),
                    problem: format!("two columns are headed \"{header}\""),
                    help: "take one of them out, or rename it".to_owned(),
                });
            }
        }
        Ok(())
    }
}

/// A cell's text, whose lines end in one way.
fn with_plain_breaks(cell: Cow<'_, str>, storage: Storage) -> Cow<'_, str> {
    let text = plain(&cell, storage);
    if text.contains('\r') {
        return Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"));
    }
    if text.len() == cell.len() {
        return cell;
    }
    match &cell {
        Cow::Borrowed(cell) => Cow::Borrowed(plain(cell, storage)),
        Cow::Owned(_) => Cow::Owned(text.to_owned()),
    }
}

/// Reads a CSV file that drawdown wrote.
///
/// # Errors
/// What makes it unreadable, or no text.
pub fn read_plain_text(path: &Path, shown: &str) -> Result<PlainTable, Error> {
    read_text(path, shown, Kept::All)
}

/// The same of a long one, of which only a few columns are kept.
///
/// # Errors
/// What makes it unreadable, or no text.
pub fn read_plain_columns(
    path: &Path,
    shown: &str,
    columns: &'static [&'static str],
) -> Result<PlainTable, Error> {
    read_text(path, shown, Kept::Some(columns, Vec::new()))
}

fn read_text(path: &Path, shown: &str, kept: Kept) -> Result<PlainTable, Error> {
    let mut source = the_source(path, shown)?;
    match source.kind {
        Kind::Text(_) => {}
        // A name of an order may hold a control character, which makes the whole
        // file look like no text. What is no UTF-8 is refused where it is read.
        Kind::Unknown => source.kind = Kind::Text(TextEncoding::Utf8),
        _ => return Err(not_ours(shown, "it is no text")),
    }
    let mut head = Vec::new();
    open_text(&source, None)?
        .take(HEAD_BYTES)
        .read_to_end(&mut head)
        .map_err(|error| unreadable(&SourceError::from_io(shown, &error)))?;
    let layout = TextLayout::sniff(&head);
    let origin = Arc::new(Origin { file: shown.to_owned(), sheet: None });
    let mut table = PlainTable::new(Arc::clone(&origin), kept);
    let text = open_text(&source, None)?;
    let mut blocks = Blocks::new(text, layout, origin).up_to(source.bounds.record_bytes);
    while table.headers.is_empty() {
        let Some(block) = blocks.next() else { return Ok(table) };
        table.take_block(block, layout)?;
    }
    let mut others: Vec<Result<Block, Error>> = Vec::new();
    for block in blocks {
        let is_last = block.is_err();
        others.push(block);
        if is_last {
            break;
        }
    }
    let of_block = |block| {
        let mut own = table.of_other_rows();
        own.take_block(block, layout).map(|()| own.rows)
    };
    let others: Vec<Result<Vec<PlainRow>, Error>> = others.into_par_iter().map(of_block).collect();
    // Of several errors the first in the file is told.
    for rows in others {
        table.rows.extend(rows?);
    }
    Ok(table)
}

/// Reads the sheets of a workbook that drawdown wrote: for each of `wanted`
/// those whose name is one of these, or goes on in a further sheet (`Upsell 2`).
///
/// # Errors
/// What makes it unreadable, or no workbook; that one of `wanted` is not there.
pub fn read_plain_sheets(
    path: &Path,
    shown: &str,
    wanted: &[Vec<&str>],
) -> Result<Vec<PlainTable>, Error> {
    let source = the_source(path, shown)?;
    let Kind::Workbook(kind) = source.kind else {
        return Err(not_ours(shown, "it is no workbook"));
    };
    let there: Vec<String> =
        workbook::sheets(&source, kind)?.into_iter().map(|sheet| sheet.name).collect();
    let mut tables = Vec::new();
    for names in wanted {
        let is_one = |sheet: &&String| names.iter().any(|name| is_part_of(name, sheet));
        let found: Vec<&String> = there.iter().filter(is_one).collect();
        if found.is_empty() {
            let names = names.join("\" or \"");
            return Err(not_ours(shown, &format!("it has no sheet \"{names}\"")));
        }
        for sheet in found {
            tables.push(read_sheet(&source, kind, shown, sheet.clone())?);
        }
    }
    Ok(tables)
}

fn read_sheet(
    source: &Source,
    kind: WorkbookKind,
    shown: &str,
    name: String,
) -> Result<PlainTable, Error> {
    let origin = Arc::new(Origin { file: shown.to_owned(), sheet: Some(name) });
    let mut table = PlainTable::new(Arc::clone(&origin), Kept::All);
    workbook::for_each_row(source, kind, &origin, |number, cells| {
        table.take(number, &Row::Cells(cells), Storage::Worksheet(kind))?;
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(table)
}

/// `Upsell`, `Upsell 2` and so on.
fn is_part_of(name: &str, sheet: &str) -> bool {
    let rest = sheet.strip_prefix(name);
    rest.is_some_and(|rest| {
        let number = rest.strip_prefix(' ').unwrap_or_default();
        rest.is_empty() || (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
    })
}

/// The one source in a file.
fn the_source(path: &Path, shown: &str) -> Result<Source, Error> {
    let mut found = sources(path, shown, &Bounds::default()).map_err(|error| unreadable(&error))?;
    match (found.pop(), found.is_empty()) {
        (Some(source), true) if source.shown == shown => Ok(source),
        _ => Err(not_ours(shown, "it is an archive")),
    }
}

fn not_ours(shown: &str, what: &str) -> Error {
    Error::Unreadable {
        path: shown.to_owned(),
        reason: format!("{what}, and not the file that drawdown wrote"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<PlainTable, Error> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("upsell.csv");
        #[expect(clippy::disallowed_methods, reason = "a test's own file")]
        std::fs::write(&path, text).unwrap();
        read_plain_text(&path, "out/upsell.csv")
    }

    #[test]
    fn reads_back_what_a_spreadsheet_saved() {
        for text in [
            "order,lines,comment\nSO1,L1,'=x\nSO2,\"L2\",\"two\r\nlines\"\n",
            "order;lines;comment\r\nSO1;L1;'=x\r\n\r\nSO2;L2;\"two\nlines\"\r\n",
            "sep=;\r\norder;lines;comment\r\nSO1;L1;'=x\r\nSO2;L2;\"two\r\nlines\"\r\n",
            "\u{feff}Order\tLines\tComment\nSO1\tL1\t=x\nSO2\tL2\t\"two\nlines\"\n",
        ] {
            let table = read(text).unwrap();
            let comment = table.need(&["comment"]).unwrap();
            let cells: Vec<&str> = table.rows.iter().map(|row| row.cell(comment)).collect();
            assert_eq!(cells, ["=x", "two\nlines"], "{text:?}");
            assert_eq!(table.rows[0].number, 2);
            assert_eq!(table.rows[0].cell(99), "");
        }
        let error = read("order,lines\nSO1,L1,x\n").unwrap_err().to_string();
        assert!(error.starts_with("out/upsell.csv:2: the row has 3 cells and the header has 2"));
        let error = read("order,lines,Order\nSO1,L1,SO2\n").unwrap_err().to_string();
        assert!(error.starts_with("out/upsell.csv:1: two columns are headed \"Order\""));
        let error = read("order,lines\nSO1,L1\n").unwrap().need(&["owner"]).unwrap_err();
        assert!(
            error.to_string().contains("out/upsell.csv: it has no column \"owner\""),
            "{error}"
        );
    }

    #[test]
    fn a_sheet_goes_on_in_numbered_ones() {
        assert!(is_part_of("Upsell", "Upsell") && is_part_of("Upsell", "Upsell 12"));
        assert!(
            !is_part_of("Upsell", "Upsell old")
                && !is_part_of("Upsell", "Upsell ")
                && !is_part_of("Upsell", "My Upsell")
        );
    }
}
