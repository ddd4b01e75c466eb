//! How many different people the rounds of a period reached. Adding rounds up counts people twice.

use serde::Serialize;

/// People reached at least once, between two bounds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Reached {
    /// If every round served the same people: the headline.
    pub low: Option<f64>,
    /// If no round served anybody twice, within the population.
    pub high: Option<f64>,
    /// The known rounds added up. Never a headline.
    pub cumulative: Option<f64>,
}

/// The people in one area whom its rounds reached at least once.
///
/// A round of unknown size could have reached anybody, so that only the population bounds the high
/// side. Across areas add the lows and add the highs.
///
/// # Units
///
/// People, all; `None` is unknown. With no known round nothing is known.
///
/// # Example
///
/// ```
/// use passage::assess::reach::unique_reached;
/// let reached = unique_reached(&[Some(40_000.0), Some(25_000.0)], Some(60_000.0));
/// assert_eq!((reached.low, reached.high), (Some(40_000.0), Some(60_000.0)));
/// assert_eq!(reached.cumulative, Some(65_000.0));
/// assert_eq!(unique_reached(&[Some(4_000.0), None], None).high, None);
/// ```
///
/// # Source
///
/// SPEC §2 and §7a; CARE Emergency Toolkit 5.3.1: where interventions overlap in one area report the
/// highest figure.
#[must_use]
pub fn unique_reached(rounds: &[Option<f64>], population: Option<f64>) -> Reached {
    let within = |people: f64| population.map_or(people, |all| people.min(all));
    let cumulative = rounds.iter().flatten().copied().reduce(|sum, round| sum + round);
    let largest = rounds.iter().flatten().copied().reduce(f64::max);
    let every_round_known = rounds.iter().all(Option::is_some);
    let high = if every_round_known { cumulative.map(within) } else { cumulative.and(population) };
    Reached { low: largest.map(within), high, cumulative }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nobody_known_to_be_reached_is_not_nobody_reached() {
        let unknown = Reached { low: None, high: None, cumulative: None };
        assert_eq!(unique_reached(&[None], Some(500.0)), unknown);
        assert_eq!(unique_reached(&[], Some(500.0)), unknown);
    }

    #[test]
    fn an_emptied_area_reached_nobody() {
        let reached = unique_reached(&[Some(100.0)], Some(0.0));
        assert_eq!((reached.low, reached.high), (Some(0.0), Some(0.0)));
    }

    proptest! {
        #[test]
        fn low_is_at_most_high_and_high_at_most_the_sum(
            rounds in proptest::collection::vec(0.0..1e6_f64, 1..9),
            population in proptest::option::of(0.0..1e6_f64),
        ) {
            let rounds: Vec<_> = rounds.into_iter().map(Some).collect();
            let reached = unique_reached(&rounds, population);
            prop_assert!(reached.low <= reached.high && reached.high <= reached.cumulative);
        }

        #[test]
        fn nobody_outside_the_population_is_reached(
            rounds in proptest::collection::vec(proptest::option::of(0.0..1e6_f64), 0..9),
            population in 0.0..1e6_f64,
        ) {
            let reached = unique_reached(&rounds, Some(population));
            prop_assert!(reached.low <= reached.high && reached.high <= Some(population));
        }
    }
}
