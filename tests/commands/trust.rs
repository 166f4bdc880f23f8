//! What a run's folder says is trusted only where it is what the run wrote.

use std::fs;
use std::path::Path;

use super::history::{march, upsell, write_csv};
use super::support::{Run, World};

#[expect(clippy::disallowed_methods, reason = "what a person saves")]
fn save(path: &Path, text: impl AsRef<[u8]>) {
    fs::write(path, text).expect("saved");
}

fn rewrite(folder: &Path, name: &str, change: impl FnOnce(String) -> String) {
    let path = folder.join(name);
    save(&path, change(fs::read_to_string(&path).expect("a file")));
}

/// A run of March in `out`, with a decision about each upsell, read once.
fn decided() -> (World, Run) {
    let world = march();
    let first = world.reconcile(&["--as-of", "2026-03-15"]).expect_code(0);
    write_csv(&first.out, "SO1", "decision", "lock");
    write_csv(&first.out, "SO2", "comment", "wait for Ben");
    let run = world.reconcile(&["--as-of", "2026-03-15"]).expect_code(0);
    assert_eq!(upsell(&run, "SO1")["decision"], "lock");
    (world, run)
}

#[test]
fn a_history_that_was_changed_stops_the_run_and_stays() {
    type Change = fn(String) -> String;
    let changes: [(&str, Change); 6] = [
        ("cut at a row", |text| text[..text.find("SO2").expect("a row")].to_owned()),
        ("cut in a row", |text| text[..text.len() - 20].to_owned()),
        ("edited", |text| text.replace("lock", "no")),
        ("emptied", |_| String::new()),
        ("saved with a byte order mark", |text| format!("\u{feff}{text}")),
        ("saved with other line ends", |text| text.replace('\n', "\r\n")),
    ];
    for (how, change) in changes {
        let (world, run) = decided();
        let whole = run.text("history.csv");
        rewrite(&run.out, "history.csv", change);
        let stopped = world.reconcile(&["--as-of", "2026-03-16"]).expect_code(3);
        assert_eq!(
            stopped.stderr,
            "error: out/history.csv: it was changed since the run wrote it (its digest is not the one in run.json), so what was decided may be missing from it or other than it was; nothing was replaced; help: put the file back as it was, or start afresh with --since none; decisions are written into upsell.csv or delivered.xlsx\n",
            "{how}"
        );
        assert_eq!(upsell(&stopped, "SO2")["comment"], "wait for Ben", "{how}");
        // Named, it is held to its digest as well.
        fs::rename(&run.out, world.path().join("march")).expect("moved");
        world.reconcile(&["--as-of", "2026-03-16", "--since", "march"]).expect_code(3);
        fs::rename(world.path().join("march"), &run.out).expect("moved");
        // Put back, it counts; or nothing does.
        save(&run.out.join("history.csv"), whole);
        let next = world.reconcile(&["--as-of", "2026-03-16"]).expect_code(0);
        assert_eq!(upsell(&next, "SO1")["decision"], "lock", "{how}");
        save(&run.out.join("history.csv"), "x");
        let afresh = world.reconcile(&["--as-of", "2026-03-17", "--since", "none"]).expect_code(0);
        assert_eq!(upsell(&afresh, "SO1")["decision"], "", "{how}");
    }
}

#[test]
fn a_history_that_is_gone_stops_the_run() {
    let (world, run) = decided();
    fs::remove_file(run.out.join("history.csv")).expect("gone");
    let stopped = world.reconcile(&["--as-of", "2026-03-16"]).expect_code(3);
    assert!(
        stopped.stderr.contains("out/history.csv: it is gone, and what was decided in earlier runs stood in it; nothing was replaced; help: put the file back as it was"),
        "{}",
        stopped.stderr
    );
}

#[test]
fn a_run_json_that_was_cut_stops_the_run() {
    let (world, run) = decided();
    rewrite(&run.out, "run.json", |text| text[..text.len() / 2].to_owned());
    let stopped = world.reconcile(&["--as-of", "2026-03-16"]).expect_code(2);
    assert!(
        stopped.stderr.contains("its run.json: it is not as drawdown wrote it (EOF while parsing"),
        "{}",
        stopped.stderr
    );
    // Nor is it taken for a folder of exports.
    let other = world.run(&["reconcile", ".", "--out", "other", "--as-of", "2026-03-16"]);
    let told = other.expect_code(0).stdout;
    assert!(told.contains("passed over: ./out: an earlier run's output\n"), "{told}");
}

#[test]
fn a_row_with_more_cells_than_the_header_is_an_error_with_its_place() {
    let (world, run) = decided();
    let text = run.text("upsell.csv");
    // A comma that nobody put in quotes, in a row that had the comment before.
    rewrite(&run.out, "upsell.csv", |text| text.replace("wait for Ben", "wait, for Ben"));
    let stopped = world.reconcile(&["--as-of", "2026-03-16"]).expect_code(3);
    assert_eq!(
        stopped.stderr,
        "error: out/upsell.csv:3: the row has 27 cells and the header has 26, so its cells stand in other columns than their own; nothing was replaced; help: put a text that holds a comma in quotes, or take out what is too much\n"
    );
    save(&run.out.join("upsell.csv"), text.replace("wait for Ben", "\"wait, for Ben\""));
    let next = world.reconcile(&["--as-of", "2026-03-16"]).expect_code(0);
    assert_eq!(upsell(&next, "SO2")["comment"], "wait, for Ben");
}

/// The row of SO2 in upsell.csv, changed.
fn with_so2(text: &str, change: impl Fn(&str) -> String) -> String {
    let row = |line: &str| if line.starts_with("SO2,") { change(line) } else { line.to_owned() };
    text.lines().map(|line| row(line) + "\n").collect()
}

#[test]
fn a_row_that_lost_a_comma_is_an_error_with_its_place() {
    let (world, run) = decided();
    let text = run.text("upsell.csv");
    let whole = with_so2(&text, |row| row.replace(",,,wait for Ben,,", ",,Anna,wait for Ben,,"));
    assert_ne!(whole, text);
    let commas: Vec<usize> = whole
        .lines()
        .find(|line| line.starts_with("SO2,"))
        .map_or_else(Vec::new, |row| row.match_indices(',').map(|(at, _)| at).collect());
    assert_eq!(commas.len(), 25);
    for at in commas {
        // Nobody can tell the last one, with nothing behind it, from the others.
        let cut = with_so2(&whole, |row| format!("{}{}", &row[..at], &row[at + 1..]));
        save(&run.out.join("upsell.csv"), &cut);
        let stopped = world.reconcile(&["--as-of", "2026-03-16"]).expect_code(3);
        assert_eq!(
            stopped.stderr,
            "error: out/upsell.csv:3: the row has 25 cells and the header has 26, so its cells may stand in other columns than their own; nothing was replaced; help: put back the comma that is missing\n",
            "{cut}"
        );
    }
    // Cut off, it would take back what was decided.
    save(&run.out.join("upsell.csv"), with_so2(&text, |row| row[..row.len() / 2].to_owned()));
    world.reconcile(&["--as-of", "2026-03-16"]).expect_code(3);
}

#[test]
fn blank_cells_that_a_spreadsheet_left_out_are_no_loss() {
    let (world, run) = decided();
    let text = run.text("upsell.csv");
    let trimmed = |text: &str| -> String {
        text.lines().map(|line| line.trim_end_matches(',').to_owned() + "\n").collect()
    };
    save(&run.out.join("upsell.csv"), trimmed(&text.replace("wait for Ben", "wait for Eva")));
    let next = world.reconcile(&["--as-of", "2026-03-16"]).expect_code(0);
    assert_eq!(upsell(&next, "SO1")["decision"], "lock");
    assert_eq!(upsell(&next, "SO2")["comment"], "wait for Eva");
    // A block of rows is cut at the same column.
    let text = next.text("upsell.csv").replace("wait for Eva", "wait for Ben");
    let cut = text
        .lines()
        .skip(1)
        .fold(text.lines().next().unwrap_or_default().to_owned() + "\n", |all, line| {
            all + line.strip_suffix(',').unwrap_or(line) + "\n"
        });
    save(&next.out.join("upsell.csv"), cut);
    let next = world.reconcile(&["--as-of", "2026-03-17"]).expect_code(0);
    assert_eq!(upsell(&next, "SO1")["decision"], "lock");
    assert_eq!(upsell(&next, "SO2")["comment"], "wait for Ben");
}

#[test]
fn two_columns_of_one_name_are_an_error() {
    let (world, run) = decided();
    rewrite(&run.out, "upsell.csv", |text| {
        let mut lines = text.lines();
        let header = format!("{},Comment\n", lines.next().expect("a header"));
        lines.fold(header, |text, line| format!("{text}{line},mine\n"))
    });
    let stopped = world.reconcile(&["--as-of", "2026-03-16"]).expect_code(3);
    assert!(
        stopped
            .stderr
            .contains("out/upsell.csv:1: two columns are headed \"Comment\"; nothing was replaced"),
        "{}",
        stopped.stderr
    );
}

#[test]
fn a_row_that_is_gone_keeps_what_the_history_has() {
    let (world, run) = decided();
    rewrite(&run.out, "upsell.csv", |text| {
        text.split_inclusive('\n').filter(|line| !line.starts_with("SO1,")).collect()
    });
    let next = world.reconcile(&["--as-of", "2026-03-16"]).expect_code(0);
    assert_eq!(upsell(&next, "SO1")["decision"], "lock");
    assert_eq!(upsell(&next, "SO2")["comment"], "wait for Ben");
    // As a whole, too.
    rewrite(&next.out, "upsell.csv", |text| text.split_inclusive('\n').take(1).collect());
    let next = world.reconcile(&["--as-of", "2026-03-17"]).expect_code(0);
    assert_eq!(upsell(&next, "SO1")["decision"], "lock");
}

/// A pool of the lines `a` and `b`, and a line `a b`, all of one order.
fn alike() -> World {
    World::new()
        .csv(
            "lines.csv",
            "id,order,state,customer,product,ordered,unit,price,currency,contract,tracking,policy
             a,SO1,sale,Agrolait,Support,5,Hours,100,EUR,C1,contract,ordered
             b,SO1,sale,Agrolait,Support,5,Hours,100,EUR,C1,contract,ordered
             a b,SO1,sale,Agrolait,Training,10,Hours,100,EUR,C2,contract,ordered",
        )
        .csv(
            "work.csv",
            "id,date,contract,quantity,unit
             1,2026-03-02,C1,12,Hours
             2,2026-03-02,C2,13,Hours",
        )
}

#[test]
fn lines_and_a_line_of_their_names_joined_are_two_upsells() {
    let world = alike();
    let first = world.reconcile(&["--as-of", "2026-03-15"]).expect_code(0);
    let of = |run: &Run, product: &str| {
        let rows = run.table("upsell.csv");
        rows.into_iter().find(|row| row["product"] == product).expect("an upsell")
    };
    assert_eq!(of(&first, "Support")["lines"], "a b");
    assert_eq!(of(&first, "Training")["lines"], r"a\ b");
    rewrite(&first.out, "upsell.csv", |text| {
        let mut rows: Vec<String> = text.lines().map(str::to_owned).collect();
        for row in &mut rows {
            let decision = if row.contains("Support") { ",,lock,,," } else { ",,no,,," };
            if row.starts_with("SO1") {
                assert!(row.ends_with(",,,,,"), "{row}");
                *row = format!("{}{decision}", &row[..row.len() - 5]);
            }
        }
        rows.join("\n") + "\n"
    });
    for as_of in ["2026-03-15", "2026-03-16", "2026-03-17"] {
        let run = world.reconcile(&["--as-of", as_of]).expect_code(0);
        assert_eq!(of(&run, "Support")["decision"], "lock");
        assert_eq!(of(&run, "Training")["decision"], "no");
        assert_eq!(run.table("history.csv").len(), 2);
    }
    let run = world.run(&["diff", "out", "out", "--format", "csv"]).expect_code(0);
    assert_eq!(run.stdout.matches("upsell_open,SO1").count(), 2, "{}", run.stdout);
}

/// The folder as a version left it that joined ids by spaces.
fn as_before(out: &Path) {
    for name in ["history.csv", "upsell.csv"] {
        rewrite(out, name, |text| text.replace(r"a\ b", "a b"));
    }
    let text = fs::read_to_string(out.join("run.json")).expect("run.json");
    let mut json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    json.as_object_mut().expect("an object").remove("format");
    for output in json["outputs"].as_array_mut().expect("outputs") {
        let path = out.join(output["path"].as_str().expect("a name"));
        let digest = drawdown::digest::DigestKind::Blake3.of_file(&path).expect("a digest").0;
        output["digest"] = digest.into();
    }
    save(&out.join("run.json"), json.to_string());
}

#[test]
fn an_older_history_is_read_or_refused() {
    let world = alike();
    let run = world.reconcile(&["--as-of", "2026-03-15"]).expect_code(0);
    as_before(&run.out);
    let refused = world.reconcile(&["--as-of", "2026-03-16"]).expect_code(3);
    assert_eq!(
        refused.stderr,
        "error: out/history.csv: an older version wrote it and kept one history for two upsells of SO1, of the lines a\\ b and of the lines a b; nothing was replaced; help: note what was decided about them, then start afresh with --since none\n"
    );
    // Where there is only one that it can be, it is that one.
    let world = world.csv(
        "lines.csv",
        "id,order,state,customer,product,ordered,unit,price,currency,contract,tracking,policy
         a b,SO1,sale,Agrolait,Training,10,Hours,100,EUR,C2,contract,ordered",
    );
    let run = world.reconcile(&["--as-of", "2026-03-15", "--since", "none"]).expect_code(0);
    write_csv(&run.out, "SO1", "comment", "ask Anna");
    let run = world.reconcile(&["--as-of", "2026-03-15"]).expect_code(0);
    as_before(&run.out);
    write_csv(&run.out, "SO1", "owner", "Ben");
    let run = world.reconcile(&["--as-of", "2026-03-16"]).expect_code(0);
    let row = upsell(&run, "SO1");
    assert_eq!(
        ["lines", "comment", "owner", "runs_open"].map(|name| row[name].as_str()),
        [r"a\ b", "ask Anna", "Ben", "2"]
    );
}

#[test]
fn a_run_of_other_orders_is_not_the_run_before() {
    let strangers = |world: World| {
        let lines = fs::read_to_string(world.path().join("lines.csv")).expect("lines");
        world
            .file("lines.csv", lines.replace("SO", "PO"))
            .csv("work.csv", "id,date,contract,quantity,unit\n1,2026-03-02,PO1 - Agrolait,12,Hours")
    };
    let world = march();
    let run = world.reconcile(&["--as-of", "2026-03-15"]).expect_code(0);
    fs::rename(&run.out, world.path().join("other")).expect("moved");
    let world = strangers(world);
    let refused = world.reconcile(&["--as-of", "2026-03-20", "--since", "other"]).expect_code(2);
    assert_eq!(
        refused.stderr,
        "error: --since other: that run and these inputs have no order in common, so it is not the run before this one; name another folder, or none to start afresh\n"
    );
    assert!(!world.path().join("out").exists());
    // In the folder that is replaced, it is only said.
    fs::rename(world.path().join("other"), world.path().join("out")).expect("moved");
    let told = world.reconcile(&["--as-of", "2026-03-20", "--quiet"]).expect_code(0);
    assert_eq!(
        told.stderr,
        "warning: the earlier run in out and these inputs have no order in common; its history was taken over all the same, and --since none starts afresh\n"
    );
    // One order is enough, be it no upsell.
    let world = world.csv(
        "lines.csv",
        "id,order,state,customer,product,ordered,unit,price,currency,contract,tracking,policy
         L1,PO1,sale,Agrolait,Support,99,Hours,100,EUR,C1,contract,ordered",
    );
    world.reconcile(&["--as-of", "2026-03-20", "--since", "out", "--quiet"]).expect_code(0);
}

#[test]
fn an_order_is_known_again_whatever_letters_its_name_has() {
    let header =
        "id,order,state,customer,product,ordered,unit,price,currency,contract,tracking,policy";
    let row = |order: &str| {
        format!("L1,{order},sale,Agrolait,Support,5,Hours,100,EUR,C1,contract,ordered")
    };
    let text = format!("{header}\n{}\n", row("\"S\r\nO1\"")).into_bytes();
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (at, line) in (0_u32..).zip([header.to_owned(), row("SO\u{1}1")]) {
        for (column, cell) in (0_u16..).zip(line.split(',')) {
            sheet.write_string(at, column, cell).expect("a cell");
        }
    }
    let workbook = workbook.save_to_buffer().expect("a workbook");
    for (name, lines) in [("lines.csv", text), ("lines.xlsx", workbook)] {
        let world = World::new()
            .file(&format!("in/{name}"), lines)
            .file("in/work.csv", "id,date,contract,quantity\n1,2026-03-02,C1,8\n");
        let run = |day: &str| {
            world
                .run(&["reconcile", "in", "--out", "out", "--quiet", "--as-of", day])
                .expect_code(0)
        };
        let first = run("2026-03-15");
        rewrite(&first.out, "upsell.csv", |text| {
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let headers = reader.headers().expect("a header").clone();
            let at = headers.iter().position(|header| header == "decision").expect("a column");
            let row = reader.records().next().expect("a row").expect("a row");
            let cells = row.iter().enumerate().map(|(n, cell)| if n == at { "wait" } else { cell });
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(&headers).expect("written");
            writer.write_record(cells).expect("written");
            String::from_utf8(writer.into_inner().expect("written")).expect("text")
        });
        let next = run("2026-03-16");
        assert_eq!(next.stderr, "", "{name}");
        let rows = next.table("upsell.csv");
        let known = [&rows[0]["decision"], &rows[0]["runs_open"]];
        assert_eq!(known, ["wait", "2"], "{name}");
    }
}
