//! Rules about convoys on the road and inside, and about the pauses that they move in.

use serde_json::{Value, json};

use super::{found, none, one, quiet};
use crate::harness::Passage;

/// A convoy to Duma with these events.
fn convoy(passage: &Passage, events: &Value) {
    let convoy = json!({ "code": "c1", "mode": "cross_line", "date": "2016-07-20", "drops": [{ "areas": ["duma"] }], "events": events });
    passage.create("/api/v1/convoys", &convoy);
}

fn pause(passage: &Passage, pause: &Value) {
    let mut whole = json!({ "code": "p1", "title": "Eid", "pause_type": "ceasefire", "start": "2016-07-25", "areas": ["duma"] });
    for (name, value) in pause.as_object().unwrap() {
        whole[name] = value.clone();
    }
    passage.create("/api/v1/pauses", &whole);
}

#[test]
fn nothing_is_heard_of_a_convoy_for_four_hours() {
    for (stage, at, raised) in [
        ("departed", "2016-07-26T20:10:00Z", false),
        ("departed", "2016-07-26T19:50:00Z", true),
        ("at_checkpoint", "2016-07-26T19:50:00Z", true),
        ("departed", "2016-07-26", false),
        ("departed", "2016-07-25", true),
        ("entered", "2016-07-25", false),
        ("departed", "2016-06-20", false),
    ] {
        let passage = quiet();
        convoy(&passage, &json!([{ "stage": stage, "at": at }]));
        if !raised {
            none(&passage, "convoy_stalled");
            continue;
        }
        let alert = one(&passage, "convoy_stalled", "high");
        assert_eq!(
            (&alert["areas"], &alert["numbers"]["stage"]),
            (&json!(["duma"]), &json!(stage))
        );
        let waits = json!({ "event_type": "delay", "at": "2016-07-26T22:00:00Z" });
        passage.create("/api/v1/convoys/c1/events", &waits);
        none(&passage, "convoy_stalled");
    }
}

#[test]
fn a_convoy_known_to_have_left_in_july_is_not_stuck_in_july() {
    let passage = quiet();
    let convoy = json!({ "code": "c1", "mode": "cross_line", "date": "2016-07-01", "date_precision": "month",
        "drops": [{ "areas": ["duma"] }], "events": [{ "stage": "departed", "at": "2016-07-01" }] });
    passage.create("/api/v1/convoys", &convoy);
    none(&passage, "convoy_stalled");
}

#[test]
fn a_convoy_without_news_in_the_last_hours_of_a_pause_is_critical() {
    for (end, severity) in [
        ("2016-07-27T06:30:00Z", "high"),
        ("2016-07-27T05:30:00Z", "critical"),
        ("2016-07-26T22:00:00Z", "high"),
    ] {
        let passage = quiet();
        pause(&passage, &json!({ "end": end }));
        convoy(&passage, &json!([{ "stage": "departed", "at": "2016-07-26T12:00:00Z" }]));
        let alert = one(&passage, "convoy_stalled", severity);
        let rests_on_pause =
            alert["records"].as_array().unwrap().iter().any(|r| r["kind"] == "pause");
        assert_eq!(rests_on_pause, severity == "critical", "{alert}");
    }
}

#[test]
fn a_pause_ends_with_a_convoy_inside() {
    for (end, stage, at, raised) in [
        ("2016-07-27T01:50:00Z", "entered", "2016-07-26", true),
        ("2016-07-27T01:50:00Z", "offloaded", "2016-07-26", true),
        ("2016-07-27T01:50:00Z", "offloaded", "2016-07-24", false),
        ("2016-07-27T01:50:00Z", "completed", "2016-07-26", false),
        ("2016-07-27T01:50:00Z", "departed", "2016-07-26", false),
        ("2016-07-27T02:10:00Z", "entered", "2016-07-26", false),
        ("2016-07-26T22:00:00Z", "entered", "2016-07-26", false),
    ] {
        let passage = quiet();
        pause(&passage, &json!({ "end": end }));
        convoy(&passage, &json!([{ "stage": stage, "at": at }]));
        if raised {
            let alert = one(&passage, "pause_ending", "critical");
            assert_eq!(alert["numbers"]["convoys_inside"], 1);
            assert_eq!(alert["key"], "pause_ending/p1");
        } else {
            none(&passage, "pause_ending");
        }
    }
}

#[test]
fn a_long_way_out_makes_a_pause_end_earlier() {
    let passage = quiet();
    pause(&passage, &json!({ "end": "2016-07-27T03:00:00Z" }));
    convoy(&passage, &json!([{ "stage": "entered", "at": "2016-07-26" }]));
    none(&passage, "pause_ending");
    let way =
        json!({ "area": "duma", "date": "2016-07-01", "onward_hours": 1.0, "return_hours": 2.5 });
    passage.create("/api/v1/logistics", &way);
    let alert = one(&passage, "pause_ending", "critical");
    assert_eq!(alert["numbers"]["exit_hours"], 3.5);
}

#[test]
fn a_pause_without_an_end_that_is_broken_refused_or_made_longer_does_not_end_soon() {
    let soon = "2016-07-27T01:00:00Z";
    for (own, raised) in [
        (json!({ "end": soon }), true),
        (json!({}), false),
        (json!({ "end": soon, "violations": [{ "at": "2016-07-26", "terminal": true }] }), false),
        (json!({ "end": soon, "pause_type": "requested", "announced_on": "2016-07-20" }), false),
        (json!({ "end": soon, "areas": [] }), false),
    ] {
        let passage = quiet();
        pause(&passage, &own);
        convoy(&passage, &json!([{ "stage": "entered", "at": "2016-07-26" }]));
        assert_eq!(found(&passage, "pause_ending").len(), usize::from(raised), "{own}");
    }
    let passage = quiet();
    pause(&passage, &json!({ "end": soon }));
    convoy(&passage, &json!([{ "stage": "entered", "at": "2016-07-26" }]));
    one(&passage, "pause_ending", "critical");
    let longer = json!({ "code": "p2", "pause_type": "ceasefire", "start": soon, "announced_on": "2016-07-26",
        "end": "2016-07-29", "extends": "p1", "areas": ["duma"] });
    passage.create("/api/v1/pauses", &longer);
    none(&passage, "pause_ending");
}

#[test]
fn a_pause_of_some_hours_each_day_ends_each_day() {
    for (hours, raised) in [(3.0, false), (14.5, true), (16.5, false)] {
        let passage = quiet();
        let daily =
            json!({ "start": "2016-07-20T11:00:00Z", "every_days": 1, "duration_hours": hours });
        pause(&passage, &daily);
        convoy(&passage, &json!([{ "stage": "entered", "at": "2016-07-26" }]));
        assert_eq!(found(&passage, "pause_ending").len(), usize::from(raised), "{hours}");
    }
}
