//! One cell: a value written so that no spreadsheet runs it, and read back strictly.

use std::borrow::Cow;

use chrono::NaiveDate;
use serde_json::Value;

use crate::domain::{Moment, Shape};

/// What a spreadsheet takes for the start of a formula, with the full-width forms that some fold into it.
const STARTERS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Would a spreadsheet run it, or would the mark before it be taken for ours?
pub(super) fn is_dangerous(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(STARTERS)
}

/// The text as it stands in a cell: with `'` before it where a spreadsheet would run it.
pub(super) fn protected(text: &str) -> Cow<'_, str> {
    if is_dangerous(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text inside a cell, without the `'` that [`protected`] put there.
fn unprotected(cell: &str) -> Result<&str, String> {
    if let Some(text) = cell.strip_prefix('\'').filter(|text| is_dangerous(text)) {
        return Ok(text);
    }
    let text = cell.trim_start();
    let runs =
        text.starts_with(['=', '@']) || text.starts_with(['+', '-']) && number(text).is_err();
    if runs { Err("looks like a formula; write ' before it".to_owned()) } else { Ok(cell) }
}

/// A list in one cell.
pub(super) fn joined(items: &[Value]) -> String {
    let items = items.iter().map(|item| {
        let text = item.as_str().map_or_else(|| item.to_string(), str::to_owned);
        text.replace('\\', "\\\\").replace(';', "\\;")
    });
    items.collect::<Vec<_>>().join("; ")
}

/// The items of a list in one cell.
fn split(text: &str) -> Result<Vec<String>, String> {
    let mut items = vec![String::new()];
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        let letter = match letter {
            ';' => {
                items.push(String::new());
                continue;
            }
            '\\' => letters.next().ok_or("ends with \\; write \\\\ for one")?,
            other => other,
        };
        if let Some(item) = items.last_mut() {
            item.push(letter);
        }
    }
    // People end a list with the separator as often as not.
    if items.last().is_some_and(|item| item.trim().is_empty()) {
        items.pop();
    }
    if items.iter().any(|item| item.trim().is_empty()) {
        return Err("has an empty item between two ;".to_owned());
    }
    Ok(items)
}

/// A number, written plainly.
fn number(text: &str) -> Result<Value, String> {
    let refused =
        || "must be a number written as 1000 or 12.5, without commas, spaces or units".to_owned();
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_plain = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.ends_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || ".eE+-".contains(c));
    if !is_plain {
        return Err(refused());
    }
    if let Ok(whole) = text.parse::<u64>() {
        return Ok(Value::from(whole));
    }
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(Value::from(number)),
        _ => Err(refused()),
    }
}

/// How cells are read.
#[derive(Debug, Clone, Default)]
pub(super) struct Reading {
    date_format: Option<String>,
}

impl Reading {
    /// With this form of dates beside the usual one.
    ///
    /// # Errors
    ///
    /// When the form leaves out the year, the month or the day, or names anything finer.
    pub(super) fn new(date_format: Option<&str>) -> Result<Self, String> {
        use std::fmt::Write;
        if let Some(format) = date_format {
            let mut sample = String::new();
            let written = NaiveDate::from_ymd_opt(2016, 11, 23)
                .filter(|date| write!(sample, "{}", date.format(format)).is_ok());
            if written.is_none() || NaiveDate::parse_from_str(&sample, format).ok() != written {
                return Err("must hold year, month and day and no time, e.g. %d/%m/%Y".to_owned());
            }
        }
        Ok(Self { date_format: date_format.map(str::to_owned) })
    }

    /// The value in a cell; `None` where it is empty.
    ///
    /// Only the form of the cell is checked; whether the value makes sense is asked at the domain's door.
    pub(super) fn value(&self, shape: &Shape, cell: &str) -> Result<Option<Value>, String> {
        let text = unprotected(cell)?.trim();
        if text.is_empty() {
            return Ok(None);
        }
        match shape {
            Shape::List(item) => {
                let items = split(text)?;
                let values = items.iter().map(|text| self.typed(item, text.trim()));
                Ok(Some(Value::Array(values.collect::<Result<_, _>>()?)))
            }
            single => self.typed(single, text).map(Some),
        }
    }

    fn typed(&self, shape: &Shape, text: &str) -> Result<Value, String> {
        match shape {
            Shape::Number | Shape::Count | Shape::Figure | Shape::Place => number(text),
            Shape::Flag => match text.to_ascii_lowercase().as_str() {
                "true" => Ok(Value::from(true)),
                "false" => Ok(Value::from(false)),
                _ => Err("must be true or false".to_owned()),
            },
            Shape::Moment => self.moment(text),
            Shape::Outline => serde_json::from_str(text)
                .map_err(|fault| format!("must be GeoJSON of a Polygon or MultiPolygon: {fault}")),
            _ => Ok(Value::from(text)),
        }
    }

    fn moment(&self, text: &str) -> Result<Value, String> {
        let given = self.date_format.as_deref();
        if let Some(date) = given.and_then(|form| NaiveDate::parse_from_str(text, form).ok()) {
            return Ok(Value::from(date.to_string()));
        }
        match text.parse::<Moment>() {
            Ok(_) => Ok(Value::from(text)),
            Err(refusal) if refusal.rule.starts_with("must be a date") => {
                Err(format!("{}; for another form give --date-format, e.g. %d/%m/%Y", refusal.rule))
            }
            Err(refusal) => Err(refusal.rule),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    use crate::exchange::extract::{Cell, Holds};

    /// The cell that holds a value, as it stands in a file.
    fn written(value: &Value) -> String {
        let holds = if value.is_number() { Holds::Number } else { Holds::Text };
        Cell::of(holds, value).text().into_owned()
    }

    fn read(shape: &Shape, cell: &str) -> Result<Option<Value>, String> {
        Reading::default().value(shape, cell)
    }

    #[test]
    fn a_number_with_a_thousands_mark_is_refused_with_a_hint() {
        for cell in [
            "1,000",
            "12 000",
            "1\u{a0}000",
            "12,5",
            "12%",
            "٤٠",
            "1.",
            ".5",
            "0x10",
            "NaN",
            "1e999",
        ] {
            let refusal = read(&Shape::Number, cell).unwrap_err();
            assert!(refusal.contains("without commas"), "{cell}: {refusal}");
        }
        assert_eq!(read(&Shape::Number, " 40000 "), Ok(Some(Value::from(40_000))));
        assert_eq!(read(&Shape::Place, "-12.5"), Ok(Some(Value::from(-12.5))));
        assert_eq!(read(&Shape::Number, " "), Ok(None));
    }

    #[test]
    fn a_cell_that_a_spreadsheet_would_run_is_refused_unless_it_is_marked() {
        for cell in ["=1+1", "@SUM(A1)", "+A1", "-A1", " =1", "\t=1"] {
            let refusal = read(&Shape::Text, cell).unwrap_err();
            assert!(refusal.contains("write ' before it"), "{cell}: {refusal}");
        }
        assert_eq!(read(&Shape::Text, "'=1+1"), Ok(Some(Value::from("=1+1"))));
        assert_eq!(read(&Shape::Text, "-5"), Ok(Some(Value::from("-5"))));
        assert_eq!(read(&Shape::Text, "'quoted'"), Ok(Some(Value::from("'quoted'"))));
    }

    #[test]
    fn full_width_forms_are_marked_too() {
        assert_eq!(protected("＝1"), "'＝1");
        assert_eq!(protected("''=1"), "'''=1");
        assert_eq!(protected("it's = 1"), "it's = 1");
    }

    #[test]
    fn another_form_of_dates_is_read_only_when_it_is_named() {
        assert!(read(&Shape::Moment, "26/07/2016").unwrap_err().contains("--date-format"));
        let reading = Reading::new(Some("%d/%m/%Y")).unwrap();
        let day = Ok(Some(Value::from("2016-07-26")));
        assert_eq!(reading.value(&Shape::Moment, "26/07/2016"), day);
        assert_eq!(reading.value(&Shape::Moment, "2016-07-26"), day);
        assert!(reading.value(&Shape::Moment, "07/26/2016").is_err());
    }

    #[test]
    fn a_form_of_dates_without_a_day_or_with_a_time_is_refused() {
        for format in ["%m/%Y", "%d/%m/%Y %H:%M", "%", "day"] {
            assert!(Reading::new(Some(format)).is_err(), "{format}");
        }
    }

    #[test]
    fn an_empty_item_is_refused_but_not_a_separator_at_the_end() {
        let texts = Shape::List(&Shape::Text);
        assert_eq!(read(&texts, "a; b;"), Ok(Some(Value::from(vec!["a", "b"]))));
        assert!(read(&texts, "a;; b").is_err());
        assert!(read(&texts, "a\\").is_err());
    }

    proptest! {
        #[test]
        fn every_text_comes_back_as_it_was(text in "['=+@\\-＝a; \\\\\"]{1,8}") {
            prop_assume!(!text.trim().is_empty());
            let cell = written(&Value::from(text.trim()));
            prop_assert_eq!(read(&Shape::Text, &cell), Ok(Some(Value::from(text.trim()))));
        }

        #[test]
        fn every_list_comes_back_as_it_was(items in prop::collection::vec("['=a;\\\\@]{1,5}", 1..5)) {
            let cell = written(&Value::from(items.clone()));
            let texts = Shape::List(&Shape::Text);
            let read = read(&texts, &cell).unwrap().unwrap();
            let read: Vec<&str> = read.as_array().unwrap().iter().map(|v| v.as_str().unwrap()).collect();
            prop_assert_eq!(read, items);
        }

        #[test]
        fn every_number_comes_back_as_it_was(number in 0.0..1e11_f64) {
            prop_assert_eq!(read(&Shape::Number, &written(&Value::from(number))), Ok(Some(Value::from(number))));
        }
    }
}
