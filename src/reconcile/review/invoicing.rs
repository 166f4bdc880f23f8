//! What ought to be invoiced and is not, and the other way round.

use std::collections::BTreeSet;

use crate::model::{
    Book, Exact, InvoiceStatus, InvoicingPolicy, LineIndex, Money, OrderIndex, ProductKind,
};
use crate::reconcile::settle::{Settled, Settlement};

/// What is odd about an order line's or an order's invoices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// Prepaid, and worked on before it was invoiced.
    WorkedBeforeInvoiced,
    /// Invoiced by delivery, and delivered more than was invoiced.
    NotInvoiced,
    /// More is invoiced than there is to invoice.
    InvoicedTooMuch,
    /// The order's invoice status in the ERP is not what 6.6 gives.
    StatusDiffers,
}

impl Finding {
    /// The stable name, as invoicing.csv writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::WorkedBeforeInvoiced => "worked_before_invoiced",
            Self::NotInvoiced => "not_invoiced",
            Self::InvoicedTooMuch => "invoiced_too_much",
            Self::StatusDiffers => "status_differs",
        }
    }
}

/// A row of invoicing.csv.
#[derive(Debug, Clone)]
pub struct InvoicingRow {
    /// The line; of a finding about its order, the order's first one.
    pub line: LineIndex,
    /// What is odd.
    pub finding: Finding,
    /// How much of the line's unit it is about.
    pub quantity: Option<Exact>,
    /// Its value at the net unit price.
    pub value: Option<Money>,
    /// The order's status in the ERP and ours, where these differ.
    pub statuses: Option<(InvoiceStatus, InvoiceStatus)>,
}

/// The rows of invoicing.csv, by order and line. Nothing is found where the
/// invoiced quantity is unknown.
#[must_use]
pub fn invoicing(book: &Book, settled: &Settled) -> Vec<InvoicingRow> {
    let mut rows = Vec::new();
    let mut orders: BTreeSet<OrderIndex> = BTreeSet::new();
    for (at, settlement) in settled.settlements.iter().enumerate() {
        let index = LineIndex(at);
        let order = book.order_of(index);
        if orders.insert(book.line(index).order)
            && let Some(exported) = order.invoice_status
            && let Some(ours) = settlement.order_invoice_status
            && exported != ours
        {
            rows.push(InvoicingRow {
                line: index,
                finding: Finding::StatusDiffers,
                quantity: None,
                value: None,
                statuses: Some((exported, ours)),
            });
        }
        let Some((finding, quantity)) = of_line(book, index, settlement) else { continue };
        let line = book.line(index);
        let value = line
            .net_price
            .as_ref()
            .map(|price| Money::new(&quantity * price, line.currency.clone()).rounded());
        rows.push(InvoicingRow {
            line: index,
            finding,
            quantity: Some(quantity),
            value,
            statuses: None,
        });
    }
    rows
}

fn of_line(book: &Book, index: LineIndex, settlement: &Settlement) -> Option<(Finding, Exact)> {
    let line = book.line(index);
    let invoiced = line.invoiced.as_ref()?;
    let to_invoice = settlement.to_invoice.as_ref()?;
    // The sign of a line that gives back is the other way round.
    if line.ordered.as_ref().is_some_and(Exact::is_negative) {
        return None;
    }
    if to_invoice.is_negative() {
        return Some((Finding::InvoicedTooMuch, to_invoice.abs()));
    }
    match line.policy? {
        InvoicingPolicy::Delivered => {
            to_invoice.is_positive().then(|| (Finding::NotInvoiced, to_invoice.clone()))
        }
        // What goes past the quota is an upsell, and no invoice.
        InvoicingPolicy::Ordered => {
            let done = settlement.drawn()?.min(settlement.quota.clone()?);
            let ahead = &done - invoiced;
            (line.kind == ProductKind::Service && ahead.is_positive())
                .then_some((Finding::WorkedBeforeInvoiced, ahead))
        }
    }
}
