//! One pool, one moment: raise the lowest together, as water rises in a vessel.

use serde::Serialize;

/// Who gets how much of one pool, and how far everybody is then.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WaterFill {
    /// What each area gets, in the unit of the budget.
    pub x: Vec<f64>,
    /// Share of the need that each area then has, at most 1; `None` without need.
    pub coverage: Vec<Option<f64>>,
    /// The coverage to which those are raised that get something; `None` if nobody has a need.
    pub level: Option<f64>,
    /// How much of the budget is given out.
    pub used: f64,
    /// Need that is left in all areas together.
    pub unmet: f64,
}

/// Shares one pool at one moment so that the worst-off is as well off as can be, then the next, and so on.
///
/// Nobody is given more than the need or the cap; what nobody can take stays unused. No other sharing
/// gives somebody more without taking from one who is no better off.
///
/// # Units
///
/// `need`, `have`, `budget`, `caps`: one unit, such as person-days. `have`, `caps` are in the order of
/// `need`; what is missing there is nothing, and no cap. Numbers below zero count as zero.
///
/// # Example
///
/// 2,000 person-days for three areas; the first has more than the pool can give the others:
///
/// ```
/// use passage::assess::allocation::water_fill;
/// let shared = water_fill(&[1000.0, 2000.0, 4000.0], &[800.0, 500.0, 0.0], 2000.0, &[]);
/// assert_eq!(shared.x[0], 0.0);
/// assert!((shared.x[1] - 333.333).abs() < 0.001);
/// assert!((shared.level.unwrap() - 0.416_667).abs() < 1e-6);
/// ```
///
/// # Source
///
/// SPEC §6.1; max-min fairness by water-filling: Radunović & Le Boudec, a unified framework for
/// max-min and min-max fairness.
#[must_use]
pub fn water_fill(need: &[f64], have: &[f64], budget: f64, caps: &[Option<f64>]) -> WaterFill {
    let vessels: Vec<Vessel> =
        need.iter().enumerate().map(|(at, &need)| Vessel::new(at, need, have, caps)).collect();
    let budget = budget.max(0.0).min(vessels.iter().map(|vessel| vessel.room).sum());
    let level = level(&vessels, budget);
    let x: Vec<f64> = vessels.iter().map(|vessel| vessel.filled_to(level)).collect();
    let after = |(vessel, x): (&Vessel, &f64)| {
        (vessel.need > 0.0).then(|| ((vessel.have + x) / vessel.need).min(1.0))
    };
    let left = |(vessel, x): (&Vessel, &f64)| (vessel.need - vessel.have - x).max(0.0);
    WaterFill {
        coverage: vessels.iter().zip(&x).map(after).collect(),
        level: vessels.iter().any(|vessel| vessel.need > 0.0).then_some(level),
        used: x.iter().fold(0.0, |sum, x| sum + x),
        unmet: vessels.iter().zip(&x).map(left).fold(0.0, |sum, left| sum + left),
        x,
    }
}

/// An area with its need, what it has, and how much more it can take.
struct Vessel {
    need: f64,
    have: f64,
    room: f64,
}

impl Vessel {
    fn new(at: usize, need: f64, have: &[f64], caps: &[Option<f64>]) -> Self {
        let need = need.max(0.0);
        let have = have.get(at).copied().unwrap_or(0.0).max(0.0);
        let cap = caps.get(at).copied().flatten().unwrap_or(f64::INFINITY).max(0.0);
        Self { need, have, room: (need - have).max(0.0).min(cap) }
    }

    fn filled_to(&self, level: f64) -> f64 {
        if self.room > 0.0 { (level * self.need - self.have).clamp(0.0, self.room) } else { 0.0 }
    }
}

/// The lowest level at which the vessels hold the budget, which they have room for.
fn level(vessels: &[Vessel], budget: f64) -> f64 {
    let mut bends: Vec<(f64, f64)> = vessels
        .iter()
        .filter(|vessel| vessel.room > 0.0)
        .flat_map(|vessel| {
            let (need, have) = (vessel.need, vessel.have);
            [(have / need, need), ((have + vessel.room) / need, -need)]
        })
        .collect();
    bends.sort_by(|a, b| a.0.total_cmp(&b.0));
    let Some(&(mut level, _)) = bends.first() else {
        // Nobody can take anything: the water stands where the lowest are.
        let own = vessels.iter().filter(|v| v.need > 0.0).map(|v| (v.have / v.need).min(1.0));
        return own.reduce(f64::min).unwrap_or(0.0);
    };
    let (mut held, mut slope) = (0.0, 0.0_f64);
    for (bend, change) in bends {
        let more = slope * (bend - level);
        if held + more >= budget && slope > 0.0 {
            return level + ((budget - held) / slope).max(0.0);
        }
        held += more;
        level = bend;
        // The last needs to go out must leave nothing behind, not a rounding error.
        slope = (slope + change).max(0.0);
        if held >= budget {
            return level;
        }
    }
    level
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn with_more_than_all_can_take_the_rest_stays_unused() {
        let shared = water_fill(&[100.0, 100.0], &[0.0, 40.0], 500.0, &[Some(30.0)]);
        assert_eq!((shared.x, shared.used, shared.unmet), (vec![30.0, 60.0], 90.0, 70.0));
        assert_eq!(shared.coverage, [Some(0.3), Some(1.0)]);
    }

    #[test]
    fn an_area_without_need_gets_nothing_and_has_no_coverage() {
        let shared = water_fill(&[0.0, 100.0], &[], 50.0, &[]);
        assert_eq!((shared.x, shared.coverage), (vec![0.0, 50.0], vec![None, Some(0.5)]));
    }

    #[test]
    fn if_nobody_has_a_need_there_is_no_level() {
        let shared = water_fill(&[0.0, 0.0], &[5.0], 50.0, &[]);
        assert_eq!((shared.level, shared.used, shared.unmet), (None, 0.0, 0.0));
        assert_eq!(water_fill(&[], &[], 50.0, &[]).level, None);
    }

    #[test]
    fn a_pool_of_nothing_or_less_leaves_everybody_where_they_are() {
        for budget in [0.0, -10.0] {
            let shared = water_fill(&[100.0, 200.0], &[20.0, 0.0], budget, &[]);
            assert_eq!((shared.used, shared.unmet, shared.level), (0.0, 280.0, Some(0.0)));
        }
    }

    #[test]
    fn who_has_more_than_enough_is_covered_once_and_gets_nothing() {
        let shared = water_fill(&[100.0, 100.0], &[250.0, 0.0], 60.0, &[]);
        assert_eq!((shared.coverage, shared.x), (vec![Some(1.0), Some(0.6)], vec![0.0, 60.0]));
    }

    fn areas() -> impl Strategy<Value = Vec<(f64, f64, Option<f64>)>> {
        let area = (0.0..500.0_f64, 0.0..300.0_f64, proptest::option::of(0.0..200.0_f64));
        proptest::collection::vec(area, 0..12)
    }

    fn shared(areas: &[(f64, f64, Option<f64>)], budget: f64) -> WaterFill {
        let need: Vec<f64> = areas.iter().map(|area| area.0).collect();
        let have: Vec<f64> = areas.iter().map(|area| area.1).collect();
        let caps: Vec<Option<f64>> = areas.iter().map(|area| area.2).collect();
        water_fill(&need, &have, budget, &caps)
    }

    proptest! {
        #[test]
        fn who_gets_something_and_could_take_more_sits_at_the_level(
            areas in areas(), budget in 0.0..3000.0_f64,
        ) {
            let shared = shared(&areas, budget);
            for (at, &(need, have, cap)) in areas.iter().enumerate() {
                let room = (need - have).max(0.0).min(cap.unwrap_or(f64::INFINITY));
                if let (Some(level), Some(coverage)) = (shared.level, shared.coverage[at])
                    && shared.x[at] > 1e-9 && shared.x[at] < room - 1e-9
                {
                    prop_assert!((coverage - level).abs() < 1e-9);
                }
                prop_assert!(shared.x[at] <= room && shared.x[at] >= 0.0);
            }
            let room: f64 = areas.iter().map(|&(need, have, cap)| {
                (need - have).max(0.0).min(cap.unwrap_or(f64::INFINITY))
            }).sum();
            prop_assert!((shared.used - budget.min(room)).abs() < 1e-6);
        }

        #[test]
        fn more_to_share_never_lowers_anybody(
            areas in areas(), budget in 0.0..3000.0_f64, more in 0.0..500.0_f64,
        ) {
            let (less, more) = (shared(&areas, budget), shared(&areas, budget + more));
            for (less, more) in less.coverage.iter().zip(&more.coverage) {
                prop_assert!(more.unwrap_or(0.0) >= less.unwrap_or(0.0) - 1e-12);
            }
        }

        #[test]
        fn the_order_of_the_areas_does_not_matter(
            (areas, order) in areas().prop_flat_map(|areas| {
                let order: Vec<usize> = (0..areas.len()).collect();
                (Just(areas), Just(order).prop_shuffle())
            }),
            budget in 0.0..3000.0_f64,
        ) {
            let straight = shared(&areas, budget);
            let mixed: Vec<_> = order.iter().map(|&at| areas[at]).collect();
            let mixed = shared(&mixed, budget);
            for (place, &at) in order.iter().enumerate() {
                prop_assert!((mixed.x[place] - straight.x[at]).abs() < 1e-6);
            }
        }
    }
}
