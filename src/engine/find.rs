//! The entries behind given keys, with their rows.

use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};

use hashbrown::HashMap;
use rayon::prelude::*;

use crate::diagnostics::{Error, Place};
use crate::ingest::spans::{NotHere, PartReader, Span, Visit};
use crate::ingest::text::{Block, Record, Splitter, TextLayout};
use crate::ingest::{EntryDetails, EntryReader, Row, RowKind, Sheet, Storage, for_each_record};
use crate::model::{EntryKey, EntryRow, EntryText, Exact, UnitId, UnitTable};
use crate::reconcile::Addend;

use super::choice::{EarlyFate, fate_by_choice};
use super::memo::Memo;
use super::scan::Stretch;
use super::{Detail, Plan, Scan, Sizes, Wanted};

/// What a scan leaves behind for a second look.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// Where rows of plain text start, by sheet and row.
    stretches: Vec<Stretch>,
    /// Which sheets have the same columns.
    classes: Vec<usize>,
    /// One for each thread that may take it.
    threads: Vec<Mutex<ThreadMemory>>,
}

/// What one thread knows of cells and keys.
#[derive(Debug)]
pub(super) struct ThreadMemory {
    memos: Vec<Option<Memo>>,
    /// Keys by slot.
    names: Vec<Option<EntryKey>>,
}

impl ThreadMemory {
    pub(super) fn new(memos: Vec<Option<Memo>>, names: Vec<Option<EntryKey>>) -> Self {
        Self { memos, names }
    }
}

impl Memory {
    pub(super) fn new(
        stretches: Vec<Stretch>,
        classes: Vec<usize>,
        threads: Vec<ThreadMemory>,
    ) -> Self {
        Self { stretches, classes, threads: threads.into_iter().map(Mutex::new).collect() }
    }
}

/// What [`Engine::rows`](super::Engine::rows) looks for.
pub(super) struct Find<'a> {
    pub(super) plan: &'a Plan<'a>,
    pub(super) scan: &'a Scan,
    pub(super) wanted: &'a Wanted<'a>,
    pub(super) sizes: Sizes,
    pub(super) pool: &'a rayon::ThreadPool,
}

/// What is known of a thread's keys in one look: the key, if entries of a unit
/// are wanted, and how much of them.
type Verdicts =
    HashMap<(u32, UnitId), Option<(Arc<EntryKey>, Detail)>, foldhash::fast::RandomState>;

impl Find<'_> {
    /// Gives what is wanted to `visit`, by sheet and row.
    pub(super) fn all(&self, visit: &mut dyn FnMut(EntryRow)) -> Result<(), Error> {
        let verdicts: Vec<Mutex<Verdicts>> =
            self.scan.memory.threads.iter().map(|_| Mutex::new(Verdicts::default())).collect();
        let stretches = &self.scan.memory.stretches;
        let mut at = 0;
        for (index, sheet) in self.plan.sheets.iter().enumerate() {
            let own =
                stretches.iter().skip(at).take_while(|stretch| stretch.sheet == index).count();
            let Some(own) = stretches.get(at..at + own).filter(|own| !own.is_empty()) else {
                self.in_sheet(index, sheet, visit)?;
                continue;
            };
            at += own.len();
            // A few parts a thread at a time, visited in order.
            for batch in own.chunks(self.pool.current_num_threads() * 4) {
                let found = self.pool.install(|| {
                    let found = batch.par_iter().map(|stretch| self.in_stretch(stretch, &verdicts));
                    found.collect::<Result<Vec<_>, Error>>()
                })?;
                found.into_iter().flatten().for_each(&mut *visit);
            }
        }
        Ok(())
    }

    /// The same of a sheet that is read row by row.
    fn in_sheet(
        &self,
        index: usize,
        sheet: &Sheet,
        visit: &mut dyn FnMut(EntryRow),
    ) -> Result<(), Error> {
        let Storage::Text(layout) = sheet.storage else {
            let mut finder = Finder::new(self, index, sheet)?;
            sheet.for_each_row(|number, row| {
                if let Some(row) = finder.find(number, row) {
                    visit(row);
                }
                Ok(ControlFlow::Continue(()))
            })?;
            return Ok(());
        };
        let mut blocks = sheet.blocks(layout)?;
        loop {
            let wanted = self.pool.current_num_threads() * 4;
            let batch: Vec<Block> = blocks.by_ref().take(wanted).collect::<Result<_, _>>()?;
            if batch.is_empty() {
                return Ok(());
            }
            let found = self.pool.install(|| {
                let found =
                    batch.par_iter().map(|block| self.in_block(index, sheet, layout, block));
                found.collect::<Result<Vec<_>, Error>>()
            })?;
            found.into_iter().flatten().for_each(&mut *visit);
        }
    }

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

    fn in_stretch(
        &self,
        stretch: &Stretch,
        verdicts: &[Mutex<Verdicts>],
    ) -> Result<Vec<EntryRow>, Error> {
        let sheet = self
            .plan
            .sheets
            .get(stretch.sheet)
            .ok_or_else(|| Error::Usage { problem: "a scan of other sheets".to_owned() })?;
        let changed = |_: NotHere| Error::Unreadable {
            path: sheet.origin.file.clone(),
            reason: "it has changed while it was read".to_owned(),
        };
        let memory = &self.scan.memory;
        let thread = rayon::current_thread_index().unwrap_or(0) % memory.threads.len().max(1);
        let class = memory.classes.get(stretch.sheet).copied().unwrap_or(stretch.sheet);
        // Threads are as many as in the scan, so nobody waits.
        let mut own =
            memory.threads.get(thread).map(|m| m.lock().unwrap_or_else(PoisonError::into_inner));
        let mut verdicts =
            verdicts.get(thread).map(|v| v.lock().unwrap_or_else(PoisonError::into_inner));
        let known = own.as_deref_mut().zip(verdicts.as_deref_mut()).and_then(|(own, verdicts)| {
            let ThreadMemory { memos, names } = own;
            Some(Known { memo: memos.get_mut(class)?.as_mut()?, names, verdicts })
        });
        let mut rows = StretchRows {
            find: self,
            stretch,
            finder: Finder::new(self, stretch.sheet, sheet)?,
            known,
            amounts: HashMap::default(),
            record: Record::default(),
            found: Vec::new(),
        };
        let mut bounds = vec![0; sheet.headers.len() + 1];
        let mut reader = PartReader::at(sheet, stretch.layout, stretch.part, self.sizes.block)
            .map_err(changed)?;
        reader.for_each(&mut bounds, &mut rows).map_err(changed)?;
        Ok(rows.found)
    }
}

struct Known<'m> {
    memo: &'m mut Memo,
    names: &'m [Option<EntryKey>],
    verdicts: &'m mut Verdicts,
}

/// Takes the rows of a stretch.
struct StretchRows<'f, 'm> {
    find: &'f Find<'f>,
    stretch: &'f Stretch,
    finder: Finder<'f>,
    known: Option<Known<'m>>,
    amounts: HashMap<(Addend, UnitId), Exact, foldhash::fast::RandomState>,
    record: Record,
    found: Vec<EntryRow>,
}

impl Visit for StretchRows<'_, '_> {
    #[inline]
    fn row(&mut self, span: &Span<'_>) {
        let number = self.stretch.first_row + span.number + 1;
        if span.cells == 0 || number <= self.finder.sheet.header_row || self.recall(span, number) {
            return;
        }
        let text = span.text();
        let mut splitter = Splitter::new(text.as_bytes(), self.stretch.layout.delimiter);
        if splitter.next_record(&mut self.record) {
            let row = Row::Record { text, record: &self.record };
            if self.finder.sheet.row_kind(number, &row) == RowKind::Record {
                self.found.extend(self.finder.find(number, &row));
            }
        }
    }
}

impl StretchRows<'_, '_> {
    /// Deals with a row that is known to be nothing, or little, of interest.
    #[inline]
    fn recall(&mut self, span: &Span<'_>, number: u64) -> bool {
        let Some(known) = &mut self.known else { return false };
        let Some((slot, unit)) = known.memo.recall_key(span) else { return false };
        let verdict = known.verdicts.entry((slot, unit)).or_insert_with(|| {
            let key = known.names.get(slot as usize)?.as_ref()?;
            let detail = (self.find.wanted)(key, unit)?;
            Some((Arc::new(key.clone()), detail))
        });
        let Some((key, detail)) = verdict else { return true };
        if *detail == Detail::Text {
            return false;
        }
        let Some(taken) = known.memo.recall_amount(span, unit) else { return false };
        let plan = self.find.plan;
        let marks = taken.marks;
        let counted = matches!(fate_by_choice(plan, taken.date, marks), EarlyFate::Counted(_));
        let out_of_play = &self.find.scan.out_of_play;
        if !counted
            || !out_of_play.is_empty() && out_of_play.contains(&(self.stretch.sheet, number))
        {
            return true;
        }
        let addend = taken.quantity.addend;
        let amount = self
            .amounts
            .entry((addend, unit))
            .or_insert_with(|| value(addend, unit, plan.units))
            .clone();
        self.found.push(EntryRow {
            place: self.finder.place.at_row(number),
            key: Arc::clone(key),
            date: taken.date,
            text: EntryText::default(),
            amount,
            unit,
        });
        true
    }
}

/// A quantity in its unit.
fn value(addend: Addend, unit: UnitId, units: &UnitTable) -> Exact {
    let mut sum = crate::reconcile::ExactSum::default();
    sum.add_addend(addend);
    sum.value(units.hours_in(unit).as_ref())
}

pub(super) struct Finder<'a> {
    find: &'a Find<'a>,
    index: usize,
    sheet: &'a Sheet,
    reader: EntryReader<'a>,
    details: EntryDetails,
    place: Place,
    last: Option<(Arc<EntryKey>, UnitId, Option<Detail>)>,
}

impl<'a> Finder<'a> {
    pub(super) fn new(find: &'a Find<'a>, index: usize, sheet: &'a Sheet) -> Result<Self, Error> {
        let reader = EntryReader::new(sheet, find.plan.units)?;
        Ok(Self {
            find,
            index,
            sheet,
            reader,
            details: EntryDetails::new(sheet),
            place: sheet.place(),
            last: None,
        })
    }

    pub(super) fn find(&mut self, number: u64, row: &Row<'_>) -> Option<EntryRow> {
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
        if self.find.scan.out_of_play.contains(&(self.index, number)) {
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
            place: self.place.at_row(number),
            key,
            date: entry.date,
            text,
            amount: entry.amount(self.find.plan.units),
            unit,
        })
    }
}
