//! One convoy: whom it feeds, and where everything on it went.

use serde_json::Value;

use super::super::table::{Answer, Col, Table, count, figure, list, number, sources, text};
use super::funnel::{MEASURE, SECTOR, UNIT, around_flow};
use super::with;

/// Whom a convoy feeds.
pub const CONVOY_COVERAGE: Answer = Answer { name: "convoy_coverage", tables: &[FED] };

/// Where everything on a convoy went.
pub const CONVOY_FUNNEL: Answer = Answer { name: "convoy_funnel", tables: &[LINES, TAKEN] };

const CONVOY: Col = text("convoy", "#output+code", "/convoy", "Code of the convoy.");
const DROP: Col = text("drop", "#output+drop", "/drop", "Which drop, from 1; ALL is the convoy.");
const STAGE: Col = text("stage", "#status+code", "/stage", "The stage it had reached.");
const AREAS: Col = text(
    "areas",
    "#loc+code+list",
    "/areas",
    "The areas of the drop; one figure for several is never split.",
);

const FED: Table = Table {
    name: "convoy_coverage",
    about: "Whom one drop of a convoy, or all of it, feeds for the days asked for at 2,100 kcal. Drops and ALL are never added up.",
    rows: fed,
    columns: &[
        CONVOY,
        DROP,
        AREAS,
        STAGE,
        text(
            "status",
            "#meta+status",
            "/status",
            "arrived, or planned: what is not there yet feeds nobody.",
        ),
        number("days", "#indicator+num+days", "/days", "days", "For how long people are fed."),
        figure("trucks", "#output+num+trucks", "/claimed/trucks", "trucks", "Trucks, as told."),
        figure(
            "people_targeted",
            "#targeted",
            "/claimed/people_targeted",
            "people",
            "People it is for, as told.",
        ),
        figure(
            "people_reached",
            "#reached",
            "/claimed/people_reached",
            "people",
            "People it reached, as told.",
        ),
        number(
            "people_per_truck",
            "#indicator+num+claimed",
            "/claimed/people_per_truck",
            "people for a truck",
            "People reached, else people it is for, over trucks.",
        ),
        number(
            "food_person_days",
            "#indicator+num+food",
            "/computed/food_person_days",
            "person-days at 2,100 kcal",
            "Food in its cargo, before losses.",
        ),
        number(
            "people_fed",
            "#indicator+num+fed",
            "/computed/people_fed",
            "people",
            "People its food feeds for those days, before losses.",
        ),
        number(
            "people_fed_per_truck",
            "#indicator+num+fed+truck",
            "/computed/people_fed_per_truck",
            "people for a truck",
            "The same for each truck.",
        ),
        number(
            "water_person_days",
            "#indicator+num+water",
            "/computed/water_person_days",
            "person-days",
            "Water for so many people for a day.",
        ),
        number(
            "health_person_days",
            "#indicator+num+health",
            "/computed/health_person_days",
            "person-days",
            "Health supplies for so many people for a day.",
        ),
        figure(
            "food_person_days_left",
            "#indicator+num+food+left",
            "/after_losses/food_person_days",
            "person-days at 2,100 kcal",
            "Food after losses in handling and diversion.",
        ),
        figure(
            "people_fed_after_losses",
            "#indicator+num+fed+left",
            "/after_losses/people_fed",
            "people",
            "People fed for those days after losses.",
        ),
        number(
            "removed_share",
            "#indicator+num+removed",
            "/computed/removed_share",
            "share of the weight",
            "The share that was taken off.",
        ),
        count(
            "unknown_lines",
            "#indicator+num+lines+unknown",
            "/computed/unknown_lines",
            "lines",
            "Lines whose quantity or content is not known.",
        ),
        text("flags", "#meta+flags", "/flags", "What to mind."),
        sources("/sources"),
    ],
    place: Some("/areas"),
};

/// Each drop, then all together.
fn fed(answer: &Value) -> Vec<Value> {
    let of_convoy = ["convoy", "stage", "status", "days", "sources"]
        .map(|name| (name, answer.get(name).cloned().unwrap_or_default()));
    let drops = numbered(answer).map(|(drop, row)| with(&row, &[("drop", drop)]));
    let all = with(&answer["total"], &[("drop", "ALL".into()), ("flags", answer["flags"].clone())]);
    drops.chain([all]).map(|row| with(&row, &of_convoy)).collect()
}

/// The drops, each with its number.
fn numbered(answer: &Value) -> impl Iterator<Item = (Value, Value)> {
    list(answer, "/drops")
        .into_iter()
        .enumerate()
        .map(|(index, drop)| (Value::from((index + 1).to_string()), drop))
}

const COMMODITY: Col = text(
    "commodity",
    "#item+code",
    "/commodity",
    "Code of the goods, or what the source calls them.",
);

const LINES: Table = Table {
    name: "convoy_funnel",
    about: "The flow of one line of goods: in its own unit, as weight where that is known, as food where it is food.",
    rows: lines,
    columns: around_flow![
        CONVOY, DROP, AREAS, STAGE, COMMODITY,
        text("name", "#item+name", "/name", "Name of the goods, where the table has it."),
        SECTOR, MEASURE, UNIT;
        text("flags", "#meta+flags", "/flags", "What to mind."),
    ],
    place: Some("/areas"),
};

fn lines(answer: &Value) -> Vec<Value> {
    each_line(answer).iter().flat_map(measures).collect()
}

/// The lines of all drops, each with what it belongs to.
fn each_line(answer: &Value) -> Vec<Value> {
    let of_drop = |(number, drop): (Value, Value)| {
        let own = [
            ("convoy", answer["convoy"].clone()),
            ("stage", answer["stage"].clone()),
            ("drop", number),
            ("areas", drop["areas"].clone()),
        ];
        let lines = list(&drop, "/lines");
        lines.into_iter().map(move |line| with(&line, &own)).collect::<Vec<_>>()
    };
    numbered(answer).flat_map(of_drop).collect()
}

/// A line in each of its measures.
fn measures(line: &Value) -> Vec<Value> {
    let goods = with(line, &[("measure", "goods".into())]);
    let others = [("weight_kg", "weight", "kg"), ("food_person_days", "food", "person_days")];
    let measured = others.into_iter().filter_map(|(at, measure, unit)| {
        let flow = line[at].as_object()?.clone();
        let own = [("measure", measure.into()), ("unit", unit.into())];
        let mut row = with(line, &own);
        row.as_object_mut()?.extend(flow);
        Some(row)
    });
    std::iter::once(goods).chain(measured).collect()
}

const TAKEN: Table = Table {
    name: "removals",
    about: "One time that goods of a line were taken off, as told.",
    rows: taken,
    columns: &[
        CONVOY,
        DROP,
        AREAS,
        COMMODITY,
        number(
            "quantity",
            "#output+num+removed",
            "/quantity",
            "",
            "How much, in the unit of the line; empty where nobody told.",
        ),
        UNIT,
        text(
            "authority",
            "#org+removing+code",
            "/authority",
            "Code of the party that took it, as told.",
        ),
        text("place", "#loc+removing", "/place", "Where, as told."),
        text("reason", "#description+reason", "/reason", "Why, as told."),
    ],
    place: None,
};

fn taken(answer: &Value) -> Vec<Value> {
    let of_line = |line: Value| {
        let fields = ["convoy", "drop", "areas", "commodity", "unit"]
            .map(|name| (name, line.get(name).cloned().unwrap_or_default()));
        list(&line, "/removals").into_iter().map(move |one| with(&one, &fields)).collect::<Vec<_>>()
    };
    each_line(answer).into_iter().flat_map(of_line).collect()
}
