//! A look by all threads at once: each adds to sums of its own, in whatever
//! order, and lists what it finds piece by piece, so that lists keep the order of
//! the rows.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::diagnostics::Error;
use crate::engine::blocks::SharedBlocks;
use crate::engine::scan::Stretch;
use crate::engine::{Found, Gathered, Taker};
use crate::ingest::{Sheet, Storage};

use super::{Find, Keys, Verdicts};

/// What one thread takes at a time.
enum Piece<'a> {
    Stretch(&'a Stretch),
    Worksheet(usize, &'a Sheet),
    /// A text whose blocks all threads take from.
    Text(usize, &'a Sheet, SharedBlocks<'a>),
}

/// Where a list belongs: which piece it is of, and from which row on.
type Order = (usize, u64);

/// One thread's sums and lists.
type Own<T> = (<T as Taker>::Sums, Vec<(Order, <T as Taker>::List)>);

/// A look that threads share.
struct Look<'a, T> {
    find: &'a Find<'a>,
    wanted: (&'a Verdicts<'a>, &'a Keys<'a>),
    pieces: Vec<Piece<'a>>,
    next: AtomicUsize,
    stop: AtomicBool,
    taker: &'a T,
}

/// Entries that wait until there are a few, so that what they lead to is called
/// for together.
struct Waiting<'a, T: Taker> {
    taker: &'a T,
    sums: T::Sums,
    list: T::List,
    found: Vec<Found>,
}

/// As many as wait.
const AT_A_TIME: usize = 64;

impl<'a, T: Taker> Waiting<'a, T> {
    fn new(taker: &'a T) -> Self {
        let (sums, list) = (taker.begin(), T::List::default());
        Self { taker, sums, list, found: Vec::with_capacity(AT_A_TIME) }
    }

    #[inline]
    fn push(&mut self, found: Found) {
        self.found.push(found);
        if self.found.len() == AT_A_TIME {
            self.take_all();
        }
    }

    fn take_all(&mut self) {
        self.taker.call_for(&self.sums, &self.found);
        for found in self.found.drain(..) {
            self.taker.take(&mut self.sums, &mut self.list, found);
        }
    }

    /// What was listed since the last time.
    fn listed(&mut self) -> T::List {
        self.take_all();
        std::mem::take(&mut self.list)
    }
}

impl Find<'_> {
    /// Has every thread take in what it finds.
    pub(in crate::engine) fn gather<T: Taker>(
        &self,
        taker: &T,
    ) -> Result<Gathered<T::Sums, T::List>, Error> {
        let verdicts = self.verdicts();
        let keys = Keys::new(&self.scan.sums.counted);
        let look = Look {
            find: self,
            wanted: (&verdicts, &keys),
            pieces: self.pieces(),
            next: AtomicUsize::new(0),
            stop: AtomicBool::new(false),
            taker,
        };
        let mut gathered = Gathered { sums: Vec::new(), lists: Vec::new() };
        let mut lists: Vec<(Order, T::List)> = Vec::new();
        let mut failed: Option<(Order, Error)> = None;
        for own in self.pool.broadcast(|_| look.own()) {
            match own {
                Ok((sums, own)) => {
                    gathered.sums.push(sums);
                    lists.extend(own);
                }
                // The first is told, whichever thread met which one: what was
                // begun before it is read to its end.
                Err(error) => {
                    if failed.as_ref().is_none_or(|first| error.0 < first.0) {
                        failed = Some(error);
                    }
                }
            }
        }
        if let Some((_, error)) = failed {
            return Err(error);
        }
        lists.sort_unstable_by_key(|(order, _)| *order);
        gathered.lists = lists.into_iter().map(|(_, list)| list).collect();
        Ok(gathered)
    }

    /// All there is to look at, by sheet and row.
    fn pieces(&self) -> Vec<Piece<'_>> {
        let mut pieces = Vec::new();
        let mut stretches = self.scan.memory.stretches.as_slice();
        for (index, sheet) in self.plan.sheets.iter().enumerate() {
            let own = stretches.iter().take_while(|stretch| stretch.sheet == index).count();
            let (own, others) = stretches.split_at(own);
            stretches = others;
            match sheet.storage {
                _ if !own.is_empty() => pieces.extend(own.iter().map(Piece::Stretch)),
                Storage::Text(layout) => {
                    pieces.push(Piece::Text(index, sheet, SharedBlocks::new(sheet, layout)));
                }
                Storage::Worksheet(_) | Storage::Parquet => {
                    pieces.push(Piece::Worksheet(index, sheet));
                }
            }
        }
        pieces
    }
}

impl<T: Taker> Look<'_, T> {
    /// What one thread finds.
    fn own(&self) -> Result<Own<T>, (Order, Error)> {
        let own = self.look();
        if own.is_err() {
            self.stop.store(true, Ordering::Relaxed);
        }
        own
    }

    fn look(&self) -> Result<Own<T>, (Order, Error)> {
        let (mut waiting, mut lists) = (Waiting::new(self.taker), Vec::new());
        while !self.stop.load(Ordering::Relaxed) {
            let at = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(piece) = self.pieces.get(at) else { break };
            let visit = &mut |found| waiting.push(found);
            let looked = match piece {
                Piece::Stretch(stretch) => self.find.in_stretch(stretch, self.wanted, visit),
                Piece::Worksheet(index, sheet) => {
                    self.find.in_worksheet(*index, sheet, self.wanted, visit)
                }
                Piece::Text(..) => continue,
            };
            looked.map_err(|error| ((at, 0), error))?;
            lists.push(((at, 0), waiting.listed()));
        }
        for (at, piece) in self.pieces.iter().enumerate() {
            let Piece::Text(index, sheet, blocks) = piece else { continue };
            while !self.stop.load(Ordering::Relaxed) {
                let Some(block) = blocks.next(|| {}) else { break };
                // Where there is no block, all before it were given out.
                let block = block.map_err(|error| ((at, u64::MAX), error))?;
                let order = (at, block.first_row);
                let of = (*index, *sheet, blocks.layout());
                let visit = &mut |found| waiting.push(found);
                let looked = self.find.in_block(of, &block, self.wanted, visit);
                looked.map_err(|error| (order, error))?;
                lists.push((order, waiting.listed()));
            }
        }
        Ok((waiting.sums, lists))
    }
}
