//! The one place where a fault becomes a sentence.

use std::collections::BTreeMap;

use crate::diagnostics::{Fault, FaultKind};

/// Faults of one kind, for the summary: a number and the first of them.
#[derive(Debug)]
pub struct FaultGroup<'a> {
    /// The kind.
    pub kind: FaultKind,
    /// How many.
    pub count: u64,
    /// The first by place.
    pub first: &'a Fault,
}

/// Groups faults by kind and by what was found in which column: the same
/// mistake in 4 000 rows is one.
#[must_use]
pub fn group(faults: &[Fault]) -> Vec<FaultGroup<'_>> {
    let mut groups: BTreeMap<FaultKind, FaultGroup<'_>> = BTreeMap::new();
    for fault in faults {
        groups
            .entry(fault.kind)
            .and_modify(|group| {
                group.count += 1;
                if fault.place < group.first.place {
                    group.first = fault;
                }
            })
            .or_insert(FaultGroup { kind: fault.kind, count: 1, first: fault });
    }
    groups.into_values().collect()
}

/// A fault as a sentence: what is wrong, where, what was expected, what to do.
///
/// ```
/// use drawdown::diagnostics::{Fault, FaultKind, Place};
/// use drawdown::report::sentence;
/// let place = Place::new("may.csv", None).at_row(14).in_column("Quantity");
/// let fault = Fault::new(FaultKind::NotANumber, place, "7.5O", "a decimal like 7.5", "correct the cell");
/// assert_eq!(
///     sentence(&fault),
///     r#"not_a_number: "7.5O" in may.csv:14, column "Quantity"; expected: a decimal like 7.5; help: correct the cell"#
/// );
/// ```
#[must_use]
pub fn sentence(fault: &Fault) -> String {
    let found =
        if fault.found.is_empty() { "nothing".to_owned() } else { format!("\"{}\"", fault.found) };
    format!(
        "{}: {found} in {}; expected: {}; help: {}",
        fault.kind.name(),
        fault.place,
        fault.expected,
        fault.action
    )
}
