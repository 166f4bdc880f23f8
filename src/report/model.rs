//! One report: every row in its order, every figure with the decimals it is
//! printed with. The writers turn it into files and recompute nothing.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::diagnostics::{Fault, Naming, Phrase, Place, Word};
use crate::history::{DecisionColumn, Known, Record, RunFigures};
use crate::language::{Words, english};
use crate::model::{
    AdjustmentCounts, Book, Currency, EntryRow, Exact, InvoiceStatus, InvoicingPolicy, KeyPart,
    LineIndex, Lock, Money, Period, Quantity, Tracking, print_hours,
};
use crate::reconcile::{
    BurnDown, Cause, ControlTotals, Review, Settled, Settlement, Status, Upsell,
};

use super::tables::Work;

/// What a column holds, for the writers that care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Text.
    Text,
    /// A quantity in the row's unit.
    Quantity,
    /// An amount in the row's currency.
    Money,
    /// A share of one, with four decimals.
    Share,
    /// Hours.
    Hours,
    /// A whole number.
    Count,
    /// A day.
    Day,
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The stable name, in CSV files.
    pub name: &'static str,
    /// The heading that people read.
    pub title: &'static str,
    /// What it holds.
    pub kind: ColumnKind,
}

pub(super) const fn column(name: &'static str, title: &'static str, kind: ColumnKind) -> Column {
    Column { name, title, kind }
}

use ColumnKind::{Count, Day, Hours, Money as Amount, Quantity as Qty, Share, Text};

/// The columns of delivered.csv (FORMATS.md).
pub const DELIVERED: &[Column] = &[
    column("order", "Order", Text),
    column("line", "Line", Text),
    column("customer", "Customer", Text),
    column("product", "Product", Text),
    column("contract", "Contract", Text),
    column("task", "Task", Text),
    column("tracking", "Tracking", Text),
    column("policy", "Invoicing policy", Text),
    column("ordered", "Ordered", Qty),
    column("unit", "Unit", Text),
    column("delivered", "Delivered", Qty),
    column("exported", "Delivered in ERP", Qty),
    column("difference", "Difference", Qty),
    column("remaining", "Remaining", Qty),
    column("used", "Used", Share),
    column("hours", "Hours", Hours),
    column("entries", "Entries", Count),
    column("first_date", "First entry", Day),
    column("last_date", "Last entry", Day),
    column("consumed_value", "Consumed value", Amount),
    column("overrun_value", "Overrun value", Amount),
    column("currency", "Currency", Text),
    column("status", "Status", Text),
    column("invoice_status", "Invoice status", Text),
    column("cause", "Cause", Text),
    column("adjusted", "Adjusted", Qty),
    column("proposed", "Proposed", Qty),
    column("period_hours", "Hours in period", Hours),
    column("hours_before", "Hours before", Hours),
    column("invoiced", "Invoiced", Qty),
    column("to_invoice", "To invoice", Qty),
    column("to_invoice_value", "Value to invoice", Amount),
    column("order_invoice_status", "Order's invoice status", Text),
    column("last_open", "Last seen open", Day),
    column("first_locked", "Locked by", Day),
];

/// The columns of upsell.csv.
pub const UPSELL: &[Column] = &[
    column("order", "Order", Text),
    column("lines", "Lines", Text),
    column("customer", "Customer", Text),
    column("salesperson", "Salesperson", Text),
    column("product", "Product", Text),
    column("contract", "Contract", Text),
    column("ordered", "Ordered", Qty),
    column("unit", "Unit", Text),
    column("delivered", "Delivered", Qty),
    column("excess", "Excess", Qty),
    column("used", "Used", Share),
    column("overrun_value", "Overrun value", Amount),
    column("currency", "Currency", Text),
    column("reached_on", "Reached on", Day),
    column("days_since", "Days since", Count),
    column("customer_remaining", "Customer's other hours", Hours),
    column("covered_by", "Covered by", Text),
    column("adjusted", "Adjusted", Qty),
    column("first_seen", "First seen", Day),
    column("runs_open", "Runs open", Count),
    column("change", "Change", Qty),
    column("owner", "Owner", Text),
    column("decision", "Decision", Text),
    column("comment", "Comment", Text),
    column("snooze_until", "Snooze until", Day),
    column("snoozed", "Snoozed", Text),
];

/// The columns of history.csv. Its numbers are exact, whatever their units.
pub const HISTORY: &[Column] = &[
    column("order", "Order", Text),
    column("lines", "Lines", Text),
    column("sold", "Sold", Qty),
    column("unit", "Unit", Text),
    column("open", "Open", Text),
    column("first_seen", "First seen", Day),
    column("runs_open", "Runs open", Count),
    column("last_seen", "Last seen", Day),
    column("excess", "Excess", Qty),
    column("opportunity", "Opportunity", Text),
    column("before_runs_open", "Runs open before", Count),
    column("before_last_seen", "Last seen before", Day),
    column("before_excess", "Excess before", Qty),
    column("before_opportunity", "Opportunity before", Text),
    column("owner", "Owner", Text),
    column("decision", "Decision", Text),
    column("comment", "Comment", Text),
    column("snooze_until", "Snooze until", Day),
    column("snoozed_at", "Snoozed at", Qty),
];

/// The columns of exceptions.csv.
pub const EXCEPTIONS: &[Column] = &[
    column("file", "File", Text),
    column("sheet", "Sheet", Text),
    column("row", "Row", Count),
    column("column", "Column", Text),
    column("kind", "Kind", Text),
    column("rule", "Rule", Text),
    column("found", "Found", Text),
    column("expected", "Expected", Text),
    column("action", "What to do", Text),
];

/// The columns of unmatched.csv.
pub const UNMATCHED: &[Column] = &[
    column("file", "File", Text),
    column("sheet", "Sheet", Text),
    column("row", "Row", Count),
    column("entry", "Entry", Text),
    column("date", "Date", Day),
    column("employee", "Employee", Text),
    column("contract", "Contract", Text),
    column("task", "Task", Text),
    column("line", "Line", Text),
    column("quantity", "Quantity", Qty),
    column("unit", "Unit", Text),
    column("reason", "Reason", Text),
    column("candidate", "Nearest candidate", Text),
    column("description", "Description", Text),
    column("client", "Client", Text),
    column("project", "Project", Text),
    column("activity", "Activity", Text),
    column("tags", "Tags", Text),
];

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// Unknown, or it does not apply.
    Empty,
    /// Text.
    Text(Cow<'a, str>),
    /// What something is called, by a word of drawdown's own: for programs its
    /// stable name, for people that of their language.
    Word(Word),
    /// A number as it is printed: a point, no grouping, no exponent.
    Number(String),
    /// A day.
    Day(NaiveDate),
}

impl<'a> Value<'a> {
    pub(super) fn text(text: &'a str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(Cow::Borrowed(text)) }
    }

    pub(super) fn owned(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(Cow::Owned(text)) }
    }

    /// What something is called.
    pub(super) fn naming(naming: Naming<'a>) -> Self {
        match naming {
            Naming::Given(name) if name.is_empty() => Self::Empty,
            Naming::Given(name) => Self::Text(name),
            Naming::Supplied(word) => Self::Word(word),
        }
    }

    pub(super) fn maybe_text(text: Option<&'a str>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    pub(super) fn count(count: u64) -> Self {
        Self::Number(count.to_string())
    }

    pub(super) fn maybe_number(number: Option<String>) -> Self {
        number.map_or(Self::Empty, Self::Number)
    }

    pub(super) fn day(day: Option<NaiveDate>) -> Self {
        day.map_or(Self::Empty, Self::Day)
    }
}

/// A row of a table, cell by cell in the order of its columns.
pub type TableRow<'a> = Vec<Value<'a>>;

/// A table that a writer can write more than once.
pub struct Table<'a> {
    /// The name of its file and sheet: `delivered`.
    pub name: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
    /// How many rows it has.
    pub rows: usize,
    row: Box<dyn Fn(usize) -> TableRow<'a> + Sync + 'a>,
}

impl<'a> Table<'a> {
    /// A table whose rows are made when they are asked for.
    pub fn new(
        name: &'static str,
        columns: &'static [Column],
        rows: usize,
        row: impl Fn(usize) -> TableRow<'a> + Sync + 'a,
    ) -> Self {
        Self { name, columns, rows, row: Box::new(row) }
    }

    /// One of its rows.
    #[must_use]
    pub fn row(&self, index: usize) -> TableRow<'a> {
        (self.row)(index)
    }

    /// Its rows, made one by one.
    pub fn iter(&self) -> impl Iterator<Item = TableRow<'a>> + '_ {
        (0..self.rows).map(|index| (self.row)(index))
    }
}

impl std::fmt::Debug for Table<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table")
            .field("name", &self.name)
            .field("rows", &self.rows)
            .finish_non_exhaustive()
    }
}

/// A row of upsell.csv.
#[derive(Debug, Clone)]
pub struct UpsellRow {
    /// The line or pool.
    pub upsell: Upsell,
    /// The day the quota was reached (6.9).
    pub reached_on: Option<NaiveDate>,
    /// How the quota was drawn down, where a report shows it and entries say.
    pub burn_down: Option<BurnDown>,
    /// Hours left on the customer's other contracts of the same product.
    pub customer_remaining: Option<Exact>,
    /// The orders of these.
    pub covered_by: Vec<String>,
    /// What earlier runs knew of it, and what was decided.
    pub known: Known,
}

/// A row of unmatched.csv.
#[derive(Debug, Clone)]
pub struct UnmatchedRow {
    /// The entry.
    pub entry: EntryRow,
    /// The reason's stable name.
    pub reason: &'static str,
    /// The nearest candidate; blank without one.
    pub candidate: Arc<str>,
}

/// What is unmatched for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnmatchedFor {
    /// Entries.
    pub entries: u64,
    /// Their hours; quantities of no time category count none.
    pub hours: Exact,
}

impl UnmatchedFor {
    /// Adds entries and their hours.
    pub fn add(&mut self, entries: u64, hours: &Exact) {
        self.entries += entries;
        self.hours = &self.hours + hours;
    }
}

/// A sheet that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputRow {
    /// Path as the user reached it.
    pub path: String,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// Role.
    pub role: &'static str,
    /// Digest of the file.
    pub digest: String,
    /// Size of the file.
    pub bytes: u64,
    /// Rows below the header that hold a record.
    pub rows: u64,
    /// Totals among or below them, left out.
    pub total_rows: u64,
    /// Headings of groups among them, left out.
    pub group_rows: u64,
}

impl InputRow {
    /// The file, and the sheet in it.
    #[must_use]
    pub fn shown(&self) -> String {
        match &self.sheet {
            Some(sheet) => format!("{} ({sheet})", self.path),
            None => self.path.clone(),
        }
    }
}

/// Everything that a run found, ready to be written.
#[derive(Debug)]
pub struct Report {
    /// The as-of date and the period.
    pub period: Period,
    /// Orders, lines and units.
    pub book: Book,
    /// The figures.
    pub settled: Settled,
    /// The control totals, proved.
    pub totals: ControlTotals,
    /// Upsells, in the order of upsell.csv.
    pub upsells: Vec<UpsellRow>,
    /// Faults, in the order of exceptions.csv.
    pub faults: Vec<Fault>,
    /// Unmatched entries, in the order of unmatched.csv, if they are listed.
    pub unmatched: Vec<UnmatchedRow>,
    /// What is unmatched for which reason.
    pub reasons: BTreeMap<&'static str, UnmatchedFor>,
    /// Why exported figures may differ, for each line that differs (6.8).
    pub causes: BTreeMap<LineIndex, Cause>,
    /// What was read.
    pub inputs: Vec<InputRow>,
    /// What was passed over: place and reason.
    pub passed_over: Vec<(Place, Phrase)>,
    /// Those of them that may be exports all the same.
    pub not_read: Vec<(Place, Phrase)>,
    /// Those of them that this run replaces: another time they may not be there.
    pub replaced: Vec<Place>,
    /// Facts for the summary.
    pub facts: Facts,
    /// What the biweekly review found.
    pub review: Review,
    /// Every upsell that is remembered.
    pub history: Vec<Record>,
    /// What was worked week by week, and the entries behind upsells.
    pub work: Work,
    /// The figures of the runs so far, this one last.
    pub runs: Vec<RunFigures>,
    /// What is known of the locks of orders, by their lines.
    pub locks: BTreeMap<LineIndex, Lock>,
}

/// Timesheets whose entries carry ids of several kinds, or some of them none.
#[derive(Debug, Clone)]
pub struct KindsOfIds {
    /// Two of them.
    pub files: [Place; 2],
    /// Entries that say the same as one with an id of another kind, and so may
    /// count twice.
    pub rows: u64,
    /// Their hours.
    pub hours: Exact,
}

/// Facts about a run that stand in no table.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Sections, notes and down payments passed over.
    pub lines_passed_over: u64,
    /// Confirmed orders.
    pub confirmed_orders: u64,
    /// Confirmed orders that are locked or done.
    pub locked_orders: u64,
    /// Whether the user chose what locked means.
    pub locked_chosen: bool,
    /// Whether what the earlier run knew of locks is lost, since its
    /// delivered.csv is not what it wrote.
    pub locks_forgotten: bool,
    /// Entries later than the as-of date.
    pub after_as_of: u64,
    /// Timesheet rows whose hours are unknown.
    pub unreadable_rows: u64,
    /// Patterns of files in the configuration that no input matches.
    pub unused_patterns: Vec<String>,
    /// Patterns of files all of whose inputs an earlier one takes, each with that.
    pub shadowed_patterns: Vec<String>,
    /// Two timesheets of an ERP whose entries carry ids of different kinds, or
    /// one of them none: an entry in both cannot be told to be one.
    pub kinds_of_ids: Option<KindsOfIds>,
    /// Products of the configuration that no line sells.
    pub unused_products: Vec<String>,
    /// Quantities taken for a binary float's print (rule 5.6).
    pub float_readings: u64,
    /// What became of the rows of adjustments (rule 6.10).
    pub adjustments: AdjustmentCounts,
    /// Only entries that are marked so count, as approved or as billable.
    pub counts_only_marked: bool,
    /// Hours that count though they are marked as not approved.
    pub not_approved_hours: Exact,
    /// Hours that count though they are marked as not billable.
    pub not_billable_hours: Exact,
}

fn currency_of<'b>(book: &'b Book, lines: &[LineIndex]) -> Option<&'b str> {
    let first = book.line(*lines.first()?);
    first.currency.as_ref().map(Currency::as_str)
}

impl Report {
    /// The code of the currency of lines that are judged together: the first
    /// one's.
    pub(super) fn currency_of(&self, lines: &[LineIndex]) -> Option<&str> {
        currency_of(&self.book, lines)
    }

    /// Orders upsells as upsell.csv does: by currency, then largest overrun,
    /// then order.
    pub fn sort_upsells(&mut self) {
        let book = &self.book;
        self.upsells.par_sort_by_cached_key(|row| {
            let currency = currency_of(book, &row.upsell.lines).unwrap_or_default().to_owned();
            // Without a price there is no value: last of its currency.
            let overrun = row.upsell.overrun.as_ref().map(|money| -money.amount().clone());
            let overrun = (overrun.is_none(), overrun);
            let order = book.order_of(row.upsell.lines[0]).name.clone();
            (currency, overrun, order, book.line(row.upsell.lines[0]).id.clone())
        });
    }

    /// Orders faults as exceptions.csv does: by place.
    pub fn sort_faults(&mut self) {
        self.faults.sort_by(|a, b| {
            a.place.cmp(&b.place).then(a.kind.cmp(&b.kind)).then(a.found.cmp(&b.found))
        });
    }

    /// How many lines have each status.
    #[must_use]
    pub fn lines_by_status(&self) -> BTreeMap<Status, u64> {
        let mut counts: BTreeMap<Status, u64> = Status::ALL.into_iter().map(|s| (s, 0)).collect();
        for settlement in &self.settled.settlements {
            *counts.entry(settlement.status).or_default() += 1;
        }
        counts
    }

    /// Every table, in the order in which a person looks at them.
    #[must_use]
    pub fn tables(&self) -> Vec<Table<'_>> {
        self.tables_in(english())
    }

    /// The same, and what is said in them of exceptions in these words.
    #[must_use]
    pub fn tables_in<'a>(&'a self, words: &'a Words) -> Vec<Table<'a>> {
        vec![
            self.delivered(),
            self.upsells_in_part(false),
            self.upsells_in_part(true),
            self.near(),
            self.idle(),
            self.customers(),
            self.invoicing(),
            self.late(),
            self.without_contract(),
            self.given_away(),
            self.exceptions_in(words),
            self.unmatched_entries(),
        ]
    }

    /// How many lines differ for which cause; those that do not occur are left
    /// out.
    #[must_use]
    pub fn lines_by_cause(&self) -> BTreeMap<Cause, u64> {
        let mut counts = BTreeMap::new();
        for cause in self.causes.values() {
            *counts.entry(*cause).or_default() += 1;
        }
        counts
    }

    /// The table of delivered.csv: a row per order line.
    #[must_use]
    pub fn delivered(&self) -> Table<'_> {
        Table {
            name: "delivered",
            columns: DELIVERED,
            rows: self.book.lines.len(),
            row: Box::new(|index| self.delivered_row(LineIndex(index))),
        }
    }

    /// The table of upsell.csv.
    #[must_use]
    pub fn upsell(&self) -> Table<'_> {
        Table {
            name: "upsell",
            columns: UPSELL,
            rows: self.upsells.len(),
            row: Box::new(|index| self.upsell_row(&self.upsells[index])),
        }
    }

    /// The table of exceptions.csv, in the words that programs read.
    #[must_use]
    pub fn exceptions(&self) -> Table<'_> {
        self.exceptions_in(english())
    }

    /// The same table as people read it.
    #[must_use]
    pub fn exceptions_in<'a>(&'a self, words: &'a Words) -> Table<'a> {
        Table {
            name: "exceptions",
            columns: EXCEPTIONS,
            rows: self.faults.len(),
            row: Box::new(|index| exception_row(&self.faults[index], words)),
        }
    }

    /// The table of unmatched.csv.
    #[must_use]
    pub fn unmatched_entries(&self) -> Table<'_> {
        Table {
            name: "unmatched",
            columns: UNMATCHED,
            rows: self.unmatched.len(),
            row: Box::new(|index| self.unmatched_row(&self.unmatched[index])),
        }
    }

    fn delivered_row(&self, index: LineIndex) -> TableRow<'_> {
        let line = self.book.line(index);
        let order = self.book.order_of(index);
        let settlement: &Settlement = &self.settled.settlements[index.0];
        let quantity = |amount: Option<&Exact>| self.quantity(index, amount);
        let money =
            |amount: &Option<Money>| Value::maybe_number(amount.as_ref().map(Money::printed));
        let difference =
            settlement.delivered.as_ref().zip(line.exported.as_ref()).map(|(a, b)| a - b);
        let lock = self.locks.get(&index);
        let in_period = |hours: &Exact| match self.period.from {
            Some(_) => Value::Number(print_hours(hours)),
            None => Value::Empty,
        };
        vec![
            Value::text(&order.name),
            Value::text(&line.id),
            Value::maybe_text(order.customer.as_deref()),
            Value::text(&line.product),
            Value::maybe_text(line.contract_text.as_deref()),
            Value::maybe_text(line.task.as_deref()),
            Value::maybe_text(line.tracking.map(tracking_name)),
            Value::maybe_text(line.policy.map(policy_name)),
            quantity(line.ordered.as_ref()),
            Value::naming(self.book.unit_of(line)),
            quantity(settlement.delivered.as_ref()),
            quantity(line.exported.as_ref()),
            quantity(difference.as_ref()),
            quantity(settlement.remaining(line).as_ref()),
            Value::maybe_number(settlement.used(line).map(|used| used.to_fixed(4))),
            Value::Number(print_hours(&settlement.hours)),
            Value::count(settlement.entries),
            Value::day(settlement.first),
            Value::day(settlement.last),
            money(&settlement.consumed),
            money(&settlement.overrun),
            Value::maybe_text(line.currency.as_ref().map(Currency::as_str)),
            Value::text(settlement.status.name()),
            Value::maybe_text(settlement.invoice_status.map(InvoiceStatus::name)),
            Value::maybe_text(self.causes.get(&index).map(|cause| cause.name())),
            quantity(settlement.adjusted.as_ref()),
            quantity(settlement.proposed.as_ref()),
            in_period(&settlement.period_hours),
            in_period(&settlement.hours_before),
            quantity(line.invoiced.as_ref()),
            quantity(settlement.to_invoice.as_ref()),
            money(&settlement.to_invoice_value(line)),
            Value::maybe_text(settlement.order_invoice_status.map(InvoiceStatus::name)),
            Value::day(lock.and_then(|lock| lock.last_open)),
            Value::day(lock.and_then(|lock| lock.first_locked)),
        ]
    }

    /// An amount in a line's unit. Without a known unit it keeps its decimals.
    pub(super) fn quantity(&self, index: LineIndex, amount: Option<&Exact>) -> Value<'_> {
        let Some(amount) = amount else { return Value::Empty };
        Value::Number(match self.book.line(index).unit {
            Some(unit) => Quantity::new(amount.clone(), unit).display(&self.book.units),
            None => crate::model::print_amount(amount, &crate::model::default_rounding()),
        })
    }

    pub(super) fn upsell_row<'a>(&'a self, row: &'a UpsellRow) -> TableRow<'a> {
        let upsell = &row.upsell;
        let first = upsell.lines[0];
        let line = self.book.line(first);
        let order = self.book.order_of(first);
        let quantity = |amount: &Exact| self.quantity(first, Some(amount));
        let known = &row.known;
        let decided = |column| Value::text(known.decisions.get(column));
        let excess = upsell.excess();
        let used = upsell.drawn().divided_by(&upsell.ordered);
        let adjusted = self.if_adjusted(&upsell.lines, &upsell.adjusted);
        let days = row.reached_on.map(|day| (self.period.as_of - day).num_days().to_string());
        vec![
            Value::text(&order.name),
            Value::owned(self.line_ids(&upsell.lines)),
            Value::maybe_text(order.customer.as_deref()),
            Value::maybe_text(order.salesperson.as_deref()),
            Value::text(&line.product),
            Value::maybe_text(line.contract_text.as_deref()),
            quantity(&upsell.ordered),
            Value::naming(self.book.units.naming(upsell.measure.unit_id())),
            quantity(&upsell.delivered),
            quantity(&excess),
            Value::maybe_number(used.map(|used| used.to_fixed(4))),
            Value::maybe_number(upsell.overrun.as_ref().map(Money::printed)),
            Value::maybe_text(line.currency.as_ref().map(Currency::as_str)),
            Value::day(row.reached_on),
            Value::maybe_number(days),
            Value::maybe_number(row.customer_remaining.as_ref().map(print_hours)),
            Value::Text(Cow::Owned(row.covered_by.join(" "))),
            self.quantity(first, adjusted),
            Value::day(known.first_seen),
            if known.runs_open == 0 { Value::Empty } else { Value::count(known.runs_open) },
            known.change.as_ref().map_or(Value::Empty, quantity),
            decided(DecisionColumn::Owner),
            decided(DecisionColumn::Decision),
            decided(DecisionColumn::Comment),
            match known.decisions.snooze_until() {
                Some(day) => Value::Day(day),
                None => decided(DecisionColumn::SnoozeUntil),
            },
            Value::text(if known.is_snoozed { "yes" } else { "" }),
        ]
    }

    fn unmatched_row<'a>(&'a self, row: &'a UnmatchedRow) -> TableRow<'a> {
        let entry = &row.entry;
        let key = |parts: &[KeyPart]| parts.iter().find_map(|part| entry.key.get(*part));
        let named = |parts: &[KeyPart]| Value::maybe_text(key(parts));
        vec![
            Value::text(entry.place.file()),
            Value::maybe_text(entry.place.sheet()),
            Value::count(entry.place.row().unwrap_or_default()),
            Value::text(&entry.text.id),
            Value::Day(entry.date),
            Value::text(&entry.text.employee),
            named(&[KeyPart::Contract, KeyPart::ContractId, KeyPart::ContractDatabaseId]),
            named(&[KeyPart::Task, KeyPart::TaskId, KeyPart::TaskDatabaseId]),
            named(&[KeyPart::LineId, KeyPart::LineDatabaseId, KeyPart::LineLabel]),
            Value::Number(
                Quantity::new(entry.amount.clone(), entry.unit).display(&self.book.units),
            ),
            Value::naming(self.book.units.naming(entry.unit)),
            Value::text(row.reason),
            Value::text(&row.candidate),
            Value::text(&entry.text.description),
            named(&[KeyPart::Client]),
            named(&[KeyPart::Project]),
            named(&[KeyPart::Activity]),
            named(&[KeyPart::Tags]),
        ]
    }
}

fn exception_row<'a>(fault: &'a Fault, words: &Words) -> TableRow<'a> {
    vec![
        Value::text(fault.place.file()),
        Value::maybe_text(fault.place.sheet()),
        fault.place.row().map_or(Value::Empty, Value::count),
        Value::maybe_text(fault.place.column()),
        Value::text(fault.kind.name()),
        Value::text(fault.kind.rule()),
        match words.found(&fault.found) {
            found if found.is_empty() => Value::Empty,
            found => Value::Text(found),
        },
        Value::owned(words.say(&fault.expected)),
        Value::owned(words.say(&fault.action)),
    ]
}

/// The stable name of a tracking.
#[must_use]
pub fn tracking_name(tracking: Tracking) -> &'static str {
    match tracking {
        Tracking::Contract => "contract",
        Tracking::Task => "task",
        Tracking::Manual => "manual",
        Tracking::None => "none",
    }
}

/// The stable name of an invoicing policy.
#[must_use]
pub fn policy_name(policy: InvoicingPolicy) -> &'static str {
    match policy {
        InvoicingPolicy::Ordered => "ordered",
        InvoicingPolicy::Delivered => "delivered",
    }
}
