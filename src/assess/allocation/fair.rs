//! The two policies over the linear model: level by level, or one level and then the least unmet need.

use super::linear::{Linear, Row, Solved, Unsolved};
use super::model::{Model, Shipment};
use super::verify::trimmed;
use crate::domain::choice::choice;

choice! {
    /// What is best when not all can be fed.
    Policy {
        /// Raise the worst-off as far as can be, then the next, and so on.
        Lexicographic = "lexicographic",
        /// Raise the worst-off as far as can be, then leave the least need unmet in all.
        MaxminThenUnmet = "maxmin_then_unmet",
    }
}

/// What a level that is reached may give way, coverage: the least with which the solver comes to an end.
/// Without any it has no room to work in.
const SLACKS: [f64; 4] = [1e-9, 1e-8, 1e-7, 1e-6];

/// An area that is this far above a level has been raised, coverage.
const RAISED: f64 = 1e-6;

/// A price above this stops an area for certain; all prices of a level add up to 1.
const PRICED: f64 = 1e-6;

/// A plan of divisible loads.
pub(super) struct Division {
    pub(super) shipments: Vec<Shipment>,
    /// The minimum that the solver claims.
    pub(super) minimum: f64,
}

/// The plan that the policy calls best.
///
/// # Errors
///
/// When the solver has no answer.
pub(super) fn divided(model: &Model, policy: Policy) -> Result<Division, Unsolved> {
    let linear = Linear::new(model);
    let mut climb = Climb::new(&linear);
    let (last, minimum) = match policy {
        Policy::Lexicographic => climb.level_by_level()?,
        Policy::MaxminThenUnmet => {
            climb.rise_once()?;
            (climb.leave_least_unmet()?, climb.level)
        }
    };
    // The same coverage with the earliest deliveries; where that is too hard, as it is.
    let settled = climb.earliest(&last).unwrap_or(last);
    Ok(Division { shipments: trimmed(model, settled.shipments(&linear)), minimum })
}

/// The highest minimum coverage.
///
/// # Errors
///
/// When the solver has no answer.
pub(super) fn highest_minimum(model: &Model) -> Result<f64, Unsolved> {
    let linear = Linear::new(model);
    let mut climb = Climb::new(&linear);
    climb.rise_once().map(|_| climb.level)
}

struct Climb<'a> {
    linear: &'a Linear<'a>,
    /// The coverage that each stopped area keeps, by its place in the linear model.
    floors: Vec<Option<f64>>,
    level: f64,
}

impl<'a> Climb<'a> {
    fn new(linear: &'a Linear<'a>) -> Self {
        Self { linear, floors: vec![None; linear.areas.len()], level: 0.0 }
    }

    fn coverage(&self, solved: &Solved, place: usize) -> f64 {
        self.linear.own(place) + solved.value(self.linear.share(place))
    }

    /// The area keeps at least this coverage.
    fn keeps(&self, place: usize, floor: f64) -> Row {
        let bound = self.linear.own(place) - floor;
        Row { terms: vec![(self.linear.share(place), -1.0)], bound }
    }

    /// The area is at least at the level, wherever that is.
    fn follows(&self, place: usize) -> Row {
        let terms = vec![(self.linear.level(), 1.0), (self.linear.share(place), -1.0)];
        Row { terms, bound: self.linear.own(place) }
    }

    /// The answer with the least `cost`, with as little slack on what the areas keep as can be.
    fn least(&self, cost: &[(usize, f64)], rows: &[Row]) -> Result<Solved, Unsolved> {
        let mut answer = Err(Unsolved::NotAccurate);
        for slack in SLACKS {
            let eased = |row: &Row| {
                let slack = if row.terms.len() == 1 { slack } else { 0.0 };
                Row { bound: row.bound + slack, terms: row.terms.clone() }
            };
            let rows: Vec<Row> = rows.iter().map(eased).collect();
            answer = self.linear.least(cost, &rows);
            if answer.is_ok() {
                break;
            }
        }
        answer
    }

    fn rise_once(&mut self) -> Result<Solved, Unsolved> {
        let rows: Vec<Row> = self
            .floors
            .iter()
            .enumerate()
            .map(|(at, floor)| floor.map_or_else(|| self.follows(at), |f| self.keeps(at, f)))
            .collect();
        let solved = self.least(&[(self.linear.level(), -1.0)], &rows)?;
        self.level = solved.value(self.linear.level());
        Ok(solved)
    }

    /// Raises level after level; returns the last answer and the first level.
    fn level_by_level(&mut self) -> Result<(Solved, f64), Unsolved> {
        let mut last = self.rise()?;
        let minimum = self.level;
        while self.floors.contains(&None) {
            last = self.rise()?;
        }
        Ok((last, minimum))
    }

    /// Raises the level as far as can be and stops all areas that are stopped there.
    fn rise(&mut self) -> Result<Solved, Unsolved> {
        let solved = self.rise_once()?;
        let at_level: Vec<usize> = (0..self.floors.len())
            .filter(|&at| self.floors[at].is_none())
            .filter(|&at| self.coverage(&solved, at) <= self.level + RAISED)
            .collect();
        let (stopped, unsure): (Vec<_>, Vec<_>) =
            at_level.iter().partition(|&&at| solved.prices[at] > PRICED);
        let mut stopped: Vec<usize> = stopped;
        stopped.extend(self.not_raised(unsure)?);
        if stopped.is_empty() {
            // Only rounding can hide who is stopped; the lowest are.
            stopped = at_level;
        }
        if stopped.is_empty() {
            return Err(Unsolved::NotAccurate);
        }
        for at in stopped {
            self.floors[at] = Some(self.level);
        }
        Ok(solved)
    }

    /// Those of the areas at the level that no plan raises: tried, not read from a price near zero.
    fn not_raised(&self, mut unsure: Vec<usize>) -> Result<Vec<usize>, Unsolved> {
        let rows: Vec<Row> = self
            .floors
            .iter()
            .enumerate()
            .map(|(at, floor)| self.keeps(at, floor.unwrap_or(self.level)))
            .collect();
        while !unsure.is_empty() {
            let raise: Vec<_> = unsure.iter().map(|&at| (self.linear.share(at), -1.0)).collect();
            let solved = self.least(&raise, &rows)?;
            let before = unsure.len();
            unsure.retain(|&at| self.coverage(&solved, at) <= self.level + RAISED);
            if unsure.len() == before {
                break;
            }
        }
        Ok(unsure)
    }

    /// Feeds as many person-days as can be while nobody falls below the level or the own floor.
    fn leave_least_unmet(&self) -> Result<Solved, Unsolved> {
        let rows: Vec<Row> = self
            .floors
            .iter()
            .enumerate()
            .map(|(at, floor)| self.keeps(at, floor.unwrap_or(self.level)))
            .collect();
        let areas = &self.linear.model.areas;
        let need = |at: usize| areas[self.linear.areas[at]].need;
        let all: f64 = (0..self.floors.len()).map(need).sum();
        let served: Vec<_> =
            (0..self.floors.len()).map(|at| (self.linear.share(at), -need(at) / all)).collect();
        self.least(&served, &rows)
    }

    /// The earliest and fewest loads that give every area what it has in `solved`.
    fn earliest(&self, solved: &Solved) -> Result<Solved, Unsolved> {
        let floor = |at: usize| self.floors[at].unwrap_or_else(|| self.coverage(solved, at));
        let rows: Vec<Row> = (0..self.floors.len()).map(|at| self.keeps(at, floor(at))).collect();
        let all: f64 = self.linear.model.windows.iter().map(|window| window.loads).sum();
        let cost: Vec<_> = self
            .linear
            .columns
            .iter()
            .enumerate()
            .map(|(column, (shipment, gain))| (column, rank(shipment.window) / (gain * all)))
            .collect();
        self.least(&cost, &rows)
    }
}

/// The cost of a load in a window: later costs more, and a load that feeds nobody costs too.
#[expect(clippy::cast_precision_loss, reason = "windows are counted in tens")]
fn rank(window: usize) -> f64 {
    1.0 + window as f64
}
