//! Vector tiles: what is in them, for whom, and what is answered where there is no such tile.
#![cfg(test)]

use std::collections::{BTreeMap, HashMap};

use mvt_reader::Reader;
use mvt_reader::feature::{Feature, Value as Tag};
use reqwest::Method;
use serde_json::json;

use crate::boundary::with_country;
use crate::harness::{Passage, area_at};

/// The tile of a zoom that a place lies in, by the formula of every map on the web.
fn tile_of(z: u32, lon: f64, lat: f64) -> String {
    let side = f64::from(1 << z);
    let (x, lat) = ((lon + 180.0) / 360.0 * side, lat.to_radians());
    let y = (1.0 - (lat.tan() + 1.0 / lat.cos()).ln() / std::f64::consts::PI) / 2.0 * side;
    format!("/api/v1/tiles/areas/{z}/{}/{}.mvt", x.floor(), y.floor())
}

/// Features by layer.
fn tile(passage: &Passage, token: &str, path: &str) -> BTreeMap<String, Vec<Feature>> {
    let answer = passage.with(token, Method::GET, path).send().unwrap();
    assert_eq!(answer.status().as_u16(), 200, "{path}");
    assert_eq!(answer.headers()["Content-Type"], "application/vnd.mapbox-vector-tile");
    assert!(answer.headers().contains_key("ETag"));
    let reader = Reader::new(answer.bytes().unwrap().to_vec()).unwrap();
    let layers = reader.get_layer_metadata().unwrap();
    let features = |at: usize| reader.get_features(at).unwrap();
    layers.iter().map(|layer| (layer.name.clone(), features(layer.layer_index))).collect()
}

fn tags(feature: &Feature) -> HashMap<String, Tag> {
    feature.properties.clone().unwrap_or_default()
}

fn text(feature: &Feature, name: &str) -> String {
    match tags(feature).get(name) {
        Some(Tag::String(text)) => text.clone(),
        other => panic!("{name}: {other:?}"),
    }
}

/// The degrees of the first corner of a feature.
fn degrees(path: &str, feature: &Feature) -> (f64, f64) {
    use geo::CoordsIter;
    let numbers: Vec<f64> = path
        .trim_start_matches("/api/v1/tiles/areas/")
        .trim_end_matches(".mvt")
        .split('/')
        .map(|number| number.parse().unwrap())
        .collect();
    let corner = feature.geometry.coords_iter().next().unwrap();
    let side = 2_f64.powf(numbers[0]);
    let column = (numbers[1] + f64::from(corner.x) / 4096.0) / side;
    let row = (numbers[2] + f64::from(corner.y) / 4096.0) / side;
    let lat = (std::f64::consts::PI * (1.0 - 2.0 * row)).sinh().atan().to_degrees();
    (column * 360.0 - 180.0, lat)
}

#[test]
fn a_tile_has_areas_with_what_is_claimed_of_them_and_the_boundaries_around() {
    let passage = with_country();
    passage.create("/api/v1/areas", &area_at("north", 37.5, 36.0));
    passage.create("/api/v1/areas", &area_at("far", 10.0, 36.0));
    let claim = |scheme: &str, status: &str, tier: Option<u64>| json!({ "area": "north", "scheme": scheme, "status": status, "tier": tier, "valid_from": "2016-01-01" });
    passage.create("/api/v1/statuses", &claim("un", "hard_to_reach", None));
    passage.create("/api/v1/statuses", &claim("siege_watch", "besieged", Some(2)));
    let path = tile_of(9, 37.5, 36.0);
    let layers = tile(&passage, &passage.viewer, &path);
    let areas = &layers["areas"];
    assert_eq!(areas.len(), 1, "the other one lies elsewhere");
    assert_eq!(text(&areas[0], "code"), "north");
    assert_eq!(text(&areas[0], "un"), "hard_to_reach");
    assert_eq!(text(&areas[0], "siege_watch"), "besieged");
    assert_eq!(tags(&areas[0])["tier"], Tag::UInt(2));
    let (lon, lat) = degrees(&path, &areas[0]);
    assert!((lon - 37.5).abs() < 0.001 && (lat - 36.0).abs() < 0.001, "{lon} {lat}");
    let mut units: Vec<String> =
        layers["boundaries"].iter().map(|unit| text(unit, "pcode")).collect();
    units.sort();
    assert_eq!(units, ["SY02", "SY0204"]);
    assert_eq!(text(&layers["boundaries"][0], "name_ar"), "وحدة");
}

#[test]
fn at_low_zooms_small_units_are_left_out() {
    let passage = with_country();
    let units = |z: u32| -> Vec<String> {
        let layers = tile(&passage, &passage.viewer, &tile_of(z, 37.5, 36.0));
        let units = layers.get("boundaries").map_or(&[][..], Vec::as_slice);
        units.iter().map(|unit| text(unit, "pcode")).collect()
    };
    assert!(units(2).is_empty());
    assert!(units(5).iter().all(|code| code.len() == 4) && units(5).contains(&"SY02".to_owned()));
    assert!(units(7).contains(&"SY0204".to_owned()));
}

#[test]
fn an_area_with_an_outline_is_drawn_with_it_and_with_its_middle() {
    let passage = Passage::start();
    let mut area = json!({ "code": "ghouta", "names": { "en": "Ghouta" } });
    area["outline"] = json!({ "type": "Polygon", "coordinates":
        [[[36.3, 33.4], [36.6, 33.4], [36.6, 33.7], [36.3, 33.7], [36.3, 33.4]]] });
    passage.create("/api/v1/areas", &area);
    let layers = tile(&passage, &passage.viewer, &tile_of(8, 36.45, 33.55));
    let forms: Vec<&str> = layers["areas"]
        .iter()
        .map(|feature| match feature.geometry {
            geo::Geometry::Point(_) | geo::Geometry::MultiPoint(_) => "point",
            _ => "outline",
        })
        .collect();
    assert_eq!(forms, ["outline", "point"]);
}

#[test]
fn a_masked_position_is_masked_in_tiles_and_an_exact_one_is_noted() {
    let passage = Passage::start();
    let mut secret = area_at("secret", 37.512_345, 36.012_345);
    secret["field_sensitivity"] = json!(["position=confidential"]);
    passage.create("/api/v1/areas", &secret);
    let seen = passage.with(&passage.viewer, Method::GET, "/api/v1/areas/secret");
    let masked = crate::harness::Sends::answer(seen).ok(200)["position"].clone();
    let (lon, lat) = (masked["lon"].as_f64().unwrap(), masked["lat"].as_f64().unwrap());
    // In the tile of the true place there is nothing, unless the mask lies there too.
    let (exact, shown) = (tile_of(14, 37.512_345, 36.012_345), tile_of(14, lon, lat));
    assert_ne!(exact, shown, "the cell is larger than a tile");
    assert!(!tile(&passage, &passage.viewer, &exact).contains_key("areas"));
    let there = tile(&passage, &passage.viewer, &shown);
    assert_eq!(tags(&there["areas"][0])["masked"], Tag::Bool(true));
    let noted = || {
        passage.admin(Method::GET, "/api/v1/exports", &json!({})).ok(200)["data"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|row| row["form"] == "mvt")
            .count()
    };
    assert_eq!(noted(), 0, "nothing exact was given");
    let given = tile(&passage, &passage.coordinator, &exact);
    assert_eq!(text(&given["areas"][0], "code"), "secret");
    assert!(!tags(&given["areas"][0]).contains_key("masked"));
    assert_eq!(noted(), 1);
    tile(&passage, &passage.coordinator, &exact);
    assert_eq!(noted(), 2, "each time");
}

#[test]
fn an_area_above_the_clearance_is_in_no_tile() {
    let passage = Passage::start();
    let mut hidden = area_at("hidden", 37.5, 36.0);
    hidden["sensitivity"] = json!("confidential");
    passage.create("/api/v1/areas", &hidden);
    let path = tile_of(10, 37.5, 36.0);
    assert!(tile(&passage, &passage.viewer, &path).is_empty());
    assert_eq!(tile(&passage, &passage.coordinator, &path)["areas"].len(), 1);
}

#[test]
fn an_empty_tile_is_empty_and_an_unchanged_one_is_not_sent_again() {
    let passage = with_country();
    let empty = passage
        .with(&passage.viewer, Method::GET, "/api/v1/tiles/areas/14/0/0.mvt")
        .send()
        .unwrap();
    assert_eq!((empty.status().as_u16(), empty.bytes().unwrap().len()), (200, 0));
    let path = tile_of(8, 37.5, 36.0);
    let tag =
        passage.with(&passage.viewer, Method::GET, &path).send().unwrap().headers()["ETag"].clone();
    let again = passage
        .with(&passage.viewer, Method::GET, &path)
        .header("If-None-Match", &tag)
        .send()
        .unwrap();
    assert_eq!(again.status().as_u16(), 304);
    passage.create("/api/v1/areas", &area_at("new", 37.5, 36.0));
    let changed = passage
        .with(&passage.viewer, Method::GET, &path)
        .header("If-None-Match", &tag)
        .send()
        .unwrap();
    assert_eq!(changed.status().as_u16(), 200);
}

#[test]
fn where_there_is_no_such_tile_the_numbers_are_said_that_there_are() {
    let passage = Passage::start();
    for (path, pointer, part) in [
        ("15/0/0", "z", "between 0 and 14"),
        ("-1/0/0", "z", "between 0 and 14"),
        ("x/0/0", "z", "got x"),
        ("1/2/0", "x", "between 0 and 1"),
        ("1/0/2", "y", "between 0 and 1"),
        ("3/99999999999999999999/0", "x", "between 0 and 7"),
    ] {
        let problem =
            passage.get(&format!("/api/v1/tiles/areas/{path}.mvt")).problem(422, "invalid");
        assert!(problem.at(pointer).contains(part), "{path}: {}", problem.at(pointer));
    }
    let both = passage.get("/api/v1/tiles/areas/1/7/7.mvt?what=1").problem(422, "invalid");
    assert_eq!(both.pointers(), ["x", "y", "what"]);
    passage.get("/api/v1/tiles/areas/1/0/0.png").problem(404, "not_found");
    passage.get("/api/v1/tiles/areas/1/0").problem(404, "not_found");
}

/// Files for readers that others wrote: `tests/interop/tiles.sh`.
#[test]
fn tiles_and_geojson_are_left_for_other_readers() {
    let passage = with_country();
    passage.create("/api/v1/areas", &area_at("north", 37.5, 36.0));
    let mut area = json!({ "code": "ghouta", "names": { "en": "Ghouta" } });
    area["outline"] = json!({ "type": "Polygon", "coordinates":
        [[[36.3, 33.4], [36.6, 33.4], [36.6, 33.7], [36.3, 33.7], [36.3, 33.4]]] });
    passage.create("/api/v1/areas", &area);
    let built = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(built).join("tiles");
    std::fs::create_dir_all(&folder).unwrap();
    let leave = |name: &str, path: &str| {
        let answer = passage.with(&passage.viewer, Method::GET, path).send().unwrap();
        assert_eq!(answer.status().as_u16(), 200, "{path}");
        std::fs::write(folder.join(name), answer.bytes().unwrap()).unwrap();
    };
    leave("boundaries.geojson", "/api/v1/boundaries.geojson?outline=exact");
    leave("areas.geojson", "/api/v1/areas.geojson");
    for z in [0, 3, 5, 7, 8, 9, 11, 14] {
        for (lon, lat) in [(37.5, 36.0), (36.45, 33.55), (36.99, 35.01), (36.0, 35.0)] {
            let path = tile_of(z, lon, lat);
            let name = path.trim_start_matches("/api/v1/tiles/areas/").replace('/', "-");
            leave(&name, &path);
        }
    }
}
