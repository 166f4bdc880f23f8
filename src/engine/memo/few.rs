//! What the cells of a few columns say together, of which there is little.

use crate::ingest::spans::{EvenRows, Narrow, Span, Wide};

/// Units and marks are few, or not worth it.
pub(in crate::engine) const MAX_FEW: usize = 32;
/// Places where short cells are found without a search.
const QUICK: usize = 64;

/// What the cells of some columns say together.
#[derive(Debug)]
pub(super) struct Few<T, const N: usize> {
    columns: [Option<usize>; N],
    /// The only column that there is.
    only: Option<usize>,
    /// What its cells say, where they are short, by place.
    short: Vec<(Narrow, u8)>,
    /// Some of them, each at the place of its text.
    quick: Box<[(Narrow, u8); QUICK]>,
    /// What others say, and more columns.
    long: Vec<([Wide; N], u8)>,
    pub(super) values: Vec<T>,
}

impl<T, const N: usize> Few<T, N> {
    pub(super) fn new(columns: [Option<usize>; N]) -> Self {
        let mut all = columns.iter().flatten();
        let only = all.next().copied().filter(|_| all.next().is_none());
        Self {
            columns,
            only,
            short: Vec::new(),
            quick: Box::new([(Narrow::NONE, 0); QUICK]),
            long: Vec::new(),
            values: Vec::new(),
        }
    }

    /// Gives `take` what each row's cells say, and the place of that, of so many
    /// rows from one on, up to the first one whose cells are new.
    #[inline(always)]
    pub(super) fn places(
        &mut self,
        rows: &EvenRows<'_>,
        (at, most): (usize, usize),
        mut take: impl FnMut(u8, &T),
    ) {
        let Some(only) = self.only else {
            for row in at..at + most {
                let Some(place) = self.place(&rows.span(row)) else { return };
                let Some(value) = self.values.get(usize::from(place)) else { return };
                take(place, value);
            }
            return;
        };
        for (row, cell) in (at..at + most).zip(rows.narrow(only, at)) {
            let quick = cell.and_then(|cell| Some((cell, self.quick.get(quick_place(cell))?)));
            let place = match quick {
                Some((cell, (known, place))) if *known == cell => *place,
                _ => match self.place(&rows.span(row)) {
                    Some(place) => place,
                    None => return,
                },
            };
            let Some(value) = self.values.get(usize::from(place)) else { return };
            take(place, value);
        }
    }

    /// The place of what a row's cells say.
    #[inline(never)]
    fn place(&mut self, row: &Span<'_>) -> Option<u8> {
        let Some(cell) = self.short(row) else { return self.long_place(row) };
        let (_, place) = *self.short.iter().find(|(known, _)| *known == cell)?;
        if let Some(quick) = self.quick.get_mut(quick_place(cell)) {
            *quick = (cell, place);
        }
        Some(place)
    }

    fn long_place(&self, row: &Span<'_>) -> Option<u8> {
        if self.columns == [None; N] {
            return (!self.values.is_empty()).then_some(0);
        }
        let cells = wide_cells(row, self.columns)?;
        self.long.iter().find(|(known, _)| *known == cells).map(|(_, place)| *place)
    }

    /// The cell of the only column, where it is short.
    fn short(&self, row: &Span<'_>) -> Option<Narrow> {
        row.narrow(self.only?)
    }

    /// Remembers what a row's cells say, if that is new.
    pub(super) fn learn(&mut self, row: &Span<'_>, value: impl FnOnce() -> T) {
        if self.values.len() >= MAX_FEW || self.place(row).is_some() {
            return;
        }
        let Ok(place) = u8::try_from(self.values.len()) else { return };
        match (self.short(row), wide_cells(row, self.columns)) {
            (Some(cell), _) => self.short.push((cell, place)),
            (None, Some(cells)) => self.long.push((cells, place)),
            (None, None) => return,
        }
        self.values.push(value());
    }
}

#[inline(always)]
fn quick_place(cell: Narrow) -> usize {
    usize::try_from(cell.spread() >> 58).unwrap_or_default() % QUICK
}

fn wide_cells<const N: usize>(row: &Span<'_>, columns: [Option<usize>; N]) -> Option<[Wide; N]> {
    let mut cells = [Wide::EMPTY; N];
    for (cell, column) in cells.iter_mut().zip(columns) {
        if let Some(column) = column {
            *cell = row.wide(column)?;
        }
    }
    Some(cells)
}
