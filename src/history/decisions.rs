//! What people write beside an upsell.

use chrono::NaiveDate;

use crate::ingest;
use crate::language::{Group, in_every_language};
use crate::model::Name;

/// The words of the column `decision`, as drawdown writes them.
pub const DECISIONS: [&str; 5] = ["new_line", "new_order", "lock", "no", "wait"];

/// A column that people fill in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DecisionColumn {
    /// Who takes care of it.
    Owner,
    /// What is to be done: one of [`DECISIONS`].
    Decision,
    /// Anything.
    Comment,
    /// The day until which it is set aside.
    SnoozeUntil,
}

impl DecisionColumn {
    /// All of them, in the order of upsell.csv.
    pub const ALL: [Self; 4] = [Self::Owner, Self::Decision, Self::Comment, Self::SnoozeUntil];

    /// The name in CSV files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Decision => "decision",
            Self::Comment => "comment",
            Self::SnoozeUntil => "snooze_until",
        }
    }

    /// A text of it as drawdown keeps it: a known word or a day in its own
    /// form, anything else as it stands.
    #[must_use]
    pub fn kept(self, text: &str) -> String {
        let text = text.trim();
        if text.is_empty() {
            return String::new();
        }
        match self {
            Self::Decision => match known_word(text) {
                Some(word) => word.to_owned(),
                None => text.to_owned(),
            },
            Self::SnoozeUntil => {
                let day = ingest::day(text).or_else(|| ingest::read_date(text, None));
                day.map_or_else(|| text.to_owned(), |day| day.to_string())
            }
            Self::Owner | Self::Comment => text.to_owned(),
        }
    }
}

/// `new line`, `New-Line`, `NEW_LINE`, `新增订单行`: one word, in any language.
fn known_word(text: &str) -> Option<&'static str> {
    if let Some(word) = DECISIONS.into_iter().find(|word| *word == text) {
        return Some(word);
    }
    let spaced: String =
        text.chars().map(|c| if matches!(c, '_' | '-') { ' ' } else { c }).collect();
    let name = Name::new(&spaced);
    let is_meant = |word: &&str| {
        in_every_language(Group::Decision, word).into_iter().any(|known| Name::new(known) == name)
    };
    DECISIONS.into_iter().find(is_meant)
}

/// What stands in the columns that people fill in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decisions {
    texts: [String; 4],
}

/// A text that drawdown keeps and does not understand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadText {
    /// Where it stands.
    pub column: DecisionColumn,
    /// The text.
    pub text: String,
}

impl Decisions {
    /// The text of a column; blank where nobody wrote one.
    #[must_use]
    pub fn get(&self, column: DecisionColumn) -> &str {
        self.texts.get(column as usize).map_or("", String::as_str)
    }

    /// Writes a column.
    pub fn set(&mut self, column: DecisionColumn, text: &str) {
        if let Some(known) = self.texts.get_mut(column as usize) {
            *known = column.kept(text);
        }
    }

    /// Whether nobody wrote anything.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.texts.iter().all(String::is_empty)
    }

    /// Whether nothing more is to be offered: it is no deal for the CRM.
    #[must_use]
    pub fn offers_nothing(&self) -> bool {
        matches!(self.get(DecisionColumn::Decision), "no" | "lock")
    }

    /// The day until which it is set aside.
    #[must_use]
    pub fn snooze_until(&self) -> Option<NaiveDate> {
        ingest::day(self.get(DecisionColumn::SnoozeUntil))
    }

    /// What is kept and not understood.
    #[must_use]
    pub fn unread(&self) -> Vec<UnreadText> {
        let decision = self.get(DecisionColumn::Decision);
        let snooze = self.get(DecisionColumn::SnoozeUntil);
        let odd = [
            (DecisionColumn::Decision, decision, DECISIONS.contains(&decision)),
            (DecisionColumn::SnoozeUntil, snooze, self.snooze_until().is_some()),
        ];
        odd.into_iter()
            .filter(|(_, text, is_known)| !text.is_empty() && !is_known)
            .map(|(column, text, _)| UnreadText { column, text: text.to_owned() })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_taken_as_people_write_them() {
        let decided = |text: &str| {
            let mut decisions = Decisions::default();
            decisions.set(DecisionColumn::Decision, text);
            (decisions.get(DecisionColumn::Decision).to_owned(), decisions.unread().len())
        };
        for text in ["new_line", "new line", " New Line", "NEW-LINE", "new  line "] {
            assert_eq!(decided(text), ("new_line".to_owned(), 0), "{text}");
        }
        assert_eq!(decided("ask Anna first"), ("ask Anna first".to_owned(), 1));
        assert_eq!(decided("  "), (String::new(), 0));
    }

    #[test]
    fn a_day_is_a_day_and_other_words_are_kept() {
        let mut decisions = Decisions::default();
        decisions.set(DecisionColumn::SnoozeUntil, "2026-05-01 00:00:00");
        assert_eq!(decisions.get(DecisionColumn::SnoozeUntil), "2026-05-01");
        decisions.set(DecisionColumn::SnoozeUntil, "15.4.2026");
        assert_eq!(decisions.get(DecisionColumn::SnoozeUntil), "2026-04-15");
        // April, or March?
        decisions.set(DecisionColumn::SnoozeUntil, "3/4/2026");
        assert_eq!(decisions.unread().len(), 1);
        decisions.set(DecisionColumn::SnoozeUntil, "after Easter");
        assert_eq!(decisions.get(DecisionColumn::SnoozeUntil), "after Easter");
        assert_eq!(decisions.snooze_until(), None);
        assert_eq!(decisions.unread().len(), 1);
    }
}
