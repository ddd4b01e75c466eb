//! The simulation against its bound, against its own laws, and against a plain replay of events.

use proptest::prelude::*;

use super::*;
use crate::assess::throughput::bound::{Binding, convoy_block_max};

/// Any way of moving goods, in steps of a quarter of an hour so that ties are common.
fn logistics(most_trucks: u32) -> impl Strategy<Value = Logistics> {
    let quarters = || (0_u8..9).prop_map(|quarters| f64::from(quarters) / 4.0);
    let steps = (quarters(), quarters(), quarters(), quarters(), quarters(), quarters());
    let stations = (0..=most_trucks, 0_u32..4, 0_u32..4);
    let made = (steps, stations, any::<bool>(), any::<bool>()).prop_map(
        |(steps, (trucks, lanes, docks), preloaded, must_return)| Logistics {
            load_hours: steps.0,
            approach_hours: steps.1,
            inspection_hours: steps.2,
            onward_hours: steps.3,
            unload_hours: steps.4,
            return_hours: steps.5,
            trucks,
            lanes,
            docks,
            preloaded,
            must_return,
            ..Logistics::EASTERN_ALEPPO
        },
    );
    made.prop_filter("a round takes time", |made| made.round_hours() > 0.0)
}

fn hours() -> impl Strategy<Value = f64> {
    (0_u8..100).prop_map(|quarters| f64::from(quarters) / 4.0)
}

/// Where a truck is heading.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Stop {
    Checkpoint,
    Dock,
}

/// The same world played event by event: each truck, lane and dock on its own, whoever comes next.
fn replayed(hours: f64, logistics: &Logistics) -> u64 {
    let first = logistics.first_arrival_hours();
    let mut trucks = vec![(first, Stop::Checkpoint); usize::try_from(logistics.trucks).unwrap()];
    let mut lanes = vec![0.0_f64; usize::try_from(logistics.lanes).unwrap()];
    let mut docks = vec![0.0_f64; usize::try_from(logistics.docks).unwrap()];
    let mut loads = 0;
    if lanes.is_empty() || docks.is_empty() {
        return 0;
    }
    loop {
        let next = trucks.iter_mut().min_by(|a, b| a.0.total_cmp(&b.0));
        let Some((at, stop)) = next.filter(|(at, _)| *at <= hours) else { return loads };
        let (stations, takes) = match stop {
            Stop::Checkpoint => (&mut lanes, logistics.inspection_hours),
            Stop::Dock => (&mut docks, logistics.unload_hours),
        };
        let free = stations.iter_mut().min_by(|a, b| a.total_cmp(b)).unwrap();
        let done = at.max(*free) + takes;
        *free = done;
        if *stop == Stop::Checkpoint {
            (*at, *stop) = (done + logistics.onward_hours, Stop::Dock);
            continue;
        }
        if done + logistics.way_out_hours() <= hours {
            loads += 1;
        }
        let away = logistics.return_hours + logistics.load_hours + logistics.approach_hours;
        (*at, *stop) = (done + away, Stop::Checkpoint);
    }
}

#[test]
fn without_trucks_lanes_or_docks_nothing_gets_through() {
    for scarce in [
        Logistics { trucks: 0, ..Logistics::EASTERN_ALEPPO },
        Logistics { lanes: 0, ..Logistics::EASTERN_ALEPPO },
        Logistics { docks: 0, ..Logistics::EASTERN_ALEPPO },
    ] {
        assert_eq!(loads_sim(12.0, &scarce), Ok(0));
        assert_eq!(convoy_block_max(12.0, &scarce), Ok(0));
        assert_eq!(loads_bound(12.0, &scarce).unwrap().loads, 0);
    }
}

#[test]
fn a_stretch_as_long_as_the_first_trip_lets_the_first_trucks_through() {
    let aleppo = Logistics::EASTERN_ALEPPO;
    // One after the other through the checkpoint: only the first is back in time.
    assert_eq!(loads_sim(3.7, &aleppo), Ok(1));
    assert_eq!(loads_bound(3.7, &aleppo).unwrap().binding, Binding::Checkpoint);
    assert_eq!(loads_sim(3.699, &aleppo), Ok(0));
}

#[test]
fn a_checkpoint_and_docks_that_take_no_time_leave_only_the_trucks() {
    let free = Logistics { inspection_hours: 0.0, unload_hours: 0.0, ..Logistics::EASTERN_ALEPPO };
    let bound = loads_bound(2.5, &free).unwrap();
    assert_eq!((bound.loads, bound.binding), (40, Binding::Fleet));
    assert_eq!(loads_sim(2.5, &free), Ok(40));
}

#[test]
fn times_that_would_loop_for_ever_and_numbers_that_are_none_are_told() {
    let nothing = Logistics {
        load_hours: 0.0,
        approach_hours: 0.0,
        inspection_hours: 0.0,
        onward_hours: 0.0,
        unload_hours: 0.0,
        return_hours: 0.0,
        ..Logistics::EASTERN_ALEPPO
    };
    assert_eq!(loads_sim(12.0, &nothing).unwrap_err().0[0].pointer, "/unload_hours");
    let wrong = Logistics {
        trucks: 1_000_000_000,
        load_hours: f64::NAN,
        unload_hours: -1.0,
        return_hours: f64::INFINITY,
        ..Logistics::EASTERN_ALEPPO
    };
    let problems = loads_sim(1e6, &wrong).unwrap_err();
    let fields: Vec<_> = problems.0.iter().map(|problem| problem.pointer.as_str()).collect();
    assert_eq!(fields, ["/hours", "/trucks", "/load_hours", "/unload_hours", "/return_hours"]);
    let quick = Logistics { load_hours: 0.02, ..nothing };
    let many = Logistics { trucks: 100_000, ..quick };
    assert_eq!(loads_sim(1_000.0, &many).unwrap_err().0[0].pointer, "/trucks");
}

proptest! {
    #[test]
    fn the_loads_are_those_of_a_plain_replay(hours in hours(), logistics in logistics(6)) {
        prop_assert_eq!(loads_sim(hours, &logistics).unwrap(), replayed(hours, &logistics));
    }

    #[test]
    fn the_loads_never_exceed_the_bound(hours in 0.0..60.0_f64, logistics in logistics(60)) {
        let bound = loads_bound(hours, &logistics).unwrap().loads;
        prop_assert!(loads_sim(hours, &logistics).unwrap() <= bound);
        // The bound does not hide more: one too many is too late.
        let further = LoadsBound { loads: bound + 1, ..loads_bound(hours, &logistics).unwrap() };
        prop_assert!(bound == 0 || loads_within(hours, &logistics, further) <= bound);
    }

    #[test]
    fn more_trucks_lanes_docks_or_hours_never_bring_less(
        hours in hours(), more_hours in hours(), logistics in logistics(30), more in 1_u32..5,
    ) {
        let loads = loads_sim(hours, &logistics).unwrap();
        prop_assert!(loads_sim(hours + more_hours, &logistics).unwrap() >= loads);
        let Logistics { trucks, lanes, docks, .. } = logistics;
        for better in [
            Logistics { trucks: trucks + more, ..logistics },
            Logistics { lanes: lanes + more, ..logistics },
            Logistics { docks: docks + more, ..logistics },
        ] {
            prop_assert!(loads_sim(hours, &better).unwrap() >= loads);
        }
    }

    #[test]
    fn with_one_scarce_station_the_loads_are_the_bound(
        hours in hours(), logistics in logistics(6), scarce in 0..3,
    ) {
        const PLENTY: u32 = 1_000;
        let Logistics { trucks, lanes, docks, .. } = logistics;
        let only = match scarce {
            0 => Logistics { lanes: PLENTY, docks: PLENTY, trucks, ..logistics },
            1 => Logistics { trucks: PLENTY, docks: PLENTY, lanes: lanes.max(1), ..logistics },
            _ => Logistics { trucks: PLENTY, lanes: PLENTY, docks: docks.max(1), ..logistics },
        };
        prop_assert_eq!(loads_sim(hours, &only).unwrap(), loads_bound(hours, &only).unwrap().loads);
    }

    #[test]
    fn a_block_that_fits_is_no_more_than_gets_through_and_one_truck_more_does_not_fit(
        hours in hours(), logistics in logistics(40),
    ) {
        let block = convoy_block_max(hours, &logistics).unwrap();
        prop_assert!(u64::from(block) <= loads_sim(hours, &logistics).unwrap());
        let fewer = Logistics { trucks: block, ..logistics };
        prop_assert_eq!(convoy_block_max(hours, &fewer).unwrap(), block);
    }
}
