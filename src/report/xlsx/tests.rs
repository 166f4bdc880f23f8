//! The workbook, read back.

use std::borrow::Cow;
use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx};

use super::cells::{LONGEST_TEXT, Look, cell_number, cell_text, link_text};
use super::*;
use crate::diagnostics::{Fault, FaultKind, Phrase, Place};
use crate::language::Language;
use crate::model::Period;
use crate::model::{
    Book, Currency, EntryKey, EntryRow, Exact, InvoicingPolicy, Money, Order, OrderLine,
    OrderState, PoolKey, ProductKind, Reference, Tracking, UnitTable,
};
use crate::reconcile::{
    ControlTotals, KnownLineIds, Measure, PartialSums, Rules, Status, Upsell, settle,
};
use crate::report::model::{Column, ColumnKind, TableRow, Value};
use crate::report::model::{DELIVERED, Facts, UPSELL, UnmatchedRow, UpsellRow};
use crate::report::summary::SummaryValue;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn line(book: &Book, order: crate::model::OrderIndex, id: &str, product: &str) -> OrderLine {
    OrderLine {
        place: Place::new("lines.csv", None).at_row(2),
        id: id.into(),
        order,
        sequence: None,
        product: product.into(),
        pool: PoolKey { product: product.into(), customer: "".into(), currency: None },
        description: None,
        ordered: Some(Exact::decimal(50, 0)),
        unit: book.units.hours(),
        unit_text: "Hours".into(),
        exported: Some(Exact::decimal(40, 0)),
        invoiced: Some(Exact::decimal(50, 0)),
        net_price: Some(Exact::decimal(120, 0)),
        currency: Currency::new("EUR"),
        contract: None,
        contract_text: None,
        task: None,
        tracking: Some(Tracking::Contract),
        policy: Some(InvoicingPolicy::Ordered),
        kind: ProductKind::Service,
        threshold: Exact::one(),
        hours_per_unit: None,
        upsell_wanted: true,
    }
}

/// SO009 with 57.5 of 50 hours, one fault and one unmatched entry.
fn so009() -> Report {
    let period = Period::until(day("2026-03-31"));
    let mut book = Book::new(UnitTable::default());
    let statuses = [Status::Upsell, Status::Near, Status::Locked, Status::Ok];
    for (at, status) in statuses.iter().enumerate() {
        let order = book.add_order(Order {
            invoice_status: None,
            name: format!("SO00{}", 9 + at),
            external_id: None,
            customer: Some(if at == 0 {
                "Agrolait".into()
            } else {
                "=Deco & Söhne <GmbH>".into()
            }),
            salesperson: Some("Mitchell Admin".into()),
            date: None,
            state: if *status == Status::Locked { OrderState::Locked } else { OrderState::Sale },
        });
        let new =
            line(&book, order, &(77 + at).to_string(), "Senior Consulting (prepaid, 50 hours)");
        let index = book.add_line(new, Reference::default());
        book.add_contract(Reference { text: Some("SO009 - Agrolait"), ..Reference::default() });
        book.lines[index.0].contract = Some(crate::model::ContractIndex(0));
    }
    let mut settled =
        settle(&book, &PartialSums::default(), KnownLineIds::default(), &Rules::standard(period));
    for (settlement, status) in settled.settlements.iter_mut().zip(statuses) {
        settlement.status = status;
    }
    let euros = |amount: i128| Some(Money::new(Exact::decimal(amount, 0), Currency::new("EUR")));
    let first = &mut settled.settlements[0];
    first.delivered = Some(Exact::decimal(575, 1));
    first.hours = Exact::decimal(575, 1);
    first.entries = 12;
    first.first = Some(day("2026-01-07"));
    first.last = Some(day("2026-03-02"));
    first.consumed = euros(6000);
    first.overrun = euros(900);
    let upsell = Upsell {
        lines: vec![LineIndex(0)],
        measure: Measure::of(&book.lines[0]).unwrap(),
        ordered: Exact::decimal(50, 0),
        delivered: Exact::decimal(575, 1),
        adjusted: Exact::zero(),
        threshold: Exact::one(),
        overrun: euros(1_234_567),
        by_entries: true,
    };
    let upsells = vec![UpsellRow {
        upsell,
        reached_on: Some(day("2026-02-20")),
        burn_down: None,
        customer_remaining: Some(Exact::decimal(125, 1)),
        covered_by: vec!["SO031".to_owned()],
        known: crate::history::Known::default(),
    }];
    let fault = Fault::new(
        FaultKind::EntryConflict,
        Place::new("timesheets/2026-03.csv", None).at_row(14).in_column("Quantity"),
        "7,5O",
        Phrase::Decimal,
        Phrase::HasLetter { letter: "O".into() },
    );
    let entry = EntryRow {
        place: Place::new("timesheets/2026-03.csv", None).at_row(31),
        key: EntryKey::new(|_| "").into(),
        date: day("2026-03-02"),
        text: crate::model::EntryText {
            id: "4711".to_owned(),
            employee: "Anna".to_owned(),
            description: "=HYPERLINK(\"http://example.com\")".to_owned(),
        },
        amount: Exact::decimal(75, 1),
        unit: book.units.hours().unwrap(),
        float_print: None,
    };
    Report {
        causes: BTreeMap::new(),
        period,
        book,
        settled,
        totals: ControlTotals::default(),
        upsells,
        faults: vec![fault],
        reasons: BTreeMap::new(),
        unmatched: vec![UnmatchedRow { entry, reason: "no_reference", candidate: "".into() }],
        inputs: vec![super::super::InputRow {
            path: "exports/sale.order.line.xlsx".to_owned(),
            sheet: Some("Lines".to_owned()),
            role: "order_lines",
            digest: String::new(),
            bytes: 1,
            rows: 1234,
            total_rows: 0,
            group_rows: 0,
        }],
        not_read: Vec::new(),
        passed_over: Vec::new(),
        replaced: Vec::new(),
        facts: Facts::default(),
        review: crate::reconcile::Review::default(),
        history: Vec::new(),
        work: crate::report::Work::default(),
        runs: Vec::new(),
        locks: BTreeMap::new(),
    }
}

fn summary() -> Vec<SummaryBlock> {
    let number = |text: &str| SummaryValue::Number(text.to_owned());
    let text = |text: &str| SummaryValue::Text(text.to_owned());
    vec![
        SummaryBlock {
            heading: "Run".to_owned(),
            columns: Vec::new(),
            rows: vec![("As of".to_owned(), vec![SummaryValue::Day(day("2026-03-31"))])],
        },
        SummaryBlock {
            heading: "Control totals (agree exactly)".to_owned(),
            columns: vec!["Entries".to_owned(), "Hours".to_owned()],
            rows: vec![
                ("read".to_owned(), vec![number("12345"), number("57.5")]),
                ("  attributed".to_owned(), vec![number("12300"), number("1057.25")]),
            ],
        },
        SummaryBlock {
            heading: "Upsell: 1 quota is used up".to_owned(),
            columns: ["Customer", "Overrun", "Currency", "Reached on"].map(str::to_owned).to_vec(),
            rows: vec![(
                "SO009".to_owned(),
                vec![
                    text("=Agrolait"),
                    number("900.00"),
                    text("EUR"),
                    SummaryValue::Day(day("2026-02-20")),
                ],
            )],
        },
    ]
}

fn english() -> Words {
    Words::new(Language::English)
}

fn workbook_of(report: &Report) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let mut out = Cursor::new(Vec::new());
    write_workbook(report, &summary(), &english(), &|_| false, folder.path(), &mut out).unwrap();
    out.into_inner()
}

fn sheets_of(columns: &[Column], rows: Vec<TableRow<'static>>, mut limits: Limits) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let mut workbook = new_workbook(&english(), folder.path()).unwrap();
    let sheets = Sheets {
        name: "delivered",
        columns,
        rows: rows.len(),
        as_table: limits.takes_table(rows.len(), columns.len()),
        as_of: day("2026-03-31"),
        owners: &[],
        words: &english(),
        totals: None,
        leads: None,
        weeks: None,
        note: None,
    };
    sheets.write(&mut workbook, rows.into_iter(), limits.sheet_rows).unwrap();
    workbook.save_to_buffer().unwrap()
}

fn has_part(bytes: &[u8], name: &str) -> bool {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    archive.by_name(name).is_ok()
}

fn read(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

fn sheet(bytes: &[u8], name: &str) -> Range<Data> {
    read(bytes.to_vec()).worksheet_range(name).unwrap()
}

fn header(sheet: &Range<Data>) -> Vec<String> {
    sheet.rows().next().unwrap().iter().map(ToString::to_string).collect()
}

/// The cell of a row, by its column's heading.
fn cell<'a>(sheet: &'a Range<Data>, row: usize, title: &str) -> &'a Data {
    let column = header(sheet).iter().position(|heading| heading == title).unwrap();
    &sheet[(row, column)]
}

#[test]
fn holds_the_summary_and_the_tables_in_order() {
    let bytes = workbook_of(&so009());
    let names = read(bytes.clone()).sheet_names();
    assert_eq!(
        names,
        [
            "Summary",
            "Delivered",
            "Upsell",
            "Snoozed",
            "Near",
            "Idle",
            "Customers",
            "Invoicing",
            "Late",
            "Without contract",
            "Given away",
            "Exceptions",
            "Unmatched",
            "Entries"
        ]
    );
    let titles: Vec<&str> = DELIVERED.iter().map(|column| column.title).collect();
    assert_eq!(header(&sheet(&bytes, "Delivered")), titles);
    let titles: Vec<&str> = UPSELL.iter().map(|column| column.title).collect();
    assert_eq!(header(&sheet(&bytes, "Upsell")), titles);
}

#[test]
fn numbers_are_numbers_and_days_are_days() {
    let report = so009();
    let bytes = workbook_of(&report);
    let delivered = sheet(&bytes, "Delivered");
    assert_eq!(delivered.height(), 6);
    assert_eq!(cell(&delivered, 1, "Line"), &Data::String("77".to_owned()));
    assert_eq!(cell(&delivered, 1, "Status"), &Data::String("upsell".to_owned()));
    assert_eq!(cell(&delivered, 2, "First entry"), &Data::Empty);
    let Data::DateTime(first) = cell(&delivered, 1, "First entry") else { panic!("no date") };
    assert_eq!(first.as_datetime().unwrap().date(), day("2026-01-07"));
    for (table, name) in [(report.delivered(), "Delivered"), (report.upsell(), "Upsell")] {
        let sheet = sheet(&bytes, name);
        for (row, values) in table.iter().enumerate() {
            for (column, value) in table.columns.iter().zip(values) {
                if let Value::Number(printed) = value {
                    let Data::Float(number) = cell(&sheet, row + 1, column.title) else {
                        panic!("{name}, {}: no number", column.title)
                    };
                    assert_eq!(
                        Some(*number),
                        cell_number(printed.as_str()),
                        "{name}, {}",
                        column.title
                    );
                }
            }
        }
    }
}

#[test]
fn text_that_looks_like_a_formula_stays_text() {
    let bytes = workbook_of(&so009());
    let unmatched = sheet(&bytes, "Unmatched");
    let text = "=HYPERLINK(\"http://example.com\")".to_owned();
    assert_eq!(cell(&unmatched, 1, "Description"), &Data::String(text));
    let delivered = sheet(&bytes, "Delivered");
    assert_eq!(cell(&delivered, 2, "Customer"), &Data::String("=Deco & Söhne <GmbH>".to_owned()));
    for name in ["Summary", "Delivered", "Unmatched"] {
        // Only the sums below a table are.
        let formulas = read(bytes.clone()).worksheet_formula(name).unwrap();
        let mut formulas = formulas.rows().flatten().filter(|formula| !formula.is_empty());
        assert!(formulas.all(|formula| formula.starts_with("SUBTOTAL(109,")), "{name}");
    }
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    assert_eq!(workbook_of(&so009()), workbook_of(&so009()));
}

#[test]
fn a_table_without_rows_is_a_table_with_a_blank_row() {
    let mut report = so009();
    report.upsells.clear();
    report.unmatched.clear();
    let bytes = workbook_of(&report);
    assert_eq!(sheet(&bytes, "Unmatched").height(), 1);
    let mut workbook = read(bytes);
    workbook.load_tables().unwrap();
    assert_eq!(
        workbook.table_names(),
        [
            "DeliveredTable",
            "UpsellTable",
            "SnoozedTable",
            "NearTable",
            "IdleTable",
            "CustomersTable",
            "InvoicingTable",
            "LateTable",
            "WithoutcontractTable",
            "GivenawayTable",
            "ExceptionsTable",
            "UnmatchedTable"
        ]
    );
    let upsell = workbook.table_by_name("UpsellTable").unwrap();
    assert_eq!(upsell.columns().len(), UPSELL.len());
}

/// A sheet whose rows come twice is one that a spreadsheet wants to repair.
#[test]
fn no_row_of_a_sheet_comes_twice() {
    let mut report = so009();
    let with_rows = workbook_of(&report);
    report.upsells.clear();
    report.unmatched.clear();
    for bytes in [with_rows, workbook_of(&report)] {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        for at in 0..archive.len() {
            let mut part = archive.by_index(at).unwrap();
            let name = part.name().unwrap().into_owned();
            if !name.starts_with("xl/worksheets/sheet") {
                continue;
            }
            let mut text = String::new();
            std::io::Read::read_to_string(&mut part, &mut text).unwrap();
            let rows = text.split("<row r=\"").skip(1);
            let rows: Vec<u32> =
                rows.map(|row| row.split('"').next().unwrap().parse().unwrap()).collect();
            assert!(rows.is_sorted_by(|row, next| row < next), "{name}: {rows:?}");
        }
    }
}

#[test]
fn rows_past_a_sheet_go_on_in_the_next() {
    let row = |number: u32| {
        vec![Value::Text(Cow::Owned(format!("SO{number}"))), Value::Number(format!("{number}.50"))]
    };
    let columns = [DELIVERED[0], DELIVERED[8]];
    let limits = Limits { sheet_rows: 3, ..LIMITS };
    let bytes = sheets_of(&columns, (1..=5).map(row).collect(), limits);
    assert_eq!(read(bytes.clone()).sheet_names(), ["Delivered", "Delivered 2", "Delivered 3"]);
    let last = sheet(&bytes, "Delivered 3");
    assert_eq!(header(&last), ["Order", "Ordered"]);
    assert_eq!(last[(1, 0)], Data::String("SO5".to_owned()));
    assert_eq!(last[(1, 1)], Data::Float(5.5));
    assert_eq!(last.height(), 2);
    // A sheet that is just full needs no other.
    let bytes = sheets_of(&columns, (1..=4).map(row).collect(), limits);
    assert_eq!(read(bytes).sheet_names().len(), 2);
}

#[test]
fn many_rows_are_a_range_with_a_filter() {
    let rows = (1..=3).map(|number| vec![Value::Number(number.to_string())]).collect();
    let bytes = sheets_of(&[DELIVERED[16]], rows, Limits { table_rows: 2, ..LIMITS });
    let range = sheet(&bytes, "Delivered");
    assert_eq!(header(&range), ["Entries"]);
    assert_eq!((range.height(), &range[(3, 0)]), (4, &Data::Float(3.0)));
    let mut workbook = read(bytes.clone());
    workbook.load_tables().unwrap();
    assert!(workbook.table_names().is_empty());
    // Nor are its texts remembered for others to share.
    let rows = |name: &str| vec![vec![Value::Text(Cow::Owned(name.to_owned()))]; 3];
    let few = sheets_of(&[DELIVERED[0]], rows("SO9"), LIMITS);
    let many = sheets_of(&[DELIVERED[0]], rows("SO9"), Limits { table_rows: 2, ..LIMITS });
    assert_eq!(sheet(&many, "Delivered")[(3, 0)], Data::String("SO9".to_owned()));
    assert!(has_part(&few, "xl/sharedStrings.xml") && !has_part(&many, "xl/sharedStrings.xml"));
}

#[test]
fn tables_of_a_workbook_share_what_they_may_remember() {
    let mut limits = Limits { table_rows: 5, table_cells: 20, ..LIMITS };
    assert!(!limits.takes_table(6, 1));
    assert!(limits.takes_table(5, 3));
    assert!(!limits.takes_table(2, 3));
    assert!(limits.takes_table(1, 5));
    assert!(!limits.takes_table(1, 1));
    assert!(limits.takes_table(0, 9));
}

#[test]
fn cuts_text_at_what_a_cell_holds() {
    assert_eq!(cell_text("=1+1"), "=1+1");
    let fits = "ä".repeat(LONGEST_TEXT);
    assert_eq!(cell_text(&fits), fits);
    let cut = cell_text(&"😀".repeat(LONGEST_TEXT));
    assert_eq!(cut.encode_utf16().count(), LONGEST_TEXT);
    assert!(cut.ends_with("😀…"));
    // Of a link as well, and what XML has no letter for.
    let link = link_text(&"S1 ".repeat(LONGEST_TEXT));
    assert_eq!(link.encode_utf16().count(), LONGEST_TEXT);
    assert_eq!(link_text("SO\u{b}1\u{fffe}\n"), "SO\u{240b}1\u{fffd}\u{240a}");
    let rows = vec![vec![Value::Text(Cow::Owned("x".repeat(LONGEST_TEXT + 1)))]];
    let bytes = sheets_of(&[DELIVERED[0]], rows, LIMITS);
    assert!(sheet(&bytes, "Delivered")[(1, 0)].to_string().ends_with("x…"));
}

#[test]
fn what_a_cell_cannot_hold_is_shown_as_text() {
    let digits = "9".repeat(400);
    let rows = vec![
        vec![Value::Number(digits.clone()), Value::Day(day("0202-03-01"))],
        vec![Value::Number("inf".to_owned()), Value::Day(day("9999-12-31"))],
    ];
    let bytes = sheets_of(&[DELIVERED[8], DELIVERED[17]], rows, LIMITS);
    let range = sheet(&bytes, "Delivered");
    assert_eq!(range[(1, 0)], Data::String(digits));
    assert_eq!(range[(1, 1)], Data::String("0202-03-01".to_owned()));
    assert_eq!(range[(2, 0)], Data::String("inf".to_owned()));
    assert!(matches!(range[(2, 1)], Data::DateTime(_)));
}

#[test]
fn a_number_keeps_the_decimals_it_is_printed_with() {
    let format = |kind, printed| Look::of(kind, printed).number_format();
    assert_eq!(format(ColumnKind::Quantity, "50"), "#,##0");
    assert_eq!(format(ColumnKind::Quantity, "-7.50"), "#,##0.00");
    assert_eq!(format(ColumnKind::Count, "50"), "0");
    assert_eq!(format(ColumnKind::Money, "1234.5678"), "#,##0.0000");
    assert_eq!(format(ColumnKind::Money, "1200"), "#,##0");
    assert_eq!(format(ColumnKind::Share, "1.1500"), "0.00%");
    assert_eq!(format(ColumnKind::Hours, "57.5"), "General");
    assert_eq!(format(ColumnKind::Hours, "-999.25"), "General");
    assert_eq!(format(ColumnKind::Hours, "-1057.25"), "#,##0.00");
    assert_eq!(cell_number("-7.50"), Some(-7.5));
    assert_eq!(cell_number("1e3"), None);
    assert_eq!(cell_number(""), None);
}

#[test]
fn the_summary_holds_its_blocks() {
    let bytes = workbook_of(&so009());
    let summary = sheet(&bytes, "Summary");
    let at = |row: u32, column: u32| summary.get_value((row, column)).cloned().unwrap_or_default();
    let text = |text: &str| Data::String(text.to_owned());
    assert_eq!(at(0, 0), text("drawdown: delivered quantities and upsells"));
    assert_eq!(at(1, 0), text("As of 2026-03-31"));
    // What must be read first.
    assert!(at(3, 0).to_string().starts_with("no timesheets among the inputs"), "{}", at(3, 0));
    assert_eq!((at(5, 0), at(6, 0)), (text("Run"), text("As of")));
    assert!(matches!(at(6, 1), Data::DateTime(_)));
    assert_eq!((at(8, 1), at(8, 2)), (text("Entries"), text("Hours")));
    assert_eq!((at(10, 1), at(10, 2)), (Data::Float(12300.0), Data::Float(1057.25)));
    // Below the chart, which stands beside the narrow blocks.
    assert_eq!(at(23, 1), text("=Agrolait"));
    assert_eq!(at(25, 0), text("Largest overruns, EUR"));
    assert_eq!(at(26, 1), Data::Float(1_234_567.0));
}

#[test]
fn sums_stand_below_a_table_where_they_mean_something() {
    let number = |text: &str| Value::Number(text.to_owned());
    let text = |text: &'static str| Value::Text(Cow::Borrowed(text));
    let sums = |currencies: [&'static str; 2]| {
        let table = Table::new("given_away", crate::report::GIVEN_AWAY, 2, move |at| {
            vec![
                text("2026-03"),
                text("Agrolait"),
                Value::Empty,
                text("entries"),
                number("0.1"),
                number("1000000000000000.05"),
                text(currencies[at]),
                text("SO1"),
            ]
        });
        Totals::of(&table)
    };
    let folder = tempfile::tempdir().unwrap();
    let words = english();
    for (currencies, value) in
        [(["EUR", "EUR"], Data::Float(2_000_000_000_000_000.1)), (["EUR", "USD"], Data::Empty)]
    {
        let mut workbook = new_workbook(&words, folder.path()).unwrap();
        let rows: Vec<TableRow<'static>> = (0..2)
            .map(|_| vec![Value::Empty, Value::Empty, Value::Empty, Value::Empty, number("0.1")])
            .collect();
        let sheets = Sheets {
            name: "given_away",
            columns: crate::report::GIVEN_AWAY,
            rows: 2,
            as_table: true,
            as_of: day("2026-03-31"),
            owners: &[],
            words: &words,
            totals: Some(sums(currencies)),
            leads: None,
            weeks: None,
            note: Some("and more".to_owned()),
        };
        sheets.write(&mut workbook, rows.into_iter(), LIMITS.sheet_rows).unwrap();
        let bytes = workbook.save_to_buffer().unwrap();
        let range = sheet(&bytes, "Given away");
        assert_eq!(range[(3, 0)], Data::String("Total".to_owned()));
        assert_eq!(cell(&range, 3, "Hours"), &Data::Float(0.2));
        assert_eq!(cell(&range, 3, "Value"), &value);
        assert_eq!(range[(4, 0)], Data::String("and more".to_owned()));
        let formulas = read(bytes).worksheet_formula("Given away").unwrap();
        let first = formulas.rows().flatten().find(|formula| !formula.is_empty()).unwrap();
        assert_eq!(first, "SUBTOTAL(109,GivenawayTable[Hours])");
    }
}

#[test]
fn an_upsell_leads_to_its_order_and_a_part_of_a_sheet() {
    let report = so009();
    let places = Places::of(&report, &english());
    let order = |line: usize| places.of_line(LineIndex(line)).order.unwrap();
    assert_eq!(order(0), "internal:'Delivered'!A2");
    assert_eq!(order(1_048_574), "internal:'Delivered'!A1048576");
    assert_eq!(order(1_048_575), "internal:'Delivered 2'!A2");
    // No entry was read, so there is none to lead to, and that is said.
    assert_eq!(places.of_line(LineIndex(0)).lines, None);
    let note = places.note(&report, &english()).unwrap();
    assert!(note.starts_with("At most the last 200 entries of an upsell, of 0 of 1"), "{note}");
}
