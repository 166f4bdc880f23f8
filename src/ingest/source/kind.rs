//! From bytes to what they are: text, a workbook, or something else that has a
//! name and an advice.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

use memchr::memchr2;
use zip::ZipArchive;

use super::encoding::{
    TextSample, blocks_are_utf_8, is_utf_8, sample_all, sample_blocks, unmarked_utf_16,
};
use super::mislabelled::{self as is, Mislabelled};
use super::unwrap::{Wrapping, read_up_to, temporary_copy};
use super::{Bounds, FREE_BYTES, HEAD_BYTES, Kind, SourceError, TextEncoding, WorkbookKind};

/// The directory of an OLE file is made of entries of this size.
pub(super) const OLE_ENTRY: usize = 128;

/// What a look at some bytes shows.
pub(super) struct Look {
    pub(super) kind: Kind,
    pub(super) byte_order_mark: bool,
}

impl Look {
    pub(super) fn certain(kind: Kind) -> Self {
        Self { kind, byte_order_mark: false }
    }

    fn mislabelled(what: Mislabelled) -> Self {
        Self::certain(Kind::Mislabelled(what))
    }
}

/// Tells what a stream is. `file` is the stream again, with its size, where
/// it lies on disk as it is: a large one is then looked at in several places.
pub(super) fn examine(
    stream: &mut dyn Read,
    file: Option<(&File, u64)>,
    shown: &str,
    bounds: &Bounds,
) -> Result<Look, SourceError> {
    let failed = |error: &io::Error| SourceError::from_io(shown, error);
    let head = read_up_to(stream, HEAD_BYTES).map_err(|error| failed(&error))?;
    match Wrapping::of(&head) {
        Some(Wrapping::Zip) => {
            let copy = temporary_copy(&mut head.chain(stream), shown, "the workbook", bounds)?;
            let mut archive = ZipArchive::new(BufReader::new(copy))
                .map_err(|error| SourceError::of_zip(shown, &error))?;
            let kind = kind_of_archive(&mut archive, shown)?;
            return Ok(kind.map_or_else(|| Look::mislabelled(is::NESTED), Look::certain));
        }
        Some(Wrapping::Gzip | Wrapping::Zstd) => return Ok(Look::mislabelled(is::NESTED)),
        None => {}
    }
    if head.starts_with(OLE_MAGIC) {
        return Ok(Look::certain(kind_of_ole(head, stream).map_err(|error| failed(&error))?));
    }
    if let Some(look) = look_at_head(&head) {
        return Ok(look);
    }
    if let Some((mut file, size)) = file {
        // Where it is none after all, reading it fails, and more of it is looked
        // at then.
        let looks_good = size > bounds.texts_looked_through
            && blocks_are_utf_8(file, size).map_err(|error| failed(&error))?;
        if looks_good {
            return Ok(Look::certain(Kind::Text(TextEncoding::Utf8)));
        }
        let behind_head = SeekFrom::Start(head.len() as u64);
        file.seek(behind_head).map_err(|error| failed(&error))?;
        // Nearly all texts are UTF-8, which is told much faster than others.
        if size <= FREE_BYTES && is_utf_8(&head, stream).map_err(|error| failed(&error))? {
            return Ok(Look::certain(Kind::Text(TextEncoding::Utf8)));
        }
        file.seek(behind_head).map_err(|error| failed(&error))?;
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

/// What the first bytes tell for certain; `None` for text in an encoding that
/// has to be found out.
fn look_at_head(head: &[u8]) -> Option<Look> {
    if head.starts_with(b"\xff\xfe\0\0") || head.starts_with(b"\0\0\xfe\xff") {
        return Some(Look::mislabelled(is::UTF_32));
    }
    let marked = TextEncoding::of_mark(head);
    if let Some(encoding) = marked.or_else(|| unmarked_utf_16(head)) {
        let markup = markup(&encoding.encoding().decode_with_bom_removal(head).0);
        let kind = markup.map_or(Kind::Text(encoding), Kind::Mislabelled);
        return Some(Look { kind, byte_order_mark: marked.is_some() });
    }
    let known = [
        (&b"%PDF-"[..], is::PDF),
        (b"{\\rtf", is::RTF),
        (b"7z\xbc\xaf\x27\x1c", is::SEVEN_ZIP),
        (b"Rar!\x1a\x07", is::RAR),
        (b"\xfd7zXZ\0", is::XZ),
        (b"BZh", is::BZIP2),
        (b"SQLite format 3\0", is::SQLITE),
        (b"\x89PNG\r\n", is::PICTURE),
        (b"\xff\xd8\xff", is::PICTURE),
    ];
    // "BZh" alone may start a text.
    let text = memchr2(0, 1, head).is_none();
    if let Some((_, what)) = known.into_iter().find(|(magic, _)| head.starts_with(magic))
        && !(text && head.starts_with(b"BZh") && head.is_ascii())
    {
        return Some(Look::mislabelled(what));
    }
    // Letters alone may start a text.
    if !text && head.starts_with(b"PAR1") {
        return Some(if cfg!(feature = "parquet") {
            Look::certain(Kind::Parquet)
        } else {
            Look::mislabelled(is::NO_PARQUET)
        });
    }
    if !text && head.starts_with(b"PARE") {
        return Some(Look::mislabelled(is::ENCRYPTED_PARQUET));
    }
    if head.get(257..262) == Some(b"ustar") {
        return Some(Look::mislabelled(is::TAR));
    }
    if matches!(head, [0x09, 0x00 | 0x02 | 0x04, 0x04 | 0x06, 0x00, ..]) {
        return Some(Look::mislabelled(is::OLD_EXCEL));
    }
    if !text {
        return Some(Look::certain(Kind::Unknown));
    }
    let start = head.get(..head.len().min(4096)).unwrap_or_default();
    markup(&String::from_utf8_lossy(start)).map(Look::mislabelled)
}

/// What text is that is written for a browser or as XML.
fn markup(text: &str) -> Option<Mislabelled> {
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
        return Some(is::WEB_PAGE);
    }
    if start.starts_with("mime-version:") {
        return Some(is::MHTML);
    }
    if !start.starts_with("<?xml") {
        return None;
    }
    Some(if start.contains("<html") {
        is::WEB_PAGE
    } else if start.contains("schemas-microsoft-com:office:spreadsheet")
        || start.contains("excel.sheet")
    {
        is::XML_SPREADSHEET
    } else {
        is::XML
    })
}

/// What an archive is; `None` for one that is a mere archive.
pub(super) fn kind_of_archive<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    shown: &str,
) -> Result<Option<Kind>, SourceError> {
    let names: Vec<String> = archive.file_names_raw().map(part_name).collect();
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let within = |wanted: &str| names.iter().any(|name| name.starts_with(wanted));
    let called = |wanted: &str| names.iter().any(|name| name.rsplit('/').next() == Some(wanted));
    let mislabelled = |what: Mislabelled| Ok(Some(Kind::Mislabelled(what)));
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
            return mislabelled(is::OPEN_DOCUMENT);
        }
        if text_of_part(archive, &names, "meta-inf/manifest.xml", shown)?
            .contains("encryption-data")
        {
            return mislabelled(is::PROTECTED);
        }
        WorkbookKind::Ods
    } else if has("[content_types].xml") {
        if within("word/") {
            return mislabelled(is::WORD);
        }
        if within("ppt/") {
            return mislabelled(is::PRESENTATION);
        }
        if called("workbook.xml") {
            WorkbookKind::Xlsx
        } else if called("workbook.bin") {
            WorkbookKind::Xlsb
        } else {
            return mislabelled(is::OFFICE);
        }
    } else if has("index/document.iwa") || has("index.zip") {
        return mislabelled(is::NUMBERS);
    } else {
        return Ok(None);
    };
    for index in 0..archive.len() {
        let entry =
            archive.by_index_data(index).map_err(|error| SourceError::of_zip(shown, &error))?;
        if entry.encrypted() {
            return mislabelled(is::PROTECTED);
        }
    }
    Ok(Some(Kind::Workbook(kind)))
}

/// A part's name as calamine compares it.
pub(in crate::ingest) fn part_name(raw: &[u8]) -> String {
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

pub(super) const OLE_MAGIC: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// What an OLE file is, by the streams that its directory names. Wherever the
/// directory lies, its entries are aligned.
fn kind_of_ole(mut block: Vec<u8>, stream: &mut dyn Read) -> io::Result<Kind> {
    let mut document = false;
    while !block.is_empty() {
        for entry in block.chunks_exact(OLE_ENTRY) {
            match ole_stream_name(entry).as_deref() {
                Some("EncryptedPackage") => return Ok(Kind::Mislabelled(is::PROTECTED)),
                Some("Workbook" | "Book") => return Ok(Kind::Workbook(WorkbookKind::Xls)),
                Some("WordDocument" | "PowerPoint Document") => document = true,
                _ => {}
            }
        }
        block = read_up_to(stream, HEAD_BYTES)?;
    }
    Ok(Kind::Mislabelled(if document { is::WORD_OR_PRESENTATION } else { is::OLE }))
}

/// The name in a directory entry, if it is one and of a stream.
pub(super) fn ole_stream_name(entry: &[u8]) -> Option<String> {
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

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..at.checked_add(2)?)?;
    pair.try_into().ok().map(u16::from_le_bytes)
}
