//! When an alert opens and closes on a row of values, so that a figure near its line does not flap.

use serde::{Deserialize, Serialize};

/// The side of the raising line that is bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// A value below the line is bad, as for coverage.
    #[default]
    Below,
    /// A value above the line is bad, as for the age of an estimate.
    Above,
}

impl Direction {
    fn raises(self, value: f64, raise_at: f64) -> bool {
        match self {
            Self::Below => value < raise_at,
            Self::Above => value > raise_at,
        }
    }

    fn clears(self, value: f64, clear_at: f64) -> bool {
        match self {
            Self::Below => value >= clear_at,
            Self::Above => value <= clear_at,
        }
    }
}

/// Whether the alert is open after each value.
///
/// `hold` values in a row past `raise_at` open it, `hold` in a row at or past `clear_at` close it; a
/// value in between starts the count again. An unknown value keeps both the state and the count: a
/// source that falls silent neither raises nor clears an alert.
///
/// # Units
///
/// `hold`: values, 0 is taken as 1. `clear_at` belongs on the good side of `raise_at`.
///
/// # Example
///
/// ```
/// use passage::assess::hysteresis::{Direction, hysteresis};
/// let coverage = [Some(0.9), Some(0.45), Some(0.55), None, Some(0.61)];
/// let open = hysteresis(&coverage, 0.5, 0.6, Direction::Below, 1);
/// assert_eq!(open, [false, true, true, true, false]);
/// ```
///
/// # Source
///
/// SPEC §7 and §7a; cf. `for` and `keep_firing_for` of Prometheus alerting rules.
#[must_use]
pub fn hysteresis(
    values: &[Option<f64>],
    raise_at: f64,
    clear_at: f64,
    direction: Direction,
    hold: usize,
) -> Vec<bool> {
    let mut open = false;
    let mut in_a_row = 0;
    let mut after_each = Vec::with_capacity(values.len());
    for value in values {
        if let Some(value) = *value {
            let turns = if open {
                direction.clears(value, clear_at)
            } else {
                direction.raises(value, raise_at)
            };
            in_a_row = if turns { in_a_row + 1 } else { 0 };
            if turns && in_a_row >= hold {
                open = !open;
                in_a_row = 0;
            }
        }
        after_each.push(open);
    }
    after_each
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_value_on_the_raising_line_raises_nothing() {
        assert_eq!(hysteresis(&[Some(0.5)], 0.5, 0.6, Direction::Below, 1), [false]);
        assert_eq!(hysteresis(&[Some(30.0)], 30.0, 20.0, Direction::Above, 1), [false]);
    }

    #[test]
    fn above_the_line_is_bad_when_the_direction_says_so() {
        let ages = [Some(31.0), Some(25.0), Some(20.0)];
        assert_eq!(hysteresis(&ages, 30.0, 20.0, Direction::Above, 1), [true, true, false]);
    }

    #[test]
    fn a_value_in_between_starts_the_count_again() {
        let values = [Some(1.0), Some(8.0), Some(1.0), Some(1.0)];
        let open = hysteresis(&values, 7.0, 10.0, Direction::Below, 2);
        assert_eq!(open, [false, false, false, true]);
    }

    proptest! {
        #[test]
        fn an_unknown_value_changes_nothing_before_or_after_it(
            values in proptest::collection::vec(0.0..20.0_f64, 0..12),
            at in 0_usize..12, hold in 0_usize..4,
        ) {
            let mut values: Vec<_> = values.into_iter().map(Some).collect();
            let known = hysteresis(&values, 7.0, 10.0, Direction::Below, hold);
            let at = at.min(values.len());
            values.insert(at, None);
            let mut gapped = hysteresis(&values, 7.0, 10.0, Direction::Below, hold);
            gapped.remove(at);
            prop_assert_eq!(gapped, known);
        }

        #[test]
        fn a_longer_hold_never_opens_an_alert_earlier(
            values in proptest::collection::vec(proptest::option::of(0.0..20.0_f64), 0..12),
            hold in 1_usize..4,
        ) {
            let first = |hold| {
                let open = hysteresis(&values, 7.0, 10.0, Direction::Below, hold);
                open.iter().position(|open| *open).unwrap_or(usize::MAX)
            };
            prop_assert!(first(hold + 1) >= first(hold));
        }
    }
}
