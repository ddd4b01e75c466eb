//! What the words of a report mean, and what is not counted.

use super::Term;
use super::words::number;
use crate::situation::standards::Standards;

/// What does not depend on settings.
const TERMS: [(&str, &str); 8] = [
    (
        "Besieged",
        "By the definition of the United Nations: surrounded by armed actors with the sustained effect that \
         assistance cannot regularly enter, and civilians, sick and wounded cannot regularly leave.",
    ),
    (
        "Hard to reach",
        "By the definition of the United Nations: not regularly accessible to humanitarian actors for sustained \
         programmes, because access is denied, must be negotiated each time, or because of fighting, checkpoints \
         or approvals that do not come in time. It is not a milder form of siege.",
    ),
    (
        "By whose count",
        "The United Nations, Siege Watch, the press and others list areas by their own definitions. Their figures \
         stand side by side and are never added. A total that is published for a whole list or a group of areas \
         is not split over its areas.",
    ),
    (
        "Ranges",
        "A range gives the least and the most that the sources allow. A single number is a source's one figure, \
         given without a range. “At least” and “at most” are the source's words, or mean that a part is not \
         known. What is not known is written “not known”, never 0.",
    ),
    (
        "No arrival known",
        "No record of an arrival reached us. It does not prove that nothing arrived.",
    ),
    (
        "People reached",
        "As the sources claim. The least supposes that every convoy to an area served the same people, the most \
         that none was served twice, within the people counted there. Running totals of past months are not added.",
    ),
    (
        "Parts and wholes",
        "A convoy that is a part of a larger operation is listed but not counted a second time. Missions without \
         goods are listed but not counted.",
    ),
    (
        "Authors",
        "Every claim is its author's, not ours: who did something is told only by the account of a source. Numbers \
         in square brackets lead to the list of sources.",
    ),
];

/// What the words mean, and what is not counted.
pub(super) fn how_to_read(thresholds: &Standards) -> Vec<Term> {
    let term =
        |term: &str, meaning: &str| Term { term: term.to_owned(), meaning: meaning.to_owned() };
    let mut terms: Vec<Term> = TERMS.iter().map(|(word, meaning)| term(word, meaning)).collect();
    terms.push(term("Food need met", &food_need(thresholds)));
    terms
}

fn food_need(thresholds: &Standards) -> String {
    let percent = |share: f64| number((share * 100.0).round());
    let losses = thresholds.losses;
    format!(
        "Food of the arrivals of 30 days against 2,100 kcal for each person and day (one person-day), after {} % lost \
         in handling and {} to {} % diverted. Stocks, markets, harvests and other ways in are not counted. Where a \
         source tells only for how many people food was meant, the cargo is assumed from it and marked.",
        percent(losses.handling_loss),
        percent(losses.diversion_low),
        percent(losses.diversion_high)
    )
}
