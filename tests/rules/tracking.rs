//! Chapter 3: where the hours are found.

use crate::outcome::{Outcome, reconcile};
use crate::support::World;

#[test]
fn rule_3_1_entries_on_a_contract_belong_to_its_order() {
    let run = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order,state,product,ordered,unit,contract,tracking,policy
                L1,SO009,sale,Support,50,Hours,SO009 - Agrolait,contract,ordered
                L2,SO010,sale,Support,50,Hours,SO010 - Deco,contract,ordered
                ",
            )
            .csv(
                "timesheets.csv",
                "
                date,contract,quantity
                2026-03-02,SO009 - Agrolait,7.5
                2026-03-03,SO009 - Agrolait,2
                2026-03-03,SO010 - Deco,1
                ",
            ),
    );
    assert_eq!(
        run.line("L1", "delivered,hours,entries,first_date,last_date"),
        "9.50,9.5,2,2026-03-02,2026-03-03"
    );
    assert_eq!(run.line("L2", "delivered,hours,entries"), "1.00,1,1");
}

#[test]
fn rule_3_2_entries_on_a_task_belong_to_its_line_and_one_order_holds_several() {
    let run = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order,state,product,ordered,unit,contract,task,tracking,policy
                L1,SO009,sale,Support,50,Hours,SO009,SO009: Support,task,ordered
                L2,SO009,sale,Migration,20,Hours,SO009,SO009: Migration,task,ordered
                ",
            )
            .csv(
                "timesheets.csv",
                "
                date,contract,task,quantity
                2026-03-02,SO009,SO009: Support,7.5
                2026-03-03,SO009,SO009: Migration,2
                ",
            ),
    );
    assert_eq!(run.lines("line,delivered"), ["L1,7.50", "L2,2.00"]);
    assert!(run.exceptions("kind").is_empty());
}

/// A line kept by hand, with 7.5 hours of entries on its task.
fn kept_by_hand(ordered: &str, recorded: &str) -> World {
    World::new()
        .csv(
            "lines.csv",
            &format!(
                "
                id,order,state,product,ordered,unit,delivered,task,tracking,policy
                L1,SO009,sale,Audit,{ordered},Hours,{recorded},Audit,manual,ordered
                "
            ),
        )
        .csv("timesheets.csv", "date,task,quantity\n2026-03-02,Audit,7.5")
}

#[test]
fn rule_3_3_the_recorded_quantity_stands_and_the_entries_propose_one() {
    let run = reconcile(&kept_by_hand("50", "12"));
    assert_eq!(run.line("L1", "delivered,proposed,hours,entries"), "12.00,7.50,7.5,1");
}

#[test]
fn rule_3_3_the_proposed_quantity_is_the_delivered_one_where_the_user_says_so() {
    let run = reconcile(&kept_by_hand("50", "12").file("drawdown.toml", "manual = \"entries\"\n"));
    assert_eq!(run.line("L1", "delivered,proposed,remaining"), "7.50,7.50,42.50");
}

#[test]
fn rule_3_3_no_recorded_quantity_is_missing_where_entries_deliver() {
    let world = || kept_by_hand("50", "");
    assert_eq!(reconcile(&world()).exceptions("kind,column"), ["missing_value,delivered"]);
    let run = reconcile(&world().file("drawdown.toml", "manual = \"entries\"\n"));
    assert_eq!(run.line("L1", "delivered,status"), "7.50,ok");
    assert!(run.exceptions("kind").is_empty());
}

#[test]
fn rule_3_3_the_proposed_quantity_follows_rule_5() {
    let world = kept_by_hand("5", "1").csv(
        "lines.csv",
        "
        id,order,state,product,ordered,unit,delivered,task,tracking,policy
        L1,SO009,sale,Audit,5,Days,1,Audit,manual,ordered
        ",
    );
    assert_eq!(reconcile(&world).line("L1", "delivered,proposed"), "1.00,0.94");
}

#[test]
fn rule_3_3_nothing_is_proposed_without_entries() {
    let run = reconcile(&kept_by_hand("50", "12").csv("timesheets.csv", "date,task,quantity"));
    assert_eq!(run.line("L1", "delivered,proposed,hours,entries"), "12.00,,0,0");
}

#[test]
fn rule_3_3_upsell_applies_to_hours_kept_by_hand() {
    let run = reconcile(&kept_by_hand("12", "12"));
    assert_eq!(run.line("L1", "status"), "upsell");
    assert_eq!(run.upsells("lines,delivered,reached_on,days_since"), ["L1,12.00,,"]);
}

/// A contract with the given lines, and entries of so many hours on it.
fn contract(lines: &str, hours: &str) -> World {
    let header =
        "id,order,state,order_date,sequence,customer,product,ordered,unit,contract,tracking,policy";
    World::new()
        .csv("lines.csv", &format!("{header}\n{lines}"))
        .csv("timesheets.csv", &format!("id,date,contract,quantity\n1,2026-03-02,C1,{hours}"))
}

#[test]
fn rule_3_4_a_contract_of_two_products_is_ambiguous_and_every_line_says_so() {
    let run = reconcile(&contract(
        "
        L1,SO012,sale,2026-01-01,1,Deco,Support,50,Hours,C1,contract,ordered
        L2,SO012,sale,2026-01-01,2,Deco,Migration,20,Hours,C1,contract,ordered
        ",
        "60",
    ));
    assert_eq!(
        run.lines("line,delivered,hours,status"),
        ["L1,0.00,0,exception", "L2,0.00,0,exception"]
    );
    assert_eq!(
        run.exceptions("row,kind,rule"),
        ["2,ambiguous_contract,3.4", "3,ambiguous_contract,3.4"]
    );
    for action in run.exceptions("action") {
        assert!(action.contains("split the order") && action.contains("by task"), "{action}");
    }
    assert_eq!(run.unmatched("entry,reason"), ["1,ambiguous_contract"]);
    assert!(run.upsells("order").is_empty());
}

#[test]
fn rule_3_4_a_locked_line_makes_a_contract_ambiguous_and_a_draft_or_cancelled_one_does_not() {
    let of_state = |state: &str| {
        reconcile(&contract(
            &format!(
                "
                L1,SO012,sale,2026-01-01,1,Deco,Support,50,Hours,C1,contract,ordered
                L2,SO013,{state},2026-01-01,2,Deco,Migration,20,Hours,C1,contract,ordered
                "
            ),
            "10",
        ))
    };
    assert_eq!(
        of_state("done").lines("line,delivered,status"),
        ["L1,0.00,exception", "L2,0.00,exception"]
    );
    assert_eq!(of_state("draft").line("L1", "delivered,status"), "10.00,ok");
    assert_eq!(of_state("cancel").line("L1", "delivered,status"), "10.00,ok");
}

#[test]
fn rule_3_4_another_product_that_is_tracked_otherwise_makes_no_contract_ambiguous() {
    let run = reconcile(&contract(
        "
        L1,SO012,sale,2026-01-01,1,Deco,Support,50,Hours,C1,contract,ordered
        L2,SO012,sale,2026-01-01,2,Deco,Migration,20,Hours,C1,task,ordered
        ",
        "10",
    ));
    assert_eq!(run.lines("line,delivered"), ["L1,10.00", "L2,0.00"]);
    assert!(run.exceptions("kind").is_empty());
}

#[test]
fn rule_3_4_an_entry_that_names_a_line_of_an_ambiguous_contract_is_attributed_to_it() {
    let run = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order,state,product,ordered,unit,contract,task,tracking,policy
                L1,SO012,sale,Support,50,Hours,C1,,contract,ordered
                L2,SO012,sale,Migration,20,Hours,C1,Move,contract,ordered
                ",
            )
            .csv(
                "timesheets.csv",
                "
                date,contract,task,line,quantity
                2026-03-02,C1,,L1,1
                2026-03-02,C1,Move,,2
                2026-03-02,C1,,,4
                ",
            ),
    );
    assert_eq!(
        run.lines("line,delivered,hours,status"),
        ["L1,1.00,1,exception", "L2,2.00,2,exception"]
    );
    assert_eq!(run.unmatched("row,reason"), ["4,ambiguous_contract"]);
}

#[test]
fn rule_3_4_one_product_of_two_customers_is_two_pools() {
    let run = reconcile(&contract(
        "
        L1,SO012,sale,2026-01-01,1,Deco,Support,50,Hours,C1,contract,ordered
        L2,SO013,sale,2026-01-02,1,Agrolait,Support,50,Hours,C1,contract,ordered
        ",
        "60",
    ));
    assert_eq!(run.lines("line,delivered,status"), ["L1,0.00,exception", "L2,0.00,exception"]);
}

#[test]
fn rule_3_4_one_product_in_two_currencies_is_two_pools() {
    let run = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order,state,product,ordered,unit,currency,contract,tracking,policy
                L1,SO012,sale,Support,50,Hours,EUR,C1,contract,ordered
                L2,SO013,sale,Support,50,Hours,USD,C1,contract,ordered
                ",
            )
            .csv("timesheets.csv", "id,date,contract,quantity\n1,2026-03-02,C1,60"),
    );
    assert_eq!(run.lines("line,delivered,status"), ["L1,0.00,exception", "L2,0.00,exception"]);
}

#[test]
fn rule_3_5_a_pool_draws_down_in_order_and_the_excess_stays_on_the_last_line() {
    let run = reconcile(&contract(
        "
        L1,SO009,sale,2026-01-01,1,Agrolait,Support,50,Hours,C1,contract,ordered
        L2,SO015,sale,2026-02-01,1,Agrolait,Support,10,Hours,C1,contract,ordered
        ",
        "65",
    ));
    assert_eq!(
        run.lines("line,delivered,remaining,hours,entries,status"),
        ["L1,50.00,0.00,50,1,upsell", "L2,15.00,-5.00,15,0,upsell"]
    );
    assert_eq!(
        run.upsells("order,lines,ordered,delivered,excess,used"),
        ["SO009,L1 L2,60.00,65.00,5.00,1.0833"]
    );
}

#[test]
fn rule_3_5_every_line_of_a_pool_in_state_sale_carries_its_status() {
    // 55 of 60 hours: the first line is used up, the pool is not; 48 hours are near.
    let run = reconcile(&contract(
        "
        L1,SO009,sale,2026-01-01,1,Agrolait,Support,50,Hours,C1,contract,ordered
        L2,SO015,sale,2026-02-01,1,Agrolait,Support,10,Hours,C1,contract,ordered
        ",
        "55",
    ));
    assert_eq!(run.lines("line,delivered,status"), ["L1,50.00,near", "L2,5.00,near"]);
}

#[test]
fn rule_3_5_a_locked_line_draws_down_first_and_stays_locked() {
    let run = reconcile(&contract(
        "
        L1,SO009,done,2026-01-01,1,Agrolait,Support,50,Hours,C1,contract,ordered
        L2,SO015,sale,2026-02-01,1,Agrolait,Support,10,Hours,C1,contract,ordered
        ",
        "65",
    ));
    assert_eq!(run.lines("line,delivered,status"), ["L1,50.00,locked", "L2,15.00,upsell"]);
    assert_eq!(run.upsells("order,lines,ordered,delivered"), ["SO009,L1 L2,60.00,65.00"]);
}

#[test]
fn rule_3_5_lines_of_unconfirmed_orders_are_no_part_of_the_pool() {
    let run = reconcile(&contract(
        "
        L1,SO009,sale,2026-01-01,1,Agrolait,Support,50,Hours,C1,contract,ordered
        L2,SO015,draft,2026-02-01,1,Agrolait,Support,10,Hours,C1,contract,ordered
        ",
        "65",
    ));
    assert_eq!(run.lines("line,delivered,status"), ["L1,65.00,upsell", "L2,,not_confirmed"]);
    assert_eq!(run.upsells("lines,ordered,excess"), ["L1,50.00,15.00"]);
}

/// The two lines of a pool by the hours they got of 12, 10 being ordered on each.
fn drawn(lines: &str) -> Vec<String> {
    reconcile(&contract(lines, "12")).lines("line,delivered")
}

#[test]
fn rule_3_5_ordered_quantities_are_drawn_down_before_delivered_ones() {
    let drawn = drawn(
        "
        L1,SO1,sale,2026-01-01,1,Agrolait,Support,10,Hours,C1,contract,delivered
        L2,SO2,sale,2026-02-01,1,Agrolait,Support,10,Hours,C1,contract,ordered
        ",
    );
    assert_eq!(drawn, ["L1,2.00", "L2,10.00"]);
}

#[test]
fn rule_3_5_the_earlier_order_is_drawn_down_first() {
    let drawn = drawn(
        "
        L1,SO1,sale,2026-02-01,1,Agrolait,Support,10,Hours,C1,contract,ordered
        L2,SO2,sale,2026-01-01,1,Agrolait,Support,10,Hours,C1,contract,ordered
        ",
    );
    assert_eq!(drawn, ["L1,2.00", "L2,10.00"]);
}

#[test]
fn rule_3_5_of_one_day_the_orders_name_then_the_sequence_then_the_id_decides() {
    let by_order = drawn(
        "
        L1,SO2,sale,2026-01-01,1,Agrolait,Support,10,Hours,C1,contract,ordered
        L2,SO1,sale,2026-01-01,2,Agrolait,Support,10,Hours,C1,contract,ordered
        ",
    );
    assert_eq!(by_order, ["L2,10.00", "L1,2.00"]);
    let by_sequence = drawn(
        "
        L1,SO1,sale,2026-01-01,10,Agrolait,Support,10,Hours,C1,contract,ordered
        L2,SO1,sale,2026-01-01,9,Agrolait,Support,10,Hours,C1,contract,ordered
        ",
    );
    assert_eq!(by_sequence, ["L2,10.00", "L1,2.00"]);
    let by_id = drawn(
        "
        L2,SO1,sale,2026-01-01,1,Agrolait,Support,10,Hours,C1,contract,ordered
        L1,SO1,sale,2026-01-01,1,Agrolait,Support,10,Hours,C1,contract,ordered
        ",
    );
    assert_eq!(by_id, ["L1,10.00", "L2,2.00"]);
}

#[test]
fn rule_3_5_products_that_share_a_pool_count_as_the_same() {
    let lines = "
        L1,SO009,sale,2026-01-01,1,Agrolait,Support 10 h,10,Hours,C1,contract,ordered
        L2,SO015,sale,2026-02-01,1,Agrolait,Support 50 h,50,Hours,C1,contract,ordered
    ";
    let products = "
        name,pool
        Support 10 h,Support
        Support 50 h,support
    ";
    let run = reconcile(&contract(lines, "45").csv("products.csv", products));
    assert_eq!(run.lines("line,delivered,status"), ["L1,10.00,ok", "L2,35.00,ok"]);
    let configured = contract(lines, "45").csv(
        "drawdown.toml",
        "
        [products.\"Support 10 h\"]
        pool = \"Support\"
        [products.\"Support 50 h\"]
        pool = \"Support\"
        ",
    );
    assert_eq!(reconcile(&configured).lines("line,delivered"), ["L1,10.00", "L2,35.00"]);
}

#[test]
fn rule_3_5_packs_of_different_sizes_share_a_pool_by_their_hours() {
    // 45 hours are 4.5 packs of 10: one on the first line; the other 35 hours are
    // 0.7 of a pack of 50. Ordered are 60 hours, 6 packs of 10.
    let run = reconcile(
        &contract(
            "
            L1,SO009,sale,2026-01-01,1,Agrolait,Support 10 h,1,Units,C1,contract,ordered
            L2,SO015,sale,2026-02-01,1,Agrolait,Support 50 h,1,Units,C1,contract,ordered
            ",
            "45",
        )
        .csv(
            "products.csv",
            "
            name,hours_per_unit,pool
            Support 10 h,10,Support
            Support 50 h,50,Support
            ",
        ),
    );
    assert_eq!(run.lines("line,delivered,hours,status"), ["L1,1.00,10,ok", "L2,0.70,35,ok"]);
}

#[test]
fn rule_3_5_a_block_and_its_hourly_overage_are_one_pool() {
    let run = reconcile(
        &contract(
            "
            L1,SO009,sale,2026-01-01,1,Agrolait,Overage,0,Hours,C1,contract,delivered
            L2,SO009,sale,2026-01-01,2,Agrolait,Block,50,Hours,C1,contract,ordered
            ",
            "57.5",
        )
        .csv("products.csv", "name,pool\nOverage,Support\nBlock,Support"),
    );
    assert_eq!(run.lines("line,delivered"), ["L1,7.50", "L2,50.00"]);
}

/// Two lines of one product, 20 hours that name the first by `named`, and 45 on
/// the contract.
fn pool_with_a_named_line(named: &str) -> Outcome {
    reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order,state,product,ordered,unit,contract,task,tracking,policy
                L1,SO1,sale,Support,50,Hours,C1,Install,contract,ordered
                L2,SO2,sale,Support,10,Hours,C1,,contract,ordered
                ",
            )
            .csv(
                "timesheets.csv",
                &format!(
                    "
                    date,contract,task,line,quantity
                    2026-03-02,C1,{named},20
                    2026-03-03,C1,,,45
                    "
                ),
            ),
    )
}

#[test]
fn rule_3_5_hours_that_name_a_line_stay_on_it_and_lessen_its_room() {
    for named in [",L1", "Install,"] {
        let run = pool_with_a_named_line(named);
        assert_eq!(run.lines("line,delivered"), ["L1,50.00", "L2,15.00"], "{named}");
    }
    // 20 hours on the line of 10: it has no room, and nothing is taken back.
    let run = pool_with_a_named_line(",L2");
    assert_eq!(run.lines("line,delivered"), ["L1,45.00", "L2,20.00"]);
}

#[test]
fn rule_3_5_the_room_is_what_the_rounded_named_hours_leave() {
    // 20 minutes are 0.33 hours by 5.2, which leave 49.67 of 50; the last 0.33
    // of the contract's 50 hours go on.
    let run = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order,state,product,ordered,unit,contract,tracking,policy
                L1,SO1,sale,Support,50,Hours,C1,contract,ordered
                L2,SO2,sale,Support,10,Hours,C1,contract,ordered
                ",
            )
            .csv(
                "timesheets.csv",
                "
                date,contract,line,quantity,unit
                2026-03-02,C1,L1,20,Minutes
                2026-03-03,C1,,50,Hours
                ",
            ),
    );
    assert_eq!(run.lines("line,delivered"), ["L1,50.00", "L2,0.33"]);
}

#[test]
fn rule_3_5_a_negative_line_takes_no_hours_and_lessens_the_line_before_it() {
    let lines = "
        L1,SO1,sale,2026-01-01,1,Agrolait,Support,50,Hours,C1,contract,ordered
        L2,SO1,sale,2026-01-01,2,Agrolait,Support,-10,Hours,C1,contract,ordered
        L3,SO1,sale,2026-01-01,3,Agrolait,Support,20,Hours,C1,contract,ordered
    ";
    let run = reconcile(&contract(lines, "60"));
    assert_eq!(
        run.lines("line,delivered,status"),
        ["L1,40.00,upsell", "L2,0.00,upsell", "L3,20.00,upsell"]
    );
    assert_eq!(run.upsells("lines,ordered,delivered,excess"), ["L1 L2 L3,60.00,60.00,0.00"]);
}

#[test]
fn rule_3_5_lines_of_another_category_do_not_join() {
    let run = reconcile(
        &contract(
            "
            L1,SO1,sale,2026-01-01,1,Agrolait,Support,50,Hours,C1,contract,ordered
            L2,SO1,sale,2026-01-01,2,Agrolait,Support,10,Units,C1,contract,ordered
            ",
            "60",
        )
        .csv("products.csv", "name,type\nSupport,service"),
    );
    assert_eq!(run.lines("line,delivered,status"), ["L1,60.00,upsell", "L2,0.00,ok"]);
    assert_eq!(run.upsells("lines,ordered,excess"), ["L1,50.00,10.00"]);
}

#[test]
fn rule_3_5_a_pool_works_in_the_unit_of_its_first_line() {
    // 12 h 20 min are 1.541666… days, 1.54 by rule 5.2: one on the first line, and
    // 0.54 days are 4.32 hours on the second.
    let run = reconcile(&contract(
        "
            L1,SO1,sale,2026-01-01,1,Agrolait,Support,1,Days,C1,contract,ordered
            L2,SO1,sale,2026-01-01,2,Agrolait,Support,4,Hours,C1,contract,ordered
            ",
        "12.3333333333333333",
    ));
    assert_eq!(run.lines("line,delivered,status"), ["L1,1.00,upsell", "L2,4.32,upsell"]);
    assert_eq!(run.upsells("lines,ordered,unit,delivered,excess"), ["L1 L2,1.50,Days,1.54,0.04"]);
}

#[test]
fn rule_3_5_a_share_in_another_unit_is_converted_and_rounded_once() {
    // 8 of 9 hours on the first line; the ninth is an eighth of a day, 0.13.
    let run = reconcile(&contract(
        "
        L1,SO1,sale,2026-01-01,1,Agrolait,Support,8,Hours,C1,contract,ordered
        L2,SO1,sale,2026-01-01,2,Agrolait,Support,1,Days,C1,contract,ordered
        ",
        "9",
    ));
    assert_eq!(run.lines("line,delivered,hours,status"), ["L1,8.00,8,ok", "L2,0.13,1,ok"]);
}

#[test]
fn rule_3_5_first_line_allocation_puts_everything_on_the_first_line() {
    let lines = "
        L1,SO009,sale,2026-01-01,1,Agrolait,Support,50,Hours,C1,contract,ordered
        L2,SO015,sale,2026-02-01,1,Agrolait,Support,10,Hours,C1,contract,ordered
    ";
    let run =
        reconcile(&contract(lines, "65").file("drawdown.toml", "allocation = \"first-line\"\n"));
    assert_eq!(run.lines("line,delivered,hours"), ["L1,65.00,65", "L2,0.00,0"]);
}

#[test]
fn rule_3_6_goods_and_services_nobody_tracks_keep_the_recorded_quantity() {
    let run = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order,state,product,ordered,unit,delivered,tracking,policy
                L1,SO1,sale,Cable,5,Units,3,,ordered
                L2,SO1,sale,Travel,5,Hours,6,none,ordered
                ",
            )
            .csv("products.csv", "name,type\nCable,goods")
            .csv("timesheets.csv", "date,line,quantity\n2026-03-02,L2,9"),
    );
    assert_eq!(
        run.lines("line,tracking,delivered,status,hours,entries"),
        ["L1,none,3.00,not_tracked,0,0", "L2,none,6.00,not_tracked,9,1",]
    );
    assert!(run.upsells("order").is_empty());
}

#[test]
fn rule_3_7_odoo_10_track_service_says_the_tracking() {
    let run = reconcile(
        &World::new()
            .csv(
                "products.csv",
                "
                id,name,type,track_service,invoice_policy
                p.1,Support,service,timesheet,order
                p.2,Migration,service,task,delivery
                p.3,Audit,service,manual,order
                ",
            )
            .csv(
                "lines.csv",
                "
                id,order_id,state,product_id,product_uom_qty,product_uom,qty_delivered
                L1,SO1,sale,Support,50,Hours,0
                L2,SO1,sale,Migration,50,Hours,0
                L3,SO1,sale,Audit,50,Hours,0
                ",
            ),
    );
    assert_eq!(
        run.lines("line,tracking,policy"),
        ["L1,contract,ordered", "L2,task,delivered", "L3,manual,ordered"]
    );
}

#[test]
fn rule_3_7_qty_delivered_method_says_the_tracking_whatever_the_project() {
    let run = reconcile(
        &World::new()
            .csv(
                "products.csv",
                "
                id,name,type,service_tracking,invoice_policy
                p.1,Support,service,no,order
                p.2,Migration,service,task_in_project,delivery
                p.3,Audit,service,no,order
                p.4,Launch,service,no,delivery
                p.5,Cable,consu,no,order
                p.6,Freight,service,no,order
                ",
            )
            .csv(
                "lines.csv",
                "
                id,order_id,state,product_id,product_uom_qty,product_uom,qty_delivered,qty_delivered_method
                L1,SO1,sale,Support,50,Hours,0,timesheet
                L2,SO1,sale,Migration,50,Hours,0,timesheet
                L3,SO1,sale,Audit,50,Hours,0,manual
                L4,SO1,sale,Launch,50,Hours,0,milestones
                L5,SO1,sale,Cable,50,Units,0,stock_move
                L6,SO1,sale,Freight,50,Units,0,stock_move
                ",
            ),
    );
    assert_eq!(
        run.lines("line,tracking,policy"),
        [
            "L1,task,ordered",
            "L2,task,delivered",
            "L3,manual,ordered",
            "L4,manual,delivered",
            "L5,none,ordered",
            "L6,manual,ordered",
        ]
    );
}

#[test]
fn rule_3_7_service_policy_says_policy_and_tracking_before_invoice_policy() {
    let run = reconcile(
        &World::new()
            .csv(
                "products.csv",
                "
                id,name,type,service_policy,invoice_policy
                p.1,Support,service,ordered_prepaid,delivery
                p.2,Migration,service,delivered_timesheet,order
                p.3,Launch,service,delivered_milestones,order
                p.4,Audit,service,delivered_manual,order
                ",
            )
            .csv(
                "lines.csv",
                "
                id,order_id,state,product_id,product_uom_qty,product_uom,qty_delivered
                L1,SO1,sale,Support,50,Hours,0
                L2,SO1,sale,Migration,50,Hours,0
                L3,SO1,sale,Launch,50,Hours,0
                L4,SO1,sale,Audit,50,Hours,0
                ",
            ),
    );
    assert_eq!(
        run.lines("line,tracking,policy"),
        ["L1,task,ordered", "L2,task,delivered", "L3,manual,delivered", "L4,manual,delivered"]
    );
}
