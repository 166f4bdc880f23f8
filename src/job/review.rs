//! The second look that the review needs: which quotas' entries it looks at,
//! and what it makes of each.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::engine::{Days, Found};
use crate::model::{Book, Exact, LineIndex, Lock, UnitId, UnitTable};
use crate::reconcile::{
    DailySums, Events, ExactSum, LateOn, LateReason, LateRows, LateSince, PartialSums, Quota,
    Renewals, Review, Rules, Settled, Target, advice, customer_rows, given_away, idle_contracts,
    invoicing, is_given_away, is_worth_a_forecast, outlooks, updates, value_in, window_begins,
    without_contract,
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
    /// On which days entries are wanted; `used_since` is the first of those of
    /// which the use is.
    fn days(&self, used_since: NaiveDate) -> Days {
        let texts = if self.given_away { Some(NaiveDate::MIN) } else { self.late.first_day() };
        let amounts = self.use_of_weeks.then_some(used_since);
        let or_never = |day: Option<NaiveDate>| day.unwrap_or(NaiveDate::MAX);
        Days { amounts: or_never(amounts), texts: or_never(texts) }
    }
}

/// Which entries the review looks at.
pub(super) struct ReviewWanted<'a> {
    settled: &'a Settled,
    /// With the place of the quota: by that place, and then of names that lines
    /// of several quotas have.
    interests: Vec<(usize, Interest)>,
    /// By the place of a key, the interest in its entries.
    interest_of_key: Vec<Option<u32>>,
    /// Whether a report shows how quotas were drawn down.
    burn_downs: bool,
    /// The first day whose use is wanted.
    used_since: NaiveDate,
}

impl<'a> ReviewWanted<'a> {
    /// Nothing at all, where no report needs it.
    pub(super) fn nothing(settled: &'a Settled) -> Self {
        Self {
            settled,
            interests: Vec::new(),
            interest_of_key: Vec::new(),
            burn_downs: false,
            used_since: NaiveDate::MIN,
        }
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
        let used_since = if burn_downs { NaiveDate::MIN } else { window_begins(rules) };
        let mut wanted = Self { burn_downs, used_since, ..Self::nothing(settled) };
        let interest = |quota| Interest {
            use_of_weeks: is_worth_a_forecast(book, settled, quota, rules),
            given_away: by_entry && is_given_away(book, quota, rules),
            late: if by_entry { renewals.late_since(&[quota]) } else { LateSince::default() },
        };
        wanted.interests = settled.quotas.iter().map(interest).enumerate().collect();
        let quotas = settled.quotas.iter().zip(&wanted.interests);
        let looked_at = quotas.filter(|(_, (_, of))| of.days(used_since) != Days::NEVER);
        let lines = looked_at.map(|(quota, (at, _))| (*at, quota.lines.as_slice()));
        wanted.interest_of_key = set_of_keys(settled, lines);
        if by_entry {
            wanted.add_shared_names(&renewals);
        }
        wanted
    }

    /// Entries under a name that lines of several quotas have draw none of them
    /// down, for what these lines delivered is recorded (rule 3.3); but they may
    /// be late.
    fn add_shared_names(&mut self, renewals: &Renewals<'_>) {
        let lines_of =
            |(at, quota): (usize, &'a Quota)| quota.lines.iter().map(move |line| (*line, at));
        let quota_of: BTreeMap<LineIndex, usize> =
            self.settled.quotas.iter().enumerate().flat_map(lines_of).collect();
        let mut known: BTreeMap<&[LineIndex], Option<u32>> = BTreeMap::new();
        for (of_key, fate) in self.interest_of_key.iter_mut().zip(self.settled.fates.values()) {
            let (None, Some(Target::Lines(lines))) = (&of_key, fate.target()) else { continue };
            *of_key = *known.entry(lines).or_insert_with(|| {
                let places: Option<Vec<usize>> =
                    lines.iter().map(|line| quota_of.get(line).copied()).collect();
                let last = *places.as_ref()?.last()?;
                let quotas = places.iter().flatten().filter_map(|at| self.settled.quotas.get(*at));
                let late = renewals.late_since(&quotas.collect::<Vec<_>>());
                if late.is_never() {
                    return None;
                }
                self.interests.push((last, Interest { late, ..Interest::default() }));
                u32::try_from(self.interests.len() - 1).ok()
            });
        }
    }

    pub(super) fn has_any(&self) -> bool {
        !self.interest_of_key.is_empty()
    }

    /// The quota that a key's entries of a unit draw down, and what of them is
    /// wanted.
    fn drawn(&self, key: usize, unit: UnitId) -> Option<(usize, Interest)> {
        let at = (*self.interest_of_key.get(key)?)?;
        let fate = self.settled.fates.at(key)?;
        if fate.mismatch(unit).is_some() {
            return None;
        }
        self.interests.get(at as usize).copied()
    }

    /// What a key's entries are attributed to.
    fn target(&self, key: usize) -> Option<&'a Target> {
        self.settled.fates.at(key)?.target()
    }

    /// Reads what is known of a key, so that it is near.
    pub(super) fn call_for(&self, key: usize, unit: UnitId) -> bool {
        let Some(interest) = self.interest_of_key.get(key) else { return false };
        let fate = self.settled.fates.at(key);
        interest.is_some() ^ fate.is_some_and(|fate| fate.mismatch(unit).is_some())
    }

    pub(super) fn wants(&self, key: usize, unit: UnitId) -> Days {
        let drawn = self.drawn(key, unit);
        drawn.map_or(Days::NEVER, |(_, interest)| interest.days(self.used_since))
    }
}

/// What the second look found, by the places of quotas; none where it looks for
/// nothing.
pub(super) struct ReviewRows {
    of_quotas: Vec<OfQuota>,
    events: Vec<Events>,
    employees: BTreeSet<Arc<str>>,
}

/// What the entries of a quota come to.
#[derive(Debug, Clone, Default)]
struct OfQuota {
    /// A few.
    units: Vec<OfUnit>,
    days: Option<Box<DailySums>>,
}

/// Entries of a quota in one unit.
#[derive(Debug, Clone)]
struct OfUnit {
    unit: UnitId,
    /// What they are of, where the factor is not the same for whatever it is.
    target: Option<Target>,
    /// What turns it into the quota's unit, if anything does.
    factor: Option<Exact>,
    /// Their sum over the last weeks.
    used: ExactSum,
}

impl OfQuota {
    /// The entries of a target in a unit; none in one that cannot be converted.
    fn of(
        &mut self,
        (unit, target): (UnitId, &Target),
        quota: &Quota,
        book: &Book,
    ) -> Option<&mut OfUnit> {
        let is_of = |known: &Option<Target>| known.as_ref().is_none_or(|known| known == target);
        let known = self.units.iter().position(|known| known.unit == unit && is_of(&known.target));
        let at = known.unwrap_or_else(|| {
            let factor = quota.factor_from(book, target, unit);
            // An hour is an hour on every line.
            let is_time = book.units.is_time(unit) && quota.measure.hours(&book.units).is_some();
            let target = (!is_time).then(|| target.clone());
            self.units.push(OfUnit { unit, target, factor, used: ExactSum::default() });
            self.units.len() - 1
        });
        self.units.get_mut(at).filter(|of_unit| of_unit.factor.is_some())
    }

    /// Adds what another thread found of the same quota.
    fn append(&mut self, other: Self) {
        for of in other.units {
            let is_same = |own: &&mut OfUnit| own.unit == of.unit && own.target == of.target;
            match self.units.iter_mut().find(is_same) {
                Some(own) => own.used.merge(&of.used),
                None => self.units.push(of),
            }
        }
        if let Some(days) = other.days {
            self.days.get_or_insert_default().append(*days);
        }
    }

    /// What was used in the last weeks, in the quota's unit.
    fn used(&self, units: &UnitTable) -> Exact {
        let of_unit = |of_unit: &OfUnit| {
            let factor = of_unit.factor.as_ref()?;
            Some(&value_in(units, of_unit.unit, &of_unit.used) * factor)
        };
        self.units.iter().filter_map(of_unit).sum()
    }
}

impl ReviewRows {
    pub(super) fn new(wanted: &ReviewWanted<'_>) -> Self {
        let quotas = if wanted.has_any() { wanted.settled.quotas.len() } else { 0 };
        Self {
            of_quotas: vec![OfQuota::default(); quotas],
            events: vec![Events::default(); quotas],
            employees: BTreeSet::new(),
        }
    }

    /// Reads what a key's entries draw down, so that it is near.
    pub(super) fn call_for(&self, wanted: &ReviewWanted<'_>, key: usize, unit: UnitId) -> bool {
        let Some((at, _)) = wanted.drawn(key, unit) else { return false };
        let of_unit = self.of_quotas.get(at).and_then(|of_quota| of_quota.units.first());
        let event = self.events.get(at).is_some_and(Events::is_empty);
        of_unit.is_some_and(|of_unit| of_unit.unit == unit) ^ event
    }

    /// Takes an entry in; a late one's row goes to `late` as well.
    pub(super) fn take(
        &mut self,
        late: &mut LateRows,
        (book, rules): (&Book, &Rules),
        wanted: &ReviewWanted<'_>,
        found: &Found,
    ) {
        let Some((at, interest)) = wanted.drawn(found.key, found.unit) else { return };
        let Some(quota) = wanted.settled.quotas.get(at) else { return };
        let Some(of_quota) = self.of_quotas.get_mut(at) else { return };
        let Some(target) = wanted.target(found.key) else { return };
        let Some(of_unit) = of_quota.of((found.unit, target), quota, book) else { return };
        let factor = if interest.given_away { of_unit.factor.clone() } else { None };
        if interest.use_of_weeks {
            if found.date >= window_begins(rules) {
                of_unit.used.add_addend(found.addend);
            }
            if wanted.burn_downs {
                let days = of_quota.days.get_or_insert_default();
                days.add(found.date, target, found.unit, found.addend);
            }
        }
        let Some(row) = &found.row else { return };
        if let Some(factor) = &factor {
            let employee = self.employee(&row.text.employee);
            if let Some(events) = self.events.get_mut(at) {
                events.add((found.date, employee), (found.unit, factor), found.addend);
            }
        }
        if let Some(reason) = interest.late.reason(found.date) {
            let is_renewed = reason == LateReason::AfterRenewal;
            let renewal = interest.late.renewal.map(|(_, line)| line).filter(|_| is_renewed);
            late.push(row, found.addend, LateOn { quota: at, reason, renewal });
        }
    }

    /// Adds what another thread found.
    pub(super) fn append(&mut self, other: Self) {
        for (own, other) in self.of_quotas.iter_mut().zip(other.of_quotas) {
            own.append(other);
        }
        for (own, other) in self.events.iter_mut().zip(other.events) {
            own.append(other);
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
        late: LateRows,
        book: &Book,
        sums: &PartialSums,
        settled: &Settled,
        rules: &Rules,
        locked: Option<(u64, u64)>,
    ) -> Review {
        let of_quota = |at: usize| self.of_quotas.get(at);
        let used = |at: usize| of_quota(at).map(|of| of.used(&book.units)).unwrap_or_default();
        let days = |at: usize| of_quota(at)?.days.as_deref();
        Review {
            near: outlooks(book, settled, rules, used, days),
            idle: idle_contracts(book, sums, settled, rules),
            customers: customer_rows(book, settled),
            without_contract: without_contract(book, sums, settled),
            given_away: given_away(book, settled, rules, &self.events),
            late,
            invoicing: invoicing(book, settled),
            updates: updates(book, settled),
            advice: advice(book, sums, settled, locked),
        }
    }
}
