//! The blocks of a text that is read from its start to its end, given out to
//! whichever thread asks next.

use std::sync::{Mutex, PoisonError};

use crate::diagnostics::Error;
use crate::ingest::Sheet;
use crate::ingest::text::{Block, TextLayout};

/// Blocks that all threads take from.
pub(super) struct SharedBlocks<'a> {
    sheet: &'a Sheet,
    layout: TextLayout,
    state: Mutex<State>,
}

enum State {
    Unopened,
    Open(Box<dyn Iterator<Item = Result<Block, Error>> + Send>),
    Finished,
}

impl<'a> SharedBlocks<'a> {
    pub(super) fn new(sheet: &'a Sheet, layout: TextLayout) -> Self {
        Self { sheet, layout, state: Mutex::new(State::Unopened) }
    }

    pub(super) fn layout(&self) -> TextLayout {
        self.layout
    }

    /// The next block; an error comes once. `ends` is told when there are no more.
    pub(super) fn next(&self, ends: impl FnOnce()) -> Option<Result<Block, Error>> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(*state, State::Unopened) {
            match self.sheet.blocks(self.layout) {
                Ok(blocks) => *state = State::Open(Box::new(blocks)),
                Err(error) => {
                    *state = State::Finished;
                    return Some(Err(error));
                }
            }
        }
        let State::Open(blocks) = &mut *state else { return None };
        let block = blocks.next();
        if !matches!(block, Some(Ok(_))) {
            *state = State::Finished;
            ends();
        }
        block
    }
}
