//! What the words of a report mean, and what is not counted.

use super::Term;
use crate::domain::Saying;
use crate::situation::Situation;
use crate::situation::alert::off;
use crate::situation::standards::Standards;
use crate::tongue::Tongue;

/// What does not depend on settings, by the names of the words in the catalogue.
const TERMS: [&str; 8] = [
    "besieged",
    "hard-to-reach",
    "by-whose-count",
    "ranges",
    "no-arrival",
    "people-reached",
    "parts-and-wholes",
    "authors",
];

/// What the words mean, and what is not counted.
pub(super) fn how_to_read(situation: &Situation, thresholds: &Standards) -> Vec<Term> {
    let mut terms: Vec<Term> =
        TERMS.iter().map(|name| term(name, Saying::of(format!("term-{name}-means")))).collect();
    terms.push(term("food-need", food_need(thresholds)));
    terms.extend(off::said(situation, thresholds).map(|means| term("rules-off", means)));
    terms
}

fn term(name: &str, means: Saying) -> Term {
    let word = Saying::of(format!("term-{name}"));
    Term {
        term: Tongue::ENGLISH.told(&word),
        meaning: Tongue::ENGLISH.told(&means),
        said: Some((word, means)),
    }
}

fn food_need(thresholds: &Standards) -> Saying {
    let percent = |share: f64| (share * 100.0).round();
    let losses = thresholds.losses;
    Saying::of("term-food-need-means")
        .number("lost", percent(losses.handling_loss))
        .number("low", percent(losses.diversion_low))
        .number("high", percent(losses.diversion_high))
}
