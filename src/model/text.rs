//! Texts of records, of which many are the same.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use super::lookup::Lookup;

/// A text whose lines end in one way: a workbook and a text file of the same records
/// may differ in that, and files of ours end them so.
#[must_use]
pub fn with_line_feeds(text: &str) -> Cow<'_, str> {
    match memchr::memchr(b'\r', text.as_bytes()) {
        Some(_) => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
        None => Cow::Borrowed(text),
    }
}

/// A text of a record, as exported. Others may have the same one: a copy takes
/// no room of its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(Arc<str>);

impl Text {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl PartialEq<Text> for str {
    fn eq(&self, other: &Text) -> bool {
        *self == *other.0
    }
}

/// Texts that many records have, each once.
#[derive(Debug, Default)]
pub(crate) struct SharedTexts(Lookup<Text, ()>);

impl SharedTexts {
    /// The text, shared with all who asked for it before.
    pub(crate) fn share(&mut self, text: &str) -> Text {
        self.0.key(text).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_are_one() {
        let mut texts = SharedTexts::default();
        let [first, other, again] = ["Hours", "Days", "Hours"].map(|text| texts.share(text));
        assert!(Arc::ptr_eq(&first.0, &again.0) && !Arc::ptr_eq(&first.0, &other.0));
        assert_eq!((&*first, &*other), ("Hours", "Days"));
    }
}
