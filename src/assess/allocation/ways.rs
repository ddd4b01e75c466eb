//! Which way a plan is made, by what limits the loads and by their number.

use super::answer::{Method, PlanError};
use super::branch;
use super::fair::{self, Policy};
use super::linear;
use super::model::{Model, Shipment};
use super::nested;
use super::rounding::rounded;
use super::schedule::earliest;
use super::verify::{Outcome, trimmed};
use super::whole::whole_loads;
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

/// Numbers of loads that the linear model decides at most in a few solves: 200 areas in 26 windows, and some.
const MOST_LINEAR: usize = 6_000;

/// Numbers of loads that it decides at most level by level: 50 areas in 12 windows with two supplies, and some.
const MOST_LEVELLED: usize = 1_500;

/// Numbers of whole loads that branch and bound decides at most.
const MOST_BRANCHED: usize = 60;

/// Areas in windows, multiplied, for which loads are moved about in a network.
const MOST_FLOW: usize = 20_000;

/// Whole loads that are given out one by one.
const MOST_WHOLE: f64 = 50_000.0;

/// A plan before it is told.
pub(super) struct Made {
    pub(super) shipments: Vec<Shipment>,
    pub(super) method: Method,
    /// What no plan can surpass.
    pub(super) bound: Option<f64>,
    /// The minimum that it claims to have, for a plan that claims to be best.
    pub(super) claimed: Option<f64>,
}

impl Made {
    pub(super) fn nothing() -> Self {
        Self { shipments: Vec::new(), method: Method::Nothing, bound: None, claimed: None }
    }
}

/// The plan, by the way that fits.
///
/// # Errors
///
/// When the task is too large for that way, or the solver has no answer.
pub(super) fn made(model: &Model, policy: Policy, loads: Loads) -> Result<Made, PlanError> {
    match loads {
        Loads::Whole => in_whole_loads(model, policy),
        Loads::Divisible if policy == Policy::Lexicographic && model.is_one_pool() => {
            let shares = nested::shares(model);
            let minimum = minimum(model, &shares);
            Ok(Made {
                shipments: earliest(model, &shares),
                method: Method::NestedWaterFill,
                bound: minimum,
                claimed: minimum,
            })
        }
        Loads::Divisible if policy == Policy::Lexicographic && is_one_flow(model) => {
            let (shares, shipments) = nested::shares_with_limits(model)?;
            let minimum = minimum(model, &shares);
            Ok(Made {
                shipments: trimmed(model, shipments),
                method: Method::WaterFillWithLimits,
                bound: minimum,
                claimed: minimum,
            })
        }
        Loads::Divisible => by_linear(model, policy),
    }
}

/// The plan of divisible loads by the linear model.
///
/// # Errors
///
/// As [`made`].
pub(super) fn by_linear(model: &Model, policy: Policy) -> Result<Made, PlanError> {
    let numbers = linear::numbers(model);
    let most = if policy == Policy::Lexicographic { MOST_LEVELLED } else { MOST_LINEAR };
    if numbers > most {
        let because = "where routes, docks, several supplies or the least unmet need decide";
        return Err(PlanError::TooLarge { numbers, most, because });
    }
    let division = fair::divided(model, policy)?;
    Ok(Made {
        shipments: division.shipments,
        method: Method::Linear,
        bound: Some(division.minimum),
        claimed: Some(division.minimum),
    })
}

/// The plan of whole loads: exact in its minimum where there is one supply and the task is not too large.
///
/// # Errors
///
/// When there are too many loads.
pub(super) fn in_whole_loads(model: &Model, policy: Policy) -> Result<Made, PlanError> {
    let all: f64 = model.windows.iter().map(|window| window.loads).sum();
    if all > MOST_WHOLE {
        return Err(PlanError::TooManyLoads { loads: all, most: MOST_WHOLE });
    }
    let bound = minimum_bound(model);
    if !is_one_flow(model) {
        let divisible = made(model, policy, Loads::Divisible).map(|made| made.shipments);
        let shipments = rounded(model, &divisible.unwrap_or_default());
        return Ok(Made { shipments, method: Method::Rounded, bound, claimed: None });
    }
    let shipments = whole_loads(model);
    if policy == Policy::Lexicographic {
        return Ok(Made { shipments, method: Method::WholeLoads, bound, claimed: None });
    }
    if linear::numbers(model) > MOST_BRANCHED {
        return Ok(Made { shipments, method: Method::WholeLoads, bound, claimed: None });
    }
    let found = branch::least_unmet(model, shipments);
    let method = if found.proven { Method::BranchAndBound } else { Method::BranchAndBoundStopped };
    Ok(Made { shipments: found.shipments, method, bound, claimed: None })
}

/// Can loads be moved about in a network: is there one supply, and few enough areas and windows?
fn is_one_flow(model: &Model) -> bool {
    model.stocks.len() == 1 && model.areas.len() * model.windows.len() <= MOST_FLOW
}

fn minimum(model: &Model, shares: &[f64]) -> Option<f64> {
    let served = model.areas.iter().zip(shares).map(|(place, share)| place.own + share);
    Outcome::new(model, &served.collect::<Vec<_>>()).minimum_coverage
}

/// The lowest coverage of one pool without further limits: no plan of a richer task has a higher one.
pub(super) fn nested_minimum(model: &Model) -> Option<f64> {
    minimum(model, &nested::shares(model))
}

/// The best bound on the lowest coverage that is cheap enough.
fn minimum_bound(model: &Model) -> Option<f64> {
    let nested = nested_minimum(model);
    if !model.is_one_pool() && is_one_flow(model) {
        let limited = nested::shares_with_limits(model).ok();
        return limited.map_or(nested, |(shares, _)| minimum(model, &shares));
    }
    if model.is_one_pool() || linear::numbers(model) > MOST_LINEAR {
        return nested;
    }
    let richer = fair::highest_minimum(model).ok();
    richer.into_iter().chain(nested).reduce(f64::min)
}
