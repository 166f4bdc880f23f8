//! A message with the rows it is about, the cell in question underlined, in
//! the manner of compilers. Pure: whoever prints decides about colours.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::diagnostics::Excerpt;
use crate::language::{Key, Words};

use super::terminal::Page;
use super::text::{visible, visible_lines};

/// Columns that a row is cut to, on a page that has them.
const ROW_WIDTH: usize = 100;
/// Up to this column what was expected stands beside the cell.
const LABEL_END: usize = 110;
/// Columns between the number of a row and the row.
const MARGIN: usize = 3;
/// Columns of a row on a page that is too narrow for any.
const LEAST_WIDTH: usize = 20;
/// The renderer's own cutting is not wanted: it knows of no cells.
const NO_WIDTH: usize = 10_000;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The run goes on.
    Warning,
    /// The run ends.
    Error,
}

/// Whether colours may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// Letters alone.
    Plain,
    /// With a terminal's colours.
    Colours,
}

/// A row to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownRow {
    /// Its place in words.
    pub place: String,
    /// The row.
    pub excerpt: Excerpt,
    /// What stands beside the cell.
    pub label: Option<String>,
}

/// A message about rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message<'a> {
    /// How bad it is.
    pub severity: Severity,
    /// The stable name of what is wrong.
    pub kind: &'a str,
    /// What is wrong.
    pub title: String,
    /// The rows; the first has its place above it, as have those elsewhere.
    pub rows: Vec<ShownRow>,
    /// What else is to say.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Option<String>,
}

/// Draws a message, with a line end at its end.
///
/// ```
/// use drawdown::diagnostics::Excerpt;
/// use drawdown::language::english;
/// use drawdown::report::{Message, Page, Severity, ShownRow, draw};
/// let message = Message {
///     severity: Severity::Warning,
///     kind: "not_a_number",
///     title: "\"7.5O\" in column \"quantity\"".to_owned(),
///     rows: vec![ShownRow {
///         place: "may.csv:14".to_owned(),
///         excerpt: Excerpt {
///             row: 14,
///             before: "77,2026-03-02,".to_owned(),
///             cell: "7.5O".to_owned(),
///             after: ",Hours".to_owned(),
///         },
///         label: Some("expected: a number".to_owned()),
///     }],
///     notes: Vec::new(),
///     help: None,
/// };
/// assert_eq!(
///     draw(&message, english(), Page::PLAIN),
///     "\
/// warning[not_a_number]: \"7.5O\" in column \"quantity\"
///   --> may.csv:14
///    |
/// 14 | 77,2026-03-02,7.5O,Hours
///    |               ^^^^ expected: a number
/// "
/// );
/// ```
#[must_use]
pub fn draw(message: &Message<'_>, words: &Words, page: Page) -> String {
    let level = match message.severity {
        Severity::Warning => Level::WARNING.with_name(words.text(Key::WarningLabel)),
        Severity::Error => Level::ERROR,
    };
    let title = level.primary_title(visible(&message.title)).id(message.kind);
    let mut group = Group::with_title(title);
    let mut notes: Vec<String> = Vec::new();
    let mut above: Option<&str> = None;
    // A row that a terminal breaks has its carets under something else.
    let last = message.rows.iter().map(|row| row.excerpt.row).max().unwrap_or_default();
    let beside = last.to_string().len() + MARGIN;
    let room = usize::from(page.width).saturating_sub(beside).max(LEAST_WIDTH);
    for row in &message.rows {
        let cut = cut(&row.excerpt, room.min(ROW_WIDTH));
        let label = row.label.as_deref().map(visible);
        let fits = label.as_ref().is_some_and(|label| cut.end + width(label) < room.min(LABEL_END));
        let mut annotation = AnnotationKind::Primary.span(cut.span);
        match label {
            Some(label) if fits => annotation = annotation.label(label),
            Some(label) => notes.push(label.into_owned()),
            None => {}
        }
        if above != Some(row.place.as_str()) {
            group = group.element(Origin::path(visible(&row.place)));
            above = Some(&row.place);
        }
        let line = usize::try_from(row.excerpt.row).unwrap_or(usize::MAX);
        group = group
            .element(Snippet::source(cut.text).line_start(line).fold(false).annotation(annotation));
    }
    notes.extend(message.notes.iter().map(|note| visible(note).into_owned()));
    for note in notes {
        group = group.element(Level::NOTE.no_name().message(note));
    }
    if let Some(help) = &message.help {
        group = group.element(
            Level::HELP.with_name(words.text(Key::HelpLabel)).message(visible_lines(help)),
        );
    }
    let renderer = match page.paint {
        Paint::Plain => Renderer::plain(),
        Paint::Colours => Renderer::styled(),
    };
    let drawn = renderer.term_width(NO_WIDTH).render(&[group]);
    let mut text = String::with_capacity(drawn.len() + 1);
    for line in drawn.lines().filter(|line| !is_nameless_place(line)) {
        text.push_str(line);
        text.push('\n');
    }
    text
}

/// The renderer announces rows after the first by `:::` and their place; here
/// the number beside each row says it.
fn is_nameless_place(line: &str) -> bool {
    let mut in_colour = false;
    let letters = line.chars().filter(|c| match c {
        '\u{1b}' => {
            in_colour = true;
            false
        }
        'm' if in_colour => {
            in_colour = false;
            false
        }
        c => !in_colour && !c.is_whitespace(),
    });
    letters.eq(":::".chars())
}

/// A row as it is shown.
struct Cut {
    text: String,
    /// The cell in it.
    span: Range<usize>,
    /// The column at which the cell ends.
    end: usize,
}

/// Cuts a row around its cell, where it is too wide.
fn cut(excerpt: &Excerpt, row_width: usize) -> Cut {
    let (before, cell, after) =
        (visible(&excerpt.before), visible(&excerpt.cell), visible(&excerpt.after));
    let all = width(&before) + width(&cell) + width(&after);
    let (before, cell, after) = if all <= row_width {
        (before.into_owned(), cell.into_owned(), after.into_owned())
    } else {
        let lone = before.is_empty() && after.is_empty();
        let cell = first(&cell, if lone { row_width } else { row_width * 3 / 5 });
        let room = row_width.saturating_sub(width(&cell));
        let before_width = (row_width * 3 / 10).max(room.saturating_sub(width(&after)));
        let before = last(&before, room.min(before_width));
        let after = first(&after, room.saturating_sub(width(&before)));
        (before, cell, after)
    };
    let start = before.len();
    let end = width(&before) + width(&cell);
    let mut text = format!("{before}{cell}{after}");
    if start == text.len() {
        // A cell that is not there: the caret needs something to stand under.
        text.push(' ');
    }
    let stop = if cell.is_empty() {
        text.get(start..)
            .and_then(|rest| rest.chars().next())
            .map_or(start, |c| start + c.len_utf8())
    } else {
        start + cell.len()
    };
    Cut { text, span: start..stop, end }
}

/// The columns that a text takes on a terminal, near enough.
fn width(text: &str) -> usize {
    text.chars().map(width_of).sum()
}

/// East Asian letters take two columns.
fn width_of(c: char) -> usize {
    match u32::from(c) {
        0x1100..=0x115f
        | 0x2e80..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1faff
        | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

/// The first columns of a text, with a mark where it goes on.
fn first(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let kept = kept(text.chars(), columns);
    format!("{}…", text.chars().take(kept).collect::<String>())
}

/// The last columns of a text, with a mark where it begins before.
fn last(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let kept = kept(text.chars().rev(), columns);
    let skipped = text.chars().count().saturating_sub(kept);
    format!("…{}", text.chars().skip(skipped).collect::<String>())
}

/// How many letters fit, with room for the mark.
fn kept(letters: impl Iterator<Item = char>, columns: usize) -> usize {
    let mut taken = 1;
    letters
        .take_while(|c| {
            taken += width_of(*c);
            taken <= columns
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Language, english};

    fn row(number: u64, before: &str, cell: &str, after: &str) -> ShownRow {
        let text = str::to_owned;
        let excerpt =
            Excerpt { row: number, before: text(before), cell: text(cell), after: text(after) };
        ShownRow { place: "may.csv".to_owned(), excerpt, label: None }
    }

    fn drawn_on(page: Page, rows: Vec<ShownRow>) -> String {
        let message = Message {
            severity: Severity::Error,
            kind: "a_kind",
            title: "title".to_owned(),
            rows,
            notes: vec!["and 7 more rows".to_owned()],
            help: Some("correct it".to_owned()),
        };
        draw(&message, english(), page)
    }

    fn drawn(rows: Vec<ShownRow>) -> String {
        drawn_on(Page::PLAIN, rows)
    }

    #[test]
    fn rows_that_are_apart_stand_under_one_another() {
        let text = drawn(vec![row(4, "1,", "x", ",2"), row(1400, "1,2,", "y", "")]);
        assert_eq!(
            text,
            "\
error[a_kind]: title
    --> may.csv
     |
   4 | 1,x,2
     |   ^
     |
1400 | 1,2,y
     |     ^
     |
     = and 7 more rows
     = help: correct it
"
        );
    }

    #[test]
    fn a_cell_that_is_not_there_has_a_caret_all_the_same() {
        let text = drawn(vec![row(4, "1,", "", ""), row(5, "1,", "", ",2")]);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[3..5], ["4 | 1, ", "  |   ^"]);
        assert_eq!(lines[6..8], ["5 | 1,,2", "  |   ^"]);
    }

    #[test]
    fn a_long_row_is_cut_around_its_cell() {
        let text = drawn(vec![row(4, &"b,".repeat(400), "cell", &",a".repeat(400))]);
        let line = text.lines().find(|line| line.contains("cell")).unwrap();
        assert!(line.contains("…") && width(line) < ROW_WIDTH + 10, "{text}");
        let carets = text.lines().find(|line| line.contains('^')).unwrap();
        let column = |line: &str, what: &str| width(line.split(what).next().unwrap());
        assert_eq!(column(line, "cell"), column(carets, "^"), "{text}");
    }

    #[test]
    fn no_row_is_wider_than_the_page_and_the_carets_stay_under_their_cell() {
        for page_width in [40, 60, 80, 120] {
            let page = Page { width: page_width, ..Page::PLAIN };
            let mut long = row(1_234_567, &"b,".repeat(400), "cell", &",a".repeat(400));
            long.label = Some("expected: a decimal number like 7.5".to_owned());
            let text = drawn_on(page, vec![row(4, "上海,", &"长".repeat(900), ",x"), long]);
            for line in text.lines().filter(|line| line.contains(" | ")) {
                assert!(width(line) <= usize::from(page_width), "{page_width}: {line}");
            }
            let at = text.lines().position(|line| line.contains("cell")).unwrap();
            let lines: Vec<&str> = text.lines().collect();
            let column = |line: &str, what: &str| width(line.split(what).next().unwrap());
            assert_eq!(column(lines[at], "cell"), column(lines[at + 1], "^"), "{text}");
        }
    }

    #[test]
    fn a_long_cell_is_cut_and_wide_letters_count_twice() {
        let text = drawn(vec![row(4, "上海,", &"长".repeat(900), ",x")]);
        let line = text.lines().find(|line| line.contains('长')).unwrap();
        assert!(width(line) <= ROW_WIDTH + 10, "{text}");
        let carets = text.lines().find(|line| line.contains('^')).unwrap();
        assert!(carets.starts_with("  |      ^"), "{text}");
    }

    #[test]
    fn nothing_of_a_file_reaches_the_terminal_as_an_order() {
        let mut evil = row(4, "\u{1b}[2J,", "a\nb\u{202e}", "\r");
        evil.place = "\u{1b}]0;x\u{7}".to_owned();
        evil.label = Some("\u{9b}31m".to_owned());
        let text = drawn(vec![evil]);
        let orders: Vec<char> = text.chars().filter(|c| c.is_control() && *c != '\n').collect();
        assert!(orders.is_empty() && !text.contains('\u{202e}'), "{text:?}");
    }

    #[test]
    fn the_words_around_a_row_are_the_readers() {
        let message = Message {
            severity: Severity::Warning,
            kind: "a_kind",
            title: "title".to_owned(),
            rows: vec![row(4, "1,", "x", ",2")],
            notes: Vec::new(),
            help: Some("correct it".to_owned()),
        };
        for (language, warning, help) in [
            (Language::English, "warning", "help"),
            (Language::German, "Warnung", "Abhilfe"),
            (Language::Chinese, "警告", "处理办法"),
        ] {
            let text = draw(&message, &Words::new(language), Page::PLAIN);
            assert!(text.starts_with(&format!("{warning}[a_kind]: title\n")), "{text}");
            assert!(text.contains(&format!("= {help}: correct it\n")), "{text}");
        }
    }

    #[test]
    fn colours_are_there_only_when_asked_for() {
        let message = Message {
            severity: Severity::Warning,
            kind: "k",
            title: "t".to_owned(),
            rows: vec![row(1, "", "x", "")],
            notes: Vec::new(),
            help: None,
        };
        assert!(!draw(&message, english(), Page::PLAIN).contains('\u{1b}'));
        let page = Page { paint: Paint::Colours, ..Page::PLAIN };
        assert!(draw(&message, english(), page).contains('\u{1b}'));
    }
}
