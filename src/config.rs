//! `drawdown.toml` and the command line, made into what each room needs: the
//! rules, the units, their aliases, the user's own headers. Pure: the text
//! comes in, nothing is opened.
//!
//! The file is read as a tree whose every key and value knows its place, so a
//! problem is reported where it stands; of several the first in the file.

use chrono::NaiveDate;
use toml::de::DeTable;

use crate::diagnostics::Error;
use crate::ingest::fields::ColumnAlias;
use crate::ingest::{Bounds, Chosen, FileChoice, How, Role, TextEncoding};
use crate::language::Language;
use crate::model::{Exact, InvoicingPolicy, Name, Period, Tracking, UnitDeclaration};
use crate::reconcile::{
    Allocation, Counting, Forecast, Growth, LockedOrders, ManualDelivery, Mapping, OdooVersion,
    OnConflict, Overlap, ProductRule, Rounding, Rules, UpsellRule,
};

mod choices;
mod map;
mod recorded;
mod sections;
#[cfg(test)]
mod tests;
mod tree;

use tree::{Reader, place_of};

pub use recorded::{Recorded, in_force, limits_in_force, not_chosen};

/// The commented `drawdown.toml` that `drawdown init` writes. Prose starts with
/// `# `, a setting with `#` alone: as it stands, it changes nothing.
pub const TEMPLATE: &str = include_str!("cli/init_template.toml");

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
    file_places: Vec<(usize, usize)>,
    approved: Option<Counting>,
    billable: Option<Counting>,
    products: Vec<ProductRule>,
    units: Vec<UnitDeclaration>,
    unit_places: Vec<(usize, usize)>,
    aliases: Vec<(String, String)>,
    alias_places: Vec<(usize, usize)>,
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

    /// Reads the bytes of a `drawdown.toml`.
    ///
    /// # Errors
    /// The same, and for the first byte that is none of a UTF-8 text.
    pub fn parse_bytes(path: &str, bytes: &[u8]) -> Result<Self, Error> {
        let error = match std::str::from_utf8(bytes) {
            Ok(text) => return Self::parse(path, text),
            Err(error) => error,
        };
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let before = String::from_utf8_lossy(before);
        let (line, column) = place_of(&before, before.len());
        let problem = "this is not UTF-8 text; save it as UTF-8".to_owned();
        Err(Error::BadConfiguration { path: path.to_owned(), line, column, problem })
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
            configuration: self.path.as_deref(),
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

    /// The error of one of its aliases, at its line and column.
    #[must_use]
    pub fn bad_alias(&self, alias: &str, problem: String) -> Error {
        let mut aliases = self.aliases.iter().zip(&self.alias_places);
        let found = aliases.find(|((own, _), _)| own == alias).map(|(_, place)| *place);
        self.problem_at(found, problem)
    }

    /// The error of what it says of the files of one of its patterns.
    #[must_use]
    pub fn bad_file_choice(&self, pattern: &str, problem: String) -> Error {
        let mut files = self.files.iter().zip(&self.file_places);
        let found = files.find(|(own, _)| own.pattern.as_str() == pattern);
        self.problem_at(found.map(|(_, place)| *place), problem)
    }

    /// An error at a line and column, as far as it stands in a file.
    #[must_use]
    pub fn problem_at(&self, place: Option<(usize, usize)>, problem: String) -> Error {
        let path = self.path.clone().unwrap_or_else(|| "drawdown.toml".to_owned());
        let (line, column) = place.unwrap_or((1, 1));
        Error::BadConfiguration { path, line, column, problem }
    }
}
