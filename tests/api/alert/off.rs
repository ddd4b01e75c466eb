//! Rules that a setting turns off: everywhere, or in single places.

use reqwest::Method;
use serde_json::{Value, json};

use super::besieged;
use crate::harness::{How, Passage, Sends, area};

/// Two areas that are cut off, where nothing is known to have arrived.
fn two_areas(settings: &str) -> Passage {
    let passage = Passage::start_as(How { settings: settings.to_owned(), ..How::default() });
    for (code, status) in [("duma", "s1"), ("madaya", "s2")] {
        passage.create("/api/v1/areas", &area(code));
        let mut claim = besieged(status, "2016-01-05");
        claim["area"] = json!(code);
        passage.create("/api/v1/statuses", &claim);
    }
    passage
}

fn unreached(passage: &Passage) -> Vec<String> {
    let alerts = passage.read("/api/v1/alerts?rule=no_delivery");
    let alerts = alerts["data"].as_array().unwrap().iter();
    let mut areas: Vec<String> =
        alerts.map(|alert| alert["subject"]["code"].as_str().unwrap().to_owned()).collect();
    areas.sort();
    areas
}

fn notes(passage: &Passage, token: &str) -> Value {
    let asked = passage.with(token, Method::GET, "/api/v1/alerts");
    asked.answer().ok(200)["notes"].clone()
}

#[test]
fn a_rule_that_is_off_in_a_place_finds_nothing_there_and_the_list_says_so() {
    let passage = two_areas("[[place]]\narea = 'duma'\nalert = { off = ['no_delivery'] }");
    assert_eq!(unreached(&passage), ["madaya"]);
    let said = "A setting turns off alerts, so that their silence here says nothing: in duma: No known arrival for long.";
    assert_eq!(notes(&passage, &passage.coordinator), json!([said]));
}

#[test]
fn a_rule_that_is_off_everywhere_can_be_on_in_a_place() {
    let passage = two_areas(
        "[alert]\noff = ['no_delivery', 'data_gap']\n[[place]]\narea = 'duma'\nalert = { off = [] }",
    );
    assert_eq!(unreached(&passage), ["duma"]);
    let said = "A setting turns off alerts, so that their silence here says nothing: everywhere: No known arrival for long; Not counted, so that no run-out can be told; in duma: nothing is left out.";
    assert_eq!(notes(&passage, &passage.coordinator), json!([said]));
}

#[test]
fn where_all_rules_are_on_nothing_is_said() {
    let passage = two_areas("");
    assert_eq!(unreached(&passage), ["duma", "madaya"]);
    assert_eq!(notes(&passage, &passage.coordinator), json!([]));
}

#[test]
fn a_place_is_named_only_to_who_knows_an_area_there() {
    let passage = two_areas(
        "[[place]]\narea = 'duma'\nalert = { off = ['no_delivery'] }
         [[place]]\npcode = 'SY99'\nalert = { off = ['no_delivery'] }",
    );
    let mut closed = area("duma");
    closed["sensitivity"] = json!("confidential");
    let version = passage.read("/api/v1/areas/duma")["version"].clone();
    passage.put("/api/v1/areas/duma", &version, &closed).ok(200);
    assert_eq!(notes(&passage, &passage.viewer), json!([]));
    assert_eq!(notes(&passage, &passage.coordinator).as_array().unwrap().len(), 1);
}

#[test]
fn what_touches_two_areas_is_told_while_one_of_them_asks_for_it() {
    let off_in = |areas: &[&str]| -> String {
        let one =
            |area| format!("[[place]]\narea = '{area}'\nalert = {{ off = ['convoy_denied'] }}\n");
        areas.iter().map(one).collect()
    };
    for (off, told) in [(&["duma"][..], 1), (&["duma", "madaya"], 0)] {
        let passage = two_areas(&off_in(off));
        let convoy = json!({
            "code": "c1", "mode": "cross_line", "date": "2016-07-20",
            "drops": [{ "areas": ["duma", "madaya"] }],
            "events": [{ "stage": "denied", "at": "2016-07-20" }],
        });
        passage.create("/api/v1/convoys", &convoy);
        assert_eq!(passage.read("/api/v1/alerts?rule=convoy_denied")["total"], told, "{off:?}");
    }
}

#[test]
fn what_would_be_silent_is_seen_before_it_is_set() {
    let passage = two_areas("");
    let ask = json!({
        "days": 1, "rules": ["no_delivery"],
        "places": [{ "area": "duma", "alert": { "off": ["no_delivery"] } }],
    });
    let answer = passage.post("/api/v1/alerts/preview", &ask).ok(200);
    let totals = ["as_set", "as_asked"].map(|side| answer[side]["now_total"].clone());
    assert_eq!(totals, [2, 1]);
    let wrong = json!({ "alert": { "off": ["report_skipped"] } });
    let refused = passage.post("/api/v1/alerts/preview", &wrong).problem(422, "invalid");
    assert_eq!(refused.pointers(), ["/alert/off"]);
}
