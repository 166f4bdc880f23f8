//! How keys compare (RULES.md, chapter 1): ids as they stand, names without
//! regard to case, width and runs of space.

use std::hash::BuildHasher;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// A name, in the form in which names compare.
///
/// ```
/// use drawdown::model::Name;
/// assert_eq!(Name::new("  SO009 -  ＡGROLAIT"), Name::new("so009 - Agrolait"));
/// assert!(Name::new("   ").is_blank()); // a blank key never matches
/// assert_ne!(Name::new("Café"), Name::new("Cafe")); // accents tell names apart
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(String);

impl Name {
    /// Folds case, width and runs of space.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut folded = String::with_capacity(text.len());
        fold_into(&mut folded, text);
        Self(folded)
    }

    /// True when nothing is left: a blank key never matches.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.0.is_empty()
    }

    /// The folded text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The hash of the name that a text is: equal names have equal ones.
    #[must_use]
    pub fn hash_of(text: &str, hashes: &impl BuildHasher) -> u64 {
        let mut folded = [0; SHORT];
        match folded.get_mut(..text.len()).filter(|_| is_one_spaced(text)) {
            Some(folded) => {
                folded.copy_from_slice(text.as_bytes());
                folded.make_ascii_lowercase();
                hashes.hash_one(&*folded)
            }
            None => hashes.hash_one(Self::new(text).0.as_bytes()),
        }
    }
}

/// As long as names mostly are.
const SHORT: usize = 48;

/// Whether a text is ASCII and has none but single spaces within.
fn is_one_spaced(text: &str) -> bool {
    let mut before = b' ';
    let is_plain = text.bytes().all(|byte| {
        let is_plain = matches!(byte, b'!'..=b'~') || byte == b' ' && before != b' ';
        before = byte;
        is_plain
    });
    is_plain && (before != b' ' || text.is_empty())
}

/// Puts a text behind another in the form in which names compare. What is put
/// there has no space at its start or end.
pub(super) fn fold_into(folded: &mut String, text: &str) {
    let start = folded.len();
    if text.is_ascii() {
        for word in text.split_ascii_whitespace() {
            if folded.len() > start {
                folded.push(' ');
            }
            folded.push_str(word);
        }
        if let Some(own) = folded.get_mut(start..) {
            own.make_ascii_lowercase();
        }
        return;
    }
    // What is in this form already, as names are written, need not be put into it:
    // all letters to U+00FF are from U+00C0 on, the first byte of which is this.
    if text.bytes().all(|byte| byte <= 0xc3 && byte != 0xc2) {
        return fold_letters(folded, text.chars());
    }
    match is_nfkc_quick(text.chars()) {
        IsNormalized::Yes => fold_letters(folded, text.chars()),
        IsNormalized::No | IsNormalized::Maybe => fold_letters(folded, text.nfkc()),
    }
}

fn fold_letters(folded: &mut String, letters: impl Iterator<Item = char>) {
    let start = folded.len();
    let mut space = false;
    for letter in letters {
        let is_space = match letter {
            '\t'..='\r' | ' ' => true,
            letter => !letter.is_ascii() && letter.is_whitespace(),
        };
        if is_space {
            space = true;
            continue;
        }
        if space && folded.len() > start {
            folded.push(' ');
        }
        space = false;
        if letter.is_ascii() {
            folded.push(letter.to_ascii_lowercase());
        } else {
            // A word in capitals does not tell which sigma it ends with.
            folded.extend(letter.to_lowercase().map(|low| if low == 'ς' { 'σ' } else { low }));
        }
    }
}

/// Splits `[code] name`, as Odoo shows products and analytic accounts.
///
/// ```
/// use drawdown::model::split_code;
/// assert_eq!(split_code("[SP-10] Support Pack"), Some(("SP-10", "Support Pack")));
/// assert_eq!(split_code("Support Pack"), None);
/// ```
#[must_use]
pub fn split_code(text: &str) -> Option<(&str, &str)> {
    let rest = text.trim().strip_prefix('[')?;
    let (code, name) = rest.split_once(']')?;
    let (code, name) = (code.trim(), name.trim());
    (!code.is_empty() && !name.is_empty()).then_some((code, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A name folded step by step.
    fn folded(text: &str) -> String {
        let lower = text.nfkc().flat_map(char::to_lowercase).collect::<String>().replace('ς', "σ");
        lower.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    proptest::proptest! {
        #[test]
        fn names_fold_as_step_by_step(
            text in "([ a-zA-ZØøÅåÉéßİıﬁＡｂ①²ﾊﾞ\u{301}\u{30a}\u{a0}\u{3000}\t\n가각]|\\PC){0,12}"
        ) {
            let name = Name::new(&text);
            proptest::prop_assert_eq!(name.as_str(), folded(&text));
        }

        #[test]
        fn equal_names_have_equal_hashes(
            text in "([ a-zA-ZØøΣσςＡ\t]|\\PC){0,60}",
            upper in proptest::prelude::any::<bool>(),
        ) {
            let hashes = foldhash::fast::FixedState::default();
            let other = if upper { text.to_ascii_uppercase() } else { format!(" {text}\t") };
            let hash = Name::hash_of(&text, &hashes);
            proptest::prop_assert_eq!(hash, Name::hash_of(&other, &hashes));
            proptest::prop_assert_eq!(hash, Name::hash_of(Name::new(&text).as_str(), &hashes));
        }
    }
}
