//! Incidents: what happened, by whose account.
#![cfg(test)]

use serde_json::json;

use crate::harness::Passage;

#[test]
fn several_accounts_of_an_incident_stand_side_by_side() {
    let passage = Passage::start();
    let incident = json!({ "code": "i1", "incident_type": "health_facility_hit", "date": "2016-07-23", "killed": { "low": 5 } });
    passage.create("/api/v1/incidents", &incident);
    passage.create(
        "/api/v1/incidents/i1/accounts",
        &json!({ "killed": 5, "attributed_to": "the air force" }),
    );
    let made = passage
        .create("/api/v1/incidents/i1/accounts", &json!({ "killed": { "low": 6, "high": 9 } }));
    assert_eq!(made["accounts"].as_array().unwrap().len(), 2);
    assert_eq!(made["killed"], json!({ "low": 5, "best": null, "high": null }));
}

#[test]
fn more_women_and_children_than_people_killed_is_refused() {
    let passage = Passage::start();
    let incident = json!({ "incident_type": "shelling", "date": "2016-07-23", "killed": { "low": 1, "high": 3 },
        "killed_women": 2, "killed_children": 2 });
    let problem = passage.post("/api/v1/incidents", &incident).problem(422, "invalid");
    assert_eq!(problem.pointers(), ["/killed"]);
}
