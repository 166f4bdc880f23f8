//! Chapter 6: settlement of a line.

use crate::outcome::{Outcome, reconcile, reconcile_with};
use crate::support::World;

/// One line of Hours with these columns and cells, and hours on it (none if blank).
fn line(columns: &str, cells: &str, hours: &str) -> World {
    let entry = if hours.is_empty() { String::new() } else { format!("2026-03-02,L1,{hours}") };
    World::new()
        .csv("lines.csv", &format!("id,order,product,unit,{columns}\nL1,SO1,Support,Hours,{cells}"))
        .csv("timesheets.csv", &format!("date,line,quantity\n{entry}"))
}

/// A prepaid line in state sale.
fn prepaid(ordered: &str, hours: &str) -> World {
    line("state,tracking,policy,ordered", &format!("sale,task,ordered,{ordered}"), hours)
}

#[test]
fn rule_6_1_only_sale_and_done_have_a_delivered_quantity() {
    for (state, expected) in [
        ("draft", ",,,not_confirmed"),
        ("sent", ",,,not_confirmed"),
        ("cancel", ",,,cancelled"),
        ("sale", "7.50,42.50,0.1500,ok"),
        ("done", "7.50,42.50,0.1500,locked"),
    ] {
        let run = reconcile(&line(
            "state,tracking,policy,ordered",
            &format!("{state},task,ordered,50"),
            "7.5",
        ));
        assert_eq!(run.line("L1", "delivered,remaining,used,status"), expected, "{state}");
    }
}

#[test]
fn rule_6_1_a_manual_line_shows_what_is_recorded_in_any_state() {
    for (state, status) in
        [("draft", "not_confirmed"), ("cancel", "cancelled"), ("sale", "ok"), ("done", "locked")]
    {
        let cells = format!("{state},manual,ordered,50,12");
        let run = reconcile(&line("state,tracking,policy,ordered,delivered", &cells, ""));
        assert_eq!(run.line("L1", "delivered,status"), format!("12.00,{status}"));
    }
}

#[test]
fn rule_6_2_remaining_is_ordered_less_delivered_and_used_their_quotient() {
    assert_eq!(reconcile(&prepaid("50", "12.5")).line("L1", "remaining,used"), "37.50,0.2500");
    assert_eq!(reconcile(&prepaid("50", "57.5")).line("L1", "remaining,used"), "-7.50,1.1500");
    assert_eq!(reconcile(&prepaid("3", "2")).line("L1", "remaining,used"), "1.00,0.6667");
}

/// The status of a line, with a file beside it.
fn status(world: World, file: &str, content: &str) -> String {
    reconcile(&world.csv(file, content)).line("L1", "status")
}

#[test]
fn rule_6_3_a_quota_that_is_reached_is_an_upsell() {
    for (hours, expected) in [("49.99", "near"), ("50", "upsell"), ("50.01", "upsell")] {
        assert_eq!(reconcile(&prepaid("50", hours)).line("L1", "status"), expected, "{hours}");
    }
    let run = reconcile(&prepaid("50", "57.5"));
    assert_eq!(
        run.upsells("order,lines,product,ordered,unit,delivered,excess,used"),
        ["SO1,L1,Support,50.00,Hours,57.50,7.50,1.1500"]
    );
}

#[test]
fn rule_6_3_every_condition_is_needed() {
    let columns = "state,tracking,policy,ordered";
    for (cells, expected) in [
        ("sale,task,ordered,50", "upsell"),
        ("draft,task,ordered,50", "not_confirmed"),
        ("done,task,ordered,50", "locked"),
        ("sale,task,delivered,50", "ok"),
        ("sale,task,ordered,-50", "ok"),
    ] {
        let run = reconcile(&line(columns, cells, "60"));
        assert_eq!(run.line("L1", "status"), expected, "{cells}");
        assert_eq!(run.upsells("order").is_empty(), expected != "upsell", "{cells}");
    }
    assert_eq!(
        status(prepaid("50", "60"), "products.csv", "name,type\nSupport,goods"),
        "not_tracked"
    );
    assert_eq!(status(prepaid("50", "60"), "products.csv", "name,upsell\nSupport,no"), "ok");
    assert_eq!(status(prepaid("50", "60"), "products.csv", "name,upsell\nSupport,yes"), "upsell");
    assert_eq!(
        status(prepaid("50", "60"), "drawdown.toml", "[products.Support]\nupsell = \"no\""),
        "ok"
    );
}

#[test]
fn rule_6_3_the_threshold_is_the_products_else_the_configurations() {
    let configuration = "[upsell]\nthreshold = 0.8";
    assert_eq!(status(prepaid("50", "39.99"), "drawdown.toml", configuration), "near");
    assert_eq!(status(prepaid("50", "40"), "drawdown.toml", configuration), "upsell");
    let run = |hours: &str| {
        let world = prepaid("50", hours).csv("products.csv", "name,upsell_threshold\nSupport,0.9");
        reconcile(&world.csv("drawdown.toml", configuration))
    };
    assert_eq!(run("44.99").line("L1", "status"), "near");
    assert_eq!(run("45").line("L1", "status"), "upsell");
    assert_eq!(run("45").upsells("excess,used"), ["-5.00,0.9000"]);
}

#[test]
fn rule_6_3_a_threshold_of_zero_means_one() {
    for (hours, expected) in [("49", "near"), ("50", "upsell")] {
        assert_eq!(
            status(prepaid("50", hours), "drawdown.toml", "[upsell]\nthreshold = 0"),
            expected
        );
        let product = "name,upsell_threshold\nSupport,0";
        assert_eq!(status(prepaid("50", hours), "products.csv", product), expected);
        let both = prepaid("50", hours).csv("products.csv", product);
        assert_eq!(status(both, "drawdown.toml", "[upsell]\nthreshold = 0.5"), expected);
    }
}

#[test]
fn rule_6_3_a_threshold_below_zero_is_an_exception_and_not_used() {
    let product = "name,upsell_threshold,hours_per_unit\nSupport,-0.5,-8";
    let world = prepaid("50", "45").csv("products.csv", product);
    let run = reconcile(&world.csv("drawdown.toml", "[upsell]\nthreshold = 0.9"));
    assert_eq!(run.line("L1", "status"), "upsell");
    assert_eq!(
        run.exceptions("row,column,kind,found,expected"),
        [
            "2,hours_per_unit,unknown_value,-8,a number of 0 or more, like 1 or 0.9",
            "2,upsell_threshold,unknown_value,-0.5,a share of the ordered quantity, from 0 to 10: 0.8 or 80 % for 80 per cent",
        ]
    );
}

#[test]
fn rule_6_3_nothing_ordered_and_hours_on_it_is_an_upsell_without_a_share_used() {
    let run = reconcile(&prepaid("0", "1"));
    assert_eq!(run.line("L1", "delivered,remaining,used,status"), "1.00,-1.00,,upsell");
    assert_eq!(run.upsells("ordered,excess,used"), ["0.00,1.00,"]);
    assert_eq!(reconcile(&prepaid("0", "")).line("L1", "used,status"), ",ok");
    assert_eq!(reconcile(&prepaid("0", "-1")).line("L1", "used,status"), ",ok");
}

#[test]
fn rule_6_3_exceeded_asks_for_more_than_the_quota() {
    let configuration = "[upsell]\nrule = \"exceeded\"";
    for (hours, expected) in [("50", "near"), ("50.01", "upsell")] {
        assert_eq!(
            status(prepaid("50", hours), "drawdown.toml", configuration),
            expected,
            "{hours}"
        );
    }
    assert_eq!(status(prepaid("0", "1"), "drawdown.toml", configuration), "upsell");
}

/// Two lines that share a contract, by state, ordered quantity and unit; and hours.
fn pool(first: &str, second: &str, hours: &str) -> World {
    World::new()
        .csv(
            "lines.csv",
            &format!(
                "
                id,order,order_date,contract,product,tracking,policy,state,ordered,unit,price,currency
                L1,SO1,2026-01-01,C1,Support,contract,ordered,{first}
                L2,SO2,2026-02-01,C1,Support,contract,ordered,{second}
                "
            ),
        )
        .csv("timesheets.csv", &format!("date,contract,quantity\n2026-03-02,C1,{hours}"))
}

#[test]
fn rule_6_3_a_pool_is_tested_on_the_sums_of_its_lines_done_ones_included() {
    let run = |hours: &str| reconcile(&pool("done,50,Hours,,", "sale,1,Days,,", hours));
    assert_eq!(run("57.99").lines("line,status"), ["L1,locked", "L2,near"]);
    assert_eq!(run("58").lines("line,status"), ["L1,locked", "L2,upsell"]);
    assert_eq!(
        run("58").upsells("lines,ordered,unit,delivered,excess"),
        ["L1 L2,58.00,Hours,58.00,0.00"]
    );
}

#[test]
fn rule_6_3_what_lines_of_a_pool_have_is_rounded_in_their_own_unit_alone() {
    // 8 hours of a day on the contract, and what names the second line.
    let run = |ordered: &str, named: &str| {
        let (second, entry) = (format!("sale,{ordered},Hours,,"), format!("2026-03-03,L2,{named}"));
        let world = pool("sale,1,Days,,", &second, "8")
            .csv("named.csv", &format!("date,line,quantity\n{entry}"));
        reconcile(&world)
    };
    let used_up = run("4.59", "4.59");
    assert_eq!(used_up.lines("line,remaining,status"), ["L1,0.00,upsell", "L2,0.00,upsell"]);
    assert_eq!(
        used_up.upsells("ordered,unit,delivered,excess,reached_on"),
        ["1.57375,Days,1.57375,0.00,2026-03-03"]
    );
    let nearly = run("4.56", "4.54");
    assert_eq!(nearly.lines("line,remaining,status"), ["L1,0.00,near", "L2,0.02,near"]);
}

#[test]
fn rule_6_3_a_pool_that_is_done_is_off_the_list() {
    let run = reconcile(&pool("done,50,Hours,,", "done,10,Hours,,", "65"));
    assert_eq!(run.lines("line,status"), ["L1,locked", "L2,locked"]);
    assert!(run.upsells("order").is_empty());
}

#[test]
fn rule_6_4_near_is_past_the_warning_level_of_the_quota() {
    for (hours, expected) in [("39.99", "ok"), ("40", "near"), ("49.99", "near")] {
        assert_eq!(reconcile(&prepaid("50", hours)).line("L1", "status"), expected, "{hours}");
    }
    for (hours, expected) in [("44.99", "ok"), ("45", "near")] {
        assert_eq!(
            status(prepaid("50", hours), "drawdown.toml", "[upsell]\nwarning = 0.9"),
            expected
        );
    }
    // Half of 50 hours, and four fifths of that.
    for (hours, expected) in [("19.99", "ok"), ("20", "near"), ("25", "upsell")] {
        assert_eq!(
            status(prepaid("50", hours), "drawdown.toml", "[upsell]\nthreshold = 0.5"),
            expected
        );
    }
}

#[test]
fn rule_6_4_near_asks_for_the_other_conditions_of_an_upsell() {
    for cells in ["sale,task,delivered,50", "sale,task,ordered,0", "sale,task,ordered,-50"] {
        let hours = if cells.ends_with(",0") { "" } else { "45" };
        let run = reconcile(&line("state,tracking,policy,ordered", cells, hours));
        assert_eq!(run.line("L1", "status"), "ok", "{cells}");
    }
    assert_eq!(status(prepaid("50", "45"), "products.csv", "name,upsell\nSupport,no"), "ok");
}

/// What a line with a price is worth: consumed and overrun.
fn value(columns: &str, cells: &str, hours: &str) -> String {
    let world = line(&format!("state,tracking,{columns}"), &format!("sale,task,{cells}"), hours);
    reconcile(&world).line("L1", "consumed_value,overrun_value")
}

#[test]
fn rule_6_5_the_subtotal_says_the_net_price_before_price_and_discount_do() {
    let columns = "policy,ordered,subtotal,price,discount,currency";
    assert_eq!(value(columns, "ordered,50,4500,100,50,EUR", "57.5"), "4500.00,675.00");
    assert_eq!(value(columns, "ordered,50,,100,10,EUR", "57.5"), "4500.00,675.00");
    assert_eq!(value(columns, "ordered,50,,90,,EUR", "12"), "1080.00,0.00");
    assert_eq!(value(columns, "ordered,50,,,,EUR", "12"), ",", "no price");
    assert_eq!(
        value(columns, "ordered,0,0,90,,EUR", "2"),
        "0.00,180.00",
        "no subtotal over nothing"
    );
}

#[test]
fn rule_6_5_a_discount_may_have_the_sign_of_per_cent() {
    let columns = "policy,ordered,price,discount,currency";
    for discount in ["10", "10 %", "10%", "10.0 %"] {
        let cells = format!("ordered,50,100,{discount},EUR");
        assert_eq!(value(columns, &cells, "57.5"), "4500.00,675.00", "{discount}");
    }
    assert_eq!(value(columns, "ordered,50,100,\"12,5 %\",EUR", "57.5"), "4375.00,656.25");
}

#[test]
fn rule_6_5_what_is_taken_off_a_price_is_not_nothing_where_nobody_can_read_it() {
    let columns = "policy,ordered,price,discount,subtotal,currency";
    for cells in ["100,ten,", "100,,900 EUR", "100,1.0.0,"] {
        assert_eq!(value(columns, &format!("ordered,50,{cells},EUR"), "57.5"), ",", "{cells}");
    }
    // The subtotal needs neither.
    assert_eq!(value(columns, "ordered,50,100,ten,4500,EUR", "57.5"), "4500.00,675.00");
}

#[test]
fn rule_6_3_a_threshold_may_have_the_sign_of_per_cent_and_is_none_past_ten() {
    let status = |threshold: &str, hours: &str| {
        let products = format!("name,upsell_threshold\nSupport,{threshold}");
        let run = reconcile(&prepaid("50", hours).csv("products.csv", &products));
        (run.line("L1", "status"), run.exceptions("kind").len())
    };
    for threshold in ["0.8", "80 %", "80%", "\"80,0 %\""] {
        assert_eq!(status(threshold, "39.99"), ("near".to_owned(), 0), "{threshold}");
        assert_eq!(status(threshold, "40"), ("upsell".to_owned(), 0), "{threshold}");
    }
    assert_eq!(status("1000 %", "499"), ("near".to_owned(), 0));
    // What is no share is not used, and said.
    for threshold in ["80", "-1", "most", "0.8.0"] {
        assert_eq!(status(threshold, "49"), ("near".to_owned(), 1), "{threshold}");
        assert_eq!(status(threshold, "50"), ("upsell".to_owned(), 1), "{threshold}");
    }
}

/// Who types 10% into a cell of a spreadsheet has 0.1 there, shown in per cent.
#[test]
fn rule_6_5_per_cents_of_a_workbook_are_read_as_they_are_shown() {
    use rust_xlsxwriter::{Format, Workbook};
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let header =
        "id,order,state,product,ordered,unit,price,discount,currency,policy,tracking,contract";
    for (column, name) in (0_u16..).zip(header.split(',')) {
        sheet.write(0, column, name).expect("a cell");
    }
    let lines = [("0%", 0.1), ("0.00%", 0.125), ("0.0\" \"%", 0.07)];
    for (row, (shown, discount)) in (1_u32..).zip(lines) {
        let order = format!("SO{row}");
        let texts = [(0, format!("L{row}")), (1, order.clone()), (2, "sale".to_owned())];
        let more = [(3, "Support"), (5, "Hours"), (8, "EUR"), (9, "ordered"), (10, "contract")];
        for (column, text) in texts {
            sheet.write(row, column, text).expect("a cell");
        }
        for (column, text) in more {
            sheet.write(row, column, text).expect("a cell");
        }
        sheet.write(row, 4, 10).expect("a cell");
        sheet.write(row, 6, 100).expect("a cell");
        sheet.write(row, 11, order).expect("a cell");
        let shown = Format::new().set_num_format(shown);
        sheet.write_with_format(row, 7, discount, &shown).expect("a cell");
    }
    let bytes = workbook.save_to_buffer().expect("a workbook");
    let work = "date,contract,quantity\n2026-03-02,SO1,8\n2026-03-02,SO2,12\n2026-03-02,SO3,12";
    let world = World::new().file("lines.xlsx", &bytes).csv("timesheets.csv", work);
    let run = reconcile(&world);
    assert_eq!(
        run.lines("line,status,consumed_value,overrun_value"),
        ["L1,near,720.00,0.00", "L2,upsell,875.00,175.00", "L3,upsell,930.00,186.00"]
    );
    assert!(run.exceptions("kind").is_empty());
}

#[test]
fn rule_6_5_the_delivered_policy_has_no_values() {
    assert_eq!(value("policy,ordered,price", "delivered,50,90", "57.5"), ",");
}

#[test]
fn rule_6_5_values_never_fall_below_zero() {
    assert_eq!(value("policy,ordered,price", "ordered,50,90", "-2"), "0.00,0.00");
    assert_eq!(value("policy,ordered,price", "ordered,-50,90", "2"), "0.00,0.00");
}

#[test]
fn rule_6_5_values_are_exact_until_rounded_once_to_the_currencys_decimals() {
    // 33.333… an hour; 7507.5 yen; 1.0005 dinars.
    assert_eq!(value("policy,ordered,subtotal,currency", "ordered,3,100,EUR", "3"), "100.00,0.00");
    assert_eq!(value("policy,ordered,price,currency", "ordered,50,1001,JPY", "7.5"), "7508,0");
    assert_eq!(value("policy,ordered,price,currency", "ordered,50,1.0005,KWD", "1"), "1.001,0.000");
    assert_eq!(value("policy,ordered,price,currency", "ordered,50,0.125,EUR", "1"), "0.13,0.00");
}

#[test]
fn rule_6_5_the_overrun_of_a_pool_is_the_sum_of_its_lines() {
    let run = reconcile(&pool("sale,50,Hours,90,EUR", "sale,10,Hours,100,EUR", "65"));
    assert_eq!(
        run.lines("line,consumed_value,overrun_value"),
        ["L1,4500.00,0.00", "L2,1000.00,500.00"]
    );
    assert_eq!(run.upsells("overrun_value,currency"), ["500.00,EUR"]);
}

#[test]
fn rule_6_5_the_overrun_of_a_pool_is_unknown_where_it_lies_on_a_line_without_a_price() {
    let run = reconcile(&pool("sale,50,Hours,90,EUR", "sale,10,Hours,,EUR", "65"));
    assert_eq!(run.lines("line,overrun_value"), ["L1,0.00", "L2,"]);
    assert_eq!(run.upsells("excess,overrun_value"), ["5.00,"]);
    // A block of hours, and what goes past it by the hour: the excess is invoiced by
    // delivery and no overrun.
    let world = World::new()
        .csv(
            "lines.csv",
            "
            id,order,state,product,ordered,unit,price,currency,contract,tracking,policy
            L1,SO1,sale,Block,50,Hours,90,EUR,C1,contract,ordered
            L2,SO1,sale,Overage,0,Hours,100,EUR,C1,contract,delivered
            ",
        )
        .csv("timesheets.csv", "date,contract,quantity\n2026-03-02,C1,65")
        .csv("drawdown.toml", "[products.Block]\npool = \"P\"\n[products.Overage]\npool = \"P\"");
    let run = reconcile(&world);
    assert_eq!(run.lines("line,delivered,overrun_value"), ["L1,50.00,0.00", "L2,15.00,"]);
    assert_eq!(run.upsells("excess,overrun_value"), ["15.00,0.00"]);
    // Nothing lies past the line that has none.
    let run = reconcile(&pool("sale,50,Hours,,EUR", "sale,10,Hours,100,EUR", "65"));
    assert_eq!(run.upsells("excess,overrun_value"), ["5.00,500.00"]);
}

#[test]
fn rule_6_5_a_negative_line_lessens_the_quota_of_the_line_before_it() {
    // 50 less 10 hours are paid for, 60 are worked.
    let run = reconcile(&pool("sale,50,Hours,90,EUR", "sale,-10,Hours,90,EUR", "60"));
    assert_eq!(
        run.lines("line,delivered,consumed_value,overrun_value"),
        ["L1,60.00,3600.00,1800.00", "L2,0.00,0.00,0.00"]
    );
    assert_eq!(
        run.upsells("ordered,delivered,excess,overrun_value"),
        ["40.00,60.00,20.00,1800.00"]
    );
}

/// Odoo's invoice status of a line: its state, policy, ordered and invoiced
/// quantity, and hours.
fn invoice_status(cells: &str, hours: &str) -> String {
    let (state, rest) = cells.split_once(',').expect("a state");
    let world =
        line("state,tracking,policy,ordered,invoiced", &format!("{state},task,{rest}"), hours);
    reconcile(&world).line("L1", "to_invoice,invoice_status")
}

#[test]
fn rule_6_6_odoos_invoice_status_from_our_delivered_quantity() {
    for (cells, hours, expected) in [
        ("draft,ordered,50,0", "", ",no"),
        ("cancel,ordered,50,0", "", ",no"),
        ("sale,ordered,50,20", "57.5", "30.00,to_invoice"),
        ("sale,ordered,50,60", "57.5", "-10.00,to_invoice"),
        ("sale,ordered,50,50", "57.5", "0.00,upselling"),
        ("done,ordered,50,50", "57.5", "0.00,invoiced"),
        ("sale,ordered,50,50", "50", "0.00,invoiced"),
        ("sale,ordered,50,50", "", "0.00,invoiced"),
        ("sale,delivered,50,40", "57.5", "17.50,to_invoice"),
        ("sale,delivered,50,40", "40", "0.00,no"),
        ("sale,delivered,50,57.5", "57.5", "0.00,invoiced"),
        ("sale,ordered,50,", "57.5", ","),
    ] {
        assert_eq!(invoice_status(cells, hours), expected, "{cells} and {hours} hours");
    }
}

#[test]
fn rule_6_6_what_is_to_invoice_has_its_value_at_the_net_price() {
    let columns = "state,tracking,policy,ordered,invoiced,price,discount";
    let run = reconcile(&line(columns, "sale,task,delivered,50,40,100,10", "57.5"));
    assert_eq!(run.line("L1", "invoiced,to_invoice,to_invoice_value"), "40.00,17.50,1575.00");
}

#[test]
fn rule_6_6_an_order_that_is_done_by_the_flag_locked_counts_as_sale() {
    let world = World::new()
        .csv("orders.csv", "id,name,partner_id,state,locked\no.1,SO1,Agrolait,sale,True")
        .csv(
            "lines.csv",
            "
            id,order_id,product_id,product_uom_qty,product_uom,qty_delivered_method,qty_invoiced
            L1,SO1,Support,50,Hours,timesheet,50
            ",
        )
        .csv("timesheets.csv", "date,line,quantity\n2026-03-02,L1,57.5")
        .file("drawdown.toml", "[defaults]\npolicy = \"ordered\"\n");
    assert_eq!(reconcile(&world).line("L1", "status,invoice_status"), "locked,upselling");
}

#[test]
fn rule_6_6_an_orders_invoice_status_comes_from_its_lines() {
    let to_invoice = "ordered,50,40";
    let invoiced = "ordered,50,50";
    let upselling = "ordered,5,5";
    let no = "delivered,50,10";
    for (first, second, expected) in [
        (to_invoice, invoiced, "to_invoice"),
        (to_invoice, upselling, "to_invoice"),
        (invoiced, invoiced, "invoiced"),
        (invoiced, upselling, "upselling"),
        (upselling, upselling, "upselling"),
        (invoiced, no, "no"),
        (upselling, no, "no"),
    ] {
        let run = reconcile(
            &World::new()
                .csv(
                    "lines.csv",
                    &format!(
                        "
                        id,order,state,product,unit,tracking,policy,ordered,invoiced
                        L1,SO1,sale,Support,Hours,task,{first}
                        L2,SO1,sale,Audit,Hours,task,{second}
                        "
                    ),
                )
                .csv("timesheets.csv", "date,line,quantity\n2026-03-02,L1,10\n2026-03-02,L2,10"),
        );
        let each = format!("{first} and {second}");
        assert_eq!(run.lines("order_invoice_status"), [expected, expected], "{each}");
    }
}

#[test]
fn rule_6_7_the_exported_quantity_stands_beside_ours_with_the_difference() {
    for (exported, expected) in [
        ("56", "57.50,56.00,1.50"),
        ("60", "57.50,60.00,-2.50"),
        ("57.5", "57.50,57.50,0.00"),
        ("", "57.50,,"),
    ] {
        let cells = format!("sale,task,ordered,50,{exported}");
        let run = reconcile(&line("state,tracking,policy,ordered,delivered", &cells, "57.5"));
        assert_eq!(run.line("L1", "delivered,exported,difference"), expected);
    }
}

/// A prepaid line, and entries on it by date and quantity.
fn day_by_day(ordered: &str, unit: &str, entries: &[(&str, &str)]) -> World {
    let rows: String =
        entries.iter().map(|(day, quantity)| format!("2026-{day},L1,{quantity}\n")).collect();
    World::new()
        .csv(
            "lines.csv",
            &format!(
                "
                id,order,state,product,ordered,unit,tracking,policy
                L1,SO1,sale,Support,{ordered},{unit},task,ordered
                "
            ),
        )
        .csv("timesheets.csv", &format!("date,line,quantity\n{rows}"))
}

/// The day on which a quota of 50 hours was reached, and the days since.
fn reached(entries: &[(&str, &str)]) -> Vec<String> {
    reconcile(&day_by_day("50", "Hours", entries)).upsells("reached_on,days_since")
}

#[test]
fn rule_6_9_reached_on_is_the_day_the_sum_reaches_the_quota() {
    // 11 days of January, 28 of February and 31 of March.
    assert_eq!(reached(&[("01-20", "20"), ("01-10", "30"), ("02-10", "5")]), ["2026-01-20,70"]);
    assert_eq!(reached(&[("03-31", "50")]), ["2026-03-31,0"]);
}

#[test]
fn rule_6_9_a_correction_that_takes_the_sum_below_the_quota_starts_again() {
    assert_eq!(reached(&[("01-10", "50"), ("01-20", "-5"), ("02-10", "10")]), ["2026-02-10,49"]);
    assert_eq!(reached(&[("01-10", "55"), ("01-20", "-5")]), ["2026-01-10,80"]);
    // Of one day the sum counts, not each entry.
    assert_eq!(reached(&[("01-10", "55"), ("01-10", "-10"), ("01-20", "5")]), ["2026-01-20,70"]);
}

#[test]
fn rule_6_9_entries_after_the_as_of_date_change_nothing() {
    assert_eq!(reached(&[("01-10", "50"), ("04-01", "-20")]), ["2026-01-10,80"]);
    let world = day_by_day("50", "Hours", &[("01-10", "50"), ("02-01", "-20"), ("02-10", "30")]);
    let run = reconcile_with(&world, &["--as-of", "2026-01-31"]);
    assert_eq!(run.upsells("reached_on,days_since"), ["2026-01-10,21"]);
}

#[test]
fn rule_6_9_each_days_sum_is_rounded_as_in_5_2() {
    // 7.96 hours are 0.995 days, 1.00 rounded.
    let run = reconcile(&day_by_day("1", "Days", &[("01-10", "7.96"), ("01-20", "0.1")]));
    assert_eq!(run.upsells("reached_on"), ["2026-01-10"]);
}

#[test]
fn rule_6_9_the_threshold_counts_and_over_or_at_it_is_reached() {
    let world = day_by_day("50", "Hours", &[("01-10", "40"), ("01-20", "20")]);
    let run = reconcile(&world.csv("drawdown.toml", "[upsell]\nthreshold = 0.8"));
    assert_eq!(run.upsells("reached_on"), ["2026-01-10"]);
    let world = day_by_day("50", "Hours", &[("01-10", "50"), ("01-20", "1")]);
    let run = reconcile(&world.csv("drawdown.toml", "[upsell]\nrule = \"exceeded\""));
    assert_eq!(run.upsells("reached_on"), ["2026-01-10"]);
}

#[test]
fn rule_6_9_a_pool_is_reached_by_all_its_entries_together() {
    let run: Outcome = reconcile(&pool("done,50,Hours,,", "sale,10,Hours,,", "0").csv(
        "timesheets.csv",
        "
        date,contract,line,quantity
        2026-01-10,C1,,52
        2026-01-20,C1,L1,7
        2026-02-10,,L2,1
        2026-02-20,C1,,5
        ",
    ));
    assert_eq!(run.upsells("lines,delivered,reached_on"), ["L1 L2,65.00,2026-02-10"]);
}

/// A name that fits several lines joins them only by entries that count.
#[test]
fn rule_4_lines_are_not_joined_by_entries_that_are_not_attributed() {
    let name = "SO1 - Sup (A)";
    let rejected = [
        format!("2,2026-01-06,{name},3,Units"),
        format!("2,2026-04-06,{name},3,Hours"),
        format!("2,2026-01-06,{name},1,Hours\n2,2026-01-06,{name},2,Hours"),
    ];
    let run = |l2: &str, hours: &str, rejected: &str| {
        let line = |id: &str, ordered: &str| {
            format!("{id},SO1,sale,A,Sup,Sup,{ordered},Hours,1,EUR,task,ordered")
        };
        let (l1, l2) = (line("L1", "10"), line("L2", l2));
        let columns = "id,order,state,customer,product,description,ordered,unit,price,currency,tracking,policy";
        reconcile(&World::new().csv("lines.csv", &format!("{columns}\n{l1}\n{l2}")).csv(
            "timesheets.csv",
            &format!("id,date,line,quantity,unit\n1,2026-01-05,L1,{hours},Hours\n{rejected}"),
        ))
    };
    for rejected in &rejected {
        assert_eq!(run("20", "10", rejected).line("L1", "status"), "upsell", "{rejected}");
    }
    assert_eq!(run("-5", "7", &rejected[1]).line("L1", "status"), "ok");
    // One that counts joins them.
    let counted = format!("2,2026-01-06,{name},0.5,Hours");
    assert_eq!(run("20", "10", &counted).line("L1", "status"), "ok");
}
