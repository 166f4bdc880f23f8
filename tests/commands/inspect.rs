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
    id               →  order line, External ID (line_id)
    order_id/name    →  order
    product_uom_qty  →  ordered quantity (ordered)
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
        .file("in/\u{1b}[31mnul.csv", "x\0\u{5}\n");
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

/// Names of files, folders, columns and values, in whatever command.
#[test]
fn no_command_prints_a_name_that_a_terminal_obeys() {
    let bad = "\u{1b}[31m\u{9b}2J\u{7f}";
    let lines = format!(
        "id,order,state,customer,salesperson,product,ordered,unit,contract,tracking,policy\n\
         L{bad},SO{bad},sale,A{bad},S{bad},P{bad},5,Hours,C{bad},contract,ordered\n\
         L2,SO{bad},sale,A{bad},S{bad},P{bad},5,U{bad},C{bad},contract,X{bad}\n"
    );
    let hours = |quantity: &str| {
        format!(
            "id,date,employee,contract,quantity,unit,description\n\
             1{bad},2026-03-02,E{bad},C{bad},{quantity},Hours,D{bad}\n\
             2{bad},2026-03-02,E{bad},X{bad},1,Hours,D{bad}\n\
             3{bad},{bad},E{bad},X{bad},1{bad},Hours,D{bad}\n"
        )
    };
    let (inputs, one, two) = (format!("in{bad}"), format!("one{bad}"), format!("two{bad}"));
    let world = World::new()
        .file(&format!("{inputs}/lines{bad}.csv"), &lines)
        .file(&format!("{inputs}/hours{bad}.csv"), hours("7"))
        .file(&format!("{inputs}/more{bad}.csv"), hours("2").replace("id,", "number,"))
        .file(&format!("{inputs}/other{bad}.csv"), format!("a{bad},b\n1,2\n"))
        .file(&format!("{inputs}/nul{bad}.csv"), "\0")
        .file(&format!("{bad}.toml"), format!("[map]\n\"{}\" = 1\n", "\\u001b[31m"))
        .file(&format!("files{bad}.toml"), "[files]\n\"\\u001b[31m*.csv\" = \"timesheets\"\n")
        .file("plain.csv", "x");
    let config = format!("{bad}.toml");
    let files = format!("files{bad}.toml");
    let order = format!("SO{bad}");
    let missing = format!("missing{bad}");
    let as_of = ["--as-of", "2026-03-31"];
    let reconcile = |out: &str, more: &[&str]| {
        let mut all = vec!["reconcile", inputs.as_str(), "--out", out];
        all.extend(as_of);
        all.extend(more);
        all.into_iter().map(str::to_owned).collect::<Vec<String>>()
    };
    let of = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let commands = [
        of(&["inspect", &inputs]),
        of(&["inspect", &inputs, "--format", "json"]),
        of(&["inspect", &missing]),
        of(&["check", &inputs]),
        of(&["check", &inputs, "--format", "json"]),
        of(&["check", &inputs, "--config", &config]),
        of(&["check", &inputs, "--config", &files]),
        of(&["check", &inputs, "--config", &missing]),
        of(&["check", &missing]),
        reconcile(&one, &[]),
        reconcile(&two, &["--format", "json"]),
        reconcile(&one, &["--quiet"]),
        reconcile(&one, &["--log", "text", "--log-level", "debug"]),
        reconcile(&one, &["--log", "json", "--log-level", "debug"]),
        reconcile(&one, &["--since", &missing]),
        reconcile(&one, &["--since", &two, "--lang", "de"]),
        reconcile(&inputs, &[]),
        reconcile("plain.csv", &[]),
        of(&["explain", &order, "--run", &one]),
        of(&["explain", &missing, "--run", &one]),
        of(&["explain", &order, "--run", &missing]),
        of(&["explain", &order, "--run", &one, "--format", "csv"]),
        of(&["explain", &order, "--run", &one, "--format", "json"]),
        of(&["diff", &one, &two]),
        of(&["diff", &one, &missing]),
        of(&["diff", &one, &inputs]),
        of(&["schema", &missing]),
        of(&["init", &inputs]),
        of(&["init", &missing]),
    ];
    for (at, command) in commands.iter().enumerate() {
        if command[0] == "diff" && at == 23 {
            let changed = hours("9");
            let path = world.path().join(&inputs).join(format!("hours{bad}.csv"));
            #[expect(clippy::disallowed_methods, reason = "a test's own input")]
            std::fs::write(path, changed).expect("a file");
            world.run(&reconcile(&two, &[]).iter().map(String::as_str).collect::<Vec<_>>());
        }
        let run = world.run(&command.iter().map(String::as_str).collect::<Vec<_>>());
        let is_json = command.iter().any(|word| word == "json");
        for text in [&run.stdout, &run.stderr] {
            // JSON has to escape no more than the first of them.
            let is_obeyed =
                |c: char| c == '\u{1b}' || !is_json && c.is_control() && !matches!(c, '\n' | '\r');
            assert!(!text.chars().any(is_obeyed), "{command:?}: {text:?}");
        }
    }
}
