//! What draws a quota down day by day: when it was reached (rule 6.9), and how
//! it went.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use num_integer::Integer;

use crate::model::{Book, Exact, LineIndex, UnitId};

use super::adjust::adjustments_of;
use super::attribute::Target;
use super::convert::{Measure, Stepping, convert_each};
use super::partial::{Addend, ExactSum, Parts, value_in};
use super::rules::{Rules, UpsellRule};
use super::settle::{Upsell, is_used_up};

/// What a sum by day is of: both round by themselves (rule 5.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    Entries,
    Adjustments,
}

/// Entries of a quota by day: which of its sums they add to, in which unit.
#[derive(Debug, Clone, Default)]
pub struct DailySums {
    /// The sums: a named line, lines under one name, a contract's pool.
    targets: Vec<(Source, Target)>,
    /// What entries are of: target, unit, and whether seconds are counted.
    of: Vec<(u32, UnitId, bool)>,
    /// In no order, and in little room: there may be millions.
    entries: Vec<OnDay>,
    /// Day, target and unit of adjustments, of entries that were summed and of
    /// those that are no integer.
    exact: Vec<(NaiveDate, u32, UnitId, Exact)>,
}

/// An entry of a quota.
#[derive(Debug, Clone, Copy)]
struct OnDay {
    /// Units of the fixed point, or seconds.
    amount: i64,
    day: NaiveDate,
    /// Which of those that entries are of.
    of: u32,
}

impl DailySums {
    /// Adds an entry of its lines or pool.
    pub fn add(&mut self, day: NaiveDate, target: &Target, unit: UnitId, addend: Addend) {
        let at = self.target(Source::Entries, target);
        let (amount, of) = match addend {
            Addend::Fixed(amount) => (amount, (at, unit, false)),
            Addend::Seconds(amount) => (amount, (at, unit, true)),
            Addend::Wide(amount) => return self.exact.push((day, at, unit, amount.into())),
        };
        let of = self.of(of);
        // Grown by less than usual: there is one such list for every quota.
        if self.entries.len() == self.entries.capacity() {
            self.entries.reserve_exact((self.entries.len() / 4).max(4));
        }
        self.entries.push(OnDay { amount, day, of });
    }

    fn of(&mut self, of: (u32, UnitId, bool)) -> u32 {
        let at = self.of.iter().position(|known| *known == of).unwrap_or_else(|| {
            self.of.push(of);
            self.of.len() - 1
        });
        u32::try_from(at).unwrap_or(u32::MAX)
    }

    /// Adds what others are.
    pub fn append(&mut self, other: Self) {
        if self.targets.is_empty() {
            *self = other;
            return;
        }
        let target = |(source, target): &(Source, Target)| self.target(*source, target);
        let targets: Vec<u32> = other.targets.iter().map(target).collect();
        let target = |at: u32| targets.get(at as usize).copied().unwrap_or(u32::MAX);
        let of = |(at, unit, seconds): &(u32, UnitId, bool)| (target(*at), *unit, *seconds);
        let of: Vec<u32> = other.of.iter().map(of).map(|of| self.of(of)).collect();
        let of = |at: u32| of.get(at as usize).copied().unwrap_or(u32::MAX);
        self.entries.reserve_exact(other.entries.len());
        let entries = other.entries.iter();
        self.entries.extend(entries.map(|entry| OnDay { of: of(entry.of), ..*entry }));
        let exact = other.exact.into_iter();
        self.exact.extend(exact.map(|(day, at, unit, amount)| (day, target(at), unit, amount)));
    }

    /// Adds entries of one day.
    pub fn add_exact(&mut self, day: NaiveDate, target: &Target, unit: UnitId, amount: Exact) {
        let at = self.target(Source::Entries, target);
        self.exact.push((day, at, unit, amount));
    }

    fn target(&mut self, from: Source, target: &Target) -> u32 {
        let known = |(source, known): &(Source, Target)| *source == from && known == target;
        let at = self.targets.iter().position(known).unwrap_or_else(|| {
            self.targets.push((from, target.clone()));
            self.targets.len() - 1
        });
        // As many targets would not fit into memory.
        u32::try_from(at).unwrap_or(u32::MAX)
    }

    /// Everything, in the order of the days.
    fn events(&self) -> Vec<Event<'_>> {
        let entries = self.entries.iter().filter_map(|entry| {
            let (target, unit, seconds) = *self.of.get(entry.of as usize)?;
            let amount = Amount::Entry(entry.addend(seconds));
            Some(Event { day: entry.day, target, unit, amount })
        });
        let exact = self.exact.iter().map(|(day, target, unit, amount)| {
            let amount = Amount::Exact(amount);
            Event { day: *day, target: *target, unit: *unit, amount }
        });
        let mut events: Vec<Event<'_>> = entries.chain(exact).collect();
        events.sort_unstable_by_key(|event| (event.day, event.target, event.unit));
        events
    }

    /// The same with the adjustments that are made to some lines.
    fn with_adjustments<'a>(&'a self, book: &Book, lines: &[LineIndex]) -> Cow<'a, Self> {
        let mut all = Cow::Borrowed(self);
        for adjustment in adjustments_of(book, lines) {
            let (day, unit) = (adjustment.day, adjustment.unit);
            let all = all.to_mut();
            let at = all.target(Source::Adjustments, &adjustment.to.into());
            all.exact.push((day, at, unit, adjustment.amount.clone()));
        }
        all
    }
}

/// Rule 6.9: the first day from which the delivered quantity, rounded as in
/// 5.2, stays at or over the quota.
#[must_use]
pub fn reached_on(
    book: &Book,
    upsell: &Upsell,
    days: &DailySums,
    rules: &Rules,
) -> Option<NaiveDate> {
    if !upsell.by_entries {
        return None;
    }
    let quota = &upsell.ordered * &upsell.threshold;
    let days = &days.with_adjustments(book, &upsell.lines);
    let drawing = Drawing::of_upsell(book, upsell, days, rules);
    let by_steps = BySteps::new(&quota, days, &drawing);
    match by_steps.and_then(|by_steps| by_steps.reached_on(days)) {
        Some(Reached(day)) => day,
        None => reached_by_fractions(&quota, days, &drawing),
    }
}

/// The same of sums of any kind.
fn reached_by_fractions(
    quota: &Exact,
    days: &DailySums,
    drawing: &Drawing<'_>,
) -> Option<NaiveDate> {
    let events = days.events();
    let mut sums = Sums::default();
    for event in &events {
        sums.add(event);
    }
    let mut of_targets: BTreeMap<u32, Exact> =
        sums.0.keys().map(|target| (*target, drawing.drawn_of(*target, &sums))).collect();
    let mut drawn: Exact = of_targets.values().cloned().sum();
    // Backwards from the last day, up to the first one that ended below.
    let mut reached = None;
    for of_day in events.chunk_by(|a, b| a.day == b.day).rev() {
        // 6.9 says "at or over", whichever way 6.3 is asked.
        if !is_used_up(&drawn, quota, UpsellRule::Reached) {
            break;
        }
        for of_target in of_day.chunk_by(|a, b| a.target == b.target) {
            let Some(Event { day, target, .. }) = of_target.first() else { continue };
            reached = Some(*day);
            for event in of_target {
                sums.take(event);
            }
            let left = drawing.drawn_of(*target, &sums);
            if let Some(own) = of_targets.get_mut(target) {
                drawn = &(&drawn - own) + &left;
                *own = left;
            }
        }
    }
    reached
}

/// The same by integers: of decimals and seconds, for targets that are measured
/// as the quota is.
struct BySteps {
    quota: i128,
    sums: Vec<StepsOf>,
    /// By what entries are of: their sum, and how many parts of it they are.
    of: Vec<(usize, Option<Parts>)>,
}

/// The day on which a quota was reached, if it was.
struct Reached(Option<NaiveDate>);

/// What the entries of a target in one unit come to, in rounding steps of the
/// quota's measure.
struct StepsOf {
    /// `None` where they draw nothing.
    stepping: Option<Stepping>,
    parts: i128,
    steps: i128,
}

impl BySteps {
    /// `None` where there is anything for which integers do not do.
    fn new(quota: &Exact, days: &DailySums, drawing: &Drawing<'_>) -> Option<Self> {
        if !days.exact.is_empty() {
            return None;
        }
        let (units, rounding) = (&drawing.book.units, drawing.rules.rounding);
        let step = drawing.measure.step(units);
        let (numerator, denominator) = quota.divided_by(step)?.to_integers()?;
        // So many whole steps are at the quota, or over it.
        let quota = Integer::div_ceil(&i128::from(numerator), &i128::from(denominator));
        let mut own = Self { quota, sums: Vec::new(), of: Vec::with_capacity(days.of.len()) };
        for (at, (target, unit, _)) in days.of.iter().enumerate() {
            let known = days.of.iter().take(at).position(|(t, u, _)| (t, u) == (target, unit));
            if let Some(known) = known.and_then(|known| own.of.get(known)).copied() {
                own.of.push(known);
                continue;
            }
            let measure = drawing.measure_of(*target).map(|(_, measure)| measure);
            let measure = measure.filter(|own| own.factor_from(*unit, units).is_some());
            let stepping = match measure {
                Some(own) if own.is_same(drawing.measure, units) => {
                    Some(own.stepping(*unit, rounding, units)?)
                }
                Some(_) => return None,
                None => None,
            };
            own.of.push((own.sums.len(), stepping.map(|stepping| stepping.parts)));
            own.sums.push(StepsOf { stepping, parts: 0, steps: 0 });
        }
        Some(own)
    }

    /// The day, if integers do for all of it.
    fn reached_on(mut self, days: &DailySums) -> Option<Reached> {
        let mut entries: Vec<(NaiveDate, usize, i128)> = Vec::with_capacity(days.entries.len());
        for entry in &days.entries {
            let (sum, parts) = *self.of.get(entry.of as usize)?;
            let (_, _, seconds) = *days.of.get(entry.of as usize)?;
            let parts = match parts {
                Some(parts) => parts.of_addend(entry.addend(seconds))?,
                None => 0,
            };
            entries.push((entry.day, sum, parts));
            let of = self.sums.get_mut(sum)?;
            of.parts = of.parts.checked_add(parts)?;
        }
        entries.sort_unstable_by_key(|(day, ..)| *day);
        let mut drawn = 0_i128;
        for of in &mut self.sums {
            drawn = drawn.checked_add(of.more()?)?;
        }
        let mut reached = None;
        for of_day in entries.chunk_by(|a, b| a.0 == b.0).rev() {
            if drawn < self.quota || drawn <= 0 {
                break;
            }
            for (day, sum, parts) in of_day {
                reached = Some(*day);
                let of = self.sums.get_mut(*sum)?;
                of.parts = of.parts.checked_sub(*parts)?;
            }
            for (_, sum, _) in of_day {
                drawn = drawn.checked_add(self.sums.get_mut(*sum)?.more()?)?;
            }
        }
        Some(Reached(reached))
    }
}

impl StepsOf {
    /// Rounds the sum as it is by now; gives what it comes to more than before.
    fn more(&mut self) -> Option<i128> {
        let steps = match self.stepping {
            Some(stepping) => stepping.steps(self.parts)?,
            None => 0,
        };
        let before = std::mem::replace(&mut self.steps, steps);
        steps.checked_sub(before)
    }
}

impl OnDay {
    fn addend(&self, seconds: bool) -> Addend {
        if seconds { Addend::Seconds(self.amount) } else { Addend::Fixed(self.amount) }
    }
}

/// What is drawn from an upsell's quota up to a day, included: by entries, and
/// by adjustments (rule 6.10).
#[must_use]
pub fn drawn_through(
    book: &Book,
    upsell: &Upsell,
    days: &DailySums,
    rules: &Rules,
    last: NaiveDate,
) -> (Exact, Exact) {
    let days = &days.with_adjustments(book, &upsell.lines);
    let drawing = Drawing::of_upsell(book, upsell, days, rules);
    let mut sums = Sums::default();
    let events = days.events();
    for event in events.iter().take_while(|event| event.day <= last) {
        sums.add(event);
    }
    let (adjusted, delivered): (Vec<_>, Vec<_>) =
        drawing.sums(&sums).partition(|sum| sum.of_adjustments);
    let sum = |sums: Vec<DrawnSum>| sums.into_iter().map(|sum| sum.drawn).sum();
    (sum(delivered), sum(adjusted))
}

/// How a quota was drawn down in time, and what the whole is made of. All
/// amounts are in the unit of its first line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BurnDown {
    /// What was ordered, all lines together: where it begins.
    pub ordered: Exact,
    /// The drawn quantity at which it is an upsell (rule 6.3).
    pub quota: Exact,
    /// What was drawn up to some days, evenly spaced and at most
    /// [`BurnDown::MOST_POINTS`]: the first before anything was, the last on
    /// the as-of date.
    pub points: Vec<DrawnOn>,
    /// The sums that the last point is made of.
    pub sums: Vec<DrawnSum>,
}

/// What was drawn up to a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnOn {
    /// The day, included.
    pub day: NaiveDate,
    /// Delivered and adjusted, rounded as in 5.2.
    pub drawn: Exact,
}

/// What the entries that name a line, or lines together, come to (rule 5.2), or
/// their adjustments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnSum {
    /// Whether it is of adjustments (rule 6.10), and not of entries.
    pub of_adjustments: bool,
    /// The line that the entries name, if they name one.
    pub line: Option<LineIndex>,
    /// What it is converted to: the measure of that line, or of the first one.
    pub measure: Measure,
    /// What it is made of, unit by unit.
    pub parts: Vec<DrawnPart>,
    /// All of them, converted.
    pub converted: Exact,
    /// The same in the unit of the quota, converted and rounded once.
    pub drawn: Exact,
}

/// The entries of one unit in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnPart {
    /// The unit.
    pub unit: UnitId,
    /// Their exact sum in it.
    pub sum: Exact,
    /// The sum converted and rounded once.
    pub converted: Exact,
}

impl BurnDown {
    /// The most points of one.
    pub const MOST_POINTS: usize = 120;

    /// Of the entries and adjustments of some lines that are judged together.
    /// `None` where there is neither.
    #[must_use]
    pub fn new(
        book: &Book,
        (lines, measure, ordered): (&[LineIndex], &Measure, &Exact),
        days: &DailySums,
        rules: &Rules,
    ) -> Option<Self> {
        let days = &days.with_adjustments(book, lines);
        let drawing = Drawing { book, rules, lines, measure, targets: &days.targets };
        let events = days.events();
        let mut sums = Sums::default();
        let mut left = events.as_slice();
        let ends = evenly(events.first()?.day, rules.period.as_of)?;
        let mut points: Vec<DrawnOn> = Vec::with_capacity(ends.len());
        for day in ends {
            let until = left.partition_point(|event| event.day <= day);
            let (of_days, later) = left.split_at(until);
            for event in of_days {
                sums.add(event);
            }
            left = later;
            let drawn = match points.last() {
                Some(before) if of_days.is_empty() => before.drawn.clone(),
                _ => drawing.sums(&sums).map(|sum| sum.drawn).sum(),
            };
            points.push(DrawnOn { day, drawn });
        }
        let threshold = lines.first().map(|line| &book.line(*line).threshold)?;
        Some(Self {
            ordered: ordered.clone(),
            quota: ordered * threshold,
            points,
            sums: drawing.sums_in_order(&sums),
        })
    }
}

/// Days, evenly spaced, from before the first day to the last one: each day or,
/// where these are too many, so many weeks apart.
fn evenly(first: NaiveDate, last: NaiveDate) -> Option<Vec<NaiveDate>> {
    let most = BurnDown::MOST_POINTS as u64 - 1;
    let span = u64::try_from((last - first).num_days() + 1).ok()?;
    let step = if span <= most { 1 } else { span.div_ceil(7 * most) * 7 };
    let ends = (0..=span.div_ceil(step)).rev();
    ends.map(|before| last.checked_sub_days(Days::new(before * step))).collect()
}

/// What draws on a quota on a day.
struct Event<'a> {
    day: NaiveDate,
    target: u32,
    unit: UnitId,
    amount: Amount<'a>,
}

enum Amount<'a> {
    Entry(Addend),
    Exact(&'a Exact),
}

/// A sum up to some day.
#[derive(Default)]
struct Sum {
    entries: ExactSum,
    exact: Exact,
}

impl Sum {
    fn add(&mut self, amount: &Amount<'_>) {
        match amount {
            Amount::Entry(addend) => self.entries.add_addend(*addend),
            Amount::Exact(amount) => self.exact = &self.exact + amount,
        }
    }

    fn take(&mut self, amount: &Amount<'_>) {
        match amount {
            Amount::Entry(addend) => self.entries.take_addend(*addend),
            Amount::Exact(amount) => self.exact = &self.exact - amount,
        }
    }
}

/// By target and unit.
#[derive(Default)]
struct Sums(BTreeMap<u32, BTreeMap<UnitId, Sum>>);

impl Sums {
    fn add(&mut self, event: &Event<'_>) {
        let of_target = self.0.entry(event.target).or_default();
        of_target.entry(event.unit).or_default().add(&event.amount);
    }

    /// Takes away what was added.
    fn take(&mut self, event: &Event<'_>) {
        let of_target = self.0.get_mut(&event.target);
        if let Some(sum) = of_target.and_then(|of_target| of_target.get_mut(&event.unit)) {
            sum.take(&event.amount);
        }
    }
}

/// How sums by day become what is drawn from a quota.
struct Drawing<'a> {
    book: &'a Book,
    rules: &'a Rules,
    /// Of the quota, in draw-down order.
    lines: &'a [LineIndex],
    measure: &'a Measure,
    targets: &'a [(Source, Target)],
}

impl<'a> Drawing<'a> {
    fn of_upsell(
        book: &'a Book,
        upsell: &'a Upsell,
        days: &'a DailySums,
        rules: &'a Rules,
    ) -> Self {
        let (lines, measure) = (&upsell.lines, &upsell.measure);
        Self { book, rules, lines, measure, targets: &days.targets }
    }

    /// What every target comes to.
    fn sums<'s>(&'s self, sums: &'s Sums) -> impl Iterator<Item = DrawnSum> + 's {
        sums.0.keys().filter_map(|target| self.sum_of(*target, sums))
    }

    /// The same, entries before adjustments, and by what they are of: not by which
    /// entry was met first.
    fn sums_in_order(&self, sums: &Sums) -> Vec<DrawnSum> {
        let mut targets: Vec<u32> = sums.0.keys().copied().collect();
        targets.sort_unstable_by_key(|at| self.targets.get(*at as usize));
        targets.into_iter().filter_map(|target| self.sum_of(target, sums)).collect()
    }

    fn drawn_of(&self, target: u32, sums: &Sums) -> Exact {
        self.sum_of(target, sums).map(|sum| sum.drawn).unwrap_or_default()
    }

    /// As settlement does: each unit converted and rounded where the target
    /// stands, and all of that in the unit of the quota as it is.
    fn sum_of(&self, at: u32, sums: &Sums) -> Option<DrawnSum> {
        let (units, rounding) = (&self.book.units, self.rules.rounding);
        let (source, _) = self.targets.get(at as usize)?;
        let (line, measure) = self.measure_of(at)?;
        let part = |(unit, sum): (&UnitId, &Sum)| {
            let sum = &value_in(units, *unit, &sum.entries) + &sum.exact;
            let converted = convert_each(std::iter::once((*unit, &sum)), &measure, rounding, units);
            DrawnPart { unit: *unit, sum, converted }
        };
        let parts: Vec<DrawnPart> = sums.0.get(&at)?.iter().map(part).collect();
        let converted: Exact = parts.iter().map(|part| part.converted.clone()).sum();
        let drawn = &converted * &self.measure.factor_from_measure(&measure, units)?;
        let of_adjustments = *source == Source::Adjustments;
        Some(DrawnSum { of_adjustments, line, measure, parts, converted, drawn })
    }

    /// What a target's entries are converted to, and the line that they name.
    fn measure_of(&self, at: u32) -> Option<(Option<LineIndex>, Measure)> {
        let (_, target) = self.targets.get(at as usize)?;
        // A named line rounds in its own unit, a pool in its first line's.
        let line = if let Target::Line(line) = target { Some(*line) } else { None };
        Some((line, target.measure(self.book, self.lines)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_days_of_a_burn_down_are_even_few_and_end_on_the_last() {
        let ends = |first, last| evenly(day(first), day(last)).unwrap();
        assert_eq!(
            ends("2026-03-30", "2026-03-31"),
            ["2026-03-29", "2026-03-30", "2026-03-31"].map(day)
        );
        for (first, last, points, apart) in [
            ("2026-03-31", "2026-03-31", 2, 1),
            ("2025-12-03", "2026-03-31", 120, 1),
            ("2025-12-02", "2026-03-31", 19, 7),
            ("2023-12-20", "2026-03-31", 120, 7),
            ("2023-12-19", "2026-03-31", 61, 14),
            ("0001-01-01", "2026-03-31", 120, 6223),
        ] {
            let ends = ends(first, last);
            assert_eq!(ends.len(), points, "{first}");
            assert!(ends.windows(2).all(|pair| (pair[1] - pair[0]).num_days() == apart), "{first}");
            assert_eq!(ends.last(), Some(&day(last)));
            assert!(ends[0] < day(first) && day(first) <= ends[1], "{first}: {ends:?}");
        }
        assert_eq!(evenly(day("2026-04-02"), day("2026-03-31")), None);
    }
}
