//! From a file or a member of an archive to its bytes: gzip, zstd and zip are
//! expanded while they are read, counted, and held to the bounds.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::Crc;
use flate2::bufread::{DeflateDecoder, GzDecoder};
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use zip::{CompressionMethod, ZipArchive};

use super::encoding::TextSample;
use super::{
    Bounds, CHUNK_BYTES, Compression, FREE_BYTES, MAX_EXPANDED, MAX_PART, SourceError, TextEncoding,
};

pub(super) enum Wrapping {
    Gzip,
    Zstd,
    Zip,
}

impl Wrapping {
    pub(super) fn of(magic: &[u8]) -> Option<Self> {
        match magic {
            [0x1f, 0x8b, 0x08, ..] => Some(Self::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Some(Self::Zstd),
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] | [b'P', b'K', 7, 8, ..] => {
                Some(Self::Zip)
            }
            _ => None,
        }
    }
}

/// The bytes of a file, decompressed.
pub(super) fn expand(
    path: &Path,
    shown: &str,
    compression: &Compression,
    bounds: &Bounds,
) -> Result<Box<dyn Read + Send>, SourceError> {
    let file = File::open(path).map_err(|error| SourceError::from_io(shown, &error))?;
    if *compression == Compression::None {
        return Ok(Box::new(file));
    }
    let (counted, consumed) = Counted::new(file);
    let buffered = BufReader::with_capacity(CHUNK_BYTES, counted);
    Ok(if *compression == Compression::Gzip {
        let gzip = Members::new(buffered, Arc::clone(&consumed));
        Box::new(Expanded::new(gzip, shown, "its gzip data", consumed, bounds))
    } else {
        let zstd = Frames::new(buffered);
        Box::new(Expanded::new(zstd, shown, "its zstd data", consumed, bounds))
    })
}

pub(super) type Archive = ZipArchive<BufReader<File>>;

pub(super) fn open_archive(path: &Path, shown: &str) -> Result<Archive, SourceError> {
    let file = File::open(path).map_err(|error| SourceError::from_io(shown, &error))?;
    ZipArchive::new(BufReader::new(file)).map_err(|error| SourceError::of_zip(shown, &error))
}

/// How many members an archive says that it has; nothing where its end is one of
/// those that hold larger numbers.
fn declared_members(path: &Path) -> io::Result<Option<usize>> {
    /// With the longest comment behind it.
    const END: u64 = 22 + 0xffff;
    let mut file = File::open(path)?;
    let size = file.metadata()?.len();
    file.seek(SeekFrom::Start(size.saturating_sub(END)))?;
    let mut end = Vec::new();
    file.take(END).read_to_end(&mut end)?;
    let record = memchr::memmem::rfind(&end, b"PK\x05\x06").and_then(|at| end.get(at..));
    let count = record.and_then(|record| record.get(10..)).and_then(<[u8]>::first_chunk::<2>);
    Ok(count
        .map(|count| u16::from_le_bytes(*count))
        .filter(|count| *count < u16::MAX)
        .map(usize::from))
}

/// That no two members have one name: the library knows the last of them only, and
/// none may be lost.
pub(super) fn need_distinct_members(
    archive: &Archive,
    path: &Path,
    shown: &str,
) -> Result<(), SourceError> {
    let declared = declared_members(path).map_err(|error| SourceError::from_io(shown, &error))?;
    if declared.is_none_or(|declared| declared == archive.len()) {
        return Ok(());
    }
    Err(SourceError::Damaged {
        path: shown.to_owned(),
        what: "the zip archive",
        reason: "several of its members have one name".to_owned(),
    })
}

/// The members' names. Windows writes them in its own encoding, unmarked.
pub(super) fn member_names(archive: &Archive, shown: &str) -> Result<Vec<String>, SourceError> {
    let mut sample = TextSample::default();
    for name in archive.file_names_raw() {
        sample.push(name);
        sample.push(b"\n");
    }
    let encoding = sample.encoding(true);
    let mut names = Vec::with_capacity(archive.len());
    for index in 0..archive.len() {
        let entry =
            archive.by_index_data(index).map_err(|error| SourceError::of_zip(shown, &error))?;
        let raw = entry.name_raw();
        let name = match std::str::from_utf8(raw) {
            Ok(name) => Cow::Borrowed(name),
            Err(_)
                if matches!(
                    encoding,
                    TextEncoding::Gb18030 | TextEncoding::Big5 | TextEncoding::Other(_)
                ) =>
            {
                encoding.encoding().decode_without_bom_handling(raw).0
            }
            Err(_) => match entry.name() {
                Ok(name) => Cow::Owned(name.into_owned()),
                Err(_) => String::from_utf8_lossy(raw),
            },
        };
        names.push(name.replace('\\', "/"));
    }
    Ok(names)
}

/// Where a member lies in its archive, and what it has to come to: found once,
/// since an archive of many members takes long to open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Packed {
    start: u64,
    length: u64,
    size: u64,
    sum: u32,
    is_deflated: bool,
}

impl Packed {
    pub(super) fn of(
        archive: &mut Archive,
        index: usize,
        shown: &str,
    ) -> Result<Self, SourceError> {
        let path = || shown.to_owned();
        let raw =
            archive.by_index_raw(index).map_err(|error| SourceError::of_zip(shown, &error))?;
        if raw.encrypted() {
            return Err(SourceError::Protected { path: path() });
        }
        let is_deflated = match raw.compression() {
            CompressionMethod::Stored => false,
            CompressionMethod::Deflated => true,
            other => {
                let method = format!("{other:?}");
                return Err(SourceError::Unsupported { path: path(), method });
            }
        };
        Ok(Self {
            start: raw.data_start().ok_or_else(|| SourceError::Gone { path: path() })?,
            length: raw.compressed_size(),
            size: raw.size(),
            sum: raw.crc32(),
            is_deflated,
        })
    }

    /// The member's bytes, inflated from the archive on disk while they are
    /// read.
    pub(super) fn stream(
        &self,
        path: &Path,
        shown: &str,
        bounds: &Bounds,
    ) -> Result<Box<dyn Read + Send>, SourceError> {
        const WHAT: &str = "its member of the zip archive";
        let of_io = |error: &io::Error| SourceError::from_io(shown, error);
        let mut file = File::open(path).map_err(|error| of_io(&error))?;
        file.seek(SeekFrom::Start(self.start)).map_err(|error| of_io(&error))?;
        let (counted, consumed) = Counted::new(file.take(self.length));
        let buffered = BufReader::with_capacity(CHUNK_BYTES, counted);
        let (size, sum) = (self.size, self.sum);
        Ok(if self.is_deflated {
            let checked = Checked::new(DeflateDecoder::new(buffered), size, sum);
            Box::new(Expanded::new(checked, shown, WHAT, consumed, bounds))
        } else {
            let checked = Checked::new(buffered, size, sum);
            Box::new(Expanded::new(checked, shown, WHAT, consumed, bounds))
        })
    }
}

/// Counts what is read of compressed data, for [`Expanded`] to see.
struct Counted<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R> Counted<R> {
    fn new(inner: R) -> (Self, Arc<AtomicU64>) {
        let count = Arc::new(AtomicU64::new(0));
        (Self { inner, count: Arc::clone(&count) }, count)
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Holds what a decoder gives to the bounds, and its errors to one form.
struct Expanded<R> {
    inner: R,
    shown: String,
    what: &'static str,
    consumed: Arc<AtomicU64>,
    produced: u64,
    limit: u64,
    ratio: u64,
    failed: Option<SourceError>,
}

impl<R: Read> Expanded<R> {
    fn new(
        inner: R,
        shown: &str,
        what: &'static str,
        consumed: Arc<AtomicU64>,
        bounds: &Bounds,
    ) -> Self {
        Self {
            inner,
            shown: shown.to_owned(),
            what,
            consumed,
            produced: 0,
            limit: bounds.expanded_bytes,
            ratio: bounds.expansion_ratio,
            failed: None,
        }
    }

    fn advance(&mut self, buffer: &mut [u8]) -> Result<usize, SourceError> {
        let read = loop {
            match self.inner.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        let read = read.map_err(|error| SourceError::of_decoder(&self.shown, self.what, &error))?;
        self.produced = self.produced.saturating_add(read as u64);
        if self.produced > self.limit {
            return Err(SourceError::TooLarge {
                path: self.shown.clone(),
                what: format!("{}, expanded,", self.what),
                limit: self.limit,
                flag: MAX_EXPANDED,
            });
        }
        if expands_too_much(self.produced, self.consumed.load(Ordering::Relaxed), self.ratio) {
            return Err(SourceError::Expands {
                path: self.shown.clone(),
                what: self.what.to_owned(),
                limit: self.ratio,
            });
        }
        Ok(read)
    }
}

impl<R: Read> Read for Expanded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        if let Some(error) = &self.failed {
            return Err(error.clone().into_io());
        }
        self.advance(buffer).map_err(|error| {
            self.failed = Some(error.clone());
            error.into_io()
        })
    }
}

pub(super) fn expands_too_much(expanded: u64, compressed: u64, ratio: u64) -> bool {
    expanded > FREE_BYTES && expanded > compressed.saturating_mul(ratio)
}

/// Holds a member's bytes to the size and the checksum of the archive.
struct Checked<R> {
    inner: R,
    size: u64,
    sum: u32,
    crc: Crc,
    read: u64,
}

impl<R: Read> Checked<R> {
    fn new(inner: R, size: u64, sum: u32) -> Self {
        Self { inner, size, sum, crc: Crc::new(), read: 0 }
    }
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        let read = self.inner.read(buffer)?;
        let bytes = buffer.get(..read).unwrap_or_default();
        self.crc.update(bytes);
        self.read = self.read.saturating_add(read as u64);
        if self.read > self.size || read == 0 && self.read < self.size {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "its size is not the declared one",
            ));
        }
        if read == 0 && self.crc.sum() != self.sum {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "its checksum is not the declared one",
            ));
        }
        Ok(read)
    }
}

/// The members of gzip data, one after the other. Zeros behind the last one are
/// padding, as tapes and block devices need it.
struct Members<R> {
    at: InGzip<R>,
    consumed: Arc<AtomicU64>,
}

enum InGzip<R> {
    Member(Box<GzDecoder<BufReader<R>>>),
    Behind(BufReader<R>),
    /// Behind zeros, too.
    Padding(BufReader<R>),
    End,
}

impl<R: Read> Members<R> {
    fn new(source: BufReader<R>, consumed: Arc<AtomicU64>) -> Self {
        Self { at: InGzip::Member(Box::new(GzDecoder::new(source))), consumed }
    }

    /// What begins behind a member.
    fn next(&mut self) -> io::Result<()> {
        let (InGzip::Behind(rest) | InGzip::Padding(rest)) = &mut self.at else { return Ok(()) };
        let bytes = rest.fill_buf()?;
        let (length, zeros) = (bytes.len(), bytes.iter().take_while(|byte| **byte == 0).count());
        // The second byte of its magic number may be yet to come.
        let is_member = matches!(bytes, [0x1f] | [0x1f, 0x8b, ..]);
        rest.consume(zeros);
        self.at = match std::mem::replace(&mut self.at, InGzip::End) {
            _ if length == 0 => InGzip::End,
            InGzip::Behind(rest) | InGzip::Padding(rest) if zeros > 0 => InGzip::Padding(rest),
            InGzip::Behind(rest) if is_member => InGzip::Member(Box::new(GzDecoder::new(rest))),
            _ => {
                let start = self.consumed.load(Ordering::Relaxed).saturating_sub(length as u64);
                return Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    format!("what follows its end, from byte {} on, is no gzip data", start + 1),
                ));
            }
        };
        Ok(())
    }
}

impl<R: Read> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match &mut self.at {
                InGzip::End => return Ok(0),
                InGzip::Behind(_) | InGzip::Padding(_) => self.next()?,
                InGzip::Member(member) => {
                    let read = member.read(buffer)?;
                    if read > 0 {
                        return Ok(read);
                    }
                    if let InGzip::Member(member) = std::mem::replace(&mut self.at, InGzip::End) {
                        self.at = InGzip::Behind(member.into_inner());
                    }
                }
            }
        }
    }
}

/// The frames of zstd data, one after the other, checksums verified.
struct Frames<R> {
    source: R,
    decoder: FrameDecoder,
    in_frame: bool,
}

impl<R: BufRead> Frames<R> {
    fn new(source: R) -> Self {
        Self { source, decoder: FrameDecoder::new(), in_frame: false }
    }

    /// Starts the next frame; false at the end of the data.
    fn next_frame(&mut self) -> io::Result<bool> {
        loop {
            if self.source.fill_buf()?.is_empty() {
                return Ok(false);
            }
            match self.decoder.reset(&mut self.source) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let length = u64::from(length);
                    let skipped = io::copy(&mut (&mut self.source).take(length), &mut io::sink())?;
                    if skipped < length {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                Err(error) => return Err(damaged_frame(&error)),
            }
        }
    }
}

fn damaged_frame(error: &FrameDecoderError) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error.to_string())
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            if !self.in_frame {
                if !self.next_frame()? {
                    return Ok(0);
                }
                self.in_frame = true;
            }
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                let step = BlockDecodingStrategy::UptoBlocks(1);
                self.decoder
                    .decode_blocks(&mut self.source, step)
                    .map_err(|error| damaged_frame(&error))?;
            }
            let read = self.decoder.read(buffer)?;
            if read > 0 {
                return Ok(read);
            }
            let sum = self.decoder.get_checksum_from_data();
            if sum.is_some() && sum != self.decoder.get_calculated_checksum() {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "its checksum is wrong"));
            }
            self.in_frame = false;
        }
    }
}

/// A copy in a file without a name, at its start.
pub(super) fn temporary_copy(
    stream: &mut dyn Read,
    shown: &str,
    what: &str,
    bounds: &Bounds,
) -> Result<File, SourceError> {
    let failed = |error: &io::Error| SourceError::from_io(shown, error);
    let mut copy = tempfile::tempfile().map_err(|error| failed(&error))?;
    let limit = bounds.workbook_part_bytes;
    let copied = io::copy(&mut stream.take(limit.saturating_add(1)), &mut copy)
        .map_err(|error| failed(&error))?;
    if copied > limit {
        return Err(SourceError::TooLarge {
            path: shown.to_owned(),
            what: what.to_owned(),
            limit,
            flag: MAX_PART,
        });
    }
    copy.rewind().map_err(|error| failed(&error))?;
    Ok(copy)
}

pub(super) fn read_up_to(reader: &mut dyn Read, limit: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; limit];
    let read = fill(reader, &mut bytes)?;
    bytes.truncate(read);
    Ok(bytes)
}

/// Reads until a buffer is full or nothing is left; gives how much was read. Other
/// than reading to the end of a limit it makes room once and asks for all of it.
pub(in crate::ingest) fn fill(reader: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(room) = buffer.get_mut(filled..).filter(|room| !room.is_empty()) {
        match reader.read(room) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}
