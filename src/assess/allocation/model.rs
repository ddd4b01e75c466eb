//! The task in numbers: what each area eats by itself, what stays open from each window on, what limits the loads.

use super::task::{Cap, Supply, Task};

/// A checked task in numbers, its windows in the order of time.
pub(super) struct Model {
    pub(super) areas: Vec<Place>,
    pub(super) windows: Vec<Opening>,
    /// Loads in store of each supply; infinite where there is no limit.
    pub(super) stocks: Vec<f64>,
    pub(super) routes: Vec<Road>,
    pub(super) horizon_days: f64,
}

/// An area in numbers.
pub(super) struct Place {
    /// Person-days a day.
    pub(super) need_a_day: f64,
    pub(super) inflow: f64,
    pub(super) stock: f64,
    /// Person-days in the whole horizon.
    pub(super) need: f64,
    /// Person-days of the need that it serves by itself.
    pub(super) own: f64,
    /// When its own store is empty, days; infinite for never.
    empties: f64,
    horizon_days: f64,
    /// Person-days that a load of each supply is worth here.
    pub(super) gains: Vec<f64>,
    pub(super) cap: Option<Cap>,
    /// Its place in [`Model::routes`], if it shares a route that has a cap.
    pub(super) route: Option<usize>,
}

/// A window in numbers.
#[derive(Clone, Copy)]
pub(super) struct Opening {
    pub(super) day: f64,
    pub(super) loads: f64,
    /// Its place in the task.
    pub(super) given: usize,
}

/// A route with a cap.
pub(super) struct Road {
    pub(super) name: String,
    pub(super) cap: Cap,
    pub(super) areas: Vec<usize>,
}

/// Loads of one supply for one area in one window, all by their place in the model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Shipment {
    pub(super) area: usize,
    pub(super) window: usize,
    pub(super) supply: usize,
    pub(super) loads: f64,
}

impl Model {
    /// The numbers of a task that was checked. Unknown stock counts as none; an area of unknown population
    /// has no need that could be reckoned with.
    pub(super) fn new(task: &Task) -> Self {
        let mut windows: Vec<Opening> = task
            .windows
            .iter()
            .enumerate()
            .map(|(given, window)| Opening { day: window.day, loads: window.loads, given })
            .collect();
        windows.sort_by(|a, b| a.day.total_cmp(&b.day));
        let mut routes: Vec<Road> = task
            .route_caps
            .iter()
            .map(|(name, cap)| Road { name: name.clone(), cap: cap.clone(), areas: Vec::new() })
            .collect();
        let mut areas: Vec<Place> = Vec::with_capacity(task.areas.len());
        for (at, area) in task.areas.iter().enumerate() {
            let route = area.route.as_ref();
            let route = route.and_then(|name| routes.binary_search_by(|r| r.name.cmp(name)).ok());
            if let Some(route) = route {
                routes[route].areas.push(at);
            }
            let arrives = area.access * (1.0 - area.loss);
            let sent = |s: &&Supply| s.areas.as_ref().is_none_or(|ids| ids.contains(&area.id));
            let gain = |s| if sent(&s) { s.person_days_per_load * arrives } else { 0.0 };
            areas.push(Place::new(
                area.population.unwrap_or(0.0),
                area.inflow_person_days_per_day,
                area.stock_person_days.unwrap_or(0.0),
                task.horizon_days,
                task.supplies.iter().map(gain).collect(),
                area.window_cap.clone(),
                route,
            ));
        }
        let stocks = task.supplies.iter().map(|s| s.stock_loads.unwrap_or(f64::INFINITY)).collect();
        Self { areas, windows, stocks, routes, horizon_days: task.horizon_days }
    }

    /// Loads that can reach the area in the window at most, whoever else gets something.
    pub(super) fn most_loads(&self, area: usize, window: usize) -> f64 {
        let (place, opening) = (&self.areas[area], &self.windows[window]);
        if place.open_need(opening.day) <= 0.0 {
            return 0.0;
        }
        let route = place.route.map_or(f64::INFINITY, |route| self.road_cap(route, window));
        opening.loads.min(self.area_cap(area, window)).min(route)
    }

    pub(super) fn area_cap(&self, area: usize, window: usize) -> f64 {
        let cap = self.areas[area].cap.as_ref();
        cap.map_or(f64::INFINITY, |cap| cap.loads_in(self.windows[window].given))
    }

    pub(super) fn road_cap(&self, route: usize, window: usize) -> f64 {
        self.routes[route].cap.loads_in(self.windows[window].given)
    }

    /// Is there one pool, which nothing but the windows and its store limits?
    pub(super) fn is_one_pool(&self) -> bool {
        let free = |place: &Place| place.cap.is_none() && place.route.is_none();
        self.stocks.len() == 1 && self.areas.iter().all(free)
    }

    /// The coverage of one area that serves so many person-days; `None` without need.
    pub(super) fn coverage(&self, area: usize, served: f64) -> Option<f64> {
        let need = self.areas[area].need;
        (need > 0.0).then(|| (served / need).clamp(0.0, 1.0))
    }
}

impl Place {
    fn new(
        need_a_day: f64,
        inflow: f64,
        stock: f64,
        horizon_days: f64,
        gains: Vec<f64>,
        cap: Option<Cap>,
        route: Option<usize>,
    ) -> Self {
        let short = need_a_day - inflow;
        let empties = if short > 0.0 { stock / short } else { f64::INFINITY };
        let fed_days = empties.min(horizon_days);
        Self {
            need_a_day,
            inflow,
            stock,
            need: need_a_day * horizon_days,
            own: need_a_day * fed_days + inflow * (horizon_days - fed_days),
            empties,
            horizon_days,
            gains,
            cap,
            route,
        }
    }

    /// Need that is still open from this day on: what the area's own food does not serve. Person-days.
    ///
    /// Own stock and inflow are eaten first, which changes no total: food that came in meanwhile keeps.
    pub(super) fn open_need(&self, day: f64) -> f64 {
        let days = (self.horizon_days - day.max(self.empties)).max(0.0);
        (self.need_a_day - self.inflow).max(0.0) * days
    }

    /// The most that a load is worth here, person-days.
    pub(super) fn best_gain(&self) -> f64 {
        self.gains.iter().copied().fold(0.0, f64::max)
    }

    /// Person-days that the area serves until the horizon if this much arrives on these days, in the order
    /// of time: a stock that fills and empties, exact from one arrival to the next.
    pub(super) fn served(&self, arrivals: impl Iterator<Item = (f64, f64)>) -> f64 {
        let (mut now, mut stock, mut served) = (0.0_f64, self.stock, 0.0);
        for (day, person_days) in arrivals.chain([(self.horizon_days, 0.0)]) {
            let until = day.min(self.horizon_days);
            let days = (until - now).max(0.0);
            let short = self.need_a_day - self.inflow;
            let lasts = if short > 0.0 { stock / short } else { f64::INFINITY };
            let eaten = self.need_a_day * days.min(lasts) + self.inflow * (days - lasts).max(0.0);
            stock = (stock + self.inflow * days - eaten).max(0.0);
            served += eaten;
            now = now.max(until);
            if day < self.horizon_days {
                stock += person_days;
            }
        }
        served
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn place(population: f64, inflow: f64, stock: f64, horizon: f64) -> Place {
        Place::new(population, inflow, stock, horizon, vec![1.0], None, None)
    }

    #[test]
    fn own_food_is_eaten_first_and_inflow_after_it() {
        // 1,000 people, 300 a day come in: 2,800 last 4 days, then 700 a day are missing.
        let place = place(1000.0, 300.0, 2800.0, 14.0);
        assert_eq!(
            (place.own, place.open_need(0.0), place.open_need(9.0)),
            (7000.0, 7000.0, 3500.0)
        );
        assert_eq!((place.open_need(4.0), place.open_need(20.0)), (7000.0, 0.0));
    }

    #[test]
    fn food_that_arrives_on_the_last_day_feeds_nobody() {
        let place = place(100.0, 0.0, 0.0, 10.0);
        let served = |day| place.served([(day, 500.0)].into_iter());
        assert_eq!((served(10.0), served(9.0)), (0.0, 100.0));
    }

    proptest! {
        #[test]
        fn without_arrivals_an_area_serves_its_own_share(
            population in 0.0..1e5_f64, inflow in 0.0..2e5_f64, stock in 0.0..1e6_f64,
            horizon in 0.0..60.0_f64,
        ) {
            let place = place(population, inflow, stock, horizon);
            prop_assert!((place.served([].into_iter()) - place.own).abs() <= 1e-9 * place.need);
            prop_assert!((place.own + place.open_need(0.0) - place.need).abs() <= 1e-9 * place.need);
        }

        #[test]
        fn an_arrival_serves_what_is_open_from_then_on_and_no_more(
            inflow in 0.0..2e3_f64, stock in 0.0..1e4_f64, day in 0.0..40.0_f64,
            food in 0.0..5e4_f64,
        ) {
            let place = place(1e3, inflow, stock, 30.0);
            let served = place.served([(day, food)].into_iter());
            prop_assert!((served - place.own - food.min(place.open_need(day))).abs() < 1e-6);
        }
    }
}
