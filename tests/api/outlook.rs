//! Outlook and gap: how long what an area has will last, and what it lacks.
#![cfg(test)]

use serde_json::{Value, json};

use crate::harness::{Passage, area, arrival, assert_close, codes, rows};

/// What is left of food after handling and the most, or the least, that is diverted.
const LEAST_KEPT: f64 = 0.99 * 0.85;
const MOST_KEPT: f64 = 0.99;

/// A town of so many people, counted on 20 July.
fn town(people: &Value) -> Passage {
    let passage = Passage::start();
    passage.create("/api/v1/areas", &area("duma"));
    let count =
        json!({ "area": "duma", "date": "2016-07-20", "people": people, "metric": "residents" });
    passage.create("/api/v1/populations", &count);
    passage
}

/// A count on the morning after the day that is asked for, so that nothing of it is eaten yet.
fn counted(passage: &Passage, fields: &Value) {
    let mut stock =
        json!({ "area": "duma", "stock_type": "stock", "date": "2016-07-26T23:59:59Z" });
    for (name, value) in fields.as_object().unwrap() {
        stock[name] = value.clone();
    }
    passage.create("/api/v1/stocks", &stock);
}

fn outlook(passage: &Passage, query: &str) -> Value {
    passage.read(&format!("/api/v1/areas/duma/outlook?as_of=2016-07-26{query}"))
}

fn flagged(answer: &Value, flag: &str) -> bool {
    answer["flags"].as_array().unwrap().contains(&json!(flag))
}

/// Equal but for the second between the count and the end of the day.
fn about(found: &Value, expected: f64) {
    let found = found.as_f64().unwrap_or_else(|| panic!("no number: {found}"));
    assert!((found - expected).abs() < 1e-3 * expected.abs().max(1.0), "{found} for {expected}");
}

#[test]
fn a_count_shared_by_those_who_are_there_gives_a_band_of_days() {
    let passage = town(&json!({ "low": 250_000, "high": 275_000 }));
    counted(&passage, &json!({ "person_days": 4_500_000 }));
    let found = outlook(&passage, "");
    assert_eq!((&found["status"], &found["method"]), (&json!("dated"), &json!("closed_form")));
    let (stock, people) = (4_500_000.0 * MOST_KEPT * 0.85_f64.sqrt(), (250e3 * 275e3_f64).sqrt());
    about(&found["days_left"]["p50"], stock / people);
    assert_eq!(found["runs_out_on"]["p50"], "2016-08-11");
    let days = |end: &str| found["days_left"][end].as_f64().unwrap();
    assert!(days("p10") < days("p50") && days("p50") < days("p90"), "{found}");
    assert_eq!((&found["severity"], &found["unit"]), (&json!("medium"), &json!("person_days")));
    assert_eq!(outlook(&passage, ""), found, "the same question has the same answer");
}

#[test]
fn every_input_has_its_record_its_source_and_its_age() {
    let passage = town(&json!(1_000));
    passage.create("/api/v1/sources", &json!({ "code": "un", "name": "A report" }));
    counted(&passage, &json!({ "code": "s1", "person_days": 9_000, "source": "un" }));
    counted(
        &passage,
        &json!({ "code": "s2", "date": "2016-07-20", "quantity_text": "several months" }),
    );
    let found = outlook(&passage, "");
    let inputs = rows(&json!({ "data": found["inputs"] })).to_vec();
    let input = |code: &str| {
        let of_code = |input: &&Value| input["record"]["code"] == code;
        inputs.iter().find(of_code).cloned().unwrap_or_else(|| panic!("{code}: {found}"))
    };
    let used = input("s1");
    assert_eq!(
        (&used["used"], &used["source"], &used["age_days"]),
        (&json!(true), &json!("un"), &json!(0))
    );
    assert_eq!(used["record"]["href"], "/api/v1/stocks/s1");
    let words = input("s2");
    assert_eq!((&words["used"], &words["why"]), (&json!(false), &json!("in_words")));
    assert_eq!((&words["stated"], &words["age_days"]), (&json!("several months"), &json!(6)));
    assert!(inputs.iter().any(|input| input["input"] == "population"));
}

#[test]
fn where_nobody_counted_the_stock_there_is_no_date_but_a_day_before_which_it_cannot_be() {
    let passage = town(&json!(60_000));
    let food = json!({ "trucks": 48, "people_targeted": 40_000, "carries_food": true });
    passage.create("/api/v1/convoys", &arrival("c1", "duma", "2016-07-26", &food));
    let found = outlook(&passage, "");
    assert_eq!(found["status"], "unknown_stock");
    assert_eq!(found["days_left"]["p50"], Value::Null);
    // 971,429 person-days came that morning, and a day of them is eaten.
    assert_close(&found["not_before_days"], 971_428.571_4 * LEAST_KEPT / 60_000.0 - 1.0);
    assert_eq!(found["not_before"], "2016-08-08");
    assert_eq!(found["opening_stock"]["from"], "deliveries_only");
    assert_eq!(found["severity"], "data_gap");
}

#[test]
fn without_people_there_is_no_date_and_without_need_no_end() {
    let passage = Passage::start();
    passage.create("/api/v1/areas", &area("duma"));
    assert_eq!(outlook(&passage, "")["status"], "unknown_population");
    let nobody =
        json!({ "area": "duma", "date": "2016-07-20", "people": 0, "metric": "residents" });
    passage.create("/api/v1/populations", &nobody);
    assert_eq!(outlook(&passage, "")["status"], "no_need");
    counted(&passage, &json!({ "person_days": 9_000 }));
    let found = outlook(&passage, "");
    assert_eq!((&found["status"], &found["not_before_days"]), (&json!("no_need"), &Value::Null));
}

#[test]
fn an_empty_store_is_out_and_a_full_one_lasts_beyond_the_horizon() {
    let passage = town(&json!(1_000));
    counted(&passage, &json!({ "person_days": 0 }));
    let found = outlook(&passage, "");
    assert_eq!((&found["status"], &found["severity"]), (&json!("already_out"), &json!("critical")));
    assert_eq!(found["days_left"]["p50"], 0);
    let passage = town(&json!(1_000));
    counted(&passage, &json!({ "person_days": 100_000 }));
    let near = outlook(&passage, "&horizon_days=30");
    assert_eq!(
        (&near["status"], &near["horizon_days"]),
        (&json!("not_within_horizon"), &json!(30))
    );
    assert_eq!((&near["days_left"]["p50"], &near["not_before_days"]), (&Value::Null, &json!(30)));
    assert_eq!(outlook(&passage, "")["status"], "dated");
}

#[test]
fn what_was_eaten_arrived_and_was_destroyed_since_the_count_is_reckoned_with() {
    let passage = town(&json!(1_000));
    counted(&passage, &json!({ "date": "2016-07-17", "person_days": 20_000 }));
    let eaten = outlook(&passage, "");
    // Ten days of 1,000 people.
    about(&eaten["opening_stock"]["amount"]["low"], 20_000.0 * LEAST_KEPT - 10_000.0);
    let flour = json!({ "lines": [{ "commodity": "wheat_flour", "loaded": 6_000 }] });
    passage.create("/api/v1/convoys", &arrival("c1", "duma", "2016-07-20", &flour));
    let arrived = outlook(&passage, "");
    about(&arrived["opening_stock"]["amount"]["high"], 30_000.0 * MOST_KEPT - 10_000.0);
    assert_eq!(arrived["arrivals"]["number"], 1);
    let hit = |in_store: bool| {
        json!({ "incident_type": "warehouse_hit", "date": "2016-07-24", "areas": ["duma"],
            "losses": [{ "item": "wheat flour", "quantity": 3, "unit": "t", "in_store": in_store }] })
    };
    passage.create("/api/v1/incidents", &hit(true));
    assert_eq!(outlook(&passage, "")["losses"]["number"], 0, "it was only in store");
    passage.create("/api/v1/incidents", &hit(false));
    let lost = outlook(&passage, "");
    about(&lost["opening_stock"]["amount"]["high"], 30_000.0 * MOST_KEPT - 10_000.0 - 5_000.0);
}

#[test]
fn planned_convoys_count_only_where_they_are_asked_for() {
    let passage = town(&json!(1_000));
    counted(&passage, &json!({ "person_days": 10_000 }));
    let planned = |code: &str, stage: &str| {
        json!({ "code": code, "mode": "cross_line", "planned_departure": "2016-07-29", "eta": "2016-07-30",
            "drops": [{ "areas": ["duma"], "lines": [{ "commodity": "wheat_flour", "loaded": 6_000 }] }],
            "events": [{ "stage": stage, "at": "2016-07-25" }] })
    };
    passage.create("/api/v1/convoys", &planned("c1", "approved"));
    passage.create("/api/v1/convoys", &planned("c2", "denied"));
    let without = outlook(&passage, "");
    assert_eq!(
        (&without["planned"]["number"], &without["method"]),
        (&json!(0), &json!("closed_form"))
    );
    let with = outlook(&passage, "&include_planned=true");
    assert_eq!((&with["planned"]["number"], &with["method"]), (&json!(1), &json!("monte_carlo")));
    let more =
        with["days_left"]["p50"].as_f64().unwrap() - without["days_left"]["p50"].as_f64().unwrap();
    assert!((8.0..10.0).contains(&more), "{more}");
    assert!(with["notes"].to_string().contains("planned convoys arrive"), "{with}");
    assert_eq!(
        outlook(&passage, "&include_planned=true"),
        with,
        "lots are drawn the same way again"
    );
}

#[test]
fn people_who_eat_less_last_longer() {
    let passage = town(&json!(1_000));
    counted(&passage, &json!({ "person_days": 40_000 }));
    let days = |policy: &str| {
        outlook(&passage, &format!("&policy={policy}"))["days_left"]["p50"].as_f64().unwrap()
    };
    let (full, threshold, constant) = (days("full"), days("threshold"), days("constant"));
    assert!(full < threshold && threshold < constant, "{full} {threshold} {constant}");
    let ration = json!({ "area": "duma", "stock_type": "ration", "date": "2016-07-25", "item": "food",
        "quantity": 525, "unit": "kcal_per_person_day" });
    passage.create("/api/v1/stocks", &ration);
    let found = outlook(&passage, "");
    assert_eq!(
        (&found["policy"], &found["ration_share"]["best"]),
        (&json!("constant"), &json!(0.25))
    );
    about(&found["days_left"]["p50"], 4.0 * full);
    assert!(flagged(&found, "low_ration"), "{found}");
    about(&outlook(&passage, "&policy=full")["days_left"]["p50"], full);
}

#[test]
fn what_comes_in_by_itself_lengthens_the_time_and_may_end_the_end() {
    let passage = town(&json!(1_000));
    counted(&passage, &json!({ "person_days": 10_000 }));
    assert!(flagged(&outlook(&passage, ""), "unknown_inflow"));
    let inflow = |code: &str, day: &str, pd: Value| json!({ "code": code, "area": "duma", "stock_type": "inflow", "date": day, "item": "food", "person_days": pd });
    passage.create("/api/v1/stocks", &inflow("i1", "2016-07-24", json!(500)));
    let half = outlook(&passage, "");
    about(&half["days_left"]["p50"], 10_000.0 * (LEAST_KEPT * MOST_KEPT).sqrt() / 500.0);
    assert!(!flagged(&half, "unknown_inflow") && !flagged(&half, "stale_inflow"));
    passage.create(
        "/api/v1/stocks",
        &inflow("i2", "2016-07-25", json!({ "low": 0, "best": 1_000, "high": 2_000 })),
    );
    let year = passage.read("/api/v1/areas/duma/outlook?as_of=2017-07-26");
    assert!(flagged(&year, "stale_inflow"), "{year}");
    let maybe = outlook(&passage, "");
    let never = maybe["days_left"]["p_never"].as_f64().unwrap();
    assert!((0.45..0.55).contains(&never), "{maybe}");
    assert_eq!(maybe["days_left"]["p90"], Value::Null);
}

#[test]
fn one_holders_count_is_a_floor_and_the_counts_of_two_may_be_of_the_same_food() {
    let passage = town(&json!(1_000));
    let organisation = |code: &str| json!({ "code": code, "names": code, "org_type": "un" });
    passage.create("/api/v1/organisations", &json!([organisation("wfp"), organisation("icrc")]));
    counted(&passage, &json!({ "person_days": 10_000, "owner": ["wfp"] }));
    let one = outlook(&passage, "");
    assert!(one["notes"].to_string().contains("a floor on the date, not a forecast"), "{one}");
    counted(&passage, &json!({ "person_days": 6_000, "owner": ["icrc"] }));
    let two = outlook(&passage, "");
    assert!(flagged(&two, "counts_may_overlap") && !flagged(&two, "one_holder"));
    about(&two["opening_stock"]["amount"]["low"], 10_000.0 * LEAST_KEPT);
    about(&two["opening_stock"]["amount"]["high"], 16_000.0 * MOST_KEPT);
}

#[test]
fn a_store_is_a_part_of_the_whole_that_was_counted() {
    let passage = town(&json!(1_000));
    passage.create(
        "/api/v1/facilities",
        &json!({ "code": "w", "names": "W", "facility_type": "warehouse", "area": "duma" }),
    );
    counted(&passage, &json!({ "code": "store", "person_days": 4_000, "facility": "w" }));
    about(&outlook(&passage, "")["opening_stock"]["amount"]["high"], 4_000.0 * MOST_KEPT);
    counted(&passage, &json!({ "code": "whole", "person_days": 10_000, "date": "2016-07-26" }));
    let found = outlook(&passage, "");
    let store =
        found["inputs"].as_array().unwrap().iter().find(|input| input["record"]["code"] == "store");
    assert_eq!(store.unwrap()["why"], "part_of_whole");
    about(&found["opening_stock"]["amount"]["high"], 10_000.0 * MOST_KEPT - 1_000.0);
}

#[test]
fn water_and_fuel_have_their_own_outlook_and_are_never_added_to_food() {
    let passage = town(&json!(1_000));
    counted(&passage, &json!({ "item": "drinking_water", "quantity": 150, "unit": "m3" }));
    let water = outlook(&passage, "&sector=water");
    assert_eq!((&water["status"], &water["unit"]), (&json!("dated"), &json!("person_days")));
    about(&water["opening_stock"]["amount"]["high"], 10_000.0 * MOST_KEPT);
    assert_eq!(outlook(&passage, "")["status"], "unknown_stock");
    counted(&passage, &json!({ "item": "diesel", "quantity": 900, "unit": "L" }));
    assert_eq!(outlook(&passage, "&sector=fuel")["status"], "unknown_need");
    passage.create(
        "/api/v1/stocks",
        &json!({ "area": "duma", "stock_type": "ration", "date": "2016-07-25",
        "item": "diesel", "quantity": 100, "unit": "l_per_day" }),
    );
    let fuel = outlook(&passage, "&sector=fuel");
    assert_eq!((&fuel["status"], &fuel["unit"]), (&json!("dated"), &json!("litres")));
    about(&fuel["days_left"]["p50"], 9.0 * MOST_KEPT * 0.85_f64.sqrt());
    let diesel = json!({ "lines": [{ "commodity": "diesel", "loaded": 500, "delivered": 400 }] });
    passage.create("/api/v1/convoys", &arrival("c1", "duma", "2016-07-27", &diesel));
    let later = passage.read("/api/v1/areas/duma/outlook?as_of=2016-07-27&sector=fuel");
    about(&later["opening_stock"]["amount"]["high"], 1_300.0 * MOST_KEPT - 100.0);
}

#[test]
fn all_areas_come_in_one_answer_the_most_urgent_first() {
    let passage = town(&json!(1_000));
    passage.create("/api/v1/areas", &json!([area("homs"), area("empty"), { "code": "far", "names": "Far", "admin1_pcode": "SY08" }]));
    for (code, stock) in [("homs", 5_000), ("far", 9_000)] {
        passage.create(
            "/api/v1/populations",
            &json!({ "area": code, "date": "2016-07-20", "people": 1_000, "metric": "residents" }),
        );
        passage.create("/api/v1/stocks", &json!({ "area": code, "stock_type": "stock", "date": "2016-07-26", "person_days": stock }));
    }
    let all = passage.read("/api/v1/outlook?as_of=2016-07-26");
    let order: Vec<&str> = rows(&all).iter().map(|row| row["area"].as_str().unwrap()).collect();
    assert_eq!(order, ["homs", "far", "duma", "empty"]);
    assert_eq!((&all["total"], &all["data"][0]["inputs"]), (&json!(4), &Value::Null));
    let one = passage.read("/api/v1/outlook?as_of=2016-07-26&admin1=SY08&expand=all");
    assert_eq!(one["total"], 1);
    assert!(one["data"][0]["inputs"].is_array());
    let mut alone = passage.read("/api/v1/areas/far/outlook?as_of=2016-07-26");
    for clock in ["as_of", "known_at"] {
        alone.as_object_mut().unwrap().remove(clock);
    }
    assert_eq!(alone, one["data"][0], "of one area and of all is the same");
    assert_eq!(codes(&json!({ "data": [] })), Vec::<String>::new());
}

#[test]
fn what_was_counted_later_is_not_known_before() {
    let passage = town(&json!(1_000));
    counted(&passage, &json!({ "person_days": 10_000 }));
    let before = passage.read("/api/v1/areas/duma/outlook?as_of=2016-07-25");
    assert_eq!(
        (&before["status"], &before["inputs"].to_string().contains("SK-")),
        (&json!("unknown_stock"), &false)
    );
    let learned = passage.read("/api/v1/areas/duma/outlook?as_of=2016-07-26");
    assert_eq!(learned["status"], "dated");
}

#[test]
fn what_is_wrong_with_a_question_is_said_all_at_once() {
    let passage = town(&json!(1_000));
    let wrong = passage.get("/api/v1/areas/duma/outlook?policy=feast&horizon_days=0&sector=hope&as_of=soon&include_planned=perhaps&x=1");
    let problem = wrong.problem(422, "invalid");
    assert_eq!(problem.pointers().len(), 6, "{:?}", problem.pointers());
    assert!(problem.at("policy").contains("full, constant, threshold"), "{}", problem.at("policy"));
    passage.get("/api/v1/areas/nowhere/outlook").problem(404, "not_found");
    passage.get("/api/v1/areas/nowhere/gap").problem(404, "not_found");
    let list = passage.get("/api/v1/outlook?area=nowhere&expand=some");
    assert_eq!(list.problem(422, "invalid").pointers().len(), 2);
    let gap = passage.get("/api/v1/areas/duma/gap?from=2016-08-02&to=2016-08-01&loss=1&payload_tonnes=0&trucks_per_convoy=-4");
    assert_eq!(gap.problem(422, "invalid").pointers().len(), 4);
}

fn gap(passage: &Passage, query: &str) -> Value {
    passage.read(&format!("/api/v1/areas/duma/gap?as_of=2016-07-26{query}"))
}

#[test]
fn the_gap_of_eastern_aleppo_takes_272_trucks_in_seven_convoys() {
    let passage = town(&json!(250_000));
    counted(&passage, &json!({ "person_days": 0 }));
    let found = gap(&passage, "&loss=0.02&payload_tonnes=15.67&trucks_per_convoy=40");
    assert_eq!((&found["period_days"], &found["status"]), (&json!(30), &json!("ok")));
    let best = &found["gap"]["best"];
    assert_close(&best["person_days"], 7_500_000.0);
    assert_close(&best["tonnes"], 4_247.449);
    assert_eq!(
        (&best["people"], &best["trucks"], &best["convoys"]),
        (&json!(250_000), &json!(272), &json!(7))
    );
    let stored = json!({ "code": "lo", "area": "duma", "date": "2016-07-01", "handling_loss": 0.02,
        "payload_tonnes": 15.67, "trucks_per_convoy": 40 });
    passage.create("/api/v1/logistics", &stored);
    let by_record = gap(&passage, "");
    assert_eq!(
        (&by_record["gap"], &by_record["haulage"]["logistics"]),
        (&found["gap"], &json!("lo"))
    );
}

#[test]
fn the_gap_has_the_doubt_of_what_there_is() {
    let passage = town(&json!({ "low": 900, "best": 1_000, "high": 1_200 }));
    let unknown = gap(&passage, "");
    assert_eq!(
        (&unknown["status"], &unknown["gap"]["best"]),
        (&json!("unknown_stock"), &Value::Null)
    );
    assert_eq!(unknown["gap"]["low"]["person_days"], 0, "there may be enough");
    assert_close(&unknown["gap"]["high"]["person_days"], 1_200.0 * 30.0);
    counted(&passage, &json!({ "person_days": 6_000 }));
    let known = gap(&passage, "");
    about(&known["gap"]["high"]["person_days"], 36_000.0 - 6_000.0 * LEAST_KEPT);
    about(&known["gap"]["low"]["person_days"], 27_000.0 - 6_000.0 * MOST_KEPT);
    let planned = json!({ "mode": "cross_line", "eta": "2016-07-30",
        "drops": [{ "areas": ["duma"], "lines": [{ "commodity": "wheat_flour", "loaded": 600 }] }],
        "events": [{ "stage": "approved", "at": "2016-07-25" }] });
    passage.create("/api/v1/convoys", &planned);
    assert_eq!(gap(&passage, "")["gap"], known["gap"]);
    about(
        &gap(&passage, "&include_planned=true")["gap"]["low"]["person_days"],
        27_000.0 - 7_000.0 * MOST_KEPT,
    );
}

#[test]
fn a_new_count_of_another_holder_does_not_bring_back_what_was_eaten() {
    let passage = town(&json!(5_000));
    let organisation = |code: &str| json!({ "code": code, "names": code, "org_type": "un" });
    passage.create("/api/v1/organisations", &json!([organisation("wfp"), organisation("sarc")]));
    counted(&passage, &json!({ "date": "2016-07-13", "person_days": 60_000, "owner": ["wfp"] }));
    assert_eq!(outlook(&passage, "")["status"], "already_out");
    counted(&passage, &json!({ "date": "2016-07-26", "person_days": 10, "owner": ["sarc"] }));
    let found = outlook(&passage, "");
    assert_eq!(
        (&found["status"], &found["opening_stock"]["counted_on"]),
        (&json!("already_out"), &json!("2016-07-13"))
    );
    // Whoever counts all that is there has the last word.
    counted(&passage, &json!({ "person_days": 50_000 }));
    about(&outlook(&passage, "")["opening_stock"]["amount"]["high"], 50_000.0 * MOST_KEPT);
}

#[test]
fn two_counts_of_one_day_are_a_range_whatever_their_codes() {
    for (first, second) in [(30_000, 3_000), (3_000, 30_000)] {
        let passage = town(&json!(1_000));
        counted(&passage, &json!({ "code": "a", "person_days": first }));
        counted(&passage, &json!({ "code": "b", "person_days": second }));
        let found = outlook(&passage, "");
        about(&found["opening_stock"]["amount"]["low"], 3_000.0 * LEAST_KEPT);
        about(&found["opening_stock"]["amount"]["high"], 30_000.0 * MOST_KEPT);
        assert!(!flagged(&found, "counts_in_words"), "{found}");
    }
    let passage = town(&json!(1_000));
    let more =
        json!({ "area": "duma", "date": "2016-07-20", "people": 3_000, "metric": "residents" });
    passage.create("/api/v1/populations", &more);
    assert_eq!(
        outlook(&passage, "")["population"],
        json!({ "low": 1_000, "best": 2_000, "high": 3_000 })
    );
}

#[test]
fn at_most_is_no_food_for_certain_and_at_least_is_no_end_of_people() {
    let passage = town(&json!(1_000));
    counted(&passage, &json!({ "person_days": { "high": 30_000 } }));
    let found = outlook(&passage, "");
    assert_eq!(found["opening_stock"]["amount"]["low"], 0);
    assert!(found["days_left"]["p10"].as_f64().unwrap() < 15.0, "{found}");
    let passage = town(&json!({ "low": 1_000 }));
    counted(&passage, &json!({ "person_days": 30_000 }));
    let found = outlook(&passage, "");
    assert_eq!(
        (&found["status"], &found["days_left"]["p10"]),
        (&json!("unknown_population"), &Value::Null)
    );
    assert!(flagged(&found, "open_population"), "{found}");
}

#[test]
fn a_month_of_food_is_not_what_comes_in_on_a_day() {
    let passage = town(&json!(2_000));
    counted(&passage, &json!({ "person_days": 30_000 }));
    passage.create(
        "/api/v1/stocks",
        &json!({ "code": "i", "area": "duma", "stock_type": "inflow", "date": "2016-07-20",
        "item": "food", "quantity": 1_000, "unit": "people_months" }),
    );
    let found = outlook(&passage, "");
    assert!(flagged(&found, "unknown_inflow"), "{found}");
    assert_eq!(found["status"], "dated");
}

#[test]
fn a_loss_that_nobody_measured_leaves_anything_from_nothing_to_all() {
    let passage = town(&json!(1_000));
    passage.create("/api/v1/areas", &area("homs"));
    counted(&passage, &json!({ "date": "2016-07-20", "person_days": 30_000 }));
    let hit = |areas: &Value, quantity: &Value| {
        json!({ "incident_type": "warehouse_hit", "date": "2016-07-22", "areas": areas,
            "losses": [{ "item": "wheat flour", "quantity": quantity, "unit": if quantity.is_null() { Value::Null } else { json!("t") } }] })
    };
    passage.create("/api/v1/incidents", &hit(&json!(["duma", "homs"]), &json!(9)));
    passage.create("/api/v1/incidents", &hit(&json!(["duma"]), &Value::Null));
    let found = outlook(&passage, "");
    assert_eq!(
        (&found["losses"]["number"], &found["losses"]["of_unknown_size"]),
        (&json!(2), &json!(2))
    );
    assert_eq!(found["opening_stock"]["amount"]["low"], 0);
    about(&found["opening_stock"]["amount"]["high"], 30_000.0 * MOST_KEPT - 7_000.0);
    assert!(flagged(&found, "unknown_losses"), "{found}");
}

#[test]
fn more_in_store_never_gives_an_earlier_day() {
    // Counted twenty days ago: about where the least that can be left comes to nothing.
    let band = |person_days: u32| {
        let passage = town(&json!(1_000));
        counted(&passage, &json!({ "date": "2016-07-06", "person_days": person_days }));
        let days = outlook(&passage, "")["days_left"].clone();
        ["p10", "p50", "p90"].map(|end| days[end].as_f64().unwrap())
    };
    let bands: Vec<[f64; 3]> = [24_000, 24_951, 24_960, 25_000, 26_000].map(band).into();
    for pair in bands.windows(2) {
        assert!((0..3).all(|end| pair[0][end] <= pair[1][end]), "{pair:?}");
    }
}
