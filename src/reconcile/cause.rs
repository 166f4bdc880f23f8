//! Causes (rule 6.8): why an exported delivered quantity may differ from ours.
//! Each cause is an alternative way of arriving at a figure, tried on the lines
//! that differ and nowhere else. A fit is a fit, not a proof.

mod evidence;
mod fits;

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::model::{Book, ContractIndex, EntryKey, Exact, KeyPart, LineIndex, Name, UnitId};

use super::attribute::{Attribution, Target};
use super::convert::Measure;
use super::daily::DailySums;
use super::key_sums::KeyCell;
use super::partial::{PartialSums, value_in};
use super::pool::Serving;
use super::rules::Rules;
use super::settle::{KeyFate, Settled};

use evidence::add;
pub use evidence::{Evidence, Witnesses};

/// Why an exported figure may differ, in the order in which causes are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// Sums rounded away from zero.
    RoundedUp,
    /// Each entry converted and rounded, then summed.
    RoundedEachEntry,
    /// The entries' amounts added as they stand.
    NotConverted,
    /// The contract's hours shared out the other way (rule 3.5).
    FirstLine,
    /// With the entries outside the days that count.
    ExcludedCounted,
    /// With the entries that are not approved or not billable.
    LeftOutCounted,
    /// With the entries that are in the inputs more than once.
    DuplicatesCounted,
    /// With the unmatched entries that carry this order's name, contract or task.
    UnmatchedCounted,
    /// Without the entries after some day.
    EntriesMissing,
    /// None of these.
    Unexplained,
}

impl Cause {
    /// Every cause, in the order in which they are tried.
    pub const ALL: [Self; 10] = [
        Self::RoundedUp,
        Self::RoundedEachEntry,
        Self::NotConverted,
        Self::FirstLine,
        Self::ExcludedCounted,
        Self::LeftOutCounted,
        Self::DuplicatesCounted,
        Self::UnmatchedCounted,
        Self::EntriesMissing,
        Self::Unexplained,
    ];

    /// The stable name, as delivered.csv writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::RoundedUp => "rounded_up",
            Self::RoundedEachEntry => "rounded_each_entry",
            Self::NotConverted => "not_converted",
            Self::FirstLine => "first_line",
            Self::ExcludedCounted => "excluded_counted",
            Self::LeftOutCounted => "left_out_counted",
            Self::DuplicatesCounted => "duplicates_counted",
            Self::UnmatchedCounted => "unmatched_counted",
            Self::EntriesMissing => "entries_missing",
            Self::Unexplained => "unexplained",
        }
    }
}

/// Sums by unit.
pub type UnitSums = BTreeMap<UnitId, Exact>;

/// An alternative that gives the exported figure to its last digit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    /// The cause.
    pub cause: Cause,
    /// The sums that come to the figure, of all entries that the line or its
    /// pool has in that way.
    pub sums: UnitSums,
    /// The last day that the exported figure knows of ([`Cause::EntriesMissing`]).
    pub until: Option<NaiveDate>,
}

/// What became of an entry that leads to a line in doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It counts.
    Counted,
    /// It lies outside the days that count.
    Excluded,
    /// The same entry again.
    Duplicate,
    /// It counts, or the user's choice leaves it out.
    CountedOrLeftOut,
}

/// Something that entries are attributed to, and what it counts.
#[derive(Debug)]
struct Source {
    target: Target,
    /// The lines that share it.
    lines: Vec<LineIndex>,
    measure: Option<Measure>,
    counted: UnitSums,
    /// Of another category (rule 5.3).
    mismatched: UnitSums,
}

/// Lines whose figures depend on one another, with all that they are made of.
#[derive(Debug, Default)]
struct Component {
    lines: Vec<LineIndex>,
    /// Entries that name each line, in the order of the lines.
    direct: Vec<usize>,
    /// What several lines share, in the order in which it is shared out.
    shared: Vec<usize>,
    /// How: of those that have a measure.
    pooled: Vec<Pooled>,
}

/// Entries that several lines of a component share.
#[derive(Debug)]
struct Pooled {
    source: usize,
    members: Vec<Member>,
}

/// A line among those that share entries.
#[derive(Debug)]
struct Member {
    /// Its place in the component.
    at: usize,
    /// What an amount in its unit is multiplied by to be in the pool's.
    to_pool: Exact,
    /// Its ordered quantity in the pool's unit.
    ordered: Option<Exact>,
    /// Its measure and what an amount of the pool is multiplied by to be in
    /// it; `None` where both are the same, or it has none.
    from_pool: Option<(Measure, Exact)>,
}

/// Lines whose exported figure differs from ours.
#[derive(Debug)]
pub struct Doubts<'a> {
    book: &'a Book,
    rules: &'a Rules,
    settled: &'a Settled,
    lines: BTreeSet<LineIndex>,
    sources: Vec<Source>,
    source_of: BTreeMap<Target, usize>,
    /// By the place of a key among the sums.
    source_of_keys: Vec<Option<SourceOfKey>>,
    components: Vec<Component>,
    unmatched: BTreeMap<LineIndex, UnitSums>,
}

/// The line's exported figure, where it differs from ours.
#[must_use]
pub fn exported_otherwise<'b>(
    book: &'b Book,
    settled: &Settled,
    line: LineIndex,
) -> Option<&'b Exact> {
    let exported = book.line(line).exported.as_ref()?;
    let delivered = settled.settlements.get(line.0)?.delivered.as_ref()?;
    (delivered != exported).then_some(exported)
}

/// The place of a source, in little room: of each entry that is looked at its
/// key's is asked for.
#[derive(Debug, Clone, Copy)]
struct SourceOfKey(NonZeroU32);

impl SourceOfKey {
    fn new(place: usize) -> Option<Self> {
        // As many sources would not fit into memory.
        u32::try_from(place + 1).ok().and_then(NonZeroU32::new).map(Self)
    }

    fn place(self) -> usize {
        self.0.get() as usize - 1
    }
}

impl<'a> Doubts<'a> {
    /// The lines of a settled book that differ, among those asked for.
    #[must_use]
    pub fn new(
        book: &'a Book,
        settled: &'a Settled,
        rules: &'a Rules,
        which: impl Fn(LineIndex) -> bool,
    ) -> Self {
        let lines = (0..book.lines.len()).map(LineIndex);
        let differs = |line: &LineIndex| exported_otherwise(book, settled, *line).is_some();
        let lines = lines.filter(|line| which(*line) && differs(line)).collect();
        Self::over(book, settled, rules, lines)
    }

    /// The same machinery over lines of any kind: to show what they are made of.
    #[must_use]
    pub fn over(
        book: &'a Book,
        settled: &'a Settled,
        rules: &'a Rules,
        lines: BTreeSet<LineIndex>,
    ) -> Self {
        let mut doubts = Self {
            book,
            rules,
            settled,
            lines,
            sources: Vec::new(),
            source_of: BTreeMap::new(),
            source_of_keys: Vec::new(),
            components: Vec::new(),
            unmatched: BTreeMap::new(),
        };
        if !doubts.lines.is_empty() {
            doubts.find_components();
            doubts.source_of_keys = doubts.sources_of_keys();
        }
        doubts
    }

    /// Whether no line differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Whether a line shares entries with others.
    #[must_use]
    pub fn is_shared(&self, line: LineIndex) -> bool {
        let of = |source: &Source| source.lines.len() > 1 && source.lines.contains(&line);
        self.sources.iter().any(of)
    }

    /// How many lines differ.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// The lines that differ.
    pub fn lines(&self) -> impl Iterator<Item = LineIndex> + '_ {
        self.lines.iter().copied()
    }

    /// Lines that share entries are one component, directly or by others.
    fn find_components(&mut self) {
        let settled = self.settled;
        let named = settled.fates.values().filter_map(|fate| match &fate.attribution {
            Attribution::To(Target::Lines(lines), _) => Some(lines),
            _ => None,
        });
        let named: BTreeSet<&Vec<LineIndex>> = named.collect();
        // In the order in which they are shared out: names first, then contracts.
        let named = named.into_iter().map(|lines| (Target::Lines(lines.clone()), lines.as_slice()));
        let contracts = settled.servings.iter().enumerate().filter_map(|(at, serving)| {
            let Serving::Pool(lines) = serving else { return None };
            Some((Target::Contract(ContractIndex(at)), lines.as_slice()))
        });
        let pools: Vec<(Target, &[LineIndex])> = named.chain(contracts).collect();
        let lines_of = |(at, (_, lines)): (usize, &(_, &'a [LineIndex]))| {
            lines.iter().map(move |line| (*line, at))
        };
        let mut of_line: Vec<(LineIndex, usize)> =
            pools.iter().enumerate().flat_map(lines_of).collect();
        of_line.par_sort_unstable();
        let pools_of = |line: LineIndex| {
            let start = of_line.partition_point(|(other, _)| *other < line);
            let own = of_line.iter().skip(start).take_while(move |(other, _)| *other == line);
            own.map(|(_, pool)| *pool)
        };
        let mut done: BTreeSet<LineIndex> = BTreeSet::new();
        for start in self.lines.clone() {
            if done.contains(&start) {
                continue;
            }
            let (mut lines, mut shared) = (BTreeSet::from([start]), BTreeSet::new());
            let mut open = vec![start];
            while let Some(line) = open.pop() {
                for pool in pools_of(line) {
                    shared.insert(pool);
                    let others = pools.get(pool).map_or(&[][..], |(_, lines)| lines);
                    open.extend(others.iter().copied().filter(|other| lines.insert(*other)));
                }
            }
            done.extend(&lines);
            let direct: Vec<usize> =
                lines.iter().map(|line| self.add_source(Target::Line(*line), &[*line])).collect();
            let shared: Vec<usize> = shared
                .into_iter()
                .filter_map(|pool| pools.get(pool))
                .map(|(target, lines)| self.add_source(target.clone(), lines))
                .collect();
            let lines: Vec<LineIndex> = lines.into_iter().collect();
            let pooled = shared.iter().filter_map(|at| self.pooled(*at, &lines)).collect();
            self.components.push(Component { lines, direct, shared, pooled });
        }
    }

    /// How the entries of a source are shared out among lines of a component.
    fn pooled(&self, source: usize, lines: &[LineIndex]) -> Option<Pooled> {
        let units = &self.book.units;
        let Source { lines: own, measure, .. } = self.sources.get(source)?;
        let measure = measure.clone()?;
        let member = |index: &LineIndex| {
            let line = self.book.line(*index);
            let of_line = Measure::of(line);
            let factor = of_line.as_ref().and_then(|own| measure.factor_from_measure(own, units));
            let to_pool = factor.unwrap_or_default();
            let converted = of_line.filter(|own| !own.is_same(&measure, units));
            Some(Member {
                at: lines.binary_search(index).ok()?,
                ordered: line.ordered.as_ref().map(|ordered| ordered * &to_pool),
                to_pool,
                from_pool: converted.map(|own| {
                    let factor = own.factor_from_measure(&measure, units).unwrap_or_default();
                    (own, factor)
                }),
            })
        };
        Some(Pooled { source, members: own.iter().filter_map(member).collect() })
    }

    fn sources_of_keys(&self) -> Vec<Option<SourceOfKey>> {
        let source = |fate: &KeyFate| SourceOfKey::new(*self.source_of.get(fate.target()?)?);
        self.settled.fates.as_slice().par_iter().map(source).collect()
    }

    fn add_source(&mut self, target: Target, lines: &[LineIndex]) -> usize {
        let measure = lines.iter().find_map(|line| Measure::of(self.book.line(*line)));
        let at = self.sources.len();
        self.source_of.insert(target.clone(), at);
        self.sources.push(Source {
            target,
            lines: lines.to_vec(),
            measure,
            counted: UnitSums::new(),
            mismatched: UnitSums::new(),
        });
        at
    }

    /// Takes in what the scan summed: what counts, and what is unmatched.
    #[must_use]
    pub fn with_sums(mut self, sums: &PartialSums) -> Self {
        if self.lines.is_empty() {
            return self;
        }
        let units = &self.book.units;
        let value = |cell: &KeyCell| value_in(units, cell.unit, &cell.cell.tally.sum);
        // Every key that was counted has its fate, and both are in the same order.
        let fates = self.settled.fates.values().zip(&self.source_of_keys);
        for (at, (fate, source)) in fates.enumerate() {
            let source = source.and_then(|source| self.sources.get_mut(source.place()));
            let Some(source) = source else { continue };
            for cell in sums.counted.cells(at) {
                let other = fate.mismatch(cell.unit).is_some();
                let into = if other { &mut source.mismatched } else { &mut source.counted };
                add(into, cell.unit, &value(cell));
            }
        }
        let orders = self.orders();
        let of_key = |(at, key): (usize, &EntryKey)| {
            let fate = self.settled.fates.at(at)?;
            if !matches!(fate.attribution, Attribution::Unmatched(_)) {
                return None;
            }
            let lines = carried(self.book, &self.lines, &orders, key);
            (!lines.is_empty()).then_some((at, lines))
        };
        let keys = sums.counted.keys().as_slice().par_iter().enumerate();
        let unmatched: Vec<(usize, BTreeSet<LineIndex>)> = keys.filter_map(of_key).collect();
        for (at, lines) in unmatched {
            let cells = sums.counted.cells(at);
            let values: Vec<(UnitId, Exact)> = cells.iter().map(|c| (c.unit, value(c))).collect();
            for line in lines {
                let into = self.unmatched.entry(line).or_default();
                for (unit, value) in &values {
                    add(into, *unit, value);
                }
            }
        }
        self
    }

    /// The lines in doubt by the name of their order.
    fn orders(&self) -> BTreeMap<Name, Vec<LineIndex>> {
        let mut orders: BTreeMap<Name, Vec<LineIndex>> = BTreeMap::new();
        for line in &self.lines {
            orders.entry(Name::new(&self.book.order_of(*line).name)).or_default().push(*line);
        }
        orders
    }

    /// Where the entries of the key at a place among the sums lead, if that is
    /// in doubt: for [`Witnesses`].
    #[must_use]
    pub fn source_of_key(&self, place: usize) -> Option<usize> {
        (*self.source_of_keys.get(place)?).map(SourceOfKey::place)
    }

    /// Tries causes in order on the lines that have none yet.
    pub fn try_causes(
        &self,
        causes: &[Cause],
        evidence: &Evidence,
        found: &mut BTreeMap<LineIndex, Fit>,
    ) {
        let known = &*found;
        let fits_of = |component: &Component| {
            let mut fits: BTreeMap<LineIndex, Fit> = BTreeMap::new();
            for cause in causes {
                let is_open = |line: &LineIndex| {
                    self.lines.contains(line)
                        && !known.contains_key(line)
                        && !fits.contains_key(line)
                };
                let open: Vec<LineIndex> =
                    component.lines.iter().copied().filter(is_open).collect();
                if open.is_empty() {
                    break;
                }
                fits.extend(self.fits_of(component, *cause, &open, evidence));
            }
            fits
        };
        let fits: Vec<BTreeMap<LineIndex, Fit>> = self.components.par_iter().map(fits_of).collect();
        found.extend(fits.into_iter().flatten());
    }

    /// Every cause that fits a line.
    #[must_use]
    pub fn fits(&self, line: LineIndex, evidence: &Evidence) -> Vec<Fit> {
        let Some(component) = self.components.iter().find(|c| c.lines.contains(&line)) else {
            return Vec::new();
        };
        let fit = |cause: &Cause| self.fits_of(component, *cause, &[line], evidence).remove(&line);
        Cause::ALL.iter().filter_map(fit).collect()
    }

    /// What the lines are made of, for each set of lines that depend on one
    /// another.
    #[must_use]
    pub fn make_up(&self) -> Vec<MakeUp<'_>> {
        let Rules { rounding, allocation, .. } = *self.rules;
        let amount = |at: usize, measure: &Measure| {
            let counted = self.sources.get(at).map(|source| &source.counted);
            counted.map(|sums| self.converted(sums, measure, rounding)).unwrap_or_default()
        };
        let of_component = |component: &Component| {
            let (mut figures, mut parts) = (Vec::new(), Vec::new());
            let amounts = self.amounts(component, amount);
            let way = (rounding, allocation);
            self.figures(component, &amounts, way, (&mut figures, Some(&mut parts)));
            let figures = component.lines.iter().copied().zip(figures).collect();
            let part = |part: Part| {
                let source = self.sources.get(part.source)?;
                Some(PartOf {
                    index: part.source,
                    target: &source.target,
                    lines: &source.lines,
                    measure: source.measure.as_ref(),
                    counted: &source.counted,
                    total: part.total,
                    shares: part.shares,
                })
            };
            MakeUp { figures, parts: parts.into_iter().filter_map(part).collect() }
        };
        self.components.iter().map(of_component).collect()
    }

    /// The sums of some parts day by day (rule 6.9), up to a day.
    #[must_use]
    pub fn days(
        &self,
        make_up: &MakeUp<'_>,
        evidence: &Evidence,
        before: Option<NaiveDate>,
    ) -> DailySums {
        let mut sums = DailySums::default();
        for part in &make_up.parts {
            let days = evidence.of(part.index).into_iter().flat_map(|own| &own.days);
            for (day, unit, sum) in days.filter(|(day, ..)| before.is_none_or(|end| *day < end)) {
                sums.add_exact(*day, part.target, *unit, value_in(&self.book.units, *unit, sum));
            }
        }
        sums
    }

    /// The lines, of those asked for, whose order's name, contract or task a key
    /// carries.
    #[must_use]
    pub fn carried_by(&self, key: &EntryKey) -> BTreeSet<LineIndex> {
        carried(self.book, &self.lines, &self.orders(), key)
    }
}

/// What a set of lines that depend on one another is made of.
#[derive(Debug)]
pub struct MakeUp<'a> {
    /// What each line is delivered by entries, in its unit.
    pub figures: BTreeMap<LineIndex, Exact>,
    /// The parts: entries of each line by itself, then those that are shared.
    pub parts: Vec<PartOf<'a>>,
}

/// Entries that are attributed alike, and what they come to.
#[derive(Debug)]
pub struct PartOf<'a> {
    /// As [`Doubts::source_of_key`] gives it.
    pub index: usize,
    /// What the entries are attributed to.
    pub target: &'a Target,
    /// The lines that share them, in draw-down order.
    pub lines: &'a [LineIndex],
    /// What they are counted in.
    pub measure: Option<&'a Measure>,
    /// Their sums.
    pub counted: &'a UnitSums,
    /// The sums converted, rounded and added.
    pub total: Exact,
    /// What each line gets of it, in its own unit.
    pub shares: Vec<Exact>,
}

/// What entries of one source come to.
struct Part {
    source: usize,
    total: Exact,
    shares: Vec<Exact>,
}

impl Component {
    fn sources(&self) -> impl Iterator<Item = usize> + '_ {
        self.direct.iter().chain(&self.shared).copied()
    }
}

/// The lines, of those asked for, whose order's name, contract or task an
/// unmatched key carries.
fn carried(
    book: &Book,
    lines: &BTreeSet<LineIndex>,
    orders: &BTreeMap<Name, Vec<LineIndex>>,
    key: &EntryKey,
) -> BTreeSet<LineIndex> {
    let mut found: BTreeSet<LineIndex> = BTreeSet::new();
    let texts = [KeyPart::Order, KeyPart::LineLabel, KeyPart::Contract, KeyPart::Project];
    for text in texts.into_iter().filter_map(|part| key.get(part)) {
        // An order's name, alone or before what it is for.
        let start = text.split_once(" - ").map(|(start, _)| start);
        for name in std::iter::once(text).chain(start) {
            found.extend(orders.get(&Name::new(name)).into_iter().flatten());
        }
    }
    let ids = (key.get(KeyPart::ContractId), key.get(KeyPart::ContractDatabaseId));
    let contracts = book.contracts(ids.0, ids.1, key.get(KeyPart::Contract)).into_vec();
    for contract in contracts {
        let of = book.contracts.get(contract.0).map_or(&[][..], |found| found.lines.as_slice());
        found.extend(of.iter().filter(|line| lines.contains(line)));
    }
    let by_id = book.task_by_id(key.get(KeyPart::TaskId), key.get(KeyPart::TaskDatabaseId));
    let by_name = || {
        key.get(KeyPart::Task).map(|name| book.tasks_by_name(name).into_vec()).unwrap_or_default()
    };
    for task in by_id.map_or_else(by_name, |task| vec![task]) {
        let of = book.tasks.get(task).into_iter().flat_map(|task| &task.lines);
        found.extend(of.filter(|line| lines.contains(line)));
    }
    found
}
