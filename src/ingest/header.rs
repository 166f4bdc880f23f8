//! The header of a sheet among its first rows, in one row or in two.

use std::sync::Arc;

use crate::diagnostics::{Error, Fault, FaultKind, Origin, Place};
use crate::model::KeyPart;

use super::columns::{dates_of, numbers_of};
use super::fields::{ColumnAlias, Field, Recognition, Role, normalise_header, recognise};
use super::places::SheetsByPlace;
use super::reading::read_duration;
use super::sheet::Sheet;
use super::timesheets::KEY_FIELDS;

/// A header: its row, its cells, and how they are understood.
pub(super) type Header = (u64, Vec<String>, Recognition);

/// The header among the first rows of a sheet.
pub(super) fn find_header(rows: &[(u64, Vec<String>)], aliases: &[ColumnAlias]) -> Option<Header> {
    let below = |at: usize, number: u64| rows.get(at + 1).filter(|(next, _)| *next == number + 1);
    for (at, (number, cells)) in rows.iter().enumerate() {
        let Some(recognition) = recognise(cells, aliases) else { continue };
        // Cells merged across columns have their own headings in the row below,
        // in which those merged over both rows are blank.
        let blank = |row: &[String], at: usize| row.get(at).is_none_or(|c| c.trim().is_empty());
        if let Some((next, lower)) = below(at, *number)
            && recognition.columns.iter().all(|column| blank(lower, column.index))
        {
            let both = over_one_another(cells, lower);
            if let Some(whole) = recognise(&both, aliases)
                && whole.role == recognition.role
                && whole.columns.len() > recognition.columns.len()
            {
                return Some((*next, both, whole));
            }
        }
        return Some((*number, cells.clone(), recognition));
    }
    rows.iter().enumerate().find_map(|(at, (number, cells))| {
        let (next, lower) = below(at, *number)?;
        let both = over_one_another(cells, lower);
        recognise(&both, aliases).map(|recognition| (*next, both, recognition))
    })
}

/// Two rows of a header as one: the lower cell where there is one.
fn over_one_another(upper: &[String], lower: &[String]) -> Vec<String> {
    let cell = |row: &[String], at: usize| row.get(at).cloned().unwrap_or_default();
    let both = (0..upper.len().max(lower.len())).map(|at| match cell(lower, at) {
        blank if blank.trim().is_empty() => cell(upper, at),
        filled => filled,
    });
    both.collect()
}

/// Fields of which a second column of the same name would be a second answer.
const ONE_ANSWER: [Field; 12] = [
    Field::LineId,
    Field::Ordered,
    Field::Delivered,
    Field::Invoiced,
    Field::Unit,
    Field::OrderState,
    Field::EntryId,
    Field::Date,
    Field::Quantity,
    Field::Tracking,
    Field::Policy,
    Field::Ratio,
];

/// Fields of which no second column may be there under another name either.
const AMOUNTS: [Field; 4] = [Field::Ordered, Field::Delivered, Field::Invoiced, Field::Quantity];

/// Two columns of one name: the first must not win in silence.
pub(super) fn two_columns(
    origin: &Arc<Origin>,
    rows: &[(u64, Vec<String>)],
    (header_row, recognition): (u64, &Recognition),
) -> Result<(), Error> {
    let same = |a: &str, b: &str| normalise_header(a) == normalise_header(b);
    let twice = recognition.columns.iter().find(|column| {
        ONE_ANSWER.contains(&column.field)
            && recognition.left_alone.iter().any(|(_, header)| same(header, &column.header))
    });
    // Minutes of a meeting are texts.
    let holds_texts = |column: usize| {
        let below = rows.iter().filter(|(number, _)| *number > header_row);
        let cells = below.filter_map(|(_, cells)| cells.get(column)).map(|cell| cell.trim());
        let mut filled = cells.filter(|cell| !cell.is_empty()).peekable();
        filled.peek().is_some() && !filled.any(is_quantity)
    };
    let rival = recognition
        .rivals
        .iter()
        .find(|rival| AMOUNTS.contains(&rival.field) && !holds_texts(rival.column));
    match twice {
        None => rival.map_or(Ok(()), |rival| {
            Err(Error::RivalColumns {
                place: Place::of(Arc::clone(origin)),
                field: rival.field.name(),
                headers: rival.headers.clone(),
            })
        }),
        Some(column) => Err(Error::TwoColumns {
            place: Place::of(Arc::clone(origin)),
            field: column.field.name(),
            header: column.header.clone(),
        }),
    }
}

/// Titles may stand above a header, but no records: a sheet that was sorted with its
/// header among the rows would lose those above it.
pub(super) fn no_record_above(
    origin: &Arc<Origin>,
    rows: &[(u64, Vec<String>)],
    (header_row, recognition): (u64, &Recognition),
) -> Result<(), Error> {
    let above = rows.iter().take_while(|(number, _)| *number < header_row);
    match above.into_iter().find(|(_, cells)| is_record(recognition, cells)) {
        None => Ok(()),
        Some((number, _)) => Err(Error::Unreadable {
            path: Place::of(Arc::clone(origin)).at_row(*number).to_string(),
            reason: format!(
                "this row stands above the header, which is row {header_row}, and holds what those below it hold; bring the header to the top, or split the sheet in two"
            ),
        }),
    }
}

/// Whether a row has what a record of the header's role has, where the columns of a
/// header below it have it: a day and a quantity alone may be of a title.
fn is_record(recognition: &Recognition, cells: &[String]) -> bool {
    let cell = |field: &Field| {
        let column = recognition.columns.iter().find(|column| column.field == *field)?;
        cells.get(column.index).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    };
    let names = |fields: &[Field]| fields.iter().any(|field| cell(field).is_some());
    // An activity or tags alone lead nowhere.
    let leads = |(part, fields): &(KeyPart, &[Field])| {
        !matches!(part, KeyPart::Activity | KeyPart::Tags) && names(fields)
    };
    match recognition.role {
        Role::Timesheets | Role::Adjustments => {
            let quantity = cell(&Field::Quantity).or_else(|| cell(&Field::Seconds));
            cell(&Field::Date).is_some_and(|text| dates_of(text).any())
                && quantity.is_some_and(is_quantity)
                && KEY_FIELDS.iter().any(leads)
        }
        Role::OrderLines | Role::Orders => {
            cell(&Field::Ordered).is_some_and(|text| numbers_of(text).any())
                && names(&[Field::Order, Field::OrderId, Field::OrderDatabaseId])
                && names(&[Field::Product, Field::ProductId, Field::ProductName, Field::LineId])
        }
        _ => false,
    }
}

fn is_quantity(text: &str) -> bool {
    numbers_of(text).any() || read_duration(text).is_some()
}

/// A header that stands once more with its columns in another order would have
/// all rows below it read wrong; told by a cell that should hold a number or a
/// day and holds a header.
///
/// # Errors
/// [`Error::Unreadable`] with the place of such a cell.
pub fn no_header_again<'f>(
    mut faults: impl Iterator<Item = &'f Fault>,
    sheets: &[Sheet],
) -> Result<(), Error> {
    let by_place = SheetsByPlace::new(sheets);
    let is_header = |fault: &&Fault| {
        matches!(fault.kind, FaultKind::NotANumber | FaultKind::NotADate)
            && by_place.sheet_of(&fault.place).is_some_and(|sheet| {
                sheet.headers.iter().any(|header| header.trim() == fault.found.text())
            })
    };
    let Some(fault) = faults.find(is_header) else { return Ok(()) };
    // That cell may be as above: what differs may be any cell of the row.
    let of_sheet = by_place.sheet_of(&fault.place).zip(fault.place.row());
    let place =
        of_sheet.map_or_else(|| fault.place.clone(), |(sheet, row)| sheet.place().at_row(row));
    Err(Error::Unreadable {
        path: place.to_string(),
        reason: "the header stands here once more, and not as above; split the sheet in two, or bring its columns into one order".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[&[&str]]) -> Vec<(u64, Vec<String>)> {
        let rows = rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect());
        (1..).zip(rows).collect()
    }

    #[test]
    fn minutes_of_a_meeting_are_no_second_quantity() {
        let stops = |minutes: &str| {
            let sheet: &[&[&str]] = &[
                &["date", "contract", "hours", "minutes"],
                &["2026-03-02", "C1", "1", minutes],
                &["2026-03-03", "C1", "2", ""],
            ];
            let rows = rows(sheet);
            let (number, _, recognition) = find_header(&rows, &[]).unwrap();
            let origin = Arc::new(Origin { file: "t.csv".to_owned(), sheet: None });
            two_columns(&origin, &rows, (number, &recognition)).is_err()
        };
        assert!(stops("30") && stops("") && !stops("budget was discussed"));
    }

    #[test]
    fn titles_stand_above_a_header_and_records_do_not() {
        let stops = |sheet: &[&[&str]]| {
            let rows = rows(sheet);
            let (number, _, recognition) = find_header(&rows, &[]).unwrap();
            let origin = Arc::new(Origin { file: "t.csv".to_owned(), sheet: None });
            no_record_above(&origin, &rows, (number, &recognition)).is_err()
        };
        let header: &[&str] = &["date", "employee", "contract", "quantity", "notes"];
        for title in [
            ["Period", "2026-03-01", "2026-03-31", "", ""],
            ["2026-03-31", "", "", "42.5", ""],
            ["2026-03-31", "Anna", "", "10:15", ""],
            ["Total", "", "C1", "42.5", ""],
        ] {
            assert!(!stops(&[&title, header]), "{title:?}");
        }
        assert!(stops(&[&["Hours of March"], &["2.3.2026", "Anna", "C1", "1:30"], header]));
        let lines: &[&str] = &["order", "product", "ordered", "state"];
        assert!(stops(&[&["SO2", "Support", "50", "sale"], lines]));
        assert!(!stops(&[&["Orders", "", "2", ""], lines]));
        let adjustments: &[&str] = &["date", "line", "quantity", "unit", "kind", "reason"];
        assert!(stops(&[&["2026-03-01", "L1", "9", "Hours", "opening", "x"], adjustments]));
    }

    fn found(sheet: &[&[&str]]) -> Option<(u64, usize)> {
        let (number, _, recognition) = find_header(&rows(sheet), &[])?;
        Some((number, recognition.columns.len()))
    }

    #[test]
    fn a_header_stands_in_one_row_or_two() {
        let one: &[&[&str]] = &[
            &["Timesheets"],
            &["Date", "Employee", "Project", "Quantity"],
            &["2026-03-02", "Anna", "", "2"],
        ];
        assert_eq!(found(one), Some((2, 4)));
        // The second row has more of it, or what is missing in the first.
        let more: &[&[&str]] = &[
            &["Date", "Employee", "Project", "Quantity", "More", ""],
            &["", "", "", "", "Description", "Unit of Measure"],
            &["2026-03-02", "Anna", "", "2", "", "Hours"],
        ];
        assert_eq!(found(more), Some((2, 6)));
        let missing: &[&[&str]] = &[
            &["Date", "Employee", "Project", "Work", ""],
            &["", "", "", "Quantity", "Unit of Measure"],
        ];
        assert_eq!(found(missing), Some((2, 5)));
    }

    #[test]
    fn a_record_below_a_header_is_no_part_of_it() {
        // Blank where the header is read, but it has no header to add.
        let sheet: &[&[&str]] =
            &[&["Date", "Employee", "Project", "Quantity", "More"], &["", "", "", "", "see above"]];
        assert_eq!(found(sheet), Some((1, 4)));
        let sheet: &[&[&str]] =
            &[&["Date", "Employee", "Project", "Quantity"], &["", "Unit of Measure", "", "2"]];
        assert_eq!(found(sheet), Some((1, 4)));
    }
}
