//! Coverage: whom a convoy feeds, and how far deliveries meet the need of an area.
#![cfg(test)]

use serde_json::{Value, json};

use crate::harness::{Passage, area, arrival, assert_close, rows};

fn with_areas() -> Passage {
    let passage = Passage::start();
    let placed = json!({ "code": "homs", "names": "Homs", "admin1_pcode": "SY04" });
    passage.create("/api/v1/areas", &json!([area("talbiseh"), area("duma"), placed]));
    passage
}

fn flagged(coverage: &Value, flag: &str) -> bool {
    coverage["flags"].as_array().unwrap().contains(&json!(flag))
}

/// Coverage of a convoy with these drops to Duma, that was offloaded.
fn of_drops(passage: &Passage, drops: &Value, query: &str) -> Value {
    let convoy = json!({ "mode": "cross_line", "date": "2016-07-20", "drops": drops,
        "events": [{ "stage": "offloaded", "at": "2016-07-20" }] });
    let made = passage.create("/api/v1/convoys", &convoy);
    passage.read(&format!("/api/v1/convoys/{}/coverage{query}", made["code"].as_str().unwrap()))
}

#[test]
fn the_convoy_to_talbiseh_feeds_fewer_than_it_claims() {
    let passage = with_areas();
    let drop = json!({ "trucks": 48, "people_targeted": 40_000, "carries_food": true });
    passage.create("/api/v1/convoys", &arrival("talbiseh", "talbiseh", "2016-07-26", &drop));
    let coverage = passage.read("/api/v1/convoys/talbiseh/coverage");
    for figures in [&coverage["total"], &coverage["drops"][0]] {
        assert_close(&figures["computed"]["food_person_days"], 971_428.57);
        assert_close(&figures["computed"]["people_fed"], 32_380.95);
        assert_close(&figures["computed"]["people_fed_per_truck"], 674.60);
        assert_close(&figures["computed"]["food_person_days_per_truck"], 971_428.571_4 / 48.0);
        assert_close(&figures["claimed"]["people_per_truck"], 833.33);
        assert_eq!(figures["claimed"]["people_targeted"]["best"], 40_000);
        assert_close(
            &figures["after_losses"]["food_person_days"]["low"],
            971_428.571_4 * 0.99 * 0.85,
        );
        assert_close(&figures["after_losses"]["food_person_days"]["high"], 971_428.571_4 * 0.99);
        assert_eq!(figures["after_losses"]["food_person_days"]["best"], Value::Null);
        assert!(figures["computed"]["water_person_days"].is_null());
    }
    assert!(
        flagged(&coverage, "assumed_cargo") && flagged(&coverage, "assumed_ration_days"),
        "{coverage}"
    );
    assert_eq!(
        (&coverage["stage"], &coverage["status"], &coverage["days"]),
        (&json!("offloaded"), &json!("arrived"), &json!(30))
    );
    let ten = passage.read("/api/v1/convoys/talbiseh/coverage?days=10");
    assert_close(&ten["total"]["computed"]["people_fed"], 97_142.86);
    assert_close(&ten["total"]["computed"]["food_person_days"], 971_428.57);
}

#[test]
fn a_convoy_on_the_road_has_delivered_nothing_yet() {
    let passage = with_areas();
    let drop = json!({ "areas": ["duma"], "people_targeted": 1_000, "carries_food": true });
    let convoy = json!({ "code": "c1", "mode": "cross_line", "date": "2016-07-20", "drops": [drop],
        "events": [{ "stage": "departed", "at": "2016-07-20" }, { "stage": "entered", "at": "2016-07-22" }, { "stage": "offloaded", "at": "2016-07-23" }] });
    passage.create("/api/v1/convoys", &convoy);
    for (as_of, stage, status) in [
        ("2016-07-20", "departed", "planned"),
        ("2016-07-22", "entered", "planned"),
        ("2016-07-23", "offloaded", "arrived"),
    ] {
        let coverage = passage.read(&format!("/api/v1/convoys/c1/coverage?as_of={as_of}"));
        assert_eq!(
            (&coverage["stage"], &coverage["status"]),
            (&json!(stage), &json!(status)),
            "{as_of}"
        );
        assert_eq!(flagged(&coverage, "not_arrived"), status == "planned", "{as_of}");
        let area = passage.read(&format!("/api/v1/coverage?area=duma&as_of={as_of}"));
        let arrived = u64::from(status == "arrived");
        assert_eq!(rows(&area)[0]["convoys"]["arrived"], arrived, "{as_of}");
    }
    passage.get("/api/v1/convoys/c1/coverage?as_of=2016-07-19").problem(404, "not_found");
}

#[test]
fn what_was_lost_or_taken_off_feeds_nobody() {
    let passage = with_areas();
    passage.create("/api/v1/parties", &json!({ "code": "gov", "names": "Government" }));
    let line = json!({ "commodity": "wheat_flour", "loaded": 6_000, "removed": 600, "intercepted": 300, "lost": 60, "damaged": 30, "returned": 10,
        "removals": [{ "quantity": 600, "place": "checkpoint", "authority": "gov", "reason": "searched" }] });
    let coverage =
        of_drops(&passage, &json!([{ "areas": ["duma"], "trucks": 2, "lines": [line] }]), "");
    // 5,000 kg are left; 6 kg of flour at 350 kcal per 100 g are 10 person-days of 2,100 kcal.
    assert_close(&coverage["total"]["computed"]["food_person_days"], 5_000.0 * 3_500.0 / 2_100.0);
    assert_close(&coverage["total"]["computed"]["removed_share"], 0.1);
    assert_eq!(coverage["removed"][0]["removals"][0]["authority"], "gov");
    assert_eq!(coverage["removed"][0]["removed"], 600);
    assert!(!flagged(&coverage, "assumed_cargo"));
}

#[test]
fn what_removals_say_was_taken_off_is_off_also_when_nobody_added_it_up() {
    let passage = with_areas();
    let line = json!({ "commodity": "wheat_flour", "loaded": 6_000, "removals": [{ "quantity": 2_000 }, { "quantity": 1_000 }] });
    let coverage = of_drops(&passage, &json!([{ "areas": ["duma"], "lines": [line] }]), "");
    assert_close(&coverage["total"]["computed"]["food_person_days"], 5_000.0);
    assert_close(&coverage["total"]["computed"]["removed_share"], 0.5);
}

#[test]
fn an_unknown_commodity_is_taken_counted_as_unknown_and_flagged() {
    let passage = with_areas();
    let lines = json!([{ "commodity": "moon dust", "loaded": 5 }, { "commodity": "wheat_flour", "loaded": 600 }]);
    let coverage = of_drops(&passage, &json!([{ "areas": ["duma"], "lines": lines }]), "");
    assert_close(&coverage["total"]["computed"]["food_person_days"], 1_000.0);
    assert_eq!(coverage["total"]["computed"]["unknown_lines"], 1);
    assert!(
        flagged(&coverage, "unknown_commodity") && flagged(&coverage, "unknown_quantity"),
        "{coverage}"
    );
    let only = of_drops(
        &passage,
        &json!([{ "areas": ["duma"], "lines": [{ "commodity": "moon dust", "loaded": 5 }] }]),
        "",
    );
    assert_eq!(only["total"]["computed"]["food_person_days"], Value::Null, "unknown is never zero");
}

#[test]
fn drops_are_added_up_and_one_for_several_areas_stays_whole() {
    let passage = with_areas();
    let flour = |kg: u32| json!([{ "commodity": "wheat_flour", "loaded": kg }]);
    let drops = json!([
        { "areas": ["duma"], "trucks": 3, "people_reached": 500, "lines": flour(600) },
        { "areas": ["talbiseh", "homs"], "trucks": 5, "people_reached": 900, "lines": flour(1_200) },
    ]);
    let coverage = of_drops(&passage, &drops, "");
    assert_close(&coverage["total"]["computed"]["food_person_days"], 3_000.0);
    assert_eq!(coverage["total"]["claimed"]["trucks"]["best"], 8);
    assert_close(&coverage["total"]["claimed"]["people_per_truck"], 1_400.0 / 8.0);
    assert_eq!(coverage["drops"][1]["areas"], json!(["talbiseh", "homs"]));
    assert_close(&coverage["drops"][1]["computed"]["food_person_days"], 2_000.0);
    let areas = passage.read("/api/v1/coverage");
    let row = |code: &str| rows(&areas).iter().find(|row| row["area"] == code).unwrap().clone();
    assert_eq!(row("duma")["reached"]["cumulative"], 500);
    for code in ["talbiseh", "homs"] {
        assert_eq!(
            row(code)["reached"]["cumulative"],
            Value::Null,
            "one figure for two says nothing of each"
        );
        assert_eq!(
            (&row(code)["rounds_of_unknown_size"], &row(code)["arrivals_of_unknown_food"]),
            (&json!(1), &json!(1))
        );
        assert!(flagged(&row(code), "one_figure_for_several_areas"), "{areas}");
    }
}

#[test]
fn a_convoy_without_food_feeds_nobody_and_one_of_unknown_cargo_nobody_knows_whom() {
    let passage = with_areas();
    let drop =
        |food: Value| json!([{ "areas": ["duma"], "people_reached": 100, "carries_food": food }]);
    let without = of_drops(&passage, &drop(json!(false)), "");
    assert!(
        !flagged(&without, "unknown_cargo")
            && without["total"]["computed"]["food_person_days"].is_null(),
        "{without}"
    );
    assert!(flagged(&of_drops(&passage, &drop(Value::Null), ""), "unknown_cargo"));
}

#[test]
fn water_and_health_kits_are_counted_by_themselves() {
    let passage = with_areas();
    let lines = json!([{ "commodity": "drinking_water", "loaded": 1_500, "unit": "l" }]);
    let coverage = of_drops(&passage, &json!([{ "areas": ["duma"], "lines": lines }]), "");
    let computed = &coverage["total"]["computed"];
    if coverage["flags"] == json!([]) {
        assert_close(&computed["water_person_days"], 100.0);
    }
    assert_eq!(computed["food_person_days"], Value::Null);
}

/// Three rounds of aid to Duma, where 1,000 people live.
fn with_rounds() -> Passage {
    let passage = with_areas();
    passage.create(
        "/api/v1/populations",
        &json!({ "area": "duma", "date": "2016-06-01", "people": 1_000, "metric": "residents" }),
    );
    for (code, day, reached) in
        [("r1", "2016-07-01", 400), ("r2", "2016-07-10", 700), ("r0", "2016-05-01", 900)]
    {
        let drop = json!({ "people_reached": reached, "lines": [{ "commodity": "wheat_flour", "loaded": 600 }] });
        passage.create("/api/v1/convoys", &arrival(code, "duma", day, &drop));
    }
    passage
}

fn duma(passage: &Passage, query: &str) -> Value {
    let list = passage.read(&format!("/api/v1/coverage?area=duma{query}"));
    assert_eq!(list["total"], 1);
    rows(&list)[0].clone()
}

#[test]
fn the_same_people_may_be_reached_by_every_round() {
    let passage = with_rounds();
    let row = duma(&passage, "");
    assert_eq!(row["reached"], json!({ "low": 700, "high": 1_000, "cumulative": 1_100 }));
    assert_close(&row["needed_person_days"]["best"], 30_000.0);
    assert_close(&row["food_person_days"]["low"], 2_000.0 * 0.99 * 0.85);
    assert_close(&row["coverage"]["low"], 2_000.0 * 0.99 * 0.85 / 30_000.0);
    assert_eq!(row["coverage"]["high"], 1, "nobody counted what was in store");
    assert_eq!(
        (&row["status"], &row["last_delivery"]),
        (&json!("unknown_stock"), &json!("2016-07-10T00:00:00Z"))
    );
    assert_eq!(row["days_since_last_delivery"], 16);
    assert_eq!(row["convoys"], json!({ "planned": 2, "allowed": 2, "refused": 0, "arrived": 2 }));
}

#[test]
fn the_period_can_be_chosen_and_the_last_delivery_is_of_all_time() {
    let passage = with_rounds();
    let june = duma(&passage, "&from=2016-06-01&to=2016-06-30");
    assert_eq!(june["reached"]["cumulative"], Value::Null, "nothing is known to have come");
    assert_close(&june["food_person_days"]["high"], 0.0);
    assert_close(&june["coverage"]["low"], 0.0);
    assert_eq!(june["convoys"]["planned"], 0);
    assert_eq!(june["last_delivery"], "2016-07-10T00:00:00Z");
    let all = duma(&passage, "&from=2016-05-01&to=2016-07-26");
    assert_eq!(all["reached"]["cumulative"], 2_000);
    let may = duma(&passage, "&as_of=2016-05-30");
    assert_eq!(
        (&may["reached"]["cumulative"], &may["status"]),
        (&json!(900), &json!("unknown_population"))
    );
    let day = duma(&passage, "&from=2016-07-10&to=2016-07-10");
    assert_eq!(day["reached"]["cumulative"], 700);
    assert_close(&day["needed_person_days"]["best"], 1_000.0);
}

#[test]
fn a_round_of_unknown_size_leaves_the_high_end_open() {
    let passage = with_rounds();
    passage.create(
        "/api/v1/convoys",
        &arrival("r3", "duma", "2016-07-12", &json!({ "cargo": "food" })),
    );
    let row = duma(&passage, "");
    assert_eq!(row["rounds_of_unknown_size"], 1);
    assert_eq!(
        row["reached"],
        json!({ "low": 700, "high": 1_000, "cumulative": 1_100 }),
        "the population still bounds it"
    );
    assert_eq!(
        (&row["food_person_days"]["high"], &row["status"]),
        (&Value::Null, &json!("unknown_stock"))
    );
    assert!(flagged(&row, "unknown_food"));
    let unknown = with_areas();
    unknown.create(
        "/api/v1/convoys",
        &arrival("r1", "duma", "2016-07-01", &json!({ "people_reached": 400 })),
    );
    unknown.create("/api/v1/convoys", &arrival("r2", "duma", "2016-07-02", &json!({})));
    let row = duma(&unknown, "");
    assert_eq!(row["reached"], json!({ "low": 400, "high": null, "cumulative": 400 }));
}

#[test]
fn without_a_count_of_people_there_is_no_share() {
    let passage = with_areas();
    let row = duma(&passage, "");
    assert_eq!((&row["status"], &row["population"]), (&json!("unknown_population"), &Value::Null));
    assert_eq!(row["coverage"], json!({ "low": 0, "best": null, "high": 1 }));
    assert_eq!(row["days_since_last_delivery"], Value::Null);
    passage.create(
        "/api/v1/populations",
        &json!({ "area": "duma", "date": "2016-07-01", "people": 0, "metric": "residents" }),
    );
    assert_eq!(duma(&passage, "")["status"], "no_need");
}

#[test]
fn a_whole_and_its_parts_are_not_added_together() {
    let passage = with_areas();
    let food =
        json!({ "people_reached": 300, "lines": [{ "commodity": "wheat_flour", "loaded": 600 }] });
    passage.create("/api/v1/convoys", &arrival("whole", "duma", "2016-07-20", &food));
    let mut part = arrival("part", "duma", "2016-07-20", &food);
    part["part_of"] = json!(["whole"]);
    passage.create("/api/v1/convoys", &part);
    let row = duma(&passage, "");
    assert_eq!(
        (&row["reached"]["cumulative"], &row["convoys"]["arrived"]),
        (&json!(300), &json!(1))
    );
    assert!(flagged(&passage.read("/api/v1/convoys/part/coverage"), "part_of_other_convoys"));
}

#[test]
fn convoys_that_are_parts_of_each_other_do_not_both_vanish() {
    let passage = with_areas();
    let drop = json!({ "people_reached": 300 });
    let one = passage.create("/api/v1/convoys", &arrival("one", "duma", "2016-07-20", &drop));
    let mut other = arrival("other", "duma", "2016-07-20", &drop);
    other["part_of"] = json!(["one"]);
    passage.create("/api/v1/convoys", &other);
    let mut circle = arrival("one", "duma", "2016-07-20", &drop);
    circle["part_of"] = json!(["other"]);
    // Whether it is refused or taken: what arrived has arrived, once.
    let status = passage.put("/api/v1/convoys/one", &one["version"], &circle).status;
    assert!([200, 422].contains(&status), "{status}");
    let row = duma(&passage, "");
    assert_eq!((&row["convoys"]["arrived"], &row["reached"]["low"]), (&json!(1), &json!(300)));
}

#[test]
fn a_drop_that_arrived_later_than_the_others_had_not_arrived_before() {
    let passage = with_areas();
    let drops = json!([{ "areas": ["homs"] }, { "areas": ["duma"], "people_reached": 50, "arrived_at": "2016-07-14" }]);
    let convoy = json!({ "code": "c1", "mode": "cross_line", "date": "2016-07-10", "drops": drops,
        "events": [{ "stage": "offloaded", "at": "2016-07-10" }] });
    passage.create("/api/v1/convoys", &convoy);
    let before = duma(&passage, "&as_of=2016-07-12");
    assert_eq!(
        (&before["last_delivery"], &before["days_since_last_delivery"]),
        (&Value::Null, &Value::Null),
        "{before}"
    );
    assert_eq!(duma(&passage, "&as_of=2016-07-14")["reached"]["cumulative"], 50);
}

#[test]
fn convoys_are_counted_by_what_became_of_them() {
    let passage = with_areas();
    let convoy = |code: &str, stages: &[&str]| {
        let events: Vec<Value> =
            stages.iter().map(|stage| json!({ "stage": stage, "at": "2016-07-20" })).collect();
        json!({ "code": code, "mode": "cross_line", "date": "2016-07-20", "drops": [{ "areas": ["duma"] }, { "areas": ["duma"] }], "events": events })
    };
    passage.create(
        "/api/v1/convoys",
        &json!([
            convoy("planned", &[]),
            convoy("allowed", &["requested", "approved"]),
            convoy("denied", &["requested", "denied"]),
            convoy("back", &["departed", "turned_back"]),
            convoy("there", &["approved", "loaded", "departed", "entered", "offloaded"]),
        ]),
    );
    passage.create("/api/v1/convoys", &json!({ "mode": "cross_line", "convoy_type": "mission", "date": "2016-07-20", "drops": [{ "areas": ["duma"] }] }));
    assert_eq!(
        duma(&passage, "")["convoys"],
        json!({ "planned": 5, "allowed": 3, "refused": 2, "arrived": 1 })
    );
}

#[test]
fn coverage_is_asked_for_areas_or_a_unit_and_as_it_was_known() {
    let passage = with_rounds();
    let areas = |query: &str| -> Vec<String> {
        let list = passage.read(&format!("/api/v1/coverage?{query}"));
        rows(&list).iter().map(|row| row["area"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(areas(""), ["duma", "homs", "talbiseh"]);
    assert_eq!(areas("area=homs,duma"), ["duma", "homs"]);
    assert_eq!(areas("admin1=SY04"), ["homs"]);
    assert_eq!(areas("admin1=SY99"), Vec::<String>::new());
    assert_eq!(areas("known_at=2016-07-25"), Vec::<String>::new(), "nothing was known then");
    passage.get("/api/v1/convoys/r1/coverage?known_at=2016-07-25").problem(404, "not_found");
    passage.get("/api/v1/convoys/nothing/coverage").problem(404, "not_found");
}

#[test]
fn a_withdrawn_convoy_delivered_nothing() {
    let passage = with_rounds();
    passage.post("/api/v1/convoys/r2/withdraw", &json!({ "reason": "entered twice" })).ok(200);
    assert_eq!(duma(&passage, "")["reached"]["cumulative"], 400);
}
