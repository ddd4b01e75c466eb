//! Convoys: their life by events, what each source says, and several hands at once.
#![cfg(test)]

use passage::domain::Stage;
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Passage, Sends, area, rows};

fn with_convoy() -> Passage {
    let passage = Passage::start();
    passage.create("/api/v1/areas", &area("rastan"));
    let convoy = json!({ "code": "c1", "mode": "cross_line", "date": "2016-07-01", "drops": [{ "areas": ["rastan"] }] });
    passage.create("/api/v1/convoys", &convoy);
    passage
}

fn event(stage: &str) -> Value {
    json!({ "stage": stage, "at": "2016-07-02T08:00:00Z" })
}

#[test]
fn a_convoy_moves_from_stage_to_stage_by_its_events() {
    let passage = with_convoy();
    assert_eq!(passage.read("/api/v1/convoys/c1")["stage"], "planned");
    let stages = [
        "requested",
        "denied",
        "approved",
        "loaded",
        "departed",
        "at_checkpoint",
        "entered",
        "offloaded",
        "completed",
    ];
    for (place, stage) in stages.into_iter().enumerate() {
        let answer = passage.post("/api/v1/convoys/c1/events", &event(stage));
        let etag = answer.header("ETag").to_owned();
        let made = answer.ok(201);
        assert_eq!(made["stage"], stage);
        assert_eq!(made["events"][place]["stage"], stage);
        assert_eq!(etag, format!("\"{}\"", made["version"]));
    }
    assert_eq!(passage.codes("/api/v1/convoys?stage=completed"), ["c1"]);
    assert_eq!(passage.read("/api/v1/convoys/c1/history")["total"], stages.len() + 1);
}

#[test]
fn whoever_names_the_version_they_saw_adds_to_no_other() {
    let passage = with_convoy();
    let seen = passage.read("/api/v1/convoys/c1")["version"].clone();
    let send = |stage: &str, version: &Value, key: &str| {
        passage
            .with(&passage.coordinator, Method::POST, "/api/v1/convoys/c1/events")
            .header("If-Match", format!("\"{version}\""))
            .header("Idempotency-Key", key)
            .json(&event(stage))
            .answer()
    };
    let moved = send("approved", &seen, "a").ok(201);
    assert_eq!(send("approved", &seen, "a").ok(201)["version"], moved["version"], "a retry");
    send("loaded", &seen, "b").problem(412, "stale");
    assert_eq!(passage.read("/api/v1/convoys/c1")["stage"], "approved");
    send("loaded", &moved["version"], "c").ok(201);
    passage.post("/api/v1/convoys/c1/events", &event("departed")).ok(201);
}

#[test]
fn a_delay_or_another_route_is_an_event_without_a_move() {
    let passage = with_convoy();
    passage.create("/api/v1/convoys/c1/events", &event("departed"));
    let delay = json!({ "event_type": "delay", "at": "2016-07-02T09:00:00Z", "hours": 7, "place": "Rastan bridge" });
    let made = passage.create("/api/v1/convoys/c1/events", &delay);
    assert_eq!((&made["stage"], &made["events"][1]["hours"]), (&json!("departed"), &json!(7)));
    let silent = json!({ "at": "2016-07-02T09:00:00Z" });
    let problem = passage.post("/api/v1/convoys/c1/events", &silent).problem(422, "invalid");
    assert!(problem.at("").contains("a move needs a stage"), "{}", problem.0);
}

#[test]
fn a_delay_does_not_move_a_convoy() {
    let passage = with_convoy();
    passage.create("/api/v1/convoys/c1/events", &event("departed"));
    let both = json!({ "event_type": "delay", "stage": "entered", "at": "2016-07-02T09:00:00Z" });
    let answer = passage.post("/api/v1/convoys/c1/events", &both);
    assert_eq!(answer.status, 422, "a delay with a stage contradicts itself: {}", answer.text);
    assert_eq!(passage.read("/api/v1/convoys/c1")["stage"], "departed");
}

#[test]
fn every_impossible_move_is_a_conflict_that_names_the_possible_ones() {
    let passage = Passage::start();
    for from in Stage::ALL {
        let code = format!("c-{from}");
        let convoy = json!({ "code": code, "mode": "cross_line", "date": "2016-07-01", "events": [event(from.as_str())] });
        passage.create("/api/v1/convoys", &convoy);
        for to in Stage::ALL.iter().filter(|to| !from.next().contains(to)) {
            let path = format!("/api/v1/convoys/{code}/events");
            let problem = passage.post(&path, &event(to.as_str())).problem(409, "impossible_move");
            assert!(
                problem.detail().contains(&format!("cannot go from {from} to {to}")),
                "{}",
                problem.detail()
            );
            for possible in from.next() {
                assert!(
                    problem.detail().contains(possible.as_str()),
                    "{from}: {}",
                    problem.detail()
                );
            }
        }
        assert_eq!(passage.read(&format!("/api/v1/convoys/{code}/history"))["total"], 1, "{from}");
    }
    let over = passage.post("/api/v1/convoys/c-completed/events", &event("departed"));
    assert!(over.problem(409, "impossible_move").detail().contains("nothing: it is over"));
}

#[test]
fn every_possible_move_is_taken() {
    let passage = Passage::start();
    for from in Stage::ALL {
        for to in from.next() {
            let code = format!("c-{from}-{to}");
            let convoy = json!({ "code": code, "mode": "cross_line", "date": "2016-07-01", "events": [event(from.as_str())] });
            passage.create("/api/v1/convoys", &convoy);
            let moved =
                passage.create(&format!("/api/v1/convoys/{code}/events"), &event(to.as_str()));
            assert_eq!(moved["stage"], to.as_str(), "{from}");
        }
    }
}

#[test]
fn an_impossible_order_of_first_events_is_refused_at_the_event() {
    let passage = Passage::start();
    let convoy =
        |events: Value| json!({ "mode": "cross_line", "date": "2016-07-01", "events": events });
    let bad = convoy(json!([event("loaded"), event("completed")]));
    let problem = passage.post("/api/v1/convoys", &bad).problem(422, "invalid");
    assert!(
        problem.at("/events/1/stage").contains("after loaded may come departed"),
        "{}",
        problem.0
    );
    let backwards = convoy(json!([
        { "stage": "departed", "at": "2016-07-03" }, { "stage": "entered", "at": "2016-07-02" }
    ]));
    let problem = passage.post("/api/v1/convoys", &backwards).problem(422, "invalid");
    assert_eq!(problem.at("/events/1/at"), "events must be in the order in which they happened");
    let over = convoy(json!([event("cancelled"), event("departed")]));
    let problem = passage.post("/api/v1/convoys", &over).problem(422, "invalid");
    assert!(problem.at("/events/1/stage").contains("it is over"), "{}", problem.0);
    assert_eq!(passage.counts("convoys"), (0, 0));
}

#[test]
fn a_wrong_event_is_refused_at_its_own_fields() {
    let passage = with_convoy();
    let path = "/api/v1/convoys/c1/events";
    let wrong = json!({ "stage": "flying", "at": "2016-02-30", "hours": -1, "who": "me", "source": "nobody" });
    let problem = passage.post(path, &wrong).problem(422, "invalid");
    assert_eq!(problem.pointers(), ["/who", "/stage", "/at", "/hours"]);
    assert!(problem.at("/stage").contains("planned, requested, approved"), "{}", problem.0);
    let mut unknown_source = event("departed");
    unknown_source["source"] = json!("nobody");
    let problem = passage.post(path, &unknown_source).problem(422, "invalid");
    assert_eq!(problem.at("/source"), "there is no source nobody");
    assert_eq!(passage.post(path, &json!([event("departed")])).status, 422);
    assert_eq!(passage.post(path, &json!("departed")).status, 422);
    passage.post("/api/v1/convoys/c2/events", &event("departed")).problem(404, "not_found");
    assert_eq!(passage.read("/api/v1/convoys/c1/history")["total"], 1);
}

#[test]
fn of_twenty_events_at_once_none_is_lost() {
    let passage = with_convoy();
    std::thread::scope(|scope| {
        for number in 0..20 {
            let passage = &passage;
            scope.spawn(move || {
                let delay = json!({ "event_type": "delay", "at": "2016-07-02", "note": format!("delay {number}") });
                passage.create("/api/v1/convoys/c1/events", &delay);
            });
        }
    });
    let convoy = passage.read("/api/v1/convoys/c1");
    let mut notes: Vec<&str> =
        convoy["events"].as_array().unwrap().iter().map(|e| e["note"].as_str().unwrap()).collect();
    notes.sort_unstable();
    notes.dedup();
    assert_eq!(notes.len(), 20, "{notes:?}");
    assert_eq!(passage.read("/api/v1/convoys/c1/history")["total"], 21);
}

#[test]
fn of_a_hundred_events_at_once_each_is_taken_or_asked_to_come_again() {
    let passage = with_convoy();
    let delay = json!({ "event_type": "delay", "at": "2016-07-02" });
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let post = || passage.post("/api/v1/convoys/c1/events", &delay).status;
        let posts: Vec<_> = (0..100).map(|_| scope.spawn(post)).collect();
        posts.into_iter().map(|post| post.join().unwrap()).collect()
    });
    // Whoever sent no If-Match cannot mend a 412.
    assert!(statuses.iter().all(|status| [201, 503].contains(status)), "{statuses:?}");
    let taken = statuses.iter().filter(|status| **status == 201).count();
    let convoy = passage.read("/api/v1/convoys/c1");
    assert_eq!(convoy["events"].as_array().unwrap().len(), taken);
}

#[test]
fn of_twenty_rival_moves_one_is_made_and_the_others_are_told() {
    let passage = with_convoy();
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let posts: Vec<_> = (0..20)
            .map(|_| {
                scope
                    .spawn(|| passage.post("/api/v1/convoys/c1/events", &event("cancelled")).status)
            })
            .collect();
        posts.into_iter().map(|post| post.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 409).count(), 19, "{statuses:?}");
    assert_eq!(passage.read("/api/v1/convoys/c1")["events"].as_array().unwrap().len(), 1);
}

#[test]
fn each_source_tells_its_own_story_in_an_account() {
    let passage = with_convoy();
    passage.create(
        "/api/v1/sources",
        &json!([{ "code": "ocha", "name": "OCHA" }, { "code": "icrc", "name": "ICRC" }]),
    );
    let path = "/api/v1/convoys/c1/accounts";
    passage.create(path, &json!({ "source": "ocha", "trucks": 40, "people_reached": 65000 }));
    let made = passage.create(
        path,
        &json!({ "source": "icrc", "trucks": { "low": 35, "high": 38 }, "outcome": "partial" }),
    );
    assert_eq!(made["accounts"][0]["trucks"], json!({ "low": null, "best": 40, "high": null }));
    assert_eq!(made["accounts"][1]["outcome"], "partial");
    assert_eq!(made["trucks"], Value::Null, "an account is not the record");
    assert_eq!(passage.codes("/api/v1/convoys?source=icrc"), ["c1"]);
    let problem =
        passage.post(path, &json!({ "source": "x", "outcome": "fine" })).problem(422, "invalid");
    assert!(problem.at("/outcome").contains("delivered, delivered_after_delay"), "{}", problem.0);
}

#[test]
fn a_convoy_names_each_of_its_areas_once_and_all_of_them() {
    let passage = Passage::start();
    let areas: Vec<String> = (0..9).map(|n| format!("a{n}")).collect();
    passage.create("/api/v1/areas", &areas.iter().map(|code| area(code)).collect());
    let drops: Vec<Value> =
        areas.iter().chain(&areas[..2]).map(|code| json!({ "areas": [code] })).collect();
    let convoy = json!({ "code": "c1", "mode": "airdrop", "date": "2016-07-01", "drops": drops });
    assert_eq!(passage.create("/api/v1/convoys", &convoy)["areas"], json!(areas));
}

#[test]
fn what_more_left_a_line_than_was_loaded_is_refused_unless_a_source_says_so() {
    let passage = with_convoy();
    passage.create("/api/v1/sources", &json!({ "code": "ocha", "name": "OCHA" }));
    let line = json!({ "commodity": "wheat_flour", "loaded": 100, "removed": 60, "lost": 41 });
    let mut convoy = json!({
        "code": "c2", "mode": "cross_line", "date": "2016-07-01",
        "drops": [{ "areas": ["rastan"] }, { "areas": ["rastan"], "lines": [{ "commodity": "rice", "loaded": 1 }, line] }]
    });
    let problem = passage.post("/api/v1/convoys", &convoy).problem(422, "invalid");
    let detail = problem.at("/drops/1/lines/1");
    assert!(detail.contains("by 1") && detail.contains("name the source"), "{detail}");
    convoy["source"] = json!("ocha");
    passage.create("/api/v1/convoys", &convoy);
    let coverage = passage.read("/api/v1/convoys/c2/coverage");
    assert!(
        coverage["flags"].as_array().unwrap().contains(&json!("losses_exceed_loaded")),
        "{coverage}"
    );
    // Decimals that only rounding keeps from adding up are no excess.
    let exact = json!({ "commodity": "rice", "loaded": 0.3, "removed": 0.1, "lost": 0.2 });
    let convoy = json!({ "mode": "cross_line", "date": "2016-07-01", "drops": [{ "areas": ["rastan"], "lines": [exact] }] });
    passage.create("/api/v1/convoys", &convoy);
}

#[test]
fn only_convoys_pauses_and_incidents_have_parts_of_their_own() {
    let passage = with_convoy();
    for path in [
        "/api/v1/areas/rastan/events",
        "/api/v1/areas/rastan/accounts",
        "/api/v1/convoys/c1/answers",
    ] {
        passage.post(path, &json!({})).problem(404, "not_found");
    }
    let get = passage.with(&passage.coordinator, Method::GET, "/api/v1/convoys/c1/events").answer();
    get.problem(405, "method_not_allowed");
}

#[test]
fn as_of_a_day_a_convoy_is_where_it_was_then() {
    let passage = with_convoy();
    passage
        .create("/api/v1/convoys/c1/events", &json!({ "stage": "departed", "at": "2016-07-02" }));
    passage.create("/api/v1/convoys/c1/events", &json!({ "stage": "entered", "at": "2016-07-05" }));
    let then = passage.read("/api/v1/convoys/c1/coverage?as_of=2016-07-03");
    assert_eq!(then["stage"], "departed");
    assert_eq!(passage.read("/api/v1/convoys/c1?as_of=2016-07-03")["stage"], "departed");
    let list = passage.read("/api/v1/convoys?as_of=2016-07-03");
    assert_eq!(rows(&list)[0]["stage"], "departed");
}

#[test]
fn a_row_shows_a_range_as_a_range_and_never_its_middle() {
    let passage = Passage::start();
    passage.create("/api/v1/areas", &json!([area("a"), area("b")]));
    let convoy = |code: &str, trucks: &[Value]| {
        let drops: Vec<Value> = trucks
            .iter()
            .zip(["a", "b"])
            .map(|(trucks, area)| json!({ "areas": [area], "trucks": trucks }))
            .collect();
        json!({ "code": code, "mode": "cross_line", "date": "2016-07-01", "drops": drops })
    };
    let range = json!({ "low": 8, "high": 10 });
    passage.create(
        "/api/v1/convoys",
        &json!([
            convoy("one", std::slice::from_ref(&range)),
            convoy("exact", &[json!(5), json!(7)]),
            convoy("mixed", &[range, json!(7)]),
            convoy("open", &[json!({ "low": 3 }), json!(7)]),
            convoy("unknown", &[Value::Null, json!(7)]),
        ]),
    );
    let figure =
        |low: Value, best: Value, high: Value| json!({ "low": low, "best": best, "high": high });
    for (code, trucks) in [
        ("one", figure(json!(8), Value::Null, json!(10))),
        ("exact", figure(Value::Null, json!(12), Value::Null)),
        ("mixed", figure(json!(15), Value::Null, json!(17))),
        ("open", figure(json!(10), Value::Null, Value::Null)),
        ("unknown", Value::Null),
    ] {
        assert_eq!(passage.read(&format!("/api/v1/convoys/{code}"))["trucks"], trucks, "{code}");
        let rows = passage.read(&format!("/api/v1/convoys?code={code}"));
        assert_eq!(rows["data"][0]["trucks"], trucks, "{code}");
    }
}
