//! Quantiles of numbers among which there may be infinite ones.

/// The quantile of type 7 (linear between two neighbours), with infinity for never.
///
/// Between a finite and an infinite neighbour it is infinite; between both infinities it is the lower. The
/// numbers are reordered, which is quicker than sorting a copy.
///
/// # Units
///
/// Those of `values`; `p` from 0 to 1. `None` without numbers, with one that is not a number, or with another
/// `p`.
///
/// # Example
///
/// Two of five run-outs never come:
///
/// ```
/// use passage::assess::doubt::quantile7;
/// let mut days = [5.0, f64::INFINITY, 8.0, 13.0, f64::INFINITY];
/// assert_eq!(quantile7(&mut days, 0.5), Some(13.0));
/// assert_eq!(quantile7(&mut days, 0.6), Some(f64::INFINITY));
/// ```
///
/// # Source
///
/// SPEC §3; Hyndman and Fan 1996, sample quantiles, type 7.
#[must_use]
pub fn quantile7(values: &mut [f64], p: f64) -> Option<f64> {
    let is_sound = (0.0..=1.0).contains(&p) && !values.iter().any(|value| value.is_nan());
    let last = values.len().checked_sub(1).filter(|_| is_sound)?;
    #[expect(clippy::cast_precision_loss, reason = "a number of values stays far below 2^53")]
    let place = last as f64 * p;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and the last place"
    )]
    let below = place as usize;
    let share = place.fract();
    let (_, lower, above) = values.select_nth_unstable_by(below, f64::total_cmp);
    let lower = *lower;
    if share <= 0.0 || lower.is_infinite() {
        return Some(lower);
    }
    let upper = above.iter().copied().reduce(f64::min)?;
    Some(lower + share * (upper - lower))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn without_numbers_or_with_no_number_there_is_no_quantile() {
        assert_eq!(quantile7(&mut [], 0.5), None);
        assert_eq!(quantile7(&mut [1.0, f64::NAN], 0.5), None);
        assert_eq!(quantile7(&mut [1.0], 1.5), None);
        assert_eq!(quantile7(&mut [1.0], f64::NAN), None);
    }

    #[test]
    fn between_a_day_and_never_it_is_never() {
        assert_eq!(quantile7(&mut [5.0, f64::INFINITY], 0.01), Some(f64::INFINITY));
        assert_eq!(quantile7(&mut [5.0, f64::INFINITY], 0.0), Some(5.0));
        assert_eq!(quantile7(&mut [f64::NEG_INFINITY, 5.0], 0.5), Some(f64::NEG_INFINITY));
    }

    proptest! {
        #[test]
        fn it_is_what_a_full_sort_gives(
            mut values in proptest::collection::vec(-1e6..1e6_f64, 1..50), p in 0.0..=1.0_f64,
        ) {
            let mut sorted = values.clone();
            sorted.sort_by(f64::total_cmp);
            let place = p * f64::from(u32::try_from(values.len() - 1).unwrap());
            let below = (0..values.len()).rfind(|n| f64::from(u32::try_from(*n).unwrap()) <= place);
            let (below, share) = (below.unwrap(), place.fract());
            let upper = sorted[(below + 1).min(values.len() - 1)];
            let expected = sorted[below] + share * (upper - sorted[below]);
            prop_assert!((quantile7(&mut values, p).unwrap() - expected).abs() < 1e-6);
        }

        #[test]
        fn a_higher_quantile_is_never_lower(
            mut values in proptest::collection::vec(0.0..1e6_f64, 1..50),
            p in 0.0..=1.0_f64, q in 0.0..=1.0_f64,
        ) {
            let (low, high) = (p.min(q), p.max(q));
            let low = quantile7(&mut values, low);
            prop_assert!(low <= quantile7(&mut values, high).map(|high| high + 1e-6));
        }
    }
}
