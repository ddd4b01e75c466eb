//! Totals of groups of areas: do they tell, less what is known of their areas, a count of few people?
//!
//! Of an area that has a count of its own, that count is looked at by itself. What is left are the areas without one:
//! a total less the counts of the others is theirs, and so is what totals of overlapping groups leave of each other.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::small::{self, Small, is_few};
use crate::domain::Kind;

/// A total of people, and the areas that it is of.
#[derive(Debug, Clone, Default)]
pub struct Total {
    /// The codes of its areas.
    pub areas: BTreeSet<String>,
    /// The body of its record.
    pub body: Value,
}

/// What is known of single areas, by their codes: the bodies of their records.
pub type Members = BTreeMap<String, Value>;

const WHOLE: [&str; 3] = ["low", "best", "high"];
const PARTS: [&str; 5] = ["women", "men", "girls", "boys", "with_disability"];

/// So many other totals are added to and taken from one.
const TOGETHER: usize = 3;

/// What of a total must not be told, given totals of groups that share areas with it.
pub(super) fn of(own: &Total, others: &[Total], members: &Members, k: u32) -> Small {
    let tells = |column: &&str| {
        let Some(rest) = Rest::of(own, column, members) else { return false };
        let others = others.iter().filter_map(|other| Rest::of(other, column, members));
        rest.tells_few(&others.collect::<Vec<_>>(), TOGETHER, k)
    };
    if WHOLE.iter().any(tells) {
        Small::All
    } else if PARTS.iter().any(tells) || parts_tell_few(own, members, k) {
        Small::Parts
    } else {
        Small::Not
    }
}

/// A total less the counts of those of its areas that have one: how often each other area is in it, and their count.
#[derive(Clone)]
struct Rest {
    areas: BTreeMap<String, i32>,
    count: f64,
}

impl Rest {
    /// `None` where there is no total, or every area has a count.
    fn of(total: &Total, column: &str, members: &Members) -> Option<Self> {
        let left = without(total, column, members);
        let known = total.areas.iter().filter_map(|area| value(members.get(area)?, column));
        let count = value(&total.body, column)? - known.sum::<f64>();
        let areas: BTreeMap<_, _> = left.into_iter().map(|area| (area, 1)).collect();
        (!areas.is_empty()).then_some(Self { areas, count })
    }

    fn with(&self, other: &Self, sign: i32) -> Self {
        let mut sum = self.clone();
        for area in other.areas.keys() {
            // What is taken in is of one total, that names each of its areas once.
            *sum.areas.entry(area.clone()).or_default() += sign;
        }
        sum.areas.retain(|_, times| *times != 0);
        sum.count += f64::from(sign) * other.count;
        sum
    }

    /// The people of some areas, each counted once, and few of them?
    fn is_few(&self, k: u32) -> bool {
        let mut times = self.areas.values();
        let Some(first) = times.next() else { return false };
        times.all(|next| next == first) && is_few(self.count / f64::from(*first), k)
    }

    /// Is there a sum or difference with so many of the others that is few people?
    fn tells_few(&self, others: &[Self], together: usize, k: u32) -> bool {
        let with = |(at, other): (usize, &Self)| {
            let others = &others[at + 1..];
            [1, -1]
                .into_iter()
                .any(|sign| self.with(other, sign).tells_few(others, together - 1, k))
        };
        self.is_few(k) || (together > 0 && others.iter().enumerate().any(with))
    }
}

/// Is a part small by subtraction where areas have a count of the whole and not of their parts, or the other way?
fn parts_tell_few(own: &Total, members: &Members, k: u32) -> bool {
    let columns = || WHOLE.iter().chain(&PARTS);
    let left: BTreeSet<_> = columns().map(|column| without(own, column, members)).collect();
    let pairs = left.iter().flat_map(|one| left.iter().map(move |other| one | other));
    pairs.collect::<BTreeSet<_>>().iter().any(|some| {
        let counts = |names: &[&str]| -> Map<String, Value> {
            let of =
                |name: &&str| Some(((*name).to_owned(), json!(of_some(own, some, name, members)?)));
            names.iter().filter_map(of).collect()
        };
        let mut body = counts(&PARTS);
        body.insert("people".to_owned(), Value::Object(counts(&WHOLE)));
        !some.is_empty() && small::of(Kind::Population, &Value::Object(body), k) != Small::Not
    })
}

/// The count of some areas of a total: what they have themselves, else what the others leave of the total.
fn of_some(own: &Total, some: &BTreeSet<String>, column: &str, members: &Members) -> Option<f64> {
    let sum = |areas: &mut dyn Iterator<Item = &String>| {
        areas.map(|area| value(members.get(area)?, column)).sum::<Option<f64>>()
    };
    let rest = || Some(value(&own.body, column)? - sum(&mut own.areas.difference(some))?);
    sum(&mut some.iter()).or_else(rest)
}

/// The areas of a total that have no count of their own.
fn without(total: &Total, column: &str, members: &Members) -> BTreeSet<String> {
    let has = |area: &&String| members.get(*area).is_some_and(|of| value(of, column).is_some());
    total.areas.iter().filter(|area| !has(area)).cloned().collect()
}

fn value(body: &Value, column: &str) -> Option<f64> {
    let of = if WHOLE.contains(&column) { &body["people"][column] } else { &body[column] };
    of.as_f64()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(areas: &str, body: Value) -> Total {
        Total { areas: areas.split(' ').map(str::to_owned).collect(), body }
    }

    fn people(count: u32) -> Value {
        json!({ "people": { "best": count } })
    }

    fn members(known: &[(&str, Value)]) -> Members {
        known.iter().map(|(area, body)| ((*area).to_owned(), body.clone())).collect()
    }

    #[test]
    fn what_a_total_leaves_for_an_area_without_a_count_is_told_by_it() {
        let known = members(&[("a", people(10))]);
        assert_eq!(of(&total("a b", people(12)), &[], &known, 5), Small::All);
        assert_eq!(of(&total("a b", people(15)), &[], &known, 5), Small::Not);
        assert_eq!(of(&total("a b", people(10)), &[], &known, 5), Small::Not, "nobody");
        assert_eq!(of(&total("a", people(12)), &[], &known, 5), Small::Not, "sources disagree");
    }

    #[test]
    fn two_totals_tell_what_one_has_more_than_the_other() {
        let (two, three) = (total("a b", people(30)), total("a b c", people(33)));
        assert_eq!(of(&three, std::slice::from_ref(&two), &Members::new(), 5), Small::All);
        assert_eq!(of(&two, &[three], &Members::new(), 5), Small::All);
        let crossing = total("b c", people(28));
        assert_eq!(of(&two, &[crossing], &Members::new(), 5), Small::Not, "no count of people");
    }

    #[test]
    fn parts_are_told_through_the_whole_of_an_area_that_does_not_tell_them() {
        let women =
            |people: u32, women: u32| json!({ "people": { "best": people }, "women": women });
        let known = members(&[("a", women(20, 10)), ("b", people(12))]);
        assert_eq!(
            of(&total("a b", women(32, 20)), &[], &known, 5),
            Small::Parts,
            "2 of b are no women"
        );
        assert_eq!(
            of(&total("a b", women(32, 13)), &[], &known, 5),
            Small::Parts,
            "3 of b are women"
        );
        assert_eq!(of(&total("a b", women(32, 16)), &[], &known, 5), Small::Not);
    }

    #[test]
    fn three_totals_tell_twice_the_count_of_an_area() {
        let round = |ab, ac, bc| {
            let others = [total("a c", people(ac)), total("b c", people(bc))];
            of(&total("a b", people(ab)), &others, &Members::new(), 5)
        };
        assert_eq!(round(10, 12, 16), Small::All, "3 in a, 7 in b, 9 in c");
        assert_eq!(round(21, 22, 23), Small::Not, "10 in a, 11 in b, 12 in c");
    }

    #[test]
    fn two_counts_of_one_group_tell_of_nobody() {
        let (one, other) = (total("a b", people(10)), total("a b", people(7)));
        assert_eq!(of(&one, &[other], &Members::new(), 5), Small::Not, "sources disagree");
    }

    #[test]
    fn a_total_is_looked_at_with_three_others_together_and_not_with_four() {
        let one = |area| total(area, people(10));
        let whole = |areas, count| total(areas, people(count));
        let known = Members::new();
        let with_three = [one("b"), one("c"), one("d")];
        assert_eq!(of(&whole("a b c d", 33), &with_three, &known, 5), Small::All);
        let with_four = [one("b"), one("c"), one("d"), one("e")];
        assert_eq!(of(&whole("a b c d e", 43), &with_four, &known, 5), Small::Not);
    }

    #[test]
    fn parts_are_told_of_areas_that_lack_different_counts() {
        let known = members(&[
            ("a", json!({ "women": 40 })),
            ("c", people(50)),
            ("d", json!({ "people": { "best": 1000 }, "women": 500 })),
        ]);
        let whole = |women: u32| json!({ "people": { "best": 1100 }, "women": women });
        // Of a, b and c there are 100 people.
        assert_eq!(of(&total("a b c d", whole(598)), &[], &known, 5), Small::Parts, "98 women");
        assert_eq!(of(&total("a b c d", whole(590)), &[], &known, 5), Small::Not, "90 women");
    }
}
