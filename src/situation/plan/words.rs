//! A plan in words: why an area gets no more, what it gets, what to mind.

use super::PlannedFor;
use crate::assess::allocation::{Allocation, AreaPlan, Flag, Task, Why};
use crate::domain::{Called, Saying, Told};
use crate::situation::world::Situation;

/// The reason with the names of the request.
pub(super) fn because(task: &Task, why: &Why, whole: bool) -> Saying {
    match why {
        Why::Fed => Saying::of("because-fed"),
        Why::NoNeed => Saying::of("because-no_need"),
        Why::PopulationUnknown => Saying::of("because-population_unknown"),
        Why::NoLoads => Saying::of("because-no_loads"),
        Why::Unreachable => Saying::of("because-unreachable"),
        Why::TooLate => Saying::of("because-too_late"),
        Why::AtCap => Saying::of("because-at_cap"),
        Why::RouteFull { route, window } => Saying::of("because-route_full")
            .text("route", route)
            .text("window", (window + 1).to_string()),
        Why::HubEmpty { supply } => {
            let name = task.supplies.get(*supply).map_or("The supply", |supply| &supply.id);
            Saying::of("because-hub_empty").text("supply", name)
        }
        Why::OthersWorseOff if whole => Saying::of("because-others_worse_off_whole"),
        Why::OthersWorseOff => Saying::of("because-others_worse_off"),
        Why::OthersGainMore => Saying::of("because-others_gain_more"),
    }
}

/// What an area gets.
pub(super) fn gets(name: Called, area: &AreaPlan) -> Saying {
    let percent = |share: Option<f64>| match share {
        Some(share) => Saying::of("plan-percent").number("share", share * 100.0),
        None => Saying::of("plan-unknown"),
    };
    Saying::of("plan-area")
        .name("area", name)
        .with("loads", loads_told(area.loads))
        .part("after", percent(area.coverage))
        .part("before", percent(area.coverage_before))
}

pub(super) fn summary(allocation: &Allocation) -> Saying {
    let loads: f64 = allocation.areas.iter().map(|area| area.loads).sum();
    match allocation.minimum_coverage {
        None => Saying::of("plan-no-need"),
        Some(lowest) => Saying::of("plan-summary")
            .with("loads", loads_told(loads))
            .number("share", lowest * 100.0)
            .number("unmet", allocation.unmet_person_days),
    }
}

/// Loads, with a digit after the point where they are not whole.
fn loads_told(loads: f64) -> Told {
    let loads = (loads * 10.0).round() / 10.0;
    let is_whole = loads.fract().abs() < f64::EPSILON;
    if is_whole { Told::Number(loads) } else { Told::Decimal(loads) }
}

pub(super) fn notes(
    situation: &Situation,
    inputs: &[PlannedFor],
    allocation: &Allocation,
) -> Vec<Saying> {
    let of = |say: &str, wanted: &dyn Fn(&PlannedFor) -> bool| {
        let names = inputs.iter().filter(|input| wanted(input));
        let names: Vec<Called> = names.map(|input| situation.area_called(&input.area)).collect();
        (!names.is_empty()).then(|| Saying::of(say).with("areas", Told::Names(names)))
    };
    let has = |flag| allocation.flags.contains(&flag);
    [
        of("plan-uncounted", &|input| input.stock_from == "deliveries_only"),
        of("plan-people-not-known", &|input| input.people.is_none()),
        inputs.iter().any(|input| input.access < 1.0).then(|| Saying::of("plan-chance")),
        has(Flag::WindowAfterHorizon).then(|| Saying::of("plan-window-after-horizon")),
        has(Flag::UnusedRouteCap).then(|| Saying::of("plan-unused-route")),
    ]
    .into_iter()
    .flatten()
    .collect()
}
