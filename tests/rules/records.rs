//! Chapter 1: records, their keys, and the same record met twice.

use crate::outcome::{reconcile, reconcile_with, refusal};
use crate::support::World;

/// Two orders by one line each, in state sale, tracked by task.
const TWO_LINES: &str = "
    id,order,state,product,ordered,unit,task,tracking,policy
    7,SO1,sale,Support,50,Hours,,task,ordered
    007,SO2,sale,Support,50,Hours,,task,ordered
";

#[test]
fn rule_1_ids_are_text_and_compared_as_they_stand() {
    let run = reconcile(&World::new().csv("lines.csv", TWO_LINES).csv(
        "timesheets.csv",
        "
        id,date,line,quantity
        1,2026-03-02,7,1
        2,2026-03-02,007,2
        3,2026-03-02,07,4
        ",
    ));
    assert_eq!(run.line("7", "delivered"), "1.00");
    assert_eq!(run.line("007", "delivered"), "2.00");
    assert_eq!(run.unmatched("entry,line,reason"), ["3,07,unknown_line"]);
}

#[test]
fn rule_1_ids_do_not_ignore_case() {
    let run = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order,state,product,ordered,unit,tracking,policy
                L1,SO1,sale,Support,50,Hours,task,ordered
                ",
            )
            .csv(
                "timesheets.csv",
                "
                id,date,line,quantity
                1,2026-03-02,l1,1
                ",
            ),
    );
    assert_eq!(run.line("L1", "delivered"), "0.00");
    assert_eq!(run.unmatched("entry,reason"), ["1,unknown_line"]);
}

#[test]
fn rule_1_ids_are_trimmed() {
    let run = reconcile(
        &World::new()
            .file(
                "lines.csv",
                "id,order,state,product,ordered,unit,tracking,policy\n\
                 \" L1 \",SO1,sale,Support,50,Hours,task,ordered\n",
            )
            .file("timesheets.csv", "id,date,line,quantity\n1,2026-03-02,\"L1  \",3\n"),
    );
    assert_eq!(run.line("L1", "delivered"), "3.00");
}

#[test]
fn rule_1_names_ignore_case_width_and_runs_of_space() {
    let run = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order,state,product,ordered,unit,contract,tracking,policy
                L1,SO009,sale,Support,50,Hours,SO009 - Agrolait,contract,ordered
                ",
            )
            .csv(
                "timesheets.csv",
                "
                id,date,contract,quantity
                1,2026-03-02,so009 - AGROLAIT,1
                2,2026-03-02,SO009   -  Agrolait,2
                3,2026-03-02,ＳＯ００９ - Agrolait,4
                ",
            ),
    );
    assert_eq!(run.line("L1", "delivered,entries"), "7.00,3");
}

#[test]
fn rule_1_a_blank_key_never_matches() {
    let run = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order,state,product,ordered,unit,contract,task,tracking,policy
                L1,SO1,sale,Support,50,Hours,,,contract,ordered
                L2,SO2,sale,Audit,50,Hours,,,task,ordered
                ",
            )
            .csv(
                "timesheets.csv",
                "
                id,date,contract,task,line,quantity
                1,2026-03-02,,,,1
                ",
            ),
    );
    assert_eq!(run.lines("line,delivered"), ["L1,0.00", "L2,0.00"]);
    assert_eq!(run.unmatched("entry,reason"), ["1,no_reference"]);
}

#[test]
fn rule_1_an_order_line_without_an_id_is_a_fault() {
    let run = reconcile(&World::new().csv(
        "lines.csv",
        "
        id,order,state,product,ordered,unit,tracking,policy
        ,SO1,sale,Support,50,Hours,task,ordered
        L2,SO2,sale,Support,50,Hours,task,ordered
        ",
    ));
    assert_eq!(run.exceptions("row,column,kind,rule"), ["2,id,missing_value,1"]);
    assert_eq!(run.lines("line"), ["L2"]);
}

#[test]
fn rule_1_sections_notes_and_down_payments_are_passed_over_and_counted() {
    let run = reconcile(&World::new().csv(
        "lines.csv",
        "
        id,order_id,state,display_type,is_downpayment,product_id,name,product_uom_qty,product_uom,qty_delivered_method
        x.section,SO1,sale,line_section,False,,Work,0,,
        x.line,SO1,sale,,False,Support,Support,50,Hours,timesheet
        x.note,SO1,sale,line_note,False,,Thank you,0,,
        x.deposit,SO1,sale,,True,Down payment,Down payment,0,Units,manual
        ",
    )
    .file("drawdown.toml", "[defaults]\npolicy = \"ordered\"\n"));
    assert_eq!(run.lines("line"), ["x.line"]);
    assert_eq!(run.reading("lines_passed_over"), 3);
    assert!(run.exceptions("kind").is_empty());
}

#[test]
fn rule_1_an_unknown_policy_is_an_exception_and_the_delivered_quantity_shows() {
    let run = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order,state,product,ordered,unit,tracking
                L1,SO1,sale,Support,50,Hours,task
                ",
            )
            .csv("timesheets.csv", "date,line,quantity\n2026-03-02,L1,60"),
    );
    assert_eq!(run.line("L1", "policy,delivered,status"), ",60.00,exception");
    assert_eq!(run.exceptions("row,kind,rule"), ["2,unknown_policy,1"]);
    assert!(run.upsells("order").is_empty());
}

#[test]
fn rule_1_an_unknown_tracking_is_an_exception_and_nothing_is_guessed() {
    let run = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order,state,product,ordered,unit,policy
                L1,SO1,sale,Support,50,Hours,ordered
                ",
            )
            .csv("timesheets.csv", "date,line,quantity\n2026-03-02,L1,60"),
    );
    assert_eq!(run.line("L1", "tracking,delivered,status"), ",,exception");
    assert_eq!(run.exceptions("row,kind,rule"), ["2,unknown_tracking,1"]);
    assert!(run.upsells("order").is_empty());
}

#[test]
fn rule_1_the_product_file_comes_before_the_configuration_and_that_before_its_default() {
    let run = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order,state,product,ordered,unit,delivered
                L1,SO1,sale,Support,50,Hours,0
                L2,SO1,sale,Audit,50,Hours,0
                L3,SO1,sale,Review,50,Hours,0
                ",
            )
            .csv(
                "products.csv",
                "
                name,tracking,policy
                Support,task,delivered
                ",
            )
            .csv(
                "drawdown.toml",
                "
                [defaults]
                policy = \"ordered\"
                tracking = \"contract\"
                [products.Support]
                policy = \"ordered\"
                tracking = \"manual\"
                [products.Audit]
                policy = \"delivered\"
                tracking = \"manual\"
                ",
            ),
    );
    assert_eq!(
        run.lines("line,tracking,policy"),
        ["L1,task,delivered", "L2,manual,delivered", "L3,contract,ordered"]
    );
}

#[test]
fn rule_1_products_match_by_code_code_and_name_or_name() {
    let run = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order,state,product,ordered,unit
                L1,SO1,sale,CONS-D,50,Hours
                L2,SO1,sale,[CONS-D] Senior Consulting,50,Hours
                L3,SO1,sale,senior  consulting,50,Hours
                L4,SO1,sale,Junior Consulting,50,Hours
                ",
            )
            .csv(
                "products.csv",
                "
                id,name,default_code,type,track_service,invoice_policy
                p.1,Senior Consulting,CONS-D,service,task,order
                ",
            ),
    );
    assert_eq!(
        run.lines("line,tracking,policy"),
        ["L1,task,ordered", "L2,task,ordered", "L3,task,ordered", "L4,,"]
    );
}

#[test]
fn rule_1_products_match_by_the_external_id_of_template_or_variant() {
    let run = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order_id,state,product_id/id,product_id,product_uom_qty,product_uom
                L1,SO1,sale,v.red,Consulting (red),50,Hours
                L2,SO1,sale,v.blue,Consulting (blue),50,Hours
                ",
            )
            .csv(
                "products.csv",
                "
                id,name,type,track_service,invoice_policy,product_variant_ids/id
                t.1,Consulting,service,task,order,v.red
                ,,,,,v.blue
                ",
            ),
    );
    assert_eq!(run.lines("line,tracking,policy"), ["L1,task,ordered", "L2,task,ordered"]);
    let by_template = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order_id,state,product_template_id/id,product_id,product_uom_qty,product_uom
                L1,SO1,sale,t.1,Consulting (red),50,Hours
                ",
            )
            .csv(
                "products.csv",
                "
                id,name,type,track_service,invoice_policy
                t.1,Consulting,service,task,order
                ",
            ),
    );
    assert_eq!(by_template.line("L1", "tracking,policy"), "task,ordered");
}

#[test]
fn rule_1_accounts_match_by_code_code_and_name_or_name() {
    let run = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order,state,product,ordered,unit,contract,tracking,policy
                L1,SO1,sale,Support,50,Hours,[A1] SO1 - Agrolait,contract,ordered
                ",
            )
            .csv(
                "timesheets.csv",
                "
                id,date,contract,quantity
                1,2026-03-02,A1,1
                2,2026-03-02,[A1] SO1 - Agrolait,2
                3,2026-03-02,SO1 - Agrolait,4
                ",
            ),
    );
    assert_eq!(run.line("L1", "delivered"), "7.00");
}

#[test]
fn rule_1_accounts_match_by_id_before_their_name() {
    let run = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order_id,state,product_id,product_uom_qty,product_uom,order_id/analytic_account_id/id,order_id/analytic_account_id
                L1,SO1,sale,Support,50,Hours,a.1,Agrolait
                L2,SO2,sale,Support,50,Hours,a.2,Agrolait
                ",
            )
            .csv(
                "timesheets.csv",
                "
                id,date,account_id/id,account_id,unit_amount
                1,2026-03-02,a.2,Agrolait,3
                ",
            )
            .csv(
                "drawdown.toml",
                "
                [defaults]
                policy = \"ordered\"
                tracking = \"contract\"
                ",
            ),
    );
    assert_eq!(run.lines("line,delivered"), ["L1,0.00", "L2,3.00"]);
}

#[test]
fn rule_1_tasks_match_by_id_then_name() {
    let run = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order,state,product,ordered,unit,tracking,policy
                L1,SO1,sale,Support,50,Hours,task,ordered
                L2,SO2,sale,Support,50,Hours,task,ordered
                ",
            )
            .csv(
                "tasks.csv",
                "
                name,id,project,line
                T2,T1,,L1
                Install,T2,,L2
                ",
            )
            .csv(
                "timesheets.csv",
                "
                id,date,task,quantity
                1,2026-03-02,T1,1
                2,2026-03-02,T2,2
                3,2026-03-02,install,4
                ",
            ),
    );
    assert_eq!(run.lines("line,delivered"), ["L1,1.00", "L2,6.00"]);
}

#[test]
fn rule_1_a_task_name_that_fits_several_is_decided_by_the_entrys_order() {
    let run = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order_id,state,product_id,product_uom_qty,product_uom,qty_delivered_method,task_id
                L1,SO1,sale,Support,50,Hours,timesheet,Install
                L2,SO2,sale,Audit,50,Hours,timesheet,Install
                ",
            )
            .csv(
                "timesheets.csv",
                "
                id,date,task_id,order_id,unit_amount
                1,2026-03-02,Install,SO2,3
                ",
            )
            .file("drawdown.toml", "[defaults]\npolicy = \"ordered\"\n"),
    );
    assert_eq!(run.lines("line,delivered"), ["L1,0.00", "L2,3.00"]);
}

/// Two tasks called Install, of two projects and two lines.
fn tasks_of_one_name(products: [&str; 2]) -> World {
    let [first, second] = products;
    World::new()
        .csv(
            "lines.csv",
            &format!(
                "
                id,order,state,product,ordered,unit,tracking,policy
                L1,SO1,sale,{first},10,Hours,task,ordered
                L2,SO2,sale,{second},10,Hours,task,ordered
                "
            ),
        )
        .csv(
            "tasks.csv",
            "
            name,id,project,line
            Install,T1,Agrolait,L1
            Install,T2,Deco,L2
            ",
        )
}

#[test]
fn rule_1_a_task_name_that_fits_several_is_decided_by_the_entrys_project() {
    let run = reconcile(&tasks_of_one_name(["Support", "Audit"]).csv(
        "timesheets.csv",
        "
        id,date,project,task,quantity
        1,2026-03-02,Deco,Install,3
        ",
    ));
    assert_eq!(run.lines("line,delivered"), ["L1,0.00", "L2,3.00"]);
}

#[test]
fn rule_1_a_task_name_that_fits_several_lines_of_one_product_is_a_pool() {
    let run = reconcile(&tasks_of_one_name(["Support", "Support"]).csv(
        "timesheets.csv",
        "
        id,date,task,quantity
        1,2026-03-02,Install,13
        ",
    ));
    assert_eq!(run.lines("line,delivered"), ["L1,10.00", "L2,3.00"]);
}

#[test]
fn rule_1_a_task_name_that_fits_several_products_is_unmatched_with_the_candidates() {
    let run = reconcile(&tasks_of_one_name(["Support", "Audit"]).csv(
        "timesheets.csv",
        "
        id,date,task,quantity
        1,2026-03-02,Install,13
        ",
    ));
    assert_eq!(run.unmatched("entry,reason,candidate"), ["1,ambiguous_task,L1 L2"]);
}

#[test]
fn rule_1_an_order_line_met_twice_merges_and_blanks_are_filled() {
    let run = reconcile(
        &World::new()
            .csv(
                "a.csv",
                "
                id,order,state,product,ordered,unit,price,tracking,policy
                L1,SO1,sale,Support,50,Hours,,task,
                ",
            )
            .csv(
                "b.csv",
                "
                id,order,state,product,ordered,unit,price,tracking,policy
                L1,SO1,sale,support,50.0,Hours,90,,ordered
                ",
            )
            .csv("timesheets.csv", "date,line,quantity\n2026-03-02,L1,10"),
    );
    assert_eq!(
        run.lines("line,tracking,policy,ordered,consumed_value"),
        ["L1,task,ordered,50.00,900.00"]
    );
    assert!(run.exceptions("kind").is_empty());
}

#[test]
fn rule_1_an_order_line_of_a_list_and_a_nested_list_is_one() {
    let run = reconcile(
        &World::new()
            .csv(
                "list.csv",
                "
                id,order_id,state,product_id,product_uom_qty,product_uom,qty_delivered_method
                L1,SO1,sale,Support,50,Hours,timesheet
                L2,SO1,sale,Audit,8,Hours,timesheet
                ",
            )
            .csv(
                "nested.csv",
                "
                name,partner_id,state,order_line/id,order_line/product_id,order_line/product_uom_qty,order_line/product_uom,order_line/price_unit
                SO1,Agrolait,sale,L1,Support,50,Hours,90
                ,,,L2,Audit,8,Hours,120
                ",
            )
            .csv("timesheets.csv", "date,line,quantity\n2026-03-02,L1,10\n2026-03-02,L2,1")
            .file("drawdown.toml", "[defaults]\npolicy = \"ordered\"\n"),
    );
    assert_eq!(
        run.lines("line,customer,tracking,delivered,consumed_value"),
        ["L1,Agrolait,task,10.00,900.00", "L2,Agrolait,task,1.00,120.00",]
    );
}

#[test]
fn rule_1_an_order_line_exported_in_two_languages_is_one() {
    let run = reconcile(
        &World::new()
            .csv(
                "de.csv",
                "
                id,order_id,state,product_id/id,product_uom_qty,product_uom
                L1,SO1,Verkaufsauftrag,p.1,50,Stunden
                ",
            )
            .csv(
                "en.csv",
                "
                id,order_id,state,product_id/id,product_uom_qty,product_uom
                L1,SO1,Sales Order,p.1,50,Hours
                ",
            )
            .csv(
                "drawdown.toml",
                "
                [defaults]
                policy = \"ordered\"
                tracking = \"task\"
                ",
            ),
    );
    assert_eq!(run.lines("line,ordered,status"), ["L1,50.00,ok"]);
}

/// One order line whose ordered quantity differs between two files.
fn contradiction() -> World {
    World::new()
        .csv(
            "a.csv",
            "
            id,order,state,product,ordered,unit,tracking,policy
            L1,SO1,sale,Support,50,Hours,task,ordered
            ",
        )
        .csv(
            "b.csv",
            "
            id,order,state,product,ordered,unit,tracking,policy
            L1,SO1,sale,Support,40,Hours,task,ordered
            ",
        )
}

#[test]
fn rule_1_differing_order_lines_are_a_fault_that_names_both_places() {
    let message = refusal(&contradiction());
    for part in ["a.csv:2", "b.csv:2", "50", "40"] {
        assert!(message.contains(part), "{part} in {message}");
    }
}

#[test]
fn rule_1_every_row_that_says_otherwise_of_an_order_is_counted() {
    let lines = |customer: &str, ids: [&str; 3]| {
        let row = |id| format!("{id},SO1,{customer},sale,Support,50,Hours,task,ordered\n");
        let header = "id,order,customer,state,product,ordered,unit,tracking,policy\n";
        format!("{header}{}", ids.map(row).concat())
    };
    let world = World::new()
        .csv("a.csv", &lines("Agrolait", ["L1", "L2", "L3"]))
        .csv("b.csv", &lines("Azure", ["L4", "L5", "L6"]));
    let message = refusal(&world);
    let told = "\"Agrolait\" in ./a.csv:2 and \"Azure\" in ./b.csv:2 (and 2 more like it)";
    assert!(message.contains(told), "{message}");
}

/// The row in which each value is said, and not the first one of its record.
#[test]
fn rule_1_what_differs_is_named_with_the_row_that_says_it() {
    let header = "id,order,customer,contract,price,state,product,ordered,unit,tracking,policy";
    let lines = |cells: &[&str]| {
        let row = |cells: &&str| format!("{cells},sale,Support,50,Hours,task,ordered\n");
        let rows: String = cells.iter().map(row).collect();
        refusal(&World::new().csv("a.csv", &format!("{header}\n{rows}")))
    };
    let message = lines(&["L1,SO1,,,", "L2,SO1,Agrolait,,", "L3,SO1,agrolait,,", "L4,SO1,Azure,,"]);
    let told = "customer is \"Agrolait\" in ./a.csv:3 and \"Azure\" in ./a.csv:5;";
    assert!(message.contains(told), "{message}");
    let message = lines(&["L1,SO1,,,", "L1,SO1,,,100", "L1,SO1,,,120"]);
    let told = "price is \"100\" in ./a.csv:3 and \"120\" in ./a.csv:4;";
    assert!(message.contains(told), "{message}");
    let message = lines(&["L1,SO1,,,", "L1,SO1,,,", "L1,SO1,,C1,", "L1,SO1,,C2,"]);
    let told = "contract is \"C1\" in ./a.csv:4 and \"C2\" in ./a.csv:5;";
    assert!(message.contains(told), "{message}");

    let products = "Support,,ordered\nSupport,task,ordered\nSupport,manual,ordered";
    let message = refusal(&product_in_two_files(products, "Support,,"));
    let told = "tracking is \"task\" in ./products-a.csv:3 and \"manual\" in ./products-a.csv:4;";
    assert!(message.contains(told), "{message}");

    let tasks = "name,id,project,line\nT,1,,L1\nT,1,P,L1\nT,1,Q,L1";
    let message =
        refusal(&product_in_two_files("Support,task,ordered", "").csv("tasks.csv", tasks));
    let told = "project is \"P\" in ./tasks.csv:3 and \"Q\" in ./tasks.csv:4;";
    assert!(message.contains(told), "{message}");
}

#[test]
fn rule_1_the_user_chooses_between_differing_order_lines() {
    let first = reconcile_with(&contradiction(), &["--on-conflict", "first"]);
    assert_eq!(first.line("L1", "ordered"), "50.00");
    let newest = reconcile_with(&contradiction(), &["--on-conflict", "newest"]);
    assert_eq!(newest.line("L1", "ordered"), "40.00");
    let configured = contradiction().file("drawdown.toml", "on_conflict = \"first\"\n");
    assert_eq!(reconcile(&configured).line("L1", "ordered"), "50.00");
}

/// A line of a product that two files describe.
fn product_in_two_files(first: &str, second: &str) -> World {
    World::new()
        .csv(
            "lines.csv",
            "
            id,order,state,product,ordered,unit
            L1,SO1,sale,Support,50,Hours
            ",
        )
        .csv("products-a.csv", &format!("name,tracking,policy\n{first}"))
        .csv("products-b.csv", &format!("name,tracking,policy\n{second}"))
}

#[test]
fn rule_1_a_product_met_twice_merges_and_blanks_are_filled() {
    let run = reconcile(&product_in_two_files("Support,task,", "SUPPORT,,ordered"));
    assert_eq!(run.line("L1", "tracking,policy"), "task,ordered");
}

#[test]
fn rule_1_differing_products_are_a_fault_that_names_both_places() {
    let message = refusal(&product_in_two_files("Support,task,ordered", "Support,task,delivered"));
    for place in ["products-a.csv:2", "products-b.csv:2"] {
        assert!(message.contains(place), "{place} in {message}");
    }
}

#[test]
fn rule_1_the_user_chooses_between_differing_products() {
    let world = product_in_two_files("Support,task,ordered", "Support,task,delivered");
    let first = reconcile_with(&world, &["--on-conflict", "first"]);
    assert_eq!(first.line("L1", "policy"), "ordered");
    let newest = reconcile_with(&world, &["--on-conflict", "newest"]);
    assert_eq!(newest.line("L1", "policy"), "delivered");
}

/// A line sold in sprints, which two files describe.
fn unit_in_two_files(first: &str, second: &str) -> World {
    World::new()
        .csv(
            "lines.csv",
            "
            id,order,state,product,ordered,unit,tracking,policy
            L1,SO1,sale,Support,5,Sprint,task,ordered
            ",
        )
        .csv("units-a.csv", &format!("name,category,ratio\n{first}"))
        .csv("units-b.csv", &format!("name,category,ratio\n{second}"))
        .csv("timesheets.csv", "date,line,quantity\n2026-03-02,L1,40")
}

#[test]
fn rule_1_a_unit_met_twice_is_one() {
    let world = unit_in_two_files("Sprint,Working Time,80", "sprint,Working Time,80.0");
    assert_eq!(reconcile(&world).line("L1", "delivered"), "0.50");
}

#[test]
fn rule_1_differing_units_are_a_fault_that_names_both_places() {
    let message = refusal(&unit_in_two_files("Sprint,Working Time,80", "Sprint,Working Time,64"));
    for place in ["units-a.csv:2", "units-b.csv:2"] {
        assert!(message.contains(place), "{place} in {message}");
    }
}

#[test]
fn rule_1_the_user_chooses_between_differing_units() {
    // 40 hours are half a sprint of 80, and 0.625 of one of 64.
    let world = unit_in_two_files("Sprint,Working Time,80", "Sprint,Working Time,64");
    let first = reconcile_with(&world, &["--on-conflict", "first"]);
    assert_eq!(first.line("L1", "delivered"), "0.50");
    let newest = reconcile_with(&world, &["--on-conflict", "newest"]);
    assert_eq!(newest.line("L1", "delivered"), "0.63");
}

/// A task that two files describe, and an entry on it.
fn task_in_two_files(first: &str, second: &str) -> World {
    World::new()
        .csv(
            "lines.csv",
            "
            id,order,state,product,ordered,unit,tracking,policy
            L1,SO1,sale,Support,50,Hours,task,ordered
            L2,SO2,sale,Support,50,Hours,task,ordered
            ",
        )
        .csv("tasks-a.csv", &format!("name,id,project,line\n{first}"))
        .csv("tasks-b.csv", &format!("name,id,project,line\n{second}"))
        .csv("timesheets.csv", "date,task,quantity\n2026-03-02,Install,3")
}

#[test]
fn rule_1_a_task_met_twice_merges_and_blanks_are_filled() {
    let run = reconcile(&task_in_two_files("Install,T1,Agrolait,", "Install,T1,,L2"));
    assert_eq!(run.lines("line,delivered"), ["L1,0.00", "L2,3.00"]);
}

#[test]
fn rule_1_differing_tasks_are_a_fault_that_names_both_places() {
    let message = refusal(&task_in_two_files("Install,T1,,L1", "Install,T1,,L2"));
    for place in ["tasks-a.csv:2", "tasks-b.csv:2"] {
        assert!(message.contains(place), "{place} in {message}");
    }
}

#[test]
fn rule_1_the_user_chooses_between_differing_tasks() {
    let world = task_in_two_files("Install,T1,,L1", "Install,T1,,L2");
    let first = reconcile_with(&world, &["--on-conflict", "first"]);
    assert_eq!(first.lines("line,delivered"), ["L1,3.00", "L2,0.00"]);
    let newest = reconcile_with(&world, &["--on-conflict", "newest"]);
    assert_eq!(newest.lines("line,delivered"), ["L1,0.00", "L2,3.00"]);
}

#[test]
fn rule_1_a_negative_quantity_is_a_correction_and_counts() {
    let run = reconcile(&World::new().csv("lines.csv", TWO_LINES).csv(
        "timesheets.csv",
        "
        id,date,line,quantity
        1,2026-03-02,7,10
        2,2026-03-03,7,-2.5
        ",
    ));
    assert_eq!(run.line("7", "delivered,entries"), "7.50,2");
}

#[test]
fn rule_1_one_date_in_doubt_does_not_take_the_others_along() {
    let world = |entries: &str| {
        let lines = "
            id,order,order_date,state,product,ordered,unit,tracking,policy,customer
            7,SO1,2026-01-01,sale,Support,50,Hours,task,ordered,Agrolait
            8,SO2,01/02/2026,sale,Support,60,Hours,task,ordered,Agrolait
            9,SO3,25 Feb 2026,sale,Support,70,Hours,task,ordered,Agrolait
        ";
        World::new().csv("lines.csv", lines).csv("timesheets.csv", entries)
    };
    let run = reconcile(&world(
        "
        id,date,line,quantity
        1,2026-03-02,7,1
        2,01/02/2026,7,2
        3,03/03/2026,7,4
        4,2026/03/05,7,8
        5,soon,7,16
        ",
    ));
    assert_eq!(
        run.line("7", "delivered,entries,first_date,last_date"),
        "13.00,3,2026-03-02,2026-03-05"
    );
    assert_eq!(
        run.exceptions("file,row,column,kind,found"),
        [
            "./lines.csv,3,order_date,ambiguous_date,01/02/2026",
            "./timesheets.csv,3,date,ambiguous_date,01/02/2026",
            "./timesheets.csv,6,date,not_a_date,soon",
        ]
    );
    // Of a column in both orders each date that can be one day only is that day.
    let run = reconcile(&world(
        "
        id,date,line,quantity
        1,2026-03-02,7,1
        2,13/02/2026,7,2
        3,02/14/2026,7,4
        4,01/02/2026,7,8
        ",
    ));
    assert_eq!(run.line("7", "delivered,first_date,last_date"), "7.00,2026-02-13,2026-03-02");
    assert_eq!(
        run.exceptions("row,kind,found,expected").last().map(String::as_str),
        Some(
            "5,ambiguous_date,01/02/2026,one order in a column; it has \"13/02/2026\" and \"02/14/2026\""
        )
    );
}

#[test]
fn rule_1_one_number_in_doubt_does_not_take_the_others_along() {
    let run = reconcile(&World::new().csv("lines.csv", TWO_LINES).csv(
        "timesheets.csv",
        "
        id;date;line;quantity
        1;2026-03-02;7;1
        2;2026-03-03;7;1,234
        3;2026-03-04;7;2:30
        4;2026-03-05;7;4
        5;2026-03-06;7;x
        ",
    ));
    assert_eq!(run.line("7", "delivered,entries"), "7.50,3");
    assert_eq!(run.exceptions("row,kind,found"), ["3,ambiguous_number,1,234", "6,not_a_number,x"]);
}

#[test]
fn rule_1_a_share_among_quantities_says_nothing_of_their_decimal_mark() {
    let run = reconcile(&World::new().csv("lines.csv", TWO_LINES).csv(
        "timesheets.csv",
        "
        id;date;line;quantity
        1;2026-03-02;7;1
        2;2026-03-03;7;1,234
        3;2026-03-04;7;1,5 %
        ",
    ));
    assert_eq!(run.line("7", "delivered,entries"), "1.00,1");
    assert_eq!(
        run.exceptions("row,kind,found"),
        ["3,ambiguous_number,1,234", "4,not_a_number,1,5 %"]
    );
}

#[test]
fn rule_5_6_a_floats_print_and_what_it_stands_for_are_no_contradiction() {
    let lines = |quantity: &str| {
        format!(
            "
            id,order,state,product,ordered,unit,delivered,tracking,policy
            L1,SO1,sale,Support,{quantity},Hours,{quantity},manual,ordered
            "
        )
    };
    let run =
        |one: &str, other: &str| World::new().csv("a.csv", &lines(one)).csv("b.csv", &lines(other));
    for (one, other) in [
        ("2.3000000000000003", "2.3"),
        ("2.3", "2.3000000000000003"),
        ("0.3333333333333333", "0.333333333333333"),
    ] {
        let run = reconcile(&run(one, other));
        assert_eq!(run.line("L1", "remaining"), "0.00", "{one} {other}");
    }
    // What somebody typed is kept, whichever file is first.
    for (one, other) in [("2.3000000000000003", "2.3"), ("2.3", "2.3000000000000003")] {
        let run =
            |quantity: &str| lines(quantity).replace("Hours", "Units").replace("manual", "none");
        let world = World::new().csv("a.csv", &run(one)).csv("b.csv", &run(other));
        assert_eq!(reconcile(&world).line("L1", "ordered"), "2.30", "{one} {other}");
    }
    // Few digits are what somebody typed.
    for (one, other) in [("2.3000001", "2.3"), ("0.33333333333", "0.3333333333333333")] {
        assert!(refusal(&run(one, other)).contains("described differently"), "{one} {other}");
    }
}

#[test]
fn rule_1_a_point_in_texts_of_a_worksheet_may_group_digits() {
    use rust_xlsxwriter::Workbook;
    let of = |quantities: &[&str], more: &str| {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        for (column, name) in (0_u16..).zip(["date", "contract", "quantity"]) {
            sheet.write(0, column, name).expect("a cell");
        }
        for (row, quantity) in (1_u32..).zip(quantities) {
            for (column, text) in (0_u16..).zip(["2026-03-02", "C1", quantity]) {
                sheet.write(row, column, text).expect("a cell");
            }
        }
        sheet.write(9, 0, "2026-03-02").expect("a cell");
        sheet.write(9, 1, "C1").expect("a cell");
        sheet.write(9, 2, 1.125).expect("a cell");
        let bytes = workbook.save_to_buffer().expect("a workbook");
        let lines = "id,order,state,product,ordered,unit,contract,tracking,policy\n\
                     L1,SO1,sale,Support,5000,Hours,C1,contract,ordered";
        let world = World::new().csv("lines.csv", lines).file("work.xlsx", &bytes);
        let run = reconcile(&world.csv("drawdown.toml", more));
        (run.line("L1", "hours"), run.exceptions("kind,found"))
    };
    let doubt = ["ambiguous_number,1.250", "ambiguous_number,2.500"].map(str::to_owned);
    // The number of a cell is one, whatever its neighbours' texts are.
    assert_eq!(of(&["1.250", "2.500"], ""), ("1.125".to_owned(), doubt.to_vec()));
    let comma = "[reading]\ndecimal = \",\"";
    assert_eq!(of(&["1.250", "2.500"], comma), ("3751.125".to_owned(), Vec::new()));
    let point = "[reading]\ndecimal = \".\"";
    assert_eq!(of(&["1.250", "2.500"], point), ("4.875".to_owned(), Vec::new()));
    assert_eq!(of(&["1.250", "2.5"], ""), ("4.875".to_owned(), Vec::new()));
}
