//! What `drawdown check` says of set-ups that go wrong.

use super::support::World;

const COLUMNS: &str = "id,order,state,product,ordered,unit,invoiced,contract,task,tracking,policy";

/// Lines in the order of [`COLUMNS`] and entries on line, task and contract.
fn advice(lines: &[&str], entries: &[&str]) -> Vec<(String, u64, String)> {
    let world =
        World::new().file("in/lines.csv", format!("{COLUMNS}\n{}\n", lines.join("\n"))).file(
            "in/hours.csv",
            format!("date,line,task,contract,quantity\n{}\n", entries.join("\n")),
        );
    let run = world.run(&["check", "in", "--as-of", "2026-03-31", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let all = json.get("advice").and_then(|all| all.as_array()).cloned().unwrap_or_default();
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    all.iter()
        .map(|one| {
            let row = one["place"]["row"].as_u64().map_or_else(String::new, |row| row.to_string());
            let count = one["count"].as_u64().expect("a count");
            assert!(!text(&one["help"]).is_empty());
            (format!("{} {row}", text(&one["kind"])), count, text(&one["found"]))
        })
        .collect()
}

fn kinds(lines: &[&str], entries: &[&str]) -> Vec<(String, u64)> {
    advice(lines, entries).into_iter().map(|(kind, count, _)| (kind, count)).collect()
}

const PLAIN: &str = "L1,SO1,sale,Support,50,Hours,50,C1,,contract,ordered";
const ON_IT: &str = "2026-03-02,,,C1,4";

#[test]
fn a_set_up_that_works_gets_no_advice() {
    assert!(advice(&[PLAIN], &[ON_IT]).is_empty());
}

#[test]
fn a_pack_without_hours_is_advised_of_once_a_product() {
    let lines = [
        PLAIN,
        "L2,SO2,sale,Pack,1,Units,0,C2,,contract,ordered",
        "L3,SO3,sale,Pack,1,Units,0,C3,,contract,ordered",
    ];
    assert_eq!(kinds(&lines, &[ON_IT]), [("piece_without_hours 3".to_owned(), 2)]);
}

#[test]
fn a_tracked_line_that_nothing_leads_to_is_told() {
    let lines = [
        PLAIN,
        "L2,SO2,sale,Support,50,Hours,0,,,contract,ordered",
        "L3,SO3,sale,Build,50,Hours,0,,Build it,task,ordered",
        "L4,SO4,sale,Build,50,Hours,0,,,task,ordered",
        "L5,SO5,sale,Build,50,Hours,0,,,task,ordered",
        "L6,SO6,draft,Build,50,Hours,0,,,task,ordered",
    ];
    // L5 has no task either, but an entry.
    assert_eq!(
        kinds(&lines, &[ON_IT, "2026-03-02,L5,,,1"]),
        [("nothing_tracked 3".to_owned(), 1), ("nothing_tracked 5".to_owned(), 1)]
    );
    // Where no line has a task, the export has no column for it.
    let bare = [lines[0], lines[3]];
    assert!(kinds(&bare, &[ON_IT]).is_empty());
}

#[test]
fn entries_whose_own_line_is_not_their_tasks_are_counted() {
    let lines = [
        "L1,SO1,sale,Build,50,Hours,0,,One,task,ordered",
        "L2,SO2,sale,Build,50,Hours,0,,Two,task,ordered",
    ];
    let entries = ["2026-03-02,L1,Two,,1", "2026-03-03,L1,Two,,1", "2026-03-02,L2,Two,,1"];
    let found = advice(&lines, &entries);
    assert_eq!(
        found,
        [(
            "other_line_than_task 2".to_owned(),
            2,
            "2 entries of task \"Two\" name line L1 of SO1, and the task is line L2 of SO2's"
                .to_owned()
        )]
    );
}

#[test]
fn what_is_invoiced_ahead_and_by_delivery_is_told() {
    let lines = [
        "L1,SO1,sale,Support,50,Hours,50,C1,,contract,delivered",
        "L2,SO2,sale,Consulting,50,Hours,4,C2,,contract,delivered",
    ];
    let entries = [ON_IT, "2026-03-02,,,C2,4"];
    assert_eq!(kinds(&lines, &entries), [("prepaid_by_delivery 2".to_owned(), 1)]);
}

#[test]
fn locked_orders_are_told_and_the_exit_code_stays() {
    let lines = ["L1,SO1,done,Support,50,Hours,50,C1,,contract,ordered"];
    assert_eq!(kinds(&lines, &[ON_IT]), [("locked_orders ".to_owned(), 1)]);
    let world = World::new()
        .file("in/lines.csv", format!("{COLUMNS}\n{}\n", lines[0]))
        .file("in/hours.csv", "date,contract,quantity\n2026-03-02,C1,4\n");
    let run = world.run(&["check", "in", "--as-of", "2026-03-31"]).expect_code(0);
    // A warning says it first, and it is not said twice.
    assert_eq!(
        run.stdout.matches("1 of 1 confirmed orders are locked").count(),
        1,
        "{}",
        run.stdout
    );
}
