//! Small worlds made up at random, and the files that tell of them.

#![allow(dead_code, unreachable_pub, reason = "each test binary uses its own part of it")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chrono::{Days, NaiveDate};
use drawdown::model::{Exact, Period};
use drawdown::reconcile::{
    Allocation, Counting, LockedOrders, ManualDelivery, OnConflict, Overlap, Rounding, Rules,
    UpsellRule,
};
use proptest::prelude::*;
use proptest::sample::select;

pub const UNITS: [&str; 4] = ["Hours", "Days", "Weeks", "Minutes"];
/// Seconds in one of [`UNITS`].
const SECONDS: [u128; 4] = [3_600, 28_800, 144_000, 60];

/// A quantity as an export writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// So many hundredths.
    Hundredths(i64),
    /// So many seconds, printed as a binary float prints them in the unit.
    Seconds(i64),
    /// No number at all.
    Unreadable,
}

impl Amount {
    /// The text in one of [`UNITS`]; elsewhere seconds count as hours.
    pub fn text(self, unit: &str) -> String {
        let (sign, digits) = match self {
            Self::Unreadable => return "7.5O".to_owned(),
            Self::Hundredths(n) => (n < 0, format!("{}.{:02}", n.abs() / 100, n.abs() % 100)),
            Self::Seconds(n) => {
                let seconds_in =
                    UNITS.iter().position(|name| *name == unit).map_or(3_600, |at| SECONDS[at]);
                let scale = 10_u128.pow(16);
                let twice = 2 * u128::from(n.unsigned_abs()) * scale;
                let rounded = (twice + seconds_in) / (2 * seconds_in);
                let (whole, rest) = (rounded / scale, format!("{:016}", rounded % scale));
                (
                    n < 0,
                    format!("{whole}.{rest}")
                        .trim_end_matches('0')
                        .trim_end_matches('.')
                        .to_owned(),
                )
            }
        };
        if sign { format!("-{digits}") } else { digits }
    }
}

#[derive(Debug, Clone)]
pub struct Order {
    pub state: &'static str,
    pub customer: usize,
    pub day: Option<u64>,
    pub contract: Option<usize>,
}

#[derive(Debug, Clone)]
pub struct Product {
    pub kind: &'static str,
    pub threshold: &'static str,
    pub hours_per_unit: &'static str,
    pub pool: &'static str,
    pub upsell: &'static str,
}

#[derive(Debug, Clone)]
pub struct Line {
    pub order: usize,
    pub product: usize,
    pub ordered: Option<Amount>,
    pub unit: &'static str,
    pub tracking: &'static str,
    pub policy: &'static str,
    pub delivered: Option<Amount>,
    pub invoiced: Option<Amount>,
    pub price: &'static str,
    pub subtotal: bool,
    pub currency: &'static str,
    pub sequence: Option<u8>,
    /// A task of its own, or one that it shares with other lines.
    pub task: Option<usize>,
    /// In the first file of lines, in the second, or in both.
    pub in_files: u8,
}

/// What an entry points to.
#[derive(Debug, Clone)]
pub enum Target {
    Line(usize),
    /// The line's display name, which several lines may share.
    Label(usize),
    Task(usize),
    Contract(usize),
    /// A line and, beside it, a contract.
    Both(usize, usize),
    UnknownLine,
    UnknownContract,
    Nothing,
}

#[derive(Debug, Clone)]
pub struct Entry {
    pub has_id: bool,
    pub day: u64,
    pub target: Target,
    pub amount: Amount,
    pub unit: &'static str,
    pub approved: &'static str,
    pub billable: &'static str,
    pub description: usize,
    /// The files that hold it, a bit each.
    pub in_files: u8,
    /// How often each of these files has it; only without an id.
    pub times: usize,
    /// What the last of these files says instead.
    pub changed: Option<Amount>,
}

/// Columns that a file of timesheets may lack.
#[derive(Debug, Clone, Copy)]
pub struct Lacks {
    pub line: bool,
    pub task: bool,
    pub contract: bool,
}

#[derive(Debug, Clone)]
pub struct World {
    pub orders: Vec<Order>,
    pub products: Vec<Product>,
    pub lines: Vec<Line>,
    pub entries: Vec<Entry>,
    /// One for each file of timesheets.
    pub files: Vec<Lacks>,
    /// Whether the files say when each entry was written.
    pub written: Vec<bool>,
    pub rules: Choices,
}

#[derive(Debug, Clone)]
pub struct Choices {
    pub rounding: Rounding,
    pub allocation: Allocation,
    pub manual: ManualDelivery,
    pub locked: Option<LockedOrders>,
    pub upsell: UpsellRule,
    pub threshold: Exact,
    pub on_conflict: OnConflict,
    pub overlap: Overlap,
    pub approved: Option<Counting>,
    pub billable: Option<Counting>,
    pub reviewed: bool,
}

fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day") + Days::new(offset)
}

impl Choices {
    pub fn rules(&self) -> Rules {
        let mut period = Period::until(day(89));
        if self.reviewed {
            period.ignore_before = Some(day(3));
            (period.from, period.to) = (Some(day(31)), Some(day(58)));
        }
        Rules {
            rounding: self.rounding,
            allocation: self.allocation,
            manual: self.manual,
            locked: self.locked,
            upsell: self.upsell,
            threshold: self.threshold.clone(),
            on_conflict: self.on_conflict,
            overlap: self.overlap,
            approved: self.approved,
            billable: self.billable,
            ..Rules::standard(period)
        }
    }
}

// ---- making worlds up ----

/// Mostly plain, sometimes something else.
fn mostly<T: std::fmt::Debug + Clone + 'static>(
    usual: T,
    others: Vec<T>,
) -> impl Strategy<Value = T> {
    prop_oneof![4 => Just(usual), 1 => select(others)]
}

pub fn amounts() -> impl Strategy<Value = Amount> {
    prop_oneof![
        6 => (-200_i64..1200).prop_map(Amount::Hundredths),
        3 => (-30_i64..400).prop_map(|n| Amount::Seconds(n * 100)),
        1 => (1_i64..40).prop_map(|n| Amount::Seconds(n * 1_200)),
    ]
}

fn orders() -> impl Strategy<Value = Order> {
    let state = prop_oneof![6 => Just("sale"), 2 => Just("done"), 2 => select(&["draft", "sent", "cancel"][..])];
    let day = prop::option::weighted(0.8, 0_u64..60);
    (state, 0_usize..2, day, prop::option::weighted(0.9, 0_usize..3))
        .prop_map(|(state, customer, day, contract)| Order { state, customer, day, contract })
}

fn products() -> impl Strategy<Value = Product> {
    (
        mostly("service", vec!["", "", "goods"]),
        mostly("", vec!["0.8", "0", "1.2"]),
        mostly("", vec!["50", "7.5"]),
        mostly("", vec!["support", "Support "]),
        mostly("", vec!["no"]),
    )
        .prop_map(|(kind, threshold, hours_per_unit, pool, upsell)| Product {
            kind,
            threshold,
            hours_per_unit,
            pool,
            upsell,
        })
}

fn ordered() -> impl Strategy<Value = Option<Amount>> {
    prop_oneof![
        12 => (0_i64..6000).prop_map(|n| Some(Amount::Hundredths(n))),
        2 => (1_i64..40).prop_map(|n| Some(Amount::Seconds(n * 1_200))),
        3 => (-1500_i64..0).prop_map(|n| Some(Amount::Hundredths(n))),
        2 => Just(Some(Amount::Hundredths(0))),
        1 => Just(None),
    ]
}

fn lines() -> impl Strategy<Value = Line> {
    let sold = (
        ordered(),
        prop_oneof![8 => select(&UNITS[..]), 3 => Just("Units"), 1 => Just("Fortnights")],
        prop_oneof![6 => Just("contract"), 3 => Just("task"), 2 => Just("manual"), 1 => Just("none"), 1 => Just("")],
        prop_oneof![6 => Just("ordered"), 2 => Just("delivered"), 1 => Just("")],
        prop::option::of(amounts()),
        prop::option::of((0_i64..3000).prop_map(Amount::Hundredths)),
    );
    let priced =
        (mostly("500", vec!["", "33.33", "0"]), any::<bool>(), mostly("USD", vec!["", "JPY"]));
    let placed = (
        0_usize..4,
        0_usize..3,
        prop::option::weighted(0.8, 1_u8..4),
        prop::option::weighted(0.5, 0_usize..5),
        prop_oneof![4 => Just(1_u8), 2 => Just(2), 1 => Just(3)],
    );
    (sold, priced, placed).prop_map(|(sold, (price, subtotal, currency), placed)| {
        let (ordered, unit, tracking, policy, delivered, invoiced) = sold;
        let (order, product, sequence, task, in_files) = placed;
        Line {
            order,
            product,
            ordered,
            unit,
            tracking,
            policy,
            delivered,
            invoiced,
            price,
            subtotal,
            currency,
            sequence,
            task,
            in_files,
        }
    })
}

/// 3 to 12 lines. A column of quantities that is blank all the way down is no
/// column, and stops a run.
fn lines_of_a_world() -> impl Strategy<Value = Vec<Line>> {
    prop::collection::vec(lines(), 3..13)
        .prop_filter("no line is ordered", |lines| lines.iter().any(|line| line.ordered.is_some()))
}

fn targets() -> impl Strategy<Value = Target> {
    prop_oneof![
        6 => (0_usize..12).prop_map(Target::Line),
        3 => (0_usize..12).prop_map(Target::Label),
        4 => (0_usize..5).prop_map(Target::Task),
        9 => (0_usize..3).prop_map(Target::Contract),
        2 => (0_usize..12, 0_usize..3).prop_map(|(line, contract)| Target::Both(line, contract)),
        1 => Just(Target::UnknownLine),
        1 => Just(Target::UnknownContract),
        1 => Just(Target::Nothing),
    ]
}

fn entries() -> impl Strategy<Value = Entry> {
    let told = (
        any::<bool>(),
        0_u64..100,
        targets(),
        prop_oneof![30 => amounts(), 1 => Just(Amount::Unreadable)],
        prop_oneof![12 => select(&UNITS[..]), 2 => Just(""), 1 => Just("Units"), 1 => Just("Fortnights")],
    );
    let marks = (mostly("yes", vec!["", "no"]), mostly("yes", vec!["", "no"]), 0_usize..6);
    let stored = (
        prop_oneof![5 => select(&[1_u8, 2, 4][..]), 2 => 1_u8..8],
        mostly(1_usize, vec![2, 3]),
        prop::option::weighted(0.15, amounts()),
    );
    (told, marks, stored).prop_map(|(told, marks, (in_files, times, changed))| {
        let (has_id, day, target, amount, unit) = told;
        let (approved, billable, description) = marks;
        Entry {
            has_id,
            day,
            target,
            amount,
            unit,
            approved,
            billable,
            description,
            in_files,
            times,
            changed,
        }
    })
}

pub fn choices() -> impl Strategy<Value = Choices> {
    let of_sums = (
        select(&[Rounding::HalfAway, Rounding::Up, Rounding::None][..]),
        mostly(Allocation::DrawDown, vec![Allocation::FirstLine]),
        mostly(ManualDelivery::Recorded, vec![ManualDelivery::Entries]),
        select(vec![None, Some(LockedOrders::Done), Some(LockedOrders::Ignore)]),
        mostly(UpsellRule::Reached, vec![UpsellRule::Exceeded]),
        // So low a threshold brings every pool with hours on the upsell list.
        select(vec![Exact::one(), Exact::decimal(1, 4)]),
    );
    let of_entries = (
        select(&[OnConflict::Fault, OnConflict::Newest, OnConflict::First][..]),
        mostly(Overlap::Same, vec![Overlap::Distinct]),
        mostly(None, vec![Some(Counting::Only)]),
        mostly(None, vec![Some(Counting::Only)]),
        any::<bool>(),
    );
    (of_sums, of_entries).prop_map(|(of_sums, of_entries)| {
        let (rounding, allocation, manual, locked, upsell, threshold) = of_sums;
        let (on_conflict, overlap, approved, billable, reviewed) = of_entries;
        Choices {
            rounding,
            allocation,
            manual,
            locked,
            upsell,
            threshold,
            on_conflict,
            overlap,
            approved,
            billable,
            reviewed,
        }
    })
}

/// 3 to 12 lines of 4 orders and 3 products on 3 contracts, up to 60 entries in
/// 1 to 3 files.
pub fn worlds() -> impl Strategy<Value = World> {
    let lacks = |line, task, contract| Lacks { line, task, contract };
    let files = prop_oneof![
        3 => (1_usize..4).prop_map(move |count| vec![lacks(false, false, false); count]),
        1 => prop::collection::vec(
            (any::<bool>(), any::<bool>(), any::<bool>()).prop_map(move |(a, b, c)| lacks(a, b, c)), 2..4,
        ),
    ];
    (
        prop::collection::vec(orders(), 4),
        prop::collection::vec(products(), 3),
        lines_of_a_world(),
        prop::collection::vec(entries(), 0..61),
        files,
        prop::collection::vec(any::<bool>(), 3),
        choices(),
    )
        .prop_map(|(orders, products, lines, entries, files, written, rules)| World {
            orders,
            products,
            lines,
            entries,
            files,
            written,
            rules,
        })
}

/// 2 to 5 lines of one product on one contract, on two orders of one customer,
/// all in one unit; every entry is on the contract or names one of the lines,
/// is readable and counts.
pub fn pools() -> impl Strategy<Value = World> {
    let line = (lines(), 0_usize..2).prop_map(|(line, order)| Line {
        order,
        product: 0,
        ordered: line.ordered.or(Some(Amount::Hundredths(500))),
        tracking: "contract",
        policy: if line.policy.is_empty() { "ordered" } else { line.policy },
        currency: "USD",
        task: None,
        ..line
    });
    let entry = (entries(), 0_usize..8, amounts(), select(&UNITS[..]));
    (
        worlds(),
        select(&UNITS[..]),
        prop::collection::vec(line, 2..6),
        prop::collection::vec(entry, 1..20),
        any::<bool>(),
    )
        .prop_map(|(world, unit, lines, entries, done)| {
            let order = |at: usize| Order {
                state: if at == 1 && done { "done" } else { "sale" },
                customer: 0,
                contract: Some(0),
                ..world.orders[at].clone()
            };
            let product =
                Product { kind: "service", threshold: "", upsell: "", ..world.products[0].clone() };
            let count = lines.len();
            let entry = |(entry, at, amount, unit): (Entry, usize, Amount, &'static str)| Entry {
                has_id: true,
                day: entry.day % 90,
                target: if at < count { Target::Line(at) } else { Target::Contract(0) },
                amount,
                unit,
                in_files: 1,
                changed: None,
                ..entry
            };
            World {
                orders: vec![order(0), order(1), world.orders[2].clone(), world.orders[3].clone()],
                products: vec![product, world.products[1].clone(), world.products[2].clone()],
                lines: lines.into_iter().map(|line| Line { unit, ..line }).collect(),
                entries: entries.into_iter().map(entry).collect(),
                files: vec![Lacks { line: false, task: false, contract: false }],
                written: world.written,
                rules: Choices {
                    // So low that any pool with hours is on the upsell list.
                    threshold: Exact::decimal(1, 12),
                    upsell: UpsellRule::Reached,
                    locked: None,
                    approved: None,
                    billable: None,
                    reviewed: false,
                    ..world.rules
                },
            }
        })
}

// ---- writing them down ----

/// How the files of a world are laid out: what must not matter.
#[derive(Debug, Clone, Copy, Default)]
pub struct Layout {
    /// Seed of the order of the rows; 0 leaves it as it is.
    pub rows: u64,
    /// Seed of the order in which the files are named; 0 leaves it.
    pub paths: u64,
    /// By how many places the names of the timesheets are moved on.
    pub names: usize,
}

/// A shuffle that depends on nothing but its seed.
pub fn shuffle<T>(items: &mut [T], seed: u64) {
    if seed == 0 {
        return;
    }
    let mut state = seed;
    for at in (1..items.len()).rev() {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let other = usize::try_from(state >> 33).unwrap_or(0) % (at + 1);
        items.swap(at, other);
    }
}

const CUSTOMERS: [&str; 2] = ["Agrolait", "Ødegård AS"];
const CONTRACTS: [&str; 3] = ["SO1 - Agrolait", "[C2] Ødegård", "SO3 - Agrolait"];

impl World {
    /// Writes the files into a folder and gives their paths.
    pub fn write(&self, folder: &Path, layout: Layout) -> Vec<PathBuf> {
        std::fs::create_dir_all(folder).expect("a folder");
        let mut paths = Vec::new();
        let mut file = |name: String, header: &str, mut rows: Vec<String>, seed: u64| {
            shuffle(&mut rows, seed);
            let path = folder.join(name);
            #[expect(clippy::disallowed_methods, reason = "a test's own input")]
            std::fs::write(&path, format!("{header}\n{}", rows.concat())).expect("a file");
            paths.push(path);
        };
        for number in [1_u8, 2] {
            let chosen =
                self.lines.iter().enumerate().filter(|(_, line)| line.in_files & number != 0);
            let rows: Vec<String> = chosen.map(|(at, line)| self.line_row(at, line)).collect();
            if !rows.is_empty() {
                let header = "id,order,state,customer,salesperson,order_date,sequence,product,ordered,unit,delivered,invoiced,price,subtotal,currency,contract,task,tracking,policy";
                file(format!("lines-{number}.csv"), header, rows, layout.rows);
            }
        }
        let products = self.products.iter().enumerate().map(|(at, product)| {
            let Product { kind, threshold, hours_per_unit, pool, upsell } = product;
            format!("Product {at},{kind},{threshold},{hours_per_unit},{pool},{upsell}\n")
        });
        let header = "name,type,upsell_threshold,hours_per_unit,pool,upsell";
        file("products.csv".to_owned(), header, products.collect(), layout.rows);
        for (number, lacks) in self.files.iter().enumerate() {
            let mut rows = Vec::new();
            for (at, entry) in self.entries.iter().enumerate() {
                rows.extend(self.entry_rows(at, entry, number, *lacks));
            }
            let mut header =
                "id,date,employee,description,quantity,unit,approved,billable".to_owned();
            for (name, lacking) in [
                ("line", lacks.line),
                ("task", lacks.task),
                ("contract", lacks.contract),
                ("written", !self.written[number]),
            ] {
                if !lacking {
                    write!(header, ",{name}").expect("text");
                }
            }
            let name = (number + layout.names) % self.files.len();
            file(format!("timesheets-{name}.csv"), &header, rows, layout.rows);
        }
        shuffle(&mut paths, layout.paths);
        paths
    }

    fn line_row(&self, at: usize, line: &Line) -> String {
        let order = &self.orders[line.order];
        let amount =
            |amount: Option<Amount>| amount.map_or_else(String::new, |a| a.text(line.unit));
        let mut cells = vec![
            format!("L{at}"),
            format!("SO{}", line.order),
            order.state.to_owned(),
            CUSTOMERS[order.customer].to_owned(),
            format!("Seller {}", line.order % 2),
            order.day.map_or_else(String::new, |offset| day(offset).to_string()),
            line.sequence.map_or_else(String::new, |sequence| sequence.to_string()),
            format!("Product {}", line.product),
            amount(line.ordered),
            line.unit.to_owned(),
            amount(line.delivered),
            amount(line.invoiced),
            line.price.to_owned(),
            if line.subtotal { "1234.5".to_owned() } else { String::new() },
            line.currency.to_owned(),
        ];
        cells.push(
            order.contract.map_or_else(String::new, |contract| CONTRACTS[contract].to_owned()),
        );
        cells.push(line.task.map_or_else(String::new, |task| format!("Task {task}")));
        cells.push(line.tracking.to_owned());
        cells.push(line.policy.to_owned());
        format!("{}\n", cells.join(","))
    }

    fn entry_rows(&self, at: usize, entry: &Entry, file: usize, lacks: Lacks) -> Vec<String> {
        let holders = self.holders(entry);
        if !holders.contains(&file) {
            return Vec::new();
        }
        let is_last = holders.len() > 1 && holders.last() == Some(&file);
        let amount = if is_last { entry.changed.unwrap_or(entry.amount) } else { entry.amount };
        let target = match &entry.target {
            Target::Line(line) => (format!("L{line}"), String::new(), String::new()),
            Target::Label(line) => (self.label(*line), String::new(), String::new()),
            Target::Task(task) => (String::new(), format!("Task {task}"), String::new()),
            Target::Contract(contract) => {
                (String::new(), String::new(), CONTRACTS[*contract].to_owned())
            }
            Target::Both(line, contract) => {
                (format!("L{line}"), String::new(), CONTRACTS[*contract].to_owned())
            }
            Target::UnknownLine => ("L99".to_owned(), String::new(), String::new()),
            Target::UnknownContract => (String::new(), String::new(), "SO7 - Nobody".to_owned()),
            Target::Nothing => Default::default(),
        };
        let mut cells = vec![
            if entry.has_id { format!("e{at}") } else { String::new() },
            day(entry.day).to_string(),
            format!("Person {}", at % 3),
            format!("work {}", entry.description),
            amount.text(entry.unit),
            entry.unit.to_owned(),
            entry.approved.to_owned(),
            entry.billable.to_owned(),
        ];
        for (cell, lacking) in
            [(target.0, lacks.line), (target.1, lacks.task), (target.2, lacks.contract)]
        {
            if !lacking {
                cells.push(cell);
            }
        }
        if self.written[file] {
            let changed = is_last && entry.changed.is_some();
            cells.push(
                if changed { "2026-05-02 10:00:00" } else { "2026-05-01 10:00:00" }.to_owned(),
            );
        }
        let row = format!("{}\n", cells.join(","));
        vec![row; if entry.has_id { 1 } else { entry.times }]
    }

    /// The files that hold an entry: at least one.
    fn holders(&self, entry: &Entry) -> Vec<usize> {
        let chosen: Vec<usize> =
            (0..self.files.len()).filter(|file| entry.in_files & (1 << *file) != 0).collect();
        if chosen.is_empty() { vec![0] } else { chosen }
    }

    /// How an ERP shows a line; of a line that is not there, nothing like it.
    fn label(&self, line: usize) -> String {
        self.lines.get(line).map_or_else(
            || "SO8 - Nothing (Nobody)".to_owned(),
            |line| {
                let customer = CUSTOMERS[self.orders[line.order].customer];
                format!("SO{} - Product {} ({customer})", line.order, line.product)
            },
        )
    }
}
