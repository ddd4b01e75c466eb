//! Pauses that were broken or answered since the last report.

use serde::{Deserialize, Serialize};

use super::{Novelty, Side};
use crate::domain::pause::{Answer, PauseAnswer, PauseType, Violation};
use crate::domain::{DatePrecision, Moment, Pause};
use crate::report::pause::{
    AnswerRow, ViolationRow, answer_row, broken, given, title, violation_row,
};
use crate::report::stated::{self, Day};
use crate::situation::{Known, Situation};

/// A breach of a pause, or an answer to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PauseChange {
    /// The code of the pause.
    pub pause: String,
    /// Its name, else its code.
    pub title: String,
    /// The breach, if it is one.
    pub broken: Option<ViolationRow>,
    /// The answer, if it is one.
    pub answered: Option<AnswerRow>,
    /// Did it happen since, or was it only learned since?
    #[serde(deserialize_with = "stated::word")]
    pub novelty: Novelty,
}

impl PauseChange {
    /// The code of the source.
    pub(in crate::report) fn source(&self) -> Option<&String> {
        let broken = self.broken.as_ref().and_then(|breach| breach.source.as_ref());
        broken.or_else(|| self.answered.as_ref()?.source.as_ref())
    }

    fn day(&self) -> Option<Day> {
        let broken = self.broken.as_ref().and_then(|breach| breach.day);
        broken.or_else(|| self.answered.as_ref()?.day)
    }

    /// What ended a pause first, then other breaches, then who took a yes back or said no.
    fn rank(&self) -> (bool, u8) {
        let rank = match (&self.broken, &self.answered) {
            (Some(breach), _) if breach.terminal == Some(true) => 0,
            (Some(_), _) => 1,
            (None, Some(answer)) => match answer.answer {
                Answer::Withdrawn => 2,
                Answer::Refused => 3,
                Answer::Agreed | Answer::AgreedWithConditions => 4,
                Answer::WillingToDiscuss | Answer::Endorsed => 5,
            },
            (None, None) => 6,
        };
        (self.novelty == Novelty::TakenBack, rank)
    }
}

/// What matters most first, of these the latest.
pub(super) fn of(then: &Side<'_>, now: &Side<'_>) -> Vec<PauseChange> {
    let mut found = beyond(now, then, |at, precision| Novelty::of(at, precision, then));
    found.extend(beyond(then, now, |_, _| Novelty::TakenBack));
    found.sort_by(|a, b| {
        a.rank()
            .cmp(&b.rank())
            .then_with(|| b.day().cmp(&a.day()))
            .then_with(|| a.pause.cmp(&b.pause))
    });
    found
}

/// What one situation tells of pauses and the other does not. Support of somebody else's call is no pause.
fn beyond(
    own: &Side<'_>,
    other: &Side<'_>,
    novelty: impl Fn(Option<Moment>, Option<DatePrecision>) -> Novelty,
) -> Vec<PauseChange> {
    let rows = own.situation.world.pauses.iter();
    let rows = rows.filter(|row| row.record.pause_type != PauseType::Endorsement);
    let mut found = Vec::new();
    for row in rows {
        let twin = other.situation.world.pauses.get(&row.code).map(|row| &row.record);
        let breaches = broken(&row.record, own.situation.as_of)
            .filter(|breach| !twin.is_some_and(|twin| tells_breach(other.situation, twin, breach)));
        found.extend(breaches.map(|breach| {
            let broken = Some(violation_row(breach));
            let novelty = novelty(Some(breach.at), breach.date_precision);
            change(row, broken, None, novelty)
        }));
        let answers = given(&row.record, own.situation.as_of)
            .filter(|answer| !twin.is_some_and(|twin| tells_answer(other.situation, twin, answer)));
        found.extend(answers.map(|answer| {
            let answered = Some(answer_row(own.situation, answer));
            change(row, None, answered, novelty(answer.at, None))
        }));
    }
    found
}

fn tells_breach(situation: &Situation, pause: &Pause, breach: &Violation) -> bool {
    let is_it = |told: &Violation| {
        (told.at, &told.incident, &told.source) == (breach.at, &breach.incident, &breach.source)
    };
    broken(pause, situation.as_of).any(is_it)
}

fn tells_answer(situation: &Situation, pause: &Pause, answer: &PauseAnswer) -> bool {
    let is_it = |told: &PauseAnswer| {
        (&told.party, told.answer, told.at) == (&answer.party, answer.answer, answer.at)
    };
    given(pause, situation.as_of).any(is_it)
}

fn change(
    row: &Known<Pause>,
    broken: Option<ViolationRow>,
    answered: Option<AnswerRow>,
    novelty: Novelty,
) -> PauseChange {
    PauseChange { pause: row.code.to_string(), title: title(row), broken, answered, novelty }
}
