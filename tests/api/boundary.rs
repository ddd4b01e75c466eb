//! Boundaries: lists within a unit, codes computed from positions, and what each reader may know of them.
#![cfg(test)]

use std::io::Cursor;

use passage::app::App;
use passage::clock::Clock;
use passage::exchange::boundary::{self, Incoming, Options};
use reqwest::Method;
use serde_json::{Value, json};

use crate::fixture::country;
use crate::harness::{NOW, Passage, Sends, area, area_at, codes};

/// A server that knows the made-up country.
pub fn with_country() -> Passage {
    let passage = Passage::start();
    import(&passage, &country());
    passage
}

/// Imports beside the running server, as the command does.
pub fn import(passage: &Passage, content: &Value) {
    import_at(passage, content, Clock::Fixed(NOW.parse().unwrap()));
}

/// The same by another clock.
fn import_at(passage: &Passage, content: &Value, clock: Clock) {
    let content = content.to_string().into_bytes();
    passage.at_work(clock, async |app: &App| {
        let file =
            Incoming { name: "units.geojson".to_owned(), content: Box::new(Cursor::new(content)) };
        boundary::import(&*app.store, vec![file], &Options::by("test"), clock).await.unwrap();
    });
}

fn as_viewer(passage: &Passage, path: &str) -> Value {
    passage.with(&passage.viewer, Method::GET, path).answer().ok(200)
}

/// An area at a place that only few may know.
fn secret(code: &str, lon: f64, lat: f64) -> Value {
    let mut area = area_at(code, lon, lat);
    area["field_sensitivity"] = json!(["position=confidential"]);
    area
}

#[test]
fn a_list_within_a_unit_goes_by_recorded_codes_else_by_position() {
    let passage = with_country();
    let coded = |code: &str, field: &str, pcode: &str| {
        let mut area = area(code);
        area[field] = json!(pcode);
        area
    };
    passage.create("/api/v1/areas", &coded("by-admin1", "admin1_pcode", "SY02"));
    passage.create("/api/v1/areas", &coded("by-admin2", "admin2_pcode", "sy0204"));
    passage.create("/api/v1/areas", &coded("by-admin3", "admin3_pcode", "SY020401"));
    passage.create("/api/v1/areas", &coded("by-own", "pcode", "SYR020499"));
    passage.create("/api/v1/areas", &area_at("by-place", 37.5, 36.0));
    passage.create("/api/v1/areas", &area_at("elsewhere", 36.5, 34.0));
    // Somebody recorded another unit: that stands, whatever the position is.
    let mut other = area_at("recorded-elsewhere", 37.5, 36.0);
    other["admin1_pcode"] = json!("SY03");
    passage.create("/api/v1/areas", &other);
    let found = |within: &str| {
        let mut found = passage.codes(&format!("/api/v1/areas?within={within}"));
        found.sort();
        found
    };
    assert_eq!(found("SY02"), ["by-admin1", "by-admin2", "by-admin3", "by-own", "by-place"]);
    assert_eq!(found("syr0204"), ["by-admin2", "by-admin3", "by-own", "by-place"]);
    assert_eq!(found("SY0200"), Vec::<String>::new());
    assert_eq!(found("SY03"), ["elsewhere", "recorded-elsewhere"]);
    assert_eq!(found("SY").len(), 7, "the country has no outline of its own");
    let csv = passage.get("/api/v1/areas.csv?within=SY0204").text;
    assert_eq!(csv.lines().count(), 2 + 4, "{csv}");
    let geojson = passage.read("/api/v1/areas.geojson?within=SY0204");
    assert_eq!(geojson["total"], 4);
}

#[test]
fn what_names_areas_lies_where_they_lie() {
    let passage = with_country();
    passage.create("/api/v1/areas", &area_at("north", 37.5, 36.0));
    passage.create("/api/v1/areas", &area_at("south", 37.5, 34.0));
    for code in ["north", "south"] {
        let status = json!({ "code": format!("st-{code}"), "area": code, "scheme": "un",
            "status": "besieged", "valid_from": "2016-01-01" });
        passage.create("/api/v1/statuses", &status);
    }
    // In no area that anybody named: its own position says where it is.
    let bakery = |code: &str, area: Option<&str>| {
        json!({ "code": code, "names": { "en": code }, "facility_type": "bakery", "area": area,
            "position": { "lon": 37.5, "lat": 36.0 } })
    };
    passage.create("/api/v1/facilities", &bakery("alone", None));
    passage.create("/api/v1/facilities", &bakery("of-south", Some("south")));
    assert_eq!(passage.codes("/api/v1/statuses?within=SY02"), ["st-north"]);
    assert_eq!(passage.codes("/api/v1/statuses?within=SY03"), ["st-south"]);
    assert_eq!(passage.codes("/api/v1/facilities?within=SY02"), ["alone"]);
    assert_eq!(passage.codes("/api/v1/facilities?within=SY03"), ["of-south"]);
}

#[test]
fn within_an_area_lie_its_parts_and_what_is_inside_its_outline() {
    let passage = with_country();
    let mut ghouta = area("ghouta");
    ghouta["outline"] = json!({ "type": "Polygon", "coordinates":
        [[[36.3, 33.4], [36.6, 33.4], [36.6, 33.7], [36.3, 33.7], [36.3, 33.4]]] });
    passage.create("/api/v1/areas", &ghouta);
    let part = |code: &str, of: &str| {
        let mut part = area(code);
        part["part_of"] = json!(of);
        part
    };
    passage.create("/api/v1/areas", &part("town", "ghouta"));
    passage.create("/api/v1/areas", &part("quarter", "town"));
    passage.create("/api/v1/areas", &area_at("inside", 36.5, 33.5));
    passage.create("/api/v1/areas", &area_at("outside", 36.9, 33.5));
    let mut found = passage.codes("/api/v1/areas?within=ghouta");
    found.sort();
    assert_eq!(found, ["ghouta", "inside", "quarter", "town"]);
}

#[test]
fn an_unknown_code_is_refused_with_those_that_may_be_meant() {
    let passage = with_country();
    let told = |within: &str| {
        let problem =
            passage.get(&format!("/api/v1/areas?within={within}")).problem(422, "invalid");
        problem.at("within").to_owned()
    };
    assert!(
        told("SY2").contains("there is no unit and no area SY2; near: SY02 Northland"),
        "{}",
        told("SY2")
    );
    assert!(told("Northland").contains("SY02"), "{}", told("Northland"));
    assert!(told("nothing-like-it").contains("give a P-code"), "{}", told("nothing-like-it"));
    let all = passage.get("/api/v1/areas?within=SY2&limit=0").problem(422, "invalid");
    assert_eq!(all.pointers(), ["within", "limit"], "all at once");
}

#[test]
fn without_boundaries_recorded_codes_are_enough() {
    let passage = Passage::start();
    let mut coded = area("coded");
    coded["admin2_pcode"] = json!("SY0204");
    passage.create("/api/v1/areas", &coded);
    assert_eq!(passage.codes("/api/v1/areas?within=SY0204"), ["coded"]);
    let problem = passage.get("/api/v1/areas?within=SY0240").problem(422, "invalid");
    assert!(problem.at("within").contains("SY0204"), "{}", problem.at("within"));
}

#[test]
fn codes_that_nobody_recorded_are_computed_and_marked() {
    let passage = with_country();
    passage.create("/api/v1/areas", &area_at("bare", 37.5, 36.0));
    let shown = passage.read("/api/v1/areas/bare");
    let computed = &shown["admin_computed"];
    assert_eq!(computed["computed"], true);
    assert_eq!(computed["admin1_pcode"], "SY02");
    assert_eq!(computed["admin1_name"], "Northland");
    assert_eq!(computed["admin2_pcode"], "SY0204");
    assert_eq!((&computed["border_m"], &computed["from_masked"]), (&Value::Null, &json!(false)));
    assert_eq!(shown["admin1_pcode"], Value::Null, "what is recorded stays what it was");
    let whole = passage.read("/api/v1/areas?expand=all")["data"][0]["admin_computed"].clone();
    assert_eq!(&whole, computed);
    let drawn =
        passage.read("/api/v1/areas.geojson")["features"][0]["properties"]["admin_computed"]
            .clone();
    assert_eq!(&drawn, computed);
    let row = passage.read("/api/v1/areas")["data"][0]["admin_computed"].clone();
    assert_eq!(row, json!({ "admin1_pcode": "SY02", "computed": true }));
    assert!(!passage.get("/api/v1/areas.csv").text.contains("SY0204"), "never in what is imported");
}

#[test]
fn near_a_border_the_distance_is_said() {
    let passage = with_country();
    passage.create("/api/v1/areas", &area_at("close", 36.995, 36.0));
    let shown = passage.read("/api/v1/areas/close");
    assert_eq!(shown["admin_computed"]["border_m"], 450, "{shown}");
}

#[test]
fn what_is_recorded_is_never_computed_over_and_a_contradiction_is_said() {
    let passage = with_country();
    let mut half = area_at("half", 37.5, 36.0);
    half["admin1_pcode"] = json!("SY02");
    passage.create("/api/v1/areas", &half);
    let computed = passage.read("/api/v1/areas/half")["admin_computed"].clone();
    assert_eq!(
        (&computed["admin1_pcode"], &computed["admin2_pcode"]),
        (&Value::Null, &json!("SY0204"))
    );
    let mut other = area_at("other", 37.5, 36.0);
    other["admin1_pcode"] = json!("SY03");
    passage.create("/api/v1/areas", &other);
    let computed = passage.read("/api/v1/areas/other")["admin_computed"].clone();
    let conflict = "admin1_pcode is recorded as SY03; the position lies in SY02";
    assert_eq!(computed, json!({ "computed": true, "conflict": conflict }));
}

#[test]
fn who_reads_an_area_can_put_it_back_and_the_tag_changes_with_the_boundaries() {
    let passage = Passage::start();
    passage.create("/api/v1/areas", &area_at("bare", 37.5, 36.0));
    let before = passage.get("/api/v1/areas/bare").header("ETag").to_owned();
    import(&passage, &country());
    let answer = passage.get("/api/v1/areas/bare");
    let tag = answer.header("ETag").to_owned();
    assert_ne!(tag, before, "the answer says more than before");
    let same = passage.with(&passage.coordinator, Method::GET, "/api/v1/areas/bare");
    assert_eq!(same.header("If-None-Match", &tag).answer().status, 304);
    let mut body = answer.json();
    assert_eq!(body["admin_computed"]["admin2_pcode"], "SY0204");
    body["note"] = json!("seen");
    let put = passage.with(&passage.coordinator, Method::PUT, "/api/v1/areas/bare");
    let put = put.header("If-Match", &tag).json(&body).answer().ok(200);
    assert_eq!((&put["note"], &put["admin2_pcode"]), (&json!("seen"), &Value::Null));
    let stale = passage.with(&passage.coordinator, Method::PUT, "/api/v1/areas/bare");
    stale.header("If-Match", &tag).json(&body).answer().problem(412, "stale");
}

/// A reader who sees a masked position learns a first-level unit at most, and that only where any position that is masked
/// so lies in it.
#[test]
fn of_a_masked_position_no_finer_unit_is_told() {
    let passage = with_country();
    passage.create("/api/v1/areas", &secret("deep", 37.5, 36.0));
    passage.create("/api/v1/areas", &secret("edge", 37.5, 35.01));
    let full = passage.read("/api/v1/areas/deep");
    assert_eq!(full["admin_computed"]["admin2_pcode"], "SY0204", "who sees it, sees it all");
    let shown = as_viewer(&passage, "/api/v1/areas/deep");
    assert_eq!(shown["withheld"], json!(["position"]));
    let computed = &shown["admin_computed"];
    assert_eq!(
        (&computed["admin1_pcode"], &computed["from_masked"]),
        (&json!("SY02"), &json!(true))
    );
    assert_eq!(computed["admin2_pcode"], Value::Null);
    assert_eq!(computed["border_m"], Value::Null);
    let edge = as_viewer(&passage, "/api/v1/areas/edge");
    assert_eq!(edge["admin_computed"], Value::Null, "the cell may lie across the border");
}

/// G21 for units: by within= nothing finer than the masked position is found.
#[test]
fn a_list_within_a_unit_asks_the_masked_position() {
    let passage = with_country();
    passage.create("/api/v1/areas", &secret("edge", 37.5, 35.005));
    let lat = as_viewer(&passage, "/api/v1/areas/edge")["position"]["lat"].as_f64().unwrap();
    let (masked_in, other) = if lat > 35.0 { ("SY02", "SY03") } else { ("SY03", "SY02") };
    let found =
        |unit: &str| as_viewer(&passage, &format!("/api/v1/areas?within={unit}"))["total"].clone();
    assert_eq!((found(masked_in), found(other)), (json!(1), json!(0)));
    assert_eq!(
        passage.codes("/api/v1/areas?within=SY02"),
        ["edge"],
        "who sees it finds it where it is"
    );
}

#[test]
fn a_code_that_is_withheld_is_neither_computed_nor_searched() {
    let passage = with_country();
    let mut area = area("closed");
    area["admin2_pcode"] = json!("SY0204");
    area["field_sensitivity"] = json!(["admin2_pcode=confidential"]);
    passage.create("/api/v1/areas", &area);
    let mut placed = area_at("placed", 36.5, 34.0);
    placed["admin2_pcode"] = json!("SY0204");
    placed["field_sensitivity"] = json!(["admin2_pcode=confidential"]);
    passage.create("/api/v1/areas", &placed);
    let status = json!({ "code": "st", "area": "closed", "scheme": "un", "status": "besieged", "valid_from": "2016-01-01" });
    passage.create("/api/v1/statuses", &status);
    let found = |kinds: &str| {
        as_viewer(&passage, &format!("/api/v1/{kinds}?within=SY0204"))["total"].clone()
    };
    assert_eq!((found("areas"), found("statuses")), (json!(0), json!(0)));
    assert_eq!(passage.codes("/api/v1/areas?within=SY0204"), ["closed", "placed"]);
    assert_eq!(passage.codes("/api/v1/statuses?within=SY0204"), ["st"]);
    let shown = as_viewer(&passage, "/api/v1/areas/placed");
    assert_eq!(shown["admin_computed"]["admin2_pcode"], Value::Null, "{shown}");
}

#[test]
fn a_convoy_under_way_is_not_found_by_where_it_goes() {
    let passage = with_country();
    passage.create("/api/v1/areas", &area_at("north", 37.5, 36.0));
    let convoy = json!({ "code": "cv", "mode": "cross_line", "date": "2016-07-26", "drops": [{ "areas": ["north"] }],
        "events": [{ "stage": "departed", "at": "2016-07-26" }] });
    passage.create("/api/v1/convoys", &convoy);
    assert_eq!(passage.codes("/api/v1/convoys?within=SY02"), ["cv"]);
    assert_eq!(as_viewer(&passage, "/api/v1/convoys?within=SY02")["total"], 0);
}

#[test]
fn boundaries_are_listed_and_drawn() {
    let passage = with_country();
    let list = as_viewer(&passage, "/api/v1/boundaries?level=2&within=SY02");
    let found: Vec<&str> =
        list["data"].as_array().unwrap().iter().map(|u| u["pcode"].as_str().unwrap()).collect();
    assert_eq!(found, ["SY0200", "SY0204"]);
    assert_eq!((&list["total"], &list["next"]), (&json!(2), &Value::Null));
    assert_eq!(list["data"][0]["bbox"], json!([36, 35, 37, 37]));
    assert_eq!(list["data"][0]["names"]["en"], "Northwest");
    let first = as_viewer(&passage, "/api/v1/boundaries?limit=4");
    assert_eq!((&first["total"], &first["next"]), (&json!(6), &json!("SY03")));
    let rest = as_viewer(&passage, "/api/v1/boundaries?limit=4&cursor=SY03");
    assert_eq!(rest["data"][0]["pcode"], "SY0301");
    let drawn = as_viewer(&passage, "/api/v1/boundaries.geojson?pcode=syr02&outline=exact");
    assert_eq!(drawn["features"][0]["geometry"]["type"], "MultiPolygon");
    assert_eq!(drawn["features"][0]["properties"]["tolerance_m"], 0);
    let display = as_viewer(&passage, "/api/v1/boundaries.geojson?pcode=SY02");
    assert_eq!(display["features"][0]["properties"]["tolerance_m"].as_f64(), Some(100.0));
    let wrong =
        passage.get("/api/v1/boundaries?level=7&within=SY2&pcode=XX").problem(422, "invalid");
    assert_eq!(wrong.pointers(), ["level", "within", "pcode"]);
    let before = passage.get("/api/v1/boundaries?known_at=2016-07-01").ok(200);
    assert_eq!(before["total"], 0, "they were not known then");
}

#[test]
fn boundaries_that_were_imported_today_hold_where_the_clock_stands_still_in_the_past() {
    let passage = Passage::start();
    passage.create("/api/v1/areas", &area_at("bare", 37.5, 36.0));
    import_at(&passage, &country(), Clock::Wall);
    assert_eq!(as_viewer(&passage, "/api/v1/boundaries")["total"], 6);
    assert_eq!(codes(&passage.read("/api/v1/areas?within=SY02")), ["bare"]);
    assert_eq!(passage.read("/api/v1/areas/bare")["admin_computed"]["admin1_pcode"], "SY02");
    let before = passage.get("/api/v1/boundaries?known_at=2016-07-01").ok(200);
    assert_eq!(before["total"], 0, "asked for a past, the past");
}

#[test]
fn an_answer_from_before_an_import_is_not_given_again() {
    let passage = Passage::start();
    passage.create("/api/v1/areas", &area_at("bare", 37.5, 36.0));
    assert_eq!(passage.read("/api/v1/areas")["data"][0]["admin_computed"], Value::Null);
    import(&passage, &country());
    let row = passage.read("/api/v1/areas")["data"][0]["admin_computed"].clone();
    assert_eq!(row["admin1_pcode"], "SY02");
    assert_eq!(codes(&passage.read("/api/v1/areas?within=SY02")), ["bare"]);
}
