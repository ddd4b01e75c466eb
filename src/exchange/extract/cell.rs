//! One typed cell, out of a JSON value and into text.

use std::borrow::Cow;

use serde_json::{Number, Value};

use super::Holds;
use crate::domain::Moment;
use crate::exchange::cell::{joined, protected};

/// What stands in one cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing is known, or there is nothing to say: never 0.
    Empty,
    /// Words, as they are: no form writes them so that a spreadsheet runs them.
    Text(String),
    /// A number that is finite.
    Number(f64),
    /// Yes or no.
    Flag(bool),
    /// A day or an instant, UTC.
    Moment(Moment),
}

impl Cell {
    /// The cell of a column that shows a value. What is not of the column's type stays readable, as words.
    #[must_use]
    pub fn of(holds: Holds, value: &Value) -> Self {
        match (holds, value) {
            (_, Value::Null) => Self::Empty,
            (Holds::Number | Holds::Whole, Value::Number(number)) => {
                number.as_f64().map_or(Self::Empty, Self::Number)
            }
            (Holds::Flag, Value::Bool(yes)) => Self::Flag(*yes),
            (Holds::Moment | Holds::Day, Value::String(text)) => {
                text.parse().map_or_else(|_odd| Self::words(text), Self::Moment)
            }
            (_, Value::String(text)) => Self::words(text),
            (_, Value::Array(items)) => Self::words(&joined(items)),
            (_, other) => Self::Text(other.to_string()),
        }
    }

    /// Words; empty where there are none.
    #[must_use]
    pub fn words(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }

    /// As words, as they are: for forms that tell words from formulas.
    pub(super) fn unmarked(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Empty => None,
            Self::Text(text) => Some(Cow::Borrowed(text)),
            other => Some(other.text()),
        }
    }

    /// As it stands in a text file: `'` before what a spreadsheet would run.
    pub(in crate::exchange) fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) => protected(text),
            Self::Number(number) => Cow::Owned(plain(*number)),
            Self::Flag(yes) => Cow::Borrowed(if *yes { "true" } else { "false" }),
            Self::Moment(moment) => Cow::Owned(moment.to_string()),
        }
    }
}

/// A number as text: whole ones without a fraction, others so that they are read back exactly.
fn plain(number: f64) -> String {
    /// Up to here every whole number is exact.
    const LARGEST: f64 = 9e15;
    #[expect(clippy::cast_possible_truncation, reason = "whole and below 2^53")]
    if number.fract() == 0.0 && number.abs() < LARGEST {
        (number as i64).to_string()
    } else {
        Number::from_f64(number).map_or_else(String::new, |number| number.to_string())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_not_known_is_empty_in_every_column_and_never_nought() {
        for holds in
            [Holds::Text, Holds::Number, Holds::Whole, Holds::Flag, Holds::Moment, Holds::Day]
        {
            assert_eq!(Cell::of(holds, &Value::Null), Cell::Empty, "{holds:?}");
        }
        assert_eq!(Cell::of(Holds::Text, &json!("")), Cell::Empty);
        assert_eq!(Cell::of(Holds::Number, &json!(0)).text(), "0");
    }

    #[test]
    fn what_is_of_another_type_than_its_column_stays_readable() {
        assert_eq!(Cell::of(Holds::Day, &json!("soon")).text(), "soon");
        assert_eq!(Cell::of(Holds::Number, &json!("=1")).text(), "'=1");
        assert_eq!(Cell::of(Holds::Text, &json!(["a;b", "c"])).text(), "a\\;b; c");
    }

    proptest! {
        #[test]
        fn a_spreadsheet_runs_no_words(text in "[ \t\r\n']{0,2}[=+@＝＋－＠-].{0,12}") {
            let cell = Cell::of(Holds::Text, &json!(text));
            prop_assert!(cell.text().trim_start().starts_with('\''), "{}", cell.text());
        }

        #[test]
        fn a_number_is_read_back_as_it_was(number in prop::num::f64::NORMAL | prop::num::f64::ZERO) {
            let text = Cell::Number(number).text().into_owned();
            prop_assert_eq!(text.parse::<f64>().unwrap().to_bits(), number.to_bits());
        }
    }
}
