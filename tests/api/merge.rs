//! Records that are the same: merged and not merged any more, suggested, and what figures make of it.
#![cfg(test)]

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Answer, Passage, Sends, area_at, arrival, rows};

/// Duma written down twice, each with a claim that it is besieged and a count of its people; a convoy to each.
fn twice() -> Passage {
    let passage = Passage::start();
    passage.create("/api/v1/areas", &area_at("duma", 36.4, 33.57));
    let other = json!({ "code": "douma", "names": { "en": "Douma" }, "aliases": ["Dumah"] });
    passage.create("/api/v1/areas", &other);
    for area in ["duma", "douma"] {
        passage.create("/api/v1/statuses", &json!({ "code": format!("st-{area}"), "area": area, "scheme": "un", "status": "besieged", "valid_from": "2016-01-01" }));
        passage.create("/api/v1/populations", &json!({ "code": format!("po-{area}"), "area": area, "date": "2016-07-01", "people": 140_000, "metric": "residents" }));
        let drop = json!({ "people_reached": 4_000, "trucks": 9 });
        passage
            .create("/api/v1/convoys", &arrival(&format!("cv-{area}"), area, "2016-07-10", &drop));
    }
    passage
}

fn merge(passage: &Passage, path: &str, into: &str) -> Value {
    let body = json!({ "into": into, "reason": "one town, two spellings" });
    ask(passage, &format!("/api/v1/{path}/merge"), &body).ok(200)
}

/// What an analyst asks: others may not merge.
fn ask(passage: &Passage, path: &str, body: &Value) -> Answer {
    passage.with(&passage.analyst, Method::POST, path).json(body).answer()
}

fn besieged(passage: &Passage) -> Value {
    let totals = passage.read("/api/v1/totals?by=scheme");
    totals["groups"][0].clone()
}

#[test]
fn two_areas_that_are_one_count_once_and_the_old_code_leads_to_the_other() {
    let passage = twice();
    assert_eq!(besieged(&passage)["areas"], 2, "{}", besieged(&passage));
    let gone = merge(&passage, "areas/douma", "duma");
    assert_eq!(
        (&gone["code"], &gone["withdrawn"], &gone["merged_into"]),
        (&json!("douma"), &json!(true), &json!("duma"))
    );
    let one = besieged(&passage);
    assert_eq!(one["areas"], 1, "{one}");
    assert_eq!(one["people"]["best"], 140_000, "{one}");
    assert_eq!(passage.read("/api/v1/areas/douma")["code"], "duma");
    assert_eq!(passage.codes("/api/v1/areas"), ["duma"]);
    assert_eq!(passage.codes("/api/v1/convoys?area=douma&sort=code"), ["cv-douma", "cv-duma"]);
    assert_eq!(passage.codes("/api/v1/convoys?area=duma&sort=code"), ["cv-douma", "cv-duma"]);
    let coverage =
        |code: &str| passage.read(&format!("/api/v1/coverage?area={code}"))["data"].clone();
    assert_eq!(coverage("douma"), coverage("duma"));
    assert_eq!(coverage("duma").as_array().unwrap().len(), 1);
    let outlook = passage.read("/api/v1/areas/douma/outlook");
    assert_eq!(outlook["area"], "duma", "{outlook}");
    let file = passage.get("/api/v1/convoys.csv?part=drops&limit=all");
    assert!(file.text.contains("cv-douma") && !file.text.contains(",douma"), "{}", file.text);
}

#[test]
fn both_histories_stay_and_what_was_known_before_is_as_it_was() {
    let passage = twice();
    let version = passage.read("/api/v1/changes?limit=1000")["next"].clone();
    let gone = merge(&passage, "areas/douma", "duma");
    let history = passage.read("/api/v1/areas/douma/history");
    let last = rows(&history).last().unwrap();
    assert_eq!(
        (&last["action"], &last["reason"]),
        (&json!("merge"), &json!("one town, two spellings"))
    );
    assert_eq!(last["changes"], json!([{ "field": "/merged_into", "from": null, "to": "duma" }]));
    assert_eq!(rows(&passage.read("/api/v1/areas/duma/history")).len(), 1);
    let id = gone["id"].as_str().unwrap();
    assert_eq!(passage.read(&format!("/api/v1/areas/{id}"))["merged_into"], "duma");
    let news = passage.read(&format!("/api/v1/changes?after={version}"));
    assert_eq!(rows(&news)[0]["action"], "merge");
}

#[test]
fn a_merge_is_undone_with_a_reason() {
    let passage = twice();
    let before = (besieged(&passage), passage.read("/api/v1/coverage")["data"].clone());
    merge(&passage, "areas/douma", "duma");
    assert_ne!(besieged(&passage), before.0);
    let back =
        ask(&passage, "/api/v1/areas/douma/unmerge", &json!({ "reason": "two towns after all" }));
    let back = back.ok(200);
    assert_eq!((&back["code"], &back["withdrawn"]), (&json!("douma"), &json!(false)));
    assert_eq!((besieged(&passage), passage.read("/api/v1/coverage")["data"].clone()), before);
    assert_eq!(passage.read("/api/v1/areas/douma")["code"], "douma");
    let again = ask(&passage, "/api/v1/areas/douma/unmerge", &json!({ "reason": "again" }));
    assert!(again.problem(422, "invalid").at("").contains("not merged"));
}

#[test]
fn what_is_merged_is_not_written_to_and_can_be_asked_for_again_under_its_key() {
    let passage = twice();
    let body = json!({ "into": "duma", "reason": "one town" });
    let send = || {
        let request = passage.with(&passage.analyst, Method::POST, "/api/v1/areas/douma/merge");
        request.header("Idempotency-Key", "once").json(&body).answer()
    };
    let first = send().ok(200);
    assert_eq!(send().ok(200), first);
    let again =
        ask(&passage, "/api/v1/areas/douma/merge", &json!({ "into": "duma", "reason": "x" }));
    let said = again.problem(422, "invalid").at("").to_owned();
    assert!(said.contains("douma was merged into duma already; undo that merge first"), "{said}");
    let id = first["id"].as_str().unwrap();
    let put = passage.put(
        &format!("/api/v1/areas/{id}"),
        &first["version"],
        &json!({ "code": "douma", "names": { "en": "Douma" } }),
    );
    assert!(put.problem(422, "invalid").at("/code").contains("merged into duma"));
    let withdraw = passage.post("/api/v1/areas/douma/withdraw", &json!({ "reason": "x" }));
    let said = withdraw.problem(422, "invalid").at("").to_owned();
    assert!(
        said.contains("douma was merged into duma"),
        "nobody withdraws the other by mistake: {said}"
    );
    // It may still be named by who has it in an old file.
    let named =
        json!({ "area": "douma", "date": "2016-07-02", "people": 1, "metric": "residents" });
    passage.create("/api/v1/populations", &named);
}

#[test]
fn everything_wrong_with_a_merge_is_said() {
    let passage = twice();
    let post = |body: Value| ask(&passage, "/api/v1/areas/douma/merge", &body);
    let empty = post(json!({ "to": "duma" })).problem(422, "invalid");
    assert_eq!(empty.pointers(), ["/into", "/reason", "/to"]);
    for (into, said) in [("nowhere", "there is no area nowhere"), ("douma", "another record")] {
        let refused = post(json!({ "into": into, "reason": "x" })).problem(422, "invalid");
        assert!(refused.at("/into").contains(said), "{into}: {}", refused.at("/into"));
    }
    merge(&passage, "areas/douma", "duma");
    passage.create("/api/v1/areas", &json!({ "code": "third", "names": { "en": "Third" } }));
    let chain =
        ask(&passage, "/api/v1/areas/third/merge", &json!({ "into": "douma", "reason": "x" }));
    assert!(chain.problem(422, "invalid").at("/into").contains("itself merged into duma"));
    let chain =
        ask(&passage, "/api/v1/areas/duma/merge", &json!({ "into": "third", "reason": "x" }));
    assert!(chain.problem(422, "invalid").at("/into").contains("douma is merged into duma"));
    ask(&passage, "/api/v1/statuses/st-duma/merge", &json!({ "into": "st-douma", "reason": "x" }))
        .problem(404, "not_found");
}

#[test]
fn who_may_not_know_of_both_merges_neither() {
    let passage = twice();
    let mut secret = json!({ "code": "secret", "names": { "en": "Secret" } });
    secret["sensitivity"] = json!("strictly_confidential");
    passage.admin(Method::POST, "/api/v1/areas", &secret).ok(201);
    let by = |token: &str, from: &str, into: &str| {
        let request = passage.with(token, Method::POST, &format!("/api/v1/areas/{from}/merge"));
        request.json(&json!({ "into": into, "reason": "x" })).answer()
    };
    let unknown = by(&passage.analyst, "douma", "secret").problem(422, "invalid");
    assert_eq!(unknown.at("/into"), "there is no area secret");
    by(&passage.analyst, "secret", "duma").problem(404, "not_found");
    by(&passage.coordinator, "douma", "duma").problem(403, "forbidden");
    let closed = by(&passage.admin, "douma", "secret").problem(422, "invalid");
    assert!(closed.at("/into").contains("fewer may see secret"), "{}", closed.at("/into"));
    by(&passage.admin, "secret", "duma").ok(200);
    assert_eq!(
        passage.with(&passage.viewer, Method::GET, "/api/v1/areas/secret").answer().status,
        404
    );
    assert_eq!(
        passage.with(&passage.admin, Method::GET, "/api/v1/areas/secret").answer().ok(200)["code"],
        "duma"
    );
}

#[test]
fn convoys_that_may_be_one_are_suggested_and_once_merged_are_not() {
    let passage = twice();
    merge(&passage, "areas/douma", "duma");
    let found = passage.read("/api/v1/duplicates?kind=convoy");
    let pair = &rows(&found)[0];
    assert_eq!(
        (&pair["one"], &pair["other"], &pair["score"]),
        (&json!("cv-douma"), &json!("cv-duma"), &json!(0.99))
    );
    assert_eq!(pair["reasons"], json!(["same_day", "same_areas", "same_trucks", "same_mode"]));
    assert_eq!(passage.read("/api/v1/duplicates?from=2016-07-11")["total"], 0);
    assert_eq!(passage.read("/api/v1/duplicates?area=douma&to=2016-07-10")["total"], 1);
    merge(&passage, "convoys/cv-douma", "cv-duma");
    assert_eq!(passage.read("/api/v1/duplicates?kind=convoy")["total"], 0);
    assert_eq!(passage.read("/api/v1/convoys/cv-douma")["code"], "cv-duma");
}

#[test]
fn counts_reports_and_places_are_suggested_too() {
    let passage = twice();
    assert_eq!(
        rows(&passage.read("/api/v1/duplicates?kind=area"))[0]["reasons"],
        json!(["same_name"])
    );
    for code in ["so-1", "so-2"] {
        passage.create("/api/v1/sources", &json!({ "code": code, "name": "Flash update", "publisher": "OCHA", "date": "2016-07-01" }));
    }
    assert_eq!(passage.read("/api/v1/duplicates?kind=source")["total"], 1);
    for code in ["po-1", "po-2"] {
        passage.create("/api/v1/populations", &json!({ "code": code, "area": "duma", "date": "2016-07-02", "people": 9, "metric": "in_need", "source": "so-1" }));
    }
    assert_eq!(rows(&passage.read("/api/v1/duplicates?kind=population"))[0]["score"], 0.98);
    let wrong = passage.get("/api/v1/duplicates?kind=party").problem(422, "invalid");
    assert!(wrong.at("kind").contains("must be one of convoy"), "{}", wrong.at("kind"));
}
