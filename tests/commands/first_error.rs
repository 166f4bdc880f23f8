//! Of several things that stop a run the first is named, however many threads
//! meet them.

use super::support::World;

/// Bytes of a row, so that blocks of a mebibyte end where one does.
const ROW: usize = 1 << 10;
/// Rows of a block.
const BLOCK: usize = (1 << 20) / ROW;

/// As often as it takes to be told of another one, if threads had a say.
const RUNS: usize = 12;

fn row(text: &str) -> String {
    format!("{text}{}\n", "x".repeat(ROW - 1 - text.len()))
}

#[track_caller]
fn every_run_names(world: &World, place: &str) {
    for _ in 0..RUNS {
        let run = world.run(&["check", "in", "--threads", "4"]).expect_code(3);
        assert!(run.stderr.contains(place), "{}", run.stderr);
    }
}

#[test]
fn the_first_of_two_broken_rows_of_a_timesheet_stops_the_run() {
    // A row at the end of a block takes long to come to, one at the beginning
    // of the next block does not.
    let broken = [BLOCK - 24, BLOCK + 6];
    let mut timesheet = row("date,line,quantity,description");
    for at in 2..3 * BLOCK {
        let quantity = if broken.contains(&at) { "\"1\"5" } else { "1.5" };
        timesheet.push_str(&row(&format!("2026-03-02,L1,{quantity},")));
    }
    let lines = "id,order,state,product,ordered,unit,tracking,policy\n\
                 L1,SO1,sale,Support,50,Hours,task,ordered\n";
    let world = World::new().file("in/lines.csv", lines).file("in/timesheet.csv", timesheet);
    every_run_names(&world, &format!("in/timesheet.csv:{}: a quote closes", broken[0]));
}

#[test]
fn the_first_of_two_broken_files_stops_the_run() {
    let header = "id,order,state,product,ordered,unit,tracking,policy\n";
    let line = |at: usize| format!("L{at},SO{at},sale,Support,50,Hours,task,ordered\n");
    // Past what is looked at to see what a file is.
    let broken = |lines: usize| {
        let lines: String = (0..lines).map(line).collect();
        format!("{header}{lines}L,\"SO\"1,sale,Support,50,Hours,task,ordered\n")
    };
    let world = World::new()
        .file("in/a.csv", broken(20_000))
        .file("in/b.csv", broken(4_000))
        .file("in/t.csv", "date,line,quantity\n2026-03-02,L1,1\n");
    every_run_names(&world, "in/a.csv:20002: a quote closes");
}
