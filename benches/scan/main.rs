//! The limit of any reader of text tables: finds where every field ends, quotes
//! heeded, and does nothing with it: `cargo run --release --example scan -- --help`.
//!
//! A file is read in blocks by several threads. Whether a block begins inside
//! quotes is known only when the blocks before it have been counted, so each
//! block counts both: the fields and records that end after an even number of
//! its quotes, and after an odd one. Which of the two holds is settled at the
//! end, block by block.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use clap::{Parser, ValueEnum};

mod sums;

/// Counts the fields and records of CSV files
#[derive(Debug, Parser)]
struct Arguments {
    /// What counts
    #[arg(long, value_enum, default_value_t = Scanner::Bare)]
    with: Scanner,
    /// Threads; the csv crate has one
    #[arg(long, default_value_t = 2, value_name = "N")]
    threads: usize,
    /// The files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Scanner {
    /// Quotes, commas and line ends, 64 bytes at a time, on several threads
    Bare,
    /// The csv crate's reader, on one
    Csv,
    /// What entries take by themselves: a scan that also sums by key, on several threads
    Sums,
}

/// What ends in a file or a block.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Counts {
    records: u64,
    fields: u64,
}

impl Counts {
    fn add(&mut self, other: Self) {
        self.records += other.records;
        self.fields += other.fields;
    }
}

/// Large enough that a block's own cost does not show, small enough for the
/// processor's cache.
const BLOCK: usize = 1 << 20;

/// Where a block lies.
#[derive(Debug, Clone, Copy)]
struct Block<'a> {
    path: &'a Path,
    start: u64,
    length: usize,
    /// Whether it is the last of its file.
    last: bool,
}

/// What a block holds.
#[derive(Debug, Clone, Copy, Default)]
struct Found {
    /// What ends after an even number of the block's quotes, and an odd one.
    ends: [Counts; 2],
    /// Whether its quotes are odd in number.
    odd: bool,
    /// Whether its last byte ends no line.
    open: bool,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let counts = match arguments.with {
        Scanner::Bare => scan(&arguments.files, arguments.threads.max(1))?,
        Scanner::Csv => read(&arguments.files)?,
        Scanner::Sums => sums::sum(&arguments.files, arguments.threads.max(1))?,
    };
    writeln!(io::stdout(), "{} records, {} fields", counts.records, counts.fields)?;
    Ok(())
}

fn scan(files: &[PathBuf], threads: usize) -> anyhow::Result<Counts> {
    let mut blocks = Vec::new();
    for path in files {
        cut(path, &mut blocks)?;
    }
    let next = AtomicUsize::new(0);
    let work = || -> io::Result<Vec<(usize, Found)>> {
        let mut found = Vec::new();
        let mut bytes = vec![0; BLOCK];
        let mut open: Option<(&Path, File)> = None;
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(block) = blocks.get(at) else { return Ok(found) };
            let mut file = match open.take() {
                Some((path, file)) if path == block.path => file,
                _ => File::open(block.path)?,
            };
            file.seek(SeekFrom::Start(block.start))?;
            let bytes = &mut bytes[..block.length];
            file.read_exact(bytes)?;
            open = Some((block.path, file));
            found.push((at, look_through(bytes)));
        }
    };
    let found = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let joined = workers.into_iter().map(|worker| {
            worker.join().map_err(|_| anyhow::anyhow!("a thread stopped"))?.map_err(Into::into)
        });
        joined.collect::<anyhow::Result<Vec<_>>>()
    })?;
    let mut found: Vec<(usize, Found)> = found.into_iter().flatten().collect();
    found.sort_unstable_by_key(|(at, _)| *at);
    settle(&blocks, found.into_iter().map(|(_, found)| found))
}

/// A file's blocks, as they lie.
fn cut<'a>(path: &'a Path, blocks: &mut Vec<Block<'a>>) -> io::Result<()> {
    let size = path.metadata()?.len();
    let mut start = 0;
    while start < size {
        let length = usize::try_from(size - start).unwrap_or(BLOCK).min(BLOCK);
        let end = start + length as u64;
        blocks.push(Block { path, start, length, last: end == size });
        start = end;
    }
    Ok(())
}

fn look_through(bytes: &[u8]) -> Found {
    let mut found = Found::default();
    let (words, rest) = bytes.as_chunks::<64>();
    for word in words {
        found.take(word);
    }
    if !rest.is_empty() {
        let mut word = [0; 64];
        word[..rest.len()].copy_from_slice(rest);
        found.take(&word);
    }
    found.open = bytes.last().is_some_and(|last| *last != b'\n');
    found
}

impl Found {
    fn take(&mut self, word: &[u8; 64]) {
        let lines = places(word, b'\n');
        let ends = places(word, b',') | lines;
        let odd = inside(word, self.odd);
        for (counts, here) in self.ends.iter_mut().zip([!odd, odd]) {
            counts.add(Counts {
                records: u64::from((lines & here).count_ones()),
                fields: u64::from((ends & here).count_ones()),
            });
        }
        self.odd = odd >> 63 == 1;
    }
}

/// Where an odd number of quotes stands before: from a quote up to the next one.
fn inside(word: &[u8; 64], is_inside: bool) -> u64 {
    let mut odd = places(word, b'"');
    for shift in [1, 2, 4, 8, 16, 32] {
        odd ^= odd << shift;
    }
    if is_inside { !odd } else { odd }
}

/// Where a byte stands, a bit for each place.
fn places(word: &[u8; 64], byte: u8) -> u64 {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    let wanted = u64::from_ne_bytes([byte; 8]);
    let mut places = 0;
    let (eights, _) = word.as_chunks::<8>();
    for (at, eight) in eights.iter().enumerate() {
        // Bytes that are the wanted one are zero now; their high bits are set
        // and all others cleared, then gathered into one byte.
        let others = u64::from_le_bytes(*eight) ^ wanted;
        let high = !(((others & LOW) + LOW) | others | LOW);
        let gathered = (high >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        places |= gathered << (at * 8);
    }
    places
}

/// Adds up what ends outside of quotes.
fn settle(blocks: &[Block<'_>], found: impl Iterator<Item = Found>) -> anyhow::Result<Counts> {
    let mut counts = Counts::default();
    let mut inside = false;
    for (block, found) in blocks.iter().zip(found) {
        counts.add(found.ends[usize::from(inside)]);
        inside ^= found.odd;
        if block.last {
            anyhow::ensure!(!inside, "{}: a quote never closes", block.path.display());
            if found.open {
                counts.add(Counts { records: 1, fields: 1 });
            }
        }
    }
    Ok(counts)
}

fn read(files: &[PathBuf]) -> anyhow::Result<Counts> {
    let mut counts = Counts::default();
    let mut record = csv::ByteRecord::new();
    for path in files {
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).buffer_capacity(BLOCK).from_path(path)?;
        while reader.read_byte_record(&mut record)? {
            counts.add(Counts { records: 1, fields: record.len() as u64 });
        }
    }
    Ok(counts)
}
