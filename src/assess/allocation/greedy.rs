//! Whole truckloads, one pool, one moment: each next load to the one who has least.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use serde::Serialize;

use super::water_fill::water_fill;

/// Who gets how many truckloads.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GreedyTrucks {
    /// Truckloads for each area.
    pub trucks: Vec<u64>,
    /// Share of the need that each area then has, at most 1; `None` without need.
    pub coverage: Vec<Option<f64>>,
    /// Truckloads that nobody needs.
    pub unused: u64,
}

/// Shares whole truckloads: the next goes to the lowest coverage; among equals to the area that rises most,
/// which is the one with the smallest need, then to the first in the list.
///
/// The result is lexicographically best: no other whole sharing makes the worst-off better off, nor the
/// next without harming the worst. Coverages that differ by less than 1e-12 are equal. Who is fed gets no
/// more.
///
/// # Units
///
/// `need`, `have`, `load`: one unit, such as person-days; what is missing in `have` is nothing.
///
/// # Example
///
/// Nobody has anything; the one load goes where it does most:
///
/// ```
/// use passage::assess::allocation::greedy_trucks;
/// let shared = greedy_trucks(&[3000.0, 1000.0], &[0.0, 0.0], 1, 400.0);
/// assert_eq!(shared.trucks, [0, 1]);
/// assert_eq!(shared.coverage, [Some(0.0), Some(0.4)]);
/// ```
///
/// # Source
///
/// SPEC §6.2.
#[must_use]
pub fn greedy_trucks(need: &[f64], have: &[f64], trucks: u64, load: f64) -> GreedyTrucks {
    let queue = Queue::new(need, have, load);
    let mut given = if load > 0.0 { queue.head_start(trucks) } else { vec![0; need.len()] };
    let mut unused = given.iter().fold(trucks, |left, &given| left.saturating_sub(given));
    if load > 0.0 {
        unused = queue.serve(&mut given, unused);
    }
    let coverage = |(at, given): (usize, &u64)| queue.coverage(at, *given).map(|c| c.min(1.0));
    GreedyTrucks {
        coverage: given.iter().enumerate().map(coverage).collect(),
        trucks: given,
        unused,
    }
}

struct Queue {
    need: Vec<f64>,
    have: Vec<f64>,
    load: f64,
}

impl Queue {
    fn new(need: &[f64], have: &[f64], load: f64) -> Self {
        let need: Vec<f64> = need.iter().map(|need| need.max(0.0)).collect();
        let have = |at| have.get(at).copied().unwrap_or(0.0_f64).max(0.0);
        Self { have: (0..need.len()).map(have).collect(), need, load }
    }

    /// Coverage with so many loads. One product and one division, so that equal shares give equal numbers.
    fn coverage(&self, at: usize, given: u64) -> Option<f64> {
        (self.need[at] > 0.0).then(|| (self.have[at] + count(given) * self.load) / self.need[at])
    }

    /// Loads that everybody is given on the way, however the rest is shared: enough to rise to the level
    /// that one load less for each area can reach. Spares a step for each of a great many loads.
    fn head_start(&self, trucks: u64) -> Vec<u64> {
        let areas = u64::try_from(self.need.len()).unwrap_or(u64::MAX);
        // A little less, so that rounding cannot give out more than there is.
        let budget = count(trucks.saturating_sub(areas)) * self.load * (1.0 - 1e-12);
        let level = water_fill(&self.need, &self.have, budget, &[]).level.unwrap_or(0.0);
        let loads = |(need, have): (&f64, &f64)| {
            floor(((level.min(1.0) * need - have) / self.load - 1e-6).min(count(trucks)))
        };
        if budget > 0.0 {
            self.need.iter().zip(&self.have).map(loads).collect()
        } else {
            vec![0; self.need.len()]
        }
    }

    /// Gives loads one by one and returns how many nobody needs.
    fn serve(&self, given: &mut [u64], mut loads: u64) -> u64 {
        let turn = |at: usize, given: u64| {
            let grade = grade(self.coverage(at, given)?);
            (grade < FED).then(|| Reverse((grade, self.need[at].to_bits(), at)))
        };
        let mut queue: BinaryHeap<_> =
            given.iter().enumerate().filter_map(|(at, &given)| turn(at, given)).collect();
        while loads > 0
            && let Some(Reverse((_, _, at))) = queue.pop()
        {
            given[at] += 1;
            loads -= 1;
            queue.extend(turn(at, given[at]));
        }
        loads
    }
}

/// The [`grade`] of full coverage.
pub(super) const FED: i64 = 1_000_000_000_000;

/// A coverage in steps of 1e-12, so that a tie is a tie in spite of rounding.
#[expect(clippy::cast_possible_truncation, reason = "a coverage too large becomes the largest")]
pub(super) fn grade(coverage: f64) -> i64 {
    (coverage * 1e12).round() as i64
}

#[expect(clippy::cast_precision_loss, reason = "loads are counted in thousands, far below 2^53")]
pub(super) fn count(loads: u64) -> f64 {
    loads as f64
}

/// Whole loads in `loads`, none if there is less than one.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "not negative, and a number too large becomes the largest"
)]
pub(super) fn floor(loads: f64) -> u64 {
    loads.max(0.0) as u64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_tie_that_rounding_would_hide_goes_to_the_smallest_need() {
        // 0.1 + 2 · 0.1 is not 0.3 in binary numbers, yet both areas have three tenths.
        let shared = greedy_trucks(&[2.0, 1.0], &[0.6, 0.1], 3, 0.1);
        assert_eq!(shared.trucks, [0, 3]);
    }

    #[test]
    fn loads_that_nobody_needs_stay_unused() {
        let shared = greedy_trucks(&[1000.0, 0.0, 500.0], &[0.0, 0.0, 900.0], 5, 400.0);
        assert_eq!((shared.trucks, shared.unused), (vec![3, 0, 0], 2));
        assert_eq!(shared.coverage, [Some(1.0), None, Some(1.0)]);
    }

    #[test]
    fn loads_without_food_are_not_given_out() {
        for load in [0.0, -5.0] {
            assert_eq!(greedy_trucks(&[100.0], &[], 3, load).unused, 3);
        }
    }

    #[test]
    fn more_loads_than_could_ever_be_counted_end_at_once() {
        let shared = greedy_trucks(&[1e11, 3e10], &[], u64::MAX, 1e-3);
        assert!(shared.coverage.iter().all(|coverage| *coverage == Some(1.0)));
    }

    /// Every way to share so many loads.
    fn sharings(areas: usize, loads: u64) -> Vec<Vec<u64>> {
        if areas == 0 {
            return vec![vec![]];
        }
        (0..=loads)
            .flat_map(|first| {
                sharings(areas - 1, loads - first).into_iter().map(move |mut rest| {
                    rest.insert(0, first);
                    rest
                })
            })
            .collect()
    }

    fn sorted_grades(need: &[f64], have: &[f64], trucks: &[u64], load: f64) -> Vec<i64> {
        let queue = Queue::new(need, have, load);
        let mut grades: Vec<i64> = trucks
            .iter()
            .enumerate()
            .filter_map(|(at, &given)| Some(grade(queue.coverage(at, given)?.min(1.0))))
            .collect();
        grades.sort_unstable();
        grades
    }

    proptest! {
        #[test]
        fn no_other_sharing_is_lexicographically_better(
            areas in proptest::collection::vec((1_u32..12, 0_u32..8), 1..5), trucks in 0_u64..6,
        ) {
            let need: Vec<f64> = areas.iter().map(|area| f64::from(area.0) * 100.0).collect();
            let have: Vec<f64> = areas.iter().map(|area| f64::from(area.1) * 50.0).collect();
            let shared = greedy_trucks(&need, &have, trucks, 150.0);
            let ours = sorted_grades(&need, &have, &shared.trucks, 150.0);
            for other in sharings(need.len(), trucks) {
                prop_assert!(ours >= sorted_grades(&need, &have, &other, 150.0), "{:?}", other);
            }
        }

        #[test]
        fn the_head_start_changes_nothing(
            areas in proptest::collection::vec((1_u32..50, 0_u32..30), 1..8), trucks in 0_u64..200,
        ) {
            let need: Vec<f64> = areas.iter().map(|area| f64::from(area.0) * 100.0).collect();
            let have: Vec<f64> = areas.iter().map(|area| f64::from(area.1) * 50.0).collect();
            let queue = Queue::new(&need, &have, 70.0);
            let mut one_by_one = vec![0; need.len()];
            let unused = queue.serve(&mut one_by_one, trucks);
            let shared = greedy_trucks(&need, &have, trucks, 70.0);
            prop_assert_eq!((shared.trucks, shared.unused), (one_by_one, unused));
        }
    }
}
