//! The second look at entries: one for all that reports need of them, by all
//! threads.

use crate::diagnostics::{Error, Fault};
use crate::engine::{Embedded, Engine, Found, Gathered, Plan, Scan, Taker};
use crate::model::Book;
use crate::reconcile::{LateRows, Rules, Witnesses};

use super::behind::{OfUpsells, Unmatched, Wanted};
use super::causes::Causes;
use super::review::{ReviewRows, ReviewWanted};
use super::work::{WorkRows, WorkWanted};

/// Who wants which entries.
pub(super) struct SecondLook<'a> {
    pub(super) book: &'a Book,
    pub(super) rules: &'a Rules,
    pub(super) wanted: Wanted<'a>,
    pub(super) reviewed: ReviewWanted<'a>,
    pub(super) shown: WorkWanted<'a>,
    pub(super) causes: Causes<'a>,
}

/// What was seen of them.
pub(super) struct Seen {
    /// What the search for causes needs, thread by thread.
    pub(super) met: Vec<Witnesses>,
    /// Thread by thread as well.
    pub(super) of_upsells: Vec<OfUpsells>,
    pub(super) review: ReviewRows,
    /// And so is this.
    pub(super) work: Vec<WorkRows>,
    pub(super) listed: Listed,
}

/// Entries that are listed, in the order of their rows.
#[derive(Default)]
pub(super) struct Listed {
    pub(super) unmatched: Unmatched,
    pub(super) faults: Vec<Fault>,
    pub(super) late: LateRows,
}

/// What one thread sees, in no order.
pub(super) struct Sums {
    met: Witnesses,
    of_upsells: OfUpsells,
    review: ReviewRows,
    work: WorkRows,
}

impl SecondLook<'_> {
    /// Looks.
    ///
    /// # Errors
    /// What makes a file unreadable.
    pub(super) fn look(
        &self,
        engine: &Embedded,
        plan: &Plan<'_>,
        scan: &Scan,
    ) -> Result<Seen, Error> {
        let mut seen = Seen {
            met: Vec::new(),
            of_upsells: Vec::new(),
            review: ReviewRows::new(&self.reviewed),
            work: Vec::new(),
            listed: Listed::default(),
        };
        let has_any = self.wanted.has_any() || self.causes.joins_reports();
        if !has_any && !self.reviewed.has_any() && !self.shown.has_any() {
            return Ok(seen);
        }
        let wants = |key, unit| {
            let of_tables = self.wanted.wants(key, unit).or(self.reviewed.wants(key, unit));
            of_tables.or(self.shown.wants(key, unit)).or(self.causes.wants(key))
        };
        let Gathered { sums, lists } = engine.gather(plan, scan, &wants, self)?;
        for of_thread in sums {
            seen.met.push(of_thread.met);
            seen.of_upsells.push(of_thread.of_upsells);
            seen.review.append(of_thread.review);
            seen.work.push(of_thread.work);
        }
        for Listed { unmatched, faults, late } in lists {
            seen.listed.unmatched.append(unmatched);
            seen.listed.faults.extend(faults);
            seen.listed.late.append(late);
        }
        Ok(seen)
    }
}

impl Taker for SecondLook<'_> {
    type Sums = Sums;
    type List = Listed;

    fn begin(&self) -> Sums {
        Sums {
            met: Witnesses::default(),
            of_upsells: OfUpsells::default(),
            review: ReviewRows::new(&self.reviewed),
            work: WorkRows::new(self.rules),
        }
    }

    fn call_for(&self, sums: &Sums, next: &[Found]) {
        let mut called = false;
        for Found { key, unit, .. } in next {
            called ^= self.causes.call_for(*key) ^ self.wanted.call_for(*key);
            called ^= self.shown.call_for(*key) ^ self.reviewed.call_for(*key, *unit);
        }
        // Quotas are known by their keys only.
        if self.reviewed.has_any() {
            for Found { key, unit, .. } in next {
                called ^= sums.review.call_for(&self.reviewed, *key, *unit);
            }
        }
        std::hint::black_box(called);
    }

    fn take(&self, sums: &mut Sums, listed: &mut Listed, found: Found) {
        self.causes.meet(&mut sums.met, &found);
        if self.shown.has_any() {
            sums.work.take(&self.shown, &found);
        }
        if self.reviewed.has_any() {
            let of_rules = (self.book, self.rules);
            sums.review.take(&mut listed.late, of_rules, &self.reviewed, &found);
        }
        let lists = (&mut listed.unmatched, &mut listed.faults);
        self.wanted.take(self.book, found, lists, &mut sums.of_upsells);
    }
}
