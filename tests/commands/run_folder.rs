//! A run's output folder read again: the same job gives the same outputs.

use drawdown::digest::DigestKind;
use drawdown::ingest::Role;
use drawdown::job::{self, DrawnUp, Request};
use drawdown::report::{Report, write_table};
use drawdown::run_folder::{InputState, RunFolder};

use super::support::World;

fn again(run: &RunFolder) -> Report {
    let found = run.find_inputs().expect("inputs");
    job::reconcile(&Request {
        paths: &found.paths().expect("every input"),
        out: Some(&run.folder),
        configuration: &run.configuration,
        rules: &run.rules,
        threads: 1,
        hash: run.hash,
        drawn_up: DrawnUp { unmatched: true, ..DrawnUp::default() },
        watch: &drawdown::progress::Unwatched,
    })
    .expect("the same job")
}

fn delivered(report: &Report) -> String {
    let mut bytes = Vec::new();
    write_table(&report.delivered(), &mut bytes).expect("memory takes every byte");
    String::from_utf8(bytes).expect("UTF-8")
}

/// Every choice of this file shows in delivered.csv.
fn world() -> World {
    World::new()
        .csv(
            "exports/lines.csv",
            "id,order,state,product,ordered,unit,contract,Typ
             L1,SO1,sale,Support,10,Hours,SO1 - A,ordered
             L2,SO1,sale,Support,10,Hours,SO1 - A,ordered
             L3,SO3,done,Pack,2,Units,SO3 - B,ordered",
        )
        .csv(
            "exports/times.csv",
            "date,employee,contract,quantity,unit,client
             02/03/2026,Anna,SO1 - A,20,Min,
             03/03/2026,Anna,SO1 - A,1,Sprint,
             04/03/2026,Bo,,5,Hours,Beta
             05/01/2026,Bo,SO1 - A,7,Hours,",
        )
        .csv(
            "exports/drawdown.toml",
            "rounding = \"up\"
             allocation = \"first-line\"
             locked = \"ignore\"
             [defaults]
             tracking = \"contract\"
             [period]
             ignore_before = 2026-02-01
             [reading]
             dates = \"dmy\"
             [products.Pack]
             hours_per_unit = \"2.5\"
             [units.Sprint]
             category = \"Working Time\"
             ratio = 12
             [aliases]
             Min = \"Minutes\"
             [columns]
             Typ = \"policy\"
             [map.client]
             Beta = \"SO3 - B\"",
        )
}

#[test]
fn the_same_job_again_gives_the_same_outputs() {
    let world = world();
    let arguments = ["reconcile", "exports", "--out", "reports/march", "--as-of", "2026-03-31"];
    world
        .run(&[&arguments[..], &["--from", "2026-03-03", "--hash", "sha256"]].concat())
        .expect_code(0);
    let out = world.path().join("reports/march");
    let run = RunFolder::read(&out).expect("a run folder");
    assert_eq!(run.hash, DigestKind::Sha256);
    assert_eq!(run.rules.period.from.map(|day| day.to_string()).as_deref(), Some("2026-03-03"));
    let inputs: Vec<(&str, Role)> =
        run.inputs.iter().map(|input| (input.path.as_str(), input.role)).collect();
    assert_eq!(
        inputs,
        [("exports/lines.csv", Role::OrderLines), ("exports/times.csv", Role::Timesheets)]
    );
    // The configuration file may be another by now: the run's own holds.
    let world = world.file("exports/drawdown.toml", "rounding = \"none\"\n");
    let written = std::fs::read_to_string(out.join("delivered.csv")).expect("delivered.csv");
    assert_eq!(delivered(&again(&run)), written);
    for figure in ["12.34", "2.00"] {
        assert!(written.contains(figure), "no {figure} in:\n{written}");
    }
    drop(world);
}

#[test]
fn what_changed_since_the_run_is_known() {
    let world = world();
    world.reconcile(&["--quiet", "--config", "exports/drawdown.toml"]).expect_code(0);
    let world = world.csv(
        "exports/times.csv",
        "date,employee,contract,quantity,unit,client
         02/03/2026,Anna,SO1 - A,21,Min,",
    );
    let run = RunFolder::read(&world.path().join("out")).expect("a run folder");
    let found = run.find_inputs().expect("inputs");
    let changed: Vec<(&str, InputState)> =
        found.changed().map(|file| (file.recorded.as_str(), file.state)).collect();
    assert_eq!(changed, [("./exports/times.csv", InputState::Changed)]);
    let report = again(&run);
    assert_eq!(
        report.settled.settlements[0].delivered.as_ref().map(ToString::to_string),
        Some("0.35".to_owned())
    );
}

#[test]
fn limits_of_reading_and_open_choices_are_in_run_json() {
    let world = world();
    let run = world
        .reconcile(&["--quiet", "--config", "exports/drawdown.toml", "--max-row", "1MiB"])
        .expect_code(0);
    assert_eq!(run.json()["limits"]["row_bytes"], 1 << 20);
    // `locked` was chosen in drawdown.toml.
    let open = serde_json::json!(["count.approved", "count.billable"]);
    assert_eq!(run.json()["not_chosen"], open);
    let folder = RunFolder::read(&run.out).expect("a run folder");
    assert_eq!(folder.configuration.how().bounds.record_bytes, 1 << 20);
    assert_eq!(folder.rules.approved, None);
    assert!(folder.rules.locked.is_some());
}
