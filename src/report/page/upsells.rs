//! The cards of upsells: the figures of one, each with its arithmetic.

use std::fmt::Write as _;

use serde::Serialize;

use super::chart::{Chart, Drawn};
use super::words::Words;
use crate::history::DecisionColumn;
use crate::model::{Currency, Exact, LineIndex, Money, print_amount, print_hours};
use crate::reconcile::{DrawnSum, Upsell};
use crate::report::arithmetic::{operation, unrounded};
use crate::report::model::{Report, UpsellRow, Value};

/// What a card says, in the reader's way; blank where it does not apply.
/// `…_is` are the equations behind a figure. `page.html` has its elements.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Card {
    pub(super) order: String,
    pub(super) customer: String,
    pub(super) product: String,
    pub(super) contract: String,
    pub(super) lines: String,
    pub(super) salesperson: String,
    pub(super) unit: String,
    pub(super) ordered: String,
    pub(super) ordered_is: Vec<String>,
    pub(super) delivered: String,
    pub(super) delivered_is: Vec<String>,
    pub(super) adjusted: String,
    pub(super) adjusted_is: Vec<String>,
    pub(super) excess: String,
    pub(super) excess_is: Vec<String>,
    pub(super) used: String,
    pub(super) used_is: Vec<String>,
    pub(super) overrun: String,
    pub(super) overrun_is: Vec<String>,
    pub(super) currency: String,
    pub(super) reached: String,
    pub(super) elsewhere: String,
    pub(super) seen: String,
    pub(super) change: String,
    pub(super) owner: String,
    pub(super) decision: String,
    pub(super) comment: String,
    pub(super) snooze_until: String,
    pub(super) chart: Option<Chart>,
}

struct Maker<'a> {
    report: &'a Report,
    words: &'a Words<'a>,
    upsell: &'a Upsell,
}

impl Maker<'_> {
    fn amount(&self, amount: &Exact) -> String {
        let unit = self.upsell.measure.unit_id();
        self.words.number(&self.report.in_unit_text(amount, unit))
    }

    /// What each of several lines ordered.
    fn ordered(&self) -> Vec<String> {
        let book = &self.report.book;
        if self.upsell.lines.len() < 2 {
            return vec![self.words.ordered_on(&book.line(self.upsell.lines[0]).id)];
        }
        let line = |index: &LineIndex| {
            let line = book.line(*index);
            let unit = self.words.unit(&book.unit_of(line));
            let ordered = of_line(self.report, self.words, *index, line.ordered.as_ref());
            self.words.labelled(&line.id, &format!("{ordered} {unit}"))
        };
        self.upsell.lines.iter().map(line).collect()
    }

    /// Rule 5.2 for each sum of one unit, and then all of them.
    fn delivered(&self, sums: &[DrawnSum], of_adjustments: bool, total: &Exact) -> Vec<String> {
        let sums = sums.iter().filter(|sum| sum.of_adjustments == of_adjustments);
        let mut equations = Vec::new();
        let mut amounts = Vec::new();
        for sum in sums {
            equations.extend(self.conversions(sum));
            if self.is_in_unit(sum) {
                amounts.extend(sum.parts.iter().map(|part| self.amount(&part.converted)));
            } else {
                amounts.push(self.amount(&sum.drawn));
            }
        }
        if amounts.len() > 1 {
            equations.push(format!("{} = {}", amounts.join(" + "), self.amount(total)));
        }
        equations
    }

    /// Whether a sum needs no conversion to the unit of the quota.
    fn is_in_unit(&self, sum: &DrawnSum) -> bool {
        sum.measure.is_same(&self.upsell.measure, &self.report.book.units)
    }

    /// Rule 5.2: each unit converted once, rounded once; and all of them in the
    /// unit of the quota.
    fn conversions(&self, sum: &DrawnSum) -> Vec<String> {
        let (units, words) = (&self.report.book.units, self.words);
        let name = |unit| words.unit(&units.naming(unit));
        let own = sum.measure.unit_id();
        let in_own = |amount: &Exact| words.number(&self.report.in_unit_text(amount, own));
        // Of one line alone it need not be said whose they are.
        let line = sum.line.filter(|_| self.upsell.lines.len() > 1);
        let line = line.map(|line| self.report.book.line(line).id.as_str());
        let labelled = |text: &str| words.labelled(&words.whose(sum.of_adjustments, line), text);
        let in_quota = || {
            let unit = self.upsell.measure.unit_id();
            format!(" → {} {}", self.amount(&sum.drawn), name(unit))
        };
        let mut texts: Vec<String> = Vec::new();
        for part in &sum.parts {
            let mut text = format!("{} {}", exact(words, &part.sum), name(part.unit));
            if let Some(factor) = sum.measure.factor_from(part.unit, units)
                && factor != Exact::one()
            {
                let exact = exact(words, &(&part.sum * &factor));
                let _ = write!(text, " {} = {exact} {}", operation(&factor), name(own));
            }
            let _ = write!(text, " → {} {}", in_own(&part.converted), name(own));
            texts.push(text);
        }
        if !self.is_in_unit(sum) {
            match texts.as_mut_slice() {
                [only] => only.push_str(&in_quota()),
                _ => {
                    let parts: Vec<String> =
                        sum.parts.iter().map(|part| in_own(&part.converted)).collect();
                    let all = in_own(&sum.converted);
                    let all = format!("{} = {all} {}", parts.join(" + "), name(own));
                    texts.push(all + &in_quota());
                }
            }
        }
        texts.iter().map(|text| labelled(text)).collect()
    }

    /// What each line has past its quota, at its net price.
    fn overrun(&self) -> Vec<String> {
        let lines = &self.upsell.lines;
        let of_line = |index: &LineIndex| {
            let equation = overrun(self.report, self.words, *index)?;
            let id = &self.report.book.line(*index).id;
            Some(if lines.len() > 1 { self.words.labelled(id, &equation) } else { equation })
        };
        let mut equations: Vec<String> = lines.iter().filter_map(of_line).collect();
        if equations.is_empty() && self.upsell.overrun.is_some() {
            equations.push(self.words.labels.nothing_past.clone());
        }
        equations
    }

    fn used(&self, used: &str) -> String {
        let drawn = self.amount(&self.upsell.drawn());
        format!("{drawn} ÷ {} = {}", self.amount(&self.upsell.ordered), self.words.percent(used))
    }

    fn excess(&self) -> Vec<String> {
        let upsell = self.upsell;
        let adjusted = if upsell.adjusted.is_zero() {
            String::new()
        } else {
            format!(" + {}", self.amount(&upsell.adjusted))
        };
        vec![format!(
            "{}{adjusted} − {} = {}",
            self.amount(&upsell.delivered),
            self.amount(&upsell.ordered),
            self.amount(&upsell.excess()),
        )]
    }
}

/// The arithmetic of a line's overrun value (rule 6.5), where it has one.
pub(super) fn overrun(report: &Report, words: &Words<'_>, index: LineIndex) -> Option<String> {
    let settlement = report.settled.settlements.get(index.0)?;
    let price = report.book.line(index).net_price.as_ref()?;
    let (quota, drawn) = (settlement.quota.as_ref()?, settlement.drawn()?);
    let decimals = report.book.line(index).currency.as_ref().map_or(2, Currency::decimals);
    let value = settlement.overrun.as_ref().filter(|value| value.amount().is_positive())?;
    Some(format!(
        "({} − {}) × {} = {}",
        of_line(report, words, index, Some(&drawn)),
        of_line(report, words, index, Some(quota)),
        words.number(&print_amount(price, &Exact::decimal(1, decimals))),
        words.number(&value.to_string()),
    ))
}

/// An amount in a line's unit.
fn of_line(report: &Report, words: &Words<'_>, line: LineIndex, amount: Option<&Exact>) -> String {
    match report.quantity(line, amount) {
        Value::Number(number) => words.number(&number),
        _ => String::new(),
    }
}

/// A number in full, or its first decimals.
fn exact(words: &Words<'_>, amount: &Exact) -> String {
    let text = unrounded(amount);
    match text.strip_suffix('…') {
        Some(cut) => format!("{}…", words.number(cut)),
        None => words.number(&text),
    }
}

impl Card {
    pub(super) fn new(report: &Report, words: &Words<'_>, row: &UpsellRow) -> Self {
        let upsell = &row.upsell;
        let maker = Maker { report, words, upsell };
        let first = upsell.lines[0];
        let line = report.book.line(first);
        let order = report.book.order_of(first);
        let text = |text: Option<&str>| words.text(text.unwrap_or_default());
        let unit = upsell.measure.unit_id();
        let used = upsell.drawn().divided_by(&upsell.ordered).map(|used| used.to_fixed(4));
        let sums = row.burn_down.as_ref().map_or(&[][..], |burn_down| &burn_down.sums);
        let delivered_is = match row.burn_down {
            Some(_) => maker.delivered(sums, false, &upsell.delivered),
            None => vec![words.labels.by_hand.clone()],
        };
        let money = |money: &Money| words.number(&money.printed());
        let decided = |column| words.text(row.known.decisions.get(column));
        let (customer, name) = (text(order.customer.as_deref()), words.text(&order.name));
        let chart = row.burn_down.as_ref().and_then(|burn_down| {
            let reached_on = row.reached_on;
            let of = Drawn { order: &name, customer: &customer, burn_down, unit, reached_on };
            Chart::new(report, words, of)
        });
        let known = &row.known;
        Self {
            product: words.text(&line.product),
            contract: text(line.contract_text.as_deref()),
            lines: words.text(&report.line_ids(&upsell.lines)),
            salesperson: text(order.salesperson.as_deref()),
            unit: words.unit(&report.book.units.naming(unit)),
            ordered: maker.amount(&upsell.ordered),
            ordered_is: maker.ordered(),
            delivered: maker.amount(&upsell.delivered),
            delivered_is,
            adjusted: if upsell.adjusted.is_zero() {
                String::new()
            } else {
                maker.amount(&upsell.adjusted)
            },
            adjusted_is: maker.delivered(sums, true, &upsell.adjusted),
            excess: maker.amount(&upsell.excess()),
            excess_is: maker.excess(),
            used_is: used.iter().map(|used| maker.used(used)).collect(),
            used: used.map(|used| words.percent(&used)).unwrap_or_default(),
            overrun: upsell.overrun.as_ref().map(money).unwrap_or_default(),
            overrun_is: maker.overrun(),
            currency: text(line.currency.as_ref().map(Currency::as_str)),
            reached: row.reached_on.map_or_else(String::new, |day| {
                words.reached(day, (report.period.as_of - day).num_days())
            }),
            elsewhere: row.customer_remaining.as_ref().map_or_else(String::new, |hours| {
                let orders = words.text(&row.covered_by.join(" "));
                words.elsewhere(&words.number(&print_hours(hours)), &orders)
            }),
            seen: known.first_seen.map_or_else(String::new, |day| words.seen(day, known.runs_open)),
            change: known.change.as_ref().map_or_else(String::new, |change| {
                format!("{}{}", if change.is_positive() { "+" } else { "" }, maker.amount(change))
            }),
            owner: decided(DecisionColumn::Owner),
            decision: words.word("decision", known.decisions.get(DecisionColumn::Decision)),
            comment: decided(DecisionColumn::Comment),
            snooze_until: known
                .decisions
                .snooze_until()
                .map_or_else(|| decided(DecisionColumn::SnoozeUntil), |day| words.date(day)),
            order: name,
            customer,
            chart,
        }
    }
}
