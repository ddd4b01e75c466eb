//! Violence, as far as it is of a sort that HAPI (that is, ACLED) counts: each incident is a row of its own.

use super::people::{set_source, whole};
use super::place::Place;
use super::{Holds, RESOURCE, Resource, Rows, Test, column, param, set, set_period};
use crate::domain::incident::IncidentType;
use crate::domain::{DatePrecision, SourceCode};
use crate::situation::Situation;

/// The groups of ACLED. One event can be of several.
const TYPES: &[&str] = &["civilian_targeting", "demonstration", "political_violence"];

pub(super) const CONFLICT_EVENTS: Resource = Resource {
    path: "/api/v2/coordination-context/conflict-events",
    about: "Violence: each incident is a row, or two where it is of two groups of ACLED.",
    columns: &[
        RESOURCE,
        column("event_type", Holds::Word(TYPES), "Group of ACLED; one event can be of several."),
        column("events", Holds::Whole, "How many events: 1."),
        column("fatalities", Holds::Whole, "People killed, the best estimate."),
    ],
    more: &[
        column("fatalities_low", Holds::Whole, "At least so many people killed."),
        column("fatalities_high", Holds::Whole, "At most so many people killed."),
        column("incident_type", Holds::Text, "What happened, in our words."),
        column("record", Holds::Text, "Code of our record."),
        column("source_name", Holds::Text, "Name of the source."),
        column("reliability", Holds::Text, "How reliable the source is, A to F."),
    ],
    params: &[param("event_type", Test::Word(TYPES))],
    is_placed: true,
    is_dated: true,
    rows: conflict_events,
};

/// The groups of ACLED that an incident is of; none where it is no violence, or not said to be.
const fn groups(incident: IncidentType) -> &'static [&'static str] {
    use IncidentType as I;
    match incident {
        // Against people or places that take no part in the fighting: an event of both groups.
        I::HealthFacilityHit
        | I::BakeryHit
        | I::WaterStationHit
        | I::ConvoyAttacked
        | I::ConvoyFiredOn
        | I::AidVehicleFiredOn
        | I::AidWorkerAttacked
        | I::ShellingAtDistribution => &["civilian_targeting", "political_violence"],
        I::HealthFacilityNearHit
        | I::WarehouseHit
        | I::Shelling
        | I::AirStrike
        | I::Hostilities
        | I::ChemicalAttackAlleged => &["political_violence"],
        I::ConvoyLooted
        | I::ConvoyObstructed
        | I::StarvationDeaths
        | I::SupplyRouteCut
        | I::MedicalEvacuation
        | I::Evacuation
        | I::PauseViolation
        | I::Other => &[],
    }
}

fn conflict_events(situation: &Situation) -> Rows {
    let (world, mut found) = (&situation.world, Rows::default());
    for incident in world.incidents.iter() {
        let record = &incident.record;
        let groups = groups(record.incident_type);
        if record.date.start() > situation.as_of || groups.is_empty() {
            continue;
        }
        let Some(place) = Place::of_areas(world, &record.areas) else {
            found.left_out += 1;
            continue;
        };
        let mut row = place.row();
        set_source(&mut row, world, record.source.as_ref().map(SourceCode::as_str));
        set(&mut row, "events", Some(1));
        set(&mut row, "fatalities", whole(record.killed.best()));
        set(&mut row, "fatalities_low", whole(record.killed.low()));
        set(&mut row, "fatalities_high", whole(record.killed.high()));
        set(&mut row, "incident_type", Some(record.incident_type.as_str()));
        set(&mut row, "record", Some(&*incident.code));
        let last = record.date_end.unwrap_or(record.date);
        let end = record.date_precision.unwrap_or(DatePrecision::Day).latest(last);
        set_period(&mut row, Some(record.date.start()), Some(end));
        for group in groups {
            let mut one = row.clone();
            set(&mut one, "event_type", Some(*group));
            found.rows.push(one);
        }
    }
    found
}
