//! Whom a convoy fed: its cargo in people, beside what the sources claim.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::assess::delivery::{DropFacts, DropFlag};
use crate::domain::Figure;
use crate::situation::standards::Losses;

/// What a convoy or a drop amounts to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConvoyFigures {
    /// What the sources claim.
    pub claimed: Claimed,
    /// What its cargo can do, before losses.
    pub computed: Computed,
    /// The same after handling losses and diversion.
    pub after_losses: AfterLosses,
    /// What to mind.
    pub flags: BTreeSet<DropFlag>,
}

/// What the sources claim.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Claimed {
    /// Trucks.
    pub trucks: Figure,
    /// People it is for.
    pub people_targeted: Figure,
    /// People it reached.
    pub people_reached: Figure,
    /// People (reached, else targeted) per truck.
    pub people_per_truck: Option<f64>,
}

/// What the cargo can do, before losses.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Computed {
    /// Food for so many people for a day, at 2,100 kcal.
    pub food_person_days: Option<f64>,
    /// Water for so many people for a day.
    pub water_person_days: Option<f64>,
    /// Health supplies for so many people for a day.
    pub health_person_days: Option<f64>,
    /// People fed for the days asked for.
    pub people_fed: Option<f64>,
    /// The same for each truck.
    pub people_fed_per_truck: Option<f64>,
    /// Person-days of food for each truck.
    pub food_person_days_per_truck: Option<f64>,
    /// Lines whose quantity or content is not known.
    pub unknown_lines: usize,
    /// Share of the weight that was taken off.
    pub removed_share: Option<f64>,
}

/// Food after losses.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AfterLosses {
    /// Food for so many people for a day.
    pub food_person_days: Figure,
    /// People fed for the days asked for.
    pub people_fed: Figure,
    /// The same for each truck.
    pub people_fed_per_truck: Figure,
}

/// The figures of one drop.
#[must_use]
pub fn drop_figures(drop: &DropFacts, days: f64, losses: Losses) -> ConvoyFigures {
    figures(std::slice::from_ref(drop), days, losses)
}

/// The figures of several drops together.
#[must_use]
pub fn figures(drops: &[DropFacts], days: f64, losses: Losses) -> ConvoyFigures {
    let trucks = add(drops.iter().map(|drop| drop.trucks));
    let per_truck = |amount: Option<f64>| {
        let trucks = trucks.middle().filter(|trucks| *trucks > 0.0);
        amount.zip(trucks).map(|(amount, trucks)| amount / trucks)
    };
    let (targeted, reached) =
        (add(drops.iter().map(|d| d.people_targeted)), add(drops.iter().map(|d| d.people_reached)));
    let sum = |part: fn(&DropFacts) -> Option<f64>| sum_known(drops.iter().map(part));
    let food = sum(|drop| drop.cargo.food_person_days);
    let fed = food.map(|food| food / days);
    let left = food.map_or(Figure::UNKNOWN, |food| losses.left_of(food));
    ConvoyFigures {
        claimed: Claimed {
            trucks,
            people_targeted: targeted,
            people_reached: reached,
            people_per_truck: per_truck(reached.middle().or_else(|| targeted.middle())),
        },
        computed: Computed {
            food_person_days: food,
            water_person_days: sum(|drop| drop.cargo.water_person_days),
            health_person_days: sum(|drop| drop.cargo.health_person_days),
            people_fed: fed,
            people_fed_per_truck: per_truck(fed),
            food_person_days_per_truck: per_truck(food),
            unknown_lines: drops.iter().map(|drop| drop.cargo.unknown_lines).sum(),
            removed_share: drops
                .iter()
                .filter_map(|drop| drop.cargo.removed_share)
                .reduce(f64::max),
        },
        after_losses: AfterLosses {
            food_person_days: left,
            people_fed: left.map(|left| left / days),
            people_fed_per_truck: trucks
                .middle()
                .filter(|trucks| *trucks > 0.0)
                .map_or(Figure::UNKNOWN, |trucks| left.map(|left| left / days / trucks)),
        },
        flags: drops.iter().flat_map(|drop| drop.cargo.flags.iter().copied()).collect(),
    }
}

/// The sum; where some are unknown, what is known is a floor.
fn add(figures: impl Iterator<Item = Figure>) -> Figure {
    let (unknown, known): (Vec<Figure>, Vec<Figure>) =
        figures.partition(|figure| figure.is_unknown());
    let sum = Figure::sum(&known);
    if unknown.is_empty() { sum } else { Figure::computed(sum.low(), None, None) }
}

fn sum_known(numbers: impl Iterator<Item = Option<f64>>) -> Option<f64> {
    numbers.flatten().reduce(|sum, number| sum + number)
}
