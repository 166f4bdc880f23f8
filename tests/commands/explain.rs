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
            format!("{} {} {} {}", cells[0], cells[1], from_end(6), from_end(3))
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
