//! An allocation of truckloads that was computed and kept, to be held against what then happened.

use super::choice::choice;
use super::door::part;
use super::record::record;
use super::{AreaCode, Code, LogisticsCode, Moment, PauseCode, Problems, Text};

/// The longest that food is planned for, some ten years.
const LONGEST_HORIZON_DAYS: f64 = 3_660.0;

choice! {
    /// What is fair.
    Fairness {
        /// Raise the worst off as far as can be, then the next: nobody can gain but from somebody no better off.
        Lexicographic = "lexicographic",
        /// Raise the worst off as far as can be, then leave the least need unmet.
        MaxminThenUnmet = "maxmin_then_unmet",
    }
}

part! {
    /// A time at which loads can go.
    PlanWindow "window" {
        at: Moment, "#date+start", "When the loads arrive.";
        loads: f64, "#output+num+trucks", "Truckloads that can go.";
        pause: Option<PauseCode>, "#event+code", "The pause that makes it possible.";
    }
}

part! {
    /// Truckloads for one area at one time.
    PlanDelivery "delivery" {
        area: AreaCode, "#loc+code", "The area.";
        at: Moment, "#date+start", "When they arrive.";
        loads: f64, "#output+num+trucks", "Truckloads.";
        person_days: f64, "#output+person_days", "What of it can be eaten, person-days at 2,100 kcal.";
        commodity: Option<Text>, "#item+code", "Of which commodity, where there are several.";
        hub: Option<Text>, "#loc+hub", "From which hub, where there are several.";
    }
}

part! {
    /// What a plan does for one area.
    PlanArea "area" {
        area: AreaCode, "#loc+code", "The area.";
        people: Option<f64>, "#population", "People, heads.";
        needed_person_days: Option<f64>, "#indicator+num+needed", "What they need over the horizon.";
        loads: f64, "#output+num+trucks", "Truckloads it gets.";
        coverage_before: Option<f64>, "#indicator+coverage+before", "Share of the need met by its own stock and inflow.";
        coverage_after: Option<f64>, "#indicator+coverage+after", "The same with the plan.";
        why: Option<Text>, "#meta+why", "Why it does not get more.";
    }
}

part! {
    /// An area that a plan is asked for; what is left out is taken from the records.
    PlanNeed "need" {
        area: AreaCode, "#loc+code", "The area.";
        people: Option<f64>, "#population", "People, heads.";
        stock_person_days: Option<f64>, "#capacity+person_days", "Food in store when the plan begins.";
        inflow_person_days_per_day: Option<f64>, "#capacity+inflow", "Food that comes in by itself each day.";
        access: Option<f64>, "#indicator+probability", "How likely a load gets through, from 0 to 1; left out, 1.";
        loss: Option<f64>, "#indicator+loss", "Share of a load that is lost.";
        route: Option<Text>, "#loc+route", "The route that its loads take, where several areas share one.";
        loads_per_window: Option<f64>, "#capacity+num+trucks", "Loads that it can take off trucks in one window.";
    }
}

part! {
    /// What is loaded: a commodity at a hub.
    PlanSupply "supply" {
        commodity: Option<Text>, "#item+code", "The commodity; left out, food.";
        hub: Option<Text>, "#loc+hub", "Where it lies.";
        loads: Option<f64>, "#capacity+num+loads", "Loads in store; left out, without limit.";
        person_days_per_load: Option<f64>, "#output+person_days", "What one load carries.";
        areas: Vec<AreaCode>, "#loc+code", "The areas it can be sent to; none named is all.";
    }
}

part! {
    /// A route that takes only so many loads.
    PlanRoute "route" {
        route: Text, "#loc+route", "Its name, as the areas have it.";
        loads_per_window: f64, "#capacity+num+trucks", "Loads it takes in one window.";
    }
}

part! {
    /// What a plan is asked for.
    PlanRequest "plan_request" {
        title: Option<Text>, "#activity+name", "A short name.";
        date: Option<Moment>, "#date+start", "The day it begins; left out, the day it is asked for.";
        horizon_days: Option<f64>, "#meta+date+duration+days", "For how long food must last; left out, 30.";
        fairness: Option<Fairness>, "#meta+policy", "What is fair; left out, lexicographic.";
        whole: Option<bool>, "#meta+whole", "Are only whole loads sent; left out, yes.";
        areas: Vec<PlanNeed>, "#loc+list", "Who needs food.";
        windows: Vec<PlanWindow>, "#event+windows", "When loads can go in, and how many.";
        supplies: Vec<PlanSupply>, "#item+list", "What is loaded; none named is food without limit.";
        routes: Vec<PlanRoute>, "#loc+routes", "Routes that take only so many loads.";
        payload_tonnes: Option<f64>, "#capacity+weight", "Tonnes on one truck.";
        ration_kg: Option<f64>, "#indicator+weight+ration", "Weight of the ration of one person for one day, kg.";
        save: Option<bool>, "#meta+save", "Is the plan kept; left out, no.";
        code: Option<Code>, "#meta+code", "The code it is kept under.";
    }
}

record! {
    /// An allocation of truckloads over areas and times, as it was computed.
    Plan "plan" {
        title: Option<Text>, "#activity+name", "A short name.";
        date: Moment, "#date+start", "The day it begins.";
        horizon_days: f64, "#meta+date+duration+days", "Over how many days.";
        fairness: Fairness, "#meta+policy", "What was taken for fair.";
        method: Option<Text>, "#meta+method", "How it was computed.";
        windows: Vec<PlanWindow>, "#event+windows", "The times at which loads can go.";
        areas: Vec<PlanArea>, "#loc+list", "What it does for each area.";
        deliveries: Vec<PlanDelivery>, "#output+list", "What goes where and when.";
        logistics: Vec<LogisticsCode>, "#meta+logistics", "The logistics it rests on.";
        minimum_coverage: Option<f64>, "#indicator+coverage+min", "Coverage of the worst-off area with the plan.";
        unmet_person_days: Option<f64>, "#indicator+num+unmet", "Need that stays unmet.";
    }

    const SUMMARY: &'static [&'static str] = &["title", "date", "horizon_days", "fairness", "minimum_coverage", "unmet_person_days"];

    fn check(&self, problems: &mut Problems) {
        if self.horizon_days <= 0.0 || self.horizon_days > LONGEST_HORIZON_DAYS {
            problems.add_field("horizon_days", format!("must be more than 0 and at most {LONGEST_HORIZON_DAYS}"));
        }
        if self.areas.is_empty() {
            problems.add_field("areas", "must name at least one area");
        }
    }

    fn happened(&self) -> Option<Moment> {
        Some(self.date)
    }
}
