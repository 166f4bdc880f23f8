//! What the rows of exports say, before the records they describe are put
//! together: every field optional, every record with its place.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::adjustment::AdjustmentRecord;
use super::ids::Name;
use super::order::{InvoiceStatus, InvoicingPolicy, OrderState, ProductKind, Tracking};
use crate::diagnostics::Place;

/// How a row points to another record: by external or own id, by database id,
/// by what the ERP displays.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference {
    /// External id, or the id of drawdown's own layout.
    pub id: Option<String>,
    /// Database id (`.id`).
    pub database_id: Option<String>,
    /// Name, display name or `[code] name`.
    pub text: Option<String>,
    /// Internal reference (code).
    pub code: Option<String>,
}

impl Reference {
    /// Nothing to point with.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.id.is_none()
            && self.database_id.is_none()
            && self.text.is_none()
            && self.code.is_none()
    }

    /// The best text to show a person.
    #[must_use]
    pub fn label(&self) -> Option<&str> {
        self.text
            .as_deref()
            .or(self.code.as_deref())
            .or(self.id.as_deref())
            .or(self.database_id.as_deref())
    }

    /// Whether two references can be of one record: ids decide where both have
    /// one (two languages, one record), else names do.
    #[must_use]
    pub fn agrees_with(&self, other: &Self) -> bool {
        let pair = |a: &Option<String>, b: &Option<String>| {
            a.as_ref().zip(b.as_ref()).map(|(a, b)| a == b)
        };
        pair(&self.id, &other.id)
            .or_else(|| pair(&self.database_id, &other.database_id))
            .or_else(|| pair(&self.code, &other.code))
            .or_else(|| {
                let (a, b) = (self.text.as_ref()?, other.text.as_ref()?);
                Some(Name::new(a) == Name::new(b))
            })
            .unwrap_or(true)
    }

    /// Fills what is missing from another reference to the same record.
    pub fn fill_from(&mut self, other: Self) {
        self.id = self.id.take().or(other.id);
        self.database_id = self.database_id.take().or(other.database_id);
        self.text = self.text.take().or(other.text);
        self.code = self.code.take().or(other.code);
    }
}

/// How an ERP finds a line's delivered quantity (rule 3.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveredMethod {
    /// From timesheets.
    Timesheet,
    /// By hand, by milestones, from expenses or stock moves.
    Recorded,
}

/// Odoo 10's `track_service` and the `service_type` of later versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServiceTracking {
    /// Odoo 10, timesheets on the contract.
    Contract,
    /// Odoo 10, a task of its own.
    Task,
    /// Odoo 11 and later: timesheets whose entries name their line.
    Timesheet,
    /// By hand or by milestones.
    Manual,
}

/// How a product is sold, as far as one row says it (chapter 2, rule 3.7).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selling {
    /// Tracking in drawdown's own words.
    pub tracking: Option<Tracking>,
    /// Policy in drawdown's own words, or from a `service_policy`.
    pub policy: Option<InvoicingPolicy>,
    /// Policy from an `invoice_policy`: counts where `policy` is absent.
    pub invoice_policy: Option<InvoicingPolicy>,
    /// `qty_delivered_method`.
    pub method: Option<DeliveredMethod>,
    /// What a `service_policy` implies for the tracking.
    pub policy_method: Option<DeliveredMethod>,
    /// `track_service` or `service_type`.
    pub service_tracking: Option<ServiceTracking>,
    /// Service or goods.
    pub kind: Option<ProductKind>,
    /// Upsell threshold.
    pub threshold: Option<Decimal>,
    /// Hours in one unit of a pack.
    pub hours_per_unit: Option<Decimal>,
    /// The pool that the product shares.
    pub pool: Option<String>,
    /// `upsell = no`.
    pub upsell: Option<bool>,
}

/// A row about a sales order.
#[derive(Debug, Clone)]
pub struct OrderRecord {
    /// Where it was read.
    pub place: Place,
    /// Its ids and name.
    pub order: Reference,
    /// Customer.
    pub customer: Option<String>,
    /// Salesperson.
    pub salesperson: Option<String>,
    /// Day of the order.
    pub date: Option<NaiveDate>,
    /// State, the flag not looked at.
    pub state: Option<OrderState>,
    /// A state that could not be read, and was told as such.
    pub unreadable_state: bool,
    /// The flag `locked`.
    pub locked: Option<bool>,
    /// Its contract.
    pub contract: Reference,
    /// Currency.
    pub currency: Option<String>,
    /// Its invoice status.
    pub invoice_status: Option<InvoiceStatus>,
    /// How many further rows right below it say the same.
    pub repeats: u32,
}

impl OrderRecord {
    /// Whether another row says the same, wherever it is.
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        let Self {
            place: _,
            order,
            customer,
            salesperson,
            date,
            state,
            unreadable_state,
            locked,
            contract,
            currency,
            invoice_status,
            repeats: _,
        } = self;
        *order == other.order
            && *customer == other.customer
            && *salesperson == other.salesperson
            && *date == other.date
            && *state == other.state
            && *unreadable_state == other.unreadable_state
            && *locked == other.locked
            && *contract == other.contract
            && *currency == other.currency
            && *invoice_status == other.invoice_status
    }
}

/// A row about an order line.
#[derive(Debug, Clone)]
pub struct LineRecord {
    /// Where it was read.
    pub place: Place,
    /// Its own ids.
    pub line: Reference,
    /// Its order.
    pub order: Reference,
    /// Its product.
    pub product: Reference,
    /// The product's template, by external or database id.
    pub template: Reference,
    /// Place in the order.
    pub sequence: Option<Decimal>,
    /// Description.
    pub description: Option<String>,
    /// Ordered quantity.
    pub ordered: Option<Decimal>,
    /// A quantity that the line needs could not be read.
    pub unreadable: bool,
    /// Unit of measure.
    pub unit: Reference,
    /// Delivered quantity as exported.
    pub delivered: Option<Decimal>,
    /// Invoiced quantity.
    pub invoiced: Option<Decimal>,
    /// Unit price.
    pub price: Option<Decimal>,
    /// Discount in per cent.
    pub discount: Option<Decimal>,
    /// Untaxed subtotal.
    pub subtotal: Option<Decimal>,
    /// Currency.
    pub currency: Option<String>,
    /// Contract of the line itself.
    pub contract: Reference,
    /// Its task.
    pub task: Reference,
    /// How it is sold.
    pub selling: Selling,
    /// A section, note or down payment: no quantity to reconcile.
    pub passed_over: bool,
}

/// A row about a product.
#[derive(Debug, Clone)]
pub struct ProductRecord {
    /// Where it was read.
    pub place: Place,
    /// Ids (template's or variant's), name and code.
    pub product: Reference,
    /// External and database ids of the variants.
    pub variants: Vec<String>,
    /// How it is sold.
    pub selling: Selling,
}

/// A row about a task.
#[derive(Debug, Clone)]
pub struct TaskRecord {
    /// Where it was read.
    pub place: Place,
    /// Ids and name.
    pub task: Reference,
    /// Its project.
    pub project: Reference,
    /// The order line it works for.
    pub line: Reference,
}

/// A row about a project.
#[derive(Debug, Clone)]
pub struct ProjectRecord {
    /// Where it was read.
    pub place: Place,
    /// Ids and name.
    pub project: Reference,
    /// Its analytic account.
    pub contract: Reference,
}

/// Everything that was read, but for the timesheets.
#[derive(Debug, Default)]
pub struct Records {
    /// Orders, from their own files and from the lines' columns.
    pub orders: Vec<OrderRecord>,
    /// Order lines.
    pub lines: Vec<LineRecord>,
    /// Products.
    pub products: Vec<ProductRecord>,
    /// Tasks.
    pub tasks: Vec<TaskRecord>,
    /// Projects.
    pub projects: Vec<ProjectRecord>,
    /// Adjustments.
    pub adjustments: Vec<AdjustmentRecord>,
}

impl Records {
    /// Adds further ones.
    pub fn append(&mut self, other: &mut Self) {
        self.orders.append(&mut other.orders);
        self.lines.append(&mut other.lines);
        self.products.append(&mut other.products);
        self.tasks.append(&mut other.tasks);
        self.projects.append(&mut other.projects);
        self.adjustments.append(&mut other.adjustments);
    }
}
