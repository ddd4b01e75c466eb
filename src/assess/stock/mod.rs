//! Stock and flow: what an area has to eat, what comes in, who eats it, and what of that is known.
//!
//! A [`Supply`] is put together once for an area and then asked as often as one likes: [`simulate()`] for a
//! period that is over or planned, [`run_out()`] for the day the food ends, [`coverage_interval`] for the share
//! of the need that was met, with its doubt. Days are numbers on one axis whose origin the caller chooses.

mod coverage;
mod flow;
#[cfg(test)]
mod laws;
mod run_out;
mod simulate;

pub use coverage::{CoverageInterval, coverage_interval};
pub(super) use run_out::first_stockout;
pub use run_out::{HORIZON_DAYS, Outlook, RunOut, RunOutStatus, run_out, run_out_closed};
pub use simulate::{Period, Simulation, SupplyFlag, SupplyStatus, simulate};

use std::borrow::Cow;

pub(super) use self::flow::Opening;
use crate::domain::Figure;

/// Below this share of 2,100 kcal a ration is worth a warning. No published floor for survival was found.
/// Source: project decision (SPEC §3).
pub const LOW_RATION: f64 = 0.5;

/// How what there is gets shared out. A share is a fraction of 2,100 kcal per person and day.
///
/// A share that is negative or no number counts as the full need, a trigger that is as none: nobody is
/// assumed to eat less without a reason.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Rationing {
    /// Everybody eats the full need while there is food.
    #[default]
    Full,
    /// Everybody always eats the same share of the need.
    Constant {
        /// The share eaten.
        share: f64,
    },
    /// The full need while there is food for more than some days, a share of it from then on.
    Threshold {
        /// The trigger: days of the full need.
        theta_days: f64,
        /// The share eaten at or below the trigger.
        share: f64,
    },
}

impl Rationing {
    /// Is the smallest ration below [`LOW_RATION`]?
    #[must_use]
    pub fn is_low(self) -> bool {
        self.terms().below < LOW_RATION
    }

    /// The three numbers that all ways of sharing have in common.
    fn terms(self) -> RationTerms {
        let sound = |share| sound(share).unwrap_or(1.0);
        match self {
            Self::Full => RationTerms { above: 1.0, theta_days: 0.0, below: 1.0 },
            Self::Constant { share } => {
                RationTerms { above: sound(share), theta_days: 0.0, below: sound(share) }
            }
            Self::Threshold { theta_days, share } => {
                let theta_days = self::sound(theta_days).unwrap_or(0.0);
                RationTerms { above: 1.0, theta_days, below: sound(share) }
            }
        }
    }
}

/// Above the trigger one share is eaten, at or below it another.
#[derive(Debug, Clone, Copy)]
struct RationTerms {
    above: f64,
    theta_days: f64,
    below: f64,
}

impl RationTerms {
    /// The stock at which the ration changes: person-days.
    fn trigger(self, need: f64) -> f64 {
        // Days without end times nobody is not a number.
        if need > 0.0 { self.theta_days * need } else { 0.0 }
    }
}

/// What a [`StockEvent`] does to a store, in the order of events of one instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StockChange {
    /// The store was counted: it holds this many person-days, whatever was thought.
    Count,
    /// So many person-days were lost.
    Loss,
    /// So many person-days arrived.
    Arrival,
    /// From now on there are so many people. The stock stays as it is.
    Population,
    /// From now on so many person-days come in by themselves each day.
    Inflow,
}

/// Something that changes a store, those who eat from it, or what comes in by itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StockEvent {
    /// When, in days.
    pub day: f64,
    /// What changes.
    pub change: StockChange,
    /// By or to how much: person-days, people, or person-days a day.
    pub amount: Figure,
}

impl StockEvent {
    /// The amount at one end of its doubt.
    fn amount(&self, reading: Reading) -> Option<f64> {
        match self.change {
            StockChange::Count | StockChange::Arrival | StockChange::Inflow => {
                reading.food(self.amount)
            }
            StockChange::Loss => reading.loss(self.amount),
            StockChange::Population => reading.population(self.amount),
        }
    }
}

/// What an area has to eat and who eats it.
///
/// A figure of which nothing is known stays unknown in every answer that needs it. Where nothing comes in by
/// itself say so with `Figure::exactly(0.0)`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Supply<'a> {
    /// What is in store at the start: person-days at 2,100 kcal.
    pub stock: Figure,
    /// Those who eat from it.
    pub population: Figure,
    /// People whom nobody counted and who eat too, as a share of the population; at least 0.
    pub uncounted: f64,
    /// What comes in by itself (local production, market, smuggling): person-days a day.
    pub inflow: Figure,
    /// How it is shared out.
    pub rationing: Rationing,
    /// What changes along the way, in any order; in order of time is quickest.
    pub events: &'a [StockEvent],
}

impl Supply<'_> {
    /// A store and those who eat from it: nothing comes in, all eat the full need, nothing changes.
    #[must_use]
    pub const fn of(stock: Figure, population: Figure) -> Self {
        Self {
            stock,
            population,
            uncounted: 0.0,
            inflow: Figure::exactly(0.0),
            rationing: Rationing::Full,
            events: &[],
        }
    }

    /// The supply at its start, at one end of its doubt.
    fn opening(&self, reading: Reading) -> Opening {
        Opening {
            stock: reading.food(self.stock),
            population: reading.population(self.population),
            uncounted: self.uncounted,
            inflow: reading.food(self.inflow),
            rationing: self.rationing,
        }
    }
}

/// The events in order of time, and within one instant in the order of [`StockChange`]. Of two counts of one
/// instant the one told later has the last word, and so for population and inflow.
pub(super) fn in_order(events: &[StockEvent]) -> Cow<'_, [StockEvent]> {
    let order = |one: &StockEvent, other: &StockEvent| {
        one.day.total_cmp(&other.day).then(one.change.cmp(&other.change))
    };
    if events.is_sorted_by(|one, other| order(one, other).is_le()) {
        return Cow::Borrowed(events);
    }
    let mut events = events.to_vec();
    events.sort_by(order);
    Cow::Owned(events)
}

/// Which end of every doubt to compute with: the ends go together so that food per head is least or most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Least food, most losses, most people. "At most" gives no food.
    Least,
    /// The best estimate of each. A range without a best is unknown here.
    Best,
    /// Most food, least losses, fewest people. "At least" gives food without end.
    Most,
}

impl Reading {
    /// How much food, of which more is better.
    fn food(self, figure: Figure) -> Option<f64> {
        sound_figure(match self {
            Self::Least => figure.floor().or_else(|| figure.high().map(|_| 0.0)),
            Self::Best => figure.best(),
            Self::Most => figure.ceiling().or_else(|| figure.low().map(|_| f64::INFINITY)),
        })
    }

    /// How much food is lost, of which less is better.
    fn loss(self, figure: Figure) -> Option<f64> {
        match self {
            Self::Least => Self::Most.food(figure),
            Self::Best => Self::Best.food(figure),
            Self::Most => Self::Least.food(figure),
        }
    }

    /// How many people. "At least" says nothing of the most there can be.
    fn population(self, figure: Figure) -> Option<f64> {
        sound_figure(match self {
            Self::Least => figure.ceiling(),
            Self::Best => figure.best(),
            Self::Most => figure.floor().or_else(|| figure.high().map(|_| 0.0)),
        })
        .filter(|people| people.is_finite())
    }
}

fn sound_figure(number: Option<f64>) -> Option<f64> {
    number.and_then(sound)
}

/// The number, unless it is negative or not a number: that is unknown. Zero gets its plus sign.
fn sound(number: f64) -> Option<f64> {
    (number >= 0.0).then_some(number + 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_most_is_no_food_in_the_worst_case_and_at_least_is_food_without_end_in_the_best() {
        let at_most = Figure::computed(None, None, Some(5.0));
        let at_least = Figure::computed(Some(5.0), None, None);
        assert_eq!(Reading::Least.food(at_most), Some(0.0));
        assert_eq!(Reading::Most.food(at_least), Some(f64::INFINITY));
        assert_eq!(Reading::Least.loss(at_least), Some(f64::INFINITY));
        assert_eq!(Reading::Least.population(at_least), None);
        assert_eq!(Reading::Most.population(at_most), Some(0.0));
    }

    #[test]
    fn what_is_wholly_unknown_is_unknown_at_both_ends() {
        for reading in [Reading::Least, Reading::Best, Reading::Most] {
            assert_eq!(reading.food(Figure::UNKNOWN), None);
            assert_eq!(reading.loss(Figure::UNKNOWN), None);
            assert_eq!(reading.population(Figure::UNKNOWN), None);
        }
    }

    #[test]
    fn a_negative_amount_and_one_that_is_no_number_are_unknown() {
        for number in [-1.0, f64::NAN, f64::NEG_INFINITY] {
            assert_eq!(Reading::Best.food(Figure::exactly(number)), None);
        }
        assert_eq!(Reading::Best.population(Figure::exactly(f64::INFINITY)), None);
    }

    #[test]
    fn events_of_one_instant_come_as_count_loss_arrival_population_inflow() {
        use StockChange::{Arrival, Count, Inflow, Loss, Population};
        let event = |change| StockEvent { day: 1.0, change, amount: Figure::exactly(1.0) };
        let told = [Inflow, Population, Arrival, Loss, Count].map(event);
        let ordered: Vec<_> = in_order(&told).iter().map(|event| event.change).collect();
        assert_eq!(ordered, [Count, Loss, Arrival, Population, Inflow]);
    }

    #[test]
    fn only_a_ration_below_half_the_need_is_low() {
        assert!(!Rationing::Constant { share: 0.5 }.is_low());
        assert!(Rationing::Threshold { theta_days: 5.0, share: 0.49 }.is_low());
        assert!(!Rationing::Constant { share: f64::NAN }.is_low());
    }
}
