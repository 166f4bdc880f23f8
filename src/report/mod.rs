//! One report model, and its writers. Writers put bytes into what they are
//! given; only `publish` makes folders and renames.

mod arithmetic;
mod crm;
mod csv;
mod explanation;
mod faults;
mod known;
mod mail;
mod meanings;
mod model;
mod page;
mod publish;
mod run_json;
mod schema;
mod snippet;
mod summary;
mod tables;
mod terminal;
mod text;
mod xlsx;

pub use arithmetic::{operation, unrounded};
pub use csv::write_table;
pub use explanation::{
    AdjustedProof, AdjustmentProof, CauseProof, EXPLAINED, EntryProof, ExplainedRun, Explanation,
    Found, LineProof, Proof, ReachedProof, Section, ShareProof, SourceProof, SumProof, write_html,
};
pub use faults::{FaultGroup, SHOWN_PLACES, by_kind, group, group_sentence, headline, sentence};
pub use mail::{Mail, SUMMARY_MD, SUMMARY_TXT};
pub use model::{
    Column, ColumnKind, DELIVERED, EXCEPTIONS, Facts, HISTORY, InputRow, KindsOfIds, Report, Table,
    TableRow, UNMATCHED, UPSELL, UnmatchedFor, UnmatchedRow, UpsellRow, Value, policy_name,
    tracking_name,
};
pub use page::{REPORT_HTML, rows_of_page, write_page};
pub use publish::{Staging, check_target, put_back, write_file};
pub use run_json::{ErrorJson, OutputRow, RunFacts, RunJson};
pub use schema::{TableSchema, json_schema, table_schemas};
pub use snippet::{Message, Paint, Severity, ShownRow, draw};
pub use summary::{
    SummaryBlock, SummaryValue, blocks, blocks_of_check, has_upsell, locks_mean_nothing,
    passed_over_unwarned, warnings, warnings_in_short,
};
pub use tables::{
    BOTH_IDS, BehindUpsell, CUSTOMERS, DATABASE_IDS, ENTRIES, EXTERNAL_IDS, GIVEN_AWAY, IDLE,
    INVOICING, LATE, NEAR, RUNS, WITHOUT_CONTRACT, Work,
};
pub use terminal::{Page, render};
pub use text::{in_csv, visible, visible_lines};
pub use xlsx::{rows_of_workbook, write_workbook};
