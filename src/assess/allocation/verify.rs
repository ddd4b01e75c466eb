//! Checks a plan against every limit of its task, in code that shares nothing with what made the plan.

use serde::Serialize;

use super::model::{Model, Shipment};

/// How far a sum may be above its cap: rounding, as a share of the cap.
const ROUNDING: f64 = 1e-9;

/// Less of a load than this is not worth a line in a plan …
const SMALLEST_LOAD: f64 = 1e-6;

/// … unless it gives the area this coverage.
const SMALLEST_SHARE: f64 = 1e-8;

/// How far areas come with a plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outcome {
    /// Share of the need that each area serves in the horizon, 0–1; `None` without a known need.
    pub coverage: Vec<Option<f64>>,
    /// The lowest coverage; `None` if no area has a known need.
    pub minimum_coverage: Option<f64>,
    /// Need that is not served in all areas together, person-days.
    pub unmet_person_days: f64,
}

impl Outcome {
    /// What it means for each area to serve so many person-days.
    pub(super) fn new(model: &Model, served: &[f64]) -> Self {
        let coverage: Vec<Option<f64>> =
            served.iter().enumerate().map(|(at, served)| model.coverage(at, *served)).collect();
        let unmet = |(place, served): (&super::model::Place, &f64)| (place.need - served).max(0.0);
        Self {
            minimum_coverage: coverage.iter().flatten().copied().reduce(f64::min),
            unmet_person_days: model.areas.iter().zip(served).map(unmet).fold(0.0, |a, b| a + b),
            coverage,
        }
    }

    /// The known coverages, the lowest first: how two plans are compared.
    #[must_use]
    pub fn sorted_coverage(&self) -> Vec<f64> {
        let mut sorted: Vec<f64> = self.coverage.iter().flatten().copied().collect();
        sorted.sort_by(f64::total_cmp);
        sorted
    }
}

/// Person-days that each area serves with these loads: its store, filled and eaten from one arrival to the
/// next. `shipments` are in the order of areas and windows.
pub(super) fn replayed(model: &Model, shipments: &[Shipment]) -> Vec<f64> {
    let mut rest = shipments;
    let served = |(at, place): (usize, &super::model::Place)| {
        let count = rest.iter().take_while(|shipment| shipment.area == at).count();
        let (own, others) = rest.split_at(count);
        rest = others;
        place.served(own.iter().map(|shipment| {
            (model.windows[shipment.window].day, shipment.loads * place.gains[shipment.supply])
        }))
    };
    model.areas.iter().enumerate().map(served).collect()
}

/// A limit that a plan breaks.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Breach {
    /// A number of loads that cannot be, or that goes where nothing can.
    #[error("{loads} loads for area {area} in window {window} cannot be")]
    Impossible {
        /// The area, by its place.
        area: usize,
        /// The window, by its place in time.
        window: usize,
        /// The loads.
        loads: f64,
    },
    /// More than the cap.
    #[error("{what}: {loads} loads where {cap} are possible")]
    Above {
        /// What has the cap.
        what: String,
        /// The loads of the plan.
        loads: f64,
        /// The loads that are possible.
        cap: f64,
    },
}

/// Checks every load and every limit: windows, docks, routes, stores.
///
/// # Errors
///
/// With the first limit that is broken.
pub(super) fn audit(model: &Model, shipments: &[Shipment], whole: bool) -> Result<(), Breach> {
    let windows = model.windows.len();
    let mut by_window = vec![0.0; windows];
    let mut by_road = vec![vec![0.0; windows]; model.routes.len()];
    let mut by_supply = vec![0.0; model.stocks.len()];
    let mut in_area: Option<(usize, usize, f64)> = None;
    for &Shipment { area, window, supply, loads } in shipments {
        let place = &model.areas[area];
        let possible = loads.is_finite() && loads >= 0.0 && place.gains[supply] > 0.0;
        if !possible || (whole && loads.fract() != 0.0) {
            return Err(Breach::Impossible { area, window, loads });
        }
        by_window[window] += loads;
        by_supply[supply] += loads;
        if let Some(route) = place.route {
            by_road[route][window] += loads;
        }
        let before = in_area.filter(|last| (last.0, last.1) == (area, window));
        let sum = before.map_or(0.0, |last| last.2) + loads;
        in_area = Some((area, window, sum));
        within(sum, model.area_cap(area, window), || format!("area {area}, window {window}"))?;
    }
    for (window, loads) in by_window.iter().enumerate() {
        within(*loads, model.windows[window].loads, || format!("window {window}"))?;
    }
    for (supply, loads) in by_supply.iter().enumerate() {
        within(*loads, model.stocks[supply], || format!("supply {supply}"))?;
    }
    for (route, by_window) in by_road.iter().enumerate() {
        for (window, loads) in by_window.iter().enumerate() {
            let what = || format!("route {}, window {window}", model.routes[route].name);
            within(*loads, model.road_cap(route, window), what)?;
        }
    }
    Ok(())
}

fn within(loads: f64, cap: f64, what: impl FnOnce() -> String) -> Result<(), Breach> {
    if loads <= cap + ROUNDING * cap.clamp(1.0, 1e9) {
        Ok(())
    } else {
        Err(Breach::Above { what: what(), loads, cap })
    }
}

/// The same plan with every sum within its cap: an interior point may be above one by its last digits.
/// Loads too small to be loaded are left out.
pub(super) fn trimmed(model: &Model, mut shipments: Vec<Shipment>) -> Vec<Shipment> {
    let helps = |shipment: &Shipment| {
        let place = &model.areas[shipment.area];
        shipment.loads > SMALLEST_LOAD
            || shipment.loads * place.gains[shipment.supply] > SMALLEST_SHARE * place.need
    };
    shipments.retain(helps);
    shipments.sort_by_key(|shipment| (shipment.area, shipment.window, shipment.supply));
    let route_of = |s: &Shipment| model.areas[s.area].route.map(|route| (route, s.window));
    let road_cap = |(route, window)| model.road_cap(route, window);
    lower(&mut shipments, |s| Some((s.area, s.window)), |(a, w)| model.area_cap(a, w));
    lower(&mut shipments, route_of, road_cap);
    lower(&mut shipments, |s| Some((s.window, 0)), |(window, _)| model.windows[window].loads);
    lower(&mut shipments, |s| Some((s.supply, 0)), |(supply, _)| model.stocks[supply]);
    shipments
}

/// Lowers the loads of each group whose sum is above its cap, all in the same proportion.
fn lower(
    shipments: &mut [Shipment],
    group: impl Fn(&Shipment) -> Option<(usize, usize)>,
    cap: impl Fn((usize, usize)) -> f64,
) {
    let mut sums = std::collections::BTreeMap::new();
    for shipment in shipments.iter() {
        if let Some(group) = group(shipment) {
            *sums.entry(group).or_insert(0.0) += shipment.loads;
        }
    }
    for shipment in shipments.iter_mut() {
        if let Some(group) = group(shipment) {
            let (sum, cap) = (sums[&group], cap(group));
            if sum > cap {
                shipment.loads *= cap / sum;
            }
        }
    }
}
