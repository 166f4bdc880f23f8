//! Money: an exact amount and its currency.

use std::sync::Arc;

use super::exact::Exact;

/// A currency as the export writes it, usually its ISO 4217 code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency(Arc<Code>);

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Code {
    text: Box<str>,
    decimals: u8,
}

/// ISO 4217 currencies whose minor unit is not a hundredth.
const MINOR_UNITS: [(&str, u8); 26] = [
    ("BHD", 3),
    ("BIF", 0),
    ("CLF", 4),
    ("CLP", 0),
    ("DJF", 0),
    ("GNF", 0),
    ("IQD", 3),
    ("ISK", 0),
    ("JOD", 3),
    ("JPY", 0),
    ("KMF", 0),
    ("KRW", 0),
    ("KWD", 3),
    ("LYD", 3),
    ("OMR", 3),
    ("PYG", 0),
    ("RWF", 0),
    ("TND", 3),
    ("UGX", 0),
    ("UYI", 0),
    ("UYW", 4),
    ("VND", 0),
    ("VUV", 0),
    ("XAF", 0),
    ("XOF", 0),
    ("XPF", 0),
];

impl Currency {
    /// The currency that a text names, its code in capitals; `None` for a blank one.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let known = MINOR_UNITS.iter().find(|(known, _)| known.eq_ignore_ascii_case(text));
        let decimals = known.map_or(2, |(_, decimals)| *decimals);
        let is_code = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
        let text = if is_code { text.to_ascii_uppercase() } else { text.to_owned() };
        Some(Self(Arc::new(Code { text: text.into(), decimals })))
    }

    /// As written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    /// How many decimals an amount has: two, unless ISO 4217 says otherwise.
    #[must_use]
    pub fn decimals(&self) -> u32 {
        u32::from(self.0.decimals)
    }
}

/// An amount in a currency. Amounts of two currencies do not add.
///
/// ```
/// use drawdown::model::{Currency, Exact, Money};
/// let euro = Money::new(Exact::from(500), Currency::new("EUR"));
/// let dollar = Money::new(Exact::from(500), Currency::new("USD"));
/// assert!(euro.plus(&dollar).is_none());
/// assert_eq!(euro.plus(&euro).unwrap().to_string(), "1000.00");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Money {
    amount: Exact,
    currency: Option<Currency>,
}

impl Money {
    /// An exact amount; a currency that the export leaves out is `None`.
    #[must_use]
    pub fn new(amount: Exact, currency: Option<Currency>) -> Self {
        Self { amount, currency }
    }

    /// The sum, or `None` for amounts of two currencies.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Option<Self> {
        (self.currency == other.currency)
            .then(|| Self::new(&self.amount + &other.amount, self.currency.clone()))
    }

    /// Rounded once to the currency's decimals, half away from zero (rule 6.5).
    #[must_use]
    pub fn rounded(&self) -> Self {
        let step = Exact::decimal(1, self.decimals());
        Self::new(self.amount.rounded_half_away(&step), self.currency.clone())
    }

    /// The exact amount.
    #[must_use]
    pub fn amount(&self) -> &Exact {
        &self.amount
    }

    /// The code of its currency, when known.
    #[must_use]
    pub fn currency_code(&self) -> Option<&str> {
        self.currency.as_ref().map(Currency::as_str)
    }

    /// Its currency, when known.
    #[must_use]
    pub fn currency(&self) -> Option<&Currency> {
        self.currency.as_ref()
    }

    /// As reports print it, with the decimals of its currency and without its
    /// name.
    #[must_use]
    pub fn printed(&self) -> String {
        self.amount.to_fixed(self.decimals())
    }

    fn decimals(&self) -> u32 {
        self.currency.as_ref().map_or(2, Currency::decimals)
    }
}

/// As [`Money::printed`].
impl std::fmt::Display for Money {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.printed())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_6_5_rounds_to_the_decimals_of_the_currency() {
        let amount = Exact::decimal(12_345_67, 4);
        let print = |code: &str| Money::new(amount.clone(), Currency::new(code)).to_string();
        assert_eq!(print("EUR"), "123.46");
        assert_eq!(print("JPY"), "123");
        assert_eq!(print("KWD"), "123.457");
    }

    #[test]
    fn a_code_is_in_capitals_however_it_is_written() {
        assert_eq!(Currency::new(" eur"), Currency::new("EUR"));
        assert_eq!(Currency::new("euro").unwrap().as_str(), "euro");
        assert_eq!(Currency::new(" "), None);
    }
}
