//! What the text of a column's cells means where one cell alone leaves a
//! doubt: `1,234` is read by what the other cells of its column show, and
//! `03/04/2026` too. Evidence is gathered over all of a column, in any order
//! and in parts; then it decides, or says what the user must tell.
//!
//! Nothing here guesses: what the column leaves in doubt has no reading.

mod cursor;
mod dates;
mod durations;
mod numbers;

pub use dates::{DateDecision, DateEvidence, DateOrder, read_date, read_moment};
pub use durations::read_duration;
pub(super) use numbers::may_be_grouped;
pub use numbers::{DecimalMark, NumberDecision, NumberEvidence, read_number};

/// The longest text that is looked at, in bytes. A number of 28 full-width
/// digits with grouping, and a moment with a zone, are well below.
const MAX_BYTES: usize = 256;

/// Keeps the shorter, then the lesser text: the same one in whatever order the
/// values come.
fn keep(slot: &mut Option<String>, text: &str) {
    match slot {
        Some(held) if (held.len(), held.as_str()) <= (text.len(), text) => {}
        Some(held) => {
            held.clear();
            held.push_str(text);
        }
        None => *slot = Some(text.to_owned()),
    }
}

#[cfg(test)]
mod tests;
