//! What a period needed, what it was served, and when nothing was left.

use std::collections::BTreeSet;

use serde::Serialize;

use super::flow::{Store, Tally};
use super::{Reading, StockEvent, Supply, in_order};

/// The time to look at, and what of it has happened.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Period {
    /// The first day; the stock of the supply is the one of this instant.
    pub from: f64,
    /// The end, not part of it; finite.
    pub to: f64,
    /// Now: what lies after it has not happened. `None` where all of the events count.
    pub as_of: Option<f64>,
    /// Take what has not happened as if it came as planned?
    pub include_planned: bool,
}

impl Period {
    /// A period all of whose events count.
    #[must_use]
    pub const fn of(from: f64, to: f64) -> Self {
        Self { from, to, as_of: None, include_planned: false }
    }

    fn is_future(&self, event: &StockEvent) -> bool {
        self.as_of.is_some_and(|now| event.day > now)
    }

    /// Those of the events, which are in order, that count.
    fn counted<'e>(&self, events: &'e [StockEvent]) -> &'e [StockEvent] {
        let first = events.partition_point(|event| event.day < self.from);
        let counts = |event: &StockEvent| {
            event.day < self.to && (self.include_planned || !self.is_future(event))
        };
        let events = &events[first..];
        &events[..events.partition_point(counts)]
    }
}

/// Whether there is an answer, and if not, why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SupplyStatus {
    /// There is one.
    Ok,
    /// Nobody was there to be fed.
    NoNeed,
    /// It is not known how many people there were.
    UnknownPopulation,
    /// It is not known what there was to eat: in store, coming in, or lost.
    UnknownStock,
}

/// What a reader of a [`Simulation`] must be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SupplyFlag {
    /// An event lies after `as_of`, whether it was let in or not.
    FutureDated,
    /// More was reported lost than there was.
    LossExceedsStock,
}

/// What became of a supply in a period. Person-days at 2,100 kcal, and days.
///
/// With an unknown population every number is `None`, with an unknown stock every number but `needed`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Simulation {
    /// Are the numbers known, and if not, why.
    pub status: SupplyStatus,
    /// What all would have eaten in full.
    pub needed: Option<f64>,
    /// What was eaten of it.
    pub served: Option<f64>,
    /// What was not.
    pub unmet: Option<f64>,
    /// Served of needed, 0 to 1; `None` without need.
    pub coverage: Option<f64>,
    /// Opening stock, arrivals and inflow over what was needed, not capped; `None` without need.
    pub supply_ratio: Option<f64>,
    /// In store at the start.
    pub opening_stock: Option<f64>,
    /// What arrived.
    pub arrived: Option<f64>,
    /// What came in by itself.
    pub inflow: Option<f64>,
    /// What was lost of what there was.
    pub lost: Option<f64>,
    /// What was reported lost beyond what there was.
    pub excess_loss: Option<f64>,
    /// What counts found above (or, if negative, below) what was thought to be there.
    pub recounted: Option<f64>,
    /// In store at the end.
    pub closing_stock: Option<f64>,
    /// Days with less than the ration because nothing was in store.
    pub stockout_days: Option<f64>,
    /// The first day of them; `None` also if there was none.
    pub first_stockout: Option<f64>,
    /// In alphabetical order.
    pub flags: BTreeSet<SupplyFlag>,
}

/// What became of a supply in a period: needed, served, left, and the days with nothing in store.
///
/// Exact between events. What cannot be eaten before it arrives is not, and what is left over feeds later
/// days, so that coverage is never above the supply ratio (but where a count finds more than was thought,
/// which the ratio leaves out). Events before the period belong to the opening stock, those at its end lie
/// outside. An arrival at the very instant the store empties prevents the stockout. Who is rationed more than
/// 2,100 kcal eats it, but is served only the need.
///
/// A count of unknown size tells nothing; after a loss or an arrival of unknown size, or while an unknown
/// amount comes in by itself, the stock is unknown until it is counted again.
///
/// # Units
///
/// Person-days at 2,100 kcal; days on the axis of the events; coverage is a share.
///
/// # Example
///
/// An empty store that gets 40,000 person-days on the tenth of thirty days. Supply is 133 % of the need,
/// coverage is 67 %:
///
/// ```
/// use passage::assess::stock::{Period, Reading, StockChange, StockEvent, Supply, simulate};
/// use passage::domain::Figure;
/// let amount = Figure::exactly(40_000.0);
/// let events = [StockEvent { day: 10.0, change: StockChange::Arrival, amount }];
/// let store = Supply::of(Figure::exactly(0.0), Figure::exactly(1_000.0));
/// let supply = Supply { events: &events, ..store };
/// let month = simulate(&supply, Reading::Best, &Period::of(0.0, 30.0));
/// assert_eq!((month.needed, month.served), (Some(30_000.0), Some(20_000.0)));
/// assert_eq!((month.first_stockout, month.stockout_days), (Some(0.0), Some(10.0)));
/// assert_eq!(month.closing_stock, Some(20_000.0));
/// ```
///
/// # Source
///
/// SPEC §3 and §7a.
#[must_use]
pub fn simulate(supply: &Supply<'_>, reading: Reading, period: &Period) -> Simulation {
    let (tally, closing_stock) = lived(supply, reading, period);
    let status = tally.status();
    let is_answered = matches!(status, SupplyStatus::Ok | SupplyStatus::NoNeed);
    let known = |number: f64| is_answered.then_some(number);
    let has_need = tally.needed > 0.0;
    let supplied = tally.opening + tally.arrived + tally.inflow;
    Simulation {
        status,
        needed: (status != SupplyStatus::UnknownPopulation).then_some(tally.needed),
        served: known(tally.served),
        unmet: known((tally.needed - tally.served).max(0.0)),
        coverage: known(tally.coverage()).filter(|_| has_need),
        supply_ratio: known(supplied / tally.needed).filter(|_| has_need),
        opening_stock: known(tally.opening),
        arrived: known(tally.arrived),
        inflow: known(tally.inflow),
        lost: known(tally.lost),
        excess_loss: known(tally.excess_loss),
        recounted: known(tally.recounted),
        closing_stock: known(closing_stock),
        stockout_days: known(tally.stockout_days),
        first_stockout: tally.first_stockout.filter(|_| is_answered),
        flags: flags(supply, period, &tally),
    }
}

/// The tally of a period and the stock at its end; with an unknown stock it is the least there can be.
pub(super) fn lived(supply: &Supply<'_>, reading: Reading, period: &Period) -> (Tally, f64) {
    let events = in_order(supply.events);
    let mut store = Store::open(period.from, supply.opening(reading));
    let mut tally = Tally { opening: store.stock(), ..Tally::default() };
    let counted = period.counted(&events);
    store.live(counted, |event| event.amount(reading), period.to, &mut tally);
    (tally, store.stock())
}

impl Tally {
    /// Served of needed. Not to be asked without need.
    pub(super) fn coverage(&self) -> f64 {
        (self.served / self.needed).min(1.0)
    }

    pub(super) fn status(&self) -> SupplyStatus {
        if self.unknown_population {
            SupplyStatus::UnknownPopulation
        } else if self.needed <= 0.0 {
            SupplyStatus::NoNeed
        } else if self.unknown_stock {
            SupplyStatus::UnknownStock
        } else {
            SupplyStatus::Ok
        }
    }
}

fn flags(supply: &Supply<'_>, period: &Period, tally: &Tally) -> BTreeSet<SupplyFlag> {
    let future = supply.events.iter().any(|event| period.is_future(event));
    let checks = [
        (SupplyFlag::FutureDated, future),
        (SupplyFlag::LossExceedsStock, tally.excess_loss > 0.0),
    ];
    checks.into_iter().filter_map(|(flag, raised)| raised.then_some(flag)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Rationing, StockChange};
    use super::*;
    use crate::domain::Figure;

    fn event(day: f64, change: StockChange, amount: f64) -> StockEvent {
        StockEvent { day, change, amount: Figure::exactly(amount) }
    }

    /// A thousand people and a store over ten days.
    fn ten_days(stock: Figure, events: &[StockEvent]) -> Simulation {
        let supply = Supply { events, ..Supply::of(stock, Figure::exactly(1_000.0)) };
        simulate(&supply, Reading::Best, &Period::of(0.0, 10.0))
    }

    #[test]
    fn events_before_the_period_belong_to_the_opening_stock_and_those_at_its_end_lie_outside() {
        let arrivals = [-1.0, 0.0, 10.0].map(|day| event(day, StockChange::Arrival, 2_000.0));
        let lived = ten_days(Figure::exactly(1_000.0), &arrivals);
        assert_eq!((lived.arrived, lived.served), (Some(2_000.0), Some(3_000.0)));
    }

    #[test]
    fn emptying_at_the_very_end_is_no_stockout() {
        let lived = ten_days(Figure::exactly(10_000.0), &[]);
        assert_eq!((lived.first_stockout, lived.stockout_days), (None, Some(0.0)));
        assert_eq!((lived.coverage, lived.closing_stock), (Some(1.0), Some(0.0)));
    }

    #[test]
    fn rounding_leaves_no_crumb_in_an_empty_store() {
        // 0.9 less three times 0.3 is not 0 for a computer.
        let supply = Supply::of(Figure::exactly(0.9), Figure::exactly(0.3));
        let lived = simulate(&supply, Reading::Best, &Period::of(0.0, 3.0));
        assert_eq!((lived.closing_stock, lived.first_stockout), (Some(0.0), None));
    }

    #[test]
    fn an_event_after_now_is_flagged_even_beyond_the_period() {
        let arrival = [event(50.0, StockChange::Arrival, 2_000.0)];
        let supply =
            Supply { events: &arrival, ..Supply::of(Figure::exactly(1.0), Figure::exactly(1.0)) };
        let flags = |as_of| {
            let period = Period { as_of: Some(as_of), ..Period::of(0.0, 10.0) };
            simulate(&supply, Reading::Best, &period).flags
        };
        assert!(flags(49.0).contains(&SupplyFlag::FutureDated));
        assert!(flags(50.0).is_empty());
    }

    #[test]
    fn an_unknown_stock_still_tells_what_is_needed() {
        let lived = ten_days(Figure::UNKNOWN, &[]);
        assert_eq!(lived.status, SupplyStatus::UnknownStock);
        assert_eq!((lived.needed, lived.served), (Some(10_000.0), None));
        assert_eq!((lived.coverage, lived.first_stockout), (None, None));
    }

    #[test]
    fn an_unknown_stock_counted_on_the_first_day_was_never_unknown() {
        let lived = ten_days(Figure::UNKNOWN, &[event(0.0, StockChange::Count, 4_000.0)]);
        assert_eq!((lived.coverage, lived.supply_ratio), (Some(0.4), Some(0.4)));
        assert_eq!(lived.opening_stock, Some(4_000.0));
    }

    #[test]
    fn a_population_that_becomes_unknown_or_negative_leaves_nothing_known() {
        for amount in [Figure::UNKNOWN, Figure::exactly(-5.0)] {
            let lost = StockEvent { amount, ..event(5.0, StockChange::Population, 0.0) };
            let lived = ten_days(Figure::exactly(10_000.0), &[lost]);
            assert_eq!(lived.status, SupplyStatus::UnknownPopulation);
            assert_eq!((lived.needed, lived.coverage, lived.closing_stock), (None, None, None));
        }
    }

    #[test]
    fn more_lost_than_there_was_is_told_and_rounding_is_not() {
        let lived = ten_days(Figure::exactly(5_000.0), &[event(1.0, StockChange::Loss, 4_500.0)]);
        assert_eq!((lived.lost, lived.excess_loss), (Some(4_000.0), Some(500.0)));
        assert!(lived.flags.contains(&SupplyFlag::LossExceedsStock));
        let all = 1_000.0 * (1.0 - 0.1 - 0.2);
        let lived =
            ten_days(Figure::exactly(1_000.0), &[event(0.1 + 0.2, StockChange::Loss, all + 1e-10)]);
        assert!(lived.flags.is_empty(), "{lived:?}");
    }

    #[test]
    fn plenty_today_does_not_make_up_for_hunger_tomorrow() {
        let rationing = Rationing::Constant { share: 2.0 };
        let store = Supply::of(Figure::exactly(10_000.0), Figure::exactly(1_000.0));
        let supply = Supply { rationing, ..store };
        let lived = simulate(&supply, Reading::Best, &Period::of(0.0, 10.0));
        assert_eq!((lived.coverage, lived.first_stockout), (Some(0.5), Some(5.0)));
    }

    #[test]
    fn on_the_trigger_with_some_food_coming_in_the_stock_stays_there() {
        let rationing = Rationing::Threshold { theta_days: 4.0, share: 0.5 };
        let store = Supply::of(Figure::exactly(4_000.0), Figure::exactly(1_000.0));
        for (inflow, closing) in [(700.0, 4_000.0), (1_200.0, 6_000.0), (400.0, 3_000.0)] {
            let inflow = Figure::exactly(inflow);
            let supply = Supply { inflow, rationing, ..store };
            let lived = simulate(&supply, Reading::Best, &Period::of(0.0, 10.0));
            assert_eq!(lived.closing_stock, Some(closing));
        }
    }

    #[test]
    fn nobody_to_feed_is_no_coverage_and_no_minus_sign() {
        let supply = Supply::of(Figure::exactly(-0.0), Figure::exactly(0.0));
        let lived = simulate(&supply, Reading::Best, &Period::of(0.0, 10.0));
        assert_eq!((lived.status, lived.coverage), (SupplyStatus::NoNeed, None));
        assert!(lived.closing_stock.is_some_and(f64::is_sign_positive));
    }
}
