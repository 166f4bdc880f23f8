//! The page report.html in a real browser. Without one these tests say that
//! they are skipped; with `DRAWDOWN_BROWSER=required` they fail.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]
#![allow(unreachable_pub, reason = "modules of one test binary")]

mod browser;
mod reading;
#[path = "../support/mod.rs"]
mod support;

use std::fmt::Write as _;
use std::path::Path;

use browser::Browser;
use serde_json::json;
use support::{Run, World};

/// The page of the shipped example, beside what it is made of.
fn quickstart(language: &str) -> (World, Run) {
    let world = World::new();
    let inputs = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/quickstart");
    let run = world.run(&[
        "reconcile",
        inputs.to_str().expect("a path"),
        "--out",
        "out",
        "--as-of",
        "2026-03-31",
        "--write",
        "page",
        "--lang",
        language,
    ]);
    (world, run.expect_code(0))
}

fn page(run: &Run) -> std::path::PathBuf {
    run.out.join("report.html")
}

/// Orders of a list, in their order, as the page shows them.
fn orders(browser: &mut Browser, list: &str) -> String {
    browser.text(&format!(
        "[...document.querySelectorAll('#{list} tbody td:first-child span:first-child')].map((cell) => cell.textContent).join(' ')"
    ))
}

fn set(browser: &mut Browser, id: &str, value: &str) {
    browser.value(&format!(
        "(() => {{ const field = document.getElementById('{id}'); field.value = {value:?}; field.dispatchEvent(new Event('input', {{ bubbles: true }})); field.dispatchEvent(new Event('change', {{ bubbles: true }})); }})()"
    ));
}

#[test]
fn lists_are_searched_filtered_and_sorted() {
    let Some(mut browser) = Browser::start() else { return };
    let (_world, run) = quickstart("en");
    browser.open(&page(&run));
    assert_eq!(browser.value("document.querySelectorAll('#upsell .card').length"), 2);
    assert_eq!(orders(&mut browser, "near"), "SO015 SO013");

    // As it is typed: case, accents and order of words do not matter.
    for (typed, found) in [("AGROLÀIT", 2), ("support agrolait", 1), ("agrolait nothing", 0)] {
        set(&mut browser, "search", typed);
        let rows = browser.value("document.querySelectorAll('#delivered tbody tr').length");
        let rows = if found == 0 { json!(0) } else { rows };
        assert_eq!(rows, found, "{typed}");
    }
    assert_eq!(browser.text("document.getElementById('found').textContent"), "0 of 29 rows fit");
    assert_eq!(browser.value("document.querySelector('#delivered [data-table]').hidden"), true);
    set(&mut browser, "search", "");
    assert_eq!(browser.text("document.getElementById('found').textContent"), "");

    set(&mut browser, "salesperson", "Marc Demo");
    set(&mut browser, "status", "near");
    assert_eq!(orders(&mut browser, "delivered"), "SO015");
    assert_eq!(browser.value("document.querySelectorAll('#upsell .card').length"), 0);
    browser.value("document.querySelector('form').reset()");
    browser.value("new Promise((done) => setTimeout(done, 20))");
    set(&mut browser, "customer", "the jackson");
    assert_eq!(orders(&mut browser, "delivered"), "SO016 SO018");
    set(&mut browser, "customer", "");

    // A heading sorts one way, the other way, and not at all.
    let head = "document.querySelector('#delivered th[data-column=\"5\"]')";
    let click = format!("{head}.querySelector('button').click()");
    let sorted = format!("{head}.getAttribute('aria-sort')");
    assert_eq!(browser.text(&sorted), "none");
    browser.value(&click);
    assert_eq!(browser.text(&sorted), "descending");
    assert!(orders(&mut browser, "delivered").starts_with("SO012 SO014"));
    browser.value(&click);
    assert_eq!(browser.text(&sorted), "ascending");
    assert!(orders(&mut browser, "delivered").starts_with("SO009 SO011"));
    browser.value(&click);
    assert_eq!(browser.text(&sorted), "none");
    assert!(orders(&mut browser, "delivered").starts_with("SO006 SO007"));
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn letters_with_a_stroke_and_two_in_one_are_found_as_they_are_typed() {
    let Some(mut browser) = Browser::start() else { return };
    let names = ["Ødegård AS", "Łódź Sp. z o.o.", "Đuro Đaković", "Weiß & Söhne", "Æther Œuvre"];
    let mut lines = String::from(
        "id,order,state,customer,product,ordered,unit,delivered,contract,tracking,policy\n",
    );
    for (at, name) in names.into_iter().enumerate() {
        let _ = writeln!(lines, "L{at},S{at},sale,{name},Hours,10,Hours,0,C{at},contract,ordered");
    }
    let world = World::new()
        .file("lines.csv", lines)
        .file("timesheets.csv", "date,contract,description,quantity\n2026-03-02,C0,work,1\n");
    let run = world.reconcile(&["--write", "page"]).expect_code(0);
    browser.open(&page(&run));
    for (typed, found) in [
        ("odegard", "S0"),
        ("ØDEGÅRD", "S0"),
        ("lodz", "S1"),
        ("duro dakovic", "S2"),
        ("weiss sohne", "S3"),
        ("weiß", "S3"),
        ("aether oeuvre", "S4"),
    ] {
        set(&mut browser, "search", typed);
        assert_eq!(orders(&mut browser, "delivered"), found, "{typed}");
    }
}

#[test]
fn figures_open_to_their_arithmetic_by_the_keyboard_alone() {
    let Some(mut browser) = Browser::start() else { return };
    let (_world, run) = quickstart("en");
    browser.open(&page(&run));
    browser.press("/", "/");
    assert_eq!(browser.text("document.activeElement.id"), "search");
    browser.type_text("agrolait");
    assert_eq!(browser.value("document.querySelectorAll('#upsell .card').length"), 1);
    browser.press("Escape", "");
    browser.value("new Promise((done) => setTimeout(done, 20))");
    assert_eq!(browser.value("document.querySelectorAll('#upsell .card').length"), 2);

    // On from the order of the cards: the first card's overrun.
    browser.value("document.querySelector('#upsell [data-order]').focus()");
    browser.press("Tab", "");
    assert_eq!(browser.text("document.activeElement.tagName"), "SUMMARY");
    browser.press("Enter", "\r");
    assert_eq!(
        browser.text("document.activeElement.parentElement.querySelector('li').textContent"),
        "(57.50 − 50.00) × 500.00 = 3,750.00"
    );
    browser.press("Tab", "");
    browser.press("Tab", "");
    browser.press("Enter", "\r");
    assert_eq!(
        browser.text("document.activeElement.parentElement.querySelector('li').textContent"),
        "Entries: 57.5 Hours → 57.50 Hours"
    );
    let of_row = "document.querySelector('#delivered tr:nth-child(4) td:nth-child(6) details')";
    browser.value(&format!("{of_row}.open = true"));
    assert_eq!(
        browser.text(&format!("{of_row}.querySelector('.equation').textContent")),
        "50.00 − 57.50 = -7.50"
    );
    let chart = "document.querySelector('#upsell svg.chart')";
    assert_eq!(
        browser.text(&format!("{chart}.querySelector('desc').textContent")),
        "50.00 Hours ordered, drawn from 2026-01-04; used up on 2026-03-17; 7.50 over on 2026-03-31."
    );
    // Whatever may be pressed is a link, a field, a button or a summary.
    assert_eq!(
        browser.value("[...document.querySelectorAll('a, button, input, select, summary')].filter((one) => !(one.closest('[hidden]') || one.textContent.trim() || one.getAttribute('aria-label') || one.labels?.length || one.querySelector('[aria-label]'))).length"),
        0
    );
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

const HOSTILE: [&str; 7] = [
    "</script><script>document.title='obeyed'</script>",
    "\"><img src=x onerror=\"document.title='obeyed'\">",
    "<!--<script> ]]> &amp; &#60;b&#62;",
    "{{ customer }} ${alert(1)} `x`",
    "شركة الأمل 🧾 שלום",
    "\u{202e}gnp.exe\u{202c} ' onmouseover='x",
    "' /><style>*{display:none}</style>",
];

#[test]
fn what_stands_in_files_is_text_and_nothing_else() {
    let Some(mut browser) = Browser::start() else { return };
    let long = "Very".repeat(150);
    let names: Vec<&str> = HOSTILE.into_iter().chain([long.as_str()]).collect();
    let mut lines = String::from(
        "id,order,state,customer,salesperson,product,ordered,unit,price,tracking,policy\n",
    );
    let mut entries = String::from("date,line,employee,description,quantity\n");
    for (at, name) in names.iter().enumerate() {
        let quoted = format!("\"{}\"", name.replace('"', "\"\""));
        for (kind, hours) in [("U", 12), ("N", 9), ("O", 1)] {
            let _ = writeln!(
                lines,
                "{kind}{at},S{kind}{at},sale,{quoted},{quoted},{quoted},10,Hours,100,task,ordered"
            );
            let _ = writeln!(entries, "2026-03-0{},{kind}{at},x,{quoted},{hours}", at + 1);
        }
        let _ = writeln!(entries, "2026-03-20,{quoted},{quoted},{quoted},1");
        let _ = writeln!(entries, "{quoted},U1,{quoted},{quoted},1");
    }
    let world = World::new().file("lines.csv", lines).file("timesheets.csv", entries);
    let run = world.reconcile(&["--write", "page"]).expect_code(0);
    browser.open(&page(&run));
    for (width, mobile) in [(1280, false), (390, true)] {
        let size =
            json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": mobile });
        browser.call("Emulation.setDeviceMetricsOverride", &size);
        browser.open(&page(&run));
        let wide = browser.value("document.documentElement.scrollWidth").as_u64();
        assert!(wide <= Some(width), "{wide:?} of {width}");
    }
    assert!(browser.text("document.title").starts_with("Delivered quantities"));
    assert_eq!(
        browser.value(
            "document.querySelectorAll('img, body style, body script:not([type]) ~ script').length"
        ),
        0
    );
    let shown =
        browser.value("[...document.querySelectorAll('#upsell h3')].map((one) => one.textContent)");
    let shown: Vec<&str> =
        shown.as_array().expect("names").iter().filter_map(|n| n.as_str()).collect();
    for name in names {
        // What would turn the letters around is shown instead.
        let name = name.replace(['\u{202e}', '\u{202c}'], "\u{fffd}");
        assert!(shown.contains(&name.as_str()), "{name} is not among {shown:#?}");
    }
    set(&mut browser, "search", "</script>");
    assert_eq!(browser.value("document.querySelectorAll('#upsell .card').length"), 1);
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn without_scripts_the_first_rows_are_there_and_on_paper_all_of_a_list() {
    let Some(mut browser) = Browser::start() else { return };
    let (_world, run) = quickstart("en");
    browser.call("Emulation.setScriptExecutionDisabled", &json!({ "value": true }));
    browser.open(&page(&run));
    assert_eq!(browser.value("document.querySelectorAll('#delivered tbody tr').length"), 18);
    assert_eq!(browser.value("document.querySelectorAll('#upsell .card svg').length"), 2);
    assert_eq!(browser.value("document.querySelector('form').hidden"), true);
    let static_text =
        browser.text("document.querySelector('#near').innerText.replace(/\\s+/g, ' ')");
    browser.call("Emulation.setScriptExecutionDisabled", &json!({ "value": false }));
    browser.open(&page(&run));
    // What the script shows is what was there before it ran.
    let text = browser.text("document.querySelector('#near').innerText.replace(/\\s+/g, ' ')");
    assert_eq!(text, static_text);

    // In each language numbers and days are written in one way by both.
    for (language, overrun, name) in [
        ("de", "3.750,00", "Kunde"),
        ("fr", "3\u{202f}750,00", "Client"),
        ("zh-CN", "3,750.00", "客户"),
    ] {
        let (_world, run) = quickstart(language);
        browser.call("Emulation.setScriptExecutionDisabled", &json!({ "value": true }));
        browser.open(&page(&run));
        let lists = "['near', 'unmatched', 'delivered'].map((id) => document.getElementById(id).textContent.replace(/\\s+/g, ' ')).join()";
        let without = "document.querySelectorAll('td .equation, td svg, .pager').forEach((one) => one.remove())";
        browser.value(without);
        let before = browser.text(lists);
        browser.call("Emulation.setScriptExecutionDisabled", &json!({ "value": false }));
        browser.open(&page(&run));
        assert_eq!(browser.text("document.documentElement.lang"), language);
        assert_eq!(
            browser.text("document.querySelector('#upsell .amount bdi').textContent"),
            overrun
        );
        assert_eq!(
            browser.text("document.querySelector('#near th:nth-child(2)').textContent"),
            name
        );
        browser.value(without);
        let after = browser.text(lists);
        assert_eq!(after.replace(' ', ""), before.replace(' ', ""));
    }

    let (_world, run) = quickstart("en");
    browser.open(&page(&run));
    let dark = "getComputedStyle(document.body).backgroundColor";
    let light = browser.text(dark);
    browser.value("document.getElementById('theme').click()");
    assert_ne!(browser.text(dark), light);
    assert_eq!(
        browser.text("document.getElementById('theme').getAttribute('aria-pressed')"),
        "true"
    );
    let printed = browser.call("Page.printToPDF", &json!({ "printBackground": true }));
    assert!(printed["data"].as_str().is_some_and(|pdf| pdf.starts_with("JVBER")));
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

/// How long a search may take until its answer is laid out, in milliseconds.
const QUICK: u64 = 100;

#[test]
fn a_search_among_50_000_contracts_is_answered_within_100_ms() {
    let Some(mut browser) = Browser::start() else { return };
    let mut lines = String::from(
        "id,order,state,customer,salesperson,product,ordered,unit,price,contract,tracking,policy\n",
    );
    let mut entries = String::from("date,contract,quantity\n");
    for at in 0..50_000 {
        let _ = writeln!(
            lines,
            "L{at},S{at:05},sale,Customer {} Ltd,Person {},Support {},10,Hours,100,C{at},contract,ordered",
            at % 9_000,
            at % 40,
            at % 300
        );
        if at % 10 == 0 {
            let _ = writeln!(entries, "2026-03-02,C{at},{}", 5 + at / 10 % 8);
        }
    }
    let world = World::new().file("lines.csv", lines).file("timesheets.csv", entries);
    let run = world.reconcile(&["--write", "page"]).expect_code(0);
    browser.open(&page(&run));
    assert!(browser.value("document.querySelectorAll('*').length").as_u64() < Some(10_000));
    // Typed letter by letter; each until the rows are laid out.
    let took = browser.value(
        "(async () => {
            await new Promise((done) => requestIdleCallback(done));
            const field = document.getElementById('search');
            const took = [];
            for (const text of ['customer 4711 ltd support', 'person 7 s0', 'zzz', '']) {
                for (let end = Math.min(1, text.length); end <= text.length; end += 1) {
                    field.value = text.slice(0, end);
                    const before = performance.now();
                    field.dispatchEvent(new Event('input'));
                    document.body.offsetHeight;
                    took.push(Math.ceil(performance.now() - before));
                    await new Promise((done) => setTimeout(done));
                }
            }
            return took.sort((a, b) => a - b);
        })()",
    );
    let took: Vec<u64> =
        took.as_array().expect("times").iter().filter_map(serde_json::Value::as_u64).collect();
    let (median, most) = (took[took.len() / 2], took[took.len() - 1]);
    println!("{} searches among 50 000 contracts: {median} ms, {most} ms at most", took.len());
    assert!(median < QUICK, "{took:?}");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}
