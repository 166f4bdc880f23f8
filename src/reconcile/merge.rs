//! The same record met in several files, or several times in one: brought together
//! field by field, and what its rows say differently (RULES.md, chapter 1).

use std::borrow::Cow;
use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::diagnostics::{Error, Place};
use crate::model::{
    InvoicingPolicy, LineRecord, LineRows, LineView, Lookup, Name, OrderRecord, OrderRows,
    OrderState, OrderView, ProductKind, Reference, RowAt, TaskRecord, Tracking, UnitTable,
    is_same_number,
};

use super::attribute::KnownLineIds;
use super::rules::OnConflict;

/// Two records of one thing that say different things.
#[derive(Debug, Clone)]
struct Conflict {
    record: String,
    column: &'static str,
    first: (String, Place),
    second: (String, Place),
    /// How many rows say the same as the second, it included.
    rows: u64,
}

impl Conflict {
    fn new(
        record: String,
        column: &'static str,
        first: (String, &Place),
        second: (String, &Place),
    ) -> Self {
        Self {
            record,
            column,
            first: (first.0, first.1.clone()),
            second: (second.0, second.1.clone()),
            rows: 1,
        }
    }

    fn into_error(self, more: u64) -> Error {
        // The places in their own order, so that the order of the files on the
        // command line does not show.
        let (first, second) = if self.first.1 <= self.second.1 {
            (self.first, self.second)
        } else {
            (self.second, self.first)
        };
        Error::Contradiction {
            record: self.record,
            column: self.column,
            first: first.0,
            first_place: Box::new(first.1),
            second: second.0,
            second_place: Box::new(second.1),
            more: if more == 0 { String::new() } else { format!(" (and {more} more like it)") },
        }
    }
}

/// What became of a field that two records of one thing have.
pub(super) enum Merged {
    /// Nothing: the other one says the same, or nothing.
    Agrees,
    /// The other one says what was blank.
    Filled,
    /// They say different things, and the user has not chosen.
    Differs(String, String),
}

/// The conflicts of all records.
#[derive(Debug, Default)]
pub(super) struct Conflicts {
    found: Vec<Conflict>,
    /// The row that says what was blank in the first row of its record, by that
    /// row and the column; where that is noted.
    rows: Option<BTreeMap<(Place, &'static str), Place>>,
}

impl Conflicts {
    /// Such as name the row of each value. There may be as many rows to note as
    /// there are values.
    pub(super) fn with_rows() -> Self {
        Self { found: Vec::new(), rows: Some(BTreeMap::new()) }
    }

    /// Records of another kind follow, of which some are in the same rows.
    pub(super) fn begin(&mut self) {
        if let Some(rows) = &mut self.rows {
            rows.clear();
        }
    }

    /// Takes in what became of a field.
    pub(super) fn take(
        &mut self,
        merged: Merged,
        record: impl FnOnce() -> String,
        column: &'static str,
        (known, other): (&Place, &Place),
    ) {
        match (merged, &mut self.rows) {
            (Merged::Filled, Some(rows)) => {
                rows.insert((known.clone(), column), other.clone());
            }
            (Merged::Agrees | Merged::Filled, _) => {}
            (Merged::Differs(first, second), rows) => {
                let row = rows.as_ref().and_then(|rows| rows.get(&(known.clone(), column)));
                let first = (first, row.unwrap_or(known));
                self.found.push(Conflict::new(record(), column, first, (second, other)));
            }
        }
    }

    /// Whether no two records differ.
    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The first one in the order of the rows.
    pub(super) fn first(&self) -> Option<Error> {
        let first = self.found.iter().min_by_key(|c| c.first.1.clone().max(c.second.1.clone()))?;
        let rows: u64 = self.found.iter().map(|conflict| conflict.rows).sum();
        Some(first.clone().into_error(rows - 1))
    }
}

/// How a value is shown in a contradiction.
pub(super) trait Shown {
    fn shown(&self) -> String;
    fn same(&self, other: &Self) -> bool;
    /// Whether it says the same as another one more plainly.
    fn is_plainer_than(&self, _: &Self) -> bool {
        false
    }
}

impl Shown for String {
    fn shown(&self) -> String {
        self.clone()
    }
    fn same(&self, other: &Self) -> bool {
        Name::new(self) == Name::new(other)
    }
}

impl Shown for Decimal {
    fn shown(&self) -> String {
        self.normalize().to_string()
    }
    fn same(&self, other: &Self) -> bool {
        is_same_number(*self, *other)
    }
    // What somebody typed, and no float's print of it.
    fn is_plainer_than(&self, other: &Self) -> bool {
        self.normalize().scale() < other.normalize().scale()
    }
}

macro_rules! shown_by_debug {
    ($($type:ty),+) => {
        $(impl Shown for $type {
            fn shown(&self) -> String {
                format!("{self:?}").to_lowercase()
            }
            fn same(&self, other: &Self) -> bool {
                self == other
            }
        })+
    };
}

shown_by_debug!(
    OrderState,
    bool,
    chrono::NaiveDate,
    Tracking,
    InvoicingPolicy,
    ProductKind,
    crate::model::DeliveredMethod,
    crate::model::ServiceTracking
);

/// Merges one field: equal ones stay, blanks are filled, differing ones go by
/// the user's choice or are the column's conflict.
pub(super) fn merge_field<T: Shown>(
    known: &mut Option<T>,
    other: Option<T>,
    choice: OnConflict,
) -> Merged {
    match (&*known, other) {
        (_, None) => Merged::Agrees,
        (None, value) => {
            *known = value;
            Merged::Filled
        }
        (Some(a), Some(b)) if a.same(&b) => {
            if b.is_plainer_than(a) {
                *known = Some(b);
            }
            Merged::Agrees
        }
        (Some(a), Some(b)) => match choice {
            OnConflict::Fault => Merged::Differs(a.shown(), b.shown()),
            OnConflict::First => Merged::Agrees,
            OnConflict::Newest => {
                *known = Some(b);
                Merged::Agrees
            }
        },
    }
}

fn merge_reference(known: &mut Reference, other: Reference, choice: OnConflict) -> Merged {
    if known.agrees_with(&other) {
        let was_blank = known.is_blank() && !other.is_blank();
        known.fill_from(other);
        return if was_blank { Merged::Filled } else { Merged::Agrees };
    }
    match choice {
        OnConflict::Fault => {
            let shown = |reference: &Reference| reference.label().unwrap_or_default().to_owned();
            Merged::Differs(shown(known), shown(&other))
        }
        OnConflict::First => Merged::Agrees,
        OnConflict::Newest => {
            *known = other;
            Merged::Agrees
        }
    }
}

macro_rules! merge_fields {
    ($known:expr, $other:expr, $choice:expr, $record:expr, $conflicts:expr, $places:expr;
     $($field:ident$(.$inner:ident)?),+; $($reference:ident),*) => {{
        let places = (&$places.0, &$places.1);
        $(
            let merged =
                merge_field(&mut $known.$field$(.$inner)?, $other.$field$(.$inner)?.clone(), $choice);
            let column = concat!(stringify!($field) $(, ".", stringify!($inner))?);
            let column = column.rsplit('.').next().unwrap_or(column);
            $conflicts.take(merged, || $record, column, places);
        )+
        $(
            let merged =
                merge_reference(&mut $known.$reference, $other.$reference.clone(), $choice);
            $conflicts.take(merged, || $record, stringify!($reference), places);
        )*
    }};
}

/// Ids under which a record of one kind was met.
#[derive(Default)]
struct Met<'r> {
    ids: Lookup<&'r str, usize>,
    database_ids: Lookup<&'r str, usize>,
}

impl<'r> Met<'r> {
    fn find(&self, reference: Reference<&str>) -> Option<usize> {
        let by_id = reference.id.and_then(|id| self.ids.get(&id));
        let by_database_id = || reference.database_id.and_then(|id| self.database_ids.get(&id));
        by_id.or_else(by_database_id).copied()
    }

    fn insert(&mut self, reference: Reference<&'r str>, index: usize) {
        if let Some(id) = reference.id {
            self.ids.insert_new(&id, index);
        }
        if let Some(id) = reference.database_id {
            self.database_ids.insert_new(&id, index);
        }
    }
}

/// Ids and names under which orders were met.
#[derive(Default)]
pub(super) struct MetOrders<'r> {
    ids: Met<'r>,
    names: Lookup<Name, usize>,
    /// What is found under a name that was met just like this.
    as_written: Lookup<&'r str, usize>,
}

impl<'r> MetOrders<'r> {
    pub(super) fn find(&self, reference: Reference<&str>) -> Option<usize> {
        let by_name = || {
            let text = reference.text?;
            let as_written = self.as_written.get(&text);
            as_written.or_else(|| self.names.get(&Name::new(text))).copied()
        };
        self.ids.find(reference).or_else(by_name)
    }

    fn insert(&mut self, reference: Reference<&'r str>, index: usize) {
        self.ids.insert(reference, index);
        if let Some(text) = reference.text
            && self.as_written.get(&text).is_none()
        {
            let first = *self.names.entry(Name::new(text), || index);
            self.as_written.insert_new(&text, first);
        }
    }
}

/// A record as it was read, or merged with others of the same thing.
pub(super) struct Kept<R> {
    at: RowAt,
    merged: Option<Box<R>>,
}

impl<R> Kept<R> {
    fn as_read(at: RowAt) -> Self {
        Self { at, merged: None }
    }

    /// The record, to merge others into.
    fn record(&mut self, read: impl FnOnce(RowAt) -> R) -> &mut R {
        self.merged.get_or_insert_with(|| Box::new(read(self.at)))
    }
}

pub(super) struct MergedOrders<'r> {
    rows: &'r OrderRows,
    pub(super) orders: Vec<Kept<OrderRecord>>,
    pub(super) met: MetOrders<'r>,
}

impl MergedOrders<'_> {
    pub(super) fn get(&self, index: usize) -> OrderView<'_> {
        self.view(&self.orders[index])
    }

    fn view<'s>(&'s self, kept: &'s Kept<OrderRecord>) -> OrderView<'s> {
        kept.merged.as_ref().map_or_else(|| self.rows.get(kept.at), |record| record.view())
    }

    pub(super) fn label(&self, index: usize) -> Option<&str> {
        let kept = &self.orders[index];
        let as_read = || self.rows.order(kept.at).label();
        kept.merged.as_ref().map_or_else(as_read, |record| record.order.label())
    }

    /// The state of each, and its flag `locked`.
    pub(super) fn states(&self) -> impl Iterator<Item = (Option<OrderState>, Option<bool>)> {
        self.orders.iter().map(|kept| match &kept.merged {
            None => self.rows.state(kept.at),
            Some(record) => (record.state, record.locked),
        })
    }
}

pub(super) fn merge_orders<'r>(
    rows: &'r OrderRows,
    choice: OnConflict,
    conflicts: &mut Conflicts,
) -> MergedOrders<'r> {
    conflicts.begin();
    let mut places: Vec<RowAt> = rows.all().collect();
    places.sort_by(|a, b| rows.place(*a).cmp(rows.place(*b)));
    let mut merged = MergedOrders { rows, orders: Vec::new(), met: MetOrders::default() };
    for at in places {
        let read = rows.get(at);
        if read.order.is_blank() {
            continue;
        }
        let Some(index) = merged.met.find(read.order) else {
            merged.met.insert(read.order, merged.orders.len());
            merged.orders.push(Kept::as_read(at));
            continue;
        };
        merged.met.insert(read.order, index);
        if merged.get(index).says_the_same(&read) {
            continue;
        }
        let known = merged.orders[index].record(|at| rows.get(at).to_record());
        let record = read.to_record();
        let name = record.order.label().unwrap_or_default().to_owned();
        let places = (known.place.clone(), record.place.clone());
        let before = conflicts.found.len();
        merge_fields!(
            known, record, choice, format!("order {name}"), conflicts, places;
            customer, salesperson, date, state, locked, currency; contract
        );
        for conflict in conflicts.found.iter_mut().skip(before) {
            conflict.rows += u64::from(rows.repeats(at));
        }
        known.unreadable_state |= record.unreadable_state;
        // Only compared with ours: two exports may differ in it.
        known.invoice_status = known.invoice_status.or(record.invoice_status);
        known.order.fill_from(record.order);
    }
    merged
}

/// Tasks are one by their id; a name alone may be that of several.
pub(super) fn merge_tasks<'r>(
    records: &'r [TaskRecord],
    choice: OnConflict,
    conflicts: &mut Conflicts,
) -> Vec<Cow<'r, TaskRecord>> {
    conflicts.begin();
    let mut met = Met::default();
    let mut tasks: Vec<Cow<'r, TaskRecord>> = Vec::new();
    for record in records {
        let Some(index) = met.find(record.task.view()) else {
            met.insert(record.task.view(), tasks.len());
            tasks.push(Cow::Borrowed(record));
            continue;
        };
        met.insert(record.task.view(), index);
        let known = tasks[index].to_mut();
        let name = record.task.label().unwrap_or_default().to_owned();
        let places = (known.place.clone(), record.place.clone());
        for (column, mine, other) in [
            ("project", &mut known.project, record.project.clone()),
            ("line", &mut known.line, record.line.clone()),
        ] {
            let merged = merge_reference(mine, other, choice);
            conflicts.take(merged, || format!("task {name}"), column, (&places.0, &places.1));
        }
        known.task.fill_from(record.task.clone());
    }
    tasks
}

pub(super) struct MergedLines<'r> {
    rows: &'r LineRows,
    pub(super) lines: Vec<Kept<LineRecord>>,
    pub(super) known_ids: KnownLineIds,
}

impl MergedLines<'_> {
    pub(super) fn get(&self, index: usize) -> LineView<'_> {
        self.view(&self.lines[index])
    }

    pub(super) fn view<'s>(&'s self, kept: &'s Kept<LineRecord>) -> LineView<'s> {
        kept.merged.as_ref().map_or_else(|| self.rows.get(kept.at), |record| record.view())
    }

    /// What a line's place in the book goes by.
    pub(super) fn rank<'s>(
        &'s self,
        kept: &'s Kept<LineRecord>,
    ) -> (Reference<&'s str>, Reference<&'s str>, Option<Decimal>) {
        match &kept.merged {
            None => self.rows.rank(kept.at),
            Some(record) => (record.line.view(), record.order.view(), record.sequence),
        }
    }

    /// A line's product, and its template.
    pub(super) fn product(&self, index: usize) -> (Reference<&str>, Reference<&str>) {
        let kept = &self.lines[index];
        match &kept.merged {
            None => self.rows.product(kept.at),
            Some(record) => (record.product.view(), record.template.view()),
        }
    }

    pub(super) fn is_passed_over(&self, kept: &Kept<LineRecord>) -> bool {
        let as_read = || self.rows.is_passed_over(kept.at);
        kept.merged.as_ref().map_or_else(as_read, |record| record.passed_over)
    }

    /// Those that sell something.
    pub(super) fn selling(&self) -> impl Iterator<Item = (usize, &Kept<LineRecord>)> {
        self.lines.iter().enumerate().filter(|(_, line)| !self.is_passed_over(line))
    }
}

pub(super) fn merge_lines<'r>(
    rows: &'r LineRows,
    units: &UnitTable,
    choice: OnConflict,
    conflicts: &mut Conflicts,
) -> MergedLines<'r> {
    conflicts.begin();
    let mut places: Vec<RowAt> = rows.all().collect();
    places.sort_by(|a, b| rows.place(*a).cmp(rows.place(*b)));
    let mut met = Met::default();
    let mut lines: Vec<Kept<LineRecord>> = Vec::with_capacity(places.len());
    let mut known_ids = KnownLineIds::default();
    for at in places {
        let (own, ..) = rows.rank(at);
        known_ids.ids |= own.id.is_some();
        known_ids.database_ids |= own.database_id.is_some();
        let Some(index) = met.find(own) else {
            met.insert(own, lines.len());
            lines.push(Kept::as_read(at));
            continue;
        };
        met.insert(own, index);
        let mut record = rows.get(at).to_record();
        let known = lines[index].record(|at| rows.get(at).to_record());
        let name = record.line.label().unwrap_or_default().to_owned();
        let places = (known.place.clone(), record.place.clone());
        let line = || format!("order line {name}");
        // Two names of one unit (two languages) are no difference.
        let unit = |reference: &Reference| {
            let texts = [&reference.id, &reference.text, &reference.database_id];
            texts.into_iter().flatten().find_map(|text| units.find(text))
        };
        if unit(&known.unit).is_some() && unit(&known.unit) == unit(&record.unit) {
            record.unit = known.unit.clone();
        }
        merge_fields!(
            known, record, choice, line(), conflicts, places;
            sequence, description, ordered, delivered, invoiced, price, discount, subtotal,
            currency, selling.tracking, selling.policy, selling.invoice_policy, selling.method,
            selling.policy_method, selling.service_tracking, selling.kind, selling.threshold,
            selling.hours_per_unit, selling.pool, selling.upsell;
            order, product, template, unit, contract, task
        );
        known.unreadable |= record.unreadable;
        known.passed_over |= record.passed_over;
        known.line.fill_from(record.line);
    }
    MergedLines { rows, lines, known_ids }
}
