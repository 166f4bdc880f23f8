//! When an order was locked. No export says it; runs that looked before it and
//! after it do.

use chrono::NaiveDate;

/// What is known of the day on which an order was locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lock {
    /// The as-of date of the last run that met it open; it was locked later.
    pub last_open: Option<NaiveDate>,
    /// A day by whose end it was locked for sure.
    pub first_locked: Option<NaiveDate>,
}

impl Lock {
    /// Of orders that share a quota: it can be worked on as long as one of them
    /// is open.
    #[must_use]
    pub fn of_all(locks: impl IntoIterator<Item = Self>) -> Self {
        let both = |one: Self, other: Self| Self {
            last_open: one.last_open.max(other.last_open),
            first_locked: one
                .first_locked
                .zip(other.first_locked)
                .map(|(one, other)| one.max(other)),
        };
        locks.into_iter().reduce(both).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quota_is_locked_when_the_last_of_its_orders_is() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 3, day);
        let lock = |open, locked| Lock { last_open: open, first_locked: locked };
        assert_eq!(
            Lock::of_all([lock(day(1), day(15)), lock(day(8), day(9)), lock(None, day(2))]),
            lock(day(8), day(15))
        );
        assert_eq!(Lock::of_all([lock(day(1), day(15)), lock(day(3), None)]), lock(day(3), None));
        assert_eq!(Lock::of_all([]), Lock::default());
    }
}
