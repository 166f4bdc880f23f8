//! What `drawdown.toml` may say, and what is answered where it may not.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use toml::Spanned;
use toml::de::DeValue;

use super::choices::{
    COUNT, DEFAULTS, FILE, FORECAST, ODOO, PERIOD, POLICY, PRODUCT, READING, TOP, TRACKING, UNIT,
    UPSELL,
};
use super::*;
use crate::ingest;
use crate::ingest::Field;
use crate::model::{ProductKind, Selling, default_rounding};

fn read(text: &str) -> Configuration {
    Configuration::parse("drawdown.toml", text).unwrap_or_else(|error| panic!("{error}"))
}

fn problem(text: &str) -> String {
    let error = Configuration::parse("drawdown.toml", text).unwrap_err();
    assert!(matches!(error, Error::BadConfiguration { .. }), "{error:?}");
    let problem = error.to_string();
    problem.strip_prefix("drawdown.toml:").unwrap_or_else(|| panic!("{problem}")).to_owned()
}

fn day(text: &str) -> NaiveDate {
    ingest::day(text).unwrap()
}

fn until() -> Overrides {
    Overrides::until(day("2026-03-31"))
}

fn rules(text: &str) -> Rules {
    read(text).rules(&until()).unwrap()
}

fn ratio(number: &str) -> Exact {
    let text = format!("[units.X]\ncategory = \"Working Time\"\nratio = {number}\n");
    read(&text).units()[0].ratio.value().clone()
}

fn same(a: &Configuration, b: &Configuration) -> bool {
    let without_path = |c: &Configuration| Configuration { path: None, ..c.clone() };
    format!("{:?}", without_path(a)) == format!("{:?}", without_path(b))
}

#[test]
fn without_a_file_the_standard_rules_hold() {
    let none = Configuration::none().rules(&until()).unwrap();
    let standard = Rules::standard(Period::until(day("2026-03-31")));
    assert_eq!(format!("{none:?}"), format!("{standard:?}"));
    assert!(same(&read(""), &Configuration::none()));
    assert_eq!(read("").path(), Some("drawdown.toml"));
    assert_eq!(Configuration::none().path(), None);
}

#[test]
fn takes_every_choice() {
    assert_eq!(rules("allocation = \"draw-down\"").allocation, Allocation::DrawDown);
    assert_eq!(rules("allocation = \"first-line\"").allocation, Allocation::FirstLine);
    assert_eq!(rules("rounding = \"half-away\"").rounding, Rounding::HalfAway);
    assert_eq!(rules("rounding = \"up\"").rounding, Rounding::Up);
    assert_eq!(rules("rounding = \"none\"").rounding, Rounding::None);
    assert_eq!(rules("manual = \"recorded\"").manual, ManualDelivery::Recorded);
    assert_eq!(rules("manual = \"entries\"").manual, ManualDelivery::Entries);
    assert_eq!(rules("locked = \"done\"").locked, Some(LockedOrders::Done));
    assert_eq!(rules("locked = \"ignore\"").locked, Some(LockedOrders::Ignore));
    assert_eq!(rules("overlap = \"same\"").overlap, Overlap::Same);
    assert_eq!(rules("overlap = \"distinct\"").overlap, Overlap::Distinct);
    assert_eq!(rules("on_conflict = \"fault\"").on_conflict, OnConflict::Fault);
    assert_eq!(rules("on_conflict = \"newest\"").on_conflict, OnConflict::Newest);
    assert_eq!(rules("on_conflict = \"first\"").on_conflict, OnConflict::First);
    let upsell = |rule: &str| rules(&format!("[upsell]\nrule = \"{rule}\"")).upsell;
    assert_eq!(upsell("reached"), UpsellRule::Reached);
    assert_eq!(upsell("exceeded"), UpsellRule::Exceeded);
    let count = rules("[count]\napproved = \"only\"\nbillable = \"all\"");
    assert_eq!((count.approved, count.billable), (Some(Counting::Only), Some(Counting::All)));
}

#[test]
fn takes_the_defaults_of_products() {
    for (word, policy) in POLICY {
        let text = format!("[defaults]\npolicy = \"{word}\"");
        assert_eq!(rules(&text).default_policy, Some(policy));
    }
    for (word, tracking) in TRACKING {
        let text = format!("[defaults]\ntracking = \"{word}\"");
        assert_eq!(rules(&text).default_tracking, Some(tracking));
    }
}

#[test]
fn takes_dates_of_toml_and_texts() {
    let text = "[period]\nfrom = 2026-01-01\nto = \"2026-02-28\"\nignore_before = 2020-01-01";
    let period = rules(text).period;
    assert_eq!(
        period,
        Period {
            as_of: day("2026-03-31"),
            from: Some(day("2026-01-01")),
            to: Some(day("2026-02-28")),
            ignore_before: Some(day("2020-01-01")),
        }
    );
}

#[test]
fn numbers_are_what_is_written() {
    let warning = |number: &str| rules(&format!("[upsell]\nwarning = {number}")).warning;
    for number in ["0.8", "\"0.8\"", "\"4/5\"", "8e-1", "+0.80"] {
        assert_eq!(warning(number), Exact::fraction(8, 10).unwrap(), "{number}");
    }
    // No double holds this one.
    assert_eq!(warning("0.1000000000000000000000001").to_string(), "0.1000000000000000000000001");
    let threshold = |number: &str| rules(&format!("[upsell]\nthreshold = {number}")).threshold;
    assert_eq!(threshold("2"), Exact::from(2));
    assert_eq!(threshold("0.9"), Exact::decimal(9, 1));
    assert_eq!(threshold("0"), Exact::one()); // rule 6.3
    assert_eq!(ratio("\"1/60\""), Exact::fraction(1, 60).unwrap());
    assert_eq!(ratio("1_000"), Exact::from(1000));
    assert_eq!(ratio("0x28"), Exact::from(40));
    assert_eq!(ratio("7.5"), Exact::decimal(75, 1));
}

#[test]
fn rule_5_4_a_ratio_that_rounds_a_sixtieth_is_one() {
    for number in ["0.0166667", "\"0.0167\"", "0.01666666666666667"] {
        assert_eq!(ratio(number), Exact::fraction(1, 60).unwrap(), "{number}");
    }
    assert_eq!(ratio("0.017"), Exact::decimal(17, 3));
    assert_eq!(ratio("0.0166"), Exact::decimal(166, 4));
}

#[test]
fn takes_every_key_of_a_product() {
    let rules = rules(
        r#"
[products."Technical Support"]
type = "service"
policy = "ordered"
tracking = "task"
upsell_threshold = 0.9
hours_per_unit = "15/2"
pool = "Support"
upsell = "no"
[products.Cable]
type = "goods"
upsell = true
"#,
    );
    let [cable, support] = rules.products.as_slice() else { panic!("{:?}", rules.products) };
    assert_eq!(cable.product, "Cable");
    assert_eq!(
        cable.selling,
        Selling { kind: Some(ProductKind::Goods), upsell: Some(true), ..Selling::default() }
    );
    assert_eq!(support.product, "Technical Support");
    assert_eq!(
        support.selling,
        Selling {
            kind: Some(ProductKind::Service),
            policy: Some(InvoicingPolicy::Ordered),
            tracking: Some(Tracking::Task),
            threshold: Some(Decimal::new(9, 1)),
            hours_per_unit: Some(Decimal::new(75, 1)),
            pool: Some("Support".to_owned()),
            upsell: Some(false),
            ..Selling::default()
        }
    );
}

#[test]
fn takes_every_key_of_a_unit() {
    let configuration = read(
        r#"
[units."Packs of 12"]
category = "Unit"
ratio = 12
[units.Sprint]
category = "Sprints"
ratio = 1
rounding = "1/4"
reference = true
"#,
    );
    let [packs, sprint] = configuration.units() else { panic!("{configuration:?}") };
    assert_eq!((packs.name.as_str(), packs.category.as_str()), ("Packs of 12", "Unit"));
    assert_eq!(packs.ratio.value(), &Exact::from(12));
    assert_eq!((&packs.rounding, packs.reference), (&default_rounding(), false));
    assert_eq!(sprint.rounding, Exact::decimal(25, 2));
    assert!(sprint.reference && sprint.ids.is_empty());
    assert_eq!(configuration.declared_unit_place("packs of 12"), Some((2, 8)));
    assert_eq!(configuration.declared_unit_place("Sprint"), Some((5, 8)));
    assert_eq!(configuration.declared_unit_place("Hours"), None);
}

#[test]
fn takes_aliases() {
    let configuration = read("[aliases]\nhrz = \"Hours\"\n\"man days\" = \"Days\"");
    let expected = [("hrz", "Hours"), ("man days", "Days")];
    let expected = expected.map(|(alias, unit)| (alias.to_owned(), unit.to_owned()));
    assert_eq!(configuration.aliases(), expected);
}

fn columns(text: &str) -> Vec<(Role, String, Field)> {
    let columns = read(text).columns().to_vec();
    columns.into_iter().map(|alias| (alias.role.unwrap(), alias.header, alias.field)).collect()
}

#[test]
fn a_forecast_counts_whole_weeks_and_days() {
    let forecast = rules("[forecast]\nweeks = 4\nhorizon = 90").forecast;
    assert_eq!(forecast, Forecast { weeks: 4, horizon: 90, idle: 8 });
    for number in ["0", "2.5", "-1", "1001", "\"eight\""] {
        let problem = problem(&format!("[forecast]\nweeks = {number}"));
        assert!(problem.starts_with("2:9: forecast.weeks is "), "{problem}");
        assert!(problem.ends_with("expected: a whole number from 1 to 1000, like 8"), "{problem}");
    }
}

#[test]
fn a_header_holds_for_every_role_with_its_field() {
    let std = columns("[columns]\n\"Std.\" = \"quantity\"");
    let expected = [Role::Timesheets, Role::Adjustments]
        .map(|role| (role, "Std.".to_owned(), Field::Quantity));
    assert_eq!(std, expected);
    let names = columns("[columns]\nBez = \"name\"");
    let field = |role| names.iter().find(|(of, ..)| *of == role).map(|(.., field)| *field);
    assert_eq!(field(Role::Products), Some(Field::ProductName));
    assert_eq!(field(Role::Units), Some(Field::Unit));
    assert_eq!(field(Role::Timesheets), None);
}

#[test]
fn a_header_of_one_role_wins_over_one_of_all() {
    let text = "[columns]\nNr = \"id\"\n[columns.timesheets]\nNR = \"task\"";
    let columns = columns(text);
    let of = |role| {
        let fields = columns.iter().filter(move |(of, ..)| *of == role);
        fields.map(|(.., field)| *field).collect::<Vec<_>>()
    };
    assert_eq!(of(Role::Timesheets), [Field::Task]);
    assert_eq!(of(Role::Orders), [Field::OrderId]);
}

#[test]
fn an_unknown_key_is_named_with_its_place() {
    assert_eq!(
        problem("rounding = \"up\"\n  alocation = \"draw-down\""),
        "2:3: unknown key alocation; expected: lang, allocation, rounding, manual, locked, overlap, \
         on_conflict, defaults, period, upsell, forecast, odoo, count, reading, files, products, \
         units, aliases, columns or map; help: did you mean allocation?"
    );
    assert_eq!(
        problem("[upsell]\nlevel = 1"),
        "2:1: unknown key upsell.level; expected: rule, threshold, warning or wake_after"
    );
    assert_eq!(
        problem("[defaults]\npolcy = \"ordered\""),
        "2:1: unknown key defaults.polcy; expected: policy or tracking; help: did you mean policy?"
    );
    assert_eq!(
        problem("[period]\nuntil = 2026-01-01"),
        "2:1: unknown key period.until; expected: from, to or ignore_before"
    );
    assert_eq!(
        problem("[count]\nx = 1"),
        "2:1: unknown key count.x; expected: approved or billable"
    );
    assert_eq!(
        problem("[products.\"Technical Support\"]\nkind = \"goods\""),
        "2:1: unknown key products.\"Technical Support\".kind; expected: type, policy, tracking, \
         upsell_threshold, hours_per_unit, pool or upsell"
    );
    assert_eq!(
        problem("[units.Weeks]\nfactor = 40\nratio = 40\ncategory = \"Working Time\""),
        "2:1: unknown key units.Weeks.factor; expected: category, ratio, rounding or reference"
    );
}

#[test]
fn a_wrong_word_is_answered_with_the_right_ones() {
    assert_eq!(
        problem("allocation = \"drawdown\""),
        "1:14: allocation is \"drawdown\"; expected: \"draw-down\" or \"first-line\"; \
         help: did you mean \"draw-down\"?"
    );
    assert_eq!(
        problem("rounding = 'down'"),
        "1:12: rounding is 'down'; expected: \"half-away\", \"up\" or \"none\""
    );
    assert_eq!(
        problem("manual = true"),
        "1:10: manual is true; expected: \"recorded\" or \"entries\""
    );
    assert_eq!(
        problem("locked = \"ignored\""),
        "1:10: locked is \"ignored\"; expected: \"done\" or \"ignore\"; help: did you mean \"ignore\"?"
    );
    assert_eq!(problem("overlap = 1"), "1:11: overlap is 1; expected: \"same\" or \"distinct\"");
    assert_eq!(
        problem("on_conflict = []"),
        "1:15: on_conflict is a list; expected: \"fault\", \"newest\" or \"first\""
    );
    assert_eq!(
        problem("[upsell]\nrule = \"reach\""),
        "2:8: upsell.rule is \"reach\"; expected: \"reached\" or \"exceeded\""
    );
    assert_eq!(
        problem("[count]\nbillable = \"none\""),
        "2:12: count.billable is \"none\"; expected: \"all\" or \"only\""
    );
    assert_eq!(
        problem("[defaults]\ntracking = \"tasks\""),
        "2:12: defaults.tracking is \"tasks\"; expected: \"contract\", \"task\", \"manual\" or \
         \"none\"; help: did you mean \"task\"?"
    );
    assert_eq!(
        problem("[products.A]\ntype = \"Service\""),
        "2:8: products.A.type is \"Service\"; expected: \"service\" or \"goods\"; \
         help: did you mean \"service\"?"
    );
}

#[test]
fn numbers_out_of_bounds_are_refused() {
    for (number, found) in
        [("-0.1", "-0.1"), ("80", "80"), ("nan", "nan"), ("inf", "inf"), ("\"0,8\"", "\"0,8\"")]
    {
        assert_eq!(
            problem(&format!("[upsell]\nthreshold = {number}")),
            format!(
                "2:13: upsell.threshold is {found}; expected: a share of the ordered quantity, from 0 to 10: 0.8 for 80 per cent"
            )
        );
    }
    for number in ["0", "1.01", "-0.5", "\"3/2\"", "\"1/0\"", "1979-05-27"] {
        assert_eq!(
            problem(&format!("[upsell]\nwarning = {number}")),
            format!(
                "2:11: upsell.warning is {number}; expected: a number above 0 and at most 1, like 0.8"
            )
        );
    }
    let unit = |rest: &str| problem(&format!("[units.X]\ncategory = \"Unit\"\n{rest}"));
    assert_eq!(
        unit("ratio = 0"),
        "3:9: units.X.ratio is 0; expected: a number above zero, like 8, 0.5 or \"1/60\""
    );
    assert_eq!(
        unit("ratio = 1\nrounding = \"-0.01\""),
        "4:12: units.X.rounding is \"-0.01\"; expected: a number above zero, like 8, 0.5 or \"1/60\""
    );
    assert_eq!(
        problem("[products.P]\nhours_per_unit = 0"),
        "2:18: products.P.hours_per_unit is 0; expected: a number above zero whose decimals end, \
         like 50 or 7.5"
    );
    assert_eq!(
        problem("[products.P]\nhours_per_unit = \"1/3\""),
        "2:18: products.P.hours_per_unit is \"1/3\"; expected: a number above zero whose decimals \
         end, like 50 or 7.5"
    );
    assert_eq!(
        problem("[products.P]\nupsell_threshold = -1"),
        "2:20: products.P.upsell_threshold is -1; expected: a share of the ordered quantity, from 0 \
         to 10, whose decimals end: 0.8 for 80 per cent"
    );
}

#[test]
fn dates_are_iso() {
    for found in [
        "\"01/02/2026\"",
        "2026-01-01T10:00:00",
        "20260101",
        "\"2026-02-30\"",
        "\"2026-01-01 10:00\"",
        // A slip of the year, with quotes or without.
        "\"1013-01-01\"",
        "1013-01-01",
    ] {
        assert_eq!(
            problem(&format!("[period]\nfrom = {found}")),
            format!("2:8: period.from is {found}; expected: a date like 2026-01-31")
        );
    }
}

#[test]
fn texts_and_truths_are_checked() {
    assert_eq!(
        problem("[products.P]\nupsell = \"maybe\""),
        "2:10: products.P.upsell is \"maybe\"; expected: true, false, \"yes\" or \"no\""
    );
    assert_eq!(
        problem("[products.P]\npool = \" \""),
        "2:8: products.P.pool is \" \"; expected: the name of a pool, like \"Support\""
    );
    assert_eq!(problem("[products.\"\"]\nupsell = true"), "1:11: products.\"\" names no product");
    assert_eq!(problem("upsell = 0.9"), "1:10: upsell is 0.9; expected: a section, [upsell]");
    assert_eq!(
        problem("[[products]]\nname = \"P\""),
        "1:1: products is a list; expected: a section, [products]"
    );
    assert_eq!(
        problem("[products]\n\"Technical Support\" = \"task\""),
        "2:23: products.\"Technical Support\" is \"task\"; expected: a section, \
         [products.\"Technical Support\"]"
    );
}

#[test]
fn a_unit_needs_its_category_and_ratio() {
    assert_eq!(
        problem("\n[units.Weeks]\nratio = 40"),
        "2:8: units.Weeks has no category; expected: category = \"Working Time\""
    );
    assert_eq!(
        problem("[units.Weeks]\ncategory = \"Working Time\""),
        "1:8: units.Weeks has no ratio; expected: ratio = 8 or \"1/60\""
    );
    assert_eq!(
        problem("[units.Weeks]\ncategory = \"Working Time\"\nratio = 40\nreference = true"),
        "3:9: units.Weeks.ratio is 40; expected: 1, the reference unit's own ratio"
    );
}

#[test]
fn files_are_chosen_in_the_order_of_the_file() {
    let configuration = read(
        "[files.\"z*.csv\"]\ndelimiter = \"tab\"\n[files.\"*.csv\"]\ndecimal = \",\"\n\
         dates = \"dmy\"\nencoding = \"latin1\"\nunit = \"Minutes\"\n[files.\"*.xlsx\"]\nsheet = \" Lines \"",
    );
    let how = configuration.how();
    let patterns: Vec<&str> = how.files.iter().map(|file| file.pattern.as_str()).collect();
    assert_eq!(patterns, ["z*.csv", "*.csv", "*.xlsx"]);
    let rules = configuration.rules(&until()).unwrap();
    assert_eq!(
        in_force(&rules, &configuration)["files"],
        json!([
            { "pattern": "z*.csv", "encoding": null, "delimiter": "tab", "decimal": null,
              "dates": null, "unit": null, "sheet": null },
            { "pattern": "*.csv", "encoding": "windows-1252", "delimiter": null,
              "decimal": ",", "dates": "dmy", "unit": "Minutes", "sheet": null },
            { "pattern": "*.xlsx", "encoding": null, "delimiter": null, "decimal": null,
              "dates": null, "unit": null, "sheet": "Lines" },
        ])
    );
    assert_eq!(
        problem("[files.\"[\"]\nsheet = \"A\""),
        "1:8: files.\"[\" is no pattern; expected: the name of a file, like \"*.csv\""
    );
    assert_eq!(
        problem("[files.\"a.csv\"]\ndelimiter = \":\""),
        "2:13: files.\"a.csv\".delimiter is \":\"; expected: \",\", \";\", \"tab\", \"|\" or \"\t\""
    );
    assert!(problem("[files.\"a.csv\"]\nsheets = \"A\"").contains("did you mean sheet?"));
}

#[test]
fn an_alias_leads_to_another_name() {
    assert_eq!(
        problem("[aliases]\n\"hours \" = \"Hours\""),
        "2:12: aliases.\"hours \" is an alias of itself; expected: the name of a unit, like \"Hours\""
    );
    assert_eq!(
        problem("[aliases]\nhrz = 1"),
        "2:7: aliases.hrz is 1; expected: the name of a unit, like \"Hours\""
    );
}

#[test]
fn names_that_compare_equal_stand_once() {
    assert_eq!(
        problem("[aliases]\nhrz = \"Hours\"\nHRZ = \"Days\""),
        "3:1: aliases.HRZ is the same name as aliases.hrz in line 2; help: keep one"
    );
    assert_eq!(
        problem("[products.B]\n[products.b]"),
        "2:11: products.b is the same name as products.B in line 1; help: keep one"
    );
    assert_eq!(
        problem("[columns]\nStd = \"quantity\"\nSTD = \"date\""),
        "3:1: columns.STD is the same name as columns.Std in line 2; help: keep one"
    );
}

#[test]
fn an_unknown_field_is_answered_with_the_roles_own() {
    assert_eq!(
        problem("[columns.tasks]\nX = \"lines\""),
        "2:5: columns.tasks.X is \"lines\"; expected: \"name\", \"id\", \"project\" or \"line\"; \
         help: did you mean \"line\"?"
    );
    let all = problem("[columns]\n\"Std.\" = \"quantty\"");
    assert!(
        all.starts_with("2:10: columns.\"Std.\" is \"quantty\"; expected: \"id\", \"order\", "),
        "{all}"
    );
    assert!(all.ends_with("; help: did you mean \"quantity\"?"), "{all}");
    assert_eq!(
        problem("[columns.timesheet]\nX = \"date\""),
        "1:10: columns.timesheet is no kind of file; expected: order_lines, orders, products, \
         tasks, projects, units, unit_categories, timesheets or adjustments; help: did you mean \
         columns.timesheets?"
    );
}

#[test]
fn places_count_characters_and_not_a_byte_order_mark() {
    assert_eq!(problem("\u{feff}x = 1").split(';').next(), Some("1:1: unknown key x"));
    assert_eq!(
        problem("[aliases]\r\n\"小時间\" = 1\r\n"),
        "2:9: aliases.\"小時间\" is 1; expected: the name of a unit, like \"Hours\""
    );
}

#[test]
fn text_that_is_not_toml_is_placed() {
    let broken = problem("rounding = \"up\"\nlocked = done\n");
    assert!(broken.starts_with("2:10: this is not TOML: "), "{broken}");
    let twice = problem("rounding = \"up\"\nrounding = \"none\"\n");
    assert!(twice.starts_with("2:1: this is not TOML: duplicate key"), "{twice}");
}

#[test]
fn of_several_problems_the_first_in_the_file_is_told() {
    let text = "rounding = \"down\"\n[aliases]\nh = 1\n[upsell]\nx = 1";
    assert!(problem(text).starts_with("1:12: rounding"));
    let text = "[upsell]\nx = 1\n[aliases]\nh = 1";
    assert!(problem(text).starts_with("2:1: unknown key upsell.x"));
}

#[test]
fn the_command_line_wins() {
    let text = "locked = \"done\"\non_conflict = \"newest\"\n[period]\nfrom = 2026-01-01\n\
                to = 2026-01-31\nignore_before = 2020-01-01";
    let overrides = Overrides {
        from: Some(day("2026-02-01")),
        to: Some(day("2026-02-28")),
        ignore_before: Some(day("2021-01-01")),
        on_conflict: Some(OnConflict::First),
        locked: Some(LockedOrders::Ignore),
        ..until()
    };
    let rules = read(text).rules(&overrides).unwrap();
    assert_eq!(rules.period.from, Some(day("2026-02-01")));
    assert_eq!(rules.period.to, Some(day("2026-02-28")));
    assert_eq!(rules.period.ignore_before, Some(day("2021-01-01")));
    assert_eq!(rules.on_conflict, OnConflict::First);
    assert_eq!(rules.locked, Some(LockedOrders::Ignore));
    let rules = read(text).rules(&until()).unwrap();
    assert_eq!(rules.on_conflict, OnConflict::Newest);
    assert_eq!(rules.locked, Some(LockedOrders::Done));
    assert_eq!(rules.period.from, Some(day("2026-01-01")));
}

#[test]
fn a_period_that_ends_before_it_begins_is_refused() {
    let usage = |text: &str, overrides: Overrides| {
        let error = read(text).rules(&overrides).unwrap_err();
        assert!(matches!(error, Error::Usage { .. }), "{error:?}");
        error.to_string()
    };
    assert_eq!(
        usage("[period]\nfrom = 2026-02-01\nto = 2026-01-31", until()),
        "the period under review ends before it begins: from in drawdown.toml:2:8 is 2026-02-01, \
         to in drawdown.toml:3:6 is 2026-01-31"
    );
    let overrides = Overrides { from: Some(day("2026-03-01")), ..until() };
    assert_eq!(
        usage("[period]\nto = 2026-01-31", overrides),
        "the period under review ends before it begins: --from is 2026-03-01, \
         to in drawdown.toml:2:6 is 2026-01-31"
    );
    // One day, and a last day after the as-of date, are fine.
    let one = Overrides { from: Some(day("2026-06-01")), to: Some(day("2026-06-01")), ..until() };
    assert!(Configuration::none().rules(&one).is_ok());
}

#[test]
fn what_is_in_force_has_every_choice() {
    let configuration = Configuration::none();
    let rules = configuration.rules(&until()).unwrap();
    assert_eq!(
        in_force(&rules, &configuration),
        json!({
            "lang": "en",
            "allocation": "draw-down",
            "rounding": "half-away",
            "manual": "recorded",
            "locked": "done",
            "overlap": "same",
            "on_conflict": "fault",
            "defaults": { "policy": null, "tracking": null },
            "period": { "from": null, "to": null, "ignore_before": null },
            "upsell": { "rule": "reached", "threshold": "1", "warning": "0.8", "wake_after": "8" },
            "forecast": { "weeks": 8, "horizon": 28, "idle": 8 },
            "odoo": { "version": 18 },
            "count": { "approved": "all", "billable": "all" },
            "reading": { "decimal": null, "dates": null, "encoding": null },
            "files": [],
            "products": {},
            "units": {},
            "aliases": {},
            "columns": {},
            "map": [],
        })
    );
}

#[test]
fn what_is_in_force_does_not_depend_on_the_order_of_the_file() {
    let parts = [
        "[products.A]\nhours_per_unit = 50.0\nupsell = \"no\"\n",
        "[products.B]\ntype = \"goods\"\npool = \"P\"\n",
        "[units.Minutes]\ncategory = \"Working Time\"\nratio = \"1/60\"\n",
        "[aliases]\nhrz = \"Hours\"\n",
        "[columns]\n\"Std.\" = \"quantity\"\n",
        "[columns.orders]\nNr = \"order\"\n",
        "[map.project]\nWebsite = { task = \"T\", client = \"A*\" }\n",
    ];
    let forward = read(&parts.concat());
    let backward = read(&parts.iter().rev().copied().collect::<String>());
    let of = |configuration: &Configuration| {
        let rules = configuration.rules(&until()).unwrap();
        serde_json::to_string(&in_force(&rules, configuration)).unwrap()
    };
    assert_eq!(of(&forward), of(&backward));
    let value: Value = serde_json::from_str(&of(&forward)).unwrap();
    assert_eq!(
        value["products"],
        json!({
            "A": { "hours_per_unit": "50", "upsell": false },
            "B": { "pool": "P", "type": "goods" },
        })
    );
    let minutes = json!({
        "category": "Working Time", "ratio": "1/60", "rounding": "0.01", "reference": false,
    });
    assert_eq!(value["units"], json!({ "Minutes": minutes }));
    assert_eq!(value["aliases"], json!({ "hrz": "Hours" }));
    assert_eq!(value["columns"], json!({ "Std.": "quantity", "orders": { "Nr": "order" } }));
}

#[test]
fn the_template_changes_nothing() {
    assert!(same(&read(TEMPLATE), &Configuration::none()));
}

/// The template with every setting switched on.
fn switched_on() -> String {
    let lines = TEMPLATE.lines().map(|line| match line.strip_prefix('#') {
        Some(setting) if !setting.is_empty() && !setting.starts_with(' ') => setting,
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_template_shows_the_defaults() {
    let configuration = read(&switched_on());
    let force = |configuration: &Configuration| {
        let rules = configuration.rules(&until()).unwrap();
        in_force(&rules, configuration)
    };
    let (shown, standard) = (force(&configuration), force(&Configuration::none()));
    for key in [
        "allocation",
        "rounding",
        "manual",
        "locked",
        "overlap",
        "on_conflict",
        "upsell",
        "forecast",
        "count",
    ] {
        assert_eq!(shown[key], standard[key], "{key}");
    }
    assert_eq!(
        shown["units"]["Weeks"],
        json!({ "category": "Working Time", "ratio": "40", "rounding": "0.01", "reference": false })
    );
}

#[test]
fn the_template_has_every_key() {
    let text = switched_on();
    let tree = DeTable::parse(&text).unwrap();
    let keys = |path: &[&str]| -> Vec<String> {
        let mut table = tree.get_ref();
        for step in path {
            table = match table.get(*step).map(Spanned::get_ref) {
                Some(DeValue::Table(below)) => below,
                other => panic!("{step}: {other:?}"),
            };
        }
        table.keys().map(|key| key.get_ref().to_string()).collect()
    };
    let sorted = |known: &[&str]| {
        let mut known: Vec<String> = known.iter().map(|key| (*key).to_owned()).collect();
        known.sort();
        known
    };
    assert_eq!(keys(&[]), sorted(TOP));
    assert_eq!(keys(&["defaults"]), sorted(DEFAULTS));
    assert_eq!(keys(&["period"]), sorted(PERIOD));
    assert_eq!(keys(&["upsell"]), sorted(UPSELL));
    assert_eq!(keys(&["forecast"]), sorted(FORECAST));
    assert_eq!(keys(&["odoo"]), sorted(ODOO));
    assert_eq!(keys(&["count"]), sorted(COUNT));
    assert_eq!(keys(&["reading"]), sorted(READING));
    assert_eq!(keys(&["files", "berlin/*.csv"]), sorted(FILE));
    assert_eq!(keys(&["products", "Technical Support"]), sorted(PRODUCT));
    assert_eq!(keys(&["units", "Weeks"]), sorted(UNIT));
}

#[test]
fn a_map_keeps_the_order_of_the_file_and_says_what_it_does_not_know() {
    let map = "[map]\nB = \"first\"\nA = { line = \"7\" }\n[map.tag]\nx = [{ client = \"C\", \
               contract = \"1\" }, { task = \"2\" }]\n";
    let configuration = read(map);
    let rules = configuration.mapping.rules();
    let said: Vec<String> = rules
        .iter()
        .map(|rule| {
            format!("{} {} {}", rule.field.name(), rule.pattern.written(), rule.target.name)
        })
        .collect();
    let of_all = ["tag", "task", "project", "client"];
    let expected: Vec<String> = of_all
        .map(|field| format!("{field} B first"))
        .into_iter()
        .chain(of_all.map(|field| format!("{field} A 7")))
        .chain(["tag x 1".to_owned(), "tag x 2".to_owned()])
        .collect();
    assert_eq!(said, expected);
    for (text, expected) in [
        ("[map]\nA = 1\n", "2:5: map.A is 1; expected: the name of a contract, or"),
        ("[map]\nA = \"* x\"\n", "2:5: map.A stands for \"* x\", which has more stars"),
        ("[map.project]\nA = { contarct = \"x\" }\n", "2:7: unknown key map.project.A.contarct"),
        ("[map.project]\nA = { client = \"x\" }\n", "2:5: map.project.A is a section; expected"),
        ("[map.project]\nA = { line = \"x\", contract = \"y\" }\n", "2:5: map.project.A is"),
        ("[map.project]\nA = \"x\"\n\"a\" = \"y\"\n", "3:1: map.project.a is the same name"),
        ("[map.project]\nA = [{ contract = \"x\" }, 3]\n", "2:5: map.project.A is a list"),
    ] {
        let problem = problem(text);
        assert!(problem.starts_with(expected), "{text}: {problem}");
    }
}
