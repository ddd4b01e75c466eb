//! Where the head of a table is: the row of its HXL tags, and the names over it.

use super::row::{Form, Row};
use super::tag::Tag;

/// In how many rows the head is looked for.
pub(super) const ROWS: usize = 25;

/// The rows of a head.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head<'r> {
    pub(super) names: Option<&'r Row>,
    pub(super) tags: Option<&'r Row>,
}

impl<'r> Head<'r> {
    /// Finds the row of the tags; the row over it holds the names.
    pub(super) fn tagged(rows: &'r [Row]) -> Option<Self> {
        let at = rows.iter().take(ROWS).position(is_tag_row)?;
        let above = rows[..at].iter().rev().find(|row| !row.is_blank());
        Some(Head {
            names: above.filter(|row| row.number + 1 == rows[at].number),
            tags: Some(&rows[at]),
        })
    }

    /// The numbers of its first and last row.
    pub(super) fn rows(&self) -> (u64, u64) {
        let number = |row: Option<&Row>| row.map_or(0, |row| row.number);
        let (names, tags) = (number(self.names), number(self.tags));
        (if names == 0 { tags } else { names }, names.max(tags))
    }

    pub(super) fn len(&self) -> usize {
        let filled = |row: &Row| {
            row.cells().collect::<Vec<_>>().iter().rposition(|cell| !cell.trim().is_empty())
        };
        let rows = [self.names, self.tags].into_iter().flatten();
        // A text file says how many cells its rows have by the empty ones too.
        rows.map(|row| {
            if row.forms.is_empty() { row.len() } else { filled(row).map_or(0, |last| last + 1) }
        })
        .max()
        .unwrap_or(0)
    }

    /// The name and the tag of a column, trimmed.
    pub(super) fn cells(self, column: usize) -> (&'r str, &'r str) {
        (
            self.names.map_or("", |row| row.cell(column).trim()),
            self.tags.map_or("", |row| row.cell(column).trim()),
        )
    }
}

/// Does every cell of the row hold a tag that holds anything?
fn is_tag_row(row: &Row) -> bool {
    let mut cells =
        (0..row.len()).map(|at| row.at(at)).filter(|cell| !cell.text.trim().is_empty()).peekable();
    cells.peek().is_some()
        && cells.all(|cell| cell.form != Form::Error && Tag::of(cell.text).is_some())
}
