//! The book of a run: orders, lines, tasks and contracts put together, with
//! the look-ups by which entries find them (RULES.md, "Keys").

use std::sync::OnceLock;

use rayon::prelude::*;

use super::adjustment::Adjustment;
use super::ids::{Name, fold_into, split_code};
use super::lookup::{Few, Lookup, digest};
use super::order::{ContractIndex, LineIndex, Order, OrderIndex, OrderLine};
use super::records::Reference;
use super::text::Text;
use super::unit::UnitTable;
use crate::diagnostics::Naming;

/// An analytic account.
#[derive(Debug, Clone)]
pub struct Contract {
    /// As a person knows it: `SO009 - Agrolait`.
    pub label: Text,
    /// The lines whose contract it is, in the order of the book.
    pub lines: Vec<LineIndex>,
}

/// A task.
#[derive(Debug, Clone)]
pub struct Task {
    /// Its name.
    pub name: Text,
    /// The name of its project.
    pub project: Option<Text>,
    /// The lines it works for, in the order of the book: one, for most tasks;
    /// none, for some.
    pub lines: Vec<LineIndex>,
}

/// What a look-up by name finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Candidates<T> {
    /// Nothing has this key.
    None,
    /// One record.
    One(T),
    /// A key that fits several records.
    Several(Vec<T>),
}

impl<T: Ord + Copy> Candidates<T> {
    fn of(found: Option<&Few<T>>) -> Self {
        match found {
            None | Some(Few::None) => Self::None,
            Some(Few::One(one)) => Self::One(*one),
            Some(several) => Self::Several(several.iter().collect()),
        }
    }

    /// All that was found.
    #[must_use]
    pub fn into_vec(self) -> Vec<T> {
        match self {
            Self::None => Vec::new(),
            Self::One(one) => vec![one],
            Self::Several(several) => several,
        }
    }
}

/// Digests of the names under which ERPs show lines, `ORDER - first line of the
/// description` in comparable form, in their order.
#[derive(Debug, Clone)]
struct LineLabels(Vec<(u64, LineIndex)>);

/// External, own and database ids of one kind of record.
#[derive(Debug, Clone, Default)]
struct IdIndex {
    ids: Lookup<Text, usize>,
    database_ids: Lookup<Text, usize>,
}

impl IdIndex {
    fn insert(&mut self, reference: Reference<&str>, index: usize) {
        self.insert_of(reference, None, index);
    }

    /// The same of a record that has one of its ids as a text already.
    fn insert_of(&mut self, reference: Reference<&str>, own: Option<&Text>, index: usize) {
        let text = |id: &str| {
            own.filter(|own| own.as_str() == id).cloned().unwrap_or_else(|| Text::from(id))
        };
        if let Some(id) = reference.id {
            self.ids.insert_new_with(id, || text(id), index);
        }
        if let Some(id) = reference.database_id {
            self.database_ids.insert_new_with(id, || text(id), index);
        }
    }

    /// An id of one kind also finds a record that only has the other kind: an
    /// own layout often carries the database id as its id.
    fn find(&self, id: Option<&str>, database_id: Option<&str>) -> Option<usize> {
        let by_id = id.and_then(|id| self.ids.get(id).or_else(|| self.database_ids.get(id)));
        by_id
            .or_else(|| {
                database_id.and_then(|id| self.database_ids.get(id).or_else(|| self.ids.get(id)))
            })
            .copied()
    }
}

/// Orders, lines, tasks, contracts and units of a run.
#[derive(Debug, Clone)]
pub struct Book {
    /// Orders, sorted by name.
    pub orders: Vec<Order>,
    /// Lines, sorted by order, sequence and id.
    pub lines: Vec<OrderLine>,
    /// Analytic accounts.
    pub contracts: Vec<Contract>,
    /// Tasks.
    pub tasks: Vec<Task>,
    /// Units of measure.
    pub units: UnitTable,
    /// Adjustments that count, in the order of their files.
    pub adjustments: Vec<Adjustment>,
    line_ids: IdIndex,
    /// Drawn up for the first label that is no id.
    line_labels: OnceLock<LineLabels>,
    task_ids: IdIndex,
    task_names: Lookup<Name, Few<usize>>,
    contract_ids: IdIndex,
    contract_names: Lookup<Name, Few<ContractIndex>>,
    contract_codes: Lookup<Name, Few<ContractIndex>>,
    contract_bare_names: Lookup<Name, Few<ContractIndex>>,
    projects: Lookup<Name, ContractIndex>,
}

impl Book {
    /// An empty book that knows its units.
    #[must_use]
    pub fn new(units: UnitTable) -> Self {
        Self {
            orders: Vec::new(),
            lines: Vec::new(),
            contracts: Vec::new(),
            tasks: Vec::new(),
            units,
            adjustments: Vec::new(),
            line_ids: IdIndex::default(),
            line_labels: OnceLock::new(),
            task_ids: IdIndex::default(),
            task_names: Lookup::default(),
            contract_ids: IdIndex::default(),
            contract_names: Lookup::default(),
            contract_codes: Lookup::default(),
            contract_bare_names: Lookup::default(),
            projects: Lookup::default(),
        }
    }

    /// Gives back the room that was kept for more.
    pub(crate) fn shrink_to_fit(&mut self) {
        self.orders.shrink_to_fit();
        self.lines.shrink_to_fit();
        self.contracts.shrink_to_fit();
        self.tasks.shrink_to_fit();
        for ids in [&mut self.line_ids, &mut self.task_ids, &mut self.contract_ids] {
            ids.ids.shrink_to_fit();
            ids.database_ids.shrink_to_fit();
        }
        self.task_names.shrink_to_fit();
        let names = &mut self.contract_names;
        for names in [names, &mut self.contract_codes, &mut self.contract_bare_names] {
            names.shrink_to_fit();
        }
    }

    /// The order of a line.
    #[must_use]
    pub fn order_of(&self, line: LineIndex) -> &Order {
        &self.orders[self.lines[line.0].order.0]
    }

    /// The name of a line's order, and its id: what it is known by from export
    /// to export.
    #[must_use]
    pub fn line_name(&self, line: LineIndex) -> (&str, &str) {
        (&self.order_of(line).name, &self.line(line).id)
    }

    /// What a line's unit is called; one that nothing declares as it was exported.
    #[must_use]
    pub fn unit_of<'a>(&'a self, line: &'a OrderLine) -> Naming<'a> {
        line.unit.map_or(Naming::given(&line.unit_text), |unit| self.units.naming(unit))
    }

    /// A line.
    #[must_use]
    pub fn line(&self, line: LineIndex) -> &OrderLine {
        &self.lines[line.0]
    }

    /// Adds an order.
    pub fn add_order(&mut self, order: Order) -> OrderIndex {
        self.orders.push(order);
        OrderIndex(self.orders.len() - 1)
    }

    /// Adds a line with all the ids it is known by.
    pub fn add_line(&mut self, line: OrderLine, ids: Reference<&str>) -> LineIndex {
        let index = LineIndex(self.lines.len());
        self.line_ids.insert_of(ids, Some(&line.id), index.0);
        self.line_labels.take();
        if let Some(contract) = line.contract {
            let lines = &mut self.contracts[contract.0].lines;
            // One line, for most contracts.
            if lines.is_empty() {
                lines.reserve_exact(1);
            }
            lines.push(index);
        }
        self.lines.push(line);
        index
    }

    /// Adds a task of a task file.
    pub fn add_task(
        &mut self,
        reference: Reference<&str>,
        project: Option<&str>,
        line: Option<LineIndex>,
    ) {
        let known = self.task_ids.find(reference.id, reference.database_id);
        let index = known.unwrap_or_else(|| self.new_task(reference, None));
        let task = &mut self.tasks[index];
        if task.project.is_none() {
            task.project = project.map(Text::from);
        }
        self.task_ids.insert(reference, index);
        if let Some(line) = line {
            self.link(index, line);
        }
    }

    /// Adds the task that a line names itself, by id or name, once the task
    /// files are known: a task that both have is one.
    pub fn add_task_of_line(&mut self, reference: Reference<&str>, line: LineIndex) {
        let text = reference.text;
        let by_id = self
            .task_ids
            .find(reference.id, reference.database_id)
            .or_else(|| self.task_ids.find(text, None));
        let known = by_id.or_else(|| {
            // A name alone is a listed task's only where that is the one of
            // the name that can be meant.
            let named = self.task_names.get(&Name::new(text?))?;
            let own = named.iter().find(|task| self.tasks[*task].lines.contains(&line));
            let free = || match Candidates::of(Some(named)) {
                Candidates::One(task) if self.tasks[task].lines.is_empty() => Some(task),
                _ => None,
            };
            own.or_else(free)
        });
        let index = known.unwrap_or_else(|| {
            // The line has the text already, as a rule.
            let own = self.lines[line.0].task.clone();
            self.new_task(reference, own.filter(|own| Some(&**own) == reference.label()))
        });
        self.task_ids.insert(reference, index);
        self.link(index, line);
    }

    fn new_task(&mut self, reference: Reference<&str>, name: Option<Text>) -> usize {
        let index = self.tasks.len();
        let name = name.unwrap_or_else(|| reference.label().unwrap_or_default().into());
        self.tasks.push(Task { name, project: None, lines: Vec::new() });
        if let Some(name) = reference.text.map(Name::new)
            && !name.is_blank()
        {
            self.task_names.entry(name, Few::default).insert(index);
        }
        index
    }

    fn link(&mut self, task: usize, line: LineIndex) {
        let Task { name, lines, .. } = &mut self.tasks[task];
        if let Err(place) = lines.binary_search(&line) {
            lines.reserve_exact(1);
            lines.insert(place, line);
        }
        self.lines[line.0].task.get_or_insert_with(|| name.clone());
    }

    /// The contract that a reference means, added when it is new.
    pub fn add_contract(&mut self, reference: Reference<&str>) -> Option<ContractIndex> {
        if reference.is_blank() {
            return None;
        }
        let name = reference.text.map(Name::new);
        let by_id = self.contract_ids.find(reference.id, reference.database_id).map(ContractIndex);
        let known = by_id.or_else(|| {
            // Without an id the full text decides, as both exports write it.
            let code = || reference.code.map(Name::new);
            let found = match &name {
                Some(name) => self.contract_names.get(name),
                None => self.contract_names.get(&code()?),
            };
            match Candidates::of(found) {
                Candidates::One(one)
                    if reference.id.is_none() && reference.database_id.is_none() =>
                {
                    Some(one)
                }
                _ => None,
            }
        });
        let index = known.unwrap_or_else(|| {
            self.contracts.push(Contract {
                label: reference.label().unwrap_or_default().into(),
                lines: Vec::new(),
            });
            ContractIndex(self.contracts.len() - 1)
        });
        self.contract_ids.insert(reference, index.0);
        if let (Some(name), Some(text)) = (name, reference.text) {
            self.contract_names.entry(name, Few::default).insert(index);
            if let Some((code, name)) = split_code(text) {
                self.contract_codes.entry(Name::new(code), Few::default).insert(index);
                self.contract_bare_names.entry(Name::new(name), Few::default).insert(index);
            }
        }
        if let Some(code) = reference.code {
            self.contract_codes.entry(Name::new(code), Few::default).insert(index);
        }
        Some(index)
    }

    /// Says which contract a project has.
    pub fn add_project(&mut self, project: Reference<&str>, contract: ContractIndex) {
        if let Some(name) = project.text {
            self.projects.insert_new(&Name::new(name), contract);
        }
    }

    /// The line with an id.
    #[must_use]
    pub fn line_by_id(&self, id: Option<&str>, database_id: Option<&str>) -> Option<LineIndex> {
        self.line_ids.find(id, database_id).map(LineIndex)
    }

    /// Whether a line's id is one of an own layout or an external one, and not
    /// the number of a database.
    #[must_use]
    pub fn has_external_id(&self, line: LineIndex) -> bool {
        self.line_ids.ids.get(&*self.lines[line.0].id) == Some(&line.0)
    }

    /// Whether [`Self::lines_by_label`] looks for a text among the display names.
    #[must_use]
    pub fn may_be_display_name(&self, label: &str) -> bool {
        self.line_by_id(Some(label), None).is_none() && is_like_a_label(&Name::new(label))
    }

    /// The lines that a text means: an id, or an ERP's display name of a line
    /// (`S00046 - [CONS-D] Senior Consulting (Ødegård AS)`).
    #[must_use]
    pub fn lines_by_label(&self, label: &str) -> Candidates<LineIndex> {
        if let Some(line) = self.line_by_id(Some(label), None) {
            return Candidates::One(line);
        }
        let folded = Name::new(label);
        if !is_like_a_label(&folded) {
            return Candidates::None;
        }
        let whole = self.labelled(&folded);
        if whole != Candidates::None {
            return whole;
        }
        // The customer stands in brackets at the end; a description may end in
        // brackets as well, so the shortest customer is tried first.
        let text = folded.as_str();
        if !text.ends_with(')') {
            return Candidates::None;
        }
        text.rmatch_indices(" (")
            .map(|(position, _)| self.labelled(&Name::new(&text[..position])))
            .find(|found| *found != Candidates::None)
            .unwrap_or(Candidates::None)
    }

    /// Draws up the labels of lines, by many threads: from within a task of
    /// theirs, where a look-up does it, only one can.
    pub fn draw_up_labels(&self) {
        if self.line_labels.get().is_none() {
            let lines = (0..self.lines.len()).into_par_iter().map(LineIndex);
            let mut labels: Vec<(u64, LineIndex)> =
                lines.flat_map_iter(|line| self.digests_of_labels(line)).collect();
            labels.par_sort_unstable();
            let _ = self.line_labels.set(LineLabels(labels));
        }
    }

    fn digests_of_labels(&self, line: LineIndex) -> impl Iterator<Item = (u64, LineIndex)> {
        let digests = label_digests(&self.order_of(line).name, label_texts(self.line(line)));
        let mut last = None;
        let new = move |digest: &u64| last.replace(*digest) != Some(*digest);
        digests.into_iter().flatten().filter(new).map(move |digest| (digest, line))
    }

    /// The lines with a label.
    fn labelled(&self, label: &Name) -> Candidates<LineIndex> {
        let LineLabels(labels) = self.line_labels.get_or_init(|| {
            let lines = (0..self.lines.len()).map(LineIndex);
            let mut labels: Vec<(u64, LineIndex)> =
                lines.flat_map(|line| self.digests_of_labels(line)).collect();
            labels.sort_unstable();
            LineLabels(labels)
        });
        let wanted = digest(label);
        let start = labels.partition_point(|(digest, _)| *digest < wanted);
        let alike = labels.iter().skip(start).take_while(|(digest, _)| *digest == wanted);
        let mut found = Few::default();
        for (_, line) in alike {
            let own = line_labels(&self.order_of(*line).name, self.line(*line));
            if own.contains(label) {
                found.insert(*line);
            }
        }
        Candidates::of(Some(&found))
    }

    /// The task with an id.
    #[must_use]
    pub fn task_by_id(&self, id: Option<&str>, database_id: Option<&str>) -> Option<usize> {
        self.task_ids.find(id, database_id)
    }

    /// The tasks with a name; an own layout's task may be an id as well.
    #[must_use]
    pub fn tasks_by_name(&self, name: &str) -> Candidates<usize> {
        if let Some(task) = self.task_by_id(Some(name), None) {
            return Candidates::One(task);
        }
        Candidates::of(self.task_names.get(&Name::new(name)))
    }

    /// The contracts that a reference means: by id, code, `[code] name`, name.
    #[must_use]
    pub fn contracts(
        &self,
        id: Option<&str>,
        database_id: Option<&str>,
        text: Option<&str>,
    ) -> Candidates<ContractIndex> {
        if let Some(index) = self.contract_ids.find(id, database_id) {
            return Candidates::One(ContractIndex(index));
        }
        let Some(text) = text else { return Candidates::None };
        if let Some(index) = self.contract_ids.find(Some(text.trim()), None) {
            return Candidates::One(ContractIndex(index));
        }
        let name = Name::new(text);
        if name.is_blank() {
            return Candidates::None;
        }
        for index in [&self.contract_codes, &self.contract_names, &self.contract_bare_names] {
            let found = Candidates::of(index.get(&name));
            if found != Candidates::None {
                return found;
            }
        }
        // The entry writes `[code] name`, the order only one of the two.
        if let Some((code, bare)) = split_code(text) {
            for (index, part) in [
                (&self.contract_codes, code),
                (&self.contract_names, code),
                (&self.contract_names, bare),
            ] {
                let found = Candidates::of(index.get(&Name::new(part)));
                if found != Candidates::None {
                    return found;
                }
            }
        }
        Candidates::None
    }

    /// The contract of a project, where a projects file says it.
    #[must_use]
    pub fn contract_of_project(&self, project: &str) -> Option<ContractIndex> {
        self.projects.get(&Name::new(project)).copied()
    }
}

/// The names under which ERPs show a line, without the customer at their end.
fn line_labels(order: &str, line: &OrderLine) -> Vec<Name> {
    let texts = label_texts(line).into_iter().flatten();
    texts.map(|text| Name::new(&format!("{order} - {text}"))).collect()
}

/// Whether a name has the dash that stands behind the order in every name under
/// which ERPs show a line.
fn is_like_a_label(name: &Name) -> bool {
    name.as_str().starts_with('-') || name.as_str().contains(" -")
}

/// The digests of names under which ERPs show a line, in their order.
fn label_digests(order: &str, texts: [Option<&str>; 4]) -> [Option<u64>; 4] {
    let mut label = String::new();
    fold_into(&mut label, order);
    label.push_str(if label.is_empty() { "- " } else { " - " });
    let before = label.len();
    // Whether this is a space depends on what else the whole name has.
    let is_usual = |text: &str| !text.as_bytes().contains(&b'\x0b');
    let mut digests = texts.map(|text| {
        let text = text?;
        if !is_usual(order) || !is_usual(text) {
            return Some(digest(&Name::new(&format!("{order} - {text}"))));
        }
        fold_into(&mut label, text);
        // Before a blank text there is no space.
        let own = digest(label.trim_end());
        label.truncate(before);
        Some(own)
    });
    digests.sort_unstable();
    digests
}

/// What stands behind the order in the names under which ERPs show a line.
fn label_texts(line: &OrderLine) -> [Option<&str>; 4] {
    let rows = line.description.as_deref().unwrap_or_default().lines();
    let mut rows = rows.map(str::trim).filter(|row| !row.is_empty());
    let product = Some(line.product.as_str()).filter(|product| !product.is_empty());
    let name = product.and_then(split_code).map(|(_, name)| name);
    // Odoo 19 shows the description's second line where there is one.
    [rows.next(), rows.next(), product, name]
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn labels_are_told_by_their_parts_as_by_the_whole(
            order in "[ SoØ\u{b}=\u{338}9\u{a0}]{0,4}",
            texts in proptest::array::uniform4(proptest::option::of("[ aBÉ\u{b}\u{338}ﬁ-]{0,4}")),
        ) {
            let texts = texts.each_ref().map(Option::as_deref);
            let mut expected = texts.map(|text| {
                text.map(|text| digest(&Name::new(&format!("{order} - {text}"))))
            });
            expected.sort_unstable();
            proptest::prop_assert_eq!(label_digests(&order, texts), expected);
            for text in texts.into_iter().flatten() {
                let label = Name::new(&format!("{order} - {text}"));
                proptest::prop_assert!(is_like_a_label(&label), "{:?}", label);
            }
        }
    }
}
