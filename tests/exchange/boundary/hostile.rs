//! Files that are meant to break a reader: each is refused with a sentence.
#![cfg(test)]

use std::fmt::Write as _;

use serde_json::json;

use super::World;
use super::fixture::{collection, country, unit};

async fn said(content: impl Into<Vec<u8>>) -> String {
    World::new().refused(content).await.join("\n")
}

/// A feature whose ring has so many corners, on a spiral that never crosses itself.
fn spiral(corners: u32) -> String {
    let mut ring = String::new();
    for at in 0..corners {
        let share = f64::from(at) / f64::from(corners);
        let (angle, far) = (share * 600.0, 1.0 + share);
        let _ = write!(ring, "[{:.6},{:.6}],", 36.0 + far * angle.cos(), 35.0 + far * angle.sin());
    }
    format!(
        r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{"ADM0_PCODE":"SY","ADM0_EN":"S","validOn":"2015-01-01"}},"geometry":{{"type":"Polygon","coordinates":[[{ring}[37.0,35.0]]]}}}}]}}"#
    )
}

#[tokio::test]
async fn two_hundred_thousand_corners_are_refused_at_once() {
    let said = said(spiral(200_000)).await;
    assert!(
        said.contains("feature 1, geometry: must have fewer than 200000 corners, got 200001"),
        "{said}"
    );
}

#[tokio::test]
async fn coordinates_nested_without_end_are_refused() {
    let deep = "[".repeat(50_000);
    let said = said(format!(
        r#"{{"type":"FeatureCollection","features":[{{"geometry":{{"type":"Polygon","coordinates":{deep}"#
    ))
    .await;
    assert!(said.contains("nested deeper than those of a MultiPolygon"), "{said}");
    let other = self::said(format!(r#"{{"type":"FeatureCollection","more":{deep}"#)).await;
    assert!(other.contains("ends too early"), "{other}");
}

#[tokio::test]
async fn what_is_no_feature_collection_is_refused_in_words() {
    for (content, part) in [
        ("", "is empty"),
        ("{", "ends too early"),
        ("[]", "a GeoJSON FeatureCollection"),
        ("{\"type\": \"Feature\"}", "must be a FeatureCollection, got Feature"),
        ("{\"type\": \"FeatureCollection\"}", "must have features"),
        ("{\"features\": []}", "must have \"type\": \"FeatureCollection\""),
        ("{\"type\": \"FeatureCollection\", \"features\": []}", "has no features"),
        ("{\"type\": \"FeatureCollection\", \"features\": [3]}", "invalid type"),
        ("PK\u{3}\u{4}", "is packed"),
        ("{\"type\": \"FeatureCollection\", \"features\": []} and more", "is not JSON"),
    ] {
        let said = said(content).await;
        assert!(said.contains(part), "{content}: {said}");
    }
    assert!(said([0xFF, 0xFE, b'{', 0]).await.contains("UTF-16"));
    assert!(said(b"{\"type\": \"\xFF\"}".to_vec()).await.contains("units.geojson"), "no UTF-8");
}

#[tokio::test]
async fn a_text_that_begins_with_a_mark_of_its_encoding_is_read() {
    let world = World::new();
    let marked = [b"\xEF\xBB\xBF".to_vec(), country().to_string().into_bytes()].concat();
    let options = passage::exchange::boundary::Options::by("test");
    assert_eq!(world.import_as(&options, &[("units.json", marked)]).await.unwrap().new, 6);
}

#[tokio::test]
async fn another_system_of_coordinates_is_refused() {
    let mut file = country();
    file["crs"] =
        json!({ "type": "name", "properties": { "name": "urn:ogc:def:crs:EPSG::32637" } });
    assert!(
        said(file.to_string())
            .await
            .contains("must have degrees WGS 84 (EPSG:4326), got urn:ogc:def:crs:EPSG::32637")
    );
    file["crs"]["properties"]["name"] = "urn:ogc:def:crs:OGC:1.3:CRS84".into();
    assert_eq!(World::new().import(&file).await.unwrap().new, 6);
}

#[tokio::test]
async fn odd_corners_are_refused() {
    let with = |coordinates: serde_json::Value| {
        let mut feature = unit(&["SY", "SY02"], "Northland", [36.0, 35.0, 38.0, 37.0]);
        feature["geometry"]["coordinates"] = coordinates;
        collection(&[feature]).to_string()
    };
    for (coordinates, part) in [
        (json!([[[36]]]), "a corner must have 2 to 4 numbers, got 1"),
        (json!([[[36, 35, 1, 2, 3]]]), "a corner must have 2 to 4 numbers, got 5"),
        (json!([[[36, [35, 1]]]]), "a list stands among the numbers"),
        (json!([[[[36, 35]], 3]]), "a number stands among lists"),
        (json!([[36, 35]]), "lists of rings of corners"),
        (json!([]), "polygon 1 has no ring"),
        (json!([[]]), "at least four corners"),
        (json!([[["36", "35"]]]), "coordinates"),
        (json!([[[1e300, 0], [1, 0], [1, 1], [1e300, 0]]]), "must lie within"),
        (json!(null), "polygon 1 has no ring"),
    ] {
        let said = said(with(coordinates.clone())).await;
        assert!(said.contains(part), "{coordinates}: {said}");
    }
}
