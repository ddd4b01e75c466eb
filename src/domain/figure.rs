//! [`Figure`]: an estimate with its doubt. The one type for every quantity that a source can be unsure of.

use serde::{Deserialize, Serialize};

use super::InvalidValue;

/// An estimate `{low, best, high}`, any of which may be unknown.
///
/// Unknown is `None`, never zero. A source that gives one number gives the `best`; a source that says
/// "at least" gives the `low` alone.
///
/// # Errors
///
/// [`Figure::new`] refuses negative and non-finite numbers and `low > best > high`.
///
/// # Example
///
/// ```
/// use passage::domain::Figure;
/// let at_least = Figure::new(Some(250_000.0), None, None).unwrap();
/// assert_eq!(at_least.best(), None);
/// assert_eq!(at_least.central(), Some(250_000.0));
/// assert!(Figure::new(Some(3.0), Some(2.0), None).is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Figure {
    #[serde(default)]
    low: Option<f64>,
    #[serde(default)]
    best: Option<f64>,
    #[serde(default)]
    high: Option<f64>,
}

/// The largest number a record may hold: more than the people on earth, or than any cargo.
pub const LARGEST: f64 = 1e11;

impl Figure {
    /// Nothing is known.
    pub const UNKNOWN: Self = Self { low: None, best: None, high: None };

    /// Checks the three numbers against each other.
    ///
    /// # Errors
    ///
    /// When one is negative, not finite or above [`LARGEST`], or when they are out of order.
    pub fn new(
        low: Option<f64>,
        best: Option<f64>,
        high: Option<f64>,
    ) -> Result<Self, InvalidValue> {
        for (field, number) in [("low", low), ("best", best), ("high", high)] {
            if let Some(number) = number {
                within_bounds(number).map_err(|e| e.in_field(field))?;
            }
        }
        let known: Vec<f64> = [low, best, high].into_iter().flatten().collect();
        if known.windows(2).any(|pair| pair[0] > pair[1]) {
            return Err(InvalidValue::new(
                "must be in the order low ≤ best ≤ high",
                format!("{known:?}"),
            ));
        }
        Ok(Self { low, best, high })
    }

    /// The same number for all three: a count, not an estimate. The number must already be checked.
    #[must_use]
    pub const fn exactly(number: f64) -> Self {
        Self { low: Some(number), best: Some(number), high: Some(number) }
    }

    /// A computed interval; `None` stays unknown. For results of our own formulas, which need no check.
    #[must_use]
    pub const fn computed(low: Option<f64>, best: Option<f64>, high: Option<f64>) -> Self {
        Self { low, best, high }
    }

    /// The low end as the source gave it.
    #[must_use]
    pub const fn low(self) -> Option<f64> {
        self.low
    }

    /// The best estimate as the source gave it.
    #[must_use]
    pub const fn best(self) -> Option<f64> {
        self.best
    }

    /// The high end as the source gave it.
    #[must_use]
    pub const fn high(self) -> Option<f64> {
        self.high
    }

    /// Is none of the three known?
    #[must_use]
    pub fn is_unknown(self) -> bool {
        self == Self::UNKNOWN
    }

    /// At least how many: the low, else the best. "At most 5" says nothing of it.
    #[must_use]
    pub fn floor(self) -> Option<f64> {
        self.low.or(self.best)
    }

    /// At most how many: the high, else the best. "At least 5" says nothing of it.
    #[must_use]
    pub fn ceiling(self) -> Option<f64> {
        self.high.or(self.best)
    }

    /// The best estimate, else the middle of a range that is known at both ends.
    #[must_use]
    pub fn middle(self) -> Option<f64> {
        self.best.or_else(|| self.low.zip(self.high).map(|(low, high)| f64::midpoint(low, high)))
    }

    /// One number to compare by: the best; else the middle of low and high; else whichever is known.
    #[must_use]
    pub fn central(self) -> Option<f64> {
        self.middle().or(self.low).or(self.high)
    }

    /// The sum, end by end; an end that one of them does not have is unknown.
    #[must_use]
    pub fn sum(figures: &[Self]) -> Self {
        let add = |end: fn(Self) -> Option<f64>| {
            figures.iter().try_fold(0.0, |sum, figure| end(*figure).map(|end| sum + end))
        };
        if figures.is_empty() {
            return Self::UNKNOWN;
        }
        Self { low: add(Self::floor), best: add(Self::middle), high: add(Self::ceiling) }
    }

    /// Applies a non-decreasing function to each known number.
    #[must_use]
    pub fn map(self, f: impl Fn(f64) -> f64) -> Self {
        Self { low: self.low.map(&f), best: self.best.map(&f), high: self.high.map(&f) }
    }
}

/// A number of people or goods that a record may hold.
///
/// # Errors
///
/// When the number is negative, not finite or above [`LARGEST`].
pub fn within_bounds(number: f64) -> Result<f64, InvalidValue> {
    if !number.is_finite() || number < 0.0 {
        return Err(InvalidValue::new("must be a finite number, zero or more", number));
    }
    if number > LARGEST {
        return Err(InvalidValue::new("must be at most 100,000,000,000", number));
    }
    Ok(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_out_of_order_is_refused_also_when_the_best_is_unknown() {
        assert!(Figure::new(Some(2.0), None, Some(1.0)).is_err());
    }

    #[test]
    fn a_sum_with_an_at_least_in_it_has_no_upper_end() {
        let at_least = Figure::new(Some(250.0), None, None).unwrap();
        let sum = Figure::sum(&[at_least, Figure::exactly(50.0)]);
        assert_eq!((sum.low(), sum.best(), sum.high()), (Some(300.0), None, None));
        assert!(Figure::sum(&[]).is_unknown());
    }

    #[test]
    fn a_trillion_people_are_refused() {
        assert!(Figure::new(None, Some(1e12), None).is_err());
        assert!(Figure::new(None, Some(f64::NAN), None).is_err());
        assert!(Figure::new(Some(-1.0), None, None).is_err());
    }
}
