//! The proof behind figures: the inputs of a run read again, and what leads to
//! the lines that somebody asks about.

mod select;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::diagnostics::{Error, Fault, FaultKind, Place};
use crate::engine::{Days, Embedded, Engine, Plan, Scan};
use crate::ingest::{SheetsByPlace, shown_path};
use crate::language::{Key, Said};
use crate::model::{
    Adjusted, Adjustment, Book, EntryKey, EntryRow, Exact, LineIndex, Name, Quantity, Text,
    Tracking, UnitId,
};
use crate::progress::{Extent, Stage, Watch};
use crate::reconcile::{
    Attribution, AttributionRule, Cause, Counting, DailySums, Doubts, Evidence, Fit, KeyFate,
    MakeUp, Measure, NearestCandidates, PartOf, Rules, Settled, Standing, Target, UnmatchedReason,
    Upsell, adjustments_of, drawn_through, exported_otherwise, reached_on,
};
use crate::report::{
    AdjustmentProof, CauseProof, EntryProof, ExplainedRun, Explanation, LineProof, Proof,
    ReachedProof, ShareProof, SourceProof, SumProof, policy_name, tracking_name, unrounded,
};
use crate::run_folder::{FoundInputs, RunFolder};
use crate::run_json::{DELIVERED_CSV, OutputState};

use super::causes::{Aside, every_day, look_at_entries, look_at_left_out};
use super::{DrawnUp, Judged, Request, ambiguous_contracts, judge, plan, with_header};

/// What is to be explained.
#[derive(Debug)]
pub struct Explain<'a> {
    /// The name of an order, line, contract, task or customer.
    pub what: &'a str,
    /// The run.
    pub run: &'a RunFolder,
    /// Its inputs as they are now.
    pub inputs: &'a FoundInputs,
    /// How many entries are listed for each set of lines.
    pub entries: usize,
    /// Threads; 0 means one per processor.
    pub threads: usize,
    /// Who is told how far it has come.
    pub watch: &'a dyn Watch,
}

/// Explains the figures behind a name.
///
/// # Errors
/// What stops a run; [`Error::NothingToDo`] when nothing has the name.
pub fn explain(asked: &Explain<'_>) -> Result<Explanation, Error> {
    let run = asked.run;
    let paths = asked.inputs.paths()?;
    let judged = judge(&Request {
        paths: &paths,
        out: Some(&run.folder),
        configuration: &run.configuration,
        rules: &run.rules,
        threads: asked.threads,
        hash: run.hash,
        drawn_up: DrawnUp::default(),
        watch: asked.watch,
    })?;
    let state = run.state_of(DELIVERED_CSV)?;
    let in_report = match run.delivered() {
        // It was edited: what can still be read of it is compared.
        Err(_) if state == OutputState::Changed => BTreeMap::new(),
        in_report => in_report?,
    };
    let Judged { engine, inputs, timesheets, assembled, mut faults, settled, mut scan, .. } =
        judged;
    let (book, rules) = (&assembled.book, &run.rules);
    let by_place = SheetsByPlace::new(&inputs.sheets);
    faults.extend(ambiguous_contracts(book, &settled).map(|fault| with_header(fault, &by_place)));
    let (found, lines) = select::select(book, asked.what)?;
    let over = |lines| Doubts::over(book, &settled, rules, lines);
    // Lines that share hours with those asked for are part of the proof.
    let all = over(lines).make_up().iter().flat_map(|one| one.figures.keys().copied()).collect();
    let doubts = over(all).with_sums(&scan.sums);
    asked.watch.begins(Stage::Look, Extent::default());
    let plan = plan(&timesheets, &book.units, rules, asked.watch);
    let mut evidence = Evidence::default();
    look_at_entries(&engine, (&plan, &mut scan), &doubts, &mut evidence)?;
    look_at_left_out(&engine, (&plan, &scan), &doubts, &mut evidence)?;

    let make_up = doubts.make_up();
    let ground = Ground {
        book,
        rules,
        settled: &settled,
        doubts: &doubts,
        evidence: &evidence,
        faults: &faults,
        led_by: rules_of_sources(&settled, &doubts),
    };
    let mut gathered = Gathered::new(&ground, &make_up, asked.entries);
    gathered.gather(&engine, &plan, &mut scan)?;
    let figures = ground.figures_of(&make_up, &in_report);
    let differs =
        figures.iter().flat_map(|proof| &proof.lines).any(|l| l.as_in_report == Some(false));
    Ok(Explanation {
        asked: asked.what.trim().to_owned(),
        found,
        run: about_run(asked, state, differs),
        proofs: gathered.into_proofs(figures),
    })
}

fn about_run(asked: &Explain<'_>, state: OutputState, differs: bool) -> ExplainedRun {
    let run = asked.run;
    let changed: Vec<String> = asked.inputs.changed().map(|file| file.recorded.clone()).collect();
    let folder = shown_path(&run.folder);
    let own = env!("CARGO_PKG_VERSION");
    let is_edited = state == OutputState::Changed;
    let mut filled = vec![("folder", Said::from(&folder))];
    let key = match (changed.is_empty(), is_edited, differs) {
        (true, false, false) => Key::ExplainRun,
        (true, true, false) => Key::ExplainRunEdited,
        (true, true, true) => Key::ExplainRunEditedFigures,
        (true, false, true) if run.version != own => {
            filled.extend([("version", Said::from(&run.version)), ("own", own.into())]);
            Key::ExplainRunOtherVersion
        }
        (true, false, true) => Key::ExplainRunJsonEdited,
        (false, is_edited, differs) => {
            filled.push(("files", Said::names(changed.iter().map(String::as_str))));
            match (is_edited, differs) {
                (true, _) => Key::ExplainInputsChangedAndEdited,
                (false, true) => Key::ExplainInputsChanged,
                (false, false) => Key::ExplainInputsChangedFiguresSame,
            }
        }
    };
    ExplainedRun {
        folder,
        version: run.version.clone(),
        as_of: run.rules.period.as_of,
        changed,
        note: Said::Message(key, filled),
    }
}

/// What an explanation stands on.
struct Ground<'a> {
    book: &'a Book,
    rules: &'a Rules,
    settled: &'a Settled,
    doubts: &'a Doubts<'a>,
    evidence: &'a Evidence,
    faults: &'a [Fault],
    /// By which rules the entries of each source lead to it.
    led_by: BTreeMap<usize, BTreeSet<AttributionRule>>,
}

/// See [`Ground::led_by`].
fn rules_of_sources(
    settled: &Settled,
    doubts: &Doubts<'_>,
) -> BTreeMap<usize, BTreeSet<AttributionRule>> {
    let mut led_by: BTreeMap<usize, BTreeSet<AttributionRule>> = BTreeMap::new();
    for (key, fate) in settled.fates.values().enumerate() {
        if let Attribution::To(_, rule) = &fate.attribution
            && let Some(source) = doubts.source_of_key(key)
        {
            led_by.entry(source).or_default().insert(*rule);
        }
    }
    led_by
}

impl Ground<'_> {
    fn quantity(&self, line: LineIndex, amount: Option<&Exact>) -> String {
        let unit = self.book.line(line).unit;
        amount.map_or_else(String::new, |amount| match unit {
            Some(unit) => Quantity::new(amount.clone(), unit).display(&self.book.units),
            None => amount.to_string(),
        })
    }

    /// The proofs without their entries.
    fn figures_of(
        &self,
        make_up: &[MakeUp<'_>],
        in_report: &BTreeMap<(String, String), String>,
    ) -> Vec<Proof> {
        let proof = |one: &MakeUp<'_>| Proof {
            lines: one.figures.keys().map(|line| self.line(one, *line, in_report)).collect(),
            sources: self.sources(one),
            adjustments: self.adjustments(one),
            adjustment_sums: self.adjustment_sums(one),
            ..Proof::default()
        };
        make_up.iter().map(proof).collect()
    }

    fn line(
        &self,
        one: &MakeUp<'_>,
        index: LineIndex,
        in_report: &BTreeMap<(String, String), String>,
    ) -> LineProof {
        let (book, line) = (self.book, self.book.line(index));
        let order = book.order_of(index);
        let settlement = &self.settled.settlements[index.0];
        let quantity = |amount: Option<&Exact>| self.quantity(index, amount);
        let delivered = quantity(settlement.delivered.as_ref());
        let difference =
            settlement.delivered.as_ref().zip(line.exported.as_ref()).map(|(a, b)| a - b);
        let text = |text: &Option<Text>| text.as_ref().map_or_else(String::new, Text::to_string);
        let reported = in_report.get(&(order.name.clone(), line.id.to_string())).cloned();
        LineProof {
            order: order.name.clone(),
            line: line.id.to_string(),
            customer: text(&order.customer),
            product: line.product.to_string(),
            contract: text(&line.contract_text),
            task: text(&line.task),
            tracking: line.tracking.map(tracking_name).unwrap_or_default().to_owned(),
            policy: line.policy.map(policy_name).unwrap_or_default().to_owned(),
            status: settlement.status.name().to_owned(),
            unit: book.unit_of(line).into(),
            ordered: quantity(line.ordered.as_ref()),
            equation: words::line_equation(self, one, index),
            exported: quantity(line.exported.as_ref()),
            difference: quantity(difference.as_ref()),
            remaining: quantity(settlement.remaining(line).as_ref()),
            as_in_report: reported.as_ref().map(|reported| *reported == delivered),
            in_report: reported,
            causes: self.causes(index),
            adjusted: words::adjusted(self, index),
            exceptions: words::exceptions(self, index),
            delivered,
        }
    }

    fn causes(&self, line: LineIndex) -> Vec<CauseProof> {
        let Some(exported) = exported_otherwise(self.book, self.settled, line) else {
            return Vec::new();
        };
        let exported = self.quantity(line, Some(exported));
        let fits = self.doubts.fits(line, self.evidence);
        if fits.is_empty() {
            let quantity = ("quantity", Said::number(exported));
            let arithmetic = Said::message(Key::ExplainNoCause, [quantity]);
            return vec![CauseProof { cause: Cause::Unexplained.name(), arithmetic }];
        }
        let proof = |fit: Fit| CauseProof {
            cause: fit.cause.name(),
            arithmetic: words::cause(self, line, &fit, &exported),
        };
        fits.into_iter().map(proof).collect()
    }

    /// What an amount of an adjustment is converted to.
    fn measure(&self, one: &MakeUp<'_>, to: Adjusted) -> Option<Measure> {
        match to {
            Adjusted::Line(line) => Measure::of(self.book.line(line)),
            Adjusted::Contract(contract) => {
                let target = Target::Contract(contract);
                one.parts.iter().find(|part| *part.target == target)?.measure.cloned()
            }
        }
    }

    fn adjustments(&self, one: &MakeUp<'_>) -> Vec<AdjustmentProof> {
        let units = &self.book.units;
        let lines: Vec<LineIndex> = one.figures.keys().copied().collect();
        let proof = |adjustment: &Adjustment| {
            let unit = adjustment.unit;
            let measure = self.measure(one, adjustment.to);
            let converted = measure.as_ref().and_then(|measure| {
                let factor = measure.factor_from(unit, units)?;
                Some((unrounded(&(&adjustment.amount * &factor)), measure.unit_id()))
            });
            let (converted, converted_unit) = converted
                .map_or_else(|| (String::new(), "".into()), |(c, u)| (c, units.naming(u).into()));
            AdjustmentProof {
                file: adjustment.place.file().to_owned(),
                sheet: adjustment.place.sheet().map(str::to_owned),
                row: adjustment.place.row().unwrap_or_default(),
                date: adjustment.day,
                kind: adjustment.kind.name(),
                reason: adjustment.reason.clone(),
                to: words::adjusts(self, adjustment.to),
                quantity: Quantity::new(adjustment.amount.clone(), unit).display(units),
                unit: units.naming(unit).into(),
                converted,
                converted_unit,
            }
        };
        adjustments_of(self.book, &lines).map(proof).collect()
    }

    /// Adjustments are converted and rounded once for each unit, as entries are
    /// (rule 5.2).
    fn adjustment_sums(&self, one: &MakeUp<'_>) -> Vec<SumProof> {
        let units = &self.book.units;
        let lines: Vec<LineIndex> = one.figures.keys().copied().collect();
        let mut sums: BTreeMap<(Adjusted, UnitId), Exact> = BTreeMap::new();
        for adjustment in adjustments_of(self.book, &lines) {
            let sum = sums.entry((adjustment.to, adjustment.unit)).or_default();
            *sum = &*sum + &adjustment.amount;
        }
        let proof = |((to, unit), sum): (&(Adjusted, UnitId), &Exact)| {
            let conversion = words::conversion(self, *unit, sum, self.measure(one, *to).as_ref());
            SumProof {
                unit: units.naming(*unit).into(),
                sum: Quantity::new(sum.clone(), *unit).display(units),
                equation: Said::message(
                    Key::ExplainAdjustments,
                    [("to", words::adjusts(self, *to)), ("conversion", conversion)],
                ),
            }
        };
        sums.iter().map(proof).collect()
    }

    fn sources(&self, one: &MakeUp<'_>) -> Vec<SourceProof> {
        let book = self.book;
        let shown = |part: &&PartOf<'_>| !part.counted.is_empty();
        let of_part = |part: &PartOf<'_>| {
            let sums: Vec<SumProof> = part
                .counted
                .iter()
                .map(|(unit, sum)| SumProof {
                    unit: book.units.naming(*unit).into(),
                    sum: Quantity::new(sum.clone(), *unit).display(&book.units),
                    equation: words::conversion(self, *unit, sum, part.measure),
                })
                .collect();
            let total = part.measure.map_or_else(
                || Said::from(""),
                |measure| {
                    let total = measure.quantity(part.total.clone()).display(&book.units);
                    Said::amount(total, book.units.naming(measure.unit_id()))
                },
            );
            let shares = part.lines.iter().zip(&part.shares).map(|(line, share)| ShareProof {
                line: book.line(*line).id.to_string(),
                share: self.quantity(*line, Some(share)),
                sentence: words::share(self, *line, share),
            });
            SourceProof {
                what: words::source(self, part),
                sums,
                total,
                shares: if part.lines.len() > 1 { shares.collect() } else { Vec::new() },
            }
        };
        one.parts.iter().filter(shown).map(of_part).collect()
    }
}

/// The first entries by day, and how many there are.
#[derive(Default)]
struct First {
    total: u64,
    rows: BTreeMap<(NaiveDate, Place), EntryProof>,
}

impl First {
    fn push(&mut self, limit: usize, place: Place, entry: EntryProof) {
        self.total += 1;
        self.rows.insert((entry.date, place), entry);
        if self.rows.len() > limit {
            self.rows.pop_last();
        }
    }
}

/// What the entries of one set of lines are.
struct OfProof<'a> {
    make_up: &'a MakeUp<'a>,
    entries: First,
    nearly: First,
    reached: Option<NaiveDate>,
    /// The entries of the day on which the quota was reached.
    on_day: Vec<(Place, usize, UnitId, Exact)>,
}

/// Why an unmatched or refused key is shown, and with which sets of lines.
struct Near {
    fate: &'static str,
    rule: &'static str,
    why: Said,
    proofs: Vec<usize>,
}

struct Gathered<'a> {
    ground: &'a Ground<'a>,
    limit: usize,
    proofs: Vec<OfProof<'a>>,
    proof_of_source: BTreeMap<usize, usize>,
    near: BTreeMap<&'a EntryKey, Near>,
}

impl<'a> Gathered<'a> {
    fn new(ground: &'a Ground<'a>, make_up: &'a [MakeUp<'a>], limit: usize) -> Self {
        let mut proof_of_source = BTreeMap::new();
        let mut proof_of_line: BTreeMap<LineIndex, usize> = BTreeMap::new();
        for (at, one) in make_up.iter().enumerate() {
            proof_of_source.extend(one.parts.iter().map(|part| (part.index, at)));
            proof_of_line.extend(one.figures.keys().map(|line| (*line, at)));
        }
        let proofs = make_up
            .iter()
            .map(|make_up| OfProof {
                reached: reached(ground, make_up),
                make_up,
                entries: First::default(),
                nearly: First::default(),
                on_day: Vec::new(),
            })
            .collect();
        // Nothing is nearly on a line that nothing tracks.
        proof_of_line.retain(|line, _| ground.book.line(*line).tracking != Some(Tracking::None));
        let near = near_keys(ground, &proof_of_line);
        Self { ground, limit, proofs, proof_of_source, near }
    }

    /// Reads the entries: those of every day and with any mark.
    fn gather(&mut self, engine: &Embedded, plan: &Plan<'_>, scan: &mut Scan) -> Result<(), Error> {
        let kinds: BTreeMap<Place, FaultKind> =
            scan.faults.iter().map(|fault| (row_of(&fault.place), fault.kind)).collect();
        let aside = Aside::take(plan, scan);
        let wide = Plan { period: every_day(), ..*plan };
        let doubts = self.ground.doubts;
        let keys = scan.sums.counted.keys();
        let leads_here: Vec<bool> =
            keys.par_iter().map(|key| self.near.contains_key(key)).collect();
        let wanted = |key: usize, _: UnitId| {
            let leads_here = leads_here.get(key).copied().unwrap_or_default();
            Days::TEXTS.when(leads_here || doubts.source_of_key(key).is_some())
        };
        // Only where there are entries that the user's choice leaves out.
        let look_again = !scan.sums.not_counted.is_empty();
        let mut met: BTreeSet<Place> = BTreeSet::new();
        let looked = engine.rows(&wide, scan, &wanted, &mut |found| {
            let standing = aside.standing(&found);
            let Some(row) = found.row else { return };
            if look_again {
                met.insert(row.place.clone());
            }
            let kind = kinds.get(&row_of(&row.place)).copied();
            self.take(found.key, &row, standing, kind);
        });
        aside.put_back(scan);
        looked?;
        if !look_again {
            return Ok(());
        }
        let open = Plan { approved: Counting::All, billable: Counting::All, ..*plan };
        engine.rows(&open, scan, &wanted, &mut |found| {
            if let Some(row) = found.row
                && !met.contains(&row.place)
            {
                self.take(found.key, &row, Some(Standing::CountedOrLeftOut), None);
            }
        })
    }

    /// Takes an entry of the key at a place among the sums.
    fn take(
        &mut self,
        key: usize,
        row: &EntryRow,
        standing: Option<Standing>,
        kind: Option<FaultKind>,
    ) {
        let ground = self.ground;
        let (fate, rule, why) = match words::fate(ground, row, standing, kind) {
            Some(aside) => aside,
            None => match self.near.get(&*row.key) {
                Some(near) => (near.fate, near.rule, near.why.clone()),
                None => match words::mismatch(ground, row) {
                    Some(why) => ("rejected", "5.3", why),
                    None => {
                        let (rule, why) = words::attribution(ground, &row.key);
                        ("attributed", rule, why)
                    }
                },
            },
        };
        let source = ground.doubts.source_of_key(key);
        let proofs: Vec<usize> = match self.near.get(&*row.key) {
            Some(near) => near.proofs.clone(),
            None => {
                source.and_then(|at| self.proof_of_source.get(&at)).copied().into_iter().collect()
            }
        };
        let units = &ground.book.units;
        for at in proofs {
            let Some(proof) = self.proofs.get_mut(at) else { continue };
            let entry = EntryProof {
                file: row.place.file().to_owned(),
                sheet: row.place.sheet().map(str::to_owned),
                row: row.place.row().unwrap_or_default(),
                entry: row.text.id.clone(),
                date: row.date,
                employee: row.text.employee.clone(),
                quantity: Quantity::new(row.amount.clone(), row.unit).display(units),
                unit: units.naming(row.unit).into(),
                fate,
                rule,
                why: why.clone(),
                description: row.text.description.clone(),
                written: row.float_print.map(|written| written.to_string()),
                read_as: row.float_print.map(|_| words::read_as(ground, row)),
            };
            if fate != "attributed" {
                proof.nearly.push(self.limit, row.place.clone(), entry);
                continue;
            }
            if let Some(source) = source
                && proof.reached == Some(row.date)
            {
                proof.on_day.push((row.place.clone(), source, row.unit, row.amount.clone()));
            }
            proof.entries.push(self.limit, row.place.clone(), entry);
        }
    }

    fn into_proofs(self, figures: Vec<Proof>) -> Vec<Proof> {
        let ground = self.ground;
        let with = |(own, figures): (OfProof<'_>, Proof)| Proof {
            reached: reached_by(ground, &own),
            entries_total: own.entries.total,
            entries: own.entries.rows.into_values().collect(),
            nearly_total: own.nearly.total,
            nearly: own.nearly.rows.into_values().collect(),
            ..figures
        };
        self.proofs.into_iter().zip(figures).map(with).collect()
    }
}

/// A place without its column.
fn row_of(place: &Place) -> Place {
    let sheet = Place::new(place.file(), place.sheet());
    place.row().map_or(sheet.clone(), |row| sheet.at_row(row))
}

fn upsell_of<'a>(ground: &Ground<'a>, one: &MakeUp<'_>) -> Option<&'a Upsell> {
    let own = |upsell: &&Upsell| {
        upsell.by_entries && upsell.lines.iter().any(|line| one.figures.contains_key(line))
    };
    ground.settled.upsells.iter().find(own)
}

fn reached(ground: &Ground<'_>, one: &MakeUp<'_>) -> Option<NaiveDate> {
    let upsell = upsell_of(ground, one)?;
    let days = ground.doubts.days(one, ground.evidence, None);
    reached_on(ground.book, upsell, &days, ground.rules)
}

/// The entry with which the quota was reached, in the order of the rows.
fn reached_by(ground: &Ground<'_>, own: &OfProof<'_>) -> Option<ReachedProof> {
    let (day, upsell) = (own.reached?, upsell_of(ground, own.make_up)?);
    let mut days = ground.doubts.days(own.make_up, ground.evidence, Some(day));
    let units = &ground.book.units;
    let quota = &upsell.ordered * &upsell.threshold;
    let is_reached = |days: &DailySums| {
        let (entries, adjusted) = drawn_through(ground.book, upsell, days, ground.rules, day);
        let drawn = &entries + &adjusted;
        // Nothing drawn of nothing ordered uses nothing up (6.3).
        drawn.is_positive() && drawn >= quota
    };
    let adjusted: Vec<&Adjustment> =
        adjustments_of(ground.book, &upsell.lines).filter(|one| one.day <= day).collect();
    let mut entry = String::new();
    let mut by = None;
    // The adjustments of a day come before its entries.
    if is_reached(&days) {
        let of_day = adjusted.iter().filter(|one| one.day == day);
        let places = of_day.map(|one| words::place(&one.place)).collect();
        by = Some((Key::ExplainReachedByAdjustments, ("places", Said::Listed(Key::And, places))));
    }
    for (place, source, unit, amount) in &own.on_day {
        let part = own.make_up.parts.iter().find(|part| part.index == *source)?;
        days.add_exact(day, part.target, *unit, amount.clone());
        if by.is_none() && is_reached(&days) {
            entry = place.to_string();
            by = Some((Key::ExplainReachedByEntry, ("place", words::place(place))));
        }
    }
    let unit = ("unit", Said::from(units.naming(upsell.measure.unit_id())));
    let amount = |amount: Exact| Said::number(upsell.measure.quantity(amount).display(units));
    let (key, by) = by.map_or((Key::ExplainReached, None), |(key, by)| (key, Some(by)));
    let mut filled = vec![("quota", amount(quota.clone())), unit.clone(), ("day", day.into())];
    filled.extend(by);
    let reached = Said::Message(key, filled);
    let sentence = if adjusted.is_empty() {
        reached
    } else {
        let (entries, adjusted) = drawn_through(ground.book, upsell, &days, ground.rules, day);
        let sum = ("sum", amount(&entries + &adjusted));
        let filled = [("entries", amount(entries)), ("adjusted", amount(adjusted)), sum, unit];
        let made_up = Said::message(Key::ExplainReachedMadeUp, filled);
        Said::Listed(Key::Sentences, vec![reached, made_up])
    };
    Some(ReachedProof { day, entry, sentence })
}

/// Keys that lead nowhere, and nearest here; keys that are refused here.
fn near_keys<'a>(
    ground: &Ground<'a>,
    proof_of_line: &BTreeMap<LineIndex, usize>,
) -> BTreeMap<&'a EntryKey, Near> {
    let names = names_of(ground.book, proof_of_line);
    let candidates = NearestCandidates::new(ground.book, &ground.rules.mapping);
    let of_key = |(key, fate): (&'a EntryKey, &KeyFate)| {
        let near = match &fate.attribution {
            Attribution::To(..) => return None,
            Attribution::Refused(lines, _) => Near {
                fate: "refused",
                rule: "4",
                why: words::refused(ground.book, lines),
                proofs: lines.iter().filter_map(|line| proof_of_line.get(line)).copied().collect(),
            },
            Attribution::Unmatched(reason) => {
                let candidate = candidates.candidate(key, reason);
                let nearest = candidates.nearest_name(key, reason);
                let mut proofs = named(&names, &nearest, reason);
                let carried = ground.doubts.carried_by(key);
                proofs.extend(carried.iter().filter_map(|line| proof_of_line.get(line)));
                let why = words::unmatched(key, reason, &candidate);
                Near { fate: "unmatched", rule: "4.4", why, proofs: proofs.into_iter().collect() }
            }
        };
        let mut near = near;
        near.proofs.sort_unstable();
        near.proofs.dedup();
        (!near.proofs.is_empty()).then_some((key, near))
    };
    let fates: Vec<_> = ground.settled.fates.iter().collect();
    fates.into_par_iter().filter_map(of_key).collect()
}

/// The names of lines, by which a candidate is known to be here.
fn names_of(book: &Book, lines: &BTreeMap<LineIndex, usize>) -> BTreeMap<Name, BTreeSet<usize>> {
    let mut names: BTreeMap<Name, BTreeSet<usize>> = BTreeMap::new();
    for (index, proof) in lines {
        let line = book.line(*index);
        let order = &book.order_of(*index).name;
        let description = line.description.as_deref().unwrap_or(&line.product);
        let label = format!("{order} - {}", description.lines().next().unwrap_or_default());
        let contract = line.contract.and_then(|contract| book.contracts.get(contract.0));
        let texts = [
            Some(order.as_str()),
            Some(line.id.as_str()),
            Some(label.as_str()),
            line.contract_text.as_deref(),
            contract.map(|contract| contract.label.as_str()),
            line.task.as_deref(),
        ];
        for text in texts.into_iter().flatten() {
            names.entry(Name::new(text)).or_default().insert(*proof);
        }
    }
    names.remove(&Name::new(""));
    names
}

fn named(
    names: &BTreeMap<Name, BTreeSet<usize>>,
    candidate: &str,
    reason: &UnmatchedReason,
) -> BTreeSet<usize> {
    let separator = match reason {
        UnmatchedReason::AmbiguousLine(_) | UnmatchedReason::AmbiguousTask(_) => " ",
        _ => " | ",
    };
    let parts = std::iter::once(candidate).chain(candidate.split(separator));
    parts.filter_map(|part| names.get(&Name::new(part))).flatten().copied().collect()
}
