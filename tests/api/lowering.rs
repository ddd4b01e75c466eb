//! Lowerings over HTTP: one asks, another decides, and nobody learns of it who may not see the record.
#![cfg(test)]

use reqwest::Method;
use serde_json::{Value, json};

use crate::gate::departed;
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

/// An area that a coordinator asks to open to all staff, and the path at which that is decided.
fn with_lowering(passage: &Passage, code: &str) -> (Value, String) {
    let mut area = area_at(code, 36.4, 33.57);
    area["sensitivity"] = json!("confidential");
    let made = passage.create("/api/v1/areas", &area);
    let asked = json!({ "sensitivity": "internal", "reason": "OCHA published it" });
    let asked = passage.post(&format!("/api/v1/areas/{code}/lowerings"), &asked).ok(202);
    (made, format!("/api/v1/lowerings/{}", asked["id"].as_str().unwrap()))
}

#[test]
fn a_lowering_is_approved_and_done_or_neither() {
    let passage = Passage::start();
    let (_, path) = with_lowering(&passage, "duma");
    let approve =
        || passage.with(&passage.analyst, Method::POST, &format!("{path}/approve")).answer();
    let file = passage.file();
    file.execute_batch(
        "CREATE TRIGGER broken BEFORE INSERT ON ledger WHEN NEW.action = 'lower'
           BEGIN SELECT RAISE(ABORT, 'broken'); END",
    )
    .unwrap();
    approve().problem(500, "internal");
    let told = passage.with(&passage.analyst, Method::GET, "/api/v1/lowerings").answer().ok(200);
    assert_eq!(rows(&told)[0]["decision"], Value::Null, "{told}");
    file.execute_batch("DROP TRIGGER broken").unwrap();
    assert_eq!(approve().ok(200)["decision"], json!("approved"));
    assert_eq!(
        passage.with(&passage.viewer, Method::GET, "/api/v1/areas/duma").answer().ok(200)["sensitivity"],
        json!("internal")
    );
    approve().problem(409, "withdrawn");
    assert_eq!(passage.read("/api/v1/areas/duma/history")["total"], json!(2));
}

#[test]
fn what_was_changed_since_a_lowering_was_asked_for_is_told_by_its_version_and_not_by_a_clock() {
    let passage = Passage::start();
    let (made, path) = with_lowering(&passage, "duma");
    let (_, other) = with_lowering(&passage, "zabadani");
    let mut area = area_at("duma", 36.4, 33.57);
    (area["sensitivity"], area["note"]) = (json!("confidential"), json!("who may be met there"));
    passage.put("/api/v1/areas/duma", &made["version"], &area).ok(200);
    let file = passage.file();
    let approve = |path: &str| {
        passage.with(&passage.analyst, Method::POST, &format!("{path}/approve")).answer()
    };
    // The clock was set back after it was asked for, or before.
    file.execute_batch("UPDATE lowering SET proposed_at = proposed_at + 86400000").unwrap();
    approve(&path).problem(412, "stale");
    file.execute_batch("UPDATE lowering SET proposed_at = proposed_at - 2 * 86400000").unwrap();
    assert_eq!(approve(&other).ok(200)["decision"], json!("approved"));
}

/// A token that may decide lowerings and does not see everything.
fn low_analyst(passage: &Passage) -> String {
    let low = json!({ "name": "low", "role": "analyst", "clearance": "internal" });
    let made = passage.admin(Method::POST, "/api/v1/tokens", &low).ok(201);
    made["token"].as_str().unwrap().to_owned()
}

#[test]
fn why_a_record_shall_be_lowered_is_told_to_those_who_see_all_of_it() {
    let passage = Passage::start();
    passage.create("/api/v1/areas", &area_at("duma", 36.4, 33.57));
    passage.create("/api/v1/convoys", &departed());
    let asked = json!({ "field_sensitivity": [], "reason": "it left for Duma at eight" });
    let open = passage.post("/api/v1/areas/duma/lowerings", &asked).ok(202);
    let asked = passage.post("/api/v1/convoys/c1/lowerings", &asked).ok(202);
    let low = low_analyst(&passage);
    let of = |token: &str, path: &str| passage.with(token, Method::GET, path).answer().ok(200);
    assert_eq!(rows(&of(&passage.analyst, "/api/v1/lowerings")).len(), 2);
    // What is hidden takes no place in the list either.
    for path in ["/api/v1/lowerings", "/api/v1/lowerings?limit=1"] {
        let told = of(&low, path);
        assert_eq!(rows(&told).len(), 1, "{told}");
        assert_eq!((&rows(&told)[0]["id"], &told["total"]), (&open["id"], &json!(1)), "{told}");
    }
    for word in ["approve", "refuse"] {
        let path = format!("/api/v1/lowerings/{}/{word}", asked["id"].as_str().unwrap());
        let none = passage.with(&low, Method::POST, &path).answer();
        none.problem(404, "not_found");
    }
}

#[test]
fn a_lowering_whose_record_cannot_be_read_is_a_fault_and_not_absent() {
    let passage = Passage::start();
    let (_, path) = with_lowering(&passage, "duma");
    passage.file().execute_batch("UPDATE area SET owner = 'no code!'").unwrap();
    let list = passage.with(&passage.analyst, Method::GET, "/api/v1/lowerings").answer();
    list.problem(500, "damaged");
    let refuse = format!("{path}/refuse");
    let refused = passage.with(&passage.analyst, Method::POST, &refuse).answer();
    refused.problem(500, "damaged");
}

#[test]
fn what_was_taken_back_is_not_brought_back_by_being_lowered() {
    let passage = Passage::start();
    with_lowering(&passage, "duma");
    passage.post("/api/v1/areas/duma/withdraw", &json!({ "reason": "no such town" })).ok(200);
    let asked = json!({ "sensitivity": "internal", "reason": "OCHA published it" });
    passage.post("/api/v1/areas/duma/lowerings", &asked).problem(409, "withdrawn");
}
