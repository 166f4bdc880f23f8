//! The parts of an .xlsx workbook, without reading its sheets and texts: which
//! part a sheet is, and what its styles make of a number. The library says so
//! itself, of a small workbook that has the same parts but for those: in their
//! place are sheets that name their part and hold a number in every style.

use std::fmt::Write as _;
use std::io::{self, Cursor, ErrorKind, Read, Seek, SeekFrom, Write as _};

use calamine::{DataRef, ExcelDateTime, ExcelDateTimeType, Reader, Xlsx};
use flate2::Crc;
use flate2::read::DeflateDecoder;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::super::source::{Source, ahead, part_name};
use super::markup::{PIECE_BYTES, Pieces, Unusual};
use super::sheet_xml::{self, Shared};
use super::strings::{Odd, Strings};
use super::{Bytes, Meaning, Shown, caught};

const STRINGS: &str = "xl/sharedstrings.xml";
/// Styles whose meaning is asked for.
const STYLES: usize = 1 << 10;
/// What parts may take that are neither sheets nor texts.
const MOST_BYTES: u64 = 16 << 20;
/// A text that no workbook has in its first place.
const FIRST: &str = "the first of the texts";

/// A sheet that is about to be read.
pub(super) struct OpenSheet {
    pub(super) shared: Shared,
    pub(super) pieces: Pieces<Box<dyn Read + Send>>,
}

/// An open archive, and its parts by name.
struct Package {
    archive: ZipArchive<Bytes>,
    strings: Option<usize>,
    sheets: Vec<(usize, String)>,
    others: Vec<usize>,
}

/// The sheets of a workbook, as the library tells them.
pub(super) fn sheets(source: &Source) -> Result<Vec<calamine::Sheet>, Unusual> {
    let skeleton = Package::open(source)?.skeleton(&Odd::default())?;
    Ok(skeleton.sheets_metadata().to_vec())
}

/// Opens a sheet by its name, to be read in pieces of so many bytes.
pub(super) fn open_sheet(source: &Source, name: &str, bytes: usize) -> Result<OpenSheet, Unusual> {
    let mut package = Package::open(source)?;
    let (mut strings, odd) = package.strings()?;
    let mut skeleton = package.skeleton(&odd)?;
    let told = caught(|| probe(&mut skeleton, name, package.strings.is_some(), odd.numbers.len()))
        .ok_or(Unusual)??;
    strings.settle(&odd, told.texts);
    let shared = Shared { strings, styles: told.styles };
    let part = package.sheets.get(told.sheet).ok_or(Unusual)?.0;
    let (xml, declared) = package.part(part, &source.shown)?;
    Ok(OpenSheet { shared, pieces: sheet_xml::open(xml, declared, bytes)? })
}

impl Package {
    fn open(source: &Source) -> Result<Self, Unusual> {
        let bytes = source.open_parts(&source.bounds).map_err(|_| Unusual)?;
        let archive = ZipArchive::new(bytes).map_err(|_| Unusual)?;
        let (mut strings, mut sheets, mut others) = (None, Vec::new(), Vec::new());
        let mut names = Vec::new();
        let mut size = 0_u64;
        for index in 0..archive.len() {
            let entry = archive.by_index_data(index).map_err(|_| Unusual)?;
            let raw = std::str::from_utf8(entry.name_raw()).map_err(|_| Unusual)?;
            let name = part_name(raw.as_bytes());
            if let Some(file) = name.strip_prefix("xl/worksheets/") {
                if !file.contains('/') {
                    sheets.push((index, raw.to_owned()));
                }
            } else if name == STRINGS {
                strings = Some(index);
            } else if is_kept(&name) {
                size = size.saturating_add(entry.size().max(entry.compressed_size()));
                others.push(index);
            }
            names.push(name);
        }
        names.sort_unstable();
        // Which one of two is meant, the library decides.
        if names.windows(2).any(|two| matches!(two, [a, b] if a == b)) || size > MOST_BYTES {
            return Err(Unusual);
        }
        Ok(Self { archive, strings, sheets, others })
    }

    fn strings(&mut self) -> Result<(Strings, Odd), Unusual> {
        match self.strings {
            Some(index) => {
                let part = self.archive.by_index(index).map_err(|_| Unusual)?;
                let declared = part.size();
                Strings::read(part, declared, PIECE_BYTES)
            }
            None => Ok((Strings::default(), Odd::default())),
        }
    }

    /// The workbook without its sheets' rows, and with no texts but odd ones.
    fn skeleton(&mut self, odd: &Odd) -> Result<Xlsx<Cursor<Vec<u8>>>, Unusual> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for index in &self.others {
            let part = self.archive.by_index_raw(*index).map_err(|_| Unusual)?;
            writer.raw_copy_file(part).map_err(|_| Unusual)?;
        }
        let mut write = |name: &str, text: &str| {
            let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
            writer.start_file(name, stored).map_err(|_| Unusual)?;
            writer.write_all(text.as_bytes()).map_err(|_| Unusual)
        };
        if let Some(index) = self.strings {
            let entry = self.archive.by_index_data(index).map_err(|_| Unusual)?;
            let name = std::str::from_utf8(entry.name_raw()).map_err(|_| Unusual)?;
            write(name, &format!("<sst><si><t>{FIRST}</t></si>{}</sst>", odd.xml))?;
        }
        let mut rows = "<row>".to_owned();
        for style in 0..STYLES {
            // Infallible: a String takes it.
            let _ = write!(rows, "<c s=\"{style}\"><v>1</v></c>");
        }
        rows.push_str("</row><row>");
        for text in 0..self.strings.map_or(0, |_| odd.numbers.len() + 1) {
            let _ = write!(rows, "<c t=\"s\"><v>{text}</v></c>");
        }
        for (at, (_, name)) in self.sheets.iter().enumerate() {
            let sheet = format!(
                "<worksheet><sheetData><row><c><v>{at}</v></c></row>{rows}</row></sheetData></worksheet>"
            );
            write(name, &sheet)?;
        }
        let bytes = writer.finish().map_err(|_| Unusual)?;
        caught(|| Xlsx::new(bytes)).ok_or(Unusual)?.map_err(|_| Unusual)
    }

    /// A part's bytes, inflated ahead of their reader, and how many it declares.
    fn part(self, index: usize, shown: &str) -> Result<(Box<dyn Read + Send>, u64), Unusual> {
        let mut archive = self.archive;
        let raw = archive.by_index_raw(index).map_err(|_| Unusual)?;
        let (start, length) = (raw.data_start().ok_or(Unusual)?, raw.compressed_size());
        let declared = raw.size();
        let expected = raw.crc32();
        let method = if raw.encrypted() { None } else { Some(raw.compression()) };
        drop(raw);
        let mut bytes = archive.into_inner();
        bytes.seek(SeekFrom::Start(start)).map_err(|_| Unusual)?;
        let bytes = bytes.take(length);
        match method {
            Some(CompressionMethod::Deflated) => {
                let inner = DeflateDecoder::new(bytes);
                Ok((ahead(Checked { inner, crc: Crc::new(), expected }, shown), declared))
            }
            Some(CompressionMethod::Stored) => {
                Ok((Box::new(Checked { inner: bytes, crc: Crc::new(), expected }), declared))
            }
            _ => Err(Unusual),
        }
    }
}

/// Holds a part's bytes to its checksum when they end.
struct Checked<R> {
    inner: R,
    crc: Crc,
    expected: u32,
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.crc.update(buffer.get(..read).unwrap_or_default());
        if read == 0 && !buffer.is_empty() && self.crc.sum() != self.expected {
            return Err(io::Error::new(ErrorKind::InvalidData, "its checksum is another one"));
        }
        Ok(read)
    }
}

/// Parts that bear on what the library tells: all relations, and what lies
/// beside the workbook itself.
fn is_kept(name: &str) -> bool {
    let is_beside = |file: &str| !file.contains('/') && file.strip_suffix(".xml").is_some();
    name.strip_prefix("xl/").is_some_and(is_beside)
        || name == "_rels/.rels"
        || name.starts_with("xl/_rels/")
        || name.starts_with("xl/theme/")
}

/// What the library tells of a sheet.
struct Told {
    /// Which of the package's sheets it is.
    sheet: usize,
    styles: Vec<Meaning>,
    /// The odd texts.
    texts: Vec<String>,
}

fn probe(
    skeleton: &mut Xlsx<Cursor<Vec<u8>>>,
    name: &str,
    has_texts: bool,
    odd: usize,
) -> Result<Told, Unusual> {
    let mut reader = skeleton.worksheet_cells_reader(name).map_err(|_| Unusual)?;
    let shown: Vec<Shown> = reader.styles().iter().map(Shown::of_style).collect();
    let mut told = Told { sheet: 0, styles: Vec::with_capacity(STYLES), texts: Vec::new() };
    let mut first = None;
    while let Some(cell) = reader.next_cell().map_err(|_| Unusual)? {
        let (row, column) = cell.get_position();
        let shown = shown.get(column as usize).copied().unwrap_or(Shown::Unknown);
        match (row, cell.get_value()) {
            (0, DataRef::Float(sheet)) => told.sheet = index_of(*sheet),
            (1, DataRef::Float(_)) => told.styles.push(Meaning::of_number(shown)),
            (1, DataRef::DateTime(serial)) => {
                let kind = if serial.is_duration() {
                    ExcelDateTimeType::TimeDelta
                } else {
                    ExcelDateTimeType::DateTime
                };
                let is_1904 = *serial == ExcelDateTime::new(serial.as_f64(), kind, true);
                told.styles.push(Meaning::Moment { kind, is_1904, shown });
            }
            (2, DataRef::SharedString(text)) if first.is_none() => first = Some(*text),
            (2, DataRef::SharedString(text)) => told.texts.push((*text).to_owned()),
            _ => return Err(Unusual),
        }
    }
    let is_whole = told.styles.len() == STYLES && told.texts.len() == odd;
    let is_first = first == has_texts.then_some(FIRST);
    if is_whole && is_first { Ok(told) } else { Err(Unusual) }
}

#[expect(
    clippy::disallowed_types,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a workbook's numbers are floats; this one was written here"
)]
fn index_of(number: f64) -> usize {
    number as usize
}
