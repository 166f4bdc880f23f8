//! Conversion and rounding (rules 5.1 to 5.3).

use crate::model::{Exact, OrderLine, Quantity, UnitId, UnitTable};

use super::partial::Parts;
use super::rules::Rounding;

/// What a line's quantities are measured in: its unit, and for a pack sold by
/// the piece the hours in one unit, which is the one bridge between categories
/// (rule 5.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    unit: UnitId,
    hours_per_unit: Option<Exact>,
}

impl Measure {
    /// The measure of a line; `None` when its unit is not known.
    #[must_use]
    pub fn of(line: &OrderLine) -> Option<Self> {
        Some(Self { unit: line.unit?, hours_per_unit: line.hours_per_unit.clone() })
    }

    /// A unit without a bridge.
    #[must_use]
    pub fn unit(unit: UnitId) -> Self {
        Self { unit, hours_per_unit: None }
    }

    /// Its unit.
    #[must_use]
    pub fn unit_id(&self) -> UnitId {
        self.unit
    }

    /// Hours in one, where it measures time or bridges to it.
    #[must_use]
    pub fn hours(&self, units: &UnitTable) -> Option<Exact> {
        self.hours_per_unit.clone().or_else(|| units.hours_in(self.unit))
    }

    /// What an amount of `from` is multiplied by; `None` between categories
    /// that nothing bridges.
    #[must_use]
    pub fn factor_from(&self, from: UnitId, units: &UnitTable) -> Option<Exact> {
        units.conversion(from, self.unit).or_else(|| {
            let per_unit = self.hours_per_unit.as_ref()?;
            units.hours_in(from)?.divided_by(per_unit)
        })
    }

    /// Whether amounts of a unit can be converted to it.
    #[must_use]
    pub fn takes(&self, from: UnitId, units: &UnitTable) -> bool {
        units.get(from).category == units.get(self.unit).category
            || self.factor_from(from, units).is_some()
    }

    /// What an amount of another measure is multiplied by. Two packs convert
    /// by their hours, though both are sold by the piece.
    #[must_use]
    pub fn factor_from_measure(&self, from: &Self, units: &UnitTable) -> Option<Exact> {
        match (from.hours(units), self.hours(units)) {
            (Some(from), Some(to)) => from.divided_by(&to),
            _ => units.conversion(from.unit, self.unit),
        }
    }

    /// Whether amounts of both are the same without conversion.
    #[must_use]
    pub fn is_same(&self, other: &Self, units: &UnitTable) -> bool {
        // Nearly always the very same.
        self.unit == other.unit
            && (self.hours_per_unit == other.hours_per_unit
                || self.factor_from_measure(other, units) == Some(Exact::one()))
    }

    /// Rounds an amount to the unit's step by the rule in force (5.2).
    #[must_use]
    pub fn rounded(&self, amount: &Exact, rounding: Rounding, units: &UnitTable) -> Exact {
        let step = self.step(units);
        match rounding {
            Rounding::HalfAway => amount.rounded_half_away(step),
            Rounding::Up => amount.rounded_away(step),
            Rounding::None => amount.clone(),
        }
    }

    /// How amounts of a unit are converted and rounded by integers; `None` where
    /// they are not.
    pub(super) fn stepping(
        &self,
        from: UnitId,
        rounding: Rounding,
        units: &UnitTable,
    ) -> Option<Stepping> {
        let up = match rounding {
            Rounding::HalfAway => false,
            Rounding::Up => true,
            Rounding::None => return None,
        };
        let step = self.step(units);
        let factor = self.factor_from(from, units)?;
        let parts = Parts::new(from, units)?;
        let steps = factor.divided_by(&(step * &Exact::from(parts.whole)))?;
        let (by, over) = steps.to_integers()?;
        let (by, over) = (by.into(), over.into());
        (step.is_positive() && by > 0).then_some(Stepping { parts, by, over, up })
    }

    /// What amounts of it are rounded to.
    pub(super) fn step<'u>(&self, units: &'u UnitTable) -> &'u Exact {
        &units.get(self.unit).rounding
    }

    /// An amount of it as a quantity.
    #[must_use]
    pub fn quantity(&self, amount: Exact) -> Quantity {
        Quantity::new(amount, self.unit)
    }
}

/// Conversion to a measure and rounding (rules 5.1 and 5.2) of amounts of a
/// unit, by integers alone: how many rounding steps they come to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stepping {
    /// What amounts are counted in.
    pub(super) parts: Parts,
    /// A number of parts times `by` over `over` is a number of steps.
    by: i128,
    over: i128,
    up: bool,
}

impl Stepping {
    /// The steps of so many parts; `None` where integers of 128 bits do not do.
    pub(super) fn steps(self, amount: i128) -> Option<i128> {
        let steps = amount.checked_mul(self.by)?;
        let (size, over) = (steps.unsigned_abs(), self.over.unsigned_abs());
        let steps = match (u64::try_from(size), u64::try_from(over)) {
            (Ok(size), Ok(over)) => u128::from(whole_steps(size, over, self.up)?),
            _ => {
                let (whole, rest) = (size / over, size % over);
                whole + u128::from(if self.up { rest > 0 } else { rest >= over - rest })
            }
        };
        let size = i128::try_from(steps).ok()?;
        Some(if amount < 0 { -size } else { size })
    }
}

fn whole_steps(size: u64, over: u64, up: bool) -> Option<u64> {
    let (whole, rest) = (size.checked_div(over)?, size.checked_rem(over)?);
    Some(whole + u64::from(if up { rest > 0 } else { rest >= over - rest }))
}

/// Rule 5.2: each unit's exact sum is converted once to the measure, rounded
/// to its step, then added. Units that do not convert are left out; whoever
/// attributed them has judged them already.
///
/// ```
/// use drawdown::model::{Exact, UnitTable};
/// use drawdown::reconcile::{Measure, Rounding, convert};
/// let units = UnitTable::default();
/// let (hours, days) = (units.find("h").unwrap(), units.find("d").unwrap());
/// let worked = [(hours, Exact::decimal(75, 1))]; // 7.5 hours
/// let delivered = convert(&worked, &Measure::unit(days), Rounding::HalfAway, &units);
/// assert_eq!(delivered, Exact::decimal(94, 2)); // 0.9375 days, half up
/// ```
#[must_use]
pub fn convert(
    sums: &[(UnitId, Exact)],
    measure: &Measure,
    rounding: Rounding,
    units: &UnitTable,
) -> Exact {
    convert_each(sums.iter().map(|(unit, sum)| (*unit, sum)), measure, rounding, units)
}

/// The same of sums wherever they are.
pub(super) fn convert_each<'s>(
    sums: impl Iterator<Item = (UnitId, &'s Exact)>,
    measure: &Measure,
    rounding: Rounding,
    units: &UnitTable,
) -> Exact {
    sums.filter_map(|(unit, sum)| {
        let factor = measure.factor_from(unit, units)?;
        Some(measure.rounded(&(sum * &factor), rounding, units))
    })
    .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::reconcile::partial::{Addend, ExactSum, value_in};

    fn delivered(sums: &[(&str, Exact)], unit: &str, rounding: Rounding) -> String {
        let units = UnitTable::default();
        let sums: Vec<_> =
            sums.iter().map(|(name, sum)| (units.find(name).unwrap(), sum.clone())).collect();
        let measure = Measure::unit(units.find(unit).unwrap());
        let amount = convert(&sums, &measure, rounding, &units);
        measure.quantity(amount).display(&units)
    }

    #[test]
    fn rule_5_1_converts_inside_a_category_and_divides_last() {
        assert_eq!(delivered(&[("Weeks", Exact::from(1))], "Days", Rounding::HalfAway), "5.00");
        assert_eq!(
            delivered(&[("Minutes", Exact::from(100))], "Hours", Rounding::HalfAway),
            "1.67"
        );
        assert_eq!(
            delivered(&[("Minutes", Exact::from(1))], "Hours", Rounding::None),
            "0.016666666667"
        );
    }

    #[test]
    fn rule_5_2_sums_before_it_rounds() {
        // 3 entries of 0.33 hours into days: 0.99 h → 0.12, not 3 × 0.04.
        assert_eq!(
            delivered(&[("Hours", Exact::decimal(99, 2))], "Days", Rounding::HalfAway),
            "0.12"
        );
        assert_eq!(
            delivered(&[("Hours", Exact::decimal(75, 1))], "Days", Rounding::HalfAway),
            "0.94"
        );
    }

    #[test]
    fn rule_5_2_rounds_each_unit_then_adds() {
        let third = Exact::fraction(1, 3).unwrap();
        // 0.33 + 0.33, though the exact sum is 0.67.
        let sums = [("Hours", third), ("Minutes", Exact::from(20))];
        assert_eq!(delivered(&sums, "Hours", Rounding::HalfAway), "0.66");
    }

    #[test]
    fn rule_5_2_rounding_up_gives_what_odoo_10_gives() {
        assert_eq!(delivered(&[("Minutes", Exact::from(20))], "Hours", Rounding::Up), "0.34");
        assert_eq!(delivered(&[("Minutes", Exact::from(20))], "Hours", Rounding::HalfAway), "0.33");
    }

    proptest::proptest! {
        /// Steps by integers are those of exact fractions.
        #[test]
        fn rule_5_2_by_integers_is_rule_5_2(
            (fixed, seconds) in (proptest::num::i64::ANY, proptest::num::i64::ANY),
            (shift, shift_seconds) in (0_u32..63, 20_u32..64),
            (from, to) in (0_usize..5, 0_usize..5),
            up in proptest::bool::ANY,
        ) {
            let units = UnitTable::default();
            let [from, to] = [from, to].map(|at| {
                units.find(["Hours", "Days", "Weeks", "Minutes", "Units"][at]).unwrap()
            });
            let rounding = if up { Rounding::Up } else { Rounding::HalfAway };
            let (fixed, seconds) = (fixed >> shift, seconds >> (shift_seconds - 1));
            let mut sum = ExactSum::default();
            let addends = [Addend::Fixed(fixed), Addend::Seconds(seconds)];
            for addend in addends {
                sum.add_addend(addend);
            }
            let exact = value_in(&units, from, &sum);
            let measure = Measure { unit: to, hours_per_unit: None };
            let expected = convert(&[(from, exact)], &measure, rounding, &units);
            match measure.stepping(from, rounding, &units) {
                None => proptest::prop_assert_eq!(units.conversion(from, to), None),
                Some(stepping) => {
                    let parts = addends.map(|addend| stepping.parts.of_addend(addend).unwrap());
                    let steps = stepping.steps(parts.iter().sum()).unwrap();
                    let steps = Exact::from(steps);
                    proptest::prop_assert_eq!(&steps * measure.step(&units), expected);
                }
            }
        }
    }

    #[test]
    fn rule_5_3_hours_per_unit_is_the_one_bridge() {
        let units = UnitTable::default();
        let (pieces, hours) = (units.find("Units").unwrap(), units.find("Hours").unwrap());
        let pack = Measure { unit: pieces, hours_per_unit: Some(Exact::from(50)) };
        let sums = [(hours, Exact::from(75))];
        assert_eq!(convert(&sums, &pack, Rounding::HalfAway, &units), Exact::decimal(15, 1));
        assert_eq!(Measure::unit(pieces).factor_from(hours, &units), None);
        let small = Measure { unit: pieces, hours_per_unit: Some(Exact::from(10)) };
        assert_eq!(small.factor_from_measure(&pack, &units), Some(Exact::from(5)));
    }
}
