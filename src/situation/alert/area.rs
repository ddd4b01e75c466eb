//! Rules about areas: nothing arrives, somebody new calls it besieged.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::view::View;
use super::{Alert, Rule, Severity, alert, area_subject, cut_off_since, low_coverage, with_claims};
use crate::domain::observation::Topic;
use crate::domain::status::SiegeStatus;
use crate::domain::{Kind, Saying, Scheme, Status};
use crate::situation::coverage::{AreaCoverage, Counted, whole_days};
use crate::situation::standards::Standards;
use crate::situation::table::Known;
use crate::situation::world::Situation;

pub(super) fn find(view: &View<'_>, found: &mut Vec<Alert>) {
    let codes = view.cut_off.keys().map(|code| (*code).to_owned()).collect();
    let coverage = low_coverage::of_areas(view, view.situation.as_of, codes);
    let silences: Vec<Option<Alert>> =
        coverage.iter().map(|area| no_delivery(view, area)).collect();
    // Where nothing arrives at all, that too little arrives says nothing more.
    let supplied = coverage.iter().zip(&silences).filter(|(_, silence)| silence.is_none());
    low_coverage::find(view, supplied.map(|(area, _)| area), found);
    found.extend(silences.into_iter().flatten());
    found.extend(newly_besieged(view.situation, view.standards));
}

/// Nothing has arrived for so long; where nothing ever did, since the area is known to be cut off.
fn no_delivery(view: &View<'_>, area: &AreaCoverage) -> Option<Alert> {
    let (situation, lines) = (view.situation, view.lines(&area.area));
    let claims = view.claims(&area.area);
    let begun = cut_off_since(claims);
    let running_total = running_total(situation, &area.area);
    let since =
        area.last_delivery.or(begun)?.max(running_total.unwrap_or(DateTime::<Utc>::MIN_UTC));
    let waited = whole_days(since, situation.as_of);
    if waited < lines.no_delivery_days {
        return None;
    }
    let severity =
        if waited >= lines.no_delivery_critical_days { Severity::Critical } else { Severity::High };
    let (say, day) = match area.last_delivery {
        _ if running_total == Some(since) => ("alert-no-delivery-total", since),
        Some(last) => ("alert-no-delivery-since", last),
        None => ("alert-no-delivery-ever", since),
    };
    let said = Saying::of(say)
        .name("area", situation.area_called(&area.area))
        .day("day", day.date_naive(), None)
        .number("days", waited);
    let visits = Counted::of(situation, &area.area, &view.left_out);
    let last = area.last_delivery.into_iter().flat_map(|last| visits.arrived(last, last));
    let mut found =
        alert(Rule::NoDelivery, severity, area_subject(situation, &area.area), vec![said])
            .number("days_since_last_delivery", area.days_since_last_delivery)
            .number("days_waited", waited)
            .number("threshold_days", lines.no_delivery_days)
            .since(Some(since));
    for visit in last {
        found = found.resting_on(Kind::Convoy, &visit.convoy).citing(&visit.convoy.record.sources);
    }
    Some(with_claims(found, claims))
}

/// Until when a source's running total tells of deliveries to the area, though not of each.
fn running_total(situation: &Situation, area: &str) -> Option<DateTime<Utc>> {
    let of_area = situation.world.observations.iter().filter(|row| {
        row.record.topic == Topic::CumulativeReached
            && row.record.areas.iter().any(|code| code.as_str() == area)
    });
    let until = of_area.map(|row| row.record.period_to.unwrap_or(row.record.date).start());
    until.filter(|until| *until <= situation.as_of).max()
}

/// Since when a claim has held, and the claim.
type Begun<'w> = (DateTime<Utc>, &'w Known<Status>);

/// A scheme calls an area besieged that it did not call so before.
fn newly_besieged(situation: &Situation, standards: &Standards) -> Vec<Alert> {
    let mut first: BTreeMap<(&str, Scheme), Begun<'_>> = BTreeMap::new();
    for claim in
        situation.world.statuses.iter().filter(|c| c.record.status == SiegeStatus::Besieged)
    {
        let (Some(area), Some(from)) =
            (&claim.record.area, claim.record.valid_from.or(claim.record.listed_on))
        else {
            continue;
        };
        let at = from.start();
        let entry = first.entry((area.as_str(), claim.record.scheme)).or_insert((at, claim));
        if at < entry.0 {
            *entry = (at, claim);
        }
    }
    let news_from = super::news_from(situation, standards);
    first
        .into_iter()
        .filter(|(_, (at, _))| *at >= news_from && *at <= situation.as_of)
        .map(|((area, scheme), (at, claim))| {
            let subject = area_subject(situation, area);
            let say = match claim.record.valid_from {
                Some(_) => "alert-besieged-since",
                None => "alert-besieged-listed",
            };
            let said = Saying::of(say)
                .name("area", situation.area_called(area))
                .day("day", at.date_naive(), claim.record.date_precision)
                .part("by", Saying::of(format!("alert-by-{scheme}")));
            alert(Rule::NewlyBesieged, Severity::High, subject, vec![said])
                .with_key(scheme.as_str())
                .number("scheme", scheme.as_str())
                .since(Some(at))
                .resting_on(Kind::Status, claim)
                .citing(&claim.record.source)
        })
        .collect()
}
