//! How the history goes on with a run. Pure.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::model::Exact;

use super::decisions::Decisions;
use super::record::{Identity, Record, Standing};

/// An upsell of the run at hand.
#[derive(Debug, Clone)]
pub struct Current {
    /// Which one.
    pub identity: Identity,
    /// The unit of its quantities.
    pub unit: String,
    /// Delivered less ordered.
    pub excess: Exact,
    /// By how much the excess must grow to bring it back before its day, when
    /// it is set aside.
    pub wakes_at: Exact,
    /// The External ID of its order's opportunity, if one is written where
    /// nobody decided against it.
    pub opportunity: Option<String>,
}

/// What an upsell's row says of its history.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// The as-of date of the run in which it was first an upsell.
    pub first_seen: Option<NaiveDate>,
    /// Runs in which it was one, this one included.
    pub runs_open: u64,
    /// Its excess less that of the last run in which it was one.
    pub change: Option<Exact>,
    /// What people decided.
    pub decisions: Decisions,
    /// Set aside until a later day.
    pub is_snoozed: bool,
    /// Whether an earlier run wrote its opportunity.
    pub opportunity_known: bool,
}

/// A run's upsells with their history, and the history to keep.
#[derive(Debug, Clone, Default)]
pub struct Advanced {
    /// One for each of the run's upsells, in their order.
    pub known: Vec<Known>,
    /// Every upsell that was ever met, by identity.
    pub records: Vec<Record>,
}

/// Goes on from what an earlier run remembered, of the same as-of date or one
/// before.
///
/// `repeated` says that the earlier run was this one: the same inputs, the
/// same as-of date. It then goes on from what that run went on from; decisions
/// stay as they are now.
#[must_use]
pub fn advance(
    earlier: &[Record],
    current: &[Current],
    as_of: NaiveDate,
    repeated: bool,
) -> Advanced {
    let mut records: BTreeMap<Identity, Record> = earlier
        .iter()
        .map(|record| {
            let mut record = record.clone();
            if repeated && record.is_open {
                record.now = record.before.clone();
            }
            if record.now.runs_open == 0 {
                record.first_seen = None;
            }
            record.before = record.now.clone();
            record.is_open = false;
            (record.identity.clone(), record)
        })
        .collect();
    let written: Vec<String> =
        records.values().map(|record| record.before.opportunity.clone()).collect();
    let known = current
        .iter()
        .map(|upsell| {
            let record = records
                .entry(upsell.identity.clone())
                .or_insert_with(|| Record::first_met(&upsell.identity));
            record.meet(upsell, as_of);
            let is_written = |id: &String| written.contains(id);
            Known {
                first_seen: record.first_seen,
                runs_open: record.now.runs_open,
                change: record.before.excess.as_ref().map(|before| &upsell.excess - before),
                decisions: record.decisions.clone(),
                is_snoozed: record.is_snoozed(upsell, as_of),
                opportunity_known: upsell.opportunity.as_ref().is_some_and(is_written),
            }
        })
        .collect();
    // What a repeated run met for the first time, and decided nothing about.
    let records = records
        .into_values()
        .filter(|record| record.now.runs_open > 0 || !record.decisions.is_blank())
        .collect();
    Advanced { known, records }
}

impl Record {
    fn first_met(identity: &Identity) -> Self {
        Self {
            identity: identity.clone(),
            unit: String::new(),
            is_open: false,
            first_seen: None,
            now: Standing::default(),
            before: Standing::default(),
            decisions: Decisions::default(),
            snoozed_at: None,
        }
    }

    fn meet(&mut self, upsell: &Current, as_of: NaiveDate) {
        self.is_open = true;
        self.unit.clone_from(&upsell.unit);
        self.first_seen.get_or_insert(as_of);
        self.now = Standing {
            runs_open: self.before.runs_open + 1,
            last_seen: Some(as_of),
            excess: Some(upsell.excess.clone()),
            opportunity: upsell
                .opportunity
                .clone()
                .filter(|_| !self.decisions.offers_nothing())
                .unwrap_or_else(|| self.before.opportunity.clone()),
        };
    }

    fn is_snoozed(&self, upsell: &Current, as_of: NaiveDate) -> bool {
        let is_ahead = self.decisions.snooze_until().is_some_and(|day| day > as_of);
        let has_grown = self
            .snoozed_at
            .as_ref()
            .map(|seen| &upsell.excess - seen)
            .is_some_and(|growth| growth.is_positive() && growth >= upsell.wakes_at);
        is_ahead && !has_grown
    }
}

#[cfg(test)]
mod tests {
    use super::super::decisions::DecisionColumn;
    use super::*;
    use crate::model::LineIds;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn upsell(lines: &str, excess: i32) -> Current {
        Current {
            identity: Identity::new("SO1", LineIds::read(lines), &Exact::from(50)),
            unit: "Hours".to_owned(),
            excess: Exact::from(excess),
            wakes_at: Exact::from(8),
            opportunity: Some("o1".to_owned()),
        }
    }

    #[test]
    fn counts_runs_and_the_change_since_the_last() {
        let first = advance(&[], &[upsell("L1", 5)], day("2026-03-15"), false);
        assert_eq!((first.known[0].runs_open, first.known[0].change.clone()), (1, None));
        assert!(!first.known[0].opportunity_known);
        let second = advance(&first.records, &[upsell("L1", 9)], day("2026-03-31"), false);
        let known = &second.known[0];
        assert_eq!(known.first_seen, Some(day("2026-03-15")));
        assert_eq!((known.runs_open, known.change.clone()), (2, Some(Exact::from(4))));
        assert!(known.opportunity_known);
    }

    #[test]
    fn a_repeated_run_says_the_same() {
        let first = advance(&[], &[upsell("L1", 5)], day("2026-03-15"), false);
        let again = advance(&first.records, &[upsell("L1", 5)], day("2026-03-15"), true);
        assert_eq!((&first.known, &first.records), (&again.known, &again.records));
        let now = [upsell("L1", 9), upsell("L2", 1)];
        let second = advance(&first.records, &now, day("2026-03-31"), false);
        let again = advance(&second.records, &now, day("2026-03-31"), true);
        assert_eq!((&second.known, &second.records), (&again.known, &again.records));
    }

    #[test]
    fn an_upsell_that_went_away_comes_back_with_its_history() {
        let mut first = advance(&[], &[upsell("L1", 5)], day("2026-03-01"), false).records;
        first[0].decisions.set(DecisionColumn::Comment, "ask Anna");
        let gone = advance(&first, &[], day("2026-03-15"), false).records;
        let gone_again = advance(&gone, &[], day("2026-03-15"), true).records;
        assert_eq!(gone, gone_again);
        let back = advance(&gone, &[upsell("L1", 2)], day("2026-03-31"), false);
        assert_eq!(back.known[0].runs_open, 2);
        assert_eq!(back.known[0].change, Some(Exact::from(-3)));
        assert_eq!(back.known[0].decisions.get(DecisionColumn::Comment), "ask Anna");
    }

    #[test]
    fn sleeps_until_its_day_or_until_it_has_grown() {
        let mut records = advance(&[], &[upsell("L1", 5)], day("2026-03-01"), false).records;
        records[0].decisions.set(DecisionColumn::SnoozeUntil, "2026-04-01");
        records[0].snoozed_at = Some(Exact::from(5));
        let sleeps = |excess, date: &str| {
            advance(&records, &[upsell("L1", excess)], day(date), false).known[0].is_snoozed
        };
        assert!(sleeps(5, "2026-03-15"));
        assert!(sleeps(12, "2026-03-15"));
        assert!(!sleeps(13, "2026-03-15"));
        assert!(sleeps(5, "2026-03-31"));
        assert!(!sleeps(5, "2026-04-01"));
    }

    proptest::proptest! {
        /// However often each run is repeated, and whatever is decided in
        /// between: the history is the same.
        #[test]
        fn repeats_never_count(
            runs in proptest::collection::vec(
                (proptest::collection::btree_map(0_u8..4, 0_i32..20, 0..4), 1_usize..4), 1..6
            )
        ) {
            let (mut once, mut often) = (Vec::new(), Vec::new());
            for (at, (upsells, times)) in runs.iter().enumerate() {
                let as_of = day("2026-03-01") + chrono::Days::new(at as u64);
                let current: Vec<Current> = upsells
                    .iter()
                    .map(|(line, excess)| upsell(&format!("L{line}"), *excess))
                    .collect();
                let single = advance(&once, &current, as_of, false);
                once.clone_from(&single.records);
                for time in 0..*times {
                    let repeated = advance(&often, &current, as_of, time > 0);
                    proptest::prop_assert_eq!(&repeated.known, &single.known);
                    often.clone_from(&repeated.records);
                }
                proptest::prop_assert_eq!(&once, &often);
            }
        }
    }
}
