//! Quotas: lines judged together, and whether what was ordered is used up
//! (rules 6.3 and 6.4).

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::model::{Adjusted, Book, Exact, InvoicingPolicy, LineIndex, Money, ProductKind};
use crate::reconcile::adjust::AdjustedSums;
use crate::reconcile::convert::Measure;
use crate::reconcile::pool::sort_for_drawing_down;
use crate::reconcile::rules::UpsellRule;

use super::{Quota, Settlement, Settler, Shared, Status, Upsell};

impl Settler<'_> {
    /// Rules 6.3 and 6.4, for every pool and every line by itself.
    pub(super) fn judge(
        &self,
        settlements: &mut [Settlement],
        shared: &[Shared],
        direct: (&[Exact], &AdjustedSums),
    ) -> (Vec<Upsell>, Vec<Quota>) {
        let mut shared_by: Vec<(LineIndex, usize)> = Vec::with_capacity(shared.len());
        for (at, pool) in shared.iter().enumerate() {
            shared_by.extend(pool.lines.iter().map(|line| (*line, at)));
        }
        shared_by.sort_unstable();
        let pools = self.pools_for_status(shared);
        let judged = |lines: &[(usize, LineIndex)]| {
            let mut lines: Vec<LineIndex> = lines.iter().map(|(_, line)| *line).collect();
            sort_for_drawing_down(self.book, &mut lines);
            let of_lines: BTreeSet<usize> = match lines.as_slice() {
                [_] => BTreeSet::new(),
                lines => lines.iter().flat_map(|line| shared_of(&shared_by, *line)).collect(),
            };
            let shared: Vec<&Shared> = of_lines.into_iter().map(|at| &shared[at]).collect();
            self.judge_pool(lines, settlements, &shared, direct)
        };
        let pools: Vec<&[(usize, LineIndex)]> = pools.chunk_by(|a, b| a.0 == b.0).collect();
        let judged: Vec<Judged> = pools.into_par_iter().map(judged).collect();
        let (mut upsells, mut quotas) = (Vec::new(), Vec::new());
        for Judged { lines, status, quota, upsell } in judged {
            for line in &lines {
                let own = &mut settlements[line.0].status;
                if *own == Status::Ok {
                    *own = status;
                }
            }
            quotas.extend(quota);
            upsells.extend(upsell);
        }
        (upsells, quotas)
    }

    /// The same of one pool, in draw-down order.
    fn judge_pool(
        &self,
        lines: Vec<LineIndex>,
        settlements: &[Settlement],
        shared: &[&Shared],
        direct: (&[Exact], &AdjustedSums),
    ) -> Judged {
        let Some(Figures { ordered, delivered, adjusted, measure }) =
            self.pool_figures(&lines, settlements, shared, direct)
        else {
            // Something about one line is unknown, so the pool's is too.
            let status = if lines.len() > 1 { Status::Exception } else { Status::Ok };
            return Judged { lines, status, quota: None, upsell: None };
        };
        let drawn = &delivered + &adjusted;
        let status = self.status(&lines, settlements, &ordered, &drawn);
        let locked = lines.iter().all(|line| book_is_done(self.book, *line));
        let quota = self.is_prepaid(&lines, settlements).then(|| Quota {
            lines: lines.clone(),
            measure: measure.clone(),
            ordered: ordered.clone(),
            delivered: delivered.clone(),
            adjusted: adjusted.clone(),
            status: if locked { Status::Locked } else { status },
        });
        let upsell = (status == Status::Upsell).then(|| Upsell {
            by_entries: lines.iter().all(|line| self.rules.takes_entries(self.book.line(*line))),
            threshold: self.book.line(lines[0]).threshold.clone(),
            overrun: self.overrun_of(&lines, settlements),
            lines: lines.clone(),
            measure,
            ordered,
            delivered,
            adjusted,
        });
        Judged { lines, status, quota, upsell }
    }

    /// The value of what lies past the quotas of lines; none where one of them has
    /// no price for what lies past its own.
    fn overrun_of(&self, lines: &[LineIndex], settlements: &[Settlement]) -> Option<Money> {
        let is_unknown = |line: &LineIndex| {
            let (settlement, line) = (&settlements[line.0], self.book.line(*line));
            let is_credit = line.ordered.as_ref().is_some_and(Exact::is_negative);
            // What is invoiced by delivery has no overrun (6.5).
            let is_prepaid = line.policy == Some(InvoicingPolicy::Ordered);
            let is_past = settlement.drawn() > settlement.quota;
            settlement.overrun.is_none() && is_prepaid && is_past && !is_credit
        };
        if lines.iter().any(is_unknown) {
            return None;
        }
        let overruns = lines.iter().filter_map(|line| settlements[line.0].overrun.clone());
        overruns.reduce(|a, b| a.plus(&b).unwrap_or(a))
    }

    /// Whether something of it was paid for by ordered quantities.
    fn is_prepaid(&self, lines: &[LineIndex], settlements: &[Settlement]) -> bool {
        lines.iter().any(|index| {
            let line = self.book.line(*index);
            self.book.order_of(*index).state.is_confirmed()
                && line.policy == Some(InvoicingPolicy::Ordered)
                && line.kind == ProductKind::Service
                && !matches!(settlements[index.0].status, Status::NotTracked | Status::Exception)
        })
    }

    /// Lines judged together: the pools, and lines of one product that hours
    /// could not tell apart; every other line is judged alone. Each line with
    /// the first one of those that it is judged with, in their order.
    fn pools_for_status(&self, shared: &[Shared]) -> Vec<(usize, LineIndex)> {
        let mut root: Vec<usize> = (0..self.book.lines.len()).collect();
        fn find(root: &mut [usize], mut at: usize) -> usize {
            while root[at] != at {
                root[at] = root[root[at]];
                at = root[at];
            }
            at
        }
        for pool in shared.iter().filter(|pool| pool.lines.len() > 1) {
            // What is recorded tells the lines apart, whatever entries name them.
            if !pool.lines.iter().all(|line| self.rules.takes_entries(self.book.line(*line))) {
                continue;
            }
            for pair in pool.lines.windows(2) {
                let (a, b) = (find(&mut root, pair[0].0), find(&mut root, pair[1].0));
                root[a.max(b)] = a.min(b);
            }
        }
        let lines = 0..self.book.lines.len();
        let mut pools: Vec<(usize, LineIndex)> =
            lines.map(|at| (find(&mut root, at), LineIndex(at))).collect();
        pools.sort_unstable();
        pools
    }

    /// Ordered and delivered of lines judged together, in the unit of the
    /// first one; `shared` are the hours that any of them shares, `direct` what
    /// names each line, and what is adjusted on it or its contract.
    fn pool_figures(
        &self,
        lines: &[LineIndex],
        settlements: &[Settlement],
        shared: &[&Shared],
        (direct_named, direct_adjusted): (&[Exact], &AdjustedSums),
    ) -> Option<Figures> {
        let units = &self.book.units;
        let measure = Measure::of(self.book.line(*lines.first()?))?;
        if let [line] = lines {
            let settlement = &settlements[line.0];
            let ordered = self.book.line(*line).ordered.clone()?;
            let adjusted = settlement.adjusted.clone().unwrap_or_else(Exact::zero);
            return Some(Figures {
                ordered,
                delivered: settlement.delivered.clone()?,
                adjusted,
                measure,
            });
        }
        // What names a line is rounded in that line's unit (5.2), and not once more here.
        let to_pool = |amount: &Exact, own: &Measure| {
            Some(amount * &measure.factor_from_measure(own, units)?)
        };
        let mut ordered = Exact::zero();
        let mut delivered = Exact::zero();
        let mut adjusted = Exact::zero();
        for index in lines {
            let line = self.book.line(*index);
            let own = Measure::of(line)?;
            if settlements[index.0].status == Status::Exception {
                return None;
            }
            let factor = measure.factor_from_measure(&own, units)?;
            ordered = &ordered + &(line.ordered.as_ref()? * &factor);
            delivered = &delivered + &to_pool(&direct_named[index.0], &own)?;
            if let Some(of_line) = direct_adjusted.get(&Adjusted::Line(*index)) {
                adjusted = &adjusted + &to_pool(of_line, &own)?;
            }
        }
        for pool in shared {
            if let Some(own) = &pool.measure {
                delivered = &delivered + &to_pool(&pool.total, own)?;
                let to = pool.contract.map(Adjusted::Contract);
                if let Some(of_contract) = to.and_then(|to| direct_adjusted.get(&to)) {
                    adjusted = &adjusted + &to_pool(of_contract, own)?;
                }
            }
        }
        Some(Figures { ordered, delivered, adjusted, measure })
    }

    /// Rules 6.3 and 6.4.
    fn status(
        &self,
        lines: &[LineIndex],
        settlements: &[Settlement],
        ordered: &Exact,
        delivered: &Exact,
    ) -> Status {
        let first = self.book.line(lines[0]);
        let sells = lines.iter().any(|index| {
            let line = self.book.line(*index);
            settlements[index.0].status == Status::Ok
                && line.policy == Some(InvoicingPolicy::Ordered)
                && line.kind == ProductKind::Service
        });
        if !sells || !first.upsell_wanted || ordered.is_negative() || !delivered.is_positive() {
            return Status::Ok;
        }
        let quota = ordered * &first.threshold;
        if is_used_up(delivered, &quota, self.rules.upsell) {
            Status::Upsell
        } else if ordered.is_positive() && *delivered >= &quota * &self.rules.warning {
            Status::Near
        } else {
            Status::Ok
        }
    }
}

/// What is found of lines judged together.
struct Judged {
    lines: Vec<LineIndex>,
    /// The status of those that are none of their own.
    status: Status,
    quota: Option<Quota>,
    upsell: Option<Upsell>,
}

/// The shared entries that a line has a part of.
fn shared_of(shared_by: &[(LineIndex, usize)], line: LineIndex) -> impl Iterator<Item = usize> {
    let start = shared_by.partition_point(|(other, _)| *other < line);
    let own = shared_by.iter().skip(start).take_while(move |(other, _)| *other == line);
    own.map(|(_, at)| *at)
}

/// The sums of lines judged together, in the unit of the first one.
struct Figures {
    ordered: Exact,
    delivered: Exact,
    adjusted: Exact,
    measure: Measure,
}

fn book_is_done(book: &Book, line: LineIndex) -> bool {
    book.order_of(line).state.is_done()
}

/// The last condition of rule 6.3.
pub(in crate::reconcile) fn is_used_up(delivered: &Exact, quota: &Exact, rule: UpsellRule) -> bool {
    delivered.is_positive()
        && match rule {
            UpsellRule::Reached => delivered >= quota,
            UpsellRule::Exceeded => delivered > quota,
        }
}
