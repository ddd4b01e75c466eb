//! Who gets how many loads when they are not enough for all: fairness first, then as many person-days as can be.
//!
//! [`plan()`] chooses the way by what limits the loads and checks every answer: the limits again one by one, the
//! coverage by a replay of the stores, the minimum by a second way. The parts can be used alone:
//! [`water_fill()`], [`greedy_trucks`], [`nested_water_fill`], [`allocate_lp`].
//!
//! # Source
//!
//! SPEC §6. Balcik, Beamon & Smilowitz 2008, last mile distribution in humanitarian relief (the model with
//! equitable allocation); Huang, Smilowitz & Balcik 2012, models for relief routing: equity, efficiency and
//! efficacy (the measures); Holguín-Veras et al. 2013 (deprivation cost as the objective); Gutjahr & Fischer
//! 2018 (least deprivation cost alone can be unfair without bound); Radunović & Le Boudec, a unified
//! framework for max-min and min-max fairness (water-filling). Hence fairness first.

mod answer;
mod branch;
mod fair;
mod flow;
mod greedy;
mod linear;
mod model;
mod nested;
mod network;
mod plan;
mod rounding;
mod schedule;
mod task;
mod told;
mod verify;
mod water_fill;
mod ways;
mod whole;
mod why;

#[cfg(test)]
mod laws;

pub use answer::{Allocation, AreaPlan, Delivery, Flag, Method, PlanError, PlanStatus};
pub use fair::Policy;
pub use greedy::{GreedyTrucks, greedy_trucks};
pub use linear::Unsolved;
pub use nested::nested_water_fill;
pub use plan::{allocate_lp, plan};
pub use task::{AreaInNeed, Cap, MOST_CELLS, Supply, Task, Window};
pub use verify::{Breach, Outcome};
pub use water_fill::{WaterFill, water_fill};
pub use ways::Loads;
pub use why::Why;
