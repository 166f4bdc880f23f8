//! Puts rows into the sheets of a workbook that was saved without them
//! ([`super::rows`] says why), and packs it.

use std::fs::File;
use std::io::{BufReader, BufWriter, Cursor, IntoInnerError, Read, Seek, Write};
use std::ops::Range;
use std::path::Path;

use memchr::memmem;
use rayon::prelude::*;
use rust_xlsxwriter::XlsxError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::rows::{RowWriter, SharedTexts, column_name, put_shared};
use super::sheets::{CellReader, LINE_HEIGHT, MOST_LINES, MOST_LOOKS, Sheets, Survey};
use crate::report::model::Table;

/// How hard a workbook is packed, from 0 to 9 (benches/README.md has what each
/// costs).
pub(super) const LEVEL: u8 = 3;

const SHARED: &str = "xl/sharedStrings.xml";

/// A table whose rows are still to be put in.
pub(super) struct Filled<'a, 't> {
    pub(super) table: &'a Table<'t>,
    pub(super) sheets: Sheets<'a>,
    pub(super) survey: Survey,
    /// The number of its first sheet in the workbook, from 1, and the rows of
    /// each of its sheets.
    pub(super) parts: (usize, Vec<Range<usize>>),
}

/// A sheet, packed.
struct Packed {
    name: String,
    archive: ZipArchive<BufReader<File>>,
}

/// Packs a workbook, whose parts `bare` has as the library saved them, with the
/// rows of these tables.
pub(super) fn fill(
    bare: Vec<u8>,
    tables: &[Filled<'_, '_>],
    tempdir: &Path,
    out: impl Write + Seek,
) -> Result<(), XlsxError> {
    let mut bare = ZipArchive::new(Cursor::new(bare))?;
    // Texts that the library shares come first.
    let known = part(&mut bare, SHARED)?.map(|xml| Known::new(&xml)).transpose()?;
    let first = known.as_ref().map_or(0, |known| known.texts);
    let mut shared = SharedTexts::default();
    for table in tables {
        table.survey.texts.iter().for_each(|text| {
            shared.take(text);
        });
        shared.cells += table.survey.texts.cells;
    }
    let mut sheets = Vec::new();
    for table in tables {
        let (number, parts) = &table.parts;
        for (number, rows) in (*number..).zip(parts).filter(|(_, rows)| !rows.is_empty()) {
            let name = format!("xl/worksheets/sheet{number}.xml");
            let xml = part(&mut bare, &name)?.ok_or_else(|| odd(&name))?;
            sheets.push((table, name, xml, rows.clone()));
        }
    }
    let packed = sheets.into_par_iter().map(|(table, name, xml, rows)| {
        let file = BufWriter::new(tempfile::tempfile_in(tempdir)?);
        let mut packer = ZipWriter::new(file);
        packer.start_file(&*name, options())?;
        table.sheet(&xml, rows, (&shared, first), &mut packer)?;
        let file = packer.finish()?.into_inner().map_err(IntoInnerError::into_error)?;
        Ok(Packed { name, archive: ZipArchive::new(BufReader::new(file))? })
    });
    let mut packed = packed.collect::<Result<Vec<Packed>, XlsxError>>()?.into_iter().peekable();
    let mut whole = ZipWriter::new(out);
    for at in 0..bare.len() {
        let kept = bare.by_index_raw(at)?;
        let name = kept.name()?.into_owned();
        if let Some(mut own) = packed.next_if(|packed| packed.name == name) {
            whole.raw_copy_file(own.archive.by_index_raw(0)?)?;
        } else if let Some(known) = known.as_ref().filter(|_| name == SHARED) {
            whole.start_file(&*name, options())?;
            known.write(&shared, &mut whole)?;
        } else {
            whole.raw_copy_file(kept)?;
        }
    }
    whole.finish()?;
    Ok(())
}

fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(i64::from(LEVEL)))
        .unix_permissions(0o600)
        .last_modified_time(DateTime::default())
}

/// A part of a workbook; nothing where it has none of this name.
fn part(bare: &mut ZipArchive<Cursor<Vec<u8>>>, name: &str) -> Result<Option<Vec<u8>>, XlsxError> {
    if bare.index_for_name(name).is_none() {
        return Ok(None);
    }
    let mut xml = Vec::new();
    bare.by_name(name)?.read_to_end(&mut xml)?;
    Ok(Some(xml))
}

/// The library wrote something that it did not write before.
fn odd(what: &str) -> XlsxError {
    XlsxError::ParameterError(format!("{what}: the workbook has no place for its rows"))
}

/// What is between two texts, the first of its kind, and where it is.
fn between(xml: &[u8], before: &str, after: &str) -> Option<Range<usize>> {
    let start = memmem::find(xml, before.as_bytes())? + before.len();
    let length = memmem::find(xml.get(start..)?, after.as_bytes())?;
    Some(start..start + length)
}

/// The texts that the library shares.
struct Known {
    xml: Vec<u8>,
    texts: u32,
    cells: u64,
}

impl Known {
    fn new(xml: &[u8]) -> Result<Self, XlsxError> {
        let number = |before: &str| {
            let range = between(xml, before, "\"")?;
            std::str::from_utf8(xml.get(range)?).ok()?.parse::<u64>().ok()
        };
        let texts = number("uniqueCount=\"").and_then(|texts| u32::try_from(texts).ok());
        let texts = texts.ok_or_else(|| odd(SHARED))?;
        let cells = number(" count=\"").ok_or_else(|| odd(SHARED))?;
        Ok(Self { xml: xml.to_vec(), texts, cells })
    }

    /// Writes them, and these behind.
    fn write(&self, more: &SharedTexts, out: &mut impl Write) -> Result<(), XlsxError> {
        let place = |before: &str| between(&self.xml, before, "\"").ok_or_else(|| odd(SHARED));
        let end = memmem::rfind(&self.xml, b"</sst>").ok_or_else(|| odd(SHARED))?;
        let (cells, texts) = (place(" count=\"")?, place("uniqueCount=\"")?);
        let piece = |range: Range<usize>| self.xml.get(range).unwrap_or_default();
        out.write_all(piece(0..cells.start))?;
        write!(out, "{}", self.cells + more.cells)?;
        out.write_all(piece(cells.end..texts.start))?;
        write!(out, "{}", self.texts as usize + more.len())?;
        out.write_all(piece(texts.end..end))?;
        let mut buffer = Vec::new();
        for text in more.iter() {
            put_shared(&mut buffer, text);
            if buffer.len() >= 1 << 16 {
                out.write_all(&buffer)?;
                buffer.clear();
            }
        }
        out.write_all(&buffer)?;
        out.write_all(piece(end..self.xml.len()))?;
        Ok(())
    }
}

/// The row whose cells have the formats of a table, one each, and whose place
/// the rows take: the first below the header.
const FORMATS_ROW: &str = "<row r=\"2\"";

impl Filled<'_, '_> {
    /// Writes a sheet: what the library wrote, with these rows.
    fn sheet(
        &self,
        xml: &[u8],
        rows: Range<usize>,
        (shared, first): (&SharedTexts, u32),
        out: &mut impl Write,
    ) -> Result<(), XlsxError> {
        let name = self.sheets.name;
        let place = between(xml, FORMATS_ROW, "</row>").ok_or_else(|| odd(name))?;
        let formats = formats(xml.get(place.clone()).unwrap_or_default());
        if formats.len() < self.survey.looks.len().min(MOST_LOOKS) {
            return Err(odd(name));
        }
        let (start, end) = (place.start - FORMATS_ROW.len(), place.end + "</row>".len());
        let head = xml.get(..start).unwrap_or_default();
        // It says which cells there are, of which the library knew few.
        let reference = between(head, "<dimension ref=\"", "\"").ok_or_else(|| odd(name))?;
        let rest = xml.get(end..).unwrap_or_default();
        let last = memmem::rfind(rest, b"<row r=\"").and_then(|at| {
            let row = rest.get(at..)?;
            std::str::from_utf8(row.get(between(row, "<row r=\"", "\"")?)?).ok()?.parse().ok()
        });
        let last: usize = last.unwrap_or(rows.len() + 1);
        let columns = self.sheets.columns.len();
        out.write_all(head.get(..reference.start).unwrap_or_default())?;
        write!(out, "A1:{}{last}", column_name(columns.saturating_sub(1)))?;
        out.write_all(head.get(reference.end..).unwrap_or_default())?;

        let shared = self.sheets.as_table.then_some((shared, first));
        let mut writer = RowWriter::new(&mut *out, columns, &formats, shared);
        let mut reader = CellReader::new(&self.sheets);
        let widths = self.sheets.widths();
        for (row, at) in (2..).zip(rows) {
            let values = self.table.row(at);
            let lines = self.sheets.lines(&values, &widths).min(MOST_LINES);
            let height = u32::try_from(lines).ok().filter(|lines| *lines > 1);
            writer.begin(row, height.map(|lines| lines * LINE_HEIGHT));
            reader.row(&values, &mut |column, look, content| {
                if let Some(look) = self.survey.looks.at(column, look) {
                    writer.cell(column, look, content);
                }
            });
            writer.end()?;
        }
        writer.finish()?;
        out.write_all(rest)?;
        Ok(())
    }
}

/// What the workbook calls the formats of the cells of a row.
fn formats(row: &[u8]) -> Vec<u32> {
    let mut formats = Vec::new();
    let mut left = row;
    while let Some(range) = between(left, " s=\"", "\"") {
        let number = left.get(range.clone()).and_then(|number| std::str::from_utf8(number).ok());
        formats.push(number.and_then(|number| number.parse().ok()).unwrap_or(0));
        left = left.get(range.end..).unwrap_or_default();
    }
    formats
}
