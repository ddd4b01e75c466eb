//! A plan: who gets which loads and why, when they arrive; and what came of one that was kept.

use serde_json::{Value, json};

use super::super::Holds::{Day, Flag, Moment};
use super::super::table::{Answer, Table, count, figure, list, number, one, text};
use super::with;

/// Who gets the next truck.
pub const PLAN: Answer = Answer { name: "plan", tables: &[AREAS, DELIVERIES] };

/// What came of a plan.
pub const OUTCOME: Answer = Answer { name: "plan_outcome", tables: &[OUTCOMES] };

const AREAS: Table = Table {
    name: "plan",
    about: "What the plan does for one area.",
    rows: areas,
    columns: &[
        text("area", "#loc+code", "/id", "Code of the area."),
        text("name", "#loc+name", "/input/name", "Its name."),
        number("loads", "#output+num+trucks", "/loads", "loads", "Loads that it gets."),
        number(
            "coverage_before",
            "#indicator+num+coverage+before",
            "/coverage_before",
            "share",
            "The share of its need that is met without the plan.",
        ),
        number(
            "coverage",
            "#indicator+num+coverage",
            "/coverage",
            "share",
            "The share that is met with it.",
        ),
        number(
            "served_person_days",
            "#indicator+num+served",
            "/served_person_days",
            "person-days at 2,100 kcal",
            "What is met.",
        ),
        number(
            "unmet_person_days",
            "#indicator+num+unmet",
            "/unmet_person_days",
            "person-days at 2,100 kcal",
            "What stays unmet.",
        ),
        number("people", "#affected", "/input/people", "people", "People that were reckoned with."),
        figure(
            "population",
            "#population",
            "/input/population",
            "people",
            "What the sources say of them.",
        ),
        number(
            "stock_person_days",
            "#indicator+num+stock",
            "/input/stock_person_days",
            "person-days at 2,100 kcal",
            "In store when the plan begins.",
        ),
        text(
            "stock_from",
            "#meta+stock",
            "/input/stock_from",
            "sent, counted, or deliveries_only.",
        ),
        number(
            "inflow_person_days",
            "#indicator+num+inflow",
            "/input/inflow_person_days_per_day",
            "person-days a day",
            "What comes in by itself.",
        ),
        number(
            "loss",
            "#indicator+num+loss",
            "/input/loss",
            "share",
            "Share of a load that is lost.",
        ),
        number(
            "access",
            "#indicator+num+access",
            "/input/access",
            "share",
            "How likely a load gets through.",
        ),
        one(Day, "first_arrival", "#date+start", "/first_arrival", "When its first load arrives."),
        text("reason", "#meta+reason", "/why/reason", "Why it gets no more, as a word."),
        text("sentence", "#description", "/told/sentence", "What it gets and why not more."),
        text("flags", "#meta+flags", "/flags", "What to mind."),
    ],
    place: Some("/id"),
};

const DELIVERIES: Table = Table {
    name: "deliveries",
    about: "Loads of the plan that arrive in one area at one time.",
    rows: deliveries,
    columns: &[
        text("area", "#loc+code", "/area", "Code of the area."),
        number("day", "#indicator+num+day", "/day", "days", "Days after the plan begins."),
        number("loads", "#output+num+trucks", "/loads", "loads", "How many loads."),
        number(
            "person_days",
            "#indicator+num+person_days",
            "/person_days",
            "person-days at 2,100 kcal",
            "What they bring.",
        ),
        text("supply", "#item+code", "/supply", "What is loaded."),
        count(
            "window",
            "#meta+num+window",
            "/window",
            "",
            "The window that they go through, from 0.",
        ),
    ],
    place: Some("/area"),
};

const OUTCOMES: Table = Table {
    name: "plan_outcome",
    about: "What was planned for one area, and what came.",
    rows: |answer| {
        let fields = ["plan", "from", "to", "is_over"].map(|name| (name, answer[name].clone()));
        list(answer, "/areas").iter().map(|area| with(area, &fields)).collect()
    },
    columns: &[
        text("plan", "#activity+code", "/plan", "Code of the plan."),
        one(Moment, "from", "#date+start", "/from", "The first instant of the plan."),
        one(Moment, "to", "#date+end", "/to", "The last instant that is looked at."),
        one(Flag, "is_over", "#meta+over", "/is_over", "Is the time of the plan over?"),
        text("area", "#loc+code", "/area", "Code of the area."),
        text("name", "#loc+name", "/name", "Its name."),
        number(
            "planned_loads",
            "#output+num+planned",
            "/planned_loads",
            "loads",
            "Loads that were planned until then.",
        ),
        number(
            "planned_person_days",
            "#indicator+num+planned",
            "/planned_person_days",
            "person-days at 2,100 kcal",
            "What they were to be worth.",
        ),
        count(
            "convoys_arrived",
            "#output+num+convoys",
            "/convoys_arrived",
            "convoys",
            "Convoys that arrived.",
        ),
        figure(
            "trucks_arrived",
            "#output+num+trucks",
            "/trucks_arrived",
            "trucks",
            "Their trucks.",
        ),
        figure(
            "arrived_person_days",
            "#indicator+num+arrived",
            "/arrived_person_days",
            "person-days at 2,100 kcal",
            "Food that arrived, after losses.",
        ),
        count(
            "arrivals_of_unknown_size",
            "#indicator+num+arrivals+unknown",
            "/arrivals_of_unknown_size",
            "arrivals",
            "Arrivals of unknown size, which are not in it.",
        ),
        number(
            "planned_coverage",
            "#indicator+num+coverage+planned",
            "/planned_coverage",
            "share",
            "Coverage with the plan, of its whole horizon.",
        ),
        figure(
            "coverage",
            "#indicator+num+coverage",
            "/coverage",
            "share",
            "Coverage as it was until then.",
        ),
        text("sentence", "#description", "/sentence", "The same in one sentence."),
    ],
    place: Some("/area"),
};

/// Each area of the allocation with what it rests on and how it is told, which stand in lists beside it.
fn areas(answer: &Value) -> Vec<Value> {
    let (inputs, told) = (list(answer, "/inputs"), list(answer, "/told"));
    let of = |rows: &[Value], code: &Value| {
        rows.iter().find(|row| &row["area"] == code).cloned().unwrap_or(json!({}))
    };
    let areas = list(answer, "/areas").into_iter();
    let row = |area: Value| {
        let (input, told) = (of(&inputs, &area["id"]), of(&told, &area["id"]));
        let first = told["arrives_on"][0].clone();
        with(&area, &[("input", input), ("told", told), ("first_arrival", first)])
    };
    areas.map(row).collect()
}

fn deliveries(answer: &Value) -> Vec<Value> {
    let of = |area: Value| {
        let code = area["id"].clone();
        let loads = list(&area, "/deliveries").into_iter();
        loads.map(move |load| with(&load, &[("area", code.clone())])).collect::<Vec<_>>()
    };
    list(answer, "/areas").into_iter().flat_map(of).collect()
}
