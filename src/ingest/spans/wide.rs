//! Short cells as numbers, which are compared and read without a loop.

/// A text of at most 15 bytes as a number: its bytes from the lowest on, and its
/// length in the topmost. Most cells are that short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Narrow(u128);

impl Narrow {
    /// Of no text.
    pub const NONE: Self = Self(u128::MAX);

    /// The first `length` bytes of a text. There have to be 16.
    #[inline(always)]
    pub(super) fn new(bytes: &[u8], length: usize) -> Option<Self> {
        let mask = LOWEST_OF_16.get(length)?;
        let text = u128::from_le_bytes(*bytes.first_chunk::<16>()?);
        Some(Self((text & mask) | ((length as u128) << 120)))
    }

    #[inline(always)]
    fn length(self) -> usize {
        usize::from(self.0.to_be_bytes()[0])
    }

    /// A word that most texts have for themselves, its topmost bits too.
    #[must_use]
    #[inline(always)]
    pub fn spread(self) -> u64 {
        let [lower, upper] = self.words();
        // The digits of the golden ratio spread them.
        (lower ^ upper.rotate_left(15)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }

    #[inline(always)]
    fn words(self) -> [u64; 2] {
        #[expect(clippy::cast_possible_truncation, reason = "the halves of it")]
        [self.0 as u64, (self.0 >> 64) as u64]
    }

    /// The number that it writes in digits and nothing else.
    #[must_use]
    #[inline(always)]
    pub fn digits(self) -> Option<u64> {
        let length = self.length();
        if length == 0 || length > 15 {
            return None;
        }
        // All to the end, with zeros before them: the last digit is topmost.
        let [lower, upper] = Self(self.0 << (8 * (16 - length))).words();
        let [zeros, more, ..] = LOWEST.get(16 - length)?;
        let (lower, upper) = (lower | (zeros & ZEROS), upper | (more & ZEROS));
        Some(eight_digits(lower)? * 100_000_000 + eight_digits(upper)?)
    }
}

/// A short text as a number: its bytes from the lowest on, and its length in
/// the topmost.
#[derive(Debug, Clone, Copy, Eq, Hash)]
#[expect(clippy::derived_hash_with_manual_eq, reason = "it compares the same words")]
pub struct Wide {
    words: [u64; 4],
}

impl PartialEq for Wide {
    /// As numbers, without a call of a function.
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        (0..4).fold(0, |all, at| all | (self.words[at] ^ other.words[at])) == 0
    }
}

impl Wide {
    /// The first `length` bytes of a text, of at most 31. There have to be 32.
    #[inline]
    pub(super) fn new(bytes: &[u8], length: usize) -> Option<Self> {
        if length > 31 {
            return None;
        }
        let [a, b, c, d] = bytes.first_chunk::<32>()?.as_chunks::<8>().0 else { return None };
        let words = [*a, *b, *c, *d].map(u64::from_le_bytes);
        Some(Self { words }.first(length))
    }

    /// Of no text.
    pub const NONE: Self = Self { words: [u64::MAX; 4] };
    /// Of an empty text.
    pub const EMPTY: Self = Self { words: [0; 4] };

    /// Its first `length` bytes, of at most 31.
    #[must_use]
    #[inline]
    pub fn first(self, length: usize) -> Self {
        let masks = LOWEST.get(length).copied().unwrap_or_default();
        let mut words = std::array::from_fn(|at| self.words[at] & masks[at]);
        words[3] |= (length as u64) << 56;
        Self { words }
    }
}

/// Eight times the digit zero.
const ZEROS: u64 = 0x3030_3030_3030_3030;

/// The number that eight digits write, the first one lowest.
#[inline(always)]
fn eight_digits(text: u64) -> Option<u64> {
    let digits = text ^ ZEROS;
    // None of them is over nine.
    if (digits | digits.wrapping_add(0x7676_7676_7676_7676)) & 0x8080_8080_8080_8080 != 0 {
        return None;
    }
    // Neighbours come together: digits, pairs of them, fours.
    let pairs = digits.wrapping_mul(10).wrapping_add(digits >> 8) & 0x00ff_00ff_00ff_00ff;
    let fours = pairs.wrapping_mul(100).wrapping_add(pairs >> 16) & 0x0000_ffff_0000_ffff;
    Some(fours.wrapping_mul(10_000).wrapping_add(fours >> 32) & 0xffff_ffff)
}

/// The lowest bytes of four words, none of them to 31.
const LOWEST: [[u64; 4]; 32] = {
    let mut masks = [[0; 4]; 32];
    let mut bytes = 1;
    while bytes < 32 {
        masks[bytes] = masks[bytes - 1];
        masks[bytes][(bytes - 1) / 8] = (masks[bytes - 1][(bytes - 1) / 8] << 8) | 0xff;
        bytes += 1;
    }
    masks
};

/// The lowest bytes of 16, none of them to 15.
const LOWEST_OF_16: [u128; 16] = {
    let mut masks = [0; 16];
    let mut bytes = 1;
    while bytes < 16 {
        masks[bytes] = (masks[bytes - 1] << 8) | 0xff;
        bytes += 1;
    }
    masks
};

#[cfg(test)]
mod tests {
    use super::*;

    fn wide(text: &str) -> Wide {
        let mut bytes = text.as_bytes().to_vec();
        bytes.resize(bytes.len() + 32, b'7');
        Wide::new(&bytes, text.len()).unwrap()
    }

    fn narrow(text: &str) -> Option<Narrow> {
        let mut bytes = text.as_bytes().to_vec();
        bytes.resize(bytes.len() + 16, b'7');
        Narrow::new(&bytes, text.len())
    }

    #[test]
    fn short_texts_are_numbers_that_no_other_text_has() {
        let texts = ["", "0", "00", "7", "\0", "12345678", "123456789", "1234567890123456", "x"];
        for one in texts {
            for other in texts {
                assert_eq!(wide(one) == wide(other), one == other, "{one} {other}");
                assert_eq!(narrow(one) == narrow(other), one == other, "{one} {other}");
            }
            assert_eq!(narrow(one).is_some(), one.len() < 16);
            assert_ne!(narrow(one), Some(Narrow::NONE));
        }
        let long = "a".repeat(31);
        assert_eq!(wide(&long).first(10), wide(&"a".repeat(10)));
        assert_eq!(wide(&long).first(31), wide(&long));
    }

    #[test]
    fn digits_are_the_number_that_they_write() {
        for text in ["0", "7", "007", "12345678", "123456789", "999999999999999", "100000000000000"]
        {
            assert_eq!(narrow(text).and_then(Narrow::digits), text.parse().ok(), "{text}");
        }
        for text in
            ["", "x", "1x", "-1", " 1", "1/", "1:", "12345678:", "9999999999999999", "\u{b9}"]
        {
            assert_eq!(narrow(text).and_then(Narrow::digits), None, "{text}");
        }
    }
}
