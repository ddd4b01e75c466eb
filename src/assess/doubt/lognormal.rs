//! The doubt of a run-out where each figure is known by its P10 and P90 and nothing comes in: exact.

use super::RunoutQuantiles;

/// What the tenth and the ninetieth percent of a standard normal lie from its middle.
const Z: f64 = 1.281_551_565_544_600_4;

/// A positive quantity of which one chance in ten lies below `p10` and one above `p90`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct P10P90 {
    /// The low end.
    pub p10: f64,
    /// The high end.
    pub p90: f64,
}

impl P10P90 {
    /// Surely 1: for a share that is not in doubt.
    pub const ONE: Self = Self { p10: 1.0, p90: 1.0 };

    /// Middle and variance of its logarithm; `None` where it has none.
    fn logarithm(self) -> Option<(f64, f64)> {
        let is_sound = self.p10 > 0.0 && self.p10 <= self.p90 && self.p90.is_finite();
        let sigma = (self.p90 / self.p10).ln() / (2.0 * Z);
        is_sound.then(|| (f64::midpoint(self.p10.ln(), self.p90.ln()), sigma * sigma))
    }
}

/// Early, middle and late day on which a stock is eaten up, from P10 and P90 of each figure.
///
/// Everybody eats the same share of the need, nothing comes in, each figure is lognormal and independent of the
/// others. Then the run-out is lognormal too, and nothing needs to be drawn.
///
/// # Units
///
/// `stock`: person-days; `population`: people; `ration`: share of 2,100 kcal; `keep`: share of the stock that is
/// not lost. Returns days; `None` where a figure is zero, not finite or out of order.
///
/// # Example
///
/// ```
/// use passage::assess::doubt::{P10P90, runout_lognormal};
/// let stock = P10P90 { p10: 3_600_000.0, p90: 5_400_000.0 };
/// let population = P10P90 { p10: 240_000.0, p90: 280_000.0 };
/// let ration = P10P90 { p10: 0.5, p90: 1.0 };
/// let keep = P10P90 { p10: 0.85, p90: 0.98 };
/// let days = runout_lognormal(stock, population, ration, keep).unwrap();
/// assert!((days.p10 - 14.5).abs() < 0.01 && (days.p90 - 33.25).abs() < 0.01);
/// ```
///
/// # Source
///
/// SPEC §3, uncertainty.
#[must_use]
pub fn runout_lognormal(
    stock: P10P90,
    population: P10P90,
    ration: P10P90,
    keep: P10P90,
) -> Option<RunoutQuantiles> {
    let [stock, keep] = [stock.logarithm()?, keep.logarithm()?];
    let [population, ration] = [population.logarithm()?, ration.logarithm()?];
    let middle = stock.0 + keep.0 - population.0 - ration.0;
    let sigma = (stock.1 + keep.1 + population.1 + ration.1).sqrt();
    let day = |z: f64| (middle + z * sigma).exp();
    Some(RunoutQuantiles { p10: day(-Z), p50: day(0.0), p90: day(Z), p_never: 0.0 })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn range() -> impl Strategy<Value = P10P90> {
        (0.1..1e6_f64, 1.0..3.0_f64).prop_map(|(p10, wide)| P10P90 { p10, p90: p10 * wide })
    }

    #[test]
    fn a_figure_that_may_be_zero_has_no_such_answer() {
        let bad = [(0.0, 1.0), (2.0, 1.0), (1.0, f64::INFINITY), (f64::NAN, 1.0)];
        for (p10, p90) in bad {
            let range = P10P90 { p10, p90 };
            assert_eq!(runout_lognormal(range, P10P90::ONE, P10P90::ONE, P10P90::ONE), None);
        }
    }

    #[test]
    fn without_doubt_the_three_days_are_one() {
        let exactly = |number| P10P90 { p10: number, p90: number };
        let days =
            runout_lognormal(exactly(4_500.0), exactly(250.0), P10P90::ONE, P10P90::ONE).unwrap();
        assert!((days.p10 - 18.0).abs() < 1e-9 && (days.p90 - 18.0).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn the_middle_day_lies_between_the_early_and_the_late(
            stock in range(), population in range(), ration in range(), keep in range(),
        ) {
            let days = runout_lognormal(stock, population, ration, keep).unwrap();
            prop_assert!(days.p10 <= days.p50 && days.p50 <= days.p90);
        }
    }
}
