//! When the food ends: the first instant at which people get less than their ration because nothing is left.

use serde::Serialize;

use super::flow::{Opening, Store, Tally};
use super::{Rationing, Reading, StockEvent, Supply, in_order, sound};

/// How far ahead a run-out is looked for: two years. Source: project decision (SPEC §3).
pub const HORIZON_DAYS: f64 = 730.0;

/// From when and how far to look for a run-out. All numbers finite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outlook {
    /// The day the stock of the supply is for; if that lies after `as_of`, the stock is taken as if it were
    /// there then.
    pub from: f64,
    /// Now: the day from which a run-out counts and what lies after it is planned.
    pub as_of: f64,
    /// How many days from now to look ahead.
    pub horizon_days: f64,
    /// Take planned events as if they came as planned?
    pub include_planned: bool,
}

impl Outlook {
    /// From the day of the stock over the usual horizon; nothing planned is trusted.
    #[must_use]
    pub const fn from_day(day: f64) -> Self {
        Self { from: day, as_of: day, horizon_days: HORIZON_DAYS, include_planned: false }
    }

    /// What has happened and what is still to come, of events in order of time.
    fn parted<'e>(&self, events: &'e [StockEvent]) -> (&'e [StockEvent], &'e [StockEvent]) {
        let end = self.as_of + self.horizon_days;
        let first = events.partition_point(|event| event.day < self.from.min(self.as_of));
        let (past, planned) =
            events[first..].split_at(events[first..].partition_point(|e| e.day <= self.as_of));
        let until = if self.include_planned { planned.partition_point(|e| e.day < end) } else { 0 };
        (past, &planned[..until])
    }
}

/// What is known of a run-out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RunOutStatus {
    /// There is a day.
    Dated,
    /// Nothing is left now.
    AlreadyOut,
    /// Not as far as was looked.
    NotWithinHorizon,
    /// Nobody is there to be fed.
    NoNeed,
    /// It is not known how many people there are.
    UnknownPopulation,
    /// It is not known what there is to eat: in store, coming in, or lost.
    UnknownStock,
}

/// When the food ends, in days from now.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RunOut {
    /// Days from now; `None` unless it is dated or nothing is left.
    pub days: Option<f64>,
    /// What is known of it.
    pub status: RunOutStatus,
    /// Not before so many days from now, whatever the unknown stock; `None` without need or population.
    pub not_before: Option<f64>,
}

/// When the food of an area ends, as far as it is known.
///
/// A date holds only if no further convoy comes but those let in. From one agency's stock alone it is a floor
/// on the date, not a forecast. What happened between the day of the stock and now is lived through; a run-out
/// that was over before now does not count. With an unknown stock `not_before` is the day for an empty store.
/// If the population becomes unknown before the food ends, there is no date.
///
/// # Units
///
/// Days from `outlook.as_of`.
///
/// # Example
///
/// Eastern Aleppo, July 2016: UN food for 150,000 people for a month, shared by 250,000 to 275,000.
///
/// ```
/// use passage::assess::stock::{Outlook, Reading, RunOutStatus, Supply, run_out};
/// use passage::domain::Figure;
/// let population = Figure::new(Some(250_000.0), Some(262_500.0), Some(275_000.0)).unwrap();
/// let supply = Supply::of(Figure::exactly(4_500_000.0), population);
/// let outlook = Outlook::from_day(0.0);
/// let early = run_out(&supply, Reading::Least, &outlook);
/// let late = run_out(&supply, Reading::Most, &outlook);
/// assert_eq!(early.status, RunOutStatus::Dated);
/// assert_eq!(early.days.map(|days| (days * 10.0).round()), Some(164.0));
/// assert_eq!(late.days, Some(18.0));
/// ```
///
/// # Source
///
/// SPEC §3 and §7a.
#[must_use]
pub fn run_out(supply: &Supply<'_>, reading: Reading, outlook: &Outlook) -> RunOut {
    let events = in_order(supply.events);
    first_stockout(supply.opening(reading), &events, |event| event.amount(reading), outlook)
}

/// The first stockout from now on of a store with events in order of time, whose amounts are asked for one by one.
pub(in crate::assess) fn first_stockout(
    opening: Opening,
    events: &[StockEvent],
    mut amount: impl FnMut(&StockEvent) -> Option<f64>,
    outlook: &Outlook,
) -> RunOut {
    let (past, planned) = outlook.parted(events);
    let mut store = Store::open(outlook.from.min(outlook.as_of), opening);
    store.live(past, &mut amount, outlook.as_of, &mut Tally::default());
    let mut tally = Tally { ends_at_stockout: true, ..Tally::default() };
    store.live(planned, &mut amount, outlook.as_of + outlook.horizon_days, &mut tally);
    RunOut::of(&store, &tally, outlook)
}

impl RunOut {
    fn of(store: &Store, tally: &Tally, outlook: &Outlook) -> Self {
        use RunOutStatus::{
            AlreadyOut, Dated, NoNeed, NotWithinHorizon, UnknownPopulation, UnknownStock,
        };
        let days = tally.first_stockout.map(|day| day - outlook.as_of);
        if days.is_none() {
            if tally.unknown_population || store.need().is_none() {
                return Self { days: None, status: UnknownPopulation, not_before: None };
            }
            if tally.needed <= 0.0 && store.need() <= Some(0.0) {
                return Self { days: None, status: NoNeed, not_before: None };
            }
        }
        let not_before = Some(days.unwrap_or(outlook.horizon_days));
        let status = match days {
            _ if !store.is_known() => UnknownStock,
            Some(days) if days <= 0.0 => AlreadyOut,
            Some(_) => Dated,
            None => NotWithinHorizon,
        };
        Self { days: days.filter(|_| store.is_known()), status, not_before }
    }
}

/// How many days a stock lasts if nothing changes. Infinite if it never ends, 0 if nothing is left.
///
/// # Units
///
/// `stock`: person-days; `need`, `inflow`: person-days a day; returns days. A negative number, or none, counts
/// as zero.
///
/// # Example
///
/// 20,000 person-days for 1,000 people, half rations once it is down to 8 days, and 100 a day come in:
/// 12,000 / 900 + 8,000 / 400 days.
///
/// ```
/// use passage::assess::stock::{Rationing, run_out_closed};
/// let rationing = Rationing::Threshold { theta_days: 8.0, share: 0.5 };
/// let days = run_out_closed(20_000.0, 1_000.0, 100.0, rationing);
/// assert!((days - 33.333_333).abs() < 1e-6);
/// assert!(run_out_closed(20_000.0, 1_000.0, 500.0, rationing).is_infinite());
/// ```
///
/// # Source
///
/// SPEC §3, closed form.
#[must_use]
pub fn run_out_closed(stock: f64, need: f64, inflow: f64, rationing: Rationing) -> f64 {
    let [stock, need, inflow] = [stock, need, inflow].map(|n| sound(n).unwrap_or(0.0));
    let ration = rationing.terms();
    let trigger = ration.trigger(need);
    let days = |stock: f64, eaten: f64| {
        let falls = eaten - inflow;
        if falls > 0.0 { stock / falls } else { f64::INFINITY }
    };
    let rationed = days(stock.min(trigger), ration.below * need);
    if stock > trigger { days(stock - trigger, ration.above * need) + rationed } else { rationed }
}

#[cfg(test)]
mod tests {
    use super::super::StockChange;
    use super::*;
    use crate::domain::Figure;

    fn event(day: f64, change: StockChange, amount: f64) -> StockEvent {
        StockEvent { day, change, amount: Figure::exactly(amount) }
    }

    fn planned(as_of: f64) -> Outlook {
        Outlook { as_of, include_planned: true, ..Outlook::from_day(0.0) }
    }

    fn out(stock: Figure, people: Figure, events: &[StockEvent], outlook: &Outlook) -> RunOut {
        let supply = Supply { events, ..Supply::of(stock, people) };
        run_out(&supply, Reading::Best, outlook)
    }

    fn exactly(stock: f64, events: &[StockEvent], outlook: &Outlook) -> RunOut {
        out(Figure::exactly(stock), Figure::exactly(1_000.0), events, outlook)
    }

    #[test]
    fn an_arrival_at_the_very_instant_of_emptying_prevents_the_stockout_also_after_rounding() {
        // 0.1 + 0.2 is not 0.3 for a computer.
        let people = Figure::exactly(1.0 / 3.0);
        let events = [event(0.1 + 0.2, StockChange::Arrival, 1.0)];
        let runs_out = out(Figure::exactly(0.1), people, &events, &planned(0.0));
        assert!((runs_out.days.unwrap() - 3.3).abs() < 1e-6, "{runs_out:?}");
    }

    #[test]
    fn a_stockout_that_was_over_before_now_does_not_count() {
        let events = [event(4.0, StockChange::Arrival, 10_000.0)];
        let runs_out = exactly(2_000.0, &events, &planned(6.0));
        assert_eq!((runs_out.days, runs_out.status), (Some(8.0), RunOutStatus::Dated));
    }

    #[test]
    fn a_stockout_that_lasts_is_told_as_already_out() {
        let runs_out = exactly(2_000.0, &[], &planned(6.0));
        let already =
            RunOut { days: Some(0.0), status: RunOutStatus::AlreadyOut, not_before: Some(0.0) };
        assert_eq!(runs_out, already);
    }

    #[test]
    fn what_arrives_today_is_there_and_what_is_planned_for_tomorrow_is_not() {
        let events = [1.0, 1.5].map(|day| event(day, StockChange::Arrival, 3_000.0));
        let outlook = Outlook { as_of: 1.0, ..Outlook::from_day(0.0) };
        assert_eq!(exactly(1_000.0, &events, &outlook).days, Some(3.0));
        let outlook = Outlook { include_planned: true, ..outlook };
        assert_eq!(exactly(1_000.0, &events, &outlook).days, Some(6.0));
    }

    #[test]
    fn the_horizon_itself_lies_outside() {
        let last_day = exactly(1_000.0 * HORIZON_DAYS, &[], &planned(0.0));
        assert_eq!(last_day.status, RunOutStatus::NotWithinHorizon);
        assert_eq!(last_day.not_before, Some(730.0));
        assert_eq!(exactly(729_999.0, &[], &planned(0.0)).status, RunOutStatus::Dated);
    }

    #[test]
    fn an_unknown_population_outweighs_an_unknown_stock_and_gives_no_day_at_all() {
        let runs_out = out(Figure::UNKNOWN, Figure::UNKNOWN, &[], &planned(0.0));
        let unknown =
            RunOut { days: None, status: RunOutStatus::UnknownPopulation, not_before: None };
        assert_eq!(runs_out, unknown);
    }

    #[test]
    fn a_date_before_the_population_becomes_unknown_stands_and_a_later_one_does_not() {
        let lost =
            StockEvent { amount: Figure::UNKNOWN, ..event(5.0, StockChange::Population, 0.0) };
        assert_eq!(exactly(4_000.0, &[lost], &planned(0.0)).days, Some(4.0));
        let runs_out = exactly(6_000.0, &[lost], &planned(0.0));
        assert_eq!((runs_out.days, runs_out.status), (None, RunOutStatus::UnknownPopulation));
    }

    #[test]
    fn people_who_come_later_are_a_need() {
        let events = [event(10.0, StockChange::Population, 1_000.0)];
        let nobody = Figure::exactly(0.0);
        let runs_out = out(Figure::exactly(5_000.0), nobody, &events, &planned(0.0));
        assert_eq!(runs_out.days, Some(15.0));
        let nobody_yet = out(Figure::exactly(5_000.0), nobody, &events, &Outlook::from_day(0.0));
        assert_eq!(nobody_yet.status, RunOutStatus::NoNeed);
    }

    #[test]
    fn an_unknown_stock_that_is_counted_before_now_is_known() {
        let events = [event(2.0, StockChange::Count, 7_000.0)];
        let runs_out = out(Figure::UNKNOWN, Figure::exactly(1_000.0), &events, &planned(3.0));
        assert_eq!((runs_out.days, runs_out.status), (Some(6.0), RunOutStatus::Dated));
    }

    #[test]
    fn a_loss_or_inflow_of_unknown_size_leaves_only_the_earliest_day() {
        for change in [StockChange::Loss, StockChange::Inflow] {
            let unknown = StockEvent { amount: Figure::UNKNOWN, ..event(2.0, change, 0.0) };
            let runs_out = exactly(5_000.0, &[unknown], &planned(0.0));
            assert_eq!((runs_out.days, runs_out.status), (None, RunOutStatus::UnknownStock));
            let earliest = if change == StockChange::Loss { 2.0 } else { 5.0 };
            assert_eq!(runs_out.not_before, Some(earliest));
        }
    }

    #[test]
    fn an_unknown_stock_with_enough_coming_in_is_safe_as_far_as_was_looked() {
        let inflow = Figure::exactly(1_000.0);
        let supply = Supply { inflow, ..Supply::of(Figure::UNKNOWN, inflow) };
        let runs_out = run_out(&supply, Reading::Best, &planned(0.0));
        assert_eq!(runs_out.status, RunOutStatus::UnknownStock);
        assert_eq!(runs_out.not_before, Some(HORIZON_DAYS));
    }

    #[test]
    fn a_stock_that_nobody_eats_from_never_ends() {
        assert!(run_out_closed(5.0, 0.0, 0.0, Rationing::Full).is_infinite());
        let nothing = Rationing::Constant { share: 0.0 };
        assert!(run_out_closed(5.0, 1_000.0, 0.0, nothing).is_infinite());
    }

    #[test]
    fn an_empty_store_is_out_at_once_unless_enough_comes_in() {
        assert!(run_out_closed(0.0, 1_000.0, 999.0, Rationing::Full).abs() < f64::EPSILON);
        assert!(run_out_closed(0.0, 1_000.0, 1_000.0, Rationing::Full).is_infinite());
    }
}
