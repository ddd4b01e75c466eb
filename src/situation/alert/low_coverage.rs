//! Too little of the need of 30 days is met: surely, or possibly.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, TimeDelta, Utc};

use super::look_back::{LEVELS, Look, Looks, Open, Side, days_before};
use super::view::View;
use super::{Alert, Rule, Severity, alert, area_subject, days, with_claims};
use crate::assess::stock::SupplyStatus;
use crate::config::Alert as Lines;
use crate::domain::{Figure, Saying};
use crate::situation::coverage::{AreaCoverage, CoverageQuestion, coverage};
use crate::situation::world::Situation;

/// The period that coverage is judged over, days. Source: domain rules, section 7.
const COVERAGE_DAYS: f64 = 30.0;

/// Coverage of the last 30 days; of no area at all where none is named.
pub(super) fn of_areas(
    view: &View<'_>,
    as_of: DateTime<Utc>,
    areas: Vec<String>,
) -> Vec<AreaCoverage> {
    if areas.is_empty() {
        return Vec::new();
    }
    let from = as_of - days(COVERAGE_DAYS);
    let question =
        CoverageQuestion { from, to: as_of, areas, admin1: None, standards: view.standards };
    coverage(&Situation { as_of, ..view.situation.clone() }, &question)
}

/// The areas of which too little of the need is met.
pub(super) fn find<'c>(
    view: &View<'_>,
    areas: impl Iterator<Item = &'c AreaCoverage>,
    found: &mut Vec<Alert>,
) {
    let now = |area: &'c AreaCoverage| {
        let look = look(view, area, view.situation.as_of);
        (area, Looks::beginning(look, TimeDelta::zero()))
    };
    let mut rows: Vec<(&AreaCoverage, Looks)> =
        areas.filter(|area| sides(area, view.lines(&area.area)).is_some()).map(now).collect();
    look_back(view, &mut rows);
    let open = rows.iter().filter_map(|(area, looks)| Some((*area, looks.open()?)));
    found.extend(open.filter_map(|(area, open)| told(view, area, open)));
}

/// Looks at the days before, the areas of one day together, as long as an area depends on them.
fn look_back(view: &View<'_>, rows: &mut [(&AreaCoverage, Looks)]) {
    let longest = rows.iter().map(|(area, _)| view.lines(&area.area).hysteresis_days).max();
    let days = days_before(view.situation.as_of, longest.unwrap_or(0));
    for (number, as_of) in (1_u32..).zip(days) {
        let waits = |(area, looks): &(&AreaCoverage, Looks)| {
            looks.want_more() && number <= view.lines(&area.area).hysteresis_days
        };
        let waiting: BTreeSet<String> =
            rows.iter().filter(|row| waits(row)).map(|(area, _)| area.area.clone()).collect();
        if waiting.is_empty() || (view.gives_up)() {
            return;
        }
        let earlier: HashMap<String, Look> = of_areas(view, as_of, waiting.into_iter().collect())
            .into_iter()
            .map(|area| (area.area.clone(), look(view, &area, as_of)))
            .collect();
        for (area, looks) in rows.iter_mut() {
            if let Some(look) = earlier.get(&area.area) {
                looks.add(*look);
            }
        }
    }
}

fn look(view: &View<'_>, area: &AreaCoverage, at: DateTime<Utc>) -> Look {
    Look { at, sides: sides(area, view.lines(&area.area)) }
}

/// On which side of the lines of each severity coverage lies; `None` where nobody counted the people, which is an
/// alert of its own. Surely too little is judged by the high end, possibly too little by the low one.
fn sides(area: &AreaCoverage, lines: &Lines) -> Option<[Side; LEVELS.len()]> {
    if area.supplied.status == SupplyStatus::UnknownPopulation {
        return None;
    }
    let low = area.supplied.coverage.low()?;
    let high = ceiling(area);
    let away = lines.low_coverage_clear / lines.low_coverage;
    let side = |share: f64, line: f64| {
        if share < line {
            Side::Past
        } else if share >= line * away {
            Side::Clear
        } else {
            Side::Between
        }
    };
    Some([
        side(high, lines.low_coverage_critical),
        side(high, lines.low_coverage),
        side(low, lines.low_coverage),
    ])
}

/// A floor without a ceiling can be anything above it.
fn ceiling(area: &AreaCoverage) -> f64 {
    area.supplied.coverage.high().unwrap_or(1.0)
}

fn told(view: &View<'_>, area: &AreaCoverage, open: Open) -> Option<Alert> {
    let lines = view.lines(&area.area);
    let low = area.supplied.coverage.low()?;
    let is_unsure = open.severity == Severity::Medium && ceiling(area) >= lines.low_coverage;
    let is_none =
        area.food_person_days == Figure::computed(Some(0.0), None, Some(0.0)) && low <= 0.0;
    let name = view.situation.area_called(&area.area);
    let mut said = if is_none {
        vec![Saying::of("alert-low-coverage-none").name("area", name)]
    } else {
        let sure = if is_unsure && open.is_past { "possibly" } else { "surely" };
        let share = share(area.supplied.coverage, low);
        vec![
            Saying::of("alert-low-coverage")
                .name("area", name)
                .part("share", share)
                .case("sure", sure),
        ]
    };
    if !open.is_past && !is_none {
        let clear = lines.low_coverage_clear * 100.0;
        said.push(Saying::of("alert-low-coverage-held").number("clear", clear));
    }
    let subject = area_subject(view.situation, &area.area);
    let found = alert(Rule::LowCoverage, open.severity, subject, said)
        .number("coverage_low", low)
        .number("coverage_high", area.supplied.coverage.high())
        .number("threshold_share", lines.low_coverage)
        .number("people", area.population.as_ref().and_then(|p| p.people.central()))
        .number("food_person_days_low", area.food_person_days.low())
        .number("food_person_days_high", area.food_person_days.high())
        .since(open.since)
        .citing(&area.sources);
    Some(with_claims(found, view.claims(&area.area)))
}

fn share(coverage: Figure, low: f64) -> Saying {
    let percent = |share: f64| (share * 100.0).round_ties_even();
    let (low, high) = (percent(low), coverage.high().map(percent));
    let say = match high {
        None => "alert-share-at-least",
        Some(high) if high.total_cmp(&low).is_eq() => "alert-share-one",
        Some(_) => "alert-share-between",
    };
    Saying::of(say).number("low", low).number("high", high.unwrap_or(low))
}
