//! Records of each level with a word of that level in them, and who is told.
#![cfg(test)]

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use passage::app::App;
use passage::domain::{Clearance, Kind, Sensitivity, draft};
use passage::store::{Action, Basis, Change, Write, Written};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::bodies::Filling;

/// The word of each level; none is part of another word.
pub const WORDS: [(Sensitivity, &str); 4] = [
    (Sensitivity::Public, "Zaunkoenig"),
    (Sensitivity::Internal, "Heckenbraunelle"),
    (Sensitivity::Confidential, "Rohrdommel"),
    (Sensitivity::StrictlyConfidential, "Ziegenmelker"),
];

/// A name for the readers of each level that can be told things.
pub const READERS: [(Sensitivity, &str); 3] = [
    (Sensitivity::Public, "visitors"),
    (Sensitivity::Internal, "desk"),
    (Sensitivity::Confidential, "officers"),
];

/// A record that was written, to be taken back.
pub struct Kept {
    kind: Kind,
    body: Value,
    written: Written,
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// What makes alerts and lines of a report, all about an area of the level.
fn telling(word: &str) -> Vec<(Kind, Value)> {
    let told = the_area(word).into_iter().chain(what_happened(word)).enumerate();
    let coded = |(number, (kind, mut body)): (usize, (Kind, Value))| {
        let code = match kind {
            Kind::Source => format!("{word}-s"),
            Kind::Area => format!("{word}-a"),
            _ => format!("{word}-{number}"),
        };
        body["code"] = json!(code);
        (kind, body)
    };
    told.map(coded).collect()
}

fn the_area(word: &str) -> [(Kind, Value); 4] {
    let (source, area) = (format!("{word}-s"), format!("{word}-a"));
    let of_source = json!({ "name": format!("{word} Press"), "date": "2016-07-01" });
    let of_area = json!({ "names": { "en": format!("{word} Town") }, "admin1_name": word,
        "position": { "lon": 36.4, "lat": 33.5 } });
    let status = json!({ "area": area, "scheme": "un", "status": "besieged", "valid_from": "2016-07-20",
        "listed_on": "2016-07-20", "source": source });
    let people = json!({ "area": area, "date": "2016-06-01", "people": { "best": 4000 }, "metric": "residents",
        "estimated_by": format!("{word} Council"), "source": source });
    [
        (Kind::Source, of_source),
        (Kind::Area, of_area),
        (Kind::Status, status),
        (Kind::Population, people),
    ]
}

fn what_happened(word: &str) -> [(Kind, Value); 4] {
    let (source, area) = (format!("{word}-s"), format!("{word}-a"));
    let incident = json!({ "incident_type": "health_facility_hit", "date": "2016-07-25", "areas": [area],
        "note": format!("{word} was told"), "source": source });
    let convoy = json!({ "mode": "cross_line", "date": "2016-07-01", "source": source,
        "drops": [{ "areas": [area], "trucks": 4, "people_reached": { "best": 900 } }],
        "events": [{ "stage": "turned_back", "at": "2016-07-02" }] });
    let pause = json!({ "pause_type": "requested", "title": format!("{word} pause"), "areas": [area],
        "asked_by": word, "asked_of": word, "announced_on": "2016-07-01", "source": source });
    let said = json!({ "topic": "unmet_need", "areas": [area], "date": "2016-07-24", "actor": word,
        "title": format!("{word} lacks"), "text": format!("{word} has no salt"), "source": source });
    [
        (Kind::Incident, incident),
        (Kind::Convoy, convoy),
        (Kind::Pause, pause),
        (Kind::Observation, said),
    ]
}

/// What is open by its own level and about an area of a higher one, and so closed.
fn about_the_closed(word: &str) -> Vec<(Kind, Value)> {
    let area = format!("{word}-a");
    vec![
        (
            Kind::Facility,
            json!({ "code": format!("{word}-f"), "names": { "en": format!("{word} bakery") },
                "facility_type": "bakery", "area": area, "sensitivity": "public" }),
        ),
        (
            Kind::Stock,
            json!({ "code": format!("{word}-k"), "area": area, "date": "2016-07-10", "stock_type": "stock",
                "item": word, "quantity": { "best": 4000 }, "unit": "person_days", "sensitivity": "public" }),
        ),
    ]
}

fn people() -> Vec<(Kind, Value)> {
    let mut told = Vec::new();
    for (level, reader) in READERS {
        let mut codes = Vec::new();
        for (channel, address) in [
            ("email", format!("{reader}@example.org")),
            ("webhook", format!("http://127.0.0.1:1/{reader}")),
            ("folder", reader.to_owned()),
        ] {
            let code = format!("{reader}-{channel}");
            let body = json!({ "code": code, "name": reader, "channel": channel, "address": address,
                "clearance": level, "alerts": [{}], "sensitivity": "public" });
            told.push((Kind::Recipient, body));
            codes.push(code);
        }
        let schedule = json!({ "code": format!("of-{reader}"), "cron": "0 7 * * *", "time_zone": "UTC",
            "formats": ["html", "text", "xlsx", "json"], "recipients": codes, "clearance": level,
            "period_days": 30, "sensitivity": "public" });
        told.push((Kind::Schedule, schedule));
    }
    told
}

/// A record of every kind with the word wherever a text can stand.
fn of_every_kind(word: &str) -> Vec<(Kind, Value)> {
    let text = format!("{word} ");
    let filling = Filling { text: &text, code: word, lon: 36.3, lat: 33.6 };
    let told = |kind: &&Kind| !matches!(kind, Kind::Recipient | Kind::Schedule | Kind::Silence);
    Kind::ALL.iter().filter(told).map(|kind| (*kind, filling.first_body(*kind))).collect()
}

/// Puts all of it in; gives how many were taken, and those that can be taken back.
pub async fn fill(app: &App) -> (usize, Vec<Kept>) {
    let (mut taken, mut kept) = (0, Vec::new());
    for (level, word) in WORDS {
        for (kind, mut body) in of_every_kind(word) {
            body["sensitivity"] = json!(level);
            // Some kinds want what a filling does not know; what is needed is told below.
            taken += usize::from(put(app, kind, &body).await.is_some());
        }
        for (kind, mut body) in telling(word) {
            body["sensitivity"] = json!(level);
            let written = put(app, kind, &body).await;
            let written = written.unwrap_or_else(|| panic!("{kind} of {level} is taken: {body}"));
            kept.push(Kept { kind, body, written });
        }
        for (kind, body) in about_the_closed(word) {
            assert!(put(app, kind, &body).await.is_some(), "{kind} of {level} is taken: {body}");
        }
    }
    for (kind, body) in people() {
        assert!(put(app, kind, &body).await.is_some(), "{body}");
    }
    assert!(taken > 40, "only {taken} of every kind were taken");
    (taken + kept.len(), kept)
}

async fn put(app: &App, kind: Kind, body: &Value) -> Option<Written> {
    let draft = draft(kind, body).ok()?;
    let change = Change {
        action: Action::Create,
        new_id: Uuid::now_v7(),
        lowers: false,
        basis: Basis::New,
        learned_at: None,
        reason: None,
        draft,
    };
    write(app, "2016-07-22T00:00:00Z", change).await
}

async fn write(app: &App, known: &str, change: Change) -> Option<Written> {
    let write = Write {
        actor: "tests".to_owned(),
        owner: None,
        clearance: Clearance::ALL,
        recorded_at: at(known),
        learned_at: at(known),
        idempotency: None,
        changes: vec![change],
    };
    app.store.write(write).await.ok()?.pop()
}

/// Takes back what happened, so that alerts end.
pub async fn forget(app: &App, kept: &[Kept]) {
    let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
    let ended = [Kind::Incident, Kind::Convoy, Kind::Pause, Kind::Status];
    for Kept { kind, body, written } in kept.iter().filter(|kept| ended.contains(&kept.kind)) {
        let change = Change {
            action: Action::Withdraw,
            new_id: written.id,
            lowers: false,
            basis: Basis::Version(written.version),
            learned_at: None,
            reason: Some("It was not so.".to_owned()),
            draft: draft(*kind, body).unwrap(),
        };
        assert!(write(app, "2016-07-28T00:00:00Z", change).await.is_some(), "{kind}");
        *counts.entry(*kind).or_default() += 1;
    }
    assert!(counts.values().all(|count| *count == WORDS.len()), "{counts:?}");
}
