//! Numbers, durations and dates: what is read prints back to the same value,
//! and a column decides the same whatever the order and parts of its cells.

use chrono::{Datelike, NaiveDate};
use drawdown::ingest::{
    DateDecision, DateEvidence, DateOrder, DecimalMark, NumberDecision, NumberEvidence, day,
    moment, number, read_date, read_duration, read_number,
};
use rust_decimal::Decimal;

use super::text_of;

const MARKS: [DecimalMark; 2] = [DecimalMark::Point, DecimalMark::Comma];
const ORDERS: [DateOrder; 2] = [DateOrder::DayFirst, DateOrder::MonthFirst];

// ------------------------------------------------------------------- numbers

/// Each line is a cell of one column.
pub fn numbers(data: &[u8]) {
    let text = text_of(data);
    let column: Vec<&str> = text.split('\n').collect();
    for cell in &column {
        a_number_prints_back(cell);
    }
    let decision = number_evidence(column.iter()).decide(None);
    let backwards = number_evidence(column.iter().rev());
    assert_eq!(decision, backwards.decide(None), "the order of cells decides");
    let (head, tail) = column.split_at(column.len() / 2);
    let mut parts = number_evidence(tail.iter());
    parts.merge(&number_evidence(head.iter()));
    assert_eq!(decision, parts.decide(None), "the parts of a column decide");
    the_decision_on_numbers_holds(&column, &decision);
}

fn number_evidence<'a>(cells: impl Iterator<Item = &'a &'a str>) -> NumberEvidence {
    let mut evidence = NumberEvidence::default();
    cells.for_each(|cell| evidence.add(cell));
    evidence
}

fn a_number_prints_back(cell: &str) {
    let plain = number(cell);
    if let Some(value) = plain {
        assert_eq!(number(&value.to_string()), plain, "{cell:?}");
        assert_eq!(number(&value.normalize().to_string()), plain, "{cell:?}");
        // Where another reader of exact decimals knows the form, it is as exact.
        if let Ok(other) = Decimal::from_str_exact(cell.trim()) {
            assert_eq!(value, other, "{cell:?}");
        }
        assert_eq!(read_number(cell, DecimalMark::Point), plain, "{cell:?}");
        assert_eq!(read_duration(cell), None, "{cell:?} is a number and a duration");
        assert_eq!(read_date(cell, None), None, "{cell:?} is a number and a date");
    }
    let [point, comma] = MARKS.map(|mark| read_number(cell, mark));
    for value in [point, comma].into_iter().flatten() {
        assert_eq!(number(&value.to_string()), Some(value), "{cell:?}");
    }
    // The same cell with its marks changed over is the same number by the other mark.
    if !cell.contains(['e', 'E']) && cell.len() <= 128 {
        let swapped: String = cell.chars().map(other_mark).collect();
        let by_comma = read_number(&swapped, DecimalMark::Comma);
        if let (Some(one), Some(two)) = (point, by_comma) {
            assert_eq!(one, two, "{cell:?} and {swapped:?}");
        }
        assert!(by_comma.is_none() || point.is_some(), "{swapped:?} but not {cell:?}");
    }
}

fn other_mark(c: char) -> char {
    match c {
        '.' => ',',
        ',' => '.',
        // Their full-width twins.
        '\u{ff0e}' => '\u{ff0c}',
        '\u{ff0c}' => '\u{ff0e}',
        c => c,
    }
}

fn the_decision_on_numbers_holds(column: &[&str], decision: &NumberDecision) {
    let stands = |example: &str| column.iter().any(|cell| cell.trim() == example);
    match decision {
        NumberDecision::Plain => {
            for cell in column {
                assert_eq!(number(cell), read_number(cell, DecimalMark::Point), "{cell:?}");
            }
        }
        NumberDecision::Marked(mark) => {
            let reads = |cell: &&&str| read_number(cell, *mark).is_some();
            assert!(column.iter().any(|cell| reads(&cell)), "{mark:?} reads none of {column:?}");
        }
        NumberDecision::Ambiguous { example } => {
            let [point, comma] = MARKS.map(|mark| read_number(example, mark));
            assert!(stands(example), "{example:?} is in no cell");
            assert!(point.is_some() && comma.is_some() && point != comma, "{example:?} is plain");
        }
        NumberDecision::Contradictory { point, comma } => {
            assert!(stands(point) && stands(comma), "{point:?} or {comma:?} is in no cell");
            assert!(read_number(comma, DecimalMark::Point).is_none(), "{comma:?} has a point");
            assert!(read_number(comma, DecimalMark::Comma).is_some(), "{comma:?} has no comma");
            assert!(read_number(point, DecimalMark::Point).is_some(), "{point:?} has no point");
        }
    }
}

// ----------------------------------------------------------------- durations

/// Each line is a cell.
pub fn durations(data: &[u8]) {
    text_of(data).split('\n').for_each(a_duration_prints_back);
}

fn a_duration_prints_back(cell: &str) {
    let Some(seconds) = read_duration(cell) else { return };
    // Nine digits of the largest part, and what stands behind it.
    assert!(seconds.abs() <= 999_999_999 * 3600 + 3599, "{cell:?} is {seconds} seconds");
    let sign = if seconds < 0 { "-" } else { "" };
    let (hours, minutes, rest) =
        (seconds.abs() / 3600, seconds.abs() / 60 % 60, seconds.abs() % 60);
    for text in [
        format!("{sign}{hours}:{minutes:02}:{rest:02}"),
        format!("{sign}{hours}h {minutes}m {rest}s"),
        format!("{sign}PT{hours}H{minutes}M{rest}S"),
        format!(" {cell}\t"),
    ] {
        assert_eq!(read_duration(&text), Some(seconds), "{cell:?} as {text:?}");
    }
    let unsigned = cell.trim();
    if unsigned.starts_with(|c: char| c.is_ascii_digit() || c == 'P') && unsigned.len() < 256 {
        assert_eq!(read_duration(&format!("-{unsigned}")), Some(-seconds), "{cell:?}");
        assert_eq!(read_duration(&format!("+{unsigned}")), Some(seconds), "{cell:?}");
    }
    for mark in MARKS {
        assert_eq!(read_number(cell, mark), None, "{cell:?} is a duration and a number");
    }
}

// --------------------------------------------------------------------- dates

/// Each line is a cell of one column.
pub fn dates(data: &[u8]) {
    let text = text_of(data);
    let column: Vec<&str> = text.split('\n').collect();
    for cell in &column {
        a_date_prints_back(cell);
    }
    let decision = date_evidence(column.iter()).decide(None);
    let backwards = date_evidence(column.iter().rev());
    assert_eq!(decision, backwards.decide(None), "the order of cells decides");
    let (head, tail) = column.split_at(column.len() / 2);
    let mut parts = date_evidence(tail.iter());
    parts.merge(&date_evidence(head.iter()));
    assert_eq!(decision, parts.decide(None), "the parts of a column decide");
    the_decision_on_dates_holds(&column, &decision);
}

fn date_evidence<'a>(cells: impl Iterator<Item = &'a &'a str>) -> DateEvidence {
    let mut evidence = DateEvidence::default();
    cells.for_each(|cell| evidence.add(cell));
    evidence
}

fn a_date_prints_back(cell: &str) {
    let by_itself = read_date(cell, None);
    let [day_first, month_first] = ORDERS.map(|order| read_date(cell, Some(order)));
    for date in [by_itself, day_first, month_first].into_iter().flatten() {
        assert!((1900..=2200).contains(&date.year()), "{cell:?} is {date}");
        for text in [date.to_string(), date.format("%d.%m.%Y").to_string()] {
            assert_eq!(read_date(&text, None), Some(date), "{cell:?} as {text:?}");
        }
        assert_eq!(day(&date.to_string()), Some(date), "{cell:?}");
    }
    if by_itself.is_some() {
        assert!(day_first == by_itself && month_first == by_itself, "{cell:?} needs no order");
    } else if let (Some(one), Some(two)) = (day_first, month_first) {
        assert_eq!((one.day(), one.month()), (two.month(), two.day()), "{cell:?}");
    }
    if let Some(date) = day(cell) {
        assert_eq!(by_itself, Some(date), "{cell:?}");
    }
    if let Some(moment) = moment(cell) {
        assert_eq!(day(cell), Some(moment.date()), "{cell:?}");
    }
    assert!(by_itself.is_none() || number(cell).is_none(), "{cell:?} is a date and a number");
}

fn the_decision_on_dates_holds(column: &[&str], decision: &DateDecision) {
    let stands = |example: &str| column.iter().any(|cell| cell.trim() == example);
    let read =
        |cell: &str| -> [Option<NaiveDate>; 2] { ORDERS.map(|order| read_date(cell, Some(order))) };
    match decision {
        DateDecision::Iso => {
            for cell in column {
                let by_itself = read_date(cell, None);
                assert!(read(cell) == [by_itself; 2], "{cell:?} needs an order");
            }
        }
        DateDecision::Ordered(order) => {
            let one = column.iter().any(|cell| read_date(cell, Some(*order)).is_some());
            assert!(one, "{order:?} reads none of {column:?}");
            // Nor does the other order read more than this one.
            let other = ORDERS.into_iter().find(|other| other != order);
            for cell in column {
                let lost =
                    read_date(cell, other).is_some() && read_date(cell, Some(*order)).is_none();
                assert!(!lost, "{cell:?} is a date only in the other order");
            }
        }
        DateDecision::Ambiguous { example } => {
            let [one, two] = read(example);
            assert!(stands(example), "{example:?} is in no cell");
            assert!(one.is_some() && two.is_some() && one != two, "{example:?} is one date");
        }
        DateDecision::Contradictory { day_first, month_first } => {
            assert!(stands(day_first) && stands(month_first), "{decision:?}");
            assert!(matches!(read(day_first), [Some(_), None]), "{day_first:?}");
            assert!(matches!(read(month_first), [None, Some(_)]), "{month_first:?}");
        }
    }
}
