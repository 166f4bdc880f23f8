//! An error taken apart, for those who read it by machine.

use super::{Error, Place};

impl Error {
    /// The stable name of its kind.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::NoSuchPath { .. } => "no_such_path",
            Self::NothingMatches { .. } => "nothing_matches",
            Self::Unreadable { .. } => "unreadable",
            Self::Empty { .. } => "empty",
            Self::UnknownRole { .. } => "unknown_role",
            Self::MissingColumn { .. } => "missing_column",
            Self::NotUtf8 { .. } => "not_utf8",
            Self::ControlCharacter { .. } => "control_character",
            Self::UnclosedQuote { .. } => "unclosed_quote",
            Self::StrayQuote { .. } => "stray_quote",
            Self::TwoColumns { .. } => "two_columns",
            Self::RivalColumns { .. } => "rival_columns",
            Self::TooLarge { .. } => "too_large",
            Self::Contradiction { .. } => "contradiction",
            Self::BadUnit { .. } => "bad_unit",
            Self::BadConfiguration { .. } => "bad_configuration",
            Self::Usage { .. } => "usage",
            Self::OutputNotOurs { .. } => "output_not_ours",
            Self::OutputOpen { .. } => "output_open",
            Self::EarlierRun { .. } => "earlier_run",
            Self::NotAsWritten { .. } => "not_as_written",
            Self::CannotWrite { .. } => "cannot_write",
            Self::NothingToDo { .. } => "nothing_to_do",
            Self::Totals { .. } => "totals",
        }
    }

    /// Where it stands, if it is a matter of one place.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        match self {
            Self::Empty { place }
            | Self::UnknownRole { place, .. }
            | Self::MissingColumn { place, .. }
            | Self::NotUtf8 { place }
            | Self::ControlCharacter { place, .. }
            | Self::UnclosedQuote { place }
            | Self::StrayQuote { place }
            | Self::TooLarge { place, .. }
            | Self::BadUnit { place, .. }
            | Self::EarlierRun { place, .. }
            | Self::NotAsWritten { place, .. } => Some(place.clone()),
            Self::TwoColumns { place, header, .. }
            | Self::RivalColumns { place, headers: [header, _], .. } => {
                Some(place.in_column(header))
            }
            Self::Contradiction { first_place, .. } => Some(first_place.as_ref().clone()),
            Self::BadConfiguration { path, line, .. } => {
                Some(Place::new(path, None).at_row(*line as u64))
            }
            Self::NoSuchPath { path }
            | Self::Unreadable { path, .. }
            | Self::OutputNotOurs { path, .. }
            | Self::OutputOpen { path, .. }
            | Self::CannotWrite { path, .. } => Some(Place::new(path, None)),
            Self::NothingMatches { .. }
            | Self::Usage { .. }
            | Self::NothingToDo { .. }
            | Self::Totals { .. } => None,
        }
    }

    /// The text found, where that is part of it.
    #[must_use]
    pub fn found(&self) -> Option<&str> {
        match self {
            Self::NothingMatches { pattern } => Some(pattern),
            Self::UnknownRole { headers, .. } | Self::MissingColumn { headers, .. } => {
                Some(headers)
            }
            Self::UnclosedQuote { .. } | Self::StrayQuote { .. } => Some("\""),
            Self::TwoColumns { header, .. } | Self::RivalColumns { headers: [header, _], .. } => {
                Some(header)
            }
            Self::Contradiction { first, .. } => Some(first),
            Self::OutputNotOurs { found, .. } | Self::OutputOpen { found, .. } => Some(found),
            _ => None,
        }
    }

    /// What was expected, where that is part of it.
    #[must_use]
    pub fn expected(&self) -> Option<String> {
        match self {
            Self::Empty { .. } => Some("a header row and at least one row below it".to_owned()),
            Self::MissingColumn { expected, .. } => Some(expected.clone()),
            Self::TooLarge { limit, .. } => Some(format!("at most {limit}")),
            Self::Totals { right, .. } => Some(right.clone()),
            _ => None,
        }
    }

    /// Its sentence in two: what is wrong, and what to do about it.
    #[must_use]
    pub fn message_and_help(&self) -> (String, Option<String>) {
        let sentence = self.to_string();
        match sentence.rsplit_once("; help: ") {
            Some((message, help)) => (message.to_owned(), Some(help.to_owned())),
            None => (sentence, None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_taken_apart_at_its_help() {
        let error = Error::NoSuchPath { path: "a; help: b".to_owned() };
        let (message, help) = error.message_and_help();
        assert_eq!(message, "no such file or folder: a; help: b");
        assert!(help.unwrap().starts_with("check the path"));
        let error = Error::Usage { problem: "too much".to_owned() };
        assert_eq!(error.message_and_help(), ("too much".to_owned(), None));
    }

    #[test]
    fn a_place_in_the_configuration_is_its_line() {
        let error = Error::BadConfiguration {
            path: "drawdown.toml".to_owned(),
            line: 3,
            column: 5,
            problem: "no".to_owned(),
        };
        assert_eq!(error.place().unwrap().to_string(), "drawdown.toml:3");
        assert_eq!(error.kind(), "bad_configuration");
    }
}
