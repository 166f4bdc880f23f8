//! The units of measure: what sheets and the configuration say of them, brought
//! together (RULES.md, chapter 5).

use crate::config::Configuration;
use crate::diagnostics::{Error, Place};
use crate::ingest::{DeclaredUnits, Role, RowCounts, Sheet, read_units};
use crate::model::{Name, UnitDeclaration, UnitFault, UnitTable};
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
        Name::new(&a.name) == Name::new(&b.name) && Name::new(&a.category) == Name::new(&b.category)
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
        let in_configuration = configured
            .iter()
            .rev()
            .find(|unit| names.contains(&unit.name) || names.contains(&unit.category))
            .and_then(|unit| configuration.declared_unit_place(&unit.name));
        let alias_of = match &fault {
            UnitFault::UnknownAlias { alias, .. } => Some(alias.clone()),
            _ => None,
        };
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
        match (found, alias_of) {
            (Some((_, place)), _) => {
                Error::BadUnit { place: place.clone(), problem, help: help.to_owned() }
            }
            // What no file says is said by the configuration.
            (None, Some(alias)) => configuration.bad_alias(&alias, format!("{problem}; help: {help}")),
            (None, None) => {
                configuration.problem_at(in_configuration, format!("{problem}; help: {help}"))
            }
        }
    })?;
    need_effect(&table, &declared, configuration)?;
    Ok(Units { table, rows: declared.rows })
}

/// That no alias of the user's stands for nothing, since a unit has its name (rule
/// 5.5). One that a file names is that file's, and not everybody's.
fn need_effect(
    table: &UnitTable,
    declared: &DeclaredUnits,
    configuration: &Configuration,
) -> Result<(), Error> {
    let in_file = |alias: &str| {
        let alias = Name::new(alias);
        declared.units.iter().any(|(unit, _)| {
            Name::new(&unit.name) == alias || unit.ids.iter().any(|id| Name::new(id) == alias)
        })
    };
    let is_idle = |(alias, unit): &&(String, String)| {
        table.find(alias) != table.find(unit) && !in_file(alias)
    };
    configuration.aliases().iter().find(is_idle).map_or(Ok(()), |(alias, unit)| {
        Err(configuration.bad_alias(
            alias,
            format!(
                "\"{alias}\" is the name of a unit itself, which goes before an alias, so it never means \"{unit}\"; help: take the alias out"
            ),
        ))
    })
}

/// That what the user says of the unit of a file is one.
///
/// # Errors
/// [`Error::BadConfiguration`], where the file's pattern stands.
pub(super) fn need_units_of_files(
    table: &UnitTable,
    sheets: &[Sheet],
    configuration: &Configuration,
) -> Result<(), Error> {
    let unknown = |unit: &str| table.find(unit).is_none();
    for choice in configuration.how().files {
        let Some(unit) = choice.unit.as_deref().filter(|unit| unknown(unit)) else { continue };
        let is_its = |sheet: &&Sheet| {
            sheet.unit.as_deref() == Some(unit) && choice.pattern.matches(&sheet.source.shown)
        };
        if let Some(sheet) = sheets.iter().find(is_its) {
            return Err(configuration.bad_file_choice(
                choice.pattern.as_str(),
                format!(
                    "{} is said to be in \"{unit}\", which is no unit of measure; help: name a unit that is known, or declare it under [units]",
                    sheet.place()
                ),
            ));
        }
    }
    Ok(())
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
