//! Names of files that are no text.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;

use super::support::World;

const LINES: &str = "id,order,state,product,ordered,unit,contract,tracking,policy\nL1,SO1,sale,Support,5,Hours,SO1,contract,ordered\n";
const HOURS: &str = "date,contract,quantity\n2026-03-02,SO1,2\n";

#[test]
fn a_file_whose_name_is_no_text_is_refused_by_that_name() {
    let world = World::new().file("in/orders.csv", LINES).file("in/hours.csv", HOURS);
    for name in [&b"a\xff.csv"[..], &b"a\xfe.csv"[..]] {
        let path = world.path().join("in").join(OsStr::from_bytes(name));
        #[expect(clippy::disallowed_methods, reason = "a test's own input")]
        std::fs::write(path, HOURS).expect("a file");
    }
    let run = world.run(&["reconcile", "in", "--out", "out"]).expect_code(3);
    assert_eq!(
        run.stderr,
        "error: cannot read in/a\\xfe.csv: its path is no UTF-8 text, so that reports could not tell it from others; rename the file, or the folder that it is in\n"
    );
    // What is no export may have any name.
    for name in [&b"a\xff.csv"[..], &b"a\xfe.csv"[..]] {
        let path = world.path().join("in").join(OsStr::from_bytes(name));
        std::fs::rename(&path, path.with_extension("txt.bak")).expect("a file");
    }
    world.run(&["check", "in"]).expect_code(0);
}
