//! Counts of few people: suppressed, together with whatever would tell them by subtraction or in words.

use serde_json::Value;

use crate::domain::Kind;
use crate::domain::choice::choice;

choice! {
    /// What of a record counts few people.
    Small {
        /// Nothing.
        Not = "not",
        /// Some of the groups it tells apart, or what is left beside them.
        Parts = "parts",
        /// The whole.
        All = "all",
    }
}

/// Where a kind counts people: the whole, its parts, and the words that would tell either.
struct Counts {
    whole: &'static [&'static str],
    parts: &'static [&'static str],
    words: &'static [&'static str],
}

const POPULATION: Counts = Counts {
    whole: &["people"],
    parts: &["women", "men", "girls", "boys", "with_disability"],
    words: &["quote", "note", "metric_text", "method"],
};

const CONVOY: Counts = Counts {
    whole: &[
        "drops.people_targeted",
        "drops.people_reached",
        "accounts.people_targeted",
        "accounts.people_reached",
        "accounts.killed",
        "accounts.injured",
    ],
    parts: &[],
    words: &[
        "title",
        "quote",
        "note",
        "drops.cargo",
        "drops.place",
        "drops.lines",
        "accounts.quote",
        "accounts.note",
        "accounts.cargo",
        "accounts.outcome_text",
        "accounts.loss",
        "events.note",
    ],
};

const ACCESS_REQUEST: Counts = Counts {
    whole: &["people_requested", "people_approved"],
    parts: &[],
    words: &["title", "quote", "note"],
};

const OBSERVATION: Counts =
    Counts { whole: &["value"], parts: &[], words: &["title", "text", "quote", "note"] };

const INCIDENT: Counts = Counts {
    whole: &["killed", "injured", "moved", "accounts.killed", "accounts.injured"],
    parts: &["killed_women", "killed_children"],
    words: &[
        "title",
        "quote",
        "note",
        "accounts.quote",
        "accounts.note",
        "accounts.outcome_text",
        "accounts.loss",
    ],
};

const NONE: Counts = Counts { whole: &[], parts: &[], words: &[] };

const fn counts_of(kind: Kind) -> &'static Counts {
    match kind {
        Kind::Population => &POPULATION,
        Kind::Convoy => &CONVOY,
        Kind::AccessRequest => &ACCESS_REQUEST,
        Kind::Observation => &OBSERVATION,
        Kind::Incident => &INCIDENT,
        _ => &NONE,
    }
}

/// What an observation counts when it counts people.
const PEOPLE: [&str; 9] = [
    "people",
    "persons",
    "person",
    "patients",
    "children",
    "women",
    "men",
    "families",
    "households",
];

/// What of a body counts fewer people than `k`.
pub(super) fn of(kind: Kind, body: &Value, k: u32) -> Small {
    let unit = body["unit"].as_str().unwrap_or_default().to_lowercase();
    if kind == Kind::Observation && !PEOPLE.iter().any(|word| unit.contains(word)) {
        return Small::Not;
    }
    let counts = counts_of(kind);
    let few = |value: &Value| figure(value).is_some_and(|n| is_few(n, k));
    let refused = kind == Kind::AccessRequest && {
        let asked = figure(&body["people_requested"]).zip(figure(&body["people_approved"]));
        asked.is_some_and(|(requested, approved)| is_few((requested - approved).abs(), k))
    };
    if refused || counts.whole.iter().any(|path| at(body, path).into_iter().any(few)) {
        return Small::All;
    }
    let parts: Vec<f64> = counts.parts.iter().filter_map(|path| body[*path].as_f64()).collect();
    if parts.iter().any(|part| is_few(*part, k)) || tells_a_few(kind, body, k) {
        return Small::Parts;
    }
    Small::Not
}

/// Nobody is nobody's secret; from one person on it is.
pub(super) fn is_few(count: f64, k: u32) -> bool {
    count > 0.0 && count < f64::from(k)
}

/// Is a group that is not told apart small by subtraction: those beside women, men, girls and boys, or those
/// without a disability? Leaving out some of the parts tells no more: each of them is at least `k`, or nobody.
fn tells_a_few(kind: Kind, body: &Value, k: u32) -> bool {
    if kind != Kind::Population {
        return false;
    }
    let ends = ["low", "best", "high"].map(|end| body["people"][end].as_f64());
    let parts = ["women", "men", "girls", "boys"].map(|part| body[part].as_f64());
    let told: f64 = parts.into_iter().flatten().sum();
    let told = Some(told).filter(|told| *told > 0.0);
    let disabled = body["with_disability"].as_f64();
    let sums = || told.into_iter().chain(disabled);
    ends.into_iter().flatten().any(|whole| sums().any(|sum| is_few(whole - sum, k)))
}

/// The number that a count stands for: its best, else its high, else its low end. A range of which one end is
/// small counts as small where its middle or upper end is.
fn figure(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| {
        let end = |name: &str| value[name].as_f64();
        let middle = end("best").or_else(|| Some(f64::midpoint(end("low")?, end("high")?)));
        middle.or_else(|| end("high")).or_else(|| end("low"))
    })
}

/// The values at a path; a list stands for all its items.
fn at<'b>(body: &'b Value, path: &str) -> Vec<&'b Value> {
    match path.split_once('.') {
        None => vec![&body[path]],
        Some((list, field)) => {
            body[list].as_array().into_iter().flatten().map(|item| &item[field]).collect()
        }
    }
}

/// Takes the counts out, and the words that would tell them: the whole too where `all`.
pub(super) fn suppress(kind: Kind, all: bool, body: &mut Value, withheld: &mut Vec<String>) {
    let counts = counts_of(kind);
    let whole = counts.whole.iter().filter(|_| all);
    for path in counts.parts.iter().chain(counts.words).chain(whole) {
        remove(body, path);
        let top = path.split('.').next_back().unwrap_or(path);
        let name = if path.contains('.') { (*path).to_owned() } else { top.to_owned() };
        withheld.push(name);
    }
    withheld.sort_unstable();
    withheld.dedup();
}

fn remove(body: &mut Value, path: &str) {
    match path.split_once('.') {
        None => super::set(body, path, None),
        Some((list, field)) => {
            for item in body.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
                super::set(item, field, None);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn one_to_four_are_few_and_none_or_five_are_not() {
        let of = |people| of(Kind::Population, &json!({ "people": { "best": people } }), 5);
        assert_eq!([of(0), of(1), of(4), of(5)], [Small::Not, Small::All, Small::All, Small::Not]);
    }

    #[test]
    fn three_women_among_a_thousand_hide_the_groups_and_not_the_whole() {
        let mut body =
            json!({ "people": { "best": 1000 }, "women": 3, "men": 500, "quote": "three women" });
        assert_eq!(of(Kind::Population, &body, 5), Small::Parts);
        let mut withheld = Vec::new();
        suppress(Kind::Population, false, &mut body, &mut withheld);
        assert_eq!(body, json!({ "people": { "best": 1000 } }));
        assert!(withheld.contains(&"women".to_owned()) && withheld.contains(&"quote".to_owned()));
    }

    #[test]
    fn a_group_that_nobody_named_is_told_by_subtraction() {
        let body = json!({ "people": { "best": 100 }, "women": 50, "men": 48 });
        assert_eq!(of(Kind::Population, &body, 5), Small::Parts);
        let body = json!({ "people": { "best": 100 }, "with_disability": 97 });
        assert_eq!(of(Kind::Population, &body, 5), Small::Parts);
    }

    #[test]
    fn one_small_drop_hides_every_count_of_the_convoy() {
        let mut body = json!({
            "drops": [{ "people_reached": { "best": 2 }, "trucks": { "best": 1 } }, { "people_reached": { "best": 98 } }],
            "accounts": [{ "people_reached": { "best": 100 } }],
        });
        assert_eq!(of(Kind::Convoy, &body, 5), Small::All);
        suppress(Kind::Convoy, true, &mut body, &mut Vec::new());
        assert_eq!(body, json!({ "drops": [{ "trucks": { "best": 1 } }, {}], "accounts": [{}] }));
    }

    #[test]
    fn parcels_for_three_people_are_not_listed_and_three_refused_are_not_told_by_subtraction() {
        let mut body = json!({ "drops": [{ "people_reached": { "best": 3 },
            "lines": [{ "commodity": "food", "description": "for 3 people" }] }] });
        assert_eq!(of(Kind::Convoy, &body, 5), Small::All);
        suppress(Kind::Convoy, true, &mut body, &mut Vec::new());
        assert_eq!(body, json!({ "drops": [{}] }));
        let asked = |approved| json!({ "people_requested": { "best": 100 }, "people_approved": { "best": approved } });
        let of = |approved| of(Kind::AccessRequest, &asked(approved), 5);
        assert_eq!([of(100), of(97), of(90)], [Small::Not, Small::All, Small::Not]);
    }

    #[test]
    fn three_litres_are_not_three_people() {
        let body = json!({ "value": { "best": 3 }, "unit": "litres" });
        assert_eq!(of(Kind::Observation, &body, 5), Small::Not);
        let body = json!({ "value": { "best": 3 }, "unit": "Patients" });
        assert_eq!(of(Kind::Observation, &body, 5), Small::All);
    }

    /// The sums of all choices of the parts that are known.
    fn subsets(parts: &[Option<f64>; 4]) -> impl Iterator<Item = f64> + '_ {
        (0..16_u32).map(|choice| {
            let chosen = parts.iter().enumerate().filter(|(at, _)| choice & (1 << at) != 0);
            chosen.filter_map(|(_, part)| *part).sum()
        })
    }

    #[test]
    fn a_low_end_alone_tells_of_no_group() {
        let body = json!({ "people": { "low": 3, "best": 50, "high": 100 } });
        assert_eq!(of(Kind::Population, &body, 5), Small::Not);
        let body = json!({ "people": { "best": 100 }, "women": 95, "men": 0 });
        assert_eq!(of(Kind::Population, &body, 5), Small::Not, "five are left");
    }

    #[test]
    fn few_people_asked_for_are_few_people() {
        let body = json!({ "people_requested": { "best": 4 } });
        assert_eq!(of(Kind::AccessRequest, &body, 5), Small::All);
    }

    proptest! {
        /// What stays published of one record: no sum or difference of it lies between 1 and 4.
        #[test]
        fn no_sum_or_difference_of_what_stays_is_small(
            parts in proptest::array::uniform4(proptest::option::of(0..40_u32)),
            disabled in proptest::option::of(0..40_u32),
            more in 0..20_u32,
        ) {
            let whole = parts.iter().flatten().sum::<u32>() + more;
            prop_assume!(disabled.is_none_or(|disabled| disabled <= whole));
            let [women, men, girls, boys] = parts;
            let mut body = json!({
                "people": { "best": whole }, "women": women, "men": men, "girls": girls, "boys": boys,
                "with_disability": disabled,
            });
            match of(Kind::Population, &body, 5) {
                Small::Not => {}
                small => suppress(Kind::Population, small == Small::All, &mut body, &mut Vec::new()),
            }
            let few = |n: f64| is_few(n, 5);
            let whole = body["people"]["best"].as_f64();
            let left = ["women", "men", "girls", "boys"].map(|part| body[part].as_f64());
            for sum in subsets(&left) {
                prop_assert!(sum == 0.0 || !few(sum));
                prop_assert!(whole.is_none_or(|whole| sum == 0.0 || !few(whole - sum)));
            }
            let disabled = body["with_disability"].as_f64();
            prop_assert!(disabled.is_none_or(|n| !few(n)));
            prop_assert!(disabled.zip(whole).is_none_or(|(n, whole)| !few(whole - n)));
        }
    }
}
