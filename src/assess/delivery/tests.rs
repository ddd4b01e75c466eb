//! What a convoy amounts to, case by case.

use super::*;
use crate::domain::{Kind, draft, typed};

const RATION: AssumedRation = AssumedRation { kcal: 1_700.0, days: 30.0 };

fn facts(body: &serde_json::Value) -> ConvoyFacts {
    let draft = draft(Kind::Convoy, body).unwrap();
    ConvoyFacts::of(&typed::<Convoy>(&draft.body).unwrap(), RATION)
}

#[test]
fn food_for_forty_thousand_people_is_counted_at_the_ration_of_the_programme() {
    let facts = facts(&serde_json::json!({
        "mode": "cross_line", "date": "2016-07-26",
        "drops": [{"areas": ["SY-TALBISEH"], "trucks": 48, "people_targeted": 40000, "carries_food": true}]
    }));
    let cargo = &facts.drops[0].cargo;
    assert!((cargo.food_person_days.unwrap() - 971_428.571_428).abs() < 1e-3);
    assert!(cargo.flags.contains(&DropFlag::AssumedCargo));
}

#[test]
fn a_convoy_without_food_feeds_nobody_and_one_of_unknown_cargo_is_unknown() {
    let body = |carries_food: serde_json::Value| {
        serde_json::json!({"mode": "cross_line", "date": "2016-06-01",
            "drops": [{"areas": ["SY-DARAYA"], "people_reached": 4000, "carries_food": carries_food}]})
    };
    assert_eq!(facts(&body(false.into())).drops[0].cargo.food_person_days, None);
    let unknown = facts(&body(serde_json::Value::Null));
    assert!(unknown.drops[0].cargo.flags.contains(&DropFlag::UnknownCargo));
}

#[test]
fn an_unknown_commodity_is_counted_as_unknown_and_flagged() {
    let facts = facts(&serde_json::json!({"mode": "cross_line", "date": "2016-06-01",
        "drops": [{"areas": ["X"], "lines": [
            {"commodity": "moon dust", "loaded": 5},
            {"commodity": "wheat_flour", "loaded": 6000}]}]}));
    let cargo = &facts.drops[0].cargo;
    assert_eq!(cargo.food_person_days, Some(10_000.0));
    assert_eq!(cargo.unknown_lines, 1);
    assert!(cargo.flags.contains(&DropFlag::UnknownCommodity));
}

#[test]
fn a_line_of_which_no_removal_is_told_says_nothing_of_the_share() {
    let share = |lines: serde_json::Value| {
        let body = serde_json::json!({"mode": "cross_line", "date": "2016-03-05",
            "drops": [{"areas": ["X"], "lines": lines}]});
        facts(&body).drops[0].cargo.removed_share
    };
    let untold = serde_json::json!({"commodity": "rice", "loaded": 1000});
    let told = serde_json::json!({"commodity": "rice", "loaded": 1000, "removed": 700});
    let none = serde_json::json!({"commodity": "rice", "loaded": 1000, "removed": 0});
    assert_eq!(share(serde_json::json!([untold])), None);
    assert_eq!(share(serde_json::json!([told, untold])), Some(0.7));
    assert_eq!(share(serde_json::json!([told, none, untold])), Some(0.35));
}

#[test]
fn a_bag_of_unknown_weight_is_not_a_kilogram() {
    let line = |unit: &str| {
        facts(
            &serde_json::json!({"mode": "cross_line", "date": "2016-04-30", "drops": [{"areas": ["X"],
            "lines": [{"commodity": "wheat_flour", "loaded": 6, "unit": unit}]}]}),
        )
    };
    assert_eq!(line("bag").drops[0].cargo.food_person_days, None);
    assert_eq!(line("t").drops[0].cargo.food_person_days, Some(10_000.0));
}

#[test]
fn surgical_items_that_were_taken_off_are_seen_also_without_a_quantity() {
    let facts = facts(&serde_json::json!({"mode": "cross_line", "date": "2016-03-22",
        "drops": [{"areas": ["SY-HOULA"], "lines": [
            {"commodity": "surgical_kit", "removals": [{"reason": "not said"}]}]}]}));
    assert_eq!(facts.drops[0].cargo.removed_medical, Some(Medical::Surgical));
}
