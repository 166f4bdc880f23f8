//! The units of measure: what sheets and the configuration say of them, brought
//! together (RULES.md, chapter 5).

use crate::config::Configuration;
use crate::diagnostics::{Error, Place};
use crate::ingest::{Role, RowCounts, Sheet, read_units};
use crate::model::{UnitDeclaration, UnitFault, UnitTable};
use crate::reconcile::OnConflict;

/// All units, and what was read of them.
pub(super) struct Units {
    pub(super) table: UnitTable,
    /// Rows of the sheets of units and categories, in their order.
    pub(super) rows: Vec<RowCounts>,
}

/// Brings together what sheets and the configuration declare.
///
/// # Errors
/// [`Error::Contradiction`] and [`Error::BadUnit`].
pub(super) fn units(
    sheets: &[Sheet],
    configuration: &Configuration,
    choice: OnConflict,
) -> Result<Units, Error> {
    let of_units: Vec<&Sheet> = sheets.iter().filter(|sheet| is_units(sheet)).collect();
    let declared = read_units(&of_units)?;
    let configured = configuration.units();
    let mut all: Vec<UnitDeclaration> = configured.to_vec();
    // The configuration changes what a file says of a unit of the same name.
    let same = |a: &UnitDeclaration, b: &UnitDeclaration| {
        crate::model::Name::new(&a.name) == crate::model::Name::new(&b.name)
            && crate::model::Name::new(&a.category) == crate::model::Name::new(&b.category)
    };
    let mut kept: Vec<&(UnitDeclaration, Place)> = Vec::new();
    for declaration in &declared.units {
        let (unit, place) = declaration;
        if configured.iter().any(|own| same(own, unit)) {
            continue;
        }
        let Some(known) = kept.iter_mut().find(|known| same(&known.0, unit)) else {
            kept.push(declaration);
            continue;
        };
        if known.0.ratio == unit.ratio && known.0.rounding == unit.rounding {
            // Equal: the table adds its ids.
            kept.push(declaration);
        } else {
            match choice {
                OnConflict::First => {}
                OnConflict::Newest => *known = declaration,
                OnConflict::Fault => {
                    return Err(unit_contradiction(&known.0, &known.1, unit, place));
                }
            }
        }
    }
    all.extend(kept.into_iter().map(|(unit, _)| unit.clone()));
    let table = UnitTable::new(all, configuration.aliases()).map_err(|fault| {
        let names = match &fault {
            UnitFault::Contradicts { name, .. } => [name.clone(), String::new()],
            UnitFault::NoReference { category } => [category.clone(), String::new()],
            UnitFault::SeveralReferences { first, second, .. } => [second.clone(), first.clone()],
            UnitFault::NoHour { reference, .. } => [reference.clone(), String::new()],
            // Only the configuration has aliases.
            UnitFault::UnknownAlias { .. } => [String::new(), String::new()],
        };
        let found = declared
            .units
            .iter()
            .rev()
            .find(|(unit, _)| names.contains(&unit.name) || names.contains(&unit.category))
            .filter(|_| names != [String::new(), String::new()]);
        let in_configuration = || {
            let place = Place::new(configuration.path().unwrap_or("drawdown.toml"), None);
            let unit = configured
                .iter()
                .rev()
                .find(|unit| names.contains(&unit.name) || names.contains(&unit.category));
            match unit.and_then(|unit| configuration.declared_unit_place(&unit.name)) {
                Some((line, _)) => place.at_row(line as u64),
                None => place,
            }
        };
        let place = found.map_or_else(in_configuration, |(_, place)| place.clone());
        let (problem, help) = match fault {
            UnitFault::Contradicts { name, category } => (
                format!("unit \"{name}\" stands twice in category \"{category}\", with another ratio or rounding"),
                "keep one of the two",
            ),
            UnitFault::UnknownAlias { alias, name } => (
                format!("alias \"{alias}\" means \"{name}\", which is no unit of measure"),
                "name a unit that is known, or declare it under [units]",
            ),
            UnitFault::NoReference { category } => (
                format!("category \"{category}\" has no reference unit"),
                if found.is_some() { "give one of its units ratio 1" } else { "add reference = true to one of its units" },
            ),
            UnitFault::SeveralReferences { category, first, second } => (
                format!("category \"{category}\" has two reference units, \"{first}\" and \"{second}\""),
                if found.is_some() { "exactly one unit of a category has ratio 1" } else { "leave reference = true with one of them" },
            ),
            UnitFault::NoHour { category, reference } => (
                format!("the reference unit of category \"{category}\" is \"{reference}\", and nothing says how many hours that is"),
                "declare Hours in it as well: 0.125 where the reference is a day of 8 hours",
            ),
        };
        Error::BadUnit { place, problem, help: help.to_owned() }
    })?;
    Ok(Units { table, rows: declared.rows })
}

fn unit_contradiction(
    first: &UnitDeclaration,
    first_place: &Place,
    second: &UnitDeclaration,
    second_place: &Place,
) -> Error {
    let (column, first_says, second_says) = if first.ratio == second.ratio {
        ("rounding", &first.rounding, &second.rounding)
    } else {
        ("ratio", first.ratio.value(), second.ratio.value())
    };
    Error::Contradiction {
        record: format!("unit {}", second.name),
        column,
        first: first_says.to_string(),
        first_place: Box::new(first_place.clone()),
        second: second_says.to_string(),
        second_place: Box::new(second_place.clone()),
        more: String::new(),
    }
}

/// Whether a sheet says what units there are.
pub(super) fn is_units(sheet: &Sheet) -> bool {
    matches!(sheet.role(), Role::Units | Role::UnitCategories)
}
