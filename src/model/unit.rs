//! Units of measure and their categories (rules 5.1, 5.3 to 5.6).

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::exact::Exact;
use super::ids::Name;
use super::near::first_nearest;
use crate::diagnostics::{Fault, FaultKind, Naming, Phrase, Place, Word};

/// A positive exact ratio: how many of one unit another one is.
///
/// ```
/// use drawdown::model::{Exact, Ratio};
/// assert!(Ratio::new(Exact::zero()).is_none());
/// let day = Ratio::new(Exact::from(8)).unwrap();
/// assert_eq!(day.value(), &Exact::from(8));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ratio(Exact);

impl Ratio {
    /// `None` unless `value` is above zero (rule 5.4).
    #[must_use]
    pub fn new(value: Exact) -> Option<Self> {
        value.is_positive().then_some(Self(value))
    }

    /// The ratio of a category's reference unit.
    #[must_use]
    pub fn one() -> Self {
        Self(Exact::one())
    }

    /// The number itself.
    #[must_use]
    pub fn value(&self) -> &Exact {
        &self.0
    }

    /// One over it.
    #[must_use]
    pub fn inverse(&self) -> Self {
        // A ratio is above zero, so the division has an answer.
        Self(Exact::one().divided_by(&self.0).unwrap_or_else(Exact::one))
    }

    fn times(&self, other: &Self) -> Self {
        Self(&self.0 * &other.0)
    }

    fn over(&self, other: &Self) -> Self {
        self.times(&other.inverse())
    }
}

/// Units up to which the conversions between all of them are kept.
const MOST_WITH_CONVERSIONS: usize = 64;

/// Index of a unit in a [`UnitTable`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId(u32);

/// Index of a category in a [`UnitTable`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CategoryId(u32);

/// A unit of measure.
#[derive(Debug, Clone)]
pub struct Unit {
    /// As the export or drawdown's defaults write it: `Hours`.
    pub name: String,
    /// The category it belongs to; conversion never leaves it (rule 5.1).
    pub category: CategoryId,
    /// How many reference units of the category one of it is.
    pub ratio: Ratio,
    /// What a converted quantity is rounded to, above zero (rule 5.2).
    pub rounding: Exact,
    /// The word that people read in place of its name, of a default unit that
    /// no file names.
    word: Option<Word>,
}

impl Unit {
    /// What it is called: as the files that name it do, else by a word of
    /// drawdown's own.
    #[must_use]
    pub fn naming(&self) -> Naming<'_> {
        named(self.word, &self.name)
    }
}

fn named(word: Option<Word>, name: &str) -> Naming<'_> {
    word.map_or(Naming::given(name), Naming::Supplied)
}

/// A group of units that convert into one another.
#[derive(Debug, Clone)]
struct Category {
    name: String,
    /// The word that people read in place of its name, where no file names it.
    word: Option<Word>,
    /// How many reference units an hour is; only in a category of time.
    hour: Option<Ratio>,
}

/// Why a unit could not be taken into the table.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "names, as the variants say")]
pub enum UnitFault {
    /// The same name twice in a category, with another ratio or rounding.
    Contradicts { name: String, category: String },
    /// The user's own name for a unit that there is not.
    UnknownAlias { alias: String, name: String },
    /// A category has no unit with ratio 1.
    NoReference { category: String },
    /// A category has several units that call themselves the reference.
    SeveralReferences { category: String, first: String, second: String },
    /// The reference of Working Time is nothing of which the hours are known.
    NoHour { category: String, reference: String },
}

/// All units of measure of a run, with the names people use for them.
///
/// ```
/// use drawdown::model::{Exact, UnitTable};
/// let units = UnitTable::default();
/// let week = units.find("Weeks").unwrap();
/// let day = units.find("d").unwrap(); // an alias (rule 5.5)
/// // 1 week is 5 days: 40 hours ÷ 8 hours.
/// assert_eq!(units.conversion(week, day), Some(Exact::from(5)));
/// assert!(units.find("hrz").is_none());
/// ```
#[derive(Debug, Clone)]
pub struct UnitTable {
    units: Vec<Unit>,
    categories: Vec<Category>,
    /// How many hours one of each unit is; only of time.
    hours: Vec<Option<Exact>>,
    /// What one of each unit is in each other, where there are not too many.
    conversions: Vec<Option<Exact>>,
    /// Every way to write a unit: names first, then ids, then aliases.
    names: BTreeMap<Name, Vec<UnitId>>,
    ids: BTreeMap<String, UnitId>,
    aliases: BTreeMap<Name, UnitId>,
}

/// What a units file or the configuration says of one unit.
#[derive(Debug, Clone)]
pub struct UnitDeclaration {
    /// Its name.
    pub name: String,
    /// The name of its category.
    pub category: String,
    /// Reference units in one of it.
    pub ratio: Ratio,
    /// Rounding step.
    pub rounding: Exact,
    /// External and database ids.
    pub ids: Vec<String>,
    /// Whether the file calls it the reference of its category.
    pub reference: bool,
}

/// The name of the category of hours, days and weeks.
pub const WORKING_TIME: &str = "Working Time";

/// The name of the category of what is sold by the piece, and of its unit.
const PIECES: &str = "Unit";
const PIECE: &str = "Units";

/// Rule 5.4's default units of time: name, hours in one.
const DEFAULT_TIME_UNITS: [(&str, i128, i128); 4] =
    [("Hours", 1, 1), ("Days", 8, 1), ("Weeks", 40, 1), ("Minutes", 1, 60)];

/// The names that people use for a default unit of time.
fn aliases_of(unit: &str) -> &'static [&'static str] {
    ALIASES.iter().find(|(name, _)| *name == unit).map_or(&[][..], |(_, texts)| texts)
}

/// Rule 5.5: the names people use for a unit of time, in one table. English,
/// Simplified Chinese, French, German and Spanish. Odoo's own external ids
/// stand here as well, since an export may carry nothing else.
const ALIASES: [(&str, &[&str]); 4] = [
    (
        "Hours",
        &[
            "h",
            "hr",
            "hrs",
            "hour",
            "hours",
            "hour(s)",
            "hrs.",
            "std",
            "std.",
            "stunde",
            "stunden",
            "stunde(n)",
            "heure",
            "heures",
            "heure(s)",
            "hora",
            "horas",
            "hora(s)",
            "小时",
            "小時",
            "时",
            "工时",
            "uom.product_uom_hour",
            "product.product_uom_hour",
        ],
    ),
    (
        "Days",
        &[
            "d",
            "day",
            "days",
            "day(s)",
            "tag",
            "tage",
            "tag(e)",
            "jour",
            "jours",
            "jour(s)",
            "j",
            "día",
            "dia",
            "días",
            "dias",
            "día(s)",
            "天",
            "天(s)",
            "天数",
            "日",
            "uom.product_uom_day",
            "product.product_uom_day",
        ],
    ),
    (
        "Weeks",
        &[
            "w",
            "wk",
            "wks",
            "week",
            "weeks",
            "week(s)",
            "woche",
            "wochen",
            "woche(n)",
            "semaine",
            "semaines",
            "semaine(s)",
            "semana",
            "semanas",
            "semana(s)",
            "周",
            "週",
            "星期",
        ],
    ),
    (
        "Minutes",
        &[
            "m",
            "min",
            "mins",
            "min.",
            "minute",
            "minutes",
            "minute(s)",
            "minuten",
            "minuto",
            "minutos",
            "minuto(s)",
            "分钟",
            "分鐘",
            "分",
            "uom.product_uom_minute",
        ],
    ),
];

/// The same for what is sold by the piece.
const ALIASES_OF_PIECES: [&str; 17] = [
    "unit",
    "unit(s)",
    "piece",
    "pieces",
    "pcs",
    "stück",
    "einheit",
    "einheiten",
    "einheit(en)",
    "unité",
    "unités",
    "unité(s)",
    "unidad",
    "unidades",
    "unidad(es)",
    "件",
    "单位",
];

/// The default rounding step of a unit (rule 5.2).
#[must_use]
pub fn default_rounding() -> Exact {
    Exact::decimal(1, 2)
}

impl Default for UnitTable {
    /// Rule 5.4: Hours, Days = 8, Weeks = 40, Minutes = 1/60, and Units.
    fn default() -> Self {
        // The defaults do not contradict one another; a test holds them to it.
        Self::new(Vec::new(), &[]).unwrap_or_else(|_| Self::empty())
    }
}

impl UnitTable {
    fn empty() -> Self {
        Self {
            units: Vec::new(),
            categories: Vec::new(),
            hours: Vec::new(),
            conversions: Vec::new(),
            names: BTreeMap::new(),
            ids: BTreeMap::new(),
            aliases: BTreeMap::new(),
        }
    }

    /// The units that files and the configuration declare, and the default
    /// ones that they leave unnamed.
    ///
    /// `aliases` are the user's own names: `(alias, unit)`.
    ///
    /// # Errors
    /// A [`UnitFault`] when a category has no or several references, or a name
    /// stands twice in it with different meanings (rule 5.4).
    pub fn new(
        declared: Vec<UnitDeclaration>,
        aliases: &[(String, String)],
    ) -> Result<Self, UnitFault> {
        let mut table = Self::empty();
        let mut references: BTreeMap<CategoryId, String> = BTreeMap::new();
        let mut own: Vec<UnitId> = Vec::new();
        for unit in declared {
            let category = table.category_named(&unit.category);
            // Known by its name, or by an id under another name: the same unit
            // exported in another language.
            let by_id = unit.ids.iter().find_map(|id| table.ids.get(id)).copied();
            if let Some(known) = table.in_category(category, &unit.name).or(by_id) {
                let same = table.units[known.index()].ratio == unit.ratio
                    && table.units[known.index()].rounding == unit.rounding;
                if !same {
                    return Err(UnitFault::Contradicts {
                        name: unit.name,
                        category: unit.category,
                    });
                }
                let names = table.names.entry(Name::new(&unit.name)).or_default();
                if !names.contains(&known) {
                    names.push(known);
                }
                for id in unit.ids {
                    table.ids.entry(id).or_insert(known);
                }
                continue;
            }
            if unit.reference {
                if let Some(first) = references.get(&category) {
                    return Err(UnitFault::SeveralReferences {
                        category: unit.category,
                        first: first.clone(),
                        second: unit.name,
                    });
                }
                references.insert(category, unit.name.clone());
            }
            let id = table.push(&unit.name, category, unit.ratio, unit.rounding);
            for text in unit.ids {
                table.ids.entry(text).or_insert(id);
            }
            own.push(id);
        }
        table.find_hours(&own);
        for (index, category) in table.categories.iter().enumerate() {
            let category_id = CategoryId(u32::try_from(index).unwrap_or(u32::MAX));
            if !references.contains_key(&category_id)
                && !table
                    .units
                    .iter()
                    .any(|unit| unit.category == category_id && unit.ratio.0 == Exact::one())
                // Its hour is the reference, where no file has another.
                && (Name::new(&category.name) != Name::new(WORKING_TIME) || category.hour.is_some())
            {
                return Err(UnitFault::NoReference { category: category.name.clone() });
            }
        }
        table.add_defaults()?;
        table.hours = table.units.iter().map(|unit| table.hours_of(unit)).collect();
        if table.len() <= MOST_WITH_CONVERSIONS {
            let pairs = table.ids().flat_map(|from| table.ids().map(move |to| (from, to)));
            table.conversions = pairs.map(|(from, to)| table.convert(from, to)).collect();
        }
        for (name, texts) in ALIASES {
            if let Some(unit) = table.time_unit(name) {
                for text in texts {
                    table.aliases.entry(Name::new(text)).or_insert(unit);
                }
            }
        }
        for (alias, name) in aliases {
            let Some(unit) = table.find(name) else {
                return Err(UnitFault::UnknownAlias { alias: alias.clone(), name: name.clone() });
            };
            // What the user says wins over the table of aliases.
            table.aliases.insert(Name::new(alias), unit);
        }
        Ok(table)
    }

    fn category_named(&mut self, name: &str) -> CategoryId {
        let wanted = Name::new(name);
        let found = self.categories.iter().position(|category| Name::new(&category.name) == wanted);
        let index = found.unwrap_or_else(|| {
            self.categories.push(Category { name: name.to_owned(), word: None, hour: None });
            self.categories.len() - 1
        });
        CategoryId(u32::try_from(index).unwrap_or(u32::MAX))
    }

    fn in_category(&self, category: CategoryId, name: &str) -> Option<UnitId> {
        let units = self.names.get(&Name::new(name))?;
        units.iter().copied().find(|unit| self.units[unit.index()].category == category)
    }

    fn push(&mut self, name: &str, category: CategoryId, ratio: Ratio, rounding: Exact) -> UnitId {
        let id = UnitId(u32::try_from(self.units.len()).unwrap_or(u32::MAX));
        self.units.push(Unit { name: name.to_owned(), category, ratio, rounding, word: None });
        self.names.entry(Name::new(name)).or_default().push(id);
        id
    }

    /// A category that drawdown itself has a name for.
    fn default_category(&mut self, name: &'static str) -> CategoryId {
        let known = self.categories.len();
        let category = self.category_named(name);
        if let Some(own) = self.categories.get_mut(known) {
            own.word = Some(Word("category", name));
        }
        category
    }

    /// A unit that no file names (rule 5.4).
    fn push_default(&mut self, name: &'static str, category: CategoryId, ratio: Ratio) -> UnitId {
        let id = self.push(name, category, ratio, default_rounding());
        self.units[id.index()].word = Some(Word("unit", name));
        id
    }

    /// A declared unit that is called or identified as an hour makes its
    /// category one of time.
    fn find_hours(&mut self, own: &[UnitId]) {
        let is_hour = |table: &Self, id: UnitId| {
            let name = Name::new(&table.units[id.index()].name);
            let (_, texts) = ALIASES[0];
            texts.iter().any(|text| Name::new(text) == name || table.ids.get(*text) == Some(&id))
        };
        for &id in own {
            if is_hour(self, id) {
                let unit = &self.units[id.index()];
                let (category, ratio) = (unit.category, unit.ratio.clone());
                self.categories[category.index()].hour.get_or_insert(ratio);
            }
        }
    }

    /// Rule 5.4's defaults, where no file names the unit. A file whose
    /// reference is the day keeps it: the defaults are scaled by its hour.
    fn add_defaults(&mut self) -> Result<(), UnitFault> {
        let time = match self.categories.iter().position(|category| category.hour.is_some()) {
            Some(index) => CategoryId(u32::try_from(index).unwrap_or(u32::MAX)),
            None => self.default_category(WORKING_TIME),
        };
        let hour = match &self.categories[time.index()].hour {
            Some(hour) => hour.clone(),
            None => self.hour_by_reference(time)?,
        };
        self.categories[time.index()].hour = Some(hour.clone());
        for (name, numerator, denominator) in DEFAULT_TIME_UNITS {
            let texts = aliases_of(name);
            let named = self.in_category(time, name).is_some()
                || texts.iter().any(|text| {
                    self.in_category(time, text).is_some() || self.ids.contains_key(*text)
                });
            if !named && let Some(hours) = Exact::fraction(numerator, denominator) {
                let ratio = Ratio(hours).times(&hour);
                self.push_default(name, time, ratio);
            }
        }
        let unit = self.default_category(PIECES);
        let has_pieces = self.units.iter().any(|known| known.category == unit);
        if !has_pieces {
            let id = self.push_default(PIECE, unit, Ratio(Exact::one()));
            for text in ALIASES_OF_PIECES {
                self.aliases.insert(Name::new(text), id);
            }
            for text in ["uom.product_uom_unit", "product.product_uom_unit"] {
                self.ids.insert(text.to_owned(), id);
            }
        }
        Ok(())
    }

    /// An hour of a category in which no file names one: the reference itself, but
    /// where a file says that this is a day, say.
    fn hour_by_reference(&self, time: CategoryId) -> Result<Ratio, UnitFault> {
        let is_reference = |unit: &&Unit| unit.category == time && unit.ratio.0 == Exact::one();
        let Some(reference) = self.units.iter().find(is_reference) else {
            return Ok(Ratio::one());
        };
        let is_it = |name: &str, texts: &[&str]| {
            let is_called = |text: &str| Name::new(text) == Name::new(&reference.name);
            let has_id = |text: &str| {
                self.ids.get(text).is_some_and(|id| std::ptr::eq(self.get(*id), reference))
            };
            is_called(name) || texts.iter().any(|text| is_called(text) || has_id(text))
        };
        let hours = DEFAULT_TIME_UNITS.iter().find_map(|(name, numerator, denominator)| {
            is_it(name, aliases_of(name)).then(|| Exact::fraction(*numerator, *denominator))?
        });
        let hour = hours.and_then(Ratio::new).map(|hours| hours.inverse());
        hour.ok_or_else(|| UnitFault::NoHour {
            category: self.categories[time.index()].name.clone(),
            reference: reference.name.clone(),
        })
    }

    /// The unit of time that stands for one of the default names: the unit of
    /// that name, or the one a file calls by an alias of it.
    fn time_unit(&self, name: &str) -> Option<UnitId> {
        let time = self.categories.iter().position(|category| category.hour.is_some())?;
        let time = CategoryId(u32::try_from(time).ok()?);
        let texts = aliases_of(name);
        self.in_category(time, name)
            .or_else(|| texts.iter().find_map(|text| self.ids.get(*text).copied()))
            .or_else(|| texts.iter().find_map(|text| self.in_category(time, text)))
    }

    /// The unit that a text means: by id, by name (names in one category are
    /// unique; a name of several categories means the one of time), by alias.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<UnitId> {
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return None;
        }
        if let Some(unit) = self.ids.get(trimmed) {
            return Some(*unit);
        }
        let name = Name::new(trimmed);
        if let Some(units) = self.names.get(&name) {
            let time = units.iter().find(|unit| self.is_time(**unit));
            return time.or_else(|| units.first()).copied();
        }
        self.aliases.get(&name).copied()
    }

    /// The unit an entry without a unit is in: hours (FORMATS.md).
    #[must_use]
    pub fn hours(&self) -> Option<UnitId> {
        self.time_unit("Hours")
    }

    /// The unit itself.
    #[must_use]
    pub fn get(&self, id: UnitId) -> &Unit {
        &self.units[id.index()]
    }

    /// The name of a unit's category.
    #[must_use]
    pub fn category_name(&self, id: UnitId) -> &str {
        &self.categories[self.get(id).category.index()].name
    }

    /// What a unit is called.
    #[must_use]
    pub fn naming(&self, id: UnitId) -> Naming<'_> {
        self.get(id).naming()
    }

    /// What a unit's category is called.
    #[must_use]
    pub fn category_naming(&self, id: UnitId) -> Naming<'_> {
        let category = &self.categories[self.get(id).category.index()];
        named(category.word, &category.name)
    }

    /// Whether the unit measures time.
    #[must_use]
    pub fn is_time(&self, id: UnitId) -> bool {
        self.categories[self.get(id).category.index()].hour.is_some()
    }

    /// How many hours one of the unit is, exactly; `None` unless it is time.
    #[must_use]
    pub fn hours_in(&self, id: UnitId) -> Option<Exact> {
        self.hours[id.index()].clone()
    }

    fn hours_of(&self, unit: &Unit) -> Option<Exact> {
        let hour = self.categories[unit.category.index()].hour.as_ref()?;
        Some(unit.ratio.over(hour).0)
    }

    /// What a quantity in `from` is multiplied by to be one in `to` (rule
    /// 5.1); `None` between categories.
    #[must_use]
    pub fn conversion(&self, from: UnitId, to: UnitId) -> Option<Exact> {
        if from == to {
            return Some(Exact::one());
        }
        match self.conversions.get(from.index() * self.len() + to.index()) {
            Some(known) => known.clone(),
            None => self.convert(from, to),
        }
    }

    fn convert(&self, from: UnitId, to: UnitId) -> Option<Exact> {
        let (from, to) = (self.get(from), self.get(to));
        (from.category == to.category).then(|| from.ratio.over(&to.ratio).0)
    }

    /// How many units there are; ids run from 0.
    #[must_use]
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// Never: the defaults are always there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// Every unit's id.
    pub fn ids(&self) -> impl Iterator<Item = UnitId> + use<> {
        (0..u32::try_from(self.units.len()).unwrap_or(u32::MAX)).map(UnitId)
    }

    /// The fault of a text that means no unit: `place` is its cell.
    #[must_use]
    pub fn unknown(&self, text: &str, place: &Place) -> Fault {
        let place = if place.column().is_some() { place.clone() } else { place.in_column("unit") };
        let key = toml_key(text).into();
        let action = match first_nearest(text, self.known_names()) {
            Some(meant) => {
                let unit = self.find(&meant).map_or(meant.as_str(), |unit| &self.get(unit).name);
                let name = toml_key(unit).into();
                Phrase::UnitMeant { unit: meant.into(), alias: key, name }
            }
            None => Phrase::DeclareUnit { unit: key },
        };
        Fault::new(FaultKind::UnknownUnit, place, text, Phrase::KnownUnit, action)
    }

    /// Every name and alias of a unit, for a near miss: the names that files and
    /// defaults have first, then aliases in the order of their table, English
    /// before other languages.
    fn known_names(&self) -> impl Iterator<Item = &str> {
        let names = self.units.iter().map(|unit| unit.name.as_str());
        let others = self.names.keys().map(Name::as_str);
        let own = ALIASES.iter().flat_map(|(_, texts)| *texts).chain(&ALIASES_OF_PIECES).copied();
        let own = own.filter(|text| self.aliases.contains_key(&Name::new(text)));
        names.chain(others).chain(own).chain(self.aliases.keys().map(Name::as_str))
    }
}

impl UnitId {
    /// Its place in the table.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl CategoryId {
    fn index(self) -> usize {
        self.0 as usize
    }
}

/// A text as a quoted key of TOML.
#[must_use]
pub fn toml_key(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{}\"", escaped.replace(['\n', '\r'], " "))
}

/// Rule 5.6: what a quantity of time stands for.
///
/// A number written with 15 or more significant digits is the print of a
/// binary float. Within 1e-9 hours of a whole number of seconds it is exactly
/// that many seconds, else the nearest decimal of 12 significant digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeReading {
    /// The number as it is written.
    AsWritten,
    /// So many seconds.
    Seconds(i64),
    /// A decimal of 12 digits.
    TwelveDigits(Decimal),
}

/// Significant digits from which a number is taken for a float's print.
pub const FLOAT_DIGITS: u32 = 15;

/// Whether two numbers are one (rule 5.6): equal, or a float's print and what it
/// stands for, which is the same to 12 digits. An ERP writes 2.3 as
/// 2.3000000000000003 in one kind of file and as 2.3 in another.
#[must_use]
pub fn is_same_number(one: Decimal, other: Decimal) -> bool {
    let is_print = |number: Decimal| digits(number.normalize()) >= FLOAT_DIGITS;
    one == other
        || (is_print(one) || is_print(other))
            && twelve_digits(one).is_some_and(|one| twelve_digits(other) == Some(one))
}

fn digits(normal: Decimal) -> u32 {
    normal.mantissa().unsigned_abs().checked_ilog10().map_or(1, |log| log + 1)
}

fn twelve_digits(normal: Decimal) -> Option<Decimal> {
    normal.round_sf_with_strategy(12, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
}

/// Reads a quantity of time by rule 5.6; `hours_in_unit` is how many hours one
/// of its unit is.
#[must_use]
pub fn read_time(quantity: Decimal, hours_in_unit: &Exact) -> TimeReading {
    // Too few digits even with zeros at their end.
    if quantity.mantissa().unsigned_abs() < 10_u128.pow(FLOAT_DIGITS - 1) {
        return TimeReading::AsWritten;
    }
    let normal = quantity.normalize();
    if digits(normal) < FLOAT_DIGITS {
        return TimeReading::AsWritten;
    }
    let exact = Exact::from(quantity);
    let seconds = &(&exact * hours_in_unit) * &Exact::from(3600);
    if let Some(whole) = seconds.nearest_whole().and_then(|whole| i64::try_from(whole).ok()) {
        let distance = (&seconds - &Exact::from(whole)).abs();
        // 1e-9 hours are 3.6e-6 seconds.
        if distance <= Exact::decimal(36, 7) {
            return TimeReading::Seconds(whole);
        }
    }
    twelve_digits(normal).map_or(TimeReading::AsWritten, TimeReading::TwelveDigits)
}

/// [`read_time`] as a number of the unit.
#[must_use]
pub fn exact_time(quantity: Decimal, hours_in_unit: &Exact) -> Exact {
    read_time(quantity, hours_in_unit).exact(quantity, hours_in_unit)
}

impl TimeReading {
    /// What a quantity stands for that is read so, as a number of its unit.
    #[must_use]
    pub fn exact(self, quantity: Decimal, hours_in_unit: &Exact) -> Exact {
        match self {
            Self::AsWritten => Exact::from(quantity),
            Self::Seconds(seconds) => seconds_in_unit(&Exact::from(seconds), hours_in_unit),
            Self::TwelveDigits(decimal) => Exact::from(decimal),
        }
    }
}

/// So many seconds as a quantity of a unit of so many hours.
#[must_use]
pub fn seconds_in_unit(seconds: &Exact, hours_in_unit: &Exact) -> Exact {
    let in_unit = hours_in_unit * &Exact::from(3600);
    seconds.divided_by(&in_unit).unwrap_or_else(Exact::zero)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    fn declaration(name: &str, ratio: Exact, id: &str, reference: bool) -> UnitDeclaration {
        UnitDeclaration {
            name: name.into(),
            category: WORKING_TIME.into(),
            ratio: Ratio::new(ratio).unwrap(),
            rounding: default_rounding(),
            ids: vec![id.into()],
            reference,
        }
    }

    #[test]
    fn rule_5_4_defaults() {
        let units = UnitTable::default();
        let hours = |name: &str| units.hours_in(units.find(name).unwrap()).unwrap();
        assert_eq!(hours("Hours"), Exact::one());
        assert_eq!(hours("Days"), Exact::from(8));
        assert_eq!(hours("Weeks"), Exact::from(40));
        assert_eq!(hours("Minutes"), Exact::fraction(1, 60).unwrap());
        assert!(!units.is_time(units.find("Units").unwrap()));
    }

    #[test]
    fn a_unit_is_called_by_a_word_unless_a_file_names_it() {
        let units = UnitTable::default();
        let called = |units: &UnitTable, text| {
            let unit = units.find(text).unwrap();
            (units.naming(unit).into_owned(), units.category_naming(unit).into_owned())
        };
        let word = |group, name| Naming::Supplied(Word(group, name));
        assert_eq!(
            called(&units, "Std."),
            (word("unit", "Hours"), word("category", "Working Time"))
        );
        assert_eq!(called(&units, "Stück"), (word("unit", "Units"), word("category", "Unit")));
        let units =
            UnitTable::new(vec![declaration("Hours", Exact::one(), "a", true)], &[]).unwrap();
        let given = |name| Naming::given(name);
        assert_eq!(called(&units, "h"), (given("Hours"), given("Working Time")));
        assert_eq!(called(&units, "d"), (word("unit", "Days"), given("Working Time")));
        assert_eq!(called(&units, "pcs"), (word("unit", "Units"), word("category", "Unit")));
    }

    #[test]
    fn rule_5_4_a_file_whose_reference_is_the_day_scales_the_defaults() {
        let units = UnitTable::new(
            vec![
                declaration("Tage", Exact::one(), "uom.product_uom_day", true),
                declaration(
                    "Stunden",
                    Exact::fraction(1, 8).unwrap(),
                    "uom.product_uom_hour",
                    false,
                ),
            ],
            &[],
        )
        .unwrap();
        assert_eq!(units.len(), 5); // Tage, Stunden, Weeks, Minutes, Units
        let week = units.find("Weeks").unwrap();
        assert_eq!(units.hours_in(week), Some(Exact::from(40)));
        assert_eq!(units.find("h"), units.find("Stunden"));
        assert_eq!(units.find("Days"), units.find("Tage"));
    }

    #[test]
    fn rule_5_4_a_reference_that_is_no_hour_has_as_many_hours_as_it_has_by_default() {
        let hours = |name: &str, id: &str| {
            let declared = vec![
                declaration(name, Exact::one(), id, true),
                declaration("Sprints", Exact::from(10), "x", false),
            ];
            let units = UnitTable::new(declared, &[])?;
            let of = |text: &str| units.find(text).and_then(|unit| units.hours_in(unit));
            Ok::<_, UnitFault>([of(name), of("Hours"), of("Sprints")].map(Option::unwrap))
        };
        let expected = |hours: [i64; 3]| Ok(hours.map(Exact::from));
        assert_eq!(hours("Days", ""), expected([8, 1, 80]));
        assert_eq!(hours("Tage", ""), expected([8, 1, 80]));
        assert_eq!(hours("Jornada", "uom.product_uom_day"), expected([8, 1, 80]));
        assert_eq!(hours("Weeks", ""), expected([40, 1, 400]));
        assert_eq!(hours("Hours", ""), expected([1, 1, 10]));
        let no_hour = UnitFault::NoHour {
            category: WORKING_TIME.to_owned(),
            reference: "Man-days".to_owned(),
        };
        assert_eq!(hours("Man-days", ""), Err(no_hour));
    }

    #[test]
    fn rule_5_4_a_file_that_names_the_hour_names_the_reference_too() {
        let declared = vec![
            declaration("Hours", Exact::from(2), "a", false),
            declaration("Days", Exact::from(8), "b", false),
        ];
        let error = UnitTable::new(declared, &[]).unwrap_err();
        assert!(matches!(error, UnitFault::NoReference { .. }));
        // A day of another length is one in default hours.
        let units =
            UnitTable::new(vec![declaration("Days", Exact::decimal(75, 1), "b", false)], &[])
                .unwrap();
        assert_eq!(units.hours_in(units.find("Days").unwrap()), Some(Exact::decimal(75, 1)));
    }

    #[test]
    fn rule_5_4_two_references_are_an_error() {
        let error = UnitTable::new(
            vec![
                declaration("Hours", Exact::one(), "a", true),
                declaration("Days", Exact::from(8), "b", true),
            ],
            &[],
        )
        .unwrap_err();
        assert!(matches!(error, UnitFault::SeveralReferences { .. }));
    }

    #[test]
    fn a_near_miss_means_a_name_before_an_alias_of_another_language() {
        let units = UnitTable::default();
        let place = Place::new("a.csv", None).at_row(2);
        let meant = |text: &str| match units.unknown(text, &place).action {
            Phrase::UnitMeant { unit, alias, name } => [unit, alias, name].map(String::from),
            action => panic!("{action:?}"),
        };
        assert_eq!(meant("Houres"), ["Hours", "\"Houres\"", "\"Hours\""]);
        assert_eq!(meant("Studnen"), ["stunden", "\"Studnen\"", "\"Hours\""]);
        assert_eq!(meant("hor"), ["hour", "\"hor\"", "\"Hours\""]);
    }

    #[test]
    fn rule_5_5_a_unit_that_a_file_names_wins_over_an_alias() {
        let units = UnitTable::new(
            vec![
                declaration("Hours", Exact::one(), "a", true),
                declaration("d", Exact::decimal(75, 1), "b", false),
            ],
            &[],
        )
        .unwrap();
        assert_eq!(units.hours_in(units.find("d").unwrap()), Some(Exact::decimal(75, 1)));
    }

    #[test]
    fn rule_5_6_a_float_of_seconds_is_that_many_seconds() {
        let hour = Exact::one();
        assert_eq!(read_time(decimal("0.3333333333333333"), &hour), TimeReading::Seconds(1200));
        assert_eq!(
            exact_time(decimal("0.3333333333333333"), &hour),
            Exact::fraction(1, 3).unwrap()
        );
        assert_eq!(read_time(decimal("0.33"), &hour), TimeReading::AsWritten);
        assert_eq!(
            read_time(decimal("0.123456789012345"), &hour),
            TimeReading::TwelveDigits(decimal("0.123456789012"))
        );
    }

    #[test]
    fn rule_5_6_counts_digits_of_the_number_not_its_zeros() {
        let hour = Exact::one();
        assert_eq!(read_time(decimal("0.000000000000001"), &hour), TimeReading::AsWritten);
        assert_eq!(read_time(decimal("1.00000000000000000"), &hour), TimeReading::AsWritten);
    }
}
