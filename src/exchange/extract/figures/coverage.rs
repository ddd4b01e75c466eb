//! Coverage: how far deliveries meet the need, area by area.

use super::super::Holds::Moment;
use super::super::table::{Answer, Table, count, figure, number, one, sources, text};
use super::{FROM, TO, data_in_period};

/// How far deliveries meet the need.
pub const COVERAGE: Answer = Answer { name: "coverage", tables: &[AREAS] };

const AREAS: Table = Table {
    name: "coverage",
    about: "How far the food that is there meets the need of one area in the period.",
    rows: data_in_period,
    columns: &[
        text("area", "#loc+code", "/area", "Code of the area."),
        text("name", "#loc+name", "/name", "Its name."),
        text(
            "admin1_pcode",
            "#adm1+code+v_pcode",
            "/admin1_pcode",
            "P-code of its first-level unit.",
        ),
        FROM,
        TO,
        text("status", "#meta+status", "/status", "What is known: ok, or what is missing."),
        figure("people", "#population", "/population/people", "people", "The people there."),
        figure(
            "coverage",
            "#indicator+num+coverage",
            "/coverage",
            "share",
            "The share of the need that is met; at most 1.",
        ),
        figure(
            "supply_ratio",
            "#indicator+num+supply",
            "/supply_ratio",
            "share",
            "What there is over what is needed; may be more than 1.",
        ),
        figure(
            "needed_person_days",
            "#indicator+num+needed",
            "/needed_person_days",
            "person-days at 2,100 kcal",
            "What was needed.",
        ),
        figure(
            "opening_person_days",
            "#indicator+num+opening",
            "/opening_person_days",
            "person-days at 2,100 kcal",
            "What was in store when the period began.",
        ),
        text(
            "stock_from",
            "#meta+method",
            "/stock_from",
            "counted, or deliveries_only where nobody counted.",
        ),
        figure(
            "served_person_days",
            "#indicator+num+served",
            "/served_person_days",
            "person-days at 2,100 kcal",
            "What was eaten of the need.",
        ),
        figure(
            "food_person_days",
            "#indicator+num+arrived",
            "/food_person_days",
            "person-days at 2,100 kcal",
            "Food that arrived, after losses.",
        ),
        count(
            "arrivals_of_unknown_food",
            "#indicator+num+arrivals+unknown",
            "/arrivals_of_unknown_food",
            "arrivals",
            "Arrivals whose food is not known for this area alone.",
        ),
        number(
            "reached_cumulative",
            "#reached+cumulative",
            "/reached/cumulative",
            "people",
            "People reached, all rounds added up: one person may be counted several times.",
        ),
        number(
            "reached_unique_low",
            "#reached+unique+min",
            "/reached/low",
            "people",
            "Different people reached, at least.",
        ),
        number(
            "reached_unique_high",
            "#reached+unique+max",
            "/reached/high",
            "people",
            "Different people reached, at most.",
        ),
        count(
            "rounds_of_unknown_size",
            "#indicator+num+rounds+unknown",
            "/rounds_of_unknown_size",
            "rounds",
            "Rounds whose number of people is not known for this area alone.",
        ),
        one(
            Moment,
            "last_delivery",
            "#date+event+last",
            "/last_delivery",
            "The last arrival, of all time.",
        ),
        number(
            "days_since_last_delivery",
            "#indicator+num+days",
            "/days_since_last_delivery",
            "days",
            "Days since the last arrival; empty where none is known.",
        ),
        count(
            "convoys_planned",
            "#output+num+planned",
            "/convoys/planned",
            "convoys",
            "Convoys that were planned or more.",
        ),
        count(
            "convoys_allowed",
            "#output+num+allowed",
            "/convoys/allowed",
            "convoys",
            "Convoys that were let go.",
        ),
        count(
            "convoys_refused",
            "#output+num+refused",
            "/convoys/refused",
            "convoys",
            "Convoys that were denied or turned back.",
        ),
        count(
            "convoys_arrived",
            "#output+num+arrived",
            "/convoys/arrived",
            "convoys",
            "Convoys that arrived.",
        ),
        text("flags", "#meta+flags", "/flags", "What to mind."),
        sources("/sources"),
    ],
    place: Some("/area"),
};
