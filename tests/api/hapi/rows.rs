//! What stands in the rows: each claim by itself, what is unknown as null, nothing that not everybody may know.
#![cfg(test)]

use serde_json::{Value, json};

use super::{
    CONFLICT, NEEDS, POPULATION, PRESENCE, ask, column, count, places, public, rows, world,
};
use crate::harness::{How, Passage};

#[test]
fn of_a_range_the_best_estimate_is_unknown_and_claims_are_never_added() {
    let passage = world();
    count(&passage, "daraya", "2016-06-01", "residents", &json!({ "low": 4_000, "high": 8_000 }));
    count(&passage, "daraya", "2016-06-02", "residents", &json!(2_500.4));
    let found = rows(&passage, POPULATION);
    assert_eq!(found.len(), 2);
    assert_eq!(found[0]["population"], Value::Null);
    assert_eq!(found[1]["population"], 2_500);
    let expected = json!({
        "admin1_code": "SY03", "admin1_name": "Rural Damascus", "admin2_code": "SY0309",
        "admin2_name": null, "admin_level": 2, "age_range": "all", "gender": "all",
        "location_code": "SYR", "location_name": "Syrian Arab Republic", "max_age": null, "min_age": null,
        "population": null, "reference_period_end": "2016-06-01T23:59:59",
        "reference_period_start": "2016-06-01T00:00:00", "resource_hdx_id": "paper",
    });
    assert_eq!(found[0], expected);
    let more = &rows(&passage, &format!("{POPULATION}?expand=all"))[0];
    let doubt = ["population_low", "population_high", "source_name", "reliability"];
    let doubt = doubt.map(|name| more[name].clone());
    assert_eq!(doubt, [json!(4_000), json!(8_000), json!("The paper"), json!("B")]);
    let names = ["provider_admin1_name", "provider_admin2_name", "place_name"];
    let names = names.map(|name| more[name].clone());
    assert_eq!(names, [json!("Rural Damascus"), json!("Darayya"), json!("Darayya")]);
}

/// A convoy for these areas together.
fn for_all_of(passage: &Passage, code: &str, areas: &[&str]) {
    let convoy = json!({ "code": code, "mode": "cross_line", "date": "2016-07-01", "source": "paper",
        "organisations": ["sarc"],
        "drops": [{ "areas": areas, "people_targeted": 4_000,
            "lines": [{ "commodity": "wheat_flour", "loaded": 1 }] }],
        "events": [{ "stage": "completed", "at": "2016-07-02" }] });
    public(passage, "convoys", convoy);
}

#[test]
fn two_areas_of_one_unit_lie_in_it_whatever_they_call_it() {
    let passage = world();
    for (code, name) in [("harasta", "Rif Dimashq"), ("arbin", "")] {
        let mut area = json!({ "code": code, "names": code, "admin1_pcode": "SY03" });
        if !name.is_empty() {
            area["admin1_name"] = json!(name);
        }
        public(&passage, "areas", area);
    }
    for (code, areas) in [("two", ["daraya", "harasta"]), ("bare", ["arbin", "harasta"])] {
        for_all_of(&passage, code, &areas);
        let row = &rows(&passage, &format!("{NEEDS}?category=convoy&expand=all&admin_level=1"))
            .into_iter()
            .find(|row| row["record"] == code)
            .expect(code);
        assert_eq!(row["admin1_code"], "SY03");
        assert!(row["admin1_name"].is_string(), "{row}");
        assert_eq!(
            (&row["admin2_code"], &row["provider_admin2_name"]),
            (&json!(null), &json!(null))
        );
    }
}

#[test]
fn a_unit_has_the_name_that_is_known_of_it_elsewhere() {
    let passage = world();
    for (code, admin1, admin2) in [("bare", "sy07", "SY0701"), ("north", "SY02", "SY0204")] {
        let area =
            json!({ "code": code, "names": code, "admin1_pcode": admin1, "admin2_pcode": admin2 });
        public(&passage, "areas", area);
        count(&passage, code, "2016-06-01", "residents", &json!(4_000));
    }
    let found = rows(&passage, &format!("{POPULATION}?admin1_name=idl&expand=all"));
    assert_eq!(found.len(), 1, "another area of the unit names it");
    assert_eq!(
        (&found[0]["record"], &found[0]["admin1_name"]),
        (&json!("bare-2016-06-01"), &json!("Idleb"))
    );
    assert_eq!(found[0]["provider_admin1_name"], Value::Null, "our record has no name");
    assert_eq!(found[0]["admin2_name"], Value::Null, "nobody names it");
    crate::boundary::import(&passage, &crate::fixture::country());
    let found = rows(&passage, &format!("{POPULATION}?admin2_name=northeast"));
    assert_eq!(found.len(), 1, "boundaries name it");
    assert_eq!(found[0]["admin1_name"], "Northland");
    let units = rows(&passage, "/api/v2/metadata/admin2?code=sy0204");
    assert_eq!(
        (&units[0]["name"], &units[0]["admin1_name"]),
        (&json!("Northeast"), &json!("Northland"))
    );
}

#[test]
fn what_not_everybody_may_know_is_not_there_for_an_admin_either() {
    let passage = world();
    count(&passage, "duma", "2016-06-01", "residents", &json!(90_000));
    let hidden =
        json!({ "area": "daraya", "date": "2016-06-01", "metric": "residents", "people": 8_000 });
    passage.create("/api/v1/populations", &hidden);
    let hidden = json!({ "code": "secret", "names": "Secret", "admin1_pcode": "SY99" });
    passage.create("/api/v1/areas", &hidden);
    assert_eq!(column(&passage, POPULATION, "population"), [json!(90_000)]);
    let as_admin = passage.with(&passage.admin, reqwest::Method::GET, POPULATION);
    let as_admin = crate::harness::Sends::answer(as_admin).ok(200);
    assert_eq!(as_admin["data"].as_array().unwrap().len(), 1);
    let codes = column(&passage, "/api/v2/metadata/admin1", "code");
    assert_eq!(codes, [json!("SY03"), json!("SY07")]);
}

/// A town that not everybody may know, and a group of it and Duma that everybody may.
fn hidden_beside_duma(passage: &Passage) {
    let hidden = json!({ "code": "hidden", "names": "Hidden", "admin1_pcode": "SY03",
        "admin2_pcode": "SY0305", "sensitivity": "internal" });
    passage.create("/api/v1/areas", &hidden);
    let ring = json!({ "code": "ring", "names": "The ring", "areas": ["duma", "hidden"] });
    public(passage, "area_groups", ring);
}

#[test]
fn what_is_told_of_an_open_and_a_hidden_area_together_is_not_told_of_the_open_one() {
    let passage = world();
    hidden_beside_duma(&passage);
    for_all_of(&passage, "both", &["duma", "hidden"]);
    let people = json!({ "code": "ring-2016", "area_group": "ring", "date": "2016-06-01",
        "metric": "residents", "people": 90_000 });
    public(&passage, "populations", people);
    let mut need = json!({ "code": "ring-need", "area_group": "ring", "date": "2016-06-01",
        "metric": "in_need", "people": 70_000 });
    need["source"] = json!("paper");
    public(&passage, "populations", need);
    let shelling = json!({ "incident_type": "shelling", "date": "2016-07-01",
        "areas": ["duma", "hidden"], "killed": 7, "source": "paper" });
    public(&passage, "incidents", shelling);
    for (path, left_out) in [(POPULATION, "1"), (NEEDS, "2"), (PRESENCE, "1"), (CONFLICT, "1")] {
        for asked in ["", "&known_at=2100-01-01"] {
            let answer = ask(&passage, &format!("{path}?expand=all{asked}"));
            assert_eq!(answer.header("X-Left-Out-Count"), left_out, "{path}");
            assert_eq!(answer.ok(200)["data"], json!([]), "{path}");
        }
    }
    for_all_of(&passage, "open", &["duma"]);
    assert_eq!(column(&passage, NEEDS, "admin2_code"), [json!("SY0302")], "what is whole is told");
}

#[test]
fn a_drop_is_left_out_by_itself() {
    let passage = world();
    hidden_beside_duma(&passage);
    let drop = |areas: &[&str], people: u32| json!({ "areas": areas, "people_targeted": people });
    let convoy = json!({ "code": "two", "mode": "cross_line", "date": "2016-07-01", "source": "paper",
        "drops": [drop(&["hidden", "duma"], 900), drop(&["daraya"], 800), drop(&["hidden"], 700)],
        "events": [{ "stage": "completed", "at": "2016-07-02" }] });
    public(&passage, "convoys", convoy);
    let told = rows(&passage, NEEDS);
    let told: Vec<_> = told.iter().map(|row| (&row["admin2_code"], &row["population"])).collect();
    assert_eq!(told, [(&json!("SY0309"), &json!(800))]);
}

#[test]
fn a_count_of_few_people_is_not_told() {
    let passage = world();
    count(&passage, "daraya", "2016-06-01", "residents", &json!(3));
    assert!(!ask(&passage, &format!("{POPULATION}?expand=all")).text.contains(":3,"));
}

#[test]
fn women_men_girls_and_boys_stand_beside_everybody() {
    let passage = world();
    public(
        &passage,
        "populations",
        json!({ "area": "daraya", "date": "2016-06-01", "metric": "residents", "people": 8_000,
            "women": 2_000, "girls": 1_500 }),
    );
    let parts: Vec<String> = rows(&passage, POPULATION)
        .iter()
        .map(|row| {
            ["gender", "age_range", "min_age", "max_age", "population"]
                .map(|name| row[name].to_string())
                .join(" ")
        })
        .collect();
    let all = "\"all\" \"all\" null null 8000";
    assert_eq!(parts, [all, "\"f\" \"0-17\" 0 17 1500", "\"f\" \"18+\" 18 null 2000"]);
}

#[test]
fn a_claim_that_names_no_country_is_left_out_and_the_answer_says_so() {
    let passage = world();
    count(&passage, "nowhere", "2016-06-01", "besieged", &json!(1_000));
    public(
        &passage,
        "populations",
        json!({ "area_group": "all", "date": "2016-06-01", "metric": "besieged", "people": 590_000 }),
    );
    count(&passage, "daraya", "2016-06-01", "besieged", &json!(8_000));
    let answer = ask(&passage, NEEDS);
    assert_eq!(answer.headers["x-left-out-count"], "2");
    assert_eq!(answer.headers["x-total-count"], "1");
    let row = &answer.ok(200)["data"][0];
    assert_eq!(row["population_status"], "AFF");
    assert_eq!(
        (&row["category"], &row["sector_code"]),
        (&json!("besieged"), &json!("Intersectoral"))
    );
}

/// A convoy of two organisations with food and medicine for one town, and flour for two others together.
fn convoy(code: &str, stage: &str) -> Value {
    json!({ "code": code, "mode": "cross_line", "date": "2016-07-01", "organisations": ["sarc", "un"],
        "source": "paper",
        "drops": [
            { "areas": ["daraya"], "people_targeted": 4_000, "people_reached": 2_400,
                "lines": [{ "commodity": "wheat_flour", "loaded": 1 }, { "commodity": "blanket", "loaded": 9 }] },
            { "areas": ["duma", "foah"], "people_targeted": { "low": 500 },
                "lines": [{ "commodity": "wheat_flour", "loaded": 1 }] }],
        "events": [{ "stage": stage, "at": "2016-07-02" }] })
}

#[test]
fn a_convoy_says_whom_it_was_for_and_reached_once_for_all_it_carried() {
    let passage = world();
    public(&passage, "convoys", convoy("came", "completed"));
    public(&passage, "convoys", convoy("refused", "denied"));
    let found = rows(&passage, &format!("{NEEDS}?category=convoy&expand=all"));
    let told: Vec<String> = found
        .iter()
        .map(|row| {
            let names = ["record", "population_status", "sector_code", "admin_level", "population"];
            names.map(|name| row[name].to_string().replace('"', "")).join(" ")
        })
        .collect();
    assert_eq!(
        told,
        [
            "came TGT Multi 2 4000",
            "came REA Multi 2 2400",
            // Two towns in two governorates: what they share is the country.
            "came TGT FSC 0 null",
            "refused TGT Multi 2 4000",
            "refused TGT FSC 0 null",
        ]
    );
}

#[test]
fn of_a_whole_and_its_parts_only_the_parts_are_told() {
    let passage = world();
    public(&passage, "convoys", convoy("whole", "completed"));
    let mut part = convoy("part", "completed");
    part["part_of"] = json!(["whole"]);
    public(&passage, "convoys", part);
    let records = column(&passage, &format!("{NEEDS}?expand=all"), "record");
    assert!(!records.is_empty() && records.iter().all(|record| record == "part"), "{records:?}");
}

#[test]
fn a_convoy_under_way_is_not_told() {
    let passage = world();
    let mut under_way = convoy("came", "departed");
    under_way["events"][0]["at"] = json!("2016-07-25");
    // What a source has published is no secret; nobody has published this one.
    under_way.as_object_mut().unwrap().remove("source");
    public(&passage, "convoys", under_way);
    assert_eq!(rows(&passage, NEEDS), Vec::<Value>::new());
    assert_eq!(rows(&passage, PRESENCE), Vec::<Value>::new());
}

#[test]
fn an_organisation_is_present_where_its_convoys_arrived() {
    let passage = world();
    public(&passage, "convoys", convoy("came", "completed"));
    public(&passage, "convoys", convoy("refused", "denied"));
    let mut again = convoy("again", "completed");
    again["events"][0]["at"] = json!("2016-07-20");
    again["organisations"] = json!(["sarc"]);
    public(&passage, "convoys", again);
    let food = rows(
        &passage,
        &format!("{PRESENCE}?org_acronym=sarc&sector_code=fsc&admin2_code=sy0309&expand=all"),
    );
    assert_eq!(food.len(), 1, "{food:?}");
    let row = &food[0];
    assert_eq!(row["org_name"], "Red Crescent");
    assert_eq!(row["org_type_description"], "Red Cross / Red Crescent");
    assert_eq!(row["sector_name"], "Food Security");
    assert_eq!(row["reference_period_start"], "2016-07-02T00:00:00");
    assert_eq!(row["reference_period_end"], "2016-07-20T23:59:59");
    assert_eq!(row["arrivals"], 2);
    assert_eq!(row["resource_hdx_id"], Value::Null);
    let of_un = column(&passage, &format!("{PRESENCE}?org_name=united"), "org_acronym");
    assert_eq!(of_un, vec![Value::Null; 3], "blankets and flour in one town, flour in two");
}

#[test]
fn an_attack_on_aid_is_of_two_groups_and_looting_of_none() {
    let passage = world();
    for (code, what, killed) in [
        ("hit", "convoy_attacked", json!({ "low": 12 })),
        ("shelled", "shelling", json!(7)),
        ("looted", "convoy_looted", json!(null)),
    ] {
        public(
            &passage,
            "incidents",
            json!({ "code": code, "incident_type": what, "date": "2016-07-01", "areas": ["daraya"],
                "killed": killed, "source": "paper" }),
        );
    }
    let told: Vec<String> = rows(&passage, &format!("{CONFLICT}?expand=all"))
        .iter()
        .map(|row| {
            let names = ["record", "event_type", "events", "fatalities", "fatalities_low"];
            names.map(|name| row[name].to_string().replace('"', "")).join(" ")
        })
        .collect();
    assert_eq!(
        told,
        [
            "hit civilian_targeting 1 null 12",
            "hit political_violence 1 null 12",
            "shelled political_violence 1 7 null",
        ]
    );
}

#[test]
fn rows_refer_to_the_lists_by_the_numbers_that_stand_there() {
    let passage = world();
    let admin1 = &rows(&passage, "/api/v2/metadata/admin1?code=sy07")[0];
    assert_eq!((&admin1["name"], &admin1["location_code"]), (&json!("Idleb"), &json!("SYR")));
    let by_number = format!("/api/v2/metadata/admin2?admin1_ref={}", admin1["id"]);
    assert_eq!(column(&passage, &by_number, "code"), [json!("SY0701")]);
    count(&passage, "foah", "2016-06-01", "residents", &json!(9_000));
    let by_number = format!("{POPULATION}?admin1_ref={}", admin1["id"]);
    assert_eq!(column(&passage, &by_number, "population"), [json!(9_000)]);
    let location = &rows(&passage, "/api/v2/metadata/location")[0];
    assert_eq!(location["id"], admin1["location_ref"]);
    assert_eq!(location["has_hrp"], Value::Null, "not known here");
    let org = &rows(&passage, "/api/v2/metadata/org?org_type_code=445")[0];
    assert_eq!((&org["acronym"], &org["name"]), (&json!("SARC"), &json!("Red Crescent")));
    assert_eq!(rows(&passage, "/api/v2/metadata/org-type").len(), 18);
    assert_eq!(column(&passage, "/api/v2/metadata/sector?name=water", "code"), [json!("WSH")]);
}

#[test]
fn the_past_can_be_asked_for_and_a_day_to_come_cannot() {
    let passage = Passage::start_as(How::default());
    places(&passage);
    count(&passage, "daraya", "2016-06-01", "residents", &json!(4_000));
    count(&passage, "daraya", "2016-07-01", "residents", &json!(8_000));
    let june = format!("{POPULATION}?as_of=2016-06-30");
    assert_eq!(column(&passage, &june, "population"), [json!(4_000)]);
    let before = format!("{POPULATION}?known_at=2016-07-01");
    assert_eq!(rows(&passage, &before), Vec::<Value>::new(), "nothing was known then");
}
