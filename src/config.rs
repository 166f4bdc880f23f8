//! `drawdown.toml` and the command line, made into what each room needs: the
//! rules, the units, their aliases, the user's own headers. Pure: the text
//! comes in, nothing is opened.
//!
//! The file is read as a tree whose every key and value knows its place, so a
//! problem is reported where it stands; of several the first in the file.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostics::Error;
use crate::ingest;
use crate::ingest::fields::{ColumnAlias, normalise_header, own_field, own_names};
use crate::ingest::{
    Bounds, Chosen, DateOrder, DecimalMark, FileChoice, FilePattern, How, Role, TextEncoding,
};
use crate::language::Language;
use crate::model::{
    Exact, InvoicingPolicy, Name, Period, ProductKind, Ratio, Selling, Tracking, UnitDeclaration,
    default_rounding, nearest, toml_key,
};
use crate::reconcile::{
    Allocation, Counting, Forecast, Growth, LockedOrders, ManualDelivery, Mapping, OdooVersion,
    OnConflict, Overlap, ProductRule, Rounding, Rules, UpsellRule,
};

mod map;
mod recorded;

pub use recorded::{Recorded, limits_in_force, not_chosen};

/// The commented `drawdown.toml` that `drawdown init` writes. Prose starts with
/// `# `, a setting with `#` alone: as it stands, it changes nothing.
pub const TEMPLATE: &str = include_str!("cli/init_template.toml");

/// The words for the values of a choice; the first is the default.
type Words<T, const N: usize> = [(&'static str, T); N];

const ALLOCATION: Words<Allocation, 2> =
    [("draw-down", Allocation::DrawDown), ("first-line", Allocation::FirstLine)];
const ROUNDING: Words<Rounding, 3> =
    [("half-away", Rounding::HalfAway), ("up", Rounding::Up), ("none", Rounding::None)];
const MANUAL: Words<ManualDelivery, 2> =
    [("recorded", ManualDelivery::Recorded), ("entries", ManualDelivery::Entries)];
const LOCKED: Words<LockedOrders, 2> =
    [("done", LockedOrders::Done), ("ignore", LockedOrders::Ignore)];
const OVERLAP: Words<Overlap, 2> = [("same", Overlap::Same), ("distinct", Overlap::Distinct)];
const ON_CONFLICT: Words<OnConflict, 3> =
    [("fault", OnConflict::Fault), ("newest", OnConflict::Newest), ("first", OnConflict::First)];
const UPSELL_RULE: Words<UpsellRule, 2> =
    [("reached", UpsellRule::Reached), ("exceeded", UpsellRule::Exceeded)];
const DECIMAL: Words<DecimalMark, 2> = [(".", DecimalMark::Point), (",", DecimalMark::Comma)];
const DATES: Words<DateOrder, 2> = [("dmy", DateOrder::DayFirst), ("mdy", DateOrder::MonthFirst)];
const DELIMITER: Words<u8, 5> =
    [(",", b','), (";", b';'), ("tab", b'\t'), ("|", b'|'), ("\t", b'\t')];
const COUNTING: Words<Counting, 2> = [("all", Counting::All), ("only", Counting::Only)];
const POLICY: Words<InvoicingPolicy, 2> =
    [("ordered", InvoicingPolicy::Ordered), ("delivered", InvoicingPolicy::Delivered)];
const TRACKING: Words<Tracking, 4> = [
    ("contract", Tracking::Contract),
    ("task", Tracking::Task),
    ("manual", Tracking::Manual),
    ("none", Tracking::None),
];
const KIND: Words<ProductKind, 2> =
    [("service", ProductKind::Service), ("goods", ProductKind::Goods)];

/// Of two words for one language the first is recorded.
const LANGUAGE: Words<Language, 6> = [
    ("en", Language::English),
    ("zh-CN", Language::Chinese),
    ("zh", Language::Chinese),
    ("fr", Language::French),
    ("de", Language::German),
    ("es", Language::Spanish),
];

const TOP: &[&str] = &[
    "lang",
    "allocation",
    "rounding",
    "manual",
    "locked",
    "overlap",
    "on_conflict",
    "defaults",
    "period",
    "upsell",
    "forecast",
    "odoo",
    "count",
    "reading",
    "files",
    "products",
    "units",
    "aliases",
    "columns",
    "map",
];
const DEFAULTS: &[&str] = &["policy", "tracking"];
const PERIOD: &[&str] = &["from", "to", "ignore_before"];
const UPSELL: &[&str] = &["rule", "threshold", "warning", "wake_after"];
const FORECAST: &[&str] = &["weeks", "horizon", "idle"];
const ODOO: &[&str] = &["version"];
const COUNT: &[&str] = &["approved", "billable"];
const READING: &[&str] = &["decimal", "dates", "encoding"];
const FILE: &[&str] = &["encoding", "delimiter", "decimal", "dates", "sheet"];
const PRODUCT: &[&str] =
    &["type", "policy", "tracking", "upsell_threshold", "hours_per_unit", "pool", "upsell"];
const UNIT: &[&str] = &["category", "ratio", "rounding", "reference"];

const AN_ENCODING: &str =
    "an encoding like \"UTF-8\", \"windows-1252\", \"ISO-8859-15\" or \"GB18030\"";
const A_VERSION: &str = "a version of Odoo from 10 to 19";
const A_DAY: &str = "a date like 2026-01-31";
const NOT_BELOW_ZERO: &str = "a number of 0 or more, like 1 or 0.9";
const ABOVE_ZERO: &str = "a number above zero, like 8, 0.5 or \"1/60\"";
const WHOLE: &str = "a whole number from 1 to 1000, like 8";
const A_SHARE: &str = "a number above 0 and at most 1, like 0.8";
const A_GROWTH: &str =
    "hours of 0 or more, like 8, or a share of the ordered quantity, like \"20%\"";
const DECIMAL_ABOVE_ZERO: &str = "a number above zero whose decimals end, like 50 or 7.5";
const DECIMAL_NOT_BELOW_ZERO: &str = "a number of 0 or more whose decimals end, like 1 or 0.9";

/// What the command line says, which wins over the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overrides {
    /// The as-of date.
    pub as_of: NaiveDate,
    /// First day under review.
    pub from: Option<NaiveDate>,
    /// Last day under review.
    pub to: Option<NaiveDate>,
    /// Entries before this day are excluded.
    pub ignore_before: Option<NaiveDate>,
    /// Two versions of one record.
    pub on_conflict: Option<OnConflict>,
    /// Locked and done orders.
    pub locked: Option<LockedOrders>,
}

impl Overrides {
    /// Nothing but the as-of date.
    #[must_use]
    pub const fn until(as_of: NaiveDate) -> Self {
        Self { as_of, from: None, to: None, ignore_before: None, on_conflict: None, locked: None }
    }
}

/// A day of the file, with its line and column.
#[derive(Debug, Clone, Copy)]
struct Dated {
    day: NaiveDate,
    place: (usize, usize),
}

/// A header of the user's own, as the file has it.
#[derive(Debug, Clone)]
struct OwnHeader {
    role: Option<Role>,
    header: String,
    field: String,
}

/// What `drawdown.toml` says, checked.
///
/// ```
/// use drawdown::config::{Configuration, Overrides};
/// use drawdown::model::Exact;
///
/// let configuration = Configuration::parse("drawdown.toml", "[upsell]\nthreshold = 0.9\n").unwrap();
/// let day = chrono::NaiveDate::from_ymd_opt(2026, 3, 31).unwrap();
/// let rules = configuration.rules(&Overrides::until(day)).unwrap();
/// assert_eq!(rules.threshold, Exact::fraction(9, 10).unwrap());
///
/// let error = Configuration::parse("drawdown.toml", "alocation = \"draw-down\"\n").unwrap_err();
/// assert!(error.to_string().starts_with("drawdown.toml:1:1: unknown key alocation;"));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Configuration {
    path: Option<String>,
    language: Option<Language>,
    allocation: Option<Allocation>,
    rounding: Option<Rounding>,
    manual: Option<ManualDelivery>,
    locked: Option<LockedOrders>,
    overlap: Option<Overlap>,
    on_conflict: Option<OnConflict>,
    default_policy: Option<InvoicingPolicy>,
    default_tracking: Option<Tracking>,
    from: Option<Dated>,
    to: Option<Dated>,
    ignore_before: Option<Dated>,
    upsell: Option<UpsellRule>,
    threshold: Option<Exact>,
    warning: Option<Exact>,
    forecast: Forecast,
    wake_after: Option<Growth>,
    odoo: Option<OdooVersion>,
    reading: Chosen,
    encoding: Option<TextEncoding>,
    files: Vec<FileChoice>,
    approved: Option<Counting>,
    billable: Option<Counting>,
    products: Vec<ProductRule>,
    units: Vec<UnitDeclaration>,
    unit_places: Vec<(usize, usize)>,
    aliases: Vec<(String, String)>,
    columns: Vec<ColumnAlias>,
    headers: Vec<OwnHeader>,
    mapping: Mapping,
    bounds: Bounds,
}

impl Configuration {
    /// What holds without a file.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Reads the text of a `drawdown.toml`; `path` is for messages.
    ///
    /// # Errors
    /// [`Error::BadConfiguration`] with the place of the first thing in the
    /// text that drawdown does not understand.
    pub fn parse(path: &str, text: &str) -> Result<Self, Error> {
        let mut reader = Reader { text, first: None };
        let read = match DeTable::parse(text) {
            Ok(tree) => reader.configuration(tree.get_ref()),
            Err(error) => {
                let at = error.span().map_or(text.len(), |span| span.start);
                let message = error.message().replace('\n', "; ");
                reader.problem(at, format!("this is not TOML: {message}"));
                Self::none()
            }
        };
        match reader.first {
            None => Ok(Self { path: Some(path.to_owned()), ..read }),
            Some((at, problem)) => {
                let (line, column) = place_of(text, at);
                let path = path.to_owned();
                Err(Error::BadConfiguration { path, line, column, problem })
            }
        }
    }

    /// The same, with the bounds that the command line sets.
    #[must_use]
    pub fn within(self, bounds: Bounds) -> Self {
        Self { bounds, ..self }
    }

    /// The same, in the language that the command line names, if it names one.
    #[must_use]
    pub fn told_in(self, language: Option<Language>) -> Self {
        Self { language: language.or(self.language), ..self }
    }

    /// The language of what people read.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language.unwrap_or_default()
    }

    /// The rules in force: the command line first, then the file, then the
    /// standard.
    ///
    /// # Errors
    /// [`Error::Usage`] when the period under review ends before it begins.
    pub fn rules(&self, overrides: &Overrides) -> Result<Rules, Error> {
        let period = self.period(overrides)?;
        let standard = Rules::standard(period);
        let mut products = self.products.clone();
        products.sort_by(|a, b| a.product.cmp(&b.product));
        Ok(Rules {
            period,
            rounding: self.rounding.unwrap_or(standard.rounding),
            allocation: self.allocation.unwrap_or(standard.allocation),
            manual: self.manual.unwrap_or(standard.manual),
            locked: overrides.locked.or(self.locked),
            upsell: self.upsell.unwrap_or(standard.upsell),
            // Rule 6.3: a threshold of 0 means 1.
            threshold: self
                .threshold
                .clone()
                .filter(Exact::is_positive)
                .unwrap_or(standard.threshold),
            warning: self.warning.clone().unwrap_or(standard.warning),
            wake_after: self.wake_after.clone().unwrap_or(standard.wake_after),
            odoo: self.odoo.unwrap_or(standard.odoo),
            on_conflict: overrides.on_conflict.or(self.on_conflict).unwrap_or(standard.on_conflict),
            overlap: self.overlap.unwrap_or(standard.overlap),
            approved: self.approved,
            billable: self.billable,
            default_policy: self.default_policy,
            default_tracking: self.default_tracking,
            products,
            mapping: self.mapping.clone(),
            forecast: self.forecast,
        })
    }

    fn period(&self, overrides: &Overrides) -> Result<Period, Error> {
        let day = |dated: Option<Dated>| dated.map(|dated| dated.day);
        let period = Period {
            as_of: overrides.as_of,
            ignore_before: overrides.ignore_before.or(day(self.ignore_before)),
            from: overrides.from.or(day(self.from)),
            to: overrides.to.or(day(self.to)),
        };
        let (Some(from), Some(to)) = (period.from, period.to) else {
            return Ok(period);
        };
        if from <= to {
            return Ok(period);
        }
        let source = |given: Option<NaiveDate>, name: &str, dated: Option<Dated>| match dated {
            Some(Dated { place: (line, column), .. }) if given.is_none() => {
                let path = self.path.as_deref().unwrap_or_default();
                format!("{name} in {path}:{line}:{column}")
            }
            _ => format!("--{name}"),
        };
        let (first, last) =
            (source(overrides.from, "from", self.from), source(overrides.to, "to", self.to));
        Err(Error::Usage {
            problem: format!(
                "the period under review ends before it begins: {first} is {from}, {last} is {to}"
            ),
        })
    }

    /// The file's path, when there is a file.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }

    /// The units of measure it declares. None is its category's reference
    /// unless it has `reference = true`.
    #[must_use]
    pub fn units(&self) -> &[UnitDeclaration] {
        &self.units
    }

    /// The user's names for units: alias, unit.
    #[must_use]
    pub fn aliases(&self) -> &[(String, String)] {
        &self.aliases
    }

    /// How numbers and dates are written, where the columns leave it open.
    #[must_use]
    pub const fn reading(&self) -> Chosen {
        self.reading
    }

    /// What the user says of how files are to be read.
    #[must_use]
    pub fn how(&self) -> How<'_> {
        How {
            aliases: &self.columns,
            encoding: self.encoding,
            files: &self.files,
            bounds: self.bounds,
        }
    }

    /// The user's headers. Each is of one role: a header for every role stands
    /// here once for each that has such a field.
    #[must_use]
    pub fn columns(&self) -> &[ColumnAlias] {
        &self.columns
    }

    /// Line and column at which a unit is declared, for a [`crate::model::UnitFault`].
    #[must_use]
    pub fn declared_unit_place(&self, name: &str) -> Option<(usize, usize)> {
        let wanted = Name::new(name);
        let mut declared = self.units.iter().zip(&self.unit_places);
        declared.find(|(unit, _)| Name::new(&unit.name) == wanted).map(|(_, place)| *place)
    }
}

/// The configuration in force, for `run.json`: every choice with its default,
/// in the shape of `drawdown.toml`. Numbers are texts, being exact. Neither
/// paths nor the as-of date are in it.
#[must_use]
pub fn in_force(rules: &Rules, configuration: &Configuration) -> Value {
    let mut products: Vec<&ProductRule> = rules.products.iter().collect();
    products.sort_by(|a, b| a.product.cmp(&b.product));
    let products: Map<String, Value> = products
        .into_iter()
        .map(|rule| (rule.product.clone(), selling_in_force(&rule.selling)))
        .collect();
    let units: Map<String, Value> = configuration
        .units
        .iter()
        .map(|unit| {
            let value = json!({
                "category": unit.category,
                "ratio": unit.ratio.value().to_string(),
                "rounding": unit.rounding.to_string(),
                "reference": unit.reference,
            });
            (unit.name.clone(), value)
        })
        .collect();
    let aliases: Map<String, Value> = configuration
        .aliases
        .iter()
        .map(|(alias, unit)| (alias.clone(), Value::from(unit.as_str())))
        .collect();
    let mut columns = Map::new();
    let of_role = |role: Option<Role>| -> Map<String, Value> {
        let own = configuration.headers.iter().filter(|own| own.role == role);
        own.map(|own| (own.header.clone(), Value::from(own.field.as_str()))).collect()
    };
    columns.extend(of_role(None));
    for role in Role::ALL {
        let headers = of_role(Some(role));
        if !headers.is_empty() {
            columns.insert(role.name().to_owned(), Value::Object(headers));
        }
    }
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
    json!({
        "lang": configuration.language().tag(),
        "allocation": word(&ALLOCATION, rules.allocation),
        "rounding": word(&ROUNDING, rules.rounding),
        "manual": word(&MANUAL, rules.manual),
        "locked": word(&LOCKED, rules.locked.unwrap_or_default()),
        "overlap": word(&OVERLAP, rules.overlap),
        "on_conflict": word(&ON_CONFLICT, rules.on_conflict),
        "defaults": {
            "policy": rules.default_policy.map(|policy| word(&POLICY, policy)),
            "tracking": rules.default_tracking.map(|tracking| word(&TRACKING, tracking)),
        },
        "period": {
            "from": day(rules.period.from),
            "to": day(rules.period.to),
            "ignore_before": day(rules.period.ignore_before),
        },
        "upsell": {
            "rule": word(&UPSELL_RULE, rules.upsell),
            "threshold": rules.threshold.to_string(),
            "warning": rules.warning.to_string(),
            "wake_after": rules.wake_after.to_string(),
        },
        "forecast": {
            "weeks": rules.forecast.weeks,
            "horizon": rules.forecast.horizon,
            "idle": rules.forecast.idle,
        },
        "odoo": { "version": rules.odoo.number() },
        "count": {
            "approved": word(&COUNTING, rules.approved.unwrap_or_default()),
            "billable": word(&COUNTING, rules.billable.unwrap_or_default()),
        },
        "reading": {
            "decimal": configuration.reading.decimal.map(|mark| word(&DECIMAL, mark)),
            "dates": configuration.reading.dates.map(|order| word(&DATES, order)),
            "encoding": configuration.encoding.map(TextEncoding::name),
        },
        "files": configuration.files.iter().map(file_in_force).collect::<Vec<Value>>(),
        "products": products,
        "units": units,
        "aliases": aliases,
        "columns": columns,
        "map": map::in_force(&rules.mapping),
    })
}

/// What the configuration says of some files. These stand in a list, since the
/// first that matches a file counts.
fn file_in_force(choice: &FileChoice) -> Value {
    json!({
        "pattern": choice.pattern.as_str(),
        "encoding": choice.encoding.map(TextEncoding::name),
        "delimiter": choice.delimiter.map(|delimiter| word(&DELIMITER, delimiter)),
        "decimal": choice.reading.decimal.map(|mark| word(&DECIMAL, mark)),
        "dates": choice.reading.dates.map(|order| word(&DATES, order)),
        "sheet": choice.sheet,
    })
}

/// What the configuration says of one product; what it leaves open is absent.
fn selling_in_force(selling: &Selling) -> Value {
    let number = |number: Option<Decimal>| number.map(|n| Value::from(n.normalize().to_string()));
    let said = [
        ("type", selling.kind.map(|kind| word(&KIND, kind).into())),
        ("policy", selling.policy.map(|policy| word(&POLICY, policy).into())),
        ("tracking", selling.tracking.map(|tracking| word(&TRACKING, tracking).into())),
        ("upsell_threshold", number(selling.threshold)),
        ("hours_per_unit", number(selling.hours_per_unit)),
        ("pool", selling.pool.as_deref().map(Value::from)),
        ("upsell", selling.upsell.map(Value::from)),
    ];
    let said = said.into_iter();
    Value::Object(said.filter_map(|(key, value)| Some((key.to_owned(), value?))).collect())
}

/// The word for a value of a choice.
fn word<T: PartialEq + Copy>(words: &[(&'static str, T)], value: T) -> &'static str {
    words.iter().find(|(_, known)| *known == value).map_or("", |(word, _)| word)
}

/// Line and column of a byte, both from 1, columns in characters.
fn place_of(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or(before);
    (before.matches('\n').count() + 1, line.chars().filter(|c| *c != '\u{feff}').count() + 1)
}

/// A key of a table as TOML writes it: quoted only where it must be.
fn written(key: &str) -> Cow<'_, str> {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !key.is_empty() && key.chars().all(bare) {
        Cow::Borrowed(key)
    } else {
        Cow::Owned(toml_key(key))
    }
}

fn inside(prefix: &str, key: &str) -> String {
    if prefix.is_empty() { written(key).into_owned() } else { format!("{prefix}.{}", written(key)) }
}

/// `a, b or c`.
fn any_of<'a>(words: impl Iterator<Item = Cow<'a, str>>) -> String {
    let words: Vec<Cow<'a, str>> = words.collect();
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => words.join(""),
    }
}

fn quoted<'a>(words: impl Iterator<Item = &'a str>) -> String {
    any_of(words.map(|word| Cow::Owned(format!("\"{word}\""))))
}

/// One key with its value and the key's place.
struct Entry<'a> {
    /// The key alone.
    own: &'a str,
    /// The key with all above it.
    key: String,
    at: usize,
    value: &'a Spanned<DeValue<'a>>,
}

/// A table with its name and place.
struct Section<'a> {
    name: String,
    at: usize,
    table: &'a DeTable<'a>,
}

impl<'a> Section<'a> {
    fn get(&self, key: &str) -> Option<Entry<'a>> {
        self.entries().find(|entry| entry.own == key)
    }

    fn entries(&self) -> impl Iterator<Item = Entry<'a>> + use<'a> {
        let name = self.name.clone();
        self.table.iter().map(move |(key, value)| Entry {
            own: key.get_ref(),
            key: inside(&name, key.get_ref()),
            at: key.span().start,
            value,
        })
    }
}

/// Names met so far, in the form in which they compare.
type Met<K> = BTreeMap<K, (String, usize)>;

struct Reader<'t> {
    text: &'t str,
    /// The problem that stands first in the text.
    first: Option<(usize, String)>,
}

impl Reader<'_> {
    fn problem(&mut self, at: usize, problem: String) {
        if self.first.as_ref().is_none_or(|(first, _)| at < *first) {
            self.first = Some((at, problem));
        }
    }

    /// A value that is not what its key takes.
    fn unfit(&mut self, entry: &Entry<'_>, expected: &str, meant: Option<String>) {
        let help =
            meant.map_or_else(String::new, |meant| format!("; help: did you mean \"{meant}\"?"));
        let found = self.found(entry);
        let key = &entry.key;
        self.problem(
            entry.value.span().start,
            format!("{key} is {found}; expected: {expected}{help}"),
        );
    }

    /// The value as the user wrote it, on one line.
    fn found(&self, entry: &Entry<'_>) -> String {
        const LONGEST: usize = 60;
        match entry.value.get_ref() {
            DeValue::Table(_) => return "a section".to_owned(),
            DeValue::Array(_) => return "a list".to_owned(),
            _ => {}
        }
        let source = self.text.get(entry.value.span()).unwrap_or_default();
        let line = source.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.chars().count() > LONGEST {
            let start: String = line.chars().take(LONGEST).collect();
            format!("{start}…")
        } else {
            line
        }
    }

    fn section<'a>(
        &mut self,
        name: String,
        at: usize,
        table: &'a DeTable<'a>,
        known: &[&str],
    ) -> Section<'a> {
        let section = Section { name, at, table };
        for entry in section.entries() {
            if !known.contains(&entry.own) {
                let help = nearest(entry.own, known.iter().copied())
                    .map_or_else(String::new, |meant| format!("; help: did you mean {meant}?"));
                let expected = any_of(known.iter().map(|key| Cow::Borrowed(*key)));
                self.problem(
                    entry.at,
                    format!("unknown key {}; expected: {expected}{help}", entry.key),
                );
            }
        }
        section
    }

    /// The table below a key, whatever its keys.
    fn below<'a>(&mut self, entry: Option<Entry<'a>>) -> Option<Section<'a>> {
        let entry = entry?;
        if let DeValue::Table(table) = entry.value.get_ref() {
            return Some(Section { name: entry.key, at: entry.at, table });
        }
        let expected = format!("a section, [{}]", entry.key);
        self.unfit(&entry, &expected, None);
        None
    }

    /// The table below a key, of known keys.
    fn fixed<'a>(&mut self, entry: Option<Entry<'a>>, known: &[&str]) -> Option<Section<'a>> {
        let Section { name, at, table } = self.below(entry)?;
        Some(self.section(name, at, table, known))
    }

    fn choice<T: Copy>(
        &mut self,
        entry: Option<Entry<'_>>,
        words: &[(&'static str, T)],
    ) -> Option<T> {
        let entry = entry?;
        let said = entry.value.get_ref().as_str();
        let known = words.iter().find(|(word, _)| said == Some(word));
        if let Some((_, value)) = known {
            return Some(*value);
        }
        let names = || words.iter().map(|(word, _)| *word);
        let meant = said.and_then(|said| nearest(said, names()));
        self.unfit(&entry, &quoted(names()), meant);
        None
    }

    fn encoding(&mut self, entry: Option<Entry<'_>>) -> Option<TextEncoding> {
        let entry = entry?;
        let named = entry.value.get_ref().as_str().and_then(TextEncoding::from_name);
        if named.is_none() {
            self.unfit(&entry, AN_ENCODING, None);
        }
        named
    }

    fn text(&mut self, entry: Option<Entry<'_>>, expected: &str) -> Option<String> {
        let entry = entry?;
        let text = entry.value.get_ref().as_str().map(str::trim);
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            return Some(text.to_owned());
        }
        self.unfit(&entry, expected, None);
        None
    }

    fn truth(&mut self, entry: Option<Entry<'_>>) -> Option<bool> {
        let entry = entry?;
        let value = entry.value.get_ref();
        let truth = match value.as_str() {
            Some("yes") => Some(true),
            Some("no") => Some(false),
            _ => value.as_bool(),
        };
        if truth.is_none() {
            self.unfit(&entry, "true, false, \"yes\" or \"no\"", None);
        }
        truth
    }

    fn day(&mut self, entry: Option<Entry<'_>>) -> Option<Dated> {
        let entry = entry?;
        let day = match entry.value.get_ref() {
            DeValue::String(text) => {
                Some(text.trim()).filter(|text| text.len() == 10).and_then(ingest::day)
            }
            DeValue::Datetime(moment) if moment.time.is_none() => {
                moment.date.and_then(|date| ingest::day(&date.to_string()))
            }
            _ => None,
        };
        if day.is_none() {
            self.unfit(&entry, A_DAY, None);
        }
        let place = place_of(self.text, entry.value.span().start);
        day.map(|day| Dated { day, place })
    }

    /// A whole number of days or weeks.
    fn whole(&mut self, entry: Option<Entry<'_>>) -> Option<u16> {
        let most = Exact::from(1000);
        let whole = |n: &Exact| *n == n.rounded_half_away(&Exact::one());
        let fits = |n: &Exact| n.is_positive() && *n <= most && whole(n);
        let number = self.number(entry, fits, WHOLE)?;
        number.nearest_whole().and_then(|whole| u16::try_from(whole).ok())
    }

    fn number(
        &mut self,
        entry: Option<Entry<'_>>,
        fits: impl Fn(&Exact) -> bool,
        expected: &str,
    ) -> Option<Exact> {
        let entry = entry?;
        let number = exact(entry.value.get_ref()).filter(fits);
        if number.is_none() {
            self.unfit(&entry, expected, None);
        }
        number
    }

    /// Hours, or a share of what was ordered: `8`, `"20%"`.
    fn growth(&mut self, entry: Option<Entry<'_>>) -> Option<Growth> {
        let entry = entry?;
        let share = match entry.value.get_ref() {
            DeValue::String(text) => text.trim_end().strip_suffix('%'),
            _ => None,
        };
        let growth = match share {
            Some(share) => ingest::number(share)
                .and_then(|percent| Exact::from(percent).divided_by(&Exact::from(100)))
                .map(Growth::Share),
            None => exact(entry.value.get_ref()).map(Growth::Hours),
        };
        let growth = growth.filter(|growth| match growth {
            Growth::Hours(amount) | Growth::Share(amount) => !amount.is_negative(),
        });
        if growth.is_none() {
            self.unfit(&entry, A_GROWTH, None);
        }
        growth
    }

    fn version(&mut self, entry: Option<Entry<'_>>) -> Option<OdooVersion> {
        let entry = entry?;
        let number = exact(entry.value.get_ref()).and_then(|number| number.nearest_whole());
        let version = number.and_then(|n| OdooVersion::new(u8::try_from(n).ok()?));
        if version.is_none() {
            self.unfit(&entry, A_VERSION, None);
        }
        version
    }

    fn decimal(
        &mut self,
        entry: Option<Entry<'_>>,
        fits: impl Fn(&Exact) -> bool,
        expected: &str,
    ) -> Option<Decimal> {
        let entry = entry?;
        let number = exact(entry.value.get_ref()).filter(fits);
        let decimal = number.as_ref().and_then(in_decimals);
        if decimal.is_none() {
            self.unfit(&entry, expected, None);
        }
        decimal
    }

    /// False, and a problem, when a name compares equal to one met before.
    fn once<K: Ord>(&mut self, met: &mut Met<K>, key: K, entry: &Entry<'_>) -> bool {
        match met.entry(key) {
            Slot::Vacant(slot) => {
                slot.insert((entry.key.clone(), entry.at));
                true
            }
            Slot::Occupied(slot) => {
                // Tables come sorted by key: the one met later may stand first.
                let mut two = [slot.get(), &(entry.key.clone(), entry.at)];
                two.sort_by_key(|(_, at)| *at);
                let [(first, above), (second, at)] = two;
                let (line, _) = place_of(self.text, *above);
                let problem =
                    format!("{second} is the same name as {first} in line {line}; help: keep one");
                self.problem(*at, problem);
                false
            }
        }
    }

    /// False, and a problem, for a name without a letter in it.
    fn named(&mut self, entry: &Entry<'_>, what: &str) -> bool {
        if entry.own.trim().is_empty() {
            self.problem(entry.at, format!("{} names no {what}", entry.key));
            return false;
        }
        true
    }

    fn configuration(&mut self, tree: &DeTable<'_>) -> Configuration {
        let top = self.section(String::new(), 0, tree, TOP);
        let mut read = Configuration {
            language: self.choice(top.get("lang"), &LANGUAGE),
            allocation: self.choice(top.get("allocation"), &ALLOCATION),
            rounding: self.choice(top.get("rounding"), &ROUNDING),
            manual: self.choice(top.get("manual"), &MANUAL),
            locked: self.choice(top.get("locked"), &LOCKED),
            overlap: self.choice(top.get("overlap"), &OVERLAP),
            on_conflict: self.choice(top.get("on_conflict"), &ON_CONFLICT),
            ..Configuration::none()
        };
        if let Some(defaults) = self.fixed(top.get("defaults"), DEFAULTS) {
            read.default_policy = self.choice(defaults.get("policy"), &POLICY);
            read.default_tracking = self.choice(defaults.get("tracking"), &TRACKING);
        }
        if let Some(period) = self.fixed(top.get("period"), PERIOD) {
            read.from = self.day(period.get("from"));
            read.to = self.day(period.get("to"));
            read.ignore_before = self.day(period.get("ignore_before"));
        }
        if let Some(upsell) = self.fixed(top.get("upsell"), UPSELL) {
            read.upsell = self.choice(upsell.get("rule"), &UPSELL_RULE);
            read.threshold =
                self.number(upsell.get("threshold"), |n| !n.is_negative(), NOT_BELOW_ZERO);
            let share = |n: &Exact| n.is_positive() && *n <= Exact::one();
            read.warning = self.number(upsell.get("warning"), share, A_SHARE);
            read.wake_after = self.growth(upsell.get("wake_after"));
        }
        if let Some(odoo) = self.fixed(top.get("odoo"), ODOO) {
            read.odoo = self.version(odoo.get("version"));
        }
        if let Some(forecast) = self.fixed(top.get("forecast"), FORECAST) {
            let standard = Forecast::default();
            read.forecast = Forecast {
                weeks: self.whole(forecast.get("weeks")).unwrap_or(standard.weeks),
                horizon: self.whole(forecast.get("horizon")).unwrap_or(standard.horizon),
                idle: self.whole(forecast.get("idle")).unwrap_or(standard.idle),
            };
        }
        if let Some(count) = self.fixed(top.get("count"), COUNT) {
            read.approved = self.choice(count.get("approved"), &COUNTING);
            read.billable = self.choice(count.get("billable"), &COUNTING);
        }
        if let Some(reading) = self.fixed(top.get("reading"), READING) {
            read.reading.decimal = self.choice(reading.get("decimal"), &DECIMAL);
            read.reading.dates = self.choice(reading.get("dates"), &DATES);
            read.encoding = self.encoding(reading.get("encoding"));
        }
        if let Some(files) = self.below(top.get("files")) {
            read.files = self.files(&files);
        }
        if let Some(products) = self.below(top.get("products")) {
            read.products = self.products(&products);
        }
        if let Some(units) = self.below(top.get("units")) {
            (read.units, read.unit_places) = self.units(&units);
        }
        if let Some(aliases) = self.below(top.get("aliases")) {
            read.aliases = self.aliases(&aliases);
        }
        if let Some(columns) = self.below(top.get("columns")) {
            (read.columns, read.headers) = self.columns(&columns);
        }
        if let Some(map) = self.below(top.get("map")) {
            read.mapping = self.mapping(&map);
        }
        read
    }

    /// In the order of the file: the first that matches counts.
    fn files(&mut self, files: &Section<'_>) -> Vec<FileChoice> {
        let mut choices = Vec::new();
        for entry in files.entries() {
            let Some(pattern) = FilePattern::new(entry.own) else {
                let key = &entry.key;
                self.problem(
                    entry.at,
                    format!("{key} is no pattern; expected: the name of a file, like \"*.csv\""),
                );
                continue;
            };
            let at = entry.at;
            let Some(said) = self.fixed(Some(entry), FILE) else { continue };
            let reading = Chosen {
                decimal: self.choice(said.get("decimal"), &DECIMAL),
                dates: self.choice(said.get("dates"), &DATES),
            };
            let choice = FileChoice {
                pattern,
                encoding: self.encoding(said.get("encoding")),
                delimiter: self.choice(said.get("delimiter"), &DELIMITER),
                reading,
                sheet: self.text(said.get("sheet"), "the name of a sheet, like \"Sheet1\""),
            };
            choices.push((at, choice));
        }
        choices.sort_by_key(|(at, _)| *at);
        choices.into_iter().map(|(_, choice)| choice).collect()
    }

    fn products(&mut self, products: &Section<'_>) -> Vec<ProductRule> {
        let mut met = Met::new();
        let mut rules = Vec::new();
        for entry in products.entries() {
            let product = entry.own.trim();
            if !self.named(&entry, "product") || !self.once(&mut met, Name::new(product), &entry) {
                continue;
            }
            let product = product.to_owned();
            let Some(said) = self.fixed(Some(entry), PRODUCT) else {
                continue;
            };
            let threshold = said.get("upsell_threshold");
            let hours = said.get("hours_per_unit");
            let selling = Selling {
                kind: self.choice(said.get("type"), &KIND),
                policy: self.choice(said.get("policy"), &POLICY),
                tracking: self.choice(said.get("tracking"), &TRACKING),
                threshold: self.decimal(threshold, |n| !n.is_negative(), DECIMAL_NOT_BELOW_ZERO),
                hours_per_unit: self.decimal(hours, Exact::is_positive, DECIMAL_ABOVE_ZERO),
                pool: self.text(said.get("pool"), "the name of a pool, like \"Support\""),
                upsell: self.truth(said.get("upsell")),
                ..Selling::default()
            };
            rules.push(ProductRule { product, selling });
        }
        rules
    }

    fn units(&mut self, units: &Section<'_>) -> (Vec<UnitDeclaration>, Vec<(usize, usize)>) {
        let mut met = Met::new();
        let (mut declared, mut places) = (Vec::new(), Vec::new());
        for entry in units.entries() {
            let name = entry.own.trim().to_owned();
            if !self.named(&entry, "unit of measure")
                || !self.once(&mut met, Name::new(&name), &entry)
            {
                continue;
            }
            let Some(said) = self.fixed(Some(entry), UNIT) else {
                continue;
            };
            let category = said.get("category");
            let ratio = said.get("ratio");
            for (key, missing, example) in [
                ("category", category.is_none(), "\"Working Time\""),
                ("ratio", ratio.is_none(), "8 or \"1/60\""),
            ] {
                if missing {
                    let name = &said.name;
                    self.problem(
                        said.at,
                        format!("{name} has no {key}; expected: {key} = {example}"),
                    );
                }
            }
            let category = self.text(category, "the name of a category, like \"Working Time\"");
            let ratio = self.ratio(ratio);
            let rounding = self.number(said.get("rounding"), Exact::is_positive, ABOVE_ZERO);
            let reference = self.truth(said.get("reference")).unwrap_or(false);
            let (Some(category), Some(ratio)) = (category, ratio) else {
                continue;
            };
            if reference
                && *ratio.value() != Exact::one()
                && let Some(entry) = said.get("ratio")
            {
                self.unfit(&entry, "1, the reference unit's own ratio", None);
            }
            declared.push(UnitDeclaration {
                name,
                category,
                ratio,
                rounding: rounding.unwrap_or_else(default_rounding),
                ids: Vec::new(),
                reference,
            });
            places.push(place_of(self.text, said.at));
        }
        (declared, places)
    }

    fn ratio(&mut self, entry: Option<Entry<'_>>) -> Option<Ratio> {
        let written = entry.as_ref().and_then(|entry| match entry.value.get_ref() {
            DeValue::Float(number) => ingest::number(number.as_str()),
            DeValue::String(text) => ingest::number(text),
            _ => None,
        });
        let ratio = self.number(entry, Exact::is_positive, ABOVE_ZERO)?;
        let sixtieth = written.and_then(rounded_sixtieth);
        Ratio::new(sixtieth.unwrap_or(ratio))
    }

    fn aliases(&mut self, aliases: &Section<'_>) -> Vec<(String, String)> {
        let mut met = Met::new();
        let mut own = Vec::new();
        for entry in aliases.entries() {
            let alias = entry.own.trim().to_owned();
            if !self.named(&entry, "unit of measure")
                || !self.once(&mut met, Name::new(&alias), &entry)
            {
                continue;
            }
            let (key, at) = (entry.key.clone(), entry.value.span().start);
            let expected = "the name of a unit, like \"Hours\"";
            let Some(unit) = self.text(Some(entry), expected) else {
                continue;
            };
            if Name::new(&alias) == Name::new(&unit) {
                self.problem(at, format!("{key} is an alias of itself; expected: {expected}"));
            } else {
                own.push((alias, unit));
            }
        }
        own
    }

    /// The headers by role, and as they are written.
    fn columns(&mut self, columns: &Section<'_>) -> (Vec<ColumnAlias>, Vec<OwnHeader>) {
        let mut headers: Vec<OwnHeader> = Vec::new();
        let mut plain = Met::new();
        for entry in columns.entries() {
            if !matches!(entry.value.get_ref(), DeValue::Table(_)) {
                headers.extend(self.header(None, &entry, &mut plain));
                continue;
            }
            let Some(role) = Role::from_name(entry.own) else {
                let roles = || Role::ALL.into_iter().map(Role::name);
                let help = nearest(entry.own, roles()).map_or_else(String::new, |meant| {
                    format!("; help: did you mean columns.{meant}?")
                });
                let expected = any_of(roles().map(Cow::Borrowed));
                let key = &entry.key;
                self.problem(
                    entry.at,
                    format!("{key} is no kind of file; expected: {expected}{help}"),
                );
                continue;
            };
            let mut met = Met::new();
            if let Some(section) = self.below(Some(entry)) {
                for entry in section.entries() {
                    headers.extend(self.header(Some(role), &entry, &mut met));
                }
            }
        }
        (by_role(&headers), headers)
    }

    fn header(
        &mut self,
        role: Option<Role>,
        entry: &Entry<'_>,
        met: &mut Met<String>,
    ) -> Option<OwnHeader> {
        if !self.named(entry, "column") || !self.once(met, normalise_header(entry.own), entry) {
            return None;
        }
        let said = entry.value.get_ref().as_str().map(str::trim);
        let roles =
            || Role::ALL.into_iter().filter(move |known| role.is_none_or(|role| role == *known));
        if let Some(field) = said
            && roles().any(|role| own_field(role, field).is_some())
        {
            return Some(OwnHeader { role, header: entry.own.to_owned(), field: field.to_owned() });
        }
        let mut names: Vec<&str> = Vec::new();
        for name in roles().flat_map(own_names) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let meant = said.and_then(|said| nearest(said, names.iter().copied()));
        self.unfit(entry, &quoted(names.into_iter()), meant);
        None
    }
}

/// Each header for each role that has its field; one for a role wins over one
/// for all.
fn by_role(headers: &[OwnHeader]) -> Vec<ColumnAlias> {
    let mut columns = Vec::new();
    for role in Role::ALL {
        let special = |header: &str| {
            let wanted = normalise_header(header);
            headers
                .iter()
                .any(|own| own.role == Some(role) && normalise_header(&own.header) == wanted)
        };
        for own in headers {
            let holds = own.role == Some(role) || own.role.is_none() && !special(&own.header);
            if holds && let Some(field) = own_field(role, &own.field) {
                columns.push(ColumnAlias { role: Some(role), header: own.header.clone(), field });
            }
        }
    }
    columns
}

/// A number exactly as it is written: an integer, a float's own text, a text
/// like `0.8` or `1/60`.
fn exact(value: &DeValue<'_>) -> Option<Exact> {
    match value {
        DeValue::Integer(number) => {
            i128::from_str_radix(number.as_str(), number.radix()).ok().map(Exact::from)
        }
        DeValue::Float(number) => ingest::number(number.as_str()).map(Exact::from),
        DeValue::String(text) => match text.split_once('/') {
            Some((numerator, denominator)) => Exact::from(ingest::number(numerator)?)
                .divided_by(&Exact::from(ingest::number(denominator)?)),
            None => ingest::number(text).map(Exact::from),
        },
        _ => None,
    }
}

/// A number as a decimal, unless its decimals never end.
fn in_decimals(number: &Exact) -> Option<Decimal> {
    let decimals = number.decimals()?;
    if decimals > Decimal::MAX_SCALE {
        return None;
    }
    Decimal::from_str_exact(&number.to_fixed(decimals)).ok()
}

/// Rule 5.4: a ratio that rounds 1/60 (to three digits or more) is 1/60.
fn rounded_sixtieth(written: Decimal) -> Option<Exact> {
    let sixtieth = Exact::fraction(1, 60)?;
    let step = Exact::decimal(1, written.scale());
    let close = sixtieth.rounded_half_away(&step) == Exact::from(written);
    (close && written.mantissa() >= 100).then_some(sixtieth)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::Field;

    fn read(text: &str) -> Configuration {
        Configuration::parse("drawdown.toml", text).unwrap_or_else(|error| panic!("{error}"))
    }

    fn problem(text: &str) -> String {
        let error = Configuration::parse("drawdown.toml", text).unwrap_err();
        assert!(matches!(error, Error::BadConfiguration { .. }), "{error:?}");
        let problem = error.to_string();
        problem.strip_prefix("drawdown.toml:").unwrap_or_else(|| panic!("{problem}")).to_owned()
    }

    fn day(text: &str) -> NaiveDate {
        ingest::day(text).unwrap()
    }

    fn until() -> Overrides {
        Overrides::until(day("2026-03-31"))
    }

    fn rules(text: &str) -> Rules {
        read(text).rules(&until()).unwrap()
    }

    fn ratio(number: &str) -> Exact {
        let text = format!("[units.X]\ncategory = \"Working Time\"\nratio = {number}\n");
        read(&text).units()[0].ratio.value().clone()
    }

    fn same(a: &Configuration, b: &Configuration) -> bool {
        let without_path = |c: &Configuration| Configuration { path: None, ..c.clone() };
        format!("{:?}", without_path(a)) == format!("{:?}", without_path(b))
    }

    #[test]
    fn without_a_file_the_standard_rules_hold() {
        let none = Configuration::none().rules(&until()).unwrap();
        let standard = Rules::standard(Period::until(day("2026-03-31")));
        assert_eq!(format!("{none:?}"), format!("{standard:?}"));
        assert!(same(&read(""), &Configuration::none()));
        assert_eq!(read("").path(), Some("drawdown.toml"));
        assert_eq!(Configuration::none().path(), None);
    }

    #[test]
    fn takes_every_choice() {
        assert_eq!(rules("allocation = \"draw-down\"").allocation, Allocation::DrawDown);
        assert_eq!(rules("allocation = \"first-line\"").allocation, Allocation::FirstLine);
        assert_eq!(rules("rounding = \"half-away\"").rounding, Rounding::HalfAway);
        assert_eq!(rules("rounding = \"up\"").rounding, Rounding::Up);
        assert_eq!(rules("rounding = \"none\"").rounding, Rounding::None);
        assert_eq!(rules("manual = \"recorded\"").manual, ManualDelivery::Recorded);
        assert_eq!(rules("manual = \"entries\"").manual, ManualDelivery::Entries);
        assert_eq!(rules("locked = \"done\"").locked, Some(LockedOrders::Done));
        assert_eq!(rules("locked = \"ignore\"").locked, Some(LockedOrders::Ignore));
        assert_eq!(rules("overlap = \"same\"").overlap, Overlap::Same);
        assert_eq!(rules("overlap = \"distinct\"").overlap, Overlap::Distinct);
        assert_eq!(rules("on_conflict = \"fault\"").on_conflict, OnConflict::Fault);
        assert_eq!(rules("on_conflict = \"newest\"").on_conflict, OnConflict::Newest);
        assert_eq!(rules("on_conflict = \"first\"").on_conflict, OnConflict::First);
        let upsell = |rule: &str| rules(&format!("[upsell]\nrule = \"{rule}\"")).upsell;
        assert_eq!(upsell("reached"), UpsellRule::Reached);
        assert_eq!(upsell("exceeded"), UpsellRule::Exceeded);
        let count = rules("[count]\napproved = \"only\"\nbillable = \"all\"");
        assert_eq!((count.approved, count.billable), (Some(Counting::Only), Some(Counting::All)));
    }

    #[test]
    fn takes_the_defaults_of_products() {
        for (word, policy) in POLICY {
            let text = format!("[defaults]\npolicy = \"{word}\"");
            assert_eq!(rules(&text).default_policy, Some(policy));
        }
        for (word, tracking) in TRACKING {
            let text = format!("[defaults]\ntracking = \"{word}\"");
            assert_eq!(rules(&text).default_tracking, Some(tracking));
        }
    }

    #[test]
    fn takes_dates_of_toml_and_texts() {
        let text = "[period]\nfrom = 2026-01-01\nto = \"2026-02-28\"\nignore_before = 2020-01-01";
        let period = rules(text).period;
        assert_eq!(
            period,
            Period {
                as_of: day("2026-03-31"),
                from: Some(day("2026-01-01")),
                to: Some(day("2026-02-28")),
                ignore_before: Some(day("2020-01-01")),
            }
        );
    }

    #[test]
    fn numbers_are_what_is_written() {
        let warning = |number: &str| rules(&format!("[upsell]\nwarning = {number}")).warning;
        for number in ["0.8", "\"0.8\"", "\"4/5\"", "8e-1", "+0.80"] {
            assert_eq!(warning(number), Exact::fraction(8, 10).unwrap(), "{number}");
        }
        // No double holds this one.
        assert_eq!(
            warning("0.1000000000000000000000001").to_string(),
            "0.1000000000000000000000001"
        );
        let threshold = |number: &str| rules(&format!("[upsell]\nthreshold = {number}")).threshold;
        assert_eq!(threshold("2"), Exact::from(2));
        assert_eq!(threshold("0.9"), Exact::decimal(9, 1));
        assert_eq!(threshold("0"), Exact::one()); // rule 6.3
        assert_eq!(ratio("\"1/60\""), Exact::fraction(1, 60).unwrap());
        assert_eq!(ratio("1_000"), Exact::from(1000));
        assert_eq!(ratio("0x28"), Exact::from(40));
        assert_eq!(ratio("7.5"), Exact::decimal(75, 1));
    }

    #[test]
    fn rule_5_4_a_ratio_that_rounds_a_sixtieth_is_one() {
        for number in ["0.0166667", "\"0.0167\"", "0.01666666666666667"] {
            assert_eq!(ratio(number), Exact::fraction(1, 60).unwrap(), "{number}");
        }
        assert_eq!(ratio("0.017"), Exact::decimal(17, 3));
        assert_eq!(ratio("0.0166"), Exact::decimal(166, 4));
    }

    #[test]
    fn takes_every_key_of_a_product() {
        let rules = rules(
            r#"
[products."Technical Support"]
type = "service"
policy = "ordered"
tracking = "task"
upsell_threshold = 0.9
hours_per_unit = "15/2"
pool = "Support"
upsell = "no"
[products.Cable]
type = "goods"
upsell = true
"#,
        );
        let [cable, support] = rules.products.as_slice() else { panic!("{:?}", rules.products) };
        assert_eq!(cable.product, "Cable");
        assert_eq!(
            cable.selling,
            Selling { kind: Some(ProductKind::Goods), upsell: Some(true), ..Selling::default() }
        );
        assert_eq!(support.product, "Technical Support");
        assert_eq!(
            support.selling,
            Selling {
                kind: Some(ProductKind::Service),
                policy: Some(InvoicingPolicy::Ordered),
                tracking: Some(Tracking::Task),
                threshold: Some(Decimal::new(9, 1)),
                hours_per_unit: Some(Decimal::new(75, 1)),
                pool: Some("Support".to_owned()),
                upsell: Some(false),
                ..Selling::default()
            }
        );
    }

    #[test]
    fn takes_every_key_of_a_unit() {
        let configuration = read(
            r#"
[units."Packs of 12"]
category = "Unit"
ratio = 12
[units.Sprint]
category = "Sprints"
ratio = 1
rounding = "1/4"
reference = true
"#,
        );
        let [packs, sprint] = configuration.units() else { panic!("{configuration:?}") };
        assert_eq!((packs.name.as_str(), packs.category.as_str()), ("Packs of 12", "Unit"));
        assert_eq!(packs.ratio.value(), &Exact::from(12));
        assert_eq!((&packs.rounding, packs.reference), (&default_rounding(), false));
        assert_eq!(sprint.rounding, Exact::decimal(25, 2));
        assert!(sprint.reference && sprint.ids.is_empty());
        assert_eq!(configuration.declared_unit_place("packs of 12"), Some((2, 8)));
        assert_eq!(configuration.declared_unit_place("Sprint"), Some((5, 8)));
        assert_eq!(configuration.declared_unit_place("Hours"), None);
    }

    #[test]
    fn takes_aliases() {
        let configuration = read("[aliases]\nhrz = \"Hours\"\n\"man days\" = \"Days\"");
        let expected = [("hrz", "Hours"), ("man days", "Days")];
        let expected = expected.map(|(alias, unit)| (alias.to_owned(), unit.to_owned()));
        assert_eq!(configuration.aliases(), expected);
    }

    fn columns(text: &str) -> Vec<(Role, String, Field)> {
        let columns = read(text).columns().to_vec();
        columns.into_iter().map(|alias| (alias.role.unwrap(), alias.header, alias.field)).collect()
    }

    #[test]
    fn a_forecast_counts_whole_weeks_and_days() {
        let forecast = rules("[forecast]\nweeks = 4\nhorizon = 90").forecast;
        assert_eq!(forecast, Forecast { weeks: 4, horizon: 90, idle: 8 });
        for number in ["0", "2.5", "-1", "1001", "\"eight\""] {
            let problem = problem(&format!("[forecast]\nweeks = {number}"));
            assert!(problem.starts_with("2:9: forecast.weeks is "), "{problem}");
            assert!(
                problem.ends_with("expected: a whole number from 1 to 1000, like 8"),
                "{problem}"
            );
        }
    }

    #[test]
    fn a_header_holds_for_every_role_with_its_field() {
        let std = columns("[columns]\n\"Std.\" = \"quantity\"");
        let expected = [Role::Timesheets, Role::Adjustments]
            .map(|role| (role, "Std.".to_owned(), Field::Quantity));
        assert_eq!(std, expected);
        let names = columns("[columns]\nBez = \"name\"");
        let field = |role| names.iter().find(|(of, ..)| *of == role).map(|(.., field)| *field);
        assert_eq!(field(Role::Products), Some(Field::ProductName));
        assert_eq!(field(Role::Units), Some(Field::Unit));
        assert_eq!(field(Role::Timesheets), None);
    }

    #[test]
    fn a_header_of_one_role_wins_over_one_of_all() {
        let text = "[columns]\nNr = \"id\"\n[columns.timesheets]\nNR = \"task\"";
        let columns = columns(text);
        let of = |role| {
            let fields = columns.iter().filter(move |(of, ..)| *of == role);
            fields.map(|(.., field)| *field).collect::<Vec<_>>()
        };
        assert_eq!(of(Role::Timesheets), [Field::Task]);
        assert_eq!(of(Role::Orders), [Field::OrderId]);
    }

    #[test]
    fn an_unknown_key_is_named_with_its_place() {
        assert_eq!(
            problem("rounding = \"up\"\n  alocation = \"draw-down\""),
            "2:3: unknown key alocation; expected: lang, allocation, rounding, manual, locked, overlap, \
             on_conflict, defaults, period, upsell, forecast, odoo, count, reading, files, products, \
             units, aliases, columns or map; help: did you mean allocation?"
        );
        assert_eq!(
            problem("[upsell]\nlevel = 1"),
            "2:1: unknown key upsell.level; expected: rule, threshold, warning or wake_after"
        );
        assert_eq!(
            problem("[defaults]\npolcy = \"ordered\""),
            "2:1: unknown key defaults.polcy; expected: policy or tracking; help: did you mean policy?"
        );
        assert_eq!(
            problem("[period]\nuntil = 2026-01-01"),
            "2:1: unknown key period.until; expected: from, to or ignore_before"
        );
        assert_eq!(
            problem("[count]\nx = 1"),
            "2:1: unknown key count.x; expected: approved or billable"
        );
        assert_eq!(
            problem("[products.\"Technical Support\"]\nkind = \"goods\""),
            "2:1: unknown key products.\"Technical Support\".kind; expected: type, policy, tracking, \
             upsell_threshold, hours_per_unit, pool or upsell"
        );
        assert_eq!(
            problem("[units.Weeks]\nfactor = 40\nratio = 40\ncategory = \"Working Time\""),
            "2:1: unknown key units.Weeks.factor; expected: category, ratio, rounding or reference"
        );
    }

    #[test]
    fn a_wrong_word_is_answered_with_the_right_ones() {
        assert_eq!(
            problem("allocation = \"drawdown\""),
            "1:14: allocation is \"drawdown\"; expected: \"draw-down\" or \"first-line\"; \
             help: did you mean \"draw-down\"?"
        );
        assert_eq!(
            problem("rounding = 'down'"),
            "1:12: rounding is 'down'; expected: \"half-away\", \"up\" or \"none\""
        );
        assert_eq!(
            problem("manual = true"),
            "1:10: manual is true; expected: \"recorded\" or \"entries\""
        );
        assert_eq!(
            problem("locked = \"ignored\""),
            "1:10: locked is \"ignored\"; expected: \"done\" or \"ignore\"; help: did you mean \"ignore\"?"
        );
        assert_eq!(
            problem("overlap = 1"),
            "1:11: overlap is 1; expected: \"same\" or \"distinct\""
        );
        assert_eq!(
            problem("on_conflict = []"),
            "1:15: on_conflict is a list; expected: \"fault\", \"newest\" or \"first\""
        );
        assert_eq!(
            problem("[upsell]\nrule = \"reach\""),
            "2:8: upsell.rule is \"reach\"; expected: \"reached\" or \"exceeded\""
        );
        assert_eq!(
            problem("[count]\nbillable = \"none\""),
            "2:12: count.billable is \"none\"; expected: \"all\" or \"only\""
        );
        assert_eq!(
            problem("[defaults]\ntracking = \"tasks\""),
            "2:12: defaults.tracking is \"tasks\"; expected: \"contract\", \"task\", \"manual\" or \
             \"none\"; help: did you mean \"task\"?"
        );
        assert_eq!(
            problem("[products.A]\ntype = \"Service\""),
            "2:8: products.A.type is \"Service\"; expected: \"service\" or \"goods\"; \
             help: did you mean \"service\"?"
        );
    }

    #[test]
    fn numbers_out_of_bounds_are_refused() {
        for (number, found) in
            [("-0.1", "-0.1"), ("nan", "nan"), ("inf", "inf"), ("\"0,8\"", "\"0,8\"")]
        {
            assert_eq!(
                problem(&format!("[upsell]\nthreshold = {number}")),
                format!(
                    "2:13: upsell.threshold is {found}; expected: a number of 0 or more, like 1 or 0.9"
                )
            );
        }
        for number in ["0", "1.01", "-0.5", "\"3/2\"", "\"1/0\"", "1979-05-27"] {
            assert_eq!(
                problem(&format!("[upsell]\nwarning = {number}")),
                format!(
                    "2:11: upsell.warning is {number}; expected: a number above 0 and at most 1, like 0.8"
                )
            );
        }
        let unit = |rest: &str| problem(&format!("[units.X]\ncategory = \"Unit\"\n{rest}"));
        assert_eq!(
            unit("ratio = 0"),
            "3:9: units.X.ratio is 0; expected: a number above zero, like 8, 0.5 or \"1/60\""
        );
        assert_eq!(
            unit("ratio = 1\nrounding = \"-0.01\""),
            "4:12: units.X.rounding is \"-0.01\"; expected: a number above zero, like 8, 0.5 or \"1/60\""
        );
        assert_eq!(
            problem("[products.P]\nhours_per_unit = 0"),
            "2:18: products.P.hours_per_unit is 0; expected: a number above zero whose decimals end, \
             like 50 or 7.5"
        );
        assert_eq!(
            problem("[products.P]\nhours_per_unit = \"1/3\""),
            "2:18: products.P.hours_per_unit is \"1/3\"; expected: a number above zero whose decimals \
             end, like 50 or 7.5"
        );
        assert_eq!(
            problem("[products.P]\nupsell_threshold = -1"),
            "2:20: products.P.upsell_threshold is -1; expected: a number of 0 or more whose decimals \
             end, like 1 or 0.9"
        );
    }

    #[test]
    fn dates_are_iso() {
        for found in [
            "\"01/02/2026\"",
            "2026-01-01T10:00:00",
            "20260101",
            "\"2026-02-30\"",
            "\"2026-01-01 10:00\"",
            // A slip of the year, with quotes or without.
            "\"1013-01-01\"",
            "1013-01-01",
        ] {
            assert_eq!(
                problem(&format!("[period]\nfrom = {found}")),
                format!("2:8: period.from is {found}; expected: a date like 2026-01-31")
            );
        }
    }

    #[test]
    fn texts_and_truths_are_checked() {
        assert_eq!(
            problem("[products.P]\nupsell = \"maybe\""),
            "2:10: products.P.upsell is \"maybe\"; expected: true, false, \"yes\" or \"no\""
        );
        assert_eq!(
            problem("[products.P]\npool = \" \""),
            "2:8: products.P.pool is \" \"; expected: the name of a pool, like \"Support\""
        );
        assert_eq!(
            problem("[products.\"\"]\nupsell = true"),
            "1:11: products.\"\" names no product"
        );
        assert_eq!(problem("upsell = 0.9"), "1:10: upsell is 0.9; expected: a section, [upsell]");
        assert_eq!(
            problem("[[products]]\nname = \"P\""),
            "1:1: products is a list; expected: a section, [products]"
        );
        assert_eq!(
            problem("[products]\n\"Technical Support\" = \"task\""),
            "2:23: products.\"Technical Support\" is \"task\"; expected: a section, \
             [products.\"Technical Support\"]"
        );
    }

    #[test]
    fn a_unit_needs_its_category_and_ratio() {
        assert_eq!(
            problem("\n[units.Weeks]\nratio = 40"),
            "2:8: units.Weeks has no category; expected: category = \"Working Time\""
        );
        assert_eq!(
            problem("[units.Weeks]\ncategory = \"Working Time\""),
            "1:8: units.Weeks has no ratio; expected: ratio = 8 or \"1/60\""
        );
        assert_eq!(
            problem("[units.Weeks]\ncategory = \"Working Time\"\nratio = 40\nreference = true"),
            "3:9: units.Weeks.ratio is 40; expected: 1, the reference unit's own ratio"
        );
    }

    #[test]
    fn files_are_chosen_in_the_order_of_the_file() {
        let configuration = read(
            "[files.\"z*.csv\"]\ndelimiter = \"tab\"\n[files.\"*.csv\"]\ndecimal = \",\"\n\
             dates = \"dmy\"\nencoding = \"latin1\"\n[files.\"*.xlsx\"]\nsheet = \" Lines \"",
        );
        let how = configuration.how();
        let patterns: Vec<&str> = how.files.iter().map(|file| file.pattern.as_str()).collect();
        assert_eq!(patterns, ["z*.csv", "*.csv", "*.xlsx"]);
        let rules = configuration.rules(&until()).unwrap();
        assert_eq!(
            in_force(&rules, &configuration)["files"],
            json!([
                { "pattern": "z*.csv", "encoding": null, "delimiter": "tab", "decimal": null,
                  "dates": null, "sheet": null },
                { "pattern": "*.csv", "encoding": "windows-1252", "delimiter": null,
                  "decimal": ",", "dates": "dmy", "sheet": null },
                { "pattern": "*.xlsx", "encoding": null, "delimiter": null, "decimal": null,
                  "dates": null, "sheet": "Lines" },
            ])
        );
        assert_eq!(
            problem("[files.\"[\"]\nsheet = \"A\""),
            "1:8: files.\"[\" is no pattern; expected: the name of a file, like \"*.csv\""
        );
        assert_eq!(
            problem("[files.\"a.csv\"]\ndelimiter = \":\""),
            "2:13: files.\"a.csv\".delimiter is \":\"; expected: \",\", \";\", \"tab\", \"|\" or \"\t\""
        );
        assert!(problem("[files.\"a.csv\"]\nsheets = \"A\"").contains("did you mean sheet?"));
    }

    #[test]
    fn an_alias_leads_to_another_name() {
        assert_eq!(
            problem("[aliases]\n\"hours \" = \"Hours\""),
            "2:12: aliases.\"hours \" is an alias of itself; expected: the name of a unit, like \"Hours\""
        );
        assert_eq!(
            problem("[aliases]\nhrz = 1"),
            "2:7: aliases.hrz is 1; expected: the name of a unit, like \"Hours\""
        );
    }

    #[test]
    fn names_that_compare_equal_stand_once() {
        assert_eq!(
            problem("[aliases]\nhrz = \"Hours\"\nHRZ = \"Days\""),
            "3:1: aliases.HRZ is the same name as aliases.hrz in line 2; help: keep one"
        );
        assert_eq!(
            problem("[products.B]\n[products.b]"),
            "2:11: products.b is the same name as products.B in line 1; help: keep one"
        );
        assert_eq!(
            problem("[columns]\nStd = \"quantity\"\nSTD = \"date\""),
            "3:1: columns.STD is the same name as columns.Std in line 2; help: keep one"
        );
    }

    #[test]
    fn an_unknown_field_is_answered_with_the_roles_own() {
        assert_eq!(
            problem("[columns.tasks]\nX = \"lines\""),
            "2:5: columns.tasks.X is \"lines\"; expected: \"name\", \"id\", \"project\" or \"line\"; \
             help: did you mean \"line\"?"
        );
        let all = problem("[columns]\n\"Std.\" = \"quantty\"");
        assert!(
            all.starts_with("2:10: columns.\"Std.\" is \"quantty\"; expected: \"id\", \"order\", "),
            "{all}"
        );
        assert!(all.ends_with("; help: did you mean \"quantity\"?"), "{all}");
        assert_eq!(
            problem("[columns.timesheet]\nX = \"date\""),
            "1:10: columns.timesheet is no kind of file; expected: order_lines, orders, products, \
             tasks, projects, units, unit_categories, timesheets or adjustments; help: did you mean \
             columns.timesheets?"
        );
    }

    #[test]
    fn places_count_characters_and_not_a_byte_order_mark() {
        assert_eq!(problem("\u{feff}x = 1").split(';').next(), Some("1:1: unknown key x"));
        assert_eq!(
            problem("[aliases]\r\n\"小時间\" = 1\r\n"),
            "2:9: aliases.\"小時间\" is 1; expected: the name of a unit, like \"Hours\""
        );
    }

    #[test]
    fn text_that_is_not_toml_is_placed() {
        let broken = problem("rounding = \"up\"\nlocked = done\n");
        assert!(broken.starts_with("2:10: this is not TOML: "), "{broken}");
        let twice = problem("rounding = \"up\"\nrounding = \"none\"\n");
        assert!(twice.starts_with("2:1: this is not TOML: duplicate key"), "{twice}");
    }

    #[test]
    fn of_several_problems_the_first_in_the_file_is_told() {
        let text = "rounding = \"down\"\n[aliases]\nh = 1\n[upsell]\nx = 1";
        assert!(problem(text).starts_with("1:12: rounding"));
        let text = "[upsell]\nx = 1\n[aliases]\nh = 1";
        assert!(problem(text).starts_with("2:1: unknown key upsell.x"));
    }

    #[test]
    fn the_command_line_wins() {
        let text = "locked = \"done\"\non_conflict = \"newest\"\n[period]\nfrom = 2026-01-01\n\
                    to = 2026-01-31\nignore_before = 2020-01-01";
        let overrides = Overrides {
            from: Some(day("2026-02-01")),
            to: Some(day("2026-02-28")),
            ignore_before: Some(day("2021-01-01")),
            on_conflict: Some(OnConflict::First),
            locked: Some(LockedOrders::Ignore),
            ..until()
        };
        let rules = read(text).rules(&overrides).unwrap();
        assert_eq!(rules.period.from, Some(day("2026-02-01")));
        assert_eq!(rules.period.to, Some(day("2026-02-28")));
        assert_eq!(rules.period.ignore_before, Some(day("2021-01-01")));
        assert_eq!(rules.on_conflict, OnConflict::First);
        assert_eq!(rules.locked, Some(LockedOrders::Ignore));
        let rules = read(text).rules(&until()).unwrap();
        assert_eq!(rules.on_conflict, OnConflict::Newest);
        assert_eq!(rules.locked, Some(LockedOrders::Done));
        assert_eq!(rules.period.from, Some(day("2026-01-01")));
    }

    #[test]
    fn a_period_that_ends_before_it_begins_is_refused() {
        let usage = |text: &str, overrides: Overrides| {
            let error = read(text).rules(&overrides).unwrap_err();
            assert!(matches!(error, Error::Usage { .. }), "{error:?}");
            error.to_string()
        };
        assert_eq!(
            usage("[period]\nfrom = 2026-02-01\nto = 2026-01-31", until()),
            "the period under review ends before it begins: from in drawdown.toml:2:8 is 2026-02-01, \
             to in drawdown.toml:3:6 is 2026-01-31"
        );
        let overrides = Overrides { from: Some(day("2026-03-01")), ..until() };
        assert_eq!(
            usage("[period]\nto = 2026-01-31", overrides),
            "the period under review ends before it begins: --from is 2026-03-01, \
             to in drawdown.toml:2:6 is 2026-01-31"
        );
        // One day, and a last day after the as-of date, are fine.
        let one =
            Overrides { from: Some(day("2026-06-01")), to: Some(day("2026-06-01")), ..until() };
        assert!(Configuration::none().rules(&one).is_ok());
    }

    #[test]
    fn what_is_in_force_has_every_choice() {
        let configuration = Configuration::none();
        let rules = configuration.rules(&until()).unwrap();
        assert_eq!(
            in_force(&rules, &configuration),
            json!({
                "lang": "en",
                "allocation": "draw-down",
                "rounding": "half-away",
                "manual": "recorded",
                "locked": "done",
                "overlap": "same",
                "on_conflict": "fault",
                "defaults": { "policy": null, "tracking": null },
                "period": { "from": null, "to": null, "ignore_before": null },
                "upsell": { "rule": "reached", "threshold": "1", "warning": "0.8", "wake_after": "8" },
                "forecast": { "weeks": 8, "horizon": 28, "idle": 8 },
                "odoo": { "version": 18 },
                "count": { "approved": "all", "billable": "all" },
                "reading": { "decimal": null, "dates": null, "encoding": null },
                "files": [],
                "products": {},
                "units": {},
                "aliases": {},
                "columns": {},
                "map": [],
            })
        );
    }

    #[test]
    fn what_is_in_force_does_not_depend_on_the_order_of_the_file() {
        let parts = [
            "[products.A]\nhours_per_unit = 50.0\nupsell = \"no\"\n",
            "[products.B]\ntype = \"goods\"\npool = \"P\"\n",
            "[units.Minutes]\ncategory = \"Working Time\"\nratio = \"1/60\"\n",
            "[aliases]\nhrz = \"Hours\"\n",
            "[columns]\n\"Std.\" = \"quantity\"\n",
            "[columns.orders]\nNr = \"order\"\n",
            "[map.project]\nWebsite = { task = \"T\", client = \"A*\" }\n",
        ];
        let forward = read(&parts.concat());
        let backward = read(&parts.iter().rev().copied().collect::<String>());
        let of = |configuration: &Configuration| {
            let rules = configuration.rules(&until()).unwrap();
            serde_json::to_string(&in_force(&rules, configuration)).unwrap()
        };
        assert_eq!(of(&forward), of(&backward));
        let value: Value = serde_json::from_str(&of(&forward)).unwrap();
        assert_eq!(
            value["products"],
            json!({
                "A": { "hours_per_unit": "50", "upsell": false },
                "B": { "pool": "P", "type": "goods" },
            })
        );
        let minutes = json!({
            "category": "Working Time", "ratio": "1/60", "rounding": "0.01", "reference": false,
        });
        assert_eq!(value["units"], json!({ "Minutes": minutes }));
        assert_eq!(value["aliases"], json!({ "hrz": "Hours" }));
        assert_eq!(value["columns"], json!({ "Std.": "quantity", "orders": { "Nr": "order" } }));
    }

    #[test]
    fn the_template_changes_nothing() {
        assert!(same(&read(TEMPLATE), &Configuration::none()));
    }

    /// The template with every setting switched on.
    fn switched_on() -> String {
        let lines = TEMPLATE.lines().map(|line| match line.strip_prefix('#') {
            Some(setting) if !setting.is_empty() && !setting.starts_with(' ') => setting,
            _ => line,
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn the_template_shows_the_defaults() {
        let configuration = read(&switched_on());
        let force = |configuration: &Configuration| {
            let rules = configuration.rules(&until()).unwrap();
            in_force(&rules, configuration)
        };
        let (shown, standard) = (force(&configuration), force(&Configuration::none()));
        for key in [
            "allocation",
            "rounding",
            "manual",
            "locked",
            "overlap",
            "on_conflict",
            "upsell",
            "forecast",
            "count",
        ] {
            assert_eq!(shown[key], standard[key], "{key}");
        }
        assert_eq!(
            shown["units"]["Weeks"],
            json!({ "category": "Working Time", "ratio": "40", "rounding": "0.01", "reference": false })
        );
    }

    #[test]
    fn the_template_has_every_key() {
        let text = switched_on();
        let tree = DeTable::parse(&text).unwrap();
        let keys = |path: &[&str]| -> Vec<String> {
            let mut table = tree.get_ref();
            for step in path {
                table = match table.get(*step).map(Spanned::get_ref) {
                    Some(DeValue::Table(below)) => below,
                    other => panic!("{step}: {other:?}"),
                };
            }
            table.keys().map(|key| key.get_ref().to_string()).collect()
        };
        let sorted = |known: &[&str]| {
            let mut known: Vec<String> = known.iter().map(|key| (*key).to_owned()).collect();
            known.sort();
            known
        };
        assert_eq!(keys(&[]), sorted(TOP));
        assert_eq!(keys(&["defaults"]), sorted(DEFAULTS));
        assert_eq!(keys(&["period"]), sorted(PERIOD));
        assert_eq!(keys(&["upsell"]), sorted(UPSELL));
        assert_eq!(keys(&["forecast"]), sorted(FORECAST));
        assert_eq!(keys(&["odoo"]), sorted(ODOO));
        assert_eq!(keys(&["count"]), sorted(COUNT));
        assert_eq!(keys(&["reading"]), sorted(READING));
        assert_eq!(keys(&["files", "berlin/*.csv"]), sorted(FILE));
        assert_eq!(keys(&["products", "Technical Support"]), sorted(PRODUCT));
        assert_eq!(keys(&["units", "Weeks"]), sorted(UNIT));
    }

    #[test]
    fn a_map_keeps_the_order_of_the_file_and_says_what_it_does_not_know() {
        let map = "[map]\nB = \"first\"\nA = { line = \"7\" }\n[map.tag]\nx = [{ client = \"C\", \
                   contract = \"1\" }, { task = \"2\" }]\n";
        let configuration = read(map);
        let rules = configuration.mapping.rules();
        let said: Vec<String> = rules
            .iter()
            .map(|rule| {
                format!("{} {} {}", rule.field.name(), rule.pattern.written(), rule.target.name)
            })
            .collect();
        let of_all = ["tag", "task", "project", "client"];
        let expected: Vec<String> = of_all
            .map(|field| format!("{field} B first"))
            .into_iter()
            .chain(of_all.map(|field| format!("{field} A 7")))
            .chain(["tag x 1".to_owned(), "tag x 2".to_owned()])
            .collect();
        assert_eq!(said, expected);
        for (text, expected) in [
            ("[map]\nA = 1\n", "2:5: map.A is 1; expected: the name of a contract, or"),
            ("[map]\nA = \"* x\"\n", "2:5: map.A stands for \"* x\", which has more stars"),
            (
                "[map.project]\nA = { contarct = \"x\" }\n",
                "2:7: unknown key map.project.A.contarct",
            ),
            (
                "[map.project]\nA = { client = \"x\" }\n",
                "2:5: map.project.A is a section; expected",
            ),
            ("[map.project]\nA = { line = \"x\", contract = \"y\" }\n", "2:5: map.project.A is"),
            ("[map.project]\nA = \"x\"\n\"a\" = \"y\"\n", "3:1: map.project.a is the same name"),
            ("[map.project]\nA = [{ contract = \"x\" }, 3]\n", "2:5: map.project.A is a list"),
        ] {
            let problem = problem(text);
            assert!(problem.starts_with(expected), "{text}: {problem}");
        }
    }
}
