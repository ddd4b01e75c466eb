//! Groups of places: by area, by unit, by status, by scheme.

use std::collections::BTreeMap;

use super::{By, GroupTotals, Place, sources_of, sum};
use crate::assess::reconcile::Reconciled;
use crate::domain::status::SiegeStatus;
use crate::domain::{Area, Scheme, Text};

pub(super) fn groups(by: By, places: &[Place<'_>]) -> Vec<GroupTotals> {
    let mut grouped: BTreeMap<(Scheme, String, SiegeStatus), Vec<&Place<'_>>> = BTreeMap::new();
    for place in places {
        let status = place.claim.record.status;
        let key = (place.claim.record.scheme, group_of(by, place), status);
        grouped.entry(key).or_default().push(place);
    }
    grouped
        .into_iter()
        .map(|((scheme, group, status), own)| group_totals(by, scheme, group, status, &own))
        .collect()
}

/// The group of the areas of which no unit is recorded.
pub const UNKNOWN: &str = "unknown";

fn group_totals(
    by: By,
    scheme: Scheme,
    group: String,
    status: SiegeStatus,
    own: &[&Place<'_>],
) -> GroupTotals {
    let figures: Vec<&Reconciled> = own.iter().filter_map(|place| place.figure.as_ref()).collect();
    let name = own.first().and_then(|place| name_of(by, place));
    GroupTotals {
        group,
        name,
        scheme,
        status,
        areas: own.len(),
        people: sum(own),
        areas_without_figure: own.len() - figures.len(),
        spread: figures.iter().filter_map(|figure| figure.spread).reduce(f64::max),
        sources_differ: figures.iter().any(|figure| figure.sources_differ),
        figure: figures.first().filter(|_| by == By::Area).map(|figure| (*figure).clone()),
        sources: sources_of(own),
    }
}

fn group_of(by: By, place: &Place<'_>) -> String {
    let unit = |code: fn(&Area) -> Option<&Text>| {
        let code = place.area.and_then(|area| code(&area.record));
        code.map_or_else(|| UNKNOWN.to_owned(), |code| code.as_str().to_owned())
    };
    match by {
        By::Area => place.code.to_owned(),
        By::Admin1 => unit(|area| area.admin1_pcode.as_ref()),
        By::Admin2 => unit(|area| area.admin2_pcode.as_ref()),
        By::Status => place.claim.record.status.as_str().to_owned(),
        By::Scheme => place.claim.record.scheme.as_str().to_owned(),
    }
}

fn name_of(by: By, place: &Place<'_>) -> Option<String> {
    let area = &place.area?.record;
    match by {
        By::Area => Some(area.names.any().to_owned()),
        By::Admin1 => area.admin1_name.as_ref().map(|name| name.as_str().to_owned()),
        By::Admin2 => area.admin2_name.as_ref().map(|name| name.as_str().to_owned()),
        By::Status | By::Scheme => None,
    }
}
