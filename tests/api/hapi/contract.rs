//! The names that programs written for HAPI use: every one is there and none changes its meaning.
#![cfg(test)]

use std::collections::BTreeSet;

use passage::exchange::hapi::{RESOURCES, Resource};

use super::{ask, world};

const COMMON: &str = "limit offset app_identifier output_format";
const PLACED: &str = "location_ref location_code location_name has_hrp in_gho admin1_ref admin1_code admin1_name \
    provider_admin1_name admin2_ref admin2_code admin2_name provider_admin2_name admin_level start_date end_date";
const PLACE: &str =
    "location_code location_name admin1_code admin1_name admin2_code admin2_name admin_level";
const PERIOD: &str = "reference_period_start reference_period_end";

/// By the end of a path: parameters beside the common ones, columns, both as HAPI has them.
const HAPI: [(&str, &str, &str); 10] = [
    (
        "baseline-population",
        "gender age_range population_min population_max",
        "resource_hdx_id gender age_range min_age max_age population",
    ),
    (
        "humanitarian-needs",
        "category sector_code sector_name population_status population_min population_max",
        "resource_hdx_id sector_code category population_status population sector_name",
    ),
    (
        "operational-presence",
        "sector_code sector_name org_acronym org_name",
        "resource_hdx_id org_acronym org_name org_type_code org_type_description sector_code sector_name",
    ),
    ("conflict-events", "event_type", "resource_hdx_id event_type events fatalities"),
    ("location", "id code name has_hrp in_gho", "id code name has_hrp in_gho from_cods"),
    (
        "admin1",
        "id location_ref code name location_code location_name",
        "id location_ref code name from_cods location_code location_name",
    ),
    (
        "admin2",
        "id admin1_ref location_ref code name admin1_code admin1_name location_code location_name",
        "id admin1_ref code name from_cods admin1_code admin1_name location_ref location_code location_name",
    ),
    (
        "org",
        "acronym name org_type_code org_type_description",
        "acronym name org_type_code org_type_description",
    ),
    ("org-type", "code description", "code description"),
    ("sector", "code name", "code name"),
];

fn words(text: &str) -> BTreeSet<&str> {
    text.split_whitespace().collect()
}

fn resource(end: &str) -> &'static Resource {
    RESOURCES.into_iter().find(|resource| resource.path.ends_with(&format!("/{end}"))).unwrap()
}

#[test]
fn every_resource_has_the_columns_of_hapi_and_says_all_of_them_in_every_row() {
    for (end, _, columns) in HAPI {
        let resource = resource(end);
        let there: BTreeSet<&str> = resource.all_columns(false).map(|column| column.name).collect();
        let mut expected = words(columns);
        if resource.is_placed {
            expected.extend(words(PLACE));
        }
        let has_period = resource.is_placed || ["location", "admin1", "admin2"].contains(&end);
        if has_period {
            expected.extend(words(PERIOD));
        }
        assert_eq!(there, expected, "{end}");
    }
}

#[test]
fn every_parameter_of_hapi_is_taken_and_described() {
    let passage = world();
    let document = ask(&passage, "/openapi.json").ok(200);
    for (end, params, _) in HAPI {
        let resource = resource(end);
        let mut expected = words(params);
        expected.extend(words(COMMON));
        if resource.is_placed {
            expected.extend(words(PLACED));
        }
        let described = &document["paths"][resource.path]["get"]["parameters"];
        let described: BTreeSet<&str> =
            described.as_array().unwrap().iter().map(|p| p["name"].as_str().unwrap()).collect();
        let ours = words("expand as_of known_at");
        let described: BTreeSet<&str> = described.difference(&ours).copied().collect();
        assert_eq!(described, expected, "{end}");
    }
}
