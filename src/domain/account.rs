//! What one source says of a convoy, a pause or an incident. Several may disagree; all are kept.

use super::choice::choice;
use super::door::part;
use super::{DatePrecision, Figure, Moment, PartyCode, SourceCode, Text};

choice! {
    /// How it ended, by this source.
    Outcome {
        /// Everything arrived.
        Delivered = "delivered",
        /// It arrived late.
        DeliveredAfterDelay = "delivered_after_delay",
        /// It arrived, and somebody was hurt or shot at.
        DeliveredWithIncident = "delivered_with_incident",
        /// Part of it arrived.
        Partial = "partial",
        /// It is on its way.
        Dispatched = "dispatched",
        /// It is meant to go.
        Planned = "planned",
        /// It waits.
        Delayed = "delayed",
        /// Somebody stopped it.
        Blocked = "blocked",
        /// It was attacked.
        Attacked = "attacked",
        /// It was given up.
        Cancelled = "cancelled",
        /// Asked for.
        Requested = "requested",
        /// Announced.
        Announced = "announced",
        /// Supported by somebody who is not a party to it.
        Endorsed = "endorsed",
        /// Agreed.
        Agreed = "agreed",
        /// Refused.
        Refused = "refused",
        /// Made longer.
        Extended = "extended",
        /// In force.
        InForce = "in_force",
        /// Kept.
        Honoured = "honoured",
        /// Kept in part.
        PartlyHonoured = "partly_honoured",
        /// Broken.
        Violated = "violated",
        /// Over.
        Ended = "ended",
    }
}

part! {
    /// What one source says of the same convoy, pause or incident.
    Account "account" {
        source: Option<SourceCode>, "#meta+source+code", "Who says it.";
        date: Option<Moment>, "#date+start", "When it happened, by this source.";
        date_end: Option<Moment>, "#date+end", "Until when.";
        date_precision: Option<DatePrecision>, "#meta+date+precision", "How exactly these dates are known.";
        record_type: Option<Text>, "#meta+type", "What the source speaks of: the event, a part of it, an attempt, a plan.";
        trucks: Figure, "#output+num+trucks", "Trucks.";
        people_targeted: Figure, "#targeted", "People it was for.";
        people_reached: Figure, "#reached", "People it reached.";
        cargo: Option<Text>, "#item+description", "What it carried.";
        organisations: Option<Text>, "#org+list", "Who took part, in the source's words.";
        place: Option<Text>, "#loc+description", "Where, in the source's words.";
        parties: Vec<PartyCode>, "#group+code", "The parties it names.";
        asked_by: Option<Text>, "#group+asking", "Who asked or announced, in the source's words.";
        asked_of: Option<Text>, "#group+asked", "Of whom, in the source's words.";
        announced_on: Option<Moment>, "#date+announced", "When it was asked or announced.";
        start_local: Option<Text>, "#meta+date+start+time", "Start on the local clock, hh:mm or sunset.";
        end_local: Option<Text>, "#meta+date+end+time", "End on the local clock, hh:mm or sunset.";
        duration_hours: Option<f64>, "#meta+date+duration+hours", "How long, hours.";
        recurrence: Option<Text>, "#meta+date+recurrence", "How often, in the source's words.";
        outcome: Option<Outcome>, "#status+outcome", "How it ended.";
        outcome_text: Option<Text>, "#status+outcome+description", "How it ended, in the source's words.";
        items_removed: Option<Text>, "#item+removed", "What was taken off.";
        obstructed_by: Option<Text>, "#group+obstructing", "Who or what was in the way, by this source.";
        killed: Figure, "#affected+killed", "People killed.";
        injured: Figure, "#affected+injured", "People injured.";
        loss: Option<Text>, "#impact+description", "What was lost.";
        loss_quantity: Figure, "#impact+num", "How much was lost.";
        loss_unit: Option<Text>, "#impact+unit", "In which unit.";
        attributed_to: Option<Text>, "#group+attributed", "Who did it, always by this source's account.";
        quote: Option<Text>, "#meta+quote", "What it says, in short.";
        note: Option<Text>, "#meta+note", "What we add.";
    }
}
