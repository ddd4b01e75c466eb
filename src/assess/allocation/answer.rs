//! A plan as it is told: who gets what and when, how far that goes, and why not further.

use serde::Serialize;

use super::fair::Policy;
use super::linear::Unsolved;
use super::verify::Breach;
use super::why::Why;
use crate::domain::Problems;
use crate::domain::choice::choice;

choice! {
    /// What can be said of a plan as a whole.
    PlanStatus {
        /// There is something to give and somebody who needs it.
        Planned = "planned",
        /// No area has a need that is known and not met by itself.
        NoNeed = "no_need",
        /// No load can arrive before the horizon ends.
        NoLoads = "no_loads",
    }
}

choice! {
    /// How a plan was made.
    Method {
        /// Nothing had to be shared.
        Nothing = "nothing",
        /// One pool over many windows, exact (SPEC §6.3).
        NestedWaterFill = "nested_water_fill",
        /// One supply with routes, docks and a store, exact: the level rises until a flow says what is full.
        WaterFillWithLimits = "water_fill_with_limits",
        /// The linear model, level by level or with least unmet need, exact to the solver's accuracy.
        Linear = "linear",
        /// Whole loads with the highest minimum that is possible.
        WholeLoads = "whole_loads",
        /// Whole loads with the highest minimum and, proven, the least unmet need.
        BranchAndBound = "branch_and_bound",
        /// Whole loads with the highest minimum; less unmet need may be possible.
        BranchAndBoundStopped = "branch_and_bound_stopped",
        /// Divisible loads rounded to whole ones; a higher minimum may be possible.
        Rounded = "rounded",
    }
}

choice! {
    /// What makes a plan less sure.
    Flag {
        /// The stock is unknown and counts as none.
        UnknownStock = "unknown_stock",
        /// The population is unknown; the area is left out.
        UnknownPopulation = "unknown_population",
        /// A window lies at or after the horizon; its loads feed nobody.
        WindowAfterHorizon = "window_after_horizon",
        /// A cap is for a route that no area uses.
        UnusedRouteCap = "unused_route_cap",
    }
}

/// A plan of who gets how much when.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Allocation {
    /// Is there anything to plan?
    pub status: PlanStatus,
    /// How the plan was made.
    pub method: Method,
    /// What it calls best.
    pub policy: Policy,
    /// Are all loads whole?
    pub whole: bool,
    /// The lowest coverage with the plan; `None` if no area has a known need.
    pub minimum_coverage: Option<f64>,
    /// No plan has a higher minimum than this, not even with divided loads.
    pub minimum_coverage_bound: Option<f64>,
    /// Need that is left in all areas together, person-days.
    pub unmet_person_days: f64,
    /// Need that the fairer policy leaves above the other, person-days; `None` where that takes too long.
    pub price_of_fairness_person_days: Option<f64>,
    /// Each area, in the order of the task.
    pub areas: Vec<AreaPlan>,
    /// What makes it less sure.
    pub flags: Vec<Flag>,
}

/// What the plan is for one area.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AreaPlan {
    /// The area, as the task names it.
    pub id: String,
    /// Loads in all windows together.
    pub loads: f64,
    /// What comes when, in the order of time.
    pub deliveries: Vec<Delivery>,
    /// Share of the need that its own stock and inflow serve; `None` without a known need.
    pub coverage_before: Option<f64>,
    /// Share of the need that is served with the plan.
    pub coverage: Option<f64>,
    /// Person-days served with the plan; `None` where the population is unknown.
    pub served_person_days: Option<f64>,
    /// Person-days not served.
    pub unmet_person_days: Option<f64>,
    /// Why it is not more.
    pub why: Why,
    /// What makes it less sure.
    pub flags: Vec<Flag>,
}

/// Loads of one supply that come in one window.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Delivery {
    /// The window, by its place in the task.
    pub window: usize,
    /// When they arrive, days from now.
    pub day: f64,
    /// The supply, as the task names it.
    pub supply: String,
    /// How many.
    pub loads: f64,
    /// What they are expected to be worth after losses, person-days.
    pub person_days: f64,
}

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PlanError {
    /// Something is wrong with the task.
    #[error("{0}")]
    Invalid(Problems),
    /// Too much for the way that the task needs.
    #[error("{numbers} numbers of loads to decide are too many: at most {most} {because}")]
    TooLarge {
        /// How many there are.
        numbers: usize,
        /// How many can be decided.
        most: usize,
        /// What makes it hard.
        because: &'static str,
    },
    /// Too many to give out one by one.
    #[error("{loads} loads are too many to share out whole: at most {most}; share divisible loads")]
    TooManyLoads {
        /// The loads of all windows.
        loads: f64,
        /// How many can be given out.
        most: f64,
    },
    /// The solver has no answer.
    #[error("there is no plan: {0}")]
    Unsolved(#[from] Unsolved),
    /// An answer broke a limit.
    #[error("there is no plan: an answer was found, but it broke a limit ({0})")]
    Broken(#[from] Breach),
    /// Two ways to the lowest coverage do not agree.
    #[error("there is no plan: one way gives a lowest coverage of {found}, a second way {second}")]
    Disagreement {
        /// The lowest coverage of the plan.
        found: f64,
        /// What it is by the second way.
        second: f64,
    },
}
