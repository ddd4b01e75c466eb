//! How each window of a pause stands, and the pause as a whole.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::assess::pause_life::{PauseLife, PauseState, PauseWindow, weakest};
use crate::domain::pause::Violation;
use crate::domain::{Figure, Moment, Pause, Record};
use crate::situation::pause::answers::{
    Frame, PartyAnswer, Reading, called_off, has_agreed, life, parties, told,
};
use crate::situation::pause::breach::{self, Breaches};
use crate::situation::pause::chain::{Chain, Piece};
use crate::situation::pause::hours_between;
use crate::situation::pause::times::span_of;
use crate::situation::world::Situation;

/// One window of a pause.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WindowLife {
    /// The record that it comes from: the pause, or one that makes it longer.
    pub pause: String,
    /// Its first instant.
    pub start: DateTime<Utc>,
    /// Its end.
    pub end: DateTime<Utc>,
    /// The same on the local clock, with its offset.
    pub local_start: String,
    /// The same on the local clock, with its offset.
    pub local_end: String,
    /// How long it is: real hours.
    pub hours: f64,
    /// Where it stands: with the weakest of the parties that must agree.
    pub state: PauseState,
    /// Hours it was in force so far; unknown while it lies ahead.
    pub effective_hours: Figure,
    /// Hours that were agreed and lost; unknown where it was not agreed, or lies ahead.
    pub hours_lost: Figure,
    /// Breaches inside.
    pub violations: Breaches,
}

/// How a window stands with all who must agree.
struct Joint {
    state: PauseState,
    effective_hours: f64,
}

fn joint(pause: &Pause, frame: &Frame<'_>, as_of: DateTime<Utc>, reading: Reading) -> Joint {
    let lives: Vec<PauseLife> = parties(pause, as_of)
        .into_iter()
        .map(|party| life(pause, party, frame, as_of, reading))
        .collect();
    let states: Vec<PauseState> = lives.iter().map(|life| life.state).collect();
    let hours = lives.iter().filter_map(|life| life.effective_hours);
    let shortest = hours.fold(f64::INFINITY, f64::min);
    Joint {
        state: weakest(&states).unwrap_or(PauseState::Requested),
        effective_hours: if shortest.is_finite() { shortest } else { 0.0 },
    }
}

/// How one window stands.
pub(in crate::situation::pause) fn of_window(
    chain: &Chain<'_>,
    piece: &Piece<'_>,
    breaches: &[&Violation],
    as_of: DateTime<Utc>,
) -> WindowLife {
    let (window, pause) = (piece.window, &piece.of.record);
    let stands = |reading: Reading| {
        let inside: Vec<(DateTime<Utc>, bool)> = breaches
            .iter()
            .filter_map(|v| Some((breach::inside(v, window, reading)?, breach::is_terminal(v))))
            .collect();
        let off = chain.rows().filter_map(|row| called_off(&row.record, as_of, reading));
        // What ended the pause before this window leaves nothing of it.
        let ended = breaches.iter().filter(|v| breach::is_terminal(v) && v.at.end() < window.start);
        let off = off.chain(ended.map(|v| v.at.start())).min();
        let frame = frame(piece, &inside, off);
        joint(pause, &frame, as_of, reading)
    };
    let (early, late) = (stands(Reading::Early), stands(Reading::Late));
    let was_agreed = joint(pause, &frame(piece, &[], None), as_of, Reading::Early).state;
    let elapsed = hours_between(window.start, window.end.min(as_of));
    let begun = elapsed >= 0.0;
    let (low, high) = (early.effective_hours, late.effective_hours.max(early.effective_hours));
    let inside = |v: &&&Violation| breach::inside(v, window, Reading::Early).is_some();
    WindowLife {
        pause: piece.of.code.to_string(),
        start: window.start,
        end: window.end,
        local_start: chain.clock.shows(window.start),
        local_end: chain.clock.shows(window.end),
        hours: window.hours(),
        state: early.state,
        effective_hours: if begun { figure(low, high) } else { Figure::UNKNOWN },
        hours_lost: if begun && was_agreed >= PauseState::Agreed {
            figure((elapsed - high).max(0.0), (elapsed - low).max(0.0))
        } else {
            Figure::UNKNOWN
        },
        violations: Breaches {
            count: breaches.iter().filter(inside).count(),
            terminal: breaches.iter().filter(inside).any(|v| breach::is_terminal(v)),
        },
    }
}

/// Hours to the second, so that the last millisecond of a day leaves no fraction.
fn figure(low: f64, high: f64) -> Figure {
    let to_the_second = |hours: f64| (hours * 3600.0).round() / 3600.0;
    let (low, high) = (to_the_second(low), to_the_second(high));
    if low < high { Figure::computed(Some(low), None, Some(high)) } else { Figure::exactly(low) }
}

fn frame<'f>(
    piece: &Piece<'_>,
    breaches: &'f [(DateTime<Utc>, bool)],
    off: Option<DateTime<Utc>>,
) -> Frame<'f> {
    Frame {
        window: PauseWindow { start: Some(0.0), end: Some(piece.window.hours()) },
        origin: piece.window.start,
        breaches,
        off,
        extended: None,
    }
}

/// How a pause stands as a whole.
pub(in crate::situation::pause) struct Overall {
    /// With the weakest of the parties.
    pub(in crate::situation::pause) state: PauseState,
    /// With each of them.
    pub(in crate::situation::pause) parties: Vec<PartyAnswer>,
    /// Breaches of which it is not known in which window they fall, if in any.
    pub(in crate::situation::pause) breaches_not_placed: usize,
    /// Breaches that do.
    pub(in crate::situation::pause) breaches: usize,
    /// When it was called off.
    pub(in crate::situation::pause) called_off: Option<DateTime<Utc>>,
}

impl Overall {
    pub(in crate::situation::pause) fn of(
        situation: &Situation,
        chain: &Chain<'_>,
        breaches: &[&Violation],
    ) -> Self {
        let as_of = situation.as_of;
        let pause = &chain.base.record;
        let schedule = chain.schedule.as_ref().ok();
        let start = schedule.map(|s| s.start).or_else(|| pause.start.map(Moment::start));
        let end = match schedule {
            Some(schedule) => schedule.end,
            None => pause.end.map(Moment::end),
        };
        let origin = start.unwrap_or(as_of);
        let hour = |at| hours_between(origin, at);
        let window = PauseWindow { start: start.map(hour), end: end.map(hour) };
        let placed: Vec<(DateTime<Utc>, bool)> = breaches
            .iter()
            .filter_map(|v| Some((placed(chain, v)?.max(origin), breach::is_terminal(v))))
            .collect();
        let called_off = called_off(pause, as_of, Reading::Early);
        let state = |party: Option<&str>| {
            let extended = end.and_then(|_| extended(chain, party, as_of));
            let frame = Frame { window, origin, breaches: &placed, off: called_off, extended };
            life(pause, party, &frame, as_of, Reading::Early)
        };
        let parties = told(situation, pause, state);
        let states: Vec<PauseState> = parties.iter().filter_map(|party| party.state).collect();
        Self {
            state: weakest(&states).unwrap_or(PauseState::Requested),
            parties,
            breaches_not_placed: breaches.len() - placed.len(),
            breaches: placed.len(),
            called_off,
        }
    }
}

/// When a breach happened, if it fell into a window of the pause.
fn placed(chain: &Chain<'_>, violation: &Violation) -> Option<DateTime<Utc>> {
    let span = span_of(violation.at, violation.date_precision)?;
    let schedules = chain.longer.iter().map(|(_, read)| read).chain([&chain.schedule]);
    let mut known = schedules.filter_map(|read| read.as_ref().ok()).peekable();
    // Where no times can be told, the record is taken at its word.
    if known.peek().is_none() {
        return Some(violation.at.start());
    }
    known
        .any(|schedule| schedule.windows(span.start, span.end).is_ok_and(|w| !w.is_empty()))
        .then_some(violation.at.start())
}

/// To when the extensions that a party agreed to move the end, and since when.
fn extended(
    chain: &Chain<'_>,
    party: Option<&str>,
    as_of: DateTime<Utc>,
) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let agreed = chain
        .longer
        .iter()
        .filter(|(row, _)| party.is_some_and(|party| has_agreed(&row.record, party, as_of)));
    let ends = agreed.filter_map(|(row, read)| {
        let at = row.record.happened().map_or(DateTime::<Utc>::MIN_UTC, Moment::start);
        Some((at, read.as_ref().ok()?.end?))
    });
    ends.max_by_key(|(_, end)| *end)
}
