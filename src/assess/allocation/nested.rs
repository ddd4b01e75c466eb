//! Many windows: one level rises until something is used up, then the others go on rising. By hand for one pool;
//! where routes and docks limit the loads, with a flow that says what is full.

use super::linear::Unsolved;
use super::model::{Model, Shipment};
use super::network::Network;
use super::schedule::CRUMB;
use super::task::Task;
use super::verify::Outcome;
use crate::domain::Problems;

/// Shares one pool over many windows so that the worst-off is as well off as can be, then the next, and so
/// on; each area eats its own stock and inflow first.
///
/// Food keeps, so a load can wait in an area's store; but a load that comes after a need was missed cannot
/// make it good. Routes and caps of areas are left aside, and of several supplies the best for each area
/// counts: the minimum is then an upper bound for the task with all its limits.
///
/// # Errors
///
/// With everything that is wrong with the task.
///
/// # Example
///
/// Two windows of 25 loads for a large area and a small one that has food for five days:
///
/// ```
/// use passage::assess::allocation::{AreaInNeed, Supply, Task, Window, nested_water_fill};
/// let task = Task {
///     areas: vec![AreaInNeed::new("ALE", 250_000.0, 0.0), AreaInNeed::new("TAL", 60_000.0, 300_000.0)],
///     windows: vec![Window { day: 2.0, loads: 25.0 }, Window { day: 9.0, loads: 25.0 }],
///     horizon_days: 30.0,
///     supplies: vec![Supply::food(27_670.0)],
///     route_caps: Default::default(),
/// };
/// let shared = nested_water_fill(&task).unwrap();
/// // (50 · 27,670 + 300,000) / (310,000 · 30)
/// assert!((shared.minimum_coverage.unwrap() - 0.181_022).abs() < 1e-6);
/// ```
///
/// # Source
///
/// SPEC §6.3; water-filling: Radunović & Le Boudec, a unified framework for max-min and min-max
/// fairness.
pub fn nested_water_fill(task: &Task) -> Result<Outcome, Problems> {
    task.check()?;
    let model = Model::new(task);
    let shares = shares(&model);
    let served = model.areas.iter().zip(&shares).map(|(place, share)| place.own + share);
    Ok(Outcome::new(&model, &served.collect::<Vec<_>>()))
}

/// Person-days that deliveries serve in each area of one pool.
pub(super) fn shares(model: &Model) -> Vec<f64> {
    let mut rise = Rise::new(model);
    while let Some((gate, level)) = rise.next_full() {
        rise.freeze(gate, level);
    }
    rise.finish()
}

/// Person-days that deliveries of one supply serve in each area, and the loads, with routes, docks and store.
///
/// The level rises as in one pool. At each stop a flow through the network tells whether the limits let so
/// much through; if not, what is in its way is one more gate, and the level is looked for again.
///
/// # Errors
///
/// When rounding leads it in circles.
pub(super) fn shares_with_limits(model: &Model) -> Result<(Vec<f64>, Vec<Shipment>), Unsolved> {
    let mut rise = Rise::new(model);
    let mut network = Network::new(model);
    for _ in 0..MOST_STOPS {
        let next = rise.next_full();
        let level = next.map_or(f64::INFINITY, |(_, level)| level);
        if let Some(gate) = network.obstacle(&rise.shares_at(level)) {
            rise.gates.push(gate);
            let added = rise.gates.len() - 1;
            let full = rise.full_at(added, rise.left(added));
            if full.is_some_and(|full| full < level - ROUNDING) {
                continue;
            }
            // Only rounding is in the way.
            rise.gates.pop();
        }
        if let Some((gate, level)) = next {
            rise.freeze(gate, level);
        } else {
            let shares = rise.finish();
            let loads = network.loads(&shares);
            return Ok((shares, loads));
        }
    }
    Err(Unsolved::NotAccurate)
}

/// Stops of the level after which something must be wrong: each stops an area or finds a new gate.
const MOST_STOPS: usize = 100_000;

/// Levels this near to each other are one.
const ROUNDING: f64 = 1e-12;

/// Loads that must suffice for what cannot wait: food can serve each area at most what is open there from a
/// day on, plus what these loads bring.
pub(super) struct Gate {
    pub(super) loads: f64,
    /// The day for each area; the only one if it is the same for all.
    pub(super) days: Vec<f64>,
}

/// An area that can still rise.
struct Rising {
    area: usize,
    need: f64,
    own: f64,
    gain: f64,
    /// The most that deliveries can serve, person-days.
    most: f64,
}

impl Rising {
    fn share(&self, level: f64) -> f64 {
        (level * self.need - self.own).clamp(0.0, self.most)
    }
}

struct Rise<'a> {
    model: &'a Model,
    gates: Vec<Gate>,
    rising: Vec<Rising>,
    /// Areas that have stopped; what they have is in `shares`.
    stopped: Vec<usize>,
    shares: Vec<f64>,
}

impl<'a> Rise<'a> {
    fn new(model: &'a Model) -> Self {
        let store: f64 = model.stocks.iter().sum();
        let mut before = 0.0_f64;
        let mut gates: Vec<Gate> = Vec::with_capacity(model.windows.len() + 1);
        for window in &model.windows {
            gates.push(Gate { loads: before.min(store), days: vec![window.day] });
            before += window.loads;
        }
        gates.push(Gate { loads: before.min(store), days: vec![model.horizon_days] });
        // What is open from the first window on is all that can be served.
        let first = gates.remove(0).days[0];
        let rising = |(area, place): (usize, &super::model::Place)| {
            let (gain, most) = (place.best_gain(), place.open_need(first));
            (gain > 0.0 && most > 0.0 && place.need > 0.0).then_some(Rising {
                area,
                need: place.need,
                own: place.own,
                gain,
                most,
            })
        };
        let rising = model.areas.iter().enumerate().filter_map(rising).collect();
        Self { model, gates, rising, stopped: Vec::new(), shares: vec![0.0; model.areas.len()] }
    }

    /// The gate that is the first to be used up as the level rises, and that level.
    fn next_full(&self) -> Option<(usize, f64)> {
        let mut first: Option<(usize, f64)> = None;
        // The last gate bounds all loads and is most often the first to be full.
        for gate in (0..self.gates.len()).rev() {
            let left = self.left(gate);
            if first.is_some_and(|(_, level)| self.used(gate, level) <= left) {
                continue;
            }
            if let Some(level) = self.full_at(gate, left)
                && first.is_none_or(|(_, lowest)| level < lowest)
            {
                first = Some((gate, level));
            }
        }
        first
    }

    /// Person-days that deliveries serve at this level.
    fn shares_at(&self, level: f64) -> Vec<f64> {
        let mut shares = self.shares.clone();
        for area in &self.rising {
            shares[area.area] = area.share(level);
        }
        shares
    }

    /// What everybody has when nothing stops the level any more.
    fn finish(self) -> Vec<f64> {
        self.shares_at(f64::INFINITY)
    }

    /// Person-days of an area that can wait until after the gate.
    fn open(&self, area: usize, gate: usize) -> f64 {
        let days = &self.gates[gate].days;
        let day = if days.len() == 1 { days[0] } else { days[area] };
        self.model.areas[area].open_need(day)
    }

    /// Loads before the gate that the stopped areas leave.
    fn left(&self, gate: usize) -> f64 {
        let taken = self.stopped.iter().map(|&area| {
            let early = (self.shares[area] - self.open(area, gate)).max(0.0);
            if early > 0.0 { early / self.model.areas[area].best_gain() } else { 0.0 }
        });
        (self.gates[gate].loads - taken.sum::<f64>()).max(0.0)
    }

    /// Loads that the rising areas need before the gate at this level.
    fn used(&self, gate: usize, level: f64) -> f64 {
        let early =
            |area: &Rising| (area.share(level) - self.open(area.area, gate)).max(0.0) / area.gain;
        self.rising.iter().map(early).sum()
    }

    /// The level at which the rising areas need all that is left before the gate; `None` for never.
    fn full_at(&self, gate: usize, left: f64) -> Option<f64> {
        let mut bends: Vec<(f64, f64)> = Vec::with_capacity(2 * self.rising.len());
        for area in &self.rising {
            let open = self.open(area.area, gate);
            if area.most > open {
                let slope = area.need / area.gain;
                bends.push(((area.own + open) / area.need, slope));
                bends.push(((area.own + area.most) / area.need, -slope));
            }
        }
        bends.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(b.1.total_cmp(&a.1)));
        let (mut level, _) = *bends.first()?;
        let (mut used, mut slope) = (0.0, 0.0_f64);
        for (bend, change) in bends {
            let more = slope * (bend - level);
            if used + more > left {
                return Some(level + (left - used) / slope);
            }
            used += more;
            level = bend;
            slope = (slope + change).max(0.0);
        }
        None
    }

    /// Stops those that need loads before the full gate; the others can rise by what can wait until after it.
    fn freeze(&mut self, gate: usize, level: f64) {
        for mut area in std::mem::take(&mut self.rising) {
            let (share, open) = (area.share(level), self.open(area.area, gate));
            area.most = area.most.min(open);
            if share >= open || area.most <= CRUMB * area.gain {
                self.shares[area.area] = share.max(area.most.max(0.0));
                self.stopped.push(area.area);
            } else {
                self.rising.push(area);
            }
        }
        self.gates.remove(gate);
    }
}
