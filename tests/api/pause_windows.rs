//! When a pause holds, how it stands with each party, and what it is worth beside the others of its areas.
#![cfg(test)]

use serde_json::{Value, json};

use crate::harness::Passage;

/// A town, the district around it, and three parties; a pause `p` with these fields.
fn with(fields: &Value) -> Passage {
    let passage = Passage::start();
    let areas = json!([
        { "code": "town", "names": "Town", "part_of": "district", "time_zone": "Asia/Damascus" },
        { "code": "district", "names": "District", "time_zone": "Asia/Damascus" },
        { "code": "far", "names": "Far" },
    ]);
    passage.create("/api/v1/areas", &areas);
    let parties = json!([{ "code": "gov", "names": "Government" }, { "code": "nsag", "names": "Armed groups" },
        { "code": "un", "names": "UN" }]);
    passage.create("/api/v1/parties", &parties);
    passage.create("/api/v1/pauses", &pause("p", fields));
    passage
}

fn pause(code: &str, fields: &Value) -> Value {
    let mut pause = json!({ "code": code, "pause_type": "requested", "announced_on": "2016-07-01",
        "parties": ["gov", "nsag"], "areas": ["town"] });
    for (name, value) in fields.as_object().unwrap() {
        pause[name] = value.clone();
    }
    pause
}

fn asked(passage: &Passage, query: &str) -> Value {
    passage.read(&format!("/api/v1/pauses/p/windows{query}"))
}

fn agreed() -> Value {
    json!([{ "party": "gov", "answer": "agreed", "at": "2016-07-02" },
        { "party": "nsag", "answer": "agreed", "at": "2016-07-03" }])
}

#[test]
fn windows_repeat_on_the_local_clock_and_may_be_an_hour_longer() {
    let weekly = |mode: &str| {
        json!({ "start": "2016-10-13", "start_local": "10:00", "duration_hours": 48, "every_days": 7,
            "duration_mode": mode })
    };
    for (mode, end, hours) in
        [("elapsed", "2016-10-29T09:00:00+02:00", 48), ("nominal", "2016-10-29T10:00:00+02:00", 49)]
    {
        let answer = asked(&with(&weekly(mode)), "?from=2016-10-25&to=2016-10-30");
        let window = &answer["windows"][0];
        assert_eq!(window["local_start"], "2016-10-27T10:00:00+03:00", "{answer}");
        assert_eq!((&window["local_end"], &window["hours"]), (&json!(end), &json!(hours)));
        assert_eq!((&answer["status"], &answer["flags"]), (&json!("ok"), &json!(["open_end"])));
    }
}

#[test]
fn a_pause_agreed_by_one_party_is_not_agreed() {
    let passage = with(&json!({ "start": "2016-07-10T06:00:00Z", "duration_hours": 48 }));
    let answer = json!({ "party": "gov", "answer": "agreed_with_conditions", "at": "2016-07-02", "conditions": "by road" });
    passage.create("/api/v1/pauses/p/answers", &answer);
    passage.create("/api/v1/pauses/p/answers", &json!({ "party": "un", "answer": "endorsed" }));
    let told = asked(&passage, "?as_of=2016-07-11");
    assert_eq!(told["state"], "requested");
    assert!(
        told["sentence"].as_str().unwrap().contains("no yes is known of Armed groups"),
        "{}",
        told["sentence"]
    );
    let party = &told["parties"][0];
    assert_eq!(
        (&party["party"], &party["state"], &party["conditions"]),
        (&json!("gov"), &json!("in_effect"), &json!("by road"))
    );
    assert_eq!(told["parties"][2]["must_agree"], false, "who only endorses need not agree");
    assert_eq!(
        (&told["effective_hours"]["best"], &told["union"]["agreed"]["hours"]),
        (&json!(0), &json!(0))
    );
    assert_eq!(told["union"]["asked"]["hours"], 48);
    assert_eq!(asked(&passage, "?as_of=2016-07-12T06:00:00Z")["state"], "expired");
}

#[test]
fn hours_end_with_the_violation_that_ended_the_pause() {
    let passage = with(
        &json!({ "start": "2016-07-10T06:00:00Z", "duration_hours": 48, "answers": agreed() }),
    );
    assert_eq!(asked(&passage, "?as_of=2016-07-11T06:00:00Z")["effective_hours"]["best"], 24);
    assert_eq!(
        asked(&passage, "?as_of=2016-07-09")["effective_hours"]["best"],
        json!(null),
        "it lies ahead"
    );
    let light = json!({ "at": "2016-07-10T08:00:00Z" });
    passage.create("/api/v1/pauses/p/violations", &light);
    assert_eq!(asked(&passage, "")["effective_hours"]["best"], 48);
    let broken = json!({ "at": "2016-07-11T04:00:00Z", "terminal": true });
    passage.create("/api/v1/pauses/p/violations", &broken);
    let told = asked(&passage, "");
    assert_eq!(
        (&told["state"], &told["effective_hours"]["best"]),
        (&json!("violated"), &json!(22))
    );
    assert_eq!(told["hours_lost"]["best"], 26);
    assert_eq!(told["windows"][0]["violations"], json!({ "count": 2, "terminal": true }));
    assert_eq!(
        asked(&passage, "?as_of=2016-07-11T03:00:00Z")["state"],
        "in_effect",
        "not broken off yet"
    );
}

#[test]
fn a_breach_known_only_by_its_day_leaves_the_hours_in_doubt_and_ends_what_follows() {
    let daily = json!({ "start": "2016-07-10", "start_local": "10:00", "end_local": "13:00", "every_days": 1,
        "answers": agreed(), "violations": [{ "at": "2016-07-11", "terminal": true }] });
    let told = asked(&with(&daily), "?from=2016-07-10&to=2016-07-12");
    let figures: Vec<&Value> =
        told["windows"].as_array().unwrap().iter().map(|w| &w["effective_hours"]).collect();
    let exactly = |hours: u8| json!({ "low": hours, "best": hours, "high": hours });
    assert_eq!(*figures[0], exactly(3));
    assert_eq!((&figures[1]["low"], &figures[1]["best"]), (&json!(0), &json!(null)));
    assert_eq!(*figures[2], exactly(0));
    assert_eq!(told["windows"][2]["state"], "cancelled");
    assert!(told["flags"].as_array().unwrap().contains(&json!("time_of_violation_unknown")));
}

#[test]
fn who_takes_a_yes_back_calls_it_off_for_all() {
    let passage = with(&json!({ "start": "2016-07-10T06:00:00Z", "answers": agreed() }));
    passage.create(
        "/api/v1/pauses/p/answers",
        &json!({ "party": "gov", "answer": "withdrawn", "at": "2016-07-11T06:00:00Z" }),
    );
    let told = asked(&passage, "?as_of=2016-07-20");
    assert_eq!(
        (&told["state"], &told["effective_hours"]["best"]),
        (&json!("honoured"), &json!(24))
    );
    assert_eq!(told["status"], "no_end");
    assert_eq!(asked(&passage, "?as_of=2016-07-10")["state"], "in_effect");
    let again = json!({ "party": "gov", "answer": "agreed", "at": "2016-07-12" });
    passage.create("/api/v1/pauses/p/answers", &again);
    assert_eq!(asked(&passage, "?as_of=2016-07-20")["state"], "in_effect", "a later yes holds");
}

#[test]
fn an_extension_adds_what_was_not_there_and_only_its_own_answers_hold_for_it() {
    let passage = with(
        &json!({ "start": "2016-07-20", "start_local": "08:00", "end": "2016-07-20", "end_local": "16:00",
        "answers": agreed() }),
    );
    let longer = json!({ "announced_on": "2016-07-19", "start": "2016-07-20", "start_local": "08:00", "duration_hours": 11,
        "extends": "p", "answers": [{ "party": "gov", "answer": "agreed", "at": "2016-07-19" }] });
    passage.create("/api/v1/pauses", &pause("p-longer", &longer));
    let told = asked(&passage, "?as_of=2016-07-21");
    let windows = told["windows"].as_array().unwrap();
    let row = |w: &Value| (w["pause"].clone(), w["hours"].clone(), w["state"].clone());
    assert_eq!(row(&windows[0]), (json!("p"), json!(8), json!("honoured")));
    assert_eq!(row(&windows[1]), (json!("p-longer"), json!(3), json!("expired")));
    assert_eq!((&told["hours"], &told["effective_hours"]["best"]), (&json!(11), &json!(8)));
    assert!(told["notes"][0].as_str().unwrap().contains("adds 3.0 hours"), "{}", told["notes"]);
    assert_eq!(asked(&passage, "?as_of=2016-07-18")["hours"], 8, "not announced by then");
    let own = passage.read("/api/v1/pauses/p-longer/windows");
    assert_eq!((&own["hours"], &own["extends"]), (&json!(11), &json!("p")));
}

#[test]
fn pauses_that_overlap_count_once() {
    let passage = with(
        &json!({ "start": "2016-07-20T06:00:00Z", "duration_hours": 10, "answers": agreed() }),
    );
    let around =
        json!({ "areas": ["district"], "start": "2016-07-20T12:00:00Z", "duration_hours": 10 });
    passage.create("/api/v1/pauses", &pause("around", &around));
    let elsewhere =
        json!({ "areas": ["far"], "start": "2016-07-20T12:00:00Z", "duration_hours": 90 });
    passage.create("/api/v1/pauses", &pause("elsewhere", &elsewhere));
    let told = asked(&passage, "?from=2016-07-20&to=2016-07-21");
    assert_eq!(told["union"]["asked"]["windows"][0]["pauses"], json!(["around", "p"]));
    assert_eq!(
        (&told["union"]["asked"]["hours"], &told["union"]["agreed"]["hours"]),
        (&json!(16), &json!(10))
    );
    let others = told["union"]["others"].as_array().unwrap();
    assert_eq!(others.len(), 1);
    assert_eq!((&others[0]["state"], &others[0]["areas"]), (&json!("expired"), &json!(["town"])));
}

#[track_caller]
fn assert_told(fields: &Value, status: &str, says: &str) {
    let told = asked(&with(fields), "");
    assert_eq!(told["status"], status, "{fields}: {}", told["sentence"]);
    let sentence = told["sentence"].as_str().unwrap();
    assert!(sentence.contains(says), "{fields}: {sentence}");
}

#[test]
fn a_pause_whose_beginning_or_end_is_unknown_says_so() {
    for (fields, status, says) in [
        (
            json!({ "duration_hours": 48, "every_days": 7 }),
            "no_start",
            "not known when it is to begin",
        ),
        (json!({ "start": "2016-07-01", "date_precision": "month" }), "no_start", "only the month"),
        (json!({ "start": "2016-07-10" }), "no_end", "No end is set"),
        (
            json!({ "start": "2016-07-10", "start_local": "sunset", "duration_hours": 3 }),
            "sunset",
            "sunset is not computed",
        ),
        (
            json!({ "start": "2016-07-10", "end_local": "sunset" }),
            "sunset",
            "sunset is not computed",
        ),
    ] {
        assert_told(&fields, status, says);
    }
}

#[test]
fn a_recurrence_that_cannot_be_counted_says_so() {
    for (fields, status, says) in [
        (
            json!({ "start": "2016-07-10", "duration_hours": 48, "recurrence": "as needed" }),
            "in_words",
            "as needed",
        ),
        (json!({ "start": "2016-07-10", "every_days": 7 }), "no_length", "how long it lasts"),
        (
            json!({ "start": "2016-07-10", "duration_hours": 0 }),
            "no_hours",
            "hours must be more than 0",
        ),
        (
            json!({ "start": "2016-07-10", "start_local": "10:00", "end": "2016-07-10", "end_local": "09:00" }),
            "no_hours",
            "end before it begins",
        ),
        (
            json!({ "start": "2016-07-10", "duration_hours": 3, "recurrence": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30" }),
            "never_fires",
            "never comes",
        ),
        (
            json!({ "start": "2016-07-10", "duration_hours": 3, "recurrence": "FREQ=SOMETIMES" }),
            "rule_not_understood",
            "RFC 5545",
        ),
        (
            json!({ "start": "2016-09-10", "duration_hours": 3, "every_days": 1 }),
            "no_windows_in_time",
            "does not hold",
        ),
        (json!({ "start": "2200-12-31", "duration_hours": 300 }), "ok", "1 window"),
    ] {
        assert_told(&fields, status, says);
    }
}

#[test]
fn without_a_time_zone_utc_is_taken_and_said() {
    let told =
        asked(&with(&json!({ "areas": ["far"], "start": "2016-07-10", "duration_hours": 3 })), "");
    assert_eq!(
        (&told["time_zone"], &told["windows"][0]["start"]),
        (&json!("UTC"), &json!("2016-07-10T00:00:00Z"))
    );
    let flags = told["flags"].as_array().unwrap();
    assert!(
        flags.contains(&json!("time_zone_assumed")) && flags.contains(&json!("start_time_assumed"))
    );
}

#[test]
fn what_is_asked_wrong_is_refused_all_at_once() {
    let passage = with(&json!({ "start": "2016-07-10", "duration_hours": 3, "every_days": 1 }));
    let problem = passage
        .get("/api/v1/pauses/p/windows?from=2016-08-02&to=2016-08-01&x=1")
        .problem(422, "invalid");
    assert_eq!(problem.pointers(), ["from", "x"]);
    let long = passage.get("/api/v1/pauses/p/windows?from=1950-01-01&to=2190-01-01");
    assert_eq!(long.problem(422, "invalid").pointers(), ["to"]);
    passage.get("/api/v1/pauses/nothing/windows").problem(404, "not_found");
}

#[test]
fn the_records_and_sources_behind_it_are_named() {
    let passage = with(&json!({ "start": "2016-07-10", "duration_hours": 3 }));
    let told = asked(&passage, "");
    assert_eq!(told["records"][0]["href"], "/api/v1/pauses/p");
    let id = passage.read("/api/v1/pauses/p")["id"].as_str().unwrap().to_owned();
    assert_eq!(passage.read(&format!("/api/v1/pauses/{id}/windows"))["pause"], "p");
}
