//! The second look that the review needs: which quotas' entries it looks at,
//! and what it makes of each.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::engine::{Detail, Found};
use crate::model::{Book, Exact, LineIndex, Lock, UnitId};
use crate::reconcile::{
    DailySums, Events, LateReason, LateRow, LateSince, PartialSums, Renewals, Review, Rules,
    Settled, Target, advice, customer_rows, given_away, idle_contracts, invoicing, is_given_away,
    is_worth_a_forecast, outlooks, updates, window_begins, without_contract,
};

use super::Look;
use super::targets::set_of_keys;

/// What the review wants of a quota's entries.
#[derive(Debug, Clone, Copy, Default)]
struct Interest {
    use_of_weeks: bool,
    given_away: bool,
    late: LateSince,
}

impl Interest {
    fn detail(&self) -> Option<Detail> {
        if self.given_away || !self.late.is_never() {
            Some(Detail::Text)
        } else {
            self.use_of_weeks.then_some(Detail::Amount)
        }
    }
}

/// Which entries the review looks at.
pub(super) struct ReviewWanted<'a> {
    settled: &'a Settled,
    interests: BTreeMap<usize, Interest>,
    /// By the place of a key, the quota that its entries draw down.
    quota_of_key: Vec<Option<usize>>,
    /// Whether a report shows how quotas were drawn down.
    burn_downs: bool,
}

impl<'a> ReviewWanted<'a> {
    /// Nothing at all, where no report needs it.
    pub(super) fn nothing(settled: &'a Settled) -> Self {
        Self { settled, interests: BTreeMap::new(), quota_of_key: Vec::new(), burn_downs: false }
    }

    pub(super) fn new(
        book: &'a Book,
        (settled, look, burn_downs): (&'a Settled, Look, bool),
        rules: &Rules,
        locks: (bool, &BTreeMap<LineIndex, Lock>),
    ) -> Self {
        if look == Look::Sums {
            return Self::nothing(settled);
        }
        let (locks_mean_done, locks) = locks;
        let renewals = Renewals::new(book, settled, rules, locks_mean_done, locks);
        let by_entry = look == Look::Entries;
        let mut wanted = Self { burn_downs, ..Self::nothing(settled) };
        for (at, quota) in settled.quotas.iter().enumerate() {
            let interest = Interest {
                use_of_weeks: is_worth_a_forecast(book, settled, quota, rules),
                given_away: by_entry && is_given_away(book, quota, rules),
                late: if by_entry { renewals.late_since(quota) } else { LateSince::default() },
            };
            if interest.detail().is_some() {
                wanted.interests.insert(at, interest);
            }
        }
        let lines = |at: &usize| Some((*at, settled.quotas.get(*at)?.lines.as_slice()));
        wanted.quota_of_key = set_of_keys(settled, wanted.interests.keys().filter_map(lines));
        wanted
    }

    pub(super) fn has_any(&self) -> bool {
        !self.interests.is_empty()
    }

    /// The quota that a key's entries of a unit draw down.
    fn drawn(&self, key: usize, unit: UnitId) -> Option<(usize, Interest)> {
        let at = (*self.quota_of_key.get(key)?)?;
        let fate = self.settled.fates.at(key)?;
        if fate.mismatch(unit).is_some() {
            return None;
        }
        Some((at, *self.interests.get(&at)?))
    }

    /// What a key's entries are attributed to.
    fn target(&self, key: usize) -> Option<&'a Target> {
        self.settled.fates.at(key)?.target()
    }

    pub(super) fn wants(&self, key: usize, unit: UnitId) -> Option<Detail> {
        if self.interests.is_empty() {
            return None;
        }
        self.drawn(key, unit)?.1.detail()
    }
}

/// The more that two reports want of an entry.
pub(super) fn more_of(one: Option<Detail>, other: Option<Detail>) -> Option<Detail> {
    match (one, other) {
        (Some(Detail::Text), _) | (_, Some(Detail::Text)) => Some(Detail::Text),
        (one, other) => one.or(other),
    }
}

/// What the second look found.
#[derive(Default)]
pub(super) struct ReviewRows {
    used: BTreeMap<usize, Exact>,
    days: BTreeMap<usize, DailySums>,
    events: BTreeMap<usize, Events>,
    employees: BTreeSet<Arc<str>>,
    late: Vec<LateRow>,
}

impl ReviewRows {
    pub(super) fn take(
        &mut self,
        book: &Book,
        rules: &Rules,
        wanted: &ReviewWanted<'_>,
        found: &Found,
    ) {
        let Some((at, interest)) = wanted.drawn(found.key, found.unit) else { return };
        let Some(quota) = wanted.settled.quotas.get(at) else { return };
        let Some(factor) = quota.measure.factor_from(found.unit, &book.units) else { return };
        let amount = &found.amount(&book.units) * &factor;
        if interest.use_of_weeks && found.date >= window_begins(rules) {
            let sum = self.used.entry(at).or_default();
            *sum = &*sum + &amount;
        }
        if interest.use_of_weeks
            && wanted.burn_downs
            && let Some(target) = wanted.target(found.key)
        {
            let days = self.days.entry(at).or_default();
            days.add(found.date, target, found.unit, found.addend);
        }
        let Some(row) = &found.row else { return };
        if interest.given_away {
            let employee = self.employee(&row.text.employee);
            self.events.entry(at).or_default().add(row.date, &employee, &amount);
        }
        if let Some(reason) = interest.late.reason(row.date) {
            let is_renewed = reason == LateReason::AfterRenewal;
            let renewal = interest.late.renewal.map(|(_, line)| line).filter(|_| is_renewed);
            self.late.push(LateRow { entry: row.clone(), quota: at, reason, renewal });
        }
    }

    fn employee(&mut self, name: &str) -> Arc<str> {
        if let Some(known) = self.employees.get(name) {
            return Arc::clone(known);
        }
        let name: Arc<str> = name.into();
        self.employees.insert(Arc::clone(&name));
        name
    }

    /// Everything that the review says; `locked` as [`advice`] takes it.
    pub(super) fn into_review(
        self,
        book: &Book,
        sums: &PartialSums,
        settled: &Settled,
        rules: &Rules,
        locked: Option<(u64, u64)>,
    ) -> Review {
        let used = |at: usize| self.used.get(&at).cloned().unwrap_or_default();
        let days = |at: usize| self.days.get(&at);
        Review {
            near: outlooks(book, settled, rules, used, days),
            idle: idle_contracts(book, settled, rules),
            customers: customer_rows(book, settled),
            without_contract: without_contract(book, sums, settled),
            given_away: given_away(book, settled, rules, &self.events),
            late: self.late,
            invoicing: invoicing(book, settled),
            updates: updates(book, settled),
            advice: advice(book, sums, settled, locked),
        }
    }
}
