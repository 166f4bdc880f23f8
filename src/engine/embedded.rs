//! The engine inside the program: blocks of text and sheets of workbooks in
//! parallel, partial sums per worker, merged at the end.

use crate::diagnostics::Error;
use crate::reconcile::Overlap;

use super::doubt::judged;
use super::find::Find;
use super::scan::scan;
use super::seen::{Prefixes, Prints, Seen};
use super::{Engine, Found, Gathered, Plan, Scan, Sizes, Taker, Wanted};

/// More threads than any machine has a use for.
const MAX_THREADS: usize = 1024;

/// The engine that ships with drawdown.
#[derive(Debug)]
pub struct Embedded {
    pool: rayon::ThreadPool,
    sizes: Sizes,
}

impl Embedded {
    /// An engine with so many threads; 0 means one per processor.
    ///
    /// # Errors
    /// [`Error::Usage`] when the system gives no threads.
    pub fn new(threads: usize) -> Result<Self, Error> {
        if threads > MAX_THREADS {
            return Err(Error::Usage {
                problem: format!("{threads} threads are more than the limit of {MAX_THREADS}"),
            });
        }
        let pool =
            rayon::ThreadPoolBuilder::new().num_threads(threads).build().map_err(|error| {
                Error::Usage { problem: format!("cannot start {threads} threads: {error}") }
            })?;
        Ok(Self { pool, sizes: Sizes::default() })
    }

    /// The same engine with pieces of other sizes; they change no result.
    #[must_use]
    pub fn with_sizes(self, sizes: Sizes) -> Self {
        Self { sizes, ..self }
    }

    fn find<'a>(&'a self, plan: &'a Plan<'a>, scan: &'a Scan, wanted: &'a Wanted<'a>) -> Find<'a> {
        Find { plan, scan, wanted, sizes: self.sizes, pool: &self.pool }
    }
}

impl Engine for Embedded {
    fn sum(&self, plan: &Plan<'_>) -> Result<Scan, Error> {
        self.pool.install(|| {
            let prefixes = Prefixes::default();
            let first = scan(plan, &Prints::default(), &prefixes, self.sizes)?;
            let digests = first.digests;
            let repeated = Seen::repeated(first.seen, plan.overlap == Overlap::Same);
            let found = (first.partial, first.memory);
            if repeated.is_empty() {
                return Ok(Scan { digests, ..found.0.finish(plan, found.1) });
            }
            // Some ids or rows may have been met twice. They are set aside, so
            // that each can be judged by its whole content: in what may have
            // them, or in a second scan of everything.
            if let Some(scan) = judged(plan, found, (&repeated, &prefixes), self.sizes) {
                return Ok(Scan { digests, ..scan });
            }
            let plan = Plan { digests: false, ..*plan };
            let second = scan(&plan, &repeated, &prefixes, self.sizes)?;
            Ok(Scan { digests, ..second.partial.finish(&plan, second.memory) })
        })
    }

    fn rows(
        &self,
        plan: &Plan<'_>,
        scan: &Scan,
        wanted: &Wanted<'_>,
        visit: &mut dyn FnMut(Found),
    ) -> Result<(), Error> {
        self.find(plan, scan, wanted).all(visit)
    }

    fn gather<T: Taker>(
        &self,
        plan: &Plan<'_>,
        scan: &Scan,
        wanted: &Wanted<'_>,
        taker: &T,
    ) -> Result<Gathered<T::Sums, T::List>, Error> {
        self.find(plan, scan, wanted).gather(taker)
    }
}
