//! Delimited text: the records are those of the `csv` crate, and the same
//! however the reader is cut into pieces.

use std::io::Read;
use std::sync::Arc;

use drawdown::diagnostics::{Error, Origin};
use drawdown::ingest::for_each_record;
use drawdown::ingest::text::{Blocks, Record, Splitter, TextLayout};

type Rows = Vec<(u64, Vec<String>)>;

/// The text, as its layout is found out.
pub fn text_blocks(data: &[u8]) {
    let layout = TextLayout::sniff(data);
    assert!(b",;\t|".contains(&layout.delimiter));
    let origin = Arc::new(Origin { file: "t.csv".to_owned(), sheet: None });
    let whole = rows(Blocks::new(data, layout, Arc::clone(&origin)), layout, &origin);
    for bytes in [1, 2, 3, 7, 64, data.len().max(1)] {
        let drip = Drip { rest: data, most: bytes.div_ceil(2) };
        let pieces = Blocks::in_pieces(drip, layout, Arc::clone(&origin), bytes);
        let pieces = rows(pieces, layout, &origin);
        match (&whole, &pieces) {
            (Ok(whole), Ok(pieces)) => assert_eq!(whole, pieces, "in pieces of {bytes}"),
            // A block that ends before the open quote may fail by its letters first.
            (Err(Error::UnclosedQuote { .. }), Err(Error::NotUtf8 { .. })) => {}
            (Err(whole), Err(pieces)) => {
                assert_eq!(whole.to_string(), pieces.to_string(), "in pieces of {bytes}");
            }
            _ => panic!("{whole:?} and, in pieces of {bytes}, {pieces:?}"),
        }
    }
    if let Ok(whole) = &whole {
        let text = std::str::from_utf8(data).expect("what was read as UTF-8");
        let ours: Vec<&Vec<String>> =
            whole.iter().map(|(_, row)| row).filter(|row| !row.is_empty()).collect();
        let theirs = by_csv(text, layout.delimiter);
        assert_eq!(ours, theirs.iter().collect::<Vec<_>>(), "the csv crate");
        let mut numbers = whole.iter().map(|(number, _)| *number);
        assert!(numbers.by_ref().eq(1..=whole.len() as u64), "rows are counted from 1");
        stray_quotes_are_told(text, layout, &origin);
    }
}

fn rows<R: Read>(
    blocks: Blocks<R>,
    layout: TextLayout,
    origin: &Arc<Origin>,
) -> Result<Rows, Error> {
    let mut rows = Rows::new();
    for block in blocks {
        let block = block?;
        let text = block.text(origin)?;
        let mut splitter = Splitter::new(text.as_bytes(), layout.delimiter);
        let mut record = Record::default();
        let mut number = block.first_row;
        while splitter.next_record(&mut record) {
            let cells = (0..record.len()).map(|at| record.cell(text, at).into_owned()).collect();
            rows.push((number, cells));
            number += 1;
        }
    }
    Ok(rows)
}

fn by_csv(text: &str, delimiter: u8) -> Vec<Vec<String>> {
    // It skips a byte order mark, which the source has taken off long before.
    if text.starts_with('\u{feff}') {
        return by_csv(&format!("{}{text}", char::from(delimiter)), delimiter)
            .into_iter()
            .enumerate()
            .map(|(at, row)| row.into_iter().skip(usize::from(at == 0)).collect())
            .collect();
    }
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes())
        .into_records()
        .map(|record| record.expect("UTF-8").iter().map(str::to_owned).collect())
        .collect()
}

/// A walk over the records ends with a stray quote, or sees each of them.
fn stray_quotes_are_told(text: &str, layout: TextLayout, origin: &Arc<Origin>) {
    let mut seen = 0;
    let mut splitter = Splitter::new(text.as_bytes(), layout.delimiter);
    let mut record = Record::default();
    let mut expected = Ok(0);
    while splitter.next_record(&mut record) {
        expected = match expected {
            Ok(rows) if record.has_stray_quote() => Err(rows + 1),
            Ok(rows) => Ok(rows + 1),
            stray => stray,
        };
    }
    let walk = for_each_record(text, 1, layout, origin, |_, _| {
        seen += 1;
        Ok(std::ops::ControlFlow::Continue(()))
    });
    match (walk, expected) {
        (Ok(_), Ok(rows)) => assert_eq!(seen, rows),
        (Err(Error::StrayQuote { place }), Err(row)) => assert_eq!(place.row(), Some(row)),
        (walk, expected) => panic!("{walk:?} where {expected:?} was expected"),
    }
}

/// Gives no more than so many bytes at a time.
struct Drip<'a> {
    rest: &'a [u8],
    most: usize,
}

impl Read for Drip<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let length = self.most.min(into.len());
        let (taken, rest) = self.rest.split_at(length.min(self.rest.len()));
        into.get_mut(..taken.len()).expect("room for it").copy_from_slice(taken);
        self.rest = rest;
        Ok(taken.len())
    }
}
