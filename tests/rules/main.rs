//! The rules of the domain (RULES.md), one test and more for each number, through
//! the real program: the files of a test stand above its expectation, and every
//! expected figure was worked out by hand from the rule.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]
#![allow(clippy::format_collect, clippy::format_push_string, reason = "short inputs read best so")]
#![allow(unreachable_pub, reason = "modules of one test binary")]

mod adjustments;
mod attribution;
mod causes;
mod fates;
mod one_name;
mod outcome;
mod records;
mod review;
mod selling;
mod settlement;
#[path = "../support/mod.rs"]
mod support;
mod totals;
mod tracking;
mod units;

/// The rules that are built, by their numbers in RULES.md.
const RULES: [&str; 33] = [
    "1", "2.1", "2.2", "2.3", "3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.7", "4.1", "4.2", "4.3",
    "4.4", "5.1", "5.2", "5.3", "5.4", "5.5", "5.6", "6.1", "6.2", "6.3", "6.4", "6.5", "6.6",
    "6.7", "6.8", "6.9", "6.10", "6.11", "8",
];

/// The sources of the tests of the rules.
const SOURCES: [&str; 12] = [
    include_str!("adjustments.rs"),
    include_str!("review.rs"),
    include_str!("attribution.rs"),
    include_str!("causes.rs"),
    include_str!("fates.rs"),
    include_str!("one_name.rs"),
    include_str!("records.rs"),
    include_str!("selling.rs"),
    include_str!("settlement.rs"),
    include_str!("totals.rs"),
    include_str!("tracking.rs"),
    include_str!("units.rs"),
];

/// The names of the tests in a source.
fn tests_of(source: &str) -> impl Iterator<Item = &str> {
    source.split("#[test]\nfn ").skip(1).filter_map(|test| test.split('(').next())
}

#[test]
fn every_rule_has_a_test() {
    let tests: Vec<&str> = SOURCES.into_iter().flat_map(tests_of).collect();
    let untested: Vec<&str> = RULES
        .into_iter()
        .filter(|rule| {
            let prefix = format!("rule_{}_", rule.replace('.', "_"));
            !tests.iter().any(|test| test.starts_with(&prefix))
        })
        .collect();
    assert!(untested.is_empty(), "rules without a test: {untested:?}");
}

#[test]
fn every_test_names_the_rule_it_tests() {
    for test in SOURCES.into_iter().flat_map(tests_of) {
        let named = (1..=8).any(|chapter| test.starts_with(&format!("rule_{chapter}_")));
        assert!(named, "{test} does not begin with a rule's number");
    }
}
