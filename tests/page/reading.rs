//! The page can be read and reached by everybody, in each language: on a wide
//! window and on a phone, light and dark, by the keyboard and by its names.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::browser::Browser;
use super::support::{Run, World};

const CHECKS: &str = include_str!("checks.js");
const LANGUAGES: [&str; 5] = ["en", "zh-CN", "fr", "de", "es"];

/// Long names, adjustments, several currencies, amounts without a price, and
/// quotas that were reached early, late and exactly.
fn busy(language: &str) -> (World, Run) {
    let mut lines = String::from(
        "id,order,state,customer,salesperson,product,ordered,unit,delivered,price,currency,contract,tracking,policy\n",
    );
    let mut entries = String::from("date,contract,description,quantity\n");
    let names = [
        "Deutsche Donaudampfschifffahrtsgesellschaft mbH & Co. KG",
        "北京鲲鹏科技有限公司",
        "شركة الأمل للتجارة",
        "Agrolait",
    ];
    let days = ["2025-10-06", "2025-11-03", "2026-01-12", "2026-03-28"];
    for at in 0..24 {
        let (name, ordered) = (names[at % 4], [10, 1_200, 50][at % 3]);
        let price = ["95", "120.5", "", "1250"][at % 4];
        let currency = ["EUR", "USD"][at / 12];
        let _ = writeln!(
            lines,
            "L{at},S{at:05},sale,{name},Jean-Baptiste de la Fontaine-Saint-Martin,Wartungsvertrag Premium,{ordered},Hours,{ordered},{price},{currency},C{at} - {name},contract,ordered"
        );
        // In per cent of what is ordered, and the last of them on one of the days.
        let parts = [[60, 50], [90, 30], [50, 50], [30, 60], [0, 0], [100, 140]][at % 6];
        for (part, day) in parts.into_iter().zip([days[0], days[at % 4]]) {
            if part > 0 {
                let _ = writeln!(entries, "{day},C{at} - {name},work,{}", part_of(ordered, part));
            }
        }
    }
    let _ = writeln!(entries, "2026-03-02,Nobody's,unmatched,1.5\n2026-03-02,,no reference,2");
    let _ = writeln!(entries, "2026-02-30,C1,no day,1");
    let adjustments = "date,line,contract,quantity,unit,kind\n\
        2026-01-05,L0,,1.5,Hours,goodwill\n2026-01-05,L2,,-1,Hours,write_off\n\
        2027-01-05,L2,,-1,Hours,opening\n2026-01-05,LX,,3,Hours,goodwill\n";
    let world = World::new()
        .file("lines.csv", lines)
        .file("timesheets.csv", entries)
        .file("adjustments.csv", adjustments);
    let run = world.reconcile(&["--write", "page", "--lang", language]).expect_code(0);
    (world, run)
}

/// A part of a quantity in per cent, as it is written.
fn part_of(quantity: u32, per_cent: u32) -> String {
    let hundredths = quantity * per_cent;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

fn shows(browser: &mut Browser, width: u32, scheme: &str) {
    let size = json!({
        "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600,
    });
    browser.call("Emulation.setDeviceMetricsOverride", &size);
    let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
    browser.call("Emulation.setEmulatedMedia", &features);
}

#[test]
fn everything_is_legible_in_each_language_and_on_each_screen() {
    let Some(mut browser) = Browser::start() else { return };
    for language in LANGUAGES {
        let (_world, run) = busy(language);
        for width in [1280, 390] {
            for scheme in ["light", "dark"] {
                shows(&mut browser, width, scheme);
                browser.open(&run.out.join("report.html"));
                let complaints = browser.value(CHECKS);
                assert_eq!(complaints, json!([]), "{language}, {width}, {scheme}");
            }
        }
        assert_eq!(browser.complaints(), Vec::<String>::new(), "{language}");
    }
}

#[test]
fn what_can_be_reached_has_a_name_and_shows_that_it_is_reached() {
    let Some(mut browser) = Browser::start() else { return };
    let (_world, run) = busy("de");
    shows(&mut browser, 1280, "light");
    browser.open(&run.out.join("report.html"));
    browser.call("Accessibility.enable", &json!({}));
    let tree = browser.call("Accessibility.getFullAXTree", &json!({}));
    let nodes = tree["nodes"].as_array().expect("nodes");
    let is_focusable = |node: &&Value| {
        node["properties"].as_array().is_some_and(|all| {
            all.iter().any(|one| one["name"] == "focusable" && one["value"]["value"] == true)
        })
    };
    let reached: Vec<&Value> =
        nodes.iter().filter(|node| node["ignored"] != true).filter(is_focusable).collect();
    assert!(reached.len() > 80, "{}", reached.len());
    for node in reached {
        let name = node["name"]["value"].as_str().unwrap_or_default();
        assert!(!name.trim().is_empty(), "{node:#}");
    }
    // Whatever the keyboard comes by has an outline of two pixels.
    for _ in 0..40 {
        browser.press("Tab", "");
        let outline = browser.text(
            "(() => { const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement); return `${outlineStyle} ${outlineWidth}`; })()",
        );
        assert_eq!(outline, "solid 2px", "{}", browser.text("document.activeElement.outerHTML"));
    }
    // One heading of a list says that it is sorted, and which way.
    browser.value("document.querySelector('#delivered th[data-column=\"3\"] button').click()");
    assert_eq!(
        browser.value("[...document.querySelectorAll('#delivered th[aria-sort]')].map((one) => one.getAttribute('aria-sort')).filter((way) => way !== 'none')"),
        json!(["descending"])
    );
    // What was chosen is said on paper.
    browser.value("(() => { const one = document.getElementById('status'); one.value = 'near'; one.dispatchEvent(new Event('change')); })()");
    assert_eq!(
        browser.text("document.querySelector('.chosen').textContent"),
        "Status: fast aufgebraucht"
    );
    let shown = "getComputedStyle(document.querySelector('.chosen')).display";
    assert_eq!(browser.text(shown), "none");
    browser.call("Emulation.setEmulatedMedia", &json!({ "media": "print" }));
    assert_eq!(browser.text(shown), "block");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}
