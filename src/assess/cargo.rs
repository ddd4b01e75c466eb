//! Cargo → person-days: what a line, and a convoy of lines, can feed, water or treat.
//!
//! A quantity that nobody reported stays unknown and is counted as such; it never becomes zero. The
//! sectors (food, water, health) are never added together.

use std::collections::BTreeSet;

use serde::Serialize;

/// The energy one person needs: kcal per day, which defines the person-day of food.
/// Source: WFP food basket; UNHCR Handbook for Emergencies.
pub const ENERGY_NEED_KCAL: f64 = 2_100.0;

/// The ration of WFP in Syria: kcal per person per day, about four fifths of the need.
/// Source: WFP release of 6 February 2013; cut by a fifth in March 2014.
pub const WFP_SYRIA_RATION_KCAL: f64 = 1_700.0;

/// Days that one ration lasts unless its source says otherwise. Source: project decision (SPEC §1).
pub const RATION_DAYS: f64 = 30.0;

/// Water for one person for one day: litres.
/// Source: Sphere, table of 2011: 7.5–15 L for basic needs; the 15 L itself is general knowledge.
pub const WATER_L: f64 = 15.0;

/// The share lost in handling, unless known. Source: project decision (SPEC §1); WFP 2020: 0.71 %.
pub const HANDLING_LOSS: f64 = 0.01;

/// The share diverted, low and high. Source: project decision (SPEC §1); published claims range from
/// 1 % to half and are contested.
pub const DIVERSION: (f64, f64) = (0.0, 0.15);

/// People in a family, where a source counts families. Source: project decision (SPEC §1).
pub const FAMILY_SIZE: f64 = 5.0;

/// How far a sum of decimals may be off by rounding, as a share of what was loaded.
const ROUNDING: f64 = 1e-9;

/// One line of a cargo list, as far as the calculation needs it.
///
/// # Units
///
/// kg for bulk food, litres for water, pieces for parcels and kits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CargoLine {
    /// What the line holds.
    pub kind: CargoKind,
    /// Put on the trucks.
    pub loaded: Option<f64>,
    /// Taken off by an authority before delivery. `None`: no removal was reported.
    pub removed: Option<f64>,
    /// Intercepted, lost, damaged or returned. `None`: no loss was reported.
    pub lost: Option<f64>,
    /// Handed over, as reported.
    pub delivered: Option<f64>,
}

/// What a line holds, with the numbers that turn its quantity into person-days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CargoKind {
    /// Flour, rice, bulgur and the like, counted in kg.
    BulkFood {
        /// Energy: kcal in 100 g.
        kcal_per_100g: Option<f64>,
    },
    /// Food parcels, counted in pieces.
    Parcel {
        /// People one parcel is for.
        persons: Option<f64>,
        /// Days one parcel is for.
        days: Option<f64>,
        /// Energy: kcal per person per day.
        kcal_per_person_day: Option<f64>,
    },
    /// Drinking water, counted in litres.
    Water,
    /// Health kits, counted in pieces.
    HealthKit {
        /// People one kit is for.
        persons: Option<f64>,
        /// Days one kit is for.
        days: Option<f64>,
    },
    /// Blankets, fuel and all that feeds, waters or treats nobody.
    Other,
    /// The source does not say what it is.
    Unknown,
}

impl CargoLine {
    /// A line of which only the loaded quantity is known.
    #[must_use]
    pub const fn loaded(kind: CargoKind, quantity: f64) -> Self {
        Self { kind, loaded: Some(quantity), removed: None, lost: None, delivered: None }
    }
}

impl CargoKind {
    const fn is_food(self) -> bool {
        matches!(self, Self::BulkFood { .. } | Self::Parcel { .. })
    }

    /// Person-days in one kg, litre or piece; `None` where the source leaves it open.
    fn person_days_per_unit(self) -> Option<f64> {
        match self {
            Self::BulkFood { kcal_per_100g } => Some(kcal_per_100g? * 10.0 / ENERGY_NEED_KCAL),
            Self::Parcel { persons, days, kcal_per_person_day } => {
                Some(assumed_cargo(persons?, days?, kcal_per_person_day?))
            }
            Self::Water => Some(1.0 / WATER_L),
            Self::HealthKit { persons, days } => Some(persons? * days?),
            Self::Other => Some(0.0),
            Self::Unknown => None,
        }
    }
}

/// A reason to read a cargo figure with care.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CargoFlag {
    /// More was reported delivered than was left on the trucks; the smaller number was taken.
    DeliveredExceedsImplied,
    /// More was reported removed and lost than loaded; nothing is taken to be left.
    LossesExceedLoaded,
    /// A line's quantity, or what one unit of it is worth, is unknown.
    UnknownQuantity,
}

/// What arrived of one line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Delivered {
    /// In the unit of the line; `None` when neither loaded nor delivered is known.
    pub quantity: Option<f64>,
    /// In alphabetical order.
    pub flags: BTreeSet<CargoFlag>,
}

/// What arrived of a line: the reported delivery, but never more than loaded less removed and lost.
///
/// # Units
///
/// The unit of the line.
///
/// # Example
///
/// ```
/// use passage::assess::cargo::{CargoFlag, CargoKind, CargoLine, delivered_qty};
/// let loaded = CargoLine::loaded(CargoKind::Water, 1000.0);
/// let arrived = delivered_qty(&CargoLine { removed: Some(300.0), delivered: Some(900.0), ..loaded });
/// assert_eq!(arrived.quantity, Some(700.0));
/// assert!(arrived.flags.contains(&CargoFlag::DeliveredExceedsImplied));
/// ```
///
/// # Source
///
/// SPEC §1, `delivered_qty`.
#[must_use]
pub fn delivered_qty(line: &CargoLine) -> Delivered {
    let mut flags = BTreeSet::new();
    let rounding = ROUNDING * line.loaded.unwrap_or(0.0);
    let implied = line.loaded.map(|loaded| {
        let left = loaded - line.removed.unwrap_or(0.0) - line.lost.unwrap_or(0.0);
        if left < -rounding {
            flags.insert(CargoFlag::LossesExceedLoaded);
        }
        left.max(0.0)
    });
    let quantity = match (line.delivered, implied) {
        (Some(delivered), Some(implied)) if delivered > implied + rounding => {
            flags.insert(CargoFlag::DeliveredExceedsImplied);
            Some(implied)
        }
        (delivered, implied) => delivered.or(implied),
    };
    if quantity.is_none() {
        flags.insert(CargoFlag::UnknownQuantity);
    }
    Delivered { quantity, flags }
}

/// The person-days of a line in its own sector: food at 2,100 kcal, water at 15 L, or health.
///
/// Goods that serve none of the three are worth zero person-days, not an unknown number.
///
/// # Units
///
/// Person-days; `None` when the quantity or what one unit of it holds is unknown.
///
/// # Example
///
/// ```
/// use passage::assess::cargo::{CargoKind, CargoLine, line_person_days};
/// let flour = |kcal_per_100g| CargoLine::loaded(CargoKind::BulkFood { kcal_per_100g }, 6000.0);
/// assert_eq!(line_person_days(&flour(Some(350.0))), Some(10_000.0));
/// assert_eq!(line_person_days(&flour(None)), None);
/// assert_eq!(line_person_days(&CargoLine { delivered: Some(0.0), ..flour(None) }), Some(0.0));
/// ```
///
/// # Source
///
/// SPEC §1, `line_person_days`.
#[must_use]
pub fn line_person_days(line: &CargoLine) -> Option<f64> {
    let quantity = delivered_qty(line).quantity?;
    if quantity == 0.0 {
        // Nothing of something unknown is still nothing.
        return Some(0.0);
    }
    Some(quantity * line.kind.person_days_per_unit()?)
}

/// What a convoy brought, by sector.
///
/// With `unknown_lines` above zero every total is a floor, not an estimate.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConvoyTotals {
    /// Person-days of food at 2,100 kcal, after loss and diversion.
    pub food_person_days: f64,
    /// Person-days of water at 15 L, after loss and diversion.
    pub water_person_days: f64,
    /// Person-days of health kits, after loss and diversion.
    pub health_person_days: f64,
    /// People whom the food feeds for the ration period; `None` for a period of no days.
    pub people_fed: Option<f64>,
    /// `people_fed` per truck; `None` when the number of trucks is unknown or zero.
    pub people_fed_per_truck: Option<f64>,
    /// `food_person_days` per truck; `None` when the number of trucks is unknown or zero.
    pub person_days_per_truck: Option<f64>,
    /// Lines left out of the totals because their person-days are unknown.
    pub unknown_lines: usize,
    /// In alphabetical order.
    pub flags: BTreeSet<CargoFlag>,
}

/// The person-days that a convoy's lines bring, and the people they feed.
///
/// Loss and diversion are shares between 0 and 1 and apply to every sector. Sharing with people whom
/// nobody counted belongs to the demand side and must not shrink the delivery.
///
/// # Units
///
/// `trucks`: those that arrived; `ration_days`: days; `loss`, `diversion`: shares.
///
/// # Example
///
/// 8,000 family parcels at 1,700 kcal are food for 40,000 by the label and for 32,381 by need:
///
/// ```
/// use passage::assess::cargo::{CargoKind, CargoLine, convoy_totals};
/// let (persons, days, kcal_per_person_day) = (Some(5.0), Some(30.0), Some(1700.0));
/// let parcel = CargoKind::Parcel { persons, days, kcal_per_person_day };
/// let lines = [CargoLine::loaded(parcel, 8000.0)];
/// let totals = convoy_totals(&lines, Some(48.0), 30.0, 0.0, 0.0);
/// assert_eq!(totals.people_fed.map(f64::round), Some(32_381.0));
/// assert_eq!(totals.people_fed_per_truck.map(f64::round), Some(675.0));
/// ```
///
/// # Source
///
/// SPEC §1, `convoy_totals`.
#[must_use]
pub fn convoy_totals(
    lines: &[CargoLine],
    trucks: Option<f64>,
    ration_days: f64,
    loss: f64,
    diversion: f64,
) -> ConvoyTotals {
    let kept = (1.0 - loss) * (1.0 - diversion);
    let total = |is_meant: fn(CargoKind) -> bool| {
        let meant = lines.iter().filter(|line| is_meant(line.kind));
        kept * meant.filter_map(line_person_days).fold(0.0, |sum, days| sum + days)
    };
    let unknown_lines = lines.iter().filter(|line| line_person_days(line).is_none()).count();
    let mut flags: BTreeSet<_> = lines.iter().flat_map(|line| delivered_qty(line).flags).collect();
    if unknown_lines > 0 {
        flags.insert(CargoFlag::UnknownQuantity);
    }
    let food_person_days = total(CargoKind::is_food);
    let people_fed = per(food_person_days, ration_days);
    ConvoyTotals {
        food_person_days,
        water_person_days: total(|kind| kind == CargoKind::Water),
        health_person_days: total(|kind| matches!(kind, CargoKind::HealthKit { .. })),
        people_fed,
        people_fed_per_truck: people_fed.zip(trucks).and_then(|(people, n)| per(people, n)),
        person_days_per_truck: trucks.and_then(|n| per(food_person_days, n)),
        unknown_lines,
        flags,
    }
}

/// A ratio that is unknown, rather than infinite, when there is nothing to divide by.
fn per(amount: f64, parts: f64) -> Option<f64> {
    (parts > 0.0).then(|| amount / parts)
}

/// The share of the loaded weight that was removed, over the lines `(loaded, removed)` known in full.
///
/// # Units
///
/// kg, both; returns a share, `None` when nothing is known to have been loaded.
///
/// # Example
///
/// ```
/// use passage::assess::cargo::removed_share;
/// let lines = [(Some(1000.0), Some(700.0)), (Some(1000.0), Some(0.0)), (Some(500.0), None)];
/// assert_eq!(removed_share(&lines), Some(0.35));
/// assert_eq!(removed_share(&[(None, Some(5.0))]), None);
/// ```
///
/// # Source
///
/// SPEC §7a, `removed_share`.
#[must_use]
pub fn removed_share(lines: &[(Option<f64>, Option<f64>)]) -> Option<f64> {
    let known = lines.iter().filter_map(|&(loaded, removed)| loaded.zip(removed));
    let (loaded, removed) = known.fold((0.0, 0.0), |sum, line| (sum.0 + line.0, sum.1 + line.1));
    per(removed, loaded)
}

/// The person-days in a source's "food for N people", by the programme's ration.
///
/// The result is an assumption: the caller flags it `assumed_cargo`.
///
/// # Units
///
/// People, days, kcal per person per day; returns person-days at 2,100 kcal.
///
/// # Example
///
/// Talbiseh, 26 July 2016: 48 trucks with food for 40,000 people.
///
/// ```
/// use passage::assess::cargo::{RATION_DAYS, WFP_SYRIA_RATION_KCAL, assumed_cargo};
/// let person_days = assumed_cargo(40_000.0, RATION_DAYS, WFP_SYRIA_RATION_KCAL);
/// assert_eq!(person_days.round(), 971_429.0);
/// assert_eq!((person_days / RATION_DAYS).round(), 32_381.0);
/// assert_eq!((person_days / RATION_DAYS / 48.0).round(), 675.0);
/// ```
///
/// # Source
///
/// SPEC §1; the convoy: SPEC §5, Talbiseh.
#[must_use]
pub fn assumed_cargo(people: f64, ration_days: f64, ration_kcal: f64) -> f64 {
    people * ration_days * ration_kcal / ENERGY_NEED_KCAL
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// One kg that is exactly one person-day.
    const FOOD: CargoLine =
        CargoLine::loaded(CargoKind::BulkFood { kcal_per_100g: Some(210.0) }, 1.0);

    fn totals(lines: &[CargoLine]) -> ConvoyTotals {
        convoy_totals(lines, Some(0.0), 0.0, 0.0, 0.0)
    }

    #[test]
    fn goods_of_unknown_energy_or_kind_are_unknown_lines_but_blankets_are_not() {
        let (persons, days) = (Some(5.0), Some(30.0));
        let parcel = CargoKind::Parcel { persons, days, kcal_per_person_day: None };
        let kinds = [parcel, CargoKind::Unknown, FOOD.kind, CargoKind::Other];
        let totals = totals(&kinds.map(|kind| CargoLine { kind, ..FOOD }));
        assert_eq!((totals.unknown_lines, totals.food_person_days), (2, 1.0));
        assert_eq!(totals.flags, BTreeSet::from([CargoFlag::UnknownQuantity]));
    }

    #[test]
    fn a_decimal_sum_that_only_rounding_makes_negative_raises_no_flag() {
        let line = CargoLine::loaded(FOOD.kind, 0.7);
        let line = CargoLine { removed: Some(0.6), lost: Some(0.1), ..line };
        assert!(delivered_qty(&line).flags.is_empty());
    }

    #[test]
    fn no_trucks_and_no_days_give_no_ratio() {
        let totals = totals(&[FOOD]);
        assert_eq!((totals.people_fed, totals.person_days_per_truck), (None, None));
    }

    proptest! {
        #[test]
        fn person_days_never_fall_when_more_is_loaded(
            kg in 0.0..1e6_f64, more in 0.0..1e6_f64, removed in 0.0..1e6_f64,
            delivered in proptest::option::of(0.0..1e6_f64),
        ) {
            let line = CargoLine { removed: Some(removed), delivered, ..FOOD };
            let line = |kg| CargoLine { loaded: Some(kg), ..line };
            prop_assert!(line_person_days(&line(kg + more)) >= line_person_days(&line(kg)));
        }
    }
}
