//! The questions that are answered out of all records, and what can be asked of each.

use super::{CLOCKS, Operation};

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
        ]),
        Operation::get(
            "/api/v1/coverage",
            "figures",
            "How far deliveries meet the need, area by area.",
        )
        .asking(CLOCKS)
        .asking(PLACE_AND_TIME),
        Operation::get(
            "/api/v1/convoys/{reference}/coverage",
            "figures",
            "Whom a convoy can feed, water and treat.",
        )
        .asking(CLOCKS)
        .asking([("days", "People fed for so many days; 30.")]),
    ]
}

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
        ]),
        Operation::get(
            "/api/v1/convoys/{reference}/funnel",
            "figures",
            "Where everything of a convoy went, line by line.",
        )
        .asking(CLOCKS),
        Operation::get(
            "/api/v1/access/scorecard",
            "figures",
            "Who was asked for access, what was answered, and how long it took.",
        )
        .asking(CLOCKS)
        .asking(PLACE_AND_TIME)
        .asking([("by", "authority, month or area."), ("authority", "Codes of parties.")]),
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
            ]),
        Operation::get(
            "/api/v1/reports",
            "figures",
            "Which reports were made, the newest first, each with its copies; what they say is read one by one.",
        )
        .asking([
            ("limit", "1 to 1000; 100."),
            ("cursor", "What next of the page before said."),
        ]),
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
        ]),
        Operation::get("/api/v1/changes", "records", "The change feed: entries of the ledger.")
            .asking([("after", "Sequence to go on from."), ("limit", "1 to 1000.")]),
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
    vec![
        Operation::get("/api/v1/boundaries", "maps", "Administrative units, without outlines.")
            .asking(CLOCKS)
            .asking(BOUNDARIES),
        Operation::get("/api/v1/boundaries.geojson", "maps", "The same with outlines.")
            .asking(CLOCKS)
            .asking(BOUNDARIES)
            .asking([("outline", "display (with fewer corners) or exact; display.")]),
        Operation::get(
            "/api/v1/tiles/areas/{z}/{x}/{y}.mvt",
            "maps",
            "A vector tile with the layers areas and boundaries, zoom 0 to 14; empty where there is nothing.",
        )
        .asking(CLOCKS),
    ]
}
