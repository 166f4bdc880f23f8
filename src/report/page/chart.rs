//! A burn-down as a drawing: what is left of a quota against time. Its places
//! are whole numbers; only a browser makes them lengths.

use std::fmt::Write as _;

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::{Exact, UnitId};
use crate::reconcile::BurnDown;

use super::words::Words;
use crate::report::model::Report;

/// The part of the drawing that the course takes.
const LEFT: i128 = 4;
const RIGHT: i128 = 356;
const TOP: i128 = 20;
const BOTTOM: i128 = 116;
/// Where the label of the day on which the quota was reached stays legible.
const LABEL: std::ops::RangeInclusive<i128> = 190..=300;

/// What the drawing of one burn-down says; `page.html` has its elements.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Chart {
    /// Its name for those who cannot see it.
    pub(super) title: String,
    /// The same as the drawing, in words.
    pub(super) description: String,
    /// What was left.
    pub(super) course: String,
    /// Between it and zero.
    pub(super) left: String,
    /// Between zero and what was drawn past it.
    pub(super) over: String,
    pub(super) zero: String,
    pub(super) quota: String,
    pub(super) quota_label: String,
    pub(super) quota_label_y: i128,
    /// The day on which the quota was reached.
    pub(super) reached: String,
    pub(super) reached_label: String,
    pub(super) reached_label_x: i128,
    pub(super) ordered: String,
    pub(super) end_y: i128,
    pub(super) end_label: String,
    pub(super) end_label_y: i128,
    pub(super) end_class: &'static str,
    pub(super) first_day: String,
    pub(super) last_day: String,
}

/// What a drawing is of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drawn<'a> {
    pub(super) order: &'a str,
    pub(super) customer: &'a str,
    pub(super) burn_down: &'a BurnDown,
    pub(super) unit: UnitId,
    pub(super) reached_on: Option<NaiveDate>,
}

impl Chart {
    pub(super) fn new(report: &Report, words: &Words<'_>, of: Drawn<'_>) -> Option<Self> {
        let Drawn { burn_down, unit, .. } = of;
        let (first, last) = (burn_down.points.first()?, burn_down.points.last()?);
        let left: Vec<Exact> =
            burn_down.points.iter().map(|point| &burn_down.ordered - &point.drawn).collect();
        let end = left.last()?;
        let zero = Exact::zero();
        let highest = left.iter().max()?.max(&zero);
        let lowest = left.iter().min()?.min(&zero);
        let range = highest - lowest;
        let y = |amount: &Exact| {
            let height = Exact::decimal(BOTTOM - TOP, 0);
            let down = (&(highest - amount) * &height).divided_by(&range);
            down.and_then(|down| down.nearest_whole()).map_or(BOTTOM, |down| TOP + down)
        };
        let days = i128::from((last.day - first.day).num_days()).max(1);
        let x = |day: NaiveDate| {
            LEFT + i128::from((day - first.day).num_days()) * (RIGHT - LEFT) / days
        };
        let places: Vec<(i128, i128)> = burn_down
            .points
            .iter()
            .zip(&left)
            .map(|(point, left)| (x(point.day), y(left)))
            .collect();
        let zero_y = y(&zero);
        let quota_y = y(&(&burn_down.ordered - &burn_down.quota));
        let end_y = y(end);
        let is_over = end.is_negative();
        let amount = |amount: &Exact| words.number(&report.in_unit_text(amount, unit));
        let end_label = if is_over {
            words.past_quota(&amount(&end.abs()))
        } else {
            words.left_of_quota(&amount(end))
        };
        let name = words.unit(&report.book.units.naming(unit));
        let reached_x = of.reached_on.map(x);
        Some(Self {
            title: words.chart_title(of.order, of.customer),
            description: words.chart_description(
                [
                    &format!("{} {name}", amount(&burn_down.ordered)),
                    &words.date(first.day),
                    &end_label,
                    &words.date(last.day),
                ],
                of.reached_on,
            ),
            course: steps(&places),
            left: area(&places, zero_y, |y| y.min(zero_y)),
            over: area(&places, zero_y, |y| y.max(zero_y)),
            zero: level(zero_y),
            quota: level(quota_y),
            quota_label: words.labels.quota.clone(),
            quota_label_y: quota_y - 5,
            reached: reached_x.map_or_else(String::new, |x| format!("M{x} {TOP}V136")),
            reached_label: of.reached_on.map(|day| words.reached_short(day)).unwrap_or_default(),
            reached_label_x: reached_x.unwrap_or(RIGHT).clamp(*LABEL.start(), *LABEL.end()),
            ordered: words.ordered_short(&amount(&burn_down.ordered)),
            end_y,
            end_label,
            end_label_y: if is_over { end_y + 16 } else { end_y - 9 },
            end_class: if is_over { "end is-over" } else { "end" },
            first_day: words.date(first.day),
            last_day: words.date(last.day),
        })
    }
}

fn level(y: i128) -> String {
    format!("M{LEFT} {y}H{RIGHT}")
}

/// A staircase: what is drawn on a day shows from that day on.
fn steps(places: &[(i128, i128)]) -> String {
    let Some((first, later)) = places.split_first() else { return String::new() };
    let mut path = format!("M{} {}", first.0, first.1);
    let mut at = first.1;
    for (x, y) in later {
        if *y != at {
            let _ = write!(path, "H{x}V{y}");
            at = *y;
        }
    }
    let _ = write!(path, "H{RIGHT}");
    path
}

/// What lies between the staircase, as far as `clamp` lets it go, and zero.
fn area(places: &[(i128, i128)], zero: i128, clamp: impl Fn(i128) -> i128) -> String {
    let clamped: Vec<(i128, i128)> = places.iter().map(|(x, y)| (*x, clamp(*y))).collect();
    if clamped.iter().all(|(_, y)| *y == zero) {
        return String::new();
    }
    format!("{}V{zero}H{LEFT}Z", steps(&clamped))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_course_is_a_staircase_and_its_areas_meet_at_zero() {
        let places = [(4, 20), (100, 20), (200, 90), (300, 116), (356, 116)];
        assert_eq!(steps(&places), "M4 20H200V90H300V116H356");
        assert_eq!(area(&places, 100, |y| y.min(100)), "M4 20H200V90H300V100H356V100H4Z");
        assert_eq!(area(&places, 100, |y| y.max(100)), "M4 100H300V116H356V100H4Z");
        assert_eq!(area(&places[..3], 100, |y| y.max(100)), "");
    }
}
