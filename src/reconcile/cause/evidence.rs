//! What only the entries themselves tell of lines in doubt: sums of them by
//! day, and of each rounded by itself.

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::model::{Exact, UnitId};
use crate::reconcile::convert::Stepping;
use crate::reconcile::partial::{Addend, ExactSum, value_in};

use super::{Doubts, Source, Standing, UnitSums};

/// An entry that leads to a line in doubt.
#[derive(Debug, Clone, Copy)]
pub struct Witness {
    source: u32,
    standing: Standing,
    day: NaiveDate,
    unit: UnitId,
    addend: Addend,
}

impl Witness {
    /// An entry; `source` is what [`Doubts::source_of_key`] says.
    #[must_use]
    pub fn new(
        source: usize,
        standing: Standing,
        (day, unit, addend): (NaiveDate, UnitId, Addend),
    ) -> Self {
        // As many sources would not fit into memory.
        let source = u32::try_from(source).unwrap_or(u32::MAX);
        Self { source, standing, day, unit, addend }
    }
}

/// What only the entries themselves can tell: sums of them, never the entries.
#[derive(Debug, Default)]
pub struct Evidence {
    of_sources: Vec<OfSource>,
    /// Whether any entry counts or would, had the user not chosen.
    has_left_out: bool,
}

/// The same of one source.
#[derive(Debug, Clone, Default)]
pub(super) struct OfSource {
    /// Rounded one by one, in the source's measure.
    pub(super) each: Exact,
    /// By day and unit, in this order.
    pub(super) days: Vec<(NaiveDate, UnitId, ExactSum)>,
    pub(super) excluded: UnitSums,
    pub(super) duplicates: UnitSums,
    pub(super) with_left_out: UnitSums,
}

impl Evidence {
    /// Takes entries in: all of a standing at once.
    pub fn take(&mut self, doubts: &Doubts<'_>, mut entries: Vec<Witness>) {
        self.of_sources.resize(doubts.sources.len(), OfSource::default());
        self.has_left_out |=
            entries.iter().any(|entry| entry.standing == Standing::CountedOrLeftOut);
        entries.par_sort_unstable_by_key(|e| (e.source, e.standing, e.day, e.unit));
        let of_source = |entries: &[Witness]| {
            let at = entries.first()?.source as usize;
            let mut own = OfSource::default();
            own.take(doubts, doubts.sources.get(at)?, entries);
            Some((at, own))
        };
        let slices: Vec<&[Witness]> = entries.chunk_by(|a, b| a.source == b.source).collect();
        let taken: Vec<(usize, OfSource)> = slices.into_par_iter().filter_map(of_source).collect();
        for (at, taken) in taken {
            if let Some(own) = self.of_sources.get_mut(at) {
                own.merge(taken);
            }
        }
    }

    pub(super) fn of(&self, source: usize) -> Option<&OfSource> {
        self.of_sources.get(source)
    }

    /// Whether there is any entry that counts or would, had the user not chosen.
    pub(super) fn has_left_out(&self) -> bool {
        self.has_left_out
    }
}

impl OfSource {
    /// Takes entries of the source in, by standing, day and unit.
    fn take(&mut self, doubts: &Doubts<'_>, source: &Source, entries: &[Witness]) {
        let units = &doubts.book.units;
        let Some(measure) = &source.measure else { return };
        let same =
            |a: &Witness, b: &Witness| (a.standing, a.day, a.unit) == (b.standing, b.day, b.unit);
        let rounding = doubts.rules.rounding;
        let mut known: Option<(UnitId, Option<Exact>, Option<Stepping>)> = None;
        // Entries rounded one by one, as far as integers do for it.
        let mut steps = 0;
        for alike in entries.chunk_by(same) {
            let Some(Witness { standing, day, unit, .. }) = alike.first().copied() else {
                continue;
            };
            let (_, factor, stepping) = match known.take() {
                Some(known) if known.0 == unit => known,
                _ => {
                    let stepping = measure.stepping(unit, rounding, units);
                    (unit, measure.factor_from(unit, units), stepping)
                }
            };
            if let Some(factor) = &factor {
                let value = |sum: &ExactSum| value_in(units, unit, sum);
                let mut sum = ExactSum::default();
                for entry in alike {
                    sum.add_addend(entry.addend);
                }
                match standing {
                    Standing::Counted => {
                        if let Some(own) = stepping.and_then(|stepping| in_steps(alike, stepping)) {
                            steps += own;
                        } else {
                            for entry in alike {
                                let mut one = ExactSum::default();
                                one.add_addend(entry.addend);
                                let own = &value(&one) * factor;
                                let own = measure.rounded(&own, rounding, units);
                                self.each = &self.each + &own;
                            }
                        }
                        self.days.push((day, unit, sum));
                    }
                    Standing::Excluded => add(&mut self.excluded, unit, &value(&sum)),
                    Standing::Duplicate => add(&mut self.duplicates, unit, &value(&sum)),
                    Standing::CountedOrLeftOut => add(&mut self.with_left_out, unit, &value(&sum)),
                }
            }
            known = Some((unit, factor, stepping));
        }
        self.each = &self.each + &(&Exact::from(steps) * measure.step(units));
    }

    fn merge(&mut self, other: Self) {
        self.each = &self.each + &other.each;
        self.days.extend(other.days);
        for (own, other) in [
            (&mut self.excluded, &other.excluded),
            (&mut self.duplicates, &other.duplicates),
            (&mut self.with_left_out, &other.with_left_out),
        ] {
            for (unit, value) in other {
                add(own, *unit, value);
            }
        }
    }
}

/// What entries come to, each rounded by itself; `None` where integers do not do.
fn in_steps(entries: &[Witness], stepping: Stepping) -> Option<i128> {
    // Below 2^64 each, so that their sum fits.
    let steps = |entry: &Witness| {
        let steps = stepping.steps(stepping.parts.of_addend(entry.addend)?)?;
        i64::try_from(steps).ok().map(i128::from)
    };
    entries.iter().map(steps).sum()
}

pub(super) fn add(sums: &mut UnitSums, unit: UnitId, value: &Exact) {
    let sum = sums.entry(unit).or_default();
    *sum = &*sum + value;
}
