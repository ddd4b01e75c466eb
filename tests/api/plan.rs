//! Plans: who gets the next truck and why, kept, and held against what then happened.
#![cfg(test)]

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Passage, area, arrival, assert_close, rows};

/// Three towns whose people were counted: 1,000, 2,000 and 500.
fn towns() -> Passage {
    let passage = Passage::start();
    passage.create("/api/v1/areas", &json!([area("a"), area("b"), area("c")]));
    let count = |code: &str, people: u32| json!({ "area": code, "date": "2016-07-20", "people": people, "metric": "residents" });
    passage.create(
        "/api/v1/populations",
        &json!([count("a", 1_000), count("b", 2_000), count("c", 500)]),
    );
    passage
}

/// Loads of 1,000 person-days: a tonne at a kilogram a ration, and nothing is lost.
fn asked(windows: &Value) -> Value {
    let need =
        |code: &str, stock: u32| json!({ "area": code, "stock_person_days": stock, "loss": 0 });
    json!({ "date": "2016-07-27", "horizon_days": 14, "whole": false, "payload_tonnes": 1, "ration_kg": 1,
        "areas": [need("a", 0), need("b", 0), need("c", 4_000)], "windows": windows })
}

fn planned(passage: &Passage, request: &Value) -> Value {
    passage.post("/api/v1/plans", request).ok(200)
}

fn of_area<'p>(plan: &'p Value, list: &str, code: &str) -> &'p Value {
    let name = if list == "areas" { "id" } else { "area" };
    plan[list].as_array().unwrap().iter().find(|row| row[name] == code).unwrap()
}

#[test]
fn a_scarce_fleet_is_shared_so_that_the_worst_off_gain_first() {
    let passage = towns();
    let windows = json!([{ "at": "2016-07-27", "loads": 10 }, { "at": "2016-08-03", "loads": 10 }]);
    let plan = planned(&passage, &asked(&windows));
    assert_eq!(
        (&plan["status"], &plan["method"]),
        (&json!("planned"), &json!("nested_water_fill"))
    );
    assert_close(&plan["minimum_coverage"], 20.0 / 42.0);
    assert_close(&plan["unmet_person_days"], 25_000.0);
    assert_close(&of_area(&plan, "areas", "c")["coverage_before"], 4_000.0 / 7_000.0);
    assert_eq!(of_area(&plan, "areas", "c")["loads"], 0);
    let told = of_area(&plan, "told", "a");
    assert!(told["sentence"].as_str().unwrap().contains("coverage 48 % instead of 0 %"), "{told}");
    assert!(told["because"].as_str().unwrap().contains("no better off"), "{told}");
    assert_eq!(planned(&passage, &asked(&windows)), plan, "the same question has the same answer");
}

#[test]
fn whole_loads_docks_routes_hubs_and_access_are_kept_to() {
    let passage = towns();
    let mut request = asked(&json!([{ "at": "2016-07-27", "loads": 20 }]));
    request["whole"] = json!(true);
    request["areas"][0]["loads_per_window"] = json!(2);
    request["areas"][1]["route"] = json!("north");
    request["areas"][2]["access"] = json!(0);
    request["areas"][2]["stock_person_days"] = json!(0);
    request["routes"] = json!([{ "route": "north", "loads_per_window": 5 }]);
    let plan = planned(&passage, &request);
    let loads = |code: &str| of_area(&plan, "areas", code)["loads"].clone();
    assert_eq!((loads("a"), loads("b"), loads("c")), (json!(2), json!(5), json!(0)));
    let told = planned(
        &passage,
        &json!({ "date": "2016-07-27", "payload_tonnes": 1, "ration_kg": 1,
        "areas": [{ "area": "a" }, { "area": "b" }], "windows": [{ "at": "2016-07-27", "loads": 3 }] }),
    );
    assert!(told["told"].to_string().contains("would leave another area worse off"), "{told}");
    let because = |code: &str| of_area(&plan, "told", code)["because"].as_str().unwrap().to_owned();
    assert!(because("a").contains("cannot take more off trucks"), "{}", because("a"));
    assert!(because("b").contains("Route north"), "{}", because("b"));
    assert!(because("c").contains("No load can reach it"), "{}", because("c"));
    let mut hubs = asked(&json!([{ "at": "2016-07-27", "loads": 20 }]));
    hubs["supplies"] = json!([{ "commodity": "wheat_flour", "hub": "Mersin", "loads": 3 },
        { "commodity": "wheat_flour", "hub": "Damascus", "loads": 4, "areas": ["b"] }]);
    let plan = planned(&passage, &hubs);
    let deliveries: f64 =
        plan["areas"].as_array().unwrap().iter().map(|a| a["loads"].as_f64().unwrap()).sum();
    assert!(deliveries <= 7.0 + 1e-6, "{plan}");
    assert!(plan.to_string().contains("wheat_flour at Mersin"), "{plan}");
}

#[test]
fn what_is_not_sent_is_taken_from_the_records() {
    let passage = towns();
    let stock = json!({ "area": "a", "stock_type": "stock", "date": "2016-07-26T23:59:59Z", "person_days": 5_000 });
    passage.create("/api/v1/stocks", &stock);
    let request = json!({ "areas": [{ "area": "a" }, { "area": "b" }], "windows": [{ "at": "2016-07-30", "loads": 1 }] });
    let plan = passage.post("/api/v1/plans?as_of=2016-07-26", &request).ok(200);
    let input = |code: &str| of_area(&plan, "inputs", code).clone();
    assert_eq!(
        (&input("a")["people"], &input("a")["stock_from"]),
        (&json!(1_000), &json!("counted"))
    );
    let held = input("a")["stock_person_days"].as_f64().unwrap();
    assert!((held / (5_000.0 * 0.99 * 0.925) - 1.0).abs() < 1e-3, "{held}");
    assert_eq!(
        (&input("b")["stock_person_days"], &input("b")["stock_from"]),
        (&json!(0), &json!("deliveries_only"))
    );
    assert_eq!((&plan["whole"], &plan["horizon_days"]), (&json!(true), &json!(30)));
    assert!(plan["notes"].to_string().contains("counted what is in store in b"), "{plan}");
}

#[test]
fn nothing_to_share_and_nobody_to_share_it_with_is_said() {
    let passage = towns();
    let none = planned(&passage, &asked(&json!([])));
    assert_eq!((&none["status"], &none["minimum_coverage"]), (&json!("no_loads"), &json!(0)));
    let late = planned(&passage, &asked(&json!([{ "at": "2016-12-01", "loads": 9 }])));
    assert_eq!(late["status"], "no_loads");
    assert!(late["notes"].to_string().contains("after the horizon"), "{late}");
    let mut fed = asked(&json!([{ "at": "2016-07-27", "loads": 9 }]));
    for place in 0..3 {
        fed["areas"][place]["stock_person_days"] = json!(90_000);
    }
    assert_eq!(planned(&passage, &fed)["status"], "no_need");
    passage.create("/api/v1/areas", &area("uncounted"));
    let mut unknown = asked(&json!([{ "at": "2016-07-27", "loads": 9 }]));
    unknown["areas"] = json!([{ "area": "uncounted" }, { "area": "a" }]);
    let plan = planned(&passage, &unknown);
    assert_eq!(of_area(&plan, "areas", "uncounted")["why"]["reason"], "population_unknown");
    assert!(plan["notes"].to_string().contains("people of uncounted are not known"), "{plan}");
}

#[test]
fn what_is_wrong_with_a_request_is_said_all_at_once() {
    let passage = towns();
    let wrong = json!({ "areas": [{ "area": "nowhere" }, { "area": "a", "access": 2 }, { "area": "a" }],
        "windows": [{ "at": "2016-01-01", "loads": 3 }], "payload_tonnes": 0, "ration_kg": 1 });
    let problem = passage.post("/api/v1/plans", &wrong).problem(422, "invalid");
    for pointer in ["/areas/0/area", "/windows/0/at", "/payload_tonnes"] {
        assert!(problem.pointers().contains(&pointer), "{pointer}: {:?}", problem.pointers());
    }
    let shape = json!({ "areas": [{ "area": "a", "people": -5 }], "windows": [{ "at": "soon" }], "fairness": "luck", "x": 1 });
    let problem = passage.post("/api/v1/plans", &shape).problem(422, "invalid");
    assert!(problem.pointers().len() >= 5, "{:?}", problem.pointers());
    let mut twice = asked(&json!([{ "at": "2016-07-27", "loads": 9 }]));
    twice["areas"] = json!([{ "area": "a", "access": 2 }, { "area": "a" }]);
    let problem = passage.post("/api/v1/plans", &twice).problem(422, "invalid");
    assert_eq!(problem.pointers().len(), 2, "{:?}", problem.pointers());
    let mut water = asked(&json!([{ "at": "2016-07-27", "loads": 9 }]));
    water["supplies"] = json!([{ "commodity": "drinking_water" }, { "commodity": "moon dust" }]);
    water["horizon_days"] = json!(0);
    let problem = passage.post("/api/v1/plans", &water).problem(422, "invalid");
    assert_eq!(
        problem.pointers(),
        ["/horizon_days", "/supplies/0/commodity", "/supplies/1/commodity"]
    );
    let empty = passage.post("/api/v1/plans", &json!({}));
    assert_eq!(empty.problem(422, "invalid").pointers(), ["/areas"]);
}

#[test]
fn a_viewer_may_ask_for_a_plan_and_not_keep_it() {
    let passage = towns();
    let mut request = asked(&json!([{ "at": "2016-07-27", "loads": 9 }]));
    let post = |body: &Value| {
        passage
            .with(&passage.viewer, Method::POST, "/api/v1/plans")
            .json(body)
            .send()
            .unwrap()
            .status()
            .as_u16()
    };
    assert_eq!(post(&request), 200);
    request["save"] = json!(true);
    assert_eq!(post(&request), 403);
    assert_eq!(
        passage.anybody(Method::POST, "/api/v1/plans").json(&request).send().unwrap().status(),
        401
    );
}

#[test]
fn a_plan_that_is_kept_is_held_against_what_then_came() {
    let passage = towns();
    let mut request =
        asked(&json!([{ "at": "2016-07-27", "loads": 10 }, { "at": "2016-08-03", "loads": 10 }]));
    request["date"] = json!("2016-07-10");
    request["windows"] =
        json!([{ "at": "2016-07-10", "loads": 10 }, { "at": "2016-07-17", "loads": 10 }]);
    request["save"] = json!(true);
    request["code"] = json!("july");
    let kept = passage.post("/api/v1/plans", &request);
    assert_eq!(kept.header("location"), "/api/v1/plans/july");
    let kept = kept.ok(201);
    assert_close(&kept["minimum_coverage"], 20.0 / 42.0);
    assert_eq!(kept["areas"][0]["area"], "a");
    assert!(kept["areas"][0]["why"].as_str().unwrap().contains("no better off"));
    assert!(passage.get("/api/v1/plans.csv").text.contains("july"));
    let flour = json!({ "trucks": 7, "lines": [{ "commodity": "wheat_flour", "loaded": 600 }] });
    passage.create("/api/v1/convoys", &arrival("c1", "a", "2016-07-12", &flour));
    let outcome = passage.read("/api/v1/plans/july/outcome?as_of=2016-07-26");
    let a = &rows(&json!({ "data": outcome["areas"] }))[0].clone();
    assert_eq!((&outcome["is_over"], &a["convoys_arrived"]), (&json!(true), &json!(1)));
    assert_close(&a["planned_person_days"], 1_000.0 * 14.0 * 20.0 / 42.0);
    assert_close(&a["arrived_person_days"]["high"], 990.0);
    assert_eq!(a["trucks_arrived"]["best"], 7);
    let early = passage.read("/api/v1/plans/july/outcome?as_of=2016-07-11");
    assert_eq!(
        (&early["is_over"], &early["areas"][0]["convoys_arrived"]),
        (&json!(false), &json!(0))
    );
    passage.get("/api/v1/plans/none/outcome").problem(404, "not_found");
    // Before it begins nobody was fed by it, nor went hungry.
    request["date"] = json!("2016-07-28");
    request["windows"] = json!([{ "at": "2016-07-28", "loads": 10 }]);
    request["code"] = json!("next");
    passage.post("/api/v1/plans", &request).ok(201);
    let next = passage.read("/api/v1/plans/next/outcome");
    let unknown = json!({ "low": null, "best": null, "high": null });
    assert_eq!((&next["is_over"], &next["areas"][0]["coverage"]), (&json!(false), &unknown));
}

#[test]
fn the_same_key_keeps_one_plan() {
    let passage = towns();
    let mut request = asked(&json!([{ "at": "2016-07-27", "loads": 9 }]));
    request["save"] = json!(true);
    let send = || {
        passage
            .with(&passage.analyst, Method::POST, "/api/v1/plans")
            .header("Idempotency-Key", "k1")
            .json(&request)
            .send()
            .unwrap()
            .json::<Value>()
            .unwrap()
    };
    let (first, again) = (send(), send());
    assert_eq!(first["code"], again["code"]);
    assert_eq!(passage.read("/api/v1/plans")["total"], 1);
}
