//! Rules about areas: nothing arrives, too little arrives, somebody new calls it besieged.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::{Alert, Rule, Severity, alert, area_subject, dated, days};
use crate::assess::stock::SupplyStatus;
use crate::domain::observation::Topic;
use crate::domain::status::SiegeStatus;
use crate::domain::{Figure, Kind, Scheme, Status};
use crate::situation::claims;
use crate::situation::coverage::{
    AreaCoverage, Counted, CoverageQuestion, counted_otherwise, coverage, whole_days,
};
use crate::situation::standards::Standards;
use crate::situation::table::Known;
use crate::situation::world::Situation;

/// The period that coverage is judged over, days. Source: domain rules, section 7.
const COVERAGE_DAYS: f64 = 30.0;

pub(super) fn find(situation: &Situation, standards: &Standards, found: &mut Vec<Alert>) {
    let cut_off = cut_off(situation);
    let left_out = counted_otherwise(situation);
    let codes: Vec<String> = cut_off.keys().map(|code| (*code).to_owned()).collect();
    let question = CoverageQuestion {
        from: situation.as_of - days(COVERAGE_DAYS),
        to: situation.as_of,
        areas: codes,
        admin1: None,
        standards,
    };
    let coverage = if cut_off.is_empty() { Vec::new() } else { coverage(situation, &question) };
    for area in &coverage {
        let claims = cut_off.get(area.area.as_str()).map_or(&[][..], Vec::as_slice);
        let visits = Counted::of(situation, &area.area, &left_out);
        let silence = no_delivery(situation, standards, area, claims, visits);
        // Where nothing arrives at all, that too little arrives says nothing more.
        if silence.is_none() {
            found.extend(low_coverage(situation, standards, area, claims));
        }
        found.extend(silence);
    }
    found.extend(newly_besieged(situation, standards));
}

/// The areas that anybody calls besieged or hard to reach, with the claims that hold.
pub(super) fn cut_off(situation: &Situation) -> BTreeMap<&str, Vec<&Known<Status>>> {
    let mut areas: BTreeMap<&str, Vec<&Known<Status>>> = BTreeMap::new();
    for ((_, area), claim) in claims::holding(situation) {
        if matches!(claim.record.status, SiegeStatus::Besieged | SiegeStatus::HardToReach) {
            areas.entry(area).or_default().push(claim);
        }
    }
    for claims in areas.values_mut() {
        claims.sort_by(|a, b| a.code.cmp(&b.code));
    }
    areas
}

/// Nothing has arrived for so long; where nothing ever did, since the area is known to be cut off.
fn no_delivery(
    situation: &Situation,
    standards: &Standards,
    area: &AreaCoverage,
    claims: &[&Known<Status>],
    visits: Counted<'_>,
) -> Option<Alert> {
    let begun = claims
        .iter()
        .filter_map(|c| c.record.valid_from.or(c.record.listed_on))
        .map(crate::domain::Moment::start)
        .min();
    let running_total = running_total(situation, &area.area);
    let since =
        area.last_delivery.or(begun)?.max(running_total.unwrap_or(DateTime::<Utc>::MIN_UTC));
    let waited = whole_days(since, situation.as_of);
    if waited < standards.alert.no_delivery_days {
        return None;
    }
    let severity = if waited >= standards.alert.no_delivery_critical_days {
        Severity::Critical
    } else {
        Severity::High
    };
    let text = match area.last_delivery {
        _ if running_total == Some(since) => format!(
            "A running total tells of deliveries to {} until {}, {waited:.0} days ago; nothing later is known.",
            area.name,
            since.date_naive()
        ),
        Some(last) => format!(
            "Nothing is known to have arrived in {} since {}, {waited:.0} days ago.",
            area.name,
            last.date_naive()
        ),
        None => format!(
            "Nothing is known to have ever arrived in {}, cut off since at least {}.",
            area.name,
            since.date_naive()
        ),
    };
    let last = area.last_delivery.into_iter().flat_map(|last| visits.arrived(last, last));
    let mut found = alert(Rule::NoDelivery, severity, area_subject(situation, &area.area), text)
        .number("days_since_last_delivery", area.days_since_last_delivery)
        .number("days_waited", waited)
        .number("threshold_days", standards.alert.no_delivery_days)
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

/// Too little of the need is met: surely, or possibly.
fn low_coverage(
    situation: &Situation,
    standards: &Standards,
    area: &AreaCoverage,
    claims: &[&Known<Status>],
) -> Option<Alert> {
    let line = standards.alert.low_coverage;
    // Where nobody counted the people nothing can be told, which is an alert of its own.
    if area.supplied.status == SupplyStatus::UnknownPopulation {
        return None;
    }
    let low = area.supplied.coverage.low()?;
    // A floor without a ceiling can be anything above it.
    let high = area.supplied.coverage.high().unwrap_or(1.0);
    let severity = if high < standards.alert.low_coverage_critical {
        Severity::Critical
    } else if high < line {
        Severity::High
    } else if low < line {
        Severity::Medium
    } else {
        return None;
    };
    let possibly = if severity == Severity::Medium {
        " (possibly: the range reaches across the line)"
    } else {
        ""
    };
    let percent = |share: f64| format!("{:.0} %", share * 100.0);
    let share = match area.supplied.coverage.high() {
        None => format!("at least {}", percent(low)),
        Some(_) if percent(low) == percent(high) => percent(low),
        Some(_) => format!("{} to {}", percent(low), percent(high)),
    };
    let text = if area.food_person_days == Figure::computed(Some(0.0), None, Some(0.0)) {
        format!(
            "No delivery of food of the last 30 days is known in {}, and nothing that would be left from before.",
            area.name
        )
    } else {
        format!(
            "What there was to eat in the last 30 days meets {share} of the food need in {}{possibly}.",
            area.name
        )
    };
    let found = alert(Rule::LowCoverage, severity, area_subject(situation, &area.area), text)
        .number("coverage_low", low)
        .number("coverage_high", area.supplied.coverage.high())
        .number("threshold_share", line)
        .number("people", area.population.as_ref().and_then(|p| p.people.central()))
        .number("food_person_days_low", area.food_person_days.low())
        .number("food_person_days_high", area.food_person_days.high())
        .citing(&area.sources);
    Some(with_claims(found, claims))
}

fn with_claims(mut found: Alert, claims: &[&Known<Status>]) -> Alert {
    for claim in claims {
        found = found.resting_on(Kind::Status, claim).citing(&claim.record.source);
    }
    found
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
            let name = subject.name.clone().unwrap_or_else(|| area.to_owned());
            let by = match scheme {
                Scheme::Un => "the United Nations",
                Scheme::SiegeWatch => "Siege Watch",
                Scheme::Press => "the press and other reports",
                Scheme::Own => "our own judgement",
            };
            let when = dated(at, claim.record.date_precision);
            let text = match claim.record.valid_from {
                Some(_) => format!("{name} is besieged since {when} by the count of {by}."),
                None => format!("{name} is listed as besieged on {when} by {by}; no earlier listing by them is known here."),
            };
            alert(Rule::NewlyBesieged, Severity::High, subject, text)
                .with_key(scheme.as_str())
                .number("scheme", scheme.as_str())
                .since(Some(at))
                .resting_on(Kind::Status, claim)
                .citing(&claim.record.source)
        })
        .collect()
}
