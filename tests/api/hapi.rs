//! The HAPI-shaped reading, as a program that knows only HAPI meets it: no token, HAPI's names, HAPI's faults.
#![cfg(test)]

mod asked;
mod contract;
mod rows;

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Answer, Passage, Sends};

const POPULATION: &str = "/api/v2/geography-infrastructure/baseline-population";
const NEEDS: &str = "/api/v2/affected-people/humanitarian-needs";
const PRESENCE: &str = "/api/v2/coordination-context/operational-presence";
const CONFLICT: &str = "/api/v2/coordination-context/conflict-events";

/// A record that everybody may know.
fn public(passage: &Passage, kinds: &str, mut body: Value) {
    body["sensitivity"] = json!("public");
    passage.create(&format!("/api/v1/{kinds}"), &body);
}

/// Two towns of one unit, one of another, one of no known country; two organisations; a source.
fn places(passage: &Passage) {
    public(passage, "sources", json!({ "code": "paper", "name": "The paper", "reliability": "B" }));
    for (code, name, admin1, admin2) in [
        ("daraya", "Darayya", "SY03", "SY0309"),
        ("duma", "100% Duma", "SY03", "SY0302"),
        ("foah", "Foah", "SY07", "SY0701"),
    ] {
        let admin1_name = if admin1 == "SY03" { "Rural Damascus" } else { "Idleb" };
        public(
            passage,
            "areas",
            json!({ "code": code, "names": name, "admin1_pcode": admin1,
            "admin1_name": admin1_name, "admin2_pcode": admin2 }),
        );
    }
    public(passage, "areas", json!({ "code": "nowhere", "names": "Nowhere" }));
    public(passage, "area_groups", json!({ "code": "all", "names": "All besieged areas" }));
    public(
        passage,
        "organisations",
        json!({ "code": "sarc", "names": "Red Crescent", "acronym": "SARC", "org_type": "445" }),
    );
    public(passage, "organisations", json!({ "code": "un", "names": "United Nations" }));
}

fn world() -> Passage {
    let passage = Passage::start();
    places(&passage);
    passage
}

/// An estimate of people that everybody may know.
fn count(passage: &Passage, area: &str, date: &str, metric: &str, people: &Value) {
    public(
        passage,
        "populations",
        json!({ "code": format!("{area}-{date}"), "area": area, "date": date, "metric": metric, "people": people, "source": "paper" }),
    );
}

/// Asks without a token.
fn ask(passage: &Passage, path: &str) -> Answer {
    passage.anybody(Method::GET, path).answer()
}

/// The rows that are answered.
fn rows(passage: &Passage, path: &str) -> Vec<Value> {
    ask(passage, path).ok(200)["data"].as_array().expect("rows").clone()
}

/// A column of the rows that are answered.
fn column(passage: &Passage, path: &str, name: &str) -> Vec<Value> {
    rows(passage, path).iter().map(|row| row[name].clone()).collect()
}
