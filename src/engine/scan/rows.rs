//! The rows of a part of plain text: known ones are summed a batch at a time, by
//! what a [`Memo`] knows of their cells; others are read.

use fearless_simd::{Level, dispatch};

use crate::ingest::spans::{EvenRows, Narrow, Span, Visit};
use crate::ingest::text::{Record, Splitter};
use crate::ingest::{Row, RowKind};
use crate::model::WorkKind;

use crate::engine::Plan;
use crate::engine::batch::{Batch, Mark, Said};
use crate::engine::choice::{fate_by_choice, is_left_out};
use crate::engine::hand::{Desk, Hand, Told, hash_texts};
use crate::engine::log::{Log, Note};
use crate::engine::memo::Memo;
use crate::engine::seen::Print;

use super::Job;

/// Rows that are looked at together where the one before them had something new.
const LEAST_ROWS: usize = 4;

/// Takes the rows of a part.
pub(super) struct PartRows<'h, 'a> {
    hand: &'h mut Hand<'a>,
    memo: &'h mut Memo,
    pub(super) desk: Desk<'a>,
    job: &'h Job,
    record: Record,
    batch: &'h mut Batch,
    log: &'h mut Log,
    /// A row was read in another way than by the splitter.
    pub(super) is_odd: bool,
}

impl Visit for PartRows<'_, '_> {
    fn row(&mut self, span: &Span<'_>) {
        if span.cells == 0 || self.is_above(span.number) {
            self.log.push(Note::Nothing);
        } else if let Some(rows) = span.as_even_rows() {
            self.take_rows(&rows, 0);
        } else {
            self.read(span);
        }
    }

    fn even(&mut self, rows: &EvenRows<'_>) {
        let above = (0..rows.count()).take_while(|at| self.is_above(rows.span(*at).number)).count();
        for _ in 0..above {
            self.log.push(Note::Nothing);
        }
        dispatch!(Level::new(), _simd => self.take_rows(rows, above));
    }
}

impl<'h, 'a> PartRows<'h, 'a> {
    pub(super) fn new(
        hand: &'h mut Hand<'a>,
        (memo, batch, log): (&'h mut Memo, &'h mut Batch, &'h mut Log),
        desk: Desk<'a>,
        job: &'h Job,
    ) -> Self {
        let record = Record::default();
        Self { hand, memo, desk, job, record, batch, log, is_odd: false }
    }
}

impl PartRows<'_, '_> {
    /// Takes rows of as many cells as the header has, from one on.
    #[inline(always)]
    fn take_rows(&mut self, rows: &EvenRows<'_>, mut at: usize) {
        let mut batch = std::mem::take(self.batch);
        let mut most = rows.count();
        // A row with something new ends a batch: what it teaches, the next
        // ones know.
        while at < rows.count() {
            batch.clear();
            let range = (at, most.min(rows.count() - at));
            self.memo.recall(rows, range, &mut batch, |quantity| self.log.code(quantity));
            self.recall_marks(rows, at, &mut batch);
            self.memo.recall_keys(rows, at, &mut batch, &self.hand.table);
            self.add_all(rows, at, &mut batch);
            at += batch.rows.len();
            if batch.rows.len() == range.1 {
                most *= 2;
                continue;
            }
            // What was looked at in vain has to stay less than what was not.
            most = (batch.rows.len() * 2).max(LEAST_ROWS);
            self.read(&rows.span(at));
            at += 1;
        }
        *self.batch = batch;
    }

    /// Sums and notes the rows of a batch, which begins with a row of these.
    #[inline(always)]
    fn add_all(&mut self, rows: &EvenRows<'_>, first: usize, batch: &mut Batch) {
        for at in 0..batch.rows.len() {
            let known = batch.slots.get(at).copied().flatten();
            let slot = known.or_else(|| self.search_slot(rows, first, batch, at));
            let of_row = (slot, batch.rows.get(at), batch.marks.get(at));
            match of_row {
                (Some(slot), Some(said), Some(mark)) if self.is_for_itself(said, *mark, slot) => {
                    self.add(said, slot);
                }
                _ => self.read(&rows.span(first + at)),
            }
        }
    }

    /// Whether a row is the header, or above it.
    #[inline(always)]
    fn is_above(&self, number: u64) -> bool {
        self.job.is_first && number < self.desk.sheet.header_row
    }

    /// Takes into a batch what tells its rows from others, up to the first one
    /// of which that is not plain.
    #[inline(always)]
    fn recall_marks(&mut self, rows: &EvenRows<'_>, at: usize, batch: &mut Batch) {
        let most = batch.rows.len();
        if let Some(id) = self.desk.details.id_column() {
            for (row, cell) in (at..at + most).zip(rows.narrow(id, at)) {
                let number = cell.and_then(Narrow::digits);
                let print = number.and_then(|number| self.hand.seen.print_number(number));
                let mark = print.map(Mark::Id).or_else(|| self.other_mark(&rows.span(row)));
                let Some(mark) = mark else { break };
                batch.marks.push(mark);
            }
        } else {
            let marks = (at..at + most).map_while(|row| self.other_mark(&rows.span(row)));
            batch.marks.extend(marks);
        }
        batch.rows.truncate(batch.marks.len());
    }

    /// What tells an entry from others whose id is no number.
    #[inline(never)]
    fn other_mark(&mut self, span: &Span<'_>) -> Option<Mark> {
        let id = self.desk.details.id_column();
        match id.map_or(Some(""), |id| span.plain(id))? {
            "" => {
                let (employee, description) = self.desk.details.texts_of_span(span)?;
                Some(Mark::Texts(hash_texts(&employee, description)))
            }
            id => Some(Mark::Id(self.hand.seen.print(id))),
        }
    }

    /// Notes what tells a known row from others; false if it has to be read,
    /// since it is set aside.
    #[inline(always)]
    fn is_for_itself(&mut self, said: &Said, mark: Mark, slot: u32) -> bool {
        match mark {
            Mark::Id(print) if self.hand.is_aside(print) => return false,
            Mark::Id(print) => self.hand.note(print),
            Mark::Texts(texts) => {
                let Told { date, unit, quantity, .. } = self.memo.told(said);
                let hash = self.hand.hash_content(slot, date, quantity.addend, unit, texts);
                if self.hand.is_aside(Print::Hash(hash)) {
                    return false;
                }
                self.hand.note_content(hash, self.desk.file);
            }
        }
        true
    }

    /// Sums a known row, and notes it.
    #[inline(always)]
    fn add(&mut self, said: &Said, slot: u32) {
        self.desk.rows.add(RowKind::Record);
        if let (Some(day), Some(marked)) = (self.memo.day_of(said), self.memo.marks_of(said))
            && let (Some(number), Some(window)) = (day.number, day.window)
            && marked.is_plain
        {
            self.hand.add_plain(said, slot, (day.date, number), window);
            return self.log.push_entry(slot, number, said.code);
        }
        self.add_otherwise(said, slot);
    }

    /// Sums a known row of which more is to be said.
    #[inline(never)]
    fn add_otherwise(&mut self, said: &Said, slot: u32) {
        let told = self.memo.told(said);
        let fate = fate_by_choice(self.hand.plan, told.date, told.marks);
        self.hand.add(&told, slot, fate);
        let note = note(self.log, self.hand.plan, &told, slot);
        self.log.push(note);
    }

    /// The slot of a row's key that was not where it may be when its batch was
    /// looked through. A row whose other cells are known is an entry, unless it
    /// cannot be read.
    #[inline(never)]
    fn search_slot(
        &mut self,
        rows: &EvenRows<'_>,
        first: usize,
        batch: &mut Batch,
        at: usize,
    ) -> Option<u32> {
        if let Some(slot) = self.memo.search_slot(rows, batch, at) {
            return Some(slot);
        }
        let span = rows.span(first + at);
        if !self.split(&span) {
            return None;
        }
        let row = Row::Record { text: span.text(), record: &self.record };
        let slot = self.hand.slot_of(&mut self.desk, span.number + 1, &row)?;
        self.memo.learn_slot(rows, batch, at, slot);
        Some(slot)
    }

    /// Splits a row as the careful reader does; false where that is otherwise
    /// than it was split here.
    fn split(&mut self, span: &Span<'_>) -> bool {
        let mut splitter = Splitter::new(span.text().as_bytes(), self.job.layout.delimiter);
        splitter.next_record(&mut self.record)
            && !self.record.has_stray_quote()
            && self.record.len() == span.cells
    }

    /// A row of which something is new, or that is no plain one.
    #[cold]
    fn read(&mut self, span: &Span<'_>) {
        let note = self.read_new(span);
        self.log.push(note);
    }

    fn read_new(&mut self, span: &Span<'_>) -> Note {
        if !self.split(span) {
            self.is_odd = true;
            return Note::Look;
        }
        let row = Row::Record { text: span.text(), record: &self.record };
        let sheet = self.desk.sheet;
        // All rows of a later part are below the header.
        let above = if self.job.is_first { 0 } else { sheet.header_row };
        let kind = sheet.row_kind(span.number + 1 + above, &row);
        self.desk.rows.add(kind);
        if kind != RowKind::Record {
            return Note::Nothing;
        }
        let Some(taken) = self.hand.take(&mut self.desk, span.number + 1, &row) else {
            return Note::Look;
        };
        self.memo.learn(span, (&row, sheet), self.hand.plan, &taken);
        note(self.log, self.hand.plan, &taken.told, taken.slot)
    }
}

/// What is noted of an entry.
#[inline]
pub(super) fn note(log: &mut Log, plan: &Plan<'_>, told: &Told, slot: u32) -> Note {
    if told.marks.work == WorkKind::Break {
        return Note::Nothing;
    }
    let left_out = is_left_out(plan, told.marks);
    log.entry(slot, told.date, (told.quantity.addend, told.unit), left_out)
}
