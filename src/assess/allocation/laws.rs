//! What is true of every sharing, tried on many small tasks; small ones against all that is possible.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::fair::divided;
use super::model::{Model, Shipment};
use super::verify::{Outcome, audit, replayed};
use super::{
    Allocation, AreaInNeed, Cap, Loads, Method, Policy, Supply, Task, Window, nested_water_fill,
    plan,
};

/// An area with round numbers, so that ties happen.
fn area() -> impl Strategy<Value = AreaInNeed> {
    (0_u8..6, 0_u8..20, 0_u8..3, 1_u8..=4).prop_map(|(people, stock, inflow, access)| AreaInNeed {
        inflow_person_days_per_day: f64::from(inflow) * 150.0,
        access: f64::from(access) / 4.0,
        ..AreaInNeed::new("", f64::from(people) * 500.0, f64::from(stock) * 700.0)
    })
}

fn windows() -> impl Strategy<Value = Vec<Window>> {
    let window = (0_u8..18, 0_u8..12);
    proptest::collection::vec(window, 0..5).prop_map(|windows| {
        let window = |(day, loads)| Window { day: f64::from(day), loads: f64::from(loads) };
        windows.into_iter().map(window).collect()
    })
}

/// A task in which only the windows limit the loads.
fn one_pool() -> impl Strategy<Value = Task> {
    (proptest::collection::vec(area(), 0..7), windows()).prop_map(|(mut areas, windows)| {
        for (at, area) in areas.iter_mut().enumerate() {
            area.id = format!("area {at}");
        }
        let supplies = vec![Supply::food(1000.0)];
        Task { areas, windows, horizon_days: 14.0, supplies, route_caps: BTreeMap::new() }
    })
}

/// A task with routes, docks and a store that may run out.
fn with_limits() -> impl Strategy<Value = Task> {
    let limits = proptest::collection::vec((0_u8..3, proptest::option::of(0_u8..8)), 7);
    let roads = (0_u8..10, proptest::collection::vec(proptest::option::of(0_u8..6), 0..4));
    (one_pool(), limits, roads, proptest::option::of(0_u8..30)).prop_map(
        |(mut task, limits, (north, south), store)| {
            let cap = |loads: u8| Cap::EachWindow(f64::from(loads));
            for (area, (route, dock)) in task.areas.iter_mut().zip(limits) {
                area.route = ["north", "south"].get(usize::from(route)).map(|r| (*r).to_owned());
                area.window_cap = dock.map(cap);
            }
            let south = south.into_iter().map(|loads| loads.map(f64::from)).collect();
            task.route_caps.insert("north".to_owned(), cap(north));
            task.route_caps.insert("south".to_owned(), Cap::ByWindow(south));
            task.supplies[0].stock_loads = store.map(f64::from);
            task
        },
    )
}

fn sorted(allocation: &Allocation) -> Vec<f64> {
    let mut sorted: Vec<f64> = allocation.areas.iter().filter_map(|area| area.coverage).collect();
    sorted.sort_by(f64::total_cmp);
    sorted
}

fn near(one: &[f64], other: &[f64], tolerance: f64) -> bool {
    let mut pairs = one.iter().zip(other);
    one.len() == other.len() && pairs.all(|(one, other)| (one - other).abs() <= tolerance)
}

fn fair(task: &Task) -> Allocation {
    plan(task, Policy::Lexicographic, Loads::Divisible).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn one_level_after_another_by_hand_and_by_the_solver_are_the_same(task in one_pool()) {
        let nested = nested_water_fill(&task).unwrap().sorted_coverage();
        let model = Model::new(&task);
        if model.areas.iter().any(|place| place.need > 0.0) {
            let linear = divided(&model, Policy::Lexicographic).unwrap();
            let linear = Outcome::new(&model, &replayed(&model, &linear.shipments));
            let linear = linear.sorted_coverage();
            prop_assert!(near(&nested, &linear, 1e-6), "{:?} {:?}", nested, linear);
        }
    }

    #[test]
    fn with_limits_the_level_and_the_solver_are_the_same(task in with_limits()) {
        let level = sorted(&fair(&task));
        let model = Model::new(&task);
        if model.areas.iter().any(|place| place.need > 0.0) {
            let linear = divided(&model, Policy::Lexicographic).unwrap();
            let linear = Outcome::new(&model, &replayed(&model, &linear.shipments));
            let linear = linear.sorted_coverage();
            prop_assert!(near(&level, &linear, 1e-6), "{:?} {:?}", level, linear);
        }
    }

    #[test]
    fn the_loads_of_one_pool_bring_what_was_promised(task in one_pool()) {
        let promised = nested_water_fill(&task).unwrap().sorted_coverage();
        let kept = sorted(&fair(&task));
        prop_assert!(near(&promised, &kept, 1e-9), "{:?} {:?}", promised, kept);
    }

    #[test]
    fn no_limit_is_broken_and_no_minimum_is_above_that_of_one_pool(
        task in with_limits(), policy in prop::sample::select(Policy::ALL),
        loads in prop::sample::select(Loads::ALL),
    ) {
        let plan = plan(&task, policy, loads).unwrap();
        for (at, window) in task.windows.iter().enumerate() {
            let sent = |route: Option<&str>| -> f64 {
                let areas = task.areas.iter().zip(&plan.areas);
                let on_route = areas.filter(|(a, _)| route.is_none() || a.route.as_deref() == route);
                on_route.flat_map(|(_, a)| &a.deliveries).filter(|d| d.window == at).map(|d| d.loads).sum()
            };
            prop_assert!(sent(None) <= window.loads + 1e-6);
            for (route, cap) in &task.route_caps {
                prop_assert!(sent(Some(route)) <= cap.loads_in(at) + 1e-6);
            }
        }
        for (area, planned) in task.areas.iter().zip(&plan.areas) {
            for delivery in &planned.deliveries {
                let dock = area.window_cap.as_ref().map_or(f64::INFINITY, |c| c.loads_in(0));
                prop_assert!(delivery.loads > 0.0 && delivery.loads <= dock + 1e-6);
                prop_assert!(loads == Loads::Divisible || delivery.loads.fract() == 0.0);
            }
            prop_assert!(planned.coverage.is_none_or(|coverage| coverage <= 1.0));
            prop_assert!(planned.coverage >= planned.coverage_before);
        }
        let sent: f64 = plan.areas.iter().map(|area| area.loads).sum();
        prop_assert!(sent <= task.supplies[0].stock_loads.unwrap_or(f64::INFINITY) + 1e-6);
        let free = nested_water_fill(&task).unwrap().minimum_coverage;
        prop_assert!(plan.minimum_coverage.unwrap_or(0.0) <= free.unwrap_or(0.0) + 1e-6);
    }

    #[test]
    fn more_loads_never_lower_the_worst_off(
        task in with_limits(), at in any::<prop::sample::Index>(), more in 1_u8..5,
    ) {
        prop_assume!(!task.windows.is_empty());
        let mut richer = task.clone();
        richer.windows[at.index(task.windows.len())].loads += f64::from(more);
        for loads in Loads::ALL {
            let worst = |task| plan(task, Policy::Lexicographic, *loads).unwrap().minimum_coverage;
            prop_assert!(worst(&richer).unwrap_or(1.0) >= worst(&task).unwrap_or(1.0) - 1e-6);
        }
    }

    #[test]
    fn the_order_of_the_areas_decides_nothing(
        (task, order) in with_limits().prop_flat_map(|task| {
            let order: Vec<usize> = (0..task.areas.len()).collect();
            (Just(task), Just(order).prop_shuffle())
        }),
    ) {
        let mut mixed = task.clone();
        mixed.areas = order.iter().map(|&at| task.areas[at].clone()).collect();
        let (straight, mixed) = (fair(&task), fair(&mixed));
        for (place, &at) in order.iter().enumerate() {
            let pair = straight.areas[at].coverage.zip(mixed.areas[place].coverage);
            prop_assert!(pair.is_none_or(|(one, other)| (one - other).abs() < 1e-5));
        }
    }

    #[test]
    fn the_same_task_gives_the_same_bytes(task in with_limits()) {
        let text = |task| serde_json::to_string(&fair(task)).unwrap();
        prop_assert_eq!(text(&task), text(&task.clone()));
    }

    #[test]
    fn divisible_loads_are_shared_as_very_many_small_whole_ones(task in with_limits()) {
        // A thousandth of a load at a time is nearly divisible.
        let mut fine = task.clone();
        let finer = |cap: &mut Cap| match cap {
            Cap::EachWindow(loads) => *loads *= 1000.0,
            Cap::ByWindow(each) => each.iter_mut().flatten().for_each(|loads| *loads *= 1000.0),
        };
        fine.areas.iter_mut().filter_map(|area| area.window_cap.as_mut()).for_each(finer);
        fine.route_caps.values_mut().for_each(finer);
        fine.windows.iter_mut().for_each(|window| window.loads *= 1000.0);
        fine.supplies[0].person_days_per_load /= 1000.0;
        fine.supplies[0].stock_loads = fine.supplies[0].stock_loads.map(|loads| loads * 1000.0);
        let fine = plan(&fine, Policy::Lexicographic, Loads::Whole).unwrap();
        let (fine, smooth) = (sorted(&fine), sorted(&fair(&task)));
        prop_assert!(near(&fine, &smooth, 1e-3), "{:?} {:?}", fine, smooth);
    }
}

/// Every plan of whole loads for a tiny task.
fn every_plan(model: &Model) -> Vec<Vec<Shipment>> {
    let mut plans = vec![Vec::new()];
    for area in 0..model.areas.len() {
        for window in 0..model.windows.len() {
            let with = |plan: &Vec<Shipment>| {
                let plan = plan.clone();
                (0_u8..=6).map(move |loads| {
                    let mut plan = plan.clone();
                    plan.push(Shipment { area, window, supply: 0, loads: f64::from(loads) });
                    plan
                })
            };
            plans = plans.iter().flat_map(with).filter(|p| audit(model, p, true).is_ok()).collect();
        }
    }
    plans
}

fn tiny() -> impl Strategy<Value = Task> {
    with_limits().prop_map(|mut task| {
        task.areas.truncate(3);
        task.windows.truncate(2);
        for window in &mut task.windows {
            window.loads = (window.loads / 2.0).floor();
        }
        task.supplies[0].person_days_per_load = 3000.0;
        task
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_plan_of_whole_loads_has_a_higher_minimum_or_with_it_less_unmet(task in tiny()) {
        let model = Model::new(&task);
        let outcomes: Vec<Outcome> = every_plan(&model)
            .iter()
            .map(|plan| Outcome::new(&model, &replayed(&model, plan)))
            .collect();
        let highest = outcomes.iter().map(|o| o.minimum_coverage.unwrap_or(1.0)).fold(0.0, f64::max);
        let fair_plan = plan(&task, Policy::Lexicographic, Loads::Whole).unwrap();
        prop_assert!((fair_plan.minimum_coverage.unwrap_or(1.0) - highest).abs() < 1e-9);
        let least = outcomes
            .iter()
            .filter(|outcome| outcome.minimum_coverage.unwrap_or(1.0) >= highest - 1e-9)
            .map(|outcome| outcome.unmet_person_days)
            .fold(f64::INFINITY, f64::min);
        let other = plan(&task, Policy::MaxminThenUnmet, Loads::Whole).unwrap();
        prop_assert!((other.minimum_coverage.unwrap_or(1.0) - highest).abs() < 1e-9);
        prop_assert!((other.unmet_person_days - least).abs() < 1.0, "{:?}", (other, least));
    }
}

fn task(areas: Vec<AreaInNeed>, windows: &[(f64, f64)]) -> Task {
    let windows = windows.iter().map(|&(day, loads)| Window { day, loads }).collect();
    let supplies = vec![Supply::food(1000.0)];
    Task { areas, windows, horizon_days: 14.0, supplies, route_caps: BTreeMap::new() }
}

mod told {
    use super::super::{Flag, PlanError, PlanStatus, Why};
    use super::*;

    fn reasons(task: &Task) -> Vec<Why> {
        fair(task).areas.into_iter().map(|area| area.why).collect()
    }

    #[test]
    fn each_area_is_told_what_stands_in_its_way() {
        let mut task = task(
            ["rich", "dock", "road", "cut off", "empty", "lowest"]
                .map(|id| AreaInNeed::new(id, 1000.0, 0.0))
                .into(),
            &[(2.0, 12.0)],
        );
        task.areas[0].stock_person_days = Some(20_000.0);
        task.areas[1].window_cap = Some(Cap::EachWindow(1.0));
        task.areas[2].route = Some("north".to_owned());
        task.areas[3].access = 0.0;
        task.areas[4].population = Some(0.0);
        task.route_caps.insert("north".to_owned(), Cap::EachWindow(2.0));
        let road = Why::RouteFull { route: "north".to_owned(), window: 0 };
        let expected =
            [Why::Fed, Why::AtCap, road, Why::Unreachable, Why::NoNeed, Why::OthersWorseOff];
        task.windows[0].loads = 9.0;
        assert_eq!(reasons(&task), expected);
        task.windows[0].loads = 40.0;
        assert_eq!(reasons(&task)[5], Why::TooLate);
    }

    #[test]
    fn a_store_that_runs_out_is_named() {
        let mut task = task(vec![AreaInNeed::new("A", 1000.0, 0.0)], &[(0.0, 12.0)]);
        task.supplies[0].stock_loads = Some(3.0);
        assert_eq!(reasons(&task), [Why::HubEmpty { supply: 0 }]);
    }

    #[test]
    fn an_unknown_stock_counts_as_none_and_an_unknown_population_leaves_the_area_out() {
        let mut task = task(vec![AreaInNeed::new("A", 1000.0, 0.0); 2], &[(0.0, 7.0)]);
        task.areas[0].stock_person_days = None;
        task.areas[1] =
            AreaInNeed { id: "B".to_owned(), population: None, ..task.areas[1].clone() };
        let plan = fair(&task);
        assert_eq!(plan.flags, [Flag::UnknownStock, Flag::UnknownPopulation]);
        assert_eq!(
            (plan.areas[0].coverage, plan.areas[0].flags.clone()),
            (Some(0.5), vec![Flag::UnknownStock])
        );
        let left_out = &plan.areas[1];
        assert_eq!(
            (left_out.coverage, left_out.unmet_person_days, left_out.loads),
            (None, None, 0.0)
        );
        assert_eq!(left_out.why, Why::PopulationUnknown);
    }

    #[test]
    fn without_areas_windows_or_days_there_is_a_status_and_no_number_is_invented() {
        let none = fair(&task(vec![], &[(0.0, 5.0)]));
        assert_eq!((none.status, none.minimum_coverage), (PlanStatus::NoNeed, None));
        let hungry = || vec![AreaInNeed::new("A", 1000.0, 7000.0)];
        let nothing = fair(&task(hungry(), &[]));
        assert_eq!((nothing.status, nothing.minimum_coverage), (PlanStatus::NoLoads, Some(0.5)));
        assert_eq!(nothing.areas[0].why, Why::NoLoads);
        let late = fair(&task(hungry(), &[(14.0, 5.0)]));
        assert_eq!(
            (late.status, late.flags),
            (PlanStatus::NoLoads, vec![Flag::WindowAfterHorizon])
        );
        let no_days = fair(&Task { horizon_days: 0.0, ..task(hungry(), &[(0.0, 5.0)]) });
        assert_eq!(
            (no_days.status, no_days.areas[0].why.clone()),
            (PlanStatus::NoNeed, Why::NoNeed)
        );
    }

    #[test]
    fn a_load_is_worth_what_is_likely_to_arrive_of_it() {
        let mut task = task(vec![AreaInNeed::new("A", 1000.0, 0.0)], &[(0.0, 7.0)]);
        task.areas[0].access = 0.5;
        task.areas[0].loss = 0.2;
        let plan = fair(&task);
        assert!((plan.areas[0].coverage.unwrap() - 0.2).abs() < 1e-12);
        assert!((plan.areas[0].deliveries[0].person_days - 2800.0).abs() < 1e-6);
    }

    #[test]
    fn among_equal_plans_the_earliest_is_taken() {
        let task = task(vec![AreaInNeed::new("A", 1000.0, 0.0)], &[(7.0, 20.0), (0.0, 5.0)]);
        let days: Vec<_> =
            fair(&task).areas[0].deliveries.iter().map(|d| (d.window, d.day, d.loads)).collect();
        assert_eq!(days.first(), Some(&(1, 0.0, 5.0)));
    }

    #[test]
    fn two_supplies_are_shared_by_what_they_are_worth_and_where_they_may_go() {
        let mut task = task(
            vec![AreaInNeed::new("A", 1000.0, 0.0), AreaInNeed::new("B", 1000.0, 0.0)],
            &[(0.0, 10.0)],
        );
        let flour =
            Supply { id: "flour".to_owned(), stock_loads: Some(4.0), ..Supply::food(1600.0) };
        let parcels = Supply {
            id: "parcels".to_owned(),
            areas: Some(["B".to_owned()].into()),
            ..Supply::food(500.0)
        };
        task.supplies = vec![flour, parcels];
        // 4 loads of flour and 6 of parcels carry 9,400: all flour for A, or nearly, and all parcels for B.
        let plan = fair(&task);
        assert!((plan.minimum_coverage.unwrap() - 4700.0 / 14_000.0).abs() < 1e-6);
        let whole = super::super::plan(&task, Policy::Lexicographic, Loads::Whole).unwrap();
        assert_eq!(whole.method, Method::Rounded);
        assert!(whole.minimum_coverage_bound >= whole.minimum_coverage);
    }

    #[test]
    fn what_is_too_large_is_refused_with_a_reason() {
        let areas = (0..2000).map(|at| AreaInNeed {
            window_cap: Some(Cap::EachWindow(1.0)),
            ..AreaInNeed::new(&at.to_string(), 1000.0, 0.0)
        });
        let large = task(areas.collect(), &[(0.0, 9.0), (1.0, 9.0), (2.0, 9.0), (3.0, 9.0)]);
        let refusal = plan(&large, Policy::MaxminThenUnmet, Loads::Divisible).err().unwrap();
        assert!(matches!(refusal, PlanError::TooLarge { numbers: 8000, .. }), "{refusal}");
        let many = task(vec![AreaInNeed::new("A", 1e9, 0.0)], &[(0.0, 1e6)]);
        assert!(plan(&many, Policy::Lexicographic, Loads::Whole).is_err());
    }

    #[test]
    fn many_areas_of_one_pool_need_no_solver() {
        let areas = (0..20_000).map(|at| AreaInNeed::new(&at.to_string(), 1000.0, f64::from(at)));
        let large = fair(&task(areas.collect(), &[(1.0, 9000.0), (9.0, 9000.0)]));
        assert_eq!((large.method, large.areas.len()), (Method::NestedWaterFill, 20_000));
    }
}
