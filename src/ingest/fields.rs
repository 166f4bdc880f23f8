//! The one table of column names: which header means which field, and which
//! headers make a sheet which role. Nothing here reads a cell's value.
//!
//! A header is a path (`order_line/product_id/id`), each segment a technical name or
//! a label of any known version and language. It is followed through the schema in
//! `labels`, starting at the model that a role's rows are records of. Every role
//! reads the whole header row; the one that explains most of it wins, and a header
//! that few models know weighs more than one that all of them know. So `Quantity` or
//! `Order Reference`, which several models share, are decided by their companions.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::labels::{Model, To};
use sheet::{Hit, Scored, Sheet, propose};

mod sheet;
#[cfg(test)]
mod tests;

/// What a sheet holds, found out from its headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// A row per sales order line.
    OrderLines,
    /// A row per sales order, perhaps with its lines below it.
    Orders,
    /// A row per product (template).
    Products,
    /// A row per task.
    Tasks,
    /// A row per project.
    Projects,
    /// A row per unit of measure.
    Units,
    /// A row per category of units, perhaps with its units below it.
    UnitCategories,
    /// A row per timesheet entry.
    Timesheets,
    /// A row per adjustment of a delivered quantity.
    Adjustments,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 9] = [
        Self::OrderLines,
        Self::Orders,
        Self::Products,
        Self::Tasks,
        Self::Projects,
        Self::Units,
        Self::UnitCategories,
        Self::Timesheets,
        Self::Adjustments,
    ];

    /// The role's name in `drawdown.toml`, `run.json` and messages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::OrderLines => "order_lines",
            Self::Orders => "orders",
            Self::Products => "products",
            Self::Tasks => "tasks",
            Self::Projects => "projects",
            Self::Units => "units",
            Self::UnitCategories => "unit_categories",
            Self::Timesheets => "timesheets",
            Self::Adjustments => "adjustments",
        }
    }

    /// The role of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// The models that a row can be a record of.
    const fn models(self) -> &'static [Model] {
        match self {
            Self::Timesheets => &[Model::AnalyticLine, Model::TrackedTime],
            Self::OrderLines => &[Model::SaleOrderLine],
            Self::Orders => &[Model::SaleOrder],
            Self::Products => &[Model::Product],
            Self::Tasks => &[Model::Task],
            Self::Projects => &[Model::Project],
            Self::Units => &[Model::Uom],
            Self::UnitCategories => &[Model::UomCategory],
            // Only drawdown's own layout has them.
            Self::Adjustments => &[Model::Named],
        }
    }

    /// The model that a row of an ERP's export is a record of.
    const fn model(self) -> Model {
        match self {
            Self::OrderLines => Model::SaleOrderLine,
            Self::Orders => Model::SaleOrder,
            Self::Products => Model::Product,
            Self::Tasks => Model::Task,
            Self::Projects => Model::Project,
            Self::Units => Model::Uom,
            Self::UnitCategories => Model::UomCategory,
            Self::Timesheets => Model::AnalyticLine,
            Self::Adjustments => Model::Named,
        }
    }

    /// The fields of the row's own ids: external, database.
    const fn ids(self) -> (Field, Field) {
        match self {
            Self::OrderLines => (Field::LineId, Field::LineDatabaseId),
            Self::Orders => (Field::OrderId, Field::OrderDatabaseId),
            Self::Products => (Field::ProductTemplateId, Field::ProductTemplateDatabaseId),
            Self::Tasks => (Field::TaskId, Field::TaskDatabaseId),
            Self::Projects => (Field::ProjectId, Field::ProjectDatabaseId),
            Self::Units => (Field::UnitId, Field::UnitDatabaseId),
            Self::UnitCategories => (Field::CategoryId, Field::CategoryDatabaseId),
            Self::Timesheets | Self::Adjustments => (Field::EntryId, Field::EntryDatabaseId),
        }
    }

    /// drawdown's own column names.
    const fn own(self) -> &'static [(&'static str, Field)] {
        match self {
            Self::OrderLines => &[
                ("id", Field::LineId),
                ("order", Field::Order),
                ("state", Field::OrderState),
                ("customer", Field::Customer),
                ("salesperson", Field::Salesperson),
                ("order_date", Field::OrderDate),
                ("sequence", Field::Sequence),
                ("product", Field::Product),
                ("description", Field::Description),
                ("ordered", Field::Ordered),
                ("unit", Field::Unit),
                ("delivered", Field::Delivered),
                ("invoiced", Field::Invoiced),
                ("price", Field::Price),
                ("discount", Field::Discount),
                ("subtotal", Field::Subtotal),
                ("currency", Field::Currency),
                ("contract", Field::Contract),
                ("task", Field::Task),
                ("tracking", Field::Tracking),
                ("policy", Field::Policy),
            ],
            Self::Orders => &[
                ("id", Field::OrderId),
                ("order", Field::Order),
                ("state", Field::OrderState),
                ("customer", Field::Customer),
                ("salesperson", Field::Salesperson),
                ("order_date", Field::OrderDate),
                ("currency", Field::Currency),
                ("contract", Field::Contract),
                ("locked", Field::Locked),
                ("invoice_status", Field::OrderInvoiceStatus),
            ],
            Self::Products => &[
                ("name", Field::ProductName),
                ("type", Field::ProductType),
                ("unit", Field::Unit),
                ("tracking", Field::Tracking),
                ("policy", Field::Policy),
                ("upsell_threshold", Field::UpsellThreshold),
                ("hours_per_unit", Field::HoursPerUnit),
                ("pool", Field::Pool),
                ("upsell", Field::Upsell),
            ],
            Self::Tasks => &[
                ("name", Field::Task),
                ("id", Field::TaskId),
                ("project", Field::Project),
                ("line", Field::LineLabel),
            ],
            Self::Projects => {
                &[("name", Field::Project), ("id", Field::ProjectId), ("contract", Field::Contract)]
            }
            Self::Units => &[
                ("name", Field::Unit),
                ("category", Field::Category),
                ("ratio", Field::Ratio),
                ("rounding", Field::Rounding),
                ("active", Field::Active),
            ],
            Self::UnitCategories => &[("name", Field::Category), ("id", Field::CategoryId)],
            Self::Timesheets => &[
                ("id", Field::EntryId),
                ("date", Field::Date),
                ("employee", Field::Employee),
                ("client", Field::Client),
                ("project", Field::Project),
                ("activity", Field::Activity),
                ("tags", Field::Tags),
                ("contract", Field::Contract),
                ("task", Field::Task),
                ("line", Field::LineLabel),
                ("description", Field::Description),
                ("quantity", Field::Quantity),
                ("unit", Field::Unit),
                ("approved", Field::Approved),
                ("billable", Field::Billable),
                ("written", Field::Written),
            ],
            Self::Adjustments => &[
                ("date", Field::Date),
                ("line", Field::LineLabel),
                ("contract", Field::Contract),
                ("quantity", Field::Quantity),
                ("unit", Field::Unit),
                ("kind", Field::AdjustmentKind),
                ("reason", Field::Reason),
            ],
        }
    }

    /// What a sheet of this role cannot do without: a name for the message, and the
    /// fields of which one must be there.
    const fn required(self) -> &'static [(&'static str, &'static [Field])] {
        match self {
            Self::OrderLines => &[
                ("id", &[Field::LineId, Field::LineDatabaseId]),
                ("order", &[Field::Order, Field::OrderId, Field::OrderDatabaseId]),
                (
                    "product",
                    &[
                        Field::Product,
                        Field::ProductName,
                        Field::ProductId,
                        Field::ProductDatabaseId,
                        Field::Description,
                    ],
                ),
                ("ordered", &[Field::Ordered]),
                ("unit", &[Field::Unit, Field::UnitId, Field::UnitDatabaseId]),
            ],
            Self::Orders => &[
                ("order", &[Field::Order, Field::OrderId, Field::OrderDatabaseId]),
                ("state", &[Field::OrderState]),
            ],
            Self::Products => &[
                ("name", &[Field::ProductName, Field::Product]),
                ("policy", &[Field::Policy, Field::InvoicePolicy, Field::ServicePolicy]),
            ],
            Self::Tasks => &[
                ("name", &[Field::Task, Field::TaskId, Field::TaskDatabaseId]),
                ("line", &[Field::LineLabel, Field::LineId, Field::LineDatabaseId]),
            ],
            Self::Projects => &[
                ("name", &[Field::Project, Field::ProjectId, Field::ProjectDatabaseId]),
                ("contract", CONTRACTS),
            ],
            Self::Units => &[
                ("name", &[Field::Unit, Field::UnitId, Field::UnitDatabaseId]),
                ("category", &[Field::Category, Field::CategoryId, Field::CategoryDatabaseId]),
                ("ratio", RATIOS),
            ],
            Self::UnitCategories => &[
                ("name", &[Field::Category, Field::CategoryId, Field::CategoryDatabaseId]),
                ("units", &[Field::Unit, Field::UnitId, Field::UnitDatabaseId]),
            ],
            Self::Timesheets => &[
                ("date", &[Field::Date]),
                ("quantity", QUANTITIES),
                ("employee, project, contract, task or line", ATTRIBUTABLE),
            ],
            Self::Adjustments => &[
                ("date", &[Field::Date]),
                ("line or contract", &[Field::LineLabel, Field::Contract]),
                ("quantity", &[Field::Quantity]),
                ("kind", &[Field::AdjustmentKind]),
            ],
        }
    }
}

const CONTRACTS: &[Field] = &[
    Field::Contract,
    Field::ContractName,
    Field::ContractCode,
    Field::ContractId,
    Field::ContractDatabaseId,
];

const RATIOS: &[Field] = &[
    Field::Ratio,
    Field::Factor,
    Field::FactorInverse,
    Field::CombinedRatio,
    Field::RelativeFactor,
];

const QUANTITIES: &[Field] = &[Field::Quantity, Field::Seconds];

const ATTRIBUTABLE: &[Field] = &[
    Field::Employee,
    Field::User,
    Field::Project,
    Field::ProjectId,
    Field::ProjectDatabaseId,
    Field::Contract,
    Field::ContractName,
    Field::ContractCode,
    Field::ContractId,
    Field::ContractDatabaseId,
    Field::Task,
    Field::TaskId,
    Field::TaskDatabaseId,
    Field::LineLabel,
    Field::LineId,
    Field::LineDatabaseId,
    Field::Client,
    Field::Activity,
    Field::Tags,
    Field::Description,
];

/// The field of a name in drawdown's own layout for that role, and failing that the
/// field of that name if the role has it: `line` of timesheets is the line's label,
/// `line_database_id` what it says.
#[must_use]
pub fn own_field(role: Role, name: &str) -> Option<Field> {
    let own = role.own().iter().find(|(known, _)| *known == name);
    own.map(|&(_, field)| field).or_else(|| {
        let mut fields = BTreeSet::new();
        for model in role.models() {
            offered(*model, true, 0, &mut fields);
        }
        let (id, database_id) = role.ids();
        fields.extend([id, database_id]);
        fields.extend(role.own().iter().map(|&(_, field)| field));
        fields.into_iter().find(|field| field.name() == name)
    })
}

/// The names of drawdown's own layout for that role.
pub fn own_names(role: Role) -> impl Iterator<Item = &'static str> {
    role.own().iter().map(|&(name, _)| name)
}

/// Collects the fields that columns of a model can mean.
fn offered(model: Model, near: bool, depth: usize, fields: &mut BTreeSet<Field>) {
    if depth > 2 {
        return;
    }
    for entry in model.entries().iter().filter(|entry| near || entry.far) {
        match entry.to {
            To::Field(field) => {
                fields.insert(field);
            }
            To::One(relation) | To::Many(relation) => {
                fields.extend(relation.display);
                fields.extend(relation.id);
                fields.extend(relation.database_id);
                let nested = matches!(entry.to, To::Many(_));
                offered(relation.model, nested, depth + 1, fields);
            }
            To::Nothing => {}
        }
    }
}

/// What a column means. The same field occurs in several roles: a timesheet
/// names its order line by `LineId`, the order line's own id is `LineId` too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    // sales order line
    /// The order line's id as exported, the external id in Odoo.
    LineId,
    /// The order line's database id.
    LineDatabaseId,
    /// An ERP's display name of an order line (`S00046 - Consulting (Agrolait)`), or, in drawdown's own layout, the id.
    LineLabel,
    /// The line's place within its order.
    Sequence,
    /// Section or note: a line that sells nothing.
    DisplayType,
    /// Whether the line is a down payment.
    DownPayment,
    /// Free text of a line or an entry.
    Description,
    /// The ordered quantity.
    Ordered,
    /// The delivered quantity as exported.
    Delivered,
    /// How the delivered quantity comes about.
    DeliveredMethod,
    /// The invoiced quantity.
    Invoiced,
    /// The unit price.
    Price,
    /// The discount in per cent.
    Discount,
    /// The line's amount without tax.
    Subtotal,
    /// drawdown's own name of how a line is tracked.
    Tracking,
    /// drawdown's own name of what a line is invoiced by.
    Policy,
    /// JSON of analytic accounts and their shares.
    AnalyticDistribution,
    /// The state that a line carries itself.
    LineState,
    // sales order
    /// The order's name.
    Order,
    /// The order's external id.
    OrderId,
    /// The order's database id.
    OrderDatabaseId,
    /// The order's date, often with a time.
    OrderDate,
    /// The state of the order.
    OrderState,
    /// Whether the order is locked (17 and later).
    Locked,
    /// The invoice status of the order.
    OrderInvoiceStatus,
    /// The customer's name.
    Customer,
    /// The salesperson's name.
    Salesperson,
    /// The currency's code.
    Currency,
    // contract (analytic account)
    /// The contract (analytic account) by its display name.
    Contract,
    /// The contract's bare name.
    ContractName,
    /// The contract's reference.
    ContractCode,
    /// The contract's external id.
    ContractId,
    /// The contract's database id.
    ContractDatabaseId,
    // product
    /// The product's display name.
    Product,
    /// The product's bare name.
    ProductName,
    /// The variant's external id, as an order line refers to it.
    ProductId,
    /// The variant's database id.
    ProductDatabaseId,
    /// The internal reference.
    ProductCode,
    /// The template's external id.
    ProductTemplateId,
    /// The template's database id.
    ProductTemplateDatabaseId,
    /// External id of a template's variant.
    VariantId,
    /// Database id of a template's variant.
    VariantDatabaseId,
    /// Service or goods.
    ProductType,
    /// `invoice_policy`: by ordered or delivered quantities.
    InvoicePolicy,
    /// `service_policy`: policy and tracking of a service in one.
    ServicePolicy,
    /// `service_type` (11 and later).
    ServiceType,
    /// `track_service` (10).
    TrackService,
    /// `service_tracking`: what is created on order.
    ServiceTracking,
    /// The share of the ordered quantity from which on to sell more.
    UpsellThreshold,
    /// How many hours one unit of a product stands for.
    HoursPerUnit,
    /// The pool that a product's lines share.
    Pool,
    /// Whether the product is to be sold again when used up.
    Upsell,
    // task and project
    /// The task's name.
    Task,
    /// The task's external id.
    TaskId,
    /// The task's database id.
    TaskDatabaseId,
    /// The project's name.
    Project,
    /// The project's external id.
    ProjectId,
    /// The project's database id.
    ProjectDatabaseId,
    // unit of measure
    /// The unit's name.
    Unit,
    /// The unit's external id.
    UnitId,
    /// The unit's database id.
    UnitDatabaseId,
    /// The unit category's name.
    Category,
    /// The unit category's external id.
    CategoryId,
    /// The unit category's database id.
    CategoryDatabaseId,
    /// Bigger than, smaller than or the reference unit.
    UnitType,
    /// How many of this unit one reference unit is; in 19 the reverse.
    Factor,
    /// How many reference units one of this unit is.
    FactorInverse,
    /// `ratio` of 15 to 18: the factor or its inverse, whichever the type asks for.
    CombinedRatio,
    /// drawdown's own: how many reference units one of this unit is.
    Ratio,
    /// The unit that the relative factor counts in (19).
    RelativeUnit,
    /// External id of that unit.
    RelativeUnitId,
    /// How many of that unit one of this is (19).
    RelativeFactor,
    /// The rounding step.
    Rounding,
    /// Whether the record is in use.
    Active,
    // timesheet entry
    /// The entry's id as exported.
    EntryId,
    /// The entry's database id.
    EntryDatabaseId,
    /// The day of the entry.
    Date,
    /// The employee's name.
    Employee,
    /// The user's name, where there is no employee.
    User,
    /// The time, in the entry's unit.
    Quantity,
    /// Whether the entry was approved.
    Approved,
    /// Whether the entry is billable.
    Billable,
    /// Odoo's `timesheet_invoice_type`: how the entry is billed, or that it is not.
    BillableType,
    /// What kind of time a tracker's entry is: work, or a break.
    EntryType,
    /// What a tracker calls the customer.
    Client,
    /// What was done, by a tracker's own list of tasks: not a task of the ERP.
    Activity,
    /// A tracker's tags, separated by commas.
    Tags,
    /// The time in whole seconds.
    Seconds,
    /// The employee's given name.
    GivenName,
    /// The employee's family name.
    FamilyName,
    /// When the entry was last changed.
    Written,
    // adjustment
    /// What an adjustment is: goodwill, a write-off and the like.
    AdjustmentKind,
    /// Why a quantity was adjusted.
    Reason,
}

macro_rules! names {
    ($($field:ident = $name:literal,)+) => {
        impl Field {
            /// Every field.
            pub const ALL: &'static [Self] = &[$(Self::$field,)+];

            /// The field's stable name, which drawdown.toml takes under
            /// `[columns]`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$field => $name,)+ }
            }
        }
    };
}

names! {
    LineId = "line_id",
    LineDatabaseId = "line_database_id",
    LineLabel = "line_label",
    Sequence = "sequence",
    DisplayType = "display_type",
    DownPayment = "down_payment",
    Description = "description",
    Ordered = "ordered",
    Delivered = "delivered",
    DeliveredMethod = "delivered_method",
    Invoiced = "invoiced",
    Price = "price",
    Discount = "discount",
    Subtotal = "subtotal",
    Tracking = "tracking",
    Policy = "policy",
    AnalyticDistribution = "analytic_distribution",
    LineState = "line_state",
    Order = "order",
    OrderId = "order_id",
    OrderDatabaseId = "order_database_id",
    OrderDate = "order_date",
    OrderState = "order_state",
    Locked = "locked",
    OrderInvoiceStatus = "order_invoice_status",
    Customer = "customer",
    Salesperson = "salesperson",
    Currency = "currency",
    Contract = "contract",
    ContractName = "contract_name",
    ContractCode = "contract_code",
    ContractId = "contract_id",
    ContractDatabaseId = "contract_database_id",
    Product = "product",
    ProductName = "product_name",
    ProductId = "product_id",
    ProductDatabaseId = "product_database_id",
    ProductCode = "product_code",
    ProductTemplateId = "product_template_id",
    ProductTemplateDatabaseId = "product_template_database_id",
    VariantId = "variant_id",
    VariantDatabaseId = "variant_database_id",
    ProductType = "product_type",
    InvoicePolicy = "invoice_policy",
    ServicePolicy = "service_policy",
    ServiceType = "service_type",
    TrackService = "track_service",
    ServiceTracking = "service_tracking",
    UpsellThreshold = "upsell_threshold",
    HoursPerUnit = "hours_per_unit",
    Pool = "pool",
    Upsell = "upsell",
    Task = "task",
    TaskId = "task_id",
    TaskDatabaseId = "task_database_id",
    Project = "project",
    ProjectId = "project_id",
    ProjectDatabaseId = "project_database_id",
    Unit = "unit",
    UnitId = "unit_id",
    UnitDatabaseId = "unit_database_id",
    Category = "category",
    CategoryId = "category_id",
    CategoryDatabaseId = "category_database_id",
    UnitType = "unit_type",
    Factor = "factor",
    FactorInverse = "factor_inverse",
    CombinedRatio = "combined_ratio",
    Ratio = "ratio",
    RelativeUnit = "relative_unit",
    RelativeUnitId = "relative_unit_id",
    RelativeFactor = "relative_factor",
    Rounding = "rounding",
    Active = "active",
    EntryId = "entry_id",
    EntryDatabaseId = "entry_database_id",
    Date = "date",
    Employee = "employee",
    User = "user",
    Quantity = "quantity",
    Approved = "approved",
    Billable = "billable",
    BillableType = "billable_type",
    EntryType = "entry_type",
    Client = "client",
    Activity = "activity",
    Tags = "tags",
    Seconds = "seconds",
    GivenName = "given_name",
    FamilyName = "family_name",
    Written = "written",
    AdjustmentKind = "kind",
    Reason = "reason",
}

/// A column's header, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The column's place, from 0.
    pub index: usize,
    /// The header as it stands in the file.
    pub header: String,
    /// What the column means.
    pub field: Field,
    /// True when it came through a one2many (`order_line/…`, `uom_ids/…`,
    /// `product_variant_ids/…`): it belongs to the record below, not to the row's own.
    pub nested: bool,
}

/// How a sheet's header row was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recognition {
    /// What the sheet holds.
    pub role: Role,
    /// The columns that are read, in the file's order; no field occurs twice.
    pub columns: Vec<Column>,
    /// Index and header of the columns that are not read; blank headers are not listed.
    pub left_alone: Vec<(usize, String)>,
    /// Columns that are as good for a field as the one that is read, or may hold a part
    /// of its quantity.
    pub rivals: Vec<Rival>,
    /// Likely misspellings among those: index, header, the known header it resembles.
    pub proposals: Vec<(usize, String, String)>,
    /// An orders sheet that carries order lines.
    pub nested_lines: bool,
}

/// A column that is not read only because another one is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rival {
    /// What both mean.
    pub field: Field,
    /// Its place.
    pub column: usize,
    /// The header of the column that is read, and its own.
    pub headers: [String; 2],
}

/// A header name of the user's own, from `drawdown.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnAlias {
    /// The role it holds for; every role when absent.
    pub role: Option<Role>,
    /// The header's text, compared as [`normalise_header`] has it.
    pub header: String,
    /// What the column means.
    pub field: Field,
}

/// The role that came nearest when none fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearestRole {
    /// That role.
    pub role: Role,
    /// Own-layout names of the columns it lacks.
    pub missing: Vec<&'static str>,
    /// Headers that are not known, each with the known one that it resembles.
    pub proposals: Vec<(String, String)>,
}

/// Header text as it is compared: compatibility forms and full width folded, accents
/// and byte order marks dropped, lower case, runs of space to one, trimmed, no space
/// around `/`.
///
/// ```
/// # use drawdown::ingest::fields::normalise_header;
/// assert_eq!(normalise_header(" Qté  livrée\u{a0}"), "qte livree");
/// assert_eq!(normalise_header("Order Lines / Quantity"), "order lines/quantity");
/// assert_eq!(normalise_header("折扣（%）"), "折扣(%)");
/// ```
#[must_use]
pub fn normalise_header(text: &str) -> String {
    if text.is_ascii() {
        return without_marks(text.chars().map(|c| c.to_ascii_lowercase()), text.len());
    }
    // Decomposed again after lowering: a lower-case letter can be a composed one.
    without_marks(text.nfkd().flat_map(char::to_lowercase).nfkd(), text.len())
}

/// Letters in lower case without their accents, words a space apart.
fn without_marks(letters: impl Iterator<Item = char>, length: usize) -> String {
    let mut normal = String::with_capacity(length);
    let mut space = false;
    for c in letters {
        if c.is_whitespace() {
            space = true;
        } else if !is_combining_mark(c) && !matches!(c, '\u{feff}' | '\u{200b}') {
            if space && c != '/' && !normal.is_empty() && !normal.ends_with('/') {
                normal.push(' ');
            }
            space = false;
            normal.push(c);
        }
    }
    normal
}

/// Understands a header row; `None` when no role fits.
///
/// A column is read once: of two for the same field the first wins, except that an
/// alias beats a known header. A sheet that lacks a column it needs is still
/// recognised where the rest is plain, so that the lack can be reported.
#[must_use]
pub fn recognise(headers: &[String], aliases: &[ColumnAlias]) -> Option<Recognition> {
    let sheet = Sheet::new(headers);
    let fitting = sheet.readings(aliases).into_iter().filter(|scored| scored.fits(&sheet));
    // Of equals the first role in order.
    let Scored { reading, .. } =
        fitting.reduce(|best, next| if next.score > best.score { next } else { best })?;
    let read: BTreeSet<usize> = reading.chosen.values().map(|&(_, place)| place).collect();
    let mut recognition = Recognition {
        role: reading.role,
        columns: Vec::with_capacity(read.len()),
        left_alone: Vec::new(),
        rivals: reading.rivals(&sheet),
        proposals: Vec::new(),
        nested_lines: reading.role == Role::Orders && reading.any_nested(),
    };
    for (place, (index, header, normal)) in sheet.heads.iter().enumerate() {
        match reading.hit(place) {
            Some(Hit { field: Some(field), nested, .. }) if read.contains(&place) => {
                recognition.columns.push(Column {
                    index: *index,
                    header: header.clone(),
                    field,
                    nested,
                });
            }
            hit => {
                recognition.left_alone.push((*index, header.clone()));
                if hit.is_none()
                    && let Some(proposal) = propose(&sheet, &reading, header, normal)
                {
                    recognition.proposals.push((*index, header.clone(), proposal));
                }
            }
        }
    }
    Some(recognition)
}

/// The role that came nearest, for the message when [`recognise`] gave `None`.
#[must_use]
pub fn nearest_role(headers: &[String]) -> Option<NearestRole> {
    let sheet = Sheet::new(headers);
    // One column in common says nothing.
    let near = sheet.readings(&[]).into_iter().filter(|scored| scored.reading.chosen.len() >= 2);
    let Scored { reading, .. } =
        near.reduce(|best, next| if next.score > best.score { next } else { best })?;
    let required = reading.role.required().iter();
    let missing: Vec<&'static str> =
        required.filter(|(_, fields)| !reading.has_any(fields)).map(|&(name, _)| name).collect();
    let unknown = sheet.heads.iter().enumerate().filter(|(place, _)| reading.hit(*place).is_none());
    let proposals = unknown
        .filter_map(|(_, (_, header, normal))| {
            Some((header.trim().to_owned(), propose(&sheet, &reading, header, normal)?))
        })
        .collect();
    (!missing.is_empty()).then_some(NearestRole { role: reading.role, missing, proposals })
}
