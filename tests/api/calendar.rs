//! Pauses as a calendar that programs subscribe to: what a reader may see of them, as of a day.
#![cfg(test)]

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::Passage;

fn with_pauses() -> Passage {
    let passage = Passage::start();
    let area = json!({ "code": "town", "names": { "en": "Town", "ar": "البلدة" }, "time_zone": "Asia/Damascus" });
    passage.create("/api/v1/areas", &area);
    passage.create("/api/v1/parties", &json!({ "code": "gov", "names": "Government" }));
    passage.create("/api/v1/pauses", &pause("open", &json!({ "sensitivity": "public" })));
    passage.create("/api/v1/pauses", &pause("hidden", &json!({ "sensitivity": "confidential" })));
    passage
}

fn pause(code: &str, fields: &Value) -> Value {
    let mut pause = json!({ "code": code, "title": format!("Pause {code}"), "pause_type": "requested",
        "announced_on": "2016-07-01", "start": "2016-07-28", "start_local": "10:00", "duration_hours": 48,
        "every_days": 7, "parties": ["gov"], "areas": ["town"] });
    for (name, value) in fields.as_object().unwrap() {
        pause[name] = value.clone();
    }
    pause
}

#[test]
fn a_reader_gets_the_pauses_that_it_may_know_of() {
    let passage = with_pauses();
    let path = "/api/v1/pauses.ics";
    let sent = passage.with(&passage.viewer, Method::GET, path).send().unwrap();
    assert_eq!(sent.status(), 200);
    assert_eq!(sent.headers()["Content-Type"], "text/calendar; charset=utf-8");
    let text = sent.text().unwrap();
    assert!(text.contains("SUMMARY:Pause open (not agreed)\r\n"), "{text}");
    assert!(
        text.contains("CLASS:PUBLIC\r\n") && text.contains("LOCATION:Town (البلدة)\r\n"),
        "{text}"
    );
    assert!(!text.contains("hidden") && text.contains("1 shown"), "{text}");
    let all = passage.get(path).text;
    assert!(all.contains("Pause hidden") && all.contains("CLASS:CONFIDENTIAL"), "{all}");
}

#[test]
fn who_has_the_calendar_already_is_told_so_until_it_changes() {
    let passage = with_pauses();
    let path = "/api/v1/pauses.ics";
    let ask = |tag: &str| {
        let request = passage.with(&passage.coordinator, Method::GET, path);
        request.header("If-None-Match", tag).send().unwrap()
    };
    let tag = ask("\"none\"").headers()["ETag"].to_str().unwrap().to_owned();
    assert_eq!(ask(&tag).status(), 304);
    let answer = json!({ "party": "gov", "answer": "agreed", "at": "2016-07-26" });
    passage.create("/api/v1/pauses/open/answers", &answer);
    let after = ask(&tag);
    assert_eq!(after.status(), 200);
    let text = after.text().unwrap();
    assert!(text.contains("STATUS:CONFIRMED\r\n"), "{text}");
}

#[test]
fn a_calendar_of_the_past_is_as_it_was_then() {
    let passage = with_pauses();
    let path = "/api/v1/pauses.ics";
    let before = passage.get(&format!("{path}?as_of=2016-06-30")).text;
    assert!(before.contains("0 shown") && !before.contains("BEGIN:VEVENT"), "{before}");
    let unknown = passage.get(&format!("{path}?known_at=2016-06-30")).text;
    assert!(unknown.contains("0 shown"), "{unknown}");
    passage.get(&format!("{path}?form=csv")).problem(422, "invalid");
}
