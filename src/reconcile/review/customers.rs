//! What each customer bought, used and owes, by category of unit and currency.

use std::collections::BTreeMap;

use crate::model::{
    Book, Currency, Exact, InvoicingPolicy, LineIndex, Money, OrderLine, ProductKind, Tracking,
    UnitId,
};
use crate::reconcile::convert::Measure;
use crate::reconcile::settle::{Settled, Settlement, Status};

use super::common_unit;

/// A row of customers.csv. Quantities are in `unit`; of what is prepaid,
/// sold − delivered − adjusted = remaining − overrun.
#[derive(Debug, Clone)]
pub struct CustomerRow {
    /// The customer; blank where the orders name none.
    pub customer: String,
    /// The unit that the quantities of a category are added in; `None` for
    /// lines of no known unit.
    pub unit: Option<UnitId>,
    /// The currency of the values.
    pub currency: Option<Currency>,
    /// Order lines whose figures are in this row.
    pub lines: u64,
    /// Ordered, prepaid.
    pub sold: Exact,
    /// Delivered on what is prepaid.
    pub delivered: Exact,
    /// Adjustments of it (6.10).
    pub adjusted: Exact,
    /// What is left of the lines that have something left.
    pub remaining: Exact,
    /// What goes past the lines that are overdrawn.
    pub overrun: Exact,
    /// Delivered on what is invoiced by delivery.
    pub by_delivery: Exact,
    /// What is left to invoice, where the invoiced quantity is known.
    pub to_invoice: Exact,
    /// Value of `remaining`.
    pub remaining_value: Exact,
    /// Value of `overrun`.
    pub overrun_value: Exact,
    /// Value of `to_invoice`.
    pub to_invoice_value: Exact,
    /// Lines without a price, whose values are missing.
    pub without_price: u64,
    /// Lines that settlement calls an exception; no figure above has anything
    /// of them.
    pub exceptions: u64,
    /// Ordered on these, as far as it is known.
    pub exceptions_ordered: Exact,
}

/// The rows of customers.csv, by customer, unit and currency. Confirmed
/// services that somebody tracks count; what settlement calls an exception is
/// told apart.
#[must_use]
pub fn customer_rows(book: &Book, settled: &Settled) -> Vec<CustomerRow> {
    let mut rows: BTreeMap<(String, String, String), CustomerRow> = BTreeMap::new();
    for (at, settlement) in settled.settlements.iter().enumerate() {
        let line = book.line(LineIndex(at));
        let counts = matches!(
            settlement.status,
            Status::Locked | Status::Upsell | Status::Near | Status::Ok | Status::Exception
        ) && line.kind == ProductKind::Service
            && line.tracking != Some(Tracking::None);
        if !counts {
            continue;
        }
        let in_common = in_common_unit(book, line);
        let unit = in_common.as_ref().map(|(unit, _)| *unit);
        let customer = book.order_of(LineIndex(at)).customer.as_deref().unwrap_or_default();
        let currency = line.currency.as_ref().map_or("", Currency::as_str).to_owned();
        let name = unit.map(|unit| book.units.get(unit).name.clone()).unwrap_or_default();
        let key = (line.pool.customer.to_string(), name, currency);
        let row =
            rows.entry(key).or_insert_with(|| CustomerRow::new(customer.to_owned(), unit, line));
        match &in_common {
            Some((_, factor)) if settlement.status != Status::Exception => {
                row.add(line, settlement, factor);
            }
            _ => row.add_exception(line, in_common.as_ref().map(|(_, factor)| factor)),
        }
    }
    let mut rows: Vec<CustomerRow> = rows.into_values().collect();
    rows.sort_by(|a, b| {
        let key = |row: &CustomerRow| {
            let currency = row.currency.as_ref().map_or("", Currency::as_str).to_owned();
            let unit = row.unit.map(|unit| book.units.get(unit).name.clone());
            (row.customer.clone(), unit.unwrap_or_default(), currency)
        };
        key(a).cmp(&key(b))
    });
    rows
}

/// The unit that a line's quantities are added in, and what they are multiplied
/// by for it.
fn in_common_unit(book: &Book, line: &OrderLine) -> Option<(UnitId, Exact)> {
    let measure = Measure::of(line)?;
    // A pack of hours is time, though it is sold by the piece.
    let unit = match (&line.hours_per_unit, book.units.hours()) {
        (Some(_), Some(hours)) => hours,
        _ => common_unit(&book.units, measure.unit_id()),
    };
    Some((unit, Measure::unit(unit).factor_from_measure(&measure, &book.units)?))
}

impl CustomerRow {
    fn new(customer: String, unit: Option<UnitId>, line: &OrderLine) -> Self {
        Self {
            customer,
            unit,
            currency: line.currency.clone(),
            lines: 0,
            sold: Exact::zero(),
            delivered: Exact::zero(),
            adjusted: Exact::zero(),
            remaining: Exact::zero(),
            overrun: Exact::zero(),
            by_delivery: Exact::zero(),
            to_invoice: Exact::zero(),
            remaining_value: Exact::zero(),
            overrun_value: Exact::zero(),
            to_invoice_value: Exact::zero(),
            without_price: 0,
            exceptions: 0,
            exceptions_ordered: Exact::zero(),
        }
    }

    fn add_exception(&mut self, line: &OrderLine, factor: Option<&Exact>) {
        self.exceptions += 1;
        if let (Some(ordered), Some(factor)) = (&line.ordered, factor) {
            self.exceptions_ordered = &self.exceptions_ordered + &(ordered * factor);
        }
    }

    fn add(&mut self, line: &OrderLine, settlement: &Settlement, factor: &Exact) {
        let add = |sum: &mut Exact, amount: &Exact| *sum = &*sum + &(amount * factor);
        let delivered = settlement.delivered.clone().unwrap_or_default();
        self.lines += 1;
        self.without_price += u64::from(line.net_price.is_none());
        if line.policy == Some(InvoicingPolicy::Ordered) {
            let drawn = settlement.drawn().unwrap_or_default();
            let quota = settlement.quota.clone().unwrap_or_default();
            let left = &quota - &drawn;
            let remaining = left.clone().max(Exact::zero());
            let overrun = (-left).max(Exact::zero());
            add(&mut self.sold, &line.ordered.clone().unwrap_or_default());
            add(&mut self.delivered, &delivered);
            add(&mut self.adjusted, &settlement.adjusted.clone().unwrap_or_default());
            add(&mut self.remaining, &remaining);
            if let Some(price) = &line.net_price {
                let worth = Money::new(&remaining * price, line.currency.clone()).rounded();
                self.remaining_value = &self.remaining_value + worth.amount();
            }
            // A line ordered with a negative quantity has no overrun (6.5).
            add(&mut self.overrun, &overrun);
            if let Some(value) = &settlement.overrun {
                self.overrun_value = &self.overrun_value + value.amount();
            }
        } else {
            add(&mut self.by_delivery, &delivered);
        }
        if let Some(to_invoice) = &settlement.to_invoice {
            add(&mut self.to_invoice, to_invoice);
        }
        if let Some(value) = settlement.to_invoice_value(line) {
            self.to_invoice_value = &self.to_invoice_value + value.amount();
        }
    }
}
