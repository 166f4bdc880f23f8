//! Texts that a spreadsheet would run are written so that none does, and read
//! back as they were.

use super::support::World;

const HOSTILE: [&str; 8] = [
    "=HYPERLINK(\"http://x\";\"y\")",
    "+1+cmd|\' /C calc\'!A0",
    "-2+3",
    "@SUM(A1)",
    "＝1+1",
    "\'=1+1",
    "- in short",
    "\'s-Hertogenbosch",
];

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// Order lines whose customers are hostile, as a text file guards them or not.
fn orders(guard: &str) -> String {
    let mut text = "id,order,state,customer,product,ordered,unit,tracking,policy\n".to_owned();
    for (at, name) in HOSTILE.iter().enumerate() {
        // A file that means an apostrophe writes the guard before it.
        let name =
            if name.starts_with("'=") { format!("'{name}") } else { format!("{guard}{name}") };
        let row = format!("L{at},SO{at},sale,{},Support,5,Hours,contract,ordered\n", quoted(&name));
        text.push_str(&row);
    }
    text
}

#[test]
fn no_cell_of_an_output_begins_like_a_formula() {
    let world = World::new().file("orders.csv", orders("")).file(
        "hours.csv",
        "id,date,employee,contract,quantity,unit,description\n\
         1,2026-03-02,=1+1,  =2+2,-5,Hours,@x\n2,2026-03-02,Anna,x,=7,Hours,y\n",
    );
    let run = world.reconcile(&["--quiet"]).expect_code(0);
    for name in ["delivered.csv", "unmatched.csv", "exceptions.csv", "upsell.csv"] {
        for row in run.table(name) {
            for (column, cell) in row {
                let start = cell.trim_start();
                let number = cell.parse::<i64>().is_ok()
                    || cell.split_once('.').is_some_and(|(a, _)| a.parse::<i64>().is_ok());
                assert!(
                    number || !start.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']),
                    "{name}, {column}: {cell}"
                );
            }
        }
    }
    let unmatched = run.table("unmatched.csv");
    assert_eq!(unmatched[0]["employee"], "'=1+1");
    assert_eq!(unmatched[0]["contract"], "'=2+2");
    assert_eq!(unmatched[0]["description"], "'@x");
    assert_eq!(unmatched[0]["quantity"], "-5.00");
    assert_eq!(run.table("exceptions.csv")[0]["found"], "'=7");
}

#[test]
fn what_was_guarded_is_read_back_as_it_was() {
    let world = World::new().file("orders.csv", orders(""));
    let run = world.reconcile(&["--quiet"]).expect_code(0);
    let first = run.text("delivered.csv");
    // delivered.csv as an input: its own names for the id, and the state.
    let again: Vec<String> = first
        .replacen("order,line,", "order,id,", 1)
        .replacen(",delivered,", ",x1,", 1)
        .replacen(",status,", ",x2,", 1)
        .lines()
        .enumerate()
        .map(|(at, line)| format!("{},{line}", if at == 0 { "state" } else { "sale" }))
        .collect();
    let world = World::new().file("orders.csv", again.join("\n"));
    let run = world.reconcile(&["--quiet"]).expect_code(0);
    assert_eq!(run.text("delivered.csv"), first);
    for (at, name) in HOSTILE.iter().enumerate() {
        let customer = run.line(&format!("L{at}"))["customer"].clone();
        let guarded =
            if *name == "'s-Hertogenbosch" { (*name).to_owned() } else { format!("'{name}") };
        assert_eq!(customer, guarded);
    }
}
