//! Coverage on the stock model: what was needed, what of it there was to eat, with what was left from before.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use crate::assess::stock::{
    Period, Reading, Simulation, Supply, SupplyStatus, coverage_interval, simulate,
};
use crate::domain::Figure;
use crate::situation::supply::{AreaSupply, best_of, opening};

/// What a period needed and what there was, person-days at 2,100 kcal.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Supplied {
    /// What everybody needs in the period.
    pub needed_person_days: Figure,
    /// What of it there was to eat.
    pub served_person_days: Figure,
    /// Served over needed, at most 1.
    pub coverage: Figure,
    /// What was in store, arrived and came in by itself, over what was needed; not capped.
    pub supply_ratio: Figure,
    /// In store when the period begins; where nobody counted, what at least is left of known deliveries.
    pub opening_person_days: Figure,
    /// `counted`, or `deliveries_only` where nobody counted.
    pub stock_from: &'static str,
    /// `ok`, or why coverage is not known between closer ends.
    pub status: SupplyStatus,
}

/// What became of the supply of an area between two moments, the second included.
///
/// Where nobody counted the stock, coverage lies anywhere between what known deliveries give and 1.
#[must_use]
pub fn supplied(
    supply: &AreaSupply<'_>,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    as_of: DateTime<Utc>,
) -> Supplied {
    // An arrival of unknown size brought something.
    let events = supply.events(Some(Figure::computed(Some(0.0), None, None)));
    let [_, share, _] = supply.shares();
    let begins = supply.day(from);
    let opening = opening(supply, &events, begins);
    let is_counted = supply.counted.is_some();
    let lived = Supply { stock: opening, ..supply.supply(&events, share) };
    let period = Period {
        as_of: Some(supply.day(as_of)),
        // Only planned arrivals that were asked for are among the events.
        include_planned: true,
        ..Period::of(begins, supply.day(to + TimeDelta::milliseconds(1)))
    };
    let of_lived = coverage_interval(&lived, &period);
    let [least, best, most] = ends(&lived, &period);
    let unknown_stock = !is_counted && of_lived.status == SupplyStatus::Ok;
    let figure = |low: Option<f64>, best: Option<f64>, high: Option<f64>| {
        let known = |number: Option<f64>| number.filter(|number| number.is_finite());
        let (best, high) = if is_counted { (known(best), known(high)) } else { (None, None) };
        Figure::computed(known(low), best, high)
    };
    let coverage = of_lived.coverage;
    Supplied {
        needed_person_days: needed(supply, &period),
        served_person_days: figure(least.served, best.served, most.served),
        coverage: if unknown_stock {
            Figure::computed(coverage.low(), None, Some(1.0))
        } else {
            coverage
        },
        supply_ratio: figure(least.supply_ratio, best.supply_ratio, most.supply_ratio),
        opening_person_days: figure(opening.low(), opening.best(), opening.high()),
        stock_from: if is_counted { "counted" } else { "deliveries_only" },
        status: if unknown_stock { SupplyStatus::UnknownStock } else { of_lived.status },
    }
}

fn ends(supply: &Supply<'_>, period: &Period) -> [Simulation; 3] {
    [Reading::Least, Reading::Best, Reading::Most].map(|reading| simulate(supply, reading, period))
}

fn needed(supply: &AreaSupply<'_>, period: &Period) -> Figure {
    let days = period.to - period.from;
    best_of(supply.need_per_day()).map(|need| need * days)
}
