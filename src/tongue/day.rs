//! How a day, a moment, a stretch of days is written; always UTC.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc};

use super::{Tongue, say};
use crate::domain::{DatePrecision, Language};

impl Tongue<'_> {
    fn month(self, date: NaiveDate, list: &str) -> String {
        self.word(&format!("{list}-{}", date.month()))
    }

    /// `26 July 2016`.
    #[must_use]
    pub fn date(self, date: NaiveDate) -> String {
        let (day, month) = (date.day(), self.month(date, "month"));
        say!(self, "date", day = day, month = month, year = date.year().to_string())
    }

    /// `26 Jul 2016`, for tables.
    #[must_use]
    pub fn short_date(self, date: NaiveDate) -> String {
        let (day, month) = (date.day(), self.month(date, "short-month"));
        say!(self, "date", day = day, month = month, year = date.year().to_string())
    }

    /// `26 Jul`, for tables.
    #[must_use]
    pub fn short_day_of_year(self, date: NaiveDate) -> String {
        say!(self, "day-of-year", day = date.day(), month = self.month(date, "short-month"))
    }

    /// A day, no finer than it is known.
    #[must_use]
    pub fn known_date(self, date: NaiveDate, precision: Option<DatePrecision>) -> String {
        self.with_precision(date, precision, "in-month", Self::date)
    }

    /// The same for tables.
    #[must_use]
    pub fn known_short_date(self, date: NaiveDate, precision: Option<DatePrecision>) -> String {
        self.with_precision(date, precision, "month-of-year", Self::short_date)
    }

    /// The same in a sentence of an alert: English ones have short months, as the tables beside them.
    pub(super) fn dated(self, date: NaiveDate, precision: Option<DatePrecision>) -> String {
        let write = match self.language {
            Language::En => Self::short_date,
            Language::Ar | Language::Fr => Self::date,
        };
        self.with_precision(date, precision, "in-month", write)
    }

    fn with_precision(
        self,
        date: NaiveDate,
        precision: Option<DatePrecision>,
        in_month: &str,
        write: fn(Self, NaiveDate) -> String,
    ) -> String {
        let year = date.year().to_string();
        match precision {
            None | Some(DatePrecision::Day) => write(self, date),
            Some(DatePrecision::Approx) => say!(self, "about-date", date = write(self, date)),
            Some(DatePrecision::Month) => {
                let (number, month) = (date.month(), self.month(date, "month"));
                say!(self, in_month, number = number, month = month, year = year)
            }
            Some(DatePrecision::Year) => year,
        }
    }

    /// `end of 26 July 2016` for the last instant of a day, else with the time; always UTC.
    #[must_use]
    pub fn instant(self, at: DateTime<Utc>) -> String {
        let date = self.date(at.date_naive());
        if (at + TimeDelta::milliseconds(1)).time() == NaiveTime::MIN {
            return say!(self, "end-of-day", date = date);
        }
        let seconds = if at.second() == 0 { "%H:%M" } else { "%H:%M:%S" };
        say!(self, "instant", date = date, time = at.format(seconds).to_string())
    }

    /// `20 to 26 July 2016`, or with times where it does not begin at midnight.
    #[must_use]
    pub fn period(self, after: DateTime<Utc>, to: DateTime<Utc>) -> String {
        let first = after + TimeDelta::milliseconds(1);
        if first.time() != NaiveTime::MIN {
            return say!(self, "period-times", from = self.instant(after), to = self.instant(to));
        }
        let (from, to) = (first.date_naive(), to.date_naive());
        if from == to {
            return self.date(to);
        }
        let short = match (from.year() == to.year(), from.month() == to.month()) {
            (true, true) => say!(self, "day-of-month", day = from.day()),
            (true, false) => {
                say!(self, "day-of-year", day = from.day(), month = self.month(from, "month"))
            }
            (false, _) => self.date(from),
        };
        say!(self, "period", from = short, to = self.date(to))
    }
}
