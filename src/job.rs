//! The walk of a run, top to bottom: discover, read, assemble, sum, settle,
//! prove, report. The only module that sees every room; it has no logic of its
//! own.

mod behind;
mod causes;
mod doubled;
mod entries;
mod explain;
mod inputs;
mod review;
mod second_look;
mod targets;
mod units;
mod work;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::config::Configuration;
use crate::diagnostics::{Error, Fault, FaultKind, Phrase, Place};
use crate::digest::DigestKind;
use crate::engine::{Embedded, Engine, Plan, Scan};
use crate::history::Earlier;
use crate::ingest::{
    Chosen, Field, How, Inputs, PassedOver, Reason, Role, RowCounts, Sheet, SheetContent,
    SheetsByPlace, Storage, discover, header_of, listed, look_through, no_header_again, proposals,
    read_records, several_id_kinds,
};
use crate::model::{Book, Exact, LineIndex, Lock, Records, UnitTable};
use crate::progress::{Extent, Stage, Watch};
use crate::reconcile::{
    Assembled, ByUnit, ControlTotals, Counting, Review, Rules, Settled, advice, assemble,
    control_totals, settle, value_and_hours,
};
use crate::report::{Facts, Report, UnmatchedFor, locks_mean_nothing};

use behind::{Wanted, upsell_rows};
use causes::Causes;
use inputs::{digests, digests_of_scan, input_rows, passed_over, places_of, rows_of_sheets};
use review::ReviewWanted;
use second_look::{SecondLook, Seen};
use units::{is_units, need_units_of_files, units};
use work::WorkWanted;

pub use entries::{Destination, Entries};
pub use explain::{Explain, explain};

/// What a run is asked to do.
#[derive(Debug)]
pub struct Request<'a> {
    /// Files, folders and globs.
    pub paths: &'a [PathBuf],
    /// Where the output will go; what lies there is no input.
    pub out: Option<&'a Path>,
    /// The configuration.
    pub configuration: &'a Configuration,
    /// The rules in force.
    pub rules: &'a Rules,
    /// Threads; 0 means one per processor.
    pub threads: usize,
    /// The kind of the digests.
    pub hash: DigestKind,
    /// What is drawn up beside the settled lines.
    pub drawn_up: DrawnUp,
    /// Who is told how far it has come.
    pub watch: &'a dyn Watch,
}

/// What a report holds beside the settled lines: nothing unless it is asked
/// for, since each part takes another look at entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DrawnUp {
    /// Whether unmatched entries are listed, and not only counted: to find
    /// what each may have meant takes longer than all the rest.
    pub unmatched: bool,
    /// What is drawn up for the review.
    pub review: ReviewOf,
    /// How upsells and quotas that are near were drawn down.
    pub burn_downs: bool,
    /// What was worked week by week, and the entries behind upsells.
    pub work: bool,
}

/// How much of the review is drawn up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ReviewOf {
    /// Nothing.
    #[default]
    Nothing,
    /// What a check advises.
    Advice,
    /// Its lists and the advice, after so close a look.
    Lists(Look),
}

/// How closely entries are looked at once more for the review's lists; what a
/// closer look would have found is left out of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Look {
    /// Not at all: sums are enough.
    Sums,
    /// At the quantities of the last weeks (rule 6.11).
    Quantities,
    /// At who worked when: late entries, and work past a quota.
    Entries,
}

/// Inputs read, judged, summed and settled; the totals are proved.
struct Judged {
    engine: Embedded,
    inputs: Inputs,
    timesheets: Vec<Sheet>,
    others: Vec<Sheet>,
    unit_rows: Vec<RowCounts>,
    record_rows: Vec<RowCounts>,
    assembled: Assembled,
    faults: Vec<Fault>,
    scan: Scan,
    settled: Settled,
    totals: ControlTotals,
}

fn judge(request: &Request<'_>) -> Result<Judged, Error> {
    let how = request.configuration.how();
    match judge_as(request, how) {
        // At a few places a large text looked like UTF-8 and is none.
        Err(Error::NotUtf8 { .. }) => judge_as(request, how.looking_through()),
        judged => judged,
    }
}

fn judge_as(request: &Request<'_>, how: How<'_>) -> Result<Judged, Error> {
    let watch = request.watch;
    watch.begins(Stage::Find, Extent::default());
    let mut inputs = discover(request.paths, request.out, how)?;
    let chosen = request.configuration.reading();
    decide_columns(
        &mut inputs.sheets,
        |sheet| {
            // Timesheets are long and mostly written plainly: they are looked at
            // again only where that turns out to be wrong.
            sheet.role() != Role::Timesheets
                || sheet.chosen.or(chosen).decimal.is_some()
                || matches!(sheet.storage, Storage::Text(_)) && sheet.may_group_by_points()
        },
        chosen,
    )?;
    let (mut timesheets, others): (Vec<Sheet>, Vec<Sheet>) =
        inputs.sheets.iter().cloned().partition(|sheet| sheet.role() == Role::Timesheets);
    need_order_lines(&others, &inputs)?;
    let units = units(&others, request.configuration, request.rules.on_conflict)?;
    need_units_of_files(&units.table, &timesheets, request.configuration)?;
    let engine = Embedded::new(request.threads)?;
    let rules = request.rules;
    // Reading the order lines and summing the timesheets do not wait for each
    // other.
    let at_once = request.threads != 1;
    let digests = request.hash == DigestKind::Blake3;
    let (read, scan) = both(
        at_once,
        || read_book(&others, &units.table, rules),
        || engine.sum(&Plan { digests, ..plan(&timesheets, &units.table, rules, watch) }),
    );
    let (assembled, rows_of_records, mut faults) = read?;
    let scan = scan?;
    let by_place = SheetsByPlace::new(&inputs.sheets);
    let located = |fault: Fault| with_header(fault, &by_place);
    faults.extend(assembled.faults.iter().cloned().map(located));

    let mut doubtful = doubtful_places(&scan.faults, &timesheets);
    let in_doubt = scan.write_dates_in_doubt.iter().filter_map(|sheet| timesheets.get(*sheet));
    doubtful.extend(in_doubt.map(|sheet| place_of(&sheet.place())));
    let is_doubtful = |sheet: &Sheet| doubtful.contains(&place_of(&sheet.place()));
    let scan = if decide_columns(&mut timesheets, is_doubtful, chosen)? {
        let units = &assembled.book.units;
        engine.sum(&Plan { digests, ..plan(&timesheets, units, rules, watch) })?
    } else {
        scan
    };
    no_header_again(faults.iter().chain(&scan.faults), &inputs.sheets)?;
    watch.begins(Stage::Settle, Extent::default());
    let settled = settle(&assembled.book, &scan.sums, assembled.known_ids, rules);
    let totals = control_totals(&assembled.book, &scan.sums, &settled)?;
    Ok(Judged {
        engine,
        inputs,
        timesheets,
        others,
        unit_rows: units.rows,
        record_rows: rows_of_records,
        assembled,
        faults,
        scan,
        settled,
        totals,
    })
}

/// Reconciles, and gives everything that is to be written.
///
/// # Errors
/// What stops a run: see [`Error`].
pub fn reconcile(request: &Request<'_>) -> Result<Report, Error> {
    reconcile_after(request, None)
}

/// The same after an earlier run, which met some orders open and some locked.
///
/// # Errors
/// What stops a run: see [`Error`].
pub fn reconcile_after(request: &Request<'_>, earlier: Option<&Earlier>) -> Result<Report, Error> {
    let judged = judge(request)?;
    let Judged { engine, inputs, timesheets, others, assembled, settled, totals, .. } = judged;
    let (mut scan, mut faults) = (judged.scan, judged.faults);
    let (book, rules, drawn_up) = (&assembled.book, request.rules, request.drawn_up);
    let by_place = SheetsByPlace::new(&inputs.sheets);
    let located = |fault: Fault| with_header(fault, &by_place);
    request.watch.begins(Stage::Look, Extent::default());
    let kinds_of_ids = several_id_kinds(&timesheets);
    let plan = plan(&timesheets, &book.units, rules, request.watch);
    let told = facts(&assembled, &scan, rules);
    let known_digests = digests_of_scan(&timesheets, std::mem::take(&mut scan.digests));
    let locked = locks_mean_nothing(&told).then_some((told.locked_orders, told.confirmed_orders));
    let locks = match drawn_up.review {
        ReviewOf::Lists(_) => locks_before(book, earlier),
        ReviewOf::Nothing | ReviewOf::Advice => BTreeMap::new(),
    };
    let look = || {
        let reviewed = match drawn_up.review {
            ReviewOf::Lists(look) => {
                let settled = (&settled, look, drawn_up.burn_downs);
                ReviewWanted::new(book, settled, rules, (locked.is_none(), &locks))
            }
            ReviewOf::Nothing | ReviewOf::Advice => ReviewWanted::nothing(&settled),
        };
        let shown = if drawn_up.work {
            WorkWanted::new(book, &settled, &scan.sums, rules.period.as_of)
        } else {
            WorkWanted::nothing(&settled)
        };
        let causes = Causes::by_sums((&assembled, &settled), &scan, rules);
        let wanted = Wanted::new(&settled, drawn_up.unmatched);
        let look = SecondLook { book, rules, wanted, reviewed, shown, causes };
        let Seen { met, of_upsells, review, work, listed } = look.look(&engine, &plan, &scan)?;
        let review = match drawn_up.review {
            ReviewOf::Nothing => Review::default(),
            ReviewOf::Advice => {
                Review { advice: advice(book, &scan.sums, &settled, locked), ..Review::default() }
            }
            ReviewOf::Lists(_) => {
                review.into_review(listed.late, book, &scan.sums, &settled, rules, locked)
            }
        };
        let unmatched = listed.unmatched.with_candidates(book, &settled, &rules.mapping);
        // Entries by day are many, and the look for causes has its own.
        let upsells = upsell_rows(book, &settled, of_upsells, rules, drawn_up.burn_downs);
        let doubled = kinds_of_ids.as_ref();
        let doubled = doubled.map(|kinds| doubled::doubled(&engine, (&plan, &scan), kinds));
        let kinds_of_ids = doubled.transpose()?;
        let causes = look.causes.find(met, &engine, (&plan, &mut scan))?;
        let work = work::work(work, rules.period.as_of);
        Ok((unmatched, listed.faults, upsells, review, causes, work, kinds_of_ids))
    };
    let beside = || {
        // It is long, and wanted in the end.
        let _ = earlier.map(Earlier::locks);
        digests(&inputs, request.hash, known_digests)
    };
    let (found, digests) = both(request.threads != 1, look, beside);
    let (unmatched, of_entries, upsells, review, causes, work, kinds_of_ids) = found?;
    // There may be one for each of millions of rows.
    faults.append(&mut scan.faults);
    faults.extend(of_entries.into_iter().map(located));
    faults.extend(ambiguous_contracts(&assembled.book, &settled).map(located));
    let rows = rows_of_sheets(&others, &timesheets, &scan, &judged.unit_rows, &judged.record_rows);
    let reasons = unmatched_reasons(&assembled.book, &settled);
    let facts = Facts {
        unused_patterns: inputs.unused_patterns.clone(),
        shadowed_patterns: inputs.shadowed_patterns.clone(),
        kinds_of_ids,
        ..told
    };
    let mut report = Report {
        period: rules.period,
        totals,
        upsells,
        faults,
        unmatched,
        reasons,
        causes,
        inputs: input_rows(&inputs, &rows, &digests?)?,
        passed_over: passed_over(&inputs, |_| true),
        replaced: places_of(&inputs, |passed| passed.reason == Reason::OwnOutput),
        not_read: passed_over(&inputs, PassedOver::may_be_an_export),
        facts,
        review,
        settled,
        book: assembled.book,
        history: Vec::new(),
        work,
        runs: Vec::new(),
        locks: BTreeMap::new(),
    };
    report.sort_faults();
    report.sort_upsells();
    Ok(report)
}

/// What earlier runs knew of the locks of orders.
fn locks_before(book: &Book, earlier: Option<&Earlier>) -> BTreeMap<LineIndex, Lock> {
    let Some(seen) = earlier.and_then(Earlier::locks) else { return BTreeMap::new() };
    let lines = (0..book.lines.len()).map(LineIndex);
    let locked = lines.filter(|line| book.order_of(*line).state.is_done());
    locked.map(|line| (line, seen.before(book.line_name(line)))).collect()
}

/// Does two things, at once if there are threads for it.
fn both<A, B: Send>(
    at_once: bool,
    one: impl FnOnce() -> A,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    if !at_once {
        return (one(), other());
    }
    std::thread::scope(|scope| {
        let other = scope.spawn(other);
        let one = one();
        (one, other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

/// The orders and their lines, how many rows each sheet has, and what is wrong
/// with some.
fn read_book(
    others: &[Sheet],
    units: &UnitTable,
    rules: &Rules,
) -> Result<(Assembled, Vec<RowCounts>, Vec<Fault>), Error> {
    let (contents, faults) = records(others)?;
    let assembled = assemble(contents.records, units.clone(), rules)
        .map_err(|error| with_headers(error, others))?;
    Ok((assembled, contents.rows, faults))
}

/// Unmatched entries and their hours by their reason.
fn unmatched_reasons(book: &Book, settled: &Settled) -> BTreeMap<&'static str, UnmatchedFor> {
    let of_reason = |(reason, sums): (&&'static str, &ByUnit)| {
        let mut of_reason = UnmatchedFor::default();
        for (unit, tally) in sums {
            let (_, hours) = value_and_hours(&book.units, *unit, &tally.sum);
            of_reason.add(tally.count, &hours);
        }
        (*reason, of_reason)
    };
    settled.sums.unmatched.iter().map(of_reason).collect()
}

/// Decides how the columns of some sheets are written; true when any is not
/// written plainly.
fn decide_columns(
    sheets: &mut [Sheet],
    which: impl Fn(&Sheet) -> bool + Sync,
    chosen: Chosen,
) -> Result<bool, Error> {
    let decided = sheets.par_iter_mut().map(|sheet| {
        if !which(sheet) {
            return Ok(false);
        }
        let look = look_through(sheet, chosen)?;
        Ok(sheet.take_look(look))
    });
    Ok(all_or_first_error(decided)?.contains(&true))
}

/// What comes of each; of errors the first is told, whichever is met first.
fn all_or_first_error<T: Send>(
    all: impl IndexedParallelIterator<Item = Result<T, Error>>,
) -> Result<Vec<T>, Error> {
    all.collect::<Vec<_>>().into_iter().collect()
}

/// A file, and the sheet in it where it has several.
type SheetPlace = (String, Option<String>);

fn place_of(place: &Place) -> SheetPlace {
    (place.file().to_owned(), place.sheet().map(str::to_owned))
}

/// The sheets that have a fault which a look through them may explain.
fn doubtful_places(faults: &[Fault], sheets: &[Sheet]) -> BTreeSet<SheetPlace> {
    let by_place = SheetsByPlace::new(sheets);
    let doubt = |fault: &&Fault| {
        by_place.sheet_of(&fault.place).is_some_and(|sheet| is_doubt(fault, sheet))
    };
    faults.iter().filter(doubt).map(|fault| place_of(&fault.place)).collect()
}

/// A cell that its column may explain, or a row without a date that may be the
/// total of those above it.
fn is_doubt(fault: &Fault, sheet: &Sheet) -> bool {
    let date = || sheet.column(Field::Date).map(|column| sheet.header(column));
    match fault.kind {
        FaultKind::NotANumber | FaultKind::NotADate => true,
        // All rows of its sheet may have a cell more than the header.
        FaultKind::RaggedRow => matches!(sheet.storage, Storage::Text(_)),
        FaultKind::MissingValue => fault.place.column() == date(),
        _ => false,
    }
}

fn plan<'a>(
    sheets: &'a [Sheet],
    units: &'a UnitTable,
    rules: &Rules,
    watch: &'a dyn Watch,
) -> Plan<'a> {
    Plan {
        sheets,
        units,
        period: rules.period,
        approved: rules.approved.unwrap_or_default(),
        billable: rules.billable.unwrap_or_default(),
        on_conflict: rules.on_conflict,
        overlap: rules.overlap,
        digests: false,
        watch,
    }
}

fn need_order_lines(sheets: &[Sheet], inputs: &Inputs) -> Result<(), Error> {
    let has_lines = sheets.iter().any(|sheet| {
        sheet.role() == Role::OrderLines
            || (sheet.role() == Role::Orders && sheet.recognition.nested_lines)
    });
    if has_lines {
        return Ok(());
    }
    let roles: Vec<String> = inputs
        .sheets
        .iter()
        .map(|sheet| format!("{} ({})", sheet.place(), sheet.role().name()))
        .collect();
    let found =
        if roles.is_empty() { "nothing that could be read".to_owned() } else { roles.join(", ") };
    Err(Error::NothingToDo {
        problem: format!("there are no sales order lines among the inputs; found: {found}"),
        help: "export the order lines, and see `drawdown inspect` for how each file is read"
            .to_owned(),
    })
}

struct Contents {
    records: Records,
    rows: Vec<RowCounts>,
}

/// Reads every sheet but units and timesheets, each on a thread of its own.
fn records(sheets: &[Sheet]) -> Result<(Contents, Vec<Fault>), Error> {
    let read = sheets.par_iter().map(|sheet| {
        if is_units(sheet) { Ok(SheetContent::default()) } else { read_records(sheet) }
    });
    let read = all_or_first_error(read)?;
    let mut contents = Contents { records: Records::default(), rows: Vec::new() };
    let mut faults = Vec::new();
    for mut content in read {
        contents.rows.push(content.rows);
        contents.records.append(&mut content.records);
        faults.extend(content.faults);
    }
    Ok((contents, faults))
}

/// A fault that was found after reading names its column as drawdown's own
/// layout does; the user knows it by the header of the file.
fn with_header(fault: Fault, sheets: &SheetsByPlace<'_>) -> Fault {
    let Some(column) = fault.place.column() else { return fault };
    let fields: &[Field] = match column {
        "contract" => &[
            Field::Contract,
            Field::ContractName,
            Field::ContractCode,
            Field::ContractId,
            Field::ContractDatabaseId,
            Field::AnalyticDistribution,
        ],
        "delivered" => &[Field::Delivered],
        "line" => &[Field::LineLabel, Field::LineId, Field::LineDatabaseId],
        "order" => &[Field::Order, Field::OrderId, Field::OrderDatabaseId],
        "ordered" => &[Field::Ordered],
        "product" => &[Field::Product, Field::ProductName, Field::ProductId, Field::ProductCode],
        "state" => &[Field::OrderState, Field::LineState],
        "task" => &[Field::Task, Field::TaskId, Field::TaskDatabaseId],
        // Without a column of units all quantities are hours.
        "unit" => &[Field::Unit, Field::UnitId, Field::UnitDatabaseId, Field::Quantity],
        _ => return fault,
    };
    let own = sheets.sheet_of(&fault.place);
    let header = own.and_then(|sheet| {
        let column = |field: &Field| sheet.nested_column(*field).or(sheet.column(*field));
        fields.iter().find_map(column).map(|column| sheet.in_column(&fault.place, column))
    });
    match header {
        Some(place) => Fault { place, ..fault },
        None => fault,
    }
}

/// A column that no file has is missed after reading; the headers of the file
/// that it was looked for in say what there is instead.
fn with_headers(error: Error, sheets: &[Sheet]) -> Error {
    let Error::MissingColumn { place, missing, expected, headers, proposal } = error else {
        return error;
    };
    let found = sheets.iter().find(|sheet| headers.is_empty() && sheet.place() == place);
    let headers = found.map_or(headers, |sheet| listed(&sheet.headers));
    let proposal = match found.and_then(|sheet| header_of(sheet, &missing)) {
        Some(header) => format!("; \"{header}\" is there, but blank in every row"),
        None => found.map_or(proposal, proposals),
    };
    Error::MissingColumn { place, missing, expected, headers, proposal }
}

/// Rule 3.4: every line of an ambiguous contract, with the two ways out.
fn ambiguous_contracts<'a>(
    book: &'a Book,
    settled: &'a Settled,
) -> impl Iterator<Item = Fault> + 'a {
    settled.ambiguous.iter().flat_map(move |(contract, lines)| {
        let label = &book.contracts[contract.0].label;
        let mut products: Vec<&str> =
            lines.iter().map(|line| book.line(*line).product.as_str()).collect();
        products.sort_unstable();
        products.dedup();
        let products = products.join(", ");
        lines.iter().map(move |line| {
            Fault::new(
                FaultKind::AmbiguousContract,
                book.line(*line).place.in_column("contract"),
                format!("{label}: {products}"),
                Phrase::OnePool,
                Phrase::SplitOrTrackByTask,
            )
        })
    })
}

fn facts(assembled: &Assembled, scan: &Scan, rules: &Rules) -> Facts {
    let units = &assembled.book.units;
    let hours = |tallies: &ByUnit| {
        tallies.iter().map(|(unit, tally)| value_and_hours(units, *unit, &tally.sum).1).sum()
    };
    Facts {
        lines_passed_over: assembled.passed_over,
        confirmed_orders: assembled.confirmed,
        locked_orders: assembled.locked,
        locked_chosen: rules.locked.is_some(),
        locks_forgotten: false,
        after_as_of: scan.sums.after_as_of,
        unreadable_rows: scan.sums.unreadable,
        unused_patterns: Vec::new(),
        shadowed_patterns: Vec::new(),
        kinds_of_ids: None,
        unused_products: assembled.unused_products.clone(),
        float_readings: scan.sums.float_readings + assembled.float_readings,
        adjustments: assembled.adjustments,
        counts_only_marked: [rules.approved, rules.billable].contains(&Some(Counting::Only)),
        // Of interest only until the user has chosen.
        not_approved_hours: if rules.approved.is_none() {
            hours(&scan.sums.not_approved)
        } else {
            Exact::zero()
        },
        not_billable_hours: if rules.billable.is_none() {
            hours(&scan.sums.not_billable)
        } else {
            Exact::zero()
        },
    }
}
