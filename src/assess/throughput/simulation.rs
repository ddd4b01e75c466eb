//! Truck by truck: how many loads really get through when lanes and docks make trucks wait.

use super::Logistics;
use super::bound::{LoadsBound, loads_bound};
use super::logistics::ROUNDING;
use crate::domain::Problems;

/// The truckloads that get through in a stretch of work, worked out truck by truck.
///
/// All trucks are alike and set out together; at lanes and docks the first to come is the first to be
/// served. A truck counts when it is back, or unloaded if it need not return.
///
/// Nobody overtakes. So load `k` comes with the truck of load `k − trucks`, passes through the lane of
/// load `k − lanes` and unloads at the dock of load `k − docks`: exact, with one step per load.
///
/// # Units
///
/// `hours`: the stretch of work, from 0 to 1,000 hours; returns truckloads.
///
/// # Errors
///
/// As for [`loads_bound`].
///
/// # Example
///
/// ```
/// use passage::assess::throughput::{Logistics, simulation::loads_sim};
/// assert_eq!(loads_sim(12.0, &Logistics::EASTERN_ALEPPO).unwrap(), 34);
/// ```
///
/// # Source
///
/// SPEC §5 and §7a, `loads_sim`.
pub fn loads_sim(hours: f64, logistics: &Logistics) -> Result<u64, Problems> {
    Ok(loads_within(hours, logistics, loads_bound(hours, logistics)?))
}

/// The truckloads of a stretch of work of which the bound is known.
pub(super) fn loads_within(hours: f64, logistics: &Logistics, bound: LoadsBound) -> u64 {
    let mut inspected: Vec<f64> = Vec::new();
    let mut unloaded: Vec<f64> = Vec::new();
    let in_time = |_: &u64| {
        let at_checkpoint =
            before(&unloaded, logistics.trucks).map_or(logistics.first_load_hours(), |unloaded| {
                unloaded + logistics.return_hours + logistics.load_hours
            }) + logistics.approach_hours;
        let lane_free = before(&inspected, logistics.lanes).unwrap_or(0.0);
        inspected.push(at_checkpoint.max(lane_free) + logistics.inspection_hours);
        let at_dock = inspected.last().map_or(0.0, |inspected| inspected + logistics.onward_hours);
        let dock_free = before(&unloaded, logistics.docks).unwrap_or(0.0);
        let done = at_dock.max(dock_free) + logistics.unload_hours;
        unloaded.push(done);
        done + logistics.way_out_hours() <= hours + ROUNDING
    };
    // Whoever comes later is done later, so that the first too late is the end.
    (0..bound.loads).take_while(in_time).fold(0, |loads, _| loads + 1)
}

/// The time of the load that came so many before the next one.
fn before(times: &[f64], loads: u32) -> Option<f64> {
    let place = times.len().checked_sub(usize::try_from(loads).ok()?)?;
    times.get(place).copied()
}

#[cfg(test)]
mod tests;
