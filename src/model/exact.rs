//! Exact rational numbers: what every quantity, ratio and amount of money is
//! made of. No operation here rounds unless its name says so.

mod small;

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::{BigRational, Ratio};
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub, One, Signed, Zero};
use rust_decimal::Decimal;

use small::{Reduced, Small};

/// An exact rational number of any size.
///
/// Nearly all are a reduced fraction of two `i64`, and take 16 bytes; an
/// operation that would overflow goes on with `i128`, then with integers of
/// arbitrary length. A value always has one form, so equality and order are
/// those of the number.
///
/// ```
/// use drawdown::model::Exact;
///
/// let minute = Exact::fraction(1, 60).unwrap();
/// let hour = minute.clone() * Exact::from(60);
/// assert_eq!(hour, Exact::from(1)); // 1 ÷ 60 × 60 is 1, not 0.999…
/// assert_eq!(Exact::fraction(1, 0), None);
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Exact(Form);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Form {
    Small(Small),
    /// Only what does not fit `Small`.
    Wide(Box<Wide>),
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Wide {
    Fraction(Ratio<i128>),
    /// Only what does not fit `Fraction`.
    Big(BigRational),
}

/// Powers of ten of 63 bits.
const POWERS: [i64; 19] = {
    let mut powers = [1; 19];
    let mut at = 1;
    while at < 19 {
        powers[at] = powers[at - 1] * 10;
        at += 1;
    }
    powers
};

impl Exact {
    /// Zero.
    #[must_use]
    pub fn zero() -> Self {
        Self(Form::Small(Small::whole(0)))
    }

    /// One.
    #[must_use]
    pub fn one() -> Self {
        Self(Form::Small(Small::whole(1)))
    }

    /// `numerator ÷ denominator`, or `None` when the denominator is zero.
    #[must_use]
    pub fn fraction(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        if let Some(reduced) = small::fraction(numerator, denominator) {
            return Some(Self::reduced(reduced));
        }
        // `Ratio::new` negates both sides of a negative denominator, which
        // overflows at the very end of the range only.
        if denominator == i128::MIN || numerator == i128::MIN {
            return Some(Self::from_big(BigRational::new(
                BigInt::from(numerator),
                BigInt::from(denominator),
            )));
        }
        let ratio = Ratio::new(numerator, denominator);
        Some(Self::reduced(ratio.into_raw()))
    }

    /// `mantissa × 10^-scale`.
    #[must_use]
    pub fn decimal(mantissa: i128, scale: u32) -> Self {
        if let Ok(number) = i64::try_from(mantissa)
            && (scale as usize) < POWERS.len()
        {
            return Self::reduced(small::decimal(number, scale as usize));
        }
        let power = POWERS.get(scale as usize).map(|power| i128::from(*power));
        match power.or_else(|| 10_i128.checked_pow(scale)) {
            Some(power) => Self::fraction(mantissa, power).unwrap_or_else(Self::zero),
            None => Self::from_big(BigRational::new(
                BigInt::from(mantissa),
                BigInt::from(10).pow(scale),
            )),
        }
    }

    /// A fraction in lowest terms, its denominator above zero.
    #[inline]
    fn reduced(fraction: Reduced) -> Self {
        match Small::of(fraction) {
            Some(small) => Self(Form::Small(small)),
            None => Self::wide(fraction),
        }
    }

    #[cold]
    fn wide((numerator, denominator): Reduced) -> Self {
        // i128::MIN has no absolute value.
        Self(Form::Wide(Box::new(if numerator == i128::MIN {
            Wide::Big(BigRational::new_raw(BigInt::from(numerator), BigInt::from(denominator)))
        } else {
            Wide::Fraction(Ratio::new_raw(numerator, denominator))
        })))
    }

    fn from_big(value: BigRational) -> Self {
        let small = i128::try_from(value.numer()).ok().zip(i128::try_from(value.denom()).ok());
        match small {
            Some(fraction) => Self::reduced(fraction),
            None => Self(Form::Wide(Box::new(Wide::Big(value)))),
        }
    }

    fn to_big(&self) -> BigRational {
        if let Form::Wide(wide) = &self.0
            && let Wide::Big(big) = &**wide
        {
            return big.clone();
        }
        let ratio = self.to_ratio().unwrap_or_default();
        BigRational::new_raw(BigInt::from(*ratio.numer()), BigInt::from(*ratio.denom()))
    }

    /// As a fraction of two `i128`, if it fits.
    fn to_ratio(&self) -> Option<Ratio<i128>> {
        match &self.0 {
            Form::Small(small) => {
                Some(Ratio::new_raw(small.numerator().into(), small.denominator().into()))
            }
            Form::Wide(wide) => match &**wide {
                Wide::Fraction(ratio) => Some(*ratio),
                Wide::Big(_) => None,
            },
        }
    }

    /// An operation on numbers of which one at least is wide, or whose result
    /// the quick way does not have.
    #[cold]
    fn combine(
        &self,
        other: &Self,
        fraction: impl Fn(&Ratio<i128>, &Ratio<i128>) -> Option<Ratio<i128>>,
        big: impl Fn(BigRational, BigRational) -> BigRational,
    ) -> Self {
        if let (Some(a), Some(b)) = (self.to_ratio(), other.to_ratio())
            && let Some(result) = fraction(&a, &b)
        {
            return Self::reduced(result.into_raw());
        }
        Self::from_big(big(self.to_big(), other.to_big()))
    }

    /// `self ÷ divisor`, or `None` when the divisor is zero.
    #[must_use]
    pub fn divided_by(&self, divisor: &Self) -> Option<Self> {
        if divisor.is_zero() {
            return None;
        }
        if let (Form::Small(a), Form::Small(b)) = (&self.0, &divisor.0)
            && let Some(quotient) = small::quotient(*a, *b)
        {
            return Some(Self::reduced(quotient));
        }
        Some(self.combine(divisor, CheckedDiv::checked_div, |a, b| a / b))
    }

    /// Numerator and denominator in lowest terms, where both are of 64 bits.
    #[must_use]
    pub fn to_integers(&self) -> Option<(i64, i64)> {
        match &self.0 {
            Form::Small(small) => Some((small.numerator(), small.denominator())),
            Form::Wide(_) => None,
        }
    }

    /// Whether it is above, below or zero, as 1, -1 or 0.
    fn sign(&self) -> i64 {
        match &self.0 {
            Form::Small(small) => small.numerator().signum(),
            Form::Wide(wide) => {
                let is_negative = match &**wide {
                    Wide::Fraction(ratio) => ratio.is_negative(),
                    Wide::Big(big) => big.is_negative(),
                };
                // Zero is not wide.
                if is_negative { -1 } else { 1 }
            }
        }
    }

    /// True for zero.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.sign() == 0
    }

    /// True for numbers below zero.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        self.sign() < 0
    }

    /// True for numbers above zero.
    #[must_use]
    pub fn is_positive(&self) -> bool {
        self.sign() > 0
    }

    /// The number without its sign.
    #[must_use]
    pub fn abs(&self) -> Self {
        if self.is_negative() { -self.clone() } else { self.clone() }
    }

    /// The nearest multiple of `step`; a value half-way goes away from zero
    /// (rule 5.2). A step that is not positive leaves the number as it is.
    ///
    /// ```
    /// use drawdown::model::Exact;
    /// let hundredth = Exact::decimal(1, 2);
    /// let half_up = Exact::decimal(9375, 4).rounded_half_away(&hundredth);
    /// assert_eq!(half_up.to_string(), "0.94");
    /// assert_eq!(Exact::decimal(-5, 3).rounded_half_away(&hundredth).to_string(), "-0.01");
    /// ```
    #[must_use]
    pub fn rounded_half_away(&self, step: &Self) -> Self {
        if let (Form::Small(value), Form::Small(of)) = (&self.0, &step.0)
            && small::is_of_steps(*value, *of)
        {
            return self.clone();
        }
        if let (Form::Small(value), Form::Small(of)) = (&self.0, &step.0)
            && let Some(steps) = small::steps_half_away(*value, *of)
        {
            let steps = if self.is_negative() { -steps } else { steps };
            return Self::from(steps) * step.clone();
        }
        self.rounded_by(
            step,
            |magnitude| {
                let half = BigRational::new_raw(BigInt::one(), BigInt::from(2));
                (magnitude + half).floor()
            },
            |magnitude| {
                let twice = i128::checked_mul(*magnitude.numer(), 2)?;
                let raised = i128::checked_add(twice, *magnitude.denom())?;
                Some(Integer::div_floor(&raised, &i128::checked_mul(*magnitude.denom(), 2)?))
            },
        )
    }

    /// The next multiple of `step` away from zero, or the number itself when
    /// it is one (rule 5.2 with `rounding = "up"`).
    #[must_use]
    pub fn rounded_away(&self, step: &Self) -> Self {
        self.rounded_by(
            step,
            |magnitude| magnitude.ceil(),
            |magnitude| Some(Integer::div_ceil(magnitude.numer(), magnitude.denom())),
        )
    }

    fn rounded_by(
        &self,
        step: &Self,
        big: impl Fn(BigRational) -> BigRational,
        small: impl Fn(&Ratio<i128>) -> Option<i128>,
    ) -> Self {
        if !step.is_positive() {
            return self.clone();
        }
        let Some(steps) = self.abs().divided_by(step) else { return self.clone() };
        let whole = match steps.to_ratio().and_then(|ratio| small(&ratio)) {
            Some(whole) => Self::from(whole),
            None => Self::from_big(big(steps.to_big())),
        };
        let magnitude = whole * step.clone();
        if self.is_negative() { -magnitude } else { magnitude }
    }

    /// How many decimals the number has, or `None` when they never end.
    #[must_use]
    pub fn decimals(&self) -> Option<u32> {
        if let Form::Small(fraction) = &self.0 {
            return small::decimals(fraction.denominator().unsigned_abs());
        }
        let mut denominator = self.to_big().denom().clone();
        let (two, five) = (BigInt::from(2), BigInt::from(5));
        let (mut twos, mut fives) = (0_u32, 0_u32);
        while (&denominator % &two).is_zero() {
            denominator /= &two;
            twos += 1;
        }
        while (&denominator % &five).is_zero() {
            denominator /= &five;
            fives += 1;
        }
        denominator.is_one().then_some(twos.max(fives))
    }

    /// The number with exactly `decimals` decimals, rounded half away from
    /// zero when it has more. No grouping, no exponent, no `-0`.
    #[must_use]
    pub fn to_fixed(&self, decimals: u32) -> String {
        let power = POWERS.get(decimals as usize);
        if let (Form::Small(value), Some(power)) = (&self.0, power)
            && let Some(units) = small::units_half_away(*value, *power)
            && let Ok(units) = u64::try_from(units)
        {
            return small::print(self.is_negative() && units != 0, units, decimals);
        }
        let step = Self::decimal(1, decimals);
        let rounded = self.rounded_half_away(&step);
        let units = rounded
            .divided_by(&step)
            .map_or_else(BigInt::zero, |units| units.to_big().to_integer());
        let digits = units.abs().to_string();
        let places = decimals as usize;
        // At least one digit before the point.
        let missing = "0".repeat((places + 1).saturating_sub(digits.len()));
        let mut text = format!("{}{missing}{digits}", if units.is_negative() { "-" } else { "" });
        if places > 0 {
            text.insert(text.len() - places, '.');
        }
        text
    }

    /// The number with at most `decimals` decimals and no trailing zeros.
    #[must_use]
    pub fn to_trimmed(&self, decimals: u32) -> String {
        let mut text = self.to_fixed(decimals);
        if decimals > 0 {
            let trimmed = text.trim_end_matches('0').trim_end_matches('.').len();
            text.truncate(trimmed);
        }
        text
    }

    /// The nearest whole number (half away from zero), when it fits.
    #[must_use]
    pub fn nearest_whole(&self) -> Option<i128> {
        self.rounded_half_away(&Self::one()).to_ratio().map(|ratio| ratio.to_integer())
    }

    /// The number rounded to `digits` significant decimal digits (half away
    /// from zero): what rule 5.6 does to the print of a binary float.
    #[must_use]
    pub fn to_significant(&self, digits: u32) -> Self {
        if self.is_zero() {
            return self.clone();
        }
        let bound = Self::from_big(BigRational::from_integer(BigInt::from(10).pow(digits)));
        let ten = Self::from(10);
        let tenth = Self::decimal(1, 1);
        // Scale until the whole part has exactly `digits` digits.
        let mut step = Self::one();
        let magnitude = self.abs();
        let scaled = |step: &Self| magnitude.divided_by(step).unwrap_or_else(Self::zero);
        while scaled(&step) >= bound {
            step = step * ten.clone();
        }
        let lower = bound.clone() * tenth.clone();
        while scaled(&step) < lower {
            step = step * tenth.clone();
        }
        self.rounded_half_away(&step)
    }
}

impl From<i128> for Exact {
    fn from(value: i128) -> Self {
        Self::reduced((value, 1))
    }
}

impl From<i64> for Exact {
    fn from(value: i64) -> Self {
        Self(Form::Small(Small::whole(value)))
    }
}

impl From<i32> for Exact {
    fn from(value: i32) -> Self {
        Self::from(i128::from(value))
    }
}

impl From<u64> for Exact {
    fn from(value: u64) -> Self {
        Self::from(i128::from(value))
    }
}

/// A decimal is a fraction over a power of ten: nothing is lost.
impl From<Decimal> for Exact {
    fn from(value: Decimal) -> Self {
        Self::decimal(value.mantissa(), value.scale())
    }
}

impl Add for Exact {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        &self + &other
    }
}

impl Add for &Exact {
    type Output = Exact;
    fn add(self, other: &Exact) -> Exact {
        if let (Form::Small(a), Form::Small(b)) = (&self.0, &other.0) {
            return Exact::reduced(small::sum(*a, *b, 1));
        }
        self.combine(other, CheckedAdd::checked_add, |a, b| a + b)
    }
}

impl Sub for Exact {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        &self - &other
    }
}

impl Sub for &Exact {
    type Output = Exact;
    fn sub(self, other: &Exact) -> Exact {
        if let (Form::Small(a), Form::Small(b)) = (&self.0, &other.0) {
            return Exact::reduced(small::sum(*a, *b, -1));
        }
        self.combine(other, CheckedSub::checked_sub, |a, b| a - b)
    }
}

impl Mul for Exact {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        &self * &other
    }
}

impl Mul for &Exact {
    type Output = Exact;
    fn mul(self, other: &Exact) -> Exact {
        if let (Form::Small(a), Form::Small(b)) = (&self.0, &other.0) {
            return Exact::reduced(small::product(*a, *b));
        }
        self.combine(other, CheckedMul::checked_mul, |a, b| a * b)
    }
}

impl Neg for Exact {
    type Output = Self;
    fn neg(self) -> Self {
        if let Form::Small(small) = &self.0
            && let Some(negated) = small.negated()
        {
            return Self(Form::Small(negated));
        }
        match self.to_ratio() {
            // A numerator is never i128::MIN here.
            Some(ratio) => Self::reduced((-ratio).into_raw()),
            None => Self::from_big(-self.to_big()),
        }
    }
}

impl std::iter::Sum for Exact {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::zero(), |sum, value| sum + value)
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Form::Small(a), Form::Small(b)) => small::order(*a, *b),
            _ => match (self.to_ratio(), other.to_ratio()) {
                (Some(a), Some(b)) => a.cmp(&b),
                _ => self.to_big().cmp(&other.to_big()),
            },
        }
    }
}

/// In full where the decimals end, else as a fraction (`1/3`).
impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.decimals() {
            Some(decimals) => f.write_str(&self.to_fixed(decimals)),
            None => {
                let big = self.to_big();
                write!(f, "{}/{}", big.numer(), big.denom())
            }
        }
    }
}

impl fmt::Debug for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_goes_on_past_128_bits() {
        let large = Exact::from(i128::MAX);
        let square = large.clone() * large.clone();
        assert!(square.to_ratio().is_none());
        assert_eq!(square.divided_by(&large), Some(large.clone()));
        assert_eq!(large.clone() + Exact::from(1) - Exact::from(1), large);
        assert_eq!(Exact::from(i128::MIN).abs(), Exact::from(i128::MAX) + Exact::from(1));
    }

    #[test]
    fn a_number_or_none_takes_two_words_whatever_its_size() {
        assert_eq!((size_of::<Exact>(), size_of::<Option<Exact>>()), (16, 16));
        let large = Exact::from(i64::MAX);
        let wider = large.clone() + Exact::from(1);
        assert!(matches!((&large.0, &wider.0), (Form::Small(_), Form::Wide(_))));
        assert_eq!(wider.clone() - Exact::from(1), large);
        assert_eq!(wider.divided_by(&Exact::from(2)), Some(Exact::from(1_i64 << 62)));
        let small = Exact::fraction(1, i64::MAX.into()).unwrap();
        assert_eq!(&(&small * &small) * &(&large * &large), Exact::one());
        assert_eq!(Exact::from(i64::MIN).abs(), wider);
        assert_eq!(-wider, Exact::from(i64::MIN));
        assert_eq!(Exact::from(i64::MIN).divided_by(&Exact::from(i64::MIN)), Some(Exact::one()));
        assert!(Exact::from(i64::MIN) < Exact::from(i64::MIN) + small);
    }

    #[test]
    fn rounds_half_away_from_zero() {
        let step = Exact::decimal(1, 2);
        for (value, scale, expected) in [
            (1165_5, 3, "11.66"),
            (-5, 3, "-0.01"),
            (4, 3, "0.00"),
            (-4, 3, "0.00"),
            (575, 3, "0.58"),
        ] {
            assert_eq!(Exact::decimal(value, scale).rounded_half_away(&step).to_fixed(2), expected);
        }
        let half = Exact::decimal(5, 1);
        assert_eq!(Exact::decimal(75, 2).rounded_half_away(&half).to_fixed(1), "1.0");
    }

    #[test]
    fn rounds_away_from_zero() {
        let step = Exact::decimal(1, 2);
        let third = Exact::fraction(1, 3).unwrap();
        assert_eq!(third.rounded_away(&step).to_fixed(2), "0.34");
        assert_eq!((-third).rounded_away(&step).to_fixed(2), "-0.34");
        assert_eq!(Exact::decimal(25, 2).rounded_away(&step).to_fixed(2), "0.25");
    }

    #[test]
    fn prints_without_exponent_or_negative_zero() {
        assert_eq!(Exact::decimal(-1, 9).to_fixed(2), "0.00");
        assert_eq!(Exact::decimal(57_500_000, 6).to_trimmed(6), "57.5");
        assert_eq!(Exact::zero().to_trimmed(6), "0");
        assert_eq!(Exact::from(100).to_trimmed(0), "100");
        assert_eq!(Exact::fraction(1, 3).unwrap().to_string(), "1/3");
        assert_eq!(Exact::decimal(123, 40).decimals(), Some(40));
    }

    /// What has a quick way comes out as it does by `num-rational`.
    #[test]
    fn quick_ways_give_what_the_general_ones_do() {
        let numbers = [0, 1, -1, 7, 25, -75, 100, 5_750, 1_000_000, 57_500_000, i64::MAX, i64::MIN];
        let bounds = [i64::MAX - 1, i64::MIN + 1, 750_000_000_000, -12_345_678_900_000];
        let numbers = numbers.into_iter().chain(bounds);
        let mut all: Vec<(Exact, BigRational)> = Vec::new();
        for number in numbers {
            for scale in 0..=18 {
                let exact = Exact::decimal(number.into(), scale);
                let big = BigRational::new(BigInt::from(number), BigInt::from(10).pow(scale));
                assert_eq!(exact.to_big(), big, "{number} {scale}");
                assert_eq!((-exact.clone()).to_big(), -big.clone());
                all.push((exact, big));
            }
            let third = BigRational::new(BigInt::from(number), BigInt::from(3));
            all.push((Exact::fraction(number.into(), 3).unwrap(), third));
        }
        for (a, big_a) in &all {
            for decimals in [0, 2, 6, 12, 18] {
                let step = Exact::decimal(1, decimals);
                let power = BigRational::from_integer(BigInt::from(10).pow(decimals));
                let half = BigRational::new(BigInt::one(), BigInt::from(2));
                let units = (big_a.abs() * &power + half).floor();
                let rounded = a.rounded_half_away(&step).to_big();
                assert_eq!(rounded.abs(), &units / &power, "{a} {decimals}");
                assert!(!(rounded * big_a).is_negative());
                let digits = format!("{:0>1$}", units.to_integer(), decimals as usize + 1);
                let (whole, fraction) = digits.split_at(digits.len() - decimals as usize);
                let sign = if big_a.is_negative() && !units.is_zero() { "-" } else { "" };
                let point = if decimals > 0 { "." } else { "" };
                assert_eq!(a.to_fixed(decimals), format!("{sign}{whole}{point}{fraction}"));
            }
            for (b, big_b) in &all {
                assert_eq!((a + b).to_big(), big_a + big_b);
                assert_eq!((a - b).to_big(), big_a - big_b);
                assert_eq!((a * b).to_big(), big_a * big_b);
            }
        }
    }

    #[test]
    fn rounds_to_significant_digits() {
        assert_eq!(
            Exact::decimal(86_686_666_666_666_67, 14).to_significant(12).to_string(),
            "86.6866666667"
        );
        assert_eq!(Exact::decimal(-123_456, 0).to_significant(2).to_string(), "-120000");
        assert_eq!(Exact::decimal(999_96, 5).to_significant(4).to_string(), "1");
        assert_eq!(Exact::zero().to_significant(12), Exact::zero());
    }
}
