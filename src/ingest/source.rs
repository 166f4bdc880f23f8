//! From a path to UTF-8 text or to a workbook, whatever it is wrapped in: what
//! a file is, its bytes say and not its name. Nothing here trusts a size that
//! a file declares, and nothing is expanded past [`Bounds`].

mod ahead;
mod encoding;
mod guard;
mod kind;
mod mislabelled;
mod unwrap;

use std::fs::{File, Metadata};
use std::io::{self, BufReader, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

use encoding_rs::Encoding;
use rayon::prelude::*;
use zip::result::ZipError;

use ahead::Ahead;
use encoding::{Decoding, Unmarked};
pub(super) use guard::most_strings;
use guard::{Guarded, check_declared, guard};
pub(super) use kind::part_name;
use kind::{Look, examine, kind_of_archive};
pub use mislabelled::Mislabelled;
#[cfg(feature = "parquet")]
use unwrap::expands_too_much;
pub(super) use unwrap::fill;
use unwrap::{
    Packed, Wrapping, expand, member_names, need_distinct_members, open_archive, read_up_to,
    temporary_copy,
};

/// The argument that raises [`Bounds::expanded_bytes`].
const MAX_EXPANDED: &str = "--max-expanded";
/// The argument that raises [`Bounds::workbook_part_bytes`].
const MAX_PART: &str = "--max-part";
/// The argument that raises [`Bounds::record_bytes`].
pub(super) const MAX_ROW: &str = "--max-row";

/// Bytes from which the format is told; a multiple of [`kind::OLE_ENTRY`].
const HEAD_BYTES: usize = 64 << 10;
/// Bytes read at a time.
const CHUNK_BYTES: usize = 64 << 10;
/// Text up to this size is looked at as a whole to tell its encoding, and what
/// expands to no more is no bomb, however small it was.
const FREE_BYTES: u64 = 64 << 20;

/// What a file is, by its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Text, delimited or not.
    Text(TextEncoding),
    /// A workbook.
    Workbook(WorkbookKind),
    /// A Parquet file, where this build reads it.
    Parquet,
    /// Something else that has a name.
    Mislabelled(Mislabelled),
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// What anything compressed may expand to, in bytes.
    pub expanded_bytes: u64,
    /// How many times its size anything may expand to, past the first 64 MiB.
    pub expansion_ratio: u64,
    /// What one part of a workbook may take, or a workbook that is compressed
    /// once more. Shared strings and an .ods's content, which are kept in
    /// memory: half of it.
    pub workbook_part_bytes: u64,
    /// How many members of a zip archive are looked at.
    pub members: usize,
    /// The longest row of a text, in bytes. Past it a quote is taken to be open
    /// by mistake.
    pub record_bytes: usize,
    /// How large a text may be to be looked through for its encoding before it
    /// is read. In larger ones a few places are looked at.
    pub texts_looked_through: u64,
}

impl Default for Bounds {
    /// 16 GiB of text: some 100 million rows, minutes of work, and far above
    /// what anybody exports into one file; 200 times; 2 GiB; 10 000 members;
    /// rows of 16 MiB; texts of 4 MiB.
    fn default() -> Self {
        Self {
            expanded_bytes: 16 << 30,
            expansion_ratio: 200,
            workbook_part_bytes: 2 << 30,
            members: 10_000,
            record_bytes: 16 << 20,
            texts_looked_through: 512 << 10,
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
    #[error("cannot read {path}: {what} exceeds the limit of {limit} bytes; raise it with {flag}")]
    TooLarge {
        /// The source.
        path: String,
        /// What is too large.
        what: String,
        /// The limit in bytes.
        limit: u64,
        /// The argument that raises it.
        flag: &'static str,
    },
    /// Something small that expands as no export does.
    #[error(
        "cannot read {path}: {what} expands to more than {limit} times its size, as no export does; if it is one, decompress it, or export it as CSV"
    )]
    Expands {
        /// The source.
        path: String,
        /// What expands.
        what: String,
        /// The limit.
        limit: u64,
    },
    /// An archive of too many members.
    #[error(
        "cannot read {path}: {found} members exceed the limit of {limit}; unpack it, and name the folder"
    )]
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

/// Bytes that take long to get, got ahead of their reader once there are many.
pub(super) fn ahead(bytes: impl Read + Send + 'static, shown: &str) -> Box<dyn Read + Send> {
    Box::new(Ahead::new(bytes, shown))
}

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
    /// How much of it is read.
    pub bounds: Bounds,
    /// Where a member of a zip archive lies in it.
    packed: Option<Packed>,
    /// Whether the workbook was found within bounds already: but for its sheets
    /// and strings, and wholly.
    guarded: Arc<[OnceLock<()>; 2]>,
    stamp: Stamp,
}

/// By what a file that was replaced or written to is told from the one that
/// was there before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    bytes: u64,
    modified: Option<SystemTime>,
    number: u64,
}

impl Stamp {
    fn of(found: &Metadata) -> Self {
        #[cfg(unix)]
        let number = std::os::unix::fs::MetadataExt::ino(found);
        #[cfg(not(unix))]
        let number = 0;
        Self { bytes: found.len(), modified: found.modified().ok(), number }
    }
}

/// The sources in a file: itself, or the members of a zip archive that is no
/// workbook, by name. Folders, hidden and lock files in it are left out, and
/// archives in it are not opened.
///
/// # Errors
/// What keeps the file, or a member, from being read at all, and whatever is
/// past `bounds`.
pub fn sources(path: &Path, shown: &str, bounds: &Bounds) -> Result<Vec<Source>, SourceError> {
    let failed = |error: &io::Error| SourceError::from_io(shown, error);
    let mut file = File::open(path).map_err(|error| failed(&error))?;
    let found = file.metadata().map_err(|error| failed(&error))?;
    let (size, stamp) = (found.len(), Stamp::of(&found));
    let magic = read_up_to(&mut file, 8).map_err(|error| failed(&error))?;
    file.rewind().map_err(|error| failed(&error))?;
    let compression = match Wrapping::of(&magic) {
        Some(Wrapping::Zip) => return sources_of_zip(path, shown, stamp, bounds),
        Some(Wrapping::Gzip) => Compression::Gzip,
        Some(Wrapping::Zstd) => Compression::Zstd,
        None => Compression::None,
    };
    let look = if compression == Compression::None {
        examine(&mut &file, Some((&file, size)), shown, bounds)?
    } else {
        let bytes = expand(path, shown, &compression, bounds)?;
        examine(&mut Ahead::new(bytes, shown), None, shown, bounds)?
    };
    Ok(vec![Source::new((path, stamp), shown.to_owned(), compression, look, bounds)])
}

fn sources_of_zip(
    path: &Path,
    shown: &str,
    stamp: Stamp,
    bounds: &Bounds,
) -> Result<Vec<Source>, SourceError> {
    let mut archive = open_archive(path, shown)?;
    if let Some(kind) = kind_of_archive(&mut archive, shown)? {
        return Ok(vec![Source::new(
            (path, stamp),
            shown.to_owned(),
            Compression::None,
            Look::certain(kind),
            bounds,
        )]);
    }
    if archive.len() > bounds.members {
        return Err(SourceError::TooManyMembers {
            path: shown.to_owned(),
            found: archive.len(),
            limit: bounds.members,
        });
    }
    need_distinct_members(&archive, path, shown)?;
    check_declared(&archive, path, shown, bounds)?;
    let mut members = Vec::new();
    for (index, member) in member_names(&archive, shown)?.into_iter().enumerate() {
        let entry =
            archive.by_index_data(index).map_err(|error| SourceError::of_zip(shown, &error))?;
        if entry.is_dir() || entry.is_symlink() || is_left_out(&member) {
            continue;
        }
        let name = format!("{shown}/{member}");
        let packed = Packed::of(&mut archive, index, &name);
        members.push((member, name, packed));
    }
    // The first error in the archive's order is the one that is told.
    let looked: Vec<Result<Source, SourceError>> = members
        .into_par_iter()
        .map(|(member, name, packed)| {
            let (packed, look) = match packed {
                Ok(packed) => {
                    let mut bytes = packed.stream(path, &name, bounds)?;
                    (Some(packed), examine(&mut bytes, None, &name, bounds)?)
                }
                Err(SourceError::Protected { .. }) => {
                    (None, Look::certain(Kind::Mislabelled(mislabelled::PROTECTED)))
                }
                Err(ref error @ SourceError::Unsupported { ref method, .. }) => {
                    let what = Mislabelled::compressed(method, error.reason());
                    (None, Look::certain(Kind::Mislabelled(what)))
                }
                Err(error) => return Err(error),
            };
            let compression = Compression::Zip { member };
            let source = Source::new((path, stamp), name, compression, look, bounds);
            Ok(Source { packed, ..source })
        })
        .collect();
    let mut sources = looked.into_iter().collect::<Result<Vec<_>, _>>()?;
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
    fn new(
        (path, stamp): (&Path, Stamp),
        shown: String,
        compression: Compression,
        look: Look,
        bounds: &Bounds,
    ) -> Self {
        Self {
            path: path.to_owned(),
            shown,
            compression,
            kind: look.kind,
            byte_order_mark: look.byte_order_mark,
            bounds: *bounds,
            packed: None,
            guarded: Arc::default(),
            stamp,
        }
    }

    /// The same as text, whatever it was taken for.
    pub(super) fn as_text(&self, encoding: TextEncoding) -> Self {
        Self { kind: Kind::Text(encoding), ..self.clone() }
    }

    /// Whether the file on disk is still the one that was found: by its size,
    /// the time of its last change and, on Unix, its number.
    ///
    /// # Errors
    /// What the system says when it is asked.
    pub fn is_as_found(&self) -> io::Result<bool> {
        Ok(Stamp::of(&std::fs::metadata(&self.path)?) == self.stamp)
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
        self.open_guarded(bounds, Guarded::Wholly)
    }

    /// The same for whoever reserves no room for what is only announced, and
    /// reads no more of a sheet, or of the strings, than it declares.
    pub(super) fn open_parts(
        &self,
        bounds: &Bounds,
    ) -> Result<Box<dyn ReadSeek + Send>, SourceError> {
        self.open_guarded(bounds, Guarded::ButForStreams)
    }

    fn open_guarded(
        &self,
        bounds: &Bounds,
        how: Guarded,
    ) -> Result<Box<dyn ReadSeek + Send>, SourceError> {
        let Kind::Workbook(kind) = self.kind else {
            return Err(SourceError::NotA { path: self.shown.clone(), wanted: "workbook" });
        };
        let failed = |error: &io::Error| SourceError::from_io(&self.shown, error);
        let mut file = match self.compression {
            Compression::None => File::open(&self.path).map_err(|error| failed(&error))?,
            _ => temporary_copy(&mut self.stream(bounds)?, &self.shown, "the workbook", bounds)?,
        };
        let known = self.guarded.get(how as usize..).unwrap_or_default();
        if known.iter().all(|known| known.get().is_none()) {
            guard(&file, kind, &self.shown, bounds, how)?;
            if let Some(known) = known.first() {
                known.get_or_init(|| ());
            }
            file.rewind().map_err(|error| failed(&error))?;
        }
        Ok(Box::new(BufReader::with_capacity(CHUNK_BYTES, file)))
    }

    /// A Parquet file: itself, or a temporary copy of what is compressed.
    ///
    /// # Errors
    /// What keeps it from being opened, and whatever is past `bounds`.
    #[cfg(feature = "parquet")]
    pub(super) fn open_parquet(&self, bounds: &Bounds) -> Result<File, SourceError> {
        if self.kind != Kind::Parquet {
            return Err(SourceError::NotA { path: self.shown.clone(), wanted: "Parquet file" });
        }
        match self.compression {
            Compression::None => {
                File::open(&self.path).map_err(|error| SourceError::from_io(&self.shown, &error))
            }
            _ => temporary_copy(&mut self.stream(bounds)?, &self.shown, "the Parquet file", bounds),
        }
    }

    /// Holds what is read of something that expands while it is read.
    ///
    /// # Errors
    /// What is past a bound.
    #[cfg(feature = "parquet")]
    pub(super) fn hold_to_bounds(
        &self,
        what: &str,
        expanded: u64,
        size: u64,
    ) -> Result<(), SourceError> {
        let (path, what) = (|| self.shown.clone(), || what.to_owned());
        let (limit, ratio) = (self.bounds.expanded_bytes, self.bounds.expansion_ratio);
        if expanded > limit {
            let what = format!("{}, expanded,", what());
            return Err(SourceError::TooLarge { path: path(), what, limit, flag: MAX_EXPANDED });
        }
        if expands_too_much(expanded, size, ratio) {
            return Err(SourceError::Expands { path: path(), what: what(), limit: ratio });
        }
        Ok(())
    }

    /// Its bytes, decompressed; ahead of their reader where that takes long.
    fn stream(&self, bounds: &Bounds) -> Result<Box<dyn Read + Send>, SourceError> {
        let bytes = match &self.packed {
            Some(packed) => packed.stream(&self.path, &self.shown, bounds)?,
            None => expand(&self.path, &self.shown, &self.compression, bounds)?,
        };
        Ok(match self.compression {
            Compression::None => bytes,
            _ => Box::new(Ahead::new(bytes, &self.shown)),
        })
    }
}

#[cfg(test)]
mod tests;
