//! Pauses: what is asked for or in force, who asked whom, what each party answered, who has not.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Period;
use super::stated::{self, Day};
use super::words;
use crate::domain::choice::choice;
use crate::domain::pause::{Answer, PauseAnswer, PauseType, Violation};
use crate::domain::{Figure, Moment, Pause};
use crate::situation::alert::pause::silent_parties;
use crate::situation::{Known, Situation};

choice! {
    /// How far a pause is.
    State {
        /// Asked for; somebody has not answered.
        Open = "open",
        /// Begun, and its end lies ahead.
        InForce = "in_force",
        /// Agreed or announced; it has not begun.
        NotBegun = "not_begun",
        /// Offered or announced; when it begins is not known.
        Announced = "announced",
        /// Begun; no end is recorded, which does not mean that it holds.
        Begun = "begun",
        /// Asked for, and everybody who must agree has answered.
        Answered = "answered",
        /// Over, or broken off.
        Ended = "ended",
    }
}

/// A pause.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PauseRow {
    /// Its code.
    pub code: String,
    /// Its name, else its code.
    pub title: String,
    /// What kind of stop it is.
    #[serde(deserialize_with = "stated::word")]
    pub pause_type: PauseType,
    /// How far it is.
    #[serde(deserialize_with = "stated::word")]
    pub state: State,
    /// Who asked or announced.
    pub by: Option<String>,
    /// Of whom.
    pub of: Option<String>,
    /// Where it is to hold.
    pub areas: Vec<String>,
    /// When it was asked or announced.
    pub announced: Option<Day>,
    /// From when.
    pub start: Option<Day>,
    /// Until when.
    pub end: Option<Day>,
    /// How long each time.
    pub duration_hours: Option<f64>,
    /// How often.
    pub recurrence: Option<String>,
    /// What each party answered.
    pub answers: Vec<AnswerRow>,
    /// The parties that must agree and of which no answer is known.
    pub silent: Vec<String>,
    /// Breaches that were reported.
    pub violations: Vec<ViolationRow>,
    /// The codes of the sources.
    pub sources: Vec<String>,
}

/// What a party answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerRow {
    /// Who.
    pub party: String,
    /// What.
    #[serde(deserialize_with = "stated::word")]
    pub answer: Answer,
    /// When.
    #[serde(flatten)]
    pub day: Option<Day>,
    /// On which conditions.
    pub conditions: Option<String>,
    /// The code of the source.
    pub source: Option<String>,
}

/// A breach of a pause, as reported.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ViolationRow {
    /// When.
    #[serde(flatten)]
    pub day: Option<Day>,
    /// Did it end the pause?
    pub terminal: Option<bool>,
    /// People killed.
    pub killed: Figure,
    /// By whom, by the source's account.
    pub attributed_to: Option<String>,
    /// The code of the source.
    pub source: Option<String>,
}

/// The pauses that are open or in force, and those that were of the period; those without an answer first.
pub(super) fn rows(situation: &Situation, period: Period) -> Vec<PauseRow> {
    let as_of = situation.as_of;
    let begun =
        |pause: &Pause| pause.announced_on.or(pause.start).is_some_and(|at| at.start() <= as_of);
    let mut rows: Vec<PauseRow> = situation
        .world
        .pauses
        .iter()
        .filter(|pause| begun(&pause.record) && pause.record.pause_type != PauseType::Endorsement)
        .map(|pause| (pause, state(&pause.record, as_of)))
        .filter(|(pause, state)| match state {
            State::Open | State::InForce | State::NotBegun | State::Begun => true,
            State::Announced | State::Answered | State::Ended => is_of(&pause.record, period),
        })
        .map(|(pause, state)| row(situation, pause, state))
        .collect();
    rows.sort_by(|a, b| {
        a.state
            .cmp(&b.state)
            .then_with(|| b.announced.cmp(&a.announced))
            .then_with(|| a.code.cmp(&b.code))
    });
    rows
}

fn is_of(pause: &Pause, period: Period) -> bool {
    let own = [pause.announced_on, pause.start, pause.end];
    let answers = pause.answers.iter().map(|answer| answer.at);
    let violations = pause.violations.iter().map(|violation| Some(violation.at));
    own.into_iter().chain(answers).chain(violations).flatten().any(|at| period.has(at.start()))
}

fn state(pause: &Pause, as_of: DateTime<Utc>) -> State {
    let past = |moment: Option<Moment>| moment.is_some_and(|at| at.end() < as_of);
    let broken = pause.violations.iter().any(|v| v.terminal == Some(true) && v.at.start() <= as_of);
    let withdrawn = pause.answers.iter().any(|answer| {
        answer.answer == Answer::Withdrawn && answer.at.is_none_or(|at| at.start() <= as_of)
    });
    if past(pause.end) || ran_out(pause, as_of) || broken || withdrawn {
        return State::Ended;
    }
    let begun = pause.start.map(|start| start.start() <= as_of);
    match (pause.pause_type, begun) {
        (PauseType::Requested, _) if silent_parties(pause, as_of).is_empty() => State::Answered,
        (PauseType::Requested, _) => State::Open,
        (_, Some(true)) if pause.end.is_some() => State::InForce,
        (_, Some(true)) => State::Begun,
        (_, Some(false)) => State::NotBegun,
        (_, None) => State::Announced,
    }
}

/// Was it for so many hours once, and are they over?
fn ran_out(pause: &Pause, as_of: DateTime<Utc>) -> bool {
    let once = pause.every_days.is_none()
        && pause.recurrence.as_ref().is_none_or(|recurrence| recurrence.as_str() == "once");
    let Some((start, hours)) = pause.start.zip(pause.duration_hours).filter(|_| once) else {
        return false;
    };
    crate::situation::coverage::days_between(start.end(), as_of) * 24.0 > hours
}

fn row(situation: &Situation, known: &Known<Pause>, state: State) -> PauseRow {
    let pause = &known.record;
    let day = |moment: Option<Moment>| moment.map(|at| Day::of(at, pause.date_precision));
    let silent =
        if state == State::Ended { Vec::new() } else { silent_parties(pause, situation.as_of) };
    let text = |text: &Option<crate::domain::Text>| text.as_ref().map(ToString::to_string);
    let mut sources: Vec<String> = pause
        .source
        .iter()
        .chain(pause.accounts.iter().filter_map(|account| account.source.as_ref()))
        .map(ToString::to_string)
        .collect();
    sources.sort();
    sources.dedup();
    PauseRow {
        code: known.code.to_string(),
        title: title(known),
        pause_type: pause.pause_type,
        state,
        by: text(&pause.asked_by),
        of: text(&pause.asked_of),
        areas: words::places(situation, &pause.areas, &pause.area_groups, pause.place.as_ref()),
        announced: day(pause.announced_on),
        start: day(pause.start),
        end: day(pause.end),
        duration_hours: pause.duration_hours,
        recurrence: text(&pause.recurrence),
        answers: answers(situation, pause),
        silent: silent
            .into_iter()
            .map(|party| {
                party.map_or_else(
                    || words::UNNAMED_PARTIES.to_owned(),
                    |party| words::party_name(situation, party),
                )
            })
            .collect(),
        violations: violations(pause, situation.as_of),
        sources,
    }
}

fn answers(situation: &Situation, pause: &Pause) -> Vec<AnswerRow> {
    given(pause, situation.as_of).map(|answer| answer_row(situation, answer)).collect()
}

/// What was answered by then; an answer without a day counts from when it is known.
pub(super) fn given(pause: &Pause, as_of: DateTime<Utc>) -> impl Iterator<Item = &PauseAnswer> {
    pause.answers.iter().filter(move |answer| answer.at.is_none_or(|at| at.start() <= as_of))
}

pub(super) fn answer_row(situation: &Situation, answer: &PauseAnswer) -> AnswerRow {
    AnswerRow {
        party: words::party_name(situation, answer.party.as_str()),
        answer: answer.answer,
        day: answer.at.map(|at| Day::of(at, None)),
        conditions: answer.conditions.as_ref().map(ToString::to_string),
        source: answer.source.as_ref().map(ToString::to_string),
    }
}

fn violations(pause: &Pause, as_of: DateTime<Utc>) -> Vec<ViolationRow> {
    broken(pause, as_of).map(violation_row).collect()
}

/// What broke it by then.
pub(super) fn broken(pause: &Pause, as_of: DateTime<Utc>) -> impl Iterator<Item = &Violation> {
    pause.violations.iter().filter(move |violation| violation.at.start() <= as_of)
}

pub(super) fn violation_row(violation: &Violation) -> ViolationRow {
    ViolationRow {
        day: Some(Day::of(violation.at, violation.date_precision)),
        terminal: violation.terminal,
        killed: violation.killed,
        attributed_to: violation.attributed_to.as_ref().map(ToString::to_string),
        source: violation.source.as_ref().map(ToString::to_string),
    }
}

/// What it is called: its name, else its code.
pub(super) fn title(known: &Known<Pause>) -> String {
    known.record.title.as_ref().map_or_else(|| known.code.to_string(), ToString::to_string)
}
