//! The tables of the biweekly review, a file each.

mod customers;
mod given_away;
mod idle;
mod invoicing;
mod late;
mod near;
mod update;
mod without_contract;
mod work;

use crate::model::{Currency, Exact, LineIds, LineIndex, Money, Quantity, UnitId};
use crate::reconcile::Quota;

use super::model::{Report, Value};

pub use customers::CUSTOMERS;
pub use given_away::GIVEN_AWAY;
pub use idle::IDLE;
pub use invoicing::INVOICING;
pub use late::LATE;
pub use near::NEAR;
pub use update::{BOTH_IDS, DATABASE_IDS, EXTERNAL_IDS};
pub use without_contract::WITHOUT_CONTRACT;
pub use work::{BehindUpsell, ENTRIES, RUNS, Work};

fn money<'a>(amount: Option<&Money>) -> Value<'a> {
    Value::maybe_number(amount.map(Money::printed))
}

/// An exact amount in a currency, rounded as it is printed.
fn amount_in<'a>(amount: &Exact, currency: Option<&Currency>) -> Value<'a> {
    let money = Money::new(amount.clone(), currency.cloned()).rounded();
    Value::Number(money.printed())
}

impl Report {
    fn in_unit<'a>(&self, amount: &Exact, unit: UnitId) -> Value<'a> {
        Value::Number(self.in_unit_text(amount, unit))
    }

    /// An amount as it is printed in a unit.
    pub(in crate::report) fn in_unit_text(&self, amount: &Exact, unit: UnitId) -> String {
        Quantity::new(amount.clone(), unit).display(&self.book.units)
    }

    /// What adjustments add to lines that are judged together, if there are any.
    pub(in crate::report) fn if_adjusted<'a>(
        &self,
        lines: &[LineIndex],
        adjusted: &'a Exact,
    ) -> Option<&'a Exact> {
        let is_adjusted = |line: &LineIndex| {
            let settlement = self.settled.settlements.get(line.0);
            settlement.is_some_and(|settlement| settlement.adjusted.is_some())
        };
        Some(adjusted).filter(|adjusted| !adjusted.is_zero() || lines.iter().any(is_adjusted))
    }

    fn quota(&self, at: usize) -> Option<&Quota> {
        self.settled.quotas.get(at)
    }

    /// The cells by which a quota is known: order, lines, customer,
    /// salesperson, product, contract.
    fn quota_cells<'a>(&'a self, quota: &'a Quota) -> Vec<Value<'a>> {
        let Some(first) = quota.lines.first() else { return Vec::new() };
        let line = self.book.line(*first);
        let order = self.book.order_of(*first);
        vec![
            Value::text(&order.name),
            Value::owned(self.line_ids(&quota.lines)),
            Value::maybe_text(order.customer.as_deref()),
            Value::maybe_text(order.salesperson.as_deref()),
            Value::text(&line.product),
            Value::maybe_text(line.contract_text.as_deref()),
        ]
    }

    /// The ids of lines, in their order, parted by spaces.
    pub(super) fn line_ids(&self, lines: &[LineIndex]) -> String {
        LineIds::cell(lines.iter().map(|line| self.book.line(*line).id.as_str()))
    }
}
