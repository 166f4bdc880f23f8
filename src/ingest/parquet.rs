//! Parquet: a table whose columns have names and types. It is read as a sheet:
//! the names are its header, in row 1, and the records follow, in the order of
//! the file, each cell as the text that a CSV would have in its place.

mod arrow;
mod columns;

use std::fs::File;
use std::ops::ControlFlow;
use std::sync::Arc;

use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, FileMetaData, RowGroupMetaData};
use parquet::file::reader::{FileReader, SerializedFileReader};

use crate::diagnostics::{Error, Origin, Place, caught};

use super::sheet::unreadable;
use super::source::{MAX_ROW, Source};
use super::workbook::{CellKind, MAX_COLUMNS, WorksheetCell, too_wide};
use columns::{Column, Kind, Problem};

/// The key under which writers that know Arrow keep its schema.
const ARROW_SCHEMA: &str = "ARROW:schema";
/// Records that are decoded at a time.
const BATCH: u64 = 1024;

/// A column of the table: its name, and which column of the file holds it, as
/// what; or what it is that cannot be read.
struct Field {
    name: String,
    held: Result<(usize, Kind), String>,
}

/// An open file.
struct Table {
    reader: SerializedFileReader<File>,
    fields: Vec<Field>,
    /// Bytes on disk, decompressed where it is compressed once more.
    size: u64,
}

/// Columns that cannot be read, by their index: what each is.
///
/// # Errors
/// As [`for_each_row`].
pub(super) fn refused_columns(source: &Source) -> Result<Vec<(usize, String)>, Error> {
    let fields = Table::open(source)?.fields.into_iter().enumerate();
    Ok(fields.filter_map(|(at, field)| Some((at, field.held.err()?))).collect())
}

/// Gives the header and every record to `visit`, with its number from 1, until
/// `visit` breaks. Columns that cannot be read are blank.
///
/// # Errors
/// [`Error::Unreadable`] when the file is damaged, [`Error::TooLarge`] past a
/// bound, and whatever `visit` returns.
pub(super) fn for_each_row(
    source: &Source,
    origin: &Arc<Origin>,
    mut visit: impl FnMut(u64, &[WorksheetCell]) -> Result<ControlFlow<()>, Error>,
) -> Result<(), Error> {
    let table = Table::open(source)?;
    let mut rows = Rows {
        source,
        place: Place::of(Arc::clone(origin)),
        cells: vec![WorksheetCell::default(); table.fields.len()],
        number: 1,
        read: 0,
        size: table.size,
    };
    for (cell, field) in rows.cells.iter_mut().zip(&table.fields) {
        cell.text.clone_from(&field.name);
    }
    if visit(1, &rows.cells)?.is_break() {
        return Ok(());
    }
    let readable: Vec<(usize, usize, Kind)> = (0..)
        .zip(&table.fields)
        .filter_map(|(at, field)| field.held.as_ref().ok().map(|(leaf, kind)| (at, *leaf, *kind)))
        .collect();
    for cell in &mut rows.cells {
        cell.text.clear();
    }
    if readable.is_empty() {
        return Ok(());
    }
    for group in 0..table.reader.num_row_groups() {
        let mut columns = Vec::with_capacity(readable.len());
        let mut left = guarded(source, || {
            let group = table.reader.get_row_group(group)?;
            for (at, leaf, kind) in &readable {
                columns.push((*at, columns::open(&*group, *leaf, *kind)?));
            }
            Ok(u64::try_from(group.metadata().num_rows()).unwrap_or_default())
        })?;
        while left > 0 {
            let batch = left.min(BATCH);
            left -= batch;
            guarded(source, || columns.iter_mut().try_for_each(|(_, column)| column.fill(batch)))?;
            for _ in 0..batch {
                rows.next(&mut columns, &table.fields)?;
                if visit(rows.number, &rows.cells)?.is_break() {
                    return Ok(());
                }
            }
        }
    }
    Ok(())
}

/// The row in hand.
struct Rows<'a> {
    source: &'a Source,
    place: Place,
    cells: Vec<WorksheetCell>,
    number: u64,
    /// Bytes of text that all rows so far hold.
    read: u64,
    size: u64,
}

impl Rows<'_> {
    fn next(
        &mut self,
        columns: &mut [(usize, Box<dyn Column>)],
        fields: &[Field],
    ) -> Result<(), Error> {
        self.number += 1;
        let mut length = 0;
        for (at, column) in columns {
            let Some(cell) = self.cells.get_mut(*at) else { continue };
            cell.text.clear();
            cell.kind = if column.is_typed() { CellKind::Number } else { CellKind::Text };
            if let Err(problem) = column.next(&mut cell.text) {
                let header = fields.get(*at).map_or("", |field| field.name.as_str());
                let place = self.place.at_row(self.number).in_column(header);
                let reason = match problem {
                    Problem::Damaged => DAMAGED.to_owned(),
                    Problem::NoText => {
                        "its bytes are no text; export the column as text (UTF-8)".to_owned()
                    }
                };
                return Err(Error::Unreadable { path: place.to_string(), reason });
            }
            length += cell.text.len() + 1;
        }
        self.read += length as u64;
        let bounds = &self.source.bounds;
        if length > bounds.record_bytes {
            return Err(Error::TooLarge {
                place: self.place.at_row(self.number),
                what: "the length of this row in bytes",
                limit: bounds.record_bytes as u64,
                help: format!("if it is as long as that, raise the limit with {MAX_ROW}"),
            });
        }
        let held = self.source.hold_to_bounds("the Parquet file", self.read, self.size);
        held.map_err(|error| unreadable(&error))
    }
}

const DAMAGED: &str = "the Parquet file is damaged or cut short; export it again";

/// What a damaged file makes of the library, a panic too, is that file's error.
fn guarded<T>(source: &Source, read: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, Error> {
    let failed = |reason: String| Error::Unreadable { path: source.shown.clone(), reason };
    match caught(read) {
        None => Err(failed(DAMAGED.to_owned())),
        Some(Err(ParquetError::External(error))) => Err(failed(error.to_string())),
        Some(Err(error)) => {
            let said = error.to_string();
            let said = said.strip_prefix("Parquet error: ").unwrap_or(&said);
            Err(failed(format!(
                "the Parquet file is damaged or cut short ({said}); export it again"
            )))
        }
        Some(Ok(value)) => Ok(value),
    }
}

impl Table {
    fn open(source: &Source) -> Result<Self, Error> {
        let file = source.open_parquet(&source.bounds).map_err(|error| unreadable(&error))?;
        let size = file.metadata().map_err(|error| Error::unreadable(&source.shown, &error))?.len();
        let reader = guarded(source, || SerializedFileReader::new(file))?;
        let metadata = reader.metadata();
        if metadata.file_metadata().schema().get_fields().len() > MAX_COLUMNS {
            let place = Place::new(&source.shown, None);
            return Err(too_wide(place, "export the columns that are needed"));
        }
        if let Some(codec) = metadata.row_groups().iter().find_map(unknown_codec) {
            let reason = format!(
                "it is compressed by {codec}, which is not supported; write it with snappy, zstd or gzip"
            );
            return Err(Error::Unreadable { path: source.shown.clone(), reason });
        }
        let fields = guarded(source, || fields(metadata.file_metadata()))?;
        Ok(Self { reader, fields, size })
    }
}

/// A compression that is not read here.
fn unknown_codec(group: &RowGroupMetaData) -> Option<String> {
    let codecs = group.columns().iter().map(ColumnChunkMetaData::compression);
    let mut unknown = codecs.filter(|codec| {
        !matches!(
            codec,
            Compression::UNCOMPRESSED
                | Compression::SNAPPY
                | Compression::GZIP(_)
                | Compression::ZSTD(_)
                | Compression::LZ4
                | Compression::LZ4_RAW
        )
    });
    let name = unknown.next()?.to_string();
    Some(name.split('(').next().unwrap_or_default().to_owned())
}

/// The columns of the table, in their order. One that is made of others, or
/// has several values in a record, is none that can be read.
fn fields(metadata: &FileMetaData) -> Result<Vec<Field>, ParquetError> {
    let kept = metadata.key_value_metadata().into_iter().flatten();
    let schema = kept.filter(|pair| pair.key == ARROW_SCHEMA).find_map(|pair| pair.value.as_ref());
    let spans = match schema {
        None => Vec::new(),
        Some(schema) => arrow::spans(schema)
            .map_err(|_| ParquetError::General("its Arrow schema is no schema".to_owned()))?,
    };
    let schema = metadata.schema_descr();
    let mut leaves: Vec<Vec<usize>> = vec![Vec::new(); schema.root_schema().get_fields().len()];
    for leaf in 0..schema.num_columns() {
        if let Some(of_root) = leaves.get_mut(schema.get_column_root_idx(leaf)) {
            of_root.push(leaf);
        }
    }
    let roots = schema.root_schema().get_fields().iter().zip(leaves).enumerate();
    Ok(roots
        .map(|(at, (root, leaves))| {
            let held = match leaves.as_slice() {
                [leaf] if root.is_primitive() && schema.column(*leaf).max_rep_level() == 0 => {
                    let span = spans.get(at).copied().flatten();
                    Kind::of(&schema.column(*leaf), span).map(|kind| (*leaf, kind))
                }
                _ => Err("holds several values in a record".to_owned()),
            };
            Field { name: root.name().to_owned(), held }
        })
        .collect())
}
