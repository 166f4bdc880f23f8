//! The sentences and equations of an explanation.

use crate::diagnostics::FaultKind;
use crate::model::{
    Adjusted, Book, EntryKey, EntryRow, Exact, KeyPart, LineIndex, OrderState, Quantity, Tracking,
    UnitId,
};
use crate::reconcile::{
    Allocation, Attribution, AttributionRule, Cause, Fit, MakeUp, ManualDelivery, Measure, PartOf,
    Rounding, Standing, Target, UnmatchedReason, accepts,
};
use crate::report::{AdjustedProof, operation, unrounded};

use super::Ground;

fn amount_of(ground: &Ground<'_>, unit: UnitId, amount: &Exact) -> String {
    let units = &ground.book.units;
    format!("{} {}", Quantity::new(amount.clone(), unit).display(units), units.get(unit).name)
}

fn rounding(ground: &Ground<'_>, measure: &Measure) -> String {
    let step = &ground.book.units.get(measure.unit_id()).rounding;
    match ground.rules.rounding {
        Rounding::HalfAway => format!("rounded to {step}"),
        Rounding::Up => format!("rounded up to {step}"),
        Rounding::None => "not rounded".to_owned(),
    }
}

/// Rule 5.2 for the sum of one unit.
pub(super) fn conversion(
    ground: &Ground<'_>,
    unit: UnitId,
    sum: &Exact,
    measure: Option<&Measure>,
) -> String {
    let units = &ground.book.units;
    let start = amount_of(ground, unit, sum);
    let Some(measure) = measure else { return start };
    let Some(factor) = measure.factor_from(unit, units) else {
        return format!("{start}: not converted");
    };
    let exact = sum * &factor;
    let rounded = measure.rounded(&exact, ground.rules.rounding, units);
    let end = amount_of(ground, measure.unit_id(), &rounded);
    let how = rounding(ground, measure);
    if factor == Exact::one() {
        return format!("{start}, {how}: {end}");
    }
    let own = &units.get(measure.unit_id()).name;
    let bridge = match measure.hours(units) {
        Some(hours) if !units.is_time(measure.unit_id()) => {
            format!(" (1 {own} is {hours} hours)")
        }
        _ => String::new(),
    };
    format!("{start} {}{bridge} = {} {own}, {how}: {end}", operation(&factor), unrounded(&exact))
}

/// Whose entries these are.
pub(super) fn source(ground: &Ground<'_>, part: &PartOf<'_>) -> String {
    let book = ground.book;
    let ids = || {
        let ids: Vec<&str> = part.lines.iter().map(|line| book.line(*line).id.as_str()).collect();
        ids.join(", ")
    };
    let shared = match (part.lines.len(), ground.rules.allocation) {
        (0 | 1, _) => String::new(),
        (_, Allocation::DrawDown) => {
            ": drawn down in this order, each line up to what is left of it, the excess on the last (rule 3.5)".to_owned()
        }
        (_, Allocation::FirstLine) => ": all on the first line (rule 3.5)".to_owned(),
    };
    match part.target {
        Target::Line(_) => format!("Entries of line {}, by its name or task", ids()),
        Target::Lines(_) => format!("Entries whose name or task fits {} alike{shared}", ids()),
        Target::Contract(contract) => {
            let label = book.contracts.get(contract.0).map_or("", |contract| &contract.label);
            let of = if part.lines.len() > 1 { format!(", for {}", ids()) } else { String::new() };
            format!("Entries on the contract {label}{of}{shared}")
        }
    }
}

/// A line's part of a pool.
pub(super) fn share(ground: &Ground<'_>, index: LineIndex, share: &Exact) -> String {
    let line = ground.book.line(index);
    let unit = line.unit.map_or("", |unit| &ground.book.units.get(unit).name);
    format!(
        "{} gets {} {unit} (ordered {}).",
        line.id,
        ground.quantity(index, Some(share)),
        ground.quantity(index, line.ordered.as_ref())
    )
}

/// How a line's delivered quantity is made up.
pub(super) fn line_equation(ground: &Ground<'_>, one: &MakeUp<'_>, index: LineIndex) -> String {
    let (book, line) = (ground.book, ground.book.line(index));
    let settlement = ground.settled.settlements.get(index.0);
    let delivered = settlement.and_then(|settlement| settlement.delivered.as_ref());
    let recorded = ground.quantity(index, line.exported.as_ref());
    let (id, unit) = (&line.id, line.unit.map_or("", |unit| &book.units.get(unit).name));
    match (line.tracking, book.order_of(index).state) {
        (Some(Tracking::Manual), _) if ground.rules.manual == ManualDelivery::Recorded => {
            let by_entries =
                one.figures.get(&index).map(|figure| ground.quantity(index, Some(figure)));
            return format!(
                "{id}: delivered is what is recorded on the line, {recorded} {unit} (rule 3.3); its entries come to {}.",
                by_entries.unwrap_or_default()
            );
        }
        (Some(Tracking::None), state) if state.is_confirmed() => {
            return format!(
                "{id}: delivered is what is recorded on the line, {recorded} {unit}: nothing tracks it (rule 3.6)."
            );
        }
        (None, _) => return format!("{id}: nothing says how its delivered quantity is found."),
        (_, state) if !state.is_confirmed() => {
            return format!(
                "{id}: the order is {}, so nothing is delivered (rule 6.1).",
                state_name(state)
            );
        }
        _ => {}
    }
    let mut parts: Vec<String> = Vec::new();
    for part in &one.parts {
        let at = part.lines.iter().position(|line| *line == index);
        let Some(share) = at.and_then(|at| part.shares.get(at)) else { continue };
        if part.counted.is_empty() {
            continue;
        }
        let from = match part.target {
            Target::Line(_) => "from its own entries",
            Target::Lines(_) => "from entries of a shared name",
            Target::Contract(_) => "from the contract",
        };
        parts.push(format!("{} {from}", ground.quantity(index, Some(share))));
    }
    let delivered = ground.quantity(index, delivered);
    if parts.is_empty() {
        format!("{id}: no entries, {delivered} {unit}.")
    } else {
        format!("{id}: {} = {delivered} {unit}.", parts.join(" + "))
    }
}

/// How adjustments draw a line's quota down (rule 6.10); `None` where there are
/// none.
pub(super) fn adjusted(ground: &Ground<'_>, index: LineIndex) -> Option<AdjustedProof> {
    let line = ground.book.line(index);
    let settlement = ground.settled.settlements.get(index.0)?;
    let own = settlement.adjusted.as_ref()?;
    let quantity = |amount: Option<&Exact>| ground.quantity(index, amount);
    let (adjusted, drawn) = (quantity(Some(own)), quantity(settlement.drawn().as_ref()));
    let unit = line.unit.map_or("", |unit| &ground.book.units.get(unit).name);
    let equation = format!(
        "{}: {} delivered + {adjusted} adjusted = {drawn} {unit} drawn from the quota; {} ordered − {drawn} drawn = {} {unit} remaining (rule 6.10).",
        line.id,
        quantity(settlement.delivered.as_ref()),
        quantity(line.ordered.as_ref()),
        quantity(settlement.remaining.as_ref()),
    );
    Some(AdjustedProof { adjusted, drawn, equation })
}

/// What an adjustment is made to.
pub(super) fn adjusts(ground: &Ground<'_>, to: Adjusted) -> String {
    let book = ground.book;
    match to {
        Adjusted::Line(line) => format!("line {}", book.line(line).id),
        Adjusted::Contract(contract) => {
            let label = book.contracts.get(contract.0).map_or("", |contract| &contract.label);
            format!("the contract {label}")
        }
    }
}

/// What a binary float's print is read as (rule 5.6).
pub(super) fn read_as(ground: &Ground<'_>, row: &EntryRow) -> String {
    let is_whole = |number: &Exact| number.decimals() == Some(0);
    let hours = ground.book.units.hours_in(row.unit);
    let seconds = hours.map(|hours| &(&row.amount * &hours) * &Exact::from(3600));
    let minutes = seconds.as_ref().and_then(|seconds| seconds.divided_by(&Exact::from(60)));
    match (minutes.filter(is_whole), seconds.filter(is_whole)) {
        (Some(minutes), _) => format!("{minutes} minutes"),
        (None, Some(seconds)) => format!("{seconds} seconds"),
        (None, None) => row.amount.to_string(),
    }
}

/// The arithmetic of a cause.
pub(super) fn cause(ground: &Ground<'_>, index: LineIndex, fit: &Fit, exported: &str) -> String {
    let line = ground.book.line(index);
    let unit = line.unit.map_or("", |unit| &ground.book.units.get(unit).name);
    let step =
        line.unit.map_or_else(String::new, |unit| ground.book.units.get(unit).rounding.to_string());
    let sums: Vec<String> =
        fit.sums.iter().map(|(unit, sum)| amount_of(ground, *unit, sum)).collect();
    let sums = if sums.is_empty() { "no entries".to_owned() } else { sums.join(" and ") };
    let how = match fit.cause {
        Cause::RoundedUp => format!("each sum converted and rounded up to {step}"),
        Cause::RoundedEachEntry => {
            format!("each entry converted and rounded to {step}, then added")
        }
        Cause::NotConverted => "added as they stand".to_owned(),
        Cause::FirstLine => match ground.rules.allocation {
            Allocation::DrawDown => "all on its first line".to_owned(),
            Allocation::FirstLine => "drawn down line by line".to_owned(),
        },
        Cause::ExcludedCounted => "with the entries outside the days that count".to_owned(),
        Cause::LeftOutCounted => {
            "with the entries that are not approved or not billable".to_owned()
        }
        Cause::DuplicatesCounted => "with the duplicates".to_owned(),
        Cause::UnmatchedCounted => {
            "with the unmatched entries that carry its order, contract or task".to_owned()
        }
        Cause::EntriesMissing => "without later entries".to_owned(),
        Cause::Unexplained => String::new(),
    };
    match (ground.doubts.is_shared(index), fit.cause, fit.until) {
        (true, Cause::EntriesMissing, Some(day)) => format!(
            "the pool's entries up to {day} come to {sums}, of which this line takes {exported} {unit}"
        ),
        (false, Cause::EntriesMissing, Some(day)) => {
            format!("the entries up to {day} come to {sums}: {exported} {unit}")
        }
        (true, ..) => {
            format!("the pool's {sums}, {how}, of which this line takes {exported} {unit}")
        }
        (false, ..) => format!("{sums}, {how}: {exported} {unit}"),
    }
}

fn state_name(state: OrderState) -> &'static str {
    match state {
        OrderState::Draft => "draft",
        OrderState::Sent => "sent",
        OrderState::Cancel => "cancelled",
        OrderState::Sale => "sale",
        OrderState::Locked | OrderState::Done => "done",
    }
}

/// What keeps an entry that leads here from counting; `None` where nothing
/// about the entry itself does.
pub(super) fn fate(
    ground: &Ground<'_>,
    row: &EntryRow,
    standing: Option<Standing>,
    kind: Option<FaultKind>,
) -> Option<(&'static str, &'static str, String)> {
    let period = &ground.rules.period;
    match standing {
        Some(Standing::Counted) => None,
        None => Some((
            "rejected",
            "4",
            "one of several versions of an entry, and nothing says which is right".to_owned(),
        )),
        Some(Standing::Duplicate) => Some((
            "duplicate",
            "4",
            match kind {
                Some(FaultKind::EntryChanged) => "an earlier version of an entry that was changed",
                Some(FaultKind::SuspectedDuplicate) => {
                    "an equal entry without an id stands in another file"
                }
                _ => "the same entry stands in another row, which counts",
            }
            .to_owned(),
        )),
        Some(Standing::Excluded) if row.date > period.as_of => {
            Some(("excluded", "4", format!("later than the as-of date, {}", period.as_of)))
        }
        Some(Standing::Excluded) => {
            Some(("excluded", "4", "earlier than the days that count".to_owned()))
        }
        Some(Standing::CountedOrLeftOut) => Some((
            "not_counted",
            "4",
            "not marked as approved or billable, and only such entries count".to_owned(),
        )),
    }
}

/// Rule 5.3.
pub(super) fn mismatch(ground: &Ground<'_>, row: &EntryRow) -> Option<String> {
    let book = ground.book;
    let fate = ground.settled.fates.get(&row.key);
    let line = fate.and_then(|fate| fate.mismatch(row.unit));
    let line = line.filter(|line| !accepts(book, *line, row.unit))?;
    let sold = &book.line(line).unit_text;
    Some(format!(
        "{} is of another category than {sold}, in which {} is sold",
        book.units.get(row.unit).name,
        book.line(line).id
    ))
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
pub(super) fn attribution(ground: &Ground<'_>, key: &EntryKey) -> (&'static str, String) {
    let fate = ground.settled.fates.get(key).map(|fate| &fate.attribution);
    let by_map = || {
        let said = text_of(key, &TRACKED).unwrap_or_default();
        format!("[map] or its project says what \"{said}\" stands for")
    };
    let said = |parts: &[KeyPart], what: &str, does: &str| match text_of(key, parts) {
        Some(text) => format!("its {what} \"{text}\" {does}"),
        None => by_map(),
    };
    match fate {
        Some(Attribution::To(_, AttributionRule::NamedLine)) => {
            ("4.1", said(&LINE, "order line", "is named by the entry itself"))
        }
        Some(Attribution::To(_, AttributionRule::Task)) => {
            ("4.2", said(&TASK, "task", "works for the order line"))
        }
        _ => ("4.3", said(&CONTRACT, "contract", "has the order line")),
    }
}

/// Why an order takes no entries.
pub(super) fn refused(book: &Book, lines: &[LineIndex]) -> String {
    let mut orders: Vec<String> = lines
        .iter()
        .map(|line| {
            let order = book.order_of(*line);
            format!("{} is {}", order.name, state_name(order.state))
        })
        .collect();
    orders.dedup();
    format!("{}, and not confirmed", orders.join(", "))
}

/// Why an entry leads nowhere.
pub(super) fn unmatched(key: &EntryKey, reason: &UnmatchedReason, candidate: &str) -> String {
    let quoted = |parts: &[KeyPart]| text_of(key, parts).unwrap_or_default().to_owned();
    let why = match reason {
        UnmatchedReason::NoReference => "it names nothing".to_owned(),
        UnmatchedReason::NotMapped => {
            format!("[map] says nothing of \"{}\"", quoted(&TRACKED))
        }
        UnmatchedReason::AmbiguousMap => "its tags stand for several things".to_owned(),
        UnmatchedReason::UnknownTarget => "what [map] says it stands for is in no input".to_owned(),
        UnmatchedReason::UnknownLine => format!("no order line is \"{}\"", quoted(&LINE)),
        UnmatchedReason::AmbiguousLine(_) => {
            format!("\"{}\" fits several order lines", quoted(&LINE))
        }
        UnmatchedReason::AmbiguousTask(_) => {
            format!("task \"{}\" fits several order lines", quoted(&TASK))
        }
        UnmatchedReason::TaskWithoutLine => {
            format!("task \"{}\" has no order line, and it names no contract", quoted(&TASK))
        }
        UnmatchedReason::UnknownTask => format!("no input has the task \"{}\"", quoted(&TASK)),
        UnmatchedReason::UnknownContract => {
            format!("no order has the contract \"{}\"", quoted(&CONTRACT))
        }
        UnmatchedReason::ContractNotTracked => {
            format!("no product on the contract \"{}\" is tracked per contract", quoted(&CONTRACT))
        }
        UnmatchedReason::AmbiguousContract => {
            let products =
                if candidate.is_empty() { String::new() } else { format!(" ({candidate})") };
            return format!(
                "the contract \"{}\" sells several products{products}, and its hours cannot be told apart (rule 3.4)",
                quoted(&CONTRACT)
            );
        }
    };
    if candidate.is_empty() { why } else { format!("{why}; nearest is {candidate}") }
}
