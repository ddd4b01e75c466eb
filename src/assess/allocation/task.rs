//! What is to be shared out: areas with their need, windows with their loads, the caps on roads and docks.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::figure::LARGEST;
use crate::domain::{Pointer, Problems};

/// Areas and windows in one task, multiplied: more would take longer than anybody waits for an answer.
pub const MOST_CELLS: usize = 2_000_000;

/// The longest horizon, days: ten years.
const LONGEST_HORIZON: f64 = 3_660.0;

/// Loads that are to be shared out among areas, window by window.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// Who needs food.
    pub areas: Vec<AreaInNeed>,
    /// When loads can go in.
    pub windows: Vec<Window>,
    /// For how long food must last, days from now.
    pub horizon_days: f64,
    /// What is loaded, one entry for each commodity at each hub.
    pub supplies: Vec<Supply>,
    /// Loads that a route can take, by the name of the route. A route that is not named has no cap.
    #[serde(default)]
    pub route_caps: BTreeMap<String, Cap>,
}

/// An area, what it has, and how it can be reached.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AreaInNeed {
    /// Its name in the answer; each only once.
    pub id: String,
    /// People to be fed, heads; `None` is unknown.
    pub population: Option<f64>,
    /// What it holds at the start, person-days; `None` is unknown.
    pub stock_person_days: Option<f64>,
    /// What comes in by itself, person-days a day.
    #[serde(default)]
    pub inflow_person_days_per_day: f64,
    /// The route that its loads take, if it shares one.
    #[serde(default)]
    pub route: Option<String>,
    /// Probability that a load gets through, 0–1.
    #[serde(default = "always")]
    pub access: f64,
    /// Share of a load that is lost on the way, 0–1.
    #[serde(default)]
    pub loss: f64,
    /// Loads it can take off trucks in one window; `None` is no limit.
    #[serde(default)]
    pub window_cap: Option<Cap>,
}

fn always() -> f64 {
    1.0
}

impl AreaInNeed {
    /// An area that every load reaches whole, without a cap, a shared route or an inflow.
    #[must_use]
    pub fn new(id: &str, population: f64, stock_person_days: f64) -> Self {
        Self {
            id: id.to_owned(),
            population: Some(population),
            stock_person_days: Some(stock_person_days),
            inflow_person_days_per_day: 0.0,
            route: None,
            access: 1.0,
            loss: 0.0,
            window_cap: None,
        }
    }
}

/// A time at which loads can go in.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// When the loads arrive, days from now.
    pub day: f64,
    /// How many there are at most.
    pub loads: f64,
}

/// One commodity at one hub.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Supply {
    /// Its name in the answer; each only once.
    pub id: String,
    /// What one load carries, person-days.
    pub person_days_per_load: f64,
    /// Loads in store for all windows together; `None` is no limit.
    #[serde(default)]
    pub stock_loads: Option<f64>,
    /// The areas it can be sent to; `None` is all.
    #[serde(default)]
    pub areas: Option<BTreeSet<String>>,
}

impl Supply {
    /// Food without limit in store, for all areas: only the windows limit it.
    #[must_use]
    pub fn food(person_days_per_load: f64) -> Self {
        Self { id: "food".to_owned(), person_days_per_load, stock_loads: None, areas: None }
    }
}

/// At most so many loads.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Cap {
    /// The same in each window.
    EachWindow(f64),
    /// One for each window, in the order of the windows; windows beyond the list have no cap.
    ByWindow(Vec<Option<f64>>),
}

impl Cap {
    /// The cap in one window; infinite if there is none.
    #[must_use]
    pub fn loads_in(&self, window: usize) -> f64 {
        match self {
            Self::EachWindow(loads) => *loads,
            Self::ByWindow(loads) => loads.get(window).copied().flatten().unwrap_or(f64::INFINITY),
        }
    }
}

impl Task {
    /// Everything that is wrong with the task, each with its place.
    ///
    /// # Errors
    ///
    /// For numbers that are negative, not finite or too large, shares outside 0–1, a load without food,
    /// names that occur twice, and supplies for areas that are not there.
    pub fn check(&self) -> Result<(), Problems> {
        let mut problems = Problems::default();
        if self.areas.len().saturating_mul(self.windows.len().max(1)) > MOST_CELLS {
            problems.add_field(
                "areas",
                format!(
                    "{} areas in {} windows are too many: at most {MOST_CELLS} when multiplied; plan by region",
                    self.areas.len(),
                    self.windows.len()
                ),
            );
            return Err(problems);
        }
        number(&mut problems, &Place(&["horizon_days"], None), self.horizon_days, LONGEST_HORIZON);
        self.check_areas(&mut problems);
        self.check_windows(&mut problems);
        self.check_supplies(&mut problems);
        for (route, cap) in &self.route_caps {
            cap_is_legal(&mut problems, &Place(&["route_caps", route], None), cap);
        }
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }

    fn check_areas(&self, problems: &mut Problems) {
        each_name_once(problems, "areas", self.areas.iter().map(|area| area.id.as_str()));
        for (index, area) in self.areas.iter().enumerate() {
            let place = |field| Place(&["areas"], Some((index, field)));
            for (field, value) in
                [("population", area.population), ("stock_person_days", area.stock_person_days)]
            {
                number(problems, &place(field), value.unwrap_or(0.0), LARGEST);
            }
            let inflow = area.inflow_person_days_per_day;
            number(problems, &place("inflow_person_days_per_day"), inflow, LARGEST);
            number(problems, &place("access"), area.access, 1.0);
            number(problems, &place("loss"), area.loss, 1.0);
            if let Some(cap) = &area.window_cap {
                cap_is_legal(problems, &place("window_cap"), cap);
            }
        }
    }

    fn check_windows(&self, problems: &mut Problems) {
        for (index, window) in self.windows.iter().enumerate() {
            let place = |field| Place(&["windows"], Some((index, field)));
            number(problems, &place("day"), window.day, LARGEST);
            number(problems, &place("loads"), window.loads, LARGEST);
        }
    }

    fn check_supplies(&self, problems: &mut Problems) {
        each_name_once(problems, "supplies", self.supplies.iter().map(|supply| supply.id.as_str()));
        let known: BTreeSet<&str> = self.areas.iter().map(|area| area.id.as_str()).collect();
        for (index, supply) in self.supplies.iter().enumerate() {
            let place = |field| Place(&["supplies"], Some((index, field)));
            let carried = supply.person_days_per_load;
            number(problems, &place("person_days_per_load"), carried, LARGEST);
            if carried == 0.0 {
                place("person_days_per_load").refuse(problems, "must be more than zero".to_owned());
            }
            number(problems, &place("stock_loads"), supply.stock_loads.unwrap_or(0.0), LARGEST);
            for id in supply.areas.iter().flatten().filter(|id| !known.contains(id.as_str())) {
                place("areas").refuse(problems, format!("there is no area `{id}` in this task"));
            }
        }
    }
}

/// Where something is wrong: names from the outside in, then perhaps an item and its field.
struct Place<'a>(&'a [&'a str], Option<(usize, &'a str)>);

impl Place<'_> {
    fn refuse(&self, problems: &mut Problems, detail: String) {
        let root = Pointer::Root;
        let outer = Pointer::Field(&root, self.0.first().copied().unwrap_or_default());
        match (self.0.get(1), self.1) {
            (Some(name), _) => problems.add(&Pointer::Field(&outer, name), detail),
            (None, Some((index, field))) => {
                problems.add(&Pointer::Field(&Pointer::Item(&outer, index), field), detail);
            }
            (None, None) => problems.add(&outer, detail),
        }
    }
}

fn number(problems: &mut Problems, place: &Place, value: f64, largest: f64) {
    if !(0.0..=largest).contains(&value) {
        place.refuse(problems, format!("must be a number from 0 to {largest}, got {value}"));
    }
}

fn cap_is_legal(problems: &mut Problems, place: &Place, cap: &Cap) {
    match cap {
        Cap::EachWindow(loads) => number(problems, place, *loads, LARGEST),
        Cap::ByWindow(each) => {
            for loads in each.iter().flatten() {
                number(problems, place, *loads, LARGEST);
            }
        }
    }
}

fn each_name_once<'a>(problems: &mut Problems, list: &str, names: impl Iterator<Item = &'a str>) {
    let mut seen = BTreeSet::new();
    for (index, name) in names.enumerate() {
        if !seen.insert(name) {
            let place = Place(&[list], Some((index, "id")));
            place.refuse(problems, format!("`{name}` occurs twice; each needs a name of its own"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task() -> Task {
        Task {
            areas: vec![AreaInNeed::new("A", 1000.0, 0.0)],
            windows: vec![Window { day: 0.0, loads: 3.0 }],
            horizon_days: 14.0,
            supplies: vec![Supply::food(1000.0)],
            route_caps: BTreeMap::new(),
        }
    }

    fn pointers(task: &Task) -> Vec<String> {
        task.check().unwrap_err().0.into_iter().map(|problem| problem.pointer).collect()
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once_and_in_its_place() {
        let mut task = task();
        task.horizon_days = f64::NAN;
        task.areas.push(AreaInNeed::new("A", f64::INFINITY, 0.0));
        task.areas[1].inflow_person_days_per_day = -1.0;
        task.areas[1].access = 1.5;
        task.areas[1].window_cap = Some(Cap::ByWindow(vec![None, Some(-2.0)]));
        task.windows[0].day = -3.0;
        task.supplies[0].person_days_per_load = 0.0;
        task.supplies[0].areas = Some(BTreeSet::from(["Q".to_owned()]));
        task.route_caps.insert("a/b".to_owned(), Cap::EachWindow(f64::NEG_INFINITY));
        assert_eq!(
            pointers(&task),
            [
                "/horizon_days",
                "/areas/1/id",
                "/areas/1/population",
                "/areas/1/inflow_person_days_per_day",
                "/areas/1/access",
                "/areas/1/window_cap",
                "/windows/0/day",
                "/supplies/0/person_days_per_load",
                "/supplies/0/areas",
                "/route_caps/a~1b",
            ]
        );
    }

    #[test]
    fn a_million_areas_in_many_windows_are_refused_before_anything_is_computed() {
        let mut task = task();
        task.windows = vec![task.windows[0]; 52];
        task.areas = vec![task.areas[0].clone(); 1_000_000];
        assert_eq!(pointers(&task), ["/areas"]);
    }

    #[test]
    fn unknown_numbers_no_areas_and_no_windows_are_legal() {
        let mut task = task();
        task.areas[0].population = None;
        task.areas[0].stock_person_days = None;
        assert_eq!(task.check(), Ok(()));
        task.areas.clear();
        task.windows.clear();
        assert_eq!(task.check(), Ok(()));
    }

    #[test]
    fn a_cap_is_one_number_or_one_for_each_window() {
        let caps: [Cap; 2] = serde_json::from_str("[6, [4, null]]").unwrap();
        assert_eq!(caps[0].loads_in(9).to_bits(), 6.0_f64.to_bits());
        assert_eq!(caps[1].loads_in(0).to_bits(), 4.0_f64.to_bits());
        assert!(caps[1].loads_in(1).is_infinite() && caps[1].loads_in(2).is_infinite());
    }
}
