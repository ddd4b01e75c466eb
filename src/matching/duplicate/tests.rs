//! What may be the same and what not, and laws for any records.

use chrono::NaiveDate;
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::domain::Figure;
use crate::domain::convoy::Mode;

fn trip(code: &str, day: i32, areas: &[&str], trucks: Option<f64>) -> Mark {
    let day = NaiveDate::from_num_days_from_ce_opt(736_000 + day).unwrap();
    let areas = areas.iter().map(|area| (*area).to_owned()).collect();
    let trucks = trucks.map_or_else(Figure::default, Figure::exactly);
    Mark::of_trip(
        code,
        Trip { day, areas, trucks: vec![trucks], mode: Mode::CrossLine, part_of: Vec::new() },
    )
}

fn found(marks: &[Mark]) -> Vec<(String, String)> {
    pairs(marks, |mark| Some(mark.clone())).into_iter().map(|pair| (pair.one, pair.other)).collect()
}

#[test]
fn convoys_of_the_same_day_or_the_next_to_one_area_with_as_many_trucks_may_be_one() {
    let one = trip("CV-1", 10, &["AR-1"], Some(9.0));
    for (other, expected) in [
        (trip("CV-2", 10, &["AR-1"], Some(9.0)), Some("0.99")),
        (trip("CV-2", 11, &["AR-1"], Some(9.0)), Some("0.87")),
        (trip("CV-2", 9, &["AR-1", "AR-2"], Some(9.0)), Some("0.75")),
        (trip("CV-2", 10, &["AR-1"], None), Some("0.69")),
        (trip("CV-2", 11, &["AR-1"], None), None),
        (trip("CV-2", 12, &["AR-1"], Some(9.0)), None),
        (trip("CV-2", 10, &["AR-1"], Some(20.0)), None),
        (trip("CV-2", 10, &["AR-2"], Some(9.0)), None),
    ] {
        let said = one.likeness(&other).map(|pair| pair.score.to_string());
        assert_eq!(said.as_deref(), expected, "{other:?}");
    }
}

#[test]
fn a_part_is_no_duplicate_of_its_whole() {
    let whole = trip("CV-1", 10, &["AR-1"], Some(9.0));
    let mut part = trip("CV-2", 10, &["AR-1"], Some(9.0));
    let Facts::Trip(facts) = &mut part.facts else { panic!("it is a trip") };
    facts.part_of = vec!["CV-1".to_owned()];
    assert_eq!(whole.likeness(&part), None);
    assert_eq!(part.likeness(&whole), None);
}

fn population(code: &str, fields: &Value) -> Mark {
    let mut body = json!({ "area": "AR-1", "date": "2016-07-01", "metric": "residents", "people": { "best": 4000 }, "source": "SO-1" });
    body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    Mark::of_population(code, &typed(&body).unwrap()).unwrap()
}

#[test]
fn a_source_says_a_count_of_a_day_once() {
    let one = population("PO-1", &json!({}));
    let same = one.likeness(&population("PO-2", &json!({}))).unwrap();
    assert_eq!(
        (same.score.to_string().as_str(), same.reasons.last()),
        ("0.98", Some(&Reason::SameFigures))
    );
    let other = one.likeness(&population("PO-2", &json!({ "people": { "best": 5000 } }))).unwrap();
    assert_eq!(other.score.to_string(), "0.80");
    for different in [
        json!({ "area": "AR-2" }),
        json!({ "date": "2016-07-02" }),
        json!({ "metric": "in_need" }),
        json!({ "source": "SO-2" }),
    ] {
        assert_eq!(one.likeness(&population("PO-2", &different)), None, "{different}");
    }
}

fn source(code: &str, fields: &Value) -> Mark {
    let mut body = json!({ "name": "Humanitarian Bulletin, Syria", "publisher": "OCHA", "date": "2016-07-01" });
    body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    Mark::of_source(code, &typed(&body).unwrap())
}

#[test]
fn a_report_under_another_title_is_known_by_its_day_its_publisher_or_its_address() {
    let one = source("SO-1", &json!({ "url": "https://www.unocha.org/bulletin/" }));
    let likeness =
        |fields: Value| one.likeness(&source("SO-2", &fields)).map(|pair| pair.score.to_string());
    assert_eq!(
        likeness(json!({ "name": "Humanitarian bulletin - Syria" })).as_deref(),
        Some("0.97")
    );
    assert_eq!(
        likeness(
            json!({ "name": "A photo", "date": "2016-08-01", "url": "http://unocha.org/bulletin" })
        )
        .as_deref(),
        Some("0.97")
    );
    assert_eq!(likeness(json!({ "date": "2016-08-01" })), None, "the bulletin of another month");
    assert_eq!(likeness(json!({ "publisher": "SARC" })), None);
    assert_eq!(likeness(json!({ "name": "Flash update on Aleppo" })), None);
}

#[test]
fn areas_of_one_name_in_one_unit_may_be_one_and_in_two_units_are_not() {
    let area = |code: &str, name: &str, unit: &str| {
        Mark::of_area(
            code,
            &typed(&json!({ "names": { "en": name }, "admin1_pcode": unit })).unwrap(),
        )
    };
    let one = area("AR-1", "Al-Fu'ah", "SY07");
    assert!(one.likeness(&area("AR-2", "Foah", "SY07")).is_some());
    assert_eq!(one.likeness(&area("AR-2", "Foah", "SY03")), None);
    assert_eq!(one.likeness(&area("AR-2", "Kafraya", "SY07")), None);
}

fn trips() -> impl Strategy<Value = Vec<Mark>> {
    let one = (0_i32..6, prop::collection::vec(0_u8..4, 1..3), prop::option::of(1_u8..4));
    prop::collection::vec(one, 0..40).prop_map(|all| {
        let one = |(at, (day, areas, trucks)): (usize, (i32, Vec<u8>, Option<u8>))| {
            let areas: Vec<String> = areas.iter().map(|area| format!("AR-{area}")).collect();
            let areas: Vec<&str> = areas.iter().map(String::as_str).collect();
            trip(&format!("CV-{at:03}"), day, &areas, trucks.map(f64::from))
        };
        all.into_iter().enumerate().map(one).collect()
    })
}

proptest! {
    #[test]
    fn blocks_lose_no_pair_and_the_order_does_not_matter(marks in trips(), seed in any::<u64>()) {
        let mut expected = Vec::new();
        for (at, one) in marks.iter().enumerate() {
            for other in &marks[at + 1..] {
                prop_assert_eq!(one.likeness(other), other.likeness(one));
                expected.extend(one.likeness(other).map(|pair| (pair.one, pair.other)));
            }
        }
        let mut shuffled = marks.clone();
        shuffled.sort_by_key(|mark| block(&(seed, &mark.code)));
        let pairs = found(&marks);
        prop_assert_eq!(&pairs, &found(&shuffled));
        let (mut sorted, mut all) = (pairs, expected);
        sorted.sort();
        all.sort();
        prop_assert_eq!(sorted, all);
    }

    #[test]
    fn the_most_alike_are_the_first_of_all(marks in trips(), most in 1_usize..40) {
        let is_wanted = |pair: &Pair| !pair.one.ends_with('3');
        let mut all = pairs(&marks, |mark| Some(mark.clone()));
        all.retain(is_wanted);
        all.truncate(most);
        prop_assert_eq!(most_alike(&marks, |mark| Some(mark.clone()), is_wanted, most), all);
    }
}

#[test]
fn ten_thousand_convoys_of_one_day_to_one_area_are_not_compared_each_with_each() {
    let alike = |trucks: fn(i32) -> i32| -> Vec<Mark> {
        let one = |at| trip(&format!("CV-{at:05}"), 0, &["AR-1"], Some(f64::from(trucks(at))));
        (0..10_000).map(one).collect()
    };
    assert_eq!(found(&alike(|at| at / 2)).len(), 5_000, "each has one of its size");
    let near = 10_000 * NEAREST - NEAREST * (NEAREST + 1) / 2;
    assert_eq!(found(&alike(|_| 9)).len(), near, "each with those that stand nearest to it");
}
