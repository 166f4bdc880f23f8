//! The entries of a run, one by one, with where each of them leads: what a
//! comparison of two runs looks at. Memory follows keys, not entries.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::diagnostics::Error;
use crate::engine::{Detail, Embedded, Engine, Scan};
use crate::ingest::{Role, Sheet, discover};
use crate::model::{Book, EntryKey, EntryRow, LineIndex};
use crate::reconcile::{Assembled, Attribution, KeyFate, Rules, Settled, Target, assemble, settle};

use super::{
    Request, decide_columns, is_doubt, need_order_lines, plan, records, units, with_headers,
};

/// Where an entry leads, in words that hold from run to run.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Destination {
    /// The order, or the orders of a pool.
    pub order: String,
    /// The line, the lines of a pool; blank where it leads to none.
    pub line: String,
}

/// The timesheets of a run, read and attributed.
#[derive(Debug)]
pub struct Entries {
    timesheets: Vec<Sheet>,
    assembled: Assembled,
    settled: Settled,
    scan: Scan,
    engine: Embedded,
    rules: Rules,
}

impl Entries {
    /// Reads and attributes everything up to `until`, which may be later than
    /// the run's own as-of date.
    ///
    /// # Errors
    /// What stops a run.
    pub fn open(request: &Request<'_>, until: NaiveDate) -> Result<Self, Error> {
        let mut rules = request.rules.clone();
        rules.period.as_of = until;
        let inputs = discover(request.paths, request.out, request.configuration.how())?;
        let chosen = request.configuration.reading();
        let mut sheets = inputs.sheets.clone();
        let is_open = |sheet: &Sheet| {
            sheet.role() != Role::Timesheets
                || sheet.chosen.or(chosen).decimal.is_some()
                || sheet.may_group_by_points()
        };
        decide_columns(&mut sheets, is_open, chosen)?;
        let (mut timesheets, others): (Vec<Sheet>, Vec<Sheet>) =
            sheets.into_iter().partition(|sheet| sheet.role() == Role::Timesheets);
        need_order_lines(&others, &inputs)?;
        let units = units(&others, request.configuration, rules.on_conflict)?;
        let (contents, _) = records(&others)?;
        let assembled = assemble(contents.records, units.table, &rules)
            .map_err(|error| with_headers(error, &others))?;
        let engine = Embedded::new(request.threads)?;
        let mut scan = engine.sum(&plan(&timesheets, &assembled.book.units, &rules))?;
        let is_doubtful = |sheet: &Sheet| scan.faults.iter().any(|fault| is_doubt(fault, sheet));
        if decide_columns(&mut timesheets, is_doubtful, chosen)? {
            scan = engine.sum(&plan(&timesheets, &assembled.book.units, &rules))?;
        }
        let settled = settle(&assembled.book, &scan.sums, assembled.known_ids, &rules);
        Ok(Self { timesheets, assembled, settled, scan, engine, rules })
    }

    /// Gives every entry that counts to `visit`, by sheet and row.
    ///
    /// # Errors
    /// What makes a file unreadable.
    pub fn each(&self, visit: &mut dyn FnMut(EntryRow, &Destination)) -> Result<(), Error> {
        let book = &self.assembled.book;
        let plan = plan(&self.timesheets, &book.units, &self.rules);
        let mut known: BTreeMap<EntryKey, Destination> = BTreeMap::new();
        let everything = |_: &EntryKey, _| Some(Detail::Text);
        self.engine.rows(&plan, &self.scan, &everything, &mut |row| {
            if !known.contains_key(&*row.key) {
                let fate = self.settled.fates.get(&*row.key);
                known.insert((*row.key).clone(), self.destination(fate));
            }
            if let Some(destination) = known.get(&*row.key) {
                visit(row.clone(), destination);
            }
        })
    }

    /// The orders, lines and units.
    #[must_use]
    pub fn book(&self) -> &Book {
        &self.assembled.book
    }

    fn destination(&self, fate: Option<&KeyFate>) -> Destination {
        let book = self.book();
        let of = |lines: &[LineIndex]| {
            let mut orders: Vec<&str> =
                lines.iter().map(|line| book.order_of(*line).name.as_str()).collect();
            orders.dedup();
            let ids: Vec<&str> = lines.iter().map(|line| book.line(*line).id.as_str()).collect();
            Destination { order: orders.join(" "), line: ids.join(" ") }
        };
        match fate.map(|fate| &fate.attribution) {
            Some(Attribution::To(Target::Line(line), _)) => of(&[*line]),
            Some(Attribution::To(Target::Lines(lines), _)) => of(lines),
            // A pool may grow between two runs: its entries have not moved.
            Some(Attribution::To(Target::Contract(contract), _)) => {
                Destination { order: String::new(), line: book.contracts[contract.0].label.clone() }
            }
            Some(Attribution::Refused(..) | Attribution::Unmatched(_)) | None => {
                Destination::default()
            }
        }
    }
}
