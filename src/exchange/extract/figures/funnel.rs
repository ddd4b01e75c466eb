//! The funnel: goods by how far they came, trucks and people by how far their convoys came, what was taken off.

use serde_json::{Value, json};

use super::super::table::{Answer, Col, Table, count, figure, list, number, sources, text};
use super::{FROM, TO, in_period, with};

/// Where everything that was loaded went.
pub const FUNNEL: Answer = Answer { name: "funnel", tables: &[GOODS, HEADS, REMOVED] };

const GROUP: Col = text(
    "group",
    "#meta+group",
    "/group",
    "A code, a reason or a month, as was asked for; ALL is everything together, empty what nobody told.",
);
const NAME: Col = text("name", "#meta+group+name", "/name", "Its name, where it has one.");
const AREAS: Col = text(
    "areas",
    "#loc+code+list",
    "/areas",
    "The areas of the row, where rows are areas; several that one figure is for are never split.",
);
pub(super) const MEASURE: Col = text(
    "measure",
    "#indicator+name",
    "/measure",
    "goods in their own unit, weight, or food as person-days. Measures are never added to each other.",
);
pub(super) const SECTOR: Col =
    text("sector", "#sector+code", "/sector", "The sector of the goods.");
const GOODS_KIND: Col = text("kind", "#item+type", "/kind", "How such goods are counted.");
pub(super) const UNIT: Col =
    text("unit", "#item+unit", "/unit", "The unit of all amounts in the row.");

const FIRST_SOURCES: Col =
    Col { about: "The sources that the row rests on; of many, the first.", ..sources("/sources") };

/// Columns with those of a flow between them, which both funnels have.
macro_rules! around_flow {
    ($($before:expr),+; $($after:expr),+ $(,)?) => {
        &[
            $($before,)+
            number("requested", "#output+num+requested", "/requested", "", "Asked for."),
            number("approved", "#output+num+approved", "/approved", "", "Approved."),
            number(
                "planned",
                "#output+num+planned",
                "/planned",
                "",
                "Meant to be loaded, of convoys not loaded yet.",
            ),
            number("loaded", "#output+num+loaded", "/loaded", "", "Loaded."),
            number("removed", "#output+num+removed", "/removed", "", "Taken off by an authority."),
            number(
                "intercepted",
                "#output+num+intercepted",
                "/intercepted",
                "",
                "Taken on the way by others.",
            ),
            number("lost", "#output+num+lost", "/lost", "", "Lost on the way."),
            number("damaged", "#output+num+damaged", "/damaged", "", "Damaged."),
            number("returned", "#output+num+returned", "/returned", "", "Brought back."),
            number("delivered", "#output+num+delivered", "/delivered", "", "Delivered."),
            number("in_transit", "#output+num+in_transit", "/in_transit", "", "On the way."),
            number(
                "unaccounted",
                "#output+num+unaccounted",
                "/unaccounted",
                "",
                "Loaded, and nobody told where it went.",
            ),
            number(
                "excess",
                "#output+num+excess",
                "/excess",
                "",
                "Told to have gone somewhere beyond what was loaded.",
            ),
            number(
                "from_unknown_load",
                "#output+num+unloaded",
                "/from_unknown_load",
                "",
                "Delivered or lost of lines whose load is not known.",
            ),
            number(
                "delivered_implied",
                "#output+num+implied",
                "/delivered_implied",
                "",
                "Of delivered, taken to be so because the convoy arrived and nothing else is told.",
            ),
            number(
                "delivered_not_counted",
                "#output+num+uncounted",
                "/delivered_not_counted",
                "",
                "Delivered by convoys that another one counts.",
            ),
            $($after,)+
        ]
    };
}
pub(super) use around_flow;

const GOODS: Table = Table {
    name: "funnel",
    about: "The flow of goods of one group, measure, sector, kind and unit. removed + intercepted + lost + damaged + returned + delivered + in_transit + unaccounted - excess - from_unknown_load = loaded.",
    rows: |answer| in_period(answer, &goods(answer)),
    columns: around_flow![
        GROUP, NAME, AREAS, FROM, TO, MEASURE, SECTOR, GOODS_KIND, UNIT;
        count(
            "lines",
            "#indicator+num+lines",
            "/lines",
            "lines",
            "Lines of goods that the row counts.",
        ),
        count(
            "lines_of_unknown_load",
            "#indicator+num+lines+unknown",
            "/lines_of_unknown_load",
            "lines",
            "Of these, loads that are not known.",
        ),
        count(
            "lines_of_unknown_delivery",
            "#indicator+num+lines+undelivered",
            "/lines_of_unknown_delivery",
            "lines",
            "Of these, deliveries that are not known.",
        ),
        text("flags", "#meta+flags", "/flags", "What to mind."),
        FIRST_SOURCES,
    ],
    place: None,
};

const HEADS: Table = Table {
    name: "stages",
    about: "Convoys, trucks or people of one group by how far their convoys came.",
    rows: |answer| in_period(answer, &heads(answer)),
    columns: &[
        GROUP,
        NAME,
        AREAS,
        FROM,
        TO,
        text(
            "measure",
            "#indicator+name",
            "/measure",
            "convoys, trucks, people_targeted or people_reached. Measures are never added to each other.",
        ),
        text(
            "stage",
            "#status+code",
            "/stage",
            "How far they came. A convoy is counted in every stage that it reached.",
        ),
        figure("number", "#indicator+num", "/number", "convoys, trucks or people", "How many."),
        count(
            "unknown",
            "#indicator+num+unknown",
            "/number/unknown",
            "drops",
            "Drops whose number is not known, and not in it.",
        ),
        FIRST_SOURCES,
    ],
    place: None,
};

const REMOVED: Table = Table {
    name: "removals",
    about: "What was taken off convoys: of one authority or reason where that was asked for, else all together.",
    rows: |answer| in_period(answer, &removals(answer)),
    columns: &[
        GROUP,
        NAME,
        FROM,
        TO,
        MEASURE,
        SECTOR,
        GOODS_KIND,
        UNIT,
        number(
            "removed",
            "#output+num+removed",
            "/removed",
            "",
            "How much; empty where nobody told.",
        ),
        count("removals", "#indicator+num+removals", "/removals", "removals", "How many times."),
        count(
            "of_unknown_quantity",
            "#indicator+num+removals+unknown",
            "/of_unknown_quantity",
            "removals",
            "Of these, of which nobody told how much.",
        ),
        FIRST_SOURCES,
    ],
    place: None,
};

/// The rows of the answer, then everything together.
fn groups(answer: &Value) -> Vec<Value> {
    let all = with(&answer["totals"], &[("group", "ALL".into())]);
    list(answer, "/data").into_iter().chain([all]).collect()
}

/// What names a group, beside what a row of it measures.
fn named(group: &Value, measure: &str, row: &Value) -> Value {
    let null = Value::Null;
    let field = |name: &'static str| (name, group.get(name).unwrap_or(&null).clone());
    let named = group["sources"]["named"].as_array();
    let sources: Vec<Value> =
        named.into_iter().flatten().map(|source| source["code"].clone()).collect();
    let own = [
        field("group"),
        field("name"),
        field("areas"),
        ("measure", measure.into()),
        ("sources", sources.into()),
    ];
    with(row, &own)
}

/// The rows of one list of a group; `unit` is set where the list has one for all.
fn measured(group: &Value, at: &str, measure: &str, unit: Option<&str>) -> Vec<Value> {
    let rows = match group.get(at) {
        Some(Value::Array(rows)) => rows.clone(),
        Some(row @ Value::Object(_)) => vec![row.clone()],
        _ => Vec::new(),
    };
    let unit = unit.map(|unit| ("unit", Value::from(unit)));
    let of = |row: &Value| named(group, measure, &with(row, unit.as_slice()));
    rows.iter().map(of).collect()
}

fn goods(answer: &Value) -> Vec<Value> {
    let of = |group: Value| {
        [
            measured(&group, "goods", "goods", None),
            measured(&group, "weight_kg", "weight", Some("kg")),
            measured(&group, "food_person_days", "food", Some("person_days")),
        ]
    };
    groups(answer).into_iter().flat_map(of).flatten().collect()
}

fn heads(answer: &Value) -> Vec<Value> {
    groups(answer).iter().flat_map(of_group).collect()
}

fn of_group(group: &Value) -> Vec<Value> {
    let mut rows = Vec::new();
    let mut add = |measure: &str, stage: &str, number: Value| {
        rows.push(named(group, measure, &json!({ "stage": stage, "number": number })));
    };
    for (stage, number) in group["convoys_by_stage"].as_object().into_iter().flatten() {
        add(
            "convoys",
            stage,
            json!({ "low": number, "best": number, "high": number, "unknown": 0 }),
        );
    }
    for measure in ["trucks", "people_targeted"] {
        for (stage, number) in group[measure].as_object().into_iter().flatten() {
            add(measure, stage, number.clone());
        }
    }
    if group["people_reached"].is_object() {
        add("people_reached", "arrived", group["people_reached"].clone());
    }
    rows
}

fn removals(answer: &Value) -> Vec<Value> {
    let all = with(&answer["totals"]["removals"], &[("group", "ALL".into())]);
    let of = |group: Value| {
        [
            measured(&group, "removed_goods", "goods", None),
            measured(&group, "removed_kg", "weight", Some("kg")),
            measured(&group, "removed_food_person_days", "food", Some("person_days")),
        ]
    };
    list(answer, "/data").into_iter().chain([all]).flat_map(of).flatten().collect()
}
