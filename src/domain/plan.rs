//! An allocation of truckloads that was computed and kept, to be held against what then happened.

use super::choice::choice;
use super::door::part;
use super::record::record;
use super::{AreaCode, LogisticsCode, Moment, PauseCode, Problems, Text};

choice! {
    /// What is fair.
    Fairness {
        /// The worst off first, then the next: nobody can gain but from somebody no better off.
        MaxMin = "max_min",
        /// The worst off first, once; then as little unmet need as can be.
        MaxMinThenLeastUnmet = "max_min_then_least_unmet",
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
        people: f64, "#population", "People, heads.";
        needed_person_days: f64, "#indicator+num+needed", "What they need over the horizon.";
        loads: f64, "#output+num+trucks", "Truckloads it gets.";
        coverage_before: Option<f64>, "#indicator+coverage+before", "Share of the need met by its own stock and inflow.";
        coverage_after: Option<f64>, "#indicator+coverage+after", "The same with the plan.";
        why: Option<Text>, "#meta+why", "Why it does not get more.";
    }
}

record! {
    /// An allocation of truckloads over areas and times, as it was computed.
    Plan "plan" {
        title: Option<Text>, "#activity+name", "A short name.";
        date: Moment, "#date+start", "The day it begins.";
        horizon_days: f64, "#date+duration+days", "Over how many days.";
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
        if self.horizon_days <= 0.0 {
            problems.add_field("horizon_days", "must be more than 0");
        }
        if self.areas.is_empty() {
            problems.add_field("areas", "must name at least one area");
        }
    }

    fn happened(&self) -> Option<Moment> {
        Some(self.date)
    }
}
