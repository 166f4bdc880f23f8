//! Two runs beside each other: what their folders say of order lines, upsells
//! and control totals.

mod compare;
mod print;
mod side;

pub use compare::{Choice, Diff, DiffKind, DiffRow, Resolution, compare};
pub use print::{DIFF, blocks, json, table};
pub use side::Side;
