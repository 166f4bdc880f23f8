//! What the user may choose about the rules: one small struct, decided before
//! anything is read.

use crate::model::{Exact, InvoicingPolicy, OrderLine, Period, Selling, Tracking, UnitTable};

use super::convert::Measure;
use super::mapping::Mapping;

/// How a converted sum is rounded (rule 5.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rounding {
    /// Half away from zero.
    #[default]
    HalfAway,
    /// Away from zero, as Odoo 10 and 11 do.
    Up,
    /// Not at all.
    None,
}

/// How a contract's hours are spread over a pool (rule 3.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Allocation {
    /// Each line up to what is left of it, the excess on the last.
    #[default]
    DrawDown,
    /// Everything on the first line.
    FirstLine,
}

/// What a manual line's delivered quantity is (rule 3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ManualDelivery {
    /// The recorded quantity.
    #[default]
    Recorded,
    /// What its entries give.
    Entries,
}

/// What a locked or done order means (chapter 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LockedOrders {
    /// Done: off the upsell list.
    #[default]
    Done,
    /// Nothing: read as sale.
    Ignore,
}

/// When the quota counts as used up (rule 6.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UpsellRule {
    /// At the threshold.
    #[default]
    Reached,
    /// Past the threshold, as Odoo does.
    Exceeded,
}

/// What decides between two versions of one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnConflict {
    /// Nothing: it is a fault.
    #[default]
    Fault,
    /// The version written last, or in the last file by name.
    Newest,
    /// The version in the first file by name.
    First,
}

/// Which entries count by one of their marks (chapter 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Counting {
    /// All of them.
    #[default]
    All,
    /// Only those marked yes.
    Only,
}

/// What equal entries without an id in two files are (chapter 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Overlap {
    /// The same entries, exported twice.
    #[default]
    Same,
    /// Entries of their own.
    Distinct,
}

/// How the review looks ahead and back (rule 6.11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forecast {
    /// Weeks up to the as-of date whose mean use is taken.
    pub weeks: u16,
    /// Days ahead within which a quota that runs out is listed.
    pub horizon: u16,
    /// Weeks without an entry after which a contract is idle.
    pub idle: u16,
}

impl Default for Forecast {
    fn default() -> Self {
        Self { weeks: 8, horizon: 28, idle: 8 }
    }
}

/// How much an upsell that was set aside must grow to come back before its
/// day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Growth {
    /// Hours; of a line whose unit is no time, so many of its units.
    Hours(Exact),
    /// A share of the ordered quantity.
    Share(Exact),
}

impl Growth {
    /// As an amount of a measure.
    #[must_use]
    pub fn of(&self, measure: &Measure, ordered: &Exact, units: &UnitTable) -> Exact {
        match self {
            Self::Share(share) => share * ordered,
            Self::Hours(hours) => measure
                .hours(units)
                .and_then(|per_unit| hours.divided_by(&per_unit))
                .unwrap_or_else(|| hours.clone()),
        }
    }
}

/// `8`, or `20%`.
impl std::fmt::Display for Growth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Hours(hours) => write!(f, "{hours}"),
            Self::Share(share) => write!(f, "{}%", share * &Exact::from(100)),
        }
    }
}

/// The version of Odoo that import files are written for: some columns have
/// other names there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct OdooVersion(u8);

impl OdooVersion {
    /// 10 to 19.
    #[must_use]
    pub fn new(number: u8) -> Option<Self> {
        (10..=19).contains(&number).then_some(Self(number))
    }

    /// Its number.
    #[must_use]
    pub fn number(self) -> u8 {
        self.0
    }
}

impl Default for OdooVersion {
    fn default() -> Self {
        Self(18)
    }
}

/// What the configuration says of one product.
#[derive(Debug, Clone, Default)]
pub struct ProductRule {
    /// Its external id, code, `[code] name` or name.
    pub product: String,
    /// How it is sold, where no file says it.
    pub selling: Selling,
}

/// The rules in force.
#[derive(Debug, Clone)]
pub struct Rules {
    /// The days that count.
    pub period: Period,
    /// Rule 5.2.
    pub rounding: Rounding,
    /// Rule 3.5.
    pub allocation: Allocation,
    /// Rule 3.3.
    pub manual: ManualDelivery,
    /// Chapter 1; `None` when the user has not chosen.
    pub locked: Option<LockedOrders>,
    /// Rule 6.3.
    pub upsell: UpsellRule,
    /// Rule 6.3, for products that name no threshold of their own.
    pub threshold: Exact,
    /// Rule 6.4's warning level.
    pub warning: Exact,
    /// Upsells that were set aside.
    pub wake_after: Growth,
    /// What import files are written for.
    pub odoo: OdooVersion,
    /// Chapter 4, two versions of one record.
    pub on_conflict: OnConflict,
    /// Chapter 4, entries without an id.
    pub overlap: Overlap,
    /// Chapter 4; `None` when the user has not chosen.
    pub approved: Option<Counting>,
    /// Chapter 4; `None` when the user has not chosen.
    pub billable: Option<Counting>,
    /// Policy of products that nothing else describes.
    pub default_policy: Option<InvoicingPolicy>,
    /// Tracking of products that nothing else describes.
    pub default_tracking: Option<Tracking>,
    /// Products of the configuration.
    pub products: Vec<ProductRule>,
    /// What trackers' projects, clients, tasks and tags stand for.
    pub mapping: Mapping,
    /// Rule 6.11.
    pub forecast: Forecast,
}

impl Rules {
    /// The rules as they stand when the user chooses nothing.
    #[must_use]
    pub fn standard(period: Period) -> Self {
        Self {
            period,
            rounding: Rounding::default(),
            allocation: Allocation::default(),
            manual: ManualDelivery::default(),
            locked: None,
            upsell: UpsellRule::default(),
            threshold: Exact::one(),
            warning: Exact::decimal(8, 1),
            wake_after: Growth::Hours(Exact::from(8)),
            odoo: OdooVersion::default(),
            on_conflict: OnConflict::default(),
            overlap: Overlap::default(),
            approved: None,
            billable: None,
            default_policy: None,
            default_tracking: None,
            products: Vec::new(),
            mapping: Mapping::default(),
            forecast: Forecast::default(),
        }
    }

    /// Whether entries make up a line's delivered quantity (chapter 3): those of
    /// lines tracked by contract or task do, those of manual ones where the
    /// user chose so (3.3).
    #[must_use]
    pub fn takes_entries(&self, line: &OrderLine) -> bool {
        match line.tracking {
            Some(Tracking::Contract | Tracking::Task) => true,
            Some(Tracking::Manual) => self.manual == ManualDelivery::Entries,
            Some(Tracking::None) | None => false,
        }
    }
}
