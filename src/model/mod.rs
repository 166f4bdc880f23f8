//! The field's nouns and exact numbers. Knows no file format and no ERP's
//! column names.

mod adjustment;
mod book;
mod exact;
mod ids;
mod line_ids;
mod lock;
mod lookup;
mod money;
mod near;
mod order;
mod period;
mod quantity;
mod records;
mod room;
mod rows;
mod slots;
mod text;
mod timesheet;
mod unit;

pub use adjustment::{Adjusted, Adjustment, AdjustmentCounts, AdjustmentKind, AdjustmentRecord};
pub use book::{Book, Candidates, Contract, Task};
pub use exact::Exact;
pub use ids::{Name, split_code};
pub(crate) use lookup::{Lookup, digest};
pub(crate) use room::{make_room, make_room_for_text};
pub(crate) use slots::Slots;
pub(crate) use text::SharedTexts;

pub use line_ids::LineIds;
pub use lock::Lock;
pub use money::{Currency, Money};
pub use near::{NearNames, nearest};
pub use order::{
    ContractIndex, InvoiceStatus, InvoicingPolicy, LineIndex, Order, OrderIndex, OrderLine,
    OrderState, PoolKey, ProductKind, Tracking,
};
pub use period::{Period, Window};
pub use quantity::{Quantity, print_amount, print_hours};
pub use records::{
    DeliveredMethod, LineRecord, LineView, OrderRecord, OrderView, ProductRecord, ProjectRecord,
    Records, Reference, Selling, ServiceTracking, TaskRecord, is_threshold,
};
pub use rows::{LineRows, OrderRows, RowAt};
pub use text::{Text, with_line_feeds};
pub use timesheet::{
    EntryKey, EntryRow, EntryText, KeyPart, KeyParts, Mark, Marks, WorkKind, WriteDate,
};
pub use unit::{
    CategoryId, FLOAT_DIGITS, Ratio, TimeReading, Unit, UnitDeclaration, UnitFault, UnitId,
    UnitTable, WORKING_TIME, default_rounding, exact_time, is_same_number, read_time,
    seconds_in_unit, toml_key,
};
