//! What a customer has left elsewhere, since it may have bought again already.

use std::collections::BTreeSet;

use crate::model::{Book, Exact, LineIndex, Lookup, OrderIndex};
use crate::reconcile::settle::{Quota, Settled, Status, Upsell};

/// Prepaid contracts by customer and product or pool.
#[derive(Debug)]
pub struct CustomerContracts<'a> {
    book: &'a Book,
    settled: &'a Settled,
    quotas: Lookup<(&'a str, &'a str), Vec<usize>>,
}

impl<'a> CustomerContracts<'a> {
    /// Looks through a settled book once.
    #[must_use]
    pub fn new(book: &'a Book, settled: &'a Settled) -> Self {
        let mut quotas: Lookup<_, Vec<usize>> = Lookup::default();
        for (at, quota) in settled.quotas.iter().enumerate() {
            if let Some(key) = quota.lines.first().and_then(|line| key(book, *line)) {
                quotas.entry(key, Vec::new).push(at);
            }
        }
        Self { book, settled, quotas }
    }

    /// The contracts of a line's customer and product.
    fn of(&self, line: LineIndex) -> impl Iterator<Item = &'a Quota> + '_ {
        let found = key(self.book, line).and_then(|key| self.quotas.get(&key));
        let quotas = &self.settled.quotas;
        found.into_iter().flatten().filter_map(|at| quotas.get(*at))
    }

    /// Hours left on the customer's contracts of the same product or pool that
    /// other orders sold, and these orders.
    #[must_use]
    pub fn elsewhere(&self, upsell: &Upsell) -> (Option<Exact>, Vec<String>) {
        let order = |line: &LineIndex| self.book.line(*line).order;
        let own: BTreeSet<OrderIndex> = upsell.lines.iter().map(order).collect();
        let mut hours = Exact::zero();
        let mut orders: BTreeSet<&str> = BTreeSet::new();
        let Some(first) = upsell.lines.first() else { return (None, Vec::new()) };
        for quota in self.of(*first) {
            let remaining = quota.remaining();
            if quota.status == Status::Locked
                || !remaining.is_positive()
                || quota.lines.iter().any(|line| own.contains(&order(line)))
            {
                continue;
            }
            if let Some(per_unit) = quota.measure.hours(&self.book.units) {
                hours = &hours + &(&remaining * &per_unit);
                orders.extend(quota.lines.iter().map(|l| self.book.order_of(*l).name.as_str()));
            }
        }
        if orders.is_empty() {
            return (None, Vec::new());
        }
        (Some(hours), orders.into_iter().map(str::to_owned).collect())
    }
}

/// `None` without a customer: nobody is known to be the same.
pub(super) fn key(book: &Book, line: LineIndex) -> Option<(&str, &str)> {
    let pool = &book.line(line).pool;
    let customer = &*pool.customer;
    (!customer.is_empty()).then_some((customer, &*pool.product))
}
