//! Lowerings over HTTP: one asks, another decides, and nobody learns of it who may not see the record.
#![cfg(test)]

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Passage, Sends, area_at, rows};

#[test]
fn a_level_is_lowered_by_two_people_and_a_reason_and_by_nobody_alone() {
    let passage = Passage::start();
    let mut area = area_at("duma", 36.4, 33.57);
    area["sensitivity"] = json!("confidential");
    let made = passage.create("/api/v1/areas", &area);
    area["sensitivity"] = json!("internal");
    let refused =
        passage.put("/api/v1/areas/duma", &made["version"], &area).problem(422, "invalid");
    assert!(refused.at("/sensitivity").contains("second person"));
    let path = "/api/v1/areas/duma/lowerings";
    passage.post(path, &json!({ "sensitivity": "internal" })).problem(422, "invalid");
    let asked = json!({ "sensitivity": "internal", "reason": "OCHA published it" });
    let asked = passage.post(path, &asked).ok(202);
    let decide = |token: &str, word: &str| {
        let path = format!("/api/v1/lowerings/{}/{word}", asked["id"].as_str().unwrap());
        passage.with(token, Method::POST, &path).answer()
    };
    decide(&passage.coordinator, "approve").problem(403, "forbidden");
    assert_eq!(
        passage.with(&passage.viewer, Method::GET, "/api/v1/areas/duma").answer().status,
        404
    );
    assert_eq!(decide(&passage.analyst, "approve").ok(200)["decision"], json!("approved"));
    assert_eq!(
        passage.with(&passage.viewer, Method::GET, "/api/v1/areas/duma").answer().ok(200)["sensitivity"],
        json!("internal")
    );
    decide(&passage.admin, "refuse").problem(409, "withdrawn");
    let history = passage.read("/api/v1/areas/duma/history");
    let reason = rows(&history)[1]["reason"].as_str().unwrap();
    assert!(reason.contains("OCHA published it") && reason.contains("approved by"), "{reason}");
}

#[test]
fn who_asked_may_not_decide() {
    let passage = Passage::start();
    let mut area = area_at("duma", 36.4, 33.57);
    area["sensitivity"] = json!("confidential");
    passage.create("/api/v1/areas", &area);
    let asked = json!({ "sensitivity": "public", "reason": "published" });
    let asked = passage
        .with(&passage.analyst, Method::POST, "/api/v1/areas/duma/lowerings")
        .json(&asked)
        .answer()
        .ok(202);
    let path = format!("/api/v1/lowerings/{}/approve", asked["id"].as_str().unwrap());
    let own = passage.with(&passage.analyst, Method::POST, &path).answer();
    own.problem(403, "second_person");
    let open = passage.with(&passage.analyst, Method::GET, "/api/v1/lowerings").answer().ok(200);
    assert_eq!(rows(&open)[0]["decision"], Value::Null);
}
