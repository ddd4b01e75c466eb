//! One request to an authority, or a published count of such requests.

use super::choice::choice;
use super::record::record;
use super::{
    AreaCode, AreaGroupCode, ConvoyCode, DatePrecision, Figure, Moment, OrganisationCode,
    PartyCode, Problems, Text,
};

choice! {
    /// What the authority answered.
    AccessAnswer {
        /// Yes.
        Approved = "approved",
        /// Yes, for fewer people or on conditions.
        ApprovedWithConditions = "approved_with_conditions",
        /// Yes to some, no or nothing to others.
        PartlyApproved = "partly_approved",
        /// No.
        Denied = "denied",
        /// Nothing came.
        NoAnswer = "no_answer",
        /// Still waiting.
        Pending = "pending",
    }
}

record! {
    /// A request to an authority for a period and areas, with its answer.
    AccessRequest "access_request" {
        title: Option<Text>, "#activity+name", "What was asked, in short.";
        authority: Option<PartyCode>, "#group+code", "Who was asked.";
        requested_by: Vec<OrganisationCode>, "#org+code", "Who asked.";
        areas: Vec<AreaCode>, "#loc+code", "For which areas.";
        area_groups: Vec<AreaGroupCode>, "#loc+group+code", "Or groups of areas.";
        place: Option<Text>, "#loc+description", "Where, in the source's words.";
        convoys: Vec<ConvoyCode>, "#activity+code", "For which convoys.";
        requested_on: Option<Moment>, "#date+requested", "When it was asked.";
        answered_on: Option<Moment>, "#date+answered", "When it was answered.";
        reported_on: Option<Moment>, "#date+reported", "The day the statement is for.";
        date_precision: Option<DatePrecision>, "#meta+date+precision", "How exactly these dates are known.";
        period_from: Option<Moment>, "#date+start", "First day asked for.";
        period_to: Option<Moment>, "#date+end", "Last day asked for.";
        answer: Option<AccessAnswer>, "#status+answer", "What was answered; left out where not known.";
        conditions: Option<Text>, "#status+conditions", "On which conditions.";
        people_requested: Figure, "#targeted+requested", "People asked for.";
        people_approved: Figure, "#targeted+approved", "People approved.";
        counted: Option<Text>, "#indicator+unit", "What the next four count: requests, areas, locations, convoys.";
        asked: Figure, "#indicator+num+asked", "How many were asked for.";
        granted: Figure, "#indicator+num+granted", "How many were granted.";
        denied: Figure, "#indicator+num+denied", "How many were denied.";
        unanswered: Figure, "#indicator+num+unanswered", "How many got no answer.";
    }

    const COLUMNS: &'static [&'static str] = &["answer"];
    const SUMMARY: &'static [&'static str] = &["title", "authority", "requested_on", "answer", "people_requested"];
    const DATES: &'static [&'static str] = &["requested_on", "answered_on", "reported_on"];

    fn check(&self, problems: &mut Problems) {
        if self.happened().is_none() {
            problems.add_field("requested_on", "give requested_on, answered_on or reported_on: when was it");
        }
        if let (Some(from), Some(to)) = (self.period_from, self.period_to)
            && to.end() < from.start()
        {
            problems.add_field("period_to", format!("must not lie before period_from, {from}"));
        }
        if let (Some(asked), Some(answered)) = (self.requested_on, self.answered_on)
            && answered.end() < asked.start()
        {
            problems.add_field("answered_on", format!("must not lie before requested_on, {asked}"));
        }
    }

    fn happened(&self) -> Option<Moment> {
        self.requested_on.or(self.answered_on).or(self.reported_on)
    }
}
