//! A plan held against what then happened: loads and food that came, and coverage as it was.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use super::coverage::{Counted, counted_otherwise, supplied};
use super::standards::Standards;
use super::supply::{AreaSupply, SupplyQuestion};
use super::world::Situation;
use crate::assess::holding::Sector;
use crate::domain::plan::PlanArea;
use crate::domain::{Called, Figure, Plan, Saying, Told};

/// A plan and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlanOutcome {
    /// The first instant of the plan.
    pub from: DateTime<Utc>,
    /// The last instant that is looked at: of the plan, or of what is known.
    pub to: DateTime<Utc>,
    /// Is the plan's time over on the day of the situation?
    pub is_over: bool,
    /// Area by area.
    pub areas: Vec<AreaOutcome>,
}

/// What was planned for one area, and what came.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AreaOutcome {
    /// The area.
    pub area: String,
    /// Its name, where the area is still known.
    pub name: Option<String>,
    /// Loads that were planned until then.
    pub planned_loads: f64,
    /// What they were to be worth, person-days.
    pub planned_person_days: f64,
    /// Convoys that arrived.
    pub convoys_arrived: usize,
    /// Their trucks; unknown where one of them is.
    pub trucks_arrived: Figure,
    /// Food that arrived, person-days after losses.
    pub arrived_person_days: Figure,
    /// Arrivals of unknown size, which are not in it.
    pub arrivals_of_unknown_size: usize,
    /// Coverage with the plan, of its whole horizon.
    pub planned_coverage: Option<f64>,
    /// Coverage as it was until then.
    pub coverage: Figure,
    /// In one sentence.
    pub sentence: Saying,
}

/// What came of a plan by the day of the situation.
#[must_use]
pub fn plan_outcome(situation: &Situation, plan: &Plan, standards: &Standards) -> PlanOutcome {
    const MILLISECONDS_PER_DAY: f64 = 86_400_000.0;
    #[expect(clippy::cast_possible_truncation, reason = "a horizon is at most ten years")]
    let horizon = TimeDelta::milliseconds((plan.horizon_days * MILLISECONDS_PER_DAY) as i64);
    let from = plan.date.start();
    // A horizon that an earlier program took may lead beyond all dates.
    let end = from.checked_add_signed(horizon).unwrap_or(DateTime::<Utc>::MAX_UTC);
    let end = end - TimeDelta::milliseconds(1);
    let to = end.min(situation.as_of).max(from);
    let areas = plan.areas.iter().map(|area| of_area(situation, plan, area, (from, to), standards));
    PlanOutcome { from, to, is_over: situation.as_of >= end, areas: areas.collect() }
}

fn of_area(
    situation: &Situation,
    plan: &Plan,
    planned: &PlanArea,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    standards: &Standards,
) -> AreaOutcome {
    let code = planned.area.as_str();
    let due = || plan.deliveries.iter().filter(|d| d.area == planned.area && d.at.start() <= to);
    let empty = AreaOutcome {
        area: code.to_owned(),
        name: None,
        planned_loads: due().fold(0.0, |sum, delivery| sum + delivery.loads),
        planned_person_days: due().fold(0.0, |sum, delivery| sum + delivery.person_days),
        convoys_arrived: 0,
        trucks_arrived: Figure::exactly(0.0),
        arrived_person_days: Figure::exactly(0.0),
        arrivals_of_unknown_size: 0,
        planned_coverage: planned.coverage_after,
        coverage: Figure::UNKNOWN,
        sentence: Saying::of("outcome-area-gone").text("area", code),
    };
    let Some(area) = situation.world.areas.get(code) else { return empty };
    let left_out = counted_otherwise(situation);
    let visits = Counted::of(situation, code, &left_out);
    let question =
        SupplyQuestion { sector: Sector::Food, policy: None, include_planned: false, standards };
    let supply = AreaSupply::gather(situation, area, visits, (from, to), &question);
    let came: Vec<_> = supply.arrivals.iter().filter(|moved| moved.at >= from).collect();
    let known: Vec<Figure> =
        came.iter().map(|moved| moved.amount).filter(|amount| !amount.is_unknown()).collect();
    let trucks: Vec<Figure> = visits.arrived(from, to).map(|visit| visit.drop().trucks).collect();
    let arrived = if known.is_empty() { Figure::exactly(0.0) } else { Figure::sum(&known) };
    let outcome = AreaOutcome {
        name: Some(area.record.names.any().to_owned()),
        convoys_arrived: trucks.len(),
        trucks_arrived: if trucks.is_empty() { Figure::exactly(0.0) } else { Figure::sum(&trucks) },
        arrived_person_days: arrived,
        arrivals_of_unknown_size: came.len() - known.len(),
        // Of a plan that did not begin yet there is no time in which anybody could have been fed, or gone hungry.
        coverage: if from < to {
            supplied(&supply, (from, to), situation.as_of).coverage
        } else {
            Figure::UNKNOWN
        },
        ..empty
    };
    AreaOutcome { sentence: sentence(situation.area_called(code), &outcome), ..outcome }
}

fn sentence(area: Called, outcome: &AreaOutcome) -> Saying {
    let figure = outcome.arrived_person_days;
    let arrived = match (figure.low(), figure.high()) {
        (Some(low), Some(high)) if high - low >= 1.0 => {
            Told::Part(Box::new(Saying::of("range").number("low", low).number("high", high)))
        }
        (Some(amount), _) | (None, Some(amount)) => Told::Number(amount),
        (None, None) => Told::Part(Box::new(Saying::of("outcome-unknown"))),
    };
    let told = Saying::of("outcome-area")
        .name("area", area)
        .number("planned", outcome.planned_person_days)
        .with("arrived", arrived);
    #[expect(clippy::cast_precision_loss, reason = "arrivals are few")]
    match outcome.arrivals_of_unknown_size {
        0 => told,
        n => told.then(Saying::of("outcome-more").number("count", n as f64)),
    }
}
