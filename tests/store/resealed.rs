//! What was sealed by other rules is sealed again, and tells no more than before.
#![cfg(test)]

use passage::disclose::Rules;
use passage::domain::{Clearance, Kind, Place, Sensitivity};
use passage::store::{Action, Basis, Change, Opening, RecordStore, Reference, SqliteStore, Stored};
use serde_json::{Value, json};

use super::{hour, later, new, sqlite};

const VISITOR: &Clearance = &Clearance::of(Sensitivity::Public);

fn hospital(lon: f64) -> Change {
    new(
        Kind::Facility,
        &json!({
            "code": "M10", "names": { "en": "M10" }, "facility_type": "hospital", "sensitivity": "public",
            "position": { "lon": lon, "lat": 36.2021 },
        }),
    )
}

fn position(stored: &Stored) -> Place {
    let body: Value = serde_json::from_str(&stored.body).unwrap();
    let at = |axis: &str| body["position"][axis].as_f64().unwrap();
    Place::new(at("lon"), at("lat")).unwrap()
}

/// Seventy corrections of 180 metres cross every line of the grid that is near.
#[tokio::test]
async fn small_corrections_look_the_same_after_another_rule_was_set() {
    let housed = sqlite();
    let mut version = housed.put_one(hour(1), hospital(37.16)).await.version;
    for step in 1..70 {
        let moved = hospital(37.16 + f64::from(step) * 0.002);
        let change = Change { action: Action::Revise, basis: Basis::Version(version), ..moved };
        version = housed.put_one(hour(1 + i64::from(step)), change).await.version;
    }
    let rules = Rules { small_count: 6, ..Rules::default() };
    let opening = Opening { readers: 1, rules, renew: true, key: None };
    let m10 = Reference::Code("M10".to_owned());
    let before = housed.history(Kind::Facility, &m10, later(), VISITOR).await.unwrap();
    let resealed = SqliteStore::open_as(&housed.file(), opening).unwrap();
    let after = resealed.history(Kind::Facility, &m10, later(), VISITOR).await.unwrap();
    let positions = |versions: &[Stored]| versions.iter().map(position).collect::<Vec<_>>();
    assert_eq!(before.len(), 70);
    assert_eq!(positions(&before), positions(&after));
}
