//! summary.txt and summary.md: what a scheduler sends.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use super::support::World;

/// Eleven used-up quotas of customers with names of every kind.
fn crowded() -> World {
    let names = [
        "Smith | Sons <b>",
        "[pay](https://evil.example)",
        "Vereinigte Donaudampfschifffahrtsgesellschaften in Wien und Budapest",
        "上海計算機軟件技術開發中心有限責任公司華東分公司",
        "www.evil.example",
    ];
    let mut lines =
        "id,order,state,customer,product,ordered,unit,price,currency,contract,tracking,policy\n"
            .to_owned();
    let mut entries = "date,contract,quantity,unit\n".to_owned();
    for at in 0..11 {
        let (name, value) = (names[at % names.len()], 1000 - at);
        let currency = ["CNY", "EUR", "GBP", "USD"][at % 4];
        let _ = writeln!(
            lines,
            "L{at},S-{at:05},sale,\"{name}\",\"Technical support, remote and on site, and all that belongs to it\",1,Hours,{value}.00,{currency},C{at},contract,ordered"
        );
        let _ = writeln!(entries, "2026-03-0{},C{at},{}.5,Hours", at % 9 + 1, at + 1);
    }
    World::new().file("lines.csv", lines).file("timesheets.csv", entries)
}

#[test]
fn it_fits_one_screen_whatever_the_names_are() {
    let world = crowded();
    let run = world.reconcile(&["--report-at", "https://reports.example/support"]).expect_code(0);
    let text = run.text("summary.txt");
    assert!(text.lines().count() <= 40, "{text}");
    for line in text.lines() {
        assert!(line.width() <= 80, "{} columns: {line}", line.width());
    }
    for part in ["Upsells: 11, in 4 currencies, the first 3", "the first 5 of 11", "S-00000"] {
        assert!(text.contains(part), "no {part:?} in:\n{text}");
    }
    assert!(text.ends_with("Full report: https://reports.example/support\n"), "{text}");
}

#[test]
fn it_fits_one_screen_in_every_language() {
    let world = crowded();
    for language in ["zh-CN", "fr", "de", "es"] {
        let run = world.reconcile(&["--lang", language]).expect_code(0);
        let text = run.text("summary.txt");
        assert!(text.lines().count() <= 40, "{text}");
        for line in text.lines() {
            assert!(line.width() <= 80, "{} columns: {line}", line.width());
        }
        assert!(!text.contains("Customer"), "{text}");
    }
}

#[test]
fn a_name_is_no_markup() {
    let world = crowded();
    let run = world.reconcile(&[]).expect_code(0);
    let text = run.text("summary.md");
    for row in [
        r"| S-00000 | Smith \| Sons &lt;b&gt; | Technical support, remote and on site, and all that belongs to it | 2026-03-01 | 500.00 | CNY |",
        "| S-00004 | ` www.evil.example ` |",
    ] {
        assert!(text.contains(row), "no {row} in:\n{text}");
    }
}

#[test]
fn it_is_an_output_like_any_other() {
    let world = crowded();
    let run = world.reconcile(&["--write", "summary"]).expect_code(0);
    let names: Vec<String> = run.json()["outputs"]
        .as_array()
        .expect("outputs")
        .iter()
        .map(|output| output["path"].as_str().expect("a path").to_owned())
        .collect();
    assert_eq!(names, ["history.csv", "summary.txt", "summary.md"]);
    assert!(run.text("summary.txt").ends_with("Full report: run.json, beside this file\n"));
}
