//! What the parties of a pause answered, and what follows for its state: that of the weakest.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::hours_between;
use crate::assess::pause_life::{PauseEvent, PauseEventKind, PauseLife, PauseWindow, pause_state};
use crate::domain::pause::{Answer, PauseAnswer};
use crate::domain::{Moment, PartyCode, Pause, Saying};
use crate::situation::world::Situation;

/// Was it said by then? What has no date counts as said from the start.
fn is_said(answer: &PauseAnswer, as_of: DateTime<Utc>) -> bool {
    answer.at.is_none_or(|at| at.start() <= as_of)
}

/// Does it decide anything: a yes, a no, a yes taken back?
const fn decides(answer: Answer) -> bool {
    !matches!(answer, Answer::WillingToDiscuss | Answer::Endorsed)
}

/// The parties that must agree and have not said yes or no by then; `None` stands for parties nobody named.
#[must_use]
pub fn silent_parties(pause: &Pause, as_of: DateTime<Utc>) -> Vec<Option<&str>> {
    let counts = |answer: &PauseAnswer| decides(answer.answer) && is_said(answer, as_of);
    let answered =
        |party: &str| pause.answers.iter().any(|a| a.party.as_str() == party && counts(a));
    if pause.parties.is_empty() {
        let anybody = pause.answers.iter().any(counts);
        return if anybody { Vec::new() } else { vec![None] };
    }
    let parties = pause.parties.iter().map(PartyCode::as_str);
    parties.filter(|party| !answered(party)).map(Some).collect()
}

/// The parties that must agree: as named, else those who answered; `None` stands for parties nobody named.
pub(super) fn parties(pause: &Pause, as_of: DateTime<Utc>) -> Vec<Option<&str>> {
    let named = pause.parties.iter().map(PartyCode::as_str);
    let answered = pause
        .answers
        .iter()
        .filter(|answer| decides(answer.answer) && is_said(answer, as_of))
        .map(|answer| answer.party.as_str());
    let mut parties: Vec<&str> =
        if pause.parties.is_empty() { answered.collect() } else { named.collect() };
    parties.sort_unstable();
    parties.dedup();
    if parties.is_empty() { vec![None] } else { parties.into_iter().map(Some).collect() }
}

/// Which end of a day counts for a break that is known only by its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// The first instant: the pause was worth least.
    Early,
    /// The last one.
    Late,
}

impl Reading {
    pub(super) fn of(self, at: Moment) -> DateTime<Utc> {
        match self {
            Self::Early => at.start(),
            Self::Late => at.end(),
        }
    }
}

/// When somebody who had agreed took it back, for good: that calls the pause off for all.
pub(super) fn called_off(
    pause: &Pause,
    as_of: DateTime<Utc>,
    reading: Reading,
) -> Option<DateTime<Utc>> {
    let must_agree = parties(pause, as_of);
    let withdrawn = |party: &str| {
        let said = || {
            let of_party = pause.answers.iter().filter(|answer| answer.party.as_str() == party);
            of_party.filter(|answer| is_said(answer, as_of))
        };
        let last_yes = said()
            .filter(|answer| is_yes(answer.answer))
            .filter_map(|answer| answer.at)
            .map(Moment::start)
            .max();
        said()
            .filter(|answer| answer.answer == Answer::Withdrawn)
            .map(|answer| answer.at.map_or(DateTime::<Utc>::MIN_UTC, |at| reading.of(at)))
            .filter(|at| last_yes.is_none_or(|yes| *at >= yes))
            .min()
    };
    must_agree.into_iter().flatten().filter_map(withdrawn).min()
}

/// Is it a yes, with or without conditions?
const fn is_yes(answer: Answer) -> bool {
    matches!(answer, Answer::Agreed | Answer::AgreedWithConditions)
}

/// What makes a life beside the answers: when it was to hold, and what broke it.
pub(super) struct Frame<'f> {
    /// From when to when.
    pub(super) window: PauseWindow,
    /// The instant that hours are counted from.
    pub(super) origin: DateTime<Utc>,
    /// Breaches inside, and whether they ended it.
    pub(super) breaches: &'f [(DateTime<Utc>, bool)],
    /// When all of it was called off.
    pub(super) off: Option<DateTime<Utc>>,
    /// To when a party agreed to move the end.
    pub(super) extended: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

/// The life of a pause, or of one of its windows, as far as one party decides it.
pub(super) fn life(
    pause: &Pause,
    party: Option<&str>,
    frame: &Frame<'_>,
    as_of: DateTime<Utc>,
    reading: Reading,
) -> PauseLife {
    let hour = |at: DateTime<Utc>| hours_between(frame.origin, at);
    let asked =
        PauseEvent { hour: f64::NEG_INFINITY, kind: PauseEventKind::Requested(frame.window) };
    let answers = pause.answers.iter().filter(|answer| Some(answer.party.as_str()) == party);
    let answers = answers.filter_map(|answer| {
        let kind = match answer.answer {
            Answer::Agreed | Answer::AgreedWithConditions => {
                PauseEventKind::Agreed(PauseWindow::default())
            }
            Answer::Refused => PauseEventKind::Refused,
            Answer::WillingToDiscuss | Answer::Endorsed | Answer::Withdrawn => return None,
        };
        let at = match (answer.at, kind) {
            (None, _) => f64::NEG_INFINITY,
            (Some(at), PauseEventKind::Refused) => hour(reading.of(at)),
            (Some(at), _) => hour(at.start()),
        };
        Some(PauseEvent { hour: at, kind })
    });
    let breaches = frame.breaches.iter().map(|(at, terminal)| PauseEvent {
        hour: hour(*at),
        kind: PauseEventKind::Violated { terminal: *terminal },
    });
    let off = frame.off.map(|at| PauseEvent { hour: hour(at), kind: PauseEventKind::Cancelled });
    let extended = frame.extended.map(|(at, end)| PauseEvent {
        hour: hour(at),
        kind: PauseEventKind::Extended { end: hour(end) },
    });
    let events: Vec<PauseEvent> =
        std::iter::once(asked).chain(answers).chain(breaches).chain(off).chain(extended).collect();
    pause_state(&events, hour(as_of))
}

/// The last thing that a party said by a day; of one day the one told last.
fn last_word<'p>(pause: &'p Pause, party: &str, as_of: DateTime<Utc>) -> Option<&'p PauseAnswer> {
    let said = pause.answers.iter().filter(|answer| answer.party.as_str() == party);
    said.filter(|answer| is_said(answer, as_of)).max_by_key(|answer| answer.at.map(Moment::start))
}

/// Did a party say yes by then, and nothing else since?
pub(super) fn has_agreed(pause: &Pause, party: &str, as_of: DateTime<Utc>) -> bool {
    last_word(pause, party, as_of).is_some_and(|answer| is_yes(answer.answer))
}

/// What one party answered, and how the pause stands with it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PartyAnswer {
    /// Its code; `None` where nobody named the parties.
    pub party: Option<String>,
    /// Its name.
    pub name: Saying,
    /// Must it agree? An endorsement by somebody else is kept beside.
    pub must_agree: bool,
    /// How the pause stands with this party alone; `None` for one that need not agree.
    pub state: Option<crate::assess::pause_life::PauseState>,
    /// What it said last.
    pub answer: Option<Answer>,
    /// When it said so.
    pub since: Option<Moment>,
    /// On which conditions.
    pub conditions: Option<String>,
    /// Who says so.
    pub source: Option<String>,
}

/// Each party with its last word: first those that must agree, then those that only spoke up.
pub(super) fn told(
    situation: &Situation,
    pause: &Pause,
    state: impl Fn(Option<&str>) -> PauseLife,
) -> Vec<PartyAnswer> {
    let as_of = situation.as_of;
    let must_agree = parties(pause, as_of);
    let others = pause.answers.iter().filter(|answer| is_said(answer, as_of));
    let mut others: Vec<&str> = others
        .map(|answer| answer.party.as_str())
        .filter(|party| !must_agree.contains(&Some(party)))
        .collect();
    others.sort_unstable();
    others.dedup();
    let all = must_agree.iter().map(|party| (*party, true));
    let all = all.chain(others.into_iter().map(|party| (Some(party), false)));
    all.map(|(party, must_agree)| {
        let word = party.and_then(|party| last_word(pause, party, as_of));
        PartyAnswer {
            party: party.map(str::to_owned),
            name: party.map_or_else(
                || Saying::of("parties-unnamed"),
                |party| Saying::of("party").name("party", situation.party_called(party)),
            ),
            must_agree,
            state: must_agree.then(|| state(party).state),
            answer: word.map(|word| word.answer),
            since: word.and_then(|word| word.at),
            conditions: word.and_then(|word| word.conditions.as_ref()).map(ToString::to_string),
            source: word.and_then(|word| word.source.as_ref()).map(ToString::to_string),
        }
    })
    .collect()
}
