//! The lists of the page: which columns each shows, and its rows as the script
//! takes them, column by column.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rayon::prelude::*;
use serde::{Serialize, Serializer};

use super::chart::{Chart, Drawn};
use super::upsells::{Card, overrun};
use super::words::Words;
use crate::model::{Exact, LineIndex, Lookup};
use crate::reconcile::Outlook;
use crate::report::model::{ColumnKind, Report, Table, TableRow, UpsellRow, Value};

/// Rows of one list; what is past them stands in its CSV file only.
const MOST_ROWS: usize = 100_000;
/// Rows and cards that are there before the script runs.
const FIRST_ROWS: usize = 25;
const FIRST_CARDS: usize = 12;

/// A column that a list shows.
#[derive(Debug, Clone, Copy, Default)]
struct Shown {
    column: &'static str,
    /// Shown small below it.
    below: &'static str,
    /// Its unit or currency.
    unit: &'static str,
    /// Its arithmetic: a sign, a column, and whether it must be known.
    terms: &'static [(&'static str, &'static str, bool)],
    /// A column that holds its arithmetic.
    is: &'static str,
    /// Whether what is below says what it is: a bare number does not.
    is_labelled: bool,
}

const fn shown(column: &'static str) -> Shown {
    Shown { column, below: "", unit: "", terms: &[], is: "", is_labelled: false }
}

impl Shown {
    const fn over(self, below: &'static str) -> Self {
        Self { below, ..self }
    }

    const fn over_labelled(self, below: &'static str) -> Self {
        Self { below, is_labelled: true, ..self }
    }

    const fn in_unit(self, unit: &'static str) -> Self {
        Self { unit, ..self }
    }

    const fn made_of(self, terms: &'static [(&'static str, &'static str, bool)]) -> Self {
        Self { terms, ..self }
    }

    const fn told_by(self, is: &'static str) -> Self {
        Self { is, ..self }
    }
}

const REMAINING: &[(&str, &str, bool)] =
    &[("", "ordered", true), ("−", "delivered", true), ("−", "adjusted", false)];

const NEAR: &[Shown] = &[
    shown("order").over("product"),
    shown("customer").over("salesperson"),
    shown("chart"),
    shown("ordered").in_unit("unit"),
    shown("delivered").over("adjusted_said"),
    shown("remaining").made_of(REMAINING),
    shown("used").made_of(&[
        ("", "delivered", true),
        ("+", "adjusted", false),
        ("÷", "ordered", true),
    ]),
    shown("remaining_value").in_unit("currency"),
    shown("used_per_week").told_by("rate_is"),
    shown("runs_out_on").told_by("end_is"),
    shown("days_left").made_of(&[("", "runs_out_on", true), ("−", "as_of", true)]),
    shown("status"),
];

const IDLE: &[Shown] = &[
    shown("order").over("product"),
    shown("customer").over("salesperson"),
    shown("contract"),
    shown("ordered").in_unit("unit"),
    shown("remaining"),
    shown("remaining_value").in_unit("currency"),
    shown("order_date"),
    shown("last_date"),
    shown("weeks_idle"),
    shown("status"),
];

const UNMATCHED: &[Shown] = &[
    shown("date").over("entry"),
    shown("employee"),
    shown("quantity").in_unit("unit"),
    shown("reason"),
    shown("candidate"),
    shown("contract").over("task"),
    shown("project").over("client"),
    shown("description"),
    shown("file").over_labelled("row"),
];

const EXCEPTIONS: &[Shown] = &[
    shown("kind").over_labelled("rule"),
    shown("found"),
    shown("expected"),
    shown("action"),
    shown("file").over("sheet"),
    shown("row").over("column"),
];

const DELIVERED: &[Shown] = &[
    shown("order").over("line"),
    shown("customer").over("salesperson"),
    shown("product").over("contract"),
    shown("ordered").in_unit("unit"),
    shown("delivered").over("adjusted_said"),
    shown("remaining").made_of(REMAINING),
    shown("used").made_of(&[
        ("", "delivered", true),
        ("+", "adjusted", false),
        ("÷", "ordered", true),
    ]),
    shown("hours").over("last_date"),
    shown("exported"),
    shown("difference").made_of(&[("", "delivered", true), ("−", "exported", true)]).over("cause"),
    shown("overrun_value").in_unit("currency").told_by("overrun_is"),
    shown("status"),
];

/// A column as the script takes it.
#[derive(Debug, Serialize)]
pub(super) struct JsonColumn {
    name: &'static str,
    kind: &'static str,
    /// The cells of its rows or, with `rows`, those that occur.
    cells: Texts,
    /// For each row the place of its cell.
    #[serde(skip_serializing_if = "Option::is_none")]
    rows: Option<Vec<u32>>,
    /// The cells in the reader's way, where the script cannot write them.
    #[serde(skip_serializing_if = "Option::is_none")]
    shown: Option<Texts>,
}

/// Texts that may come again.
#[derive(Debug)]
enum Texts {
    /// Each as it stands.
    Once(Vec<String>),
    /// For each row the place of its text.
    OfRows(Vec<String>, Arc<[u32]>),
}

impl Serialize for Texts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Once(texts) => serializer.collect_seq(texts),
            Self::OfRows(texts, rows) => {
                serializer.collect_seq(rows.iter().filter_map(|at| texts.get(*at as usize)))
            }
        }
    }
}

#[derive(Debug, Serialize)]
struct JsonShown {
    column: &'static str,
    title: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    below: &'static str,
    /// What is below with its label; the script fills in the text.
    #[serde(skip_serializing_if = "String::is_empty")]
    labelled: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    unit: &'static str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    terms: &'static [(&'static str, &'static str, bool)],
    #[serde(skip_serializing_if = "str::is_empty")]
    is: &'static str,
}

/// A list as the script takes it.
#[derive(Debug, Serialize)]
pub(super) struct JsonList {
    id: &'static str,
    rows: usize,
    empty: String,
    columns: Vec<JsonColumn>,
    shown: Vec<JsonShown>,
    #[serde(skip_serializing_if = "Option::is_none")]
    charts: Option<Vec<Option<Chart>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cards: Option<Vec<Card>>,
}

/// A heading of a list.
#[derive(Debug)]
pub(super) struct Heading {
    pub(super) title: String,
    pub(super) class: &'static str,
}

/// A cell that is there before the script runs.
#[derive(Debug, Default)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) unit: String,
    pub(super) below: String,
    pub(super) label: String,
    pub(super) class: &'static str,
}

/// A list as the page has it.
#[derive(Debug)]
pub(super) struct List {
    pub(super) id: &'static str,
    pub(super) title: String,
    pub(super) about: String,
    pub(super) pages: String,
    pub(super) empty: String,
    pub(super) count: String,
    pub(super) rows: usize,
    pub(super) is_cards: bool,
    pub(super) cards: Vec<Card>,
    pub(super) columns: Vec<Heading>,
    pub(super) first_rows: Vec<Vec<Cell>>,
    pub(super) json: JsonList,
}

/// A column on its way to the page: what occurs in it, said once, and where.
struct Gathered {
    name: &'static str,
    kind: Kind,
    /// In the order in which they come.
    said: Vec<SaidCell>,
    /// For each row the place of its cell among them.
    rows: Vec<u32>,
    blank: Option<u32>,
    days: BTreeMap<NaiveDate, u32>,
    /// The places of texts, as they stand in the table.
    texts: Lookup<String, u32>,
    /// Those of words, by their stable names.
    words: Lookup<String, u32>,
    numbers: Lookup<String, u32>,
}

/// What a cell says.
struct SaidCell {
    cell: String,
    /// In the reader's way; blank where nobody asks for it.
    shown: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    Share,
    Day,
    /// An equation or a remark, which nobody searches.
    Equation,
}

impl Kind {
    fn of(kind: ColumnKind) -> Self {
        match kind {
            ColumnKind::Text => Self::Text,
            ColumnKind::Quantity | ColumnKind::Money | ColumnKind::Hours | ColumnKind::Count => {
                Self::Number
            }
            ColumnKind::Share => Self::Share,
            ColumnKind::Day => Self::Day,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Share => "share",
            Self::Day => "day",
            Self::Equation => "equation",
        }
    }

    /// Whether the script is told how its cells are shown; it writes numbers as
    /// these were written.
    fn is_told(self) -> bool {
        matches!(self, Self::Text | Self::Day)
    }

    fn class(self) -> &'static str {
        match self {
            Self::Number | Self::Share => "n",
            Self::Day => "d",
            Self::Text | Self::Equation => "",
        }
    }
}

impl Gathered {
    fn new(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            kind,
            said: Vec::new(),
            rows: Vec::new(),
            blank: None,
            days: BTreeMap::new(),
            texts: Lookup::default(),
            words: Lookup::default(),
            numbers: Lookup::default(),
        }
    }

    fn push(&mut self, value: &Value<'_>, words: &Words<'_>) {
        let known = match value {
            Value::Empty => self.blank,
            Value::Text(text) => self.texts.get(&**text).copied(),
            Value::Word(word) => self.words.get(word.stable()).copied(),
            Value::Number(number) => self.numbers.get(number.as_str()).copied(),
            Value::Day(day) => self.days.get(day).copied(),
        };
        let at = known.unwrap_or_else(|| self.say(value, words));
        self.rows.push(at);
    }

    /// Takes in what a cell says that was not met before.
    fn say(&mut self, value: &Value<'_>, words: &Words<'_>) -> u32 {
        let is_shown = self.is_shown();
        // A list has fewer rows.
        let at = u32::try_from(self.said.len()).unwrap_or(u32::MAX);
        let (cell, shown) = match value {
            Value::Empty => {
                self.blank = Some(at);
                (String::new(), String::new())
            }
            Value::Text(text) => {
                self.texts.insert_new(&**text, at);
                let shown = if is_shown { words.word(self.name, text) } else { String::new() };
                (words.cell(self.name, text), shown)
            }
            Value::Word(word) => {
                self.words.insert_new(word.stable(), at);
                (word.stable().to_owned(), words.supplied(*word))
            }
            Value::Number(number) => {
                self.numbers.insert_new(number.as_str(), at);
                let shown = match self.kind {
                    _ if !is_shown => String::new(),
                    Kind::Share => words.percent(number),
                    _ => words.number(number),
                };
                (number.clone(), shown)
            }
            Value::Day(day) => {
                self.days.insert(*day, at);
                (day.to_string(), words.date_in_tables(*day))
            }
        };
        self.said.push(SaidCell { cell, shown });
        at
    }

    /// Whether somebody asks how the next new cell is shown: the script writes
    /// numbers itself, but for the rows that are there before it runs.
    fn is_shown(&self) -> bool {
        self.kind.is_told() || self.said.len() < FIRST_ROWS
    }

    /// How a row's cell is shown.
    fn shown(&self, row: usize) -> Option<&str> {
        Some(&self.said.get(*self.rows.get(row)? as usize)?.shown)
    }

    /// As the script takes it; cells that come again are told once.
    fn into_json(self) -> JsonColumn {
        let Self { name, kind, said, rows, .. } = self;
        let is_told = kind.is_told() && said.iter().any(|said| said.shown != said.cell);
        // What is shown otherwise may be the same to the script.
        let mut same: Lookup<&str, u32> = Lookup::default();
        let mut firsts: Vec<u32> = Vec::new();
        let mut places: Vec<u32> = Vec::with_capacity(said.len());
        for (at, said) in (0..).zip(&said) {
            let new = u32::try_from(firsts.len()).unwrap_or(u32::MAX);
            let place = *same.entry(said.cell.as_str(), || {
                firsts.push(at);
                new
            });
            places.push(place);
        }
        drop(same);
        let is_told_once = firsts.len() * 2 <= rows.len();
        if is_told_once {
            let place = |at: &u32| places.get(*at as usize).copied();
            let rows = rows.iter().filter_map(place).collect();
            let mut firsts = firsts.into_iter().peekable();
            let kept = (0_u32..).zip(said).filter(|(at, _)| firsts.next_if_eq(at).is_some());
            let (cells, shown): (Vec<String>, Vec<String>) =
                kept.map(|(_, said)| (said.cell, said.shown)).unzip();
            let shown = is_told.then_some(Texts::Once(shown));
            return JsonColumn {
                name,
                kind: kind.name(),
                cells: Texts::Once(cells),
                rows: Some(rows),
                shown,
            };
        }
        let rows: Arc<[u32]> = rows.into();
        let (cells, shown): (Vec<String>, Vec<String>) =
            said.into_iter().map(|said| (said.cell, said.shown)).unzip();
        JsonColumn {
            name,
            kind: kind.name(),
            cells: Texts::OfRows(cells, Arc::clone(&rows)),
            rows: None,
            shown: is_told.then_some(Texts::OfRows(shown, rows)),
        }
    }
}

/// The lists, in the order in which they stand on the page.
pub(super) fn lists(report: &Report, words: &Words<'_>) -> Vec<List> {
    // Order lines and unmatched entries are most of it.
    let (delivered, (unmatched, others)) = rayon::join(
        || delivered(report, words),
        || {
            rayon::join(
                || of_table(&report.unmatched_entries(), UNMATCHED, words, &[]),
                || {
                    [
                        upsells(report, words, false),
                        upsells(report, words, true),
                        near(report, words),
                        idle(report, words),
                    ]
                },
            )
        },
    );
    let exceptions = of_table(&report.exceptions_in(words.of_reports()), EXCEPTIONS, words, &[]);
    others.into_iter().chain([unmatched, exceptions, delivered]).collect()
}

/// A column that a table does not have, cell by cell.
type Further<'a> = (&'static str, Kind, Box<dyn Fn(usize) -> Value<'a> + 'a>);

fn near(report: &Report, words: &Words<'_>) -> List {
    let as_of = report.period.as_of;
    let adjusted = |row: usize| {
        let near = report.review.near.get(row);
        let quota = near.and_then(|near| report.settled.quotas.get(near.quota));
        let quota = quota.filter(|quota| !quota.adjusted.is_zero());
        Value::owned(quota.map_or_else(String::new, |quota| {
            let adjusted = report.in_unit_text(&quota.adjusted, quota.measure.unit_id());
            words.adjusted(&quota.adjusted, &adjusted)
        }))
    };
    type Told = fn(&Report, &Words<'_>, &Outlook) -> Option<String>;
    let told = |tell: Told| {
        Box::new(move |at: usize| {
            let near = report.review.near.get(at);
            Value::owned(near.and_then(|near| tell(report, words, near)).unwrap_or_default())
        })
    };
    let further: Vec<Further<'_>> = vec![
        ("as_of", Kind::Day, Box::new(move |_| Value::Day(as_of))),
        ("adjusted_said", Kind::Equation, Box::new(adjusted)),
        ("rate_is", Kind::Equation, told(rate)),
        ("end_is", Kind::Equation, told(end)),
    ];
    let mut list = of_table(&report.near_by_the_sooner_day(), NEAR, words, &further);
    let chart = |row: &Outlook| {
        let quota = report.settled.quotas.get(row.quota)?;
        let order = report.book.order_of(*quota.lines.first()?);
        let (name, customer) =
            (words.text(&order.name), words.text(order.customer.as_deref().unwrap_or_default()));
        let of = Drawn {
            order: &name,
            customer: &customer,
            burn_down: row.burn_down.as_ref()?,
            unit: quota.measure.unit_id(),
            reached_on: None,
        };
        Chart::new(report, words, of)
    };
    list.json.charts = Some(report.review.near.par_iter().take(MOST_ROWS).map(chart).collect());
    list
}

/// Which rate a quota's is: that of the last weeks, or of a young contract's own
/// days, where it runs out sooner at that one.
fn rate(report: &Report, words: &Words<'_>, row: &Outlook) -> Option<String> {
    let mean = |mean: Option<&Exact>| {
        mean.and_then(|mean| report.mean_use(row, mean)).map(|mean| words.number(&mean))
    };
    let of_weeks = mean(row.per_week.as_ref())?;
    let (used, days) = use_in_days(report, words, row)?;
    let (rate, said) = match row.sooner_by_its_own_days() {
        Some(young) => {
            let own = mean(young.per_week.as_ref())?;
            let said = words.rate_since(&own, young.begun, &of_weeks);
            (own, said)
        }
        None => (of_weeks.clone(), words.rate_of_weeks(&of_weeks)),
    };
    Some(format!("{used} ÷ {days} × 7 → {rate}; {said}"))
}

/// The use that the rate of a quota is made of, and in how many days it was.
fn use_in_days(report: &Report, words: &Words<'_>, row: &Outlook) -> Option<(String, i64)> {
    let unit = report.settled.quotas.get(row.quota)?.measure.unit_id();
    let used = words.number(&report.in_unit_text(row.used.as_ref()?, unit));
    Some((used, row.sooner_by_its_own_days().map_or(row.days, |young| young.days)))
}

/// Rule 6.11: how many days what remains of a quota lasts at its rate, the last
/// one begun counted as a whole one, and which day that is.
fn end(report: &Report, words: &Words<'_>, row: &Outlook) -> Option<String> {
    let end = row.soonest()?;
    let unit = report.settled.quotas.get(row.quota)?.measure.unit_id();
    let (used, days) = use_in_days(report, words, row)?;
    let remaining = words.number(&report.in_unit_text(&row.remaining, unit));
    let as_of = report.period.as_of;
    let lasts = (end - as_of).num_days();
    let (as_of, end) = (words.date(as_of), words.date(end));
    Some(format!("{remaining} ÷ {used} × {days} → {lasts}; {as_of} + {lasts} = {end}"))
}

fn idle(report: &Report, words: &Words<'_>) -> List {
    let status = |row: usize| {
        let quota =
            report.review.idle.get(row).and_then(|row| report.settled.quotas.get(row.quota));
        Value::maybe_text(quota.map(|quota| quota.status.name()))
    };
    of_table(&report.idle(), IDLE, words, &[("status", Kind::Text, Box::new(status))])
}

fn delivered(report: &Report, words: &Words<'_>) -> List {
    let salesperson =
        |row: usize| Value::maybe_text(report.book.order_of(LineIndex(row)).salesperson.as_deref());
    let overrun =
        |row: usize| Value::owned(overrun(report, words, LineIndex(row)).unwrap_or_default());
    let adjusted = |row: usize| {
        let adjusted = report.settled.settlements.get(row).and_then(|own| own.adjusted.as_ref());
        Value::owned(adjusted.map_or_else(String::new, |adjusted| {
            match report.quantity(LineIndex(row), Some(adjusted)) {
                Value::Number(text) => words.adjusted(adjusted, &text),
                _ => String::new(),
            }
        }))
    };
    let further: Vec<Further<'_>> = vec![
        ("adjusted_said", Kind::Equation, Box::new(adjusted)),
        ("salesperson", Kind::Text, Box::new(salesperson)),
        ("overrun_is", Kind::Equation, Box::new(overrun)),
    ];
    of_table(&report.delivered(), DELIVERED, words, &further)
}

/// The columns of upsells by which they are searched, sorted and filtered.
const OF_UPSELLS: &[&str] = &[
    "order",
    "lines",
    "customer",
    "salesperson",
    "product",
    "contract",
    "used",
    "reached_on",
    "covered_by",
    "owner",
    "decision",
    "comment",
];

fn upsells(report: &Report, words: &Words<'_>, is_snoozed: bool) -> List {
    let table = report.upsells_in_part(is_snoozed);
    let status: Further<'_> = ("status", Kind::Text, Box::new(|_| Value::text("upsell")));
    let columns = gather(&table, OF_UPSELLS, words, &[status]);
    let rows: Vec<&UpsellRow> =
        report.upsells.iter().filter(|row| row.known.is_snoozed == is_snoozed).collect();
    let rows = rows.into_par_iter().take(MOST_ROWS);
    let cards: Vec<Card> = rows.map(|row| Card::new(report, words, row)).collect();
    let mut list = list(table.name, table.rows, columns, &[], words);
    list.is_cards = true;
    list.cards = cards.iter().take(FIRST_CARDS).cloned().collect();
    list.json.cards = Some(cards);
    list
}

fn of_table(
    table: &Table<'_>,
    shown: &'static [Shown],
    words: &Words<'_>,
    further: &[Further<'_>],
) -> List {
    let mut names: Vec<&str> = vec!["customer", "salesperson", "status"];
    for one in shown {
        names.extend([one.column, one.below, one.unit, one.is]);
        names.extend(one.terms.iter().map(|(_, column, _)| *column));
    }
    let columns = gather(table, &names, words, further);
    let first_rows = first_rows(&columns, shown, words, table.name);
    let mut list = list(table.name, table.rows, columns, shown, words);
    list.first_rows = first_rows;
    list
}

/// The named columns of a table, and further ones.
fn gather(
    table: &Table<'_>,
    names: &[&str],
    words: &Words<'_>,
    further: &[Further<'_>],
) -> Vec<Gathered> {
    let wanted: Vec<usize> = (0..table.columns.len())
        .filter(|at| table.columns.get(*at).is_some_and(|column| names.contains(&column.name)))
        .collect();
    let mut columns: Vec<Gathered> = wanted
        .iter()
        .filter_map(|at| table.columns.get(*at))
        .map(|column| Gathered::new(column.name, Kind::of(column.kind)))
        .collect();
    let mut others: Vec<Gathered> =
        further.iter().map(|(name, kind, _)| Gathered::new(name, *kind)).collect();
    for at in 0..table.rows.min(MOST_ROWS) {
        let row: TableRow<'_> = table.row(at);
        for (column, from) in columns.iter_mut().zip(&wanted) {
            column.push(row.get(*from).unwrap_or(&Value::Empty), words);
        }
        for (column, (_, _, value)) in others.iter_mut().zip(further) {
            column.push(&value(at), words);
        }
    }
    columns.append(&mut others);
    columns
}

fn list(
    name: &'static str,
    rows: usize,
    columns: Vec<Gathered>,
    shown: &'static [Shown],
    words: &Words<'_>,
) -> List {
    let title = |column: &Shown| words.heading(name, column.column);
    let kind = |shown: &Shown| columns.iter().find(|column| column.name == shown.column);
    let headings = shown
        .iter()
        .map(|shown| Heading {
            title: title(shown),
            class: kind(shown).map_or("", |column| column.kind.class()),
        })
        .collect();
    let told = shown
        .iter()
        .map(|shown| JsonShown {
            column: shown.column,
            title: title(shown),
            below: shown.below,
            labelled: if shown.is_labelled {
                words.labelled(&words.heading(name, shown.below), "{text}")
            } else {
                String::new()
            },
            unit: shown.unit,
            terms: shown.terms,
            is: shown.is,
        })
        .collect();
    let shown_rows = rows.min(MOST_ROWS);
    List {
        id: name,
        title: words.list_title(name),
        about: words.about_list(name, rows, shown_rows),
        pages: words.pages_of(name),
        empty: words.labels.empty.clone(),
        count: words.count(shown_rows),
        rows: shown_rows,
        is_cards: false,
        cards: Vec::new(),
        columns: headings,
        first_rows: Vec::new(),
        json: JsonList {
            id: name,
            rows: shown_rows,
            empty: words.labels.empty.clone(),
            columns: columns.into_iter().map(Gathered::into_json).collect(),
            shown: told,
            charts: None,
            cards: None,
        },
    }
}

/// What is there for those whose reader runs no script.
fn first_rows(
    columns: &[Gathered],
    shown: &[Shown],
    words: &Words<'_>,
    name: &str,
) -> Vec<Vec<Cell>> {
    let of = |name: &str| columns.iter().find(|column| column.name == name);
    let text = |name: &str, row: usize| {
        of(name).and_then(|column| column.shown(row)).unwrap_or_default().to_owned()
    };
    let rows = columns.first().map_or(0, |column| column.rows.len()).min(FIRST_ROWS);
    let cell = |shown: &Shown, row: usize| {
        let (value, below) = (text(shown.column, row), text(shown.below, row));
        let below = if shown.is_labelled && !below.is_empty() {
            words.labelled(&words.heading(name, shown.below), &below)
        } else {
            below
        };
        Cell {
            unit: if value.is_empty() { String::new() } else { text(shown.unit, row) },
            class: match of(shown.column) {
                _ if value.is_empty() && below.is_empty() => "blank",
                Some(column) => column.kind.class(),
                None => "",
            },
            label: words.heading(name, shown.column),
            text: value,
            below,
        }
    };
    (0..rows).map(|row| shown.iter().map(|shown| cell(shown, row)).collect()).collect()
}
