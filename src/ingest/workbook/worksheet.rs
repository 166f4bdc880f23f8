//! A worksheet for several readers at once: one piece of its rows to each.

use std::fmt;
use std::io::Read;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::markup::{Pieces, Unusual};
use super::merged;
use super::package::{self, OpenSheet};
use super::sheet_xml::{RowReader, Shared, Stop, WorksheetRow};
use super::{Source, WorkbookKind};

/// The rows of a worksheet that is written as programs write it.
pub struct Worksheet {
    shared: Arc<Shared>,
    pieces: Pieces<Box<dyn Read + Send>>,
}

/// Some whole rows of a worksheet.
#[derive(Debug, Default)]
pub struct WorksheetPiece {
    bytes: Vec<u8>,
    whole: usize,
}

/// Reads the rows of pieces. What it says of cells holds for one worksheet.
#[derive(Debug)]
pub struct WorksheetReader {
    shared: Arc<Shared>,
    rows: RowReader,
}

impl fmt::Debug for Worksheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Worksheet").finish_non_exhaustive()
    }
}

impl Worksheet {
    pub(in crate::ingest) fn open(
        source: &Source,
        kind: WorkbookKind,
        name: &str,
        bytes: usize,
    ) -> Result<Self, Unusual> {
        if kind != WorkbookKind::Xlsx {
            return Err(Unusual);
        }
        let OpenSheet { shared, pieces } = package::open_sheet(source, name, bytes)?;
        Ok(Self { shared: Arc::new(shared), pieces })
    }

    /// The next rows, in a buffer that was used before; false where there are
    /// no more.
    ///
    /// # Errors
    /// [`Unusual`]: all of the worksheet has to be read carefully.
    pub fn next(&mut self, piece: &mut WorksheetPiece) -> Result<bool, Unusual> {
        let whole = self.pieces.next(&mut piece.bytes)?;
        // Whether merged cells matter, is seen where rows are read one by one.
        if whole.is_none() && !merged::behind(self.pieces.behind())?.is_empty() {
            return Err(Unusual);
        }
        piece.whole = whole.unwrap_or_default();
        Ok(whole.is_some())
    }

    /// A reader of its pieces.
    #[must_use]
    pub fn reader(&self) -> WorksheetReader {
        WorksheetReader { shared: Arc::clone(&self.shared), rows: RowReader::default() }
    }
}

impl WorksheetReader {
    /// Gives the rows of a piece that have a cell to `visit`.
    ///
    /// # Errors
    /// [`Unusual`], where a row is written unusually, and what `visit` returns.
    pub fn read(
        &mut self,
        piece: &WorksheetPiece,
        mut visit: impl FnMut(WorksheetRow<'_>) -> Result<(), Unusual>,
    ) -> Result<(), Unusual> {
        let visit = |row: WorksheetRow<'_>| Ok(visit(row).map(ControlFlow::Continue)?);
        match self.rows.read(&piece.bytes, piece.whole, &self.shared, visit) {
            Ok(_) => Ok(()),
            // Nobody fails here.
            Err(Stop::Unusual | Stop::Failed(_)) => Err(Unusual),
        }
    }
}
