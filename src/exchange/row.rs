//! A row of a table, and what is known of the form of each of its cells.

/// One row: all its text in one piece, and where each cell ends. Thousands are held, so it is kept small.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Its number in the spreadsheet, from 1.
    pub(super) number: u64,
    pub(super) text: Box<str>,
    pub(super) ends: Box<[u32]>,
    /// The form of each cell; empty where all are as somebody typed them.
    pub(super) forms: Box<[Form]>,
}

/// What a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Form {
    /// A cell of a text file, as it was typed.
    Typed = 0,
    /// A text in a workbook: it is never run.
    Text = 1,
    /// A number in a workbook, written plainly.
    Number = 2,
    /// A number that is shown as a percentage, as it is shown, e.g. `12%`.
    Percent = 3,
    /// A day, or a day and a time without a zone, as `2016-07-26T10:30:00`.
    Day = 4,
    /// A time without a day, or a length of time, as it is shown.
    Clock = 5,
    /// `true` or `false`.
    Flag = 6,
    /// The error of a formula, e.g. `#REF!`.
    Error = 7,
    /// A formula whose result was not saved.
    Unreckoned = 8,
    /// A date that the calendar does not have, as it is shown.
    NoDay = 9,
    /// What the cell holds that this one was made from, and what is wrong with it, as [`refusal`] writes them.
    Refused = 10,
}

impl Form {
    pub(super) const ALL: [Self; 11] = [
        Self::Typed,
        Self::Text,
        Self::Number,
        Self::Percent,
        Self::Day,
        Self::Clock,
        Self::Flag,
        Self::Error,
        Self::Unreckoned,
        Self::NoDay,
        Self::Refused,
    ];
}

/// A cell: its text and its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell<'r> {
    pub(super) text: &'r str,
    pub(super) form: Form,
}

/// Stands between what a cell holds and what is wrong with it.
const WRONG: char = '\u{1f}';

/// The text of a cell that is refused: what it was made from, and why it cannot be taken.
pub(super) fn refusal(value: &str, reason: &str) -> String {
    format!("{}{WRONG}{reason}", value.replace(WRONG, " "))
}

/// The same of what stands in another cell of the row: the column from 0, and what it is called.
pub(super) fn refusal_in(column: usize, shown: &str, value: &str, reason: &str) -> String {
    format!("{}{WRONG}{column}{WRONG}{shown}", refusal(value, reason))
}

/// A refused cell.
pub(super) struct Refused<'r> {
    /// What it was made from.
    pub(super) value: &'r str,
    /// Why it cannot be taken.
    pub(super) reason: &'r str,
    /// The column that the value stands in, and what it is called, where it is another.
    pub(super) column: Option<(usize, &'r str)>,
}

/// What a refused cell says.
pub(super) fn refused(text: &str) -> Refused<'_> {
    let mut parts = text.split(WRONG);
    let (value, reason) = match (parts.next(), parts.next()) {
        (Some(value), Some(reason)) => (value, reason),
        _ => ("", text),
    };
    let column = parts.next().and_then(|at| at.parse().ok());
    Refused { value, reason, column: column.zip(parts.next()) }
}

impl<'r> Cell<'r> {
    /// A cell as somebody typed it.
    pub(super) const fn typed(text: &'r str) -> Self {
        Self { text, form: Form::Typed }
    }
}

impl Row {
    /// The text of the cell in this column, from 0; empty where there is none.
    pub(super) fn cell(&self, column: usize) -> &str {
        let end = |column: usize| self.ends.get(column).map(|end| *end as usize);
        let start = if column == 0 { Some(0) } else { end(column - 1) };
        match (start, end(column)) {
            (Some(start), Some(end)) => self.text.get(start..end).unwrap_or(""),
            _ => "",
        }
    }

    /// The cell in this column, from 0.
    pub(super) fn at(&self, column: usize) -> Cell<'_> {
        let form = self.forms.get(column).copied().unwrap_or(Form::Typed);
        Cell { text: self.cell(column), form }
    }

    /// The texts of its cells, from left to right.
    pub(super) fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|column| self.cell(column))
    }

    /// How many cells it has.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Does no cell hold anything? Spreadsheets leave such rows at the end.
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty() && !self.forms.contains(&Form::Unreckoned)
    }
}

/// A row on its way.
#[derive(Debug, Default)]
pub(super) struct RowDraft {
    text: String,
    ends: Vec<u32>,
    forms: Vec<Form>,
}

impl RowDraft {
    /// Adds the next cell.
    pub(super) fn push(&mut self, cell: Cell<'_>) {
        self.text.push_str(cell.text);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        self.forms.push(cell.form);
    }

    /// How many cells it has.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// How many bytes it takes.
    pub(super) fn size(&self) -> usize {
        self.text.len() + self.ends.len() * 5
    }

    /// The row with this number; the draft begins anew.
    pub(super) fn finish(&mut self, number: u64) -> Row {
        Row {
            number,
            text: std::mem::take(&mut self.text).into_boxed_str(),
            ends: std::mem::take(&mut self.ends).into_boxed_slice(),
            forms: std::mem::take(&mut self.forms).into_boxed_slice(),
        }
    }
}

/// The letters over a column, counted from 0: `A`, `Z`, `AA`.
pub(super) fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        let digit = u8::try_from((left - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// Why a row cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// Its number in the spreadsheet.
    pub(super) row: u64,
    /// The column, from 0, where one can be told.
    pub(super) column: Option<usize>,
    /// Why.
    pub(super) reason: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_a_spreadsheet() {
        let expected =
            [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")];
        for (column, expected) in expected {
            assert_eq!(letters(column), expected);
        }
    }
}
