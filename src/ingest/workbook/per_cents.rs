//! Cells of an .ods sheet that are shown in per cent. Each says so, and the
//! library that reads the sheet passes over it; so such a cell is handed to it as
//! a span of time, whose text it leaves as it stands: the share and a `%`.

use std::io::{Cursor, Read, Write as _};

use memchr::{memchr, memmem, memrchr};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::Bytes;

const CONTENT: &str = "content.xml";
const TYPE: &[u8] = b"office:value-type=\"percentage\"";
const VALUE: &[u8] = b" office:value=\"";

/// The same workbook with such cells marked; nothing where it has none, or is
/// none: whoever reads it says why.
pub(super) fn marked(bytes: Bytes) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(bytes).ok()?;
    let mut content = Vec::new();
    archive.by_name(CONTENT).ok()?.read_to_end(&mut content).ok()?;
    let content = in_content(&content)?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).ok()?;
        if part.name_raw() != CONTENT.as_bytes() {
            writer.raw_copy_file(part).ok()?;
        }
    }
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    writer.start_file(CONTENT, stored).ok()?;
    writer.write_all(&content).ok()?;
    Some(writer.finish().ok()?.into_inner())
}

/// The share that a marked cell holds.
pub(super) fn share(text: &str) -> Option<&str> {
    text.strip_suffix('%')
}

fn in_content(xml: &[u8]) -> Option<Vec<u8>> {
    let mut marked = Vec::new();
    let mut done = 0;
    for at in memmem::find_iter(xml, TYPE) {
        // No value of an attribute holds a `<`.
        let start = memrchr(b'<', xml.get(..at)?)?;
        let tag = xml.get(start..start + tag_length(xml.get(start..)?)?)?;
        let Some(value) = memmem::find(tag, VALUE) else { continue };
        let from = start + value + VALUE.len();
        let to = from + memchr(b'"', xml.get(from..)?)?;
        marked.extend_from_slice(xml.get(done..start + value)?);
        marked.extend_from_slice(b" office:time-value=\"");
        marked.extend_from_slice(xml.get(from..to)?);
        marked.push(b'%');
        done = to;
    }
    marked.extend_from_slice(xml.get(done..).filter(|_| done > 0)?);
    Some(marked)
}

/// The bytes of a tag up to its end, which stands in no quotes.
fn tag_length(tag: &[u8]) -> Option<usize> {
    let mut quote = None;
    tag.iter().position(|byte| {
        match (quote, byte) {
            (Some(open), _) if open == *byte => quote = None,
            (None, b'"' | b'\'') => quote = Some(*byte),
            _ => {}
        }
        quote.is_none() && *byte == b'>'
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_cells_that_are_shown_in_per_cent_are_marked() {
        let xml = r#"<c office:value-type="float" office:value="0.1"/><c table:formula="of:=A1>0" office:value-type="percentage" office:value="0.1" x="1">10%</c><c office:value-type="percentage"/>"#;
        let marked = in_content(xml.as_bytes()).unwrap();
        assert_eq!(
            String::from_utf8(marked).unwrap(),
            xml.replacen(
                r#""percentage" office:value="0.1""#,
                r#""percentage" office:time-value="0.1%""#,
                1
            )
        );
        assert_eq!(in_content(br#"<c office:value-type="float" office:value="0.1"/>"#), None);
        assert_eq!(share("0.1%"), Some("0.1"));
        assert_eq!(share("PT7H30M"), None);
    }
}
