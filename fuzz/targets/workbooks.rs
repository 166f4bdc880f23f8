#![no_main]

// A library's panic on a damaged workbook is that file's error: only what the
// program lets through ends the run.
libfuzzer_sys::fuzz_target!(
    init: drawdown_fuzz::let_guarded_panics_pass(),
    |data: &[u8]| drawdown_fuzz::workbooks(data)
);
