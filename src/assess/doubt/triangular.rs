//! An estimate with a low, a likely and a high end, as a triangular distribution.

use crate::domain::{Figure, InvalidValue};

/// A number that lies between two ends and most likely near a third; all three may be one.
///
/// # Errors
///
/// [`Triangular::new`] refuses numbers out of order: to put them in order would hide somebody's mistake.
///
/// # Example
///
/// ```
/// use passage::assess::doubt::Triangular;
/// let population = Triangular::new(250_000.0, 262_500.0, 275_000.0).unwrap();
/// assert_eq!(population.quantile(0.5), 262_500.0);
/// assert!(Triangular::new(3.0, 2.0, 4.0).is_err());
/// ```
///
/// # Source
///
/// SPEC §3, uncertainty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Triangular {
    low: f64,
    high: f64,
    /// The chance of a number below the likeliest.
    below: f64,
    /// The squares that the inverse takes the root of, on either side of the likeliest.
    rise: f64,
    fall: f64,
}

impl Triangular {
    /// Between `low` and `high`, most likely `best`.
    ///
    /// # Errors
    ///
    /// When a number is not finite, or when they are not in the order low ≤ best ≤ high.
    pub fn new(low: f64, best: f64, high: f64) -> Result<Self, InvalidValue> {
        let is_sound = [low, best, high].iter().all(|number| number.is_finite());
        if !is_sound || low > best || best > high {
            let given = format!("{low}, {best}, {high}");
            return Err(InvalidValue::new("must be in the order low ≤ best ≤ high", given));
        }
        let width = high - low;
        let (rise, fall) = (width * (best - low), width * (high - best));
        let below = if width > 0.0 { (best - low) / width } else { 0.0 };
        Ok(Self { low, high, below, rise, fall })
    }

    /// One number without doubt; `None` if it is not finite.
    #[must_use]
    pub fn exactly(number: f64) -> Option<Self> {
        Self::new(number, number, number).ok()
    }

    /// A figure that is known at both ends; without a best the middle is the likeliest.
    ///
    /// `None` for "at least" and "at most": nobody gave the other end.
    #[must_use]
    pub fn of(figure: Figure) -> Option<Self> {
        Self::new(figure.floor()?, figure.middle()?, figure.ceiling()?).ok()
    }

    /// The number that the share `u` of all lies below; `u` outside 0 to 1 counts as the nearer end.
    #[must_use]
    pub fn quantile(&self, u: f64) -> f64 {
        // Rounding must not carry it past an end: a little less than nothing is no stock.
        if u < self.below {
            (self.low + (u.max(0.0) * self.rise).sqrt()).min(self.high)
        } else {
            (self.high - ((1.0 - u.min(1.0)) * self.fall).sqrt()).max(self.low)
        }
    }

    /// Are all three ends one number?
    #[must_use]
    pub fn is_certain(&self) -> bool {
        self.high <= self.low
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_number_three_times_is_drawn_as_itself() {
        let certain = Triangular::exactly(7.0).unwrap();
        assert!(certain.is_certain());
        for u in [0.0, 0.3, 1.0] {
            assert!((certain.quantile(u) - 7.0).abs() < f64::EPSILON);
        }
    }

    #[test]
    fn numbers_out_of_order_or_without_end_are_refused() {
        assert!(Triangular::new(1.0, 3.0, 2.0).is_err());
        assert!(Triangular::new(0.0, 1.0, f64::INFINITY).is_err());
        assert!(Triangular::new(0.0, f64::NAN, 1.0).is_err());
    }

    #[test]
    fn at_least_is_no_distribution_and_a_single_best_is_a_certain_one() {
        assert_eq!(Triangular::of(Figure::computed(Some(5.0), None, None)), None);
        assert!(Triangular::of(Figure::computed(None, Some(5.0), None)).unwrap().is_certain());
        let range = Triangular::of(Figure::computed(Some(0.0), None, Some(2.0))).unwrap();
        assert!((range.quantile(0.5) - 1.0).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn the_share_below_a_quantile_is_the_one_asked_for(
            mut ends in proptest::array::uniform3(-1e3..1e3_f64), u in 0.0..=1.0_f64,
        ) {
            ends.sort_by(f64::total_cmp);
            let [low, best, high] = ends;
            prop_assume!(high - low > 1e-3);
            let x = Triangular::new(low, best, high).unwrap().quantile(u);
            let share = if x <= best && best > low {
                (x - low).powi(2) / ((high - low) * (best - low))
            } else {
                1.0 - (high - x).powi(2) / ((high - low) * (high - best))
            };
            prop_assert!((low..=high).contains(&x) && (share - u).abs() < 1e-6, "{x} {share}");
        }
    }
}
