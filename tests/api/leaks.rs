//! Ways around the gate that were found by trying, each closed: days to come, versions before, filters, sums, links.
#![cfg(test)]

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Passage, Sends, area_at, rows};

/// What a viewer, whose clearance is internal, reads.
fn seen(passage: &Passage, path: &str) -> String {
    let answer = passage.with(&passage.viewer, Method::GET, path).answer();
    assert!([200, 404].contains(&answer.status), "{path}: {}", answer.text);
    answer.text
}

fn seen_json(passage: &Passage, path: &str) -> Value {
    serde_json::from_str(&seen(passage, path)).unwrap()
}

fn with_convoy_under_way() -> Passage {
    let passage = Passage::start();
    let mut duma = area_at("duma", 36.4, 33.57);
    duma["admin2_pcode"] = json!("SY0301");
    passage.create("/api/v1/areas", &duma);
    passage.create(
        "/api/v1/convoys",
        &json!({
            "code": "c1", "mode": "cross_line", "route": "M5 and the old road",
            "drops": [{ "areas": ["duma"], "trucks": 12, "people_targeted": 9000 }],
            "events": [{ "stage": "departed", "at": "2016-07-26T20:00:00Z" }],
        }),
    );
    passage
}

#[test]
fn who_asks_for_a_day_to_come_is_not_told_what_will_be_open_then() {
    let passage = with_convoy_under_way();
    for path in [
        "/api/v1/convoys/c1?known_at=2030-01-01",
        "/api/v1/convoys/c1/history?known_at=2030-01-01",
        "/api/v1/convoys/c1/coverage?known_at=2030-01-01",
        "/api/v1/convoys?known_at=2030-01-01&expand=all",
        "/api/v1/convoys.csv?known_at=2030-01-01",
        "/api/v1/convoys.geojson?known_at=2030-01-01",
        "/api/v1/reports/preview?format=text&known_at=2030-01-01",
    ] {
        let text = seen(&passage, path);
        assert!(
            !["M5", "9000", "9,000", "T20:00"].iter().any(|told| text.contains(told)),
            "{path}: {text}"
        );
    }
    // What a report is compared with lies a period before its day, which may still be to come.
    let told = seen(&passage, "/api/v1/reports/preview?format=json&as_of=2030-01-10&period_days=7");
    let other =
        seen(&passage, "/api/v1/reports/preview?format=json&as_of=2030-01-10&period_days=3600");
    assert!(!told.contains("9000") && !other.contains("9000"), "{told}");
    let in_duma = "/api/v1/convoys?area=duma&known_at=2030-01-01";
    assert_eq!(seen_json(&passage, in_duma)["total"], json!(0));
    assert_eq!(passage.read(in_duma)["total"], json!(1), "others may ask for it");
}

#[test]
fn a_cursor_that_somebody_wrote_a_day_to_come_into_opens_nothing() {
    let passage = with_convoy_under_way();
    passage.create(
        "/api/v1/convoys",
        &json!({ "code": "c2", "mode": "cross_line", "date": "2016-07-26" }),
    );
    let list = "/api/v1/convoys?sort=-version&expand=all";
    let page = seen_json(&passage, &format!("{list}&limit=1"));
    let mut parts: Vec<String> =
        page["next"].as_str().unwrap().splitn(4, '.').map(str::to_owned).collect();
    parts[2] = "4102444800000".to_owned();
    let text = seen(&passage, &format!("{list}&cursor={}", parts.join(".")));
    assert!(text.contains("\"c1\"") && !text.contains("M5"), "{text}");
}

#[test]
fn what_is_raised_of_a_field_is_raised_for_the_versions_before() {
    let passage = Passage::start();
    let mut crossing = json!({
        "code": "x1", "names": "X1", "facility_type": "crossing", "note": "behind the mill",
        "position": { "lon": 36.412_345, "lat": 33.57 },
    });
    passage.create("/api/v1/facilities", &crossing);
    assert!(seen(&passage, "/api/v1/facilities/x1").contains("36.4123"), "open at first");
    crossing["field_sensitivity"] = json!(["position=confidential", "note=confidential"]);
    let current = passage.read("/api/v1/facilities/x1");
    passage.put("/api/v1/facilities/x1", &current["version"], &crossing).ok(200);
    for path in ["/api/v1/facilities/x1", "/api/v1/facilities/x1/history", "/api/v1/changes"] {
        let text = seen(&passage, path);
        assert!(!text.contains("36.4123") && !text.contains("mill"), "{path}: {text}");
    }
    assert!(passage.get("/api/v1/facilities/x1/history").text.contains("36.4123"), "others see it");
}

#[test]
fn a_hospital_that_somebody_calls_a_crossing_stands_nowhere_more_exactly() {
    let passage = Passage::start();
    let mut hospital = json!({
        "code": "h1", "names": "H1", "facility_type": "hospital",
        "position": { "lon": 36.412_345, "lat": 33.57 },
    });
    passage.create("/api/v1/facilities", &hospital);
    hospital["facility_type"] = json!("crossing");
    let current = passage.read("/api/v1/facilities/h1");
    passage.put("/api/v1/facilities/h1", &current["version"], &hospital).ok(200);
    for path in ["/api/v1/facilities/h1", "/api/v1/facilities.csv", "/api/v1/facilities/h1/history"]
    {
        assert!(!seen(&passage, path).contains("36.4123"), "{path}");
    }
}

#[test]
fn a_filter_by_a_field_that_is_withheld_finds_nothing() {
    let passage = with_convoy_under_way();
    passage.create(
        "/api/v1/facilities",
        &json!({ "code": "h1", "names": "H1", "facility_type": "hospital", "functioning": "not_working",
            "as_of": "2016-07-20", "field_sensitivity": ["functioning=confidential"] }),
    );
    passage.create(
        "/api/v1/incidents",
        &json!({ "code": "i1", "incident_type": "health_facility_hit", "date": "2016-07-20", "areas": ["duma"],
            "facilities": ["h1"], "field_sensitivity": ["areas=confidential", "facilities=strictly_confidential"] }),
    );
    for path in [
        "/api/v1/facilities?functioning=not_working",
        "/api/v1/incidents?area=duma",
        "/api/v1/incidents?facility=h1",
        "/api/v1/incidents?bbox=36,33,37,34",
        "/api/v1/incidents?near=36.4,33.57,5",
    ] {
        assert_eq!(seen_json(&passage, path)["total"], json!(0), "{path}");
    }
    assert_eq!(passage.read("/api/v1/incidents?area=duma")["total"], json!(1));
    let open = [
        "/api/v1/facilities?facility_type=hospital",
        "/api/v1/incidents?incident_type=health_facility_hit",
    ];
    for path in open {
        assert_eq!(seen_json(&passage, path)["total"], json!(1), "{path}: what is open is found");
    }
}

#[test]
fn other_records_do_not_tell_the_way_of_a_convoy_under_way() {
    let passage = with_convoy_under_way();
    passage.create(
        "/api/v1/access_requests",
        &json!({ "code": "r1", "areas": ["duma"], "convoys": ["c1"], "requested_on": "2016-07-01" }),
    );
    assert_eq!(seen_json(&passage, "/api/v1/access_requests/r1")["convoys"], json!([]));
    assert_eq!(seen_json(&passage, "/api/v1/access_requests?convoy=c1")["total"], json!(0));
    assert_eq!(passage.read("/api/v1/access_requests/r1")["convoys"], json!(["c1"]));
    let row = &seen_json(&passage, "/api/v1/convoys")["data"][0];
    assert_eq!(row["stage"], Value::Null, "nor is it called planned: {row}");
}

#[test]
fn three_women_are_not_told_by_the_group_nor_three_people_by_the_area_around_them() {
    let passage = Passage::start();
    let inside = |code: &str| json!({ "code": code, "names": code, "part_of": "around" });
    passage.create(
        "/api/v1/areas",
        &json!([{ "code": "around", "names": "around" }, inside("a"), inside("b")]),
    );
    passage
        .create("/api/v1/area_groups", &json!({ "code": "g", "names": "g", "areas": ["a", "b"] }));
    let count = |code: &str, of: &str, place: &str, people: u32, women: Option<u32>| {
        let women = women.map_or(Value::Null, Value::from);
        let mut body =
            json!({ "code": code, "date": "2016-07-20", "people": people, "metric": "residents" });
        body[of] = json!(place);
        body["women"] = women;
        passage.create("/api/v1/populations", &body);
    };
    count("few", "area", "a", 1000, Some(3));
    count("many", "area", "b", 1000, Some(500));
    count("group", "area_group", "g", 2000, Some(503));
    count("whole", "area", "around", 2000, Some(503));
    let women =
        |code: &str| seen_json(&passage, &format!("/api/v1/populations/{code}"))["women"].clone();
    assert_eq!(["few", "group", "whole"].map(women), [Value::Null, Value::Null, Value::Null]);
    assert_eq!(women("many"), json!(500));
}

#[test]
fn who_posts_into_an_area_that_is_hidden_is_answered_as_if_there_was_none() {
    let passage = Passage::start();
    let mut area = area_at("secret", 36.4, 33.57);
    area["sensitivity"] = json!("confidential");
    area["country"] = json!("SYR");
    passage.create("/api/v1/areas", &area);
    let told = |area: &str| {
        let far = json!({ "names": "F", "facility_type": "warehouse", "area": area, "position": { "lon": 0, "lat": 0 } });
        let sent = passage.with(&passage.partner, Method::POST, "/api/v1/facilities").json(&far);
        sent.answer().ok(422)["errors"].to_string().replace(area, "…")
    };
    assert_eq!(told("secret"), told("nowhere"));
}

#[test]
fn an_auditor_reads_no_codes_of_records_above_its_clearance_in_the_exports() {
    let passage = Passage::start();
    let hospital = |code: &str, level: &str| {
        json!({ "code": code, "names": "H", "facility_type": "hospital", "position": { "lon": 36.4, "lat": 33.57 },
            "sensitivity": level })
    };
    passage.create(
        "/api/v1/facilities",
        &json!([hospital("open", "internal"), hospital("hidden", "confidential")]),
    );
    passage.get("/api/v1/facilities.csv");
    let low = json!({ "name": "low", "role": "auditor", "clearance": "internal" });
    let low = passage.admin(Method::POST, "/api/v1/tokens", &low).ok(201);
    let noted =
        passage.with(low["token"].as_str().unwrap(), Method::GET, "/api/v1/exports").answer();
    assert_eq!(rows(&noted.ok(200))[0]["codes"], json!(["open"]));
}

#[test]
fn of_a_convoy_that_sets_out_again_no_other_record_tells_the_way_any_more() {
    let passage = Passage::start();
    passage.create("/api/v1/areas", &area_at("duma", 36.4, 33.57));
    let denied = json!({ "code": "c1", "mode": "cross_line", "drops": [{ "areas": ["duma"] }],
        "events": [{ "stage": "denied", "at": "2016-07-20" }] });
    passage.create("/api/v1/convoys", &denied);
    let incident = json!({ "incident_type": "convoy_attacked", "date": "2016-07-25", "areas": ["duma"], "convoy": "c1" });
    passage.create("/api/v1/incidents", &incident);
    assert!(seen(&passage, "/api/v1/alerts").contains("\"c1\""), "it was open");
    let again = json!({ "stage": "approved", "at": "2016-07-21" });
    passage.post("/api/v1/convoys/c1/events", &again).ok(201);
    let told = seen(&passage, "/api/v1/alerts");
    assert!(!told.contains("\"c1\""), "{told}");
    let given_up = json!({ "stage": "cancelled", "at": "2016-07-22" });
    passage.post("/api/v1/convoys/c1/events", &given_up).ok(201);
    assert!(
        seen(&passage, "/api/v1/alerts").contains("\"c1\""),
        "it came out that it was given up before"
    );
}

fn token(passage: &Passage, name: &str) -> String {
    let asked = json!({ "name": name, "role": "analyst", "clearance": "confidential" });
    let made = passage.admin(Method::POST, "/api/v1/tokens", &asked).ok(201);
    made["token"].as_str().unwrap().to_owned()
}

#[test]
fn a_second_token_of_the_same_name_is_no_second_person_and_what_changed_since_is_asked_for_anew() {
    let passage = Passage::start();
    let store = json!({ "code": "s1", "names": "S", "facility_type": "warehouse", "sensitivity": "confidential" });
    passage.create("/api/v1/facilities", &store);
    let (first, second, other) =
        (token(&passage, "Ana"), token(&passage, "Ana"), token(&passage, "Ben"));
    let ask = || {
        let asked = json!({ "sensitivity": "internal", "reason": "it is known" });
        let sent =
            passage.with(&first, Method::POST, "/api/v1/facilities/s1/lowerings").json(&asked);
        let id = sent.answer().ok(202)["id"].clone();
        format!("/api/v1/lowerings/{}/approve", id.as_str().unwrap())
    };
    let decide =
        |who: &str, path: &str| passage.with(who, Method::POST, path).json(&json!({})).answer();
    let asked = ask();
    decide(&second, &asked).problem(403, "second_person");
    std::thread::sleep(std::time::Duration::from_millis(20));
    let current = passage.read("/api/v1/facilities/s1");
    let mut more = store.clone();
    more["note"] = json!("and where the guards sleep");
    passage.put("/api/v1/facilities/s1", &current["version"], &more).ok(200);
    decide(&other, &asked).problem(412, "stale");
    decide(&other, &ask()).ok(200);
}

#[test]
fn why_a_record_was_confirmed_or_is_to_be_lowered_is_not_told_to_who_sees_it_in_part() {
    let passage = Passage::start();
    let m10 = json!({ "code": "m10", "names": "M10", "facility_type": "hospital", "position": { "lon": 36.4, "lat": 33.57 } });
    passage.create("/api/v1/facilities", &m10);
    let why = json!({ "reason": "seen in the old mill" });
    passage.post("/api/v1/facilities/m10/confirm", &why).ok(200);
    let asked = json!({ "sensitivity": "public", "reason": "they of the old mill agree" });
    passage.post("/api/v1/facilities/m10/lowerings", &asked).ok(202);
    let low = json!({ "name": "low", "role": "coordinator", "clearance": "internal" });
    let low = passage.admin(Method::POST, "/api/v1/tokens", &low).ok(201);
    let told = |path: &str| {
        passage.with(low["token"].as_str().unwrap(), Method::GET, path).answer().ok(200)
    };
    for path in ["/api/v1/facilities/m10", "/api/v1/facilities/m10/history", "/api/v1/lowerings"] {
        assert!(
            passage.read(path).to_string().contains("old mill"),
            "{path}: who sees all reads it"
        );
        let told = told(path);
        assert!(!told.to_string().contains("old mill"), "{path}: {told}");
    }
    assert_eq!(told("/api/v1/lowerings")["total"], json!(0));
    let shown = told("/api/v1/facilities/m10");
    assert_eq!(shown["confirmation"]["why"], json!("withheld"), "that it was is no secret");
}

#[test]
fn a_plan_that_was_kept_by_who_knows_more_is_not_read_by_who_knows_less() {
    let passage = Passage::start();
    passage.create("/api/v1/areas", &json!({ "code": "a", "names": "A" }));
    passage.create(
        "/api/v1/populations",
        &json!({ "area": "a", "date": "2016-07-20", "people": 3, "metric": "residents" }),
    );
    let asked = json!({ "code": "p1", "save": true, "date": "2016-07-27", "horizon_days": 14, "whole": false,
        "payload_tonnes": 1, "ration_kg": 1, "areas": [{ "area": "a" }],
        "windows": [{ "at": "2016-07-28", "loads": 2 }] });
    let analyst = &passage.analyst;
    passage.with(analyst, Method::POST, "/api/v1/plans").json(&asked).answer().ok(201);
    let kept = passage.with(analyst, Method::GET, "/api/v1/plans/p1").answer().ok(200);
    assert_eq!(kept["areas"][0]["people"].as_f64(), Some(3.0), "{kept}");
    passage
        .with(&passage.viewer, Method::GET, "/api/v1/plans/p1")
        .answer()
        .problem(404, "not_found");
    assert_eq!(seen_json(&passage, "/api/v1/plans")["total"], json!(0));
}
