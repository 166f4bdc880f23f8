//! Workbooks: whatever the bytes, an answer; rows in ascending order, within
//! the limit of columns, and the same ones when they are read again, or in
//! pieces of any length.

use std::io::Write;
use std::ops::ControlFlow;
use std::path::PathBuf;

use drawdown::diagnostics::Error;
use drawdown::ingest::{
    Chosen, How, Row, RowKind, Sheet, Storage, Unusual, WorksheetPiece, discover, look_through,
    read_records,
};

use super::Files;

/// Columns that are read of a sheet.
const COLUMNS: usize = 4_096;

/// A whole file: .xlsx, .xlsb, .xls or .ods, or what its damage made of it.
pub fn workbooks(data: &[u8]) {
    let files = Files::new();
    read(files.write("any", data));
}

fn read(path: PathBuf) {
    let inputs = match discover(&[path], None, How::default()) {
        Ok(inputs) => inputs,
        Err(error) => return told(&error),
    };
    for sheet in inputs.sheets {
        let Storage::Worksheet(_) = sheet.storage else { continue };
        let pieces = [1, 64, 1 << 16].map(|bytes| in_pieces(&sheet, bytes));
        let once = match rows(&sheet) {
            Ok(rows) => rows,
            Err(error) => {
                told(&error);
                assert!(pieces.iter().all(|(_, is_all)| !is_all), "no fault in any piece");
                continue;
            }
        };
        for (rows, is_all) in &pieces {
            assert!(if *is_all { *rows == once } else { once.starts_with(rows) }, "in pieces");
        }
        let numbers: Vec<u64> = once.iter().map(|(number, _)| *number).collect();
        assert!(numbers.is_sorted_by(|a, b| a < b), "rows out of order: {numbers:?}");
        assert!(numbers.iter().all(|number| *number > sheet.header_row));
        assert!(once.iter().all(|(_, row)| row.len() <= COLUMNS), "a row is too wide");
        assert_eq!(once, rows(&sheet).expect("the same sheet"), "read again");
        if let Ok(content) = read_records(&sheet) {
            assert!(content.rows.records <= once.len() as u64, "more rows than there are");
        }
        let _ = look_through(&sheet, Chosen::default()).map_err(|error| told(&error));
    }
}

fn rows(sheet: &Sheet) -> Result<Vec<(u64, Vec<String>)>, Error> {
    let mut rows = Vec::new();
    sheet.for_each_row(|number, row| {
        rows.push((number, (0..row.len()).map(|at| row.cell(at).into_owned()).collect()));
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(rows)
}

/// The rows of a worksheet's pieces, and whether these are all of it.
fn in_pieces(sheet: &Sheet, bytes: usize) -> (Vec<(u64, Vec<String>)>, bool) {
    let mut rows = Vec::new();
    let Ok(mut worksheet) = sheet.worksheet(bytes) else { return (rows, false) };
    let (mut reader, mut piece) = (worksheet.reader(), WorksheetPiece::default());
    loop {
        match worksheet.next(&mut piece) {
            Ok(true) => {}
            Ok(false) => return (rows, true),
            Err(Unusual) => return (rows, false),
        }
        let read = reader.read(&piece, |row| {
            let number = row.number;
            let row = Row::Cells(row.cells()?);
            if sheet.row_kind(number, &row) == RowKind::Record {
                rows.push((number, (0..row.len()).map(|at| row.cell(at).into_owned()).collect()));
            }
            Ok(())
        });
        if read.is_err() {
            return (rows, false);
        }
    }
}

/// An error names the file, and says more than that.
fn told(error: &Error) {
    let text = error.to_string();
    assert!(text.contains("any") && text.len() > 20, "{text:?}");
}

/// The parts of a workbook that a fuzzer can alter without having to mend an
/// archive around them, each behind a line of its own: `--- sheet`,
/// `--- strings`, `--- styles` and `--- workbook` of an .xlsx, or `--- content`
/// of an .ods.
pub fn sheet_xml(data: &[u8]) {
    let parts = parts(data);
    let of = |name: &str, usual: &'static str| -> Vec<u8> {
        let found = parts.iter().find(|(part, _)| part == name);
        found.map_or_else(|| usual.as_bytes().to_vec(), |(_, text)| text.clone())
    };
    let is_ods = parts.iter().any(|(name, _)| name == "content");
    let members = if is_ods {
        vec![
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet".to_vec()),
            ("content.xml", of("content", "")),
        ]
    } else {
        vec![
            ("[Content_Types].xml", TYPES.as_bytes().to_vec()),
            ("_rels/.rels", RELATIONS.as_bytes().to_vec()),
            ("xl/_rels/workbook.xml.rels", PARTS.as_bytes().to_vec()),
            ("xl/workbook.xml", of("workbook", WORKBOOK)),
            ("xl/worksheets/sheet1.xml", of("sheet", "")),
            ("xl/sharedStrings.xml", of("strings", STRINGS)),
            ("xl/styles.xml", of("styles", STYLES)),
        ]
    };
    let files = Files::new();
    read(files.write("any", &stored(&members)));
}

fn parts(data: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    for line in data.split_inclusive(|byte| *byte == b'\n') {
        match (line.strip_prefix(b"--- "), parts.last_mut()) {
            (Some(name), _) => {
                parts.push((String::from_utf8_lossy(name).trim().to_owned(), Vec::new()));
            }
            (None, Some((_, text))) => text.extend_from_slice(line),
            (None, None) => {}
        }
    }
    parts
}

fn stored(members: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in members {
        archive.start_file(*name, options).expect("a member");
        archive.write_all(content).expect("memory");
    }
    archive.finish().expect("memory").into_inner()
}

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#;

const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

const PARTS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;

const WORKBOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="T" sheetId="1" r:id="rId1"/></sheets></workbook>"#;

const STRINGS: &str = r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>date</t></si><si><t>employee</t></si><si><t>quantity</t></si><si><t>contract</t></si></sst>"#;

/// Number, date, and hours past 24.
const STYLES: &str = r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="165" formatCode="[h]:mm"/></numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="165"/></cellXfs></styleSheet>"#;
