//! Dates and instants as sources give them: a day, or a time of day.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, SecondsFormat, TimeDelta, Utc};
use serde::Serialize;
use serde_json::Value;

use super::choice::choice;
use super::door::{self, Door};
use super::invalid::{InvalidValue, Pointer, Problems};
use super::schema::Shape;

/// A day (`2016-07-26`) or an instant (`2016-07-26T10:00:00Z`), UTC.
///
/// # Example
///
/// ```
/// use passage::domain::Moment;
/// let day: Moment = "2016-07-26".parse().unwrap();
/// assert_eq!(day.end().to_rfc3339(), "2016-07-26T23:59:59.999+00:00");
/// assert!("2016-02-30".parse::<Moment>().is_err());
/// assert!("1899-12-31".parse::<Moment>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    start: DateTime<Utc>,
    is_day: bool,
}

impl Moment {
    /// A whole day.
    #[must_use]
    pub fn day(date: NaiveDate) -> Self {
        Self { start: date.and_time(NaiveTime::MIN).and_utc(), is_day: true }
    }

    /// An instant, cut to milliseconds.
    #[must_use]
    pub fn instant(at: DateTime<Utc>) -> Self {
        Self {
            start: DateTime::from_timestamp_millis(at.timestamp_millis()).unwrap_or(at),
            is_day: false,
        }
    }

    /// Its first millisecond.
    #[must_use]
    pub const fn start(self) -> DateTime<Utc> {
        self.start
    }

    /// Its last millisecond: a date means its end.
    #[must_use]
    pub fn end(self) -> DateTime<Utc> {
        if self.is_day {
            self.start + Days::new(1) - TimeDelta::milliseconds(1)
        } else {
            self.start
        }
    }

    /// The day it lies on, UTC.
    #[must_use]
    pub fn date(self) -> NaiveDate {
        self.start.date_naive()
    }

    /// Is it a whole day?
    #[must_use]
    pub const fn is_day(self) -> bool {
        self.is_day
    }
}

/// How a moment is written.
const FORMS: &str = "must be a date as YYYY-MM-DD or a time as YYYY-MM-DDThh:mm:ssZ";

impl FromStr for Moment {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        let refused = |rule: &str| InvalidValue::new(rule, format!("{text:?}"));
        let moment = if text.len() == 10 {
            // The calendar itself would take signs and spaces for digits.
            let in_form = text.bytes().enumerate().all(|(place, byte)| match place {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
            let rule = if in_form { "must be a date that exists, as YYYY-MM-DD" } else { FORMS };
            let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| in_form);
            Self::day(date.ok_or_else(|| refused(rule))?)
        } else {
            let at = DateTime::parse_from_rfc3339(text);
            Self::instant(at.map_err(|_unread| refused(FORMS))?.to_utc())
        };
        if !(1900..=2200).contains(&moment.start.year()) {
            return Err(refused("must lie between the years 1900 and 2200"));
        }
        Ok(moment)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_day {
            write!(f, "{}", self.date())
        } else {
            f.write_str(&self.start.to_rfc3339_opts(SecondsFormat::AutoSi, true))
        }
    }
}

impl Serialize for Moment {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Door for Moment {
    const SHAPE: Shape = Shape::Moment;
    fn open(value: &Value, at: &Pointer<'_>, problems: &mut Problems) -> Option<Self> {
        door::noted(door::text(value, at, problems)?.parse(), at, problems)
    }
}

choice! {
    /// How exactly a source knows the date. A coarser date is written as its first day.
    DatePrecision {
        /// To the day or finer; the same as leaving it out.
        Day = "day",
        /// About this day.
        Approx = "approx",
        /// Some day of this month.
        Month = "month",
        /// Some day of this year.
        Year = "year",
    }
}

impl DatePrecision {
    /// The last instant at which something dated so can have happened; about a day counts as that day.
    #[must_use]
    pub fn latest(self, moment: Moment) -> DateTime<Utc> {
        let date = moment.date();
        let next = match self {
            Self::Day | Self::Approx => return moment.end(),
            Self::Month => {
                let month0 = date.month0();
                NaiveDate::from_ymd_opt(
                    date.year() + i32::from(month0 == 11),
                    (month0 + 1) % 12 + 1,
                    1,
                )
            }
            Self::Year => NaiveDate::from_ymd_opt(date.year() + 1, 1, 1),
        };
        next.map_or(moment.end(), |next| Moment::day(next).start() - TimeDelta::milliseconds(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_ends_on_its_last_day_also_in_december() {
        let december: Moment = "2016-12-01".parse().unwrap();
        let last = DatePrecision::Month.latest(december);
        assert_eq!(last.to_rfc3339(), "2016-12-31T23:59:59.999+00:00");
    }

    #[test]
    fn a_leap_day_exists_only_in_leap_years() {
        assert!("2016-02-29".parse::<Moment>().is_ok());
        assert!("2015-02-29".parse::<Moment>().is_err());
    }
}
