//! What the README shows is what the program prints.

use std::collections::BTreeSet;
use std::fs;

use drawdown::diagnostics::FaultKind;

use super::support::World;
use super::{drawdown, project};

fn readme() -> String {
    fs::read_to_string(project("README.md")).expect("the README")
}

#[test]
fn the_sample_is_what_the_quickstart_prints() {
    let text = readme();
    let sample = text
        .split("<!-- quickstart -->\n```text\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .expect("the sample");
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    let out = out.to_str().expect("a path");
    let run =
        drawdown(&["reconcile", "fixtures/quickstart", "--out", out, "--as-of", "2026-03-31"]);
    let printed = String::from_utf8(run.stdout).expect("UTF-8");
    // To the end, but for the folder that it was asked to write.
    assert_eq!(printed.replace(out, "out"), sample, "printed, and the README has");
    let upsell = fs::read_to_string(format!("{out}/upsell.csv")).expect("upsell.csv");
    let rows: Vec<&str> = upsell.lines().take(2).collect();
    assert!(text.contains(&rows.join("\n")), "the README lacks:\n{}", rows.join("\n"));
}

#[test]
fn every_kind_of_exception_is_in_the_table() {
    let text = readme();
    for kind in FaultKind::ALL {
        let row = format!("| `{}` | {} |", kind.name(), kind.rule());
        assert!(text.contains(&row), "no row {row}");
    }
}

#[test]
fn the_explanation_is_what_explain_prints() {
    let text = readme();
    let sample = text
        .split("<!-- explain -->\n```text\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .expect("the sample");
    let run =
        drawdown(&["explain", "SO011", "--run", "fixtures/quickstart-expected", "--entries", "3"]);
    let printed = String::from_utf8(run.stdout).expect("UTF-8");
    assert_eq!(printed.trim_end(), sample.trim_end());
}

/// Every key of run.json and of the objects in it, but for those whose keys are
/// names of their own.
fn keys(json: &serde_json::Value, into: &mut BTreeSet<String>) {
    match json {
        serde_json::Value::Object(object) => {
            for (key, value) in object {
                into.insert(key.clone());
                let is_of_names = ["configuration", "lines", "exceptions", "causes", "units"];
                if !is_of_names.contains(&key.as_str()) && key != "entries" && key != "hours" {
                    keys(value, into);
                }
            }
        }
        serde_json::Value::Array(values) => values.iter().for_each(|value| keys(value, into)),
        _ => {}
    }
}

#[test]
fn every_key_of_run_json_is_described() {
    let text = readme();
    let (_, section) = text.split_once("### run.json\n").expect("a section on run.json");
    let (section, _) = section.split_once("\n## ").expect("another section");
    let world = World::new()
        .csv(
            "in/lines.csv",
            "id,order,state,product,ordered,unit,contract,tracking,policy,delivered
             L1,SO1,sale,Support,10,Hours,C1,contract,ordered,1",
        )
        .csv(
            "in/work.csv",
            "id,date,contract,quantity,unit
             1,2026-03-02,C1,12,Hours
             2,2026-03-02,C1,x,Hours
             ,,,12,",
        )
        .csv(
            "in/adjustments.csv",
            "date,contract,quantity,unit,kind,reason
             2026-03-02,C1,1,Hours,opening,before",
        )
        .file("in/notes.txt", "x");
    let run =
        world.run(&["reconcile", "in", "--out", "out", "--as-of", "2026-03-31", "--record-time"]);
    let check = world.run(&["check", "in", "--as-of", "2026-03-31", "--format", "json"]);
    let check: serde_json::Value = serde_json::from_str(&check.stdout).expect("JSON");
    let mut found = BTreeSet::new();
    keys(&run.expect_code(0).json(), &mut found);
    keys(&check, &mut found);
    for key in
        ["started_at", "total_rows", "adjustments", "passed_over", "reason", "causes", "format"]
    {
        assert!(found.contains(key), "{key} is in neither: {found:?}");
    }
    let undescribed: Vec<&String> =
        found.iter().filter(|key| !section.contains(&format!("`{key}`"))).collect();
    assert!(undescribed.is_empty(), "{undescribed:?}");
}
