//! Outputs for which there is no room.

use std::fs::File;
use std::process::{Command, Output};

use super::support::World;

/// A thousand orders, whose workbook is larger than a few blocks.
fn world() -> World {
    let row = |at: u32| {
        format!("L{at},SO{at},sale,Support,50,Hours,C{at},contract,ordered,Customer {at}\n")
    };
    let header = "id,order,state,product,ordered,unit,contract,tracking,policy,customer\n";
    let rows: String = (0..1000).map(row).collect();
    World::new()
        .file("in/lines.csv", format!("{header}{rows}"))
        .file("in/hours.csv", "id,date,contract,quantity\n1,2026-03-02,C1,7.5\n")
}

fn said(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn a_workbook_without_room_is_told_in_one_line_and_nothing_is_replaced() {
    let world = world();
    // Of files no more than so many blocks are written; a library panics at that.
    let limited = "trap '' XFSZ; ulimit -f 16; exec \"$0\" \"$@\"";
    let arguments = ["reconcile", "in", "--as-of", "2026-03-31", "--out", "out"];
    let run = Command::new("sh")
        .args(["-c", limited, env!("CARGO_BIN_EXE_drawdown")])
        .args(arguments)
        .args(["--write", "xlsx"])
        .env("RUST_BACKTRACE", "1")
        .current_dir(world.path())
        .output()
        .expect("a shell");
    let (code, error) = said(&run);
    assert_eq!(code, Some(1), "{error}");
    assert!(error.starts_with("error: cannot write ") && error.lines().count() == 1, "{error}");
    assert!(error.ends_with("delivered.xlsx: writing it broke off; is there room left on its disk?; nothing was replaced\n"), "{error}");
    let left = std::fs::read_dir(world.path()).expect("a folder").count();
    assert_eq!(left, 1, "nothing but the inputs");
}

#[test]
fn a_full_standard_output_is_named_and_a_file_is_no_folder() {
    let world = world();
    let full = || File::options().write(true).open("/dev/full").expect("/dev/full");
    for format in ["human", "json"] {
        let run = Command::new(env!("CARGO_BIN_EXE_drawdown"))
            .args(["reconcile", "in", "--as-of", "2026-03-31", "--out", "out", "--format", format])
            .current_dir(world.path())
            .stdout(full())
            .output()
            .expect("the program");
        let (code, error) = said(&run);
        assert_eq!(code, Some(1), "{error}");
        assert!(error.starts_with("error: cannot write to standard output: "), "{error}");
    }
    let run = world.run(&["reconcile", "in", "--out", "/dev/full/out"]).expect_code(1);
    assert_eq!(
        run.stderr,
        "error: cannot write /dev/full: it is no folder; nothing was replaced\n"
    );
}
