//! A made-up company's exports in drawdown's own layout: order lines, and
//! timesheets as text by month or as workbooks. The same request gives the same
//! bytes on any machine.
//!
//! ```text
//! order_lines.csv          SO000017 support, one contract ── entries name the contract
//! timesheets-2025-01.csv   SO000018 project, a task a line ── entries name the task
//! timesheets-2025-02.csv   …                               ── some name the line itself
//! ```
//!
//! Two entries in a hundred lead nowhere. The exported delivered quantities
//! are those of the entries, but for a few lines where the ERP is behind.

#[path = "timesheets.rs"]
mod timesheets;

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use chrono::{Days, NaiveDate};

use timesheets::{Entry, Timesheets};

/// What to make.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Request {
    /// Order lines.
    pub(crate) lines: usize,
    /// Timesheet entries.
    pub(crate) entries: u32,
    /// Where chance begins.
    pub(crate) seed: u64,
    /// The order of the entries' ids.
    pub(crate) ids: Ids,
    /// What the timesheets are written as.
    pub(crate) timesheets: Format,
}

/// What timesheets are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// A text file a month.
    Csv,
    /// A workbook, and another one where its sheet is full.
    Xlsx,
}

/// The order in which the ids of entries come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Ids {
    /// Counting up, as a database gives them.
    Ordered,
    /// In no order; each still once.
    Random,
}

/// What was made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Made {
    /// Files.
    pub(crate) files: usize,
    /// Bytes of all files.
    pub(crate) bytes: u64,
}

/// Entries are dated over these days, the last of them 2026-03-31.
const FIRST_DAY: (i32, u32, u32) = (2025, 1, 1);
const DAYS: u64 = 455;

/// Minutes of the average entry, by which ordered quantities are measured.
const USUAL_MINUTES: u64 = 170;

/// Writes the exports of `request` into `folder`, which must be there.
///
/// # Errors
/// What the folder refuses.
pub(crate) fn generate(request: Request, folder: &Path) -> io::Result<Made> {
    let mut random = Random(request.seed);
    let mut company = Company::new(request, &mut random);
    let mut made = company.write_timesheets(request, &mut random, folder)?;
    // Last, for the lines say what the entries come to.
    made.bytes += company.write_order_lines(&mut random, folder)?;
    made.files += 1;
    Ok(made)
}

/// A unit that quantities are written in.
#[derive(Debug, Clone, Copy)]
enum Unit {
    Hours,
    Days,
    Minutes,
    Pieces,
}

impl Unit {
    fn name(self) -> &'static str {
        match self {
            Self::Hours => "Hours",
            Self::Days => "Days",
            Self::Minutes => "Minutes",
            Self::Pieces => "Units",
        }
    }

    fn minutes(self) -> u64 {
        match self {
            Self::Hours => 60,
            Self::Days => 480,
            Self::Minutes | Self::Pieces => 1,
        }
    }

    /// So many minutes in hundredths of the unit, half up.
    fn hundredths(self, minutes: u64) -> u64 {
        (minutes * 200 + self.minutes()) / (self.minutes() * 2)
    }
}

#[derive(Debug, Clone, Copy)]
struct Product {
    name: &'static str,
    unit: Unit,
    tracking: &'static str,
    policy: &'static str,
    price_in_cents: u64,
}

const SUPPORT: [Product; 2] = [
    Product {
        name: "Technical Support",
        unit: Unit::Hours,
        tracking: "contract",
        policy: "ordered",
        price_in_cents: 9500,
    },
    Product {
        name: "Senior Consulting",
        unit: Unit::Days,
        tracking: "contract",
        policy: "delivered",
        price_in_cents: 96_000,
    },
];
const PROJECTS: [Product; 3] = [
    Product {
        name: "Website Redesign",
        unit: Unit::Days,
        tracking: "task",
        policy: "ordered",
        price_in_cents: 88_000,
    },
    Product {
        name: "Data Migration",
        unit: Unit::Hours,
        tracking: "task",
        policy: "ordered",
        price_in_cents: 11_000,
    },
    Product {
        name: "Workshop, prepared",
        unit: Unit::Days,
        tracking: "task",
        policy: "delivered",
        price_in_cents: 120_000,
    },
];
const OTHERS: [Product; 2] = [
    Product {
        name: "On-site Training",
        unit: Unit::Days,
        tracking: "manual",
        policy: "ordered",
        price_in_cents: 105_000,
    },
    Product {
        name: "Headset \"Pro\", wireless",
        unit: Unit::Pieces,
        tracking: "none",
        policy: "ordered",
        price_in_cents: 7990,
    },
];

const CUSTOMERS: [&str; 12] = [
    "Agrolait",
    "Azure Interior",
    "Deco Addict",
    "Gemini Furniture",
    "Lumber Inc",
    "Ready Mat",
    "Ødegård AS",
    "The Jackson Group",
    "Müller & Söhne GmbH",
    "Café \"Le Coin\"",
    "Nakamura 商店",
    "Costa, Filhos Lda",
];
const PEOPLE: [&str; 16] = [
    "Bo Larsen",
    "Cleo Petit",
    "Dirk Voss",
    "Anna Kovács",
    "Marc Demo",
    "Jeanne Lefèvre",
    "Tom O'Neill",
    "Ines Costa",
    "Ravi Menon",
    "Sofia Lindqvist",
    "Paul Weber",
    "Mina Sato",
    "Lea Novak",
    "Omar Haddad",
    "Kim Larsson",
    "Eva Brandt",
];
/// Most descriptions are short and plain; the rest need quotes.
const PLAIN: [&str; 10] = [
    "Installation at the customer's with hand-over",
    "User rights of the sales team",
    "Mail server: certificate renewed and tested",
    "Call with key user about the purchase orders",
    "Set-up of the test system",
    "Hotline and three calls about delivery notes",
    "Month-end support in accounting",
    "Import of product data and prices for 2026",
    "Review of open points with the project lead",
    "Fixed the invoice layout and checked it on paper",
];
const QUOTED: [&str; 6] = [
    "Workshop, day 1",
    "Training (sales, purchase), second group",
    "Error \"no such account\" in the bank import",
    "Réunion, compte rendu envoyé",
    "Report \"open orders\": new columns, totals",
    "Travel, 2 h each way",
];
const LONG: [&str; 3] = [
    "Call with the warehouse:\n- labels, printer\n- \"missing\" lots",
    "Answered three tickets\nsee there",
    "Go-live, first day\r\nstock, invoicing, mail",
];

/// An order line, and what has been worked for it.
struct Line {
    order: usize,
    position: usize,
    customer: usize,
    product: Product,
    state: &'static str,
    share: u64,
    /// Whether its contract has a further line, so that they are a pool.
    is_pooled: bool,
    /// Minutes in entries by hours, by days, by minutes: first those on the
    /// contract, which a pool shares out and converts apart, then all others.
    worked: [[u64; 3]; 2],
}

impl Line {
    fn id(&self, text: &mut String) {
        _ = write!(text, "L{:06}-{}", self.order, self.position);
    }

    fn order(&self, text: &mut String) {
        _ = write!(text, "SO{:06}", self.order);
    }

    fn customer(&self, text: &mut String) {
        _ = write!(text, "{} {}", CUSTOMERS[self.customer % CUSTOMERS.len()], self.customer);
    }

    fn contract(&self, text: &mut String) {
        self.order(text);
        text.push_str(" - ");
        self.customer(text);
    }

    fn task(&self, text: &mut String) {
        self.order(text);
        _ = write!(text, "/{}: {}", self.position, self.product.name);
    }

    /// Delivered, in hundredths of the line's unit: each sum converted once.
    fn delivered(&self) -> u64 {
        let [on_contract, others] = self.worked;
        let hundredths = |minutes: u64| self.product.unit.hundredths(minutes);
        let of_units = on_contract.into_iter().zip(others).map(|(one, other)| {
            if self.is_pooled {
                hundredths(one) + hundredths(other)
            } else {
                hundredths(one + other)
            }
        });
        of_units.sum()
    }
}

struct Company {
    lines: Vec<Line>,
    /// Lines that entries are for.
    worked_for: Vec<usize>,
    /// Minutes that the entries of such a line come to, about.
    usual_minutes: u64,
}

impl Company {
    fn new(request: Request, random: &mut Random) -> Self {
        let customers = request.lines / 8 + 1;
        let mut lines: Vec<Line> = Vec::with_capacity(request.lines);
        let mut worked_for = Vec::new();
        let mut order = 0;
        while lines.len() < request.lines {
            order += 1;
            let customer = random.below(customers);
            let (products, several): (&'static [Product], bool) = match random.below(100) {
                0..55 => (&SUPPORT, random.percent(20)),
                55..90 => (&PROJECTS, random.percent(60)),
                _ => (&OTHERS, random.percent(40)),
            };
            let state = match random.below(100) {
                0..90 => "sale",
                90..95 => "done",
                95..98 => "draft",
                _ => "cancel",
            };
            let first = random.pick(products);
            for position in 1..=if several { 2 } else { 1 } {
                // Lines of one contract are of one product: a pool.
                let product = if position == 1 || first.tracking == "contract" {
                    first
                } else {
                    random.pick(products)
                };
                let in_first_line = position > 1 && product.tracking == "contract";
                if matches!(state, "sale" | "done")
                    && matches!(product.tracking, "contract" | "task")
                    && !in_first_line
                {
                    worked_for.push(lines.len());
                }
                let share = 70 + random.number(200);
                lines.push(Line {
                    order,
                    position,
                    customer,
                    product,
                    state,
                    share,
                    is_pooled: several && first.tracking == "contract",
                    worked: [[0; 3]; 2],
                });
            }
        }
        lines.truncate(request.lines);
        // Its second line is gone.
        if let Some(last) = lines.last_mut().filter(|last| last.position == 1) {
            last.is_pooled = false;
        }
        worked_for.retain(|line| *line < request.lines);
        let usual_minutes =
            USUAL_MINUTES * u64::from(request.entries) / (worked_for.len().max(1) as u64);
        Self { lines, worked_for, usual_minutes }
    }

    fn write_timesheets(
        &mut self,
        request: Request,
        random: &mut Random,
        folder: &Path,
    ) -> io::Result<Made> {
        let (year, month, day) = FIRST_DAY;
        let first = NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
        let mut files = Timesheets::new(request.timesheets, folder)?;
        let mut last_target = None;
        let mut entry = Entry::default();
        for number in 0..request.entries {
            entry.clear();
            entry.day = first + Days::new(u64::from(number) * DAYS / u64::from(request.entries));
            entry.id = match request.ids {
                Ids::Ordered => number + 1,
                Ids::Random => shuffled(number, request.seed),
            };
            // People work on one thing for a while.
            let target = match last_target {
                Some(target) if random.percent(30) => target,
                _ => self.worked_for.get(random.below(self.worked_for.len())).copied(),
            };
            last_target = Some(target);
            self.fill(&mut entry, target, random);
            files.write(&entry)?;
        }
        files.finish()
    }

    fn fill(&mut self, entry: &mut Entry, target: Option<usize>, random: &mut Random) {
        entry.employee = random.pick(&PEOPLE);
        let matched = target.filter(|_| !random.percent(2));
        let group = match matched {
            Some(target) => refer(entry, &self.lines[target], random),
            None => refer_to_nothing(entry, target.map(|at| &self.lines[at]), random),
        };
        describe(entry, random);
        let (unit, minutes) = amount(entry, random);
        if let Some(target) = matched {
            self.lines[target].worked[group][unit] += minutes;
        }
    }

    fn write_order_lines(&self, random: &mut Random, folder: &Path) -> io::Result<u64> {
        let mut file = new_file(&folder.join("order_lines.csv"))?;
        let mut bytes = write_all(&mut file, LINE_HEADER)?;
        let mut row = String::new();
        for line in &self.lines {
            row.clear();
            self.order_line(&mut row, line, random);
            bytes += write_all(&mut file, &row)?;
        }
        file.flush()?;
        Ok(bytes)
    }

    fn order_line(&self, row: &mut String, line: &Line, random: &mut Random) {
        let product = line.product;
        let mut cell = String::new();
        let mut push = |row: &mut String, write: &dyn Fn(&Line, &mut String)| {
            cell.clear();
            write(line, &mut cell);
            push_cell(row, &cell);
        };
        push(row, &Line::id);
        push(row, &Line::order);
        _ = write!(row, "{},", line.state);
        push(row, &Line::customer);
        // What an order says is the same on each of its lines.
        let (salesperson, month, day) =
            (line.order % PEOPLE.len(), line.order % 12, line.order % 28);
        _ = write!(row, "{},2024-{:02}-{:02},", PEOPLE[salesperson], month + 1, day + 1);
        _ = write!(row, "{},", line.position * 10);
        push_cell(row, product.name);
        push_cell(row, &format!("{}\nas offered, prices without tax", product.name));
        let ordered = match product.unit {
            Unit::Pieces => 100 * (1 + random.number(20)),
            // Whole units, from 0.7 to 2.7 times what its entries come to.
            unit => (unit.hundredths(self.usual_minutes * line.share / 100) / 100).max(1) * 100,
        };
        let delivered = match line.delivered() {
            // The ERP is behind by an entry or two.
            delivered if random.percent(3) => delivered.saturating_sub(150),
            delivered => delivered,
        };
        let delivered = if product.unit.minutes() == 1 { ordered } else { delivered };
        let invoiced =
            if line.state == "sale" && product.policy == "ordered" { ordered } else { 0 };
        let discount = random.pick(&[0, 0, 0, 5, 10]);
        let subtotal = ordered * product.price_in_cents * (100 - discount) / 10_000;
        _ = write!(
            row,
            "{},{},{},{},{},{discount},{},{},",
            Hundredths(ordered),
            product.unit.name(),
            Hundredths(delivered),
            Hundredths(invoiced),
            Hundredths(product.price_in_cents),
            Hundredths(subtotal),
            ["EUR", "EUR", "EUR", "USD"][line.customer % 4],
        );
        push(row, &Line::contract);
        match product.tracking {
            "task" => push(row, &Line::task),
            _ => row.push(','),
        }
        _ = writeln!(row, "{},{}", product.tracking, product.policy);
    }
}

const LINE_HEADER: &str = "id,order,state,customer,salesperson,order_date,sequence,product,description,ordered,unit,\
    delivered,invoiced,price,discount,subtotal,currency,contract,task,tracking,policy\n";

/// Project, contract, task and line of an entry for a line, and in which group
/// of its worked minutes the entry belongs.
fn refer(entry: &mut Entry, line: &Line, random: &mut Random) -> usize {
    if random.percent(10) {
        line.id(&mut entry.line);
        1
    } else if line.product.tracking == "task" {
        _ = write!(entry.project, "Project {:06}", line.order);
        line.task(&mut entry.task);
        1
    } else {
        line.contract(&mut entry.contract);
        0
    }
}

/// The same of an entry that leads nowhere: a slip in the contract, a task or
/// a line of no order, or nothing at all.
fn refer_to_nothing(entry: &mut Entry, line: Option<&Line>, random: &mut Random) -> usize {
    match (line, random.below(4)) {
        (Some(line), 0) => {
            line.contract(&mut entry.contract);
            entry.contract.push('x');
        }
        (_, 1) => {
            entry.project.push_str("Internal");
            _ = write!(entry.task, "Inventory {}", random.below(50));
        }
        (_, 2) => _ = write!(entry.line, "L999999-{}", random.below(50)),
        _ => {}
    }
    0
}

fn describe(entry: &mut Entry, random: &mut Random) {
    let text = match random.below(100) {
        0..72 => random.pick(&PLAIN),
        72..95 => random.pick(&QUOTED),
        _ => random.pick(&LONG),
    };
    if random.percent(60) {
        _ = write!(entry.description, "Ticket #{}: ", 10_000 + random.below(90_000));
    }
    entry.description.push_str(text);
}

/// Hours as an ERP's export prints thirds and twelfths of one.
const FLOATS: [(&str, u64); 3] =
    [("0.3333333333333333", 20), ("1.6666666666666667", 100), ("0.08333333333333333", 5)];

/// Quantity and unit, and where the minutes are summed.
fn amount(entry: &mut Entry, random: &mut Random) -> (usize, u64) {
    let (unit, at, minutes) = match random.below(100) {
        0..5 => {
            let (text, minutes) = random.pick(&FLOATS);
            entry.quantity.push_str(text);
            (Unit::Hours, 0, minutes)
        }
        5..80 => {
            let quarters = 1 + random.number(24);
            _ = write!(entry.quantity, "{}", Hundredths(quarters * 25));
            (Unit::Hours, 0, quarters * 15)
        }
        80..92 => {
            let quarters = 1 + random.number(4);
            _ = write!(entry.quantity, "{}", Hundredths(quarters * 25));
            (Unit::Days, 1, quarters * 120)
        }
        _ => {
            let minutes = 5 * (1 + random.number(36));
            _ = write!(entry.quantity, "{minutes}");
            (Unit::Minutes, 2, minutes)
        }
    };
    entry.unit = unit.name();
    (at, minutes)
}

/// A number of hundredths as a decimal: 750 is 7.5.
struct Hundredths(u64);

impl std::fmt::Display for Hundredths {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (whole, rest) = (self.0 / 100, self.0 % 100);
        match (rest, rest % 10) {
            (0, _) => write!(f, "{whole}"),
            (_, 0) => write!(f, "{whole}.{}", rest / 10),
            _ => write!(f, "{whole}.{rest:02}"),
        }
    }
}

/// Adds a cell and the comma after it, in quotes where it needs them.
fn push_cell(row: &mut String, cell: &str) {
    if cell.contains([',', '"', '\n', '\r']) {
        row.push('"');
        for (at, part) in cell.split('"').enumerate() {
            if at > 0 {
                row.push_str("\"\"");
            }
            row.push_str(part);
        }
        row.push_str("\",");
    } else {
        row.push_str(cell);
        row.push(',');
    }
}

#[expect(clippy::disallowed_methods, reason = "inputs are made here, no report is written")]
fn new_file(path: &Path) -> io::Result<BufWriter<File>> {
    Ok(BufWriter::with_capacity(1 << 20, File::create(path)?))
}

fn write_all(file: &mut impl Write, text: &str) -> io::Result<u64> {
    file.write_all(text.as_bytes())?;
    Ok(text.len() as u64)
}

/// Each number at another place: the finaliser of `MurmurHash3`, which takes no
/// two numbers to one.
fn shuffled(number: u32, seed: u64) -> u32 {
    let low = u32::try_from(seed & u64::from(u32::MAX)).unwrap_or_default();
    let mut x = number ^ low;
    x = (x ^ (x >> 16)).wrapping_mul(0x85eb_ca6b);
    x = (x ^ (x >> 13)).wrapping_mul(0xc2b2_ae35);
    x ^ (x >> 16)
}

/// splitmix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    /// From 0 to one less than `end`.
    fn number(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    fn below(&mut self, end: usize) -> usize {
        // Always fits: it is less than `end`.
        usize::try_from(self.number(end as u64)).unwrap_or_default()
    }

    fn percent(&mut self, chance: u64) -> bool {
        self.number(100) < chance
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}
