//! What an ERP's delivered quantities would have to be changed to (rule 3.3).

use crate::model::{Book, Exact, LineIndex, Tracking};
use crate::reconcile::settle::Settled;

/// A row of `delivered_update.csv`.
#[derive(Debug, Clone)]
pub struct UpdateRow {
    /// The line.
    pub line: LineIndex,
    /// The quantity that its entries give.
    pub proposed: Exact,
    /// Whether its id is an external one, or one of an own layout; else it is
    /// a database's number.
    pub has_external_id: bool,
}

/// Lines kept by hand for which the ERP holds another quantity than their
/// entries give, in the order of the book.
#[must_use]
pub fn updates(book: &Book, settled: &Settled) -> Vec<UpdateRow> {
    let rows = settled.settlements.iter().enumerate().filter_map(|(at, settlement)| {
        let index = LineIndex(at);
        let line = book.line(index);
        let proposed = settlement.proposed.as_ref()?;
        let differs = line.exported.as_ref() != Some(proposed);
        (line.tracking == Some(Tracking::Manual) && differs && !line.id.is_empty()).then(|| {
            UpdateRow {
                line: index,
                proposed: proposed.clone(),
                has_external_id: book.has_external_id(index),
            }
        })
    });
    rows.collect()
}
