//! Rule 4.1: one display name of several lines, where the delivered quantity of
//! some is recorded by hand (3.3).

use crate::outcome::{Outcome, reconcile};
use crate::support::World;

/// Lines of SO1, `id,tracking` each, of 10 hours at 100 EUR and with one display
/// name, and the hours of Anna that have it: each with its day.
fn one_name(lines: &[&str], hours: &[(&str, &str)], configuration: &str) -> Outcome {
    let row = |line: &&str| format!("{line},SO1,{SO1},sale,10,3\n");
    world(&lines.iter().map(row).collect::<String>(), hours, configuration)
}

/// What [`one_name`] knows of its order: day and customer.
const SO1: &str = "2026-01-01,Agrolait";

/// The same of lines `id,tracking,order,order_date,customer,state,ordered,delivered`.
fn world(lines: &str, hours: &[(&str, &str)], configuration: &str) -> Outcome {
    let columns = "id,tracking,order,order_date,customer,state,ordered,delivered";
    let same = "product,description,unit,policy,price,currency";
    let lines: String = lines
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| format!("{line},Support,Consulting,Hours,ordered,100,EUR\n"))
        .collect();
    let entries: String = hours
        .iter()
        .map(|(day, hours)| format!("{day},SO1 - Consulting (Agrolait),Anna,{hours}\n"))
        .collect();
    reconcile(
        &World::new()
            .csv("lines.csv", &format!("{columns},{same}\n{lines}"))
            .csv("timesheets.csv", &format!("date,line,employee,quantity\n{entries}"))
            .file("drawdown.toml", configuration),
    )
}

#[test]
fn rule_4_1_a_line_kept_by_hand_takes_no_hours_from_one_that_they_draw_down() {
    let run = one_name(&["L1,manual", "L2,task"], &[("2026-03-02", "15")], "");
    assert_eq!(
        run.lines("line,delivered,proposed,hours,status"),
        ["L1,3.00,,0,ok", "L2,15.00,,15,upsell"]
    );
    let run = one_name(&["L1,task", "L2,none"], &[("2026-03-02", "15")], "");
    assert_eq!(run.lines("line,delivered,hours"), ["L1,15.00,15", "L2,3.00,0"]);
}

#[test]
fn rule_3_5_hours_under_one_name_of_a_credit_and_a_line_kept_by_hand_are_not_the_credits() {
    let lines = format!("L1,task,SO1,{SO1},sale,-5,0\nL2,manual,SO1,{SO1},sale,10,3\n");
    let run = world(&lines, &[("2026-03-02", "13")], "");
    assert_eq!(run.lines("line,delivered,proposed,hours"), ["L1,0.00,,0", "L2,3.00,13.00,13"]);
}

#[test]
fn rule_3_5_a_contract_has_no_hours_of_a_name_that_its_credit_shares_with_a_line_kept_by_hand() {
    let columns = "id,order,state,product,description,customer,unit,ordered,delivered,contract,tracking,policy";
    let run = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                &format!(
                    "{columns}
                    L1,SO1,sale,Support,Help,Azure,Hours,10,3,,manual,ordered
                    L2,SO1,sale,Support,Help,Azure,Hours,-5,,C1,contract,ordered
                    L3,SO2,sale,Support,Help,Azure,Hours,50,,C1,contract,ordered"
                ),
            )
            .csv(
                "timesheets.csv",
                "
                date,line,contract,employee,quantity
                2026-03-02,SO1 - Help (Azure),,Anna,13
                2026-03-03,,C1,Anna,60
                ",
            ),
    );
    let hours = ["L1,3.00,13.00,13", "L2,0.00,,0", "L3,60.00,,60"];
    assert_eq!(run.lines("line,delivered,proposed,hours"), hours);
    assert_eq!(run.upsells("lines,ordered,delivered,excess"), ["L2 L3,45.00,60.00,15.00"]);
    assert_eq!(run.review("given_away", "month,employee,hours"), ["2026-03,Anna,15"]);
}

#[test]
fn rule_4_1_what_one_name_gives_away_is_past_the_quota_that_it_draws_down() {
    let hours = [("2026-02-02", "18"), ("2026-03-02", "7"), ("2026-03-03", "-1")];
    let run = one_name(&["L1,manual", "L2,task", "L3,task"], &hours, "");
    assert_eq!(run.upsells("lines,ordered,delivered,excess"), ["L2 L3,20.00,24.00,4.00"]);
    assert_eq!(run.review("given_away", "month,employee,hours"), ["2026-03,Anna,4"]);
}

#[test]
fn rule_3_3_hours_under_one_name_of_lines_kept_by_hand_are_proposed_for_them_as_of_a_pool() {
    let hours = [("2026-02-02", "12"), ("2026-03-02", "13")];
    let run = one_name(&["L1,manual", "L2,manual"], &hours, "");
    assert_eq!(
        run.lines("line,delivered,proposed,hours,status"),
        ["L1,3.00,10.00,10,ok", "L2,3.00,15.00,15,ok"]
    );
    assert!(run.review("given_away", "hours").is_empty());
}

#[test]
fn rule_3_3_lines_kept_by_hand_that_entries_deliver_are_one_quota_under_one_name() {
    let hours = [("2026-02-02", "12"), ("2026-03-02", "13")];
    for lines in [["L1,manual", "L2,manual"], ["L1,manual", "L2,task"]] {
        let run = one_name(&lines, &hours, "manual = \"entries\"\n");
        assert_eq!(run.lines("line,delivered,status"), ["L1,10.00,upsell", "L2,15.00,upsell"]);
        assert_eq!(
            run.upsells("lines,delivered,excess,reached_on"),
            ["L1 L2,25.00,5.00,2026-03-02"]
        );
        assert_eq!(run.review("given_away", "month,employee,hours"), ["2026-03,Anna,5"]);
    }
}

#[test]
fn rule_6_3_hours_under_one_name_are_late_where_they_are_on_each_of_its_lines() {
    let hours = [("2026-02-28", "1"), ("2026-03-01", "2")];
    let late = |lines: &str| {
        world(lines, &hours, "").review("late", "row,order,lines,quantity,reason,renewed_by")
    };
    let both = format!("L1,manual,SO1,{SO1},sale,10,3\nL2,manual,SO1,{SO1},sale,10,3\n");
    assert!(late(&both).is_empty());
    let renewed = format!("{both}L3,manual,SO2,2026-03-01,Agrolait,sale,10,0\n");
    assert_eq!(late(&renewed), ["3,SO1,L2,2.00,after_renewal,SO2"]);
}

/// The upsells of lines and entries, and the day on which each was reached.
fn reached_on(lines: &str, entries: &str) -> Vec<String> {
    let header =
        "id,order,state,product,description,customer,unit,ordered,contract,tracking,policy";
    let world = World::new()
        .csv("lines.csv", &format!("{header}\n{lines}"))
        .csv("timesheets.csv", &format!("date,line,contract,quantity,unit\n{entries}"));
    reconcile(&world).upsells("lines,delivered,reached_on")
}

#[test]
fn rule_6_9_what_a_line_of_another_unit_delivers_is_rounded_once_for_its_pool() {
    // 0.08 hours are 0.01 days, though each half of them would be.
    let reached = reached_on(
        "
        L1,SO1,sale,Support,Help,Azure,Days,0.02,C1,contract,ordered
        L2,SO2,sale,Support,Help,Azure,Hours,0,C1,contract,ordered
        ",
        "
        2026-03-02,L2,,0.04,Hours
        2026-03-02,L2,,2.4,Minutes
        2026-03-10,L1,,0.01,Days
        ",
    );
    assert_eq!(reached, ["L1 L2,0.02,2026-03-10"]);
}

#[test]
fn rule_6_9_a_contract_is_rounded_in_its_own_unit_though_a_name_joins_it_to_others() {
    let reached = reached_on(
        "
        L1,SO1,sale,Support,Help,Azure,Days,0.02,,task,ordered
        L2,SO1,sale,Support,Help,Azure,Hours,0,C1,contract,ordered
        ",
        "
        2026-03-02,,C1,0.04,Hours
        2026-03-02,,C1,2.4,Minutes
        2026-03-10,SO1 - Help (Azure),,0.01,Days
        ",
    );
    assert_eq!(reached, ["L1 L2,0.02,2026-03-10"]);
}
