//! The linear model, scaled by need, and the solver behind it.
//!
//! Every load is measured by the share of the area's need that it covers, so that all numbers are near 1: in
//! raw person-days a solver takes a wrong minimum for the best one. The solver is an interior-point method
//! ([`clarabel`]): among all best answers it comes to one in the middle, where whatever can be raised is
//! raised and whatever has a price cannot. So one solve tells *all* areas that are stopped at a level.

use clarabel::algebra::CscMatrix;
use clarabel::solver::SupportedConeT::NonnegativeConeT;
use clarabel::solver::{
    DefaultSettings, DefaultSettingsBuilder, DefaultSolver, IPSolver, SolverStatus,
};

use super::model::{Model, Shipment};

/// Gap and feasibility that the solver must reach, in coverage.
const TOLERANCE: f64 = 1e-10;

/// What is still taken where the solver stalls on its last digits. Every plan is checked afterwards.
const LAST_TOLERANCE: f64 = 1e-8;

/// What a row may be off in an answer, and cost and price apart, when we check them ourselves: a solver can
/// call an answer solved that is far from it.
const TRUSTED: f64 = 1e-7;

/// Why there is no answer of the solver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unsolved {
    /// No plan meets all that was asked.
    #[error("no plan meets all limits at once")]
    Infeasible,
    /// The solver did not come to an end it could vouch for.
    #[error("the solver did not reach an answer of the accuracy that a plan needs")]
    NotAccurate,
}

/// One sum of variables that may not be above a bound.
#[derive(Clone)]
pub(super) struct Row {
    pub(super) terms: Vec<(usize, f64)>,
    pub(super) bound: f64,
}

/// Variables in order: one for each load that can be sent, one for what deliveries serve in each area, the
/// level. All in coverage.
pub(super) struct Linear<'a> {
    pub(super) model: &'a Model,
    /// Loads that can be sent, with the coverage that one load brings.
    pub(super) columns: Vec<(Shipment, f64)>,
    /// Areas that have a need.
    pub(super) areas: Vec<usize>,
    rows: Vec<Row>,
}

/// Every load that can be sent and helps, in the order of areas, windows and supplies, with the coverage that
/// it brings.
fn choices(model: &Model) -> impl Iterator<Item = (Shipment, f64)> {
    let place = |area: usize| &model.areas[area];
    let ways =
        (0..model.areas.len()).filter(move |&area| place(area).need > 0.0).flat_map(move |area| {
            let open = move |&window: &usize| model.most_loads(area, window) > 0.0;
            (0..model.windows.len()).filter(open).map(move |window| (area, window))
        });
    ways.flat_map(move |(area, window)| {
        let gains = place(area).gains.iter().enumerate();
        let some = gains.filter(|(supply, gain)| **gain > 0.0 && model.stocks[*supply] > 0.0);
        some.map(move |(supply, gain)| {
            (Shipment { area, window, supply, loads: 1.0 }, gain / place(area).need)
        })
    })
}

/// How many numbers of loads the linear model of a task decides.
pub(super) fn numbers(model: &Model) -> usize {
    choices(model).count()
}

/// An answer of the solver.
pub(super) struct Solved {
    x: Vec<f64>,
    /// The price of each row that was asked for, in the order given.
    pub(super) prices: Vec<f64>,
}

impl<'a> Linear<'a> {
    pub(super) fn new(model: &'a Model) -> Self {
        let areas: Vec<usize> =
            (0..model.areas.len()).filter(|&area| model.areas[area].need > 0.0).collect();
        let columns = choices(model).collect();
        let mut linear = Self { model, columns, areas, rows: Vec::new() };
        linear.add_nothing_is_taken_back();
        linear.add_food_that_keeps();
        linear.add_caps();
        linear
    }

    /// Own coverage of the area at this place of [`Self::areas`].
    pub(super) fn own(&self, place: usize) -> f64 {
        let area = &self.model.areas[self.areas[place]];
        area.own / area.need
    }

    /// The variable of what deliveries serve in an area, by its place in [`Self::areas`].
    pub(super) fn share(&self, place: usize) -> usize {
        self.columns.len() + place
    }

    /// The variable of the level.
    pub(super) fn level(&self) -> usize {
        self.columns.len() + self.areas.len()
    }

    /// No load, share or level is below zero.
    fn add_nothing_is_taken_back(&mut self) {
        let none = |column| Row { terms: vec![(column, -1.0)], bound: 0.0 };
        self.rows.extend((0..=self.level()).map(none));
    }

    /// What is served is at most what is open from a window on, plus what came before it. One such row for
    /// each window says all that stock, eating and time can say.
    fn add_food_that_keeps(&mut self) {
        let windows = &self.model.windows;
        let mut column = 0;
        for (place, &area) in self.areas.iter().enumerate() {
            let place_in_need = &self.model.areas[area];
            let open = |day| place_in_need.open_need(day) / place_in_need.need;
            let mut terms = vec![(self.share(place), 1.0)];
            let mut last = f64::INFINITY;
            for window in 0..=windows.len() {
                let bound = windows.get(window).map_or(0.0, |window| open(window.day));
                while window > 0
                    && self.columns.get(column).is_some_and(|(shipment, _)| {
                        shipment.area == area && shipment.window == window - 1
                    })
                {
                    terms.push((column, -1.0));
                    column += 1;
                }
                // Where nothing is lost by waiting, the row before says it already.
                if bound < last {
                    self.rows.push(Row { terms: terms.clone(), bound });
                }
                last = bound;
            }
        }
    }

    fn add_caps(&mut self) {
        let model = self.model;
        let mut groups = std::collections::BTreeMap::new();
        for (column, (shipment, gain)) in self.columns.iter().enumerate() {
            let &Shipment { area, window, supply, .. } = shipment;
            let route = model.areas[area].route;
            let mut cap = |kind: u8, at: usize, cap: f64| {
                if cap.is_finite() {
                    let terms = groups.entry((kind, at, window)).or_insert_with(Vec::new);
                    terms.push((column, 1.0 / (gain * cap)));
                }
            };
            cap(0, 0, model.windows[window].loads);
            cap(1, area, model.area_cap(area, window));
            if let Some(route) = route {
                cap(2, route, model.road_cap(route, window));
            }
            if model.stocks[supply].is_finite() {
                let terms = groups.entry((3, supply, 0)).or_insert_with(Vec::new);
                terms.push((column, 1.0 / (gain * model.stocks[supply])));
            }
        }
        self.rows.extend(groups.into_values().map(|terms| Row { terms, bound: 1.0 }));
    }

    /// Does an answer keep every row?
    fn holds(&self, x: &[f64], asked: &[Row]) -> bool {
        self.rows.iter().chain(asked).all(|Row { terms, bound }| {
            let sum: f64 = terms.iter().map(|&(column, value)| x[column] * value).sum();
            sum <= bound + TRUSTED
        })
    }

    /// The answer with the least `cost` that also keeps the rows asked for.
    ///
    /// # Errors
    ///
    /// When there is none, or none of the accuracy that is needed.
    pub(super) fn least(&self, cost: &[(usize, f64)], asked: &[Row]) -> Result<Solved, Unsolved> {
        let size = self.level() + 1;
        let (mut at_row, mut at_column, mut values) = (Vec::new(), Vec::new(), Vec::new());
        let mut bounds = Vec::with_capacity(self.rows.len() + asked.len());
        for (row, Row { terms, bound }) in self.rows.iter().chain(asked).enumerate() {
            for &(column, value) in terms {
                at_row.push(row);
                at_column.push(column);
                values.push(value);
            }
            bounds.push(*bound);
        }
        let mut costs = vec![0.0; size];
        for &(column, value) in cost {
            costs[column] += value;
        }
        let rows = CscMatrix::new_from_triplets(bounds.len(), size, at_row, at_column, values);
        let curvature = CscMatrix::zeros((size, size));
        let cones = [NonnegativeConeT(bounds.len())];
        let mut solver =
            DefaultSolver::new(&curvature, &costs, &rows, &bounds, &cones, settings()?)
                .map_err(|_refused| Unsolved::NotAccurate)?;
        solver.solve();
        let answer = solver.solution;
        match answer.status {
            SolverStatus::Solved | SolverStatus::AlmostSolved => {
                if !self.holds(&answer.x, asked) || !is_near(answer.obj_val, answer.obj_val_dual) {
                    return Err(Unsolved::NotAccurate);
                }
                Ok(Solved { x: answer.x, prices: answer.z[self.rows.len()..].to_vec() })
            }
            SolverStatus::PrimalInfeasible => Err(Unsolved::Infeasible),
            _ => Err(Unsolved::NotAccurate),
        }
    }
}

/// Are cost and price of an answer the same, as they are for the best?
fn is_near(cost: f64, price: f64) -> bool {
    (cost - price).abs() <= TRUSTED
}

fn settings() -> Result<DefaultSettings<f64>, Unsolved> {
    DefaultSettingsBuilder::default()
        .verbose(false)
        .max_iter(300)
        .max_threads(1)
        .tol_gap_abs(TOLERANCE)
        .tol_gap_rel(TOLERANCE)
        .tol_feas(TOLERANCE)
        .reduced_tol_gap_abs(LAST_TOLERANCE)
        .reduced_tol_gap_rel(LAST_TOLERANCE)
        .reduced_tol_feas(LAST_TOLERANCE)
        .build()
        .map_err(|_refused| Unsolved::NotAccurate)
}

impl Solved {
    pub(super) fn value(&self, variable: usize) -> f64 {
        self.x[variable]
    }

    /// The loads of the answer.
    pub(super) fn shipments(&self, linear: &Linear) -> Vec<Shipment> {
        let loads = |(column, (shipment, gain)): (usize, &(Shipment, f64))| Shipment {
            loads: self.x[column] / gain,
            ..*shipment
        };
        linear.columns.iter().enumerate().map(loads).collect()
    }
}
