//! Pauses: what each party answers, where one is broken, what sources say.
#![cfg(test)]

use serde_json::json;

use crate::harness::Passage;

fn with_pause() -> Passage {
    let passage = Passage::start();
    let parties = json!([{ "code": "gov", "names": "Government" }, { "code": "nsag", "names": "Armed groups" }]);
    passage.create("/api/v1/parties", &parties);
    let pause = json!({ "code": "p1", "pause_type": "requested", "announced_on": "2016-07-25", "parties": ["gov", "nsag"] });
    passage.create("/api/v1/pauses", &pause);
    passage
}

#[test]
fn each_party_answers_for_itself() {
    let passage = with_pause();
    let path = "/api/v1/pauses/p1/answers";
    passage.create(path, &json!({ "party": "gov", "answer": "agreed", "at": "2016-07-26" }));
    let made = passage.create(path, &json!({ "party": "nsag", "answer": "agreed_with_conditions", "conditions": "by road only" }));
    assert_eq!(made["answers"][0]["party"], "gov");
    assert_eq!(made["answers"][1]["conditions"], "by road only");
    assert_eq!(passage.codes("/api/v1/pauses?party=nsag"), ["p1"]);
}

#[test]
fn a_refusal_with_conditions_or_of_an_unknown_party_is_refused() {
    let passage = with_pause();
    let path = "/api/v1/pauses/p1/answers";
    let refusal = json!({ "party": "gov", "answer": "refused", "conditions": "x" });
    let problem = passage.post(path, &refusal).problem(422, "invalid");
    assert!(problem.at("").contains("agreed_with_conditions"), "{}", problem.0);
    let stranger = passage.post(path, &json!({ "party": "mars", "answer": "agreed" }));
    assert_eq!(stranger.problem(422, "invalid").at("/party"), "there is no party mars");
    let empty = passage.post(path, &json!({})).problem(422, "invalid");
    assert_eq!(empty.pointers(), ["/party", "/answer"]);
    assert_eq!(passage.read("/api/v1/pauses/p1")["answers"], json!([]));
}

#[test]
fn violations_and_accounts_are_added_to_a_pause() {
    let passage = with_pause();
    let violation = json!({ "at": "2016-07-26T10:00:00Z", "killed": 3, "terminal": true });
    let made = passage.create("/api/v1/pauses/p1/violations", &violation);
    assert_eq!(made["violations"][0]["at"], "2016-07-26T10:00:00Z");
    let made = passage.create(
        "/api/v1/pauses/p1/accounts",
        &json!({ "outcome": "violated", "start_local": "10:00" }),
    );
    assert_eq!(made["accounts"][0]["outcome"], "violated");
    let wrong = passage.post("/api/v1/pauses/p1/violations", &json!({ "killed": 3 }));
    assert_eq!(wrong.problem(422, "invalid").pointers(), ["/at"]);
}

#[test]
fn a_pause_of_unknown_start_and_open_ends_is_taken() {
    let passage = with_pause();
    let pause = json!({ "pause_type": "requested", "announced_on": "2016-07-25", "duration_hours": 48, "every_days": 7,
        "start_local": "24:00", "end_local": "sunset", "time_zone": "Asia/Damascus", "duration_mode": "nominal" });
    let made = passage.create("/api/v1/pauses", &pause);
    assert_eq!((&made["start"], &made["end_local"]), (&json!(null), &json!("sunset")));
}

#[test]
fn a_time_has_digits_and_no_signs() {
    let passage = with_pause();
    for time in ["+9:00", "09:+5", "-1:00", " 9:00", "９:00"] {
        let pause =
            json!({ "pause_type": "ceasefire", "start": "2016-07-26", "start_local": time });
        let problem = passage.post("/api/v1/pauses", &pause).problem(422, "invalid");
        assert_eq!(problem.pointers(), ["/start_local"], "{time}");
    }
}

#[test]
fn times_that_no_clock_shows_are_refused() {
    let passage = with_pause();
    let pause = json!({ "pause_type": "ceasefire", "start": "2016-07-26", "end": "2016-07-25", "every_days": 0,
        "start_local": "25:00", "end_local": "8:00", "time_zone": "Syria/Aleppo" });
    let problem = passage.post("/api/v1/pauses", &pause).problem(422, "invalid");
    assert_eq!(
        problem.pointers(),
        ["/end", "/start_local", "/end_local", "/time_zone", "/every_days"]
    );
    let when = passage.post("/api/v1/pauses", &json!({ "pause_type": "ceasefire" }));
    assert!(when.problem(422, "invalid").at("/announced_on").contains("when is it"));
}
