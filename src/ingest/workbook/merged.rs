//! Cells that a sheet shows as one over several rows: only the first of them
//! holds what is shown. The sheet says so behind its rows.

use calamine::Dimensions;
use memchr::{memchr, memmem};

use super::Unusual;

/// Such cells, and those beside them that are shown as one with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) struct Merged {
    /// The first row and the last, from 1.
    pub(in crate::ingest) rows: (u64, u64),
    /// The first column and the last, from 0.
    pub(in crate::ingest) columns: (usize, usize),
}

impl Merged {
    /// Nothing where it is one row: what lies beside its first cell is seen to be
    /// blank.
    pub(super) fn of_cells(cells: &Dimensions) -> Option<Self> {
        let row = |row: u32| u64::from(row) + 1;
        let rows = (row(cells.start.0), row(cells.end.0));
        let columns = (cells.start.1 as usize, cells.end.1 as usize);
        (rows.0 < rows.1).then_some(Self { rows, columns })
    }
}

/// The merged cells of more than one row that stand in the XML behind all rows.
pub(super) fn behind(xml: &[u8]) -> Result<Vec<Merged>, Unusual> {
    let mut found = Vec::new();
    for at in memmem::find_iter(xml, b"<mergeCell ") {
        let tag = xml.get(at..).unwrap_or_default();
        let tag = tag.get(..memchr(b'>', tag).ok_or(Unusual)?).unwrap_or_default();
        let from = memmem::find(tag, b" ref=\"").ok_or(Unusual)? + 6;
        let cells = tag.get(from..).unwrap_or_default();
        let cells = cells.get(..memchr(b'"', cells).ok_or(Unusual)?).unwrap_or_default();
        let (first, last) = match memchr(b':', cells) {
            Some(colon) => (cells.get(..colon), cells.get(colon + 1..)),
            None => (Some(cells), Some(cells)),
        };
        let (start, end) = (cell(first).ok_or(Unusual)?, cell(last).ok_or(Unusual)?);
        found.extend(Merged::of_cells(&Dimensions { start, end }));
    }
    Ok(found)
}

/// The row and the column of a cell like `F2`, from 0.
fn cell(name: Option<&[u8]>) -> Option<(u32, u32)> {
    let name = std::str::from_utf8(name?).ok()?;
    let digits = name.trim_start_matches(|letter: char| letter.is_ascii_uppercase());
    let letters = name.strip_suffix(digits).filter(|letters| (1..=3).contains(&letters.len()))?;
    let column = letters.bytes().fold(0, |all, letter| all * 26 + u32::from(letter - b'A') + 1);
    Some((digits.parse::<u32>().ok()?.checked_sub(1)?, column - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_one_row_are_not_merged_over_rows() {
        let xml = br#"<mergeCells count="3"><mergeCell ref="F2:F4" /><mergeCell ref="A1:C1"/><mergeCell ref="AA10:AB11"/></mergeCells>"#;
        let of = |rows, columns| Merged { rows, columns };
        assert_eq!(behind(xml).ok(), Some(vec![of((2, 4), (5, 5)), of((10, 11), (26, 27))]));
        assert_eq!(behind(b"<pageMargins/></worksheet>").ok(), Some(Vec::new()));
        for unusual in ["<mergeCell />", "<mergeCell ref=\"F\"/>", "<mergeCell ref=\"F2:F4"] {
            assert!(behind(unusual.as_bytes()).is_err(), "{unusual}");
        }
    }
}
