//! The same figures, saved in the ways that people save them, give the same
//! delivered.csv byte for byte.

use std::io::Write as _;

use encoding_rs::{BIG5, Encoding, GB18030, ISO_8859_15, WINDOWS_1252};

use super::support::{Run, World};

/// How a file is written.
#[derive(Clone, Copy)]
pub struct Way {
    delimiter: char,
    decimal: char,
    grouping: &'static str,
    date: fn(u32, u32) -> String,
    duration: bool,
    end: &'static str,
}

pub const PLAIN: Way = Way {
    delimiter: ',',
    decimal: '.',
    grouping: "",
    date: |month, day| format!("2026-{month:02}-{day:02}"),
    duration: false,
    end: "\n",
};

/// Month, day, hundredths of an hour.
pub const WORK: [(u32, u32, u32); 6] =
    [(1, 5, 750), (1, 13, 125), (1, 27, 800), (2, 3, 450), (2, 17, 625), (3, 30, 150_025)];

impl Way {
    fn number(self, hundredths: u32) -> String {
        let whole = (hundredths / 100).to_string();
        let split = whole.len().saturating_sub(3);
        let grouped = match (split, self.grouping) {
            (0, _) | (_, "") => whole,
            (at, mark) => format!("{}{mark}{}", &whole[..at], &whole[at..]),
        };
        format!("{grouped}{}{:02}", self.decimal, hundredths % 100)
    }

    fn cell(self, text: &str) -> String {
        if text.contains([self.delimiter, '"', '\n']) {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text.to_owned()
        }
    }

    pub fn timesheet(self, employee: &str) -> String {
        let row = |cells: &[String]| {
            let cells: Vec<String> = cells.iter().map(|cell| self.cell(cell)).collect();
            format!("{}{}", cells.join(&self.delimiter.to_string()), self.end)
        };
        let headers = ["id", "date", "employee", "contract", "description", "quantity", "unit"];
        let mut text = row(&headers.map(str::to_owned));
        for (at, (month, day, hundredths)) in WORK.into_iter().enumerate() {
            let quantity = if self.duration {
                format!(
                    "{}:{:02}:{:02}",
                    hundredths / 100,
                    hundredths % 100 * 60 / 100,
                    hundredths % 100 * 36 % 60
                )
            } else {
                self.number(hundredths)
            };
            text.push_str(&row(&[
                (at + 1).to_string(),
                (self.date)(month, day),
                employee.to_owned(),
                "SO009 - Agrolait".to_owned(),
                "Setup; \"first\", then\ncall".to_owned(),
                quantity,
                "Hours".to_owned(),
            ]));
        }
        text
    }
}

/// One prepaid line on one contract.
pub const LINES: &str = "id,order,state,customer,product,ordered,unit,price,currency,contract,tracking,policy\n\
     L1,SO009,sale,Agrolait,Support,50,Hours,500,EUR,SO009 - Agrolait,contract,ordered\n";

pub fn delivered(name: &str, timesheet: impl AsRef<[u8]>) -> String {
    delivered_with(name, timesheet, "")
}

fn delivered_with(name: &str, timesheet: impl AsRef<[u8]>, configuration: &str) -> String {
    let world = World::new()
        .file("orders.csv", LINES)
        .file(name, timesheet)
        .file("drawdown.toml", configuration);
    let run = world.reconcile(&["--write", "delivered", "--quiet", "--strict"]).expect_code(0);
    run.text("delivered.csv")
}

fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    let (bytes, _, lost) = encoding.encode(text);
    assert!(!lost, "the text is not one of {}", encoding.name());
    bytes.into_owned()
}

fn utf_16(text: &str, big: bool) -> Vec<u8> {
    let units = format!("\u{feff}{text}").encode_utf16().collect::<Vec<_>>();
    units
        .into_iter()
        .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
        .collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

fn zip(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("a member");
    archive.write_all(bytes).expect("memory");
    archive.finish().expect("memory").into_inner()
}

#[test]
fn delimiters_locales_and_line_ends_make_no_difference() {
    let expected = delivered("t.csv", PLAIN.timesheet("Anna"));
    assert!(expected.contains(",50.00,Hours,1527.75,"), "{expected}");
    let comma = Way { delimiter: ';', decimal: ',', ..PLAIN };
    let day_first = |month: u32, day: u32| format!("{day:02}/{month:02}/2026");
    let month_first = |month: u32, day: u32| format!("{month:02}/{day:02}/2026");
    let dotted = |month: u32, day: u32| format!("{day}.{month}.2026");
    let chinese = |month: u32, day: u32| format!("2026年{month}月{day}日");
    let with_time = |month: u32, day: u32| format!("2026-{month:02}-{day:02}T08:30:00Z");
    let ways = [
        Way { delimiter: ';', ..PLAIN },
        Way { delimiter: '\t', ..PLAIN },
        Way { delimiter: '|', ..PLAIN },
        Way { end: "\r\n", ..PLAIN },
        Way { end: "\r", ..PLAIN },
        comma,
        Way { grouping: ".", ..comma },
        Way { grouping: " ", ..comma },
        Way { grouping: "\u{a0}", ..comma },
        Way { grouping: "'", ..PLAIN },
        Way { grouping: ",", ..PLAIN },
        Way { date: day_first, ..PLAIN },
        Way { date: month_first, ..PLAIN },
        Way { date: dotted, ..comma },
        Way { date: chinese, ..PLAIN },
        Way { date: with_time, ..PLAIN },
        Way { duration: true, ..PLAIN },
        Way { duration: true, date: day_first, ..comma },
    ];
    for (at, way) in ways.into_iter().enumerate() {
        assert_eq!(delivered("t.csv", way.timesheet("Anna")), expected, "way {at}");
    }
}

#[test]
fn encodings_and_wrappings_make_no_difference() {
    let expected = delivered("t.csv", PLAIN.timesheet("Anna"));
    let western = PLAIN.timesheet("Zoë Lefèvre, Größe, Señor Muñoz, façade");
    let simplified = PLAIN.timesheet("上海智能科技有限公司的工程师在这里记录工时");
    let traditional = PLAIN.timesheet("臺北軟體工程師在這裡記錄工時與說明");
    let plain = western.as_bytes();
    for (what, name, bytes) in [
        ("UTF-8", "t.csv", plain.to_vec()),
        ("UTF-8 with a mark", "t.csv", [b"\xef\xbb\xbf", plain].concat()),
        ("UTF-16 LE", "t.txt", utf_16(&western, false)),
        ("UTF-16 BE", "t.csv", utf_16(&simplified, true)),
        ("Windows-1252", "t.csv", encoded(&western, WINDOWS_1252)),
        ("GB18030", "t.csv", encoded(&simplified, GB18030)),
        ("Big5", "t.csv", encoded(&traditional, BIG5)),
        ("gzip", "t.csv.gz", gzip(plain)),
        ("gzip of UTF-16", "t.csv.gz", gzip(&utf_16(&western, false))),
        ("zip", "t.zip", zip("sub/t.csv", plain)),
        ("zip of GB18030", "t.zip", zip("t.csv", &encoded(&simplified, GB18030))),
    ] {
        assert_eq!(delivered(name, bytes), expected, "{what}");
    }
    let latin_9 = encoded(&PLAIN.timesheet("Zoë, 5 €"), ISO_8859_15);
    let configuration = "[reading]\nencoding = \"ISO-8859-15\"\n";
    assert_eq!(delivered_with("t.csv", latin_9, configuration), expected, "ISO-8859-15");
}

#[test]
fn a_choice_decides_what_a_column_leaves_open() {
    let rows = |date: &str, quantity: &str| {
        format!("id,date,contract,quantity\n1,{date},SO009 - Agrolait,\"{quantity}\"\n")
    };
    let read = |date: &str, quantity: &str, choice: &str| {
        delivered_with("t.csv", rows(date, quantity), &format!("[reading]\n{choice}\n"))
    };
    let plain = delivered("t.csv", rows("2026-02-03", "1.5"));
    assert_eq!(read("03/02/2026", "1.5", "dates = \"dmy\""), plain);
    assert_eq!(read("02/03/2026", "1.5", "dates = \"mdy\""), plain);
    let thousand = delivered("t.csv", rows("2026-02-03", "1500"));
    assert_eq!(read("2026-02-03", "1,500", "decimal = \".\""), thousand);
    assert_eq!(read("2026-02-03", "1,500", "decimal = \",\""), plain);
    assert_eq!(read("2026-02-03", "1.500", "decimal = \",\""), thousand);
}

#[test]
fn a_header_that_stands_again_below_is_no_entry() {
    let once = PLAIN.timesheet("Anna");
    let header = once.lines().next().expect("a header");
    let pasted = format!("Timesheets of spring\n\n{once}\n{header}\n\n");
    assert_eq!(delivered("t.csv", pasted), delivered("t.csv", once.as_bytes()));
}

#[test]
fn a_line_that_names_the_delimiter_makes_no_difference() {
    let expected = delivered("t.csv", PLAIN.timesheet("Anna"));
    for (line, delimiter) in
        [("sep=;", ';'), ("\"sep=;\"", ';'), ("sep=,", ','), ("sep=\t", '\t'), ("SEP=\\t", '\t')]
    {
        let way = Way { delimiter, end: "\r\n", ..PLAIN };
        let text = format!("{line}\r\n{}", way.timesheet("Anna"));
        assert_eq!(delivered("t.csv", &text), expected, "{line}");
        assert_eq!(delivered("t.csv", utf_16(&text, false)), expected, "{line} in UTF-16");
        assert_eq!(delivered("t.csv", format!("\u{feff}{text}")), expected, "{line} marked");
    }
    // Rows are counted as the spreadsheet shows them, which hides that line.
    let text = "sep=;\nid;date;contract;quantity\n1;2026-03-02;SO009 - Agrolait;x\n";
    let (_world, run) = reconciled(text);
    assert_eq!(run.table("exceptions.csv")[0]["row"], "2");
}

/// A run, with the world that its outputs lie in.
fn reconciled(timesheet: &str) -> (World, Run) {
    let world = World::new().file("orders.csv", LINES).file("t.csv", timesheet);
    let run = world.reconcile(&[]).expect_code(0);
    (world, run)
}

#[test]
fn rows_of_totals_are_left_out_and_counted() {
    let expected = delivered("t.csv", PLAIN.timesheet("Anna"));
    let comma = Way { delimiter: ';', decimal: ',', ..PLAIN };
    let clock = Way { duration: true, ..PLAIN };
    for (what, way, rows, count) in [
        ("in the first column", PLAIN, "Total,,,,,1527.75,\n", 1),
        ("in the column of dates", PLAIN, ",Summe:,,,,1527.75\n", 1),
        ("beside the figures", PLAIN, ",,,,Total g\u{e9}n\u{e9}ral,1527.75,\n", 1),
        ("with a count", PLAIN, "Total (6),,,,,1527.75,\n", 1),
        ("with a month", PLAIN, "Summe 03/2026,,,,,1527.75,\n", 1),
        ("Chinese", PLAIN, "合计：,,,,,1527.75,\n", 1),
        ("decimal comma", comma, "\nTotal;;;;;1.527,75 €;\n", 1),
        ("durations", clock, "\n,,,,,1527:45:00,\n\n", 1),
        ("without a label", PLAIN, ",,,,,1527.75,\n", 1),
        ("several", PLAIN, "Subtotal,,,,,1527.75,\n\nGrand total,,,,,99,\n", 2),
        ("labelled and not", PLAIN, "Subtotal,,,,,1527.75,\n,,,,,1527.75,\n", 2),
    ] {
        let (_world, run) = reconciled(&format!("{}{rows}", way.timesheet("Anna")));
        assert!(run.table("exceptions.csv").is_empty(), "{what}: {}", run.text("exceptions.csv"));
        assert_eq!(run.text("delivered.csv"), expected, "{what}");
        let json = run.json();
        assert_eq!(json["inputs"][1]["total_rows"], count, "{what}");
        assert_eq!(json["inputs"][1]["rows"], 6, "{what}");
        assert!(run.stdout.contains("Rows of totals left out"), "{}", run.stdout);
    }
    let subtotals = "id,date,contract,quantity\n1,2026-03-02,SO009 - Agrolait,2\nSubtotal,,,2\n\
                     2,2026-03-03,SO009 - Agrolait,3\nSubtotal,,,3\nTotal,,,5\n";
    let (_world, run) = reconciled(subtotals);
    assert_eq!(run.json()["inputs"][1]["total_rows"], 3);
    assert_eq!(run.line("L1")["delivered"], "5.00");
}

#[test]
fn work_is_never_taken_for_a_total() {
    let rows = |last: &str| {
        let text = "id,date,employee,contract,description,quantity\n\
                    1,2026-03-02,Anna,SO009 - Agrolait,Total,7.5\n";
        reconciled(&format!("{text}{last}\n"))
    };
    for (last, kind) in [
        // The cells above are merged over two rows.
        (",,,,,2.5", "missing_value"),
        // The date is forgotten.
        ("2,,Anna,SO009 - Agrolait,Total,2.5", "missing_value"),
        (",,,TotalEnergies,,2.5", "missing_value"),
        // Names that begin with a word for a total.
        (",,,Total Energies,,2.5", "missing_value"),
        (",,,,Total rework,2.5", "missing_value"),
        (",,,,Sum of fixes,2.5", "missing_value"),
        (",,Anna,Total,,2.5", "missing_value"),
        (",,,,Call,7.5", "missing_value"),
    ] {
        let (_world, run) = rows(last);
        let exceptions = run.table("exceptions.csv");
        assert_eq!(exceptions.len(), 1, "{last}");
        assert_eq!(exceptions[0]["kind"], kind, "{last}");
        assert_eq!(run.json()["inputs"][1]["rows"], 2, "{last}");
        assert_eq!(run.line("L1")["delivered"], "7.50", "{last}");
    }
    let (_world, run) = rows(",2026-03-03,,Total,,2.5");
    assert_eq!(run.json()["totals"]["entries"]["read"], 2);
    assert_eq!(run.table("unmatched.csv")[0]["contract"], "Total");
}

#[test]
fn totals_of_order_lines_are_no_lines() {
    for row in ["Total,,,,,50,,500\n", ",,,,,50,,\n", ",Summe,,,,50,\n"] {
        let world = World::new()
            .file("orders.csv", format!("{LINES}{row}"))
            .file("t.csv", PLAIN.timesheet("Anna"));
        let run = world.reconcile(&["--strict"]).expect_code(0);
        assert_eq!(run.json()["inputs"][0]["total_rows"], 1, "{row}");
        assert_eq!(run.table("delivered.csv").len(), 1, "{row}");
    }
}

#[test]
fn a_choice_for_one_file_wins_over_that_for_all() {
    let rows = |date: &str, quantity: &str, mark: char| {
        let cells =
            [["id", "date", "contract", "quantity"], ["", date, "SO009 - Agrolait", quantity]];
        let lines = cells.map(|row| row.join(&mark.to_string()) + "\n");
        lines.concat()
    };
    let world = World::new()
        .file("orders.csv", LINES)
        .file("exports/berlin/march.csv", rows("03/02/2026", "1.500", ';'))
        .file("exports/paris/march.csv", rows("03/04/2026", "1.500", ';'))
        // The bar stands in the first row only.
        .file("exports/odd.txt", "id|date|contract|quantity\n9|2026-03-01|SO009 - Agrolait|1,5\n")
        .file(
            "drawdown.toml",
            "[reading]\ndates = \"mdy\"\ndecimal = \",\"\n\
             [files.\"berlin/*\"]\ndates = \"dmy\"\ndecimal = \".\"\n\
             [files.\"march.csv\"]\ndelimiter = \";\"\n\
             [files.\"april*.csv\"]\ndecimal = \",\"\n",
        );
    let run = world.reconcile(&["--quiet"]).expect_code(0);
    let line = run.line("L1");
    assert_eq!(line["first_date"], "2026-02-03", "day first in Berlin");
    assert_eq!(line["last_date"], "2026-03-04", "month first in Paris");
    // 1.5 in Berlin, 1500 in Paris, 1.5 in the other.
    assert_eq!(line["delivered"], "1503.00");
    let warning = "no input is a file of [files] in drawdown.toml: april*.csv";
    assert!(run.stderr.contains(warning), "{}", run.stderr);
    assert_eq!(run.json()["configuration"]["files"][0]["pattern"], "berlin/*");
}

#[test]
fn a_file_says_its_unit_where_its_entries_do_not() {
    let rows = |quantities: [&str; 2]| {
        let [one, other] = quantities;
        format!(
            "date,contract,quantity,unit\n2026-03-02,SO009 - Agrolait,{one},\n2026-03-03,SO009 - Agrolait,{other},Days\n"
        )
    };
    let world = |unit: &str| {
        World::new()
            .file("orders.csv", LINES)
            .file("a.csv", rows(["90", "1"]))
            // As many as stand in the other, in hours.
            .file("b.csv", "date,contract,quantity\n2026-03-04,SO009 - Agrolait,90\n2026-03-05,SO009 - Agrolait,2:30\n")
            .file("c.csv", "date,contract,quantity\n2026-03-06,SO009 - Agrolait,90\n")
            .file("drawdown.toml", format!("[files.\"[ab].csv\"]\nunit = \"{unit}\"\n"))
    };
    let in_minutes = world("min");
    let run = in_minutes.reconcile(&[]).expect_code(0);
    // 1.5 and 8, 1.5 and 2.5, 90.
    assert_eq!(run.line("L1")["hours"], "103.5");
    assert_eq!(run.json()["configuration"]["files"][0]["unit"], "min");
    let refused = world("Moons").reconcile(&[]).expect_code(2);
    let problem = "a.csv is said to be in \"Moons\", which is no unit of measure";
    assert!(refused.stderr.contains(problem), "{}", refused.stderr);
}

#[test]
fn a_year_of_two_digits_is_told_and_durations_are_read_in_five_languages() {
    let (_world, run) = reconciled(
        "id,date,contract,quantity\n1,02/03/26,SO009 - Agrolait,1\n2,2026-03-02,SO009 - Agrolait,2小时\n\
         3,2026-03-03,SO009 - Agrolait,2 Std.\n4,2026-03-04,SO009 - Agrolait,2 Tage\n",
    );
    assert_eq!(run.line("L1")["hours"], "4");
    let rows = run.table("exceptions.csv");
    let told: Vec<_> = rows.iter().map(|row| (&*row["row"], &*row["kind"])).collect();
    assert_eq!(told, [("2", "not_a_date"), ("5", "not_a_number")]);
    assert!(
        rows[0]["action"].starts_with("write the year with four digits"),
        "{}",
        rows[0]["action"]
    );
}
