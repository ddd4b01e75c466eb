//! A stop in fighting: asked for, announced, agreed, kept or broken.

use super::choice::choice;
use super::door::part;
use super::record::record;
use super::{
    Account, AreaCode, AreaGroupCode, DatePrecision, Figure, IncidentCode, Moment, PartyCode,
    PauseCode, Pointer, Problems, SourceCode, Text,
};

choice! {
    /// What kind of stop it is.
    PauseType {
        /// Somebody asks for it.
        Requested = "requested",
        /// A party announces it.
        Announced = "announced",
        /// A ceasefire between parties.
        Ceasefire = "ceasefire",
        /// A cessation of hostilities.
        CessationOfHostilities = "cessation_of_hostilities",
        /// Safe passage for people or goods.
        Corridor = "corridor",
        /// A truce to bring people out.
        Evacuation = "evacuation",
        /// Support for somebody else's call.
        Endorsement = "endorsement",
    }
}

choice! {
    /// What a party answered.
    Answer {
        /// Yes.
        Agreed = "agreed",
        /// Yes, if.
        AgreedWithConditions = "agreed_with_conditions",
        /// No.
        Refused = "refused",
        /// It will talk about it.
        WillingToDiscuss = "willing_to_discuss",
        /// It took its yes back, or called it off.
        Withdrawn = "withdrawn",
        /// Support by somebody who need not agree.
        Endorsed = "endorsed",
    }
}

choice! {
    /// How the length is meant across a change of the clocks.
    DurationMode {
        /// Real hours.
        Elapsed = "elapsed",
        /// To the same local time.
        Nominal = "nominal",
    }
}

part! {
    /// What one party answered.
    PauseAnswer "answer" {
        party: PartyCode, "#group+code", "Who.";
        answer: Answer, "#status+answer", "What.";
        at: Option<Moment>, "#date+answered", "When.";
        conditions: Option<Text>, "#status+conditions", "On which conditions.";
        source: Option<SourceCode>, "#meta+source+code", "Who says so.";
        note: Option<Text>, "#meta+note", "More about it.";
    }
}

part! {
    /// A breach of a pause.
    Violation "violation" {
        at: Moment, "#date+event", "When.";
        date_precision: Option<DatePrecision>, "#meta+date+event+precision", "How exactly that is known.";
        terminal: Option<bool>, "#status+terminal", "Did it end the pause.";
        incident: Option<IncidentCode>, "#event+code", "The incident.";
        killed: Figure, "#affected+killed", "People killed.";
        injured: Figure, "#affected+injured", "People injured.";
        attributed_to: Option<Text>, "#group+attributed", "By whom, by the source's account.";
        source: Option<SourceCode>, "#meta+source+code", "Who says so.";
        note: Option<Text>, "#meta+note", "More about it.";
    }
}

record! {
    /// A stop in fighting: a request, an announcement, a ceasefire, safe passage.
    Pause "pause" {
        title: Option<Text>, "#event+name", "A short name.";
        pause_type: PauseType, "#event+type", "What kind of stop it is.";
        asked_by: Option<Text>, "#group+asking", "Who asked or announced.";
        asked_of: Option<Text>, "#group+asked", "Of whom, in the source's words.";
        parties: Vec<PartyCode>, "#group+code", "The parties that must agree.";
        areas: Vec<AreaCode>, "#loc+code", "Where it is to hold.";
        area_groups: Vec<AreaGroupCode>, "#loc+group+code", "Or in which groups of areas.";
        place: Option<Text>, "#loc+description", "Where, in the source's words.";
        announced_on: Option<Moment>, "#date+announced", "When it was asked or announced.";
        start: Option<Moment>, "#date+start", "From when; unknown where it is only asked for.";
        end: Option<Moment>, "#date+end", "Until when.";
        date_precision: Option<DatePrecision>, "#meta+date+precision", "How exactly these dates are known.";
        start_local: Option<Text>, "#meta+date+start+time", "Start on the local clock, hh:mm or sunset.";
        end_local: Option<Text>, "#meta+date+end+time", "End on the local clock, hh:mm, 24:00 or sunset.";
        duration_hours: Option<f64>, "#meta+date+duration+hours", "How long each time, hours.";
        duration_mode: Option<DurationMode>, "#meta+date+duration+mode", "Real hours, or to the same local time; left out, real hours.";
        every_days: Option<u64>, "#meta+date+recurrence+days", "It comes again every so many days: 7 is weekly, 1 daily.";
        recurrence: Option<Text>, "#meta+date+recurrence", "How often, in the source's words or as an RFC 5545 rule.";
        notice_hours: Option<f64>, "#meta+date+notice+hours", "Notice that is needed before, hours.";
        time_zone: Option<Text>, "#loc+timezone", "IANA time zone of the local clock.";
        extends: Option<PauseCode>, "#event+parent", "The pause it makes longer.";
        endorses: Vec<PauseCode>, "#event+endorsed", "The pauses it supports.";
        answers: Vec<PauseAnswer>, "#status+answers", "What each party answered.";
        violations: Vec<Violation>, "#event+violations", "Where it was broken.";
        accounts: Vec<Account>, "#meta+accounts", "What each source says of it.";
    }

    const COLUMNS: &'static [&'static str] = &["pause_type"];
    const SUMMARY: &'static [&'static str] = &["title", "pause_type", "announced_on", "start", "end", "duration_hours"];
    const DATES: &'static [&'static str] = &["announced_on", "start"];

    fn check(&self, problems: &mut Problems) {
        if self.happened().is_none() && self.accounts.is_empty() {
            problems.add_field("announced_on", "give announced_on or start: when is it");
        }
        if let (Some(start), Some(end)) = (self.start, self.end)
            && end.end() < start.start()
        {
            problems.add_field("end", format!("must not lie before start, {start}"));
        }
        for (field, time) in [("start_local", &self.start_local), ("end_local", &self.end_local)] {
            if let Some(time) = time.as_ref().filter(|time| !is_local_time(time.as_str())) {
                problems.add_field(field, format!("must be hh:mm (00:00 to 24:00) or sunset, got {time}"));
            }
        }
        if let Some(zone) = self.time_zone.as_ref().filter(|z| z.as_str().parse::<chrono_tz::Tz>().is_err()) {
            problems.add_field("time_zone", format!("must be an IANA time zone such as Asia/Damascus, got {zone}"));
        }
        if self.every_days == Some(0) {
            problems.add_field("every_days", "must be 1 or more");
        }
        for (index, answer) in self.answers.iter().enumerate() {
            let answers = Pointer::Field(&Pointer::Root, "answers");
            if answer.conditions.is_some() && answer.answer == Answer::Refused {
                problems.add(&Pointer::Item(&answers, index), "a refusal has no conditions; answer agreed_with_conditions");
            }
        }
    }

    fn happened(&self) -> Option<Moment> {
        self.announced_on.or(self.start)
    }
}

/// Is it a time on a wall clock, or sunset?
fn is_local_time(text: &str) -> bool {
    let minutes = |text: &str| {
        let (hours, minutes) = text.split_once(':')?;
        // A number would also take a sign.
        let in_form = [hours, minutes]
            .iter()
            .all(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit()));
        let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
        (in_form && minutes < 60).then_some(hours * 60 + minutes)
    };
    text == "sunset" || minutes(text).is_some_and(|minutes| minutes <= 24 * 60)
}
