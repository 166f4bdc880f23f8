//! Settlement (chapter 6): from attributed sums to what each line delivered,
//! what is left of it, and what that means.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::model::{
    Book, ContractIndex, EntryKey, Exact, InvoiceStatus, InvoicingPolicy, LineIndex, Money,
    OrderState, ProductKind, Tracking, UnitId, UnitTable, Window,
};

use super::adjust::adjusted_of_lines;
use super::attribute::{Attribution, Attributor, KnownLineIds, Target, accepts};
use super::convert::{Measure, convert};
use super::key_sums::KeyCell;
use super::partial::{ExactSum, PartialSums, Tally, value_and_hours};
use super::pool::{
    Serving, Share, allocate, lessened_by, places, servings, share_in_line_unit,
    sort_for_drawing_down, split_hours,
};
use super::rules::{ManualDelivery, Rules, UpsellRule};

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
    /// Ordered − delivered (6.2).
    pub remaining: Option<Exact>,
    /// Delivered ÷ ordered (6.2).
    pub used: Option<Exact>,
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
    /// Its value at the net unit price.
    pub to_invoice_value: Option<Money>,
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
        let delivered = self.delivered.as_ref()?;
        Some(match &self.adjusted {
            Some(adjusted) => delivered + adjusted,
            None => delivered.clone(),
        })
    }
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

/// What became of a key's entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyFate {
    /// Where the key leads.
    pub attribution: Attribution,
    /// Units whose entries the line cannot take (rule 5.3), with the line.
    pub mismatched: Vec<(UnitId, LineIndex)>,
}

impl KeyFate {
    /// What the entries are attributed to, if they are to anything.
    #[must_use]
    pub fn target(&self) -> Option<&Target> {
        match &self.attribution {
            Attribution::To(target, _) => Some(target),
            Attribution::Unmatched(_) | Attribution::Refused(..) => None,
        }
    }

    /// The line that cannot take entries of a unit (rule 5.3), if it is so.
    #[must_use]
    pub fn mismatch(&self, unit: UnitId) -> Option<LineIndex> {
        self.mismatched.iter().find(|(other, _)| *other == unit).map(|(_, line)| *line)
    }
}

/// Entries of one unit that share a place: their number, sum and days.
#[derive(Debug, Clone, Default)]
struct Entries {
    /// A few, in the order of unit and window.
    sums: Vec<(UnitId, Window, ExactSum)>,
    count: u64,
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
}

impl Entries {
    fn add(&mut self, KeyCell { unit, window, cell }: &KeyCell) {
        let at = (*unit, *window);
        match self.sums.binary_search_by(|(unit, window, _)| (*unit, *window).cmp(&at)) {
            Ok(place) => self.sums[place].2.merge(&cell.tally.sum),
            Err(place) => self.sums.insert(place, (*unit, *window, cell.tally.sum.clone())),
        }
        self.count += cell.tally.count;
        self.first = earliest(self.first, Some(cell.first));
        self.last = self.last.max(Some(cell.last));
    }

    /// The sum of each unit over the given windows.
    fn totals(&self, units: &UnitTable, windows: &[Window]) -> Vec<(UnitId, Exact)> {
        self.sums
            .chunk_by(|a, b| a.0 == b.0)
            .filter_map(|of_unit| {
                let unit = of_unit.first()?.0;
                let mut sum = ExactSum::default();
                let wanted = of_unit.iter().filter(|(_, window, _)| windows.contains(window));
                wanted.for_each(|(_, _, own)| sum.merge(own));
                Some((unit, value_and_hours(units, unit, &sum).0))
            })
            .collect()
    }

    fn hours(&self, book: &Book, windows: &[Window]) -> Exact {
        self.totals(&book.units, windows)
            .into_iter()
            .filter_map(|(unit, sum)| Some(&sum * &book.units.hours_in(unit)?))
            .sum()
    }
}

const WHOLE_LIFE: [Window; 3] = [Window::Before, Window::Within, Window::After];

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

/// What became of the entries of each key, in the order of the sums' keys.
#[derive(Debug, Default)]
pub struct Fates {
    keys: Arc<Vec<EntryKey>>,
    fates: Vec<KeyFate>,
}

impl Fates {
    /// Of a key.
    #[must_use]
    pub fn get(&self, key: &EntryKey) -> Option<&KeyFate> {
        self.at(self.keys.binary_search(key).ok()?)
    }

    /// Of the key at a place among the sums.
    #[must_use]
    pub fn at(&self, place: usize) -> Option<&KeyFate> {
        self.fates.get(place)
    }

    /// Of every key.
    pub fn iter(&self) -> impl Iterator<Item = (&EntryKey, &KeyFate)> {
        self.keys.iter().zip(&self.fates)
    }

    /// All of them, in the order of their keys.
    #[must_use]
    pub fn as_slice(&self) -> &[KeyFate] {
        &self.fates
    }

    /// All of them, without their keys.
    pub fn values(&self) -> impl Iterator<Item = &KeyFate> {
        self.fates.iter()
    }
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
    /// Lines of contracts that are ambiguous by rule 3.4, per contract.
    pub ambiguous: Vec<(ContractIndex, Vec<LineIndex>)>,
    /// Attributed entries and their exact sums, for the control totals.
    pub attributed: BTreeMap<UnitId, (u64, Exact)>,
}

/// Settles every line of a book.
#[must_use]
pub fn settle(book: &Book, sums: &PartialSums, known_ids: KnownLineIds, rules: &Rules) -> Settled {
    let servings = servings(book);
    let mut settler = Settler {
        book,
        rules,
        direct: vec![Entries::default(); book.lines.len()],
        groups: BTreeMap::new(),
        contracts: BTreeMap::new(),
        fates: Vec::with_capacity(sums.counted.len()),
        attributed: BTreeMap::new(),
    };
    let attributor = Attributor::new(book, &servings, known_ids, &rules.mapping);
    let keys = sums.counted.keys().as_slice();
    let attributions: Vec<Attribution> =
        keys.par_iter().map(|key| attributor.attribute(key)).collect();
    for ((_, cells), attribution) in sums.counted.iter().zip(attributions) {
        settler.take(cells, attribution, &servings);
    }
    settler.settle(&servings, Arc::clone(sums.counted.keys()))
}

struct Settler<'a> {
    book: &'a Book,
    rules: &'a Rules,
    direct: Vec<Entries>,
    groups: BTreeMap<Vec<LineIndex>, Entries>,
    contracts: BTreeMap<ContractIndex, Entries>,
    fates: Vec<KeyFate>,
    attributed: BTreeMap<UnitId, Tally>,
}

impl Settler<'_> {
    fn take(&mut self, cells: &[KeyCell], attribution: Attribution, servings: &[Serving]) {
        let mut mismatched: Vec<(UnitId, LineIndex)> = Vec::new();
        if let Attribution::To(target, _) = &attribution {
            let first = match target {
                Target::Line(line) => Some(*line),
                Target::Lines(lines) => lines.first().copied(),
                Target::Contract(contract) => match &servings[contract.0] {
                    Serving::Pool(lines) => lines.first().copied(),
                    _ => None,
                },
            };
            for cell in cells {
                if let Some(first) = first
                    && !accepts(self.book, first, cell.unit)
                {
                    mismatched.push((cell.unit, first));
                    continue;
                }
                let entries = match target {
                    Target::Line(line) => &mut self.direct[line.0],
                    Target::Lines(lines) => self.groups.entry(lines.clone()).or_default(),
                    Target::Contract(contract) => self.contracts.entry(*contract).or_default(),
                };
                entries.add(cell);
                self.attributed.entry(cell.unit).or_default().merge(&cell.cell.tally);
            }
            // The cells are in the order of their units.
            mismatched.dedup();
        }
        self.fates.push(KeyFate { attribution, mismatched });
    }

    fn settle(mut self, servings: &[Serving], keys: Arc<Vec<EntryKey>>) -> Settled {
        let book = self.book;
        // What the entries that name a line give, in its unit (rule 5.2).
        let mut named: Vec<Exact> = book
            .lines
            .par_iter()
            .zip(&self.direct)
            .map(|(line, entries)| match Measure::of(line) {
                Some(measure) => convert(
                    &entries.totals(&book.units, &WHOLE_LIFE),
                    &measure,
                    self.rules.rounding,
                    &book.units,
                ),
                None => Exact::zero(),
            })
            .collect();
        let direct_named = named.clone();
        let mut extra: Vec<LineExtra> = vec![LineExtra::default(); book.lines.len()];

        // Lines that one name fits come first: their hours name them.
        let groups = std::mem::take(&mut self.groups);
        let mut shared: Vec<Shared> = Vec::new();
        for (lines, entries) in groups {
            shared.push(self.share_out(lines, &entries, &mut named, &mut extra));
        }
        let contracts = std::mem::take(&mut self.contracts);
        for (contract, serving) in servings.iter().enumerate() {
            if let Serving::Pool(lines) = serving {
                let entries = contracts.get(&ContractIndex(contract)).cloned().unwrap_or_default();
                let pool = self.share_out(lines.clone(), &entries, &mut named, &mut extra);
                shared.push(Shared { contract: Some(ContractIndex(contract)), ..pool });
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

        adjusted_of_lines(book, self.rules, &shared, &direct_named, &named, |line, adjusted| {
            extra[line.0].adjusted = Some(adjusted);
        });
        let mut settlements: Vec<Settlement> = (0..book.lines.len())
            .into_par_iter()
            .map(|at| {
                let line = LineIndex(at);
                self.figures(line, &named[at], &extra[at], ambiguous_lines.contains(&line))
            })
            .collect();
        let (upsells, quotas) = self.judge(&mut settlements, &shared, &direct_named);
        invoice_status_of_orders(book, &mut settlements);
        let attributed = self.attributed.into_iter().map(|(unit, tally)| {
            (unit, (tally.count, value_and_hours(&book.units, unit, &tally.sum).0))
        });
        let attributed = attributed.collect();
        let fates = Fates { keys, fates: self.fates };
        Settled { settlements, upsells, quotas, fates, ambiguous, attributed }
    }

    /// Spreads shared entries over their lines: delivered quantity and hours.
    fn share_out(
        &self,
        lines: Vec<LineIndex>,
        entries: &Entries,
        named: &mut [Exact],
        extra: &mut [LineExtra],
    ) -> Shared {
        let book = self.book;
        let measure = lines.iter().find_map(|line| Measure::of(book.line(*line)));
        let all = entries.totals(&book.units, &WHOLE_LIFE);
        let Some(measure) = measure else {
            // No unit to draw down in: the hours show on the first line.
            if let Some(first) = lines.first() {
                let extra = &mut extra[first.0];
                extra.add_hours(
                    &entries.hours(book, &WHOLE_LIFE),
                    &entries.hours(book, &[Window::Before]),
                    &entries.hours(book, &[Window::Within]),
                );
                extra.add_entries(entries);
            }
            return Shared { lines, measure: None, total: Exact::zero(), contract: None };
        };
        let rounding = self.rules.rounding;
        let total = convert(&all, &measure, rounding, &book.units);
        let places: Vec<Share> = places(book, &lines, &measure, named);
        let shares_of = |total: &Exact| allocate(total, &places, self.rules.allocation);
        let hours_in_unit = measure.hours(&book.units).unwrap_or_else(Exact::zero);
        let split_at = |windows: &[Window]| {
            let amount =
                convert(&entries.totals(&book.units, windows), &measure, rounding, &book.units);
            split_hours(&entries.hours(book, windows), &shares_of(&amount), &hours_in_unit)
        };
        let shares = shares_of(&total);
        let hours = split_hours(&entries.hours(book, &WHOLE_LIFE), &shares, &hours_in_unit);
        // Drawn down in time order: what the period took is the difference
        // between the two moments.
        let before = split_at(&[Window::Before]);
        let until = split_at(&[Window::Before, Window::Within]);
        for (at, lessened) in lessened_by(&places).into_iter().enumerate() {
            let line = book.line(lines[at]);
            let factor = Measure::of(line)
                .and_then(|own| own.factor_from_measure(&measure, &book.units))
                .unwrap_or_else(Exact::zero);
            extra[lines[at].0].lessened = &lessened * &factor;
        }
        for (at, index) in lines.iter().enumerate() {
            let own =
                share_in_line_unit(&shares[at], &measure, book.line(*index), rounding, &book.units);
            named[index.0] = &named[index.0] + &own;
            extra[index.0].add_hours(&hours[at], &before[at], &(&until[at] - &before[at]));
        }
        if let Some(first) = lines.first() {
            extra[first.0].add_entries(entries);
        }
        Shared { lines, measure: Some(measure), total, contract: None }
    }

    /// The figures of one line, its status left at what it is on its own.
    fn figures(
        &self,
        index: LineIndex,
        by_entries: &Exact,
        extra: &LineExtra,
        ambiguous: bool,
    ) -> Settlement {
        let book = self.book;
        let line = book.line(index);
        let state = book.order_of(index).state;
        let direct = &self.direct[index.0];
        let entries = direct.count + extra.count;
        let recorded = matches!(line.tracking, Some(Tracking::Manual | Tracking::None));
        let proposed = (line.tracking == Some(Tracking::Manual)
            && state.is_confirmed()
            && entries > 0
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
        let adjusted = extra.adjusted.clone().filter(|_| delivered.is_some());
        let drawn = match (&delivered, &adjusted) {
            (Some(delivered), Some(adjusted)) => Some(delivered + adjusted),
            _ => delivered.clone(),
        };
        let remaining = line.ordered.as_ref().zip(drawn.as_ref()).map(|(o, d)| o - d);
        let used = line
            .ordered
            .as_ref()
            .zip(drawn.as_ref())
            .and_then(|(ordered, drawn)| drawn.divided_by(ordered));
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
        let to_invoice_value = to_invoice
            .as_ref()
            .zip(line.net_price.as_ref())
            .map(|(quantity, price)| Money::new(quantity * price, line.currency.clone()).rounded());
        let hours = |windows: &[Window]| direct.hours(book, windows);
        Settlement {
            delivered,
            remaining,
            used,
            hours: &hours(&WHOLE_LIFE) + &extra.hours,
            entries,
            first: earliest(direct.first, extra.first),
            last: direct.last.max(extra.last),
            consumed,
            overrun,
            status,
            invoice_status,
            order_invoice_status: None,
            proposed,
            period_hours: &hours(&[Window::Within]) + &extra.period_hours,
            hours_before: &hours(&[Window::Before]) + &extra.hours_before,
            to_invoice,
            to_invoice_value,
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

    /// Rules 6.3 and 6.4, for every pool and every line by itself.
    fn judge(
        &self,
        settlements: &mut [Settlement],
        shared: &[Shared],
        direct_named: &[Exact],
    ) -> (Vec<Upsell>, Vec<Quota>) {
        let mut upsells = Vec::new();
        let mut quotas = Vec::new();
        let mut shared_by: BTreeMap<LineIndex, Vec<usize>> = BTreeMap::new();
        for (at, pool) in shared.iter().enumerate() {
            for line in &pool.lines {
                shared_by.entry(*line).or_default().push(at);
            }
        }
        for lines in self.pools_for_status(shared) {
            let of_lines: BTreeSet<usize> =
                lines.iter().filter_map(|line| shared_by.get(line)).flatten().copied().collect();
            let shared: Vec<&Shared> = of_lines.into_iter().map(|at| &shared[at]).collect();
            let Some(Figures { ordered, delivered, adjusted, measure }) =
                self.pool_figures(&lines, settlements, &shared, direct_named)
            else {
                // Something about one line is unknown, so the pool's is too.
                if lines.len() > 1 {
                    for line in &lines {
                        let status = &mut settlements[line.0].status;
                        if *status == Status::Ok {
                            *status = Status::Exception;
                        }
                    }
                }
                continue;
            };
            let drawn = &delivered + &adjusted;
            let status = self.status(&lines, settlements, &ordered, &drawn);
            let locked = lines.iter().all(|line| book_is_done(self.book, *line));
            if self.is_prepaid(&lines, settlements) {
                quotas.push(Quota {
                    lines: lines.clone(),
                    measure: measure.clone(),
                    ordered: ordered.clone(),
                    delivered: delivered.clone(),
                    adjusted: adjusted.clone(),
                    status: if locked { Status::Locked } else { status },
                });
            }
            for line in &lines {
                let own = &mut settlements[line.0].status;
                if *own == Status::Ok {
                    *own = status;
                }
            }
            if status == Status::Upsell {
                let overruns = lines.iter().filter_map(|line| settlements[line.0].overrun.clone());
                upsells.push(Upsell {
                    by_entries: lines.iter().all(|line| {
                        self.rules.manual == ManualDelivery::Entries
                            || self.book.line(*line).tracking != Some(Tracking::Manual)
                    }),
                    threshold: self.book.line(lines[0]).threshold.clone(),
                    overrun: overruns.reduce(|a, b| a.plus(&b).unwrap_or(a)),
                    lines,
                    measure,
                    ordered,
                    delivered,
                    adjusted,
                });
            }
        }
        (upsells, quotas)
    }

    /// Whether something of it was paid for by ordered quantities.
    fn is_prepaid(&self, lines: &[LineIndex], settlements: &[Settlement]) -> bool {
        lines.iter().any(|index| {
            let line = self.book.line(*index);
            self.book.order_of(*index).state.is_confirmed()
                && line.policy == Some(InvoicingPolicy::Ordered)
                && line.kind == ProductKind::Service
                && !matches!(settlements[index.0].status, Status::NotTracked | Status::Exception)
        })
    }

    /// Lines judged together: the pools, and lines of one product that hours
    /// could not tell apart; every other line is judged alone.
    fn pools_for_status(&self, shared: &[Shared]) -> Vec<Vec<LineIndex>> {
        let mut root: Vec<usize> = (0..self.book.lines.len()).collect();
        fn find(root: &mut [usize], mut at: usize) -> usize {
            while root[at] != at {
                root[at] = root[root[at]];
                at = root[at];
            }
            at
        }
        for pool in shared {
            let tracked = pool.lines.iter().filter(|line| {
                matches!(self.book.line(**line).tracking, Some(Tracking::Contract | Tracking::Task))
            });
            let tracked: Vec<usize> = tracked.map(|line| line.0).collect();
            for pair in tracked.windows(2) {
                let (a, b) = (find(&mut root, pair[0]), find(&mut root, pair[1]));
                root[a.max(b)] = a.min(b);
            }
        }
        let mut pools: BTreeMap<usize, Vec<LineIndex>> = BTreeMap::new();
        for at in 0..self.book.lines.len() {
            pools.entry(find(&mut root, at)).or_default().push(LineIndex(at));
        }
        pools
            .into_values()
            .map(|mut lines| {
                sort_for_drawing_down(self.book, &mut lines);
                lines
            })
            .collect()
    }

    /// Ordered and delivered of lines judged together, in the unit of the
    /// first one; `shared` are the hours that any of them shares.
    fn pool_figures(
        &self,
        lines: &[LineIndex],
        settlements: &[Settlement],
        shared: &[&Shared],
        direct_named: &[Exact],
    ) -> Option<Figures> {
        let units = &self.book.units;
        let measure = Measure::of(self.book.line(*lines.first()?))?;
        if let [line] = lines {
            let settlement = &settlements[line.0];
            let ordered = self.book.line(*line).ordered.clone()?;
            let adjusted = settlement.adjusted.clone().unwrap_or_else(Exact::zero);
            return Some(Figures {
                ordered,
                delivered: settlement.delivered.clone()?,
                adjusted,
                measure,
            });
        }
        let rounding = self.rules.rounding;
        let to_pool = |amount: &Exact, own: &Measure| {
            if own.is_same(&measure, units) {
                return Some(amount.clone());
            }
            let factor = measure.factor_from_measure(own, units)?;
            Some(measure.rounded(&(amount * &factor), rounding, units))
        };
        let mut ordered = Exact::zero();
        let mut delivered = Exact::zero();
        let mut adjusted = Exact::zero();
        for index in lines {
            let line = self.book.line(*index);
            let own = Measure::of(line)?;
            if settlements[index.0].status == Status::Exception {
                return None;
            }
            let factor = measure.factor_from_measure(&own, units)?;
            ordered = &ordered + &(line.ordered.as_ref()? * &factor);
            delivered = &delivered + &to_pool(&direct_named[index.0], &own)?;
            if let Some(of_line) = &settlements[index.0].adjusted {
                adjusted = &adjusted + &to_pool(of_line, &own)?;
            }
        }
        for pool in shared {
            if let Some(own) = &pool.measure {
                delivered = &delivered + &to_pool(&pool.total, own)?;
            }
        }
        Some(Figures { ordered, delivered, adjusted, measure })
    }

    /// Rules 6.3 and 6.4.
    fn status(
        &self,
        lines: &[LineIndex],
        settlements: &[Settlement],
        ordered: &Exact,
        delivered: &Exact,
    ) -> Status {
        let first = self.book.line(lines[0]);
        let sells = lines.iter().any(|index| {
            let line = self.book.line(*index);
            settlements[index.0].status == Status::Ok
                && line.policy == Some(InvoicingPolicy::Ordered)
                && line.kind == ProductKind::Service
        });
        if !sells || !first.upsell_wanted || ordered.is_negative() || !delivered.is_positive() {
            return Status::Ok;
        }
        let quota = ordered * &first.threshold;
        if is_used_up(delivered, &quota, self.rules.upsell) {
            Status::Upsell
        } else if ordered.is_positive() && *delivered >= &quota * &self.rules.warning {
            Status::Near
        } else {
            Status::Ok
        }
    }
}

/// The sums of lines judged together, in the unit of the first one.
struct Figures {
    ordered: Exact,
    delivered: Exact,
    adjusted: Exact,
    measure: Measure,
}

fn book_is_done(book: &Book, line: LineIndex) -> bool {
    book.order_of(line).state.is_done()
}

/// What a line gets from shared entries.
#[derive(Debug, Clone, Default)]
struct LineExtra {
    hours: Exact,
    hours_before: Exact,
    period_hours: Exact,
    /// What negative lines of its pool take from its quota, in its unit.
    lessened: Exact,
    /// Adjustments, in its unit.
    adjusted: Option<Exact>,
    count: u64,
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
}

impl LineExtra {
    fn add_hours(&mut self, hours: &Exact, before: &Exact, within: &Exact) {
        self.hours = &self.hours + hours;
        self.hours_before = &self.hours_before + before;
        self.period_hours = &self.period_hours + within;
    }

    fn add_entries(&mut self, entries: &Entries) {
        self.count += entries.count;
        self.first = earliest(self.first, entries.first);
        self.last = self.last.max(entries.last);
    }
}

fn earliest(a: Option<NaiveDate>, b: Option<NaiveDate>) -> Option<NaiveDate> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// The last condition of rule 6.3.
pub(super) fn is_used_up(delivered: &Exact, quota: &Exact, rule: UpsellRule) -> bool {
    delivered.is_positive()
        && match rule {
            UpsellRule::Reached => delivered >= quota,
            UpsellRule::Exceeded => delivered > quota,
        }
}

/// Rule 6.6 for orders: from the statuses of their lines.
fn invoice_status_of_orders(book: &Book, settlements: &mut [Settlement]) {
    let mut by_order: BTreeMap<usize, Vec<Option<InvoiceStatus>>> = BTreeMap::new();
    for (line, settlement) in book.lines.iter().zip(settlements.iter()) {
        by_order.entry(line.order.0).or_default().push(settlement.invoice_status);
    }
    for (line, settlement) in book.lines.iter().zip(settlements.iter_mut()) {
        let statuses = by_order.get(&line.order.0).map_or(&[][..], Vec::as_slice);
        settlement.order_invoice_status = order_status(statuses);
    }
}

/// `None` where a line's is unknown and the others do not decide.
fn order_status(lines: &[Option<InvoiceStatus>]) -> Option<InvoiceStatus> {
    if lines.contains(&Some(InvoiceStatus::ToInvoice)) {
        return Some(InvoiceStatus::ToInvoice);
    }
    let lines: Vec<InvoiceStatus> = lines.iter().copied().collect::<Option<_>>()?;
    let all = |wanted: &[InvoiceStatus]| lines.iter().all(|status| wanted.contains(status));
    Some(if all(&[InvoiceStatus::Invoiced]) {
        InvoiceStatus::Invoiced
    } else if all(&[InvoiceStatus::Invoiced, InvoiceStatus::Upselling]) {
        InvoiceStatus::Upselling
    } else {
        InvoiceStatus::No
    })
}
