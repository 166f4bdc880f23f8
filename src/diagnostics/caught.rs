//! Panics of libraries that are caught: what they broke off is told, as an error
//! of its own, and not they.

use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many calls are under way that may panic.
static UNDER_WAY: AtomicUsize = AtomicUsize::new(0);

/// What a call of a library gives; `None` where it panics.
pub fn caught<T>(call: impl FnOnce() -> T) -> Option<T> {
    UNDER_WAY.fetch_add(1, Ordering::Relaxed);
    let given = panic::catch_unwind(AssertUnwindSafe(call)).ok();
    UNDER_WAY.fetch_sub(1, Ordering::Relaxed);
    given
}

/// Whether a panic is of a library within [`caught`], perhaps on a thread of the
/// library's own. One of our own code is a mistake, and never silent.
#[must_use]
pub fn is_caught(panic: &PanicHookInfo<'_>) -> bool {
    let ours = file!().trim_end_matches("caught.rs").trim_end_matches(['/', '\\']);
    let ours = ours.trim_end_matches("diagnostics");
    let is_ours = panic.location().is_some_and(|at| at.file().starts_with(ours));
    UNDER_WAY.load(Ordering::Relaxed) > 0 && !is_ours
}
