//! Besieged totals: scheme beside scheme, areas beside lists, sources beside each other.
#![cfg(test)]

use serde_json::{Value, json};

use crate::harness::{Passage, assert_close, rows};

fn status(area: &str, scheme: &str, status: &str, from: &str) -> Value {
    json!({ "area": area, "scheme": scheme, "status": status, "valid_from": from, "source": scheme })
}

fn people(code: &str, area: &str, count: impl Into<Value>, by: &str, date: &str) -> Value {
    let count = count.into();
    json!({ "code": code, "area": area, "date": date, "people": count, "metric": "besieged", "estimated_by": by, "source": by })
}

/// Duma and Madaya are besieged by both schemes, Homs by one; the lists as a whole say more.
fn with_siege() -> Passage {
    let passage = Passage::start();
    passage.create("/api/v1/sources", &json!([
        { "code": "un", "name": "UN", "reliability": "B" }, { "code": "siege_watch", "name": "SW", "reliability": "A" },
        { "code": "council", "name": "Council" },
    ]));
    let area = |code: &str, admin1: &str, admin2: &str| json!({ "code": code, "names": code, "admin1_pcode": admin1, "admin1_name": "Rural Damascus", "admin2_pcode": admin2 });
    let (duma, madaya) = (area("duma", "SY03", "SY0302"), area("madaya", "SY03", "SY0305"));
    passage.create("/api/v1/areas", &json!([duma, madaya, area("homs", "SY04", "SY0401")]));
    let group = json!({ "code": "ALL-BESIEGED", "names": "All besieged" });
    passage.create("/api/v1/area_groups", &group);
    for (area, scheme, claim, from) in [
        ("duma", "un", "besieged", "2016-01-01"),
        ("madaya", "un", "besieged", "2016-01-01"),
        ("duma", "siege_watch", "besieged", "2016-02-01"),
        ("madaya", "siege_watch", "besieged", "2016-02-01"),
        ("homs", "siege_watch", "besieged", "2016-02-01"),
        ("homs", "un", "hard_to_reach", "2016-02-01"),
    ] {
        passage.create("/api/v1/statuses", &status(area, scheme, claim, from));
    }
    count_people(&passage);
    passage
}

/// Counts for Duma by three, for Madaya by one, and the totals of the lists.
fn count_people(passage: &Passage) {
    let range = json!({ "low": 115_000, "best": 120_000, "high": 125_000 });
    for row in [
        people("p1", "duma", 100_000, "un", "2016-06-01"),
        people("p2", "duma", 140_000, "siege_watch", "2016-05-01"),
        people("p3", "duma", range, "council", "2016-04-01"),
        people("p4", "madaya", 40_000, "un", "2016-06-01"),
    ] {
        passage.create("/api/v1/populations", &row);
    }
    let list = |code: &str, scheme: &str, count: u32, places: u32| {
        json!({ "code": code, "area_group": "ALL-BESIEGED", "date": "2016-06-01", "people": count, "metric": "besieged",
            "scheme": scheme, "places": places, "source": scheme })
    };
    passage.create(
        "/api/v1/populations",
        &json!([list("l1", "un", 590_200, 18), list("l2", "siege_watch", 1_016_000, 46)]),
    );
}

/// What one scheme counts.
fn scheme<'t>(totals: &'t Value, word: &str) -> &'t Value {
    totals["schemes"].as_array().unwrap().iter().find(|s| s["scheme"] == word).unwrap()
}

fn has(flags: &Value, flag: &str) -> bool {
    flags.as_array().unwrap().contains(&json!(flag))
}

#[test]
fn schemes_stand_side_by_side_and_are_never_added_to_each_other() {
    let passage = with_siege();
    let totals = passage.read("/api/v1/totals");
    let (un, sw) =
        (&scheme(&totals, "un")["besieged"], &scheme(&totals, "siege_watch")["besieged"]);
    assert_eq!((&un["areas"], &un["area_codes"]), (&json!(2), &json!(["duma", "madaya"])));
    assert_eq!((&sw["areas"], &sw["area_codes"]), (&json!(3), &json!(["duma", "homs", "madaya"])));
    assert_eq!(scheme(&totals, "un")["hard_to_reach"]["area_codes"], json!(["homs"]));
    assert_eq!(un["list_total"]["people"]["best"], 590_200);
    assert_eq!(sw["list_total"]["people"]["best"], 1_016_000);
    assert_close(&totals["spread_between_schemes"], (1_016_000.0 - 590_200.0) / 1_016_000.0);
    assert!(has(&totals["flags"], "schemes_differ"), "{totals}");
    let sums = ["590200", "1016000", "1606200"].map(|sum| totals.to_string().contains(sum));
    assert_eq!(sums, [true, true, false]);
    let one = passage.read("/api/v1/totals?scheme=un");
    assert_eq!(one["schemes"].as_array().unwrap().len(), 1);
    assert!(one["spread_between_schemes"].as_f64().unwrap_or(0.0) <= 0.0);
    assert_eq!(passage.read("/api/v1/totals?scheme=any"), totals);
}

#[test]
fn the_sum_over_areas_and_the_total_of_the_list_are_different_things() {
    let passage = with_siege();
    let totals = passage.read("/api/v1/totals?scheme=siege_watch");
    let besieged = &scheme(&totals, "siege_watch")["besieged"];
    assert_eq!(besieged["list_total"]["places"], 46);
    assert_eq!(
        (&besieged["areas_with_figure"], &besieged["areas_without_figure"]),
        (&json!(2), &json!(1))
    );
    for flag in ["areas_without_figure", "list_names_other_number_of_areas", "sources_differ"] {
        assert!(has(&besieged["flags"], flag), "{flag}: {besieged}");
    }
    assert_eq!(besieged["sources"], json!(["council", "siege_watch", "un"]));
}

#[test]
fn the_policy_picks_the_figure_and_the_spread_stays_beside_it() {
    let passage = with_siege();
    for (policy, expected) in [
        ("latest", 100_000.0),
        ("most_reliable", 140_000.0),
        ("median", 120_000.0),
        ("max", 140_000.0),
    ] {
        let totals = passage.read(&format!("/api/v1/totals?by=area&scheme=un&policy={policy}"));
        let duma = &totals["groups"][0];
        assert_eq!((&duma["group"], &totals["policy"]), (&json!("duma"), &json!(policy)));
        assert_close(&duma["figure"]["people"]["best"], expected);
        assert_close(&duma["spread"], 40_000.0 / 140_000.0);
        assert_eq!(
            (&duma["sources_differ"], &duma["figure"]["claims"].as_array().unwrap().len()),
            (&json!(true), &3),
            "{policy}"
        );
        assert_eq!(totals["groups"][1]["sources_differ"], false);
    }
    let median = passage.read("/api/v1/totals?by=area&scheme=un&policy=median");
    assert_eq!(median["groups"][0]["people"]["low"], 100_000);
    assert_eq!(median["groups"][0]["people"]["high"], 140_000);
}

#[test]
fn sources_within_a_fifth_of_each_other_are_not_flagged() {
    let passage = with_siege();
    passage.create("/api/v1/populations", &people("p5", "madaya", 32_000, "council", "2016-05-01"));
    let group = |totals: &Value| {
        let groups = totals["groups"].as_array().unwrap();
        groups.iter().find(|group| group["group"] == "madaya").unwrap().clone()
    };
    let on_the_line = group(&passage.read("/api/v1/totals?by=area&scheme=un"));
    assert_eq!(
        (&on_the_line["spread"], &on_the_line["sources_differ"]),
        (&json!(0.2), &json!(false))
    );
    passage
        .put(
            "/api/v1/populations/p5",
            &passage.read("/api/v1/populations/p5")["version"],
            &people("p5", "madaya", 31_999, "council", "2016-05-01"),
        )
        .ok(200);
    assert_eq!(group(&passage.read("/api/v1/totals?by=area&scheme=un"))["sources_differ"], true);
}

#[test]
fn groups_are_areas_units_statuses_or_schemes() {
    let passage = with_siege();
    let groups = |by: &str| -> Vec<(String, u64)> {
        let totals = passage.read(&format!("/api/v1/totals?scheme=siege_watch&by={by}"));
        let groups = totals["groups"].as_array().unwrap();
        groups
            .iter()
            .map(|g| (g["group"].as_str().unwrap().to_owned(), g["areas"].as_u64().unwrap()))
            .collect()
    };
    let pair = |name: &str, areas| (name.to_owned(), areas);
    assert_eq!(groups("area"), [pair("duma", 1), pair("homs", 1), pair("madaya", 1)]);
    assert_eq!(groups("admin1"), [pair("SY03", 2), pair("SY04", 1)]);
    assert_eq!(groups("admin2"), [pair("SY0302", 1), pair("SY0305", 1), pair("SY0401", 1)]);
    assert_eq!(groups("status"), [pair("besieged", 3)]);
    assert_eq!(groups("scheme"), [pair("siege_watch", 3)]);
    let named = passage.read("/api/v1/totals?by=admin1&scheme=un");
    assert_eq!(named["groups"][0]["name"], "Rural Damascus");
}

#[test]
fn an_area_is_counted_from_its_listing_to_its_delisting() {
    let passage = with_siege();
    passage.create("/api/v1/statuses", &status("duma", "un", "delisted", "2016-07-10"));
    let un = |as_of: &str| {
        scheme(&passage.read(&format!("/api/v1/totals?as_of={as_of}")), "un")["besieged"]["area_codes"].clone()
    };
    assert_eq!(un("2015-12-31"), json!([]));
    assert_eq!(un("2016-01-01"), json!(["duma", "madaya"]));
    assert_eq!(un("2016-07-09"), json!(["duma", "madaya"]));
    assert_eq!(un("2016-07-10"), json!(["madaya"]));
    let sw = scheme(&passage.read("/api/v1/totals?as_of=2016-07-10"), "siege_watch")["besieged"]["areas"].clone();
    assert_eq!(sw, 3, "one scheme does not delist for another");
    let before = passage.read("/api/v1/totals?known_at=2016-07-25");
    assert_eq!(scheme(&before, "un")["besieged"]["areas"], 0, "nothing was known then");
    assert_eq!(before["known_at"], "2016-07-25T23:59:59.999Z");
}

#[test]
fn a_claim_that_ended_holds_no_more() {
    let passage = with_siege();
    let mut ended = status("homs", "un", "besieged", "2016-03-01");
    ended["valid_to"] = json!("2016-03-31");
    passage.create("/api/v1/statuses", &ended);
    let codes = |as_of: &str, status: &str| {
        scheme(&passage.read(&format!("/api/v1/totals?as_of={as_of}")), "un")[status]["area_codes"]
            .clone()
    };
    assert_eq!(codes("2016-03-31", "besieged"), json!(["duma", "homs", "madaya"]));
    assert_eq!(codes("2016-04-01", "besieged"), json!(["duma", "madaya"]));
}

#[test]
fn the_people_of_an_area_nobody_counted_are_unknown_not_none() {
    let passage = with_siege();
    let totals = passage.read("/api/v1/totals?by=area&scheme=siege_watch");
    let homs = &totals["groups"][1];
    assert_eq!(homs["group"], "homs");
    assert_eq!(homs["people"], json!({ "low": null, "best": null, "high": null }));
    assert_eq!((&homs["areas_without_figure"], &homs["spread"]), (&json!(1), &Value::Null));
    let none = passage.read("/api/v1/totals?metric=residents&scheme=un");
    assert_eq!(
        scheme(&none, "un")["besieged"]["people"]["best"],
        Value::Null,
        "nobody counted residents"
    );
}

#[test]
fn people_who_get_aid_or_are_in_need_are_not_the_people_who_live_there() {
    let passage = with_siege();
    for metric in ["assisted", "in_need"] {
        let body =
            json!({ "area": "homs", "date": "2016-07-01", "people": 9_999, "metric": metric });
        passage.create("/api/v1/populations", &body);
    }
    let totals = passage.read("/api/v1/totals");
    assert!(!totals.to_string().contains("9999"), "{totals}");
    assert!(rows(&passage.read("/api/v1/populations?area=homs")).len() == 2);
}

#[test]
fn in_an_empty_store_nobody_is_counted_and_nothing_is_known() {
    let passage = Passage::start();
    let totals = passage.read("/api/v1/totals");
    for counts in totals["schemes"].as_array().unwrap() {
        assert_eq!(
            (&counts["besieged"]["areas"], &counts["besieged"]["people"]["best"]),
            (&json!(0), &Value::Null)
        );
        assert_eq!(counts["besieged"]["list_total"], Value::Null);
    }
    assert_eq!((&totals["groups"], &totals["flags"]), (&json!([]), &json!([])));
}
