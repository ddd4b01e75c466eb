//! The service's way in: chooses how to share, checks the answer, and says what it means for each area.

use super::answer::{Allocation, AreaPlan, Caution, Delivery, Method, PlanError, PlanStatus};
use super::branch;
use super::fair::{self, Policy};
use super::linear;
use super::model::{Model, Shipment};
use super::nested;
use super::rounding::rounded;
use super::task::Task;
use super::verify::{Outcome, audit, replayed};
use super::whole::whole_loads;
use super::why::{Reasons, Why};
use crate::domain::choice::choice;

choice! {
    /// Can a load be split?
    Loads {
        /// Any part of a load can be sent.
        Divisible = "divisible",
        /// Only whole loads are sent.
        Whole = "whole",
    }
}

/// Numbers of loads that the linear model decides at most: 200 areas in 26 windows, and some.
const MOST_LINEAR: usize = 6_000;

/// Numbers of loads up to which a second policy is worked out for comparison.
const MOST_COMPARED: usize = 600;

/// Numbers of whole loads that branch and bound decides at most.
const MOST_BRANCHED: usize = 60;

/// Areas in windows for which whole loads are moved about one by one.
const MOST_FLOW: usize = 20_000;

/// Whole loads that are given out one by one.
const MOST_WHOLE: f64 = 50_000.0;

/// How far two ways to the lowest coverage may be apart.
const AGREED: f64 = 1e-6;

/// The plan for a task: who gets what when, how far it goes, and why not further.
///
/// Each area eats its own stock and inflow first. A load counts by its expected value, access and losses
/// included. An unknown stock counts as none, so that the area is not left behind for it; an area of unknown
/// population is left out. Both are flagged. With [`Loads::Whole`], the policy decides after the minimum:
/// the lowest first, or the least unmet need.
///
/// The same task always gives the same plan.
///
/// # Units
///
/// Loads, person-days at 2,100 kcal, days from now.
///
/// # Errors
///
/// When something is wrong with the task (all of it at once), when it is too large for the way it needs, or
/// when an answer fails a check: then there is no plan rather than a doubtful one.
///
/// # Example
///
/// A town that cannot unload, one that is hard to reach and one that is not; eight loads:
///
/// ```
/// use passage::assess::allocation::{AreaInNeed, Cap, Loads, Policy, Supply, Task, Why, Window, plan};
/// let mut task = Task {
///     areas: vec![
///         AreaInNeed::new("Z", 1000.0, 1400.0),
///         AreaInNeed::new("X", 2000.0, 8000.0),
///         AreaInNeed::new("Y", 2000.0, 14_000.0),
///     ],
///     windows: vec![Window { day: 0.0, loads: 8.0 }],
///     horizon_days: 14.0,
///     supplies: vec![Supply::food(1000.0)],
///     route_caps: Default::default(),
/// };
/// task.areas[0].window_cap = Some(Cap::EachWindow(0.0));
/// task.areas[1].access = 0.3;
/// let fair = plan(&task, Policy::Lexicographic, Loads::Divisible).unwrap();
/// assert_eq!((fair.areas[0].why.clone(), fair.areas[1].loads.round()), (Why::Unreachable, 8.0));
/// // The fair plan leaves 44,200 person-days unmet, the other 38,600.
/// assert_eq!(fair.unmet_person_days.round(), 44_200.0);
/// assert_eq!(fair.price_of_fairness_person_days.map(f64::round), Some(5_600.0));
/// ```
///
/// # Source
///
/// SPEC §6; see the [module](super) for the literature.
pub fn plan(task: &Task, policy: Policy, loads: Loads) -> Result<Allocation, PlanError> {
    task.check().map_err(PlanError::Invalid)?;
    let model = Model::new(task);
    let Some(status) = nothing_to_share(&model) else {
        let made = made(&model, policy, loads)?;
        check(&model, &made, loads)?;
        let price = price_of_fairness(&model, policy, loads, &made);
        return Ok(told(task, &model, policy, loads, PlanStatus::Planned, made, price));
    };
    Ok(told(task, &model, policy, loads, status, Made::nothing(), None))
}

/// The sharing by the linear model alone, whatever limits the loads.
///
/// [`Policy::Lexicographic`] shares divisible loads level by level. Whole loads have the highest minimum and
/// then the least unmet need under either policy.
///
/// # Errors
///
/// As [`plan`].
///
/// # Example
///
/// Two towns share a route that takes six loads:
///
/// ```
/// use passage::assess::allocation::{AreaInNeed, Cap, Loads, Policy, Supply, Task, Window, allocate_lp};
/// let mut task = Task {
///     areas: vec![AreaInNeed::new("A", 1000.0, 0.0), AreaInNeed::new("C", 1000.0, 0.0)],
///     windows: vec![Window { day: 0.0, loads: 14.0 }],
///     horizon_days: 14.0,
///     supplies: vec![Supply::food(1000.0)],
///     route_caps: [("north".to_owned(), Cap::EachWindow(6.0))].into(),
/// };
/// task.areas[0].route = Some("north".to_owned());
/// let shared = allocate_lp(&task, Policy::Lexicographic, Loads::Divisible).unwrap();
/// let expected = [6.0 / 14.0, 8.0 / 14.0];
/// for (coverage, expected) in shared.sorted_coverage().into_iter().zip(expected) {
///     assert!((coverage - expected).abs() < 1e-6);
/// }
/// ```
///
/// # Source
///
/// SPEC §6.4 and §7a.
pub fn allocate_lp(task: &Task, policy: Policy, loads: Loads) -> Result<Outcome, PlanError> {
    task.check().map_err(PlanError::Invalid)?;
    let model = Model::new(task);
    let made = match loads {
        _ if nothing_to_share(&model).is_some() => Made::nothing(),
        Loads::Divisible => by_linear(&model, policy)?,
        Loads::Whole => in_whole_loads(&model, Policy::MaxminThenUnmet)?,
    };
    check(&model, &made, loads)?;
    Ok(Outcome::new(&model, &replayed(&model, &made.shipments)))
}

/// A plan before it is told.
struct Made {
    shipments: Vec<Shipment>,
    method: Method,
    /// What no plan can surpass.
    bound: Option<f64>,
    /// The minimum that it claims to have, for a plan that claims to be best.
    claimed: Option<f64>,
}

impl Made {
    fn nothing() -> Self {
        Self { shipments: Vec::new(), method: Method::Nothing, bound: None, claimed: None }
    }
}

fn nothing_to_share(model: &Model) -> Option<PlanStatus> {
    let open = |from: f64| model.areas.iter().any(|place| place.open_need(from) > 0.0);
    let in_time =
        |window: &super::model::Opening| window.loads > 0.0 && window.day < model.horizon_days;
    if !open(0.0) {
        return Some(PlanStatus::NoNeed);
    }
    let loads = model.windows.iter().any(in_time) && model.stocks.iter().any(|stock| *stock > 0.0);
    (!loads).then_some(PlanStatus::NoLoads)
}

fn made(model: &Model, policy: Policy, loads: Loads) -> Result<Made, PlanError> {
    match loads {
        Loads::Whole => in_whole_loads(model, policy),
        Loads::Divisible if policy == Policy::Lexicographic && model.is_one_pool() => {
            let shipments = nested::loads(model);
            let minimum = nested_minimum(model);
            Ok(Made {
                shipments,
                method: Method::NestedWaterFill,
                bound: minimum,
                claimed: minimum,
            })
        }
        Loads::Divisible => by_linear(model, policy),
    }
}

fn by_linear(model: &Model, policy: Policy) -> Result<Made, PlanError> {
    let numbers = linear::numbers(model);
    if numbers > MOST_LINEAR {
        let because = "where routes, docks, several supplies or the least unmet need decide";
        return Err(PlanError::TooLarge { numbers, most: MOST_LINEAR, because });
    }
    let division = fair::divided(model, policy)?;
    let whole_climb = division.complete;
    Ok(Made {
        shipments: division.shipments,
        method: if whole_climb { Method::Linear } else { Method::LinearFirstLevels },
        bound: Some(division.minimum),
        claimed: Some(division.minimum),
    })
}

fn in_whole_loads(model: &Model, policy: Policy) -> Result<Made, PlanError> {
    let all: f64 = model.windows.iter().map(|window| window.loads).sum();
    if all > MOST_WHOLE {
        return Err(PlanError::TooManyLoads { loads: all, most: MOST_WHOLE });
    }
    let bound = minimum_bound(model);
    if model.stocks.len() > 1 || model.areas.len() * model.windows.len() > MOST_FLOW {
        let divisible = made(model, policy, Loads::Divisible).map(|made| made.shipments);
        let shipments = rounded(model, &divisible.unwrap_or_default());
        return Ok(Made { shipments, method: Method::Rounded, bound, claimed: None });
    }
    let shipments = whole_loads(model);
    if policy == Policy::Lexicographic {
        return Ok(Made { shipments, method: Method::WholeLoads, bound, claimed: None });
    }
    if linear::numbers(model) > MOST_BRANCHED {
        let method = Method::BranchAndBoundStopped;
        return Ok(Made { shipments, method, bound, claimed: None });
    }
    let found = branch::least_unmet(model, shipments);
    let method = if found.proven { Method::BranchAndBound } else { Method::BranchAndBoundStopped };
    Ok(Made { shipments: found.shipments, method, bound, claimed: None })
}

/// The lowest coverage of one pool without further limits: no plan of a richer task has a higher one.
fn nested_minimum(model: &Model) -> Option<f64> {
    let shares = nested::shares(model);
    let served: Vec<f64> =
        model.areas.iter().zip(&shares).map(|(place, share)| place.own + share).collect();
    Outcome::new(model, &served).minimum_coverage
}

/// The best bound on the lowest coverage that is cheap enough.
fn minimum_bound(model: &Model) -> Option<f64> {
    let nested = nested_minimum(model);
    if model.is_one_pool() || linear::numbers(model) > MOST_LINEAR {
        return nested;
    }
    let richer = fair::highest_minimum(model).ok();
    richer.into_iter().chain(nested).reduce(f64::min)
}

/// Checks every limit, and the minimum against the replay and against the nested bound.
fn check(model: &Model, made: &Made, loads: Loads) -> Result<(), PlanError> {
    audit(model, &made.shipments, loads == Loads::Whole)?;
    let outcome = Outcome::new(model, &replayed(model, &made.shipments));
    let Some(found) = outcome.minimum_coverage else {
        return Ok(());
    };
    if let Some(second) = made.claimed.filter(|claimed| (found - claimed).abs() > AGREED) {
        return Err(PlanError::Disagreement { found, second });
    }
    let Some(nested) = nested_minimum(model) else {
        return Ok(());
    };
    let too_low = made.claimed.is_some() && model.is_one_pool() && found < nested - AGREED;
    if found > nested + AGREED || too_low {
        return Err(PlanError::Disagreement { found, second: nested });
    }
    Ok(())
}

/// What the fairer policy leaves unmet above the other.
fn price_of_fairness(model: &Model, policy: Policy, loads: Loads, plan: &Made) -> Option<f64> {
    let small = linear::numbers(model) <= MOST_COMPARED;
    if loads == Loads::Whole || !small {
        return None;
    }
    let other = match policy {
        Policy::Lexicographic => Policy::MaxminThenUnmet,
        Policy::MaxminThenUnmet => Policy::Lexicographic,
    };
    let other = made(model, other, loads).ok()?;
    let unmet =
        |made: &Made| Outcome::new(model, &replayed(model, &made.shipments)).unmet_person_days;
    let (ours, theirs) = (unmet(plan), unmet(&other));
    let price = if policy == Policy::Lexicographic { ours - theirs } else { theirs - ours };
    Some(price.max(0.0))
}

fn told(
    task: &Task,
    model: &Model,
    policy: Policy,
    loads: Loads,
    status: PlanStatus,
    made: Made,
    price: Option<f64>,
) -> Allocation {
    let served = replayed(model, &made.shipments);
    let outcome = Outcome::new(model, &served);
    let whole = loads == Loads::Whole;
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
        minimum_coverage_bound: made.bound.or(outcome.minimum_coverage).map(|bound| bound.min(1.0)),
        unmet_person_days: outcome.unmet_person_days,
        price_of_fairness_person_days: price,
        areas,
        cautions: cautions(task, model),
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
    let unknown = [
        (area.stock_person_days.is_none(), Caution::UnknownStock),
        (!known, Caution::UnknownPopulation),
    ];
    AreaPlan {
        id: area.id.clone(),
        loads: own.iter().fold(0.0, |sum, shipment| sum + shipment.loads),
        deliveries: own.iter().map(delivery).collect(),
        coverage_before: model.coverage(at, place.own),
        coverage,
        served_person_days: known.then_some(served),
        unmet_person_days: known.then(|| (place.need - served).max(0.0)),
        why: if known { reasons.why(at, own, coverage) } else { Why::PopulationUnknown },
        cautions: unknown.into_iter().filter_map(|(is, caution)| is.then_some(caution)).collect(),
    }
}

fn cautions(task: &Task, model: &Model) -> Vec<Caution> {
    let found = [
        (task.areas.iter().any(|a| a.stock_person_days.is_none()), Caution::UnknownStock),
        (task.areas.iter().any(|area| area.population.is_none()), Caution::UnknownPopulation),
        (task.windows.iter().any(|w| w.day >= task.horizon_days), Caution::WindowAfterHorizon),
        (model.routes.iter().any(|road| road.areas.is_empty()), Caution::UnusedRouteCap),
    ];
    found.into_iter().filter_map(|(is, caution)| is.then_some(caution)).collect()
}
