//! Rule 6.8: why an exported delivered quantity may differ.

use crate::outcome::{Outcome, reconcile, reconcile_with};
use crate::support::World;

/// One prepaid line of `unit` with an exported quantity, and entries
/// (`date,line,quantity,unit`).
fn one(unit: &str, exported: &str, entries: &str) -> World {
    World::new()
        .csv(
            "lines.csv",
            &format!(
                "id,order,state,product,tracking,policy,ordered,unit,delivered
                 L1,SO1,sale,Support,task,ordered,50,{unit},{exported}"
            ),
        )
        .csv("timesheets.csv", &format!("date,line,quantity,unit\n{entries}"))
}

#[track_caller]
fn expect(world: &World, expected: &str) {
    assert_eq!(reconcile(world).line("L1", "delivered,exported,cause"), expected);
}

#[test]
fn rule_6_8_no_cause_where_nothing_differs_or_nothing_was_exported() {
    expect(&one("Hours", "1", "2026-03-02,L1,60,Minutes"), "1.00,1.00,");
    expect(&one("Hours", "", "2026-03-02,L1,60,Minutes"), "1.00,,");
    let draft = one("Hours", "7", "2026-03-02,L1,1,Hours");
    let draft = draft.csv(
        "lines.csv",
        "id,order,state,product,tracking,policy,ordered,unit,delivered
         L1,SO1,draft,Support,task,ordered,50,Hours,7",
    );
    expect(&draft, ",7.00,");
}

#[test]
fn rule_6_8_twenty_minutes_are_rounded_up_to_0_34_hours() {
    expect(&one("Hours", "0.34", "2026-03-02,L1,20,Minutes"), "0.33,0.34,rounded_up");
    // In a run that rounds up itself, the nearest is no cause that is known.
    let world =
        one("Hours", "0.33", "2026-03-02,L1,20,Minutes").csv("drawdown.toml", "rounding = \"up\"");
    let run = reconcile_with(&world, &["--config", "drawdown.toml"]);
    assert_eq!(run.line("L1", "delivered,exported,cause"), "0.34,0.33,unexplained");
}

#[test]
fn rule_6_8_each_entry_rounded() {
    // Three times 20 minutes are an hour; each of them is 0.33 of one.
    let entries = "2026-03-02,L1,20,Minutes
                   2026-03-03,L1,20,Minutes
                   2026-03-04,L1,20,Minutes";
    expect(&one("Hours", "0.99", entries), "1.00,0.99,rounded_each_entry");
}

#[test]
fn rule_6_8_not_converted() {
    // On a line in days: 2.5 h are 0.3125 d, rounded 0.31, and 0.25 d.
    let entries = "2026-03-02,L1,2.5,Hours
                   2026-03-03,L1,0.25,Days";
    expect(&one("Days", "2.75", entries), "0.56,2.75,not_converted");
    // Sold by the piece: nothing can be delivered, and Odoo adds what it finds,
    // rounded to the decimals of the unit.
    let entries = "2026-03-02,L1,2.5,Hours
                   2026-03-03,L1,0.333333333333333,Hours
                   2026-03-04,L1,0.25,Days";
    expect(&one("Units", "3.08", entries), "0.00,3.08,not_converted");
    // Only what has no common category is added as it stands.
    let entries = "2026-03-02,L1,3,Units
                   2026-03-04,L1,1,Days";
    expect(&one("Hours", "11", entries), "8.00,11.00,not_converted");
    expect(&one("Hours", "4", entries), "8.00,4.00,not_converted");
}

/// Two lines of a pool of hours, 65 worked.
fn pool(first: &str, second: &str) -> World {
    World::new()
        .csv(
            "lines.csv",
            &format!(
                "id,order,state,product,tracking,policy,ordered,unit,delivered,contract
                 L1,SO1,sale,Support,contract,ordered,50,Hours,{first},SO1 - A
                 L2,SO1,sale,Support,contract,ordered,50,Hours,{second},SO1 - A"
            ),
        )
        .csv(
            "timesheets.csv",
            "date,contract,quantity,unit
             2026-03-02,SO1 - A,45,Hours
             2026-03-09,SO1 - A,20,Hours",
        )
}

#[test]
fn rule_6_8_first_line_is_the_other_allocation() {
    let run = reconcile(&pool("65", "0"));
    assert_eq!(
        run.lines("delivered,exported,cause"),
        ["50.00,65.00,first_line", "15.00,0.00,first_line"]
    );
    let world = pool("50", "15").csv("drawdown.toml", "allocation = \"first-line\"");
    let run = reconcile_with(&world, &["--config", "drawdown.toml"]);
    assert_eq!(
        run.lines("delivered,exported,cause"),
        ["65.00,50.00,first_line", "0.00,15.00,first_line"]
    );
}

#[test]
fn rule_6_8_shares_of_a_pool_know_of_entries_that_are_missing() {
    // Up to 2 March: 45 hours, all on the first line.
    let run = reconcile(&pool("45", "0"));
    assert_eq!(run.line("L1", "delivered,exported,cause"), "50.00,45.00,entries_missing");
    // The other allocation comes first, and gives the second line none as well.
    assert_eq!(run.line("L2", "delivered,exported,cause"), "15.00,0.00,first_line");
}

#[test]
fn rule_6_8_excluded_counted() {
    let entries = "2026-03-02,L1,1,Hours
                   2026-04-01,L1,2,Hours
                   2019-01-01,L1,4,Hours";
    expect(&one("Hours", "7", entries), "5.00,7.00,excluded_counted");
    let world = one("Hours", "7", entries);
    let run = reconcile_with(&world, &["--ignore-before", "2020-01-01"]);
    assert_eq!(run.line("L1", "delivered,exported,cause"), "1.00,7.00,excluded_counted");
}

#[test]
fn rule_6_8_excluded_entries_alone_are_seen_on_a_key_that_nothing_else_has() {
    expect(&one("Hours", "2", "2026-04-01,L1,2,Hours"), "0.00,2.00,excluded_counted");
}

#[test]
fn rule_6_8_left_out_counted() {
    let world = |exported: &str| {
        one("Hours", exported, "")
            .csv(
                "timesheets.csv",
                "date,line,quantity,approved
                 2026-03-02,L1,1,yes
                 2026-03-03,L1,2,no
                 2026-03-04,L1,4,no",
            )
            .csv("drawdown.toml", "[count]\napproved = \"only\"")
    };
    let run = |exported| reconcile_with(&world(exported), &["--config", "drawdown.toml"]);
    assert_eq!(run("7").line("L1", "delivered,cause"), "1.00,left_out_counted");
    assert_eq!(run("5").line("L1", "delivered,cause"), "1.00,unexplained");
}

/// The same entry in two files, and another one.
fn twice(exported: &str) -> World {
    let rows = "id,date,line,quantity\n1,2026-03-02,L1,3";
    one("Hours", exported, "")
        .csv("timesheets.csv", rows)
        .csv("timesheets-2.csv", &format!("{rows}\n2,2026-03-05,L1,1"))
}

#[test]
fn rule_6_8_duplicates_counted() {
    expect(&twice("7"), "4.00,7.00,duplicates_counted");
}

#[test]
fn rule_6_8_versions_of_an_undecided_conflict_are_no_duplicates() {
    let world = twice("6").csv("timesheets.csv", "id,date,line,quantity\n1,2026-03-02,L1,5");
    // 1 hour counts; 3 and 5 contradict each other.
    expect(&world, "1.00,6.00,unexplained");
    expect(
        &twice("8").csv("timesheets.csv", "id,date,line,quantity\n1,2026-03-02,L1,4"),
        "1.00,8.00,unexplained",
    );
}

fn unmatched(exported: &str, columns: &str, rows: &str) -> Outcome {
    let world = World::new()
        .csv(
            "lines.csv",
            &format!(
                "id,order,state,product,tracking,policy,ordered,unit,delivered,contract,task
                 L1,SO1,sale,Support,contract,ordered,50,Hours,{exported},SO1 - A,
                 L2,SO2,sale,Website,task,ordered,50,Hours,,,Relaunch"
            ),
        )
        .csv(
            "timesheets.csv",
            &format!(
                "date,quantity,{columns}\n2026-03-02,1,SO1 - A{}\n{rows}",
                ",".repeat(columns.matches(',').count())
            ),
        );
    reconcile(&world)
}

#[test]
fn rule_6_8_unmatched_counted_by_the_orders_name() {
    let run = unmatched("3", "contract", "2026-03-03,2,SO1");
    assert_eq!(run.line("L1", "delivered,cause"), "1.00,unmatched_counted");
    let run = unmatched("3", "contract,line", "2026-03-03,2,,SO1 - Support 10 h (A)");
    assert_eq!(run.line("L1", "delivered,cause"), "1.00,unmatched_counted");
    let run = unmatched("3", "contract", "2026-03-03,2,SO10 - A");
    assert_eq!(run.line("L1", "delivered,cause"), "1.00,unexplained");
}

#[test]
fn rule_6_8_unmatched_counted_on_an_ambiguous_contract() {
    let world = World::new()
        .csv(
            "lines.csv",
            "id,order,state,product,tracking,policy,ordered,unit,delivered,contract
             L1,SO1,sale,Support,contract,ordered,50,Hours,5,SO1 - A
             L2,SO1,sale,Consulting,contract,ordered,50,Hours,0,SO1 - A",
        )
        .csv(
            "timesheets.csv",
            "date,contract,line,quantity
             2026-03-02,SO1 - A,L1,2
             2026-03-09,SO1 - A,,3",
        );
    let run = reconcile(&world);
    assert_eq!(
        run.lines("delivered,exported,cause"),
        ["2.00,5.00,unmatched_counted", "0.00,0.00,"]
    );
}

#[test]
fn rule_6_8_entries_missing() {
    let entries = "2026-03-02,L1,1,Hours
                   2026-03-02,L1,20,Minutes
                   2026-03-04,L1,2,Hours
                   2026-03-05,L1,4,Hours";
    expect(&one("Hours", "1.33", entries), "7.33,1.33,entries_missing");
    expect(&one("Hours", "3.33", entries), "7.33,3.33,entries_missing");
    // A figure that no evening saw.
    expect(&one("Hours", "1", entries), "7.33,1.00,unexplained");
    // A figure from before the first entry.
    expect(&one("Hours", "0", entries), "7.33,0.00,entries_missing");
}

#[test]
fn rule_6_8_the_first_of_several_fits_is_named() {
    // 0.334 rounded up, and the figure before the correction.
    let entries = "2026-03-02,L1,0.34,Hours
                   2026-03-04,L1,-0.006,Hours";
    expect(&one("Hours", "0.34", entries), "0.33,0.34,rounded_up");
}

#[test]
fn rule_6_8_the_differences_are_counted_by_cause() {
    let run = reconcile(&pool("65", "3"));
    assert!(run.stdout.contains("Delivered differs from the ERP, by cause\n"), "{}", run.stdout);
    assert_eq!(run.run_json("causes").to_string(), r#"{"first_line":1,"unexplained":1}"#);
}
