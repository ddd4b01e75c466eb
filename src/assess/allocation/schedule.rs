//! When what is sent: the earliest deliveries by which each area can still eat its share.

use super::model::{Model, Shipment};

/// Loads and person-days below this share of a load are rounding, not cargo.
pub(super) const CRUMB: f64 = 1e-9;

/// The loads that bring each area so many person-days in time, from one pool; each as early as can be.
///
/// Need that is lost first is served first: whatever must arrive before a window closes goes before what
/// can wait. `shares` are person-days by area, and must be feasible.
pub(super) fn earliest(model: &Model, shares: &[f64]) -> Vec<Shipment> {
    let mut schedule = Schedule { model, window: 0, left: 0.0, shipments: Vec::new() };
    schedule.left = model.windows.first().map_or(0.0, |window| window.loads);
    for last in 0..model.windows.len() {
        for (area, share) in shares.iter().enumerate() {
            let loads = due(model, area, *share, last);
            if loads > CRUMB {
                schedule.send(area, loads, last);
            }
        }
    }
    let mut shipments = schedule.shipments;
    shipments.sort_by_key(|shipment| (shipment.area, shipment.window));
    shipments.dedup_by(|next, first| {
        let same = (next.area, next.window) == (first.area, first.window);
        if same {
            first.loads += next.loads;
        }
        same
    });
    shipments
}

/// Loads for the area that may come in window `last` at the latest.
fn due(model: &Model, area: usize, share: f64, last: usize) -> f64 {
    let place = &model.areas[area];
    if share <= 0.0 {
        return 0.0;
    }
    let later = |window: usize| {
        let open = model.windows.get(window).map_or(0.0, |w| place.open_need(w.day));
        (share - open).max(0.0)
    };
    let before = if last == 0 { 0.0 } else { later(last) };
    (later(last + 1) - before) / place.gains[0]
}

struct Schedule<'a> {
    model: &'a Model,
    window: usize,
    left: f64,
    shipments: Vec<Shipment>,
}

impl Schedule<'_> {
    /// Sends the loads in the first windows that have room; past the last useful one only for rounding.
    fn send(&mut self, area: usize, mut loads: f64, last: usize) {
        while loads > CRUMB && self.window <= last {
            let now = loads.min(self.left);
            if now > 0.0 {
                self.shipments.push(Shipment { area, window: self.window, supply: 0, loads: now });
            }
            loads -= now;
            self.left -= now;
            if self.left <= 0.0 {
                self.window += 1;
                self.left = self.model.windows.get(self.window).map_or(0.0, |w| w.loads);
            }
        }
    }
}
