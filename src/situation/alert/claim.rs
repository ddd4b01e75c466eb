//! Rules about claims: an estimate is old, a count jumps, a date lies in the future.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::view::View;
use super::{Alert, Rule, Severity, Subject, alert, area_subject, hours};
use crate::assess::estimate::{differ_by_more_than, spread};
use crate::config::Alert as Lines;
use crate::domain::stock::StockType;
use crate::domain::{Figure, Kind, Moment, Population, Saying, Told};
use crate::situation::claims;
use crate::situation::coverage::{days_between, whole_days};
use crate::situation::standards::Standards;
use crate::situation::table::Known;
use crate::situation::world::Situation;

pub(super) fn find(view: &View<'_>, found: &mut Vec<Alert>) {
    let people = claims::counts(view.situation, None);
    for (area, claims) in &people {
        let lines = view.lines(area);
        if view.cut_off.contains_key(area) {
            found.extend(stale_population(view.situation, lines, area, claims));
        }
        found.extend(jump(view.situation, lines, area, claims));
        found.extend(contradiction(view.situation, lines, area, claims));
    }
    found.extend(stale_stocks(view));
    found.extend(future_dated(view.situation, view.standards));
}

fn severity_of_age(age_days: f64, limit_days: f64) -> Option<Severity> {
    if age_days > 2.0 * limit_days {
        Some(Severity::Medium)
    } else {
        (age_days > limit_days).then_some(Severity::Low)
    }
}

fn stale_population(
    situation: &Situation,
    lines: &Lines,
    area: &str,
    claims: &[&Known<Population>],
) -> Option<Alert> {
    let newest = claims.first()?;
    let age = whole_days(newest.record.date.start(), situation.as_of);
    let severity = severity_of_age(age, lines.stale_population_days)?;
    let subject = area_subject(situation, area);
    let said = Saying::of("alert-stale-population")
        .name("area", situation.area_called(area))
        .number("days", age)
        .with("people", Told::Heads(newest.record.people));
    Some(
        alert(Rule::StaleEstimate, severity, subject, vec![said])
            .with_key("population")
            .number("age_days", age)
            .number("threshold_days", lines.stale_population_days)
            .since(Some(newest.record.date.start()))
            .resting_on(Kind::Population, newest)
            .citing(&newest.record.source),
    )
}

fn stale_stocks(view: &View<'_>) -> Vec<Alert> {
    let situation = view.situation;
    let mut newest: BTreeMap<&str, &Known<crate::domain::Stock>> = BTreeMap::new();
    for row in situation.world.stocks.iter() {
        let area = row.record.area.as_str();
        let counts =
            row.record.stock_type == StockType::Stock && row.record.date.start() <= situation.as_of;
        if counts && view.cut_off.contains_key(area) {
            let kept = newest.entry(area).or_insert(row);
            if kept.record.date < row.record.date {
                *kept = row;
            }
        }
    }
    newest
        .into_iter()
        .filter_map(|(area, row)| {
            let limit_days = view.lines(area).stale_stock_days;
            let age = whole_days(row.record.date.start(), situation.as_of);
            let severity = severity_of_age(age, limit_days)?;
            let subject = area_subject(situation, area);
            let said = Saying::of("alert-stale-stock")
                .name("area", situation.area_called(area))
                .number("days", age);
            Some(
                alert(Rule::StaleEstimate, severity, subject, vec![said])
                    .with_key("stock")
                    .number("age_days", age)
                    .number("threshold_days", limit_days)
                    .since(Some(row.record.date.start()))
                    .resting_on(Kind::Stock, row)
                    .citing(&row.record.source),
            )
        })
        .collect()
}

/// The newest count of one estimator is far from the one before; an analyst may have confirmed it.
fn jump(
    situation: &Situation,
    lines: &Lines,
    area: &str,
    claims: &[&Known<Population>],
) -> Option<Alert> {
    let newest = claims.first().filter(|row| row.record.confirmed.is_none())?;
    let by = newest.record.estimated_by.as_ref()?;
    let before = claims[1..].iter().find(|row| row.record.estimated_by.as_ref() == Some(by))?;
    let (old, new) =
        (before.record.people.central().filter(|old| *old > 0.0)?, newest.record.people.central()?);
    let change = (new - old).abs() / old;
    if change < lines.population_jump_share {
        return None;
    }
    let subject = area_subject(situation, area);
    let said = Saying::of("alert-jump")
        .text("by", by.as_str())
        .name("area", situation.area_called(area))
        .with("now", Told::Heads(newest.record.people))
        .with("before", Told::Heads(before.record.people));
    Some(
        alert(Rule::PopulationJump, Severity::Medium, subject, vec![said])
            .with_key(by.as_str())
            .number("people_before", old)
            .number("people_now", new)
            .number("change_share", change)
            .number("threshold_share", lines.population_jump_share)
            .since(Some(newest.record.date.start()))
            .resting_on(Kind::Population, newest)
            .resting_on(Kind::Population, before)
            .citing(newest.record.source.iter().chain(&before.record.source)),
    )
}

/// The newest counts of two estimators exclude each other.
fn contradiction(
    situation: &Situation,
    lines: &Lines,
    area: &str,
    claims: &[&Known<Population>],
) -> Option<Alert> {
    let newest = claims.first().filter(|row| row.record.confirmed.is_none())?;
    let by = |row: &Known<Population>| row.record.estimated_by.clone();
    let other = claims[1..].iter().find(|row| by(row) != by(newest))?;
    let figures = [newest.record.people, other.record.people];
    if !disjoint(figures) || !differ_by_more_than(&figures, lines.population_jump_share) {
        return None;
    }
    let subject = area_subject(situation, area);
    let said = Saying::of("alert-contradiction")
        .name("area", situation.area_called(area))
        .with("one", Told::Heads(figures[0]))
        .with("other", Told::Heads(figures[1]));
    Some(
        alert(Rule::PopulationJump, Severity::Medium, subject, vec![said])
            .with_key("sources")
            .number("people", figures[0].central())
            .number("people_other", figures[1].central())
            .number("spread_share", spread(&figures))
            .number("threshold_share", lines.population_jump_share)
            .since(Some(newest.record.date.start()))
            .resting_on(Kind::Population, newest)
            .resting_on(Kind::Population, other)
            .citing(newest.record.source.iter().chain(&other.record.source)),
    )
}

/// Do the ranges exclude each other? "At least" reaches to infinity.
fn disjoint([a, b]: [Figure; 2]) -> bool {
    let low = |figure: Figure| figure.low().or(figure.best()).unwrap_or(0.0);
    let high = |figure: Figure| figure.high().or(figure.best()).unwrap_or(f64::INFINITY);
    high(a) < low(b) || high(b) < low(a)
}

/// Records of what was, dated after the day on which we look.
fn future_dated(situation: &Situation, standards: &Standards) -> Vec<Alert> {
    let limit = situation.known_at + hours(standards.alert.future_dated_hours);
    let mut found = Vec::new();
    let mut look = |kind: Kind, code: &str, version: i64, at: Option<Moment>| {
        if let Some(at) = at.filter(|at| at.start() > limit) {
            found.push(future(kind, code, version, at.start(), situation.known_at));
        }
    };
    let world = &situation.world;
    world
        .populations
        .iter()
        .for_each(|row| look(Kind::Population, &row.code, row.version, Some(row.record.date)));
    world
        .stocks
        .iter()
        .for_each(|row| look(Kind::Stock, &row.code, row.version, Some(row.record.date)));
    world
        .incidents
        .iter()
        .for_each(|row| look(Kind::Incident, &row.code, row.version, Some(row.record.date)));
    world.convoys.iter().for_each(|row| {
        look(
            Kind::Convoy,
            &row.code,
            row.version,
            row.record.moves.iter().map(|(_, at)| *at).max(),
        );
    });
    found
}

fn future(
    kind: Kind,
    code: &str,
    version: i64,
    at: DateTime<Utc>,
    known_at: DateTime<Utc>,
) -> Alert {
    let said = Saying::of("alert-future")
        .part("kind", Saying::of(format!("kind-{kind}")))
        .text("code", code)
        .day("day", at.date_naive(), None);
    let subject = Subject { kind, code: code.to_owned(), name: None };
    let row = Known {
        code: code.into(),
        id: uuid::Uuid::nil(),
        version,
        level: None,
        learned_at: known_at,
        record: (),
    };
    alert(Rule::FutureDated, Severity::Low, subject, vec![said])
        .number("hours_ahead", days_between(known_at, at) * 24.0)
        .since(None)
        .resting_on(kind, &row)
}
