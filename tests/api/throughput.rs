//! What a pause would let through: the worked example to the last number, and all that is not known or wrong.
#![cfg(test)]

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Passage, Sends, assert_close};

const PATH: &str = "/api/v1/pauses/PA-2016-07-25-OBRIEN/throughput";

/// Eastern Aleppo and the pause of 48 hours a week that the UN asked for.
fn aleppo() -> Passage {
    let passage = Passage::start();
    let area = json!({ "code": "SY-EAST-ALEPPO", "names": "Eastern Aleppo", "time_zone": "Asia/Damascus" });
    passage.create("/api/v1/areas", &area);
    let parties = json!([{ "code": "GOS", "names": "Government" }, { "code": "NSAG", "names": "Armed groups" }]);
    passage.create("/api/v1/parties", &parties);
    passage.create(
        "/api/v1/pauses",
        &json!({
            "code": "PA-2016-07-25-OBRIEN", "pause_type": "requested", "announced_on": "2016-07-25",
            "parties": ["GOS", "NSAG"], "areas": ["SY-EAST-ALEPPO"], "duration_hours": 48, "every_days": 7,
            "recurrence": "weekly",
        }),
    );
    passage
}

fn blocks() -> Vec<Value> {
    let page = include_str!("../../docs/WORKED_EXAMPLES.md");
    let blocks = page.split("```json\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    blocks.map(|block| serde_json::from_str(block).unwrap()).collect()
}

/// The request of the page, with some fields changed; `null` leaves one out.
fn request(changes: &Value) -> Value {
    let mut request = blocks().remove(0);
    for (name, value) in changes.as_object().unwrap() {
        request[name] = value.clone();
    }
    request
}

fn asked(passage: &Passage, changes: &Value) -> Value {
    passage.post(&format!("{PATH}?as_of=2016-07-26T03:00:00Z"), &request(changes)).ok(200)
}

/// Is all that the page shows in the answer, as it is there?
#[track_caller]
fn assert_shows(page: &Value, answer: &Value, at: &str) {
    match (page, answer) {
        (Value::Object(fields), _) => {
            for (name, value) in fields {
                assert_shows(value, &answer[name], &format!("{at}/{name}"));
            }
        }
        (Value::Array(rows), Value::Array(all)) if at == "/sensitivity" => {
            for row in rows {
                assert!(all.contains(row), "{row} is not in {at}");
            }
        }
        (Value::Array(rows), Value::Array(all)) => {
            assert_eq!(rows.len(), all.len(), "{at}");
            for (index, row) in rows.iter().enumerate() {
                assert_shows(row, &all[index], &format!("{at}/{index}"));
            }
        }
        _ => assert_eq!(page, answer, "{at}"),
    }
}

#[test]
fn the_answer_is_the_one_that_the_page_of_worked_examples_shows() {
    let passage = aleppo();
    assert_shows(&blocks()[1], &asked(&passage, &json!({})), "");
}

#[test]
fn eastern_aleppo_comes_out_to_the_last_number() {
    let passage = aleppo();
    let answer = asked(&passage, &json!({}));
    let segments = answer["windows"][0]["segments"].as_array().unwrap();
    let of = |field: &str| segments.iter().map(|s| s[field].clone()).collect::<Vec<_>>();
    assert_eq!((of("hours"), of("loads")), (vec![json!(9), json!(12)], vec![json!(22), json!(34)]));
    assert_eq!((&answer["loads"], &answer["loads_bound"]), (&json!(56), &json!(60)));
    assert_eq!((&answer["tonnes"], &answer["bottleneck"]), (&json!(877.52), &json!("offloading")));
    assert_close(&answer["person_days"], 1_549_494.774_774_774);
    let week = &answer["per_window"];
    assert_eq!(week["people_fed"].as_f64().map(f64::floor), Some(221_356.0));
    let share = |figure: &Value| (figure["best"].as_f64().unwrap() * 1000.0).round();
    assert!((share(&week["coverage"]["if_kept"]) - 885.0).abs() < 1e-9);
    assert!((share(&week["coverage"]["steady"]) - 531.0).abs() < 1e-9);
    assert!((share(&answer["plan"]["coverage_ahead"]) - 826.0).abs() < 1e-9);
    assert_close(&week["need"]["tonnes"], 971.25);
    assert_close(&week["need"]["tonnes_with_loss"], 991.071_428);
    assert_close(&week["need"]["loads"], 63.246_421);
    let plan = &answer["plan"];
    assert_eq!(
        (&plan["windows_needed"]["best"], &plan["windows_to_agree"]["best"]),
        (&json!(5), &json!(11))
    );
    assert_eq!(plan["first_window_day"], 2);
}

#[test]
fn every_lever_and_length_of_the_example_comes_out() {
    let passage = aleppo();
    let answer = asked(&passage, &json!({}));
    let said: Vec<&str> = answer["sensitivity"]
        .as_array()
        .unwrap()
        .iter()
        .map(|l| l["sentence"].as_str().unwrap())
        .collect();
    let page = include_str!("../../docs/WORKED_EXAMPLES.md");
    let expected = [
        ("work round the clock instead of 12 hours a day", "+132 %"),
        ("14 hours of work a day instead of 12", "+29 %"),
        ("5 docks instead of 4", "+23 %"),
        ("8 docks instead of 4", "+23 %"),
        ("2 lanes at the checkpoint instead of 1", "+7 %"),
        ("6 minutes to inspect a truck instead of 12", "+7 %"),
        ("80 trucks instead of 40", "+0 %"),
        ("16 trucks instead of 40", "−21 %"),
        ("6 hours before the first truck moves instead of 3", "−21 %"),
        ("90 minutes to unload a truck instead of 60", "−36 %"),
        ("30 minutes to inspect a truck instead of 12", "−50 %"),
    ];
    assert_eq!(said, expected.map(|(what, effect)| format!("{what}: {effect}.")));
    for (what, effect) in expected {
        assert!(page.lines().any(|line| line.contains(what) && line.contains(effect)), "{what}");
    }
    let lengths: Vec<&Value> =
        answer["by_length"].as_array().unwrap().iter().map(|row| &row["loads"]).collect();
    assert_eq!(lengths, [0, 0, 14, 22, 48, 56, 90]);
    assert_eq!(asked(&passage, &json!({ "docks": 8 }))["bottleneck"], "checkpoint");
}

#[test]
fn the_loads_that_the_un_spoke_of_come_out() {
    let passage = aleppo();
    let needed = |ration_kg: f64, ration_days: Value| {
        let un = json!({ "payload_tonnes": 15, "ration_kg": ration_kg, "handling_loss": 0, "ration_days": ration_days });
        asked(&passage, &un)["per_window"]["need"]["loads"].clone()
    };
    assert_close(&needed(0.25, json!(null)), 29.1667);
    assert_close(&needed(0.308_823_529, json!(null)), 36.0294);
    assert_close(&needed(0.25, json!(30)), 125.0);
}

#[test]
fn what_is_stored_for_the_area_is_used_and_what_is_sent_lies_over_it() {
    let passage = aleppo();
    let own = [
        "first_start",
        "from",
        "to",
        "people",
        "stock_person_days",
        "inflow_person_days_per_day",
        "confidence",
        "days",
    ];
    let mut logistics = request(&json!({}));
    for field in own {
        logistics.as_object_mut().unwrap().remove(field);
    }
    (logistics["area"], logistics["date"]) = (json!("SY-EAST-ALEPPO"), json!("2016-07-20"));
    logistics["code"] = json!("LO-OLD");
    logistics["docks"] = json!(1);
    passage.create("/api/v1/logistics", &logistics);
    (logistics["code"], logistics["date"], logistics["docks"]) =
        (json!("LO-NEW"), json!("2016-07-22"), json!(4));
    passage.create("/api/v1/logistics", &logistics);
    logistics["code"] = json!("LO-LATER");
    (logistics["date"], logistics["docks"]) = (json!("2016-07-27"), json!(9));
    passage.create("/api/v1/logistics", &logistics);

    let few =
        json!({ "first_start": "2016-07-28T06:00", "from": "2016-07-28", "to": "2016-07-30" });
    let answer = passage.post(PATH, &few).ok(200);
    assert_eq!(answer["loads"], 56, "the newest that held by then");
    let given = |answer: &Value, field: &str| {
        let rows = answer["logistics"].as_array().unwrap();
        rows.iter().find(|row| row["field"] == field).cloned().unwrap()
    };
    assert_eq!(given(&answer, "docks")["record"], "LO-NEW");
    assert_eq!(answer["honour_probability"], 0.6);
    let records = answer["records"].as_array().unwrap();
    assert!(records.iter().any(|r| r["href"] == "/api/v1/logistics/LO-NEW"));
    assert_eq!(answer["per_window"]["status"], "unknown_population");
    assert_eq!(answer["per_window"]["coverage"]["if_kept"]["best"], json!(null));

    let mut more = few.clone();
    more["docks"] = json!(5);
    let answer = passage.post(PATH, &more).ok(200);
    assert_eq!((&answer["loads"], &given(&answer, "docks")["from"]), (&json!(69), &json!("sent")));
}

#[test]
fn people_on_record_give_coverage_with_their_doubt() {
    let passage = aleppo();
    let count = json!({ "area": "SY-EAST-ALEPPO", "date": "2016-07-25", "metric": "residents",
        "people": { "low": 250_000, "high": 275_000 } });
    passage.create("/api/v1/populations", &count);
    let answer = asked(&passage, &json!({ "people": null }));
    let kept = &answer["per_window"]["coverage"]["if_kept"];
    assert_close(&kept["low"], 0.805);
    assert_close(&kept["high"], 0.885);
    assert_eq!(answer["people"]["people"]["from"], "records");
    let needed = &answer["plan"]["windows_needed"];
    assert_eq!((&needed["low"], &needed["high"]), (&json!(5), &json!(6)));
}

#[test]
fn several_windows_feed_each_until_the_next() {
    let passage = aleppo();
    let answer = asked(&passage, &json!({ "from": null, "to": null }));
    assert_eq!((answer["windows"].as_array().unwrap().len(), &answer["loads"]), (4, &json!(224)));
    let week = &answer["per_window"];
    assert_eq!((&week["cycle_days"], &week["loads"]), (&json!(7), &json!(56)));
    assert_close(&week["coverage"]["if_kept"]["best"], 0.8854);
}

#[test]
fn all_that_is_missing_is_listed_at_once() {
    let passage = aleppo();
    let problem = passage.post(PATH, &json!({ "docks": 4 })).problem(422, "invalid");
    let missing = [
        "trucks",
        "load_hours",
        "approach_hours",
        "inspection_hours",
        "lanes",
        "onward_hours",
        "unload_hours",
        "return_hours",
        "lead_hours",
        "buffer_hours",
        "open_hour",
        "close_hour",
    ];
    assert_eq!(problem.pointers(), missing.map(|field| format!("/{field}")));
    assert!(problem.at("/trucks").contains("no logistics are stored"));
}

#[test]
fn all_that_is_wrong_is_said_at_once_with_its_place() {
    let passage = aleppo();
    let wrong = json!({
        "trucks": -1, "docks": 1.5, "people": -5, "days": 0, "confidence": 2, "honour_probability": 2,
        "areas": ["SY-EAST-ALEPPO", "mars"], "handling_loss": "x", "speed": 5,
        "first_start": null, "windows": [{ "start": "2016-07-28T03:00:00Z", "end": "2016-07-28T03:00:00Z" }, { "start": "2016-07-28" }],
    });
    let answer = passage.post(PATH, &request(&wrong)).problem(422, "invalid");
    let pointers = answer.pointers();
    for pointer in [
        "/trucks",
        "/docks",
        "/people",
        "/days",
        "/confidence",
        "/areas/1",
        "/handling_loss",
        "/speed",
        "/windows/0/end",
        "/windows/1/start",
        "/windows/1/end",
    ] {
        assert!(pointers.contains(&pointer), "{pointer}: {pointers:?}");
    }
    let both =
        json!({ "windows": [{ "start": "2016-07-28T03:00:00Z", "end": "2016-07-28T09:00:00Z" }] });
    assert_eq!(
        passage.post(PATH, &request(&both)).problem(422, "invalid").pointers(),
        ["/first_start"]
    );
    assert_eq!(passage.post(PATH, &json!([])).problem(422, "invalid").pointers(), [""]);
    for start in ["2016-07-28", "0001-01-01T06:00", "2016-02-30T06:00", "Thursday"] {
        let answer = passage.post(PATH, &request(&json!({ "first_start": start })));
        assert_eq!(answer.problem(422, "invalid").pointers(), ["/first_start"], "{start}");
    }
}

#[test]
fn nothing_sensible_that_is_sent_breaks_it_and_no_number_is_infinite() {
    let passage = aleppo();
    for changes in [
        json!({ "lead_hours": 100 }),
        json!({ "trucks": 0 }),
        json!({ "lanes": 0, "docks": 0 }),
        json!({ "people": 0 }),
        json!({ "handling_loss": 1 }),
        json!({ "honour_probability": 0 }),
        json!({ "honour_probability": null }),
        json!({ "confidence": 1 }),
        json!({ "inflow_person_days_per_day": 1e9 }),
        json!({ "load_hours": 0, "approach_hours": 0, "onward_hours": 0, "return_hours": 0 }),
        json!({ "open_hour": 0, "close_hour": 24 }),
        json!({ "payload_tonnes": 0.001, "people": 1e11, "days": 3660 }),
        json!({ "from": "2190-01-01", "to": "2190-02-01" }),
        json!({ "first_start": "2200-12-31T06:00", "from": null, "to": null }),
    ] {
        let answer = passage.post(PATH, &request(&changes));
        assert!([200, 422].contains(&answer.status), "{changes}: {}", answer.text);
        if answer.status == 200 {
            let answer = answer.json();
            assert!(
                answer["sentence"].as_str().is_some_and(|text| text.ends_with('.')),
                "{changes}"
            );
            assert!(
                answer["status"].is_string() && answer["plan"]["status"].is_string(),
                "{changes}"
            );
        }
    }
}

#[test]
fn a_lead_longer_than_the_pause_says_so() {
    let passage = aleppo();
    let answer = asked(&passage, &json!({ "lead_hours": 60 }));
    assert_eq!((&answer["status"], &answer["loads"]), (&json!("window_too_short"), &json!(0)));
    assert!(answer["sentence"].as_str().unwrap().contains("60 hours before the first truck moves"));
    assert_eq!(answer["plan"]["status"], "never");
    assert_eq!(answer["plan"]["windows_needed"]["best"], json!(null));
}

#[test]
fn without_people_there_is_no_coverage_rather_than_a_full_one() {
    let passage = aleppo();
    let answer = asked(&passage, &json!({ "people": 0 }));
    assert_eq!(
        (&answer["status"], &answer["per_window"]["status"]),
        (&json!("ok"), &json!("no_need"))
    );
    assert_eq!(answer["per_window"]["coverage"]["if_kept"]["best"], json!(null));
    assert!(answer["sentence"].as_str().unwrap().contains("Nobody is there to be fed"));
}

#[test]
fn a_pause_without_start_says_what_to_send() {
    let passage = aleppo();
    let answer = asked(&passage, &json!({ "first_start": null, "from": null, "to": null }));
    assert_eq!((&answer["status"], &answer["times"]), (&json!("no_windows"), &json!("no_start")));
    assert!(answer["sentence"].as_str().unwrap().contains("send first_start or windows"));
    for field in ["loads", "tonnes", "person_days", "people_fed_for_days"] {
        assert_eq!(answer[field], json!(null), "{field}");
    }
    assert_eq!(answer["plan"]["coverage_ahead"]["best"], json!(null));
}

#[test]
fn windows_that_are_sent_take_the_place_of_the_record() {
    let passage = aleppo();
    let windows = json!([{ "start": "2016-07-28T03:00:00Z", "end": "2016-07-30T03:00:00Z" },
        { "start": "2016-07-28T03:00:00Z", "end": "2016-07-29T03:00:00Z" }]);
    let answer = asked(
        &passage,
        &json!({ "first_start": null, "from": null, "to": null, "windows": windows }),
    );
    assert_eq!((&answer["loads"], &answer["times"]), (&json!(56), &json!("sent")));
}

#[test]
fn of_a_pause_without_an_end_the_time_asked_for_counts() {
    let passage = aleppo();
    let open = json!({ "code": "open", "pause_type": "ceasefire", "start": "2015-09-22", "areas": ["SY-EAST-ALEPPO"] });
    passage.create("/api/v1/pauses", &open);
    let body = request(&json!({ "first_start": null, "from": "2016-07-28", "to": "2016-07-29" }));
    let answer = passage.post("/api/v1/pauses/open/throughput", &body).ok(200);
    assert_eq!((&answer["times"], &answer["windows"][0]["hours"]), (&json!("no_end"), &json!(48)));
    // One to three local days; but never those since 2015.
    assert!(answer["loads"].as_u64().unwrap() < 100, "{}", answer["loads"]);
}

#[test]
fn it_writes_nothing_and_other_methods_are_refused() {
    let passage = aleppo();
    let before = passage.counts("pauses");
    asked(&passage, &json!({}));
    assert_eq!(passage.counts("pauses"), before);
    let get = passage.with(&passage.viewer, Method::GET, PATH).answer();
    get.problem(405, "method_not_allowed");
    let nobody = passage.post("/api/v1/pauses/nothing/throughput", &request(&json!({})));
    nobody.problem(404, "not_found");
}
