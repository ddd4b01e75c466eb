//! What was sealed by other rules is sealed again, and tells no more than before.
#![cfg(test)]

use passage::disclose::Rules;
use passage::domain::{Clearance, Kind, Place, Sensitivity};
use passage::store::{
    Action, Basis, Change, Cut, LedgerStore, Opening, RecordStore, Reference, SqliteStore, Stored,
};
use serde_json::{Value, json};

use super::{Housed, hour, later, new, next, sqlite};

const VISITOR: &Clearance = &Clearance::of(Sensitivity::Public);

/// The same file, sealed by other rules that say the same of levels, positions and convoys.
fn resealed(housed: &Housed) -> SqliteStore {
    let rules = Rules { small_count: 6, ..Rules::default() };
    let opening = Opening { readers: 1, rules, renew: true, key: None, watch: None };
    SqliteStore::open_as(&housed.file(), opening).unwrap()
}

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
    let m10 = Reference::Code("M10".to_owned());
    let before = housed.history(Kind::Facility, &m10, later(), VISITOR).await.unwrap();
    let after = resealed(&housed).history(Kind::Facility, &m10, later(), VISITOR).await.unwrap();
    let positions = |versions: &[Stored]| versions.iter().map(position).collect::<Vec<_>>();
    assert_eq!(before.len(), 70);
    assert_eq!(positions(&before), positions(&after));
}

/// A facility of this type at one place, which every reader may know of.
fn facility(facility_type: &str) -> Value {
    json!({
        "code": "M10", "names": { "en": "M10" }, "facility_type": facility_type, "sensitivity": "public",
        "position": { "lon": 37.1612, "lat": 36.2021 },
    })
}

#[tokio::test]
async fn what_was_once_a_hospital_stays_masked_until_two_people_lower_it_also_after_another_rule() {
    let housed = sqlite();
    let first = housed.put_one(hour(1), new(Kind::Facility, &facility("hospital"))).await;
    let crossing = next(Kind::Facility, first.version, &facility("crossing"));
    let second = housed.put_one(hour(2), crossing).await;
    let lowered = Change {
        action: Action::Lower,
        lowers: true,
        ..next(Kind::Facility, second.version, &facility("crossing"))
    };
    let reader = &Clearance::of(Sensitivity::Internal);
    let m10 = Reference::Code("M10".to_owned());
    let masked = async |store: &dyn RecordStore| {
        let versions = store.history(Kind::Facility, &m10, later(), reader).await.unwrap();
        versions.iter().map(|version| version.seen.is_part).collect::<Vec<_>>()
    };
    assert_eq!(masked(&*housed.store).await, [true, true]);
    assert_eq!(masked(&resealed(&housed)).await, [true, true]);
    let lowered_at = housed.put_one(hour(3), lowered).await.version;
    assert_eq!(masked(&*housed.store).await, [true, true, false]);
    let again = resealed(&housed);
    assert_eq!(masked(&again).await, [true, true, false]);
    let moved = next(Kind::Facility, lowered_at, &facility("crossing"));
    housed.put_one(hour(4), moved).await;
    assert_eq!(masked(&resealed(&housed)).await, [true, true, false, false]);
    assert_eq!(again.verify().await.unwrap().broken, None);
}

#[tokio::test]
async fn the_published_past_of_a_convoy_under_way_is_withheld_also_after_another_rule() {
    let housed = sqlite();
    let source = json!({ "code": "ocha", "name": "OCHA" });
    housed.put_one(hour(1), new(Kind::Source, &source)).await;
    let mut convoy = json!({ "code": "c1", "mode": "cross_line", "date": "2016-01-03", "source": "ocha",
        "route": "M5", "sensitivity": "public" });
    let first = housed.put_one(hour(2), new(Kind::Convoy, &convoy)).await;
    convoy["sensitivity"] = json!("internal");
    housed.put_one(hour(4), next(Kind::Convoy, first.version, &convoy)).await;
    let again = resealed(&housed);
    let (c1, reader) = (Reference::Code("c1".to_owned()), &Clearance::of(Sensitivity::Internal));
    for known_at in [hour(3), hour(5)] {
        let cut = Cut { as_of: None, known_at };
        for store in [&*housed.store as &dyn RecordStore, &again] {
            let shown = store.record(Kind::Convoy, &c1, cut, reader).await.unwrap();
            assert!(shown.seen.embargo_until.is_some(), "{known_at}: {}", shown.body);
            assert!(!shown.body.contains("M5"), "{known_at}: {}", shown.body);
        }
    }
    assert_eq!(again.verify().await.unwrap().broken, None);
}
