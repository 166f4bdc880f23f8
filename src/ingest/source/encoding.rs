//! From bytes to UTF-8 text: which encoding a text is in, told from samples of
//! it, and the readers that decode it while it is read.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::RangeInclusive;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, DecoderResult};
use memchr::{memchr, memchr2, memrchr2};

use super::unwrap::read_up_to;
use super::{CHUNK_BYTES, FREE_BYTES, HEAD_BYTES, SourceError, TextEncoding};

/// Larger text: blocks that are looked at, evenly spread from head to tail.
const BLOCKS: u64 = 16;
/// Bytes of such a block, where an encoding is guessed from it.
const BLOCK_BYTES: u64 = 1 << 20;
/// The same where it only has to be UTF-8: a sixteenth of the text in all, within
/// these bounds. A look at too few is put right by reading again, and that at many
/// takes time of every run.
const UTF_8_BYTES: RangeInclusive<u64> = (4 << 10)..=(16 << 10);
const UTF_8_PART: u64 = 16;
/// Bytes of lines with letters beyond ASCII that the encoding is guessed from.
const GUESS_BYTES: usize = 1 << 20;
/// A single-byte alphabet but the Western one is believed from so many letters
/// on: one or two, as in "naïve" or "£ 5", are in many alphabets.
const FOREIGN_LETTERS: usize = 8;
/// A line longer than this is judged in pieces.
const LINE_BYTES: usize = 64 << 10;

// ------------------------------------------------------ telling an encoding

/// What is seen of a text, to tell its encoding.
pub(super) struct TextSample {
    utf_8: Utf8Sample,
    detector: EncodingDetector,
    /// The line that is not whole yet.
    line: Vec<u8>,
    /// Whether the rest of a line that was cut into is to be skipped.
    skipping: bool,
    fed: usize,
    limit: usize,
    /// Bytes beyond ASCII in what was fed.
    letters: usize,
    /// Whether what was fed ends at the end of a line.
    fed_whole: bool,
}

impl Default for TextSample {
    fn default() -> Self {
        Self {
            utf_8: Utf8Sample::default(),
            detector: EncodingDetector::new(Iso2022JpDetection::Deny),
            line: Vec::new(),
            skipping: false,
            fed: 0,
            limit: GUESS_BYTES,
            letters: 0,
            fed_whole: true,
        }
    }
}

impl TextSample {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.utf_8.push(bytes);
        if self.fed >= self.limit {
            return;
        }
        let mut bytes = bytes;
        if self.skipping {
            // No letter of two bytes has a line break as its second.
            let Some(end) = memchr2(b'\n', b'\r', bytes) else { return };
            bytes = bytes.get(end + 1..).unwrap_or_default();
            self.skipping = false;
        }
        if bytes.is_ascii() && self.line.is_ascii() {
            if let Some(end) = memrchr2(b'\n', b'\r', bytes) {
                self.line.clear();
                bytes = bytes.get(end + 1..).unwrap_or_default();
            }
            self.line.extend_from_slice(bytes);
            if self.line.len() >= LINE_BYTES {
                self.line.clear();
            }
            return;
        }
        for piece in bytes.split_inclusive(|byte| matches!(byte, b'\n' | b'\r')) {
            self.line.extend_from_slice(piece);
            let whole = piece.ends_with(b"\n") || piece.ends_with(b"\r");
            if whole || self.line.len() >= LINE_BYTES {
                self.feed(whole);
            }
        }
    }

    fn feed(&mut self, whole: bool) {
        if !self.line.is_ascii() && self.fed < self.limit {
            self.detector.feed(&self.line, false);
            self.fed += self.line.len();
            self.letters += self.line.iter().filter(|byte| !byte.is_ascii()).count();
            self.fed_whole = whole;
        }
        self.line.clear();
    }

    /// What follows lies elsewhere, within a line or not; so many more bytes
    /// are judged.
    fn cut(&mut self, within: bool, more: usize) {
        self.utf_8.cut();
        self.line.clear();
        self.skipping = within;
        self.limit = self.fed + more;
    }

    /// The encoding; `at_end` when what was pushed last is the end.
    pub(super) fn encoding(mut self, at_end: bool) -> TextEncoding {
        if self.utf_8.holds(at_end) {
            return TextEncoding::Utf8;
        }
        if at_end {
            self.feed(true);
        }
        if self.fed_whole {
            self.detector.feed(&[], true);
        }
        let guess = self.detector.guess(None, Utf8Detection::Deny);
        if guess.is_single_byte() && self.letters < FOREIGN_LETTERS {
            return TextEncoding::Windows1252;
        }
        TextEncoding::from(guess)
    }
}

/// Whether bytes are UTF-8.
#[derive(Default)]
pub(super) struct Utf8Sample {
    /// The start of a letter whose end is still to come.
    pub(super) begun: Vec<u8>,
    resuming: bool,
    pub(super) letters: u64,
    pub(super) malformed: u64,
}

impl Utf8Sample {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        let mut bytes = bytes;
        if self.resuming {
            let tail = bytes.iter().take(3).take_while(|byte| (0x80..0xc0).contains(*byte)).count();
            bytes = bytes.get(tail..).unwrap_or_default();
            self.resuming = false;
        }
        while !self.begun.is_empty()
            && let Some((next, rest)) = bytes.split_first()
        {
            self.begun.push(*next);
            match std::str::from_utf8(&self.begun) {
                Ok(_) => {
                    self.letters += 1;
                    self.begun.clear();
                    bytes = rest;
                }
                Err(error) if error.error_len().is_none() => bytes = rest,
                Err(_) => {
                    // The byte that does not fit starts something of its own.
                    self.malformed += 1;
                    self.begun.clear();
                }
            }
        }
        while !bytes.is_empty() {
            let (good, rest, error_len) = match std::str::from_utf8(bytes) {
                Ok(_) => (bytes, &[][..], None),
                Err(error) => {
                    let (good, rest) =
                        bytes.split_at_checked(error.valid_up_to()).unwrap_or((bytes, &[]));
                    (good, rest, error.error_len())
                }
            };
            self.letters += good.iter().filter(|byte| **byte >= 0xc0).count() as u64;
            bytes = if let Some(length) = error_len {
                self.malformed += 1;
                rest.get(length..).unwrap_or_default()
            } else {
                self.begun.extend_from_slice(rest);
                &[]
            };
        }
    }

    fn cut(&mut self) {
        self.begun.clear();
        self.resuming = true;
    }

    /// A text of many letters and a few malformed bytes is UTF-8 with a fault,
    /// to be reported at its place, and not something else read as nonsense.
    fn holds(&self, at_end: bool) -> bool {
        let malformed = self.malformed + u64::from(at_end && !self.begun.is_empty());
        malformed == 0 || self.letters > malformed.saturating_mul(20)
    }
}

/// Whether a head and all that follows are UTF-8 without a fault.
pub(super) fn is_utf_8(head: &[u8], stream: &mut dyn Read) -> io::Result<bool> {
    let mut chunk = head.to_vec();
    let mut filled = chunk.len();
    chunk.resize(filled.max(2 * CHUNK_BYTES), 0);
    let mut at_end = false;
    loop {
        let bytes = chunk.get(..filled).unwrap_or_default();
        let good = match simdutf8::compat::from_utf8(bytes) {
            Ok(_) => filled,
            // A letter may go on in what follows.
            Err(error) if error.error_len().is_none() && !at_end => error.valid_up_to(),
            Err(_) => return Ok(false),
        };
        if at_end {
            return Ok(true);
        }
        chunk.copy_within(good..filled, 0);
        filled -= good;
        match stream.read(chunk.get_mut(filled..).unwrap_or_default()) {
            Ok(0) => at_end = true,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Goes on to the end, which it returns true for, or to 64 MiB.
pub(super) fn sample_all(sample: &mut TextSample, stream: &mut dyn Read) -> io::Result<bool> {
    let mut chunk = vec![0; CHUNK_BYTES];
    let mut seen = HEAD_BYTES as u64;
    while seen < FREE_BYTES {
        let read = match stream.read(&mut chunk) {
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if read == 0 {
            return Ok(true);
        }
        sample.push(chunk.get(..read).unwrap_or_default());
        seen += read as u64;
    }
    Ok(false)
}

/// Where blocks of some bytes start that are looked at, from the head to the
/// tail.
fn block_starts(size: u64, bytes: u64) -> impl Iterator<Item = u64> {
    let last = size.saturating_sub(bytes);
    (0..BLOCKS).map(move |number| {
        let start = last / (BLOCKS - 1) * number;
        if number + 1 == BLOCKS { last } else { start }
    })
}

fn read_block(mut file: &File, start: u64, bytes: u64) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(start))?;
    read_up_to(&mut file, usize::try_from(bytes).unwrap_or(CHUNK_BYTES))
}

/// Looks at blocks from the head to the tail.
pub(super) fn sample_blocks(sample: &mut TextSample, file: &File, size: u64) -> io::Result<bool> {
    for start in block_starts(size, BLOCK_BYTES) {
        sample.cut(start > 0, GUESS_BYTES / usize::try_from(BLOCKS).unwrap_or(1));
        sample.push(&read_block(file, start, BLOCK_BYTES)?);
    }
    Ok(true)
}

/// Whether short blocks from the head to the tail are UTF-8 without a fault.
pub(super) fn blocks_are_utf_8(file: &File, size: u64) -> io::Result<bool> {
    let bytes = (size / UTF_8_PART / BLOCKS).clamp(*UTF_8_BYTES.start(), *UTF_8_BYTES.end());
    for start in block_starts(size, bytes) {
        let block = read_block(file, start, bytes)?;
        // It may start or end within a letter.
        let whole = block.iter().position(|byte| byte & 0xc0 != 0x80).unwrap_or(block.len());
        let is_good = match simdutf8::compat::from_utf8(block.get(whole..).unwrap_or_default()) {
            Ok(_) => true,
            Err(error) => error.error_len().is_none(),
        };
        if !is_good || whole > 3 {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Text of two bytes a letter without a mark: every other byte of what is
/// ASCII in it (digits, delimiters, line breaks) is zero.
pub(super) fn unmarked_utf_16(head: &[u8]) -> Option<TextEncoding> {
    // Nearly all texts are told by this at once.
    memchr(0, head)?;
    let (mut even, mut odd) = (0_usize, 0_usize);
    for pair in head.chunks_exact(2) {
        if let [first, second] = pair {
            even += usize::from(*first == 0);
            odd += usize::from(*second == 0);
        }
    }
    // One alone may have strayed into a text of a few letters.
    let enough = (head.len() / 2 / 16).max(2);
    let encoding = if odd >= enough && even * 8 <= odd {
        TextEncoding::Utf16Le
    } else if even >= enough && odd * 8 <= even {
        TextEncoding::Utf16Be
    } else {
        return None;
    };
    let mut text = vec![0; head.len() * 2 + 16];
    let mut decoder = encoding.encoding().new_decoder_without_bom_handling();
    let (result, _, written) = decoder.decode_to_utf8_without_replacement(head, &mut text, false);
    let text = std::str::from_utf8(text.get(..written).unwrap_or_default()).ok()?;
    let is_text =
        |letter: char| !letter.is_control() || matches!(letter, '\t'..='\r' | '\u{1a}' | '\u{85}');
    (result == DecoderResult::InputEmpty && text.chars().all(is_text)).then_some(encoding)
}

// ------------------------------------------------------------------ decoding

/// UTF-8 without its byte order mark, otherwise as it is.
pub(super) struct Unmarked<R> {
    inner: R,
    held: Vec<u8>,
    started: bool,
}

impl<R: Read> Unmarked<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, held: Vec::with_capacity(3), started: false }
    }
}

impl<R: Read> Read for Unmarked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if !self.started {
            while self.held.len() < 3 {
                let mut rest = [0; 3];
                let wanted = rest.get_mut(self.held.len()..).unwrap_or_default();
                let read = self.inner.read(wanted)?;
                if read == 0 {
                    break;
                }
                let bytes = wanted.get(..read).unwrap_or_default();
                self.held.extend_from_slice(bytes);
            }
            if self.held == b"\xef\xbb\xbf" {
                self.held.clear();
            }
            self.started = true;
        }
        if self.held.is_empty() {
            return self.inner.read(buffer);
        }
        let given = self.held.as_slice().read(buffer)?;
        self.held.drain(..given);
        Ok(given)
    }
}

/// Decodes while it reads; stops at what is malformed.
pub(super) struct Decoding<R> {
    inner: R,
    decoder: Decoder,
    shown: String,
    input: Vec<u8>,
    /// What of the input is not decoded yet.
    undecoded: (usize, usize),
    at_end: bool,
    /// Bytes decoded so far.
    offset: u64,
    output: Vec<u8>,
    /// What of the output is not given yet.
    ungiven: (usize, usize),
    at_start: bool,
    outcome: Option<Result<(), SourceError>>,
}

impl<R: Read> Decoding<R> {
    pub(super) fn new(inner: R, encoding: TextEncoding, shown: &str) -> Self {
        Self {
            inner,
            decoder: encoding.encoding().new_decoder_without_bom_handling(),
            shown: shown.to_owned(),
            input: vec![0; CHUNK_BYTES],
            undecoded: (0, 0),
            at_end: false,
            offset: 0,
            output: vec![0; 2 * CHUNK_BYTES],
            ungiven: (0, 0),
            at_start: true,
            outcome: None,
        }
    }

    /// Decodes some more.
    fn advance(&mut self) -> io::Result<()> {
        if self.undecoded.0 == self.undecoded.1 && !self.at_end {
            let read = self.inner.read(&mut self.input)?;
            self.undecoded = (0, read);
            self.at_end = read == 0;
        }
        let input = self.input.get(self.undecoded.0..self.undecoded.1).unwrap_or_default();
        let (result, read, written) =
            self.decoder.decode_to_utf8_without_replacement(input, &mut self.output, self.at_end);
        self.undecoded.0 += read;
        self.offset += read as u64;
        self.ungiven = (0, written);
        match result {
            DecoderResult::InputEmpty if self.at_end => self.outcome = Some(Ok(())),
            DecoderResult::InputEmpty | DecoderResult::OutputFull => {}
            DecoderResult::Malformed(length, after) => {
                self.outcome = Some(Err(SourceError::Malformed {
                    path: self.shown.clone(),
                    encoding: self.decoder.encoding().name(),
                    offset: self.offset.saturating_sub(u64::from(length) + u64::from(after)),
                }));
            }
        }
        if self.at_start && written > 0 {
            self.at_start = false;
            if self.output.starts_with(b"\xef\xbb\xbf") {
                self.ungiven.0 = 3;
            }
        }
        Ok(())
    }
}

impl<R: Read> Read for Decoding<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let mut output = self.output.get(self.ungiven.0..self.ungiven.1).unwrap_or_default();
            if buffer.is_empty() || !output.is_empty() {
                let given = output.read(buffer)?;
                self.ungiven.0 += given;
                return Ok(given);
            }
            match &self.outcome {
                Some(Ok(())) => return Ok(0),
                Some(Err(error)) => return Err(error.clone().into_io()),
                None => self.advance()?,
            }
        }
    }
}
