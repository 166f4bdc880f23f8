//! Puts the records of all files together into one [`Book`]: the same record
//! met twice is merged, every line gets its product's policy and tracking, its
//! contract and its task (RULES.md, chapters 1 to 3).

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::diagnostics::{Error, Fault, FaultKind, Phrase, Place};
use crate::model::{
    AdjustmentCounts, Book, ContractIndex, Currency, Exact, InvoicingPolicy, LineIndex, LineView,
    Lookup, Name, Order, OrderIndex, OrderLine, OrderState, OrderView, PoolKey, ProductKind,
    Records, Reference, Selling, SharedTexts, TaskRecord, Text, TimeReading, Tracking, UnitId,
    UnitTable, read_time, with_line_feeds,
};

use super::adjust::add_adjustments;
use super::attribute::KnownLineIds;
use super::catalogue::{self, Catalogue};
use super::merge::{
    Conflicts, MergedLines, MergedOrders, MetOrders, merge_lines, merge_orders, merge_tasks,
};
use super::rules::{LockedOrders, ManualDelivery, Rules};

/// A book, and what could not go into it.
#[derive(Debug)]
pub struct Assembled {
    /// The book.
    pub book: Book,
    /// Rows that cannot be used.
    pub faults: Vec<Fault>,
    /// Sections, notes and down payments passed over.
    pub passed_over: u64,
    /// Orders confirmed, and how many of them are locked or done.
    pub confirmed: u64,
    /// See `confirmed`.
    pub locked: u64,
    /// Products of the configuration that no line sells.
    pub unused_products: Vec<String>,
    /// Which kinds of ids the lines were exported with.
    pub known_ids: KnownLineIds,
    /// What became of the rows of adjustments.
    pub adjustments: AdjustmentCounts,
    /// Quantities of lines that were taken for a float's print (rule 5.6).
    pub float_readings: u64,
}

/// Puts the records together.
///
/// # Errors
/// [`Error::Contradiction`] when two records of one thing differ and the user
/// has not chosen between them; [`Error::MissingColumn`] when no file says what
/// every line needs.
pub fn assemble(records: Records, units: UnitTable, rules: &Rules) -> Result<Assembled, Error> {
    let mut of_products = Conflicts::with_rows();
    let mut faults: Vec<Fault> = Vec::new();

    let mut catalogue = Catalogue::default();
    let mut products = records.products;
    products.sort_by(|a, b| a.place.cmp(&b.place));
    for product in products {
        catalogue.add(product, rules.on_conflict, &mut of_products);
    }
    let mut conflicts = Conflicts::default();
    let mut orders = merge_orders(&records.orders, rules.on_conflict, &mut conflicts);
    let lines = merge_lines(&records.lines, &units, rules.on_conflict, &mut conflicts);
    let mut read_tasks = records.tasks;
    read_tasks.sort_by(|a, b| a.place.cmp(&b.place));
    let tasks = merge_tasks(&read_tasks, rules.on_conflict, &mut conflicts);
    if !conflicts.is_empty() || !of_products.is_empty() {
        // Once more, for the rows.
        let mut all = of_products;
        merge_orders(&records.orders, rules.on_conflict, &mut all);
        merge_lines(&records.lines, &units, rules.on_conflict, &mut all);
        merge_tasks(&read_tasks, rules.on_conflict, &mut all);
        if let Some(error) = all.first() {
            return Err(error);
        }
    }
    for rule in &rules.products {
        catalogue.configure(rule);
    }

    let mut assembler = Assembler {
        rules,
        catalogue,
        book: Book::new(units),
        faults: Vec::new(),
        unsold: BTreeMap::new(),
        tasks_of_lines: Vec::new(),
        texts: SharedTexts::default(),
        labels: Vec::new(),
        units: Lookup::default(),
        currencies: Vec::new(),
        customer: (String::new(), Text::from("")),
        float_readings: 0,
        packs_without_unit: BTreeSet::new(),
    };
    let (confirmed, locked) = confirmed_and_locked(&orders);
    let known_ids = lines.known_ids;
    let passed_over = lines.lines.iter().filter(|line| lines.is_passed_over(line)).count() as u64;
    check_columns(&lines, &orders)?;
    let sorted = sorted_lines(&lines, &orders);
    // Nothing is looked for by them any more.
    orders.met = MetOrders::default();
    assembler.add_lines(&lines, &orders, sorted);
    assembler.add_projects_and_tasks(&records.projects, &tasks);
    let unsold = std::mem::take(&mut assembler.unsold);
    faults.append(&mut assembler.faults);
    faults.extend(unsold.into_values().map(Unsold::into_fault));
    let unused_products = assembler.catalogue.unused(&rules.products);
    let mut book = assembler.book;
    book.shrink_to_fit();
    let adjustments = add_adjustments(&mut book, records.adjustments, &rules.period, &mut faults);
    Ok(Assembled {
        float_readings: assembler.float_readings,
        book,
        faults,
        passed_over,
        confirmed,
        locked,
        unused_products,
        known_ids,
        adjustments,
    })
}

/// Products of confirmed lines of which something is not known: one message a
/// product.
struct Unsold {
    place: Place,
    lines: u64,
    product: String,
    tracking: bool,
    policy: bool,
}

impl Unsold {
    fn into_fault(self) -> Fault {
        let kind =
            if self.tracking { FaultKind::UnknownTracking } else { FaultKind::UnknownPolicy };
        let product = crate::model::toml_key(&self.product).into();
        let (expected, action) = match (self.policy, self.tracking) {
            (true, true) => {
                (Phrase::ProductPolicyAndTracking, Phrase::PastePolicyAndTracking { product })
            }
            (_, true) => (Phrase::ProductTracking, Phrase::PasteTracking { product }),
            (_, false) => (Phrase::ProductPolicy, Phrase::PastePolicy { product }),
        };
        let found = Phrase::ProductOfLines { product: self.product.into(), lines: self.lines };
        Fault::new(kind, self.place.in_column("product"), found, expected, action)
    }
}

struct Assembler<'a> {
    rules: &'a Rules,
    catalogue: Catalogue,
    book: Book,
    faults: Vec<Fault>,
    unsold: BTreeMap<usize, Unsold>,
    /// Tasks that lines name, kept until the task files are known.
    tasks_of_lines: Vec<(Reference<&'a str>, LineIndex)>,
    /// Texts that lines share.
    texts: SharedTexts,
    /// By product, what it was called last.
    labels: Vec<Option<Text>>,
    /// The unit that a text means.
    units: Lookup<&'a str, Option<UnitId>>,
    currencies: Vec<Currency>,
    /// A customer, and the name in comparable form.
    customer: (String, Text),
    float_readings: u64,
    /// Packs whose unit nobody knows, which was told.
    packs_without_unit: BTreeSet<usize>,
}

/// How a line is sold, all sources considered.
struct Sold {
    tracking: Option<Tracking>,
    policy: Option<InvoicingPolicy>,
    kind: ProductKind,
    threshold: Exact,
    hours_per_unit: Option<Exact>,
    upsell_wanted: bool,
}

impl<'r> Assembler<'r> {
    fn add_lines(
        &mut self,
        lines: &'r MergedLines<'r>,
        merged: &MergedOrders<'r>,
        sorted: Vec<(usize, Option<usize>)>,
    ) {
        self.book.lines.reserve_exact(sorted.len());
        for (at, _) in &sorted {
            let (product, template) = lines.product(*at);
            if Catalogue::is_told_by_code(product) {
                self.catalogue.of_line(product, template);
            }
        }
        let mut indices: Vec<Option<OrderIndex>> = vec![None; merged.orders.len()];
        // Most lines have the order of the one before.
        let mut last: Option<(usize, OrderView<'_>)> = None;
        for (at, order) in sorted {
            let record = lines.get(at);
            let place = record.place;
            let Some(order) = order else {
                self.faults.push(missing(place, "order", Phrase::OrderOfLine));
                continue;
            };
            let order_record = match last {
                Some((known, record)) if known == order => record,
                _ => merged.get(order),
            };
            last = Some((order, order_record));
            let Some(state) =
                effective_state((order_record.state, order_record.locked), self.rules.locked)
            else {
                if !order_record.unreadable_state {
                    self.faults.push(missing(place, "state", ORDER_STATES));
                }
                continue;
            };
            let index = *indices[order].get_or_insert_with(|| {
                self.book.add_order(Order {
                    // As it is read back from our files: the next run knows it by that.
                    name: with_line_feeds(order_record.order.label().unwrap_or_default())
                        .into_owned(),
                    external_id: order_record.order.id.map(str::to_owned),
                    customer: order_record.customer.map(|text| self.texts.share(text)),
                    salesperson: order_record.salesperson.map(|text| self.texts.share(text)),
                    date: order_record.date,
                    state,
                    invoice_status: order_record.invoice_status,
                })
            });
            self.add_line(&record, index, &order_record);
        }
    }

    fn add_line(&mut self, record: &LineView<'r>, order: OrderIndex, order_record: &OrderView<'_>) {
        let place = record.place.clone();
        let confirmed = self.book.orders[order.0].state.is_confirmed();
        let unit_text = self.texts.share(record.unit.label().unwrap_or_default());
        let unit = self.unit(record.unit, &place, record);
        if record.ordered.is_none() && !record.unreadable {
            self.faults.push(missing(&place, "ordered", Phrase::OrderedQuantity));
        }
        let product = self.catalogue.of_line(record.product, record.template);
        if record.product.is_blank() {
            self.faults.push(missing(&place, "product", Phrase::SoldProduct));
        }
        let sold = self.sold(product, record, unit);
        let label = self.label(product, record.product.label().unwrap_or_default());
        let needs_nothing = sold.tracking == Some(Tracking::None);
        // Of no product nothing can be said but that it is missing.
        let is_known = record.product.is_blank()
            || needs_nothing
            || (sold.tracking.is_some() && sold.policy.is_some());
        if confirmed && !is_known {
            let entry = self.unsold.entry(product).or_insert_with(|| Unsold {
                place: place.clone(),
                lines: 0,
                product: label.to_string(),
                tracking: false,
                policy: false,
            });
            entry.lines += 1;
            entry.tracking |= sold.tracking.is_none();
            entry.policy |= sold.policy.is_none();
            entry.place = entry.place.clone().min(place.clone());
        }
        let [ordered, exported, invoiced] = [record.ordered, record.delivered, record.invoiced]
            .map(|value| value.map(|value| self.exact(value, unit)));
        let net_price = net_price(record, ordered.as_ref());
        let currency =
            record.currency.or(order_record.currency).and_then(|text| self.currency(text));
        let contract_text =
            if record.contract.is_blank() { order_record.contract } else { record.contract };
        let contract: Option<ContractIndex> = self.book.add_contract(contract_text);
        let contract_text = contract_text.label().map(|text| {
            let label = contract.map(|contract| &self.book.contracts[contract.0].label);
            label.filter(|label| label.as_str() == text).cloned().unwrap_or_else(|| text.into())
        });
        let pool = self.pool(product, order_record.customer, currency.as_ref());
        let id = record.line.id.or(record.line.database_id).unwrap_or_default().into();
        let needs_recorded = sold.tracking == Some(Tracking::Manual)
            && self.rules.manual == ManualDelivery::Recorded;
        if needs_recorded && confirmed && exported.is_none() && !record.unreadable {
            self.faults.push(missing(&place, "delivered", Phrase::RecordedQuantity));
        }
        let line = OrderLine {
            place,
            id,
            order,
            sequence: record.sequence.map(Exact::from),
            product: label,
            pool,
            description: record.description.map(|text| self.texts.share(text)),
            ordered,
            unit,
            unit_text,
            exported,
            invoiced,
            net_price,
            currency,
            contract,
            contract_text,
            task: record.task.label().map(Text::from),
            tracking: sold.tracking,
            policy: sold.policy,
            kind: sold.kind,
            threshold: sold.threshold,
            hours_per_unit: sold.hours_per_unit,
            upsell_wanted: sold.upsell_wanted,
        };
        let index = self.book.add_line(line, record.line);
        if !record.task.is_blank() {
            self.tasks_of_lines.push((record.task, index));
        }
    }

    /// A product as a line names it: as the line before that sells it, mostly.
    fn label(&mut self, product: usize, label: &str) -> Text {
        let shared = match self.labels.get(product) {
            Some(Some(known)) if known.as_str() == label => return known.clone(),
            _ => self.texts.share(label),
        };
        self.labels.resize(self.labels.len().max(product + 1), None);
        self.labels[product] = Some(shared.clone());
        shared
    }

    fn pool(
        &mut self,
        product: usize,
        customer: Option<&str>,
        currency: Option<&Currency>,
    ) -> PoolKey {
        let customer = customer.unwrap_or_default();
        // Most lines have the customer of the one before.
        if self.customer.0 != customer {
            self.customer = (customer.to_owned(), self.texts.share(Name::new(customer).as_str()));
        }
        PoolKey {
            product: self.catalogue.pool(product),
            customer: self.customer.1.clone(),
            currency: currency.cloned(),
        }
    }

    fn currency(&mut self, text: &str) -> Option<Currency> {
        let known = self.currencies.iter().find(|known| known.as_str() == text.trim());
        known.cloned().or_else(|| {
            let new = Currency::new(text)?;
            if !self.currencies.contains(&new) {
                self.currencies.push(new.clone());
            }
            Some(new)
        })
    }

    fn exact(&mut self, value: Decimal, unit: Option<UnitId>) -> Exact {
        let Some(hours) = unit.and_then(|unit| self.book.units.hours_in(unit)) else {
            return Exact::from(value);
        };
        let reading = read_time(value, &hours);
        self.float_readings += u64::from(reading != TimeReading::AsWritten);
        reading.exact(value, &hours)
    }

    fn unit(
        &mut self,
        reference: Reference<&'r str>,
        place: &Place,
        record: &LineView<'_>,
    ) -> Option<UnitId> {
        let texts = [reference.id, reference.text, reference.database_id];
        let (known, table) = (&mut self.units, &self.book.units);
        let found =
            texts.into_iter().flatten().find_map(|text| *known.entry(text, || table.find(text)));
        if found.is_none() {
            if reference.is_blank() {
                self.faults.push(missing(place, "unit", Phrase::UnitOfQuantities));
            } else {
                let text = reference.label().unwrap_or_default();
                self.faults.push(self.book.units.unknown(text, record.place));
            }
        }
        found
    }

    /// What the line, the product file and the configuration say, in this order.
    fn sources<'s>(&'s self, product: usize, record: &LineView<'s>) -> [&'s Selling; 3] {
        let (file, configured) = self.catalogue.selling(product);
        [record.selling, file, configured]
    }

    /// How a line is sold, by all of these and the defaults.
    fn sold(&mut self, product: usize, record: &LineView<'_>, unit: Option<UnitId>) -> Sold {
        let hours_per_unit = self
            .sources(product, record)
            .iter()
            .find_map(|s| s.hours_per_unit)
            .map(Exact::from)
            .filter(Exact::is_positive);
        // Of time nobody asks what a piece of it has.
        let measures_time = unit.is_none_or(|unit| self.book.units.is_time(unit));
        let is_pack = hours_per_unit.is_some();
        let pieces = (is_pack && !measures_time).then(|| self.pieces_in(unit, product)).flatten();
        let hours_per_unit = hours_per_unit.zip(pieces).map(|(hours, pieces)| &hours * &pieces);
        let sources = self.sources(product, record);
        let stated_kind = sources.iter().find_map(|s| s.kind);
        let kind = stated_kind.unwrap_or(if measures_time || is_pack {
            ProductKind::Service
        } else {
            ProductKind::Goods
        });
        let own_word = sources.iter().find_map(|s| s.tracking);
        let stated = sources.iter().find_map(|s| catalogue::tracking(s));
        let tracking = match (kind, stated_kind) {
            (ProductKind::Goods, Some(_)) => Some(Tracking::None),
            // Goods only by their unit: who says that they are tracked is believed.
            (ProductKind::Goods, None) => match (own_word, stated) {
                (Some(word), _) => Some(word),
                (None, Some(stated @ (Tracking::Contract | Tracking::Task))) => Some(stated),
                _ => Some(Tracking::None),
            },
            (ProductKind::Service, _) => stated.or(self.rules.default_tracking),
        };
        let policy =
            sources.iter().find_map(|s| catalogue::policy(s)).or(self.rules.default_policy);
        let threshold = sources
            .iter()
            .find_map(|s| s.threshold)
            .map_or_else(|| self.rules.threshold.clone(), Exact::from);
        Sold {
            tracking,
            policy,
            kind,
            // Rule 6.3: a threshold of 0 means 1.
            threshold: if threshold.is_positive() { threshold } else { Exact::one() },
            hours_per_unit,
            upsell_wanted: sources.iter().find_map(|s| s.upsell).unwrap_or(true),
        }
    }

    /// How many pieces, of which a pack has its hours, one of a line's unit is: a
    /// piece is one of the product's unit, else of the reference of the line's.
    /// Nothing where nobody knows the product's unit, which is told.
    fn pieces_in(&mut self, unit: Option<UnitId>, product: usize) -> Option<Exact> {
        let units = &self.book.units;
        let Some(unit) = unit else { return Some(Exact::one()) };
        if let Some((name, place)) = self.catalogue.unit(product) {
            let texts = [&name.id, &name.text, &name.database_id];
            let Some(own) = texts.into_iter().flatten().find_map(|text| units.find(text)) else {
                if self.packs_without_unit.insert(product) {
                    let place = place.in_column("unit");
                    self.faults.push(units.unknown(name.label().unwrap_or_default(), &place));
                }
                return None;
            };
            if let Some(pieces) = units.conversion(unit, own) {
                return Some(pieces);
            }
        }
        Some(units.get(unit).ratio.value().clone())
    }

    fn add_projects_and_tasks(
        &mut self,
        projects: &[crate::model::ProjectRecord],
        tasks: &[Cow<'_, TaskRecord>],
    ) {
        for project in projects {
            if let Some(contract) = self.book.add_contract(project.contract.view()) {
                self.book.add_project(project.project.view(), contract);
            }
        }
        for record in tasks {
            let line = self.line_of_task(&record.line, &record.place);
            self.book.add_task(record.task.view(), record.project.label(), line);
        }
        for (task, line) in std::mem::take(&mut self.tasks_of_lines) {
            self.book.add_task_of_line(task, line);
        }
    }

    /// The line that a task file names, if it is in the book. One that fits
    /// several lines is left to the lines' own task columns.
    fn line_of_task(&mut self, line: &Reference, place: &Place) -> Option<LineIndex> {
        if line.is_blank() {
            return None;
        }
        if let Some(found) = self.book.line_by_id(line.id.as_deref(), line.database_id.as_deref()) {
            return Some(found);
        }
        let label =
            line.text.as_deref().filter(|_| line.id.is_none() && line.database_id.is_none());
        match label.map(|label| self.book.lines_by_label(label)) {
            Some(crate::model::Candidates::One(found)) => return Some(found),
            Some(crate::model::Candidates::Several(_)) => {
                self.faults.push(Fault::new(
                    FaultKind::UnknownOrderLine,
                    place.in_column("line"),
                    line.label().unwrap_or_default(),
                    Phrase::OneLine,
                    Phrase::ExportLineId,
                ));
                return None;
            }
            _ => {}
        }
        self.faults.push(Fault::new(
            FaultKind::UnknownOrderLine,
            place.in_column("line"),
            line.label().unwrap_or_default(),
            Phrase::LineOfInputs,
            Phrase::ExportLines,
        ));
        None
    }
}

/// How many orders are confirmed, and how many of these are locked or done,
/// whatever the user makes of that.
fn confirmed_and_locked(merged: &MergedOrders<'_>) -> (u64, u64) {
    let states = merged.states().filter_map(|said| effective_state(said, None));
    let (mut confirmed, mut locked) = (0, 0);
    for state in states.filter(|state| state.is_confirmed()) {
        confirmed += 1;
        locked += u64::from(state.is_done());
    }
    (confirmed, locked)
}

/// The state with the flag `locked` and the user's choice about it.
fn effective_state(
    (state, locked): (Option<OrderState>, Option<bool>),
    choice: Option<LockedOrders>,
) -> Option<OrderState> {
    let state = match (state?, locked) {
        (OrderState::Sale, Some(true)) => OrderState::Locked,
        (state, _) => state,
    };
    Some(match choice {
        Some(LockedOrders::Ignore) if state.is_done() => OrderState::Sale,
        _ => state,
    })
}

/// Rule 6.5: the subtotal over the ordered quantity where the export has it.
fn net_price(record: &LineView<'_>, ordered: Option<&Exact>) -> Option<Exact> {
    let by_subtotal = record
        .subtotal
        .zip(ordered)
        .and_then(|(subtotal, ordered)| Exact::from(subtotal).divided_by(ordered));
    by_subtotal.or_else(|| {
        let price = Exact::from(record.price?);
        let discount = record.discount.map_or_else(Exact::zero, Exact::from);
        let share = &discount * &Exact::decimal(1, 2);
        Some(&price * &(&Exact::one() - &share))
    })
}

/// What a line's place in the book goes by.
struct Rank<'r> {
    order: Option<usize>,
    name: &'r str,
    sequence: Option<Decimal>,
    id: &'r str,
}

/// The lines that sell something, in the order of the book, each with its order.
fn sorted_lines(lines: &MergedLines<'_>, merged: &MergedOrders<'_>) -> Vec<(usize, Option<usize>)> {
    let selling = lines.selling();
    let mut ranks: Vec<(usize, Rank<'_>)> =
        selling.map(|(at, line)| (at, Rank::new(lines.rank(line), merged))).collect();
    ranks.sort_by(|(_, a), (_, b)| a.cmp(b));
    ranks.into_iter().map(|(at, rank)| (at, rank.order)).collect()
}

impl<'r> Rank<'r> {
    fn new(
        (line, order, sequence): (Reference<&'r str>, Reference<&'r str>, Option<Decimal>),
        merged: &'r MergedOrders<'_>,
    ) -> Self {
        let order = merged.met.find(order);
        let name = order.and_then(|order| merged.label(order)).unwrap_or_default();
        Self { order, name, sequence, id: line.id.or(line.database_id).unwrap_or_default() }
    }

    fn cmp(&self, other: &Self) -> Ordering {
        let by_name = || self.name.cmp(other.name);
        // The same order has the same name.
        let by_order = if self.order == other.order { Ordering::Equal } else { by_name() };
        by_order
            .then_with(|| self.sequence.cmp(&other.sequence))
            .then_with(|| self.id.cmp(other.id))
    }
}

/// The states that a cell may say.
const ORDER_STATES: Phrase = Phrase::OneOf { values: &["draft", "sent", "sale", "done", "cancel"] };

fn missing(place: &Place, column: &'static str, expected: Phrase) -> Fault {
    let column_place =
        if place.column().is_some() { place.clone() } else { place.in_column(column) };
    let action = Phrase::FillOrExportColumn { column };
    Fault::new(FaultKind::MissingValue, column_place, "", expected, action)
}

/// What every line needs and no file carries is one message, not one a line.
fn check_columns(lines: &MergedLines<'_>, merged: &MergedOrders<'_>) -> Result<(), Error> {
    let lines = || lines.selling().map(|(_, line)| lines.view(line));
    let Some(first) = lines().next() else { return Ok(()) };
    type Has = fn(&LineView<'_>, &MergedOrders<'_>) -> bool;
    let needed: [(&str, &str, Has); 5] = [
        ("the order", "order, order_id, Order Reference", |line, _| !line.order.is_blank()),
        ("the state of the order", "state, Order Status, order_id/state", |line, merged| {
            merged.met.find(line.order).is_some_and(|order| {
                let order = merged.get(order);
                order.state.is_some() || order.unreadable_state
            })
        }),
        ("the product", "product, product_id, Product", |line, _| !line.product.is_blank()),
        ("the ordered quantity", "ordered, product_uom_qty, Quantity", |line, _| {
            line.ordered.is_some() || line.unreadable
        }),
        ("the unit of measure", "unit, product_uom, Unit of Measure", |line, _| {
            !line.unit.is_blank()
        }),
    ];
    for (missing, expected, has) in needed {
        if !lines().any(|line| has(&line, merged)) {
            return Err(Error::MissingColumn {
                place: Place::new(first.place.file(), first.place.sheet()),
                missing: missing.to_owned(),
                expected: expected.to_owned(),
                // The caller has the sheets.
                headers: String::new(),
                proposal: String::new(),
            });
        }
    }
    Ok(())
}
