//! The gap: what an area lacks, as people, tonnes, trucks and convoys.

use serde_json::{Value, json};

use super::super::Holds::Moment;
use super::super::table::{Answer, Table, figure, number, one, sources, text};
use super::{data_or_itself, with};

/// What areas lack.
pub const GAP: Answer = Answer { name: "gap", tables: &[AREAS] };

const AREAS: Table = Table {
    name: "gap",
    about: "What one area lacks in the period.",
    rows,
    columns: &[
        text("area", "#loc+code", "/area", "Code of the area."),
        text("name", "#loc+name", "/name", "Its name."),
        one(Moment, "from", "#date+start", "/from", "The first instant of the period."),
        one(Moment, "to", "#date+end", "/to", "The last instant of the period."),
        number("period_days", "#indicator+num+days", "/period_days", "days", "How long that is."),
        text("status", "#meta+status", "/status", "What is known: ok, or what is missing."),
        figure("people", "#population", "/population", "people", "The people there."),
        figure(
            "gap_people",
            "#inneed+food",
            "/people",
            "people",
            "People without food through the period.",
        ),
        figure(
            "gap_person_days",
            "#indicator+num+gap",
            "/person_days",
            "person-days at 2,100 kcal",
            "What is needed and not there.",
        ),
        figure(
            "gap_tonnes",
            "#indicator+num+tonnes",
            "/tonnes",
            "tonnes",
            "The same as weight to be loaded, losses included.",
        ),
        figure("gap_trucks", "#indicator+num+trucks", "/trucks", "trucks", "The same as trucks."),
        figure(
            "gap_convoys",
            "#indicator+num+convoys",
            "/convoys",
            "convoys",
            "The same as convoys; unknown where their size is.",
        ),
        figure(
            "needed_person_days",
            "#indicator+num+needed",
            "/needed_person_days",
            "person-days at 2,100 kcal",
            "What is needed.",
        ),
        figure(
            "served_person_days",
            "#indicator+num+served",
            "/served_person_days",
            "person-days at 2,100 kcal",
            "What of it there is to eat.",
        ),
        figure(
            "coverage",
            "#indicator+num+coverage",
            "/coverage",
            "share",
            "The share of the need that is met.",
        ),
        number(
            "ration_kg",
            "#indicator+num+ration",
            "/haulage/ration_kg",
            "kg",
            "Weight of one person-day.",
        ),
        number("loss", "#indicator+num+loss", "/haulage/loss", "share", "Share lost in handling."),
        number(
            "payload_tonnes",
            "#capacity+num+tonnes",
            "/haulage/payload_tonnes",
            "tonnes",
            "Tonnes on one truck.",
        ),
        number(
            "trucks_per_convoy",
            "#capacity+num+trucks",
            "/haulage/trucks_per_convoy",
            "trucks",
            "Trucks in one convoy.",
        ),
        text(
            "logistics",
            "#meta+logistics",
            "/haulage/logistics",
            "The record that says how food is carried.",
        ),
        text("notes", "#meta+note", "/notes", "What to mind."),
        sources("/sources"),
    ],
    place: Some("/area"),
};

/// The gap lies by its ends in the answer; in a table each of its measures does.
fn rows(answer: &Value) -> Vec<Value> {
    let turned = |area: Value| {
        let measures = ["people", "person_days", "tonnes", "trucks", "convoys"].map(|measure| {
            let end = |end: &str| area["gap"][end][measure].clone();
            (measure, json!({ "low": end("low"), "best": end("best"), "high": end("high") }))
        });
        with(&area, &measures)
    };
    data_or_itself(answer).into_iter().map(turned).collect()
}
