//! Units of measure and their categories, as ERPs export them (rule 5.4).

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use crate::diagnostics::{Error, FaultKind, Phrase, Place};
use crate::model::{Exact, Ratio, UnitDeclaration, WORKING_TIME, default_rounding};

use super::cells::{Cell, CellReader, FromText, record_of_cells};
use super::column;
use super::columns::only_number;
use super::fields::Field;
use super::required::{UNIT_NAME, require};
use super::rows::RowCounts;
use super::selections::{self, UnitTypeValue};
use super::sheet::Sheet;

/// Two figures of one unit may differ by this much: floats that were printed.
fn tolerance() -> Exact {
    Exact::decimal(1, 9)
}

type Text = Option<String>;

record_of_cells! {
    struct UnitCells {
        unit: Text,
        unit_id: Text,
        unit_database_id: Text,
        category: Text,
        category_id: Text,
        category_database_id: Text,
        unit_type: Cell<UnitType>,
        factor: Text,
        factor_inverse: Text,
        combined_ratio: Text,
        ratio: Text,
        relative_unit: Text,
        relative_unit_id: Text,
        relative_factor: Text,
        rounding: Text,
    }
}

/// A row that declares a unit.
struct UnitRow<'s> {
    cells: UnitCells,
    place: Place,
    sheet: &'s Sheet,
}

impl UnitRow<'_> {
    /// The row's cell of the first of these fields that the sheet has.
    fn at(&self, fields: &[Field]) -> Place {
        let column = fields.iter().find_map(|field| self.sheet.column(*field));
        column
            .map_or_else(|| self.place.clone(), |column| self.sheet.in_column(&self.place, column))
    }
}

/// Bigger, reference or smaller, up to Odoo 18.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct UnitType(UnitTypeValue);

impl FromText for UnitType {
    const KIND: FaultKind = FaultKind::UnknownValue;
    const EXPECTED: Phrase = Phrase::OneOf { values: &["bigger", "reference", "smaller"] };
    fn from_text(text: &str) -> Option<Self> {
        selections::unit_type(text).map(Self)
    }
}

/// What the sheets of units and categories declare.
#[derive(Debug, Default)]
pub struct DeclaredUnits {
    /// Each unit with the row that declares it.
    pub units: Vec<(UnitDeclaration, Place)>,
    /// Rows read, by sheet in the order given.
    pub rows: Vec<RowCounts>,
}

/// Reads all sheets of units and of their categories together: a category that
/// one sheet names by id may have its name in another.
///
/// # Errors
/// What makes a file unreadable; [`Error::BadUnit`] with the row of a unit
/// that cannot be right.
pub fn read_units(sheets: &[&Sheet]) -> Result<DeclaredUnits, Error> {
    let mut declared = DeclaredUnits::default();
    let mut rows: Vec<UnitRow<'_>> = Vec::new();
    let mut categories: BTreeMap<String, String> = BTreeMap::new();
    let mut category_of_unit: BTreeMap<String, String> = BTreeMap::new();
    for sheet in sheets {
        let is_units = sheet.role() == super::fields::Role::Units;
        if is_units {
            require(sheet, false, &UNIT_NAME)?;
        }
        let own: CellReader<'_, UnitCells> = CellReader::new(sheet, false);
        let nested: CellReader<'_, UnitCells> = CellReader::new(sheet, true);
        let mut category = String::new();
        let rows_read = sheet.for_each_row(|number, row| {
            if let Some(fault) = sheet.row_fault(number, row) {
                let problem =
                    format!("the row goes on behind its last column: \"{}\"", fault.found.text());
                let help = "put the cell that holds a delimiter in quotes, like \"7,5\"";
                return Err(bad_unit(fault.place, problem, help));
            }
            let cells = own.read(row);
            if is_units {
                if let Some(cells) = cells {
                    rows.push(UnitRow { cells, place: sheet.place().at_row(number), sheet });
                }
                return Ok(ControlFlow::Continue(()));
            }
            if let Some(cells) = cells {
                category = cells.category.unwrap_or_default();
                for id in [cells.category_id, cells.category_database_id].into_iter().flatten() {
                    categories.entry(id).or_insert_with(|| category.clone());
                }
            }
            if let Some(unit) = nested.read(row) {
                for id in [unit.unit_id, unit.unit].into_iter().flatten() {
                    category_of_unit.entry(id).or_insert_with(|| category.clone());
                }
            }
            Ok(ControlFlow::Continue(()))
        })?;
        declared.rows.push(rows_read);
    }
    rows.sort_by(|a, b| a.place.cmp(&b.place));
    for UnitRow { cells, .. } in &rows {
        if let (Some(id), Some(name)) = (&cells.category_id, &cells.category) {
            categories.entry(id.clone()).or_insert_with(|| name.clone());
        }
    }
    let relative = Relatives::new(&rows);
    for row in &rows {
        let cells = &row.cells;
        let category = cells
            .category_id
            .as_ref()
            .and_then(|id| categories.get(id))
            .cloned()
            .or_else(|| cells.category.clone())
            .or_else(|| {
                let keys = [&cells.unit_id, &cells.unit];
                keys.into_iter().flatten().find_map(|key| category_of_unit.get(key)).cloned()
            });
        declared.units.push((declaration(row, category, &relative)?, row.place.clone()));
    }
    Ok(declared)
}

fn declaration(
    row: &UnitRow<'_>,
    category: Option<String>,
    relatives: &Relatives<'_>,
) -> Result<UnitDeclaration, Error> {
    let cells = &row.cells;
    let name = cells.unit.clone().unwrap_or_default();
    let bad = |field: Field, problem: String, help: &str| bad_unit(row.at(&[field]), problem, help);
    if name.is_empty() {
        return Err(bad(
            Field::Unit,
            "a unit of measure without a name".to_owned(),
            "fill the unit's name",
        ));
    }
    if let Cell::Unreadable(found) = &cells.unit_type {
        return Err(bad(
            Field::UnitType,
            format!(
                "the type \"{found}\" of unit \"{name}\" is none of bigger, reference, smaller"
            ),
            "export the units again",
        ));
    }
    let rounding = match cells.rounding.as_deref() {
        None => default_rounding(),
        Some(text) => {
            column::number(text).map(Exact::from).filter(Exact::is_positive).ok_or_else(|| {
                bad(
                    Field::Rounding,
                    format!("the rounding \"{text}\" of unit \"{name}\" is no number above zero"),
                    "write a step like 0.01",
                )
            })?
        }
    };
    let by_era = if relatives.are_used() {
        let root = relatives.root(row)?;
        (root.ratio, root.category, root.of_itself)
    } else {
        let ratio = stated_ratio(cells, &name, &|fields| row.at(fields))?;
        let reference = match &cells.unit_type {
            Cell::Value(UnitType(UnitTypeValue::Reference)) => true,
            Cell::Value(_) => false,
            // drawdown's own layout has no type: the reference has ratio 1.
            _ => ratio.value() == &Exact::one(),
        };
        let category = category.ok_or_else(|| {
            let problem = format!("unit \"{name}\" has no category");
            bad(Field::Category, problem, "export the category, or fill the cell")
        })?;
        (ratio, category, reference)
    };
    let (ratio, category, reference) = by_era;
    let ids = [&cells.unit_id, &cells.unit_database_id].into_iter().flatten().cloned().collect();
    Ok(UnitDeclaration { name, category, ratio, rounding, ids, reference })
}

fn bad_unit(place: Place, problem: String, help: &str) -> Error {
    Error::BadUnit { place, problem, help: help.to_owned() }
}

/// A figure with how many digits it is written with.
struct Figure {
    field: Field,
    digits: usize,
    ratio: Ratio,
    text: String,
}

fn significant_digits(text: &str) -> usize {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let has_mark = text.contains(['.', ',']);
    let trimmed = if has_mark { digits.trim_end_matches('0') } else { &digits };
    trimmed.trim_start_matches('0').len()
}

/// Rule 5.4: of the figures that an export gives, the one written with the
/// fewest digits is exact, and the others must agree with it.
fn stated_ratio(
    cells: &UnitCells,
    name: &str,
    at: &dyn Fn(&[Field]) -> Place,
) -> Result<Ratio, Error> {
    let bad = |field: Field, problem: String, help: &str| bad_unit(at(&[field]), problem, help);
    let read = |text: &str, inverse: bool, field: Field| -> Result<Ratio, Error> {
        let value = parse_ratio(text).and_then(Ratio::new).ok_or_else(|| {
            bad(
                field,
                format!("the ratio \"{text}\" of unit \"{name}\" is no number above zero"),
                "write a number like 8 or 7.5, or a fraction like 1/60",
            )
        })?;
        Ok(if inverse { value.inverse() } else { value })
    };
    let mut figures: Vec<Figure> = Vec::new();
    let mut add = |text: &Option<String>, inverse: bool, field: Field| -> Result<(), Error> {
        if let Some(text) = text {
            figures.push(Figure {
                field,
                digits: significant_digits(text),
                ratio: read(text, inverse, field)?,
                text: text.clone(),
            });
        }
        Ok(())
    };
    add(&cells.ratio, false, Field::Ratio)?;
    // One reference unit is so many of it, whether it is bigger or smaller.
    add(&cells.factor, true, Field::Factor)?;
    add(&cells.factor_inverse, false, Field::FactorInverse)?;
    if let Cell::Value(UnitType(kind)) = cells.unit_type {
        match kind {
            UnitTypeValue::Bigger => add(&cells.combined_ratio, false, Field::CombinedRatio)?,
            UnitTypeValue::Smaller => add(&cells.combined_ratio, true, Field::CombinedRatio)?,
            UnitTypeValue::Reference => {}
        }
    }
    figures.sort_by_key(|figure| figure.digits);
    let Some(exact) = figures.first() else {
        if let Cell::Value(UnitType(UnitTypeValue::Reference)) = cells.unit_type {
            return Ok(Ratio::one());
        }
        let columns = [Field::Ratio, Field::CombinedRatio, Field::Factor, Field::FactorInverse];
        return Err(bad_unit(
            at(&columns),
            format!("unit \"{name}\" has no ratio"),
            "export the ratio or the factor, or fill the cell",
        ));
    };
    for other in &figures {
        let quotient =
            other.ratio.value().divided_by(exact.ratio.value()).unwrap_or_else(Exact::zero);
        if (&quotient - &Exact::one()).abs() > tolerance() {
            return Err(bad(
                other.field,
                format!(
                    "the figures \"{}\" and \"{}\" of unit \"{name}\" do not agree",
                    exact.text, other.text
                ),
                "export the units again",
            ));
        }
    }
    Ok(exact.ratio.clone())
}

/// A number, or a fraction like `1/60`. A decimal that is 1/60 rounded, as
/// Odoo 19 writes its minute, is 1/60.
fn parse_ratio(text: &str) -> Option<Exact> {
    if let Some((numerator, denominator)) = text.split_once('/') {
        let numerator = Exact::from(column::number(numerator)?);
        return numerator.divided_by(&Exact::from(column::number(denominator)?));
    }
    // A comma that can only be a decimal mark is one.
    let number = only_number(text)?;
    let value = Exact::from(number);
    let sixtieth = Exact::fraction(1, 60)?;
    let step = Exact::decimal(1, number.scale());
    if significant_digits(text) >= 3 && sixtieth.rounded_half_away(&step) == value {
        return Some(sixtieth);
    }
    Some(value)
}

/// Odoo 19: a unit contains so many of another one; the root of such a chain
/// is the category.
struct Relatives<'a> {
    rows: &'a [UnitRow<'a>],
    by_key: BTreeMap<&'a str, usize>,
}

struct Root {
    ratio: Ratio,
    category: String,
    of_itself: bool,
}

impl<'a> Relatives<'a> {
    fn new(rows: &'a [UnitRow<'a>]) -> Self {
        let mut by_key = BTreeMap::new();
        for (index, UnitRow { cells, .. }) in rows.iter().enumerate() {
            for key in [&cells.unit_id, &cells.unit].into_iter().flatten() {
                by_key.entry(key.as_str()).or_insert(index);
            }
        }
        Self { rows, by_key }
    }

    /// Whether any unit is described by another one.
    fn are_used(&self) -> bool {
        self.rows.iter().any(|UnitRow { cells, .. }| {
            cells.relative_unit.is_some() || cells.relative_unit_id.is_some()
        })
    }

    fn relative_of(cells: &UnitCells) -> Option<&str> {
        cells.relative_unit_id.as_deref().or(cells.relative_unit.as_deref())
    }

    /// The name of a unit where it stands first: exports in several languages
    /// name one unit, by its id, several times.
    fn first_name(&self, of: &UnitCells) -> String {
        let first = of.unit_id.as_deref().and_then(|id| self.by_key.get(id));
        let cells = first.map_or(of, |index| &self.rows[*index].cells);
        cells.unit.clone().unwrap_or_default()
    }

    fn root(&self, of: &UnitRow<'_>) -> Result<Root, Error> {
        const UNITS: &[Field] = &[Field::RelativeUnitId, Field::RelativeUnit];
        let name = of.cells.unit.clone().unwrap_or_default();
        let mut ratio = Exact::one();
        // The row that the chain has come to: what is wrong there is told of it.
        let mut row = of;
        for _ in 0..=self.rows.len() {
            let at = &row.cells;
            let unit = at.unit.as_deref().unwrap_or_default();
            let Some(next) = Self::relative_of(at) else {
                let root = self.first_name(at);
                let is_time = at.unit_id.as_deref() == Some("uom.product_uom_hour");
                let category = if is_time { WORKING_TIME.to_owned() } else { root };
                let ratio = Ratio::new(ratio).ok_or_else(|| {
                    bad_unit(
                        of.place.clone(),
                        format!("the ratio of unit \"{name}\" is not above zero"),
                        "export the units again",
                    )
                })?;
                return Ok(Root {
                    ratio,
                    category,
                    of_itself: Self::relative_of(&of.cells).is_none(),
                });
            };
            let text = at.relative_factor.as_deref().unwrap_or("1");
            let factor = parse_ratio(text).filter(Exact::is_positive).ok_or_else(|| {
                let problem = format!("\"{text}\", how many \"{next}\" unit \"{unit}\" contains, is no number above zero");
                bad_unit(row.at(&[Field::RelativeFactor]), problem, "write a number like 8 or 7.5, or a fraction like 1/60")
            })?;
            ratio = &ratio * &factor;
            let key = self
                .by_key
                .get(next)
                .or_else(|| at.relative_unit.as_deref().and_then(|name| self.by_key.get(name)));
            let Some(index) = key else {
                return Err(bad_unit(
                    row.at(UNITS),
                    format!("unit \"{unit}\" is described by \"{next}\", which is in no input"),
                    "export all units together",
                ));
            };
            row = &self.rows[*index];
        }
        let problem = format!("unit \"{name}\" is described by itself, perhaps through others");
        Err(bad_unit(of.at(UNITS), problem, "export the units again"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(factor: &str, inverse: &str) -> UnitCells {
        UnitCells {
            unit: Some("u".into()),
            factor: Some(factor.into()),
            factor_inverse: Some(inverse.into()),
            ..UnitCells::default()
        }
    }

    fn ratio(factor: &str, inverse: &str) -> Result<Exact, Error> {
        let place = |_: &[Field]| Place::new("units.csv", None);
        stated_ratio(&cells(factor, inverse), "u", &place).map(|r| r.value().clone())
    }

    #[test]
    fn rule_5_4_the_figure_with_the_fewest_digits_is_exact() {
        assert_eq!(ratio("1.1428571428571428", "0.875").unwrap(), Exact::fraction(7, 8).unwrap());
        assert_eq!(
            ratio("480.0", "0.0020833333333333333").unwrap(),
            Exact::fraction(1, 480).unwrap()
        );
        assert_eq!(ratio("0.2", "5.0").unwrap(), Exact::from(5));
        assert!(ratio("8", "0.13").unwrap_err().to_string().contains("do not agree"));
        assert!(ratio("0", "1").is_err());
    }

    #[test]
    fn rule_5_4_a_rounded_sixtieth_is_a_sixtieth() {
        assert_eq!(parse_ratio("0.0166667"), Exact::fraction(1, 60));
        assert_eq!(parse_ratio("1/60"), Exact::fraction(1, 60));
        assert_eq!(parse_ratio("7,5"), Some(Exact::decimal(75, 1)));
        assert_eq!(parse_ratio("0,0166667"), Exact::fraction(1, 60));
        assert_eq!(parse_ratio("7,500"), None, "seven and a half, or thousands");
        assert_eq!(parse_ratio("0.0166"), Some(Exact::decimal(166, 4)));
        assert_eq!(parse_ratio("0.02"), Some(Exact::decimal(2, 2)));
        assert_eq!(parse_ratio("1/0"), None);
    }
}
