//! The causes of differences (rule 6.8): a further look at the entries of lines
//! whose exported figure differs, and at no others.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::diagnostics::{Error, Fault, FaultKind};
use crate::engine::{Days, Embedded, Engine, Found, Plan, RowsOutOfPlay, Scan, Taker};
use crate::model::{LineIndex, Period};
use crate::reconcile::{
    Assembled, Cause, Counting, Doubts, Evidence, Fit, Rules, Settled, Standing, Witnesses,
};

/// Those that sums alone decide, and that come first.
const BY_SUMS: [Cause; 1] = [Cause::RoundedUp];
/// Those that come before entries that the user's choice leaves out.
const BY_ENTRIES: [Cause; 4] =
    [Cause::RoundedEachEntry, Cause::NotConverted, Cause::FirstLine, Cause::ExcludedCounted];
/// The rest.
const BY_CHOICE: [Cause; 4] = [
    Cause::LeftOutCounted,
    Cause::DuplicatesCounted,
    Cause::UnmatchedCounted,
    Cause::EntriesMissing,
];

/// The search for the first cause of each line that differs.
pub(super) struct Causes<'a> {
    doubts: Doubts<'a>,
    found: BTreeMap<LineIndex, Fit>,
    /// Whether the look for the reports meets all entries that are looked for
    /// here: no day is left out, and no row is out of play.
    joins_reports: bool,
}

impl<'a> Causes<'a> {
    /// Tries what sums alone decide.
    pub(super) fn by_sums(
        (assembled, settled): (&'a Assembled, &'a Settled),
        scan: &Scan,
        rules: &'a Rules,
    ) -> Self {
        let doubts = Doubts::new(&assembled.book, settled, rules, |_| true).with_sums(&scan.sums);
        let mut found = BTreeMap::new();
        doubts.try_causes(&BY_SUMS, &Evidence::default(), &mut found);
        let is_open = found.len() < doubts.len();
        let all_count = scan.sums.excluded.is_empty() && scan.out_of_play.is_empty();
        Self { doubts, found, joins_reports: is_open && all_count }
    }

    /// Whether it takes part in the look for the reports.
    pub(super) fn joins_reports(&self) -> bool {
        self.joins_reports
    }

    /// What it wants of a key's entries in that look.
    pub(super) fn wants(&self, key: usize) -> Days {
        Days::AMOUNTS.when(self.source_of_key(key).is_some())
    }

    /// Reads what a key's entries are to it, so that it is near.
    pub(super) fn call_for(&self, key: usize) -> bool {
        self.source_of_key(key).is_some()
    }

    /// Takes an entry of that look in, if it is anything to it.
    pub(super) fn meet(&self, met: &mut Witnesses, found: &Found) {
        if let Some(source) = self.source_of_key(found.key) {
            met.push(source, (found.date, Standing::Counted), (found.unit, found.addend));
        }
    }

    fn source_of_key(&self, key: usize) -> Option<usize> {
        if self.joins_reports { self.doubts.source_of_key(key) } else { None }
    }

    /// The first cause of each line; `met` are the witnesses of that look,
    /// thread by thread.
    pub(super) fn find(
        self,
        met: Vec<Witnesses>,
        engine: &Embedded,
        (plan, scan): (&Plan<'_>, &mut Scan),
    ) -> Result<BTreeMap<LineIndex, Cause>, Error> {
        let Self { doubts, mut found, joins_reports } = self;
        let mut evidence = Evidence::default();
        if found.len() < doubts.len() {
            if joins_reports {
                evidence.take(&doubts, met);
            } else {
                look_at_entries(engine, (plan, scan), &doubts, &mut evidence)?;
            }
            doubts.try_causes(&BY_ENTRIES, &evidence, &mut found);
        }
        if found.len() < doubts.len() {
            look_at_left_out(engine, (plan, scan), &doubts, &mut evidence)?;
            doubts.try_causes(&BY_CHOICE, &evidence, &mut found);
        }
        let mut causes: BTreeMap<LineIndex, Cause> =
            found.into_iter().map(|(line, fit)| (line, fit.cause)).collect();
        for line in doubts.lines() {
            causes.entry(line).or_insert(Cause::Unexplained);
        }
        Ok(causes)
    }
}

/// What a second look at entries sees of rows that do not count.
pub(super) struct Aside {
    out_of_play: RowsOutOfPlay,
    /// Rows of undecided conflicts among them.
    conflicts: BTreeSet<(usize, u64)>,
    period: Period,
}

impl Aside {
    /// Takes the rows that are out of play from a scan, so that a look at its
    /// entries meets them.
    pub(super) fn take(plan: &Plan<'_>, scan: &mut Scan) -> Self {
        let sheets: BTreeMap<(&str, Option<&str>), usize> = plan
            .sheets
            .iter()
            .enumerate()
            .map(|(at, sheet)| ((sheet.origin.file.as_str(), sheet.origin.sheet.as_deref()), at))
            .collect();
        let row = |fault: &Fault| {
            let place = &fault.place;
            Some((*sheets.get(&(place.file(), place.sheet()))?, place.row()?))
        };
        let conflict = |fault: &&Fault| fault.kind == FaultKind::EntryConflict;
        Self {
            conflicts: scan.faults.iter().filter(conflict).filter_map(row).collect(),
            out_of_play: std::mem::take(&mut scan.out_of_play),
            period: plan.period,
        }
    }

    /// Gives them back.
    pub(super) fn put_back(self, scan: &mut Scan) {
        scan.out_of_play = self.out_of_play;
    }

    /// What an entry is, had it been met in the scan; `None` for a version of an
    /// undecided conflict.
    pub(super) fn standing(&self, found: &Found) -> Option<Standing> {
        // An entry that is not read again is the only one of its kind.
        if let Some(at) = found.place
            && self.out_of_play.contains(&at)
        {
            return (!self.conflicts.contains(&at)).then_some(Standing::Duplicate);
        }
        Some(match self.period.window(found.date) {
            Some(_) => Standing::Counted,
            None => Standing::Excluded,
        })
    }
}

/// All days there are.
pub(super) fn every_day() -> Period {
    Period::until(NaiveDate::MAX)
}

/// The entries that count, those outside the days, and duplicates.
pub(super) fn look_at_entries(
    engine: &Embedded,
    (plan, scan): (&Plan<'_>, &mut Scan),
    doubts: &Doubts<'_>,
    evidence: &mut Evidence,
) -> Result<(), Error> {
    let aside = Aside::take(plan, scan);
    let wide = Plan { period: every_day(), ..*plan };
    let standing = |found: &Found| {
        let standing = aside.standing(found)?;
        // A duplicate outside the days would be excluded were it the only one.
        let counts = standing != Standing::Duplicate || aside.period.window(found.date).is_some();
        counts.then_some(standing)
    };
    let met = witnesses(engine, (&wide, scan), doubts, &standing);
    aside.put_back(scan);
    evidence.take(doubts, met?);
    Ok(())
}

/// What entries are to lines in doubt, thread by thread.
fn witnesses(
    engine: &Embedded,
    (plan, scan): (&Plan<'_>, &Scan),
    doubts: &Doubts<'_>,
    standing: &(dyn Fn(&Found) -> Option<Standing> + Sync),
) -> Result<Vec<Witnesses>, Error> {
    let wanted = |key: usize, _| Days::AMOUNTS.when(doubts.source_of_key(key).is_some());
    Ok(engine.gather(plan, scan, &wanted, &OfDoubts { doubts, standing })?.sums)
}

/// Takes in what entries are to lines in doubt.
struct OfDoubts<'a> {
    doubts: &'a Doubts<'a>,
    standing: &'a (dyn Fn(&Found) -> Option<Standing> + Sync),
}

impl Taker for OfDoubts<'_> {
    type Sums = Witnesses;
    type List = ();

    fn begin(&self) -> Witnesses {
        Witnesses::default()
    }

    fn call_for(&self, _: &Witnesses, next: &[Found]) {
        let is_source = |found: &Found| self.doubts.source_of_key(found.key).is_some();
        std::hint::black_box(next.iter().fold(false, |called, found| called ^ is_source(found)));
    }

    fn take(&self, met: &mut Witnesses, (): &mut (), found: Found) {
        if let Some(source) = self.doubts.source_of_key(found.key)
            && let Some(standing) = (self.standing)(&found)
        {
            met.push(source, (found.date, standing), (found.unit, found.addend));
        }
    }
}

/// The entries that count or would, had the user not chosen.
pub(super) fn look_at_left_out(
    engine: &Embedded,
    (plan, scan): (&Plan<'_>, &Scan),
    doubts: &Doubts<'_>,
    evidence: &mut Evidence,
) -> Result<(), Error> {
    if scan.sums.not_counted.is_empty() {
        return Ok(());
    }
    let open = Plan { approved: Counting::All, billable: Counting::All, ..*plan };
    let standing = |_: &Found| Some(Standing::CountedOrLeftOut);
    evidence.take(doubts, witnesses(engine, (&open, scan), doubts, &standing)?);
    Ok(())
}
