//! Rule 6.11 and the tables of the biweekly review.

use crate::outcome::{reconcile, reconcile_with};
use crate::support::World;

/// Prepaid lines `id,order,order_date,customer,ordered`, at 100 EUR an hour and
/// tracked by their own tasks, and entries `date,line,employee,quantity`.
fn prepaid(lines: &str, entries: &str) -> World {
    let rows = |text: &str| {
        let rows = text.lines().map(str::trim).filter(|row| !row.is_empty());
        rows.map(str::to_owned).collect::<Vec<_>>()
    };
    let lines: String = rows(lines)
        .iter()
        .map(|line| {
            let (own, state) = line.split_once('/').unwrap_or((line, "sale"));
            format!("{own},Support,Hours,task,ordered,100,EUR,{state}\n")
        })
        .collect();
    let entries = rows(entries).join("\n");
    World::new()
        .csv(
            "lines.csv",
            &format!(
                "id,order,order_date,customer,ordered,product,unit,tracking,policy,price,currency,state\n{lines}"
            ),
        )
        .csv("timesheets.csv", &format!("date,line,employee,quantity\n{entries}"))
}

#[test]
fn rule_6_11_the_mean_of_eight_weeks_says_when_the_rest_runs_out() {
    // The eight weeks are 2026-02-04 to 2026-03-31: 32 hours, 4 a week, and 6
    // left. 10.5 days: in the course of the eleventh.
    let run = reconcile(&prepaid(
        "L1,SO1,2026-01-01,Agrolait,50",
        "2026-02-03,L1,Anna,12\n2026-02-04,L1,Anna,16\n2026-03-31,L1,Ben,16",
    ));
    let columns = "order,lines,customer,ordered,unit,delivered,remaining,used,remaining_value,used_per_week,runs_out_on,days_left,status";
    assert_eq!(
        run.review("near", columns),
        ["SO1,L1,Agrolait,50.00,Hours,44.00,6.00,0.8800,600.00,4.00,2026-04-11,11,near"]
    );
}

#[test]
fn rule_6_11_without_use_there_is_no_day() {
    let run = reconcile(&prepaid("L1,SO1,2025-06-01,Agrolait,50", "2026-01-31,L1,Anna,45"));
    assert_eq!(run.review("near", "order,used_per_week,runs_out_on,days_left"), ["SO1,0.00,,"]);
    // Corrections in these weeks are no use either.
    let world =
        prepaid("L1,SO1,2025-06-01,Agrolait,50", "2026-01-31,L1,Anna,47\n2026-03-01,L1,Anna,-2");
    assert_eq!(reconcile(&world).review("near", "used_per_week,runs_out_on"), ["-0.25,"]);
}

#[test]
fn rule_6_11_what_runs_out_within_the_horizon_is_listed_before_it_is_near() {
    // 36 of 50 hours in eight weeks: 4.5 a week, 14 left, 21.8 days.
    let world = || prepaid("L1,SO1,2026-02-01,Agrolait,50", "2026-03-01,L1,Anna,36");
    let near = "order,runs_out_on,status";
    assert_eq!(reconcile(&world()).review("near", near), ["SO1,2026-04-22,ok"]);
    let short = world().csv("drawdown.toml", "[forecast]\nhorizon = 21");
    assert!(reconcile(&short).review("near", near).is_empty());
    // Over two weeks nothing of it was used.
    let weeks = world().csv("drawdown.toml", "[forecast]\nweeks = 2");
    assert!(reconcile(&weeks).review("near", near).is_empty());
}

#[test]
fn rule_6_11_corrections_of_earlier_days_hide_no_use_of_these_weeks() {
    // 28 of 50 hours in all, but 48 in the eight weeks: 22 left, 25.7 days.
    let run = reconcile(&prepaid(
        "L1,SO1,2025-06-01,Agrolait,50",
        "2025-07-01,L1,Anna,10\n2025-08-01,L1,Anna,-30\n2026-03-01,L1,Anna,48",
    ));
    let near = "order,delivered,used_per_week,runs_out_on,status";
    assert_eq!(run.review("near", near), ["SO1,28.00,6.00,2026-04-26,ok"]);
}

#[test]
fn rule_6_11_a_contract_younger_than_the_weeks_has_a_rate_of_its_own_beside_theirs() {
    let near = "order,used_per_week,runs_out_on,begun_on,used_per_week_since,runs_out_since,status";
    // 10 of 50 hours in eight weeks would last for months; they were used in
    // ten days: 7 a week, and 40 left last 40 days. 12 of them leave 38, which
    // last 32 days, 20 leave 30 and 15 days.
    let since = |hours: &str| {
        let entries = format!("2026-03-25,L1,Anna,{hours}");
        reconcile(&prepaid("L1,SO1,2026-03-22,Agrolait,50", &entries)).review("near", near)
    };
    assert!(since("10").is_empty());
    assert_eq!(since("20"), ["SO1,2.50,2026-06-23,2026-03-22,14.00,2026-04-15,ok"]);
    // The rate of a contract of two days is that of a week.
    let run = reconcile(&prepaid("L1,SO1,2026-03-30,Agrolait,50", "2026-03-31,L1,Anna,14"));
    assert_eq!(run.review("near", near), ["SO1,1.75,2026-08-22,2026-03-30,14.00,2026-04-18,ok"]);
    // Who began to work before the order has worked that long, and an order
    // without a date is as old as its first entry; or than nobody knows what
    // stands before it.
    let run = reconcile(&prepaid(
        "L1,SO1,2026-03-22,Agrolait,50\nL2,SO2,,Azure,50",
        "2026-03-12,L1,Anna,30\n2026-03-18,L2,Anna,30",
    ));
    assert_eq!(
        run.review("near", near),
        [
            "SO2,3.75,2026-05-08,2026-03-18,15.00,2026-04-10,ok",
            "SO1,3.75,2026-05-08,2026-03-12,10.50,2026-04-14,ok",
        ]
    );
    let run = reconcile(
        &prepaid("L2,SO2,,Azure,50", "2026-03-18,L2,Anna,30")
            .csv("adjustments.csv", "date,line,quantity,kind\n2026-03-01,L2,11,opening"),
    );
    assert_eq!(run.review("near", near), ["SO2,3.75,2026-04-17,,,,near"]);
}

#[test]
fn rule_6_11_a_quota_that_is_used_up_and_near_has_a_rate_and_no_end() {
    let world = prepaid("L1,SO1,2025-01-01,Agrolait,50", "2026-03-10,L1,Anna,50")
        .file("drawdown.toml", "[upsell]\nrule = \"exceeded\"\n");
    let run = reconcile(&world);
    assert_eq!(
        run.review("near", "order,remaining,used_per_week,runs_out_on,status"),
        ["SO1,0.00,6.25,,near"]
    );
}

#[test]
fn rule_6_4_what_is_kept_by_hand_is_near_without_a_rate() {
    let run = reconcile(&World::new().csv(
        "lines.csv",
        "
        id,order,customer,product,tracking,policy,state,ordered,unit,delivered
        L1,SO1,Agrolait,Support,manual,ordered,sale,20,Hours,17
        L2,SO2,Agrolait,Support,manual,ordered,sale,20,Hours,15
        ",
    ));
    assert_eq!(
        run.review("near", "order,delivered,used_per_week,runs_out_on,used_per_week_since,status"),
        ["SO1,17.00,,,,near"]
    );
}

#[test]
fn rule_6_11_the_soonest_comes_first_and_adjustments_are_no_use() {
    let world = prepaid(
        "L1,SO1,2026-01-01,Agrolait,50\nL2,SO2,2026-01-01,Azure,10",
        "2026-03-01,L1,Anna,30\n2026-03-01,L2,Anna,9",
    );
    let run = reconcile(
        &world.csv("adjustments.csv", "date,line,quantity,kind\n2026-03-02,L1,12,opening"),
    );
    assert_eq!(
        run.review("near", "order,delivered,adjusted,remaining,used_per_week,runs_out_on"),
        ["SO2,9.00,,1.00,1.13,2026-04-07", "SO1,30.00,12.00,8.00,3.75,2026-04-15"]
    );
}

#[test]
fn rule_6_11_a_contract_that_nobody_uses_is_idle() {
    let run = reconcile(&prepaid(
        "
        L1,SO1,2025-06-01,Agrolait,50
        L2,SO2,2025-12-01,Azure,20
        L3,SO3,2026-02-20,Deco,20
        L4,SO4,2025-06-01,Gemini,20
        L5,SO5,2025-06-01,Ready,20/done
        L6,SO6,,Lumber,20
        ",
        "2026-02-03,L1,Anna,10\n2026-03-01,L4,Anna,10",
    ));
    // SO3 was sold too lately, SO4 is worked on, SO5 is done, of SO6 nothing
    // says since when.
    assert_eq!(
        run.review("idle", "order,last_date,weeks_idle,remaining,remaining_value,currency"),
        ["SO2,,17,20.00,2000.00,EUR", "SO1,2026-02-03,8,40.00,4000.00,EUR"]
    );
}

#[test]
fn rule_6_11_a_contract_past_its_threshold_is_idle_while_something_is_left() {
    let run = reconcile(
        &prepaid("L1,SO1,2025-06-01,Agrolait,50", "2025-11-03,L1,Anna,30")
            .file("drawdown.toml", "[products.Support]\nupsell_threshold = 0.5\n"),
    );
    assert_eq!(run.line("L1", "status"), "upsell");
    assert_eq!(run.review("idle", "order,remaining"), ["SO1,20.00"]);
}

#[test]
fn rule_6_5_customers_add_up_over_their_lines() {
    let world = prepaid(
        "
        L1,SO1,2026-01-01,Agrolait,50
        L2,SO2,2026-02-01,Agrolait,10
        L3,SO3,2026-02-01,Agrolait,10/cancel
        L4,SO4,2026-02-01,,5
        ",
        "2026-03-02,L1,Anna,57.5\n2026-03-02,L2,Anna,4\n2026-03-02,L4,Anna,5",
    );
    let run = reconcile(
        &world
            .csv(
                "more.csv",
                "
        id,order,customer,ordered,product,unit,tracking,policy,price,currency,state,invoiced
        T1,SO5,Agrolait,1,Consulting,Days,task,delivered,800,EUR,sale,0.5
        T2,SO6,Agrolait,1,Consulting,Days,task,delivered,900,USD,sale,0
        ",
            )
            .csv("t2.csv", "date,line,quantity\n2026-03-03,T1,12\n2026-03-03,T2,8")
            .csv("adjustments.csv", "date,line,quantity,kind\n2026-03-02,L2,1,opening"),
    );
    assert_eq!(
        run.review(
            "customers",
            "customer,category,unit,currency,lines,sold,delivered,adjusted,remaining,overrun,by_delivery,to_invoice,remaining_value,overrun_value,to_invoice_value"
        ),
        [
            ",Working Time,Hours,EUR,1,5.00,5.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00",
            "Agrolait,Working Time,Hours,EUR,3,60.00,61.50,1.00,5.00,7.50,12.00,8.00,500.00,750.00,800.00",
            "Agrolait,Working Time,Hours,USD,1,0.00,0.00,0.00,0.00,0.00,8.00,8.00,0.00,0.00,900.00",
        ]
    );
}

#[test]
fn rule_6_3_what_a_customer_has_left_is_on_other_orders() {
    let run = reconcile(&prepaid(
        "
        L1,SO1,2026-01-01,Agrolait,50
        L2,SO1,2026-01-01,Agrolait,20
        L3,SO2,2026-03-01,agrolait,50
        L4,SO3,2026-03-01,Azure,50
        L5,SO4,2025-03-01,Agrolait,50/done
        ",
        "2026-03-02,L1,Anna,57.5",
    ));
    assert_eq!(run.upsells("order,customer_remaining,covered_by"), ["SO1,50,SO2"]);
}

#[test]
fn rule_6_3_hours_after_a_renewal_are_late_on_the_old_order() {
    let run = reconcile(&prepaid(
        "
        L1,SO1,2026-01-01,Agrolait,50
        L2,SO2,2026-03-01,Agrolait,50
        L3,SO3,2026-03-20,Agrolait,50
        L4,SO4,2026-02-01,Azure,50
        ",
        "
        2026-02-28,L1,Anna,10
        2026-03-01,L1,Anna,2
        2026-03-25,L1,Ben,1.5
        2026-03-05,L2,Anna,3
        2026-03-05,L4,Anna,3
        ",
    ));
    assert_eq!(
        run.review(
            "late",
            "file,row,date,employee,order,quantity,reason,renewed_by,renewed_on,remaining"
        ),
        [
            "./timesheets.csv,3,2026-03-01,Anna,SO1,2.00,after_renewal,SO2,2026-03-01,36.50",
            "./timesheets.csv,4,2026-03-25,Ben,SO1,1.50,after_renewal,SO2,2026-03-01,36.50",
        ]
    );
}

#[test]
fn rule_6_11_work_in_a_unit_that_a_line_cannot_take_is_work_all_the_same() {
    let of = |day: &str| {
        let hours = prepaid("L1,SO1,2025-06-01,Agrolait,50", "2025-07-01,L1,Anna,1");
        let pieces = format!("date,line,employee,quantity,unit\n{day},L1,Anna,10,Units");
        let run = reconcile(&hours.csv("pieces.csv", &pieces));
        assert_eq!(run.exceptions("kind"), ["category_mismatch"]);
        run.review("idle", "order,last_date,weeks_idle")
    };
    assert_eq!(of("2026-03-02"), [""; 0]);
    assert_eq!(of("2026-01-05"), ["SO1,2026-01-05,12"]);
}

#[test]
fn rule_6_11_what_an_idle_pool_has_invoiced_is_of_all_its_lines() {
    let pool = |invoiced: &str| {
        let run = reconcile(&World::new().csv(
            "lines.csv",
            &format!(
                "
                id,order,order_date,customer,contract,product,tracking,policy,state,ordered,unit,invoiced
                L1,SO1,2025-06-01,Agrolait,C1,Support,contract,ordered,sale,50,Hours,20
                L2,SO2,2025-06-02,Agrolait,C1,Support,contract,ordered,sale,2,Days,{invoiced}
                "
            ),
        ));
        run.review("idle", "order,lines,ordered,unit,invoiced")
    };
    // Two days are 16 hours.
    assert_eq!(pool("1.5"), ["SO1,L1 L2,66.00,Hours,32.00"]);
    assert_eq!(pool(""), ["SO1,L1 L2,66.00,Hours,"]);
}

#[test]
fn rule_6_2_what_a_customer_was_sold_is_all_in_delivered_csv_and_exceptions_are_told_apart() {
    let run = reconcile(&World::new().csv(
        "lines.csv",
        "
        id,order,customer,product,tracking,policy,state,ordered,unit,delivered,price,currency
        L1,SO1,Agrolait,Support,manual,ordered,sale,20,Hours,17,100,EUR
        L2,SO1,Agrolait,Review,manual,,sale,2,Days,1,800,EUR
        L3,SO1,Agrolait,Audit,manual,ordered,sale,3,Fortnights,1,800,EUR
        L4,SO2,Azure,Review,manual,,sale,4,Hours,1,100,EUR
        ",
    ));
    assert_eq!(
        run.lines("line,ordered,status"),
        ["L1,20.00,near", "L2,2.00,exception", "L3,3.00,exception", "L4,4.00,exception"]
    );
    assert_eq!(
        run.review("customers", "customer,category,unit,lines,sold,exceptions,exceptions_ordered"),
        [
            "Agrolait,,,0,,1,",
            "Agrolait,Working Time,Hours,1,20.00,1,16.00",
            "Azure,Working Time,Hours,0,0.00,1,4.00",
        ]
    );
}

#[test]
fn rule_6_3_recent_hours_on_a_locked_order_are_late() {
    let world = || {
        prepaid(
            "L1,SO1,2025-01-01,Agrolait,50/done\nL2,SO2,2026-01-01,Azure,50",
            "2026-02-03,L1,Anna,10\n2026-02-04,L1,Anna,2\n2026-03-04,L2,Anna,2",
        )
    };
    let late = "row,order,reason,renewed_by";
    assert_eq!(reconcile(&world()).review("late", late), ["3,SO1,on_locked,"]);
    let run = reconcile_with(&world(), &["--from", "2026-02-01"]);
    assert_eq!(run.review("late", late), ["2,SO1,on_locked,", "3,SO1,on_locked,"]);
    let run = reconcile_with(&world(), &["--locked", "ignore"]);
    assert!(run.review("late", late).is_empty());
}

#[test]
fn rule_6_3_hours_on_a_locked_order_are_late_within_the_period_under_review() {
    let world = prepaid(
        "L1,SO1,2025-01-01,Agrolait,50/done\nL2,SO2,2026-01-01,Azure,50",
        "2026-02-10,L1,Anna,1\n2026-03-10,L1,Anna,2\n2026-03-25,L1,Anna,3\n2026-03-04,L2,Anna,2",
    );
    let run = reconcile_with(&world, &["--from", "2026-03-01", "--to", "2026-03-15"]);
    assert_eq!(run.review("late", "date,reason"), ["2026-03-10,on_locked"]);
}

#[test]
fn rule_6_3_a_credit_renews_nothing() {
    let late = |ordered: &str| {
        let lines = format!("L1,SO1,2026-01-01,Agrolait,50\nL2,SO2,2026-02-01,Agrolait,{ordered}");
        reconcile(&prepaid(&lines, "2026-03-01,L1,Anna,2")).review("late", "order,renewed_by")
    };
    assert_eq!(late("10"), ["SO1,SO2"]);
    assert!(late("-2").is_empty() && late("0").is_empty());
}

#[test]
fn rule_1_one_customer_and_employee_has_given_away_however_they_are_written() {
    let run = reconcile(&prepaid(
        "L1,SO1,2026-01-01,Agrolait,5\nL2,SO2,2026-01-01,AGROLAIT,5",
        "2026-03-01,L1,Anna,6\n2026-03-02,L2,anna,7",
    ));
    assert_eq!(run.review("given_away", "customer,employee,hours"), ["AGROLAIT,Anna,3"]);
}

#[test]
fn rule_6_5_work_past_the_quota_is_given_away_by_month_and_employee() {
    let world = prepaid(
        "L1,SO1,2026-01-01,Agrolait,50\nL2,SO2,2026-01-01,Agrolait,5",
        "
        2026-01-10,L1,Anna,48
        2026-01-20,L1,Ben,3
        2026-02-10,L1,Anna,4.25
        2026-02-11,L2,Anna,6
        2026-03-10,L1,Ben,-2
        ",
    );
    let columns = "month,customer,employee,source,hours,value,currency,orders";
    // Ben's three hours cross the quota with one; what he takes back in March
    // is two less given away.
    let run = reconcile(&world);
    assert_eq!(
        run.review("given_away", columns),
        [
            "2026-01,Agrolait,Ben,entries,1,100.00,EUR,SO1",
            "2026-02,Agrolait,Anna,entries,5.25,525.00,EUR,SO1 SO2",
            "2026-03,Agrolait,Ben,entries,-2,-200.00,EUR,SO1",
        ]
    );
    // As much as the overrun of both.
    assert_eq!(run.upsells("order,overrun_value"), ["SO1,325.00", "SO2,100.00"]);
}

#[test]
fn rule_6_10_an_adjustment_takes_its_part_of_what_is_given_away() {
    let world = prepaid("L1,SO1,2026-01-01,Agrolait,50", "2026-03-10,L1,Anna,45");
    let run = reconcile(&world.csv(
        "adjustments.csv",
        "date,line,quantity,kind\n2026-01-01,L1,10,opening\n2026-03-20,L1,-2,goodwill",
    ));
    assert_eq!(
        run.review("given_away", "month,employee,source,hours,value"),
        ["2026-03,,adjustments,-2,-200.00", "2026-03,Anna,entries,5,500.00"]
    );
    assert_eq!(run.upsells("overrun_value"), ["300.00"]);
    // Without any entry, too.
    let world = prepaid("L1,SO1,2026-01-01,Agrolait,50", "2026-03-10,L9,Anna,45");
    let run = reconcile(
        &world.csv("adjustments.csv", "date,line,quantity,kind\n2026-03-01,L1,52,opening"),
    );
    let given_away = run.review("given_away", "month,employee,source,hours,value");
    assert_eq!(given_away, ["2026-03,,adjustments,2,200.00"]);
}

#[test]
fn rule_5_3_packs_are_given_away_and_used_up_by_the_hours_in_one_of_their_own_line() {
    // A contract of which L1 is the first line, and packs of ten hours on L2.
    let review = |first: &str, packs: &str, table: &str, columns: &str| {
        let lines = "id,order,contract,product,tracking,policy,state,ordered,unit";
        let world = World::new()
            .csv(
                "lines.csv",
                &format!(
                    "{lines}
                    L1,SO1,C1,{first}
                    L2,SO2,C1,Ten,contract,ordered,sale,0,Units"
                ),
            )
            .csv("products.csv", "name,pool,hours_per_unit\nHour,S,\nFifty,S,50\nTen,S,10")
            .csv(
                "timesheets.csv",
                &format!("date,line,employee,quantity,unit\n2026-03-02,L2,Anna,{packs},Units"),
            );
        reconcile(&world).review(table, columns)
    };
    let hours = "Hour,contract,ordered,sale,50,Hours";
    let fifty = "Fifty,contract,ordered,sale,1,Units";
    for first in [hours, fifty] {
        // Six of ten hours are ten more than 50.
        let given_away = review(first, "6", "given_away", "month,employee,hours");
        assert_eq!(given_away, ["2026-03,Anna,10"], "{first}");
    }
    // 44 of 50 hours in eight weeks.
    let near = |first| review(first, "4.4", "near", "unit,delivered,remaining,used_per_week");
    assert_eq!(near(hours), ["Hours,44.00,6.00,5.50"]);
    assert_eq!(near(fifty), ["Units,0.88,0.12,0.11"]);
}

#[test]
fn rule_3_5_excess_that_is_invoiced_by_delivery_is_not_given_away() {
    let run = reconcile(
        &World::new()
            .csv(
                "lines.csv",
                "
                id,order,customer,contract,product,tracking,policy,state,ordered,unit,price,currency
                L1,SO1,Agrolait,C1,Support,contract,ordered,sale,50,Hours,100,EUR
                L2,SO1,Agrolait,C1,Overage,contract,delivered,sale,0,Hours,120,EUR
                ",
            )
            .csv("products.csv", "name,pool,policy\nSupport,Support,\nOverage,Support,")
            .csv("timesheets.csv", "date,contract,employee,quantity\n2026-03-02,C1,Anna,60"),
    );
    assert_eq!(run.lines("line,delivered,to_invoice_value"), ["L1,50.00,", "L2,10.00,"]);
    assert!(run.review("given_away", "month").is_empty());
}

#[test]
fn rule_4_4_work_without_a_contract_is_worth_the_customers_latest_price() {
    let world = prepaid(
        "L1,SO1,2026-01-01,Agrolait,50\nL2,SO2,2026-02-01,Azure Interior,5/draft",
        "2026-03-01,L1,Anna,1\n2026-03-01,L2,Anna,2",
    )
    .csv(
        "lines2.csv",
        "
        id,order,order_date,customer,ordered,product,unit,tracking,policy,price,currency,state
        D1,SO7,2026-02-01,Agrolait,5,Audit,Days,task,ordered,960,EUR,sale
        D2,SO8,2025-02-01,Agrolait,5,Audit,Days,task,ordered,720,EUR,sale
        ",
    )
    .csv(
        "projects.csv",
        "
        date,project,contract,employee,quantity,unit
        2026-03-02,Website,SO099 - Agrolait,Anna,2,Hours
        2026-03-09,website,SO099 - Agrolait,Ben,1,Days
        2026-03-04,Internal,,Anna,4,Hours
        ",
    );
    let run = reconcile(&world);
    // 960 a day are 120 an hour. A draft is no price.
    assert_eq!(
        run.review(
            "without_contract",
            "customer,project,contract,reason,entries,quantity,unit,first_date,last_date,price,worth,currency,priced_by,priced_by_line"
        ),
        [
            "Agrolait,Website,SO099 - Agrolait,unknown_contract,2,10.00,Hours,2026-03-02,2026-03-09,120.00,1200.00,EUR,SO7,D1",
            "Azure Interior,,,order_not_confirmed,1,2.00,Hours,2026-03-01,2026-03-01,,,,,",
            ",Internal,,not_mapped,1,4.00,Hours,2026-03-04,2026-03-04,,,,,",
        ]
    );
    assert_eq!((run.hours("unmatched"), run.hours("refused")), ("14", "2"));
}

/// Lines `id,order,policy,ordered,invoiced`, at 100 EUR an hour, their hours and
/// the invoice status of their orders.
fn invoiced(lines: &str, hours: &str, orders: &str) -> World {
    let lines: String = lines
        .split_whitespace()
        .map(|line| format!("{line},Support,Hours,task,100,EUR,sale\n"))
        .collect();
    World::new()
        .csv(
            "lines.csv",
            &format!("id,order,policy,ordered,invoiced,product,unit,tracking,price,currency,state\n{lines}"),
        )
        .csv("timesheets.csv", &format!("date,line,quantity\n{hours}"))
        .csv("orders.csv", &format!("order,state,customer,invoice_status\n{orders}"))
}

#[test]
fn rule_6_6_what_is_worked_and_not_invoiced_is_told_with_its_value() {
    let run = reconcile(&invoiced(
        "L1,SO1,ordered,50,0 L2,SO2,ordered,50,50 L3,SO3,delivered,10,4 L4,SO4,delivered,10,8 \
         L5,SO5,ordered,50,20 L6,SO6,ordered,50,60 L7,SO7,ordered,50,",
        "2026-03-02,L1,57.5\n2026-03-02,L2,57.5\n2026-03-02,L3,6.5\n2026-03-02,L4,6\n\
         2026-03-02,L5,20\n2026-03-02,L7,5",
        "SO1,sale,Agrolait,",
    ));
    assert_eq!(
        run.review(
            "invoicing",
            "order,line,customer,finding,quantity,value,ordered,delivered,invoiced"
        ),
        [
            "SO1,L1,Agrolait,worked_before_invoiced,50.00,5000.00,50.00,57.50,0.00",
            "SO3,L3,,not_invoiced,2.50,250.00,10.00,6.50,4.00",
            "SO4,L4,,invoiced_too_much,2.00,200.00,10.00,6.00,8.00",
            "SO6,L6,,invoiced_too_much,10.00,1000.00,50.00,0.00,60.00",
        ]
    );
}

#[test]
fn rule_6_6_an_order_whose_invoice_status_is_another_in_the_erp_is_told() {
    let run = reconcile(&invoiced(
        "L1,SO1,ordered,50,50 L2,SO2,ordered,50,50 L3,SO3,ordered,50,50",
        "2026-03-02,L1,57.5\n2026-03-02,L2,57.5\n2026-03-02,L3,7",
        "SO1,sale,Agrolait,Fully Invoiced\nSO2,sale,Agrolait,Upselling-Verkaufschance\nSO3,sale,Agrolait,perhaps",
    ));
    assert_eq!(
        run.review("invoicing", "order,line,finding,quantity,exported_status,invoice_status"),
        ["SO1,,status_differs,,invoiced,upselling"]
    );
    assert!(run.exceptions("kind").is_empty());
}

#[test]
fn rule_3_3_an_update_carries_the_proposed_quantities_back() {
    let manual = |ids: &str| {
        let lines: String = ids
            .split_whitespace()
            .zip(["3", "5", "7"])
            .map(|(ids, delivered)| {
                format!("{ids},SO1,Support,10,Hours,{delivered},manual,ordered,sale\n")
            })
            .collect();
        World::new()
            .csv(
                "lines.csv",
                &format!(
                    "id,.id,order_id,product_id,product_uom_qty,product_uom,qty_delivered,tracking,policy,state\n{lines}"
                ),
            )
            .csv(
                "timesheets.csv",
                "date,so_line/id,so_line/.id,unit_amount\n2026-03-02,a.one,1,4\n2026-03-02,a.two,2,5",
            )
    };
    // The second agrees, the third has no entries.
    let run = reconcile(&manual("a.one,1 a.two,2 a.three,3"));
    assert_eq!(
        run.lines("line,delivered,proposed"),
        ["a.one,3.00,4.00", "a.three,7.00,", "a.two,5.00,5.00"]
    );
    assert_eq!(run.review("delivered_update", "id,qty_delivered"), ["a.one,4.00"]);
    let run = reconcile(&manual(",1 ,2 ,3"));
    assert_eq!(run.review("delivered_update", ".id,qty_delivered"), ["1,4.00"]);
}

#[test]
fn rule_6_11_a_rate_in_half_days_is_not_nothing() {
    let world = prepaid("L1,SO1,2025-01-01,Agrolait,8", "2026-03-10,L1,Anna,7")
        .csv("units.csv", "name,category,ratio,rounding\nHours,Working Time,1,0.5");
    let run = reconcile(&world);
    assert_eq!(run.review("near", "delivered,used_per_week"), ["7.0,0.88"]);
}
