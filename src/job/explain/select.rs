//! What a name on the command line means: an order, a line, a contract, a task
//! or a customer, each as it is matched everywhere else.

use std::collections::BTreeSet;

use crate::diagnostics::Error;
use crate::ingest::without_guard;
use crate::model::{Book, LineIndex, Name, NearNames};
use crate::report::Found;

/// Everything that has the name, and its lines. A name may be given as a CSV
/// has it, with the `'` that guards it.
pub(super) fn select(book: &Book, what: &str) -> Result<(Vec<Found>, BTreeSet<LineIndex>), Error> {
    let what = what.trim();
    let found = by_name(book, what);
    let bare = without_guard(what);
    if found.is_err() && bare != what {
        return by_name(book, bare).or(found);
    }
    found
}

fn by_name(book: &Book, what: &str) -> Result<(Vec<Found>, BTreeSet<LineIndex>), Error> {
    let name = Name::new(what);
    let same = |text: &str| !name.is_blank() && Name::new(text) == name;
    let all = || (0..book.lines.len()).map(LineIndex);
    let mut found: Vec<(&'static str, String, BTreeSet<LineIndex>)> = Vec::new();

    let of_order: BTreeSet<LineIndex> =
        all().filter(|line| same(&book.order_of(*line).name)).collect();
    if let Some(first) = of_order.first() {
        found.push(("order", book.order_of(*first).name.clone(), of_order));
    }
    let id = Some(what).filter(|id| !id.is_empty());
    if let Some(line) = book.line_by_id(id, id) {
        found.push(("line", book.line(line).id.to_string(), BTreeSet::from([line])));
    }
    for contract in book.contracts(id, id, id).into_vec() {
        if let Some(contract) = book.contracts.get(contract.0) {
            let lines = contract.lines.iter().copied().collect();
            found.push(("contract", contract.label.to_string(), lines));
        }
    }
    let tasks = book.task_by_id(id, id).map(|task| vec![task]);
    let tasks =
        tasks.or_else(|| id.map(|id| book.tasks_by_name(id).into_vec())).unwrap_or_default();
    for task in tasks.into_iter().filter_map(|task| book.tasks.get(task)) {
        found.push(("task", task.name.to_string(), task.lines.iter().copied().collect()));
    }
    let of_customer: BTreeSet<LineIndex> =
        all().filter(|line| book.order_of(*line).customer.as_deref().is_some_and(same)).collect();
    if let Some(customer) =
        of_customer.first().and_then(|line| book.order_of(*line).customer.clone())
    {
        found.push(("customer", customer.to_string(), of_customer));
    }
    let lines: BTreeSet<LineIndex> = found.iter().flat_map(|(.., lines)| lines).copied().collect();
    if lines.is_empty() {
        return Err(nothing(book, what, &found));
    }
    let ids = |lines: &BTreeSet<LineIndex>| {
        lines.iter().map(|line| book.line(*line).id.to_string()).collect::<Vec<_>>()
    };
    let found = found
        .into_iter()
        .map(|(kind, name, lines)| Found { kind, name, lines: ids(&lines) })
        .collect();
    Ok((found, lines))
}

fn nothing(
    book: &Book,
    what: &str,
    found: &[(&'static str, String, BTreeSet<LineIndex>)],
) -> Error {
    if let Some((kind, name, _)) = found.first() {
        return Error::NothingToDo {
            problem: format!("{kind} {name} has no order line, so there is no figure to explain"),
            help: "name an order, a line, a contract, a task or a customer".to_owned(),
        };
    }
    let mut kinds: [(&str, NearNames); 5] =
        ["order", "line", "contract", "task", "customer"].map(|kind| (kind, NearNames::default()));
    let mut insert = |at: usize, text: &str| {
        if let Some((_, names)) = kinds.get_mut(at) {
            names.insert(text);
        }
    };
    for line in &book.lines {
        insert(1, &line.id);
    }
    for order in &book.orders {
        insert(0, &order.name);
        if let Some(customer) = &order.customer {
            insert(4, customer);
        }
    }
    for contract in &book.contracts {
        insert(2, &contract.label);
    }
    for task in &book.tasks {
        insert(3, &task.name);
    }
    let near: Vec<String> = kinds
        .iter()
        .filter_map(|(kind, names)| Some(format!("{kind} {}", names.nearest(what)?)))
        .collect();
    let help = if near.is_empty() {
        "delivered.csv has their names".to_owned()
    } else {
        format!("nearest: {}", near.join(", "))
    };
    Error::NothingToDo {
        problem: format!("no order, line, contract, task or customer is named \"{what}\""),
        help,
    }
}
