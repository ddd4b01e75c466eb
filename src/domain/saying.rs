//! A sentence before a language is chosen: which one it is, and what it is about.
//!
//! Rules and reports say what they found as a [`Saying`]; the room `tongue` words it. So the same finding can be told
//! in every language, and kept until somebody asks for one.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use super::{DatePrecision, Figure, Names};

/// A sentence, or a part of one, before a language is chosen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Saying {
    /// Which sentence it is: its name in the catalogue of every language.
    pub say: String,
    /// What it is about, by the names that the sentence uses.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub about: BTreeMap<String, Told>,
}

/// What a sentence is about. Everything that a language writes in its own way has its own form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// A number that things are counted by.
    Number(f64),
    /// A number with one digit after the point.
    Decimal(f64),
    /// A head count.
    Heads(Figure),
    /// A day in an alert, no finer than it is known.
    Day(OnDay),
    /// A day in a report, no finer than it is known.
    Date(OnDay),
    /// A moment, UTC.
    Instant(DateTime<Utc>),
    /// The name of a place, a party or an organisation.
    Name(Called),
    /// Several names.
    Names(Vec<Called>),
    /// A word by which the sentence chooses between its forms; it is never shown.
    Case(String),
    /// As a source wrote it, or a code: the same in every language.
    Text(String),
    /// A part that is worded by itself.
    Part(Box<Saying>),
    /// The same where it begins a sentence.
    Begin(Box<Saying>),
    /// Several parts in a row.
    Parts(Vec<Saying>),
    /// Several parts with "and" between them.
    Together(Vec<Saying>),
    /// Several parts with commas, and "and" before the last.
    Listed(Vec<Saying>),
    /// Several parts that have commas in them.
    Apart(Vec<Saying>),
}

/// A day, as exactly as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnDay {
    /// The day; of a month or a year the first.
    pub date: NaiveDate,
    /// How exactly it is known; left out, to the day.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "precision",
        rename = "date_precision"
    )]
    pub precision: Option<DatePrecision>,
}

/// What a place, a party or an organisation is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Called {
    /// The English name; else whichever there is, or the code.
    pub any: String,
    /// The name in Arabic.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ar: Option<String>,
    /// The name in French.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fr: Option<String>,
}

fn precision<'de, D: Deserializer<'de>>(from: D) -> Result<Option<DatePrecision>, D::Error> {
    let word = Option::<String>::deserialize(from)?;
    word.map(|word| word.parse().map_err(D::Error::custom)).transpose()
}

impl Called {
    /// What it is called by its record.
    #[must_use]
    pub fn of(names: &Names) -> Self {
        let own = |language| names.in_language(language).map(ToOwned::to_owned);
        Self { any: names.any().to_owned(), ar: own("ar"), fr: own("fr") }
    }

    /// What is known by its code or one name alone.
    #[must_use]
    pub fn only(name: &str) -> Self {
        Self { any: name.to_owned(), ar: None, fr: None }
    }
}

impl Saying {
    /// The sentence of this name, as yet about nothing.
    #[must_use]
    pub fn of(say: impl Into<String>) -> Self {
        Self { say: say.into(), about: BTreeMap::new() }
    }

    /// Adds what it is about.
    #[must_use]
    pub fn with(mut self, name: &str, told: Told) -> Self {
        self.about.insert(name.to_owned(), told);
        self
    }

    /// Adds a whole number that things are counted by.
    #[must_use]
    pub fn number(self, name: &str, number: f64) -> Self {
        self.with(name, Told::Number(number.round_ties_even()))
    }

    /// Adds a word by which the sentence chooses between its forms.
    #[must_use]
    pub fn case(self, name: &str, word: &str) -> Self {
        self.with(name, Told::Case(word.to_owned()))
    }

    /// Adds what a source wrote, or a code.
    #[must_use]
    pub fn text(self, name: &str, text: impl Into<String>) -> Self {
        self.with(name, Told::Text(text.into()))
    }

    /// Adds the name of a place, a party or an organisation.
    #[must_use]
    pub fn name(self, name: &str, called: Called) -> Self {
        self.with(name, Told::Name(called))
    }

    /// Adds a day as alerts write it, no finer than it is known.
    #[must_use]
    pub fn day(self, name: &str, date: NaiveDate, precision: Option<DatePrecision>) -> Self {
        self.with(name, Told::Day(OnDay { date, precision }))
    }

    /// Adds a day as reports write it, no finer than it is known.
    #[must_use]
    pub fn date(self, name: &str, date: NaiveDate, precision: Option<DatePrecision>) -> Self {
        self.with(name, Told::Date(OnDay { date, precision }))
    }

    /// Adds a number with one digit after the point.
    #[must_use]
    pub fn decimal(self, name: &str, number: f64) -> Self {
        self.with(name, Told::Decimal(number))
    }

    /// Adds names with "and" before the last.
    #[must_use]
    pub fn listed(self, name: &str, called: impl IntoIterator<Item = Called>) -> Self {
        let each = called.into_iter().map(|called| Self::of("party").name("party", called));
        self.with(name, Told::Listed(each.collect()))
    }

    /// Two sentences, one after the other.
    #[must_use]
    pub fn then(self, next: Self) -> Self {
        Self::of("one-after-another").part("first", self).part("then", next)
    }

    /// Adds a part that is worded by itself.
    #[must_use]
    pub fn part(self, name: &str, part: Self) -> Self {
        self.with(name, Told::Part(Box::new(part)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saying_comes_back_from_its_json_as_it_was() {
        let day = NaiveDate::from_ymd_opt(2016, 7, 13).unwrap();
        let saying = Saying::of("alert-no-delivery")
            .name("area", Called { ar: Some("داريا".to_owned()), ..Called::only("Darayya") })
            .number("days", 44.0)
            .day("since", day, Some(DatePrecision::Month))
            .part("more", Saying::of("nothing"));
        let json = serde_json::to_string(&saying).unwrap();
        assert_eq!(serde_json::from_str::<Saying>(&json).unwrap(), saying, "{json}");
    }
}
