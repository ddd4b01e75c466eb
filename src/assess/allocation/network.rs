//! Divisible loads on their way: which demands gates, routes and docks can serve together, and what is in the way.

use std::collections::VecDeque;

use super::model::{Model, Shipment};
use super::nested::Gate;

/// Less room than this on an arc is none, loads.
const ROOM: f64 = 1e-10;

/// What may be missing of a demand for rounding, as a share of all loads.
const ROUNDING: f64 = 1e-12;

/// Loads flow from the source through gates and routes into the store of each area in each window; what is
/// in a store keeps to the next window.
pub(super) struct Network<'a> {
    model: &'a Model,
    /// Arcs that leave each node; each arc has its reverse at the same number with the last bit flipped.
    leaving: Vec<Vec<usize>>,
    to: Vec<usize>,
    /// What each arc can take, and what is left of it.
    most: Vec<f64>,
    room: Vec<f64>,
    /// Arcs from the source to each window.
    gates: Vec<usize>,
    /// The node of each area in each window, and the arc by which its demand leaves.
    stores: Vec<Vec<(usize, usize)>>,
    docks: Vec<(usize, usize, usize)>,
    /// How far each node is from the source, in arcs that have room.
    distance: Vec<usize>,
}

const OUTSIDE: usize = 0;
const SINK: usize = 1;
const FAR: usize = usize::MAX;

impl<'a> Network<'a> {
    pub(super) fn new(model: &'a Model) -> Self {
        let mut network = Self {
            model,
            leaving: Vec::new(),
            to: Vec::new(),
            most: Vec::new(),
            room: Vec::new(),
            gates: Vec::new(),
            stores: vec![Vec::new(); model.areas.len()],
            docks: Vec::new(),
            distance: Vec::new(),
        };
        let [outside, _sink, hub] = std::array::from_fn(|_| network.add_node());
        network.add_arc(outside, hub, model.stocks.iter().sum());
        let mut gates = Vec::with_capacity(model.windows.len());
        for window in &model.windows {
            let gate = network.add_node();
            let arc = network.add_arc(hub, gate, window.loads);
            network.gates.push(arc);
            gates.push(gate);
        }
        let mut roads = Vec::with_capacity(model.routes.len());
        for route in 0..model.routes.len() {
            let mut road = Vec::with_capacity(gates.len());
            for (window, &gate) in gates.iter().enumerate() {
                let node = network.add_node();
                network.add_arc(gate, node, model.road_cap(route, window));
                road.push(node);
            }
            roads.push(road);
        }
        for (area, place) in model.areas.iter().enumerate() {
            if place.need > 0.0 && place.best_gain() > 0.0 {
                network.add_area(area, place.route.map_or(&gates, |route| &roads[route]));
            }
        }
        network
    }

    fn add_node(&mut self) -> usize {
        self.leaving.push(Vec::new());
        self.leaving.len() - 1
    }

    fn add_arc(&mut self, from: usize, to: usize, most: f64) -> usize {
        let arc = self.to.len();
        self.to.extend([to, from]);
        self.most.extend([most, 0.0]);
        self.leaving[from].push(arc);
        self.leaving[to].push(arc + 1);
        arc
    }

    fn add_area(&mut self, area: usize, gates: &[usize]) {
        for (window, &gate) in gates.iter().enumerate() {
            let store = self.add_node();
            if let Some(&(before, _)) = self.stores[area].last() {
                self.add_arc(before, store, f64::INFINITY);
            }
            let demand = self.add_arc(store, SINK, 0.0);
            self.stores[area].push((store, demand));
            if self.model.most_loads(area, window) > 0.0 {
                let dock = self.add_arc(gate, store, self.model.area_cap(area, window));
                self.docks.push((dock, area, window));
            }
        }
    }

    /// Sets what each area must have by the end of each window to serve these person-days; returns the
    /// loads of all.
    fn demand(&mut self, shares: &[f64]) -> f64 {
        let mut all = 0.0;
        for (area, share) in shares.iter().enumerate() {
            let place = &self.model.areas[area];
            let mut before = 0.0;
            for (window, &(_, demand)) in self.stores[area].iter().enumerate() {
                let next = self.model.windows.get(window + 1);
                let open = next.map_or(0.0, |next| place.open_need(next.day));
                let by_then = ((share - open) / place.best_gain()).max(before);
                self.most[demand] = by_then - before;
                all += by_then - before;
                before = by_then;
            }
        }
        self.room.clone_from(&self.most);
        all
    }

    /// What stands in the way of serving these person-days; `None` if nothing does.
    pub(super) fn obstacle(&mut self, shares: &[f64]) -> Option<Gate> {
        let all = self.demand(shares);
        if self.fill() >= all - ROUNDING.max(ROUNDING * all) {
            return None;
        }
        let out = |node: usize| self.distance[node] == FAR;
        let crossing = (0..self.to.len())
            .step_by(2)
            .filter(|&arc| !out(self.to[arc + 1]) && out(self.to[arc]) && self.to[arc] != SINK);
        let loads = crossing.map(|arc| self.most[arc]).sum();
        let day = |stores: &Vec<(usize, usize)>| {
            let cut_off = stores.iter().take_while(|(store, _)| out(*store)).count();
            self.model.windows.get(cut_off).map_or(self.model.horizon_days, |window| window.day)
        };
        Some(Gate { loads, days: self.stores.iter().map(day).collect() })
    }

    /// The loads that serve these person-days, the earliest that do.
    pub(super) fn loads(&mut self, shares: &[f64]) -> Vec<Shipment> {
        self.demand(shares);
        for gate in self.gates.clone() {
            self.room[gate] = 0.0;
        }
        // Ways that are found later take nothing from gates that were opened before.
        for gate in self.gates.clone() {
            self.room[gate] = self.most[gate];
            self.fill();
        }
        let loads = |&(dock, area, window): &(usize, usize, usize)| Shipment {
            area,
            window,
            supply: 0,
            loads: self.room[dock + 1],
        };
        self.docks.iter().map(loads).collect()
    }

    /// Lets through as much as can be, and returns how much that is.
    fn fill(&mut self) -> f64 {
        let mut all = 0.0;
        while self.measure() {
            let mut tried = vec![0; self.leaving.len()];
            while let Some(way) = self.way(&mut tried) {
                let loads = way.iter().map(|&arc| self.room[arc]).fold(f64::INFINITY, f64::min);
                for arc in way {
                    self.room[arc] -= loads;
                    self.room[arc ^ 1] += loads;
                }
                all += loads;
            }
        }
        all
    }

    /// Measures how far each node is; returns whether the sink can be reached.
    fn measure(&mut self) -> bool {
        self.distance.clear();
        self.distance.resize(self.leaving.len(), FAR);
        self.distance[OUTSIDE] = 0;
        let mut queue = VecDeque::from([OUTSIDE]);
        while let Some(node) = queue.pop_front() {
            for &arc in &self.leaving[node] {
                let next = self.to[arc];
                if self.room[arc] > ROOM && self.distance[next] == FAR {
                    self.distance[next] = self.distance[node] + 1;
                    queue.push_back(next);
                }
            }
        }
        self.distance[SINK] != FAR
    }

    /// A shortest way to the sink, past arcs that were `tried` in vain.
    fn way(&self, tried: &mut [usize]) -> Option<Vec<usize>> {
        let (mut way, mut node) = (Vec::new(), OUTSIDE);
        while node != SINK {
            let fits = |&arc: &usize| {
                self.room[arc] > ROOM && self.distance[self.to[arc]] == self.distance[node] + 1
            };
            let rest = self.leaving[node].iter().skip(tried[node]);
            if let Some((skipped, &arc)) = rest.enumerate().find(|(_, arc)| fits(arc)) {
                tried[node] += skipped;
                way.push(arc);
                node = self.to[arc];
            } else {
                // A dead end: back by one arc, which is not tried again.
                let arc = way.pop()?;
                node = self.to[arc ^ 1];
                tried[node] += 1;
            }
        }
        Some(way)
    }
}
