//! The causes of differences (rule 6.8): a further look at the entries of lines
//! whose exported figure differs, and at no others.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::diagnostics::{Error, Fault, FaultKind, Place};
use crate::engine::{Detail, Embedded, Engine, Plan, RowsOutOfPlay, Scan};
use crate::model::{EntryKey, EntryRow, LineIndex, Period};
use crate::reconcile::{
    Assembled, Cause, Counting, Doubts, Evidence, Fit, Rules, Settled, Standing,
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

/// The first cause of each line that differs.
pub(super) fn causes(
    engine: &Embedded,
    (plan, scan): (&Plan<'_>, &mut Scan),
    (assembled, settled): (&Assembled, &Settled),
    rules: &Rules,
) -> Result<BTreeMap<LineIndex, Cause>, Error> {
    let book = &assembled.book;
    let doubts = Doubts::new(book, settled, assembled.known_ids, rules, |_| true);
    if doubts.is_empty() {
        return Ok(BTreeMap::new());
    }
    let doubts = doubts.with_sums(&scan.sums);
    let mut evidence = Evidence::default();
    let mut found: BTreeMap<LineIndex, Fit> = BTreeMap::new();
    let mut try_them = |causes: &[Cause], evidence: &Evidence| {
        doubts.try_causes(causes, evidence, &mut found);
        found.len() < doubts.len()
    };
    if try_them(&BY_SUMS, &evidence) {
        look_at_entries(engine, (plan, scan), &doubts, &mut evidence)?;
        if try_them(&BY_ENTRIES, &evidence) {
            look_at_left_out(engine, (plan, scan), &doubts, &mut evidence)?;
            try_them(&BY_CHOICE, &evidence);
        }
    }
    let mut causes: BTreeMap<LineIndex, Cause> =
        found.into_iter().map(|(line, fit)| (line, fit.cause)).collect();
    for line in doubts.lines() {
        causes.entry(line).or_insert(Cause::Unexplained);
    }
    Ok(causes)
}

/// What a second look at entries sees of rows that do not count.
pub(super) struct Aside {
    out_of_play: RowsOutOfPlay,
    /// Rows of undecided conflicts among them.
    conflicts: BTreeSet<(usize, u64)>,
    sheets: BTreeMap<(String, Option<String>), usize>,
    period: Period,
}

impl Aside {
    /// Takes the rows that are out of play from a scan, so that a look at its
    /// entries meets them.
    pub(super) fn take(plan: &Plan<'_>, scan: &mut Scan) -> Self {
        let sheets: BTreeMap<_, _> = plan
            .sheets
            .iter()
            .enumerate()
            .map(|(at, sheet)| ((sheet.origin.file.clone(), sheet.origin.sheet.clone()), at))
            .collect();
        let mut aside = Self {
            out_of_play: std::mem::take(&mut scan.out_of_play),
            conflicts: BTreeSet::new(),
            sheets,
            period: plan.period,
        };
        let conflict = |fault: &&Fault| fault.kind == FaultKind::EntryConflict;
        aside.conflicts = scan
            .faults
            .iter()
            .filter(conflict)
            .filter_map(|fault| aside.row(&fault.place))
            .collect();
        aside
    }

    /// Gives them back.
    pub(super) fn put_back(self, scan: &mut Scan) {
        scan.out_of_play = self.out_of_play;
    }

    fn row(&self, place: &Place) -> Option<(usize, u64)> {
        let origin = (place.file().to_owned(), place.sheet().map(str::to_owned));
        Some((self.sheets.get(&origin).copied()?, place.row()?))
    }

    /// What a row is, had it been met in the scan; `None` for a version of an
    /// undecided conflict.
    pub(super) fn standing(&self, row: &EntryRow) -> Option<Standing> {
        if !self.out_of_play.is_empty()
            && let Some(at) = self.row(&row.place)
            && self.out_of_play.contains(&at)
        {
            return (!self.conflicts.contains(&at)).then_some(Standing::Duplicate);
        }
        Some(match self.period.window(row.date) {
            Some(_) => Standing::Counted,
            None => Standing::Excluded,
        })
    }
}

/// All days there are.
pub(super) fn every_day() -> Period {
    Period::until(NaiveDate::MAX)
}

/// Where keys lead, each looked at once.
struct Sources<'a> {
    doubts: &'a Doubts<'a>,
    known: BTreeMap<Arc<EntryKey>, Option<usize>>,
}

impl Sources<'_> {
    fn of(&mut self, key: &Arc<EntryKey>) -> Option<usize> {
        if let Some(known) = self.known.get(key) {
            return *known;
        }
        let source = self.doubts.source_of_key(key);
        self.known.insert(Arc::clone(key), source);
        source
    }
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
    let mut sources = Sources { doubts, known: BTreeMap::new() };
    let wanted = |key: &EntryKey, _| doubts.source_of_key(key).map(|_| Detail::Amount);
    let looked = engine.rows(&wide, scan, &wanted, &mut |row| {
        if let Some(source) = sources.of(&row.key)
            && let Some(standing) = aside.standing(&row)
        {
            // A duplicate outside the days would be excluded were it the only one.
            if standing == Standing::Duplicate && aside.period.window(row.date).is_none() {
                return;
            }
            evidence.take(doubts, source, standing, (row.date, row.unit, &row.amount));
        }
    });
    aside.put_back(scan);
    looked
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
    let mut sources = Sources { doubts, known: BTreeMap::new() };
    let wanted = |key: &EntryKey, _| doubts.source_of_key(key).map(|_| Detail::Amount);
    engine.rows(&open, scan, &wanted, &mut |row| {
        if let Some(source) = sources.of(&row.key) {
            let entry = (row.date, row.unit, &row.amount);
            evidence.take(doubts, source, Standing::CountedOrLeftOut, entry);
        }
    })
}
