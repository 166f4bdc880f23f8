//! What the README shows is what the program prints.

use std::fs;

use drawdown::diagnostics::FaultKind;

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
