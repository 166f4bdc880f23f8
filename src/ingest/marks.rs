//! The columns that say whether an entry counts: approved, billable, and the
//! kind of time it is.

use std::sync::LazyLock;

use crate::diagnostics::{FaultKind, Phrase};
use crate::model::{Mark, Marks, WorkKind};

use super::fields::Field;
use super::selections::{self, Index, index, look_up};
use super::sheet::{Row, Sheet};

/// Odoo's billing types that bill an entry, and those that do not. The others
/// (revenues, costs) are no work.
const BILLING_TYPES: &[(bool, &str)] = &[
    (
        true,
        "billable_time|Billable Time|Billed on Timesheets|计费时间|基于工时表计费|Temps facturable|\
         Facturé sur Feuilles de Temps|Facturé sur des feuilles de temps|Abrechenbare Zeit|\
         Stundenabrechnung|Abrechnung nach Zeiterfassungen|Tiempo facturable|\
         Facturado en partes de horas|Facturado según partes de horas",
    ),
    (
        true,
        "billable_fixed|Billable Fixed|Billed at a Fixed price|计费固定|按固定价格计费|\
         Quantité fixe facturable|Facturé à un Prix Fixe|Abrechenbar fest|\
         Abrechnung zum Festpreis|Fijo facturable|Facturado a un precio fijo",
    ),
    (
        true,
        "billable_milestones|Billed on Milestones|按里程碑计费|Facturé sur des jalons|\
         Abrechnung nach Meilensteinen|Facturación basada en objetivos|Facturado según hitos",
    ),
    (
        true,
        "billable_manual|Billed Manually|手动计费|Facturé manuellement|Manuell abgerechnet|\
         Facturación de forma manual|Facturado manualmente",
    ),
    (
        false,
        "non_billable|Non Billable|Non Billable Tasks|Non-Billable|非计费|非计费任务|\
         Non facturable|Tâches Non Facturables|Nicht abrechenbar|Nicht abrechenbare Aufgaben|\
         Nichtabrechenbare Aufgaben|No facturable|Tareas no facturables",
    ),
    (
        false,
        "non_billable_project|No task found|未找到任务|Aucune tâche trouvée|\
         Keine Aufgabe gefunden|No se han encontrado tareas",
    ),
    (
        false,
        "non_billable_timesheet|Non Billable Timesheet|Feuille de temps non facturable|\
         Parte de horas no facturable",
    ),
];

/// What trackers call time that is no work.
const BREAKS: &[((), &str)] = &[((), "Break|Pause|休息|Pausa")];

/// The columns of a sheet's marks.
#[derive(Debug, Clone, Copy)]
pub(super) struct MarkColumns {
    approved: Option<usize>,
    billable: Option<usize>,
    billable_type: Option<usize>,
    entry_type: Option<usize>,
}

/// A cell that should say yes or no and does not.
pub(super) struct UnreadableMark {
    pub(super) column: usize,
    pub(super) found: String,
}

impl UnreadableMark {
    pub(super) const KIND: FaultKind = FaultKind::UnknownValue;
    pub(super) const EXPECTED: Phrase = Phrase::YesOrNo;
}

impl MarkColumns {
    pub(super) fn new(sheet: &Sheet) -> Self {
        Self {
            approved: sheet.column(Field::Approved),
            billable: sheet.column(Field::Billable),
            billable_type: sheet.column(Field::BillableType),
            entry_type: sheet.column(Field::EntryType),
        }
    }

    /// What a row is marked with.
    pub(super) fn read(&self, row: &Row<'_>) -> Result<Marks, UnreadableMark> {
        let mut billable = yes_or_no(self.billable, row)?;
        if billable == Mark::Unstated {
            billable = billing_type(self.billable_type, row);
        }
        Ok(Marks { approved: yes_or_no(self.approved, row)?, billable, work: self.work(row) })
    }

    /// Any kind of time but a break is work: the words for it are the user's.
    fn work(&self, row: &Row<'_>) -> WorkKind {
        static INDEX: Index<()> = LazyLock::new(|| index(BREAKS));
        let cell = self.entry_type.map(|column| row.cell(column)).unwrap_or_default();
        match cell.trim() {
            "" => WorkKind::Work,
            text => look_up(&INDEX, text).map_or(WorkKind::Work, |()| WorkKind::Break),
        }
    }
}

fn yes_or_no(column: Option<usize>, row: &Row<'_>) -> Result<Mark, UnreadableMark> {
    let Some(column) = column else { return Ok(Mark::Unstated) };
    let cell = row.cell(column);
    if cell.trim().is_empty() {
        return Ok(Mark::Unstated);
    }
    match selections::truth(&cell) {
        Some(true) => Ok(Mark::Yes),
        Some(false) => Ok(Mark::No),
        None => Err(UnreadableMark { column, found: cell.into_owned() }),
    }
}

/// Types that are not known say nothing.
fn billing_type(column: Option<usize>, row: &Row<'_>) -> Mark {
    static INDEX: Index<bool> = LazyLock::new(|| index(BILLING_TYPES));
    let cell = column.map(|column| row.cell(column)).unwrap_or_default();
    match cell.trim() {
        "" => Mark::Unstated,
        text => match look_up(&INDEX, text) {
            Some(true) => Mark::Yes,
            Some(false) => Mark::No,
            None => Mark::Unstated,
        },
    }
}
