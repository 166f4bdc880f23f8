//! Adjustments (rule 6.10): which line or pool each is made to, and what of
//! them stays out of settlement.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::diagnostics::{Amount, Fault, FaultKind, Phrase, Place};
use crate::model::{
    Adjusted, Adjustment, AdjustmentCounts, AdjustmentKind, AdjustmentRecord, Book, Candidates,
    Exact, LineIndex, Period, Tracking, UnitId, exact_time, print_amount,
};

use super::convert::{Measure, convert};
use super::pool::{Serving, allocate, places, servings, share_in_line_unit};
use super::rules::Rules;
use super::settle::Shared;

/// Puts adjustments into the book; what cannot go there is a fault with its
/// place. By analogy to entries (chapter 4) those outside the days that count
/// are excluded, a line that a row names comes before its contract, and a row
/// without a unit is in hours. Of rows that stand in several files alike as many
/// count as one of the files has.
pub(super) fn add_adjustments(
    book: &mut Book,
    records: Vec<AdjustmentRecord>,
    period: &Period,
    faults: &mut Vec<Fault>,
) -> AdjustmentCounts {
    let mut counts = AdjustmentCounts { read: records.len() as u64, ..Default::default() };
    if records.is_empty() {
        return counts;
    }
    let mut records = records;
    records.sort_by(|a, b| a.place.cmp(&b.place));
    let servings = servings(book);
    let mut adjustments = Vec::new();
    let mut met = MetAdjustments::default();
    for record in records {
        // What a cell lacks or hides was told when it was read.
        let (Some(day), Some(quantity), Some(kind), false) =
            (record.date, record.quantity, record.kind, record.unreadable)
        else {
            counts.rejected += 1;
            continue;
        };
        if period.window(day).is_none() {
            counts.excluded += 1;
            continue;
        }
        let judged = unit_of(book, &record).and_then(|unit| {
            let hours = book.units.hours_in(unit);
            let amount =
                hours.map_or_else(|| Exact::from(quantity), |hours| exact_time(quantity, &hours));
            let to = target(book, &servings, &record)?;
            fits(book, &servings, to, unit, &amount, &record)?;
            Ok((to, unit, amount))
        });
        match judged {
            Ok((to, unit, amount)) => {
                let reason = record.reason.unwrap_or_default();
                let place = record.place;
                let adjustment = Adjustment { place, day, to, amount, unit, kind, reason };
                if let Some(known) = met.met_before(&adjustment) {
                    counts.rejected += 1;
                    faults.push(suspected(book, &adjustment, known));
                } else {
                    counts.counted += 1;
                    adjustments.push(adjustment);
                }
            }
            Err(fault) => {
                counts.rejected += 1;
                faults.push(*fault);
            }
        }
    }
    book.adjustments = adjustments;
    counts
}

/// What makes two adjustments alike.
type Alike = (NaiveDate, Adjusted, UnitId, Exact, AdjustmentKind, String);

/// Adjustments that were met, file by file.
#[derive(Default)]
struct MetAdjustments {
    met: BTreeMap<Alike, Met>,
}

/// What was met of adjustments that are alike.
struct Met {
    /// Those that count.
    counted: Vec<Place>,
    /// The last one, and how many its file or sheet has so far.
    last: Place,
    here: usize,
}

impl MetAdjustments {
    /// The one that an adjustment is, of those that a file before it has as well.
    /// They come in the order of their places.
    fn met_before(&mut self, of: &Adjustment) -> Option<Place> {
        let alike = (of.day, of.to, of.unit, of.amount.clone(), of.kind, of.reason.clone());
        let none = || Met { counted: Vec::new(), last: of.place.clone(), here: 0 };
        let Met { counted, last, here } = self.met.entry(alike).or_insert_with(none);
        if (last.file(), last.sheet()) != (of.place.file(), of.place.sheet()) {
            *here = 0;
        }
        *last = of.place.clone();
        let known = counted.get(*here).cloned();
        if known.is_none() {
            counted.push(of.place.clone());
        }
        *here += 1;
        known
    }
}

fn suspected(book: &Book, adjustment: &Adjustment, known: Place) -> Fault {
    let quantity = Amount::new(
        print_amount(&adjustment.amount, &book.units.get(adjustment.unit).rounding),
        book.units.naming(adjustment.unit),
    );
    Fault::new(
        FaultKind::SuspectedDuplicate,
        adjustment.place.clone(),
        Phrase::QuantityOfDay { quantity: Box::new(quantity), day: adjustment.day },
        Phrase::OwnAdjustment { place: Box::new(known) },
        Phrase::OneFileOrDistinct,
    )
}

fn unit_of(book: &Book, record: &AdjustmentRecord) -> Result<UnitId, Box<Fault>> {
    let units = &book.units;
    let found = match &record.unit.text {
        Some(text) => units.find(text),
        None => units.hours(),
    };
    found.ok_or_else(|| {
        let text = record.unit.label().unwrap_or_default();
        Box::new(units.unknown(text, &record.place.in_column("unit")))
    })
}

/// What a row is made to, by its line, else by its contract.
fn target(
    book: &Book,
    servings: &[Serving],
    record: &AdjustmentRecord,
) -> Result<Adjusted, Box<Fault>> {
    if let Some(text) = &record.line {
        let place = record.place.in_column("line");
        return match book.lines_by_label(text) {
            Candidates::One(line) if book.order_of(line).state.is_confirmed() => {
                Ok(Adjusted::Line(line))
            }
            Candidates::One(line) => Err(Box::new(not_confirmed(book, &[line], &place))),
            found => {
                let expected = match found {
                    Candidates::None => Phrase::LineOfInputs,
                    _ => Phrase::OneLine,
                };
                let (kind, action) = (FaultKind::UnknownOrderLine, Phrase::LineById);
                Err(Box::new(Fault::new(kind, place, text.as_str(), expected, action)))
            }
        };
    }
    let text = record.contract.as_deref().unwrap_or_default();
    let place = record.place.in_column("contract");
    let unknown = |expected: Phrase, action: Phrase| {
        Box::new(Fault::new(FaultKind::UnknownContract, place.clone(), text, expected, action))
    };
    let contract = match book.contracts(None, None, Some(text)) {
        Candidates::One(contract) => contract,
        Candidates::None => {
            return Err(unknown(Phrase::ContractOfInputs, Phrase::ContractAsNamed));
        }
        Candidates::Several(_) => {
            return Err(unknown(Phrase::OneContract, Phrase::NameLine));
        }
    };
    match servings.get(contract.0) {
        // Summed with what names the line, as entries are.
        Some(Serving::Pool(lines)) if let [line] = lines.as_slice() => Ok(Adjusted::Line(*line)),
        Some(Serving::Pool(_)) => Ok(Adjusted::Contract(contract)),
        Some(Serving::NotConfirmed(lines)) => Err(Box::new(not_confirmed(book, lines, &place))),
        Some(Serving::Ambiguous(_)) => {
            Err(unknown(Phrase::ContractOfOnePool, Phrase::NameAdjustedLine))
        }
        _ => Err(unknown(Phrase::TrackedContract, Phrase::NameAdjustedLine)),
    }
}

fn not_confirmed(book: &Book, lines: &[LineIndex], place: &Place) -> Fault {
    let mut orders: Vec<&str> = lines.iter().map(|l| book.order_of(*l).name.as_str()).collect();
    orders.dedup();
    Fault::new(
        FaultKind::OrderNotConfirmed,
        place.clone(),
        orders.join(", "),
        Phrase::ConfirmedOrder,
        Phrase::ConfirmOrTakeOut,
    )
}

/// Rule 5.3: a line takes an adjustment in its unit's category only, whatever
/// its tracking.
fn fits(
    book: &Book,
    servings: &[Serving],
    to: Adjusted,
    unit: UnitId,
    amount: &Exact,
    record: &AdjustmentRecord,
) -> Result<(), Box<Fault>> {
    let line = match to {
        Adjusted::Line(line) => Some(line),
        Adjusted::Contract(contract) => match servings.get(contract.0) {
            Some(Serving::Pool(lines)) => lines.first().copied(),
            _ => None,
        },
    };
    let Some(line) = line.map(|line| book.line(line)) else { return Ok(()) };
    // A line without a unit is an exception of its own, and takes anything.
    let Some(measure) = Measure::of(line) else { return Ok(()) };
    let units = &book.units;
    if measure.factor_from(unit, units).is_some() {
        return Ok(());
    }
    let of_line = measure.unit_id();
    Err(Box::new(Fault::new(
        FaultKind::CategoryMismatch,
        record.place.in_column("unit"),
        Phrase::QuantityOfCategory {
            quantity: Box::new(Amount::new(
                print_amount(amount, &units.get(unit).rounding),
                units.naming(unit),
            )),
            category: Box::new(units.category_naming(unit).into_owned()),
        },
        Phrase::UnitOfCategory {
            category: Box::new(units.category_naming(of_line).into_owned()),
            line: line.id.as_str().into(),
            unit: Box::new(units.naming(of_line).into_owned()),
        },
        Phrase::CorrectAdjustmentUnit,
    )))
}

/// The adjustments that are made to some lines or to their pools, in the order
/// of their rows.
pub fn adjustments_of<'b>(
    book: &'b Book,
    lines: &'b [LineIndex],
) -> impl Iterator<Item = &'b Adjustment> {
    book.adjustments.iter().filter(|adjustment| is_adjusted(book, adjustment.to, lines))
}

/// Whether an adjustment is made to one of some lines, or to their pool.
pub(super) fn is_adjusted(book: &Book, to: Adjusted, lines: &[LineIndex]) -> bool {
    match to {
        Adjusted::Line(line) => lines.contains(&line),
        Adjusted::Contract(contract) => lines.iter().any(|line| {
            let line = book.line(*line);
            line.contract == Some(contract) && line.tracking == Some(Tracking::Contract)
        }),
    }
}

/// What is adjusted on each line and contract that adjustments are made to, in the
/// unit of the line, or of the contract's pool.
pub(super) type AdjustedSums = BTreeMap<Adjusted, Exact>;

/// What is adjusted on each line, in its unit: its own adjustments, and its
/// share of its contract's. Hours and adjustments draw a pool down together
/// (rule 3.5): a line's share is what the sum gives it over what the hours
/// alone do, so that hours stay where they are.
///
/// `direct` is what names each line, `delivered` what the hours give it in all.
/// Gives what was adjusted before any of it was shared out.
pub(super) fn adjusted_of_lines(
    book: &Book,
    rules: &Rules,
    shared: &[Shared],
    direct: &[Exact],
    delivered: &[Exact],
    mut take: impl FnMut(LineIndex, Exact),
) -> AdjustedSums {
    let mut made = AdjustedSums::new();
    if book.adjustments.is_empty() {
        return made;
    }
    let mut sums: BTreeMap<Adjusted, BTreeMap<UnitId, Exact>> = BTreeMap::new();
    for adjustment in &book.adjustments {
        let sum = sums.entry(adjustment.to).or_default().entry(adjustment.unit).or_default();
        *sum = &*sum + &adjustment.amount;
    }
    let converted = |to: Adjusted, measure: &Measure| {
        let sums = sums.get(&to)?;
        let sums: Vec<(UnitId, Exact)> = sums.iter().map(|(u, sum)| (*u, sum.clone())).collect();
        Some(convert(&sums, measure, rules.rounding, &book.units))
    };
    let mut drawn = direct.to_vec();
    let mut named: BTreeSet<LineIndex> = BTreeSet::new();
    for to in sums.keys() {
        if let Adjusted::Line(line) = to
            && let Some(measure) = Measure::of(book.line(*line))
            && let Some(amount) = converted(*to, &measure)
        {
            made.insert(*to, amount.clone());
            // Of a recorded quantity no entry takes anything (3.3), and so no
            // adjustment of it moves where entries go.
            if !rules.takes_entries(book.line(*line)) {
                take(*line, amount);
                continue;
            }
            drawn[line.0] = &drawn[line.0] + &amount;
            named.insert(*line);
        }
    }
    for pool in shared {
        let Some(measure) = &pool.measure else { continue };
        let to = pool.contract.map(Adjusted::Contract);
        let own = to.and_then(|to| Some((to, converted(to, measure)?)));
        let total = own.as_ref().map_or_else(|| pool.total.clone(), |own| &pool.total + &own.1);
        made.extend(own);
        let places = places(book, &pool.lines, measure, &drawn);
        let parts = allocate(&total, &places, rules.allocation);
        for (part, line) in parts.iter().zip(&pool.lines) {
            let own =
                share_in_line_unit(part, measure, book.line(*line), rules.rounding, &book.units);
            drawn[line.0] = &drawn[line.0] + &own;
        }
    }
    for (at, (drawn, delivered)) in drawn.iter().zip(delivered).enumerate() {
        let line = LineIndex(at);
        let adjusted = drawn - delivered;
        let may_be = rules.takes_entries(book.line(line));
        if may_be && (!adjusted.is_zero() || named.contains(&line)) {
            take(line, adjusted);
        }
    }
    made
}
