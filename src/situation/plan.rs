//! Who gets the next truck: a plan that is asked for, with what the records know of each area, and why it is so.

mod words;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::Serialize;

use self::words::{because, gets, notes, summary};
use super::coverage::{Counted, counted_otherwise, days_between};
use super::standards::Standards;
use super::supply::{AreaSupply, SupplyQuestion, opening};
use super::table::Known;
use super::world::Situation;
use crate::assess::allocation::{
    Allocation, AreaInNeed, Cap, Delivery, Loads, PlanError, Policy, Supply, Task, Window, plan,
};
use crate::assess::gap::Haulage;
use crate::assess::holding::{self, Sector};
use crate::domain::plan::{Fairness, PlanNeed, PlanRequest};
use crate::domain::{Area, Figure, Pointer, Problems, Saying, Text};

/// For how long food must last where nobody says: days. Source: the usual cycle of distribution.
const HORIZON_DAYS: f64 = 30.0;

/// What is known of an area when a plan begins, and where it comes from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlannedFor {
    /// The area.
    pub area: String,
    /// Its name.
    pub name: String,
    /// Its people, heads.
    pub people: Option<f64>,
    /// What the sources say of them.
    pub population: Figure,
    /// In store when the plan begins, person-days.
    pub stock_person_days: Option<f64>,
    /// `sent`, `counted`, or `deliveries_only`: what at least is left of known deliveries.
    pub stock_from: &'static str,
    /// What comes in by itself, person-days a day.
    pub inflow_person_days_per_day: f64,
    /// Share of a load that is lost.
    pub loss: f64,
    /// How likely a load gets through.
    pub access: f64,
}

/// A plan as it is told.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ToldPlan {
    /// The day it begins.
    pub date: DateTime<Utc>,
    /// For how long food must last, days.
    pub horizon_days: f64,
    /// What one load carries where no supply says otherwise, person-days.
    pub person_days_per_load: f64,
    /// Tonnes on one truck.
    pub payload_tonnes: f64,
    /// Weight of the ration of one person for one day, kg.
    pub ration_kg: f64,
    /// What it rests on, area by area.
    pub inputs: Vec<PlannedFor>,
    /// The plan.
    #[serde(flatten)]
    pub allocation: Allocation,
    /// Each area in words and days.
    pub told: Vec<ToldArea>,
    /// In one sentence.
    pub summary: Saying,
    /// What to mind.
    pub notes: Vec<Saying>,
}

/// What a plan is for one area, in words and days.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ToldArea {
    /// The area.
    pub area: String,
    /// Its name.
    pub name: String,
    /// What it gets and why not more, in one sentence.
    pub sentence: Saying,
    /// What it gets.
    #[serde(skip)]
    pub gets: Saying,
    /// Why it gets no more.
    pub because: Saying,
    /// When loads arrive.
    pub arrives_on: Vec<NaiveDate>,
}

/// Why there is no plan.
#[derive(Debug, thiserror::Error)]
pub enum NoPlan {
    /// Something is wrong with what was sent.
    #[error("{0}")]
    Invalid(Problems),
    /// The task cannot be solved so that the answer can be trusted.
    #[error(transparent)]
    Unsolved(PlanError),
}

/// The plan for a request.
///
/// # Errors
///
/// [`NoPlan`]: what is wrong with the request, or why no plan can be shown.
pub fn told_plan(
    situation: &Situation,
    request: &PlanRequest,
    standards: &Standards,
) -> Result<ToldPlan, NoPlan> {
    let begin = request.date.map_or(situation.as_of, crate::domain::Moment::start);
    let usual = Haulage::default();
    let payload_tonnes = request.payload_tonnes.unwrap_or(usual.payload_tonnes);
    let ration_kg = request.ration_kg.unwrap_or(usual.ration_kg);
    let mut problems = Problems::default();
    let horizon_days = request.horizon_days.unwrap_or(HORIZON_DAYS);
    for (field, number) in [
        ("payload_tonnes", payload_tonnes),
        ("ration_kg", ration_kg),
        ("horizon_days", horizon_days),
    ] {
        if number <= 0.0 {
            problems.add_field(field, "must be more than 0");
        }
    }
    let person_days_per_load = payload_tonnes * KG_PER_TONNE / ration_kg;
    let inputs = inputs(situation, request, standards, begin, &mut problems);
    let task = task(request, &inputs, begin, person_days_per_load, &mut problems);
    if !problems.is_empty() {
        return Err(NoPlan::Invalid(problems));
    }
    let policy = match request.fairness {
        Some(Fairness::MaxminThenUnmet) => Policy::MaxminThenUnmet,
        Some(Fairness::Lexicographic) | None => Policy::Lexicographic,
    };
    let loads = if request.whole.unwrap_or(true) { Loads::Whole } else { Loads::Divisible };
    let allocation = plan(&task, policy, loads).map_err(|fault| match fault {
        PlanError::Invalid(problems) => NoPlan::Invalid(problems),
        fault => NoPlan::Unsolved(fault),
    })?;
    Ok(ToldPlan {
        date: begin,
        horizon_days: task.horizon_days,
        person_days_per_load,
        payload_tonnes,
        ration_kg,
        told: told(situation, &task, &inputs, &allocation, begin),
        summary: summary(&allocation),
        notes: notes(situation, &inputs, &allocation),
        inputs,
        allocation,
    })
}

const KG_PER_TONNE: f64 = 1_000.0;

/// What is known of each area that is asked for, with what was sent laid over it.
fn inputs(
    situation: &Situation,
    request: &PlanRequest,
    standards: &Standards,
    begin: DateTime<Utc>,
    problems: &mut Problems,
) -> Vec<PlannedFor> {
    let left_out = counted_otherwise(situation);
    let areas = Pointer::Field(&Pointer::Root, "areas");
    if request.areas.is_empty() {
        problems.add(&areas, "must name at least one area");
    }
    let each = request.areas.iter().enumerate().filter_map(|(index, need)| {
        let Some(area) = situation.world.areas.get(need.area.as_str()) else {
            let item = Pointer::Item(&areas, index);
            problems.add(&Pointer::Field(&item, "area"), format!("there is no area {}", need.area));
            return None;
        };
        let visits = Counted::of(situation, &area.code, &left_out);
        Some(known_of(situation, area, visits, need, standards, begin))
    });
    each.collect()
}

fn known_of(
    situation: &Situation,
    area: &Known<Area>,
    visits: Counted<'_>,
    need: &PlanNeed,
    standards: &Standards,
    begin: DateTime<Utc>,
) -> PlannedFor {
    let question =
        SupplyQuestion { sector: Sector::Food, policy: None, include_planned: false, standards };
    let supply =
        AreaSupply::gather(situation, area, visits, (situation.as_of, situation.as_of), &question);
    let held = opening(&supply, &supply.events(None), supply.day(begin.max(situation.as_of)));
    let (stock, stock_from) = match (need.stock_person_days, &supply.counted) {
        (Some(sent), _) => (Some(sent), "sent"),
        (None, Some(_)) => (held.central(), "counted"),
        (None, None) => (held.low(), "deliveries_only"),
    };
    let population = supply.people.map_or(Figure::UNKNOWN, |people| people.people);
    PlannedFor {
        area: area.code.to_string(),
        name: area.record.names.any().to_owned(),
        people: need.people.or_else(|| population.middle()).or_else(|| population.high()),
        population,
        stock_person_days: stock,
        stock_from,
        inflow_person_days_per_day: need
            .inflow_person_days_per_day
            .or_else(|| supply.inflow_per_day().central())
            .unwrap_or(0.0),
        loss: need.loss.unwrap_or(standards.losses.handling_loss),
        access: need.access.unwrap_or(1.0),
    }
}

fn task(
    request: &PlanRequest,
    inputs: &[PlannedFor],
    begin: DateTime<Utc>,
    person_days_per_load: f64,
    problems: &mut Problems,
) -> Task {
    let needs = request
        .areas
        .iter()
        .filter(|need| inputs.iter().any(|input| input.area == need.area.as_str()));
    let areas = needs.zip(inputs).map(|(need, input)| AreaInNeed {
        id: input.area.clone(),
        population: input.people,
        stock_person_days: input.stock_person_days,
        inflow_person_days_per_day: input.inflow_person_days_per_day,
        route: need.route.as_ref().map(|route| route.as_str().to_owned()),
        access: input.access,
        loss: input.loss,
        window_cap: need.loads_per_window.map(Cap::EachWindow),
    });
    let caps = request.routes.iter();
    Task {
        areas: areas.collect(),
        windows: windows(request, begin, problems),
        horizon_days: request.horizon_days.unwrap_or(HORIZON_DAYS),
        supplies: supplies(request, person_days_per_load, problems),
        route_caps: caps
            .map(|r| (r.route.as_str().to_owned(), Cap::EachWindow(r.loads_per_window)))
            .collect(),
    }
}

fn windows(request: &PlanRequest, begin: DateTime<Utc>, problems: &mut Problems) -> Vec<Window> {
    let windows = Pointer::Field(&Pointer::Root, "windows");
    let each = request.windows.iter().enumerate().map(|(index, window)| {
        let at = window.at.start();
        // A window of the day on which the plan begins lies at its beginning.
        let same_day = window.at.is_day() && window.at.date() == begin.date_naive();
        if at < begin && !same_day {
            let item = Pointer::Item(&windows, index);
            let detail = format!("must not lie before the plan begins, {}", begin.date_naive());
            problems.add(&Pointer::Field(&item, "at"), detail);
        }
        Window { day: days_between(begin, at.max(begin)), loads: window.loads }
    });
    each.collect()
}

fn supplies(
    request: &PlanRequest,
    person_days_per_load: f64,
    problems: &mut Problems,
) -> Vec<Supply> {
    if request.supplies.is_empty() {
        return vec![Supply::food(person_days_per_load)];
    }
    let place = Pointer::Field(&Pointer::Root, "supplies");
    let word = |text: &Option<Text>| text.as_ref().map(|text| text.as_str().to_owned());
    let each = request.supplies.iter().enumerate().map(|(index, supply)| {
        let named = word(&supply.commodity);
        let is_food = named.as_deref().is_none_or(holding::is_food);
        if !is_food && supply.person_days_per_load.is_none() {
            let detail =
                "is no food that is known here; give person_days_per_load if it can be eaten";
            problems.add(&Pointer::Field(&Pointer::Item(&place, index), "commodity"), detail);
        }
        let commodity = named.unwrap_or_else(|| "food".to_owned());
        let of_all = supply.areas.is_empty();
        Supply {
            id: word(&supply.hub).map_or(commodity.clone(), |hub| format!("{commodity} at {hub}")),
            person_days_per_load: supply.person_days_per_load.unwrap_or(person_days_per_load),
            stock_loads: supply.loads,
            areas: (!of_all).then(|| supply.areas.iter().map(ToString::to_string).collect()),
        }
    });
    each.collect()
}

fn told(
    situation: &Situation,
    task: &Task,
    inputs: &[PlannedFor],
    allocation: &Allocation,
    begin: DateTime<Utc>,
) -> Vec<ToldArea> {
    let each = allocation.areas.iter().zip(inputs).map(|(area, input)| {
        let because = because(task, &area.why, allocation.whole);
        let gets = gets(situation.area_called(&input.area), area);
        ToldArea {
            area: input.area.clone(),
            name: input.name.clone(),
            sentence: gets.clone().then(because.clone()),
            gets,
            because,
            arrives_on: area.deliveries.iter().map(|d| arrives_on(d, begin)).collect(),
        }
    });
    each.collect()
}

fn arrives_on(delivery: &Delivery, begin: DateTime<Utc>) -> NaiveDate {
    const MILLISECONDS_PER_DAY: f64 = 86_400_000.0;
    #[expect(clippy::cast_possible_truncation, reason = "a horizon is at most ten years")]
    let milliseconds = (delivery.day * MILLISECONDS_PER_DAY) as i64;
    (begin + TimeDelta::milliseconds(milliseconds)).date_naive()
}
