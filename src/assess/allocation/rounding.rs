//! Whole loads for what is too large, or of too many kinds, for the exact way: the whole part of each number of
//! loads, and the rest one by one to the lowest.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::greedy::{FED, grade};
use super::model::{Model, Shipment};

/// A plan of whole loads near a plan of divisible ones, within all limits.
pub(super) fn rounded(model: &Model, divisible: &[Shipment]) -> Vec<Shipment> {
    let mut fill = Fill::new(model);
    for shipment in divisible {
        let loads = (shipment.loads + 1e-6).floor();
        if loads > 0.0 {
            fill.load(Shipment { loads: loads.min(fill.room(shipment)), ..*shipment });
        }
    }
    let turn = |fill: &Fill, area: usize| {
        let place = &model.areas[area];
        let grade = grade(fill.served(area, None) / place.need);
        (grade < FED).then(|| Reverse((grade, place.need.to_bits(), area)))
    };
    let in_need = (0..model.areas.len()).filter(|&area| model.areas[area].need > 0.0);
    let mut queue: BinaryHeap<_> = in_need.filter_map(|area| turn(&fill, area)).collect();
    while let Some(Reverse((_, _, area))) = queue.pop() {
        if let Some(shipment) = fill.best_load(area) {
            fill.load(shipment);
            queue.extend(turn(&fill, area));
        }
    }
    fill.loads.concat()
}

/// What is loaded so far, and what is left of each limit.
struct Fill<'a> {
    model: &'a Model,
    /// The loads of each area, in the order of windows and supplies.
    loads: Vec<Vec<Shipment>>,
    windows: Vec<f64>,
    stocks: Vec<f64>,
    /// By route, then by window.
    roads: Vec<Vec<f64>>,
}

impl<'a> Fill<'a> {
    fn new(model: &'a Model) -> Self {
        let road = |route| {
            (0..model.windows.len()).map(|w| model.road_cap(route, w).floor()).collect::<Vec<_>>()
        };
        Self {
            model,
            loads: vec![Vec::new(); model.areas.len()],
            windows: model.windows.iter().map(|window| window.loads.floor()).collect(),
            stocks: model.stocks.iter().map(|stock| stock.floor()).collect(),
            roads: (0..model.routes.len()).map(road).collect(),
        }
    }

    /// Whole loads that every limit still leaves where this one goes.
    fn room(&self, to: &Shipment) -> f64 {
        let here = self.loads[to.area].iter().filter(|s| s.window == to.window);
        let docked: f64 = here.map(|s| s.loads).sum();
        let dock = (self.model.area_cap(to.area, to.window).floor() - docked).max(0.0);
        let route = self.model.areas[to.area].route;
        let road = route.map_or(f64::INFINITY, |route| self.roads[route][to.window]);
        self.windows[to.window].min(self.stocks[to.supply]).min(dock).min(road)
    }

    fn load(&mut self, shipment: Shipment) {
        let Shipment { area, window, supply, loads } = shipment;
        self.windows[window] -= loads;
        self.stocks[supply] -= loads;
        if let Some(route) = self.model.areas[area].route {
            self.roads[route][window] -= loads;
        }
        let at = |s: &Shipment| (s.window, s.supply);
        match self.loads[area].binary_search_by_key(&(window, supply), at) {
            Ok(same) => self.loads[area][same].loads += loads,
            Err(place) => self.loads[area].insert(place, shipment),
        }
    }

    /// Person-days that the area serves, perhaps with one load more.
    fn served(&self, area: usize, more: Option<(f64, f64)>) -> f64 {
        let (place, windows) = (&self.model.areas[area], &self.model.windows);
        let mut arrivals: Vec<(f64, f64)> = self.loads[area]
            .iter()
            .map(|s| (windows[s.window].day, s.loads * place.gains[s.supply]))
            .chain(more)
            .collect();
        arrivals.sort_by(|a, b| a.0.total_cmp(&b.0));
        place.served(arrivals.into_iter())
    }

    /// The one load that raises the area most, and of those the earliest; `None` if no load raises it.
    fn best_load(&self, area: usize) -> Option<Shipment> {
        let place = &self.model.areas[area];
        let now = self.served(area, None);
        let mut best: Option<(Shipment, f64)> = None;
        for (window, opening) in self.model.windows.iter().enumerate() {
            for (supply, gain) in place.gains.iter().enumerate().filter(|(_, gain)| **gain > 0.0) {
                let shipment = Shipment { area, window, supply, loads: 1.0 };
                if self.room(&shipment) < 1.0 {
                    continue;
                }
                let rise = self.served(area, Some((opening.day, *gain))) - now;
                if rise > best.map_or(1e-9 * place.need, |(_, most)| most * (1.0 + 1e-9)) {
                    best = Some((shipment, rise));
                }
            }
        }
        best.map(|(shipment, _)| shipment)
    }
}
