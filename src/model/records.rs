//! What the rows of exports say, before the records they describe are put
//! together: every field optional, every record with its place.

use std::borrow::Cow;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::adjustment::AdjustmentRecord;
use super::exact::Exact;
use super::ids::Name;
use super::order::{InvoiceStatus, InvoicingPolicy, OrderState, ProductKind, Tracking};
use super::rows::{LineRows, OrderRows};
use crate::diagnostics::Place;

/// How a row points to another record: by external or own id, by database id,
/// by what the ERP displays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Reference<T = String> {
    /// External id, or the id of drawdown's own layout.
    pub id: Option<T>,
    /// Database id (`.id`).
    pub database_id: Option<T>,
    /// Name, display name or `[code] name`.
    pub text: Option<T>,
    /// Internal reference (code).
    pub code: Option<T>,
}

impl<T> Default for Reference<T> {
    fn default() -> Self {
        Self { id: None, database_id: None, text: None, code: None }
    }
}

impl<T> Reference<T> {
    /// Nothing to point with.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.id.is_none()
            && self.database_id.is_none()
            && self.text.is_none()
            && self.code.is_none()
    }

    /// The same with other texts.
    #[must_use]
    pub fn map<U>(self, other: impl Fn(T) -> U) -> Reference<U> {
        Reference {
            id: self.id.map(&other),
            database_id: self.database_id.map(&other),
            text: self.text.map(&other),
            code: self.code.map(&other),
        }
    }
}

impl<T: AsRef<str>> Reference<T> {
    /// The same with the texts of this one.
    #[must_use]
    #[inline]
    pub fn view(&self) -> Reference<&str> {
        Reference {
            id: self.id.as_ref().map(T::as_ref),
            database_id: self.database_id.as_ref().map(T::as_ref),
            text: self.text.as_ref().map(T::as_ref),
            code: self.code.as_ref().map(T::as_ref),
        }
    }
}

impl Reference<Cow<'_, str>> {
    /// The same with texts of its own.
    #[must_use]
    pub fn into_owned(self) -> Reference {
        self.map(Cow::into_owned)
    }
}

impl<'a> Reference<&'a str> {
    /// The best text to show a person.
    #[must_use]
    pub fn label(self) -> Option<&'a str> {
        self.text.or(self.code).or(self.id).or(self.database_id)
    }

    /// The same with texts of its own.
    #[must_use]
    pub fn to_owned(self) -> Reference {
        self.map(str::to_owned)
    }
}

impl Reference {
    /// The best text to show a person.
    #[must_use]
    pub fn label(&self) -> Option<&str> {
        self.view().label()
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
    /// Upsell threshold: see [`is_threshold`].
    pub threshold: Option<Decimal>,
    /// Hours in one unit of a pack.
    pub hours_per_unit: Option<Decimal>,
    /// The pool that the product shares.
    pub pool: Option<String>,
    /// `upsell = no`.
    pub upsell: Option<bool>,
}

/// Whether a number can be an upsell threshold (rule 6.3): a share of what is
/// ordered. Past ten somebody means per cent.
#[must_use]
pub fn is_threshold(number: &Exact) -> bool {
    !number.is_negative() && *number <= Exact::from(10)
}

/// A row about a sales order.
#[derive(Debug, Clone)]
pub struct OrderRecord<T = String> {
    /// Where it was read.
    pub place: Place,
    /// Its ids and name.
    pub order: Reference<T>,
    /// Customer.
    pub customer: Option<T>,
    /// Salesperson.
    pub salesperson: Option<T>,
    /// Day of the order.
    pub date: Option<NaiveDate>,
    /// State, the flag not looked at.
    pub state: Option<OrderState>,
    /// A state that could not be read, and was told as such.
    pub unreadable_state: bool,
    /// The flag `locked`.
    pub locked: Option<bool>,
    /// Its contract.
    pub contract: Reference<T>,
    /// Currency.
    pub currency: Option<T>,
    /// Its invoice status.
    pub invoice_status: Option<InvoiceStatus>,
}

/// An [`OrderRecord`] with borrowed texts.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "the fields are those of the record")]
pub struct OrderView<'a> {
    pub place: &'a Place,
    pub order: Reference<&'a str>,
    pub customer: Option<&'a str>,
    pub salesperson: Option<&'a str>,
    pub date: Option<NaiveDate>,
    pub state: Option<OrderState>,
    pub unreadable_state: bool,
    pub locked: Option<bool>,
    pub contract: Reference<&'a str>,
    pub currency: Option<&'a str>,
    pub invoice_status: Option<InvoiceStatus>,
}

impl<T: AsRef<str>> OrderRecord<T> {
    /// The same with the texts of this one.
    #[must_use]
    pub fn view(&self) -> OrderView<'_> {
        OrderView {
            place: &self.place,
            order: self.order.view(),
            customer: self.customer.as_ref().map(T::as_ref),
            salesperson: self.salesperson.as_ref().map(T::as_ref),
            date: self.date,
            state: self.state,
            unreadable_state: self.unreadable_state,
            locked: self.locked,
            contract: self.contract.view(),
            currency: self.currency.as_ref().map(T::as_ref),
            invoice_status: self.invoice_status,
        }
    }
}

impl OrderView<'_> {
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

    /// The same with texts of its own.
    #[must_use]
    pub fn to_record(self) -> OrderRecord {
        OrderRecord {
            place: self.place.clone(),
            order: self.order.to_owned(),
            customer: self.customer.map(str::to_owned),
            salesperson: self.salesperson.map(str::to_owned),
            date: self.date,
            state: self.state,
            unreadable_state: self.unreadable_state,
            locked: self.locked,
            contract: self.contract.to_owned(),
            currency: self.currency.map(str::to_owned),
            invoice_status: self.invoice_status,
        }
    }
}

/// A row about an order line.
#[derive(Debug, Clone)]
pub struct LineRecord<T = String> {
    /// Where it was read.
    pub place: Place,
    /// Its own ids.
    pub line: Reference<T>,
    /// Its order.
    pub order: Reference<T>,
    /// Its product.
    pub product: Reference<T>,
    /// The product's template, by external or database id.
    pub template: Reference<T>,
    /// Place in the order.
    pub sequence: Option<Decimal>,
    /// Description.
    pub description: Option<T>,
    /// Ordered quantity.
    pub ordered: Option<Decimal>,
    /// A quantity that the line needs could not be read.
    pub unreadable: bool,
    /// Unit of measure.
    pub unit: Reference<T>,
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
    pub currency: Option<T>,
    /// Contract of the line itself.
    pub contract: Reference<T>,
    /// Its task.
    pub task: Reference<T>,
    /// How it is sold.
    pub selling: Selling,
    /// A section, note or down payment: no quantity to reconcile.
    pub passed_over: bool,
}

/// A [`LineRecord`] with borrowed texts.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "the fields are those of the record")]
pub struct LineView<'a> {
    pub place: &'a Place,
    pub line: Reference<&'a str>,
    pub order: Reference<&'a str>,
    pub product: Reference<&'a str>,
    pub template: Reference<&'a str>,
    pub sequence: Option<Decimal>,
    pub description: Option<&'a str>,
    pub ordered: Option<Decimal>,
    pub unreadable: bool,
    pub unit: Reference<&'a str>,
    pub delivered: Option<Decimal>,
    pub invoiced: Option<Decimal>,
    pub price: Option<Decimal>,
    pub discount: Option<Decimal>,
    pub subtotal: Option<Decimal>,
    pub currency: Option<&'a str>,
    pub contract: Reference<&'a str>,
    pub task: Reference<&'a str>,
    pub selling: &'a Selling,
    pub passed_over: bool,
}

impl<T: AsRef<str>> LineRecord<T> {
    /// The same with the texts of this one.
    #[must_use]
    pub fn view(&self) -> LineView<'_> {
        LineView {
            place: &self.place,
            line: self.line.view(),
            order: self.order.view(),
            product: self.product.view(),
            template: self.template.view(),
            sequence: self.sequence,
            description: self.description.as_ref().map(T::as_ref),
            ordered: self.ordered,
            unreadable: self.unreadable,
            unit: self.unit.view(),
            delivered: self.delivered,
            invoiced: self.invoiced,
            price: self.price,
            discount: self.discount,
            subtotal: self.subtotal,
            currency: self.currency.as_ref().map(T::as_ref),
            contract: self.contract.view(),
            task: self.task.view(),
            selling: &self.selling,
            passed_over: self.passed_over,
        }
    }
}

impl LineView<'_> {
    /// The same with texts of its own.
    #[must_use]
    pub fn to_record(&self) -> LineRecord {
        LineRecord {
            place: self.place.clone(),
            line: self.line.to_owned(),
            order: self.order.to_owned(),
            product: self.product.to_owned(),
            template: self.template.to_owned(),
            sequence: self.sequence,
            description: self.description.map(str::to_owned),
            ordered: self.ordered,
            unreadable: self.unreadable,
            unit: self.unit.to_owned(),
            delivered: self.delivered,
            invoiced: self.invoiced,
            price: self.price,
            discount: self.discount,
            subtotal: self.subtotal,
            currency: self.currency.map(str::to_owned),
            contract: self.contract.to_owned(),
            task: self.task.to_owned(),
            selling: self.selling.clone(),
            passed_over: self.passed_over,
        }
    }
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
    /// Its unit, in which the hours of one are told (rule 5.3).
    pub unit: Reference,
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
    pub orders: OrderRows,
    /// Order lines.
    pub lines: LineRows,
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
