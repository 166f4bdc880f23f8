//! What the entries of this job take by themselves: finds the fields of the
//! generator's timesheets, parses what is needed of them, and sums by key.
//!
//! It knows the layout by heart and believes every cell: no text is looked at
//! for UTF-8, no row is refused, of the content there is only a hash of 64 bits,
//! and no input is digested. One thread reads a file, so no quote is in doubt.

use std::fs::File;
use std::hash::BuildHasher;
use std::io::{self, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use foldhash::fast::FixedState;
use hashbrown::HashTable;

use super::{Counts, inside, places};

/// Cells of a timesheet's row.
const ID: usize = 0;
const DATE: usize = 1;
/// Project, contract, task and line, which lie side by side.
const KEY: Range<usize> = 3..7;
const QUANTITY: usize = 8;
const UNIT: usize = 9;
const CELLS: usize = 10;
/// Leaves room in the cache for the keys.
const BLOCK: usize = 1 << 18;

/// Sums the files on several threads.
pub(super) fn sum(files: &[PathBuf], threads: usize) -> anyhow::Result<Counts> {
    let next = AtomicUsize::new(0);
    let work = || -> io::Result<Sums> {
        let mut sums = Sums::default();
        while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            sums.read(path)?;
        }
        Ok(sums)
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let mut counts = Counts::default();
        for worker in workers {
            let sums = worker.join().map_err(|_| anyhow::anyhow!("a thread stopped"))??;
            // What was summed is not left out as a thing that nobody reads.
            std::hint::black_box(&sums);
            counts.add(sums.counts);
        }
        Ok(counts)
    })
}

/// What a thread has found.
#[derive(Debug, Default)]
struct Sums {
    counts: Counts,
    hasher: FixedState,
    /// Places of keys, by their texts.
    known: HashTable<u32>,
    keys: Vec<Key>,
    texts: Vec<u8>,
    /// Exports come in runs.
    last: usize,
    day: Vec<u8>,
    days: u16,
    /// A bit for each id.
    ids: Vec<u64>,
    again: u64,
    content: u64,
}

/// Small, for keys come from anywhere in memory.
#[derive(Debug, Default)]
struct Key {
    start: u32,
    length: u32,
    minutes: i64,
    entries: u32,
    first: u16,
    last: u16,
}

impl Key {
    fn text<'a>(&self, texts: &'a [u8]) -> &'a [u8] {
        &texts[self.start as usize..][..self.length as usize]
    }
}

impl Sums {
    fn read(&mut self, path: &Path) -> io::Result<()> {
        let mut file = File::open(path)?;
        let mut bytes = vec![0; 2 * BLOCK];
        let (mut left, mut is_header) = (0, true);
        loop {
            let read = file.read(&mut bytes[left..left + BLOCK])?;
            if read == 0 {
                return Ok(());
            }
            let whole = left + read;
            // Nothing ends in what is no longer of the file.
            bytes[whole..whole.next_multiple_of(64)].fill(0);
            let (mut start, mut is_inside) = (0, false);
            let (mut ends, mut cells) = ([0; CELLS], 0);
            let (words, _) = bytes[..whole.next_multiple_of(64)].as_chunks::<64>();
            for (at, word) in words.iter().enumerate() {
                let lines = places(word, b'\n');
                let quoted = inside(word, is_inside);
                is_inside = quoted >> 63 == 1;
                let mut here = (places(word, b',') | lines) & !quoted;
                while here != 0 {
                    let bit = here.trailing_zeros();
                    let end = at * 64 + bit as usize;
                    if let Some(cell) = ends.get_mut(cells) {
                        *cell = end;
                    }
                    cells += 1;
                    if lines >> bit & 1 == 1 {
                        self.counts.add(Counts { records: 1, fields: cells as u64 });
                        if !std::mem::take(&mut is_header) && cells == CELLS {
                            self.take(&bytes, start, &ends)?;
                        }
                        (start, cells) = (end + 1, 0);
                    }
                    here &= here - 1;
                }
            }
            bytes.copy_within(start..whole, 0);
            left = whole - start;
        }
    }

    /// A row whose cells end where `ends` says.
    fn take(&mut self, bytes: &[u8], start: usize, ends: &[usize; CELLS]) -> io::Result<()> {
        let cells = |from: usize, to: usize| {
            let start = from.checked_sub(1).map_or(start, |before| ends[before] + 1);
            &bytes[start..ends[to]]
        };
        let cell = |at| cells(at, at);
        let id = cell(ID).iter().fold(0, |id, digit| id * 10 + usize::from(digit & 15));
        if self.ids.len() <= id / 64 {
            self.ids.resize(id / 32 + 1, 0);
        }
        let bit = 1 << (id % 64);
        self.again += u64::from(self.ids[id / 64] & bit != 0);
        self.ids[id / 64] |= bit;
        if self.day != cell(DATE) {
            self.day.clear();
            self.day.extend_from_slice(cell(DATE));
            self.days += 1;
        }
        let minutes = match cell(UNIT) {
            b"Days" => 480,
            b"Hours" => 60,
            _ => 1,
        };
        self.content ^= self.hasher.hash_one(cells(DATE, UNIT));
        let day = self.days;
        let key = self.key(cells(KEY.start, KEY.end - 1))?;
        key.minutes += hundredths(cell(QUANTITY)) * minutes;
        key.entries += 1;
        key.first = key.first.min(day);
        key.last = key.last.max(day);
        Ok(())
    }

    fn key(&mut self, text: &[u8]) -> io::Result<&mut Key> {
        let Self { texts, keys, known, hasher, .. } = self;
        if keys.get(self.last).is_none_or(|last| last.text(texts) != text) {
            let hash = hasher.hash_one(text);
            let is_it = |place: &u32| keys[*place as usize].text(texts) == text;
            let place = match known.find(hash, is_it) {
                Some(place) => *place,
                None => {
                    let (start, length) = (small(texts.len())?, small(text.len())?);
                    texts.extend_from_slice(text);
                    keys.push(Key { start, length, first: u16::MAX, ..Key::default() });
                    let place = small(keys.len() - 1)?;
                    let again = |place: &u32| hasher.hash_one(keys[*place as usize].text(texts));
                    known.insert_unique(hash, place, again);
                    place
                }
            };
            self.last = place as usize;
        }
        Ok(&mut keys[self.last])
    }
}

fn small(number: usize) -> io::Result<u32> {
    u32::try_from(number).map_err(io::Error::other)
}

/// A number of at most two decimals.
fn hundredths(cell: &[u8]) -> i64 {
    let (mut number, mut decimals) = (0, None);
    for byte in cell {
        match byte {
            b'-' => {}
            b'.' => decimals = Some(0),
            digit => {
                number = number * 10 + i64::from(digit & 15);
                decimals = decimals.map(|decimals| decimals + 1);
            }
        }
    }
    for _ in decimals.unwrap_or(0)..2 {
        number *= 10;
    }
    if cell.first() == Some(&b'-') { -number } else { number }
}
