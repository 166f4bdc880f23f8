//! What numbers, durations and dates have in common, and what the tests of each
//! are made with.

use proptest::prelude::*;

use super::DateOrder::{DayFirst, MonthFirst};
use super::DecimalMark::{Comma, Point};
use super::*;

pub(super) fn numbers<T: AsRef<str>>(column: &[T]) -> NumberEvidence {
    let mut evidence = NumberEvidence::default();
    for text in column {
        evidence.add(text.as_ref());
    }
    evidence
}

pub(super) fn decide(column: &[&str]) -> NumberDecision {
    numbers(column).decide(None)
}

pub(super) fn ambiguous(example: &str) -> NumberDecision {
    NumberDecision::Ambiguous { example: example.into() }
}

#[test]
fn durations_and_decimals_share_a_column() {
    let column = ["1:30", "7,5", "90 min", "2"];
    assert_eq!(decide(&column), NumberDecision::Marked(Comma));
    for text in column {
        assert!(read_number(text, Comma).is_some() != read_duration(text).is_some(), "{text}");
    }
    assert_eq!(decide(&["1:30", "1,234"]), ambiguous("1,234"));
}

/// Texts of the characters that numbers, durations and dates are made of.
pub(super) fn near_texts() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9]{1,4}([.,' \u{a0}’][0-9]{1,4}){0,3}",
        "[-+(']{0,2}[0-9]{0,4}[.,]?[0-9]{0,4}[-)e]?[0-9]{0,2}",
        "[-+]?[0-9]{1,3}[:hHm ]{1,2}[0-9]{0,2}[:ms]?[0-9]{0,2}",
        "[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}( [0-9]{1,2}:[0-9]{2})?",
        "(3[01]|[12][0-9]|[1-9])[/-](1[0-9]|[1-9])[/-]20[0-9]{2}",
        "[0-9０-９.,．，'’ \u{a0}\u{202f}+()−－eE:hmsPTD/年月日-]{0,14}",
        any::<String>(),
    ]
}

fn two_ways<E: Default + Clone + PartialEq + std::fmt::Debug>(
    column: &[String],
    cut: usize,
    add: impl Fn(&mut E, &str),
    merge: impl Fn(&mut E, &E),
) {
    let of = |texts: &mut dyn Iterator<Item = &String>| {
        let mut evidence = E::default();
        texts.for_each(|text| add(&mut evidence, text));
        evidence
    };
    let whole = of(&mut column.iter());
    assert_eq!(whole, of(&mut column.iter().rev()));
    let (left, right) = column.split_at(cut.min(column.len()));
    let (left, right) = (of(&mut left.iter()), of(&mut right.iter()));
    let mut merged = left.clone();
    merge(&mut merged, &right);
    assert_eq!(whole, merged);
    let mut merged = right;
    merge(&mut merged, &left);
    assert_eq!(whole, merged);
}

proptest! {
    #[test]
    fn order_and_merging_never_matter(
        column in prop::collection::vec(near_texts(), 0..8),
        cut in 0..8_usize,
    ) {
        two_ways(&column, cut, NumberEvidence::add, NumberEvidence::merge);
        two_ways(&column, cut, DateEvidence::add, DateEvidence::merge);
    }

    #[test]
    fn any_text_has_one_meaning_at_most(text in near_texts()) {
        let numeric = [Point, Comma].iter().any(|mark| read_number(&text, *mark).is_some());
        let duration = read_duration(&text).is_some();
        let date = [DayFirst, MonthFirst].iter().any(|order| read_date(&text, Some(*order)).is_some());
        prop_assert!(u8::from(numeric) + u8::from(duration) + u8::from(date) <= 1, "{}", text);
        if let Some(date) = read_date(&text, None) {
            prop_assert_eq!(read_date(&text, Some(DayFirst)), Some(date));
            prop_assert_eq!(read_date(&text, Some(MonthFirst)), Some(date));
        }
    }
}
