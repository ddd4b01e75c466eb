//! The day on which food ends cannot be told: who should go and count what.
//!
//! One alert for an area and a field. Where neither people nor food were counted, that is one errand and one alert.

use super::view::View;
use super::{Alert, Rule, Severity, alert, area_subject, dated, with_claims};
use crate::domain::{Incident, Kind};
use crate::situation::outlook::{AreaOutlook, OutlookStatus};
use crate::situation::table::Known;

pub(super) fn find(view: &View<'_>, found: &mut Vec<Alert>) {
    let cut_off = view.cut_off.keys().filter_map(|area| view.outlooks.get(*area));
    found.extend(cut_off.filter_map(|outlook| gap(view, outlook)));
}

fn gap(view: &View<'_>, outlook: &AreaOutlook) -> Option<Alert> {
    let name = &outlook.name;
    let is_counted = outlook.opening_stock.counted_on.is_some();
    let (field, text) = match outlook.status {
        OutlookStatus::UnknownPopulation if is_counted => (
            "population",
            format!(
                "The people in {name} need counting; the food is counted, but not for how many."
            ),
        ),
        OutlookStatus::UnknownPopulation => (
            "population",
            format!(
                "The people and the food in {name} need counting; no count of either is known."
            ),
        ),
        OutlookStatus::UnknownStock => ("stock", uncounted_stock(outlook)),
        _ => return None,
    };
    let found = alert(Rule::DataGap, severity(view, &outlook.area), subject(view, outlook), text)
        .with_key(field)
        .number("field", field)
        .number("not_before_days", outlook.not_before_days)
        .number("people", outlook.population.central())
        .since(super::cut_off_since(view.claims(&outlook.area)));
    Some(with_claims(found, view.claims(&outlook.area)))
}

fn uncounted_stock(outlook: &AreaOutlook) -> String {
    let name = &outlook.name;
    let why = if outlook.flags.contains(&"counts_in_words") {
        "what is known of it is in words or cannot be turned into days"
    } else {
        "no count of it is known"
    };
    let floor = match (outlook.not_before_days, outlook.not_before) {
        (Some(days), Some(day)) if days >= 1.0 => {
            format!(" What is known to have arrived lasts until {day} at least.")
        }
        _ => String::new(),
    };
    format!("The food in store in {name} needs counting; {why}.{floor}")
}

/// A store was hit, and what that means for those who live on it cannot be told.
pub(super) fn unknown_loss(view: &View<'_>, area: &str, incident: &Known<Incident>) -> Alert {
    let when = dated(incident.record.date.start(), incident.record.date_precision);
    let text = format!(
        "A store in {} was hit on {when}, as reported; how much of the food is lost cannot be told. What is left needs counting.",
        view.name(area)
    );
    let subject = area_subject(view.situation, area);
    alert(Rule::DataGap, severity(view, area), subject, text)
        .with_key("loss")
        .with_key(&incident.code)
        .number("field", "loss")
        .since(Some(incident.record.date.start()))
        .resting_on(Kind::Incident, incident)
        .citing(&incident.record.source)
}

fn severity(view: &View<'_>, area: &str) -> Severity {
    if view.is_besieged(area) { Severity::High } else { Severity::Medium }
}

fn subject(view: &View<'_>, outlook: &AreaOutlook) -> super::Subject {
    area_subject(view.situation, &outlook.area)
}
