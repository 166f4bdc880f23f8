//! From a place back to its sheet, for as many of both as there may be.

use std::collections::BTreeMap;

use crate::diagnostics::Place;

use super::sheet::Sheet;

/// Sheets by where they are.
#[derive(Debug)]
pub struct SheetsByPlace<'s>(BTreeMap<(&'s str, Option<&'s str>), &'s Sheet>);

impl<'s> SheetsByPlace<'s> {
    /// The sheets to look among.
    #[must_use]
    pub fn new(sheets: &'s [Sheet]) -> Self {
        let place = |sheet: &'s Sheet| (sheet.origin.file.as_str(), sheet.origin.sheet.as_deref());
        Self(sheets.iter().map(|sheet| (place(sheet), sheet)).collect())
    }

    /// The sheet that a place is one of.
    #[must_use]
    pub fn sheet_of(&self, place: &Place) -> Option<&'s Sheet> {
        self.0.get(&(place.file(), place.sheet())).copied()
    }
}
