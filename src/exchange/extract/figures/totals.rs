//! Totals: what each scheme counts, its groups, and what each source published.

use serde_json::Value;

use super::super::Holds::Moment;
use super::super::table::{Answer, Table, count, figure, list, number, one, sources, text};
use super::with;
use crate::situation::totals::UNKNOWN;

/// Besieged and hard-to-reach totals.
pub const TOTALS: Answer = Answer { name: "totals", tables: &[SCHEMES, GROUPS, PUBLISHED] };

const STATUSES: [&str; 3] = ["besieged", "hard_to_reach", "watchlist"];

const SCHEMES: Table = Table {
    name: "totals",
    about: "What one scheme counts under one status. Schemes are never added to each other.",
    rows: schemes,
    columns: &[
        text("scheme", "#meta+scheme", "/scheme", "By whose count."),
        text("status", "#access+status", "/status", "Besieged, hard to reach, or in danger of it."),
        count("areas", "#indicator+num+areas", "/areas", "areas", "Areas that the scheme names."),
        figure(
            "people",
            "#affected",
            "/people",
            "people",
            "People in those areas: the sum of those for which there is a figure.",
        ),
        count(
            "areas_without_figure",
            "#indicator+num+areas+unknown",
            "/areas_without_figure",
            "areas",
            "Areas without any figure: with these, the sum is a floor.",
        ),
        figure(
            "published_people",
            "#affected+published",
            "/list_total/people",
            "people",
            "The total that the scheme published for its whole list; it is not split over areas.",
        ),
        count(
            "published_places",
            "#indicator+num+places+published",
            "/list_total/places",
            "places",
            "Places on the published list.",
        ),
        one(Moment, "published_on", "#date+reported", "/list_total/date", "The day of that total."),
        number(
            "published_spread",
            "#indicator+num+spread+published",
            "/list_total/spread",
            "share",
            "How far sources of the published total are apart: (largest - smallest) / largest.",
        ),
        text("area_codes", "#loc+code+list", "/area_codes", "Codes of the areas."),
        text("flags", "#meta+flags", "/flags", "What to mind."),
        sources("/sources"),
    ],
    place: None,
};

const GROUPS: Table = Table {
    name: "groups",
    about: "One group (an area, a unit, a status or a scheme, as was asked for) under one scheme and status.",
    rows: groups,
    columns: &[
        text(
            "group",
            "#meta+group",
            "/group",
            "What the group is: a code, a P-code, a status or a scheme.",
        ),
        text("name", "#meta+group+name", "/name", "Its name, where it has one."),
        text("area", "#loc+code", "/area", "The group again, where groups are areas."),
        text(
            "admin1_pcode",
            "#adm1+code+v_pcode",
            "/admin1",
            "The group again, where groups are first-level units.",
        ),
        text(
            "admin2_pcode",
            "#adm2+code+v_pcode",
            "/admin2",
            "The group again, where groups are second-level units.",
        ),
        text("scheme", "#meta+scheme", "/scheme", "By whose count."),
        text("status", "#access+status", "/status", "Besieged, hard to reach, or in danger of it."),
        count("areas", "#indicator+num+areas", "/areas", "areas", "Areas in the group."),
        figure(
            "people",
            "#affected",
            "/people",
            "people",
            "People in those for which there is a figure.",
        ),
        count(
            "areas_without_figure",
            "#indicator+num+areas+unknown",
            "/areas_without_figure",
            "areas",
            "Areas without any figure: with these, the sum is a floor.",
        ),
        number(
            "spread",
            "#indicator+num+spread",
            "/spread",
            "share",
            "The largest spread between the sources of one area.",
        ),
        one(
            super::super::Holds::Flag,
            "sources_differ",
            "#meta+differ",
            "/sources_differ",
            "Do the sources of any area differ by more than the limit?",
        ),
        sources("/sources"),
    ],
    place: None,
};

const PUBLISHED: Table = Table {
    name: "published",
    about: "One figure that a source published for the whole list of a scheme.",
    rows: published,
    columns: &[
        text("scheme", "#meta+scheme", "/scheme", "By whose list."),
        text("status", "#access+status", "/status", "Besieged, hard to reach, or in danger of it."),
        text("record", "#meta+code", "/record", "The record of the figure."),
        text("estimated_by", "#meta+estimated_by", "/estimated_by", "Who counted."),
        one(Moment, "date", "#date", "/date", "The day it is for."),
        figure("people", "#affected", "/people", "people", "The figure."),
        count("places", "#indicator+num+places", "/places", "places", "Places that it is for."),
        sources("/source"),
    ],
    place: None,
};

/// The groups, each also under the name of what it is, where that is a place.
fn groups(answer: &Value) -> Vec<Value> {
    let by = answer["by"].as_str().unwrap_or_default();
    let named = |group: Value| {
        // Areas of which no unit is recorded are a group, and no unit.
        let is_place = |place: &str| place == by && (by == "area" || group["group"] != UNKNOWN);
        let own = ["area", "admin1", "admin2"].map(|place| {
            (place, if is_place(place) { group["group"].clone() } else { Value::Null })
        });
        with(&group, &own)
    };
    list(answer, "/groups").into_iter().map(named).collect()
}

fn schemes(answer: &Value) -> Vec<Value> {
    let schemes = list(answer, "/schemes").into_iter();
    let of = |scheme: Value| {
        STATUSES.map(|status| {
            let named = [("scheme", scheme["scheme"].clone()), ("status", status.into())];
            with(&scheme[status], &named)
        })
    };
    schemes.flat_map(of).collect()
}

fn published(answer: &Value) -> Vec<Value> {
    let rows = schemes(answer).into_iter();
    let of = |row: Value| {
        let named = [("scheme", row["scheme"].clone()), ("status", row["status"].clone())];
        list(&row, "/list_total/claims").into_iter().map(move |claim| with(&claim, &named))
    };
    rows.flat_map(of).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn areas_of_which_no_unit_is_recorded_are_a_group_and_no_unit_of_that_code() {
        let answer =
            |by: &str| json!({ "by": by, "groups": [{ "group": "unknown" }, { "group": "SY02" }] });
        let units = groups(&answer("admin1"));
        assert_eq!((&units[0]["admin1"], &units[1]["admin1"]), (&Value::Null, &json!("SY02")));
        assert_eq!(groups(&answer("area"))[0]["area"], "unknown", "an area may be called so");
    }
}
