//! A header row read as a sheet of each role, and how well each reading fits.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::super::labels::{
    ACCOUNT, ANALYTIC_ACCOUNT_LABEL, CONTRACT_OF_PROJECT_TEN, DISPLAY_NAME, EXTERNAL_ID, Entry,
    Model, NAME, PLAIN_ID, PROJECT_LABEL, Relation, To,
};
use super::{
    ATTRIBUTABLE, CONTRACTS, ColumnAlias, Field, QUANTITIES, RATIOS, Rival, Role, normalise_header,
    own_names,
};

/// What a header leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    /// `None`: understood, but nothing that is read.
    pub(super) field: Option<Field>,
    pub(super) nested: bool,
    rank: Rank,
}

/// Which of two columns for one field is read; within a rank, the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    Alias,
    Usual,
    Weak,
}

impl Hit {
    const KNOWN: Self = Self::of(None);

    const fn of(field: Option<Field>) -> Self {
        Self { field, nested: false, rank: Rank::Usual }
    }
}

type Names = BTreeMap<String, Vec<&'static Entry>>;

/// Per model, its fields by every normalised name.
static SCHEMA: LazyLock<BTreeMap<Model, Names>> = LazyLock::new(|| {
    let names = |model: Model| {
        let mut names = Names::new();
        for entry in model.entries() {
            for name in texts(entry) {
                let found = names.entry(normalise_header(name)).or_default();
                // A label may repeat the technical name.
                if !found.contains(&entry) {
                    found.push(entry);
                }
            }
        }
        names
    };
    Model::ALL.into_iter().map(|model| (model, names(model))).collect()
});

/// The names and labels of an entry as they are spelt.
fn texts(entry: &'static Entry) -> impl Iterator<Item = &'static str> {
    let labels = entry.labels.split('|').filter(|label| !label.is_empty());
    entry.technical.split('|').chain(labels)
}

/// The words that a path can hold besides the names of fields, normalised.
static WORDS: LazyLock<BTreeMap<&'static str, BTreeSet<String>>> = LazyLock::new(|| {
    let lists = [
        EXTERNAL_ID,
        PLAIN_ID,
        NAME,
        DISPLAY_NAME,
        PROJECT_LABEL,
        ANALYTIC_ACCOUNT_LABEL,
        CONTRACT_OF_PROJECT_TEN,
    ];
    lists.into_iter().map(|list| (list, list.split('|').map(normalise_header).collect())).collect()
});

/// Whether a normalised text is one of the words of a list.
fn one_of(list: &'static str, normal: &str) -> bool {
    WORDS.get(list).is_some_and(|words| words.contains(normal))
}

fn entries(model: Model, name: &str) -> &'static [&'static Entry] {
    SCHEMA.get(&model).and_then(|names| names.get(name)).map_or(&[], Vec::as_slice)
}

/// A longer path than any export has; deeper ones are not followed.
const MAX_SEGMENTS: usize = 6;

/// A header row, with what the whole of it says about its single headers.
#[expect(clippy::struct_excessive_bools, reason = "facts that do not depend on each other")]
pub(super) struct Sheet {
    /// Index, text and normalised text of each header that is not blank.
    pub(super) heads: Vec<(usize, String, String)>,
    /// "External ID" occurs, hence "ID" is the database id.
    external_labels: bool,
    /// A column of Odoo 10 to 12 occurs, hence an order's `project_id` is its contract.
    before_13: bool,
    /// Columns of 11 and later occur, hence "Track Service" is `service_type`.
    service_columns: bool,
    /// drawdown's own order lines, where `state` is the order's.
    own_lines: bool,
    /// A project's contract is labelled as in 10 and 11.
    project_before_12: bool,
    /// A column is headed "Name".
    named: bool,
    /// That column is a label, not the technical `name` that every model has.
    capital_name: bool,
    /// What a units sheet's `ratio` is.
    ratio: Field,
    /// The product sheet lists variants, not templates.
    variants: bool,
    /// A tracker's report whose durations are counted in seconds: the layout of
    /// Kimai's older importer, told by its names for prices.
    in_seconds: bool,
}

impl Sheet {
    pub(super) fn new(headers: &[String]) -> Self {
        let heads: Vec<(usize, String, String)> = headers
            .iter()
            .enumerate()
            .map(|(index, header)| (index, header.clone(), normalise_header(header)))
            .filter(|(_, _, normal)| !normal.is_empty())
            .collect();
        let any = |test: &dyn Fn(&str) -> bool| heads.iter().any(|(_, _, normal)| test(normal));
        let first = |name: &str| any(&|normal| normal.split('/').next() == Some(name));
        let last =
            |normal: &str, test: &dyn Fn(&str) -> bool| normal.rsplit('/').next().is_some_and(test);
        // Names that two fields share prove nothing.
        let leads_to = |model: Model, name: &str, field: Field| matches!(entries(model, name), [entry] if entry.to == To::Field(field));

        let ratio = if ["factor", "factor_inv", "uom_type", "category_id"].into_iter().any(first) {
            Field::CombinedRatio
        } else if any(&|normal| normal == "name")
            && !any(&|normal| leads_to(Model::Uom, normal, Field::UnitType))
        {
            Field::Ratio
        } else {
            Field::Factor
        };
        let variants = any(&|normal| {
            let first = normal.split('/').next().unwrap_or_default();
            entries(Model::Product, first).iter().any(|entry| entry.technical == "product_tmpl_id")
        });
        let in_seconds = ["duration", "activity", "rate", "hourly rate", "fixed rate", "exported"]
            .into_iter()
            .all(|name| any(&|normal| normal == name));
        Self {
            in_seconds,
            external_labels: any(&|normal| last(normal, &|name| one_of(EXTERNAL_ID, name))),
            before_13: any(&|normal| {
                last(normal, &|name| {
                    [
                        "confirmation_date",
                        "related_project_id",
                        "layout_category_id",
                        "qty_delivered_updateable",
                    ]
                    .contains(&name)
                })
            }),
            service_columns: any(&|normal| {
                last(normal, &|name| {
                    leads_to(Model::Product, name, Field::ServiceTracking)
                        || leads_to(Model::Product, name, Field::ServicePolicy)
                })
            }),
            own_lines: first("ordered") || first("order"),
            project_before_12: any(&|normal| one_of(CONTRACT_OF_PROJECT_TEN, normal)),
            named: any(&|normal| one_of(NAME, normal)),
            capital_name: heads
                .iter()
                .any(|(_, header, normal)| normal == "name" && !header.contains("name")),
            ratio,
            variants,
            heads,
        }
    }

    /// Whether a segment is an id, and which: external (or the only one) or database.
    fn id(&self, name: &str, (external, database): (Option<Field>, Option<Field>)) -> Option<Hit> {
        if name == ".id" {
            Some(Hit::of(database))
        } else if one_of(EXTERNAL_ID, name) {
            Some(Hit::of(external))
        } else if one_of(PLAIN_ID, name) {
            Some(Hit::of(if self.external_labels { database } else { external }))
        } else {
            None
        }
    }

    /// Follows a path from a model. `near`: the row's own record, or one below it.
    fn follow(&self, model: Model, path: &str, near: bool) -> Option<Hit> {
        let mut known = None;
        // A label can hold a slash itself, hence every cut, the longest name first.
        let cuts = path.match_indices('/').rev().map(|(at, _)| (&path[..at], path.get(at + 1..)));
        for (name, rest) in std::iter::once((path, None)).chain(cuts) {
            let found = entries(model, name);
            for entry in found {
                if found.len() > 1 && self.other_track_service(entry.to) {
                    continue;
                }
                match self.enter(model, name, entry, rest, near) {
                    Some(hit) if hit.field.is_some() => return Some(hit),
                    hit => known = known.or(hit),
                }
            }
        }
        known
    }

    /// Of the two fields that share the label "Track Service", the one not meant.
    fn other_track_service(&self, to: To) -> bool {
        let other = if self.service_columns { Field::TrackService } else { Field::ServiceType };
        to == To::Field(other)
    }

    fn enter(
        &self,
        model: Model,
        name: &str,
        entry: &Entry,
        rest: Option<&str>,
        near: bool,
    ) -> Option<Hit> {
        let contract = self.before_13 && model == Model::SaleOrder && name == "project_id";
        let open = near || entry.far || contract;
        let rank = if entry.weak && rest.is_none() { Rank::Weak } else { Rank::Usual };
        let to = if contract { To::One(ACCOUNT) } else { entry.to };
        match (to, rest) {
            (To::Field(field), None) => Some(Hit { rank, ..Hit::of(open.then_some(field)) }),
            (To::Field(_), Some(_)) => None,
            (To::Nothing, _) | (To::Many(_), None) => Some(Hit::KNOWN),
            (To::One(_) | To::Many(_), _) if !open => Some(Hit::KNOWN),
            (To::One(relation), _) => self.through(relation, rest).map(|hit| Hit { rank, ..hit }),
            (To::Many(relation), Some(rest)) => self
                .id(rest, (relation.id, relation.database_id))
                .or_else(|| self.follow(relation.model, rest, true))
                .map(|hit| Hit { nested: true, ..hit }),
        }
    }

    /// A column that points at one other record, or at a field of that.
    fn through(&self, relation: Relation, rest: Option<&str>) -> Option<Hit> {
        let Some(rest) = rest else {
            return Some(Hit::of(relation.display));
        };
        if let Some(hit) = self.id(rest, (relation.id, relation.database_id)) {
            return Some(hit);
        }
        let own_name =
            one_of(DISPLAY_NAME, rest) || relation.model == Model::Named && one_of(NAME, rest);
        if own_name {
            Some(Hit::of(relation.display))
        } else {
            self.follow(relation.model, rest, false)
        }
    }

    /// What a header means in a sheet of a role whose rows are records of a model.
    /// `again`: the same header stood further left already.
    pub(super) fn hit(&self, (role, model): Rows, normal: &str, again: bool) -> Option<Hit> {
        if model == Model::TrackedTime {
            return self.hit_of_tracker(normal);
        }
        let (name, rest) = match normal.split_once('/') {
            Some((name, rest)) => (name, Some(rest)),
            None => (normal, None),
        };
        if normal.split('/').count() > MAX_SEGMENTS {
            return None;
        }
        if rest.is_none() {
            let (id, database_id) = match role {
                Role::Products if self.variants => (Field::ProductId, Field::ProductDatabaseId),
                _ => role.ids(),
            };
            if let Some(hit) = self.id(name, (Some(id), Some(database_id))) {
                return Some(hit);
            }
        }
        let field = |field| Some(Hit::of(Some(field)));
        match (role, rest) {
            (Role::OrderLines, None) if name == "state" && self.own_lines => {
                return field(Field::OrderState);
            }
            // Nothing of theirs is labelled "Name".
            (Role::OrderLines | Role::Orders | Role::Timesheets, None)
                if name == "name" && self.capital_name =>
            {
                return None;
            }
            (Role::Units, None) if name == "ratio" => return field(self.ratio),
            // The second one is the analytic account, headed by its plan's name.
            (Role::Timesheets, _) if again && one_of(PROJECT_LABEL, name) => {
                return self.through(ACCOUNT, rest);
            }
            (Role::Projects, _) if one_of(PROJECT_LABEL, name) => {
                return if self.named {
                    self.through(ACCOUNT, rest)
                } else if rest.is_none() {
                    field(Field::Project)
                } else {
                    None
                };
            }
            (Role::Projects, None)
                if self.project_before_12 && one_of(ANALYTIC_ACCOUNT_LABEL, name) =>
            {
                return field(Field::Project);
            }
            _ => {}
        }
        match self.follow(model, normal, true) {
            Some(hit) if hit.field.is_some() => Some(hit),
            known => own_hit(role, normal).or(known),
        }
    }

    /// What a header means in a time tracker's report.
    fn hit_of_tracker(&self, normal: &str) -> Option<Hit> {
        let (id, database_id) = Role::Timesheets.ids();
        if normal == "duration" && self.in_seconds {
            return Some(Hit::of(Some(Field::Seconds)));
        }
        // "Amount (EUR)": the currency is the user's.
        let open = normal.split_once('(').map(|(name, _)| format!("{name}(*)"));
        self.id(normal, (Some(id), Some(database_id)))
            .or_else(|| self.follow(Model::TrackedTime, normal, true))
            .or_else(|| self.follow(Model::TrackedTime, &open?, true))
            .or_else(|| own_hit(Role::Timesheets, normal))
    }

    /// Reads the whole row as a sheet of a role whose rows are records of a model.
    fn read(&self, rows: Rows, aliases: &[(Option<Role>, String, Field)]) -> Reading {
        let (role, model) = rows;
        let mut seen = BTreeSet::new();
        let mut hits: Vec<Option<Hit>> = Vec::with_capacity(self.heads.len());
        for (_, _, normal) in &self.heads {
            let again = !seen.insert(normal.as_str());
            let alias = aliases
                .iter()
                .find(|(only, header, _)| header == normal && only.is_none_or(|only| only == role));
            hits.push(match alias {
                Some(&(_, _, field)) => {
                    Some(Hit { field: Some(field), nested: below(role, normal), rank: Rank::Alias })
                }
                None => self.hit(rows, normal, again),
            });
        }
        self.tell_spanish_tracking(&mut hits);
        let mut chosen: BTreeMap<Field, (Rank, usize)> = BTreeMap::new();
        for (place, hit) in hits.iter().enumerate() {
            if let Some(Hit { field: Some(field), rank, .. }) = *hit {
                let best = chosen.entry(field).or_insert((rank, place));
                *best = (*best).min((rank, place));
            }
        }
        Reading { role, model, hits, chosen }
    }

    /// Spanish 12 to 14 has "Seguimiento del Servicio" for `service_type` beside
    /// "Seguimiento del servicio" for `service_tracking`: there the case tells.
    fn tell_spanish_tracking(&self, hits: &mut [Option<Hit>]) {
        let twin = |header: &str, normal: &str| {
            self.heads
                .iter()
                .any(|(_, other, same)| same == normal && other.trim() != header.trim())
        };
        for ((_, header, normal), hit) in self.heads.iter().zip(hits) {
            if let Some(Hit {
                field: Some(field @ (Field::ServiceType | Field::TrackService)), ..
            }) = hit
                && normal.ends_with("seguimiento del servicio")
                && twin(header, normal)
            {
                let upper = header.trim().ends_with("Servicio");
                *field = if upper { Field::ServiceType } else { Field::ServiceTracking };
            }
        }
    }

    /// Every role's reading, with its score; none if the sheet is not input of ours.
    pub(super) fn readings(&self, aliases: &[ColumnAlias]) -> Vec<Scored> {
        if self.is_output() {
            return Vec::new();
        }
        let aliases: Vec<(Option<Role>, String, Field)> = aliases
            .iter()
            .map(|alias| (alias.role, normalise_header(&alias.header), alias.field))
            .collect();
        let adjustments = self.read((Role::Adjustments, Model::Named), &aliases);
        if adjustments.is_of_adjustments() {
            let distinct = adjustments.hits.iter().flatten().count();
            return vec![Scored { reading: adjustments, score: 1, distinct }];
        }
        // Its other columns are a timesheet's, and must not make these less telling.
        let rows = Role::ALL.into_iter().filter(|role| *role != Role::Adjustments);
        let rows = rows.flat_map(|role| role.models().iter().map(move |model| (role, *model)));
        let readings: Vec<Reading> = rows.map(|rows| self.read(rows, &aliases)).collect();
        let knows_foreign = |model: Model, normal: &str| {
            self.id(normal, (None, None)).is_some() || self.follow(model, normal, true).is_some()
        };
        // How many roles and foreign models know each header.
        let mut knowers: Vec<u64> = Vec::with_capacity(self.heads.len());
        for (place, (_, _, normal)) in self.heads.iter().enumerate() {
            let roles: BTreeSet<Role> = readings
                .iter()
                .filter(|reading| reading.hit(place).is_some())
                .map(|reading| reading.role)
                .collect();
            let roles = roles.len();
            let foreign = FOREIGN.into_iter().filter(|&model| knows_foreign(model, normal)).count();
            knowers.push(u64::try_from(roles + foreign).unwrap_or(u64::MAX));
        }
        let foreign = FOREIGN
            .into_iter()
            .map(|model| {
                let known = self
                    .heads
                    .iter()
                    .zip(&knowers)
                    .filter(|((_, _, normal), _)| knows_foreign(model, normal));
                known.map(|(_, &knowers)| 2 * weight(knowers)).sum::<u64>()
            })
            .max()
            .unwrap_or_default();
        readings
            .into_iter()
            .map(|reading| {
                let mut score = 0;
                let mut distinct = 0;
                for (hit, &knowers) in reading.hits.iter().zip(&knowers) {
                    if let Some(hit) = hit {
                        // A column that is read speaks louder than one that is only known.
                        score += weight(knowers) * if hit.field.is_some() { 2 } else { 1 };
                        distinct += usize::from(knowers == 1);
                    }
                }
                Scored { reading, score, distinct }
            })
            .filter(|scored| scored.score > 0 && scored.score >= foreign)
            .collect()
    }

    /// Our own output, by its first five columns: reading it back would count twice.
    fn is_output(&self) -> bool {
        const OUTPUTS: [[&str; 5]; 7] = [
            ["order", "line", "customer", "product", "contract"],
            ["order", "lines", "customer", "salesperson", "product"],
            ["file", "sheet", "row", "column", "kind"],
            ["file", "sheet", "row", "entry", "date"],
            ["customer", "category", "unit", "currency", "lines"],
            ["customer", "project", "contract", "reason", "entries"],
            ["month", "customer", "employee", "source", "hours"],
        ];
        let first: Vec<&str> = self
            .heads
            .iter()
            .take(5)
            .map(|(_, header, _)| header.trim().trim_start_matches('\u{feff}'))
            .collect();
        OUTPUTS.iter().any(|output| first == output)
    }
}

/// Models that share names with ours and must not pass for them.
const FOREIGN: [Model; 2] = [Model::Lead, Model::Activity];

/// A header's weight: 2520 divides by every number of knowers (eight roles and two
/// foreign models).
const fn weight(knowers: u64) -> u64 {
    2520 / if knowers == 0 { 1 } else { knowers }
}

/// Whether a path, its last segment unknown, leads below the row's own record.
fn below(role: Role, normal: &str) -> bool {
    let first = normal.split('/').next().unwrap_or_default();
    first != normal
        && entries(role.model(), first).iter().any(|entry| matches!(entry.to, To::Many(_)))
}

/// drawdown's own name of a column, its underscores perhaps spaces.
fn own_hit(role: Role, normal: &str) -> Option<Hit> {
    let mut own = role.own().iter();
    let own = own.find(|(own, _)| *own == normal || own.replace('_', " ") == normal);
    own.map(|&(_, field)| Hit::of(Some(field)))
}

/// A role, and the model that its rows are records of.
type Rows = (Role, Model);

/// Headers of what may be the minutes of hours in the column beside it.
const MINUTES: [&str; 9] =
    ["minutes", "minute", "mins", "min", "minuten", "min.", "minutos", "分钟", "分"];

/// A header row as one role has it.
pub(super) struct Reading {
    pub(super) role: Role,
    model: Model,
    /// One for each of the sheet's heads.
    hits: Vec<Option<Hit>>,
    /// For each field the head that is read.
    pub(super) chosen: BTreeMap<Field, (Rank, usize)>,
}

pub(super) struct Scored {
    pub(super) reading: Reading,
    pub(super) score: u64,
    /// How many headers no other model knows.
    distinct: usize,
}

impl Reading {
    pub(super) fn hit(&self, place: usize) -> Option<Hit> {
        self.hits.get(place).copied().flatten()
    }

    pub(super) fn has(&self, field: Field) -> bool {
        self.chosen.contains_key(&field)
    }

    pub(super) fn has_any(&self, fields: &[Field]) -> bool {
        fields.iter().any(|&field| self.has(field))
    }

    /// Heads that have the field of another head, and are as good, or hold a part of
    /// its quantity.
    pub(super) fn rivals(&self, sheet: &Sheet) -> Vec<Rival> {
        let rival = |(place, (column, header, normal)): (usize, &(usize, String, String))| {
            let (field, rank) = match self.hit(place) {
                Some(Hit { field: Some(field), rank, .. }) => (field, rank),
                None if self.role == Role::Timesheets && MINUTES.contains(&normal.as_str()) => {
                    (Field::Quantity, Rank::Usual)
                }
                _ => return None,
            };
            let (best, read) = *self.chosen.get(&field)?;
            (read != place && rank == best).then_some(())?;
            let (_, of_read, _) = sheet.heads.get(read)?;
            let headers = [of_read.clone(), header.clone()];
            Some(Rival { field, column: *column, headers })
        };
        sheet.heads.iter().enumerate().filter_map(rival).collect()
    }

    /// Whether a row of this role is an adjustment. Its columns would pass for
    /// a timesheet's: the kind tells, where nothing else is beside it or a
    /// reason is.
    fn is_of_adjustments(&self) -> bool {
        self.role == Role::Adjustments
            && self.has(Field::AdjustmentKind)
            && self.has(Field::Quantity)
            && (self.has(Field::Reason) || self.hits.iter().all(Option::is_some))
    }

    /// Whether a field is read from below the row's own record.
    fn is_nested(&self, field: Field) -> bool {
        self.chosen
            .get(&field)
            .and_then(|&(_, place)| self.hit(place))
            .is_some_and(|hit| hit.nested)
    }

    pub(super) fn any_nested(&self) -> bool {
        self.chosen.values().any(|&(_, place)| self.hit(place).is_some_and(|hit| hit.nested))
    }
}

impl Scored {
    fn fits_order_lines(&self) -> bool {
        let reading = &self.reading;
        let any = |fields: &[Field]| reading.has_any(fields);
        let telling = [
            Field::Ordered,
            Field::Delivered,
            Field::Price,
            Field::Invoiced,
            Field::Subtotal,
            Field::Discount,
            Field::DeliveredMethod,
        ];
        let order = any(&[Field::Order, Field::OrderId, Field::OrderDatabaseId]);
        let product =
            any(&[Field::Product, Field::ProductId, Field::ProductDatabaseId, Field::ProductName]);
        let told = telling.into_iter().filter(|&field| reading.has(field)).count()
            + usize::from(order)
            + usize::from(product);
        let sold = order || any(&[Field::Delivered, Field::Price, Field::Invoiced]);
        let id = any(&[Field::LineId, Field::LineDatabaseId]);
        sold && (id && told >= 2 || told >= 3 && any(&[Field::Ordered, Field::Delivered]))
    }

    fn fits_orders(&self, sheet: &Sheet) -> bool {
        let reading = &self.reading;
        let any = |fields: &[Field]| reading.has_any(fields);
        // `name` and `id` belong to everything, "Order Reference" to orders.
        let telling = reading.chosen.get(&Field::Order).is_some_and(|&(_, place)| {
            sheet.heads.get(place).is_some_and(|(_, _, normal)| normal != "name")
        });
        let order = [Field::Order, Field::OrderId, Field::OrderDatabaseId]
            .into_iter()
            .any(|field| reading.has(field) && !reading.is_nested(field));
        let certain = any(&[Field::OrderDate, Field::Locked]) || reading.any_nested();
        // Projects and accounts have names and contracts too.
        let likely =
            any(&[Field::OrderState, Field::Customer, Field::Salesperson]) || any(CONTRACTS);
        let both = reading.has(Field::OrderState) && reading.has(Field::Customer);
        order && (certain || telling && likely || both)
    }

    /// Whether the row has what makes a sheet of this role. Less than what the role
    /// requires: a missing column is better reported than a sheet ignored.
    pub(super) fn fits(&self, sheet: &Sheet) -> bool {
        let reading = &self.reading;
        let any = |fields: &[Field]| reading.has_any(fields);
        let line = any(&[Field::LineLabel, Field::LineId, Field::LineDatabaseId]);
        match reading.role {
            Role::OrderLines => self.fits_order_lines(),
            Role::Orders => self.fits_orders(sheet),
            Role::Products => {
                let named = any(&[
                    Field::ProductName,
                    Field::Product,
                    Field::ProductCode,
                    Field::ProductTemplateId,
                    Field::ProductTemplateDatabaseId,
                    Field::ProductId,
                    Field::ProductDatabaseId,
                ]);
                let sold = any(&[
                    Field::InvoicePolicy,
                    Field::ServicePolicy,
                    Field::ServiceType,
                    Field::TrackService,
                    Field::ServiceTracking,
                    Field::UpsellThreshold,
                    Field::HoursPerUnit,
                    Field::Pool,
                    Field::Upsell,
                    Field::Policy,
                    Field::Tracking,
                ]);
                // Much else has a name and a type.
                let typed = reading.has(Field::ProductName)
                    && reading.has(Field::ProductType)
                    && 2 * reading.chosen.len() >= sheet.heads.len();
                named && (sold || typed)
            }
            Role::Tasks => {
                let placed =
                    line || any(&[Field::Project, Field::ProjectId, Field::ProjectDatabaseId]);
                // Ids alone name tasks where nothing else stands beside them: a
                // timesheet with a misspelt column has ids and lines as well.
                let ids_alone = line
                    && any(&[Field::TaskId, Field::TaskDatabaseId])
                    && reading.hits.iter().all(Option::is_some);
                // Projects have order lines as well (11 and later), and accounts
                // far more often than tasks do.
                let project = any(CONTRACTS)
                    && !any(&[Field::Project, Field::ProjectId, Field::ProjectDatabaseId])
                    && self.distinct == 0
                    && sheet.named;
                placed && (reading.has(Field::Task) || ids_alone) && !project
            }
            Role::Projects => {
                let named = any(&[Field::Project, Field::ProjectId, Field::ProjectDatabaseId]);
                // Without a name it may be a list of accounts, which has columns of its own.
                let linked = any(CONTRACTS) && reading.hits.iter().all(Option::is_some);
                named
                    && if reading.has(Field::Project) {
                        any(CONTRACTS) || self.distinct > 0
                    } else {
                        linked
                    }
            }
            Role::Units => any(&[Field::Unit, Field::UnitId, Field::UnitDatabaseId]) && any(RATIOS),
            Role::UnitCategories => {
                let named = any(&[Field::Category, Field::CategoryId, Field::CategoryDatabaseId]);
                named
                    && (self.distinct > 0
                        || reading.is_nested(Field::Unit)
                        || reading.is_nested(Field::UnitId))
            }
            Role::Adjustments => reading.is_of_adjustments(),
            Role::Timesheets => {
                // Without a date, only what nothing but a timesheet has.
                let dated = reading.has(Field::Date) && any(ATTRIBUTABLE);
                reading.has_any(QUANTITIES) && (dated || line || any(&[Field::Employee]))
            }
        }
    }
}

/// The known header that an unknown one resembles, if its field is still free.
pub(super) fn propose(
    sheet: &Sheet,
    reading: &Reading,
    header: &str,
    normal: &str,
) -> Option<String> {
    let (role, model) = (reading.role, reading.model);
    let free = |path: &str| {
        let hit = sheet.hit((role, model), &normalise_header(path), false);
        hit.and_then(|hit| hit.field).is_some_and(|field| !reading.has(field))
    };
    let labels = |model: Model| model.entries().iter().flat_map(texts);
    let (first, rest) = match (normal.split_once('/'), header.split_once('/')) {
        (Some((first, _)), Some((_, rest))) => (first, Some(rest.trim())),
        _ => (normal, None),
    };
    let with_rest =
        |text: &str| rest.map_or_else(|| text.to_owned(), |rest| format!("{text}/{rest}"));
    let own = own_names(role).filter(|_| rest.is_none());
    let proposal = resembling(first, labels(model).chain(own), &|text| free(&with_rest(text)));
    if let Some(text) = proposal {
        return Some(with_rest(text));
    }
    // The first segment may be right and the one after it misspelt.
    let (prefix, _) = header.split_once('/')?;
    let wrong = normalise_header(rest?);
    let target = entries(model, first).iter().find_map(|entry| match entry.to {
        To::One(relation) | To::Many(relation) => Some(relation.model),
        _ => None,
    })?;
    let with_prefix = |text: &str| format!("{}/{text}", prefix.trim());
    let texts = labels(target).chain(EXTERNAL_ID.split('|'));
    resembling(&wrong, texts, &|text| free(&with_prefix(text))).map(with_prefix)
}

/// The nearest of some texts within a small edit distance.
fn resembling(
    normal: &str,
    texts: impl Iterator<Item = &'static str>,
    accept: &dyn Fn(&str) -> bool,
) -> Option<&'static str> {
    let length = normal.chars().count();
    let limit = match length {
        0..=3 => return None,
        4..=11 => 1,
        12..=17 => 2,
        _ => 3,
    };
    let near = texts.filter_map(|text| {
        let known = normalise_header(text);
        // "Rate" is not a misspelt "Date".
        let plausible = length > 5 || known.chars().next() == normal.chars().next();
        if !plausible || known.chars().count().abs_diff(length) > limit {
            return None;
        }
        let distance = strsim::osa_distance(&known, normal);
        (distance <= limit && accept(text)).then_some((distance, text))
    });
    near.reduce(|best, next| if next.0 < best.0 { next } else { best }).map(|(_, text)| text)
}
