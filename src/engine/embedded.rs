//! The engine inside the program: blocks of text and sheets of workbooks in
//! parallel, partial sums per worker, merged at the end.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hasher};
use std::ops::ControlFlow;
use std::sync::Arc;

use chrono::NaiveDate;
use hashbrown::{HashMap, HashSet};
use rayon::prelude::*;
use rust_decimal::Decimal;

use crate::diagnostics::{Error, Fault, FaultKind};
use crate::ingest::text::{Block, TextLayout};
use crate::ingest::{
    Entry, EntryDetails, EntryReader, Row, RowCounts, RowKind, Sheet, Storage, for_each_record,
};
use crate::model::{
    EntryKey, EntryRow, EntryText, Mark, Marks, TimeReading, UnitId, Window, WorkKind,
    default_rounding, print_amount,
};
use crate::reconcile::{
    Carries, Cell, Counting, Overlap, PartialSums, Tally, Version, VersionFate, judge_equal_rows,
    judge_versions,
};

use super::{Detail, Engine, Plan, RowsOutOfPlay, Scan, Wanted};

/// More threads than any machine has a use for.
const MAX_THREADS: usize = 1024;

/// The engine that ships with drawdown.
#[derive(Debug)]
pub struct Embedded {
    pool: rayon::ThreadPool,
}

/// Hashes are only a first look, always followed by an exact one.
type Hashes = foldhash::fast::FixedState;
type Keyed<V> = HashMap<Box<str>, V, foldhash::fast::RandomState>;

impl Embedded {
    /// An engine with so many threads; 0 means one per processor.
    ///
    /// # Errors
    /// [`Error::Usage`] when the system gives no threads.
    pub fn new(threads: usize) -> Result<Self, Error> {
        if threads > MAX_THREADS {
            return Err(Error::Usage {
                problem: format!("{threads} threads are more than the limit of {MAX_THREADS}"),
            });
        }
        let pool =
            rayon::ThreadPoolBuilder::new().num_threads(threads).build().map_err(|error| {
                Error::Usage { problem: format!("cannot start {threads} threads: {error}") }
            })?;
        Ok(Self { pool })
    }
}

impl Engine for Embedded {
    fn sum(&self, plan: &Plan<'_>) -> Result<Scan, Error> {
        self.pool.install(|| {
            let mut first = scan(plan, &HashSet::default())?;
            let repeated = first.repeated(plan);
            if repeated.is_empty() {
                return Ok(first.finish(plan));
            }
            // Some ids or rows may have been met twice. The second scan sets
            // them aside, so that each can be judged by its whole content.
            Ok(scan(plan, &repeated)?.finish(plan))
        })
    }

    fn rows(
        &self,
        plan: &Plan<'_>,
        out_of_play: &RowsOutOfPlay,
        wanted: &Wanted<'_>,
        visit: &mut dyn FnMut(EntryRow),
    ) -> Result<(), Error> {
        let find = Find { plan, out_of_play, wanted };
        for (index, sheet) in plan.sheets.iter().enumerate() {
            match sheet.storage {
                Storage::Worksheet(_) => {
                    let mut finder = Finder::new(&find, index, sheet)?;
                    sheet.for_each_row(|number, row| {
                        if let Some(row) = finder.find(number, row) {
                            visit(row);
                        }
                        Ok(ControlFlow::Continue(()))
                    })?;
                }
                Storage::Text(layout) => {
                    let mut blocks = sheet.blocks(layout)?;
                    loop {
                        // A few blocks a thread at a time, visited in order.
                        let wanted = self.pool.current_num_threads() * 4;
                        let batch: Vec<Block> =
                            blocks.by_ref().take(wanted).collect::<Result<_, _>>()?;
                        if batch.is_empty() {
                            break;
                        }
                        let found = self.pool.install(|| {
                            let found = batch
                                .par_iter()
                                .map(|block| find.in_block(index, sheet, layout, block));
                            found.collect::<Result<Vec<_>, Error>>()
                        })?;
                        found.into_iter().flatten().for_each(&mut *visit);
                    }
                }
            }
        }
        Ok(())
    }
}

/// One scan over all sheets.
fn scan(plan: &Plan<'_>, aside: &HashSet<u64, Hashes>) -> Result<Partial, Error> {
    let sheets: Vec<(usize, &Sheet)> = plan.sheets.iter().enumerate().collect();
    let partials =
        sheets.into_par_iter().map(|(index, sheet)| scan_sheet(plan, index, sheet, aside));
    let mut partial = Partial::default();
    for part in partials.collect::<Result<Vec<_>, Error>>()? {
        partial.merge(part);
    }
    Ok(partial)
}

fn scan_sheet(
    plan: &Plan<'_>,
    index: usize,
    sheet: &Sheet,
    aside: &HashSet<u64, Hashes>,
) -> Result<Partial, Error> {
    match sheet.storage {
        Storage::Worksheet(_) => {
            let mut worker = Worker::new(plan, index, sheet, aside)?;
            let rows = sheet.for_each_row(|number, row| {
                worker.take(number, row);
                Ok(ControlFlow::Continue(()))
            })?;
            worker.rows.merge(rows);
            Ok(worker.finish())
        }
        Storage::Text(layout) => sheet
            .blocks(layout)?
            .par_bridge()
            .try_fold(
                || None,
                |worker: Option<Worker<'_>>, block: Result<Block, Error>| {
                    let block = block?;
                    let mut worker = match worker {
                        Some(worker) => worker,
                        None => Worker::new(plan, index, sheet, aside)?,
                    };
                    worker.take_block(&block, layout)?;
                    Ok(Some(worker))
                },
            )
            .map(|worker| worker.map(|worker| worker.map(Worker::finish).unwrap_or_default()))
            .try_reduce(Partial::default, |mut a, b| {
                a.merge(b);
                Ok(a)
            }),
    }
}

/// What part of a scan found.
#[derive(Default)]
struct Partial {
    sums: PartialSums,
    faults: Vec<Fault>,
    rows: BTreeMap<usize, RowCounts>,
    /// Hashes of the ids met.
    ids: Vec<u64>,
    /// Hashes of the rows without an id, with their sheet.
    contents: Vec<(u64, usize)>,
    /// Entries set aside, with what is needed to count them after all.
    aside: Vec<Aside>,
}

/// An entry that may be in the inputs twice.
struct Aside {
    sheet: usize,
    version: Version,
    quantity: Decimal,
    reading: TimeReading,
    marks: Marks,
}

impl Partial {
    fn merge(&mut self, other: Self) {
        self.sums.merge(other.sums);
        self.faults.extend(other.faults);
        for (sheet, rows) in other.rows {
            self.rows.entry(sheet).or_default().merge(rows);
        }
        self.ids.extend(other.ids);
        self.contents.extend(other.contents);
        self.aside.extend(other.aside);
    }

    /// Hashes of ids met more than once, and of rows without an id that two
    /// files have.
    fn repeated(&mut self, plan: &Plan<'_>) -> HashSet<u64, Hashes> {
        let mut repeated: HashSet<u64, Hashes> = HashSet::default();
        let mut ids = std::mem::take(&mut self.ids);
        ids.par_sort_unstable();
        repeated.extend(ids.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]));
        drop(ids);
        if plan.overlap == Overlap::Same {
            let mut contents = std::mem::take(&mut self.contents);
            contents.par_sort_unstable();
            let file = |sheet: usize| &plan.sheets[sheet].origin.file;
            repeated.extend(
                contents
                    .windows(2)
                    .filter(|pair| pair[0].0 == pair[1].0 && file(pair[0].1) != file(pair[1].1))
                    .map(|pair| pair[0].0),
            );
        }
        repeated
    }

    /// Judges what was set aside and adds it to the sums.
    fn finish(mut self, plan: &Plan<'_>) -> Scan {
        let mut out_of_play = RowsOutOfPlay::new();
        let aside = std::mem::take(&mut self.aside);
        let mut by_id: BTreeMap<String, Vec<Aside>> = BTreeMap::new();
        for entry in aside {
            by_id.entry(entry.version.id.clone()).or_default().push(entry);
        }
        for (id, entries) in by_id {
            let versions: Vec<Version> =
                entries.iter().map(|entry| entry.version.clone()).collect();
            let fates = if id.is_empty() {
                judge_equal_rows(&versions)
            } else {
                judge_versions(&versions, plan.on_conflict)
            };
            let counted = fates.iter().position(|fate| *fate == VersionFate::Counts);
            for (at, (entry, fate)) in entries.iter().zip(&fates).enumerate() {
                if *fate != VersionFate::Counts
                    && let Some(row) = entry.version.place.row()
                {
                    out_of_play.insert((entry.sheet, row));
                }
                let other = counted.or((at == 0).then_some(1)).unwrap_or(0);
                self.take_judged(plan, entry, *fate, versions.get(other));
            }
        }
        self.faults.sort_by(|a, b| a.place.cmp(&b.place).then(a.kind.cmp(&b.kind)));
        let rows =
            (0..plan.sheets.len()).map(|sheet| self.rows.get(&sheet).copied().unwrap_or_default());
        Scan { sums: self.sums, faults: self.faults, rows: rows.collect(), out_of_play }
    }

    fn take_judged(
        &mut self,
        plan: &Plan<'_>,
        entry: &Aside,
        fate: VersionFate,
        other: Option<&Version>,
    ) {
        let version = &entry.version;
        let (quantity, reading) = (entry.quantity, entry.reading);
        let said = |version: &Version| {
            format!(
                "{}: {} {}, {}",
                version.id,
                print_amount(&version.amount, &default_rounding()),
                plan.units.get(version.unit).name,
                version.date
            )
        };
        let beside =
            other.map(|other| format!("{} in {}", said(other), other.place)).unwrap_or_default();
        let into = match fate {
            VersionFate::Counts => match fate_by_choice(plan, version.date, entry.marks) {
                EarlyFate::Counted(window) => {
                    let cells = self.sums.counted.entry(version.key.clone()).or_default();
                    let cell = cells
                        .entry((version.unit, window))
                        .or_insert_with(|| Cell::on(version.date));
                    cell.add(version.date, quantity, reading);
                    let unit = version.unit;
                    for (mark, tallies) in [
                        (entry.marks.approved, &mut self.sums.not_approved),
                        (entry.marks.billable, &mut self.sums.not_billable),
                    ] {
                        if mark == Mark::No {
                            tallies.entry(unit).or_default().add(quantity, reading);
                        }
                    }
                    return;
                }
                EarlyFate::Excluded => {
                    self.sums.after_as_of += u64::from(version.date > plan.period.as_of);
                    &mut self.sums.excluded
                }
                EarlyFate::NotCounted => &mut self.sums.not_counted,
            },
            VersionFate::Duplicate => &mut self.sums.duplicates,
            VersionFate::Superseded => {
                self.faults.push(Fault::new(
                    FaultKind::EntryChanged,
                    version.place.clone(),
                    said(version),
                    format!("the version that counts: {beside}"),
                    "nothing, if the version that counts is the right one",
                ));
                &mut self.sums.duplicates
            }
            VersionFate::Suspected => {
                self.faults.push(Fault::new(
                    FaultKind::SuspectedDuplicate,
                    version.place.clone(),
                    format!(
                        "{} {}, {}",
                        print_amount(&version.amount, &default_rounding()),
                        plan.units.get(version.unit).name,
                        version.date
                    ),
                    "an entry of its own, or an id that tells it apart",
                    "export ids, or set overlap = \"distinct\" if both were worked",
                ));
                &mut self.sums.duplicates
            }
            VersionFate::Conflict => {
                self.faults.push(Fault::new(
                    FaultKind::EntryConflict,
                    version.place.clone(),
                    said(version),
                    format!("one version of the entry; another is {beside}"),
                    "export the write date as well, or choose with --on-conflict newest|first",
                ));
                &mut self.sums.conflicting
            }
        };
        into.entry(version.unit).or_default().add(quantity, reading);
    }
}

/// What the user's choices and the days make of an entry that is none of the
/// rejected and the duplicates.
enum EarlyFate {
    Excluded,
    NotCounted,
    Counted(Window),
}

fn fate_by_choice(plan: &Plan<'_>, date: NaiveDate, marks: Marks) -> EarlyFate {
    let Some(window) = plan.period.window(date) else { return EarlyFate::Excluded };
    let left_out = |counting: Counting, mark: Mark| counting == Counting::Only && mark != Mark::Yes;
    if marks.work == WorkKind::Break
        || left_out(plan.approved, marks.approved)
        || left_out(plan.billable, marks.billable)
    {
        return EarlyFate::NotCounted;
    }
    EarlyFate::Counted(window)
}

/// The sums of one key while a worker adds to them.
type Slot = Vec<((UnitId, Window), Cell)>;

/// Reads rows of one sheet and sums them.
struct Worker<'a> {
    plan: &'a Plan<'a>,
    index: usize,
    sheet: &'a Sheet,
    reader: EntryReader<'a>,
    details: EntryDetails,
    carries: Carries,
    aside: &'a HashSet<u64, Hashes>,
    keys: Keyed<usize>,
    slots: Vec<Slot>,
    last: Option<(Box<str>, usize)>,
    read: Vec<Tally>,
    partial: Partial,
    rows: RowCounts,
}

impl<'a> Worker<'a> {
    fn new(
        plan: &'a Plan<'a>,
        index: usize,
        sheet: &'a Sheet,
        aside: &'a HashSet<u64, Hashes>,
    ) -> Result<Self, Error> {
        let reader = EntryReader::new(sheet, plan.units)?;
        let mut carries = Carries::default();
        reader.carried().for_each(|part| carries.insert(part));
        Ok(Self {
            plan,
            index,
            sheet,
            reader,
            details: EntryDetails::new(sheet),
            carries,
            aside,
            keys: Keyed::default(),
            slots: Vec::new(),
            last: None,
            read: vec![Tally::default(); plan.units.len()],
            partial: Partial::default(),
            rows: RowCounts::default(),
        })
    }

    fn take_block(&mut self, block: &Block, layout: TextLayout) -> Result<(), Error> {
        let text = block.text(&self.sheet.origin)?;
        let _ =
            for_each_record(text, block.first_row, layout, &self.sheet.origin, |number, row| {
                let kind = self.sheet.row_kind(number, row);
                self.rows.add(kind);
                if kind == RowKind::Record {
                    self.take(number, row);
                }
                Ok(ControlFlow::Continue(()))
            })?;
        Ok(())
    }

    fn take(&mut self, number: u64, row: &Row<'_>) {
        let entry = match self.reader.read(number, row) {
            Ok(entry) => entry,
            Err(fault) => {
                self.partial.sums.unreadable += 1;
                self.partial.faults.push(*fault);
                return;
            }
        };
        if entry.reading != TimeReading::AsWritten {
            self.partial.sums.float_readings += 1;
        }
        self.read[entry.unit.index()].add(entry.quantity, entry.reading);
        let hash = match self.details.id_column() {
            Some(column) if !row.cell(column).trim().is_empty() => {
                let hash = hash_id(row.cell(column).trim());
                self.partial.ids.push(hash);
                hash
            }
            _ => {
                let hash = hash_content(&entry, &self.details, row);
                self.partial.contents.push((hash, self.index));
                hash
            }
        };
        if self.aside.contains(&hash) {
            let version = Version {
                place: self.sheet.place().at_row(number),
                id: self.details.id(row),
                date: entry.date,
                amount: entry.amount(self.plan.units),
                unit: entry.unit,
                key: EntryKey::from_buffer(entry.key),
                carries: self.carries,
                written: self.details.written(row),
                content: content_text(&self.details, row),
            };
            let (quantity, reading, marks) = (entry.quantity, entry.reading, entry.marks);
            let sheet = self.index;
            self.partial.aside.push(Aside { sheet, version, quantity, reading, marks });
            return;
        }
        let window = match fate_by_choice(self.plan, entry.date, entry.marks) {
            EarlyFate::Counted(window) => window,
            EarlyFate::Excluded => {
                let sums = &mut self.partial.sums;
                sums.after_as_of += u64::from(entry.date > self.plan.period.as_of);
                sums.excluded.entry(entry.unit).or_default().add(entry.quantity, entry.reading);
                return;
            }
            EarlyFate::NotCounted => {
                let sums = &mut self.partial.sums;
                sums.not_counted.entry(entry.unit).or_default().add(entry.quantity, entry.reading);
                return;
            }
        };
        for (mark, tallies) in [
            (entry.marks.approved, &mut self.partial.sums.not_approved),
            (entry.marks.billable, &mut self.partial.sums.not_billable),
        ] {
            if mark == Mark::No {
                tallies.entry(entry.unit).or_default().add(entry.quantity, entry.reading);
            }
        }
        let (unit, date, quantity, reading) =
            (entry.unit, entry.date, entry.quantity, entry.reading);
        let slot = slot_of(&mut self.last, &mut self.keys, &mut self.slots, entry.key);
        add_to(&mut self.slots[slot], (unit, window), date, quantity, reading);
    }

    fn finish(self) -> Partial {
        let mut partial = self.partial;
        partial.rows.insert(self.index, self.rows);
        partial.sums.rows = self.rows.records;
        for (unit, tally) in self.plan.units.ids().zip(self.read) {
            if tally.count > 0 {
                partial.sums.read.insert(unit, tally);
            }
        }
        let mut slots: Vec<Slot> = self.slots;
        for (key, at) in self.keys {
            let cells = std::mem::take(&mut slots[at]).into_iter().collect();
            partial.sums.counted.insert(EntryKey::from_buffer(&key), cells);
        }
        partial
    }
}

/// The slot of a key; exports come in runs, so the last key is looked at first.
fn slot_of(
    last: &mut Option<(Box<str>, usize)>,
    keys: &mut Keyed<usize>,
    slots: &mut Vec<Slot>,
    key: &str,
) -> usize {
    if let Some((known, slot)) = last
        && **known == *key
    {
        return *slot;
    }
    let slot = match keys.get(key) {
        Some(slot) => *slot,
        None => {
            slots.push(Slot::new());
            keys.insert(key.into(), slots.len() - 1);
            slots.len() - 1
        }
    };
    *last = Some((key.into(), slot));
    slot
}

fn add_to(
    slot: &mut Slot,
    at: (UnitId, Window),
    date: NaiveDate,
    quantity: Decimal,
    reading: TimeReading,
) {
    let found = slot.iter_mut().find(|(known, _)| *known == at);
    if let Some((_, cell)) = found {
        cell.add(date, quantity, reading);
        return;
    }
    let mut cell = Cell::on(date);
    cell.add(date, quantity, reading);
    slot.push((at, cell));
}

fn hash_id(id: &str) -> u64 {
    Hashes::default().hash_one(id)
}

/// A row without an id is told by all that it says.
fn hash_content(entry: &Entry<'_>, details: &EntryDetails, row: &Row<'_>) -> u64 {
    let mut hasher = Hashes::default().build_hasher();
    hasher.write(entry.key.as_bytes());
    hasher.write(content_text(details, row).as_bytes());
    hasher.write(entry.date.to_string().as_bytes());
    match entry.reading {
        TimeReading::Seconds(seconds) => hasher.write_i64(seconds),
        TimeReading::AsWritten | TimeReading::TwelveDigits(_) => {
            let quantity = entry.quantity.normalize();
            hasher.write_i128(quantity.mantissa());
            hasher.write_u32(quantity.scale());
        }
    }
    hasher.write_usize(entry.unit.index());
    hasher.finish()
}

fn content_text(details: &EntryDetails, row: &Row<'_>) -> String {
    format!("{}\u{1f}{}", details.employee(row), details.description(row))
}

/// What [`Engine::rows`] looks for.
struct Find<'a> {
    plan: &'a Plan<'a>,
    out_of_play: &'a RowsOutOfPlay,
    wanted: &'a Wanted<'a>,
}

impl Find<'_> {
    fn in_block(
        &self,
        index: usize,
        sheet: &Sheet,
        layout: TextLayout,
        block: &Block,
    ) -> Result<Vec<EntryRow>, Error> {
        let mut finder = Finder::new(self, index, sheet)?;
        let mut found = Vec::new();
        let text = block.text(&sheet.origin)?;
        let _ = for_each_record(text, block.first_row, layout, &sheet.origin, |number, row| {
            if sheet.row_kind(number, row) == RowKind::Record {
                found.extend(finder.find(number, row));
            }
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(found)
    }
}

struct Finder<'a> {
    find: &'a Find<'a>,
    index: usize,
    sheet: &'a Sheet,
    reader: EntryReader<'a>,
    details: EntryDetails,
    last: Option<(Arc<EntryKey>, UnitId, Option<Detail>)>,
}

impl<'a> Finder<'a> {
    fn new(find: &'a Find<'a>, index: usize, sheet: &'a Sheet) -> Result<Self, Error> {
        let reader = EntryReader::new(sheet, find.plan.units)?;
        Ok(Self { find, index, sheet, reader, details: EntryDetails::new(sheet), last: None })
    }

    fn find(&mut self, number: u64, row: &Row<'_>) -> Option<EntryRow> {
        let entry = self.reader.read(number, row).ok()?;
        let EarlyFate::Counted(_) = fate_by_choice(self.find.plan, entry.date, entry.marks) else {
            return None;
        };
        let known = self
            .last
            .as_ref()
            .filter(|(key, unit, _)| *unit == entry.unit && key.as_str() == entry.key);
        let (key, _, wanted) = match known {
            Some(last) => last,
            None => {
                let key = EntryKey::from_buffer(entry.key);
                let wanted = (self.find.wanted)(&key, entry.unit);
                self.last.insert((Arc::new(key), entry.unit, wanted))
            }
        };
        let detail = (*wanted)?;
        if self.find.out_of_play.contains(&(self.index, number)) {
            return None;
        }
        let key = Arc::clone(key);
        let text = match detail {
            Detail::Amount => EntryText::default(),
            Detail::Text => EntryText {
                id: self.details.id(row),
                employee: self.details.employee(row),
                description: self.details.description(row),
            },
        };
        let unit = entry.unit;
        Some(EntryRow {
            place: self.sheet.place().at_row(number),
            key,
            date: entry.date,
            text,
            amount: entry.amount(self.find.plan.units),
            unit,
        })
    }
}
