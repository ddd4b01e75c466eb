//! Alerts: each rule raised by the least that raises it, and not by a little less.
#![cfg(test)]

mod confirm;
mod model;
mod off;
mod on_the_road;

use serde_json::{Value, json};

use crate::harness::{Passage, area, arrival, assert_close, rows};

/// A server with Duma, of which nothing more is known.
fn quiet() -> Passage {
    let passage = Passage::start();
    passage.create("/api/v1/areas", &area("duma"));
    passage
}

fn besieged(code: &str, since: &str) -> Value {
    json!({ "code": code, "area": "duma", "scheme": "un", "status": "besieged", "valid_from": since })
}

fn people(code: &str, date: &str, count: impl Into<Value>, by: &str) -> Value {
    let count = count.into();
    json!({ "code": code, "area": "duma", "date": date, "people": count, "metric": "residents", "estimated_by": by })
}

/// What a rule found.
fn found(passage: &Passage, rule: &str) -> Vec<Value> {
    found_as(passage, rule, "")
}

fn found_as(passage: &Passage, rule: &str, query: &str) -> Vec<Value> {
    rows(&passage.read(&format!("/api/v1/alerts?rule={rule}{query}"))).to_vec()
}

/// The one thing that a rule found, with this severity.
#[track_caller]
fn one(passage: &Passage, rule: &str, severity: &str) -> Value {
    let mut found = found(passage, rule);
    assert_eq!(found.len(), 1, "{found:?}");
    let alert = found.remove(0);
    assert_eq!(alert["severity"], severity, "{alert}");
    assert!(alert["text"].as_str().is_some_and(|text| text.ends_with('.')), "{alert}");
    alert
}

#[track_caller]
fn none(passage: &Passage, rule: &str) {
    let found = found(passage, rule);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn nothing_has_arrived_for_thirty_days() {
    for (day, severity) in [
        ("2016-06-27", ""),
        ("2016-06-26", "high"),
        ("2016-04-28", "high"),
        ("2016-04-27", "critical"),
    ] {
        let passage = quiet();
        passage.create("/api/v1/statuses", &besieged("s1", "2016-01-01"));
        passage.create("/api/v1/convoys", &arrival("c1", "duma", day, &json!({})));
        if severity.is_empty() {
            none(&passage, "no_delivery");
            continue;
        }
        let alert = one(&passage, "no_delivery", severity);
        assert_eq!(
            (&alert["subject"]["code"], &alert["numbers"]["threshold_days"]),
            (&json!("duma"), &json!(30))
        );
        let records: Vec<&Value> =
            alert["records"].as_array().unwrap().iter().map(|r| &r["href"]).collect();
        assert_eq!(records, ["/api/v1/convoys/c1", "/api/v1/statuses/s1"]);
    }
}

#[test]
fn nothing_ever_arrived_where_a_siege_has_lasted_thirty_days() {
    let passage = quiet();
    passage.create("/api/v1/statuses", &besieged("s1", "2016-06-28"));
    none(&passage, "no_delivery");
    let passage = quiet();
    passage.create("/api/v1/statuses", &besieged("s1", "2016-06-20"));
    let alert = one(&passage, "no_delivery", "high");
    assert!(alert["text"].as_str().unwrap().contains("ever arrived"), "{alert}");
    assert_eq!(alert["numbers"]["days_since_last_delivery"], Value::Null);
}

#[test]
fn an_area_that_is_not_cut_off_needs_no_convoy() {
    let passage = quiet();
    passage.create("/api/v1/convoys", &arrival("c1", "duma", "2016-01-01", &json!({})));
    none(&passage, "no_delivery");
    passage.create("/api/v1/statuses", &besieged("s1", "2016-01-01"));
    one(&passage, "no_delivery", "critical");
    let delisted = json!({ "code": "s2", "area": "duma", "scheme": "un", "status": "delisted", "valid_from": "2016-07-01" });
    passage.create("/api/v1/statuses", &delisted);
    none(&passage, "no_delivery");
    assert_eq!(found_as(&passage, "no_delivery", "&as_of=2016-06-30").len(), 1);
}

#[test]
fn what_arrived_meets_too_little_of_the_need() {
    // 1,000 people need 30,000 person-days; of what arrives 84 to 99 % are eaten. 0.6 kg of flour are one person-day.
    for (person_days, severity) in [
        (17_900, ""),
        (17_800, "medium"),
        (15_200, "medium"),
        (15_100, "high"),
        (7_600, "high"),
        (7_500, "critical"),
    ] {
        let passage = quiet();
        passage.create("/api/v1/statuses", &besieged("s1", "2016-07-01"));
        passage.create("/api/v1/populations", &people("p1", "2016-07-20", 1_000, "un"));
        passage.create("/api/v1/stocks", &nothing_in_store());
        let lines = json!({ "lines": [{ "commodity": "wheat_flour", "loaded": f64::from(person_days) * 0.6 }] });
        passage.create("/api/v1/convoys", &arrival("c1", "duma", "2016-06-27", &lines));
        if severity.is_empty() {
            none(&passage, "low_coverage");
        } else {
            let alert = one(&passage, "low_coverage", severity);
            assert_close(
                &alert["numbers"]["coverage_high"],
                f64::from(person_days) * 0.99 / 30_000.0,
            );
        }
    }
}

/// Somebody looked, and the stores were empty.
fn nothing_in_store() -> Value {
    json!({ "area": "duma", "stock_type": "stock", "date": "2016-06-20", "person_days": 0 })
}

#[test]
fn food_that_nobody_knows_of_raises_no_false_alarm() {
    let passage = quiet();
    passage.create("/api/v1/statuses", &besieged("s1", "2016-07-01"));
    none(&passage, "low_coverage");
    passage.create("/api/v1/populations", &people("p1", "2016-07-20", 1_000, "un"));
    one(&passage, "low_coverage", "medium");
    passage.create("/api/v1/stocks", &nothing_in_store());
    one(&passage, "low_coverage", "critical");
    passage.create(
        "/api/v1/convoys",
        &arrival("c1", "duma", "2016-07-20", &json!({ "cargo": "food" })),
    );
    // However much it was, it cannot have fed anybody before it came.
    one(&passage, "low_coverage", "critical");
    passage.create(
        "/api/v1/convoys",
        &arrival("c2", "duma", "2016-06-28", &json!({ "cargo": "food" })),
    );
    one(&passage, "low_coverage", "medium");
}

#[test]
fn a_convoy_has_not_arrived_when_it_should_have() {
    for (eta, severity) in [
        ("2016-07-26T18:10:00Z", ""),
        ("2016-07-26T17:50:00Z", "medium"),
        ("2016-07-26T00:10:00Z", "medium"),
        ("2016-07-25T23:50:00Z", "high"),
    ] {
        let passage = quiet();
        let convoy = json!({ "code": "c1", "mode": "cross_line", "eta": eta, "drops": [{ "areas": ["duma"] }],
            "events": [{ "stage": "departed", "at": "2016-07-25" }] });
        passage.create("/api/v1/convoys", &convoy);
        if severity.is_empty() {
            none(&passage, "convoy_overdue");
            continue;
        }
        assert_eq!(one(&passage, "convoy_overdue", severity)["areas"], json!(["duma"]));
        for (stage, raised) in [("at_checkpoint", 1), ("postponed", 0)] {
            passage.create(
                "/api/v1/convoys/c1/events",
                &json!({ "stage": stage, "at": "2016-07-26" }),
            );
            assert_eq!(found(&passage, "convoy_overdue").len(), raised, "{stage}");
        }
    }
}

#[test]
fn a_convoy_was_denied_or_turned_back() {
    for (stage, day, raised) in [
        ("denied", "2016-07-20", true),
        ("turned_back", "2016-07-26", true),
        ("denied", "2016-06-20", false),
        ("approved", "2016-07-20", false),
    ] {
        let passage = quiet();
        let convoy = json!({ "code": "c1", "mode": "cross_line", "date": day, "events": [{ "stage": stage, "at": day }] });
        passage.create("/api/v1/convoys", &convoy);
        if !raised {
            none(&passage, "convoy_denied");
            continue;
        }
        assert_eq!(one(&passage, "convoy_denied", "high")["numbers"]["stage"], stage);
        passage.create(
            "/api/v1/convoys/c1/events",
            &json!({ "stage": "approved", "at": "2016-07-26" }),
        );
        none(&passage, "convoy_denied");
    }
}

#[test]
fn a_convoy_was_attacked() {
    for stage in ["attacked", "looted"] {
        let passage = quiet();
        let convoy = json!({ "code": "c1", "mode": "cross_line", "date": "2016-07-20",
            "events": [{ "stage": "departed", "at": "2016-07-20" }] });
        passage.create("/api/v1/convoys", &convoy);
        none(&passage, "convoy_attacked");
        passage.create("/api/v1/convoys/c1/events", &json!({ "stage": stage, "at": "2016-07-21" }));
        // Who went on and arrived was attacked all the same.
        passage.create(
            "/api/v1/convoys/c1/events",
            &json!({ "stage": "offloaded", "at": "2016-07-22" }),
        );
        one(&passage, "convoy_attacked", "critical");
        assert!(found_as(&passage, "convoy_attacked", "&as_of=2016-07-20").is_empty());
    }
    let passage = quiet();
    for (kind, day, raised) in [
        ("shelling", "2016-07-20", 0),
        ("convoy_fired_on", "2016-06-01", 0),
        ("aid_worker_attacked", "2016-07-20", 0),
        ("convoy_fired_on", "2016-07-20", 1),
    ] {
        passage.create(
            "/api/v1/incidents",
            &json!({ "incident_type": kind, "date": day, "areas": ["duma"] }),
        );
        assert_eq!(found(&passage, "convoy_attacked").len(), raised, "{kind} {day}");
    }
}

#[test]
fn goods_were_taken_off_a_convoy() {
    for (removed, severity) in [(0, ""), (99, ""), (100, "medium"), (499, "medium"), (500, "high")]
    {
        let passage = quiet();
        let drop = json!({ "lines": [{ "commodity": "wheat_flour", "loaded": 1_000, "removed": removed }] });
        passage.create("/api/v1/convoys", &arrival("c1", "duma", "2016-07-20", &drop));
        if severity.is_empty() {
            none(&passage, "items_removed");
        } else {
            let alert = one(&passage, "items_removed", severity);
            assert_close(&alert["numbers"]["removed_share_of_kg"], f64::from(removed) / 1_000.0);
        }
    }
}

#[test]
fn nobody_answers_a_request_for_a_pause() {
    let asked = |at: &str| json!({ "code": "p1", "pause_type": "requested", "announced_on": at, "parties": ["gov", "nsag"] });
    for (pause, severity) in [
        (asked("2016-07-25T00:10:00Z"), ""),
        (asked("2016-07-24T23:50:00Z"), "medium"),
        (
            json!({ "pause_type": "announced", "announced_on": "2016-07-01", "parties": ["gov", "nsag"], "code": "p1" }),
            "",
        ),
    ] {
        let passage = quiet();
        passage.create("/api/v1/parties", &json!([{ "code": "gov", "names": "Government" }, { "code": "nsag", "names": "Groups" }]));
        passage.create("/api/v1/pauses", &pause);
        if severity.is_empty() {
            none(&passage, "pause_unanswered");
            continue;
        }
        let silent: Vec<Value> = found(&passage, "pause_unanswered")
            .iter()
            .map(|alert| alert["numbers"]["party"].clone())
            .collect();
        assert_eq!(silent, ["gov", "nsag"]);
        let path = "/api/v1/pauses/p1/answers";
        passage.create(path, &json!({ "party": "gov", "answer": "willing_to_discuss" }));
        assert_eq!(found(&passage, "pause_unanswered").len(), 2, "willing to discuss is no answer");
        passage.create(path, &json!({ "party": "gov", "answer": "refused" }));
        assert_eq!(one(&passage, "pause_unanswered", "medium")["numbers"]["party"], "nsag");
        passage.create(path, &json!({ "party": "nsag", "answer": "agreed" }));
        none(&passage, "pause_unanswered");
    }
}

#[test]
fn a_pause_is_about_to_begin_and_nobody_has_answered() {
    for (start, raised) in [("2016-07-28T00:30:00Z", false), ("2016-07-27T23:30:00Z", true)] {
        let passage = quiet();
        let pause = json!({ "pause_type": "requested", "announced_on": "2016-07-26T12:00:00Z", "start": start, "asked_by": "the UN" });
        passage.create("/api/v1/pauses", &pause);
        if raised {
            assert!(
                one(&passage, "pause_unanswered", "high")["text"]
                    .as_str()
                    .unwrap()
                    .contains("the UN")
            );
        } else {
            none(&passage, "pause_unanswered");
        }
    }
}

#[test]
fn a_pause_was_broken() {
    for (at, violation, severity) in [
        ("2016-07-26", json!({}), "high"),
        ("2016-07-26", json!({ "killed": 1 }), "critical"),
        ("2016-07-26", json!({ "terminal": true }), "critical"),
        ("2016-07-24", json!({}), ""),
        ("2016-07-28", json!({}), ""),
    ] {
        let passage = quiet();
        let pause = json!({ "code": "p1", "pause_type": "ceasefire", "start": "2016-07-25", "end": "2016-07-27" });
        passage.create("/api/v1/pauses", &pause);
        none(&passage, "pause_violated");
        let mut violation = violation;
        violation["at"] = json!(at);
        passage.create("/api/v1/pauses/p1/violations", &violation);
        if severity.is_empty() {
            none(&passage, "pause_violated");
        } else {
            one(&passage, "pause_violated", severity);
        }
    }
}

#[test]
fn the_newest_estimate_of_a_besieged_place_is_old() {
    for (day, severity) in
        [("2016-06-26", ""), ("2016-06-25", "low"), ("2016-05-27", "low"), ("2016-05-26", "medium")]
    {
        let passage = quiet();
        passage.create("/api/v1/populations", &people("p1", day, 100, "un"));
        none(&passage, "stale_estimate");
        passage.create("/api/v1/statuses", &besieged("s1", "2016-07-20"));
        if severity.is_empty() {
            none(&passage, "stale_estimate");
        } else {
            one(&passage, "stale_estimate", severity);
        }
    }
    for (day, severity) in
        [("2016-07-12", ""), ("2016-07-11", "low"), ("2016-06-28", "low"), ("2016-06-27", "medium")]
    {
        let passage = quiet();
        passage.create("/api/v1/statuses", &besieged("s1", "2016-07-20"));
        passage.create(
            "/api/v1/stocks",
            &json!({ "area": "duma", "stock_type": "stock", "date": day, "person_days": 9 }),
        );
        if severity.is_empty() {
            none(&passage, "stale_estimate");
        } else {
            one(&passage, "stale_estimate", severity);
        }
    }
}

#[test]
fn a_count_of_people_jumped() {
    for (count, raised) in [(100, false), (119, false), (120, true), (81, false), (80, true)] {
        let passage = quiet();
        passage.create(
            "/api/v1/populations",
            &json!([
                people("p1", "2016-06-01", 100, "un"),
                people("p2", "2016-07-01", count, "un")
            ]),
        );
        assert_eq!(found(&passage, "population_jump").len(), usize::from(raised), "{count}");
        if raised {
            one(&passage, "population_jump", "medium");
            passage
                .post("/api/v1/populations/p2/confirm", &json!({ "reason": "recounted" }))
                .ok(200);
            none(&passage, "population_jump");
        }
    }
}

#[test]
fn counts_of_two_sources_exclude_each_other() {
    for (count, raised) in [
        (json!(81), false),
        (json!(79), true),
        (json!({ "low": 40 }), false),
        (json!({ "low": 50, "high": 100 }), false),
        (json!({ "low": 50, "high": 70 }), true),
    ] {
        let passage = quiet();
        passage.create(
            "/api/v1/populations",
            &json!([
                people("p1", "2016-06-01", 100, "un"),
                people("p2", "2016-07-01", count.clone(), "council")
            ]),
        );
        assert_eq!(found(&passage, "population_jump").len(), usize::from(raised), "{count}");
    }
}

#[test]
fn a_hospital_a_bakery_or_a_water_station_was_hit() {
    let clinic = |code: &str, functioning: &str| {
        json!({ "code": code, "names": code, "facility_type": "clinic", "area": "duma",
        "functioning": functioning, "as_of": "2016-07-20" })
    };
    for (facilities, incident, severity) in [
        (json!([]), json!({ "incident_type": "bakery_hit", "areas": ["duma"] }), "high"),
        (json!([]), json!({ "incident_type": "warehouse_hit", "areas": ["duma"] }), ""),
        (json!([]), json!({ "incident_type": "health_facility_near_hit" }), ""),
        (
            json!([clinic("f1", "not_working"), clinic("f2", "working")]),
            json!({ "incident_type": "air_strike", "areas": ["duma"], "facilities": ["f1"] }),
            "high",
        ),
        (
            json!([clinic("f1", "not_working")]),
            json!({ "incident_type": "air_strike", "areas": ["duma"], "facilities": ["f1"] }),
            "critical",
        ),
        (json!([]), json!({ "incident_type": "bakery_hit", "date": "2016-06-20" }), ""),
    ] {
        let passage = quiet();
        if facilities != json!([]) {
            passage.create("/api/v1/facilities", &facilities);
        }
        let mut incident = incident;
        if incident["date"].is_null() {
            incident["date"] = json!("2016-07-23");
        }
        passage.create("/api/v1/incidents", &incident);
        if severity.is_empty() {
            none(&passage, "facility_attacked");
        } else {
            one(&passage, "facility_attacked", severity);
        }
    }
}

#[test]
fn somebody_calls_a_place_besieged_who_did_not_before() {
    let passage = quiet();
    passage.create("/api/v1/statuses", &besieged("s1", "2016-06-20"));
    none(&passage, "newly_besieged");
    let mut again = besieged("s2", "2016-07-20");
    passage.create("/api/v1/statuses", &again);
    none(&passage, "newly_besieged");
    again["code"] = json!("s3");
    again["scheme"] = json!("siege_watch");
    passage.create("/api/v1/statuses", &again);
    assert_eq!(one(&passage, "newly_besieged", "high")["numbers"]["scheme"], "siege_watch");
    let before = found_as(&passage, "newly_besieged", "&as_of=2016-07-19");
    assert!(before.iter().all(|alert| alert["numbers"]["scheme"] == "un"), "{before:?}");
    assert!(found_as(&passage, "newly_besieged", "&known_at=2016-07-25").is_empty());
}

#[test]
fn a_record_of_what_was_is_dated_in_the_future() {
    for (date, raised) in [
        ("2016-07-27", false),
        ("2016-07-27T00:50:00Z", false),
        ("2016-07-27T01:10:00Z", true),
        ("2016-07-28", true),
    ] {
        let passage = quiet();
        let incident = json!({ "code": "i1", "incident_type": "shelling", "date": date });
        passage.create("/api/v1/incidents", &incident);
        assert_eq!(found(&passage, "future_dated").len(), usize::from(raised), "{date}");
        if raised {
            let alert = one(&passage, "future_dated", "low");
            assert_eq!(
                alert["records"][0],
                json!({ "kind": "incident", "code": "i1", "version": 2, "href": "/api/v1/incidents/i1" })
            );
        }
    }
}

#[test]
fn more_was_delivered_than_there_can_be() {
    for (reached, raised) in [(1_000, false), (1_001, true)] {
        let passage = quiet();
        passage.create(
            "/api/v1/populations",
            &json!([
                people("p1", "2016-07-01", 800, "un"),
                people("p2", "2016-06-01", 1_000, "council")
            ]),
        );
        passage.create(
            "/api/v1/convoys",
            &arrival("c1", "duma", "2016-07-20", &json!({ "people_reached": reached })),
        );
        assert_eq!(found(&passage, "over_delivery").len(), usize::from(raised), "{reached}");
    }
    for (lost, raised) in [(100, false), (101, true)] {
        let passage = quiet();
        passage.create("/api/v1/sources", &json!({ "code": "un", "name": "UN" }));
        let mut convoy = arrival(
            "c1",
            "duma",
            "2016-07-20",
            &json!({ "lines": [{ "commodity": "rice", "loaded": 100, "lost": lost }] }),
        );
        convoy["source"] = json!("un");
        passage.create("/api/v1/convoys", &convoy);
        assert_eq!(found(&passage, "over_delivery").len(), usize::from(raised), "{lost}");
        if raised {
            assert_eq!(one(&passage, "over_delivery", "low")["sources"], json!(["un"]));
        }
    }
}

#[test]
fn alerts_come_gravest_first_and_can_be_narrowed() {
    let passage = quiet();
    passage.create("/api/v1/areas", &area("homs"));
    passage.create("/api/v1/statuses", &json!([besieged("s1", "2016-01-01"),
        { "code": "s2", "area": "homs", "scheme": "un", "status": "besieged", "valid_from": "2016-07-20" }]));
    passage.create("/api/v1/populations", &people("p1", "2016-06-20", 100, "un"));
    let all = passage.read("/api/v1/alerts");
    let graveness = |alert: &Value| {
        ["critical", "high", "medium", "low"]
            .iter()
            .position(|word| alert["severity"] == *word)
            .unwrap()
    };
    assert!(rows(&all).is_sorted_by_key(graveness), "{all}");
    assert_eq!(all["by_severity"], json!({ "critical": 1, "high": 3, "medium": 0, "low": 1 }));
    let gaps: Vec<&Value> =
        rows(&all).iter().filter(|alert| alert["rule"] == "data_gap").map(|a| &a["key"]).collect();
    assert_eq!(gaps, ["data_gap/duma/stock", "data_gap/homs/population"]);
    assert_eq!(all["total"], 5, "where nothing arrives, that too little arrives says nothing more");
    let only = |query: &str| passage.read(&format!("/api/v1/alerts?{query}"))["total"].clone();
    assert_eq!(only("severity=critical,low"), 2);
    assert_eq!(only("area=homs"), 2);
    assert_eq!(only("area=duma&severity=critical&rule=no_delivery"), 1);
    assert_eq!(only("as_of=2015-12-31"), 0);
    assert_eq!(only("known_at=2016-07-25"), 0);
}

#[test]
fn an_empty_store_alerts_nobody() {
    let alerts = Passage::start().read("/api/v1/alerts");
    assert_eq!((&alerts["data"], &alerts["total"]), (&json!([]), &json!(0)));
}

#[test]
fn an_alert_leads_to_its_records_and_sources() {
    let passage = quiet();
    let source = json!({ "code": "s1", "name": "A report", "url": "https://example.org/report" });
    passage.create("/api/v1/sources", &source);
    let mut claim = besieged("b1", "2016-07-20");
    claim["source"] = json!("s1");
    passage.create("/api/v1/statuses", &claim);
    let alert = one(&passage, "newly_besieged", "high");
    assert_eq!(passage.read(alert["records"][0]["href"].as_str().unwrap())["code"], "b1");
    let cited = &alert["cited"][0];
    assert_eq!(cited["url"], "https://example.org/report");
    assert_eq!(passage.read(cited["href"].as_str().unwrap())["name"], "A report");
}
