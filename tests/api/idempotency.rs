//! A request that may be sent again: the same answer, and done once.
#![cfg(test)]

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Answer, Passage, Sends, area, rows};

fn keyed(passage: &Passage, token: &str, path: &str, key: &str, body: &Value) -> Answer {
    passage.with(token, Method::POST, path).header("Idempotency-Key", key).json(body).answer()
}

#[test]
fn the_same_request_again_gets_the_same_answer_and_is_done_once() {
    let passage = Passage::start();
    let post =
        |key: &str, body: &Value| keyed(&passage, &passage.coordinator, "/api/v1/areas", key, body);
    let first = post("k1", &json!({ "names": "Duma" })).ok(201);
    // What became of the record since does not change the answer.
    let code = first["code"].as_str().unwrap();
    passage
        .put(&format!("/api/v1/areas/{code}"), &first["version"], &json!({ "names": "Douma" }))
        .ok(200);
    let again = post("k1", &json!({ "names": "Duma" }));
    assert_eq!(again.header("ETag"), "\"1\"");
    let again = again.ok(201);
    assert_eq!((&again["code"], &again["names"]), (&first["code"], &first["names"]));
    let batch = json!([area("a"), area("b")]);
    let first = post("k2", &batch).ok(201);
    assert_eq!(post("k2", &batch).ok(201), first);
    assert_eq!(passage.counts("areas"), (3, 4));
}

#[test]
fn another_request_under_the_same_key_is_refused() {
    let passage = Passage::start();
    let post = |path: &str, body: &Value| keyed(&passage, &passage.coordinator, path, "k", body);
    post("/api/v1/areas", &area("a")).ok(201);
    post("/api/v1/areas", &area("b")).problem(422, "idempotency_key_reused");
    post("/api/v1/area_groups", &area("a")).problem(422, "idempotency_key_reused");
    assert_eq!(passage.codes("/api/v1/areas"), ["a"]);
    assert_eq!(passage.counts("area_groups"), (0, 1));
    // Keys are each one's own.
    keyed(&passage, &passage.admin, "/api/v1/areas", "k", &area("b")).ok(201);
}

#[test]
fn a_refused_request_does_not_use_its_key_up() {
    let passage = Passage::start();
    let post = |body: &Value| keyed(&passage, &passage.coordinator, "/api/v1/areas", "k", body);
    post(&json!({ "names": 7 })).problem(422, "invalid");
    post(&area("a")).ok(201);
}

#[test]
fn fifty_of_the_same_at_once_make_one_record() {
    let passage = Passage::start();
    let bodies: Vec<Value> = std::thread::scope(|scope| {
        let posts: Vec<_> = (0..50)
            .map(|_| {
                scope.spawn(|| {
                    keyed(
                        &passage,
                        &passage.coordinator,
                        "/api/v1/areas",
                        "k",
                        &json!({ "names": "Duma" }),
                    )
                    .ok(201)
                })
            })
            .collect();
        posts.into_iter().map(|post| post.join().unwrap()).collect()
    });
    assert!(bodies.iter().all(|body| *body == bodies[0]));
    assert_eq!(passage.counts("areas"), (1, 1));
}

#[test]
fn a_move_that_is_sent_again_gets_the_same_answer() {
    let passage = Passage::start();
    passage.create(
        "/api/v1/convoys",
        &json!({ "code": "c1", "mode": "cross_line", "date": "2016-07-01" }),
    );
    let event = json!({ "stage": "approved", "at": "2016-07-02" });
    let post = || keyed(&passage, &passage.coordinator, "/api/v1/convoys/c1/events", "k", &event);
    let first = post().ok(201);
    assert_eq!(post().ok(201), first);
    assert_eq!(passage.read("/api/v1/convoys/c1")["events"].as_array().unwrap().len(), 1);
}

#[test]
fn twenty_of_the_same_move_at_once_are_one_move() {
    let passage = Passage::start();
    passage.create(
        "/api/v1/convoys",
        &json!({ "code": "c1", "mode": "cross_line", "date": "2016-07-01" }),
    );
    let event = json!({ "stage": "approved", "at": "2016-07-02" });
    std::thread::scope(|scope| {
        for _ in 0..20 {
            scope.spawn(|| {
                keyed(&passage, &passage.coordinator, "/api/v1/convoys/c1/events", "k", &event)
                    .ok(201)
            });
        }
    });
    assert_eq!(passage.read("/api/v1/convoys/c1/history")["total"], 2);
}

#[test]
fn accounts_withdrawals_and_confirmations_can_be_sent_again_too() {
    let passage = Passage::start();
    passage.create(
        "/api/v1/convoys",
        &json!({ "code": "c1", "mode": "cross_line", "date": "2016-07-01" }),
    );
    for (part, body) in [
        ("accounts", json!({ "trucks": 3 })),
        ("confirm", json!({ "reason": "seen" })),
        ("withdraw", json!({ "reason": "twice" })),
    ] {
        let post = || {
            keyed(&passage, &passage.analyst, &format!("/api/v1/convoys/c1/{part}"), part, &body)
        };
        let first = post();
        let again = post();
        assert_eq!((first.status, &first.text), (again.status, &again.text), "{part}");
        assert!(first.status < 300, "{part}: {}", first.text);
    }
    assert_eq!(passage.read("/api/v1/convoys/c1/history")["total"], 4);
}

#[test]
fn a_put_that_is_sent_again_under_its_key_gets_the_same_answer() {
    // The description of the API offers the header on PUT.
    let passage = Passage::start();
    passage.create("/api/v1/areas", &area("a"));
    let put = || {
        let request = passage.with(&passage.coordinator, Method::PUT, "/api/v1/areas/a");
        request
            .header("If-Match", "\"1\"")
            .header("Idempotency-Key", "k")
            .json(&json!({ "names": "A" }))
            .answer()
    };
    let first = put().ok(200);
    assert_eq!(put().ok(200), first);
}

#[test]
fn a_key_has_one_to_two_hundred_visible_characters() {
    let passage = Passage::start();
    let post = |key: &str| {
        keyed(&passage, &passage.coordinator, "/api/v1/areas", key, &json!({ "names": "A" }))
    };
    for key in ["", "a\tb", &"k".repeat(201)] {
        let problem = post(key).problem(422, "invalid");
        assert!(problem.at("Idempotency-Key").contains("1 to 200"), "{}", problem.0);
    }
    post(&"k".repeat(200)).ok(201);
    post("a b").ok(201);
    assert_eq!(rows(&passage.read("/api/v1/areas")).len(), 2);
}
