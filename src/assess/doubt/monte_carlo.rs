//! The doubt of a run-out by drawing lots. The same seed gives the same days, on every run and every machine.
//!
//! One area is drawn in one go, in one stream of numbers; whoever has many areas lets them run side by side. The
//! generator is xoshiro256++, which `rand` promises to keep as it is, and the draws use only operations that
//! are exact to the last bit everywhere.

use rand::rngs::Xoshiro256PlusPlus;
use rand::{RngExt, SeedableRng};

use super::{RunoutQuantiles, Triangular};
use crate::assess::stock::{
    Opening, Outlook, Rationing, RunOutStatus, StockEvent, first_stockout, in_order, run_out_closed,
};

/// How many lots to draw. Source: SPEC §3.
pub const DRAWS: usize = 200_000;

/// What a run-out depends on, each with its doubt and independent of the others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RunoutDoubt {
    /// Person-days in store.
    pub stock: Triangular,
    /// Those who eat, also those whom nobody counted.
    pub population: Triangular,
    /// The share of 2,100 kcal that is eaten; below the trigger if there is one.
    pub ration: Triangular,
    /// What comes in by itself: person-days a day.
    pub inflow: Triangular,
    /// The share of the stock that is lost.
    pub loss: Triangular,
    /// The days of full need down to which all is eaten in full; `None` where people always ration.
    pub theta_days: Option<f64>,
}

/// One lot.
struct Drawn {
    stock: f64,
    population: f64,
    inflow: f64,
    rationing: Rationing,
}

impl RunoutDoubt {
    fn draw(&self, lots: &mut Lots) -> Drawn {
        let stock = lots.draw(&self.stock);
        let population = lots.draw(&self.population);
        let share = lots.draw(&self.ration);
        let inflow = lots.draw(&self.inflow);
        let keep = (1.0 - lots.draw(&self.loss)).max(0.0);
        let rationing = self.theta_days.map_or(Rationing::Constant { share }, |theta_days| {
            Rationing::Threshold { theta_days, share }
        });
        Drawn { stock: stock * keep, population, inflow, rationing }
    }

    fn is_certain(&self) -> bool {
        let all = [self.stock, self.population, self.ration, self.inflow, self.loss];
        all.iter().all(Triangular::is_certain)
    }
}

/// The one stream of chance of an area.
struct Lots(Xoshiro256PlusPlus);

impl Lots {
    fn seeded(seed: u64) -> Self {
        Self(Xoshiro256PlusPlus::seed_from_u64(seed))
    }

    fn draw(&mut self, of: &Triangular) -> f64 {
        of.quantile(self.0.random::<f64>())
    }
}

/// Early, middle and late day on which the food ends if nothing arrives, by drawing lots.
///
/// Each lot is put into [`run_out_closed`]. The days hold only if no further convoy comes. Without any doubt
/// one lot is enough and is all that is drawn.
///
/// # Units
///
/// Days; infinite for never. `None` without lots.
///
/// # Example
///
/// Eastern Aleppo, July 2016: the UN's stock, people on short rations, some food still coming in. By the figures
/// as stated it lasts 16 to 18 days; with their doubt about 19 to 35.
///
/// ```
/// use passage::assess::doubt::{DRAWS, RunoutDoubt, Triangular, mc_runout};
/// let between = |low, best, high| Triangular::new(low, best, high).unwrap();
/// let aleppo = RunoutDoubt {
///     stock: between(0.75 * 4_500_000.0, 4_500_000.0, 4_500_000.0),
///     population: between(250_000.0, 262_500.0, 275_000.0),
///     ration: between(0.4, 0.6, 1.0),
///     inflow: between(0.0, 10_000.0, 50_000.0),
///     loss: between(0.0, 0.05, 0.15),
///     theta_days: None,
/// };
/// let days = mc_runout(&aleppo, DRAWS, 7).unwrap();
/// assert_eq!([days.p10, days.p50, days.p90].map(f64::round), [19.0, 25.0, 35.0]);
/// ```
///
/// # Source
///
/// SPEC §3, uncertainty.
#[must_use]
pub fn mc_runout(doubt: &RunoutDoubt, draws: usize, seed: u64) -> Option<RunoutQuantiles> {
    let draws = if doubt.is_certain() { draws.min(1) } else { draws };
    let mut lots = Lots::seeded(seed);
    let run_out = |_| {
        let Drawn { stock, population, inflow, rationing } = doubt.draw(&mut lots);
        run_out_closed(stock, population, inflow, rationing)
    };
    let mut days: Vec<f64> = (0..draws).map(run_out).collect();
    RunoutQuantiles::of(&mut days)
}

/// Early, middle and late day on which the food ends where arrivals, losses or changes are known or planned.
///
/// Each lot also draws the amount of every event, and lives through them. What does not end within the horizon
/// counts as never. The share lost is taken of the stock at the start; losses among the events come on top.
///
/// # Units
///
/// Days from `outlook.as_of`; infinite for never. `None` without lots, or where an amount that matters is not
/// known at both ends: then there is no date to be sure of.
///
/// # Example
///
/// ```
/// use passage::assess::doubt::{RunoutDoubt, Triangular, mc_runout_with_events};
/// use passage::assess::stock::{Outlook, StockChange, StockEvent};
/// use passage::domain::Figure;
/// let exactly = |number| Triangular::exactly(number).unwrap();
/// let doubt = RunoutDoubt {
///     stock: exactly(5_000.0),
///     population: exactly(1_000.0),
///     ration: exactly(1.0),
///     inflow: exactly(0.0),
///     loss: exactly(0.0),
///     theta_days: None,
/// };
/// let amount = Figure::new(Some(1_000.0), Some(2_000.0), Some(3_000.0)).unwrap();
/// let convoy = StockEvent { day: 2.0, change: StockChange::Arrival, amount };
/// let outlook = Outlook { include_planned: true, ..Outlook::from_day(0.0) };
/// let days = mc_runout_with_events(&doubt, &[convoy], &outlook, 10_000, 7).unwrap();
/// assert_eq!((days.p50 * 10.0).round(), 70.0);
/// ```
///
/// # Source
///
/// SPEC §3, uncertainty.
#[must_use]
pub fn mc_runout_with_events(
    doubt: &RunoutDoubt,
    events: &[StockEvent],
    outlook: &Outlook,
    draws: usize,
    seed: u64,
) -> Option<RunoutQuantiles> {
    let events = in_order(events);
    let mut lots = Lots::seeded(seed);
    let mut run_out = || {
        let Drawn { stock, population, inflow, rationing } = doubt.draw(&mut lots);
        let opening = Opening {
            stock: Some(stock),
            population: Some(population),
            uncounted: 0.0,
            inflow: Some(inflow),
            rationing,
        };
        let amount =
            |event: &StockEvent| Triangular::of(event.amount).map(|doubt| lots.draw(&doubt));
        let run_out = first_stockout(opening, &events, amount, outlook);
        match run_out.status {
            RunOutStatus::Dated | RunOutStatus::AlreadyOut => run_out.days,
            RunOutStatus::NotWithinHorizon | RunOutStatus::NoNeed => Some(f64::INFINITY),
            RunOutStatus::UnknownPopulation | RunOutStatus::UnknownStock => None,
        }
    };
    let mut days = Vec::with_capacity(draws);
    for _ in 0..draws {
        days.push(run_out()?);
    }
    RunoutQuantiles::of(&mut days)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::assess::stock::StockChange;
    use crate::domain::Figure;

    const PLANNED: Outlook = Outlook { include_planned: true, ..Outlook::from_day(0.0) };

    fn between(low: f64, best: f64, high: f64) -> Triangular {
        Triangular::new(low, best, high).unwrap()
    }

    fn aleppo() -> RunoutDoubt {
        RunoutDoubt {
            stock: between(0.75 * 4_500_000.0, 4_500_000.0, 4_500_000.0),
            population: between(250_000.0, 262_500.0, 275_000.0),
            ration: between(0.4, 0.6, 1.0),
            inflow: between(0.0, 10_000.0, 50_000.0),
            loss: between(0.0, 0.05, 0.15),
            theta_days: None,
        }
    }

    fn certain(stock: f64, people: f64, share: f64, inflow: f64, loss: f64) -> RunoutDoubt {
        let exactly = |number| between(number, number, number);
        RunoutDoubt {
            stock: exactly(stock),
            population: exactly(people),
            ration: exactly(share),
            inflow: exactly(inflow),
            loss: exactly(loss),
            theta_days: None,
        }
    }

    #[test]
    fn the_days_of_aleppo_are_those_worked_out_elsewhere() {
        for seed in [1, 7] {
            let days = mc_runout(&aleppo(), DRAWS, seed).unwrap();
            for (got, expected) in [(days.p10, 18.7), (days.p50, 25.2), (days.p90, 34.9)] {
                assert!((got / expected - 1.0_f64).abs() < 0.02, "{got} for {expected}");
            }
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_days_to_the_last_bit_on_every_machine() {
        let days = mc_runout(&aleppo(), 1_000, 7).unwrap();
        insta::assert_snapshot!(
            format!("{} {} {} {}", days.p10, days.p50, days.p90, days.p_never),
            @"18.59468985993067 25.044468222842177 33.841060534601596 0"
        );
        assert_ne!(mc_runout(&aleppo(), 1_000, 8), Some(days));
    }

    #[test]
    fn where_a_lot_may_never_end_the_chance_of_it_is_told() {
        let half = RunoutDoubt {
            inflow: between(0.0, 1_000.0, 2_000.0),
            ..certain(5_000.0, 1_000.0, 1.0, 0.0, 0.0)
        };
        let days = mc_runout(&half, 20_000, 7).unwrap();
        assert!((days.p_never - 0.5).abs() < 0.02 && days.p90.is_infinite(), "{days:?}");
        assert!(days.p10.is_finite());
    }

    #[test]
    fn people_who_eat_nothing_and_nobody_never_run_out() {
        for doubt in [certain(5.0, 10.0, 0.0, 0.0, 0.0), certain(5.0, 0.0, 1.0, 0.0, 0.0)] {
            let days = mc_runout(&doubt, DRAWS, 7).unwrap();
            assert!(days.p10.is_infinite() && days.p_never >= 1.0);
            assert_eq!(mc_runout_with_events(&doubt, &[], &PLANNED, 10, 7), Some(days));
        }
    }

    #[test]
    fn without_lots_or_with_an_arrival_of_unknown_size_there_is_no_date() {
        let doubt = certain(5_000.0, 1_000.0, 1.0, 0.0, 0.0);
        assert_eq!(mc_runout(&doubt, 0, 7), None);
        let amount = Figure::computed(Some(1_000.0), None, None);
        let convoy = StockEvent { day: 2.0, change: StockChange::Arrival, amount };
        assert_eq!(mc_runout_with_events(&doubt, &[convoy], &PLANNED, 10, 7), None);
        let not_trusted = Outlook::from_day(0.0);
        let days = mc_runout_with_events(&doubt, &[convoy], &not_trusted, 10, 7).unwrap();
        assert!((days.p50 - 5.0).abs() < 1e-9);
    }

    #[test]
    fn without_events_the_long_way_gives_what_the_closed_form_gives() {
        let quick = mc_runout(&aleppo(), 2_000, 7).unwrap();
        let long = mc_runout_with_events(&aleppo(), &[], &PLANNED, 2_000, 7).unwrap();
        for (quick, long) in [(quick.p10, long.p10), (quick.p50, long.p50), (quick.p90, long.p90)] {
            assert!((quick - long).abs() < 1e-6, "{quick} {long}");
        }
    }

    proptest! {
        #[test]
        fn without_doubt_all_days_are_the_closed_form(
            stock in 0.0..1e6_f64, people in 0.0..1e4_f64, share in 0.0..=1.0_f64,
            inflow in 0.0..1e4_f64, loss in 0.0..=1.0_f64,
        ) {
            let days = mc_runout(&certain(stock, people, share, inflow, loss), DRAWS, 1).unwrap();
            let rationing = Rationing::Constant { share };
            let closed = run_out_closed(stock * (1.0 - loss), people, inflow, rationing);
            let all = RunoutQuantiles { p10: closed, p50: closed, p90: closed, ..days };
            prop_assert_eq!(days, all);
            prop_assert_eq!(days.p_never > 0.5, closed.is_infinite());
        }
    }
}
