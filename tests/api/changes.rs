//! The change feed: what another system follows.
#![cfg(test)]

use serde_json::{Value, json};

use crate::harness::{NOW, Passage, area, codes, rows};

#[test]
fn the_feed_tells_every_change_once_and_in_order() {
    let passage = Passage::start();
    passage.create("/api/v1/areas", &json!([area("a"), area("b"), area("c")]));
    passage.put("/api/v1/areas/b", &json!(2), &json!({ "names": "B" })).ok(200);
    passage.post("/api/v1/areas/a/confirm", &json!({ "reason": "seen" })).ok(200);
    passage.post("/api/v1/areas/c/withdraw", &json!({ "reason": "twice" })).ok(200);
    let (mut after, mut seen) = (0, Vec::new());
    loop {
        let page = passage.read(&format!("/api/v1/changes?after={after}&limit=4"));
        let next = page["next"].as_i64().unwrap();
        seen.extend(
            rows(&page)
                .iter()
                .map(|row| (row["sequence"].clone(), row["action"].clone(), row["code"].clone())),
        );
        if next == after {
            break;
        }
        after = next;
    }
    let expected = [
        (1, "create", "a"),
        (2, "create", "b"),
        (3, "create", "c"),
        (4, "revise", "b"),
        (5, "confirm", "a"),
        (6, "withdraw", "c"),
    ];
    assert_eq!(
        seen,
        expected.map(|(sequence, action, code)| (json!(sequence), json!(action), json!(code)))
    );
}

#[test]
fn an_entry_says_who_did_what_when_and_to_which_record() {
    let passage = Passage::start();
    let made = passage.create("/api/v1/areas", &area("a"));
    let page = passage.read("/api/v1/changes");
    let entry = &rows(&page)[0];
    assert_eq!(
        (&entry["kind"], &entry["id"], &entry["learned_at"]),
        (&json!("area"), &made["id"], &json!(NOW))
    );
    assert_eq!(entry["recorded_at"], made["recorded_at"]);
    assert!(entry["actor"].as_str().unwrap().starts_with("Cora (psg_"), "{entry}");
    assert!(
        !entry.to_string().contains(passage.coordinator.split_once('.').unwrap().1),
        "no secret"
    );
}

#[test]
fn what_was_refused_is_no_change() {
    let passage = Passage::start();
    passage.post("/api/v1/areas", &json!([area("a"), { "names": 3 }])).problem(422, "invalid");
    passage
        .post("/api/v1/area_groups", &json!({ "names": "G", "areas": ["x"] }))
        .problem(422, "invalid");
    assert_eq!(passage.read("/api/v1/changes"), json!({ "data": [], "next": 0, "total": 0 }));
    passage.create("/api/v1/areas", &area("b"));
    assert_eq!(codes(&passage.read("/api/v1/changes")), ["b"]);
}

#[test]
fn beyond_the_end_there_is_nothing_and_one_stays_where_one_is() {
    let passage = Passage::start();
    passage.create("/api/v1/areas", &area("a"));
    for after in ["1", "99", "9223372036854775807"] {
        let page = passage.read(&format!("/api/v1/changes?after={after}"));
        assert_eq!(rows(&page), &[] as &[Value]);
        assert_eq!(page["next"].to_string(), after);
    }
    assert_eq!(codes(&passage.read("/api/v1/changes?after=-5")), ["a"]);
    passage.get("/api/v1/changes?after=9223372036854775808").problem(422, "invalid");
}
