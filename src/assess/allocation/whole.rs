//! Whole loads of one supply, exact in their minimum: the lowest area is raised step by step, and loads that
//! are already given move to other windows to make room.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::flow::{Flow, Near};
use super::greedy::{FED, count, floor, grade};
use super::model::{Model, Shipment};

/// The whole loads of the plan in which the minimum is as high as it can be. After it the lowest that can
/// still rise goes first; among equals the one with the smallest need.
///
/// Why the minimum is exact: a step is refused only when it is impossible beside what the others hold; and
/// each of them held no more than was needed to pass the coverage of the one refused, which any plan with a
/// higher minimum must give them too.
pub(super) fn whole_loads(model: &Model) -> Vec<Shipment> {
    let mut climb = Climb::new(model);
    let turn = |climb: &Climb, area: usize| {
        let place = &model.areas[area];
        let grade = grade(climb.served(area) / place.need);
        (grade < FED).then(|| Reverse((grade, place.need.to_bits(), area)))
    };
    let areas = (0..model.areas.len()).filter(|&area| climb.can_rise(area));
    let mut queue: BinaryHeap<_> = areas.filter_map(|area| turn(&climb, area)).collect();
    while let Some(Reverse((_, _, area))) = queue.pop() {
        if climb.step(area) {
            queue.extend(turn(&climb, area));
        }
    }
    climb.shipments()
}

/// Loads that an area must have before each window, so that it serves so many person-days; the last entry
/// is for all windows together.
pub(super) fn loads_before(model: &Model, area: usize, share: f64) -> Vec<u64> {
    let place = &model.areas[area];
    let gain = place.best_gain();
    let mut needed: Vec<u64> = opens(model, area)
        .map(|open| if gain > 0.0 { ceil((share - open) / gain) } else { 0 })
        .collect();
    if let Some(first) = needed.first_mut() {
        *first = 0;
    }
    needed
}

/// Need that is open from each window on, and from the horizon on: person-days.
fn opens(model: &Model, area: usize) -> impl Iterator<Item = f64> {
    let days = model.windows.iter().map(|window| window.day).chain([model.horizon_days]);
    days.map(move |day| model.areas[area].open_need(day))
}

/// Whole loads that hold so many; a rounding error costs none.
fn ceil(loads: f64) -> u64 {
    floor((loads - 1e-9).ceil())
}

struct Climb<'a> {
    model: &'a Model,
    flow: Flow,
    source: usize,
    /// The node of each area in each window.
    stores: Vec<Vec<usize>>,
    /// Arcs that end in an area's store, with the window.
    docks: Vec<Vec<(usize, usize)>>,
    /// Loads that each area has before each window.
    before: Vec<Vec<u64>>,
}

impl<'a> Climb<'a> {
    fn new(model: &'a Model) -> Self {
        let mut flow = Flow::new();
        let outside = flow.add_node();
        let source = flow.add_node();
        flow.add_arc(outside, source, whole_cap(model.stocks.iter().sum()));
        let mut gates = Vec::with_capacity(model.windows.len());
        for window in &model.windows {
            let gate = flow.add_node();
            flow.add_arc(source, gate, whole_cap(window.loads));
            gates.push(gate);
        }
        let mut roads = Vec::with_capacity(model.routes.len());
        for route in 0..model.routes.len() {
            let mut road = Vec::with_capacity(gates.len());
            for (window, &gate) in gates.iter().enumerate() {
                let node = flow.add_node();
                flow.add_arc(gate, node, whole_cap(model.road_cap(route, window)));
                road.push(node);
            }
            roads.push(road);
        }
        let mut climb = Self {
            model,
            flow,
            source: outside,
            stores: vec![Vec::new(); model.areas.len()],
            docks: vec![Vec::new(); model.areas.len()],
            before: vec![Vec::new(); model.areas.len()],
        };
        for (area, place) in model.areas.iter().enumerate() {
            if place.need > 0.0 && place.best_gain() > 0.0 {
                climb.add_area(area, place.route.map_or(&gates, |route| &roads[route]));
            }
        }
        climb
    }

    /// Adds a store for each window; what came in one window is still there in the next.
    fn add_area(&mut self, area: usize, gates: &[usize]) {
        for (window, &gate) in gates.iter().enumerate() {
            let store = self.flow.add_node();
            if let Some(&before) = self.stores[area].last() {
                self.flow.add_arc(before, store, u64::MAX / 2);
            }
            self.stores[area].push(store);
            if self.model.most_loads(area, window) >= 1.0 {
                let most = whole_cap(self.model.area_cap(area, window));
                self.docks[area].push((self.flow.add_arc(gate, store, most), window));
            }
        }
        self.before[area] = vec![0; gates.len() + 1];
    }

    fn can_rise(&self, area: usize) -> bool {
        !self.docks[area].is_empty()
    }

    /// What each limit lets the area serve from deliveries, person-days.
    fn limits(&self, area: usize) -> impl Iterator<Item = f64> {
        let gain = self.model.areas[area].best_gain();
        opens(self.model, area)
            .zip(&self.before[area])
            .map(move |(open, n)| open + gain * count(*n))
    }

    /// Person-days that the area serves with the loads it has.
    fn served(&self, area: usize) -> f64 {
        self.model.areas[area].own + self.limits(area).fold(f64::INFINITY, f64::min)
    }

    /// Raises the area to the next coverage it can have; returns whether that was possible.
    fn step(&mut self, area: usize) -> bool {
        let lowest = self.limits(area).fold(f64::INFINITY, f64::min);
        let near = 1e-9 * self.model.areas[area].need;
        let tight: Vec<bool> = self.limits(area).map(|limit| limit <= lowest + near).collect();
        if tight.first() == Some(&true) {
            // All that was open when the first window came is met.
            return false;
        }
        let more = self.before[area].iter().zip(&tight).map(|(n, tight)| n + u64::from(*tight));
        let more: Vec<u64> = more.collect();
        let was = std::mem::replace(&mut self.before[area], more);
        if self.reroute(area, &was) {
            self.flow.keep();
            true
        } else {
            self.flow.undo();
            self.before[area] = was;
            false
        }
    }

    /// Makes the flow bring what the area must have in each window instead of what it had to have.
    fn reroute(&mut self, area: usize, was: &[u64]) -> bool {
        let in_window = |before: &[u64], window: usize| before[window + 1] - before[window];
        let now = self.before[area].clone();
        let stores = self.stores[area].clone();
        for (window, &store) in stores.iter().enumerate() {
            for _ in in_window(&now, window)..in_window(was, window) {
                self.flow.send(store, self.source, Near::Start);
            }
        }
        stores.iter().enumerate().all(|(window, &store)| {
            (in_window(was, window)..in_window(&now, window))
                .all(|_| self.flow.send(self.source, store, Near::End))
        })
    }

    fn shipments(&self) -> Vec<Shipment> {
        let docks = self.docks.iter().enumerate();
        let all = docks.flat_map(|(area, docks)| docks.iter().map(move |dock| (area, *dock)));
        all.map(|(area, (arc, window))| Shipment {
            area,
            window,
            supply: 0,
            loads: count(self.flow.along(arc)),
        })
        .filter(|shipment| shipment.loads > 0.0)
        .collect()
    }
}

/// A cap in whole loads; half the largest number where there is none, so that sums stay numbers.
fn whole_cap(loads: f64) -> u64 {
    floor(loads + 1e-9).min(u64::MAX / 2)
}
