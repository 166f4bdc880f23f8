//! A file of units of measure: what is taken in converts exactly, there and
//! back, and every unit is found by its name.

use drawdown::diagnostics::Error;
use drawdown::ingest::{How, Role, Sheet, discover, read_units};
use drawdown::model::{Exact, UnitTable};

use super::Files;

/// The file, as text in any layout that is read.
pub fn units(data: &[u8]) {
    let files = Files::new();
    let path = files.write("units.csv", data);
    let Ok(inputs) = discover(&[path], None, How::default()) else { return };
    let sheets: Vec<&Sheet> = inputs
        .sheets
        .iter()
        .filter(|sheet| matches!(sheet.role(), Role::Units | Role::UnitCategories))
        .collect();
    let declared = match read_units(&sheets) {
        Ok(declared) => declared,
        Err(Error::BadUnit { place, problem, help }) => {
            assert!(place.row().is_some(), "{place}: {problem}");
            assert!(!help.is_empty(), "{problem}");
            return;
        }
        Err(_) => return,
    };
    assert_eq!(declared.rows.len(), sheets.len());
    for (unit, place) in &declared.units {
        assert!(unit.ratio.value().is_positive() && unit.rounding.is_positive(), "{unit:?}");
        assert!(place.row().is_some(), "{unit:?} has no place");
    }
    let declarations: Vec<_> = declared.units.into_iter().map(|(unit, _)| unit).collect();
    let Ok(table) = UnitTable::new(declarations.clone(), &[]) else { return };
    for unit in &declarations {
        let found = table.find(&unit.name).expect("a declared unit");
        let same = table.get(found).ratio == unit.ratio || declarations.len() > 1;
        assert!(same, "{unit:?} has another ratio");
    }
    let ids: Vec<_> = table.ids().take(8).collect();
    for &from in &ids {
        assert_eq!(table.conversion(from, from), Some(Exact::one()));
        assert_eq!(table.is_time(from), table.hours_in(from).is_some());
        for &to in &ids {
            let (there, back) = (table.conversion(from, to), table.conversion(to, from));
            assert_eq!(there.is_some(), back.is_some());
            let (Some(there), Some(back)) = (there, back) else { continue };
            assert_eq!(&there * &back, Exact::one(), "there and back");
            if let (Some(one), Some(other)) = (table.hours_in(from), table.hours_in(to)) {
                assert_eq!(&there * &other, one, "hours, by two ways");
            }
            for &further in ids.iter().take(3) {
                let direct = table.conversion(from, further);
                let by_way = table.conversion(to, further).map(|rest| &there * &rest);
                assert_eq!(direct, by_way, "by way of another unit");
            }
        }
    }
}
