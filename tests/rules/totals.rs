//! Chapter 8: control totals.

use crate::outcome::{Outcome, reconcile};
use crate::support::World;

/// Entries of every fate, in three units.
fn every_fate() -> Outcome {
    reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order,state,product,ordered,unit,delivered,contract,tracking,policy
                L1,SO1,sale,Support,50,Hours,,C1,contract,ordered
                L2,SO1,sale,Audit,2,Days,,,task,ordered
                L3,SO1,sale,Travel,2,Hours,1,,none,ordered
                L4,SO2,draft,Support,50,Hours,,C2,contract,ordered
                ",
            )
            .csv(
                "timesheets.csv",
                "
                id,date,contract,line,quantity,unit,billable
                1,2026-03-02,C1,,20,Minutes,yes
                2,2026-03-02,C1,,7.5,Hours,yes
                3,2026-03-02,,L2,1.5,Hours,yes
                4,2026-03-02,,L3,7,Units,yes
                5,2026-03-02,C9,,2,Hours,yes
                6,2026-03-02,C2,,3,Hours,yes
                7,2026-04-02,C1,,4,Hours,yes
                8,2026-03-02,C1,,5,Hours,no
                2,2026-03-02,C1,,7.5,Hours,yes
                9,2026-03-02,,L2,6,Units,yes
                10,2026-03-02,C1,,unreadable,Hours,yes
                ",
            )
            .file("drawdown.toml", "[count]\nbillable = \"only\"\n"),
    )
}

const FATES: [&str; 7] =
    ["attributed", "unmatched", "refused", "excluded", "not_counted", "duplicates", "rejected"];

#[test]
fn rule_8_entries_read_are_the_sum_of_their_fates() {
    let run = every_fate();
    assert_eq!(FATES.map(|fate| run.entries(fate)), [4, 1, 1, 1, 1, 1, 2]);
    assert_eq!(run.entries("read"), 11);
}

#[test]
fn rule_8_hours_read_are_the_sum_of_their_fates_and_other_categories_count_none() {
    // Attributed: 1/3 + 7.5 + 1.5 hours and 7 units; the unreadable row has no hours.
    let run = every_fate();
    assert_eq!(
        FATES.map(|fate| run.hours(fate).to_owned()),
        ["9.333333", "2", "3", "4", "5", "7.5", "0"]
    );
    assert_eq!(run.hours("read"), "30.833333");
}

#[test]
fn rule_8_every_unit_has_totals_of_its_own() {
    let run = every_fate();
    assert_eq!(
        FATES.map(|fate| run.units("Hours", fate).to_owned()),
        ["9", "2", "3", "4", "5", "7.5", "0"]
    );
    assert_eq!(run.units("Hours", "read"), "30.5");
    assert_eq!(
        FATES.map(|fate| run.units("Minutes", fate).to_owned()),
        ["20", "0", "0", "0", "0", "0", "0"]
    );
    assert_eq!(run.units("Minutes", "read"), "20");
    assert_eq!(
        FATES.map(|fate| run.units("Units", fate).to_owned()),
        ["7", "0", "0", "0", "0", "0", "6"]
    );
    assert_eq!(run.units("Units", "read"), "13");
}

#[test]
fn rule_8_hours_attributed_are_the_hours_of_all_lines() {
    // 7.833333… on the contract, 1.5 on the line of days, none on the untracked one.
    let run = every_fate();
    assert_eq!(run.lines("line,hours,entries"), ["L1,7.833333,2", "L2,1.5,1", "L3,0,1", "L4,0,0"]);
}

#[test]
fn rule_8_sums_are_exact_and_hours_are_printed_to_six_decimals_half_away() {
    // 1/60 = 0.016666…; 2/60 = 0.033333…; 60 minutes are an hour and no less.
    let minutes = |count: usize| {
        let rows = "2026-03-02,L1,1,Minutes\n".repeat(count);
        reconcile(
            &World::new()
                .csv(
                    "lines.csv",
                    "
                    id,order,state,product,ordered,unit,tracking,policy
                    L1,SO1,sale,Support,50,Hours,task,ordered
                    ",
                )
                .csv("timesheets.csv", &format!("date,line,quantity,unit\n{rows}")),
        )
    };
    for (count, hours) in [(1, "0.016667"), (2, "0.033333"), (60, "1")] {
        let run = minutes(count);
        assert_eq!(run.hours("attributed"), hours);
        assert_eq!(run.line("L1", "hours"), hours);
    }
    let half = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order,state,product,ordered,unit,tracking,policy
                L1,SO1,sale,Support,50,Hours,task,ordered
                ",
            )
            .csv("timesheets.csv", "date,line,quantity\n2026-03-02,L1,-0.0000005"),
    );
    assert_eq!(half.hours("attributed"), "-0.000001");
}
