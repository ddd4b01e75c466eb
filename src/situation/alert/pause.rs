//! Rules about pauses: nobody answers, somebody breaks one.

use super::{Alert, Rule, Severity, Subject, alert, hours};
use crate::domain::pause::{PauseType, Violation};
use crate::domain::{Kind, Pause, Saying, Text, Told};
use crate::situation::coverage::days_between;
pub use crate::situation::pause::answers::silent_parties;
use crate::situation::standards::Standards;
use crate::situation::table::Known;
use crate::situation::world::Situation;

pub(super) fn find(situation: &Situation, standards: &Standards, found: &mut Vec<Alert>) {
    for pause in situation.world.pauses.iter() {
        found.extend(unanswered(situation, standards, pause));
        found.extend(violated(situation, standards, pause));
    }
}

fn subject(pause: &Known<Pause>) -> Subject {
    let name = pause.record.title.as_ref().map(|title| title.as_str().to_owned());
    Subject { kind: Kind::Pause, code: pause.code.to_string(), name }
}

/// Asked for 48 hours ago or about to begin, and a party has not answered.
fn unanswered(situation: &Situation, standards: &Standards, pause: &Known<Pause>) -> Vec<Alert> {
    let record = &pause.record;
    let over = record.end.is_some_and(|end| end.end() < situation.as_of);
    let Some(asked) = record.announced_on.or(record.start) else { return Vec::new() };
    if record.pause_type != PauseType::Requested || over || asked.start() > situation.as_of {
        return Vec::new();
    }
    let waited_hours = days_between(asked.end(), situation.as_of) * 24.0;
    let hours_to_start =
        record.start.map(|start| days_between(situation.as_of, start.start()) * 24.0);
    let soon = hours_to_start
        .is_some_and(|left| left <= standards.alert.pause_unanswered_before_start_hours);
    if waited_hours < standards.alert.pause_unanswered_hours && !soon {
        return Vec::new();
    }
    let severity = if soon { Severity::High } else { Severity::Medium };
    let by = told_or(record.asked_by.as_ref(), "alert-somebody");
    silent_parties(record, situation.as_of)
        .into_iter()
        .map(|party| {
            let who = party.map_or_else(
                || told_or(record.asked_of.as_ref(), "alert-the-parties"),
                |party| Told::Name(situation.party_called(party)),
            );
            let said = Saying::of("alert-pause-unanswered")
                .with("who", who)
                .with("by", by.clone())
                .day("day", asked.date(), None);
            alert(Rule::PauseUnanswered, severity, subject(pause), vec![said])
                .with_key(party.unwrap_or("-"))
                .number("hours_since_request", waited_hours)
                .number("hours_to_start", hours_to_start)
                .number("threshold_hours", standards.alert.pause_unanswered_hours)
                .number("party", party)
                .since(Some(asked.end() + hours(standards.alert.pause_unanswered_hours)))
                .in_areas(&record.areas)
                .resting_on(Kind::Pause, pause)
                .citing(sources(record))
        })
        .collect()
}

/// What a source wrote, else a word of ours.
fn told_or(text: Option<&Text>, word: &str) -> Told {
    text.map_or_else(
        || Told::Part(Box::new(Saying::of(word))),
        |text| Told::Text(text.as_str().to_owned()),
    )
}

fn sources(pause: &Pause) -> impl Iterator<Item = &crate::domain::SourceCode> {
    pause.source.iter().chain(pause.accounts.iter().filter_map(|account| account.source.as_ref()))
}

/// A violation inside the pause.
fn violated(situation: &Situation, standards: &Standards, pause: &Known<Pause>) -> Vec<Alert> {
    let record = &pause.record;
    let inside = |violation: &&Violation| {
        let at = violation.at;
        let after = record.start.is_none_or(|start| at.end() >= start.start());
        let before = record.end.is_none_or(|end| at.start() <= end.end());
        after
            && before
            && at.start() <= situation.as_of
            && at.start() >= super::news_from(situation, standards)
    };
    record
        .violations
        .iter()
        .filter(inside)
        .map(|violation| {
            let grave = violation.terminal == Some(true)
                || violation.killed.floor().is_some_and(|n| n > 0.0);
            let severity = if grave { Severity::Critical } else { Severity::High };
            let name = record.title.as_ref().map_or(&*pause.code, |title| title.as_str());
            let said = Saying::of("alert-pause-violated").text("pause", name).day(
                "day",
                violation.at.date(),
                None,
            );
            let incident = violation
                .incident
                .as_ref()
                .map_or_else(|| violation.at.to_string(), ToString::to_string);
            alert(Rule::PauseViolated, severity, subject(pause), vec![said])
                .with_key(&incident)
                .number("terminal", violation.terminal)
                .number("killed_low", violation.killed.floor())
                .since(Some(violation.at.start()))
                .in_areas(&record.areas)
                .resting_on(Kind::Pause, pause)
                .citing(&violation.source)
        })
        .collect()
}
