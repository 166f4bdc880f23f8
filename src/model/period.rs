//! The days of a run: up to when entries count, and which are under review.

use chrono::NaiveDate;

/// Which entries count, and which of them are under review (chapter 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The as-of date: later entries are excluded.
    pub as_of: NaiveDate,
    /// Entries before this day are excluded.
    pub ignore_before: Option<NaiveDate>,
    /// First day under review.
    pub from: Option<NaiveDate>,
    /// Last day under review.
    pub to: Option<NaiveDate>,
}

/// Where an entry's day lies, seen from the period under review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Window {
    /// Before the first day under review.
    Before,
    /// Under review; everything, where no period is.
    Within,
    /// After the last day under review, up to the as-of date.
    After,
}

impl Period {
    /// The whole life of every contract up to a day.
    #[must_use]
    pub fn until(as_of: NaiveDate) -> Self {
        Self { as_of, ignore_before: None, from: None, to: None }
    }

    /// Where a day lies; `None` when its entries are excluded.
    #[must_use]
    pub fn window(&self, day: NaiveDate) -> Option<Window> {
        if day > self.as_of || self.ignore_before.is_some_and(|first| day < first) {
            return None;
        }
        Some(match (self.from, self.to) {
            (Some(from), _) if day < from => Window::Before,
            (_, Some(to)) if day > to => Window::After,
            _ => Window::Within,
        })
    }
}
