//! `drawdown explain` over the shipped example's run, and over runs whose
//! inputs have changed.

use std::fs;

use super::support::World;
use super::{drawdown, project};

const RUN: &str = "fixtures/quickstart-expected";

fn explained(what: &str, more: &[&str]) -> String {
    let run = drawdown(&[&["explain", what, "--run", RUN], more].concat());
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).expect("UTF-8")
}

/// Run with `UPDATE_EXPECTED=1` to write the expected files anew; read the
/// difference before it is committed.
#[track_caller]
fn expect(name: &str, found: &str) {
    let path = project("fixtures/quickstart-explained").join(name);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        #[expect(clippy::disallowed_methods, reason = "asked to")]
        fs::write(&path, found).expect("written");
    }
    assert_eq!(found, fs::read_to_string(&path).expect("an expected output"), "{name}");
}

#[test]
fn orders_of_every_kind_are_explained_as_text() {
    // An upsell; rounded up; an ambiguous contract; by task, with missing
    // entries; packs; a draft.
    for order in ["SO009", "SO011", "SO012", "SO013", "SO018", "SO006"] {
        expect(&format!("{order}.txt"), &explained(order, &[]));
    }
}

#[test]
fn a_pool_is_explained_as_a_whole_whichever_line_is_asked_for() {
    let text = explained("L014-1", &["--entries", "3"]);
    expect("L014-1.txt", &text);
    assert!(text.contains("and 7 more, of 10; --entries shows more of them"), "{text}");
    let whole = explained("so010 -  DECO addict", &["--entries", "3"]);
    let after = |text: &str| text.split_once("== ").map(|(_, rest)| rest.to_owned());
    assert_eq!(after(&text), after(&whole));
}

#[test]
fn every_format_says_the_same() {
    expect("SO012.json", &explained("SO012", &["--format", "json"]));
    expect("SO012.csv", &explained("SO012", &["--format", "csv"]));
    expect("SO012.html", &explained("SO012", &["--format", "html"]));
}

#[test]
fn the_proof_agrees_with_delivered_csv_for_every_line() {
    let text = fs::read_to_string(project(RUN).join("delivered.csv")).expect("delivered.csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut lines = 0;
    for row in reader.deserialize::<super::support::Row>() {
        let row = row.expect("a row");
        let json = explained(&row["line"], &["--format", "json"]);
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        let proofs = json["proofs"].as_array().expect("proofs");
        let all = proofs.iter().flat_map(|proof| proof["lines"].as_array().expect("lines"));
        let own: Vec<_> = all.filter(|line| line["line"] == *row["line"]).collect();
        let [line] = own.as_slice() else { panic!("{own:?}") };
        for column in ["delivered", "exported", "difference", "remaining", "status", "order"] {
            assert_eq!(line[column], *row[column], "{column} of {}", row["line"]);
        }
        let cause = line["causes"].get(0).map_or("", |fit| fit["cause"].as_str().expect("text"));
        assert_eq!(cause, row["cause"], "{}", row["line"]);
        assert_eq!(line["as_in_report"], true);
        lines += 1;
    }
    assert_eq!(lines, 18);
}

/// A prepaid line and its entries.
fn world(hours: &str) -> World {
    World::new()
        .csv(
            "exports/lines.csv",
            "id,order,state,customer,product,ordered,unit,tracking,policy,task
             SO1,SO1,sale,SO1,<b>Support</b>,5,Hours,task,ordered,Help
             L2,SO2,sale,Beta,Support,5,Hours,task,ordered,",
        )
        .csv(
            "exports/times.csv",
            &format!(
                "id,date,employee,line,quantity,description
                 1,2026-03-02,<script>alert(1)</script>,SO1,{hours},\"a & \"\"b\"\"\""
            ),
        )
}

#[test]
fn inputs_that_changed_are_said_to_have_changed() {
    let world = world("2");
    world.run(&["reconcile", "exports", "--out", "out", "--as-of", "2026-03-31"]).expect_code(0);
    let explain = ["explain", "SO1", "--run", "out"];
    let same = world.run(&explain).expect_code(0);
    assert!(same.stdout.contains("its inputs are byte by byte what they were."), "{}", same.stdout);
    let world = world.csv(
        "exports/times.csv",
        "id,date,employee,line,quantity\n1,2026-03-02,Anna,SO1,2\n2,2026-03-03,Anna,SO1,1",
    );
    let other = world.run(&explain).expect_code(0).stdout;
    for sentence in [
        "Inputs have changed since the run in out: exports/times.csv. This explains today's inputs.",
        "delivered.csv of the run has 2.00 for SO1: it is not the quantity explained here.",
        "SO1: 3.00 from its own entries = 3.00 Hours.",
    ] {
        assert!(other.contains(sentence), "no \"{sentence}\" in:\n{other}");
    }
    let json = world.run(&[&explain[..], &["--format", "json"]].concat()).expect_code(0).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["run"]["changed"], serde_json::json!(["exports/times.csv"]));
    assert_eq!(json["proofs"][0]["lines"][0]["as_in_report"], false);
    // Another description is another file, and no other quantity.
    let world =
        world.csv("exports/times.csv", "id,date,employee,line,quantity\n1,2026-03-02,Bo,SO1,2");
    let other = world.run(&explain).expect_code(0).stdout;
    assert!(other.contains("are still those of delivered.csv"), "{other}");
    fs::remove_file(world.path().join("exports/times.csv")).expect("removed");
    let gone = world.run(&explain).expect_code(3).stderr;
    assert!(
        gone.starts_with("error: cannot read exports/times.csv: out/run.json names it"),
        "{gone}"
    );
}

#[test]
fn a_run_is_explained_from_elsewhere() {
    let world = world("2");
    world.run(&["reconcile", "exports", "--out", "out", "--as-of", "2026-03-31"]).expect_code(0);
    let out = world.path().join("out");
    let run = drawdown(&["explain", "L2", "--run", out.to_str().expect("a path")]);
    let text = String::from_utf8(run.stdout).expect("UTF-8");
    assert!(text.contains("its inputs are byte by byte what they were."), "{text}");
}

#[test]
fn a_name_that_fits_several_things_is_explained_as_each() {
    let world = world("2");
    world.run(&["reconcile", "exports", "--out", "out", "--as-of", "2026-03-31"]).expect_code(0);
    let text = world.run(&["explain", "so1", "--run", "out"]).expect_code(0).stdout;
    assert!(text.contains("order SO1: line SO1\n"), "{text}");
    assert!(text.contains("customer SO1: line SO1\n"), "{text}");
    assert!(text.contains("fits more than one thing (order, customer)"), "{text}");
    // Ids are compared as they stand.
    let text = world.run(&["explain", "SO1", "--run", "out"]).expect_code(0).stdout;
    assert!(text.contains("(order, line, customer)"), "{text}");
    assert_eq!(text.matches("== ").count(), 1, "{text}");
}

#[test]
fn a_name_that_nothing_has_is_answered_with_the_nearest() {
    let run = drawdown(&["explain", "SO009 - Agrolite", "--run", RUN]);
    assert_eq!(run.status.code(), Some(3));
    let stderr = String::from_utf8(run.stderr).expect("UTF-8");
    assert_eq!(
        stderr,
        "error: no order, line, contract, task or customer is named \"SO009 - Agrolite\"; help: nearest: contract SO009 - Agrolait\n"
    );
    let run = drawdown(&["explain", "SO009", "--run", "fixtures", "--format", "json"]);
    assert_eq!(run.status.code(), Some(3));
    let json: serde_json::Value = serde_json::from_slice(&run.stdout).expect("JSON");
    assert_eq!(json["error"]["kind"], "unreadable");
    assert_eq!(json["error"]["place"]["file"], "fixtures/run.json");
}

#[test]
fn a_page_runs_nothing_and_loads_nothing() {
    let world = world("2");
    world.run(&["reconcile", "exports", "--out", "out", "--as-of", "2026-03-31"]).expect_code(0);
    let page =
        world.run(&["explain", "SO1", "--run", "out", "--format", "html"]).expect_code(0).stdout;
    assert!(page.contains("default-src 'none'; style-src 'unsafe-inline'"), "{page}");
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{page}");
    assert!(page.contains("a &amp; &quot;b&quot;"), "{page}");
    for tag in ["<script", "<b>", "<img", "<a ", "http:", "https:", "url("] {
        assert!(!page.contains(tag), "{tag} in:\n{page}");
    }
}

#[test]
fn entries_that_do_not_count_are_shown_with_their_fate() {
    let world = World::new()
        .csv(
            "lines.csv",
            "id,order,state,product,ordered,unit,tracking,policy,delivered
             L1,SO1,sale,Support,5,Hours,task,ordered,1",
        )
        .csv(
            "a.csv",
            "id,date,line,quantity,unit,approved
             1,2026-03-02,L1,1,Hours,yes
             2,2026-03-03,L1,2,Hours,no
             3,2026-04-03,L1,4,Hours,yes
             4,2026-03-04,L1,3,Units,yes",
        )
        .csv("b.csv", "id,date,line,quantity,unit,approved\n1,2026-03-02,L1,1,Hours,yes")
        .csv("drawdown.toml", "[count]\napproved = \"only\"");
    world.reconcile(&["--quiet", "--config", "drawdown.toml"]).expect_code(0);
    let csv =
        world.run(&["explain", "L1", "--run", "out", "--format", "csv"]).expect_code(0).stdout;
    let rows: Vec<String> = csv
        .lines()
        .skip(1)
        .map(|row| {
            let cells: Vec<&str> = row.split(',').collect();
            let from_end = |at: usize| cells[cells.len() - at];
            format!("{} {} {} {}", cells[0], cells[1], from_end(11), from_end(8))
        })
        .collect();
    assert_eq!(
        rows,
        [
            "attributed 4.1 1 1.00",
            "duplicate 4 1 1.00",
            "not_counted 4 2 2.00",
            "rejected 5.3 4 3.00",
            "excluded 4 3 4.00",
        ]
    );
}

fn rewrite(world: &World, name: &str, change: impl FnOnce(String) -> String) {
    let path = world.path().join(name);
    let text = change(fs::read_to_string(&path).expect("a file"));
    #[expect(clippy::disallowed_methods, reason = "what a person saves")]
    fs::write(path, text).expect("saved");
}

#[test]
fn a_report_that_was_edited_is_the_reason_and_not_the_version() {
    let world = world("2");
    world.run(&["reconcile", "exports", "--out", "out", "--as-of", "2026-03-31"]).expect_code(0);
    let explain = ["explain", "SO1", "--run", "out"];
    let written = fs::read_to_string(world.path().join("out/delivered.csv")).expect("a table");
    rewrite(&world, "out/delivered.csv", |text| text.replacen("2.00", "7.00", 1));
    let text = world.run(&explain).expect_code(0).stdout;
    let note = "The inputs of the run in out are byte by byte what they were, and its delivered.csv was changed since (its digest is not the one in run.json). This explains what the inputs give";
    assert!(text.contains(&format!("{note}; delivered.csv has other figures.\n")), "{text}");
    assert!(text.contains("delivered.csv of the run has 7.00 for SO1"), "{text}");
    // In what does not show, or past reading.
    rewrite(&world, "out/delivered.csv", |_| written.replace('\n', "\r\n"));
    assert!(world.run(&explain).expect_code(0).stdout.contains(&format!("{note}.\n")));
    rewrite(&world, "out/delivered.csv", |_| format!("{written}a{}", ",".repeat(99)));
    assert!(world.run(&explain).expect_code(0).stdout.contains(&format!("{note}.\n")));
    let changed = world.csv("exports/times.csv", "id,date,line,quantity\n1,2026-03-02,SO1,3");
    let text = changed.run(&explain).expect_code(0).stdout;
    assert!(
        text.contains("Inputs have changed since the run in out: exports/times.csv. Besides, its delivered.csv was changed since (its digest is not the one in run.json). This explains today's inputs.\n"),
        "{text}"
    );
}

#[test]
fn a_run_json_that_was_edited_is_the_reason_and_not_the_version() {
    let world = world("2");
    world.run(&["reconcile", "exports", "--out", "out", "--as-of", "2026-03-31"]).expect_code(0);
    rewrite(&world, "out/run.json", |text| text.replacen("2026-03-31", "2026-03-01", 1));
    let text = world.run(&["explain", "SO1", "--run", "out"]).expect_code(0).stdout;
    assert!(
        text.contains("The inputs of the run in out are what they were, and so is its delivered.csv, which has other figures: run.json was changed since, in its as-of date or its configuration.\n"),
        "{text}"
    );
    rewrite(&world, "out/run.json", |text| {
        text.replacen(
            &format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION")),
            "\"version\": \"0.0.1\"",
            1,
        )
    });
    let text = world.run(&["explain", "SO1", "--run", "out"]).expect_code(0).stdout;
    assert!(text.contains("drawdown 0.0.1 wrote it, and this is "), "{text}");
}

#[test]
fn a_name_is_taken_as_a_table_has_it() {
    let world = World::new()
        .csv(
            "exports/lines.csv",
            "id,order,state,product,ordered,unit,tracking,policy
             =L1,=SO1,sale,Support,5,Hours,task,ordered",
        )
        .csv("exports/times.csv", "id,date,line,quantity\n1,2026-03-02,=L1,2");
    world.run(&["reconcile", "exports", "--out", "out", "--as-of", "2026-03-31"]).expect_code(0);
    let table = fs::read_to_string(world.path().join("out/delivered.csv")).expect("a table");
    assert!(table.contains("'=SO1,'=L1,"), "{table}");
    let bare = world.run(&["explain", "=SO1", "--run", "out"]).expect_code(0).stdout;
    let guarded = world.run(&["explain", "'=SO1", "--run", "out"]).expect_code(0).stdout;
    assert!(guarded.contains("order =SO1: line =L1\n"), "{guarded}");
    assert_eq!(guarded.replace("'=SO1, as of", "=SO1, as of"), bare);
    let line = world.run(&["explain", "'=L1", "--run", "out"]).expect_code(0).stdout;
    assert!(line.contains("line =L1: line =L1\n"), "{line}");
    let nothing = world.run(&["explain", "'=SO2", "--run", "out"]).expect_code(3).stderr;
    assert!(nothing.contains("is named \"'=SO2\""), "{nothing}");
}

#[test]
fn an_entry_of_two_proofs_is_one_row() {
    let csv = explained("SO012", &["--format", "csv"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<super::support::Row> =
        reader.deserialize().map(|row| row.expect("a row")).collect();
    let of = |row: &super::support::Row| (row["file"].clone(), row["row"].clone());
    let mut places: Vec<_> = rows.iter().map(of).collect();
    places.sort();
    places.dedup();
    assert_eq!(places.len(), rows.len(), "{csv}");
    let nearly: Vec<&str> = rows
        .iter()
        .filter(|row| row["fate"] == "unmatched")
        .map(|row| row["lines"].as_str())
        .collect();
    assert_eq!(nearly, ["L012-1 L012-2"; 2], "{csv}");
}

#[test]
fn no_control_character_reaches_a_terminal_or_a_spreadsheet() {
    let text = "\u{1b}]0;mine\u{7}\u{1b}[31m\u{9b}2J";
    let world = World::new()
        .csv(
            "exports/lines.csv",
            &format!(
                "id,order,state,customer,product,ordered,unit,tracking,policy
                 L1,SO1,sale,A{text},Support{text},5,Hours,task,ordered"
            ),
        )
        .csv(
            "exports/times.csv",
            &format!(
                "id,date,employee,line,quantity,description
                 1,2026-03-02,Anna{text},L1,2,call{text}"
            ),
        );
    world.run(&["reconcile", "exports", "--out", "out", "--as-of", "2026-03-31"]).expect_code(0);
    for format in ["csv", "text", "html"] {
        let run = world.run(&["explain", "SO1", "--run", "out", "--format", format]);
        let told = run.expect_code(0).stdout;
        assert!(told.contains("Anna␛]0;mine␇␛[31m\u{fffd}2J"), "{told:?}");
        assert!(!told.chars().any(|c| c.is_control() && c != '\n'), "{told:?}");
    }
}

/// Rule 5.6: explain shows both, what is written and what it is read as.
#[test]
fn both_readings_of_a_floats_print_are_shown() {
    let world = World::new()
        .csv(
            "exports/lines.csv",
            "id,order,state,product,ordered,unit,tracking,policy
             L1,SO1,sale,Support,5,Hours,task,ordered",
        )
        .csv(
            "exports/times.csv",
            "id,date,employee,line,quantity,unit
             1,2026-03-02,Anna,L1,0.3333333333333333,Hours
             2,2026-03-03,Anna,L1,0.0041666666666666666,Hours
             3,2026-03-04,Anna,L1,1.2345678901234567,Hours
             4,2026-03-05,Anna,L1,1.25,Hours
             5,2026-03-06,Anna,L1,0:20,Hours
             6,2026-04-06,Anna,L1,0.6666666666666666,Hours",
        );
    let run = world
        .run(&["reconcile", "exports", "--out", "out", "--as-of", "2026-03-31"])
        .expect_code(0);
    assert_eq!(run.json()["readings"]["binary_floats"], 4);
    let text = world.run(&["explain", "L1", "--run", "out"]).expect_code(0).stdout;
    let told: Vec<&str> = text.lines().filter(|line| line.contains("Rule 5.6")).collect();
    let reading = |row: u8, written: &str, read_as: &str| {
        format!(
            "  Rule 5.6: times.csv:{row} has {written} Hours, the print of a binary float, which is read as {read_as}."
        )
    };
    assert_eq!(
        told,
        [
            reading(2, "0.3333333333333333", "20 minutes"),
            reading(3, "0.0041666666666666666", "15 seconds"),
            reading(4, "1.2345678901234567", "1.23456789012"),
            reading(7, "0.6666666666666666", "40 minutes"),
        ]
    );
    let csv = world.run(&["explain", "L1", "--run", "out", "--format", "csv"]).expect_code(0);
    let mut reader = csv::Reader::from_reader(csv.stdout.as_bytes());
    let rows: Vec<[String; 3]> = reader
        .deserialize::<super::support::Row>()
        .map(|row| row.expect("a row"))
        .map(|row| ["quantity", "written", "read_as"].map(|name| row[name].clone()))
        .collect();
    assert_eq!(rows[0], ["0.333333333333", "0.3333333333333333", "20 minutes"]);
    assert_eq!(rows[3], ["1.25", "", ""]);
    assert_eq!(rows[4], ["0.333333333333", "", ""]);
    let json = world.run(&["explain", "L1", "--run", "out", "--format", "json"]).expect_code(0);
    let json: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    let entries = &json["proofs"][0]["entries"];
    assert_eq!(entries[0]["written"], "0.3333333333333333");
    assert_eq!(entries[0]["read_as"], "20 minutes");
    assert_eq!(entries[3].get("written"), None);
}

/// The first of the review's exports, with the adjustments of a contract.
fn adjusted(rows: &str) -> World {
    let file = |name: &str| {
        fs::read_to_string(project("fixtures/review/2026-03-01").join(name)).expect("a fixture")
    };
    let world = World::new()
        .csv("exports/orders.csv", &file("orders.csv"))
        .csv("exports/timesheets.csv", &file("timesheets.csv"))
        .csv(
            "exports/adjustments.csv",
            &format!("date,line,contract,quantity,unit,kind,reason\n{rows}"),
        );
    world.run(&["reconcile", "exports", "--out", "out", "--as-of", "2026-03-01"]).expect_code(0);
    world
}

const BILLED: &str =
    "2026-02-10,,S00104 - Northern Press,13,Hours,billed_elsewhere,Invoice 17 of the old system";

#[test]
fn adjustments_are_part_of_the_proof() {
    let world = adjusted(BILLED);
    let explain = |more: &[&str]| {
        world.run(&[&["explain", "S00104", "--run", "out"], more].concat()).expect_code(0).stdout
    };
    expect("adjusted.txt", &explain(&[]));
    expect("adjusted.html", &explain(&["--format", "html"]));
    expect("adjusted.csv", &explain(&["--format", "csv"]));
    expect("adjusted.json", &explain(&["--format", "json"]));
    let text = explain(&[]).split_whitespace().collect::<Vec<_>>().join(" ");
    for sentence in [
        "12.00 delivered + 13.00 adjusted = 25.00 Hours drawn from the quota; 24.00 ordered − 25.00 drawn = -1.00 Hours remaining (rule 6.10).",
        "was reached on 2026-02-19, with exports/timesheets.csv:9, and stays so (rule 6.9). At the end of that day 12.00 by entries + 13.00 adjusted = 25.00 Hours were drawn.",
    ] {
        assert!(text.contains(sentence), "no \"{sentence}\" in:\n{text}");
    }
}

#[test]
fn a_quota_that_an_adjustment_reaches_names_the_adjustment() {
    // The last one would hide the day if it were counted before its own.
    let world = adjusted(
        "2026-02-19,,S00104 - Northern Press,2,Days,goodwill,
         2026-02-20,,S00104 - Northern Press,-1,Hours,write_off,",
    );
    let text = world.run(&["explain", "S00104", "--run", "out"]).expect_code(0).stdout;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for sentence in [
        "reached on 2026-02-19, with the adjustments of exports/adjustments.csv:2, and stays so",
        "At the end of that day 12.00 by entries + 16.00 adjusted = 28.00 Hours were drawn.",
        "12.00 delivered + 15.00 adjusted = 27.00 Hours drawn from the quota",
        "2.00 Days × 8 = 16 Hours",
    ] {
        assert!(text.contains(sentence), "no \"{sentence}\" in:\n{text}");
    }
}

#[test]
fn an_adjustment_on_the_page_says_what_it_is_in_each_language() {
    let said = [
        ("en", "+13.00 adjusted"),
        ("de", "+13,00 angepasst"),
        ("fr", "+13,00 ajusté"),
        ("es", "+13,00 ajustado"),
        ("zh-CN", "调整 +13.00"),
    ];
    let world = adjusted(BILLED);
    for (language, said) in said {
        let run = ["reconcile", "exports", "--out", "out", "--as-of", "2026-03-01"];
        world.run(&[&run[..], &["--lang", language]].concat()).expect_code(0);
        let page = fs::read_to_string(world.path().join("out/report.html")).expect("a page");
        let below = format!("<span class=\"below\" dir=\"auto\">{said}</span>");
        assert!(page.contains(&below), "{language}: no {below}");
        // And for the script that writes the rows anew.
        assert!(page.contains("\"below\":\"adjusted_said\""), "{language}");
        assert!(page.contains(&format!("\"{said}\"")), "{language}: not among the data");
    }
}

#[test]
fn a_cause_in_a_pool_tells_the_pool_from_the_line() {
    let text = explained("SO010 - Deco Addict", &[]);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("the pool's entries up to 2026-02-10 come to 20.00 Hours, of"), "{text}");
}

#[test]
fn an_ambiguous_contract_is_told_by_its_products() {
    let unmatched = fs::read_to_string(project(RUN).join("unmatched.csv")).expect("a file");
    let told = "ambiguous_contract,Senior Consulting | Technical Support,";
    assert_eq!(unmatched.matches(told).count(), 2, "{unmatched}");
    let csv = explained("SO012", &["--format", "csv"]);
    assert!(
        csv.contains("sells several products (Senior Consulting | Technical Support), and"),
        "{csv}"
    );
    assert!(!csv.contains("nearest is"), "{csv}");
}

/// What is said of a line of so many hours on contract K, by its entries.
fn one_line(ordered: &str, entries: &str) -> String {
    let columns = "id,order,state,product,ordered,unit,contract,tracking,policy";
    let line = format!("{columns}\nL1,SO1,sale,Support,{ordered},Hours,K,contract,ordered\n");
    let world = World::new().file("orders.csv", line).file("hours.csv", entries);
    world.run(&["reconcile", ".", "--as-of", "2026-03-31", "--out", "out"]).expect_code(0);
    world.run(&["explain", "SO1", "--run", "out"]).expect_code(0).stdout
}

#[test]
fn what_names_a_line_and_what_is_on_its_contract_is_one_sum() {
    let text = one_line(
        "0.67",
        "id,date,contract,line,quantity\na,2026-01-18,K,,0.3333\nb,2026-01-21,,L1,0.3333\n",
    );
    for said in [
        "L1: 0.67 from its own entries = 0.67 Hours.",
        "Entries of line L1, by its name or task or on the contract K",
        "The quota of 0.67 Hours was reached on 2026-01-21, with ./hours.csv:3, and stays so",
    ] {
        assert!(text.contains(said), "{said} in {text}");
    }
}

#[test]
fn nothing_ordered_is_reached_by_the_first_entry() {
    let text = one_line("0", "id,date,contract,quantity\na,2026-01-18,K,1\n");
    let said =
        "The quota of 0.00 Hours was reached on 2026-01-18, with ./hours.csv:2, and stays so";
    assert!(text.contains(said), "{text}");
}

#[test]
fn a_line_break_in_a_name_begins_no_line_of_its_own() {
    let world = World::new()
        .file(
            "in/orders.csv",
            "id,order,state,product,ordered,unit,contract,tracking,policy\nL1,\"SO\n== 1\",sale,Support,5,Hours,\"C\nrm\",contract,ordered\n",
        )
        .file("in/hours.csv", "date,contract,quantity\n2026-03-02,\"C\nrm\",2\n");
    world.run(&["reconcile", "in", "--out", "out", "--quiet"]).expect_code(0);
    let text = world.run(&["explain", "--run", "out", "L1"]).expect_code(0).stdout
        + &world.run(&["explain", "--run", "out", "SO\n== 1"]).expect_code(0).stdout;
    let broken = text.lines().find(|line| {
        let line = line.trim_start();
        line.starts_with("== 1") || line.starts_with("rm")
    });
    assert_eq!(broken, None, "{text}");
    assert!(text.contains("order SO␊== 1"), "{text}");
}
