//! What is missing: unmet need in person-days, people, tonnes, trucks and convoys.

use serde::Serialize;

use super::cargo::HANDLING_LOSS;

/// The full basket of 2,100 kcal: kg per person per day. Source: WFP food basket, 555 g.
pub const RATION_KG: f64 = 0.555;

/// Tonnes on one truck, within 5–20. Source: project decision (SPEC §1); WFP into Gaza 2023: 141 t on
/// 9 trucks; Douma 2018, by one party: 247 t on 45.
pub const TRUCK_PAYLOAD_TONNES: f64 = 15.0;

const KG_PER_TONNE: f64 = 1000.0;

/// Rounding that must not cost a truck: 11 full trucks stay 11.
const ROUNDING: f64 = 1e-9;

/// How food is carried.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Haulage {
    /// Weight of one person-day: kg.
    pub ration_kg: f64,
    /// Share lost in handling.
    pub loss: f64,
    /// Tonnes on one truck.
    pub payload_tonnes: f64,
    /// Trucks in one convoy; `None` where no limit is known.
    pub trucks_per_convoy: Option<f64>,
}

impl Default for Haulage {
    /// The full WFP basket on trucks of the default payload, with the default handling loss.
    fn default() -> Self {
        Self {
            ration_kg: RATION_KG,
            loss: HANDLING_LOSS,
            payload_tonnes: TRUCK_PAYLOAD_TONNES,
            trucks_per_convoy: None,
        }
    }
}

/// The unmet need of a period, and what would carry it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Gap {
    /// Person-days of food at 2,100 kcal.
    pub person_days: f64,
    /// People without food for the whole period; `None` for a period of no days.
    pub people: Option<f64>,
    /// Tonnes to load so that enough arrives; `None` when all would be lost.
    pub tonnes: Option<f64>,
    /// Truckloads, rounded up; `None` when the tonnes or the payload are.
    pub trucks: Option<u64>,
    /// Convoys, rounded up; `None` when the trucks or the size of a convoy are.
    pub convoys: Option<u64>,
}

/// The unmet need of a period as people, tonnes, trucks and convoys.
///
/// Serving more than is needed leaves no gap; it does not offset another period's.
///
/// # Units
///
/// `needed`, `served`: person-days at 2,100 kcal; `period_days`: days.
///
/// # Example
///
/// Eastern Aleppo, 250,000 people without food for 30 days:
///
/// ```
/// use passage::assess::gap::{Haulage, gap};
/// let haulage = Haulage {
///     loss: 0.02,
///     payload_tonnes: 15.67,
///     trucks_per_convoy: Some(40.0),
///     ..Haulage::default()
/// };
/// let gap = gap(7_500_000.0, 0.0, 30.0, &haulage);
/// assert_eq!(gap.people, Some(250_000.0));
/// assert_eq!((gap.trucks, gap.convoys), (Some(272), Some(7)));
/// ```
///
/// # Source
///
/// SPEC §3, gap.
#[must_use]
pub fn gap(needed: f64, served: f64, period_days: f64, haulage: &Haulage) -> Gap {
    let person_days = (needed - served).max(0.0);
    let tonnes = (haulage.loss < 1.0)
        .then(|| person_days * haulage.ration_kg / KG_PER_TONNE / (1.0 - haulage.loss));
    let trucks = tonnes.and_then(|tonnes| loads(tonnes, haulage.payload_tonnes));
    let convoys = trucks.zip(haulage.trucks_per_convoy).and_then(|(n, size)| loads(n, size));
    Gap {
        person_days,
        people: (period_days > 0.0).then(|| person_days / period_days),
        tonnes,
        trucks: trucks.map(whole),
        convoys: convoys.map(whole),
    }
}

/// How many of `size` it takes to hold `amount`.
fn loads(amount: f64, size: f64) -> Option<f64> {
    (size > 0.0).then(|| (amount / size - ROUNDING).ceil().max(0.0))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "already whole and not negative; a number too large becomes the largest"
)]
fn whole(number: f64) -> u64 {
    number as u64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn serving_more_than_is_needed_leaves_no_gap() {
        let gap = gap(100.0, 250.0, 1.0, &Haulage::default());
        assert_eq!((gap.person_days, gap.trucks), (0.0, Some(0)));
    }

    #[test]
    fn full_trucks_need_no_further_truck_for_a_rounding_error() {
        let haulage =
            Haulage { ration_kg: 1.0, loss: 0.0, payload_tonnes: 0.1, ..Haulage::default() };
        assert_eq!(gap(1100.0, 0.0, 1.0, &haulage).trucks, Some(11));
    }

    #[test]
    fn if_all_is_lost_on_the_way_no_number_of_trucks_is_given() {
        let haulage = Haulage { loss: 1.0, ..Haulage::default() };
        let gap = gap(100.0, 0.0, 1.0, &haulage);
        assert_eq!((gap.tonnes, gap.trucks, gap.convoys), (None, None, None));
    }

    #[test]
    fn talbiseh_lacks_31_trucks_with_the_default_loss_and_payload() {
        let gap = gap(1_800_000.0, 971_428.57, 30.0, &Haulage::default());
        assert_eq!((gap.tonnes.map(f64::round), gap.trucks), (Some(465.0), Some(31)));
    }

    proptest! {
        #[test]
        fn serving_more_never_widens_the_gap(
            needed in 0.0..1e8_f64, served in 0.0..1e8_f64, more in 0.0..1e8_f64,
        ) {
            let trucks = |served| gap(needed, served, 30.0, &Haulage::default()).trucks;
            prop_assert!(trucks(served + more) <= trucks(served));
        }

        #[test]
        fn the_trucks_carry_the_tonnes_and_one_fewer_would_not(needed in 1.0..1e8_f64) {
            let gap = gap(needed, 0.0, 30.0, &Haulage::default());
            let loads = gap.tonnes.unwrap() / TRUCK_PAYLOAD_TONNES;
            let trucks = f64::from(u32::try_from(gap.trucks.unwrap()).unwrap());
            prop_assert!(trucks >= loads - 1e-6 && trucks < loads + 1.0);
        }
    }
}
