//! Chapter 4: the one fate of each entry.

use crate::outcome::{Outcome, reconcile, reconcile_with};
use crate::support::World;

/// One confirmed line of 50 hours, L1.
fn line() -> World {
    World::new().csv(
        "lines.csv",
        "
        id,order,state,product,ordered,unit,contract,task,tracking,policy
        L1,SO1,sale,Support,50,Hours,C1,Install,contract,ordered
        ",
    )
}

/// The numbers of entries read, counted and of each other fate that occurs.
fn fates(run: &Outcome) -> String {
    let all = [
        "read",
        "attributed",
        "unmatched",
        "refused",
        "excluded",
        "not_counted",
        "duplicates",
        "rejected",
    ];
    let met = all.into_iter().filter(|fate| run.entries(fate) > 0);
    met.map(|fate| format!("{fate} {}", run.entries(fate))).collect::<Vec<_>>().join(", ")
}

#[test]
fn rule_4_entries_outside_the_days_that_count_are_excluded() {
    let world = line().csv(
        "timesheets.csv",
        "
        date,line,quantity
        2025-12-31,L1,1
        2026-01-01,L1,2
        2026-03-31,L1,4
        2026-04-01,L1,8
        ",
    );
    let all = reconcile(&world);
    assert_eq!(all.line("L1", "delivered"), "7.00");
    assert_eq!(
        (fates(&all).as_str(), all.hours("excluded")),
        ("read 4, attributed 3, excluded 1", "8")
    );
    let run = reconcile_with(&world, &["--ignore-before", "2026-01-01"]);
    assert_eq!(run.line("L1", "delivered"), "6.00");
    assert_eq!(
        (fates(&run).as_str(), run.hours("excluded")),
        ("read 4, attributed 2, excluded 2", "9")
    );
    let configured =
        reconcile(&world.file("drawdown.toml", "[period]\nignore_before = 2026-01-01\n"));
    assert_eq!(configured.line("L1", "delivered"), "6.00");
}

#[test]
fn rule_4_the_period_under_review_changes_nothing_but_its_own_columns() {
    let world = line().csv(
        "timesheets.csv",
        "
        date,line,quantity
        2025-12-31,L1,30
        2026-01-01,L1,2
        2026-01-31,L1,4
        2026-02-01,L1,24
        ",
    );
    let without = reconcile(&world);
    assert_eq!(without.line("L1", "delivered,status,period_hours,hours_before"), "60.00,upsell,,");
    let run = reconcile_with(&world, &["--from", "2026-01-01", "--to", "2026-01-31"]);
    assert_eq!(
        run.line("L1", "delivered,remaining,status,hours,period_hours,hours_before"),
        "60.00,-10.00,upsell,60,6,30"
    );
    assert_eq!(fates(&run), "read 4, attributed 4");
}

/// Entries with marks: unmarked, yes, no.
fn marked() -> World {
    line().csv(
        "timesheets.csv",
        "
        date,line,quantity,approved,billable
        2026-03-02,L1,1,,yes
        2026-03-02,L1,2,yes,no
        2026-03-02,L1,4,no,
        ",
    )
}

#[test]
fn rule_4_marks_count_only_where_the_user_chose_so() {
    assert_eq!(reconcile(&marked()).line("L1", "delivered"), "7.00");
    let approved = reconcile(&marked().file("drawdown.toml", "[count]\napproved = \"only\"\n"));
    assert_eq!(approved.line("L1", "delivered"), "2.00");
    assert_eq!(
        (fates(&approved).as_str(), approved.hours("not_counted")),
        ("read 3, attributed 1, not_counted 2", "5")
    );
    let billable = reconcile(&marked().file("drawdown.toml", "[count]\nbillable = \"only\"\n"));
    assert_eq!(billable.line("L1", "delivered"), "1.00");
    assert_eq!(
        (fates(&billable).as_str(), billable.hours("not_counted")),
        ("read 3, attributed 1, not_counted 2", "6")
    );
}

#[test]
fn rule_4_the_summary_says_how_many_counted_hours_are_not_approved_or_not_billable() {
    let said = |stdout: &str, mark: &str, hours: &str| {
        stdout
            .lines()
            .any(|line| line.contains(mark) && line.split_whitespace().any(|word| word == hours))
    };
    let all = reconcile(&marked()).stdout;
    assert!(said(&all, "not approved", "4"), "{all}");
    assert!(said(&all, "not billable", "2"), "{all}");
    let chosen =
        marked().file("drawdown.toml", "[count]\napproved = \"all\"\nbillable = \"all\"\n");
    let chosen = reconcile(&chosen).stdout;
    assert!(!said(&chosen, "not approved", "4") && !said(&chosen, "not billable", "2"), "{chosen}");
}

#[test]
fn rule_4_an_entry_of_two_exports_counts_once() {
    // The second export has no column for the task: both say the same.
    let run = reconcile(
        &line()
            .csv("a.csv", "id,date,contract,task,quantity\n77,2026-03-02,C1,Install,7.5")
            .csv("b.csv", "id,date,contract,quantity\n77,2026-03-02,C1,7.50\n78,2026-03-03,C1,1"),
    );
    assert_eq!(run.line("L1", "delivered,entries"), "8.50,2");
    assert_eq!(
        (fates(&run).as_str(), run.hours("duplicates")),
        ("read 3, attributed 2, duplicates 1", "7.5")
    );
    assert!(run.exceptions("kind").is_empty());
}

#[test]
fn rule_4_content_is_compared_as_read() {
    // Twenty minutes, as two programs print the same float (5.6), in two languages.
    let run = reconcile(
        &line()
            .csv(
                "a.csv",
                "id,date,contract,quantity,unit\n77,2026-03-02,C1,0.3333333333333333,Hours",
            )
            .csv(
                "b.csv",
                "id,date,contract,quantity,unit\n77,2026-03-02,c1,0.333333333333333,Stunden",
            ),
    );
    assert_eq!(run.line("L1", "delivered,entries"), "0.33,1");
    assert_eq!(fates(&run), "read 2, attributed 1, duplicates 1");
}

#[test]
fn rule_4_an_id_is_the_same_with_the_apostrophe_that_guards_it() {
    // A hundred rows above them teach the quick way all but the ids.
    let rows: String = (1..=100).map(|id| format!("{id},2026-03-02,L1,0.1\n")).collect();
    let run = reconcile(
        &line()
            .csv("one.csv", &format!("id,date,line,quantity\n{rows}'-5,2026-03-02,L1,0.1"))
            .csv("other.csv", "id,date,line,quantity\n-5,2026-03-02,L1,0.1\n'=5,2026-03-02,L1,1"),
    );
    assert_eq!(fates(&run), "read 103, attributed 102, duplicates 1");
    assert_eq!(run.line("L1", "delivered"), "11.10");
}

/// A column of ids that holds one and the same: compared with each other, so many
/// rows would take minutes.
#[test]
fn rule_4_an_id_that_all_rows_have_is_judged_without_comparing_each_with_each() {
    let entries = |quantity: fn(u32) -> u32| {
        let rows: String =
            (0..20_000).map(|row| format!("False,2026-03-02,L1,{}\n", quantity(row))).collect();
        reconcile(&line().csv("timesheets.csv", &format!("id,date,line,quantity\n{rows}")))
    };
    assert_eq!(fates(&entries(|_| 1)), "read 20000, attributed 1, duplicates 19999");
    assert_eq!(fates(&entries(|row| row)), "read 20000, rejected 20000");
}

#[test]
fn rule_4_an_id_twice_in_one_file_is_a_duplicate_as_well() {
    let run = reconcile(&line().csv(
        "timesheets.csv",
        "
        id,date,line,quantity
        77,2026-03-02,L1,7.5
        77,2026-03-02,L1,7.5
        ",
    ));
    assert_eq!(run.line("L1", "delivered"), "7.50");
    assert_eq!(fates(&run), "read 2, attributed 1, duplicates 1");
}

#[test]
fn rule_4_of_a_changed_entry_the_version_written_last_counts_and_the_change_is_listed() {
    let run = reconcile(
        &line()
            .csv("a.csv", "id,date,line,quantity,written\n77,2026-03-02,L1,7.5,2026-03-04 08:00:00")
            .csv("b.csv", "id,date,line,quantity,written\n77,2026-03-02,L1,6,2026-03-03 08:00:00"),
    );
    assert_eq!(run.line("L1", "delivered,entries"), "7.50,1");
    assert_eq!(run.exceptions("kind,rule"), ["entry_changed,4"]);
    assert_eq!(
        (fates(&run).as_str(), run.hours("duplicates")),
        ("read 2, attributed 1, duplicates 1", "6")
    );
}

#[test]
fn rule_4_any_of_date_quantity_unit_line_task_and_contract_makes_a_change() {
    let first = "77,2026-03-02,C1,Install,L1,2,Hours";
    for second in [
        "77,2026-03-03,C1,Install,L1,2,Hours",
        "77,2026-03-02,C2,Install,L1,2,Hours",
        "77,2026-03-02,C1,Plan,L1,2,Hours",
        "77,2026-03-02,C1,Install,L2,2,Hours",
        "77,2026-03-02,C1,Install,L1,3,Hours",
        "77,2026-03-02,C1,Install,L1,2,Days",
    ] {
        let header = "id,date,contract,task,line,quantity,unit";
        let run = reconcile(
            &line()
                .csv("a.csv", &format!("{header}\n{first}"))
                .csv("b.csv", &format!("{header}\n{second}")),
        );
        assert_eq!(run.line("L1", "delivered,entries"), "0.00,0", "{second}");
        assert_eq!(fates(&run), "read 2, rejected 2", "{second}");
        assert_eq!(
            run.exceptions("kind,rule"),
            ["entry_conflict,4", "entry_conflict,4"],
            "{second}"
        );
    }
}

/// Two versions of an entry, and nothing that says which was written last.
fn undecided() -> World {
    line()
        .csv("a.csv", "id,date,line,quantity\n77,2026-03-02,L1,7.5\n78,2026-03-02,L1,1")
        .csv("b.csv", "id,date,line,quantity\n77,2026-03-02,L1,6")
}

#[test]
fn rule_4_without_write_dates_none_of_the_versions_counts() {
    let run = reconcile(&undecided());
    assert_eq!(run.line("L1", "delivered"), "1.00");
    assert_eq!(run.exceptions("kind"), ["entry_conflict", "entry_conflict"]);
    assert_eq!(
        (fates(&run).as_str(), run.hours("rejected")),
        ("read 3, attributed 1, rejected 2", "13.5")
    );
}

#[test]
fn rule_4_the_user_chooses_between_two_versions_of_an_entry() {
    let first = reconcile_with(&undecided(), &["--on-conflict", "first"]);
    assert_eq!(first.line("L1", "delivered"), "8.50");
    assert_eq!(fates(&first), "read 3, attributed 2, duplicates 1");
    let newest = reconcile_with(&undecided(), &["--on-conflict", "newest"]);
    assert_eq!(newest.line("L1", "delivered"), "7.00");
    assert_eq!(fates(&newest), "read 3, attributed 2, duplicates 1");
}

/// Equal rows without an id: two in one file, three in another.
fn without_ids() -> World {
    line()
        .csv("a.csv", "date,employee,line,quantity\n2026-03-02,Anna,L1,2\n2026-03-02,Anna,L1,2")
        .csv(
            "b.csv",
            "
            date,employee,line,quantity
            2026-03-02,Anna,L1,2
            2026-03-02,Anna,L1,2
            2026-03-02,Anna,L1,2
            2026-03-02,Bert,L1,2
            ",
        )
}

#[test]
fn rule_4_equal_rows_without_an_id_in_one_file_all_count() {
    let run =
        reconcile(&line().csv("a.csv", "date,line,quantity\n2026-03-02,L1,2\n2026-03-02,L1,2"));
    assert_eq!(run.line("L1", "delivered,entries"), "4.00,2");
    assert_eq!(fates(&run), "read 2, attributed 2");
}

#[test]
fn rule_4_of_equal_rows_without_an_id_the_highest_number_in_one_file_counts() {
    let run = reconcile(&without_ids());
    assert_eq!(run.line("L1", "delivered,entries"), "8.00,4");
    assert_eq!(
        (fates(&run).as_str(), run.hours("duplicates")),
        ("read 6, attributed 4, duplicates 2", "4")
    );
    assert_eq!(run.exceptions("kind,rule"), ["suspected_duplicate,4", "suspected_duplicate,4"]);
}

#[test]
fn rule_4_rows_without_an_id_are_equal_however_their_quantity_is_written() {
    for (one, other, delivered) in [
        ("1.5", "1:30", "1.50"),
        ("2.3000000000000003", "2.3", "2.30"),
        ("0.3333333333333333", "0:20", "0.33"),
        ("4.250000000000001", "4:15:00", "4.25"),
    ] {
        let file = |quantity: &str| format!("date,line,quantity\n2026-03-02,L1,{quantity}");
        let run = reconcile(&line().csv("a.csv", &file(one)).csv("b.csv", &file(other)));
        assert_eq!(run.line("L1", "delivered,entries"), format!("{delivered},1"), "{one} {other}");
        assert_eq!(run.exceptions("file,kind"), ["./b.csv,suspected_duplicate"]);
    }
}

#[test]
fn rule_4_rows_without_an_id_are_equal_however_their_lines_end() {
    let file = |text: &str| format!("date,line,quantity,description\n2026-03-02,L1,2,\"{text}\"\n");
    let run = reconcile(&line().file("a.csv", file("a\r\nb")).file("b.csv", file("a\nb")));
    assert_eq!(run.line("L1", "delivered,entries"), "2.00,1");
    assert_eq!(run.exceptions("kind"), ["suspected_duplicate"]);
}

#[test]
fn rule_4_rows_without_an_id_are_equal_however_their_names_are_written() {
    let header = "date,employee,contract,quantity,description";
    let rows =
        "2026-03-02,Anna Maria,C1,2,a b\n2026-03-03,Łukasz,C1,1,c\n2026-03-04,ANNA MARIA,C1,4,d";
    let others =
        "2026-03-04,anna maria,c1,4,d\n2026-03-02,ANNA  MARIA,Ｃ1,2,a b\n2026-03-03,łukasz,C1,1,c";
    let world = |other: &str| {
        line()
            .csv("a.csv", &format!("{header}\n{rows}"))
            .csv("b.csv", &format!("{header}\n{other}"))
    };
    let run = reconcile(&world(others));
    assert_eq!(run.line("L1", "hours,entries"), "7,3");
    assert_eq!(run.exceptions("kind"), ["suspected_duplicate"; 3]);
    // What was done is no name.
    let run = reconcile(&world("2026-03-02,Anna Maria,C1,2,A b"));
    assert_eq!(run.line("L1", "hours,entries"), "9,4");
}

#[test]
fn rule_4_rows_without_an_id_are_equal_where_names_of_employees_lie_in_two_columns() {
    let header = "Date,Client,Project,Task,Notes,Hours,First Name,Last Name";
    let row = |day: u32| format!("2026-03-{day:02},Agrolait,C1,Work,call,1.5,Anna,Berg");
    let rows = |days: &[u32]| days.iter().map(|day| row(*day)).collect::<Vec<_>>().join("\n");
    let days: Vec<u32> = (1..=28).collect();
    let back: Vec<u32> = (1..=28).rev().collect();
    let run = reconcile(
        &line()
            .csv("a.csv", &format!("{header}\n{}", rows(&days)))
            .csv("b.csv", &format!("{header}\n{}", rows(&back))),
    );
    assert_eq!(run.exceptions("kind").len(), 28);
}

#[test]
fn rule_4_overlap_distinct_counts_every_row() {
    let run = reconcile(&without_ids().file("drawdown.toml", "overlap = \"distinct\"\n"));
    assert_eq!(run.line("L1", "delivered,entries"), "12.00,6");
    assert!(run.exceptions("kind").is_empty());
}

#[test]
fn rule_4_a_row_that_cannot_be_read_is_rejected() {
    let run = reconcile(&line().csv(
        "timesheets.csv",
        "
        date,line,quantity,unit
        2026-03-02,L1,7.5O,Hours
        soon,L1,1,Hours
        2026-03-02,L1,1,hrz
        2026-03-02,L1,,Hours
        2026-03-02,L1,3,Hours
        ",
    ));
    assert_eq!(run.line("L1", "delivered,entries,status"), "3.00,1,ok");
    assert_eq!(
        run.exceptions("row,column,kind"),
        [
            "2,quantity,not_a_number",
            "3,date,not_a_date",
            "4,unit,unknown_unit",
            "5,quantity,missing_value",
        ]
    );
    assert_eq!(fates(&run), "read 5, attributed 1, rejected 4");
}

#[test]
fn rule_4_a_number_that_its_decimal_comma_parts_is_rejected_though_only_a_blank_cell_is_left_over()
{
    let run = reconcile(&line().csv(
        "a.csv",
        "
        date,line,quantity,description
        2026-03-02,L1,3,75,
        2026-03-02,L1,2,call,
        2026-03-02,L1,1,75
        2026-03-02,L1,-1,5,
        2026-03-02,L1,4,
        ",
    ));
    assert_eq!(run.exceptions("row,kind,found"), ["2,ragged_row,3,75", "5,ragged_row,'-1,5"]);
    assert_eq!(run.line("L1", "delivered,entries"), "7.00,3");
    // What stands behind is no part of a number, or every row has a cell to spare.
    for rows in
        ["2026-03-02,L1,3,1234,\n2026-03-02,L1,4,", "2026-03-02,L1,3,12,\n2026-03-02,L1,4,call,"]
    {
        let run = reconcile(&line().csv("a.csv", &format!("date,line,quantity,ticket\n{rows}")));
        assert_eq!(run.line("L1", "delivered,entries"), "7.00,2", "{rows}");
    }
}

#[test]
fn rule_4_the_first_fate_that_applies_is_the_entrys_one() {
    // In the order of the rule: each entry would have every later fate as well.
    let world = line()
        .csv(
            "a.csv",
            "
            id,date,line,quantity,unit,approved
            conflict,2026-04-02,L9,1,Units,no
            conflict,2026-04-02,L9,2,Units,no
            duplicate,2026-04-02,L9,1,Units,no
            duplicate,2026-04-02,L9,1,Units,no
            not counted,2026-03-02,L9,1,Units,no
            unmatched,2026-03-02,L9,1,Units,yes
            rejected,2026-03-02,L1,1,Units,yes
            ",
        )
        .file("drawdown.toml", "[count]\napproved = \"only\"\n");
    let run = reconcile(&world);
    assert_eq!(
        fates(&run),
        "read 7, unmatched 1, excluded 1, not_counted 1, duplicates 1, rejected 3"
    );
    assert_eq!(run.unmatched("entry"), ["unmatched"]);
}

#[test]
fn rule_4_an_entry_of_an_unconfirmed_order_is_refused_before_its_category_is_judged() {
    let run = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order,state,product,ordered,unit,tracking,policy
                L1,SO1,draft,Support,50,Hours,task,ordered
                ",
            )
            .csv("timesheets.csv", "date,line,quantity,unit\n2026-03-02,L1,1,Units"),
    );
    assert_eq!(fates(&run), "read 1, refused 1");
}

/// Chapter 4 tells entries by their ids, and those without by their rows; an
/// entry that has an id in one file only is not told at all, so that is said.
#[test]
fn rule_4_entries_with_ids_of_two_kinds_are_warned_of() {
    let of = |second: &str| {
        let world = line()
            .csv("a.csv", "id,date,contract,quantity\n7,2026-03-02,C1,1")
            .csv("b.csv", second);
        world.reconcile(&["--quiet"]).expect_code(0).stderr
    };
    let stderr = of("date,contract,quantity\n2026-03-03,C1,2");
    assert!(stderr.contains("do not carry ids of one kind"), "{stderr}");
    assert_eq!(of("id,date,contract,quantity\n8,2026-03-03,C1,2"), "");
}

/// What is equal in both is counted, in rows and hours; entries that one file
/// has twice under ids of its own are two.
#[test]
fn rule_4_rows_that_may_count_twice_for_ids_of_two_kinds_are_counted() {
    let of = |second: &str| {
        let world = line()
            .csv(
                "a.csv",
                "
                id,date,employee,contract,quantity,description
                7,2026-03-02,Anna,C1,1.5,call
                8,2026-03-02,Anna,C1,1.5,call
                9,2026-03-03,Ben,C1,2.25,visit
                10,2026-03-04,Ben,C1,4,visit
                ",
            )
            .csv("b.csv", &format!("date,employee,contract,quantity,description\n{second}"));
        let run = world.reconcile(&["--quiet"]).expect_code(0);
        let told = run.json()["warnings"].to_string();
        assert!(run.stderr.contains("do not carry ids of one kind"), "{}", run.stderr);
        let (_, rows) = told.split_once("counts twice, ").expect("what it says of both");
        let ends = rows.find([':', ';']).expect("how many they are");
        rows[..ends].to_owned()
    };
    // Another day, employee, quantity, contract and description.
    let others = "2026-03-05,Anna,C1,1.5,call
        2026-03-02,Ben,C1,1.5,call
        2026-03-02,Anna,C1,1.25,call
        2026-03-02,Anna,C2,1.5,call
        2026-03-02,Anna,C1,1.5,mail";
    assert_eq!(of(others), "but no row of the two looks the same");
    let one = of(&format!("{others}\n2026-03-03,Ben,C1,2.25,visit"));
    assert_eq!(one, "and 1 row (2.25 h) may be such");
    let three =
        "2026-03-02,Anna,C1,1.5,call\n2026-03-03,Ben,C1,2.25,visit\n2026-03-04,Ben,C1,4.00,visit";
    assert_eq!(of(&format!("{three}\n{others}")), "and 3 rows (7.75 h) may be such");
}

#[test]
fn rule_4_write_dates_with_points_and_zones_tell_the_latest_version() {
    for (older, later) in [
        ("01.03.2026 10:00", "31.03.2026 10:00"),
        ("2026-03-02T10:00:00+02:00", "2026-03-02T09:00:00Z"),
        ("2026-03-05 9:59 AM", "2026-03-05 12:01 PM"),
        ("5 Mar 2026, 12:30 am", "05.03.2026 00:31"),
    ] {
        let entry = |written: &str, quantity: u32| {
            format!("id,date,contract,quantity,written\n7,2026-03-02,C1,{quantity},{written}")
        };
        // The later version lies in the file that is read first.
        let world = line().csv("a.csv", &entry(later, 4)).csv("b.csv", &entry(older, 9));
        let run = world.reconcile(&["--quiet", "--on-conflict", "newest"]).expect_code(0);
        assert_eq!(run.line("L1")["hours"], "4", "{later} is later than {older}");
    }
}

#[test]
fn rule_4_a_choice_is_between_versions_that_were_written_last_at_once() {
    let entry = |written: &str, quantity: u32| {
        format!("id,date,contract,quantity,written\n7,2026-03-02,C1,{quantity},{written}")
    };
    let world = || {
        line()
            .csv("a.csv", &entry("2026-03-01 10:00", 16))
            .csv("b.csv", &entry("2026-03-02 10:00", 4))
            .csv("c.csv", &entry("2026-03-02 10:00", 8))
            .csv("d.csv", &entry("2026-03-01 11:00", 32))
    };
    for (choice, hours) in [("first", "4"), ("newest", "8")] {
        let run = reconcile_with(&world(), &["--on-conflict", choice]);
        assert_eq!(run.line("L1", "hours"), hours, "{choice}");
    }
}

#[test]
fn rule_4_the_order_of_day_and_month_in_write_dates_is_decided_by_their_column() {
    for (other, older, later) in [
        ("25/03/2026 10:00", "05/03/2026 10:00", "06/03/2026 09:00"),
        ("3/25/2026", "5/3/2026 9:00 PM", "6/3/2026"),
    ] {
        let file = |written: &str, (id, quantity): (u32, u32)| {
            format!(
                "id,date,contract,quantity,written\n7,2026-03-02,C1,{quantity},{written}\n\
                 {id},2026-03-02,C1,1,{other}"
            )
        };
        let world = line().csv("a.csv", &file(later, (8, 4))).csv("b.csv", &file(older, (9, 16)));
        assert_eq!(reconcile(&world).line("L1", "hours"), "6", "{later} is later than {older}");
    }
}

#[test]
fn rule_4_a_write_date_that_may_be_two_decides_nothing_and_no_choice_does() {
    let entry = |written: &str, quantity: u32| {
        format!("id,date,contract,quantity,written\n7,2026-03-02,C1,{quantity},{written}")
    };
    let (one, other) = ("02/03/2026 10:00", "03/02/2026 10:00");
    let world = || line().csv("a.csv", &entry(one, 4)).csv("b.csv", &entry(other, 9));
    for choice in ["newest", "first"] {
        let run = reconcile_with(&world(), &["--on-conflict", choice]);
        assert_eq!(run.exceptions("kind"), ["entry_conflict"; 2]);
        assert!(run.exceptions("action")[0].contains("write the moment"));
    }
    for (order, hours) in [("dmy", "4"), ("mdy", "9")] {
        let world = world().csv("drawdown.toml", &format!("[reading]\ndates = \"{order}\""));
        assert_eq!(reconcile(&world).line("L1", "hours"), hours, "{order}");
    }
    // A cell that is no date says as much as a blank one.
    let world = || line().csv("a.csv", &entry("-", 4)).csv("b.csv", &entry("n/a", 9));
    assert_eq!(reconcile(&world()).exceptions("kind"), ["entry_conflict"; 2]);
    let run = reconcile_with(&world(), &["--on-conflict", "newest"]);
    assert_eq!(run.line("L1", "hours"), "9");
}

#[test]
fn rule_4_of_versions_that_differ_in_their_marks_alone_the_one_written_last_counts() {
    let delivered = |header: [&str; 2], rows: [&str; 2], more: &[&str]| {
        let file = |at: usize| {
            format!("id,date,line,quantity{}\n1,2026-03-02,L1,2{}", header[at], rows[at])
        };
        let world = line()
            .csv("a.csv", &file(0))
            .csv("b.csv", &file(1))
            .file("drawdown.toml", "[count]\napproved = \"only\"\n");
        let run = reconcile_with(&world, more);
        assert!(run.exceptions("kind").is_empty());
        run.line("L1", "delivered,entries")
    };
    let both = [",approved,written"; 2];
    let dated = [",no,2026-03-03", ",yes,2026-03-04"];
    assert_eq!(delivered(both, dated, &[]), "2.00,1");
    assert_eq!(delivered(both, [",yes,2026-03-03", ",no,2026-03-04"], &[]), "0.00,0");
    // One that has no such mark says nothing of it.
    assert_eq!(delivered(["", ",approved"], ["", ",yes"], &[]), "2.00,1");
    assert_eq!(delivered([",approved", ""], [",yes", ""], &["--on-conflict", "newest"]), "2.00,1");
    // Any mark is one, however many there are.
    let more = [",approved,billable,written"; 2];
    assert_eq!(delivered(more, [",no,no,2026-03-03", ",yes,,2026-03-04"], &[]), "2.00,1");
    let undated = ([",approved"; 2], [",no", ",yes"]);
    assert_eq!(delivered(undated.0, undated.1, &[]), "0.00,0");
    assert_eq!(delivered(undated.0, undated.1, &["--on-conflict", "newest"]), "2.00,1");
}
