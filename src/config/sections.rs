//! The sections of `drawdown.toml`, each read into what its room needs.

use std::borrow::Cow;

use rust_decimal::Decimal;
use toml::de::{DeTable, DeValue};

use super::choices::{
    A_DECIMAL_THRESHOLD, A_SHARE, A_THRESHOLD, ABOVE_ZERO, ALLOCATION, COUNT, COUNTING, DATES,
    DECIMAL, DECIMAL_ABOVE_ZERO, DEFAULTS, DELIMITER, FILE, FORECAST, KIND, LANGUAGE, LOCKED,
    MANUAL, ODOO, ON_CONFLICT, OVERLAP, PERIOD, POLICY, PRODUCT, READING, ROUNDING, TOP, TRACKING,
    UNIT, UPSELL, UPSELL_RULE,
};
use super::tree::{Entry, Met, Reader, Section, any_of, place_of, quoted};
use super::{Configuration, OwnHeader};
use crate::ingest;
use crate::ingest::fields::{ColumnAlias, normalise_header, own_field, own_names};
use crate::ingest::{Chosen, FileChoice, FilePattern, Role};
use crate::model::{
    Exact, Name, Ratio, Selling, UnitDeclaration, default_rounding, is_threshold, nearest,
};
use crate::reconcile::{Forecast, ProductRule};

/// Lines and columns of what is declared.
type Places = Vec<(usize, usize)>;

impl Reader<'_> {
    pub(super) fn configuration(&mut self, tree: &DeTable<'_>) -> Configuration {
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
            read.threshold = self.number(upsell.get("threshold"), is_threshold, A_THRESHOLD);
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
            (read.files, read.file_places) = self.files(&files);
        }
        if let Some(products) = self.below(top.get("products")) {
            read.products = self.products(&products);
        }
        if let Some(units) = self.below(top.get("units")) {
            (read.units, read.unit_places) = self.units(&units);
        }
        if let Some(aliases) = self.below(top.get("aliases")) {
            (read.aliases, read.alias_places) = self.aliases(&aliases);
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
    fn files(&mut self, files: &Section<'_>) -> (Vec<FileChoice>, Places) {
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
                unit: self.text(said.get("unit"), "the name of a unit, like \"Minutes\""),
                sheet: self.text(said.get("sheet"), "the name of a sheet, like \"Sheet1\""),
            };
            choices.push((at, choice));
        }
        choices.sort_by_key(|(at, _)| *at);
        choices.into_iter().map(|(at, choice)| (choice, place_of(self.text, at))).unzip()
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
            let threshold =
                self.decimal(said.get("upsell_threshold"), is_threshold, A_DECIMAL_THRESHOLD);
            let hours = said.get("hours_per_unit");
            let selling = Selling {
                kind: self.choice(said.get("type"), &KIND),
                policy: self.choice(said.get("policy"), &POLICY),
                tracking: self.choice(said.get("tracking"), &TRACKING),
                threshold,
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

    fn aliases(&mut self, aliases: &Section<'_>) -> (Vec<(String, String)>, Places) {
        let mut met = Met::new();
        let (mut own, mut places) = (Vec::new(), Vec::new());
        for entry in aliases.entries() {
            let alias = entry.own.trim().to_owned();
            if !self.named(&entry, "unit of measure")
                || !self.once(&mut met, Name::new(&alias), &entry)
            {
                continue;
            }
            let (key, at) = (entry.key.clone(), entry.value.span().start);
            let place = place_of(self.text, entry.at);
            let expected = "the name of a unit, like \"Hours\"";
            let Some(unit) = self.text(Some(entry), expected) else {
                continue;
            };
            if Name::new(&alias) == Name::new(&unit) {
                self.problem(at, format!("{key} is an alias of itself; expected: {expected}"));
            } else {
                own.push((alias, unit));
                places.push(place);
            }
        }
        (own, places)
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

/// Rule 5.4: a ratio that rounds 1/60 (to three digits or more) is 1/60.
fn rounded_sixtieth(written: Decimal) -> Option<Exact> {
    let sixtieth = Exact::fraction(1, 60)?;
    let step = Exact::decimal(1, written.scale());
    let close = sixtieth.rounded_half_away(&step) == Exact::from(written);
    (close && written.mantissa() >= 100).then_some(sixtieth)
}
