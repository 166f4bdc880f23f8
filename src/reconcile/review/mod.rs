//! The biweekly review: what a settled book says about the days ahead, about
//! each customer, about invoices, and about work that nobody pays for. Reads
//! what settlement found and changes none of it.

mod advice;
mod contracts;
mod customers;
mod forecast;
mod given_away;
mod idle;
mod invoicing;
mod late;
mod update;
mod without_contract;

use crate::model::{Book, Exact, InvoicingPolicy, LineIndex, Money, UnitId, UnitTable};

use super::rules::Rules;
use super::settle::Settled;

pub use advice::{Advice, AdviceKind, advice};
pub use contracts::CustomerContracts;
pub use customers::{CustomerRow, customer_rows};
pub use forecast::{Outlook, is_worth_a_forecast, outlooks, window_begins};
pub use given_away::{Events, GivenAwayRow, given_away, is_given_away};
pub use idle::{Idle, idle_contracts};
pub use invoicing::{Finding, InvoicingRow, invoicing};
pub use late::{LateOn, LateReason, LateRow, LateRows, LateSince, Renewals};
pub use update::{UpdateRow, updates};
pub use without_contract::{WithoutContractRow, without_contract};

/// What the review found, each list in the order of its file.
#[derive(Debug, Clone, Default)]
pub struct Review {
    /// near.csv.
    pub near: Vec<Outlook>,
    /// idle.csv.
    pub idle: Vec<Idle>,
    /// customers.csv.
    pub customers: Vec<CustomerRow>,
    /// late.csv.
    pub late: LateRows,
    /// `without_contract.csv`.
    pub without_contract: Vec<WithoutContractRow>,
    /// `given_away.csv`.
    pub given_away: Vec<GivenAwayRow>,
    /// invoicing.csv.
    pub invoicing: Vec<InvoicingRow>,
    /// `delivered_update.csv`.
    pub updates: Vec<UpdateRow>,
    /// What a check advises.
    pub advice: Vec<Advice>,
}

/// Whether a quota is drawn down by entries, and not recorded by hand.
fn by_entries(book: &Book, rules: &Rules, lines: &[LineIndex]) -> bool {
    lines.iter().all(|line| rules.takes_entries(book.line(*line)))
}

/// The unit in which quantities of one category are added: hours for time,
/// else the category's reference.
fn common_unit(units: &UnitTable, unit: UnitId) -> UnitId {
    if units.is_time(unit)
        && let Some(hours) = units.hours()
    {
        return hours;
    }
    let category = units.get(unit).category;
    let reference = |other: &UnitId| {
        let other = units.get(*other);
        other.category == category && *other.ratio.value() == Exact::one()
    };
    units.ids().find(reference).unwrap_or(unit)
}

/// What is left of some lines at their net prices; `None` where a price is
/// missing.
fn remaining_value(book: &Book, settled: &Settled, lines: &[LineIndex]) -> Option<Money> {
    let mut value: Option<Money> = None;
    for index in lines {
        let line = book.line(*index);
        let settlement = settled.settlements.get(index.0)?;
        if line.policy != Some(InvoicingPolicy::Ordered) {
            continue;
        }
        let left = settlement.quota.as_ref()? - &settlement.drawn()?;
        let left = left.max(Exact::zero());
        let own = Money::new(&left * line.net_price.as_ref()?, line.currency.clone()).rounded();
        value = match value {
            Some(sum) => Some(sum.plus(&own)?),
            None => Some(own),
        };
    }
    value
}
