//! The entries behind given keys, with their rows.

mod gather;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::diagnostics::{Error, Place};
use crate::ingest::spans::{NotHere, PartReader, Span, Visit};
use crate::ingest::text::{Block, Record, TextLayout};
use crate::ingest::{EntryDetails, EntryReader, Row, RowKind, Sheet, Storage, for_each_record};
use crate::model::{EntryKey, EntryRow, EntryText, UnitId};
use crate::reconcile::{Addend, Counting, KeySums};

use super::choice::{EarlyFate, fate_by_choice};
use super::log::{Note, Notes, NotesInOrder};
use super::memo::Memo;
use super::scan::Stretch;
use super::{Days, Found, Plan, Scan, Sizes, Wanted};

/// What a scan leaves behind for a second look.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// Where rows of plain text start, by sheet and row.
    stretches: Vec<Stretch>,
    /// What was noted of the records of worksheets, piece by piece, by which
    /// thread.
    sheets: BTreeMap<usize, Vec<(usize, Notes)>>,
    /// Which sheets have the same columns.
    classes: Vec<usize>,
    /// What each thread of the scan knows of cells.
    memos: Vec<Mutex<Vec<Option<Memo>>>>,
    /// What its slots and notes stand for.
    threads: Vec<Meanings>,
}

/// What the slots and notes of one thread stand for.
#[derive(Debug)]
struct Meanings {
    amounts: Vec<(Addend, UnitId)>,
    /// The place of each slot's key among the sums.
    places: Vec<u32>,
}

/// What a thread of the scan leaves behind: what it knows of cells, and what
/// the quantities of its notes stand for.
pub(super) type LeftBehind = (Vec<Option<Memo>>, Vec<(Addend, UnitId)>);

impl Memory {
    pub(super) fn new(
        stretches: Vec<Stretch>,
        sheets: BTreeMap<usize, Vec<(usize, Notes)>>,
        classes: Vec<usize>,
        threads: Vec<LeftBehind>,
    ) -> Self {
        let (memos, threads) = threads
            .into_iter()
            .map(|(memos, amounts)| (Mutex::new(memos), Meanings { amounts, places: Vec::new() }))
            .unzip();
        Self { stretches, sheets, classes, memos, threads }
    }

    /// Keeps what cells say only for rows that were not noted: no other is read
    /// for it.
    pub(super) fn let_go(&mut self) {
        if self.stretches.iter().all(|stretch| stretch.notes.is_some()) {
            self.memos = Vec::new();
        }
    }

    /// Where rows of plain text start, by sheet and row.
    pub(super) fn stretches(&self) -> &[Stretch] {
        &self.stretches
    }

    /// Has some stretches read again, whatever was noted of them.
    pub(super) fn forget_notes(&mut self, stretches: &BTreeSet<usize>) {
        for at in stretches {
            if let Some(stretch) = self.stretches.get_mut(*at) {
                stretch.notes = None;
            }
        }
    }

    /// Takes in which keys the slots of each thread stand for.
    pub(super) fn set_places(&mut self, places: Vec<Vec<u32>>) {
        for (thread, places) in self.threads.iter_mut().zip(places) {
            thread.places = places;
        }
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

/// What is wanted of an entry by its key, unit and day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Depth {
    Amount,
    Text,
}

/// What is wanted of the entries of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// The same for all of its units.
    Of(Days),
    ByUnit,
}

/// What is wanted of an entry of a day.
#[inline]
fn depth(days: Days, date: NaiveDate) -> Option<Depth> {
    if date >= days.texts {
        Some(Depth::Text)
    } else {
        (date >= days.amounts).then_some(Depth::Amount)
    }
}

/// Verdicts by the places of keys.
struct Verdicts<'a> {
    wanted: &'a Wanted<'a>,
    of_keys: Vec<Verdict>,
    /// The same by the slots of each thread: notes lead to them at once.
    of_slots: Vec<OfSlots>,
}

/// Verdicts by the slots of a thread.
struct OfSlots {
    verdicts: Vec<Verdict>,
    /// A bit for each that is wanted on some day: few enough to stay close to the
    /// processor while every note is looked at.
    wanted: Vec<u64>,
}

impl OfSlots {
    fn new(verdicts: Vec<Verdict>) -> Self {
        let nothing = Verdict::Of(Days::NEVER);
        let bits = |word: &[Verdict]| {
            let bit = |(at, verdict): (usize, &Verdict)| u64::from(*verdict != nothing) << at;
            word.iter().enumerate().map(bit).sum()
        };
        Self { wanted: verdicts.chunks(64).map(bits).collect(), verdicts }
    }

    /// On which days a slot's entries are wanted, if on any.
    #[inline]
    fn get(&self, slot: u32) -> Option<Verdict> {
        let slot = slot as usize;
        let bits = self.wanted.get(slot / 64)?;
        if bits >> (slot % 64) & 1 == 0 { None } else { self.verdicts.get(slot).copied() }
    }
}

impl<'a> Verdicts<'a> {
    fn new(sums: &KeySums, threads: &[Meanings], wanted: &'a Wanted<'a>) -> Self {
        let verdict = |place: usize| {
            let cells = sums.cells(place);
            let mut verdicts = cells.iter().map(|cell| wanted(place, cell.unit));
            match verdicts.next() {
                Some(first) if verdicts.all(|other| other == first) => Verdict::Of(first),
                _ => Verdict::ByUnit,
            }
        };
        let of_keys: Vec<Verdict> = (0..sums.len()).into_par_iter().map(verdict).collect();
        let nothing = Verdict::Of(Days::NEVER);
        let of_key = |key: &u32| of_keys.get(*key as usize).copied().unwrap_or(nothing);
        let of_thread = |own: &Meanings| OfSlots::new(own.places.iter().map(of_key).collect());
        let of_slots = threads.par_iter().map(of_thread).collect();
        Self { wanted, of_keys, of_slots }
    }

    /// On which days entries of a key and unit are wanted.
    #[inline]
    fn days(&self, key: usize, unit: UnitId) -> Days {
        match self.of_keys.get(key) {
            None => Days::NEVER,
            Some(Verdict::Of(days)) => *days,
            Some(Verdict::ByUnit) => (self.wanted)(key, unit),
        }
    }

    #[inline]
    fn of(&self, key: usize, unit: UnitId, date: NaiveDate) -> Option<Depth> {
        depth(self.days(key, unit), date)
    }

    /// What a thread's notes stand for, and what is wanted of that.
    fn of_thread<'v>(&'v self, threads: &'v [Meanings], thread: usize) -> Option<NotedBy<'v>> {
        Some(NotedBy { meanings: threads.get(thread)?, slots: self.of_slots.get(thread)? })
    }
}

/// What the notes of one thread stand for, and what is wanted of that.
#[derive(Clone, Copy)]
struct NotedBy<'v> {
    meanings: &'v Meanings,
    slots: &'v OfSlots,
}

impl NotedBy<'_> {
    /// Whether a row's note told all that there is to know.
    #[inline]
    fn is_enough(self, note: Note) -> bool {
        match note {
            Note::Nothing => true,
            Note::Look => false,
            Note::Entry { slot, date, .. } => match self.slots.get(slot) {
                None => true,
                Some(Verdict::Of(days)) => date < days.texts,
                Some(Verdict::ByUnit) => false,
            },
        }
    }

    /// The place of the key that a row's note says it has.
    fn key(self, note: Note) -> Option<usize> {
        let Note::Entry { slot, .. } = note else { return None };
        usize::try_from(*self.meanings.places.get(slot as usize)?).ok()
    }
}

/// Whether what was found is a quantity that its row's note said already.
fn is_said(note: Option<Note>, found: &Found) -> bool {
    found.row.is_none() && matches!(note, Some(Note::Entry { .. }))
}

impl Find<'_> {
    /// Gives what is wanted to `visit`: rows by sheet and row.
    pub(super) fn all(&self, visit: &mut dyn FnMut(Found)) -> Result<(), Error> {
        let verdicts = self.verdicts();
        let keys = Keys::new(&self.scan.sums.counted);
        let wanted = (&verdicts, &keys);
        let stretches = &self.scan.memory.stretches;
        let mut at = 0;
        for (index, sheet) in self.plan.sheets.iter().enumerate() {
            let own =
                stretches.iter().skip(at).take_while(|stretch| stretch.sheet == index).count();
            let Some(own) = stretches.get(at..at + own).filter(|own| !own.is_empty()) else {
                self.in_sheet(index, sheet, wanted, visit)?;
                continue;
            };
            at += own.len();
            // A few parts a thread at a time, visited in order while the next ones
            // are read.
            let mut batches = own.chunks(self.pool.current_num_threads() * 4);
            let mut next = self.in_stretches(batches.next().unwrap_or_default(), wanted);
            while !next.is_empty() {
                let ready = next;
                let mut read = Vec::new();
                let visited = self.pool.in_place_scope(|scope| {
                    let batch = batches.next().unwrap_or_default();
                    scope.spawn(|_| read = self.in_stretches(batch, wanted));
                    ready.into_iter().try_for_each(|found| {
                        found?.into_iter().for_each(&mut *visit);
                        Ok::<_, Error>(())
                    })
                });
                visited?;
                next = read;
            }
        }
        Ok(())
    }

    /// What is wanted of which key.
    fn verdicts(&self) -> Verdicts<'_> {
        let (sums, threads) = (&self.scan.sums.counted, &self.scan.memory.threads);
        self.pool.install(|| Verdicts::new(sums, threads, self.wanted))
    }

    /// What each of some stretches has.
    fn in_stretches(
        &self,
        stretches: &[Stretch],
        wanted: (&Verdicts<'_>, &Keys<'_>),
    ) -> Vec<Result<Vec<Found>, Error>> {
        let found = |stretch: &Stretch| {
            let mut found = Vec::new();
            self.in_stretch(stretch, wanted, &mut |entry| found.push(entry))?;
            Ok(found)
        };
        self.pool.install(|| stretches.par_iter().map(found).collect())
    }

    /// The same of a sheet that is read row by row.
    fn in_sheet(
        &self,
        index: usize,
        sheet: &Sheet,
        wanted: (&Verdicts<'_>, &Keys<'_>),
        visit: &mut dyn FnMut(Found),
    ) -> Result<(), Error> {
        let Storage::Text(layout) = sheet.storage else {
            return self.in_worksheet(index, sheet, wanted, visit);
        };
        let mut blocks = sheet.blocks(layout)?;
        loop {
            let few = self.pool.current_num_threads() * 4;
            let batch: Vec<Block> = blocks.by_ref().take(few).collect::<Result<_, _>>()?;
            if batch.is_empty() {
                return Ok(());
            }
            let found = |block: &Block| {
                let mut found = Vec::new();
                let of = (index, sheet, layout);
                self.in_block(of, block, wanted, &mut |entry| found.push(entry))?;
                Ok(found)
            };
            let found = self
                .pool
                .install(|| batch.par_iter().map(found).collect::<Result<Vec<_>, Error>>())?;
            found.into_iter().flatten().for_each(&mut *visit);
        }
    }

    /// The same of a sheet whose records were noted one by one, if there was
    /// room.
    fn in_worksheet(
        &self,
        index: usize,
        sheet: &Sheet,
        wanted: (&Verdicts<'_>, &Keys<'_>),
        visit: &mut dyn FnMut(Found),
    ) -> Result<(), Error> {
        let memory = &self.scan.memory;
        let (verdicts, _) = wanted;
        let pieces = memory.sheets.get(&index);
        if let Some(pieces) = pieces {
            let mut has_more = false;
            for (thread, notes) in pieces {
                has_more |= self.in_notes(*thread, notes, verdicts, visit);
            }
            if !has_more {
                return Ok(());
            }
        }
        let mut notes = pieces.into_iter().flatten().flat_map(|(thread, notes)| {
            let noted_by = verdicts.of_thread(&memory.threads, *thread);
            notes.iter().map(move |note| (noted_by, note))
        });
        let mut finder = Finder::new(self, wanted, index, sheet)?;
        sheet.for_each_row(|number, row| {
            let note = notes.next();
            let is_enough =
                |(by, note): (Option<NotedBy<'_>>, Note)| by.is_some_and(|by| by.is_enough(note));
            if note.is_some_and(is_enough) {
                return Ok(ControlFlow::Continue(()));
            }
            let key = note.and_then(|(by, note)| by?.key(note));
            let note = note.map(|(_, note)| note);
            let found = finder.find(number, row, key);
            if let Some(found) = found.filter(|found| !is_said(note, found)) {
                visit(found);
            }
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(())
    }

    fn in_block(
        &self,
        (index, sheet, layout): (usize, &Sheet, TextLayout),
        block: &Block,
        wanted: (&Verdicts<'_>, &Keys<'_>),
        visit: &mut dyn FnMut(Found),
    ) -> Result<(), Error> {
        let mut finder = Finder::new(self, wanted, index, sheet)?;
        let text = block.text(&sheet.origin)?;
        let _ = for_each_record(text, block.first_row, layout, &sheet.origin, |number, row| {
            if sheet.row_kind(number, row) == RowKind::Record
                && let Some(found) = finder.find(number, row, None)
            {
                visit(found);
            }
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(())
    }

    fn in_stretch(
        &self,
        stretch: &Stretch,
        wanted: (&Verdicts<'_>, &Keys<'_>),
        visit: &mut dyn FnMut(Found),
    ) -> Result<(), Error> {
        let (verdicts, _) = wanted;
        let sheet = self
            .plan
            .sheets
            .get(stretch.sheet)
            .ok_or_else(|| Error::Usage { problem: "a scan of other sheets".to_owned() })?;
        if let Some((thread, notes)) = &stretch.notes
            && !self.in_notes(*thread, notes, verdicts, visit)
        {
            return Ok(());
        }
        let changed = |_: NotHere| Error::Unreadable {
            path: sheet.origin.file.clone(),
            reason: "it has changed while it was read".to_owned(),
        };
        let memory = &self.scan.memory;
        // A thread's slots are those of its notes; without notes, any will do.
        let thread = match &stretch.notes {
            Some((thread, _)) => *thread,
            None => rayon::current_thread_index().unwrap_or(0) % memory.threads.len().max(1),
        };
        let class = memory.classes.get(stretch.sheet).copied().unwrap_or(stretch.sheet);
        let mut own = None;
        if stretch.notes.is_none() {
            let memos = memory.memos.get(thread);
            own = memos.map(|memos| memos.lock().unwrap_or_else(PoisonError::into_inner));
        }
        let memo = own.as_deref_mut().and_then(|memos| memos.get_mut(class)?.as_mut());
        let noted_by = verdicts.of_thread(&memory.threads, thread);
        let mut rows = StretchRows {
            verdicts,
            stretch,
            notes: stretch.notes.as_ref().map(|(_, notes)| notes.iter()),
            finder: Finder::new(self, wanted, stretch.sheet, sheet)?,
            memo,
            noted_by,
            record: Record::default(),
            visit,
        };
        let mut reader = PartReader::at(sheet, stretch.layout, stretch.part, self.sizes.block)
            .map_err(changed)?;
        reader.for_each(&mut rows).map_err(changed)
    }

    /// Finds what notes alone tell; true if there is more in the rows.
    fn in_notes(
        &self,
        thread: usize,
        notes: &Notes,
        verdicts: &Verdicts<'_>,
        visit: &mut dyn FnMut(Found),
    ) -> bool {
        let Some(noted_by) = verdicts.of_thread(&self.scan.memory.threads, thread) else {
            return true;
        };
        let mut has_more = false;
        // Of a choice between marks only the one of the scan was noted.
        let takes_all = self.takes_all();
        for note in notes.iter() {
            let (slot, date, amount, left_out) = match note {
                Note::Nothing => continue,
                Note::Look => {
                    has_more = true;
                    continue;
                }
                Note::Entry { slot, date, amount, left_out } => (slot, date, amount, left_out),
            };
            // Most entries are of no interest: nothing else of them is looked at.
            let of_slot = match noted_by.slots.get(slot) {
                None => continue,
                Some(Verdict::Of(days)) => match depth(days, date) {
                    None => continue,
                    depth => depth,
                },
                Some(Verdict::ByUnit) => None,
            };
            let own = noted_by.meanings;
            let Some(entry) = self.noted((own, slot, amount), date, left_out, takes_all) else {
                continue;
            };
            match of_slot.or_else(|| verdicts.of(entry.key, entry.unit, date)) {
                None => {}
                Some(Depth::Text) => has_more = true,
                Some(Depth::Amount) => visit(entry),
            }
        }
        has_more
    }

    /// An entry as its note says it, without its row; nothing where it does not
    /// count. `takes_all`: the user's choice leaves none out.
    #[inline]
    fn noted(
        &self,
        (own, slot, amount): (&Meanings, u32, u16),
        date: NaiveDate,
        left_out: bool,
        takes_all: bool,
    ) -> Option<Found> {
        if left_out && !takes_all {
            return None;
        }
        let key = *own.places.get(slot as usize)? as usize;
        self.plan.period.window(date)?;
        let (addend, unit) = own.amounts.get(usize::from(amount)).copied()?;
        Some(Found { key, date, unit, addend, place: None, row: None })
    }
}

/// Takes the rows of a stretch.
struct StretchRows<'f, 'm> {
    verdicts: &'f Verdicts<'f>,
    stretch: &'f Stretch,
    /// Of the rows that are still to come.
    notes: Option<NotesInOrder<'f>>,
    finder: Finder<'f>,
    memo: Option<&'m mut Memo>,
    /// The thread of the scan whose slots and notes these are.
    noted_by: Option<NotedBy<'f>>,
    record: Record,
    visit: &'m mut dyn FnMut(Found),
}

impl Visit for StretchRows<'_, '_> {
    #[inline]
    fn row(&mut self, span: &Span<'_>) {
        let number = self.stretch.number_of(span);
        // Every row was noted.
        let note = self.notes.as_mut().map(|notes| notes.next().unwrap_or(Note::Look));
        if span.cells == 0 || number <= self.finder.sheet.header_row {
            return;
        }
        let is_done = match note {
            Some(note) => self.noted_by.is_some_and(|by| by.is_enough(note)),
            None => self.recall(span, number),
        };
        if is_done || note.is_some_and(|note| self.take_noted(note, span, number)) {
            return;
        }
        if let Some(row) = self.stretch.entry_row(self.finder.sheet, span, &mut self.record) {
            let key = note.and_then(|note| self.noted_by?.key(note));
            let found = self.finder.find(number, &row, key);
            if let Some(found) = found.filter(|found| !is_said(note, found)) {
                (self.visit)(found);
            }
        }
    }
}

impl StretchRows<'_, '_> {
    /// Deals with a row whose note says all but what a person reads of it, if its
    /// cells say that as they stand.
    fn take_noted(&mut self, note: Note, span: &Span<'_>, number: u64) -> bool {
        let Note::Entry { slot, date, amount, left_out } = note else { return false };
        let find = self.finder.find;
        let Some(NotedBy { meanings, slots }) = self.noted_by else { return false };
        let takes_all = find.takes_all();
        let Some(entry) = find.noted((meanings, slot, amount), date, left_out, takes_all) else {
            return true;
        };
        let depth = match slots.get(slot) {
            Some(Verdict::ByUnit) => self.verdicts.of(entry.key, entry.unit, date),
            Some(Verdict::Of(days)) => depth(days, date),
            None => None,
        };
        match depth {
            Some(Depth::Text) => {}
            // Its note was enough.
            Some(Depth::Amount) | None => return true,
        }
        if find.is_out_of_play(self.stretch.sheet, number) {
            return true;
        }
        match self.finder.row_of(span, &entry, number) {
            Some(row) => {
                let place = Some((self.stretch.sheet, number));
                (self.visit)(Found { place, row: Some(row), ..entry });
                true
            }
            None => false,
        }
    }

    /// Deals with a row that is known to be nothing, or little, of interest.
    #[inline]
    fn recall(&mut self, span: &Span<'_>, number: u64) -> bool {
        let Some(memo) = &mut self.memo else { return false };
        let Some((slot, unit)) = memo.recall_key(span) else { return false };
        let places = self.noted_by.map_or(&[][..], |by| &by.meanings.places);
        let Some(key) = places.get(slot as usize).map(|key| *key as usize) else {
            return true;
        };
        let days = self.verdicts.days(key, unit);
        if days == Days::NEVER {
            return true;
        }
        let Some(told) = memo.recall_row(span) else { return false };
        match depth(days, told.date) {
            None => return true,
            Some(Depth::Text) => return false,
            Some(Depth::Amount) => {}
        }
        let find = self.finder.find;
        let counted =
            matches!(fate_by_choice(find.plan, told.date, told.marks), EarlyFate::Counted(_));
        if counted && !find.is_out_of_play(self.stretch.sheet, number) {
            let (date, addend) = (told.date, told.quantity.addend);
            let place = Some((self.stretch.sheet, number));
            (self.visit)(Found { key, date, unit, addend, place, row: None });
        }
        true
    }
}

impl Find<'_> {
    /// Whether no mark leaves an entry out.
    fn takes_all(&self) -> bool {
        self.plan.approved == Counting::All && self.plan.billable == Counting::All
    }

    fn is_out_of_play(&self, sheet: usize, row: u64) -> bool {
        let out_of_play = &self.scan.out_of_play;
        !out_of_play.is_empty() && out_of_play.contains(&(sheet, row))
    }
}

/// Keys that rows share, each made when the first row has it.
struct Keys<'a> {
    sums: &'a KeySums,
    made: Vec<OnceLock<Arc<EntryKey>>>,
}

impl<'a> Keys<'a> {
    fn new(sums: &'a KeySums) -> Self {
        Self { sums, made: std::iter::repeat_with(OnceLock::new).take(sums.len()).collect() }
    }

    fn at(&self, place: usize) -> Option<Arc<EntryKey>> {
        let key = self.sums.keys().get(place)?;
        Some(Arc::clone(self.made.get(place)?.get_or_init(|| Arc::new(key.clone()))))
    }
}

struct Finder<'a> {
    find: &'a Find<'a>,
    verdicts: &'a Verdicts<'a>,
    keys: &'a Keys<'a>,
    index: usize,
    sheet: &'a Sheet,
    reader: EntryReader<'a>,
    details: EntryDetails,
    place: Place,
}

impl<'a> Finder<'a> {
    fn new(
        find: &'a Find<'a>,
        (verdicts, keys): (&'a Verdicts<'a>, &'a Keys<'a>),
        index: usize,
        sheet: &'a Sheet,
    ) -> Result<Self, Error> {
        let reader = EntryReader::new(sheet, find.plan.units)?;
        Ok(Self {
            find,
            verdicts,
            keys,
            index,
            sheet,
            reader,
            details: EntryDetails::new(sheet),
            place: sheet.place(),
        })
    }

    /// The row of an entry of which all else is known, if its cells say what they
    /// hold as they stand.
    fn row_of(&self, span: &Span<'_>, entry: &Found, number: u64) -> Option<Box<EntryRow>> {
        if self.reader.may_be_float_print(span) {
            return None;
        }
        Some(Box::new(EntryRow {
            place: self.place.at_row(number),
            text: self.details.of_span(span)?,
            key: self.keys.at(entry.key)?,
            date: entry.date,
            amount: entry.amount(self.find.plan.units),
            float_print: None,
            unit: entry.unit,
        }))
    }

    /// What is wanted of a row, whose key's place may be known.
    fn find(&mut self, number: u64, row: &Row<'_>, key: Option<usize>) -> Option<Found> {
        let entry = self.reader.read(number, row).ok()?;
        let EarlyFate::Counted(_) = fate_by_choice(self.find.plan, entry.date, entry.marks) else {
            return None;
        };
        let place = key.or_else(|| self.keys.sums.place_of(entry.key))?;
        let unit = entry.unit;
        let depth = self.verdicts.of(place, unit, entry.date)?;
        if self.find.is_out_of_play(self.index, number) {
            return None;
        }
        let key = if depth == Depth::Text { self.keys.at(place) } else { None };
        let row = key.map(|key| {
            Box::new(EntryRow {
                place: self.place.at_row(number),
                key,
                date: entry.date,
                text: EntryText {
                    id: self.details.id(row),
                    employee: self.details.employee(row),
                    description: self.details.description(row),
                },
                amount: entry.amount(self.find.plan.units),
                float_print: entry.float_print(),
                unit,
            })
        });
        let addend = Addend::new(entry.quantity, entry.reading);
        let at = Some((self.index, number));
        Some(Found { key: place, date: entry.date, unit, addend, place: at, row })
    }
}
