//! Numbers of every style, and columns of them.

use proptest::prelude::*;

use super::super::tests::{ambiguous, decide, near_texts, numbers};
use super::DecimalMark::{Comma, Point};
use super::*;

fn read(text: &str, mark: DecimalMark) -> Option<String> {
    read_number(text, mark).map(|number| number.to_string())
}

#[test]
fn reads_every_style_of_number() {
    for (text, point, comma) in [
        ("1,234.50", Some("1234.50"), None),
        ("1.234,50", None, Some("1234.50")),
        ("1 234,50", None, Some("1234.50")),
        ("1\u{a0}234,50", None, Some("1234.50")),
        ("1\u{202f}234,50", None, Some("1234.50")),
        ("1 234.50", Some("1234.50"), None),
        ("1'234.50", Some("1234.50"), None),
        ("1’234.50", Some("1234.50"), None),
        ("1'234'567", Some("1234567"), Some("1234567")),
        ("１２３．５", Some("123.5"), None),
        ("１，２３４．５", Some("1234.5"), None),
        ("（５）", Some("-5"), Some("-5")),
        ("5-", Some("-5"), Some("-5")),
        ("1.234,50-", None, Some("-1234.50")),
        ("(5)", Some("-5"), Some("-5")),
        ("(1,234.5)", Some("-1234.5"), None),
        ("+5", Some("5"), Some("5")),
        ("+1,5", None, Some("1.5")),
        ("−2", Some("-2"), Some("-2")),
        ("'-2,5", None, Some("-2.5")),
        ("'-2.5", Some("-2.5"), None),
        ("1e3", Some("1000"), Some("1000")),
        ("1.5e3", Some("1500"), None),
        ("1,5e3", None, None),
        ("1,234e3", None, None),
        ("(1e3)", None, None),
        ("1e3-", None, None),
        ("1,234", Some("1234"), Some("1.234")),
        ("1.234", Some("1.234"), Some("1234")),
        ("1,23", None, Some("1.23")),
        ("1,2345", None, Some("1.2345")),
        ("1234,567", None, Some("1234.567")),
        ("1,234,567", Some("1234567"), None),
        ("1.234.567", None, Some("1234567")),
        ("1,234.5", Some("1234.5"), None),
        ("0,125", None, Some("0.125")),
        ("012,345", None, Some("12.345")),
        (",5", None, Some("0.5")),
        (".5", Some("0.5"), None),
        ("5.", Some("5"), None),
        ("  7,5 ", None, Some("7.5")),
    ] {
        assert_eq!(read(text, Point).as_deref(), point, "{text} with a point");
        assert_eq!(read(text, Comma).as_deref(), comma, "{text} with a comma");
    }
}

#[test]
fn refuses_what_is_no_number() {
    for text in [
        "",
        " ",
        "-",
        "()",
        "(",
        ")",
        "(-5)",
        "-(5)",
        "-5-",
        "+5-",
        "--5",
        "- 5",
        "5 -",
        "( 5 )",
        "5,",
        "1,234.",
        "12,34,567",
        "1,23,456",
        "1,2,3",
        "1.2.3",
        "1,234,56",
        "1 23",
        "1 2",
        "1 234 56",
        "1 234,567 8",
        "1 234\u{a0}567",
        "1'234 567",
        "1'234’567",
        "0 123",
        "1,234 567",
        ",234,567",
        "1..5",
        "1,,5",
        "1.,5",
        "€5",
        "5 €",
        "$1,234.50",
        "5%",
        "abc",
        "1O",
        "٣",
        "5²",
        "①",
        "½",
        "1_000",
        "0x10",
        "NaN",
        "inf",
        "1:30",
        "'5",
        "1,5-6",
        "１２ｘ",
        "e5",
        "1e",
        "1e999",
    ] {
        assert_eq!(read(text, Point), None, "{text:?}");
        assert_eq!(read(text, Comma), None, "{text:?}");
        assert_eq!(numbers(&[text]), NumberEvidence::default(), "{text:?}");
    }
    let nines = "9".repeat(10_000);
    for text in [nines.clone(), format!("1,{nines}"), format!("({nines})"), "1,234".repeat(2_000)] {
        for mark in [Point, Comma] {
            assert_eq!(read_number(&text, mark), None);
        }
        assert_eq!(numbers(&[&text]), NumberEvidence::default());
    }
    assert_eq!(read("0,1234567890123456789012345678", Comma).map(|text| text.len()), Some(30));
    assert_eq!(read("0,12345678901234567890123456789", Comma), None); // 29 digits
}

#[test]
fn a_column_decides_its_mark() {
    use NumberDecision::{Marked, Plain};
    for (column, expected) in [
        (&[][..], Plain),
        (&["abc", "", "1:30"], Plain),
        (&["5", "1.5", "-2", "1e3", "+4"], Plain),
        (&["12.345", "7"], Plain),
        (&["12.345", "7.25"], Plain),
        (&["12.345"], Plain),
        (&["1.234", "5."], Plain),
        (&["(5)", "7"], Marked(Point)),
        (&["(5)", "12.345"], Marked(Point)),
        (&["１２．３４５"], Marked(Point)),
        (&["1,23", "7"], Marked(Comma)),
        (&["12.345", "7,5"], Marked(Comma)),
        (&["12.345", "1.234.567"], Marked(Comma)),
        (&["0,125", "1.250"], Marked(Comma)),
        (&["1,234", "0,125"], Marked(Comma)),
        (&["1 234,50", "2 000"], Marked(Comma)),
        (&["1,234", "1,234,567"], Marked(Point)),
        (&["1,234", "1,234.5"], Marked(Point)),
        (&["1,234", "7.5"], Marked(Point)),
        (&["1.234-", "7.5"], Marked(Point)),
        (&["1.234-", "7,5"], Marked(Comma)),
        (&["1'234.50", "12"], Marked(Point)),
        (&["1 234", "12.345"], Marked(Point)),
        (&["1,234"], ambiguous("1,234")),
        (&["１，２３４"], ambiguous("１，２３４")),
        (&["1,234", "7", "abc"], ambiguous("1,234")),
        (&["1,234", "1.234"], ambiguous("1,234")),
        (&["1,234", "5."], ambiguous("1,234")),
        (&["1 234", "1,234"], ambiguous("1,234")),
        (&["1.234-", "12"], ambiguous("1.234-")),
        (&["(1.234)"], ambiguous("(1.234)")),
        // One column groups in one way.
        (&["1 234.5", "1,234"], ambiguous("1,234")),
        (&["1 234,5", "1.234"], ambiguous("1.234")),
        (&["1 234.5", "1,234", "1,234,567"], Marked(Point)),
        (&["1 234,5", "1.234", "1.234.567"], Marked(Comma)),
    ] {
        assert_eq!(decide(column), expected, "{column:?}");
    }
    let both = |point: &str, comma: &str| NumberDecision::Contradictory {
        point: point.into(),
        comma: comma.into(),
    };
    assert_eq!(decide(&["1,5", "1.5", "7"]), both("1.5", "1,5"));
    assert_eq!(decide(&["1.234.567", "1,234,567"]), both("1,234,567", "1.234.567"));
    assert_eq!(decide(&["0.25", "1.234,5"]), both("0.25", "1.234,5"));
}

#[test]
fn the_user_s_word_ends_a_doubt() {
    for column in [&["1,234"][..], &["1,5", "1.5"], &["1 234.5", "1,234"]] {
        for mark in [Point, Comma] {
            assert_eq!(numbers(column).decide(Some(mark)), NumberDecision::Marked(mark));
        }
    }
    assert_eq!(numbers(&["1.234"]).decide(Some(Comma)), NumberDecision::Marked(Comma));
    assert_eq!(numbers(&["1.234"]).decide(Some(Point)), NumberDecision::Plain);
}

/// How a column writes its numbers.
#[derive(Debug, Clone)]
struct Style {
    mark: DecimalMark,
    group: Option<char>,
    minus: u8,
    wide: bool,
}

impl Style {
    fn print(&self, value: Decimal) -> String {
        let plain = value.abs().to_string();
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let mut text = String::new();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                text.extend(self.group);
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push(self.mark.char());
            text.push_str(fraction);
        }
        if value.is_sign_negative() {
            text = match self.minus {
                0 => format!("-{text}"),
                1 => format!("{text}-"),
                2 => format!("({text})"),
                _ => format!("\u{2212}{text}"),
            };
        }
        if self.wide {
            let wide = |c| match c {
                '!'..='&' | '('..='~' => char::from_u32(u32::from(c) + 0xfee0).unwrap(),
                c => c,
            };
            text = text.chars().map(wide).collect();
        }
        text
    }

    /// A value that shows the mark and what groups.
    fn proof(&self) -> String {
        self.print(Decimal::from_str_exact("1234567.25").unwrap())
    }
}

fn style() -> impl Strategy<Value = Style> {
    (any::<bool>(), 0..7_usize, 0..4_u8, any::<bool>()).prop_map(|(point, group, minus, wide)| {
        let mark = if point { Point } else { Comma };
        let group = match group {
            0 => None,
            1 => Some(mark.other()),
            at => Some(GROUPING[at - 2]),
        };
        Style { mark, group, minus, wide }
    })
}

fn decimal() -> impl Strategy<Value = Decimal> {
    let wide = 9_999_999_999_999_999_999_999_999_999_i128;
    prop_oneof![(-wide..=wide, 0..=28_u32), (-9_999_999..=9_999_999_i128, 0..=4_u32)]
        .prop_map(|(mantissa, scale)| Decimal::from_i128_with_scale(mantissa, scale))
}

proptest! {
    #[test]
    fn a_printed_column_reads_back(
        style in style(),
        values in prop::collection::vec(decimal(), 1..8),
    ) {
        let mut column: Vec<String> = values.iter().map(|value| style.print(*value)).collect();
        column.push(style.proof());
        let read: Vec<_> = match numbers(&column).decide(None) {
            NumberDecision::Plain => column.iter().map(|text| number(text)).collect(),
            NumberDecision::Marked(mark) => {
                prop_assert_eq!(mark, style.mark);
                column.iter().map(|text| read_number(text, mark)).collect()
            }
            other => return Err(TestCaseError::fail(format!("{column:?}: {other:?}"))),
        };
        for (value, read) in values.iter().zip(read) {
            prop_assert_eq!(Some(*value), read);
        }
    }

    #[test]
    fn a_doubt_is_never_a_number(text in near_texts(), whole in 0..5000_u32) {
        let readings = (read_number(&text, Point), read_number(&text, Comma));
        let decision = numbers(&[text.clone(), whole.to_string()]).decide(None);
        match readings {
            (Some(point), Some(comma)) if point != comma => {
                let plain = number(&narrow(&text)).is_some();
                let ambiguous = matches!(decision, NumberDecision::Ambiguous { .. });
                prop_assert_eq!(ambiguous, !plain, "{}: {:?}", text, decision);
                prop_assert!(decision != NumberDecision::Marked(Comma));
            }
            (None, Some(_)) => prop_assert_eq!(decision, NumberDecision::Marked(Comma)),
            (Some(_), None) => prop_assert!(
                matches!(decision, NumberDecision::Plain | NumberDecision::Marked(Point))
            ),
            _ => {}
        }
    }

    #[test]
    fn a_decision_reads_all_numbers_of_its_column(
        column in prop::collection::vec(near_texts(), 0..6),
    ) {
        let evidence = numbers(&column);
        for text in &column {
            let point = read_number(text, Point);
            let comma = read_number(text, Comma);
            if point.is_none() && comma.is_none() || text.trim().ends_with('.') {
                continue;
            }
            match evidence.decide(None) {
                NumberDecision::Plain => prop_assert_eq!(number(text), point, "{}", text),
                NumberDecision::Marked(mark) => prop_assert!(read_number(text, mark).is_some(), "{}", text),
                NumberDecision::Ambiguous { example } => prop_assert!(
                    read_number(&example, Point) != read_number(&example, Comma)
                ),
                NumberDecision::Contradictory { point, comma } => {
                    prop_assert!(read_number(&point, Comma).is_none());
                    prop_assert!(read_number(&comma, Point).is_none());
                }
            }
        }
    }

    #[test]
    fn a_plain_number_reads_the_same_with_a_point(text in near_texts()) {
        if let Some(value) = number(&text) {
            prop_assert_eq!(read_number(&text, Point), Some(value));
            let written = Written::new(&text).and_then(|written| written.read(Point));
            if !text.trim().ends_with('.') {
                prop_assert_eq!(written.map(|reading| reading.value), Some(value));
            }
        }
    }
}
