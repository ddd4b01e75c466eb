//! Dates as a spreadsheet counts them: days since 1900 or 1904, the time as a fraction.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::super::row::Form;

/// The last day that a spreadsheet shows, 31 December 9999, from 1900.
const LAST: f64 = 2_958_466.0;

/// The text and form of a number that is shown as a date.
///
/// In the epoch of 1900 day 60 is 29 February 1900, which no calendar has: it stays in so that old workbooks keep
/// their numbers, and all days before it are one off.
pub(super) fn written(serial: f64, is_1904: bool, shows_day: bool) -> (String, Form) {
    if !(0.0..LAST).contains(&serial) {
        return (plain(serial), Form::NoDay);
    }
    let day = serial.floor();
    // To the millisecond: the fraction of a day is never exact.
    #[expect(clippy::cast_possible_truncation, reason = "less than a day")]
    let milliseconds = ((serial - day) * 86_400_000.0).round() as i64;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "below the last day, not negative"
    )]
    let day = day as u64;
    if day == 0 && !is_1904 || !shows_day {
        let time = NaiveTime::MIN + TimeDelta::milliseconds(milliseconds);
        return (time.format("%H:%M:%S").to_string(), Form::Clock);
    }
    let first = match (is_1904, day) {
        (true, _) => NaiveDate::from_ymd_opt(1904, 1, 1),
        (false, 60) => return ("1900-02-29".to_owned(), Form::NoDay),
        (false, ..60) => NaiveDate::from_ymd_opt(1899, 12, 31),
        (false, _) => NaiveDate::from_ymd_opt(1899, 12, 30),
    };
    let Some(date) = first.and_then(|first| first.checked_add_days(Days::new(day))) else {
        return (plain(serial), Form::NoDay);
    };
    let at = date.and_time(NaiveTime::MIN) + TimeDelta::milliseconds(milliseconds);
    (of_moment(at), Form::Day)
}

/// A day, with the time where it is not midnight.
pub(super) fn of_moment(at: NaiveDateTime) -> String {
    let form = if at.time() == NaiveTime::MIN { "%Y-%m-%d" } else { "%Y-%m-%dT%H:%M:%S%.f" };
    at.format(form).to_string()
}

/// The same as an instant, where the form of the cell says that it is UTC: there midnight is an instant too.
pub(super) fn in_utc((text, form): (String, Form)) -> (String, Form) {
    match form {
        Form::Day if text.contains('T') => (format!("{text}Z"), form),
        Form::Day => (format!("{text}T00:00:00Z"), form),
        _ => (text, form),
    }
}

/// A number as it is meant: to the fifteen digits that a spreadsheet knows, without an exponent where it fits.
pub(super) fn plain(number: f64) -> String {
    let rounded = format!("{number:.14e}").parse::<f64>().unwrap_or(number);
    format!("{rounded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(serial: f64, is_1904: bool) -> String {
        let (text, form) = written(serial, is_1904, true);
        format!("{text} {form:?}")
    }

    #[test]
    fn days_of_both_epochs_and_the_day_that_never_was() {
        assert_eq!(said(1.0, false), "1900-01-01 Day");
        assert_eq!(said(59.0, false), "1900-02-28 Day");
        assert_eq!(said(60.0, false), "1900-02-29 NoDay");
        assert_eq!(said(60.75, false), "1900-02-29 NoDay");
        assert_eq!(said(61.0, false), "1900-03-01 Day");
        assert_eq!(said(42_577.0, false), "2016-07-26 Day");
        assert_eq!(said(42_577.0 - 1_462.0, true), "2016-07-26 Day");
        assert_eq!(said(0.0, true), "1904-01-01 Day");
    }

    #[test]
    fn a_time_is_kept_to_the_millisecond_and_the_last_one_carries_over() {
        assert_eq!(said(42_577.437_5, false), "2016-07-26T10:30:00 Day");
        assert_eq!(said(42_577.0 + 0.1 + 0.2, false), "2016-07-26T07:12:00 Day");
        assert_eq!(said(42_577.999_999_999_9, false), "2016-07-27 Day");
    }

    #[test]
    fn a_time_without_a_day_and_a_number_that_is_no_day_are_told_apart() {
        assert_eq!(said(0.437_5, false), "10:30:00 Clock");
        assert_eq!(written(42_577.437_5, false, false), ("10:30:00".to_owned(), Form::Clock));
        assert_eq!(said(-1.0, false), "-1 NoDay");
        assert_eq!(said(3e6, false), "3000000 NoDay");
        assert_eq!(said(f64::NAN, false), "NaN NoDay");
    }

    #[test]
    fn a_number_has_the_digits_that_a_spreadsheet_shows() {
        assert_eq!(plain(0.1 + 0.2), "0.3");
        assert_eq!(plain(40_000.0), "40000");
        assert_eq!(plain(33.463_1), "33.4631");
        assert_eq!(plain(-12.5), "-12.5");
    }
}
