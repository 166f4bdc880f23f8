//! The sentences and equations of an explanation.

use crate::diagnostics::{Fault, FaultKind, Found, Naming, Phrase, Place};
use crate::language::{Group, Key, Said};
use crate::model::{
    Adjusted, Book, ContractIndex, EntryKey, EntryRow, Exact, KeyPart, LineIndex, OrderState,
    Quantity, Tracking, UnitId,
};
use crate::reconcile::{
    Allocation, Attribution, AttributionRule, Cause, Fit, MakeUp, ManualDelivery, Measure, PartOf,
    Rounding, Standing, Status, Target, UnmatchedReason, accepts,
};
use crate::report::{AdjustedProof, operation, unrounded};

use super::Ground;

fn amount_of(ground: &Ground<'_>, unit: UnitId, amount: &Exact) -> Said {
    let units = &ground.book.units;
    Said::amount(Quantity::new(amount.clone(), unit).display(units), units.naming(unit))
}

fn rounding(ground: &Ground<'_>, measure: &Measure) -> Said {
    let step = &ground.book.units.get(measure.unit_id()).rounding;
    let to = |key| Said::message(key, [("step", Said::number(step.to_string()))]);
    match ground.rules.rounding {
        Rounding::HalfAway => to(Key::ExplainRounded),
        Rounding::Up => to(Key::ExplainRoundedUp),
        Rounding::None => Said::plain(Key::ExplainNotRounded),
    }
}

/// `× 8`, `÷ 60`: the mark and the number.
fn operation_of(factor: &Exact) -> Said {
    let operation = operation(factor);
    match operation.split_once(' ') {
        Some((mark, number)) => Said::Joined(" ", vec![mark.into(), Said::number(number)]),
        None => operation.into(),
    }
}

/// Rule 5.2 for the sum of one unit.
pub(super) fn conversion(
    ground: &Ground<'_>,
    unit: UnitId,
    sum: &Exact,
    measure: Option<&Measure>,
) -> Said {
    let units = &ground.book.units;
    let start = amount_of(ground, unit, sum);
    let Some(measure) = measure else { return start };
    let Some(factor) = measure.factor_from(unit, units) else {
        return Said::message(Key::ExplainNotConverted, [("amount", start)]);
    };
    let exact = sum * &factor;
    let rounded = measure.rounded(&exact, ground.rules.rounding, units);
    let end = amount_of(ground, measure.unit_id(), &rounded);
    let how = rounding(ground, measure);
    if factor == Exact::one() {
        let filled = [("amount", start), ("rounded", how), ("result", end)];
        return Said::message(Key::ExplainTaken, filled);
    }
    let mut filled = vec![
        ("amount", start),
        ("operation", operation_of(&factor)),
        ("exact", Said::number(unrounded(&exact))),
        ("unit", Said::from(units.naming(measure.unit_id()))),
        ("rounded", how),
        ("result", end),
    ];
    match measure.hours(units) {
        Some(hours) if !units.is_time(measure.unit_id()) => {
            filled.push(("hours", Said::number(hours.to_string())));
            Said::Message(Key::ExplainConvertedByHours, filled)
        }
        _ => Said::Message(Key::ExplainConverted, filled),
    }
}

/// Whose entries these are.
pub(super) fn source(ground: &Ground<'_>, part: &PartOf<'_>) -> Said {
    let book = ground.book;
    let ids = || ("lines", Said::names(part.lines.iter().map(|line| book.line(*line).id.as_str())));
    let shared = |entries: Said| {
        let drawn = match ground.rules.allocation {
            Allocation::DrawDown => Key::ExplainDrawnDown,
            Allocation::FirstLine => Key::ExplainOnFirstLine,
        };
        Said::message(drawn, [("entries", entries)])
    };
    let on = |contract| ("contract", Said::from(label_of(book, contract)));
    match part.target {
        Target::Line(_) => match by_contract(ground, part) {
            Some((contract, true)) => Said::message(Key::ExplainOfContract, [on(contract)]),
            Some((contract, false)) => Said::message(Key::ExplainOfOnlyLine, [ids(), on(contract)]),
            None => Said::message(Key::ExplainOfLine, [ids()]),
        },
        Target::Lines(_) => shared(Said::message(Key::ExplainOfLines, [ids()])),
        Target::Contract(contract) => {
            shared(Said::message(Key::ExplainOfContractFor, [on(*contract), ids()]))
        }
    }
}

/// The contract by which entries of one line lead to it, as that of this line
/// alone, and whether all of them do.
fn by_contract(ground: &Ground<'_>, part: &PartOf<'_>) -> Option<(ContractIndex, bool)> {
    let Target::Line(line) = part.target else { return None };
    let rules = ground.led_by.get(&part.index)?;
    let contract = ground.book.line(*line).contract?;
    rules.contains(&AttributionRule::Contract).then_some((contract, rules.len() == 1))
}

fn label_of(book: &Book, contract: ContractIndex) -> &str {
    book.contracts.get(contract.0).map_or("", |contract| &contract.label)
}

/// A line's unit; blank where it is unknown.
fn unit_of<'a>(ground: &Ground<'a>, index: LineIndex) -> Naming<'a> {
    let unit = ground.book.line(index).unit;
    unit.map(|unit| ground.book.units.naming(unit)).unwrap_or_default()
}

/// A line's part of a pool.
pub(super) fn share(ground: &Ground<'_>, index: LineIndex, share: &Exact) -> Said {
    let line = ground.book.line(index);
    let filled = [
        ("line", Said::from(line.id.as_str())),
        ("quantity", Said::number(ground.quantity(index, Some(share)))),
        ("unit", unit_of(ground, index).into()),
        ("ordered", Said::number(ground.quantity(index, line.ordered.as_ref()))),
    ];
    Said::message(Key::ExplainShare, filled)
}

/// How a line's delivered quantity is made up.
pub(super) fn line_equation(ground: &Ground<'_>, one: &MakeUp<'_>, index: LineIndex) -> Said {
    let (book, line) = (ground.book, ground.book.line(index));
    let settlement = ground.settled.settlements.get(index.0);
    let delivered = settlement.and_then(|settlement| settlement.delivered.as_ref());
    let id = ("line", Said::from(line.id.as_str()));
    let unit = ("unit", Said::from(unit_of(ground, index)));
    let recorded = || ("quantity", Said::number(ground.quantity(index, line.exported.as_ref())));
    match (line.tracking, book.order_of(index).state) {
        (Some(Tracking::Manual), _) if ground.rules.manual == ManualDelivery::Recorded => {
            let by_entries =
                one.figures.get(&index).map(|figure| ground.quantity(index, Some(figure)));
            let entries = ("entries", Said::number(by_entries.unwrap_or_default()));
            return Said::message(Key::ExplainRecorded, [id, recorded(), unit, entries]);
        }
        (Some(Tracking::None), state) if state.is_confirmed() => {
            return Said::message(Key::ExplainNotTracked, [id, recorded(), unit]);
        }
        (None, _) => return Said::message(Key::ExplainTrackingUnknown, [id]),
        (_, state) if !state.is_confirmed() => {
            return Said::message(Key::ExplainNotConfirmed, [id, ("state", state_of(state))]);
        }
        _ => {}
    }
    let mut parts: Vec<Said> = Vec::new();
    for part in &one.parts {
        let at = part.lines.iter().position(|line| *line == index);
        let Some(share) = at.and_then(|at| part.shares.get(at)) else { continue };
        if part.counted.is_empty() {
            continue;
        }
        let from = match part.target {
            Target::Line(_) => match by_contract(ground, part) {
                Some((_, true)) => Key::ExplainFromContract,
                _ => Key::ExplainFromOwn,
            },
            Target::Lines(_) => Key::ExplainFromShared,
            Target::Contract(_) => Key::ExplainFromContract,
        };
        let quantity = Said::number(ground.quantity(index, Some(share)));
        parts.push(Said::message(from, [("quantity", quantity)]));
    }
    if delivered.is_none() {
        return Said::message(Key::ExplainNoQuantity, [id]);
    }
    let delivered = ("delivered", Said::number(ground.quantity(index, delivered)));
    if parts.is_empty() {
        Said::message(Key::ExplainWithoutEntries, [id, delivered, unit])
    } else {
        let parts = ("parts", Said::Joined(" + ", parts));
        Said::message(Key::ExplainMadeUp, [id, parts, delivered, unit])
    }
}

/// How adjustments draw a line's quota down (rule 6.10); `None` where there are
/// none.
pub(super) fn adjusted(ground: &Ground<'_>, index: LineIndex) -> Option<AdjustedProof> {
    let line = ground.book.line(index);
    let settlement = ground.settled.settlements.get(index.0)?;
    let (own, _) = settlement.adjusted.as_ref().zip(settlement.delivered.as_ref())?;
    let quantity = |amount: Option<&Exact>| ground.quantity(index, amount);
    let (adjusted, drawn) = (quantity(Some(own)), quantity(settlement.drawn().as_ref()));
    let filled = [
        ("line", Said::from(line.id.as_str())),
        ("delivered", Said::number(quantity(settlement.delivered.as_ref()))),
        ("adjusted", Said::number(&adjusted)),
        ("drawn", Said::number(&drawn)),
        ("unit", unit_of(ground, index).into()),
        ("ordered", Said::number(quantity(line.ordered.as_ref()))),
        ("remaining", Said::number(quantity(settlement.remaining(line).as_ref()))),
    ];
    Some(AdjustedProof { adjusted, drawn, equation: Said::message(Key::ExplainDrawn, filled) })
}

/// The exceptions that make a line one (chapter 6): those of its row, and of its
/// product where nothing says how that is tracked or invoiced.
pub(super) fn exceptions(ground: &Ground<'_>, index: LineIndex) -> Vec<Said> {
    let line = ground.book.line(index);
    let status = ground.settled.settlements.get(index.0).map(|settlement| settlement.status);
    if status != Some(Status::Exception) {
        return Vec::new();
    }
    let row =
        |place: &Place| (place.file().to_owned(), place.sheet().map(str::to_owned), place.row());
    let own = row(&line.place);
    let is_of_product = |fault: &Fault| match &fault.found {
        Found::Words(phrase) => matches!(
            &**phrase,
            Phrase::ProductOfLines { product, .. }
                if **product == *line.product
                    && ((line.tracking.is_none() && fault.kind == FaultKind::UnknownTracking)
                        || (line.policy.is_none() && fault.kind == FaultKind::UnknownPolicy))
        ),
        Found::Text(_) => false,
    };
    let is_of_line = |fault: &&Fault| row(&fault.place) == own || is_of_product(fault);
    ground.faults.iter().filter(is_of_line).map(Said::fault).collect()
}

/// What an adjustment is made to.
pub(super) fn adjusts(ground: &Ground<'_>, to: Adjusted) -> Said {
    let book = ground.book;
    match to {
        Adjusted::Line(line) => Said::message(
            Key::ExplainAdjustsLine,
            [("line", Said::from(book.line(line).id.as_str()))],
        ),
        Adjusted::Contract(contract) => {
            let contract = ("contract", Said::from(label_of(book, contract)));
            Said::message(Key::ExplainAdjustsContract, [contract])
        }
    }
}

/// The place of a row.
pub(super) fn place(place: &Place) -> Said {
    match (place.sheet(), place.row(), place.column()) {
        (Some(sheet), Some(row), None) => {
            let row = ("row", Said::from(row.to_string()));
            let filled = [("file", place.file().into()), ("sheet", sheet.into()), row];
            Said::message(Key::ExplainPlace, filled)
        }
        _ => place.to_string().into(),
    }
}

/// What a binary float's print is read as (rule 5.6).
pub(super) fn read_as(ground: &Ground<'_>, row: &EntryRow) -> Said {
    let is_whole = |number: &Exact| number.decimals() == Some(0);
    let hours = ground.book.units.hours_in(row.unit);
    let seconds = hours.map(|hours| &(&row.amount * &hours) * &Exact::from(3600));
    let minutes = seconds.as_ref().and_then(|seconds| seconds.divided_by(&Exact::from(60)));
    let number = |number: &Exact| Said::number(number.to_string());
    match (minutes.filter(is_whole), seconds.filter(is_whole)) {
        (Some(minutes), _) => Said::message(Key::ExplainMinutes, [("minutes", number(&minutes))]),
        (None, Some(seconds)) => {
            Said::message(Key::ExplainSeconds, [("seconds", number(&seconds))])
        }
        (None, None) => number(&row.amount),
    }
}

/// The arithmetic of a cause.
pub(super) fn cause(ground: &Ground<'_>, index: LineIndex, fit: &Fit, exported: &str) -> Said {
    let line = ground.book.line(index);
    let unit = ("unit", Said::from(unit_of(ground, index)));
    let quantity = ("quantity", Said::number(exported));
    let step =
        line.unit.map_or_else(String::new, |unit| ground.book.units.get(unit).rounding.to_string());
    let step = [("step", Said::number(step))];
    let sums: Vec<Said> =
        fit.sums.iter().map(|(unit, sum)| amount_of(ground, *unit, sum)).collect();
    let sums = if sums.is_empty() {
        Said::plain(Key::ExplainNoSums)
    } else {
        Said::Listed(Key::And, sums)
    };
    let sums = ("sums", sums);
    let is_shared = ground.doubts.is_shared(index);
    if let (Cause::EntriesMissing, Some(day)) = (fit.cause, fit.until) {
        let key = if is_shared { Key::ExplainPoolUntil } else { Key::ExplainUntil };
        return Said::message(key, [("day", day.into()), sums, quantity, unit]);
    }
    let how = match fit.cause {
        Cause::RoundedUp => Said::message(Key::ExplainEachSumUp, step),
        Cause::RoundedEachEntry => Said::message(Key::ExplainEachEntry, step),
        Cause::NotConverted => Said::plain(Key::ExplainAsTheyStand),
        Cause::FirstLine => match ground.rules.allocation {
            Allocation::DrawDown => Said::plain(Key::ExplainAllOnFirst),
            Allocation::FirstLine => Said::plain(Key::ExplainLineByLine),
        },
        Cause::ExcludedCounted => Said::plain(Key::ExplainWithExcluded),
        Cause::LeftOutCounted => Said::plain(Key::ExplainWithLeftOut),
        Cause::DuplicatesCounted => Said::plain(Key::ExplainWithDuplicates),
        Cause::UnmatchedCounted => Said::plain(Key::ExplainWithUnmatched),
        Cause::EntriesMissing => Said::plain(Key::ExplainWithoutLater),
        Cause::Unexplained => Said::from(""),
    };
    let key = if is_shared { Key::ExplainPoolFit } else { Key::ExplainFit };
    Said::message(key, [sums, ("how", how), quantity, unit])
}

/// The state of an order that takes no entries.
fn state_of(state: OrderState) -> Said {
    let name = match state {
        OrderState::Draft => "draft",
        OrderState::Sent => "sent",
        OrderState::Cancel => "cancelled",
        OrderState::Sale => "sale",
        OrderState::Locked | OrderState::Done => "done",
    };
    Said::Word(Group::State, name.to_owned())
}

/// What keeps an entry that leads here from counting; `None` where nothing
/// about the entry itself does.
pub(super) fn fate(
    ground: &Ground<'_>,
    row: &EntryRow,
    standing: Option<Standing>,
    kind: Option<FaultKind>,
) -> Option<(&'static str, &'static str, Said)> {
    let period = &ground.rules.period;
    let (fate, why) = match standing {
        Some(Standing::Counted) => return None,
        None => ("rejected", Said::plain(Key::ExplainVersion)),
        Some(Standing::Duplicate) => {
            let why = match kind {
                Some(FaultKind::EntryChanged) => Key::ExplainChanged,
                Some(FaultKind::SuspectedDuplicate) => Key::ExplainSuspected,
                _ => Key::ExplainDuplicate,
            };
            ("duplicate", Said::plain(why))
        }
        Some(Standing::Excluded) if row.date > period.as_of => {
            ("excluded", Said::message(Key::ExplainLater, [("day", period.as_of.into())]))
        }
        Some(Standing::Excluded) => ("excluded", Said::plain(Key::ExplainEarlier)),
        Some(Standing::CountedOrLeftOut) => ("not_counted", Said::plain(Key::ExplainLeftOut)),
    };
    Some((fate, "4", why))
}

/// Rule 5.3.
pub(super) fn mismatch(ground: &Ground<'_>, row: &EntryRow) -> Option<Said> {
    let book = ground.book;
    let fate = ground.settled.fates.get(&row.key);
    let line = fate.and_then(|fate| fate.mismatch(row.unit));
    let line = line.filter(|line| !accepts(book, *line, row.unit))?;
    let filled = [
        ("unit", Said::from(book.units.naming(row.unit))),
        ("sold", Said::from(book.line(line).unit_text.as_str())),
        ("line", Said::from(book.line(line).id.as_str())),
    ];
    Some(Said::message(Key::ExplainMismatch, filled))
}

fn text_of<'k>(key: &'k EntryKey, parts: &[KeyPart]) -> Option<&'k str> {
    parts.iter().find_map(|part| key.get(*part))
}

const LINE: [KeyPart; 3] = [KeyPart::LineLabel, KeyPart::LineId, KeyPart::LineDatabaseId];
const TASK: [KeyPart; 3] = [KeyPart::Task, KeyPart::TaskId, KeyPart::TaskDatabaseId];
const CONTRACT: [KeyPart; 3] =
    [KeyPart::Contract, KeyPart::ContractId, KeyPart::ContractDatabaseId];
const TRACKED: [KeyPart; 4] = [KeyPart::Project, KeyPart::Activity, KeyPart::Tags, KeyPart::Client];

/// The rule by which a key leads here, and what of the entry it looked at.
pub(super) fn attribution(ground: &Ground<'_>, key: &EntryKey) -> (&'static str, Said) {
    let fate = ground.settled.fates.get(key).map(|fate| &fate.attribution);
    let said = |parts: &[KeyPart], by: Key| match text_of(key, parts) {
        Some(text) => Said::message(by, [("said", text.into())]),
        None => {
            let said = text_of(key, &TRACKED).unwrap_or_default();
            Said::message(Key::ExplainByMap, [("said", said.into())])
        }
    };
    match fate {
        Some(Attribution::To(_, AttributionRule::NamedLine)) => {
            ("4.1", said(&LINE, Key::ExplainByLine))
        }
        Some(Attribution::To(_, AttributionRule::Task)) => ("4.2", said(&TASK, Key::ExplainByTask)),
        _ => ("4.3", said(&CONTRACT, Key::ExplainByContract)),
    }
}

/// Why an order takes no entries.
pub(super) fn refused(book: &Book, lines: &[LineIndex]) -> Said {
    let mut orders: Vec<Said> = lines
        .iter()
        .map(|line| {
            let order = book.order_of(*line);
            let filled = [("order", Said::from(&order.name)), ("state", state_of(order.state))];
            Said::message(Key::ExplainOrderIs, filled)
        })
        .collect();
    orders.dedup();
    let orders = Said::Listed(Key::Clauses, orders);
    Said::message(Key::ExplainRefused, [("orders", orders)])
}

/// Why an entry leads nowhere.
pub(super) fn unmatched(key: &EntryKey, reason: &UnmatchedReason, candidate: &str) -> Said {
    let quoted = |parts: &[KeyPart]| ("said", Said::from(text_of(key, parts).unwrap_or_default()));
    let why = match reason {
        UnmatchedReason::NoReference => Said::plain(Key::ExplainNamesNothing),
        UnmatchedReason::NotMapped => Said::message(Key::ExplainNotMapped, [quoted(&TRACKED)]),
        UnmatchedReason::AmbiguousMap => Said::plain(Key::ExplainMappedTwice),
        UnmatchedReason::UnknownTarget => Said::plain(Key::ExplainUnknownTarget),
        UnmatchedReason::UnknownLine => Said::message(Key::ExplainUnknownLine, [quoted(&LINE)]),
        UnmatchedReason::AmbiguousLine(_) => {
            Said::message(Key::ExplainAmbiguousLine, [quoted(&LINE)])
        }
        UnmatchedReason::AmbiguousTask(_) => {
            Said::message(Key::ExplainAmbiguousTask, [quoted(&TASK)])
        }
        UnmatchedReason::TaskWithoutLine => {
            Said::message(Key::ExplainTaskWithoutLine, [quoted(&TASK)])
        }
        UnmatchedReason::UnknownTask => Said::message(Key::ExplainUnknownTask, [quoted(&TASK)]),
        UnmatchedReason::UnknownContract => {
            Said::message(Key::ExplainUnknownContract, [quoted(&CONTRACT)])
        }
        UnmatchedReason::ContractNotTracked => {
            Said::message(Key::ExplainContractNotTracked, [quoted(&CONTRACT)])
        }
        UnmatchedReason::AmbiguousContract if candidate.is_empty() => {
            return Said::message(Key::ExplainAmbiguousContract, [quoted(&CONTRACT)]);
        }
        UnmatchedReason::AmbiguousContract => {
            let products = ("products", Said::from(candidate));
            return Said::message(Key::ExplainAmbiguousContractOf, [quoted(&CONTRACT), products]);
        }
    };
    if candidate.is_empty() {
        return why;
    }
    Said::message(Key::ExplainNearest, [("why", why), ("candidate", candidate.into())])
}
