//! A build without the feature `parquet`: it tells such files, and reads none.

use std::ops::ControlFlow;
use std::sync::Arc;

use crate::diagnostics::{Error, Origin};

use super::sheet::unreadable;
use super::source::{Source, SourceError};
use super::workbook::WorksheetCell;

fn none<T>(source: &Source) -> Result<T, Error> {
    let path = source.shown.clone();
    Err(unreadable(&SourceError::NotA { path, wanted: "file that this build reads" }))
}

pub(super) fn refused_columns(source: &Source) -> Result<Vec<(usize, String)>, Error> {
    none(source)
}

pub(super) fn for_each_row(
    source: &Source,
    _: &Arc<Origin>,
    _: impl FnMut(u64, &[WorksheetCell]) -> Result<ControlFlow<()>, Error>,
) -> Result<(), Error> {
    none(source)
}
