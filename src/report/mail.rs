//! summary.txt and summary.md: a run on one screen, for a scheduler to send by
//! mail or to a chat. What it says stands in the other outputs too.

mod markdown;

use std::collections::BTreeMap;

use unicode_width::UnicodeWidthStr;

use crate::language::{Group, Key, Language, Words};
use crate::model::print_hours;

use super::model::{Report, Table};
use super::summary::{
    SummaryBlock, SummaryValue, first_of, heading_of, overruns, warnings_in_short,
};
use super::terminal::{Page, render, room_for_cells};
use super::text::{cut, in_lines, longest_word, visible};

/// The summary as text.
pub const SUMMARY_TXT: &str = "summary.txt";
/// The summary as Markdown.
pub const SUMMARY_MD: &str = "summary.md";

/// Columns of a mail that no reader breaks.
const COLUMNS: usize = 80;
/// Rows that are shown; all of it stays on one screen.
const UPSELLS: usize = 5;
const SNOOZED: usize = 3;
const NEAR: usize = 3;
const CURRENCIES: usize = 3;
const WARNINGS: usize = 1;

/// A run on one screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    language: Language,
    title: String,
    warnings: Vec<String>,
    totals: String,
    blocks: Vec<SummaryBlock>,
    full_report: String,
    /// Where it is, as that says.
    place: String,
    rows: u64,
}

impl Mail {
    /// Of a report. `full_report` says where the whole of it is.
    #[must_use]
    pub fn new(report: &Report, words: &Words, full_report: &str) -> Self {
        let totals = &report.totals;
        let mut warnings = warnings_in_short(report, words);
        let more = warnings.len().saturating_sub(WARNINGS) as u64;
        if more > 0 {
            warnings.truncate(WARNINGS);
            warnings.push(words.with(Key::MoreWarnings, &[("more", more.into())]));
        }
        let [upsells, aside] = [false, true].map(|aside| report.upsells_in_part(aside));
        let mut blocks = vec![by_currency(report, words)];
        blocks.extend(top_upsells(report, upsells.rows, words));
        blocks.extend(snoozed(&aside, words));
        blocks.extend(near(&report.near_by_the_sooner_day(), words));
        blocks.push(to_look_at(report, words));
        let rows = upsells.rows.min(UPSELLS)
            + aside.rows.min(SNOOZED)
            + report.review.near.len().min(NEAR);
        let day = words.date(report.period.as_of);
        let hours = words.number(&print_hours(&totals.hours.read));
        let read = [("entries", totals.entries.read.into()), ("hours", (&hours).into())];
        Self {
            language: words.language(),
            title: words.with(Key::PrepaidHours, &[("day", (&day).into())]),
            warnings,
            // A run whose totals do not agree writes nothing, this not either.
            totals: words.with(Key::TotalsAgree, &read),
            blocks,
            full_report: words.with(Key::FullReport, &[("place", full_report.into())]),
            place: full_report.to_owned(),
            rows: rows as u64,
        }
    }

    /// Rows of upsells, snoozed ones too, and of quotas that are near.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// As text of at most 80 columns.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut lines = vec![self.title.clone()];
        for warning in &self.warnings {
            lines.extend(in_lines(&format!("! {}", visible(warning)), COLUMNS));
        }
        lines.extend(in_lines(&self.totals, COLUMNS));
        let mut text = lines.join("\n");
        text.push_str("\n\n");
        let fitted: Vec<SummaryBlock> =
            self.blocks.iter().map(|block| fitted(block, self.language)).collect();
        text.push_str(&render(
            &[],
            &fitted,
            Some(self.language),
            Page { width: u16::try_from(COLUMNS).unwrap_or(u16::MAX), ..Page::PLAIN },
        ));
        text.push_str(&in_lines(&visible(&self.full_report), COLUMNS).join("\n"));
        text.push('\n');
        text
    }

    /// As Markdown with tables.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        markdown::print(self)
    }
}

/// The heading of a list that is shown whole, or of its first rows.
fn heading(words: &Words, whole: Key, in_part: Key, shown: usize, of: usize) -> String {
    if of > shown {
        let filled = [("shown", (shown as u64).into()), ("all", (of as u64).into())];
        words.with(in_part, &filled)
    } else {
        words.text(whole).to_owned()
    }
}

fn by_currency(report: &Report, words: &Words) -> SummaryBlock {
    let mut counts: BTreeMap<Option<&str>, [u64; 3]> = BTreeMap::new();
    for row in &report.upsells {
        let [all, new, aside] = counts.entry(report.currency_of(&row.upsell.lines)).or_default();
        *all += 1;
        *new += u64::from(row.known.runs_open <= 1);
        *aside += u64::from(row.known.is_snoozed);
    }
    let overruns = overruns(report.upsells.iter());
    let number = |count: u64| SummaryValue::Number(count.to_string());
    let rows = counts.iter().take(CURRENCIES).map(|(currency, [all, new, aside])| {
        let overrun = overruns.get(currency).map(ToString::to_string).unwrap_or_default();
        let values =
            vec![number(*all), number(*new), number(*aside), SummaryValue::Number(overrun)];
        (currency.unwrap_or_else(|| words.text(Key::NoCurrency)).to_owned(), values)
    });
    let upsells = ("upsells", (report.upsells.len() as u64).into());
    let heading = match report.upsells.len() {
        0 => words.text(Key::NoUpsell).to_owned(),
        _ if counts.len() > CURRENCIES => {
            let currencies = ("currencies", (counts.len() as u64).into());
            let shown = ("shown", (CURRENCIES as u64).into());
            words.with(Key::UpsellsOfCurrencies, &[upsells, currencies, shown])
        }
        _ => words.with(Key::UpsellsInAll, &[upsells]),
    };
    let columns = [
        words.text(Key::InAll),
        words.text(Key::New),
        words.word(Group::Sheet, "snoozed"),
        words.word(Group::Column, "overrun"),
    ];
    SummaryBlock { heading, columns: columns.map(str::to_owned).to_vec(), rows: rows.collect() }
}

/// The upsells to talk about first, of so many.
fn top_upsells(report: &Report, all: usize, words: &Words) -> Option<SummaryBlock> {
    let shown = ["customer", "product", "reached_on", "overrun_value", "currency"];
    (all > 0).then(|| SummaryBlock {
        heading: heading(words, Key::UsedUp, Key::UsedUpInPart, UPSELLS, all),
        columns: headings(words, "reached_on", words.word(Group::Column, "overrun")),
        rows: first_of(&report.first_upsells(UPSELLS), &shown, UPSELLS, words),
    })
}

/// The upsells that are set aside: a part of their own.
fn snoozed(table: &Table<'_>, words: &Words) -> Option<SummaryBlock> {
    let shown = ["customer", "product", "snooze_until", "overrun_value", "currency"];
    (table.rows > 0).then(|| SummaryBlock {
        heading: heading_of(words, Key::SetAside, Key::SetAsideInPart, (table.rows, SNOOZED)),
        columns: headings(words, "snooze_until", words.word(Group::Column, "overrun")),
        rows: first_of(table, &shown, SNOOZED, words),
    })
}

/// The quotas that run out next: of near.csv's days the sooner ones.
fn near(table: &Table<'_>, words: &Words) -> Option<SummaryBlock> {
    let shown = ["customer", "product", "runs_out_on", "remaining", "unit"];
    (table.rows > 0).then(|| SummaryBlock {
        heading: heading(words, Key::NearlyUsedUp, Key::NearlyUsedUpInPart, NEAR, table.rows),
        columns: headings(words, "runs_out_on", words.text(Key::Left)),
        rows: first_of(table, &shown, NEAR, words),
    })
}

/// Headings: the last column, a unit or currency, needs none.
fn headings(words: &Words, day: &str, amount: &str) -> Vec<String> {
    let [customer, product, day] =
        ["customer", "product", day].map(|column| words.word(Group::Column, column));
    [customer, product, day, amount, ""].map(str::to_owned).to_vec()
}

/// What could not be used, or led nowhere.
fn to_look_at(report: &Report, words: &Words) -> SummaryBlock {
    let (entries, hours) = (&report.totals.entries, &report.totals.hours);
    let none = || SummaryValue::Number(String::new());
    let faults = SummaryValue::Number(report.faults.len().to_string());
    let label = words.word(Group::Sheet, "exceptions").to_owned();
    let mut rows = vec![(label, vec![faults, none()])];
    for (key, count, hours, always) in [
        (Key::UnmatchedEntries, entries.unmatched, &hours.unmatched, true),
        (Key::RefusedEntries, entries.refused, &hours.refused, false),
        (Key::RejectedEntries, entries.rejected, &hours.rejected, false),
    ] {
        if always || count > 0 {
            // Nobody knows the hours of rows that could not be read.
            let is_unknown =
                key == Key::RejectedEntries && hours.is_zero() && report.facts.unreadable_rows > 0;
            let hours = if is_unknown { none() } else { SummaryValue::Number(print_hours(hours)) };
            let values = vec![SummaryValue::Number(count.to_string()), hours];
            rows.push((words.text(key).to_owned(), values));
        }
    }
    let columns = [words.text(Key::Rows), words.word(Group::Column, "hours")];
    SummaryBlock {
        heading: words.text(Key::ToLookAt).to_owned(),
        columns: columns.map(str::to_owned).to_vec(),
        rows,
    }
}

/// Letters that are left of a name at least: fewer tell nothing.
const LEAST: usize = 8;

/// Cuts a text that has a word of more columns.
fn shorten(text: &mut String, columns: usize) {
    let shown = visible(text);
    if longest_word(&shown) > columns {
        *text = cut(&shown, columns).into_owned();
    }
}

/// Columns around a heading that stands beside its cell.
const BESIDE_HEADING: usize = 6;

/// Lines that a name may take.
const LINES: usize = 2;

/// A block whose rows take no more than two lines each: names have what room
/// numbers and days leave, and are broken between words; what is longer than that
/// is cut. Where too little room would be left, nothing is: the cells of a row
/// stand one below another then.
fn fitted(block: &SummaryBlock, language: Language) -> SummaryBlock {
    let mut block = block.clone();
    let count = block.columns.len();
    let width_of = |block: &SummaryBlock, column: usize| {
        let heading = block.columns.get(column).map_or(0, |heading| heading.width());
        let cells = block.rows.iter().map(|(_, values)| match values.get(column) {
            Some(SummaryValue::Text(text)) => visible(text).width(),
            Some(SummaryValue::Number(printed)) => language.number(printed).width(),
            Some(SummaryValue::Day(day)) => language.date_in_tables(*day).width(),
            None => 0,
        });
        cells.max().unwrap_or(0).max(heading)
    };
    let labels = block.rows.iter().map(|(label, _)| visible(label).width()).max().unwrap_or(0);
    let mut widths: Vec<usize> = (0..count).map(|column| width_of(&block, column)).collect();
    let room = room_for_cells(COLUMNS, count + 1).saturating_sub(labels);
    let is_text = |column: usize| {
        block
            .rows
            .iter()
            .any(|(_, values)| matches!(values.get(column), Some(SummaryValue::Text(_))))
    };
    let names: Vec<usize> = (0..count).filter(|column| is_text(*column)).collect();
    // The widest gives way first, so that what is short stays whole.
    while widths.iter().sum::<usize>() > room {
        let Some(widest) = names.iter().copied().max_by_key(|column| widths[*column]) else {
            break;
        };
        if widths[widest] <= LEAST {
            return in_one_line_each(block);
        }
        widths[widest] -= 1;
    }
    for (_, values) in &mut block.rows {
        for (value, width) in values.iter_mut().zip(&widths) {
            if let SummaryValue::Text(text) = value {
                // A line that breaks between words is not filled to its end.
                let shown = visible(text);
                if longest_word(&shown) > *width {
                    *text = cut(&shown, *width).into_owned();
                } else if shown.width() > *width {
                    *text = cut(&shown, *width * LINES - LEAST / 2).into_owned();
                }
            }
        }
    }
    block
}

/// A block whose rows' cells stand one below another, each beside its heading: no
/// word is longer than what is left of the line.
fn in_one_line_each(mut block: SummaryBlock) -> SummaryBlock {
    let headings = block.columns.iter().map(|heading| heading.width()).max().unwrap_or(0);
    for (label, values) in &mut block.rows {
        shorten(label, COLUMNS - 2);
        for value in values {
            if let SummaryValue::Text(text) = value {
                shorten(text, COLUMNS.saturating_sub(headings + BESIDE_HEADING).max(LEAST));
            }
        }
    }
    block
}
