//! What the user says of single files: `[files."pattern"]` in drawdown.toml.

use super::columns::Chosen;
use super::source::TextEncoding;

/// Which files are meant: a glob over a file's name, or over its name and the
/// folders above it, as far as the pattern has them.
///
/// ```
/// use drawdown::ingest::FilePattern;
/// let pattern = FilePattern::new("berlin/*.csv").unwrap();
/// assert!(pattern.matches("exports/berlin/march.csv"));
/// assert!(!pattern.matches("exports/paris/march.csv"));
/// assert!(FilePattern::new("march.csv").unwrap().matches("exports/berlin/march.csv"));
/// assert!(FilePattern::new("[").is_none());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilePattern(glob::Pattern);

impl FilePattern {
    /// From the text of a glob; `None` when it is none.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches("./");
        glob::Pattern::new(text).ok().filter(|_| !text.is_empty()).map(Self)
    }

    /// The text of the glob.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether a path with `/` between its parts is meant.
    #[must_use]
    pub fn matches(&self, path: &str) -> bool {
        let options =
            glob::MatchOptions { require_literal_separator: true, ..glob::MatchOptions::new() };
        let ends = path.match_indices('/').map(|(at, _)| &path[at + 1..]);
        std::iter::once(path).chain(ends).any(|end| self.0.matches_with(end, options))
    }
}

/// How the files of a pattern are read; what is left open is found out, or
/// chosen for all files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChoice {
    /// Which files.
    pub pattern: FilePattern,
    /// The encoding of text without a byte order mark.
    pub encoding: Option<TextEncoding>,
    /// What stands between the cells of a text.
    pub delimiter: Option<u8>,
    /// How numbers and dates are written.
    pub reading: Chosen,
    /// The unit of timesheets that name none; hours unless it is said.
    pub unit: Option<String>,
    /// The one sheet of a workbook to read, hidden or not.
    pub sheet: Option<String>,
}

/// The first choice whose pattern matches a file, and its place in the list.
pub(super) fn choice_for<'a>(
    choices: &'a [FileChoice],
    path: &str,
) -> Option<(usize, &'a FileChoice)> {
    choices.iter().enumerate().find(|(_, choice)| choice.pattern.matches(path))
}
