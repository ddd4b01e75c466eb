//! Every kind of record has its table, its columns and its place in every answer.
#![cfg(test)]

use std::collections::BTreeMap;

use passage::domain::{Clearance, Kind};
use passage::store::{Change, Filter, Query};
use serde_json::{Value, json};

use super::{backends, hour, later, new, query};

/// A short body of each kind, in an order in which each names only those before it.
fn bodies() -> Vec<(Kind, Value)> {
    let names = json!({ "en": "A name" });
    vec![
        (Kind::Source, json!({ "code": "x", "name": "A report", "date": "2016-07-26" })),
        (Kind::Organisation, json!({ "code": "x", "names": names, "org_type": "un" })),
        (Kind::Party, json!({ "code": "x", "names": names, "role": "state" })),
        (Kind::Area, json!({ "code": "x", "names": names, "pcode": "SY020301" })),
        (Kind::AreaGroup, json!({ "code": "x", "names": names, "areas": ["x"] })),
        (
            Kind::Facility,
            json!({ "code": "x", "names": names, "facility_type": "bakery", "area": "x", "functioning": "partly", "as_of": "2016-07-26" }),
        ),
        (
            Kind::Status,
            json!({ "code": "x", "area": "x", "scheme": "siege_watch", "status": "besieged", "tier": 1, "valid_from": "2016-07-26" }),
        ),
        (
            Kind::Population,
            json!({ "code": "x", "area": "x", "date": "2016-07-26", "people": { "best": 9000 }, "metric": "besieged", "scheme": "un" }),
        ),
        (Kind::Convoy, json!({ "code": "x", "mode": "airdrop", "date": "2016-07-26" })),
        (
            Kind::Pause,
            json!({ "code": "x", "pause_type": "corridor", "areas": ["x"], "announced_on": "2016-07-26", "start": "2016-07-26", "end": "2016-07-27" }),
        ),
        (
            Kind::AccessRequest,
            json!({ "code": "x", "answer": "denied", "requested_on": "2016-07-26", "areas": ["x"] }),
        ),
        (
            Kind::Stock,
            json!({ "code": "x", "stock_type": "stock", "area": "x", "date": "2016-07-26", "item": "flour", "quantity": { "best": 5 }, "unit": "t" }),
        ),
        (Kind::Incident, json!({ "code": "x", "incident_type": "shelling", "date": "2016-07-26" })),
        (Kind::Observation, json!({ "code": "x", "topic": "price", "date": "2016-07-26" })),
        (Kind::Logistics, json!({ "code": "x", "area": "x", "date": "2016-07-26", "trucks": 40 })),
        (
            Kind::Plan,
            json!({ "code": "x", "date": "2016-07-26", "horizon_days": 30, "fairness": "lexicographic",
                "areas": [{ "area": "x", "people": 9000, "needed_person_days": 270_000, "loads": 5 }] }),
        ),
        (
            Kind::Recipient,
            json!({ "code": "x", "name": "Desk", "channel": "folder", "address": "desk" }),
        ),
        (Kind::Schedule, json!({ "code": "x", "cron": "0 7 * * *", "time_zone": "UTC" })),
        (
            Kind::Silence,
            json!({ "code": "x", "from": "2016-07-26", "until": "2016-07-27", "reason": "known" }),
        ),
    ]
}

fn changes() -> Vec<Change> {
    bodies().iter().map(|(kind, body)| new(*kind, body)).collect()
}

#[tokio::test]
async fn every_kind_is_stored_read_and_listed() {
    assert_eq!(bodies().len(), Kind::ALL.len(), "a kind has no body here");
    for (name, store) in backends() {
        store.put(hour(1), changes()).await;
        for kind in Kind::ALL {
            let read = store.known(*kind, "x", later()).await.unwrap();
            assert_eq!(read.kind, *kind, "{name}");
            assert_eq!(store.found(*kind, Filter::default()).await, ["x"], "{name}: {kind}");
        }
        let everything = store.everything(later()).await;
        assert_eq!(everything.records.len(), Kind::ALL.len(), "{name}");
        let entries = store.changes(0, 100, &Clearance::ALL, later()).await.unwrap();
        assert_eq!(entries.len(), Kind::ALL.len(), "{name}");
        assert_eq!(store.verify().await.unwrap().broken, None, "{name}");
    }
}

#[tokio::test]
async fn every_kind_is_filtered_by_each_of_its_columns() {
    for (name, store) in backends() {
        let changes = changes();
        store.put(hour(1), changes.clone()).await;
        for change in &changes {
            let kind = change.draft.kind;
            for (column, value) in kind.columns().iter().zip(&change.draft.columns) {
                let found = |value: &str| {
                    let values = vec!["no_such_word".to_owned(), value.to_owned()];
                    let columns = BTreeMap::from([((*column).to_owned(), values)]);
                    Filter { columns, ..Filter::default() }
                };
                let given = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                let expected: &[&str] = if value.is_null() { &[] } else { &["x"] };
                let hits = store.found(kind, found(&given)).await;
                assert_eq!(hits, expected, "{name}: {kind} {column} {given}");
                let misses = store.found(kind, found("nor_this")).await;
                assert!(misses.is_empty(), "{name}: {kind} {column}");
            }
        }
    }
}

#[tokio::test]
async fn a_list_can_show_the_whole_body_instead_of_the_summary() {
    for (name, store) in backends() {
        store.put(hour(1), changes()).await;
        for kind in Kind::ALL {
            let body = |expand| {
                let asked = Query { expand, ..query(*kind, Filter::default()) };
                let store = &store;
                async move { store.records(asked, &Clearance::ALL).await.unwrap().rows.remove(0).body }
            };
            let read = store.known(*kind, "x", later()).await.unwrap();
            assert_eq!(body(true).await, read.body, "{name}: {kind}");
            let summary: Value = serde_json::from_str(&body(false).await).unwrap();
            let draft = changes().into_iter().find(|change| change.draft.kind == *kind);
            assert_eq!(summary, Value::Object(draft.unwrap().draft.summary), "{name}: {kind}");
        }
    }
}
