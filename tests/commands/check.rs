//! `drawdown check`, and what errors and exceptions say to programs.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use super::support::World;

const LINES: &str = "id,order,state,customer,product,ordered,unit,contract,tracking,policy\n\
    L1,SO009,sale,Agrolait,Support,50,Hours,SO009 - Agrolait,contract,ordered\n";

const HEADER: &str = "id,date,employee,contract,quantity,unit\n";

fn world(entries: &str) -> World {
    World::new().file("in/orders.csv", LINES).file("in/hours.csv", format!("{HEADER}{entries}"))
}

fn names(world: &World) -> BTreeSet<String> {
    fs::read_dir(world.path())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect()
}

const CHECK: [&str; 4] = ["check", "in", "--as-of", "2026-03-31"];

#[test]
fn a_clean_folder_is_said_to_be_clean_and_nothing_is_written() {
    let world = world("77,2026-03-02,Anna,SO009 - Agrolait,7.5,Hours\n");
    let run = world.run(&CHECK).expect_code(0);
    assert_eq!(
        run.stdout,
        "Run
  As of  2026-03-31

Inputs
                 Role         Rows
  in/hours.csv   timesheets      1
  in/orders.csv  order lines     1

Control totals (agree exactly)
                Entries  Hours
  read                1    7.5
    attributed        1    7.5
    unmatched         0      0

Every row can be used.
"
    );
    assert_eq!(names(&world), BTreeSet::from(["in".to_owned()]));
}

#[test]
fn exceptions_end_with_four_and_say_where() {
    let world = world("77,2026-03-02,Anna,SO009 - Agrolait,7.5O,Hours\n");
    let run = world.run(&CHECK).expect_code(4);
    assert!(
        run.stdout.ends_with(
            "Exceptions by kind
                Rows  First
  not_a_number     1  in/hours.csv:2, column \"quantity\"

not_a_number: \"7.5O\" in in/hours.csv:2, column \"quantity\"; expected: a decimal number like 7.5, or a duration like 7:30; help: correct the cell: it holds the letter O

There is 1 exception.
"
        ),
        "{}",
        run.stdout
    );
    assert_eq!(names(&world), BTreeSet::from(["in".to_owned()]));
}

#[test]
fn what_stops_reconcile_stops_check() {
    let world = world("77,2026-03-02,\"Anna,SO009 - Agrolait,7.5,Hours\n");
    let run = world.run(&CHECK).expect_code(3);
    assert_eq!(
        run.stderr,
        "error: in/hours.csv:2: a quote opens here and never closes; help: look for a single \" in this row\n"
    );
    world.run(&["check", "in", "--no-such-flag"]).expect_code(2);
    world.run(&["check", "nowhere"]).expect_code(3);
}

#[test]
fn an_error_is_one_json_object_for_programs() {
    let world = world("77,2026-03-02,\"Anna,SO009 - Agrolait,7.5,Hours\n");
    for command in [
        vec!["check", "in", "--format", "json"],
        vec!["reconcile", "in", "--out", "out", "--format", "json"],
    ] {
        let run = world.run(&command).expect_code(3);
        assert_eq!(
            run.stdout,
            "{
  \"error\": {
    \"kind\": \"unclosed_quote\",
    \"place\": {
      \"file\": \"in/hours.csv\",
      \"sheet\": null,
      \"row\": 2,
      \"column\": null
    },
    \"found\": \"\\\"\",
    \"expected\": null,
    \"help\": \"look for a single \\\" in this row\",
    \"message\": \"in/hours.csv:2: a quote opens here and never closes\"
  }
}
"
        );
        assert!(run.stderr.starts_with("error: in/hours.csv:2: "), "{}", run.stderr);
    }
}

#[test]
fn an_error_in_the_configuration_has_its_character() {
    let world = world("").file("in/drawdown.toml", "[upsell]\nrule = \"sometimes\"\n");
    let run = world.run(&["inspect", "in", "--format", "json"]).expect_code(2);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(json["error"]["kind"], "bad_configuration");
    assert_eq!(json["error"]["place"]["file"], "in/drawdown.toml");
    assert_eq!(json["error"]["place"]["row"], 2);
    assert_eq!(json["error"]["place"]["character"], 8);
}

#[test]
fn four_thousand_equal_faults_are_one_message_and_four_thousand_rows() {
    let mut rows = String::new();
    for n in 0..4000 {
        let _ = writeln!(rows, "{n},2026-03-02,Anna,SO009 - Agrolait,7.5O,Hours");
    }
    let world = world(&rows);
    let run = world.run(&CHECK).expect_code(4);
    let messages: Vec<&str> =
        run.stdout.lines().filter(|line| line.starts_with("not_a_number: ")).collect();
    assert_eq!(messages.len(), 1, "{}", run.stdout);
    assert!(
        messages[0].contains("column \"quantity\" (and in rows 3, 4 and 3997 more); expected: "),
        "{}",
        messages[0]
    );
    assert!(run.stdout.ends_with("\nThere are 4,000 exceptions.\n"), "{}", run.stdout);

    let run = world.run(&["check", "in", "--format", "json"]).expect_code(4);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(json["exceptions"]["not_a_number"], 4000);
    assert_eq!(json["outputs"], serde_json::json!([]));
    let faults = json["faults"].as_array().expect("faults");
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0]["count"], 4000);
    assert_eq!(faults[0]["column"], "quantity");
    let first = serde_json::json!([
        { "row": 2, "found": "7.5O" }, { "row": 3, "found": "7.5O" }, { "row": 4, "found": "7.5O" }
    ]);
    assert_eq!(faults[0]["first"], first);

    let run = world.run(&["reconcile", "in", "--out", "out", "--as-of", "2026-03-31"]);
    let run = run.expect_code(0);
    assert_eq!(run.table("exceptions.csv").len(), 4000);
    assert_eq!(run.json()["faults"], json["faults"]);
}

#[test]
fn quiet_says_it_by_the_exit_code_alone() {
    let world = world("77,2026-03-02,Anna,SO009 - Agrolait,7.5O,Hours\n");
    let mut arguments = CHECK.to_vec();
    arguments.push("--quiet");
    let run = world.run(&arguments).expect_code(4);
    assert_eq!(run.stdout, "");
}

#[test]
fn a_column_that_no_file_has_is_told_with_the_headers_there_are() {
    let world = World::new().file(
        "in/orders.csv",
        "id,order,product,ordered,unit,Order Stauts\nL1,SO1,Support,5,Hours,sale\n",
    );
    let run = world.run(&CHECK).expect_code(3);
    assert!(
        run.stderr.contains("has no column for the state of the order")
            && run
                .stderr
                .contains("the headers are: id, order, product, ordered, unit, Order Stauts"),
        "{}",
        run.stderr
    );
    let run = world.run(&["inspect", "in"]).expect_code(0);
    assert!(
        run.stdout.contains("\n  missing: the state of the order; expected one of: state, "),
        "{}",
        run.stdout
    );
    // Another file may have it.
    let world =
        world.file("in/more.csv", "order,state,customer,order_date\nSO1,sale,A,2026-01-01\n");
    let run = world.run(&["inspect", "in"]).expect_code(0);
    assert!(!run.stdout.contains("missing:"), "{}", run.stdout);
}

#[test]
fn a_column_that_is_blank_in_every_row_is_named() {
    let world = World::new()
        .file("in/orders.csv", "id,order,state,product,ordered,unit\nL1,SO1,sale,Support,5,\n")
        .file("in/hours.csv", "date,line,quantity\n2026-03-02,L1,1\n");
    let run = world.run(&CHECK).expect_code(3);
    assert!(
        run.stderr.contains("\"unit\" is there, but blank in every row; help: export that column"),
        "{}",
        run.stderr
    );
}
