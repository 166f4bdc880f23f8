//! Dates of every style, and columns of them.

use proptest::prelude::*;

use super::DateOrder::{DayFirst, MonthFirst};
use super::*;

fn dates<T: AsRef<str>>(column: &[T]) -> DateEvidence {
    let mut evidence = DateEvidence::default();
    for text in column {
        evidence.add(text.as_ref());
    }
    evidence
}

#[test]
fn dates_that_say_themselves_what_they_are() {
    for text in [
        "2026-11-24",
        " 2026-11-24 ",
        "2026-11-24 10:00",
        "2026-11-24T10:00:00Z",
        "2026-11-24T10:00:00.5+01:00",
        "2026-11-24 2:30 PM",
        "２０２６-１１-２４",
        "２０２６－１１－２４",
        "2026/11/24",
        "2026.11.24",
        "2026年11月24日",
        "２０２６年１１月２４日",
        "2026 年 11 月 24 日",
        "2026年11月24日 14:30",
        "2026年11月24日14:30",
        "24.11.2026",
        "24.11.2026 14:30",
        "24-Nov-2026",
        "24 Nov 2026",
        "24 november 2026",
        "24. November 2026",
        "24/NOV/2026",
        "Nov 24, 2026",
        "November 24 2026, 2:30 pm",
        "24 Nov 2026 14:30:00 UTC",
    ] {
        let expected = NaiveDate::from_ymd_opt(2026, 11, 24);
        for order in [None, Some(DayFirst), Some(MonthFirst)] {
            assert_eq!(read_date(text, order), expected, "{text}");
        }
        assert_eq!(dates(&[text]).decide(None), DateDecision::Iso, "{text}");
    }
    assert_eq!(read_date("3.4.2026", Some(MonthFirst)), NaiveDate::from_ymd_opt(2026, 4, 3));
    assert_eq!(read_date("2062-01-01", None), NaiveDate::from_ymd_opt(2062, 1, 1));
}

#[test]
fn refuses_what_is_no_date() {
    for text in [
        "",
        "46350",
        "20261124",
        "2026",
        "11/2026",
        "24.11.26",
        "24/11/26",
        "26-11-24",
        "24-Nov-26",
        "2026-02-30",
        "30/02/2026",
        "31.04.2026",
        "11.24.2026",
        "24/13/2026",
        "0/1/2026",
        "24/11-2026",
        "24/11/02026",
        "024/11/2026",
        "24 11 2026",
        "24. 11. 2026",
        "24-Mai-2026",
        "24-No-2026",
        "24-November",
        "1899-12-31",
        "2201-01-01",
        "01/01/1899",
        "31.12.2201",
        "1899年12月31日",
        "2026年11月24",
        "2026年11月",
        "令和8年11月24日",
        "24/11/2026 25:00",
        "24/11/2026 14:30 PM",
        "24/11/2026 14",
        "24/11/2026 14:60",
        "24/11/2026x",
        "24/11/20261:00",
        "24/11/2026 10:00+1",
        "1:30",
        "24/11/2026 10:00+25:00",
        "24.11.2026.",
        "24/11/2026,",
        "²/11/2026",
        "1.5",
        "abc",
    ] {
        for order in [None, Some(DayFirst), Some(MonthFirst)] {
            assert_eq!(read_date(text, order), None, "{text:?}");
        }
        assert_eq!(dates(&[text]), DateEvidence::default(), "{text:?}");
    }
    assert_eq!(read_date(&"1/".repeat(5_000), Some(DayFirst)), None);
}

#[test]
fn a_column_decides_its_order() {
    use DateDecision::{Iso, Ordered};
    let doubt = |example: &str| DateDecision::Ambiguous { example: example.into() };
    for (column, expected) in [
        (&[][..], Iso),
        (&["2026-03-04", "abc", "24.11.2026"], Iso),
        (&["03/04/2026", "24/11/2026"], Ordered(DayFirst)),
        (&["03-04-2026", "24-11-2026"], Ordered(DayFirst)),
        (&["03/04/2026", "11/24/2026 2:30 PM", "2026-03-04"], Ordered(MonthFirst)),
        (&["03/04/2026", "03/03/2026"], doubt("03/04/2026")),
        (&["3/4/2026", "03/04/2026"], doubt("3/4/2026")),
        // A date with dots says nothing about those with slashes.
        (&["03/04/2026", "24.11.2026"], doubt("03/04/2026")),
        (&["03/03/2026", "4-4-2026"], Ordered(DayFirst)),
        (
            &["24/11/2026", "11/24/2026", "03/04/2026"],
            DateDecision::Contradictory {
                day_first: "24/11/2026".into(),
                month_first: "11/24/2026".into(),
            },
        ),
    ] {
        assert_eq!(dates(column).decide(None), expected, "{column:?}");
    }
    for order in [DayFirst, MonthFirst] {
        assert_eq!(dates(&["03/04/2026"]).decide(Some(order)), Ordered(order));
        assert_eq!(dates(&["24/11/2026", "11/24/2026"]).decide(Some(order)), Ordered(order));
        assert_eq!(dates(&["2026-03-04"]).decide(Some(order)), Iso);
    }
    let april = NaiveDate::from_ymd_opt(2026, 4, 3);
    assert_eq!(read_date("03/04/2026", Some(DayFirst)), april);
    assert_eq!(read_date("04/03/2026 2:30:00 PM", Some(MonthFirst)), april);
    assert_eq!(read_date("4/3/2026, 2:30:00\u{202f}PM", Some(MonthFirst)), april);
    assert_eq!(read_date("０３／０４／２０２６", Some(DayFirst)), april);
    assert_eq!(read_date("24/11/2026", Some(MonthFirst)), None);
    assert_eq!(read_date("03/04/2026", None), None);
}

proptest! {
    #[test]
    fn a_printed_column_of_dates_reads_back(
        days in prop::collection::vec(0..109_000_u64, 1..8),
        month_first in any::<bool>(),
        mark in prop::sample::select(vec!["/", "-"]),
        time in prop::sample::select(vec!["", " 23:59", " 11:59:59 PM", "T00:00:00Z"]),
    ) {
        let order = if month_first { MonthFirst } else { DayFirst };
        let start = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap();
        let days: Vec<_> = days.into_iter().map(|days| start + chrono::Days::new(days)).collect();
        let print = |date: &NaiveDate| {
            let form = if month_first { "%m/%d/%Y" } else { "%d/%m/%Y" };
            date.format(form).to_string().replace('/', mark) + time
        };
        let mut column: Vec<_> = days.iter().map(print).collect();
        let without_proof = dates(&column).decide(None);
        column.push(print(&NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()));
        prop_assert_eq!(dates(&column).decide(None), DateDecision::Ordered(order));
        for (date, text) in days.iter().zip(&column) {
            prop_assert_eq!(read_date(text, Some(order)), Some(*date));
            prop_assert_eq!(read_date(text, None), None);
            // Without the proof: the same, or a doubt.
            if let DateDecision::Ordered(found) = without_proof {
                prop_assert_eq!(read_date(text, Some(found)), Some(*date));
            }
        }
    }
}
