//! The headline figures of a run, which the next runs show beside theirs.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a run came to. Amounts are texts, being exact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RunFigures {
    /// The as-of date.
    pub as_of: String,
    /// Entries read.
    pub entries: u64,
    /// Their hours.
    pub hours: String,
    /// Entries that are unmatched.
    pub unmatched: u64,
    /// Exceptions.
    pub exceptions: u64,
    /// Upsells, by currency; those without one have an empty name.
    pub upsells: Vec<UpsellFigures>,
}

/// The upsells of a currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UpsellFigures {
    /// The currency's code.
    pub currency: String,
    /// How many.
    pub count: u64,
    /// The value of their overruns; blank without prices.
    pub overrun: String,
}

/// The most runs that are remembered.
pub(super) const MOST_RUNS: usize = 200;
