//! Who watches a run: a bar on a terminal, a line per stage in the log.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use crate::language::{Group, Key, Language, Words, english};
use crate::progress::{Extent, Stage, Watch};

/// What takes less is not worth a bar.
const PATIENCE: Duration = Duration::from_millis(500);
const TICK: Duration = Duration::from_millis(100);

/// Follows a run.
#[derive(Debug)]
pub(super) struct Watcher {
    started: Instant,
    /// None where nobody would see it.
    bar: Option<ProgressBar>,
    is_shown: AtomicBool,
    bytes: AtomicU64,
    rows: Arc<AtomicU64>,
    current: Mutex<Option<(Stage, Extent, Instant)>>,
    /// In English until the reader's language is known.
    words: OnceLock<Words>,
}

/// What stands for numbers until they are known.
const ROWS: &str = "{rows}";
const RATE: &str = "{rate}";

/// How a stage's bar is drawn, as indicatif takes it.
fn template(stage: Stage, extent: Extent, words: &Words) -> String {
    let mut told = words.word(Group::Stage, stage.name()).to_owned();
    if extent.files > 0 {
        let filled = [("stage", (&told).into()), ("files", extent.files.into())];
        told = words.with(Key::ProgressFiles, &filled);
    }
    if extent.bytes == 0 {
        return format!("{told}  {{spinner}}");
    }
    let filled = [("done", "{bytes}".into()), ("total", "{total_bytes}".into())];
    let bytes = words.with(Key::ProgressBytes, &filled);
    let left = words.with(Key::ProgressLeft, &[("left", "{eta}".into())]);
    format!("{told}  {{bar:20}}  {bytes}  {ROWS}  {left}")
}

#[expect(clippy::disallowed_methods, reason = "the time of a stage is shown, and changes nothing")]
fn now() -> Instant {
    Instant::now()
}

/// What a stage has none of, or nobody counted, is left out of its line.
fn counted(count: u64) -> Option<u64> {
    (count > 0).then_some(count)
}

impl Watcher {
    /// With a bar on standard error if `with_bar`, and that is a terminal.
    pub(super) fn new(with_bar: bool) -> Self {
        let target = ProgressDrawTarget::stderr();
        let bar = (with_bar && !target.is_hidden())
            .then(|| ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()));
        Self {
            started: now(),
            bar,
            is_shown: AtomicBool::new(false),
            bytes: AtomicU64::new(0),
            rows: Arc::default(),
            current: Mutex::new(None),
            words: OnceLock::new(),
        }
    }

    /// From now on it is told in this language; the log stays as it is.
    pub(super) fn speaks(&self, language: Language) {
        if self.bar.is_some() {
            let _ = self.words.set(Words::new(language));
        }
    }

    /// The last stage is over; the line of the bar is free again.
    pub(super) fn ends(&self) {
        self.close(None);
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    /// Puts another stage in the place of the current one, and tells the log
    /// of that.
    fn close(&self, next: Option<(Stage, Extent, Instant)>) {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((stage, extent, since)) = current.take() {
            let (bytes, rows) =
                (self.bytes.swap(0, Ordering::Relaxed), self.rows.swap(0, Ordering::Relaxed));
            let time = now() - since;
            tracing::info!(
                stage = stage.name(),
                milliseconds = u64::try_from(time.as_millis()).unwrap_or(u64::MAX),
                files = counted(extent.files),
                bytes = counted(bytes),
                rows = counted(rows),
                "stage done"
            );
        }
        *current = next;
    }

    /// Shows the bar of a run that takes its time.
    fn show(&self) {
        let Some(bar) = &self.bar else { return };
        if self.is_shown.load(Ordering::Relaxed) || now() - self.started < PATIENCE {
            return;
        }
        if !self.is_shown.swap(true, Ordering::Relaxed) {
            bar.set_draw_target(ProgressDrawTarget::stderr());
            bar.enable_steady_tick(TICK);
        }
    }

    fn style(&self, stage: Stage, extent: Extent) -> ProgressStyle {
        let words = self.words.get().unwrap_or_else(|| english());
        let template = template(stage, extent, words);
        let rows_read =
            words.with(Key::ProgressRows, &[("rows", ROWS.into()), ("rate", RATE.into())]);
        let rows = Arc::clone(&self.rows);
        let since = now();
        let style = ProgressStyle::with_template(&template)
            .unwrap_or_else(|_| ProgressStyle::default_bar())
            .progress_chars("█░ ");
        style.with_key("rows", move |_: &ProgressState, out: &mut dyn std::fmt::Write| {
            let passed = now().saturating_duration_since(since).as_millis().max(1);
            let rows = rows.load(Ordering::Relaxed);
            let rate = u128::from(rows) * 1000 / passed;
            // A bar that cannot be written is one that nobody sees.
            let text = rows_read.replace(ROWS, &in_short(rows.into()));
            let _ = out.write_str(&text.replace(RATE, &in_short(rate)));
        })
    }
}

impl Watch for Watcher {
    fn begins(&self, stage: Stage, extent: Extent) {
        self.close(Some((stage, extent, now())));
        tracing::debug!(
            stage = stage.name(),
            files = counted(extent.files),
            size = counted(extent.bytes),
            "stage begins"
        );
        if let Some(bar) = &self.bar {
            bar.reset();
            if extent.bytes > 0 {
                bar.set_length(extent.bytes);
            }
            bar.set_style(self.style(stage, extent));
        }
        self.show();
    }

    fn passed(&self, bytes: u64, rows: u64) {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        self.rows.fetch_add(rows, Ordering::Relaxed);
        if let Some(bar) = &self.bar {
            bar.inc(bytes);
            self.show();
        }
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        self.ends();
    }
}

/// A count in three digits or so.
fn in_short(count: u128) -> String {
    match count {
        0..=9_999 => count.to_string(),
        10_000..=999_999 => format!("{} k", count / 1_000),
        1_000_000..=9_999_999 => format!("{}.{} M", count / 1_000_000, count / 100_000 % 10),
        _ => format!("{} M", count / 1_000_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_told_in_the_readers_language() {
        let extent = Extent { files: 2, bytes: 10 };
        for (language, sum, write) in [
            (
                Language::English,
                "Summing timesheets, 2 files  {bar:20}  {bytes} of {total_bytes}  {rows}  {eta} left",
                "Writing reports  {spinner}",
            ),
            (
                Language::German,
                "Zeiterfassung wird summiert, 2 Dateien  {bar:20}  {bytes} von {total_bytes}  {rows}  noch {eta}",
                "Berichte werden geschrieben  {spinner}",
            ),
        ] {
            let words = Words::new(language);
            assert_eq!(template(Stage::Sum, extent, &words), sum);
            assert_eq!(template(Stage::Write, Extent::default(), &words), write);
        }
    }

    #[test]
    fn counts_are_short() {
        for (count, text) in [
            (0, "0"),
            (9_999, "9999"),
            (10_000, "10 k"),
            (999_999, "999 k"),
            (1_250_000, "1.2 M"),
            (42_000_000, "42 M"),
        ] {
            assert_eq!(in_short(count), text);
        }
    }
}
