//! `drawdown inspect`: how each file is read.

use super::support::World;

#[test]
fn shows_format_role_mapping_and_what_is_left_alone() {
    let world = World::new().file(
        "orders.csv",
        "\u{feff}id;order_id/name;Orderd Quantity;product_uom_qty;Colour\nL1;SO1;1;2;red\n",
    );
    let run = world.run(&["inspect", "orders.csv"]).expect_code(0);
    assert_eq!(
        run.stdout,
        "orders.csv
  CSV, UTF-8 with a byte order mark, semicolon between cells, header in row 1
  role: order lines
    id               →  line_id
    order_id/name    →  order
    product_uom_qty  →  ordered
  left alone: Orderd Quantity, Colour
  missing: the state of the order; expected one of: state, Order Status, order_id/state
  missing: the product; expected one of: product, product_id, Product
  missing: the unit of measure; expected one of: unit, product_uom, Unit of Measure

"
    );
}

#[test]
fn proposes_a_near_miss_and_does_not_assume_it() {
    let world = World::new()
        .file("orders.csv", "External ID,Order Reference,Orderd Quantity,Unit Price\nL1,SO1,1,2\n");
    let run = world.run(&["inspect", "orders.csv"]).expect_code(0);
    assert!(
        run.stdout.contains("did you mean \"Ordered Quantity\" by \"Orderd Quantity\"?"),
        "{}",
        run.stdout
    );
    assert!(!run.stdout.contains("→  ordered"), "{}", run.stdout);
}

#[test]
fn lists_what_a_folder_holds_besides() {
    let world = World::new()
        .file("exports/notes.csv", "a,b\n1,2\n")
        .file("exports/picture.png", [0x89, b'P'])
        .file(
            "exports/lines.csv",
            "id,order,state,product,ordered,unit\nL1,SO1,sale,Support,5,Hours\n",
        );
    let run = world.run(&["inspect", "exports"]).expect_code(0);
    assert!(run.stdout.contains("exports/notes.csv: headers of no known role"), "{}", run.stdout);
    assert!(run.stdout.contains("exports/picture.png: unknown kind"), "{}", run.stdout);
}

#[test]
fn nothing_in_a_file_is_obeyed_by_a_terminal() {
    let lines = "id,order,state,customer,product,ordered,unit,contract,tracking,policy,\u{1b}[2J\n\
        L1,SO1,sale,\u{1b}]0;Agrolait\u{7},Support,5,Hours,SO1,contract,ordered,\n";
    let hours = "id,date,contract,quantity,unit\n1,2026-03-02,SO1,7,Hours\n";
    let world = World::new()
        .file("in/\u{1b}[31morders.csv", lines)
        .file("in/hours.csv", hours)
        .file("in/\u{1b}[31mnotes.csv", "a,b\n1,2\n")
        .file("in/\u{1b}[31mnul.csv", hours.replace('1', "\0"));
    for arguments in [
        &["inspect", "in"][..],
        &["check", "in"],
        &["reconcile", "in", "--out", "out"],
        &["reconcile", "in", "--out", "out", "--quiet"],
    ] {
        let run = world.run(arguments);
        for text in [&run.stdout, &run.stderr] {
            let obeyed = text.chars().any(|c| c.is_control() && c != '\n');
            assert!(!obeyed, "{arguments:?}: {text:?}");
        }
    }
    let run = world.run(&["inspect", "in"]);
    assert!(run.stdout.contains("in/␛[31morders.csv\n"), "{}", run.stdout);
    assert!(run.stdout.contains("left alone: ␛[2J\n"), "{}", run.stdout);
    let run = world.run(&["reconcile", "in", "--out", "out"]).expect_code(0);
    assert!(run.stdout.contains("␛]0;Agrolait␇"), "{}", run.stdout);
    assert!(run.line("L1")["customer"].starts_with('\u{1b}'));
}
