//! The outlook: how long what areas have will last, with what that rests on.

use serde_json::Value;

use super::super::Holds::{Day, Flag, Moment};
use super::super::table::{Answer, Table, count, figure, list, number, one, sources, text};
use super::{data_or_itself, each_with};

/// How long what areas have will last.
pub const OUTLOOK: Answer = Answer { name: "outlook", tables: &[AREAS, INPUTS, STATEMENTS] };

const AREAS: Table = Table {
    name: "outlook",
    about: "How long what one area has will last: a band of days, never one day alone.",
    rows: data_or_itself,
    columns: &[
        text("area", "#loc+code", "/area", "Code of the area."),
        text("name", "#loc+name", "/name", "Its name."),
        text(
            "admin1_pcode",
            "#adm1+code+v_pcode",
            "/admin1_pcode",
            "P-code of its first-level unit.",
        ),
        text("sector", "#sector+code", "/sector", "What runs out: food, water, health, fuel."),
        text("unit", "#meta+unit", "/unit", "The unit of all amounts in the row."),
        text("status", "#meta+status", "/status", "What is known: dated, or why there is no date."),
        text(
            "severity",
            "#severity",
            "/severity",
            "How urgent the dates are, by the thresholds of the place.",
        ),
        one(
            Day,
            "runs_out_early",
            "#date+end+p10",
            "/runs_out_on/p10",
            "The early day: one chance in ten that it runs out before.",
        ),
        one(Day, "runs_out_middle", "#date+end+p50", "/runs_out_on/p50", "The middle day."),
        one(
            Day,
            "runs_out_late",
            "#date+end+p90",
            "/runs_out_on/p90",
            "The late day: one chance in ten that it lasts longer.",
        ),
        number(
            "days_left_early",
            "#indicator+num+days+p10",
            "/days_left/p10",
            "days",
            "The same as days from as_of: early.",
        ),
        number(
            "days_left_middle",
            "#indicator+num+days+p50",
            "/days_left/p50",
            "days",
            "The same as days from as_of: middle.",
        ),
        number(
            "days_left_late",
            "#indicator+num+days+p90",
            "/days_left/p90",
            "days",
            "The same as days from as_of: late.",
        ),
        number(
            "chance_never",
            "#indicator+num+never",
            "/days_left/p_never",
            "share",
            "The chance that it does not run out as things are.",
        ),
        one(
            Day,
            "not_before",
            "#date+end+floor",
            "/not_before",
            "Not before this day, whatever is in store that nobody counted.",
        ),
        text("method", "#meta+method", "/method", "How the band was made."),
        figure(
            "stock",
            "#indicator+num+stock",
            "/opening_stock/amount",
            "",
            "In store now; unknown where nobody counted.",
        ),
        number(
            "stock_at_least",
            "#indicator+num+stock+floor",
            "/opening_stock/at_least",
            "",
            "Where nobody counted, what at least is left of known deliveries.",
        ),
        text(
            "stock_from",
            "#meta+stock",
            "/opening_stock/from",
            "counted, or deliveries_only where nobody counted.",
        ),
        one(
            Day,
            "counted_on",
            "#date+counted",
            "/opening_stock/counted_on",
            "The day of the count.",
        ),
        count(
            "arrivals",
            "#indicator+num+arrivals",
            "/arrivals/number",
            "arrivals",
            "Arrivals since the count.",
        ),
        count(
            "arrivals_of_unknown_size",
            "#indicator+num+arrivals+unknown",
            "/arrivals/of_unknown_size",
            "arrivals",
            "Of these, of unknown size and not counted.",
        ),
        figure(
            "arrived",
            "#indicator+num+arrived",
            "/arrivals/amount",
            "",
            "What the others brought.",
        ),
        count(
            "losses",
            "#indicator+num+losses",
            "/losses/number",
            "losses",
            "Losses since the count.",
        ),
        figure("lost", "#indicator+num+lost", "/losses/amount", "", "What was lost."),
        figure(
            "inflow_per_day",
            "#indicator+num+inflow",
            "/inflow_per_day",
            "",
            "What comes in by itself each day; unknown is taken as nothing.",
        ),
        figure("people", "#population", "/population", "people", "The people there."),
        figure(
            "need_per_day",
            "#indicator+num+need",
            "/need_per_day",
            "",
            "What is needed each day.",
        ),
        figure(
            "ration_share",
            "#indicator+num+ration",
            "/ration_share",
            "share",
            "The share of the need that is eaten.",
        ),
        text("policy", "#meta+policy", "/policy", "How people are taken to eat."),
        count(
            "horizon_days",
            "#indicator+num+horizon",
            "/horizon_days",
            "days",
            "How far was looked.",
        ),
        text("notes", "#meta+note", "/notes", "What to mind."),
        text("flags", "#meta+flags", "/flags", "The same for programs."),
    ],
    place: Some("/area"),
};

const INPUTS: Table = Table {
    name: "inputs",
    about: "One record that an outlook rests on or that was left out. Given with expand=all, and for one area.",
    rows: |answer| inside(answer, "inputs"),
    columns: &[
        text("area", "#loc+code", "/area", "Code of the area."),
        text(
            "input",
            "#meta+input",
            "/input",
            "What it tells: stock, arrival, loss, population, …",
        ),
        text("record_kind", "#meta+kind", "/record/kind", "The kind of the record."),
        text("record", "#meta+code", "/record/code", "Its code."),
        one(Day, "date", "#date", "/date", "The day it is for."),
        number("age_days", "#indicator+num+age", "/age_days", "days", "How old it is."),
        figure(
            "amount",
            "#indicator+num+amount",
            "/amount",
            "",
            "What it tells, in the unit of the outlook.",
        ),
        text("stated", "#description", "/stated", "The same in the words of the source."),
        one(Flag, "used", "#meta+used", "/used", "Was it used?"),
        text("why", "#meta+why", "/why", "Why, or why not."),
        sources("/source"),
    ],
    place: None,
};

const STATEMENTS: Table = Table {
    name: "statements",
    about: "What others say of when it runs out and what there is; never mixed into the figures.",
    rows: |answer| inside(answer, "statements"),
    columns: &[
        text("area", "#loc+code", "/area", "Code of the area."),
        text("topic", "#meta+topic", "/topic", "What it is about."),
        text("record", "#meta+code", "/record/code", "The code of the record."),
        one(Moment, "date", "#date", "/date", "When it was said."),
        number("age_days", "#indicator+num+age", "/age_days", "days", "How old it is."),
        text("said_by", "#meta+said_by", "/said_by", "Who said it."),
        text("text", "#description", "/text", "What was said."),
        figure(
            "value",
            "#indicator+num+stated",
            "/value",
            "",
            "The number in it, in its own unit.",
        ),
        text("value_unit", "#meta+unit", "/unit", "The unit of that number."),
        one(Day, "until", "#date+end", "/until", "The day that it names."),
        sources("/source"),
    ],
    place: None,
};

/// The parts in a list of each area, with the code of the area.
fn inside(answer: &Value, name: &str) -> Vec<Value> {
    let of = |area: Value| {
        each_with(&list(&area, &format!("/{name}")), &[("area", area["area"].clone())])
    };
    data_or_itself(answer).into_iter().flat_map(of).collect()
}
