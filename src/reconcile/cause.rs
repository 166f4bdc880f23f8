//! Causes (rule 6.8): why an exported delivered quantity may differ from ours.
//! Each cause is an alternative way of arriving at a figure, tried on the lines
//! that differ and nowhere else. A fit is a fit, not a proof.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use rayon::prelude::*;

use crate::model::{Book, EntryKey, Exact, KeyPart, LineIndex, Name, UnitId};

use super::attribute::{Attribution, Target};
use super::convert::{Measure, convert};
use super::daily::DailySums;
use super::partial::{PartialSums, value_and_hours};
use super::pool::{Serving, Share, allocate, servings, share_in_line_unit};
use super::rules::{Allocation, Rounding, Rules};
use super::settle::Settled;

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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// What only the entries themselves can tell: sums of them, never the entries.
#[derive(Debug, Default)]
pub struct Evidence {
    /// Rounded one by one, in the target's measure.
    each: BTreeMap<usize, Exact>,
    days: BTreeMap<usize, BTreeMap<NaiveDate, UnitSums>>,
    excluded: BTreeMap<usize, UnitSums>,
    duplicates: BTreeMap<usize, UnitSums>,
    with_left_out: BTreeMap<usize, UnitSums>,
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
}

/// How a figure is arrived at.
struct Way<'w> {
    rounding: Rounding,
    allocation: Allocation,
    amount: &'w dyn Fn(usize, &Measure) -> Exact,
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
            components: Vec::new(),
            unmatched: BTreeMap::new(),
        };
        if !doubts.lines.is_empty() {
            doubts.find_components();
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
        let mut pools: BTreeMap<Target, Vec<LineIndex>> = BTreeMap::new();
        for (contract, serving) in servings(self.book).iter().enumerate() {
            if let Serving::Pool(lines) = serving {
                let target = Target::Contract(crate::model::ContractIndex(contract));
                pools.insert(target, lines.clone());
            }
        }
        for fate in self.settled.fates.values() {
            if let Attribution::To(Target::Lines(lines), _) = &fate.attribution {
                pools.entry(Target::Lines(lines.clone())).or_insert_with(|| lines.clone());
            }
        }
        let pools: Vec<(Target, Vec<LineIndex>)> = pools.into_iter().collect();
        let mut of_line: BTreeMap<LineIndex, Vec<usize>> = BTreeMap::new();
        for (at, (_, lines)) in pools.iter().enumerate() {
            for line in lines {
                of_line.entry(*line).or_default().push(at);
            }
        }
        let mut done: BTreeSet<LineIndex> = BTreeSet::new();
        for start in self.lines.clone() {
            if done.contains(&start) {
                continue;
            }
            let (mut lines, mut shared) = (BTreeSet::from([start]), BTreeSet::new());
            let mut open = vec![start];
            while let Some(line) = open.pop() {
                for pool in of_line.get(&line).into_iter().flatten() {
                    shared.insert(*pool);
                    let others = pools.get(*pool).map_or(&[][..], |(_, lines)| lines.as_slice());
                    open.extend(others.iter().copied().filter(|other| lines.insert(*other)));
                }
            }
            done.extend(&lines);
            let direct: Vec<usize> =
                lines.iter().map(|line| self.add_source(Target::Line(*line), &[*line])).collect();
            // Targets sort as they are shared out: names first, then contracts.
            let shared = shared
                .into_iter()
                .filter_map(|pool| pools.get(pool))
                .map(|(target, lines)| self.add_source(target.clone(), lines))
                .collect();
            self.components.push(Component { lines: lines.into_iter().collect(), direct, shared });
        }
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
        let orders = self.orders();
        let units = &self.book.units;
        // Every key that was counted has its fate, and both are in the same order.
        for ((key, cells), fate) in sums.counted.iter().zip(self.settled.fates.values()) {
            let values = cells
                .iter()
                .map(|cell| (cell.unit, value_and_hours(units, cell.unit, &cell.cell.tally.sum).0));
            match &fate.attribution {
                Attribution::To(target, _) => {
                    let Some(source) =
                        self.source_of.get(target).and_then(|at| self.sources.get_mut(*at))
                    else {
                        continue;
                    };
                    for (unit, value) in values {
                        let other = fate.mismatch(unit).is_some();
                        let into = if other { &mut source.mismatched } else { &mut source.counted };
                        add(into, unit, &value);
                    }
                }
                Attribution::Unmatched(_) => {
                    let lines = carried(self.book, &self.lines, &orders, key);
                    if lines.is_empty() {
                        continue;
                    }
                    let values: Vec<(UnitId, Exact)> = values.collect();
                    for line in lines {
                        let into = self.unmatched.entry(line).or_default();
                        for (unit, value) in &values {
                            add(into, *unit, value);
                        }
                    }
                }
                Attribution::Refused(..) => {}
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
    /// in doubt: for [`Evidence::take`].
    #[must_use]
    pub fn source_of_key(&self, place: usize) -> Option<usize> {
        self.source_of.get(self.settled.fates.at(place)?.target()?).copied()
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

    /// The lines, of those given, that a cause fits.
    fn fits_of(
        &self,
        component: &Component,
        cause: Cause,
        lines: &[LineIndex],
        evidence: &Evidence,
    ) -> BTreeMap<LineIndex, Fit> {
        let Rules { rounding, allocation, .. } = *self.rules;
        let with = |extra: &BTreeMap<usize, UnitSums>| {
            let own = component.sources().map(|at| (at, self.counted_with(at, extra.get(&at))));
            own.collect::<BTreeMap<usize, UnitSums>>()
        };
        match cause {
            Cause::RoundedUp if rounding == Rounding::Up => BTreeMap::new(),
            Cause::RoundedUp => {
                let sums = with(&BTreeMap::new());
                self.by_sums(component, lines, cause, (Rounding::Up, allocation), &sums)
            }
            Cause::RoundedEachEntry => {
                let amount =
                    |at: usize, _: &Measure| evidence.each.get(&at).cloned().unwrap_or_default();
                let way = Way { rounding, allocation, amount: &amount };
                self.matching(component, lines, cause, &way, &with(&BTreeMap::new()))
            }
            Cause::NotConverted => self.not_converted(component, lines),
            Cause::FirstLine => {
                let other = match allocation {
                    Allocation::DrawDown => Allocation::FirstLine,
                    Allocation::FirstLine => Allocation::DrawDown,
                };
                let sums = with(&BTreeMap::new());
                self.by_sums(component, lines, cause, (rounding, other), &sums)
            }
            Cause::ExcludedCounted => {
                let sums = with(&evidence.excluded);
                self.by_sums(component, lines, cause, (rounding, allocation), &sums)
            }
            Cause::LeftOutCounted if evidence.with_left_out.is_empty() => BTreeMap::new(),
            Cause::LeftOutCounted => {
                let sums = &evidence.with_left_out;
                self.by_sums(component, lines, cause, (rounding, allocation), sums)
            }
            Cause::DuplicatesCounted => {
                let sums = with(&evidence.duplicates);
                self.by_sums(component, lines, cause, (rounding, allocation), &sums)
            }
            Cause::UnmatchedCounted => {
                let mut found = BTreeMap::new();
                for line in lines {
                    let Some(extra) = self.unmatched.get(line) else { continue };
                    // Where the line's contract is served, they are on it.
                    let own = |at: &&usize| {
                        self.sources.get(**at).is_some_and(|source| {
                            matches!(source.target, Target::Contract(_))
                                && source.lines.contains(line)
                        })
                    };
                    let at = component.shared.iter().find(own).copied();
                    let at = at.or_else(|| self.source_of.get(&Target::Line(*line)).copied());
                    let Some(at) = at else { continue };
                    let sums = with(&BTreeMap::from([(at, extra.clone())]));
                    let way = (rounding, allocation);
                    found.extend(self.by_sums(component, &[*line], cause, way, &sums));
                }
                found
            }
            Cause::EntriesMissing => self.entries_missing(component, lines, evidence),
            Cause::Unexplained => BTreeMap::new(),
        }
    }

    fn counted_with(&self, at: usize, extra: Option<&UnitSums>) -> UnitSums {
        let mut sums = self.sources.get(at).map(|s| s.counted.clone()).unwrap_or_default();
        for (unit, value) in extra.into_iter().flatten() {
            add(&mut sums, *unit, value);
        }
        sums
    }

    fn by_sums(
        &self,
        component: &Component,
        lines: &[LineIndex],
        cause: Cause,
        (rounding, allocation): (Rounding, Allocation),
        sums: &BTreeMap<usize, UnitSums>,
    ) -> BTreeMap<LineIndex, Fit> {
        let amount = |at: usize, measure: &Measure| {
            let sums: Vec<(UnitId, Exact)> = sums.get(&at).map(to_vec).unwrap_or_default();
            convert(&sums, measure, rounding, &self.book.units)
        };
        let way = Way { rounding, allocation, amount: &amount };
        self.matching(component, lines, cause, &way, sums)
    }

    /// Everything as it stands; or, as Odoo does it, only what does not convert.
    fn not_converted(
        &self,
        component: &Component,
        lines: &[LineIndex],
    ) -> BTreeMap<LineIndex, Fit> {
        let Rules { rounding, allocation, .. } = *self.rules;
        let units = &self.book.units;
        let all: BTreeMap<usize, UnitSums> = component
            .sources()
            .filter_map(|at| {
                Some((at, self.counted_with(at, Some(&self.sources.get(at)?.mismatched))))
            })
            .collect();
        let sum = |sums: &UnitSums| -> Exact { sums.values().cloned().sum() };
        let as_they_stand = |at: usize, measure: &Measure| {
            measure.rounded(&all.get(&at).map(sum).unwrap_or_default(), rounding, units)
        };
        let what_does_not_convert = |at: usize, measure: &Measure| {
            let Some(source) = self.sources.get(at) else { return Exact::zero() };
            let converted = convert(&to_vec(&source.counted), measure, rounding, units);
            // The ERP keeps the sum with the decimals of the unit.
            measure.rounded(&(&converted + &sum(&source.mismatched)), rounding, units)
        };
        let mut found = BTreeMap::new();
        let ways = [
            Way { rounding, allocation, amount: &what_does_not_convert },
            Way { rounding, allocation, amount: &as_they_stand },
        ];
        for way in ways {
            found.extend(self.matching(component, lines, Cause::NotConverted, &way, &all));
        }
        found
    }

    /// After which day the entries would have to be unknown; the latest.
    fn entries_missing(
        &self,
        component: &Component,
        lines: &[LineIndex],
        evidence: &Evidence,
    ) -> BTreeMap<LineIndex, Fit> {
        let Rules { rounding, allocation, .. } = *self.rules;
        let days: BTreeSet<NaiveDate> = component
            .sources()
            .filter_map(|at| evidence.days.get(&at))
            .flat_map(|days| days.keys().copied())
            .collect();
        let Some(before) = days.first().and_then(|day| day.checked_sub_days(Days::new(1))) else {
            return BTreeMap::new();
        };
        let running: RefCell<BTreeMap<usize, UnitSums>> = RefCell::default();
        let amount = |at: usize, measure: &Measure| {
            let sums = running.borrow().get(&at).map(to_vec).unwrap_or_default();
            convert(&sums, measure, rounding, &self.book.units)
        };
        let way = Way { rounding, allocation, amount: &amount };
        let mut found = BTreeMap::new();
        for day in std::iter::once(before).chain(days) {
            for at in component.sources() {
                let of_day = evidence.days.get(&at).and_then(|days| days.get(&day));
                for (unit, value) in of_day.into_iter().flatten() {
                    add(running.borrow_mut().entry(at).or_default(), *unit, value);
                }
            }
            let sums = running.borrow().clone();
            let fits = self.matching(component, lines, Cause::EntriesMissing, &way, &sums);
            found.extend(
                fits.into_iter().map(|(line, fit)| (line, Fit { until: Some(day), ..fit })),
            );
        }
        found
    }

    /// The lines whose exported figure this way arrives at.
    fn matching(
        &self,
        component: &Component,
        lines: &[LineIndex],
        cause: Cause,
        way: &Way<'_>,
        sums: &BTreeMap<usize, UnitSums>,
    ) -> BTreeMap<LineIndex, Fit> {
        let (figures, _) = self.figures(component, way);
        lines
            .iter()
            .filter(|line| figures.get(line) == self.book.line(**line).exported.as_ref())
            .map(|line| {
                let mut own = UnitSums::new();
                for at in component.sources() {
                    let Some(source) = self.sources.get(at) else { continue };
                    if source.lines.contains(line) {
                        for (unit, value) in sums.get(&at).into_iter().flatten() {
                            add(&mut own, *unit, value);
                        }
                    }
                }
                (*line, Fit { cause, sums: own, until: None })
            })
            .collect()
    }

    /// What each line is delivered in some way: settlement (rules 5.2 and 3.5)
    /// over the component alone.
    fn figures(
        &self,
        component: &Component,
        way: &Way<'_>,
    ) -> (BTreeMap<LineIndex, Exact>, Vec<Part>) {
        let book = self.book;
        let mut parts = Vec::new();
        let mut named: BTreeMap<LineIndex, Exact> = component
            .lines
            .iter()
            .zip(&component.direct)
            .map(|(line, at)| {
                let measure = Measure::of(book.line(*line));
                (*line, measure.map(|measure| (way.amount)(*at, &measure)).unwrap_or_default())
            })
            .collect();
        for (line, at) in component.lines.iter().zip(&component.direct) {
            let own = named.get(line).cloned().unwrap_or_default();
            parts.push(Part { source: *at, total: own.clone(), shares: vec![own] });
        }
        for at in &component.shared {
            let Some(source) = self.sources.get(*at) else { continue };
            let Some(measure) = &source.measure else { continue };
            let total = (way.amount)(*at, measure);
            let share = |index: &LineIndex| {
                let line = book.line(*index);
                let factor = Measure::of(line)
                    .and_then(|own| measure.factor_from_measure(&own, &book.units))
                    .unwrap_or_default();
                Share {
                    ordered: line.ordered.as_ref().map(|ordered| ordered * &factor),
                    named: named.get(index).map(|named| named * &factor).unwrap_or_default(),
                }
            };
            let places: Vec<Share> = source.lines.iter().map(share).collect();
            let shares = allocate(&total, &places, way.allocation);
            let mut own_shares = Vec::with_capacity(shares.len());
            for (index, share) in source.lines.iter().zip(&shares) {
                let line = book.line(*index);
                let own = share_in_line_unit(share, measure, line, way.rounding, &book.units);
                if let Some(named) = named.get_mut(index) {
                    *named = &*named + &own;
                }
                own_shares.push(own);
            }
            parts.push(Part { source: *at, total, shares: own_shares });
        }
        (named, parts)
    }

    /// What the lines are made of, for each set of lines that depend on one
    /// another.
    #[must_use]
    pub fn make_up(&self) -> Vec<MakeUp<'_>> {
        let Rules { rounding, allocation, .. } = *self.rules;
        let amount = |at: usize, measure: &Measure| {
            let sums = self.sources.get(at).map(|s| to_vec(&s.counted)).unwrap_or_default();
            convert(&sums, measure, rounding, &self.book.units)
        };
        let way = Way { rounding, allocation, amount: &amount };
        let of_component = |component: &Component| {
            let (figures, parts) = self.figures(component, &way);
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
            let days = evidence.days.get(&part.index).into_iter().flatten();
            for (day, of_day) in days.filter(|(day, _)| before.is_none_or(|end| **day < end)) {
                for (unit, value) in of_day {
                    sums.add_exact(*day, part.target, *unit, value.clone());
                }
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

impl Evidence {
    /// Takes an entry in; `source` is what [`Doubts::source_of_key`] says.
    pub fn take(
        &mut self,
        doubts: &Doubts<'_>,
        source: usize,
        standing: Standing,
        (day, unit, amount): (NaiveDate, UnitId, &Exact),
    ) {
        let of = doubts.sources.get(source).and_then(|source| source.measure.as_ref());
        let factor = of.and_then(|measure| measure.factor_from(unit, &doubts.book.units));
        let (Some(measure), Some(factor)) = (of, factor) else { return };
        match standing {
            Standing::Counted => {
                let units = &doubts.book.units;
                let own = measure.rounded(&(amount * &factor), doubts.rules.rounding, units);
                let each = self.each.entry(source).or_default();
                *each = &*each + &own;
                let days = self.days.entry(source).or_default();
                add(days.entry(day).or_default(), unit, amount);
            }
            Standing::Excluded => add(self.excluded.entry(source).or_default(), unit, amount),
            Standing::Duplicate => add(self.duplicates.entry(source).or_default(), unit, amount),
            Standing::CountedOrLeftOut => {
                add(self.with_left_out.entry(source).or_default(), unit, amount);
            }
        }
    }
}

fn add(sums: &mut UnitSums, unit: UnitId, value: &Exact) {
    let sum = sums.entry(unit).or_default();
    *sum = &*sum + value;
}

fn to_vec(sums: &UnitSums) -> Vec<(UnitId, Exact)> {
    sums.iter().map(|(unit, value)| (*unit, value.clone())).collect()
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
