//! The rules of the field as pure functions over domain values. They read no clock, no store and no config.

pub mod allocation;
pub mod cargo;
pub mod commodity;
pub mod delivery;
pub mod doubt;
pub mod estimate;
pub mod evidence;
pub mod funnel;
pub mod gap;
pub mod holding;
pub mod hysteresis;
pub mod interval;
pub mod pause_life;
pub mod reach;
pub mod reconcile;
pub mod recurrence;
pub mod scorecard;
pub mod segments;
pub mod siege;
pub mod stock;
pub mod throughput;
