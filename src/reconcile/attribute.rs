//! Attribution (chapter 4): where an entry's key leads. Keys are judged, not
//! rows.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::OnceLock;

use crate::model::{
    Adjusted, Book, Candidates, ContractIndex, EntryKey, Exact, KeyPart, KeyParts, LineIndex, Name,
    NearNames, OrderLine, Tracking, UnitId,
};

use super::convert::Measure;
use super::mapping::{Mapped, Mapping, NearMapped, TargetKind};
use super::pool::{Serving, joined, servings};
use super::rules::Rules;

/// The rule of chapter 4 that decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AttributionRule {
    /// 4.1: the entry names the line.
    NamedLine,
    /// 4.2: its task has the line.
    Task,
    /// 4.3: its contract has the line.
    Contract,
}

/// Why an entry has nothing to be attributed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnmatchedReason {
    /// It names nothing at all.
    NoReference,
    /// It names a project, client, activity or tags, and no line, task or
    /// contract; `[map]` says nothing of them.
    NotMapped,
    /// `[map]` gives its tags several meanings.
    AmbiguousMap,
    /// What `[map]` says it stands for is in no input.
    UnknownTarget,
    /// The line it names is in no input.
    UnknownLine,
    /// The display name fits several lines.
    AmbiguousLine(Vec<LineIndex>),
    /// The task's name fits several lines.
    AmbiguousTask(Vec<LineIndex>),
    /// Its task has no line, and it names no contract.
    TaskWithoutLine,
    /// Its task is in no input, and it names no contract.
    UnknownTask,
    /// No order has the contract.
    UnknownContract,
    /// Orders have the contract, but no line tracked per contract.
    ContractNotTracked,
    /// The contract sells several pools (rule 3.4), or its name is that of
    /// several contracts.
    AmbiguousContract,
}

impl UnmatchedReason {
    /// The stable name, as unmatched.csv writes it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::NoReference => "no_reference",
            Self::NotMapped => "not_mapped",
            Self::AmbiguousMap => "ambiguous_map",
            Self::UnknownTarget => "unknown_target",
            Self::UnknownLine => "unknown_line",
            Self::AmbiguousLine(_) => "ambiguous_line",
            Self::AmbiguousTask(_) => "ambiguous_task",
            Self::TaskWithoutLine => "task_without_line",
            Self::UnknownTask => "unknown_task",
            Self::UnknownContract => "unknown_contract",
            Self::ContractNotTracked => "contract_not_tracked",
            Self::AmbiguousContract => "ambiguous_contract",
        }
    }
}

/// What an entry is attributed to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// One line.
    Line(LineIndex),
    /// Lines of one product that one name fits, drawn down like a pool.
    Lines(Vec<LineIndex>),
    /// The pool of a contract, of several lines: what is one line's alone is
    /// attributed to that.
    Contract(ContractIndex),
}

impl Target {
    /// Its lines, in draw-down order.
    #[must_use]
    pub fn lines<'t>(&'t self, servings: &'t [Serving]) -> &'t [LineIndex] {
        match self {
            Self::Line(line) => std::slice::from_ref(line),
            Self::Lines(lines) => lines,
            Self::Contract(contract) => match servings.get(contract.0) {
                Some(Serving::Pool(lines)) => lines,
                _ => &[],
            },
        }
    }

    /// What its entries are converted to (rule 5.2): a named line's measure, or
    /// that of the first one of several. `drawn` are the lines that are judged
    /// together with those of a contract, in draw-down order.
    #[must_use]
    pub fn measure(&self, book: &Book, drawn: &[LineIndex]) -> Option<Measure> {
        let first = match self {
            Self::Line(line) => line,
            Self::Lines(lines) => lines.first()?,
            Self::Contract(contract) => drawn.iter().find(|line| {
                let line = book.line(**line);
                line.contract == Some(*contract) && line.tracking == Some(Tracking::Contract)
            })?,
        };
        Measure::of(book.line(*first))
    }
}

impl From<Adjusted> for Target {
    fn from(to: Adjusted) -> Self {
        match to {
            Adjusted::Line(line) => Self::Line(line),
            Adjusted::Contract(contract) => Self::Contract(contract),
        }
    }
}

/// Where a key leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attribution {
    /// To a line or a pool.
    To(Target, AttributionRule),
    /// To lines of draft, sent or cancelled orders only: refused.
    Refused(Vec<LineIndex>, AttributionRule),
    /// Nowhere.
    Unmatched(UnmatchedReason),
}

/// Judges keys against a book.
#[derive(Debug)]
pub struct Attributor<'a> {
    book: &'a Book,
    servings: &'a [Serving],
    has_ids: bool,
    has_database_ids: bool,
    rules: &'a Rules,
}

impl<'a> Attributor<'a> {
    /// An attributor over a book, what its contracts serve and the rules in force.
    #[must_use]
    pub fn new(
        book: &'a Book,
        servings: &'a [Serving],
        known_ids: KnownLineIds,
        rules: &'a Rules,
    ) -> Self {
        let KnownLineIds { ids: has_ids, database_ids: has_database_ids } = known_ids;
        Self { book, servings, has_ids, has_database_ids, rules }
    }

    /// Where a key leads, by the first of 4.1 to 4.3 that finds a line. The
    /// user's map speaks where the entry itself names none of the three.
    #[must_use]
    pub fn attribute(&self, key: &EntryKey) -> Attribution {
        let parts = &key.parts();
        self.by_line(parts)
            .or_else(|| self.by_task(parts))
            .or_else(|| self.by_map(key, parts))
            .unwrap_or_else(|| self.by_contract(parts))
    }

    /// What the user's map makes of an entry that names no contract.
    fn by_map(&self, key: &EntryKey, parts: &KeyParts<'_>) -> Option<Attribution> {
        if names_contract(parts) {
            return None;
        }
        match self.rules.mapping.apply(key)? {
            Mapped::Ambiguous => Some(Attribution::Unmatched(UnmatchedReason::AmbiguousMap)),
            Mapped::To(kind, pointed) => Some(match self.by_target(kind, &pointed) {
                Attribution::Unmatched(
                    UnmatchedReason::UnknownContract
                    | UnmatchedReason::UnknownTask
                    | UnmatchedReason::UnknownLine,
                ) => Attribution::Unmatched(UnmatchedReason::UnknownTarget),
                found => found,
            }),
        }
    }

    /// Where a target of the user's map leads, and nowhere else.
    fn by_target(&self, kind: TargetKind, pointed: &EntryKey) -> Attribution {
        let pointed = &pointed.parts();
        match kind {
            TargetKind::Contract => self.by_contract(pointed),
            TargetKind::Task => self
                .by_task(pointed)
                .unwrap_or_else(|| Attribution::Unmatched(self.why_nothing(pointed, false))),
            TargetKind::Line => match self.book.line_by_id(pointed.get(KeyPart::LineLabel), None) {
                Some(line) => self.to_lines(vec![line], AttributionRule::NamedLine),
                None => self
                    .by_line(pointed)
                    .unwrap_or(Attribution::Unmatched(UnmatchedReason::UnknownLine)),
            },
        }
    }

    /// 4.1: the line that the entry itself names.
    fn by_line(&self, key: &KeyParts<'_>) -> Option<Attribution> {
        let id = key.get(KeyPart::LineId);
        let database_id = key.get(KeyPart::LineDatabaseId);
        let label = key.get(KeyPart::LineLabel);
        if let Some(line) = self.book.line_by_id(id, database_id) {
            return Some(self.to_lines(vec![line], AttributionRule::NamedLine));
        }
        // An id of a kind that the order lines were exported with is believed:
        // its line is missing, and a label must not find another one.
        let named_by_id = (id.is_some() && self.has_ids)
            || (database_id.is_some() && self.has_database_ids)
            || ((id.is_some() || database_id.is_some()) && label.is_none());
        if named_by_id {
            return Some(Attribution::Unmatched(UnmatchedReason::UnknownLine));
        }
        let lines = match self.book.lines_by_label(label?) {
            Candidates::None => {
                return Some(Attribution::Unmatched(UnmatchedReason::UnknownLine));
            }
            Candidates::One(line) => vec![line],
            Candidates::Several(lines) => lines,
        };
        if lines.len() > 1
            && let Some(line) = self.task_among(key, &lines)
        {
            return Some(self.to_lines(vec![line], AttributionRule::NamedLine));
        }
        Some(self.one_or_pool(lines, AttributionRule::NamedLine, UnmatchedReason::AmbiguousLine))
    }

    /// The one of several lines that the entry's task works for.
    fn task_among(&self, key: &KeyParts<'_>, lines: &[LineIndex]) -> Option<LineIndex> {
        let found: BTreeSet<LineIndex> = self
            .tasks(key)
            .into_iter()
            .flat_map(|task| self.book.tasks[task].lines.iter().copied())
            .filter(|line| lines.contains(line))
            .collect();
        (found.len() == 1).then(|| found.first().copied()).flatten()
    }

    /// The tasks that a key means; a name that fits several is decided by the
    /// entry's order, then by its project.
    fn tasks(&self, key: &KeyParts<'_>) -> Vec<usize> {
        let by_id =
            self.book.task_by_id(key.get(KeyPart::TaskId), key.get(KeyPart::TaskDatabaseId));
        if let Some(task) = by_id {
            return vec![task];
        }
        let Some(name) = key.get(KeyPart::Task) else { return Vec::new() };
        let mut tasks = match self.book.tasks_by_name(name) {
            Candidates::None => Vec::new(),
            Candidates::One(task) => vec![task],
            Candidates::Several(tasks) => tasks,
        };
        if let Some(order) = key.get(KeyPart::Order) {
            narrow(&mut tasks, |task| {
                let mut lines = self.book.tasks[task].lines.iter();
                lines.any(|line| same_name(&self.book.order_of(*line).name, order))
            });
        }
        if let Some(project) = key.get(KeyPart::Project) {
            narrow(&mut tasks, |task| {
                self.book.tasks[task]
                    .project
                    .as_deref()
                    .is_some_and(|name| same_name(name, project))
            });
        }
        tasks
    }

    /// 4.2: the line of the entry's task.
    fn by_task(&self, key: &KeyParts<'_>) -> Option<Attribution> {
        let tasks = self.tasks(key);
        let lines: BTreeSet<LineIndex> =
            tasks.iter().flat_map(|task| self.book.tasks[*task].lines.iter().copied()).collect();
        let lines: Vec<LineIndex> = lines.into_iter().collect();
        let some_without = tasks.iter().any(|task| self.book.tasks[*task].lines.is_empty());
        match (lines.as_slice(), some_without) {
            ([], _) => None,
            (_, true) => Some(Attribution::Unmatched(UnmatchedReason::AmbiguousTask(lines))),
            _ => {
                Some(self.one_or_pool(lines, AttributionRule::Task, UnmatchedReason::AmbiguousTask))
            }
        }
    }

    /// Several lines that one name fits are a pool when they are one product
    /// (4.1), but for those whose delivered quantity is recorded (3.3, 3.6): hours
    /// that may be of either would be lost on them to the line that they draw
    /// down. They have a part only in what names no other line, or else credits
    /// alone (3.5), and then have all of it.
    fn one_or_pool(
        &self,
        lines: Vec<LineIndex>,
        rule: AttributionRule,
        ambiguous: impl Fn(Vec<LineIndex>) -> UnmatchedReason,
    ) -> Attribution {
        let Some(first) = lines.first() else {
            return Attribution::Unmatched(ambiguous(lines));
        };
        let key = &self.book.line(*first).pool;
        let one_product = lines.iter().all(|line| self.book.line(*line).pool == *key);
        if lines.len() > 1 && !one_product {
            return Attribution::Unmatched(ambiguous(lines));
        }
        self.to_lines(lines, rule)
    }

    fn to_lines(&self, lines: Vec<LineIndex>, rule: AttributionRule) -> Attribution {
        let is_confirmed = |line: &LineIndex| self.book.order_of(*line).state.is_confirmed();
        let confirmed = lines.iter().copied().filter(is_confirmed);
        let takes_entries = |line: &LineIndex| self.rules.takes_entries(self.book.line(*line));
        let (drawn_down, recorded): (Vec<_>, Vec<_>) = confirmed.partition(takes_entries);
        // A line of a negative quantity takes no hours (3.5).
        let has_room = |line: &LineIndex| {
            !self.book.line(*line).ordered.as_ref().is_some_and(Exact::is_negative)
        };
        let to_recorded = drawn_down.is_empty()
            || (!drawn_down.iter().any(has_room) && recorded.iter().any(has_room));
        let confirmed = if to_recorded { recorded } else { drawn_down };
        match confirmed.as_slice() {
            [] => Attribution::Refused(lines, rule),
            [one] => Attribution::To(Target::Line(*one), rule),
            _ => Attribution::To(of_pool(&joined(self.book, confirmed), Target::Lines), rule),
        }
    }

    /// 4.3: the contract, by rules 3.1 to 3.5.
    fn by_contract(&self, key: &KeyParts<'_>) -> Attribution {
        let text = key.get(KeyPart::Contract);
        let (id, database_id) =
            (key.get(KeyPart::ContractId), key.get(KeyPart::ContractDatabaseId));
        let mut contracts = match self.book.contracts(id, database_id, text) {
            Candidates::None => Vec::new(),
            Candidates::One(contract) => vec![contract],
            Candidates::Several(contracts) => contracts,
        };
        let names_contract = names_contract(key);
        if !names_contract {
            // A projects file says which account a project's entries are on.
            let project = key.get(KeyPart::Project);
            contracts.extend(project.and_then(|project| self.book.contract_of_project(project)));
        }
        if contracts.is_empty() {
            return Attribution::Unmatched(self.why_nothing(key, names_contract));
        }
        if contracts.len() > 1 {
            contracts.retain(|contract| self.servings[contract.0] != Serving::NoTrackedLine);
            if contracts.len() > 1 {
                return Attribution::Unmatched(UnmatchedReason::AmbiguousContract);
            }
        }
        let Some(contract) = contracts.first().copied() else {
            return Attribution::Unmatched(UnmatchedReason::ContractNotTracked);
        };
        match &self.servings[contract.0] {
            Serving::NoTrackedLine => Attribution::Unmatched(UnmatchedReason::ContractNotTracked),
            Serving::NotConfirmed(lines) => {
                Attribution::Refused(lines.clone(), AttributionRule::Contract)
            }
            Serving::Ambiguous(_) => Attribution::Unmatched(UnmatchedReason::AmbiguousContract),
            Serving::Pool(lines) => {
                let target = of_pool(lines, |_| Target::Contract(contract));
                Attribution::To(target, AttributionRule::Contract)
            }
        }
    }

    fn why_nothing(&self, key: &KeyParts<'_>, names_contract: bool) -> UnmatchedReason {
        if names_contract {
            return UnmatchedReason::UnknownContract;
        }
        let names_task = [KeyPart::TaskId, KeyPart::TaskDatabaseId, KeyPart::Task]
            .into_iter()
            .any(|part| key.get(part).is_some());
        match (names_task, self.tasks(key).is_empty()) {
            (true, false) => UnmatchedReason::TaskWithoutLine,
            (true, true) => UnmatchedReason::UnknownTask,
            (false, _) if PLACES.into_iter().any(|part| key.get(part).is_some()) => {
                UnmatchedReason::NotMapped
            }
            (false, _) => UnmatchedReason::NoReference,
        }
    }
}

/// Where entries lead that the lines of a pool share: what is one line's alone is
/// summed with what names it (rule 5.2).
fn of_pool(lines: &[LineIndex], pool: impl FnOnce(Vec<LineIndex>) -> Target) -> Target {
    match lines {
        [line] => Target::Line(*line),
        lines => pool(lines.to_vec()),
    }
}

/// What `[map]` can give a meaning to.
const PLACES: [KeyPart; 4] = [KeyPart::Project, KeyPart::Client, KeyPart::Activity, KeyPart::Tags];

fn names_contract(key: &KeyParts<'_>) -> bool {
    [KeyPart::Contract, KeyPart::ContractId, KeyPart::ContractDatabaseId]
        .into_iter()
        .any(|part| key.get(part).is_some())
}

/// Which kinds of ids the order lines were exported with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KnownLineIds {
    /// External ids, or ids of drawdown's own layout.
    pub ids: bool,
    /// Database ids.
    pub database_ids: bool,
}

fn same_name(a: &str, b: &str) -> bool {
    Name::new(a) == Name::new(b)
}

/// Keeps what fits, unless nothing does.
fn narrow(tasks: &mut Vec<usize>, fits: impl Fn(usize) -> bool) {
    if tasks.len() > 1 && tasks.iter().any(|task| fits(*task)) {
        tasks.retain(|task| fits(*task));
    }
}

/// Whether an entry of a unit can be delivered on a line (rule 5.3). Lines
/// whose quantity is recorded take entries of any unit, and a line whose own
/// unit is unknown cannot judge one.
#[must_use]
pub fn accepts(book: &Book, line: LineIndex, unit: UnitId) -> bool {
    let line = book.line(line);
    match line.tracking {
        Some(Tracking::Contract | Tracking::Task) => {
            Measure::of(line).is_none_or(|measure| measure.takes(unit, &book.units))
        }
        _ => true,
    }
}

/// The names that an unmatched entry may have meant.
#[derive(Debug)]
pub struct NearestCandidates<'a> {
    book: &'a Book,
    mapping: &'a Mapping,
    mapped: NearMapped<'a>,
    // Each takes a while to make, and few keys have all parts.
    contracts: OnceLock<NearNames>,
    lines: OnceLock<NearNames>,
    tasks: OnceLock<NearNames>,
    orders: OnceLock<NearNames>,
    customers: OnceLock<Customers>,
    /// The products of each contract that is ambiguous by rule 3.4.
    ambiguous: BTreeMap<Name, BTreeSet<&'a str>>,
}

/// The customers, and the contracts of each in the order of the book.
#[derive(Debug, Default)]
struct Customers {
    names: NearNames,
    contracts: BTreeMap<Name, Vec<ContractIndex>>,
}

impl Customers {
    fn of(book: &Book) -> Self {
        let mut customers = Self::default();
        for (at, contract) in book.contracts.iter().enumerate() {
            for line in &contract.lines {
                let Some(customer) = &book.order_of(*line).customer else { continue };
                let contracts =
                    customers.contracts.entry(Name::new(customer)).or_insert_with(|| {
                        customers.names.insert(customer);
                        Vec::new()
                    });
                if contracts.last() != Some(&ContractIndex(at)) {
                    contracts.push(ContractIndex(at));
                }
            }
        }
        customers
    }
}

/// Which names a part of a key is compared with.
type NamesOf<'a> = for<'n> fn(&'n NearestCandidates<'a>) -> &'n NearNames;

/// Candidates that are named; a contract of a whole company has any number of them,
/// in the row of each of its entries.
const NAMED: usize = 20;

/// The first of some candidates, and how many there are where that is not all.
fn listed<'a>(candidates: impl ExactSizeIterator<Item = &'a str>, separator: &str) -> String {
    let all = candidates.len();
    let mut named = candidates.take(NAMED).collect::<Vec<_>>().join(separator);
    if all > NAMED {
        let _ = write!(named, "{separator}… ({all})");
    }
    named
}

/// More contracts of one customer are no suggestion.
const SUGGESTED: usize = 3;

impl<'a> NearestCandidates<'a> {
    /// The names of a book and of the user's map.
    #[must_use]
    pub fn new(book: &'a Book, mapping: &'a Mapping) -> Self {
        let mut near = Self {
            book,
            mapping,
            mapped: NearMapped::new(mapping),
            contracts: OnceLock::new(),
            lines: OnceLock::new(),
            tasks: OnceLock::new(),
            orders: OnceLock::new(),
            customers: OnceLock::new(),
            ambiguous: BTreeMap::new(),
        };
        for (contract, serving) in book.contracts.iter().zip(servings(book)) {
            if let Serving::Ambiguous(lines) = serving {
                let products = lines.iter().map(|line| book.line(*line).product.as_str());
                near.ambiguous.entry(Name::new(&contract.label)).or_default().extend(products);
            }
        }
        near
    }

    fn contracts(&self) -> &NearNames {
        self.contracts.get_or_init(|| NearNames::of(self.book.contracts.iter().map(|c| &*c.label)))
    }

    fn lines(&self) -> &NearNames {
        let name = |line: &OrderLine| {
            let order = &self.book.orders[line.order.0].name;
            let description = line.description.as_deref().unwrap_or(&line.product);
            let first = description.lines().next().unwrap_or_default();
            format!("{order} - {first}")
        };
        self.lines.get_or_init(|| NearNames::of(self.book.lines.iter().map(name)))
    }

    fn tasks(&self) -> &NearNames {
        let tasks = self.book.tasks.iter().filter(|task| !task.lines.is_empty());
        self.tasks.get_or_init(|| NearNames::of(tasks.map(|task| &*task.name)))
    }

    fn orders(&self) -> &NearNames {
        self.orders.get_or_init(|| NearNames::of(self.book.orders.iter().map(|order| &order.name)))
    }

    /// The nearest order line, contract, task or order for an unmatched key, as
    /// it is reported. An ambiguous contract (rule 3.4) is told by its products;
    /// what the entry itself says tells nothing.
    #[must_use]
    pub fn candidate(&self, key: &EntryKey, reason: &UnmatchedReason) -> String {
        let nearest = self.nearest_name(key, reason);
        if *reason == UnmatchedReason::AmbiguousContract
            && let Some(products) = self.ambiguous.get(&Name::new(&nearest))
        {
            return listed(products.iter().copied(), " | ");
        }
        let own = [KeyPart::LineLabel, KeyPart::Contract, KeyPart::Task];
        let said = own.iter().filter_map(|part| key.get(*part));
        let repeats = said.map(Name::new).any(|said| said == Name::new(&nearest));
        if repeats { String::new() } else { nearest }
    }

    /// The same, though the entry itself says it.
    #[must_use]
    pub fn nearest_name(&self, key: &EntryKey, reason: &UnmatchedReason) -> String {
        if let UnmatchedReason::AmbiguousLine(lines) | UnmatchedReason::AmbiguousTask(lines) =
            reason
        {
            return listed(lines.iter().map(|line| self.book.line(*line).id.as_str()), " ");
        }
        if !names_contract(&key.parts())
            && let Some(Mapped::To(_, pointed)) = self.mapping.apply(key)
        {
            return self.nearest(&pointed).unwrap_or_default();
        }
        self.nearest(key)
            .or_else(|| self.mapped.nearest(key).map(str::to_owned))
            .or_else(|| self.of_client(key))
            .unwrap_or_default()
    }

    fn nearest(&self, key: &EntryKey) -> Option<String> {
        let parts: [(KeyPart, NamesOf<'a>); 6] = [
            (KeyPart::LineLabel, Self::lines),
            (KeyPart::Contract, Self::contracts),
            (KeyPart::Task, Self::tasks),
            (KeyPart::Contract, Self::orders),
            (KeyPart::Project, Self::contracts),
            (KeyPart::Activity, Self::tasks),
        ];
        let near = |(part, names): (KeyPart, NamesOf<'a>)| {
            let text = key.get(part)?;
            names(self).nearest(text).map(str::to_owned)
        };
        parts.into_iter().find_map(near)
    }

    /// The contracts of the customer that a tracker's client may be.
    fn of_client(&self, key: &EntryKey) -> Option<String> {
        let client = key.get(KeyPart::Client)?;
        let customers = self.customers.get_or_init(|| Customers::of(self.book));
        let customer = customers.names.nearest(client)?;
        let contracts = customers.contracts.get(&Name::new(customer))?;
        let labels = contracts.iter().map(|at| self.book.contracts[at.0].label.as_str());
        (contracts.len() <= SUGGESTED).then(|| labels.collect::<Vec<_>>().join(" | "))
    }
}
