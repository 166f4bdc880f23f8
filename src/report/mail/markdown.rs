//! The summary as Markdown. What comes from files is shown and never obeyed: it
//! cannot end a table's cell, nor become a link, an image or HTML.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::language::Language;
use crate::report::summary::{SummaryBlock, SummaryValue};
use crate::report::text::visible;

use super::Mail;

pub(super) fn print(mail: &Mail) -> String {
    let mut text = format!("## {}\n\n", escaped(&mail.title));
    for warning in &mail.warnings {
        // Writing to a String does not fail.
        let _ = writeln!(text, "**!** {}\n", escaped(warning));
    }
    let _ = writeln!(text, "{}\n", escaped(&mail.totals));
    for block in &mail.blocks {
        print_block(block, mail.language, &mut text);
    }
    let _ = writeln!(text, "{}", with_link(&mail.full_report, &mail.place));
    text
}

/// A sentence of ours in which a place that is an address is a link, and nothing
/// else is.
fn with_link(sentence: &str, place: &str) -> String {
    let Some((before, after)) = sentence.split_once(place).filter(|_| is_address(place)) else {
        return escaped(sentence).into_owned();
    };
    let (words, space) = before.split_at(before.trim_end().len());
    format!("{}{space}<{place}>{}", escaped(words), escaped(after))
}

/// Whether a text is an address that Markdown takes as it stands between angle
/// brackets.
fn is_address(text: &str) -> bool {
    let lower = text.to_lowercase();
    let is_web = ["https://", "http://"].iter().any(|scheme| lower.starts_with(scheme));
    is_web
        && visible(text) == text
        && !text.contains(|c: char| c.is_whitespace() || "<>".contains(c))
}

fn print_block(block: &SummaryBlock, language: Language, text: &mut String) {
    let _ = writeln!(text, "**{}**\n", escaped(&block.heading));
    let Some((_, first)) = block.rows.first() else { return };
    let headings = std::iter::once("").chain(block.columns.iter().map(String::as_str));
    row(headings.map(escaped), text);
    let marks = std::iter::once("---").chain(first.iter().map(|value| match value {
        SummaryValue::Number(_) => "--:",
        SummaryValue::Text(_) | SummaryValue::Day(_) => "---",
    }));
    let _ = writeln!(text, "|{}|", marks.collect::<Vec<_>>().join("|"));
    for (label, values) in &block.rows {
        let cells = values.iter().map(|value| match value {
            SummaryValue::Text(text) => escaped(text),
            // Digits, marks and a sign: nothing that could be markup.
            SummaryValue::Number(printed) => Cow::Owned(language.number(printed)),
            SummaryValue::Day(day) => Cow::Owned(language.date_in_tables(*day)),
        });
        row(std::iter::once(escaped(label)).chain(cells), text);
    }
    text.push('\n');
}

fn row<'a>(cells: impl Iterator<Item = Cow<'a, str>>, text: &mut String) {
    for cell in cells {
        let _ = write!(text, "| {cell} ");
    }
    text.push_str("|\n");
}

/// What programs make a link of, though nothing marks it as one.
const LINKS: [&str; 3] = ["://", "www.", "@"];

/// A text that Markdown shows as it stands, in a table's cell as anywhere.
fn escaped(text: &str) -> Cow<'_, str> {
    let shown = visible(text);
    let lower = shown.to_lowercase();
    if LINKS.iter().any(|link| lower.contains(link)) {
        // Only in code nothing is made of an address.
        return Cow::Owned(code(&shown));
    }
    let is_markup = |c: char| c.is_ascii_punctuation() && !matches!(c, '.' | ',' | '\'' | '/');
    if !shown.contains(is_markup) && shown.trim().len() == shown.len() {
        return shown;
    }
    let mut escaped = String::with_capacity(shown.len() * 2);
    for c in shown.trim().chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            // Written like this a day, a rule's number and a sign stay readable.
            ':' | ';' | '(' | ')' | '-' | '%' | '?' | '"' => escaped.push(c),
            c if is_markup(c) => {
                escaped.push('\\');
                escaped.push(c);
            }
            c => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

/// A text as code: between more backticks than it has in a row. A bar would end
/// the cell even there, so it stands between two pieces of code.
fn code(text: &str) -> String {
    let pieces = text.trim().split('|').map(|piece| {
        if piece.trim().is_empty() {
            return piece.to_owned();
        }
        let longest = piece.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest + 1);
        format!("{fence} {piece} {fence}")
    });
    pieces.collect::<Vec<_>>().join("\\|")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    use super::*;

    /// What a reader sees of the second cell of a table's row; fails at
    /// anything that is no text.
    fn seen(value: &str) -> String {
        let mut table = "|a|b|c|\n|---|---|---|\n".to_owned();
        row(["x", value, "y"].map(escaped).into_iter(), &mut table);
        let mut cells: Vec<String> = Vec::new();
        for event in Parser::new_ext(&table, Options::ENABLE_TABLES) {
            match event {
                Event::Start(Tag::TableCell) => cells.push(String::new()),
                Event::Text(text) | Event::Code(text) => {
                    cells.last_mut().unwrap().push_str(&text);
                }
                Event::Start(Tag::Table(_) | Tag::TableHead | Tag::TableRow)
                | Event::End(
                    TagEnd::Table | TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell,
                ) => {}
                other => panic!("{value:?} became {other:?}"),
            }
        }
        assert_eq!(cells.len(), 6, "{value:?}: {table}");
        assert_eq!((cells[3].as_str(), cells[5].as_str()), ("x", "y"), "{value:?}");
        cells[4].clone()
    }

    #[test]
    fn a_name_is_shown_and_never_obeyed() {
        for value in [
            "Smith | Sons",
            "a\\|b",
            "\\",
            "<img src=x onerror=alert(1)>",
            "[pay here](https://evil.example)",
            "![x](y)",
            "<https://evil.example>",
            "www.evil.example | www.`evil`.example",
            "x@y.example\\|z",
            "**bold** _it_ `code` ~~gone~~",
            "&lt;b&gt; &#35;",
            "# heading",
            "- item",
            "<!-- hidden",
            "$x$ {{y}}",
        ] {
            assert_eq!(seen(value), value);
        }
        assert_eq!(seen("two\nlines"), "two␊lines");
    }

    #[test]
    fn where_the_full_report_is_is_a_link_if_it_is_an_address() {
        let address = "https://reports.example/2026-03/a_(b)?x=1&y=`*|";
        let text = with_link(&format!("Full report: {address}"), address);
        let mut seen = Vec::new();
        for event in Parser::new(&text) {
            match event {
                Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph | TagEnd::Link) => {}
                Event::Start(Tag::Link { dest_url, .. }) => seen.push(format!("to {dest_url}")),
                Event::Text(text) => seen.push(text.into_string()),
                other => panic!("{text:?} became {other:?}"),
            }
        }
        assert_eq!(seen, ["Full report: ", &format!("to {address}"), address]);
        assert_eq!(
            with_link("完整报告：http://a.example", "http://a.example"),
            "完整报告：<http://a.example>"
        );
        for place in ["https://a.example/> <b", "javascript://a", "https://a b", "HTTPS://\u{202e}"]
        {
            let text = with_link(&format!("Full report: {place}"), place);
            assert!(text.starts_with('`') && text.ends_with('`'), "{text}");
        }
        assert_eq!(
            with_link("Full report: out/report.html", "out/report.html"),
            "Full report: out/report.html"
        );
    }

    #[test]
    fn an_address_is_code_so_that_no_program_makes_a_link_of_it() {
        assert_eq!(escaped("see HTTPS://evil.example"), "` see HTTPS://evil.example `");
        assert_eq!(escaped("WWW.evil.example"), "` WWW.evil.example `");
    }

    proptest! {
        #[test]
        fn any_name_comes_back_as_it_is(value in "[ -~aé上|`\\\\@.:/w<&]{0,24}") {
            prop_assert_eq!(seen(&value), value.trim());
        }
    }
}
