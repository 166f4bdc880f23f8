//! Reads every sheet but the timesheets into records: orders, order lines,
//! products, tasks and projects.

use std::borrow::Cow;
use std::ops::ControlFlow;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::diagnostics::{Error, Fault, FaultKind, Origin, Phrase, Place};
use crate::model::{
    DeliveredMethod, InvoiceStatus, InvoicingPolicy, LineRecord, OrderRecord, OrderState,
    ProductKind, ProductRecord, ProjectRecord, Records, Reference, Selling, TaskRecord, Tracking,
};

use super::adjustments::read_adjustments;
use super::cells::{
    Cell, CellReader, DisplayType, PerCent, RowFaults, ServicePolicy, ServiceType, Share, Text,
    TrackService, owned, record_of_cells,
};
use super::fields::{Field, Role};
use super::required::{LINE_ID, NESTED_LINE_ID, PRODUCT_NAME, PROJECT_NAME, TASK_NAME, require};
use super::rows::RowCounts;
use super::sheet::{Row, Sheet};

/// What one sheet held.
#[derive(Debug, Default)]
pub struct SheetContent {
    /// Its records.
    pub records: Records,
    /// Rows that could not be read whole.
    pub faults: Vec<Fault>,
    /// Its rows below the header.
    pub rows: RowCounts,
}

impl SheetContent {
    /// Adds what a further part of the sheet held.
    fn append(&mut self, mut other: Self) {
        self.records.append(&mut other.records);
        self.faults.append(&mut other.faults);
    }
}

record_of_cells! {
    /// The columns of a sales order, in its own file or beside its lines.
    struct OrderCells<'t> {
        order: Text<'t>,
        order_id: Text<'t>,
        order_database_id: Text<'t>,
        order_date: Cell<NaiveDate>,
        order_state: Cell<OrderState>,
        line_state: Cell<OrderState>,
        locked: Cell<bool>,
        order_invoice_status: Cell<InvoiceStatus>,
        customer: Text<'t>,
        salesperson: Text<'t>,
        currency: Text<'t>,
        contract: Text<'t>,
        contract_name: Text<'t>,
        contract_code: Text<'t>,
        contract_id: Text<'t>,
        contract_database_id: Text<'t>,
        analytic_distribution: Text<'t>,
    }
}

record_of_cells! {
    /// The columns of an order line.
    struct LineCells<'t> {
        line_id: Text<'t>,
        line_database_id: Text<'t>,
        order: Text<'t>,
        order_id: Text<'t>,
        order_database_id: Text<'t>,
        sequence: Cell<Decimal>,
        display_type: Cell<DisplayType>,
        down_payment: Cell<bool>,
        description: Text<'t>,
        ordered: Cell<Decimal>,
        delivered: Cell<Decimal>,
        invoiced: Cell<Decimal>,
        price: Cell<Decimal>,
        discount: Cell<PerCent>,
        subtotal: Cell<Decimal>,
        currency: Text<'t>,
        contract: Text<'t>,
        contract_name: Text<'t>,
        contract_code: Text<'t>,
        contract_id: Text<'t>,
        contract_database_id: Text<'t>,
        analytic_distribution: Text<'t>,
        product: Text<'t>,
        product_name: Text<'t>,
        product_id: Text<'t>,
        product_database_id: Text<'t>,
        product_code: Text<'t>,
        product_template_id: Text<'t>,
        product_template_database_id: Text<'t>,
        unit: Text<'t>,
        unit_id: Text<'t>,
        unit_database_id: Text<'t>,
        task: Text<'t>,
        task_id: Text<'t>,
        task_database_id: Text<'t>,
    }
}

record_of_cells! {
    /// The columns that say how something is sold.
    struct SellingCells<'t> {
        tracking: Cell<Tracking>,
        policy: Cell<InvoicingPolicy>,
        invoice_policy: Cell<InvoicingPolicy>,
        delivered_method: Cell<DeliveredMethod>,
        service_policy: Cell<ServicePolicy>,
        service_type: Cell<ServiceType>,
        track_service: Cell<TrackService>,
        product_type: Cell<ProductKind>,
        upsell_threshold: Cell<Share>,
        hours_per_unit: Cell<Decimal>,
        pool: Text<'t>,
        upsell: Cell<bool>,
    }
}

record_of_cells! {
    /// The columns of a product.
    struct ProductCells<'t> {
        product: Text<'t>,
        product_name: Text<'t>,
        product_id: Text<'t>,
        product_database_id: Text<'t>,
        product_code: Text<'t>,
        product_template_id: Text<'t>,
        product_template_database_id: Text<'t>,
        variant_id: Text<'t>,
        unit: Text<'t>,
        unit_id: Text<'t>,
        unit_database_id: Text<'t>,
    }
}

record_of_cells! {
    /// The columns of a task or a project.
    struct TaskCells<'t> {
        task: Text<'t>,
        task_id: Text<'t>,
        task_database_id: Text<'t>,
        project: Text<'t>,
        project_id: Text<'t>,
        line_label: Text<'t>,
        line_id: Text<'t>,
        line_database_id: Text<'t>,
        contract: Text<'t>,
        contract_name: Text<'t>,
        contract_code: Text<'t>,
        contract_id: Text<'t>,
        contract_database_id: Text<'t>,
    }
}

/// Reads a sheet of any role but timesheets, units and their categories.
///
/// # Errors
/// What makes the file unreadable; [`Error::MissingColumn`] when it lacks a
/// column without which its rows say nothing.
pub fn read_records(sheet: &Sheet) -> Result<SheetContent, Error> {
    match sheet.role() {
        Role::OrderLines => read_order_lines(sheet),
        Role::Orders => read_orders(sheet),
        Role::Products => read_products(sheet),
        Role::Tasks => read_tasks(sheet),
        Role::Projects => read_projects(sheet),
        Role::Adjustments => read_adjustments(sheet),
        Role::Units | Role::UnitCategories | Role::Timesheets => Ok(SheetContent::default()),
    }
}

/// The near misses among a sheet's headers, for the end of a message.
#[must_use]
pub fn proposals(sheet: &Sheet) -> String {
    let proposals: Vec<String> = sheet
        .recognition
        .proposals
        .iter()
        .map(|(_, found, known)| format!("did you mean \"{known}\" by \"{found}\"?"))
        .collect();
    if proposals.is_empty() { String::new() } else { format!("; {}", proposals.join(" ")) }
}

fn read_order_lines(sheet: &Sheet) -> Result<SheetContent, Error> {
    require(sheet, false, &LINE_ID)?;
    let readers = LineReaders {
        orders: CellReader::new(sheet, false),
        lines: CellReader::new(sheet, false),
        sellings: CellReader::new(sheet, false),
    };
    let (part, rows) = sheet.gather_rows(
        || LinePart::new(sheet),
        |part, number, row| readers.read(sheet, number, row, part),
        |part, below| part.content.append(below.content),
    )?;
    Ok(SheetContent { rows, ..part.content })
}

/// What some rows of order lines hold.
struct LinePart {
    content: SheetContent,
    /// The sheet as their place: one of their own, so that threads that read other
    /// rows have nothing to count together.
    place: Place,
}

impl LinePart {
    fn new(sheet: &Sheet) -> Self {
        let place = Place::of(Arc::new(Origin::clone(&sheet.origin)));
        Self { content: SheetContent::default(), place }
    }
}

/// Reads the parts of a row of order lines.
struct LineReaders<'s> {
    orders: CellReader<'s, OrderCells<'static>>,
    lines: CellReader<'s, LineCells<'static>>,
    sellings: CellReader<'s, SellingCells<'static>>,
}

impl LineReaders<'_> {
    fn read(&self, sheet: &Sheet, number: u64, row: &Row<'_>, part: &mut LinePart) {
        let LinePart { content, place } = part;
        if let Some(fault) = sheet.row_fault(number, row) {
            content.faults.push(fault);
            return;
        }
        let place = place.at_row(number);
        let mut faults = RowFaults { sheet, nested: false, place, faults: &mut content.faults };
        let order = self.orders.read(row).unwrap_or_default();
        let line = self.lines.read(row).unwrap_or_default();
        let selling = self.sellings.read(row).unwrap_or_default();
        // The line's own columns say its contract and currency.
        let mut order = order_record(order, &mut faults);
        order.contract = Reference::default();
        order.currency = None;
        if let Some(line) = line_record(line, selling, None, &mut faults) {
            content.records.lines.push(&line.view());
            content.records.orders.push_new(&order.view());
        }
    }
}

/// Orders, and the lines nested in them: an order's columns are filled on its
/// first row only, and blank below means "as above".
fn read_orders(sheet: &Sheet) -> Result<SheetContent, Error> {
    let nested = sheet.recognition.nested_lines;
    if nested {
        require(sheet, true, &NESTED_LINE_ID)?;
    }
    let mut content = SheetContent::default();
    let orders: CellReader<'_, OrderCells<'static>> = CellReader::new(sheet, false);
    let lines: CellReader<'_, LineCells<'static>> = CellReader::new(sheet, true);
    let sellings: CellReader<'_, SellingCells<'static>> = CellReader::new(sheet, true);
    let mut current = Reference::default();
    let mut has_contract = false;
    let rows = sheet.for_each_row(|number, row| {
        if let Some(fault) = sheet.row_fault(number, row) {
            content.faults.push(fault);
            return Ok(ControlFlow::Continue(()));
        }
        let place = sheet.place().at_row(number);
        let mut faults =
            RowFaults { sheet, nested: false, place: place.clone(), faults: &mut content.faults };
        if let Some(order) = orders.read(row) {
            let record = order_record(order, &mut faults);
            if !record.order.is_blank() {
                current = record.order.view().to_owned();
                has_contract = !record.contract.is_blank();
                content.records.orders.push(&record.view());
            } else if current.is_blank() {
                let place =
                    faults.place_of(&[Field::Order, Field::OrderId, Field::OrderDatabaseId]);
                faults.faults.push(missing_value(
                    &place,
                    Phrase::OrderName,
                    Phrase::FillOrExportName,
                ));
            }
        }
        if !nested {
            return Ok(ControlFlow::Continue(()));
        }
        faults.nested = true;
        if let Some(mut line) = lines.read(row) {
            let selling = sellings.read(row).unwrap_or_default();
            // As in a list of lines, the account that the order names goes before
            // the number of one that its line's cost goes to.
            if has_contract {
                line.analytic_distribution = None;
            }
            if let Some(line) = line_record(line, selling, Some(&current), &mut faults) {
                content.records.lines.push(&line.view());
            }
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(SheetContent { rows, ..content })
}

pub(super) fn missing_value(place: &Place, expected: Phrase, action: Phrase) -> Fault {
    Fault::new(FaultKind::MissingValue, place.clone(), "", expected, action)
}

fn order_record<'t>(
    cells: OrderCells<'t>,
    faults: &mut RowFaults<'_>,
) -> OrderRecord<Cow<'t, str>> {
    let unreadable_state = matches!(cells.order_state, Cell::Unreadable(_))
        || matches!(cells.line_state, Cell::Unreadable(_));
    let own = faults.take(cells.order_state, Field::OrderState);
    let of_line = faults.take(cells.line_state, Field::LineState);
    OrderRecord {
        place: faults.place.clone(),
        order: Reference {
            id: cells.order_id,
            database_id: cells.order_database_id,
            text: cells.order,
            code: None,
        },
        customer: cells.customer,
        salesperson: cells.salesperson,
        date: faults.take(cells.order_date, Field::OrderDate),
        state: own.or(of_line),
        unreadable_state,
        locked: faults.take(cells.locked, Field::Locked),
        contract: contract(
            cells.contract,
            cells.contract_name,
            cells.contract_code,
            (cells.contract_id, cells.contract_database_id),
            cells.analytic_distribution.as_deref(),
        ),
        currency: cells.currency,
        // Only compared with ours, so that a text of its own is no fault.
        invoice_status: match cells.order_invoice_status {
            Cell::Value(status) => Some(status),
            _ => None,
        },
    }
}

/// An analytic account: its columns, or the one account of a distribution.
fn contract<'t>(
    display: Text<'t>,
    name: Text<'t>,
    code: Text<'t>,
    ids: (Text<'t>, Text<'t>),
    distribution: Option<&str>,
) -> Reference<Cow<'t, str>> {
    let reference = Reference { id: ids.0, database_id: ids.1, text: display.or(name), code };
    if !reference.is_blank() {
        return reference;
    }
    let account = distribution.and_then(only_account).map(Cow::Owned);
    Reference { database_id: account, ..Reference::default() }
}

/// The account of Odoo's `{"37": 100.0}`; `None` when the cost is split, since
/// hours on one of several accounts say nothing about the line.
fn only_account(distribution: &str) -> Option<String> {
    let shares: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(distribution).ok()?;
    let mut accounts = shares.keys();
    let account = accounts.next()?;
    (accounts.next().is_none() && account.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| account.clone())
}

fn selling(cells: SellingCells<'_>, faults: &mut RowFaults<'_>) -> Selling {
    let service_policy = faults.take(cells.service_policy, Field::ServicePolicy);
    let service_type = faults.take(cells.service_type, Field::ServiceType).map(|s| s.0);
    let track_service = faults.take(cells.track_service, Field::TrackService).map(|t| t.0);
    Selling {
        tracking: faults.take(cells.tracking, Field::Tracking),
        policy: faults
            .take(cells.policy, Field::Policy)
            .or(service_policy.map(|service_policy| service_policy.0)),
        invoice_policy: faults.take(cells.invoice_policy, Field::InvoicePolicy),
        method: faults.take(cells.delivered_method, Field::DeliveredMethod),
        policy_method: service_policy.map(|service_policy| service_policy.1),
        service_tracking: service_type.or(track_service),
        kind: faults.take(cells.product_type, Field::ProductType),
        threshold: faults.take_threshold(cells.upsell_threshold),
        hours_per_unit: faults.take_not_below_zero(cells.hours_per_unit, Field::HoursPerUnit),
        pool: owned(cells.pool),
        upsell: faults.take(cells.upsell, Field::Upsell),
    }
}

/// `None` when the row has no id and is nothing that is passed over: a fault.
fn line_record<'t>(
    cells: LineCells<'t>,
    selling_cells: SellingCells<'t>,
    above: Option<&'t Reference>,
    faults: &mut RowFaults<'_>,
) -> Option<LineRecord<Cow<'t, str>>> {
    let product = Reference {
        id: cells.product_id,
        database_id: cells.product_database_id,
        text: cells.product.or(cells.product_name),
        code: cells.product_code,
    };
    let unit = Reference {
        id: cells.unit_id,
        database_id: cells.unit_database_id,
        text: cells.unit,
        code: None,
    };
    let own_order = Reference {
        id: cells.order_id,
        database_id: cells.order_database_id,
        text: cells.order,
        code: None,
    };
    let down_payment = faults.take(cells.down_payment, Field::DownPayment).unwrap_or(false);
    // Sections and notes carry no product, no unit and no quantity; an export
    // without the column that says so shows them like this.
    let has_columns = |field| {
        if faults.nested { faults.sheet.nested_column(field) } else { faults.sheet.column(field) }
            .is_some()
    };
    let sells_nothing = product.is_blank()
        && unit.is_blank()
        && (has_columns(Field::Product) || has_columns(Field::ProductId))
        && match &cells.ordered {
            Cell::Blank => true,
            Cell::Value(ordered) => ordered.is_zero(),
            Cell::Unreadable(_) | Cell::Undecided(_) => false,
        };
    let heading = faults.take(cells.display_type, Field::DisplayType).is_some();
    let passed_over = heading || down_payment || sells_nothing;
    let line = Reference {
        id: cells.line_id,
        database_id: cells.line_database_id,
        text: None,
        code: None,
    };
    if line.is_blank() {
        if !passed_over {
            let place = faults.place_of(LINE_ID.0);
            faults.faults.push(missing_value(&place, Phrase::LineId, Phrase::FillOrExportId));
        }
        return None;
    }
    let unreadable = cells.ordered.is_unknown() || cells.delivered.is_unknown();
    // A price without what is taken off it is another one (rule 6.5).
    let is_price_known = !cells.discount.is_unknown()
        && !faults.hides_per_cents(&cells.discount)
        && !cells.subtotal.is_unknown();
    let discount = faults.take_discount(cells.discount);
    let template = Reference {
        id: cells.product_template_id,
        database_id: cells.product_template_database_id,
        text: None,
        code: None,
    };
    let selling = selling(selling_cells, faults);
    let above = || above.map(|order| order.view().map(Cow::Borrowed)).unwrap_or_default();
    Some(LineRecord {
        place: faults.place.clone(),
        line,
        order: if own_order.is_blank() { above() } else { own_order },
        product,
        template,
        sequence: faults.take(cells.sequence, Field::Sequence),
        description: cells.description,
        ordered: faults.take(cells.ordered, Field::Ordered),
        unreadable,
        unit,
        delivered: faults.take(cells.delivered, Field::Delivered),
        invoiced: faults.take(cells.invoiced, Field::Invoiced),
        price: faults.take(cells.price, Field::Price).filter(|_| is_price_known),
        discount,
        subtotal: faults.take(cells.subtotal, Field::Subtotal),
        currency: cells.currency,
        contract: contract(
            cells.contract,
            cells.contract_name,
            cells.contract_code,
            (cells.contract_id, cells.contract_database_id),
            cells.analytic_distribution.as_deref(),
        ),
        task: Reference {
            id: cells.task_id,
            database_id: cells.task_database_id,
            text: cells.task,
            code: None,
        },
        selling,
        passed_over,
    })
}

/// Products; further variants of one stand on rows whose other cells are blank.
fn read_products(sheet: &Sheet) -> Result<SheetContent, Error> {
    require(sheet, false, &PRODUCT_NAME)?;
    let mut content = SheetContent::default();
    let products: CellReader<'_, ProductCells<'static>> = CellReader::new(sheet, false);
    let variants: CellReader<'_, ProductCells<'static>> = CellReader::new(sheet, true);
    let sellings: CellReader<'_, SellingCells<'static>> = CellReader::new(sheet, false);
    let rows = sheet.for_each_row(|number, row| {
        if let Some(fault) = sheet.row_fault(number, row) {
            content.faults.push(fault);
            return Ok(ControlFlow::Continue(()));
        }
        let place = sheet.place().at_row(number);
        let mut faults =
            RowFaults { sheet, nested: false, place: place.clone(), faults: &mut content.faults };
        if let Some(cells) = products.read(row) {
            let selling_cells = sellings.read(row).unwrap_or_default();
            let product = Reference {
                id: cells.product_template_id.clone().or(cells.product_id.clone()),
                database_id: cells
                    .product_template_database_id
                    .clone()
                    .or(cells.product_database_id),
                text: cells.product_name.or(cells.product),
                code: cells.product_code,
            };
            if product.is_blank() {
                let place = faults.place_of(PRODUCT_NAME.0);
                let action = Phrase::FillOrTakeOut;
                faults.faults.push(missing_value(&place, Phrase::ProductName, action));
                return Ok(ControlFlow::Continue(()));
            }
            // Where the product's own id stands beside its template's.
            let own = cells.product_id.filter(|_| cells.product_template_id.is_some());
            content.records.products.push(ProductRecord {
                place: place.clone(),
                product: product.into_owned(),
                variants: own.map(Cow::into_owned).into_iter().collect(),
                unit: Reference {
                    id: owned(cells.unit_id),
                    database_id: owned(cells.unit_database_id),
                    text: owned(cells.unit),
                    code: None,
                },
                selling: selling(selling_cells, &mut faults),
            });
        }
        if let Some(cells) = variants.read(row)
            && let Some(product) = content.records.products.last_mut()
        {
            product.variants.extend(owned(cells.variant_id));
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(SheetContent { rows, ..content })
}

fn read_tasks(sheet: &Sheet) -> Result<SheetContent, Error> {
    require(sheet, false, &TASK_NAME)?;
    read_task_cells(sheet, |content, place, cells| {
        let record = TaskRecord {
            place,
            task: Reference {
                id: owned(cells.task_id),
                database_id: owned(cells.task_database_id),
                text: owned(cells.task),
                code: None,
            },
            project: Reference {
                id: owned(cells.project_id),
                database_id: None,
                text: owned(cells.project),
                code: None,
            },
            line: Reference {
                id: owned(cells.line_id),
                database_id: owned(cells.line_database_id),
                text: owned(cells.line_label),
                code: None,
            },
        };
        if record.task.is_blank() {
            let column = TASK_NAME.0.iter().find_map(|field| sheet.column(*field));
            let place = sheet.in_column(&record.place, column.unwrap_or_default());
            let action = Phrase::FillOrTakeOut;
            content.faults.push(missing_value(&place, Phrase::TaskName, action));
        } else {
            content.records.tasks.push(record);
        }
    })
}

fn read_projects(sheet: &Sheet) -> Result<SheetContent, Error> {
    require(sheet, false, &PROJECT_NAME)?;
    read_task_cells(sheet, |content, place, cells| {
        let record = ProjectRecord {
            place,
            project: Reference {
                id: owned(cells.project_id),
                database_id: None,
                text: owned(cells.project),
                code: None,
            },
            contract: contract(
                cells.contract,
                cells.contract_name,
                cells.contract_code,
                (cells.contract_id, cells.contract_database_id),
                None,
            )
            .into_owned(),
        };
        if !record.project.is_blank() {
            content.records.projects.push(record);
        }
    })
}

fn read_task_cells(
    sheet: &Sheet,
    mut take: impl FnMut(&mut SheetContent, Place, TaskCells<'_>),
) -> Result<SheetContent, Error> {
    let mut content = SheetContent::default();
    let reader: CellReader<'_, TaskCells<'static>> = CellReader::new(sheet, false);
    let rows = sheet.for_each_row(|number, row| {
        if let Some(fault) = sheet.row_fault(number, row) {
            content.faults.push(fault);
        } else if let Some(cells) = reader.read(row) {
            take(&mut content, sheet.place().at_row(number), cells);
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(SheetContent { rows, ..content })
}
