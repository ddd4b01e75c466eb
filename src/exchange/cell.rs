//! One cell: a value written so that no spreadsheet runs it, and read back strictly.

use std::borrow::Cow;

use chrono::{LocalResult, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, TimeZone};
use chrono_tz::Tz;
use serde_json::Value;

use super::number::{Hand, Marks, bare, number, plain_number};
use super::row::{Cell, Form};
use crate::domain::{Moment, Shape};

/// What a spreadsheet takes for the start of a formula, with the full-width forms that some fold into it.
const STARTERS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Would a spreadsheet run it, or would the mark before it be taken for ours?
fn is_dangerous(text: &str) -> bool {
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
        text.starts_with(['=', '@']) || text.starts_with(['+', '-']) && !is_signed(text);
    if runs { Err("looks like a formula; write ' before it".to_owned()) } else { Ok(cell) }
}

/// Is it a number with a sign, however its marks are meant?
fn is_signed(text: &str) -> bool {
    let text = bare(text);
    let digits = &text[1..];
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || " .,'٫٬eE+-".contains(c))
        && (!digits.contains(['+', '-']) || plain_number(&text).is_ok())
}

/// The cell that holds a value; empty where nothing is known.
pub(super) fn written(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => protected(text).into_owned(),
        Value::Array(items) => protected(&joined(items)).into_owned(),
        other => other.to_string(),
    }
}

/// A list in one cell.
fn joined(items: &[Value]) -> String {
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

/// How cells are read.
#[derive(Debug, Clone, Default)]
pub(super) struct Reading {
    date_format: Option<String>,
    zone: Option<Tz>,
    marks: Marks,
}

impl Reading {
    /// With this form of dates beside the usual one, in this time zone where a time has none, and with these marks in
    /// numbers.
    ///
    /// # Errors
    ///
    /// When the form leaves out the year, the month or the day, or names anything finer.
    pub(super) fn new(date_format: Option<&str>, zone: Option<Tz>, marks: Marks) -> Result<Self, String> {
        use std::fmt::Write;
        if let Some(format) = date_format {
            let mut sample = String::new();
            let written = NaiveDate::from_ymd_opt(2016, 11, 23)
                .filter(|date| write!(sample, "{}", date.format(format)).is_ok());
            if written.is_none() || NaiveDate::parse_from_str(&sample, format).ok() != written {
                return Err("must hold year, month and day and no time, e.g. %d/%m/%Y".to_owned());
            }
        }
        Ok(Self { date_format: date_format.map(str::to_owned), zone, marks })
    }

    /// The value in a cell; `None` where it is empty.
    ///
    /// Only the form of the cell is checked; whether the value makes sense is asked at the domain's door.
    pub(super) fn value(&self, shape: &Shape, cell: Cell<'_>, hand: Hand) -> Result<Option<Value>, String> {
        if cell.form == Form::Refused {
            return Err(cell.text.to_owned());
        }
        refuse_form(shape, cell)?;
        let text = if cell.form == Form::Typed { unprotected(cell.text)? } else { cell.text }.trim();
        if text.is_empty() {
            return Ok(None);
        }
        match shape {
            Shape::List(item) => {
                let items = split(text)?;
                let values = items.iter().map(|text| self.typed(item, Cell { text: text.trim(), ..cell }, hand));
                Ok(Some(Value::Array(values.collect::<Result<_, _>>()?)))
            }
            single => self.typed(single, Cell { text, ..cell }, hand).map(Some),
        }
    }

    fn typed(&self, shape: &Shape, cell: Cell<'_>, hand: Hand) -> Result<Value, String> {
        let text = cell.text;
        match shape {
            Shape::Number | Shape::Count | Shape::Figure if cell.form != Form::Number => {
                number(text, self.marks, hand)
            }
            // A thousand times a degree is none: the point can only stand before the fraction.
            Shape::Place if cell.form != Form::Number => number(text, self.marks, Hand::Ours),
            Shape::Number | Shape::Count | Shape::Figure | Shape::Place => plain_number(text),
            Shape::Flag => match text.to_ascii_lowercase().as_str() {
                "true" => Ok(Value::from(true)),
                "false" => Ok(Value::from(false)),
                _ => Err("must be true or false".to_owned()),
            },
            Shape::Moment => self.moment(&bare(text)),
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
        if let Some(local) = local_time(text) {
            return self.in_zone(local);
        }
        match text.parse::<Moment>() {
            Ok(_) => Ok(Value::from(text)),
            Err(refusal) if refusal.rule.starts_with("must be a date") => {
                Err(format!("{}; for another form give --date-format, e.g. %d/%m/%Y", refusal.rule))
            }
            Err(refusal) => Err(refusal.rule),
        }
    }

    /// An instant out of a time on a wall.
    fn in_zone(&self, local: NaiveDateTime) -> Result<Value, String> {
        if local.time() == NaiveTime::MIN {
            return Ok(Value::from(local.date().to_string()));
        }
        let Some(zone) = self.zone else {
            return Err("is a time without a time zone; give --time-zone, e.g. Asia/Damascus, or write 2016-07-26T10:30:00+03:00".to_owned());
        };
        match zone.from_local_datetime(&local) {
            LocalResult::Single(at) => Ok(Value::from(Moment::instant(at.to_utc()).to_string())),
            LocalResult::Ambiguous(first, _) => Err(format!(
                "comes twice in {zone}, when the clocks go back; write it as {}",
                first.to_rfc3339_opts(SecondsFormat::AutoSi, true)
            )),
            LocalResult::None => Err(format!("does not come in {zone}: the clocks go forward over it")),
        }
    }
}

/// A time on a wall, as a spreadsheet has it or people write it.
fn local_time(text: &str) -> Option<NaiveDateTime> {
    let forms = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"];
    forms.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
}

/// Refuses what a workbook says a cell is, where the field wants something else.
fn refuse_form(shape: &Shape, cell: Cell<'_>) -> Result<(), String> {
    let shape = if let Shape::List(item) = shape { item } else { shape };
    let is_number = matches!(shape, Shape::Number | Shape::Count | Shape::Figure | Shape::Place);
    let is_moment = matches!(shape, Shape::Moment);
    let refused = match cell.form {
        Form::Error => "is the error of a formula; mend it in the spreadsheet",
        Form::Unreckoned => "is a formula whose result was not saved; open the file in a spreadsheet program and save it",
        Form::NoDay => "is shown as a date that no calendar has",
        Form::Percent if is_number => "is a percentage; give the number itself, with another format of the cell",
        Form::Percent | Form::Number | Form::Flag if is_moment => {
            "is no date; give the cell the format of a date, or write YYYY-MM-DD"
        }
        Form::Clock if is_moment => "is a time without a day; write day and time",
        Form::Day | Form::Clock if is_number => "is a date or a time, where a number belongs; change the format of the cell",
        Form::Flag if is_number => "is true or false, where a number belongs",
        _ => return Ok(()),
    };
    Err(refused.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(shape: &Shape, cell: &str) -> Result<Option<Value>, String> {
        Reading::default().value(shape, Cell::typed(cell), Hand::Ours)
    }

    #[test]
    fn numbers_of_our_own_files_are_read_as_they_were_written() {
        assert_eq!(read(&Shape::Number, " 40000 "), Ok(Some(Value::from(40_000))));
        assert_eq!(read(&Shape::Number, "1.234"), Ok(Some(Value::from(1.234))));
        assert_eq!(read(&Shape::Place, "-12.5"), Ok(Some(Value::from(-12.5))));
        assert_eq!(read(&Shape::Number, " "), Ok(None));
        let somebodys = Reading::default().value(&Shape::Place, Cell::typed("36.278"), Hand::Somebody);
        assert_eq!(somebodys, Ok(Some(Value::from(36.278))));
    }

    #[test]
    fn what_a_workbook_says_a_cell_is_must_fit() {
        let said = |shape: &Shape, text, form| {
            let read = Reading::default().value(shape, Cell { text, form }, Hand::Somebody);
            read.map(|value| value.unwrap_or_default())
        };
        assert_eq!(said(&Shape::Moment, "2016-07-26", Form::Day), Ok(Value::from("2016-07-26")));
        assert_eq!(said(&Shape::Number, "1.234", Form::Number), Ok(Value::from(1.234)));
        assert!(said(&Shape::Number, "1.234", Form::Text).unwrap_err().contains("two ways"));
        assert_eq!(said(&Shape::Text, "=1+1", Form::Text), Ok(Value::from("=1+1")));
        assert_eq!(said(&Shape::Text, "12%", Form::Percent), Ok(Value::from("12%")));
        assert_eq!(said(&Shape::Text, "62179", Form::Number), Ok(Value::from("62179")));
        assert!(said(&Shape::Number, "12%", Form::Percent).unwrap_err().contains("percentage"));
        assert!(said(&Shape::Moment, "42577", Form::Number).unwrap_err().contains("no date"));
        assert!(said(&Shape::Moment, "10:30:00", Form::Clock).unwrap_err().contains("without a day"));
        assert!(said(&Shape::Count, "2016-07-26", Form::Day).unwrap_err().contains("a date or a time"));
        assert!(said(&Shape::Text, "#REF!", Form::Error).unwrap_err().contains("error of a formula"));
        assert!(said(&Shape::Text, "", Form::Unreckoned).unwrap_err().contains("not saved"));
        assert!(said(&Shape::Text, "1900-02-29", Form::NoDay).unwrap_err().contains("no calendar"));
    }

    #[test]
    fn a_time_without_a_zone_is_asked_for() {
        let cell = Cell { text: "2016-07-26T10:30:00", form: Form::Day };
        let refusal = Reading::default().value(&Shape::Moment, cell, Hand::Somebody).unwrap_err();
        assert!(refusal.contains("--time-zone"), "{refusal}");
        let zone = Some("Asia/Damascus".parse().unwrap());
        let reading = Reading::new(None, zone, Marks::default()).unwrap();
        let value = |text| reading.value(&Shape::Moment, Cell::typed(text), Hand::Somebody);
        assert_eq!(value("2016-07-26 10:30"), Ok(Some(Value::from("2016-07-26T07:30:00Z"))));
        assert_eq!(value("2016-07-26T10:30:00+02:00"), Ok(Some(Value::from("2016-07-26T10:30:00+02:00"))));
        assert_eq!(value("٢٠١٦-٠٧-٢٦"), Ok(Some(Value::from("2016-07-26"))));
        assert!(value("2016-03-25 00:30").unwrap_err().contains("clocks go forward"));
        assert!(value("2016-10-27 23:30").unwrap_err().contains("comes twice"));
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
        let reading = Reading::new(Some("%d/%m/%Y"), None, Marks::default()).unwrap();
        let value = |text| reading.value(&Shape::Moment, Cell::typed(text), Hand::Ours);
        let day = Ok(Some(Value::from("2016-07-26")));
        assert_eq!(value("26/07/2016"), day);
        assert_eq!(value("2016-07-26"), day);
        assert!(value("07/26/2016").is_err());
    }

    #[test]
    fn a_form_of_dates_without_a_day_or_with_a_time_is_refused() {
        for format in ["%m/%Y", "%d/%m/%Y %H:%M", "%", "day"] {
            assert!(Reading::new(Some(format), None, Marks::default()).is_err(), "{format}");
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
