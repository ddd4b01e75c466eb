//! Rules that need the stock model: when food ends, what cannot be told, what was destroyed.

use serde_json::{Value, json};

use super::{besieged, found, found_as, none, one, people};
use crate::harness::{How, Passage, area, arrival};

/// A server with besieged Duma, where lots are drawn less often.
fn besieged_duma() -> Passage {
    with_settings("")
}

fn with_settings(more: &str) -> Passage {
    let settings = format!("[outlook]\ndraws = 2000\n{more}");
    let passage = Passage::start_as(How { settings, ..How::default() });
    passage.create("/api/v1/areas", &area("duma"));
    passage.create("/api/v1/statuses", &besieged("s1", "2016-07-01"));
    passage
}

fn thousand_people(passage: &Passage) {
    passage.create("/api/v1/populations", &people("p1", "2016-07-01", 1_000, "un"));
}

/// So many person-days in store, of which 84 to 99 % are eaten.
fn counted(passage: &Passage, code: &str, day: &str, person_days: f64) {
    let count = json!({ "code": code, "area": "duma", "stock_type": "stock", "date": day, "person_days": person_days });
    passage.create("/api/v1/stocks", &count);
}

/// Flour for so many person-days.
fn delivered(passage: &Passage, code: &str, day: &str, person_days: f64) {
    let lines = json!({ "lines": [{ "commodity": "wheat_flour", "loaded": person_days * 0.6 }] });
    passage.create("/api/v1/convoys", &arrival(code, "duma", day, &lines));
}

#[test]
fn food_ends_soon() {
    for (person_days, severity) in [
        (60_000.0, ""),
        (34_000.0, ""),
        (32_000.0, "medium"),
        (17_000.0, "medium"),
        (15_000.0, "high"),
        (9_000.0, "high"),
        (7_000.0, "critical"),
        (0.0, "critical"),
    ] {
        let passage = besieged_duma();
        thousand_people(&passage);
        // At the end of the day a day of it is eaten.
        counted(&passage, "k1", "2016-07-26", person_days + 1_000.0);
        if severity.is_empty() {
            none(&passage, "runout");
            continue;
        }
        let alert = one(&passage, "runout", severity);
        assert_eq!(alert["numbers"]["threshold_days_p50"], 30);
        let hrefs: Vec<&Value> =
            alert["records"].as_array().unwrap().iter().map(|r| &r["href"]).collect();
        assert_eq!(hrefs, ["/api/v1/stocks/k1", "/api/v1/populations/p1", "/api/v1/statuses/s1"]);
        none(&passage, "data_gap");
    }
}

#[test]
fn what_one_organisation_holds_is_told_as_a_floor() {
    let passage = besieged_duma();
    thousand_people(&passage);
    passage.create("/api/v1/organisations", &json!({ "code": "sarc", "names": "Red Crescent" }));
    let count = json!({ "area": "duma", "stock_type": "stock", "date": "2016-07-25", "person_days": 12_000, "owner": ["sarc"] });
    passage.create("/api/v1/stocks", &count);
    let text = one(&passage, "runout", "high")["text"].as_str().unwrap().to_owned();
    assert!(text.contains("Red Crescent alone") && text.contains("a floor"), "{text}");
    assert!(text.contains("would move it"), "{text}");
}

#[test]
fn the_old_count_of_a_place_that_nobody_calls_cut_off_raises_nothing() {
    for (day, raised) in [("2016-07-20", 1), ("2016-07-11", 0)] {
        let passage = Passage::start();
        passage.create("/api/v1/areas", &area("duma"));
        thousand_people(&passage);
        counted(&passage, "k1", day, 9_000.0);
        assert_eq!(found(&passage, "runout").len(), raised, "{day}");
        none(&passage, "data_gap");
    }
}

#[test]
fn a_run_out_between_the_lines_stays_what_it_was_however_often_it_is_looked_at() {
    // 44,414 person-days on 10 July last until 30 days are left on the 24th; 4,579 more on the 26th give 32.
    let passage = besieged_duma();
    thousand_people(&passage);
    counted(&passage, "k1", "2016-07-10", 48_500.0);
    let at = |as_of: &str| found_as(&passage, "runout", &format!("&as_of={as_of}"));
    assert!(at("2016-07-20").is_empty(), "between the lines and not open before");
    assert!(at("2016-07-23").is_empty());
    assert_eq!(at("2016-07-24").len(), 1);
    delivered(&passage, "c1", "2016-07-26", 5_000.0);
    for hour in [1, 7, 13, 23] {
        let found = at(&format!("2016-07-26T{hour:02}:00:00Z"));
        assert_eq!(found.len(), 1, "{hour}");
        assert_eq!(found[0]["since"], "2016-07-24T23:59:59.999Z", "{hour}");
        assert_eq!(found[0]["severity"], "medium");
    }
    assert!(one(&passage, "runout", "medium")["text"].as_str().unwrap().contains("nearer before"));
}

#[test]
fn a_run_out_closes_when_it_has_been_far_away_for_a_day() {
    let passage = besieged_duma();
    thousand_people(&passage);
    counted(&passage, "k1", "2016-07-24", 20_000.0);
    delivered(&passage, "c1", "2016-07-26", 50_000.0);
    one(&passage, "runout", "medium");
    assert!(found_as(&passage, "runout", "&as_of=2016-07-27").is_empty());
}

#[test]
fn too_little_food_stays_an_alert_until_there_is_surely_enough() {
    // 1,000 people need 30,000 person-days in 30 days; at least 84 % of what arrives is eaten.
    let passage = besieged_duma();
    thousand_people(&passage);
    let empty =
        json!({ "area": "duma", "stock_type": "stock", "date": "2016-06-01", "person_days": 0 });
    passage.create("/api/v1/stocks", &empty);
    delivered(&passage, "c1", "2016-07-01", 14_000.0);
    delivered(&passage, "c2", "2016-07-25", 6_000.0);
    let at = |as_of: &str| found_as(&passage, "low_coverage", &format!("&as_of={as_of}"));
    // Eaten in the 30 days to the 26th: 11,800 of the first and two days of the second.
    let now = at("2016-07-26");
    let low = now[0]["numbers"]["coverage_low"].as_f64().unwrap();
    assert!(low < 0.5, "{low}");
    delivered(&passage, "c3", "2016-07-13", 3_000.0);
    let now = at("2016-07-26");
    let low = now[0]["numbers"]["coverage_low"].as_f64().unwrap();
    assert!((0.5..0.6).contains(&low), "{low}");
    assert!(now[0]["text"].as_str().unwrap().contains("not yet surely above 60 %"), "{now:?}");
}

#[test]
fn what_has_to_be_counted_is_said_once_for_an_area() {
    let passage = besieged_duma();
    let keys = || -> Vec<Value> {
        found(&passage, "data_gap").iter().map(|alert| alert["key"].clone()).collect()
    };
    assert_eq!(keys(), ["data_gap/duma/population"]);
    assert_eq!(one(&passage, "data_gap", "high")["numbers"]["field"], "population");
    thousand_people(&passage);
    assert_eq!(keys(), ["data_gap/duma/stock"]);
    delivered(&passage, "c1", "2016-07-25", 12_000.0);
    let text = one(&passage, "data_gap", "high")["text"].as_str().unwrap().to_owned();
    assert!(text.contains("lasts until 4 Aug 2016 at least"), "{text}");
    counted(&passage, "k1", "2016-07-26", 90_000.0);
    none(&passage, "data_gap");
}

#[test]
fn where_an_area_is_only_hard_to_reach_a_gap_is_less_grave() {
    let passage = Passage::start();
    passage.create("/api/v1/areas", &area("duma"));
    none(&passage, "data_gap");
    let claim = json!({ "area": "duma", "scheme": "un", "status": "hard_to_reach", "valid_from": "2016-07-01" });
    passage.create("/api/v1/statuses", &claim);
    one(&passage, "data_gap", "medium");
    let also = json!({ "area": "duma", "scheme": "press", "status": "besieged", "valid_from": "2016-07-01" });
    passage.create("/api/v1/statuses", &also);
    one(&passage, "data_gap", "high");
}

fn loss(quantity: &Value) -> Value {
    json!({ "code": "i1", "incident_type": "warehouse_hit", "date": "2016-07-22", "areas": ["duma"],
        "losses": [{ "item": "food", "quantity": quantity, "unit": "person_days" }] })
}

#[test]
fn a_good_part_of_the_stock_was_destroyed() {
    // 91,575 of 100,000 person-days were eatable on the 20th, and 1,000 are eaten a day.
    for (quantity, severity, possibly) in [
        (json!(999), "", false),
        (json!(1_000), "high", false),
        (json!(20_000), "high", false),
        (json!({ "high": 1_900 }), "medium", true),
        (json!({ "high": 2_100 }), "high", true),
        (json!(84_000), "critical", false),
        (json!(200_000), "critical", false),
    ] {
        let passage = besieged_duma();
        thousand_people(&passage);
        counted(&passage, "k1", "2016-07-20", 100_000.0);
        passage.create("/api/v1/incidents", &loss(&quantity));
        if severity.is_empty() {
            none(&passage, "stock_destroyed");
            continue;
        }
        let alert = one(&passage, "stock_destroyed", severity);
        assert_eq!(alert["key"], "stock_destroyed/duma/i1");
        assert_eq!(alert["text"].as_str().unwrap().contains("possibly"), possibly, "{alert}");
        assert_eq!(alert["numbers"]["loss_exceeds_stock"], quantity == json!(200_000), "{alert}");
        none(&passage, "data_gap");
        counted(&passage, "k2", "2016-07-25", 50_000.0);
        none(&passage, "stock_destroyed");
    }
}

#[test]
fn a_tenth_of_the_stock_is_much_where_nobody_counted_the_people() {
    for (quantity, raised) in [(9_000, 0), (9_200, 1)] {
        let passage = besieged_duma();
        counted(&passage, "k1", "2016-07-22", 100_000.0);
        passage.create("/api/v1/incidents", &loss(&json!(quantity)));
        assert_eq!(found(&passage, "stock_destroyed").len(), raised, "{quantity}");
    }
}

#[test]
fn a_loss_of_unknown_size_is_no_silence() {
    let passage = besieged_duma();
    thousand_people(&passage);
    counted(&passage, "k1", "2016-07-20", 100_000.0);
    let mut incident = loss(&json!(null));
    incident["losses"] = json!([]);
    passage.create("/api/v1/incidents", &incident);
    none(&passage, "stock_destroyed");
    assert_eq!(one(&passage, "data_gap", "high")["key"], "data_gap/duma/loss/i1");
    counted(&passage, "k2", "2016-07-25", 50_000.0);
    none(&passage, "data_gap");
}

#[test]
fn a_place_has_its_own_thresholds() {
    let places = "[[place]]\narea = 'duma'\nalert = { runout_p50_days = 60, no_delivery_days = 10, stock_destroyed_days = 5 }";
    let passage = with_settings(places);
    thousand_people(&passage);
    counted(&passage, "k1", "2016-07-20", 60_000.0);
    delivered(&passage, "c1", "2016-07-10", 10.0);
    assert_eq!(one(&passage, "runout", "medium")["numbers"]["threshold_days_p50"], 60);
    assert_eq!(one(&passage, "no_delivery", "high")["numbers"]["threshold_days"], 10);
    passage.create("/api/v1/incidents", &loss(&json!(4_000)));
    none(&passage, "stock_destroyed");
}
