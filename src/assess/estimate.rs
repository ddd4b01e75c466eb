//! Several sources' figures for one thing: their joint figure, and how far apart they are.

use crate::domain::Figure;

/// One figure for what several sources say: lowest low, highest high, median of the bests.
///
/// A source without a low speaks through its next known number, and so for the high: the joint
/// interval holds every number that a source gave. But a bound that nobody gave stays unknown: sources
/// that all say "at least" give no high. The caller keeps every source beside the result.
///
/// # Units
///
/// Those of the figures, which must be the same.
///
/// # Example
///
/// ```
/// use passage::assess::estimate::merge_estimates;
/// use passage::domain::Figure;
/// let un = Figure::computed(Some(250_000.0), Some(262_500.0), Some(275_000.0));
/// let council = Figure::computed(None, Some(326_000.0), None);
/// let merged = merge_estimates(&[un, council]);
/// assert_eq!((merged.low(), merged.high()), (Some(250_000.0), Some(326_000.0)));
/// assert_eq!(merged.best(), Some(294_250.0));
/// ```
///
/// # Source
///
/// SPEC §2, disagreement.
#[must_use]
pub fn merge_estimates(estimates: &[Figure]) -> Figure {
    let has_low = estimates.iter().any(|figure| figure.floor().is_some());
    let has_high = estimates.iter().any(|figure| figure.ceiling().is_some());
    let lowest = estimates.iter().filter_map(|f| f.floor().or(f.high())).reduce(f64::min);
    let highest = estimates.iter().filter_map(|f| f.ceiling().or(f.low())).reduce(f64::max);
    let bests = estimates.iter().filter_map(|figure| figure.best()).collect();
    Figure::computed(lowest.filter(|_| has_low), median(bests), highest.filter(|_| has_high))
}

/// The median, quantile type 7; of nothing it is unknown.
pub(super) fn median(mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    let upper = *numbers.get(numbers.len() / 2)?;
    if numbers.len() % 2 == 1 {
        return Some(upper);
    }
    Some(f64::midpoint(numbers[numbers.len() / 2 - 1], upper))
}

/// How far the sources are apart: (largest − smallest) / largest of their central numbers.
///
/// Figures of which nothing is known are left out. Sources that all say zero agree.
///
/// # Units
///
/// A share from 0 to 1; `None` when no figure is known.
///
/// # Example
///
/// Talbiseh, July 2016: about 8,000 baskets by one account and about 25,000 by another.
///
/// ```
/// use passage::assess::estimate::spread;
/// use passage::domain::Figure;
/// let accounts = [Figure::exactly(8_000.0), Figure::exactly(25_000.0)];
/// assert_eq!(spread(&accounts), Some(0.68));
/// ```
///
/// # Source
///
/// Project decision.
#[must_use]
pub fn spread(estimates: &[Figure]) -> Option<f64> {
    let central = || estimates.iter().filter_map(|figure| figure.central());
    let (smallest, largest) = (central().reduce(f64::min)?, central().reduce(f64::max)?);
    if largest == 0.0 {
        return Some(0.0);
    }
    Some((largest - smallest) / largest)
}

/// Do the sources lie further apart than `share` of the largest?
///
/// Sources of which fewer than two are known do not differ.
///
/// # Units
///
/// `share`: from 0 to 1.
///
/// # Example
///
/// ```
/// use passage::assess::estimate::differ_by_more_than;
/// use passage::domain::Figure;
/// let accounts = [Figure::exactly(80.0), Figure::exactly(100.0), Figure::UNKNOWN];
/// assert!(differ_by_more_than(&accounts, 0.1));
/// assert!(!differ_by_more_than(&accounts, 0.2));
/// ```
///
/// # Source
///
/// Project decision.
#[must_use]
pub fn differ_by_more_than(estimates: &[Figure], share: f64) -> bool {
    spread(estimates).is_some_and(|spread| spread > share)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn figure() -> impl Strategy<Value = Figure> {
        let numbers = proptest::array::uniform3(proptest::option::of(0.0..1e6_f64));
        numbers.prop_filter_map("in order", |[low, best, high]| Figure::new(low, best, high).ok())
    }

    #[test]
    fn sources_that_all_say_at_least_give_no_high() {
        let at_least = |people| Figure::computed(Some(people), None, None);
        let merged = merge_estimates(&[at_least(300.0), at_least(250.0)]);
        assert_eq!(merged, Figure::computed(Some(250.0), None, None));
    }

    #[test]
    fn at_least_of_one_source_above_at_most_of_another_is_still_in_order() {
        let at_least = Figure::computed(Some(250.0), None, None);
        let at_most = Figure::computed(None, None, Some(200.0));
        let merged = merge_estimates(&[at_least, at_most]);
        assert_eq!(merged, Figure::computed(Some(200.0), None, Some(250.0)));
    }

    #[test]
    fn without_a_source_nothing_is_known() {
        assert!(merge_estimates(&[]).is_unknown());
        assert_eq!(spread(&[Figure::UNKNOWN]), None);
    }

    #[test]
    fn sources_that_agree_on_zero_do_not_differ() {
        assert_eq!(spread(&[Figure::exactly(0.0), Figure::exactly(0.0)]), Some(0.0));
    }

    proptest! {
        #[test]
        fn the_order_of_the_sources_does_not_matter(
            (sources, shuffled) in proptest::collection::vec(figure(), 0..7)
                .prop_flat_map(|sources| (Just(sources.clone()), Just(sources).prop_shuffle())),
        ) {
            prop_assert_eq!(merge_estimates(&sources), merge_estimates(&shuffled));
        }

        #[test]
        fn the_joint_figure_is_a_figure_that_the_domain_accepts(
            sources in proptest::collection::vec(figure(), 0..7),
        ) {
            let merged = merge_estimates(&sources);
            prop_assert!(Figure::new(merged.low(), merged.best(), merged.high()).is_ok());
        }

        #[test]
        fn one_more_source_never_narrows_the_interval(
            sources in proptest::collection::vec(figure(), 1..6), extra in figure(),
        ) {
            let before = merge_estimates(&sources);
            let after = merge_estimates(&[sources, vec![extra]].concat());
            prop_assert!(before.low().is_none_or(|low| after.low() <= Some(low)));
            prop_assert!(before.high().is_none_or(|high| after.high() >= Some(high)));
        }
    }
}
