//! The configuration in force as run.json records it, and back again: a run's
//! rules hold for whoever looks at it later, whatever drawdown.toml says by
//! then.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::choices::{
    ALLOCATION, COUNTING, DATES, DECIMAL, DELIMITER, KIND, LOCKED, MANUAL, ON_CONFLICT, OVERLAP,
    POLICY, ROUNDING, TRACKING, UPSELL_RULE, word,
};
use super::{Configuration, map};
use crate::diagnostics::Error;
use crate::ingest::{Bounds, FileChoice, Role, TextEncoding};
use crate::model::Selling;
use crate::reconcile::{
    MapRule, MapTarget, MappedField, Mapping, NamePattern, ProductRule, Rules, TargetKind,
};

/// Choices whose absence is not the same as their default: the summary asks
/// those who have not chosen.
const LOCKED_KEY: &str = "locked";
const APPROVED_KEY: &str = "count.approved";
const BILLABLE_KEY: &str = "count.billable";

/// What of run.json is needed to have a run's configuration again.
#[derive(Debug, Clone, Copy)]
pub struct Recorded<'a> {
    /// `configuration`.
    pub in_force: &'a Value,
    /// `not_chosen`.
    pub not_chosen: &'a [String],
    /// `limits`; null where a run.json has none.
    pub limits: &'a Value,
}

/// The limits of reading in force, for run.json.
#[must_use]
pub fn limits_in_force(configuration: &Configuration) -> Value {
    let Bounds { expanded_bytes, workbook_part_bytes, record_bytes, .. } = configuration.bounds;
    json!({
        "expanded_bytes": expanded_bytes,
        "part_bytes": workbook_part_bytes,
        "row_bytes": record_bytes,
    })
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
        "unit": choice.unit,
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

/// Choices that hold by default and were made by nobody, for run.json.
#[must_use]
pub fn not_chosen(rules: &Rules) -> Vec<&'static str> {
    let choices = [
        (APPROVED_KEY, rules.approved.is_none()),
        (BILLABLE_KEY, rules.billable.is_none()),
        (LOCKED_KEY, rules.locked.is_none()),
    ];
    choices.into_iter().filter(|(_, open)| *open).map(|(name, _)| name).collect()
}

impl Configuration {
    /// The configuration that was in force in a run. Its period is part of it;
    /// the as-of date is not. `path` is for messages.
    ///
    /// # Errors
    /// [`Error::Unreadable`] when this version does not understand it.
    pub fn recorded(path: &str, recorded: Recorded<'_>) -> Result<Self, Error> {
        let unfit = |reason: String| Error::Unreadable {
            path: path.to_owned(),
            reason: format!(
                "its configuration is not understood ({reason}); reconcile again with this version"
            ),
        };
        let Value::Object(said) = recorded.in_force else {
            return Err(unfit("it is no object".to_owned()));
        };
        let mapping = said.get("map").map_or(Some(Mapping::default()), mapping);
        let mapping = mapping.ok_or_else(|| unfit("map".to_owned()))?;
        let read = Self::parse(path, &as_toml(said)).map_err(|error| match error {
            // Lines and columns are those of a text that nobody has seen.
            Error::BadConfiguration { problem, .. } => unfit(problem),
            other => other,
        })?;
        let open = |name: &str| recorded.not_chosen.iter().any(|known| known == name);
        let bounds = bounds(recorded.limits);
        Ok(Self {
            mapping,
            locked: read.locked.filter(|_| !open(LOCKED_KEY)),
            approved: read.approved.filter(|_| !open(APPROVED_KEY)),
            billable: read.billable.filter(|_| !open(BILLABLE_KEY)),
            unit_places: Vec::new(),
            alias_places: Vec::new(),
            file_places: Vec::new(),
            ..read
        }
        .within(bounds))
    }
}

fn bounds(limits: &Value) -> Bounds {
    let limit = |name: &str| limits.get(name).and_then(Value::as_u64);
    let standard = Bounds::default();
    Bounds {
        expanded_bytes: limit("expanded_bytes").unwrap_or(standard.expanded_bytes),
        workbook_part_bytes: limit("part_bytes").unwrap_or(standard.workbook_part_bytes),
        record_bytes: limit("row_bytes")
            .and_then(|bytes| usize::try_from(bytes).ok())
            .unwrap_or(standard.record_bytes),
        ..standard
    }
}

/// `drawdown.toml` with this in it, but for the map; a line for each section.
fn as_toml(said: &Map<String, Value>) -> String {
    let lines: Vec<String> = said
        .iter()
        .filter(|(key, _)| *key != "map")
        .filter_map(|(key, value)| {
            let value = match (key.as_str(), value) {
                ("files", Value::Array(files)) => files_as_toml(files),
                _ => toml_value(value)?,
            };
            Some(format!("{} = {value}\n", toml_text(key)))
        })
        .collect();
    lines.concat()
}

/// Patterns in their order: the first that matches a file counts.
fn files_as_toml(files: &[Value]) -> String {
    let mut patterns: Vec<&str> = Vec::new();
    let mut entries: Vec<String> = Vec::new();
    for file in files {
        let Some(pattern) = file.get("pattern").and_then(Value::as_str) else { continue };
        if patterns.contains(&pattern) {
            continue;
        }
        patterns.push(pattern);
        let said = file.as_object().into_iter().flatten().filter(|(key, _)| *key != "pattern");
        entries.push(format!("{} = {}", toml_text(pattern), toml_table(said)));
    }
    format!("{{ {} }}", entries.join(", "))
}

fn toml_table<'a>(entries: impl Iterator<Item = (&'a String, &'a Value)>) -> String {
    let entries: Vec<String> = entries
        .filter_map(|(key, value)| Some(format!("{} = {}", toml_text(key), toml_value(value)?)))
        .collect();
    format!("{{ {} }}", entries.join(", "))
}

/// A value of TOML; `None` for what is not there.
fn toml_value(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(toml_text(text)),
        Value::Array(values) => {
            let values: Vec<String> = values.iter().filter_map(toml_value).collect();
            Some(format!("[{}]", values.join(", ")))
        }
        Value::Object(entries) => Some(toml_table(entries.iter())),
    }
}

/// A basic string of TOML: JSON's escapes are some of TOML's.
fn toml_text(text: &str) -> String {
    Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}

/// The map as [`super::map::in_force`] writes it; `None` where it is another.
fn mapping(said: &Value) -> Option<Mapping> {
    said.as_array()?.iter().map(map_rule).collect::<Option<Vec<_>>>().map(Mapping::new)
}

fn map_rule(said: &Value) -> Option<MapRule> {
    let text = |name: &str| said.get(name).and_then(Value::as_str);
    let field = MappedField::ALL.into_iter().find(|field| said.get(field.name()).is_some())?;
    let kind = |kind: &TargetKind| text(&format!("is {}", kind.name())).is_some();
    let kind = TargetKind::ALL.into_iter().find(kind)?;
    let mut also = Vec::new();
    for (name, pattern) in said.as_object()? {
        let Some(other) = name.strip_prefix("and ") else { continue };
        let other = MappedField::ALL.into_iter().find(|field| field.name() == other)?;
        also.push((other, NamePattern::new(pattern.as_str()?)));
    }
    Some(MapRule {
        field,
        pattern: NamePattern::new(text(field.name())?),
        also,
        target: MapTarget { kind, name: text(&format!("is {}", kind.name()))?.to_owned() },
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Overrides, in_force};
    use super::*;
    use crate::model::Period;

    const EVERYTHING: &str = r#"
lang = "zh"
allocation = "first-line"
rounding = "up"
manual = "entries"
locked = "ignore"
overlap = "distinct"
on_conflict = "newest"
[defaults]
policy = "delivered"
tracking = "task"
[period]
from = 2026-01-01
to = 2026-02-28
ignore_before = 2020-01-01
[upsell]
rule = "exceeded"
threshold = "7/8"
warning = 0.75
[count]
approved = "only"
[reading]
decimal = ","
dates = "dmy"
encoding = "latin1"
[files."berlin/*.csv"]
delimiter = "tab"
decimal = "."
unit = "Minutes"
[files."*.xlsx"]
sheet = "Öffentlich \"1\""
[products."Support\\10"]
type = "service"
policy = "ordered"
tracking = "contract"
upsell_threshold = 0.9
hours_per_unit = "15/2"
pool = "Support"
upsell = "no"
[units.Jour]
category = "Working Time"
ratio = 7
rounding = "1/4"
[units.Sprint]
category = "Sprints"
ratio = 1
reference = true
[units.Moment]
category = "Working Time"
ratio = "1/3600"
[aliases]
"man\tdays" = "Days"
[columns]
"Std." = "quantity"
[columns.timesheets]
Nr = "id"
[map]
Internal = "SO001 - Us"
[map.project]
"Agrolait - *" = "* contract"
Site = [
  { task = "Website", client = "Azure" },
  { line = "L1" },
]
[map.tag]
urgent = { contract = "SO9", project = "Hot*", task = "Line" }
"#;

    fn read(text: &str) -> Configuration {
        Configuration::parse("drawdown.toml", text).unwrap_or_else(|error| panic!("{error}"))
    }

    fn overrides() -> Overrides {
        Overrides::until(crate::ingest::day("2026-03-31").unwrap())
    }

    fn again(configuration: &Configuration) -> Configuration {
        let rules = configuration.rules(&overrides()).unwrap();
        let open: Vec<String> = not_chosen(&rules).into_iter().map(str::to_owned).collect();
        let recorded = Recorded {
            in_force: &in_force(&rules, configuration),
            not_chosen: &open,
            limits: &limits_in_force(configuration),
        };
        Configuration::recorded("out/run.json", recorded).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Everything of a configuration that a run depends on.
    fn effect(configuration: &Configuration) -> String {
        let bare = Configuration {
            path: None,
            language: Some(configuration.language()),
            unit_places: Vec::new(),
            alias_places: Vec::new(),
            file_places: Vec::new(),
            threshold: None,
            warning: None,
            allocation: None,
            rounding: None,
            manual: None,
            overlap: None,
            on_conflict: None,
            upsell: None,
            wake_after: None,
            odoo: None,
            from: None,
            to: None,
            ignore_before: None,
            ..configuration.clone()
        };
        format!("{bare:?}\n{:?}", configuration.rules(&overrides()).unwrap())
    }

    #[test]
    fn what_is_recorded_is_what_was_in_force() {
        let bounds = Bounds { expanded_bytes: 7, record_bytes: 99, ..Bounds::default() };
        for configuration in
            [read(EVERYTHING), read(EVERYTHING).within(bounds), read(""), Configuration::none()]
        {
            assert_eq!(effect(&again(&configuration)), effect(&configuration));
        }
    }

    #[test]
    fn every_value_of_every_choice_is_recorded_faithfully() {
        for text in [
            "rounding = \"none\"",
            "locked = \"done\"",
            "on_conflict = \"first\"",
            "[count]\napproved = \"all\"\nbillable = \"only\"",
            "[reading]\ndates = \"mdy\"",
            "[products.X]\nupsell = true\ntype = \"goods\"",
            "[files.a]\ndelimiter = \"|\"\n[files.\"./a\"]\ndelimiter = \";\"",
            "[products.\"A \\u0007 \\u007f b\"]\npool = \"é\"",
        ] {
            let configuration = read(text);
            let mut expected = effect(&configuration);
            if text.contains("./a") {
                // The second choice for a pattern never counted.
                expected = effect(&read("[files.a]\ndelimiter = \"|\""));
            }
            assert_eq!(effect(&again(&configuration)), expected, "{text}");
        }
    }

    #[test]
    fn choices_of_the_command_line_are_recorded_as_rules() {
        let configuration = read("[period]\nfrom = 2026-01-01");
        let day = |text: &str| crate::ingest::day(text).unwrap();
        let overrides = Overrides {
            from: Some(day("2026-02-01")),
            on_conflict: Some(crate::reconcile::OnConflict::First),
            ..overrides()
        };
        let rules = configuration.rules(&overrides).unwrap();
        let recorded = Recorded {
            in_force: &in_force(&rules, &configuration),
            not_chosen: &[],
            limits: &Value::Null,
        };
        let again = Configuration::recorded("out/run.json", recorded).unwrap();
        let again = again.rules(&Overrides::until(overrides.as_of)).unwrap();
        assert_eq!(again.on_conflict, rules.on_conflict);
        assert_eq!(again.period, Period { from: Some(day("2026-02-01")), ..rules.period });
    }

    #[test]
    fn what_a_later_version_wrote_is_refused() {
        for said in [
            json!({"rounding": "banker"}),
            json!({"colour": "red"}),
            json!({"map": [{"is moon": "x"}]}),
            json!([]),
        ] {
            let recorded = Recorded { in_force: &said, not_chosen: &[], limits: &Value::Null };
            let error = Configuration::recorded("out/run.json", recorded).unwrap_err();
            assert!(error.to_string().starts_with("cannot read out/run.json: its configuration"));
        }
    }
}
