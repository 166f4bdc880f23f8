//! drawdown reconciles sales order lines with timesheets, from exported files.

#![forbid(unsafe_code)]

pub mod cli;
pub mod config;
pub mod diagnostics;
pub mod digest;
pub mod engine;
pub mod ingest;
pub mod job;
pub mod model;
pub mod reconcile;
pub mod report;
