//! Arithmetic on fractions of numbers of 64 bits, which nearly all are: no
//! operation here can overflow, and none divides more than it must.

use std::cmp::Ordering;

use super::POWERS;

/// A fraction in lowest terms; the denominator is above zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Small {
    numerator: i64,
    denominator: Denominator,
    mark: Mark,
}

/// A number above zero in seven bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Denominator([u8; 7]);

/// A byte that is always the same, so that a wider number has the same size as a
/// small one, and so has none at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
enum Mark {
    Small,
}

impl Denominator {
    const ONE: Self = Self([1, 0, 0, 0, 0, 0, 0]);

    #[inline]
    fn of(number: i128) -> Option<Self> {
        let number = i64::try_from(number).ok().filter(|number| *number > 0)?;
        let bytes = number.to_le_bytes();
        let (lower, highest) = bytes.split_first_chunk()?;
        (*highest == [0]).then_some(Self(*lower))
    }

    #[inline]
    fn get(self) -> i64 {
        let mut bytes = [0; 8];
        bytes[..7].copy_from_slice(&self.0);
        i64::from_le_bytes(bytes)
    }
}

/// A fraction in lowest terms that may need more room, its denominator above
/// zero.
pub(super) type Reduced = (i128, i128);

impl Small {
    /// A whole number.
    #[inline]
    pub(super) fn whole(number: i64) -> Self {
        Self { numerator: number, denominator: Denominator::ONE, mark: Mark::Small }
    }

    /// A fraction in lowest terms, if it is as small as that.
    #[inline]
    pub(super) fn of((numerator, denominator): Reduced) -> Option<Self> {
        let numerator = i64::try_from(numerator).ok()?;
        let denominator = Denominator::of(denominator)?;
        Some(Self { numerator, denominator, mark: Mark::Small })
    }

    #[inline]
    pub(super) fn numerator(self) -> i64 {
        self.numerator
    }

    #[inline]
    pub(super) fn denominator(self) -> i64 {
        self.denominator.get()
    }

    #[inline]
    fn is_one(self) -> bool {
        self.numerator == 1 && self.denominator == Denominator::ONE
    }

    /// The same below zero instead of above, or the other way, if it fits.
    #[inline]
    pub(super) fn negated(self) -> Option<Self> {
        Some(Self { numerator: self.numerator.checked_neg()?, ..self })
    }

    /// Without its sign.
    #[inline]
    fn magnitude(self) -> i128 {
        i128::from(self.numerator).abs()
    }
}

/// The greatest common divisor; of zero and a number, the number.
#[inline]
fn gcd(mut a: u64, mut b: u64) -> u64 {
    if a == 0 || b == 0 {
        return a | b;
    }
    if a == 1 || b == 1 {
        return 1;
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
fn gcd_with(wide: i128, narrow: i64) -> i64 {
    if narrow == 1 {
        return 1;
    }
    let narrow = narrow.unsigned_abs();
    let rest = match u64::try_from(wide.unsigned_abs()) {
        Ok(small) => small,
        Err(_) => u64::try_from(wide.unsigned_abs() % u128::from(narrow)).unwrap_or_default(),
    };
    // It divides a number of 63 bits.
    i64::try_from(gcd(rest, narrow)).unwrap_or(1)
}

/// A number over one of its divisors.
#[inline]
fn over(wide: i128, divisor: i64) -> i128 {
    // One is by far the most common divisor.
    if divisor == 1 {
        return wide;
    }
    match i64::try_from(wide) {
        Ok(small) => i128::from(small.wrapping_div(divisor)),
        Err(_) => wide / i128::from(divisor),
    }
}

/// `a + sign × b`, where the sign is 1 or -1.
#[inline]
pub(super) fn sum(a: Small, b: Small, sign: i128) -> Reduced {
    let (an, bn) = (i128::from(a.numerator), sign * i128::from(b.numerator));
    let (ad, bd) = (a.denominator(), b.denominator());
    if bn == 0 {
        return (an, ad.into());
    }
    if an == 0 {
        return (bn, bd.into());
    }
    if ad == bd {
        let sum = an + bn;
        let common = gcd_with(sum, ad);
        return (over(sum, common), over(ad.into(), common));
    }
    let common = gcd_with(ad.into(), bd);
    let (ad, bd) = (over(ad.into(), common), over(bd.into(), common));
    // Each product is below 2^126.
    let sum = an * bd + bn * ad;
    let again = gcd_with(sum, common);
    (over(sum, again), over(a.denominator().into(), again) * bd)
}

/// `a × b`.
#[inline]
pub(super) fn product(a: Small, b: Small) -> Reduced {
    if a.is_one() || b.is_one() {
        let other = if a.is_one() { b } else { a };
        return (other.numerator.into(), other.denominator().into());
    }
    let left = gcd_with(a.numerator.into(), b.denominator());
    let right = gcd_with(b.numerator.into(), a.denominator());
    let wide = |value: i64, common: i64| over(value.into(), common);
    (
        wide(a.numerator, left) * wide(b.numerator, right),
        wide(a.denominator(), right) * wide(b.denominator(), left),
    )
}

/// `a ÷ b`; `None` where `b` is zero or its inverse is no small number.
#[inline]
pub(super) fn quotient(a: Small, b: Small) -> Option<Reduced> {
    let numerator = b.denominator().checked_mul(b.numerator.signum())?;
    let inverse = Small::of((numerator.into(), b.magnitude()))?;
    Some(product(a, inverse))
}

/// Which is larger.
#[inline]
pub(super) fn order(a: Small, b: Small) -> Ordering {
    if a.denominator == b.denominator {
        return a.numerator.cmp(&b.numerator);
    }
    let left = i128::from(a.numerator) * i128::from(b.denominator());
    let right = i128::from(b.numerator) * i128::from(a.denominator());
    left.cmp(&right)
}

/// `numerator ÷ denominator` in lowest terms, where the denominator is above
/// zero and of 63 bits.
#[inline]
pub(super) fn fraction(numerator: i128, denominator: i128) -> Option<Reduced> {
    let denominator = i64::try_from(denominator).ok().filter(|denominator| *denominator > 0)?;
    let common = gcd_with(numerator, denominator);
    Some((over(numerator, common), over(denominator.into(), common)))
}

/// `number × 10^-scale` in lowest terms.
#[inline]
pub(super) fn decimal(mut number: i64, mut scale: usize) -> Reduced {
    // Few of a number's decimals are in use: what is not goes by large pieces.
    for fewer in [8, 4, 2] {
        let power = POWERS.get(fewer).copied().unwrap_or(1);
        if scale >= fewer && number % power == 0 {
            number /= power;
            scale -= fewer;
        }
    }
    let power = POWERS.get(scale).copied().unwrap_or(1);
    let common = gcd_with(number.into(), power);
    (over(number.into(), common), over(power.into(), common))
}

/// Whether a number is so many whole steps, where that is quickly told.
#[inline]
pub(super) fn is_of_steps(value: Small, step: Small) -> bool {
    step.numerator == 1 && step.denominator().wrapping_rem(value.denominator()) == 0
}

/// How many whole steps the size of a number is, half a step counting as one.
#[inline]
pub(super) fn steps_half_away(value: Small, step: Small) -> Option<i128> {
    let numerator = value.magnitude() * i128::from(step.denominator());
    let denominator = i128::from(value.denominator()) * i128::from(step.numerator);
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

/// How many parts of one the size of a number is, half a part counting as one.
#[inline]
pub(super) fn units_half_away(value: Small, parts: i64) -> Option<i128> {
    let doubled = value.magnitude().checked_mul(i128::from(parts))?;
    let doubled = doubled.checked_mul(2)?.checked_add(value.denominator().into())?;
    let divisor = i128::from(value.denominator()) * 2;
    match (u64::try_from(doubled), u64::try_from(divisor)) {
        (Ok(doubled), Ok(divisor)) => Some(i128::from(doubled / divisor)),
        _ => Some(doubled / divisor),
    }
}

/// Digits of a `u64`, or zeros before it, with a point and a sign.
const PRINTED: usize = 24;

/// A number of so many units of its last decimal; of at most 18 decimals.
pub(super) fn print(is_negative: bool, units: u64, decimals: u32) -> String {
    let mut printed = [0; PRINTED];
    let mut room = printed.iter_mut().rev();
    let (mut left, mut digits) = (units, 0);
    let mut length = 0;
    // From the last digit to the first; at least one stands before the point.
    while left > 0 || digits <= decimals {
        if digits == decimals && decimals > 0 {
            room.next().into_iter().for_each(|byte| *byte = b'.');
            length += 1;
        }
        let digit = b"0123456789".get(usize::try_from(left % 10).unwrap_or_default());
        room.next().into_iter().zip(digit).for_each(|(byte, digit)| *byte = *digit);
        (left, digits, length) = (left / 10, digits + 1, length + 1);
    }
    if is_negative {
        room.next().into_iter().for_each(|byte| *byte = b'-');
        length += 1;
    }
    let start = PRINTED.saturating_sub(length);
    // All of it is ASCII.
    str::from_utf8(printed.get(start..).unwrap_or_default()).unwrap_or_default().to_owned()
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
