//! Contracts and pools (rules 3.1, 3.4 and 3.5): which lines a contract's
//! hours belong to, and how they draw them down.

use rayon::prelude::*;

use crate::model::{Book, Exact, InvoicingPolicy, LineIndex, OrderLine, Tracking, UnitTable};

use super::convert::Measure;
use super::rules::{Allocation, Rounding};

/// What entries on a contract meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Serving {
    /// No line tracked per contract has it.
    NoTrackedLine,
    /// Only lines of draft, sent or cancelled orders have it: these, of those that are
    /// tracked per contract.
    NotConfirmed(Vec<LineIndex>),
    /// Two or more different pools (rule 3.4): these lines.
    Ambiguous(Vec<LineIndex>),
    /// One pool, in the order in which it is drawn down.
    Pool(Vec<LineIndex>),
}

/// Judges every contract of the book, in its order.
#[must_use]
pub fn servings(book: &Book) -> Vec<Serving> {
    book.contracts.par_iter().map(|contract| serving(book, &contract.lines)).collect()
}

fn serving(book: &Book, lines: &[LineIndex]) -> Serving {
    let is_tracked = |line: &&LineIndex| book.line(**line).tracking == Some(Tracking::Contract);
    let tracked: Vec<LineIndex> = lines.iter().filter(is_tracked).copied().collect();
    if tracked.is_empty() {
        return Serving::NoTrackedLine;
    }
    let is_confirmed = |line: &&LineIndex| book.order_of(**line).state.is_confirmed();
    let confirmed: Vec<LineIndex> = tracked.iter().filter(is_confirmed).copied().collect();
    let Some(first) = confirmed.first() else { return Serving::NotConfirmed(tracked) };
    let key = &book.line(*first).pool;
    if confirmed.iter().any(|line| book.line(*line).pool != *key) {
        return Serving::Ambiguous(confirmed);
    }
    Serving::Pool(joined(book, confirmed))
}

/// The lines in draw-down order, without those whose unit is of another
/// category than the first line's.
#[must_use]
pub(super) fn joined(book: &Book, mut lines: Vec<LineIndex>) -> Vec<LineIndex> {
    sort_for_drawing_down(book, &mut lines);
    let first = lines.iter().find_map(|line| Measure::of(book.line(*line)));
    let Some(first) = first else { return lines };
    lines.retain(|line| {
        Measure::of(book.line(*line))
            .is_some_and(|measure| first.factor_from_measure(&measure, &book.units).is_some())
    });
    lines
}

/// Policy ordered before delivered, order date, order, sequence, id.
pub(super) fn sort_for_drawing_down(book: &Book, lines: &mut [LineIndex]) {
    let key = |index: &LineIndex| {
        let line = book.line(*index);
        let order = book.order_of(*index);
        let policy = match line.policy {
            Some(InvoicingPolicy::Ordered) => 0,
            Some(InvoicingPolicy::Delivered) => 1,
            None => 2,
        };
        (policy, order.date, &order.name, &line.sequence, &line.id)
    };
    lines.sort_by(|a, b| key(a).cmp(&key(b)));
}

/// One line of a pool, while hours are shared out. Amounts are in the unit of
/// the pool's first line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// Its ordered quantity; `None` when it is not known.
    pub ordered: Option<Exact>,
    /// What the hours that name the line take of it.
    pub named: Exact,
}

/// Spreads `total` over lines that stand in draw-down order (rule 3.5).
///
/// ```
/// use drawdown::model::Exact;
/// use drawdown::reconcile::{Allocation, Share, allocate};
/// let line = |ordered: i32| Share { ordered: Some(Exact::from(ordered)), named: Exact::zero() };
/// let shares = allocate(&Exact::from(65), &[line(50), line(10)], Allocation::DrawDown);
/// assert_eq!(shares, [Exact::from(50), Exact::from(15)]); // the excess on the last
/// ```
#[must_use]
pub fn allocate(total: &Exact, lines: &[Share], allocation: Allocation) -> Vec<Exact> {
    let mut shares = vec![Exact::zero(); lines.len()];
    let Some(first) =
        lines.iter().position(takes).or(if lines.is_empty() { None } else { Some(0) })
    else {
        return shares;
    };
    if allocation == Allocation::FirstLine {
        shares[first] = total.clone();
        return shares;
    }
    let last = lines.iter().rposition(takes).unwrap_or(lines.len() - 1);
    let rooms = rooms(lines);
    let mut left = total.clone();
    for (at, line) in lines.iter().enumerate() {
        if !takes(line) {
            continue;
        }
        let share = if at == last { left.clone() } else { left.clone().min(rooms[at].clone()) };
        left = &left - &share;
        shares[at] = share;
    }
    if lines.iter().all(|line| !takes(line)) {
        shares[last] = left;
    }
    shares
}

/// Lines as places for shared quantities, in the pool's measure; `named` is
/// what names each line of the book, in its own unit.
pub(super) fn places(
    book: &Book,
    lines: &[LineIndex],
    measure: &Measure,
    named: &[Exact],
) -> Vec<Share> {
    let place = |index: &LineIndex| {
        let line = book.line(*index);
        let factor = Measure::of(line)
            .and_then(|own| measure.factor_from_measure(&own, &book.units))
            .unwrap_or_else(Exact::zero);
        Share {
            ordered: line.ordered.as_ref().map(|ordered| ordered * &factor),
            named: &named[index.0] * &factor,
        }
    };
    lines.iter().map(place).collect()
}

fn takes(line: &Share) -> bool {
    !line.ordered.as_ref().is_some_and(Exact::is_negative)
}

/// What is left of each line's ordered quantity.
fn rooms(lines: &[Share]) -> Vec<Exact> {
    lines
        .iter()
        .zip(lessened_by(lines))
        .map(|(line, lessened)| {
            let ordered = line.ordered.clone().unwrap_or_else(Exact::zero);
            if !takes(line) {
                return Exact::zero();
            }
            (&(&ordered - &line.named) - &lessened).max(Exact::zero())
        })
        .collect()
}

/// By how much negative lines lessen each line: a negative line lessens the
/// nearest line before it that takes hours.
#[must_use]
pub(super) fn lessened_by(lines: &[Share]) -> Vec<Exact> {
    let mut lessened = vec![Exact::zero(); lines.len()];
    let mut before: Option<usize> = None;
    for (at, line) in lines.iter().enumerate() {
        match (&line.ordered, before) {
            (Some(ordered), Some(before)) if ordered.is_negative() => {
                lessened[before] = &lessened[before] - ordered;
            }
            (Some(ordered), None) if ordered.is_negative() => {}
            _ => before = Some(at),
        }
    }
    lessened
}

/// Splits a pool's exact hours as its shares are: every line its share in
/// hours, the last line with a share what remains of the exact sum. Where not all
/// that was shared out is time (`hours_in_unit` is `None`), every line has as much
/// of the hours as of the shares: pieces have none (chapter 8).
#[must_use]
pub fn split_hours(hours: &Exact, shares: &[Exact], hours_in_unit: Option<&Exact>) -> Vec<Exact> {
    let mut split = vec![Exact::zero(); shares.len()];
    if shares.is_empty() {
        return split;
    }
    let of_share = match hours_in_unit {
        Some(hours_in_unit) => hours_in_unit.clone(),
        None => hours.divided_by(&shares.iter().cloned().sum()).unwrap_or_else(Exact::zero),
    };
    let last = shares.iter().rposition(|share| !share.is_zero()).unwrap_or(0);
    let mut left = hours.clone();
    for (at, share) in shares.iter().enumerate() {
        if at != last {
            split[at] = share * &of_share;
            left = &left - &split[at];
        }
    }
    split[last] = left;
    split
}

/// A share of a pool in a line's own unit: converted and rounded once, or as
/// it is where the line is in the pool's unit.
#[must_use]
pub(super) fn share_in_line_unit(
    share: &Exact,
    pool: &Measure,
    line: &OrderLine,
    rounding: Rounding,
    units: &UnitTable,
) -> Exact {
    let Some(measure) = Measure::of(line) else { return share.clone() };
    if measure.is_same(pool, units) {
        return share.clone();
    }
    let factor = measure.factor_from_measure(pool, units).unwrap_or_else(Exact::zero);
    measure.rounded(&(share * &factor), rounding, units)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(ordered: i32, named: i32) -> Share {
        Share { ordered: Some(Exact::from(ordered)), named: Exact::from(named) }
    }

    fn draw(total: i32, lines: &[Share]) -> Vec<String> {
        allocate(&Exact::from(total), lines, Allocation::DrawDown)
            .iter()
            .map(Exact::to_string)
            .collect()
    }

    #[test]
    fn rule_3_5_hours_that_name_a_line_lessen_its_room() {
        assert_eq!(draw(30, &[line(50, 40), line(50, 0)]), ["10", "20"]);
        // Named past its quantity: no room, and nothing taken back.
        assert_eq!(draw(30, &[line(50, 60), line(50, 0)]), ["0", "30"]);
    }

    #[test]
    fn rule_3_5_a_negative_line_takes_none_and_lessens_the_line_before_it() {
        assert_eq!(draw(60, &[line(50, 0), line(-10, 0), line(20, 0)]), ["40", "0", "20"]);
        // The excess goes on the last line that takes hours.
        assert_eq!(draw(60, &[line(50, 0), line(-10, 0)]), ["60", "0"]);
    }

    #[test]
    fn rule_3_5_first_line_allocation_puts_everything_on_it() {
        let shares = allocate(&Exact::from(70), &[line(50, 0), line(10, 0)], Allocation::FirstLine);
        assert_eq!(shares, [Exact::from(70), Exact::zero()]);
    }

    #[test]
    fn a_pool_of_corrections_alone_goes_on_the_first_line() {
        assert_eq!(draw(-3, &[line(50, 0), line(10, 0)]), ["-3", "0"]);
    }

    #[test]
    fn hours_are_split_as_the_shares_and_lose_nothing() {
        let shares = [Exact::from(50), Exact::decimal(75, 1)];
        let hours = Exact::decimal(57_503, 3);
        let one = Exact::one();
        let split = split_hours(&hours, &shares, Some(&one));
        assert_eq!(split, [Exact::from(50), Exact::decimal(7_503, 3)]);
        let none = [Exact::zero(), Exact::zero()];
        for hours_in_unit in [Some(&one), None] {
            assert_eq!(split_hours(&hours, &none, hours_in_unit)[0], hours);
        }
        // Two pieces and an hour among shares of which hours are a part only.
        let shares = [Exact::from(3), Exact::from(1)];
        let quarters = [Exact::decimal(75, 2), Exact::decimal(25, 2)];
        assert_eq!(split_hours(&one, &shares, None), quarters);
        assert_eq!(split_hours(&Exact::zero(), &shares, None), none);
    }
}
