//! Boundaries: releases beside each other, corrections after what was known, all of an import or nothing.
#![cfg(test)]

use geo::{MultiPolygon, Rect, coord};
use passage::domain::Door;
use passage::domain::{Boundary, Names, Pointer, Problems};
use passage::store::{BoundaryCount, BoundaryImport, KnownBoundary};
use serde_json::json;

use super::{backends, hour};

fn outline(west: f64) -> MultiPolygon {
    // Numbers that no decimal fraction meets exactly: they must come back to the last bit.
    let (low, high) = (coord! { x: west, y: 1.0 / 3.0 }, coord! { x: west + 0.1, y: 2.0 / 3.0 });
    MultiPolygon(vec![Rect::new(low, high).to_polygon()])
}

fn names(name: &str) -> Names {
    let mut problems = Problems::default();
    let value = json!({ "en": name, "ar": "حلب", "fr": "Alep" });
    Names::open(&value, &Pointer::Root, &mut problems).unwrap()
}

fn unit(pcode: &str, valid_from: &str) -> Boundary {
    Boundary {
        pcode: pcode.parse().unwrap(),
        level: 1,
        names: names(pcode),
        parent: Some("SY".parse().unwrap()),
        country: "SY".parse().unwrap(),
        valid_from: valid_from.parse().unwrap(),
        valid_to: None,
        outline: outline(36.0),
        display: outline(36.01),
    }
}

fn import(at: i64, boundaries: Vec<Boundary>) -> BoundaryImport {
    BoundaryImport {
        actor: "desk".to_owned(),
        recorded_at: hour(at),
        learned_at: hour(at),
        source: "made up".to_owned(),
        files: vec![("units.geojson".to_owned(), [7; 32])],
        tolerance_m: 100.0,
        boundaries,
    }
}

const fn count(new: u64, changed: u64, unchanged: u64) -> BoundaryCount {
    BoundaryCount { new, changed, unchanged }
}

#[tokio::test]
async fn what_was_imported_comes_back_as_it_was() {
    for (name, store) in backends() {
        assert_eq!(store.boundary_imports().await.unwrap(), 0, "{name}");
        assert!(store.boundaries().await.unwrap().is_empty(), "{name}");
        let country = Boundary {
            level: 0,
            parent: None,
            valid_to: Some("2020-12-31".parse().unwrap()),
            ..unit("SY", "2015-01-01")
        };
        let units = vec![unit("SY02", "2015-01-01"), country.clone()];
        let done = store.import_boundaries(import(1, units), true).await.unwrap();
        assert_eq!(done, count(2, 0, 0), "{name}");
        let known = |boundary: Boundary| KnownBoundary {
            boundary,
            source: "made up".to_owned(),
            tolerance_m: 100.0,
            learned_at: hour(1),
            superseded_at: None,
        };
        let expected = vec![known(country), known(unit("SY02", "2015-01-01"))];
        assert_eq!(store.boundaries().await.unwrap(), expected, "{name}: by P-code");
        assert_eq!(store.boundary_imports().await.unwrap(), 1, "{name}");
        let listed = store.listed_boundaries().await.unwrap();
        let listed: Vec<_> = listed.iter().map(|unit| (unit.pcode.as_str(), unit.level)).collect();
        assert_eq!(listed, [("SY", 0), ("SY02", 1)], "{name}");
    }
}

#[tokio::test]
async fn the_same_again_and_a_dry_run_leave_no_trace() {
    for (name, store) in backends() {
        let units = || vec![unit("SY02", "2015-01-01"), unit("SY03", "2015-01-01")];
        let dry = store.import_boundaries(import(1, units()), false).await.unwrap();
        assert_eq!(dry, count(2, 0, 0), "{name}");
        assert_eq!(store.boundary_imports().await.unwrap(), 0, "{name}");
        store.import_boundaries(import(1, units()), true).await.unwrap();
        let known = store.boundaries().await.unwrap();
        let again = store.import_boundaries(import(2, units()), true).await.unwrap();
        assert_eq!(again, count(0, 0, 2), "{name}");
        assert_eq!(store.boundaries().await.unwrap(), known, "{name}");
        assert_eq!(store.boundary_imports().await.unwrap(), 1, "{name}");
    }
}

#[tokio::test]
async fn a_correction_ends_what_was_known_and_another_release_does_not() {
    for (name, store) in backends() {
        store.import_boundaries(import(1, vec![unit("SY02", "2015-01-01")]), true).await.unwrap();
        let moved = Boundary { outline: outline(36.5), ..unit("SY02", "2015-01-01") };
        let done = store.import_boundaries(import(5, vec![moved]), true).await.unwrap();
        assert_eq!(done, count(0, 1, 0), "{name}");
        let newer =
            store.import_boundaries(import(6, vec![unit("SY02", "2018-01-01")]), true).await;
        assert_eq!(newer.unwrap(), count(1, 0, 0), "{name}");
        let known = store.boundaries().await.unwrap();
        let times: Vec<_> =
            known.iter().map(|unit| (unit.learned_at, unit.superseded_at)).collect();
        let expected = [(hour(1), Some(hour(5))), (hour(5), None), (hour(6), None)];
        assert_eq!(times, expected, "{name}");
    }
}

#[tokio::test]
async fn where_a_clock_was_set_back_no_time_runs_backwards() {
    for (name, store) in backends() {
        store.import_boundaries(import(9, vec![unit("SY02", "2015-01-01")]), true).await.unwrap();
        let moved = Boundary { outline: outline(36.5), ..unit("SY02", "2015-01-01") };
        store.import_boundaries(import(5, vec![moved]), true).await.unwrap();
        let known = store.boundaries().await.unwrap();
        assert_eq!(known[0].superseded_at, Some(hour(9)), "{name}: known for no time at all");
        assert_eq!(known[1].learned_at, hour(5), "{name}");
    }
}

#[tokio::test]
async fn of_an_import_that_fails_nothing_is_kept() {
    for (name, store) in backends() {
        let wrong = Boundary { level: 9, ..unit("SY03", "2015-01-01") };
        let units = vec![unit("SY02", "2015-01-01"), wrong];
        assert!(store.import_boundaries(import(1, units), true).await.is_err(), "{name}");
        assert!(store.boundaries().await.unwrap().is_empty(), "{name}");
        assert_eq!(store.boundary_imports().await.unwrap(), 0, "{name}");
    }
}
