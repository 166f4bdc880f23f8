//! The ids of several order lines, as one cell holds them.

use std::fmt;

/// The ids of the lines of a pool, or of one line, in an order of their own:
/// the same lines are the same, however a row lists them.
///
/// In a cell they are parted by a space. A space within an id has a backslash
/// before it, and so has a backslash; a line break is `\n` or `\r`.
///
/// ```
/// use drawdown::model::LineIds;
/// let (two, one) = (LineIds::new(["b", "a"]), LineIds::new(["a b"]));
/// assert_eq!((two.to_string(), one.to_string()), ("a b".into(), r"a\ b".into()));
/// assert_eq!((LineIds::read("a b"), LineIds::read(r"a\ b")), (two, one));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineIds(Vec<String>);

impl LineIds {
    /// Of ids as they are exported.
    #[must_use]
    pub fn new<S: Into<String>>(ids: impl IntoIterator<Item = S>) -> Self {
        let mut ids: Vec<String> = ids.into_iter().map(Into::into).collect();
        ids.sort_unstable();
        Self(ids)
    }

    /// Of a cell as it is written.
    #[must_use]
    pub fn read(cell: &str) -> Self {
        let mut ids = vec![String::new()];
        let mut letters = cell.trim().chars();
        while let Some(letter) = letters.next() {
            let letter = match letter {
                ' ' => {
                    ids.push(String::new());
                    continue;
                }
                '\\' => match letters.next() {
                    Some('n') => '\n',
                    Some('r') => '\r',
                    Some(other) => other,
                    None => '\\',
                },
                letter => letter,
            };
            if let Some(id) = ids.last_mut() {
                id.push(letter);
            }
        }
        Self::new(ids.into_iter().filter(|id| !id.is_empty()))
    }

    /// Of a cell of a version that parted ids by spaces, whatever was in them.
    #[must_use]
    pub fn read_plain(cell: &str) -> Self {
        Self::new(cell.split_whitespace())
    }

    /// The same, as such a version would have read them back.
    #[must_use]
    pub fn as_plain(&self) -> Self {
        Self::new(self.0.iter().flat_map(|id| id.split_whitespace()))
    }

    /// The ids.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Ids in the order in which they are given, as a cell holds them.
    #[must_use]
    pub fn cell<'a>(ids: impl IntoIterator<Item = &'a str>) -> String {
        let mut cell = String::new();
        for (at, id) in ids.into_iter().enumerate() {
            if at > 0 {
                cell.push(' ');
            }
            for letter in id.chars() {
                match letter {
                    ' ' | '\\' => cell.extend(['\\', letter]),
                    '\n' => cell.push_str("\\n"),
                    '\r' => cell.push_str("\\r"),
                    letter => cell.push(letter),
                }
            }
        }
        cell
    }
}

impl fmt::Display for LineIds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Self::cell(self.iter()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_ids_are_never_taken_for_one_another() {
        let lists: [&[&str]; 9] = [
            &["a", "b"],
            &["a b"],
            &["a\\", "b"],
            &["a\\ b"],
            &["a\nb"],
            &["a\\nb"],
            &["a\u{a0}b"],
            &["a", "b c"],
            &["a b", "c"],
        ];
        for (at, list) in lists.iter().enumerate() {
            let ids = LineIds::new(list.iter().copied());
            assert_eq!(LineIds::read(&ids.to_string()), ids, "{list:?}");
            for other in &lists[at + 1..] {
                assert_ne!(LineIds::new(other.iter().copied()).to_string(), ids.to_string());
            }
        }
        assert_eq!(LineIds::read(" a  b "), LineIds::new(["b", "a"]));
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_read_back(
            ids in proptest::collection::vec("[ab\\\\ \n\r\t']{0,3}x", 1..4)
        ) {
            let ids = LineIds::new(ids.iter().map(|id| id.trim()));
            proptest::prop_assert_eq!(LineIds::read(&ids.to_string()), ids);
        }
    }
}
