//! The own reader of delimited text against the `csv` crate, and against
//! itself wherever its buffer happens to end.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::io::Read;
use std::sync::Arc;

use drawdown::diagnostics::{Error, Origin};
use drawdown::ingest::text::{Blocks, Record, Splitter, TextLayout};
use proptest::prelude::*;

type Rows = Vec<Vec<String>>;

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// What a quoting mistake is made of, with letters of one to four bytes.
const PIECES: [&str; 12] = [",", "\"", "\n", "\r", "\r\n", ";", "\t", "|", "a", "é", "小", "🙂"];

fn texts(longest: usize) -> impl Strategy<Value = String> {
    // Quotes and delimiters often: that is where readers differ.
    let piece = prop_oneof![
        3 => Just("\""),
        2 => Just(","),
        6 => proptest::sample::select(&PIECES[..]),
    ];
    prop::collection::vec(piece, 0..longest).prop_map(|pieces| pieces.concat())
}

fn configured() -> ProptestConfig {
    // A counter-example becomes a named test, not a file of seeds.
    ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() }
}

fn layout(delimiter: u8) -> TextLayout {
    TextLayout { delimiter, names_delimiter: false }
}

fn origin() -> Arc<Origin> {
    Arc::new(Origin { file: "t.csv".to_owned(), sheet: None })
}

/// Every row of a text, blank lines as rows without a cell.
fn split(text: &str, delimiter: u8) -> Rows {
    let mut splitter = Splitter::new(text.as_bytes(), delimiter);
    let mut record = Record::default();
    let mut rows = Vec::new();
    while splitter.next_record(&mut record) {
        rows.push((0..record.len()).map(|at| record.cell(text, at).into_owned()).collect());
    }
    rows
}

fn without_blank_lines(rows: Rows) -> Rows {
    rows.into_iter().filter(|row| !row.is_empty()).collect()
}

/// The same text as the `csv` crate reads it.
fn split_by_csv(text: &str, delimiter: u8) -> Rows {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes())
        .into_records()
        .map(|record| record.expect("UTF-8").iter().map(str::to_owned).collect())
        .collect()
}

/// The row in which a quote is open at the end of a text, letter by letter.
fn row_of_open_quote(text: &str, delimiter: u8) -> Option<u64> {
    #[derive(PartialEq)]
    enum State {
        StartOfCell,
        InCell,
        InQuotes,
        /// After a quote within quotes: it closes them unless doubled.
        AfterQuote,
    }
    let mut state = State::StartOfCell;
    let (mut row, mut after_return) = (1, false);
    for letter in text.chars() {
        let ends_row = matches!(letter, '\n' | '\r');
        let part_of_last_end = letter == '\n' && after_return;
        after_return = false;
        state = match state {
            State::InQuotes if letter == '"' => State::AfterQuote,
            State::InQuotes => State::InQuotes,
            State::StartOfCell | State::AfterQuote if letter == '"' => State::InQuotes,
            _ if ends_row => {
                after_return = letter == '\r';
                row += u64::from(!part_of_last_end);
                State::StartOfCell
            }
            _ if letter == char::from(delimiter) => State::StartOfCell,
            _ => State::InCell,
        };
    }
    (state == State::InQuotes).then_some(row)
}

/// The rows of a text read in blocks, each with its number, blank lines left
/// out; or the error.
fn read_in_blocks(reader: impl Read, layout: TextLayout) -> Result<Vec<(u64, Vec<String>)>, Error> {
    let origin = origin();
    let mut rows = Vec::new();
    for block in Blocks::new(reader, layout, Arc::clone(&origin)) {
        let block = block?;
        let text = block.text(&origin)?;
        let numbered = (block.first_row..).zip(split(text, layout.delimiter));
        rows.extend(numbered.filter(|(_, row)| !row.is_empty()));
    }
    Ok(rows)
}

fn numbered(text: &str, delimiter: u8) -> Vec<(u64, Vec<String>)> {
    (1..).zip(split(text, delimiter)).filter(|(_, row)| !row.is_empty()).collect()
}

/// Gives a text away in pieces of the given sizes, over and over.
struct Drip<'a> {
    rest: &'a [u8],
    sizes: Vec<usize>,
    turn: usize,
}

impl<'a> Drip<'a> {
    fn new(bytes: &'a [u8], sizes: &[usize]) -> Self {
        Self { rest: bytes, sizes: sizes.to_vec(), turn: 0 }
    }
}

impl Read for Drip<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let size = self.sizes[self.turn % self.sizes.len()].min(into.len()).min(self.rest.len());
        self.turn += 1;
        into[..size].copy_from_slice(&self.rest[..size]);
        self.rest = &self.rest[size..];
        Ok(size)
    }
}

proptest! {
    #![proptest_config(configured())]

    #[test]
    fn records_are_those_of_the_csv_crate_once_blank_lines_are_dropped(
        text in texts(40),
        delimiter in proptest::sample::select(&DELIMITERS[..]),
    ) {
        let ours = without_blank_lines(split(&text, delimiter));
        prop_assert_eq!(ours, split_by_csv(&text, delimiter));
    }

    #[test]
    fn a_text_that_ends_inside_a_quote_is_an_error_with_the_row_and_no_other_is(
        text in texts(40),
        delimiter in proptest::sample::select(&DELIMITERS[..]),
    ) {
        let result = read_in_blocks(text.as_bytes(), layout(delimiter));
        match row_of_open_quote(&text, delimiter) {
            Some(row) => match result {
                Err(Error::UnclosedQuote { place }) => prop_assert_eq!(place.row(), Some(row)),
                other => prop_assert!(false, "row {} is open, found {:?}", row, other),
            },
            None => prop_assert_eq!(result.expect("a closed text"), numbered(&text, delimiter)),
        }
    }

    #[test]
    fn how_many_bytes_a_read_returns_changes_nothing(
        text in texts(40),
        sizes in prop::collection::vec(1_usize..9, 1..4),
        delimiter in proptest::sample::select(&DELIMITERS[..]),
    ) {
        let whole = read_in_blocks(text.as_bytes(), layout(delimiter));
        let dripped = read_in_blocks(Drip::new(text.as_bytes(), &sizes), layout(delimiter));
        prop_assert_eq!(format!("{whole:?}"), format!("{dripped:?}"));
    }
}

/// Bytes that the reader takes at a time.
const BUFFER: usize = 1 << 20;

proptest! {
    // Each case reads a mebibyte for every byte of its text.
    #![proptest_config(ProptestConfig { cases: 12, ..configured() })]

    #[test]
    fn a_buffer_that_ends_at_any_byte_of_a_text_changes_nothing(
        text in texts(16),
        delimiter in proptest::sample::select(&DELIMITERS[..]),
        between in proptest::sample::select(&["\n", "\r", "\r\n", "", "\"\"", "DELIMITER"][..]),
    ) {
        let between = if between == "DELIMITER" {
            char::from(delimiter).to_string()
        } else {
            between.to_owned()
        };
        for cut in 0..=text.len() {
            // So much before the text that the first buffer ends at `cut`.
            let padding = "x".repeat(BUFFER - cut - between.len());
            let long = format!("{padding}{between}{text}");
            let expected = match row_of_open_quote(&long, delimiter) {
                Some(row) => Err(row),
                None => Ok(numbered(&long, delimiter)),
            };
            let found = read_in_blocks(long.as_bytes(), layout(delimiter)).map_err(|error| match error {
                Error::UnclosedQuote { place } => place.row().unwrap_or_default(),
                other => panic!("{other}"),
            });
            // A mebibyte in a message helps nobody.
            prop_assert!(found == expected, "cut at byte {cut}");
        }
    }
}
