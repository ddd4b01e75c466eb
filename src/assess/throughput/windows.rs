//! What a window is worth against a need: people fed, windows needed, coverage kept week after week.

use serde::Serialize;

use crate::assess::gap::Haulage;

/// Rounding that must not cost a window.
const ROUNDING: f64 = 1e-9;

/// A chance may be short of the asked confidence by so much: rounding of the sum.
const CHANCE_ROUNDING: f64 = 1e-12;

/// More windows than anybody waits for: nearly 20,000 years of weeks.
const MOST_WINDOWS: u32 = 1_000_000;

const KG_PER_TONNE: f64 = 1000.0;

/// What truckloads are worth. A field is `None` where it would divide by nothing, or where an argument
/// is no sensible number.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct WindowYield {
    /// Tonnes on the trucks.
    pub tonnes: Option<f64>,
    /// Person-days of food at 2,100 kcal, less what is lost.
    pub person_days: Option<f64>,
    /// People whom that feeds for the days asked for.
    pub people_fed: Option<f64>,
    /// `person_days` times the chance that the pause is kept.
    pub expected_person_days: Option<f64>,
}

/// What truckloads are worth in tonnes, person-days and people fed, and what to expect of them.
///
/// # Units
///
/// `loads`: full trucks; `ration_days`: days the food is to last; `honour`: the chance that the pause is
/// kept, 0–1.
///
/// # Example
///
/// ```
/// use passage::assess::throughput::{Logistics, windows::window_yield};
/// let worth = window_yield(56.0, &Logistics::EASTERN_ALEPPO.haulage, 7.0, 0.6);
/// assert_eq!(worth.tonnes, Some(877.52));
/// assert_eq!(worth.people_fed.map(f64::floor), Some(221_356.0));
/// assert_eq!(worth.expected_person_days.map(f64::floor), Some(929_696.0));
/// ```
///
/// # Source
///
/// SPEC §5, yield.
#[must_use]
pub fn window_yield(loads: f64, haulage: &Haulage, ration_days: f64, honour: f64) -> WindowYield {
    let arrives = share(1.0 - haulage.loss);
    let tonnes = amount(loads).zip(amount(haulage.payload_tonnes)).map(|(n, each)| n * each);
    let person_days = tonnes.zip(arrives).and_then(|(tonnes, arrives)| {
        per(tonnes * KG_PER_TONNE, haulage.ration_kg).map(|days| days * arrives)
    });
    WindowYield {
        tonnes,
        person_days,
        people_fed: person_days.and_then(|days| per(days, ration_days)),
        expected_person_days: person_days.zip(share(honour)).map(|(days, honour)| days * honour),
    }
}

/// The windows that feed a population for some days: `⌈(P·D − S − r·D)⁺ / Y⌉`.
///
/// Every window is kept and worth the same. It does not say that food lasts until the next one: for that
/// simulate the stock.
///
/// # Units
///
/// `population`: people; `days`: days; `stock`, `yield_each`: person-days; `inflow`: person-days a day.
/// Returns windows: infinite if windows bring nothing, `None` if an argument is not a number from 0 up.
///
/// # Example
///
/// Eastern Aleppo for 30 days from empty stores:
///
/// ```
/// use passage::assess::throughput::windows::windows_needed;
/// assert_eq!(windows_needed(250_000.0, 30.0, 0.0, 0.0, 1_549_495.0), Some(5.0));
/// assert_eq!(windows_needed(250_000.0, 30.0, 0.0, 0.0, 0.0), Some(f64::INFINITY));
/// ```
///
/// # Source
///
/// SPEC §5, windows to feed P for D days.
#[must_use]
pub fn windows_needed(
    population: f64,
    days: f64,
    stock: f64,
    inflow: f64,
    yield_each: f64,
) -> Option<f64> {
    let (population, days, stock) = (amount(population)?, amount(days)?, amount(stock)?);
    let missing = ((population - amount(inflow)?) * days - stock).max(0.0);
    let yield_each = amount(yield_each)?;
    if missing == 0.0 {
        return Some(0.0);
    }
    Some((missing / yield_each - ROUNDING).ceil().max(0.0))
}

/// The fewest windows to agree on, so that at least `kept` of them are kept with the asked confidence.
///
/// Windows are kept or broken independently; in truth one broken makes the next less likely, so that
/// this is too few rather than too many.
///
/// # Units
///
/// `honour`: the chance that one is kept, 0–1; `confidence`: 0–1. Returns windows: never fewer than
/// `kept`, infinite if they never suffice or if it takes more than a million; `None` if a chance is none.
///
/// # Example
///
/// ```
/// use passage::assess::throughput::windows::windows_needed_conf;
/// assert_eq!(windows_needed_conf(5, 0.6, 0.9), Some(11.0));
/// assert_eq!(windows_needed_conf(5, 0.0, 0.9), Some(f64::INFINITY));
/// ```
///
/// # Source
///
/// SPEC §5, confidence: the smallest n with P[Bin(n, p) ≥ m] ≥ γ.
#[must_use]
pub fn windows_needed_conf(kept: u32, honour: f64, confidence: f64) -> Option<f64> {
    let (honour, confidence) = (share(honour)?, share(confidence)?);
    let fewest = f64::from(kept);
    if kept == 0 || honour >= 1.0 {
        return Some(fewest);
    }
    if honour <= 0.0 || (confidence >= 1.0 && honour < 1.0) {
        return Some(f64::INFINITY);
    }
    // The chance that the last of those to be kept is window n; its logarithm does not underflow.
    let mut log_chance = fewest * honour.ln();
    let mut chance = log_chance.exp();
    let broken = (-honour).ln_1p();
    for windows in kept..=MOST_WINDOWS {
        let n = f64::from(windows);
        if chance >= confidence - CHANCE_ROUNDING {
            return Some(n);
        }
        log_chance += (n / (n + 1.0 - fewest)).ln() + broken;
        chance += log_chance.exp();
    }
    Some(f64::INFINITY)
}

/// What windows that come again and again hold up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SteadyState {
    /// The share of the need that is met in the long run, at most 1; `None` without a need.
    pub coverage: Option<f64>,
    /// What each window must bring to meet all of it: person-days; infinite if none is ever kept.
    pub yield_for_100: f64,
}

/// The coverage that windows at regular times hold up in the long run: `min(1, (p·Y/cycle + r) / P)`.
///
/// It is lower before the first window, and food must also last from one window to the next.
///
/// # Units
///
/// `population`: people; `yield_each`: person-days; `cycle_days`: from one window to the next; `honour`:
/// the chance that one is kept, 0–1; `inflow`: person-days a day. `None` if an argument is no such number.
///
/// # Example
///
/// Eastern Aleppo, weekly, three of five kept:
///
/// ```
/// use passage::assess::throughput::windows::steady_state;
/// let steady = steady_state(250_000.0, 1_549_495.0, 7.0, 0.6, 0.0).unwrap();
/// assert_eq!(steady.coverage.map(|share| (share * 100.0).round()), Some(53.0));
/// assert_eq!(steady.yield_for_100.round(), 2_916_667.0);
/// ```
///
/// # Source
///
/// SPEC §5, steady coverage.
#[must_use]
pub fn steady_state(
    population: f64,
    yield_each: f64,
    cycle_days: f64,
    honour: f64,
    inflow: f64,
) -> Option<SteadyState> {
    let (population, inflow, honour) = (amount(population)?, amount(inflow)?, share(honour)?);
    let daily = per(amount(yield_each)? * honour, cycle_days)?;
    let missing = (population - inflow).max(0.0);
    let yield_for_100 = if missing == 0.0 { 0.0 } else { missing * cycle_days / honour };
    Some(SteadyState {
        coverage: per(daily + inflow, population).map(|share| share.min(1.0)),
        yield_for_100,
    })
}

/// A number from 0 up, which infinity is not.
fn amount(number: f64) -> Option<f64> {
    (number.is_finite() && number >= 0.0).then_some(number)
}

fn share(number: f64) -> Option<f64> {
    (0.0..=1.0).contains(&number).then_some(number)
}

/// A ratio that is unknown, rather than infinite, when there is nothing to divide by.
pub(super) fn per(number: f64, parts: f64) -> Option<f64> {
    let ratio = number / parts;
    (parts > 0.0 && ratio.is_finite()).then_some(ratio)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_sum_of_chances_that_is_exact_needs_no_further_window() {
        assert_eq!(windows_needed_conf(1, 0.5, 0.5), Some(1.0));
        assert_eq!(windows_needed_conf(1, 0.5, 0.75), Some(2.0));
        assert_eq!(windows_needed_conf(1, 0.9, 0.99), Some(2.0));
    }

    #[test]
    fn windows_that_are_always_kept_are_needed_once_each_and_never_kept_ones_never_suffice() {
        assert_eq!(windows_needed_conf(5, 1.0, 1.0), Some(5.0));
        assert_eq!(windows_needed_conf(5, 0.99, 1.0), Some(f64::INFINITY));
        assert_eq!(windows_needed_conf(0, 0.0, 1.0), Some(0.0));
        assert_eq!(windows_needed_conf(5, 0.5, 0.0), Some(5.0));
        assert_eq!(windows_needed_conf(5, 1e-300, 0.9), Some(f64::INFINITY));
    }

    #[test]
    fn many_windows_are_counted_as_well_as_few() {
        // By the normal approximation about n·p = m, with n·p·q as the variance.
        let windows = windows_needed_conf(10_000, 0.25, 0.5).unwrap();
        assert!((windows - 40_000.0).abs() < 5.0, "{windows}");
        let windows = windows_needed_conf(10_000, 0.25, 0.999).unwrap();
        assert!((windows - 41_083.0).abs() < 20.0, "{windows}");
    }

    #[test]
    fn exact_division_needs_no_further_window_and_no_need_needs_none() {
        assert_eq!(windows_needed(10_000.0, 14.0, 0.0, 0.0, 70_000.0), Some(2.0));
        assert_eq!(windows_needed(10_000.0, 14.0, 200_000.0, 0.0, 0.0), Some(0.0));
        assert_eq!(windows_needed(0.0, 14.0, 0.0, 5.0, 0.0), Some(0.0));
        assert_eq!(windows_needed(f64::NAN, 14.0, 0.0, 5.0, 0.0), None);
        assert_eq!(windows_needed(1.0, -14.0, 0.0, 5.0, 0.0), None);
    }

    #[test]
    fn without_people_there_is_no_coverage_rather_than_a_full_one() {
        let steady = steady_state(0.0, 100.0, 7.0, 0.0, 0.0).unwrap();
        assert_eq!((steady.coverage, steady.yield_for_100), (None, 0.0));
        let never = steady_state(100.0, 100.0, 7.0, 0.0, 20.0).unwrap();
        assert_eq!((never.coverage, never.yield_for_100), (Some(0.2), f64::INFINITY));
        assert_eq!(steady_state(100.0, 100.0, 0.0, 0.5, 20.0), None);
    }

    #[test]
    fn what_is_no_number_is_worth_nothing_known() {
        let free = Haulage { ration_kg: 0.0, ..Haulage::default() };
        assert_eq!(window_yield(5.0, &free, 7.0, 1.0).person_days, None);
        assert_eq!(window_yield(f64::NAN, &Haulage::default(), 7.0, 1.0).tonnes, None);
        let all = window_yield(5.0, &Haulage::default(), 0.0, 2.0);
        assert_eq!((all.people_fed, all.expected_person_days), (None, None));
    }

    /// P[Bin(n, p) ≥ m], summed term by term.
    fn chance(n: u32, p: f64, m: u32) -> f64 {
        let choose = |k: u32| (0..k).fold(1.0, |c, i| c * f64::from(n - i) / f64::from(i + 1));
        let term =
            |k: u32| choose(k) * p.powi(k.cast_signed()) * (1.0 - p).powi((n - k).cast_signed());
        (m..=n).map(term).sum()
    }

    proptest! {
        #[test]
        fn so_many_windows_suffice_and_one_fewer_does_not(
            kept in 1_u32..9, honour in 0.2..0.99_f64, confidence in 0.01..0.99_f64,
        ) {
            let needed = windows_needed_conf(kept, honour, confidence).unwrap();
            let windows = (kept..1_000).find(|n| (f64::from(*n) - needed).abs() < 0.5).unwrap();
            prop_assert!(chance(windows, honour, kept) >= confidence - 1e-9);
            prop_assert!(windows == kept || chance(windows - 1, honour, kept) < confidence + 1e-9);
        }

        #[test]
        fn the_yield_for_full_coverage_gives_full_coverage(
            population in 1.0..1e7_f64, cycle in 1.0..60.0_f64, honour in 0.01..1.0_f64, inflow in 0.0..1e6_f64,
        ) {
            let needed = steady_state(population, 0.0, cycle, honour, inflow).unwrap().yield_for_100;
            let steady = steady_state(population, needed, cycle, honour, inflow).unwrap();
            prop_assert!((steady.coverage.unwrap() - 1.0).abs() < 1e-9);
        }
    }
}
