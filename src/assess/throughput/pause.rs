//! What a whole pause lets through, window by window, and where it is held up.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::Logistics;
use super::bound::{Binding, LoadsBound, loads_bound};
use super::simulation::loads_within;
use crate::assess::interval::merge_intervals;
use crate::assess::recurrence::{MOST_WINDOWS, Window};
use crate::assess::segments::operating_segments;
use crate::domain::Problems;

/// The most hours of all windows together: about a century.
const MOST_HOURS: f64 = 900_000.0;

/// The most loads that are worked out truck by truck for one answer.
const MOST_STEPS: u64 = 2_000_000;

/// What one stretch of work lets through.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SegmentLoads {
    /// When trucks can move.
    pub segment: Window,
    /// Truckloads, truck by truck.
    pub loads: u64,
    /// The most it could be, and what keeps it from being more.
    pub bound: LoadsBound,
}

/// What one window lets through.
#[derive(Debug, Clone, PartialEq)]
pub struct WindowLoads {
    /// The window.
    pub window: Window,
    /// Its stretches of work.
    pub segments: Vec<SegmentLoads>,
    /// Truckloads.
    pub loads: u64,
}

/// What a pause lets through.
#[derive(Debug, Clone, PartialEq)]
pub struct Throughput {
    /// Its windows, in order; those that overlapped or touched are one.
    pub windows: Vec<WindowLoads>,
    /// Truckloads of all windows.
    pub loads: u64,
    /// What holds up most of the loads; `None` without a window.
    pub bottleneck: Option<Binding>,
}

/// What a pause lets through: truckloads by window and stretch of work, and the bottleneck.
///
/// Every stretch of work starts anew: the first loads are on the trucks if they can be loaded before.
/// The bottleneck is what binds the stretches with the most loads; of equals the first by the alphabet.
///
/// # Units
///
/// `windows`: UTC; `zone`: that of the working hours.
///
/// # Errors
///
/// All that is wrong with `logistics`; more windows, hours or loads than can be meant.
///
/// # Example
///
/// ```
/// use passage::assess::recurrence::Window;
/// use passage::assess::throughput::{Logistics, bound::Binding, pause::throughput};
/// let time = |text: &str| text.parse().unwrap();
/// let pause = Window { start: time("2016-10-06T03:00:00Z"), end: time("2016-10-08T03:00:00Z") };
/// let zone = chrono_tz::Asia::Damascus;
/// let through = throughput(&[pause], zone, &Logistics::EASTERN_ALEPPO).unwrap();
/// assert_eq!(through.loads, 56);
/// assert_eq!(through.windows[0].segments.iter().map(|s| s.loads).collect::<Vec<_>>(), [22, 34]);
/// assert_eq!(through.bottleneck, Some(Binding::Offloading));
/// ```
///
/// # Source
///
/// SPEC §5, throughput.
pub fn throughput(
    windows: &[Window],
    zone: Tz,
    logistics: &Logistics,
) -> Result<Throughput, Problems> {
    let mut problems = Problems::default();
    logistics.check(&mut problems);
    let hours: f64 = windows.iter().map(|window| window.hours()).sum();
    if windows.len() > MOST_WINDOWS || hours > MOST_HOURS {
        problems.add_field("windows", "too many or too long; ask for a shorter time");
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut known = Known::default();
    let windows = union(windows)
        .into_iter()
        .map(|window| window_loads(window, zone, logistics, &mut known))
        .collect::<Result<Vec<_>, _>>()?;
    let loads = windows.iter().map(|window| window.loads).sum();
    let bottleneck = bottleneck(&windows);
    Ok(Throughput { windows, loads, bottleneck })
}

/// Stretches of work of the same length let the same through.
#[derive(Default)]
struct Known {
    by_hours: BTreeMap<u64, (u64, LoadsBound)>,
    steps: u64,
}

impl Known {
    fn loads(&mut self, hours: f64, logistics: &Logistics) -> Result<(u64, LoadsBound), Problems> {
        if let Some(known) = self.by_hours.get(&hours.to_bits()) {
            return Ok(*known);
        }
        let bound = loads_bound(hours, logistics)?;
        self.steps += bound.loads;
        if self.steps > MOST_STEPS {
            let mut problems = Problems::default();
            problems.add_field("windows", "too many truckloads in all; ask for a shorter time");
            return Err(problems);
        }
        let loads = (loads_within(hours, logistics, bound), bound);
        self.by_hours.insert(hours.to_bits(), loads);
        Ok(loads)
    }
}

fn window_loads(
    window: Window,
    zone: Tz,
    logistics: &Logistics,
    known: &mut Known,
) -> Result<WindowLoads, Problems> {
    let segments = operating_segments(window, zone, &logistics.working_day)?
        .into_iter()
        .map(|segment| {
            let (loads, bound) = known.loads(segment.hours(), logistics)?;
            Ok(SegmentLoads { segment, loads, bound })
        })
        .collect::<Result<Vec<_>, Problems>>()?;
    let loads = segments.iter().map(|segment| segment.loads).sum();
    Ok(WindowLoads { window, segments, loads })
}

fn bottleneck(windows: &[WindowLoads]) -> Option<Binding> {
    let mut held_up: BTreeMap<Binding, u64> = BTreeMap::new();
    for segment in windows.iter().flat_map(|window| &window.segments) {
        *held_up.entry(segment.bound.binding).or_default() += segment.loads;
    }
    let most = held_up.values().max().copied();
    let binding = held_up.into_iter().find(|(_, loads)| Some(*loads) == most);
    let binding = binding.map(|(binding, _)| binding);
    // A window without any stretch of work is too short.
    binding.or((!windows.is_empty()).then_some(Binding::WindowTooShort))
}

/// The union of windows, so that overlapping ones count once.
fn union(windows: &[Window]) -> Vec<Window> {
    #[expect(clippy::cast_precision_loss, reason = "exact until the year 2255")]
    let number = |at: DateTime<Utc>| at.timestamp_micros() as f64;
    #[expect(clippy::cast_possible_truncation, reason = "made from such a number")]
    let instant = |number: f64| DateTime::from_timestamp_micros(number as i64);
    let pairs: Vec<_> =
        windows.iter().map(|window| (number(window.start), number(window.end))).collect();
    let window = |(start, end)| Some(Window { start: instant(start)?, end: instant(end)? });
    merge_intervals(&pairs).into_iter().filter_map(window).collect()
}
