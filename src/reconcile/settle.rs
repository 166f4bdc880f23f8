//! Settlement (chapter 6): from attributed sums to what each line delivered,
//! what is left of it, and what that means.

mod entries;
mod fates;
mod quotas;

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::model::{
    Book, ContractIndex, EntryKey, Exact, InvoiceStatus, InvoicingPolicy, KeyPart, LineIndex,
    Money, OrderLine, OrderState, Tracking, UnitId, Window,
};

use super::adjust::adjusted_of_lines;
use super::attribute::{Attribution, Attributor, KnownLineIds, Target, accepts};
use super::convert::Measure;
use super::key_sums::KeyCell;
use super::partial::PartialSums;
use super::pool::{
    Serving, Share, allocate, lessened_by, places, servings, share_in_line_unit, split_hours,
};
use super::rules::{ManualDelivery, Rules};

use entries::{Chain, Entries, KeysOf, MetEntries, Time, WHOLE_LIFE};
pub use fates::{Fates, KeyFate, SumsByFate};
pub(super) use quotas::is_used_up;

/// What a line's figures mean, the first that applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Draft or sent.
    NotConfirmed,
    /// Cancelled.
    Cancelled,
    /// Goods, and services nobody tracks.
    NotTracked,
    /// Rule 3.4, or something that is needed is unknown.
    Exception,
    /// Done.
    Locked,
    /// Rule 6.3.
    Upsell,
    /// Rule 6.4.
    Near,
    /// None of these.
    Ok,
}

impl Status {
    /// Every status, in the order in which they are tried.
    pub const ALL: [Self; 8] = [
        Self::NotConfirmed,
        Self::Cancelled,
        Self::NotTracked,
        Self::Exception,
        Self::Locked,
        Self::Upsell,
        Self::Near,
        Self::Ok,
    ];

    /// The stable name, as delivered.csv writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NotConfirmed => "not_confirmed",
            Self::Cancelled => "cancelled",
            Self::NotTracked => "not_tracked",
            Self::Exception => "exception",
            Self::Locked => "locked",
            Self::Upsell => "upsell",
            Self::Near => "near",
            Self::Ok => "ok",
        }
    }
}

/// The figures of one order line. Quantities are in the line's unit.
#[derive(Debug, Clone)]
pub struct Settlement {
    /// Delivered quantity; `None` when it does not apply or is unknown (6.1).
    pub delivered: Option<Exact>,
    /// Hours of the attributed entries, exact.
    pub hours: Exact,
    /// Attributed entries.
    pub entries: u64,
    /// First day of an entry.
    pub first: Option<NaiveDate>,
    /// Last day of an entry.
    pub last: Option<NaiveDate>,
    /// Value of what was delivered within the quota (6.5).
    pub consumed: Option<Money>,
    /// Value of what was delivered past it (6.5).
    pub overrun: Option<Money>,
    /// The status.
    pub status: Status,
    /// Rule 6.6 for the line.
    pub invoice_status: Option<InvoiceStatus>,
    /// Rule 6.6 for its order.
    pub order_invoice_status: Option<InvoiceStatus>,
    /// What the entries of a manual line give (3.3).
    pub proposed: Option<Exact>,
    /// Hours in the period under review.
    pub period_hours: Exact,
    /// Hours before it.
    pub hours_before: Exact,
    /// What is left to invoice.
    pub to_invoice: Option<Exact>,
    /// Adjustments, by name or by its share of a pool's (6.10); `None` where
    /// there are none.
    pub adjusted: Option<Exact>,
    /// What is paid for: ordered, less what negative lines of its pool take.
    pub quota: Option<Exact>,
}

impl Settlement {
    /// What draws the quota down: delivered and adjusted (6.10).
    #[must_use]
    pub fn drawn(&self) -> Option<Exact> {
        drawn(self.delivered.as_ref(), self.adjusted.as_ref())
    }

    /// Ordered − drawn (6.2), of the line that it is of.
    #[must_use]
    pub fn remaining(&self, line: &OrderLine) -> Option<Exact> {
        Some(line.ordered.as_ref()? - &self.drawn()?)
    }

    /// Drawn ÷ ordered (6.2); none of nothing ordered.
    #[must_use]
    pub fn used(&self, line: &OrderLine) -> Option<Exact> {
        self.drawn()?.divided_by(line.ordered.as_ref()?)
    }

    /// What is left to invoice, at the net unit price.
    #[must_use]
    pub fn to_invoice_value(&self, line: &OrderLine) -> Option<Money> {
        let value = self.to_invoice.as_ref()? * line.net_price.as_ref()?;
        Some(Money::new(value, line.currency.clone()).rounded())
    }
}

fn drawn(delivered: Option<&Exact>, adjusted: Option<&Exact>) -> Option<Exact> {
    let delivered = delivered?;
    Some(adjusted.map_or_else(|| delivered.clone(), |adjusted| delivered + adjusted))
}

/// Prepaid lines that are judged together: a pool, or one line by itself.
#[derive(Debug, Clone)]
pub struct Quota {
    /// Its lines, in draw-down order.
    pub lines: Vec<LineIndex>,
    /// What it is measured in: the first line's measure.
    pub measure: Measure,
    /// Ordered, all lines together.
    pub ordered: Exact,
    /// Delivered, all lines together.
    pub delivered: Exact,
    /// Adjustments, all lines together.
    pub adjusted: Exact,
    /// Upsell, near or ok; locked where all of its orders are done.
    pub status: Status,
}

impl Quota {
    /// Delivered and adjusted: what is drawn from it.
    #[must_use]
    pub fn drawn(&self) -> Exact {
        &self.delivered + &self.adjusted
    }

    /// What an amount of a unit, on one of its lines or pools, is multiplied by
    /// for the unit of the quota: a pack of hours has its own size on each line,
    /// though all of them are pieces (rule 5.3).
    #[must_use]
    pub fn factor_from(&self, book: &Book, target: &Target, unit: UnitId) -> Option<Exact> {
        let measure = target.measure(book, &self.lines)?;
        let factor = measure.factor_from(unit, &book.units)?;
        Some(&factor * &self.measure.factor_from_measure(&measure, &book.units)?)
    }

    /// What is left of it; below zero where it is overdrawn.
    #[must_use]
    pub fn remaining(&self) -> Exact {
        &self.ordered - &self.drawn()
    }
}

/// An order line or a pool whose quota is used up: one row of upsell.csv.
#[derive(Debug, Clone)]
pub struct Upsell {
    /// Its lines, in draw-down order.
    pub lines: Vec<LineIndex>,
    /// What it is measured in: the first line's measure.
    pub measure: Measure,
    /// Ordered, all lines together.
    pub ordered: Exact,
    /// Delivered, all lines together.
    pub delivered: Exact,
    /// Adjustments, all lines together (6.10).
    pub adjusted: Exact,
    /// The share of `ordered` at which it became an upsell.
    pub threshold: Exact,
    /// Value of the overrun, where the lines have prices.
    pub overrun: Option<Money>,
    /// Whether entries say when the quota was reached: not for quantities that
    /// are recorded by hand.
    pub by_entries: bool,
}

impl Upsell {
    /// Delivered and adjusted: what the quota is held against.
    #[must_use]
    pub fn drawn(&self) -> Exact {
        &self.delivered + &self.adjusted
    }

    /// Drawn less ordered.
    #[must_use]
    pub fn excess(&self) -> Exact {
        &self.drawn() - &self.ordered
    }
}

/// Hours that several lines share: a contract's pool, or lines that one name
/// fits.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) lines: Vec<LineIndex>,
    pub(super) measure: Option<Measure>,
    /// The sum in the pool's unit, once known.
    pub(super) total: Exact,
    /// The contract, of a contract's pool.
    pub(super) contract: Option<ContractIndex>,
}

/// Everything that settlement finds.
#[derive(Debug)]
pub struct Settled {
    /// One per line of the book, in its order.
    pub settlements: Vec<Settlement>,
    /// Upsells, in no particular order.
    pub upsells: Vec<Upsell>,
    /// Prepaid quotas of confirmed orders, by their first line in the book.
    pub quotas: Vec<Quota>,
    /// What became of each key.
    pub fates: Fates,
    /// What entries on each contract of the book meet.
    pub servings: Vec<Serving>,
    /// Lines of contracts that are ambiguous by rule 3.4, per contract.
    pub ambiguous: Vec<(ContractIndex, Vec<LineIndex>)>,
    /// What the entries of all keys come to, for the control totals.
    pub sums: SumsByFate,
}

/// Settles every line of a book.
#[must_use]
pub fn settle(book: &Book, sums: &PartialSums, known_ids: KnownLineIds, rules: &Rules) -> Settled {
    let servings = servings(book);
    let attributor = Attributor::new(book, &servings, known_ids, rules);
    let keys = sums.counted.keys();
    let may_be = |label| book.may_be_display_name(label);
    if keys.par_iter().any(|key| key.get(KeyPart::LineLabel).is_some_and(may_be)) {
        book.draw_up_labels();
    }
    let fate = |(at, key): (usize, &EntryKey)| {
        let attribution = attributor.attribute(key);
        let mismatched = mismatched(book, &servings, &attribution, sums.counted.cells(at));
        KeyFate { attribution, mismatched }
    };
    let fates: Vec<KeyFate> = keys.as_slice().par_iter().enumerate().map(fate).collect();
    let fates = Fates::new(Arc::clone(keys), fates);
    Settler { book, rules, sums, keys: KeysOf::new(book, &sums.counted, &fates) }
        .settle(servings, fates)
}

/// Units of a key's entries that the line where it leads cannot take (rule 5.3).
fn mismatched(
    book: &Book,
    servings: &[Serving],
    attribution: &Attribution,
    cells: &[KeyCell],
) -> Vec<(UnitId, LineIndex)> {
    let Attribution::To(target, _) = attribution else { return Vec::new() };
    let Some(first) = target.lines(servings).first().copied() else { return Vec::new() };
    let refused = cells.iter().filter(|cell| !accepts(book, first, cell.unit));
    let mut mismatched: Vec<(UnitId, LineIndex)> = refused.map(|cell| (cell.unit, first)).collect();
    // The cells are in the order of their units.
    mismatched.dedup();
    mismatched
}

/// Pools that are shared out before their lines take what they get.
const POOLS_AT_A_TIME: usize = 1 << 13;

struct Settler<'a> {
    book: &'a Book,
    rules: &'a Rules,
    sums: &'a PartialSums,
    keys: KeysOf,
}

impl Settler<'_> {
    /// The entries of some keys that their lines can take.
    fn entries(&self, fates: &Fates, chain: Chain) -> Entries {
        let cells = self.keys.iter(chain).flat_map(|at| {
            let fate = fates.at(at);
            let cells = self.sums.counted.cells(at).iter();
            cells.filter(move |cell| fate.is_some_and(|fate| fate.mismatch(cell.unit).is_none()))
        });
        Entries::new(&self.book.units, cells)
    }

    fn settle(self, servings: Vec<Serving>, fates: Fates) -> Settled {
        let book = self.book;
        // What the entries that name a line give, in its unit (rule 5.2).
        let of_line = |(line, chain): (&OrderLine, &Chain)| {
            if chain.is_none() {
                return (Exact::zero(), LineExtra::default());
            }
            let entries = self.entries(&fates, *chain);
            let named = Measure::of(line).map(|measure| {
                let wanted = (&WHOLE_LIFE[..], &measure);
                entries.converted(wanted, self.rules.rounding, &book.units)
            });
            let time = entries.time(&book.units);
            let extra = LineExtra { time, entries: entries.met(), ..LineExtra::default() };
            (named.unwrap_or_default(), extra)
        };
        let (direct_named, mut extra): (Vec<Exact>, Vec<LineExtra>) =
            book.lines.par_iter().zip(&self.keys.lines).map(of_line).unzip();
        let mut named = direct_named.clone();

        // Lines that one name fits come first: their hours name them.
        let mut shared: Vec<Shared> = Vec::new();
        for (lines, chain) in &self.keys.groups {
            let (pool, parts) = self.share_out(lines, &self.entries(&fates, *chain), &named);
            take_parts(parts, &mut named, &mut extra);
            shared.push(pool);
        }
        // A line is in the pool of one contract at most. What pools give waits to be
        // taken, so it is of some of them at a time.
        for first in (0..servings.len()).step_by(POOLS_AT_A_TIME) {
            let of_contract = |contract: usize| {
                let Serving::Pool(lines) = servings.get(contract)? else { return None };
                let entries = self.entries(&fates, self.keys.contracts[contract]);
                let (pool, parts) = self.share_out(lines, &entries, &named);
                Some((Shared { contract: Some(ContractIndex(contract)), ..pool }, parts))
            };
            let contracts = (first..first + POOLS_AT_A_TIME).into_par_iter();
            let pools: Vec<(Shared, Vec<SharePart>)> = contracts.filter_map(of_contract).collect();
            for (pool, parts) in pools {
                take_parts(parts, &mut named, &mut extra);
                shared.push(pool);
            }
        }

        let ambiguous: Vec<(ContractIndex, Vec<LineIndex>)> = servings
            .iter()
            .enumerate()
            .filter_map(|(contract, serving)| match serving {
                Serving::Ambiguous(lines) => Some((ContractIndex(contract), lines.clone())),
                _ => None,
            })
            .collect();
        let ambiguous_lines: BTreeSet<LineIndex> =
            ambiguous.iter().flat_map(|(_, lines)| lines.iter().copied()).collect();

        let take = |line: LineIndex, adjusted| extra[line.0].adjusted = Some(adjusted);
        let adjusted = adjusted_of_lines(book, self.rules, &shared, &direct_named, &named, take);
        let mut settlements: Vec<Settlement> = named
            .into_par_iter()
            .zip(extra)
            .enumerate()
            .map(|(at, (named, extra))| {
                let line = LineIndex(at);
                self.figures(line, &named, extra, ambiguous_lines.contains(&line))
            })
            .collect();
        let (upsells, quotas) = self.judge(&mut settlements, &shared, (&direct_named, &adjusted));
        invoice_status_of_orders(book, &mut settlements);
        let sums = SumsByFate::new(&self.sums.counted, &fates);
        Settled { settlements, upsells, quotas, fates, servings, ambiguous, sums }
    }

    /// Spreads shared entries over their lines: delivered quantity and hours.
    fn share_out(
        &self,
        lines: &[LineIndex],
        entries: &Entries,
        named: &[Exact],
    ) -> (Shared, Vec<SharePart>) {
        let book = self.book;
        let units = &book.units;
        let pooled = |measure: Option<Measure>, total: &Exact| Shared {
            lines: lines.to_vec(),
            measure,
            total: total.clone(),
            contract: None,
        };
        let measure = lines.iter().find_map(|line| Measure::of(book.line(*line)));
        let rounding = self.rules.rounding;
        let converted = |measure: &Measure, windows: &[Window]| {
            entries.converted((windows, measure), rounding, units)
        };
        if lines.len() == 1 {
            // Its entries lead to the line itself.
            return (pooled(measure, &Exact::zero()), Vec::new());
        }
        let Some(measure) = &measure else {
            // Without a unit to draw down in, all hours are the first line's.
            let part = |line: &LineIndex| SharePart {
                line: *line,
                delivered: Exact::zero(),
                time: entries.time(units),
                entries: entries.met(),
                lessened: Exact::zero(),
            };
            let pool = pooled(None, &Exact::zero());
            return (pool, lines.first().map(part).into_iter().collect());
        };
        let total = &converted(measure, &WHOLE_LIFE);
        let places: Vec<Share> = places(book, lines, measure, named);
        let shares_of = |total: &Exact| allocate(total, &places, self.rules.allocation);
        let hours_in_unit = measure.hours(units).filter(|_| entries.are_time(units));
        let hours_in_unit = hours_in_unit.as_ref();
        let split_at = |windows: &[Window]| {
            let amount = converted(measure, windows);
            split_hours(&entries.hours(units, windows), &shares_of(&amount), hours_in_unit)
        };
        let shares = shares_of(total);
        let hours = split_hours(&entries.hours(units, &WHOLE_LIFE), &shares, hours_in_unit);
        // Drawn down in time order: what the period took is the difference
        // between the two moments.
        let before = split_at(&[Window::Before]);
        let until = split_at(&[Window::Before, Window::Within]);
        let lessened = lessened_by(&places);
        let part = |(at, index): (usize, &LineIndex)| {
            let line = book.line(*index);
            let factor = Measure::of(line).and_then(|own| own.factor_from_measure(measure, units));
            SharePart {
                line: *index,
                delivered: share_in_line_unit(&shares[at], measure, line, rounding, units),
                time: Time {
                    whole: hours[at].clone(),
                    before: before[at].clone(),
                    within: &until[at] - &before[at],
                },
                entries: if at == 0 { entries.met() } else { MetEntries::default() },
                lessened: &lessened[at] * &factor.unwrap_or_else(Exact::zero),
            }
        };
        let parts = lines.iter().enumerate().map(part).collect();
        (pooled(Some(measure.clone()), total), parts)
    }

    /// The figures of one line, its status left at what it is on its own.
    fn figures(
        &self,
        index: LineIndex,
        by_entries: &Exact,
        extra: LineExtra,
        ambiguous: bool,
    ) -> Settlement {
        let book = self.book;
        let line = book.line(index);
        let state = book.order_of(index).state;
        let MetEntries { count: entries, first, last } = extra.entries;
        let recorded = matches!(line.tracking, Some(Tracking::Manual | Tracking::None));
        let proposed = (line.tracking == Some(Tracking::Manual)
            && state.is_confirmed()
            // Of several lines under one name the first has the entries.
            && (entries > 0 || !by_entries.is_zero())
            && line.unit.is_some())
        .then(|| by_entries.clone());
        let delivered = match line.tracking {
            Some(Tracking::Manual)
                if self.rules.manual == ManualDelivery::Entries && state.is_confirmed() =>
            {
                line.unit.map(|_| by_entries.clone())
            }
            Some(Tracking::Manual) => line.exported.clone(),
            Some(Tracking::None) if state.is_confirmed() => line.exported.clone(),
            Some(Tracking::Contract | Tracking::Task) if state.is_confirmed() => {
                line.unit.map(|_| by_entries.clone())
            }
            _ => None,
        };
        let adjusted = extra.adjusted;
        let drawn = drawn(delivered.as_ref(), adjusted.as_ref());
        let quota = line.ordered.as_ref().filter(|_| state.is_confirmed()).map(|ordered| {
            let zero = Exact::zero();
            if ordered.is_negative() { zero } else { (ordered - &extra.lessened).max(zero) }
        });
        let (consumed, overrun) = self.values(index, drawn.as_ref(), &extra.lessened);
        let quantity_unknown = line.ordered.is_none() || (recorded && delivered.is_none());
        let status = match state {
            OrderState::Draft | OrderState::Sent => Status::NotConfirmed,
            OrderState::Cancel => Status::Cancelled,
            _ if line.tracking == Some(Tracking::None) => Status::NotTracked,
            _ if ambiguous
                || line.tracking.is_none()
                || line.policy.is_none()
                || line.unit.is_none()
                || quantity_unknown =>
            {
                Status::Exception
            }
            OrderState::Locked | OrderState::Done => Status::Locked,
            OrderState::Sale => Status::Ok,
        };
        let invoice_status = self.invoice_status(index, delivered.as_ref());
        let to_invoice = self.to_invoice(index, delivered.as_ref());
        let Time { whole, before, within } = extra.time;
        Settlement {
            delivered,
            hours: whole,
            entries,
            first,
            last,
            consumed,
            overrun,
            status,
            invoice_status,
            order_invoice_status: None,
            proposed,
            period_hours: within,
            hours_before: before,
            to_invoice,
            adjusted,
            quota,
        }
    }

    /// Rule 6.5: for the ordered policy only, and only with a price.
    ///
    /// A line ordered with a negative quantity sells nothing, so nothing of it
    /// is consumed or overrun; it lessens the quota of the line before it
    /// (3.5), or a pool's overrun would not be the excess of the pool.
    fn values(
        &self,
        index: LineIndex,
        delivered: Option<&Exact>,
        lessened: &Exact,
    ) -> (Option<Money>, Option<Money>) {
        let line = self.book.line(index);
        let (Some(InvoicingPolicy::Ordered), Some(price), Some(ordered), Some(delivered)) =
            (line.policy, &line.net_price, &line.ordered, delivered)
        else {
            return (None, None);
        };
        if !self.book.order_of(index).state.is_confirmed() {
            return (None, None);
        }
        let zero = Exact::zero();
        let quota = (ordered - lessened).max(zero.clone());
        let within = delivered.min(&quota).max(&zero).clone();
        let past = if ordered.is_negative() { zero } else { (delivered - &quota).max(zero) };
        let value =
            |quantity: &Exact| Some(Money::new(quantity * price, line.currency.clone()).rounded());
        (value(&within), value(&past))
    }

    fn to_invoice(&self, index: LineIndex, delivered: Option<&Exact>) -> Option<Exact> {
        let line = self.book.line(index);
        if !self.book.order_of(index).state.is_confirmed() {
            return None;
        }
        let due = match line.policy? {
            InvoicingPolicy::Ordered => line.ordered.as_ref()?,
            InvoicingPolicy::Delivered => delivered?,
        };
        Some(due - line.invoiced.as_ref()?)
    }

    /// Rule 6.6 for one line.
    fn invoice_status(&self, index: LineIndex, delivered: Option<&Exact>) -> Option<InvoiceStatus> {
        let line = self.book.line(index);
        let invoiced = line.invoiced.as_ref()?;
        let state = self.book.order_of(index).state;
        if !state.is_confirmed() {
            return Some(InvoiceStatus::No);
        }
        if !self.to_invoice(index, delivered)?.is_zero() {
            return Some(InvoiceStatus::ToInvoice);
        }
        let ordered = line.ordered.as_ref()?;
        // Locked by the flag is still state sale in the ERP that has the flag.
        let in_sale = matches!(state, OrderState::Sale | OrderState::Locked);
        if in_sale
            && line.policy == Some(InvoicingPolicy::Ordered)
            && !ordered.is_negative()
            && delivered? > ordered
        {
            return Some(InvoiceStatus::Upselling);
        }
        Some(if invoiced >= ordered { InvoiceStatus::Invoiced } else { InvoiceStatus::No })
    }
}

/// What a line has of entries, its own and shared ones.
#[derive(Debug, Clone, Default)]
struct LineExtra {
    time: Time,
    entries: MetEntries,
    /// What negative lines of its pool take from its quota, in its unit.
    lessened: Exact,
    /// Adjustments, in its unit.
    adjusted: Option<Exact>,
}

/// What a line gets of shared entries.
#[derive(Debug)]
struct SharePart {
    line: LineIndex,
    /// In the line's unit.
    delivered: Exact,
    time: Time,
    entries: MetEntries,
    lessened: Exact,
}

fn take_parts(parts: Vec<SharePart>, named: &mut [Exact], extra: &mut [LineExtra]) {
    for part in parts {
        let named = &mut named[part.line.0];
        *named = &*named + &part.delivered;
        let extra = &mut extra[part.line.0];
        extra.time.add(&part.time);
        extra.entries.add(part.entries);
        extra.lessened = part.lessened;
    }
}

/// Rule 6.6 for orders: from the statuses of their lines.
fn invoice_status_of_orders(book: &Book, settlements: &mut [Settlement]) {
    let mut orders: Vec<OfLines> = vec![OfLines::Invoiced; book.orders.len()];
    for (line, settlement) in book.lines.iter().zip(settlements.iter()) {
        let own = &mut orders[line.order.0];
        *own = (*own).max(OfLines::of(settlement.invoice_status));
    }
    for (line, settlement) in book.lines.iter().zip(settlements.iter_mut()) {
        settlement.order_invoice_status = orders[line.order.0].order_status();
    }
}

/// What a line's invoice status makes of its order's; of several lines the last
/// of these decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum OfLines {
    Invoiced,
    Upselling,
    No,
    Unknown,
    ToInvoice,
}

impl OfLines {
    fn of(line: Option<InvoiceStatus>) -> Self {
        match line {
            Some(InvoiceStatus::Invoiced) => Self::Invoiced,
            Some(InvoiceStatus::Upselling) => Self::Upselling,
            Some(InvoiceStatus::No) => Self::No,
            None => Self::Unknown,
            Some(InvoiceStatus::ToInvoice) => Self::ToInvoice,
        }
    }

    fn order_status(self) -> Option<InvoiceStatus> {
        match self {
            Self::Invoiced => Some(InvoiceStatus::Invoiced),
            Self::Upselling => Some(InvoiceStatus::Upselling),
            Self::No => Some(InvoiceStatus::No),
            Self::Unknown => None,
            Self::ToInvoice => Some(InvoiceStatus::ToInvoice),
        }
    }
}
