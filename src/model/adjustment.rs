//! Adjustments (rule 6.10): signed quantities beside the timesheets, which
//! settlement adds to what is delivered.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::exact::Exact;
use super::order::{ContractIndex, LineIndex};
use super::records::Reference;
use super::unit::UnitId;
use crate::diagnostics::Place;

/// Why a quantity is adjusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AdjustmentKind {
    /// Delivered before the timesheets begin.
    Opening,
    /// Given to the customer.
    Goodwill,
    /// Written off.
    WriteOff,
    /// Billed by another way than this order.
    BilledElsewhere,
}

impl AdjustmentKind {
    /// The stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Goodwill => "goodwill",
            Self::WriteOff => "write_off",
            Self::BilledElsewhere => "billed_elsewhere",
        }
    }
}

/// A row about an adjustment.
#[derive(Debug, Clone)]
pub struct AdjustmentRecord {
    /// Where it was read.
    pub place: Place,
    /// Its day.
    pub date: Option<NaiveDate>,
    /// The order line that it is made to.
    pub line: Option<String>,
    /// The contract that it is made to, where no line is named.
    pub contract: Option<String>,
    /// How much, with its sign.
    pub quantity: Option<Decimal>,
    /// Its unit.
    pub unit: Reference,
    /// What it is.
    pub kind: Option<AdjustmentKind>,
    /// Why it was made.
    pub reason: Option<String>,
    /// A cell could not be read, and was told as such.
    pub unreadable: bool,
}

/// What an adjustment is made to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Adjusted {
    /// One order line.
    Line(LineIndex),
    /// The pool of a contract (rule 3.5).
    Contract(ContractIndex),
}

/// An adjustment that counts.
#[derive(Debug, Clone)]
pub struct Adjustment {
    /// Where it was read.
    pub place: Place,
    /// Its day.
    pub day: NaiveDate,
    /// What it is made to.
    pub to: Adjusted,
    /// How much, exactly, in its unit.
    pub amount: Exact,
    /// Its unit.
    pub unit: UnitId,
    /// What it is.
    pub kind: AdjustmentKind,
    /// Why it was made; may be blank.
    pub reason: String,
}

/// What became of the rows of adjustments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AdjustmentCounts {
    /// Rows that hold one.
    pub read: u64,
    /// Those that count.
    pub counted: u64,
    /// Outside the days that count.
    pub excluded: u64,
    /// Listed as exceptions.
    pub rejected: u64,
}

impl AdjustmentCounts {
    /// The figures with the names they have in run.json.
    #[must_use]
    pub fn named(&self) -> [(&'static str, u64); 4] {
        [
            ("read", self.read),
            ("counted", self.counted),
            ("excluded", self.excluded),
            ("rejected", self.rejected),
        ]
    }
}
