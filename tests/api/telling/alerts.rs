//! The life of an alert over HTTP.

use reqwest::Method;
use serde_json::json;

use super::{besieged, cut_off, no_delivery, with};
use crate::harness::{Passage, Sends};

#[test]
fn an_alert_is_raised_taken_on_and_over_and_all_of_it_is_told() {
    let passage = Passage::start();
    cut_off(&passage, "duma");
    assert_eq!(no_delivery(&passage)["life"], json!(null), "nobody has looked yet");
    passage.look();
    let life = no_delivery(&passage)["life"].clone();
    assert_eq!((&life["state"], &life["episode"]), (&json!("raised"), &json!(1)));
    let path = format!("/api/v1/alerts/{}", life["id"].as_str().unwrap());
    let ack = |token: &str, note| {
        passage
            .with(token, Method::POST, &format!("{path}/ack"))
            .json(&json!({ "note": note }))
            .answer()
    };
    ack(&passage.viewer, "mine").problem(403, "forbidden");
    let taken = ack(&passage.coordinator, "asked the hub").ok(200);
    assert_eq!(taken["life"]["state"], "acknowledged");
    let again = ack(&passage.analyst, "me too").ok(200);
    assert_eq!(again["life"]["acknowledged"]["note"], "asked the hub", "who was first stays");
    assert_eq!(passage.read("/api/v1/alerts?state=acknowledged")["total"], 1);
    passage.post("/api/v1/statuses/duma-besieged/withdraw", &json!({ "reason": "lifted" })).ok(200);
    passage.look();
    let over = passage.read(&path);
    assert_eq!(over["life"]["state"], "resolved");
    let steps: Vec<&str> = over["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["step"].as_str().unwrap())
        .collect();
    assert_eq!(steps, ["raised", "acknowledged", "resolved"]);
    ack(&passage.coordinator, "too late").problem(409, "over");
    let history = passage.read("/api/v1/alerts/history?rule=no_delivery");
    assert_eq!(history["by_rule"]["no_delivery"]["episodes"], 1, "{history}");
    assert!(history["data"][0]["life"]["resolved_at"].is_string());
}

#[test]
fn what_is_raised_again_is_a_new_episode_and_looking_twice_changes_nothing() {
    let passage = Passage::start();
    cut_off(&passage, "duma");
    passage.look();
    let first = no_delivery(&passage)["life"]["id"].clone();
    passage.look();
    assert_eq!(no_delivery(&passage)["life"]["id"], first);
    passage
        .post("/api/v1/statuses/duma-besieged/withdraw", &json!({ "reason": "an error" }))
        .ok(200);
    passage.look();
    besieged(&passage, "duma", &json!({ "code": "again" }));
    passage.look();
    let life = no_delivery(&passage)["life"].clone();
    assert_eq!((&life["episode"], life["id"] == first), (&json!(2), false));
    assert_eq!(passage.read("/api/v1/alerts/history?rule=no_delivery")["total"], 2);
}

#[test]
fn a_silence_keeps_an_alert_quiet_and_says_why() {
    let passage = Passage::start();
    cut_off(&passage, "duma");
    passage.look();
    let silence = json!({
        "code": "hush", "from": "2016-07-26", "until": "2016-07-27", "reason": "a convoy is on its way",
        "rules": ["no_delivery"], "areas": ["duma"],
    });
    passage.create("/api/v1/silences", &silence);
    passage.look();
    let life = no_delivery(&passage)["life"].clone();
    assert_eq!((&life["state"], &life["silenced_by"]), (&json!("silenced"), &json!("hush")));
    passage.post("/api/v1/silences/hush/withdraw", &json!({ "reason": "turned back" })).ok(200);
    passage.look();
    assert_eq!(no_delivery(&passage)["life"]["state"], "raised");
    let path = format!("/api/v1/alerts/{}", life["id"].as_str().unwrap());
    let events = passage.read(&path)["events"].clone();
    let steps: Vec<&str> =
        events.as_array().unwrap().iter().map(|event| event["step"].as_str().unwrap()).collect();
    assert_eq!(steps, ["raised", "silenced", "unsilenced"]);
    assert_eq!(events[1]["note"], "hush");
}

#[test]
fn a_silence_holds_for_readers_of_its_clearance_and_below_and_is_named_to_who_may_know_it() {
    let passage = Passage::start();
    cut_off(&passage, "duma");
    let silence = |code: &str, more: &serde_json::Value| {
        let mut body =
            json!({ "code": code, "from": "2016-07-26", "until": "2016-07-27", "reason": "known" });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        passage.create("/api/v1/silences", &body);
        passage.look();
    };
    let life = |token: &str| {
        let path = "/api/v1/alerts?rule=no_delivery";
        let alerts = passage.with(token, Method::GET, path).answer().ok(200);
        let life = alerts["data"][0]["life"].clone();
        (life["state"].clone(), life["silenced_by"].clone())
    };
    silence("hush", &json!({ "sensitivity": "confidential", "clearance": "internal" }));
    assert_eq!(life(&passage.viewer), (json!("silenced"), json!(null)), "by what is confidential");
    assert_eq!(life(&passage.coordinator).0, "raised", "nobody answers for who sees more");
    silence("all", &json!({}));
    assert_eq!(
        life(&passage.coordinator),
        (json!("silenced"), json!("all")),
        "as who saved it sees"
    );
    assert_eq!(life(&passage.admin).0, "raised");
    let token = json!({ "name": "inner", "role": "coordinator", "clearance": "internal" });
    let token = passage.admin(Method::POST, "/api/v1/tokens", &token).ok(201);
    let body = json!({ "from": "2016-07-26", "until": "2016-07-27", "reason": "x", "clearance": "confidential" });
    let inner = passage.with(token["token"].as_str().unwrap(), Method::POST, "/api/v1/silences");
    inner.json(&body).answer().problem(403, "above_you");
}

#[test]
fn a_silence_that_fits_something_else_or_is_over_keeps_nothing_quiet() {
    let passage = Passage::start();
    cut_off(&passage, "duma");
    passage.create("/api/v1/areas", &crate::harness::area("homs"));
    for (code, more) in [
        ("other-area", json!({ "areas": ["homs"] })),
        ("other-rule", json!({ "rules": ["runout"] })),
        ("milder", json!({ "severity": "low" })),
        ("other-unit", json!({ "pcode": "LB" })),
        ("over", json!({ "from": "2016-07-01", "until": "2016-07-02" })),
        ("both-must-fit", json!({ "areas": ["duma"], "rules": ["runout"] })),
    ] {
        let mut silence =
            json!({ "code": code, "from": "2016-07-26", "until": "2016-07-27", "reason": "known" });
        silence.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        passage.create("/api/v1/silences", &silence);
    }
    passage.look();
    assert_eq!(no_delivery(&passage)["life"]["state"], "raised");
}

#[test]
fn a_way_in_that_is_cut_is_an_alert_and_mutes_convoys_that_are_overdue_there() {
    let passage = Passage::start();
    cut_off(&passage, "aleppo");
    let convoy = json!({
        "code": "late", "mode": "cross_line", "date": "2016-07-20", "eta": "2016-07-21",
        "drops": [{ "areas": ["aleppo"], "carries_food": true }],
        "events": [{ "stage": "departed", "at": "2016-07-20" }],
    });
    passage.create("/api/v1/convoys", &convoy);
    passage.look();
    let overdue = |passage: &Passage| {
        let alerts = passage.read("/api/v1/alerts?rule=convoy_overdue");
        alerts["data"][0]["life"].clone()
    };
    assert_eq!(overdue(&passage)["muted_by"], json!(null));
    let cut = json!({
        "code": "cut", "incident_type": "supply_route_cut", "date": "2016-07-22", "areas": ["aleppo"],
    });
    passage.create("/api/v1/incidents", &cut);
    passage.look();
    assert_eq!(passage.read("/api/v1/alerts?rule=route_cut")["total"], 1);
    let life = overdue(&passage);
    assert_eq!(
        (&life["state"], &life["muted_by"]),
        (&json!("silenced"), &json!("route_cut/aleppo/cut"))
    );
}

#[test]
fn readers_have_the_lives_of_their_own_level_and_who_sees_more_takes_on_for_those_below() {
    let passage = Passage::start();
    cut_off(&passage, "duma");
    passage.look();
    let of = |token: &str| {
        let alerts =
            passage.with(token, Method::GET, "/api/v1/alerts?rule=no_delivery").answer().ok(200);
        alerts["data"][0]["life"].clone()
    };
    let (viewer, coordinator) = (of(&passage.viewer), of(&passage.coordinator));
    assert_ne!(viewer["id"], coordinator["id"]);
    let other = format!("/api/v1/alerts/{}", coordinator["id"].as_str().unwrap());
    passage.with(&passage.viewer, Method::GET, &other).answer().problem(404, "not_found");
    let below = format!("/api/v1/alerts/{}", viewer["id"].as_str().unwrap());
    let below = passage.with(&passage.coordinator, Method::GET, &below).answer().ok(200);
    assert_eq!(below["life"]["id"], viewer["id"], "a letter links to what its reader was told");
    let note = json!({ "note": "by what only we know" });
    passage
        .with(&passage.coordinator, Method::POST, &format!("{other}/ack"))
        .json(&note)
        .answer()
        .ok(200);
    let below = of(&passage.viewer);
    assert_eq!(below["state"], "acknowledged", "the level below is quiet too");
    let by = json!("somebody who sees more");
    assert_eq!((&below["acknowledged"]["by"], &below["acknowledged"]["note"]), (&by, &json!(null)));
    let of_admin = of(&passage.admin);
    assert_eq!(of_admin["state"], "raised", "nobody answers for who sees more");
}

#[test]
fn what_rests_on_a_record_that_was_closed_later_is_gone_from_the_past_of_those_below() {
    let passage = Passage::start();
    cut_off(&passage, "duma");
    passage.look();
    let told = |token: &str| {
        passage.with(token, Method::GET, "/api/v1/alerts/history").answer().ok(200)["total"].clone()
    };
    assert_ne!(told(&passage.viewer), 0);
    let before = passage.read("/api/v1/areas/duma");
    let mut closed = crate::harness::area("duma");
    closed["sensitivity"] = json!("confidential");
    passage.put("/api/v1/areas/duma", &before["version"], &closed).ok(200);
    passage.look();
    assert_eq!(told(&passage.viewer), 0);
    assert_ne!(told(&passage.coordinator), 0);
}

#[test]
fn other_thresholds_are_tried_without_anything_being_kept() {
    let passage = Passage::start();
    cut_off(&passage, "duma");
    let asked = json!({ "alert": { "no_delivery_days": 300, "no_delivery_critical_days": 400 },
        "rules": ["no_delivery"], "days": 5 });
    let answer = passage.post("/api/v1/alerts/preview", &asked).ok(200);
    assert_eq!(
        (&answer["as_set"]["now_total"], &answer["as_asked"]["now_total"]),
        (&json!(1), &json!(0))
    );
    assert_eq!(answer["days_looked_at"], 5);
    let here = json!({ "places": [{ "area": "duma", "alert": { "no_delivery_days": 300, "no_delivery_critical_days": 400 } }],
        "rules": ["no_delivery"], "days": 1 });
    let answer = passage.post("/api/v1/alerts/preview", &here).ok(200);
    assert_eq!(answer["as_asked"]["now_total"], 0);
    assert_eq!(passage.read("/api/v1/alerts?rule=no_delivery")["total"], 1, "nothing was changed");
    for (wrong, named) in [
        (json!({ "alert": { "no_delivry_days": 3 } }), "no_delivry_days"),
        (json!({ "alert": { "no_delivery_days": 300 } }), "no_delivery_critical_days"),
        (json!({ "days": 0 }), "days"),
        (json!({ "rules": ["no_such"] }), "runout"),
        (json!({ "threshold": 1 }), "threshold"),
    ] {
        let problem = passage.post("/api/v1/alerts/preview", &wrong).problem(422, "invalid");
        assert!(problem.0.to_string().contains(named), "{wrong}: {}", problem.0);
    }
}

#[test]
fn alerts_are_a_feed_and_messages_for_other_programs() {
    let passage = with("[server]\npublic_url = 'https://passage.example.org'");
    cut_off(&passage, "duma");
    passage.look();
    let feed = passage.get("/api/v1/alerts/feed.atom?rule=no_delivery");
    assert_eq!(
        (feed.status, feed.header("Content-Type")),
        (200, "application/atom+xml; charset=utf-8")
    );
    let life = no_delivery(&passage)["life"].clone();
    let id = life["id"].as_str().unwrap();
    assert!(feed.text.contains(&format!("urn:uuid:{id}")), "{}", feed.text);
    let arabic = passage.get("/api/v1/alerts/feed.atom?rule=no_delivery&language=ar").text;
    assert!(arabic.contains("xml:lang=\"ar\"") && !arabic.contains("Nothing is known"), "{arabic}");
    let cap = passage.get(&format!("/api/v1/alerts/{id}.cap"));
    assert_eq!(
        (cap.status, cap.header("Content-Type")),
        (200, "application/cap+xml; charset=utf-8")
    );
    for part in ["<msgType>Alert</msgType>", "<language>ar</language>", "Restricted"] {
        assert!(cap.text.contains(part), "{part}: {}", cap.text);
    }
    passage.post("/api/v1/statuses/duma-besieged/withdraw", &json!({ "reason": "lifted" })).ok(200);
    passage.look();
    let cap = passage.get(&format!("/api/v1/alerts/{id}.cap")).text;
    assert!(cap.contains("<msgType>Cancel</msgType>") && cap.contains(&format!("{id}.1")), "{cap}");
}

#[test]
fn the_stream_goes_on_after_the_last_event_that_was_seen() {
    let passage = Passage::start();
    cut_off(&passage, "duma");
    passage.look();
    let read = |query: &str| {
        let answer = passage.get(&format!("/api/v1/alerts/stream?for_seconds=0{query}"));
        assert_eq!(answer.header("Content-Type"), "text/event-stream; charset=utf-8");
        answer.text
    };
    assert!(!read("").contains("event:"), "from now on");
    let life = no_delivery(&passage)["life"].clone();
    let first = format!("{}.1", life["id"].as_str().unwrap());
    passage.post("/api/v1/statuses/duma-besieged/withdraw", &json!({ "reason": "lifted" })).ok(200);
    passage.look();
    let after = read(&format!("&last_event_id={first}"));
    let last = first.replace(".1", ".2");
    assert!(after.contains("event: resolved") && after.contains(&format!("id: {last}")), "{after}");
    assert!(!read(&format!("&last_event_id={last}")).contains("event: resolved\ndata: {\"at\""));
    assert!(read("&last_event_id=nonsense").contains("is not known"));
}

#[test]
fn absurd_thresholds_are_refused_all_at_once_with_their_places() {
    let passage = Passage::start();
    cut_off(&passage, "duma");
    let asked = json!({
        "days": 0, "threshold": 1, "rules": ["runout", "no_such"],
        "alert": { "event_days": 1_000_000_000_000_000_000_i64, "hysteresis_days": 4_000_000_000_i64,
                   "low_coverage": -1, "no_such_days": 3, "no_delivery_days": 300 },
        "places": [
            { "area": "SY-NOPE" }, 7, { "area": "duma", "alert": { "stale_stock_days": 1e18 } },
            { "alert": {} },
        ],
    });
    let problem = passage.post("/api/v1/alerts/preview", &asked).problem(422, "invalid");
    let mut pointers = problem.pointers();
    pointers.sort_unstable();
    assert_eq!(
        pointers,
        [
            "/alert/event_days",
            "/alert/hysteresis_days",
            "/alert/low_coverage",
            "/alert/no_delivery_critical_days",
            "/alert/no_such_days",
            "/days",
            "/places/0/area",
            "/places/1",
            "/places/2/alert/stale_stock_days",
            "/places/3",
            "/rules/1",
            "/threshold",
        ],
        "{}",
        problem.0
    );
    assert!(problem.at("/alert/event_days").contains("must be 0 to 3660"), "{}", problem.0);
    // What is taken is answered in its time, also where much is asked for.
    let much = json!({ "days": 366, "alert": { "hysteresis_days": 366 }, "rules": ["runout"] });
    let begun = std::time::Instant::now();
    passage.post("/api/v1/alerts/preview", &much).ok(200);
    assert!(begun.elapsed() < std::time::Duration::from_secs(25), "{:?}", begun.elapsed());
}
