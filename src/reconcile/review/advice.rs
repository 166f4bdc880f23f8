//! Set-ups that go wrong though every row of them can be read.

use std::collections::BTreeMap;

use crate::diagnostics::{Phrase, Place};
use crate::model::{
    Book, Candidates, EntryKey, Exact, InvoicingPolicy, KeyPart, LineIndex, OrderState,
    ProductKind, Tracking, toml_key,
};
use crate::reconcile::attribute::{Attribution, AttributionRule, Target};
use crate::reconcile::partial::PartialSums;
use crate::reconcile::settle::Settled;

/// What a piece of advice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AdviceKind {
    /// Nearly all confirmed orders are locked.
    LockedOrders,
    /// Prepaid by the piece, and nothing says how many hours one is.
    PieceWithoutHours,
    /// Confirmed and tracked, and nothing leads to it.
    NothingTracked,
    /// Entries name another line than their task does.
    OtherLineThanTask,
    /// Invoiced ahead, though by delivered quantities.
    PrepaidByDelivery,
}

impl AdviceKind {
    /// The stable name, as JSON has it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::LockedOrders => "locked_orders",
            Self::PieceWithoutHours => "piece_without_hours",
            Self::NothingTracked => "nothing_tracked",
            Self::OtherLineThanTask => "other_line_than_task",
            Self::PrepaidByDelivery => "prepaid_by_delivery",
        }
    }
}

/// One piece of advice; it is no exception, and no figure is in doubt by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// What it is about.
    pub kind: AdviceKind,
    /// The row of the first order line concerned.
    pub place: Option<Place>,
    /// How many lines, orders or entries are concerned.
    pub count: u64,
    /// What was found.
    pub found: Phrase,
    /// What to change, and where.
    pub action: Phrase,
}

/// All advice, by kind and place. `locked` is how many of how many confirmed
/// orders are locked, where a lock may mean nothing.
#[must_use]
pub fn advice(
    book: &Book,
    sums: &PartialSums,
    settled: &Settled,
    locked: Option<(u64, u64)>,
) -> Vec<Advice> {
    let mut found: Vec<Advice> = locked.map(locked_orders).into_iter().collect();
    let exports_tasks = book.lines.iter().any(|line| line.task.is_some());
    // The lines of one product are one piece of advice.
    let mut by_product: BTreeMap<(AdviceKind, &str), Vec<LineIndex>> = BTreeMap::new();
    for at in (0..book.lines.len()).map(LineIndex) {
        let kinds = [
            is_piece_without_hours(book, at).then_some(AdviceKind::PieceWithoutHours),
            is_nothing_tracked(book, settled, at, exports_tasks)
                .then_some(AdviceKind::NothingTracked),
            is_prepaid_by_delivery(book, settled, at).then_some(AdviceKind::PrepaidByDelivery),
        ];
        for kind in kinds.into_iter().flatten() {
            by_product.entry((kind, &book.line(at).product)).or_default().push(at);
        }
    }
    found.extend(
        by_product
            .into_iter()
            .map(|((kind, product), lines)| of_product(book, kind, product, &lines)),
    );
    found.extend(other_lines(book, sums, settled));
    found.sort_by_cached_key(|a| (a.kind, a.place.clone(), a.count.to_string(), a.found.clone()));
    found
}

fn locked_orders((locked, confirmed): (u64, u64)) -> Advice {
    Advice {
        kind: AdviceKind::LockedOrders,
        place: None,
        count: locked,
        found: Phrase::OrdersLocked { locked, confirmed },
        action: Phrase::IgnoreLocks,
    }
}

fn is_piece_without_hours(book: &Book, index: LineIndex) -> bool {
    let line = book.line(index);
    book.order_of(index).state == OrderState::Sale
        && line.policy == Some(InvoicingPolicy::Ordered)
        && line.hours_per_unit.is_none()
        && line.unit.is_some_and(|unit| !book.units.is_time(unit))
        && matches!(line.tracking, Some(Tracking::Contract | Tracking::Task))
}

fn is_nothing_tracked(
    book: &Book,
    settled: &Settled,
    index: LineIndex,
    exports_tasks: bool,
) -> bool {
    let line = book.line(index);
    let can_be_found = match line.tracking {
        Some(Tracking::Contract) => line.contract.is_some(),
        // An export without a column for tasks says nothing by its absence.
        Some(Tracking::Task) => line.task.is_some() || !exports_tasks,
        _ => true,
    };
    let entries = settled.settlements.get(index.0).map_or(0, |settlement| settlement.entries);
    book.order_of(index).state == OrderState::Sale && !can_be_found && entries == 0
}

fn is_prepaid_by_delivery(book: &Book, settled: &Settled, index: LineIndex) -> bool {
    let line = book.line(index);
    let delivered = settled.settlements.get(index.0).and_then(|s| s.delivered.as_ref());
    let invoiced_ahead =
        line.invoiced.as_ref().zip(delivered).zip(line.ordered.as_ref()).is_some_and(
            |((invoiced, delivered), ordered)| {
                ordered.is_positive() && invoiced >= ordered && invoiced > delivered
            },
        );
    book.order_of(index).state == OrderState::Sale
        && line.policy == Some(InvoicingPolicy::Delivered)
        && line.kind == ProductKind::Service
        && (invoiced_ahead || line.hours_per_unit.as_ref().is_some_and(Exact::is_positive))
}

fn of_product(book: &Book, kind: AdviceKind, product: &str, lines: &[LineIndex]) -> Advice {
    let first = lines.first().map(|line| book.line(*line));
    let count = lines.len() as u64;
    let key = toml_key(product).into();
    let unit = first.map_or("", |line| line.unit_text.as_str()).into();
    let (product, lines) = (product.into(), count);
    let (found, action) = match kind {
        AdviceKind::PieceWithoutHours => (
            Phrase::PieceWithoutHours { product, lines, unit },
            Phrase::SayHoursOfPiece { product: key },
        ),
        AdviceKind::NothingTracked => {
            (Phrase::NothingTracked { product, lines }, Phrase::GiveAccountOrTask)
        }
        _ => (
            Phrase::PrepaidByDelivery { product, lines },
            Phrase::InvoiceByOrdered { product: key },
        ),
    };
    Advice { kind, place: first.map(|line| line.place.clone()), count, found, action }
}

/// Entries whose own line is not one of their task's.
fn other_lines(book: &Book, sums: &PartialSums, settled: &Settled) -> Vec<Advice> {
    let mut found: BTreeMap<(LineIndex, usize), u64> = BTreeMap::new();
    for ((key, cells), fate) in sums.counted.iter().zip(settled.fates.values()) {
        let Attribution::To(Target::Line(line), AttributionRule::NamedLine) = &fate.attribution
        else {
            continue;
        };
        let Some(task) = task_of(book, key) else { continue };
        let lines = &book.tasks[task].lines;
        let entries: u64 = cells.iter().map(|cell| cell.cell.tally.count).sum();
        if entries > 0 && !lines.is_empty() && !lines.contains(line) {
            *found.entry((*line, task)).or_default() += entries;
        }
    }
    let rows = found.into_iter().map(|((index, task), count)| {
        let (line, task) = (book.line(index), &book.tasks[task]);
        let line_of_order = |line: LineIndex| Phrase::LineOfOrder {
            line: book.line(line).id.as_str().into(),
            order: book.order_of(line).name.as_str().into(),
        };
        Advice {
            kind: AdviceKind::OtherLineThanTask,
            place: Some(line.place.clone()),
            count,
            found: Phrase::OtherLineThanTask {
                entries: count,
                task: task.name.as_str().into(),
                line: Box::new(line_of_order(index)),
                others: task.lines.iter().map(|other| line_of_order(*other)).collect(),
            },
            action: Phrase::CorrectEntriesOrTask,
        }
    });
    rows.collect()
}

fn task_of(book: &Book, key: &EntryKey) -> Option<usize> {
    let by_id = book.task_by_id(key.get(KeyPart::TaskId), key.get(KeyPart::TaskDatabaseId));
    by_id.or_else(|| match book.tasks_by_name(key.get(KeyPart::Task)?) {
        Candidates::One(task) => Some(task),
        _ => None,
    })
}
