//! One look at every row of the timesheets, by all threads: parts of plain
//! text by [`Memo`], and blocks and worksheets of everything else row by row.

mod rows;
mod stream;
mod worksheets;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::diagnostics::Error;
use crate::digest::{Piece, PieceDigest, of_pieces};
use crate::ingest::spans::{NotHere, Part, PartReader, Passed, Span, plain_text};
use crate::ingest::text::{Record, Splitter, TextLayout};
use crate::ingest::{EntryReader, Row, RowKind, Sheet, Storage, WorkbookKind};
use crate::progress::{Extent, Stage};

use super::batch::Batch;
use super::find::Memory;
use super::hand::{Desk, Hand};
use super::log::{Log, Notes};
use super::memo::{Columns, Memo};
use super::partial::Partial;
use super::seen::{self as ids, Prefixes, Prints, Seen};
use super::{Plan, Sizes};
use rows::PartRows;
use stream::Stream;
use worksheets::Worksheet;

/// How a sheet is read.
#[derive(Debug, Clone)]
enum Way {
    /// In parts that begin where a row seems to begin.
    Parts(TextLayout, Vec<Part>),
    /// As a worksheet that is written as programs write it, piece by piece.
    Worksheet,
    /// Block after block, each cut where a row begins for sure, or as a
    /// worksheet that is not.
    Stream,
}

/// The whole of a file as one part.
const WHOLE: Part = Part { from: 0, to: u64::MAX };

/// A sheet's part.
struct Job {
    sheet: usize,
    layout: TextLayout,
    part: Part,
    is_first: bool,
    /// Whether the digest of its bytes is worth anything.
    has_digest: bool,
}

/// A job that is done, and what of its hand's faults and entries is its own.
struct Done {
    job: usize,
    passed: Passed,
    notes: Option<Notes>,
    ids: ids::Span,
    faults: Range<usize>,
    aside: Range<usize>,
    digest: Option<PieceDigest>,
}

/// What stops a hand.
pub(super) enum Trouble {
    /// A sheet has to be read in another way.
    Change(usize),
    /// A sheet cannot be read, from a row or the first one of a block on.
    Fails(usize, u64, Error),
}

/// Rows of a file whose start and number are known for sure.
#[derive(Debug)]
pub(super) struct Stretch {
    pub(super) sheet: usize,
    pub(super) layout: TextLayout,
    pub(super) part: Part,
    /// The number of its first row, from 0.
    pub(super) first_row: u64,
    /// What was noted of its rows, and by which thread.
    pub(super) notes: Option<(usize, Notes)>,
    /// Between which numbers the ids of its entries lie.
    ids: ids::Span,
}

impl Stretch {
    /// Whether it may have an entry of one of some ids, by their sorted numbers.
    pub(super) fn may_have(&self, ids: &[u64]) -> bool {
        self.ids.may_have(ids)
    }

    /// The number of a row of it, from 1.
    #[inline]
    pub(super) fn number_of(&self, span: &Span<'_>) -> u64 {
        self.first_row + span.number + 1
    }

    /// A row below the header as the careful reader splits it, if it is a record.
    pub(super) fn entry_row<'r>(
        &self,
        sheet: &Sheet,
        span: &Span<'r>,
        record: &'r mut Record,
    ) -> Option<Row<'r>> {
        let text = span.text();
        if !Splitter::new(text.as_bytes(), self.layout.delimiter).next_record(record) {
            return None;
        }
        let row = Row::Record { text, record };
        (sheet.row_kind(self.number_of(span), &row) == RowKind::Record).then_some(row)
    }
}

/// What a scan found, and where rows of plain text start.
pub(super) struct Found {
    pub(super) partial: Partial,
    pub(super) seen: Vec<Seen>,
    pub(super) memory: Memory,
    /// By sheet.
    pub(super) digests: Vec<Option<(String, u64)>>,
}

/// A piece of a worksheet, and the notes of its records.
struct NotedPiece {
    sheet: usize,
    /// Which of its pieces it is.
    piece: usize,
    notes: Option<Notes>,
}

/// A thread's sums, its jobs, and what it knows of cells.
struct Outcome<'a> {
    hand: Hand<'a>,
    done: Vec<Done>,
    /// Pieces of worksheets that it read, and what was noted of their records.
    sheets: Vec<NotedPiece>,
    memos: Vec<Option<Memo>>,
    log: Log,
}

/// Looks at every row.
pub(super) fn scan(
    plan: &Plan<'_>,
    aside: &Prints,
    prefixes: &Prefixes,
    sizes: Sizes,
) -> Result<Found, Error> {
    // Of sheets that lack something the first is told.
    for sheet in plan.sheets {
        EntryReader::new(sheet, plan.units)?;
    }
    let (classes, files) = (classes(plan.sheets), files(plan.sheets));
    let mut ways = ways(plan, sizes);
    loop {
        match Attempt::new(plan, aside, prefixes, sizes, (&ways, &classes, &files)).run()? {
            Ok(found) => return Ok(found),
            Err(changes) => {
                for sheet in changes {
                    if let Some(way) = ways.get_mut(sheet) {
                        *way = match way {
                            Way::Parts(layout, parts) if parts.len() > 1 => {
                                Way::Parts(*layout, vec![WHOLE])
                            }
                            _ => Way::Stream,
                        };
                    }
                }
            }
        }
    }
}

fn ways(plan: &Plan<'_>, sizes: Sizes) -> Vec<Way> {
    let texts: Vec<Option<(u64, TextLayout)>> = plan
        .sheets
        .iter()
        .map(|sheet| Columns::new(sheet).and_then(|_| plain_text(sheet)))
        .map(|text| text.filter(|_| sizes.largest_part > 0))
        .collect();
    let total: u64 = texts.iter().flatten().map(|(length, _)| *length).sum();
    let threads = rayon::current_num_threads() as u64;
    // Large enough for starts to be few, small enough for all to end together.
    let length = (total / (threads * 16)).max(sizes.smallest_part).min(sizes.largest_part).max(1);
    // So that the digests of parts make up the file's.
    let length = if Piece::is_branch(sizes.smallest_part) { 1 << length.ilog2() } else { length };
    let way = |(text, sheet): (Option<(u64, TextLayout)>, &Sheet)| match text {
        None => match sheet.storage {
            Storage::Worksheet(WorkbookKind::Xlsx) if sizes.largest_part > 0 => Way::Worksheet,
            _ => Way::Stream,
        },
        Some((size, layout)) => {
            let parts = size.div_ceil(length).max(1);
            let from = |at: u64| at * length;
            let part = |at: u64| Part {
                from: from(at),
                to: if at + 1 == parts { u64::MAX } else { from(at + 1) },
            };
            Way::Parts(layout, (0..parts).map(part).collect())
        }
    };
    texts.into_iter().zip(plan.sheets).map(way).collect()
}

struct Attempt<'a> {
    plan: &'a Plan<'a>,
    aside: &'a Prints,
    prefixes: &'a Prefixes,
    sizes: Sizes,
    jobs: Vec<Job>,
    /// Which sheets have the same columns, read in the same way.
    classes: &'a [usize],
    /// Which file each sheet is of.
    files: &'a [u32],
    worksheets: Vec<Worksheet<'a>>,
    streams: Vec<Stream<'a>>,
    next: AtomicUsize,
    stop: AtomicBool,
}

/// Sheets to change the way of.
type Changes = Vec<usize>;

impl<'a> Attempt<'a> {
    fn new(
        plan: &'a Plan<'a>,
        aside: &'a Prints,
        prefixes: &'a Prefixes,
        sizes: Sizes,
        (ways, classes, files): (&[Way], &'a [usize], &'a [u32]),
    ) -> Self {
        let mut jobs = Vec::new();
        let (mut worksheets, mut streams) = (Vec::new(), Vec::new());
        for ((sheet, way), of_plan) in ways.iter().enumerate().zip(plan.sheets) {
            match way {
                Way::Parts(layout, parts) => {
                    let whole = parts.len() == 1;
                    let branches = parts.first().is_some_and(|part| Piece::is_branch(part.to));
                    let has_digest = plan.digests && (whole || branches);
                    jobs.extend(parts.iter().enumerate().map(|(at, part)| Job {
                        sheet,
                        layout: *layout,
                        part: *part,
                        is_first: at == 0,
                        has_digest,
                    }));
                }
                Way::Worksheet => worksheets.push(Worksheet::new(sheet, of_plan, sizes.block)),
                Way::Stream => streams.push(Stream::new(sheet, of_plan)),
            }
        }
        Self {
            plan,
            aside,
            prefixes,
            sizes,
            jobs,
            classes,
            files,
            worksheets,
            streams,
            next: AtomicUsize::new(0),
            stop: AtomicBool::new(false),
        }
    }

    fn run(&self) -> Result<Result<Found, Changes>, Error> {
        self.plan.watch.begins(Stage::Sum, self.extent());
        let mut hands = Vec::new();
        let mut changes = Changes::new();
        let mut failed: Option<(usize, u64, Error)> = None;
        for outcome in rayon::broadcast(|_| self.hand()) {
            match outcome {
                Ok(hand) => hands.push(hand),
                Err(Trouble::Change(sheet)) => changes.push(sheet),
                // The first is told, whichever thread met which one: what was
                // begun before it is read to its end.
                Err(Trouble::Fails(sheet, row, error)) => {
                    if failed.as_ref().is_none_or(|(at, first, _)| (sheet, row) < (*at, *first)) {
                        failed = Some((sheet, row, error));
                    }
                }
            }
        }
        if changes.is_empty()
            && let Some((_, _, error)) = failed
        {
            return Err(error);
        }
        if !changes.is_empty() {
            return Ok(Err(changes));
        }
        let passed = self.passed(&hands);
        let starts = match self.starts(&passed) {
            Ok(starts) => starts,
            Err(changes) => return Ok(Err(changes)),
        };
        Ok(Ok(self.put_together(hands, &starts, &passed)))
    }

    /// How much there is to read.
    fn extent(&self) -> Extent {
        let files = self.plan.sheets.len() as u64;
        Extent { files, bytes: self.plan.sheets.iter().map(size_on_disk).sum() }
    }

    fn passed(&self, hands: &[Outcome<'a>]) -> Vec<Option<Passed>> {
        let mut passed = vec![None; self.jobs.len()];
        for done in hands.iter().flat_map(|hand| &hand.done) {
            if let Some(passed) = passed.get_mut(done.job) {
                *passed = Some(done.passed);
            }
        }
        passed
    }

    /// The number of every part's first row, from 0, if each part began where
    /// a row begins: where the rows of the part before it end.
    fn starts(&self, passed: &[Option<Passed>]) -> Result<Vec<u64>, Changes> {
        let mut starts = Vec::with_capacity(self.jobs.len());
        let mut changes = Changes::new();
        let (mut row, mut end) = (0, 0);
        for (job, passed) in self.jobs.iter().zip(passed) {
            let Some(passed) = passed else {
                changes.push(job.sheet);
                continue;
            };
            if job.is_first {
                (row, end) = (0, passed.from);
            }
            let is_right = if end >= job.part.to { passed.rows == 0 } else { passed.from == end };
            // Rows up to the header are told by their numbers.
            let header = self.plan.sheets.get(job.sheet).map_or(0, |sheet| sheet.header_row);
            let has_header = !job.is_first || job.part == WHOLE || passed.rows >= header;
            if !is_right || !has_header {
                changes.push(job.sheet);
            }
            starts.push(row);
            row += passed.rows;
            if end < job.part.to {
                end = passed.to;
            }
        }
        changes.dedup();
        if changes.is_empty() { Ok(starts) } else { Err(changes) }
    }

    /// Brings together what all hands have, every row with its number.
    fn put_together(
        &self,
        hands: Vec<Outcome<'a>>,
        starts: &[u64],
        passed: &[Option<Passed>],
    ) -> Found {
        let mut all = Partial::default();
        let mut seen = Vec::new();
        let mut memories = Vec::new();
        let mut ids = vec![ids::Span::default(); self.jobs.len()];
        let mut notes: Vec<Option<(usize, Notes)>> = Vec::new();
        notes.resize_with(self.jobs.len(), || None);
        let mut pieces: Vec<Option<PieceDigest>> = vec![None; self.jobs.len()];
        let mut of_sheets = Vec::new();
        for (thread, Outcome { hand, done, sheets, memos, log }) in hands.into_iter().enumerate() {
            of_sheets.extend(sheets.into_iter().map(|piece| (thread, piece)));
            let (mut partial, table, own) = hand.finish();
            partial.tables.push(table);
            seen.push(own);
            memories.push((memos, log.into_amounts()));
            for done in done {
                if let Some(own) = pieces.get_mut(done.job) {
                    *own = done.digest;
                }
                if let Some(own) = ids.get_mut(done.job) {
                    *own = done.ids;
                }
                if let Some(own) = notes.get_mut(done.job) {
                    *own = done.notes.map(|notes| (thread, notes));
                }
                let start = starts.get(done.job).copied().unwrap_or_default();
                if start == 0 {
                    continue;
                }
                let faults = partial.faults.get_mut(done.faults.clone()).unwrap_or_default();
                let places = faults.iter_mut().map(|fault| &mut fault.place);
                let aside = partial.aside.get_mut(done.aside.clone()).unwrap_or_default();
                for place in places.chain(aside.iter_mut().map(|entry| &mut entry.version.place)) {
                    *place = place.at_row(place.row().unwrap_or_default() + start);
                }
            }
            all.merge(partial);
        }
        let jobs = self.jobs.iter().zip(starts).zip(passed).zip(notes).zip(ids);
        let stretches = jobs.filter_map(|((((job, row), passed), notes), ids)| {
            let passed = passed.filter(|passed| passed.rows > 0)?;
            Some(Stretch {
                notes,
                ids,
                sheet: job.sheet,
                layout: job.layout,
                part: Part { from: passed.from, to: passed.to },
                first_row: *row,
            })
        });
        let memory =
            Memory::new(stretches.collect(), in_order(of_sheets), self.classes.to_vec(), memories);
        Found { partial: all, seen, memory, digests: self.digests(&pieces) }
    }

    /// The digest and size of each sheet's file, where all of its parts have
    /// one.
    fn digests(&self, pieces: &[Option<PieceDigest>]) -> Vec<Option<(String, u64)>> {
        let mut digests = vec![None; self.plan.sheets.len()];
        let mut at = 0;
        for jobs in self.jobs.chunk_by(|a, b| a.sheet == b.sheet) {
            let own = pieces.get(at..at + jobs.len()).unwrap_or_default();
            at += jobs.len();
            let own: Option<Vec<PieceDigest>> = own.iter().copied().collect();
            let digest = jobs.first().and_then(|job| digests.get_mut(job.sheet));
            if let (Some(digest), Some(own)) = (digest, own) {
                *digest = of_pieces(&own);
            }
        }
        digests
    }

    /// The work of one thread.
    fn hand(&self) -> Result<Outcome<'a>, Trouble> {
        let done = self.work();
        if done.is_err() {
            self.stop.store(true, Ordering::Relaxed);
        }
        done
    }

    fn work(&self) -> Result<Outcome<'a>, Trouble> {
        let mut hand = Hand::new(self.plan, self.files, self.aside, self.prefixes);
        let mut memos: Vec<Option<Memo>> = Vec::new();
        memos.resize_with(self.classes.len(), || None);
        let mut all_done = Vec::new();
        let mut buffer = Vec::new();
        let (mut batch, mut log) =
            (Batch::default(), Log::new(self.sizes.notes / rayon::current_num_threads().max(1)));
        while !self.stop.load(Ordering::Relaxed) {
            let at = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(job) = self.jobs.get(at) else { break };
            let Some(sheet) = self.plan.sheets.get(job.sheet) else { break };
            let class = self.classes.get(job.sheet).copied().unwrap_or(job.sheet);
            let (Some(memo), Some(columns)) = (memos.get_mut(class), Columns::new(sheet)) else {
                return Err(Trouble::Change(job.sheet));
            };
            let memo = memo.get_or_insert_with(|| Memo::new(columns, self.plan));
            let desk = hand.desk(job.sheet, sheet)?;
            let taken = std::mem::take(&mut buffer);
            let tools = Tools { memo, batch: &mut batch, log: &mut log, buffer: taken };
            let (done, back) = self.part(&mut hand, tools, desk, at, job)?;
            buffer = back;
            all_done.push(done);
        }
        let mut sheets = Vec::new();
        // Each begins with another one, and then helps with the others.
        let first = rayon::current_thread_index().unwrap_or(0) % self.worksheets.len().max(1);
        let (others, own) = self.worksheets.split_at(first);
        for worksheet in own.iter().chain(others) {
            worksheet.help(&mut hand, &mut log, &self.stop, &mut sheets)?;
        }
        for stream in &self.streams {
            if self.stop.load(Ordering::Relaxed) {
                break;
            }
            if stream.help(&mut hand, &mut log)? {
                sheets.push(NotedPiece { sheet: stream.index, piece: 0, notes: log.close() });
            }
        }
        Ok(Outcome { hand, done: all_done, sheets, memos, log })
    }

    fn part(
        &self,
        hand: &mut Hand<'a>,
        tools: Tools<'_>,
        desk: Desk<'a>,
        at: usize,
        job: &Job,
    ) -> Result<(Done, Vec<u8>), Trouble> {
        let Tools { memo, batch, log, buffer } = tools;
        let not_here = |_: NotHere| Trouble::Change(job.sheet);
        let (faults, aside) = (hand.partial.faults.len(), hand.partial.aside.len());
        let mut reader = PartReader::open(
            desk.sheet,
            job.layout,
            job.part,
            (self.sizes.block, buffer),
            job.has_digest,
        )
        .map_err(not_here)?;
        let mut rows = PartRows::new(hand, (memo, batch, log), desk, job);
        reader.for_each(&mut rows).map_err(not_here)?;
        if rows.is_odd {
            return Err(Trouble::Change(job.sheet));
        }
        let desk = rows.desk;
        let notes = log.close();
        hand.partial.rows.entry(desk.index).or_default().merge(desk.rows);
        let passed = reader.passed();
        self.plan.watch.passed(passed.to.saturating_sub(passed.from), passed.rows);
        let done = Done {
            job: at,
            passed,
            notes,
            ids: hand.seen.take_span(),
            faults: faults..hand.partial.faults.len(),
            aside: aside..hand.partial.aside.len(),
            digest: reader.digest(),
        };
        Ok((done, reader.into_buffer()))
    }
}

/// What a thread uses for one part after the other.
struct Tools<'t> {
    memo: &'t mut Memo,
    batch: &'t mut Batch,
    log: &'t mut Log,
    buffer: Vec<u8>,
}

/// The notes of each worksheet in the order of its records, and which thread
/// made them; none of a worksheet that could not be noted to its end.
fn in_order(mut pieces: Vec<(usize, NotedPiece)>) -> BTreeMap<usize, Vec<(usize, Notes)>> {
    pieces.sort_by_key(|(_, piece)| (piece.sheet, piece.piece));
    let mut sheets: BTreeMap<usize, Option<Vec<(usize, Notes)>>> = BTreeMap::new();
    for (thread, NotedPiece { sheet, notes, .. }) in pieces {
        let all = sheets.entry(sheet).or_insert_with(|| Some(Vec::new()));
        match (all.as_mut(), notes) {
            (Some(own), Some(notes)) => own.push((thread, notes)),
            _ => *all = None,
        }
    }
    sheets.into_iter().filter_map(|(sheet, notes)| Some((sheet, notes?))).collect()
}

/// For each sheet the first one that is the same but for its place.
fn classes(sheets: &[Sheet]) -> Vec<usize> {
    let Some(first) = sheets.first() else { return Vec::new() };
    // Whatever a sheet is told to be read by is in here, also what is yet to
    // be thought of.
    let said = |sheet: &Sheet| {
        let mut twin = sheet.clone();
        twin.origin = first.origin.clone();
        twin.source = first.source.clone();
        format!("{twin:?}")
    };
    firsts(sheets.iter().map(said))
}

/// For each sheet the first one that is of the same file.
fn files(sheets: &[Sheet]) -> Vec<u32> {
    let firsts = firsts(sheets.iter().map(|sheet| sheet.origin.file.as_str()));
    firsts.into_iter().map(|first| u32::try_from(first).unwrap_or(u32::MAX)).collect()
}

/// For each of some things the place of the first one that is equal.
fn firsts<T: Ord>(all: impl Iterator<Item = T>) -> Vec<usize> {
    let mut known: BTreeMap<T, usize> = BTreeMap::new();
    all.enumerate().map(|(at, own)| *known.entry(own).or_insert(at)).collect()
}

/// What a sheet takes on disk: of a workbook or an archive the whole of it.
fn size_on_disk(sheet: &Sheet) -> u64 {
    std::fs::metadata(&sheet.source.path).map_or(0, |file| file.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the cells of one file say, those of another of its columns say too.
    #[test]
    fn sheets_that_differ_in_their_files_alone_are_of_one_class() {
        let folder = tempfile::tempdir().unwrap();
        for (name, header) in [
            ("a", "date,contract,quantity"),
            ("b", "date,contract,quantity"),
            ("c", "quantity,contract,date"),
        ] {
            #[expect(clippy::disallowed_methods, reason = "a test's own file")]
            std::fs::write(folder.path().join(format!("{name}.csv")), format!("{header}\n1,2,3\n"))
                .unwrap();
        }
        let paths = [folder.path().to_path_buf()];
        let inputs = crate::ingest::discover(&paths, None, crate::ingest::How::default()).unwrap();
        assert_eq!(classes(&inputs.sheets), [0, 0, 2]);
    }
}
