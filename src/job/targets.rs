//! Which of some sets of lines the entries of each key are for: upsells, or
//! quotas.

use std::collections::BTreeMap;

use crate::model::LineIndex;
use crate::reconcile::{Serving, Settled, Target};

/// By the place of a key among the sums, the number of the set of lines that
/// its entries are attributed to; none where they are for other lines, or for
/// none, and where only some of their lines are in the set.
pub(super) fn set_of_keys<'l>(
    settled: &Settled,
    sets: impl Iterator<Item = (usize, &'l [LineIndex])>,
) -> Vec<Option<usize>> {
    let of_line: BTreeMap<LineIndex, usize> =
        sets.flat_map(|(at, lines)| lines.iter().map(move |line| (*line, at))).collect();
    if of_line.is_empty() {
        return Vec::new();
    }
    let of_lines = |lines: &[LineIndex]| {
        let mut sets = lines.iter().map(|line| of_line.get(line).copied());
        let first = sets.next()??;
        sets.all(|set| set == Some(first)).then_some(first)
    };
    // A line that does not join the pool of its contract (rule 3.5) may be in a
    // set of its own, and the contract's entries are none of its.
    let of_contract: Vec<Option<usize>> = settled
        .servings
        .iter()
        .map(|serving| match serving {
            Serving::Pool(lines) => of_lines(lines),
            _ => None,
        })
        .collect();
    let of_target = |target: &Target| match target {
        Target::Line(line) => of_line.get(line).copied(),
        Target::Lines(lines) => of_lines(lines),
        Target::Contract(contract) => of_contract.get(contract.0).copied().flatten(),
    };
    let fates = settled.fates.values().map(|fate| fate.target().and_then(of_target));
    fates.collect()
}
