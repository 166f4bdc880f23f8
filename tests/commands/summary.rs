//! summary.txt and summary.md: what a scheduler sends.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use super::project;
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
    for part in ["Upsells: 11, in 4 currencies, the first 3", "the first 5 of 11"] {
        assert!(text.contains(part), "no {part:?} in:\n{text}");
    }
    // The largest of each currency, and the second of the first one.
    let shown: Vec<&str> = text.split_whitespace().filter(|word| word.starts_with("S-")).collect();
    assert_eq!(shown, ["S-00008", "S-00004", "S-00009", "S-00010", "S-00007"], "{text}");
    assert!(text.ends_with("Full report: https://reports.example/support\n"), "{text}");
}

/// Cells that cannot stand beside a long name stand below it, whole.
#[test]
fn a_long_order_name_takes_nothing_from_the_other_cells() {
    let world = World::new()
        .csv(
            "lines.csv",
            "id,order,state,customer,product,ordered,unit,price,currency,contract,tracking,policy
             L1,SO-2026-000017 Rahmenvertrag Wartung und Betreuung,sale,Lindenhof,Technical Support,1,Hours,9.00,EUR,C1,contract,ordered
             L2,SO2,sale,Weidenhof,Remote Support,1,Hours,8.00,EUR,C2,contract,ordered",
        )
        .csv(
            "timesheets.csv",
            "date,contract,quantity,unit
             2026-03-02,C1,2,Hours
             2026-03-03,C2,2,Hours",
        );
    let text = world.reconcile(&[]).expect_code(0).text("summary.txt");
    for part in ["Lindenhof", "Technical Support", "Weidenhof", "Remote Support", "9.00", "EUR"] {
        assert!(text.contains(part), "no {part:?} in:\n{text}");
    }
    for line in text.lines() {
        assert!(line.width() <= 80, "{} columns: {line}", line.width());
    }
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
        r"| S-00010 | Smith \| Sons &lt;b&gt; | Technical support, remote and on site, and all that belongs to it | 2026-03-02 | 10,395.00 | GBP |",
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

#[test]
fn it_names_the_best_file_that_is_written() {
    let world = crowded();
    for (written, named) in [
        ("upsell,near,summary", "upsell.csv"),
        ("summary,exceptions,near", "near.csv"),
        ("opportunities,summary", "opportunities.csv"),
        ("upsell,summary,delivered", "delivered.csv"),
        ("upsell,summary,xlsx,delivered", "delivered.xlsx"),
        ("summary,xlsx,page", "report.html"),
    ] {
        let run = world.reconcile(&["--write", written]).expect_code(0);
        for name in ["summary.txt", "summary.md"] {
            let text = run.text(name).replace('\\', "");
            let end = format!("Full report: {named}, beside this file\n");
            assert!(text.ends_with(&end), "{written}: {text}");
        }
    }
}

#[test]
fn a_young_contract_is_near_by_the_day_of_its_own_rate() {
    let inputs = project("fixtures/review/2026-03-01");
    let inputs = inputs.to_str().expect("a path");
    let world = World::new();
    let run =
        world.run(&["reconcile", inputs, "--out", "out", "--as-of", "2026-03-01"]).expect_code(0);
    let near = &run.table("near.csv")[0];
    let days = ["runs_out_on", "runs_out_since"].map(|name| near[name].as_str());
    assert_eq!(days, ["2026-04-26", "2026-03-29"]);
    let text = run.text("summary.txt");
    let row = "S00104  Northern Press  Technical Support  2026-03-29   12.00  Hours\n";
    assert!(text.contains(row) && !text.contains("2026-04-26"), "{text}");
    let row = "| S00104 | Northern Press | Technical Support | 2026-03-29 | 12.00 | Hours |";
    assert!(run.text("summary.md").contains(row));
    let page = run.text("report.html");
    let rate = "3.00 a week since 2026-02-02, when it began; 1.50 over the last weeks";
    for part in ["\"name\":\"days_left\",\"kind\":\"number\",\"cells\":[\"28\"]", rate] {
        assert!(page.contains(part), "no {part} in the page");
    }
    assert!(!page.contains("2026-04-26"));
}
