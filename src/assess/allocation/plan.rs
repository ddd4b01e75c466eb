//! The service's way in: chooses how to share, checks the answer, and says what it means for each area.

use super::answer::{Allocation, PlanError, PlanStatus};
use super::fair::Policy;
use super::linear;
use super::model::Model;
use super::task::Task;
use super::told::told;
use super::verify::{Outcome, audit, replayed};
use super::ways::{self, Loads, Made};

/// Numbers of loads up to which a second policy is worked out for comparison.
const MOST_COMPARED: usize = 600;

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
        let made = ways::made(&model, policy, loads)?;
        check(&model, &made, loads)?;
        let price = price_of_fairness(&model, policy, loads, &made);
        return Ok(told(task, &model, policy, loads, PlanStatus::Planned, &made, price));
    };
    Ok(told(task, &model, policy, loads, status, &Made::nothing(), None))
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
        Loads::Divisible => ways::by_linear(&model, policy)?,
        Loads::Whole => ways::in_whole_loads(&model, Policy::MaxminThenUnmet)?,
    };
    check(&model, &made, loads)?;
    Ok(Outcome::new(&model, &replayed(&model, &made.shipments)))
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
    let Some(nested) = ways::nested_minimum(model) else {
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
    let other = ways::made(model, other, loads).ok()?;
    let unmet =
        |made: &Made| Outcome::new(model, &replayed(model, &made.shipments)).unmet_person_days;
    let (ours, theirs) = (unmet(plan), unmet(&other));
    let price = if policy == Policy::Lexicographic { ours - theirs } else { theirs - ours };
    Some(price.max(0.0))
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
