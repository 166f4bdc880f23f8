//! Which rows below a header are records, and which are left out: totals below
//! a table, and the headings of a grouped list. What is left out is counted.
//!
//! A row that says when something was done, or names a record, is always a
//! record: taking a total for one is told as an exception, taking a record for
//! a total would lose it.

use super::columns::NUMBERS;
use super::fields::{Field, Role, normalise_header};
use super::reading::read_date;
use super::sheet::{Row, Sheet, Storage};

/// What a row of a sheet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// A record, or what should be one.
    Record,
    /// Blank, the header or above it, or the header once more.
    Nothing,
    /// A total or subtotal of the rows above.
    Total,
    /// The heading of a group in a grouped list, with the group's sums.
    Group,
}

/// How many rows of each kind a sheet has below its header.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RowCounts {
    /// Records.
    pub records: u64,
    /// Totals and subtotals, left out.
    pub totals: u64,
    /// Headings of groups, left out.
    pub groups: u64,
}

impl RowCounts {
    /// Counts a row.
    pub fn add(&mut self, kind: RowKind) {
        match kind {
            RowKind::Record => self.records += 1,
            RowKind::Nothing => {}
            RowKind::Total => self.totals += 1,
            RowKind::Group => self.groups += 1,
        }
    }

    /// Adds what another part of the sheet has.
    pub fn merge(&mut self, other: Self) {
        self.records += other.records;
        self.totals += other.totals;
        self.groups += other.groups;
    }
}

/// Words that label a total, as [`normalise_header`] has them: without accents.
const TOTAL_WORDS: [&str; 23] = [
    "total",
    "totals",
    "total general",
    "grand total",
    "grand totals",
    "sum",
    "sums",
    "subtotal",
    "sub-total",
    "sous-total",
    "totaux",
    "summe",
    "gesamt",
    "gesamtsumme",
    "zwischensumme",
    "suma",
    "合计",
    "总计",
    "小计",
    "汇总",
    "合計",
    "總計",
    "小計",
];

/// Every word of [`TOTAL_WORDS`] in Latin letters has one of these in it.
const TOTAL_STEMS: [&[u8]; 3] = [b"tot", b"sum", b"gesamt"];

/// Whether a text may label a total: most say at once that they do not.
fn may_be_total_label(text: &str) -> bool {
    // A letter that each of them has.
    if text.is_ascii() && !text.bytes().any(|byte| matches!(byte | 0x20, b't' | b's')) {
        return false;
    }
    let has = |stem: &[u8]| {
        text.as_bytes().windows(stem.len()).any(|part| part.eq_ignore_ascii_case(stem))
    };
    !text.is_ascii() || TOTAL_STEMS.into_iter().any(has)
}

/// A word for a total, alone or with punctuation, digits, a date or something
/// in parentheses. What only begins with one is a name: "Total Energies".
fn is_total_label(text: &str) -> bool {
    if !may_be_total_label(text) {
        return false;
    }
    let mut depth = 0_u32;
    let mut words = String::new();
    for letter in normalise_header(text).chars() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            // A mark between two letters belongs to their word.
            _ if letter.is_alphabetic() || letter == '-' => words.push(letter),
            _ => words.push(' '),
        }
    }
    let words: Vec<&str> = words
        .split_whitespace()
        .map(|word| word.trim_matches('-'))
        .filter(|word| !word.is_empty())
        .collect();
    depth == 0 && TOTAL_WORDS.contains(&words.join(" ").as_str())
}

/// A number or a duration however it is written, and no date.
fn is_figure(text: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '０'..='９');
    let belongs = |c: char| {
        is_digit(c)
            || matches!(
                c,
                '.' | ','
                    | ':'
                    | '\''
                    | '’'
                    | '+'
                    | '-'
                    | '\u{2212}'
                    | '('
                    | ')'
                    | '%'
                    | '€'
                    | '$'
                    | '£'
                    | '¥'
                    | '，'
                    | '．'
                    | '：'
            )
            || c.is_whitespace()
    };
    text.chars().all(belongs) && text.contains(is_digit) && read_date(text, None).is_none()
}

/// The formula of a sum that was saved without its value, as some trackers write it
/// below their tables.
fn is_sum(text: &str) -> bool {
    ["=SUM(", "=SUBTOTAL("].into_iter().any(|sum| text.starts_with(sum))
}

/// `S00011 (5)`: a group's name and how many records it has.
fn is_group_label(text: &str) -> bool {
    let count = text.trim_end().strip_suffix(')').and_then(|text| text.rsplit_once(" ("));
    count.is_some_and(|(name, count)| {
        !name.trim().is_empty()
            && !count.is_empty()
            && count.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Whether a sheet of this role may end with sums.
pub(super) fn may_have_totals(role: Role) -> bool {
    matches!(role, Role::Timesheets | Role::OrderLines | Role::Orders)
}

/// What the cells of a row hold, as far as totals are concerned.
struct Cells {
    /// Cells that label a total.
    labels: usize,
    /// Cells of number columns that hold a figure.
    figures: usize,
    /// Cells that hold a formula which nobody worked out.
    formulas: usize,
    /// One of them stands where there are no numbers.
    elsewhere: bool,
    /// Those of them that are sums.
    sums: usize,
}

impl Cells {
    /// `None` for a row that says more than a total does. Only columns of
    /// numbers, and those that nobody reads, may hold figures.
    fn of(sheet: &Sheet, row: &Row<'_>, first: usize) -> Option<Self> {
        let mut cells = Self { labels: 0, figures: 0, formulas: 0, elsewhere: false, sums: 0 };
        for at in first..row.len() {
            let cell = row.cell(at);
            let text = cell.trim();
            if text.is_empty() {
                continue;
            }
            let field: Option<Field> = sheet.field(at);
            let is_number = field.is_none_or(|field| NUMBERS.contains(&field));
            if row.is_formula(at) {
                cells.formulas += 1;
                cells.elsewhere |= !is_number;
                cells.sums += usize::from(is_sum(text));
            } else if is_number && is_figure(text) {
                cells.figures += usize::from(field.is_some());
            } else if cells.labels == 0 && is_total_label(text) {
                cells.labels += 1;
            } else {
                return None;
            }
        }
        // A total may count what stands in any column; a record may be all formulas.
        (!cells.elsewhere || cells.labels == 1).then_some(cells)
    }
}

/// A row of a total that says so: its only text is a word like "Total", or it has
/// formulas of sums, or nothing but formulas.
pub(super) fn is_labelled_total(sheet: &Sheet, row: &Row<'_>) -> bool {
    let says_so = |cells: Cells| {
        let is_worked_out = cells.formulas > 0 && cells.figures == 0;
        cells.labels == 1 || cells.sums > 0 || is_worked_out
    };
    may_have_totals(sheet.role()) && Cells::of(sheet, row, 0).is_some_and(says_so)
}

/// A row of nothing but figures, of which one is in a column that is read. It
/// is a total only where it ends the sheet and its figures are the sums.
pub(super) fn is_bare_figures(sheet: &Sheet, row: &Row<'_>) -> bool {
    may_have_totals(sheet.role())
        && Cells::of(sheet, row, 0)
            .is_some_and(|cells| cells.labels == 0 && cells.figures > 0 && cells.formulas == 0)
}

/// The heading of a group: its name and count in the first column, and beside
/// it nothing but sums. Only lists that have sums are told apart by them: a
/// product may be called "Pack (3)", and have no more than its name and price.
pub(super) fn is_group_heading(sheet: &Sheet, row: &Row<'_>) -> bool {
    matches!(sheet.storage, Storage::Worksheet(_))
        && may_have_totals(sheet.role())
        && is_group_label(&row.cell(0))
        && Cells::of(sheet, row, 1).is_some_and(|cells| cells.labels == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_for_a_total_is_passed_over_at_once() {
        for word in TOTAL_WORDS {
            assert!(may_be_total_label(word), "{word}");
        }
        assert!(!may_be_total_label("L00042"));
    }

    #[test]
    fn labels_of_totals_in_five_languages() {
        for label in [
            "Total",
            "TOTALS:",
            "Grand Total",
            "Total général",
            "Totaux",
            "TOTAL GE\u{301}NE\u{301}RAL :",
            "Total (12)",
            "Total (78 hours)",
            "Total 2026-03-31",
            "Summe 03/2026",
            "- Total -",
            "Sous-total 3",
            "Sum",
            "Subtotal",
            "Summe",
            "Gesamt:",
            "Gesamtsumme",
            "Suma",
            "合计",
            "总计：",
            "小计",
            "汇总",
            "Ｔｏｔａｌ",
        ] {
            assert!(is_total_label(label), "{label}");
        }
        for text in [
            "",
            "3",
            "TotalEnergies",
            "Total Energies",
            "Total rework",
            "Sum of fixes",
            "Subtotal Anna",
            "Total (open",
            "Total-Care",
            "Summer camp",
            "Sumatra",
            "汇总报表",
            "Anna Total",
            "Totaal",
        ] {
            assert!(!is_total_label(text), "{text}");
        }
    }

    #[test]
    fn figures_are_numbers_and_durations_but_no_days() {
        for text in ["123,5", "1.234,50 €", "123:30:00", "-2", "(5)", "0", "１２"] {
            assert!(is_figure(text), "{text}");
        }
        for text in ["", "-", "2026-03-02", "2.3.2026", "02/03/2026", "7.5h", "L1"] {
            assert!(!is_figure(text), "{text}");
        }
    }

    #[test]
    fn groups_are_told_by_their_count() {
        for text in ["S00011 (5)", "    Undefined (3)", "sale (12)", "Pack (3) (1)"] {
            assert!(is_group_label(text), "{text}");
        }
        for text in ["S00011", "(5)", "Azure (Interior)", "Pack(3)", "Pack (3) blue", "5 ()"] {
            assert!(!is_group_label(text), "{text}");
        }
    }
}
