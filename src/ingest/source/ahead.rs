//! Reads ahead on a thread of its own, so that what is compressed is expanded
//! while what came before is read. A plain thread: it needs no task of a pool,
//! so a pool's thread may wait for it.

use std::io::{self, Read};
use std::mem;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::{self, JoinHandle};

use super::{CHUNK_BYTES, SourceError};

/// Bytes that are handed over at a time.
const BLOCK_BYTES: usize = 256 << 10;
/// Blocks that may wait to be read.
const BLOCKS: usize = 4;
/// Bytes that are read without a thread: more than any look at a file's first
/// rows takes, so that neither a look nor a small file starts one.
const WITHOUT_THREAD: u64 = (1 << 20) + (64 << 10);

/// A reader that runs ahead of whoever reads it.
pub(super) struct Ahead<R> {
    state: State<R>,
    shown: String,
}

enum State<R> {
    /// So many bytes more are read here.
    Here(R, u64),
    There(Following),
    /// Why nothing more comes.
    Failed(SourceError),
    Ended,
}

/// What the thread sends: a block, or nothing at the end.
type Sent = Result<Vec<u8>, SourceError>;

/// The reading end of a thread. Gone, it stops the thread, and waits for it.
struct Following {
    blocks: Option<Receiver<Sent>>,
    /// Blocks that were read go back to be filled again.
    used: Sender<Vec<u8>>,
    block: Vec<u8>,
    at: usize,
    thread: Option<JoinHandle<()>>,
}

impl<R: Read + Send + 'static> Ahead<R> {
    pub(super) fn new(inner: R, shown: &str) -> Self {
        Self { state: State::Here(inner, WITHOUT_THREAD), shown: shown.to_owned() }
    }

    #[cfg(test)]
    pub(super) fn at_once(inner: R, shown: &str) -> Self {
        Self { state: State::Here(inner, 0), shown: shown.to_owned() }
    }

    fn fail(&mut self, error: SourceError) -> io::Error {
        self.state = State::Failed(error.clone());
        error.into_io()
    }
}

impl<R: Read + Send + 'static> Read for Ahead<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        if matches!(self.state, State::Here(_, 0))
            && let State::Here(inner, _) = mem::replace(&mut self.state, State::Ended)
        {
            match Following::new(inner, self.shown.clone()) {
                Ok(following) => self.state = State::There(following),
                Err(error) => return Err(self.fail(SourceError::from_io(&self.shown, &error))),
            }
        }
        match &mut self.state {
            State::Here(inner, left) => {
                let wanted = usize::try_from(*left).unwrap_or(usize::MAX).min(buffer.len());
                let read = inner.read(buffer.get_mut(..wanted).unwrap_or_default())?;
                *left -= read as u64;
                Ok(read)
            }
            State::There(following) => match following.read(buffer, &self.shown) {
                Ok(0) => {
                    self.state = State::Ended;
                    Ok(0)
                }
                Ok(read) => Ok(read),
                Err(error) => Err(self.fail(error)),
            },
            State::Failed(error) => Err(error.clone().into_io()),
            State::Ended => Ok(0),
        }
    }
}

impl Following {
    fn new<R: Read + Send + 'static>(inner: R, shown: String) -> io::Result<Self> {
        let (sender, blocks) = sync_channel(BLOCKS);
        let (used, empty) = channel();
        let run = move || send_all(inner, &shown, &sender, &empty);
        let thread = thread::Builder::new().name("expand".to_owned()).spawn(run)?;
        Ok(Self { blocks: Some(blocks), used, block: Vec::new(), at: 0, thread: Some(thread) })
    }

    fn read(&mut self, buffer: &mut [u8], shown: &str) -> Result<usize, SourceError> {
        if self.at == self.block.len() {
            // A thread that is gone without a word has panicked.
            let next = self.blocks.as_ref().and_then(|blocks| blocks.recv().ok());
            let next = next.unwrap_or_else(|| {
                let reason = "the thread that expands it has stopped".to_owned();
                Err(SourceError::Io { path: shown.to_owned(), reason })
            })?;
            // Nobody takes it any more where all is read.
            let _ = self.used.send(mem::replace(&mut self.block, next));
            self.at = 0;
        }
        let left = self.block.get(self.at..).unwrap_or_default();
        let read = left.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..read), left.get(..read)) {
            to.copy_from_slice(from);
        }
        self.at += read;
        Ok(read)
    }
}

impl Drop for Following {
    fn drop(&mut self) {
        // Its next block finds no taker.
        drop(self.blocks.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The work of the thread: block after block, what was read before an error,
/// and the error; an empty block at the end.
fn send_all(mut inner: impl Read, shown: &str, to: &SyncSender<Sent>, empty: &Receiver<Vec<u8>>) {
    loop {
        let mut block = empty.try_recv().unwrap_or_default();
        block.resize(BLOCK_BYTES, 0);
        let (filled, failed) = fill(&mut inner, &mut block);
        block.truncate(filled);
        let ends = filled == 0;
        if (failed.is_none() || filled > 0) && to.send(Ok(block)).is_err() {
            return;
        }
        if let Some(error) = failed {
            // Gone or not, nothing follows.
            let _ = to.send(Err(SourceError::from_io(shown, &error)));
            return;
        }
        if ends {
            return;
        }
    }
}

/// Fills a block, and says how far, and what ended it before its end.
fn fill(inner: &mut impl Read, block: &mut [u8]) -> (usize, Option<io::Error>) {
    let mut filled = 0;
    while filled < block.len() {
        let rest = block.get_mut(filled..).unwrap_or_default();
        // No more at a time than a bound may be overstepped by.
        let chunk = rest.len().min(CHUNK_BYTES);
        match inner.read(rest.get_mut(..chunk).unwrap_or_default()) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return (filled, Some(error)),
        }
    }
    (filled, None)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// Gives so many bytes, then an end, an error, or a panic; counts them,
    /// and says when it is gone.
    struct Bytes {
        left: usize,
        then: Then,
        given: Arc<AtomicUsize>,
        _alive: Arc<()>,
    }

    #[derive(Clone, Copy)]
    enum Then {
        End,
        Error,
        Panic,
    }

    impl Read for Bytes {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            // No size that blocks are a multiple of.
            let read = buffer.len().min(self.left).min(10_007);
            for (at, byte) in buffer[..read].iter_mut().enumerate() {
                *byte = u8::try_from((self.left - at) % 251).unwrap();
            }
            self.left -= read;
            self.given.fetch_add(read, Ordering::Relaxed);
            match self.then {
                Then::Error if read == 0 => {
                    let path = "a.gz".to_owned();
                    Err(SourceError::Expands { path, what: "it".to_owned(), limit: 7 }.into_io())
                }
                Then::Panic if read == 0 => panic!("a decoder's fault"),
                _ => Ok(read),
            }
        }
    }

    fn bytes(left: usize, then: Then) -> (Bytes, Arc<AtomicUsize>, Arc<()>) {
        let (given, alive) = (Arc::default(), Arc::new(()));
        let bytes = Bytes { left, then, given: Arc::clone(&given), _alive: Arc::clone(&alive) };
        (bytes, given, alive)
    }

    #[test]
    fn gives_the_same_bytes_and_the_same_error_after_them() {
        let inline = usize::try_from(WITHOUT_THREAD).unwrap();
        let sizes = [0, 1, BLOCK_BYTES - 1, BLOCK_BYTES, BLOCK_BYTES + 1, inline, inline + 1];
        for size in sizes.into_iter().chain([7 * BLOCK_BYTES + 13]) {
            for then in [Then::End, Then::Error] {
                let mut expected = Vec::new();
                let first = bytes(size, then).0.read_to_end(&mut expected).is_err();
                for reader in [
                    Ahead::new(bytes(size, then).0, "a.gz"),
                    Ahead::at_once(bytes(size, then).0, "a.gz"),
                ] {
                    let mut reader = reader;
                    let mut found = Vec::new();
                    let end = reader.read_to_end(&mut found);
                    assert_eq!(found.len(), size);
                    assert!(found == expected);
                    assert_eq!(end.is_err(), first);
                    // And again, however often it is asked.
                    let again = reader.read(&mut [0; 9]).map_err(|e| SourceError::from_io("x", &e));
                    let error = SourceError::Expands {
                        path: "a.gz".to_owned(),
                        what: "it".to_owned(),
                        limit: 7,
                    };
                    assert_eq!(again, if first { Err(error) } else { Ok(0) });
                }
            }
        }
    }

    #[test]
    fn runs_ahead_so_far_and_no_further_and_stops_with_its_reader() {
        let (inner, given, alive) = bytes(usize::MAX / 2, Then::End);
        let mut reader = Ahead::at_once(inner, "a.gz");
        assert_eq!(reader.read(&mut [0; 5]).unwrap(), 5);
        // One block is read, some wait, one is to be sent.
        let most = BLOCK_BYTES * (BLOCKS + 2);
        while given.load(Ordering::Relaxed) < most {
            thread::yield_now();
        }
        thread::sleep(std::time::Duration::from_millis(20));
        assert_eq!(given.load(Ordering::Relaxed), most);
        assert_eq!(Arc::strong_count(&alive), 2);
        drop(reader);
        assert_eq!(Arc::strong_count(&alive), 1, "the thread is gone, and its file with it");
    }

    #[test]
    fn neither_a_look_nor_a_small_file_starts_a_thread() {
        let (inner, given, _alive) = bytes(usize::MAX / 2, Then::End);
        let mut reader = Ahead::new(inner, "a.gz");
        reader.by_ref().take(1 << 20).read_to_end(&mut Vec::new()).unwrap();
        assert!(matches!(reader.state, State::Here(..)));
        assert_eq!(given.load(Ordering::Relaxed), 1 << 20);
    }

    #[test]
    fn a_thread_that_panics_is_an_error_and_no_end() {
        let mut reader = Ahead::at_once(bytes(100, Then::Panic).0, "a.gz");
        let mut found = Vec::new();
        let error = reader.read_to_end(&mut found).unwrap_err();
        assert!(error.to_string().contains("a.gz: the thread that expands it"), "{error}");
        assert!(reader.read(&mut [0; 9]).is_err());
    }
}
