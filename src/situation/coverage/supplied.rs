//! Coverage on the stock model: what was needed, what of it there was to eat, with what was left from before.

use chrono::{DateTime, TimeDelta, Utc};
use rayon::prelude::*;
use serde::Serialize;

use super::{Counted, counted_otherwise};

use crate::assess::holding::Sector;
use crate::assess::stock::{
    Period, Reading, Simulation, StockEvent, Supply, SupplyStatus, coverage_interval, simulate,
};
use crate::domain::{Area, Figure};
use crate::situation::standards::Standards;
use crate::situation::supply::{AreaSupply, SupplyQuestion, best_of, opening};
use crate::situation::table::Known;
use crate::situation::world::Situation;

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
    period: (DateTime<Utc>, DateTime<Utc>),
    as_of: DateTime<Utc>,
) -> Supplied {
    let lived = Lived::of(supply, period, as_of);
    let (coverage, status) = lived.coverage(supply);
    let [least, best, most] = ends(&lived.supply(supply), &lived.period);
    let is_counted = supply.counted.is_some();
    let figure = |low: Option<f64>, best: Option<f64>, high: Option<f64>| {
        let known = |number: Option<f64>| number.filter(|number| number.is_finite());
        let (best, high) = if is_counted { (known(best), known(high)) } else { (None, None) };
        Figure::computed(known(low), best, high)
    };
    let opening = lived.opening;
    Supplied {
        needed_person_days: needed(supply, &lived.period),
        served_person_days: figure(least.served, best.served, most.served),
        coverage,
        supply_ratio: figure(least.supply_ratio, best.supply_ratio, most.supply_ratio),
        opening_person_days: figure(opening.low(), opening.best(), opening.high()),
        stock_from: if is_counted { "counted" } else { "deliveries_only" },
        status,
    }
}

/// The coverage of every area between two moments, and nothing else: for maps and alerts, which need no more.
#[must_use]
pub fn shares<'w>(
    situation: &'w Situation,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    standards: &Standards,
) -> Vec<AreaShare<'w>> {
    let left_out = counted_otherwise(situation);
    let question =
        SupplyQuestion { sector: Sector::Food, policy: None, include_planned: false, standards };
    let areas: Vec<_> = situation.world.areas.iter().collect();
    let each = areas.into_par_iter().map(|area| {
        let visits = Counted::of(situation, &area.code, &left_out);
        let supply = AreaSupply::gather(situation, area, visits, (from, to), &question);
        let lived = Lived::of(&supply, (from, to), situation.as_of);
        let (coverage, status) = lived.coverage(&supply);
        AreaShare { area, coverage, status }
    });
    each.collect()
}

/// The coverage of one area.
#[derive(Debug, Clone, Copy)]
pub struct AreaShare<'w> {
    /// The area.
    pub area: &'w Known<Area>,
    /// Served over needed, at most 1.
    pub coverage: Figure,
    /// Is it known what it rests on?
    pub status: SupplyStatus,
}

/// A supply on its way through a period.
struct Lived {
    events: Vec<StockEvent>,
    opening: Figure,
    period: Period,
}

impl Lived {
    fn of(
        supply: &AreaSupply<'_>,
        (from, to): (DateTime<Utc>, DateTime<Utc>),
        as_of: DateTime<Utc>,
    ) -> Self {
        // An arrival of unknown size brought something.
        let events = supply.events(Some(Figure::computed(Some(0.0), None, None)));
        let begins = supply.day(from);
        let opening = opening(supply, &events, begins);
        let period = Period {
            as_of: Some(supply.day(as_of)),
            // Only planned arrivals that were asked for are among the events.
            include_planned: true,
            ..Period::of(begins, supply.day(to + TimeDelta::milliseconds(1)))
        };
        Self { events, opening, period }
    }

    fn supply(&self, of: &AreaSupply<'_>) -> Supply<'_> {
        let [_, share, _] = of.shares();
        Supply { stock: self.opening, ..of.supply(&self.events, share) }
    }

    /// Coverage with its ends; where nobody counted the stock it may reach up to all.
    fn coverage(&self, of: &AreaSupply<'_>) -> (Figure, SupplyStatus) {
        let lived = coverage_interval(&self.supply(of), &self.period);
        if of.counted.is_none() && lived.status == SupplyStatus::Ok {
            let open = Figure::computed(lived.coverage.low(), None, Some(1.0));
            return (open, SupplyStatus::UnknownStock);
        }
        (lived.coverage, lived.status)
    }
}

fn ends(supply: &Supply<'_>, period: &Period) -> [Simulation; 3] {
    [Reading::Least, Reading::Best, Reading::Most].map(|reading| simulate(supply, reading, period))
}

fn needed(supply: &AreaSupply<'_>, period: &Period) -> Figure {
    let days = period.to - period.from;
    best_of(supply.need_per_day()).map(|need| need * days)
}
