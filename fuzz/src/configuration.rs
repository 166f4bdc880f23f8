//! drawdown.toml: what is not understood has a place in the text; what is, lies
//! within the bounds that the rules rely on.

use chrono::NaiveDate;
use drawdown::config::{Configuration, Overrides, in_force};
use drawdown::diagnostics::Error;
use drawdown::model::{Exact, UnitTable};

use super::text_of;

/// The text of a configuration.
pub fn configuration(data: &[u8]) {
    let text = text_of(data);
    let as_of = NaiveDate::from_ymd_opt(2026, 3, 31).expect("a day");
    let parsed = match Configuration::parse("drawdown.toml", &text) {
        Ok(parsed) => parsed,
        Err(Error::BadConfiguration { line, column, problem, .. }) => {
            let lines: Vec<&str> = text.split('\n').collect();
            let found = lines.get(line.wrapping_sub(1)).expect("a line of the text");
            assert!((1..=found.chars().count() + 1).contains(&column), "{line}:{column}");
            assert!(!problem.is_empty() && !problem.contains('\n'), "{problem:?}");
            return;
        }
        Err(other) => panic!("{other}"),
    };
    let rules = match parsed.rules(&Overrides::until(as_of)) {
        Ok(rules) => rules,
        Err(Error::Usage { problem }) => {
            assert!(problem.contains("ends before it begins"), "{problem}");
            return;
        }
        Err(other) => panic!("{other}"),
    };
    assert!(rules.threshold.is_positive(), "threshold {}", rules.threshold);
    let share = rules.warning.is_positive() && rules.warning <= Exact::one();
    assert!(share, "warning {}", rules.warning);
    let days = [rules.period.from, rules.period.to, rules.period.ignore_before];
    for day in days.into_iter().flatten() {
        assert!(super::is_in_range(day), "{day}");
    }
    for rule in &rules.products {
        assert!(rule.selling.hours_per_unit.is_none_or(|hours| hours > 0.into()), "{rule:?}");
        assert!(rule.selling.threshold.is_none_or(|share| share >= 0.into()), "{rule:?}");
    }
    for unit in parsed.units() {
        assert!(unit.ratio.value().is_positive() && unit.rounding.is_positive(), "{unit:?}");
        assert!(parsed.declared_unit_place(&unit.name).is_some(), "{unit:?} is declared nowhere");
    }
    if let Ok(units) = UnitTable::new(parsed.units().to_vec(), parsed.aliases()) {
        for (alias, unit) in parsed.aliases() {
            assert!(units.find(unit).is_some(), "{alias} means {unit}, which is no unit");
        }
    }
    // A comment behind it says nothing.
    let again = Configuration::parse("drawdown.toml", &format!("{text}\n# the end\n"));
    let again = again.expect("the same with a comment");
    let rules_again = again.rules(&Overrides::until(as_of)).expect("the same rules");
    assert_eq!(in_force(&rules, &parsed), in_force(&rules_again, &again));
}
