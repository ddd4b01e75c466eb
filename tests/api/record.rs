//! What every kind of record shares: post, read, list, next version, withdraw, confirm, history, batch.
#![cfg(test)]

use passage::domain::{Kind, Schema, Shape};
use reqwest::Method;
use serde_json::{Map, Value, json};

use crate::harness::{Passage, Sends, area, rows};

/// The code of the record that others of a full body name.
fn base_code(kind: &str) -> String {
    format!("base-{kind}")
}

/// The least that a kind takes.
pub fn minimal(kind: Kind) -> Value {
    match kind {
        Kind::Source => json!({ "name": "OCHA" }),
        Kind::Organisation | Kind::Party | Kind::Area | Kind::AreaGroup => {
            json!({ "names": { "en": "A" } })
        }
        Kind::Facility => json!({ "names": { "en": "A" }, "facility_type": "bakery" }),
        Kind::Status => {
            json!({ "area": "base-area", "scheme": "un", "status": "besieged", "valid_from": "2016-07-01" })
        }
        Kind::Population => {
            json!({ "area": "base-area", "date": "2016-07-01", "people": { "low": null, "best": 8000, "high": null }, "metric": "besieged" })
        }
        Kind::Convoy => json!({ "mode": "cross_line", "date": "2016-07-01" }),
        Kind::Pause => json!({ "pause_type": "requested", "announced_on": "2016-07-01" }),
        Kind::AccessRequest => json!({ "requested_on": "2016-07-01" }),
        Kind::Stock => {
            json!({ "area": "base-area", "stock_type": "stock", "date": "2016-07-01", "quantity_text": "bread for a week" })
        }
        Kind::Incident => json!({ "incident_type": "shelling", "date": "2016-07-01" }),
        Kind::Observation => json!({ "topic": "other", "date": "2016-07-01" }),
        Kind::Logistics => json!({ "area": "base-area", "date": "2016-07-01", "trucks": 40 }),
        Kind::Plan => {
            json!({ "date": "2016-07-01", "horizon_days": 30, "fairness": "lexicographic",
            "areas": [{ "area": "base-area", "people": 9000, "needed_person_days": 270_000, "loads": 5,
                "coverage_before": null, "coverage_after": null, "why": null }] })
        }
        Kind::Recipient => json!({ "name": "Desk", "channel": "folder", "address": "desk" }),
        Kind::Schedule => json!({ "cron": "0 7 * * *", "time_zone": "Asia/Damascus" }),
        Kind::Silence => {
            json!({ "from": "2016-07-01", "until": "2016-07-02", "reason": "known" })
        }
    }
}

/// Everything that a kind takes, out of its schema.
fn full(kind: Kind) -> Value {
    let mut body = filled(kind.schema());
    body["code"] = json!(format!("full-{kind}"));
    if matches!(kind, Kind::Status | Kind::Population) {
        // Either an area or a group of them.
        body.as_object_mut().unwrap().remove("area_group");
    }
    if kind == Kind::Recipient {
        body["channel"] = json!("folder");
        body["address"] = json!("desk");
    }
    if kind == Kind::Logistics {
        // Work ends after it begins, and a share is no more than the whole.
        for (field, number) in
            [("close_hour", 18.5), ("handling_loss", 0.5), ("honour_probability", 0.5)]
        {
            body[field] = json!(number);
        }
    }
    body
}

pub fn filled(schema: &Schema) -> Value {
    let field =
        |field: &passage::domain::Field| (field.name.to_owned(), filling(field.name, &field.shape));
    Value::Object(schema.fields.iter().map(field).collect())
}

fn filling(name: &str, shape: &Shape) -> Value {
    match shape {
        Shape::Text => match name {
            "country" => json!("SYR"),
            "url" => json!("https://example.org/a"),
            "time_zone" => json!("Asia/Damascus"),
            "cron" => json!("0 7 * * *"),
            "start_local" | "end_local" => json!("08:30"),
            "commodity" => json!("wheat_flour"),
            "field_sensitivity" => json!("note=internal"),
            _ => json!(format!("{name} \"of\" الرستن")),
        },
        Shape::Code(kind) => json!(base_code(kind)),
        Shape::Number => json!(1.5),
        Shape::Count => json!(1),
        Shape::Flag => json!(false),
        Shape::Choice(words) => json!(words[0]),
        Shape::Moment => json!("2016-07-02"),
        Shape::Figure => json!({ "low": 1000, "best": 2000, "high": 3000.5 }),
        Shape::Names => json!({ "en": "Rastan", "ar": "الرستن", "fr": "Rastane" }),
        Shape::Place => json!({ "lon": 36.73, "lat": 34.92 }),
        Shape::Outline => json!({ "type": "MultiPolygon", "coordinates":
            [[[[36.7, 34.9], [36.8, 34.9], [36.8, 35.2], [36.7, 34.9]]]] }),
        Shape::List(item) => json!([filling(name, item)]),
        Shape::Part(schema) => filled(schema),
    }
}

/// A store with one record of each kind that others can name.
pub fn with_bases() -> Passage {
    let passage = Passage::start();
    for kind in Kind::ALL {
        let mut body = minimal(*kind);
        body["code"] = json!(base_code(kind.as_str()));
        passage.create(&format!("/api/v1/{}", kind.plural()), &body);
    }
    passage
}

/// What every field of `sent` became in `read`.
#[track_caller]
fn assert_holds(read: &Value, sent: &Value) {
    for (name, value) in sent.as_object().unwrap() {
        assert_eq!(&read[name], value, "{name}");
    }
}

#[test]
fn every_kind_takes_a_minimal_body_and_gives_it_a_code() {
    let passage = with_bases();
    for kind in Kind::ALL {
        let lists = format!("/api/v1/{}", kind.plural());
        let answer = passage.post(&lists, &minimal(*kind));
        let location = answer.header("Location").to_owned();
        let etag = answer.header("ETag").to_owned();
        let made = answer.ok(201);
        let code = made["code"].as_str().unwrap();
        assert!(code.starts_with(kind.prefix()), "{kind}: {code}");
        assert_eq!(location, format!("{lists}/{code}"), "{kind}");
        assert_eq!(etag, format!("\"{}\"", made["version"]), "{kind}");
        assert_eq!(made["kind"], kind.as_str());
        assert_eq!(made["withdrawn"], false, "{kind}");
        assert_eq!(made["learned_at"], crate::harness::NOW, "{kind}");
        let by_id = passage.read(&format!("{lists}/{}", made["id"].as_str().unwrap()));
        assert_eq!(by_id, made, "{kind}");
        assert_eq!(passage.read(&location), made, "{kind}");
    }
}

#[test]
fn every_kind_takes_a_full_body_and_keeps_every_field_of_it() {
    let passage = with_bases();
    for kind in Kind::ALL {
        let sent = full(*kind);
        let lists = format!("/api/v1/{}", kind.plural());
        let made = passage.create(&lists, &sent);
        assert_holds(&made, &sent);
        assert_eq!(passage.read(&format!("{lists}/full-{kind}")), made, "{kind}");
    }
}

#[test]
fn a_field_that_was_not_given_is_shown_as_unknown_never_as_zero() {
    let passage = with_bases();
    for kind in Kind::ALL {
        let read = passage.read(&format!("/api/v1/{}/base-{kind}", kind.plural()));
        let given = minimal(*kind);
        for field in kind.schema().fields.iter().filter(|f| given.get(f.name).is_none()) {
            let expected = match (field.name, field.shape) {
                ("convoy_type", _) => json!("aid"),
                // It holds for its author and those below.
                ("clearance", _) if *kind == Kind::Silence => json!("confidential"),
                (_, Shape::List(_)) => json!([]),
                _ => Value::Null,
            };
            assert_eq!(read[field.name], expected, "{kind}.{}", field.name);
        }
    }
}

#[test]
fn every_kind_is_listed_in_rows_of_a_few_fields_and_whole_where_asked() {
    let passage = with_bases();
    for kind in Kind::ALL {
        let lists = format!("/api/v1/{}", kind.plural());
        passage.create(&lists, &full(*kind));
        let list = passage.read(&lists);
        assert_eq!((&list["total"], &list["next"]), (&json!(2), &Value::Null), "{kind}");
        let row = &rows(&list)[1];
        let whole = passage.read(&format!("{lists}/full-{kind}"));
        for (name, value) in row.as_object().unwrap() {
            assert_eq!(value, &whole[name], "{kind}.{name}");
        }
        assert!(row.to_string().len() <= 500, "{kind}: {row}");
        let expanded = passage.read(&format!("{lists}?expand=all"));
        assert_eq!(rows(&expanded)[1], whole, "{kind}");
    }
}

#[test]
fn what_was_read_can_be_put_back_and_changes_nothing() {
    let passage = with_bases();
    for kind in Kind::ALL {
        let lists = format!("/api/v1/{}", kind.plural());
        for body in [minimal(*kind), full(*kind)] {
            let made = passage.create(&lists, &body);
            let path = format!("{lists}/{}", made["code"].as_str().unwrap());
            let put = passage.put(&path, &made["version"], &made).ok(200);
            assert_holds(&put, &body);
            let history = passage.read(&format!("{path}/history"));
            assert_eq!(rows(&history)[1]["changes"], json!([]), "{kind}: {history}");
        }
    }
}

#[test]
fn a_computed_field_cannot_be_set() {
    let passage = with_bases();
    for kind in Kind::ALL {
        let path = format!("/api/v1/{}/base-{kind}", kind.plural());
        let read = passage.read(&path);
        for (name, value) in [
            ("recorded_at", json!("2010-01-01T00:00:00Z")),
            ("version", json!(1)),
            ("withdrawn", json!(true)),
            ("kind", json!("convoys")),
            ("id", json!("0190e9b7-0000-7000-8000-000000000000")),
        ] {
            let mut changed = read.clone();
            changed[name] = if changed[name] == value { json!(null) } else { value };
            let problem = passage.put(&path, &read["version"], &changed).problem(422, "invalid");
            assert_eq!(problem.pointers(), [format!("/{name}")], "{kind}");
        }
    }
    let path = "/api/v1/convoys/base-convoy";
    let read = passage.read(path);
    for (name, value) in
        [("stage", json!("completed")), ("trucks", json!(3)), ("areas", json!(["base-area"]))]
    {
        let mut changed = read.clone();
        changed[name] = value;
        let problem = passage.put(path, &read["version"], &changed).problem(422, "invalid");
        assert_eq!(problem.pointers(), [format!("/{name}")]);
    }
}

#[test]
fn a_new_record_cannot_set_what_is_computed() {
    let passage = Passage::start();
    let mut body = area("duma");
    body["version"] = json!(7);
    body["learned_at"] = json!("2011-01-01T00:00:00Z");
    let problem = passage.post("/api/v1/areas", &body).problem(422, "invalid");
    assert_eq!(problem.pointers(), ["/learned_at", "/version"]);
    assert_eq!(passage.counts("areas"), (0, 0));
}

#[test]
fn a_put_needs_the_version_that_it_follows() {
    let passage = with_bases();
    for kind in Kind::ALL {
        let path = format!("/api/v1/{}/base-{kind}", kind.plural());
        let read = passage.read(&path);
        let put = |tag: Option<&str>| {
            let request = passage.with(&passage.analyst, Method::PUT, &path).json(&read);
            tag.map_or_else(
                || passage.with(&passage.analyst, Method::PUT, &path).json(&read),
                |tag| request.header("If-Match", tag),
            )
            .answer()
        };
        put(None).problem(428, "if_match_required");
        // An empty header names no version either.
        put(Some("")).problem(428, "if_match_required");
        let stale = put(Some("\"999\"")).problem(412, "stale");
        let now = format!("version {}", read["version"]);
        assert!(stale.detail().contains(&now), "{kind}: {}", stale.detail());
        put(Some("\"x")).problem(412, "stale");
        assert_eq!(passage.read(&path)["version"], read["version"], "{kind}");
        put(Some(&format!("\"1000\", W/\"{}\"", read["version"]))).ok(200);
    }
}

#[test]
fn an_older_version_is_stale_once_a_newer_one_is_there() {
    let passage = Passage::start();
    let first = passage.create("/api/v1/areas", &area("duma"));
    let second =
        passage.put("/api/v1/areas/duma", &first["version"], &json!({ "names": "Duma" })).ok(200);
    assert_eq!(second["names"], json!({ "en": "Duma" }));
    assert_eq!(second["code"], "duma");
    let late = json!({ "names": "Douma" });
    let stale = passage.put("/api/v1/areas/duma", &first["version"], &late).problem(412, "stale");
    assert!(
        stale.detail().contains(&format!("version {}", second["version"])),
        "{}",
        stale.detail()
    );
    assert_eq!(passage.read("/api/v1/areas/duma")["names"], json!({ "en": "Duma" }));
    passage.put("/api/v1/areas/nowhere", &json!(1), &late).problem(404, "not_found");
}

#[test]
fn a_code_never_changes() {
    let passage = Passage::start();
    let made = passage.create("/api/v1/areas", &area("duma"));
    let answer = passage.put("/api/v1/areas/duma", &made["version"], &area("douma"));
    assert_eq!(answer.problem(422, "invalid").pointers(), ["/code"]);
    passage.get("/api/v1/areas/douma").problem(404, "not_found");
}

#[test]
fn every_kind_can_be_withdrawn_with_a_reason_and_is_left_out_of_lists() {
    let passage = with_bases();
    // Those that name others go first.
    for kind in Kind::ALL.iter().rev() {
        let lists = format!("/api/v1/{}", kind.plural());
        let path = format!("{lists}/base-{kind}");
        for wrong in [
            json!({}),
            json!({ "reason": " " }),
            json!({ "reason": 3 }),
            json!([]),
            json!({ "reason": "twice", "by": "me" }),
        ] {
            let problem = passage.post(&format!("{path}/withdraw"), &wrong).problem(422, "invalid");
            assert_eq!(problem.pointers(), ["/reason"], "{kind}: {wrong}");
        }
        let gone = passage.post(&format!("{path}/withdraw"), &json!({ "reason": "twice" })).ok(200);
        assert_eq!(gone["withdrawn"], true, "{kind}");
        assert_eq!(passage.codes(&lists), Vec::<String>::new(), "{kind}");
        assert_eq!(passage.codes(&format!("{lists}?withdrawn=true")).len(), 1, "{kind}");
        assert_eq!(passage.read(&path)["withdrawn"], true, "{kind}");
    }
}

#[test]
fn the_history_says_why_a_record_was_withdrawn() {
    let passage = Passage::start();
    passage.create("/api/v1/areas", &area("duma"));
    passage.post("/api/v1/areas/duma/withdraw", &json!({ "reason": "entered twice" })).ok(200);
    let history = passage.read("/api/v1/areas/duma/history");
    assert_eq!(rows(&history)[1]["action"], "withdraw");
    assert_eq!(rows(&history)[1]["reason"], "entered twice", "{history}");
}

#[test]
fn what_was_withdrawn_does_not_come_back_unnoticed() {
    let passage = Passage::start();
    let convoy = json!({ "code": "c1", "mode": "cross_line", "date": "2016-07-01" });
    passage.create("/api/v1/convoys", &convoy);
    passage.post("/api/v1/convoys/c1/withdraw", &json!({ "reason": "entered twice" })).ok(200);
    let event = json!({ "stage": "departed", "at": "2016-07-02" });
    let answer = passage.post("/api/v1/convoys/c1/events", &event);
    assert_eq!(answer.status, 409, "{}", answer.text);
    let again = passage.post("/api/v1/convoys/c1/withdraw", &json!({ "reason": "again" }));
    assert_eq!(again.status, 409, "{}", again.text);
    assert_eq!(passage.read("/api/v1/convoys/c1")["withdrawn"], true);
}

#[test]
fn every_kind_can_be_confirmed_with_a_reason() {
    let passage = with_bases();
    for kind in Kind::ALL {
        let path = format!("/api/v1/{}/base-{kind}", kind.plural());
        passage.post(&format!("{path}/confirm"), &json!({})).problem(422, "invalid");
        let before = passage.read(&path);
        let done =
            passage.post(&format!("{path}/confirm"), &json!({ "reason": "called them" })).ok(200);
        assert_eq!(done["confirmed"], "called them", "{kind}");
        assert!(done["version"].as_i64() > before["version"].as_i64(), "{kind}");
        let history = passage.read(&format!("{path}/history"));
        assert_eq!(rows(&history)[1]["action"], "confirm", "{kind}");
        let changes = json!([{ "field": "/confirmed", "from": null, "to": "called them" }]);
        assert_eq!(rows(&history)[1]["changes"], changes, "{kind}");
    }
}

#[test]
fn the_history_tells_who_changed_what_field_by_field() {
    let passage = Passage::start();
    let first = json!({ "code": "c1", "mode": "cross_line", "date": "2016-07-01", "drops": [{ "trucks": 8, "cargo": "flour" }] });
    let made = passage.create("/api/v1/convoys", &first);
    let second = json!({ "mode": "cross_line", "date": "2016-07-02", "drops": [{ "trucks": 8 }, { "trucks": 3 }] });
    passage.put("/api/v1/convoys/c1", &made["version"], &second).ok(200);
    let history = passage.read("/api/v1/convoys/c1/history");
    let row = &rows(&history)[1];
    assert_eq!((&row["action"], &row["version"]), (&json!("revise"), &json!(2)));
    assert!(row["actor"].as_str().unwrap().starts_with("Cora ("), "{row}");
    insta::assert_json_snapshot!(row["changes"], @r#"
    [
      {
        "field": "/date",
        "from": "2016-07-01",
        "to": "2016-07-02"
      },
      {
        "field": "/drops/0/cargo",
        "from": "flour",
        "to": null
      },
      {
        "field": "/drops/1",
        "from": null,
        "to": {
          "trucks": {
            "best": 3,
            "high": null,
            "low": null
          }
        }
      }
    ]
    "#);
    assert_eq!(rows(&history)[0]["changes"][0]["from"], Value::Null);
    assert_eq!(history["total"], 2);
    passage.get("/api/v1/convoys/nothing/history").problem(404, "not_found");
}

#[test]
fn a_batch_goes_in_whole_or_not_at_all_with_errors_by_index() {
    let passage = Passage::start();
    let bad = json!([area("a"), { "code": "b", "names": {} }, area("c"), { "code": "d", "name": "D" }, 7]);
    let problem = passage.post("/api/v1/areas", &bad).problem(422, "invalid");
    assert_eq!(problem.pointers(), ["/1/names", "/3/name", "/3/names", "/4"]);
    assert_eq!(passage.counts("areas"), (0, 0));
    let made = passage.create("/api/v1/areas", &json!([area("a"), area("b"), area("c")]));
    assert_eq!(made["total"], 3);
    assert_eq!(crate::harness::codes(&made), ["a", "b", "c"]);
    assert_eq!(passage.codes("/api/v1/areas"), ["a", "b", "c"]);
}

#[test]
fn a_batch_that_names_what_is_not_there_is_refused_by_index() {
    let passage = Passage::start();
    let group = |code: &str, area: &str| json!({ "code": code, "names": "G", "areas": [area] });
    passage.create("/api/v1/areas", &area("a"));
    let answer = passage.post("/api/v1/area_groups", &json!([group("g1", "a"), group("g2", "zz")]));
    let problem = answer.problem(422, "invalid");
    assert_eq!(problem.at("/1/areas/0"), "there is no area zz");
    assert_eq!(passage.counts("area_groups"), (0, 1));
    // Within a batch, records may name those that come later.
    let mut part = area("part");
    part["part_of"] = json!("whole");
    passage.create("/api/v1/areas", &json!([part, area("whole")]));
}

#[test]
fn a_taken_code_is_a_conflict_and_the_pointer_leads_to_it() {
    let passage = Passage::start();
    passage.create("/api/v1/areas", &area("a"));
    let batch = passage.post("/api/v1/areas", &json!([area("b"), area("a")])).problem(409, "taken");
    assert_eq!(batch.pointers(), ["/1/code"]);
    let twice = passage.post("/api/v1/areas", &json!([area("b"), area("b")])).problem(409, "taken");
    assert_eq!(twice.pointers(), ["/1/code"]);
    assert_eq!(passage.counts("areas"), (1, 1));
    let one = passage.post("/api/v1/areas", &area("a")).problem(409, "taken");
    assert_eq!(one.pointers(), ["/code"], "one record has no index");
}

#[test]
fn a_client_may_give_the_id_once() {
    let passage = Passage::start();
    let id = "0190e9b7-0000-7000-8000-00000000abcd";
    let mut body = area("a");
    body["id"] = json!(id);
    assert_eq!(passage.create("/api/v1/areas", &body)["id"], id);
    assert_eq!(passage.read(&format!("/api/v1/areas/{id}"))["code"], "a");
    body["code"] = json!("b");
    let problem = passage.post("/api/v1/areas", &body).problem(409, "taken");
    assert_eq!(problem.pointers(), ["/id"], "the id is taken, not the code");
    body["id"] = json!("not-a-uuid");
    assert_eq!(passage.post("/api/v1/areas", &body).problem(422, "invalid").pointers(), ["/id"]);
    body["id"] = json!(12);
    assert_eq!(passage.post("/api/v1/areas", &body).problem(422, "invalid").pointers(), ["/id"]);
}

#[test]
fn a_code_that_reads_like_an_id_still_leads_to_its_record() {
    let passage = Passage::start();
    let code = "0190e9b70000700080000000000000ff";
    let answer = passage.post("/api/v1/areas", &area(code));
    if answer.status == 422 {
        return; // Refusing such a code is as good.
    }
    answer.ok(201);
    assert_eq!(passage.read(&format!("/api/v1/areas/{code}"))["code"], code);
}

#[test]
fn an_arabic_code_is_found_by_its_percent_encoded_address() {
    let passage = Passage::start();
    let answer = passage.post("/api/v1/areas", &area("تلبيسة"));
    let location = answer.headers["Location"].as_bytes().to_vec();
    answer.ok(201);
    let encoded = "/api/v1/areas/%D8%AA%D9%84%D8%A8%D9%8A%D8%B3%D8%A9";
    assert_eq!(passage.read(encoded)["code"], "تلبيسة");
    assert_eq!(passage.codes(&format!("/api/v1/areas?code={}", &encoded[14..])), ["تلبيسة"]);
    let status = json!({ "area": "تلبيسة", "scheme": "un", "status": "besieged", "valid_from": "2016-07-01" });
    passage.create("/api/v1/statuses", &status);
    assert_eq!(passage.read(&format!("/api/v1/statuses?area={}", &encoded[14..]))["total"], 1);
    assert_eq!(String::from_utf8(location).unwrap(), encoded, "a Location is a URI: ASCII only");
}

#[test]
fn reads_and_lists_are_not_sent_again_to_who_has_them() {
    let passage = Passage::start();
    passage.create("/api/v1/areas", &area("duma"));
    let paths = [
        "/api/v1/areas/duma",
        "/api/v1/areas",
        "/api/v1/areas.geojson",
        "/api/v1/areas/duma/history",
        "/api/v1/totals",
        "/api/v1/coverage",
        "/api/v1/alerts",
        "/api/v1/changes",
        "/openapi.json",
    ];
    for path in paths {
        let etag = passage.get(path).header("ETag").to_owned();
        assert!(etag.starts_with('"') && etag.ends_with('"'), "{path}: {etag}");
        for tags in
            [etag.clone(), format!("\"other\", {etag}"), format!("W/{etag}"), "*".to_owned()]
        {
            let request =
                passage.with(&passage.viewer, Method::GET, path).header("If-None-Match", &tags);
            let again = request.answer();
            assert_eq!((again.status, again.text.as_str()), (304, ""), "{path} {tags}");
            assert_eq!(again.header("ETag"), etag, "{path}");
        }
        let other =
            passage.with(&passage.viewer, Method::GET, path).header("If-None-Match", "\"other\"");
        assert_eq!(other.answer().status, 200, "{path}");
    }
    passage.create("/api/v1/areas", &area("homs"));
    let etag = passage.get("/api/v1/areas/duma").header("ETag").to_owned();
    assert_eq!(etag, "\"1\"", "another record is another version");
}

#[test]
fn a_record_is_read_as_it_was_known_and_as_of_a_day() {
    let passage = Passage::start_today();
    let status = json!({ "code": "s1", "area": "duma", "scheme": "un", "status": "besieged", "valid_from": "2016-07-10" });
    passage.create("/api/v1/areas", &area("duma"));
    let first = passage.create("/api/v1/statuses", &status);
    let mut changed = status.clone();
    changed["status"] = json!("hard_to_reach");
    let second = passage.put("/api/v1/statuses/s1", &first["version"], &changed).ok(200);
    let known = |at: &Value| format!("/api/v1/statuses/s1?known_at={}", at.as_str().unwrap());
    if first["learned_at"] != second["learned_at"] {
        assert_eq!(passage.read(&known(&first["learned_at"]))["status"], "besieged");
    }
    assert_eq!(passage.read(&known(&second["learned_at"]))["status"], "hard_to_reach");
    passage.get("/api/v1/statuses/s1?known_at=2016-07-26").problem(404, "not_found");
    passage.get("/api/v1/statuses/s1?as_of=2016-07-09").problem(404, "not_found");
    assert_eq!(passage.read("/api/v1/statuses/s1?as_of=2016-07-10")["code"], "s1");
    passage.get("/api/v1/statuses/s1?as_of=yesterday").problem(422, "invalid");
    passage.get("/api/v1/statuses/s1?day=3").problem(422, "invalid");
}

#[test]
fn a_record_cannot_name_itself() {
    let passage = Passage::start();
    let mut body = area("a");
    body["part_of"] = json!("a");
    let area_answer = passage.post("/api/v1/areas", &body);
    let convoy =
        json!({ "code": "c", "mode": "cross_line", "date": "2016-07-01", "part_of": ["c"] });
    let convoy_answer = passage.post("/api/v1/convoys", &convoy);
    assert_eq!(area_answer.problem(422, "invalid").pointers(), ["/part_of"]);
    assert_eq!(convoy_answer.problem(422, "invalid").pointers(), ["/part_of/0"]);
}

#[test]
fn what_is_named_must_be_there_everywhere_in_a_record() {
    let passage = Passage::start();
    let mut expected = Map::new();
    let mut body = full(Kind::Convoy);
    body["code"] = json!("c1");
    let problem = passage.post("/api/v1/convoys", &body).problem(422, "invalid");
    for pointer in [
        "/organisations/0",
        "/part_of/0",
        "/checkpoints/0",
        "/drops/0/areas/0",
        "/drops/0/lines/0/removals/0/authority",
        "/events/0/source",
        "/accounts/0/source",
        "/accounts/0/parties/0",
        "/source",
    ] {
        assert!(problem.at(pointer).starts_with("there is no "), "{pointer}");
        expected.insert(pointer.to_owned(), Value::Null);
    }
    assert_eq!(problem.pointers().len(), expected.len(), "{:?}", problem.pointers());
    assert_eq!(passage.counts("convoys"), (0, 0));
}
