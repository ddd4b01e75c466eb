//! A clock that was ahead and was set right: what was written in between is known to every question that asks for no
//! past, and judged at one moment.
#![cfg(test)]

use chrono::TimeDelta;
use passage::app::App;
use passage::clock::{self, Clock};
use passage::config::Settings;
use passage::domain::{Clearance, Kind, draft};
use passage::store::{Action, Basis, Change, RecordStore, Write};
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Passage, Sends, area, area_at, codes};
use crate::people::command;

/// How far ahead the clock was.
const AHEAD: TimeDelta = TimeDelta::days(30);

/// A change of a record.
fn change(action: Action, basis: Basis, kind: Kind, body: &Value) -> Change {
    Change {
        action,
        new_id: clock::new_id(),
        lowers: false,
        basis,
        learned_at: None,
        reason: None,
        draft: draft(kind, body).unwrap(),
    }
}

/// A server of today, of which some records were written while its clock was ahead.
fn set_back(records: &[(Kind, Value)]) -> Passage {
    let passage = Passage::start_today();
    let create = |(kind, body): &(Kind, Value)| change(Action::Create, Basis::New, *kind, body);
    write_ahead(&passage, records.iter().map(create).collect());
    // The server hears of it with the next record that it takes in.
    passage.create("/api/v1/areas", &area("since"));
    passage
}

/// Writes as it was done while the clock was ahead.
fn write_ahead(passage: &Passage, changes: Vec<Change>) {
    let then = Clock::Wall.recorded_at() + AHEAD;
    let write = Write {
        actor: "another".to_owned(),
        owner: None,
        clearance: Clearance::ALL,
        recorded_at: then,
        learned_at: then,
        idempotency: None,
        changes,
    };
    let written = async { passage.store().write(write).await };
    actix_web::rt::System::new().block_on(written).unwrap();
}

#[test]
fn an_organisation_that_was_written_ahead_can_be_given_to_a_partner() {
    let passage =
        set_back(&[(Kind::Organisation, json!({ "code": "sarc", "names": "Red Crescent" }))]);
    let body = json!({ "name": "desk", "role": "partner", "organisation": "sarc" });
    passage.admin(Method::POST, "/api/v1/tokens", &body).ok(201);
    let create = ["token", "create", "--name", "x", "--role", "partner", "--organisation", "sarc"];
    let (done, told) = command(&passage, &create, "");
    assert!(done, "{told}");
}

#[test]
fn a_lowering_of_a_record_that_was_written_ahead_is_told() {
    let mut body = area_at("duma", 36.4, 33.57);
    body["sensitivity"] = json!("confidential");
    let passage = set_back(&[(Kind::Area, body)]);
    let asked = json!({ "sensitivity": "internal", "reason": "OCHA published it" });
    passage.post("/api/v1/areas/duma/lowerings", &asked).ok(202);
    let told = passage.with(&passage.analyst, Method::GET, "/api/v1/lowerings").answer().ok(200);
    assert_eq!(codes(&told), ["duma"]);
}

#[test]
fn a_record_that_was_written_ahead_ends_no_embargo() {
    let passage = set_back(&[(Kind::Area, area_at("duma", 36.4, 33.57))]);
    let now = Clock::Wall.recorded_at();
    let convoy = |code: &str, events: Value| {
        let convoy = json!({
            "code": code, "mode": "cross_line", "drops": [{ "areas": ["duma"] }], "events": events,
        });
        passage.create("/api/v1/convoys", &convoy);
    };
    convoy("closed", json!([{ "stage": "offloaded", "at": now - TimeDelta::hours(12) }]));
    convoy("under_way", json!([{ "stage": "departed", "at": now - TimeDelta::hours(1) }]));
    let seen = |path: &str| passage.with(&passage.viewer, Method::GET, path).answer().ok(200);
    for code in ["closed", "under_way"] {
        for path in [format!("/api/v1/convoys/{code}"), format!("/api/v1/convoys/{code}/history")] {
            let told = seen(&path).to_string();
            assert!(!told.contains("duma") && !told.contains("offloaded"), "{path}: {told}");
        }
    }
    assert_eq!(seen("/api/v1/convoys?area=duma")["total"], json!(0));
    assert_eq!(codes(&seen("/api/v1/changes")), ["duma", "since"]);
    let coverage = seen("/api/v1/coverage").to_string();
    assert!(!coverage.contains("under_way") && !coverage.contains("\"closed\""), "{coverage}");
}

#[test]
fn what_was_taken_back_ahead_is_still_so_after_a_start_and_a_report_says_what_it_knew() {
    let passage = Passage::start_today();
    let made = passage.create("/api/v1/areas", &area("duma"));
    let basis = Basis::Version(made["version"].as_i64().unwrap());
    let taken_back = change(Action::Withdraw, basis, Kind::Area, &area("duma"));
    write_ahead(
        &passage,
        vec![taken_back, change(Action::Create, Basis::New, Kind::Area, &area("east"))],
    );
    let taken_back = change(Action::Withdraw, Basis::Version(3), Kind::Area, &area("east"));
    write_ahead(&passage, vec![taken_back]);
    actix_web::rt::System::new().block_on(async {
        let settings = Settings::layered("test", "", std::iter::empty()).unwrap();
        let app = App::build(passage.home(), Clock::Wall, settings).await.unwrap();
        let now = Clock::Wall.recorded_at();
        let known_at = app.situations.known_by();
        assert!(known_at > now + AHEAD / 2, "{known_at}");
        let situation = async |known_at| {
            app.situations.situation(now, known_at, &Clearance::ALL).await.unwrap()
        };
        assert_eq!(situation(None).await.known_at, known_at);
        let printed_again = situation(Some(known_at)).await.world;
        assert!(printed_again.areas.get("duma").is_none());
    });
}
