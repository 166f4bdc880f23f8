//! `drawdown reconcile` over the shipped example, and what it does to `--out`.

use std::collections::BTreeSet;
use std::fs;

use super::support::World;
use super::{drawdown, project};

const OUTPUTS: [&str; 20] = [
    "delivered.csv",
    "upsell.csv",
    "near.csv",
    "idle.csv",
    "customers.csv",
    "invoicing.csv",
    "late.csv",
    "without_contract.csv",
    "given_away.csv",
    "delivered_update.csv",
    "exceptions.csv",
    "unmatched.csv",
    "delivered.xlsx",
    "opportunities.csv",
    "opportunities_update.csv",
    "orders_draft.csv",
    "history.csv",
    "summary.md",
    "summary.txt",
    "run.json",
];

fn quickstart(out: &std::path::Path, more: &[&str]) -> std::process::Output {
    let out = out.to_str().expect("a path");
    let mut arguments =
        vec!["reconcile", "fixtures/quickstart", "--out", out, "--as-of", "2026-03-31"];
    arguments.extend(more);
    drawdown(&arguments)
}

/// Run with `UPDATE_EXPECTED=1` to write the expected files anew; read the
/// difference before it is committed.
#[test]
fn the_quickstart_gives_the_committed_outputs_byte_for_byte() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    let run = quickstart(&out, &["--quiet"]);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let names: BTreeSet<String> = fs::read_dir(&out)
        .expect("outputs")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(names, OUTPUTS.map(str::to_owned).into_iter().collect::<BTreeSet<_>>());
    for name in OUTPUTS {
        let expected = project("fixtures/quickstart-expected").join(name);
        let found = fs::read(out.join(name)).expect("an output");
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            fs::copy(out.join(name), &expected).expect("a copy");
        }
        let expected = fs::read(&expected).expect("an expected output");
        if name == "delivered.xlsx" {
            assert!(found == expected, "{name} differs");
        } else {
            assert_eq!(
                String::from_utf8_lossy(&found),
                String::from_utf8_lossy(&expected),
                "{name}"
            );
        }
    }
}

#[test]
fn two_runs_on_any_number_of_threads_give_the_same_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    let (one, three) = (folder.path().join("one"), folder.path().join("three"));
    assert!(quickstart(&one, &["--threads", "1"]).status.success());
    assert!(quickstart(&three, &["--threads", "3"]).status.success());
    for name in OUTPUTS {
        let read = |folder: &std::path::Path| fs::read(folder.join(name)).expect("an output");
        assert!(read(&one) == read(&three), "{name} differs");
    }
}

#[test]
fn run_json_names_what_was_read_and_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    let run = quickstart(&out, &["--hash", "sha256", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&run.stdout).expect("JSON");
    assert_eq!(json["hash"], "sha256");
    assert_eq!(json["tool"], "drawdown");
    assert_eq!(json["inputs"][0]["role"], "order_lines");
    assert!(json.get("started_at").is_none());
    let digest = |name: &str| {
        let path = out.join(name);
        drawdown::digest::DigestKind::Sha256.of_file(&path).expect("a digest").0
    };
    for output in json["outputs"].as_array().expect("outputs") {
        let path = output["path"].as_str().expect("a path");
        assert_eq!(output["digest"].as_str(), Some(digest(path).as_str()), "{path}");
    }
}

#[test]
fn write_limits_the_outputs_and_run_json_and_the_history_are_always_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    assert!(quickstart(&out, &["--write", "delivered,upsell"]).status.success());
    let mut names: Vec<_> =
        fs::read_dir(&out).expect("outputs").map(|e| e.expect("an entry").file_name()).collect();
    names.sort();
    assert_eq!(names, ["delivered.csv", "history.csv", "run.json", "upsell.csv"]);
    // What an earlier run wrote and this one does not is gone, not left to mislead.
    assert!(quickstart(&out, &["--write", "unmatched"]).status.success());
    assert!(!out.join("delivered.csv").exists());
}

#[test]
fn exit_codes_say_how_a_run_ended() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    let code = |more: &[&str]| quickstart(&out, more).status.code();
    assert_eq!(code(&[]), Some(0));
    assert_eq!(code(&["--strict"]), Some(4));
    assert_eq!(code(&["--fail-on", "upsell"]), Some(5));
    assert_eq!(code(&["--no-such-flag"]), Some(2));
    assert_eq!(code(&["no-such-file.csv"]), Some(3));
}

#[test]
fn refuses_a_folder_that_holds_something_else() {
    let world = World::new().file("out/letter.txt", "Dear customer").file(
        "lines.csv",
        "id,order,state,product,ordered,unit,tracking,policy\nL1,SO1,sale,Support,5,Hours,contract,ordered\n",
    );
    let run = world.reconcile(&[]).expect_code(2);
    assert!(run.stderr.contains("letter.txt"), "{}", run.stderr);
    assert_eq!(run.text("letter.txt"), "Dear customer");
}

#[test]
fn a_failed_run_leaves_the_earlier_output_and_no_litter() {
    let lines = "id,order,state,product,ordered,unit,tracking,policy\nL1,SO1,sale,Support,5,Hours,contract,ordered\n";
    let world = World::new().file("lines.csv", lines);
    let before = world.reconcile(&["--quiet"]).expect_code(0).text("delivered.csv");
    let world = world
        .file("more.csv", "id,order,state,product,ordered,unit\nL1,SO1,sale,Support,6,Hours\n");
    let run = world.reconcile(&[]).expect_code(3);
    assert_eq!(run.text("delivered.csv"), before);
    let names: Vec<_> = fs::read_dir(world.path())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.contains(".part") || name.contains(".old"))
        .collect();
    assert!(names.is_empty(), "{names:?}");
}

#[test]
fn an_earlier_runs_output_among_the_inputs_is_passed_over() {
    let lines = "id,order,state,product,ordered,unit,tracking,policy\nL1,SO1,sale,Support,5,Hours,contract,ordered\n";
    let world = World::new().file("lines.csv", lines).file("~$lines.xlsx", "x");
    world.reconcile(&["--quiet"]).expect_code(0);
    let run = world.reconcile(&[]).expect_code(0);
    assert!(run.stdout.contains("passed over: ./out: an earlier run's output"), "{}", run.stdout);
    assert!(run.stdout.contains("passed over: ./~$lines.xlsx: lock file"), "{}", run.stdout);
    assert_eq!(run.table("delivered.csv").len(), 1);
}

#[test]
fn the_summary_says_first_what_is_missing() {
    let world = World::new()
        .file("lines.csv", "id,order,state,product,ordered,unit\nL1,SO1,sale,Support,5,Hours\n");
    let run = world.reconcile(&[]).expect_code(0);
    let first = run.stdout.lines().next().unwrap_or_default();
    assert!(first.contains("no timesheets among the inputs"), "{}", run.stdout);
    assert!(run.stdout.contains("1 product is invoiced or tracked; export the products as well"));
    let exceptions = run.text("exceptions.csv");
    assert!(exceptions.contains("[products.\"\"Support\"\"]"), "{exceptions}");
}
