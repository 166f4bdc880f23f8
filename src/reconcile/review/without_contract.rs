//! Work that no confirmed order pays for: unmatched and refused hours, by
//! customer and project, with what they would be worth.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::model::{
    Book, Candidates, Currency, EntryKey, Exact, KeyPart, LineIndex, Money, Name, UnitId,
};
use crate::reconcile::attribute::{Attribution, UnmatchedReason};
use crate::reconcile::convert::Measure;
use crate::reconcile::key_sums::KeyCell;
use crate::reconcile::partial::{PartialSums, value_and_hours};
use crate::reconcile::settle::{KeyFate, Settled};

use super::common_unit;

/// A row of `without_contract.csv`.
#[derive(Debug, Clone)]
pub struct WithoutContractRow {
    /// The customer; blank where nothing says it.
    pub customer: String,
    /// The project that the entries name.
    pub project: String,
    /// The contract that they name.
    pub contract: String,
    /// Why they have no contract.
    pub reason: &'static str,
    /// Entries.
    pub entries: u64,
    /// How much, in `unit`.
    pub quantity: Exact,
    /// Hours for time, else the reference unit of the category.
    pub unit: UnitId,
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
    /// Net price of one `unit` on the customer's latest order line that has
    /// one.
    pub price: Option<Money>,
    /// What the quantity is worth at that price.
    pub worth: Option<Money>,
    /// That line.
    pub priced_by: Option<LineIndex>,
}

/// The name of the reason of refused entries.
const NOT_CONFIRMED: &str = "order_not_confirmed";

/// The rows of `without_contract.csv`: by customer, those without one last, then
/// project, contract and reason. Their quantities are those of all unmatched
/// and refused entries.
#[must_use]
pub fn without_contract(
    book: &Book,
    sums: &PartialSums,
    settled: &Settled,
) -> Vec<WithoutContractRow> {
    type Group = (bool, Name, Name, Name, &'static str, UnitId);
    let customers = Customers::new(book);
    let of_key = |(key, fate): (usize, &KeyFate)| -> Vec<(Group, WithoutContractRow)> {
        let reason = match &fate.attribution {
            Attribution::Unmatched(reason) => reason.name(),
            Attribution::Refused(..) => NOT_CONFIRMED,
            Attribution::To(..) => return Vec::new(),
        };
        let (cells, key) = (sums.counted.cells(key), sums.counted.keys().get(key));
        let Some(key) = key else { return Vec::new() };
        let customer = customers.of(key, Some(&fate.attribution)).unwrap_or_default();
        let project = named(key, &[KeyPart::Project, KeyPart::Client]);
        let parts = [KeyPart::Contract, KeyPart::ContractId, KeyPart::ContractDatabaseId];
        let contract = named(key, &parts);
        let names = [customer, project, contract].map(Name::new);
        let of_cell = |KeyCell { unit, cell, .. }: &KeyCell| {
            let common = common_unit(&book.units, *unit);
            let (value, _) = value_and_hours(&book.units, *unit, &cell.tally.sum);
            let factor = book.units.conversion(*unit, common).unwrap_or_else(Exact::one);
            let [of_customer, of_project, of_contract] = names.clone();
            let group = (customer.is_empty(), of_customer, of_project, of_contract, reason, common);
            let row = WithoutContractRow {
                customer: customer.to_owned(),
                project: project.to_owned(),
                contract: contract.to_owned(),
                reason,
                entries: cell.tally.count,
                quantity: &value * &factor,
                unit: common,
                first: cell.first,
                last: cell.last,
                price: None,
                worth: None,
                priced_by: None,
            };
            (group, row)
        };
        cells.iter().map(of_cell).collect()
    };
    let fates = settled.fates.as_slice().par_iter().enumerate();
    let mut parts: Vec<(Group, WithoutContractRow)> = fates.flat_map_iter(of_key).collect();
    // Of those that are written otherwise the first one names them.
    parts.par_sort_by(|a, b| a.0.cmp(&b.0));
    let mut rows: Vec<WithoutContractRow> = Vec::new();
    let mut last: Option<Group> = None;
    for (group, part) in parts {
        match rows.last_mut().filter(|_| last.as_ref() == Some(&group)) {
            Some(row) => {
                row.entries += part.entries;
                row.quantity = &row.quantity + &part.quantity;
                row.first = row.first.min(part.first);
                row.last = row.last.max(part.last);
            }
            None => {
                rows.push(part);
                last = Some(group);
            }
        }
    }
    for row in &mut rows {
        let Some((line, price)) = customers.price(&row.customer, row.unit) else { continue };
        let currency = book.line(line).currency.clone();
        row.worth = Some(Money::new(&row.quantity * &price, currency.clone()).rounded());
        row.price = Some(Money::new(price, currency));
        row.priced_by = Some(line);
    }
    rows
}

fn named<'k>(key: &'k EntryKey, parts: &[KeyPart]) -> &'k str {
    parts.iter().find_map(|part| key.get(*part)).unwrap_or_default()
}

/// Customers as entries may name them.
struct Customers<'a> {
    book: &'a Book,
    names: BTreeMap<Name, &'a str>,
    orders: BTreeMap<Name, &'a str>,
    lines: BTreeMap<Name, Vec<LineIndex>>,
}

impl<'a> Customers<'a> {
    fn new(book: &'a Book) -> Self {
        let mut customers =
            Self { book, names: BTreeMap::new(), orders: BTreeMap::new(), lines: BTreeMap::new() };
        for order in &book.orders {
            if let Some(customer) = &order.customer {
                customers.names.entry(Name::new(customer)).or_insert(customer);
                customers.orders.entry(Name::new(&order.name)).or_insert(customer);
            }
        }
        for at in (0..book.lines.len()).map(LineIndex) {
            let order = book.order_of(at);
            if let Some(customer) = order.customer.as_ref().filter(|_| order.state.is_confirmed()) {
                customers.lines.entry(Name::new(customer)).or_default().push(at);
            }
        }
        customers
    }

    /// The customer of a key: of the lines that it may have meant, of its
    /// order, of its contract or project, or the one it names itself.
    fn of(&self, key: &EntryKey, fate: Option<&Attribution>) -> Option<&'a str> {
        let lines: &[LineIndex] = match fate {
            Some(
                Attribution::Refused(lines, _)
                | Attribution::Unmatched(
                    UnmatchedReason::AmbiguousLine(lines) | UnmatchedReason::AmbiguousTask(lines),
                ),
            ) => lines,
            _ => &[],
        };
        let by_order = || self.orders.get(&Name::new(key.get(KeyPart::Order)?)).copied();
        let by_name = || {
            let parts = [KeyPart::Client, KeyPart::Contract, KeyPart::Project];
            parts.into_iter().find_map(|part| self.named(key.get(part)?))
        };
        self.one_of(lines).or_else(by_order).or_else(|| self.of_contract(key)).or_else(by_name)
    }

    /// The one customer of some lines.
    fn one_of(&self, lines: &[LineIndex]) -> Option<&'a str> {
        let mut customers = lines.iter().map(|line| self.book.order_of(*line).customer.as_deref());
        let first = customers.next()??;
        customers
            .all(|other| other.is_some_and(|other| Name::new(other) == Name::new(first)))
            .then_some(first)
    }

    fn of_contract(&self, key: &EntryKey) -> Option<&'a str> {
        let (id, database_id) =
            (key.get(KeyPart::ContractId), key.get(KeyPart::ContractDatabaseId));
        let contract = match self.book.contracts(id, database_id, key.get(KeyPart::Contract)) {
            Candidates::One(contract) => contract,
            _ => self.book.contract_of_project(key.get(KeyPart::Project)?)?,
        };
        self.one_of(&self.book.contracts.get(contract.0)?.lines)
    }

    /// A text that is a customer's name, or ends with one as contracts do:
    /// `SO009 - Agrolait`.
    fn named(&self, text: &str) -> Option<&'a str> {
        let end = text.rsplit_once(" - ").map(|(_, end)| end);
        [Some(text), end].into_iter().flatten().find_map(|t| self.names.get(&Name::new(t))).copied()
    }

    /// The net price of one `unit` on the latest of a customer's lines that
    /// measure it and have one; of one day the last order by name.
    fn price(&self, customer: &str, unit: UnitId) -> Option<(LineIndex, Exact)> {
        let lines = self.lines.get(&Name::new(customer))?;
        let priced = lines.iter().filter_map(|index| {
            let line = self.book.line(*index);
            let per_unit = Measure::of(line)?.factor_from(unit, &self.book.units)?;
            let order = self.book.order_of(*index);
            let price = line.net_price.as_ref()? * &per_unit;
            Some(((order.date, order.name.as_str(), *index), price))
        });
        priced.max_by(|a, b| a.0.cmp(&b.0)).map(|((.., line), price)| (line, price))
    }
}

impl WithoutContractRow {
    /// The currency of the price.
    #[must_use]
    pub fn currency(&self) -> Option<&Currency> {
        self.price.as_ref().and_then(Money::currency)
    }
}
