//! The fuzz corpus as plain tests: every file under `fuzz/corpus` is given to
//! its target, and no target goes without files.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

#[path = "../fuzz/src/lib.rs"]
mod fuzzed;

/// A test for each target, and their names.
macro_rules! replayed {
    ($($target:ident),+ $(,)?) => {
        $(#[test]
        fn $target() {
            replay(stringify!($target), fuzzed::$target);
        })+

        const TARGETS: &[&str] = &[$(stringify!($target)),+];
    };
}

replayed!(
    archives,
    configuration,
    dates,
    durations,
    headers,
    jobs,
    numbers,
    sheet_xml,
    text_blocks,
    text_decoding,
    units,
    workbooks,
);

fn fuzz_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}

fn replay(target: &str, run: fn(&[u8])) {
    let seeds = files(&fuzz_folder().join("corpus").join(target));
    assert!(!seeds.is_empty(), "{target} has no corpus");
    for seed in seeds {
        #[expect(clippy::print_stdout, reason = "shown when it fails")]
        {
            println!("{}", seed.display());
        }
        run(&fs::read(&seed).expect("a file"));
    }
}

/// The names of what a folder holds, without their extension.
fn names(folder: &Path) -> BTreeSet<String> {
    let stem = |path: &PathBuf| path.file_stem().expect("a name").to_string_lossy().into_owned();
    files(folder).iter().map(stem).collect()
}

#[test]
fn every_target_has_a_corpus_a_binary_and_a_test() {
    let fuzz = fuzz_folder();
    let tested: BTreeSet<String> = TARGETS.iter().map(|&name| name.to_owned()).collect();
    assert_eq!(names(&fuzz.join("corpus")), tested, "fuzz/corpus");
    assert_eq!(names(&fuzz.join("targets")), tested, "fuzz/targets");
    let manifest = fs::read_to_string(fuzz.join("Cargo.toml")).expect("fuzz/Cargo.toml");
    for name in TARGETS {
        let path = format!("path = \"targets/{name}.rs\"");
        assert!(manifest.contains(&path), "{name} is no binary in fuzz/Cargo.toml");
        let source = fs::read_to_string(fuzz.join(format!("targets/{name}.rs"))).expect("a target");
        assert!(source.contains(&format!("drawdown_fuzz::{name}(data)")), "{name} runs another");
    }
}

/// What a fuzzer found lies here under its hash, and is not committed.
fn is_found(path: &Path) -> bool {
    let name = path.file_name().expect("a name").to_string_lossy();
    name.len() == 40 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[test]
fn the_committed_corpus_stays_small() {
    let corpus = fuzz_folder().join("corpus");
    let seeds = files(&corpus).into_iter().flat_map(|folder| files(&folder));
    let size = |path: PathBuf| fs::metadata(path).expect("a file").len();
    let total: u64 = seeds.filter(|seed| !is_found(seed)).map(size).sum();
    assert!(total < 300 * 1024, "{total} bytes in {}", corpus.display());
}
