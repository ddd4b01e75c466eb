//! Any other dated, sourced statement about areas. What fits nowhere else is kept here, not dropped.

use super::choice::choice;
use super::record::record;
use super::{
    AreaCode, AreaGroupCode, ConvoyCode, DatePrecision, Figure, Moment, OrganisationCode, Problems,
    Text,
};

choice! {
    /// What the statement is about.
    Topic {
        /// A price, or by how much one rose.
        Price = "price",
        /// When somebody expects something to run out.
        RunOutStatement = "run_out_statement",
        /// A store that is empty or near it.
        StockStatement = "stock_statement",
        /// Food that will spoil.
        StockExpiry = "stock_expiry",
        /// How many were reached since a date: a running total, never to be added.
        CumulativeReached = "cumulative_reached",
        /// How many were served before.
        DeliveryBaseline = "delivery_baseline",
        /// What became of a plan.
        ConvoyPlanResult = "convoy_plan_result",
        /// How long a convoy was held.
        ConvoyDelayed = "convoy_delayed",
        /// How long a convoy stood at a checkpoint.
        CheckpointDelay = "checkpoint_delay",
        /// What was taken off convoys in general.
        ItemsRemoved = "items_removed",
        /// That somebody could not get in.
        AccessFailed = "access_failed",
        /// That somebody was not let in.
        AccessRefused = "access_refused",
        /// How long since aid came.
        TimeSinceLastAid = "time_since_last_aid",
        /// Sick or wounded who must get out.
        MedicalEvacuationNeed = "medical_evacuation_need",
        /// What is lacking.
        UnmetNeed = "unmet_need",
        /// That work was stopped.
        Suspension = "suspension",
        /// Talks, offers, cooperation.
        DiplomaticEvent = "diplomatic_event",
        /// Anything else.
        Other = "other",
    }
}

record! {
    /// A dated, sourced statement that is no other kind of record.
    Observation "observation" {
        topic: Topic, "#indicator+topic", "What it is about.";
        title: Option<Text>, "#indicator+name", "In short.";
        areas: Vec<AreaCode>, "#loc+code", "Where.";
        area_groups: Vec<AreaGroupCode>, "#loc+group+code", "Or in which groups of areas.";
        place: Option<Text>, "#loc+description", "Where, in the source's words.";
        date: Moment, "#date+reported", "The day it is for, or was said.";
        date_precision: Option<DatePrecision>, "#meta+date+precision", "How exactly that day is known.";
        item: Option<Text>, "#item+name", "Of what.";
        value: Figure, "#indicator+num", "How much.";
        unit: Option<Text>, "#indicator+unit", "In which unit.";
        denominator: Option<f64>, "#indicator+denominator", "Out of how many.";
        period_from: Option<Moment>, "#date+start", "From when it counts or is expected.";
        period_to: Option<Moment>, "#date+end", "Until when.";
        organisations: Vec<OrganisationCode>, "#org+code", "Who says or does it.";
        convoys: Vec<ConvoyCode>, "#activity+code", "The convoys it speaks of.";
        actor: Option<Text>, "#group+speaking", "Who says or does it, in the source's words.";
        text: Option<Text>, "#description", "The statement, where it is not a number.";
    }

    const COLUMNS: &'static [&'static str] = &["topic"];
    const SUMMARY: &'static [&'static str] = &["topic", "title", "date", "item", "value", "unit"];

    fn check(&self, problems: &mut Problems) {
        if let (Some(from), Some(to)) = (self.period_from, self.period_to)
            && to.end() < from.start()
        {
            problems.add_field("period_to", format!("must not lie before period_from, {from}"));
        }
        if !self.value.is_unknown() && self.unit.is_none() {
            problems.add_field("unit", "is required with value");
        }
    }

    fn happened(&self) -> Option<Moment> {
        Some(self.date)
    }
}
