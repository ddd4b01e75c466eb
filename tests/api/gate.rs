//! Who may know what: positions, convoys under way, counts of few people, levels, through the real server.
#![cfg(test)]

use std::process::Command;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use passage::clock::Clock;
use passage::domain::{Clearance, Sensitivity};
use passage::store::LedgerStore;
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Passage, Sends, area_at, rows};
use crate::result::record;

/// Where the hospital stands, which nobody below confidential may find out.
const LON: f64 = 37.161_234;
const LAT: f64 = 36.202_345;

fn hospital() -> Value {
    hospital_in("aleppo")
}

fn hospital_in(area: &str) -> Value {
    json!({
        "code": "m10", "names": { "en": "M10" }, "facility_type": "hospital", "area": area,
        "position": { "lon": LON, "lat": LAT },
    })
}

fn with_hospital() -> Passage {
    let passage = Passage::start();
    passage.create("/api/v1/areas", &area_at("aleppo", 37.16, 36.2));
    passage.create("/api/v1/facilities", &hospital());
    passage
}

/// What a viewer reads.
fn seen(passage: &Passage, path: &str) -> String {
    let answer = passage.with(&passage.viewer, Method::GET, path).answer();
    assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    answer.text
}

fn seen_json(passage: &Passage, path: &str) -> Value {
    serde_json::from_str(&seen(passage, path)).unwrap()
}

/// The exact degrees, in whatever form they are written.
fn tells_position(text: &str) -> bool {
    text.contains("37.1612") || text.contains("36.2023")
}

#[test]
fn no_question_of_a_viewer_tells_where_a_hospital_stands() {
    let passage = with_hospital();
    for path in [
        "/api/v1/facilities/m10",
        "/api/v1/facilities/m10/history",
        "/api/v1/facilities?expand=all",
        "/api/v1/facilities.csv",
        "/api/v1/facilities.geojson",
        "/api/v1/changes",
        "/api/v1/reports/preview",
        "/api/v1/reports/preview?format=json",
        "/api/v1/areas/aleppo/outlook",
    ] {
        assert!(!tells_position(&seen(&passage, path)), "{path}");
    }
    let shown = seen_json(&passage, "/api/v1/facilities/m10");
    assert_eq!(shown["withheld"], json!(["position"]));
    assert!(shown["position"]["lon"].is_number(), "a masked position is shown: {shown}");
    assert!(tells_position(&passage.get("/api/v1/facilities/m10").text), "others see it");
}

/// G21: bisecting by boxes finds the masked position and nothing better.
#[test]
fn a_hundred_boxes_find_the_mask_and_not_the_hospital() {
    let passage = with_hospital();
    let masked = seen_json(&passage, "/api/v1/facilities/m10")["position"].clone();
    let is_in = |west: f64, south: f64, east: f64, north: f64| {
        let path = format!("/api/v1/facilities?bbox={west},{south},{east},{north}");
        seen_json(&passage, &path)["total"] == json!(1)
    };
    let (mut west, mut south, mut east, mut north) = (36.0, 35.0, 38.0, 37.0);
    assert!(is_in(west, south, east, north));
    for _ in 0..25 {
        let middle = f64::midpoint(west, east);
        if is_in(west, south, middle, north) {
            east = middle;
        } else {
            west = middle;
        }
        let middle = f64::midpoint(south, north);
        if is_in(west, south, east, middle) { north = middle } else { south = middle }
    }
    let (lon, lat) = (masked["lon"].as_f64().unwrap(), masked["lat"].as_f64().unwrap());
    assert!((west - lon).abs() < 1e-4 && (south - lat).abs() < 1e-4, "{west} {south} {masked}");
    let km = |degrees: f64| degrees * 111.0;
    let away = km(LON - west).hypot(km(LAT - south));
    assert!(away > 0.05, "the hospital itself was not found: {away} km");
    let told = format!("50 boxes over HTTP end {away:.1} km away, at the mask");
    record("G21", &told, true);
}

/// G21: the same answer for a thousand reads, across edits of other fields.
#[test]
fn the_mask_is_the_same_for_ever_and_an_edit_does_not_move_it() {
    let passage = with_hospital();
    let position = || seen_json(&passage, "/api/v1/facilities/m10")["position"].clone();
    let first = position();
    for edit in 0..20 {
        let current = passage.read("/api/v1/facilities/m10");
        let mut body = hospital();
        body["note"] = json!(format!("edit {edit}"));
        passage.put("/api/v1/facilities/m10", &current["version"], &body).ok(200);
        for _ in 0..50 {
            assert_eq!(position(), first);
        }
        for form in ["csv", "geojson"] {
            let file = seen(&passage, &format!("/api/v1/facilities.{form}"));
            assert!(!tells_position(&file) && file.contains(&first["lon"].to_string()), "{file}");
        }
    }
    let out = tempfile::tempdir().unwrap();
    let mut export = Command::new(env!("CARGO_BIN_EXE_passage"));
    export
        .args(["export", "--clearance", "internal", "--data"])
        .arg(passage.home())
        .arg(out.path());
    let done = export.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let files: Vec<_> = std::fs::read_dir(out.path()).unwrap().collect();
    assert!(!files.is_empty());
    for file in files {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        assert!(!text.contains("m10") && !tells_position(&text), "{text}");
    }
    let told = "1,000 reads, 20 CSV and 20 GeoJSON files over HTTP across 20 edits: the same; an export for internal leaves it out";
    record("G21", told, true);
}

#[test]
fn who_was_given_the_exact_position_stands_in_the_ledger_and_an_auditor_reads_it() {
    let passage = with_hospital();
    seen(&passage, "/api/v1/facilities.csv");
    assert_eq!(
        passage.with(&passage.auditor, Method::GET, "/api/v1/exports").answer().ok(200)["total"],
        json!(0)
    );
    for path in ["/api/v1/facilities.csv", "/api/v1/facilities.geojson", "/api/v1/facilities/m10"] {
        passage.get(path);
        passage.get(path);
    }
    let noted = passage.with(&passage.auditor, Method::GET, "/api/v1/exports").answer().ok(200);
    let forms: Vec<&str> = rows(&noted).iter().map(|row| row["form"].as_str().unwrap()).collect();
    assert_eq!(forms, ["csv", "csv", "geojson", "geojson", "json", "json"]);
    assert!(rows(&noted).iter().all(|row| row["codes"] == json!(["m10"])), "{noted}");
    assert!(rows(&noted)[0]["actor"].as_str().unwrap().contains("Cora"), "{noted}");
}

#[test]
fn a_plain_list_that_has_the_exact_position_and_the_answer_to_a_withdrawal_are_noted_too() {
    let passage = Passage::start();
    let mut camp = area_at("camp", 36.4, 33.57);
    camp["field_sensitivity"] = json!(["position=confidential"]);
    passage.create("/api/v1/areas", &camp);
    passage.create("/api/v1/facilities", &hospital_in("camp"));
    seen(&passage, "/api/v1/areas");
    for path in ["/api/v1/areas", "/api/v1/areas", "/api/v1/facilities"] {
        passage.get(path);
    }
    for word in ["confirm", "withdraw"] {
        let path = format!("/api/v1/facilities/m10/{word}");
        let answer = passage.post(&path, &json!({ "reason": "seen on site" })).ok(200);
        assert!(tells_position(&answer.to_string()), "{answer}");
    }
    let noted = passage.with(&passage.auditor, Method::GET, "/api/v1/exports").answer().ok(200);
    let codes: Vec<&Value> = rows(&noted).iter().map(|row| &row["codes"][0]).collect();
    assert_eq!(codes, ["camp", "camp", "m10", "m10"], "{noted}");
}

#[test]
fn a_map_that_draws_records_at_the_exact_position_of_their_area_is_noted_for_the_area() {
    let passage = Passage::start();
    let mut camp = area_at("camp", 36.4, 33.57);
    camp["field_sensitivity"] = json!(["position=confidential"]);
    passage.create("/api/v1/areas", &json!([camp, area_at("open", 36.1, 33.1)]));
    let status = |code: &str, area: &str| json!({ "code": code, "area": area, "scheme": "un", "status": "hard_to_reach", "valid_from": "2016-07-20" });
    passage.create(
        "/api/v1/statuses",
        &json!([status("s1", "camp"), status("s2", "camp"), status("s3", "open")]),
    );
    for _ in 0..2 {
        let told = passage.get("/api/v1/statuses.geojson").text;
        assert!(told.contains("[36.4,33.57]"), "{told}");
    }
    assert!(!seen(&passage, "/api/v1/statuses.geojson").contains("[36.4,33.57]"));
    let noted = passage.with(&passage.auditor, Method::GET, "/api/v1/exports").answer().ok(200);
    let told: Vec<Value> =
        rows(&noted).iter().map(|row| json!([row["kind"], row["codes"]])).collect();
    assert_eq!(told, vec![json!(["area", ["camp"]]); 2], "{noted}");
}

#[test]
fn who_sees_a_record_in_part_cannot_change_it() {
    let passage = Passage::start();
    passage.create("/api/v1/areas", &area_at("aleppo", 37.16, 36.2));
    passage.create("/api/v1/facilities", &hospital());
    let low = json!({ "name": "low", "role": "coordinator", "clearance": "internal" });
    let low =
        passage.with(&passage.admin, Method::POST, "/api/v1/tokens").json(&low).answer().ok(201);
    let low = low["token"].as_str().unwrap();
    let put = passage
        .with(low, Method::PUT, "/api/v1/facilities/m10")
        .header("If-Match", "*")
        .json(&json!({ "names": { "en": "M10" }, "facility_type": "hospital" }))
        .answer();
    put.problem(403, "partly_hidden");
    let file = passage.with(low, Method::GET, "/api/v1/facilities.csv").answer().text;
    assert!(file.lines().next().unwrap().ends_with(",withheld"), "an import refuses it: {file}");
}

#[test]
fn what_may_not_be_seen_is_answered_like_what_is_not_there() {
    let passage = Passage::start();
    let mut area = area_at("secret", 36.0, 35.0);
    area["sensitivity"] = json!("confidential");
    passage.create("/api/v1/areas", &area);
    for path in ["", "/history", "/outlook", "/gap"] {
        let answer = |code: &str| {
            let path = format!("/api/v1/areas/{code}{path}");
            let answer = passage.with(&passage.viewer, Method::GET, &path).answer();
            let mut headers: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
            headers.sort();
            (answer.status, headers, answer.text.replace(code, "…"))
        };
        assert_eq!(answer("secret"), answer("nowhere"), "{path}");
        assert_eq!(answer("secret").0, 404, "{path}");
    }
    for path in [
        "/api/v1/areas",
        "/api/v1/areas?code=secret",
        "/api/v1/areas.csv",
        "/api/v1/areas.geojson",
        "/api/v1/areas?expand=all&withdrawn=true",
        "/api/v1/coverage",
        "/api/v1/outlook",
        "/api/v1/totals",
        "/api/v1/alerts",
        "/api/v1/changes",
        "/api/v1/reports/preview",
    ] {
        assert!(!seen(&passage, path).contains("secret\""), "{path}");
    }
}

/// A convoy that departed an hour before the day of the tests ended.
pub fn departed() -> Value {
    json!({
        "code": "c1", "mode": "cross_line", "route": "M5 and the old road", "title": "Convoy to Duma",
        "drops": [{ "areas": ["duma"], "trucks": 12, "people_targeted": 9000 }],
        "vehicles": [{ "plate": "SYR-123456", "driver": "Ahmad Example" }],
        "events": [{ "stage": "departed", "at": "2016-07-26T20:00:00Z" }],
    })
}

#[test]
fn of_a_convoy_under_way_a_viewer_learns_the_second_level_unit_and_nothing_that_moves() {
    let passage = Passage::start();
    let mut duma = area_at("duma", 36.4, 33.57);
    duma["admin2_pcode"] = json!("SY0301");
    passage.create("/api/v1/areas", &duma);
    passage.create("/api/v1/convoys", &departed());
    let shown = seen_json(&passage, "/api/v1/convoys/c1");
    assert_eq!((&shown["under_embargo"], &shown["admin2"]), (&json!(true), &json!(["SY0301"])));
    for field in ["stage", "version", "recorded_at", "learned_at", "route", "planned_departure"] {
        assert_eq!(shown[field], Value::Null, "{field}: {shown}");
    }
    for path in [
        "/api/v1/convoys/c1",
        "/api/v1/convoys/c1/history",
        "/api/v1/convoys",
        "/api/v1/convoys.csv",
        "/api/v1/convoys.geojson",
        "/api/v1/convoys?expand=all",
        "/api/v1/convoys?as_of=2016-07-26",
        "/api/v1/convoys?sort=-date",
        "/api/v1/alerts",
        "/api/v1/coverage",
        "/api/v1/funnel",
        "/api/v1/reports/preview",
        "/api/v1/reports/preview?format=text",
        "/api/v1/changes",
    ] {
        let text = seen(&passage, path);
        for told in ["M5", "Convoy to Duma", "SYR-123456", "Ahmad", "T20:00", "9000", "9,000"] {
            assert!(!text.contains(told), "{path} tells {told}: {text}");
        }
    }
    for path in ["/api/v1/convoys/c1/coverage", "/api/v1/convoys/c1/funnel"] {
        let answer = passage.with(&passage.viewer, Method::GET, path).answer();
        answer.problem(404, "not_found");
    }
    for path in [
        "/api/v1/convoys?stage=departed",
        "/api/v1/convoys?area=duma",
        "/api/v1/convoys?from=2016-07-26",
        "/api/v1/convoys?bbox=36,33,37,34",
        "/api/v1/convoys?near=36.4,33.57,5",
    ] {
        assert_eq!(seen_json(&passage, path)["total"], json!(0), "{path}");
        assert_eq!(passage.read(path)["total"], json!(1), "{path}");
    }
    let note = seen_json(&passage, "/api/v1/coverage")["notes"].to_string();
    assert!(note.contains("1 convoy that is under way"), "{note}");
    assert!(seen(&passage, "/api/v1/reports/preview?format=text").contains("withheld for safety"));
    // A coordinator sees all of it.
    assert_eq!(passage.read("/api/v1/convoys/c1")["route"], json!("M5 and the old road"));
}

#[test]
fn a_convoy_that_closed_two_days_ago_is_open_to_viewers_but_for_its_drivers() {
    let passage = Passage::start();
    passage.create("/api/v1/areas", &area_at("duma", 36.4, 33.57));
    let mut convoy = departed();
    convoy["events"] = json!([{ "stage": "offloaded", "at": "2016-07-24T20:00:00Z" }]);
    passage.create("/api/v1/convoys", &convoy);
    let shown = seen_json(&passage, "/api/v1/convoys/c1");
    assert_eq!(
        (&shown["route"], &shown["stage"]),
        (&json!("M5 and the old road"), &json!("offloaded"))
    );
    assert_eq!(shown["vehicles"], json!([]));
    assert!(!seen(&passage, "/api/v1/convoys.csv").contains("Ahmad"));
    assert_eq!(passage.read("/api/v1/convoys/c1")["vehicles"][0]["driver"], json!("Ahmad Example"));
}

#[test]
fn what_lists_are_sorted_and_cut_by_has_the_level_of_its_record() {
    let passage = Passage::start();
    let convoy = json!({
        "mode": "cross_line", "date": "2016-07-20", "field_sensitivity": ["note=internal", "events=confidential", "date=confidential"],
    });
    let refused = passage.post("/api/v1/convoys", &convoy).problem(422, "invalid");
    assert_eq!(refused.pointers(), ["/field_sensitivity/1", "/field_sensitivity/2"]);
    assert!(refused.at("/field_sensitivity/2").contains("raise that of the record"));
}

#[test]
fn of_a_version_whose_entry_is_not_told_nobody_else_is_named() {
    let passage = Passage::start();
    let made = passage.create("/api/v1/areas", &area_at("duma", 36.4, 33.57));
    passage.post("/api/v1/areas/duma/confirm", &json!({ "reason": "walked it" })).ok(200);
    passage.create("/api/v1/areas", &area_at("zabadani", 36.1, 33.72));
    passage.post("/api/v1/areas/zabadani/confirm", &json!({ "reason": "walked it too" })).ok(200);
    let file = passage.file();
    file.execute_batch("DROP TRIGGER ledger_is_never_changed").unwrap();
    file.execute(
        "UPDATE ledger SET action = 'export' WHERE sequence IN (?1 + 1, ?1 + 2)",
        [made["version"].as_i64()],
    )
    .unwrap();
    let history = passage.read("/api/v1/areas/duma/history");
    let told = &rows(&history)[1];
    assert_eq!((&told["actor"], &told["action"]), (&Value::Null, &Value::Null), "{told}");
    assert_eq!(passage.read("/api/v1/areas/duma")["confirmation"], Value::Null);
}

#[test]
fn a_list_that_was_asked_during_an_embargo_is_made_anew_when_it_has_ended() {
    const PATIENCE: Duration = Duration::from_mins(1);
    let passage = Passage::start_today();
    passage.create("/api/v1/areas", &area_at("duma", 36.4, 33.57));
    let mut convoy = departed();
    let closed = Clock::Wall.recorded_at() - TimeDelta::hours(24) + TimeDelta::seconds(3);
    convoy["events"] = json!([{ "stage": "offloaded", "at": closed }]);
    passage.create("/api/v1/convoys", &convoy);
    passage.create(
        "/api/v1/incidents",
        &json!({ "code": "i1", "incident_type": "convoy_looted", "date": "2016-07-20", "convoy": "c1" }),
    );
    let lists = ["/api/v1/convoys?area=duma", "/api/v1/incidents?convoy=c1"];
    let totals = || lists.map(|path| seen_json(&passage, path)["total"].as_u64().unwrap());
    let whole = || seen(&passage, "/api/v1/incidents?expand=all").contains("c1");
    // On a slow machine it has ended before it is asked for, and nothing is shown.
    let begun = Instant::now();
    while (totals(), whole()) != ([1, 1], true) {
        assert!(begun.elapsed() < PATIENCE, "{:?} {}", totals(), whole());
        std::thread::sleep(Duration::from_millis(200));
    }
}

#[test]
fn a_partner_writes_for_its_own_organisation_and_sees_that_at_every_level() {
    let passage = Passage::start();
    passage.create("/api/v1/organisations", &json!({ "code": "sarc", "names": "Red Crescent" }));
    let mut area = area_at("own", 36.4, 33.57);
    area["sensitivity"] = json!("strictly_confidential");
    let post = passage.with(&passage.partner, Method::POST, "/api/v1/areas").json(&area).answer();
    let made = post.ok(201);
    assert_eq!(made["owner"], json!("sarc"));
    let put = |token: &str, body: &Value, version: &Value| {
        passage
            .with(token, Method::PUT, "/api/v1/areas/own")
            .header("If-Match", format!("\"{version}\""))
            .json(body)
            .answer()
    };
    area["note"] = json!("ours");
    put(&passage.partner, &area, &made["version"]).ok(200);
    assert_eq!(
        passage.with(&passage.coordinator, Method::GET, "/api/v1/areas/own").answer().status,
        404
    );
    passage.create("/api/v1/areas", &area_at("theirs", 36.4, 33.57));
    let others = passage
        .with(&passage.partner, Method::POST, "/api/v1/areas/theirs/withdraw")
        .json(&json!({ "reason": "no" }))
        .answer();
    others.problem(403, "not_yours");
}

#[test]
fn a_count_of_three_people_is_not_told_to_a_viewer_nor_by_what_is_computed() {
    let passage = Passage::start();
    passage.create("/api/v1/areas", &area_at("few", 36.4, 33.57));
    let body = json!({
        "area": "few", "date": "2016-07-20", "metric": "besieged", "people": 3, "quote": "three people are left",
    });
    passage.create("/api/v1/populations", &body);
    let status =
        json!({ "area": "few", "scheme": "un", "status": "besieged", "valid_from": "2016-01-01" });
    passage.create("/api/v1/statuses", &status);
    for path in ["/api/v1/populations", "/api/v1/populations?expand=all", "/api/v1/populations.csv"]
    {
        let text = seen(&passage, path);
        assert!(!text.contains("three people") && !text.contains("\"best\":3"), "{path}: {text}");
    }
    let totals = seen_json(&passage, "/api/v1/totals");
    let whole = passage.read("/api/v1/totals");
    assert!(whole.to_string().contains("\"best\":3"), "who may see it does: {whole}");
    assert!(!totals.to_string().contains("\"best\":3"), "{totals}");
}

#[test]
fn a_record_that_is_raised_is_gone_from_every_answer_at_once_also_from_its_past() {
    let passage = Passage::start();
    let made = passage.create("/api/v1/areas", &area_at("duma", 36.4, 33.57));
    assert_eq!(seen_json(&passage, "/api/v1/areas")["total"], json!(1));
    assert!(seen(&passage, "/api/v1/coverage").contains("duma"));
    let mut area = area_at("duma", 36.4, 33.57);
    area["sensitivity"] = json!("strictly_confidential");
    passage
        .with(&passage.admin, Method::PUT, "/api/v1/areas/duma")
        .header("If-Match", format!("\"{}\"", made["version"]))
        .json(&area)
        .answer()
        .ok(200);
    for path in [
        "/api/v1/areas",
        "/api/v1/coverage",
        "/api/v1/areas?known_at=2016-07-26",
        "/api/v1/coverage?known_at=2016-07-26",
    ] {
        assert!(!seen(&passage, path).contains("duma"), "{path}");
    }
}

#[tokio::test]
async fn the_change_feed_of_a_viewer_leaves_out_what_it_may_not_know() {
    let passage = tokio::task::spawn_blocking(|| {
        let passage = Passage::start();
        passage.create("/api/v1/areas", &area_at("duma", 36.4, 33.57));
        passage.create("/api/v1/convoys", &departed());
        passage
    })
    .await
    .unwrap();
    let store = passage.store();
    let at = "2016-07-26T23:59:59.999Z".parse().unwrap();
    let viewer = store.changes(0, 9, &Clearance::of(Sensitivity::Internal), at).await.unwrap();
    let officer = store.changes(0, 9, &Clearance::of(Sensitivity::Confidential), at).await.unwrap();
    assert_eq!((viewer.len(), officer.len()), (1, 2));
    tokio::task::spawn_blocking(move || drop(passage)).await.unwrap();
}
