//! An import is taken back in one step, or not at all.

use serde_json::{Value, json};

use super::{areas, file, import, post, send};
use crate::harness::{Answer, Passage, Sends};
use reqwest::Method;
use reqwest::blocking::multipart::Form;

fn undo(passage: &Passage, token: &str, import: &Value) -> Answer {
    let path = format!("/api/v1/imports/{}/undo", import["id"].as_str().unwrap());
    passage.with(token, Method::POST, &path).json(&json!({ "reason": "the wrong file" })).answer()
}

fn names(name: &str) -> Form {
    file(
        Form::new(),
        "areas.csv",
        format!("code,names_en,sensitivity\nold,{name},public\nnew,New,public\n"),
    )
}

#[test]
fn an_import_is_taken_back_whole_and_can_be_brought_again() {
    let passage = Passage::start();
    let old = json!({ "code": "old", "names": { "en": "Old" }, "sensitivity": "public" });
    passage.create("/api/v1/areas", &old);
    let done = import(&passage, names("Changed")).ok(201);
    let undone = undo(&passage, &passage.coordinator, &done).ok(200);
    assert_eq!(undone["state"], "undone");
    assert_eq!(undone["undone"]["reason"], "the wrong file");
    assert!(undone["undone"]["by"].as_str().unwrap().starts_with("Cora"), "{undone}");
    assert_eq!(passage.read("/api/v1/areas/old")["names"]["en"], "Old");
    assert_eq!(passage.codes("/api/v1/areas"), ["old"]);
    let history = passage.read("/api/v1/areas/new/history");
    assert_eq!(history["data"][1]["action"], "withdraw");
    assert_eq!(history["data"][1]["reason"], "the wrong file");
    let twice = undo(&passage, &passage.coordinator, &done).ok(200);
    assert_eq!(twice, undone, "twice does no more than once");
    let again = import(&passage, names("Right")).ok(201);
    assert_eq!((&again["files"][0]["new"], &again["files"][0]["changed"]), (&json!(1), &json!(1)));
    assert_eq!(passage.codes("/api/v1/areas?sort=code"), ["new", "old"], "it is there again");
}

#[test]
fn what_was_changed_since_is_named_and_nothing_is_taken_back() {
    let passage = Passage::start();
    let done = import(&passage, areas(&["a", "b"])).ok(201);
    let body = json!({ "code": "a", "names": { "en": "Corrected" }, "sensitivity": "public" });
    passage.put("/api/v1/areas/a", &json!(1), &body).ok(200);
    let problem = undo(&passage, &passage.coordinator, &done).problem(409, "changed_since");
    assert_eq!(problem.pointers(), ["/areas/a"]);
    assert!(problem.at("/areas/a").contains("Cora"), "{}", problem.0);
    assert_eq!(passage.codes("/api/v1/areas?sort=code"), ["a", "b"]);
}

#[test]
fn only_what_is_in_is_taken_back_and_only_by_who_may_change_all_of_it() {
    let passage = Passage::start();
    let tried = import(&passage, areas(&["a"]).text("dry_run", "true")).ok(201);
    undo(&passage, &passage.coordinator, &tried).problem(409, "not_committed");
    post(&passage, &passage.coordinator, &tried, "undo").problem(415, "unsupported_media_type");
    let done = import(&passage, areas(&["b"])).ok(201);
    undo(&passage, &passage.partner, &done).problem(403, "partly_hidden");
    undo(&passage, &passage.viewer, &done).problem(403, "forbidden");
    undo(&passage, &passage.coordinator, &json!({ "id": "x" })).problem(404, "not_found");
    let own = send(&passage, &passage.partner, areas(&["mine"])).ok(201);
    undo(&passage, &passage.partner, &own).ok(200);
    assert_eq!(passage.codes("/api/v1/areas"), ["b"]);
}
