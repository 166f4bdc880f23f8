//! The columns of the workbook that people fill in: lists to choose from, and
//! what a cell says when it is chosen.

use std::collections::BTreeSet;

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Format,
    Worksheet, XlsxError,
};

use super::model::{Column, Report};
use crate::history::{DECISIONS, DecisionColumn};
use crate::language::{Group, Key, Words};

/// Characters in the list of a cell, commas included.
const LONGEST_LIST: usize = 255;

/// Over the columns that people fill in.
pub(super) const INK: Color = Color::RGB(0x0037_5623);
/// Their cells.
const PAPER: Color = Color::RGB(0x00FF_F9E5);

/// The column that people fill in, if it is one.
pub(super) fn filled_in(column: &Column) -> Option<DecisionColumn> {
    DecisionColumn::ALL.into_iter().find(|known| known.name() == column.name)
}

/// A cell's format, on the paper of what people fill in.
pub(super) fn to_fill_in(format: &Format) -> Format {
    format.clone().set_background_color(PAPER)
}

/// The salespersons and owners of a report: who may take care of an upsell.
pub(super) fn owners(report: &Report) -> Vec<String> {
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for row in &report.upsells {
        let order = report.book.order_of(row.upsell.lines[0]);
        names.extend(order.salesperson.as_deref());
        names.insert(row.known.decisions.get(DecisionColumn::Owner));
    }
    names.into_iter().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// Gives a column its list. Other texts are taken as well, after a question:
/// drawdown keeps them.
pub(super) fn let_choose(
    sheet: &mut Worksheet,
    at: u16,
    column: DecisionColumn,
    last_row: u32,
    owners: &[String],
    words: &Words,
) -> Result<(), XlsxError> {
    let validation = DataValidation::new();
    let validation = match column {
        DecisionColumn::Comment => return Ok(()),
        DecisionColumn::Owner => {
            // A comma would part a name in two.
            let fits = owners.iter().map(|name| name.len() + 1).sum::<usize>() <= LONGEST_LIST;
            if owners.is_empty() || !fits || owners.iter().any(|name| name.contains([',', '"'])) {
                return Ok(());
            }
            validation.allow_list_strings(owners)?.show_error_message(false)
        }
        DecisionColumn::Decision => validation
            .allow_list_strings(&DECISIONS.map(|word| words.word(Group::Decision, word)))?
            .set_input_title(words.text(Key::ChooseTitle))?
            .set_input_message(words.text(Key::ChooseNote))?
            .set_error_title(words.text(Key::ChooseOther))?
            .set_error_message(words.text(Key::KeptAsWritten))?,
        DecisionColumn::SnoozeUntil => {
            validation
                .allow_date(DataValidationRule::GreaterThan(ExcelDateTime::from_ymd(2000, 1, 1)?))
                .set_input_title(words.text(Key::SnoozeTitle))?
                .set_input_message(words.with(
                    Key::SnoozeNote,
                    &[("sheet", words.word(Group::Sheet, "snoozed").into())],
                ))?
                .set_error_title(words.text(Key::SnoozeOther))?
                .set_error_message(words.text(Key::KeptAsWritten))?
        }
    };
    let validation = validation.set_error_style(DataValidationErrorStyle::Warning);
    sheet.add_data_validation(1, at, last_row, at, &validation)?;
    Ok(())
}
