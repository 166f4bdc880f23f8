//! A burn-down as a drawing: what is left of a quota against time. Its places
//! are whole numbers; only a browser makes them lengths.

use std::fmt::Write as _;

use chrono::NaiveDate;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use crate::model::{Exact, UnitId};
use crate::reconcile::BurnDown;

use super::words::Words;
use crate::report::model::Report;

/// The part of the drawing that the course takes.
const LEFT: i128 = 4;
const RIGHT: i128 = 356;
const TOP: i128 = 20;
const BOTTOM: i128 = 116;
/// Where what marks a day ends.
const MARKED: i128 = 118;
/// A letter's width, in the mean of a text of letters and one of digits, and
/// what is left free beside a text.
const LETTER: i128 = 6;
const DIGIT: i128 = 7;
const GAP: i128 = 8;
/// What a line of text takes above or below a level.
const HEIGHT: i128 = 12;

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
    pub(super) quota_label_x: i128,
    pub(super) quota_label_y: i128,
    pub(super) quota_label_anchor: &'static str,
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
        let reached_label = of.reached_on.map(|day| words.reached_short(day)).unwrap_or_default();
        let ordered = words.ordered_short(&amount(&burn_down.ordered));
        // Below its line where the course and its first number are just above it.
        let is_high = quota_y < TOP + HEIGHT;
        // Beside the course where it falls under the quota early.
        let falls_early =
            reached_x.is_some_and(|x| x < LEFT + width(&words.labels.quota, LETTER) + GAP);
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
            quota_label_x: if falls_early { RIGHT - GAP } else { LEFT },
            quota_label_y: if is_high { quota_y + HEIGHT } else { quota_y - 5 },
            quota_label_anchor: if falls_early { "end" } else { "start" },
            reached: reached_x.map_or_else(String::new, |x| format!("M{x} {TOP}V{MARKED}")),
            reached_label_x: between(reached_x.unwrap_or(RIGHT), &ordered, &reached_label),
            reached_label,
            ordered,
            end_y,
            end_label,
            // Below, since the course comes from above.
            end_label_y: end_y + 16,
            end_class: if is_over { "end is-over" } else { "end" },
            first_day: words.date(first.day),
            last_day: words.date(last.day),
        })
    }
}

/// How wide a text may be.
fn width(text: &str, letter: i128) -> i128 {
    i128::try_from(text.width()).map_or(RIGHT, |letters| letters * letter)
}

/// The middle of a text of the first line that belongs at `x`: it runs neither
/// into the number before it nor over the edge.
fn between(x: i128, before: &str, text: &str) -> i128 {
    let half = width(text, LETTER) / 2;
    x.max(LEFT + width(before, DIGIT) + GAP + half).min(RIGHT - half)
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
    fn a_label_stays_between_its_neighbour_and_the_edge() {
        let (ordered, reached) = ("50,00 bestellt", "aufgebraucht am 01.02.2026");
        let half = width(reached, LETTER) / 2;
        assert_eq!(between(RIGHT, ordered, reached) + half, RIGHT);
        assert_eq!(between(LEFT, ordered, reached) - half, LEFT + width(ordered, DIGIT) + GAP);
        assert_eq!(between(230, ordered, reached), 230);
        assert!(width("用完于", LETTER) > width("abc", LETTER));
        // Where there is no room for both, it is the edge that is kept.
        assert_eq!(between(9, &"9".repeat(80), reached) + half, RIGHT);
    }

    #[test]
    fn a_course_is_a_staircase_and_its_areas_meet_at_zero() {
        let places = [(4, 20), (100, 20), (200, 90), (300, 116), (356, 116)];
        assert_eq!(steps(&places), "M4 20H200V90H300V116H356");
        assert_eq!(area(&places, 100, |y| y.min(100)), "M4 20H200V90H300V100H356V100H4Z");
        assert_eq!(area(&places, 100, |y| y.max(100)), "M4 100H300V116H356V100H4Z");
        assert_eq!(area(&places[..3], 100, |y| y.max(100)), "");
    }
}
