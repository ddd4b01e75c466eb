//! Rules about incidents: on convoys, on what a siege cannot bear to lose, on stocks.

use super::view::View;
use super::{Alert, Rule, Severity, Subject, alert, area_names, stock};
use crate::domain::facility::{FacilityType, Functioning};
use crate::domain::incident::IncidentType;
use crate::domain::{AreaCode, Incident, Kind, Saying, Told};
use crate::situation::table::Known;
use crate::situation::world::Situation;
use crate::tongue::capitalised;

pub(super) fn find(view: &View<'_>, found: &mut Vec<Alert>) {
    let situation = view.situation;
    let news_from = super::news_from(situation, view.standards);
    for incident in situation.world.incidents.iter() {
        if (news_from..=situation.as_of).contains(&incident.record.date.start()) {
            found.extend(on_convoy(situation, incident));
            found.extend(on_facility(situation, incident));
            found.extend(on_route(situation, incident));
            found.extend(stock::find(view, incident));
        }
    }
}

fn begun(
    rule: Rule,
    severity: Severity,
    subject: Subject,
    incident: &Known<Incident>,
    said: Vec<Saying>,
) -> Alert {
    let record = &incident.record;
    let sources = record
        .source
        .iter()
        .chain(record.accounts.iter().filter_map(|account| account.source.as_ref()));
    alert(rule, severity, subject, said)
        .with_key(&incident.code)
        .number("killed_low", record.killed.floor())
        .number("killed_high", record.killed.ceiling())
        .number("injured", record.injured.central())
        .since(Some(record.date.start()))
        .in_areas(&record.areas)
        .resting_on(Kind::Incident, incident)
        .citing(sources)
}

/// Those who ride with a convoy count as the convoy.
fn on_convoy(situation: &Situation, incident: &Known<Incident>) -> Option<Alert> {
    let record = &incident.record;
    let riders = matches!(
        record.incident_type,
        IncidentType::AidWorkerAttacked | IncidentType::AidVehicleFiredOn
    );
    if !(record.incident_type.is_on_a_convoy() || riders && record.convoy.is_some()) {
        return None;
    }
    let code =
        record.convoy.as_ref().map_or_else(|| incident.code.to_string(), ToString::to_string);
    let kind = if record.convoy.is_some() { Kind::Convoy } else { Kind::Incident };
    let what = Saying::of(format!("incident-{}", record.incident_type));
    let said = about("alert-incident", situation, record, Told::Begin(Box::new(what)));
    let subject =
        Subject { kind, code, name: record.title.as_ref().map(|title| title.as_str().to_owned()) };
    Some(begun(Rule::ConvoyAttacked, Severity::Critical, subject, incident, vec![said]))
}

/// A sentence about an incident, where and when it was.
fn about(say: &str, situation: &Situation, record: &Incident, what: Told) -> Saying {
    Saying::of(say)
        .with("what", what)
        .with("place", area_names(situation, record.areas.iter()))
        .day("day", record.date.date(), record.date_precision)
}

fn on_facility(situation: &Situation, incident: &Known<Incident>) -> Option<Alert> {
    let record = &incident.record;
    let vital = record
        .facilities
        .iter()
        .filter_map(|code| situation.world.facilities.get(code.as_str()))
        .any(|f| f.record.facility_type.is_vital());
    let struck = record.incident_type.is_on_a_vital_facility()
        || (vital && record.incident_type != IncidentType::HealthFacilityNearHit);
    if !struck {
        return None;
    }
    let last = record.areas.iter().find(|area| none_left(situation, record, area));
    let severity = if last.is_some() { Severity::Critical } else { Severity::High };
    let unnamed = || Told::Part(Box::new(Saying::of("alert-a-facility")));
    let named = record.facility_text.as_ref();
    let what = named.map_or_else(unnamed, |text| Told::Text(capitalised(text.as_str())));
    let end = last.map(|_| Saying::of("alert-facility-last"));
    let said = about("alert-facility", situation, record, what);
    let said = std::iter::once(said).chain(end).collect();
    let facility =
        record.facilities.first().map_or_else(|| incident.code.to_string(), ToString::to_string);
    let kind = if record.facilities.is_empty() { Kind::Incident } else { Kind::Facility };
    let subject = Subject { kind, code: facility, name: None };
    Some(
        begun(Rule::FacilityAttacked, severity, subject, incident, said)
            .number("last_of_its_kind", last.is_some()),
    )
}

/// An area that nothing can enter any more has only what it holds.
fn on_route(situation: &Situation, incident: &Known<Incident>) -> Option<Alert> {
    let record = &incident.record;
    if record.incident_type != IncidentType::SupplyRouteCut {
        return None;
    }
    let (say, what) = match &record.facility_text {
        Some(route) => ("alert-route-cut-named", route.as_str()),
        None => ("alert-route-cut", ""),
    };
    let said = about(say, situation, record, Told::Text(what.to_owned()));
    let subject = match record.areas.first() {
        Some(area) => super::area_subject(situation, area.as_str()),
        None => Subject { kind: Kind::Incident, code: incident.code.to_string(), name: None },
    };
    Some(begun(Rule::RouteCut, Severity::High, subject, incident, vec![said]))
}

/// Are all facilities of the struck kind that we know of in the area out of action? Unknown ones may work.
fn none_left(situation: &Situation, record: &Incident, area: &AreaCode) -> bool {
    let struck: Vec<FacilityType> = record
        .facilities
        .iter()
        .filter_map(|code| situation.world.facilities.get(code.as_str()))
        .map(|facility| facility.record.facility_type)
        .collect();
    let mut of_kind = situation
        .world
        .facilities
        .iter()
        .filter(|row| {
            row.record.area.as_ref() == Some(area) && struck.contains(&row.record.facility_type)
        })
        .peekable();
    of_kind.peek().is_some()
        && of_kind.all(|row| row.record.functioning == Some(Functioning::NotWorking))
}
