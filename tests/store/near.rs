//! Distances: over the ellipsoid, from where a record is shown, else from where its areas are.
#![cfg(test)]

use passage::domain::{Clearance, Kind, Place};
use passage::store::{Filter, Near};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{area, area_at, backends, block_on, codes, hour, new, next, query, sqlite};

fn near(lon: f64, lat: f64, km: f64) -> Filter {
    Filter { near: Some(Near { place: Place::new(lon, lat).unwrap(), km }), ..Filter::default() }
}

fn clinic(code: &str, area: &str, position: &Value) -> Value {
    json!({ "code": code, "names": { "en": code }, "facility_type": "clinic", "area": area, "position": position })
}

#[tokio::test]
async fn a_distance_is_measured_over_the_ellipsoid() {
    for (name, store) in backends() {
        store.put_one(hour(1), new(Kind::Area, &area_at("duma", 36.40, 33.57))).await;
        // From Damascus it is 12.2 km to Duma.
        assert_eq!(store.found(Kind::Area, near(36.29, 33.51, 12.5)).await, ["duma"], "{name}");
        assert!(store.found(Kind::Area, near(36.29, 33.51, 11.9)).await.is_empty(), "{name}");
        assert_eq!(store.found(Kind::Area, near(36.40, 33.57, 0.0)).await, ["duma"], "{name}");
    }
}

#[tokio::test]
async fn a_distance_goes_across_the_180th_meridian_and_over_the_pole() {
    for (name, store) in backends() {
        let places = [("fiji", -179.9, 0.0), ("ice", 180.0, 89.9)];
        let changes = places.map(|(code, lon, lat)| new(Kind::Area, &area_at(code, lon, lat)));
        store.put(hour(1), changes.to_vec()).await;
        assert_eq!(store.found(Kind::Area, near(179.9, 0.0, 23.0)).await, ["fiji"], "{name}");
        assert_eq!(store.found(Kind::Area, near(0.0, 89.9, 23.0)).await, ["ice"], "{name}");
        let world = store.found(Kind::Area, near(0.0, 0.0, 30_000.0)).await;
        assert_eq!(world, ["fiji", "ice"], "{name}");
    }
}

#[tokio::test]
async fn a_record_without_a_position_lies_where_its_areas_lie() {
    for (name, store) in backends() {
        let elsewhere = json!({ "lon": 38.0, "lat": 35.0 });
        let changes = vec![
            new(Kind::Area, &area_at("duma", 36.40, 33.57)),
            new(Kind::Area, &area("unplaced", "Unplaced")),
            new(Kind::Facility, &clinic("by_area", "duma", &Value::Null)),
            new(Kind::Facility, &clinic("by_itself", "duma", &elsewhere)),
            new(Kind::Facility, &clinic("nowhere", "unplaced", &Value::Null)),
        ];
        store.put(hour(1), changes).await;
        assert_eq!(
            store.found(Kind::Facility, near(36.4, 33.57, 1.0)).await,
            ["by_area"],
            "{name}"
        );
        assert_eq!(
            store.found(Kind::Facility, near(38.0, 35.0, 1.0)).await,
            ["by_itself"],
            "{name}"
        );
        let bbox = Filter { bbox: Some([36.0, 33.0, 37.0, 34.0]), ..Filter::default() };
        assert_eq!(store.found(Kind::Facility, bbox).await, ["by_area"], "{name}");
    }
}

#[tokio::test]
async fn a_convoy_lies_where_any_of_its_areas_lies_and_is_found_once() {
    for (name, store) in backends() {
        let convoy = json!({
            "code": "c1", "mode": "cross_line", "date": "2016-07-26",
            "drops": [{ "areas": ["duma"] }, { "areas": ["homs", "duma"] }],
        });
        let changes = vec![
            new(Kind::Area, &area_at("duma", 36.40, 33.57)),
            new(Kind::Area, &area_at("homs", 36.72, 34.73)),
            new(Kind::Convoy, &convoy),
        ];
        store.put(hour(1), changes).await;
        for filter in [near(36.40, 33.57, 1.0), near(36.72, 34.73, 1.0), near(36.5, 34.0, 500.0)] {
            assert_eq!(store.found(Kind::Convoy, filter).await, ["c1"], "{name}");
        }
        assert!(store.found(Kind::Convoy, near(36.5, 34.2, 10.0)).await.is_empty(), "{name}");
    }
}

#[tokio::test]
async fn an_area_that_was_moved_places_its_records_as_it_was_known_then() {
    for (name, store) in backends() {
        let changes = vec![
            new(Kind::Area, &area_at("duma", 30.0, 30.0)),
            new(Kind::Facility, &clinic("f1", "duma", &Value::Null)),
        ];
        let duma = store.put(hour(1), changes).await.remove(0);
        let moved = next(Kind::Area, duma.version, &area_at("duma", 36.4, 33.57));
        store.put_one(hour(2), moved).await;
        for (known_at, lon, lat, expected) in [
            (hour(1), 30.0, 30.0, vec!["f1"]),
            (hour(1), 36.4, 33.57, vec![]),
            (hour(2), 30.0, 30.0, vec![]),
            (hour(2), 36.4, 33.57, vec!["f1"]),
        ] {
            let mut asked = query(Kind::Facility, near(lon, lat, 1.0));
            asked.cut.known_at = known_at;
            let page = store.records(asked, &Clearance::ALL).await.unwrap();
            assert_eq!(codes(&page), expected, "{name}: {known_at} at {lon}, {lat}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn near_finds_exactly_what_is_not_farther_away(
        places in prop::collection::vec((-180.0..=180.0_f64, -90.0..=90.0_f64), 30),
        (lon, lat, km) in (-180.0..=180.0_f64, -90.0..=90.0_f64, 1.0..15_000.0_f64),
    ) {
        block_on(async {
            let store = sqlite();
            let places: Vec<(String, Place)> = (0..)
                .zip(&places)
                .map(|(n, (lon, lat))| (format!("a{n}"), Place::new(*lon, *lat).unwrap()))
                .collect();
            let change = |(code, place): &(String, Place)| {
                new(Kind::Area, &area_at(code, place.lon(), place.lat()))
            };
            store.put(hour(1), places.iter().map(change).collect()).await;
            let centre = Place::new(lon, lat).unwrap();
            let expected: Vec<String> = places
                .iter()
                .filter(|(_, place)| place.distance_km(centre) <= km)
                .map(|(code, _)| code.clone())
                .collect();
            assert_eq!(store.found(Kind::Area, near(lon, lat, km)).await, expected);
        });
    }
}
