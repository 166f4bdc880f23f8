//! Upsells from run to run: since when each is open, how it grows, and what
//! people decided about it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use calamine::{Data, Reader, Xlsx, open_workbook};
use rust_xlsxwriter::Workbook;

use super::support::{Row, Run, World};

const LINES: &str = "id,order,state,customer,salesperson,product,ordered,unit,price,currency,contract,tracking,policy
L1,SO1,sale,Agrolait,Anna,Support,10,Hours,100,EUR,SO1 - Agrolait,contract,ordered
L2,SO2,sale,Azure,Ben,Support,20,Hours,100,EUR,SO2 - Azure,contract,ordered
";

fn work(rows: &[(&str, &str, &str)]) -> String {
    let mut text = "id,date,contract,quantity,unit\n".to_owned();
    for (at, (date, contract, hours)) in rows.iter().enumerate() {
        text.extend([format!("{},{date},{contract},{hours},Hours\n", at + 1)]);
    }
    text
}

const MARCH: [(&str, &str, &str); 2] =
    [("2026-03-02", "SO1 - Agrolait", "12.5"), ("2026-03-03", "SO2 - Azure", "20")];
const APRIL: [(&str, &str, &str); 3] = [
    ("2026-03-02", "SO1 - Agrolait", "12.5"),
    ("2026-03-03", "SO2 - Azure", "20"),
    ("2026-04-02", "SO1 - Agrolait", "3"),
];

/// Two upsells, in the middle of March.
pub(super) fn march() -> World {
    World::new().file("lines.csv", LINES).file("work.csv", work(&MARCH))
}

/// The same folder two weeks later.
fn in_april(world: World) -> World {
    world.file("work.csv", work(&APRIL))
}

pub(super) fn upsell(run: &Run, order: &str) -> Row {
    let rows = run.table("upsell.csv");
    rows.into_iter().find(|row| row["order"] == order).expect("an upsell of the order")
}

fn bytes(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, fs::read(path).expect("a file"))
        })
        .collect()
}

/// Writes into a cell of upsell.csv.
pub(super) fn write_csv(out: &Path, order: &str, column: &str, text: &str) {
    let path = out.join("upsell.csv");
    let mut reader = csv::Reader::from_path(&path).expect("upsell.csv");
    let headers = reader.headers().expect("headers").clone();
    let at = headers.iter().position(|header| header == column).expect("the column");
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&headers).expect("a row");
    for row in reader.records() {
        let mut cells: Vec<String> = row.expect("a row").iter().map(str::to_owned).collect();
        if cells[0] == order {
            text.clone_into(&mut cells[at]);
        }
        writer.write_record(&cells).expect("a row");
    }
    #[expect(clippy::disallowed_methods, reason = "what a person saves")]
    fs::write(path, writer.into_inner().expect("bytes")).expect("saved");
}

/// Writes into the workbook's sheets, row and heading by row and heading, and
/// saves it as a spreadsheet would: rows in another order, other bytes.
fn write_workbook(out: &Path, edits: &[(&str, &str, &str)]) {
    let path = out.join("delivered.xlsx");
    let mut read: Xlsx<_> = open_workbook(&path).expect("the workbook");
    let mut workbook = Workbook::new();
    for name in read.sheet_names() {
        let range = read.worksheet_range(&name).expect("a sheet");
        let sheet = workbook.add_worksheet();
        sheet.set_name(&name).expect("a name");
        let headers: Vec<String> =
            range.rows().next().into_iter().flatten().map(ToString::to_string).collect();
        let mut rows: Vec<Vec<Data>> = range.rows().map(<[Data]>::to_vec).collect();
        if let Some(below) = rows.get_mut(1..) {
            below.reverse();
        }
        for (number, row) in (0..).zip(&rows) {
            for (at, cell) in (0..).zip(row) {
                let edit = edits.iter().find(|(order, heading, _)| {
                    matches!(name.as_str(), "Upsell" | "Snoozed" | "加售" | "已暂缓")
                        && number > 0
                        && row[0] == Data::String((*order).to_owned())
                        && headers[usize::from(at)] == *heading
                });
                match (edit, cell) {
                    (Some((_, _, text)), _) => sheet.write(number, at, *text).map(drop),
                    (None, Data::Float(amount)) => sheet.write(number, at, *amount).map(drop),
                    (None, Data::DateTime(day)) => {
                        let day = day.as_datetime().expect("a day").date().to_string();
                        sheet.write(number, at, day).map(drop)
                    }
                    (None, cell) => sheet.write(number, at, cell.to_string()).map(drop),
                }
                .expect("a cell");
            }
        }
    }
    workbook.save(path).expect("saved");
}

#[test]
fn says_since_when_an_upsell_is_open_and_how_it_grew() {
    let world = march();
    let first = world.reconcile(&["--as-of", "2026-03-15"]).expect_code(0);
    let row = upsell(&first, "SO1");
    assert_eq!(
        (row["first_seen"].as_str(), row["runs_open"].as_str(), row["change"].as_str()),
        ("2026-03-15", "1", "")
    );
    let world = in_april(world);
    let second = world.reconcile(&["--as-of", "2026-04-05"]).expect_code(0);
    let row = upsell(&second, "SO1");
    assert_eq!(
        (row["first_seen"].as_str(), row["runs_open"].as_str(), row["change"].as_str()),
        ("2026-03-15", "2", "3.00")
    );
    assert_eq!(upsell(&second, "SO2")["change"], "0.00");
    assert_eq!(
        second.text("history.csv"),
        "order,lines,sold,unit,open,first_seen,runs_open,last_seen,excess,opportunity,before_runs_open,before_last_seen,before_excess,before_opportunity,owner,decision,comment,snooze_until,snoozed_at\n\
         SO1,L1,10,Hours,yes,2026-03-15,2,2026-04-05,5.5,drawdown_upsell_SO1_10,1,2026-03-15,2.5,drawdown_upsell_SO1_10,,,,,\n\
         SO2,L2,20,Hours,yes,2026-03-15,2,2026-04-05,0,drawdown_upsell_SO2_20,1,2026-03-15,0,drawdown_upsell_SO2_20,,,,,\n"
    );
}

#[test]
fn a_run_that_is_repeated_gives_the_same_bytes_and_counts_once() {
    let world = march();
    let first = world.reconcile(&["--as-of", "2026-03-15"]).expect_code(0);
    let before = bytes(&first.out);
    assert!(before == bytes(&world.reconcile(&["--as-of", "2026-03-15"]).expect_code(0).out));
    write_workbook(
        &first.out,
        &[("SO1", "Decision", "perhaps"), ("SO2", "Snooze until", "2026-06-01")],
    );
    let world = in_april(world);
    let second = world.reconcile(&["--as-of", "2026-04-05"]).expect_code(0);
    let before = bytes(&second.out);
    for _ in 0..2 {
        let again = world.reconcile(&["--as-of", "2026-04-05"]).expect_code(0);
        assert!(before == bytes(&again.out), "{}", again.text("history.csv"));
        assert_eq!(upsell(&again, "SO1")["runs_open"], "2");
    }
    // Digests of another kind: the same run all the same.
    let again = world.reconcile(&["--as-of", "2026-04-05", "--hash", "sha256"]).expect_code(0);
    assert_eq!(before["upsell.csv"], bytes(&again.out)["upsell.csv"]);
    // Another day is another run.
    let third = world.reconcile(&["--as-of", "2026-04-06"]).expect_code(0);
    assert_eq!(upsell(&third, "SO1")["runs_open"], "3");
    assert_eq!(upsell(&third, "SO1")["change"], "0.00");
}

#[test]
fn decisions_come_back_from_the_workbook() {
    let world = march();
    let first = world.reconcile(&["--as-of", "2026-03-15", "--quiet"]).expect_code(0);
    write_workbook(
        &first.out,
        &[
            ("SO1", "Owner", " Anna "),
            ("SO1", "Decision", "New line"),
            ("SO1", "Comment", "=call, \"soon\"\nor later"),
            ("SO2", "Decision", "lock"),
        ],
    );
    let world = in_april(world);
    let second = world.reconcile(&["--as-of", "2026-04-05"]).expect_code(0);
    let row = upsell(&second, "SO1");
    assert_eq!(
        (row["owner"].as_str(), row["decision"].as_str(), row["comment"].as_str()),
        ("Anna", "new_line", "'=call, \"soon\"\nor later")
    );
    assert_eq!(upsell(&second, "SO2")["decision"], "lock");
    let mut workbook: Xlsx<_> =
        open_workbook(second.out.join("delivered.xlsx")).expect("the workbook");
    let sheet = workbook.worksheet_range("Upsell").expect("the sheet");
    let texts: Vec<String> = sheet.rows().flatten().map(ToString::to_string).collect();
    assert!(texts.contains(&"=call, \"soon\"\nor later".to_owned()), "{texts:?}");
}

#[test]
fn decisions_are_read_in_whatever_language_they_were_written() {
    let world = march();
    let first =
        world.reconcile(&["--as-of", "2026-03-15", "--quiet", "--lang", "zh"]).expect_code(0);
    write_workbook(
        &first.out,
        &[
            ("SO1", "负责人", "王芳"),
            ("SO1", "决定", "新增订单行"),
            ("SO2", "决定", "等待"),
            ("SO2", "备注", "预算未批"),
            ("SO2", "暂缓至", "2026-04-20"),
        ],
    );
    let decided = |run: &Run, order: &str| {
        let row = upsell(run, order);
        ["owner", "decision", "comment", "snooze_until", "snoozed"].map(|name| row[name].clone())
    };
    let one = ["王芳", "new_line", "", "", ""];
    let other = ["", "wait", "预算未批", "2026-04-20", "yes"];
    let world = in_april(world);
    let sheets = [
        ("fr", "Vente additionnelle", "nouvelle ligne", "attendre"),
        ("de", "Upselling", "neue Position", "warten"),
        ("es", "Venta adicional", "línea nueva", "esperar"),
        ("en", "Upsell", "new line", "wait"),
        ("zh-CN", "加售", "新增订单行", "等待"),
    ];
    for (day, (language, name, listed, set_aside)) in (5..).zip(sheets) {
        let as_of = format!("2026-04-{day:02}");
        let run = world.reconcile(&["--as-of", &as_of, "--lang", language]).expect_code(0);
        assert_eq!(decided(&run, "SO1"), one, "{language}");
        assert_eq!(decided(&run, "SO2"), other, "{language}");
        let path = run.out.join("delivered.xlsx");
        let mut workbook: Xlsx<_> = open_workbook(&path).expect("the workbook");
        let sheet = workbook.worksheet_range(name).expect("the sheet");
        assert!(sheet.rows().flatten().any(|cell| *cell == *listed), "{language}");
        let snoozed = workbook.sheet_names()[3].clone();
        let sheet = workbook.worksheet_range(&snoozed).expect("the sheet");
        assert!(sheet.rows().flatten().any(|cell| *cell == *set_aside), "{language}");
        // What is saved without a change, in other bytes, changes nothing.
        write_workbook(&run.out, &[]);
    }
}

#[test]
fn decisions_come_back_from_upsell_csv_and_can_be_taken_back() {
    let world = march();
    let first = world.reconcile(&["--as-of", "2026-03-15"]).expect_code(0);
    write_csv(&first.out, "SO2", "comment", "wait for Ben");
    let second = world.reconcile(&["--as-of", "2026-03-16"]).expect_code(0);
    assert_eq!(upsell(&second, "SO2")["comment"], "wait for Ben");
    // One cell in each file; the same cell alike in both.
    write_csv(&second.out, "SO2", "owner", "Ben");
    write_csv(&second.out, "SO2", "decision", "no");
    write_workbook(&second.out, &[("SO2", "Decision", "no"), ("SO2", "Comment", "")]);
    let third = world.reconcile(&["--as-of", "2026-03-17"]).expect_code(0);
    let row = upsell(&third, "SO2");
    assert_eq!(
        (row["owner"].as_str(), row["decision"].as_str(), row["comment"].as_str()),
        ("Ben", "no", "")
    );
}

#[test]
fn two_files_that_decide_differently_stop_the_run() {
    let world = march();
    let first = world.reconcile(&["--as-of", "2026-03-15"]).expect_code(0);
    write_csv(&first.out, "SO2", "decision", "no");
    write_workbook(&first.out, &[("SO2", "Decision", "wait")]);
    let before = bytes(&first.out);
    let run = world.reconcile(&["--as-of", "2026-03-16"]).expect_code(3);
    assert_eq!(
        run.stderr,
        "error: out/upsell.csv:3, column \"decision\": decision of the upsell SO2 (lines L2) is \"no\" here and \"wait\" in out/delivered.xlsx, sheet \"Upsell\", row 3, column \"Decision\"; nothing was replaced; help: write the same in both, or start afresh with --since none\n"
    );
    assert!(before == bytes(&first.out));
}

#[test]
fn a_workbook_whose_sheet_was_renamed_stops_the_run() {
    let world = march();
    let first = world.reconcile(&["--as-of", "2026-03-15"]).expect_code(0);
    let path = first.out.join("delivered.xlsx");
    let mut workbook = Workbook::new();
    for name in ["Upsell Anna", "Snoozed"] {
        workbook.add_worksheet().set_name(name).expect("a name");
    }
    workbook.save(path).expect("saved");
    let run = world.reconcile(&["--as-of", "2026-03-16"]).expect_code(3);
    assert!(run.stderr.contains("it has no sheet \"Upsell\" or "), "{}", run.stderr);
    assert!(run.stderr.contains("nothing was replaced"), "{}", run.stderr);
}

#[test]
fn a_damaged_workbook_stops_the_run_and_stays() {
    let world = march();
    let first = world.reconcile(&["--as-of", "2026-03-15"]).expect_code(0);
    let path = first.out.join("delivered.xlsx");
    let whole = fs::read(&path).expect("the workbook");
    #[expect(clippy::disallowed_methods, reason = "a damaged file")]
    fs::write(&path, &whole[..whole.len() / 2]).expect("damaged");
    let run = world.reconcile(&["--as-of", "2026-03-16"]).expect_code(3);
    let told = &run.stderr;
    assert!(
        told.contains("out/delivered.xlsx: what was decided in an earlier run cannot be read"),
        "{told}"
    );
    assert!(told.contains("nothing was replaced"), "{told}");
    assert_eq!(fs::read(&path).expect("the workbook").len(), whole.len() / 2);
    // Without it, what history.csv remembers counts; afresh, nothing does.
    let afresh = world.reconcile(&["--as-of", "2026-03-16", "--since", "none"]).expect_code(0);
    assert_eq!(upsell(&afresh, "SO1")["first_seen"], "2026-03-16");
    fs::remove_file(&path).expect("taken away");
    let run = world.reconcile(&["--as-of", "2026-03-17"]).expect_code(0);
    assert_eq!(upsell(&run, "SO1")["first_seen"], "2026-03-16");
}

#[test]
fn a_decision_beside_no_upsell_stops_the_run() {
    let world = march();
    let first = world.reconcile(&["--as-of", "2026-03-15"]).expect_code(0);
    let text = first.text("upsell.csv") + "SO9,L9,,,,,,,,,,,,,,,,,,,,Anna,,,,\n";
    #[expect(clippy::disallowed_methods, reason = "what a person saves")]
    fs::write(first.out.join("upsell.csv"), text).expect("saved");
    let run = world.reconcile(&["--as-of", "2026-03-16"]).expect_code(3);
    assert!(
        run.stderr.contains("out/upsell.csv:4, column \"owner\": \"Anna\" stands in a row"),
        "{}",
        run.stderr
    );
}

#[test]
fn an_unknown_decision_is_kept_and_an_exception() {
    let world = march();
    let first = world.reconcile(&["--as-of", "2026-03-15"]).expect_code(0);
    write_workbook(
        &first.out,
        &[("SO1", "Decision", "ask Anna"), ("SO1", "Snooze until", "after Easter")],
    );
    let second = world.reconcile(&["--as-of", "2026-03-16"]).expect_code(0);
    let row = upsell(&second, "SO1");
    assert_eq!(
        (row["decision"].as_str(), row["snooze_until"].as_str()),
        ("ask Anna", "after Easter")
    );
    assert_eq!(row["snoozed"], "");
    assert_eq!(
        second.text("exceptions.csv"),
        "file,sheet,row,column,kind,rule,found,expected,action\n\
         upsell.csv,,2,decision,unknown_value,1,ask Anna,\"one of: new_line, new_order, lock, no, wait\",\"correct it beside the upsell of SO1, here or in the workbook; until then it is kept as it stands\"\n\
         upsell.csv,,2,snooze_until,not_a_date,1,after Easter,a date like 2026-04-15,\"correct it beside the upsell of SO1, here or in the workbook; until then it is kept as it stands\"\n"
    );
    world.reconcile(&["--as-of", "2026-03-16", "--strict"]).expect_code(4);
}

#[test]
fn what_is_snoozed_stands_apart_until_it_grows() {
    let world = march();
    let first = world.reconcile(&["--as-of", "2026-03-15"]).expect_code(0);
    write_workbook(&first.out, &[("SO1", "Snooze until", "2026-05-01")]);
    let second = in_april(world);
    let run = second.reconcile(&["--as-of", "2026-04-05"]).expect_code(0);
    assert_eq!(upsell(&run, "SO1")["snoozed"], "yes");
    let listed = |run: &Run, name: &str| -> Vec<String> {
        let mut workbook: Xlsx<_> =
            open_workbook(run.out.join("delivered.xlsx")).expect("the workbook");
        let sheet = workbook.worksheet_range(name).expect("the sheet");
        let orders = sheet.rows().skip(1).map(|row| row[0].to_string());
        orders.filter(|order| order != "Total").collect()
    };
    assert_eq!(
        (listed(&run, "Upsell"), listed(&run, "Snoozed")),
        (vec!["SO2".to_owned()], vec!["SO1".to_owned()])
    );
    assert!(run.stdout.contains("Upsell: 1 quota has reached its threshold\n"), "{}", run.stdout);
    assert!(run.stdout.contains("Set aside until later: 1\n"), "{}", run.stdout);
    // It grew by 3 hours since it was set aside: of 10 that is 30 %.
    let second = second.file("drawdown.toml", "[upsell]\nwake_after = \"31%\"\n");
    let run = second.reconcile(&["--as-of", "2026-04-06"]).expect_code(0);
    assert_eq!(upsell(&run, "SO1")["snoozed"], "yes");
    let second = second.file("drawdown.toml", "[upsell]\nwake_after = 3\n");
    let run = second.reconcile(&["--as-of", "2026-04-06"]).expect_code(0);
    assert_eq!(upsell(&run, "SO1")["snoozed"], "");
    // Its day has come.
    let second = second.file("drawdown.toml", "");
    let run = second.reconcile(&["--as-of", "2026-05-01"]).expect_code(0);
    assert_eq!(
        (upsell(&run, "SO1")["snoozed"].as_str(), upsell(&run, "SO1")["snooze_until"].as_str()),
        ("", "2026-05-01")
    );
    // From the sheet Snoozed it is read back as well.
    write_workbook(&run.out, &[("SO1", "Snooze until", "2026-06-01")]);
    let run = second.reconcile(&["--as-of", "2026-05-02"]).expect_code(0);
    assert_eq!(listed(&run, "Snoozed"), ["SO1"]);
    write_workbook(&run.out, &[("SO1", "Snooze until", "")]);
    let run = second.reconcile(&["--as-of", "2026-05-03"]).expect_code(0);
    assert_eq!(
        (upsell(&run, "SO1")["snoozed"].as_str(), upsell(&run, "SO1")["snooze_until"].as_str()),
        ("", "")
    );
}

#[test]
fn a_run_is_not_written_over_a_later_one() {
    let world = in_april(march());
    let first = world.reconcile(&["--as-of", "2026-04-05"]).expect_code(0);
    let before = bytes(&first.out);
    let run = world.reconcile(&["--as-of", "2026-03-15"]).expect_code(2);
    let told = "--out out holds a run as of 2026-04-05, later than 2026-03-15; write an older run into another folder, or start afresh with --since none";
    assert!(run.stderr.contains(told), "{}", run.stderr);
    assert!(before == bytes(&run.out));
    let elsewhere = ["reconcile", ".", "--out", "march", "--as-of", "2026-03-15", "--since", "out"];
    let run = world.run(&elsewhere).expect_code(2);
    let told = "--since out holds a run as of 2026-04-05, later than 2026-03-15; name the run before this one, or none to start afresh";
    assert!(run.stderr.contains(told), "{}", run.stderr);
    // An older run beside it is no earlier one of the folder that is replaced.
    world.run(&elsewhere[..6]).expect_code(0);
    let since = ["--as-of", "2026-03-31", "--since", "march"];
    let run = world.reconcile(&since).expect_code(2);
    assert!(run.stderr.contains("--out out holds a run as of 2026-04-05"), "{}", run.stderr);
    let run = world.reconcile(&["--as-of", "2026-03-15", "--since", "none"]).expect_code(0);
    let row = upsell(&run, "SO1");
    assert_eq!(["first_seen", "runs_open"].map(|name| row[name].as_str()), ["2026-03-15", "1"]);
}

#[test]
fn what_is_snoozed_is_named_in_the_summary_and_counted_in_the_headline() {
    let world = march();
    let first = world.reconcile(&["--as-of", "2026-03-15"]).expect_code(0);
    write_csv(&first.out, "SO1", "snooze_until", "2026-05-01");
    write_csv(&first.out, "SO2", "snooze_until", "2026-05-01");
    let run = world.reconcile(&["--as-of", "2026-03-16"]).expect_code(0);
    let part = "\
Set aside until later: 2
       Customer  Product  Snooze until  Overrun
  SO1  Agrolait  Support  2026-05-01     250.00  EUR
  SO2  Azure     Support  2026-05-01       0.00  EUR
";
    let text = run.text("summary.txt");
    assert!(text.contains("EUR       2    0        2   250.00\n"), "{text}");
    assert!(text.contains(part) && !text.contains("Used up"), "{text}");
    let text = run.text("summary.md");
    let row = "| SO1 | Agrolait | Support | 2026-05-01 | 250.00 | EUR |";
    assert!(text.contains("**Set aside until later: 2**") && text.contains(row), "{text}");
    let page = run.text("report.html");
    for tile in [
        "<span class=\"label\">Upsell</span> <span class=\"value\">2 <small>of which 2 snoozed</small>",
        "<span class=\"label\">Overrun value</span> <span class=\"value\">250.00 <small>EUR</small>",
        "SO1 Agrolait · Snoozed</dt><dd>250.00</dd>",
    ] {
        assert!(page.contains(tile), "no {tile} in the page");
    }
    // One that is open stands apart from it.
    write_csv(&run.out, "SO2", "snooze_until", "");
    let run = world.reconcile(&["--as-of", "2026-03-17"]).expect_code(0);
    let (text, page) = (run.text("summary.txt"), run.text("report.html"));
    let [open, aside] = ["\nUsed up\n", "Set aside until later: 1"].map(|part| text.find(part));
    assert!(open.is_some() && open < aside, "{text}");
    assert!(page.contains("2 <small>of which 1 snoozed</small>"));
    assert!(page.contains("1 + 1 = 2"));
}

#[test]
fn an_upsell_that_went_away_comes_back_with_what_was_decided() {
    let world = march();
    let first = world.reconcile(&["--as-of", "2026-03-15"]).expect_code(0);
    write_csv(&first.out, "SO1", "comment", "ask Anna");
    let world = world.file("work.csv", work(&MARCH[1..]));
    let gone = world.reconcile(&["--as-of", "2026-03-20", "--write", "delivered"]).expect_code(0);
    assert!(!gone.out.join("upsell.csv").exists());
    let world = in_april(world);
    let back = world.reconcile(&["--as-of", "2026-04-05"]).expect_code(0);
    let row = upsell(&back, "SO1");
    assert_eq!(
        ["first_seen", "runs_open", "change", "comment"].map(|name| row[name].as_str()),
        ["2026-03-15", "2", "3.00", "ask Anna"]
    );
}

#[test]
fn more_sold_and_used_up_again_is_another_upsell() {
    let world = march();
    let first = world.reconcile(&["--as-of", "2026-03-15"]).expect_code(0);
    write_csv(&first.out, "SO1", "decision", "new_line");
    let lines = LINES.replace("Support,10", "Support,12");
    let world = world.file("lines.csv", lines);
    let second = world.reconcile(&["--as-of", "2026-03-16"]).expect_code(0);
    let row = upsell(&second, "SO1");
    assert_eq!(
        ["first_seen", "runs_open", "change", "decision"].map(|name| row[name].as_str()),
        ["2026-03-16", "1", "", ""]
    );
}

#[test]
fn since_names_another_folder_and_loses_nothing_of_this_one() {
    let world = march();
    let first = world.reconcile(&["--as-of", "2026-03-15"]).expect_code(0);
    write_csv(&first.out, "SO1", "comment", "of March");
    fs::rename(&first.out, world.path().join("march")).expect("moved");
    let since = ["--as-of", "2026-04-05", "--since", "march"];
    let world = in_april(world);
    let second = world.reconcile(&since).expect_code(0);
    assert_eq!(upsell(&second, "SO1")["change"], "3.00");
    let before = bytes(&second.out);
    assert!(before == bytes(&world.reconcile(&since).expect_code(0).out));
    write_csv(&second.out, "SO1", "comment", "of April");
    write_csv(&second.out, "SO2", "owner", "Ben");
    let again = world.reconcile(&since).expect_code(0);
    assert_eq!(upsell(&again, "SO1")["comment"], "of April");
    assert_eq!(upsell(&again, "SO2")["owner"], "Ben");
    assert_eq!(upsell(&again, "SO1")["runs_open"], "2");
    let run = world.reconcile(&["--since", "nowhere"]).expect_code(2);
    assert!(run.stderr.contains("--since nowhere: no run's output lies there"), "{}", run.stderr);
}

#[test]
fn a_workbook_that_is_open_is_told_in_one_sentence() {
    for lock in ["~$delivered.xlsx", ".~lock.delivered.xlsx#"] {
        let world = march();
        let first = world.reconcile(&["--as-of", "2026-03-15"]).expect_code(0);
        write_csv(&first.out, "SO1", "comment", "ask Anna");
        let before = bytes(&first.out);
        let world = world.file(&format!("out/{lock}"), "x");
        let run = world.reconcile(&["--as-of", "2026-03-16"]).expect_code(1);
        assert_eq!(
            run.stderr,
            format!(
                "error: out/delivered.xlsx is open in another program ({lock} lies beside it); nothing was replaced; help: save and close it, then run again\n"
            )
        );
        fs::remove_file(first.out.join(lock)).expect("closed");
        assert!(before == bytes(&first.out));
        let run = world.reconcile(&["--as-of", "2026-03-16"]).expect_code(0);
        assert_eq!(upsell(&run, "SO1")["comment"], "ask Anna");
    }
}

#[test]
fn a_run_of_a_version_without_history_is_the_first() {
    let world = march();
    let first = world.reconcile(&["--as-of", "2026-03-15", "--write", "upsell"]).expect_code(0);
    let text = first.text("upsell.csv");
    let old: Vec<String> =
        text.lines().map(|line| line.split(',').take(17).collect::<Vec<_>>().join(",")).collect();
    let mut json = first.json();
    let outputs = json["outputs"].as_array_mut().expect("outputs");
    outputs.retain(|output| output["path"] != "history.csv");
    fs::remove_file(first.out.join("history.csv")).expect("gone");
    let world = in_april(world)
        .file("out/upsell.csv", old.join("\n") + "\n")
        .file("out/run.json", json.to_string());
    let second = world.reconcile(&["--as-of", "2026-04-05"]).expect_code(0);
    let row = upsell(&second, "SO1");
    assert_eq!(
        ["first_seen", "runs_open", "change"].map(|name| row[name].as_str()),
        ["2026-03-15", "2", "3.00"]
    );
}

#[test]
fn decisions_are_chosen_from_a_list() {
    let world = march();
    let run = world.reconcile(&["--as-of", "2026-03-15"]).expect_code(0);
    let file = fs::File::open(run.out.join("delivered.xlsx")).expect("the workbook");
    let mut parts = zip::ZipArchive::new(file).expect("a zip archive");
    let mut sheet = String::new();
    let mut part = parts.by_name("xl/worksheets/sheet3.xml").expect("the third sheet");
    std::io::Read::read_to_string(&mut part, &mut sheet).expect("XML");
    for (cells, list) in [
        ("V2:V3", "<formula1>\"Anna,Ben\"</formula1>"),
        ("W2:W3", "<formula1>\"new line,new order,lock,no,wait\"</formula1>"),
        ("Y2:Y3", "type=\"date\""),
    ] {
        let rules: Vec<&str> = sheet.split("<dataValidation ").collect();
        let rule = rules.iter().find(|rule| rule.contains(&format!("sqref=\"{cells}\"")));
        assert!(rule.is_some_and(|rule| rule.contains(list)), "{cells}: {rules:?}");
    }
}

#[test]
fn a_list_that_names_its_delimiter_is_the_same_list() {
    let world = World::new().file("in/lines.csv", LINES).file("in/march.csv", work(&MARCH));
    let reconcile = ["reconcile", "in", "--out", "out", "--as-of", "2026-03-31", "--quiet"];
    world.run(&reconcile).expect_code(0);
    let list = world.path().join("out/upsell.csv");
    let before = fs::read_to_string(&list).expect("a list");
    let world = world.file("out/upsell.csv", format!("sep=,\r\n{before}"));
    world.run(&reconcile).expect_code(0);
    assert_eq!(fs::read_to_string(&list).expect("a list"), before);
}
