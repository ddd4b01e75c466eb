//! The row that shows how: what it holds follows from the columns alone, so that an import knows it again.

use super::super::header::Slot;
use super::super::row::Row;
use super::super::sheet::{Column, Holds};
use crate::domain::{Kind, Shape};

/// The code of every row that is only an example.
pub(in crate::exchange) const EXAMPLE: &str = "EXAMPLE-1";

/// What an example cell holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shown {
    Nothing,
    Words(String),
    Number(f64),
    /// A day, as `2026-01-15`.
    Day(&'static str),
    Flag(bool),
}

/// The example in a column.
pub(super) fn example(column: &Column) -> Shown {
    let words = |words: &str| Shown::Words(words.to_owned());
    let (field, key) = match column.holds {
        Holds::Code => return words(EXAMPLE),
        Holds::Id => return Shown::Nothing,
        Holds::Position(_) => return Shown::Number(1.0),
        Holds::Field(field, key) => (field, key),
    };
    match (&field.shape, key) {
        (Shape::Figure, Some("low")) => Shown::Number(900.0),
        (Shape::Figure, Some("high")) => Shown::Number(1_100.0),
        (Shape::Figure, _) => Shown::Number(1_000.0),
        (Shape::Names, Some("ar")) => words("اسم المكان"),
        (Shape::Names, Some("en")) => words("Name of the place"),
        (Shape::Place, Some("lon")) => Shown::Number(36.5),
        (Shape::Place, _) => Shown::Number(33.5),
        (Shape::Number | Shape::Count, _) => Shown::Number(1.0),
        (Shape::Flag, _) => Shown::Flag(true),
        (Shape::Moment, _) => Shown::Day("2026-01-15"),
        (Shape::Choice(choices), _) => {
            choices.first().map_or(Shown::Nothing, |choice| words(choice))
        }
        (Shape::Code(kind), _) => code_of(kind, 1).map_or(Shown::Nothing, Shown::Words),
        (Shape::List(Shape::Code(kind)), _) => match (code_of(kind, 1), code_of(kind, 2)) {
            (Some(first), Some(second)) => Shown::Words(format!("{first}; {second}")),
            _ => Shown::Nothing,
        },
        (Shape::Text, _) if field.required => words("example"),
        _ => Shown::Nothing,
    }
}

fn code_of(kind: &str, number: usize) -> Option<String> {
    kind.parse::<Kind>().ok().map(|kind| format!("{}-{number}", kind.prefix()))
}

impl Shown {
    /// The text that an import finds in the cell.
    fn text(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Words(words) => words.clone(),
            Self::Number(number) => number.to_string(),
            Self::Day(day) => (*day).to_owned(),
            Self::Flag(flag) => flag.to_string(),
        }
    }
}

/// Is this row the example, word for word?
pub(in crate::exchange) fn is_example(slots: &[Slot], row: &Row) -> bool {
    let columns = || slots.iter().enumerate().filter_map(|(at, slot)| Some((at, slot.column?)));
    let is_code = |(at, column): (usize, &Column)| {
        matches!(column.holds, Holds::Code) && row.cell(at).trim() == EXAMPLE
    };
    columns().any(is_code)
        && columns().all(|(at, column)| row.cell(at).trim() == example(column).text())
}
