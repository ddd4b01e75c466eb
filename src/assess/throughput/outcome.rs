//! What a pause means for the people: fed for how long, what share of them, how many more pauses.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Logistics;
use super::pause::Throughput;
use super::windows::{
    SteadyState, WindowYield, per, steady_state, window_yield, windows_needed, windows_needed_conf,
};
use crate::domain::Problems;

/// The longest time food is planned for: ten years, in days.
const MOST_DAYS: f64 = 3_660.0;

/// More people, or person-days, than there are.
const MOST_OF_A_KIND: f64 = 1e12;

/// What people need, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Need {
    /// People.
    pub population: Option<f64>,
    /// What they hold: person-days.
    pub stock: Option<f64>,
    /// What comes in by itself: person-days a day.
    pub inflow: Option<f64>,
    /// Days that what the pause brings is to last.
    pub ration_days: f64,
    /// Days for which people are to be fed by windows like these.
    pub plan_days: f64,
    /// Days from one window to the next; `None` if they come only once.
    pub cycle_days: Option<f64>,
    /// The chance that a window is kept, 0–1; `None` if nobody dares to say.
    pub honour: Option<f64>,
    /// How sure one wants to be of enough windows, 0–1.
    pub confidence: f64,
}

impl Need {
    /// Notes all that is wrong with it, by the names of its fields.
    pub fn check(&self, problems: &mut Problems) {
        let amounts =
            [("population", self.population), ("stock", self.stock), ("inflow", self.inflow)];
        for (field, amount) in amounts {
            if let Some(bad) = amount.filter(|amount| !(0.0..=MOST_OF_A_KIND).contains(amount)) {
                problems.add_field(field, format!("must be from 0 to {MOST_OF_A_KIND}, got {bad}"));
            }
        }
        let days = [
            ("ration_days", Some(self.ration_days)),
            ("plan_days", Some(self.plan_days)),
            ("cycle_days", self.cycle_days),
        ];
        for (field, days) in days {
            if let Some(bad) = days.filter(|days| !(*days > 0.0 && *days <= MOST_DAYS)) {
                let rule = format!("must be more than 0 and at most {MOST_DAYS} days, got {bad}");
                problems.add_field(field, rule);
            }
        }
        for (field, chance) in [("honour", self.honour), ("confidence", Some(self.confidence))] {
            if let Some(bad) = chance.filter(|chance| !(0.0..=1.0).contains(chance)) {
                problems.add_field(field, format!("must be a chance from 0 to 1, got {bad}"));
            }
        }
    }
}

/// Something that was not known of the need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NeedFlag {
    /// Nothing was counted as coming in: coverage may be higher.
    InflowUnknown,
    /// Without people there is no coverage.
    PopulationUnknown,
    /// Stores were counted as empty: fewer windows may do.
    StockUnknown,
}

/// What a pause means for the people.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// What all its truckloads are worth if it is kept.
    pub worth: WindowYield,
    /// The share of the need of the ration days that is met if it is kept; `None` without a need.
    pub coverage: Option<f64>,
    /// The same with the person-days to expect.
    pub expected_coverage: Option<f64>,
    /// Windows like these for the planned days, if all are kept; may be infinite.
    pub windows_needed: Option<f64>,
    /// Windows to agree on, so that enough of them are kept with the asked confidence; may be infinite.
    pub windows_to_agree: Option<f64>,
    /// What they hold up in the long run.
    pub steady: Option<SteadyState>,
    /// What was not known.
    pub flags: BTreeSet<NeedFlag>,
}

/// What a pause means for the people: tonnes, people fed, coverage, windows needed.
///
/// A window counts as the mean of the windows given. An unknown inflow or stock counts as none and is
/// flagged: the truth can only be better.
///
/// # Units
///
/// As in [`Need`]; coverage is a share from 0 to 1. What cannot be told is `None`.
///
/// # Example
///
/// ```
/// use passage::assess::recurrence::Window;
/// use passage::assess::throughput::{Logistics, outcome::{Need, outcome}, pause::throughput};
/// let time = |text: &str| text.parse().unwrap();
/// let pause = Window { start: time("2016-10-06T03:00:00Z"), end: time("2016-10-08T03:00:00Z") };
/// let aleppo = Logistics::EASTERN_ALEPPO;
/// let through = throughput(&[pause], chrono_tz::Asia::Damascus, &aleppo).unwrap();
/// let need = Need {
///     population: Some(250_000.0),
///     stock: Some(0.0),
///     inflow: Some(0.0),
///     ration_days: 7.0,
///     plan_days: 30.0,
///     cycle_days: Some(7.0),
///     honour: Some(0.6),
///     confidence: 0.9,
/// };
/// let outcome = outcome(&through, &aleppo, &need);
/// assert_eq!(outcome.coverage.map(|share| (share * 1000.0).round()), Some(885.0));
/// assert_eq!((outcome.windows_needed, outcome.windows_to_agree), (Some(5.0), Some(11.0)));
/// ```
///
/// # Source
///
/// SPEC §5.
#[must_use]
pub fn outcome(through: &Throughput, logistics: &Logistics, need: &Need) -> Outcome {
    #[expect(clippy::cast_precision_loss, reason = "loads and windows stay far below 2^53")]
    let (loads, windows) = (through.loads as f64, through.windows.len() as f64);
    let haulage = &logistics.haulage;
    let worth = window_yield(loads, haulage, need.ration_days, need.honour.unwrap_or(f64::NAN));
    let inflow = need.inflow.unwrap_or(0.0);
    let covered = |person_days: f64| {
        let daily = per(person_days, need.ration_days)? + inflow;
        per(daily, need.population?).filter(|share| *share >= 0.0).map(|share| share.min(1.0))
    };
    let mean = worth.person_days.and_then(|person_days| per(person_days, windows));
    let windows_needed = need.population.zip(mean).and_then(|(population, mean)| {
        windows_needed(population, need.plan_days, need.stock.unwrap_or(0.0), inflow, mean)
    });
    let steady = need.population.zip(mean).zip(need.cycle_days.zip(need.honour));
    Outcome {
        worth,
        coverage: worth.person_days.and_then(covered),
        expected_coverage: worth.expected_person_days.and_then(covered),
        windows_needed,
        windows_to_agree: windows_needed
            .zip(need.honour)
            .and_then(|(kept, honour)| windows_to_agree(kept, honour, need.confidence)),
        steady: steady.and_then(|((population, mean), (cycle, honour))| {
            steady_state(population, mean, cycle, honour, inflow)
        }),
        flags: flags(need),
    }
}

fn windows_to_agree(kept: f64, honour: f64, confidence: f64) -> Option<f64> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole, from 0 up")]
    let count = kept.is_finite().then_some(kept as u32);
    count.map_or(Some(kept), |kept| windows_needed_conf(kept, honour, confidence))
}

fn flags(need: &Need) -> BTreeSet<NeedFlag> {
    [
        (NeedFlag::InflowUnknown, need.inflow.is_none()),
        (NeedFlag::PopulationUnknown, need.population.is_none()),
        (NeedFlag::StockUnknown, need.stock.is_none()),
    ]
    .into_iter()
    .filter_map(|(flag, is_so)| is_so.then_some(flag))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::recurrence::Window;
    use crate::assess::throughput::pause::throughput;

    const UNKNOWN: Need = Need {
        population: None,
        stock: None,
        inflow: None,
        ration_days: 7.0,
        plan_days: 30.0,
        cycle_days: None,
        honour: None,
        confidence: 0.9,
    };

    fn of_hours(hours: i64, need: &Need) -> Outcome {
        let start = "2016-10-06T03:00:00Z".parse().unwrap();
        let pause = Window { start, end: start + chrono::TimeDelta::hours(hours) };
        let aleppo = Logistics::EASTERN_ALEPPO;
        let through = throughput(&[pause], chrono_tz::Asia::Damascus, &aleppo).unwrap();
        outcome(&through, &aleppo, need)
    }

    #[test]
    fn of_an_unknown_need_only_the_food_is_told() {
        let outcome = of_hours(48, &UNKNOWN);
        assert_eq!(outcome.worth.people_fed.map(f64::floor), Some(221_356.0));
        assert_eq!((outcome.coverage, outcome.windows_needed), (None, None));
        assert_eq!((outcome.worth.expected_person_days, outcome.steady), (None, None));
        assert_eq!(outcome.flags.len(), 3);
    }

    #[test]
    fn a_pause_of_three_hours_is_never_enough_however_often_it_comes() {
        let need = Need { population: Some(1.0), honour: Some(0.5), ..UNKNOWN };
        let outcome = of_hours(3, &need);
        assert_eq!((outcome.coverage, outcome.expected_coverage), (Some(0.0), Some(0.0)));
        assert_eq!(outcome.windows_needed, Some(f64::INFINITY));
        assert_eq!(outcome.windows_to_agree, Some(f64::INFINITY));
    }

    #[test]
    fn what_comes_in_by_itself_counts_and_coverage_stops_at_all() {
        let need = Need { population: Some(250_000.0), inflow: Some(28_643.0), ..UNKNOWN };
        assert_eq!(of_hours(48, &need).coverage.map(|share| (share * 1e4).round()), Some(1e4));
        let need = Need { population: Some(1_000.0), ..need };
        assert_eq!(of_hours(48, &need).coverage, Some(1.0));
    }

    #[test]
    fn every_problem_is_named_and_nothing_bad_becomes_a_number() {
        let need = Need {
            population: Some(f64::NAN),
            stock: Some(-1.0),
            inflow: Some(f64::INFINITY),
            ration_days: 0.0,
            plan_days: f64::NAN,
            cycle_days: Some(0.0),
            honour: Some(1.5),
            confidence: -0.1,
        };
        let mut problems = Problems::default();
        need.check(&mut problems);
        assert_eq!(problems.0.len(), 8);
        let outcome = of_hours(48, &need);
        assert_eq!((outcome.coverage, outcome.windows_needed), (None, None));
        assert_eq!((outcome.worth.people_fed, outcome.steady), (None, None));
    }
}
