//! Opportunities and draft quotations, ready for Odoo's import: one for each
//! order with an upsell (rule 7).

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::history::DecisionColumn;
use crate::model::{
    Exact, InvoicingPolicy, LineIndex, Money, OrderIndex, ProductKind, Quantity, Tracking,
    print_hours,
};
use crate::reconcile::{OdooVersion, Serving};

use super::model::{Column, ColumnKind, Report, Table, TableRow, UpsellRow, Value};

const fn column(name: &'static str, kind: ColumnKind) -> Column {
    Column { name, title: name, kind }
}

use ColumnKind::{Money as Amount, Quantity as Qty, Text};

macro_rules! opportunities {
    ($revenue:literal) => {
        &[
            column("id", Text),
            column("name", Text),
            column("type", Text),
            column("partner_id", Text),
            column($revenue, Amount),
            column("user_id", Text),
            column("description", Text),
        ]
    };
}

macro_rules! updates {
    ($revenue:literal) => {
        &[column("id", Text), column($revenue, Amount), column("description", Text)]
    };
}

macro_rules! drafts {
    ($unit:literal $(, $contract:literal)?) => {
        &[
            column("id", Text),
            column("partner_id", Text),
            column("user_id", Text),
            column("client_order_ref", Text),
            $(column($contract, Text),)?
            column("order_line/id", Text),
            column("order_line/product_id", Text),
            column("order_line/name", Text),
            column("order_line/product_uom_qty", Qty),
            column($unit, Text),
            column("order_line/price_unit", Qty),
        ]
    };
}

/// The expected revenue is `expected_revenue`; up to Odoo 13 that name is taken
/// by a figure that Odoo computes.
fn opportunity_columns(odoo: OdooVersion) -> (&'static [Column], &'static [Column]) {
    const PLANNED: (&[Column], &[Column]) =
        (opportunities!("planned_revenue"), updates!("planned_revenue"));
    const EXPECTED: (&[Column], &[Column]) =
        (opportunities!("expected_revenue"), updates!("expected_revenue"));
    if odoo.number() <= 13 { PLANNED } else { EXPECTED }
}

/// The columns of the files for Odoo's import: opportunities, their updates,
/// drafts.
pub(super) fn columns(odoo: OdooVersion) -> [&'static [Column]; 3] {
    let (opportunities, updates) = opportunity_columns(odoo);
    [opportunities, updates, draft_columns(odoo)]
}

/// From Odoo 18 on an order has no analytic account of its own.
fn draft_columns(odoo: OdooVersion) -> &'static [Column] {
    const OF_10: &[Column] = drafts!("order_line/product_uom", "project_id");
    const UP_TO_17: &[Column] = drafts!("order_line/product_uom", "analytic_account_id");
    const OF_18: &[Column] = drafts!("order_line/product_uom");
    const FROM_19: &[Column] = drafts!("order_line/product_uom_id");
    match odoo.number() {
        ..=10 => OF_10,
        11..=17 => UP_TO_17,
        18 => OF_18,
        _ => FROM_19,
    }
}

/// An External ID for Odoo: ASCII letters, digits and underscores, without a
/// point, so that nothing in it is taken for a module. Whatever else stands in
/// a name is written as `_x` and its bytes, so that two names stay two.
fn external_id(what: &str, name: &str, sold: &str) -> String {
    let mut id = format!("drawdown_{what}_");
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() {
            id.push(char::from(byte));
        } else {
            // Writing to a String does not fail.
            let _ = write!(id, "_x{byte:02x}");
        }
    }
    id.push('_');
    id.push_str(sold);
    id
}

/// A quantity in an External ID: `7p5` of 7.5.
fn in_id(amount: &Exact) -> String {
    amount.to_trimmed(6).replace('.', "p").replace('-', "m")
}

/// An order with upsells.
#[derive(Debug)]
struct Opportunity<'a> {
    order: OrderIndex,
    /// By what the order and its pools sold so far.
    id: String,
    rows: Vec<&'a UpsellRow>,
}

impl Report {
    /// The External IDs of the orders of upsells, in the upsells' order.
    #[must_use]
    pub fn opportunity_ids(&self) -> Vec<String> {
        let sold = self.sold_by_order();
        let rows = self.upsells.iter();
        rows.map(|row| {
            let order = self.book.line(row.upsell.lines[0]).order;
            let sold = sold.get(&order).map_or("", String::as_str);
            external_id("upsell", &self.book.order_of(row.upsell.lines[0]).name, sold)
        })
        .collect()
    }

    /// What each order with an upsell, and its pools, sold so far: a sum for
    /// each unit, in ascending order.
    fn sold_by_order(&self) -> BTreeMap<OrderIndex, String> {
        let book = &self.book;
        let mut lines: BTreeMap<OrderIndex, BTreeSet<LineIndex>> = BTreeMap::new();
        for row in &self.upsells {
            let order = book.line(row.upsell.lines[0]).order;
            lines.entry(order).or_default().extend(row.upsell.lines.iter().copied());
        }
        for (at, line) in book.lines.iter().enumerate() {
            if let Some(of_order) = lines.get_mut(&line.order)
                && line.policy == Some(InvoicingPolicy::Ordered)
                && line.kind == ProductKind::Service
                && line.tracking != Some(Tracking::None)
            {
                of_order.insert(LineIndex(at));
            }
        }
        let pool_of = |line: &LineIndex| {
            let contract = book.line(*line).contract?;
            match self.settled.servings.get(contract.0)? {
                Serving::Pool(lines) if lines.contains(line) => Some(lines),
                _ => None,
            }
        };
        for of_order in lines.values_mut() {
            // A line is in one pool at most.
            let pools: Vec<&Vec<LineIndex>> = of_order.iter().filter_map(pool_of).collect();
            of_order.extend(pools.into_iter().flatten().copied());
        }
        let sums = |of_order: BTreeSet<LineIndex>| {
            let mut sums = BTreeMap::new();
            for line in of_order {
                let line = book.line(line);
                if let (Some(unit), Some(ordered)) = (line.unit, &line.ordered) {
                    let sum = sums.entry(unit).or_insert_with(Exact::zero);
                    *sum = &*sum + ordered;
                }
            }
            // By size: a unit's place in the table is no property of the order.
            let mut sums: Vec<Exact> = sums.into_values().collect();
            sums.sort();
            sums.iter().map(in_id).collect::<Vec<_>>().join("_")
        };
        lines.into_iter().map(|(order, lines)| (order, sums(lines))).collect()
    }

    /// By order. `known` are those that an earlier run wrote. An upsell of which
    /// was decided that nothing more is to be offered is in none of them: one
    /// that is in the CRM already is closed there, by a person.
    fn opportunity_list(&self, known: bool) -> Vec<Opportunity<'_>> {
        let mut found: BTreeMap<String, Opportunity<'_>> = BTreeMap::new();
        let all = self.upsells.iter().zip(self.opportunity_ids());
        for (row, id) in all.filter(|(row, _)| !row.known.decisions.offers_nothing()) {
            let order = self.book.line(row.upsell.lines[0]).order;
            let rows = &mut found
                .entry(id.clone())
                .or_insert(Opportunity { order, id, rows: Vec::new() })
                .rows;
            rows.push(row);
        }
        let mut list: Vec<Opportunity<'_>> = found
            .into_values()
            .filter(|one| one.rows.iter().any(|row| row.known.opportunity_known) == known)
            .collect();
        let name = |one: &Opportunity<'_>| self.book.orders[one.order.0].name.clone();
        list.sort_by_cached_key(|one| (name(one), one.id.clone()));
        list
    }

    /// The table of opportunities.csv: orders that no earlier run wrote.
    #[must_use]
    pub fn opportunities(&self, odoo: OdooVersion) -> Table<'_> {
        let list = self.opportunity_list(false);
        let (columns, _) = opportunity_columns(odoo);
        Table::new("opportunities", columns, list.len(), move |at| {
            let one = &list[at];
            let order = &self.book.orders[one.order.0];
            let customer = order.customer.as_deref().unwrap_or_default();
            vec![
                owned(one.id.clone()),
                owned(format!("{}: one more of the same", with_customer(&order.name, customer))),
                owned("opportunity".to_owned()),
                owned(customer.to_owned()),
                self.revenue(one),
                owned(order.salesperson.as_deref().unwrap_or_default().to_owned()),
                owned(self.notes(one, odoo)),
            ]
        })
    }

    /// The table of `opportunities_update.csv`: those that an earlier run wrote.
    /// Whatever people may have changed since is not in it.
    #[must_use]
    pub fn opportunity_updates(&self, odoo: OdooVersion) -> Table<'_> {
        let list = self.opportunity_list(true);
        let (_, columns) = opportunity_columns(odoo);
        Table::new("opportunities_update", columns, list.len(), move |at| {
            let one = &list[at];
            vec![owned(one.id.clone()), self.revenue(one), owned(self.notes(one, odoo))]
        })
    }

    /// The figures and the period, a sentence for each upsell.
    fn notes(&self, one: &Opportunity<'_>, odoo: OdooVersion) -> String {
        let sentences: Vec<String> = one.rows.iter().map(|row| self.note(row)).collect();
        let text = format!("As of {}: {}", self.period.as_of, sentences.join(" "));
        if odoo.number() < 15 {
            return text;
        }
        // The notes are HTML there.
        text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
    }

    fn note(&self, row: &UpsellRow) -> String {
        let upsell = &row.upsell;
        let line = self.book.line(upsell.lines[0]);
        let units = &self.book.units;
        let unit = upsell.measure.unit_id();
        let print = |amount: &Exact| Quantity::new(amount.clone(), unit).display(units);
        let excess = upsell.excess();
        let mut text = line.product.to_string();
        // Writing to a String does not fail.
        if let Some(contract) = &line.contract_text {
            let _ = write!(text, " ({contract})");
        }
        let _ = write!(
            text,
            ": {} of {} {} delivered, excess {}",
            print(&upsell.delivered),
            print(&upsell.ordered),
            units.get(unit).name,
            print(&excess)
        );
        if !upsell.adjusted.is_zero() {
            let _ = write!(text, " with an adjustment of {}", print(&upsell.adjusted));
        }
        if let Some(overrun) = &upsell.overrun {
            let currency = overrun.currency().map_or("", |currency| currency.as_str());
            let _ = write!(text, ", overrun value {}", format!("{overrun} {currency}").trim_end());
        }
        if let Some(day) = row.reached_on {
            let _ = write!(text, ", used up since {day}");
        }
        if let Some(from) = self.period.from {
            let hours: Exact = upsell
                .lines
                .iter()
                .map(|line| self.settled.settlements[line.0].period_hours.clone())
                .sum();
            let to = self.period.to.unwrap_or(self.period.as_of);
            let _ = write!(text, "; {} hours from {from} to {to}", print_hours(&hours));
        }
        if let Some(hours) = &row.customer_remaining {
            let orders = row.covered_by.join(", ");
            let _ = write!(text, "; {} hours are left on {orders}", print_hours(hours));
        }
        text.push('.');
        text
    }

    /// The table of `orders_draft.csv`: one more of the same, for upsells about
    /// which that was decided.
    #[must_use]
    pub fn drafts(&self, odoo: OdooVersion) -> Table<'_> {
        let rows = self.draft_rows(odoo);
        Table::new("orders_draft", draft_columns(odoo), rows.len(), move |at| rows[at].clone())
    }

    fn draft_rows(&self, odoo: OdooVersion) -> Vec<TableRow<'static>> {
        let mut decided: Vec<(&UpsellRow, String)> =
            self.upsells.iter().zip(self.opportunity_ids()).collect();
        decided.sort_by_cached_key(|(row, id)| {
            let decision = row.known.decisions.get(DecisionColumn::Decision).to_owned();
            (self.book.order_of(row.upsell.lines[0]).name.clone(), decision, id.clone())
        });
        let imported = Imported::new(self);
        let mut rows = Vec::new();
        let mut last = String::new();
        for (row, opportunity) in decided {
            let order = self.book.order_of(row.upsell.lines[0]);
            let id = match (row.known.decisions.get(DecisionColumn::Decision), &order.external_id) {
                ("new_line", Some(id)) => id.clone(),
                ("new_order", _) => opportunity.replacen("_upsell_", "_order_", 1),
                _ => continue,
            };
            let line = self.draft_line_id(row);
            if imported.lines.contains(line.as_str()) {
                continue;
            }
            let is_new = row.known.decisions.get(DecisionColumn::Decision) == "new_order"
                && !imported.orders.contains(id.as_str());
            // An order's own fields stand in its first row only; those of an
            // order that is there already stay as they are.
            let is_first = std::mem::replace(&mut last, id.clone()) != id;
            let once = |text: &str| {
                if is_first && is_new { owned(text.to_owned()) } else { Value::Empty }
            };
            let mut cells = vec![
                if is_first { owned(id) } else { Value::Empty },
                once(order.customer.as_deref().unwrap_or_default()),
                once(order.salesperson.as_deref().unwrap_or_default()),
                once(&order.name),
            ];
            if odoo.number() < 18 {
                let line = self.book.line(row.upsell.lines[0]);
                cells.push(once(line.contract_text.as_deref().unwrap_or_default()));
            }
            cells.extend(self.draft_line(row, line));
            rows.push(cells);
        }
        rows
    }

    fn draft_line_id(&self, row: &UpsellRow) -> String {
        let line = self.book.line(sold_last(self, row));
        external_id("line", &line.id, &in_id(&row.upsell.ordered))
    }

    /// One more of the same: what was sold last.
    fn draft_line(&self, row: &UpsellRow, id: String) -> [Value<'static>; 6] {
        let line = self.book.line(sold_last(self, row));
        let quantity = line.ordered.as_ref().filter(|ordered| ordered.is_positive());
        [
            owned(id),
            owned(line.product.to_string()),
            owned(line.description.as_ref().unwrap_or(&line.product).to_string()),
            quantity.map_or(Value::Empty, |quantity| Value::Number(quantity.to_trimmed(6))),
            owned(line.unit_text.to_string()),
            match &line.net_price {
                Some(price) => Value::Number(price.to_trimmed(6)),
                None => Value::Empty,
            },
        ]
    }

    /// Orders on which a new line was decided, and whose External ID no export
    /// has: the line cannot be drafted.
    #[must_use]
    pub fn undrafted(&self) -> Vec<&str> {
        let mut orders: Vec<&str> = self
            .upsells
            .iter()
            .filter(|row| row.known.decisions.get(DecisionColumn::Decision) == "new_line")
            .map(|row| self.book.order_of(row.upsell.lines[0]))
            .filter(|order| order.external_id.is_none())
            .map(|order| order.name.as_str())
            .collect();
        orders.sort_unstable();
        orders.dedup();
        orders
    }

    /// What one more of the same would bring: nothing is said where a price is
    /// unknown, or where currencies would have to be added up.
    fn revenue(&self, one: &Opportunity<'_>) -> Value<'static> {
        let prices: Option<Vec<Money>> = one.rows.iter().map(|row| self.price(row)).collect();
        let sum = prices.and_then(|prices| {
            let (first, others) = prices.split_first()?;
            others.iter().try_fold(first.clone(), |sum, price| sum.plus(price))
        });
        sum.map_or(Value::Empty, |sum| Value::Number(sum.to_string()))
    }

    /// The price of one more of the same.
    fn price(&self, row: &UpsellRow) -> Option<Money> {
        let line = self.book.line(sold_last(self, row));
        let ordered = line.ordered.as_ref().filter(|ordered| ordered.is_positive())?;
        Some(Money::new(ordered * line.net_price.as_ref()?, line.currency.clone()).rounded())
    }
}

/// What was drafted before and is in the export now, in whatever state: the
/// External IDs without the module before them, which Odoo calls `__import__`
/// where an import names none.
struct Imported<'a> {
    orders: BTreeSet<&'a str>,
    lines: BTreeSet<&'a str>,
}

impl<'a> Imported<'a> {
    fn new(report: &'a Report) -> Self {
        let drafted = |id: &'a str, what: &str| {
            let name = id.rsplit('.').next().unwrap_or(id);
            name.strip_prefix("drawdown_").is_some_and(|n| n.starts_with(what)).then_some(name)
        };
        let ids = report.book.orders.iter().filter_map(|order| order.external_id.as_deref());
        let lines = report.book.lines.iter().map(|line| line.id.as_str());
        Self {
            orders: ids.filter_map(|id| drafted(id, "order_")).collect(),
            lines: lines.filter_map(|id| drafted(id, "line_")).collect(),
        }
    }
}

/// The line of an upsell that was sold last and is no credit.
fn sold_last(report: &Report, row: &UpsellRow) -> LineIndex {
    let lines = &row.upsell.lines;
    let is_sold = |line: &&LineIndex| {
        report.book.line(**line).ordered.as_ref().is_some_and(Exact::is_positive)
    };
    lines.iter().rev().find(is_sold).copied().unwrap_or(lines[0])
}

fn with_customer(order: &str, customer: &str) -> String {
    if customer.is_empty() { order.to_owned() } else { format!("{order} {customer}") }
}

fn owned(text: String) -> Value<'static> {
    if text.is_empty() { Value::Empty } else { Value::Text(Cow::Owned(text)) }
}
