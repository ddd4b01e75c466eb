//! The questions that are answered out of all records, and what can be asked of each.

use serde_json::json;

use super::answer::{list_on, shape, text};
use super::{CLOCKS, Operation, extracts};
use crate::api::tile;
use crate::exchange::extract::Form;

const PLACE_AND_TIME: [(&str, &str); 4] = [
    ("from", "First day."),
    ("to", "Last day."),
    ("area", "Codes of areas."),
    ("admin1", "P-code."),
];

/// The questions that are answered out of all records.
pub(super) fn reads() -> Vec<Operation<'static>> {
    [people(), flows(), news(), maps()].into_iter().flatten().collect()
}

fn people() -> Vec<Operation<'static>> {
    vec![
        Operation::get(
            "/api/v1/totals",
            "figures",
            "Places and people besieged and hard to reach, by whose count.",
        )
        .asking(CLOCKS)
        .asking([
            ("by", "area, admin1, admin2, status or scheme."),
            ("scheme", "un, siege_watch, press, own or any."),
            ("policy", "latest, most_reliable, median or max."),
            ("metric", "Only figures of this metric."),
        ])
        .answering(shape(
            "as_of:time known_at:time by:text policy:text schemes:[obj] groups:[obj] \
             spread_between_schemes:num? flags:[text] notes:[text]",
        )),
        Operation::get(
            "/api/v1/coverage",
            "figures",
            "How far deliveries meet the need, area by area.",
        )
        .asking(CLOCKS)
        .asking(PLACE_AND_TIME)
        .answering(shape(
            "as_of:time known_at:time from:time to:time losses:obj food_kcal_per_person_day:num \
             notes:[text] data:[obj] total:int",
        )),
        Operation::get(
            "/api/v1/convoys/{reference}/coverage",
            "figures",
            "Whom a convoy can feed, water and treat.",
        )
        .asking(CLOCKS)
        .asking([("days", "People fed for so many days; 30.")])
        .answering(shape(
            "convoy:text version:int as_of:time stage:text status:text days:num losses:obj \
             food_kcal_per_person_day:num drops:[obj] total:obj removed:[obj] accounts:[obj] sources:[text] \
             flags:[text]",
        )),
    ]
}

/// Figures by group, beside those of all together.
const GROUPED: &str =
    "as_of:time known_at:time by:text from:time? to:time? data:[obj] total:int totals:obj";

fn flows() -> Vec<Operation<'static>> {
    vec![
        Operation::get(
            "/api/v1/funnel",
            "figures",
            "What was asked for, approved and loaded, and where all that was loaded went.",
        )
        .asking(CLOCKS)
        .asking(PLACE_AND_TIME)
        .asking([
            ("by", "authority, reason, commodity, month or area."),
            ("mode", "How convoys travel; several with commas."),
        ])
        .answering(shape(GROUPED)),
        Operation::get(
            "/api/v1/convoys/{reference}/funnel",
            "figures",
            "Where everything of a convoy went, line by line.",
        )
        .asking(CLOCKS)
        .answering(shape(
            "convoy:text version:int as_of:time known_at:time stage:text progress:text drops:[obj] totals:obj \
             removals:obj part_of:obj flags:[text]",
        )),
        Operation::get(
            "/api/v1/access/scorecard",
            "figures",
            "Who was asked for access, what was answered, and how long it took.",
        )
        .asking(CLOCKS)
        .asking(PLACE_AND_TIME)
        .asking([("by", "authority, month or area."), ("authority", "Codes of parties.")])
        .answering(shape(GROUPED)),
    ]
}

fn news() -> Vec<Operation<'static>> {
    vec![
        Operation::get("/api/v1/alerts", "figures", "What needs attention, the gravest first.")
            .asking(CLOCKS)
            .asking([
                ("severity", "low, medium, high or critical; several with commas."),
                ("rule", "Rules; several with commas."),
                ("area", "Codes of areas."),
                ("state", "raised, acknowledged or silenced; several with commas."),
            ])
            .answering(shape(
                "as_of:time known_at:time notes:[text] by_severity:obj by_state:obj data:[obj] total:int",
            )),
        Operation::get(
            "/api/v1/reports",
            "figures",
            "Which reports were made, the newest first, each with its copies; what they say is read one by one.",
        )
        .asking([
            ("limit", "1 to 1000; 100."),
            ("cursor", "What next of the page before said."),
        ])
        .answering({
            let mut page = shape("data:[obj] next:text?");
            let row = "schedule:text period_end:time as_of:time known_at:time made_at:time copies:[obj]";
            page["properties"]["data"]["items"] = shape(row);
            page
        }),
        Operation::get(
            "/api/v1/reports/preview",
            "figures",
            "The situation report as it would be made now.",
        )
        .asking(CLOCKS)
        .asking([
            ("format", "html, text or json."),
            ("language", "en, ar or fr; en."),
            ("period_days", "How far back it looks; 7."),
        ])
        .answering(shape("title:text as_of:time known_at:time period:obj headline:obj"))
        .also(200, "text/html", text())
        .also(200, "text/plain", text()),
        Operation::get("/api/v1/changes", "records", "The change feed: entries of the ledger.")
            .asking([("after", "Sequence to go on from."), ("limit", "1 to 1000.")])
            .answering(list_on(
                "sequence:int recorded_at:time? learned_at:time? actor:text? action:text kind:text code:text? \
                 id:text? reason:text?",
                "int",
            )),
    ]
}

fn maps() -> Vec<Operation<'static>> {
    const BOUNDARIES: [(&str, &str); 5] = [
        ("level", "0 to 4, the country being 0; several with commas."),
        ("within", "P-code of a unit: it and what lies in it."),
        ("pcode", "P-codes."),
        ("limit", "1 to 1000; 100."),
        ("cursor", "next of the page before."),
    ];
    let rows = list_on(
        "pcode:text level:int names:obj parent:text? country:text valid_from:time valid_to:time? bbox:[num] \
         source:text? learned_at:time",
        "text?",
    );
    let list =
        Operation::get("/api/v1/boundaries", "maps", "Administrative units, without outlines.")
            .asking(CLOCKS)
            .asking(BOUNDARIES)
            .answering(rows);
    let map = Operation::get("/api/v1/boundaries.geojson", "maps", "The same with outlines.")
        .asking(CLOCKS)
        .asking(BOUNDARIES)
        .asking([("outline", "display (with fewer corners) or exact; display.")]);
    let about = "A vector tile with the layers areas and boundaries, zoom 0 to 14; empty where there is nothing.";
    vec![
        extracts::beside(list, &[Form::GeoJson]),
        extracts::beside(map, &[Form::GeoJson]),
        Operation::get("/api/v1/tiles/areas/{z}/{x}/{y}.mvt", "maps", about).asking(CLOCKS).also(
            200,
            tile::MEDIA_TYPE,
            json!({ "type": "string", "format": "binary" }),
        ),
    ]
}
