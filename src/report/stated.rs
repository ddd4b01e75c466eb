//! A figure with what must never be left off it, and a day as exactly as it is known.

use std::fmt::Display;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use crate::domain::{DatePrecision, Figure, Moment};

/// A figure with its range, its day, who says so and where that can be read.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Stated {
    /// Low, best, high; what is not known is `null`.
    #[serde(flatten)]
    pub figure: Figure,
    /// The day it is for.
    #[serde(flatten)]
    pub day: Option<Day>,
    /// Who says so.
    pub by: Option<String>,
    /// The codes of the sources.
    pub sources: Vec<String>,
}

/// A day, as exactly as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Day {
    /// The day; of a month or a year the first.
    pub date: NaiveDate,
    /// How exactly it is known; left out, to the day.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "word_or_none",
        rename = "date_precision"
    )]
    pub precision: Option<DatePrecision>,
}

impl Day {
    /// The day of a moment.
    #[must_use]
    pub fn of(moment: Moment, precision: Option<DatePrecision>) -> Self {
        let precision = precision.filter(|precision| *precision != DatePrecision::Day);
        Self { date: moment.date(), precision }
    }
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Self {
        Self { date, precision: None }
    }
}

/// Reads a word of a closed list back.
pub(super) fn word<'de, D: Deserializer<'de>, T: FromStr<Err: Display>>(
    from: D,
) -> Result<T, D::Error> {
    String::deserialize(from)?.parse().map_err(D::Error::custom)
}

/// Reads a word of a closed list back, where there is one.
pub(super) fn word_or_none<'de, D: Deserializer<'de>, T: FromStr<Err: Display>>(
    from: D,
) -> Result<Option<T>, D::Error> {
    let word = Option::<String>::deserialize(from)?;
    word.map(|word| word.parse().map_err(D::Error::custom)).transpose()
}
