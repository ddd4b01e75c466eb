//! What a stretch of work can carry at most, and what holds the trucks up.

use serde::Serialize;

use super::Logistics;
use super::logistics::{ROUNDING, check_hours};
use crate::domain::Problems;

/// The most truckloads of one stretch of work.
pub const MOST_LOADS: u64 = 200_000;

/// What keeps more from getting through; in alphabetical order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Binding {
    /// The lanes of the checkpoint.
    Checkpoint,
    /// The number of trucks.
    Fleet,
    /// The docks.
    Offloading,
    /// No truck could do even one trip.
    WindowTooShort,
}

/// The most that a stretch of work can carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct LoadsBound {
    /// Truckloads.
    pub loads: u64,
    /// Trips one truck can do if it never waits.
    pub trips_per_truck: u64,
    /// What keeps it from being more; of equals the first by the alphabet.
    pub binding: Binding,
}

/// The most truckloads that a stretch of work can carry, and what keeps it from being more.
///
/// Exact if only one of trucks, lanes and docks is scarce; with several it can be much too high: plan with
/// [`loads_sim`](super::simulation::loads_sim).
///
/// # Units
///
/// `hours`: the stretch of work, from 0 to 1,000 hours.
///
/// # Errors
///
/// All that is wrong with the trucks and their way; more than [`MOST_LOADS`].
///
/// # Example
///
/// ```
/// use passage::assess::throughput::Logistics;
/// use passage::assess::throughput::bound::{Binding, loads_bound};
/// let bound = loads_bound(12.0, &Logistics::EASTERN_ALEPPO).unwrap();
/// assert_eq!((bound.loads, bound.binding), (36, Binding::Offloading));
/// let bound = loads_bound(3.0, &Logistics::EASTERN_ALEPPO).unwrap();
/// assert_eq!((bound.loads, bound.binding), (0, Binding::WindowTooShort));
/// ```
///
/// # Source
///
/// SPEC §5 and §7a, `loads_bound`; the term of the fleet: CARE Emergency Toolkit.
pub fn loads_bound(hours: f64, logistics: &Logistics) -> Result<LoadsBound, Problems> {
    check(hours, logistics)?;
    let spare = hours - logistics.first_trip_hours();
    if spare < -ROUNDING {
        let binding = Binding::WindowTooShort;
        return Ok(LoadsBound { loads: 0, trips_per_truck: 0, binding });
    }
    let at_most = [
        (Binding::Checkpoint, in_turn(logistics.lanes, spare, logistics.inspection_hours)),
        (Binding::Fleet, in_turn(logistics.trucks, spare, logistics.round_hours())),
        (Binding::Offloading, in_turn(logistics.docks, spare, logistics.unload_hours)),
    ];
    // Of equals `min_by` takes the first.
    let scarcest = at_most.into_iter().min_by(|a, b| a.1.total_cmp(&b.1));
    let (binding, loads) = scarcest.unwrap_or((Binding::WindowTooShort, 0.0));
    let loads = whole(loads);
    if loads > MOST_LOADS {
        let mut problems = Problems::default();
        let rule = format!("these times let {loads} truckloads through; at most {MOST_LOADS}");
        problems.add_field("trucks", rule);
        return Err(problems);
    }
    let trips_per_truck = whole(in_turn(1, spare, logistics.round_hours()));
    Ok(LoadsBound { loads, trips_per_truck, binding })
}

/// The largest number of trucks that can go in and out as one block.
///
/// All arrive together, wait for the last at the checkpoint and at the docks, and return together.
///
/// # Units
///
/// `hours`: the stretch of work; returns trucks.
///
/// # Errors
///
/// All that is wrong with the trucks and their way.
///
/// # Example
///
/// ```
/// use passage::assess::throughput::{Logistics, bound::convoy_block_max};
/// assert_eq!(convoy_block_max(12.0, &Logistics::EASTERN_ALEPPO).unwrap(), 20);
/// ```
///
/// # Source
///
/// SPEC §7a, `convoy_block_max`.
pub fn convoy_block_max(hours: f64, logistics: &Logistics) -> Result<u32, Problems> {
    check(hours, logistics)?;
    if logistics.lanes == 0 || logistics.docks == 0 {
        return Ok(0);
    }
    let fits = |trucks: u32| {
        let inspection = f64::from(trucks.div_ceil(logistics.lanes)) * logistics.inspection_hours;
        let unloading = f64::from(trucks.div_ceil(logistics.docks)) * logistics.unload_hours;
        logistics.first_arrival_hours()
            + inspection
            + logistics.onward_hours
            + unloading
            + logistics.way_out_hours()
            <= hours + ROUNDING
    };
    let (mut most, mut too_many) = (0, logistics.trucks + 1);
    while most + 1 < too_many {
        let middle = u32::midpoint(most, too_many);
        if fits(middle) { most = middle } else { too_many = middle }
    }
    Ok(most)
}

fn check(hours: f64, logistics: &Logistics) -> Result<(), Problems> {
    let mut problems = Problems::default();
    check_hours("hours", hours, &mut problems);
    logistics.check_round(&mut problems);
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// How many can be served one after the other, the last of them at the end of `spare`.
fn in_turn(stations: u32, spare: f64, each: f64) -> f64 {
    if stations == 0 {
        return 0.0;
    }
    if each <= 0.0 {
        return f64::INFINITY;
    }
    f64::from(stations) * (1.0 + (spare.max(0.0) / each + ROUNDING).floor())
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole and not negative; a number too large becomes the largest"
)]
fn whole(number: f64) -> u64 {
    number as u64
}
