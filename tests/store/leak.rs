//! What the gate keeps beside a version is judged too: who opens a record by editing a column is found, and what is
//! written in any order is sealed as it must be.
#![cfg(test)]

use std::sync::Arc;

use passage::disclose::{Levels, Rules};
use passage::domain::{Clearance, Kind, OrganisationCode, Sensitivity};
use passage::store::{Change, Opening, Reference, SqliteStore};
use rusqlite::Connection;
use serde_json::{Value, json};

use super::{Housed, area, hour, later, new, next, sqlite, withdrawal, write};

const READER: &Clearance = &Clearance::of(Sensitivity::Internal);

/// A crossing or a hospital at a place, in an area.
fn facility(code: &str, facility_type: &str, levels: &[&str]) -> Value {
    json!({ "code": code, "names": { "en": code }, "facility_type": facility_type, "area": "duma",
        "position": { "lon": 36.4012, "lat": 33.5721 }, "field_sensitivity": levels })
}

fn area_of(level: &str) -> Value {
    json!({ "code": "duma", "names": { "en": "Duma" }, "sensitivity": level })
}

/// 1 an area that was closed by 6, 2 a hospital in it, 3 three people, 4 a convoy, 5 the hospital moved a little.
async fn sealed() -> Housed {
    let store = sqlite();
    let people = json!({ "code": "few", "area": "duma", "date": "2016-01-01", "metric": "residents", "people": 3 });
    let convoy = json!({ "code": "c1", "mode": "cross_line", "date": "2016-07-26", "drops": [{ "areas": ["duma"], "trucks": 3 }] });
    let mut first = write(
        hour(1),
        vec![
            new(Kind::Area, &area_of("internal")),
            new(Kind::Facility, &facility("M10", "hospital", &["functioning=confidential"])),
            new(Kind::Population, &people),
            new(Kind::Convoy, &convoy),
        ],
    );
    first.owner = Some("sarc".parse::<OrganisationCode>().unwrap());
    store.write(first).await.unwrap();
    let mut moved = facility("M10", "hospital", &["functioning=confidential"]);
    moved["position"]["lat"] = json!(33.5722);
    store.put_one(hour(2), next(Kind::Facility, 2, &moved)).await;
    store.put_one(hour(3), next(Kind::Area, 1, &area_of("confidential"))).await;
    assert_eq!(store.verify().await.unwrap().broken, None);
    store
}

fn edit(store: &Housed, sql: &str) {
    let file = Connection::open(store.file()).unwrap();
    file.execute_batch(sql).unwrap_or_else(|fault| panic!("{sql}: {fault}"));
}

#[tokio::test]
async fn who_opens_a_record_by_editing_what_the_gate_keeps_is_found() {
    for (sql, entry, column) in [
        ("UPDATE area SET seen_from = 1 WHERE version = 6", 6, "seen_from"),
        ("UPDATE area SET seen_from = 1 WHERE version = 1", 1, "seen_from"),
        ("UPDATE facility SET seen_from = 1 WHERE version = 2", 2, "the area it is about"),
        ("UPDATE facility SET seen_from = 1 WHERE version = 5", 5, "the area it is about"),
        ("UPDATE population SET seen_from = 0", 3, "the area it is about"),
        ("UPDATE facility SET place_from = 1 WHERE version = 5", 5, "place_from"),
        ("UPDATE facility SET place_from = 1 WHERE version = 2", 2, "place_from"),
        ("UPDATE facility SET whole_from = 0 WHERE version = 5", 5, "whole_from"),
        ("UPDATE population SET small = 0", 3, "small"),
        ("UPDATE population SET small = 1", 3, "small"),
        ("UPDATE convoy SET embargo_until = NULL", 4, "embargo_until"),
        ("UPDATE convoy SET embargo_until = embargo_until - 1", 4, "embargo_until"),
        ("UPDATE facility SET masked_lon = lon, masked_lat = lat WHERE version = 5", 5, "masked"),
        ("UPDATE facility SET masked_lon = NULL, masked_lat = NULL WHERE version = 5", 5, "masked"),
        ("UPDATE facility SET masked_lat = masked_lat + 40 WHERE version = 5", 5, "masked"),
        ("UPDATE area SET masked_lon = 36.4, masked_lat = 33.5 WHERE version = 6", 6, "masked"),
        ("UPDATE facility SET owner = 'other' WHERE version = 5", 5, "owner"),
        ("UPDATE facility SET owner = NULL WHERE version = 5", 5, "owner"),
    ] {
        let store = sealed().await;
        edit(&store, sql);
        let broken = store.verify().await.unwrap().broken;
        let (found, how) = broken.unwrap_or_else(|| panic!("{sql}: nothing was found"));
        assert_eq!(found, entry, "{sql}: {how}");
        assert!(how.contains(column), "{sql}: {how}");
    }
}

#[tokio::test]
async fn the_mask_that_a_corrected_position_kept_is_in_order() {
    let store = sealed().await;
    // Of so many, some cross a line of the grid, wherever its lines are.
    for n in 0..20 {
        let mut site = facility(&format!("S{n}"), "hospital", &[]);
        site["position"] = json!({ "lon": 36.0 + f64::from(n) * 0.1, "lat": 33.2 });
        let written = store.put_one(hour(4), new(Kind::Facility, &site)).await;
        site["position"]["lon"] = json!(36.02 + f64::from(n) * 0.1);
        store.put_one(hour(5), next(Kind::Facility, written.version, &site)).await;
    }
    assert_eq!(store.verify().await.unwrap().broken, None);
}

#[tokio::test]
async fn the_mask_of_another_place_is_no_mask_of_this_one() {
    let store = sealed().await;
    let mut far = facility("M11", "hospital", &[]);
    far["position"] = json!({ "lon": 38.9, "lat": 35.9 });
    store.put_one(hour(4), new(Kind::Facility, &far)).await;
    edit(
        &store,
        "UPDATE facility SET masked_lon = (SELECT masked_lon FROM facility WHERE version = 7),
             masked_lat = (SELECT masked_lat FROM facility WHERE version = 7) WHERE version = 5",
    );
    let (found, how) = store.verify().await.unwrap().broken.unwrap();
    assert!(found == 5 && how.contains("masked"), "{found}: {how}");
}

#[tokio::test]
async fn a_store_that_was_sealed_anew_by_other_rules_is_sound_and_keeps_its_past_closed() {
    let store = sqlite();
    store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
    store.put_one(hour(2), new(Kind::Facility, &facility("M10", "crossing", &[]))).await;
    let closed = facility("M10", "crossing", &["position=confidential"]);
    store.put_one(hour(3), next(Kind::Facility, 2, &closed)).await;
    let rules = Rules { mask_km: 20.0, ..Rules::default() };
    let opening = Opening { readers: 2, rules, renew: true, key: None, watch: None };
    let again = SqliteStore::open_as(&store.file(), opening).unwrap();
    let again = Housed { store: Arc::new(again), home: tempfile::tempdir().unwrap() };
    for store in [&store, &again] {
        let m10 = Reference::Code("M10".to_owned());
        let history = store.history(Kind::Facility, &m10, later(), READER).await.unwrap();
        assert_eq!(history.len(), 2);
        for version in history {
            assert!(!version.body.contains("36.4012"), "{}", version.body);
            assert!(version.seen.withheld.contains(&"position".to_owned()));
        }
    }
    assert_eq!(again.verify().await.unwrap().broken, None);
}

#[tokio::test]
async fn what_is_written_before_the_closed_area_it_is_about_is_closed_too() {
    let store = sqlite();
    let changes: Vec<Change> = vec![
        new(Kind::Facility, &facility("M10", "crossing", &[])),
        new(Kind::Area, &area_of("confidential")),
    ];
    store.put(hour(1), changes).await;
    let m10 = Reference::Code("M10".to_owned());
    assert!(store.history(Kind::Facility, &m10, later(), READER).await.is_err());
    assert_eq!(store.verify().await.unwrap().broken, None);
}

#[tokio::test]
async fn a_convoy_whose_level_is_left_out_keeps_its_embargo() {
    let home = tempfile::tempdir().unwrap();
    let levels = Levels::read([("convoy", "public")].into_iter()).unwrap();
    let rules = Rules { levels, ..Rules::default() };
    let opening = Opening { readers: 2, rules, renew: true, key: None, watch: None };
    let store = SqliteStore::open_as(&home.path().join("passage.db"), opening).unwrap();
    let store = Housed { store: Arc::new(store), home };
    let source = json!({ "code": "ocha", "name": "OCHA" });
    store.put_one(hour(1), new(Kind::Source, &source)).await;
    let mut convoy = json!({ "code": "c1", "mode": "cross_line", "date": "2016-07-26", "source": "ocha", "route": "M5",
        "sensitivity": "internal" });
    store.put_one(hour(2), new(Kind::Convoy, &convoy)).await;
    convoy.as_object_mut().unwrap().remove("sensitivity");
    let mut left_out = next(Kind::Convoy, 2, &convoy);
    left_out.draft.sensitivity = None;
    store.put_one(hour(3), left_out).await;
    let c1 = Reference::Code("c1".to_owned());
    let seen = store.history(Kind::Convoy, &c1, hour(4), READER).await.unwrap();
    assert!(seen.iter().all(|version| !version.body.contains("M5")), "{seen:?}");
    assert_eq!(store.verify().await.unwrap().broken, None);
}

#[tokio::test]
async fn the_reason_of_a_change_is_told_to_who_sees_all_of_the_record() {
    let store = sqlite();
    store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
    for (code, facility_type) in [("M10", "hospital"), ("B1", "crossing")] {
        let body = facility(code, facility_type, &[]);
        let made = store.put_one(hour(2), new(Kind::Facility, &body)).await;
        store.put_one(hour(3), withdrawal(Kind::Facility, made.version, &body)).await;
    }
    let reasons = async |reader: &Clearance| {
        let entries = store.changes(0, 9, reader, later()).await.unwrap();
        entries.into_iter().filter_map(|entry| entry.reason).collect::<Vec<_>>()
    };
    assert_eq!(reasons(READER).await, ["withheld", "entered twice"]);
    assert_eq!(reasons(&Clearance::of(Sensitivity::Confidential)).await, ["entered twice"; 2]);
}
