//! Cells written and read back, and what is refused.

use super::*;
use proptest::prelude::*;

use crate::exchange::extract::{Cell as Written, Holds};

/// The cell that holds a value, as it stands in a file.
fn written(value: &Value) -> String {
    let holds = if value.is_number() { Holds::Number } else { Holds::Text };
    Written::of(holds, value).text().into_owned()
}

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
        read.map(Option::unwrap_or_default)
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
    assert_eq!(
        value("2016-07-26T10:30:00+02:00"),
        Ok(Some(Value::from("2016-07-26T10:30:00+02:00")))
    );
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
fn words_behind_a_separator_of_others_are_marked_and_come_back() {
    for (text, cell) in [
        (";=1+1", ";'=1+1"),
        ("a; -b", "a;' -b"),
        ("one\n=two\r\n+3", "one\n'=two\r\n'+3"),
        ("=a;=b", "'=a;'=b"),
        ("a;'=b", "a;''=b"),
        ("a; b = c", "a; b = c"),
    ] {
        assert_eq!(protected(text), cell);
        assert_eq!(read(&Shape::Text, cell), Ok(Some(Value::from(text))));
    }
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
