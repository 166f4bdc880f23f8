//! One report model, and its writers. Writers put bytes into what they are
//! given; only `publish` makes folders and renames.

mod csv;
mod faults;
mod model;
mod publish;
mod run_json;
mod summary;
mod terminal;
mod xlsx;

pub use csv::write_table;
pub use faults::{FaultGroup, group, sentence};
pub use model::{
    Column, ColumnKind, CustomerContracts, DELIVERED, EXCEPTIONS, Facts, InputRow, Report, Table,
    TableRow, UNMATCHED, UPSELL, UnmatchedRow, UpsellRow, Value, policy_name, tracking_name,
};
pub use publish::{RUN_JSON, Staging, check_target};
pub use run_json::{OutputRow, RunFacts, RunJson};
pub use summary::{SummaryBlock, SummaryValue, blocks, has_upsell, warnings};
pub use terminal::render;
pub use xlsx::write_workbook;
