//! report.html: a run as one page that needs nothing beside itself, for people
//! who search, sort and ask how a figure came about. It opens from a mail: no
//! address stands in it, and its one script and one style are known by their
//! digests. Every text is escaped, by the template or as JSON.

mod chart;
mod lists;
mod overview;
mod tiles;
mod upsells;
mod words;

use std::io::{self, Write};

use askama::Template;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::model::Report;
use super::summary::warnings;
use crate::language::{self, Key};
use crate::reconcile::Status;

use chart::Chart;
use lists::{JsonList, List, lists};
use overview::{Adjusted, StatusPart, Total};
use tiles::Tile;
use upsells::Card;
use words::{Labels, Words};

/// The page's name.
pub const REPORT_HTML: &str = "report.html";

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

#[derive(Template)]
#[template(path = "page.html", config = "src/report/page/askama.toml")]
struct Page<'a> {
    lang: &'static str,
    version: &'static str,
    style: &'static str,
    script: &'static str,
    style_hash: String,
    script_hash: String,
    w: &'a Labels,
    as_of: String,
    period: String,
    warnings: Vec<String>,
    tiles: Vec<Tile>,
    totals: Vec<Total>,
    totals_are: Vec<String>,
    adjusted: Option<Adjusted>,
    statuses: Vec<StatusPart>,
    causes: Vec<(String, String)>,
    causes_are: Vec<String>,
    lists: &'a [List],
    inputs: Vec<(String, String, String)>,
    blank: Card,
    blank_chart: Chart,
    data: String,
}

/// What the script is given.
#[derive(Serialize)]
struct Data<'a> {
    language: &'static str,
    group: String,
    decimal: String,
    percent: String,
    words: ScriptWords<'a>,
    statuses: Vec<&'static str>,
    lists: Vec<&'a JsonList>,
}

#[derive(Serialize)]
struct ScriptWords<'a> {
    nothing: &'a str,
    shown: String,
    found: String,
}

/// How many rows the page has.
#[must_use]
pub fn rows_of_page(report: &Report) -> u64 {
    let review = &report.review;
    let lists = [
        report.upsells.len(),
        review.near.len(),
        review.idle.len(),
        report.unmatched.len(),
        report.faults.len(),
        report.book.lines.len(),
    ];
    lists.iter().map(|rows| *rows as u64).sum()
}

/// Writes the page. The same report gives the same bytes.
///
/// # Errors
/// What `out` refuses.
pub fn write_page(
    report: &Report,
    language: &language::Words,
    out: &mut impl Write,
) -> io::Result<()> {
    let words = &Words::new(language);
    let labels = &words.labels;
    let lists = lists(report, words);
    let [group, decimal, percent] = words.marks();
    let data = Data {
        language: words.language(),
        group,
        decimal,
        percent,
        words: ScriptWords {
            nothing: &labels.nothing,
            shown: words.for_script(Key::PageShown, &["from", "to", "all"]),
            found: words.for_script(Key::PageFound, &["found", "all"]),
        },
        statuses: Status::ALL.map(Status::name).to_vec(),
        lists: lists.iter().map(|list| &list.json).collect(),
    };
    let inputs = report.inputs.iter().map(|input| {
        (words.text(&input.shown()), words.word("role", input.role), words.whole(input.rows))
    });
    let page = Page {
        lang: words.language(),
        version: env!("CARGO_PKG_VERSION"),
        style: STYLE,
        script: SCRIPT,
        style_hash: source_hash(STYLE),
        script_hash: source_hash(SCRIPT),
        w: labels,
        as_of: words.as_of(report),
        period: words.period(report),
        warnings: warnings(report, language).iter().map(|warning| words.text(warning)).collect(),
        tiles: tiles::tiles(report, words),
        totals: overview::totals(report, words),
        totals_are: overview::totals_are(report, words),
        adjusted: overview::adjusted(report, words),
        statuses: overview::statuses(report, words),
        causes: overview::by_cause(report, words),
        causes_are: overview::causes_are(report, words),
        lists: &lists,
        inputs: inputs.collect(),
        blank: Card::default(),
        blank_chart: Chart::default(),
        data: in_script(&serde_json::to_string(&data)?),
    };
    page.write_into(out)
}

/// JSON that ends no element and begins no comment, whatever it holds: these
/// letters occur in its texts only, where JSON writes them otherwise too.
fn in_script(json: &str) -> String {
    let mut text = String::with_capacity(json.len() + json.len() / 64);
    let mut kept = 0;
    // Most letters stay: they are looked for byte by byte.
    let is_one = |byte: &u8| matches!(byte, b'<' | b'>' | b'&' | 0xe2);
    let mut from = 0;
    while let Some(at) = json.as_bytes().get(from..).and_then(|rest| rest.iter().position(is_one)) {
        let at = from + at;
        from = at + 1;
        let rest = json.get(at..).unwrap_or_default();
        let escaped = match rest.chars().next() {
            Some('<') => "\\u003c",
            Some('>') => "\\u003e",
            Some('&') => "\\u0026",
            Some('\u{2028}') => "\\u2028",
            Some('\u{2029}') => "\\u2029",
            _ => continue,
        };
        text.push_str(json.get(kept..at).unwrap_or_default());
        text.push_str(escaped);
        kept = at + rest.chars().next().map_or(1, char::len_utf8);
    }
    text.push_str(json.get(kept..).unwrap_or_default());
    text
}

/// How a Content-Security-Policy names what stands in an element.
fn source_hash(text: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(text.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_written_as_browsers_compute_it() {
        // From the CSP specification's own example.
        assert_eq!(
            source_hash("alert('Hello, world.');"),
            "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng="
        );
    }

    #[test]
    fn json_in_a_page_stays_what_it_is_and_ends_nothing() {
        let hostile = "</script><!--<script>&amp;\u{2028}";
        let text = in_script(&serde_json::to_string(hostile).unwrap());
        assert!(!text.contains(['<', '>', '&', '\u{2028}']), "{text}");
        assert_eq!(serde_json::from_str::<String>(&text).unwrap(), hostile);
    }
}
