//! From the text of a cell to its plain characters, and a walk along them.

use std::borrow::Cow;

/// The text without spaces around it, and without the `'` by which a
/// spreadsheet is kept from computing what starts with a sign.
pub(super) fn unguarded(text: &str) -> &str {
    let text = text.trim();
    text.strip_prefix('\'').filter(|rest| rest.starts_with(['-', '+'])).unwrap_or(text)
}

/// A full-width character as its usual twin, the minus sign as `-`. Nothing
/// else: compatibility forms would make `5²` into 52.
pub(super) fn narrowed(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(c) - 0xff01 + u32::from('!')).unwrap_or(c)
        }
        '\u{2212}' => '-',
        _ => c,
    }
}

pub(super) fn narrow(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { text.chars().map(narrowed).collect() }
}

/// The same, with every kind of space as a plain one.
pub(super) fn narrow_with_spaces(text: &str) -> Cow<'_, str> {
    let space = |c| match c {
        '\u{a0}' | '\u{202f}' | '\u{3000}' => ' ',
        c => narrowed(c),
    };
    if text.is_ascii() { Cow::Borrowed(text) } else { text.chars().map(space).collect() }
}

/// Walks along a text.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'t>(pub(super) &'t str);

impl<'t> Cursor<'t> {
    pub(super) fn take(&mut self, of: impl Fn(&u8) -> bool) -> &'t str {
        // Only ASCII is taken, so this is a boundary.
        let length = self.0.bytes().take_while(|byte| byte.is_ascii() && of(byte)).count();
        let (taken, rest) = self.0.split_at(length);
        self.0 = rest;
        taken
    }

    /// All digits that follow: the number, and how many they are.
    pub(super) fn number(&mut self) -> Option<(u32, usize)> {
        let digits = self.take(u8::is_ascii_digit);
        // Nine digits fit.
        (digits.len() <= 9).then(|| digits.parse().ok()).flatten().map(|n| (n, digits.len()))
    }

    /// A number of one or two digits.
    pub(super) fn short(&mut self) -> Option<u32> {
        self.number().filter(|(_, length)| *length <= 2).map(|(value, _)| value)
    }

    /// A number of as many digits.
    pub(super) fn exactly(&mut self, digits: usize) -> Option<u32> {
        self.number().filter(|(_, length)| *length == digits).map(|(value, _)| value)
    }

    pub(super) fn eat(&mut self, c: char) -> bool {
        self.0.strip_prefix(c).is_some_and(|rest| {
            self.0 = rest;
            true
        })
    }

    pub(super) fn spaces(&mut self) -> bool {
        !self.take(|byte| *byte == b' ').is_empty()
    }

    pub(super) fn letters(&mut self) -> &'t str {
        self.take(u8::is_ascii_alphabetic)
    }

    /// Letters of any script, and the point behind an abbreviation.
    pub(super) fn word(&mut self) -> &'t str {
        let end = self.0.find(|c: char| !c.is_alphabetic()).unwrap_or(self.0.len());
        let (word, rest) = self.0.split_at(end);
        self.0 = rest;
        if !word.is_empty() {
            self.eat('.');
        }
        word
    }
}
