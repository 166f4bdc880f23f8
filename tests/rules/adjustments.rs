//! Rule 6.10: adjustments.

use crate::outcome::{reconcile, reconcile_with};
use crate::support::World;

/// A prepaid line of 50 hours at 100 EUR with 40 hours on it, and adjustments.
fn adjusted(rows: &str) -> World {
    World::new()
        .csv(
            "lines.csv",
            "
            id,order,state,product,ordered,unit,tracking,policy,price,currency,contract
            L1,SO1,sale,Support,50,Hours,task,ordered,100,EUR,
            L2,SO2,sale,Audit,10,Days,contract,ordered,800,EUR,C2
            L3,SO3,draft,Audit,10,Days,contract,ordered,800,EUR,C3
            ",
        )
        .csv("timesheets.csv", "date,line,quantity\n2026-03-02,L1,40")
        .csv("adjustments.csv", &format!("date,line,contract,quantity,unit,kind,reason\n{rows}"))
}

#[test]
fn rule_6_10_adjustments_count_towards_the_quota_and_not_the_hours() {
    let run = reconcile(&adjusted(
        "2026-01-01,L1,,15.5,Hours,opening,before the timesheets\n2026-03-03,L1,,-3,Hours,goodwill,",
    ));
    let columns = "delivered,adjusted,remaining,used,hours,consumed_value,overrun_value,status";
    assert_eq!(run.line("L1", columns), "40.00,12.50,-2.50,1.0500,40,5000.00,250.00,upsell");
    assert_eq!(
        run.upsells("delivered,adjusted,excess,used,overrun_value"),
        ["40.00,12.50,2.50,1.0500,250.00"]
    );
    assert_eq!(run.hours("attributed"), "40");
    assert_eq!((run.adjustments("read"), run.adjustments("counted")), (2, 2));
}

#[test]
fn rule_6_10_a_negative_adjustment_takes_a_line_off_the_list() {
    let world = adjusted("2026-03-03,L1,,-15,Hours,write_off,")
        .csv("more.csv", "date,line,quantity\n2026-03-03,L1,20");
    let run = reconcile(&world);
    assert_eq!(run.line("L1", "delivered,adjusted,remaining,status"), "60.00,-15.00,5.00,near");
    assert!(run.upsells("order").is_empty());
}

#[test]
fn rule_6_10_units_convert_as_those_of_entries_and_a_blank_one_is_hours() {
    let run = reconcile(&adjusted("2026-03-03,L1,,0.5,Days,opening,\n2026-03-03,L2,,4,,opening,"));
    assert_eq!(run.line("L1", "adjusted"), "4.00");
    assert_eq!(run.line("L2", "adjusted,remaining"), "0.50,9.50");
}

#[test]
fn rule_5_2_adjustments_of_a_line_and_of_its_contract_alone_are_summed_before_they_round() {
    let run = reconcile(&adjusted("2026-03-03,L2,,1,,opening,\n2026-03-03,,C2,1,,opening,"));
    assert_eq!(run.line("L2", "adjusted,remaining"), "0.25,9.75");
}

#[test]
fn rule_6_10_a_line_without_adjustments_shows_none() {
    let run = reconcile(&adjusted("2026-03-03,L1,,0,Hours,goodwill,nothing"));
    assert_eq!(run.lines("line,adjusted"), ["L1,0.00", "L2,", "L3,"]);
}

#[test]
fn rule_6_10_adjustments_that_cancel_out_are_shown_of_a_quota_as_of_its_line() {
    let both = "2026-03-03,L1,,20,Hours,opening,\n2026-03-04,L1,,-20,Hours,goodwill,";
    let of = |hours: u32| {
        let more = format!("date,line,quantity\n2026-03-03,L1,{hours}");
        let run = reconcile(&adjusted(both).csv("more.csv", &more));
        assert_eq!(run.line("L1", "adjusted"), "0.00");
        (run.review("near", "order,adjusted"), run.upsells("order,adjusted"))
    };
    assert_eq!(of(5), (vec!["SO1,0.00".to_owned()], Vec::new()));
    assert_eq!(of(15), (Vec::new(), vec!["SO1,0.00".to_owned()]));
}

#[test]
fn rule_6_10_entries_move_no_adjustment_of_a_recorded_quantity() {
    for tracking in ["manual", "none"] {
        let lines = format!(
            "
            id,order,state,product,ordered,unit,delivered,task,tracking,policy
            L1,SO1,sale,P,10,Hours,10,T,{tracking},ordered
            L2,SO1,sale,P,20,Hours,0,T,{tracking},ordered
            "
        );
        let world = World::new()
            .csv("lines.csv", &lines)
            .csv("adjustments.csv", "date,line,quantity,kind\n2026-01-15,L1,-3,goodwill")
            .csv("timesheets.csv", "date,task,quantity\n2026-02-20,T,12");
        let lines = reconcile(&world).lines("line,adjusted,remaining,used");
        assert_eq!(lines, ["L1,-3.00,3.00,0.7000", "L2,,20.00,0.0000"], "{tracking}");
    }
}

#[test]
fn rule_6_10_an_adjustment_is_shown_where_no_quantity_is_known() {
    let world = World::new()
        .csv(
            "lines.csv",
            "
            id,order,state,product,ordered,unit,tracking,policy
            L1,SO1,sale,P,20,Hours,none,ordered
            ",
        )
        .csv("adjustments.csv", "date,line,quantity,kind\n2026-01-15,L1,2,write_off")
        .csv("timesheets.csv", "date,contract,quantity\n2026-02-20,K,12");
    assert_eq!(reconcile(&world).line("L1", "delivered,adjusted,remaining"), ",2.00,");
}

#[test]
fn rule_6_10_a_pool_is_adjusted_before_its_lines_round_their_shares() {
    let world = World::new()
        .csv(
            "lines.csv",
            "
            id,order,state,product,ordered,unit,contract,tracking,policy
            L1,SO1,sale,P,5,Hours,K,contract,ordered
            L2,SO1,sale,P,0.5,Weeks,K,contract,ordered
            ",
        )
        .csv("adjustments.csv", "date,contract,quantity,kind\n2026-01-15,K,1,goodwill")
        .csv("timesheets.csv", "date,contract,line,quantity\n2026-01-18,K,,1\n2026-01-19,,L1,32");
    // 33 delivered and 1 adjusted of 25; a hundredth of a week is 0.4 hours.
    let upsells = reconcile(&world).upsells("delivered,adjusted,excess,used");
    assert_eq!(upsells, ["33.00,1.00,9.00,1.3600"]);
}

#[test]
fn rule_6_10_days_that_do_not_count_exclude_an_adjustment() {
    let rows = "2026-04-01,L1,,20,Hours,goodwill,\n2025-12-31,L1,,5,Hours,opening,";
    let run = reconcile_with(&adjusted(rows), &["--ignore-before", "2026-01-01"]);
    assert_eq!(run.line("L1", "adjusted,remaining"), ",10.00");
    assert_eq!((run.adjustments("read"), run.adjustments("excluded")), (2, 2));
    // The period under review changes no figure of the whole life.
    let run =
        reconcile_with(&adjusted("2026-01-01,L1,,5,Hours,opening,"), &["--from", "2026-03-01"]);
    assert_eq!(run.line("L1", "adjusted,remaining,period_hours"), "5.00,5.00,40");
}

#[test]
fn rule_6_10_what_cannot_be_adjusted_is_an_exception_with_its_place() {
    let rows = "
        2026-03-03,L9,,1,Hours,goodwill,
        2026-03-03,,C9,1,Hours,goodwill,
        2026-03-03,,C3,1,Hours,goodwill,
        2026-03-03,L1,,1,Parsecs,goodwill,
        2026-03-03,L1,,1,Units,goodwill,
        2026-03-03,L1,,1,Hours,gift,
        2026-03-03,,,1,Hours,goodwill,
        ,L1,,1,Hours,goodwill,
        2026-03-03,L1,,x,Hours,goodwill,
        2026-03-03,L3,,1,Hours,goodwill,
    ";
    let run = reconcile(&adjusted(rows.trim()));
    assert_eq!(
        run.exceptions("file,row,column,kind"),
        [
            "./adjustments.csv,2,line,unknown_order_line",
            "./adjustments.csv,3,contract,unknown_contract",
            "./adjustments.csv,4,contract,order_not_confirmed",
            "./adjustments.csv,5,unit,unknown_unit",
            "./adjustments.csv,6,unit,category_mismatch",
            "./adjustments.csv,7,kind,unknown_value",
            "./adjustments.csv,8,line,missing_value",
            "./adjustments.csv,9,date,missing_value",
            "./adjustments.csv,10,quantity,not_a_number",
            "./adjustments.csv,11,line,order_not_confirmed",
        ]
    );
    assert_eq!((run.adjustments("read"), run.adjustments("rejected")), (10, 10));
    assert_eq!(run.line("L1", "adjusted,remaining"), ",10.00");
}

/// A pool of 50 and 10 hours on C1, hours on the contract, and an adjustment.
fn pool(hours: &str, adjustment: &str) -> World {
    World::new()
        .csv(
            "lines.csv",
            "
            id,order,order_date,contract,product,tracking,policy,state,ordered,unit,price,currency
            L1,SO1,2026-01-01,C1,Support,contract,ordered,sale,50,Hours,100,EUR
            L2,SO2,2026-02-01,C1,Support,contract,ordered,sale,10,Hours,120,EUR
            ",
        )
        .csv("timesheets.csv", &format!("date,contract,quantity\n2026-03-02,C1,{hours}"))
        .csv("adjustments.csv", &format!("date,line,contract,quantity,kind\n{adjustment}"))
}

#[test]
fn rule_6_10_a_contracts_adjustment_draws_its_pool_down_with_the_hours() {
    let run = reconcile(&pool("45", "2026-01-10,,C1,10,opening"));
    assert_eq!(
        run.lines("line,delivered,adjusted,remaining,hours,status"),
        ["L1,45.00,5.00,0.00,45,near", "L2,0.00,5.00,5.00,0,near"]
    );
    // Taken back from the line that the excess would be on.
    let run = reconcile(&pool("65", "2026-03-10,,C1,-10,billed_elsewhere"));
    assert_eq!(
        run.lines("line,delivered,adjusted,remaining,overrun_value"),
        ["L1,50.00,,0.00,0.00", "L2,15.00,-10.00,5.00,0.00"]
    );
    // One that names a line stays on it, and the hours have less room there.
    let run = reconcile(&pool("45", "2026-01-10,L1,,10,opening"));
    assert_eq!(
        run.lines("line,delivered,adjusted,remaining"),
        ["L1,45.00,5.00,0.00", "L2,0.00,5.00,5.00"]
    );
}

#[test]
fn rule_6_10_the_day_of_an_adjustment_may_be_the_day_a_quota_is_reached() {
    let run = reconcile(&pool("45", "2026-03-20,,C1,15,write_off"));
    assert_eq!(
        run.upsells("lines,delivered,adjusted,excess,reached_on"),
        ["L1 L2,45.00,15.00,0.00,2026-03-20"]
    );
    let run = reconcile(&pool("55", "2026-01-10,,C1,5,opening"));
    assert_eq!(run.upsells("excess,reached_on"), ["0.00,2026-03-02"]);
}

#[test]
fn rule_6_10_a_list_of_adjustments_is_told_by_its_kind() {
    let run = reconcile(&adjusted("").csv(
        "berlin.csv",
        "Date,Line,Quantity,Unit,Kind,Reason,Clerk\n2026-03-03,L1,2,h,Write-off,agreed,Anna",
    ));
    assert_eq!(run.line("L1", "adjusted,hours"), "2.00,40");
}

#[test]
fn rule_6_10_what_two_files_have_alike_counts_as_often_as_one_of_them_has_it() {
    let header = "date,line,contract,quantity,unit,kind,reason\n";
    let row = "2026-01-01,L1,,5,Hours,opening,x\n";
    let more = format!("{header}{row}{row}{row}2026-01-01,L1,,5,Hours,opening,y\n");
    let run = reconcile(&adjusted(&row.repeat(2)).csv("copy.csv", &more));
    assert_eq!(run.line("L1", "adjusted"), "20.00");
    let counts = ["read", "counted", "rejected"].map(|fate| run.adjustments(fate));
    assert_eq!(counts, [6, 4, 2]);
    assert_eq!(
        run.exceptions("file,row,kind,found"),
        [2, 3].map(|row| format!("./copy.csv,{row},suspected_duplicate,5.00 Hours, 2026-01-01"))
    );
}
