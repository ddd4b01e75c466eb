//! The share of a period's need that was met, with its doubt.

use serde::Serialize;

use super::flow::Tally;
use super::simulate::lived;
use super::{Period, Reading, Supply, SupplyStatus};
use crate::domain::Figure;

/// The share of the need that was met, between two ends.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CoverageInterval {
    /// From 0 to 1, each end; the best is unknown where one of its figures is. Nothing without need.
    #[serde(flatten)]
    pub coverage: Figure,
    /// Is it known what it rests on?
    pub status: SupplyStatus,
}

/// The share of a period's need that was met: least food for most people, most food for fewest.
///
/// Coverage never falls with more food and never rises with more people, so that the two ends are exact. Only
/// where the population changes along the way, or where people ration by a trigger and food is lost, can a
/// case in between lie outside; the ends are drawn apart where need be to hold the best.
///
/// An unknown stock leaves everything from what an empty store would give up to 1, an unknown population
/// everything from 0 to 1. "At least so many people" leaves 0 as the low end; "perhaps nobody" leaves 1 as the
/// high one.
///
/// # Units
///
/// A share from 0 to 1.
///
/// # Example
///
/// ```
/// use passage::assess::stock::{Period, Supply, SupplyStatus, coverage_interval};
/// use passage::domain::Figure;
/// let stock = Figure::new(Some(4_000.0), Some(6_000.0), Some(9_000.0)).unwrap();
/// let population = Figure::new(Some(900.0), Some(1_000.0), Some(1_200.0)).unwrap();
/// let ten_days = Period::of(0.0, 10.0);
/// let known = coverage_interval(&Supply::of(stock, population), &ten_days).coverage;
/// assert_eq!((known.best(), known.high()), (Some(0.6), Some(1.0)));
/// assert!((known.low().unwrap() - 1.0 / 3.0).abs() < 1e-9);
/// let unknown = coverage_interval(&Supply::of(Figure::UNKNOWN, population), &ten_days);
/// assert_eq!(unknown.coverage, Figure::computed(Some(0.0), None, Some(1.0)));
/// assert_eq!(unknown.status, SupplyStatus::UnknownStock);
/// ```
///
/// # Source
///
/// SPEC §2, intervals.
#[must_use]
pub fn coverage_interval(supply: &Supply<'_>, period: &Period) -> CoverageInterval {
    let lived = |reading| lived(supply, reading, period).0;
    let (least, most) = (lived(Reading::Least), lived(Reading::Most));
    if least.status() == SupplyStatus::NoNeed {
        return CoverageInterval { coverage: Figure::UNKNOWN, status: SupplyStatus::NoNeed };
    }
    // With an unknown stock this is what an empty store would give.
    let low = if least.unknown_population { 0.0 } else { least.coverage() };
    let high = known_coverage(&most).unwrap_or(1.0);
    let best = known_coverage(&lived(Reading::Best));
    let all = [Some(low), Some(high), best];
    let coverage = Figure::computed(
        all.into_iter().flatten().reduce(f64::min),
        best,
        all.into_iter().flatten().reduce(f64::max),
    );
    // That nobody may be there, at the fewest, does not make the rest unknown.
    let status = Some(most.status()).filter(|status| *status != SupplyStatus::NoNeed);
    CoverageInterval { coverage, status: status.unwrap_or(SupplyStatus::Ok) }
}

fn known_coverage(tally: &Tally) -> Option<f64> {
    (tally.status() == SupplyStatus::Ok).then(|| tally.coverage())
}

#[cfg(test)]
mod tests {
    use super::super::{StockChange, StockEvent};
    use super::*;

    const TEN_DAYS: Period = Period::of(0.0, 10.0);

    fn interval(stock: Figure, population: Figure, events: &[StockEvent]) -> CoverageInterval {
        coverage_interval(&Supply { events, ..Supply::of(stock, population) }, &TEN_DAYS)
    }

    #[test]
    fn an_unknown_population_leaves_everything_open() {
        let open = interval(Figure::exactly(5.0), Figure::UNKNOWN, &[]);
        assert_eq!(open.coverage, Figure::computed(Some(0.0), None, Some(1.0)));
        assert_eq!(open.status, SupplyStatus::UnknownPopulation);
    }

    #[test]
    fn at_least_so_many_people_leave_no_low_end_but_a_high_one() {
        let at_least = Figure::computed(Some(1_000.0), None, None);
        let covered = interval(Figure::exactly(5_000.0), at_least, &[]);
        assert_eq!(covered.coverage, Figure::computed(Some(0.0), None, Some(0.5)));
        assert_eq!(covered.status, SupplyStatus::Ok);
    }

    #[test]
    fn nobody_to_feed_is_no_coverage_but_perhaps_nobody_is() {
        let emptied = interval(Figure::exactly(5.0), Figure::exactly(0.0), &[]);
        assert_eq!(emptied.coverage, Figure::UNKNOWN);
        assert_eq!(emptied.status, SupplyStatus::NoNeed);
        let perhaps = Figure::computed(Some(0.0), Some(0.0), Some(1_000.0));
        let covered = interval(Figure::exactly(5_000.0), perhaps, &[]);
        assert_eq!(covered.coverage, Figure::computed(Some(0.5), None, Some(1.0)));
    }

    #[test]
    fn an_arrival_of_doubtful_size_widens_the_interval() {
        let amount = Figure::computed(Some(2_000.0), None, Some(6_000.0));
        let events = [StockEvent { day: 0.0, change: StockChange::Arrival, amount }];
        let covered = interval(Figure::exactly(0.0), Figure::exactly(1_000.0), &events);
        assert_eq!(covered.coverage, Figure::computed(Some(0.2), None, Some(0.6)));
    }

    #[test]
    fn an_arrival_of_unknown_size_is_no_food_in_the_worst_case_and_all_in_the_best() {
        let amount = Figure::UNKNOWN;
        let events = [StockEvent { day: 5.0, change: StockChange::Arrival, amount }];
        let covered = interval(Figure::exactly(5_000.0), Figure::exactly(1_000.0), &events);
        assert_eq!(covered.coverage, Figure::computed(Some(0.5), None, Some(1.0)));
        assert_eq!(covered.status, SupplyStatus::UnknownStock);
    }
}
