//! Chapter 4: attribution of an entry, step by step.

use crate::outcome::{Outcome, reconcile};
use crate::support::World;

#[test]
fn rule_4_1_the_line_that_the_entry_names_comes_before_its_task_and_contract() {
    let run = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order,state,product,ordered,unit,contract,task,tracking,policy
                L1,SO1,sale,Support,50,Hours,C1,,task,ordered
                L2,SO2,sale,Support,50,Hours,C2,Install,task,ordered
                L3,SO3,sale,Support,50,Hours,C3,,contract,ordered
                ",
            )
            .csv(
                "timesheets.csv",
                "
                date,contract,task,line,quantity
                2026-03-02,C3,Install,L1,1
                2026-03-02,C3,Install,,2
                2026-03-02,C3,,,4
                ",
            ),
    );
    assert_eq!(run.lines("line,delivered"), ["L1,1.00", "L2,2.00", "L3,4.00"]);
}

/// Lines and entries as Odoo exports them, with the columns that name a line.
fn odoo(line_id: &str, line_ids: [&str; 2], entry_columns: &str, entry: &str) -> Outcome {
    let [first, second] = line_ids;
    reconcile(
        &World::new()
            .csv(
                "lines.csv",
                &format!(
                    "
                    {line_id},order_id,state,product_id,name,product_uom_qty,product_uom,qty_delivered_method
                    {first},S00046,sale,Support,Support,50,Hours,timesheet
                    {second},S00047,sale,Support,Support,50,Hours,timesheet
                    "
                ),
            )
            .csv("timesheets.csv", &format!("date,{entry_columns},unit_amount\n2026-03-02,{entry},3"))
            .file("drawdown.toml", "[defaults]\npolicy = \"ordered\"\n"),
    )
}

#[test]
fn rule_4_1_a_line_is_named_by_its_external_id() {
    let run = odoo("id", ["sol.1", "sol.2"], "so_line/id", "sol.2");
    assert_eq!(run.lines("line,delivered"), ["sol.1,0.00", "sol.2,3.00"]);
}

#[test]
fn rule_4_1_a_line_is_named_by_its_database_id() {
    let run = odoo(".id", ["46", "47"], "so_line/.id", "47");
    assert_eq!(run.lines("line,delivered"), ["46,0.00", "47,3.00"]);
}

#[test]
fn rule_4_1_an_id_comes_before_the_display_name_beside_it() {
    let run = odoo("id", ["sol.1", "sol.2"], "so_line/id,so_line", "sol.2,S00046 - Support");
    assert_eq!(run.lines("line,delivered"), ["sol.1,0.00", "sol.2,3.00"]);
    let missing = odoo("id", ["sol.1", "sol.2"], "so_line/id,so_line", "sol.9,S00046 - Support");
    assert_eq!(missing.lines("delivered"), ["0.00", "0.00"]);
    assert_eq!(missing.unmatched("line,reason"), ["sol.9,unknown_line"]);
}

#[test]
fn rule_4_1_a_line_is_named_by_its_display_name() {
    let run = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order_id,state,order_partner_id,product_id,name,product_uom_qty,product_uom,qty_delivered_method
                L1,S00046,sale,Ødegård AS,[CONS-D] Senior Consulting,\"[CONS-D] Senior Consulting
                On the customer's site\",50,Hours,timesheet
                L2,S00046,sale,Ødegård AS,[CONS-J] Junior Consulting,[CONS-J] Junior Consulting,50,Hours,timesheet
                ",
            )
            .csv(
                "timesheets.csv",
                "
                date,so_line,unit_amount
                2026-03-02,S00046 - [CONS-D] Senior Consulting (Ødegård AS),3
                ",
            )
            .file("drawdown.toml", "[defaults]\npolicy = \"ordered\"\n"),
    );
    assert_eq!(run.lines("line,delivered"), ["L1,3.00", "L2,0.00"]);
}

#[test]
fn rule_4_1_an_entry_whose_line_is_in_no_input_is_unmatched_though_its_contract_is_known() {
    let run = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order,state,product,ordered,unit,contract,task,tracking,policy
                L1,SO1,sale,Support,50,Hours,C1,Install,contract,ordered
                ",
            )
            .csv(
                "timesheets.csv",
                "
                id,date,contract,task,line,quantity
                1,2026-03-02,C1,Install,L2,1
                2,2026-03-02,C1,Install,SO2 - Support (Agrolait),1
                ",
            ),
    );
    assert_eq!(run.line("L1", "delivered"), "0.00");
    assert_eq!(run.unmatched("entry,reason"), ["1,unknown_line", "2,unknown_line"]);
}

/// Two lines that have one display name, and an entry of 15 hours that has it too.
fn one_display_name(products: [&str; 2], task: &str) -> Outcome {
    let [first, second] = products;
    reconcile(
        &World::new()
            .csv(
                "lines.csv",
                &format!(
                    "
                    id,order,state,customer,product,description,ordered,unit,task,tracking,policy
                    L1,SO1,sale,Agrolait,{first},Consulting,10,Hours,Phase 1,task,ordered
                    L2,SO1,sale,Agrolait,{second},Consulting,10,Hours,Phase 2,task,ordered
                    "
                ),
            )
            .csv(
                "timesheets.csv",
                &format!(
                    "
                    id,date,task,line,quantity
                    1,2026-03-02,{task},SO1 - Consulting (Agrolait),15
                    "
                ),
            ),
    )
}

#[test]
fn rule_4_1_of_lines_with_one_display_name_the_entrys_task_decides() {
    let run = one_display_name(["Support", "Audit"], "Phase 2");
    assert_eq!(run.lines("line,delivered"), ["L1,0.00", "L2,15.00"]);
    let one_product = one_display_name(["Support", "Support"], "Phase 2");
    assert_eq!(one_product.lines("line,delivered"), ["L1,0.00", "L2,15.00"]);
}

#[test]
fn rule_4_1_lines_of_one_product_with_one_display_name_are_drawn_down_like_a_pool() {
    let run = one_display_name(["Support", "Support"], "");
    assert_eq!(run.lines("line,delivered"), ["L1,10.00", "L2,5.00"]);
}

#[test]
fn rule_4_1_lines_of_several_products_with_one_display_name_are_candidates() {
    let run = one_display_name(["Support", "Audit"], "");
    assert_eq!(run.lines("line,delivered"), ["L1,0.00", "L2,0.00"]);
    assert_eq!(run.unmatched("entry,reason,candidate"), ["1,ambiguous_line,L1 L2"]);
}

#[test]
fn rule_4_2_the_order_line_of_the_task_comes_before_the_contract() {
    let run = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order,state,product,ordered,unit,contract,tracking,policy
                L1,SO1,sale,Support,50,Hours,C1,task,ordered
                L2,SO2,sale,Support,50,Hours,C2,contract,ordered
                ",
            )
            .csv("tasks.csv", "name,id,project,line\nInstall,T1,,L1")
            .csv("timesheets.csv", "date,contract,task,quantity\n2026-03-02,C2,Install,3"),
    );
    assert_eq!(run.lines("line,delivered"), ["L1,3.00", "L2,0.00"]);
}

#[test]
fn rule_4_2_a_task_without_an_order_line_is_normal_and_the_contract_decides() {
    let run = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order,state,product,ordered,unit,contract,tracking,policy
                L1,SO1,sale,Support,50,Hours,C1,contract,ordered
                ",
            )
            .csv("tasks.csv", "name,id,project,line\nInstall,T1,,")
            .csv(
                "timesheets.csv",
                "
                id,date,contract,task,quantity
                1,2026-03-02,C1,Install,3
                2,2026-03-02,C1,Unheard of,1
                3,2026-03-02,,Install,9
                4,2026-03-02,,Unheard of,9
                ",
            ),
    );
    assert_eq!(run.line("L1", "delivered,entries"), "4.00,2");
    assert_eq!(run.unmatched("entry,reason"), ["3,task_without_line", "4,unknown_task"]);
    assert!(run.exceptions("kind").is_empty());
}

#[test]
fn rule_4_3_only_lines_tracked_per_contract_are_reached_by_it() {
    let run = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order,state,product,ordered,unit,delivered,contract,tracking,policy
                L1,SO1,sale,Support,50,Hours,0,C1,task,ordered
                L2,SO2,sale,Audit,50,Hours,1,C2,manual,ordered
                L3,SO3,sale,Travel,50,Hours,2,C3,none,ordered
                ",
            )
            .csv(
                "timesheets.csv",
                "
                id,date,contract,quantity
                1,2026-03-02,C1,3
                2,2026-03-02,C2,3
                3,2026-03-02,C3,3
                ",
            ),
    );
    assert_eq!(run.lines("line,delivered,hours"), ["L1,0.00,0", "L2,1.00,0", "L3,2.00,0"]);
    assert_eq!(
        run.unmatched("entry,reason"),
        ["1,contract_not_tracked", "2,contract_not_tracked", "3,contract_not_tracked"]
    );
}

#[test]
fn rule_4_4_an_unmatched_entry_is_reported_with_its_reason_and_the_nearest_candidate() {
    let run = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order,state,product,ordered,unit,contract,tracking,policy
                L1,SO009,sale,Support,50,Hours,SO009 - Agrolait,contract,ordered
                L2,SO010,sale,Support,50,Hours,SO010 - Deco Addict,contract,ordered
                ",
            )
            .csv(
                "timesheets.csv",
                "
                id,date,employee,contract,description,quantity
                1,2026-03-02,Anna,SO009 - Agrolayt,Install,7.5
                2,2026-03-02,Bert,,Lunch,1
                ",
            ),
    );
    assert_eq!(
        run.unmatched(
            "row,entry,date,employee,contract,quantity,unit,reason,candidate,description"
        ),
        [
            "2,1,2026-03-02,Anna,SO009 - Agrolayt,7.50,Hours,unknown_contract,SO009 - Agrolait,Install",
            "3,2,2026-03-02,Bert,,1.00,Hours,no_reference,,Lunch",
        ]
    );
    assert_eq!((run.entries("unmatched"), run.hours("unmatched")), (2, "8.5"));
}

/// An order line in a state, reached by its id, its task and its contract.
fn of_state(state: &str) -> Outcome {
    reconcile(
        &World::new()
            .csv(
                "lines.csv",
                &format!(
                    "
                    id,order,state,product,ordered,unit,contract,task,tracking,policy
                    L1,SO1,{state},Support,50,Hours,C1,Install,contract,ordered
                    "
                ),
            )
            .csv(
                "timesheets.csv",
                "
                date,contract,task,line,quantity
                2026-03-02,,,L1,1
                2026-03-02,,Install,,2
                2026-03-02,C1,,,4
                ",
            ),
    )
}

#[test]
fn rule_4_an_entry_that_leads_to_unconfirmed_orders_only_is_refused() {
    for state in ["draft", "sent", "cancel"] {
        let run = of_state(state);
        assert_eq!(run.line("L1", "delivered,hours,entries"), ",0,0", "{state}");
        assert_eq!(
            run.exceptions("row,kind,rule"),
            ["2,order_not_confirmed,4", "3,order_not_confirmed,4", "4,order_not_confirmed,4"]
        );
        assert_eq!((run.entries("refused"), run.hours("refused")), (3, "7"), "{state}");
        assert!(run.unmatched("row").is_empty(), "{state}");
    }
    for state in ["sale", "done"] {
        assert_eq!(of_state(state).line("L1", "delivered,entries"), "7.00,3", "{state}");
    }
}

#[test]
fn rule_4_a_refused_entry_names_the_orders_that_are_not_confirmed_and_no_others() {
    let world = World::new()
        .csv(
            "lines.csv",
            "
            id,order,state,product,ordered,unit,contract,tracking,policy
            L3,SO3,draft,Support,10,Hours,C3,contract,ordered
            L4,SO4,sale,Audit,10,Hours,C3,task,ordered
            ",
        )
        .csv("timesheets.csv", "date,contract,quantity\n2026-03-02,C3,3")
        .csv("adjustments.csv", "date,contract,quantity,kind\n2026-03-02,C3,3,goodwill");
    let found = reconcile(&world).exceptions("found");
    assert_eq!(found, ["SO3", "3.00 Hours, SO3 (draft)"]);
}

#[test]
fn rule_4_the_first_step_that_finds_a_line_decides_though_it_is_not_confirmed() {
    let run = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order,state,product,ordered,unit,contract,task,tracking,policy
                L1,SO1,draft,Support,50,Hours,C1,Install,task,ordered
                L2,SO2,sale,Support,50,Hours,C2,,contract,ordered
                ",
            )
            .csv(
                "timesheets.csv",
                "
                date,contract,task,line,quantity
                2026-03-02,C2,,L1,1
                2026-03-02,C2,Install,,2
                ",
            ),
    );
    assert_eq!(run.line("L2", "delivered"), "0.00");
    assert_eq!(run.entries("refused"), 2);
}

#[test]
fn rule_4_a_contract_of_a_draft_and_a_confirmed_line_goes_to_the_confirmed_one() {
    let run = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order,state,product,ordered,unit,contract,tracking,policy
                L1,SO1,draft,Support,50,Hours,C1,contract,ordered
                L2,SO2,sale,Support,50,Hours,C1,contract,ordered
                ",
            )
            .csv("timesheets.csv", "date,contract,quantity\n2026-03-02,C1,3"),
    );
    assert_eq!(run.lines("line,delivered"), ["L1,", "L2,3.00"]);
}

#[test]
fn rule_4_an_account_with_an_unconfirmed_line_that_is_not_tracked_per_contract_is_unmatched() {
    let run = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order,state,product,ordered,unit,contract,tracking,policy
                L1,SO1,draft,Support,50,Hours,C1,task,ordered
                ",
            )
            .csv("timesheets.csv", "id,date,contract,quantity\n1,2026-03-02,C1,3"),
    );
    assert_eq!(run.unmatched("entry,reason"), ["1,contract_not_tracked"]);
    assert_eq!(run.entries("refused"), 0);
}

#[test]
fn rule_4_manual_and_untracked_lines_take_entries_of_any_category() {
    let run = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order,state,product,ordered,unit,delivered,task,tracking,policy
                L1,SO1,sale,Audit,50,Units,4,Audit,manual,ordered
                L2,SO1,sale,Travel,50,Hours,5,,none,ordered
                ",
            )
            .csv("products.csv", "name,type\nAudit,service")
            .csv(
                "timesheets.csv",
                "
                date,task,line,quantity,unit
                2026-03-02,Audit,,3,Hours
                2026-03-02,,L2,30,Minutes
                2026-03-02,,L2,7,Units
                ",
            ),
    );
    assert_eq!(run.lines("line,delivered,hours,entries"), ["L1,4.00,3,1", "L2,5.00,0.5,2"]);
    assert!(run.exceptions("kind").is_empty());
    assert_eq!((run.entries("attributed"), run.entries("rejected")), (3, 0));
}

#[test]
fn rule_3_4_of_many_products_on_one_contract_the_first_are_named_and_all_counted() {
    let lines: String = (10..35)
        .map(|at| format!("L{at},SO{at},sale,Product {at},5,Hours,C1,contract,ordered\n"))
        .collect();
    let header = "id,order,state,product,ordered,unit,contract,tracking,policy";
    let world = World::new()
        .csv("lines.csv", &format!("{header}\n{lines}"))
        .csv("timesheets.csv", "date,contract,quantity\n2026-03-02,C1,1");
    let run = reconcile(&world);
    let candidates = run.unmatched("candidate");
    assert!(candidates[0].starts_with("Product 10 | Product 11 | "), "{candidates:?}");
    assert!(candidates[0].ends_with("Product 29 | … (25)"), "{candidates:?}");
}
