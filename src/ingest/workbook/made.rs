//! Workbooks that tests write, part by part.

use std::io::{Cursor, Write as _};
use std::sync::Arc;

use tempfile::NamedTempFile;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::super::source::{Bounds, Source, sources};
use crate::diagnostics::Origin;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// A workbook on disk.
pub(super) struct Made {
    pub(super) source: Source,
    _file: NamedTempFile,
}

/// The one sheet of [`workbook`].
pub(super) fn origin() -> Arc<Origin> {
    Arc::new(Origin { file: "t.xlsx".to_owned(), sheet: Some("T".to_owned()) })
}

/// A worksheet of this content.
pub(super) fn sheet(content: &str) -> String {
    format!(r#"<worksheet xmlns="{MAIN}">{content}</worksheet>"#)
}

/// A workbook of one sheet, T, with these parts; those that it needs beside
/// them are added.
pub(super) fn workbook(parts: &[(&str, String)]) -> Made {
    let relation = |kind: &str, target: &str| {
        format!(
            r#"<Relationships xmlns="{RELATIONS}"><Relationship Id="r" Type="{OFFICE}/{kind}" Target="{target}"/></Relationships>"#
        )
    };
    let needed = [
        ("_rels/.rels", relation("officeDocument", "xl/workbook.xml")),
        ("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml")),
        (
            "xl/workbook.xml",
            format!(
                r#"<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="T" sheetId="1" r:id="r"/></sheets></workbook>"#
            ),
        ),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let is_given = |name: &str| parts.iter().any(|(part, _)| *part == name);
    for (name, text) in needed.iter().filter(|(name, _)| !is_given(name)).chain(parts) {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(archive.finish().unwrap().get_ref()).unwrap();
    let source = sources(file.path(), "t.xlsx", &Bounds::default()).unwrap().remove(0);
    Made { source, _file: file }
}
