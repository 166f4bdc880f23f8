//! `drawdown diff`: what changed between two runs.

use std::fs;

use super::project;
use super::support::{Run, World};

const LINES: &str =
    "id,order,state,customer,product,ordered,unit,delivered,price,currency,contract,tracking,policy
L1,SO1,sale,Agrolait,Support,10,Hours,12,100,EUR,C1,contract,ordered
L2,SO2,sale,Azure,Support,10,Hours,12,100,EUR,C2,contract,ordered
L3,SO3,sale,Deco,Support,10,Hours,12,100,EUR,C3,contract,ordered
L4,SO4,sale,Epic,Support,10,Hours,12,100,EUR,C4,contract,ordered
L5,SO5,sale,Fair,Support,10,Hours,12,100,EUR,C5,contract,ordered
L6,SO6,sale,Gold,Support,10,Hours,1,100,EUR,C6,contract,ordered
";

fn work(hours: &[(&str, &str)]) -> String {
    let mut text = "id,date,contract,quantity,unit\n".to_owned();
    for (contract, hours) in hours {
        text.extend([format!("{contract}-1,2026-03-02,{contract},{hours},Hours\n")]);
    }
    text
}

const MARCH: [(&str, &str); 6] =
    [("C1", "12"), ("C2", "12"), ("C3", "12"), ("C4", "12"), ("C5", "12"), ("C6", "1")];

/// A run of March in `old`, and one of April in `new`: SO1 is locked, SO2 got
/// another line, SO3 another order, SO4 was corrected, SO5 is open as before,
/// SO6 is used up.
fn two_runs() -> World {
    let world = World::new().file("in/lines.csv", LINES).file("in/work.csv", work(&MARCH));
    world
        .run(&["reconcile", "in", "--out", "old", "--as-of", "2026-03-31", "--quiet"])
        .expect_code(0);
    let lines = LINES.replace("L1,SO1,sale", "L1,SO1,done")
        + "L7,SO2,sale,Azure,Support,10,Hours,,100,EUR,C2,contract,ordered\n\
           L8,SO8,sale,Deco,Support,10,Hours,,100,EUR,C3,contract,ordered\n";
    let mut april = MARCH;
    april[3].1 = "9";
    april[5].1 = "10.5";
    let world = world.file("in/lines.csv", lines).file("in/work.csv", work(&april));
    world
        .run(&["reconcile", "in", "--out", "new", "--as-of", "2026-04-15", "--quiet"])
        .expect_code(0);
    world
}

fn diff(world: &World, arguments: &[&str]) -> Run {
    world.run(&[&["diff"], arguments].concat())
}

/// Run with `UPDATE_EXPECTED=1` to write the expected files anew; read the
/// difference before it is committed.
fn expect(name: &str, found: &str) {
    let path = project("tests/commands/expected").join(name);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        #[expect(clippy::disallowed_methods, reason = "an expected output")]
        fs::write(&path, found).expect("written");
    }
    assert_eq!(found, fs::read_to_string(path).expect("an expected output"), "{name}");
}

#[test]
fn says_what_changed_and_how_upsells_were_resolved() {
    let world = two_runs();
    expect("diff.txt", &diff(&world, &["old", "new"]).expect_code(10).stdout);
    expect("diff.csv", &diff(&world, &["old", "new", "--format", "csv"]).expect_code(10).stdout);
    expect("diff.json", &diff(&world, &["old", "new", "--format", "json"]).expect_code(10).stdout);
}

#[test]
fn a_run_is_no_different_from_itself() {
    let world = two_runs();
    let run = diff(&world, &["old", "old"]).expect_code(0);
    assert!(run.stdout.ends_with("The runs say the same.\n"), "{}", run.stdout);
    let run = diff(&world, &["new", "new", "--format", "json"]).expect_code(0);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(json["equal"], true);
    for row in json["rows"].as_array().expect("rows") {
        assert_eq!(row["kind"], "upsell_open", "{row}");
    }
}

#[test]
fn new_and_gone_change_places_with_the_runs() {
    let world = two_runs();
    let of = |old: &str, new: &str, kind: &str| -> Vec<String> {
        let run = diff(&world, &[old, new, "--format", "csv"]).expect_code(10);
        let rows = run.stdout.lines().filter(|row| row.starts_with(&format!("{kind},")));
        rows.map(|row| row.split(',').take(3).skip(1).collect::<Vec<_>>().join(",")).collect()
    };
    for (here, there) in [
        ("line_new", "line_gone"),
        ("upsell_new", "upsell_resolved"),
        ("upsell_open", "upsell_open"),
    ] {
        assert!(!of("old", "new", here).is_empty(), "{here}");
        assert_eq!(of("old", "new", here), of("new", "old", there));
        assert_eq!(of("old", "new", there), of("new", "old", here));
    }
}

#[test]
fn tolerance_is_exact_and_columns_can_be_ignored() {
    let world = World::new().file("in/lines.csv", LINES).file("in/work.csv", work(&MARCH));
    let run = ["reconcile", "in", "--as-of", "2026-03-31", "--quiet", "--out"];
    world.run(&[&run[..], &["old"]].concat()).expect_code(0);
    let mut hours = MARCH;
    hours[5].1 = "1.01";
    let world = world.file("in/work.csv", work(&hours));
    world.run(&[&run[..], &["new"]].concat()).expect_code(0);
    let columns = |more: &[&str]| -> Vec<String> {
        let run =
            diff(&world, &[&["old", "new", "--ignore", "cause", "--format", "csv"], more].concat());
        let rows = run.stdout.lines().filter(|row| row.starts_with("line_changed,"));
        rows.map(|row| row.split(',').nth(5).unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(
        columns(&[]),
        ["delivered", "difference", "remaining", "used", "hours", "consumed_value"]
    );
    assert_eq!(columns(&["--tolerance", "0.009"]).len(), 6);
    assert_eq!(columns(&["--tolerance", "0.01"]), ["used", "consumed_value"]);
    assert_eq!(columns(&["--tolerance", "1", "--ignore", "used"]), [""; 0]);
    // The totals still tell that something changed.
    diff(&world, &["old", "new", "--tolerance", "1", "--ignore", "used,cause"]).expect_code(10);
    let run = diff(&world, &["old", "new", "--ignore", "delievered"]).expect_code(2);
    assert!(
        run.stderr.starts_with(
            "error: --ignore delievered: there is no such column; the columns are: adjusted, cause, change,"
        ),
        "{}",
        run.stderr
    );
    diff(&world, &["old", "new", "--tolerance", "-1"]).expect_code(2);
}

#[test]
fn what_is_no_run_is_told() {
    let world = two_runs();
    let run = diff(&world, &["old", "in"]).expect_code(2);
    assert_eq!(
        run.stderr,
        "error: in holds no run's output; name the folder of an earlier --out\n"
    );
    fs::remove_file(world.path().join("old/delivered.csv")).expect("gone");
    let run = diff(&world, &["old", "new"]).expect_code(2);
    assert!(run.stderr.contains("old/delivered.csv is not there"), "{}", run.stderr);
}

#[test]
fn writes_a_file_whole() {
    let world = two_runs();
    let printed = diff(&world, &["old", "new", "--format", "csv"]).expect_code(10).stdout;
    let run = diff(&world, &["old", "new", "--format", "csv", "--out", "c.csv"]).expect_code(10);
    assert_eq!(run.stdout, "");
    let written = fs::read_to_string(world.path().join("c.csv")).expect("written");
    assert_eq!(written, printed);
    let run = diff(&world, &["old", "new", "--out", "no/such/c.csv"]).expect_code(1);
    assert!(run.stderr.contains("cannot write no/such/c.csv"), "{}", run.stderr);
}

const ORDERS: &str = "id,order,state,customer,product,ordered,unit,contract,tracking,policy
L1,SO1,sale,Agrolait,Support,100,Hours,C1,contract,ordered
L2,SO2,sale,Azure,Support,100,Hours,C2,contract,ordered
";

/// Entries of March in `old`, and of March and April in `new`, each from a
/// folder of its own.
fn two_exports(march: &str, april: &str) -> World {
    let world = World::new()
        .file("march/lines.csv", ORDERS)
        .file("april/lines.csv", ORDERS)
        .csv("march/work.csv", march)
        .csv("april/work.csv", april);
    for (inputs, out, as_of) in [("march", "old", "2026-03-31"), ("april", "new", "2026-04-15")] {
        world.run(&["reconcile", inputs, "--out", out, "--as-of", as_of, "--quiet"]).expect_code(0);
    }
    world
}

/// Kind, entry, day and both ends of each row about an entry.
fn entries(world: &World) -> Vec<String> {
    let run = diff(world, &["old", "new", "--format", "csv"]).expect_code(10);
    let mut reader = csv::Reader::from_reader(run.stdout.as_bytes());
    let rows = reader.deserialize::<super::support::Row>().map(|row| row.expect("a row"));
    rows.filter(|row| row["kind"].starts_with("entry_"))
        .map(|row| {
            ["kind", "entry", "date", "quantity", "old", "new", "file", "row"]
                .map(|name| row[name].clone())
                .join("|")
        })
        .collect()
}

#[test]
fn entries_that_were_back_dated_moved_or_vanished_are_listed() {
    let world = two_exports(
        "id,date,employee,contract,quantity,description
         1,2026-03-02,Anna,C1,1,same
         2,2026-03-03,Anna,C1,2,moves
         3,2026-03-04,Anna,C1,3,vanishes
         4,2026-02-01,Anna,C1,4,of days that are not exported again",
        "id,date,employee,contract,quantity,description
         1,2026-03-02,Anna,C1,1,same
         2,2026-03-03,Anna,C2,2,moves
         5,2026-03-31,Ben,C2,5,back-dated
         6,2026-04-01,Ben,C2,6,new
         7,2026-04-30,Ben,C2,7,later than both",
    );
    assert_eq!(
        entries(&world),
        [
            "entry_back_dated|5|2026-03-31|5.00||C2|april/work.csv|4",
            "entry_moved|2|2026-03-03|2.00|C1|C2|april/work.csv|3",
            "entry_vanished|3|2026-03-04|3.00|C1||march/work.csv|4",
        ]
    );
    let run = diff(&world, &["old", "new"]).expect_code(10);
    expect("diff-entries.txt", &run.stdout);
    let run = diff(&world, &["old", "new", "--no-entries", "--format", "csv"]).expect_code(10);
    assert!(!run.stdout.contains("entry_"), "{}", run.stdout);
}

#[test]
fn an_export_with_entries_past_both_dates_covers_all_days_up_to_them() {
    let world = two_exports(
        "id,date,contract,quantity\n1,2026-03-01,C1,1\n2,2026-03-20,C1,2",
        "id,date,contract,quantity\n1,2026-03-01,C1,1\n3,2026-04-30,C1,4",
    );
    assert_eq!(entries(&world), ["entry_vanished|2|2026-03-20|2.00|C1||march/work.csv|3"]);
}

#[test]
fn entries_without_ids_are_the_same_however_their_names_are_written() {
    let world = two_exports(
        "date,employee,contract,quantity\n2026-03-01,Anna,C1,1\n2026-03-20,Ben,C1,2",
        "date,employee,contract,quantity\n2026-03-01,ANNA,c1,1\n2026-03-20,Ben,C1,3",
    );
    let told = [
        "entry_back_dated||2026-03-20|3.00||C1|april/work.csv|3",
        "entry_vanished||2026-03-20|2.00|C1||march/work.csv|3",
    ];
    assert_eq!(entries(&world), told);
}

#[test]
fn entries_that_say_something_else_of_days_already_reported_are_listed() {
    let world = two_exports(
        "id,date,contract,quantity,unit
         1,2026-03-02,C1,9,Hours
         2,2026-03-12,C1,12,Hours
         3,2026-03-20,C1,1,Hours
         4,2026-03-21,C1,0.5,Hours",
        "id,date,contract,quantity,unit
         1,2026-03-02,C1,19,Hours
         2,2026-02-12,C2,12,Hours
         3,2026-03-20,C1,1,Days
         4,2026-03-21,C1,30,Minutes",
    );
    assert_eq!(
        entries(&world),
        [
            "entry_changed|1|2026-03-02|19.00|9.00|19.00|april/work.csv|2",
            "entry_changed|2|2026-02-12|12.00|2026-03-12|2026-02-12|april/work.csv|3",
            "entry_changed|3|2026-03-20|1.00|Hours|Days|april/work.csv|4",
            "entry_moved|2|2026-02-12|12.00|C1|C2|april/work.csv|3",
        ],
        "half an hour is one, in whatever unit"
    );
    let run = diff(&world, &["old", "new"]).expect_code(10);
    expect("diff-entries-changed.txt", &run.stdout);
}

#[test]
fn entries_without_ids_are_known_by_their_content() {
    let march = "date,employee,contract,quantity,description
         2026-03-02,Anna,C1,1,call
         2026-03-02,Anna,C1,1,call
         2026-03-03,Anna,C1,2,visit
         2026-03-05,Anna,C1,2,visit";
    let april = "date,employee,contract,quantity,description
         2026-03-02,Anna,C1,1,call
         2026-03-02,Anna,C1,1,call
         2026-03-02,Anna,C1,1,call
         2026-03-05,Anna,C1,2,visit
         2026-04-05,Anna,C1,2,visit";
    let expected = [
        "entry_back_dated||2026-03-02|1.00||C1|april/work.csv|2",
        "entry_vanished||2026-03-03|2.00|C1||march/work.csv|4",
    ];
    assert_eq!(entries(&two_exports(march, april)), expected);
    // Ids in one of the exports only are of no use.
    let rows = april.lines().enumerate().map(|(at, row)| match at {
        0 => format!("id,{}", row.trim()),
        at => format!("{at},{}", row.trim()),
    });
    let april = rows.collect::<Vec<_>>().join("\n");
    let found: Vec<String> = entries(&two_exports(march, &april))
        .into_iter()
        .map(|row| row.replace("|1|2026-03-02", "||2026-03-02"))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn entries_are_left_out_where_the_inputs_are_not_what_they_were() {
    let work = "id,date,contract,quantity\n1,2026-03-02,C1,1";
    let world = two_exports(work, work);
    let world = world.csv("march/work.csv", "id,date,contract,quantity\n1,2026-03-02,C1,2");
    let run = diff(&world, &["old", "new"]).expect_code(0);
    assert!(
        run.stdout.contains(
            "Entries are not compared: march/work.csv, which old was made from, has changed since\n"
        ),
        "{}",
        run.stdout
    );
    fs::remove_file(world.path().join("april/work.csv")).expect("gone");
    let run = diff(&world, &["new", "new", "--format", "json"]).expect_code(0);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(json["entries_left_out"], "april/work.csv, which new was made from, is gone");
}

#[test]
fn a_file_that_is_no_comparison_is_not_written_over() {
    let world = two_runs().file("mine.txt", "what I wrote").file("empty.csv", "");
    let before = fs::read(world.path().join("old/delivered.csv")).expect("delivered.csv");
    let help = "; name another file\n";
    for (out, why) in [
        ("mine.txt", "it is there already, and is no comparison that diff wrote"),
        ("empty.csv", "it is there already, and is no comparison that diff wrote"),
        ("in/work.csv", "it is there already, and is no comparison that diff wrote"),
        ("old/delivered.csv", "it lies in a run's output, which would not be one any more"),
        ("new/diff.csv", "it lies in a run's output, which would not be one any more"),
        ("in", "it is there, and is no file"),
    ] {
        let run = diff(&world, &["old", "new", "--format", "csv", "--out", out]).expect_code(2);
        assert_eq!(run.stderr, format!("error: --out {out}: {why}{help}"));
    }
    assert_eq!(fs::read(world.path().join("old/delivered.csv")).expect("a file"), before);
    assert_eq!(fs::read(world.path().join("mine.txt")).expect("a file"), b"what I wrote");
    assert!(!world.path().join("new/diff.csv").exists());
    // What diff wrote, it may write again, in any format.
    for format in ["csv", "json", "human", "csv"] {
        diff(&world, &["old", "new", "--format", format, "--out", "c"]).expect_code(10);
    }
}

fn rewrite(world: &World, name: &str, change: impl FnOnce(String) -> String) {
    let path = world.path().join(name);
    let text = change(fs::read_to_string(&path).expect("a file"));
    #[expect(clippy::disallowed_methods, reason = "what a person saves")]
    fs::write(path, text).expect("saved");
}

#[test]
fn a_table_that_is_not_what_the_run_wrote_is_told() {
    let world = two_runs();
    world
        .run(&["reconcile", "in", "--out", "new", "--as-of", "2026-04-15", "--quiet"])
        .expect_code(0);
    let same = diff(&world, &["new", "new"]).expect_code(0).stdout;
    rewrite(&world, "new/upsell.csv", |text| text.replace("SO5,L5", "'SO5,L5"));
    super::history::write_csv(&world.path().join("new"), "'SO5", "decision", "lock");
    rewrite(&world, "new/upsell.csv", |text| text.replace("'SO5,L5", "SO5,L5"));
    let filled_in = diff(&world, &["new", "new"]).expect_code(0).stdout;
    let told = "new/upsell.csv was changed since the run wrote it. Its columns to fill in are meant to be; the others are compared as they stand now\n\n";
    assert_eq!(filled_in.replace(told, ""), same);
    assert_eq!(filled_in.matches(told).count(), 2, "{filled_in}");

    rewrite(&world, "new/delivered.csv", |text| text.replace('\n', "\r\n"));
    let run = diff(&world, &["old", "new"]).expect_code(10);
    assert!(
        run.stdout.contains("new/delivered.csv is not what the run wrote: its digest is not the one in run.json. Run again, so that the comparison is one of two runs\n"),
        "{}",
        run.stdout
    );
    // Though every cell is the same.
    let run = diff(&world, &["new", "new"]).expect_code(10);
    assert!(!run.stdout.contains("The runs say the same"), "{}", run.stdout);
    let run = diff(&world, &["new", "new", "--format", "json"]).expect_code(10);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(json["equal"], false);
    assert_eq!(
        json["rows"][0],
        serde_json::json!({"kind": "file_changed", "column": "delivered.csv", "old": "new", "new": "new"})
    );
    let csv = diff(&world, &["old", "new", "--format", "csv"]).expect_code(10).stdout;
    assert!(csv.contains("\nfile_changed,,,,,delivered.csv,,new,"), "{csv}");
}

#[test]
fn a_column_that_one_report_lacks_is_a_difference() {
    let world = two_runs();
    world.run(&["reconcile", "in", "--out", "copy", "--as-of", "2026-04-15"]).expect_code(0);
    // As another version would have written it, with its digest.
    let without = |text: String| text.replace(",first_locked\n", "\n");
    rewrite(&world, "copy/delivered.csv", |text| {
        let rows = without(text).lines().map(str::to_owned).collect::<Vec<_>>();
        let cut = |row: &String| row.rsplit_once(',').map_or("", |(row, _)| row).to_owned();
        let cut =
            rows.iter().enumerate().map(|(at, row)| if at == 0 { row.clone() } else { cut(row) });
        cut.collect::<Vec<_>>().join("\n") + "\n"
    });
    let digest = drawdown::digest::DigestKind::Blake3
        .of_file(&world.path().join("copy/delivered.csv"))
        .expect("a digest")
        .0;
    rewrite(&world, "copy/run.json", |text| {
        let mut json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        for output in json["outputs"].as_array_mut().expect("outputs") {
            if output["path"] == "delivered.csv" {
                output["digest"] = digest.clone().into();
            }
        }
        json.to_string()
    });
    let run = diff(&world, &["copy", "copy"]).expect_code(0);
    assert!(run.stdout.ends_with("The runs say the same.\n"), "{}", run.stdout);
    let ignored = ["--ignore", "first_locked,runs_open,first_seen,change"];
    for arguments in [["new", "copy"], ["copy", "new"]] {
        let run = diff(&world, &arguments).expect_code(10);
        assert!(
            run.stdout
                .contains("Columns that only one of the runs has, not compared: first_locked\n"),
            "{}",
            run.stdout
        );
        let run = diff(&world, &[&arguments[..], &ignored[..]].concat()).expect_code(0);
        assert!(!run.stdout.contains("first_locked"), "{}", run.stdout);
    }
}

#[test]
fn two_rows_about_the_same_are_an_error_with_their_places() {
    let world = two_runs();
    rewrite(&world, "old/delivered.csv", |text| {
        let second = text.lines().nth(1).expect("a row").replace("12.00", "99.00");
        format!("{text}{second}\n")
    });
    let run = diff(&world, &["old", "new"]).expect_code(3);
    assert_eq!(
        run.stderr,
        "error: old/delivered.csv:8: it is about the same as row 2; help: take one of the two rows out\n"
    );
    let world = two_runs();
    rewrite(&world, "new/upsell.csv", |text| text.replace("order,lines,", "order,row,"));
    let run = diff(&world, &["old", "new"]).expect_code(3);
    assert!(run.stderr.contains("new/upsell.csv: it has no column \"lines\""), "{}", run.stderr);
}

#[test]
fn columns_about_different_periods_are_not_compared() {
    let world = World::new().file("in/lines.csv", LINES).file("in/work.csv", work(&MARCH));
    for (out, from) in [("march", "2026-03-01"), ("april", "2026-04-01"), ("whole", "")] {
        let mut arguments =
            vec!["reconcile", "in", "--out", out, "--as-of", "2026-04-30", "--quiet"];
        if !from.is_empty() {
            arguments.extend(["--from", from]);
        }
        world.run(&arguments).expect_code(0);
    }
    let run = diff(&world, &["march", "april"]).expect_code(0);
    assert!(
        run.stdout.contains("The runs review different periods (2026-03-01 to 2026-04-30, and 2026-04-01 to 2026-04-30), so period_hours and hours_before are not compared\n"),
        "{}",
        run.stdout
    );
    let run = diff(&world, &["march", "whole", "--format", "json"]).expect_code(0);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(json["columns_left_out"], serde_json::json!(["period_hours", "hours_before"]));
    assert_eq!(json["equal"], true);
    // Of one period they are.
    let mut hours = MARCH;
    hours[5].1 = "1.5";
    let world = world.file("in/work.csv", work(&hours));
    let again = ["reconcile", "in", "--out", "again", "--as-of", "2026-04-30", "--from"];
    world.run(&[&again[..], &["2026-03-01"]].concat()).expect_code(0);
    let run = diff(&world, &["march", "again", "--format", "csv"]).expect_code(10);
    assert!(
        run.stdout.contains("line_changed,SO6,L6,Gold,Support,period_hours,"),
        "{}",
        run.stdout
    );
}

#[test]
fn long_ids_are_never_cut() {
    let long = "__import__.drawdown_line_of_a_very_long_external_id_that_an_erp_made_up_x2eL6_2026";
    let world = World::new()
        .file("in/lines.csv", LINES.replace("L6,", &format!("{long},")))
        .file("in/work.csv", work(&MARCH));
    world.run(&["reconcile", "in", "--out", "old", "--as-of", "2026-03-31"]).expect_code(0);
    let mut april = MARCH;
    april[5].1 = "10.5";
    let world = world.file("in/work.csv", work(&april));
    world.run(&["reconcile", "in", "--out", "new", "--as-of", "2026-03-31"]).expect_code(0);
    for runs in [["old", "new"], ["new", "old"]] {
        let text = diff(&world, &runs).expect_code(10).stdout;
        // Of the line that changed, and of the upsell that it is.
        assert_eq!(text.matches(long).count(), 2, "{text}");
        assert!(text.contains("consumed_value"), "{text}");
    }
    let text = world.run(&["explain", long, "--run", "new"]).expect_code(0).stdout;
    assert!(!text.lines().any(|line| line.trim() == "_2026"), "{text}");
}

#[test]
fn rules_that_differ_are_told_first() {
    let world =
        two_runs().file("in/drawdown.toml", "rounding = \"up\"\n[upsell]\nthreshold = 0.9\n");
    let as_of = ["reconcile", "in", "--out", "other", "--as-of", "2026-04-15", "--quiet"];
    world.run(&as_of).expect_code(0);
    let text = diff(&world, &["new", "other"]).expect_code(10).stdout;
    let (_, told) = text.split_once("Settings that differ: 2\n").expect("settings");
    let rows: Vec<&str> = told.lines().skip(1).take(2).map(str::trim).collect();
    assert_eq!(rows, ["rounding          half-away  up", "upsell.threshold  1          0.9"]);
    let json = diff(&world, &["new", "other", "--format", "json"]).expect_code(10).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(
        json["rows"][1],
        serde_json::json!({
            "kind": "setting_changed", "column": "upsell.threshold", "old": "1", "new": "0.9"
        })
    );
    // A setting by itself is no difference of what runs say.
    let world = world.file("in/drawdown.toml", "[forecast]\nhorizon = 29\n");
    world.run(&as_of).expect_code(0);
    let run = diff(&world, &["new", "other"]).expect_code(0);
    assert!(run.stdout.contains("Settings that differ: 1\n"), "{}", run.stdout);
}
