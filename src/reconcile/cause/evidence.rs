//! What only the entries themselves tell of lines in doubt: sums of them by
//! day, and of each rounded by itself.

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::model::{Exact, UnitId};
use crate::reconcile::amounts::WaitingEntries;
use crate::reconcile::convert::Stepping;
use crate::reconcile::partial::{Addend, ExactSum, value_in};

use super::{Doubts, Source, Standing, UnitSums};

/// Entries that lead to lines in doubt, by what [`Doubts::source_of_key`] says of
/// them.
pub type Witnesses = WaitingEntries<(NaiveDate, Standing)>;

/// What an entry says of a source.
#[derive(Debug, Clone, Copy)]
struct Testimony {
    standing: Standing,
    day: NaiveDate,
    unit: UnitId,
    addend: Addend,
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
    /// Takes entries in: all of a standing at once, from wherever they were met.
    pub fn take(&mut self, doubts: &Doubts<'_>, entries: Vec<Witnesses>) {
        self.of_sources.resize(doubts.sources.len(), OfSource::default());
        let entries: Vec<_> = entries.into_iter().map(Witnesses::sorted).collect();
        let sources = doubts.sources.par_iter().enumerate().zip(&mut self.of_sources);
        let have_left_out = sources.map(|((at, source), own)| {
            let said = entries.iter().flat_map(|witnesses| witnesses.of(at));
            let mut said: Vec<Testimony> = said
                .map(|((day, standing), unit, addend)| Testimony { standing, day, unit, addend })
                .collect();
            said.sort_unstable_by_key(|entry| (entry.standing, entry.day, entry.unit));
            own.take(doubts, source, &said);
            said.iter().any(|entry| entry.standing == Standing::CountedOrLeftOut)
        });
        self.has_left_out |= have_left_out.reduce(|| false, |one, other| one | other);
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
    fn take(&mut self, doubts: &Doubts<'_>, source: &Source, entries: &[Testimony]) {
        let units = &doubts.book.units;
        let Some(measure) = &source.measure else { return };
        let same = |a: &Testimony, b: &Testimony| {
            (a.standing, a.day, a.unit) == (b.standing, b.day, b.unit)
        };
        let rounding = doubts.rules.rounding;
        let mut known: Option<(UnitId, Option<Exact>, Option<Stepping>)> = None;
        // Entries rounded one by one, as far as integers do for it.
        let mut steps = 0;
        for alike in entries.chunk_by(same) {
            let Some(Testimony { standing, day, unit, .. }) = alike.first().copied() else {
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
                                let own = &entry.addend.value(unit, units) * factor;
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
}

/// What entries come to, each rounded by itself; `None` where integers do not do.
fn in_steps(entries: &[Testimony], stepping: Stepping) -> Option<i128> {
    // Below 2^64 each, so that their sum fits.
    let steps = |entry: &Testimony| {
        let steps = stepping.steps(stepping.parts.of_addend(entry.addend)?)?;
        i64::try_from(steps).ok().map(i128::from)
    };
    entries.iter().map(steps).sum()
}

pub(super) fn add(sums: &mut UnitSums, unit: UnitId, value: &Exact) {
    let sum = sums.entry(unit).or_default();
    *sum = &*sum + value;
}
