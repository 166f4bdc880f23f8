//! From bytes to typed records. Knows how exports are laid out, and nothing of
//! what an entry means: no attribution, no conversion.

mod cells;
mod column;
mod columns;
mod discover;
pub mod fields;
mod labels;
mod reading;
mod records;
pub mod selections;
mod sheet;
mod source;
pub mod text;
mod timesheets;
mod units;
mod workbook;

pub use column::{day, moment, number};
pub use columns::{Chosen, ColumnReading, Undecided, column_readings};
pub use discover::{How, Inputs, NEARLY, PassedOver, discover, is_run_folder, shown_path};
pub use fields::{Field, Role};
pub use reading::{
    DateDecision, DateEvidence, DateOrder, DecimalMark, NumberDecision, NumberEvidence, read_date,
    read_duration, read_number,
};
pub use records::{SheetContent, read_records};
pub use sheet::{Row, Sheet, Storage, for_each_record};
pub use source::{
    Bounds, Compression, Kind, Source, SourceError, TextEncoding, WorkbookKind, sources,
};
pub use timesheets::{Entry, EntryDetails, EntryReader};
pub use units::{DeclaredUnits, read_units};
