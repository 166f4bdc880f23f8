//! The entries of a run, one by one, with where each of them leads: what a
//! comparison of two runs looks at. Memory follows keys, not entries.

use chrono::NaiveDate;

use crate::diagnostics::Error;
use crate::engine::{Days, Embedded, Engine, Scan};
use crate::ingest::Sheet;
use crate::model::{Book, ContractIndex, EntryRow, LineIndex};
use crate::progress::Unwatched;
use crate::reconcile::{Assembled, Attribution, AttributionRule, KeyFate, Rules, Settled, Target};

use super::{DrawnUp, Judged, Request, judge, plan};

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
        let request = Request {
            paths: request.paths,
            out: request.out,
            configuration: request.configuration,
            rules: &rules,
            threads: request.threads,
            hash: request.hash,
            drawn_up: DrawnUp::default(),
            watch: request.watch,
        };
        let Judged { timesheets, assembled, settled, scan, engine, .. } = judge(&request)?;
        Ok(Self { timesheets, assembled, settled, scan, engine, rules })
    }

    /// Gives every entry that counts to `visit`, by sheet and row.
    ///
    /// # Errors
    /// What makes a file unreadable.
    pub fn each(&self, visit: &mut dyn FnMut(EntryRow, &Destination)) -> Result<(), Error> {
        let book = &self.assembled.book;
        let plan = plan(&self.timesheets, &book.units, &self.rules, &Unwatched);
        let fates = self.settled.fates.values();
        let known: Vec<Destination> = fates.map(|fate| self.destination(fate)).collect();
        self.engine.rows(&plan, &self.scan, &|_, _| Days::TEXTS, &mut |found| {
            if let Some((row, destination)) = found.row.zip(known.get(found.key)) {
                visit(*row, destination);
            }
        })
    }

    /// Whether the exports go on past the last day that is read.
    #[must_use]
    pub fn go_on(&self) -> bool {
        self.scan.sums.after_as_of > 0
    }

    /// The orders, lines and units.
    #[must_use]
    pub fn book(&self) -> &Book {
        &self.assembled.book
    }

    fn destination(&self, fate: &KeyFate) -> Destination {
        let book = self.book();
        let of = |lines: &[LineIndex]| {
            let mut orders: Vec<&str> =
                lines.iter().map(|line| book.order_of(*line).name.as_str()).collect();
            orders.dedup();
            let ids: Vec<&str> = lines.iter().map(|line| book.line(*line).id.as_str()).collect();
            Destination { order: orders.join(" "), line: ids.join(" ") }
        };
        let of_contract = |contract: ContractIndex| Destination {
            order: String::new(),
            line: book.contracts[contract.0].label.to_string(),
        };
        match &fate.attribution {
            // A pool may grow between two runs: its entries have not moved.
            Attribution::To(Target::Line(line), AttributionRule::Contract) => {
                book.line(*line).contract.map_or_else(|| of(&[*line]), of_contract)
            }
            Attribution::To(Target::Contract(contract), _) => of_contract(*contract),
            Attribution::To(Target::Line(line), _) => of(&[*line]),
            Attribution::To(Target::Lines(lines), _) => of(lines),
            Attribution::Refused(..) | Attribution::Unmatched(_) => Destination::default(),
        }
    }
}
