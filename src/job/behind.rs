//! The entries behind the reports: unmatched ones, those that are exceptions,
//! and the days of the upsells.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::diagnostics::{Amount, Fault, FaultKind, Phrase};
use crate::engine::{Days, Found};
use crate::history::Known;
use crate::model::{
    Book, EntryKey, EntryRow, LineIndex, OrderState, UnitId, default_rounding, print_amount,
};
use crate::reconcile::{
    Attribution, AttributionRule, BurnDown, CustomerContracts, DailySums, KeyFate, Mapping,
    NearestCandidates, Rules, Settled, Upsell, WaitingEntries, reached_on,
};
use crate::report::{UnmatchedRow, UpsellRow};

use super::targets::set_of_keys;

/// Which entries a report lists, or needs day by day.
pub(super) struct Wanted<'a> {
    settled: &'a Settled,
    /// By the place of a key, the upsell that its entries are for.
    upsell_of_key: Vec<Option<OfUpsell>>,
    list_unmatched: bool,
}

/// Which upsell the entries of a key are for.
#[derive(Debug, Clone, Copy)]
struct OfUpsell {
    number: u32,
    /// All of them, whatever their unit.
    all: bool,
}

impl<'a> Wanted<'a> {
    pub(super) fn new(settled: &'a Settled, list_unmatched: bool) -> Self {
        let upsells = settled.upsells.iter().enumerate().filter(|(_, upsell)| upsell.by_entries);
        let lines = upsells.map(|(at, upsell)| (at, upsell.lines.as_slice()));
        let sets = set_of_keys(settled, lines);
        let of_key = |(number, fate): (Option<u32>, &KeyFate)| {
            Some(OfUpsell { number: number?, all: fate.mismatched.is_empty() })
        };
        let upsell_of_key = sets.into_par_iter().zip(settled.fates.as_slice()).map(of_key);
        Self { settled, upsell_of_key: upsell_of_key.collect(), list_unmatched }
    }

    fn upsell_of(&self, key: usize) -> Option<OfUpsell> {
        self.upsell_of_key.get(key).copied().flatten()
    }

    /// Reads where it is known of a key whether it is wanted, so that it is near.
    pub(super) fn call_for(&self, key: usize) -> bool {
        self.upsell_of(key).is_some()
    }

    /// Of the key at a place among the sums.
    pub(super) fn wants(&self, key: usize, unit: UnitId) -> Days {
        let Some(fate) = self.settled.fates.at(key) else { return Days::NEVER };
        match &fate.attribution {
            Attribution::Unmatched(_) => Days::TEXTS.when(self.list_unmatched),
            Attribution::Refused(..) => Days::TEXTS,
            Attribution::To(..) if fate.mismatch(unit).is_some() => Days::TEXTS,
            Attribution::To(..) => Days::AMOUNTS.when(self.upsell_of(key).is_some()),
        }
    }

    /// Whether any entry is.
    pub(super) fn has_any(&self) -> bool {
        self.settled.upsells.iter().any(|upsell| upsell.by_entries)
            || self.settled.fates.values().any(|fate| match fate.attribution {
                Attribution::Unmatched(_) => self.list_unmatched,
                Attribution::Refused(..) => true,
                Attribution::To(..) => !fate.mismatched.is_empty(),
            })
    }

    /// Takes an entry to where it belongs, if it is wanted here.
    pub(super) fn take(
        &self,
        book: &Book,
        found: Found,
        (unmatched, faults): (&mut Unmatched, &mut Vec<Fault>),
        of_upsells: &mut OfUpsells,
    ) {
        let Found { key, date, unit, addend, row, .. } = found;
        let upsell = self.upsell_of(key);
        let mut of_upsell = |number: u32| {
            if let Ok(key) = u32::try_from(key) {
                of_upsells.push(number as usize, (key, date), (unit, addend));
            }
        };
        // Nearly all are like the first of these; of the rest a row without a text
        // is of no interest but for an upsell.
        match upsell {
            Some(OfUpsell { number, all: true }) => return of_upsell(number),
            None if row.is_none() => return,
            _ => {}
        }
        let Some(fate) = self.settled.fates.at(key) else { return };
        match (&fate.attribution, row) {
            (Attribution::Unmatched(reason), Some(row)) => {
                let (reason, candidate) = (reason.name(), Arc::default());
                unmatched.0.push((key, UnmatchedRow { entry: *row, reason, candidate }));
            }
            (Attribution::Refused(lines, rule), Some(row)) => {
                faults.push(refused(book, &row, lines, *rule));
            }
            (Attribution::To(..), row) => {
                if let Some(line) = fate.mismatch(unit) {
                    faults.extend(row.map(|row| mismatched(book, &row, line)));
                } else if let Some(upsell) = upsell {
                    of_upsell(upsell.number);
                }
            }
            (Attribution::Unmatched(_) | Attribution::Refused(..), None) => {}
        }
    }
}

/// Unmatched entries, each with the place of its key among the sums.
#[derive(Debug, Default)]
pub(super) struct Unmatched(Vec<(usize, UnmatchedRow)>);

impl Unmatched {
    /// Adds those of later rows.
    pub(super) fn append(&mut self, mut other: Self) {
        self.0.append(&mut other.0);
    }

    /// Says of each what it may have meant, of a key once.
    pub(super) fn with_candidates(
        self,
        book: &Book,
        settled: &Settled,
        mapping: &Mapping,
    ) -> Vec<UnmatchedRow> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let near = NearestCandidates::new(book, mapping);
        let keys: BTreeMap<usize, &EntryKey> =
            self.0.iter().map(|(at, row)| (*at, &*row.entry.key)).collect();
        // Shared: many entries have one key, and a candidate may be a list.
        let candidates: BTreeMap<usize, Arc<str>> = keys
            .into_par_iter()
            .filter_map(|(at, key)| match &settled.fates.at(at)?.attribution {
                Attribution::Unmatched(reason) => Some((at, near.candidate(key, reason).into())),
                _ => None,
            })
            .collect();
        let with_candidate = |(key, row): (usize, UnmatchedRow)| {
            let candidate = candidates.get(&key).cloned().unwrap_or_default();
            UnmatchedRow { candidate, ..row }
        };
        self.0.into_iter().map(with_candidate).collect()
    }
}

/// Entries of upsells: the number of each one's key, which is below 2^32, and its
/// day.
pub(super) type OfUpsells = WaitingEntries<(u32, NaiveDate)>;

fn refused(book: &Book, row: &EntryRow, lines: &[LineIndex], rule: AttributionRule) -> Fault {
    let column = match rule {
        AttributionRule::NamedLine => "line",
        AttributionRule::Task => "task",
        AttributionRule::Contract => "contract",
    };
    let mut orders: Vec<Phrase> = lines
        .iter()
        .map(|line| {
            let order = book.order_of(*line);
            let name = order.name.as_str().into();
            match order.state {
                OrderState::Draft => Phrase::DraftOrder { order: name },
                OrderState::Sent => Phrase::SentOrder { order: name },
                _ => Phrase::CancelledOrder { order: name },
            }
        })
        .collect();
    orders.dedup();
    Fault::new(
        FaultKind::OrderNotConfirmed,
        row.place.in_column(column),
        Phrase::EntryOfOrders { quantity: Box::new(amount_of(book, row)), orders },
        Phrase::ConfirmedOrder,
        Phrase::ConfirmOrBookElsewhere,
    )
}

/// What an entry says in its unit.
fn amount_of(book: &Book, row: &EntryRow) -> Amount {
    let number = print_amount(&row.amount, &default_rounding());
    Amount::new(number, book.units.naming(row.unit))
}

fn mismatched(book: &Book, row: &EntryRow, line: LineIndex) -> Fault {
    let units = &book.units;
    let line = book.line(line);
    let category = line.unit.map(|unit| units.category_naming(unit)).unwrap_or_default();
    Fault::new(
        FaultKind::CategoryMismatch,
        row.place.in_column("unit"),
        Phrase::QuantityOfCategory {
            quantity: Box::new(amount_of(book, row)),
            category: Box::new(units.category_naming(row.unit).into_owned()),
        },
        Phrase::UnitOfCategory {
            category: Box::new(category.into_owned()),
            line: line.id.as_str().into(),
            unit: Box::new(book.unit_of(line).into_owned()),
        },
        match line.unit {
            Some(unit) if !units.is_time(unit) && units.is_time(row.unit) => {
                Phrase::HoursPerUnit { product: crate::model::toml_key(&line.product).into() }
            }
            _ => Phrase::CorrectUnit,
        },
    )
}

/// The upsells, with the days of their entries, which each thread has some of.
pub(super) fn upsell_rows(
    book: &Book,
    settled: &Settled,
    entries: Vec<OfUpsells>,
    rules: &Rules,
    burn_downs: bool,
) -> Vec<UpsellRow> {
    let contracts = CustomerContracts::new(book, settled);
    let entries: Vec<_> = entries.into_iter().map(OfUpsells::sorted).collect();
    let of_upsell = |(at, upsell): (usize, &Upsell)| {
        let mut days = DailySums::default();
        for ((key, day), unit, addend) in entries.iter().flat_map(|of_thread| of_thread.of(at)) {
            if let Some(target) = settled.fates.at(key as usize).and_then(KeyFate::target) {
                days.add(day, target, unit, addend);
            }
        }
        let (customer_remaining, covered_by) = contracts.elsewhere(upsell);
        let reached_on = reached_on(book, upsell, &days, rules);
        let lines = (upsell.lines.as_slice(), &upsell.measure, &upsell.ordered);
        let burn_down = (burn_downs && upsell.by_entries)
            .then(|| BurnDown::new(book, lines, &days, rules))
            .flatten();
        UpsellRow {
            upsell: upsell.clone(),
            reached_on,
            burn_down,
            customer_remaining,
            covered_by,
            known: Known::default(),
        }
    };
    settled.upsells.par_iter().enumerate().map(of_upsell).collect()
}
