//! The same figures in workbooks, as people and programs write them, and what
//! is said of the cells in which something is wrong.

use std::io::{Cursor, Read as _, Write as _};

use chrono::NaiveDate;
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

use super::formats::{LINES, PLAIN, WORK, delivered};
use super::support::{Run, World};

const HEADERS: [&str; 7] =
    ["id", "date", "employee", "contract", "description", "quantity", "unit"];

/// How the quantities of a workbook are stored.
#[derive(Clone, Copy)]
enum Stored {
    /// Hours, shown so.
    Hours(&'static str),
    /// A share of a day, shown so.
    Days(&'static str),
}

#[derive(Clone, Copy, PartialEq)]
enum Epoch {
    Of1900,
    Of1904,
}

/// The entries of [`WORK`], from a row on, and the row behind them.
#[expect(
    clippy::float_arithmetic,
    clippy::disallowed_types,
    reason = "a workbook's numbers are floats"
)]
fn entries(sheet: &mut Worksheet, first: u32, stored: Stored, epoch: Epoch) -> u32 {
    let base = match epoch {
        Epoch::Of1900 => NaiveDate::from_ymd_opt(1899, 12, 30),
        Epoch::Of1904 => NaiveDate::from_ymd_opt(1904, 1, 1),
    };
    let mut row = first;
    for (at, (month, day, hundredths)) in WORK.into_iter().enumerate() {
        let date = NaiveDate::from_ymd_opt(2026, month, day).expect("a day");
        let serial = i32::try_from((date - base.expect("a day")).num_days()).expect("days");
        sheet.write(row, 0, u32::try_from(at).expect("few") + 1).expect("a cell");
        let shown = Format::new().set_num_format("dd/mm/yyyy");
        sheet.write_with_format(row, 1, serial, &shown).expect("a cell");
        sheet.write(row, 2, "Anna").expect("a cell");
        sheet.write(row, 3, "SO009 - Agrolait").expect("a cell");
        sheet.write(row, 4, "Setup").expect("a cell");
        let hundredths = f64::from(hundredths);
        let (number, code) = match stored {
            Stored::Hours(code) => (hundredths / 100.0, code),
            Stored::Days(code) => (hundredths / 2400.0, code),
        };
        let shown = Format::new().set_num_format(code);
        sheet.write_with_format(row, 5, number, &shown).expect("a cell");
        sheet.write(row, 6, "Hours").expect("a cell");
        row += 1;
    }
    row
}

fn headers(sheet: &mut Worksheet, row: u32) {
    for (column, header) in (0..).zip(HEADERS) {
        sheet.write(row, column, header).expect("a cell");
    }
}

fn saved(mut workbook: Workbook) -> Vec<u8> {
    workbook.save_to_buffer().expect("a workbook")
}

/// A workbook whose days are counted from 1904 on.
fn of_1904(workbook: &[u8]) -> Vec<u8> {
    patched(workbook, "xl/workbook.xml", ("<workbookPr ", "<workbookPr date1904=\"1\" "))
}

/// A workbook whose formulas were saved without their values.
fn without_values(workbook: &[u8]) -> Vec<u8> {
    patched(workbook, "xl/worksheets/sheet1.xml", ("</f><v>0</v>", "</f>"))
}

/// A workbook with another text in one of its parts.
fn patched(workbook: &[u8], in_part: &str, (from, to): (&str, &str)) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).expect("a workbook");
    let mut patched = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("a part");
        if name == in_part {
            let text = String::from_utf8(bytes).expect("UTF-8");
            assert!(text.contains(from), "{text}");
            bytes = text.replace(from, to).into_bytes();
        }
        patched.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        patched.write_all(&bytes).expect("memory");
    }
    patched.finish().expect("memory").into_inner()
}

/// A workbook of a header and the entries, with more in it.
fn timesheet(stored: Stored, more: impl FnOnce(&mut Worksheet, u32)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    headers(sheet, 0);
    let end = entries(sheet, 1, stored, Epoch::Of1900);
    more(sheet, end);
    saved(workbook)
}

fn expected() -> String {
    delivered("t.csv", PLAIN.timesheet("Anna"))
}

fn world(timesheet: impl AsRef<[u8]>) -> World {
    World::new().file("orders.csv", LINES).file("t.xlsx", timesheet)
}

/// A run, with the world that its outputs lie in.
fn run(timesheet: impl AsRef<[u8]>) -> (World, Run) {
    let world = world(timesheet);
    let run = world.reconcile(&[]).expect_code(0);
    (world, run)
}

#[test]
fn numbers_and_times_of_both_epochs_make_no_difference() {
    let ways = [
        Stored::Hours("0.00"),
        Stored::Hours("General"),
        Stored::Days("[h]:mm"),
        Stored::Days("[hh]:mm:ss"),
        Stored::Days("hh:mm"),
        Stored::Days("h:mm:ss;@"),
    ];
    for (at, stored) in ways.into_iter().enumerate() {
        let bytes = timesheet(stored, |_, _| {});
        assert_eq!(delivered("t.xlsx", bytes), expected(), "way {at}");
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        headers(sheet, 0);
        entries(sheet, 1, stored, Epoch::Of1904);
        let bytes = of_1904(&saved(workbook));
        assert_eq!(delivered("t.xlsx", bytes), expected(), "way {at} of 1904");
    }
}

#[test]
fn hours_in_a_cell_that_is_shown_as_a_day_are_no_duration() {
    let (_world, run) = run(timesheet(Stored::Hours("yyyy-mm-dd"), |_, _| {}));
    let rows = run.table("exceptions.csv");
    assert_eq!(rows.len(), WORK.len());
    assert_eq!(rows[0]["found"], "1900-01-07 12:00:00");
    assert_eq!(
        rows[0]["action"],
        "the spreadsheet shows this cell as a date: format it as a number"
    );
}

#[test]
fn merged_cells_of_a_header_make_no_difference() {
    let bold = Format::new().set_bold();
    // A title above, and the last header over two columns.
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.merge_range(0, 0, 0, 7, "Timesheets of spring", &bold).expect("cells");
    headers(sheet, 2);
    sheet.merge_range(2, 6, 2, 7, "unit", &bold).expect("cells");
    let end = entries(sheet, 3, Stored::Hours("0.00"), Epoch::Of1900);
    sheet.write(end - 1, 7, "at the customer's").expect("a cell");
    assert_eq!(delivered("t.xlsx", saved(workbook)), expected(), "a title");
    // Two rows: some headers over both, two below a common one. The first row
    // may or may not be a header by itself.
    for quantity_below in [true, false] {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        for (column, header) in (0..).zip(HEADERS) {
            if column < 4 || column == 5 && !quantity_below {
                sheet.merge_range(0, column, 1, column, header, &bold).expect("cells");
            } else {
                sheet.write(1, column, header).expect("a cell");
            }
        }
        if quantity_below {
            sheet.merge_range(0, 4, 0, 6, "Work", &bold).expect("cells");
        }
        entries(sheet, 2, Stored::Hours("0.00"), Epoch::Of1900);
        let bytes = saved(workbook);
        let shown = world(&bytes).run(&["inspect", "t.xlsx"]).expect_code(0).stdout;
        assert!(shown.contains("header in row 2"), "{shown}");
        assert!(shown.contains("unit         →  unit"), "{shown}");
        assert_eq!(delivered("t.xlsx", bytes), expected(), "{quantity_below}");
    }
}

#[test]
fn totals_that_a_formula_gives_are_left_out_and_counted() {
    type Write = fn(&mut Worksheet, u32);
    let ways: [(&str, Stored, Write); 4] = [
        ("computed", Stored::Hours("0.00"), |sheet, row| {
            let formula = Formula::new("=SUBTOTAL(9,F2:F7)").set_result("1527.75");
            sheet.write(row, 5, formula).expect("a cell");
        }),
        ("a duration", Stored::Days("[hh]:mm"), |sheet, row| {
            let formula = Formula::new("=SUBTOTAL(9,F2:F7)").set_result("63.65625");
            let shown = Format::new().set_num_format("[hh]:mm");
            sheet.write_with_format(row, 5, formula, &shown).expect("a cell");
        }),
        ("not computed", Stored::Hours("0.00"), |sheet, row| {
            sheet.write(row, 5, Formula::new("=SUM(F2:F7)")).expect("a cell");
        }),
        ("labelled", Stored::Hours("0.00"), |sheet, row| {
            sheet.write(row + 1, 1, "Gesamt:").expect("a cell");
            sheet.write(row + 1, 5, 1).expect("a cell");
        }),
    ];
    for (what, stored, write) in ways {
        let (_world, run) = run(timesheet(stored, write));
        assert!(run.table("exceptions.csv").is_empty(), "{what}: {}", run.text("exceptions.csv"));
        let json = run.json();
        assert_eq!(json["inputs"][1]["rows"], 6, "{what}");
        assert_eq!(json["inputs"][1]["total_rows"], 1, "{what}");
        assert_eq!(run.text("delivered.csv"), expected(), "{what}");
    }
}

/// Numbers of a sheet that was changed by a fault of a disk are not believed.
#[test]
fn a_part_that_is_not_what_its_checksum_says_is_damage() {
    let workbook = timesheet(Stored::Hours("0.00"), |_, _| {});
    for name in ["worksheets/sheet1.xml", "sharedStrings.xml", "styles.xml", "workbook.xml"] {
        let name = format!("xl/{name}");
        // In the archive's directory the name stands behind 46 bytes, the
        // checksum behind 16.
        let is_entry = |at: &usize| {
            workbook[*at..].starts_with(b"PK\x01\x02")
                && workbook[*at + 46..].starts_with(name.as_bytes())
        };
        let at = (0..workbook.len() - 46).find(is_entry).expect("an entry");
        let mut damaged = workbook.clone();
        damaged[at + 16] ^= 1;
        let run = world(damaged).reconcile(&[]).expect_code(3);
        assert!(run.stderr.contains("the workbook is damaged"), "{name}: {}", run.stderr);
    }
}

#[test]
fn a_formula_without_its_value_is_told_with_its_cell() {
    for (column, header, kind) in [
        (3, "contract", "unknown_value"),
        (5, "quantity", "not_a_number"),
        (1, "date", "not_a_date"),
    ] {
        let bytes = timesheet(Stored::Hours("0.00"), |sheet, _| {
            sheet.write(3, column, Formula::new("=A1+1")).expect("a cell");
        });
        let (_world, run) = run(without_values(&bytes));
        let rows = run.table("exceptions.csv");
        assert_eq!(rows.len(), 1, "{header}");
        let told = ["row", "column", "kind", "found"].map(|column| rows[0][column].as_str());
        assert_eq!(told, ["4", header, kind, "'=A1+1"]);
        assert!(rows[0]["action"].starts_with("nobody has worked out the formula"), "{header}");
    }
    // A text that begins so is none.
    let bytes = timesheet(Stored::Hours("0.00"), |sheet, _| {
        sheet.write_string(3, 4, "=== call ===").expect("a cell");
        sheet.write_string(3, 3, "== SO009 ==").expect("a cell");
    });
    let (_world, run) = run(bytes);
    assert!(run.table("exceptions.csv").is_empty());
    assert_eq!(run.table("unmatched.csv")[0]["contract"], "'== SO009 ==");
}

#[test]
fn totals_of_formulas_without_values_are_left_out_and_counted() {
    type Write = fn(&mut Worksheet, u32);
    let ways: [(&str, Write); 4] = [
        ("a sum", |sheet, row| {
            sheet.write(row, 5, Formula::new("=SUBTOTAL(9,F2:F7)")).expect("a cell");
        }),
        ("labelled", |sheet, row| {
            sheet.write(row, 1, "Total").expect("a cell");
            sheet.write(row, 3, Formula::new("=COUNTA(D2:D7)")).expect("a cell");
            sheet.write(row, 5, Formula::new("=ROUND(SUM(F2:F7),2)")).expect("a cell");
        }),
        ("added up", |sheet, row| {
            sheet.write(row, 5, Formula::new("=F2+F3+F4")).expect("a cell");
        }),
        ("with a figure", |sheet, row| {
            sheet.write(row, 5, Formula::new("=SUM(F2:F7)")).expect("a cell");
            sheet.write(row, 8, 7).expect("a cell");
        }),
    ];
    for (what, write) in ways {
        let (_world, run) = run(without_values(&timesheet(Stored::Hours("0.00"), write)));
        assert!(run.table("exceptions.csv").is_empty(), "{what}: {}", run.text("exceptions.csv"));
        assert_eq!(run.json()["inputs"][1]["total_rows"], 1, "{what}");
        assert_eq!(run.text("delivered.csv"), expected(), "{what}");
    }
}

#[test]
fn a_failed_formula_is_told_with_its_cell() {
    for (column, header, error, kind) in [
        (3, "contract", "#N/A", "unknown_value"),
        (5, "quantity", "#DIV/0!", "not_a_number"),
        (1, "date", "#REF!", "not_a_date"),
    ] {
        let bytes = timesheet(Stored::Hours("0.00"), |sheet, _| {
            let formula = Formula::new("=A1").set_result(error);
            sheet.write(3, column, formula).expect("a cell");
        });
        let (_world, run) = run(bytes);
        let rows = run.table("exceptions.csv");
        assert_eq!(rows.len(), 1, "{error}");
        let told = ["row", "column", "kind", "found"].map(|column| rows[0][column].as_str());
        assert_eq!(told, ["4", header, kind, error]);
        let letter = char::from(b'A' + u8::try_from(column).expect("few"));
        let place = format!("t.xlsx, sheet \"Sheet1\", {letter}4 (row 4, column \"{header}\")");
        assert!(run.stdout.contains(&place), "{}", run.stdout);
    }
}

#[test]
fn a_name_with_a_count_in_a_list_without_groups_is_a_record() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, header) in (0..).zip(["contract", "date", "quantity"]) {
        sheet.write(0, column, header).expect("a cell");
    }
    sheet.write(1, 0, "SO009 - Agrolait").expect("a cell");
    sheet.write(1, 1, "2026-03-02").expect("a cell");
    sheet.write(1, 2, 2).expect("a cell");
    // Its date was forgotten.
    sheet.write(2, 0, "Pack (3)").expect("a cell");
    sheet.write(2, 2, 5).expect("a cell");
    let (_world, run) = run(saved(workbook));
    assert_eq!(run.json()["inputs"][1]["rows"], 2);
    assert_eq!(run.table("exceptions.csv")[0]["kind"], "missing_value");
}

#[test]
fn a_product_with_a_count_in_its_name_is_no_heading_of_a_group() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let rows = [["name", "service_tracking", "service_policy"], ["Pack (3)", "", ""]];
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write(row, column, cell).expect("a cell");
        }
    }
    sheet.write(2, 0, "Support").expect("a cell");
    let world =
        world(timesheet(Stored::Hours("0.00"), |_, _| {})).file("products.xlsx", saved(workbook));
    let run = world.reconcile(&[]).expect_code(0);
    let inputs = run.json()["inputs"].clone();
    assert_eq!(inputs[1]["role"], "products");
    assert_eq!(inputs[1]["rows"], 2);
    assert!(inputs[1]["group_rows"].is_null(), "no heading of a group");
}

/// A workbook with a visible sheet of notes and a hidden one of entries.
fn with_hidden_entries() -> Vec<u8> {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Notes").expect("a name").write(0, 0, "x").expect("a cell");
    let sheet = workbook.add_worksheet();
    sheet.set_name("Old entries").expect("a name").set_hidden(true);
    headers(sheet, 0);
    entries(sheet, 1, Stored::Hours("0.00"), Epoch::Of1900);
    saved(workbook)
}

#[test]
fn a_hidden_sheet_is_read_only_when_it_is_named() {
    let hidden = world(with_hidden_entries());
    let shown = hidden.run(&["inspect", "."]).expect_code(0).stdout;
    assert!(shown.contains("t.xlsx, sheet \"Old entries\": hidden sheet"), "{shown}");
    let run = hidden.reconcile(&[]).expect_code(0);
    assert_eq!(run.json()["totals"]["entries"]["read"], 0);

    let named = hidden.file("drawdown.toml", "[files.\"t*.xlsx\"]\nsheet = \"old entries\"\n");
    let shown = named.run(&["inspect", "."]).expect_code(0).stdout;
    assert!(
        shown.contains("t.xlsx, sheet \"Notes\": another sheet is chosen under [files]"),
        "{shown}"
    );
    let run = named.reconcile(&[]).expect_code(0);
    assert_eq!(run.text("delivered.csv"), expected());

    let misspelt = named.file("drawdown.toml", "[files.\"t.xlsx\"]\nsheet = \"Old\"\n");
    let run = misspelt.reconcile(&[]).expect_code(3);
    let said = "it has no sheet \"Old\", which [files] in drawdown.toml asks for; its sheets are: \
                Notes, Old entries";
    assert!(run.stderr.contains(said), "{}", run.stderr);
}

/// The cells of a sheet's first column, without the header.
fn first_column(run: &Run, sheet: &str) -> Vec<String> {
    let path = run.out.join("delivered.xlsx");
    let mut workbook: calamine::Xlsx<_> = calamine::open_workbook(path).expect("the workbook");
    let range = calamine::Reader::worksheet_range(&mut workbook, sheet).expect("the sheet");
    range.rows().skip(1).map(|row| row[0].to_string()).collect()
}

#[test]
fn long_lists_of_entries_are_cut_where_a_csv_file_has_them_whole() {
    let entries = |contract: &str| -> String {
        let row = |at: u32| format!("{contract}{at},2026-03-02,{contract},1,Hours\n");
        (0..20_001).fold(String::new(), |all, at| all + &row(at))
    };
    let world = World::new()
        .file(
            "lines.csv",
            "id,order,state,product,ordered,unit,contract,tracking,policy\n\
             L1,SO1,done,Support,50,Hours,Locked,contract,ordered\n\
             L2,SO2,sale,Support,50,Hours,Open,contract,ordered\n",
        )
        .file(
            "hours.csv",
            format!("id,date,contract,quantity,unit\n{}{}", entries("Locked"), entries("Lost")),
        );
    let rows = |run: &Run| {
        let outputs = run.json()["outputs"].clone();
        let of = |output: &&serde_json::Value| output["path"] == "delivered.xlsx";
        outputs.as_array().and_then(|all| all.iter().find(of)?["rows"].as_u64())
    };
    let both = ["--write", "xlsx,late,unmatched"];
    let cut = world.reconcile(&both).expect_code(0);
    // Beside the lines, their customer and their hours without a contract.
    assert_eq!(rows(&cut), Some(2 * 20_000 + 5));
    for (sheet, file) in [("Late", "late.csv"), ("Unmatched", "unmatched.csv")] {
        let cells = first_column(&cut, sheet);
        assert_eq!(cells.len(), 20_001, "{sheet}");
        assert_eq!(cells[19_999], "./hours.csv", "{sheet}");
        let note = format!("… the first 20,000 of 20,001 rows; all of them are in {file}.");
        assert_eq!(cells[20_000], note);
        assert_eq!(cut.table(file).len(), 20_001);
    }
    for (language, sheet, note) in [
        ("de", "Verspätet", "… die ersten 20.000 von 20.001 Zeilen; alle stehen in late.csv."),
        ("zh-CN", "未匹配", "… 仅列出前 20,000 行，共 20,001 行；全部见 unmatched.csv。"),
    ] {
        let run = world.reconcile(&[&both[..], &["--lang", language]].concat()).expect_code(0);
        assert_eq!(first_column(&run, sheet).last().map(String::as_str), Some(note));
    }
    // Where no file beside it has them, the sheet has them all.
    let whole = world.reconcile(&["--write", "xlsx,late"]).expect_code(0);
    assert_eq!(rows(&whole), Some(20_000 + 20_001 + 5));
    let cells = first_column(&whole, "Unmatched");
    assert_eq!(cells.iter().filter(|cell| *cell == "./hours.csv").count(), 20_001);
    assert!(!cells.iter().any(|cell| cell.starts_with('…')));
}

#[test]
fn a_cell_without_a_text_far_to_the_right_is_no_column() {
    let colour = Format::new().set_background_color("#FFFF00");
    let far = |more: &dyn Fn(&mut Worksheet)| {
        timesheet(Stored::Hours("0.00"), |sheet, end| {
            sheet.write_blank(1, 16_383, &colour).expect("a cell");
            sheet.write_blank(end + 9, 16_383, &colour).expect("a cell");
            more(sheet);
        })
    };
    assert_eq!(delivered("t.xlsx", far(&|_| {})), expected());
    let text = far(&|sheet| {
        sheet.write(2, 16_383, "x").expect("a cell");
    });
    let run = world(text).reconcile(&[]).expect_code(3);
    assert!(run.stderr.contains("row 3: the number of columns exceeds"), "{}", run.stderr);
}

/// Columns of an order list, and a line of it, with a discount.
const DISCOUNTED: [(&str, &str); 12] = [
    ("id", "L1"),
    ("order", "S1"),
    ("state", "sale"),
    ("product", "Support"),
    ("ordered", "2"),
    ("unit", "Hours"),
    ("price", "100"),
    ("discount", "10%"),
    ("currency", "EUR"),
    ("contract", "C1"),
    ("tracking", "contract"),
    ("policy", "ordered"),
];

/// An .ods workbook of that line, as spreadsheet programs write one.
fn discounted_ods() -> Vec<u8> {
    let text = |text: &str| {
        format!(
            r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
        )
    };
    let headers: String = DISCOUNTED.map(|(header, _)| text(header)).concat();
    let per_cent = r#"<table:table-cell table:style-name="ce1" table:formula="of:=IF(1>0;0.1)" office:value-type="percentage" office:value="0.1" calcext:value-type="percentage"><text:p>10%</text:p></table:table-cell>"#;
    let cells: String = DISCOUNTED
        .map(|(_, cell)| if cell == "10%" { per_cent.to_owned() } else { text(cell) })
        .concat();
    let content = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"><office:body><office:spreadsheet><table:table table:name="Lines"><table:table-row>{headers}</table:table-row><table:table-row>{cells}</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    let manifest = format!(
        r#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>"#
    );
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let parts =
        [("mimetype", kind), ("content.xml", &content), ("META-INF/manifest.xml", &manifest)];
    for (name, text) in parts {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        archive.write_all(text.as_bytes()).expect("memory");
    }
    archive.finish().expect("memory").into_inner()
}

#[test]
fn a_discount_that_is_shown_in_per_cent_is_one_in_each_kind_of_workbook() {
    let of = |name: &str, bytes: &[u8]| {
        let hours = "date,contract,quantity\n2026-03-02,C1,5\n";
        World::new().file(name, bytes).file("hours.csv", hours)
    };
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, (header, cell)) in (0..).zip(DISCOUNTED) {
        sheet.write(0, column, header).expect("a cell");
        match cell {
            "10%" => {
                let shown = Format::new().set_num_format("0%");
                sheet.write_with_format(1, column, 0.1, &shown).expect("a cell")
            }
            text => sheet.write(1, column, text).expect("a cell"),
        };
    }
    for (name, bytes) in [("o.xlsx", saved(workbook)), ("o.ods", discounted_ods())] {
        let world = of(name, &bytes);
        let run = world.reconcile(&[]).expect_code(0);
        let line = run.line("L1");
        let values = [&line["consumed_value"], &line["overrun_value"]];
        assert_eq!(values, ["180.00", "270.00"], "{name}");
        assert_eq!(run.table("exceptions.csv").len(), 0, "{name}");
    }
    // How cells of an .xls are shown is not told: nothing is guessed.
    let xls = std::fs::read(super::project("fixtures/workbooks/discount.xls")).expect("a fixture");
    let world = of("o.xls", &xls);
    let run = world.reconcile(&[]).expect_code(0);
    assert_eq!(run.line("L1")["overrun_value"], "");
    let rows = run.table("exceptions.csv");
    let told = ["kind", "found", "column"].map(|column| rows[0][column].as_str());
    assert_eq!(told, ["unknown_value", "0.1", "discount"]);
    let action = &rows[0]["action"];
    assert!(action.ends_with("like \"10 %\", or save the workbook as .xlsx"), "{action}");
}

/// A timesheet of three days, whose units are merged in some rows from the second
/// one on.
fn with_merged_units(unit: &str, rows: &[(u32, u32)]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, header) in (0..).zip(["contract", "date", "quantity", "unit"]) {
        sheet.write(0, column, header).expect("a cell");
    }
    for row in 1..4 {
        sheet.write(row, 0, "SO009 - Agrolait").expect("a cell");
        sheet.write(row, 1, "2026-03-02").expect("a cell");
        sheet.write(row, 2, 1).expect("a cell");
    }
    for (first, last) in rows {
        sheet.merge_range(*first, 3, *last, 3, unit, &Format::new()).expect("cells");
    }
    saved(workbook)
}

#[test]
fn a_value_that_merged_cells_hide_from_a_row_stops_a_run() {
    let world = world(with_merged_units("Days", &[(1, 3)]));
    let run = world.reconcile(&[]).expect_code(3);
    assert_eq!(
        run.stderr,
        "error: cannot read ./t.xlsx, sheet \"Sheet1\", D3 (row 3, column \"unit\"): the cell is merged with that of row 2, which alone holds their value; take merged cells apart and fill each of them\n"
    );
    // Below the entries nothing is hidden from any of them.
    let world = self::world(with_merged_units("Days", &[(3, 5)]));
    let run = world.reconcile(&[]).expect_code(0);
    assert_eq!(run.json()["totals"]["hours"]["read"], "10");
    // Nor is anything where nothing is shown.
    let world = self::world(with_merged_units("", &[(1, 3)]));
    let run = world.reconcile(&[]).expect_code(0);
    assert_eq!(run.json()["totals"]["hours"]["read"], "3");
}

#[test]
fn a_cell_beside_the_table_wants_a_header() {
    let beside = timesheet(Stored::Hours("0.00"), |sheet, _| {
        sheet.write(1, 7, "ask Anna").expect("a cell");
    });
    let (_world, run) = run(beside);
    let rows = run.table("exceptions.csv");
    assert_eq!(rows[0]["kind"], "ragged_row");
    assert_eq!(rows[0]["action"], "give the column of this cell a header, or clear the cell");
}

#[test]
fn a_cell_that_lies_far_from_all_others_takes_no_memory() {
    let xlsb =
        std::fs::read(super::project("fixtures/workbooks/far_cell.xlsb")).expect("a fixture");
    let world = World::new().file("in/orders.csv", LINES).file("in/work.xlsb", xlsb);
    let run = world.run(&["check", "in"]).expect_code(3);
    let told =
        "in/work.xlsb, sheet \"Timesheets\", row 5: the room between its first and its last cell";
    assert!(run.stderr.contains(told), "{}", run.stderr);
}

#[test]
fn an_id_that_a_workbook_has_rounded_is_none() {
    let ids = [1_234_567_890_123_456.0, 1_234_567_890_123_457.0, 1e18, 1e18 + 1.0];
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, name) in (0_u16..).zip(["id", "date", "contract", "quantity"]) {
        sheet.write(0, column, name).expect("a cell");
    }
    for (row, id) in (1_u32..).zip(ids) {
        sheet.write(row, 0, id).expect("a cell");
        sheet.write(row, 1, "2026-03-02").expect("a cell");
        sheet.write(row, 2, "SO1").expect("a cell");
        sheet.write(row, 3, 1).expect("a cell");
    }
    let bytes = workbook.save_to_buffer().expect("a workbook");
    let world = World::new().file("in/orders.csv", LINES).file("in/work.xlsx", bytes);
    let run = world.run(&["reconcile", "in", "--out", "out", "--quiet", "--as-of", "2026-03-31"]);
    let rows = run.expect_code(0).table("exceptions.csv");
    assert_eq!(rows.len(), 2);
    let told = ["kind", "column", "found"].map(|column| rows[0][column].as_str());
    assert_eq!(told, ["unknown_value", "id", "1000000000000000000"]);
}
