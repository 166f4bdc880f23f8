//! The commands, driven through the real program over files.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]
#![allow(unreachable_pub, reason = "modules of one test binary")]

mod advice;
mod check;
mod configured;
mod diff;
mod explain;
mod first_error;
mod formats;
#[cfg(target_os = "linux")]
mod full_disk;
mod guard;
mod help;
mod history;
mod init;
mod inspect;
mod languages;
mod left_over;
mod limits;
mod links;
mod locks;
mod log;
#[cfg(target_os = "linux")]
mod names;
mod not_read;
mod opens;
mod opportunities;
mod readme;
mod reconcile;
mod run_folder;
mod schema;
mod summary;
#[path = "../support/mod.rs"]
mod support;
mod trust;
mod walkthrough;
mod workbooks;

use std::path::{Path, PathBuf};
use std::process::Command;

/// The program, run in the project's folder.
fn drawdown(arguments: &[&str]) -> std::process::Output {
    Command::new(env!("CARGO_BIN_EXE_drawdown"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the program")
}

/// A path of the project.
fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
