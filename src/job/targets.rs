//! Which of some sets of lines the entries of each key are for: upsells, or
//! quotas.

use rayon::prelude::*;

use crate::model::LineIndex;
use crate::reconcile::{Serving, Settled, Target};

/// By the place of a key among the sums, the number of the set of lines that
/// its entries are attributed to; none where they are for other lines, or for
/// none, and where only some of their lines are in the set.
pub(super) fn set_of_keys<'l>(
    settled: &Settled,
    sets: impl Iterator<Item = (usize, &'l [LineIndex])>,
) -> Vec<Option<u32>> {
    let mut of_line: Vec<Option<u32>> = vec![None; settled.settlements.len()];
    let mut has_any = false;
    for (at, lines) in sets {
        for line in lines {
            if let Some(set) = of_line.get_mut(line.0) {
                // As many sets would not fit into memory.
                *set = u32::try_from(at).ok();
                has_any = true;
            }
        }
    }
    if !has_any {
        return Vec::new();
    }
    let set_of = |line: &LineIndex| of_line.get(line.0).copied().flatten();
    let of_lines = |lines: &[LineIndex]| {
        let mut sets = lines.iter().map(set_of);
        let first = sets.next()??;
        sets.all(|set| set == Some(first)).then_some(first)
    };
    // A line that does not join the pool of its contract (rule 3.5) may be in a
    // set of its own, and the contract's entries are none of its.
    let of_contract: Vec<Option<u32>> = settled
        .servings
        .iter()
        .map(|serving| match serving {
            Serving::Pool(lines) => of_lines(lines),
            _ => None,
        })
        .collect();
    let of_target = |target: &Target| match target {
        Target::Line(line) => set_of(line),
        Target::Lines(lines) => of_lines(lines),
        Target::Contract(contract) => of_contract.get(contract.0).copied().flatten(),
    };
    let fates = settled.fates.as_slice().par_iter();
    fates.map(|fate| fate.target().and_then(of_target)).collect()
}
