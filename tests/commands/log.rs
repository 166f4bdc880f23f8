//! The log: a line for each stage, on standard error, only when it is asked
//! for; and no bar where nobody sees it.

use serde_json::Value;

use super::support::{Run, World};

fn world() -> World {
    World::new()
        .csv(
            "lines.csv",
            "id,order,state,product,ordered,unit,contract,tracking,policy
            L1,S1,sale,Support,10,Hours,C1,contract,ordered",
        )
        .csv("timesheets.csv", "id,date,contract,quantity\n1,2026-03-02,C1,7.5\n2,2026-03-03,C9,1")
}

fn stages(run: &Run) -> Vec<(String, Option<u64>)> {
    let lines = run.stderr.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let stages = lines.filter(|line| line["message"] == "stage done");
    stages
        .map(|line| {
            assert_eq!(line["level"], "INFO", "{line}");
            assert!(line["milliseconds"].is_u64() && line["timestamp"].is_string(), "{line}");
            (line["stage"].as_str().expect("a stage").to_owned(), line["rows"].as_u64())
        })
        .collect()
}

#[test]
fn a_log_in_json_has_a_line_for_each_stage() {
    let world = world();
    let run = world.reconcile(&["--log", "json"]).expect_code(0);
    let expected =
        [("find", None), ("sum", Some(3)), ("settle", None), ("look", None), ("write", None)];
    assert_eq!(stages(&run), expected.map(|(name, rows)| (name.to_owned(), rows)));
    assert_eq!(world.reconcile(&[]).stderr, "");
    let check = world.run(&["check", ".", "--log", "json", "--as-of", "2026-03-31"]);
    assert_eq!(stages(&check).len(), 4);
}

#[test]
fn it_changes_nothing_that_is_printed_or_written() {
    let (one, other) = (world(), world());
    let plain = one.reconcile(&[]).expect_code(0);
    let logged = other.reconcile(&["-vv"]).expect_code(0);
    assert_eq!(logged.text("run.json"), plain.text("run.json"));
    assert_eq!(logged.stdout, plain.stdout);
    assert!(logged.stderr.contains(" INFO stage done stage=\"sum\""), "{}", logged.stderr);
    // What was not counted is not said to be none.
    for none in [" files=0", " bytes=0", " rows=0", " size=0"] {
        assert!(!logged.stderr.contains(none), "{}", logged.stderr);
    }
    assert!(logged.stderr.contains("files=1 bytes="), "{}", logged.stderr);
}

#[test]
fn warnings_and_errors_are_lines_of_it() {
    let world = world();
    let one = |run: &Run, level: &str| -> String {
        let lines =
            run.stderr.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        let of_level: Vec<Value> = lines.filter(|line| line["level"] == level).collect();
        assert_eq!(of_level.len(), 1, "{}", run.stderr);
        of_level[0]["message"].as_str().expect("a message").to_owned()
    };
    let warned = world.run(&["check", "lines.csv", "--log", "json", "--quiet"]);
    assert!(one(&warned, "WARN").starts_with("no timesheets among the inputs"));
    let stopped = world.run(&["check", "timesheets.csv", "--log", "json"]).expect_code(3);
    assert!(one(&stopped, "ERROR").contains("no sales order lines"));
    let only_errors = world.run(&["check", "lines.csv", "--log-level", "error", "--quiet"]);
    assert_eq!(only_errors.stderr, "");
}
