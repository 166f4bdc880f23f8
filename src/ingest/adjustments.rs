//! Reads adjustments (rule 6.10) into records.

use std::ops::ControlFlow;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::diagnostics::{Error, Phrase};
use crate::model::{AdjustmentKind, AdjustmentRecord, Reference};

use super::cells::{Cell, CellReader, FromText, RowFaults, record_of_cells};
use super::fields::Field;
use super::records::{SheetContent, missing_value};
use super::required::{ADJUSTED, DATE, QUANTITY, require};
use super::sheet::Sheet;

type Text = Option<String>;

record_of_cells! {
    struct AdjustmentCells {
        date: Cell<NaiveDate>,
        line_label: Text,
        contract: Text,
        quantity: Cell<Decimal>,
        unit: Text,
        kind: Cell<AdjustmentKind>,
        reason: Text,
    }
}

/// Every row is a record, so that none is lost; what it lacks is a fault.
pub(super) fn read_adjustments(sheet: &Sheet) -> Result<SheetContent, Error> {
    for need in [&DATE, &QUANTITY, &ADJUSTED] {
        require(sheet, false, need)?;
    }
    let mut content = SheetContent::default();
    let reader: CellReader<'_, AdjustmentCells> = CellReader::new(sheet, false);
    let rows = sheet.for_each_row(|number, row| {
        let place = sheet.place().at_row(number);
        let before = content.faults.len();
        if let Some(fault) = sheet.row_fault(number, row) {
            content.faults.push(fault);
        }
        let Some(cells) = reader.read(row) else {
            return Ok(ControlFlow::Continue(()));
        };
        let mut faults =
            RowFaults { sheet, nested: false, place: place.clone(), faults: &mut content.faults };
        for (blank, field, expected) in [
            (matches!(cells.date, Cell::Blank), Field::Date, Phrase::AdjustmentDay),
            (matches!(cells.quantity, Cell::Blank), Field::Quantity, Phrase::AdjustedQuantity),
            (matches!(cells.kind, Cell::Blank), Field::AdjustmentKind, AdjustmentKind::EXPECTED),
        ] {
            if blank {
                let place = faults.column_place(field);
                faults.faults.push(missing_value(&place, expected, Phrase::FillCell));
            }
        }
        if cells.line_label.is_none() && cells.contract.is_none() {
            let place = faults.place_of(ADJUSTED.0);
            let expected = Phrase::LineOrContract;
            faults.faults.push(missing_value(&place, expected, Phrase::FillOneCell));
        }
        let date = faults.take(cells.date, Field::Date);
        let quantity = faults.take(cells.quantity, Field::Quantity);
        let kind = faults.take(cells.kind, Field::AdjustmentKind);
        let unreadable = content.faults.len() > before;
        content.records.adjustments.push(AdjustmentRecord {
            place,
            date,
            line: cells.line_label,
            contract: cells.contract,
            quantity,
            unit: Reference { text: cells.unit, ..Reference::default() },
            kind,
            reason: cells.reason,
            unreadable,
        });
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(SheetContent { rows, ..content })
}
