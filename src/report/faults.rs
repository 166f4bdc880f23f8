//! The one place where a fault becomes a sentence, and where many of one kind
//! become one message.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::diagnostics::{Fault, FaultKind, Found, Phrase, Place};
use crate::language::{Filled, Group, Key, Words};

use super::text::{visible, visible_lines};

/// Places of a group that a message names.
pub const SHOWN_PLACES: usize = 3;
/// Texts found in one column that are told apart; of more, one message has the
/// first.
const TEXTS_APART: usize = 3;

/// As many kinds of advice for one column are told apart.
const ADVICE_APART: usize = 8;

/// The same fault in many rows: of one kind, in one column of one file or
/// sheet, and as far as there are few, of one text.
#[derive(Debug)]
pub struct FaultGroup<'a> {
    /// The kind.
    pub kind: FaultKind,
    /// How many.
    pub count: u64,
    /// What was found, where it is the same everywhere.
    pub found: Option<&'a Found>,
    /// The first by place, [`SHOWN_PLACES`] at most; never empty.
    pub first: Vec<&'a Fault>,
}

impl<'a> FaultGroup<'a> {
    fn new(fault: &'a Fault) -> Self {
        Self { kind: fault.kind, count: 0, found: Some(&fault.found), first: Vec::new() }
    }

    fn add(&mut self, fault: &'a Fault) {
        self.count += 1;
        if self.first.len() < SHOWN_PLACES {
            self.first.push(fault);
        }
    }

    fn first_place(&self) -> Option<&'a Place> {
        self.first.first().map(|fault| &fault.place)
    }

    /// Adds others with the same text.
    fn append(&mut self, other: Self) {
        self.count += other.count;
        self.first.extend(other.first);
        self.first.sort_by(|a, b| a.place.cmp(&b.place));
        self.first.truncate(SHOWN_PLACES);
    }

    /// Those of several texts as one.
    fn joined(groups: &BTreeMap<&'a Found, Self>, kind: FaultKind) -> Self {
        let count = groups.values().map(|group| group.count).sum();
        let mut first: Vec<&Fault> =
            groups.values().filter_map(|group| group.first.first().copied()).collect();
        first.sort_by(|a, b| a.place.cmp(&b.place));
        first.truncate(SHOWN_PLACES);
        Self { kind, count, found: None, first }
    }

    /// How many are not among the first.
    #[must_use]
    pub fn more(&self) -> u64 {
        self.count.saturating_sub(self.first.len() as u64)
    }
}

/// Groups faults that are in the order of their places: the same mistake in
/// 4 000 rows is one.
#[must_use]
pub fn group(faults: &[Fault]) -> Vec<FaultGroup<'_>> {
    type Column<'a> = (FaultKind, &'a str, Option<&'a str>, Option<&'a str>);
    let mut columns: BTreeMap<Column<'_>, BTreeMap<&Phrase, Texts<'_>>> = BTreeMap::new();
    for fault in faults {
        let place = &fault.place;
        let column = (fault.kind, place.file(), place.sheet(), place.column());
        let texts = columns.entry(column).or_default().entry(&fault.action).or_default();
        texts.entry(&fault.found).or_insert_with(|| FaultGroup::new(fault)).add(fault);
    }
    let of_column = |((kind, ..), by_action): (Column<'_>, BTreeMap<_, _>)| {
        let texts = by_advice(by_action).into_iter();
        let mut groups: Vec<FaultGroup<'_>> = texts.flat_map(|texts| few(texts, kind)).collect();
        groups.sort_by(|a, b| a.first_place().cmp(&b.first_place()));
        groups
    };
    columns.into_iter().flat_map(of_column).collect()
}

/// By what was found.
type Texts<'a> = BTreeMap<&'a Found, FaultGroup<'a>>;

/// What helps the one is of no use to the other, unless that is so of many.
fn by_advice<'a>(by_action: BTreeMap<&'a Phrase, Texts<'a>>) -> Vec<Texts<'a>> {
    if by_action.len() <= ADVICE_APART {
        return by_action.into_values().collect();
    }
    let mut all = Texts::new();
    for (found, group) in by_action.into_values().flatten() {
        match all.entry(found) {
            Entry::Occupied(known) => known.into_mut().append(group),
            Entry::Vacant(free) => drop(free.insert(group)),
        }
    }
    vec![all]
}

/// A group for each text, or one for all of them if they are many.
fn few(texts: Texts<'_>, kind: FaultKind) -> Vec<FaultGroup<'_>> {
    if texts.len() > TEXTS_APART || (texts.len() > 1 && is_of_column(kind)) {
        return vec![FaultGroup::joined(&texts, kind)];
    }
    texts.into_values().collect()
}

/// Kinds that are a matter of the whole column, whatever its cells hold.
fn is_of_column(kind: FaultKind) -> bool {
    matches!(kind, FaultKind::AmbiguousNumber | FaultKind::AmbiguousDate)
}

/// Each kind with how many there are and the first of them, for the summary.
#[must_use]
pub fn by_kind(faults: &[Fault]) -> Vec<(u64, &Fault)> {
    let mut kinds: BTreeMap<FaultKind, (u64, &Fault)> = BTreeMap::new();
    for fault in faults {
        let (count, first) = kinds.entry(fault.kind).or_insert((0, fault));
        *count += 1;
        if fault.place < first.place {
            *first = fault;
        }
    }
    kinds.into_values().collect()
}

/// What was found, in quotes.
fn quoted(found: &Found, words: &Words) -> String {
    match words.found(found) {
        found if found.is_empty() => words.text(Key::Nothing).to_owned(),
        found => words.with(Key::QuotedText, &[("text", (&*visible(&found)).into())]),
    }
}

/// The name of a kind of fault, with the stable one where that is another.
fn kind_in(kind: FaultKind, words: &Words) -> String {
    let name = kind.name();
    match words.word(Group::Exception, name) {
        word if word == name => name.to_owned(),
        word => format!("{word} [{name}]"),
    }
}

/// A fault as a sentence: what is wrong, where, what was expected, what to do.
///
/// ```
/// use drawdown::diagnostics::{Fault, FaultKind, Phrase, Place};
/// use drawdown::language::{Language, Words, english};
/// use drawdown::report::sentence;
///
/// let place = Place::new("may.csv", None).at_row(14).in_column("Quantity");
/// let (expected, action) = (Phrase::Decimal, Phrase::CorrectCell);
/// let fault = Fault::new(FaultKind::NotANumber, place, "7.5O", expected, action);
/// assert_eq!(
///     sentence(&fault, english()),
///     r#"not_a_number: "7.5O" in may.csv:14, column "Quantity"; expected: a decimal number like 7.5, of at most 28 digits; help: correct the cell"#
/// );
/// assert_eq!(
///     sentence(&fault, &Words::new(Language::Chinese)),
///     "不是数字 [not_a_number]：“7.5O”，位于 may.csv:14，列“Quantity”；应为：十进制数字，如 7.5，最多 28 位；处理办法：请更正该单元格"
/// );
/// ```
#[must_use]
pub fn sentence(fault: &Fault, words: &Words) -> String {
    sentence_at(fault, &visible(&words.place(&fault.place)), words)
}

/// The same, with its place and what is to be said beside it.
fn sentence_at(fault: &Fault, place: &str, words: &Words) -> String {
    let kind = kind_in(fault.kind, words);
    let found = quoted(&fault.found, words);
    let expected = words.say(&fault.expected);
    let action = words.say(&fault.action);
    let (expected, action) = (visible(&expected), visible_lines(&action));
    let filled = [
        ("kind", (&kind).into()),
        ("found", (&found).into()),
        ("place", place.into()),
        ("expected", (&*expected).into()),
        ("action", (&*action).into()),
    ];
    words.with(Key::Sentence, &filled)
}

/// A group as a sentence: its first fault, and beside its place the rows of the
/// others.
#[must_use]
pub fn group_sentence(group: &FaultGroup<'_>, words: &Words) -> String {
    let Some((first, others)) = group.first.split_first() else { return String::new() };
    let mut rows: Vec<String> = others
        .iter()
        .map(|fault| {
            let row = fault.place.row().unwrap_or_default();
            match group.found {
                Some(_) => row.to_string(),
                None => {
                    let found = quoted(&fault.found, words);
                    words.with(
                        Key::RowWithText,
                        &[("row", Filled::Plain(row)), ("found", (&found).into())],
                    )
                }
            }
        })
        .collect();
    let text = visible(&words.place(&first.place)).into_owned();
    let place = ("place", (&text).into());
    let places = match (group.more(), rows.as_slice()) {
        (0, []) => text,
        (0, [row]) => words.with(Key::AndInRow, &[place, ("row", row.into())]),
        (0, _) => {
            let last = rows.pop().unwrap_or_default();
            let rows = words.in_a_row(&rows);
            let filled = [place, ("rows", (&rows).into()), ("last", (&last).into())];
            words.with(Key::AndInRows, &filled)
        }
        (more, _) => {
            let rows = words.in_a_row(&rows);
            let filled = [place, ("rows", (&rows).into()), ("more", Filled::Plain(more))];
            words.with(Key::AndInMoreRows, &filled)
        }
    };
    sentence_at(first, &places, words)
}

/// A group's headline: what was found, in which column; behind the word for its
/// kind, where that is not the stable name, which stands beside it anyway.
#[must_use]
pub fn headline(group: &FaultGroup<'_>, words: &Words) -> String {
    let name = group.kind.name();
    let found = found_where(group, words);
    match words.word(Group::Exception, name) {
        word if word == name => found,
        word => words.with(Key::KindHeadline, &[("kind", word.into()), ("found", (&found).into())]),
    }
}

fn found_where(group: &FaultGroup<'_>, words: &Words) -> String {
    let column = group.first.first().and_then(|fault| fault.place.column()).map(visible);
    let column = column.as_deref().map(|column| ("column", column.into()));
    let rows = ("rows", Filled::Plain(group.count));
    let is_blank = group.found.is_some_and(|found| words.found(found).is_empty());
    match (group.found, column) {
        (Some(_), Some(column)) if is_blank => words.with(Key::NothingInColumn, &[column]),
        (Some(_), None) if is_blank => words.text(Key::BlankCell).to_owned(),
        (Some(found), Some(column)) => {
            let found = quoted(found, words);
            words.with(Key::TextInColumn, &[("found", (&found).into()), column])
        }
        (Some(found), None) => quoted(found, words),
        (None, Some(column)) => words.with(Key::RowsInColumn, &[rows, column]),
        (None, None) => words.with(Key::RowsFound, &[rows]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Phrase, Place};
    use crate::language::{Language, english};

    fn fault(row: u64, column: &str, found: &str) -> Fault {
        let place = Place::new("may.csv", None).at_row(row).in_column(column);
        let (expected, action) = (Phrase::DecimalOrDuration, Phrase::CorrectCell);
        Fault::new(FaultKind::NotANumber, place, found, expected, action)
    }

    #[test]
    fn four_thousand_equal_faults_are_one_message() {
        let faults: Vec<Fault> = (2..4002).map(|row| fault(row, "Hours", "7.5O")).collect();
        let groups = group(&faults);
        assert_eq!(groups.len(), 1);
        assert_eq!(
            group_sentence(&groups[0], english()),
            r#"not_a_number: "7.5O" in may.csv:2, column "Hours" (and in rows 3, 4 and 3997 more); expected: a decimal number like 7.5, or a duration like 7:30; help: correct the cell"#
        );
        assert_eq!(headline(&groups[0], english()), r#""7.5O" in column "Hours""#);
        let words = Words::new(Language::German);
        assert_eq!(headline(&groups[0], &words), "keine Zahl: „7.5O“ in Spalte „Hours“");
    }

    #[test]
    fn few_texts_are_told_apart_and_many_are_not() {
        let few = [fault(2, "Hours", "b"), fault(3, "Hours", "a"), fault(4, "Hours", "b")];
        let counts = |faults: &[Fault]| -> Vec<(Option<String>, u64)> {
            group(faults)
                .iter()
                .map(|g| (g.found.map(|found| found.text().to_owned()), g.count))
                .collect()
        };
        assert_eq!(counts(&few), [(Some("b".to_owned()), 2), (Some("a".to_owned()), 1)]);
        let many: Vec<Fault> = (0..4000).map(|n| fault(n + 2, "Hours", &n.to_string())).collect();
        assert_eq!(counts(&many), [(None, 4000)]);
        let sentence = group_sentence(&group(&many)[0], english());
        assert!(
            sentence.contains(r#"(and in rows 3 ("1"), 4 ("2") and 3997 more); expected"#),
            "{sentence}"
        );
    }

    #[test]
    fn columns_files_and_kinds_are_groups_of_their_own() {
        let mut other = fault(3, "Hours", "x");
        other.place = Place::new("june.csv", None).at_row(3).in_column("Hours");
        let mut kind = fault(3, "Hours", "x");
        kind.kind = FaultKind::NotADate;
        let faults = [other, fault(3, "Days", "x"), fault(3, "Hours", "x"), kind];
        assert_eq!(group(&faults).len(), 4);
    }

    #[test]
    fn says_one_row_of_two_and_stays_on_one_line() {
        let faults = [fault(2, "Hours", "a\nb\u{1b}[2J"), fault(9, "Hours", "a\nb\u{1b}[2J")];
        let text = group_sentence(&group(&faults)[0], english());
        assert!(text.contains("\"a\u{240a}b\u{241b}[2J\""), "{text}");
        assert!(text.contains("column \"Hours\" (and in row 9); expected"), "{text}");
    }
}
