//! What the fuzz targets hold the library to: a function for each target, which
//! takes any bytes and fails when its property does not hold for them.
//!
//! The targets (`fuzz/targets`) give it what a fuzzer makes up, and
//! `tests/corpus.rs` every file under `fuzz/corpus`.

#![allow(clippy::expect_used, clippy::panic, reason = "a property that does not hold fails")]
#![allow(unreachable_pub, reason = "a module of a test binary as well as a library")]
#![allow(dead_code, reason = "a test has no use for what only a fuzzer needs")]
#![allow(missing_docs, reason = "each target says on its module what it is held to")]

use std::io::Write as _;

mod cells;
mod configuration;
mod files;
mod headers;
mod jobs;
mod text;
mod units;
mod workbooks;

pub use cells::{dates, durations, numbers};
pub use configuration::configuration;
pub use files::{archives, text_decoding};
pub use headers::headers;
pub use jobs::jobs;
pub use text::text_blocks;
pub use units::units;
pub use workbooks::{sheet_xml, workbooks};

/// Lets a panic of a library that the program catches pass in silence: the
/// fuzzer's own hook would end the process before it can be caught. What is not
/// caught still ends the run, and a property that fails is still told.
pub fn let_guarded_panics_pass() {
    std::panic::set_hook(Box::new(|panic| {
        let of_library =
            panic.location().is_some_and(|location| location.file().contains("/registry/"));
        if !of_library {
            let _ = writeln!(std::io::stderr(), "{panic}");
        }
    }));
}

/// A file in a folder of its own, gone with it.
struct Files(tempfile::TempDir);

impl Files {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    fn write(&self, name: &str, content: &[u8]) -> std::path::PathBuf {
        let path = self.0.path().join(name);
        #[expect(clippy::disallowed_methods, reason = "a target's own input")]
        std::fs::write(&path, content).expect("a file");
        path
    }
}

/// Text of any bytes, and no more of it than shows something.
fn text_of(data: &[u8]) -> String {
    String::from_utf8_lossy(data.get(..64 << 10).unwrap_or(data)).into_owned()
}

fn is_in_range(day: chrono::NaiveDate) -> bool {
    use chrono::Datelike;
    (1900..=2200).contains(&day.year())
}
