//! Settlement (chapter 6): from attributed sums to what each line delivered,
//! what is left of it, and what that means.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;
use std::sync::Arc;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::model::{
    Book, ContractIndex, EntryKey, Exact, InvoiceStatus, InvoicingPolicy, KeyPart, LineIndex,
    Money, OrderLine, OrderState, ProductKind, Tracking, UnitId, UnitTable, Window,
};

use super::adjust::adjusted_of_lines;
use super::attribute::{Attribution, Attributor, KnownLineIds, Target, accepts};
use super::convert::{Measure, convert};
use super::key_sums::KeyCell;
use super::partial::{ByUnit, ExactSum, PartialSums, Tally, merge_by_unit, value_and_hours};
use super::pool::{
    Serving, Share, allocate, lessened_by, places, servings, share_in_line_unit,
    sort_for_drawing_down, split_hours,
};
use super::rules::{ManualDelivery, Rounding, Rules, UpsellRule};

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

/// Entries that are attributed alike: their number, sums and days.
#[derive(Debug, Default)]
struct Entries {
    /// A few, in the order of unit and window.
    sums: Vec<(UnitId, Window, Exact)>,
    count: u64,
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
}

impl Entries {
    fn new<'c>(units: &UnitTable, cells: impl Iterator<Item = &'c KeyCell>) -> Self {
        let mut entries = Self::default();
        let mut sums: Vec<(UnitId, Window, ExactSum)> = Vec::new();
        for KeyCell { unit, window, cell } in cells {
            let at = (*unit, *window);
            match sums.binary_search_by(|(unit, window, _)| (*unit, *window).cmp(&at)) {
                Ok(place) => sums[place].2.merge(&cell.tally.sum),
                Err(place) => sums.insert(place, (*unit, *window, cell.tally.sum.clone())),
            }
            entries.count += cell.tally.count;
            entries.first = earliest(entries.first, Some(cell.first));
            entries.last = entries.last.max(Some(cell.last));
        }
        let value = |(unit, window, sum)| (unit, window, value_and_hours(units, unit, &sum).0);
        entries.sums = sums.into_iter().map(value).collect();
        entries
    }

    /// The sums over the given windows, each unit's converted once (rule 5.2).
    fn converted(
        &self,
        (windows, measure): (&[Window], &Measure),
        rounding: Rounding,
        units: &UnitTable,
    ) -> Exact {
        let of_units = self.sums.chunk_by(|a, b| a.0 == b.0).filter_map(|of_unit| {
            let wanted = of_unit.iter().filter(|(_, window, _)| windows.contains(window));
            let sum = wanted.fold(Exact::zero(), |sum, (_, _, own)| &sum + own);
            Some((of_unit.first()?.0, sum))
        });
        let one = |(unit, sum)| convert(&[(unit, sum)], measure, rounding, units);
        of_units.map(one).sum()
    }

    fn hours(&self, units: &UnitTable, windows: &[Window]) -> Exact {
        let wanted = self.sums.iter().filter(|(_, window, _)| windows.contains(window));
        wanted.filter_map(|(unit, _, sum)| Some(sum * &units.hours_in(*unit)?)).sum()
    }

    fn time(&self, units: &UnitTable) -> Time {
        Time {
            whole: self.hours(units, &WHOLE_LIFE),
            before: self.hours(units, &[Window::Before]),
            within: self.hours(units, &[Window::Within]),
        }
    }

    fn met(&self) -> MetEntries {
        MetEntries { count: self.count, first: self.first, last: self.last }
    }
}

const WHOLE_LIFE: [Window; 3] = [Window::Before, Window::Within, Window::After];

/// Hours, in all and by the period under review.
#[derive(Debug, Clone, Default)]
struct Time {
    whole: Exact,
    before: Exact,
    within: Exact,
}

impl Time {
    fn add(&mut self, other: &Self) {
        self.whole = &self.whole + &other.whole;
        self.before = &self.before + &other.before;
        self.within = &self.within + &other.within;
    }
}

/// How many entries there are, and on which days.
#[derive(Debug, Clone, Copy, Default)]
struct MetEntries {
    count: u64,
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
}

impl MetEntries {
    fn add(&mut self, other: Self) {
        self.count += other.count;
        self.first = earliest(self.first, other.first);
        self.last = self.last.max(other.last);
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
    /// What entries on each contract of the book meet.
    pub servings: Vec<Serving>,
    /// Lines of contracts that are ambiguous by rule 3.4, per contract.
    pub ambiguous: Vec<(ContractIndex, Vec<LineIndex>)>,
    /// Attributed entries and their exact sums, for the control totals.
    pub attributed: BTreeMap<UnitId, (u64, Exact)>,
}

/// Settles every line of a book.
#[must_use]
pub fn settle(book: &Book, sums: &PartialSums, known_ids: KnownLineIds, rules: &Rules) -> Settled {
    let servings = servings(book);
    let attributor = Attributor::new(book, &servings, known_ids, &rules.mapping);
    let keys = sums.counted.keys();
    if keys.par_iter().any(|key| key.get(KeyPart::LineLabel).is_some()) {
        book.draw_up_labels();
    }
    let fate = |(at, key): (usize, &EntryKey)| {
        let attribution = attributor.attribute(key);
        let mismatched = mismatched(book, &servings, &attribution, sums.counted.cells(at));
        KeyFate { attribution, mismatched }
    };
    let fates: Vec<KeyFate> = keys.as_slice().par_iter().enumerate().map(fate).collect();
    let fates = Fates { keys: Arc::clone(keys), fates };
    Settler { book, rules, sums, keys: KeysOf::new(book, &fates) }.settle(servings, fates)
}

/// Units of a key's entries that the line where it leads cannot take (rule 5.3).
fn mismatched(
    book: &Book,
    servings: &[Serving],
    attribution: &Attribution,
    cells: &[KeyCell],
) -> Vec<(UnitId, LineIndex)> {
    let Attribution::To(target, _) = attribution else { return Vec::new() };
    let first = match target {
        Target::Line(line) => Some(*line),
        Target::Lines(lines) => lines.first().copied(),
        Target::Contract(contract) => match &servings[contract.0] {
            Serving::Pool(lines) => lines.first().copied(),
            _ => None,
        },
    };
    let Some(first) = first else { return Vec::new() };
    let refused = cells.iter().filter(|cell| !accepts(book, first, cell.unit));
    let mut mismatched: Vec<(UnitId, LineIndex)> = refused.map(|cell| (cell.unit, first)).collect();
    // The cells are in the order of their units.
    mismatched.dedup();
    mismatched
}

/// The keys that lead to each line, contract or set of lines that a name fits,
/// by their places among the sums.
#[derive(Debug)]
struct KeysOf {
    lines: Vec<Chain>,
    contracts: Vec<Chain>,
    groups: BTreeMap<Vec<LineIndex>, Chain>,
    /// The key after each one.
    next: Vec<Option<NonZeroU32>>,
}

/// The first of some keys: its place and one.
type Chain = Option<NonZeroU32>;

impl KeysOf {
    fn new(book: &Book, fates: &Fates) -> Self {
        let mut keys = Self {
            lines: vec![None; book.lines.len()],
            contracts: vec![None; book.contracts.len()],
            groups: BTreeMap::new(),
            next: vec![None; fates.fates.len()],
        };
        for (at, fate) in fates.fates.iter().enumerate().rev() {
            let Some(target) = fate.target() else { continue };
            let chain = match target {
                Target::Line(line) => &mut keys.lines[line.0],
                Target::Contract(contract) => &mut keys.contracts[contract.0],
                Target::Lines(lines) => keys.groups.entry(lines.clone()).or_default(),
            };
            keys.next[at] = *chain;
            // As many keys would not fit into memory.
            *chain = u32::try_from(at + 1).ok().and_then(NonZeroU32::new);
        }
        keys
    }

    fn iter(&self, chain: Chain) -> impl Iterator<Item = usize> + '_ {
        let place = |key: NonZeroU32| key.get() as usize - 1;
        std::iter::successors(chain.map(place), move |at| self.next[*at].map(place))
    }
}

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
            let fate = &fates.fates[at];
            let cells = self.sums.counted.cells(at).iter();
            cells.filter(move |cell| fate.mismatch(cell.unit).is_none())
        });
        Entries::new(&self.book.units, cells)
    }

    /// What was attributed to anything, by unit.
    fn attributed(&self, fates: &Fates) -> BTreeMap<UnitId, (u64, Exact)> {
        let units = &self.book.units;
        let merged = |mut one: ByUnit, other: ByUnit| {
            merge_by_unit(&mut one, &other);
            one
        };
        let of_key = |mut sums: ByUnit, (at, fate): (usize, &KeyFate)| {
            let taken = |cell: &&KeyCell| fate.mismatch(cell.unit).is_none();
            if fate.target().is_some() {
                for cell in self.sums.counted.cells(at).iter().filter(taken) {
                    sums.entry(cell.unit).or_default().merge(&cell.cell.tally);
                }
            }
            sums
        };
        let all = fates.fates.par_iter().enumerate().fold(ByUnit::new, of_key);
        let all = all.reduce(ByUnit::new, merged).into_iter();
        let value = |unit, tally: &Tally| value_and_hours(units, unit, &tally.sum).0;
        all.map(|(unit, tally)| (unit, (tally.count, value(unit, &tally)))).collect()
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
        // A line is in the pool of one contract at most.
        let of_contract = |(contract, serving): (usize, &Serving)| {
            let Serving::Pool(lines) = serving else { return None };
            let entries = self.entries(&fates, self.keys.contracts[contract]);
            let (pool, parts) = self.share_out(lines, &entries, &named);
            Some((Shared { contract: Some(ContractIndex(contract)), ..pool }, parts))
        };
        let pools: Vec<(Shared, Vec<SharePart>)> =
            servings.par_iter().enumerate().filter_map(of_contract).collect();
        for (pool, parts) in pools {
            take_parts(parts, &mut named, &mut extra);
            shared.push(pool);
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
        let mut settlements: Vec<Settlement> = named
            .into_par_iter()
            .zip(extra)
            .enumerate()
            .map(|(at, (named, extra))| {
                let line = LineIndex(at);
                self.figures(line, named, extra, ambiguous_lines.contains(&line))
            })
            .collect();
        let (upsells, quotas) = self.judge(&mut settlements, &shared, &direct_named);
        invoice_status_of_orders(book, &mut settlements);
        let attributed = self.attributed(&fates);
        Settled { settlements, upsells, quotas, fates, servings, ambiguous, attributed }
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
        let shared = |measure: Option<Measure>, total: &Exact| Shared {
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
        let total = measure.as_ref().map(|measure| converted(measure, &WHOLE_LIFE));
        let (Some(measure), Some(total), false) = (&measure, total, lines.len() == 1) else {
            // All of it is the first line's; without a unit to draw down in its
            // hours alone.
            let delivered = measure.as_ref().map(|measure| converted(measure, &WHOLE_LIFE));
            let delivered = delivered.unwrap_or_default();
            let pool = shared(measure, &delivered);
            let part = |line: &LineIndex| SharePart {
                line: *line,
                delivered,
                time: entries.time(units),
                entries: entries.met(),
                lessened: Exact::zero(),
            };
            return (pool, lines.first().map(part).into_iter().collect());
        };
        let places: Vec<Share> = places(book, lines, measure, named);
        let shares_of = |total: &Exact| allocate(total, &places, self.rules.allocation);
        let hours_in_unit = measure.hours(units).unwrap_or_else(Exact::zero);
        let split_at = |windows: &[Window]| {
            let amount = converted(measure, windows);
            split_hours(&entries.hours(units, windows), &shares_of(&amount), &hours_in_unit)
        };
        let shares = shares_of(&total);
        let hours = split_hours(&entries.hours(units, &WHOLE_LIFE), &shares, &hours_in_unit);
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
        (shared(Some(measure.clone()), &total), parts)
    }

    /// The figures of one line, its status left at what it is on its own.
    fn figures(
        &self,
        index: LineIndex,
        by_entries: Exact,
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
        let adjusted = extra.adjusted.filter(|_| delivered.is_some());
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
        let Time { whole, before, within } = extra.time;
        Settlement {
            delivered,
            remaining,
            used,
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
        let mut shared_by: Vec<(LineIndex, usize)> = Vec::with_capacity(shared.len());
        for (at, pool) in shared.iter().enumerate() {
            shared_by.extend(pool.lines.iter().map(|line| (*line, at)));
        }
        shared_by.sort_unstable();
        let pools = self.pools_for_status(shared);
        let judged = |lines: &[(usize, LineIndex)]| {
            let mut lines: Vec<LineIndex> = lines.iter().map(|(_, line)| *line).collect();
            sort_for_drawing_down(self.book, &mut lines);
            let of_lines: BTreeSet<usize> = match lines.as_slice() {
                [_] => BTreeSet::new(),
                lines => lines.iter().flat_map(|line| shared_of(&shared_by, *line)).collect(),
            };
            let shared: Vec<&Shared> = of_lines.into_iter().map(|at| &shared[at]).collect();
            self.judge_pool(lines, settlements, &shared, direct_named)
        };
        let pools: Vec<&[(usize, LineIndex)]> = pools.chunk_by(|a, b| a.0 == b.0).collect();
        let judged: Vec<Judged> = pools.into_par_iter().map(judged).collect();
        let (mut upsells, mut quotas) = (Vec::new(), Vec::new());
        for Judged { lines, status, quota, upsell } in judged {
            for line in &lines {
                let own = &mut settlements[line.0].status;
                if *own == Status::Ok {
                    *own = status;
                }
            }
            quotas.extend(quota);
            upsells.extend(upsell);
        }
        (upsells, quotas)
    }

    /// The same of one pool, in draw-down order.
    fn judge_pool(
        &self,
        lines: Vec<LineIndex>,
        settlements: &[Settlement],
        shared: &[&Shared],
        direct_named: &[Exact],
    ) -> Judged {
        let Some(Figures { ordered, delivered, adjusted, measure }) =
            self.pool_figures(&lines, settlements, shared, direct_named)
        else {
            // Something about one line is unknown, so the pool's is too.
            let status = if lines.len() > 1 { Status::Exception } else { Status::Ok };
            return Judged { lines, status, quota: None, upsell: None };
        };
        let drawn = &delivered + &adjusted;
        let status = self.status(&lines, settlements, &ordered, &drawn);
        let locked = lines.iter().all(|line| book_is_done(self.book, *line));
        let quota = self.is_prepaid(&lines, settlements).then(|| Quota {
            lines: lines.clone(),
            measure: measure.clone(),
            ordered: ordered.clone(),
            delivered: delivered.clone(),
            adjusted: adjusted.clone(),
            status: if locked { Status::Locked } else { status },
        });
        let upsell = (status == Status::Upsell).then(|| {
            let overruns = lines.iter().filter_map(|line| settlements[line.0].overrun.clone());
            Upsell {
                by_entries: lines.iter().all(|line| {
                    self.rules.manual == ManualDelivery::Entries
                        || self.book.line(*line).tracking != Some(Tracking::Manual)
                }),
                threshold: self.book.line(lines[0]).threshold.clone(),
                overrun: overruns.reduce(|a, b| a.plus(&b).unwrap_or(a)),
                lines: lines.clone(),
                measure,
                ordered,
                delivered,
                adjusted,
            }
        });
        Judged { lines, status, quota, upsell }
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
    /// could not tell apart; every other line is judged alone. Each line with
    /// the first one of those that it is judged with, in their order.
    fn pools_for_status(&self, shared: &[Shared]) -> Vec<(usize, LineIndex)> {
        let mut root: Vec<usize> = (0..self.book.lines.len()).collect();
        fn find(root: &mut [usize], mut at: usize) -> usize {
            while root[at] != at {
                root[at] = root[root[at]];
                at = root[at];
            }
            at
        }
        for pool in shared.iter().filter(|pool| pool.lines.len() > 1) {
            let tracked = pool.lines.iter().filter(|line| {
                matches!(self.book.line(**line).tracking, Some(Tracking::Contract | Tracking::Task))
            });
            let tracked: Vec<usize> = tracked.map(|line| line.0).collect();
            for pair in tracked.windows(2) {
                let (a, b) = (find(&mut root, pair[0]), find(&mut root, pair[1]));
                root[a.max(b)] = a.min(b);
            }
        }
        let lines = 0..self.book.lines.len();
        let mut pools: Vec<(usize, LineIndex)> =
            lines.map(|at| (find(&mut root, at), LineIndex(at))).collect();
        pools.sort_unstable();
        pools
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

/// What is found of lines judged together.
struct Judged {
    lines: Vec<LineIndex>,
    /// The status of those that are none of their own.
    status: Status,
    quota: Option<Quota>,
    upsell: Option<Upsell>,
}

/// The shared entries that a line has a part of.
fn shared_of(shared_by: &[(LineIndex, usize)], line: LineIndex) -> impl Iterator<Item = usize> {
    let start = shared_by.partition_point(|(other, _)| *other < line);
    let own = shared_by.iter().skip(start).take_while(move |(other, _)| *other == line);
    own.map(|(_, at)| *at)
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
    let mut orders: Vec<StatusesOfLines> = vec![StatusesOfLines::default(); book.orders.len()];
    for (line, settlement) in book.lines.iter().zip(settlements.iter()) {
        orders[line.order.0].add(settlement.invoice_status);
    }
    for (line, settlement) in book.lines.iter().zip(settlements.iter_mut()) {
        settlement.order_invoice_status = orders[line.order.0].order_status();
    }
}

/// Which invoice statuses the lines of an order have.
#[derive(Debug, Clone, Copy, Default)]
struct StatusesOfLines {
    unknown: bool,
    to_invoice: bool,
    upselling: bool,
    no: bool,
}

impl StatusesOfLines {
    fn add(&mut self, status: Option<InvoiceStatus>) {
        match status {
            None => self.unknown = true,
            Some(InvoiceStatus::ToInvoice) => self.to_invoice = true,
            Some(InvoiceStatus::Upselling) => self.upselling = true,
            Some(InvoiceStatus::No) => self.no = true,
            Some(InvoiceStatus::Invoiced) => {}
        }
    }

    /// `None` where a line's is unknown and the others do not decide.
    fn order_status(self) -> Option<InvoiceStatus> {
        match self {
            Self { to_invoice: true, .. } => Some(InvoiceStatus::ToInvoice),
            Self { unknown: true, .. } => None,
            Self { no: true, .. } => Some(InvoiceStatus::No),
            Self { upselling: true, .. } => Some(InvoiceStatus::Upselling),
            _ => Some(InvoiceStatus::Invoiced),
        }
    }
}
