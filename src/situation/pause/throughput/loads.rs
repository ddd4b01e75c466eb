//! Truckloads: window by window, and what another length or another lever would bring.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use super::{Case, words};
use crate::assess::recurrence::Window;
use crate::assess::throughput::Logistics;
use crate::assess::throughput::bound::{Binding, convoy_block_max};
use crate::assess::throughput::pause::{SegmentLoads, Throughput, throughput};
use crate::assess::throughput::sensitivity::{Change, sensitivity};
use crate::domain::{Problems, Saying};
use crate::situation::pause::LocalClock;

/// One stretch of work.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SegmentRow {
    /// When trucks can move.
    pub start: DateTime<Utc>,
    /// Until when.
    pub end: DateTime<Utc>,
    /// The same on the local clock.
    pub local_start: String,
    /// The same on the local clock.
    pub local_end: String,
    /// How long: hours.
    pub hours: f64,
    /// Truckloads, truck by truck.
    pub loads: u64,
    /// The most it could be by the rule of thumb.
    pub loads_bound: u64,
    /// What keeps it from being more.
    pub binding: Binding,
    /// Trips that one truck can do if it never waits.
    pub trips_per_truck: u64,
}

/// One window.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WindowRow {
    /// Its first instant.
    pub start: DateTime<Utc>,
    /// Its end.
    pub end: DateTime<Utc>,
    /// The same on the local clock.
    pub local_start: String,
    /// The same on the local clock.
    pub local_end: String,
    /// How long: hours.
    pub hours: f64,
    /// Truckloads.
    pub loads: u64,
    /// Its stretches of work.
    pub segments: Vec<SegmentRow>,
}

/// The biggest convoy that can go in and out as one block.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ConvoyBlock {
    /// The shortest stretch of work: hours.
    pub shortest_hours: f64,
    /// Trucks in it.
    pub shortest_trucks: u32,
    /// The longest one: hours.
    pub longest_hours: f64,
    /// Trucks in it.
    pub longest_trucks: u32,
}

/// What one change would do.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lever {
    /// What is changed, from what to what, and the truckloads then.
    #[serde(flatten)]
    pub change: Change,
    /// Truckloads more than now; fewer if negative.
    pub more_loads: i64,
    /// The same in words.
    pub sentence: Saying,
}

/// What a pause of another length would let through.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct LengthLoads {
    /// How long: hours.
    pub hours: f64,
    /// Truckloads.
    pub loads: u64,
}

/// What windows let through.
pub(super) fn through(
    windows: &[Window],
    clock: LocalClock,
    logistics: &Logistics,
) -> Result<Throughput, Problems> {
    throughput(windows, clock.zone, logistics)
}

pub(super) fn rows(through: &Throughput, clock: LocalClock) -> Vec<WindowRow> {
    let segment = |s: &SegmentLoads| SegmentRow {
        start: s.segment.start,
        end: s.segment.end,
        local_start: clock.shows(s.segment.start),
        local_end: clock.shows(s.segment.end),
        hours: s.segment.hours(),
        loads: s.loads,
        loads_bound: s.bound.loads,
        binding: s.bound.binding,
        trips_per_truck: s.bound.trips_per_truck,
    };
    let windows = through.windows.iter().map(|w| WindowRow {
        start: w.window.start,
        end: w.window.end,
        local_start: clock.shows(w.window.start),
        local_end: clock.shows(w.window.end),
        hours: w.window.hours(),
        loads: w.loads,
        segments: w.segments.iter().map(segment).collect(),
    });
    windows.collect()
}

/// The most that all stretches of work could carry.
pub(super) fn bound(through: &Throughput) -> u64 {
    through.windows.iter().flat_map(|w| &w.segments).map(|s| s.bound.loads).sum()
}

/// The biggest convoy as one block, in the shortest and the longest stretch of work.
pub(super) fn block(
    through: &Throughput,
    logistics: &Logistics,
) -> Result<Option<ConvoyBlock>, Problems> {
    let hours = through.windows.iter().flat_map(|w| &w.segments).map(|s| s.segment.hours());
    let mut hours: Vec<f64> = hours.collect();
    hours.sort_by(f64::total_cmp);
    let Some((shortest, longest)) = hours.first().copied().zip(hours.last().copied()) else {
        return Ok(None);
    };
    Ok(Some(ConvoyBlock {
        shortest_hours: shortest,
        shortest_trucks: convoy_block_max(shortest, logistics)?,
        longest_hours: longest,
        longest_trucks: convoy_block_max(longest, logistics)?,
    }))
}

/// What each change would do, the best first.
pub(super) fn levers(case: &Case<'_>, through: &Throughput) -> Result<Vec<Lever>, Problems> {
    if through.windows.is_empty() {
        return Ok(Vec::new());
    }
    let changes = sensitivity(case.windows, case.clock().zone, &case.laid.assess)?;
    let lever = |change: Change| Lever {
        more_loads: difference(change.loads, through.loads),
        sentence: words::lever(&change),
        change,
    };
    Ok(changes.into_iter().map(lever).collect())
}

fn difference(then: u64, now: u64) -> i64 {
    let size = i64::try_from(then.abs_diff(now)).unwrap_or(i64::MAX);
    if then < now { -size } else { size }
}

/// What pauses of some lengths would let through, from the beginning of the first window.
pub(super) fn by_length(
    case: &Case<'_>,
    through: &Throughput,
) -> Result<Vec<LengthLoads>, Problems> {
    /// What parties have offered and the UN has asked for, and somewhat more.
    const HOURS: [u8; 7] = [3, 5, 12, 24, 36, 48, 72];
    let Some(first) = through.windows.first() else { return Ok(Vec::new()) };
    let start = first.window.start;
    let of = |hours: u8| {
        let window = Window { start, end: start + TimeDelta::hours(hours.into()) };
        let through = self::through(&[window], case.clock(), &case.laid.assess)?;
        Ok(LengthLoads { hours: hours.into(), loads: through.loads })
    };
    HOURS.into_iter().map(of).collect()
}
