//! Estimates of people: for an area or for a list as a whole.
#![cfg(test)]

use serde_json::json;

use crate::harness::{Passage, area};

#[test]
fn an_estimate_keeps_exactly_the_ends_that_its_source_gave() {
    let passage = Passage::start();
    passage.create("/api/v1/areas", &area("duma"));
    for (sent, shown) in [
        (json!(8000), json!({ "low": null, "best": 8000, "high": null })),
        (json!({ "low": 250_000 }), json!({ "low": 250_000, "best": null, "high": null })),
        (json!({ "low": 1, "high": 3 }), json!({ "low": 1, "best": null, "high": 3 })),
        (json!({ "high": 0 }), json!({ "low": null, "best": null, "high": 0 })),
        (json!({ "low": 2, "best": 2, "high": 2 }), json!({ "low": 2, "best": 2, "high": 2 })),
    ] {
        let body =
            json!({ "area": "duma", "date": "2016-07-01", "people": sent, "metric": "residents" });
        assert_eq!(passage.create("/api/v1/populations", &body)["people"], shown);
    }
}

#[test]
fn a_figure_is_for_an_area_or_for_a_group_never_for_both_or_none() {
    let passage = Passage::start();
    passage.create("/api/v1/areas", &area("duma"));
    passage.create(
        "/api/v1/area_groups",
        &json!({ "code": "ghouta", "names": "Ghouta", "areas": ["duma"] }),
    );
    let people = json!({ "date": "2016-07-01", "people": 5, "metric": "residents" });
    let with = |fields: &[(&str, &str)]| {
        let mut body = people.clone();
        for (name, value) in fields {
            body[*name] = json!(value);
        }
        passage.post("/api/v1/populations", &body)
    };
    for wrong in [&[][..], &[("area", "duma"), ("area_group", "ghouta")]] {
        let problem = with(wrong).problem(422, "invalid");
        assert_eq!(problem.at("/area"), "give either area or area_group");
    }
    with(&[("area", "duma")]).ok(201);
    with(&[("area_group", "ghouta")]).ok(201);
}
