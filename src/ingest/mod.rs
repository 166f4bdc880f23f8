//! From bytes to typed records. Knows how exports are laid out, and nothing of
//! what an entry means: no attribution, no conversion.

mod adjustments;
mod cells;
mod column;
mod columns;
mod discover;
mod excerpt;
pub mod fields;
mod files;
mod header;
mod labels;
mod marks;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(not(feature = "parquet"))]
#[path = "no_parquet.rs"]
mod parquet;
mod passed_over;
mod places;
mod plain;
mod reading;
mod records;
mod required;
mod rows;
pub mod selections;
mod sheet;
mod source;
pub mod spans;
pub mod text;
mod timesheets;
mod units;
mod workbook;

pub use cells::without_guard;
pub use column::{PlainDigits, day, is_out_of_range, moment, number};
pub use columns::{Chosen, ColumnReading, Look, Undecided, look_through};
pub use discover::{How, Inputs, discover, listed, shown_path};
pub use excerpt::{excerpt_of_line, excerpts};
pub use fields::{Field, Role};
pub use files::{FileChoice, FilePattern};
pub use header::no_header_again;
pub use passed_over::{PassedOver, Reason};
pub use places::SheetsByPlace;
pub use plain::{PlainRow, PlainTable, read_plain_columns, read_plain_sheets, read_plain_text};
pub use reading::{
    DateDecision, DateEvidence, DateOrder, DecimalMark, NumberDecision, NumberEvidence, read_date,
    read_duration, read_moment, read_number,
};
pub use records::{SheetContent, proposals, read_records};
pub use required::{Missing, header_of, missing_columns};
pub use rows::{RowCounts, RowKind};
pub use sheet::{Row, Sheet, Storage, for_each_record};
pub use source::{
    Bounds, Compression, Kind, Mislabelled, Source, SourceError, TextEncoding, WorkbookKind,
    sources,
};
pub use timesheets::{Entry, EntryDetails, EntryReader, IdKind, IdKinds, several_id_kinds};
pub use units::{DeclaredUnits, read_units};
pub use workbook::{Unusual, Worksheet, WorksheetPiece, WorksheetReader, WorksheetRow};
