//! Files for Odoo's import: opportunities, and quotations of one more of the
//! same.

use std::fs;

use super::support::{Row, Run, World};

const LINES: &str = "id,order,order_id/id,state,customer,salesperson,product,description,ordered,unit,price,currency,contract,tracking,policy
L1,SO/1.a,,sale,Agrolait,Anna,Support,,10,Hours,100,EUR,C1,contract,ordered
L2,SO/1.a,,sale,Agrolait,Anna,Support,Renewal,7.5,Hours,90,EUR,C1,contract,ordered
L3,SO/1.a,,sale,Agrolait,Anna,Website <new>,,2,Days,800,EUR,,task,ordered
L4,SO2,sale.so_2,sale,Azure,,Support,,20,Hours,,EUR,C2,contract,ordered
L5,SO3,,sale,Deco,,Support,,5,Hours,100,EUR,C3,contract,ordered
";
const TASKS: &str = "name,id,line\nSite,T3,L3\n";
const WORK: &str = "date,contract,task,quantity,unit
2026-03-02,C1,,18,Hours
2026-03-03,C2,,25,Hours
2026-03-03,C3,,5,Hours
2026-03-04,,T3,17,Hours
";

fn world() -> World {
    let world = World::new();
    world.file("in/lines.csv", LINES).file("in/tasks.csv", TASKS).file("in/work.csv", WORK)
}

fn run(world: &World, as_of: &str) -> Run {
    world
        .run(&["reconcile", "in", "--out", "out", "--as-of", as_of, "--from", "2026-03-01"])
        .expect_code(0)
}

#[test]
fn an_order_with_upsells_is_one_opportunity() {
    let world = world();
    let run = run(&world, "2026-03-31");
    assert_eq!(
        run.text("opportunities.csv"),
        "id,name,type,partner_id,expected_revenue,user_id,description\n\
         drawdown_upsell_SO_x2f1_x2ea_2_17p5,SO/1.a Agrolait: one more of the same,opportunity,Agrolait,2275.00,Anna,\"As of 2026-03-31: Website &lt;new&gt;: 2.13 of 2.00 Days delivered, excess 0.13, overrun value 104.00 EUR, used up since 2026-03-04; 17 hours from 2026-03-01 to 2026-03-31. Support (C1): 18.00 of 17.50 Hours delivered, excess 0.50, overrun value 45.00 EUR, used up since 2026-03-02; 18 hours from 2026-03-01 to 2026-03-31.\"\n\
         drawdown_upsell_SO2_20,SO2 Azure: one more of the same,opportunity,Azure,,,\"As of 2026-03-31: Support (C2): 25.00 of 20.00 Hours delivered, excess 5.00, used up since 2026-03-03; 25 hours from 2026-03-01 to 2026-03-31.\"\n\
         drawdown_upsell_SO3_5,SO3 Deco: one more of the same,opportunity,Deco,500.00,,\"As of 2026-03-31: Support (C3): 5.00 of 5.00 Hours delivered, excess 0.00, overrun value 0.00 EUR, used up since 2026-03-03; 5 hours from 2026-03-01 to 2026-03-31.\"\n"
    );
    assert_eq!(run.text("opportunities_update.csv"), "id,expected_revenue,description\n");
}

#[test]
fn what_was_written_before_is_only_updated() {
    let world = world();
    let first = run(&world, "2026-03-31").text("opportunities.csv");
    // The same run again writes it as it did.
    assert_eq!(run(&world, "2026-03-31").text("opportunities.csv"), first);
    // SO3 is renewed, and used up again: another opportunity.
    let lines = LINES.replace("Support,,5,", "Support,,6,");
    let world =
        world.file("in/lines.csv", lines).file("in/work.csv", WORK.replace("C3,,5", "C3,,9"));
    let second = run(&world, "2026-04-15");
    let ids = |name: &str| -> Vec<String> {
        second.table(name).into_iter().map(|row| row["id"].clone()).collect()
    };
    assert_eq!(ids("opportunities.csv"), ["drawdown_upsell_SO3_6"]);
    assert_eq!(
        ids("opportunities_update.csv"),
        ["drawdown_upsell_SO_x2f1_x2ea_2_17p5", "drawdown_upsell_SO2_20"]
    );
    let third = run(&world, "2026-04-16");
    assert_eq!(third.table("opportunities.csv").len(), 0);
    assert_eq!(third.table("opportunities_update.csv").len(), 3);
}

#[test]
fn columns_have_the_names_of_the_version() {
    let header = |version: &str, name: &str| {
        let world = world().file("in/drawdown.toml", format!("[odoo]\nversion = {version}\n"));
        run(&world, "2026-03-31").text(name).lines().next().unwrap_or_default().to_owned()
    };
    assert!(header("13", "opportunities.csv").contains(",planned_revenue,"));
    assert!(header("14", "opportunities.csv").contains(",expected_revenue,"));
    assert!(header("10", "orders_draft.csv").contains(",project_id,"));
    assert!(header("17", "orders_draft.csv").contains(",analytic_account_id,"));
    assert!(header("19", "orders_draft.csv").contains(",order_line/product_uom_id,"));
    let world = world().file("in/drawdown.toml", "[odoo]\nversion = 9\n");
    let refused = world.run(&["reconcile", "in", "--out", "out"]).expect_code(2);
    assert!(
        refused.stderr.contains("odoo.version is 9; expected: a version of Odoo from 10 to 19")
    );
}

#[test]
fn one_more_of_the_same_is_drafted_as_decided() {
    let world = world();
    let first = run(&world, "2026-03-31");
    assert_eq!(
        first.text("orders_draft.csv"),
        "id,partner_id,user_id,client_order_ref,order_line/id,order_line/product_id,order_line/name,order_line/product_uom_qty,order_line/product_uom,order_line/price_unit\n"
    );
    let decided: String = first
        .text("upsell.csv")
        .lines()
        .map(|row| {
            let decision = match row.split(',').next() {
                Some("SO/1.a") => "new order",
                Some("SO2" | "SO3") => "new line",
                _ => return format!("{row}\n"),
            };
            let mut cells: Vec<&str> = row.split(',').collect();
            let at = cells.len() - 4;
            cells[at] = decision;
            cells.join(",") + "\n"
        })
        .collect();
    #[expect(clippy::disallowed_methods, reason = "what a person saves")]
    fs::write(first.out.join("upsell.csv"), decided).expect("saved");
    let second = run(&world, "2026-03-31");
    assert_eq!(
        second.text("orders_draft.csv"),
        "id,partner_id,user_id,client_order_ref,order_line/id,order_line/product_id,order_line/name,order_line/product_uom_qty,order_line/product_uom,order_line/price_unit\n\
         drawdown_order_SO_x2f1_x2ea_2_17p5,Agrolait,Anna,SO/1.a,drawdown_line_L3_2,Website <new>,Website <new>,2,Days,800\n\
         ,,,,drawdown_line_L2_17p5,Support,Renewal,7.5,Hours,90\n\
         sale.so_2,,,,drawdown_line_L4_20,Support,Support,20,Hours,\n"
    );
    assert!(
        second.stdout.starts_with("! orders_draft.csv has no new line for SO3: an order that is there already is found by its External ID;"),
        "{}",
        second.stdout
    );
}

/// Decides about orders in the upsell.csv that a run wrote.
fn decide(run: &Run, decisions: &[(&str, &str)]) {
    for (order, decision) in decisions {
        super::history::write_csv(&run.out, order, "decision", decision);
    }
}

fn ids(run: &Run, name: &str) -> Vec<String> {
    run.table(name).into_iter().map(|row| row["id"].clone()).collect()
}

#[test]
fn what_was_decided_against_is_no_opportunity() {
    let world = world();
    let first = run(&world, "2026-03-31");
    assert_eq!(ids(&first, "opportunities.csv").len(), 3);
    decide(&first, &[("SO2", "no"), ("SO3", "Lock")]);
    let again = run(&world, "2026-03-31");
    assert_eq!(ids(&again, "opportunities.csv"), ["drawdown_upsell_SO_x2f1_x2ea_2_17p5"]);
    // What was never written is no update either.
    let second = run(&world, "2026-04-15");
    assert!(ids(&second, "opportunities.csv").is_empty());
    assert_eq!(ids(&second, "opportunities_update.csv"), ["drawdown_upsell_SO_x2f1_x2ea_2_17p5"]);
    // Decided against later, it is left alone; and it is known when that is
    // taken back.
    decide(&second, &[("SO/1.a", "no"), ("SO2", "")]);
    let third = run(&world, "2026-04-30");
    assert_eq!(ids(&third, "opportunities.csv"), ["drawdown_upsell_SO2_20"]);
    assert!(ids(&third, "opportunities_update.csv").is_empty());
    decide(&third, &[("SO/1.a", "wait")]);
    let fourth = run(&world, "2026-05-15");
    assert!(ids(&fourth, "opportunities.csv").is_empty());
    assert_eq!(
        ids(&fourth, "opportunities_update.csv"),
        ["drawdown_upsell_SO_x2f1_x2ea_2_17p5", "drawdown_upsell_SO2_20"]
    );
}

#[test]
fn an_opportunity_is_about_what_was_not_decided_against() {
    let world = world();
    let first = run(&world, "2026-03-31");
    // Both upsells of the order, then one of them.
    let revenue = |run: &Run| run.table("opportunities.csv")[0]["expected_revenue"].clone();
    assert_eq!(revenue(&first), "2275.00");
    let decided = |row: &str| {
        let blank = row.contains(",L3,").then(|| row.strip_suffix(",,,")).flatten();
        blank.map_or_else(|| row.to_owned(), |cells| format!("{cells}no,,,"))
    };
    let rows: Vec<String> = first.text("upsell.csv").lines().map(decided).collect();
    #[expect(clippy::disallowed_methods, reason = "what a person saves")]
    fs::write(first.out.join("upsell.csv"), rows.join("\n") + "\n").expect("saved");
    let again = run(&world, "2026-03-31");
    assert_eq!(revenue(&again), "675.00");
    let row = &again.table("opportunities.csv")[0];
    assert_eq!(row["id"], "drawdown_upsell_SO_x2f1_x2ea_2_17p5");
    assert!(!row["description"].contains("Website"), "{}", row["description"]);
}

#[test]
fn a_quotation_that_is_in_the_export_is_not_drafted_again() {
    let decisions = [("SO/1.a", "new order"), ("SO2", "new line"), ("SO3", "new order")];
    let drafts = |more: &str| {
        let world = world();
        let first = run(&world, "2026-03-31");
        decide(&first, &decisions);
        let world = world.file("in/lines.csv", format!("{LINES}{more}"));
        run(&world, "2026-04-15").table("orders_draft.csv")
    };
    let cells = |rows: Vec<Row>| -> Vec<String> {
        let columns = ["id", "partner_id", "order_line/id"];
        rows.iter().map(|row| columns.map(|column| row[column].clone()).join(",")).collect()
    };
    assert_eq!(
        cells(drafts("")),
        [
            "drawdown_order_SO_x2f1_x2ea_2_17p5,Agrolait,drawdown_line_L3_2",
            ",,drawdown_line_L2_17p5",
            "sale.so_2,,drawdown_line_L4_20",
            "drawdown_order_SO3_5,Deco,drawdown_line_L5_5",
        ]
    );
    // Two of them were imported, one line was not, and one order is cancelled.
    let imported = "\
__import__.drawdown_line_L2_17p5,SO9,__import__.drawdown_order_SO_x2f1_x2ea_2_17p5,sent,Agrolait,,Support,,7.5,Hours,90,EUR,C9,contract,ordered
__import__.drawdown_line_L4_20,SO8,sale.so_8,draft,Azure,,Support,,20,Hours,,EUR,C8,contract,ordered
__import__.drawdown_line_L5_5,SO7,__import__.drawdown_order_SO3_5,cancel,Deco,,Support,,5,Hours,100,EUR,C7,contract,ordered
";
    assert_eq!(cells(drafts(imported)), ["drawdown_order_SO_x2f1_x2ea_2_17p5,,drawdown_line_L3_2"]);
}
