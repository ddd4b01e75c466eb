//! Whole loads for the second policy: among the plans with the highest minimum, the one that leaves least unmet.
//! Branch and bound over the linear model, for small tasks.

use super::linear::{Linear, Row, Unsolved};
use super::model::{Model, Shipment};
use super::verify::replayed;
use super::whole::loads_before;

/// Nodes that are looked at before the best plan so far is taken.
const MOST_NODES: usize = 2_000;

/// Loads that are this near to whole are whole.
const WHOLE: f64 = 1e-4;

/// Served person-days that are worth another node, as a share of all need.
const WORTH: f64 = 1e-6;

/// The best plan that was found.
pub(super) struct Branched {
    pub(super) shipments: Vec<Shipment>,
    /// Has every better plan been ruled out?
    pub(super) proven: bool,
}

/// The plan with least unmet need among those that leave nobody below the minimum of `first`, a plan that is
/// known to be possible.
pub(super) fn least_unmet(model: &Model, first: Vec<Shipment>) -> Branched {
    let linear = Linear::new(model);
    let mut search = Search::new(&linear, first);
    let mut nodes = 0;
    let mut open = vec![Vec::new()];
    while let Some(bounds) = open.pop() {
        nodes += 1;
        if nodes > MOST_NODES {
            return Branched { shipments: search.best, proven: false };
        }
        match search.look_at(&bounds) {
            Ok(children) => open.extend(children),
            Err(Unsolved::Infeasible) => {}
            Err(Unsolved::NotAccurate) => search.proven = false,
        }
    }
    Branched { proven: search.proven, shipments: search.best }
}

/// A bound on one column: at most, or at least, so many loads.
#[derive(Clone, Copy)]
enum Bound {
    AtMost(usize, f64),
    AtLeast(usize, f64),
}

struct Search<'a> {
    linear: &'a Linear<'a>,
    /// The loads that everybody must have by each window, whatever else is decided.
    floors: Vec<Row>,
    cost: Vec<(usize, f64)>,
    need: f64,
    best: Vec<Shipment>,
    best_served: f64,
    proven: bool,
}

impl<'a> Search<'a> {
    fn new(linear: &'a Linear<'a>, first: Vec<Shipment>) -> Self {
        let model = linear.model;
        let served = replayed(model, &first);
        let minimum = linear.areas.iter().filter_map(|&area| model.coverage(area, served[area]));
        let minimum = minimum.fold(1.0, f64::min);
        let need: f64 = model.areas.iter().map(|place| place.need).sum();
        let served_cost =
            |(at, &area): (usize, &usize)| (linear.share(at), -model.areas[area].need / need);
        let mut cost: Vec<_> = linear.areas.iter().enumerate().map(served_cost).collect();
        // Without a small preference the solver halves loads between plans that are equally good.
        for (column, (shipment, _)) in linear.columns.iter().enumerate() {
            let share = model.areas[shipment.area].need / need;
            cost.push((column, WORTH * share * preference(column)));
        }
        Self {
            linear,
            floors: floors(linear, minimum),
            cost,
            need,
            best_served: served.iter().sum(),
            best: first,
            proven: true,
        }
    }

    /// Solves a node; returns its children, or none if it holds nothing better.
    fn look_at(&mut self, bounds: &[Bound]) -> Result<Vec<Vec<Bound>>, Unsolved> {
        let mut rows = self.floors.clone();
        rows.extend(bounds.iter().map(|bound| self.row(*bound)));
        let solved = self.linear.least(&self.cost, &rows)?;
        let (areas, places) = (&self.linear.model.areas, &self.linear.areas);
        let served = |(at, &area): (usize, &usize)| {
            areas[area].own + areas[area].need * solved.value(self.linear.share(at))
        };
        let bound: f64 = places.iter().enumerate().map(served).sum();
        if bound <= self.best_served + WORTH * self.need {
            return Ok(Vec::new());
        }
        let mut shipments = solved.shipments(self.linear);
        let off = |s: &Shipment| (s.loads - s.loads.round()).abs();
        let halved = shipments.iter().enumerate().max_by(|a, b| off(a.1).total_cmp(&off(b.1)));
        if let Some((column, shipment)) = halved.filter(|(_, shipment)| off(shipment) > WHOLE) {
            let (less, more) = (shipment.loads.floor(), shipment.loads.ceil());
            let child = |bound| bounds.iter().copied().chain([bound]).collect::<Vec<_>>();
            let children =
                [child(Bound::AtMost(column, less)), child(Bound::AtLeast(column, more))];
            return Ok(children.into());
        }
        for shipment in &mut shipments {
            shipment.loads = shipment.loads.round();
        }
        shipments.retain(|shipment| shipment.loads > 0.0);
        self.take_if_better(shipments);
        Ok(Vec::new())
    }

    fn take_if_better(&mut self, shipments: Vec<Shipment>) {
        let served: f64 = replayed(self.linear.model, &shipments).iter().sum();
        if served > self.best_served {
            self.best_served = served;
            self.best = shipments;
        }
    }

    fn row(&self, bound: Bound) -> Row {
        let gain = |column: usize| self.linear.columns[column].1;
        match bound {
            Bound::AtMost(column, loads) => {
                Row { terms: vec![(column, 1.0)], bound: loads * gain(column) }
            }
            Bound::AtLeast(column, loads) => {
                Row { terms: vec![(column, -1.0)], bound: -loads * gain(column) }
            }
        }
    }
}

/// Whole loads that each area must have before each window to reach the minimum.
fn floors(linear: &Linear, minimum: f64) -> Vec<Row> {
    let model = linear.model;
    let mut rows = Vec::new();
    for &area in &linear.areas {
        let place = &model.areas[area];
        let share = minimum * place.need - place.own;
        let before = loads_before(model, area, share);
        for (window, loads) in before.iter().enumerate().filter(|(_, loads)| **loads > 0) {
            let came = |(_, (shipment, _)): &(usize, &(Shipment, f64))| {
                shipment.area == area && shipment.window < window
            };
            let columns = linear.columns.iter().enumerate().filter(came);
            let terms = columns.map(|(column, _)| (column, -1.0)).collect();
            let bound = -super::greedy::count(*loads) * place.best_gain() / place.need;
            rows.push(Row { terms, bound });
        }
    }
    rows
}

/// A number from 0 to 1 for each column, no two alike.
#[expect(clippy::cast_precision_loss, reason = "columns are counted in hundreds")]
fn preference(column: usize) -> f64 {
    const GOLDEN: f64 = 0.618_033_988_749_895;
    ((column + 1) as f64 * GOLDEN).fract()
}
