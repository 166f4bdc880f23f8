//! The comparison as tables, for people and for programs.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::{JsonSchema, Schema};
use serde::Serialize;

use crate::diagnostics::Place;
use crate::language::Heading::{self, Of, Own};
use crate::language::{Group, Key, Language, Said, Words, texts_in_every_language};
use crate::report::{
    Column, ColumnKind, DELIVERED, SummaryBlock, SummaryValue, Table, TableSchema, UPSELL, in_csv,
};

use super::compare::{Diff, DiffKind, DiffRow, EntryCells};
use super::entries::NO_LINE;
use super::side::Side;

const fn text(name: &'static str, title: &'static str) -> Column {
    Column { name, title, kind: ColumnKind::Text }
}

/// The columns of the comparison as CSV.
pub const DIFF: &[Column] = &[
    text("kind", "Kind"),
    text("order", "Order"),
    text("line", "Line"),
    text("customer", "Customer"),
    text("product", "Product"),
    text("column", "Column"),
    text("old", "Old"),
    text("new", "New"),
    text("difference", "Difference"),
    text("how", "How"),
    text("entry", "Entry"),
    text("date", "Date"),
    text("employee", "Employee"),
    text("quantity", "Quantity"),
    text("unit", "Unit"),
    text("description", "Description"),
    text("file", "File"),
    text("sheet", "Sheet"),
    text("row", "Row"),
];

/// Rows of a kind that people are shown.
const SHOWN: usize = 40;

/// The comparison as a table.
#[must_use]
pub fn table(diff: &Diff) -> Table<'_> {
    Table::new("diff", DIFF, diff.rows.len(), |at| {
        diff.rows.get(at).map_or_else(Vec::new, |row| cells(row).into_iter().map(in_csv).collect())
    })
}

fn cells(row: &DiffRow) -> Vec<Cow<'_, str>> {
    let [customer, product] = &row.about;
    let mut cells: Vec<Cow<'_, str>> = [
        row.kind.name(),
        &row.order,
        &row.line,
        customer,
        product,
        &row.column,
        &row.old,
        &row.new,
        &row.difference,
        row.how.map_or("", super::Resolution::name),
    ]
    .map(Cow::Borrowed)
    .into();
    match &row.entry {
        Some(entry) => {
            let texts = [&entry.id, &entry.date, &entry.employee, &entry.quantity];
            cells.extend(texts.map(|text| Cow::Borrowed(text.as_str())));
            cells.push(Cow::Borrowed(entry.unit.stable()));
            let texts = [&entry.description, &entry.file, &entry.sheet];
            cells.extend(texts.map(|text| Cow::Borrowed(text.as_str())));
            cells.push(Cow::Owned(entry.row.to_string()));
        }
        None => cells.resize(DIFF.len(), Cow::Borrowed("")),
    }
    cells
}

#[derive(Serialize, JsonSchema)]
struct Json<'a> {
    old: Run<'a>,
    new: Run<'a>,
    equal: bool,
    unshared_columns: &'a [String],
    entries_left_out: Option<&'a Said>,
    further_entries: usize,
    /// The columns of the CSV that are filled, each as it is written there.
    #[schemars(with = "Vec<BTreeMap<String, String>>")]
    rows: Vec<serde_json::Value>,
    /// Columns that are not compared, since the runs review different periods.
    columns_left_out: &'a [&'static str],
}

#[derive(Serialize, JsonSchema)]
struct Run<'a> {
    folder: &'a str,
    as_of: String,
}

/// The schema of the comparison as JSON.
#[must_use]
pub fn json_schema() -> Schema {
    crate::report::json_schema::<Json<'_>>()
}

/// The columns of the comparison as CSV, with their meanings.
#[must_use]
pub fn table_schema() -> TableSchema {
    TableSchema::new("diff", DIFF)
}

/// The comparison as JSON: the rows of the table as objects, blank cells left
/// out.
///
/// # Errors
/// Never for the types that it is made of.
pub fn json(diff: &Diff, old: &Side, new: &Side) -> Result<String, serde_json::Error> {
    let row = |row: &DiffRow| {
        let named = DIFF.iter().map(|column| column.name).zip(cells(row));
        let filled = named.filter(|(_, cell)| !cell.is_empty());
        serde_json::Value::Object(
            filled.map(|(name, cell)| (name.to_owned(), cell.as_ref().into())).collect(),
        )
    };
    let run = |side: &'_ Side| (side.shown.clone(), side.as_of.to_string());
    let ((old_folder, old_day), (new_folder, new_day)) = (run(old), run(new));
    let mut text = serde_json::to_string_pretty(&Json {
        old: Run { folder: &old_folder, as_of: old_day },
        new: Run { folder: &new_folder, as_of: new_day },
        equal: diff.is_empty(),
        unshared_columns: &diff.unshared_columns,
        entries_left_out: diff.entries_left_out.as_ref(),
        further_entries: diff.further_entries,
        rows: diff.rows.iter().map(row).collect(),
        columns_left_out: &diff.columns_left_out,
    })?;
    text.push('\n');
    Ok(text)
}

/// Whether a file begins as a comparison does, in any of its formats and
/// languages.
#[must_use]
pub fn is_comparison(beginning: &[u8]) -> bool {
    let header: Vec<&str> = DIFF.iter().map(|column| column.name).collect();
    let header = format!("{}\n", header.join(","));
    let beginnings = [header.as_str(), "{\n  \"old\": {\n    \"folder\": "];
    let beginning = String::from_utf8_lossy(beginning);
    beginnings.iter().any(|text| beginning.starts_with(text))
        || texts_in_every_language([Key::DiffRuns, Key::DiffFolder]).any(|[runs, folder]| {
            let mut lines = beginning.lines();
            lines.next() == Some(runs)
                && lines.next().is_some_and(|line| line.trim_start().starts_with(folder))
        })
}

/// The comparison for people, in a language: a block for each kind of row.
#[must_use]
pub fn blocks(diff: &Diff, old: &Side, new: &Side, words: &Words) -> Vec<SummaryBlock> {
    let names_units = old.names_units || new.names_units;
    Told { words, names_units }.blocks(diff, old, new)
}

fn remark(heading: String) -> SummaryBlock {
    SummaryBlock { heading, columns: Vec::new(), rows: Vec::new() }
}

/// A comparison for readers of a language.
struct Told<'a> {
    words: &'a Words,
    /// Whether one of the runs has names of its own for units.
    names_units: bool,
}

impl Told<'_> {
    fn tell<const N: usize>(&self, key: Key, filled: [(&'static str, Said); N]) -> String {
        self.words.tell(&Said::message(key, filled))
    }

    fn is_english(&self) -> bool {
        self.words.language() == Language::English
    }

    /// The name of a column: in English the stable one, which `--ignore` takes.
    fn column<'c>(&'c self, row: &DiffRow, name: &'c str) -> &'c str {
        let table = match row.kind {
            DiffKind::UpsellChanged => "upsell",
            _ => "delivered",
        };
        if self.is_english() { name } else { self.words.heading(table, name) }
    }

    /// A cell of a report's column: in English as the CSV file has it.
    fn cell(&self, column: &str, text: &str) -> SummaryValue {
        let is_number = crate::ingest::number(text).is_some();
        let as_it_stands = || SummaryValue::Text(text.to_owned());
        if self.is_english() {
            return if is_number { SummaryValue::Number(text.to_owned()) } else { as_it_stands() };
        }
        let known = DELIVERED.iter().chain(UPSELL).find(|known| known.name == column);
        match (known.map(|known| known.kind), Group::of_column(column)) {
            (Some(ColumnKind::Text), Some(group)) => {
                SummaryValue::Text(self.words.word(group, text).to_owned())
            }
            (Some(ColumnKind::Text), None) if column == "unit" && !self.names_units => {
                SummaryValue::Text(self.words.word(Group::Unit, text).to_owned())
            }
            (Some(ColumnKind::Day), _) => day(text),
            (Some(ColumnKind::Text), None) => as_it_stands(),
            _ if is_number => SummaryValue::Number(text.to_owned()),
            _ => as_it_stands(),
        }
    }

    /// The same among other words.
    fn cell_as_text(&self, column: &str, text: &str) -> String {
        match self.cell(column, text) {
            SummaryValue::Text(text) => text,
            SummaryValue::Number(printed) => self.words.figure(&printed),
            SummaryValue::Day(day) => self.words.date(day),
        }
    }

    fn blocks(&self, diff: &Diff, old: &Side, new: &Side) -> Vec<SummaryBlock> {
        let run = |key: Key, side: &Side| {
            let values =
                vec![SummaryValue::Text(side.shown.clone()), SummaryValue::Day(side.as_of)];
            (self.words.text(key).to_owned(), values)
        };
        let mut blocks = vec![SummaryBlock {
            heading: self.words.text(Key::DiffRuns).to_owned(),
            columns: self.words.headings(&[Own(Key::DiffFolder), Own(Key::AsOf)]),
            rows: vec![run(Key::DiffOld, old), run(Key::DiffNew, new)],
        }];
        blocks.extend(self.changed_files(diff).map(remark));
        blocks.extend(self.settings(diff));
        blocks.extend(self.periods(diff, old, new).map(remark));
        let kinds = [
            (DiffKind::UpsellNew, Key::DiffUpsellsNew),
            (DiffKind::UpsellOpen, Key::DiffUpsellsOpen),
            (DiffKind::UpsellChanged, Key::DiffUpsellsChanged),
            (DiffKind::UpsellResolved, Key::DiffUpsellsResolved),
            (DiffKind::LineChanged, Key::DiffLinesChanged),
            (DiffKind::LineNew, Key::DiffLinesNew),
            (DiffKind::LineGone, Key::DiffLinesGone),
            (DiffKind::TotalChanged, Key::DiffTotalsChanged),
            (DiffKind::EntryBackDated, Key::DiffBackDated),
            (DiffKind::EntryChanged, Key::DiffEntriesChanged),
            (DiffKind::EntryMoved, Key::DiffMoved),
            (DiffKind::EntryVanished, Key::DiffVanished),
        ];
        for (kind, heading) in kinds {
            let rows: Vec<&DiffRow> = diff.rows.iter().filter(|row| row.kind == kind).collect();
            match kind {
                _ if rows.is_empty() => {}
                DiffKind::LineChanged => blocks.push(self.changed_lines(heading, &rows)),
                _ => blocks.push(self.block(kind, heading, &rows)),
            }
        }
        if diff.further_entries > 0 {
            let count = Said::Count(diff.further_entries as u64);
            blocks.push(remark(self.tell(Key::DiffFurther, [("count", count)])));
        }
        if let Some(reason) = &diff.entries_left_out {
            let reason = [("reason", reason.clone())];
            blocks.push(remark(self.tell(Key::DiffEntriesLeftOut, reason)));
        }
        if !diff.unshared_columns.is_empty() {
            let columns = Said::names(diff.unshared_columns.iter().map(String::as_str));
            blocks.push(remark(self.tell(Key::DiffUnshared, [("columns", columns)])));
        }
        blocks
    }

    /// The settings that differ: nearly everything else may follow from them.
    fn settings(&self, diff: &Diff) -> Option<SummaryBlock> {
        let rows: Vec<&DiffRow> =
            diff.rows.iter().filter(|row| row.kind == DiffKind::SettingChanged).collect();
        let of_row = |row: &&DiffRow| {
            let side = |text: &str| match text {
                "" => SummaryValue::Text(self.words.text(Key::DiffEmpty).to_owned()),
                text => SummaryValue::Text(text.to_owned()),
            };
            (row.column.clone(), vec![side(&row.old), side(&row.new)])
        };
        let columns = [Own(Key::DiffOld), Own(Key::DiffNew)];
        (!rows.is_empty()).then(|| SummaryBlock {
            heading: self.counted(Key::DiffSettings, rows.len()),
            columns: self.words.headings(&columns),
            rows: rows.iter().take(SHOWN).map(of_row).collect(),
        })
    }

    /// That the runs review different periods, where some columns are not
    /// compared for it.
    fn periods(&self, diff: &Diff, old: &Side, new: &Side) -> Option<String> {
        let period = |side: &Side| match &side.period {
            [None, None] => Said::plain(Key::DiffNoPeriod),
            [from, to] => {
                let end = |day: &String| match day.parse::<NaiveDate>() {
                    Ok(day) => Said::Day(day),
                    Err(_) => Said::from(day),
                };
                let from = from.as_ref().map_or(Said::from(""), end);
                let to = to.as_ref().map_or(Said::Day(side.as_of), end);
                Said::message(Key::DiffPeriod, [("from", from), ("to", to)])
            }
        };
        let columns = diff.columns_left_out.iter().map(|name| {
            Said::from(if self.is_english() { name } else { self.words.heading("delivered", name) })
        });
        let columns: Vec<Said> = columns.collect();
        (!columns.is_empty()).then(|| {
            let columns = ("columns", Said::Listed(Key::And, columns));
            self.tell(Key::DiffPeriods, [("old", period(old)), ("new", period(new)), columns])
        })
    }

    /// What is said of tables that are not what their run wrote.
    fn changed_files(&self, diff: &Diff) -> impl Iterator<Item = String> {
        let changed = diff.rows.iter().filter(|row| row.kind == DiffKind::FileChanged);
        changed.flat_map(move |row| {
            let key =
                if row.is_difference() { Key::DiffFileChanged } else { Key::DiffFileFilledIn };
            let folders = [&row.old, &row.new].into_iter().filter(|folder| !folder.is_empty());
            folders.map(move |folder| {
                let file = Said::from(format!("{folder}/{}", row.column));
                self.tell(key, [("file", file)])
            })
        })
    }

    /// A row for each line: what matters most side by side, other columns named.
    fn changed_lines(&self, heading: Key, rows: &[&DiffRow]) -> SummaryBlock {
        const MOST: [&str; 3] = ["delivered", "exported", "status"];
        let lines: Vec<&[&DiffRow]> =
            rows.chunk_by(|a, b| (&a.order, &a.line) == (&b.order, &b.line)).collect();
        let of_line = |rows: &&[&DiffRow]| {
            let change = |column: &str| {
                let change = rows.iter().find(|row| row.column == column);
                let side = |text: &str| match text {
                    "" => self.words.text(Key::DiffEmpty).to_owned(),
                    text => self.cell_as_text(column, text),
                };
                change
                    .map_or(String::new(), |row| format!("{} → {}", side(&row.old), side(&row.new)))
            };
            let others = rows.iter().filter(|row| !MOST.contains(&row.column.as_str()));
            let others = Said::names(others.map(|row| self.column(row, &row.column)));
            let (order, line) =
                rows.first().map_or(("", ""), |row| (row.order.as_str(), row.line.as_str()));
            let texts = MOST.map(change).into_iter().chain([self.words.tell(&others)]);
            let line = SummaryValue::Text(line.to_owned());
            let values = [line].into_iter().chain(texts.map(SummaryValue::Text)).collect();
            (order.to_owned(), values)
        };
        let columns =
            [Of("line"), Of("delivered"), Of("exported"), Of("status"), Own(Key::DiffAlso)];
        SummaryBlock {
            heading: self.counted(heading, lines.len()),
            columns: self.words.headings(&columns),
            rows: lines.iter().take(SHOWN).map(of_line).collect(),
        }
    }

    fn counted(&self, heading: Key, count: usize) -> String {
        let heading = ("heading", Said::plain(heading));
        let number = ("count", Said::Count(count as u64));
        if count > SHOWN {
            let shown = ("shown", Said::Count(SHOWN as u64));
            self.tell(Key::DiffCountedInPart, [heading, number, shown])
        } else {
            self.tell(Key::DiffCounted, [heading, number])
        }
    }

    fn block(&self, kind: DiffKind, heading: Key, rows: &[&DiffRow]) -> SummaryBlock {
        SummaryBlock {
            heading: self.counted(heading, rows.len()),
            columns: self.words.headings(columns_of(kind)),
            rows: rows
                .iter()
                .take(SHOWN)
                .map(|row| (self.label(row), self.values(kind, row)))
                .collect(),
        }
    }

    fn label(&self, row: &DiffRow) -> String {
        match row.kind {
            DiffKind::TotalChanged => {
                let (key, fate) = match row.column.split_once('_') {
                    Some(("entries", fate)) => (Key::DiffTotalEntries, fate),
                    Some(("hours", fate)) => (Key::DiffTotalHours, fate),
                    _ => return row.column.replace('_', " "),
                };
                // A version that has another fate may have written it.
                let fate = self.words.word(Group::Fate, fate).replace('_', " ");
                self.tell(key, [("fate", fate.into())])
            }
            DiffKind::EntryBackDated
            | DiffKind::EntryChanged
            | DiffKind::EntryMoved
            | DiffKind::EntryVanished => {
                let place = |entry: &EntryCells| match entry.sheet.as_str() {
                    "" => Place::new(&entry.file, None).at_row(entry.row).to_string(),
                    sheet => {
                        let row = ("row", Said::from(entry.row.to_string()));
                        let filled = [("file", (&entry.file).into()), ("sheet", sheet.into()), row];
                        self.tell(Key::ExplainPlace, filled)
                    }
                };
                row.entry.as_ref().map_or(String::new(), place)
            }
            _ => row.order.clone(),
        }
    }

    fn values(&self, kind: DiffKind, row: &DiffRow) -> Vec<SummaryValue> {
        let as_it_stands = |text: &str| SummaryValue::Text(text.to_owned());
        // Numbers to the right.
        let amount = |text: &str| match crate::ingest::number(text) {
            Some(_) => SummaryValue::Number(text.to_owned()),
            None => as_it_stands(text),
        };
        let line = as_it_stands(&row.line);
        let [customer, product] = [as_it_stands(&row.about[0]), as_it_stands(&row.about[1])];
        let (old, new) = (amount(&row.old), amount(&row.new));
        let difference = amount(&row.difference);
        match kind {
            DiffKind::FileChanged | DiffKind::SettingChanged => Vec::new(),
            DiffKind::TotalChanged => vec![old, new, difference],
            DiffKind::LineNew | DiffKind::UpsellNew => vec![line, customer, product, new],
            DiffKind::LineGone => vec![line, customer, product, old],
            DiffKind::UpsellResolved => {
                let how = row.how.map_or("", super::Resolution::name);
                let how = as_it_stands(self.words.word(Group::Resolution, how));
                vec![line, customer, product, old, how]
            }
            DiffKind::UpsellOpen => vec![line, customer, old, new, difference],
            DiffKind::LineChanged | DiffKind::UpsellChanged => {
                let column = as_it_stands(self.column(row, &row.column));
                let cell = |text: &str| self.cell(&row.column, text);
                vec![line, column, cell(&row.old), cell(&row.new), difference]
            }
            DiffKind::EntryChanged => {
                let Some(entry) = &row.entry else { return Vec::new() };
                let column = as_it_stands(self.column(row, &row.column));
                let cell = |text: &str| match row.column.as_str() {
                    "date" => day(text),
                    _ => amount(text),
                };
                let employee = as_it_stands(&entry.employee);
                vec![day(&entry.date), employee, column, cell(&row.old), cell(&row.new), difference]
            }
            DiffKind::EntryBackDated | DiffKind::EntryMoved | DiffKind::EntryVanished => {
                let Some(entry) = &row.entry else { return Vec::new() };
                let mut values = vec![
                    day(&entry.date),
                    as_it_stands(&entry.employee),
                    amount(&entry.quantity),
                    as_it_stands(self.words.naming(&entry.unit)),
                ];
                let end = |text: &str| match text {
                    NO_LINE => as_it_stands(self.words.text(Key::DiffNoLine)),
                    text => as_it_stands(text),
                };
                if kind != DiffKind::EntryBackDated {
                    values.push(end(&row.old));
                }
                if kind != DiffKind::EntryVanished {
                    values.push(end(&row.new));
                }
                values
            }
        }
    }
}

/// A day that is written as the CSV files have it; else the text.
fn day(text: &str) -> SummaryValue {
    match text.parse() {
        Ok(day) => SummaryValue::Day(day),
        Err(_) => SummaryValue::Text(text.to_owned()),
    }
}

/// The columns of a block, but for the first, which has no heading.
fn columns_of(kind: DiffKind) -> &'static [Heading] {
    const LINE: Heading = Of("line");
    const CUSTOMER: Heading = Of("customer");
    match kind {
        DiffKind::FileChanged | DiffKind::SettingChanged => &[],
        DiffKind::TotalChanged => &[Own(Key::DiffOld), Own(Key::DiffNew), Of("difference")],
        DiffKind::LineNew => &[LINE, CUSTOMER, Of("product"), Of("delivered")],
        DiffKind::LineGone => &[LINE, CUSTOMER, Of("product"), Own(Key::DiffDeliveredBefore)],
        DiffKind::UpsellNew => &[Of("lines"), CUSTOMER, Of("product"), Of("excess")],
        DiffKind::UpsellResolved => {
            &[Of("lines"), CUSTOMER, Of("product"), Own(Key::DiffExcessBefore), Own(Key::DiffHow)]
        }
        DiffKind::UpsellOpen => {
            &[Of("lines"), CUSTOMER, Own(Key::DiffExcessBefore), Of("excess"), Of("difference")]
        }
        DiffKind::LineChanged | DiffKind::UpsellChanged => {
            &[LINE, Of("column"), Own(Key::DiffOld), Own(Key::DiffNew), Of("difference")]
        }
        DiffKind::EntryBackDated => {
            &[Of("date"), Of("employee"), Of("quantity"), Of("unit"), Own(Key::DiffLeadsTo)]
        }
        DiffKind::EntryChanged => &[
            Of("date"),
            Of("employee"),
            Of("column"),
            Own(Key::DiffOld),
            Own(Key::DiffNew),
            Of("difference"),
        ],
        DiffKind::EntryMoved => &[
            Of("date"),
            Of("employee"),
            Of("quantity"),
            Of("unit"),
            Own(Key::DiffLedTo),
            Own(Key::DiffLeadsTo),
        ],
        DiffKind::EntryVanished => {
            &[Of("date"), Of("employee"), Of("quantity"), Of("unit"), Own(Key::DiffLedTo)]
        }
    }
}
