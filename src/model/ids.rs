//! How keys compare (RULES.md, chapter 1): ids as they stand, names without
//! regard to case, width and runs of space.

use unicode_normalization::UnicodeNormalization;

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
        if text.is_ascii() {
            let mut folded = String::with_capacity(text.len());
            for word in text.split_ascii_whitespace() {
                if !folded.is_empty() {
                    folded.push(' ');
                }
                folded.push_str(word);
            }
            folded.make_ascii_lowercase();
            return Self(folded);
        }
        let mut folded = String::with_capacity(text.len());
        let lower = text.nfkc().flat_map(char::to_lowercase).collect::<String>();
        for word in lower.split_whitespace() {
            if !folded.is_empty() {
                folded.push(' ');
            }
            folded.push_str(word);
        }
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
