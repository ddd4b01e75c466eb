//! The life of a requested pause, as told by its events: asked, answered, begun, kept or broken.
//!
//! One life belongs to one party's answers; [`weakest`] joins the lives of several parties.

use serde::Serialize;

/// The hours a pause is meant to last, on any one clock that counts hours.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PauseWindow {
    /// The first hour; `None` where no source names it.
    pub start: Option<f64>,
    /// The hour it ends, not part of it; `None` if it has no set end.
    pub end: Option<f64>,
}

impl PauseWindow {
    /// Fills what is left open from another window.
    fn or(self, other: Self) -> Self {
        Self { start: self.start.or(other.start), end: self.end.or(other.end) }
    }

    fn has_closed(self, hour: f64) -> bool {
        self.end.is_some_and(|end| end <= hour)
    }

    /// Whether the window has not begun; one with an unknown start never has.
    fn is_ahead(self, hour: f64) -> bool {
        self.start.is_none_or(|start| hour <= start)
    }

    fn holds(self, hour: f64) -> bool {
        self.start.is_some_and(|start| start <= hour) && !self.has_closed(hour)
    }
}

/// Something that happened to a pause, and when.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PauseEvent {
    /// The hour it happened, on the clock of the windows.
    pub hour: f64,
    /// What happened.
    pub kind: PauseEventKind,
}

/// What happened to a pause.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PauseEventKind {
    /// Somebody asked for it.
    Requested(PauseWindow),
    /// The party agreed; what its window leaves open is as requested.
    Agreed(PauseWindow),
    /// The end was moved.
    Extended {
        /// The new end: hour.
        end: f64,
    },
    /// The party broke it.
    Violated {
        /// Did that end the pause?
        terminal: bool,
    },
    /// The party said no.
    Refused,
    /// It was called off.
    Cancelled,
}

impl PauseEventKind {
    /// The order of events of one instant: a yes comes before the no that undoes it.
    const fn rank(self) -> u8 {
        match self {
            Self::Requested(_) => 0,
            Self::Agreed(_) => 1,
            Self::Extended { .. } => 2,
            Self::Violated { .. } => 3,
            Self::Refused => 4,
            Self::Cancelled => 5,
        }
    }
}

/// Where a pause stands, from weak to strong; the last four all mean that the party agreed.
///
/// Among those a pause that has not begun for one party is not in force, and one that has ended for one
/// party has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PauseState {
    /// The party said no.
    Refused,
    /// Called off before it began.
    Cancelled,
    /// The window closed without an answer.
    Expired,
    /// Asked, not answered yet.
    Requested,
    /// Agreed, not begun yet.
    Agreed,
    /// Over, and broken at least once.
    Violated,
    /// Over, and kept.
    Honoured,
    /// Going on now, even if it was broken.
    InEffect,
}

/// Where a pause stands and what it was worth.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PauseLife {
    /// Where it stands.
    pub state: PauseState,
    /// Hours it was in effect so far; `None` when it was agreed for an unknown start.
    pub effective_hours: Option<f64>,
    /// Violations inside the agreed interval.
    pub violations: usize,
}

impl PauseLife {
    const fn without_effect(state: PauseState) -> Self {
        Self { state, effective_hours: Some(0.0), violations: 0 }
    }
}

/// The life of a pause up to `now`, as far as one party's answers decide it.
///
/// Events may come in any order; those after `now` are left out. A later agreement overrides a refusal,
/// and a later refusal withdraws an agreement; an answer that comes after the window has closed is too
/// late. A refusal or cancellation at or before the agreed start leaves no effect; a later one ends the
/// pause there. A violation that is not terminal does not end it. Without any event it counts as asked.
///
/// # Units
///
/// Hours, all on the same clock.
///
/// # Example
///
/// A 48-hour pause that a violation ended after 22 hours:
///
/// ```
/// use passage::assess::pause_life::{
///     PauseEvent, PauseEventKind, PauseState, PauseWindow, pause_state,
/// };
/// let window = PauseWindow { start: Some(48.0), end: Some(96.0) };
/// let events = [
///     PauseEvent { hour: 0.0, kind: PauseEventKind::Requested(window) },
///     PauseEvent { hour: 20.0, kind: PauseEventKind::Agreed(window) },
///     PauseEvent { hour: 70.0, kind: PauseEventKind::Violated { terminal: true } },
/// ];
/// let life = pause_state(&events, 100.0);
/// assert_eq!((life.state, life.effective_hours), (PauseState::Violated, Some(22.0)));
/// ```
///
/// # Source
///
/// SPEC §5 and §7a; the term: UN Ukraine, glossary of pauses during conflict.
#[must_use]
pub fn pause_state(events: &[PauseEvent], now: f64) -> PauseLife {
    let mut past: Vec<_> = events.iter().filter(|event| event.hour <= now).collect();
    past.sort_by(|a, b| a.hour.total_cmp(&b.hour).then(a.kind.rank().cmp(&b.kind.rank())));
    let mut story = Story::default();
    for event in past {
        story.tell(*event);
    }
    if story.agreed { story.agreed_life(now) } else { story.unanswered_life(now) }
}

/// What is known of a pause after some of its events.
#[derive(Default)]
struct Story {
    window: PauseWindow,
    agreed: bool,
    refused_at: Option<f64>,
    cancelled_at: Option<f64>,
    violations: Vec<(f64, bool)>,
}

impl Story {
    fn tell(&mut self, event: PauseEvent) {
        let hour = event.hour;
        match event.kind {
            PauseEventKind::Requested(asked) if !self.agreed => self.window = asked,
            PauseEventKind::Agreed(window) => self.agree(window, hour),
            PauseEventKind::Extended { end } => self.window.end = Some(end),
            PauseEventKind::Violated { terminal } => self.violations.push((hour, terminal)),
            PauseEventKind::Refused if !self.window.has_closed(hour) => {
                self.refused_at.get_or_insert(hour);
            }
            PauseEventKind::Cancelled if !self.window.has_closed(hour) => {
                self.cancelled_at.get_or_insert(hour);
            }
            // Asked again after a yes, or called off too late: nothing changes.
            PauseEventKind::Requested(_) | PauseEventKind::Refused | PauseEventKind::Cancelled => {}
        }
    }

    fn agree(&mut self, window: PauseWindow, hour: f64) {
        let window = window.or(self.window);
        if !window.has_closed(hour) {
            self.window = window;
            self.agreed = true;
            self.refused_at = None;
        }
    }

    fn unanswered_life(&self, now: f64) -> PauseLife {
        PauseLife::without_effect(if self.refused_at.is_some() {
            PauseState::Refused
        } else if self.cancelled_at.is_some() {
            PauseState::Cancelled
        } else if self.window.has_closed(now) {
            PauseState::Expired
        } else {
            PauseState::Requested
        })
    }

    fn agreed_life(&self, now: f64) -> PauseLife {
        if self.refused_at.is_some_and(|hour| self.window.is_ahead(hour)) {
            return PauseLife::without_effect(PauseState::Refused);
        }
        if self.cancelled_at.is_some_and(|hour| self.window.is_ahead(hour)) {
            return PauseLife::without_effect(PauseState::Cancelled);
        }
        let Some(start) = self.window.start else {
            return PauseLife { state: PauseState::Agreed, effective_hours: None, violations: 0 };
        };
        if now < start {
            return PauseLife::without_effect(PauseState::Agreed);
        }
        self.begun_life(start, now)
    }

    fn begun_life(&self, start: f64, now: f64) -> PauseLife {
        // Who calls a pause off ends what was agreed; who breaks it does not.
        let ends = [self.window.end, self.refused_at, self.cancelled_at];
        let agreed_end = ends.into_iter().flatten().fold(f64::INFINITY, f64::min);
        let agreed = PauseWindow { start: Some(start), end: Some(agreed_end) };
        let inside = || self.violations.iter().filter(|(hour, _)| agreed.holds(*hour));
        let terminal = inside().find(|(_, terminal)| *terminal).map(|(hour, _)| *hour);
        let stop = terminal.unwrap_or(agreed_end);
        let violations = inside().count();
        let state = if now < stop {
            PauseState::InEffect
        } else if violations > 0 {
            PauseState::Violated
        } else {
            PauseState::Honoured
        };
        PauseLife { state, effective_hours: Some((now.min(stop) - start).max(0.0)), violations }
    }
}

/// Where a pause of several parties stands: where it stands with the weakest of them.
///
/// "Agreed by one party" is not agreed. `None` without any party.
///
/// # Example
///
/// ```
/// use passage::assess::pause_life::{PauseState, weakest};
/// let states = [PauseState::InEffect, PauseState::Requested];
/// assert_eq!(weakest(&states), Some(PauseState::Requested));
/// ```
///
/// # Source
///
/// SPEC §5 and §7a: refused, cancelled, expired, requested, agreed; the order of the later states is
/// ours.
#[must_use]
pub fn weakest(states: &[PauseState]) -> Option<PauseState> {
    states.iter().copied().min()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::PauseEventKind::{Agreed, Cancelled, Extended, Refused, Requested, Violated};
    use super::*;

    const WINDOW: PauseWindow = PauseWindow { start: Some(48.0), end: Some(96.0) };

    fn life(events: &[(f64, PauseEventKind)], now: f64) -> (PauseState, Option<f64>, usize) {
        let events: Vec<_> = events.iter().map(|&(hour, kind)| PauseEvent { hour, kind }).collect();
        let life = pause_state(&events, now);
        (life.state, life.effective_hours, life.violations)
    }

    #[test]
    fn a_pause_begins_with_its_first_instant_and_is_over_at_its_end() {
        let events = [(0.0, Agreed(WINDOW))];
        assert_eq!(life(&events, 47.9), (PauseState::Agreed, Some(0.0), 0));
        assert_eq!(life(&events, 48.0), (PauseState::InEffect, Some(0.0), 0));
        assert_eq!(life(&events, 96.0), (PauseState::Honoured, Some(48.0), 0));
    }

    #[test]
    fn a_request_expires_at_the_very_end_of_its_window() {
        let events = [(0.0, Requested(WINDOW))];
        assert_eq!(life(&events, 95.9).0, PauseState::Requested);
        assert_eq!(life(&events, 96.0).0, PauseState::Expired);
    }

    #[test]
    fn a_yes_after_the_window_has_closed_does_not_revive_it() {
        let events = [(0.0, Requested(WINDOW)), (100.0, Agreed(PauseWindow::default()))];
        assert_eq!(life(&events, 120.0).0, PauseState::Expired);
    }

    #[test]
    fn a_later_agreement_overrides_a_refusal_and_a_later_refusal_an_agreement() {
        let yes = (10.0, Agreed(WINDOW));
        assert_eq!(life(&[(5.0, Refused), yes], 50.0).0, PauseState::InEffect);
        assert_eq!(life(&[yes, (15.0, Refused)], 50.0).0, PauseState::Refused);
    }

    #[test]
    fn a_cancellation_at_the_start_leaves_no_hours_and_a_later_one_ends_the_pause() {
        let yes = (0.0, Agreed(WINDOW));
        let called_off = |hour| life(&[yes, (hour, Cancelled)], 200.0);
        assert_eq!(called_off(48.0), (PauseState::Cancelled, Some(0.0), 0));
        assert_eq!(called_off(50.0), (PauseState::Honoured, Some(2.0), 0));
    }

    #[test]
    fn a_violation_that_is_not_terminal_marks_the_pause_once_it_is_over() {
        let events = [(0.0, Agreed(WINDOW)), (60.0, Violated { terminal: false })];
        assert_eq!(life(&events, 70.0), (PauseState::InEffect, Some(22.0), 1));
        assert_eq!(life(&events, 96.0), (PauseState::Violated, Some(48.0), 1));
    }

    #[test]
    fn a_violation_outside_the_agreed_interval_does_not_count() {
        let broken = |hour| (hour, Violated { terminal: true });
        let events = [(0.0, Agreed(WINDOW)), broken(47.0), broken(96.0)];
        assert_eq!(life(&events, 99.0), (PauseState::Honoured, Some(48.0), 0));
    }

    #[test]
    fn hours_of_a_pause_agreed_for_an_unknown_start_are_unknown() {
        let window = PauseWindow { start: None, end: Some(96.0) };
        assert_eq!(life(&[(0.0, Agreed(window))], 200.0), (PauseState::Agreed, None, 0));
    }

    #[test]
    fn a_pause_over_for_one_party_is_not_in_effect_for_all() {
        let states = [PauseState::InEffect, PauseState::Honoured, PauseState::Violated];
        assert_eq!(weakest(&states), Some(PauseState::Violated));
        assert_eq!(weakest(&[]), None);
    }

    fn event() -> impl Strategy<Value = PauseEvent> {
        let kind = prop_oneof![
            Just(Requested(WINDOW)),
            Just(Agreed(WINDOW)),
            Just(Agreed(PauseWindow::default())),
            Just(Refused),
            Just(Cancelled),
            any::<bool>().prop_map(|terminal| Violated { terminal }),
        ];
        (0_u8..120, kind).prop_map(|(hour, kind)| PauseEvent { hour: hour.into(), kind })
    }

    proptest! {
        #[test]
        fn the_order_in_which_events_are_told_does_not_matter(
            (events, shuffled) in proptest::collection::vec(event(), 0..8)
                .prop_flat_map(|events| (Just(events.clone()), Just(events).prop_shuffle())),
            now in 0.0..150.0_f64,
        ) {
            prop_assert_eq!(pause_state(&events, now), pause_state(&shuffled, now));
        }

        #[test]
        fn no_pause_is_worth_more_hours_than_were_agreed(
            events in proptest::collection::vec(event(), 0..8), now in 0.0..150.0_f64,
        ) {
            let hours = pause_state(&events, now).effective_hours.unwrap_or(0.0);
            prop_assert!((0.0..=48.0).contains(&hours));
        }

        #[test]
        fn an_extension_never_takes_hours_away(
            later in 0.0..50.0_f64, now in 100.0..150.0_f64,
        ) {
            let yes = (0.0, Agreed(WINDOW));
            let extended = life(&[yes, (90.0, Extended { end: 96.0 + later })], now);
            prop_assert!(extended.1 >= life(&[yes], now).1);
        }
    }
}
