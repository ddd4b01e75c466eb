//! Merged cells of a sheet: where they are.

use std::fmt;

use super::super::row::letters;

/// A rectangle of cells, rows and columns from 0, both ends in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::exchange) struct Range {
    pub(in crate::exchange) first: (u32, u32),
    pub(in crate::exchange) last: (u32, u32),
}

impl Range {
    /// Reads `A5:B7`.
    pub(super) fn of(text: &str) -> Option<Self> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        let (first, last) = (position(first)?, position(last)?);
        let is_right = first.0 <= last.0 && first.1 <= last.1;
        is_right.then_some(Self { first, last })
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cell = |(row, column): (u32, u32)| {
            format!("{}{}", letters(column as usize), u64::from(row) + 1)
        };
        write!(f, "{}:{}", cell(self.first), cell(self.last))
    }
}

/// Row and column from 0 of a cell like `XFD1048576`, as far as a sheet reaches.
pub(super) fn position(cell: &str) -> Option<(u32, u32)> {
    let cell = cell.replace('$', "");
    let digits = cell.find(|letter: char| letter.is_ascii_digit())?;
    let (letters, row) = cell.split_at(digits);
    if letters.is_empty() || letters.len() > 3 || !row.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let column = letters.bytes().try_fold(0_u32, |column, letter| {
        let letter = letter.to_ascii_uppercase();
        letter.is_ascii_uppercase().then(|| column * 26 + u32::from(letter - b'A') + 1)
    })?;
    let row = row.parse::<u32>().ok()?;
    let fits = (1..=1_048_576).contains(&row) && (1..=16_384).contains(&column);
    fits.then(|| (row - 1, column - 1))
}

/// All merged cells of a sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::exchange) struct Merged {
    /// By their first row.
    ranges: Vec<Range>,
    /// The rows that any of them touches: runs that do not touch each other.
    rows: Vec<(u32, u32)>,
}

impl Merged {
    pub(super) fn new(mut ranges: Vec<Range>) -> Self {
        ranges.sort_unstable();
        let mut rows: Vec<(u32, u32)> = Vec::new();
        for range in &ranges {
            match rows.last_mut() {
                Some((_, last)) if range.first.0 <= *last => *last = (*last).max(range.last.0),
                _ => rows.push((range.first.0, range.last.0)),
            }
        }
        Self { ranges, rows }
    }

    /// The merged cells that touch this row, counted from 1.
    pub(in crate::exchange) fn in_row(&self, number: u64) -> impl Iterator<Item = &Range> {
        let row = u32::try_from(number.saturating_sub(1)).unwrap_or(u32::MAX);
        let run = self.rows.partition_point(|(first, _)| *first <= row);
        let is_touched = run > 0 && row <= self.rows[run - 1].1;
        let ranges = if is_touched { &self.ranges[..] } else { &[] };
        ranges.iter().filter(move |range| (range.first.0..=range.last.0).contains(&row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_rows_and_columns_as_far_as_a_sheet_reaches() {
        assert_eq!(position("A1"), Some((0, 0)));
        assert_eq!(position("$XFD$1048576"), Some((1_048_575, 16_383)));
        for wrong in ["", "A", "1", "A0", "XFE1", "A1048577", "AAAA1", "A1B", "É1", "A99999999999"]
        {
            assert_eq!(position(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_merged_range_is_found_in_every_row_that_it_touches() {
        let range = |text| Range::of(text).unwrap();
        let merged = Merged::new(vec![range("B7:C9"), range("A1:F1"), range("A8:A8")]);
        let said = |row| merged.in_row(row).map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(said(1), ["A1:F1"]);
        assert!(said(2).is_empty() && said(10).is_empty());
        assert_eq!(said(8), ["B7:C9", "A8:A8"]);
        assert_eq!(Range::of("C3:A1"), None);
    }
}
