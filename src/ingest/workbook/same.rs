//! Sheets are read quickly where they are plain, and carefully elsewhere: both
//! readers are held to the same rows here, wherever pieces of a sheet end.

#![expect(clippy::disallowed_types, clippy::float_arithmetic, reason = "cells hold floats")]

use std::fmt::Write as _;
use std::ops::ControlFlow;

use proptest::prelude::*;

use super::markup::PIECE_BYTES;
use super::sheet_xml::{RowReader, Stop};
use super::{WorksheetCell, for_each_row_carefully, made, package, sheet_xml};

type Rows = Vec<(u64, Vec<WorksheetCell>)>;

const STRINGS: [&str; 9] = [
    "<si><t>Anna</t></si>",
    "<si><t xml:space=\"preserve\"> Kov\u{e1}cs  </t></si>",
    "<si><t>\n trimmed \t</t></si>",
    "<si><t>a &amp; b &lt;c&gt; &quot;d&quot; &apos;e&apos; &amp;amp;</t></si>",
    "<si/>",
    "<si><t/></si>",
    "<si><r><t>rich </t></r><r><rPr><b/></rPr><t xml:space=\"preserve\"> text</t></r></si>",
    "<si><t>_x000D_ &#65; __x0041_ _xZZZZ_</t></si>",
    "<si><t>two\nlines</t><rPh sb=\"0\" eb=\"1\"><t>x</t></rPh></si>",
];
const STYLES: &str = r#"<styleSheet><numFmts><numFmt numFmtId="165" formatCode="[h]:mm"/><numFmt numFmtId="166" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="167" formatCode="0.0\ %"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="165"/><xf numFmtId="20"/><xf numFmtId="2"/><xf numFmtId="166"/><xf numFmtId="9"/><xf numFmtId="167"/></cellXfs></styleSheet>"#;

fn workbook(rows: &str, is_1904: bool) -> made::Made {
    let sheet = format!(
        "<dimension ref=\"A1:Z99\"/><sheetViews><sheetView workbookViewId=\"0\"/></sheetViews><sheetData>{rows}</sheetData><pageMargins left=\"1\"/>"
    );
    let date1904 = if is_1904 { "<workbookPr date1904=\"1\"/>" } else { "" };
    made::workbook(&[
        ("xl/worksheets/sheet1.xml", made::sheet(&sheet)),
        ("xl/sharedStrings.xml", format!("<sst count=\"9\">{}</sst>", STRINGS.concat())),
        ("xl/styles.xml", STYLES.to_owned()),
        (
            "xl/workbook.xml",
            format!(
                "<workbook>{date1904}<sheets><sheet name=\"T\" sheetId=\"1\" r:id=\"r\"/></sheets></workbook>"
            ),
        ),
    ])
}

fn carefully(workbook: &made::Made) -> Result<Rows, String> {
    let mut rows = Rows::new();
    for_each_row_carefully(&workbook.source, &made::origin(), "T", |number, cells| {
        rows.push((number, cells.to_vec()));
        Ok(ControlFlow::Continue(()))
    })
    .map_err(|error| error.to_string())?;
    Ok(rows)
}

/// The rows that are read quickly, and whether these are all.
fn quickly(workbook: &made::Made, rows: &str, bytes: usize) -> (Rows, bool) {
    let Ok(opened) = package::open_sheet(&workbook.source, "T", bytes) else {
        return (Rows::new(), false);
    };
    let xml = made::sheet(&format!("<sheetData>{rows}</sheetData>"));
    let Ok(mut pieces) = sheet_xml::open(xml.as_bytes(), xml.len() as u64, bytes) else {
        return (Rows::new(), false);
    };
    let mut found = Rows::new();
    let (mut reader, mut piece) = (RowReader::default(), Vec::new());
    loop {
        let whole = match pieces.next(&mut piece) {
            Ok(Some(whole)) => whole,
            Ok(None) => return (found, true),
            Err(_) => return (found, false),
        };
        let read = reader.read(&piece, whole, &opened.shared, |row| {
            let number = row.number;
            found.push((number, row.cells()?.to_vec()));
            Ok(ControlFlow::Continue(()))
        });
        match read {
            Ok(_) => {}
            Err(Stop::Unusual) => return (found, false),
            Err(Stop::Failed(error)) => panic!("{error}"),
        }
    }
}

/// Whether all rows were read quickly.
fn holds(rows: &str, is_1904: bool, sizes: impl Iterator<Item = usize>) -> bool {
    let workbook = workbook(rows, is_1904);
    let careful = carefully(&workbook);
    let mut is_whole = true;
    for bytes in sizes {
        let (quick, is_all) = quickly(&workbook, rows, bytes);
        match &careful {
            Ok(careful) if is_all => assert_eq!(&quick, careful, "{bytes} bytes of {rows}"),
            Ok(careful) => assert!(careful.starts_with(&quick), "{quick:?} of {careful:?}, {rows}"),
            Err(error) => assert!(!is_all, "{error} in {rows}"),
        }
        is_whole &= is_all;
    }
    is_whole
}

/// What cells hold that every program writes.
fn plain_content() -> impl Strategy<Value = (String, &'static str)> {
    let number = prop_oneof![
        (-99_999_i64..99_999, 0_usize..7).prop_map(|(number, decimals)| {
            let digits = format!("{:0width$}", number.unsigned_abs(), width = decimals + 1);
            let (whole, rest) = digits.split_at(digits.len() - decimals);
            let sign = if number < 0 { "-" } else { "" };
            let point = if decimals > 0 { "." } else { "" };
            format!("{sign}{whole}{point}{rest}")
        }),
        (-1e6_f64..1e6).prop_map(|number| number.to_string()),
        (1e-9_f64..1e-1).prop_map(|number| format!("{number:e}")),
        (0_u32..60_000, 0_u32..=24)
            .prop_map(|(day, hour)| format!("{}", f64::from(day) + f64::from(hour) / 24.0)),
        prop::sample::select(vec![
            "0",
            "-0",
            "1.50",
            "007",
            "0.3333333333333333",
            "46083",
            "46083.3125",
            "1E-05",
            "0.1000000000000000055",
            "-0.0",
            "000.5",
            "60",
            "2958466",
        ])
        .prop_map(str::to_owned),
    ];
    let text = prop::sample::select(vec![
        "Anna",
        "",
        "a &amp; b",
        "&lt;&gt;&quot;&apos;",
        " \u{fc} ",
        "two\nlines",
        "2026-03-02",
        "__x_",
    ]);
    let own = text.clone();
    prop_oneof![
        number.prop_map(|number| (format!("<v>{number}</v>"), "")),
        (0_usize..STRINGS.len()).prop_map(|at| (format!("<v>{at}</v>"), " t=\"s\"")),
        text.prop_map(|text| (format!("<v>{text}</v>"), " t=\"str\"")),
        own.prop_map(|text| (format!("<is><t>{text}</t></is>"), " t=\"inlineStr\"")),
        Just(("<is><t xml:space=\"preserve\"> a </t></is>".to_owned(), " t=\"inlineStr\"")),
        (0..2).prop_map(|number| (format!("<v>{number}</v>"), " t=\"b\"")),
        Just(("<f>SUM(A1:A2)</f><v>7.25</v>".to_owned(), " t=\"n\"")),
        Just(("<f t=\"shared\" si=\"0\"/><v>7.25</v>".to_owned(), "")),
        Just(("<f>A1</f><v>#DIV/0!</v>".to_owned(), " t=\"e\"")),
        Just(("<f>A1</f>".to_owned(), "")),
        Just(("<f>A1&amp;\"h\"</f><v/>".to_owned(), "")),
        Just(("<f>B1*2</f><v></v>".to_owned(), " t=\"n\"")),
        Just(("<f>A1</f><v></v>".to_owned(), " t=\"str\"")),
        Just(("<f>A1</f>".to_owned(), " t=\"str\"")),
        Just(("<f>A1</f><v/>".to_owned(), " t=\"str\"")),
        Just(("<v></v>".to_owned(), "")),
        Just(("<v/>".to_owned(), " t=\"s\"")),
        Just((String::new(), "")),
    ]
}

/// What only some do, or what damage does.
fn odd_content() -> impl Strategy<Value = (String, &'static str)> {
    let contents = vec![
        ("<v>2026-03-02T10:00:00</v>", " t=\"d\""),
        ("<v> 7 </v>", ""),
        ("<v>abc</v>", ""),
        ("<v>abc</v>", " t=\"n\""),
        ("<v>&#65;_x0041_</v>", " t=\"str\""),
        ("<v>a\r\nb</v>", " t=\"str\""),
        ("<v><![CDATA[7</row>]]></v>", " t=\"str\""),
        ("<!-- a --><v>7</v>", ""),
        ("<v>7</v><f>A1</f>", ""),
        ("<f t=\"shared\" ref=\"A1:A9\" si=\"1\">B1*2</f>", ""),
        ("<f t=\"shared\" si=\"1\"/><v/>", ""),
        ("<f t=\"array\" ref=\"A1\">B1*2</f>", ""),
        ("<f/>", ""),
        ("<f></f><v></v>", ""),
        ("<f>A1</f><v> </v>", ""),
        ("<f>A1</f>", " t=\"inlineStr\""),
        ("<f>A1</f>", " t=\"e\""),
        ("<v>7</v><v>8</v>", ""),
        ("<is><r><t>a</t></r><r><t>b</t></r></is>", " t=\"inlineStr\""),
        ("<is><t>a</t></is>", ""),
        ("<v>999</v>", " t=\"s\""),
        ("<v>01</v>", " t=\"s\""),
        ("<v>-1</v>", " t=\"s\""),
        ("<v>true</v>", " t=\"b\""),
        ("<v>7</v>", " t=\"x\""),
        ("<v>#WHAT!</v>", " t=\"e\""),
        ("<x>7</x>", ""),
        ("<v>7", ""),
        ("<v>7</w>", ""),
        ("<v>inf</v>", ""),
        ("<v>1e999</v>", ""),
        ("<v>+7</v>", ""),
        ("<v>.5</v>", ""),
        ("<v>5.</v>", ""),
        ("<v>0x10</v>", ""),
    ];
    let number = any::<f64>().prop_filter("finite", |number| number.is_finite());
    prop_oneof![
        4 => prop::sample::select(contents)
            .prop_map(|(content, kind)| (content.to_owned(), kind)),
        1 => (number.clone()).prop_map(|number| (format!("<v>{number}</v>"), "")),
        1 => number.prop_map(|number| (format!("<v>{number:e}</v>"), "")),
        1 => any::<i64>().prop_map(|number| (format!("<v>{number}</v>"), "")),
    ]
}

/// The attributes of a row beside its number.
fn row_attributes() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "",
        " spans=\"1:9\"",
        " ht=\"15\" customHeight=\"1\" x14ac:dyDescent=\"0.25\"",
    ])
}

fn a_row(
    content: impl Strategy<Value = (String, &'static str)>,
) -> impl Strategy<Value = (u32, String)> {
    let style = prop::sample::select(vec![
        "", " s=\"0\"", " s=\"1\"", " s=\"2\"", " s=\"3\"", " s=\"5\"", " s=\"9\"",
    ]);
    let cell = (1_usize..4, style, any::<bool>(), content);
    let cells = prop::collection::vec(cell, 0..6);
    (1_u32..3, row_attributes(), cells, any::<bool>()).prop_map(|(skip, more, cells, is_spaced)| {
        let space = if is_spaced { "\n  " } else { "" };
        let mut row = format!("<row r=\"@\"{more}>{space}");
        let mut column = 0;
        for (step, style, has_place, (content, kind)) in cells {
            column = if has_place { column + step } else { column + 1 };
            let letter = char::from(b'A' + u8::try_from(column - 1).unwrap());
            let place = if has_place { format!(" r=\"{letter}@\"") } else { String::new() };
            let _ = match content.as_str() {
                "" => write!(row, "<c{place}{style}/>{space}"),
                _ => write!(row, "<c{place}{style}{kind}>{content}</c>{space}"),
            };
        }
        row.push_str("</row>");
        (skip, row)
    })
}

fn numbered(rows: Vec<(u32, String)>) -> String {
    let mut number = 0;
    let mut xml = String::new();
    for (skip, row) in rows {
        number += skip;
        xml.push_str(&row.replace('@', &number.to_string()));
    }
    xml
}

proptest! {
    // A counter-example becomes a named test, not a file of seeds.
    #![proptest_config(ProptestConfig {
        cases: 96,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn plain_sheets_are_read_quickly_and_say_the_same(
        rows in prop::collection::vec(a_row(plain_content()), 0..6),
        is_1904 in any::<bool>(),
    ) {
        prop_assert!(holds(&numbered(rows), is_1904, [1, 40, PIECE_BYTES].into_iter()));
    }

    #[test]
    fn whatever_is_odd_is_left_to_the_careful_reader(
        plain in prop::collection::vec(a_row(plain_content()), 0..3),
        odd in prop::collection::vec(a_row(odd_content()), 1..3),
    ) {
        let rows = plain.into_iter().chain(odd).collect();
        holds(&numbered(rows), false, [1, PIECE_BYTES].into_iter());
    }

    #[test]
    fn damage_is_told_by_the_careful_reader(
        rows in prop::collection::vec(a_row(plain_content()), 1..4),
        at in any::<prop::sample::Index>(),
        with in prop::sample::select(vec!["", "<", ">", "\"", "/", "<row>", "</row>", "</sheetData>", "r=\"A1\"", "<!--", "&", "7"]),
        length in 0_usize..4,
    ) {
        let rows = numbered(rows);
        let from = at.index(rows.len());
        let to = (from + length).min(rows.len());
        if let (Some(before), Some(behind)) = (rows.get(..from), rows.get(to..)) {
            holds(&format!("{before}{with}{behind}"), false, [1, PIECE_BYTES].into_iter());
        }
    }
}

#[test]
fn pieces_of_every_length_have_the_same_rows() {
    let rows = "<row r=\"1\" spans=\"1:3\"><c r=\"A1\" t=\"s\"><v>1</v></c><c r=\"C1\" s=\"1\"><v>46083</v></c></row><row r=\"3\"/>\n<row r=\"4\"><c r=\"B4\" t=\"inlineStr\"><is><t>\u{20ac} &amp;</t></is></c></row><row r=\"7\"><c r=\"A7\"><f>1</f><v>0.1</v></c></row>";
    assert!(holds(rows, false, 1..rows.len() + 200));
}

#[test]
fn a_formula_is_held_to_the_signs_of_any_text() {
    for (formula, is_plain) in [("A1&amp;B1", true), ("A&", false), ("A&x;", false)] {
        let rows = format!("<row r=\"1\"><c r=\"A1\"><f>{formula}</f><v>1</v></c></row>");
        assert_eq!(holds(&rows, false, [1, PIECE_BYTES].into_iter()), is_plain, "{formula}");
    }
}

#[test]
fn rows_out_of_order_and_cells_of_another_row_are_odd() {
    for rows in [
        "<row r=\"2\"><c r=\"A2\"><v>1</v></c></row><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>",
        "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1\"><c r=\"B1\"><v>1</v></c></row>",
        "<row r=\"1\"><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row>",
        "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row>",
        "<row r=\"1\"><c r=\"A2\"><v>1</v></c></row>",
        "<row r=\"12\"><c r=\"A1\"><v>1</v></c></row>",
        "<row r=\"1\"><c r=\"A12\"><v>1</v></c></row>",
        "<row><c><v>1</v></c></row>",
        "<row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row>",
        "<row r=\"0\"><c r=\"A0\"><v>1</v></c></row>",
        "<row r=\"1\"><c r=\"a1\"><v>1</v></c></row>",
        "<row r='1'><c r='A1'><v>1</v></c></row>",
        "<row r=\"1\" r=\"2\"><c r=\"A1\"><v>1</v></c></row>",
        "<x:row r=\"1\"><x:c r=\"A1\"><x:v>1</x:v></x:c></x:row>",
        "<row r=\"1\"><c r=\"A1\" s=\"4000\"><v>1</v></c></row>",
    ] {
        assert!(!holds(rows, false, [1, PIECE_BYTES].into_iter()), "{rows}");
    }
}

#[test]
fn more_than_a_part_declares_is_odd() {
    let xml = made::sheet("<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData>");
    let length = xml.len() as u64;
    let is_whole = |declared: u64, bytes: usize| {
        let Ok(mut pieces) = sheet_xml::open(xml.as_bytes(), declared, bytes) else { return false };
        pieces.next(&mut Vec::new()).is_ok()
    };
    for bytes in [1, 7, PIECE_BYTES] {
        assert!(is_whole(length, bytes));
        assert!(!is_whole(60, bytes), "in pieces of {bytes}");
    }
    assert!(!is_whole(length - 1, PIECE_BYTES));
}
