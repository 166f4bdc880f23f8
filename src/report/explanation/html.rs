//! An explanation as one page that needs nothing beside itself: no script, no
//! image, no address. Every text is escaped.

use std::io::{self, Write};

use super::super::summary::SummaryValue;
use super::super::text::visible;
use super::{Explanation, Section};
use crate::language::Words;

const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:15px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2.5rem;border-bottom:1px solid}\
h3{font-size:1rem;margin-bottom:.3rem}p{margin:.2rem 0}\
h1,h2,h3,p{overflow-wrap:anywhere}\
.scroll{overflow-x:auto}\
table{border-collapse:collapse;margin:.5rem 0;font-size:.9rem}\
th,td{padding:.15rem .6rem;text-align:left;vertical-align:top;border-bottom:1px solid #8886}\
th{border-bottom-width:2px}\
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}\
.d{white-space:nowrap}\
@media screen and (max-width:40rem){body{margin:1rem auto}.scroll table{min-width:40rem}}\
@media print{body{margin:0;max-width:none;font-size:10pt}.scroll{overflow:visible}\
h2{break-after:avoid}tr{break-inside:avoid}thead{display:table-header-group}}";

/// Writes the page, in a language.
///
/// # Errors
/// What `out` refuses.
pub fn write_html(
    explanation: &Explanation,
    words: &Words,
    out: &mut impl Write,
) -> io::Result<()> {
    writeln!(out, "<!DOCTYPE html>")?;
    writeln!(out, "<html lang=\"{}\">", words.language().tag())?;
    writeln!(out, "<head>")?;
    writeln!(out, "<meta charset=\"utf-8\">")?;
    writeln!(
        out,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">"
    )?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(out, "<title>{}</title>", escaped(&explanation.asked))?;
    writeln!(out, "<style>{STYLE}</style>")?;
    writeln!(out, "</head>")?;
    writeln!(out, "<body>")?;
    for section in explanation.sections(words) {
        write_section(&section, words, out)?;
    }
    writeln!(out, "</body>")?;
    writeln!(out, "</html>")
}

fn write_section(section: &Section, words: &Words, out: &mut impl Write) -> io::Result<()> {
    let level = section.level;
    writeln!(out, "<h{level}>{}</h{level}>", escaped(&section.heading))?;
    for sentence in &section.sentences {
        write_sentence(sentence, out)?;
    }
    if !section.table.rows.is_empty() {
        write_table(section, words, out)?;
    }
    for note in &section.notes {
        write_sentence(note, out)?;
    }
    Ok(())
}

/// A sentence, in as many lines as it has: what is to be pasted has several.
fn write_sentence(sentence: &str, out: &mut impl Write) -> io::Result<()> {
    let lines: Vec<String> = sentence.lines().map(escaped).collect();
    writeln!(out, "<p>{}</p>", lines.join("<br>"))
}

fn write_table(section: &Section, words: &Words, out: &mut impl Write) -> io::Result<()> {
    let table = &section.table;
    let is_number = |at: usize| {
        table.rows.iter().any(|(_, row)| matches!(row.get(at), Some(SummaryValue::Number(_))))
    };
    write!(
        out,
        "<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">{}</th>",
        escaped(&section.label)
    )?;
    for (at, column) in table.columns.iter().enumerate() {
        let class = if is_number(at) { " class=\"n\"" } else { "" };
        write!(out, "<th scope=\"col\"{class}>{}</th>", escaped(column))?;
    }
    writeln!(out, "</tr></thead>\n<tbody>")?;
    for (label, values) in &table.rows {
        write!(out, "<tr><td>{}</td>", escaped(label))?;
        for value in values {
            match value {
                SummaryValue::Text(text) => {
                    write!(out, "<td>{}</td>", escaped(text))?;
                }
                SummaryValue::Number(text) => {
                    write!(out, "<td class=\"n\">{}</td>", escaped(&words.figure(text)))?;
                }
                SummaryValue::Day(day) => {
                    write!(out, "<td class=\"d\">{}</td>", words.language().date_in_tables(*day))?;
                }
            }
        }
        writeln!(out, "</tr>")?;
    }
    writeln!(out, "</tbody></table></div>")
}

/// A text that a browser shows and nothing else.
fn escaped(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    let mut escaped = String::with_capacity(text.len());
    for letter in visible(&text).chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_browser_obeys_is_left() {
        assert_eq!(
            escaped("<img src=x onerror='a()'>\u{202e}&\"\u{1b}\n"),
            "&lt;img src=x onerror=&#39;a()&#39;&gt;\u{fffd}&amp;&quot;\u{241b} "
        );
    }
}
