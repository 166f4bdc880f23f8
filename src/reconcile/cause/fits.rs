//! Which causes fit: each one's way of arriving at a figure, tried on lines that
//! depend on one another.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::model::{Exact, LineIndex, UnitId, UnitTable};
use crate::reconcile::attribute::Target;
use crate::reconcile::convert::{Measure, Stepping, convert_each};
use crate::reconcile::partial::{ExactSum, value_in};
use crate::reconcile::pool::{Share, allocate};
use crate::reconcile::rules::{Allocation, Rounding, Rules};

use super::evidence::{Evidence, add};
use super::{Cause, Component, Doubts, Fit, Member, Part, UnitSums};

/// How sums are rounded and shared out.
pub(super) type Way = (Rounding, Allocation);

/// What is counted besides, by source.
type Extra<'e> = dyn Fn(usize) -> Option<&'e UnitSums> + 'e;

/// The sums of a source up to some day, and what each comes to in its measure.
struct Running<'a> {
    measure: Option<&'a Measure>,
    units: Vec<OfUnit>,
}

/// The same of one unit.
struct OfUnit {
    unit: UnitId,
    sum: ExactSum,
    stepping: Option<Stepping>,
    converted: Converted,
}

/// A converted and rounded sum.
enum Converted {
    /// In rounding steps.
    Steps(i128),
    /// Where integers do not do for it.
    Amount(Exact),
}

impl<'a> Running<'a> {
    fn new(measure: Option<&'a Measure>) -> Self {
        Self { measure, units: Vec::new() }
    }

    /// Adds to the sum of a unit; without a measure nothing is counted.
    fn add(&mut self, unit: UnitId, sum: &ExactSum, rounding: Rounding, units: &UnitTable) {
        let Some(measure) = self.measure else { return };
        let known = self.units.iter().position(|own| own.unit == unit);
        let at = known.unwrap_or_else(|| {
            let stepping = measure.stepping(unit, rounding, units);
            let (sum, converted) = (ExactSum::default(), Converted::Steps(0));
            self.units.push(OfUnit { unit, sum, stepping, converted });
            self.units.len() - 1
        });
        let Some(own) = self.units.get_mut(at) else { return };
        own.sum.merge(sum);
        let steps = own.stepping.and_then(|by| by.steps(by.parts.of_sum(&own.sum)?));
        own.converted = steps.map_or_else(
            || {
                let sum = value_in(units, unit, &own.sum);
                let sums = std::iter::once((unit, &sum));
                Converted::Amount(convert_each(sums, measure, rounding, units))
            },
            Converted::Steps,
        );
    }

    /// All of them, converted, rounded and added.
    fn amount(&self, units: &UnitTable) -> Exact {
        let Some(measure) = self.measure else { return Exact::zero() };
        let (mut steps, mut amount) = (Exact::zero(), Exact::zero());
        for own in &self.units {
            match &own.converted {
                Converted::Steps(own) => steps = &steps + &Exact::from(*own),
                Converted::Amount(own) => amount = &amount + own,
            }
        }
        &amount + &(&steps * measure.step(units))
    }

    fn sums(&self, units: &UnitTable) -> UnitSums {
        let value = |own: &OfUnit| (own.unit, value_in(units, own.unit, &own.sum));
        self.units.iter().map(value).collect()
    }
}

impl Doubts<'_> {
    /// The lines, of those given, that a cause fits.
    pub(super) fn fits_of(
        &self,
        component: &Component,
        cause: Cause,
        lines: &[LineIndex],
        evidence: &Evidence,
    ) -> BTreeMap<LineIndex, Fit> {
        let Rules { rounding, allocation, .. } = *self.rules;
        let nothing = |_: usize| None;
        let by = |way, extra: &Extra<'_>| self.by_sums(component, lines, cause, way, extra);
        match cause {
            Cause::RoundedUp if rounding == Rounding::Up => BTreeMap::new(),
            Cause::RoundedUp => by((Rounding::Up, allocation), &nothing),
            Cause::RoundedEachEntry => {
                let each = |at| evidence.of(at).map(|own| own.each.clone()).unwrap_or_default();
                let amounts: Vec<Exact> = component.sources().map(each).collect();
                let sums = |at| self.counted_with(at, None);
                self.matching(component, lines, cause, (rounding, allocation), &amounts, &sums)
            }
            Cause::NotConverted => self.not_converted(component, lines),
            Cause::FirstLine => {
                let other = match allocation {
                    Allocation::DrawDown => Allocation::FirstLine,
                    Allocation::FirstLine => Allocation::DrawDown,
                };
                by((rounding, other), &nothing)
            }
            Cause::ExcludedCounted => {
                by((rounding, allocation), &|at| Some(&evidence.of(at)?.excluded))
            }
            Cause::LeftOutCounted if !evidence.has_left_out() => BTreeMap::new(),
            Cause::LeftOutCounted => {
                let left_out = |at| evidence.of(at).map(|own| &own.with_left_out);
                let amount = |at, measure: &Measure| match left_out(at) {
                    Some(sums) => self.converted(sums, measure, rounding),
                    None => Exact::zero(),
                };
                let amounts = self.amounts(component, amount);
                let sums = |at| left_out(at).cloned().unwrap_or_default();
                self.matching(component, lines, cause, (rounding, allocation), &amounts, &sums)
            }
            Cause::DuplicatesCounted => {
                by((rounding, allocation), &|at| Some(&evidence.of(at)?.duplicates))
            }
            Cause::UnmatchedCounted => {
                let mut found = BTreeMap::new();
                for line in lines {
                    let Some(extra) = self.unmatched.get(line) else { continue };
                    // Where the line's contract is served, they are on it; those on
                    // a contract of one line are summed with what names that.
                    let own = |at: &&usize| {
                        self.sources.get(**at).is_some_and(|source| {
                            matches!(source.target, Target::Contract(_))
                                && source.lines.len() > 1
                                && source.lines.contains(line)
                        })
                    };
                    let at = component.shared.iter().find(own).copied();
                    let at = at.or_else(|| self.source_of.get(&Target::Line(*line)).copied());
                    let Some(at) = at else { continue };
                    let way = (rounding, allocation);
                    let extra = |source| (source == at).then_some(extra);
                    found.extend(self.by_sums(component, &[*line], cause, way, &extra));
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

    pub(super) fn converted(
        &self,
        sums: &UnitSums,
        measure: &Measure,
        rounding: Rounding,
    ) -> Exact {
        let sums = sums.iter().map(|(unit, sum)| (*unit, sum));
        convert_each(sums, measure, rounding, &self.book.units)
    }

    /// The amount of each of the component's sources, in its measure.
    pub(super) fn amounts(
        &self,
        component: &Component,
        amount: impl Fn(usize, &Measure) -> Exact,
    ) -> Vec<Exact> {
        let of = |at: usize| {
            let measure = self.sources.get(at)?.measure.as_ref()?;
            Some(amount(at, measure))
        };
        component.sources().map(|at| of(at).unwrap_or_default()).collect()
    }

    /// The lines that sums come to, with something counted besides.
    fn by_sums(
        &self,
        component: &Component,
        lines: &[LineIndex],
        cause: Cause,
        way: Way,
        extra: &Extra<'_>,
    ) -> BTreeMap<LineIndex, Fit> {
        let amount = |at: usize, measure: &Measure| match extra(at).filter(|sums| !sums.is_empty())
        {
            None => self
                .sources
                .get(at)
                .map(|source| self.converted(&source.counted, measure, way.0))
                .unwrap_or_default(),
            extra => self.converted(&self.counted_with(at, extra), measure, way.0),
        };
        let amounts = self.amounts(component, amount);
        let sums = |at| self.counted_with(at, extra(at));
        self.matching(component, lines, cause, way, &amounts, &sums)
    }

    /// Everything as it stands; or, as Odoo does it, only what does not convert.
    fn not_converted(
        &self,
        component: &Component,
        lines: &[LineIndex],
    ) -> BTreeMap<LineIndex, Fit> {
        let Rules { rounding, allocation, .. } = *self.rules;
        let units = &self.book.units;
        let sum = |sums: &UnitSums| sums.values().fold(Exact::zero(), |sum, own| &sum + own);
        let as_they_stand = |at: usize, measure: &Measure| {
            let Some(source) = self.sources.get(at) else { return Exact::zero() };
            let all = &sum(&source.counted) + &sum(&source.mismatched);
            measure.rounded(&all, rounding, units)
        };
        let what_does_not_convert = |at: usize, measure: &Measure| {
            let Some(source) = self.sources.get(at) else { return Exact::zero() };
            let converted = self.converted(&source.counted, measure, rounding);
            // The ERP keeps the sum with the decimals of the unit.
            measure.rounded(&(&converted + &sum(&source.mismatched)), rounding, units)
        };
        let sums = |at: usize| {
            let mismatched = self.sources.get(at).map(|source| &source.mismatched);
            self.counted_with(at, mismatched)
        };
        let mut found = BTreeMap::new();
        for amounts in
            [self.amounts(component, what_does_not_convert), self.amounts(component, as_they_stand)]
        {
            let way = (rounding, allocation);
            let cause = Cause::NotConverted;
            found.extend(self.matching(component, lines, cause, way, &amounts, &sums));
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
        let units = &self.book.units;
        // What happens when, and to which of the component's sources.
        let mut events: Vec<(NaiveDate, usize, UnitId, &ExactSum)> = Vec::new();
        for (place, at) in component.sources().enumerate() {
            let days = evidence.of(at).into_iter().flat_map(|own| &own.days);
            events.extend(days.map(|(day, unit, sum)| (*day, place, *unit, sum)));
        }
        events.sort_unstable_by_key(|(day, place, unit, _)| (*day, *place, *unit));
        let Some(before) = events.first().and_then(|event| event.0.checked_sub_days(Days::new(1)))
        else {
            return BTreeMap::new();
        };
        let mut running: Vec<Running<'_>> = component
            .sources()
            .map(|at| Running::new(self.sources.get(at).and_then(|own| own.measure.as_ref())))
            .collect();
        let mut amounts: Vec<Exact> = vec![Exact::zero(); running.len()];
        let mut figures: Vec<Exact> = Vec::with_capacity(component.lines.len());
        // The last day that fits each line, and the sums on it.
        let mut found: BTreeMap<LineIndex, Fit> = BTreeMap::new();
        let mut compare = |day: NaiveDate, amounts: &[Exact], running: &[Running<'_>]| {
            self.figures(component, amounts, (rounding, allocation), (&mut figures, None));
            for line in lines {
                if !self.is_exported(component, *line, &figures) {
                    continue;
                }
                let sums = component.sources().zip(running);
                let sums = self.sums_of_line(sums.map(|(at, sums)| (at, sums.sums(units))), *line);
                let fit = Fit { cause: Cause::EntriesMissing, sums, until: Some(day) };
                found.insert(*line, fit);
            }
        };
        compare(before, &amounts, &running);
        for of_day in events.chunk_by(|a, b| a.0 == b.0) {
            for of_source in of_day.chunk_by(|a, b| a.1 == b.1) {
                let Some(place) = of_source.first().map(|event| event.1) else { continue };
                let (Some(sums), Some(amount)) = (running.get_mut(place), amounts.get_mut(place))
                else {
                    continue;
                };
                for (_, _, unit, value) in of_source {
                    sums.add(*unit, value, rounding, units);
                }
                *amount = sums.amount(units);
            }
            let Some(day) = of_day.first().map(|event| event.0) else { continue };
            compare(day, &amounts, &running);
        }
        found
    }

    /// Whether a line's figure, among those of its component, is the exported one.
    fn is_exported(&self, component: &Component, line: LineIndex, figures: &[Exact]) -> bool {
        let place = component.lines.binary_search(&line).ok();
        let figure = place.and_then(|place| figures.get(place));
        figure == self.book.line(line).exported.as_ref()
    }

    /// The sums of the sources that a line shares in.
    fn sums_of_line(
        &self,
        sums: impl Iterator<Item = (usize, UnitSums)>,
        line: LineIndex,
    ) -> UnitSums {
        let mut own = UnitSums::new();
        for (at, sums) in sums {
            let Some(source) = self.sources.get(at) else { continue };
            if source.lines.contains(&line) {
                for (unit, value) in &sums {
                    add(&mut own, *unit, value);
                }
            }
        }
        own
    }

    /// The lines whose exported figure some amounts come to.
    fn matching(
        &self,
        component: &Component,
        lines: &[LineIndex],
        cause: Cause,
        way: Way,
        amounts: &[Exact],
        sums: &dyn Fn(usize) -> UnitSums,
    ) -> BTreeMap<LineIndex, Fit> {
        let mut figures = Vec::with_capacity(component.lines.len());
        self.figures(component, amounts, way, (&mut figures, None));
        let fits = lines.iter().filter(|line| self.is_exported(component, **line, &figures));
        fits.map(|line| {
            let sums = component.sources().map(|at| (at, sums(at)));
            (*line, Fit { cause, sums: self.sums_of_line(sums, *line), until: None })
        })
        .collect()
    }

    /// What each line is delivered in some way, in the order of the component's
    /// lines: settlement (rules 5.2 and 3.5) over the component alone. `amounts`
    /// are those of its sources.
    pub(super) fn figures(
        &self,
        component: &Component,
        amounts: &[Exact],
        (rounding, allocation): Way,
        (named, mut parts): (&mut Vec<Exact>, Option<&mut Vec<Part>>),
    ) {
        let units = &self.book.units;
        let (direct, in_common) =
            amounts.split_at_checked(component.direct.len()).unwrap_or((amounts, &[]));
        named.clear();
        named.extend(direct.iter().cloned());
        if let Some(parts) = &mut parts {
            parts.extend(component.direct.iter().zip(direct).map(|(at, own)| Part {
                source: *at,
                total: own.clone(),
                shares: vec![own.clone()],
            }));
        }
        for pool in &component.pooled {
            let place = component.shared.iter().position(|at| *at == pool.source);
            let total = place.and_then(|place| in_common.get(place)).cloned().unwrap_or_default();
            let place = |member: &Member| Share {
                ordered: member.ordered.clone(),
                named: named.get(member.at).map(|own| own * &member.to_pool).unwrap_or_default(),
            };
            let places: Vec<Share> = pool.members.iter().map(place).collect();
            let mut shares = allocate(&total, &places, allocation);
            for (member, share) in pool.members.iter().zip(&mut shares) {
                if let Some((own, factor)) = &member.from_pool {
                    *share = own.rounded(&(&*share * factor), rounding, units);
                }
                if let Some(named) = named.get_mut(member.at) {
                    *named = &*named + &*share;
                }
            }
            if let Some(parts) = &mut parts {
                parts.push(Part { source: pool.source, total, shares });
            }
        }
    }
}
