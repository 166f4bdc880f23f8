//! Chapters 1 and 2: what is a service, which orders are locked, and the ways of
//! selling a service.

use crate::outcome::{reconcile, reconcile_with};
use crate::support::World;

#[test]
fn rule_1_a_product_sold_by_no_unit_of_time_is_goods_unless_a_file_says_service() {
    let lines = "
        id,order,state,product,ordered,unit,delivered,policy
        L1,SO1,sale,Cable,50,Units,3,ordered
        L2,SO1,sale,Licence,50,Units,3,ordered
        L3,SO1,sale,Pack,50,Units,3,ordered
        L4,SO1,sale,Rack,50,Hours,3,ordered
        L5,SO1,sale,Support,50,Hours,3,ordered
    ";
    let run = reconcile(
        &World::new()
            .csv("lines.csv", lines)
            .csv(
                "products.csv",
                "
                name,type,hours_per_unit
                Licence,service,
                Pack,,10
                Rack,goods,
                ",
            )
            .file("drawdown.toml", "[defaults]\ntracking = \"manual\"\n"),
    );
    assert_eq!(
        run.lines("line,tracking,status"),
        [
            "L1,none,not_tracked",
            "L2,manual,ok",
            "L3,manual,ok",
            "L4,none,not_tracked",
            "L5,manual,ok",
        ]
    );
}

/// A used-up line in a state that the order's row says.
fn order_in_odoo_17(state: &str, locked: &str) -> World {
    World::new()
        .csv(
            "orders.csv",
            &format!(
                "
                id,name,partner_id,state,locked
                o.1,SO1,Agrolait,{state},{locked}
                "
            ),
        )
        .csv(
            "lines.csv",
            "
            id,order_id,product_id,product_uom_qty,product_uom,qty_delivered_method
            L1,SO1,Support,50,Hours,timesheet
            ",
        )
        .csv("timesheets.csv", "date,line,quantity\n2026-03-02,L1,60")
        .file("drawdown.toml", "[defaults]\npolicy = \"ordered\"\n")
}

#[test]
fn rule_1_the_flag_locked_on_a_confirmed_order_means_done() {
    assert_eq!(reconcile(&order_in_odoo_17("sale", "True")).line("L1", "status"), "locked");
    assert_eq!(reconcile(&order_in_odoo_17("sale", "False")).line("L1", "status"), "upsell");
    assert_eq!(reconcile(&order_in_odoo_17("draft", "True")).line("L1", "status"), "not_confirmed");
}

#[test]
fn rule_1_locked_ignore_reads_done_and_locked_as_sale() {
    for world in [order_in_odoo_17("sale", "True"), order_in_odoo_17("done", "")] {
        assert_eq!(reconcile(&world).line("L1", "status"), "locked");
        let run = reconcile_with(&world, &["--locked", "ignore"]);
        assert_eq!(run.line("L1", "status"), "upsell");
        let configuration = "locked = \"ignore\"\n[defaults]\npolicy = \"ordered\"\n";
        let run = reconcile(&world.file("drawdown.toml", configuration));
        assert_eq!(run.line("L1", "status"), "upsell");
    }
}

/// Confirmed orders of which the first so many are done, and a cancelled one.
fn done_orders(done: usize, confirmed: usize) -> World {
    let mut lines = String::from("id,order,state,product,ordered,unit,tracking,policy\n");
    for order in 0..confirmed {
        let state = if order < done { "done" } else { "sale" };
        lines.push_str(&format!("L{order},SO{order},{state},Support,50,Hours,task,ordered\n"));
    }
    lines.push_str("L99,SO99,cancel,Support,50,Hours,task,ordered\n");
    World::new()
        .file("lines.csv", lines)
        .csv("timesheets.csv", "date,line,quantity\n2026-03-02,L0,1")
}

#[test]
fn rule_1_the_summary_begins_with_locked_orders_past_four_fifths() {
    let says_so = |stdout: &str| {
        let first = stdout.lines().next().unwrap_or_default().to_lowercase();
        first.contains("locked") && first.contains("upsell list leaves them out")
    };
    assert!(says_so(&reconcile(&done_orders(5, 6)).stdout), "5 of 6 are more than 80 %");
    assert!(!says_so(&reconcile(&done_orders(4, 5)).stdout), "4 of 5 are 80 %");
    for choice in ["done", "ignore"] {
        let run = reconcile_with(&done_orders(5, 6), &["--locked", choice]);
        assert!(!says_so(&run.stdout), "the user has chosen {choice}");
    }
}

/// A support contract of 50 hours on which 57.5 are booked.
fn used_up(tracking: &str, policy: &str, delivered: &str) -> World {
    World::new()
        .csv(
            "lines.csv",
            &format!(
                "
                id,order,state,product,ordered,unit,delivered,contract,tracking,policy
                L1,SO009,sale,Support,50,Hours,{delivered},SO009 - Agrolait,{tracking},{policy}
                "
            ),
        )
        .csv(
            "timesheets.csv",
            "
            date,contract,quantity
            2026-03-02,SO009 - Agrolait,57.5
            ",
        )
}

#[test]
fn rule_2_1_a_prepaid_contract_past_its_quota_is_an_upsell() {
    let run = reconcile(&used_up("contract", "ordered", ""));
    assert_eq!(run.line("L1", "delivered,remaining,status"), "57.50,-7.50,upsell");
    assert_eq!(run.upsells("order,lines,excess"), ["SO009,L1,7.50"]);
}

#[test]
fn rule_2_2_time_and_materials_are_never_an_upsell() {
    let run = reconcile(&used_up("contract", "delivered", ""));
    assert_eq!(run.line("L1", "delivered,remaining,status"), "57.50,-7.50,ok");
    assert!(run.upsells("order").is_empty());
}

#[test]
fn rule_2_3_a_fixed_price_kept_by_hand_is_an_upsell_unless_the_product_says_otherwise() {
    let run = reconcile(&used_up("manual", "ordered", "55"));
    assert_eq!(run.line("L1", "delivered,status"), "55.00,upsell");
    let not_wanted =
        used_up("manual", "ordered", "55").csv("products.csv", "name,upsell\nSupport,no");
    assert_eq!(reconcile(&not_wanted).line("L1", "delivered,status"), "55.00,ok");
}

#[test]
fn rule_2_3_a_fixed_price_that_is_tracked_is_an_upsell_like_a_prepaid_contract() {
    let run = reconcile(&used_up("contract", "ordered", "0"));
    assert_eq!(run.line("L1", "delivered,status"), "57.50,upsell");
    let not_wanted =
        used_up("contract", "ordered", "0").csv("products.csv", "name,upsell\nSupport,no");
    assert_eq!(reconcile(&not_wanted).line("L1", "delivered,status"), "57.50,ok");
}

/// Two lines of one name and different codes, each on its contract or both on one.
fn two_codes(contracts: [&str; 2]) -> World {
    let [one, other] = contracts;
    let lines = format!(
        "
        id,order,state,product,ordered,unit,contract,tracking,policy
        L1,SO1,sale,[C-J] Consulting,10,Hours,{one},contract,
        L2,SO2,sale,[C-S] Consulting,50,Hours,{other},contract,
        "
    );
    let entries = format!(
        "
        id,date,contract,quantity
        1,2026-03-02,{one},12
        "
    );
    World::new().csv("lines.csv", &lines).csv("timesheets.csv", &entries)
}

#[test]
fn rule_1_products_of_one_name_and_different_codes_are_different_products() {
    for [prepaid, later] in [["[C-J] Consulting", "[C-S] Consulting"], ["C-J", "C-S"]] {
        let configured = format!(
            "[products.\"{prepaid}\"]\npolicy = \"ordered\"\n\
             [products.\"{later}\"]\npolicy = \"delivered\"\n"
        );
        let run = reconcile(&two_codes(["C1", "C2"]).file("drawdown.toml", configured));
        let expected = ["L1,ordered,upsell", "L2,delivered,ok"];
        assert_eq!(run.lines("line,policy,status"), expected, "{prepaid}");
    }
    let products = "
        name,policy
        [C-S] Consulting,delivered
        [C-J] Consulting,ordered
    ";
    let run = reconcile(&two_codes(["C1", "C2"]).csv("products.csv", products));
    assert_eq!(run.lines("line,policy,status"), ["L1,ordered,upsell", "L2,delivered,ok"]);
    // A name without a code is that of either.
    let products = "
        name,policy
        Consulting,ordered
    ";
    let run = reconcile(&two_codes(["C1", "C2"]).csv("products.csv", products));
    assert_eq!(run.lines("line,policy,status"), ["L1,ordered,upsell", "L2,ordered,ok"]);
    let codes = "
        id,order,state,product,product_id/default_code,ordered,unit,tracking
        L3,SO3,sale,Consulting,C-J,10,Hours,manual
        L4,SO4,sale,Consulting,C-S,50,Hours,manual
    ";
    let run = reconcile(&World::new().csv("lines.csv", codes).csv("products.csv", products));
    assert_eq!(run.lines("line,policy"), ["L3,ordered", "L4,ordered"]);
}

#[test]
fn rule_1_what_a_name_without_a_code_means_hangs_on_no_order_of_lines() {
    let world = |ids: [&str; 3], more: &str| {
        let [coded, bare, other] = ids;
        let lines = format!(
            "
            id,order,state,product,ordered,unit,contract,tracking,policy
            {coded},SO1,sale,[C-J] Consulting,10,Hours,C1,contract,
            {bare},SO1,sale,Consulting,10,Hours,C2,contract,
            {other},SO1,sale,[C-S] Consulting,10,Hours,C3,contract,
            "
        );
        World::new().csv("lines.csv", &lines).file("drawdown.toml", more)
    };
    let both =
        "[products.\"C-J\"]\npolicy = \"ordered\"\n[products.\"C-S\"]\npolicy = \"delivered\"\n";
    let exact = "[products.\"Consulting\"]\npolicy = \"ordered\"\n[products.\"C-S\"]\npolicy = \"delivered\"\n";
    for ids in [["L1", "L2", "L3"], ["L2", "L1", "L3"], ["L3", "L2", "L1"]] {
        let policies = |more: &str| {
            let run = reconcile(&world(ids, more));
            ids.map(|id| run.line(id, "policy"))
        };
        assert_eq!(policies(both), ["ordered", "", "delivered"], "{ids:?}");
        assert_eq!(policies(exact), ["ordered", "ordered", "delivered"], "{ids:?}");
    }
}

#[test]
fn rule_1_what_only_looks_like_a_code_is_a_part_of_the_name() {
    let lines = "
        id,order,state,product,ordered,unit,tracking
        L1,SO1,sale,[AUD] [NEW] Audit,10,Hours,manual
        L2,SO1,sale,[NEW] Audit,10,Hours,manual
    ";
    let products = "
        name,policy
        [NEW] Audit,ordered
    ";
    let run = reconcile(&World::new().csv("lines.csv", lines).csv("products.csv", products));
    assert_eq!(run.lines("line,policy"), ["L1,ordered", "L2,ordered"]);
}

#[test]
fn rule_3_4_products_of_one_name_and_different_codes_are_no_pool() {
    let defaults = "[defaults]\npolicy = \"ordered\"\n";
    let run = reconcile(&two_codes(["C1", "C1"]).file("drawdown.toml", defaults));
    assert_eq!(run.lines("line,status"), ["L1,exception", "L2,exception"]);
    assert_eq!(run.exceptions("row,kind"), ["2,ambiguous_contract", "3,ambiguous_contract"]);
}
