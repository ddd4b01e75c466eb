//! The worked example of the field, number by number: eastern Aleppo, 48 hours each Thursday.

use chrono::TimeDelta;
use chrono_tz::Asia::Damascus;

use super::Logistics;
use super::pause::throughput;
use super::sensitivity::{Lever, sensitivity};
use crate::assess::recurrence::Window;

fn pause(hours: i64) -> Window {
    let start = "2016-10-06T03:00:00Z".parse().unwrap();
    Window { start, end: start + TimeDelta::hours(hours) }
}

#[test]
fn two_days_of_work_bring_22_and_34_truckloads_and_the_bound_is_60() {
    let through = throughput(&[pause(48)], Damascus, &Logistics::EASTERN_ALEPPO).unwrap();
    let segments = &through.windows[0].segments;
    let of = |loads: fn(&super::pause::SegmentLoads) -> u64| -> Vec<u64> {
        segments.iter().map(loads).collect()
    };
    assert_eq!(of(|segment| segment.loads), [22, 34]);
    assert_eq!(of(|segment| segment.bound.loads).iter().sum::<u64>(), 60);
}

#[test]
fn a_pause_of_three_or_five_hours_brings_nothing_and_longer_ones_14_to_90_truckloads() {
    let loads =
        |hours| throughput(&[pause(hours)], Damascus, &Logistics::EASTERN_ALEPPO).unwrap().loads;
    assert_eq!([3, 5, 12, 24, 36, 48, 72].map(loads), [0, 0, 14, 22, 48, 56, 90]);
}

#[test]
fn docks_and_hours_help_and_trucks_do_not() {
    let changes = sensitivity(&[pause(48)], Damascus, &Logistics::EASTERN_ALEPPO).unwrap();
    let percent = |gain: f64| (gain * 100.0).round();
    let table: Vec<_> = changes
        .iter()
        .map(|change| (change.lever, change.to, change.gain.map_or(f64::NAN, percent)))
        .collect();
    let expected = [
        (Lever::WorkingHours, 24.0, 132.0),
        (Lever::WorkingHours, 14.0, 29.0),
        (Lever::Docks, 5.0, 23.0),
        (Lever::Docks, 8.0, 23.0),
        (Lever::Lanes, 2.0, 7.0),
        (Lever::InspectionHours, 0.1, 7.0),
        (Lever::Trucks, 80.0, 0.0),
        (Lever::Trucks, 16.0, -21.0),
        (Lever::LeadHours, 6.0, -21.0),
        (Lever::UnloadHours, 1.5, -36.0),
        (Lever::InspectionHours, 0.5, -50.0),
    ];
    assert_eq!(table, expected);
}

#[test]
fn windows_that_overlap_count_once() {
    let loads = |windows: &[Window]| {
        throughput(windows, Damascus, &Logistics::EASTERN_ALEPPO).unwrap().loads
    };
    assert_eq!(loads(&[pause(48), pause(24), pause(48)]), 56);
}
