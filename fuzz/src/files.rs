//! Files as they lie on disk: text in any encoding, and what is compressed.

use std::io::{Read, Write};
use std::path::Path;

use drawdown::ingest::{Bounds, Compression, Kind, Source, SourceError, TextEncoding, sources};
use encoding_rs::Encoding;

use super::Files;

/// Low enough for a small bomb to reach.
const EXPANDED: u64 = 256 << 10;

fn bounds() -> Bounds {
    Bounds {
        expanded_bytes: EXPANDED,
        expansion_ratio: 200,
        workbook_part_bytes: EXPANDED,
        members: 8,
        record_bytes: 1 << 20,
        texts_looked_through: 4 << 10,
    }
}

fn read_text(source: &Source, chosen: Option<TextEncoding>) -> Result<Vec<u8>, SourceError> {
    let mut text = Vec::new();
    let mut stream = source.open_text(chosen, &bounds())?;
    match stream.read_to_end(&mut text) {
        Ok(_) => Ok(text),
        Err(error) => {
            let error = SourceError::from_io(&source.shown, &error);
            // An error stays: whoever reads on is told again.
            let again = stream.read(&mut [0; 8]).map_err(|error| error.to_string());
            assert!(matches!(again, Err(_) | Ok(0)), "text after {error}");
            Err(error)
        }
    }
}

/// The same, a few bytes at a time.
fn read_slowly(source: &Source, chosen: Option<TextEncoding>) -> Result<Vec<u8>, SourceError> {
    let mut text = Vec::new();
    let mut stream = source.open_text(chosen, &bounds())?;
    let mut buffer = [0; 5];
    loop {
        match stream.read(&mut buffer) {
            Ok(0) => return Ok(text),
            Ok(read) => text.extend_from_slice(buffer.get(..read).unwrap_or_default()),
            Err(error) => return Err(SourceError::from_io(&source.shown, &error)),
        }
    }
}

fn only_source(path: &Path) -> Result<Source, SourceError> {
    let mut found = sources(path, "t", &bounds())?;
    assert_eq!(found.len(), 1, "one file is one source");
    Ok(found.remove(0))
}

// ------------------------------------------------------------- text decoding

const CHOICES: [&str; 8] = [
    "UTF-8",
    "UTF-16LE",
    "GB18030",
    "Big5",
    "windows-1252",
    "ISO-8859-15",
    "Shift_JIS",
    "ISO-2022-JP",
];

/// The first byte may choose the encoding, the rest is the file: the text is
/// that of `encoding_rs`, whole and in small pieces, and what is UTF-8 is never
/// read as anything else.
pub fn text_decoding(data: &[u8]) {
    let Some((first, bytes)) = data.split_first() else { return };
    let choice = CHOICES.get(usize::from(first.wrapping_sub(b'0')));
    let chosen = choice.and_then(|name| TextEncoding::from_name(name));
    assert_eq!(chosen.is_some(), choice.is_some());
    let files = Files::new();
    let path = files.write("t.csv", bytes);
    let Ok(source) = only_source(&path) else { return };
    if source.compression != Compression::None {
        return;
    }
    let Kind::Text(found) = source.kind else {
        assert!(source.open_text(chosen, &bounds()).is_err());
        return;
    };
    if std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0) {
        assert_eq!(found, TextEncoding::Utf8, "UTF-8 without NUL");
    }
    assert_eq!(TextEncoding::from_name(found.name()), Some(found), "an encoding by its name");
    let encoding = if source.byte_order_mark { found } else { chosen.unwrap_or(found) };
    let text = read_text(&source, chosen);
    assert_eq!(text, read_slowly(&source, chosen), "in small pieces");
    let standard = Encoding::for_label(encoding.name().as_bytes()).expect("a known encoding");
    let expected = standard.decode_without_bom_handling_and_without_replacement(bytes);
    match (text, expected) {
        // Passed on unchecked; whoever splits it into rows says where it fails.
        (Ok(text), _) if encoding == TextEncoding::Utf8 => {
            assert_eq!(text, bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
        }
        (Ok(text), Some(expected)) => {
            let expected = expected.strip_prefix('\u{feff}').unwrap_or(&expected);
            let text = String::from_utf8(text).expect("UTF-8");
            assert_eq!(text, expected, "{}", encoding.name());
        }
        (Err(SourceError::Malformed { offset, .. }), None) => {
            assert!(offset <= bytes.len() as u64, "byte {offset} of {}", bytes.len());
        }
        (text, expected) => panic!("{text:?} where {expected:?} is {}", encoding.name()),
    }
}

// ------------------------------------------------------------------ archives

/// The bytes are a file, and once more what a sound archive holds: nothing
/// expands past its bounds, and what is wrapped reads as it does unwrapped.
pub fn archives(data: &[u8]) {
    let files = Files::new();
    let path = files.write("any", data);
    if let Ok(found) = sources(&path, "t", &bounds()) {
        assert!(found.len() <= bounds().members.max(1));
        for source in &found {
            within_bounds(source);
        }
    }
    let Ok(plain) = only_source_of_any(&path) else { return };
    for (name, wrapped) in [("gz", gzip(data)), ("zst", zstd(data)), ("zip", zip(data))] {
        let source = only_source(&files.write(name, &wrapped)).expect("a sound archive");
        match &plain.kind {
            Kind::Text(encoding) => {
                assert_eq!(source.kind, Kind::Text(*encoding), "in .{name}");
                assert_eq!(source.byte_order_mark, plain.byte_order_mark, "in .{name}");
                let (inside, outside) = (read_text(&source, None), read_text(&plain, None));
                match (inside, outside) {
                    (Ok(inside), Ok(outside)) => assert_eq!(inside, outside, "in .{name}"),
                    (Err(inside), Err(outside)) => {
                        assert_eq!(inside.reason(), outside.reason(), "in .{name}");
                    }
                    (inside, outside) => panic!("{outside:?} but in .{name} {inside:?}"),
                }
            }
            kind => assert_eq!(&source.kind, kind, "in .{name}"),
        }
    }
}

/// A file that is neither empty nor compressed itself.
fn only_source_of_any(path: &Path) -> Result<Source, ()> {
    let found = sources(path, "t", &bounds()).map_err(|_| ())?;
    match found.as_slice() {
        [source] if source.compression == Compression::None && source.shown == "t" => {
            // Within an archive a workbook must be a whole one.
            if matches!(source.kind, Kind::Workbook(_)) { Err(()) } else { Ok(source.clone()) }
        }
        _ => Err(()),
    }
}

fn within_bounds(source: &Source) {
    let plain = source.compression == Compression::None;
    match source.kind {
        Kind::Text(_) => {
            if let Ok(text) = read_text(source, None) {
                // A byte of another encoding takes three in UTF-8 at most.
                assert!(plain || text.len() as u64 <= EXPANDED * 3, "{} bytes", text.len());
            }
        }
        Kind::Workbook(_) => {
            if let Ok(mut workbook) = source.open_workbook(&bounds()) {
                let mut bytes = Vec::new();
                let _ = workbook.read_to_end(&mut bytes);
                assert!(plain || bytes.len() as u64 <= EXPANDED, "{} bytes", bytes.len());
            }
        }
        Kind::Mislabelled(ref reason) => assert!(!reason.sentence().is_empty()),
        Kind::Parquet | Kind::Unknown => {}
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

/// A frame of raw blocks, without a checksum.
fn zstd(bytes: &[u8]) -> Vec<u8> {
    const BLOCK: usize = 64 << 10;
    // One segment whose size is told in eight bytes.
    let mut frame = b"\x28\xb5\x2f\xfd\xe0".to_vec();
    frame.extend((bytes.len() as u64).to_le_bytes());
    let count = bytes.len().div_ceil(BLOCK).max(1);
    for number in 0..count {
        let rest = bytes.get(number * BLOCK..).unwrap_or_default();
        let block = rest.get(..BLOCK).unwrap_or(rest);
        let last = usize::from(number + 1 == count);
        frame.extend(((block.len() << 3) | last).to_le_bytes().iter().take(3));
        frame.extend(block);
    }
    frame
}

fn zip(bytes: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("any", zip::write::SimpleFileOptions::default()).expect("a member");
    archive.write_all(bytes).expect("memory");
    archive.finish().expect("memory").into_inner()
}
