//! Unions of time intervals, so that overlapping pauses are counted once.

/// The union of half-open intervals `[start, end)` as the fewest intervals, in order.
///
/// Intervals that touch are joined; empty ones, and ones that end before they start, are dropped.
///
/// # Units
///
/// Any one unit of time, the same for all; an open end is infinite.
///
/// # Example
///
/// ```
/// use passage::assess::interval::merge_intervals;
/// let pauses = [(60.0, 61.0), (0.0, 48.0), (40.0, 60.0), (70.0, 70.0)];
/// assert_eq!(merge_intervals(&pauses), [(0.0, 61.0)]);
/// ```
///
/// # Source
///
/// SPEC §5 and §7a.
#[must_use]
pub fn merge_intervals(intervals: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut sorted: Vec<_> = intervals.iter().copied().filter(|(start, end)| start < end).collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut union: Vec<(f64, f64)> = Vec::with_capacity(sorted.len());
    for (start, end) in sorted {
        match union.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => union.push((start, end)),
        }
    }
    union
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pauses() -> impl Strategy<Value = Vec<(f64, f64)>> {
        // Whole hours, so that touching and empty intervals are common.
        let hours = || (0_u8..40).prop_map(f64::from);
        proptest::collection::vec((hours(), hours()), 0..9)
    }

    fn holds(intervals: &[(f64, f64)], hour: f64) -> bool {
        intervals.iter().any(|(start, end)| (*start..*end).contains(&hour))
    }

    #[test]
    fn an_interval_inside_another_does_not_shorten_it() {
        assert_eq!(merge_intervals(&[(0.0, 10.0), (2.0, 3.0)]), [(0.0, 10.0)]);
    }

    #[test]
    fn an_open_end_swallows_all_that_follows() {
        let union = merge_intervals(&[(5.0, f64::INFINITY), (9.0, 12.0)]);
        assert_eq!(union, [(5.0, f64::INFINITY)]);
    }

    proptest! {
        #[test]
        fn merging_again_changes_nothing(pauses in pauses()) {
            let once = merge_intervals(&pauses);
            prop_assert_eq!(&merge_intervals(&once), &once);
        }

        #[test]
        fn an_hour_is_in_the_union_if_and_only_if_it_is_in_an_interval(
            pauses in pauses(), hour in (0_u8..41).prop_map(f64::from),
        ) {
            prop_assert_eq!(holds(&merge_intervals(&pauses), hour), holds(&pauses, hour));
        }
    }
}
