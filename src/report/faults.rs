//! The one place where a fault becomes a sentence, and where many of one kind
//! become one message.

use std::collections::BTreeMap;

use crate::diagnostics::{Fault, FaultKind};

use super::text::{visible, visible_lines};

/// Places of a group that a message names.
pub const SHOWN_PLACES: usize = 3;
/// Texts found in one column that are told apart; of more, one message has the
/// first.
const TEXTS_APART: usize = 3;

/// The same fault in many rows: of one kind, in one column of one file or
/// sheet, and as far as there are few, of one text.
#[derive(Debug)]
pub struct FaultGroup<'a> {
    /// The kind.
    pub kind: FaultKind,
    /// How many.
    pub count: u64,
    /// What was found, where it is the same everywhere.
    pub found: Option<&'a str>,
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

    /// Those of several texts as one.
    fn joined(groups: &BTreeMap<&'a str, Self>, kind: FaultKind) -> Self {
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
    type Texts<'a> = BTreeMap<&'a str, FaultGroup<'a>>;
    type Column<'a> = (FaultKind, &'a str, Option<&'a str>, Option<&'a str>);
    let mut columns: BTreeMap<Column<'_>, Texts<'_>> = BTreeMap::new();
    for fault in faults {
        let place = &fault.place;
        let texts =
            columns.entry((fault.kind, place.file(), place.sheet(), place.column())).or_default();
        texts.entry(&fault.found).or_insert_with(|| FaultGroup::new(fault)).add(fault);
    }
    let mut groups = Vec::new();
    for ((kind, ..), texts) in columns {
        if texts.len() > TEXTS_APART || (texts.len() > 1 && is_of_column(kind)) {
            groups.push(FaultGroup::joined(&texts, kind));
        } else {
            let mut of_column: Vec<_> = texts.into_values().collect();
            of_column.sort_by(|a, b| {
                let place = |group: &FaultGroup<'_>| group.first.first().map(|f| f.place.clone());
                place(a).cmp(&place(b))
            });
            groups.extend(of_column);
        }
    }
    groups
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
fn quoted(found: &str) -> String {
    if found.is_empty() { "nothing".to_owned() } else { format!("\"{}\"", visible(found)) }
}

/// A fault as a sentence: what is wrong, where, what was expected, what to do.
///
/// ```
/// use drawdown::diagnostics::{Fault, FaultKind, Place};
/// use drawdown::report::sentence;
/// let place = Place::new("may.csv", None).at_row(14).in_column("Quantity");
/// let fault = Fault::new(FaultKind::NotANumber, place, "7.5O", "a decimal like 7.5", "correct the cell");
/// assert_eq!(
///     sentence(&fault),
///     r#"not_a_number: "7.5O" in may.csv:14, column "Quantity"; expected: a decimal like 7.5; help: correct the cell"#
/// );
/// ```
#[must_use]
pub fn sentence(fault: &Fault) -> String {
    let place = fault.place.to_string();
    format!(
        "{}: {} in {}; expected: {}; help: {}",
        fault.kind.name(),
        quoted(&fault.found),
        visible(&place),
        visible(&fault.expected),
        visible_lines(&fault.action)
    )
}

/// A group as a sentence: its first fault, and the rows of the others.
#[must_use]
pub fn group_sentence(group: &FaultGroup<'_>) -> String {
    let Some((first, others)) = group.first.split_first() else { return String::new() };
    let mut text = sentence(first);
    if let Some(others) = rows_of(others, group.found.is_some(), group.more()) {
        text.push_str(" (and in ");
        text.push_str(&others);
        text.push(')');
    }
    text
}

/// Rows in words: `rows 4, 5 and 3997 more`.
fn rows_of(faults: &[&Fault], same_text: bool, more: u64) -> Option<String> {
    let mut named: Vec<String> = faults
        .iter()
        .map(|fault| {
            let row = fault.place.row().unwrap_or_default();
            if same_text { row.to_string() } else { format!("{row} ({})", quoted(&fault.found)) }
        })
        .collect();
    let one = named.len() == 1 && more == 0;
    let last = if more > 0 { Some(format!("{more} more")) } else { named.pop() };
    let last = last?;
    let before = named.join(", ");
    let rows = if before.is_empty() { last } else { format!("{before} and {last}") };
    Some(format!("{} {rows}", if one { "row" } else { "rows" }))
}

/// A group's headline: what was found, in which column.
#[must_use]
pub fn headline(group: &FaultGroup<'_>) -> String {
    let column = group
        .first
        .first()
        .and_then(|fault| fault.place.column())
        .map(|column| format!("column \"{}\"", visible(column)));
    match (group.found, column) {
        (Some(""), Some(column)) => format!("nothing in {column}"),
        (Some(""), None) => "a cell is blank".to_owned(),
        (Some(found), Some(column)) => format!("{} in {column}", quoted(found)),
        (Some(found), None) => quoted(found),
        (None, Some(column)) => format!("{} rows in {column}", group.count),
        (None, None) => format!("{} rows", group.count),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Place;

    fn fault(row: u64, column: &str, found: &str) -> Fault {
        let place = Place::new("may.csv", None).at_row(row).in_column(column);
        Fault::new(FaultKind::NotANumber, place, found, "a decimal", "correct the cell")
    }

    #[test]
    fn four_thousand_equal_faults_are_one_message() {
        let faults: Vec<Fault> = (2..4002).map(|row| fault(row, "Hours", "7.5O")).collect();
        let groups = group(&faults);
        assert_eq!(groups.len(), 1);
        assert_eq!(
            group_sentence(&groups[0]),
            r#"not_a_number: "7.5O" in may.csv:2, column "Hours"; expected: a decimal; help: correct the cell (and in rows 3, 4 and 3997 more)"#
        );
        assert_eq!(headline(&groups[0]), r#""7.5O" in column "Hours""#);
    }

    #[test]
    fn few_texts_are_told_apart_and_many_are_not() {
        let few = [fault(2, "Hours", "b"), fault(3, "Hours", "a"), fault(4, "Hours", "b")];
        let counts = |faults: &[Fault]| -> Vec<(Option<String>, u64)> {
            group(faults).iter().map(|g| (g.found.map(str::to_owned), g.count)).collect()
        };
        assert_eq!(counts(&few), [(Some("b".to_owned()), 2), (Some("a".to_owned()), 1)]);
        let many: Vec<Fault> = (0..4000).map(|n| fault(n + 2, "Hours", &n.to_string())).collect();
        assert_eq!(counts(&many), [(None, 4000)]);
        let sentence = group_sentence(&group(&many)[0]);
        assert!(
            sentence.ends_with(r#"(and in rows 3 ("1"), 4 ("2") and 3997 more)"#),
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
        let text = group_sentence(&group(&faults)[0]);
        assert!(text.contains("\"a\u{240a}b\u{241b}[2J\""), "{text}");
        assert!(text.ends_with("(and in row 9)"), "{text}");
    }
}
