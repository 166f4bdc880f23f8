//! Sheets that are read from their start to their end, row by row: text block
//! after block, which all threads take rows from, and worksheets.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::diagnostics::Error;
use crate::ingest::text::{Block, TextLayout};
use crate::ingest::{RowKind, Sheet, Storage, for_each_record};

use super::super::blocks::SharedBlocks;
use super::super::hand::{Desk, Hand};
use super::super::log::{Log, Note};
use super::rows::note;
use super::{Trouble, size_on_disk};

/// Rows of a worksheet that are told of at a time.
const ROWS_AT_A_TIME: u64 = 4096;

/// A sheet that is read from its start to its end.
pub(super) struct Stream<'a> {
    pub(super) index: usize,
    sheet: &'a Sheet,
    rows: Rows<'a>,
}

/// Who reads its rows.
enum Rows<'a> {
    /// All threads, a block each.
    Text(SharedBlocks<'a>),
    /// The first thread that comes by.
    Worksheet(AtomicBool),
}

impl<'a> Stream<'a> {
    pub(super) fn new(index: usize, sheet: &'a Sheet) -> Self {
        let rows = match sheet.storage {
            Storage::Text(layout) => Rows::Text(SharedBlocks::new(sheet, layout)),
            Storage::Worksheet(_) | Storage::Parquet => Rows::Worksheet(AtomicBool::new(false)),
        };
        Self { index, sheet, rows }
    }

    /// Takes rows until there are no more; true if it read a whole worksheet,
    /// whose records are noted one by one.
    pub(super) fn help(&self, hand: &mut Hand<'a>, log: &mut Log) -> Result<bool, Trouble> {
        let blocks = match &self.rows {
            Rows::Worksheet(is_taken) if is_taken.swap(true, Ordering::Relaxed) => {
                return Ok(false);
            }
            Rows::Worksheet(_) => return self.worksheet(hand, log),
            Rows::Text(blocks) => blocks,
        };
        let fails = |row| move |error| Trouble::Fails(self.index, row, error);
        let mut desk: Option<Desk<'a>> = None;
        let watch = hand.plan.watch;
        while let Some(block) = blocks.next(|| watch.passed(size_on_disk(self.sheet), 0)) {
            // Where there is no block, all before it were given out.
            let block = block.map_err(fails(u64::MAX))?;
            let desk = match &mut desk {
                Some(desk) => desk,
                None => desk.insert(hand.desk(self.index, self.sheet)?),
            };
            self.block(hand, desk, blocks.layout(), &block).map_err(fails(block.first_row))?;
        }
        if let Some(desk) = desk {
            hand.partial.rows.entry(self.index).or_default().merge(desk.rows);
        }
        Ok(false)
    }

    fn block(
        &self,
        hand: &mut Hand<'a>,
        desk: &mut Desk<'a>,
        layout: TextLayout,
        block: &Block,
    ) -> Result<(), Error> {
        let origin = &self.sheet.origin;
        let text = block.text(origin)?;
        let before = desk.rows.records;
        let _ = for_each_record(text, block.first_row, layout, origin, |number, row| {
            let kind = self.sheet.row_kind(number, row);
            desk.rows.add(kind);
            if kind == RowKind::Record {
                hand.take(desk, number, row);
            }
            Ok(ControlFlow::Continue(()))
        })?;
        hand.plan.watch.passed(0, desk.rows.records - before);
        Ok(())
    }

    /// Reads the whole of a worksheet.
    fn worksheet(&self, hand: &mut Hand<'a>, log: &mut Log) -> Result<bool, Trouble> {
        let mut desk = hand.desk(self.index, self.sheet)?;
        let watch = hand.plan.watch;
        let mut untold = 0;
        let rows = self.sheet.for_each_row(|number, row| {
            let taken = hand.take(&mut desk, number, row);
            let note = taken.map(|taken| note(log, hand.plan, &taken.told, taken.slot));
            log.push(note.unwrap_or(Note::Look));
            untold += 1;
            if untold == ROWS_AT_A_TIME {
                watch.passed(0, untold);
                untold = 0;
            }
            Ok(ControlFlow::Continue(()))
        });
        let rows = rows.map_err(|error| Trouble::Fails(self.index, 0, error))?;
        watch.passed(size_on_disk(self.sheet), untold);
        hand.partial.rows.entry(self.index).or_default().merge(rows);
        Ok(true)
    }
}
