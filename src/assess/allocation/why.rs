//! Why an area gets no more: what stands in the way of one more load.

use std::cmp::Reverse;
use std::fmt;

use serde::Serialize;

use super::fair::Policy;
use super::model::{Model, Shipment};

/// A sum this near to its cap is at it, as a share of the cap.
const FULL: f64 = 1e-5;

/// Why an area gets no more.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Why {
    /// All its need is served.
    Fed,
    /// Nobody is there to be fed, or the horizon is empty.
    NoNeed,
    /// Nobody knows how many people are there.
    PopulationUnknown,
    /// There is nothing to send to anybody before the horizon ends.
    NoLoads,
    /// No load gets there: no access, no dock, or nothing that may be sent there.
    Unreachable,
    /// All that is missing is missing before the first window opens.
    TooLate,
    /// Its docks take no more in any window that would help.
    AtCap,
    /// Its route takes no more in any window that would help.
    RouteFull {
        /// The route.
        route: String,
        /// The first such window, by its place in the task.
        window: usize,
    },
    /// What could be sent is used up.
    HubEmpty {
        /// The supply, by its place in the task.
        supply: usize,
    },
    /// A load for it would come from one that is no better off.
    OthersWorseOff,
    /// A load for it would feed more people elsewhere.
    OthersGainMore,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fed => f.write_str("All need is met."),
            Self::NoNeed => f.write_str("There is no need to meet."),
            Self::PopulationUnknown => f.write_str(
                "Nobody knows how many people are there. Record an estimate to plan for them.",
            ),
            Self::NoLoads => f.write_str("No load can arrive before the horizon ends."),
            Self::Unreachable => f.write_str("No load can reach it in any window."),
            Self::TooLate => {
                f.write_str("What is still missing was missing before the first window.")
            }
            Self::AtCap => f.write_str("It cannot take more off trucks in the windows that help."),
            Self::RouteFull { route, window } => {
                write!(f, "Route {route} takes no more, first in window {}.", window + 1)
            }
            Self::HubEmpty { supply } => write!(f, "Supply {} is used up.", supply + 1),
            Self::OthersWorseOff => {
                f.write_str("More for it would have to come from an area that is no better off.")
            }
            Self::OthersGainMore => f.write_str("The same loads feed more people elsewhere."),
        }
    }
}

/// Sums of a plan, to see what is full.
pub(super) struct Reasons<'a> {
    model: &'a Model,
    policy: Policy,
    /// Less room than this is none: rounding, or one whole load.
    whole: bool,
    by_road: Vec<Vec<f64>>,
    by_supply: Vec<f64>,
}

impl<'a> Reasons<'a> {
    pub(super) fn new(
        model: &'a Model,
        policy: Policy,
        whole: bool,
        shipments: &[Shipment],
    ) -> Self {
        let mut by_road = vec![vec![0.0; model.windows.len()]; model.routes.len()];
        let mut by_supply = vec![0.0; model.stocks.len()];
        for shipment in shipments {
            by_supply[shipment.supply] += shipment.loads;
            if let Some(route) = model.areas[shipment.area].route {
                by_road[route][shipment.window] += shipment.loads;
            }
        }
        Self { model, policy, whole, by_road, by_supply }
    }

    fn is_full(&self, loads: f64, cap: f64) -> bool {
        let least = if self.whole { 1.0 - FULL } else { FULL * cap };
        cap.is_finite() && cap - loads <= least
    }

    /// Why the area, which has these loads and a known population, gets no more.
    pub(super) fn why(&self, area: usize, own: &[Shipment], coverage: Option<f64>) -> Why {
        let place = &self.model.areas[area];
        match coverage {
            None => return Why::NoNeed,
            Some(coverage) if coverage >= 1.0 - 1e-9 => return Why::Fed,
            Some(_) => {}
        }
        let in_time = |w: &usize| {
            self.model.windows[*w].loads > 0.0
                && self.model.windows[*w].day < self.model.horizon_days
        };
        let windows: Vec<usize> = (0..self.model.windows.len()).filter(in_time).collect();
        if windows.is_empty() || self.model.stocks.iter().all(|stock| *stock <= 0.0) {
            return Why::NoLoads;
        }
        if place.best_gain() <= 0.0 || windows.iter().all(|&w| self.model.area_cap(area, w) <= 0.0)
        {
            return Why::Unreachable;
        }
        let end = self.first_met(area, own);
        let helpful = windows.into_iter().filter(|&window| window < end);
        helpful
            .map(|window| self.obstacle(area, window, own))
            .max_by_key(Obstacle::weight)
            .map_or(Why::TooLate, |obstacle| self.told(obstacle))
    }

    /// The first window from which on the area has all it can eat: loads then or later change nothing.
    fn first_met(&self, area: usize, own: &[Shipment]) -> usize {
        let place = &self.model.areas[area];
        let windows = &self.model.windows;
        let limit = |window: usize| {
            let came = own.iter().filter(|shipment| shipment.window < window);
            let came: f64 =
                came.map(|shipment| shipment.loads * place.gains[shipment.supply]).sum();
            windows.get(window).map_or(0.0, |window| place.open_need(window.day)) + came
        };
        let limits: Vec<f64> = (0..=windows.len()).map(limit).collect();
        let lowest = limits.iter().copied().fold(f64::INFINITY, f64::min);
        let near = lowest + 1e-7 * place.need;
        limits.iter().position(|limit| *limit <= near).unwrap_or(0)
    }

    fn obstacle(&self, area: usize, window: usize, own: &[Shipment]) -> Obstacle {
        let place = &self.model.areas[area];
        let docked = own.iter().filter(|shipment| shipment.window == window);
        let docked: f64 = docked.map(|shipment| shipment.loads).sum();
        if self.is_full(docked, self.model.area_cap(area, window)) {
            return Obstacle::Dock;
        }
        let route = place.route.filter(|&route| {
            self.is_full(self.by_road[route][window], self.model.road_cap(route, window))
        });
        if let Some(route) = route {
            return Obstacle::Road { route, window };
        }
        let mut sent = (0..self.by_supply.len()).filter(|&supply| place.gains[supply] > 0.0);
        let empty = |supply: usize| self.is_full(self.by_supply[supply], self.model.stocks[supply]);
        let first = sent.clone().next();
        match first {
            Some(supply) if sent.all(empty) => Obstacle::Hub { supply },
            _ => Obstacle::Pool,
        }
    }

    fn told(&self, obstacle: Obstacle) -> Why {
        match obstacle {
            Obstacle::Dock => Why::AtCap,
            Obstacle::Road { route, window } => Why::RouteFull {
                route: self.model.routes[route].name.clone(),
                window: self.model.windows[window].given,
            },
            Obstacle::Hub { supply } => Why::HubEmpty { supply },
            Obstacle::Pool if self.policy == Policy::MaxminThenUnmet => Why::OthersGainMore,
            Obstacle::Pool => Why::OthersWorseOff,
        }
    }
}

/// What stands in the way in one window; the one that could be overcome by choice weighs most.
#[derive(Clone, Copy)]
enum Obstacle {
    Dock,
    Hub { supply: usize },
    Road { route: usize, window: usize },
    Pool,
}

impl Obstacle {
    /// Of equals the first in time is told, so later windows weigh a little less.
    fn weight(&self) -> (u8, Reverse<usize>) {
        match self {
            Self::Dock => (0, Reverse(0)),
            Self::Hub { .. } => (1, Reverse(0)),
            Self::Road { window, .. } => (2, Reverse(*window)),
            Self::Pool => (3, Reverse(0)),
        }
    }
}
