//! From a path to UTF-8 text or to a workbook, whatever it is wrapped in: what
//! a file is, its bytes say and not its name. Nothing here trusts a size that
//! a file declares, and nothing is expanded past [`Bounds`].

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, DecoderResult, Encoding};
use flate2::Crc;
use flate2::bufread::{DeflateDecoder, MultiGzDecoder};
use memchr::{memchr, memchr2, memmem, memrchr2};
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

/// Bytes from which the format is told; a multiple of [`OLE_ENTRY`].
const HEAD_BYTES: usize = 64 << 10;
/// Bytes read at a time.
const CHUNK_BYTES: usize = 64 << 10;
/// Text up to this size is looked at as a whole to tell its encoding, and what
/// expands to no more is no bomb, however small it was.
const FREE_BYTES: u64 = 64 << 20;
/// Larger text: blocks that are looked at, evenly spread from head to tail.
const BLOCKS: u64 = 16;
/// Bytes of such a block.
const BLOCK_BYTES: u64 = 1 << 20;
/// Bytes of lines with letters beyond ASCII that the encoding is guessed from.
const GUESS_BYTES: usize = 1 << 20;
/// A single-byte alphabet but the Western one is believed from so many letters
/// on: one or two, as in "naïve" or "£ 5", are in many alphabets.
const FOREIGN_LETTERS: usize = 8;
/// A line longer than this is judged in pieces.
const LINE_BYTES: usize = 64 << 10;
/// What calamine keeps in memory of one workbook part: 1 GiB at most.
const KEPT_PART_BYTES: u64 = 1 << 30;
/// Room for so many shared strings may be reserved, whatever the part's size:
/// some writers count references instead.
const FREE_STRINGS: u64 = 1 << 20;
/// Deflate cannot expand by more.
const DEFLATE_RATIO: u64 = 1032;
/// The directory of an OLE file is made of entries of this size.
const OLE_ENTRY: usize = 128;

const PROTECTED: &str = "it is protected by a password; save it without one";
const NESTED: &str = "it is an archive within an archive; unpack it first";

/// What a file is, by its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Text, delimited or not.
    Text(TextEncoding),
    /// A workbook.
    Workbook(WorkbookKind),
    /// Something else that has a name: what it is and what to do, in one
    /// clause that follows a path.
    Mislabelled(String),
    /// No text, and nothing known.
    Unknown,
}

/// The formats of workbooks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkbookKind {
    /// Office Open XML, macros or not.
    Xlsx,
    /// The binary variant of it.
    Xlsb,
    /// Excel 5 to 2003.
    Xls,
    /// Open Document.
    Ods,
}

/// How text is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextEncoding {
    /// Passed on as it is; also plain ASCII.
    Utf8,
    /// Little end first: Excel's "Unicode text".
    Utf16Le,
    /// Big end first.
    Utf16Be,
    /// Simplified Chinese, GBK and GB 2312 included.
    Gb18030,
    /// Traditional Chinese.
    Big5,
    /// Western European; Latin 1 is a part of it.
    Windows1252,
    /// Latin 9. No bytes tell it from windows-1252: only by choice.
    Iso8859_15,
    /// Any other that browsers know.
    Other(&'static Encoding),
}

impl TextEncoding {
    /// The name in the encoding standard; [`Self::from_name`] reads it.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.encoding().name()
    }

    /// From a name or one of its aliases, in any case.
    ///
    /// ```
    /// use drawdown::ingest::TextEncoding;
    /// assert_eq!(TextEncoding::from_name("latin1"), Some(TextEncoding::Windows1252));
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_lowercase();
        match name.as_str() {
            "latin9" | "latin-9" => return Some(Self::Iso8859_15),
            "cp936" => return Some(Self::Gb18030),
            "cp950" => return Some(Self::Big5),
            _ => {}
        }
        let encoding = Encoding::for_label_no_replacement(name.as_bytes())?;
        (encoding != encoding_rs::X_USER_DEFINED).then(|| Self::from(encoding))
    }

    fn encoding(self) -> &'static Encoding {
        match self {
            Self::Utf8 => encoding_rs::UTF_8,
            Self::Utf16Le => encoding_rs::UTF_16LE,
            Self::Utf16Be => encoding_rs::UTF_16BE,
            Self::Gb18030 => encoding_rs::GB18030,
            Self::Big5 => encoding_rs::BIG5,
            Self::Windows1252 => encoding_rs::WINDOWS_1252,
            Self::Iso8859_15 => encoding_rs::ISO_8859_15,
            Self::Other(encoding) => encoding,
        }
    }

    /// The encoding that a byte order mark tells.
    fn of_mark(head: &[u8]) -> Option<Self> {
        match head {
            [0xef, 0xbb, 0xbf, ..] => Some(Self::Utf8),
            [0xff, 0xfe, ..] => Some(Self::Utf16Le),
            [0xfe, 0xff, ..] => Some(Self::Utf16Be),
            [0x84, 0x31, 0x95, 0x33, ..] => Some(Self::Gb18030),
            _ => None,
        }
    }
}

impl From<&'static Encoding> for TextEncoding {
    fn from(encoding: &'static Encoding) -> Self {
        let named = [
            Self::Utf8,
            Self::Utf16Le,
            Self::Utf16Be,
            Self::Gb18030,
            Self::Big5,
            Self::Windows1252,
            Self::Iso8859_15,
        ];
        if encoding == encoding_rs::GBK {
            return Self::Gb18030;
        }
        named.into_iter().find(|one| one.encoding() == encoding).unwrap_or(Self::Other(encoding))
    }
}

/// What a source is wrapped in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Compression {
    /// Nothing.
    None,
    /// gzip, of one member or several.
    Gzip,
    /// Zstandard, of one frame or several.
    Zstd,
    /// A zip archive.
    Zip {
        /// The member's name, with `/` between its parts.
        member: String,
    },
}

/// How much is read of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounds {
    /// What anything compressed may expand to, in bytes.
    pub expanded_bytes: u64,
    /// How many times its size anything may expand to, past the first 64 MiB.
    pub expansion_ratio: u64,
    /// What one part of a workbook may take, or a workbook that is compressed
    /// once more. Shared strings and an .ods's content: 1 GiB at most.
    pub workbook_part_bytes: u64,
    /// How many members of a zip archive are looked at.
    pub members: usize,
}

impl Default for Bounds {
    /// 16 GiB of text: some 100 million rows, minutes of work, and far above
    /// what anybody exports into one file; 200 times; 2 GiB; 10 000 members.
    fn default() -> Self {
        Self {
            expanded_bytes: 16 << 30,
            expansion_ratio: 200,
            workbook_part_bytes: 2 << 30,
            members: 10_000,
        }
    }
}

/// What makes a source unreadable. Within an [`io::Error`] of a reader that
/// this module gives, [`SourceError::from_io`] finds it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SourceError {
    /// The system says no.
    #[error("cannot read {path}: {reason}")]
    Io {
        /// The source.
        path: String,
        /// What the system says.
        reason: String,
    },
    /// Bytes that mean nothing in the text's encoding.
    #[error(
        "cannot read {path}: byte {offset} is not {encoding}; name its encoding, or save it as \"CSV UTF-8\""
    )]
    Malformed {
        /// The source.
        path: String,
        /// The encoding that it was read in.
        encoding: &'static str,
        /// Of the first malformed byte, from 0, decompressed but not decoded.
        offset: u64,
    },
    /// Compressed data that is cut short or altered.
    #[error(
        "cannot read {path}: {what} is damaged or incomplete ({reason}); copy or export it again"
    )]
    Damaged {
        /// The source.
        path: String,
        /// `its gzip data`, `the zip archive`, …
        what: &'static str,
        /// What the decoder says.
        reason: String,
    },
    /// More bytes than a bound allows.
    #[error("cannot read {path}: {what} exceeds the limit of {limit} bytes")]
    TooLarge {
        /// The source.
        path: String,
        /// What is too large.
        what: String,
        /// The limit in bytes.
        limit: u64,
    },
    /// Something small that expands as no export does.
    #[error("cannot read {path}: {what} expands to more than {limit} times its size")]
    Expands {
        /// The source.
        path: String,
        /// What expands.
        what: String,
        /// The limit.
        limit: u64,
    },
    /// An archive of too many members.
    #[error("cannot read {path}: {found} members exceed the limit of {limit}")]
    TooManyMembers {
        /// The archive.
        path: String,
        /// How many there are.
        found: usize,
        /// The limit.
        limit: usize,
    },
    /// A workbook that announces more than it can hold.
    #[error(
        "cannot read {path}: {part} announces {announced} {what}, more than it can hold ({limit}); open and save it again"
    )]
    Overstated {
        /// The workbook.
        path: String,
        /// The part of it.
        part: String,
        /// Strings, rows, …
        what: &'static str,
        /// How many are announced.
        announced: u64,
        /// How many there can be.
        limit: u64,
    },
    /// A compression that is not supported.
    #[error(
        "cannot read {path}: it is compressed by {method}, which is not supported; compress it by deflate"
    )]
    Unsupported {
        /// The source.
        path: String,
        /// The method.
        method: String,
    },
    /// Encrypted.
    #[error("cannot read {path}: it is protected by a password; save it without one")]
    Protected {
        /// The source.
        path: String,
    },
    /// Asked for text, or for a workbook, of what is none.
    #[error("cannot read {path}: it is no {wanted}")]
    NotA {
        /// The source.
        path: String,
        /// `text` or `workbook`.
        wanted: &'static str,
    },
    /// A member that was there when the archive was listed.
    #[error("cannot read {path}: the archive has changed while it was read")]
    Gone {
        /// The member.
        path: String,
    },
}

impl SourceError {
    /// The error within an I/O error of one of this module's readers, or one
    /// that says what the system says.
    #[must_use]
    pub fn from_io(shown: &str, error: &io::Error) -> Self {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<Self>()) {
            Some(known) => known.clone(),
            None => Self::Io { path: shown.to_owned(), reason: error.to_string() },
        }
    }

    /// The source's path, as the user knows it.
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Self::Io { path, .. }
            | Self::Malformed { path, .. }
            | Self::Damaged { path, .. }
            | Self::TooLarge { path, .. }
            | Self::Expands { path, .. }
            | Self::TooManyMembers { path, .. }
            | Self::Overstated { path, .. }
            | Self::Unsupported { path, .. }
            | Self::Protected { path }
            | Self::NotA { path, .. }
            | Self::Gone { path } => path,
        }
    }

    /// The sentence without the path.
    #[must_use]
    pub fn reason(&self) -> String {
        let sentence = self.to_string();
        match sentence.strip_prefix(&format!("cannot read {}: ", self.path())) {
            Some(reason) => reason.to_owned(),
            None => sentence,
        }
    }

    /// What a decoder says: damaged data, unless the system or this module
    /// spoke through it.
    fn of_decoder(shown: &str, what: &'static str, error: &io::Error) -> Self {
        let ours = error.get_ref().and_then(|inner| inner.downcast_ref::<Self>()).is_some();
        if ours || error.raw_os_error().is_some() {
            return Self::from_io(shown, error);
        }
        Self::Damaged { path: shown.to_owned(), what, reason: error.to_string() }
    }

    fn of_zip(shown: &str, error: &ZipError) -> Self {
        match error {
            ZipError::Io(error) => Self::of_decoder(shown, "the zip archive", error),
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)
            | ZipError::InvalidPassword => Self::Protected { path: shown.to_owned() },
            ZipError::CompressionMethodNotSupported(method) => {
                Self::Unsupported { path: shown.to_owned(), method: format!("method {method}") }
            }
            other => Self::Damaged {
                path: shown.to_owned(),
                what: "the zip archive",
                reason: other.to_string(),
            },
        }
    }

    fn into_io(self) -> io::Error {
        io::Error::new(io::ErrorKind::InvalidData, self)
    }
}

/// Bytes that can be read anywhere.
pub trait ReadSeek: Read + Seek {}

impl<T: Read + Seek> ReadSeek for T {}

/// A readable thing: a file, or a member of a zip archive.
#[derive(Debug, Clone)]
pub struct Source {
    /// The file on disk.
    pub path: PathBuf,
    /// As the user knows it; `a.zip/orders.csv` for a member.
    pub shown: String,
    /// What it is wrapped in.
    pub compression: Compression,
    /// What it is.
    pub kind: Kind,
    /// Whether its text starts with a byte order mark.
    pub byte_order_mark: bool,
    /// Whether the workbook was found within bounds already.
    guarded: Arc<OnceLock<()>>,
}

/// The sources in a file: itself, or the members of a zip archive that is no
/// workbook, by name. Folders, hidden and lock files in it are left out, and
/// archives in it are not opened.
///
/// # Errors
/// What keeps the file, or a member, from being read at all, and whatever is
/// past `bounds`.
pub(super) fn sources(
    path: &Path,
    shown: &str,
    bounds: &Bounds,
) -> Result<Vec<Source>, SourceError> {
    let failed = |error: &io::Error| SourceError::from_io(shown, error);
    let mut file = File::open(path).map_err(|error| failed(&error))?;
    let size = file.metadata().map_err(|error| failed(&error))?.len();
    let magic = read_up_to(&mut file, 8).map_err(|error| failed(&error))?;
    file.rewind().map_err(|error| failed(&error))?;
    let compression = match Wrapping::of(&magic) {
        Some(Wrapping::Zip) => return sources_of_zip(path, shown, bounds),
        Some(Wrapping::Gzip) => Compression::Gzip,
        Some(Wrapping::Zstd) => Compression::Zstd,
        None => Compression::None,
    };
    let look = if compression == Compression::None {
        examine(&mut &file, Some((&file, size)), shown, bounds)?
    } else {
        examine(&mut expand(path, shown, &compression, bounds)?, None, shown, bounds)?
    };
    Ok(vec![Source::new(path, shown.to_owned(), compression, look)])
}

fn sources_of_zip(path: &Path, shown: &str, bounds: &Bounds) -> Result<Vec<Source>, SourceError> {
    let mut archive = open_archive(path, shown)?;
    if let Some(kind) = kind_of_archive(&mut archive, shown)? {
        return Ok(vec![Source::new(
            path,
            shown.to_owned(),
            Compression::None,
            Look::certain(kind),
        )]);
    }
    if archive.len() > bounds.members {
        return Err(SourceError::TooManyMembers {
            path: shown.to_owned(),
            found: archive.len(),
            limit: bounds.members,
        });
    }
    check_declared(&archive, path, shown, bounds)?;
    let mut sources = Vec::new();
    for (index, member) in member_names(&archive, shown)?.into_iter().enumerate() {
        let entry =
            archive.by_index_data(index).map_err(|error| SourceError::of_zip(shown, &error))?;
        if entry.is_dir() || entry.is_symlink() || is_left_out(&member) {
            continue;
        }
        let name = format!("{shown}/{member}");
        let look = match member_stream(&mut archive, index, path, &name, bounds) {
            Ok(mut stream) => examine(&mut stream, None, &name, bounds)?,
            Err(error @ (SourceError::Protected { .. } | SourceError::Unsupported { .. })) => {
                Look::certain(Kind::Mislabelled(error.reason()))
            }
            Err(error) => return Err(error),
        };
        sources.push(Source::new(path, name, Compression::Zip { member }, look));
    }
    sources.sort_by(|a, b| a.shown.cmp(&b.shown));
    Ok(sources)
}

/// What lies in archives without being meant: as with folders, whatever is
/// hidden, and the leavings of operating systems.
fn is_left_out(member: &str) -> bool {
    let mut parts = member.split('/').peekable();
    while let Some(part) = parts.next() {
        let last = parts.peek().is_none();
        if part.starts_with('.') && part != "." && part != ".." || part == "__MACOSX" {
            return true;
        }
        if last {
            let name = part.to_ascii_lowercase();
            return part.starts_with("~$") || name == "thumbs.db" || name == "desktop.ini";
        }
    }
    false
}

impl Source {
    fn new(path: &Path, shown: String, compression: Compression, look: Look) -> Self {
        Self {
            path: path.to_owned(),
            shown,
            compression,
            kind: look.kind,
            byte_order_mark: look.byte_order_mark,
            guarded: Arc::default(),
        }
    }

    /// The whole text as UTF-8 without a byte order mark, decoded while it is
    /// read. A byte order mark outranks the encoding that is `chosen`, and
    /// that outranks the one found. UTF-8 is passed on unchecked.
    ///
    /// # Errors
    /// What keeps it from being opened. Reading fails with a [`SourceError`]
    /// in the [`io::Error`]: past `bounds`, on damaged data, and on bytes that
    /// are malformed, once the text before them is read.
    pub fn open_text(
        &self,
        chosen: Option<TextEncoding>,
        bounds: &Bounds,
    ) -> Result<Box<dyn Read + Send>, SourceError> {
        let Kind::Text(found) = self.kind else {
            return Err(SourceError::NotA { path: self.shown.clone(), wanted: "text" });
        };
        let stream = self.stream(bounds)?;
        let encoding = if self.byte_order_mark { found } else { chosen.unwrap_or(found) };
        Ok(match encoding {
            TextEncoding::Utf8 => Box::new(Unmarked::new(stream)),
            other => Box::new(Decoding::new(stream, other, &self.shown)),
        })
    }

    /// A workbook's bytes: the file itself, or a temporary copy of what is
    /// compressed, which is gone with the reader. The first time, all that
    /// would be inflated into memory is counted.
    ///
    /// # Errors
    /// What keeps it from being read, and whatever is past `bounds`.
    pub fn open_workbook(&self, bounds: &Bounds) -> Result<Box<dyn ReadSeek + Send>, SourceError> {
        let Kind::Workbook(kind) = self.kind else {
            return Err(SourceError::NotA { path: self.shown.clone(), wanted: "workbook" });
        };
        let failed = |error: &io::Error| SourceError::from_io(&self.shown, error);
        let mut file = match self.compression {
            Compression::None => File::open(&self.path).map_err(|error| failed(&error))?,
            _ => temporary_copy(&mut self.stream(bounds)?, &self.shown, bounds)?,
        };
        if self.guarded.get().is_none() {
            guard(&file, kind, &self.shown, bounds)?;
            self.guarded.get_or_init(|| ());
            file.rewind().map_err(|error| failed(&error))?;
        }
        Ok(Box::new(BufReader::with_capacity(CHUNK_BYTES, file)))
    }

    /// Its bytes, decompressed.
    fn stream(&self, bounds: &Bounds) -> Result<Box<dyn Read + Send>, SourceError> {
        expand(&self.path, &self.shown, &self.compression, bounds)
    }
}

// ---------------------------------------------------------------- unwrapping

enum Wrapping {
    Gzip,
    Zstd,
    Zip,
}

impl Wrapping {
    fn of(magic: &[u8]) -> Option<Self> {
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

/// The bytes of a file or member, decompressed.
fn expand(
    path: &Path,
    shown: &str,
    compression: &Compression,
    bounds: &Bounds,
) -> Result<Box<dyn Read + Send>, SourceError> {
    if let Compression::Zip { member } = compression {
        let mut archive = open_archive(path, shown)?;
        let names = member_names(&archive, shown)?;
        let Some(index) = names.iter().position(|name| name == member) else {
            return Err(SourceError::Gone { path: shown.to_owned() });
        };
        return member_stream(&mut archive, index, path, shown, bounds);
    }
    let file = File::open(path).map_err(|error| SourceError::from_io(shown, &error))?;
    if *compression == Compression::None {
        return Ok(Box::new(file));
    }
    let (counted, consumed) = Counted::new(file);
    let buffered = BufReader::with_capacity(CHUNK_BYTES, counted);
    Ok(if *compression == Compression::Gzip {
        let gzip = MultiGzDecoder::new(buffered);
        Box::new(Expanded::new(gzip, shown, "its gzip data", consumed, bounds))
    } else {
        let zstd = Frames::new(buffered);
        Box::new(Expanded::new(zstd, shown, "its zstd data", consumed, bounds))
    })
}

type Archive = ZipArchive<BufReader<File>>;

fn open_archive(path: &Path, shown: &str) -> Result<Archive, SourceError> {
    let file = File::open(path).map_err(|error| SourceError::from_io(shown, &error))?;
    ZipArchive::new(BufReader::new(file)).map_err(|error| SourceError::of_zip(shown, &error))
}

/// The members' names. Windows writes them in its own encoding, unmarked.
fn member_names(archive: &Archive, shown: &str) -> Result<Vec<String>, SourceError> {
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

/// A member's bytes, inflated from the archive on disk while they are read.
fn member_stream(
    archive: &mut Archive,
    index: usize,
    path: &Path,
    shown: &str,
    bounds: &Bounds,
) -> Result<Box<dyn Read + Send>, SourceError> {
    const WHAT: &str = "its member of the zip archive";
    let of_zip = |error: &ZipError| SourceError::of_zip(shown, error);
    let of_io = |error: &io::Error| SourceError::from_io(shown, error);
    let raw = archive.by_index_raw(index).map_err(|error| of_zip(&error))?;
    if raw.encrypted() {
        return Err(SourceError::Protected { path: shown.to_owned() });
    }
    let method = raw.compression();
    let start = raw.data_start().ok_or_else(|| SourceError::Gone { path: shown.to_owned() })?;
    let mut file = File::open(path).map_err(|error| of_io(&error))?;
    file.seek(SeekFrom::Start(start)).map_err(|error| of_io(&error))?;
    let (counted, consumed) = Counted::new(file.take(raw.compressed_size()));
    let buffered = BufReader::with_capacity(CHUNK_BYTES, counted);
    let (size, sum) = (raw.size(), raw.crc32());
    Ok(match method {
        CompressionMethod::Stored => {
            let checked = Checked::new(buffered, size, sum);
            Box::new(Expanded::new(checked, shown, WHAT, consumed, bounds))
        }
        CompressionMethod::Deflated => {
            let checked = Checked::new(DeflateDecoder::new(buffered), size, sum);
            Box::new(Expanded::new(checked, shown, WHAT, consumed, bounds))
        }
        other => {
            return Err(SourceError::Unsupported {
                path: shown.to_owned(),
                method: format!("{other:?}"),
            });
        }
    })
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

fn expands_too_much(expanded: u64, compressed: u64, ratio: u64) -> bool {
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
fn temporary_copy(
    stream: &mut dyn Read,
    shown: &str,
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
            what: "the workbook".to_owned(),
            limit,
        });
    }
    copy.rewind().map_err(|error| failed(&error))?;
    Ok(copy)
}

fn read_up_to(reader: &mut dyn Read, limit: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(limit as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

// ------------------------------------------------------------ telling a kind

/// What a look at some bytes shows.
struct Look {
    kind: Kind,
    byte_order_mark: bool,
}

impl Look {
    fn certain(kind: Kind) -> Self {
        Self { kind, byte_order_mark: false }
    }

    fn mislabelled(what: &str) -> Self {
        Self::certain(Kind::Mislabelled(what.to_owned()))
    }
}

/// Tells what a stream is. `file` is the stream again, with its size, where
/// it lies on disk as it is: a large one is then looked at in several places.
fn examine(
    stream: &mut dyn Read,
    file: Option<(&File, u64)>,
    shown: &str,
    bounds: &Bounds,
) -> Result<Look, SourceError> {
    let failed = |error: &io::Error| SourceError::from_io(shown, error);
    let head = read_up_to(stream, HEAD_BYTES).map_err(|error| failed(&error))?;
    match Wrapping::of(&head) {
        Some(Wrapping::Zip) => {
            let copy = temporary_copy(&mut head.chain(stream), shown, bounds)?;
            let mut archive = ZipArchive::new(BufReader::new(copy))
                .map_err(|error| SourceError::of_zip(shown, &error))?;
            let kind = kind_of_archive(&mut archive, shown)?;
            return Ok(kind.map_or_else(|| Look::mislabelled(NESTED), Look::certain));
        }
        Some(Wrapping::Gzip | Wrapping::Zstd) => return Ok(Look::mislabelled(NESTED)),
        None => {}
    }
    if head.starts_with(OLE_MAGIC) {
        return Ok(Look::certain(kind_of_ole(head, stream).map_err(|error| failed(&error))?));
    }
    if let Some(look) = look_at_head(&head) {
        return Ok(look);
    }
    let mut sample = TextSample::default();
    let at_end = match file {
        Some((file, size)) if size > FREE_BYTES => sample_blocks(&mut sample, file, size),
        _ => {
            sample.push(&head);
            sample_all(&mut sample, stream)
        }
    };
    let encoding = sample.encoding(at_end.map_err(|error| failed(&error))?);
    Ok(Look::certain(Kind::Text(encoding)))
}

/// Goes on to the end, which it returns true for, or to 64 MiB.
fn sample_all(sample: &mut TextSample, stream: &mut dyn Read) -> io::Result<bool> {
    let mut chunk = vec![0; CHUNK_BYTES];
    let mut seen = HEAD_BYTES as u64;
    while seen < FREE_BYTES {
        let read = match stream.read(&mut chunk) {
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if read == 0 {
            return Ok(true);
        }
        sample.push(chunk.get(..read).unwrap_or_default());
        seen += read as u64;
    }
    Ok(false)
}

/// Looks at blocks from the head to the tail.
fn sample_blocks(sample: &mut TextSample, mut file: &File, size: u64) -> io::Result<bool> {
    let last = size.saturating_sub(BLOCK_BYTES);
    for number in 0..BLOCKS {
        let start = last / (BLOCKS - 1) * number;
        let start = if number + 1 == BLOCKS { last } else { start };
        file.seek(SeekFrom::Start(start))?;
        sample.cut(start > 0, GUESS_BYTES / usize::try_from(BLOCKS).unwrap_or(1));
        sample.push(&read_up_to(&mut file, usize::try_from(BLOCK_BYTES).unwrap_or(CHUNK_BYTES))?);
    }
    Ok(true)
}

/// What the first bytes tell for certain; `None` for text in an encoding that
/// has to be found out.
fn look_at_head(head: &[u8]) -> Option<Look> {
    if head.starts_with(b"\xff\xfe\0\0") || head.starts_with(b"\0\0\xfe\xff") {
        return Some(Look::mislabelled("it is UTF-32 text; save it as \"CSV UTF-8\""));
    }
    let marked = TextEncoding::of_mark(head);
    if let Some(encoding) = marked.or_else(|| unmarked_utf_16(head)) {
        let markup = markup(&encoding.encoding().decode_with_bom_removal(head).0);
        let kind = markup.map_or(Kind::Text(encoding), |what| Kind::Mislabelled(what.to_owned()));
        return Some(Look { kind, byte_order_mark: marked.is_some() });
    }
    let known = [
        (&b"%PDF-"[..], "it is a PDF document; export the data as .xlsx or as CSV UTF-8"),
        (b"{\\rtf", "it is a formatted document (RTF); export the data as .xlsx or as CSV UTF-8"),
        (b"7z\xbc\xaf\x27\x1c", "it is a 7z archive; unpack it first"),
        (b"Rar!\x1a\x07", "it is a RAR archive; unpack it first"),
        (b"\xfd7zXZ\0", "it is compressed by xz; unpack it first"),
        (b"BZh", "it is compressed by bzip2; unpack it first"),
        (b"PAR1", "it is a Parquet file; export the data as .xlsx or as CSV UTF-8"),
        (
            b"SQLite format 3\0",
            "it is a database (SQLite); export the data as .xlsx or as CSV UTF-8",
        ),
        (b"\x89PNG\r\n", "it is a picture; export the data as .xlsx or as CSV UTF-8"),
        (b"\xff\xd8\xff", "it is a picture; export the data as .xlsx or as CSV UTF-8"),
    ];
    // "BZh" alone may start a text.
    let text = memchr2(0, 1, head).is_none();
    if let Some((_, what)) = known.iter().find(|(magic, _)| head.starts_with(magic))
        && !(text && head.starts_with(b"BZh") && head.is_ascii())
    {
        return Some(Look::mislabelled(what));
    }
    if head.get(257..262) == Some(b"ustar") {
        return Some(Look::mislabelled("it is a tar archive; unpack it first"));
    }
    if matches!(head, [0x09, 0x00 | 0x02 | 0x04, 0x04 | 0x06, 0x00, ..]) {
        return Some(Look::mislabelled("it is a workbook of Excel 4 or older; save it as .xlsx"));
    }
    if !text {
        return Some(Look::certain(Kind::Unknown));
    }
    let start = head.get(..head.len().min(4096)).unwrap_or_default();
    markup(&String::from_utf8_lossy(start)).map(Look::mislabelled)
}

/// Text of two bytes a letter without a mark: every other byte of what is
/// ASCII in it (digits, delimiters, line breaks) is zero.
fn unmarked_utf_16(head: &[u8]) -> Option<TextEncoding> {
    let (mut even, mut odd) = (0_usize, 0_usize);
    for pair in head.chunks_exact(2) {
        if let [first, second] = pair {
            even += usize::from(*first == 0);
            odd += usize::from(*second == 0);
        }
    }
    let enough = (head.len() / 2 / 16).max(1);
    let encoding = if odd >= enough && even * 8 <= odd {
        TextEncoding::Utf16Le
    } else if even >= enough && odd * 8 <= even {
        TextEncoding::Utf16Be
    } else {
        return None;
    };
    let mut text = vec![0; head.len() * 2 + 16];
    let mut decoder = encoding.encoding().new_decoder_without_bom_handling();
    let (result, _, written) = decoder.decode_to_utf8_without_replacement(head, &mut text, false);
    let text = std::str::from_utf8(text.get(..written).unwrap_or_default()).ok()?;
    let is_text =
        |letter: char| !letter.is_control() || matches!(letter, '\t'..='\r' | '\u{1a}' | '\u{85}');
    (result == DecoderResult::InputEmpty && text.chars().all(is_text)).then_some(encoding)
}

/// What text is that is written for a browser or as XML.
fn markup(text: &str) -> Option<&'static str> {
    const PAGE: &str = "it is a web page (HTML), whatever its name says; open it in a spreadsheet program and save it as .xlsx or as CSV UTF-8";
    let start: String = text
        .trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
        .chars()
        .take(2048)
        .collect();
    let start = start.to_ascii_lowercase();
    let tags = ["html", "head", "meta", "body", "table", "style", "script", "title", "div"];
    let opens = |tag: &str| {
        let after = start.strip_prefix('<').and_then(|rest| rest.strip_prefix(tag));
        after.is_some_and(|rest| rest.starts_with(['>', ' ', '\t', '\r', '\n', '/']))
    };
    if start.starts_with("<!doctype html") || tags.into_iter().any(opens) {
        return Some(PAGE);
    }
    if start.starts_with("mime-version:") {
        return Some(
            "it is a web page in one file (MHTML), whatever its name says; open it in a spreadsheet program and save it as .xlsx or as CSV UTF-8",
        );
    }
    if !start.starts_with("<?xml") {
        return None;
    }
    Some(if start.contains("<html") {
        PAGE
    } else if start.contains("schemas-microsoft-com:office:spreadsheet")
        || start.contains("excel.sheet")
    {
        "it is an XML spreadsheet of Excel 2003, whatever its name says; open it and save it as .xlsx"
    } else {
        "it is an XML document; export the data as .xlsx or as CSV UTF-8"
    })
}

/// What an archive is; `None` for one that is a mere archive.
fn kind_of_archive<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    shown: &str,
) -> Result<Option<Kind>, SourceError> {
    let names: Vec<String> = archive.file_names_raw().map(part_name).collect();
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let within = |wanted: &str| names.iter().any(|name| name.starts_with(wanted));
    let called = |wanted: &str| names.iter().any(|name| name.rsplit('/').next() == Some(wanted));
    let mislabelled = |what: &str| Ok(Some(Kind::Mislabelled(what.to_owned())));
    let kind = if has("xl/workbook.bin") {
        WorkbookKind::Xlsb
    } else if has("xl/workbook.xml") {
        WorkbookKind::Xlsx
    } else if has("mimetype") {
        let sheet = "application/vnd.oasis.opendocument.spreadsheet";
        let mimetype = text_of_part(archive, &names, "mimetype", shown)?;
        if !mimetype.starts_with("application/vnd.oasis.opendocument") {
            return Ok(None);
        }
        if !mimetype.starts_with(sheet) {
            return mislabelled(
                "it is an OpenDocument file, but no spreadsheet; export the data as .xlsx or as CSV UTF-8",
            );
        }
        if text_of_part(archive, &names, "meta-inf/manifest.xml", shown)?
            .contains("encryption-data")
        {
            return mislabelled(PROTECTED);
        }
        WorkbookKind::Ods
    } else if has("[content_types].xml") {
        if within("word/") {
            return mislabelled("it is a Word document; export the data as .xlsx or as CSV UTF-8");
        }
        if within("ppt/") {
            return mislabelled("it is a presentation; export the data as .xlsx or as CSV UTF-8");
        }
        if called("workbook.xml") {
            WorkbookKind::Xlsx
        } else if called("workbook.bin") {
            WorkbookKind::Xlsb
        } else {
            return mislabelled(
                "it is an Office document without a workbook; export the data as .xlsx or as CSV UTF-8",
            );
        }
    } else if has("index/document.iwa") || has("index.zip") {
        return mislabelled(
            "it is a document of Apple Numbers; export it as .xlsx or as CSV UTF-8",
        );
    } else {
        return Ok(None);
    };
    for index in 0..archive.len() {
        let entry =
            archive.by_index_data(index).map_err(|error| SourceError::of_zip(shown, &error))?;
        if entry.encrypted() {
            return mislabelled(PROTECTED);
        }
    }
    Ok(Some(Kind::Workbook(kind)))
}

/// A part's name as calamine compares it.
fn part_name(raw: &[u8]) -> String {
    String::from_utf8_lossy(raw).replace('\\', "/").to_ascii_lowercase()
}

/// The first mebibyte of a part; nothing where there is none.
fn text_of_part<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    names: &[String],
    name: &str,
    shown: &str,
) -> Result<String, SourceError> {
    let Some(index) = names.iter().position(|one| one == name) else { return Ok(String::new()) };
    let mut part = archive.by_index(index).map_err(|error| SourceError::of_zip(shown, &error))?;
    let bytes = read_up_to(&mut part, 1 << 20)
        .map_err(|error| SourceError::of_decoder(shown, "the zip archive", &error))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

const OLE_MAGIC: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// What an OLE file is, by the streams that its directory names. Wherever the
/// directory lies, its entries are aligned.
fn kind_of_ole(mut block: Vec<u8>, stream: &mut dyn Read) -> io::Result<Kind> {
    let mut document = false;
    while !block.is_empty() {
        for entry in block.chunks_exact(OLE_ENTRY) {
            match ole_stream_name(entry).as_deref() {
                Some("EncryptedPackage") => return Ok(Kind::Mislabelled(PROTECTED.to_owned())),
                Some("Workbook" | "Book") => return Ok(Kind::Workbook(WorkbookKind::Xls)),
                Some("WordDocument" | "PowerPoint Document") => document = true,
                _ => {}
            }
        }
        block = read_up_to(stream, HEAD_BYTES)?;
    }
    let what = if document {
        "a Word document or a presentation"
    } else {
        "an OLE file without a workbook"
    };
    Ok(Kind::Mislabelled(format!("it is {what}; export the data as .xlsx or as CSV UTF-8")))
}

/// The name in a directory entry, if it is one and of a stream.
fn ole_stream_name(entry: &[u8]) -> Option<String> {
    const STREAM: u8 = 2;
    let length = usize::from(u16_at(entry, 64)?);
    if entry.get(66) != Some(&STREAM) || !(4..=64).contains(&length) || length % 2 != 0 {
        return None;
    }
    let (name, end) = entry.get(..length)?.split_at_checked(length - 2)?;
    if end != [0, 0] {
        return None;
    }
    let units: Vec<u16> = (0..name.len() / 2).filter_map(|at| u16_at(name, at * 2)).collect();
    String::from_utf16(&units).ok()
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..at.checked_add(2)?)?;
    pair.try_into().ok().map(u16::from_le_bytes)
}

// ------------------------------------------------------ telling an encoding

/// What is seen of a text, to tell its encoding.
struct TextSample {
    utf_8: Utf8Sample,
    detector: EncodingDetector,
    /// The line that is not whole yet.
    line: Vec<u8>,
    /// Whether the rest of a line that was cut into is to be skipped.
    skipping: bool,
    fed: usize,
    limit: usize,
    /// Bytes beyond ASCII in what was fed.
    letters: usize,
    /// Whether what was fed ends at the end of a line.
    fed_whole: bool,
}

impl Default for TextSample {
    fn default() -> Self {
        Self {
            utf_8: Utf8Sample::default(),
            detector: EncodingDetector::new(Iso2022JpDetection::Deny),
            line: Vec::new(),
            skipping: false,
            fed: 0,
            limit: GUESS_BYTES,
            letters: 0,
            fed_whole: true,
        }
    }
}

impl TextSample {
    fn push(&mut self, bytes: &[u8]) {
        self.utf_8.push(bytes);
        if self.fed >= self.limit {
            return;
        }
        let mut bytes = bytes;
        if self.skipping {
            // No letter of two bytes has a line break as its second.
            let Some(end) = memchr2(b'\n', b'\r', bytes) else { return };
            bytes = bytes.get(end + 1..).unwrap_or_default();
            self.skipping = false;
        }
        if bytes.is_ascii() && self.line.is_ascii() {
            if let Some(end) = memrchr2(b'\n', b'\r', bytes) {
                self.line.clear();
                bytes = bytes.get(end + 1..).unwrap_or_default();
            }
            self.line.extend_from_slice(bytes);
            if self.line.len() >= LINE_BYTES {
                self.line.clear();
            }
            return;
        }
        for piece in bytes.split_inclusive(|byte| matches!(byte, b'\n' | b'\r')) {
            self.line.extend_from_slice(piece);
            let whole = piece.ends_with(b"\n") || piece.ends_with(b"\r");
            if whole || self.line.len() >= LINE_BYTES {
                self.feed(whole);
            }
        }
    }

    fn feed(&mut self, whole: bool) {
        if !self.line.is_ascii() && self.fed < self.limit {
            self.detector.feed(&self.line, false);
            self.fed += self.line.len();
            self.letters += self.line.iter().filter(|byte| !byte.is_ascii()).count();
            self.fed_whole = whole;
        }
        self.line.clear();
    }

    /// What follows lies elsewhere, within a line or not; so many more bytes
    /// are judged.
    fn cut(&mut self, within: bool, more: usize) {
        self.utf_8.cut();
        self.line.clear();
        self.skipping = within;
        self.limit = self.fed + more;
    }

    /// The encoding; `at_end` when what was pushed last is the end.
    fn encoding(mut self, at_end: bool) -> TextEncoding {
        if self.utf_8.holds(at_end) {
            return TextEncoding::Utf8;
        }
        if at_end {
            self.feed(true);
        }
        if self.fed_whole {
            self.detector.feed(&[], true);
        }
        let guess = self.detector.guess(None, Utf8Detection::Deny);
        if guess.is_single_byte() && self.letters < FOREIGN_LETTERS {
            return TextEncoding::Windows1252;
        }
        TextEncoding::from(guess)
    }
}

/// Whether bytes are UTF-8.
#[derive(Default)]
struct Utf8Sample {
    /// The start of a letter whose end is still to come.
    begun: Vec<u8>,
    resuming: bool,
    letters: u64,
    malformed: u64,
}

impl Utf8Sample {
    fn push(&mut self, bytes: &[u8]) {
        let mut bytes = bytes;
        if self.resuming {
            let tail = bytes.iter().take(3).take_while(|byte| (0x80..0xc0).contains(*byte)).count();
            bytes = bytes.get(tail..).unwrap_or_default();
            self.resuming = false;
        }
        while !self.begun.is_empty()
            && let Some((next, rest)) = bytes.split_first()
        {
            self.begun.push(*next);
            match std::str::from_utf8(&self.begun) {
                Ok(_) => {
                    self.letters += 1;
                    self.begun.clear();
                    bytes = rest;
                }
                Err(error) if error.error_len().is_none() => bytes = rest,
                Err(_) => {
                    // The byte that does not fit starts something of its own.
                    self.malformed += 1;
                    self.begun.clear();
                }
            }
        }
        while !bytes.is_empty() {
            let (good, rest, error_len) = match std::str::from_utf8(bytes) {
                Ok(_) => (bytes, &[][..], None),
                Err(error) => {
                    let (good, rest) =
                        bytes.split_at_checked(error.valid_up_to()).unwrap_or((bytes, &[]));
                    (good, rest, error.error_len())
                }
            };
            self.letters += good.iter().filter(|byte| **byte >= 0xc0).count() as u64;
            bytes = if let Some(length) = error_len {
                self.malformed += 1;
                rest.get(length..).unwrap_or_default()
            } else {
                self.begun.extend_from_slice(rest);
                &[]
            };
        }
    }

    fn cut(&mut self) {
        self.begun.clear();
        self.resuming = true;
    }

    /// A text of many letters and a few malformed bytes is UTF-8 with a fault,
    /// to be reported at its place, and not something else read as nonsense.
    fn holds(&self, at_end: bool) -> bool {
        let malformed = self.malformed + u64::from(at_end && !self.begun.is_empty());
        malformed == 0 || self.letters > malformed.saturating_mul(20)
    }
}

// ------------------------------------------------------------------ decoding

/// UTF-8 without its byte order mark, otherwise as it is.
struct Unmarked<R> {
    inner: R,
    held: Vec<u8>,
    started: bool,
}

impl<R: Read> Unmarked<R> {
    fn new(inner: R) -> Self {
        Self { inner, held: Vec::with_capacity(3), started: false }
    }
}

impl<R: Read> Read for Unmarked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if !self.started {
            while self.held.len() < 3 {
                let mut rest = [0; 3];
                let wanted = rest.get_mut(self.held.len()..).unwrap_or_default();
                let read = self.inner.read(wanted)?;
                if read == 0 {
                    break;
                }
                let bytes = wanted.get(..read).unwrap_or_default();
                self.held.extend_from_slice(bytes);
            }
            if self.held == b"\xef\xbb\xbf" {
                self.held.clear();
            }
            self.started = true;
        }
        if self.held.is_empty() {
            return self.inner.read(buffer);
        }
        let given = self.held.as_slice().read(buffer)?;
        self.held.drain(..given);
        Ok(given)
    }
}

/// Decodes while it reads; stops at what is malformed.
struct Decoding<R> {
    inner: R,
    decoder: Decoder,
    shown: String,
    input: Vec<u8>,
    /// What of the input is not decoded yet.
    undecoded: (usize, usize),
    at_end: bool,
    /// Bytes decoded so far.
    offset: u64,
    output: Vec<u8>,
    /// What of the output is not given yet.
    ungiven: (usize, usize),
    at_start: bool,
    outcome: Option<Result<(), SourceError>>,
}

impl<R: Read> Decoding<R> {
    fn new(inner: R, encoding: TextEncoding, shown: &str) -> Self {
        Self {
            inner,
            decoder: encoding.encoding().new_decoder_without_bom_handling(),
            shown: shown.to_owned(),
            input: vec![0; CHUNK_BYTES],
            undecoded: (0, 0),
            at_end: false,
            offset: 0,
            output: vec![0; 2 * CHUNK_BYTES],
            ungiven: (0, 0),
            at_start: true,
            outcome: None,
        }
    }

    /// Decodes some more.
    fn advance(&mut self) -> io::Result<()> {
        if self.undecoded.0 == self.undecoded.1 && !self.at_end {
            let read = self.inner.read(&mut self.input)?;
            self.undecoded = (0, read);
            self.at_end = read == 0;
        }
        let input = self.input.get(self.undecoded.0..self.undecoded.1).unwrap_or_default();
        let (result, read, written) =
            self.decoder.decode_to_utf8_without_replacement(input, &mut self.output, self.at_end);
        self.undecoded.0 += read;
        self.offset += read as u64;
        self.ungiven = (0, written);
        match result {
            DecoderResult::InputEmpty if self.at_end => self.outcome = Some(Ok(())),
            DecoderResult::InputEmpty | DecoderResult::OutputFull => {}
            DecoderResult::Malformed(length, after) => {
                self.outcome = Some(Err(SourceError::Malformed {
                    path: self.shown.clone(),
                    encoding: self.decoder.encoding().name(),
                    offset: self.offset.saturating_sub(u64::from(length) + u64::from(after)),
                }));
            }
        }
        if self.at_start && written > 0 {
            self.at_start = false;
            if self.output.starts_with(b"\xef\xbb\xbf") {
                self.ungiven.0 = 3;
            }
        }
        Ok(())
    }
}

impl<R: Read> Read for Decoding<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let mut output = self.output.get(self.ungiven.0..self.ungiven.1).unwrap_or_default();
            if buffer.is_empty() || !output.is_empty() {
                let given = output.read(buffer)?;
                self.ungiven.0 += given;
                return Ok(given);
            }
            match &self.outcome {
                Some(Ok(())) => return Ok(0),
                Some(Err(error)) => return Err(error.clone().into_io()),
                None => self.advance()?,
            }
        }
    }
}

// ------------------------------------------------------- guarding a workbook

/// Refuses a workbook before calamine opens it and, with it, all of its
/// strings and styles.
fn guard(file: &File, kind: WorkbookKind, shown: &str, bounds: &Bounds) -> Result<(), SourceError> {
    let size = file.metadata().map_err(|error| SourceError::from_io(shown, &error))?.len();
    if kind == WorkbookKind::Xls {
        let limit = bounds.workbook_part_bytes.min(KEPT_PART_BYTES);
        if size > limit {
            return Err(SourceError::TooLarge {
                path: shown.to_owned(),
                what: "the workbook".to_owned(),
                limit,
            });
        }
        return guard_xls(file, size, shown);
    }
    let reader = BufReader::with_capacity(CHUNK_BYTES, file);
    let mut archive =
        ZipArchive::new(reader).map_err(|error| SourceError::of_zip(shown, &error))?;
    check_sizes(&archive, size, shown, bounds)?;
    for index in 0..archive.len() {
        guard_part(&mut archive, index, shown, bounds)?;
    }
    Ok(())
}

/// Inflates one part, and counts, unless it is too small to hold too much.
fn guard_part<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    index: usize,
    shown: &str,
    bounds: &Bounds,
) -> Result<(), SourceError> {
    let of_zip = |error: &ZipError| SourceError::of_zip(shown, error);
    let mut part = archive.by_index(index).map_err(|error| of_zip(&error))?;
    let name = part_name(part.name_raw());
    let file_name = name.rsplit('/').next().unwrap_or_default();
    let strings = matches!(file_name, "sharedstrings.xml" | "sharedstrings.bin");
    let kept = strings || file_name == "content.xml";
    let limit = if kept {
        bounds.workbook_part_bytes.min(KEPT_PART_BYTES)
    } else {
        bounds.workbook_part_bytes
    };
    let (declared, compressed) = (part.size(), part.compressed_size());
    let path = || shown.to_owned();
    let what = || format!("its part {name}");
    if declared > limit {
        return Err(SourceError::TooLarge { path: path(), what: what(), limit });
    }
    let most = if part.compression() == CompressionMethod::Stored {
        compressed
    } else {
        compressed.saturating_mul(DEFLATE_RATIO)
    };
    if most <= limit && !strings {
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
    let can_hold = (size / 8).max(FREE_STRINGS);
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
        });
    }
    Ok(())
}

fn check_declared(
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
struct CountScan {
    carried: Vec<u8>,
    highest: u64,
}

impl CountScan {
    fn push(&mut self, bytes: &[u8]) {
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

#[cfg(test)]
mod tests;
