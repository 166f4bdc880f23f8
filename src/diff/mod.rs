//! Two runs beside each other: what their folders say of order lines, upsells
//! and control totals, and the entries behind them.

mod compare;
mod entries;
mod print;
mod side;

pub use compare::{Choice, Diff, DiffKind, DiffRow, EntryCells, Resolution, compare};
pub use entries::{EntryDiff, compare_entries};
pub use print::{DIFF, blocks, is_comparison, json, json_schema, table, table_schema};
pub use side::Side;
