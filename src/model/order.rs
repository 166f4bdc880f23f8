//! Sales orders and their lines (RULES.md, chapters 1 to 3).

use chrono::NaiveDate;

use super::exact::Exact;
use super::money::Currency;
use super::text::Text;
use super::unit::UnitId;
use crate::diagnostics::Place;

/// The state of a sales order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OrderState {
    /// A quotation.
    Draft,
    /// A quotation that was sent.
    Sent,
    /// Confirmed.
    Sale,
    /// Confirmed and locked by a flag (Odoo 17 and later): means done.
    Locked,
    /// Done by state.
    Done,
    /// Cancelled.
    Cancel,
}

impl OrderState {
    /// State sale or done: only these count (rule 6.1).
    #[must_use]
    pub fn is_confirmed(self) -> bool {
        matches!(self, Self::Sale | Self::Locked | Self::Done)
    }

    /// Done, by state or by flag: no longer an upsell (rule 6.3).
    #[must_use]
    pub fn is_done(self) -> bool {
        matches!(self, Self::Locked | Self::Done)
    }
}

/// Which quantities of a product are invoiced (chapter 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum InvoicingPolicy {
    /// Ordered quantities: prepaid and fixed price.
    Ordered,
    /// Delivered quantities: time and materials.
    Delivered,
}

/// Odoo's invoice status of a line or an order (rule 6.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum InvoiceStatus {
    /// Nothing to invoice.
    No,
    /// Something to invoice.
    ToInvoice,
    /// Fully invoiced, and more delivered than ordered.
    Upselling,
    /// Fully invoiced.
    Invoiced,
}

impl InvoiceStatus {
    /// The stable name, as delivered.csv writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::ToInvoice => "to_invoice",
            Self::Upselling => "upselling",
            Self::Invoiced => "invoiced",
        }
    }
}

/// Where a line's delivered quantity is found (chapter 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tracking {
    /// Entries on the contract (3.1).
    Contract,
    /// Entries on the line's own task (3.2).
    Task,
    /// Recorded on the line (3.3).
    Manual,
    /// Goods, and services nobody tracks (3.6).
    None,
}

/// Whether a product is a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProductKind {
    /// Sold by time or by result.
    Service,
    /// Anything else.
    Goods,
}

/// A sales order.
#[derive(Debug, Clone)]
pub struct Order {
    /// Its name: `SO009`.
    pub name: String,
    /// Its id in the ERP, where an export has it.
    pub external_id: Option<String>,
    /// The customer as exported.
    pub customer: Option<Text>,
    /// The salesperson as exported.
    pub salesperson: Option<Text>,
    /// The day of the order.
    pub date: Option<NaiveDate>,
    /// Its state.
    pub state: OrderState,
    /// Its invoice status as exported (rule 6.6).
    pub invoice_status: Option<InvoiceStatus>,
}

macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub usize);
    };
}

index!(
    /// Index of an order in a [`super::Book`].
    OrderIndex
);
index!(
    /// Index of an order line in a [`super::Book`].
    LineIndex
);
index!(
    /// Index of an analytic account in a [`super::Book`].
    ContractIndex
);

/// What makes lines of one contract one pool (rule 3.5): the products' shared
/// pool name or the product itself, with the customer and the currency.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PoolKey {
    /// The pool's or the product's name or index, in comparable form.
    pub product: Text,
    /// The customer, in comparable form.
    pub customer: Text,
    /// The currency of the prices.
    pub currency: Option<Currency>,
}

/// A line of a sales order, with everything that a rule asks of it. There may be
/// a million: texts that several records have are shared.
#[derive(Debug, Clone)]
pub struct OrderLine {
    /// The row it was read from.
    pub place: Place,
    /// Its id as exported.
    pub id: Text,
    /// Its order.
    pub order: OrderIndex,
    /// Its place within the order.
    pub sequence: Option<Exact>,
    /// The product as exported.
    pub product: Text,
    /// What lines it shares a pool with, when on one contract.
    pub pool: PoolKey,
    /// The description's first line names it in an ERP's display name.
    pub description: Option<Text>,
    /// Ordered quantity in `unit`; `None` when it could not be read.
    pub ordered: Option<Exact>,
    /// Unit of measure; `None` when nothing declares it.
    pub unit: Option<UnitId>,
    /// The unit as exported.
    pub unit_text: Text,
    /// Delivered quantity as exported (rule 6.7), in `unit`.
    pub exported: Option<Exact>,
    /// Invoiced quantity, in `unit`.
    pub invoiced: Option<Exact>,
    /// Net price of one unit (rule 6.5).
    pub net_price: Option<Exact>,
    /// Currency of the prices.
    pub currency: Option<Currency>,
    /// Its contract: its own, or its order's.
    pub contract: Option<ContractIndex>,
    /// The contract as exported.
    pub contract_text: Option<Text>,
    /// Its task as exported.
    pub task: Option<Text>,
    /// Tracking; `None` when nothing says it.
    pub tracking: Option<Tracking>,
    /// Invoicing policy; `None` when nothing says it.
    pub policy: Option<InvoicingPolicy>,
    /// Whether the product is a service.
    pub kind: ProductKind,
    /// Share of the ordered quantity at which an upsell is due (rule 6.3).
    pub threshold: Exact,
    /// Hours in one unit of a pack sold by the piece (rule 5.3).
    pub hours_per_unit: Option<Exact>,
    /// `upsell = no` on the product.
    pub upsell_wanted: bool,
}
