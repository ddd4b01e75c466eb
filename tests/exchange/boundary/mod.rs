//! Boundaries in: what is taken, what is refused and how it is said; all or nothing.
#![cfg(test)]

pub mod fixture;
mod hostile;

use std::io::Cursor;

use chrono::{DateTime, Utc};
use passage::clock::Clock;
use passage::exchange::boundary::{self, BoundaryError, Incoming, Options, Summary};
use passage::store::{BoundaryStore, KnownBoundary, SqliteStore};
use serde_json::{Value, json};
use tempfile::TempDir;

use self::fixture::{RELEASE, collection, country, ring, unit};

/// A store of its own.
pub struct World {
    store: SqliteStore,
    _home: TempDir,
}

impl World {
    pub fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&home.path().join("passage.db"), 2).unwrap();
        Self { store, _home: home }
    }

    pub async fn import_as(
        &self,
        options: &Options,
        files: &[(&str, Vec<u8>)],
    ) -> Result<Summary, BoundaryError> {
        let incoming = |(name, content): &(&str, Vec<u8>)| Incoming {
            name: (*name).to_owned(),
            content: Box::new(Cursor::new(content.clone())),
        };
        let files = files.iter().map(incoming).collect();
        boundary::import(&self.store, files, options, Clock::Wall).await
    }

    pub async fn import(&self, content: &Value) -> Result<Summary, BoundaryError> {
        let content = content.to_string().into_bytes();
        self.import_as(&Options::by("test"), &[("units.geojson", content)]).await
    }

    /// All that is said of a file that is refused; nothing of it is kept.
    pub async fn refused(&self, content: impl Into<Vec<u8>>) -> Vec<String> {
        let before = self.known().await;
        let files = [("units.geojson", content.into())];
        let said = match self.import_as(&Options::by("test"), &files).await {
            Err(BoundaryError::Wrong(wrong)) => {
                wrong.listed.iter().map(ToString::to_string).collect()
            }
            other => panic!("not refused: {other:?}"),
        };
        assert_eq!(self.known().await, before, "nothing is kept");
        said
    }

    pub async fn known(&self) -> Vec<KnownBoundary> {
        self.store.boundaries().await.unwrap()
    }
}

fn counts(summary: &Summary) -> (u64, u64, u64) {
    (summary.new, summary.changed, summary.unchanged)
}

#[tokio::test]
async fn units_come_in_with_their_names_parents_and_days() {
    let world = World::new();
    let summary = world.import(&country()).await.unwrap();
    assert_eq!(counts(&summary), (6, 0, 0));
    assert_eq!(summary.levels, [(1, 2), (2, 4)].into());
    assert_eq!((summary.corners, summary.display_corners), (30, 30));
    assert!(summary.notes.is_empty(), "{:?}", summary.notes);
    let known = world.known().await;
    let own = &known.iter().find(|unit| unit.boundary.pcode.as_str() == "SY0204").unwrap();
    assert_eq!(own.boundary.level, 2);
    assert_eq!(own.boundary.parent.as_ref().unwrap().as_str(), "SY02");
    assert_eq!(own.boundary.country.as_str(), "SY");
    assert_eq!(own.boundary.names.in_language("en"), Some("Northeast"));
    assert_eq!(own.boundary.names.in_language("ar"), Some("وحدة"));
    assert_eq!(own.boundary.valid_from.to_string(), RELEASE);
    assert_eq!(own.source, "units.geojson");
}

#[tokio::test]
async fn the_same_file_again_changes_nothing_and_leaves_no_trace() {
    let world = World::new();
    world.import(&country()).await.unwrap();
    let (known, imports) = (world.known().await, world.store.boundary_imports().await.unwrap());
    assert_eq!(counts(&world.import(&country()).await.unwrap()), (0, 0, 6));
    assert_eq!(world.known().await, known);
    assert_eq!(world.store.boundary_imports().await.unwrap(), imports);
}

#[tokio::test]
async fn a_dry_run_says_what_would_be_done_and_does_nothing() {
    let world = World::new();
    let dry = Options { dry_run: true, ..Options::by("test") };
    let files = [("units.geojson", country().to_string().into_bytes())];
    assert_eq!(counts(&world.import_as(&dry, &files).await.unwrap()), (6, 0, 0));
    assert!(world.known().await.is_empty());
}

#[tokio::test]
async fn a_new_release_stands_beside_the_old_one_and_a_correction_after_what_was_known() {
    let world = World::new();
    world.import(&country()).await.unwrap();
    let mut next = collection(&[unit(&["SY", "SY02"], "Northland", [36.0, 35.0, 39.0, 37.0])]);
    next["features"][0]["properties"]["validOn"] = json!("2018-06-01T00:00:00.000Z");
    assert_eq!(counts(&world.import(&next).await.unwrap()), (1, 0, 0));
    // The same release with another outline: what was known stays known, for its time.
    next["features"][0]["geometry"]["coordinates"] = json!([ring([36.0, 35.0, 39.5, 37.0])]);
    assert_eq!(counts(&world.import(&next).await.unwrap()), (0, 1, 0));
    let known = world.known().await;
    let of_north: Vec<(String, bool)> = known
        .iter()
        .filter(|unit| unit.boundary.pcode.as_str() == "SY02")
        .map(|unit| (unit.boundary.valid_from.to_string(), unit.superseded_at.is_some()))
        .collect();
    let expected = [(RELEASE, false), ("2018-06-01", true), ("2018-06-01", false)];
    assert_eq!(of_north, expected.map(|(day, is_old)| (day.to_owned(), is_old)));
}

#[tokio::test]
async fn as_reported_a_release_counts_as_known_from_its_day() {
    let world = World::new();
    let options = Options { as_reported: true, ..Options::by("test") };
    let files = [("units.geojson", country().to_string().into_bytes())];
    world.import_as(&options, &files).await.unwrap();
    let day: DateTime<Utc> = format!("{RELEASE}T00:00:00Z").parse().unwrap();
    assert!(world.known().await.iter().all(|unit| unit.learned_at == day));
}

#[tokio::test]
async fn columns_in_small_letters_of_newer_datasets_are_read_too() {
    let world = World::new();
    let mut file = collection(&[unit(&["HT", "HT08"], "Grand'Anse", [-75.0, 18.0, -74.0, 19.0])]);
    file["features"][0]["properties"] = json!({
        "adm0_pcode": "HT", "adm1_pcode": "HT08", "adm1_name": "Grande-Anse", "lang": "fr",
        "adm1_name1": "Grand'Anse", "lang1": "en", "adm1_name2": "Grandans", "lang2": "ht",
        "valid_on": "2024-01-05", "valid_to": null,
    });
    world.import(&file).await.unwrap();
    let known = world.known().await;
    let names = &known[0].boundary.names;
    assert_eq!(names.in_language("fr"), Some("Grande-Anse"));
    assert_eq!(names.in_language("en"), Some("Grand'Anse"));
}

#[tokio::test]
async fn codes_and_days_as_programs_write_them_are_understood() {
    let world = World::new();
    let mut file = collection(&[unit(&["LB", "1"], "Beirut", [35.0, 33.0, 36.0, 34.0])]);
    let properties = &mut file["features"][0]["properties"];
    // A code without letters as a number, a day in milliseconds, and the day that stands for none.
    properties["ADM1_PCODE"] = json!(62179);
    properties["validOn"] = json!(1_420_070_400_000_i64);
    properties["validTo"] = json!("1899-11-30T00:00:00.000Z");
    world.import(&file).await.unwrap();
    let known = world.known().await;
    assert_eq!(known[0].boundary.pcode.as_str(), "62179");
    assert_eq!(known[0].boundary.valid_from.to_string(), RELEASE);
    assert_eq!(known[0].boundary.valid_to, None);
}

#[tokio::test]
async fn everything_that_is_wrong_is_said_with_feature_and_field() {
    let world = World::new();
    let mut file = country();
    let features = &mut file["features"];
    features[0]["properties"]["ADM1_PCODE"] = json!("SY_02");
    features[1]["properties"].as_object_mut().unwrap().remove("ADM1_EN");
    features[1]["properties"].as_object_mut().unwrap().remove("ADM1_AR");
    features[2]["properties"]["validOn"] = json!("01/02/2015");
    features[3]["geometry"] = Value::Null;
    features[4]["geometry"]["coordinates"] =
        json!([[[36, 33], [38, 35], [38, 33], [36, 35], [36, 33]]]);
    features[5]["geometry"] = json!({ "type": "Point", "coordinates": [36, 33] });
    let said = world.refused(file.to_string()).await;
    for part in [
        "units.geojson, feature 1, ADM1_PCODE: must be a P-code",
        "got \"SY_02\"",
        "feature 2, ADM1_EN: is required",
        "feature 3, validOn: must be a day as YYYY-MM-DD, got",
        "feature 4, geometry: has no geometry",
        "feature 5, geometry: rings cross near lon 37.0000, lat 34.0000",
        "feature 6, geometry: must be a Polygon or a MultiPolygon, got Point",
    ] {
        assert!(said.iter().any(|line| line.contains(part)), "{part}: {said:#?}");
    }
}

#[tokio::test]
async fn a_code_twice_a_parent_that_is_nowhere_and_two_days_of_a_release_are_refused() {
    let world = World::new();
    let box_of = [36.0, 35.0, 37.0, 37.0];
    let mut other_day = unit(&["SY", "SY05"], "Westland", [30.0, 33.0, 31.0, 34.0]);
    other_day["properties"]["validOn"] = json!("2016-01-01");
    let file = collection(&[
        unit(&["SY", "SY02"], "Northland", box_of),
        unit(&["SY", "sy02"], "Northland again", box_of),
        unit(&["SY", "SY99", "SY9901"], "Nowhere", box_of),
        other_day,
    ]);
    let said = world.refused(file.to_string()).await;
    assert_eq!(said.len(), 3, "{said:#?}");
    assert!(said[0].contains("feature 2, ADM1_PCODE: stands in units.geojson, feature 1 already"));
    assert!(said[1].contains("feature 4, validOn: must be 2015-01-01"), "{said:#?}");
    assert!(said[2].contains("feature 3, ADM1_PCODE: is the P-code of no unit here"), "{said:#?}");
}

#[tokio::test]
async fn parents_may_be_there_from_an_import_before() {
    let world = World::new();
    let all = country();
    let of = |level: usize| {
        let units = all["features"].as_array().unwrap().iter();
        let deeper = format!("ADM{}_PCODE", level + 1);
        let own = format!("ADM{level}_PCODE");
        let own = units.filter(|unit| {
            !unit["properties"][&own].is_null() && unit["properties"][&deeper].is_null()
        });
        collection(&own.cloned().collect::<Vec<_>>())
    };
    world.import(&of(1)).await.unwrap();
    assert_eq!(world.import(&of(2)).await.unwrap().new, 4);
}

#[tokio::test]
async fn a_unit_outside_its_parent_is_told_and_taken() {
    let world = World::new();
    let file = collection(&[
        unit(&["SY", "SY02"], "Northland", [36.0, 35.0, 38.0, 37.0]),
        unit(&["SY", "SY02", "SY0200"], "Astray", [10.0, 10.0, 11.0, 11.0]),
    ]);
    let summary = world.import(&file).await.unwrap();
    assert_eq!(summary.notes, ["the middle of SY0200 does not lie in its parent SY02"]);
}
