//! The funnel: what was loaded, and where all of it went.
#![cfg(test)]

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use crate::harness::{Passage, area, arrival, assert_close, rows};

const OUTFLOWS: [&str; 7] =
    ["removed", "intercepted", "lost", "damaged", "returned", "delivered", "in_transit"];

fn with_areas() -> Passage {
    let passage = Passage::start();
    let placed = json!({ "code": "homs", "names": "Homs", "admin1_pcode": "SY04" });
    passage.create("/api/v1/areas", &json!([area("duma"), area("madaya"), placed]));
    let parties = json!([{ "code": "gov", "names": "Government" }, { "code": "nsag", "names": "Armed groups" }]);
    passage.create("/api/v1/parties", &parties);
    passage.create("/api/v1/sources", &json!({ "code": "un", "name": "UN" }));
    passage
}

/// A convoy to these areas with these lines, that went through these stages in July.
fn convoy(code: &str, areas: &Value, lines: &Value, stages: &[(&str, &str)]) -> Value {
    let events: Vec<Value> =
        stages.iter().map(|(stage, at)| json!({ "stage": stage, "at": at })).collect();
    json!({ "code": code, "mode": "cross_line", "date": "2016-07-10", "source": "un", "events": events,
        "drops": [{ "areas": areas, "trucks": 10, "people_targeted": 900, "people_reached": 800, "lines": lines }] })
}

fn number(flow: &Value, name: &str) -> f64 {
    flow[name].as_f64().unwrap_or(0.0)
}

/// Is everything that was loaded somewhere?
#[track_caller]
fn assert_balanced(flow: &Value) {
    let out: f64 = OUTFLOWS.iter().map(|name| number(flow, name)).sum();
    let open =
        number(flow, "unaccounted") - number(flow, "excess") - number(flow, "from_unknown_load");
    let loaded = number(flow, "loaded");
    assert!((out + open - loaded).abs() <= 1e-6 * loaded.max(out).max(1.0), "{flow}");
}

/// Every flow in an answer.
fn flows(answer: &Value) -> Vec<&Value> {
    let parts: Vec<&Value> = match answer {
        Value::Array(items) => items.iter().collect(),
        Value::Object(fields) => fields.values().collect(),
        _ => Vec::new(),
    };
    let own = answer.get("unaccounted").map(|_| answer);
    own.into_iter().chain(parts.into_iter().flat_map(flows)).collect()
}

/// The first goods of a row or a total.
fn goods<'a>(of: &'a Value, sector: &str) -> &'a Value {
    let goods = of["goods"].as_array().unwrap();
    goods.iter().find(|g| g["sector"] == sector).unwrap_or_else(|| panic!("no {sector}: {of}"))
}

fn flagged(of: &Value, flag: &str) -> bool {
    of["flags"].as_array().unwrap().contains(&json!(flag))
}

#[test]
fn a_convoy_on_the_road_has_everything_in_transit_and_nothing_delivered() {
    let passage = with_areas();
    let lines = json!([{ "commodity": "wheat_flour", "unit": "t", "requested": 9, "approved": 8, "loaded": 6, "removed": 1, "delivered": 5 }]);
    let stages =
        [("departed", "2016-07-10"), ("entered", "2016-07-12"), ("offloaded", "2016-07-13")];
    passage.create("/api/v1/convoys", &convoy("c1", &json!(["duma"]), &lines, &stages));
    let funnel = |as_of: &str| passage.read(&format!("/api/v1/convoys/c1/funnel?as_of={as_of}"));
    let road = funnel("2016-07-12");
    let line = &road["drops"][0]["lines"][0];
    assert_eq!(
        (&line["in_transit"], &line["delivered"], &line["unit"]),
        (&json!(5_000), &Value::Null, &json!("kg"))
    );
    assert_eq!((&road["progress"], &road["stage"]), (&json!("on_the_road"), &json!("entered")));
    assert_eq!(road["drops"][0]["people_reached"]["best"], Value::Null, "nobody is reached yet");
    assert!(flagged(&road, "not_arrived"));
    let there = funnel("2016-07-13");
    let line = &there["drops"][0]["lines"][0];
    assert_eq!((&line["in_transit"], &line["delivered"]), (&Value::Null, &json!(5_000)));
    assert_eq!((&line["requested"], &line["approved"]), (&json!(9_000), &json!(8_000)));
    assert_close(&line["food_person_days"]["delivered"], 5_000.0 * 3_500.0 / 2_100.0);
    let coverage = passage.read("/api/v1/convoys/c1/coverage");
    assert_eq!(
        coverage["total"]["computed"]["food_person_days"],
        there["totals"]["food_person_days"]["delivered"]
    );
    for flow in flows(&road).into_iter().chain(flows(&there)) {
        assert_balanced(flow);
    }
    passage.get("/api/v1/convoys/c1/funnel?as_of=2016-07-09").problem(404, "not_found");
    passage.get("/api/v1/convoys/none/funnel").problem(404, "not_found");
}

#[test]
fn what_no_source_tells_of_is_unaccounted_and_more_than_was_loaded_is_excess() {
    let passage = with_areas();
    let lines = json!([
        { "commodity": "rice", "loaded": 1_000, "removed": 100, "delivered": 700 },
        { "commodity": "blanket", "loaded": 50, "lost": 40, "damaged": 30 },
        { "commodity": "medicines", "unit": "kg", "delivered": 60 },
    ]);
    passage.create(
        "/api/v1/convoys",
        &convoy("c1", &json!(["duma"]), &lines, &[("offloaded", "2016-07-10")]),
    );
    let answer = passage.read("/api/v1/funnel?by=month");
    let totals = &answer["totals"];
    assert_eq!(goods(totals, "food")["unaccounted"], 200);
    let blankets = goods(totals, "nfi");
    assert_eq!((&blankets["excess"], &blankets["delivered"]), (&json!(20), &json!(0)));
    let medicines = goods(totals, "health");
    assert_eq!((&medicines["loaded"], &medicines["from_unknown_load"]), (&Value::Null, &json!(60)));
    assert_eq!(medicines["lines_of_unknown_load"], 1);
    assert!(
        flagged(&answer, "losses_exceed_loaded") && flagged(&answer, "load_unknown"),
        "{answer}"
    );
    flows(&answer).into_iter().for_each(assert_balanced);
    assert_eq!(
        totals["sources"]["named"][0],
        json!({ "code": "un", "href": "/api/v1/sources/un" })
    );
}

#[test]
fn whatever_is_told_the_funnel_sums_to_what_was_loaded() {
    let passage = with_areas();
    let number = || proptest::option::of(0..1_000_u32);
    let stage = prop::sample::select(vec![
        "approved",
        "departed",
        "turned_back",
        "looted",
        "closed_with_loss",
        "completed",
    ]);
    let unit = prop::sample::select(vec!["kg", "t", "bag"]);
    let lines = proptest::collection::vec((unit, proptest::array::uniform9(number())), 1..4);
    let mut runner =
        TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
    let made = std::cell::Cell::new(0);
    let case = (stage, lines);
    runner
        .run(&case, |(stage, lines)| {
            made.set(made.get() + 1);
            let lines: Vec<Value> = lines
                .iter()
                .map(|(unit, [requested, loaded, removed, intercepted, lost, damaged, returned, delivered, in_transit])| {
                    json!({ "commodity": "rice", "unit": unit, "requested": requested, "loaded": loaded, "removed": removed,
                        "intercepted": intercepted, "lost": lost, "damaged": damaged, "returned": returned,
                        "delivered": delivered, "in_transit": in_transit })
                })
                .collect();
            let code = format!("c{}", made.get());
            passage.create("/api/v1/convoys", &convoy(&code, &json!(["duma"]), &json!(lines), &[(stage, "2016-07-10")]));
            flows(&passage.read(&format!("/api/v1/convoys/{code}/funnel"))).into_iter().for_each(assert_balanced);
            Ok(())
        })
        .unwrap();
    for by in ["authority", "reason", "commodity", "month", "area"] {
        let answer = passage.read(&format!("/api/v1/funnel?by={by}"));
        flows(&answer).into_iter().for_each(assert_balanced);
        assert_rows_add_up(&answer);
    }
}

/// The rows of goods add up to the totals, those of removals to the removals.
#[track_caller]
fn assert_rows_add_up(answer: &Value) {
    let sum = |list: &str, name: &str| {
        let in_row = |row: &Value| -> f64 {
            row[list].as_array().into_iter().flatten().map(|part| number(part, name)).sum()
        };
        let rows: f64 = rows(answer).iter().map(in_row).sum();
        let of = if list == "goods" { &answer["totals"] } else { &answer["totals"]["removals"] };
        (rows, in_row(of))
    };
    let is_removals = matches!(answer["by"].as_str(), Some("authority" | "reason"));
    let lists: &[(&str, &str)] = if is_removals {
        &[("removed_goods", "removed"), ("removed_goods", "removals")]
    } else {
        &[("goods", "loaded"), ("goods", "delivered"), ("goods", "unaccounted"), ("goods", "lines")]
    };
    for (list, name) in lists {
        let (rows, total) = sum(list, name);
        assert!(
            (rows - total).abs() < 1e-3 * total.max(1.0),
            "{list} {name}: {rows} is not {total}"
        );
    }
}

#[test]
fn a_removal_of_unknown_amount_is_counted_and_is_not_zero() {
    let passage = with_areas();
    let lines = json!([
        { "commodity": "surgical_kit", "removals": [{ "authority": "gov", "reason": "military use" }, { "place": "checkpoint" }] },
        { "commodity": "rice", "loaded": 900, "removed": 600, "removals": [{ "authority": "gov", "reason": "military use", "quantity": 100 }] },
        { "commodity": "soap", "loaded": 10, "removals": [{ "authority": "nsag", "quantity": 4 }] },
    ]);
    passage.create(
        "/api/v1/convoys",
        &convoy("c1", &json!(["duma"]), &lines, &[("offloaded", "2016-07-10")]),
    );
    let answer = passage.read("/api/v1/funnel?by=authority");
    let groups: Vec<&Value> = rows(&answer).iter().map(|row| &row["group"]).collect();
    assert_eq!(groups, [&json!("gov"), &json!("nsag"), &Value::Null]);
    let [gov, _, nobody] = rows(&answer) else { panic!("{answer}") };
    assert_eq!((&gov["name"], &gov["href"]), (&json!("Government"), &json!("/api/v1/parties/gov")));
    assert_eq!((&gov["removals"], &gov["of_unknown_quantity"]), (&json!(2), &json!(1)));
    let kits =
        &gov["removed_goods"].as_array().unwrap().iter().find(|g| g["sector"] == "health").unwrap();
    assert_eq!(kits["removed"], Value::Null, "{kits}");
    assert_eq!(
        gov["removed_kg"][0],
        json!({ "sector": "food", "removed": 100, "removals": 1, "of_unknown_quantity": 0 })
    );
    // Of the 600 kg of rice nobody tells who took the other 500.
    assert_eq!(nobody["removed_kg"][0]["removed"], 500);
    assert_rows_add_up(&answer);
    let reasons = passage.read("/api/v1/funnel?by=reason");
    assert_eq!(rows(&reasons)[0]["group"], "military use");
    assert_rows_add_up(&reasons);
    // Before it set out nothing had been taken off.
    let before = passage.read("/api/v1/funnel?by=authority&as_of=2016-07-09");
    assert_eq!(
        (&before["total"], &before["totals"]["removals"]["removals"]),
        (&json!(0), &json!(0))
    );
}

#[test]
fn a_drop_for_several_areas_is_a_row_of_its_own_and_never_split() {
    let passage = with_areas();
    let flour = json!([{ "commodity": "wheat_flour", "loaded": 600 }]);
    let done = [("offloaded", "2016-07-10")];
    passage.create("/api/v1/convoys", &convoy("c1", &json!(["madaya", "duma"]), &flour, &done));
    passage.create("/api/v1/convoys", &convoy("c2", &json!(["duma", "madaya"]), &flour, &done));
    passage.create("/api/v1/convoys", &convoy("c3", &json!(["duma"]), &flour, &done));
    let answer = passage.read("/api/v1/funnel?by=area");
    let rows_of = rows(&answer);
    assert_eq!(rows_of.len(), 2, "{answer}");
    assert_eq!(
        (&rows_of[0]["group"], &rows_of[0]["goods"][0]["delivered"]),
        (&json!("duma"), &json!(600))
    );
    assert_eq!(rows_of[1]["areas"], json!(["duma", "madaya"]));
    assert_eq!(
        (&rows_of[1]["goods"][0]["delivered"], &rows_of[1]["trucks"]["arrived"]["best"]),
        (&json!(1_200), &json!(20))
    );
    let duma = passage.read("/api/v1/funnel?by=area&area=duma");
    assert!(flagged(&duma, "one_figure_for_several_areas"));
    let homs = passage.read("/api/v1/funnel?by=area&admin1=SY04");
    assert_eq!((&homs["total"], &homs["totals"]["drops"]), (&json!(0), &json!(0)));
}

#[test]
fn kilograms_are_never_added_to_kits_and_bags_of_unknown_weight_stay_bags() {
    let passage = with_areas();
    let lines = json!([
        { "commodity": "wheat_flour", "loaded": 6_000 }, { "commodity": "wheat_flour", "loaded": 30, "unit": "bag" },
        { "commodity": "hygiene_kit", "loaded": 40 }, { "commodity": "moon dust", "loaded": 5, "unit": "jar" },
    ]);
    passage.create(
        "/api/v1/convoys",
        &convoy("c1", &json!(["duma"]), &lines, &[("offloaded", "2016-07-10")]),
    );
    let answer = passage.read("/api/v1/funnel?by=commodity");
    let seen: Vec<(&Value, &Value, &Value)> = rows(&answer)
        .iter()
        .map(|row| (&row["group"], &row["goods"][0]["unit"], &row["goods"][0]["loaded"]))
        .collect();
    let flour = json!("wheat_flour");
    assert_eq!(
        seen,
        [
            (&json!("hygiene_kit"), &json!("unit"), &json!(40)),
            (&json!("moon dust"), &json!("jar"), &json!(5)),
            (&flour, &json!("bag"), &json!(30)),
            (&flour, &json!("kg"), &json!(6_000)),
        ]
    );
    assert!(rows(&answer)[0].get("trucks").is_none(), "trucks are not told by commodity");
    let totals = &answer["totals"];
    assert_eq!(
        (&totals["weight_kg"][0]["loaded"], &totals["lines_without_weight"]),
        (&json!(6_000), &json!(3))
    );
    assert_eq!(
        (&totals["food_person_days"]["loaded"], &totals["food_lines_without_energy"]),
        (&json!(10_000), &json!(1))
    );
    assert_rows_add_up(&answer);
}

#[test]
fn a_month_is_that_of_the_departure_and_a_year_has_none() {
    let passage = with_areas();
    let none = json!([]);
    passage.create(
        "/api/v1/convoys",
        &convoy(
            "c1",
            &json!(["duma"]),
            &none,
            &[
                ("departed", "2016-06-30T23:30:00Z"),
                ("entered", "2016-07-01"),
                ("offloaded", "2016-07-01"),
            ],
        ),
    );
    let mut year = convoy("c2", &json!(["duma"]), &none, &[]);
    year["date"] = json!("2015-01-01");
    year["date_precision"] = json!("year");
    passage.create("/api/v1/convoys", &year);
    let mut mission = convoy("c3", &json!(["duma"]), &none, &[("offloaded", "2016-07-10")]);
    mission["convoy_type"] = json!("mission");
    passage.create("/api/v1/convoys", &mission);
    let answer = passage.read("/api/v1/funnel");
    let groups: Vec<&Value> = rows(&answer).iter().map(|row| &row["group"]).collect();
    assert_eq!(groups, [&json!("2016-06"), &Value::Null]);
    let stages = &answer["totals"]["convoys_by_stage"];
    assert_eq!(
        (&stages["planned"], &stages["loaded"], &stages["arrived"]),
        (&json!(2), &json!(1), &json!(1))
    );
    assert!(flagged(&answer, "drops_without_list"));
    let june = passage.read("/api/v1/funnel?from=2016-06-01&to=2016-06-30&mode=cross_line,airdrop");
    assert_eq!(june["totals"]["trucks"]["arrived"]["best"], 10);
    assert_eq!(passage.read("/api/v1/funnel?mode=airdrop")["total"], 0);
}

#[test]
fn parts_and_whole_count_once_and_goods_that_only_one_of_them_tells_of_are_not_lost() {
    let passage = with_areas();
    let flour = json!([{ "commodity": "wheat_flour", "loaded": 600 }]);
    let kits = json!([{ "commodity": "surgical_kit", "removals": [{ "authority": "gov" }] }, { "commodity": "rice", "loaded": 50 }]);
    let done = [("offloaded", "2016-07-10")];
    for (code, area) in [("w1", "duma"), ("w2", "madaya")] {
        passage.create("/api/v1/convoys", &convoy(code, &json!([area]), &flour, &done));
    }
    // A part of two is counted through those; they tell of food, and not of what was taken off.
    let mut part = convoy("p", &json!(["duma", "madaya"]), &kits, &done);
    part["part_of"] = json!(["w1", "w2"]);
    passage.create("/api/v1/convoys", &part);
    let answer = passage.read("/api/v1/funnel?by=authority");
    let totals = &answer["totals"];
    assert_eq!(
        (&totals["convoys_by_stage"]["arrived"], &totals["trucks"]["arrived"]["best"]),
        (&json!(2), &json!(20))
    );
    assert_eq!(
        (&goods(totals, "food")["loaded"], &goods(totals, "food")["lines"]),
        (&json!(1_200), &json!(2))
    );
    assert_eq!(
        (&rows(&answer)[0]["group"], &rows(&answer)[0]["removals"]),
        (&json!("gov"), &json!(1))
    );
    assert_eq!(rows(&answer)[0]["convoys"]["named"][0]["code"], "p");
}

#[test]
fn people_of_a_drop_that_does_not_tell_leave_a_floor() {
    let passage = with_areas();
    let drop = json!({ "trucks": { "low": 44, "best": 45, "high": 49 } });
    passage.create("/api/v1/convoys", &arrival("c1", "duma", "2016-07-10", &drop));
    passage.create(
        "/api/v1/convoys",
        &arrival("c2", "duma", "2016-07-11", &json!({ "people_reached": 100 })),
    );
    let totals = passage.read("/api/v1/funnel")["totals"].clone();
    assert_eq!(
        totals["trucks"]["arrived"],
        json!({ "low": 44, "best": null, "high": null, "unknown": 1 })
    );
    assert_eq!(
        totals["people_reached"],
        json!({ "low": 100, "best": null, "high": null, "unknown": 1 })
    );
    assert_eq!(totals["goods"], json!([]));
}

#[test]
fn everything_that_is_wrong_with_a_question_is_said_at_once() {
    let passage = with_areas();
    let problem = passage
        .get("/api/v1/funnel?by=colour&area=atlantis&admin1=XX&mode=boat&from=2016-07-02&to=2016-07-01&x=1")
        .problem(422, "invalid");
    assert!(
        problem.at("by").contains("authority, reason, commodity, month, area"),
        "{}",
        problem.0
    );
    assert!(problem.at("mode").contains("cross_line"), "{}", problem.0);
    assert_eq!(problem.at("area"), "there is no area atlantis");
    assert!(problem.pointers().contains(&"admin1") && problem.pointers().contains(&"from"));
    assert!(problem.at("x").contains("unknown parameter"));
}
