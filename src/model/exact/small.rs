//! Arithmetic on fractions of numbers of 64 bits, which nearly all are: no
//! operation here can overflow, and none divides more than it must. Every
//! function gives `None` where a number is larger, and the general way is taken.

use std::cmp::Ordering;

use num_rational::Ratio;

/// A fraction in lowest terms; the denominator is above zero.
#[derive(Debug, Clone, Copy)]
struct Small {
    numerator: i64,
    denominator: i64,
}

impl Small {
    #[inline]
    fn of(ratio: &Ratio<i128>) -> Option<Self> {
        let numerator = i64::try_from(*ratio.numer()).ok()?;
        let denominator = i64::try_from(*ratio.denom()).ok()?;
        Some(Self { numerator, denominator })
    }
}

/// The greatest common divisor; of zero and a number, the number.
#[inline]
fn gcd(mut a: u64, mut b: u64) -> u64 {
    if a == 0 || b == 0 {
        return a | b;
    }
    let twos = (a | b).trailing_zeros();
    a >>= a.trailing_zeros();
    loop {
        b >>= b.trailing_zeros();
        if a > b {
            std::mem::swap(&mut a, &mut b);
        }
        b -= a;
        if b == 0 {
            return a << twos;
        }
    }
}

/// The greatest common divisor of a number and one above zero.
#[inline]
fn gcd_with(wide: i128, narrow: i64) -> i128 {
    let narrow = narrow.unsigned_abs();
    let rest = match u64::try_from(wide.unsigned_abs()) {
        Ok(small) => small,
        Err(_) => u64::try_from(wide.unsigned_abs() % u128::from(narrow)).unwrap_or_default(),
    };
    i128::from(gcd(rest, narrow))
}

/// `a + sign × b`, where the sign is 1 or -1.
#[inline]
pub(super) fn sum(a: &Ratio<i128>, b: &Ratio<i128>, sign: i128) -> Option<Ratio<i128>> {
    let (a, b) = (Small::of(a)?, Small::of(b)?);
    let (an, bn) = (i128::from(a.numerator), sign * i128::from(b.numerator));
    if a.denominator == b.denominator {
        let sum = an + bn;
        if a.denominator == 1 {
            return Some(Ratio::new_raw(sum, 1));
        }
        let common = gcd_with(sum, a.denominator);
        return Some(Ratio::new_raw(sum / common, i128::from(a.denominator) / common));
    }
    let common = gcd(a.denominator.unsigned_abs(), b.denominator.unsigned_abs());
    let common = i64::try_from(common).ok()?;
    let (ad, bd) = (i128::from(a.denominator / common), i128::from(b.denominator / common));
    // Each product is below 2^126.
    let sum = an * bd + bn * ad;
    let again = gcd_with(sum, common);
    let denominator = (i128::from(a.denominator) / again) * bd;
    Some(Ratio::new_raw(sum / again, denominator))
}

/// `a × b`.
#[inline]
pub(super) fn product(a: &Ratio<i128>, b: &Ratio<i128>) -> Option<Ratio<i128>> {
    let (a, b) = (Small::of(a)?, Small::of(b)?);
    Some(product_of(a, b))
}

/// `a ÷ b`, where `b` is not zero.
#[inline]
pub(super) fn quotient(a: &Ratio<i128>, b: &Ratio<i128>) -> Option<Ratio<i128>> {
    let (a, b) = (Small::of(a)?, Small::of(b)?);
    let sign = b.numerator.signum();
    let numerator = b.denominator.checked_mul(sign)?;
    let inverse = Small { numerator, denominator: b.numerator.checked_abs()? };
    (inverse.denominator != 0).then(|| product_of(a, inverse))
}

#[inline]
fn product_of(a: Small, b: Small) -> Ratio<i128> {
    let left = gcd_with(a.numerator.into(), b.denominator);
    let right = gcd_with(b.numerator.into(), a.denominator);
    let wide = |value: i64, common: i128| {
        // One is by far the most common divisor.
        if common == 1 { i128::from(value) } else { i128::from(value) / common }
    };
    Ratio::new_raw(
        wide(a.numerator, left) * wide(b.numerator, right),
        wide(a.denominator, right) * wide(b.denominator, left),
    )
}

/// Which is larger.
#[inline]
pub(super) fn order(a: &Ratio<i128>, b: &Ratio<i128>) -> Option<Ordering> {
    let (a, b) = (Small::of(a)?, Small::of(b)?);
    let left = i128::from(a.numerator) * i128::from(b.denominator);
    let right = i128::from(b.numerator) * i128::from(a.denominator);
    Some(left.cmp(&right))
}

/// `numerator ÷ denominator` in lowest terms; the denominator is above zero.
#[inline]
pub(super) fn fraction(numerator: i128, denominator: i128) -> Option<Ratio<i128>> {
    let denominator = i64::try_from(denominator).ok().filter(|denominator| *denominator > 0)?;
    let common = gcd_with(numerator, denominator);
    Some(Ratio::new_raw(numerator / common, i128::from(denominator) / common))
}

/// How many whole steps the size of a number is, half a step counting as one.
#[inline]
pub(super) fn steps_half_away(value: &Ratio<i128>, step: &Ratio<i128>) -> Option<i128> {
    let (value, step) = (Small::of(value)?, Small::of(step)?);
    let numerator = i128::from(value.numerator).abs() * i128::from(step.denominator);
    let denominator = i128::from(value.denominator) * i128::from(step.numerator);
    if denominator <= 0 {
        return None;
    }
    let doubled = numerator.checked_mul(2)?.checked_add(denominator)?;
    let divisor = denominator.checked_mul(2)?;
    match (u64::try_from(doubled), u64::try_from(divisor)) {
        (Ok(doubled), Ok(divisor)) => Some(i128::from(doubled / divisor)),
        _ => Some(doubled / divisor),
    }
}

/// How many decimals a number with this denominator has, or `None` when they
/// never end.
#[inline]
pub(super) fn decimals(mut denominator: u64) -> Option<u32> {
    let twos = denominator.trailing_zeros();
    denominator >>= twos.min(63);
    let mut fives = 0;
    while denominator.is_multiple_of(5) && denominator > 0 {
        denominator /= 5;
        fives += 1;
    }
    (denominator == 1).then_some(twos.max(fives))
}
