//! drawdown reconciles sales order lines with timesheets, from exported files:
//! how much of each line is delivered, whose prepaid quota is used up, and
//! whether the hours add up.
//!
//! # The tour
//!
//! A run is a walk through the modules, in the order of the data:
//!
//! 1. [`ingest`] finds out from headers which file is what and turns rows into
//!    typed records, each with its place;
//! 2. [`engine`] scans timesheets in parallel and sums entries by where they
//!    point and by unit;
//! 3. [`reconcile`] holds the rules: attribution, pools, conversion,
//!    settlement, control totals. It is pure: no I/O, no clock;
//! 4. [`report`] fixes every row and figure once and writes them as CSV,
//!    workbook, JSON and text.
//!
//! [`model`] has the nouns of the field and exact numbers, [`diagnostics`] what
//! can go wrong and where, [`config`] what the user chooses; [`job`] is the walk
//! itself, and [`cli`] the program around it.
//!
//! # An example
//!
//! ```
//! use std::path::PathBuf;
//!
//! use chrono::NaiveDate;
//! use drawdown::config::{Configuration, Overrides};
//! use drawdown::digest::DigestKind;
//! use drawdown::job::{DrawnUp, Request, reconcile};
//!
//! let configuration = Configuration::none();
//! let as_of = NaiveDate::from_ymd_opt(2026, 3, 31).unwrap();
//! let rules = configuration.rules(&Overrides::until(as_of))?;
//! let report = reconcile(&Request {
//!     paths: &[PathBuf::from("fixtures/quickstart")],
//!     out: None,
//!     configuration: &configuration,
//!     rules: &rules,
//!     threads: 0,
//!     hash: DigestKind::Blake3,
//!     drawn_up: DrawnUp { unmatched: true, ..DrawnUp::default() },
//!     watch: &drawdown::progress::Unwatched,
//! })?;
//!
//! // SO009 sold Agrolait 50 hours, and 57.5 were worked.
//! let first = &report.upsells[0].upsell;
//! assert_eq!(report.book.order_of(first.lines[0]).name, "SO009");
//! assert_eq!(first.delivered.to_string(), "57.5");
//! # Ok::<(), drawdown::diagnostics::Error>(())
//! ```

#![forbid(unsafe_code)]

pub mod cli;
pub mod config;
pub mod diagnostics;
pub mod diff;
pub mod digest;
pub mod engine;
pub mod history;
pub mod ingest;
pub mod job;
pub mod language;
pub mod model;
pub mod progress;
pub mod reconcile;
pub mod report;
pub mod run_folder;
pub mod run_json;
