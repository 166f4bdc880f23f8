//! How errors and exceptions are told: on a terminal with the rows that they
//! are about, elsewhere in one line each.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};

use crate::diagnostics::{Error, Excerpt, FaultKind, Place};
use crate::ingest::{How, excerpt_of_line, excerpts};
use crate::language::{Filled, Key, Words, english};
use crate::reconcile::{Advice, AdviceKind};
use crate::report::{
    FaultGroup, Message, Page, Paint, Report, Severity, ShownRow, draw, group, group_sentence,
    headline, visible, visible_lines,
};

/// Messages that are printed; more would push the summary out of sight.
const SHOWN_GROUPS: usize = 20;

/// What a stream can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    /// One line per message.
    Lines,
    /// Rows with their cells underlined.
    Rows(Page),
}

/// Whether a variable of the environment says yes.
fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0")
}

/// Colours are for terminals; `NO_COLOR` takes them away, `CLICOLOR_FORCE` has
/// them anywhere.
fn paint(stream: &impl IsTerminal) -> Paint {
    let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    let is_wanted = (stream.is_terminal() && !dumb) || is_set("CLICOLOR_FORCE");
    let is_refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if is_wanted && !is_refused { Paint::Colours } else { Paint::Plain }
}

/// The narrowest and the widest page that is worth reading.
const WIDTHS: (u16, u16) = (40, 200);

/// What a stream's tables are laid out for: a terminal's width, or that of
/// every pipe, so that what is kept or sent is always the same.
pub(super) fn page(stream: &impl IsTerminal) -> Page {
    let paint = paint(stream);
    if !stream.is_terminal() {
        return Page { paint, ..Page::PLAIN };
    }
    let told = std::env::var_os("COLUMNS").and_then(|value| value.to_str()?.parse().ok());
    let found = terminal_size::terminal_size().map(|(width, _)| width.0);
    let width = told.or(found).unwrap_or(Page::PLAIN.width).clamp(WIDTHS.0, WIDTHS.1);
    Page { width, wraps: true, paint }
}

impl Face {
    /// A terminal shows rows, elsewhere each message is a line.
    pub(super) fn of(stream: &impl IsTerminal) -> Self {
        if stream.is_terminal() { Self::Rows(page(stream)) } else { Self::Lines }
    }
}

/// Prints what is set up so that it goes wrong, a line each.
pub(super) fn advice(out: &mut impl Write, report: &Report, words: &Words) -> std::io::Result<()> {
    // A warning says of locked orders what there is to say.
    let advice = report.review.advice.iter();
    let all: Vec<&Advice> = advice.filter(|one| one.kind != AdviceKind::LockedOrders).collect();
    for advice in all.iter().take(SHOWN_GROUPS) {
        let (found, action) = (words.say(&advice.found), words.say(&advice.action));
        let (found, action) = (visible(&found).into_owned(), visible_lines(&action));
        let filled = [("found", (&found).into()), ("action", (&action).into())];
        let text = match &advice.place {
            Some(place) => {
                let place = visible(&words.place(place)).into_owned();
                let filled = [filled.as_slice(), &[("place", (&place).into())]].concat();
                words.with(Key::AdviceSentenceAt, &filled)
            }
            None => words.with(Key::AdviceSentence, &filled),
        };
        writeln!(out, "{text}")?;
    }
    let further = all.len().saturating_sub(SHOWN_GROUPS);
    if further > 0 {
        let further = ("more", Filled::Plain(further as u64));
        writeln!(out, "{}", words.with(Key::MoreAdvice, &[further]))?;
    }
    if all.is_empty() { Ok(()) } else { writeln!(out) }
}

/// The groups that are printed and those that are not: the first of each kind
/// goes before the second of any, and what is printed keeps its order.
fn shown_and_further<'a, 'f>(
    groups: &'a [FaultGroup<'f>],
) -> (Vec<&'a FaultGroup<'f>>, Vec<&'a FaultGroup<'f>>) {
    let mut of_kind: BTreeMap<FaultKind, usize> = BTreeMap::new();
    let mut ranked: Vec<(usize, usize, &'a FaultGroup<'f>)> = Vec::new();
    for (at, group) in groups.iter().enumerate() {
        let rank = of_kind.entry(group.kind).or_default();
        ranked.push((*rank, at, group));
        *rank += 1;
    }
    ranked.sort_by_key(|(rank, at, _)| (*rank, *at));
    let further = ranked.split_off(ranked.len().min(SHOWN_GROUPS));
    ranked.sort_by_key(|(_, at, _)| *at);
    let bare = |ranked: Vec<(usize, usize, &'a FaultGroup<'f>)>| {
        ranked.into_iter().map(|(.., group)| group).collect()
    };
    (bare(ranked), bare(further))
}

/// Prints the exceptions of a run, each kind of mistake once, and that `all`
/// has them where they are too many.
pub(super) fn faults(
    out: &mut impl Write,
    report: &Report,
    words: &Words,
    how: How<'_>,
    face: Face,
    all: &str,
) -> std::io::Result<()> {
    let groups = group(&report.faults);
    let (shown, further) = shown_and_further(&groups);
    let mut rows = match face {
        Face::Lines => Vec::new(),
        Face::Rows(_) => {
            let wanted: Vec<_> = shown
                .iter()
                .flat_map(|group| &group.first)
                .map(|fault| (&fault.place, fault.found.text()))
                .collect();
            excerpts(&wanted, how)
        }
    }
    .into_iter();
    for group in &shown {
        let of_group: Vec<Option<Excerpt>> = rows.by_ref().take(group.first.len()).collect();
        match face {
            Face::Rows(page) if of_group.iter().any(Option::is_some) => {
                writeln!(out, "{}", draw(&about(group, words, of_group), words, page))?;
            }
            _ => writeln!(out, "{}", group_sentence(group, words))?,
        }
    }
    if !further.is_empty() {
        let count: u64 = further.iter().map(|group| group.count).sum();
        let groups = Filled::Plain(further.len() as u64);
        let filled =
            [("exceptions", Filled::Plain(count)), ("groups", groups), ("all", all.into())];
        writeln!(out, "{}", words.with(Key::MoreExceptions, &filled))?;
    }
    if !groups.is_empty() && (face == Face::Lines || !further.is_empty()) {
        writeln!(out)?;
    }
    Ok(())
}

/// A group with the rows that could be read again.
fn about<'a>(group: &FaultGroup<'a>, words: &Words, excerpts: Vec<Option<Excerpt>>) -> Message<'a> {
    let mut rows: Vec<ShownRow> = Vec::new();
    let mut unread = 0;
    for (fault, excerpt) in group.first.iter().zip(excerpts) {
        let Some(excerpt) = excerpt else {
            unread += 1;
            continue;
        };
        let label = rows.is_empty().then(|| {
            let expected = words.say(&fault.expected);
            words.with(Key::ExpectedLabel, &[("expected", (&expected).into())])
        });
        rows.push(ShownRow { place: words.place(&sheet_of(&fault.place)), excerpt, label });
    }
    if let [row] = rows.as_mut_slice()
        && let Some(fault) = group.first.first()
        && group.count == 1
    {
        row.place = words.place(&fault.place);
    }
    let more = group.more() + unread;
    let notes = match more {
        0 => Vec::new(),
        more => vec![words.with(Key::MoreRows, &[("rows", Filled::Plain(more))])],
    };
    Message {
        severity: Severity::Warning,
        kind: group.kind.name(),
        title: headline(group, words),
        rows,
        notes,
        help: group.first.first().map(|fault| words.say(&fault.action)),
    }
}

/// The file or sheet of a place: the rows stand beside it.
fn sheet_of(place: &Place) -> Place {
    Place::new(place.file(), place.sheet())
}

/// Prints what stopped a run.
pub(super) fn error(
    err: &mut impl Write,
    error: &anyhow::Error,
    how: How<'_>,
    face: Face,
) -> std::io::Result<()> {
    if let (Face::Rows(page), Some(known)) = (face, error.downcast_ref::<Error>())
        && let Some(message) = about_error(known, how)
    {
        return write!(err, "{}", draw(&message, english(), page));
    }
    writeln!(err, "error: {}", visible(&format!("{error:#}")))
}

/// An error with the rows that it is about; `None` where there are none.
fn about_error<'a>(error: &'a Error, how: How<'_>) -> Option<Message<'a>> {
    let rows = rows_of_error(error, how);
    let first = rows.first()?;
    let (message, help) = error.message_and_help();
    // The place stands above the row already.
    let title = message
        .strip_prefix(&format!("{}: ", first.place))
        .or_else(|| message.strip_prefix(&first.place).map(str::trim_start))
        .map_or(message.clone(), str::to_owned);
    let title = match error {
        Error::UnknownRole { .. } => {
            "none of the roles drawdown reads fits these headers".to_owned()
        }
        _ => title,
    };
    let notes = match error {
        Error::UnknownRole { nearest, .. } if !nearest.is_empty() => {
            vec![nearest.trim_start_matches("; ").to_owned()]
        }
        _ => Vec::new(),
    };
    Some(Message { severity: Severity::Error, kind: error.kind(), title, rows, notes, help })
}

fn rows_of_error(error: &Error, how: How<'_>) -> Vec<ShownRow> {
    if let Error::BadConfiguration { path, line, column, .. } = error {
        let place = format!("{path}:{line}:{column}");
        let excerpt = excerpt_of_line(path, *line, *column);
        return excerpt
            .map(|excerpt| ShownRow { place, excerpt, label: None })
            .into_iter()
            .collect();
    }
    let found = error.found().unwrap_or_default();
    let places: Vec<(Place, &str)> = match error {
        Error::Contradiction { column, first, first_place, second, second_place, .. } => {
            let at = |place: &Place| match place.column() {
                Some(_) => place.clone(),
                None => place.in_column(column),
            };
            vec![(at(first_place), first.as_str()), (at(second_place), second.as_str())]
        }
        _ => error.place().map(|place| (place, found)).into_iter().collect(),
    };
    let wanted: Vec<(&Place, &str)> = places.iter().map(|(place, found)| (place, *found)).collect();
    let excerpts = excerpts(&wanted, how);
    places
        .iter()
        .zip(excerpts)
        .filter_map(|((place, _), excerpt)| {
            let bare = match error {
                Error::Contradiction { .. } => sheet_of(place).to_string(),
                _ => place.to_string(),
            };
            Some(ShownRow { place: bare, excerpt: excerpt?, label: None })
        })
        .collect()
}
