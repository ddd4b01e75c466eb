//! An analyst stands by a record: who, when and why, and which alerts that closes.

use serde_json::{Value, json};

use super::{none, one, people, quiet};
use crate::harness::{Passage, arrival};

fn confirm(passage: &Passage, path: &str) {
    let path = format!("/api/v1/{path}/confirm");
    passage.post(&path, &json!({ "reason": "asked the council" })).ok(200);
}

#[test]
fn a_record_says_who_confirmed_it_when_and_why() {
    let passage = quiet();
    passage.create("/api/v1/populations", &people("p1", "2016-07-20", 100, "un"));
    let path = "/api/v1/populations/p1";
    assert_eq!(passage.read(path)["confirmation"], Value::Null);
    confirm(&passage, "populations/p1");
    let record = passage.read(path);
    let told = &record["confirmation"];
    assert_eq!(told["why"], "asked the council");
    assert!(told["by"].is_string() && told["at"].is_string(), "{told}");
    // Who sends back what was read, with a correction, need not take it out; the confirmation is still told.
    let mut corrected = record.clone();
    corrected["note"] = json!("a note");
    passage.put(path, &record["version"], &corrected).ok(200);
    assert_eq!(&passage.read(path)["confirmation"], told);
}

#[test]
fn an_alert_that_doubts_a_record_closes_when_it_is_confirmed() {
    let passage = quiet();
    passage.create("/api/v1/populations", &people("p1", "2016-07-20", 100, "un"));
    let drop = json!({ "people_reached": 101, "lines": [{ "commodity": "rice", "loaded": 10, "removed": 5 }] });
    passage.create("/api/v1/convoys", &arrival("c1", "duma", "2016-07-20", &drop));
    passage.create(
        "/api/v1/incidents",
        &json!([
            { "code": "i1", "incident_type": "bakery_hit", "areas": ["duma"], "date": "2016-07-20" },
            { "code": "i2", "incident_type": "shelling", "date": "2016-08-20" },
        ]),
    );
    let raised = [
        ("over_delivery", "convoys/c1", "low"),
        ("items_removed", "convoys/c1", "high"),
        ("facility_attacked", "incidents/i1", "high"),
        ("future_dated", "incidents/i2", "low"),
    ];
    for (rule, _, severity) in raised {
        one(&passage, rule, severity);
    }
    for (_, record, _) in &raised[1..] {
        confirm(&passage, record);
    }
    for (rule, _, _) in raised {
        none(&passage, rule);
    }
}

#[test]
fn what_happens_after_a_confirmation_is_not_covered_by_it() {
    let passage = quiet();
    let convoy = json!({ "code": "c1", "mode": "cross_line", "date": "2016-07-20",
        "events": [{ "stage": "departed", "at": "2016-07-20" }] });
    passage.create("/api/v1/convoys", &convoy);
    confirm(&passage, "convoys/c1");
    let attack = json!({ "stage": "attacked", "at": "2016-07-21" });
    passage.create("/api/v1/convoys/c1/events", &attack);
    one(&passage, "convoy_attacked", "critical");
    assert_eq!(passage.read("/api/v1/convoys/c1")["confirmation"], Value::Null);
    confirm(&passage, "convoys/c1");
    none(&passage, "convoy_attacked");
}
