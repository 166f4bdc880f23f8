//! What drawdown.toml says that cannot hold: told with its place, before anything
//! is written.

use super::support::World;

const LINES: &str = "id,order,state,product,ordered,unit,contract,tracking,policy\nL1,SO1,sale,Support,5,Hours,SO1,contract,ordered\n";
const HOURS: &str = "date,contract,quantity\n2026-03-02,SO1,2\n";

fn world(configuration: impl AsRef<[u8]>) -> World {
    World::new()
        .file("in/orders.csv", LINES)
        .file("in/hours.csv", HOURS)
        .file("in/drawdown.toml", configuration)
}

#[track_caller]
fn refused(configuration: impl AsRef<[u8]>, expected: &str) {
    let run = world(configuration).run(&["reconcile", "in", "--out", "out"]).expect_code(2);
    assert_eq!(run.stderr.lines().next(), Some(expected));
    assert!(!run.out.exists());
}

#[test]
fn a_wrong_configuration_is_wrong_usage() {
    refused(
        "\n[aliases]\nmd = \"Mandays\"\n",
        "error: in/drawdown.toml:3:1: alias \"md\" means \"Mandays\", which is no unit of measure; help: name a unit that is known, or declare it under [units]",
    );
    refused(
        "[units]\nTag = { category = \"X\", ratio = 2 }\n",
        "error: in/drawdown.toml:2:1: category \"X\" has no reference unit; help: add reference = true to one of its units",
    );
    refused(
        "[files.\"o*.csv\"]\ndecimal = \",\"\n[files.\"hours.csv\"]\nunit = \"hrz\"\n",
        "error: in/drawdown.toml:3:8: in/hours.csv is said to be in \"hrz\", which is no unit of measure; help: name a unit that is known, or declare it under [units]",
    );
    refused(
        b"locked = \"done\"\n# caf\xe9\n",
        "error: in/drawdown.toml:2:6: this is not UTF-8 text; save it as UTF-8",
    );
    let named = ["reconcile", "in", "--out", "out", "--config", "my.toml"];
    let run = world("").run(&named).expect_code(2);
    assert_eq!(run.stderr, "error: cannot read my.toml: there is no such file\n");
}

#[test]
fn rule_5_5_an_alias_that_a_unit_has_for_its_name_is_refused() {
    refused(
        "[aliases]\nh = \"Days\"\n\"hours\" = \"Days\"\n",
        "error: in/drawdown.toml:3:1: \"hours\" is the name of a unit itself, which goes before an alias, so it never means \"Days\"; help: take the alias out",
    );
    // A unit that a file names wins over an alias, and others still have it.
    let units =
        "id,name,category,ratio,reference\n1,Hours,Working Time,1,\n2,hrz,Working Time,2,\n";
    let world = world("[aliases]\nhrz = \"Hours\"\n").file("in/units.csv", units);
    world.run(&["reconcile", "in", "--out", "out"]).expect_code(0);
}

#[test]
fn a_pattern_whose_files_an_earlier_one_takes_is_told_with_that_one() {
    let world =
        world("[files.\"*.csv\"]\nunit = \"Days\"\n[files.\"hours.csv\"]\nunit = \"Minutes\"\n");
    let run = world.run(&["reconcile", "in", "--out", "out", "--quiet"]).expect_code(0);
    let told = "an earlier pattern of [files] in drawdown.toml takes every file of these, each with that one: hours.csv (*.csv); the first that fits a file counts\n";
    assert_eq!(run.stderr, format!("warning: {told}"));
    let shown = world.run(&["inspect", "in"]).expect_code(0).stdout;
    assert!(shown.contains(told), "{shown}");
    assert!(!shown.contains("No file matches"), "{shown}");
}

#[test]
fn entries_that_a_setting_does_not_count_are_told_with_it() {
    let world = world("[count]\napproved = \"only\"\n");
    let run = world.run(&["reconcile", "in", "--out", "out", "--quiet"]).expect_code(0);
    assert_eq!(
        run.stderr,
        "warning: the only entry could not be attributed; most are not counted: approved or billable under [count] in drawdown.toml is \"only\", and they are not marked so\n"
    );
}
