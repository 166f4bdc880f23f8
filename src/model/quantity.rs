//! A quantity: an exact amount of a unit of measure.

use super::exact::Exact;
use super::unit::{UnitId, UnitTable};

/// So much of a unit. Quantities of different units do not add: they are
/// converted first (rule 5.1).
///
/// ```
/// use drawdown::model::{Exact, Quantity, UnitTable};
/// let units = UnitTable::default();
/// let (hours, days) = (units.find("h").unwrap(), units.find("d").unwrap());
/// let sold = Quantity::new(Exact::from(50), hours);
/// let worked = Quantity::new(Exact::decimal(575, 1), hours);
/// assert_eq!(worked.minus(&sold).unwrap().display(&units), "7.50");
/// assert!(sold.plus(&Quantity::new(Exact::from(1), days)).is_none());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    amount: Exact,
    unit: UnitId,
}

/// Decimals at which a number that never ends is cut for printing.
const ENDLESS_DECIMALS: u32 = 12;

impl Quantity {
    /// `amount` of `unit`.
    #[must_use]
    pub fn new(amount: Exact, unit: UnitId) -> Self {
        Self { amount, unit }
    }

    /// How much, in its unit.
    #[must_use]
    pub fn amount(&self) -> &Exact {
        &self.amount
    }

    /// Its unit.
    #[must_use]
    pub fn unit(&self) -> UnitId {
        self.unit
    }

    /// The sum, or `None` when the units differ.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Option<Self> {
        (self.unit == other.unit).then(|| Self::new(&self.amount + &other.amount, self.unit))
    }

    /// The difference, or `None` when the units differ.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Option<Self> {
        (self.unit == other.unit).then(|| Self::new(&self.amount - &other.amount, self.unit))
    }

    /// As the reports print it: the decimals of the unit's rounding step, all
    /// of them where the number is finer, twelve where they never end.
    #[must_use]
    pub fn display(&self, units: &UnitTable) -> String {
        print_amount(&self.amount, &units.get(self.unit).rounding)
    }
}

/// An amount with the decimals of a rounding step, in full where it is finer.
#[must_use]
pub fn print_amount(amount: &Exact, step: &Exact) -> String {
    let wanted = step.decimals().unwrap_or(2);
    match amount.decimals() {
        Some(decimals) => amount.to_fixed(decimals.max(wanted)),
        None => amount.to_fixed(ENDLESS_DECIMALS.max(wanted)),
    }
}

/// Hours as the reports print them: at most six decimals (chapter 8).
#[must_use]
pub fn print_hours(hours: &Exact) -> String {
    hours.to_trimmed(6)
}
