//! What more of one thing, or less of it, would change: what to ask for at the table.

use chrono_tz::Tz;
use serde::Serialize;

use super::Logistics;
use super::pause::throughput;
use crate::assess::recurrence::Window;
use crate::domain::Problems;

/// Something that can be changed, and its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Lever {
    /// Trucks that can be used at once.
    Trucks,
    /// Trucks that are unloaded at the same time.
    Docks,
    /// Trucks that are inspected at the same time.
    Lanes,
    /// Inspecting one truck: hours.
    InspectionHours,
    /// Unloading one truck: hours.
    UnloadHours,
    /// Before the first truck may move: hours.
    LeadHours,
    /// Work each day: hours, with the end moved; 24 is round the clock.
    WorkingHours,
}

/// What one change would do.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Change {
    /// What is changed.
    pub lever: Lever,
    /// What it is now.
    pub from: f64,
    /// What it would be.
    pub to: f64,
    /// Truckloads then.
    pub loads: u64,
    /// Truckloads then over those now, less 1; `None` if nothing gets through now.
    pub gain: Option<f64>,
}

/// What each lever would change, the best first; of equals in the order of [`Lever`].
///
/// A step that changes nothing (twice no lead) is left out, and so is one that cannot be (more than 24
/// hours a day).
///
/// # Units
///
/// `gain`: a share, 0.23 is 23 % more; may be below 0.
///
/// # Errors
///
/// As for [`throughput`].
///
/// # Example
///
/// Twice the trucks would bring nothing to eastern Aleppo; one more dock 23 %:
///
/// ```
/// use passage::assess::recurrence::Window;
/// use passage::assess::throughput::Logistics;
/// use passage::assess::throughput::sensitivity::{Lever, sensitivity};
/// let time = |text: &str| text.parse().unwrap();
/// let pause = Window { start: time("2016-10-06T03:00:00Z"), end: time("2016-10-08T03:00:00Z") };
/// let changes =
///     sensitivity(&[pause], chrono_tz::Asia::Damascus, &Logistics::EASTERN_ALEPPO).unwrap();
/// let gain = |lever, to| {
///     let change = changes.iter().find(|change| change.lever == lever && change.to == to);
///     change.unwrap().gain.map(|gain| (gain * 100.0).round())
/// };
/// assert_eq!(gain(Lever::Trucks, 80.0), Some(0.0));
/// assert_eq!(gain(Lever::Docks, 5.0), Some(23.0));
/// ```
///
/// # Source
///
/// SPEC §5, sensitivity.
pub fn sensitivity(
    windows: &[Window],
    zone: Tz,
    logistics: &Logistics,
) -> Result<Vec<Change>, Problems> {
    let now = throughput(windows, zone, logistics)?.loads;
    let mut changes = Vec::new();
    for (lever, from, to) in steps(logistics) {
        // A step may lead beyond what is allowed; then it is no advice.
        let Ok(then) = throughput(windows, zone, &lever.set(logistics, to)) else { continue };
        changes.push(Change { lever, from, to, loads: then.loads, gain: gain(now, then.loads) });
    }
    changes.sort_by(|a, b| b.loads.cmp(&a.loads).then(a.lever.cmp(&b.lever)));
    Ok(changes)
}

#[expect(clippy::cast_precision_loss, reason = "loads stay far below 2^53")]
fn gain(now: u64, then: u64) -> Option<f64> {
    (now > 0).then(|| (then as f64 - now as f64) / now as f64)
}

/// The steps that are tried: lever, from, to.
fn steps(logistics: &Logistics) -> Vec<(Lever, f64, f64)> {
    let whole = |number: f64| number.round().max(1.0);
    let (trucks, docks) = (f64::from(logistics.trucks), f64::from(logistics.docks));
    let lanes = f64::from(logistics.lanes);
    let (inspection, unload) = (logistics.inspection_hours, logistics.unload_hours);
    let (lead, working) = (logistics.working_day.lead_hours, logistics.working_day.hours());
    let mut steps = vec![
        (Lever::Trucks, trucks, trucks * 2.0),
        (Lever::Trucks, trucks, whole(trucks * 0.4)),
        (Lever::Docks, docks, docks + 1.0),
        (Lever::Docks, docks, docks * 2.0),
        (Lever::Lanes, lanes, lanes + 1.0),
        (Lever::InspectionHours, inspection, inspection * 0.5),
        (Lever::InspectionHours, inspection, inspection * 2.5),
        (Lever::UnloadHours, unload, unload * 1.5),
        (Lever::LeadHours, lead, lead * 2.0),
        (Lever::WorkingHours, working, (working + 2.0).min(24.0)),
        (Lever::WorkingHours, working, 24.0),
    ];
    steps.dedup();
    steps.retain(|(_, from, to)| to - from != 0.0);
    steps
}

impl Lever {
    /// The same logistics with one thing changed.
    fn set(self, logistics: &Logistics, to: f64) -> Logistics {
        let mut changed = *logistics;
        match self {
            Self::Trucks => changed.trucks = whole(to),
            Self::Docks => changed.docks = whole(to),
            Self::Lanes => changed.lanes = whole(to),
            Self::InspectionHours => changed.inspection_hours = to,
            Self::UnloadHours => changed.unload_hours = to,
            Self::LeadHours => changed.working_day.lead_hours = to,
            Self::WorkingHours if to >= 24.0 => {
                (changed.working_day.open_hour, changed.working_day.close_hour) = (0.0, 24.0);
            }
            Self::WorkingHours => {
                let close = changed.working_day.open_hour + to;
                changed.working_day.close_hour = if close > 24.0 { close - 24.0 } else { close };
            }
        }
        changed
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole and not negative; a number too large becomes the largest"
)]
fn whole(number: f64) -> u32 {
    number as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_changes_nothing_is_left_out() {
        let mut few = Logistics { trucks: 1, docks: 1, ..Logistics::EASTERN_ALEPPO };
        few.working_day.lead_hours = 0.0;
        few.working_day.close_hour = 5.0;
        let tried: Vec<_> = steps(&few).into_iter().map(|(lever, _, to)| (lever, to)).collect();
        let expected = [
            (Lever::Trucks, 2.0),
            (Lever::Docks, 2.0),
            (Lever::Lanes, 2.0),
            (Lever::InspectionHours, 0.1),
            (Lever::InspectionHours, 0.5),
            (Lever::UnloadHours, 1.5),
            (Lever::WorkingHours, 24.0),
        ];
        assert_eq!(tried, expected);
    }

    #[test]
    fn a_later_end_past_midnight_is_on_the_next_day() {
        let mut late = Logistics::EASTERN_ALEPPO;
        late.working_day.close_hour = 23.0;
        let changed = Lever::WorkingHours.set(&late, 19.0);
        assert_eq!((changed.working_day.close_hour, changed.working_day.hours()), (1.0, 19.0));
    }

    #[test]
    fn where_nothing_gets_through_no_gain_is_told() {
        assert_eq!((gain(0, 5), gain(10, 5)), (None, Some(-0.5)));
    }
}
