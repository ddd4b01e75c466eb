//! Says what a plan means for each area.

use super::answer::{Allocation, AreaPlan, Delivery, Flag, PlanStatus};
use super::fair::Policy;
use super::model::{Model, Shipment};
use super::task::Task;
use super::verify::{Outcome, replayed};
use super::ways::{Loads, Made};
use super::why::{Reasons, Why};

/// The plan as it is told.
pub(super) fn told(
    task: &Task,
    model: &Model,
    policy: Policy,
    loads: Loads,
    status: PlanStatus,
    made: &Made,
    price: Option<f64>,
) -> Allocation {
    let served = replayed(model, &made.shipments);
    let outcome = Outcome::new(model, &served);
    let whole = loads == Loads::Whole;
    // A bound that the solver rounded down must not lie below what the plan reaches.
    let bound = made.bound.map(|bound| bound.clamp(outcome.minimum_coverage.unwrap_or(0.0), 1.0));
    let reasons = Reasons::new(model, policy, whole, &made.shipments);
    let mut rest = made.shipments.as_slice();
    let mut areas = Vec::with_capacity(task.areas.len());
    for (at, served) in served.iter().enumerate() {
        let count = rest.iter().take_while(|shipment| shipment.area == at).count();
        let (own, others) = rest.split_at(count);
        rest = others;
        areas.push(area_plan(task, model, &reasons, at, own, *served));
    }
    Allocation {
        status,
        method: made.method,
        policy,
        whole,
        minimum_coverage: outcome.minimum_coverage,
        minimum_coverage_bound: bound.or(outcome.minimum_coverage),
        unmet_person_days: outcome.unmet_person_days,
        price_of_fairness_person_days: price,
        areas,
        flags: flags(task, model),
    }
}

fn area_plan(
    task: &Task,
    model: &Model,
    reasons: &Reasons,
    at: usize,
    own: &[Shipment],
    served: f64,
) -> AreaPlan {
    let (area, place) = (&task.areas[at], &model.areas[at]);
    let coverage = model.coverage(at, served);
    let known = area.population.is_some();
    let delivery = |shipment: &Shipment| Delivery {
        window: model.windows[shipment.window].given,
        day: model.windows[shipment.window].day,
        supply: task.supplies[shipment.supply].id.clone(),
        loads: shipment.loads,
        person_days: shipment.loads * place.gains[shipment.supply],
    };
    let unknown =
        [(area.stock_person_days.is_none(), Flag::UnknownStock), (!known, Flag::UnknownPopulation)];
    AreaPlan {
        id: area.id.clone(),
        loads: own.iter().fold(0.0, |sum, shipment| sum + shipment.loads),
        deliveries: own.iter().map(delivery).collect(),
        coverage_before: model.coverage(at, place.own),
        coverage,
        served_person_days: known.then_some(served),
        unmet_person_days: known.then(|| (place.need - served).max(0.0)),
        why: if known { reasons.why(at, own, coverage) } else { Why::PopulationUnknown },
        flags: unknown.into_iter().filter_map(|(is, flag)| is.then_some(flag)).collect(),
    }
}

fn flags(task: &Task, model: &Model) -> Vec<Flag> {
    let found = [
        (task.areas.iter().any(|a| a.stock_person_days.is_none()), Flag::UnknownStock),
        (task.areas.iter().any(|area| area.population.is_none()), Flag::UnknownPopulation),
        (task.windows.iter().any(|w| w.day >= task.horizon_days), Flag::WindowAfterHorizon),
        (model.routes.iter().any(|road| road.areas.is_empty()), Flag::UnusedRouteCap),
    ];
    found.into_iter().filter_map(|(is, flag)| is.then_some(flag)).collect()
}
