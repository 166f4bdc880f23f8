//! From a workbook to the certainty that it can be opened: what it announces
//! and what it expands to is counted before calamine keeps it in memory.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use memchr::{memchr, memmem};
use zip::ZipArchive;
use zip::result::ZipError;

use super::kind::{OLE_ENTRY, ole_stream_name, part_name, u16_at};
use super::unwrap::{Archive, expands_too_much, read_up_to};
use super::{Bounds, CHUNK_BYTES, MAX_EXPANDED, MAX_PART, SourceError, WorkbookKind};

/// What calamine keeps in memory of one workbook part: so much less than what
/// it streams.
const KEPT_SHARE: u64 = 2;
/// Room for so many shared strings may be reserved, whatever the part's size:
/// some writers count references instead.
const FREE_STRINGS: u64 = 1 << 20;

/// How far a workbook is guarded against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Guarded {
    /// Its sheets and strings are left to whoever reads them, reserves nothing
    /// for what they announce, and no more of them than they declare.
    ButForStreams,
    Wholly,
}

/// Refuses a workbook before calamine opens it and, with it, all of its
/// strings and styles.
pub(super) fn guard(
    file: &File,
    kind: WorkbookKind,
    shown: &str,
    bounds: &Bounds,
    how: Guarded,
) -> Result<(), SourceError> {
    let size = file.metadata().map_err(|error| SourceError::from_io(shown, &error))?.len();
    if kind == WorkbookKind::Xls {
        let limit = bounds.workbook_part_bytes / KEPT_SHARE;
        if size > limit {
            return Err(SourceError::TooLarge {
                path: shown.to_owned(),
                what: "the workbook".to_owned(),
                limit,
                flag: MAX_PART,
            });
        }
        return guard_xls(file, size, shown);
    }
    let reader = BufReader::with_capacity(CHUNK_BYTES, file);
    let mut archive =
        ZipArchive::new(reader).map_err(|error| SourceError::of_zip(shown, &error))?;
    check_sizes(&archive, size, shown, bounds)?;
    for index in 0..archive.len() {
        guard_part(&mut archive, index, shown, bounds, how)?;
    }
    Ok(())
}

/// Inflates one part, counts, and holds it to its checksum: calamine stops where
/// the rows end, and never comes to that.
fn guard_part<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    index: usize,
    shown: &str,
    bounds: &Bounds,
    how: Guarded,
) -> Result<(), SourceError> {
    let of_zip = |error: &ZipError| SourceError::of_zip(shown, error);
    let mut part = archive.by_index(index).map_err(|error| of_zip(&error))?;
    let name = part_name(part.name_raw());
    let file_name = name.rsplit('/').next().unwrap_or_default();
    let strings = matches!(file_name, "sharedstrings.xml" | "sharedstrings.bin");
    let kept = strings || file_name == "content.xml";
    let limit =
        if kept { bounds.workbook_part_bytes / KEPT_SHARE } else { bounds.workbook_part_bytes };
    let declared = part.size();
    let path = || shown.to_owned();
    let what = || format!("its part {name}");
    if declared > limit {
        return Err(SourceError::TooLarge { path: path(), what: what(), limit, flag: MAX_PART });
    }
    let is_stream = strings || name.starts_with("xl/worksheets/");
    if is_stream && how == Guarded::ButForStreams {
        return Ok(());
    }
    let mut counts = CountScan::default();
    let mut chunk = vec![0; CHUNK_BYTES];
    let mut size: u64 = 0;
    loop {
        let read = part
            .read(&mut chunk)
            .map_err(|error| SourceError::of_decoder(shown, "a part of the workbook", &error))?;
        if read == 0 {
            break;
        }
        size += read as u64;
        if size > declared {
            return Err(SourceError::Damaged {
                path: path(),
                what: "a part of the workbook",
                reason: format!("{name} holds more than the {declared} bytes that it declares"),
            });
        }
        if strings {
            counts.push(chunk.get(..read).unwrap_or_default());
        }
    }
    let can_hold = most_strings(size);
    if counts.highest > can_hold {
        return Err(SourceError::Overstated {
            path: path(),
            part: name,
            what: "strings",
            announced: counts.highest,
            limit: can_hold,
        });
    }
    Ok(())
}

/// How many strings a part of so many bytes may announce.
pub(in crate::ingest) fn most_strings(size: u64) -> u64 {
    (size / 8).max(FREE_STRINGS)
}

/// The sizes that an archive declares, against one another and the bounds.
fn check_sizes<R: Read + Seek>(
    archive: &ZipArchive<R>,
    size: u64,
    shown: &str,
    bounds: &Bounds,
) -> Result<(), SourceError> {
    let (mut expanded, mut compressed) = (0_u64, 0_u64);
    for index in 0..archive.len() {
        let entry =
            archive.by_index_data(index).map_err(|error| SourceError::of_zip(shown, &error))?;
        expanded = expanded.saturating_add(entry.size());
        compressed = compressed.saturating_add(entry.compressed_size());
        if expands_too_much(entry.size(), entry.compressed_size(), bounds.expansion_ratio) {
            return Err(SourceError::Expands {
                path: shown.to_owned(),
                what: format!("its member {}", part_name(entry.name_raw())),
                limit: bounds.expansion_ratio,
            });
        }
    }
    if compressed > size {
        return Err(SourceError::Damaged {
            path: shown.to_owned(),
            what: "the zip archive",
            reason: "its members overlap".to_owned(),
        });
    }
    if expanded > bounds.expanded_bytes {
        return Err(SourceError::TooLarge {
            path: shown.to_owned(),
            what: "the archive, expanded,".to_owned(),
            limit: bounds.expanded_bytes,
            flag: MAX_EXPANDED,
        });
    }
    Ok(())
}

pub(super) fn check_declared(
    archive: &Archive,
    path: &Path,
    shown: &str,
    bounds: &Bounds,
) -> Result<(), SourceError> {
    let size = path.metadata().map_err(|error| SourceError::from_io(shown, &error))?.len();
    check_sizes(archive, size, shown, bounds)
}

/// Finds the highest `uniqueCount` that is announced, wherever it stands and
/// in whichever of UTF-8 and UTF-16: calamine reserves room for so many.
#[derive(Default)]
pub(super) struct CountScan {
    carried: Vec<u8>,
    pub(super) highest: u64,
}

impl CountScan {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        const NAME: &[u8] = b"uniqueCount";
        /// What is looked at after the name: white space, quote, digits.
        const AFTER: usize = 256;
        let mut text = std::mem::take(&mut self.carried);
        if memchr(0, bytes).is_none() {
            text.extend_from_slice(bytes);
        } else {
            text.extend(bytes.iter().filter(|byte| **byte != 0));
        }
        for at in memmem::find_iter(&text, NAME) {
            let after = text.get(at + NAME.len()..).unwrap_or_default();
            let after = after.get(..AFTER).unwrap_or(after);
            let between = after
                .iter()
                .take_while(|byte| {
                    byte.is_ascii_whitespace() || matches!(byte, b'=' | b'"' | b'\'' | b'+')
                })
                .count();
            let digits = after.iter().skip(between).take_while(|byte| byte.is_ascii_digit());
            let count = digits.fold(0_u64, |count, digit| {
                count.saturating_mul(10).saturating_add(u64::from(digit - b'0'))
            });
            // Nobody writes so many spaces but to hide a number behind them.
            let count = if between == AFTER { u64::MAX } else { count };
            self.highest = self.highest.max(count);
        }
        // A name near the end is read again, with what follows.
        self.carried = text.split_off(text.len().saturating_sub(NAME.len() + AFTER));
    }
}

/// Refuses an .xls of a sheet that announces more cells than there can be:
/// calamine reserves room for them all.
fn guard_xls(file: &File, size: u64, shown: &str) -> Result<(), SourceError> {
    const ROWS: u32 = 65_536;
    const COLUMNS: u32 = 256;
    let failed = |error: &io::Error| SourceError::from_io(shown, error);
    let streams = ole_streams(file, size, &["Workbook", "Book"]).map_err(|error| failed(&error))?;
    for stream in streams {
        let mut stream = BufReader::with_capacity(CHUNK_BYTES, stream);
        while let Some((record, data)) = next_record(&mut stream).map_err(|error| failed(&error))? {
            if record == FILE_PASSWORD {
                return Err(SourceError::Protected { path: shown.to_owned() });
            }
            let wide = |at| u32_at(&data, at).unwrap_or_default();
            let narrow = |at| u32::from(u16_at(&data, at).unwrap_or_default());
            let (first_row, rows, columns) = if data.len() >= 14 {
                (wide(0), wide(4), narrow(10))
            } else {
                (narrow(0), narrow(2), narrow(6))
            };
            if record == DIMENSIONS && (rows > ROWS || columns > COLUMNS || first_row > rows) {
                return Err(SourceError::Overstated {
                    path: shown.to_owned(),
                    part: "a sheet".to_owned(),
                    what: "cells",
                    announced: u64::from(rows.max(first_row)).saturating_mul(u64::from(columns)),
                    limit: u64::from(ROWS) * u64::from(COLUMNS),
                });
            }
        }
    }
    Ok(())
}

const FILE_PASSWORD: u16 = 0x002f;
const DIMENSIONS: u16 = 0x0200;

/// The next record of an .xls, with its data if it is one that matters;
/// nothing at the end, or where it breaks off.
fn next_record(stream: &mut dyn Read) -> io::Result<Option<(u16, Vec<u8>)>> {
    let head = read_up_to(stream, 4)?;
    let (Some(record), Some(length)) = (u16_at(&head, 0), u16_at(&head, 2)) else {
        return Ok(None);
    };
    let length = usize::from(length);
    if record == DIMENSIONS {
        return Ok(Some((record, read_up_to(stream, length)?)));
    }
    io::copy(&mut stream.take(length as u64), &mut io::sink())?;
    Ok(Some((record, Vec::new())))
}

/// The streams of an OLE file that have one of these names.
fn ole_streams<'a>(file: &'a File, size: u64, names: &[&str]) -> io::Result<Vec<Pieces<'a>>> {
    const MINI: u64 = 64;
    let head = pieces(file, vec![(0, 512)]).bytes()?;
    let shift = if u16_at(&head, 30) == Some(12) { 12 } else { 9 };
    let sector = 1_u64 << shift;
    let place = |id: u32| ((u64::from(id) + 1) << shift, sector);
    let field = |at| u32_at(&head, at).unwrap_or(u32::MAX);
    let most = usize::try_from(size >> shift).unwrap_or(usize::MAX);

    // The sectors of the allocation table: 109 in the header, more in a chain.
    let mut tables: Vec<u32> = (0..109).map(|at| field(76 + 4 * at)).collect();
    let mut next = field(68);
    for _ in 0..most {
        if u64::from(next) >= size >> shift {
            break;
        }
        let mut more = numbers(&pieces(file, vec![place(next)]).bytes()?);
        next = more.pop().unwrap_or(u32::MAX);
        tables.extend(more);
    }
    tables.retain(|id| u64::from(*id) < size >> shift);
    tables.truncate(most);
    let table = numbers(&pieces(file, tables.into_iter().map(place).collect()).bytes()?);

    let chained = |start: u32| follow(&table, start).into_iter().map(place).collect::<Vec<_>>();
    let directory = pieces(file, chained(field(48))).bytes()?;
    let entry_field = |entry: &[u8], at| u32_at(entry, at).unwrap_or(u32::MAX);
    let mini_place =
        chained(directory.get(..OLE_ENTRY).map_or(u32::MAX, |root| entry_field(root, 116)));
    let mini_table = numbers(&pieces(file, chained(field(60))).bytes()?);

    let mut streams = Vec::new();
    for entry in directory.chunks_exact(OLE_ENTRY) {
        if !ole_stream_name(entry).is_some_and(|name| names.contains(&name.as_str())) {
            continue;
        }
        let start = entry_field(entry, 116);
        if entry_field(entry, 120) >= field(56) {
            streams.push(pieces(file, chained(start)));
            continue;
        }
        let within = |id: u32| {
            let at = u64::from(id) * MINI;
            let (start, _) = mini_place.get(usize::try_from(at >> shift).ok()?)?;
            Some((start + at % sector, MINI))
        };
        streams.push(pieces(
            file,
            follow(&mini_table, start).into_iter().filter_map(within).collect(),
        ));
    }
    Ok(streams)
}

/// A chain of an allocation table; one that runs in a circle is cut.
fn follow(table: &[u32], start: u32) -> Vec<u32> {
    let mut chain = Vec::new();
    let mut at = start;
    while let Some(next) = usize::try_from(at).ok().and_then(|at| table.get(at))
        && chain.len() < table.len()
    {
        chain.push(at);
        at = *next;
    }
    chain
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    (0..bytes.len() / 4).filter_map(|at| u32_at(bytes, at * 4)).collect()
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    four.try_into().ok().map(u32::from_le_bytes)
}

/// Pieces of a file, one after the other.
struct Pieces<'a> {
    file: &'a File,
    /// Start and length of each, the last first.
    pieces: Vec<(u64, u64)>,
}

fn pieces(file: &File, mut pieces: Vec<(u64, u64)>) -> Pieces<'_> {
    // Neighbours become one.
    pieces.dedup_by(|next, before| {
        let joined = before.0 + before.1 == next.0;
        if joined {
            before.1 += next.1;
        }
        joined
    });
    pieces.reverse();
    Pieces { file, pieces }
}

impl Pieces<'_> {
    fn bytes(mut self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some((start, length)) = self.pieces.pop() {
            if length == 0 {
                continue;
            }
            let mut file = self.file;
            file.seek(SeekFrom::Start(start))?;
            let read = file.take(length).read(buffer)?;
            if read > 0 || buffer.is_empty() {
                self.pieces.push((start + read as u64, length - read as u64));
                return Ok(read);
            }
        }
        Ok(0)
    }
}
