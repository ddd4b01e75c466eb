//! The day on which food ends cannot be told: who should go and count what.
//!
//! One alert for an area and a field. Where neither people nor food were counted, that is one errand and one alert.

use super::view::View;
use super::{Alert, Rule, Severity, alert, area_subject, with_claims};
use crate::domain::{Incident, Kind, Saying};
use crate::situation::outlook::{AreaOutlook, OutlookStatus};
use crate::situation::table::Known;

pub(super) fn find(view: &View<'_>, found: &mut Vec<Alert>) {
    let cut_off = view.cut_off.keys().filter_map(|area| view.outlooks.get(*area));
    found.extend(cut_off.filter_map(|outlook| gap(view, outlook)));
}

fn gap(view: &View<'_>, outlook: &AreaOutlook) -> Option<Alert> {
    let is_counted = outlook.opening_stock.counted_on.is_some();
    let people = |say: &str| {
        let name = view.situation.area_called(&outlook.area);
        ("population", vec![Saying::of(say).name("area", name)])
    };
    let (field, said) = match outlook.status {
        OutlookStatus::UnknownPopulation if is_counted => people("alert-gap-people"),
        OutlookStatus::UnknownPopulation => people("alert-gap-both"),
        OutlookStatus::UnknownStock => ("stock", uncounted_stock(view, outlook)),
        _ => return None,
    };
    let found = alert(Rule::DataGap, severity(view, &outlook.area), subject(view, outlook), said)
        .with_key(field)
        .number("field", field)
        .number("not_before_days", outlook.not_before_days)
        .number("people", outlook.population.central())
        .since(super::cut_off_since(view.claims(&outlook.area)));
    Some(with_claims(found, view.claims(&outlook.area)))
}

fn uncounted_stock(view: &View<'_>, outlook: &AreaOutlook) -> Vec<Saying> {
    let why = if outlook.flags.contains(&"counts_in_words") { "words" } else { "none" };
    let name = view.situation.area_called(&outlook.area);
    let floor = match (outlook.not_before_days, outlook.not_before) {
        (Some(days), Some(day)) if days >= 1.0 => {
            Some(Saying::of("alert-gap-floor").day("day", day, None))
        }
        _ => None,
    };
    let uncounted = Saying::of("alert-gap-stock").name("area", name).case("why", why);
    std::iter::once(uncounted).chain(floor).collect()
}

/// A store was hit, and what that means for those who live on it cannot be told.
pub(super) fn unknown_loss(view: &View<'_>, area: &str, incident: &Known<Incident>) -> Alert {
    let at = incident.record.date.date();
    let said = Saying::of("alert-gap-loss").name("area", view.situation.area_called(area)).day(
        "day",
        at,
        incident.record.date_precision,
    );
    let subject = area_subject(view.situation, area);
    alert(Rule::DataGap, severity(view, area), subject, vec![said])
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
