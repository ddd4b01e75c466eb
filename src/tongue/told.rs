//! A [`Saying`] in words.

use fluent_bundle::FluentArgs;
use serde::Deserialize;
use serde_json::{Map, Value as Json};

use super::{Tongue, Value, capitalised};
use crate::domain::{Saying, Told};

impl Tongue<'_> {
    /// One sentence, or a part of one.
    #[must_use]
    pub fn told(self, saying: &Saying) -> String {
        let about = saying.about.iter().map(|(name, told)| (name.as_str(), self.value(told)));
        let about: FluentArgs<'_> = about.collect();
        self.say(&saying.say, &about)
    }

    /// Puts every [`Saying`] of an answer into words, wherever in it one stands.
    pub fn word_all(self, answer: &mut Json) {
        match answer {
            Json::Array(list) => list.iter_mut().for_each(|each| self.word_all(each)),
            Json::Object(fields) if is_saying(fields) => {
                if let Some(told) = self.told_of(fields) {
                    *answer = told.into();
                }
            }
            Json::Object(fields) => fields.values_mut().for_each(|each| self.word_all(each)),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
        }
    }

    /// The words of a [`Saying`] as JSON. Most are about nothing in particular: thousands of them stand in one answer.
    fn told_of(self, saying: &Map<String, Json>) -> Option<String> {
        if saying.len() == 1 {
            return Some(self.word(saying.get("say")?.as_str()?));
        }
        Some(self.told(&Saying::deserialize(saying).ok()?))
    }

    fn value(self, told: &Told) -> Value {
        match told {
            Told::Number(number) => (*number).into(),
            Told::Decimal(number) => self.decimal(*number, 1).into(),
            Told::Heads(figure) => self.heads(*figure).into(),
            Told::Day(day) => self.dated(day.date, day.precision).into(),
            Told::Date(day) => self.known_date(day.date, day.precision).into(),
            Told::Instant(at) => self.instant(*at).into(),
            Told::Name(called) => self.called(called).into(),
            Told::Names(called) => {
                let names: Vec<String> = called.iter().map(|one| self.called(one)).collect();
                self.row(&names).into()
            }
            Told::Case(word) => word.clone().into(),
            Told::Text(text) => self.text(text).into(),
            Told::Part(saying) => self.told(saying).into(),
            Told::Begin(saying) => capitalised(&self.told(saying)).into(),
            Told::Parts(sayings) => self.row(&self.each(sayings)).into(),
            Told::Together(sayings) => self.together(&self.each(sayings)).into(),
            Told::Listed(sayings) => self.listed(&self.each(sayings)).into(),
            Told::Apart(sayings) => self.parts(&self.each(sayings)).into(),
        }
    }

    fn each(self, sayings: &[Saying]) -> Vec<String> {
        sayings.iter().map(|saying| self.told(saying)).collect()
    }
}

/// Is it a [`Saying`] as JSON, and nothing else?
fn is_saying(fields: &Map<String, Json>) -> bool {
    fields.contains_key("say") && fields.keys().all(|name| ["say", "about"].contains(&&**name))
}
