//! Chapter 5: units and conversion.

use crate::outcome::{Outcome, reconcile, refusal};
use crate::support::World;

/// A line ordered in a unit, and entries on it (quantity and unit a row).
fn sold_in(ordered: &str, unit: &str, entries: &str) -> World {
    let entries: String = entries
        .lines()
        .map(str::trim)
        .filter(|entry| !entry.is_empty())
        .fold(String::new(), |rows, entry| rows + "2026-03-02,L1," + entry + "\n");
    World::new()
        .csv(
            "lines.csv",
            &format!(
                "
                id,order,state,product,ordered,unit,price,tracking,policy
                L1,SO1,sale,Support,{ordered},{unit},100,task,ordered
                "
            ),
        )
        .csv("timesheets.csv", &format!("date,line,quantity,unit\n{entries}"))
}

/// What these entries give in a unit.
fn delivered(unit: &str, entries: &str) -> String {
    reconcile(&sold_in("50", unit, entries)).line("L1", "delivered")
}

/// Whether the unrounded delivered quantity is the ordered one, to the last digit:
/// it reaches it and does not exceed it.
fn is_exactly(world: impl Fn() -> World) -> bool {
    let status = |rule: &str| {
        let configuration = format!("rounding = \"none\"\n[upsell]\nrule = \"{rule}\"\n");
        reconcile(&world().file("drawdown.toml", configuration)).line("L1", "status")
    };
    status("reached") == "upsell" && status("exceeded") == "near"
}

#[test]
fn rule_5_1_quantities_convert_inside_a_category_by_exact_ratios() {
    assert_eq!(delivered("Days", "1,Weeks"), "5.00");
    assert_eq!(delivered("Hours", "100,Minutes"), "1.67");
    assert_eq!(delivered("Minutes", "1.5,Hours"), "90.00");
    assert_eq!(delivered("Weeks", "20,Hours"), "0.50");
    // A minute is exactly 1/60 hour, a third of an hour no decimal.
    assert!(is_exactly(|| sold_in("1", "Hours", "20,Minutes\n20,Minutes\n20,Minutes")));
    assert!(is_exactly(|| sold_in("7", "Minutes", "0.1166666666666667,Hours")));
}

#[test]
fn rule_5_2_sums_before_it_rounds() {
    // Each of three would be 0.041 days, 0.04 rounded, 0.12 together by chance;
    // of six the sum is 0.2475, and six roundings would be 0.24.
    assert_eq!(delivered("Days", "0.33,Hours\n0.33,Hours\n0.33,Hours"), "0.12");
    assert_eq!(delivered("Days", &"0.33,Hours\n".repeat(6)), "0.25");
    assert_eq!(delivered("Hours", "10,Minutes\n10,Minutes\n10,Minutes"), "0.50");
}

#[test]
fn rule_5_2_rounds_half_away_from_zero_to_the_units_step() {
    assert_eq!(delivered("Days", "7.5,Hours"), "0.94");
    assert_eq!(delivered("Days", "1,Hours"), "0.13");
    assert_eq!(delivered("Days", "-1,Hours"), "-0.13");
    assert_eq!(delivered("Days", "-7.5,Hours"), "-0.94");
    assert_eq!(delivered("Hours", "0.125,Hours"), "0.13");
}

#[test]
fn rule_5_2_each_unit_is_rounded_once_then_they_are_added() {
    // An eighth of a day twice: 0.13 + 0.13, where one sum would be 0.25.
    assert_eq!(delivered("Days", "1,Hours\n60,Minutes"), "0.26");
    assert_eq!(delivered("Days", "1,Hours\n1,Hours"), "0.25");
}

#[test]
fn rule_5_2_the_step_is_that_of_the_lines_unit() {
    let units = "
        name,category,ratio,rounding
        Hours,Working Time,1,0.01
        Days,Working Time,8,0.5
    ";
    // 10 hours are 1.25 days: half way between two steps.
    let run = reconcile(&sold_in("5", "Days", "10,Hours").csv("units.csv", units));
    assert_eq!(run.line("L1", "delivered,remaining"), "1.5,3.5");
}

#[test]
fn rule_5_2_rounding_up_goes_away_from_zero() {
    let up = |unit: &str, entries: &str| {
        let world = sold_in("50", unit, entries).file("drawdown.toml", "rounding = \"up\"\n");
        reconcile(&world).line("L1", "delivered")
    };
    assert_eq!(up("Hours", "20,Minutes"), "0.34");
    assert_eq!(delivered("Hours", "20,Minutes"), "0.33");
    assert_eq!(up("Hours", "-20,Minutes"), "-0.34");
    assert_eq!(up("Hours", "30,Minutes"), "0.50");
    assert_eq!(up("Hours", "0.5,Hours"), "0.50");
}

#[test]
fn rule_5_2_rounding_none_keeps_exact_values_to_the_end() {
    // 0.9375 of 0.94 days; at 100 a day.
    let world = sold_in("0.94", "Days", "7.5,Hours");
    assert_eq!(reconcile(&world).line("L1", "status,consumed_value"), "upsell,94.00");
    let run = reconcile(&world.file("drawdown.toml", "rounding = \"none\"\n"));
    assert_eq!(run.line("L1", "status,consumed_value"), "near,93.75");
}

#[test]
fn rule_5_3_another_category_is_an_exception_that_names_units_and_categories() {
    let run = reconcile(&sold_in("50", "Hours", "3,Units\n2,Hours"));
    assert_eq!(run.line("L1", "delivered,entries,status"), "2.00,1,ok");
    assert_eq!(run.exceptions("row,kind,rule"), ["2,category_mismatch,5.3"]);
    let [said] = &run.exceptions("found,expected")[..] else { panic!("one exception") };
    for name in ["Units", "Unit", "Hours", "Working Time"] {
        assert!(said.contains(name), "{name} in {said}");
    }
    assert_eq!((run.entries("attributed"), run.entries("rejected")), (1, 1));
}

#[test]
fn rule_5_3_the_category_is_that_of_the_pools_first_line() {
    let run = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order,state,product,ordered,unit,contract,tracking,policy
                L1,SO1,sale,Support,50,Hours,C1,contract,ordered
                L2,SO2,sale,Support,50,Units,C1,contract,ordered
                ",
            )
            .csv("products.csv", "name,type\nSupport,service")
            .csv(
                "timesheets.csv",
                "date,contract,quantity,unit\n2026-03-02,C1,3,Units\n2026-03-02,C1,2,Hours",
            ),
    );
    assert_eq!(run.lines("line,delivered"), ["L1,2.00", "L2,0.00"]);
    assert_eq!(run.exceptions("row,kind"), ["2,category_mismatch"]);
}

/// Support packs of 50 hours, sold by the piece.
fn packs(ordered: &str, entries: &str) -> World {
    sold_in(ordered, "Units", entries)
        .csv(
            "lines.csv",
            &format!(
                "
                id,order,state,product,ordered,unit,tracking,policy
                L1,SO1,sale,Support pack,{ordered},Units,task,ordered
                "
            ),
        )
        .csv("products.csv", "name,hours_per_unit\nSupport pack,50")
}

#[test]
fn rule_5_3_hours_per_unit_is_the_one_bridge() {
    let run = reconcile(&packs("1", "60,Hours"));
    assert_eq!(
        run.line("L1", "delivered,remaining,used,hours,status"),
        "1.20,-0.20,1.2000,60,upsell"
    );
    assert_eq!(run.upsells("ordered,unit,delivered,excess"), ["1.00,Units,1.20,0.20"]);
    // A day is 8 of 50 hours; 4 of its own units are 4.
    assert_eq!(reconcile(&packs("10", "1,Days")).line("L1", "delivered"), "0.16");
    assert_eq!(reconcile(&packs("10", "4,Units")).line("L1", "delivered"), "4.00");
    let configured = sold_in("1", "Units", "60,Hours")
        .file("drawdown.toml", "[products.Support]\nhours_per_unit = 50\n");
    assert_eq!(reconcile(&configured).line("L1", "delivered"), "1.20");
}

#[test]
fn rule_5_2_what_is_one_lines_alone_is_one_sum_however_it_is_named() {
    let entries = "date,contract,line,quantity\n2026-01-18,K,,0.3333\n2026-01-21,,L1,0.3333";
    let run = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order,state,product,ordered,unit,delivered,contract,tracking,policy
                L1,SO1,sale,Support,0.67,Hours,0.67,K,contract,ordered
                ",
            )
            .csv("timesheets.csv", entries),
    );
    assert_eq!(run.line("L1", "delivered,difference,hours,status"), "0.67,0.00,0.6666,upsell");
    assert_eq!(run.upsells("excess,reached_on"), ["0.00,2026-01-21"]);
    // A name that fits two lines, of which one cannot be drawn down with the other.
    let entries = "date,task,line,quantity\n2026-01-18,T,,0.3333\n2026-01-21,,L1,0.3333";
    let run = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order,state,product,ordered,unit,task,tracking,policy
                L1,SO1,sale,Support,0.67,Hours,T,task,ordered
                L2,SO1,sale,Support,1,Units,T,task,ordered
                ",
            )
            .csv("timesheets.csv", entries),
    );
    assert_eq!(run.line("L1", "delivered,hours"), "0.67,0.6666");
}

#[test]
fn rule_5_3_hours_of_a_pool_of_packs_are_split_as_its_shares_and_pieces_have_none() {
    let run = |more: &str| {
        let entries = format!("date,contract,quantity,unit\n2026-01-01,K,3,Units\n{more}");
        let world = World::new()
            .csv(
                "lines.csv",
                "
                id,order,state,product,ordered,unit,contract
                L1,SO1,sale,P,2.5,Units,K
                L2,SO1,sale,P,3.33,Units,K
                ",
            )
            .csv("products.csv", "name,tracking,policy,hours_per_unit\nP,contract,ordered,2.5")
            .csv("timesheets.csv", &entries);
        reconcile(&world).lines("delivered,hours")
    };
    assert_eq!(run(""), ["2.50,0", "0.50,0"]);
    // Of 5 units one is work of 2.5 hours, on both lines alike.
    assert_eq!(run("2026-01-02,K,1,Units\n2026-01-02,K,2.5,Hours"), ["2.50,1.25", "2.50,1.25"]);
}

#[test]
fn rule_5_4_a_units_file_and_the_configuration_change_and_add_units() {
    let units = "
        name,category,ratio
        Hours,Working Time,1
        Days,Working Time,7
        Quarters,Working Time,1/4
    ";
    let run = |unit: &str, entries: &str| {
        reconcile(&sold_in("50", unit, entries).csv("units.csv", units))
    };
    assert_eq!(run("Days", "14,Hours").line("L1", "delivered"), "2.00");
    assert_eq!(run("Hours", "3,Quarters").line("L1", "delivered"), "0.75");
    assert_eq!(
        run("Days", "1,Weeks").line("L1", "delivered"),
        "5.71",
        "the week keeps its 40 hours"
    );
    let configuration = "
        [units.Days]
        category = \"Working Time\"
        ratio = \"7.5\"
        [units.Quarters]
        category = \"Working Time\"
        ratio = \"1/4\"
    ";
    let run = |unit: &str, entries: &str| {
        reconcile(&sold_in("50", unit, entries).csv("drawdown.toml", configuration))
    };
    assert_eq!(run("Days", "15,Hours").line("L1", "delivered"), "2.00");
    assert_eq!(run("Hours", "3,Quarters").line("L1", "delivered"), "0.75");
}

#[test]
fn rule_5_4_a_unit_that_nothing_declares_makes_the_line_an_exception() {
    let run = reconcile(&sold_in("50", "Fortnights", "1,Hours"));
    assert_eq!(run.line("L1", "unit,status"), "Fortnights,exception");
    assert_eq!(run.exceptions("row,kind,rule"), ["2,unknown_unit,5.4"]);
}

#[test]
fn rule_5_4_units_that_cannot_be_right_are_an_error_that_names_the_row() {
    for (units, row) in [
        ("Shift,Working Time,0,0.01", 2),
        ("Shift,Working Time,-6,0.01", 2),
        ("Shift,Working Time,six,0.01", 2),
        ("Shift,Working Time,6,0", 2),
        ("Shift,Working Time,6,-0.01", 2),
        ("Shift,Working Time,6,0.01\nSHIFT,Working Time,7,0.01", 3),
        ("Litre,Volume,1,0.01\nKilogram,Volume,1,0.01", 3),
    ] {
        let units = format!("name,category,ratio,rounding\n{units}");
        let message = refusal(&sold_in("50", "Hours", "1,Hours").csv("units.csv", &units));
        assert!(message.contains(&format!("units.csv:{row}")), "row {row} of {units}: {message}");
    }
}

#[test]
fn rule_5_4_a_category_without_a_reference_is_an_error() {
    let units = "name,category,ratio\nBox,Packing,6\nCrate,Packing,12";
    let message = refusal(&sold_in("50", "Hours", "1,Hours").csv("units.csv", units));
    assert!(message.contains("units.csv") && message.contains("Packing"), "{message}");
}

#[test]
fn rule_5_4_one_name_in_two_categories_is_two_units() {
    let units = "
        name,category,ratio
        Hours,Working Time,1
        Shift,Working Time,6
        Key,Keyboards,1
        shift,Keyboards,2
    ";
    let run = reconcile(&sold_in("50", "Hours", "1,Hours").csv("units.csv", units));
    assert_eq!(run.line("L1", "delivered"), "1.00");
}

#[test]
fn rule_5_4_odoo_to_18_a_bigger_units_ratio_multiplies_and_a_smaller_ones_divides() {
    let units = "
        id,name,category_id,uom_type,ratio,rounding
        u.day,Days,Working Time,reference,1,0.01
        u.hour,Hours,Working Time,smaller,8,0.01
        u.week,Weeks,Working Time,bigger,5,0.01
    ";
    let run = |unit: &str, entries: &str| {
        reconcile(&sold_in("50", unit, entries).csv("units.csv", units))
    };
    assert_eq!(run("Days", "12,Hours").line("L1", "delivered"), "1.50");
    assert_eq!(run("Hours", "2,Days").line("L1", "delivered"), "16.00");
    assert_eq!(run("Hours", "1,Weeks").line("L1", "delivered"), "40.00");
    let run = run("Days", "12,Hours\n1,Weeks");
    assert_eq!(
        run.line("L1", "delivered,hours"),
        "6.50,52",
        "hours are hours, whatever the reference"
    );
}

#[test]
fn rule_5_4_odoos_factor_divides_and_its_inverse_multiplies() {
    let units = "
        id,name,category_id,uom_type,factor,factor_inv,rounding
        u.day,Days,Working Time,reference,1.0,1.0,0.01
        u.hour,Hours,Working Time,smaller,8.0,0.125,0.01
        u.week,Weeks,Working Time,bigger,0.2,5.0,0.01
    ";
    let run = reconcile(&sold_in("50", "Hours", "1,Days\n1,Weeks").csv("units.csv", units));
    assert_eq!(run.line("L1", "delivered"), "48.00");
}

#[test]
fn rule_5_4_odoo_19_has_relative_units_and_their_root_is_the_category() {
    let units = "
        id,name,relative_uom_id,relative_factor
        u.hour,Hours,,1
        u.day,Days,Hours,8
        u.week,Weeks,Days,5
        u.unit,Units,,1
        u.dozen,Dozens,Units,12
    ";
    let run = |unit: &str, entries: &str| {
        reconcile(&sold_in("50", unit, entries).csv("units.csv", units))
    };
    assert_eq!(run("Days", "12,Hours").line("L1", "delivered"), "1.50");
    assert_eq!(run("Hours", "1,Weeks").line("L1", "delivered"), "40.00");
    let mixed = run("Hours", "1,Dozens\n1,Hours");
    assert_eq!(mixed.line("L1", "delivered"), "1.00");
    assert_eq!(mixed.exceptions("row,kind"), ["2,category_mismatch"]);
}

/// Units of an Odoo whose reference is the day, with a short day of 7 hours.
fn short_day(factor: &str, inverse: &str) -> String {
    format!(
        "
        id,name,category_id,uom_type,factor,factor_inv,rounding
        u.day,Days,Working Time,reference,1.0,1.0,0.01
        u.hour,Hours,Working Time,smaller,8.0,0.125,0.01
        u.short,Short days,Working Time,smaller,{factor},{inverse},0.01
        "
    )
}

#[test]
fn rule_5_4_the_figure_with_the_fewest_digits_is_exact() {
    let units = short_day("1.1428571428571428", "0.875");
    assert!(is_exactly(|| sold_in("7", "Hours", "1,Short days").csv("units.csv", &units)));
    assert!(is_exactly(|| sold_in("1", "Short days", "7,Hours").csv("units.csv", &units)));
}

#[test]
fn rule_5_4_figures_that_do_not_agree_are_an_error_that_names_the_row() {
    // 1/1.14285714 is off 0.875 by 2.5e-9 of it, 1/1.1428571428 by 4e-11.
    let message = refusal(
        &sold_in("7", "Hours", "1,Hours").csv("units.csv", &short_day("1.14285714", "0.875")),
    );
    assert!(message.contains("units.csv:4"), "{message}");
    let run = reconcile(
        &sold_in("7", "Hours", "1,Hours").csv("units.csv", &short_day("1.1428571428", "0.875")),
    );
    assert_eq!(run.line("L1", "delivered"), "1.00");
}

#[test]
fn rule_5_4_a_ratio_that_rounds_a_sixtieth_is_a_sixtieth() {
    let units = "
        id,name,relative_uom_id,relative_factor
        u.hour,Hours,,1
        u.minute,Minutes,Hours,0.0166667
    ";
    assert!(is_exactly(|| sold_in("1", "Hours", "60,Minutes").csv("units.csv", units)));
    assert!(is_exactly(|| {
        let units = "name,category,ratio\nHours,Working Time,1\nMinutes,Working Time,0.0166667";
        sold_in("1", "Hours", "60,Minutes").csv("units.csv", units)
    }));
}

#[test]
fn rule_5_5_the_users_names_for_a_unit_are_aliases() {
    for hour in ["h", "hrs", "Hour(s)", "HOURS", "小时", "heures", "Stunden"] {
        assert_eq!(delivered("Days", &format!("12,{hour}")), "1.50", "{hour}");
        assert_eq!(delivered(hour, "1.5,Days"), "12.00", "{hour}");
    }
    assert_eq!(delivered("Hours", "90,"), "90.00", "no unit: hours");
}

#[test]
fn rule_5_5_aliases_are_extendable() {
    let world =
        sold_in("50", "Days", "12,hrz").file("drawdown.toml", "[aliases]\nhrz = \"Hours\"\n");
    assert_eq!(reconcile(&world).line("L1", "delivered"), "1.50");
}

#[test]
fn rule_5_5_a_unit_that_a_file_names_wins_over_an_alias() {
    // "m" is an alias of the minute, unless the file measures lengths in it.
    assert_eq!(delivered("Hours", "30,m"), "0.50");
    let run = reconcile(
        &sold_in("50", "Hours", "30,m").csv("units.csv", "name,category,ratio\nm,Length,1"),
    );
    assert_eq!(run.line("L1", "delivered"), "0.00");
    assert_eq!(run.exceptions("kind"), ["category_mismatch"]);
    let half = "name,category,ratio\nHours,Working Time,1\nh,Working Time,1/2";
    let run = reconcile(&sold_in("50", "Hours", "3,h").csv("units.csv", half));
    assert_eq!(run.line("L1", "delivered"), "1.50");
}

/// Entries of these quantities against an ordered one.
fn exact_sum(ordered: &str, unit: &str, quantities: &[&str]) -> bool {
    let entries: String =
        quantities.iter().map(|quantity| format!("{quantity},{unit}\n")).collect();
    is_exactly(|| sold_in(ordered, unit, &entries))
}

#[test]
fn rule_5_6_a_binary_floats_print_is_the_whole_seconds_that_its_author_typed() {
    assert!(exact_sum("1", "Hours", &["0.3333333333333333"; 3]));
    assert_eq!(delivered("Hours", &"0.3333333333333333,Hours\n".repeat(3)), "1.00");
    assert!(exact_sum("0.3", "Hours", &["0.30000000000000004"]));
    assert!(exact_sum("7.5", "Hours", &["7.499999999999999"]));
    // In hours, whatever the unit: 1/24 of a day is 20 minutes, 19.999… are 20.
    assert!(exact_sum("1", "Days", &["0.04166666666666667"; 24]));
    assert!(exact_sum("20", "Minutes", &["19.99999999999999"]));
}

#[test]
fn rule_5_6_only_prints_of_floats_are_counted_as_such() {
    let counted = |quantity: &str| {
        let world = sold_in("1", "Hours", &format!("{quantity},Hours\n"));
        let run = world.reconcile(&[]).expect_code(0);
        let text = run.text("run.json");
        let (_, after) = text.split_once("\"binary_floats\":").expect("the count");
        after.trim_start().starts_with('1')
    };
    assert!(counted("0.3333333333333333"));
    assert!(!counted("1:30"));
    assert!(!counted("1.5"));
}

#[test]
fn rule_5_6_fewer_than_fifteen_digits_stand_as_they_are_written() {
    assert!(!exact_sum("1", "Hours", &["0.33333333333333"; 3]));
    assert!(exact_sum("0.99999999999999", "Hours", &["0.33333333333333"; 3]));
    assert!(exact_sum("1", "Hours", &["0.333333333333333"; 3]), "15 digits are a float's");
}

#[test]
fn rule_5_6_what_is_no_whole_second_is_the_nearest_decimal_of_twelve_digits() {
    assert!(exact_sum("1.23456789012", "Hours", &["1.234567890123457"]));
    assert!(exact_sum("1.23456789013", "Hours", &["1.234567890126457"]));
}

#[test]
fn rule_5_6_ordered_quantities_of_time_are_read_so_as_well() {
    assert!(is_exactly(|| sold_in("0.3333333333333333", "Hours", "20,Minutes")));
}

#[test]
fn rule_5_6_quantities_of_no_time_are_as_written() {
    let exact = |ordered: &str| {
        is_exactly(|| {
            sold_in(ordered, "Units", &"0.333333333333333,Units\n".repeat(3))
                .csv("products.csv", "name,type\nSupport,service")
        })
    };
    assert!(exact("0.999999999999999"));
    assert!(!exact("1"));
}

#[test]
fn rule_5_6_a_number_in_a_cell_is_first_taken_to_fifteen_digits() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_row(0, 0, ["date", "line", "quantity"]).expect("a header");
    for row in 1..=3 {
        sheet.write_row(row, 0, ["2026-03-02", "L1"]).expect("a day and a line");
        sheet.write(row, 2, 1.0 / 3.0).expect("a third");
    }
    let thirds = workbook.save_to_buffer().expect("a workbook");
    assert!(is_exactly(|| sold_in("1", "Hours", "").file("thirds.xlsx", &thirds)));
}

#[test]
fn rule_5_6_other_numbers_in_a_cell_keep_their_fifteen_digits() {
    // 1 - 0.9 is 0.09999999999999998 in a float, to 15 digits a tenth: 0.05 hours at
    // that price are half a cent, rounded up.
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    let header =
        ["id", "order", "state", "product", "unit", "tracking", "policy", "ordered", "price"];
    sheet.write_row(0, 0, header).expect("a header");
    let line = ["L1", "SO1", "sale", "Support", "Hours", "task", "ordered"];
    sheet.write_row(1, 0, line).expect("a line");
    sheet.write(1, 7, 50).expect("a quantity");
    sheet.write(1, 8, 1.0 - 0.9).expect("a price");
    let lines = workbook.save_to_buffer().expect("a workbook");
    let entry = "date,line,quantity\n2026-03-02,L1,0.05";
    let run = reconcile(&World::new().file("lines.xlsx", lines).csv("timesheets.csv", entry));
    assert_eq!(run.line("L1", "ordered,delivered,consumed_value"), "50.00,0.05,0.01");
    let written = sold_in("50", "Hours", "0.05,Hours").csv(
        "lines.csv",
        "
        id,order,state,product,ordered,unit,price,tracking,policy
        L1,SO1,sale,Support,50,Hours,0.09999999999999998,task,ordered
        ",
    );
    assert_eq!(reconcile(&written).line("L1", "consumed_value"), "0.00", "as written, in text");
}

#[test]
fn rule_5_6_run_json_counts_the_readings() {
    let run: Outcome = reconcile(&sold_in(
        "50",
        "Hours",
        "0.3333333333333333,Hours\n0.30000000000000004,Hours\n0.25,Hours\n0.3333333333333333,Units",
    ));
    assert_eq!(run.reading("binary_floats"), 2);
}

#[test]
fn rule_5_3_a_pack_has_its_hours_by_the_piece_and_a_dozen_twelve_times_as_many() {
    let run = |unit: &str| {
        let world = World::new()
            .csv(
                "lines.csv",
                "
                id,order,state,product,ordered,unit,contract,tracking,policy
                L1,SO1,sale,Pack,1,Dozen,C1,contract,ordered
                L2,SO2,sale,Pack,12,Units,C2,contract,ordered
                L3,SO3,sale,Pack,1,Dozen,C3,contract,ordered
                L4,SO4,sale,Pack,12,Units,C3,contract,ordered
                ",
            )
            .csv("products.csv", &format!("name,unit,hours_per_unit\nPack,{unit}"))
            .csv(
                "timesheets.csv",
                "
                id,date,contract,quantity,unit
                1,2026-03-02,C1,30,Hours
                2,2026-03-02,C2,30,Hours
                3,2026-03-02,C3,130,Hours
                ",
            )
            .csv(
                "units.csv",
                "
                name,category,ratio
                Units,Unit,1
                Dozen,Unit,12
                ",
            );
        reconcile(&world).lines("line,delivered,status")
    };
    let expected = ["L1,0.25,ok", "L2,3.00,ok", "L3,1.00,ok", "L4,0.96,ok"];
    for unit in ["Units,10", "Dozen,120", ",10"] {
        assert_eq!(run(unit), expected, "{unit}");
    }
    // The unit of the row that has the hours, whichever file is first.
    for (first, second) in [(",", "Dozen,120"), ("Units,", "Dozen,120"), ("Dozen,120", "Units,")] {
        assert_eq!(run(&format!("{first}\nPack,{second}")), expected, "{first} {second}");
    }
}

#[test]
fn rule_5_3_a_pack_in_a_unit_that_nobody_knows_is_told_once() {
    let world = World::new()
        .csv(
            "lines.csv",
            "
            id,order,state,product,ordered,unit,tracking,policy
            L1,SO1,sale,Pack,1,Units,contract,ordered
            L2,SO1,sale,Pack,2,Units,contract,ordered
            ",
        )
        .csv("products.csv", "name,unit,hours_per_unit\nPack,Dutzend,10");
    let found = reconcile(&world).exceptions("file,row,column,kind,found");
    assert_eq!(found, ["./products.csv,2,unit,unknown_unit,Dutzend"]);
}

#[test]
fn rule_5_6_readings_of_order_lines_are_counted() {
    let run = reconcile(&World::new().csv(
        "lines.csv",
        "
        id,order,state,product,ordered,unit,delivered,tracking,policy
        L1,SO1,sale,Support,0.3333333333333333,Hours,2.3000000000000003,manual,ordered
        L2,SO1,sale,Audit,2,Hours,1.5,manual,ordered
        ",
    ));
    assert_eq!(run.line("L1", "ordered,delivered"), "0.333333333333,2.30");
    assert_eq!(run.reading("binary_floats"), 2);
}
